/* SPDX-License-Identifier: MIT
 * runtime/objects/range.c: range over ints of any size, and its iterators.
 * Where all items are small ints, first, by and count say the same in C
 * numbers: loops in the interpreter and in traces read those; else count is -1.
 */
#include "config.h"

#include "runtime/objects/containers.h"

#include "runtime/type.h"
#include "runtime/interp/inlined.h"

#define R(v) rt_range_of(v)
#define ZERO rt_from_small(0)
#define ONE  rt_from_small(1)

/* -- making -- */

static int
is_less(rt_val a, rt_val b)
{
    if (rt_is_small(a) && rt_is_small(b))
        return rt_small(a) < rt_small(b);
    return rt_compare_bool(a, b, RT_LT);
}

/* Number of items, as int. */
static rt_val
range_length(rt_val start, rt_val stop, rt_val step)
{
    bool down = is_less(step, ZERO);
    rt_val low = down ? stop : start, high = down ? start : stop, n;

    if (!is_less(low, high))
        return ZERO;
    if (down)
        step = rt_int_binary(RT_SUB, ZERO, step);
    n = rt_int_binary(RT_SUB, rt_int_binary(RT_SUB, high, low), ONE);
    n = rt_int_binary(RT_FLOORDIV, n, step);
    return rt_int_binary(RT_ADD, n, ONE);
}

/* Fills first, by, count where every item is a small int and the step behind
 * the last one fits int64. */
static void
native_numbers(struct rt_range *r)
{
    int64_t first, by, n, last, end;

    r->count = -1;
    if (!rt_int_to_i64(r->start, &first) || !rt_int_to_i64(r->step, &by) ||
        !rt_int_to_i64(r->length, &n) || __builtin_mul_overflow(n, by, &last) ||
        __builtin_add_overflow(first, last, &end) || n > NB_INT_MAX ||
        (n > 0 && !(rt_fits_small(first) && rt_fits_small(end - by))))
        return;
    r->first = first;
    r->by = by;
    r->count = n;
}

static rt_val
range_new(rt_val start, rt_val stop, rt_val step)
{
    struct rt_range *r = RT_NEW(struct rt_range, &rt_range_type);

    r->start = start;
    r->stop = stop;
    r->step = step;
    if (rt_is_small(start) && rt_is_small(stop) && rt_is_small(step)) {
        int64_t a = rt_small(start), b = rt_small(stop), by = rt_small(step);

        r->first = a;
        r->by = by;
        r->count = by > 0 ? (a < b ? (b - a - 1) / by + 1 : 0)
                          : (b < a ? (a - b - 1) / -by + 1 : 0);
        r->length = rt_int_from_i64(r->count);
        if (r->count > NB_INT_MAX)
            r->count = -1;
        return rt_from_ptr(r);
    }
    r->count = -1;
    r->length = range_length(start, stop, step);
    native_numbers(r);
    rt_barrier(r);
    return rt_from_ptr(r);
}

static rt_val
range_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
           rt_val kwnames)
{
    rt_val a[3] = {ZERO, ZERO, ONE};

    (void)type;
    if (!rt_is_null(kwnames) && rt_tuple_of(kwnames)->len)
        return rt_raise(&rt_exc_TypeError,
                        "range() takes no keyword arguments");
    if (!nargs)
        return rt_raise(&rt_exc_TypeError,
                        "range expected at least 1 argument, got 0");
    if (nargs > 3)
        return rt_raise(&rt_exc_TypeError,
                        "range expected at most 3 arguments, got %u", nargs);
    for (uint32_t i = 0; i < nargs; i++) {
        rt_val v = rt_is_small(args[i]) ? args[i] : rt_index(args[i]);

        if (rt_is_null(v))
            return v;
        a[nargs == 1 ? 1 : i] = v;
    }
    if (rt_same(a[2], ZERO))
        return rt_raise(&rt_exc_ValueError, "range() arg 3 must not be zero");
    return range_new(a[0], a[1], a[2]);
}

