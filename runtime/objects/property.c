/* SPDX-License-Identifier: MIT
 * runtime/objects/property.c: property.
 */
#include "config.h"

#include "runtime/type.h"

#define P(v) ((struct rt_property *)rt_ptr(v))

static rt_val
property_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
              rt_val kwnames)
{
    struct rt_property *p = rt_ptr(rt_instance_new(type));

    (void)args;
    (void)nargs;
    (void)kwnames;
    p->fget = p->fset = p->fdel = p->doc = p->name = RT_NULL;
    return rt_from_ptr(p);
}

static rt_val
absent_if_none(rt_val v)
{
    return !rt_is_null(v) && rt_is_none(v) ? RT_NULL : v;
}

static int
property_init(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    static struct rt_signature *sig;
    struct rt_property *p = P(self);
    rt_val a[4];

    if (rt_bind(&sig, "property", "(fget=None, fset=None, fdel=None, doc=None)",
                a, args, nargs, kwnames) < 0)
        return -1;
    if (!rt_is_null(p->fget) || !rt_is_null(p->fset) || !rt_is_null(p->fdel))
        rt_descriptors_changed();
    p->fget = absent_if_none(a[0]);
    p->fset = absent_if_none(a[1]);
    p->fdel = absent_if_none(a[2]);
    p->doc = absent_if_none(a[3]);
    p->name = RT_NULL;
    if (rt_is_null(p->doc) && !rt_is_null(p->fget)) {
        rt_val doc = rt_getattr_opt(p->fget, RT_ID(doc));

        if (rt_is_null(doc) && rt_raised())
            return -1;
        p->doc = absent_if_none(doc);
    }
    rt_barrier(p);
    if (!rt_is_null(p->doc) && rt_type_of(self) != &rt_property_type &&
        rt_has_flag(self, RT_TYPE_HAS_DICT) &&
        rt_instance_set(self, RT_ID(doc), p->doc) < 0)
        return -1;
    return 0;
}

static void
property_trace(struct rt_obj *obj, struct rt_marker *m)
{
    struct rt_property *p = (struct rt_property *)obj;

    rt_gc_visit(m, p->fget);
    rt_gc_visit(m, p->fset);
    rt_gc_visit(m, p->fdel);
    rt_gc_visit(m, p->doc);
    rt_gc_visit(m, p->name);
}

static void
no_accessor(rt_val self, rt_val obj, const char *what)
{
    rt_val name = P(self)->name;
    rt_val q = rt_type_of(obj)->qualname;

    if (rt_is_null(name))
        rt_raise(&rt_exc_AttributeError, "property of '%U' object has no %s", q,
                 what);
    else
        rt_raise(&rt_exc_AttributeError, "property %R of '%U' object has no %s",
                 name, q, what);
}

static rt_val
property_get(rt_val self, rt_val obj, rt_val type)
{
    (void)type;
    if (rt_is_null(obj))
        return self;
    if (rt_is_null(P(self)->fget)) {
        no_accessor(self, obj, "getter");
        return RT_NULL;
    }
    return rt_call1(P(self)->fget, obj);
}

static int
property_set(rt_val self, rt_val obj, rt_val value)
{
    rt_val f = rt_is_null(value) ? P(self)->fdel : P(self)->fset, r;

    if (rt_is_null(f)) {
        no_accessor(self, obj, rt_is_null(value) ? "deleter" : "setter");
        return -1;
    }
    r = rt_is_null(value) ? rt_call1(f, obj) : rt_call2(f, obj, value);
    return rt_is_null(r) ? -1 : 0;
}

/* A copy of the property (of its class) with one function exchanged. */
static rt_val
copy_with(rt_val self, rt_val get, rt_val set, rt_val del)
{
    struct rt_property *p = P(self);
    rt_val args[4] = {rt_is_null(get) ? p->fget : get,
                      rt_is_null(set) ? p->fset : set,
                      rt_is_null(del) ? p->fdel : del, p->doc};
    rt_val copy;

    /* The docstring follows the getter. */
    if (!rt_is_null(get))
        args[3] = RT_NULL;
    for (int i = 0; i < 4; i++)
        if (rt_is_null(args[i]))
            args[i] = rt_None;
    copy = rt_call(rt_from_ptr(rt_type_of(self)), args, 4, RT_NULL);
    if (!rt_is_null(copy) && rt_isinstance_exactly(copy, &rt_property_type))
        rt_write(rt_ptr(copy), &P(copy)->name, p->name);
    return copy;
}

