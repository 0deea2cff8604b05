/* SPDX-License-Identifier: MIT
 * tracer/stats.c: what the events added up to, and the words for reasons.
 */
#include "config.h"

#define TR_INTERNAL
#include "tracer/jit.h"

const struct tr_stats *
tr_stats(const struct tr_jit *jit)
{
    return &jit->stats;
}

const char *
tr_abort_text(enum tr_abort reason)
{
    static const char *const text[] = {
#define ABORT(name, text) text,
#include "tracer/aborts.def"
#undef ABORT
    };

    return reason < TR_NABORTS ? text[reason] : "?";
}
