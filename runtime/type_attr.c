/* SPDX-License-Identifier: MIT
 * runtime/type_attr.c: the type type: attributes of type objects (their own,
 * inherited and the metaclass's), __bases__ assignment, and type's methods.
 */
#include "config.h"

#include "runtime/shape.h"
#include "runtime/type.h"

static rt_val
no_type_attribute(rt_val self, rt_val name)
{
    return rt_no_attribute(self, name);
}

rt_val
rt_type_getattr(rt_val self, rt_val name)
{
    struct rt_type *type = rt_type_ptr(self), *meta = rt_type_of(self);
    rt_val meta_attr, attr;

    if (!rt_is_str(name))
        return rt_raise(&rt_exc_TypeError,
                        "attribute name must be string, not '%T'", name);
    meta_attr = rt_type_lookup(meta, name);
    if (!rt_is_null(meta_attr)) {
        struct rt_type *t = rt_type_of(meta_attr);

        if (t->slots.descr_set && t->slots.descr_get)
            return t->slots.descr_get(meta_attr, self, rt_from_ptr(meta));
    }
    attr = rt_type_lookup(type, name);
    if (!rt_is_null(attr))
        return rt_descr_get(attr, RT_NULL, self);
    if (!rt_is_null(meta_attr))
        return rt_descr_get(meta_attr, self, rt_from_ptr(meta));
    return no_type_attribute(self, name);
}

static bool
is_dunder(rt_val name)
{
    struct rt_str *s = rt_str_of(name);

    return s->len > 4 && rt_str_at(s, 0) == '_' && rt_str_at(s, 1) == '_';
}

/* Does reading such an attribute give this very value, whoever is asked? */
static bool
is_data(rt_val v)
{
    return !rt_is_null(v) && !rt_type_of(v)->slots.descr_get &&
           !rt_type_of(v)->slots.descr_set;
}

int
rt_type_setattr(rt_val self, rt_val name, rt_val value)
{
    struct rt_type *type = rt_type_ptr(self);
    rt_val descr = rt_type_lookup(rt_type_of(self), name);
    rt_val dict = rt_from_ptr(type->dict);
    bool data;

    if (!(type->flags & RT_TYPE_HEAP)) {
        rt_raise(&rt_exc_TypeError,
                 "cannot set %R attribute of immutable type '%U'", name,
                 rt_type_full_name(type));
        return -1;
    }
    if (!rt_is_null(descr) && rt_type_of(descr)->slots.descr_set)
        return rt_type_of(descr)->slots.descr_set(descr, self, value);
    data = is_data(rt_dict_get_name(dict, name)) && is_data(value) &&
           !is_dunder(name);
    if (rt_is_null(value)) {
        int found = rt_dict_del(dict, name);

        if (found < 0)
            return -1;
        if (!found) {
            no_type_attribute(self, name);
            return -1;
        }
    } else if (rt_dict_set(dict, name, value) < 0) {
        return -1;
    }
    if (data)
        rt_type_data_changed(type);
    else
        rt_type_changed(type);
    if (is_dunder(name))
        rt_slots_update(type, name);
    return 0;
}

static rt_val
type_repr(rt_val self)
{
    return rt_str_format("<class '%U'>", rt_type_full_name(rt_type_ptr(self)));
}

/* -- getters and setters -- */

static bool mutable(rt_val self, rt_val value, const char *name)
{
    struct rt_type *type = rt_type_ptr(self);

    if (!(type->flags & RT_TYPE_HEAP)) {
        rt_raise(&rt_exc_TypeError,
                 "cannot set '%s' attribute of immutable type '%N'", name,
                 type);
        return false;
    }
    if (rt_is_null(value)) {
        rt_raise(&rt_exc_TypeError,
                 "cannot delete '%s' attribute of immutable type '%N'", name,
                 type);
        return false;
    }
    return true;
}

static rt_val
get_name(rt_val self)
{
    return rt_type_ptr(self)->name;
}

