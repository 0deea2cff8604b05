/* SPDX-License-Identifier: MIT
 * runtime/objects/dict_type.c: the methods and operators of dict. The table
 * itself is in dict.c, views and iterators in dict_views.c.
 */
#include "config.h"

#include "runtime/interp/inlined.h"
#include "runtime/objects/containers.h"

#include "runtime/type.h"

/* -- making -- */

static rt_val
dict_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
          rt_val kwnames)
{
    (void)args;
    (void)nargs;
    (void)kwnames;
    return type == &rt_dict_type ? rt_dict_new() : rt_instance_new(type);
}

int
rt_dict_update_args(rt_val dict, const char *name, const rt_val *args,
                    uint32_t nargs, rt_val kwnames)
{
    int64_t n;
    rt_val *names;

    if (nargs > 1) {
        rt_raise(&rt_exc_TypeError, "%s expected at most 1 argument, got %u",
                 name, nargs);
        return -1;
    }
    if (nargs && rt_dict_merge(dict, args[0], true) < 0)
        return -1;
    if (rt_is_null(kwnames))
        return 0;
    names = rt_seq_items(kwnames, &n);
    for (int64_t i = 0; i < n; i++)
        if (rt_dict_set(dict, names[i], args[nargs + i]) < 0)
            return -1;
    return 0;
}

static int
dict_init(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    return rt_dict_update_args(self, "dict", args, nargs, kwnames);
}

/* -- slots -- */

static rt_val
missing(rt_val self, rt_val key)
{
    if (!rt_is_exact_dict(self)) {
        rt_val v = rt_call_special(self, RT_ID(missing), &key, 1);

        if (!rt_is_null(v) || rt_raised())
            return v;
    }
    return rt_raise_key(key);
}

static rt_val
dict_getitem(rt_val self, rt_val key)
{
    rt_val v = rt_dict_get(self, key);

    return rt_is_null(v) && !rt_raised() ? missing(self, key) : v;
}

static int
dict_setitem(rt_val self, rt_val key, rt_val value)
{
    int found;

    if (!rt_is_null(value))
        return rt_dict_set(self, key, value);
    found = rt_dict_del(self, key);
    if (!found)
        rt_raise_key(key);
    return found == 1 ? 0 : -1;
}

static int64_t
dict_length(rt_val self)
{
    return rt_dict_of(self)->used;
}

static int
add_pair(struct rt_builder *b, rt_val key, rt_val value)
{
    rt_val s = rt_repr(key);

    if (rt_is_null(s))
        return -1;
    rt_builder_str(b, s);
    rt_builder_utf8(b, ": ", 2);
    s = rt_repr(value);
    if (rt_is_null(s))
        return -1;
    rt_builder_str(b, s);
    return 0;
}

static rt_val
dict_repr(rt_val self)
{
    struct rt_builder b = {0};
    rt_val key, value;
    int64_t pos = 0;
    bool first = true;

    if (!rt_dict_of(self)->used)
        return rt_str_new("{}", 2);
    if (rt_repr_enter(self))
        return rt_str_new("{...}", 5);
    rt_builder_add(&b, '{');
    while (rt_dict_next(self, &pos, &key, &value)) {
        if (!first)
            rt_builder_utf8(&b, ", ", 2);
        first = false;
        if (add_pair(&b, key, value) < 0) {
            rt_repr_leave(self);
            rt_builder_drop(&b);
            return RT_NULL;
        }
    }
    rt_builder_add(&b, '}');
    rt_repr_leave(self);
    return rt_builder_finish(&b);
}

static int
dicts_equal(rt_val a, rt_val b)
{
    struct rt_dict *d = rt_dict_of(a), *e = rt_dict_of(b);
    rt_val key, value, other;
    int64_t pos = 0, hash;

    if (d->used != e->used)
        return 0;
    while (rt_dict_next_hash(d, &pos, &key, &value, &hash)) {
        int eq;

        other = rt_dict_get_hashed(e, key, hash);
        if (rt_is_null(other))
            return rt_raised() ? -1 : 0;
        eq = rt_equal(value, other);
        if (eq <= 0)
            return eq;
    }
    return 1;
}

static rt_val
dict_compare(rt_val a, rt_val b, enum rt_cmp op)
{
    int eq;

    if ((op != RT_EQ && op != RT_NE) || !rt_is_dict(a) || !rt_is_dict(b))
        return rt_NotImplemented;
    eq = dicts_equal(a, b);
    return eq < 0 ? RT_NULL : rt_from_bool(eq == (op == RT_EQ));
}

static rt_val
dict_or(rt_val a, rt_val b)
{
    rt_val result;

    if (!rt_is_dict(a) || !rt_is_dict(b))
        return rt_NotImplemented;
    result = rt_dict_copy(a);
    if (rt_is_null(result) || rt_dict_merge(result, b, true) < 0)
        return RT_NULL;
    return result;
}

