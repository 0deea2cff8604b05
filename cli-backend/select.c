/* SPDX-License-Identifier: MIT
 * cli-backend/select.c: emits a unit of traces as one CIL method
 * int64 t(native int frame). Values are pushed by cli_push(), which loads a
 * local or emits the expression tree of an inline instruction; guards become
 * one fused compare and branch to their exit's stub at the method's end.
 * Called by compile.c and by the tests.
 *
 *   int, value       int64 local        address       native int local
 *   float            float64 local      condition     int32 local
 */
#include "config.h"

#include "cli-backend/select.h"

#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "base/mem.h"
#include "base/nanbox.h"

enum { MANY_LOCALS = 800, MANY_BLOCKS = 700 };

void
cli_fail(struct cli_sel *s, const char *what)
{
    if (!s->failed)
        snprintf(s->why, s->whylen, "%s", what);
    s->failed = true;
}

enum cli_type
cli_kind_type(uint8_t kind)
{
    switch (kind) {
    case TR_F64:
        return CLI_R8;
    case TR_PTR:
        return CLI_I;
    case TR_COND:
        return CLI_I4;
    case TR_VOID:
        return CLI_VOID;
    default:
        return CLI_I8;
    }
}

/* -- temporaries -- */

static int
spare_index(enum cli_type type)
{
    return type == CLI_R8 ? 0 : type == CLI_I ? 1 : type == CLI_I4 ? 2 : 3;
}

/* A variable that lives within one instruction's code. One that is used once
 * stays within a basic block, where every host finds it a register; only large
 * methods use temporaries again, because Mono stops optimising at 2,000
 * variables. */
uint32_t
cli_temp(struct cli_sel *s, enum cli_type type)
{
    int k = spare_index(type);

    if (s->il->locals.len > MANY_LOCALS && s->spare[k].len)
        return nac_vec_pop(&s->spare[k]);
    return cli_new_local(s->il, type);
}

void
cli_release(struct cli_sel *s, uint32_t local)
{
    int k = spare_index((enum cli_type)s->il->locals.items[local]);

    nac_vec_push(&s->spare[k], local);
}

uint32_t
cli_value_local(struct cli_sel *s, struct cli_node *n, uint8_t kind)
{
    if (n->local < 0) {
        n->local = (int32_t)cli_new_local(s->il, cli_kind_type(kind));
        s->nvalues++;
    }
    return (uint32_t)n->local;
}

/* -- pushing -- */

void
cli_add_offset(struct cli_sel *s, int64_t offset)
{
    if (offset == 0)
        return;
    if (offset == (int32_t)offset) {
        cli_emit_i4(s->il, (int32_t)offset);
    } else {
        cli_emit_i8(s->il, offset);
        cli_emit(s->il, CIL_CONV_I);
    }
    cli_emit(s->il, CIL_ADD);
}

void
cli_push_frame(struct cli_sel *s, int32_t offset)
{
    cli_emit(s->il, CIL_LDARG_0);
    cli_add_offset(s, offset);
}

/* The top of the stack becomes its bits, or the bits a float, through memory:
 * CIL has no other way. tf->result is free until RET. */
static void
cast_bits(struct cli_sel *s, enum cli_type from)
{
    uint32_t t = cli_temp(s, from);

    cli_emit_stloc(s->il, t);
    cli_push_frame(s, TR_FRAME_RESULT);
    cli_emit_ldloc(s->il, t);
    cli_emit(s->il, from == CLI_R8 ? CIL_STIND_R8 : CIL_STIND_I8);
    cli_push_frame(s, TR_FRAME_RESULT);
    cli_emit(s->il, from == CLI_R8 ? CIL_LDIND_I8 : CIL_LDIND_R8);
    cli_release(s, t);
}

void
cli_convert(struct cli_sel *s, enum cli_type from, enum cli_type to)
{
    if (from == to || to == CLI_VOID)
        return;
    if (from == CLI_R8) {
        cast_bits(s, CLI_R8);
        cli_convert(s, CLI_I8, to);
        return;
    }
    switch (to) {
    case CLI_R8:
        cli_convert(s, from, CLI_I8);
        cast_bits(s, CLI_I8);
        break;
    case CLI_I4:
        cli_emit(s->il, CIL_CONV_I4);
        break;
    case CLI_I:
        cli_emit(s->il, from == CLI_I4 ? CIL_CONV_U : CIL_CONV_I);
        break;
    default:
        cli_emit(s->il, CIL_CONV_U8);
        break;
    }
}

