/* SPDX-License-Identifier: MIT
 * runtime/interp/frame.h: frames on the value stack.
 *
 *      fp[-5]  aux: the new instance of INIT, the generator of GENERATOR, ...
 *      fp[-4]  the code that runs, and the kind in its low bits (raw). The
 *              function's own code is another one after __code__ was set.
 *      fp[-3]  the caller's instruction to go on at (raw pointer)
 *      fp[-2]  the caller's fp (raw pointer; NULL below a C boundary)
 *      fp[-1]  the function
 *      fp[0..] registers
 *
 * A call's window in the caller (frontend/code.h) puts the callable and these
 * five words right before the arguments, so that a call copies nothing. Frames
 * that other instructions push (special methods, properties) lie behind the
 * caller's last register.
 */
#ifndef RT_FRAME_H
#define RT_FRAME_H

#include "runtime/code.h"
#include "runtime/runtime.h"

enum {
    RT_FRAME_FUNC = -1,
    RT_FRAME_BACK = -2,
    RT_FRAME_PC = -3,
    RT_FRAME_CODE = -4,
    RT_FRAME_AUX = -5,
    RT_FRAME_MARGIN =
        8 /* words between a frame's registers and the next header's end */
};

/* What a RETURN does with the value; "the instruction" is the caller's, before
 * the word in fp[-3]. */
enum rt_frame_kind {
    RT_FK_NORMAL,    /* R[a] of the instruction := value */
    RT_FK_ENTRY,     /* C called: the interpreter loop ends */
    RT_FK_INIT,      /* __init__: value must be None, R[a] := aux */
    RT_FK_DISCARD,   /* value is dropped (__setattr__, property setters) */
    RT_FK_BINARY,    /* operator method: NotImplemented goes to the slow path */
    RT_FK_COMPARE,   /* the same for comparisons */
    RT_FK_JUMP,      /* comparison of a fused jump: truth decides */
    RT_FK_GENERATOR, /* resumed by FOR_ITER or SEND; aux is the generator */
    RT_FK_GEN_ENTRY  /* resumed by C: the interpreter loop ends */
};

NAC_INLINE struct rt_function *
rt_frame_function(const rt_val *fp)
{
    return rt_function_of(fp[RT_FRAME_FUNC]);
}

enum { RT_FRAME_KINDS = 16 }; /* code objects are aligned to so much */

NAC_INLINE rt_val
rt_frame_word(const struct rt_code *code, enum rt_frame_kind kind)
{
    return (rt_val){(uint64_t)(uintptr_t)code | kind};
}

NAC_INLINE struct rt_code *
rt_frame_code(const rt_val *fp)
{
    return (struct rt_code *)(uintptr_t)(fp[RT_FRAME_CODE].bits &
                                         ~(uint64_t)(RT_FRAME_KINDS - 1));
}

NAC_INLINE enum rt_frame_kind
rt_frame_kind(const rt_val *fp)
{
    return (enum rt_frame_kind)(fp[RT_FRAME_CODE].bits & (RT_FRAME_KINDS - 1));
}

NAC_INLINE rt_val *
rt_frame_back(const rt_val *fp)
{
    return (rt_val *)(uintptr_t)fp[RT_FRAME_BACK].bits;
}

NAC_INLINE const struct fe_ins *
rt_frame_pc(const rt_val *fp)
{
    return (const struct fe_ins *)(uintptr_t)fp[RT_FRAME_PC].bits;
}

/* The frame at fp or below it that programs may see: the bodies of builtins
 * (bodies.h) are none; *pc, if not NULL, becomes its next instruction. */
NAC_INLINE rt_val *
rt_frame_visible(rt_val *fp, const struct fe_ins **pc)
{
    while (fp && rt_frame_code(fp)->hidden) {
        if (pc)
            *pc = rt_frame_pc(fp);
        fp = rt_frame_back(fp);
    }
    return fp;
}

/* C is about to run a frame: counts it, and those that the trace that called
 * has inlined, until rt_pop_depth() of the result. Its own is counted down when
 * it returns. */
