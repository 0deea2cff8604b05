/* SPDX-License-Identifier: MIT
 * cli-backend/arith.c: the CIL of pure operations: integers, floats, value
 * words, addresses. Called by select.c, which takes care of where operands come
 * from.
 */
#include "config.h"

#include "cli-backend/select.h"

#include <string.h>

#include "base/check.h"
#include "base/nanbox.h"

/* The constant int that [r] is, if it is one. */
static bool
const_int(const struct cli_sel *s, tr_ref r, int64_t *v)
{
    if (!tr_is_const(r))
        return false;
    *v = (int64_t)tr_ir_k(&s->part->trace->ir, r)->bits;
    return true;
}

static bool
is_power_of_2(int64_t v)
{
    return v > 0 && (v & (v - 1)) == 0;
}

static enum cli_type
binary(struct cli_sel *s, const struct tr_ins *ins, enum cli_type type,
       enum cil_op op)
{
    cli_push(s, ins->a, type);
    cli_push(s, ins->b, type);
    cli_emit(s->il, op);
    return type;
}

static enum cli_type
unary(struct cli_sel *s, const struct tr_ins *ins, enum cli_type type,
      enum cil_op op)
{
    cli_push(s, ins->a, type);
    cli_emit(s->il, op);
    return type;
}

static void
negate(struct cli_sel *s)
{
    cli_emit_i4(s->il, 0);
    cli_emit(s->il, CIL_CEQ);
}

static enum cli_type
compare(struct cli_sel *s, const struct tr_ins *ins, enum cli_type type,
        enum cil_op op, bool negated)
{
    binary(s, ins, type, op);
    if (negated)
        negate(s);
    return CLI_I4;
}

static enum cli_type
logic(struct cli_sel *s, const struct tr_ins *ins, enum cil_op op)
{
    const struct tr_code_ir *ir = &s->part->trace->ir;
    bool conds =
        tr_ir_kind(ir, ins->a) == TR_COND && tr_ir_kind(ir, ins->b) == TR_COND;

    return binary(s, ins, conds ? CLI_I4 : CLI_I8, op);
}

/* III.3.58: the distance is an int32. */
static enum cli_type
shift(struct cli_sel *s, const struct tr_ins *ins, enum cil_op op)
{
    cli_push(s, ins->a, CLI_I8);
    cli_push(s, ins->b, CLI_I4);
    cli_emit(s->il, op);
    return CLI_I8;
}

/* -- division that rounds down -- */

static void
push_shift(struct cli_sel *s, int distance)
{
    cli_emit_i4(s->il, distance);
    cli_emit(s->il, CIL_SHR);
}

static int
log2_of(int64_t v)
{
    int n = 0;

    while (v >> n != 1)
        n++;
    return n;
}

/* Pushes -1 if remainder and divisor have different signs and the remainder is
 * not 0, else 0: ((r ^ b) & (r | -r)) >> 63. For a constant divisor above 0:
 * r >> 63. */
static void
push_correction(struct cli_sel *s, uint32_t r, tr_ref divisor, uint32_t b)
{
    struct cli_il *il = s->il;
    int64_t k;

    cli_emit_ldloc(il, r);
    if (!const_int(s, divisor, &k) || k <= 0) {
        cli_emit_ldloc(il, b);
        cli_emit(il, CIL_XOR);
        cli_emit_ldloc(il, r);
        cli_emit_ldloc(il, r);
        cli_emit(il, CIL_NEG);
        cli_emit(il, CIL_OR);
        cli_emit(il, CIL_AND);
    }
    push_shift(s, 63);
}

/* The topmost word times -2^31. Mono 6.8 takes an int64 multiplication by that
 * constant for one by 2^31: its test for powers of 2 looks at 32 bits. */
static void
times_least(struct cli_sel *s)
{
    cli_emit_i4(s->il, 31);
    cli_emit(s->il, CIL_SHL);
    cli_emit(s->il, CIL_NEG);
}

static enum cli_type
multiply(struct cli_sel *s, const struct tr_ins *ins)
{
    tr_ref other = ins->a;
    int64_t k;

    if (!const_int(s, ins->b, &k) || k != INT32_MIN) {
        other = ins->b;
        if (!const_int(s, ins->a, &k) || k != INT32_MIN)
            return binary(s, ins, CLI_I8, CIL_MUL);
    }
    cli_push(s, other, CLI_I8);
    times_least(s);
    return CLI_I8;
}

