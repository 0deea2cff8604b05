/* SPDX-License-Identifier: MIT
 * cli-backend/calls.c: calls of C functions, allocation and the write barrier.
 * A C function is called by calli with a managed signature: hosts pass ints and
 * floats as the C calling convention of x86-64 and arm64 does, and such a
 * call costs what it costs in C. No exception may cross it. Called by select.c.
 */
#include "config.h"

#include "cli-backend/select.h"

#include "base/check.h"

enum { MAX_ARGS = 8 };

/* Conditions are int64 in C. */
static enum cli_type
c_type(uint8_t kind)
{
    return kind == TR_COND ? CLI_I8 : cli_kind_type(kind);
}

void
cli_emit_call(struct cli_sel *s, uint32_t i)
{
    const struct tr_code_ir *ir = &s->part->trace->ir;
    const struct tr_ins *ins = &ir->ins.items[i];
    const struct tr_call *call = &s->host->calls[ins->field];
    uint8_t types[MAX_ARGS];
    tr_ref args[MAX_ARGS], r;
    uint32_t n = call->nargs, k = call->nargs;
    enum cli_type result = c_type(call->result);
    struct cli_sig sig;

    for (r = ins->a; !tr_is_none(r) && k > 0; r = tr_ir_ins(ir, r)->a)
        args[--k] = tr_ir_ins(ir, r)->b;
    if (k || !tr_is_none(r) || n > MAX_ARGS) {
        cli_fail(s, "a call with a wrong number of arguments");
        return;
    }
    for (k = 0; k < n; k++) {
        types[k] = (uint8_t)c_type(call->args[k]);
        cli_push(s, args[k], (enum cli_type)types[k]);
    }
    cli_emit_address(s->il, call->fn, "&%s", call->name);
    sig = cli_sig_method(result, n, types);
    cli_emit_calli(s->il, &sig, n, result != CLI_VOID);
    if (result == CLI_VOID)
        return;
    if (s->part->nodes[i].place == CLI_LOCAL)
        cli_store_value(s, i, result);
    else
        cli_emit(s->il, CIL_POP);
}

/* The record to bump where the object can be made in place, or NULL. */
static struct tr_bump *
bump_of(struct cli_sel *s, const struct tr_ins *ins)
{
    const struct tr_code_ir *ir = &s->part->trace->ir;

    if (!s->host->bump || !tr_is_const(ins->b))
        return NULL;
    return s->host->bump(ins->a.n, tr_ir_k(ir, ins->b)->bits);
}

/* p := next; if it is the end, room is made out of line; next := p + size. The
 * join is before the bump, so that one branch makes two more blocks only. */
static void
emit_bump(struct cli_sel *s, uint32_t i, struct tr_bump *bump)
{
    const struct tr_ins *ins = &s->part->trace->ir.ins.items[i];
    struct cli_il *il = s->il;
    bool used = s->part->nodes[i].place == CLI_LOCAL;
    uint32_t p = used ? cli_value_local(s, &s->part->nodes[i], ins->kind)
                      : cli_temp(s, CLI_I);
    struct cli_refill r = {cli_new_label(il), cli_new_label(il), p, ins->a.n};

    cli_emit_address(il, &bump->next, "&next%u", ins->a.n);
    cli_emit(il, CIL_LDIND_I);
    cli_emit_stloc(il, p);
    cli_emit_ldloc(il, p);
    cli_emit_address(il, &bump->end, "&end%u", ins->a.n);
    cli_emit(il, CIL_LDIND_I);
    cli_emit_branch(il, CIL_BEQ, r.label);
    cli_place_label(il, r.back);
    cli_emit_address(il, &bump->next, "&next%u", ins->a.n);
    cli_emit_ldloc(il, p);
    cli_add_offset(s, ins->a.n);
    cli_emit(il, CIL_STIND_I);
    cli_emit_ldloc(il, p);
    cli_push(s, ins->b, CLI_I8);
    cli_emit(il, CIL_STIND_I8);
    nac_vec_push(&s->refills, r);
}

void
cli_emit_refills(struct cli_sel *s)
{
    static const uint8_t types[1] = {CLI_I8};
    struct cli_sig sig = cli_sig_method(CLI_I, 1, types);
    union {
        void *(*refill)(uint64_t);
        void *address;
    } fn = {s->host->refill};

    for (uint32_t k = 0; k < s->refills.len && !s->failed; k++) {
        const struct cli_refill *r = &s->refills.items[k];

        cli_place_label(s->il, r->label);
        cli_emit_i8(s->il, r->size);
        cli_emit_address(s->il, fn.address, "&refill");
        cli_emit_calli(s->il, &sig, 1, true);
        cli_emit_stloc(s->il, r->local);
        cli_emit_branch(s->il, CIL_BR, r->back);
    }
}

void
cli_emit_new(struct cli_sel *s, uint32_t i)
{
    static const uint8_t types[2] = {CLI_I8, CLI_I8};
    const struct tr_ins *ins = &s->part->trace->ir.ins.items[i];
    struct cli_sig sig = cli_sig_method(CLI_I, 2, types);
    union {
        void *(*alloc)(uint64_t, uint64_t);
        void *address;
    } fn = {s->host->alloc};

    struct tr_bump *bump = bump_of(s, ins);

    if (bump) {
        emit_bump(s, i, bump);
        return;
    }
    cli_emit_i8(s->il, ins->a.n);
    cli_push(s, ins->b, CLI_I8);
    cli_emit_address(s->il, fn.address, "&alloc");
    cli_emit_calli(s->il, &sig, 2, true);
    if (s->part->nodes[i].place == CLI_LOCAL)
        cli_store_value(s, i, CLI_I);
    else
        cli_emit(s->il, CIL_POP);
}

/* The object's card, as tracer.h (struct tr_host) describes it. */
void
cli_emit_barrier(struct cli_sel *s, const struct tr_ins *ins)
{
    struct cli_il *il = s->il;
    uint64_t mask = s->host->block_mask;
    uint32_t p;

    if (!mask)
        return;
    p = cli_temp(s, CLI_I8);
    cli_push(s, ins->a, CLI_I8);
    cli_emit_stloc(il, p);
    cli_emit_ldloc(il, p);
    cli_emit_i8(il, (int64_t)~mask);
    cli_emit(il, CIL_AND);
    cli_emit_ldloc(il, p);
    cli_emit_i8(il, (int64_t)mask);
    cli_emit(il, CIL_AND);
    cli_emit_i4(il, (int32_t)s->host->card_shift);
    cli_emit(il, CIL_SHR_UN);
    cli_emit(il, CIL_ADD);
    cli_emit(il, CIL_CONV_I);
    cli_add_offset(s, s->host->card_offset);
    cli_emit_i4(il, 1);
    cli_emit(il, CIL_STIND_I1);
    cli_release(s, p);
}
