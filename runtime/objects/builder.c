/* SPDX-License-Identifier: MIT
 * runtime/objects/builder.c: struct rt_builder, strs put together piece by
 * piece.
 */
#include "config.h"

#include "runtime/objects/text.h"

#include <stdlib.h>

#include "base/utf8.h"

void
rt_builder_fail(struct rt_builder *b)
{
    rt_builder_drop(b);
    b->failed = true;
}

static bool
reserve(struct rt_builder *b, int64_t n)
{
    int64_t cap;
    void *p;

    if (n <= b->cap - b->len)
        return true;
    if (b->failed || n > INT64_MAX / 16) {
        rt_builder_fail(b);
        return false;
    }
    cap = b->cap * 2 > b->len + n ? b->cap * 2 : b->len + n + 48;
    p = b->wide ? realloc(b->wide, (size_t)cap * sizeof *b->wide)
                : realloc(b->narrow, (size_t)cap);
    if (p == NULL) {
        rt_builder_fail(b);
        return false;
    }
    if (b->wide)
        b->wide = p;
    else
        b->narrow = p;
    b->cap = cap;
    return true;
}

static void
widen(struct rt_builder *b)
{
    int64_t i, cap = b->cap + 16;
    uint32_t *wide;

    wide = b->failed ? NULL : malloc((size_t)cap * sizeof *wide);
    if (wide == NULL) {
        rt_builder_fail(b);
        return;
    }
    for (i = 0; i < b->len; i++)
        wide[i] = b->narrow[i];
    free(b->narrow);
    b->narrow = NULL;
    b->wide = wide;
    b->cap = cap;
}

void
rt_builder_add(struct rt_builder *b, uint32_t c)
{
    if (c > 0xFF && !b->wide)
        widen(b);
    if (b->len == b->cap && !reserve(b, 1))
        return;
    if (b->wide)
        b->wide[b->len++] = c;
    else
        b->narrow[b->len++] = (uint8_t)c;
}

void
rt_builder_fill(struct rt_builder *b, uint32_t c, int64_t n)
{
    if (n <= 0 || !reserve(b, n))
        return;
    while (n-- > 0)
        rt_builder_add(b, c);
}

void
rt_builder_utf8(struct rt_builder *b, const char *s, int64_t len)
{
    const char *end = s + (len < 0 ? (int64_t)strlen(s) : len);
    uint32_t c;

    if (!reserve(b, end - s))
        return;
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
    if (!reserve(b, s->len))
        return;
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
    rt_val r = b->failed ? rt_raise_memory()
               : b->wide ? rt_str_from_ucs4(b->wide, b->len)
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
