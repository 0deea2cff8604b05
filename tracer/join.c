/* SPDX-License-Identifier: MIT
 * tracer/join.c: how a bridge comes back to the loop it left. As a method of
 * its own it LINKs: it writes the frame's words and enters its root at the
 * beginning, whose pre-roll knows nothing and checks everything anew. Once
 * both are one method (second tier) it can go to the root's LOOP, if it leaves
 * there what the root assumes: opt_head.c wrote that down. Called by
 * recorder.c at the end of a bridge.
 *
 *     ...                        the bridge
 *     JOIN                       dead code in a method of its own
 *     %8 = OUTER 23              a value that the root computed before its LOOP
 *     %9 = FLOAD list.items %8   still what the root loaded?
 *     %10 = OUTER 31
 *     %11 = PEQ %9 %10
 *     GUARD_T %11 @5             if not, the interpreter is at the loop's head
 *     JOINED @6                  PHI n of the root := word n
 *     LINK 1 @5
 *
 * Why it is sound. The bridge begins at an exit of the root's body, or of
 * another such bridge, so all that stands before the root's LOOP was executed
 * and its values do not change. For each thing carried: what is the same in
 * every pass must be so now, which follows from references or is guarded; a
 * PHI gets a raw value of its kind, whose tag is known or guarded. Memory that
 * neither body nor bridges write needs no look. Frame words that the root does
 * not carry are as in memory for its exits: JOINED writes those that the bridge
 * changed.
 */
#include "config.h"

#include <string.h>

#define TR_INTERNAL
#include "tracer/jit.h"

struct joiner {
    struct tr_rec *rec;
    const struct tr_trace *root;
    uint32_t loop;    /* where the root's LOOP stands */
    tr_ref *raw;      /* per item: its raw value here */
    uint8_t *written; /* per field: body or bridges may write it */
};

static uint32_t
loop_of(const struct tr_trace *t)
{
    uint32_t n;

    for (n = 1; n < t->ir.ins.len; n++)
        if (t->ir.ins.items[n].op == TR_LOOP)
            return n;
    return 0;
}

bool
tr_head_carries(const struct tr_head *head, int32_t slot)
{
    uint32_t i;

    for (i = 0; i < head->count; i++)
        if (head->items[i].class == TR_CARRIED_SLOT &&
            head->items[i].slot == slot)
            return true;
    return false;
}

bool
tr_join_inside(const struct tr_exit *exit)
{
    const struct tr_trace *t = exit->trace;
    uint32_t loop = loop_of(t), n;

    if (t->kind == TR_BRIDGE)
        return t->in_loop;
    if (!loop || !t->head.items)
        return false;
    for (n = 1; n < loop; n++)
        if (tr_op_exits((enum tr_op)t->ir.ins.items[n].op) &&
            t->ir.ins.items[n].field == exit->index)
            return false;
    return true;
}

/* -- values of the root -- */

/* The instruction of the root whose value [r] of trace [t] is, or 0. */
static uint32_t
root_value(const struct joiner *j, const struct tr_code_ir *ir,
           const struct tr_exit *entry, tr_ref r)
{
    const struct tr_ins *ins;

    while (!tr_is_const(r)) {
        ins = tr_ir_ins(ir, r);
        if (!entry)
            return r.n;
        if (ins->op != TR_ARG)
            break;
        r = entry->spill[ins->a.n];
        ir = &entry->trace->ir;
        entry = entry->trace == j->root ? NULL : entry->trace->parent;
    }
    return 0;
}

/* Is [here], of the bridge, surely the root's value [there]? */
static bool
is_same(const struct joiner *j, tr_ref here, tr_ref there)
{
    const struct tr_code_ir *ir = j->rec->ir, *outer = &j->root->ir;
    const struct tr_ins *a, *b;

    if (tr_is_const(here) || tr_is_const(there))
        return tr_is_const(here) && tr_is_const(there) &&
               tr_ir_k(ir, here)->bits == tr_ir_k(outer, there)->bits &&
               tr_ir_k(ir, here)->kind == tr_ir_k(outer, there)->kind;
    a = tr_ir_ins(ir, here);
    b = tr_ir_ins(outer, there);
    if (a->op == TR_SLOT || a->op == TR_BASE)
        return a->op == b->op && a->a.n == b->a.n;
    return root_value(j, ir, j->rec->exit, here) == there.n;
}

/* The root's value, for the bridge's use. */
static tr_ref
outer(struct joiner *j, tr_ref there)
{
    const struct tr_code_ir *ir = &j->root->ir;
    const struct tr_ins *ins;

    if (tr_is_const(there)) {
        const struct tr_constant *k = tr_ir_k(ir, there);

        return tr_ir_const(j->rec->ir, (enum tr_kind)k->kind, k->bits);
    }
    ins = tr_ir_ins(ir, there);
    if (ins->op == TR_SLOT || ins->op == TR_BASE)
        return tr_emit(j->rec, (enum tr_op)ins->op, (enum tr_kind)ins->kind, 0,
                       ins->a, TR_NONE);
    return tr_emit(j->rec, TR_OUTER, (enum tr_kind)ins->kind, 0, there,
                   TR_NONE);
}

