/* SPDX-License-Identifier: MIT
 * runtime/objects/builder.c: struct rt_builder, strs put together piece by
 * piece.
 */
#include "config.h"

#include "runtime/objects/text.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/utf8.h"

static void
reserve(struct rt_builder *b, int64_t n)
{
    if (b->len + n <= b->cap)
        return;
    b->cap = b->cap * 2 > b->len + n ? b->cap * 2 : b->len + n + 16;
    b->chars = nac_realloc(b->chars, (size_t)b->cap * sizeof *b->chars);
}

void
rt_builder_add(struct rt_builder *b, uint32_t c)
{
    if (b->len == b->cap)
        reserve(b, 1);
    b->chars[b->len++] = c;
    b->maxchar |= c;
}

void
rt_builder_utf8(struct rt_builder *b, const char *s, int64_t len)
{
    const char *end = s + (len < 0 ? (int64_t)strlen(s) : len);
    uint32_t c;

    reserve(b, end - s);
    while (s < end) {
        int n = nac_utf8_decode(s, end, &c, 1);

        rt_builder_add(b, n == 0 ? 0xFFFD : c);
        s += n == 0 ? 1 : n;
    }
}

void
rt_builder_str(struct rt_builder *b, rt_val v)
{
    struct rt_str *s = rt_str_of(v);
    int64_t i;

    reserve(b, s->len);
    for (i = 0; i < s->len; i++)
        b->chars[b->len + i] = rt_str_at(s, i);
    b->len += s->len;
    b->maxchar |= rt_str_max(s);
}

/* maxchar is an upper bound; the str must have the least kind. */
rt_val
rt_builder_finish(struct rt_builder *b)
{
    rt_val r = rt_str_from_ucs4(b->chars, b->len);

    rt_builder_drop(b);
    return r;
}

void
rt_builder_drop(struct rt_builder *b)
{
    free(b->chars);
    memset(b, 0, sizeof *b);
}
