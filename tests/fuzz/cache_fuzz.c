/* SPDX-License-Identifier: MIT
 * tests/fuzz/cache_fuzz.c: bytes as the code of a cache file. With libFuzzer
 * (-DNAC_FUZZ) the entry is its; without it, main() replays the files named on
 * the command line.
 */
#include "config.h"

#include <stdint.h>
#include <stdio.h>

#include "frontend/compile.h"
#include "runtime/marshal_code.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

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
        nac_buf_free(&out);
    }
    nac_arena_free(&arena);
    return 0;
}

#ifndef NAC_FUZZ
int
main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        struct nac_buf b = {0};

        if (nac_buf_read_file(&b, argv[i]) < 0) {
            perror(argv[i]);
            return 2;
        }
        LLVMFuzzerTestOneInput((const uint8_t *)b.data, b.len);
        nac_buf_free(&b);
    }
    return 0;
}
#endif
