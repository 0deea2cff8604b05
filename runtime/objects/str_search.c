/* SPDX-License-Identifier: MIT
 * runtime/objects/str_search.c: finding, counting and replacing in strs and in
 * bytes. Long searches are memmem's (two-way, linear).
 */
#include "config.h"

#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memmem, memrchr */
#endif

#include "runtime/objects/text.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/vec.h"

/* -- bytes -- */

int64_t
rt_mem_find(const char *s, int64_t from, int64_t to, const char *sub, int64_t n)
{
    const char *p;

    if (from < 0 || to - from < n)
        return -1;
    if (n == 0)
        return from;
    if (n == 1)
        p = memchr(s + from, (unsigned char)sub[0], (size_t)(to - from));
    else
        p = memmem(s + from, (size_t)(to - from), sub, (size_t)n);
    return p == NULL ? -1 : p - s;
}

int64_t
rt_mem_rfind(const char *s, int64_t from, int64_t to, const char *sub,
             int64_t n)
{
    int64_t i;

    if (to - from < n)
        return -1;
    if (n == 0)
        return to;
    for (i = to - n; i >= from; i--) {
        const char *p =
            memrchr(s + from, (unsigned char)sub[0], (size_t)(i - from + 1));

        if (p == NULL)
            return -1;
        i = p - s;
        if (memcmp(p, sub, (size_t)n) == 0)
            return i;
    }
    return -1;
}

/* -- strs -- */

/* The characters of [sub] in [kind] bytes each; free() the result if it is
 * not sub's own data. NULL where they do not fit. */
static char *
widen(const struct rt_str *sub, int kind)
{
    struct rt_str wide;

    if (sub->kind == kind)
        return sub->data;
    if (sub->kind > kind)
        return NULL;
    wide = *sub;
    wide.kind = (uint8_t)kind;
    wide.data = nac_malloc((size_t)(sub->len * kind) + 1);
    rt_str_copy(&wide, 0, sub, 0, sub->len);
    return wide.data;
}

static int64_t
find_wide(const char *s, int k, int64_t from, int64_t to, const char *sub,
          int64_t n)
{
    const char *p = s + from * k, *end = s + to * k;

    while (p < end) {
        p = memmem(p, (size_t)(end - p), sub, (size_t)(n * k));
        if (p == NULL)
            return -1;
        if ((p - s) % k == 0)
            return (p - s) / k;
        p++;
    }
    return -1;
}

static int64_t
rfind_wide(const char *s, int k, int64_t from, int64_t to, const char *sub,
           int64_t n)
{
    int64_t i;

    for (i = to - n; i >= from; i--)
        if (memcmp(s + i * k, sub, (size_t)(n * k)) == 0)
            return i;
    return -1;
}

int64_t
rt_str_find_char(const struct rt_str *s, uint32_t c, int64_t from, int64_t to)
{
    int64_t i;

    if (s->kind == 1) {
        char byte = (char)c;

        return c > 0xFF ? -1 : rt_mem_find(s->data, from, to, &byte, 1);
    }
    for (i = from; i < to; i++)
        if (rt_str_at(s, i) == c)
            return i;
    return -1;
}

int64_t
rt_str_find(rt_val sv, rt_val subv, int64_t from, int64_t to)
{
    struct rt_str *s = rt_str_of(sv), *sub = rt_str_of(subv);
    int64_t r, n = sub->len;
    char *wide;

    if (to - from < n)
        return -1;
    if (n == 0)
        return from;
    if (s->kind == 1)
        return sub->kind != 1 ? -1
                              : rt_mem_find(s->data, from, to, sub->data, n);
    if (n == 1)
        return rt_str_find_char(s, rt_str_at(sub, 0), from, to);
    wide = widen(sub, s->kind);
    if (wide == NULL)
        return -1;
    r = find_wide(s->data, s->kind, from, to, wide, n);
    if (wide != sub->data)
        free(wide);
    return r;
}

int64_t
rt_str_rfind(rt_val sv, rt_val subv, int64_t from, int64_t to)
{
    struct rt_str *s = rt_str_of(sv), *sub = rt_str_of(subv);
    int64_t r, n = sub->len;
    char *wide;

    if (to - from < n)
        return -1;
    if (n == 0)
        return to;
    if (s->kind == 1)
        return sub->kind != 1 ? -1
                              : rt_mem_rfind(s->data, from, to, sub->data, n);
    wide = widen(sub, s->kind);
    if (wide == NULL)
        return -1;
    r = rfind_wide(s->data, s->kind, from, to, wide, n);
    if (wide != sub->data)
        free(wide);
    return r;
}