static enum cli_type
floor_div(struct cli_sel *s, const struct tr_ins *ins)
{
    struct cli_il *il = s->il;
    uint32_t a, b, q, r;
    int64_t k;

    if (const_int(s, ins->b, &k) && is_power_of_2(k)) {
        cli_push(s, ins->a, CLI_I8);
        push_shift(s, log2_of(k));
        return CLI_I8;
    }
    cli_push(s, ins->a, CLI_I8);
    cli_push(s, ins->b, CLI_I8);
    a = cli_temp(s, CLI_I8);
    b = cli_temp(s, CLI_I8);
    q = cli_temp(s, CLI_I8);
    r = cli_temp(s, CLI_I8);
    cli_emit_stloc(il, b);
    cli_emit_stloc(il, a);
    cli_emit_ldloc(il, a);
    cli_emit_ldloc(il, b);
    cli_emit(il, CIL_DIV);
    cli_emit_stloc(il, q);
    cli_emit_ldloc(il, a);
    cli_emit_ldloc(il, q);
    if (const_int(s, ins->b, &k) && k == INT32_MIN) {
        times_least(s);
    } else {
        cli_emit_ldloc(il, b);
        cli_emit(il, CIL_MUL);
    }
    cli_emit(il, CIL_SUB);
    cli_emit_stloc(il, r);
    cli_emit_ldloc(il, q);
    push_correction(s, r, ins->b, b);
    cli_emit(il, CIL_ADD);
    cli_release(s, a);
    cli_release(s, b);
    cli_release(s, q);
    cli_release(s, r);
    return CLI_I8;
}

static enum cli_type
floor_mod(struct cli_sel *s, const struct tr_ins *ins)
{
    struct cli_il *il = s->il;
    uint32_t b, r;
    int64_t k;

    cli_push(s, ins->a, CLI_I8);
    if (const_int(s, ins->b, &k) && is_power_of_2(k)) {
        cli_emit_i8(il, k - 1);
        cli_emit(il, CIL_AND);
        return CLI_I8;
    }
    cli_push(s, ins->b, CLI_I8);
    b = cli_temp(s, CLI_I8);
    r = cli_temp(s, CLI_I8);
    cli_emit_stloc(il, b);
    cli_emit_ldloc(il, b);
    cli_emit(il, CIL_REM);
    cli_emit_stloc(il, r);
    cli_emit_ldloc(il, r);
    cli_emit_ldloc(il, b);
    push_correction(s, r, ins->b, b);
    cli_emit(il, CIL_AND);
    cli_emit(il, CIL_ADD);
    cli_release(s, b);
    cli_release(s, r);
    return CLI_I8;
}

/* -- ranges -- */

/* Pushes an int64 that is 0 or 1 if [a] fits [bits] bits with sign, else
 * (unsigned) more: (a >> bits-1) + 1. */
void
cli_emit_fits(struct cli_sel *s, tr_ref a, int bits)
{
    cli_push(s, a, CLI_I8);
    push_shift(s, bits - 1);
    cli_emit_i8(s->il, 1);
    cli_emit(s->il, CIL_ADD);
}

/* The same for the product, made of float64s: exact where it fits 52 bits, and
 * rounding never brings a larger one below 2^51; conv.i8 of one that has no
 * int64 gives the least int64, which does not fit either. */
void
cli_emit_mulfits(struct cli_sel *s, const struct tr_ins *ins)
{
    cli_push(s, ins->a, CLI_I8);
    cli_emit(s->il, CIL_CONV_R8);
    cli_push(s, ins->b, CLI_I8);
    cli_emit(s->il, CIL_CONV_R8);
    cli_emit(s->il, CIL_MUL);
    cli_emit(s->il, CIL_CONV_I8);
    push_shift(s, ins->field - 1);
    cli_emit_i8(s->il, 1);
    cli_emit(s->il, CIL_ADD);
}

/* Pushes an int64 that is negative if a + b (a - b) does not fit int64: both
 * operands (the minuend and the subtrahend's complement) have another sign than
 * the result. */
