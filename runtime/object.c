/* SPDX-License-Identifier: MIT
 * runtime/object.c: the type object, whose slots every class inherits, and the
 * singletons None, Ellipsis and NotImplemented. Copying and pickling of any
 * object: objects/reduce.c.
 */
#include "config.h"

#include "runtime/shape.h"
#include "runtime/type.h"

struct rt_obj rt_none_obj = {&rt_none_type.root_map};
struct rt_obj rt_ellipsis_obj = {&rt_ellipsis_type.root_map};
struct rt_obj rt_notimplemented_obj = {&rt_notimplemented_type.root_map};

/* -- slots -- */

rt_val
rt_type_full_name(const struct rt_type *type)
{
    rt_val module = type->module;

    if (type->flags & RT_TYPE_HEAP)
        module = rt_dict_get_name(rt_from_ptr(type->dict), RT_ID(module));
    if (rt_is_null(module) || !rt_is_str(module) ||
        rt_str_is(module, "builtins"))
        return type->qualname;
    return rt_str_format("%U.%U", module, type->qualname);
}

static rt_val
object_repr(rt_val self)
{
    return rt_str_format("<%U object at %p>",
                         rt_type_full_name(rt_type_of(self)), rt_ptr(self));
}

static rt_val
object_str(rt_val self)
{
    return rt_repr(self);
}

int64_t
rt_object_hash(rt_val self)
{
    uint64_t bits =
        rt_is_obj(self) ? (uint64_t)(uintptr_t)rt_ptr(self) : self.bits;

    bits = bits >> 4 | bits << 60;
    return (int64_t)bits == -1 ? -2 : (int64_t)bits;
}

static rt_val
object_compare(rt_val a, rt_val b, enum rt_cmp op)
{
    rt_val v;
    int truth;

    switch (op) {
    case RT_EQ:
        return rt_same(a, b) ? rt_True : rt_NotImplemented;
    case RT_NE:
        if (!rt_type_of(a)->slots.compare)
            return rt_NotImplemented;
        v = rt_type_of(a)->slots.compare(a, b, RT_EQ);
        if (rt_is_null(v) || rt_same(v, rt_NotImplemented))
            return v;
        truth = rt_truth(v);
        return truth < 0 ? RT_NULL : rt_from_bool(!truth);
    default:
        return rt_NotImplemented;
    }
}

static rt_val
abstract_error(struct rt_type *type)
{
    rt_val names =
        rt_dict_get_name(rt_from_ptr(type->dict), RT_ID(abstractmethods));
    rt_val list = rt_sequence_list(names), text;

    if (rt_is_null(list) || rt_list_sort(list, RT_NULL, false) < 0)
        return RT_NULL;
    text = rt_str_join(rt_str_new(", ", 2), rt_list_of(list)->items->items,
                       rt_list_of(list)->len);
    return rt_raise(&rt_exc_TypeError,
                    "Can't instantiate abstract class %N with abstract "
                    "method%s %U",
                    type, rt_list_of(list)->len == 1 ? "" : "s", text);
}

static bool
has_arguments(uint32_t nargs, rt_val kwnames)
{
    return nargs || (!rt_is_null(kwnames) && rt_tuple_of(kwnames)->len);
}

rt_val
rt_object_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
               rt_val kwnames)
{
    (void)args;
    if (NAC_UNLIKELY(has_arguments(nargs, kwnames))) {
        if (type->slots.make != rt_object_make)
            return rt_raise(&rt_exc_TypeError,
                            "object.__new__() takes exactly one argument (the "
                            "type to instantiate)");
        if (type->slots.init == rt_object_init)
            return rt_raise(&rt_exc_TypeError, "%N() takes no arguments", type);
    }
    if (NAC_UNLIKELY(type->flags & RT_TYPE_ABSTRACT))
        return abstract_error(type);
    return rt_instance_new(type);
}

int
rt_object_init(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    struct rt_type *type = rt_type_of(self);

    (void)args;
    if (NAC_LIKELY(!has_arguments(nargs, kwnames)))
        return 0;
    if (type->slots.init != rt_object_init) {
        rt_raise(&rt_exc_TypeError,
                 "object.__init__() takes exactly one argument (the instance "
                 "to initialize)");
        return -1;
    }
    if (type->slots.make == rt_object_make) {
        rt_raise(&rt_exc_TypeError,
                 "%N.__init__() takes exactly one argument (the instance to "
                 "initialize)",
                 type);
        return -1;
    }
    return 0;
}

