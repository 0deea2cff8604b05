/* SPDX-License-Identifier: MIT
 * runtime/objects/descriptor.c: the descriptors in the dicts of types: slot
 * wrappers (__add__ of builtins) and their bound form, getset descriptors,
 * members of __slots__ and of exceptions. Methods: builtin.c.
 */
#include "config.h"

#include "runtime/type.h"

#define wrapper_of(v)       ((struct rt_slot_wrapper *)rt_ptr(v))
#define bound_wrapper_of(v) ((struct rt_method_wrapper *)rt_ptr(v))
#define getset_of(v)        ((struct rt_getset_descriptor *)rt_ptr(v))
#define member_of(v)        ((struct rt_member *)rt_ptr(v))

/* Does the descriptor of [owner] apply to [obj]? */
static bool
applies(struct rt_type *owner, rt_val name, rt_val obj)
{
    if (rt_isinstance_exactly(obj, owner))
        return true;
    rt_raise(&rt_exc_TypeError,
             "descriptor '%U' for '%N' objects doesn't apply to a '%T' object",
             name, owner, obj);
    return false;
}

static rt_val
qualname_of(struct rt_type *owner, rt_val name)
{
    return rt_str_format("%U.%U", owner->qualname, name);
}

/* (getattr, (owner, name)) */
static rt_val
reduce_as(rt_val owner, rt_val name)
{
    rt_val getattr = rt_dict_get_name(rt_builtins, rt_intern("getattr"));

    return rt_tuple_pack(2, getattr, rt_tuple_pack(2, owner, name));
}

/* -- slot wrappers -- */

rt_val
rt_slot_wrapper_new(struct rt_type *owner, const struct rt_slot_row *row,
                    void (*fn)(void))
{
    struct rt_slot_wrapper *w =
        RT_NEW(struct rt_slot_wrapper, &rt_slot_wrapper_type);

    w->owner = owner;
    w->row = row;
    w->fn = fn;
    return rt_from_ptr(w);
}

static rt_val
wrapper_name(rt_val self)
{
    return rt_names[wrapper_of(self)->row->name];
}

static rt_val
wrapper_get(rt_val self, rt_val obj, rt_val type)
{
    struct rt_method_wrapper *b;

    (void)type;
    if (rt_is_null(obj))
        return self;
    if (!applies(wrapper_of(self)->owner, wrapper_name(self), obj))
        return RT_NULL;
    b = RT_NEW(struct rt_method_wrapper, &rt_method_wrapper_type);
    b->wrapper = self;
    b->self = obj;
    return rt_from_ptr(b);
}

static rt_val
wrapper_call(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    struct rt_slot_wrapper *w = wrapper_of(self);

    if (!nargs)
        return rt_raise(&rt_exc_TypeError,
                        "descriptor '%U' of '%N' object needs an argument",
                        wrapper_name(self), w->owner);
    if (!rt_isinstance_exactly(args[0], w->owner))
        return rt_raise(&rt_exc_TypeError,
                        "descriptor '%U' requires a '%N' object but received "
                        "a '%T'",
                        wrapper_name(self), w->owner, args[0]);
    return rt_slot_wrapper_call(w, args[0], args + 1, nargs - 1, kwnames);
}

static rt_val
wrapper_repr(rt_val self)
{
    return rt_str_format("<slot wrapper '%U' of '%N' objects>",
                         wrapper_name(self), wrapper_of(self)->owner);
}

static rt_val
text_or_none(const char *text)
{
    return text && *text ? rt_str_new(text, -1) : rt_None;
}

static rt_val
wrapper_doc(rt_val self)
{
    return text_or_none(wrapper_of(self)->row->doc);
}

static rt_val
wrapper_signature(rt_val self)
{
    return text_or_none(wrapper_of(self)->row->signature);
}

static rt_val
wrapper_objclass(rt_val self)
{
    return rt_from_ptr(wrapper_of(self)->owner);
}