static void
push_const(struct cli_sel *s, uint64_t bits, enum cli_type want)
{
    switch (want) {
    case CLI_R8:
        cli_emit_r8(s->il, bits);
        break;
    case CLI_I4:
        cli_emit_i4(s->il, (int32_t)bits);
        break;
    case CLI_I:
        cli_emit_i8(s->il, (int64_t)bits);
        cli_emit(s->il, CIL_CONV_I);
        break;
    default:
        cli_emit_i8(s->il, (int64_t)bits);
        break;
    }
}

/* A word of the entry frame or of the spill area. */
static void
push_word_address(struct cli_sel *s, const struct tr_ins *ins)
{
    if (ins->op == TR_ARG) {
        cli_push_frame(s, TR_FRAME_SPILL + 8 * (int32_t)ins->a.n);
        return;
    }
    ASSERT(s->base >= 0, "base is not loaded");
    cli_emit_ldloc(s->il, (uint32_t)s->base);
    cli_add_offset(s, 8 * (int64_t)(int32_t)ins->a.n);
}

static enum cli_type
load_word(struct cli_sel *s, enum cli_type type)
{
    cli_emit(s->il, type == CLI_R8   ? CIL_LDIND_R8
                    : type == CLI_I  ? CIL_LDIND_I
                    : type == CLI_I4 ? CIL_LDIND_I4
                                     : CIL_LDIND_I8);
    return type;
}

static enum cli_type
load_field(struct cli_sel *s, const struct tr_ins *ins)
{
    const struct tr_field *f = &s->host->fields[ins->field];
    bool zero = (f->flags & TR_FLD_UNSIGNED) != 0;

    cli_push(s, ins->a, CLI_I);
    if (ins->op == TR_FLOAD)
        cli_add_offset(s, f->offset);
    if (f->size == 8)
        return load_word(s, cli_kind_type(f->kind));
    if (f->kind == TR_F64) {
        cli_emit(s->il, CIL_LDIND_R4);
        cli_emit(s->il, CIL_CONV_R8);
        return CLI_R8;
    }
    cli_emit(s->il, f->size == 1   ? (zero ? CIL_LDIND_U1 : CIL_LDIND_I1)
                    : f->size == 2 ? (zero ? CIL_LDIND_U2 : CIL_LDIND_I2)
                                   : (zero ? CIL_LDIND_U4 : CIL_LDIND_I4));
    cli_emit(s->il, zero ? CIL_CONV_U8 : CIL_CONV_I8);
    return CLI_I8;
}

/* UNBOX_FLT of a word that lies in memory: the same place as a float. */
static enum cli_type
load_again(struct cli_sel *s, const struct tr_ins *word)
{
    if (word->op == TR_FLOAD || word->op == TR_ALOAD) {
        cli_push(s, word->a, CLI_I);
        if (word->op == TR_FLOAD)
            cli_add_offset(s, s->host->fields[word->field].offset);
    } else {
        push_word_address(s, word);
    }
    return load_word(s, CLI_R8);
}

/* A value of the root, in the variable that it has there. */
static enum cli_type
push_outer(struct cli_sel *s, const struct tr_ins *ins)
{
    const struct cli_node *n = &s->parts[0].nodes[ins->a.n];
    int32_t local = n->inner >= 0 ? n->inner : n->local;

    if (local < 0) {
        cli_fail(s, "a value of the root that it does not keep");
        cli_emit_i8(s->il, 0);
        return CLI_I8;
    }
    cli_emit_ldloc(s->il, (uint32_t)local);
    return (enum cli_type)s->il->locals.items[local];
}

