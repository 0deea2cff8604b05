/* SPDX-License-Identifier: MIT
 * runtime/objects/function.c: Python function objects, their attributes and
 * binding, and cells. Calling them is the interpreter's business
 * (interp/call.c: rt_function_call).
 */
#include "config.h"

#include "runtime/code.h"
#include "runtime/interp/frame.h"
#include "runtime/shape.h"
#include "runtime/type.h"

#define F(v) rt_function_of(v)

/* -- cells -- */

rt_val
rt_cell_new(rt_val value)
{
    struct rt_cell *c = RT_NEW(struct rt_cell, &rt_cell_type);

    c->value = value;
    return rt_from_ptr(c);
}

static void
cell_trace(struct rt_obj *obj, struct rt_marker *m)
{
    rt_gc_visit(m, ((struct rt_cell *)obj)->value);
}

static rt_val
cell_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
          rt_val kwnames)
{
    static struct rt_signature *sig;
    rt_val a[1];

    (void)type;
    if (rt_bind(&sig, "cell", "(contents=None, /)", a, args, nargs, kwnames) <
        0)
        return RT_NULL;
    return rt_cell_new(a[0]);
}

static rt_val
cell_repr(rt_val self)
{
    rt_val v = ((struct rt_cell *)rt_ptr(self))->value;

    if (rt_is_null(v))
        return rt_str_format("<cell at %p: empty>", rt_ptr(self));
    return rt_str_format("<cell at %p: %T object at %p>", rt_ptr(self), v,
                         rt_is_obj(v) ? rt_ptr(v) : (void *)(uintptr_t)v.bits);
}

static rt_val
cell_compare(rt_val a, rt_val b, enum rt_cmp op)
{
    rt_val x, y;

    if (!rt_is_exact(a, &rt_cell_type) || !rt_is_exact(b, &rt_cell_type))
        return rt_NotImplemented;
    x = ((struct rt_cell *)rt_ptr(a))->value;
    y = ((struct rt_cell *)rt_ptr(b))->value;
    if (!rt_is_null(x) && !rt_is_null(y))
        return rt_compare(x, y, op);
    return rt_compare(rt_from_small(!rt_is_null(x)),
                      rt_from_small(!rt_is_null(y)), op);
}

static rt_val
cell_contents(rt_val self)
{
    rt_val v = ((struct rt_cell *)rt_ptr(self))->value;

    return rt_is_null(v) ? rt_raise(&rt_exc_ValueError, "Cell is empty") : v;
}

static int
cell_set_contents(rt_val self, rt_val value)
{
    rt_write(rt_ptr(self), &((struct rt_cell *)rt_ptr(self))->value, value);
    return 0;
}

static const struct rt_getset cell_getsets[] = {
    {"cell_contents", cell_contents, cell_set_contents, NULL},
    RT_END_GETSETS,
};

struct rt_type rt_cell_type = {
    RT_TYPE_HEAD(cell, "cell", sizeof(struct rt_cell)),
    .trace = cell_trace,
    .getsets = cell_getsets,
    .slots = {.repr = cell_repr, .compare = cell_compare, .make = cell_make},
};

/* -- functions -- */

rt_val
rt_function_new(struct rt_code *code, rt_val globals)
{
    struct rt_function *f = RT_NEW(struct rt_function, &rt_function_type);
    rt_val builtins = rt_builtins;

    f->code = code;
    f->globals = globals;
    if (!rt_same(globals, rt_builtins)) {
        rt_val own = rt_dict_get_name(globals, RT_ID(builtins));

        if (!rt_is_null(own)) {
            if (rt_is_exact(own, &rt_module_type))
                own = rt_module_of(own)->dict;
            if (rt_is_dict(own))
                builtins = own;
        }
    }
    f->builtins = builtins;
    f->space = (rt_dict_of(globals)->flags & RT_DICT_NAMESPACE) &&
                       rt_same(builtins, rt_builtins)
                   ? globals
                   : RT_NULL;
    f->kwdefaults = f->annotations = f->dict = RT_NULL;
    f->name = code->name;
    f->qualname = code->qualname;
    f->module_cell = rt_namespace_cell(globals, RT_ID(name), false);
    f->module = rt_dict_get_name(globals, RT_ID(name));
    f->doc = RT_NULL;
    if (code->flags & FE_HAS_DOC)
        f->doc = code->consts_end[-1];
    return rt_from_ptr(f);
}

