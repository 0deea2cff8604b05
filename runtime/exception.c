/* SPDX-License-Identifier: MIT
 * runtime/exception.c: BaseException and what all exceptions share: making,
 * setting, chaining and matching them. Classes with fields of their own are in
 * exception_types.c and exception_group.c, tracebacks in traceback.c.
 */
#include "config.h"

#include "runtime/exception.h"

#include <errno.h>
#include <stdarg.h>

#include "runtime/init.h"
#include "runtime/shape.h"
#include "runtime/type.h"

/* -- making -- */

struct rt_type *
rt_exc_native(struct rt_type *type)
{
    while (type->flags & RT_TYPE_HEAP)
        type = type->base;
    return type;
}

rt_val
rt_exc_alloc(struct rt_type *type, rt_val args)
{
    struct rt_exception *e = rt_ptr(rt_instance_new(type));
    uint32_t end = rt_type_fixed_size(rt_exc_native(type));

    for (uint32_t at = sizeof(struct rt_obj); at < end; at += 8)
        *(rt_val *)(void *)((char *)e + at) = RT_NULL;
    e->args = args;
    e->traceback = rt_None;
    e->suppress_context = rt_False;
    return rt_from_ptr(e);
}

rt_val
rt_exc_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
            rt_val kwnames)
{
    (void)kwnames;
    return rt_exc_alloc(type, rt_tuple_new(args, nargs));
}

int
rt_no_keywords(const char *fname, rt_val kwnames)
{
    if (rt_is_null(kwnames) || !rt_tuple_of(kwnames)->len)
        return 0;
    rt_raise(&rt_exc_TypeError, "%s() takes no keyword arguments", fname);
    return -1;
}

int
rt_exc_init(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    struct rt_exception *e = rt_exc_of(self);

    if (rt_no_keywords(rt_type_name(rt_type_of(self)), kwnames) < 0)
        return -1;
    /* make() has seen the same arguments unless a subclass changed them. */
    if (rt_tuple_of(e->args)->len == (int64_t)nargs &&
        (!nargs ||
         !memcmp(rt_tuple_of(e->args)->items, args, nargs * sizeof *args)))
        return 0;
    rt_write(e, &e->args, rt_tuple_new(args, nargs));
    return 0;
}

rt_val
rt_exc_new(struct rt_type *type, int nargs, ...)
{
    rt_val args[8], exc;
    va_list ap;

    va_start(ap, nargs);
    for (int i = 0; i < nargs && i < 8; i++)
        args[i] = va_arg(ap, rt_val);
    va_end(ap);
    exc = type->slots.make(type, args, (uint32_t)nargs, RT_NULL);
    if (rt_is_null(exc) || type->slots.init == rt_exc_init)
        return exc;
    if (rt_type_of(exc)->slots.init(exc, args, (uint32_t)nargs, RT_NULL) < 0)
        return RT_NULL;
    return exc;
}

/* -- setting -- */

/* exc.__context__ := context, where [exc] is taken out of that chain. */
void
rt_exc_set_context(rt_val exc, rt_val context)
{
    rt_val v = context, slow = context;
    bool step = false;

    if (rt_same(exc, context))
        return;
    for (;;) {
        rt_val next = rt_exc_of(v)->context;

        if (rt_is_null(next) || rt_is_none(next))
            break;
        if (rt_same(next, exc)) {
            rt_exc_of(v)->context = RT_NULL;
            break;
        }
        v = next;
        if (rt_same(v, slow))
            break; /* a cycle that does not contain exc */
        if (step)
            slow = rt_exc_of(slow)->context;
        step = !step;
    }
    rt_write(rt_exc_of(exc), &rt_exc_of(exc)->context, context);
}

rt_val
rt_raise_object(rt_val exc)
{
    if (rt_is_null(exc))
        return RT_NULL; /* making it failed: that error is set */
    if (rt_ts) {
        rt_val handled = rt_exc_handled();

        if (!rt_is_none(handled) && !rt_same(rt_exc_of(exc)->context, handled))
            rt_exc_set_context(exc, handled);
        rt_ts->exc = exc;
    }
    return RT_NULL;
}

rt_val
rt_raise_value(struct rt_type *type, rt_val arg)
{
    return rt_raise_object(rt_exc_new(type, 1, arg));
}

rt_val
rt_raise_key(rt_val key)
{
    return rt_raise_value(&rt_exc_KeyError, key);
}

rt_val
rt_raise_memory(void)
{
    __atomic_fetch_and(&rt_ts->poll, ~(uint64_t)RT_POLL_MEMORY,
                       __ATOMIC_SEQ_CST); /* said now */
    return rt_raise_object(rt_exc_new(&rt_exc_MemoryError, 0));
}

