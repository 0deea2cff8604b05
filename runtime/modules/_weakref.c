/* SPDX-License-Identifier: MIT
 * runtime/modules/_weakref.c: module _weakref: references (gc/weakref.c) and
 * proxies, which hand every operation on to their referent.
 */
#include "config.h"

#include "runtime/runtime.h"

rt_val rt_module__weakref_init(void);

/* The referent; RT_NULL: ReferenceError. */
static rt_val
target(rt_val proxy)
{
    rt_val v = rt_weakref_get(proxy);

    if (rt_is_none(v))
        return rt_raise(&rt_exc_ReferenceError,
                        "weakly-referenced object no longer exists");
    return v;
}

static bool
is_proxy(rt_val v)
{
    return rt_is_exact(v, &rt_weakproxy_type) ||
           rt_is_exact(v, &rt_weakcallableproxy_type);
}

static rt_val
unwrap(rt_val v)
{
    return is_proxy(v) ? target(v) : v;
}

#define UNARY(name, call)                                                      \
    static rt_val proxy_##name(rt_val self)                                    \
    {                                                                          \
        rt_val v = target(self);                                               \
                                                                               \
        return rt_is_null(v) ? RT_NULL : call(v);                              \
    }
UNARY(str, rt_str)
UNARY(neg, rt_negative)
UNARY(pos, rt_positive)
UNARY(abs, rt_absolute)
UNARY(invert, rt_invert)
UNARY(index, rt_index)
UNARY(iter, rt_iter)

static rt_val
to_number(rt_val v, struct rt_type *type)
{
    return rt_call1(rt_from_ptr(type), v);
}

static rt_val
proxy_int(rt_val self)
{
    rt_val v = target(self);

    return rt_is_null(v) ? RT_NULL : to_number(v, &rt_int_type);
}

static rt_val
proxy_float(rt_val self)
{
    rt_val v = target(self);

    return rt_is_null(v) ? RT_NULL : to_number(v, &rt_float_type);
}

static rt_val
proxy_next(rt_val self)
{
    rt_val v = target(self);

    if (rt_is_null(v))
        return RT_NULL;
    if (!rt_type_of(v)->slots.next)
        return rt_raise(&rt_exc_TypeError,
                        "Weakref proxy referenced a non-iterator '%T' object",
                        v);
    return rt_next(v);
}

static rt_val
proxy_repr(rt_val self)
{
    rt_val v = rt_weakref_get(self);

    return rt_str_format("<weakproxy at %p to %T at %p>", rt_ptr(self), v,
                         rt_ptr(v));
}

static rt_val
proxy_getattr(rt_val self, rt_val name)
{
    rt_val v = target(self);

    return rt_is_null(v) ? RT_NULL : rt_getattr(v, name);
}

static int
proxy_setattr(rt_val self, rt_val name, rt_val value)
{
    rt_val v = target(self);

    return rt_is_null(v) ? -1 : rt_setattr(v, name, value);
}

static rt_val
proxy_compare(rt_val a, rt_val b, enum rt_cmp op)
{
    a = unwrap(a);
    b = rt_is_null(a) ? RT_NULL : unwrap(b);
    return rt_is_null(b) ? RT_NULL : rt_compare(a, b, op);
}

static int
proxy_truth(rt_val self)
{
    rt_val v = target(self);

    return rt_is_null(v) ? -1 : rt_truth(v);
}

static int64_t
proxy_length(rt_val self)
{
    rt_val v = target(self);

    return rt_is_null(v) ? -1 : rt_len(v);
}

static rt_val
proxy_getitem(rt_val self, rt_val key)
{
    rt_val v = target(self);

    return rt_is_null(v) ? RT_NULL : rt_getitem(v, key);
}

static int
proxy_setitem(rt_val self, rt_val key, rt_val value)
{
    rt_val v = target(self);

    if (rt_is_null(v))
        return -1;
    return rt_is_null(value) ? rt_delitem(v, key) : rt_setitem(v, key, value);
}

static int
proxy_contains(rt_val self, rt_val item)
{
    rt_val v = target(self);

    return rt_is_null(v) ? -1 : rt_contains(v, item);
}

static rt_val
proxy_call(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    rt_val v = target(self);

    return rt_is_null(v) ? RT_NULL : rt_call(v, args, nargs, kwnames);
}

static int64_t
proxy_hash(rt_val self)
{
    rt_raise(&rt_exc_TypeError, "unhashable type: '%T'", self);
    return -1;
}

static rt_val
operate(rt_val a, rt_val b, enum rt_binop op,
        rt_val (*fn)(enum rt_binop, rt_val, rt_val))
{
    a = unwrap(a);
    b = rt_is_null(a) ? RT_NULL : unwrap(b);
    return rt_is_null(b) ? RT_NULL : fn(op, a, b);
}

static rt_val
proxy_divmod(rt_val a, rt_val b)
{
    return operate(a, b, RT_DIVMOD, rt_binary_op);
}

// clang-format off
#define OPERATORS(X)                                                           \
    X(ADD) X(SUB) X(MUL) X(TRUEDIV) X(FLOORDIV) X(MOD) X(POW) X(MATMUL)        \
    X(LSHIFT) X(RSHIFT) X(AND) X(OR) X(XOR)