void
cli_emit_overflow(struct cli_sel *s, const struct tr_ins *ins)
{
    bool sum = ins->op == TR_ADDFITS;
    struct cli_il *il = s->il;
    uint32_t a = cli_temp(s, CLI_I8), b = cli_temp(s, CLI_I8);

    cli_push(s, ins->a, CLI_I8);
    cli_push(s, ins->b, CLI_I8);
    cli_emit_stloc(il, b);
    cli_emit_stloc(il, a);
    cli_emit_ldloc(il, a);
    cli_emit_ldloc(il, b);
    cli_emit(il, sum ? CIL_ADD : CIL_SUB);
    cli_emit_ldloc(il, a);
    cli_emit(il, CIL_XOR);
    if (sum) {
        cli_emit_ldloc(il, a);
        cli_emit_ldloc(il, b);
        cli_emit(il, CIL_ADD);
    } else {
        cli_emit_ldloc(il, a);
    }
    cli_emit_ldloc(il, b);
    cli_emit(il, CIL_XOR);
    cli_emit(il, CIL_AND);
    cli_release(s, a);
    cli_release(s, b);
}

/* Pushes |float64(a) * float64(b)| and its limit. */
void
cli_emit_mulwide(struct cli_sel *s, const struct tr_ins *ins)
{
    double max = TR_MULWIDE_MAX;
    uint64_t bits;

    memcpy(&bits, &max, sizeof bits);
    cli_push(s, ins->a, CLI_I8);
    cli_emit(s->il, CIL_CONV_R8);
    cli_push(s, ins->b, CLI_I8);
    cli_emit(s->il, CIL_CONV_R8);
    cli_emit(s->il, CIL_MUL);
    cli_emit_math(s->il, CLI_MATH_ABS);
    cli_emit_r8(s->il, bits);
}

static enum cli_type
below_2(struct cli_sel *s)
{
    cli_emit_i8(s->il, 2);
    cli_emit(s->il, CIL_CLT_UN);
    return CLI_I4;
}

/* -- choice -- */

/* Without a branch: b ^ ((a ^ b) & -cond). */
static enum cli_type
select_word(struct cli_sel *s, const struct tr_ins *ins)
{
    const struct tr_ins *pair = tr_ir_ins(&s->part->trace->ir, ins->b);
    enum cli_type type = cli_kind_type(ins->kind);
    struct cli_il *il = s->il;
    uint32_t b;

    cli_push(s, ins->a, CLI_I4);
    cli_emit(il, CIL_CONV_U8);
    cli_emit(il, CIL_NEG);
    cli_push(s, pair->a, CLI_I8);
    cli_push(s, pair->b, CLI_I8);
    b = cli_temp(s, CLI_I8);
    cli_emit_stloc(il, b);
    cli_emit_ldloc(il, b);
    cli_emit(il, CIL_XOR);
    cli_emit(il, CIL_AND);
    cli_emit_ldloc(il, b);
    cli_emit(il, CIL_XOR);
    cli_release(s, b);
    cli_convert(s, CLI_I8, type);
    return type;
}

static enum cli_type
box_bool(struct cli_sel *s, const struct tr_ins *ins)
{
    struct cli_il *il = s->il;
    uint64_t t = s->host->true_bits, f = s->host->false_bits;

    cli_push(s, ins->a, CLI_I4);
    cli_emit(il, CIL_CONV_U8);
    if (is_power_of_2((int64_t)(t - f))) {
        cli_emit_i4(il, log2_of((int64_t)(t - f)));
        cli_emit(il, CIL_SHL);
    } else {
        cli_emit(il, CIL_NEG);
        cli_emit_i8(il, (int64_t)(t - f));
        cli_emit(il, CIL_AND);
    }
    cli_emit_i8(il, (int64_t)f);
    cli_emit(il, CIL_ADD);
    return CLI_I8;
}

/* -- addresses -- */