static rt_val
wrapper_qualname(rt_val self)
{
    return qualname_of(wrapper_of(self)->owner, wrapper_name(self));
}

static rt_val
wrapper_reduce(rt_val self, rt_val *args)
{
    (void)args;
    return reduce_as(wrapper_objclass(self), wrapper_name(self));
}

static void
wrapper_trace(struct rt_obj *obj, struct rt_marker *m)
{
    rt_gc_visit_ptr(m, ((struct rt_slot_wrapper *)obj)->owner);
}

static const struct rt_getset wrapper_getsets[] = {
    {"__name__", wrapper_name, NULL, NULL},
    {"__qualname__", wrapper_qualname, NULL, NULL},
    {"__doc__", wrapper_doc, NULL, NULL},
    {"__text_signature__", wrapper_signature, NULL, NULL},
    {"__objclass__", wrapper_objclass, NULL, NULL},
    RT_END_GETSETS,
};
static const struct rt_method wrapper_methods[] = {
    RT_METHOD("__reduce__", wrapper_reduce, READS, "($self, /)", NULL),
    RT_END_METHODS,
};

struct rt_type rt_slot_wrapper_type = {
    RT_TYPE_HEAD(slot_wrapper, "wrapper_descriptor",
                 sizeof(struct rt_slot_wrapper)),
    .flags = RT_TYPE_METHOD | RT_TYPE_NOINSTANCE,
    .trace = wrapper_trace,
    .getsets = wrapper_getsets,
    .methods = wrapper_methods,
    .slots = {.repr = wrapper_repr,
              .call = wrapper_call,
              .descr_get = wrapper_get},
};

/* -- bound slot wrappers -- */

static rt_val
bound_call(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    struct rt_method_wrapper *b = bound_wrapper_of(self);

    return rt_slot_wrapper_call(wrapper_of(b->wrapper), b->self, args, nargs,
                                kwnames);
}

static rt_val
bound_repr(rt_val self)
{
    struct rt_method_wrapper *b = bound_wrapper_of(self);

    return rt_str_format("<method-wrapper '%U' of %T object at %p>",
                         wrapper_name(b->wrapper), b->self,
                         rt_is_obj(b->self) ? rt_ptr(b->self)
                                            : (void *)(uintptr_t)b->self.bits);
}

static rt_val
bound_compare(rt_val a, rt_val b, enum rt_cmp op)
{
    bool same;

    if ((op != RT_EQ && op != RT_NE) || rt_type_of(a) != rt_type_of(b))
        return rt_NotImplemented;
    same =
        rt_same(bound_wrapper_of(a)->wrapper, bound_wrapper_of(b)->wrapper) &&
        rt_same(bound_wrapper_of(a)->self, bound_wrapper_of(b)->self);
    return rt_from_bool(same == (op == RT_EQ));
}

static int64_t
bound_hash(rt_val self)
{
    struct rt_method_wrapper *b = bound_wrapper_of(self);

    return rt_object_hash(b->self) ^ rt_object_hash(b->wrapper);
}

static rt_val
bound_self(rt_val self)
{
    return bound_wrapper_of(self)->self;
}

static rt_val
bound_name(rt_val self)
{
    return wrapper_name(bound_wrapper_of(self)->wrapper);
}

static rt_val
bound_qualname(rt_val self)
{
    return wrapper_qualname(bound_wrapper_of(self)->wrapper);
}

static rt_val
bound_doc(rt_val self)
{
    return wrapper_doc(bound_wrapper_of(self)->wrapper);
}

static rt_val
bound_signature(rt_val self)
{
    return wrapper_signature(bound_wrapper_of(self)->wrapper);
}

static rt_val
bound_objclass(rt_val self)
{
    return wrapper_objclass(bound_wrapper_of(self)->wrapper);
}

static rt_val
bound_reduce(rt_val self, rt_val *args)
{
    (void)args;
    return reduce_as(bound_self(self), bound_name(self));
}

