/* SPDX-License-Identifier: MIT
 * cli-backend/loop.c: the variables of a loop. At LOOP the PHIs take their
 * first values, at JUMP, all at the same time, those of the pass that ends.
 * Called by select.c.
 */
#include "config.h"

#include "cli-backend/select.h"

struct move {
    uint32_t phi;
    tr_ref from;
};

/* Does the tree of [r] read the local? */
static bool
reads_local(const struct cli_sel *s, tr_ref r, int32_t local)
{
    const struct cli_node *n;
    const struct tr_ins *ins;
    const struct tr_opinfo *info;

    if (tr_is_const(r) || tr_is_none(r))
        return false;
    n = &s->part->nodes[r.n];
    ins = tr_ir_ins(&s->part->trace->ir, r);
    info = &tr_opinfo[ins->op];
    if (n->place != CLI_INLINE && ins->op != TR_PAIR)
        return n->local == local && ins->op != TR_BOX_FLT;
    if (n->by_float) /* the address of the word */
        ins = tr_ir_ins(&s->part->trace->ir, ins->a);
    return (info->a == TR_OPND_REF && reads_local(s, ins->a, local)) ||
           (info->b == TR_OPND_REF && reads_local(s, ins->b, local));
}

static bool
is_read_by_others(const struct cli_sel *s, const struct move *moves, uint32_t n,
                  uint32_t k)
{
    int32_t local = s->part->nodes[moves[k].phi].local;

    for (uint32_t i = 0; i < n; i++) {
        if (i != k && reads_local(s, moves[i].from, local))
            return true;
    }
    return false;
}

/* All PHIs take their new values at once: a move is made when no other one
 * still reads what it overwrites; what is left in the end is a cycle, whose
 * values are all pushed before the first is stored. */
static void
emit_moves(struct cli_sel *s, struct move *moves, uint32_t n)
{
    bool progress = true;

    while (n && progress) {
        progress = false;
        for (uint32_t k = 0; k < n; k++) {
            uint32_t local = (uint32_t)s->part->nodes[moves[k].phi].local;

            if (is_read_by_others(s, moves, n, k))
                continue;
            cli_push(s, moves[k].from,
                     (enum cli_type)s->il->locals.items[local]);
            cli_emit_stloc(s->il, local);
            moves[k--] = moves[--n];
            progress = true;
        }
    }
    for (uint32_t k = 0; k < n; k++) {
        uint32_t local = (uint32_t)s->part->nodes[moves[k].phi].local;

        cli_push(s, moves[k].from, (enum cli_type)s->il->locals.items[local]);
    }
    while (n-- > 0)
        cli_emit_stloc(s->il, (uint32_t)s->part->nodes[moves[n].phi].local);
}

void
cli_emit_phis(struct cli_sel *s, bool first)
{
    const struct tr_code_ir *ir = &s->part->trace->ir;
    NAC_VEC(struct move) moves = {0};

    for (uint32_t i = s->part->loop + 1; i < s->part->count; i++) {
        const struct tr_ins *ins = &ir->ins.items[i];
        struct cli_node *n = &s->part->nodes[i];

        if (ins->op != TR_PHI)
            break;
        if (n->place == CLI_DEAD)
            continue;
        cli_value_local(s, n, ins->kind);
        if (first || ins->b.n != i)
            nac_vec_push(&moves, (struct move){i, first ? ins->a : ins->b});
    }
    emit_moves(s, moves.items, moves.len);
    nac_vec_free(&moves);
}

/* Mono gives a variable a register for all of its life or not at all, and goes
 * by how often code names it, not by loops: the pre-roll, which names most
 * things and is left through many exits, would get all registers. So behind
 * LOOP values that were computed before it have other variables, and those of
 * the pre-roll, whose address is taken here for no other reason, stay in
 * memory. */
void
cli_enter_loop(struct cli_sel *s)
{
    struct cli_part *p = s->part;

    for (uint32_t i = 1; i < p->loop; i++) {
        struct cli_node *n = &p->nodes[i];

        if (n->local < 0 || (n->place != CLI_LOCAL && n->place != CLI_ENTRY) ||
            s->il->locals.items[n->local] == CLI_R8) /* never a register */
            continue;
        if (n->in_loop) {
            cli_emit_ldloc(s->il, (uint32_t)n->local);
            n->inner = (int32_t)cli_new_local(
                s->il, (enum cli_type)s->il->locals.items[n->local]);
            cli_emit_stloc(s->il, (uint32_t)n->inner);
        }
        cli_emit_ldloca(s->il, (uint32_t)n->local);
        cli_emit(s->il, CIL_POP);
    }
    p->inside = true;
}
