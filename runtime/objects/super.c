/* SPDX-License-Identifier: MIT
 * runtime/objects/super.c: super, whose attributes are those of the classes
 * behind one in the mro. super() without arguments finds its class in the
 * caller's frame (the interpreter does that itself where it sees the call).
 */
#include "config.h"

#include "runtime/interp/frame.h"
#include "runtime/type.h"

#define S(v) ((struct rt_super *)rt_ptr(v))

/* The class whose mro is searched; NULL: TypeError. */
static struct rt_type *
check(struct rt_type *type, rt_val obj)
{
    rt_val cls;

    if (rt_is_type(obj) && rt_is_subtype(rt_type_ptr(obj), type))
        return rt_type_ptr(obj);
    if (rt_isinstance_exactly(obj, type))
        return rt_type_of(obj);
    cls = rt_getattr_opt(obj, RT_ID(class));
    if (rt_raised())
        return NULL;
    if (!rt_is_null(cls) && rt_is_type(cls) &&
        rt_is_subtype(rt_type_ptr(cls), type))
        return rt_type_ptr(cls);
    rt_raise(&rt_exc_TypeError,
             "super(type, obj): obj must be an instance or subtype of type");
    return NULL;
}

static rt_val
fill(struct rt_super *s, struct rt_type *type, rt_val obj)
{
    struct rt_type *obj_type = NULL;

    if (!rt_is_null(obj)) {
        obj_type = check(type, obj);
        if (!obj_type)
            return RT_NULL;
    }
    s->type = type;
    s->obj = obj;
    s->obj_type = obj_type;
    rt_barrier(s);
    return rt_from_ptr(s);
}

rt_val
rt_super_new(struct rt_type *type, rt_val obj)
{
    struct rt_super *s = RT_NEW(struct rt_super, &rt_super_type);

    s->obj = RT_NULL;
    return fill(s, type, obj);
}

static void
super_trace(struct rt_obj *obj, struct rt_marker *m)
{
    struct rt_super *s = (struct rt_super *)obj;

    rt_gc_visit_ptr(m, s->type);
    rt_gc_visit_ptr(m, s->obj_type);
    rt_gc_visit(m, s->obj);
}

static rt_val
super_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
           rt_val kwnames)
{
    struct rt_super *s = rt_ptr(rt_instance_new(type));

    (void)args;
    (void)nargs;
    (void)kwnames;
    s->obj = RT_NULL;
    return rt_from_ptr(s);
}

/* The class cell and first argument of the running function. */
static int
from_frame(struct rt_type **type, rt_val *obj)
{
    rt_val *fp = rt_ts->fp, cell = RT_NULL;
    struct rt_code *code;
    int64_t n;
    rt_val *names;

    if (!fp) {
        rt_raise(&rt_exc_RuntimeError, "super(): no current frame");
        return -1;
    }
    code = rt_frame_code(fp);
    if (!code->argcount) {
        rt_raise(&rt_exc_RuntimeError, "super(): no arguments");
        return -1;
    }
    *obj = fp[0];
    if (!rt_is_null(*obj) && rt_is_exact(*obj, &rt_cell_type) &&
        code->local_is_cell && code->local_is_cell[0])
        *obj = ((struct rt_cell *)rt_ptr(*obj))->value;
    if (rt_is_null(*obj)) {
        rt_raise(&rt_exc_RuntimeError, "super(): arg[0] deleted");
        return -1;
    }
    names = rt_seq_items(code->freevars, &n);
    for (int64_t i = 0; i < n; i++)
        if (rt_same(names[i], RT_ID(class)))
            cell = fp[code->nlocals + i];
    if (rt_is_null(cell) || !rt_is_exact(cell, &rt_cell_type)) {
        rt_raise(&rt_exc_RuntimeError, "super(): __class__ cell not found");
        return -1;
    }
    cell = ((struct rt_cell *)rt_ptr(cell))->value;
    if (rt_is_null(cell)) {
        rt_raise(&rt_exc_RuntimeError, "super(): empty __class__ cell");
        return -1;
    }
    *type = rt_type_ptr(cell);
    return 0;
}