int64_t
rt_str_count(rt_val s, rt_val sub, int64_t from, int64_t to)
{
    int64_t n = rt_str_of(sub)->len, count = 0;

    if (to < from)
        return 0;
    if (n == 0)
        return to - from + 1;
    while ((from = rt_str_find(s, sub, from, to)) >= 0) {
        count++;
        from += n;
    }
    return count;
}

/* A str made of pieces may be narrower than their bounds say. */
static rt_val
narrowed(struct rt_str *r)
{
    uint32_t all = 0;
    struct rt_str *n;
    int64_t i;

    if (r->ascii)
        return rt_from_ptr(r);
    for (i = 0; i < r->len; i++)
        all |= rt_str_at(r, i);
    if (r->kind == 1 ? all > 0x7F : r->kind == 2 ? all > 0xFF : all > 0xFFFF)
        return rt_from_ptr(r);
    n = rt_str_alloc(r->len, all);
    if (n == NULL)
        return RT_NULL;
    for (i = 0; i < r->len; i++)
        rt_str_put(n, i, rt_str_at(r, i));
    return rt_from_ptr(n);
}

static rt_val
replace_empty(rt_val sv, rt_val newv, int64_t count)
{
    struct rt_str *s = rt_str_of(sv), *by = rt_str_of(newv), *r;
    uint32_t sm = rt_str_max(s), bm = rt_str_max(by);
    int64_t i, at = 0;

    if (count < 0 || count > s->len + 1)
        count = s->len + 1;
    r = rt_str_alloc(s->len + count * by->len, sm > bm ? sm : bm);
    if (r == NULL)
        return RT_NULL;
    for (i = 0; i <= s->len; i++) {
        if (i < count) {
            rt_str_copy(r, at, by, 0, by->len);
            at += by->len;
        }
        if (i < s->len)
            rt_str_copy(r, at++, s, i, 1);
    }
    return r->len == 0 ? rt_str_empty() : narrowed(r);
}

rt_val
rt_str_replace(rt_val sv, rt_val oldv, rt_val newv, int64_t count)
{
    struct rt_str *s = rt_str_of(sv), *by = rt_str_of(newv), *r;
    int64_t n = rt_str_of(oldv)->len, at = 0, from = 0, place, found = 0;
    uint32_t sm = rt_str_max(s), bm = rt_str_max(by);

    if (count == 0)
        return rt_str_exact(sv);
    if (n == 0)
        return replace_empty(sv, newv, count);
    while ((count < 0 || found < count) &&
           (place = rt_str_find(sv, oldv, from, s->len)) >= 0) {
        found++;
        from = place + n;
    }
    if (found == 0)
        return rt_str_exact(sv);
    r = rt_str_alloc(s->len + found * (by->len - n), sm > bm ? sm : bm);
    if (r == NULL)
        return RT_NULL;
    for (from = 0; found > 0; found--) {
        place = rt_str_find(sv, oldv, from, s->len);
        rt_str_copy(r, at, s, from, place - from);
        at += place - from;
        rt_str_copy(r, at, by, 0, by->len);
        at += by->len;
        from = place + n;
    }
    rt_str_copy(r, at, s, from, s->len - from);
    return r->len == 0 ? rt_str_empty() : narrowed(r);
}

/* -- arguments start, stop of methods -- */

static int
clip_index(rt_val v, int64_t otherwise, int64_t len, int64_t *out)
{
    *out = otherwise;
    if (rt_is_null(v) || rt_is_none(v))
        return 0;
    if (!rt_is_small(v) && !rt_is_any_int(v) &&
        rt_type_of(v)->slots.to_index == NULL) {
        rt_raise(&rt_exc_TypeError, "slice indices must be integers or None "
                                    "or have an __index__ method");
        return -1;
    }
    if (rt_index_i64(v, out, NULL) < 0)
        return -1;
    if (*out < 0) {
        *out += len;
        if (*out < 0)
            *out = 0;
    }
    return 0;
}

int
rt_clip_range(rt_val start, rt_val stop, int64_t len, int64_t *from,
              int64_t *to)
{
    if (clip_index(start, 0, len, from) < 0 ||
        clip_index(stop, len, len, to) < 0)
        return -1;
    if (*to > len)
        *to = len;
    return 0;
}