static enum cli_type
array_ref(struct cli_sel *s, const struct tr_ins *ins)
{
    const struct tr_field *f = &s->host->fields[ins->field];
    struct cli_il *il = s->il;
    int64_t k;

    cli_push(s, ins->a, CLI_I);
    if (const_int(s, ins->b, &k)) {
        cli_add_offset(s, f->offset + k * f->stride);
        return CLI_I;
    }
    cli_push(s, ins->b, CLI_I);
    if (is_power_of_2(f->stride) && f->stride > 1) {
        cli_emit_i4(il, log2_of(f->stride));
        cli_emit(il, CIL_SHL);
    } else if (f->stride != 1) {
        cli_emit_i4(il, f->stride);
        cli_emit(il, CIL_MUL);
    }
    cli_emit(il, CIL_ADD);
    cli_add_offset(s, f->offset);
    return CLI_I;
}

static enum cli_type
with_constant(struct cli_sel *s, const struct tr_ins *ins, uint64_t k,
              enum cil_op op)
{
    cli_push(s, ins->a, CLI_I8);
    cli_emit_i8(s->il, (int64_t)k);
    cli_emit(s->il, op);
    return CLI_I8;
}

static enum cli_type
value_op(struct cli_sel *s, const struct tr_ins *ins)
{
    struct cli_il *il = s->il;

    switch (ins->op) {
    case TR_IS_INT:
        with_constant(s, ins, NB_INT_TAG - 1, CIL_CGT_UN);
        return CLI_I4;
    case TR_IS_FLT:
        with_constant(s, ins, NB_MAX_FLOAT + 1, CIL_CLT_UN);
        return CLI_I4;
    case TR_IS_PTR:
        cli_push(s, ins->a, CLI_I8);
        cli_emit_i4(il, 48);
        cli_emit(il, CIL_SHR_UN);
        cli_emit_i8(il, NB_PTR_TOP);
        cli_emit(il, CIL_CEQ);
        return CLI_I4;
    case TR_UNBOX_INT:
        cli_push(s, ins->a, CLI_I8);
        cli_emit_i4(il, 64 - NB_INT_BITS);
        cli_emit(il, CIL_SHL);
        push_shift(s, 64 - NB_INT_BITS);
        return CLI_I8;
    case TR_UNBOX_FLT:
    case TR_BOX_FLT: {
        tr_ref inside = cli_float_inside(s->part, ins->a);

        if (ins->op == TR_UNBOX_FLT && !tr_is_none(inside)) {
            cli_push(s, inside, CLI_R8);
            return CLI_R8;
        }
        cli_push(s, ins->a, ins->op == TR_UNBOX_FLT ? CLI_I8 : CLI_R8);
        cli_convert(s, ins->op == TR_UNBOX_FLT ? CLI_I8 : CLI_R8,
                    ins->op == TR_UNBOX_FLT ? CLI_R8 : CLI_I8);
        return ins->op == TR_UNBOX_FLT ? CLI_R8 : CLI_I8;
    }
    case TR_UNBOX_PTR:
        with_constant(s, ins, NB_PTR_TAG, CIL_SUB);
        cli_emit(il, CIL_CONV_I);
        return CLI_I;
    case TR_BOX_INT:
        return with_constant(s, ins, NB_INT_TAG, CIL_OR);
    case TR_BOX_PTR:
        return with_constant(s, ins, NB_PTR_TAG, CIL_ADD);
    default:
        return box_bool(s, ins);
    }
}

static enum cli_type
float_op(struct cli_sel *s, const struct tr_ins *ins)
{
    switch (ins->op) {
    case TR_FADD:
        return binary(s, ins, CLI_R8, CIL_ADD);
    case TR_FSUB:
        return binary(s, ins, CLI_R8, CIL_SUB);
    case TR_FMUL:
        return binary(s, ins, CLI_R8, CIL_MUL);
    case TR_FDIV:
        return binary(s, ins, CLI_R8, CIL_DIV);
    case TR_FNEG:
        return unary(s, ins, CLI_R8, CIL_NEG);
    case TR_FABS:
    case TR_FSQRT:
    case TR_FFLOOR:
        cli_push(s, ins->a, CLI_R8);
        cli_emit_math(s->il, ins->op == TR_FABS    ? CLI_MATH_ABS
                             : ins->op == TR_FSQRT ? CLI_MATH_SQRT
                                                   : CLI_MATH_FLOOR);
        return CLI_R8;
    case TR_FEQ:
        return compare(s, ins, CLI_R8, CIL_CEQ, false);
    case TR_FNE:
        return compare(s, ins, CLI_R8, CIL_CEQ, true);
    case TR_FLT:
        return compare(s, ins, CLI_R8, CIL_CLT, false);
    case TR_FLE: /* III.3.23: cgt.un is 1 for NaN, so "not" of it is 0 */
        return compare(s, ins, CLI_R8, CIL_CGT_UN, true);
    case TR_FGT:
        return compare(s, ins, CLI_R8, CIL_CGT, false);
    case TR_FGE:
        return compare(s, ins, CLI_R8, CIL_CLT_UN, true);
    case TR_I2F:
        cli_push(s, ins->a, CLI_I8);
        cli_emit(s->il, CIL_CONV_R8);
        return CLI_R8;
    default: /* F2I */
        cli_push(s, ins->a, CLI_R8);
        cli_emit(s->il, CIL_CONV_I8);
        return CLI_I8;
    }
}

