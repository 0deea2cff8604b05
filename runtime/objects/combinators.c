/* SPDX-License-Identifier: MIT
 * runtime/objects/combinators.c: enumerate, zip, map and filter.
 */
#include "config.h"

#include "runtime/objects/containers.h"

#include "runtime/type.h"

static rt_val
iter_self(rt_val self)
{
    return self;
}

static rt_val
class_getitem(rt_val self, rt_val *args)
{
    return rt_generic_alias_new(self, args[0]);
}

#define REDUCE "Return state information for pickling."

/* -- enumerate -- */

#define ENUMERATE(v) ((struct rt_enumerate *)rt_ptr(v))

static rt_val
enumerate_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
               rt_val kwnames)
{
    static struct rt_signature *sig;
    struct rt_enumerate *e;
    rt_val a[2];

    if (!nargs && rt_is_null(kwnames))
        return rt_raise(&rt_exc_TypeError, "enumerate() missing required "
                                           "argument 'iterable'");
    if (rt_bind(&sig, "enumerate", "(iterable, start=0)", a, args, nargs,
                kwnames) < 0)
        return RT_NULL;
    a[1] = rt_is_null(a[1]) ? rt_from_small(0) : rt_index(a[1]);
    if (rt_is_null(a[1]))
        return RT_NULL;
    a[0] = rt_iter(a[0]);
    if (rt_is_null(a[0]))
        return RT_NULL;
    e = rt_ptr(rt_instance_new(type));
    e->iterator = a[0];
    e->count = a[1];
    return rt_from_ptr(e);
}

static rt_val
enumerate_next(rt_val self)
{
    struct rt_enumerate *e = ENUMERATE(self);
    rt_val item = rt_next(e->iterator), count = e->count;
    struct rt_tuple *t;

    if (rt_is_null(item))
        return item;
    if (rt_is_small(count) && rt_small(count) < NB_INT_MAX)
        e->count = rt_from_small(rt_small(count) + 1);
    else
        rt_write(e, &e->count, rt_int_binary(RT_ADD, count, rt_from_small(1)));
    t = rt_alloc(&rt_tuple_type.root_map, sizeof *t + 2 * sizeof(rt_val));
    t->len = 2;
    t->items[0] = count;
    t->items[1] = item;
    return rt_from_ptr(t);
}

static rt_val
enumerate_reduce(rt_val self, rt_val *args)
{
    struct rt_enumerate *e = ENUMERATE(self);

    (void)args;
    return rt_tuple_pack(2, rt_from_ptr(rt_type_of(self)),
                         rt_tuple_pack(2, e->iterator, e->count));
}

static void
enumerate_trace(struct rt_obj *obj, struct rt_marker *m)
{
    rt_gc_visit(m, ((struct rt_enumerate *)obj)->iterator);
    rt_gc_visit(m, ((struct rt_enumerate *)obj)->count);
}

static const struct rt_method enumerate_methods[] = {
    RT_METHOD("__reduce__", enumerate_reduce, READS, "($self, /)", REDUCE),
    RT_CLASSMETHOD("__class_getitem__", class_getitem, READS,
                   "($type, object, /)", "See PEP 585"),
    RT_END_METHODS,
};

struct rt_type rt_enumerate_type = {
    RT_TYPE_HEAD(enumerate, "enumerate", sizeof(struct rt_enumerate)),
    .flags = RT_TYPE_BASE,
    .trace = enumerate_trace,
    .methods = enumerate_methods,
    .cdoc = "Return an enumerate object.\n\n  iterable\n"
            "    an object supporting iteration\n\n"
            "The enumerate object yields pairs containing a count (from "
            "start, which\ndefaults to zero) and a value yielded by the "
            "iterable argument.\n\nenumerate is useful for obtaining an "
            "indexed list:\n    (0, seq[0]), (1, seq[1]), (2, seq[2]), ...",
    .slots = {.iter = iter_self,
              .next = enumerate_next,
              .make = enumerate_make},
};

/* -- zip and map: a tuple of iterators -- */

#define MULTI(v) ((struct rt_multi *)rt_ptr(v))

static void
multi_trace(struct rt_obj *obj, struct rt_marker *m)
{
    rt_gc_visit(m, ((struct rt_multi *)obj)->func);
    rt_gc_visit(m, ((struct rt_multi *)obj)->iterators);
}

/* Tuple of iter(x) for the arguments. */
static rt_val
iterators_of(const rt_val *args, int64_t n)
{
    rt_val t = rt_tuple_new(NULL, n);

    for (int64_t i = 0; i < n && !rt_is_null(t); i++) {
        rt_val it = rt_iter(args[i]);

        if (rt_is_null(it))
            return it;
        rt_write(rt_ptr(t), &rt_tuple_of(t)->items[i], it);
    }
    return t;
}

