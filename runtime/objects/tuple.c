/* SPDX-License-Identifier: MIT
 * runtime/objects/tuple.c: tuple and its iterator.
 */
#include "config.h"

#include "runtime/interp/inlined.h"
#include "runtime/objects/containers.h"

static struct rt_tuple empty = {{&rt_tuple_type.root_map}, 0};

static struct rt_tuple *
tuple_alloc(struct rt_type *type, int64_t n)
{
    struct rt_tuple *t;

    if (n > INT64_MAX / 16) {
        rt_raise_memory();
        return NULL;
    }
    t = rt_alloc_large(&type->root_map, type->size + 8 * (size_t)n);
    if (t)
        t->len = n;
    return t;
}

rt_val
rt_tuple_new(const rt_val *items, int64_t n)
{
    struct rt_tuple *t;

    if (!n)
        return rt_from_ptr(&empty);
    t = tuple_alloc(&rt_tuple_type, n);
    if (!t)
        return RT_NULL;
    if (items) {
        memcpy(t->items, items, (size_t)n * sizeof *items);
        return rt_from_ptr(t);
    }
    for (int64_t i = 0; i < n; i++)
        t->items[i] = RT_NULL;
    return rt_from_ptr(t);
}

rt_val
rt_tuple_pack(int n, ...)
{
    rt_val v = rt_tuple_new(NULL, n);
    va_list args;

    va_start(args, n);
    for (int i = 0; i < n && !rt_is_null(v); i++) {
        rt_val item = va_arg(args, rt_val);

        if (rt_is_null(item))
            v = RT_NULL;
        else
            rt_tuple_of(v)->items[i] = item;
    }
    va_end(args);
    return v;
}

/* -- slots -- */

static rt_val
tuple_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
           rt_val kwnames)
{
    rt_val iterable;
    struct rt_tuple *t;
    int64_t n;

    if (type != &rt_tuple_type && nargs <= 1)
        kwnames = RT_NULL; /* for the subclass's __init__ */
    if (rt_one_argument("tuple", args, nargs, kwnames, &iterable) < 0)
        return RT_NULL;
    iterable = rt_is_null(iterable) ? rt_from_ptr(&empty)
                                    : rt_sequence_tuple(iterable);
    if (rt_is_null(iterable) || type == &rt_tuple_type)
        return iterable;
    n = rt_tuple_of(iterable)->len;
    t = tuple_alloc(type, n);
    if (!t)
        return RT_NULL;
    memcpy(t->items, rt_tuple_of(iterable)->items, (size_t)n * sizeof(rt_val));
    return rt_from_ptr(t);
}

static void
tuple_trace(struct rt_obj *obj, struct rt_marker *m)
{
    struct rt_tuple *t = (struct rt_tuple *)obj;

    rt_gc_visit_words(m, t->items, (size_t)t->len);
}

/* The mixing steps are those of xxHash with 64 bits, as CPython's results are
 * visible: hash((1, 2)), and with them the order of sets of tuples. */
static int64_t
tuple_hash(rt_val self)
{
    const uint64_t p1 = UINT64_C(11400714785074694791);
    const uint64_t p2 = UINT64_C(14029467366897019727);
    const uint64_t p5 = UINT64_C(2870177450012600261);
    struct rt_tuple *t = rt_tuple_of(self);
    uint64_t acc = p5;

    for (int64_t i = 0; i < t->len; i++) {
        int64_t lane = rt_key_hash(t->items[i]);

        if (lane == -1)
            return -1;
        acc += (uint64_t)lane * p2;
        acc = acc << 31 | acc >> 33;
        acc *= p1;
    }
    acc += (uint64_t)t->len ^ (p5 ^ UINT64_C(3527539));
    return acc == UINT64_MAX ? 1546275796 : (int64_t)acc;
}

static rt_val
tuple_compare(rt_val a, rt_val b, enum rt_cmp op)
{
    if (!rt_is_tuple(a) || !rt_is_tuple(b))
        return rt_NotImplemented;
    return rt_seq_compare(a, b, op);
}

static rt_val
tuple_repr(rt_val self)
{
    struct rt_tuple *t = rt_tuple_of(self);
    struct rt_builder b = {0};

    if (!t->len)
        return rt_str_new("()", 2);
    if (rt_repr_enter(self))
        return rt_str_new("(...)", 5);
    rt_builder_add(&b, '(');
    for (int64_t i = 0; i < t->len; i++) {
        rt_val s = rt_repr(t->items[i]);

        if (rt_is_null(s)) {
            rt_repr_leave(self);
            rt_builder_drop(&b);
            return s;
        }
        if (i)
            rt_builder_utf8(&b, ", ", 2);
        rt_builder_str(&b, s);
    }
    if (t->len == 1)
        rt_builder_add(&b, ',');
    rt_builder_add(&b, ')');
    rt_repr_leave(self);
    return rt_builder_finish(&b);
}

