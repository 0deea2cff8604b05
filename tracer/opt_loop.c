/* SPDX-License-Identifier: MIT
 * tracer/opt_loop.c: loop peeling by copy-substitution.
 *
 * A recording is one pass through a loop. Closing it with a jump to its start
 * would give a loop that checks every type and loads every field again in each
 * pass, because the start of the trace knows nothing. Moving invariant code
 * out is the textbook answer, but in a trace nearly nothing is invariant by
 * itself: a load is, if the guard before it is, if the load before that is.
 *
 * So the pass is emitted twice. What was recorded stays as the pre-roll, the
 * first pass; after LOOP its instructions are sent through the pipeline once
 * more, with each entry word replaced by what it holds by then. Everything
 * that the pre-roll found out still stands: invariant computations meet their
 * own copy (opt_cse.c), invariant guards are known to hold, loads find the
 * value that the pre-roll loaded. Nothing has to be proved about motion, since
 * nothing moves.
 *
 *     pre-roll      %2 = UNBOX_INT slot 1     guard it is one; guard %2 < n
 *                   %3 = ADD %2 1             slot 1 := BOX_INT %3
 *     LOOP
 *     %5 = PHI %3 %6
 *     body          guard %5 < n              (it is an int, n as before)
 *                   %6 = ADD %5 1             slot 1 := BOX_INT %6
 *     JUMP
 *
 * Why it is sound. Facts are of two sorts. Facts about references (constants,
 * ranges, tags, equal computations, guards passed) are about values that never
 * change: what stands before LOOP is computed once, and whatever the body
 * recomputes in each pass has a reference of its own. Facts about state (what a
 * frame word holds, what a location holds, who knows an object) do change;
 * these are exactly the assumptions of opt_carry.c, and each is checked at the
 * end of the body against what it says at the head. A load that reuses a value
 * of the pre-roll rests on such an assumption, and that is noted at the
 * moment of use. Other state of the pipeline (last store, last collection, last
 * VALID) is reset at LOOP to what holds whatever the body does.
 *
 * Requirements:
 *   1. Loop-carried values are PHIs placed before the body is emitted, so no
 *      fact about the first pass's value can leak into later ones.
 *   2. A snapshot in the body lists all words that the pre-roll changed, with
 *      their values at the head of the body, overlaid by the copied entries.
 *   3. A guard that cannot hold in the body means that the second pass takes
 *      another way than the first. That cannot come from a wrong assumption
 *      (all of them hold when the body is entered first), so the loop is
 *      unstable and the IR goes back to what it was.
 *   4. Few rounds: guesses are good, and the last round assumes nothing that
 *      could fail.
 */
#include "config.h"

#include <string.h>

#include "base/check.h"
#include "tracer/opt_loop.h"

enum { MAX_ROUNDS = 8, MAX_INS = 60000 };

/* -- the copy -- */

static tr_ref
copy_of(struct looper *l, tr_ref r)
{
    if (tr_is_const(r) || tr_is_none(r))
        return r;
    return tr_opt_resolve(l->o, l->became[r.n]);
}

static void
push_entry(struct tr_code_ir *ir, struct tr_snap *s, struct tr_snapent e)
{
    if (!tr_is_const(e.ref) && tr_ir_ins(ir, e.ref)->op == TR_SLOT &&
        (int32_t)tr_ir_ins(ir, e.ref)->a.n == e.slot)
        return;
    nac_vec_push(&ir->ents, e);
    s->count++;
}

/* The words at the head of the body, overlaid by the snapshot's own. */
static uint32_t
copy_snap(struct looper *l, uint32_t n)
{
    struct tr_code_ir *ir = l->o->ir;
    struct tr_snap old = ir->snaps.items[n], new = old;
    uint32_t i = 0, j = old.first, end = old.first + old.count;

    if (l->snap_copy[n])
        return l->snap_copy[n] - 1;
    new.first = ir->ents.len;
    new.count = 0;
    while (i < l->nslots || j < end) {
        struct carry *c = i < l->nslots ? &l->carries.items[i] : NULL;
        struct tr_snapent e = {0};

        if (j < end)
            e = ir->ents.items[j];
        if (j < end && (!c || e.slot <= c->slot)) {
            i += c && e.slot == c->slot;
            j++;
            e.ref = copy_of(l, e.ref);
        } else {
            i++;
            if (c->slot >= 0 && (uint32_t)c->slot >= old.words)
                continue;
            e.slot = c->slot;
            e.ref = tr_opt_resolve(l->o, c->now);
        }
        push_entry(ir, &new, e);
    }
    nac_vec_push(&ir->snaps, new);
    l->snap_copy[n] = ir->snaps.len;
    return ir->snaps.len - 1;
}