static int
super_init(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    struct rt_type *type;
    rt_val obj = RT_NULL;

    if (rt_no_keywords("super", kwnames) < 0)
        return -1;
    if (nargs > 2) {
        rt_raise(&rt_exc_TypeError,
                 "super() expected at most 2 arguments, got %u", nargs);
        return -1;
    }
    if (!nargs) {
        if (from_frame(&type, &obj) < 0)
            return -1;
    } else {
        if (!rt_is_type(args[0])) {
            rt_raise(&rt_exc_TypeError,
                     "super() argument 1 must be a type, not %T", args[0]);
            return -1;
        }
        type = rt_type_ptr(args[0]);
        if (nargs == 2 && !rt_is_none(args[1]))
            obj = args[1];
    }
    return rt_is_null(fill(S(self), type, obj)) ? -1 : 0;
}

/* What the classes behind [after] in the mro of [type] say; RT_NULL: none. */
static rt_val
lookup(struct rt_type *after, struct rt_type *type, rt_val name)
{
    int64_t n, i = 0;
    rt_val *mro = rt_seq_items(type->mro, &n), v = RT_NULL;

    while (i < n && rt_ptr(mro[i]) != after)
        i++;
    for (i++; i < n && rt_is_null(v); i++)
        v = rt_dict_get_name(rt_from_ptr(rt_type_ptr(mro[i])->dict), name);
    return v;
}

static rt_val
super_getattr(rt_val self, rt_val name)
{
    struct rt_super *s = S(self);
    rt_val v = RT_NULL;

    if (s->obj_type && !rt_same(name, RT_ID(class)))
        v = lookup(s->type, s->obj_type, name);
    if (rt_is_null(v))
        return rt_generic_getattr(self, name);
    return rt_descr_get(
        v, rt_same(s->obj, rt_from_ptr(s->obj_type)) ? RT_NULL : s->obj,
        rt_from_ptr(s->obj_type));
}

rt_val
rt_super_method(struct rt_type *after, struct rt_type *type, rt_val name)
{
    rt_val v = type ? lookup(after, type, name) : RT_NULL;

    return !rt_is_null(v) && rt_is_exact(v, &rt_function_type) ? v : RT_NULL;
}

static rt_val
super_get(rt_val self, rt_val obj, rt_val type)
{
    struct rt_super *s = S(self);

    (void)type;
    if (rt_is_null(obj) || rt_is_none(obj) || !rt_is_null(s->obj))
        return self;
    if (rt_type_of(self) != &rt_super_type)
        return rt_call2(rt_from_ptr(rt_type_of(self)), rt_from_ptr(s->type),
                        obj);
    return rt_super_new(s->type, obj);
}

static rt_val
super_repr(rt_val self)
{
    struct rt_super *s = S(self);

    if (!s->type)
        return rt_str_new("<super: NULL, NULL>", -1);
    if (s->obj_type)
        return rt_str_format("<super: <class '%N'>, <%N object>>", s->type,
                             s->obj_type);
    return rt_str_format("<super: <class '%N'>, NULL>", s->type);
}

static rt_val
type_or_none(struct rt_type *t)
{
    return t ? rt_from_ptr(t) : rt_None;
}

static rt_val
get_thisclass(rt_val self)
{
    return type_or_none(S(self)->type);
}

static rt_val
get_self(rt_val self)
{
    return rt_is_null(S(self)->obj) ? rt_None : S(self)->obj;
}

static rt_val
get_self_class(rt_val self)
{
    return type_or_none(S(self)->obj_type);
}

static const struct rt_getset getsets[] = {
    {"__thisclass__", get_thisclass, NULL, "the class invoking super()"},
    {"__self__", get_self, NULL, "the instance invoking super(); may be None"},
    {"__self_class__", get_self_class, NULL,
     "the type of the instance invoking super(); may be None"},
    RT_END_GETSETS,
};

struct rt_type rt_super_type = {
    RT_TYPE_HEAD(super, "super", sizeof(struct rt_super)),
    .flags = RT_TYPE_BASE,
    .trace = super_trace,
    .getsets = getsets,
    .cdoc = "super() -> same as super(__class__, <first argument>)\n"
            "super(type) -> unbound super object\n"
            "super(type, obj) -> bound super object; requires "
            "isinstance(obj, type)\n"
            "super(type, type2) -> bound super object; requires "
            "issubclass(type2, type)\n"
            "Typical use to call a cooperative superclass method:\n"
            "class C(B):\n    def meth(self, arg):\n        "
            "super().meth(arg)\nThis works for class methods too:\n"
            "class C(B):\n    @classmethod\n    def cmeth(cls, arg):\n"
            "        super().cmeth(arg)\n",
    .slots = {.repr = super_repr,
              .make = super_make,
              .init = super_init,
              .getattr = super_getattr,
              .descr_get = super_get},
};