struct rt_function *
rt_function_like(struct rt_code *code, const struct rt_function *maker)
{
    struct rt_function *f = RT_NEW(struct rt_function, &rt_function_type);

    f->code = code;
    f->globals = maker->globals;
    f->builtins = maker->builtins;
    f->space = maker->space;
    f->kwdefaults = f->annotations = f->dict = RT_NULL;
    f->name = code->name;
    f->qualname = code->qualname;
    f->module = maker->module_cell
                    ? maker->module_cell->value
                    : rt_dict_get_name(maker->globals, RT_ID(name));
    f->module_cell = maker->module_cell;
    f->doc = code->flags & FE_HAS_DOC ? code->consts_end[-1] : RT_NULL;
    return f;
}

static void
function_trace(struct rt_obj *obj, struct rt_marker *m)
{
    struct rt_function *f = (struct rt_function *)obj;

    rt_gc_visit_ptr(m, f->code);
    rt_gc_visit(m, f->globals);
    rt_gc_visit(m, f->builtins);
    rt_gc_visit_ptr(m, f->module_cell);
    rt_gc_visit_ptr(m, f->closure);
    rt_gc_visit_ptr(m, f->defaults);
    rt_gc_visit(m, f->kwdefaults);
    rt_gc_visit(m, f->name);
    rt_gc_visit(m, f->qualname);
    rt_gc_visit(m, f->module);
    rt_gc_visit(m, f->doc);
    rt_gc_visit(m, f->annotations);
    rt_gc_visit(m, f->dict);
}

static rt_val
function_get(rt_val self, rt_val obj, rt_val type)
{
    (void)type;
    return rt_is_null(obj) ? self : rt_method_new(self, obj);
}

static rt_val
function_repr(rt_val self)
{
    return rt_str_format("<function %U at %p>", F(self)->qualname,
                         rt_ptr(self));
}

/* function(code, globals, name=None, argdefs=None, closure=None) */
static rt_val
function_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
              rt_val kwnames)
{
    static struct rt_signature *sig;
    rt_val a[5], f;
    struct rt_code *code;
    int64_t n = 0;

    (void)type;
    if (rt_bind(&sig, "function",
                "(code, globals, name=None, argdefs=None, closure=None)", a,
                args, nargs, kwnames) < 0)
        return RT_NULL;
    if (!rt_is_exact(a[0], &rt_code_type))
        return rt_raise(&rt_exc_TypeError,
                        "function() argument 'code' must be code, not %T",
                        a[0]);
    if (!rt_is_dict(a[1]))
        return rt_raise(&rt_exc_TypeError,
                        "function() argument 'globals' must be dict, not %T",
                        a[1]);
    code = rt_code_of(a[0]);
    if (!rt_is_null(a[2]) && !rt_is_none(a[2]) && !rt_is_str(a[2]))
        return rt_raise(&rt_exc_TypeError,
                        "arg 3 (name) must be None or string");
    if (!rt_is_null(a[3]) && !rt_is_none(a[3]) && !rt_is_tuple(a[3]))
        return rt_raise(&rt_exc_TypeError,
                        "arg 4 (defaults) must be None or tuple");
    if (!rt_is_null(a[4]) && !rt_is_none(a[4])) {
        if (!rt_is_tuple(a[4]))
            return rt_raise(&rt_exc_TypeError,
                            code->nfree ? "arg 5 (closure) must be tuple"
                                        : "arg 5 (closure) must be None or "
                                          "tuple");
        n = rt_tuple_of(a[4])->len;
    } else if (code->nfree) {
        return rt_raise(&rt_exc_TypeError, "arg 5 (closure) must be tuple");
    }
    if (n != code->nfree)
        return rt_raise(&rt_exc_ValueError,
                        "%U requires closure of length %u, not %lld",
                        code->name, code->nfree, (long long)n);
    f = rt_function_new(code, a[1]);
    if (!rt_is_null(a[2]) && !rt_is_none(a[2]))
        F(f)->name = a[2];
    if (!rt_is_null(a[3]) && !rt_is_none(a[3]))
        F(f)->defaults = rt_ptr(a[3]);
    if (n) {
        for (int64_t i = 0; i < n; i++)
            if (!rt_is_exact(rt_tuple_of(a[4])->items[i], &rt_cell_type))
                return rt_raise(&rt_exc_TypeError,
                                "arg 5 (closure) expected cell, found %T",
                                rt_tuple_of(a[4])->items[i]);
        F(f)->closure = rt_ptr(a[4]);
    }
    rt_barrier(rt_ptr(f));
    return f;
}

