/* SPDX-License-Identifier: MIT
 * runtime/interp/helpers_misc.c: what handlers call for functions, classes,
 * imports, exceptions, match statements, awaiting. Documented in ircalls.def.
 */
#include "config.h"

#include "runtime/interp/helpers.h"

#include "runtime/import.h"

#include "runtime/shape.h"

/* -- functions -- */

static rt_val
annotations_dict(rt_val pairs)
{
    rt_val d = rt_dict_new();
    struct rt_tuple *t = rt_tuple_of(pairs);
    int64_t i;

    for (i = 0; i + 1 < t->len; i += 2)
        if (rt_dict_set(d, t->items[i], t->items[i + 1]) < 0)
            return RT_NULL;
    return d;
}

rt_val
rt_h_make_function(rt_val code, rt_val defaults, rt_val kwdefaults,
                   rt_val annotations, rt_val closure, rt_val maker)
{
    struct rt_function *f =
        rt_function_like(rt_code_of(code), rt_function_of(maker));
    rt_val v = rt_from_ptr(f);

    if (!rt_is_null(defaults))
        f->defaults = rt_tuple_of(defaults);
    f->kwdefaults = kwdefaults;
    if (!rt_is_null(closure))
        f->closure = rt_tuple_of(closure);
    if (!rt_is_null(annotations)) {
        rt_val d = annotations_dict(annotations);

        if (rt_is_null(d))
            return d;
        f->annotations = d;
    }
    rt_barrier(f);
    return v;
}

bool
rt_h_super_plain(rt_val cls, const struct rt_type *type)
{
    return !rt_is_null(cls) && rt_is_type(cls) && type != &rt_cell_type &&
           !(type->flags & RT_TYPE_TYPE) && rt_is_subtype(type, rt_ptr(cls));
}

rt_val
rt_h_super(rt_val cell, rt_val self)
{
    rt_val cls = ((struct rt_cell *)rt_ptr(cell))->value;

    if (rt_is_null(cls))
        return rt_raise(&rt_exc_RuntimeError, "super(): empty __class__ cell");
    if (!rt_is_type(cls))
        return rt_raise(&rt_exc_RuntimeError,
                        "super(): __class__ is not a type (%T)", cls);
    if (rt_is_exact(self, &rt_cell_type))
        self = ((struct rt_cell *)rt_ptr(self))->value;
    if (rt_is_null(self))
        return rt_raise(&rt_exc_RuntimeError, "super(): arg[0] deleted");
    return rt_super_new(rt_ptr(cls), self);
}

/* -- attributes -- */

int64_t
rt_h_setattr(rt_val o, rt_val name, rt_val v)
{
    return rt_is_null(v) ? rt_delattr(o, name) : rt_setattr(o, name, v);
}

rt_val
rt_h_load_special(rt_val o, rt_val name, int64_t kind)
{
    rt_val f = rt_lookup_special(o, name);

    if (!rt_is_null(f) || rt_raised())
        return f;
    if (kind == 1)
        return rt_raise(
            &rt_exc_TypeError,
            "'%T' object does not support the asynchronous "
            "context manager protocol%s",
            o, rt_same(name, RT_ID(aexit)) ? " (missed __aexit__ method)" : "");
    return rt_raise(
        &rt_exc_TypeError,
        "'%T' object does not support the context manager "
        "protocol%s",
        o, rt_same(name, RT_ID(exit)) ? " (missed __exit__ method)" : "");
}

/* -- exceptions -- */

rt_val
rt_h_traceback(rt_val exc, rt_val func, void *running, int64_t ins)
{
    struct rt_code *code = running;

    if (!rt_is_null(exc) && !code->hidden)
        rt_traceback_add(exc, func, code, (uint32_t)ins);
    return rt_None;
}

rt_val
rt_exc_handled(void)
{
    const rt_val *fp;

    if (!rt_is_none(rt_ts->handled))
        return rt_ts->handled;
    for (fp = rt_ts->fp; fp; fp = rt_frame_back(fp))
        if (rt_frame_kind(fp) >= RT_FK_GENERATOR &&
            !rt_is_none(rt_gen_of(fp[RT_FRAME_AUX])->handled))
            return rt_gen_of(fp[RT_FRAME_AUX])->handled;
    return rt_None;
}

/* The same again, set; false: there is none, RuntimeError is set instead. */
bool
rt_h_reraise(void)
{
    rt_val exc = rt_exc_handled();

    if (!rt_is_none(exc)) {
        rt_ts->exc = exc;
        return true;
    }
    rt_raise(&rt_exc_RuntimeError, "No active exception to reraise");
    return false;
}

