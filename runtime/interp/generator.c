/* SPDX-License-Identifier: MIT
 * runtime/interp/generator.c: generators, coroutines and async generators as
 * objects: resuming them from C (next, send, throw, close), their types. The
 * interpreter resumes them itself in for loops and yield from (loop.h).
 */
#include "config.h"

#include "runtime/interp/helpers.h"
#include "runtime/interp/inlined.h"
#include "runtime/interp/jit.h"
#include "runtime/modules/sys.h"

static rt_val returned_value; /* of the generator that just ended; a root */

static uint32_t
saved_registers(const struct rt_generator *gen)
{
    return gen->pc == gen->code->ins ? gen->code->nlocals + gen->code->nfree
                                     : (uint32_t)gen->pc[-1].c;
}

rt_val
rt_generator_new(rt_val func, const rt_val *regs)
{
    struct rt_code *code = rt_function_of(func)->code;
    struct rt_type *type = code->flags & FE_GENERATOR ? &rt_generator_type
                           : code->flags & FE_COROUTINE
                               ? &rt_coroutine_type
                               : &rt_async_generator_type;
    struct rt_generator *gen = rt_alloc(
        &type->root_map, sizeof *gen + code->nregs * sizeof gen->regs[0]);
    uint32_t i, live = code->nlocals + code->nfree;

    gen->func = func;
    gen->code = code;
    gen->name = gen->qualname = gen->origin = RT_NULL;
    gen->handled = rt_None;
    gen->state = RT_GEN_CREATED;
    gen->pc = code->ins;
    for (i = 0; i < live; i++)
        gen->regs[i] = regs[i];
    if (code->closes)
        rt_gc_finalizable(gen);
    return rt_from_ptr(gen);
}

void
rt_generator_trace(struct rt_obj *obj, struct rt_marker *m)
{
    struct rt_generator *gen = (struct rt_generator *)obj;

    rt_gc_visit(m, gen->func);
    rt_gc_visit_ptr(m, gen->code);
    rt_gc_visit(m, gen->name);
    rt_gc_visit(m, gen->qualname);
    rt_gc_visit(m, gen->handled);
    rt_gc_visit(m, gen->origin);
    if (gen->state == RT_GEN_DONE || !rt_is_obj(gen->func))
        return;
    /* Not all of them are: what a call in progress leaves between function and
     * arguments was never written, and a trace that is left restores what is
     * live only. So these may hold addresses of what has been freed, as the
     * words of frames may. */
    rt_gc_visit_range(m, gen->regs, gen->regs + saved_registers(gen));
}

/* StopIteration that leaves a generator becomes RuntimeError (PEP 479). */
rt_val
rt_h_generator_raised(rt_val g)
{
    struct rt_type *type = rt_type_of(g);
    struct rt_type *wrong = NULL;
    const char *what = type == &rt_generator_type   ? "generator"
                       : type == &rt_coroutine_type ? "coroutine"
                                                    : "async generator";
    rt_val cause;

    if (rt_exc_is(&rt_exc_StopIteration))
        wrong = &rt_exc_StopIteration;
    else if (type == &rt_async_generator_type &&
             rt_exc_is(&rt_exc_StopAsyncIteration))
        wrong = &rt_exc_StopAsyncIteration;
    if (!wrong)
        return rt_None;
    cause = rt_exc_take();
    rt_raise(&rt_exc_RuntimeError, "%s raised %s", what, wrong->cname);
    ((struct rt_exception *)rt_ptr(rt_ts->exc))->cause = cause;
    ((struct rt_exception *)rt_ptr(rt_ts->exc))->context = cause;
    ((struct rt_exception *)rt_ptr(rt_ts->exc))->suppress_context = rt_True;
    return rt_None;
}

