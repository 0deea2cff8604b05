/* SPDX-License-Identifier: MIT
 * tracer/hot.c: when to record. Sites (loop heads, function entries) and exits
 * count; a count that runs out starts a recording. An abort makes the next
 * try come later each time, by a factor and a few random bits so that
 * programs whose behaviour has a period do not abort at the same pass for
 * ever; too many aborts give a place up.
 */
#include "config.h"

#define TR_INTERNAL
#include "tracer/jit.h"

enum { FAR = 0x3fffffff };

/* xorshift32: the same in every run */
uint32_t
tr_hot_random(struct tr_jit *jit)
{
    uint32_t x = jit->random;

    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    return jit->random = x;
}

static int32_t
threshold(struct tr_jit *jit, int kind)
{
    return kind == TR_ROOT_LOOP ? jit->params.loop_threshold
                                : jit->params.entry_threshold;
}

/* [base] after so many aborts. */
static int32_t
back_off(struct tr_jit *jit, int32_t base, uint32_t aborts)
{
    int64_t n = base;

    if (aborts == 0)
        return base;
    while (aborts-- > 0 && n < FAR)
        n *= jit->params.penalty;
    n += tr_hot_random(jit) & 15;
    return n < FAR ? (int32_t)n : FAR;
}

void
tr_site_init(struct tr_jit *jit, struct tr_site *site, enum tr_trace_kind kind,
             uint64_t location)
{
    *site = (struct tr_site){.count = threshold(jit, (int)kind),
                             .kind = (uint8_t)kind,
                             .location = location};
}

enum tr_advice
tr_hot(struct tr_jit *jit, struct tr_site *site)
{
    if (site->blacklisted || !jit->enabled) {
        site->count = FAR;
        return TR_INTERPRET;
    }
    if (site->trace) {
        site->count = -1;
        return TR_ENTER;
    }
    if (jit->rec) {
        site->count = 1;
        return TR_INTERPRET;
    }
    if (jit->traces.len >= (uint32_t)jit->params.max_traces) {
        site->count = FAR;
        return TR_INTERPRET;
    }
    site->count = threshold(jit, site->kind);
    return TR_RECORD;
}

/* Aborts that say nothing against the place. */
static bool
innocent(enum tr_abort reason)
{
    return reason == TR_ABORT_NESTED || reason == TR_ABORT_OFF ||
           reason == TR_ABORT_MEMORY;
}

void
tr_hot_penalty(struct tr_jit *jit, struct tr_site *site, enum tr_abort reason)
{
    if (!innocent(reason))
        site->aborts++;
    site->count = back_off(jit, threshold(jit, site->kind), site->aborts);
    if (site->aborts < jit->params.max_aborts)
        return;
    site->blacklisted = 1;
    site->count = FAR;
    tr_event(jit, (struct tr_event){.kind = TR_EV_BLACKLISTED,
                                    .reason = reason,
                                    .location = site->location});
}

void
tr_hot_again(struct tr_jit *jit, struct tr_site *site)
{
    site->trace = NULL;
    if (site->invalidations < 12)
        site->invalidations++;
    site->count =
        back_off(jit, threshold(jit, site->kind), site->invalidations - 1);
}

static void
give_up(struct tr_jit *jit, struct tr_exit *exit, enum tr_abort reason)
{
    exit->kind = TR_EXIT_GIVEN_UP;
    tr_event(jit, (struct tr_event){.kind = TR_EV_BLACKLISTED,
                                    .trace = exit->trace,
                                    .exit = exit,
                                    .reason = reason,
                                    .location = exit->trace->location});
}

void
tr_hot_exit_penalty(struct tr_jit *jit, struct tr_exit *exit,
                    enum tr_abort reason)
{
    exit->count = 0;
    if (!innocent(reason))
        exit->failures++;
    if (exit->failures >= (uint32_t)jit->params.max_aborts)
        give_up(jit, exit, reason);
}

static uint64_t
place_of(const struct tr_exit *exit)
{
    return exit->trace->ir.snaps.items[exit->snap].pc;
}

/* Bridges that were passed on the way to the exit and begin where it leaves: a
 * place with ever more cases, each of which is asked for in turn. */
static int32_t
chain_length(const struct tr_exit *exit)
{
    uint64_t place = place_of(exit);
    int32_t n = 0;

    for (exit = exit->trace->parent; exit; exit = exit->trace->parent)
        n += place_of(exit) == place;
    return n;
}

bool
tr_hot_exit(struct tr_jit *jit, struct tr_exit *exit)
{
    const struct tr_params *p = &jit->params;
    int32_t limit;

    exit->count++;
    if (exit->kind != TR_EXIT_OPEN || exit->trace->invalid ||
        exit->cell.trace || jit->rec || !jit->enabled)
        return false;
    limit = back_off(jit, p->exit_threshold, exit->failures);
    if (exit->count < (uint32_t)limit)
        return false;
    if (exit->trace->root->bridges.len >= (uint32_t)p->max_bridges ||
        jit->traces.len >= (uint32_t)p->max_traces)
        return false;
    if (chain_length(exit) >= p->max_chain) {
        give_up(jit, exit, TR_ABORT_MEGAMORPHIC);
        return false;
    }
    tr_event(jit, (struct tr_event){.kind = TR_EV_EXIT_HOT,
                                    .trace = exit->trace,
                                    .exit = exit,
                                    .location = exit->trace->location});
    return true;
}

void
tr_site_drop(struct tr_jit *jit, struct tr_site *site)
{
    struct tr_trace *t = site->trace;
    uint32_t i;

    if (jit->rec && jit->rec->site == site) {
        tr_abort(jit->rec, TR_ABORT_INVALIDATED);
        jit->rec->site = NULL;
    }
    if (t)
        tr_tree_invalidate(jit, t);
    for (i = 0; i < jit->traces.len; i++)
        if (jit->traces.items[i]->site == site)
            jit->traces.items[i]->site = NULL;
}
