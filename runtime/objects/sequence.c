/* SPDX-License-Identifier: MIT
 * runtime/objects/sequence.c: what list, tuple and other containers have in
 * common: argument checks, comparison, search, recursive repr, and making
 * lists and tuples of iterables.
 */
#include "config.h"

#include "runtime/objects/containers.h"

#include "base/mem.h"
#include "runtime/type.h"

int
rt_one_argument(const char *name, const rt_val *args, uint32_t nargs,
                rt_val kwnames, rt_val *out)
{
    *out = RT_NULL;
    if (rt_no_keywords(name, kwnames) < 0)
        return -1;
    if (nargs > 1) {
        rt_raise(&rt_exc_TypeError, "%s expected at most 1 argument, got %u",
                 name, nargs);
        return -1;
    }
    if (nargs)
        *out = args[0];
    return 0;
}

rt_val
rt_builtin_named(const char *name)
{
    return rt_dict_get_name(rt_builtins, rt_intern(name));
}

static int
clip_bound(rt_val v, int64_t len, int64_t *out)
{
    if (!rt_is_index(v)) {
        rt_raise(&rt_exc_TypeError, "slice indices must be integers or have an "
                                    "__index__ method");
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
rt_seq_bounds(rt_val start, rt_val stop, int64_t len, int64_t *from,
              int64_t *to)
{
    *from = 0;
    *to = INT64_MAX;
    if (!rt_is_null(start) && clip_bound(start, len, from) < 0)
        return -1;
    if (!rt_is_null(stop) && clip_bound(stop, len, to) < 0)
        return -1;
    return 0;
}

/* -- comparison and search -- */

static bool
order(int64_t a, int64_t b, enum rt_cmp op)
{
    switch (op) {
    case RT_LT:
        return a < b;
    case RT_LE:
        return a <= b;
    case RT_EQ:
        return a == b;
    case RT_NE:
        return a != b;
    case RT_GT:
        return a > b;
    case RT_GE:
        return a >= b;
    }
    NAC_UNREACHABLE();
}

/* rt_equal without calls where words or kinds settle it. */
NAC_INLINE int
quick_equal(rt_val a, rt_val b)
{
    if (rt_same(a, b))
        return 1;
    if (rt_is_small(a) && rt_is_small(b))
        return 0;
    return rt_equal(a, b);
}

rt_val
rt_seq_compare(rt_val a, rt_val b, enum rt_cmp op)
{
    int64_t n, m;
    rt_val *p = rt_seq_items(a, &n), *q = rt_seq_items(b, &m);

    if (n != m && (op == RT_EQ || op == RT_NE))
        return rt_from_bool(op == RT_NE);
    for (int64_t i = 0; i < n && i < m; i++) {
        rt_val x = p[i], y = q[i];
        int eq = quick_equal(x, y);

        if (eq < 0)
            return RT_NULL;
        if (!eq) {
            if (op == RT_EQ || op == RT_NE)
                return rt_from_bool(op == RT_NE);
            return rt_compare(x, y, op);
        }
        p = rt_seq_items(a, &n);
        q = rt_seq_items(b, &m);
    }
    return rt_from_bool(order(n, m, op));
}

int
rt_seq_contains(rt_val seq, rt_val item)
{
    int64_t n;
    rt_val *p = rt_seq_items(seq, &n);

    for (int64_t i = 0; i < n; i++) {
        int eq = quick_equal(p[i], item);

        if (eq)
            return eq;
        p = rt_seq_items(seq, &n);
    }
    return 0;
}

int64_t
rt_seq_count(rt_val seq, rt_val item)
{
    int64_t n, count = 0;
    rt_val *p = rt_seq_items(seq, &n);

    for (int64_t i = 0; i < n; i++) {
        int eq = quick_equal(p[i], item);

        if (eq < 0)
            return -1;
        count += eq;
        p = rt_seq_items(seq, &n);
    }
    return count;
}

bool
rt_seq_times(rt_val n, int64_t *times)
{
    if (!rt_is_index(n))
        return false;
    if (rt_seq_index(n, times) < 0) {
        if (rt_exc_is(&rt_exc_IndexError)) {
            rt_exc_clear();
            rt_raise(&rt_exc_OverflowError,
                     "cannot fit '%T' into an index-sized integer", n);
        }
        *times = -1;
        return true;
    }
    if (*times < 0)
        *times = 0;
    return true;
}

/* -- repr of containers in themselves -- */

/* The objects are arguments of C functions below on the stack: no roots. */
static _Thread_local struct {
    uint64_t *items;
    size_t len, cap;
} shown;

int
rt_repr_enter(rt_val v)
{
    for (size_t i = 0; i < shown.len; i++)
        if (shown.items[i] == v.bits)
            return 1;
    if (shown.len == shown.cap) {
        shown.cap = shown.cap ? 2 * shown.cap : 16;
        shown.items = nac_realloc(shown.items, shown.cap * sizeof(uint64_t));
    }
    shown.items[shown.len++] = v.bits;
    return 0;
}

void
rt_repr_leave(rt_val v)
{
    while (shown.len && shown.items[--shown.len] != v.bits)
        ;
}

/* -- making sequences of iterables -- */

rt_val
rt_sequence_list(rt_val iterable)
{
    rt_val list = rt_list_new(NULL, 0);

    if (rt_is_null(list) || rt_list_extend(list, iterable) < 0)
        return RT_NULL;
    return list;
}

rt_val
rt_sequence_tuple(rt_val iterable)
{
    if (rt_is_exact(iterable, &rt_tuple_type))
        return iterable;
    if (rt_is_exact(iterable, &rt_list_type))
        return rt_list_to_tuple(iterable);
    iterable = rt_sequence_list(iterable);
    return rt_is_null(iterable) ? RT_NULL : rt_list_to_tuple(iterable);
}