rt_val
rt_interp_leave(rt_val *fp, const struct fe_ins *I, rt_val v)
{
    struct rt_generator *gen;

    if (rt_frame_kind(fp) != RT_FK_GEN_ENTRY || rt_is_null(v) ||
        I->op == FE_YIELD)
        return v;
    gen = rt_gen_of(fp[RT_FRAME_AUX]);
    gen->state = RT_GEN_DONE;
    rt_write(gen, &gen->handled, gen->handled);
    {
        rt_val mine = gen->handled;

        gen->handled = rt_ts->handled;
        rt_ts->handled = mine;
    }
    returned_value = v;
    return RT_NULL;
}

rt_val
rt_generator_resume(struct rt_generator *gen, rt_val value, rt_val exc,
                    rt_val *result)
{
    rt_val self = rt_from_ptr(gen), *saved_fp = rt_ts->fp, *fp, v, mine;
    const struct fe_ins *saved_pc = rt_ts->pc;
    struct rt_code *code;
    bool started = gen->state == RT_GEN_SUSPENDED;
    uint32_t i, live;
    int32_t inlined;
    const char *what = rt_type_of(self) == &rt_generator_type ? "generator"
                       : rt_type_of(self) == &rt_coroutine_type
                           ? "coroutine"
                           : "async generator";

    *result = rt_None;
    if (gen->state == RT_GEN_RUNNING)
        return rt_raise(&rt_exc_ValueError, "%s already executing", what);
    if (gen->state == RT_GEN_DONE) {
        if (!rt_is_null(exc))
            return rt_raise_object(exc);
        if (rt_type_of(self) == &rt_coroutine_type)
            return rt_raise(&rt_exc_RuntimeError,
                            "cannot reuse already awaited coroutine");
        return RT_NULL;
    }
    if (!started && !rt_is_none(value) && rt_is_null(exc))
        return rt_raise(&rt_exc_TypeError,
                        "can't send non-None value to a just-started %s", what);
    code = gen->code;
    if (!started && !rt_is_null(exc)) {
        /* thrown into before it began: it never runs */
        gen->state = RT_GEN_DONE;
        rt_raise_object(exc);
        rt_h_traceback(rt_ts->exc, gen->func, code, 0);
        rt_h_generator_raised(self);
        return RT_NULL;
    }
    fp = rt_frame_top() + RT_FRAME_MARGIN;
    if (rt_frame_check(fp, code->nregs) < 0 || rt_enter("") < 0)
        return RT_NULL;
    live = started ? (uint32_t)gen->pc[-1].c : code->nlocals + code->nfree;
    for (i = 0; i < live; i++)
        fp[i] = gen->regs[i];
    if (started)
        fp[gen->pc[-1].a] = value;
    rt_frame_begin(fp, gen->func, code, RT_FK_GEN_ENTRY, self);
    gen->state = RT_GEN_RUNNING;
    mine = gen->handled;
    rt_write(gen, &gen->handled, rt_ts->handled);
    rt_ts->handled = mine;
    inlined = rt_push_depth();
    returned_value = rt_None;
    if (!rt_is_null(exc)) {
        rt_ts->fp = fp;
        rt_ts->pc = gen->pc;
        rt_raise_object(exc);
        v = rt_interp_run(fp, gen->pc, RT_RAISE);
    } else {
        v = rt_interp_run(fp, gen->pc, RT_RUN);
    }
    rt_pop_depth(inlined);
    rt_leave();
    rt_ts->fp = saved_fp;
    rt_ts->pc = saved_pc;
    *result = returned_value;
    return v;
}

/* StopIteration(value) as `return value` of a generator raises it. */
static rt_val
raise_stop(rt_val value)
{
    if (rt_is_none(value))
        return rt_raise_object(rt_exc_new(&rt_exc_StopIteration, 0));
    return rt_raise_object(rt_exc_new(&rt_exc_StopIteration, 1, value));
}

static rt_val
resume_or_stop(rt_val self, rt_val value, rt_val exc)
{
    rt_val result;
    rt_val v = rt_generator_resume(rt_gen_of(self), value, exc, &result);

    if (rt_is_null(v) && !rt_raised())
        return raise_stop(result);
    return v;
}

