/* SPDX-License-Identifier: MIT
 * tracer/opt_fold_flt.c: folding of float64 operations.
 *
 * Most of the identities of the reals are false for IEEE 754 numbers, and every
 * one that is applied wrongly shows up as a wrong digit or a lost minus sign
 * somewhere far away. So the list is short and each rule says why it holds:
 *
 *     x * 1.0, x / 1.0   exact for all x, NaN and -0.0 included
 *     x - 0.0            exact: -0.0 - 0.0 is -0.0
 *     x + -0.0           exact, for the same reason
 *     x / 2^n            equals x * 2^-n where that constant is exact and
 *                        normal: both round the same real number once
 *     -(-x), |-x|, ||x|| are operations on the sign bit
 *     x < x, x > x       false, for NaN as well
 *
 * Not here, on purpose: x + 0.0 (turns -0.0 into 0.0), x * 0.0 (NaN, infinity,
 * sign), x - x (NaN, infinity), x == x (false for NaN), 0.0 - x (is not -x for
 * 0.0), reassociation of any kind, and swapping the operands of + and *, which
 * decides whose NaN comes out.
 *
 * Constants are folded by the C compiler's own run-time arithmetic in round to
 * nearest. A NaN result is not folded: its sign differs between processors, and
 * what the back-end's processor makes is as good as what ours makes.
 *
 * Comparisons of converted ints become comparisons of ints where both ints have
 * at most 53 bits, so that the conversion is exact.
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "tracer/opt_state.h"

static bool
flt_const(const struct tr_opt *o, tr_ref r, double *v)
{
    uint64_t bits;

    if (!tr_is_const(r))
        return false;
    bits = opt_bits(o, r);
    memcpy(v, &bits, sizeof *v);
    return true;
}

static tr_ref
rewrite(struct tr_ins *ins, enum tr_op op, tr_ref a, tr_ref b)
{
    ins->op = (uint8_t)op;
    ins->a = a;
    ins->b = b;
    ins->kind = tr_opinfo[op].result;
    return FOLD_AGAIN;
}

static tr_ref
result(struct tr_opt *o, double v)
{
    return v == v ? tr_opt_flt(o, v) : FOLD_NO;
}

static tr_ref
fold_binary(struct tr_opt *o, struct tr_ins *ins)
{
    double x, y, r;
    bool kx = flt_const(o, ins->a, &x), ky = flt_const(o, ins->b, &y);
    int exponent;

    if (kx && ky) {
        switch (ins->op) {
        case TR_FADD:
            return result(o, x + y);
        case TR_FSUB:
            return result(o, x - y);
        case TR_FMUL:
            return result(o, x * y);
        default:
            return result(o, x / y);
        }
    }
    switch (ins->op) {
    case TR_FADD:
        if (ky && y == 0.0 && signbit(y))
            return ins->a;
        if (kx && x == 0.0 && signbit(x))
            return ins->b;
        break;
    case TR_FSUB:
        if (ky && y == 0.0 && !signbit(y))
            return ins->a;
        break;
    case TR_FMUL:
        if (ky && y == 1.0)
            return ins->a;
        if (kx && x == 1.0)
            return ins->b;
        break;
    default:
        if (!ky)
            break;
        if (y == 1.0)
            return ins->a;
        r = 1.0 / y;
        if (isnormal(y) && isnormal(r) && fabs(frexp(y, &exponent)) == 0.5)
            return rewrite(ins, TR_FMUL, ins->a, tr_opt_flt(o, r));
        break;
    }
    return FOLD_NO;
}

static enum tr_op
int_compare(enum tr_op op)
{
    switch (op) {
    case TR_FEQ:
        return TR_EQ;
    case TR_FNE:
        return TR_NE;
    case TR_FLT:
        return TR_LT;
    case TR_FLE:
        return TR_LE;
    case TR_FGT:
        return TR_GT;
    default:
        return TR_GE;
    }
}

/* The int that was converted to this float without rounding, or none. */
static tr_ref
exact_int(struct tr_opt *o, tr_ref r)
{
    double v;

    if (flt_const(o, r, &v)) {
        if (v == floor(v) && fabs(v) <= 0x1p53)
            return tr_opt_int(o, (int64_t)v);
        return TR_NONE;
    }
    if (opt_op(o, r) == TR_I2F &&
        tr_opt_signed_fits(tr_opt_range(o, opt_ins(o, r)->a), 54))
        return opt_ins(o, r)->a;
    return TR_NONE;
}

