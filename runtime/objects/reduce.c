/* SPDX-License-Identifier: MIT
 * runtime/objects/reduce.c: object.__reduce_ex__ and its helpers, which copy
 * and pickle work with.
 */
#include "config.h"

#include "runtime/shape.h"
#include "runtime/type.h"

static rt_val
copyreg(const char *name)
{
    rt_val module = rt_import_name("copyreg");

    return rt_is_null(module) ? RT_NULL : rt_getattr(module, rt_intern(name));
}

/* Names of all members of __slots__ along the mro (copyreg._slotnames). */
static rt_val
slot_names(rt_val cls)
{
    rt_val names = rt_dict_get_name(rt_from_ptr(rt_type_ptr(cls)->dict),
                                    rt_intern("__slotnames__"));
    rt_val f;

    if (!rt_is_null(names))
        return names;
    f = copyreg("_slotnames");
    if (rt_is_null(f))
        return RT_NULL;
    names = rt_call1(f, cls);
    if (!rt_is_null(names) && !rt_is_none(names) && !rt_is_list(names))
        return rt_raise(&rt_exc_TypeError, "copyreg._slotnames didn't return a "
                                           "list or None");
    return names;
}

static rt_val
default_state(rt_val self)
{
    struct rt_type *type = rt_type_of(self);
    rt_val state = rt_None, names, values, *items;
    int64_t n;

    if (type->flags & RT_TYPE_HAS_DICT) {
        rt_val dict = rt_getattr_opt(self, RT_ID(dict));

        if (rt_is_null(dict)) {
            if (rt_raised())
                return RT_NULL;
        } else {
            state = dict;
        }
        if (rt_is_dict(state) && !rt_dict_of(state)->used)
            state = rt_None;
    }
    if (!(type->flags & RT_TYPE_HEAP) || !type->members_to)
        return state;
    names = slot_names(rt_from_ptr(type));
    if (rt_is_null(names) || rt_is_none(names))
        return rt_is_null(names) ? RT_NULL : state;
    values = rt_dict_new();
    items = rt_seq_items(names, &n);
    for (int64_t i = 0; i < n; i++) {
        rt_val v = rt_getattr_opt(self, rt_str_intern(items[i]));

        if (rt_is_null(v)) {
            if (rt_raised())
                return RT_NULL;
            continue;
        }
        if (rt_dict_set(values, items[i], v) < 0)
            return RT_NULL;
    }
    if (rt_dict_of(values)->used)
        return rt_tuple_pack(2, state, values);
    return state;
}

rt_val
rt_object_getstate(rt_val self, rt_val *args)
{
    (void)args;
    return default_state(self);
}

/* Arguments of __new__: *args and **kwargs (RT_NULL: none). 0, or -1. */
static int
new_arguments(rt_val self, rt_val *args, rt_val *kwargs)
{
    rt_val r = rt_call_special(self, RT_ID(getnewargs_ex), NULL, 0);

    *args = RT_NULL;
    *kwargs = RT_NULL;
    if (!rt_is_null(r)) {
        if (!rt_is_tuple(r) || rt_tuple_of(r)->len != 2) {
            rt_raise(&rt_exc_TypeError,
                     "__getnewargs_ex__ should return a "
                     "tuple, not '%T'",
                     r);
            return -1;
        }
        *args = rt_tuple_of(r)->items[0];
        *kwargs = rt_tuple_of(r)->items[1];
        return 0;
    }
    if (rt_raised())
        return -1;
    r = rt_call_special(self, RT_ID(getnewargs), NULL, 0);
    if (rt_is_null(r))
        return rt_raised() ? -1 : 0;
    if (!rt_is_tuple(r)) {
        rt_raise(&rt_exc_TypeError,
                 "__getnewargs__ should return a tuple, not '%T'", r);
        return -1;
    }
    *args = r;
    return 0;
}

/* May the object be made again from its class and state alone? */
static bool
has_hidden_state(struct rt_type *type)
{
    struct rt_type *native = type;

    while (native->flags & RT_TYPE_HEAP)
        native = native->base;
    return native != &rt_object_type &&
           !(native->flags & (RT_TYPE_LIST | RT_TYPE_DICT)) &&
           rt_type_fixed_size(native) > sizeof(struct rt_obj) &&
           !rt_is_subtype(native, &rt_module_type);
}

static rt_val
reduce_new(rt_val self)
{
    struct rt_type *type = rt_type_of(self);
    rt_val cls = rt_from_ptr(type), args, kwargs, f, state, list, dict;
    rt_val newobj;

    if (!type->slots.make)
        return rt_raise(&rt_exc_TypeError, "cannot pickle '%T' object", self);
    if (new_arguments(self, &args, &kwargs) < 0)
        return RT_NULL;
    if (rt_is_null(args) && has_hidden_state(type) &&
        rt_same(rt_type_lookup(type, RT_ID(getstate)),
                rt_type_lookup(&rt_object_type, RT_ID(getstate))))
        return rt_raise(&rt_exc_TypeError, "cannot pickle '%T' object", self);
    f = rt_getattr(self, RT_ID(getstate));
    if (rt_is_null(f))
        return RT_NULL;
    state = rt_call0(f);
    if (rt_is_null(state))
        return RT_NULL;
    if (rt_is_null(kwargs) || !rt_dict_of(kwargs)->used) {
        rt_val all = rt_list_new(&cls, 1);

        if (!rt_is_null(args))
            rt_list_extend(all, args);
        args = rt_list_to_tuple(all);
        newobj = copyreg("__newobj__");
    } else {
        args = rt_tuple_pack(3, cls, args, kwargs);
        newobj = copyreg("__newobj_ex__");
    }
    if (rt_is_null(newobj))
        return RT_NULL;
    list = dict = rt_None;
    if (rt_is_list(self))
        list = rt_iter(self);
    if (rt_is_dict(self)) {
        dict = rt_call_method(self, RT_ID(items), 0, NULL);
        if (!rt_is_null(dict))
            dict = rt_iter(dict);
    }
    if (rt_is_null(list) || rt_is_null(dict))
        return RT_NULL;
    return rt_tuple_pack(5, newobj, args, state, list, dict);
}

static rt_val
reduce(rt_val self, int64_t protocol)
{
    rt_val f;

    if (protocol >= 2)
        return reduce_new(self);
    f = copyreg("_reduce_ex");
    return rt_is_null(f) ? RT_NULL : rt_call2(f, self, rt_from_small(protocol));
}

rt_val
rt_object_reduce(rt_val self, rt_val *args)
{
    (void)args;
    return reduce(self, 0);
}

rt_val
rt_object_reduce_ex(rt_val self, rt_val *args)
{
    rt_val ours = rt_type_lookup(&rt_object_type, RT_ID(reduce)), f;
    int64_t protocol;

    if (rt_index_i64(args[0], &protocol, &rt_exc_OverflowError) < 0)
        return RT_NULL;
    if (!rt_same(rt_type_lookup(rt_type_of(self), RT_ID(reduce)), ours)) {
        f = rt_getattr(self, RT_ID(reduce));
        return rt_is_null(f) ? RT_NULL : rt_call0(f);
    }
    return reduce(self, protocol);
}
