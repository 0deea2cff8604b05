/* SPDX-License-Identifier: MIT
 * tracer/opt_sink.c: allocation removal. An object that nothing but the exits
 * would ever see is not made; each exit that needs it makes it. The same holds
 * for boxed values that only exits need.
 *
 * Forwarding (opt_mem.c) has turned all loads from young objects into the
 * values that were stored, so what is left of an object that does not escape
 * is its NEW, stores into it, and mentions in snapshots. Removing it is then a
 * matter of looking at its uses. The obvious rule "no use but stores into it"
 * is too weak for objects in objects (a bound method in an iterator's tuple):
 * the inner one is used by a store into the outer one, which is fine exactly
 * if the outer one goes as well. So candidates are assumed sinkable, refuted by
 * uses, and refutation spreads from an object to what is stored into it.
 *
 * Loop-carried objects need no rule here: opt_carry.c makes a carried object
 * anew at the head of the body from its fields, which are PHIs; the object at
 * the end of the body then has no use left but stores.
 *
 * Requirements (opt.h, rule 3, tells the other side):
 *   1. Allowed uses of a NEW: base of FSTORE and BARRIER, base of an AREF with
 *      a constant index that only ASTOREs use, operand of BOX_PTR, value stored
 *      into another sunk NEW, snapshot of a guard or of LEAVE. A LINK's
 *      snapshot is written by the trace itself, so it is an escape.
 *   2. A NEW and the stores into it stand in the same half of the trace: at an
 *      exit of the body "the stores before the guard" must not depend on how
 *      often the body has run.
 *   3. No cycles among sunk objects, so that exits can build them depth first.
 *   4. A NEW with very many stores stays: every exit would have to keep all of
 *      its values alive.
 *   5. A BOX is sunk if all its users are exits and sunk stores.
 */
#include "config.h"

#include "tracer/opt_state.h"

enum { MAX_STORES = 48 };

struct edge {
    uint32_t holder, content, next; /* next edge of the same holder */
};

struct sinker {
    const struct tr_opt *o;
    const uint8_t *live;
    uint8_t *no;     /* NEW, BOX: refuted */
    uint8_t *stores; /* NEW: stores into it, saturating */
    uint32_t *first; /* NEW: its edges + 1 */
    NAC_VEC(struct edge) edges;
    NAC_VEC(uint32_t) work;
};

/* The NEW that [r] is or boxes, or none. */
static tr_ref
object_of(const struct tr_opt *o, tr_ref r)
{
    if (opt_op(o, r) == TR_BOX_PTR)
        r = opt_ins(o, r)->a;
    return opt_op(o, r) == TR_NEW ? r : TR_NONE;
}

static void
refute(struct sinker *s, tr_ref r)
{
    if (!tr_is_none(r) && !s->no[r.n]) {
        s->no[r.n] = 1;
        nac_vec_push(&s->work, r.n);
    }
}

static bool
same_half(const struct tr_opt *o, uint32_t x, uint32_t y)
{
    return (x < o->loop) == (y < o->loop);
}

/* The object that a store or BARRIER goes to, where that can be sunk. */
static tr_ref
target_of(const struct sinker *s, uint32_t n)
{
    const struct tr_opt *o = s->o;
    const struct tr_ins *ins = &o->ir->ins.items[n];
    tr_ref base = ins->a;

    if (opt_op(o, base) == TR_AREF) {
        const struct tr_ins *aref = opt_ins(o, base);

        if (ins->op != TR_ASTORE || !tr_is_const(aref->b) ||
            aref->field != ins->field)
            return TR_NONE;
        base = aref->a;
    } else if (ins->op == TR_ASTORE) {
        return TR_NONE;
    }
    if (opt_op(o, base) != TR_NEW || !same_half(o, base.n, n))
        return TR_NONE;
    if (ins->op != TR_BARRIER &&
        (o->host->fields[ins->field].flags & TR_FLD_VOLATILE))
        return TR_NONE;
    return base;
}

static void
look_at_store(struct sinker *s, uint32_t n)
{
    const struct tr_opt *o = s->o;
    const struct tr_ins *ins = &o->ir->ins.items[n];
    tr_ref target = target_of(s, n);
    tr_ref content = TR_NONE;

    if (ins->op != TR_BARRIER)
        content = object_of(o, ins->b);
    if (tr_is_none(target)) {
        tr_ref base = opt_base(o, ins->a);

        if (opt_op(o, base) == TR_NEW)
            refute(s, base);
        refute(s, content);
        return;
    }
    if (s->stores[target.n]++ == MAX_STORES) {
        s->stores[target.n]--;
        refute(s, target);
    }
    if (!tr_is_none(content)) {
        struct edge e;

        e = (struct edge){target.n, content.n, s->first[target.n]};
        nac_vec_push(&s->edges, e);
        s->first[target.n] = s->edges.len;
    }
}

static void
look_at(struct sinker *s, uint32_t n)
{
    const struct tr_opt *o = s->o;
    const struct tr_ins *ins = &o->ir->ins.items[n];
    const struct tr_opinfo *info = &tr_opinfo[ins->op];
    uint32_t i;

    if (info->effect == TR_STORE) {
        look_at_store(s, n);
        return;
    }
    if (ins->op == TR_LINK || ins->op == TR_JOINED) {
        const struct tr_snap *snap = &o->ir->snaps.items[ins->b.n];

        for (i = snap->first; i < snap->first + snap->count; i++)
            refute(s, object_of(o, o->ir->ents.items[i].ref));
    }
    if (info->a == TR_OPND_REF) {
        if (opt_op(o, ins->a) == TR_AREF)
            refute(s, object_of(o, opt_base(o, ins->a)));
        if (ins->op != TR_BOX_PTR &&
            (ins->op != TR_AREF || !tr_is_const(ins->b)))
            refute(s, object_of(o, ins->a));
    }
    if (info->b == TR_OPND_REF) {
        if (opt_op(o, ins->b) == TR_AREF)
            refute(s, object_of(o, opt_base(o, ins->b)));
        refute(s, object_of(o, ins->b));
    }
}