int
rt_h_exc_known(struct rt_type *type, rt_val cls, int before)
{
    if (before == -2 || !rt_is_type(cls) ||
        !(((struct rt_type *)rt_ptr(cls))->flags & RT_TYPE_EXCEPTION))
        return -2;
    return before == 1 || rt_is_subtype(type, rt_ptr(cls));
}

int64_t
rt_h_exc_matches(rt_val exc, rt_val cls)
{
    return rt_exc_matches(exc, cls);
}

/* The class may have set more than the message: NameError.name and the like
 * serve the suggestions of tracebacks. */
void
rt_exc_set_name(rt_val exc, rt_val name)
{
    rt_val pending = rt_ts->exc;

    rt_ts->exc = RT_NULL;
    if (rt_setattr(exc, RT_ID(name_), name) < 0)
        rt_exc_clear();
    rt_ts->exc = pending;
}

rt_val
rt_raise_import(rt_val name, rt_val path, rt_val message)
{
    rt_val exc = rt_exc_new(&rt_exc_ImportError, 1, message);

    if (rt_is_null(exc) || rt_setattr(exc, RT_ID(name_), name) < 0 ||
        (!rt_is_null(path) && rt_setattr(exc, RT_ID(path_), path) < 0))
        return RT_NULL;
    return rt_raise_object(exc);
}

int64_t
rt_h_end_async_for(rt_val exc)
{
    if (rt_isinstance_exactly(exc, &rt_exc_StopAsyncIteration))
        return 0;
    rt_ts->exc = exc;
    return -1;
}

rt_val
rt_h_exc_group_match(rt_val exc, rt_val cls)
{
    return rt_exc_group_match(exc, cls);
}

rt_val
rt_h_exc_group_end(rt_val original, rt_val list)
{
    return rt_exc_group_end(original, list);
}

/* -- awaiting -- */

rt_val
rt_h_awaitable(rt_val v, int64_t kind)
{
    rt_val it;

    if (rt_is_exact(v, &rt_coroutine_type)) {
        return v;
    }
    if (rt_is_exact(v, &rt_generator_type) &&
        rt_gen_of(v)->code->flags & FE_ITERABLE_COROUTINE)
        return v;
    if (!rt_type_of(v)->slots.await) {
        if (kind == 1 || kind == 2)
            return rt_raise(&rt_exc_TypeError,
                            "'async with' received an object from %s that does "
                            "not implement __await__: %T",
                            kind == 1 ? "__aenter__" : "__aexit__", v);
        return rt_raise(&rt_exc_TypeError,
                        "object %T can't be used in 'await' expression", v);
    }
    it = rt_type_of(v)->slots.await(v);
    if (rt_is_null(it))
        return it;
    if (rt_is_exact(it, &rt_coroutine_type))
        return rt_raise(&rt_exc_TypeError, "__await__() returned a coroutine");
    if (!rt_type_of(it)->slots.next)
        return rt_raise(&rt_exc_TypeError,
                        "__await__() returned non-iterator of type '%T'", it);
    return it;
}

rt_val
rt_h_aiter(rt_val v)
{
    rt_val it;

    if (!rt_type_of(v)->slots.aiter)
        return rt_raise(&rt_exc_TypeError,
                        "'async for' requires an object with __aiter__ method, "
                        "got %T",
                        v);
    it = rt_type_of(v)->slots.aiter(v);
    if (!rt_is_null(it) && !rt_type_of(it)->slots.anext)
        return rt_raise(&rt_exc_TypeError,
                        "'async for' received an object from __aiter__ that "
                        "does not implement __anext__: %T",
                        it);
    return it;
}

rt_val
rt_h_anext(rt_val it)
{
    rt_val item, v;

    if (!rt_type_of(it)->slots.anext)
        return rt_raise(&rt_exc_TypeError,
                        "'async for' requires an iterator with __anext__ "
                        "method, got %T",
                        it);
    item = rt_type_of(it)->slots.anext(it);
    if (rt_is_null(item))
        return item;
    v = rt_h_awaitable(item, 0);
    if (rt_is_null(v)) {
        rt_val cause = rt_exc_take();

        rt_raise(&rt_exc_TypeError,
                 "'async for' received an invalid object from __anext__: %T",
                 item);
        rt_write(rt_ptr(rt_ts->exc),
                 &((struct rt_exception *)rt_ptr(rt_ts->exc))->cause, cause);
        ((struct rt_exception *)rt_ptr(rt_ts->exc))->suppress_context = rt_True;
    }
    return v;
}