enum cli_type
cli_emit_pure(struct cli_sel *s, const struct tr_ins *ins)
{
    switch (ins->op) {
    case TR_ADD:
        return binary(s, ins, CLI_I8, CIL_ADD);
    case TR_SUB:
        return binary(s, ins, CLI_I8, CIL_SUB);
    case TR_MUL:
        return multiply(s, ins);
    case TR_FLOORDIV:
        return floor_div(s, ins);
    case TR_FLOORMOD:
        return floor_mod(s, ins);
    case TR_NEG:
        return unary(s, ins, CLI_I8, CIL_NEG);
    case TR_AND:
        return logic(s, ins, CIL_AND);
    case TR_OR:
        return logic(s, ins, CIL_OR);
    case TR_XOR:
        return logic(s, ins, CIL_XOR);
    case TR_SHL:
        return shift(s, ins, CIL_SHL);
    case TR_SHR:
        return shift(s, ins, CIL_SHR);
    case TR_USHR:
        return shift(s, ins, CIL_SHR_UN);
    case TR_FITS:
        cli_emit_fits(s, ins->a, ins->field);
        return below_2(s);
    case TR_MULFITS:
        cli_emit_mulfits(s, ins);
        return below_2(s);
    case TR_ADDFITS:
    case TR_SUBFITS:
        cli_emit_overflow(s, ins);
        cli_emit_i8(s->il, 0);
        cli_emit(s->il, CIL_CLT);
        negate(s);
        return CLI_I4;
    case TR_MULWIDE:
        cli_emit_mulwide(s, ins);
        cli_emit(s->il, CIL_CGT_UN);
        negate(s);
        return CLI_I4;
    case TR_EQ:
    case TR_XEQ:
        return compare(s, ins, CLI_I8, CIL_CEQ, false);
    case TR_NE:
    case TR_XNE:
        return compare(s, ins, CLI_I8, CIL_CEQ, true);
    case TR_PEQ:
        return compare(s, ins, CLI_I, CIL_CEQ, false);
    case TR_PNE:
        return compare(s, ins, CLI_I, CIL_CEQ, true);
    case TR_LT:
        return compare(s, ins, CLI_I8, CIL_CLT, false);
    case TR_GE:
        return compare(s, ins, CLI_I8, CIL_CLT, true);
    case TR_LE:
        return compare(s, ins, CLI_I8, CIL_CGT, true);
    case TR_GT:
        return compare(s, ins, CLI_I8, CIL_CGT, false);
    case TR_ULT:
        return compare(s, ins, CLI_I8, CIL_CLT_UN, false);
    case TR_UGE:
        return compare(s, ins, CLI_I8, CIL_CLT_UN, true);
    case TR_NOT:
        cli_push(s, ins->a, CLI_I4);
        negate(s);
        return CLI_I4;
    case TR_P2I:
        cli_push(s, ins->a, CLI_I8);
        return CLI_I8;
    case TR_PADD:
        return binary(s, ins, CLI_I, CIL_ADD);
    case TR_AREF:
        return array_ref(s, ins);
    case TR_SELECT:
        return select_word(s, ins);
    default:
        return tr_opinfo[ins->op].effect == TR_PURE && ins->op >= TR_FADD &&
                       ins->op <= TR_F2I
                   ? float_op(s, ins)
                   : value_op(s, ins);
    }
}