static void
bound_trace(struct rt_obj *obj, struct rt_marker *m)
{
    rt_gc_visit(m, ((struct rt_method_wrapper *)obj)->wrapper);
    rt_gc_visit(m, ((struct rt_method_wrapper *)obj)->self);
}

static const struct rt_getset bound_getsets[] = {
    {"__self__", bound_self, NULL, NULL},
    {"__name__", bound_name, NULL, NULL},
    {"__qualname__", bound_qualname, NULL, NULL},
    {"__doc__", bound_doc, NULL, NULL},
    {"__text_signature__", bound_signature, NULL, NULL},
    {"__objclass__", bound_objclass, NULL, NULL},
    RT_END_GETSETS,
};
static const struct rt_method bound_methods[] = {
    RT_METHOD("__reduce__", bound_reduce, READS, "($self, /)", NULL),
    RT_END_METHODS,
};

struct rt_type rt_method_wrapper_type = {
    RT_TYPE_HEAD(method_wrapper, "method-wrapper",
                 sizeof(struct rt_method_wrapper)),
    .flags = RT_TYPE_NOINSTANCE,
    .trace = bound_trace,
    .getsets = bound_getsets,
    .methods = bound_methods,
    .slots = {.repr = bound_repr,
              .call = bound_call,
              .compare = bound_compare,
              .hash = bound_hash},
};

/* -- getset descriptors -- */

rt_val
rt_getset_new(struct rt_type *owner, const struct rt_getset *def)
{
    struct rt_getset_descriptor *d =
        RT_NEW(struct rt_getset_descriptor, &rt_getset_descriptor_type);

    d->owner = owner;
    d->def = def;
    return rt_from_ptr(d);
}

static rt_val
getset_name(rt_val self)
{
    return rt_intern(getset_of(self)->def->name);
}

static rt_val
getset_get(rt_val self, rt_val obj, rt_val type)
{
    struct rt_getset_descriptor *d = getset_of(self);

    (void)type;
    if (rt_is_null(obj))
        return self;
    if (!applies(d->owner, getset_name(self), obj))
        return RT_NULL;
    if (!d->def->get)
        return rt_raise(&rt_exc_AttributeError,
                        "attribute '%s' of '%N' objects is not readable",
                        d->def->name, d->owner);
    return d->def->get(obj);
}

static int
getset_set(rt_val self, rt_val obj, rt_val value)
{
    struct rt_getset_descriptor *d = getset_of(self);

    if (!applies(d->owner, getset_name(self), obj))
        return -1;
    if (!d->def->set) {
        rt_raise(&rt_exc_AttributeError,
                 "attribute '%s' of '%N' objects is not writable", d->def->name,
                 d->owner);
        return -1;
    }
    return d->def->set(obj, value);
}

static rt_val
getset_repr(rt_val self)
{
    return rt_str_format("<attribute '%s' of '%N' objects>",
                         getset_of(self)->def->name, getset_of(self)->owner);
}

static rt_val
getset_doc(rt_val self)
{
    return text_or_none(getset_of(self)->def->doc);
}

static rt_val
getset_objclass(rt_val self)
{
    return rt_from_ptr(getset_of(self)->owner);
}

static rt_val
getset_qualname(rt_val self)
{
    return qualname_of(getset_of(self)->owner, getset_name(self));
}

static void
getset_trace(struct rt_obj *obj, struct rt_marker *m)
{
    rt_gc_visit_ptr(m, ((struct rt_getset_descriptor *)obj)->owner);
}

static const struct rt_getset getset_getsets[] = {
    {"__name__", getset_name, NULL, NULL},
    {"__qualname__", getset_qualname, NULL, NULL},
    {"__doc__", getset_doc, NULL, NULL},
    {"__objclass__", getset_objclass, NULL, NULL},
    RT_END_GETSETS,
};