/* -- imports -- */

rt_val
rt_h_import_name(rt_val name, rt_val fromlist, int64_t level)
{
    struct rt_function *f = rt_frame_function(rt_ts->fp);
    rt_val import = rt_dict_get(f->builtins, RT_ID(import));
    rt_val args[5];

    if (rt_is_null(import))
        return rt_raise(&rt_exc_ImportError, "__import__ not found");
    if (rt_is_exact(import, &rt_builtin_type))
        return rt_import(name, f->globals, fromlist, (int)level);
    args[0] = name;
    args[1] = f->globals;
    args[2] = rt_None;
    args[3] = fromlist;
    args[4] = rt_from_small(level);
    return rt_call(import, args, 5, RT_NULL);
}

rt_val
rt_h_import_from(rt_val module, rt_val name)
{
    rt_val v = rt_getattr_opt(module, name);
    rt_val own, file, full, modules;

    if (!rt_is_null(v) || rt_raised())
        return v;
    own = rt_getattr_opt(module, RT_ID(name));
    rt_exc_clear();
    if (!rt_is_null(own) && rt_is_str(own)) {
        modules = rt_sys_get("modules");
        full = rt_str_format("%U.%U", own, name);
        v = rt_dict_get(modules, full);
        if (!rt_is_null(v))
            return v;
        rt_exc_clear();
    } else {
        own = rt_str_new("<unknown module name>", -1);
    }
    file = rt_getattr_opt(module, RT_ID(file));
    rt_exc_clear();
    if (!rt_is_null(file) && rt_is_str(file))
        return rt_raise_import(
            own, file,
            rt_module_initializing(module)
                ? rt_str_format("cannot import name '%U' from partially "
                                "initialized module '%U' (most likely due to "
                                "a circular import) (%U)",
                                name, own, file)
                : rt_str_format("cannot import name '%U' from '%U' (%U)", name,
                                own, file));
    return rt_raise_import(
        own, RT_NULL,
        rt_str_format("cannot import name '%U' from '%U' (unknown location)",
                      name, own));
}

int64_t
rt_h_import_star(rt_val module, rt_val ns)
{
    rt_val all = rt_getattr_opt(module, RT_ID(all)), dict, names, it, name;
    bool private_too = !rt_is_null(all);

    if (rt_raised())
        return -1;
    if (private_too) {
        names = all;
    } else {
        dict = rt_getattr(module, RT_ID(dict));
        if (rt_is_null(dict))
            return -1;
        names = rt_sequence_list(dict);
    }
    it = rt_iter(names);
    if (rt_is_null(it))
        return -1;
    while (name = rt_next(it), !rt_is_null(name)) {
        rt_val v;

        if (!rt_is_str(name)) {
            rt_raise(&rt_exc_TypeError,
                     "Item in %S.__all__ must be str, not %T",
                     rt_getattr(module, RT_ID(name)), name);
            return -1;
        }
        if (!private_too && rt_str_of(name)->len &&
            rt_str_at(rt_str_of(name), 0) == '_')
            continue;
        v = rt_getattr(module, rt_str_intern(name));
        if (rt_is_null(v) || rt_setitem(ns, rt_str_intern(name), v) < 0)
            return -1;
    }
    return rt_raised() ? -1 : 0;
}

/* -- match -- */

rt_val
rt_h_match_keys(rt_val subject, rt_val keys)
{
    struct rt_tuple *k = rt_tuple_of(keys);
    rt_val values = rt_tuple_new(NULL, k->len), get, seen = rt_set_new(RT_NULL);
    int64_t i;

    get = rt_getattr(subject, RT_ID(get_));
    if (rt_is_null(get))
        return get;
    for (i = 0; i < k->len; i++) {
        rt_val missing = rt_from_ptr(rt_ptr(seen)), v;
        int twice = rt_set_contains(seen, k->items[i]);

        if (twice < 0)
            return RT_NULL;
        if (twice)
            return rt_raise(&rt_exc_ValueError,
                            "mapping pattern checks duplicate key (%R)",
                            k->items[i]);
        if (rt_set_add(seen, k->items[i]) < 0)
            return RT_NULL;
        v = rt_call2(get, k->items[i], missing);
        if (rt_is_null(v))
            return v;
        if (rt_same(v, missing))
            return rt_None;
        rt_write(rt_ptr(values), &rt_tuple_of(values)->items[i], v);
    }
    return values;
}

