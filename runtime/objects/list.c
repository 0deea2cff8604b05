/* SPDX-License-Identifier: MIT
 * runtime/objects/list.c: list. The items lie in an rt_words with room to
 * grow; traces read len and items inline, so items is never NULL, and words
 * beyond len are RT_NULL (or stale values below a length that shrank: cleared
 * here so that they keep nothing alive).
 */
#include "config.h"

#include "runtime/objects/containers.h"

#include "runtime/interp/inlined.h"
#include "runtime/type.h"

enum { LEAST_ROOM = 4 };

/* -- room -- */

int
rt_list_reserve(struct rt_list *list, int64_t n)
{
    struct rt_words *words = list->items, *more;
    int64_t cap;

    if ((uint64_t)n <= words->count)
        return 0;
    cap = n + (n >> 3) + (n < 9 ? 3 : 6);
    if (cap < LEAST_ROOM)
        cap = LEAST_ROOM;
    more = rt_alloc_words((uint64_t)cap);
    if (!more)
        return -1;
    memcpy(more->items, words->items, (size_t)list->len * sizeof(rt_val));
    list->items = more;
    rt_barrier(list);
    rt_barrier(more);
    return 0;
}

/* The new length is smaller: what lies beyond is forgotten. */
static void
shrink(struct rt_list *list, int64_t n)
{
    struct rt_words *words = list->items;

    for (int64_t i = n; i < list->len; i++)
        words->items[i] = RT_NULL;
    list->len = n;
    if (words->count > 64 && (uint64_t)n < words->count / 4) {
        struct rt_words *less = rt_alloc_words((uint64_t)(n + n / 8 + 6));

        if (!less) {
            rt_exc_clear();
            return;
        }
        memcpy(less->items, words->items, (size_t)n * sizeof(rt_val));
        list->items = less;
        rt_barrier(list);
        rt_barrier(less);
    }
}

static rt_val
list_with_room(int64_t n)
{
    struct rt_words *words =
        rt_alloc_words((uint64_t)(n < LEAST_ROOM ? LEAST_ROOM : n));
    struct rt_list *list;

    if (!words)
        return RT_NULL;
    list = RT_NEW(struct rt_list, &rt_list_type);
    list->items = words;
    return rt_from_ptr(list);
}

rt_val
rt_list_new(const rt_val *items, int64_t n)
{
    rt_val v = list_with_room(n);
    struct rt_list *list;

    if (rt_is_null(v))
        return v;
    list = rt_list_of(v);
    list->len = n;
    if (items && n) {
        memcpy(list->items->items, items, (size_t)n * sizeof *items);
        rt_barrier(list->items);
    }
    return v;
}

int
rt_list_append(rt_val v, rt_val item)
{
    struct rt_list *list = rt_list_of(v);

    if ((uint64_t)list->len == list->items->count &&
        rt_list_reserve(list, list->len + 1) < 0)
        return -1;
    rt_write(list->items, &list->items->items[list->len], item);
    list->len++;
    return 0;
}

rt_val
rt_list_to_tuple(rt_val v)
{
    struct rt_list *list = rt_list_of(v);

    return rt_tuple_new(list->items->items, list->len);
}

static int
extend_items(struct rt_list *list, rt_val other)
{
    int64_t n;

    rt_seq_items(other, &n);
    if (rt_list_reserve(list, list->len + n) < 0)
        return -1;
    /* other may be the list itself, whose items have just moved */
    memcpy(list->items->items + list->len, rt_seq_items(other, &n),
           (size_t)n * sizeof(rt_val));
    rt_barrier(list->items);
    list->len += n;
    return 0;
}

