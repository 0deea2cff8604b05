/* SPDX-License-Identifier: MIT
 * runtime/objects/builtin.c: functions in C as Python sees them: builtin
 * functions and bound methods (builtin_function_or_method), the methods in the
 * dicts of builtin types (method_descriptor, classmethod_descriptor).
 */
#include "config.h"

#include "runtime/signature.h"
#include "runtime/type.h"

static rt_val
alloc(struct rt_type *type, const struct rt_method *def, rt_val self,
      struct rt_type *owner)
{
    struct rt_builtin *f = RT_NEW(struct rt_builtin, type);

    f->def = def;
    f->self = self;
    f->module = RT_NULL;
    f->owner = owner;
    return rt_from_ptr(f);
}

/* With an owner and no self: what lies in the owner's dict. */
rt_val
rt_builtin_new(const struct rt_method *def, rt_val self, struct rt_type *owner)
{
    if (owner && rt_is_null(self) && def->kind == RT_METHOD_INSTANCE)
        return alloc(&rt_method_descriptor_type, def, self, owner);
    if (owner && rt_is_null(self) && def->kind == RT_METHOD_CLASS)
        return alloc(&rt_classmethod_descriptor_type, def, self, owner);
    return alloc(&rt_builtin_type, def, self, owner);
}

static rt_val
bind(struct rt_builtin *f, rt_val self)
{
    struct rt_signature *sig = rt_builtin_signature(f);
    rt_val b = alloc(&rt_builtin_type, f->def, self, f->owner);

    rt_builtin_of(b)->sig = sig;
    return b;
}

static void
builtin_trace(struct rt_obj *obj, struct rt_marker *m)
{
    struct rt_builtin *f = (struct rt_builtin *)obj;

    rt_gc_visit(m, f->self);
    rt_gc_visit(m, f->module);
    rt_gc_visit_ptr(m, f->owner);
}

/* -- attributes that all have -- */

static rt_val
get_name(rt_val self)
{
    return rt_intern(rt_builtin_of(self)->def->name);
}

static rt_val
get_doc(rt_val self)
{
    const char *doc = rt_builtin_of(self)->def->doc;

    return doc ? rt_str_new(doc, -1) : rt_None;
}

static rt_val
get_signature(rt_val self)
{
    const char *s = rt_builtin_of(self)->def->signature;

    return s ? rt_str_new(s, -1) : rt_None;
}

static rt_val
get_objclass(rt_val self)
{
    struct rt_type *owner = rt_builtin_of(self)->owner;

    return owner ? rt_from_ptr(owner) : rt_None;
}

static rt_val
descriptor_qualname(rt_val self)
{
    struct rt_builtin *f = rt_builtin_of(self);

    return rt_str_format("%U.%s", f->owner->qualname, f->def->name);
}

static rt_val
getattr_function(void)
{
    return rt_dict_get_name(rt_builtins, rt_intern("getattr"));
}

static rt_val
descriptor_reduce(rt_val self, rt_val *args)
{
    (void)args;
    return rt_tuple_pack(2, getattr_function(),
                         rt_tuple_pack(2, get_objclass(self), get_name(self)));
}

static const struct rt_getset descriptor_getsets[] = {
    {"__name__", get_name, NULL, NULL},
    {"__qualname__", descriptor_qualname, NULL, NULL},
    {"__doc__", get_doc, NULL, NULL},
    {"__text_signature__", get_signature, NULL, NULL},
    {"__objclass__", get_objclass, NULL, NULL},
    RT_END_GETSETS,
};
static const struct rt_method descriptor_methods[] = {
    RT_METHOD("__reduce__", descriptor_reduce, READS, "($self, /)", NULL),
    RT_END_METHODS,
};

/* -- method_descriptor -- */

static rt_val
method_get(rt_val self, rt_val obj, rt_val type)
{
    struct rt_builtin *f = rt_builtin_of(self);

    (void)type;
    if (rt_is_null(obj))
        return self;
    if (!rt_isinstance_exactly(obj, f->owner))
        return rt_raise(&rt_exc_TypeError,
                        "descriptor '%s' for '%N' objects doesn't apply to a "
                        "'%T' object",
                        f->def->name, f->owner, obj);
    return bind(f, obj);
}

static rt_val
method_call(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    struct rt_builtin *f = rt_builtin_of(self);

    if (NAC_UNLIKELY(!nargs))
        return rt_raise(&rt_exc_TypeError,
                        "unbound method %N.%s() needs an argument", f->owner,
                        f->def->name);
    if (NAC_UNLIKELY(!rt_isinstance_exactly(args[0], f->owner)))
        return rt_raise(&rt_exc_TypeError,
                        "descriptor '%s' for '%N' objects doesn't apply to a "
                        "'%T' object",
                        f->def->name, f->owner, args[0]);
    return rt_builtin_call(f, args[0], args + 1, nargs - 1, kwnames);
}

static rt_val
method_repr(rt_val self)
{
    return rt_str_format("<method '%s' of '%N' objects>",
                         rt_builtin_of(self)->def->name,
                         rt_builtin_of(self)->owner);
}

struct rt_type rt_method_descriptor_type = {
    RT_TYPE_HEAD(method_descriptor, "method_descriptor",
                 sizeof(struct rt_builtin)),
    .flags = RT_TYPE_METHOD | RT_TYPE_NOINSTANCE,
    .trace = builtin_trace,
    .getsets = descriptor_getsets,
    .methods = descriptor_methods,
    .slots = {.repr = method_repr,
              .call = method_call,
              .descr_get = method_get},
};

