/* SPDX-License-Identifier: MIT
 * tracer/events.c: the stream of what the tracer does. Statistics, the log
 * (NACRE_LOG=trace), tests and tools listen to it.
 */
#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include "base/log.h"
#define TR_INTERNAL
#include "tracer/jit.h"

double
tr_now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

void
tr_listen(struct tr_jit *jit, tr_listener listener, void *arg)
{
    nac_vec_push(&jit->listeners, (struct tr_listening){listener, arg});
}

static void
count(struct tr_jit *jit, const struct tr_event *e)
{
    struct tr_stats *s = &jit->stats;

    switch (e->kind) {
    case TR_EV_COMPILED:
        if (e->trace->kind == TR_BRIDGE)
            s->bridges++;
        else
            s->roots++;
        s->ir_recorded += e->ir_before;
        s->ir_emitted += e->ir_after;
        break;
    case TR_EV_ABORTED:
        s->aborts++;
        s->abort_reasons[e->reason]++;
        break;
    case TR_EV_BLACKLISTED:
        s->blacklisted++;
        break;
    case TR_EV_INVALIDATED:
        s->invalidated++;
        break;
    case TR_EV_TIER2:
        s->tier2++;
        break;
    default:
        break;
    }
    s->record_ms += e->record_ms;
    s->optimise_ms += e->optimise_ms;
    s->backend_ms += e->host_ms;
}

static void
log_event(struct tr_jit *jit, const struct tr_event *e)
{
    static const char *const what[] = {"start",       "compiled",    "aborted",
                                       "blacklisted", "invalidated", "exit hot",
                                       "tier 2"};
    char where[200] = "", more[300] = "";

    if (jit->host.name_location)
        jit->host.name_location(e->location, where, sizeof where);
    if (e->kind == TR_EV_ABORTED || e->kind == TR_EV_BLACKLISTED)
        snprintf(more, sizeof more, ": %s%s%s", tr_abort_text(e->reason),
                 e->detail ? ": " : "", e->detail ? e->detail : "");
    else if (e->kind == TR_EV_COMPILED)
        snprintf(more, sizeof more,
                 ": ir %u -> %u, record %.3f optimise %.3f host %.3f ms",
                 e->ir_before, e->ir_after, e->record_ms, e->optimise_ms,
                 e->host_ms);
    if (e->exit)
        nac_log("trace", "%s trace %u exit %u/%u %s%s", what[e->kind],
                e->trace ? e->trace->id : 0, e->exit->trace->id, e->exit->index,
                where, more);
    else
        nac_log("trace", "%s trace %u %s%s", what[e->kind],
                e->trace ? e->trace->id : 0, where, more);
}

void
tr_event(struct tr_jit *jit, struct tr_event event)
{
    uint32_t i;

    count(jit, &event);
    if (nac_log_on("trace"))
        log_event(jit, &event);
    for (i = 0; i < jit->listeners.len; i++)
        jit->listeners.items[i].fn(jit->listeners.items[i].arg, &event);
}