static int64_t
tuple_length(rt_val self)
{
    return rt_tuple_of(self)->len;
}

static rt_val
tuple_slice(struct rt_tuple *t, rt_val slice)
{
    int64_t start, stop, step, n;
    struct rt_tuple *result;

    if (rt_slice_adjust(slice, t->len, &start, &stop, &step, &n) < 0)
        return RT_NULL;
    if (step == 1) {
        if (n == t->len && t->head.map == &rt_tuple_type.root_map)
            return rt_from_ptr(t);
        return rt_tuple_new(t->items + start, n);
    }
    if (!n)
        return rt_from_ptr(&empty);
    result = tuple_alloc(&rt_tuple_type, n);
    if (!result)
        return RT_NULL;
    for (int64_t i = 0; i < n; i++, start += step)
        result->items[i] = t->items[start];
    return rt_from_ptr(result);
}

static rt_val
tuple_getitem(rt_val self, rt_val key)
{
    struct rt_tuple *t = rt_tuple_of(self);
    int64_t i;

    if (!rt_is_index(key)) {
        if (rt_is_exact(key, &rt_slice_type))
            return tuple_slice(t, key);
        return rt_raise(&rt_exc_TypeError,
                        "tuple indices must be integers or slices, not %T",
                        key);
    }
    if (rt_seq_index(key, &i) < 0)
        return RT_NULL;
    if (i < 0)
        i += t->len;
    if (i < 0 || i >= t->len)
        return rt_raise(&rt_exc_IndexError, "tuple index out of range");
    return t->items[i];
}

static rt_val
tuple_add(rt_val a, rt_val b)
{
    struct rt_tuple *s, *t, *result;

    if (!rt_is_tuple(a) || !rt_is_tuple(b))
        return rt_NotImplemented;
    s = rt_tuple_of(a);
    t = rt_tuple_of(b);
    if (!s->len && rt_is_exact(b, &rt_tuple_type))
        return b;
    if (!t->len && rt_is_exact(a, &rt_tuple_type))
        return a;
    if (!(s->len + t->len))
        return rt_from_ptr(&empty);
    result = tuple_alloc(&rt_tuple_type, s->len + t->len);
    if (!result)
        return RT_NULL;
    memcpy(result->items, s->items, (size_t)s->len * sizeof(rt_val));
    memcpy(result->items + s->len, t->items, (size_t)t->len * sizeof(rt_val));
    return rt_from_ptr(result);
}

static rt_val
tuple_mul(rt_val a, rt_val b)
{
    struct rt_tuple *t, *result;
    int64_t times;

    if (!rt_is_tuple(a)) {
        rt_val swap = a;

        a = b;
        b = swap;
    }
    if (!rt_seq_times(b, &times))
        return rt_NotImplemented;
    if (times < 0)
        return RT_NULL;
    t = rt_tuple_of(a);
    if ((!t->len || times == 1) && rt_is_exact(a, &rt_tuple_type))
        return a;
    if (!t->len || !times)
        return rt_from_ptr(&empty);
    if (times > INT64_MAX / 16 / t->len)
        return rt_raise_memory();
    result = tuple_alloc(&rt_tuple_type, t->len * times);
    if (!result)
        return RT_NULL;
    for (int64_t i = 0; i < times; i++)
        memcpy(result->items + i * t->len, t->items,
               (size_t)t->len * sizeof(rt_val));
    return rt_from_ptr(result);
}

/* -- methods -- */

static rt_val
tuple_index(rt_val self, rt_val *args)
{
    struct rt_tuple *t = rt_tuple_of(self);
    int64_t from, to;

    if (rt_seq_bounds(args[1], args[2], t->len, &from, &to) < 0)
        return RT_NULL;
    for (int64_t i = from; i < to && i < t->len; i++) {
        int eq = rt_equal(t->items[i], args[0]);

        if (eq < 0)
            return RT_NULL;
        if (eq)
            return rt_int_from_i64(i);
    }
    return rt_raise(&rt_exc_ValueError, "tuple.index(x): x not in tuple");
}

static rt_val
tuple_count(rt_val self, rt_val *args)
{
    int64_t n = rt_seq_count(self, args[0]);

    return n < 0 ? RT_NULL : rt_int_from_i64(n);
}

static rt_val
tuple_getnewargs(rt_val self, rt_val *args)
{
    struct rt_tuple *t = rt_tuple_of(self);

    (void)args;
    return rt_tuple_pack(1, rt_tuple_new(t->items, t->len));
}

