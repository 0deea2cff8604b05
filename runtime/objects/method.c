/* SPDX-License-Identifier: MIT
 * runtime/objects/method.c: bound methods, and the wrappers classmethod and
 * staticmethod.
 */
#include "config.h"

#include "runtime/shape.h"
#include "runtime/type.h"

#define M(v) rt_bound_of(v)
#define W(v) ((struct rt_wrapper *)rt_ptr(v))

/* -- method -- */

rt_val
rt_method_new(rt_val func, rt_val self)
{
    struct rt_bound *m = RT_NEW(struct rt_bound, &rt_method_type);

    m->func = func;
    m->self = self;
    return rt_from_ptr(m);
}

static void
method_trace(struct rt_obj *obj, struct rt_marker *m)
{
    rt_gc_visit(m, ((struct rt_bound *)obj)->func);
    rt_gc_visit(m, ((struct rt_bound *)obj)->self);
}

static rt_val
method_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
            rt_val kwnames)
{
    static struct rt_signature *sig;
    rt_val a[2];

    (void)type;
    if (rt_bind(&sig, "method", "(function, instance, /)", a, args, nargs,
                kwnames) < 0)
        return RT_NULL;
    if (!rt_is_callable(a[0]))
        return rt_raise(&rt_exc_TypeError, "first argument must be callable");
    if (rt_is_none(a[1]))
        return rt_raise(&rt_exc_TypeError, "instance must not be None");
    return rt_method_new(a[0], a[1]);
}

static rt_val
method_call(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    uint32_t n =
        nargs + (rt_is_null(kwnames) ? 0 : (uint32_t)rt_tuple_of(kwnames)->len);
    rt_val buf[12], *all = buf;

    if (n > 11) {
        struct rt_words *w = rt_alloc_words(n + 1);

        if (!w)
            return RT_NULL;
        all = w->items;
    }
    all[0] = M(self)->self;
    if (n)
        memcpy(all + 1, args, n * sizeof *args);
    return rt_call(M(self)->func, all, nargs + 1, kwnames);
}

static rt_val
method_repr(rt_val self)
{
    rt_val name = rt_getattr_opt(M(self)->func, RT_ID(qualname)), text;

    if (rt_is_null(name))
        name = rt_getattr_opt(M(self)->func, RT_ID(name));
    if (rt_raised())
        return RT_NULL;
    text = rt_repr(M(self)->self);
    if (rt_is_null(text))
        return RT_NULL;
    return rt_str_format(
        "<bound method %U of %U>",
        rt_is_null(name) || !rt_is_str(name) ? rt_intern("?") : name, text);
}

static rt_val
method_compare(rt_val a, rt_val b, enum rt_cmp op)
{
    int same;

    if ((op != RT_EQ && op != RT_NE) || !rt_is_exact(a, &rt_method_type) ||
        !rt_is_exact(b, &rt_method_type))
        return rt_NotImplemented;
    same =
        rt_same(M(a)->self, M(b)->self) ? rt_equal(M(a)->func, M(b)->func) : 0;
    if (same < 0)
        return RT_NULL;
    return rt_from_bool(same == (op == RT_EQ));
}

static int64_t
method_hash(rt_val self)
{
    int64_t h = rt_hash(M(self)->func);

    if (h == -1)
        return -1;
    h ^= rt_object_hash(M(self)->self);
    return h == -1 ? -2 : h;
}

/* What a method does not have, its function has. */
static rt_val
method_getattr(rt_val self, rt_val name)
{
    rt_val descr = rt_type_lookup(&rt_method_type, name);

    if (!rt_is_null(descr))
        return rt_descr_get(descr, self, rt_from_ptr(&rt_method_type));
    return rt_getattr(M(self)->func, name);
}

static rt_val
method_func(rt_val self)
{
    return M(self)->func;
}

static rt_val
method_self(rt_val self)
{
    return M(self)->self;
}

static rt_val
method_doc(rt_val self)
{
    return rt_getattr(M(self)->func, RT_ID(doc));
}

static rt_val
method_reduce(rt_val self, rt_val *args)
{
    rt_val getattr = rt_dict_get_name(rt_builtins, rt_intern("getattr"));
    rt_val name = rt_getattr(M(self)->func, RT_ID(name));

    (void)args;
    if (rt_is_null(name))
        return RT_NULL;
    return rt_tuple_pack(2, getattr, rt_tuple_pack(2, M(self)->self, name));
}

static const struct rt_getset method_getsets[] = {
    {"__func__", method_func, NULL,
     "the function (or other callable) implementing a method"},
    {"__self__", method_self, NULL, "the instance to which a method is bound"},
    {"__doc__", method_doc, NULL, NULL},
    RT_END_GETSETS,
};
static const struct rt_method method_methods[] = {
    RT_METHOD("__reduce__", method_reduce, ANY, "($self, /)", NULL),
    RT_END_METHODS,
};

struct rt_type rt_method_type = {
    RT_TYPE_HEAD(method, "method", sizeof(struct rt_bound)),
    .flags = RT_TYPE_HAS_WEAKREFS,
    .trace = method_trace,
    .getsets = method_getsets,
    .methods = method_methods,
    .cdoc = "Create a bound instance method object.",
    .slots = {.repr = method_repr,
              .call = method_call,
              .compare = method_compare,
              .hash = method_hash,
              .getattr = method_getattr,
              .make = method_make},
};

