/* SPDX-License-Identifier: MIT
 * runtime/objects/iterators.c: the iterators that belong to no container: over
 * anything with __getitem__, of iter(callable, sentinel), and reversed. Those
 * of the containers are beside them; zip, map and so on are in combinators.c.
 */
#include "config.h"

#include "runtime/objects/containers.h"

#include "runtime/type.h"

static rt_val
iter_self(rt_val self)
{
    return self;
}

#define HINT     "Private method returning an estimate of len(list(it))."
#define REDUCE   "Return state information for pickling."
#define SETSTATE "Set state information for unpickling."

/* -- by index: seq_iter upwards, reversed downwards -- */

struct seq_iter {
    struct rt_obj head;
    rt_val seq; /* RT_NULL: at its end */
    int64_t index;
};
#define SEQ(v) ((struct seq_iter *)rt_ptr(v))

rt_val
rt_seq_iter_new(rt_val seq)
{
    struct seq_iter *it = RT_NEW(struct seq_iter, &rt_seq_iter_type);

    it->seq = seq;
    return rt_from_ptr(it);
}

static void
seq_trace(struct rt_obj *obj, struct rt_marker *m)
{
    rt_gc_visit(m, ((struct seq_iter *)obj)->seq);
}

/* The item at the index; an IndexError or StopIteration means the end. */
static rt_val
seq_item(struct seq_iter *it)
{
    rt_val v = rt_getitem(it->seq, rt_int_from_i64(it->index));

    if (!rt_is_null(v))
        return v;
    if (rt_exc_is(&rt_exc_IndexError) || rt_exc_is(&rt_exc_StopIteration)) {
        rt_exc_clear();
        it->seq = RT_NULL;
    }
    return RT_NULL;
}

static rt_val
seq_next(rt_val self)
{
    struct seq_iter *it = SEQ(self);
    rt_val v;

    if (rt_is_null(it->seq))
        return RT_NULL;
    v = seq_item(it);
    if (!rt_is_null(v))
        it->index++;
    return v;
}

static rt_val
seq_hint(rt_val self, rt_val *args)
{
    struct seq_iter *it = SEQ(self);
    int64_t n;

    (void)args;
    if (rt_is_null(it->seq))
        return rt_from_small(0);
    if (!rt_type_of(it->seq)->slots.length)
        return rt_NotImplemented;
    n = rt_len(it->seq);
    if (n < 0)
        return RT_NULL;
    return rt_int_from_i64(n > it->index ? n - it->index : 0);
}

static rt_val
seq_reduce(rt_val self, rt_val *args)
{
    struct seq_iter *it = SEQ(self);
    rt_val iter = rt_builtin_named("iter");

    (void)args;
    if (rt_is_null(it->seq))
        return rt_tuple_pack(2, iter, rt_tuple_pack(1, rt_tuple_new(NULL, 0)));
    return rt_tuple_pack(3, iter, rt_tuple_pack(1, it->seq),
                         rt_int_from_i64(it->index));
}

static rt_val
seq_setstate(rt_val self, rt_val *args)
{
    int64_t i;

    if (rt_index_i64(args[0], &i, &rt_exc_OverflowError) < 0)
        return RT_NULL;
    if (!rt_is_null(SEQ(self)->seq))
        SEQ(self)->index = i < 0 ? 0 : i;
    return rt_None;
}

static const struct rt_method seq_methods[] = {
    RT_METHOD("__length_hint__", seq_hint, ANY, "($self, /)", HINT),
    RT_METHOD("__reduce__", seq_reduce, READS, "($self, /)", REDUCE),
    RT_METHOD("__setstate__", seq_setstate, ANY, "($self, state, /)", SETSTATE),
    RT_END_METHODS,
};

struct rt_type rt_seq_iter_type = {
    RT_TYPE_HEAD(seq_iter, "iterator", sizeof(struct seq_iter)),
    .flags = RT_TYPE_NOINSTANCE,
    .trace = seq_trace,
    .methods = seq_methods,
    .slots = {.iter = iter_self, .next = seq_next},
};

/* -- iter(callable, sentinel) -- */

struct call_iter {
    struct rt_obj head;
    rt_val callable; /* RT_NULL: at its end */
    rt_val sentinel;
};
#define CALL(v) ((struct call_iter *)rt_ptr(v))

rt_val
rt_call_iter_new(rt_val callable, rt_val sentinel)
{
    struct call_iter *it = RT_NEW(struct call_iter, &rt_call_iter_type);

    it->callable = callable;
    it->sentinel = sentinel;
    return rt_from_ptr(it);
}

static void
call_trace(struct rt_obj *obj, struct rt_marker *m)
{
    rt_gc_visit(m, ((struct call_iter *)obj)->callable);
    rt_gc_visit(m, ((struct call_iter *)obj)->sentinel);
}