static bool
compare(enum tr_op op, double x, double y)
{
    switch (op) {
    case TR_FEQ:
        return x == y;
    case TR_FNE:
        return x != y;
    case TR_FLT:
        return x < y;
    case TR_FLE:
        return x <= y;
    case TR_FGT:
        return x > y;
    default:
        return x >= y;
    }
}

static tr_ref
fold_compare(struct tr_opt *o, struct tr_ins *ins)
{
    enum tr_op op = ins->op;
    struct tr_ins other = *ins;
    tr_ref a, b;
    double x, y;
    int truth;

    if (flt_const(o, ins->a, &x) && flt_const(o, ins->b, &y))
        return tr_opt_bool(o, compare(op, x, y));
    if (tr_same(ins->a, ins->b) && (op == TR_FLT || op == TR_FGT))
        return tr_opt_bool(o, false);
    a = exact_int(o, ins->a);
    b = exact_int(o, ins->b);
    if (!tr_is_none(a) && !tr_is_none(b))
        return rewrite(ins, int_compare(op), a, b);
    /* a < b is b > a: the constant, else the younger one, goes right. */
    if (tr_is_const(ins->a) || (!tr_is_const(ins->b) && ins->a.n > ins->b.n)) {
        static const uint8_t turned[] = {TR_FEQ, TR_FNE, TR_FGT,
                                         TR_FGE, TR_FLT, TR_FLE};

        a = ins->a;
        ins->op = turned[op - TR_FEQ];
        ins->a = ins->b;
        ins->b = a;
        op = ins->op;
    }
    if (op != TR_FEQ && op != TR_FNE)
        return FOLD_NO;
    other = *ins;
    other.op = (uint8_t)tr_opt_inverse(op);
    other.kind = TR_COND;
    a = tr_opt_cse_find(o, other);
    truth = tr_is_none(a) ? -1 : tr_opt_truth(o, a);
    return truth < 0 ? FOLD_NO : tr_opt_bool(o, !truth);
}

static tr_ref
fold_unary(struct tr_opt *o, struct tr_ins *ins)
{
    enum tr_op inner = opt_op(o, ins->a);
    double x;

    if (flt_const(o, ins->a, &x)) {
        switch (ins->op) {
        case TR_FNEG:
            return result(o, -x);
        case TR_FABS:
            return result(o, fabs(x));
        case TR_FSQRT:
            return result(o, sqrt(x));
        default:
            return result(o, floor(x));
        }
    }
    if (ins->op == TR_FNEG && inner == TR_FNEG)
        return opt_ins(o, ins->a)->a;
    if (ins->op == TR_FABS && inner == TR_FABS)
        return ins->a;
    if (ins->op == TR_FABS && inner == TR_FNEG)
        return rewrite(ins, TR_FABS, opt_ins(o, ins->a)->a, TR_NONE);
    if (ins->op == TR_FFLOOR && (inner == TR_I2F || inner == TR_FFLOOR))
        return ins->a;
    return FOLD_NO;
}

tr_ref
tr_opt_fold_flt(struct tr_opt *o, struct tr_ins *ins)
{
    double x;

    switch (ins->op) {
    case TR_FADD:
    case TR_FSUB:
    case TR_FMUL:
    case TR_FDIV:
        return fold_binary(o, ins);
    case TR_FNEG:
    case TR_FABS:
    case TR_FSQRT:
    case TR_FFLOOR:
        return fold_unary(o, ins);
    case TR_I2F:
        if (tr_is_const(ins->a))
            return tr_opt_flt(o, (double)(int64_t)opt_bits(o, ins->a));
        return FOLD_NO;
    case TR_F2I:
        if (flt_const(o, ins->a, &x))
            return x > -0x1p63 && x < 0x1p63 ? tr_opt_int(o, (int64_t)x)
                                             : FOLD_NO;
        if (opt_op(o, ins->a) == TR_I2F) {
            tr_ref r = exact_int(o, ins->a);

            return tr_is_none(r) ? FOLD_NO : r;
        }
        return FOLD_NO;
    default:
        return fold_compare(o, ins);
    }
}
