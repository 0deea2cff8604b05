/* SPDX-License-Identifier: MIT
 * runtime/objects/list_sort.c: list.sort and sorted. sort_template.h has the
 * algorithm; here it is built for ints, floats, strs and any objects, with and
 * without a key function. While the sort runs the list is empty, so that
 * comparisons cannot get at the items. The items lie in arrays of the heap all
 * the time; moving them between those needs no barrier, for every collection
 * finds each item in one of them and marks it.
 */
#include "config.h"

#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* be64toh */
#endif

#include "runtime/objects/containers.h"

#include <endian.h>

enum { LEAST_RUN = 32 };

enum kind { INTS, FLOATS, STRS, TUPLES, OBJECTS };

struct pair {
    rt_val key, value;
};

static int
boundary_power(int64_t start, int64_t len1, int64_t len2, int64_t n)
{
    /* the middles of both runs, doubled, as fractions of 2n */
    uint64_t a = 2 * (uint64_t)start + (uint64_t)len1;
    uint64_t b = a + (uint64_t)len1 + (uint64_t)len2, whole = 2 * (uint64_t)n;
    int power = 0;

    for (;;) {
        power++;
        if (a >= whole) {
            a -= whole;
            b -= whole;
        } else if (b >= whole) {
            return power;
        }
        a <<= 1;
        b <<= 1;
    }
}

/* -- comparisons -- */

NAC_INLINE int
int_less(rt_val a, rt_val b)
{
    return (int64_t)(a.bits << (64 - NB_INT_BITS)) <
           (int64_t)(b.bits << (64 - NB_INT_BITS));
}

NAC_INLINE int
float_less(rt_val a, rt_val b)
{
    return rt_float(a) < rt_float(b);
}

NAC_INLINE int
str_less(rt_val a, rt_val b)
{
    const struct rt_str *s = rt_str_of(a), *t = rt_str_of(b);

    if (s->kind == 1 && t->kind == 1) {
        int64_t n = s->len < t->len ? s->len : t->len;
        uint64_t x, y;
        int c;

        if (n >= 8) { /* the first characters mostly decide */
            memcpy(&x, s->data, sizeof x);
            memcpy(&y, t->data, sizeof y);
            if (x != y)
                return be64toh(x) < be64toh(y);
        }
        c = memcmp(s->data, t->data, (size_t)n);
        return c ? c < 0 : s->len < t->len;
    }
    return rt_str_compare(a, b) < 0;
}

static int
any_less(rt_val a, rt_val b)
{
    if (rt_is_small(a) && rt_is_small(b))
        return int_less(a, b);
    if (rt_is_float(a) && rt_is_float(b))
        return float_less(a, b);
    if (rt_is_exact(a, &rt_str_type) && rt_is_exact(b, &rt_str_type))
        return str_less(a, b);
    return rt_compare_bool(a, b, RT_LT);
}

/* Tuples cannot change, so their words can be compared in place. */
static int
tuple_less(rt_val a, rt_val b)
{
    const struct rt_tuple *s = rt_tuple_of(a), *t = rt_tuple_of(b);

    for (int64_t i = 0; i < s->len && i < t->len; i++) {
        rt_val x = s->items[i], y = t->items[i];
        int eq;

        if (rt_same(x, y))
            continue;
        if (rt_is_small(x) && rt_is_small(y))
            return int_less(x, y);
        eq = rt_equal(x, y);
        if (eq < 0)
            return -1;
        if (!eq)
            return any_less(x, y);
    }
    return s->len < t->len;
}

#define ITEM       rt_val
#define NAME(x)    ints_##x
#define LESS(a, b) int_less(a, b)
#include "runtime/objects/sort_template.h"
#define ITEM       rt_val
#define NAME(x)    floats_##x
#define LESS(a, b) float_less(a, b)
#include "runtime/objects/sort_template.h"
#define ITEM       rt_val
#define NAME(x)    strs_##x
#define LESS(a, b) str_less(a, b)
#include "runtime/objects/sort_template.h"
#define ITEM       rt_val
#define NAME(x)    tuples_##x
#define LESS(a, b) tuple_less(a, b)
#include "runtime/objects/sort_template.h"
#define ITEM       rt_val
#define NAME(x)    objects_##x
#define LESS(a, b) any_less(a, b)
#include "runtime/objects/sort_template.h"
#define ITEM       struct pair
#define NAME(x)    int_keys_##x
#define LESS(a, b) int_less((a).key, (b).key)
#include "runtime/objects/sort_template.h"
#define ITEM       struct pair
#define NAME(x)    float_keys_##x
#define LESS(a, b) float_less((a).key, (b).key)
#include "runtime/objects/sort_template.h"
#define ITEM       struct pair
#define NAME(x)    str_keys_##x
#define LESS(a, b) str_less((a).key, (b).key)
#include "runtime/objects/sort_template.h"
#define ITEM       struct pair
#define NAME(x)    tuple_keys_##x
#define LESS(a, b) tuple_less((a).key, (b).key)
#include "runtime/objects/sort_template.h"
#define ITEM       struct pair
#define NAME(x)    object_keys_##x
#define LESS(a, b) any_less((a).key, (b).key)
#include "runtime/objects/sort_template.h"

