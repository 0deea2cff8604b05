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
    b->cap = b->cap * 2 > b->len + n ? b->cap * 2 : b->len + n + 48;
    if (b->wide)
        b->wide = nac_realloc(b->wide, (size_t)b->cap * sizeof *b->wide);
    else
        b->narrow = nac_realloc(b->narrow, (size_t)b->cap);
}

static void
widen(struct rt_builder *b)
{
    int64_t i;

    b->cap += 16;
    b->wide = nac_malloc((size_t)b->cap * sizeof *b->wide);
    for (i = 0; i < b->len; i++)
        b->wide[i] = b->narrow[i];
    free(b->narrow);
    b->narrow = NULL;
}

void
rt_builder_add(struct rt_builder *b, uint32_t c)
{
    if (c > 0xFF && !b->wide)
        widen(b);
    if (b->len == b->cap)
        reserve(b, 1);
    if (b->wide)
        b->wide[b->len++] = c;
    else
        b->narrow[b->len++] = (uint8_t)c;
}

void
rt_builder_utf8(struct rt_builder *b, const char *s, int64_t len)
{
    const char *end = s + (len < 0 ? (int64_t)strlen(s) : len);
    uint32_t c;

    reserve(b, end - s);
    while (s < end) {
        int n;

        if (!(*s & 0x80)) {
            rt_builder_add(b, (uint8_t)*s++);
            continue;
        }
        n = nac_utf8_decode(s, end, &c, 1);
        rt_builder_add(b, n == 0 ? 0xFFFD : c);
        s += n == 0 ? 1 : n;
    }
}

void
rt_builder_str(struct rt_builder *b, rt_val v)
{
    struct rt_str *s = rt_str_of(v);
    int64_t i;

    if (s->kind > 1 && !b->wide)
        widen(b);
    reserve(b, s->len);
    if (b->wide)
        for (i = 0; i < s->len; i++)
            b->wide[b->len + i] = rt_str_at(s, i);
    else if (s->len)
        memcpy(b->narrow + b->len, s->data, (size_t)s->len);
    b->len += s->len;
}

rt_val
rt_builder_finish(struct rt_builder *b)
{
    rt_val r = b->wide ? rt_str_from_ucs4(b->wide, b->len)
                       : rt_str_from_latin1((const char *)b->narrow, b->len);

    rt_builder_drop(b);
    return r;
}

void
rt_builder_drop(struct rt_builder *b)
{
    free(b->narrow);
    free(b->wide);
    memset(b, 0, sizeof *b);
}
