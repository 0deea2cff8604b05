/* SPDX-License-Identifier: MIT
 * cli-backend/join.c: a bridge that goes on in the middle of its root's loop,
 * where both are one method (tracer/join.c says when and why). Its new values
 * are moved into the variables of the root's PHIs. Nothing moved is itself a
 * PHI's variable: a bridge has the root's values in variables of its own, and
 * OUTER names what was computed before the loop. Called by select.c.
 */
#include "config.h"

#include "cli-backend/select.h"

void
cli_plan_join(struct cli_sel *s, struct cli_part *p)
{
    const struct tr_code_ir *ir = &p->trace->ir;
    struct cli_part *root = &s->parts[0];
    const struct tr_ins *last = &ir->ins.items[p->count - 1];
    uint32_t from = 0;

    for (uint32_t i = 1; i < p->count; i++)
        if (ir->ins.items[i].op == TR_JOIN)
            from = i;
    p->joins = from && last->op == TR_LINK &&
               s->find_trace(s->jit, last->a.n) == root->trace;
    for (uint32_t i = from; p->joins && i < p->count; i++) {
        const struct tr_ins *ins = &ir->ins.items[i];

        if (ins->op != TR_OUTER || (p->trace->sunk && p->trace->sunk[i]))
            continue;
        root->nodes[ins->a.n].uses += 2;
        root->nodes[ins->a.n].main += 2;
    }
}

bool
cli_join_writes(const struct cli_sel *s, const struct tr_snapent *e)
{
    return !tr_head_carries(&s->parts[0].trace->head, e->slot) &&
           !cli_word_unchanged(s->part, e);
}

void
cli_emit_joined(struct cli_sel *s, const struct tr_ins *ins)
{
    const struct tr_code_ir *ir = &s->part->trace->ir;
    const struct tr_snap *phis = &ir->snaps.items[ins->b.n];
    const struct tr_ins *link = &ir->ins.items[s->part->count - 1];
    const struct tr_snap *words = &ir->snaps.items[link->b.n];
    struct cli_part *root = &s->parts[0];

    for (uint32_t i = 0; i < words->count; i++) {
        const struct tr_snapent *e = &ir->ents.items[words->first + i];

        if (cli_join_writes(s, e))
            cli_emit_frame_word(s, e);
    }
    for (uint32_t i = 0; i < phis->count; i++) {
        const struct tr_snapent *e = &ir->ents.items[phis->first + i];
        struct cli_node *phi = &root->nodes[e->slot];

        if (phi->place == CLI_DEAD || phi->local < 0)
            continue;
        cli_push(s, e->ref, (enum cli_type)s->il->locals.items[phi->local]);
        cli_emit_stloc(s->il, (uint32_t)phi->local);
    }
    cli_emit_branch(s->il, CIL_BR, root->loop_label);
}