/* What all keys are; they lie [step] words apart. */
static enum kind
keys_kind(const rt_val *p, int64_t n, int step)
{
    enum kind kind = OBJECTS;

    for (int64_t i = 0; i < n; i++, p += step) {
        enum kind k = rt_is_small(*p)                   ? INTS
                      : rt_is_float(*p)                 ? FLOATS
                      : rt_is_exact(*p, &rt_str_type)   ? STRS
                      : rt_is_exact(*p, &rt_tuple_type) ? TUPLES
                                                        : OBJECTS;

        if (k == OBJECTS || (i && k != kind))
            return OBJECTS;
        kind = k;
    }
    return kind;
}

static void
reverse_words(rt_val *p, int64_t n)
{
    for (int64_t i = 0, j = n - 1; i < j; i++, j--) {
        rt_val t = p[i];

        p[i] = p[j];
        p[j] = t;
    }
}

static int
sort_plain(rt_val *items, int64_t n)
{
    struct rt_words *tmp = rt_alloc_words((uint64_t)(n / 2 + 1));

    if (!tmp)
        return -1;
    switch (keys_kind(items, n, 1)) {
    case INTS:
        return ints_sort(items, n, tmp->items);
    case FLOATS:
        return floats_sort(items, n, tmp->items);
    case STRS:
        return strs_sort(items, n, tmp->items);
    case TUPLES:
        return tuples_sort(items, n, tmp->items);
    case OBJECTS:
        break;
    }
    return objects_sort(items, n, tmp->items);
}

static int
sort_pairs(struct pair *pairs, int64_t n)
{
    struct rt_words *words = rt_alloc_words((uint64_t)(n + 2));
    struct pair *tmp;

    if (!words)
        return -1;
    tmp = (struct pair *)(void *)words->items;
    switch (keys_kind(&pairs->key, n, 2)) {
    case INTS:
        return int_keys_sort(pairs, n, tmp);
    case FLOATS:
        return float_keys_sort(pairs, n, tmp);
    case STRS:
        return str_keys_sort(pairs, n, tmp);
    case TUPLES:
        return tuple_keys_sort(pairs, n, tmp);
    case OBJECTS:
        break;
    }
    return object_keys_sort(pairs, n, tmp);
}

/* Sorts [n] items by their keys. */
static int
sort_by_key(struct rt_words *items, int64_t n, rt_val key, bool reverse)
{
    struct rt_words *words = rt_alloc_words(2 * (uint64_t)n);
    struct pair *pairs;
    int status;

    if (!words)
        return -1;
    pairs = (struct pair *)(void *)words->items;
    for (int64_t i = 0; i < n; i++) {
        /* reversed twice, so that equal items keep their order */
        rt_val item = items->items[reverse ? n - 1 - i : i];
        rt_val k = RT_NULL;

        rt_write(words, &pairs[i].value, item);
        if (!reverse) {
            k = rt_call1(key, item);
            if (rt_is_null(k))
                return -1;
        }
        rt_write(words, &pairs[i].key, k);
    }
    for (int64_t i = n - 1; reverse && i >= 0; i--) {
        rt_val k = rt_call1(key, pairs[i].value);

        if (rt_is_null(k))
            return -1;
        rt_write(words, &pairs[i].key, k);
    }
    status = sort_pairs(pairs, n);
    for (int64_t i = 0; i < n; i++)
        items->items[reverse ? n - 1 - i : i] = pairs[i].value;
    return status;
}

static int
sort_words(struct rt_words *items, int64_t n, rt_val key, bool reverse)
{
    int status;

    if (!rt_is_null(key) && !rt_is_none(key))
        return sort_by_key(items, n, key, reverse);
    if (n < 2)
        return 0;
    if (reverse)
        reverse_words(items->items, n);
    status = sort_plain(items->items, n);
    if (reverse)
        reverse_words(items->items, n);
    return status;
}

int
rt_list_sort(rt_val v, rt_val key, bool reverse)
{
    struct rt_list *list = rt_list_of(v);
    struct rt_words *items = list->items, *hidden = rt_alloc_words(0);
    int64_t n = list->len;
    int status;
    bool touched;

    if (!hidden)
        return -1;
    list->items = hidden;
    list->len = 0;
    rt_barrier(list);
    status = sort_words(items, n, key, reverse);
    touched = list->items != hidden || list->len;
    list->items = items;
    list->len = n;
    rt_barrier(list);
    rt_barrier(items);
    if (touched && !status) {
        rt_raise(&rt_exc_ValueError, "list modified during sort");
        status = -1;
    }
    return status;
}
