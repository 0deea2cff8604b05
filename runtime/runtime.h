/* SPDX-License-Identifier: MIT
 * runtime/runtime.h: what every part of the runtime may call: thread state,
 * exceptions, the abstract operations on any object, attributes, types, calls.
 * Results: see objects.h.
 */
#ifndef RT_RUNTIME_H
#define RT_RUNTIME_H

#include <stdio.h>

#include "runtime/objects.h"

/* -- thread state: one is current (the interpreter lock's owner) -- */

/* Bits of rt_thread.poll. */
enum {
    RT_POLL_SIGNAL = 1,
    RT_POLL_GC = 2,
    RT_POLL_LOCK = 4,
    RT_POLL_CALL = 8,
    RT_POLL_MEMORY = 16
};

struct rt_fp_header; /* interp/frame.h */
struct rt_thread {
    uint64_t poll; /* not 0: loop heads and calls must run rt_poll() */
    rt_val *fp;    /* registers of the newest frame on the value stack */
    const struct fe_ins
        *pc; /* its instruction after the current one, when C code runs */
    rt_val *stack, *stack_end; /* the value stack */
    rt_val exc;                /* the exception being raised, RT_NULL: none */
    rt_val
        handled;   /* the running generator's or thread's; see rt_exc_handled */
    int64_t ended; /* whether the generator of the last SEND to C returned */
    int32_t depth; /* Python frames */
    int32_t inlined; /* more of them, in the trace that called C; else 0 */
    int32_t c_depth; /* nested C calls that may run Python */
    int32_t recursion_limit;
    char *c_stack_limit; /* lowest address that C recursion may reach */
    rt_val asyncgen_hooks[2];
    rt_val trace_func, profile_func;
    rt_val
        *trace_fp; /* frame that the running trace was entered with, or NULL */
};
extern struct rt_thread *rt_ts;
/* Signals, pending finalisers, lock hand-over. 0, or -1: exception. */
int rt_poll(void);
/* For C functions that recurse on data or call Python: RecursionError "
 * [where]". Balanced by rt_leave(). */
int rt_enter(const char *where);
void rt_leave(void);

/* -- exceptions (exception.c) -- */

/* EXC(name, base): rt_exc_NAME are types; exceptions.def */
#define EXC(name, base, kind, doc) extern struct rt_type rt_exc_##name;
#include "runtime/exceptions.def"
#undef EXC

struct rt_exception { /* every exception's head; kinds with more fields embed it
                       */
    struct rt_obj head;
    rt_val args;             /* tuple */
    rt_val traceback;        /* None or traceback */
    rt_val cause, context;   /* RT_NULL: absent */
    rt_val suppress_context; /* bool */
};

/* Sets a new exception of [type] with one str argument; returns RT_NULL.
 * Formats: those of printf for C types, and
 *   %R repr of a rt_val   %S str of it   %T its type's name
 *   %N name of a struct rt_type *      (%U: a str rt_val as it is) */
rt_val rt_raise(struct rt_type *type, const char *fmt, ...);
rt_val rt_raise_value(struct rt_type *type, rt_val arg); /* type(arg) */
/* What sys.exc_info() sees: a generator that handles none sees its caller's. */
rt_val rt_exc_handled(void);
rt_val rt_raise_object(rt_val exc); /* sets it; context from rt_ts->handled */
rt_val rt_raise_memory(void);
rt_val rt_raise_key(rt_val key);        /* KeyError(key) */
rt_val rt_raise_errno(rt_val filename); /* OSError of errno; RT_NULL: no name */
rt_val rt_exc_new(struct rt_type *type, int nargs, ...);
/* The exception of `raise a` / `raise a from b` (RT_NULL: no from). */
rt_val rt_raise_from(rt_val a, rt_val cause);
/* ImportError with name and path (RT_NULL: none). */
rt_val rt_raise_import(rt_val name, rt_val path, rt_val message);
void rt_exc_set_name(rt_val exc,
                     rt_val name); /* .name of NameError and others */