/* Emits the instruction's own code; its value is on the stack. */
static enum cli_type
emit_value(struct cli_sel *s, uint32_t i)
{
    const struct tr_code_ir *ir = &s->part->trace->ir;
    const struct tr_ins *ins = &ir->ins.items[i];

    switch (ins->op) {
    case TR_SLOT:
    case TR_ARG:
        push_word_address(s, ins);
        if (ins->kind == TR_COND) { /* the stub wrote 8 bytes */
            load_word(s, CLI_I8);
            cli_emit(s->il, CIL_CONV_I4);
            return CLI_I4;
        }
        return load_word(s, cli_kind_type(ins->kind));
    case TR_BASE:
        push_word_address(s, ins);
        return CLI_I;
    case TR_OUTER:
        return push_outer(s, ins);
    case TR_FLOAD:
    case TR_ALOAD:
        return load_field(s, ins);
    case TR_UNBOX_FLT:
        if (s->part->nodes[i].by_float)
            return load_again(s, tr_ir_ins(ir, ins->a));
        break;
    default:
        break;
    }
    return cli_emit_pure(s, ins);
}

void
cli_push(struct cli_sel *s, tr_ref r, enum cli_type want)
{
    const struct tr_code_ir *ir = &s->part->trace->ir;
    struct cli_node *n;
    enum cli_type type;

    if (tr_is_const(r)) {
        push_const(s, tr_ir_k(ir, r)->bits, want);
        return;
    }
    n = &s->part->nodes[r.n];
    if (n->place == CLI_INLINE) {
        type = emit_value(s, r.n);
    } else if (n->local >= 0) {
        uint32_t local = (uint32_t)n->local;

        if (s->part->inside && n->inner >= 0)
            local = (uint32_t)n->inner;
        cli_emit_ldloc(s->il, local);
        type = (enum cli_type)s->il->locals.items[local];
    } else {
        cli_fail(s, "a value is used that was never computed");
        cli_emit_i8(s->il, 0);
        type = CLI_I8;
    }
    cli_convert(s, type, want);
}

enum cli_type
cli_push_word(struct cli_sel *s, tr_ref r)
{
    tr_ref inside = cli_float_inside(s->part, r);

    if (!tr_is_none(inside))
        r = inside;
    if (tr_ir_kind(&s->part->trace->ir, r) == TR_F64) {
        cli_push(s, r, CLI_R8);
        return CLI_R8;
    }
    cli_push(s, r, CLI_I8);
    return CLI_I8;
}

/* -- conditions and guards -- */

/* The branch taken if "a op b" holds, and the one taken if it does not. For
 * floats the second is the .un form: taken also where a or b is a NaN. */
struct compare {
    uint8_t op;
    uint8_t type; /* enum cli_type of the operands */
    uint8_t yes, no;
};

static const struct compare compares[] = {
    {TR_EQ, CLI_I8, CIL_BEQ, CIL_BNE_UN},
    {TR_NE, CLI_I8, CIL_BNE_UN, CIL_BEQ},
    {TR_LT, CLI_I8, CIL_BLT, CIL_BGE},
    {TR_GE, CLI_I8, CIL_BGE, CIL_BLT},
    {TR_LE, CLI_I8, CIL_BLE, CIL_BGT},
    {TR_GT, CLI_I8, CIL_BGT, CIL_BLE},
    {TR_ULT, CLI_I8, CIL_BLT_UN, CIL_BGE_UN},
    {TR_UGE, CLI_I8, CIL_BGE_UN, CIL_BLT_UN},
    {TR_XEQ, CLI_I8, CIL_BEQ, CIL_BNE_UN},
    {TR_XNE, CLI_I8, CIL_BNE_UN, CIL_BEQ},
    {TR_PEQ, CLI_I, CIL_BEQ, CIL_BNE_UN},
    {TR_PNE, CLI_I, CIL_BNE_UN, CIL_BEQ},
    {TR_FEQ, CLI_R8, CIL_BEQ, CIL_BNE_UN},
    {TR_FNE, CLI_R8, CIL_BNE_UN, CIL_BEQ},
    {TR_FLT, CLI_R8, CIL_BLT, CIL_BGE_UN},
    {TR_FLE, CLI_R8, CIL_BLE, CIL_BGT_UN},
    {TR_FGT, CLI_R8, CIL_BGT, CIL_BLE_UN},
    {TR_FGE, CLI_R8, CIL_BGE, CIL_BLT_UN},
};