static void
range_trace(struct rt_obj *obj, struct rt_marker *m)
{
    struct rt_range *r = (struct rt_range *)obj;

    rt_gc_visit(m, r->start);
    rt_gc_visit(m, r->stop);
    rt_gc_visit(m, r->step);
    rt_gc_visit(m, r->length);
}

/* -- slots -- */

static rt_val
range_repr(rt_val self)
{
    struct rt_range *r = R(self);

    if (rt_same(r->step, ONE))
        return rt_str_format("range(%R, %R)", r->start, r->stop);
    return rt_str_format("range(%R, %R, %R)", r->start, r->stop, r->step);
}

static int
range_truth(rt_val self)
{
    return !rt_same(R(self)->length, ZERO);
}

static int64_t
range_len(rt_val self)
{
    int64_t n;

    if (rt_int_to_i64(R(self)->length, &n))
        return n;
    rt_raise(&rt_exc_OverflowError,
             "Python int too large to convert to C ssize_t");
    return -1;
}

static rt_val
item_at(struct rt_range *r, rt_val i)
{
    int64_t n;

    if (r->count >= 0 && rt_int_to_i64(i, &n))
        return rt_int_from_i64(r->first + n * r->by);
    return rt_int_binary(RT_ADD, r->start, rt_int_binary(RT_MUL, i, r->step));
}

static rt_val
range_slice(struct rt_range *r, rt_val slice)
{
    rt_val len = r->length, t, a[3];

    t = rt_call_method(slice, rt_intern("indices"), 1, &len);
    if (rt_is_null(t))
        return t;
    memcpy(a, rt_tuple_of(t)->items, sizeof a);
    return range_new(item_at(r, a[0]), item_at(r, a[1]),
                     rt_int_binary(RT_MUL, r->step, a[2]));
}

static rt_val
range_getitem(rt_val self, rt_val key)
{
    struct rt_range *r = R(self);

    if (!rt_is_index(key)) {
        if (rt_is_exact(key, &rt_slice_type))
            return range_slice(r, key);
        return rt_raise(&rt_exc_TypeError,
                        "range indices must be integers or slices, not %T",
                        key);
    }
    key = rt_index(key);
    if (rt_is_null(key))
        return key;
    if (is_less(key, ZERO))
        key = rt_int_binary(RT_ADD, key, r->length);
    if (is_less(key, ZERO) || !is_less(key, r->length))
        return rt_raise(&rt_exc_IndexError, "range object index out of range");
    return item_at(r, key);
}

/* Position of an int, RT_NULL: not in the range (no exception). */
static rt_val
position(struct rt_range *r, rt_val v)
{
    bool down = is_less(r->step, ZERO);
    rt_val off;

    if (down ? (is_less(r->start, v) || !is_less(r->stop, v))
             : (is_less(v, r->start) || !is_less(v, r->stop)))
        return RT_NULL;
    off = rt_int_binary(RT_SUB, v, r->start);
    if (!rt_same(rt_int_binary(RT_MOD, off, r->step), ZERO))
        return RT_NULL;
    return rt_int_binary(RT_FLOORDIV, off, r->step);
}

static bool
plain_int(rt_val v)
{
    return rt_is_small(v) || rt_is_exact(v, &rt_int_type) ||
           rt_is_exact(v, &rt_bool_type);
}

static int
range_contains(rt_val self, rt_val v)
{
    if (!plain_int(v))
        return rt_contains_by_iteration(self, v);
    return !rt_is_null(position(R(self), rt_index(v)));
}

static bool
ranges_equal(const struct rt_range *a, const struct rt_range *b)
{
    if (rt_compare_bool(a->length, b->length, RT_NE))
        return false;
    if (rt_same(a->length, ZERO))
        return true;
    if (rt_compare_bool(a->start, b->start, RT_NE))
        return false;
    return rt_same(a->length, ONE) || rt_compare_bool(a->step, b->step, RT_EQ);
}

static rt_val
range_compare(rt_val a, rt_val b, enum rt_cmp op)
{
    if ((op != RT_EQ && op != RT_NE) || !rt_is_exact(a, &rt_range_type) ||
        !rt_is_exact(b, &rt_range_type))
        return rt_NotImplemented;
    return rt_from_bool(ranges_equal(R(a), R(b)) == (op == RT_EQ));
}

