/* SPDX-License-Identifier: MIT
 * tracer/opt_dce.c: dead code, and the last renumbering.
 *
 * What is alive is found by marking from the roots: guards, stores, calls with
 * effects and the end of the trace, together with the snapshots of those that
 * leave. A single backward sweep would do for straight-line code. It does not
 * for loops, because a PHI's second operand stands after the PHI, and sweeping
 * until nothing changes is quadratic for a chain of PHIs; so a work list.
 *
 * Requirements:
 *   1. A PHI lives only if something other than itself needs it. Since it is
 *      not a root this comes by itself: loop-carried slots that are written
 *      before they are read are dropped here, and with them their values.
 *   2. Loads are not roots, nor are allocations nor calls that are pure or only
 *      read, unless those may raise: whether they raised is asked by a guard
 *      on their result, and the exception that they set is an effect.
 *   3. Of a sunk object the stores live as long as their NEW does, although
 *      they are no roots, since the exits replay them.
 *   4. Instructions stay in the given order; only their numbers change.
 */
#include "config.h"

#include <string.h>

#include "base/check.h"
#include "tracer/opt_state.h"

struct marker {
    const struct tr_opt *o;
    uint8_t *live;
    uint32_t *work;
    uint32_t nwork;
};

static void
mark(struct marker *m, tr_ref r)
{
    if (tr_is_const(r) || tr_is_none(r) || m->live[r.n])
        return;
    m->live[r.n] = 1;
    m->work[m->nwork++] = r.n;
}

static bool
is_root(const struct tr_opt *o, const struct tr_ins *ins)
{
    switch ((enum tr_effect)tr_opinfo[ins->op].effect) {
    case TR_STORE:
    case TR_GUARD:
        return true;
    case TR_EFFECT_CALL: {
        uint32_t flags = o->host->calls[ins->field].flags;

        return (flags & TR_CALL_EFFECT) > TR_CALL_READS ||
               ((flags & TR_CALL_RAISES) &&
                (flags & TR_CALL_EFFECT) != TR_CALL_PURE);
    }
    case TR_MARK:
        return ins->op != TR_NOP && ins->op != TR_PHI;
    default:
        return false;
    }
}

static void
mark_operands(struct marker *m, uint32_t n)
{
    const struct tr_code_ir *ir = m->o->ir;
    struct tr_ins ins = ir->ins.items[n];
    const struct tr_opinfo *info = &tr_opinfo[ins.op];
    uint32_t i;

    if (info->a == TR_OPND_REF)
        mark(m, ins.a);
    if (info->b == TR_OPND_REF)
        mark(m, ins.b);
    if (info->b == TR_OPND_SNAP) {
        const struct tr_snap *s = &ir->snaps.items[ins.b.n];

        for (i = s->first; i < s->first + s->count; i++)
            mark(m, ir->ents.items[i].ref);
    }
}

void
tr_opt_live(const struct tr_opt *o, const uint8_t *sunk, uint8_t *live)
{
    const struct tr_code_ir *ir = o->ir;
    uint32_t n = ir->ins.len, i, from = 0;
    struct marker m = {o, live, NULL, 0};
    uint32_t *first = nac_calloc(n + 1, sizeof *first);
    uint32_t *next = nac_calloc(n + 1, sizeof *next);

    /* The sunk stores to each sunk NEW. */
    for (i = n; sunk && i-- > 1;) {
        const struct tr_ins *ins = &ir->ins.items[i];
        tr_ref base;

        if (!sunk[i] || tr_opinfo[ins->op].effect != TR_STORE)
            continue;
        base = opt_base(o, ins->a);
        next[i] = first[base.n];
        first[base.n] = i;
    }
    m.work = nac_malloc((n + 1) * sizeof *m.work);
    memset(live, 0, n);
    live[0] = 1;
    for (i = 1; i < n; i++)
        if (is_root(o, &ir->ins.items[i]) && !(sunk && sunk[i]))
            mark(&m, (tr_ref){i});
    while (m.nwork) {
        i = m.work[--m.nwork];
        mark_operands(&m, i);
        if (ir->ins.items[i].op == TR_NEW)
            for (from = first[i]; from; from = next[from])
                mark(&m, (tr_ref){from});
    }
    free(m.work);
    free(first);
    free(next);
}

/* -- renumbering -- */

static tr_ref
moved(const uint32_t *to, tr_ref r)
{
    if (tr_is_const(r) || tr_is_none(r))
        return r;
    ASSERT(to[r.n], "live code uses dead instruction %u", r.n);
    return (tr_ref){to[r.n]};
}

/* Snapshots in use get their references renumbered, the others are emptied. */
static void
renumber_snaps(struct tr_code_ir *ir, const uint32_t *to)
{
    uint8_t *used = nac_calloc(ir->snaps.len + 1, 1);
    uint32_t i, j;

    for (i = 0; i < ir->ins.len; i++)
        if (tr_opinfo[ir->ins.items[i].op].b == TR_OPND_SNAP)
            used[ir->ins.items[i].b.n] = 1;
    for (i = 0; i < ir->snaps.len; i++) {
        struct tr_snap *s = &ir->snaps.items[i];

        if (!used[i])
            s->count = 0;
        for (j = s->first; j < s->first + s->count; j++)
            ir->ents.items[j].ref = moved(to, ir->ents.items[j].ref);
    }
    free(used);
}

void
tr_opt_compact(struct tr_opt *o, const struct opt_order *order, uint8_t **sunk)
{
    struct tr_code_ir *ir = o->ir;
    uint32_t n = ir->ins.len, i;
    uint32_t *to = nac_calloc(n + 1, sizeof *to);
    struct tr_ins *out = nac_malloc((order->at.len + 1) * sizeof *out);
    uint8_t *new_sunk = *sunk ? nac_calloc(order->at.len + 1, 1) : NULL;

    for (i = 0; i < order->at.len; i++)
        to[order->at.items[i]] = i;
    for (i = 0; i < order->at.len; i++) {
        struct tr_ins ins = ir->ins.items[order->at.items[i]];
        const struct tr_opinfo *info = &tr_opinfo[ins.op];

        if (info->a == TR_OPND_REF)
            ins.a = moved(to, ins.a);
        if (info->b == TR_OPND_REF)
            ins.b = moved(to, ins.b);
        out[i] = ins;
        if (new_sunk && order->at.items[i] < order->old)
            new_sunk[i] = (*sunk)[order->at.items[i]];
    }
    memcpy(ir->ins.items, out, order->at.len * sizeof *out);
    ir->ins.len = order->at.len;
    renumber_snaps(ir, to);
    free(*sunk);
    *sunk = new_sunk;
    free(to);
    free(out);
}
