/* SPDX-License-Identifier: MIT
 * tests/fuzz/cil_fuzz.c: bytes as IR text for the CLI back-end: what verifies
 * goes, as it is and optimised, through selection, the disassembler and the
 * image writer. Needs no host VM.
 */
#include "config.h"

#include <stdlib.h>

#include "base/mem.h"
#include "cli-backend/cli.h"
#include "cli-backend/image.h"
#include "cli-backend/select.h"
#include "tests/fuzz/fuzz.h"
#include "tools/ir-host.h"

enum { MOST = 2000 };

const bool fuzz_text = true;

/* The fields and calls of tests/cil, whose files declare none. */
static const char declarations[] =
    "field o.head val 8 0\nfield o.val val 8 8\nfield o.int i64 8 16\n"
    "field o.flt f64 8 24\nfield o.ptr ptr 8 32\nfield o.i8 i64 1 40\n"
    "field o.u8 i64 1 41 unsigned\nfield o.i16 i64 2 42\n"
    "field o.u16 i64 2 44 unsigned\nfield o.i32 i64 4 48\n"
    "field o.u32 i64 4 52 unsigned\nfield o.f32 f64 4 56\n"
    "field a.val val 8 64 stride 8\nfield a.flt f64 8 64 stride 8\n"
    "field a.u8 i64 1 64 stride 1 unsigned\nfield a.i32 i64 4 64 stride 4\n"
    "field a.24 i64 8 64 stride 24\n"
    "call add3 i64(i64 i64 i64) pure\ncall mix f64(f64 i64 f64) pure\n"
    "call many f64(f64 i64 f64 i64 f64 i64 f64 i64) any\n"
    "call value val(val ptr) reads\ncall count void(i64) any\n"
    "call next ptr(ptr) pure\n";

bool
fuzz_seed(struct nac_buf *file)
{
    struct nac_buf whole = {0};

    nac_buf_puts(&whole, declarations);
    nac_buf_put(&whole, file->data, file->len);
    nac_buf_free(file);
    *file = whole;
    return true;
}

/* The jit owns [t] from here on. */
static void
select_code(struct tr_jit *jit, struct tr_trace *t)
{
    struct tr_unit unit = {&t, 1};
    struct cli_il il = {0};
    const struct cli_il *methods[] = {&il};
    const char *names[] = {"trace"};
    struct nac_buf out = {0};
    char why[300];

    t->root = t;
    t->entry.trace = t;
    if (!t->sunk)
        t->sunk = nac_calloc(t->ir.ins.len, 1);
    nac_vec_push(&jit->traces, t);
    t->id = jit->traces.len;
    if (tr_exit_layout(jit, t) == TR_ABORT_NONE &&
        cli_select(&il, jit, tr_host(jit), tr_trace_by_id, &unit, why,
                   sizeof why) == 0) {
        cli_dis_il(&out, &il);
        out.len = 0;
        cli_image_standalone(&out, "fuzz", methods, names, 1);
    }
    cli_il_free(&il);
    nac_buf_free(&out);
}

static void
one(const char *text, bool optimised)
{
    struct tr_jit *jit = tr_jit_new(&ir_host, &tr_eval_backend);
    struct tr_trace *t = nac_calloc(1, sizeof *t);
    struct tr_params params;
    char why[300];

    tr_default_params(&params);
    if (tr_parse_ir(&t->ir, tr_host(jit), text, why, sizeof why) == 0 &&
        tr_verify(&t->ir, tr_host(jit), why, sizeof why) == 0 &&
        t->ir.ins.len < MOST &&
        (!optimised ||
         tr_opt_run(&t->ir, tr_host(jit), &params, true, &t->sunk) >= 0)) {
        select_code(jit, t);
    } else {
        free(t->sunk);
        tr_ir_free(&t->ir);
        free(t);
    }
    tr_jit_free(jit);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct nac_buf text = {0};
    char why[300];

    nac_buf_put(&text, data, size);
    if (ir_host_declare(text.data, why, sizeof why) == 0) {
        one(text.data, false);
        one(text.data, true);
    }
    ir_host_reset();
    nac_buf_free(&text);
    return 0;
}