static tr_ref
copy_slot(struct looper *l, uint32_t n)
{
    struct carry *c = tr_opt_carry_slot(l, (int32_t)l->o->ir->ins.items[n].a.n);

    if (!c)
        return (tr_ref){n};
    /* A word that is not a value where a value was read: not ours to sort. */
    if (tr_ir_kind(l->o->ir, c->now) != TR_VAL)
        l->hopeless = true;
    return c->now;
}

static void
copy_body(struct looper *l)
{
    struct tr_opt *o = l->o;
    uint32_t n;

    for (n = 1; n < l->count && !l->hopeless && !o->contradiction; n++) {
        struct tr_ins ins = o->ir->ins.items[n];
        const struct tr_opinfo *info = &tr_opinfo[ins.op];

        l->became[n] = (tr_ref){n};
        switch (ins.op) {
        case TR_NOP:
        case TR_ARG:
        case TR_BASE:
            continue;
        case TR_SLOT:
            l->became[n] = copy_slot(l, n);
            continue;
        default:
            break;
        }
        if (info->a == TR_OPND_REF)
            ins.a = copy_of(l, ins.a);
        if (info->b == TR_OPND_REF)
            ins.b = copy_of(l, ins.b);
        if (info->effect == TR_GUARD && ins.op != TR_VALID &&
            tr_opt_truth(o, ins.a) == (int)(ins.op == TR_GUARD_T))
            continue; /* no snapshot for nothing */
        if (info->b == TR_OPND_SNAP)
            ins.b.n = copy_snap(l, ins.b.n);
        l->became[n] = tr_opt_emit(o, ins);
    }
}

/* One attempt under the current assumptions. */
static void
attempt(struct looper *l)
{
    struct tr_opt *o = l->o;

    tr_opt_untry(o, l->mark);
    tr_opt_mem_free(&o->mem, o->host->nfields);
    tr_opt_mem_copy(&o->mem, &l->mem, o->host->nfields);
    memset(l->snap_copy, 0, l->mark.snaps * sizeof *l->snap_copy);
    l->again = false;
    tr_opt_carry_place(l);
    copy_body(l);
    if (!l->hopeless && !o->contradiction)
        tr_opt_carry_check(l);
}

static enum tr_opt_looped
run(struct looper *l)
{
    struct tr_opt *o = l->o;
    int round = 0;

    do {
        if (round == MAX_ROUNDS)
            tr_opt_carry_weaken(l);
        attempt(l);
    } while (l->again && !o->contradiction && !l->hopeless &&
             round++ < MAX_ROUNDS);
    if (o->contradiction)
        return TR_OPT_UNSTABLE;
    if (l->hopeless || l->again)
        return TR_OPT_OFF;
    if (o->params->opt_join)
        tr_opt_make_head(l);
    tr_opt_append(o, (struct tr_ins){.op = TR_JUMP});
    return TR_OPT_LOOPED;
}

enum tr_opt_looped
tr_opt_loop(struct tr_opt *o, uint32_t end_snap)
{
    struct looper l = {.o = o, .end_snap = end_snap};
    enum tr_opt_looped result;

    l.count = o->ir->ins.len;
    if (!o->params->opt_loop || !o->params->opt_fold || o->contradiction ||
        l.count > MAX_INS / 2)
        return TR_OPT_OFF;
    l.varies = nac_calloc(l.count, 1);
    l.written = nac_calloc(o->host->nfields + 1, 1);
    l.loaded = nac_calloc(o->host->nfields + 1, 1);
    l.became = nac_calloc(l.count, sizeof *l.became);
    l.snap_copy = nac_calloc(o->ir->snaps.len + 1, sizeof *l.snap_copy);
    tr_opt_survey(&l);
    tr_opt_mem_copy(&l.mem, &o->mem, o->host->nfields);
    l.mark = tr_opt_try(o);
    result = run(&l);
    if (result != TR_OPT_LOOPED) {
        tr_opt_untry(o, l.mark);
        tr_opt_mem_free(&o->mem, o->host->nfields);
        o->mem = l.mem;
        l.mem.fields = NULL;
        l.mem.held.items = NULL;
    }
    o->log_undo = false;
    tr_opt_mem_free(&l.mem, o->host->nfields);
    nac_vec_free(&l.carries);
    free(l.varies);
    free(l.written);
    free(l.loaded);
    free(l.became);
    free(l.snap_copy);
    return result;
}