int
rt_list_extend(rt_val v, rt_val iterable)
{
    struct rt_list *list = rt_list_of(v);
    rt_val it, item;
    int64_t hint;

    if (rt_is_exact(iterable, &rt_list_type) ||
        rt_is_exact(iterable, &rt_tuple_type))
        return extend_items(list, iterable);
    it = rt_iter(iterable);
    if (rt_is_null(it))
        return -1;
    hint = rt_length_hint(iterable, 8);
    if (hint < 0)
        return -1;
    if (hint < INT64_C(1) << 40 && rt_list_reserve(list, list->len + hint) < 0)
        return -1;
    while (item = rt_next(it), !rt_is_null(item))
        if (rt_list_append(v, item) < 0)
            return -1;
    return rt_raised() ? -1 : 0;
}

/* -- subscripts -- */

static rt_val
wrong_index(const char *what, rt_val key)
{
    return rt_raise(&rt_exc_TypeError,
                    "%s indices must be integers or slices, not %T", what, key);
}

static rt_val
list_slice(struct rt_list *list, rt_val slice)
{
    int64_t start, stop, step, n;
    rt_val result;
    rt_val *to;

    if (rt_slice_unpack(slice, &start, &stop, &step) < 0)
        return RT_NULL;
    n = rt_slice_clip(list->len, &start, &stop, step);
    if (step == 1)
        return rt_list_new(list->items->items + start, n);
    result = list_with_room(n);
    if (rt_is_null(result))
        return result;
    to = rt_list_of(result)->items->items;
    if (step == -1) {
        const rt_val *from = list->items->items + start;

        for (int64_t i = 0; i < n; i++)
            to[i] = from[-i];
    } else {
        for (int64_t i = 0; i < n; i++, start += step)
            to[i] = list->items->items[start];
    }
    rt_list_of(result)->len = n;
    rt_barrier(rt_list_of(result)->items);
    return result;
}

static rt_val
list_getitem(rt_val self, rt_val key)
{
    struct rt_list *list = rt_list_of(self);
    int64_t i;

    if (rt_is_exact(key, &rt_slice_type))
        return list_slice(list, key);
    if (!rt_is_index(key))
        return wrong_index("list", key);
    if (rt_seq_index(key, &i) < 0)
        return RT_NULL;
    if (i < 0)
        i += list->len;
    if (i < 0 || i >= list->len)
        return rt_raise(&rt_exc_IndexError, "list index out of range");
    return list->items->items[i];
}

/* list[start:stop] = the [n] items; they do not lie in this list. */
static int
splice(struct rt_list *list, int64_t start, int64_t stop, const rt_val *items,
       int64_t n)
{
    int64_t len = list->len, after = len - (stop < start ? start : stop);
    rt_val *p;

    if (stop < start)
        stop = start;
    if (stop - start == n) {
        p = list->items->items + start;
        for (int64_t i = 0; i < n; i++)
            p[i] = items[i];
        rt_barrier(list->items);
        return 0;
    }
    if (rt_list_reserve(list, start + n + after) < 0)
        return -1;
    p = list->items->items;
    memmove(p + start + n, p + stop, (size_t)after * sizeof *p);
    if (n)
        memcpy(p + start, items, (size_t)n * sizeof *p);
    rt_barrier(list->items);
    if (start + n + after < len)
        shrink(list, start + n + after);
    else
        list->len = start + n + after;
    return 0;
}

static void
delete_stepped(struct rt_list *list, int64_t start, int64_t step, int64_t n)
{
    rt_val *p = list->items->items;
    int64_t to, skip = 0;

    if (step < 0) {
        start += (n - 1) * step;
        step = -step;
    }
    to = start;
    for (int64_t i = start; i < list->len; i++) {
        if (skip < n && i == start + skip * step)
            skip++;
        else
            p[to++] = p[i];
    }
    rt_barrier(list->items);
    shrink(list, to);
}