static rt_val
gen_next(rt_val self)
{
    rt_val result;
    rt_val v = rt_generator_resume(rt_gen_of(self), rt_None, RT_NULL, &result);

    if (rt_is_null(v) && !rt_raised() && !rt_is_none(result))
        return raise_stop(result);
    return v;
}

static rt_val
gen_send(rt_val self, rt_val *args)
{
    return resume_or_stop(self, args[0], RT_NULL);
}

/* The iterator that a suspended generator delegates to, or RT_NULL. */
static rt_val
delegate(const struct rt_generator *gen)
{
    /* ... SEND d, it, v; JUMP out; YIELD v, d; jumps back: the instruction
     * before the YIELD's is that JUMP, before it the SEND */
    const struct fe_ins *y = gen->pc - 1;

    if (gen->state != RT_GEN_SUSPENDED || y - gen->code->ins < 2 ||
        y[-1].op != FE_JUMP || y[-2].op != FE_SEND)
        return RT_NULL;
    return gen->regs[y[-2].b];
}

static rt_val
exception_of(rt_val exc, rt_val value)
{
    if (rt_is_type(exc)) {
        struct rt_type *type = rt_ptr(exc);

        if (!(type->flags & RT_TYPE_EXCEPTION))
            return rt_raise(&rt_exc_TypeError,
                            "exceptions must be classes or instances deriving "
                            "from BaseException, not %s",
                            "type");
        if (rt_is_null(value) || rt_is_none(value))
            return rt_call0(exc);
        if (rt_has_flag(value, RT_TYPE_EXCEPTION))
            return value;
        return rt_is_tuple(value) ? rt_call_ex(exc, value, RT_NULL)
                                  : rt_call1(exc, value);
    }
    if (!rt_has_flag(exc, RT_TYPE_EXCEPTION))
        return rt_raise(&rt_exc_TypeError,
                        "exceptions must be classes or instances deriving from "
                        "BaseException, not %T",
                        exc);
    if (!rt_is_null(value) && !rt_is_none(value))
        return rt_raise(&rt_exc_TypeError,
                        "instance exception may not have a separate value");
    return exc;
}

/* The exception of throw(type, value, traceback) or throw(exc). */
rt_val
rt_thrown_exception(rt_val *args)
{
    rt_val exc = args[0], tb = args[2];

    if (!rt_is_null(tb) && !rt_is_none(tb) &&
        !rt_is_exact(tb, &rt_traceback_type))
        return rt_raise(&rt_exc_TypeError,
                        "throw() third argument must be a traceback object");
    exc = exception_of(exc, args[1]);
    if (!rt_is_null(exc) && !rt_is_null(tb) && !rt_is_none(tb)) {
        struct rt_exception *e = rt_ptr(exc);

        rt_write(e, &e->traceback, tb);
    }
    return exc;
}

static int
close_iterator(rt_val it)
{
    rt_val close;

    close = rt_getattr_opt(it, RT_ID(close));
    if (rt_is_null(close))
        return rt_raised() ? -1 : 0;
    return rt_is_null(rt_call0(close)) ? -1 : 0;
}

static rt_val
throw_into(rt_val self, rt_val exc)
{
    struct rt_generator *gen = rt_gen_of(self);
    rt_val it = delegate(gen), v;

    if (rt_is_null(it))
        return resume_or_stop(self, rt_None, exc);
    if (rt_isinstance_exactly(exc, &rt_exc_GeneratorExit)) {
        gen->state = RT_GEN_RUNNING;
        if (close_iterator(it) < 0)
            exc = rt_exc_take();
        gen->state = RT_GEN_SUSPENDED;
        return resume_or_stop(self, rt_None, exc);
    }
    gen->state = RT_GEN_RUNNING;
    v = rt_getattr_opt(it, RT_ID(throw));
    if (rt_is_null(v)) {
        gen->state = RT_GEN_SUSPENDED;
        if (rt_raised())
            return v;
        return resume_or_stop(self, rt_None, exc);
    }
    v = rt_call1(v, exc);
    gen->state = RT_GEN_SUSPENDED;
    if (!rt_is_null(v))
        return v;
    exc = rt_exc_take();
    if (!rt_isinstance_exactly(exc, &rt_exc_StopIteration))
        return resume_or_stop(self, rt_None, exc);
    /* the delegate returned: go on at the SEND's way out with its value */
    {
        const struct fe_ins *send = gen->pc - 3;
        rt_val value = rt_getattr(exc, RT_ID(value));

        rt_write(gen, &gen->regs[send->a], value);
        return rt_generator_continue(gen, send + 1);
    }
}