static int
set_name(rt_val self, rt_val value)
{
    struct rt_type *type = rt_type_ptr(self);
    struct rt_blob *blob;
    const char *text;
    int64_t len;

    if (!mutable(self, value, "__name__"))
        return -1;
    if (!rt_is_str(value)) {
        rt_raise(&rt_exc_TypeError,
                 "can only assign string to %N.__name__, not '%T'", type,
                 value);
        return -1;
    }
    text = rt_str_utf8(value, &len);
    if (!text)
        return -1;
    if (strlen(text) != (size_t)len) {
        rt_raise(&rt_exc_ValueError, "type name must not contain null "
                                     "characters");
        return -1;
    }
    blob = rt_alloc_blob((uint64_t)len + 1);
    memcpy(blob->data, text, (size_t)len);
    type->cname = blob->data;
    rt_write(type, &type->name, value);
    return 0;
}

static rt_val
get_qualname(rt_val self)
{
    return rt_type_ptr(self)->qualname;
}

static int
set_qualname(rt_val self, rt_val value)
{
    struct rt_type *type = rt_type_ptr(self);

    if (!mutable(self, value, "__qualname__"))
        return -1;
    if (!rt_is_str(value)) {
        rt_raise(&rt_exc_TypeError,
                 "can only assign string to %N.__qualname__, not '%T'", type,
                 value);
        return -1;
    }
    rt_write(type, &type->qualname, value);
    return 0;
}

/* An entry of the type's own dict; RT_NULL: none. */
static rt_val
own(rt_val self, rt_val name)
{
    return rt_dict_get_name(rt_from_ptr(rt_type_ptr(self)->dict), name);
}

static int
set_own(rt_val self, rt_val name, rt_val value)
{
    struct rt_type *type = rt_type_ptr(self);

    if (rt_dict_set(rt_from_ptr(type->dict), name, value) < 0)
        return -1;
    rt_type_changed(type);
    return 0;
}

static rt_val
get_module(rt_val self)
{
    struct rt_type *type = rt_type_ptr(self);
    rt_val v;

    if (!(type->flags & RT_TYPE_HEAP))
        return type->module;
    v = own(self, RT_ID(module));
    if (rt_is_null(v))
        return rt_raise(&rt_exc_AttributeError, "__module__");
    return v;
}

static int
set_module(rt_val self, rt_val value)
{
    return mutable(self, value, "__module__")
               ? set_own(self, RT_ID(module), value)
               : -1;
}

static rt_val
get_doc(rt_val self)
{
    rt_val v = own(self, RT_ID(doc));

    if (rt_is_null(v))
        return rt_None;
    return rt_descr_get(v, RT_NULL, self);
}

static int
set_doc(rt_val self, rt_val value)
{
    return mutable(self, value, "__doc__") ? set_own(self, RT_ID(doc), value)
                                           : -1;
}

static rt_val
get_base(rt_val self)
{
    struct rt_type *base = rt_type_ptr(self)->base;

    return base ? rt_from_ptr(base) : rt_None;
}

static rt_val
get_bases(rt_val self)
{
    return rt_type_ptr(self)->bases;
}

static rt_val
get_mro(rt_val self)
{
    return rt_type_ptr(self)->mro;
}

static rt_val
get_dict(rt_val self)
{
    return rt_mappingproxy_new(rt_from_ptr(rt_type_ptr(self)->dict));
}

static rt_val
get_abstractmethods(rt_val self)
{
    rt_val v = RT_NULL;

    if (rt_type_ptr(self) != &rt_type_type)
        v = own(self, RT_ID(abstractmethods));
    return rt_is_null(v)
               ? rt_raise(&rt_exc_AttributeError, "__abstractmethods__")
               : v;
}