/* except*: (matching part or None, rest or None); what is raised at its end. */
rt_val rt_exc_group_match(rt_val exc, rt_val cls);
rt_val rt_exc_group_end(rt_val original, rt_val raised_list);
NAC_INLINE bool
rt_raised(void)
{
    return !rt_is_null(rt_ts->exc);
}
void rt_exc_set_attribute(rt_val exc, rt_val name,
                          rt_val obj); /* AttributeError */
rt_val rt_stop_value(rt_val exc);      /* value of a StopIteration */
bool rt_exc_is(struct rt_type *type);  /* the set exception is an instance */
rt_val rt_exc_take(void);              /* takes it, none is set any more */
void rt_exc_clear(void);
/* Does exception (instance) match class or tuple; -1: TypeError. */
int rt_exc_matches(rt_val exc, rt_val cls);
/* Prints the set exception as an uncaught one and clears it (hook included). */
void rt_exc_print(void);
/* "Exception ignored in: ..." and clears. */
void rt_exc_unraisable(const char *where, rt_val object);
/* Adds a traceback entry for the frame at an instruction (interp/unwind.c calls
 * it). */
struct rt_code;
void rt_traceback_add(rt_val exc, rt_val function, struct rt_code *code,
                      uint32_t instruction);
void rt_traceback_print(FILE *out,
                        rt_val exc);    /* traceback.c: with chain and notes */
rt_val rt_traceback_format(rt_val exc); /* the same as a str */

/* -- abstract operations (abstract.c) -- */

rt_val rt_repr(rt_val v);
rt_val rt_str(rt_val v);
rt_val rt_ascii(rt_val v);
rt_val rt_format(rt_val v, rt_val spec); /* spec: str, RT_NULL: empty */
int64_t rt_hash(rt_val v);               /* -1: exception */
int rt_truth(rt_val v);                  /* 0, 1, -1 */
rt_val rt_compare(rt_val a, rt_val b, enum rt_cmp op);
int rt_compare_bool(rt_val a, rt_val b,
                    enum rt_cmp op); /* 0, 1, -1; no identity shortcut */
int rt_equal(rt_val a, rt_val b);    /* 0, 1, -1; identity implies equality */
rt_val rt_binary_op(enum rt_binop op, rt_val a, rt_val b);
/* The right operand's turn alone; the TypeError that nobody answered. */
rt_val rt_binary_reflected(enum rt_binop op, rt_val a, rt_val b);
rt_val rt_binary_refuse(enum rt_binop op, rt_val a, rt_val b, bool inplace);
rt_val rt_inplace_op(enum rt_binop op, rt_val a, rt_val b);
rt_val rt_power(rt_val a, rt_val b, rt_val mod);
rt_val rt_negative(rt_val v);
rt_val rt_positive(rt_val v);
rt_val rt_invert(rt_val v);
rt_val rt_absolute(rt_val v);
int64_t rt_len(rt_val v);
rt_val rt_getitem(rt_val v, rt_val key);
int rt_setitem(rt_val v, rt_val key, rt_val value);
int rt_delitem(rt_val v, rt_val key);
int rt_contains(rt_val container, rt_val item);
int rt_contains_by_iteration(rt_val container, rt_val item);
rt_val rt_iter(rt_val v);
rt_val rt_next(rt_val iterator); /* RT_NULL without exception: at its end */
bool rt_is_callable(rt_val v);
int64_t rt_length_hint(rt_val v, int64_t otherwise);

/* -- attributes (attr.c, shape.c) -- */

rt_val rt_getattr(rt_val v, rt_val name); /* name: interned str */
rt_val rt_getattr_opt(rt_val v,
                      rt_val name); /* RT_NULL without exception: not there */
int rt_setattr(rt_val v, rt_val name, rt_val value);
int rt_delattr(rt_val v, rt_val name);
rt_val rt_generic_getattr(rt_val v, rt_val name);
int rt_generic_setattr(rt_val v, rt_val name, rt_val value);
/* Own attributes of an instance by its map. RT_NULL: not there (no exception).
 */