/* -- classmethod, staticmethod -- */

static void
wrapper_trace(struct rt_obj *obj, struct rt_marker *m)
{
    rt_gc_visit(m, ((struct rt_wrapper *)obj)->callable);
    rt_gc_visit(m, ((struct rt_wrapper *)obj)->dict);
}

static rt_val
wrapper_new(struct rt_type *type, rt_val callable)
{
    struct rt_wrapper *w = rt_ptr(rt_instance_new(type));

    w->callable = callable;
    w->dict = RT_NULL;
    return rt_from_ptr(w);
}

rt_val
rt_classmethod_new(rt_val callable)
{
    return wrapper_new(&rt_classmethod_type, callable);
}

rt_val
rt_staticmethod_new(rt_val callable)
{
    return wrapper_new(&rt_staticmethod_type, callable);
}

static rt_val
wrapper_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
             rt_val kwnames)
{
    (void)args;
    (void)nargs;
    (void)kwnames;
    return wrapper_new(type, rt_None);
}

/* As functools.update_wrapper does. */
static int
copy_names(rt_val self, rt_val callable)
{
    static const enum rt_name names[] = {RT_NAME_module, RT_NAME_name,
                                         RT_NAME_qualname, RT_NAME_doc};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        rt_val v = rt_getattr_opt(callable, rt_names[names[i]]);

        if (rt_is_null(v)) {
            if (rt_raised())
                return -1;
            continue;
        }
        if (rt_instance_set(self, rt_names[names[i]], v) < 0)
            return -1;
    }
    return 0;
}

static int
wrapper_init(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    bool is_static = rt_isinstance_exactly(self, &rt_staticmethod_type);
    const char *name = is_static ? "staticmethod" : "classmethod";

    if (rt_no_keywords(name, kwnames) < 0)
        return -1;
    if (nargs != 1) {
        rt_raise(&rt_exc_TypeError, "%s expected 1 argument, got %u", name,
                 nargs);
        return -1;
    }
    if (!rt_is_none(W(self)->callable))
        rt_descriptors_changed();
    rt_write(W(self), &W(self)->callable, args[0]);
    return copy_names(self, args[0]);
}

static rt_val
classmethod_get(rt_val self, rt_val obj, rt_val type)
{
    rt_val f = W(self)->callable;

    if (rt_is_null(type))
        type = rt_from_ptr(rt_type_of(obj));
    if (rt_is_exact(f, &rt_function_type))
        return rt_method_new(f, type);
    if (rt_type_of(f)->slots.descr_get)
        return rt_type_of(f)->slots.descr_get(f, type, type);
    return rt_method_new(f, type);
}

static rt_val
staticmethod_get(rt_val self, rt_val obj, rt_val type)
{
    (void)obj;
    (void)type;
    return W(self)->callable;
}

static rt_val
staticmethod_call(rt_val self, const rt_val *args, uint32_t nargs,
                  rt_val kwnames)
{
    return rt_call(W(self)->callable, args, nargs, kwnames);
}

static rt_val
wrapper_repr(rt_val self)
{
    return rt_str_format("<%T(%R)>", self, W(self)->callable);
}

static rt_val
wrapper_func(rt_val self)
{
    return W(self)->callable;
}

static rt_val
wrapper_abstract(rt_val self)
{
    rt_val v = rt_getattr_opt(W(self)->callable, RT_ID(isabstractmethod));
    int truth;

    if (rt_is_null(v))
        return rt_raised() ? RT_NULL : rt_False;
    truth = rt_truth(v);
    return truth < 0 ? RT_NULL : rt_from_bool(truth);
}

static rt_val
wrapper_dict(rt_val self)
{
    return rt_instance_dict(self);
}

static const struct rt_getset wrapper_getsets[] = {
    {"__func__", wrapper_func, NULL, NULL},
    {"__wrapped__", wrapper_func, NULL, NULL},
    {"__isabstractmethod__", wrapper_abstract, NULL, NULL},
    {"__dict__", wrapper_dict, NULL, NULL},
    RT_END_GETSETS,
};

struct rt_type rt_classmethod_type = {
    RT_TYPE_HEAD(classmethod, "classmethod", sizeof(struct rt_wrapper)),
    .flags = RT_TYPE_BASE | RT_TYPE_HAS_DICT,
    .dict_offset = offsetof(struct rt_wrapper, dict),
    .trace = wrapper_trace,
    .getsets = wrapper_getsets,
    .cdoc = "classmethod(function) -> method\n\nConvert a function to be a "
            "class method.",
    .slots = {.repr = wrapper_repr,
              .make = wrapper_make,
              .init = wrapper_init,
              .descr_get = classmethod_get},
};

struct rt_type rt_staticmethod_type = {
    RT_TYPE_HEAD(staticmethod, "staticmethod", sizeof(struct rt_wrapper)),
    .flags = RT_TYPE_BASE | RT_TYPE_HAS_DICT,
    .dict_offset = offsetof(struct rt_wrapper, dict),
    .trace = wrapper_trace,
    .getsets = wrapper_getsets,
    .cdoc = "staticmethod(function) -> method\n\nConvert a function to be a "
            "static method.",
    .slots = {.repr = wrapper_repr,
              .make = wrapper_make,
              .init = wrapper_init,
              .call = staticmethod_call,
              .descr_get = staticmethod_get},
};