static rt_val
dict_ior(rt_val self, rt_val other)
{
    return rt_dict_merge(self, other, true) < 0 ? RT_NULL : self;
}

static rt_val
dict_iter(rt_val self)
{
    return rt_dict_iter(self, RT_DICT_KEYS);
}

static void
dict_trace(struct rt_obj *obj, struct rt_marker *m)
{
    rt_gc_visit_ptr(m, ((struct rt_dict *)obj)->entries);
    rt_gc_visit_ptr(m, ((struct rt_dict *)obj)->index);
    if (((struct rt_dict *)obj)->flags & RT_DICT_NAMESPACE)
        rt_gc_visit(m, ((struct rt_namespace *)obj)->graves);
}

/* -- methods -- */

static rt_val
dict_getitem_method(rt_val self, rt_val *args)
{
    return dict_getitem(self, args[0]);
}

static rt_val
dict_contains_method(rt_val self, rt_val *args)
{
    int there = rt_dict_contains(self, args[0]);

    return there < 0 ? RT_NULL : rt_from_bool(there);
}

static rt_val
dict_get(rt_val self, rt_val *args)
{
    rt_val v = rt_dict_get(self, args[0]);

    if (!rt_is_null(v) || rt_raised())
        return v;
    return rt_is_null(args[1]) ? rt_None : args[1];
}

static rt_val
dict_setdefault(rt_val self, rt_val *args)
{
    return rt_dict_setdefault(self, args[0],
                              rt_is_null(args[1]) ? rt_None : args[1]);
}

static rt_val
dict_pop(rt_val self, rt_val *args)
{
    rt_val v;

    if (!rt_dict_of(self)->used)
        return rt_is_null(args[1]) ? rt_raise_key(args[0]) : args[1];
    v = rt_dict_pop(self, args[0]);
    if (!rt_is_null(v) || rt_raised())
        return v;
    return rt_is_null(args[1]) ? rt_raise_key(args[0]) : args[1];
}

static rt_val
dict_popitem(rt_val self, rt_val *args)
{
    struct rt_dict *d = rt_dict_of(self);
    int64_t at = d->filled - 1;
    rt_val pair;

    (void)args;
    if (!d->used)
        return rt_raise_value(&rt_exc_KeyError,
                              rt_str_new("popitem(): dictionary is empty", -1));
    pair = rt_tuple_pack(2, d->entries->items[at].key, rt_dict_value(d, at));
    rt_dict_remove(d, at);
    return pair;
}

static rt_val
dict_keys(rt_val self, rt_val *args)
{
    (void)args;
    return rt_dict_view(self, RT_DICT_KEYS);
}

static rt_val
dict_values(rt_val self, rt_val *args)
{
    (void)args;
    return rt_dict_view(self, RT_DICT_VALUES);
}

static rt_val
dict_items(rt_val self, rt_val *args)
{
    (void)args;
    return rt_dict_view(self, RT_DICT_ITEMS);
}

static rt_val
dict_update(rt_val self, rt_val *args)
{
    struct rt_tuple *positional = rt_tuple_of(args[0]);

    if (rt_dict_update_args(self, "update", positional->items,
                            (uint32_t)positional->len, RT_NULL) < 0)
        return RT_NULL;
    if (!rt_is_null(args[1]) && rt_dict_merge(self, args[1], true) < 0)
        return RT_NULL;
    return rt_None;
}

static rt_val
dict_fromkeys(rt_val self, rt_val *args)
{
    rt_val dict = rt_call0(self), it, key;
    rt_val value = rt_is_null(args[1]) ? rt_None : args[1];
    bool exact;

    if (rt_is_null(dict))
        return dict;
    it = rt_iter(args[0]);
    if (rt_is_null(it))
        return it;
    exact = rt_is_exact_dict(dict);
    while (key = rt_next(it), !rt_is_null(key))
        if ((exact ? rt_dict_set(dict, key, value)
                   : rt_setitem(dict, key, value)) < 0)
            return RT_NULL;
    return rt_raised() ? RT_NULL : dict;
}

static rt_val
dict_clear(rt_val self, rt_val *args)
{
    (void)args;
    rt_dict_clear(self);
    return rt_None;
}

static rt_val
dict_copy(rt_val self, rt_val *args)
{
    (void)args;
    return rt_dict_copy(self);
}

static rt_val
dict_reversed(rt_val self, rt_val *args)
{
    (void)args;
    return rt_dict_reviter(self, RT_DICT_KEYS);
}