static rt_val
tuple_class_getitem(rt_val self, rt_val *args)
{
    return rt_generic_alias_new(self, args[0]);
}

static const struct rt_method methods[] = {
    RT_METHOD("__getnewargs__", tuple_getnewargs, READS, "($self, /)", NULL),
    RT_METHOD("index", tuple_index, ANY,
              "($self, value, start=0, stop=sys.maxsize, /)",
              "Return first index of value.\n\n"
              "Raises ValueError if the value is not present."),
    RT_METHOD("count", tuple_count, ANY, "($self, value, /)",
              "Return number of occurrences of value."),
    RT_CLASSMETHOD("__class_getitem__", tuple_class_getitem, READS,
                   "($type, object, /)", "See PEP 585"),
    RT_END_METHODS,
};

/* -- iterator -- */

#define ITER(v) ((struct rt_list_iter *)rt_ptr(v))

static rt_val
tuple_iter(rt_val self)
{
    struct rt_list_iter *it = RT_NEW(struct rt_list_iter, &rt_tuple_iter_type);

    it->seq = self;
    return rt_from_ptr(it);
}

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
    if (it->index < rt_tuple_of(it->seq)->len)
        return rt_tuple_of(it->seq)->items[it->index++];
    it->seq = RT_NULL;
    return RT_NULL;
}

static rt_val
iter_hint(rt_val self, rt_val *args)
{
    struct rt_list_iter *it = ITER(self);

    (void)args;
    return rt_from_small(
        rt_is_null(it->seq) ? 0 : rt_tuple_of(it->seq)->len - it->index);
}

static rt_val
iter_reduce(rt_val self, rt_val *args)
{
    struct rt_list_iter *it = ITER(self);
    rt_val iter = rt_builtin_named("iter");

    (void)args;
    if (rt_is_null(it->seq))
        return rt_tuple_pack(2, iter, rt_tuple_pack(1, rt_from_ptr(&empty)));
    return rt_tuple_pack(3, iter, rt_tuple_pack(1, it->seq),
                         rt_int_from_i64(it->index));
}

static rt_val
iter_setstate(rt_val self, rt_val *args)
{
    struct rt_list_iter *it = ITER(self);
    int64_t i, n;

    if (rt_index_i64(args[0], &i, &rt_exc_OverflowError) < 0)
        return RT_NULL;
    if (rt_is_null(it->seq))
        return rt_None;
    n = rt_tuple_of(it->seq)->len;
    it->index = i < 0 ? 0 : i > n ? n : i;
    return rt_None;
}

static void
iter_trace(struct rt_obj *obj, struct rt_marker *m)
{
    rt_gc_visit(m, ((struct rt_list_iter *)obj)->seq);
}

static const struct rt_method iter_methods[] = {
    RT_METHOD("__length_hint__", iter_hint, READS, "($self, /)",
              "Private method returning an estimate of len(list(it))."),
    RT_METHOD("__reduce__", iter_reduce, READS, "($self, /)",
              "Return state information for pickling."),
    RT_METHOD("__setstate__", iter_setstate, ANY, "($self, state, /)",
              "Set state information for unpickling."),
    RT_END_METHODS,
};

struct rt_type rt_tuple_iter_type = {
    RT_TYPE_HEAD(tuple_iter, "tuple_iterator", sizeof(struct rt_list_iter)),
    .flags = RT_TYPE_NOINSTANCE,
    .trace = iter_trace,
    .methods = iter_methods,
    .slots = {.iter = iter_self, .next = iter_next},
};

struct rt_type rt_tuple_type = {
    RT_TYPE_HEAD(tuple, "tuple", sizeof(struct rt_tuple)),
    .flags = RT_TYPE_BASE | RT_TYPE_TUPLE | RT_TYPE_SEQUENCE,
    .inlined = RT_INLINE_TUPLE,
    .trace = tuple_trace,
    .methods = methods,
    .cdoc = "Built-in immutable sequence.\n\n"
            "If no argument is given, the constructor returns an empty tuple.\n"
            "If iterable is specified the tuple is initialized from iterable's "
            "items.\n\nIf the argument is a tuple, the return value is the "
            "same object.",
    .slots =
        {
            .repr = tuple_repr,
            .hash = tuple_hash,
            .compare = tuple_compare,
            .iter = tuple_iter,
            .make = tuple_make,
            .length = tuple_length,
            .getitem = tuple_getitem,
            .contains = rt_seq_contains,
            .binary = {[RT_ADD] = tuple_add, [RT_MUL] = tuple_mul},
        },
};
