/* SPDX-License-Identifier: MIT
 * tests/fuzz/fuzz.h: what a fuzz harness is. Each *_fuzz.c has the entry of
 * libFuzzer. It is linked with libFuzzer (--enable-fuzz) or with driver.c,
 * which makes the inputs itself.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* -- for driver.c -- */

/* Lines and words are what is changed, not only bytes. */
extern const bool fuzz_text;
/* Makes an input of a file of tests/; false: the file is of no use. */
bool fuzz_seed(struct nac_buf *file);

/* -- mutate.c -- */

struct fuzz_seeds {
    struct nac_buf *items;
    uint32_t len;
};

/* A changed seed, the same for the same [number]. */
void fuzz_mutate(struct nac_buf *out, const struct fuzz_seeds *seeds, bool text,
                 uint64_t number);

#endif