NAC_INLINE int32_t
rt_push_depth(void)
{
    int32_t inlined = rt_ts->inlined;

    rt_ts->depth += inlined + 1;
    rt_ts->inlined = 0;
    return inlined;
}

NAC_INLINE void
rt_pop_depth(int32_t inlined)
{
    rt_ts->depth -= inlined;
    rt_ts->inlined = inlined;
}

NAC_INLINE rt_val
rt_raw(const void *p)
{
    return (rt_val){(uint64_t)(uintptr_t)p};
}

/* Writes the header of a frame that C runs; it returns to here. */
NAC_INLINE void
rt_frame_begin(rt_val *fp, rt_val func, const struct rt_code *code,
               enum rt_frame_kind kind, rt_val aux)
{
    fp[RT_FRAME_FUNC] = func;
    fp[RT_FRAME_AUX] = aux;
    fp[RT_FRAME_CODE] = rt_frame_word(code, kind);
    fp[RT_FRAME_PC] = rt_raw(rt_ts->pc);
    fp[RT_FRAME_BACK] = rt_raw(rt_ts->fp);
}

/* First word that a frame pushed by C may use. */
rt_val *rt_frame_top(void);

/* -- generators (generator.c) -- */

enum rt_gen_state {
    RT_GEN_CREATED,
    RT_GEN_SUSPENDED,
    RT_GEN_RUNNING,
    RT_GEN_DONE
};

struct rt_generator { /* generator, coroutine, async generator */
    struct rt_obj head;
    rt_val func;
    struct rt_code *code; /* the function's when it was called */
    rt_val name, qualname;
    int64_t state;           /* enum rt_gen_state */
    const struct fe_ins *pc; /* where it goes on; the YIELD is before it */
    rt_val handled;          /* its handled exception, swapped while it runs */
    rt_val origin;           /* async generator: hooks and running state */
    int64_t closed;
    rt_val regs[]; /* nregs of its code */
};
#define rt_gen_of(v) ((struct rt_generator *)rt_ptr(v))

/* New generator, coroutine or async generator whose registers are copied from
 * the bound frame at [regs]. */
rt_val rt_generator_new(rt_val func, const rt_val *regs);
/* Resumes from C: sends [value], or raises [exc] there unless it is RT_NULL.
 * Result: yielded value; RT_NULL with exception; RT_NULL without: it returned,
 * *result is the value. */
rt_val rt_generator_resume(struct rt_generator *gen, rt_val value, rt_val exc,
                           rt_val *result);

/* Goes on at [at], which follows the SEND whose result is set, not a YIELD. */
rt_val rt_generator_continue(struct rt_generator *gen, const struct fe_ins *at);
rt_val rt_coroutine_wrapper_new(rt_val coroutine);
/* anext(it, otherwise): awaits what __anext__ returned. */
rt_val rt_anext_or(rt_val awaitable, rt_val otherwise);
rt_val rt_generator_throw(rt_val self, rt_val exc);
/* The exception that throw(type, value, traceback) or throw(exc) means. */
rt_val rt_thrown_exception(rt_val *args);
void rt_generator_trace(struct rt_obj *obj, struct rt_marker *m);
rt_val rt_generator_repr(rt_val self);
rt_val rt_generator_get_name(rt_val self);
rt_val rt_generator_get_qualname(rt_val self);
int rt_generator_set_name(rt_val self, rt_val v);
int rt_generator_set_qualname(rt_val self, rt_val v);
rt_val rt_generator_get_code(rt_val self);
rt_val rt_generator_get_frame(rt_val self);
rt_val rt_generator_get_running(rt_val self);
rt_val rt_generator_get_suspended(rt_val self);
/* Attributes that generators, coroutines and async generators share. */
#define RT_GENERATOR_GETSETS(p, running)                                       \
    {"__name__", rt_generator_get_name, rt_generator_set_name, NULL},          \
        {"__qualname__", rt_generator_get_qualname, rt_generator_set_qualname, \
         NULL},                                                                \
        {p "_code", rt_generator_get_code, NULL, NULL},                        \
        {p "_frame", rt_generator_get_frame, NULL, NULL},                      \
        {p "_running", running, NULL, NULL},                                   \
    {                                                                          \
        p "_suspended", rt_generator_get_suspended, NULL, NULL                 \
    }
