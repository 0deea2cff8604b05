/* SPDX-License-Identifier: MIT
 * tests/fuzz/cache_fuzz.c: bytes as the code of a cache file. Code that is
 * taken and that the checker finds sound must print, and must be written and
 * read again. Seeds are the code of Python files.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "frontend/compile.h"
#include "frontend/frontend.h"
#include "runtime/marshal_code.h"
#include "tests/fuzz/fuzz.h"

const bool fuzz_text = false;

bool
fuzz_seed(struct nac_buf *file)
{
    struct nac_arena arena;
    struct fe_error err = {0};
    struct fe_node *tree;
    struct fe_code *code = NULL;
    struct nac_buf out = {0};

    nac_arena_init(&arena);
    tree = fe_parse(&arena, file->data, file->len, "seed", FE_EXEC, &err);
    if (tree)
        code = fe_compile(&arena, tree, "seed", FE_EXEC, 0, &err);
    if (code)
        rt_marshal_code(&out, code);
    nac_arena_free(&arena);
    nac_buf_free(file);
    *file = out;
    return code != NULL;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct nac_arena arena;
    struct fe_code *code;
    const char *why;

    nac_arena_init(&arena);
    code = rt_unmarshal_code(&arena, (const char *)data, size, "fuzz", &why);
    if (code && !fe_check_code(&arena, code)) {
        struct nac_buf out = {0};

        fe_dis(&out, code);
        out.len = 0;
        rt_marshal_code(&out, code);
        if (!rt_unmarshal_code(&arena, out.data, out.len, "fuzz", &why)) {
            fprintf(stderr, "cannot be read again: %s\n", why);
            abort();
        }
        nac_buf_free(&out);
    }
    nac_arena_free(&arena);
    return 0;
}
