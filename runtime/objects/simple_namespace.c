/* SPDX-License-Identifier: MIT
 * runtime/objects/simple_namespace.c: types.SimpleNamespace.
 */
#include "config.h"

#include "runtime/shape.h"
#include "runtime/type.h"

struct namespace
{
    struct rt_obj head;
    rt_val dict;
};
#define S(v) ((struct namespace *)rt_ptr(v))

static rt_val
ns_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
        rt_val kwnames)
{
    rt_val v = rt_instance_new(type);

    (void)args;
    (void)nargs;
    (void)kwnames;
    S(v)->dict = RT_NULL;
    rt_write(S(v), &S(v)->dict, rt_dict_new());
    return v;
}

static int
ns_init(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    if (nargs) {
        rt_raise(&rt_exc_TypeError, "no positional arguments expected");
        return -1;
    }
    for (int64_t i = 0; !rt_is_null(kwnames) && i < rt_tuple_of(kwnames)->len;
         i++)
        if (rt_dict_set(S(self)->dict, rt_tuple_of(kwnames)->items[i],
                        args[i]) < 0)
            return -1;
    return 0;
}

static void
ns_trace(struct rt_obj *obj, struct rt_marker *m)
{
    rt_gc_visit(m, ((struct namespace *)obj)->dict);
}

static rt_val
ns_repr(rt_val self)
{
    struct rt_builder b = {0};
    rt_val key, value;
    int64_t pos = 0;
    bool first = true;

    if (rt_enter(" while getting the repr of an object") < 0)
        return RT_NULL;
    rt_builder_utf8(&b,
                    rt_type_of(self) == &rt_simple_namespace_type
                        ? "namespace"
                        : rt_type_name(rt_type_of(self)),
                    -1);
    rt_builder_add(&b, '(');
    while (rt_dict_next(S(self)->dict, &pos, &key, &value)) {
        rt_val text = rt_repr(value);

        if (rt_is_null(text)) {
            rt_builder_drop(&b);
            rt_leave();
            return RT_NULL;
        }
        if (!rt_is_str(key) || !rt_str_of(key)->len)
            continue;
        if (!first)
            rt_builder_utf8(&b, ", ", 2);
        first = false;
        rt_builder_str(&b, key);
        rt_builder_add(&b, '=');
        rt_builder_str(&b, text);
    }
    rt_builder_add(&b, ')');
    rt_leave();
    return rt_builder_finish(&b);
}

static rt_val
ns_compare(rt_val a, rt_val b, enum rt_cmp op)
{
    if (!rt_isinstance_exactly(a, &rt_simple_namespace_type) ||
        !rt_isinstance_exactly(b, &rt_simple_namespace_type))
        return rt_NotImplemented;
    return rt_compare(S(a)->dict, S(b)->dict, op);
}

static rt_val
ns_reduce(rt_val self, rt_val *args)
{
    (void)args;
    return rt_tuple_pack(3, rt_from_ptr(rt_type_of(self)),
                         rt_tuple_new(NULL, 0), S(self)->dict);
}

static rt_val
ns_dict(rt_val self)
{
    return S(self)->dict;
}

static const struct rt_getset getsets[] = {
    {"__dict__", ns_dict, NULL, NULL},
    RT_END_GETSETS,
};
static const struct rt_method methods[] = {
    RT_METHOD("__reduce__", ns_reduce, READS, "($self, /)",
              "Return state information for pickling"),
    RT_END_METHODS,
};

struct rt_type rt_simple_namespace_type = {
    RT_TYPE_HEAD(simple_namespace, "types.SimpleNamespace",
                 sizeof(struct namespace)),
    .flags = RT_TYPE_BASE | RT_TYPE_HAS_DICT,
    .dict_offset = offsetof(struct namespace, dict),
    .trace = ns_trace,
    .getsets = getsets,
    .methods = methods,
    .cdoc = "A simple attribute-based namespace.\n\n"
            "SimpleNamespace(**kwargs)",
    .slots = {.repr = ns_repr,
              .compare = ns_compare,
              .make = ns_make,
              .init = ns_init},
};