/* -- attributes -- */

static rt_val
or_none(rt_val v)
{
    return rt_is_null(v) ? rt_None : v;
}

static int
set_str(rt_val self, rt_val *slot, rt_val value, const char *name)
{
    if (rt_is_null(value) || !rt_is_str(value)) {
        rt_raise(&rt_exc_TypeError, "%s must be set to a string object", name);
        return -1;
    }
    rt_write(rt_ptr(self), slot, value);
    return 0;
}

static rt_val
get_name(rt_val self)
{
    return F(self)->name;
}

static int
set_name(rt_val self, rt_val value)
{
    return set_str(self, &F(self)->name, value, "__name__");
}

static rt_val
get_qualname(rt_val self)
{
    return F(self)->qualname;
}

static int
set_qualname(rt_val self, rt_val value)
{
    return set_str(self, &F(self)->qualname, value, "__qualname__");
}

static rt_val
get_module(rt_val self)
{
    return or_none(F(self)->module);
}

static int
set_module(rt_val self, rt_val value)
{
    rt_write(rt_ptr(self), &F(self)->module, value);
    return 0;
}

static rt_val
get_doc(rt_val self)
{
    return or_none(F(self)->doc);
}

static int
set_doc(rt_val self, rt_val value)
{
    rt_write(rt_ptr(self), &F(self)->doc, value);
    return 0;
}

static rt_val
get_code(rt_val self)
{
    return rt_from_ptr(F(self)->code);
}

/* Compiled code may rely on what the function's code was. */
static int
set_code(rt_val self, rt_val value)
{
    struct rt_function *f = F(self);
    int64_t have = f->closure ? f->closure->len : 0;

    if (rt_is_null(value) || !rt_is_exact(value, &rt_code_type)) {
        rt_raise(&rt_exc_TypeError, "__code__ must be set to a code object");
        return -1;
    }
    if (rt_code_of(value)->nfree != have) {
        rt_raise(&rt_exc_ValueError,
                 "%U() requires a code object with %lld free vars, not %u",
                 f->name, (long long)have, rt_code_of(value)->nfree);
        return -1;
    }
    rt_code_replaced(f->code);
    f->code = rt_code_of(value);
    rt_barrier(f);
    return 0;
}

static rt_val
get_globals(rt_val self)
{
    return F(self)->globals;
}

static rt_val
get_builtins(rt_val self)
{
    return F(self)->builtins;
}

static rt_val
get_closure(rt_val self)
{
    return F(self)->closure ? rt_from_ptr(F(self)->closure) : rt_None;
}

static rt_val
get_defaults(rt_val self)
{
    return F(self)->defaults ? rt_from_ptr(F(self)->defaults) : rt_None;
}