static int64_t
range_hash(rt_val self)
{
    struct rt_range *r = R(self);
    bool none = rt_same(r->length, ZERO), one = rt_same(r->length, ONE);

    return rt_hash(rt_tuple_pack(3, r->length, none ? rt_None : r->start,
                                 none || one ? rt_None : r->step));
}

/* -- methods -- */

static rt_val
range_reduce(rt_val self, rt_val *args)
{
    struct rt_range *r = R(self);

    (void)args;
    return rt_tuple_pack(2, rt_from_ptr(&rt_range_type),
                         rt_tuple_pack(3, r->start, r->stop, r->step));
}

static rt_val
range_count(rt_val self, rt_val *args)
{
    rt_val it, item;
    int64_t n = 0;

    if (plain_int(args[0]))
        return rt_from_small(!rt_is_null(position(R(self), rt_index(args[0]))));
    it = rt_iter(self);
    while (item = rt_next(it), !rt_is_null(item)) {
        int eq = rt_equal(item, args[0]);

        if (eq < 0)
            return RT_NULL;
        n += eq;
    }
    return rt_raised() ? RT_NULL : rt_int_from_i64(n);
}

static rt_val
range_index(rt_val self, rt_val *args)
{
    rt_val it, item;
    int64_t n = 0;

    if (plain_int(args[0])) {
        rt_val at = position(R(self), rt_index(args[0]));

        if (!rt_is_null(at))
            return at;
        return rt_raise(&rt_exc_ValueError, "%R is not in range", args[0]);
    }
    it = rt_iter(self);
    for (; item = rt_next(it), !rt_is_null(item); n++) {
        int eq = rt_equal(item, args[0]);

        if (eq)
            return eq < 0 ? RT_NULL : rt_int_from_i64(n);
    }
    return rt_raise(&rt_exc_ValueError, "sequence.index(x): x not in sequence");
}

/* -- iterator -- */

#define ITER(v) ((struct rt_range_iter *)rt_ptr(v))

static rt_val
iter_over(struct rt_range *r, bool back)
{
    struct rt_range_iter *it =
        RT_NEW(struct rt_range_iter, &rt_range_iter_type);

    it->start = RT_NULL;
    it->count = r->count;
    if (r->count >= 0) {
        it->first = back ? r->first + (r->count - 1) * r->by : r->first;
        it->by = back ? -r->by : r->by;
        return rt_from_ptr(it);
    }
    it->start = r->start;
    it->step = r->step;
    it->at = ZERO;
    it->length = r->length;
    if (back) {
        it->start = item_at(r, rt_int_binary(RT_SUB, r->length, ONE));
        it->step = rt_int_binary(RT_SUB, ZERO, r->step);
        rt_barrier(it);
    }
    return rt_from_ptr(it);
}

static rt_val
range_iter(rt_val self)
{
    return iter_over(R(self), false);
}

static rt_val
range_reversed(rt_val self, rt_val *args)
{
    (void)args;
    return iter_over(R(self), true);
}

static rt_val
iter_self(rt_val self)
{
    return self;
}

static rt_val
iter_next(rt_val self)
{
    struct rt_range_iter *it = ITER(self);
    rt_val at;

    if (rt_is_null(it->start)) {
        if (it->index >= it->count)
            return RT_NULL;
        return rt_int_from_i64(it->first + it->by * it->index++);
    }
    at = it->at;
    if (!is_less(at, it->length))
        return RT_NULL;
    rt_write(it, &it->at, rt_int_binary(RT_ADD, at, ONE));
    return rt_int_binary(RT_ADD, it->start,
                         rt_int_binary(RT_MUL, at, it->step));
}

static rt_val
iter_hint(rt_val self, rt_val *args)
{
    struct rt_range_iter *it = ITER(self);

    (void)args;
    if (rt_is_null(it->start))
        return rt_int_from_i64(it->count - it->index);
    return rt_int_binary(RT_SUB, it->length, it->at);
}

