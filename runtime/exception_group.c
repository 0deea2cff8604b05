/* SPDX-License-Identifier: MIT
 * runtime/exception_group.c: BaseExceptionGroup and ExceptionGroup, and what
 * except* needs: splitting by type, and joining what was raised and not
 * handled.
 */
#include "config.h"

#include "runtime/exception.h"
#include "runtime/type.h"

#define G(v) rt_exc_as(GROUP, v)

static bool
is_group(rt_val v)
{
    return rt_is_exception(v) &&
           rt_is_subtype(rt_type_of(v), &rt_exc_BaseExceptionGroup);
}

static rt_val
group_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
           rt_val kwnames)
{
    rt_val excs, self, *items;
    bool plain = true;
    int64_t n;

    if (!rt_is_null(kwnames) && rt_tuple_of(kwnames)->len)
        return rt_raise(&rt_exc_TypeError, "%N() takes no keyword arguments",
                        type);
    if (nargs != 2)
        return rt_raise(&rt_exc_TypeError,
                        "BaseExceptionGroup.__new__() takes exactly 2 "
                        "arguments (%u given)",
                        nargs);
    if (!rt_is_str(args[0]))
        return rt_raise(&rt_exc_TypeError,
                        "BaseExceptionGroup.__new__() argument 1 must be "
                        "str, not %T",
                        args[0]);
    if (!rt_type_of(args[1])->slots.getitem || rt_is_dict(args[1]) ||
        rt_is_type(args[1]))
        return rt_raise(&rt_exc_TypeError,
                        "second argument (exceptions) must be a sequence");
    excs = rt_sequence_tuple(args[1]);
    if (rt_is_null(excs))
        return RT_NULL;
    items = rt_seq_items(excs, &n);
    if (!n)
        return rt_raise(&rt_exc_ValueError, "second argument (exceptions) must "
                                            "be a non-empty sequence");
    for (int64_t i = 0; i < n; i++) {
        if (!rt_is_exception(items[i]))
            return rt_raise(&rt_exc_ValueError,
                            "Item %lld of second argument (exceptions) is not "
                            "an exception",
                            (long long)i);
        plain &= rt_is_subtype(rt_type_of(items[i]), &rt_exc_Exception);
    }
    if (type == &rt_exc_BaseExceptionGroup) {
        if (plain)
            type = &rt_exc_ExceptionGroup;
    } else if (!plain && rt_is_subtype(type, &rt_exc_Exception)) {
        return rt_raise(&rt_exc_TypeError,
                        type == &rt_exc_ExceptionGroup
                            ? "Cannot nest BaseExceptions in an %N"
                            : "Cannot nest BaseExceptions in '%N'",
                        type);
    }
    self = rt_exc_alloc(type, rt_tuple_new(args, nargs));
    G(self)->msg = args[0];
    G(self)->excs = excs;
    rt_barrier(rt_ptr(self));
    return self;
}

static rt_val
group_str(rt_val self)
{
    int64_t n = rt_tuple_of(G(self)->excs)->len;

    return rt_str_format("%U (%lld sub-exception%s)", G(self)->msg,
                         (long long)n, n == 1 ? "" : "s");
}

/* -- splitting -- */

/* Does the condition (type, tuple of types or callable) hold? */
static int
matches(rt_val exc, rt_val condition)
{
    rt_val r;

    if (rt_is_type(condition) || rt_is_tuple(condition))
        return rt_exc_matches(exc, condition);
    r = rt_call1(condition, exc);
    return rt_is_null(r) ? -1 : rt_truth(r);
}

/* A group like [orig] of the [excs] (list); None where there are none. */
static rt_val
derive(rt_val orig, rt_val excs)
{
    struct rt_exception *from = rt_exc_of(orig), *to;
    rt_val group, notes;

    if (!rt_list_of(excs)->len)
        return rt_None;
    group = rt_call_method(orig, rt_intern("derive"), 1, &excs);
    if (rt_is_null(group))
        return RT_NULL;
    if (!is_group(group))
        return rt_raise(&rt_exc_TypeError, "derive must return an instance of "
                                           "BaseExceptionGroup");
    to = rt_exc_of(group);
    rt_write(to, &to->traceback, from->traceback);
    rt_write(to, &to->context, from->context);
    rt_write(to, &to->cause, from->cause);
    to->suppress_context = from->suppress_context;
    notes = rt_getattr_opt(orig, RT_ID(notes));
    if (rt_is_null(notes))
        return rt_raised() ? RT_NULL : group;
    if (rt_is_list(notes)) {
        notes = rt_sequence_list(notes);
        if (rt_is_null(notes) || rt_setattr(group, RT_ID(notes), notes) < 0)
            return RT_NULL;
    }
    return group;
}