/* -- classmethod_descriptor -- */

static rt_val
classmethod_get(rt_val self, rt_val obj, rt_val type)
{
    struct rt_builtin *f = rt_builtin_of(self);

    if (rt_is_null(type) || !rt_is_type(type))
        type = rt_from_ptr(rt_type_of(obj));
    if (!rt_is_subtype(rt_type_ptr(type), f->owner))
        return rt_raise(&rt_exc_TypeError,
                        "descriptor '%s' requires a subtype of '%N' but "
                        "received '%N'",
                        f->def->name, f->owner, rt_type_ptr(type));
    return bind(f, type);
}

static rt_val
classmethod_call(rt_val self, const rt_val *args, uint32_t nargs,
                 rt_val kwnames)
{
    struct rt_builtin *f = rt_builtin_of(self);

    if (!nargs)
        return rt_raise(&rt_exc_TypeError,
                        "descriptor '%s' of '%N' object needs an argument",
                        f->def->name, f->owner);
    if (!rt_is_type(args[0]))
        return rt_raise(&rt_exc_TypeError,
                        "descriptor '%s' requires a type but received a '%T'",
                        f->def->name, args[0]);
    return rt_builtin_call(f, args[0], args + 1, nargs - 1, kwnames);
}

struct rt_type rt_classmethod_descriptor_type = {
    RT_TYPE_HEAD(classmethod_descriptor, "classmethod_descriptor",
                 sizeof(struct rt_builtin)),
    .flags = RT_TYPE_NOINSTANCE,
    .trace = builtin_trace,
    .getsets = descriptor_getsets,
    .methods = descriptor_methods,
    .slots = {.repr = method_repr,
              .call = classmethod_call,
              .descr_get = classmethod_get},
};

/* -- builtin_function_or_method -- */

static rt_val
builtin_call(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    struct rt_builtin *f = rt_builtin_of(self);

    return rt_builtin_call(f, f->self, args, nargs, kwnames);
}

static bool
is_function(const struct rt_builtin *f)
{
    return f->def->kind == RT_FUNCTION || rt_is_null(f->self);
}

static rt_val
builtin_repr(rt_val self)
{
    struct rt_builtin *f = rt_builtin_of(self);

    if (is_function(f))
        return rt_str_format("<built-in function %s>", f->def->name);
    return rt_str_format(
        "<built-in method %s of %T object at %p>", f->def->name, f->self,
        rt_is_obj(f->self) ? rt_ptr(f->self) : (void *)(uintptr_t)f->self.bits);
}

static rt_val
builtin_self(rt_val self)
{
    rt_val v = rt_builtin_of(self)->self;

    return rt_is_null(v) ? rt_None : v;
}

static rt_val
builtin_qualname(rt_val self)
{
    struct rt_builtin *f = rt_builtin_of(self);

    if (is_function(f))
        return get_name(self);
    return rt_str_format("%U.%s",
                         rt_is_type(f->self) ? rt_type_ptr(f->self)->qualname
                                             : rt_type_of(f->self)->qualname,
                         f->def->name);
}

static rt_val
builtin_module(rt_val self)
{
    rt_val m = rt_builtin_of(self)->module;

    return rt_is_null(m) ? rt_None : m;
}

static int
set_module(rt_val self, rt_val value)
{
    rt_write(rt_ptr(self), &rt_builtin_of(self)->module, value);
    return 0;
}

static rt_val
builtin_reduce(rt_val self, rt_val *args)
{
    struct rt_builtin *f = rt_builtin_of(self);

    (void)args;
    if (is_function(f))
        return get_name(self);
    return rt_tuple_pack(2, getattr_function(),
                         rt_tuple_pack(2, f->self, get_name(self)));
}

static rt_val
builtin_compare(rt_val a, rt_val b, enum rt_cmp op)
{
    struct rt_builtin *f = rt_builtin_of(a), *g;

    if ((op != RT_EQ && op != RT_NE) || !rt_is_exact(b, &rt_builtin_type))
        return rt_NotImplemented;
    g = rt_builtin_of(b);
    return rt_from_bool((f->def == g->def && rt_same(f->self, g->self)) ==
                        (op == RT_EQ));
}

static int64_t
builtin_hash(rt_val self)
{
    struct rt_builtin *f = rt_builtin_of(self);
    int64_t h = rt_object_hash(f->self) ^ (int64_t)((uintptr_t)f->def >> 4);

    return h == -1 ? -2 : h;
}

static const struct rt_getset builtin_getsets[] = {
    {"__name__", get_name, NULL, NULL},
    {"__qualname__", builtin_qualname, NULL, NULL},
    {"__doc__", get_doc, NULL, NULL},
    {"__text_signature__", get_signature, NULL, NULL},
    {"__self__", builtin_self, NULL, NULL},
    {"__module__", builtin_module, set_module, NULL},
    RT_END_GETSETS,
};
static const struct rt_method builtin_methods[] = {
    RT_METHOD("__reduce__", builtin_reduce, READS, "($self, /)", NULL),
    RT_END_METHODS,
};

struct rt_type rt_builtin_type = {
    RT_TYPE_HEAD(builtin, "builtin_function_or_method",
                 sizeof(struct rt_builtin)),
    .flags = RT_TYPE_NOINSTANCE | RT_TYPE_HAS_WEAKREFS,
    .trace = builtin_trace,
    .getsets = builtin_getsets,
    .methods = builtin_methods,
    .slots = {.repr = builtin_repr,
              .call = builtin_call,
              .compare = builtin_compare,
              .hash = builtin_hash},
};