static int
set_abstractmethods(rt_val self, rt_val value)
{
    struct rt_type *type = rt_type_ptr(self);
    int truth = 0;

    if (rt_is_null(value)) {
        int found =
            rt_dict_del(rt_from_ptr(type->dict), RT_ID(abstractmethods));

        if (found <= 0) {
            if (!found)
                rt_raise(&rt_exc_AttributeError, "__abstractmethods__");
            return -1;
        }
    } else {
        truth = rt_truth(value);
        if (truth < 0 || rt_dict_set(rt_from_ptr(type->dict),
                                     RT_ID(abstractmethods), value) < 0)
            return -1;
    }
    if (truth)
        type->flags |= RT_TYPE_ABSTRACT;
    else
        type->flags &= ~(uint32_t)RT_TYPE_ABSTRACT;
    rt_type_changed(type);
    return 0;
}

static rt_val
get_annotations(rt_val self)
{
    rt_val v;

    if (!(rt_type_ptr(self)->flags & RT_TYPE_HEAP))
        return rt_no_attribute(self, RT_ID(annotations));
    v = own(self, RT_ID(annotations));
    if (!rt_is_null(v))
        return rt_descr_get(v, RT_NULL, self);
    v = rt_dict_new();
    set_own(self, RT_ID(annotations), v);
    return v;
}

static int
set_annotations(rt_val self, rt_val value)
{
    struct rt_type *type = rt_type_ptr(self);
    int found;

    if (!(type->flags & RT_TYPE_HEAP)) {
        rt_raise(&rt_exc_TypeError,
                 "cannot set '__annotations__' attribute "
                 "of immutable type '%N'",
                 type);
        return -1;
    }
    if (!rt_is_null(value))
        return set_own(self, RT_ID(annotations), value);
    found = rt_dict_del(rt_from_ptr(type->dict), RT_ID(annotations));
    if (!found)
        rt_raise(&rt_exc_AttributeError, "__annotations__");
    rt_type_changed(type);
    return found > 0 ? 0 : -1;
}

static rt_val
get_text_signature(rt_val self)
{
    (void)self;
    return rt_None;
}

static rt_val
get_basicsize(rt_val self)
{
    return rt_from_small(rt_type_ptr(self)->size);
}

static rt_val
get_itemsize(rt_val self)
{
    struct rt_type *t = rt_type_ptr(self);

    return rt_from_small(t->flags & RT_TYPE_TUPLE   ? 8
                         : t->flags & RT_TYPE_INT   ? 8
                         : t->flags & RT_TYPE_BYTES ? 1
                                                    : 0);
}

/* The bits that programs look at (inspect, copyreg, pickle). */
static rt_val
get_flags(rt_val self)
{
    static const struct {
        uint32_t ours;
        int bit;
    } map[] = {
        {RT_TYPE_HEAP, 9},       {RT_TYPE_BASE, 10},   {RT_TYPE_READY, 12},
        {RT_TYPE_SEQUENCE, 5},   {RT_TYPE_MAPPING, 6}, {RT_TYPE_ABSTRACT, 20},
        {RT_TYPE_INT, 24},       {RT_TYPE_LIST, 25},   {RT_TYPE_TUPLE, 26},
        {RT_TYPE_BYTES, 27},     {RT_TYPE_STR, 28},    {RT_TYPE_DICT, 29},
        {RT_TYPE_EXCEPTION, 30}, {RT_TYPE_TYPE, 31},
    };
    uint32_t flags = rt_type_ptr(self)->flags;
    int64_t v = flags & RT_TYPE_HEAP ? 0 : 1 << 8;

    for (size_t i = 0; i < sizeof map / sizeof *map; i++)
        if (flags & map[i].ours)
            v |= INT64_C(1) << map[i].bit;
    return rt_from_small(v);
}

static rt_val
get_dictoffset(rt_val self)
{
    struct rt_type *t = rt_type_ptr(self);

    return rt_from_small(t->slots_offset ? t->slots_offset - 8
                                         : t->dict_offset);
}

static rt_val
get_weakrefoffset(rt_val self)
{
    return rt_from_small(rt_type_ptr(self)->flags & RT_TYPE_HAS_WEAKREFS
                             ? rt_type_ptr(self)->size
                             : 0);
}

/* -- __bases__ -- */

