/* SPDX-License-Identifier: MIT
 * runtime/objects/slice.c: slice, and clipping slices to sequences.
 */
#include "config.h"

#include "runtime/objects/containers.h"

rt_val
rt_slice_new(rt_val start, rt_val stop, rt_val step)
{
    struct rt_slice *s = RT_NEW(struct rt_slice, &rt_slice_type);

    s->start = start;
    s->stop = stop;
    s->step = step;
    return rt_from_ptr(s);
}

static int
other_number(rt_val v, int64_t *out)
{
    if (!rt_is_index(v)) {
        rt_raise(&rt_exc_TypeError, "slice indices must be integers or None or "
                                    "have an __index__ method");
        return -1;
    }
    return rt_index_i64(v, out, NULL);
}

NAC_INLINE int
slice_number(rt_val v, int64_t *out)
{
    if (NAC_UNLIKELY(!rt_is_small(v)))
        return other_number(v, out);
    *out = rt_small(v);
    return 0;
}

int
rt_slice_unpack_any(rt_val slice, int64_t *start, int64_t *stop, int64_t *step)
{
    struct rt_slice *s = rt_slice_of(slice);

    *step = 1;
    if (!rt_is_none(s->step)) {
        if (slice_number(s->step, step) < 0)
            return -1;
        if (!*step) {
            rt_raise(&rt_exc_ValueError, "slice step cannot be zero");
            return -1;
        }
        if (*step == INT64_MIN)
            *step = -INT64_MAX;
    }
    *start = *step < 0 ? INT64_MAX : 0;
    *stop = *step < 0 ? INT64_MIN : INT64_MAX;
    if (!rt_is_none(s->start) && slice_number(s->start, start) < 0)
        return -1;
    return rt_is_none(s->stop) ? 0 : slice_number(s->stop, stop);
}

int
rt_slice_adjust(rt_val slice, int64_t len, int64_t *start, int64_t *stop,
                int64_t *step, int64_t *count)
{
    if (rt_slice_unpack(slice, start, stop, step) < 0)
        return -1;
    *count = rt_slice_clip(len, start, stop, *step);
    return 0;
}

static rt_val
slice_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
           rt_val kwnames)
{
    (void)type;
    if (!rt_is_null(kwnames) && rt_tuple_of(kwnames)->len)
        return rt_raise(&rt_exc_TypeError,
                        "slice() takes no keyword arguments");
    switch (nargs) {
    case 0:
        return rt_raise(&rt_exc_TypeError,
                        "slice expected at least 1 argument, got 0");
    case 1:
        return rt_slice_new(rt_None, args[0], rt_None);
    case 2:
        return rt_slice_new(args[0], args[1], rt_None);
    case 3:
        return rt_slice_new(args[0], args[1], args[2]);
    default:
        return rt_raise(&rt_exc_TypeError,
                        "slice expected at most 3 arguments, got %u", nargs);
    }
}

static rt_val
slice_repr(rt_val self)
{
    struct rt_slice *s = rt_slice_of(self);

    return rt_str_format("slice(%R, %R, %R)", s->start, s->stop, s->step);
}

static int64_t
slice_hash(rt_val self)
{
    rt_raise(&rt_exc_TypeError, "unhashable type: '%T'", self);
    return -1;
}

static rt_val
slice_tuple(rt_val self)
{
    struct rt_slice *s = rt_slice_of(self);

    return rt_tuple_pack(3, s->start, s->stop, s->step);
}

static rt_val
slice_compare(rt_val a, rt_val b, enum rt_cmp op)
{
    if (!rt_is_exact(a, &rt_slice_type) || !rt_is_exact(b, &rt_slice_type))
        return rt_NotImplemented;
    if (rt_same(a, b))
        return rt_from_bool(op == RT_EQ || op == RT_LE || op == RT_GE);
    return rt_seq_compare(slice_tuple(a), slice_tuple(b), op);
}

static void
slice_trace(struct rt_obj *obj, struct rt_marker *m)
{
    struct rt_slice *s = (struct rt_slice *)obj;

    rt_gc_visit(m, s->start);
    rt_gc_visit(m, s->stop);
    rt_gc_visit(m, s->step);
}