static int
set_slice(struct rt_list *list, rt_val slice, rt_val value)
{
    int64_t start, stop, step, n, m = 0;
    rt_val *items = NULL;

    if (!rt_is_null(value)) {
        bool plain = rt_is_list(value) || rt_is_tuple(value);

        if (!plain && !rt_type_of(value)->slots.iter &&
            !rt_type_of(value)->slots.getitem) {
            struct rt_slice *s = rt_slice_of(slice);

            rt_raise(&rt_exc_TypeError,
                     rt_is_none(s->step) || rt_same(s->step, rt_from_small(1))
                         ? "can only assign an iterable"
                         : "must assign iterable to extended slice");
            return -1;
        }
        if (!plain || rt_ptr(value) == (void *)list)
            value = rt_sequence_list(value);
        if (rt_is_null(value))
            return -1;
    }
    if (rt_slice_unpack(slice, &start, &stop, &step) < 0)
        return -1;
    n = rt_slice_clip(list->len, &start, &stop, step);
    if (!rt_is_null(value))
        items = rt_seq_items(value, &m);
    if (step == 1)
        return splice(list, start, stop, items, m);
    if (rt_is_null(value)) {
        if (n)
            delete_stepped(list, start, step, n);
        return 0;
    }
    if (m != n) {
        rt_raise(&rt_exc_ValueError,
                 "attempt to assign sequence of size %lld to extended slice of "
                 "size %lld",
                 (long long)m, (long long)n);
        return -1;
    }
    for (int64_t i = 0; i < n; i++, start += step)
        rt_write(list->items, &list->items->items[start], items[i]);
    return 0;
}

static int
list_setitem(rt_val self, rt_val key, rt_val value)
{
    struct rt_list *list = rt_list_of(self);
    int64_t i;

    if (rt_is_exact(key, &rt_slice_type))
        return set_slice(list, key, value);
    if (!rt_is_index(key)) {
        wrong_index("list", key);
        return -1;
    }
    if (rt_seq_index(key, &i) < 0)
        return -1;
    if (i < 0)
        i += list->len;
    if (i < 0 || i >= list->len) {
        rt_raise(&rt_exc_IndexError, "list assignment index out of range");
        return -1;
    }
    if (rt_is_null(value))
        return splice(list, i, i + 1, NULL, 0);
    rt_write(list->items, &list->items->items[i], value);
    return 0;
}

/* -- operators -- */

static rt_val
list_add(rt_val a, rt_val b)
{
    rt_val result;
    int64_t n;

    if (!rt_is_list(a) || !rt_is_list(b))
        return rt_NotImplemented;
    result = list_with_room(rt_list_of(a)->len + rt_list_of(b)->len);
    if (rt_is_null(result))
        return result;
    n = rt_list_of(a)->len;
    memcpy(rt_list_of(result)->items->items, rt_list_of(a)->items->items,
           (size_t)n * sizeof(rt_val));
    rt_list_of(result)->len = n;
    return extend_items(rt_list_of(result), b) < 0 ? RT_NULL : result;
}

/* Writes [times] copies of the first [n] words behind each other. */
static void
repeat_words(rt_val *p, int64_t n, int64_t times)
{
    int64_t done = n, total = n * times;

    if (n == 1) {
        for (int64_t i = 1; i < total; i++)
            p[i] = p[0];
        return;
    }
    while (done < total) {
        int64_t m = done < total - done ? done : total - done;

        memcpy(p + done, p, (size_t)m * sizeof *p);
        done += m;
    }
}

static rt_val
list_mul(rt_val a, rt_val b)
{
    struct rt_list *list;
    int64_t n, times;
    rt_val result;

    if (!rt_is_list(a)) {
        rt_val t = a;

        a = b;
        b = t;
    }
    if (!rt_seq_times(b, &times))
        return rt_NotImplemented;
    if (times < 0)
        return RT_NULL;
    list = rt_list_of(a);
    n = list->len;
    if (n && times > INT64_MAX / 16 / n)
        return rt_raise_memory();
    result = list_with_room(n * times);
    if (rt_is_null(result) || !n || !times)
        return result;
    list = rt_list_of(result);
    memcpy(list->items->items, rt_list_of(a)->items->items,
           (size_t)n * sizeof(rt_val));
    repeat_words(list->items->items, n, times);
    list->len = n * times;
    rt_barrier(list->items);
    return result;
}

