/* SPDX-License-Identifier: MIT
 * cli-backend/body.c: method bodies (ECMA-335 II.25.4): the tiny header for
 * short methods without locals, else the fat one; no exception sections, since
 * traces have none (Mono keeps every variable of such a method in memory).
 *
 *   tiny   size << 2 | 2                                      II.25.4.2
 *   fat    flags and header size, max stack, code size,
 *          token of the local variables' signature            II.25.4.3
 */
#include "config.h"

#include "cli-backend/image.h"

#include <string.h>

enum {
    TINY = 0x2, /* II.25.4.4 */
    FAT = 0x3,
    INIT_LOCALS = 0x10,
    FAT_WORDS = 3 /* size of the fat header in 4-byte words */
};

static void
put_u16(uint8_t *p, uint32_t v)
{
    p[0] = (uint8_t)v;
    p[1] = (uint8_t)(v >> 8);
}

static void
put_u32(uint8_t *p, uint32_t v)
{
    put_u16(p, v);
    put_u16(p + 2, v >> 16);
}

static bool
is_tiny(const struct cli_il *il)
{
    return il->code.len < 64 && !il->locals.len && il->max_depth <= 8;
}

size_t
cli_body_size(const struct cli_il *il)
{
    return 4 * FAT_WORDS + il->code.len;
}

/* INIT_LOCALS stays unset: every local is written before it is read, and hosts
 * would otherwise clear them all on entry. */
size_t
cli_body_write(uint8_t *out, const struct cli_il *il, uint32_t locals_token,
               uint32_t (*token)(void *arg, const struct cli_reloc *r),
               void *arg)
{
    uint8_t *code = out;

    if (is_tiny(il)) {
        *code++ = (uint8_t)(il->code.len << 2 | TINY);
    } else {
        put_u16(out, FAT | FAT_WORDS << 12);
        put_u16(out + 2, (uint32_t)il->max_depth);
        put_u32(out + 4, (uint32_t)il->code.len);
        put_u32(out + 8, il->locals.len ? locals_token : 0);
        code += 4 * FAT_WORDS;
    }
    memcpy(code, il->code.data, il->code.len);
    for (uint32_t i = 0; i < il->relocs.len; i++) {
        const struct cli_reloc *r = &il->relocs.items[i];

        put_u32(code + r->at, token(arg, r));
    }
    return (size_t)(code - out) + il->code.len;
}