rt_val
rt_h_match_rest(rt_val subject, rt_val keys)
{
    rt_val d = rt_dict_new();
    struct rt_tuple *k = rt_tuple_of(keys);
    int64_t i;

    if (rt_dict_merge(d, subject, true) < 0)
        return RT_NULL;
    for (i = 0; i < k->len; i++)
        if (rt_dict_del(d, k->items[i]) < 0)
            return RT_NULL;
    return d;
}

static int
match_attribute(rt_val list, rt_val seen, rt_val subject, rt_val cls,
                rt_val name)
{
    int twice = rt_set_contains(seen, name);
    rt_val v;

    if (twice < 0)
        return -1;
    if (twice) {
        rt_raise(&rt_exc_TypeError,
                 "%N() got multiple sub-patterns for attribute %R",
                 (struct rt_type *)rt_ptr(cls), name);
        return -1;
    }
    if (rt_set_add(seen, name) < 0)
        return -1;
    v = rt_getattr_opt(subject, rt_str_intern(name));
    if (rt_is_null(v))
        return rt_raised() ? -1 : 0;
    return rt_list_append(list, v) < 0 ? -1 : 1;
}

/* Builtin types whose one positional pattern is the subject itself. */
static bool
matches_self(const struct rt_type *t)
{
    return (t->flags &
            (RT_TYPE_INT | RT_TYPE_FLOAT | RT_TYPE_STR | RT_TYPE_BYTES |
             RT_TYPE_LIST | RT_TYPE_TUPLE | RT_TYPE_DICT | RT_TYPE_SET)) ||
           rt_is_subtype(t, &rt_bytearray_type);
}

static rt_val
positional_names(rt_val cls, int64_t npos, bool *self_only)
{
    struct rt_type *type = rt_ptr(cls);
    rt_val args = rt_getattr_opt(cls, RT_ID(match_args));
    int64_t allowed;

    *self_only = false;
    if (rt_is_null(args)) {
        if (rt_raised())
            return args;
        *self_only = matches_self(type);
        allowed = *self_only;
        args = rt_tuple_new(NULL, 0);
    } else if (!rt_is_exact(args, &rt_tuple_type)) {
        return rt_raise(&rt_exc_TypeError,
                        "%N.__match_args__ must be a tuple (got %T)", type,
                        args);
    } else {
        allowed = rt_tuple_of(args)->len;
    }
    if (allowed < npos)
        return rt_raise(
            &rt_exc_TypeError,
            "%N() accepts %lld positional sub-pattern%s (%lld given)", type,
            (long long)allowed, allowed == 1 ? "" : "s", (long long)npos);
    return args;
}

rt_val
rt_h_match_class(rt_val subject, rt_val cls, rt_val names, int64_t npos)
{
    rt_val list, seen, args;
    int64_t i;
    int found;
    bool self_only;

    if (!rt_is_type(cls))
        return rt_raise(&rt_exc_TypeError,
                        "called match pattern must be a type");
    found = rt_isinstance(subject, cls);
    if (found <= 0)
        return found < 0 ? RT_NULL : rt_None;
    list = rt_list_new(NULL, 0);
    seen = rt_set_new(RT_NULL);
    if (npos) {
        args = positional_names(cls, npos, &self_only);
        if (rt_is_null(args))
            return args;
        if (self_only && rt_list_append(list, subject) < 0)
            return RT_NULL;
        for (i = 0; !self_only && i < npos; i++) {
            rt_val name = rt_tuple_of(args)->items[i];

            if (!rt_is_str(name))
                return rt_raise(
                    &rt_exc_TypeError,
                    "__match_args__ elements must be strings (got %T)", name);
            found = match_attribute(list, seen, subject, cls, name);
            if (found <= 0)
                return found < 0 ? RT_NULL : rt_None;
        }
    }
    for (i = 0; i < rt_tuple_of(names)->len; i++) {
        found = match_attribute(list, seen, subject, cls,
                                rt_tuple_of(names)->items[i]);
        if (found <= 0)
            return found < 0 ? RT_NULL : rt_None;
    }
    return rt_list_to_tuple(list);
}

/* -- the rest -- */

int64_t
rt_h_print_expr(rt_val v)
{
    rt_val hook = rt_sys_get("displayhook");

    if (rt_is_null(hook)) {
        rt_raise(&rt_exc_RuntimeError, "lost sys.displayhook");
        return -1;
    }
    return rt_is_null(rt_call1(hook, v)) ? -1 : 0;
}

int64_t
rt_h_setup_annotations(rt_val ns)
{
    int there = rt_contains(ns, RT_ID(annotations));

    if (there)
        return there < 0 ? -1 : 0;
    return rt_setitem(ns, RT_ID(annotations), rt_dict_new());
}
