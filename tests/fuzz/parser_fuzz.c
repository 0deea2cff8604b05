/* SPDX-License-Identifier: MIT
 * tests/fuzz/parser_fuzz.c: bytes as Python source: tokens, syntax tree, its
 * dump, and bytecode, which must pass the check that interpreters rely on.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "frontend/compile.h"
#include "frontend/frontend.h"
#include "tests/fuzz/fuzz.h"

const bool fuzz_text = true;

bool
fuzz_seed(struct nac_buf *file)
{
    (void)file;
    return true;
}

static void
compile(struct nac_arena *arena, struct fe_node *tree, enum fe_mode mode)
{
    struct nac_buf out = {0};
    struct fe_error err = {0};
    struct fe_code *code;
    const char *why;

    fe_dump_ast(&out, tree);
    code = fe_compile(arena, tree, "fuzz", mode, 0, &err);
    if (code) {
        why = fe_check_code(arena, code);
        if (why) {
            fprintf(stderr, "wrong code: %s\n", why);
            abort();
        }
        fe_dis(&out, code);
    } else if (!err.type || !err.msg) {
        fprintf(stderr, "rejected without a reason\n");
        abort();
    }
    nac_buf_free(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const enum fe_mode modes[] = {FE_EXEC, FE_EVAL, FE_SINGLE};
    const char *text = (const char *)data;

    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        struct nac_arena arena;
        struct fe_error err = {0};
        struct fe_node *tree;
        struct nac_buf out = {0};

        nac_arena_init(&arena);
        if (i == 0)
            fe_dump_tokens(&arena, &out, text, size, "fuzz", &err);
        memset(&err, 0, sizeof err);
        tree = fe_parse(&arena, text, size, "fuzz", modes[i], &err);
        if (tree)
            compile(&arena, tree, modes[i]);
        else if (!err.type || !err.msg) {
            fprintf(stderr, "rejected without a reason\n");
            abort();
        }
        nac_buf_free(&out);
        nac_arena_free(&arena);
    }
    return 0;
}