static int
remake_mro(struct rt_type *type)
{
    rt_val mro = rt_type_mro(type), subs, *items;
    int64_t n;

    if (rt_is_null(mro))
        return -1;
    rt_write_any(type, &type->mro, mro);
    subs = rt_type_subclasses(type);
    items = rt_seq_items(subs, &n);
    for (int64_t i = 0; i < n; i++)
        if (remake_mro(rt_type_ptr(items[i])) < 0)
            return -1;
    return 0;
}

static void
remake_slots(struct rt_type *type)
{
    rt_val subs = rt_type_subclasses(type), *items;
    int64_t n;

    rt_slots_update_all(type);
    items = rt_seq_items(subs, &n);
    for (int64_t i = 0; i < n; i++)
        remake_slots(rt_type_ptr(items[i]));
}

static int
set_bases(rt_val self, rt_val value)
{
    struct rt_type *type = rt_type_ptr(self), *base;
    rt_val old = type->bases, *items;
    int64_t n;

    if (!mutable(self, value, "__bases__"))
        return -1;
    if (!rt_is_tuple(value) || !rt_tuple_of(value)->len) {
        if (!rt_is_tuple(value))
            rt_raise(&rt_exc_TypeError,
                     "can only assign tuple to %N.__bases__, not %T", type,
                     value);
        else
            rt_raise(&rt_exc_TypeError,
                     "can only assign non-empty tuple to %N.__bases__, not ()",
                     type);
        return -1;
    }
    items = rt_seq_items(value, &n);
    for (int64_t i = 0; i < n; i++) {
        if (!rt_is_type(items[i])) {
            rt_raise(&rt_exc_TypeError,
                     "%N.__bases__ must be tuple of classes, not '%T'", type,
                     items[i]);
            return -1;
        }
        if (rt_is_subtype(rt_type_ptr(items[i]), type)) {
            rt_raise(&rt_exc_TypeError,
                     "a __bases__ item causes an inheritance cycle");
            return -1;
        }
    }
    base = rt_type_best_base(value);
    if (!base)
        return -1;
    if (rt_type_fixed_size(base) != rt_type_fixed_size(type->base) ||
        (base->flags ^ type->base->flags) & RT_TYPE_SIDE_DICT) {
        rt_raise(&rt_exc_TypeError,
                 "__bases__ assignment: '%N' object layout differs from '%N'",
                 base, type->base);
        return -1;
    }
    rt_write(type, &type->bases, value);
    if (remake_mro(type) < 0) {
        rt_write(type, &type->bases, old);
        return -1;
    }
    type->base = base;
    rt_barrier(type);
    items = rt_seq_items(old, &n);
    for (int64_t i = 0; i < n; i++)
        rt_type_remove_subclass(rt_type_ptr(items[i]), type);
    items = rt_seq_items(value, &n);
    for (int64_t i = 0; i < n; i++)
        rt_type_add_subclass(rt_type_ptr(items[i]), type);
    rt_type_changed(type);
    remake_slots(type);
    return 0;
}

static const struct rt_getset getsets[] = {
    {"__name__", get_name, set_name, NULL},
    {"__qualname__", get_qualname, set_qualname, NULL},
    {"__module__", get_module, set_module, NULL},
    {"__doc__", get_doc, set_doc, NULL},
    {"__base__", get_base, NULL, NULL},
    {"__bases__", get_bases, set_bases, NULL},
    {"__mro__", get_mro, NULL, NULL},
    {"__dict__", get_dict, NULL, NULL},
    {"__abstractmethods__", get_abstractmethods, set_abstractmethods, NULL},
    {"__annotations__", get_annotations, set_annotations, NULL},
    {"__text_signature__", get_text_signature, NULL, NULL},
    {"__basicsize__", get_basicsize, NULL, NULL},
    {"__itemsize__", get_itemsize, NULL, NULL},
    {"__flags__", get_flags, NULL, NULL},
    {"__dictoffset__", get_dictoffset, NULL, NULL},
    {"__weakrefoffset__", get_weakrefoffset, NULL, NULL},
    RT_END_GETSETS,
};

/* -- methods -- */

