/* SPDX-License-Identifier: MIT
 * runtime/stats.c: NACRE_STATS=file: what the tracer and the collector did and
 * where the processor time went, as JSON with sorted keys. Called by main.c.
 */
#include "config.h"

#include "runtime/stats.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/phase.h"
#include "runtime/interp/jit.h"

void
rt_stats_start(void)
{
    if (getenv("NACRE_STATS"))
        nac_phase_sample();
}

static void
print_shares(FILE *out)
{
    static const enum nac_phase sorted[] = {
        NAC_BACKEND,     NAC_COLLECTOR, NAC_HELPERS,  NAC_HOST_JIT,
        NAC_INTERPRETER, NAC_OPTIMISER, NAC_RECORDER, NAC_TRACES};
    uint64_t all = 0;
    int i;

    for (i = 0; i < NAC_NPHASES; i++)
        all += nac_phase_count(sorted[i]);
    fprintf(out, "  \"samples\": %llu,\n  \"shares\": {\n",
            (unsigned long long)all);
    for (i = 0; i < NAC_NPHASES; i++)
        fprintf(out, "    \"%s\": %.4f%s\n", nac_phase_name[sorted[i]],
                all ? (double)nac_phase_count(sorted[i]) / (double)all : 0.0,
                i + 1 < NAC_NPHASES ? "," : "");
    fprintf(out, "  }");
}

static void
print_traces(FILE *out)
{
    const struct tr_stats *s = tr_stats(rt_jit);
    const char *comma = "";
    int i;

    fprintf(out, ",\n  \"traces\": {\n    \"abort_reasons\": {");
    for (i = 0; i < TR_NABORTS; i++)
        if (s->abort_reasons[i]) {
            fprintf(out, "%s\n      \"%s\": %llu", comma,
                    tr_abort_text((enum tr_abort)i),
                    (unsigned long long)s->abort_reasons[i]);
            comma = ",";
        }
    fprintf(out, "%s},\n", *comma ? "\n    " : "");
    fprintf(out,
            "    \"aborts\": %llu,\n    \"backend_ms\": %.3f,\n"
            "    \"blacklisted\": %llu,\n    \"bridges\": %llu,\n"
            "    \"engine\": \"%s\",\n    \"entered\": %llu,\n"
            "    \"exits\": %llu,\n    \"invalidated\": %llu,\n"
            "    \"ir_emitted\": %llu,\n    \"ir_recorded\": %llu,\n"
            "    \"optimise_ms\": %.3f,\n    \"record_ms\": %.3f,\n"
            "    \"roots\": %llu,\n    \"tier2\": %llu\n  }",
            (unsigned long long)s->aborts, s->backend_ms,
            (unsigned long long)s->blacklisted, (unsigned long long)s->bridges,
            tr_jit_backend(rt_jit)->name, (unsigned long long)s->entered,
            (unsigned long long)s->exits, (unsigned long long)s->invalidated,
            (unsigned long long)s->ir_emitted,
            (unsigned long long)s->ir_recorded, s->optimise_ms, s->record_ms,
            (unsigned long long)s->roots, (unsigned long long)s->tier2);
}

void
rt_stats_write(void)
{
    const char *path = getenv("NACRE_STATS");
    const struct rt_gc_stats *gc = rt_gc_stats();
    FILE *out;

    if (!path)
        return;
    nac_phase_stop();
    out = fopen(path, "w");
    if (!out) {
        fprintf(stderr, "nacre: NACRE_STATS: can't open '%s'\n", path);
        return;
    }
    fprintf(out,
            "{\n  \"collector\": {\n    \"allocated\": %llu,\n"
            "    \"full\": %llu,\n    \"heap_bytes\": %llu,\n"
            "    \"seconds\": %.6f,\n    \"young\": %llu\n  },\n",
            (unsigned long long)gc->allocated,
            (unsigned long long)gc->collections[2],
            (unsigned long long)gc->heap_bytes, gc->seconds,
            (unsigned long long)gc->collections[0]);
    print_shares(out);
    if (rt_jit)
        print_traces(out);
    fputs("\n}\n", out);
    fclose(out);
}