static rt_val
list_iadd(rt_val self, rt_val other)
{
    return rt_list_extend(self, other) < 0 ? RT_NULL : self;
}

static rt_val
list_imul(rt_val self, rt_val by)
{
    struct rt_list *list = rt_list_of(self);
    int64_t n = list->len, times;

    if (!rt_seq_times(by, &times))
        return rt_NotImplemented;
    if (times < 0)
        return RT_NULL;
    if (!times) {
        shrink(list, 0);
        return self;
    }
    if (!n)
        return self;
    if (times > INT64_MAX / 16 / n)
        return rt_raise_memory();
    if (rt_list_reserve(list, n * times) < 0)
        return RT_NULL;
    repeat_words(list->items->items, n, times);
    list->len = n * times;
    rt_barrier(list->items);
    return self;
}

static rt_val
list_compare(rt_val a, rt_val b, enum rt_cmp op)
{
    if (!rt_is_list(a) || !rt_is_list(b))
        return rt_NotImplemented;
    return rt_seq_compare(a, b, op);
}

static rt_val
list_repr(rt_val self)
{
    struct rt_list *list = rt_list_of(self);
    struct rt_builder b = {0};

    if (!list->len)
        return rt_str_new("[]", 2);
    if (rt_repr_enter(self))
        return rt_str_new("[...]", 5);
    rt_builder_add(&b, '[');
    for (int64_t i = 0; i < list->len; i++) {
        rt_val s = rt_repr(list->items->items[i]);

        if (rt_is_null(s)) {
            rt_repr_leave(self);
            rt_builder_drop(&b);
            return s;
        }
        if (i)
            rt_builder_utf8(&b, ", ", 2);
        rt_builder_str(&b, s);
    }
    rt_builder_add(&b, ']');
    rt_repr_leave(self);
    return rt_builder_finish(&b);
}

static int64_t
list_length(rt_val self)
{
    return rt_list_of(self)->len;
}

static rt_val
list_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
          rt_val kwnames)
{
    struct rt_words *words = rt_alloc_words(LEAST_ROOM);
    struct rt_list *list;

    (void)args;
    (void)nargs;
    (void)kwnames;
    if (!words)
        return RT_NULL;
    list = rt_ptr(rt_instance_new(type));
    list->items = words;
    rt_barrier(list);
    return rt_from_ptr(list);
}

static int
list_init(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    rt_val iterable;

    if (rt_one_argument("list", args, nargs, kwnames, &iterable) < 0)
        return -1;
    shrink(rt_list_of(self), 0);
    return rt_is_null(iterable) ? 0 : rt_list_extend(self, iterable);
}

static void
list_trace(struct rt_obj *obj, struct rt_marker *m)
{
    rt_gc_visit_ptr(m, ((struct rt_list *)obj)->items);
}

/* -- methods -- */

static rt_val
list_append(rt_val self, rt_val *args)
{
    return rt_list_append(self, args[0]) < 0 ? RT_NULL : rt_None;
}

static rt_val
list_extend(rt_val self, rt_val *args)
{
    return rt_list_extend(self, args[0]) < 0 ? RT_NULL : rt_None;
}

static rt_val
list_insert(rt_val self, rt_val *args)
{
    struct rt_list *list = rt_list_of(self);
    int64_t i;

    if (rt_index_i64(args[0], &i, &rt_exc_OverflowError) < 0)
        return RT_NULL;
    if (i < 0)
        i += list->len;
    if (i < 0)
        i = 0;
    if (i > list->len)
        i = list->len;
    return splice(list, i, i, &args[1], 1) < 0 ? RT_NULL : rt_None;
}

static rt_val
list_pop(rt_val self, rt_val *args)
{
    struct rt_list *list = rt_list_of(self);
    int64_t i = -1;
    rt_val v;

    if (!rt_is_null(args[0]) && rt_seq_index(args[0], &i) < 0)
        return RT_NULL;
    if (!list->len)
        return rt_raise(&rt_exc_IndexError, "pop from empty list");
    if (i < 0)
        i += list->len;
    if (i < 0 || i >= list->len)
        return rt_raise(&rt_exc_IndexError, "pop index out of range");
    v = list->items->items[i];
    if (i == list->len - 1)
        shrink(list, i);
    else
        splice(list, i, i + 1, NULL, 0);
    return v;
}