static rt_val
dict_sizeof(rt_val self, rt_val *args)
{
    struct rt_dict *d = rt_dict_of(self);
    uint64_t n = sizeof *d;

    (void)args;
    if (d->entries)
        n += sizeof *d->entries + sizeof *d->index + d->index->size +
             d->entries->cap * sizeof(struct rt_dict_entry);
    return rt_int_from_u64(n);
}

static rt_val
dict_class_getitem(rt_val self, rt_val *args)
{
    return rt_generic_alias_new(self, args[0]);
}

static const struct rt_method methods[] = {
    RT_METHOD("__getitem__", dict_getitem_method, ANY, "($self, key, /)",
              "x.__getitem__(y) <==> x[y]"),
    RT_METHOD("__contains__", dict_contains_method, KEY_READS,
              "($self, key, /)",
              "True if the dictionary has the specified key, else False."),
    RT_METHOD("__sizeof__", dict_sizeof, READS, "($self, /)",
              "D.__sizeof__() -> size of D in memory, in bytes"),
    RT_METHOD("get", dict_get, KEY_READS, "($self, key, default=None, /)",
              "Return the value for key if key is in the dictionary, else "
              "default."),
    RT_METHOD("setdefault", dict_setdefault, KEY_OWN,
              "($self, key, default=None, /)",
              "Insert key with a value of default if key is not in the "
              "dictionary.\n\nReturn the value for key if key is in the "
              "dictionary, else default."),
    RT_METHOD("pop", dict_pop, KEY_OWN,
              "($self, key, default=<unrepresentable>, /)",
              "D.pop(k[,d]) -> v, remove specified key and return the "
              "corresponding value.\n\nIf the key is not found, return the "
              "default if given; otherwise,\nraise a KeyError."),
    RT_METHOD("popitem", dict_popitem, OWN, "($self, /)",
              "Remove and return a (key, value) pair as a 2-tuple.\n\n"
              "Pairs are returned in LIFO (last-in, first-out) order.\n"
              "Raises KeyError if the dict is empty."),
    RT_METHOD("keys", dict_keys, READS, "($self, /)",
              "D.keys() -> a set-like object providing a view on D's keys"),
    RT_METHOD("items", dict_items, READS, "($self, /)",
              "D.items() -> a set-like object providing a view on D's items"),
    RT_METHOD("values", dict_values, READS, "($self, /)",
              "D.values() -> an object providing a view on D's values"),
    RT_METHOD("update", dict_update, ANY, "($self, /, *args, **kwargs)",
              "D.update([E, ]**F) -> None.  Update D from dict/iterable E and "
              "F.\nIf E is present and has a .keys() method, then does:  for k "
              "in E: D[k] = E[k]\nIf E is present and lacks a .keys() method, "
              "then does:  for k, v in E: D[k] = v\nIn either case, this is "
              "followed by: for k in F:  D[k] = F[k]"),
    RT_CLASSMETHOD("fromkeys", dict_fromkeys, ANY,
                   "($type, iterable, value=None, /)",
                   "Create a new dictionary with keys from iterable and values "
                   "set to value."),
    RT_METHOD("clear", dict_clear, ANY, "($self, /)",
              "D.clear() -> None.  Remove all items from D."),
    RT_METHOD("copy", dict_copy, READS, "($self, /)",
              "D.copy() -> a shallow copy of D"),
    RT_METHOD("__reversed__", dict_reversed, READS, "($self, /)",
              "Return a reverse iterator over the dict keys."),
    RT_CLASSMETHOD("__class_getitem__", dict_class_getitem, READS,
                   "($type, object, /)", "See PEP 585"),
    RT_END_METHODS,
};

struct rt_type rt_dict_type = {
    RT_TYPE_HEAD(dict, "dict", sizeof(struct rt_dict)),
    .flags = RT_TYPE_BASE | RT_TYPE_DICT | RT_TYPE_MAPPING,
    .inlined = RT_INLINE_DICT,
    .trace = dict_trace,
    .methods = methods,
    .cdoc = "dict() -> new empty dictionary\n"
            "dict(mapping) -> new dictionary initialized from a mapping "
            "object's\n    (key, value) pairs\n"
            "dict(iterable) -> new dictionary initialized as if via:\n"
            "    d = {}\n    for k, v in iterable:\n        d[k] = v\n"
            "dict(**kwargs) -> new dictionary initialized with the name=value "
            "pairs\n    in the keyword argument list.  For example:  "
            "dict(one=1, two=2)",
    .slots =
        {
            .repr = dict_repr,
            .compare = dict_compare,
            .iter = dict_iter,
            .make = dict_make,
            .init = dict_init,
            .length = dict_length,
            .getitem = dict_getitem,
            .setitem = dict_setitem,
            .contains = rt_dict_contains,
            .binary = {[RT_OR] = dict_or},
            .inplace = {[RT_OR] = dict_ior},
        },
};