static rt_val
call_next(rt_val self)
{
    struct call_iter *it = CALL(self);
    rt_val v;
    int end;

    if (rt_is_null(it->callable))
        return RT_NULL;
    v = rt_call0(it->callable);
    if (rt_is_null(v)) {
        if (rt_exc_is(&rt_exc_StopIteration)) {
            rt_exc_clear();
            it->callable = RT_NULL;
        }
        return RT_NULL;
    }
    end = rt_equal(it->sentinel, v);
    if (!end)
        return v;
    if (end > 0)
        it->callable = RT_NULL;
    return RT_NULL;
}

static rt_val
call_reduce(rt_val self, rt_val *args)
{
    struct call_iter *it = CALL(self);
    rt_val iter = rt_builtin_named("iter");

    (void)args;
    if (rt_is_null(it->callable))
        return rt_tuple_pack(2, iter, rt_tuple_pack(1, rt_tuple_new(NULL, 0)));
    return rt_tuple_pack(2, iter, rt_tuple_pack(2, it->callable, it->sentinel));
}

static const struct rt_method call_methods[] = {
    RT_METHOD("__reduce__", call_reduce, READS, "($self, /)", REDUCE),
    RT_END_METHODS,
};

struct rt_type rt_call_iter_type = {
    RT_TYPE_HEAD(call_iter, "callable_iterator", sizeof(struct call_iter)),
    .flags = RT_TYPE_NOINSTANCE,
    .trace = call_trace,
    .methods = call_methods,
    .slots = {.iter = iter_self, .next = call_next},
};

/* -- reversed -- */

static rt_val
reversed_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
              rt_val kwnames)
{
    struct seq_iter *it;
    rt_val f;
    int64_t n;

    if (type == &rt_reversed_type && rt_no_keywords("reversed", kwnames) < 0)
        return RT_NULL;
    if (nargs != 1)
        return rt_raise(&rt_exc_TypeError,
                        "reversed expected 1 argument, got %u", nargs);
    f = rt_lookup_special(args[0], RT_ID(reversed));
    if (rt_is_null(f) && rt_raised())
        return f;
    if (!rt_is_null(f) && !rt_is_none(f))
        return rt_call0(f);
    if (!rt_is_null(f) || !rt_type_of(args[0])->slots.getitem ||
        rt_has_flag(args[0], RT_TYPE_DICT))
        return rt_raise(&rt_exc_TypeError, "'%T' object is not reversible",
                        args[0]);
    n = rt_len(args[0]);
    if (n < 0)
        return RT_NULL;
    it = rt_ptr(rt_instance_new(type));
    it->seq = args[0];
    it->index = n - 1;
    return rt_from_ptr(it);
}

static rt_val
reversed_next(rt_val self)
{
    struct seq_iter *it = SEQ(self);
    rt_val v;

    if (rt_is_null(it->seq))
        return RT_NULL;
    if (it->index < 0) {
        it->seq = RT_NULL;
        return RT_NULL;
    }
    v = seq_item(it);
    it->index = rt_is_null(v) ? -1 : it->index - 1;
    return v;
}

static rt_val
reversed_hint(rt_val self, rt_val *args)
{
    struct seq_iter *it = SEQ(self);
    int64_t n;

    (void)args;
    if (rt_is_null(it->seq))
        return rt_from_small(0);
    n = rt_len(it->seq);
    if (n < 0)
        return RT_NULL;
    return rt_int_from_i64(n < it->index + 1 ? 0 : it->index + 1);
}

static rt_val
reversed_reduce(rt_val self, rt_val *args)
{
    struct seq_iter *it = SEQ(self);
    rt_val type = rt_from_ptr(rt_type_of(self));

    (void)args;
    if (rt_is_null(it->seq))
        return rt_tuple_pack(2, type, rt_tuple_pack(1, rt_tuple_new(NULL, 0)));
    return rt_tuple_pack(3, type, rt_tuple_pack(1, it->seq),
                         rt_int_from_i64(it->index));
}

static rt_val
reversed_setstate(rt_val self, rt_val *args)
{
    struct seq_iter *it = SEQ(self);
    int64_t i, n;

    if (rt_index_i64(args[0], &i, &rt_exc_OverflowError) < 0)
        return RT_NULL;
    if (rt_is_null(it->seq))
        return rt_None;
    n = rt_len(it->seq);
    if (n < 0)
        return RT_NULL;
    it->index = i < -1 ? -1 : i > n - 1 ? n - 1 : i;
    return rt_None;
}

static const struct rt_method reversed_methods[] = {
    RT_METHOD("__length_hint__", reversed_hint, ANY, "($self, /)", HINT),
    RT_METHOD("__reduce__", reversed_reduce, READS, "($self, /)", REDUCE),
    RT_METHOD("__setstate__", reversed_setstate, ANY, "($self, state, /)",
              SETSTATE),
    RT_END_METHODS,
};

struct rt_type rt_reversed_type = {
    RT_TYPE_HEAD(reversed, "reversed", sizeof(struct seq_iter)),
    .flags = RT_TYPE_BASE,
    .trace = seq_trace,
    .methods = reversed_methods,
    .cdoc = "Return a reverse iterator over the values of the given sequence.",
    .slots = {.iter = iter_self, .next = reversed_next, .make = reversed_make},
};