/* -- indices(): for any length, with ints of any size -- */

static int
negative(rt_val v)
{
    return rt_compare_bool(v, rt_from_small(0), RT_LT);
}

/* The bound [v] (None: [other]) clipped to [low, high]. */
static rt_val
clip_any(rt_val v, rt_val len, rt_val low, rt_val high, rt_val other)
{
    if (rt_is_none(v))
        return other;
    if (!rt_is_index(v))
        return rt_raise(&rt_exc_TypeError, "slice indices must be integers or "
                                           "None or have an __index__ method");
    v = rt_index(v);
    if (rt_is_null(v))
        return v;
    if (negative(v)) {
        v = rt_int_binary(RT_ADD, v, len);
        return rt_compare_bool(v, low, RT_LT) ? low : v;
    }
    return rt_compare_bool(v, high, RT_GT) ? high : v;
}

static rt_val
slice_indices(rt_val self, rt_val *args)
{
    struct rt_slice *s = rt_slice_of(self);
    rt_val len = rt_index(args[0]), step = rt_from_small(1), low, high;
    rt_val start, stop, one = rt_from_small(1);
    bool down;

    if (rt_is_null(len))
        return len;
    if (negative(len))
        return rt_raise(&rt_exc_ValueError, "length should not be negative");
    if (!rt_is_none(s->step)) {
        if (!rt_is_index(s->step))
            return rt_raise(&rt_exc_TypeError,
                            "slice indices must be integers or None or have an "
                            "__index__ method");
        step = rt_index(s->step);
        if (rt_is_null(step))
            return step;
        if (rt_same(step, rt_from_small(0)))
            return rt_raise(&rt_exc_ValueError, "slice step cannot be zero");
    }
    down = negative(step);
    low = rt_from_small(down ? -1 : 0);
    high = down ? rt_int_binary(RT_SUB, len, one) : len;
    start = clip_any(s->start, len, low, high, down ? high : low);
    if (rt_is_null(start))
        return start;
    stop = clip_any(s->stop, len, low, high, down ? low : high);
    return rt_is_null(stop) ? stop : rt_tuple_pack(3, start, stop, step);
}

static rt_val
slice_reduce(rt_val self, rt_val *args)
{
    (void)args;
    return rt_tuple_pack(2, rt_from_ptr(&rt_slice_type), slice_tuple(self));
}

static const struct rt_method methods[] = {
    RT_METHOD("indices", slice_indices, ANY, "($self, object, /)",
              "S.indices(len) -> (start, stop, stride)\n\n"
              "Assuming a sequence of length len, calculate the start and "
              "stop\nindices, and the stride length of the extended slice "
              "described by\nS. Out of bounds indices are clipped in a manner "
              "consistent with the\nhandling of normal slices."),
    RT_METHOD("__reduce__", slice_reduce, READS, "($self, /)",
              "Return state information for pickling."),
    RT_END_METHODS,
};

#define GETTER(name)                                                           \
    static rt_val slice_##name(rt_val self)                                    \
    {                                                                          \
        return rt_slice_of(self)->name;                                        \
    }
GETTER(start)
GETTER(stop)
GETTER(step)
#undef GETTER

static const struct rt_getset getsets[] = {
    {"start", slice_start, NULL, NULL},
    {"stop", slice_stop, NULL, NULL},
    {"step", slice_step, NULL, NULL},
    RT_END_GETSETS,
};

struct rt_type rt_slice_type = {
    RT_TYPE_HEAD(slice, "slice", sizeof(struct rt_slice)),
    .trace = slice_trace,
    .methods = methods,
    .getsets = getsets,
    .cdoc = "slice(stop)\nslice(start, stop[, step])\n\n"
            "Create a slice object.  This is used for extended slicing (e.g. "
            "a[0:10:2]).",
    .slots =
        {
            .repr = slice_repr,
            .hash = slice_hash,
            .compare = slice_compare,
            .make = slice_make,
        },
};