struct rt_type rt_getset_descriptor_type = {
    RT_TYPE_HEAD(getset_descriptor, "getset_descriptor",
                 sizeof(struct rt_getset_descriptor)),
    .flags = RT_TYPE_NOINSTANCE,
    .trace = getset_trace,
    .getsets = getset_getsets,
    .slots = {.repr = getset_repr,
              .descr_get = getset_get,
              .descr_set = getset_set},
};

/* -- members -- */

rt_val
rt_member_new(struct rt_type *owner, rt_val name, uint32_t offset)
{
    struct rt_member *m = RT_NEW(struct rt_member, &rt_member_descriptor_type);

    m->owner = owner;
    m->name = name;
    m->doc = RT_NULL;
    m->offset = offset;
    return rt_from_ptr(m);
}

static rt_val *
member_slot(struct rt_member *m, rt_val obj)
{
    return (rt_val *)(void *)((char *)rt_ptr(obj) + m->offset);
}

static rt_val
member_get(rt_val self, rt_val obj, rt_val type)
{
    struct rt_member *m = member_of(self);
    rt_val v;

    (void)type;
    if (rt_is_null(obj))
        return self;
    if (!applies(m->owner, m->name, obj))
        return RT_NULL;
    v = *member_slot(m, obj);
    if (!rt_is_null(v))
        return v;
    return m->flags & RT_MEMBER_NONE ? rt_None : rt_no_attribute(obj, m->name);
}

static int
member_set(rt_val self, rt_val obj, rt_val value)
{
    struct rt_member *m = member_of(self);

    if (!applies(m->owner, m->name, obj))
        return -1;
    if (m->flags & RT_MEMBER_READONLY) {
        rt_raise(&rt_exc_AttributeError, "readonly attribute");
        return -1;
    }
    if (rt_is_null(value) && rt_is_null(*member_slot(m, obj)) &&
        !(m->flags & RT_MEMBER_NONE)) {
        rt_raise(&rt_exc_AttributeError, "%U", m->name);
        return -1;
    }
    rt_write(rt_ptr(obj), member_slot(m, obj), value);
    return 0;
}

static rt_val
member_repr(rt_val self)
{
    return rt_str_format("<member '%U' of '%N' objects>", member_of(self)->name,
                         member_of(self)->owner);
}

static rt_val
member_name(rt_val self)
{
    return member_of(self)->name;
}

static rt_val
member_doc(rt_val self)
{
    return rt_is_null(member_of(self)->doc) ? rt_None : member_of(self)->doc;
}

static rt_val
member_objclass(rt_val self)
{
    return rt_from_ptr(member_of(self)->owner);
}

static rt_val
member_qualname(rt_val self)
{
    return qualname_of(member_of(self)->owner, member_of(self)->name);
}

static rt_val
member_reduce(rt_val self, rt_val *args)
{
    (void)args;
    return reduce_as(member_objclass(self), member_name(self));
}

static void
member_trace(struct rt_obj *obj, struct rt_marker *m)
{
    struct rt_member *member = (struct rt_member *)obj;

    rt_gc_visit_ptr(m, member->owner);
    rt_gc_visit(m, member->name);
    rt_gc_visit(m, member->doc);
}

static const struct rt_getset member_getsets[] = {
    {"__name__", member_name, NULL, NULL},
    {"__qualname__", member_qualname, NULL, NULL},
    {"__doc__", member_doc, NULL, NULL},
    {"__objclass__", member_objclass, NULL, NULL},
    RT_END_GETSETS,
};
static const struct rt_method member_methods[] = {
    RT_METHOD("__reduce__", member_reduce, READS, "($self, /)", NULL),
    RT_END_METHODS,
};

struct rt_type rt_member_descriptor_type = {
    RT_TYPE_HEAD(member_descriptor, "member_descriptor",
                 sizeof(struct rt_member)),
    .flags = RT_TYPE_NOINSTANCE,
    .trace = member_trace,
    .getsets = member_getsets,
    .methods = member_methods,
    .slots = {.repr = member_repr,
              .descr_get = member_get,
              .descr_set = member_set},
};