/* Collects the values whose IS_INT stand in an AND of conditions. */
static uint32_t
ints_of_and(struct cli_sel *s, tr_ref r, tr_ref *ints, uint32_t n, uint32_t max,
            bool *others)
{
    const struct tr_ins *ins;

    if (tr_is_const(r) || s->part->nodes[r.n].place != CLI_INLINE) {
        *others = true;
        return n;
    }
    ins = tr_ir_ins(&s->part->trace->ir, r);
    if (ins->op == TR_IS_INT && n < max) {
        ints[n++] = ins->a;
        return n;
    }
    if (ins->op != TR_AND) {
        *others = true;
        return n;
    }
    n = ints_of_and(s, ins->a, ints, n, max, others);
    return ints_of_and(s, ins->b, ints, n, max, others);
}

/* Several IS_INT at once: an int's upper 14 bits are all set, and so they are
 * in the AND of the words only if they are in every word. */
static bool
branch_on_ints(struct cli_sel *s, tr_ref cond, bool sense, uint32_t label)
{
    tr_ref ints[16];
    bool others = false;
    uint32_t n = ints_of_and(s, cond, ints, 0, 16, &others);

    if (others || n < 2)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        cli_push(s, ints[i], CLI_I8);
        if (i)
            cli_emit(s->il, CIL_AND);
    }
    cli_emit_i8(s->il, (int64_t)NB_INT_TAG);
    cli_emit_branch(s->il, sense ? CIL_BGE_UN : CIL_BLT_UN, label);
    return true;
}

static bool
branch_fused(struct cli_sel *s, const struct tr_ins *ins, bool sense,
             uint32_t label)
{
    struct cli_il *il = s->il;

    switch (ins->op) {
    case TR_IS_INT:
        cli_push(s, ins->a, CLI_I8);
        cli_emit_i8(il, (int64_t)NB_INT_TAG);
        cli_emit_branch(il, sense ? CIL_BGE_UN : CIL_BLT_UN, label);
        return true;
    case TR_IS_FLT:
        cli_push(s, ins->a, CLI_I8);
        cli_emit_i8(il, (int64_t)NB_MAX_FLOAT);
        cli_emit_branch(il, sense ? CIL_BLE_UN : CIL_BGT_UN, label);
        return true;
    case TR_IS_PTR:
        cli_push(s, ins->a, CLI_I8);
        cli_emit_i4(il, 48);
        cli_emit(il, CIL_SHR_UN);
        cli_emit_i8(il, NB_PTR_TOP);
        cli_emit_branch(il, sense ? CIL_BEQ : CIL_BNE_UN, label);
        return true;
    case TR_FITS:
        cli_emit_fits(s, ins->a, ins->field);
        cli_emit_i8(il, 2);
        cli_emit_branch(il, sense ? CIL_BLT_UN : CIL_BGE_UN, label);
        return true;
    case TR_MULFITS:
        cli_emit_mulfits(s, ins);
        cli_emit_i8(il, 2);
        cli_emit_branch(il, sense ? CIL_BLT_UN : CIL_BGE_UN, label);
        return true;
    case TR_ADDFITS:
    case TR_SUBFITS:
        cli_emit_overflow(s, ins);
        cli_emit_i8(il, 0);
        cli_emit_branch(il, sense ? CIL_BGE : CIL_BLT, label);
        return true;
    case TR_MULWIDE:
        cli_emit_mulwide(s, ins);
        cli_emit_branch(il, sense ? CIL_BLE : CIL_BGT_UN, label);
        return true;
    case TR_IS_WIDE:
        cli_branch_on_wide(s, ins, sense, label);
        return true;
    default:
        break;
    }
    for (size_t i = 0; i < sizeof compares / sizeof *compares; i++) {
        const struct compare *c = &compares[i];

        if (c->op != ins->op)
            continue;
        cli_push(s, ins->a, (enum cli_type)c->type);
        cli_push(s, ins->b, (enum cli_type)c->type);
        cli_emit_branch(il, (enum cil_op)(sense ? c->yes : c->no), label);
        return true;
    }
    return false;
}