rt_val
rt_raise_errno(rt_val filename)
{
    int e = errno;
    rt_val number = rt_from_small(e), text = rt_str_new(strerror(e), -1);

    if (rt_is_null(filename))
        return rt_raise_object(rt_exc_new(&rt_exc_OSError, 2, number, text));
    return rt_raise_object(
        rt_exc_new(&rt_exc_OSError, 3, number, text, filename));
}

static bool
is_exception_class(rt_val v)
{
    return rt_is_type(v) && rt_type_ptr(v)->flags & RT_TYPE_EXCEPTION;
}

/* A class becomes its instance. RT_NULL: exception is set. */
static rt_val
instantiate(rt_val v, const char *error)
{
    rt_val exc;

    if (rt_is_exception(v))
        return v;
    if (!is_exception_class(v))
        return rt_raise(&rt_exc_TypeError, "%s", error);
    exc = rt_call0(v);
    if (rt_is_null(exc) || rt_is_exception(exc))
        return exc;
    return rt_raise(&rt_exc_TypeError,
                    "calling %R should have returned an instance of "
                    "BaseException, not %R",
                    v, rt_from_ptr(rt_type_of(exc)));
}

rt_val
rt_raise_from(rt_val a, rt_val cause)
{
    rt_val exc = instantiate(a, "exceptions must derive from BaseException");

    if (rt_is_null(exc))
        return RT_NULL;
    if (!rt_is_null(cause)) {
        struct rt_exception *e = rt_exc_of(exc);

        if (!rt_is_none(cause)) {
            cause = instantiate(
                cause, "exception causes must derive from BaseException");
            if (rt_is_null(cause))
                return RT_NULL;
        }
        rt_write(e, &e->cause, cause);
        e->suppress_context = rt_True;
    }
    return rt_raise_object(exc);
}

bool
rt_exc_is(struct rt_type *type)
{
    return rt_raised() && rt_is_subtype(rt_type_of(rt_ts->exc), type);
}

rt_val
rt_exc_take(void)
{
    rt_val exc = rt_ts->exc;

    rt_ts->exc = RT_NULL;
    return exc;
}

void
rt_exc_clear(void)
{
    rt_ts->exc = RT_NULL;
}

int
rt_exc_matches(rt_val exc, rt_val cls)
{
    if (is_exception_class(cls))
        return rt_is_subtype(rt_type_of(exc), rt_type_ptr(cls));
    if (rt_is_tuple(cls)) {
        int64_t n;
        rt_val *items = rt_seq_items(cls, &n);

        for (int64_t i = 0; i < n; i++)
            if (!is_exception_class(items[i]))
                goto bad;
        for (int64_t i = 0; i < n; i++)
            if (rt_is_subtype(rt_type_of(exc), rt_type_ptr(items[i])))
                return 1;
        return 0;
    }
bad:
    rt_raise(&rt_exc_TypeError, "catching classes that do not inherit from "
                                "BaseException is not allowed");
    return -1;
}

void
rt_exc_set_attribute(rt_val exc, rt_val name, rt_val obj)
{
    struct rt_exc_ATTR *e = rt_exc_as(ATTR, exc);

    rt_write(e, &e->name, name);
    rt_write(e, &e->obj, obj);
}

/* -- text -- */

rt_val
rt_exc_str(rt_val self)
{
    struct rt_tuple *args = rt_tuple_of(rt_exc_of(self)->args);

    if (args->len == 0)
        return RT_ID(empty);
    return rt_str(args->len == 1 ? args->items[0] : rt_exc_of(self)->args);
}

rt_val
rt_exc_key_str(rt_val self)
{
    struct rt_tuple *args = rt_tuple_of(rt_exc_of(self)->args);

    return args->len == 1 ? rt_repr(args->items[0]) : rt_exc_str(self);
}

static rt_val
exc_repr(rt_val self)
{
    rt_val args = rt_exc_of(self)->args, text;

    if (rt_tuple_of(args)->len == 1) {
        text = rt_repr(rt_tuple_of(args)->items[0]);
        return rt_is_null(text) ? RT_NULL : rt_str_format("%T(%U)", self, text);
    }
    text = rt_repr(args);
    return rt_is_null(text) ? RT_NULL : rt_str_format("%T%U", self, text);
}

/* -- attributes -- */

static rt_val
get_args(rt_val self)
{
    return rt_exc_of(self)->args;
}