/* -- checks -- */

/* Guards that it holds unless that is known; false: it does not. */
static bool
holds(struct joiner *j, tr_ref cond)
{
    int truth = tr_opt_truth(j->rec->opt, cond);

    if (truth < 0)
        tr_guard(j->rec, cond, true);
    return truth != 0;
}

static bool
unbox(struct joiner *j, uint8_t box, tr_ref *r)
{
    enum tr_op is = TR_IS_PTR, open = TR_UNBOX_PTR;

    if (!box)
        return true;
    if (box == TR_BOX_INT) {
        is = TR_IS_INT;
        open = TR_UNBOX_INT;
    } else if (box == TR_BOX_WIDE) {
        is = TR_IS_WIDE;
        open = TR_UNBOX_WIDE;
    } else if (box == TR_BOX_FLT) {
        is = TR_IS_FLT;
        open = TR_UNBOX_FLT;
    } else if (box != TR_BOX_PTR) {
        return false;
    }
    if (tr_ir_kind(j->rec->ir, *r) != TR_VAL ||
        !holds(j, tr_emit1(j->rec, is, *r)))
        return false;
    *r = tr_opt_resolve(j->rec->opt, tr_emit1(j->rec, open, *r));
    return true;
}

static bool
equals(struct joiner *j, tr_ref here, tr_ref there)
{
    enum tr_kind kind = tr_ir_kind(j->rec->ir, here);
    enum tr_op op = kind == TR_PTR ? TR_PEQ : kind == TR_VAL ? TR_XEQ : TR_EQ;
    tr_ref k;

    if (is_same(j, here, there))
        return true;
    if (kind == TR_F64 || kind != tr_ir_kind(&j->root->ir, there))
        return false;
    k = outer(j, there);
    return holds(j, tr_emit2(j->rec, op, here, k));
}

static bool
fits_kind(enum tr_kind have, uint8_t want)
{
    return have == want || (have == TR_COND && want == TR_I64);
}

/* -- memory -- */

static void
note_writes(struct joiner *j, const struct tr_code_ir *ir, uint32_t from)
{
    const struct tr_host *host = &j->rec->jit->host;
    uint32_t n;

    for (n = from; n < ir->ins.len; n++) {
        const struct tr_ins *ins = &ir->ins.items[n];

        if (ins->op == TR_FSTORE || ins->op == TR_ASTORE)
            j->written[ins->field] = 1;
        else if (ins->op == TR_CALL)
            tr_opt_call_writes(host, &host->calls[ins->field], j->written);
    }
}

/* What instructions do to what the body took over from the pre-roll without a
 * look: barriers (marks), until something collects; answers of calls that read
 * (asks), until something writes. */
struct effects {
    bool marks, collects, asks, writes;
};

static void
note_effects(const struct joiner *j, const struct tr_code_ir *ir, uint32_t to,
             struct effects *e)
{
    const struct tr_host *host = &j->rec->jit->host;
    uint32_t n;

    for (n = 1; n < to; n++) {
        const struct tr_ins *ins = &ir->ins.items[n];
        const struct tr_call *call = &host->calls[ins->field];

        switch (ins->op) {
        case TR_BARRIER:
            e->marks = true;
            break;
        case TR_NEW:
        case TR_BOX_WIDE:
            e->collects = true;
            break;
        case TR_FSTORE:
        case TR_ASTORE:
            e->writes = e->writes || ins->field != j->rec->jit->passes_field;
            break;
        case TR_CALL:
            if (tr_opt_may_collect(call))
                e->collects = true;
            if ((call->flags & TR_CALL_EFFECT) == TR_CALL_READS)
                e->asks = true;
            if ((call->flags & TR_CALL_EFFECT) >= TR_CALL_WRITES)
                e->writes = true;
            break;
        default:
            break;
        }
    }
}

/* Do the bridges on the way do what the loop's body does not? */
static bool
disturbs(const struct joiner *j)
{
    struct effects before = {0}, bridge = {0};
    const struct tr_exit *e = j->rec->exit;

    note_effects(j, &j->root->ir, j->loop, &before);
    note_effects(j, j->rec->ir, j->rec->ir->ins.len, &bridge);
    for (; e->trace != j->root; e = e->trace->parent)
        note_effects(j, &e->trace->ir, e->trace->ir.ins.len, &bridge);
    return (before.marks && !before.collects && bridge.collects) ||
           (before.asks && !before.writes && bridge.writes);
}

