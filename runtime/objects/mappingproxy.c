/* SPDX-License-Identifier: MIT
 * runtime/objects/mappingproxy.c: the read-only view of a mapping that
 * type.__dict__ and types.MappingProxyType are.
 */
#include "config.h"

#include "runtime/objects/containers.h"

struct proxy {
    struct rt_obj head;
    rt_val mapping;
};
#define MAPPING(v) (((struct proxy *)rt_ptr(v))->mapping)

rt_val
rt_mappingproxy_new(rt_val mapping)
{
    struct proxy *p = RT_NEW(struct proxy, &rt_mappingproxy_type);

    p->mapping = mapping;
    return rt_from_ptr(p);
}

static rt_val
proxy_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
           rt_val kwnames)
{
    static struct rt_signature *sig;
    rt_val a[1];

    (void)type;
    if (rt_bind(&sig, "mappingproxy", "(mapping)", a, args, nargs, kwnames) < 0)
        return RT_NULL;
    if (!rt_type_of(a[0])->slots.getitem || rt_is_list(a[0]) ||
        rt_is_tuple(a[0]))
        return rt_raise(&rt_exc_TypeError,
                        "mappingproxy() argument must be a mapping, not %T",
                        a[0]);
    return rt_mappingproxy_new(a[0]);
}

static rt_val
proxy_repr(rt_val self)
{
    return rt_str_format("mappingproxy(%R)", MAPPING(self));
}

static rt_val
proxy_str(rt_val self)
{
    return rt_str(MAPPING(self));
}

static int64_t
proxy_hash(rt_val self)
{
    return rt_hash(MAPPING(self));
}

static rt_val
proxy_compare(rt_val a, rt_val b, enum rt_cmp op)
{
    if (rt_is_exact(b, &rt_mappingproxy_type))
        b = MAPPING(b);
    return rt_compare(MAPPING(a), b, op);
}

static rt_val
proxy_iter(rt_val self)
{
    return rt_iter(MAPPING(self));
}

static int64_t
proxy_length(rt_val self)
{
    return rt_len(MAPPING(self));
}

static rt_val
proxy_getitem(rt_val self, rt_val key)
{
    return rt_getitem(MAPPING(self), key);
}

static int
proxy_contains(rt_val self, rt_val key)
{
    rt_val m = MAPPING(self);

    return rt_is_exact_dict(m) ? rt_dict_contains(m, key) : rt_contains(m, key);
}

static rt_val
proxy_or(rt_val a, rt_val b)
{
    if (rt_is_exact(a, &rt_mappingproxy_type))
        a = MAPPING(a);
    if (rt_is_exact(b, &rt_mappingproxy_type))
        b = MAPPING(b);
    return rt_binary_op(RT_OR, a, b);
}

static rt_val
proxy_ior(rt_val self, rt_val other)
{
    (void)other;
    return rt_raise(&rt_exc_TypeError,
                    "'|=' is not supported by %T; use '|' instead", self);
}

static void
proxy_trace(struct rt_obj *obj, struct rt_marker *m)
{
    rt_gc_visit(m, ((struct proxy *)obj)->mapping);
}

/* -- methods -- */

static rt_val
proxy_get(rt_val self, rt_val *args)
{
    rt_val a[2] = {args[0], rt_is_null(args[1]) ? rt_None : args[1]};

    return rt_call_method(MAPPING(self), RT_ID(get_), 2, a);
}

#define FORWARD(name, id)                                                      \
    static rt_val proxy_##name(rt_val self, rt_val *args)                      \
    {                                                                          \
        (void)args;                                                            \
        return rt_call_method(MAPPING(self), RT_ID(id), 0, NULL);              \
    }
FORWARD(keys, keys)
FORWARD(values, values)
FORWARD(items, items)
FORWARD(copy, copy_)
FORWARD(reversed, reversed)
#undef FORWARD

static rt_val
proxy_class_getitem(rt_val self, rt_val *args)
{
    return rt_generic_alias_new(self, args[0]);
}

static const struct rt_method methods[] = {
    RT_METHOD("get", proxy_get, ANY, "($self, key, default=None, /)",
              "Return the value for key if key is in the mapping, else "
              "default."),
    RT_METHOD("keys", proxy_keys, ANY, "($self, /)",
              "D.keys() -> a set-like object providing a view on D's keys"),
    RT_METHOD("values", proxy_values, ANY, "($self, /)",
              "D.values() -> an object providing a view on D's values"),
    RT_METHOD("items", proxy_items, ANY, "($self, /)",
              "D.items() -> a set-like object providing a view on D's items"),
    RT_METHOD("copy", proxy_copy, ANY, "($self, /)",
              "D.copy() -> a shallow copy of D"),
    RT_METHOD("__reversed__", proxy_reversed, ANY, "($self, /)",
              "D.__reversed__() -> reverse iterator"),
    RT_CLASSMETHOD("__class_getitem__", proxy_class_getitem, READS,
                   "($type, object, /)", "See PEP 585"),
    RT_END_METHODS,
};

struct rt_type rt_mappingproxy_type = {
    RT_TYPE_HEAD(mappingproxy, "mappingproxy", sizeof(struct proxy)),
    .flags = RT_TYPE_MAPPING,
    .trace = proxy_trace,
    .methods = methods,
    .slots =
        {
            .repr = proxy_repr,
            .str = proxy_str,
            .hash = proxy_hash,
            .compare = proxy_compare,
            .iter = proxy_iter,
            .make = proxy_make,
            .length = proxy_length,
            .getitem = proxy_getitem,
            .contains = proxy_contains,
            .binary = {[RT_OR] = proxy_or},
            .inplace = {[RT_OR] = proxy_ior},
        },
};