/* An AREF in a snapshot or stored as a value: an address into the object. */
static void
look_for_inner_addresses(struct sinker *s)
{
    const struct tr_opt *o = s->o;
    uint32_t n, i;

    for (n = 1; n < o->ir->ins.len; n++) {
        const struct tr_ins *ins = &o->ir->ins.items[n];
        tr_ref b = ins->b;

        if (!s->live[n])
            continue;
        if (tr_opinfo[ins->op].effect == TR_STORE && ins->op != TR_BARRIER &&
            opt_op(o, b) == TR_AREF)
            refute(s, object_of(o, opt_base(o, b)));
        if (tr_opinfo[ins->op].b != TR_OPND_SNAP)
            continue;
        for (i = 0; i < o->ir->snaps.items[b.n].count; i++) {
            uint32_t at = o->ir->snaps.items[b.n].first + i;
            tr_ref r = o->ir->ents.items[at].ref;

            if (opt_op(o, r) == TR_AREF)
                refute(s, object_of(o, opt_base(o, r)));
        }
    }
}

static void
spread(struct sinker *s)
{
    while (s->work.len) {
        uint32_t n = nac_vec_pop(&s->work), e;

        for (e = s->first[n]; e; e = s->edges.items[e - 1].next)
            refute(s, (tr_ref){s->edges.items[e - 1].content});
    }
}

/* Peels objects that no sinkable object holds; what stays lies on a cycle or
 * is held by one. */
static void
refute_cycles(struct sinker *s)
{
    uint32_t n = s->o->ir->ins.len, i, e;
    uint32_t *holders = nac_calloc(n + 1, sizeof *holders);
    NAC_VEC(uint32_t) free_ones = {0};

    for (e = 0; e < s->edges.len; e++)
        if (!s->no[s->edges.items[e].holder])
            holders[s->edges.items[e].content]++;
    for (i = 1; i < n; i++)
        if (opt_op(s->o, (tr_ref){i}) == TR_NEW && !holders[i])
            nac_vec_push(&free_ones, i);
    while (free_ones.len) {
        i = nac_vec_pop(&free_ones);
        if (s->no[i])
            continue;
        for (e = s->first[i]; e; e = s->edges.items[e - 1].next)
            if (--holders[s->edges.items[e - 1].content] == 0)
                nac_vec_push(&free_ones, s->edges.items[e - 1].content);
    }
    for (i = 1; i < n; i++)
        if (holders[i])
            refute(s, (tr_ref){i});
    spread(s);
    nac_vec_free(&free_ones);
    free(holders);
}

static void
keep_box(struct sinker *s, tr_ref r)
{
    if (tr_op_boxes(opt_op(s->o, r)))
        s->no[r.n] = 1;
}

/* Boxes that something in the trace itself uses. */
static void
refute_boxes(struct sinker *s, const uint8_t *sunk)
{
    const struct tr_opt *o = s->o;
    uint32_t n, i;

    for (n = 1; n < o->ir->ins.len; n++) {
        const struct tr_ins *ins = &o->ir->ins.items[n];
        const struct tr_opinfo *info = &tr_opinfo[ins->op];

        if (!s->live[n] || sunk[n])
            continue;
        if (info->a == TR_OPND_REF)
            keep_box(s, ins->a);
        if (info->b == TR_OPND_REF)
            keep_box(s, ins->b);
        if (ins->op == TR_LINK || ins->op == TR_JOINED) {
            const struct tr_snap *snap = &o->ir->snaps.items[ins->b.n];

            for (i = snap->first; i < snap->first + snap->count; i++)
                keep_box(s, o->ir->ents.items[i].ref);
        }
    }
}

bool
tr_opt_sink(const struct tr_opt *o, const uint8_t *live, uint8_t *sunk)
{
    uint32_t n = o->ir->ins.len, i;
    struct sinker s = {.o = o, .live = live};
    bool any = false;

    s.no = nac_calloc(n + 1, 1);
    s.stores = nac_calloc(n + 1, 1);
    s.first = nac_calloc(n + 1, sizeof *s.first);
    for (i = 1; i < n; i++)
        if (live[i])
            look_at(&s, i);
    look_for_inner_addresses(&s);
    spread(&s);
    refute_cycles(&s);
    for (i = 1; i < n; i++) {
        const struct tr_ins *ins = &o->ir->ins.items[i];
        tr_ref object = TR_NONE;

        if (!live[i])
            continue;
        if (ins->op == TR_NEW)
            object = (tr_ref){i};
        else if (tr_opinfo[ins->op].effect == TR_STORE || ins->op == TR_AREF)
            object = object_of(o, opt_base(o, ins->a));
        if (!tr_is_none(object) && !s.no[object.n])
            sunk[i] = 1;
    }
    refute_boxes(&s, sunk);
    for (i = 1; i < n; i++)
        if (live[i] && tr_op_boxes(o->ir->ins.items[i].op) && !s.no[i])
            sunk[i] = 1;
    for (i = 1; i < n; i++)
        any = any || sunk[i];
    free(s.no);
    free(s.stores);
    free(s.first);
    nac_vec_free(&s.edges);
    nac_vec_free(&s.work);
    return any;
}