static tr_ref
load(struct joiner *j, const struct tr_carried *c, const struct tr_snapent *w)
{
    tr_ref base, index;

    if (c->class == TR_CARRIED_FOLLOW)
        return tr_fload(j->rec, c->field, j->raw[c->owner]);
    base = outer(j, w[1].ref);
    if (tr_is_none(w[2].ref))
        return tr_fload(j->rec, c->field, base);
    index = outer(j, w[2].ref);
    return tr_aload(j->rec, c->field, base, index);
}

/* -- items -- */

static bool
join_item(struct joiner *j, uint32_t n)
{
    const struct tr_carried *c = &j->root->head.items[n];
    const struct tr_snap *s = &j->root->ir.snaps.items[j->root->head.snap];
    const struct tr_snapent *w = &j->root->ir.ents.items[s->first + 3 * n];
    tr_ref r;

    if (c->class == TR_CARRIED_SLOT)
        r = tr_slot(j->rec, c->slot);
    else if (c->class == TR_CARRIED_MEM && c->same && !j->written[c->field])
        return true;
    else
        r = load(j, c, w);
    r = tr_opt_resolve(j->rec->opt, r);
    if (!unbox(j, c->box, &r) || !fits_kind(tr_ir_kind(j->rec->ir, r), c->kind))
        return false;
    j->raw[n] = r;
    return !c->same || equals(j, r, w[0].ref);
}

/* The root's PHIs with their new values; one PHI may serve several items, all
 * of which must agree. */
static bool
join_phis(struct joiner *j)
{
    struct tr_code_ir *ir = j->rec->ir;
    const struct tr_snap *s = &j->root->ir.snaps.items[j->root->head.snap];
    struct tr_snap phis = {.first = ir->ents.len};
    uint32_t n, k;

    for (n = 0; n < j->root->head.count; n++) {
        tr_ref phi = j->root->ir.ents.items[s->first + 3 * n].ref;
        struct tr_snapent e = {(int32_t)phi.n, j->raw[n]};

        if (j->root->head.items[n].same)
            continue;
        for (k = phis.first; k < ir->ents.len; k++)
            if (ir->ents.items[k].slot >= e.slot)
                break;
        if (k < ir->ents.len && ir->ents.items[k].slot == e.slot) {
            if (!tr_same(ir->ents.items[k].ref, e.ref))
                return false;
            continue;
        }
        nac_vec_push(&ir->ents, e);
        memmove(&ir->ents.items[k + 1], &ir->ents.items[k],
                (ir->ents.len - 1 - k) * sizeof e);
        ir->ents.items[k] = e;
    }
    phis.count = ir->ents.len - phis.first;
    nac_vec_push(&ir->snaps, phis);
    tr_emit(j->rec, TR_JOINED, TR_VOID, 0, TR_NONE,
            (tr_ref){ir->snaps.len - 1});
    return true;
}

/* Frame words that the bridge changed and the root does not carry are written
 * by JOINED. The root must not have read them: it would not do so again. */
static bool
words_free(const struct joiner *j)
{
    const struct tr_code_ir *ir = j->rec->ir, *outer = &j->root->ir;
    const struct tr_snap *s = &ir->snaps.items[j->rec->snap];
    uint32_t i, n;

    for (i = s->first; i < s->first + s->count; i++) {
        int32_t slot = ir->ents.items[i].slot;

        if (tr_head_carries(&j->root->head, slot))
            continue;
        for (n = 1; n < outer->ins.len; n++)
            if (outer->ins.items[n].op == TR_SLOT &&
                (int32_t)outer->ins.items[n].a.n == slot)
                return false;
    }
    return true;
}

static bool
emit(struct joiner *j)
{
    const struct tr_exit *e = j->rec->exit;
    uint32_t n;

    note_writes(j, &j->root->ir, j->loop);
    note_writes(j, j->rec->ir, 1);
    for (; e->trace != j->root; e = e->trace->parent)
        note_writes(j, &e->trace->ir, 1);
    tr_emit(j->rec, TR_JOIN, TR_VOID, 0, TR_NONE, TR_NONE);
    tr_rec_valid(j->rec);
    for (n = 0; n < j->root->head.count; n++)
        if (!join_item(j, n) || tr_aborted(j->rec))
            return false;
    return join_phis(j);
}

void
tr_join(struct tr_rec *rec, struct tr_trace *target)
{
    struct joiner j = {.rec = rec, .root = target};
    struct tr_opt_try start;

    if (tr_aborted(rec) || !rec->jit->params.opt_join ||
        !rec->jit->params.opt_fold || target != rec->trace->root ||
        !rec->trace->in_loop || rec->top != 0 || rec->snap < 0)
        return;
    j.loop = loop_of(target);
    j.raw = nac_calloc(target->head.count + 1, sizeof *j.raw);
    j.written = nac_calloc(rec->jit->host.nfields + 1, 1);
    start = tr_opt_try(rec->opt);
    if ((disturbs(&j) || !words_free(&j) || !emit(&j)) && !tr_aborted(rec))
        tr_opt_untry(rec->opt, start);
    free(j.raw);
    free(j.written);
}