/* An exception thrown in from C, by way of what the generator awaits. RT_NULL
 * without exception: it returned. */
rt_val
rt_generator_throw(rt_val self, rt_val exc)
{
    rt_val v = throw_into(self, exc);

    if (rt_is_null(v) && rt_exc_is(&rt_exc_StopIteration))
        rt_exc_clear();
    return v;
}

static rt_val
gen_throw(rt_val self, rt_val *args)
{
    rt_val exc = rt_thrown_exception(args);

    return rt_is_null(exc) ? exc : throw_into(self, exc);
}

/* Goes on at an instruction that is no resumption of a YIELD. */
rt_val
rt_generator_continue(struct rt_generator *gen, const struct fe_ins *at)
{
    rt_val self = rt_from_ptr(gen), *saved_fp = rt_ts->fp, *fp, v, mine;
    const struct fe_ins *saved_pc = rt_ts->pc;
    struct rt_code *code = gen->code;
    uint32_t i, live = (uint32_t)gen->pc[-1].c;
    int32_t inlined;

    fp = rt_frame_top() + RT_FRAME_MARGIN;
    if (rt_frame_check(fp, code->nregs) < 0 || rt_enter("") < 0)
        return RT_NULL;
    for (i = 0; i < live; i++)
        fp[i] = gen->regs[i];
    fp[at[-1].a] = gen->regs[at[-1].a];
    rt_frame_begin(fp, gen->func, code, RT_FK_GEN_ENTRY, self);
    gen->state = RT_GEN_RUNNING;
    mine = gen->handled;
    rt_write(gen, &gen->handled, rt_ts->handled);
    rt_ts->handled = mine;
    inlined = rt_push_depth();
    returned_value = rt_None;
    v = rt_interp_run(fp, at, RT_RUN);
    rt_pop_depth(inlined);
    rt_leave();
    rt_ts->fp = saved_fp;
    rt_ts->pc = saved_pc;
    if (rt_is_null(v) && !rt_raised())
        return raise_stop(returned_value);
    return v;
}

static rt_val
gen_close(rt_val self, rt_val *args)
{
    struct rt_generator *gen = rt_gen_of(self);
    rt_val v;

    (void)args;
    if (gen->state == RT_GEN_CREATED)
        gen->state = RT_GEN_DONE;
    if (gen->state == RT_GEN_DONE)
        return rt_None;
    v = throw_into(self, rt_exc_new(&rt_exc_GeneratorExit, 0));
    if (!rt_is_null(v))
        return rt_raise(&rt_exc_RuntimeError, "%T ignored GeneratorExit", self);
    if (rt_exc_is(&rt_exc_StopIteration) || rt_exc_is(&rt_exc_GeneratorExit)) {
        rt_exc_clear();
        return rt_None;
    }
    return RT_NULL;
}

int64_t
rt_h_finalizable(rt_val gen)
{
    rt_gc_finalizable(rt_ptr(gen));
    return 0;
}

/* A generator that is suspended inside a try block or in a yield from is closed
 * when it dies. (code->closes: it may ever be.) */
static bool
gen_wants_del(const struct rt_obj *obj)
{
    const struct rt_generator *gen = (const struct rt_generator *)obj;
    const struct rt_code *code = gen->code;

    return gen->state == RT_GEN_SUSPENDED &&
           (rt_h_find_handler(code, (uint32_t)(gen->pc - 1 - code->ins)) ||
            !rt_is_null(delegate(gen)));
}