static int
set_args(rt_val self, rt_val value)
{
    rt_val args;

    if (rt_is_null(value)) {
        rt_raise(&rt_exc_TypeError, "args may not be deleted");
        return -1;
    }
    args = rt_sequence_tuple(value);
    if (rt_is_null(args))
        return -1;
    rt_write(rt_ptr(self), &rt_exc_of(self)->args, args);
    return 0;
}

static rt_val
get_traceback(rt_val self)
{
    return rt_exc_of(self)->traceback;
}

static int
set_traceback(rt_val self, rt_val value)
{
    if (rt_is_null(value)) {
        rt_raise(&rt_exc_TypeError, "__traceback__ may not be deleted");
        return -1;
    }
    if (!rt_is_none(value) && !rt_is_exact(value, &rt_traceback_type)) {
        rt_raise(&rt_exc_TypeError,
                 "__traceback__ must be a traceback or None");
        return -1;
    }
    rt_write(rt_ptr(self), &rt_exc_of(self)->traceback, value);
    return 0;
}

static rt_val
or_none(rt_val v)
{
    return rt_is_null(v) ? rt_None : v;
}

static rt_val
get_cause(rt_val self)
{
    return or_none(rt_exc_of(self)->cause);
}

static rt_val
get_context(rt_val self)
{
    return or_none(rt_exc_of(self)->context);
}

static int
set_linked(rt_val self, rt_val *slot, rt_val value, const char *name)
{
    if (rt_is_null(value)) {
        rt_raise(&rt_exc_TypeError, "%s may not be deleted", name);
        return -1;
    }
    if (!rt_is_none(value) && !rt_is_exception(value)) {
        rt_raise(&rt_exc_TypeError,
                 "exception %s must be None or derive from BaseException",
                 name + 2);
        return -1;
    }
    rt_write(rt_ptr(self), slot, rt_is_none(value) ? RT_NULL : value);
    return 0;
}

static int
set_cause(rt_val self, rt_val value)
{
    if (!rt_is_null(value) && !rt_is_none(value) && !rt_is_exception(value)) {
        rt_raise(&rt_exc_TypeError, "exception cause must be None or derive "
                                    "from BaseException");
        return -1;
    }
    if (set_linked(self, &rt_exc_of(self)->cause, value, "__cause__") < 0)
        return -1;
    rt_exc_of(self)->suppress_context = rt_True;
    return 0;
}

static int
set_context(rt_val self, rt_val value)
{
    if (!rt_is_null(value) && !rt_is_none(value) && !rt_is_exception(value)) {
        rt_raise(&rt_exc_TypeError, "exception context must be None or derive "
                                    "from BaseException");
        return -1;
    }
    return set_linked(self, &rt_exc_of(self)->context, value, "__context__");
}

static rt_val
get_suppress(rt_val self)
{
    return rt_exc_of(self)->suppress_context;
}

static int
set_suppress(rt_val self, rt_val value)
{
    if (!rt_is_null(value) && rt_is_exact(value, &rt_bool_type)) {
        rt_exc_of(self)->suppress_context = value;
        return 0;
    }
    rt_raise(&rt_exc_TypeError, "attribute value type must be bool");
    return -1;
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
        rt_raise(&rt_exc_TypeError, "__dict__ must be a dictionary");
        return -1;
    }
    return rt_instance_set_dict(self, value);
}

static const struct rt_getset getsets[] = {
    {"args", get_args, set_args, NULL},
    {"__traceback__", get_traceback, set_traceback, NULL},
    {"__cause__", get_cause, set_cause, "exception cause"},
    {"__context__", get_context, set_context, "exception context"},
    {"__suppress_context__", get_suppress, set_suppress, NULL},
    {"__dict__", get_dict, set_dict, NULL},
    RT_END_GETSETS,
};

/* -- methods -- */

static rt_val
with_traceback(rt_val self, rt_val *args)
{
    return set_traceback(self, args[0]) < 0 ? RT_NULL : self;
}

static rt_val
add_note(rt_val self, rt_val *args)
{
    rt_val notes;

    if (!rt_is_str(args[0]))
        return rt_raise(&rt_exc_TypeError, "note must be a str, not '%T'",
                        args[0]);
    notes = rt_getattr_opt(self, RT_ID(notes));
    if (rt_is_null(notes)) {
        if (rt_raised())
            return RT_NULL;
        notes = rt_list_new(NULL, 0);
        if (rt_setattr(self, RT_ID(notes), notes) < 0)
            return RT_NULL;
    }
    if (!rt_is_list(notes))
        return rt_raise(&rt_exc_TypeError, "Cannot add note: __notes__ is not "
                                           "a list");
    return rt_list_append(notes, args[0]) < 0 ? RT_NULL : rt_None;
}