static rt_val
multi_new(struct rt_type *type, rt_val func, const rt_val *args, int64_t n)
{
    rt_val iterators = iterators_of(args, n);
    struct rt_multi *z;

    if (rt_is_null(iterators))
        return iterators;
    z = rt_ptr(rt_instance_new(type));
    z->func = func;
    z->iterators = iterators;
    return rt_from_ptr(z);
}

static rt_val
zip_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
         rt_val kwnames)
{
    int strict = 0;
    rt_val z;

    if (!rt_is_null(kwnames) && rt_tuple_of(kwnames)->len) {
        static struct rt_signature *sig;
        rt_val a[2];

        if (rt_bind(&sig, "zip", "(*, strict=False)", a, args + nargs, 0,
                    kwnames) < 0)
            return RT_NULL;
        strict = rt_truth(a[0]);
        if (strict < 0)
            return RT_NULL;
    }
    z = multi_new(type, RT_NULL, args, nargs);
    if (!rt_is_null(z))
        MULTI(z)->strict = strict;
    return z;
}

static const char *
plural_to(int64_t i)
{
    return i == 1 ? " " : "s 1-";
}

/* The iterator [i] ended while those before it did not. */
static rt_val
zip_ended(struct rt_multi *z, int64_t i)
{
    struct rt_tuple *its = rt_tuple_of(z->iterators);

    if (!z->strict || rt_raised())
        return RT_NULL;
    if (i)
        return rt_raise(&rt_exc_ValueError,
                        "zip() argument %lld is shorter than argument%s%lld",
                        (long long)i + 1, plural_to(i), (long long)i);
    for (i = 1; i < its->len; i++) {
        if (!rt_is_null(rt_next(its->items[i])))
            return rt_raise(&rt_exc_ValueError,
                            "zip() argument %lld is longer than argument%s%lld",
                            (long long)i + 1, plural_to(i), (long long)i);
        if (rt_raised())
            return RT_NULL;
    }
    return RT_NULL;
}

static rt_val
zip_next(rt_val self)
{
    struct rt_multi *z = MULTI(self);
    struct rt_tuple *its = rt_tuple_of(z->iterators);
    rt_val t;

    if (!its->len)
        return RT_NULL;
    t = rt_tuple_new(NULL, its->len);
    if (rt_is_null(t))
        return t;
    for (int64_t i = 0; i < its->len; i++) {
        rt_val item = rt_next(its->items[i]);

        if (rt_is_null(item))
            return zip_ended(z, i);
        rt_write(rt_ptr(t), &rt_tuple_of(t)->items[i], item);
    }
    return t;
}

static rt_val
zip_reduce(rt_val self, rt_val *args)
{
    struct rt_multi *z = MULTI(self);
    rt_val type = rt_from_ptr(rt_type_of(self));

    (void)args;
    if (z->strict)
        return rt_tuple_pack(3, type, z->iterators, rt_True);
    return rt_tuple_pack(2, type, z->iterators);
}

static rt_val
zip_setstate(rt_val self, rt_val *args)
{
    int strict = rt_truth(args[0]);

    if (strict < 0)
        return RT_NULL;
    MULTI(self)->strict = strict;
    return rt_None;
}

static const struct rt_method zip_methods[] = {
    RT_METHOD("__reduce__", zip_reduce, READS, "($self, /)", REDUCE),
    RT_METHOD("__setstate__", zip_setstate, ANY, "($self, state, /)",
              "Set state information for unpickling."),
    RT_END_METHODS,
};

struct rt_type rt_zip_type = {
    RT_TYPE_HEAD(zip, "zip", sizeof(struct rt_multi)),
    .flags = RT_TYPE_BASE,
    .trace = multi_trace,
    .methods = zip_methods,
    .cdoc = "zip(*iterables, strict=False) --> Yield tuples until an input is "
            "exhausted.\n\n   >>> list(zip('abcdefg', range(3), range(4)))\n"
            "   [('a', 0, 0), ('b', 1, 1), ('c', 2, 2)]\n\n"
            "The zip object yields n-length tuples, where n is the number of "
            "iterables\npassed as positional arguments to zip().  The i-th "
            "element in every tuple\ncomes from the i-th iterable argument to "
            "zip().  This continues until the\nshortest argument is "
            "exhausted.\n\nIf strict is true and one of the arguments is "
            "exhausted before the others,\nraise a ValueError.",
    .slots = {.iter = iter_self, .next = zip_next, .make = zip_make},
};

/* -- map -- */

static rt_val
map_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
         rt_val kwnames)
{
    if (type == &rt_map_iter_type && rt_no_keywords("map", kwnames) < 0)
        return RT_NULL;
    if (nargs < 2)
        return rt_raise(&rt_exc_TypeError,
                        "map() must have at least two arguments.");
    return multi_new(type, args[0], args + 1, nargs - 1);
}