static rt_val
list_remove(rt_val self, rt_val *args)
{
    struct rt_list *list = rt_list_of(self);

    for (int64_t i = 0; i < list->len; i++) {
        int eq = rt_equal(list->items->items[i], args[0]);

        if (eq < 0)
            return RT_NULL;
        if (!eq)
            continue;
        if (i < list->len)
            splice(list, i, i + 1, NULL, 0);
        return rt_None;
    }
    return rt_raise(&rt_exc_ValueError, "list.remove(x): x not in list");
}

static rt_val
list_index(rt_val self, rt_val *args)
{
    struct rt_list *list = rt_list_of(self);
    int64_t from, to;

    if (rt_seq_bounds(args[1], args[2], list->len, &from, &to) < 0)
        return RT_NULL;
    for (int64_t i = from; i < to && i < list->len; i++) {
        int eq = rt_equal(list->items->items[i], args[0]);

        if (eq < 0)
            return RT_NULL;
        if (eq)
            return rt_int_from_i64(i);
    }
    return rt_raise(&rt_exc_ValueError, "%R is not in list", args[0]);
}

static rt_val
list_count(rt_val self, rt_val *args)
{
    int64_t n = rt_seq_count(self, args[0]);

    return n < 0 ? RT_NULL : rt_int_from_i64(n);
}

static rt_val
list_reverse(rt_val self, rt_val *args)
{
    struct rt_list *list = rt_list_of(self);
    rt_val *p = list->items->items, *q = p + list->len - 1;

    (void)args;
    for (; p < q; p++, q--) {
        rt_val t = *p;

        *p = *q;
        *q = t;
    }
    rt_barrier(list->items);
    return rt_None;
}

static rt_val
list_clear(rt_val self, rt_val *args)
{
    (void)args;
    shrink(rt_list_of(self), 0);
    return rt_None;
}

static rt_val
list_copy(rt_val self, rt_val *args)
{
    struct rt_list *list = rt_list_of(self);

    (void)args;
    return rt_list_new(list->items->items, list->len);
}

static rt_val
list_sort(rt_val self, rt_val *args)
{
    int reverse = rt_is_null(args[1]) ? 0 : rt_truth(args[1]);

    if (reverse < 0)
        return RT_NULL;
    return rt_list_sort(self, args[0], reverse) < 0 ? RT_NULL : rt_None;
}

static rt_val
list_sizeof(rt_val self, rt_val *args)
{
    struct rt_list *list = rt_list_of(self);

    (void)args;
    return rt_int_from_i64((int64_t)(sizeof *list + sizeof *list->items +
                                     list->items->count * sizeof(rt_val)));
}

static rt_val
list_class_getitem(rt_val self, rt_val *args)
{
    return rt_generic_alias_new(self, args[0]);
}

/* -- iterators -- */

static rt_val
iter_new(struct rt_type *type, rt_val list, int64_t index)
{
    struct rt_list_iter *it = RT_NEW(struct rt_list_iter, type);

    it->seq = list;
    it->index = index;
    return rt_from_ptr(it);
}

rt_val
rt_list_iter(rt_val list)
{
    return iter_new(&rt_list_iter_type, list, 0);
}

static rt_val
list_reversed(rt_val self, rt_val *args)
{
    (void)args;
    return iter_new(&rt_list_reviter_type, self, rt_list_of(self)->len - 1);
}

#define ITER(v) ((struct rt_list_iter *)rt_ptr(v))

static rt_val
iter_self(rt_val self)
{
    return self;
}

static rt_val
iter_next(rt_val self)
{
    struct rt_list_iter *it = ITER(self);

    if (rt_is_null(it->seq))
        return RT_NULL;
    if (it->index < rt_list_of(it->seq)->len)
        return rt_list_of(it->seq)->items->items[it->index++];
    it->seq = RT_NULL;
    return RT_NULL;
}