static bool
is_condition(const struct tr_code_ir *ir, tr_ref r)
{
    const struct tr_ins *ins;

    if (tr_ir_kind(ir, r) == TR_COND)
        return true;
    if (tr_is_const(r))
        return false;
    ins = tr_ir_ins(ir, r);
    return ins->op == TR_AND && is_condition(ir, ins->a) &&
           is_condition(ir, ins->b);
}

/* A joined guard: a compare and branch for each condition beats setting,
 * widening and joining flags. The floats in play are not computed yet, so the
 * new basic blocks cost nothing but their number, and the budget of tier 2 does
 * not count them: a unit that gets large does without. */
static bool
branch_on_each(struct cli_sel *s, const struct tr_ins *and, bool sense,
               uint32_t label)
{
    const struct tr_code_ir *ir = &s->part->trace->ir;

    if (sense || s->many_blocks || !is_condition(ir, and->a) ||
        !is_condition(ir, and->b))
        return false;
    s->extra_blocks++;
    cli_branch_on(s, and->a, false, label);
    cli_branch_on(s, and->b, false, label);
    return true;
}

void
cli_branch_on(struct cli_sel *s, tr_ref cond, bool sense, uint32_t label)
{
    if (!tr_is_const(cond) && s->part->nodes[cond.n].place == CLI_INLINE) {
        const struct tr_ins *ins = tr_ir_ins(&s->part->trace->ir, cond);

        if (ins->op == TR_NOT) {
            cli_branch_on(s, ins->a, !sense, label);
            return;
        }
        if (ins->op == TR_AND && branch_on_ints(s, cond, sense, label))
            return;
        if (ins->op == TR_AND && branch_on_each(s, ins, sense, label))
            return;
        if (branch_fused(s, ins, sense, label))
            return;
    }
    cli_push(s, cond, CLI_I4);
    cli_emit_branch(s->il, sense ? CIL_BRTRUE : CIL_BRFALSE, label);
}

/* -- stores -- */

static void
emit_store(struct cli_sel *s, const struct tr_ins *ins)
{
    const struct tr_field *f = &s->host->fields[ins->field];
    enum cli_type type;

    cli_push(s, ins->a, CLI_I);
    if (ins->op == TR_FSTORE)
        cli_add_offset(s, f->offset);
    if (f->kind == TR_F64) {
        cli_push(s, ins->b, CLI_R8);
        if (f->size == 4)
            cli_emit(s->il, CIL_CONV_R4);
        cli_emit(s->il, f->size == 4 ? CIL_STIND_R4 : CIL_STIND_R8);
        return;
    }
    type = cli_push_word(s, ins->b);
    switch (f->size) { /* III.3.62: the stored value is cut to size */
    case 1:
        cli_convert(s, type, CLI_I4);
        cli_emit(s->il, CIL_STIND_I1);
        break;
    case 2:
        cli_convert(s, type, CLI_I4);
        cli_emit(s->il, CIL_STIND_I2);
        break;
    case 4:
        cli_convert(s, type, CLI_I4);
        cli_emit(s->il, CIL_STIND_I4);
        break;
    default:
        cli_emit(s->il, type == CLI_R8 ? CIL_STIND_R8 : CIL_STIND_I8);
        break;
    }
}

void
cli_store_value(struct cli_sel *s, uint32_t i, enum cli_type type)
{
    const struct tr_ins *ins = &s->part->trace->ir.ins.items[i];
    uint32_t local = cli_value_local(s, &s->part->nodes[i], ins->kind);

    cli_convert(s, type, (enum cli_type)s->il->locals.items[local]);
    cli_emit_stloc(s->il, local);
}

/* -- instructions -- */

static void
emit_select_float(struct cli_sel *s, uint32_t i)
{
    const struct tr_code_ir *ir = &s->part->trace->ir;
    const struct tr_ins *ins = &ir->ins.items[i];
    const struct tr_ins *pair = tr_ir_ins(ir, ins->b);
    uint32_t no = cli_new_label(s->il), end = cli_new_label(s->il);

    cli_branch_on(s, ins->a, false, no);
    cli_push(s, pair->a, CLI_R8);
    cli_store_value(s, i, CLI_R8);
    cli_emit_branch(s->il, CIL_BR, end);
    cli_place_label(s->il, no);
    cli_push(s, pair->b, CLI_R8);
    cli_store_value(s, i, CLI_R8);
    cli_place_label(s->il, end);
}