/* Parts of [exc] that match and that do not; None: nothing. 0, or -1. */
static int
split(rt_val exc, rt_val condition, bool want_rest, rt_val *match, rt_val *rest)
{
    rt_val yes, no, *items;
    int64_t n;
    int m = matches(exc, condition);

    *match = *rest = rt_None;
    if (m < 0)
        return -1;
    if (m) {
        *match = exc;
        return 0;
    }
    if (!is_group(exc)) {
        *rest = exc;
        return 0;
    }
    if (rt_enter(" in exception group split") < 0)
        return -1;
    yes = rt_list_new(NULL, 0);
    no = rt_list_new(NULL, 0);
    items = rt_seq_items(G(exc)->excs, &n);
    for (int64_t i = 0; i < n; i++) {
        rt_val a, b;

        if (split(items[i], condition, want_rest, &a, &b) < 0) {
            rt_leave();
            return -1;
        }
        if (!rt_is_none(a))
            rt_list_append(yes, a);
        if (!rt_is_none(b))
            rt_list_append(no, b);
    }
    rt_leave();
    *match = derive(exc, yes);
    if (rt_is_null(*match))
        return -1;
    if (want_rest) {
        *rest = derive(exc, no);
        if (rt_is_null(*rest))
            return -1;
    }
    return 0;
}

static int
check_condition(rt_val c)
{
    if (rt_is_type(c) && rt_type_ptr(c)->flags & RT_TYPE_EXCEPTION)
        return 0;
    if (rt_is_tuple(c)) {
        int64_t n;
        rt_val *items = rt_seq_items(c, &n);
        bool good = true;

        for (int64_t i = 0; i < n; i++)
            good &= rt_is_type(items[i]) &&
                    (rt_type_ptr(items[i])->flags & RT_TYPE_EXCEPTION) != 0;
        if (good)
            return 0;
    } else if (!rt_is_type(c) && rt_is_callable(c)) {
        return 0;
    }
    rt_raise(&rt_exc_TypeError, "expected a function, exception type or tuple "
                                "of exception types");
    return -1;
}

static rt_val
group_split(rt_val self, rt_val *args)
{
    rt_val match, rest;

    if (check_condition(args[0]) < 0 ||
        split(self, args[0], true, &match, &rest) < 0)
        return RT_NULL;
    return rt_tuple_pack(2, match, rest);
}

static rt_val
group_subgroup(rt_val self, rt_val *args)
{
    rt_val match, rest;

    if (check_condition(args[0]) < 0 ||
        split(self, args[0], false, &match, &rest) < 0)
        return RT_NULL;
    return match;
}

static rt_val
group_derive(rt_val self, rt_val *args)
{
    return rt_exc_new(&rt_exc_BaseExceptionGroup, 2, G(self)->msg, args[0]);
}

static rt_val
group_class_getitem(rt_val cls, rt_val *args)
{
    return rt_generic_alias_new(cls, args[0]);
}

/* -- except* -- */

/* Tuple (what matches, the rest), None where there is nothing. An exception
 * that is no group is matched as a group of itself. */
rt_val
rt_exc_group_match(rt_val exc, rt_val cls)
{
    rt_val match, rest, classes = cls;
    int64_t n = 1;
    rt_val *items = &classes;

    if (rt_is_none(exc))
        return rt_tuple_pack(2, rt_None, rt_None);
    if (rt_is_tuple(cls))
        items = rt_seq_items(cls, &n);
    for (int64_t i = 0; i < n; i++) {
        if (!rt_is_type(items[i]) ||
            !(rt_type_ptr(items[i])->flags & RT_TYPE_EXCEPTION))
            return rt_raise(&rt_exc_TypeError,
                            "catching classes that do not inherit from "
                            "BaseException is not allowed");
        if (rt_is_subtype(rt_type_ptr(items[i]), &rt_exc_BaseExceptionGroup))
            return rt_raise(&rt_exc_TypeError,
                            "catching ExceptionGroup with except* is not "
                            "allowed. Use except instead.");
    }
    if (!is_group(exc)) {
        int m = rt_exc_matches(exc, cls);

        if (m < 0)
            return RT_NULL;
        if (!m)
            return rt_tuple_pack(2, rt_None, exc);
        match = rt_exc_new(&rt_exc_BaseExceptionGroup, 2, RT_ID(empty),
                           rt_tuple_pack(1, exc));
        if (rt_is_null(match))
            return RT_NULL;
        rt_write(rt_ptr(match), &rt_exc_of(match)->traceback,
                 rt_exc_of(exc)->traceback);
        return rt_tuple_pack(2, match, rt_None);
    }
    if (split(exc, cls, true, &match, &rest) < 0)
        return RT_NULL;
    return rt_tuple_pack(2, match, rest);
}