/* -- attributes -- */

static rt_val
get_class(rt_val self)
{
    return rt_from_ptr(rt_type_of(self));
}

static int
set_class(rt_val self, rt_val value)
{
    struct rt_type *old = rt_type_of(self), *type;

    if (rt_is_null(value)) {
        rt_raise(&rt_exc_TypeError, "can't delete __class__ attribute");
        return -1;
    }
    if (!rt_is_type(value)) {
        rt_raise(&rt_exc_TypeError,
                 "__class__ must be set to a class, not '%T' object", value);
        return -1;
    }
    type = rt_type_ptr(value);
    if (!(rt_is_subtype(type, &rt_module_type) &&
          rt_is_subtype(old, &rt_module_type)) &&
        (!(type->flags & RT_TYPE_HEAP) || !(old->flags & RT_TYPE_HEAP))) {
        rt_raise(&rt_exc_TypeError,
                 "__class__ assignment only supported for mutable types or "
                 "ModuleType subclasses");
        return -1;
    }
    if (!rt_type_same_layout(old, type)) {
        rt_raise(&rt_exc_TypeError,
                 "__class__ assignment: '%N' object layout differs from '%N'",
                 type, old);
        return -1;
    }
    return rt_instance_reclass(self, type);
}

static const struct rt_getset getsets[] = {
    {"__class__", get_class, set_class, "the object's class"},
    RT_END_GETSETS,
};

static int
merge_class_dict(rt_val into, struct rt_type *type)
{
    int64_t n;
    rt_val *mro = rt_seq_items(type->mro, &n);

    while (n-- > 0)
        if (rt_dict_merge(into, rt_from_ptr(rt_type_ptr(mro[n])->dict), true) <
            0)
            return -1;
    return 0;
}

static rt_val
object_dir(rt_val self, rt_val *args)
{
    rt_val names = rt_dict_new(), own, cls;

    (void)args;
    own = rt_getattr_opt(self, RT_ID(dict));
    if (rt_is_null(own) && rt_raised())
        return RT_NULL;
    if (!rt_is_null(own) && rt_is_dict(own) &&
        rt_dict_merge(names, own, true) < 0)
        return RT_NULL;
    cls = rt_getattr_opt(self, RT_ID(class));
    if (rt_is_null(cls) && rt_raised())
        return RT_NULL;
    if (!rt_is_null(cls) && rt_is_type(cls) &&
        merge_class_dict(names, rt_type_ptr(cls)) < 0)
        return RT_NULL;
    return rt_dict_keys_list(names);
}

static rt_val
object_format(rt_val self, rt_val *args)
{
    if (!rt_is_str(args[0]))
        return rt_raise(&rt_exc_TypeError,
                        "__format__() argument must be str, not %T", args[0]);
    if (rt_str_of(args[0])->len)
        return rt_raise(&rt_exc_TypeError,
                        "unsupported format string passed to %T.__format__",
                        self);
    return rt_str(self);
}

static rt_val
object_init_subclass(rt_val self, rt_val *args)
{
    (void)self;
    (void)args;
    return rt_None;
}

static rt_val
object_subclasshook(rt_val self, rt_val *args)
{
    (void)self;
    (void)args;
    return rt_NotImplemented;
}

static rt_val
object_sizeof(rt_val self, rt_val *args)
{
    struct rt_type *type = rt_type_of(self);

    (void)args;
    return rt_int_from_i64(type->size + 8 * (int64_t)type->inline_slots);
}

static const struct rt_method methods[] = {
    RT_METHOD("__dir__", object_dir, ANY, "($self, /)",
              "Default dir() implementation."),
    RT_METHOD("__format__", object_format, ANY, "($self, format_spec, /)",
              "Default object formatter."),
    RT_METHOD("__reduce__", rt_object_reduce, ANY, "($self, /)",
              "Helper for pickle."),
    RT_METHOD("__reduce_ex__", rt_object_reduce_ex, ANY, "($self, protocol, /)",
              "Helper for pickle."),
    RT_METHOD("__getstate__", rt_object_getstate, ANY, "($self, /)",
              "Helper for pickle."),
    RT_METHOD("__sizeof__", object_sizeof, READS, "($self, /)",
              "Size of object in memory, in bytes."),
    RT_CLASSMETHOD("__init_subclass__", object_init_subclass, READS,
                   "($type, /)",
                   "This method is called when a class is subclassed.\n\nThe "
                   "default implementation does nothing. It may be\n"
                   "overridden to extend subclasses.\n"),
    RT_CLASSMETHOD("__subclasshook__", object_subclasshook, READS,
                   "($type, /, *args)",
                   "Abstract classes can override this to customize "
                   "issubclass().\n\nThis is invoked early on by "
                   "abc.ABCMeta.__subclasscheck__().\nIt should return True, "
                   "False or NotImplemented.  If it returns\nNotImplemented, "
                   "the normal algorithm is used.  Otherwise, it\noverrides "
                   "the normal algorithm (and the outcome is cached).\n"),
    RT_END_METHODS,
};