static void
emit_effect(struct cli_sel *s, uint32_t i)
{
    const struct tr_ins *ins = &s->part->trace->ir.ins.items[i];
    struct cli_il *il = s->il;

    switch (ins->op) {
    case TR_LOOP:
        cli_emit_phis(s, true);
        cli_enter_loop(s);
        s->part->loop_label = cli_new_label(il);
        cli_place_label(il, s->part->loop_label);
        break;
    case TR_HEAD:
    case TR_JOIN:
        break;
    case TR_JOINED:
        cli_emit_joined(s, ins);
        break;
    case TR_JUMP:
        cli_emit_phis(s, false);
        cli_emit_branch(il, CIL_BR, s->part->loop_label);
        break;
    case TR_GUARD_T:
    case TR_GUARD_F:
        cli_branch_on(s, ins->a, ins->op == TR_GUARD_F,
                      cli_stub_label(s, ins->field));
        break;
    case TR_VALID:
        cli_emit_address(il, &s->part->trace->invalid, "&trace%u.invalid",
                         s->part->trace->id);
        cli_emit(il, CIL_LDIND_I8);
        cli_emit_branch(il, CIL_BRTRUE, cli_stub_label(s, ins->field));
        break;
    case TR_LEAVE:
        cli_emit_branch(il, CIL_BR, cli_stub_label(s, ins->field));
        break;
    case TR_LINK:
        cli_emit_link(s, ins);
        break;
    case TR_RET:
        cli_emit_ret(s, ins);
        break;
    case TR_FSTORE:
    case TR_ASTORE:
        emit_store(s, ins);
        break;
    case TR_BARRIER:
        cli_emit_barrier(s, ins);
        break;
    case TR_CALL:
        cli_emit_call(s, i);
        break;
    case TR_NEW:
        cli_emit_new(s, i);
        break;
    default:
        cli_fail(s, "an operation without code");
        break;
    }
}

static void
emit_instruction(struct cli_sel *s, uint32_t i)
{
    const struct tr_ins *ins = &s->part->trace->ir.ins.items[i];
    const struct cli_node *n = &s->part->nodes[i];

    ASSERT(s->il->depth == 0, "stack is not empty before %u", i);
    switch (n->place) {
    case CLI_EFFECT:
        emit_effect(s, i);
        break;
    case CLI_LOCAL:
        if (ins->op == TR_PHI)
            break;
        if (ins->op == TR_CALL || ins->op == TR_NEW)
            emit_effect(s, i);
        else if (ins->op == TR_SELECT && ins->kind == TR_F64)
            emit_select_float(s, i);
        else if (cli_is_wide_op(ins->op))
            cli_emit_wide(s, i);
        else
            cli_store_value(s, i, emit_value(s, i));
        break;
    default:
        break;
    }
}

/* Does any part read the base of the entry frame? */
static bool
needs_base(const struct cli_sel *s)
{
    for (uint32_t k = 0; k < s->nparts; k++) {
        const struct cli_part *p = &s->parts[k];

        for (uint32_t i = 1; i < p->count; i++) {
            int op = p->trace->ir.ins.items[i].op;

            if (op == TR_LINK || op == TR_SLOT || op == TR_BASE)
                return true;
        }
    }
    return false;
}

static void
emit_part(struct cli_sel *s, struct cli_part *p)
{
    const struct tr_code_ir *ir = &p->trace->ir;

    s->part = p;
    cli_place_label(s->il, p->label);
    if (!p->exit && s->base >= 0) {
        cli_push_frame(s, TR_FRAME_BASE);
        cli_emit(s->il, CIL_LDIND_I);
        cli_emit_stloc(s->il, (uint32_t)s->base);
    }
    for (uint32_t i = 1; i < p->count && !s->failed; i++) {
        const struct tr_ins *ins = &ir->ins.items[i];

        if (p->nodes[i].place != CLI_ENTRY)
            continue;
        if (ins->op == TR_ARG && p->exit) /* the stub that leads here sets it */
            cli_value_local(s, &p->nodes[i], ins->kind);
        else
            cli_store_value(s, i, emit_value(s, i));
    }
    for (uint32_t i = 1; i < p->count && !s->failed; i++)
        emit_instruction(s, i);
}

