/* SPDX-License-Identifier: MIT
 * tests/unit/test_opt_random.c: random programs of the toy machine run by its
 * interpreter and by traces of it; the final states must agree. A wrong rule of
 * the optimiser shows here and nowhere else, because a wrong trace fails in
 * silence.
 *
 *     test_opt_random [first-seed [count [size]]]
 *
 * Each program runs with every pass, with each pass off, and with random
 * exits. The seed and the program of a failure are printed; a seed given alone
 * is run with the passes one by one, to find who is to blame.
 */
#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/opt_toy.h"

static const struct {
    const char *name, *off;
    int stress;
} configs[] = {
    {"all passes", NULL, 0},      {"no fold", "opt-fold", 0},
    {"no loop", "opt-loop", 0},   {"no sink", "opt-sink", 0},
    {"no range", "opt-range", 0}, {"no coalesce", "opt-coalesce", 0},
    {"random exits", NULL, 40},
};
enum { NCONFIGS = sizeof configs / sizeof configs[0] };

static struct tr_jit *
new_jit(unsigned config)
{
    struct tr_jit *jit = tr_jit_new(&toy_host, &tr_eval_backend);

    tr_set_param(jit, "loop-threshold", 2);
    tr_set_param(jit, "exit-threshold", 2);
    tr_set_param(jit, "verify", 1);
    if (configs[config].off)
        tr_set_param(jit, configs[config].off, 0);
    if (configs[config].stress)
        tr_set_param(jit, "stress-exits", configs[config].stress);
    return jit;
}

static void
on_event(void *arg, const struct tr_event *e)
{
    struct nac_buf text = {0};

    (void)arg;
    if (e->kind == TR_EV_ABORTED) {
        printf("# aborted: %s %s\n", tr_abort_text(e->reason),
               e->detail ? e->detail : "");
    } else if (e->kind == TR_EV_COMPILED) {
        tr_print_trace(&text, &toy_host, e->trace);
        printf("%s", text.data);
        nac_buf_free(&text);
    }
}

static bool
agrees(uint64_t seed, uint32_t size, unsigned config, bool show)
{
    static struct toy plain, traced;
    struct tr_jit *jit = new_jit(config);
    bool same;

    toy_generate(&plain, seed, size);
    toy_run(&plain, NULL);
    toy_generate(&traced, seed, size);
    if (show) {
        toy_print(&traced);
        tr_listen(jit, on_event, NULL);
    }
    toy_run(&traced, jit);
    same = toy_equal(&plain, &traced);
    tr_jit_free(jit);
    toy_free_objects();
    return same;
}

int
main(int argc, char **argv)
{
    uint64_t first = argc > 1 ? strtoull(argv[1], NULL, 0) : 1, seed;
    uint64_t count = argc > 2 ? strtoull(argv[2], NULL, 0) : 3000;
    uint32_t size = argc > 3 ? (uint32_t)atoi(argv[3]) : 24;
    unsigned c;
    int failed = 0;

    setvbuf(stdout, NULL, _IOLBF, 0);
    if (argc == 2)
        count = 1;
    printf("1..%d\n", NCONFIGS);
    for (c = 0; c < NCONFIGS; c++) {
        int bad = 0;

        toy_recorded = toy_entered = toy_bridges = 0;
        for (seed = first; seed < first + count && bad < 5; seed++) {
            if (agrees(seed, size, c, count == 1))
                continue;
            bad++;
            printf("# seed %" PRIu64 " size %u\n", seed, size);
        }
        printf("%s %u - random programs, %s\n", bad ? "not ok" : "ok", c + 1,
               configs[c].name);
        printf("# %" PRIu64 " loops, %" PRIu64 " bridges, %" PRIu64
               " entries\n",
               toy_recorded, toy_bridges, toy_entered);
        failed |= bad;
    }
    return failed != 0;
}