static void
gen_del(rt_val self)
{
    rt_val pending = rt_ts->exc;

    rt_ts->exc = RT_NULL;
    if (rt_is_null(gen_close(self, NULL)))
        rt_exc_unraisable("generator", self);
    rt_ts->exc = pending;
}

rt_val
rt_h_yield_from_iter(rt_val v, void *code_)
{
    struct rt_code *code = code_;

    if (rt_is_exact(v, &rt_coroutine_type)) {
        if (!(code->flags & (FE_COROUTINE | FE_ITERABLE_COROUTINE)))
            return rt_raise(&rt_exc_TypeError,
                            "cannot 'yield from' a coroutine object in a "
                            "non-coroutine generator");
        return v;
    }
    return rt_iter(v);
}

/* What `return value` of a generator raises at next() or send(). */
rt_val
rt_h_stop_iteration(rt_val value)
{
    return raise_stop(value);
}

static rt_val
send_to(rt_val it, rt_val value, rt_val *result)
{
    rt_val v;

    *result = rt_None;
    if (rt_is_exact(it, &rt_generator_type) ||
        rt_is_exact(it, &rt_coroutine_type))
        return rt_generator_resume(rt_gen_of(it), value, RT_NULL, result);
    if (rt_is_none(value) && rt_type_of(it)->slots.next)
        v = rt_type_of(it)->slots.next(it);
    else
        v = rt_call_method(it, RT_ID(send), 1, &value);
    if (rt_is_null(v) && rt_raised() && rt_exc_is(&rt_exc_StopIteration)) {
        rt_val exc = rt_exc_take();

        *result = rt_getattr(exc, RT_ID(value));
    }
    return v;
}

/* One step of yield from / await over anything: what it yields, or returns:
 * rt_ts->ended says which. */
rt_val
rt_h_send(rt_val it, rt_val value)
{
    rt_val result, v = send_to(it, value, &result);

    rt_ts->ended = rt_is_null(v);
    return rt_is_null(v) && !rt_raised() ? result : v;
}

rt_val
rt_generator_get_name(rt_val self)
{
    struct rt_generator *gen = rt_gen_of(self);

    return rt_is_null(gen->name) ? rt_function_of(gen->func)->name : gen->name;
}

rt_val
rt_generator_get_qualname(rt_val self)
{
    struct rt_generator *gen = rt_gen_of(self);

    return rt_is_null(gen->qualname) ? rt_function_of(gen->func)->qualname
                                     : gen->qualname;
}

int
rt_generator_set_name(rt_val self, rt_val v)
{
    if (rt_is_null(v) || !rt_is_str(v)) {
        rt_raise(&rt_exc_TypeError, "__name__ must be set to a string object");
        return -1;
    }
    rt_write(rt_ptr(self), &rt_gen_of(self)->name, v);
    return 0;
}

int
rt_generator_set_qualname(rt_val self, rt_val v)
{
    if (rt_is_null(v) || !rt_is_str(v)) {
        rt_raise(&rt_exc_TypeError,
                 "__qualname__ must be set to a string object");
        return -1;
    }
    rt_write(rt_ptr(self), &rt_gen_of(self)->qualname, v);
    return 0;
}

rt_val
rt_generator_get_code(rt_val self)
{
    return rt_from_ptr(rt_gen_of(self)->code);
}

rt_val
rt_generator_get_frame(rt_val self)
{
    return rt_frame_of_generator(self);
}

rt_val
rt_generator_get_running(rt_val self)
{
    return rt_from_bool(rt_gen_of(self)->state == RT_GEN_RUNNING);
}

rt_val
rt_generator_get_suspended(rt_val self)
{
    return rt_from_bool(rt_gen_of(self)->state == RT_GEN_SUSPENDED);
}

static rt_val
get_delegate(rt_val self)
{
    rt_val it = delegate(rt_gen_of(self));

    return rt_is_null(it) ? rt_None : it;
}

rt_val
rt_generator_repr(rt_val self)
{
    return rt_str_format("<%s object %U at %p>", rt_type_of(self)->cname,
                         rt_generator_get_qualname(self), rt_ptr(self));
}