static rt_val
type_mro_method(rt_val self, rt_val *args)
{
    rt_val mro;

    (void)args;
    if (!rt_tuple_of(rt_type_ptr(self)->bases)->len)
        return rt_sequence_list(rt_type_ptr(self)->mro);
    mro = rt_type_mro(rt_type_ptr(self));
    return rt_is_null(mro) ? RT_NULL : rt_sequence_list(mro);
}

static rt_val
type_subclasses(rt_val self, rt_val *args)
{
    (void)args;
    return rt_type_subclasses(rt_type_ptr(self));
}

static rt_val
type_prepare(rt_val self, rt_val *args)
{
    (void)self;
    (void)args;
    return rt_dict_new();
}

static rt_val
type_instancecheck(rt_val self, rt_val *args)
{
    int r = rt_isinstance_plain(args[0], self);

    return r < 0 ? RT_NULL : rt_from_bool(r);
}

static rt_val
type_subclasscheck(rt_val self, rt_val *args)
{
    int r = rt_issubclass_plain(args[0], self);

    return r < 0 ? RT_NULL : rt_from_bool(r);
}

static rt_val
type_dir(rt_val self, rt_val *args)
{
    rt_val names = rt_dict_new();
    int64_t n;
    rt_val *mro = rt_seq_items(rt_type_ptr(self)->mro, &n);

    (void)args;
    while (n-- > 0)
        rt_dict_merge(names, rt_from_ptr(rt_type_ptr(mro[n])->dict), true);
    return rt_dict_keys_list(names);
}

static rt_val
type_sizeof(rt_val self, rt_val *args)
{
    (void)self;
    (void)args;
    return rt_from_small((int64_t)sizeof(struct rt_type));
}

static rt_val
type_or(rt_val a, rt_val b)
{
    return rt_union_new(a, b);
}

static const struct rt_method methods[] = {
    RT_METHOD("mro", type_mro_method, READS, "($self, /)",
              "Return a type's method resolution order."),
    RT_METHOD("__subclasses__", type_subclasses, READS, "($self, /)",
              "Return a list of immediate subclasses."),
    RT_CLASSMETHOD("__prepare__", type_prepare, READS,
                   "($type, /, *args, **kwargs)",
                   "__prepare__() -> dict\nused to create the namespace for "
                   "the class statement"),
    RT_METHOD("__instancecheck__", type_instancecheck, ANY,
              "($self, instance, /)", "Check if an object is an instance."),
    RT_METHOD("__subclasscheck__", type_subclasscheck, ANY,
              "($self, subclass, /)", "Check if a class is a subclass."),
    RT_METHOD("__dir__", type_dir, READS, "($self, /)",
              "Specialized __dir__ implementation for types."),
    RT_METHOD("__sizeof__", type_sizeof, READS, "($self, /)",
              "Return memory consumption of the type object."),
    RT_END_METHODS,
};

static int
type_init(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    (void)self;
    (void)args;
    if (!rt_is_null(kwnames) && nargs == 1 && rt_tuple_of(kwnames)->len) {
        rt_raise(&rt_exc_TypeError,
                 "type.__init__() takes no keyword arguments");
        return -1;
    }
    if (nargs != 1 && nargs != 3) {
        rt_raise(&rt_exc_TypeError, "type.__init__() takes 1 or 3 arguments");
        return -1;
    }
    return 0;
}

struct rt_type rt_type_type = {
    RT_TYPE_HEAD(type, "type", sizeof(struct rt_type)),
    .flags = RT_TYPE_BASE | RT_TYPE_TYPE | RT_TYPE_HAS_WEAKREFS,
    .trace = rt_type_trace,
    .methods = methods,
    .getsets = getsets,
    .cdoc = "type(object) -> the object's type\n"
            "type(name, bases, dict, **kwds) -> a new type",
    .slots = {.repr = type_repr,
              .call = rt_type_call,
              .make = rt_type_make,
              .init = type_init,
              .getattr = rt_type_getattr,
              .setattr = rt_type_setattr,
              .binary = {[RT_OR] = type_or}},
};