// clang-format on
#define FUNCTIONS(OP)                                                          \
    static rt_val proxy_binary_##OP(rt_val a, rt_val b)                        \
    {                                                                          \
        return operate(a, b, RT_##OP, rt_binary_op);                           \
    }                                                                          \
    static rt_val proxy_inplace_##OP(rt_val a, rt_val b)                       \
    {                                                                          \
        return operate(a, b, RT_##OP, rt_inplace_op);                          \
    }
OPERATORS(FUNCTIONS)

#define BINARY(OP)  [RT_##OP] = proxy_binary_##OP,
#define INPLACE(OP) [RT_##OP] = proxy_inplace_##OP,
#define PROXY_SLOTS                                                            \
    .repr = proxy_repr, .str = proxy_str, .hash = proxy_hash,                  \
    .compare = proxy_compare, .getattr = proxy_getattr,                        \
    .setattr = proxy_setattr, .iter = proxy_iter, .next = proxy_next,          \
    .truth = proxy_truth, .length = proxy_length, .getitem = proxy_getitem,    \
    .setitem = proxy_setitem, .contains = proxy_contains, .neg = proxy_neg,    \
    .pos = proxy_pos, .abs = proxy_abs, .invert = proxy_invert,                \
    .to_int = proxy_int, .to_float = proxy_float, .to_index = proxy_index,     \
    .binary = {OPERATORS(BINARY)[RT_DIVMOD] = proxy_divmod},                   \
    .inplace = {OPERATORS(INPLACE)}

static void
proxy_trace(struct rt_obj *obj, struct rt_marker *m)
{
    rt_gc_visit(m, ((struct rt_weakref *)obj)->callback);
}

static rt_val
proxy_bytes(rt_val self, rt_val *args)
{
    rt_val v = target(self);

    (void)args;
    return rt_is_null(v) ? RT_NULL : rt_call_method(v, RT_ID(bytes), 0, NULL);
}

static rt_val
proxy_reversed(rt_val self, rt_val *args)
{
    rt_val v = target(self);

    (void)args;
    return rt_is_null(v) ? RT_NULL
                         : rt_call_method(v, RT_ID(reversed), 0, NULL);
}

static const struct rt_method proxy_methods[] = {
    RT_METHOD("__bytes__", proxy_bytes, ANY, "($self, /)", NULL),
    RT_METHOD("__reversed__", proxy_reversed, ANY, "($self, /)", NULL),
    RT_END_METHODS,
};

struct rt_type rt_weakproxy_type = {
    RT_TYPE_HEAD(weakproxy, "weakref.ProxyType", sizeof(struct rt_weakref)),
    .flags = RT_TYPE_NOINSTANCE,
    .trace = proxy_trace,
    .methods = proxy_methods,
    .slots = {PROXY_SLOTS},
};

struct rt_type rt_weakcallableproxy_type = {
    RT_TYPE_HEAD(weakcallableproxy, "weakref.CallableProxyType",
                 sizeof(struct rt_weakref)),
    .flags = RT_TYPE_NOINSTANCE,
    .trace = proxy_trace,
    .methods = proxy_methods,
    .slots = {PROXY_SLOTS, .call = proxy_call},
};

/* -- functions -- */

static rt_val
weakref_proxy(rt_val self, rt_val *args)
{
    rt_val callback = args[1];

    (void)self;
    if (!rt_is_null(callback) && rt_is_none(callback))
        callback = RT_NULL;
    return rt_weakref_make(rt_is_callable(args[0]) ? &rt_weakcallableproxy_type
                                                   : &rt_weakproxy_type,
                           args[0], callback);
}

static rt_val
weakref_count(rt_val self, rt_val *args)
{
    (void)self;
    return rt_int_from_i64(rt_weakref_count(args[0]));
}

static rt_val
weakref_list(rt_val self, rt_val *args)
{
    (void)self;
    return rt_weakref_list(args[0]);
}

/* Deletes the key if its value is a reference to a dead object. */
static rt_val
remove_dead(rt_val self, rt_val *args)
{
    rt_val v;

    (void)self;
    if (!rt_is_dict(args[0]))
        return rt_raise(&rt_exc_TypeError,
                        "_remove_dead_weakref() argument 1 must be dict, not "
                        "%T",
                        args[0]);
    v = rt_dict_get(args[0], args[1]);
    if (rt_is_null(v))
        return rt_raised() ? RT_NULL : rt_None;
    if (!rt_isinstance_exactly(v, &rt_weakref_type))
        return rt_raise(&rt_exc_TypeError, "not a weakref");
    if (rt_is_none(rt_weakref_get(v)) && rt_dict_del(args[0], args[1]) < 0)
        return RT_NULL;
    return rt_None;
}

static const struct rt_method methods[] = {
    RT_FUNC("proxy", weakref_proxy, OWN, "(object, callback=None, /)",
            "Create a proxy object that weakly references 'object'."),
    RT_FUNC("getweakrefcount", weakref_count, READS, "($module, object, /)",
            "Return the number of weak references to 'object'."),
    RT_FUNC("getweakrefs", weakref_list, READS, "(object, /)",
            "Return a list of all weak reference objects pointing to "
            "'object'."),
    RT_FUNC("_remove_dead_weakref", remove_dead, ANY, "($module, dct, key, /)",
            "Atomically remove key from dict if it points to a dead weakref."),
    RT_END_METHODS,
};

rt_val
rt_module__weakref_init(void)
{
    rt_val m = rt_module_new(rt_intern("_weakref"));

    rt_module_methods(m, methods);
    rt_module_add(m, "ref", rt_from_ptr(&rt_weakref_type));
    rt_module_add(m, "ReferenceType", rt_from_ptr(&rt_weakref_type));
    rt_module_add(m, "ProxyType", rt_from_ptr(&rt_weakproxy_type));
    rt_module_add(m, "CallableProxyType",
                  rt_from_ptr(&rt_weakcallableproxy_type));
    return m;
}