/* iter(range) and how many of its items are gone */
static rt_val
iter_reduce(rt_val self, rt_val *args)
{
    struct rt_range_iter *it = ITER(self);
    bool native = rt_is_null(it->start);
    rt_val start = native ? rt_int_from_i64(it->first) : it->start;
    rt_val step = native ? rt_int_from_i64(it->by) : it->step;
    rt_val n = native ? rt_int_from_i64(it->count) : it->length;
    rt_val at = native ? rt_int_from_i64(it->index) : it->at;
    rt_val stop = rt_int_binary(RT_ADD, start, rt_int_binary(RT_MUL, n, step));

    (void)args;
    return rt_tuple_pack(3, rt_builtin_named("iter"),
                         rt_tuple_pack(1, range_new(start, stop, step)), at);
}

static rt_val
iter_setstate(rt_val self, rt_val *args)
{
    struct rt_range_iter *it = ITER(self);
    rt_val at = rt_index(args[0]);
    int64_t i;

    if (rt_is_null(at))
        return at;
    if (is_less(at, ZERO))
        at = ZERO;
    if (!rt_is_null(it->start))
        rt_write(it, &it->at, is_less(it->length, at) ? it->length : at);
    else
        it->index = rt_int_to_i64(at, &i) && i < it->count ? i : it->count;
    return rt_None;
}

static void
iter_trace(struct rt_obj *obj, struct rt_marker *m)
{
    struct rt_range_iter *it = (struct rt_range_iter *)obj;

    rt_gc_visit(m, it->start);
    rt_gc_visit(m, it->step);
    rt_gc_visit(m, it->at);
    rt_gc_visit(m, it->length);
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

struct rt_type rt_range_iter_type = {
    RT_TYPE_HEAD(range_iter, "range_iterator", sizeof(struct rt_range_iter)),
    .flags = RT_TYPE_NOINSTANCE,
    .trace = iter_trace,
    .methods = iter_methods,
    .slots = {.iter = iter_self, .next = iter_next},
};

/* -- the type -- */

#define GETTER(name)                                                           \
    static rt_val range_get_##name(rt_val self)                                \
    {                                                                          \
        return R(self)->name;                                                  \
    }
GETTER(start)
GETTER(stop)
GETTER(step)
#undef GETTER

static const struct rt_getset getsets[] = {
    {"start", range_get_start, NULL, NULL},
    {"stop", range_get_stop, NULL, NULL},
    {"step", range_get_step, NULL, NULL},
    RT_END_GETSETS,
};

static const struct rt_method methods[] = {
    RT_METHOD("__reversed__", range_reversed, READS, "($self, /)",
              "Return a reverse iterator."),
    RT_METHOD("__reduce__", range_reduce, READS, "($self, /)", NULL),
    RT_METHOD("count", range_count, ANY, "($self, value, /)",
              "rangeobject.count(value) -> integer -- return number of "
              "occurrences of value"),
    RT_METHOD("index", range_index, ANY, "($self, value, /)",
              "rangeobject.index(value) -> integer -- return index of value.\n"
              "Raise ValueError if the value is not present."),
    RT_END_METHODS,
};

struct rt_type rt_range_type = {
    RT_TYPE_HEAD(range, "range", sizeof(struct rt_range)),
    .inlined = RT_INLINE_RANGE,
    .flags = RT_TYPE_SEQUENCE,
    .trace = range_trace,
    .methods = methods,
    .getsets = getsets,
    .cdoc = "range(stop) -> range object\n"
            "range(start, stop[, step]) -> range object\n\n"
            "Return an object that produces a sequence of integers from start "
            "(inclusive)\nto stop (exclusive) by step.  range(i, j) produces "
            "i, i+1, i+2, ..., j-1.\nstart defaults to 0, and stop is omitted! "
            " range(4) produces 0, 1, 2, 3.\nThese are exactly the valid "
            "indices for a list of 4 elements.\nWhen step is given, it "
            "specifies the increment (or decrement).",
    .slots =
        {
            .repr = range_repr,
            .hash = range_hash,
            .compare = range_compare,
            .iter = range_iter,
            .make = range_make,
            .truth = range_truth,
            .length = range_len,
            .getitem = range_getitem,
            .contains = range_contains,
        },
};