static rt_val
property_getter(rt_val self, rt_val *args)
{
    return copy_with(self, args[0], RT_NULL, RT_NULL);
}

static rt_val
property_setter(rt_val self, rt_val *args)
{
    return copy_with(self, RT_NULL, args[0], RT_NULL);
}

static rt_val
property_deleter(rt_val self, rt_val *args)
{
    return copy_with(self, RT_NULL, RT_NULL, args[0]);
}

static rt_val
property_set_name(rt_val self, rt_val *args)
{
    rt_write(rt_ptr(self), &P(self)->name, args[1]);
    return rt_None;
}

static rt_val
or_none(rt_val v)
{
    return rt_is_null(v) ? rt_None : v;
}

static rt_val
get_fget(rt_val self)
{
    return or_none(P(self)->fget);
}

static rt_val
get_fset(rt_val self)
{
    return or_none(P(self)->fset);
}

static rt_val
get_fdel(rt_val self)
{
    return or_none(P(self)->fdel);
}

static rt_val
get_doc(rt_val self)
{
    return or_none(P(self)->doc);
}

static int
set_doc(rt_val self, rt_val value)
{
    rt_write(rt_ptr(self), &P(self)->doc, value);
    return 0;
}

static rt_val
get_abstract(rt_val self)
{
    rt_val fns[] = {P(self)->fget, P(self)->fset, P(self)->fdel};

    for (int i = 0; i < 3; i++) {
        rt_val v;
        int truth;

        if (rt_is_null(fns[i]))
            continue;
        v = rt_getattr_opt(fns[i], RT_ID(isabstractmethod));
        if (rt_is_null(v)) {
            if (rt_raised())
                return RT_NULL;
            continue;
        }
        truth = rt_truth(v);
        if (truth)
            return truth < 0 ? RT_NULL : rt_True;
    }
    return rt_False;
}

static const struct rt_getset getsets[] = {
    {"fget", get_fget, NULL, NULL},
    {"fset", get_fset, NULL, NULL},
    {"fdel", get_fdel, NULL, NULL},
    {"__doc__", get_doc, set_doc, NULL},
    {"__isabstractmethod__", get_abstract, NULL, NULL},
    RT_END_GETSETS,
};
static const struct rt_method methods[] = {
    RT_METHOD("getter", property_getter, ANY, "($self, fget, /)",
              "Descriptor to obtain a copy of the property with a different "
              "getter."),
    RT_METHOD("setter", property_setter, ANY, "($self, fset, /)",
              "Descriptor to obtain a copy of the property with a different "
              "setter."),
    RT_METHOD("deleter", property_deleter, ANY, "($self, fdel, /)",
              "Descriptor to obtain a copy of the property with a different "
              "deleter."),
    RT_METHOD("__set_name__", property_set_name, OWN, "($self, owner, name, /)",
              "Method to set name of a property."),
    RT_END_METHODS,
};

struct rt_type rt_property_type = {
    RT_TYPE_HEAD(property, "property", sizeof(struct rt_property)),
    .flags = RT_TYPE_BASE,
    .trace = property_trace,
    .getsets = getsets,
    .methods = methods,
    .cdoc = "Property attribute.\n\n  fget\n    function to be used for "
            "getting an attribute value\n  fset\n    function to be used for "
            "setting an attribute value\n  fdel\n    function to be used for "
            "del'ing an attribute\n  doc\n    docstring\n\nTypical use is to "
            "define a managed attribute x:\n\nclass C(object):\n    def "
            "getx(self): return self._x\n    def setx(self, value): self._x = "
            "value\n    def delx(self): del self._x\n    x = property(getx, "
            "setx, delx, \"I'm the 'x' property.\")\n\nDecorators make "
            "defining new properties or modifying existing ones easy:\n\n"
            "class C(object):\n    @property\n    def x(self):\n        \"I am "
            "the 'x' property.\"\n        return self._x\n    @x.setter\n    "
            "def x(self, value):\n        self._x = value\n    @x.deleter\n    "
            "def x(self):\n        del self._x",
    .slots = {.make = property_make,
              .init = property_init,
              .descr_get = property_get,
              .descr_set = property_set},
};