enum { FEW = 8 };

static rt_val
map_next(rt_val self)
{
    struct rt_multi *z = MULTI(self);
    struct rt_tuple *its = rt_tuple_of(z->iterators);
    struct rt_words *words = NULL;
    rt_val few[FEW], *a = few;

    if (its->len > FEW) {
        words = rt_alloc_words((uint64_t)its->len);
        if (!words)
            return RT_NULL;
        a = words->items;
    }
    for (int64_t i = 0; i < its->len; i++) {
        a[i] = rt_next(its->items[i]);
        if (rt_is_null(a[i]))
            return RT_NULL;
        if (words)
            rt_barrier(words);
    }
    return rt_call(z->func, a, (uint32_t)its->len, RT_NULL);
}

static rt_val
map_reduce(rt_val self, rt_val *args)
{
    struct rt_multi *z = MULTI(self);
    struct rt_tuple *its = rt_tuple_of(z->iterators);
    rt_val all = rt_tuple_new(NULL, its->len + 1);

    (void)args;
    if (rt_is_null(all))
        return all;
    rt_tuple_of(all)->items[0] = z->func;
    memcpy(rt_tuple_of(all)->items + 1, its->items,
           (size_t)its->len * sizeof(rt_val));
    return rt_tuple_pack(2, rt_from_ptr(rt_type_of(self)), all);
}

static const struct rt_method map_methods[] = {
    RT_METHOD("__reduce__", map_reduce, READS, "($self, /)", REDUCE),
    RT_END_METHODS,
};

struct rt_type rt_map_iter_type = {
    RT_TYPE_HEAD(map_iter, "map", sizeof(struct rt_multi)),
    .flags = RT_TYPE_BASE,
    .trace = multi_trace,
    .methods = map_methods,
    .cdoc = "map(func, *iterables) --> map object\n\n"
            "Make an iterator that computes the function using arguments from\n"
            "each of the iterables.  Stops when the shortest iterable is "
            "exhausted.",
    .slots = {.iter = iter_self, .next = map_next, .make = map_make},
};

/* -- filter -- */

struct filter {
    struct rt_obj head;
    rt_val func, iterator;
};
#define FILTER(v) ((struct filter *)rt_ptr(v))

static rt_val
filter_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
            rt_val kwnames)
{
    struct filter *f;
    rt_val it;

    if (type == &rt_filter_type && rt_no_keywords("filter", kwnames) < 0)
        return RT_NULL;
    if (nargs != 2)
        return rt_raise(&rt_exc_TypeError,
                        "filter expected 2 arguments, got %u", nargs);
    it = rt_iter(args[1]);
    if (rt_is_null(it))
        return it;
    f = rt_ptr(rt_instance_new(type));
    f->func = args[0];
    f->iterator = it;
    return rt_from_ptr(f);
}

static rt_val
filter_next(rt_val self)
{
    struct filter *f = FILTER(self);
    bool plain =
        rt_is_none(f->func) || rt_same(f->func, rt_from_ptr(&rt_bool_type));
    rt_val item;

    while (item = rt_next(f->iterator), !rt_is_null(item)) {
        rt_val good = plain ? item : rt_call1(f->func, item);
        int truth = rt_is_null(good) ? -1 : rt_truth(good);

        if (truth)
            return truth < 0 ? RT_NULL : item;
    }
    return RT_NULL;
}

static rt_val
filter_reduce(rt_val self, rt_val *args)
{
    struct filter *f = FILTER(self);

    (void)args;
    return rt_tuple_pack(2, rt_from_ptr(rt_type_of(self)),
                         rt_tuple_pack(2, f->func, f->iterator));
}

static void
filter_trace(struct rt_obj *obj, struct rt_marker *m)
{
    rt_gc_visit(m, ((struct filter *)obj)->func);
    rt_gc_visit(m, ((struct filter *)obj)->iterator);
}

static const struct rt_method filter_methods[] = {
    RT_METHOD("__reduce__", filter_reduce, READS, "($self, /)", REDUCE),
    RT_END_METHODS,
};

struct rt_type rt_filter_type = {
    RT_TYPE_HEAD(filter, "filter", sizeof(struct filter)),
    .flags = RT_TYPE_BASE,
    .trace = filter_trace,
    .methods = filter_methods,
    .cdoc = "filter(function or None, iterable) --> filter object\n\n"
            "Return an iterator yielding those items of iterable for which "
            "function(item)\nis true. If function is None, return the items "
            "that are true.",
    .slots = {.iter = iter_self, .next = filter_next, .make = filter_make},
};