rt_val rt_instance_get(rt_val v, rt_val name);
int
rt_instance_set(rt_val v, rt_val name,
                rt_val value); /* RT_NULL: delete; 0: was not there, 1, -1 */
rt_val
rt_instance_dict(rt_val v); /* __dict__: turns the instance to RT_MAP_DICT */
/* Slot of a name in a map, -1: none. */
int64_t rt_map_slot(struct rt_map *map, rt_val name);
struct rt_map *rt_map_with(struct rt_map *map, rt_val name); /* transition */
rt_val *rt_instance_slot(struct rt_obj *obj, uint32_t slot); /* its address */

/* -- types (type.c) -- */

/* Attribute in the mro, RT_NULL: none. No exception, no descriptor call. */
rt_val rt_type_lookup(struct rt_type *type, rt_val name);
rt_val
rt_lookup_special(rt_val v,
                  rt_val name); /* bound; RT_NULL without exception: none */
bool rt_is_subtype(const struct rt_type *a, const struct rt_type *b);
NAC_INLINE bool
rt_isinstance_exactly(rt_val v, const struct rt_type *type)
{
    return rt_type_of(v) == type || rt_is_subtype(rt_type_of(v), type);
}
int rt_isinstance(rt_val v,
                  rt_val cls); /* with __instancecheck__, tuples, unions; -1 */
int rt_issubclass(rt_val sub, rt_val cls);
int rt_type_ready(struct rt_type *type); /* completes a builtin type */
void rt_type_changed(
    struct rt_type *type); /* after a mutation: version, slots, traces */
/* The same where all that changed is the value of an attribute that was and is
 * plain data: a counter or a setting in a class. */
void rt_type_data_changed(struct rt_type *type);
/* An object that classes may hold as an attribute does something else now when
 * it is looked up: property.__init__() was called once more. */
void rt_descriptors_changed(void);
rt_val rt_type_new(struct rt_type *meta, rt_val name, rt_val bases, rt_val ns,
                   rt_val kwargs);
rt_val rt_build_class(rt_val func, rt_val name, const rt_val *bases,
                      uint32_t nbases, rt_val kwargs);
/* Instance with room for attributes, as object.__new__ makes it. */
rt_val rt_instance_new(struct rt_type *type);
const char *rt_type_name(const struct rt_type *type); /* "list"; UTF-8 */

/* -- calls (call.c, interp/) -- */

rt_val rt_call(rt_val callable, const rt_val *args, uint32_t nargs,
               rt_val kwnames);
rt_val rt_call0(rt_val callable);
rt_val rt_call1(rt_val callable, rt_val a);
rt_val rt_call2(rt_val callable, rt_val a, rt_val b);
rt_val rt_call3(rt_val callable, rt_val a, rt_val b, rt_val c);
rt_val rt_call_method(rt_val v, rt_val name, uint32_t nargs,
                      const rt_val *args);
rt_val rt_call_ex(rt_val callable, rt_val args_tuple,
                  rt_val kwargs_dict /* or RT_NULL */);
/* Binds arguments by the signature and calls: what every builtin's call ends
 * in. */
rt_val rt_builtin_call(struct rt_builtin *f, rt_val self, const rt_val *args,
                       uint32_t nargs, rt_val kwnames);
/* Binds arguments to a signature for make/init/call slots of builtin types:
 *   static struct rt_signature *sig;
 *   rt_val a[2];
 *   if (rt_bind(&sig, "enumerate", "(iterable, start=0)", a, args, nargs,
 * kwnames) < 0) ... */
int rt_bind(struct rt_signature **sig, const char *fname, const char *signature,
            rt_val *out, const rt_val *args, uint32_t nargs, rt_val kwnames);

/* -- code, modules, running (code.c, import.c, interp/) -- */

rt_val rt_import(rt_val name, rt_val globals, rt_val fromlist, int level);
rt_val rt_import_name(const char *name); /* import NAME, the last component */
extern rt_val rt_builtins;               /* namespace dict of module builtins */
rt_val rt_sys_get(const char *name); /* RT_NULL without exception: not there */

#endif