static rt_val
gen_self(rt_val self)
{
    return self;
}

#define THROW_SIGNATURE "($self, type, value=None, traceback=None, /)"

static const struct rt_method gen_methods[] = {
    RT_METHOD_INLINED(RT_INLINE_SEND, "send", gen_send, ANY, "($self, arg, /)",
                      "Resume with a value."),
    RT_METHOD("throw", gen_throw, ANY, THROW_SIGNATURE,
              "Raise an exception where it is suspended."),
    RT_METHOD("close", gen_close, ANY, "($self, /)",
              "Raise GeneratorExit where it is suspended."),
    RT_END_METHODS};

static const struct rt_getset gen_getsets[] = {
    RT_GENERATOR_GETSETS("gi", rt_generator_get_running),
    {"gi_yieldfrom", get_delegate, NULL, NULL},
    RT_END_GETSETS};

static const struct rt_getset coro_getsets[] = {
    RT_GENERATOR_GETSETS("cr", rt_generator_get_running),
    {"cr_await", get_delegate, NULL, NULL},
    RT_END_GETSETS};

struct rt_type rt_generator_type = {
    RT_TYPE_HEAD(generator, "generator", sizeof(struct rt_generator)),
    .flags = RT_TYPE_HAS_WEAKREFS | RT_TYPE_NOINSTANCE,
    .trace = rt_generator_trace,
    .wants_del = gen_wants_del,
    .methods = gen_methods,
    .getsets = gen_getsets,
    .slots = {.repr = rt_generator_repr,
              .iter = gen_self,
              .next = gen_next,
              .del = gen_del},
};

struct rt_type rt_coroutine_type = {
    RT_TYPE_HEAD(coroutine, "coroutine", sizeof(struct rt_generator)),
    .flags = RT_TYPE_HAS_WEAKREFS | RT_TYPE_NOINSTANCE,
    .trace = rt_generator_trace,
    .methods = gen_methods,
    .getsets = coro_getsets,
    .slots = {.repr = rt_generator_repr, .await = rt_coroutine_wrapper_new},
};

/* -- what await iterates over: __next__, send, throw, close of a coroutine --
 */

struct wrapper {
    struct rt_obj head;
    rt_val coroutine;
};

rt_val
rt_coroutine_wrapper_new(rt_val coroutine)
{
    struct wrapper *w = RT_NEW(struct wrapper, &rt_coroutine_wrapper_type);

    w->coroutine = coroutine;
    return rt_from_ptr(w);
}

static rt_val
inner(rt_val self)
{
    return ((struct wrapper *)rt_ptr(self))->coroutine;
}

static void
wrapper_trace(struct rt_obj *obj, struct rt_marker *m)
{
    rt_gc_visit(m, ((struct wrapper *)obj)->coroutine);
}

static rt_val
wrapper_next(rt_val self)
{
    return gen_next(inner(self));
}

static rt_val
wrapper_send(rt_val self, rt_val *args)
{
    return gen_send(inner(self), args);
}

static rt_val
wrapper_throw(rt_val self, rt_val *args)
{
    return gen_throw(inner(self), args);
}

static rt_val
wrapper_close(rt_val self, rt_val *args)
{
    return gen_close(inner(self), args);
}

static const struct rt_method wrapper_methods[] = {
    RT_METHOD("send", wrapper_send, ANY, "($self, arg, /)", NULL),
    RT_METHOD("throw", wrapper_throw, ANY, THROW_SIGNATURE, NULL),
    RT_METHOD("close", wrapper_close, ANY, "($self, /)", NULL), RT_END_METHODS};

struct rt_type rt_coroutine_wrapper_type = {
    RT_TYPE_HEAD(coroutine_wrapper, "coroutine_wrapper",
                 sizeof(struct wrapper)),
    .flags = RT_TYPE_NOINSTANCE,
    .trace = wrapper_trace,
    .methods = wrapper_methods,
    .slots = {.iter = gen_self, .next = wrapper_next},
};