/* Runs code in a namespace: modules, exec, eval. */
rt_val rt_run_code(struct rt_code *code, rt_val globals, rt_val locals);

/* -- running (interp.c) -- */

/* How to begin: at pc; by unwinding at pc[-1], rt_ts->exc being set; the same
 * where that frame is in the traceback already; the same where it has no
 * handler either. */
enum rt_run { RT_RUN, RT_RAISE, RT_RERAISE, RT_LEAVE };
/* Runs the frame at fp, on top of one whose kind is ENTRY or GEN_ENTRY, until
 * that one returns (or yields). */
rt_val rt_interp_run(rt_val *fp, const struct fe_ins *pc, enum rt_run raise);
/* Binds the arguments of a Python function into a frame at [fp] (registers,
 * cells of the closure; not the header). The arguments may overlap fp from
 * fp[0] on. 0, or -1 with TypeError. */
int rt_bind_frame(struct rt_function *f, rt_val *fp, const rt_val *args,
                  uint32_t nargs, rt_val kwnames);
/* call slot of function objects */
rt_val rt_function_call(rt_val callable, const rt_val *args, uint32_t nargs,
                        rt_val kwnames);
/* Makes room on the value stack and counts the depth. 0, or -1: RecursionError.
 */
int rt_frame_check(const rt_val *fp, uint32_t nregs);

/* -- attribute caches (attr_ic.c) -- */

enum rt_attr_kind {
    RT_IC_NONE,     /* not cacheable: slow path */
    RT_IC_SLOT,     /* instance slot at byte offset [offset] */
    RT_IC_MEMBER,   /* the same for a member of __slots__: may be empty */
    RT_IC_MORE,     /* element [offset] of the array for the other slots */
    RT_IC_VALUE,    /* class attribute [value] that needs no binding */
    RT_IC_DATA,     /* the same, plain data: may be given another value */
    RT_IC_METHOD,   /* function or method descriptor [value] */
    RT_IC_PROPERTY, /* property whose getter (setter) is the function [value] */
    RT_IC_ADD, /* store: new attribute, transition to map [value as pointer],
                  offset */
    RT_IC_ADD_MORE,
    RT_IC_MODULE, /* attribute of the module [extra]: cell; epoch in spare[0] */
    RT_IC_CLASS,  /* attribute [value] of the class [extra]; its version in
                     spare[0] */
    RT_IC_CLASS_DATA /* the same, plain data */
};

/* The cache entry for this map and name, refilled if it was for another; never
 * NULL, [what] may be RT_IC_NONE. */
struct rt_ic *rt_attr_ic_fill(struct rt_ic *ic, struct rt_map *map, rt_val name,
                              rt_val o);
/* Does the entry hold for this object? Modules and classes share maps. */
NAC_INLINE bool
rt_attr_ic_holds(const struct rt_ic *ic, const struct rt_map *map, rt_val o)
{
    if (ic->map != map || ic->version != map->version)
        return false;
    if (NAC_LIKELY(ic->what < RT_IC_MODULE))
        return true;
    if (!rt_same(ic->extra, o))
        return false;
    return ic->what == RT_IC_MODULE
               ? ic->spare[0] == rt_namespace_epoch
               : ic->spare[0] == ((struct rt_type *)rt_ptr(o))->version;
}
/* The same for a global's cell. It holds for one epoch, see
 * rt_namespace_epoch. */
NAC_INLINE bool
rt_global_ic_holds(const struct rt_ic *ic, rt_val space)
{
    return ic->version == rt_namespace_epoch && rt_same(ic->extra, space);
}
struct rt_ic *rt_store_ic_fill(struct rt_ic *ic, struct rt_map *map,
                               rt_val name);

#endif