/* -- units -- */

/* Basic blocks that the unit's guards make if each condition gets its own. */
static uint32_t
guess_blocks(const struct cli_sel *s)
{
    uint32_t n = 0;

    for (uint32_t k = 0; k < s->nparts; k++) {
        const struct cli_part *p = &s->parts[k];

        n += 2 * p->trace->nexits;
        for (uint32_t i = 1; i < p->count; i++) {
            int op = p->trace->ir.ins.items[i].op;

            n += op == TR_NEW ? 3 : op == TR_AND || op == TR_CALL;
        }
    }
    return n;
}

static void
make_part(struct cli_sel *s, struct cli_part *p, struct tr_trace *t)
{
    p->trace = t;
    p->count = t->ir.ins.len;
    p->nodes = nac_calloc(p->count, sizeof *p->nodes);
    p->frame_stores = nac_calloc(p->count + 1, sizeof *p->frame_stores);
    p->last_guard = nac_calloc(t->nexits + 1, sizeof *p->last_guard);
    p->stubs = nac_calloc(t->nexits + 1, sizeof *p->stubs);
    p->label = cli_new_label(s->il);
}

/* Where the bridge hangs, if that trace is in the unit too. */
static void
find_parent(struct cli_sel *s, struct cli_part *p)
{
    struct tr_exit *e = p->trace->parent;

    for (struct cli_part *q = s->parts; e && q < p; q++) {
        if (q->trace == e->trace) {
            p->parent = q;
            p->exit = e;
        }
    }
}

static void
free_parts(struct cli_sel *s)
{
    for (uint32_t k = 0; k < s->nparts; k++) {
        free(s->parts[k].nodes);
        free(s->parts[k].frame_stores);
        free(s->parts[k].last_guard);
        free(s->parts[k].stubs);
    }
    free(s->parts);
    nac_vec_free(&s->refills);
    for (int k = 0; k < 4; k++)
        nac_vec_free(&s->spare[k]);
}

int
cli_select(struct cli_il *il, struct tr_jit *jit, const struct tr_host *host,
           struct tr_trace *(*find_trace)(const struct tr_jit *, uint32_t),
           const struct tr_unit *unit, char *why, size_t whylen)
{
    struct cli_sel s = {.il = il,
                        .host = host,
                        .jit = jit,
                        .find_trace = find_trace,
                        .nparts = unit->count,
                        .base = -1,
                        .why = why,
                        .whylen = whylen};

    s.parts = nac_calloc(unit->count, sizeof *s.parts);
    for (uint32_t k = 0; k < unit->count; k++) {
        make_part(&s, &s.parts[k], unit->traces[k]);
        if (k)
            find_parent(&s, &s.parts[k]);
        if (k && !s.parts[k].exit)
            cli_fail(&s, "a bridge of the unit hangs nowhere in it");
        if (k && !s.failed)
            cli_plan_join(&s, &s.parts[k]);
    }
    for (uint32_t k = 0; k < unit->count && !s.failed; k++)
        cli_schedule(&s, &s.parts[k]);
    s.many_blocks = guess_blocks(&s) > MANY_BLOCKS;
    if (needs_base(&s))
        s.base = (int32_t)cli_new_local(il, CLI_I);
    for (uint32_t k = 0; k < unit->count && !s.failed; k++)
        emit_part(&s, &s.parts[k]);
    for (uint32_t k = 0; k < unit->count && !s.failed; k++) {
        s.part = &s.parts[k];
        cli_emit_stubs(&s);
    }
    cli_emit_refills(&s);
    if (!s.failed && cli_il_finish(il) != 0)
        cli_fail(&s, "the method's code is not well formed");
    if (!s.failed && unit->count == 1)
        unit->traces[0]->nblocks = il->nblocks - s.extra_blocks;
    free_parts(&s);
    return s.failed ? -1 : 0;
}