static rt_val
reviter_next(rt_val self)
{
    struct rt_list_iter *it = ITER(self);

    if (rt_is_null(it->seq))
        return RT_NULL;
    if (it->index >= 0 && it->index < rt_list_of(it->seq)->len)
        return rt_list_of(it->seq)->items->items[it->index--];
    it->index = -1;
    it->seq = RT_NULL;
    return RT_NULL;
}

static rt_val
iter_hint(rt_val self, rt_val *args)
{
    struct rt_list_iter *it = ITER(self);
    int64_t n = 0;

    (void)args;
    if (!rt_is_null(it->seq))
        n = rt_list_of(it->seq)->len - it->index;
    return rt_int_from_i64(n < 0 ? 0 : n);
}

static rt_val
reviter_hint(rt_val self, rt_val *args)
{
    struct rt_list_iter *it = ITER(self);

    (void)args;
    if (rt_is_null(it->seq) || rt_list_of(it->seq)->len < it->index + 1)
        return rt_from_small(0);
    return rt_int_from_i64(it->index + 1);
}

static rt_val
iter_reduce(rt_val self, rt_val *args)
{
    struct rt_list_iter *it = ITER(self);
    bool back = rt_is_exact(self, &rt_list_reviter_type);
    rt_val f = rt_builtin_named(back ? "reversed" : "iter");

    (void)args;
    if (rt_is_null(it->seq))
        return rt_tuple_pack(2, rt_builtin_named("iter"),
                             rt_tuple_pack(1, rt_list_new(NULL, 0)));
    return rt_tuple_pack(3, f, rt_tuple_pack(1, it->seq),
                         rt_int_from_i64(it->index));
}

static rt_val
iter_setstate(rt_val self, rt_val *args)
{
    struct rt_list_iter *it = ITER(self);
    int64_t i, least = rt_is_exact(self, &rt_list_reviter_type) ? -1 : 0;

    if (rt_index_i64(args[0], &i, &rt_exc_OverflowError) < 0)
        return RT_NULL;
    if (rt_is_null(it->seq))
        return rt_None;
    if (i < least)
        i = least;
    if (i > rt_list_of(it->seq)->len + least)
        i = rt_list_of(it->seq)->len + least;
    it->index = i;
    return rt_None;
}

static void
iter_trace(struct rt_obj *obj, struct rt_marker *m)
{
    rt_gc_visit(m, ((struct rt_list_iter *)obj)->seq);
}

#define HINT     "Private method returning an estimate of len(list(it))."
#define REDUCE   "Return state information for pickling."
#define SETSTATE "Set state information for unpickling."

static const struct rt_method iter_methods[] = {
    RT_METHOD("__length_hint__", iter_hint, READS, "($self, /)", HINT),
    RT_METHOD("__reduce__", iter_reduce, READS, "($self, /)", REDUCE),
    RT_METHOD("__setstate__", iter_setstate, ANY, "($self, state, /)",
              SETSTATE),
    RT_END_METHODS,
};

struct rt_type rt_list_iter_type = {
    RT_TYPE_HEAD(list_iter, "list_iterator", sizeof(struct rt_list_iter)),
    .flags = RT_TYPE_NOINSTANCE,
    .trace = iter_trace,
    .methods = iter_methods,
    .slots = {.iter = iter_self, .next = iter_next},
};

static const struct rt_method reviter_methods[] = {
    RT_METHOD("__length_hint__", reviter_hint, READS, "($self, /)", HINT),
    RT_METHOD("__reduce__", iter_reduce, READS, "($self, /)", REDUCE),
    RT_METHOD("__setstate__", iter_setstate, ANY, "($self, state, /)",
              SETSTATE),
    RT_END_METHODS,
};