static int
set_defaults(rt_val self, rt_val value)
{
    if (!rt_is_null(value) && !rt_is_none(value) && !rt_is_tuple(value)) {
        rt_raise(&rt_exc_TypeError,
                 "__defaults__ must be set to a tuple object");
        return -1;
    }
    F(self)->defaults =
        rt_is_null(value) || rt_is_none(value) ? NULL : rt_ptr(value);
    rt_barrier(rt_ptr(self));
    return 0;
}

static rt_val
get_kwdefaults(rt_val self)
{
    return or_none(F(self)->kwdefaults);
}

static int
set_kwdefaults(rt_val self, rt_val value)
{
    if (!rt_is_null(value) && !rt_is_none(value) && !rt_is_dict(value)) {
        rt_raise(&rt_exc_TypeError,
                 "__kwdefaults__ must be set to a dict object");
        return -1;
    }
    rt_write(rt_ptr(self), &F(self)->kwdefaults,
             rt_is_null(value) || rt_is_none(value) ? RT_NULL : value);
    return 0;
}

/* The compiler leaves a tuple (name, value, ...). */
static rt_val
get_annotations(rt_val self)
{
    struct rt_function *f = F(self);

    if (rt_is_null(f->annotations))
        rt_write(f, &f->annotations, rt_dict_new());
    if (rt_is_tuple(f->annotations)) {
        rt_val dict = rt_dict_new();
        struct rt_tuple *t = rt_tuple_of(f->annotations);

        for (int64_t i = 0; i + 1 < t->len; i += 2)
            if (rt_dict_set(dict, t->items[i], t->items[i + 1]) < 0)
                return RT_NULL;
        rt_write(f, &f->annotations, dict);
    }
    return f->annotations;
}

static int
set_annotations(rt_val self, rt_val value)
{
    if (!rt_is_null(value) && !rt_is_none(value) && !rt_is_dict(value)) {
        rt_raise(&rt_exc_TypeError,
                 "__annotations__ must be set to a dict object");
        return -1;
    }
    rt_write(rt_ptr(self), &F(self)->annotations,
             rt_is_null(value) || rt_is_none(value) ? RT_NULL : value);
    return 0;
}

static rt_val
get_dict(rt_val self)
{
    return rt_instance_dict(self);
}

static int
set_dict(rt_val self, rt_val value)
{
    if (rt_is_null(value) || !rt_is_dict(value)) {
        rt_raise(&rt_exc_TypeError,
                 rt_is_null(value)
                     ? "cannot delete __dict__"
                     : "__dict__ must be set to a dictionary, not a '%T'",
                 value);
        return -1;
    }
    rt_write(rt_ptr(self), &F(self)->dict, value);
    return 0;
}

static const struct rt_getset function_getsets[] = {
    {"__name__", get_name, set_name, NULL},
    {"__qualname__", get_qualname, set_qualname, NULL},
    {"__module__", get_module, set_module, NULL},
    {"__doc__", get_doc, set_doc, NULL},
    {"__code__", get_code, set_code, NULL},
    {"__globals__", get_globals, NULL, NULL},
    {"__builtins__", get_builtins, NULL, NULL},
    {"__closure__", get_closure, NULL, NULL},
    {"__defaults__", get_defaults, set_defaults, NULL},
    {"__kwdefaults__", get_kwdefaults, set_kwdefaults, NULL},
    {"__annotations__", get_annotations, set_annotations, NULL},
    {"__dict__", get_dict, set_dict, NULL},
    RT_END_GETSETS,
};

struct rt_type rt_function_type = {
    RT_TYPE_HEAD(function, "function", sizeof(struct rt_function)),
    .flags = RT_TYPE_METHOD | RT_TYPE_HAS_DICT | RT_TYPE_HAS_WEAKREFS,
    .dict_offset = offsetof(struct rt_function, dict),
    .trace = function_trace,
    .getsets = function_getsets,
    .cdoc = "Create a function object.",
    .slots = {.repr = function_repr,
              .call = rt_function_call,
              .descr_get = function_get,
              .make = function_make},
};
