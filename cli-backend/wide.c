/* SPDX-License-Identifier: MIT
 * cli-backend/wide.c: ints of 64 bits in value words. Small ones are boxed and
 * unboxed inline; for others the host is called (tracer.h, struct tr_host).
 * Called by select.c.
 *
 *     t := operand
 *     if t is small: local := what is computed inline
 *     else:          local := host(t)
 */
#include "config.h"

#include "cli-backend/select.h"

#include "base/nanbox.h"

bool
cli_is_wide_op(int op)
{
    return op == TR_IS_WIDE || op == TR_UNBOX_WIDE || op == TR_BOX_WIDE;
}

/* Leaves what the host's function says of the local on the stack. */
static void
call_host(struct cli_sel *s, int op, uint32_t t)
{
    static const uint8_t types[1] = {CLI_I8};
    struct cli_sig sig = cli_sig_method(CLI_I8, 1, types);
    union {
        int64_t (*ask)(uint64_t);
        uint64_t (*box)(int64_t);
        void *address;
    } fn;

    if (op == TR_BOX_WIDE)
        fn.box = s->host->box_wide;
    else
        fn.ask = op == TR_IS_WIDE ? s->host->is_wide : s->host->unbox_wide;
    cli_emit_ldloc(s->il, t);
    cli_emit_address(s->il, fn.address, "&%s",
                     op == TR_BOX_WIDE  ? "box_wide"
                     : op == TR_IS_WIDE ? "is_wide"
                                        : "unbox_wide");
    cli_emit_calli(s->il, &sig, 1, true);
}

static uint32_t
operand(struct cli_sel *s, const struct tr_ins *ins)
{
    uint32_t t = cli_temp(s, CLI_I8);

    cli_push(s, ins->a, CLI_I8);
    cli_emit_stloc(s->il, t);
    return t;
}

/* Branches if the word in the local is no small int, or (BOX_WIDE) the int is
 * none. */
static void
branch_if_large(struct cli_sel *s, int op, uint32_t t, uint32_t label)
{
    struct cli_il *il = s->il;

    cli_emit_ldloc(il, t);
    if (op != TR_BOX_WIDE) {
        cli_emit_i8(il, (int64_t)NB_INT_TAG);
        cli_emit_branch(il, CIL_BLT_UN, label);
        return;
    }
    cli_emit_i4(il, NB_INT_BITS - 1);
    cli_emit(il, CIL_SHR);
    cli_emit_i8(il, 1);
    cli_emit(il, CIL_ADD);
    cli_emit_i8(il, 2);
    cli_emit_branch(il, CIL_BGE_UN, label);
}

static enum cli_type
push_small(struct cli_sel *s, int op, uint32_t t)
{
    struct cli_il *il = s->il;

    switch (op) {
    case TR_IS_WIDE:
        cli_emit_i4(il, 1);
        return CLI_I4;
    case TR_UNBOX_WIDE:
        cli_emit_ldloc(il, t);
        cli_emit_i4(il, 64 - NB_INT_BITS);
        cli_emit(il, CIL_SHL);
        cli_emit_i4(il, 64 - NB_INT_BITS);
        cli_emit(il, CIL_SHR);
        return CLI_I8;
    default:
        cli_emit_ldloc(il, t);
        cli_emit_i8(il, (int64_t)NB_INT_TAG);
        cli_emit(il, CIL_OR);
        return CLI_I8;
    }
}

void
cli_emit_wide(struct cli_sel *s, uint32_t i)
{
    const struct tr_ins *ins = &s->part->trace->ir.ins.items[i];
    uint32_t large = cli_new_label(s->il), end = cli_new_label(s->il);
    uint32_t t = operand(s, ins);

    branch_if_large(s, ins->op, t, large);
    cli_store_value(s, i, push_small(s, ins->op, t));
    cli_emit_branch(s->il, CIL_BR, end);
    cli_place_label(s->il, large);
    call_host(s, ins->op, t);
    cli_store_value(s, i, CLI_I8);
    cli_place_label(s->il, end);
    cli_release(s, t);
}

void
cli_branch_on_wide(struct cli_sel *s, const struct tr_ins *ins, bool sense,
                   uint32_t label)
{
    uint32_t t = operand(s, ins), end = cli_new_label(s->il);

    cli_emit_ldloc(s->il, t);
    cli_emit_i8(s->il, (int64_t)NB_INT_TAG);
    cli_emit_branch(s->il, CIL_BGE_UN, sense ? label : end);
    call_host(s, TR_IS_WIDE, t);
    cli_emit_i8(s->il, 0);
    cli_emit_branch(s->il, sense ? CIL_BNE_UN : CIL_BEQ, label);
    cli_place_label(s->il, end);
    cli_release(s, t);
}
