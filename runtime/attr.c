/* SPDX-License-Identifier: MIT
 * runtime/attr.c: attribute access on any object: the generic algorithm of
 * instances (data descriptor, own attribute, other class attribute) and the
 * errors. Type objects: type_attr.c; modules: objects/module.c.
 */
#include "config.h"

#include "runtime/shape.h"
#include "runtime/type.h"

rt_val
rt_descr_get(rt_val descr, rt_val obj, rt_val type)
{
    rt_val (*get)(rt_val, rt_val, rt_val) = rt_type_of(descr)->slots.descr_get;

    return get ? get(descr, obj, type) : descr;
}

static rt_val
raise_attribute(rt_val obj, rt_val name, rt_val text)
{
    rt_val exc = rt_exc_new(&rt_exc_AttributeError, 1, text);

    if (!rt_is_null(exc))
        rt_exc_set_attribute(exc, name, obj);
    return rt_raise_object(exc);
}

rt_val
rt_no_attribute(rt_val v, rt_val name)
{
    rt_val text;

    if (rt_is_type(v))
        text = rt_str_format("type object '%N' has no attribute '%U'",
                             rt_type_ptr(v), name);
    else
        text = rt_str_format("'%T' object has no attribute '%U'", v, name);
    return raise_attribute(v, name, text);
}

static int
read_only(rt_val v, rt_val name, bool in_class)
{
    rt_val text;

    if (in_class)
        text =
            rt_str_format("'%T' object attribute '%U' is read-only", v, name);
    else
        text = rt_str_format("'%T' object has no attribute '%U'", v, name);
    raise_attribute(v, name, text);
    return -1;
}

/* -- the generic algorithm -- */

rt_val
rt_generic_lookup(rt_val v, rt_val name)
{
    struct rt_type *type = rt_type_of(v);
    rt_val descr = rt_type_lookup(type, name), own;
    struct rt_type *dt = NULL;

    if (!rt_is_null(descr)) {
        dt = rt_type_of(descr);
        if (dt->slots.descr_set && dt->slots.descr_get) {
            own = dt->slots.descr_get(descr, v, rt_from_ptr(type));
            /* A getter that raises AttributeError counts as "not there" for
             * __getattr__: the caller looks at rt_raised(). */
            return own;
        }
    }
    if (type->flags & RT_TYPE_HAS_DICT) {
        own = rt_instance_get(v, name);
        if (!rt_is_null(own) || rt_raised())
            return own;
    }
    if (rt_is_null(descr))
        return RT_NULL;
    return dt->slots.descr_get
               ? dt->slots.descr_get(descr, v, rt_from_ptr(type))
               : descr;
}

rt_val
rt_generic_getattr(rt_val v, rt_val name)
{
    rt_val found;

    if (!rt_is_str(name))
        return rt_raise(&rt_exc_TypeError,
                        "attribute name must be string, not '%T'", name);
    found = rt_generic_lookup(v, name);
    if (rt_is_null(found) && !rt_raised())
        return rt_no_attribute(v, name);
    return found;
}

int
rt_generic_setattr(rt_val v, rt_val name, rt_val value)
{
    struct rt_type *type = rt_type_of(v);
    rt_val descr = rt_type_lookup(type, name);
    int done;

    if (!rt_is_null(descr)) {
        int (*set)(rt_val, rt_val, rt_val) = rt_type_of(descr)->slots.descr_set;

        if (set)
            return set(descr, v, value);
    }
    if (!(type->flags & RT_TYPE_HAS_DICT))
        return read_only(v, name, !rt_is_null(descr));
    done = rt_instance_set(v, name, value);
    if (done == 0) {
        raise_attribute(
            v, name,
            rt_str_format("'%T' object has no attribute '%U'", v, name));
        return -1;
    }
    return done < 0 ? -1 : 0;
}

/* -- entry points -- */

rt_val
rt_getattr(rt_val v, rt_val name)
{
    rt_val (*get)(rt_val, rt_val) = rt_type_of(v)->slots.getattr;

    return get ? get(v, name) : rt_generic_getattr(v, name);
}

rt_val
rt_getattr_opt(rt_val v, rt_val name)
{
    rt_val (*get)(rt_val, rt_val) = rt_type_of(v)->slots.getattr;
    rt_val found;

    if (!get || get == rt_generic_getattr)
        found = rt_generic_lookup(v, name);
    else
        found = get(v, name);
    if (rt_is_null(found) && rt_raised() && rt_exc_is(&rt_exc_AttributeError))
        rt_exc_clear();
    return found;
}

int
rt_setattr(rt_val v, rt_val name, rt_val value)
{
    int (*set)(rt_val, rt_val, rt_val) = rt_type_of(v)->slots.setattr;

    return set ? set(v, name, value) : rt_generic_setattr(v, name, value);
}

int
rt_delattr(rt_val v, rt_val name)
{
    return rt_setattr(v, name, RT_NULL);
}