struct rt_type rt_object_type = {
    RT_TYPE_HEAD(object, "object", sizeof(struct rt_obj)),
    .flags = RT_TYPE_BASE,
    .methods = methods,
    .getsets = getsets,
    .cdoc = "The base class of the class hierarchy.\n\nWhen called, it accepts "
            "no arguments and returns a new featureless\ninstance that has no "
            "instance attributes and cannot be given any.\n",
    .slots = {.repr = object_repr,
              .str = object_str,
              .hash = rt_object_hash,
              .compare = object_compare,
              .getattr = rt_generic_getattr,
              .setattr = rt_generic_setattr,
              .make = rt_object_make,
              .init = rt_object_init},
};

/* -- None, Ellipsis, NotImplemented -- */

static rt_val
none_repr(rt_val self)
{
    (void)self;
    return rt_intern("None");
}

static int
none_truth(rt_val self)
{
    (void)self;
    return 0;
}

static rt_val
singleton(struct rt_type *type, rt_val value, uint32_t nargs, rt_val kwnames)
{
    if (has_arguments(nargs, kwnames))
        return rt_raise(&rt_exc_TypeError, "%N takes no arguments", type);
    return value;
}

static rt_val
none_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
          rt_val kwnames)
{
    (void)args;
    return singleton(type, rt_None, nargs, kwnames);
}

struct rt_type rt_none_type = {
    RT_TYPE_HEAD(none, "NoneType", sizeof(struct rt_obj)),
    .flags = RT_TYPE_PLAIN,
    .slots = {.repr = none_repr, .truth = none_truth, .make = none_make},
};

static rt_val
ellipsis_repr(rt_val self)
{
    (void)self;
    return rt_intern("Ellipsis");
}

static rt_val
ellipsis_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
              rt_val kwnames)
{
    (void)args;
    (void)type;
    if (has_arguments(nargs, kwnames))
        return rt_raise(&rt_exc_TypeError, "EllipsisType takes no arguments");
    return rt_Ellipsis;
}

static rt_val
ellipsis_reduce(rt_val self, rt_val *args)
{
    (void)self;
    (void)args;
    return rt_intern("Ellipsis");
}

static const struct rt_method ellipsis_methods[] = {
    RT_METHOD("__reduce__", ellipsis_reduce, READS, "($self, /)", NULL),
    RT_END_METHODS,
};

struct rt_type rt_ellipsis_type = {
    RT_TYPE_HEAD(ellipsis, "ellipsis", sizeof(struct rt_obj)),
    .methods = ellipsis_methods,
    .slots = {.repr = ellipsis_repr, .make = ellipsis_make},
};

static rt_val
notimplemented_repr(rt_val self)
{
    (void)self;
    return rt_intern("NotImplemented");
}

/* Deprecated, but not an error yet. */
static int
notimplemented_truth(rt_val self)
{
    (void)self;
    return 1;
}

static rt_val
notimplemented_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
                    rt_val kwnames)
{
    (void)args;
    return singleton(type, rt_NotImplemented, nargs, kwnames);
}

static rt_val
notimplemented_reduce(rt_val self, rt_val *args)
{
    (void)self;
    (void)args;
    return rt_intern("NotImplemented");
}

static const struct rt_method notimplemented_methods[] = {
    RT_METHOD("__reduce__", notimplemented_reduce, READS, "($self, /)", NULL),
    RT_END_METHODS,
};

struct rt_type rt_notimplemented_type = {
    RT_TYPE_HEAD(notimplemented, "NotImplementedType", sizeof(struct rt_obj)),
    .methods = notimplemented_methods,
    .slots = {.repr = notimplemented_repr,
              .truth = notimplemented_truth,
              .make = notimplemented_make},
};