struct rt_type rt_list_reviter_type = {
    RT_TYPE_HEAD(list_reviter, "list_reverseiterator",
                 sizeof(struct rt_list_iter)),
    .flags = RT_TYPE_NOINSTANCE,
    .trace = iter_trace,
    .methods = reviter_methods,
    .slots = {.iter = iter_self, .next = reviter_next},
};

/* -- the type -- */

static rt_val
list_getitem_method(rt_val self, rt_val *args)
{
    return list_getitem(self, args[0]);
}

static const struct rt_method methods[] = {
    RT_METHOD("__getitem__", list_getitem_method, ANY, "($self, index, /)",
              "x.__getitem__(y) <==> x[y]"),
    RT_METHOD("__reversed__", list_reversed, READS, "($self, /)",
              "Return a reverse iterator over the list."),
    RT_METHOD("__sizeof__", list_sizeof, READS, "($self, /)",
              "Return the size of the list in memory, in bytes."),
    RT_METHOD("clear", list_clear, OWN, "($self, /)",
              "Remove all items from list."),
    RT_METHOD("copy", list_copy, READS, "($self, /)",
              "Return a shallow copy of the list."),
    RT_METHOD_INLINED(RT_INLINE_LIST_APPEND, "append", list_append, OWN,
                      "($self, object, /)",
                      "Append object to the end of the list."),
    RT_METHOD("insert", list_insert, KEY_OWN, "($self, index, object, /)",
              "Insert object before index."),
    RT_METHOD_INLINED(RT_INLINE_LIST_EXTEND, "extend", list_extend, ITEMS_OWN,
                      "($self, iterable, /)",
                      "Extend list by appending elements from the iterable."),
    RT_METHOD("pop", list_pop, KEY_OWN, "($self, index=-1, /)",
              "Remove and return item at index (default last).\n\n"
              "Raises IndexError if list is empty or index is out of range."),
    RT_METHOD("remove", list_remove, ANY, "($self, value, /)",
              "Remove first occurrence of value.\n\n"
              "Raises ValueError if the value is not present."),
    RT_METHOD("index", list_index, ANY,
              "($self, value, start=0, stop=sys.maxsize, /)",
              "Return first index of value.\n\n"
              "Raises ValueError if the value is not present."),
    RT_METHOD("count", list_count, ANY, "($self, value, /)",
              "Return number of occurrences of value."),
    RT_METHOD("reverse", list_reverse, OWN, "($self, /)",
              "Reverse *IN PLACE*."),
    RT_METHOD("sort", list_sort, ANY, "($self, /, *, key=None, reverse=False)",
              "Sort the list in ascending order and return None.\n\n"
              "The sort is in-place (i.e. the list itself is modified) and "
              "stable (i.e. the\norder of two equal elements is maintained).\n"
              "\nIf a key function is given, apply it once to each list item "
              "and sort them,\nascending or descending, according to their "
              "function values.\n\nThe reverse flag can be set to sort in "
              "descending order."),
    RT_CLASSMETHOD("__class_getitem__", list_class_getitem, READS,
                   "($type, object, /)", "See PEP 585"),
    RT_END_METHODS,
};

struct rt_type rt_list_type = {
    RT_TYPE_HEAD(list, "list", sizeof(struct rt_list)),
    .flags = RT_TYPE_BASE | RT_TYPE_LIST | RT_TYPE_SEQUENCE,
    .inlined = RT_INLINE_LIST,
    .trace = list_trace,
    .methods = methods,
    .cdoc = "Built-in mutable sequence.\n\n"
            "If no argument is given, the constructor creates a new empty "
            "list.\nThe argument must be an iterable if specified.",
    .slots =
        {
            .repr = list_repr,
            .compare = list_compare,
            .iter = rt_list_iter,
            .make = list_make,
            .init = list_init,
            .length = list_length,
            .getitem = list_getitem,
            .setitem = list_setitem,
            .contains = rt_seq_contains,
            .binary = {[RT_ADD] = list_add, [RT_MUL] = list_mul},
            .inplace = {[RT_ADD] = list_iadd, [RT_MUL] = list_imul},
        },
};
