/* SPDX-License-Identifier: MIT
 * tests/fuzz/ir_fuzz.c: bytes as IR text: parsed, verified, printed (which must
 * read back as the same text), optimised with all passes (which must leave IR
 * that verifies), and interpreted where nothing in it can touch memory or trap.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/nanbox.h"
#include "tests/fuzz/fuzz.h"
#include "tools/ir-host.h"

enum { FRAME_WORDS = 4096, FRAME_ENTRY = 1024, MOST = 2000 };

const bool fuzz_text = true;

bool
fuzz_seed(struct nac_buf *file)
{
    (void)file;
    return true;
}

static void
wrong(const char *what, const char *why)
{
    fprintf(stderr, "%s: %s\n", what, why);
    abort();
}

static void
print_and_read(const struct tr_code_ir *ir)
{
    struct nac_buf one = {0}, two = {0};
    struct tr_code_ir again;
    char why[300];

    tr_print_ir(&one, &ir_host, ir);
    if (tr_parse_ir(&again, &ir_host, one.data, why, sizeof why) != 0)
        wrong("printed text does not parse", why);
    tr_print_ir(&two, &ir_host, &again);
    if (strcmp(one.data, two.data) != 0)
        wrong("printed text reads differently", two.data);
    tr_ir_free(&again);
    nac_buf_free(&one);
    nac_buf_free(&two);
}

/* -- running -- */

static bool
is_harmless(const struct tr_code_ir *ir)
{
    for (uint32_t i = 1; i < ir->ins.len; i++) {
        const struct tr_ins *ins = &ir->ins.items[i];

        switch (ins->op) {
        case TR_FLOORDIV:
        case TR_FLOORMOD:
        case TR_ARG:
        case TR_CALL:
        case TR_IS_WIDE:
        case TR_UNBOX_WIDE:
        case TR_BOX_WIDE:
        case TR_LOOP: /* might never end */
        case TR_LINK:
        case TR_FLOAD ... TR_BARRIER:
            return false;
        case TR_SLOT:
        case TR_BASE:
            if ((int32_t)ins->a.n < -FRAME_ENTRY ||
                (int32_t)ins->a.n >= FRAME_WORDS - FRAME_ENTRY)
                return false;
            break;
        default:
            break;
        }
    }
    for (uint32_t i = 0; i < ir->ents.len; i++)
        if (ir->ents.items[i].slot < -FRAME_ENTRY ||
            ir->ents.items[i].slot >= FRAME_WORDS - FRAME_ENTRY)
            return false;
    return true;
}

/* Takes over the trace's IR and marks. */
static void
run(struct tr_trace *from)
{
    static uint64_t frame[FRAME_WORDS];
    struct tr_jit *jit = tr_jit_new(&ir_host, &tr_eval_backend);
    struct tr_trace *t = nac_calloc(1, sizeof *t);
    struct tr_left left;

    *t = *from;
    t->id = 1;
    t->root = t;
    nac_vec_push(&jit->traces, t);
    tr_ir_init(&from->ir);
    from->sunk = NULL;
    for (uint32_t i = 0; i < FRAME_WORDS; i++)
        frame[i] = i % 3 ? NB_INT_TAG | i : UINT64_C(0x3FF8000000000000);
    if (tr_exit_layout(jit, t) == TR_ABORT_NONE)
        tr_enter(jit, t, frame + FRAME_ENTRY, NULL, &left);
    tr_jit_free(jit);
}

static void
optimise(struct tr_trace *t)
{
    struct tr_params params;
    char why[300];

    tr_default_params(&params);
    if (tr_opt_run(&t->ir, &ir_host, &params, true, &t->sunk) < 0)
        return;
    if (tr_verify(&t->ir, &ir_host, why, sizeof why) != 0)
        wrong("optimised", why);
    print_and_read(&t->ir);
    if (t->sunk && is_harmless(&t->ir))
        run(t);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct nac_buf text = {0};
    struct tr_trace t = {.id = 1};
    char why[300];

    nac_buf_put(&text, data, size);
    if (ir_host_declare(text.data, why, sizeof why) == 0 &&
        tr_parse_ir(&t.ir, &ir_host, text.data, why, sizeof why) == 0) {
        if (tr_verify(&t.ir, &ir_host, why, sizeof why) == 0 &&
            t.ir.ins.len < MOST) {
            print_and_read(&t.ir);
            optimise(&t);
        }
        free(t.sunk);
        tr_ir_free(&t.ir);
    }
    ir_host_reset();
    nac_buf_free(&text);
    return 0;
}