static bool
has_attributes(rt_val self)
{
    struct rt_map *map = rt_map_of(self);

    return map->nslots || (map->flags & RT_MAP_DICT &&
                           rt_dict_of(rt_instance_dict(self))->used);
}

static rt_val
exc_reduce(rt_val self, rt_val *args)
{
    rt_val cls = rt_from_ptr(rt_type_of(self));

    (void)args;
    if (has_attributes(self))
        return rt_tuple_pack(3, cls, rt_exc_of(self)->args,
                             rt_dict_copy(rt_instance_snapshot(self)));
    return rt_tuple_pack(2, cls, rt_exc_of(self)->args);
}

static rt_val
exc_setstate(rt_val self, rt_val *args)
{
    rt_val key, value;
    int64_t pos = 0;

    if (rt_is_none(args[0]))
        return rt_None;
    if (!rt_is_dict(args[0]))
        return rt_raise(&rt_exc_TypeError, "state is not a dictionary");
    while (rt_dict_next(args[0], &pos, &key, &value))
        if (rt_setattr(self, rt_str_intern(key), value) < 0)
            return RT_NULL;
    return rt_None;
}

static const struct rt_method methods[] = {
    RT_METHOD("with_traceback", with_traceback, OWN, "($self, tb, /)",
              "Exception.with_traceback(tb) --\n    set self.__traceback__ to "
              "tb and return self."),
    RT_METHOD("add_note", add_note, ANY, "($self, note, /)",
              "Exception.add_note(note) --\n    add a note to the exception"),
    RT_METHOD("__reduce__", exc_reduce, ANY, "($self, /)", NULL),
    RT_METHOD("__setstate__", exc_setstate, ANY, "($self, state, /)", NULL),
    RT_END_METHODS,
};

const struct rt_exc_behaviour rt_exc_kind_BASE = {rt_exc_make, rt_exc_init,
                                                  rt_exc_str, methods, NULL};

/* -- types -- */

static void
exc_trace(struct rt_obj *obj, struct rt_marker *m)
{
    uint32_t end = rt_type_fixed_size(rt_exc_native(obj->map->type));

    rt_gc_visit_words(m, (rt_val *)(void *)((char *)obj + sizeof *obj),
                      (end - sizeof *obj) / 8);
}

#define EXC(id, parent, kind, text)                                            \
    struct rt_type rt_exc_##id = {                                             \
        .head = {&rt_type_type.root_map},                                      \
        .root_map = {.head = {&rt_map_type.root_map}, .type = &rt_exc_##id},   \
        .cname = #id,                                                          \
        .size = sizeof(struct rt_exc_##kind) + 8,                              \
        .slots_offset = sizeof(struct rt_exc_##kind) + 8,                      \
        .flags = RT_TYPE_BASE | RT_TYPE_EXCEPTION | RT_TYPE_HAS_DICT |         \
                 RT_TYPE_HAS_WEAKREFS,                                         \
        .trace = exc_trace,                                                    \
        .cdoc = text,                                                          \
    };
#include "runtime/exceptions.def"
#undef EXC

static void
set_kind(struct rt_type *type, struct rt_type *base,
         const struct rt_exc_behaviour *kind)
{
    bool introduces = base->size != type->size || kind->methods == methods;

    type->base = base;
    if (base == &rt_object_type) {
        type->getsets = getsets;
        type->slots.repr = exc_repr;
        type->slots.make = rt_exc_make;
        type->slots.init = rt_exc_init;
        type->slots.str = rt_exc_str;
        type->methods = methods;
    } else if (introduces && kind->methods != methods) {
        type->methods = kind->methods;
        if (kind->make)
            type->slots.make = kind->make;
        type->slots.init = kind->init;
        if (kind->str)
            type->slots.str = kind->str;
    }
    rt_type_ready(type);
    if (introduces && kind->members)
        for (uint32_t i = 0; kind->members[i]; i++) {
            rt_val name = rt_intern(kind->members[i]);
            rt_val m = rt_member_new(
                type, name, (uint32_t)sizeof(struct rt_exception) + 8 * i);

            ((struct rt_member *)rt_ptr(m))->flags = RT_MEMBER_NONE;
            rt_type_put(type, name, m);
        }
}

void
rt_exceptions_init(void)
{
#define rt_exc_object rt_object_type
    rt_exc_KeyError.slots.str = rt_exc_key_str;
#define EXC(id, parent, kind, text)                                            \
    set_kind(&rt_exc_##id, &rt_exc_##parent, &rt_exc_kind_##kind);
#include "runtime/exceptions.def"
#undef EXC
    rt_exception_group_bases();
}
