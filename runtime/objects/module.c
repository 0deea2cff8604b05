/* SPDX-License-Identifier: MIT
 * runtime/objects/module.c: module objects, whose attributes are the entries of
 * their namespace.
 */
#include "config.h"

#include "runtime/type.h"

#define M(v) rt_module_of(v)

static rt_val
module_alloc(struct rt_type *type)
{
    rt_val v = rt_instance_new(type);

    M(v)->name = RT_NULL;
    M(v)->dict = RT_NULL;
    M(v)->dict = rt_namespace_new();
    rt_barrier(M(v));
    return v;
}

static void
set_basics(rt_val module, rt_val name, rt_val doc)
{
    rt_val dict = M(module)->dict;

    rt_write(M(module), &M(module)->name, name);
    rt_dict_set(dict, RT_ID(name), name);
    rt_dict_set(dict, RT_ID(doc), doc);
    rt_dict_set(dict, RT_ID(package), rt_None);
    rt_dict_set(dict, RT_ID(loader), rt_None);
    rt_dict_set(dict, RT_ID(spec), rt_None);
}

rt_val
rt_module_new(rt_val name)
{
    rt_val m = module_alloc(&rt_module_type);

    set_basics(m, name, rt_None);
    return m;
}

void
rt_module_add(rt_val module, const char *name, rt_val value)
{
    rt_dict_set_name(M(module)->dict, name, value);
}

void
rt_module_methods(rt_val module, const struct rt_method *methods)
{
    for (const struct rt_method *m = methods; m->name; m++) {
        rt_val f = rt_builtin_new(m, module, NULL);

        rt_builtin_of(f)->module = M(module)->name;
        rt_module_add(module, m->name, f);
    }
}

static rt_val
module_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
            rt_val kwnames)
{
    (void)args;
    (void)nargs;
    (void)kwnames;
    return module_alloc(type);
}

static int
module_init(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    static struct rt_signature *sig;
    rt_val a[2];

    if (rt_bind(&sig, "module", "(name, doc=None)", a, args, nargs, kwnames) <
        0)
        return -1;
    if (!rt_is_str(a[0])) {
        rt_raise(&rt_exc_TypeError,
                 "module() argument 'name' must be str, not %T", a[0]);
        return -1;
    }
    set_basics(self, a[0], rt_is_null(a[1]) ? rt_None : a[1]);
    return 0;
}

static void
module_trace(struct rt_obj *obj, struct rt_marker *m)
{
    rt_gc_visit(m, ((struct rt_module *)obj)->dict);
    rt_gc_visit(m, ((struct rt_module *)obj)->name);
}

static bool
is_initializing(rt_val dict)
{
    rt_val spec = rt_dict_get_name(dict, RT_ID(spec)), v;
    int truth;

    if (rt_is_null(spec) || rt_is_none(spec))
        return false;
    v = rt_getattr_opt(spec, rt_intern("_initializing"));
    if (rt_is_null(v)) {
        rt_exc_clear();
        return false;
    }
    truth = rt_truth(v);
    if (truth < 0)
        rt_exc_clear();
    return truth > 0;
}

static rt_val
no_attribute(rt_val self, rt_val name)
{
    rt_val dict = M(self)->dict, mod = rt_dict_get_name(dict, RT_ID(name));
    rt_val text, exc;

    if (rt_is_null(mod) || !rt_is_str(mod))
        text = rt_str_format("module has no attribute '%U'", name);
    else if (is_initializing(dict))
        text = rt_str_format("partially initialized module '%U' has no "
                             "attribute '%U' (most likely due to a circular "
                             "import)",
                             mod, name);
    else
        text = rt_str_format("module '%U' has no attribute '%U'", mod, name);
    exc = rt_exc_new(&rt_exc_AttributeError, 1, text);
    rt_exc_set_attribute(exc, name, self);
    return rt_raise_object(exc);
}

