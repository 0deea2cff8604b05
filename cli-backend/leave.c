/* SPDX-License-Identifier: MIT
 * cli-backend/leave.c: the ways out of a method. Every exit has a cold stub at
 * the method's end that saves the exit's live values in the trace frame and
 * jumps through the exit's cell, a mutable pointer: first to tr_exit_code(),
 * later to a bridge. Compiled methods stay as they are; attaching a
 * bridge is one store. Called by select.c.
 *
 *   stub:   tf->spill[i] := values;  tf->exit := exit
 *           ldarg.0; ldc.i8 &exit->cell; conv.i; ldind.i; tail. calli; ret
 */
#include "config.h"

#include "cli-backend/select.h"

#include "base/check.h"

uint32_t
cli_stub_label(struct cli_sel *s, uint32_t exit)
{
    if (!s->part->stubs[exit])
        s->part->stubs[exit] = cli_new_label(s->il) + 1;
    return s->part->stubs[exit] - 1;
}

static void
emit_cell_jump(struct cli_sel *s, const struct tr_cell *cell, const char *what,
               uint32_t number)
{
    cli_emit(s->il, CIL_LDARG_0);
    cli_emit_address(s->il, &cell->code, "&%s%u.cell", what, number);
    cli_emit(s->il, CIL_LDIND_I);
    cli_emit_tail(s->il);
}

static void
store_word(struct cli_sel *s, tr_ref r)
{
    cli_emit(s->il,
             cli_push_word(s, r) == CLI_R8 ? CIL_STIND_R8 : CIL_STIND_I8);
}

static void
emit_stub(struct cli_sel *s, const struct tr_exit *exit)
{
    for (uint32_t i = 0; i < exit->nspill; i++) {
        cli_push_frame(s, TR_FRAME_SPILL + 8 * (int32_t)i);
        store_word(s, exit->spill[i]);
    }
    cli_push_frame(s, TR_FRAME_EXIT);
    cli_emit_address(s->il, exit, "&exit%u", exit->index);
    cli_emit(s->il, CIL_STIND_I);
    emit_cell_jump(s, &exit->cell, "exit", exit->index);
}

/* The bridge is part of the method: its ARGs become moves between locals. */
static void
emit_bridge_moves(struct cli_sel *s, const struct tr_exit *exit,
                  struct cli_part *bridge)
{
    for (uint32_t i = 1; i < bridge->count; i++) {
        const struct tr_ins *ins = &bridge->trace->ir.ins.items[i];

        if (ins->op != TR_ARG || bridge->nodes[i].place != CLI_ENTRY)
            continue;
        if (ins->a.n >= exit->nspill) {
            cli_fail(s, "a bridge has more arguments than its exit saves");
            return;
        }
        cli_push(s, exit->spill[ins->a.n], cli_kind_type(ins->kind));
        cli_emit_stloc(s->il, (uint32_t)bridge->nodes[i].local);
    }
    cli_emit_branch(s->il, CIL_BR, bridge->label);
}

void
cli_emit_stubs(struct cli_sel *s)
{
    struct cli_part *p = s->part;

    for (uint32_t e = 0; e < p->trace->nexits && !s->failed; e++) {
        const struct tr_exit *exit = &p->trace->exits[e];
        struct cli_part *bridge = NULL;

        if (!p->stubs[e])
            continue;
        for (uint32_t k = 1; k < s->nparts; k++) {
            if (s->parts[k].exit == exit)
                bridge = &s->parts[k];
        }
        cli_place_label(s->il, p->stubs[e] - 1);
        p->inside = p->loop && p->last_guard[e] > p->loop;
        if (bridge)
            emit_bridge_moves(s, exit, bridge);
        else
            emit_stub(s, exit);
    }
}

void
cli_emit_frame_word(struct cli_sel *s, const struct tr_snapent *e)
{
    cli_emit_ldloc(s->il, (uint32_t)s->base);
    cli_add_offset(s, 8 * (int64_t)e->slot);
    store_word(s, e->ref);
}

/* Brings the frame's words up to date and enters another trace, whose entry
 * frame begins at the snapshot's top. */
void
cli_emit_link(struct cli_sel *s, const struct tr_ins *ins)
{
    const struct tr_code_ir *ir = &s->part->trace->ir;
    const struct tr_snap *snap = &ir->snaps.items[ins->b.n];
    struct tr_trace *target = s->find_trace(s->jit, ins->a.n);

    if (!target) {
        cli_fail(s, "a link to no trace");
        return;
    }
    for (uint32_t i = 0; i < snap->count; i++) {
        const struct tr_snapent *e = &ir->ents.items[snap->first + i];

        if (!cli_word_unchanged(s->part, e))
            cli_emit_frame_word(s, e);
    }
    if (snap->top) {
        cli_push_frame(s, TR_FRAME_BASE);
        cli_emit_ldloc(s->il, (uint32_t)s->base);
        cli_add_offset(s, 8 * (int64_t)snap->top);
        cli_emit(s->il, CIL_STIND_I);
    }
    if (s->nparts > 1 && target == s->parts[0].trace)
        cli_emit_branch(s->il, CIL_BR, s->parts[0].label);
    else
        emit_cell_jump(s, &target->entry, "trace", target->id);
}

void
cli_emit_ret(struct cli_sel *s, const struct tr_ins *ins)
{
    cli_push_frame(s, TR_FRAME_RESULT);
    store_word(s, ins->a);
    cli_push_frame(s, TR_FRAME_EXIT);
    cli_emit_address(s->il, NULL, "0");
    cli_emit(s->il, CIL_STIND_I);
    cli_emit_i8(s->il, 0);
    cli_emit(s->il, CIL_RET);
}