static bool
same_origin(rt_val a, rt_val b)
{
    struct rt_exception *x = rt_exc_of(a), *y = rt_exc_of(b);

    return rt_same(x->traceback, y->traceback) && rt_same(x->cause, y->cause) &&
           rt_same(x->context, y->context);
}

/* Ids of the leaves of [exc]. */
static void
collect_leaves(rt_val exc, rt_val into)
{
    int64_t n;
    rt_val *items;

    if (!is_group(exc)) {
        rt_list_append(into, exc);
        return;
    }
    items = rt_seq_items(G(exc)->excs, &n);
    for (int64_t i = 0; i < n; i++)
        collect_leaves(items[i], into);
}

/* The part of [orig] whose leaves are in the list. */
static rt_val
project(rt_val orig, rt_val leaves)
{
    int64_t n, k;
    rt_val *items, *kept = rt_seq_items(leaves, &k), list;
    bool whole = true;

    if (!is_group(orig)) {
        for (int64_t i = 0; i < k; i++)
            if (rt_same(kept[i], orig))
                return orig;
        return rt_None;
    }
    list = rt_list_new(NULL, 0);
    items = rt_seq_items(G(orig)->excs, &n);
    for (int64_t i = 0; i < n; i++) {
        rt_val part = project(items[i], leaves);

        if (rt_is_null(part))
            return RT_NULL;
        whole &= rt_same(part, items[i]);
        if (!rt_is_none(part))
            rt_list_append(list, part);
    }
    return whole ? orig : derive(orig, list);
}

/* [list]: what except* clauses raised, and the rest that none of them matched
 * (None for nothing). The exception to go on with, or None. */
rt_val
rt_exc_group_end(rt_val orig, rt_val list)
{
    int64_t n;
    rt_val *items = rt_seq_items(list, &n), raised, leaves, rest, exc;

    raised = rt_list_new(NULL, 0);
    leaves = rt_list_new(NULL, 0);
    for (int64_t i = 0; i < n; i++) {
        if (rt_is_none(items[i]))
            continue;
        if (!is_group(orig)) {
            if (rt_same(items[i], orig))
                return orig;
            rt_list_append(raised, items[i]);
        } else if (is_group(items[i]) && same_origin(items[i], orig)) {
            collect_leaves(items[i], leaves);
        } else {
            rt_list_append(raised, items[i]);
        }
    }
    rest = rt_None;
    if (rt_list_of(leaves)->len) {
        rest = project(orig, leaves);
        if (rt_is_null(rest))
            return RT_NULL;
    }
    if (!rt_list_of(raised)->len)
        return rest;
    if (!rt_is_none(rest))
        rt_list_append(raised, rest);
    if (rt_list_of(raised)->len == 1)
        return rt_list_of(raised)->items->items[0];
    exc = rt_exc_new(&rt_exc_BaseExceptionGroup, 2, RT_ID(empty), raised);
    return exc;
}

static const struct rt_method group_methods[] = {
    RT_METHOD("derive", group_derive, ANY, "($self, excs, /)", NULL),
    RT_METHOD("split", group_split, ANY, "($self, condition, /)", NULL),
    RT_METHOD("subgroup", group_subgroup, ANY, "($self, condition, /)", NULL),
    RT_CLASSMETHOD("__class_getitem__", group_class_getitem, ANY,
                   "($type, object, /)", "See PEP 585"),
    RT_END_METHODS,
};
static const char *const group_members[] = {"message", "exceptions", NULL};
const struct rt_exc_behaviour rt_exc_kind_GROUP = {
    group_make, rt_exc_init, group_str, group_methods, group_members};

/* class ExceptionGroup(BaseExceptionGroup, Exception) */
void
rt_exception_group_bases(void)
{
    struct rt_type *t = &rt_exc_ExceptionGroup;

    t->bases = rt_tuple_pack(2, rt_from_ptr(&rt_exc_BaseExceptionGroup),
                             rt_from_ptr(&rt_exc_Exception));
    t->mro = rt_type_mro(t);
    rt_type_add_subclass(&rt_exc_Exception, t);
    rt_type_changed(t);
}