static rt_val
module_getattr(rt_val self, rt_val name)
{
    rt_val v, f;

    if (rt_type_of(self) == &rt_module_type &&
        rt_is_null(rt_type_lookup(&rt_module_type, name)))
        v = rt_dict_get(M(self)->dict, name);
    else
        v = rt_generic_lookup(self, name);
    if (!rt_is_null(v))
        return v;
    if (rt_raised()) {
        if (!rt_exc_is(&rt_exc_AttributeError))
            return RT_NULL;
        rt_exc_clear();
    }
    f = rt_dict_get_name(M(self)->dict, RT_ID(getattr));
    if (!rt_is_null(f))
        return rt_call1(f, name);
    return no_attribute(self, name);
}

/* <module 'x' from '/dir/x.py'>, (built-in), or as the loader says. */
static rt_val
module_repr(rt_val self)
{
    rt_val dict = M(self)->dict, name = rt_dict_get_name(dict, RT_ID(name));
    rt_val file = rt_dict_get_name(dict, RT_ID(file));
    rt_val loader = rt_dict_get_name(dict, RT_ID(loader));
    rt_val spec = rt_dict_get_name(dict, RT_ID(spec)), text;

    text = rt_is_null(name) ? rt_str_new("'?'", -1) : rt_repr(name);
    if (rt_is_null(text))
        return RT_NULL;
    if (!rt_is_null(file) && rt_is_str(file))
        return rt_str_format("<module %U from %R>", text, file);
    if (!rt_is_null(spec) && !rt_is_none(spec)) {
        rt_val origin = rt_getattr_opt(spec, rt_intern("origin"));

        rt_exc_clear();
        if (!rt_is_null(origin) && rt_is_str(origin))
            return rt_str_format("<module %U (%U)>", text, origin);
        loader = rt_getattr_opt(spec, rt_intern("loader"));
        rt_exc_clear();
        if (!rt_is_null(loader) && !rt_is_none(loader))
            return rt_str_format("<module %U (%R)>", text, loader);
    }
    if (!rt_is_null(loader) && !rt_is_none(loader))
        return rt_str_format("<module %U (%R)>", text, loader);
    return rt_str_format("<module %U>", text);
}

static rt_val
module_dict(rt_val self)
{
    return M(self)->dict;
}

static rt_val
module_annotations(rt_val self)
{
    rt_val v = rt_dict_get_name(M(self)->dict, RT_ID(annotations));

    if (rt_is_null(v)) {
        v = rt_dict_new();
        rt_dict_set(M(self)->dict, RT_ID(annotations), v);
    }
    return v;
}

static int
module_set_annotations(rt_val self, rt_val value)
{
    int found;

    if (!rt_is_null(value))
        return rt_dict_set(M(self)->dict, RT_ID(annotations), value);
    found = rt_dict_del(M(self)->dict, RT_ID(annotations));
    if (!found)
        rt_raise(&rt_exc_AttributeError, "__annotations__");
    return found > 0 ? 0 : -1;
}

static rt_val
module_dir(rt_val self, rt_val *args)
{
    rt_val dict = rt_getattr(self, RT_ID(dict)), f;

    (void)args;
    if (rt_is_null(dict))
        return RT_NULL;
    if (!rt_is_dict(dict))
        return rt_raise(&rt_exc_TypeError,
                        "<module>.__dict__ is not a dictionary");
    f = rt_dict_get_name(dict, RT_ID(dir));
    return rt_is_null(f) ? rt_dict_keys_list(dict) : rt_call0(f);
}

static const struct rt_getset getsets[] = {
    {"__dict__", module_dict, NULL, NULL},
    {"__annotations__", module_annotations, module_set_annotations, NULL},
    RT_END_GETSETS,
};
static const struct rt_method methods[] = {
    RT_METHOD("__dir__", module_dir, ANY, "($self, /)",
              "__dir__() -> list\nspecialized dir() implementation"),
    RT_END_METHODS,
};

struct rt_type rt_module_type = {
    RT_TYPE_HEAD(module, "module", sizeof(struct rt_module)),
    .flags = RT_TYPE_BASE | RT_TYPE_HAS_DICT | RT_TYPE_HAS_WEAKREFS,
    .dict_offset = offsetof(struct rt_module, dict),
    .trace = module_trace,
    .getsets = getsets,
    .methods = methods,
    .cdoc = "Create a module object.\n\nThe name must be a string; the "
            "optional docstring argument can have any type.",
    .slots = {.repr = module_repr,
              .make = module_make,
              .init = module_init,
              .getattr = module_getattr},
};
