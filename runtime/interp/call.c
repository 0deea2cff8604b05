/* SPDX-License-Identifier: MIT
 * runtime/interp/call.c: Python functions called from C, argument binding in
 * general, running code in a namespace, and the room on the value stack. The
 * interpreter binds simple calls itself (handlers_call.h).
 */
#include "config.h"

#include "base/phase.h"
#include "runtime/interp/helpers.h"
#include "runtime/interp/jit.h"
#include "runtime/type.h"

/* -- the value stack -- */

rt_val *
rt_frame_top(void)
{
    rt_val *fp = rt_ts->fp;

    if (!fp)
        return rt_ts->stack + RT_FRAME_MARGIN;
    return fp + rt_frame_code(fp)->nregs + RT_FRAME_MARGIN;
}

int
rt_frame_check(const rt_val *fp, uint32_t nregs)
{
    if (fp + nregs + 2 * RT_FRAME_MARGIN > rt_ts->stack_end ||
        rt_ts->depth + rt_ts->inlined >= rt_ts->recursion_limit) {
        rt_raise(&rt_exc_RecursionError, "maximum recursion depth exceeded");
        return -1;
    }
    return 0;
}

/* -- binding -- */

static void
raise_missing(struct rt_function *f, const rt_val *fp, int first, int last,
              const char *what)
{
    struct rt_code *code = f->code;
    struct rt_tuple *names = rt_tuple_of(code->varnames);
    int count = 0, seen = 0, i;
    struct rt_builder b = {0};

    for (i = first; i < last; i++)
        count += rt_is_null(fp[i]);
    for (i = first; i < last; i++) {
        if (!rt_is_null(fp[i]))
            continue;
        if (seen && count == 2)
            rt_builder_utf8(&b, " and ", -1);
        else if (seen)
            rt_builder_utf8(&b, seen == count - 1 ? ", and " : ", ", -1);
        rt_builder_add(&b, '\'');
        rt_builder_str(&b, names->items[i]);
        rt_builder_add(&b, '\'');
        seen++;
    }
    rt_raise(&rt_exc_TypeError, "%U() missing %d required %s argument%s: %U",
             f->qualname, count, what, count == 1 ? "" : "s",
             rt_builder_finish(&b));
}

static void
raise_too_many(struct rt_function *f, const rt_val *fp, int64_t given)
{
    struct rt_code *code = f->code;
    int argcount = (int)code->argcount;
    int ndefaults = f->defaults ? (int)f->defaults->len : 0;
    int kwonly = 0;
    char expected[64], more[80] = "";
    bool plural;
    uint32_t i;

    for (i = 0; i < code->kwonlyargcount; i++)
        kwonly += !rt_is_null(fp[argcount + (int)i]);
    if (ndefaults) {
        snprintf(expected, sizeof expected, "from %d to %d",
                 argcount - ndefaults, argcount);
        plural = true;
    } else {
        snprintf(expected, sizeof expected, "%d", argcount);
        plural = argcount != 1;
    }
    if (kwonly)
        snprintf(more, sizeof more,
                 " positional argument%s (and %d keyword-only argument%s)",
                 given != 1 ? "s" : "", kwonly, kwonly != 1 ? "s" : "");
    rt_raise(&rt_exc_TypeError,
             "%U() takes %s positional argument%s but %lld%s %s given",
             f->qualname, expected, plural ? "s" : "", (long long)given, more,
             given == 1 && !kwonly ? "was" : "were");
}

/* Register of a parameter that may be given by name; -1: none, -2: it is a
 * positional-only one. */
static int
parameter(struct rt_code *code, rt_val name)
{
    struct rt_tuple *names = rt_tuple_of(code->varnames);
    int n = (int)(code->argcount + code->kwonlyargcount), i;

    for (i = (int)code->posonlyargcount; i < n; i++)
        if (rt_same(names->items[i], name))
            return i;
    for (i = 0; i < n; i++)
        if (rt_str_equal(names->items[i], name))
            return i < (int)code->posonlyargcount ? -2 : i;
    return -1;
}

static void
raise_positional_only(struct rt_function *f, rt_val kwnames)
{
    struct rt_tuple *given = rt_tuple_of(kwnames);
    struct rt_tuple *names = rt_tuple_of(f->code->varnames);
    rt_val list = rt_list_new(NULL, 0);
    int64_t i, j;

    for (i = 0; i < (int64_t)f->code->posonlyargcount; i++)
        for (j = 0; j < given->len; j++)
            if (rt_str_equal(names->items[i], given->items[j]))
                rt_list_append(list, names->items[i]);
    rt_raise(&rt_exc_TypeError,
             "%U() got some positional-only arguments passed as keyword "
             "arguments: '%U'",
             f->qualname,
             rt_str_join(rt_intern(", "), rt_list_of(list)->items->items,
                         rt_list_of(list)->len));
}

static int
bind_keyword(struct rt_function *f, rt_val *regs, rt_val kwargs, rt_val kwnames,
             rt_val name, rt_val value)
{
    int at;

    if (!rt_is_str(name)) {
        rt_raise(&rt_exc_TypeError, "%U() keywords must be strings",
                 f->qualname);
        return -1;
    }
    at = parameter(f->code, name);
    if (at < 0) {
        if (!rt_is_null(kwargs))
            return rt_dict_set(kwargs, name, value);
        if (at == -2)
            raise_positional_only(f, kwnames);
        else
            rt_raise(&rt_exc_TypeError,
                     "%U() got an unexpected keyword argument '%U'",
                     f->qualname, name);
        return -1;
    }
    if (!rt_is_null(regs[at])) {
        rt_raise(&rt_exc_TypeError,
                 "%U() got multiple values for argument '%U'", f->qualname,
                 name);
        return -1;
    }
    regs[at] = value;
    return 0;
}

static int
fill_defaults(struct rt_function *f, rt_val *regs)
{
    struct rt_code *code = f->code;
    int argcount = (int)code->argcount, missing = 0, i;
    int ndefaults = f->defaults ? (int)f->defaults->len : 0;
    int all = argcount + (int)code->kwonlyargcount;

    for (i = 0; i < argcount; i++) {
        if (!rt_is_null(regs[i]))
            continue;
        if (i >= argcount - ndefaults)
            regs[i] = f->defaults->items[i - (argcount - ndefaults)];
        else
            missing = 1;
    }
    if (missing) {
        raise_missing(f, regs, 0, argcount - ndefaults, "positional");
        return -1;
    }
    for (; i < all; i++) {
        if (rt_is_null(regs[i]) && !rt_is_null(f->kwdefaults))
            regs[i] = rt_dict_get(f->kwdefaults,
                                  rt_tuple_of(code->varnames)->items[i]);
        missing |= rt_is_null(regs[i]);
    }
    if (missing) {
        raise_missing(f, regs, argcount, all, "keyword-only");
        return -1;
    }
    return 0;
}

int
rt_bind_frame(struct rt_function *f, rt_val *fp, const rt_val *args,
              uint32_t nargs, rt_val kwnames)
{
    struct rt_code *code = f->code;
    int nkw = rt_is_null(kwnames) ? 0 : (int)rt_tuple_of(kwnames)->len;
    int argcount = (int)code->argcount;
    int all = argcount + (int)code->kwonlyargcount;
    int extra = (int)nargs > argcount ? (int)nargs - argcount : 0;
    rt_val kwargs = RT_NULL, rest = RT_NULL, regs_here[64];
    rt_val *regs = regs_here;
    int i;

    /* the arguments may lie where the registers go: bind beside them, in
     * words that the collector sees */
    if (all > 64) {
        regs = fp + (nargs + (uint32_t)nkw > code->nregs ? nargs + (uint32_t)nkw
                                                         : code->nregs);
        if (regs + all + RT_FRAME_MARGIN > rt_ts->stack_end) {
            rt_raise(&rt_exc_RecursionError,
                     "maximum recursion depth exceeded");
            return -1;
        }
    }
    for (i = 0; i < all; i++)
        regs[i] = i < argcount && i < (int)nargs ? args[i] : RT_NULL;
    if (code->flags & FE_VARARGS)
        rest = rt_tuple_new(args + argcount, extra);
    if (code->flags & FE_VARKEYWORDS)
        kwargs = rt_dict_new();
    for (i = 0; i < nkw; i++)
        if (bind_keyword(f, regs, kwargs, kwnames,
                         rt_tuple_of(kwnames)->items[i],
                         args[nargs + (uint32_t)i]) < 0)
            return -1;
    if (extra && !(code->flags & FE_VARARGS)) {
        raise_too_many(f, regs, nargs);
        return -1;
    }
    if (fill_defaults(f, regs) < 0)
        return -1;
    memmove(fp, regs, (size_t)all * sizeof *fp);
    i = all;
    if (code->flags & FE_VARARGS)
        fp[i++] = rest;
    if (code->flags & FE_VARKEYWORDS)
        fp[i] = kwargs;
    return 0;
}

/* -- calls from C -- */

/* Registers beyond the parameters, and the header; the frame is at [fp]. */
static void
finish_frame(rt_val func, rt_val *fp, int kind, rt_val aux)
{
    struct rt_function *f = rt_function_of(func);
    struct rt_code *code = f->code;
    uint32_t i;

    for (i = code->nparams; i < code->nlocals; i++)
        fp[i] = RT_NULL;
    for (i = 0; i < code->nfree; i++)
        fp[code->nlocals + i] = f->closure->items[i];
    rt_frame_begin(fp, func, code, kind, aux);
}

/* Runs the function whose frame was just made, by its trace if it has one. */
static rt_val
run_entered(struct rt_code *code, rt_val *fp)
{
    struct rt_jit_state state = {.fp = fp, .pc = code->ins};
    bool left = false;
    rt_val result;
    int phase;

    rt_ts->fp = fp;
    if (NAC_UNLIKELY(--code->entry.count < 0)) {
        rt_jit_hot(&code->entry, &state);
        if (state.returned && state.fp == fp) {
            rt_ts->depth--;
            return state.result;
        }
        if (state.returned) { /* from a frame that the trace had inlined */
            left = rt_is_null(state.result);
            if (!left)
                state.fp[0] = state.result;
            state.pc = rt_return_r0;
        }
    }
    phase = nac_phase_set(NAC_INTERPRETER);
    result = rt_interp_run(state.fp, state.pc,
                           left                ? RT_LEAVE
                           : !state.raise      ? RT_RUN
                           : state.traced_back ? RT_RERAISE
                                               : RT_RAISE);
    nac_phase_set(phase);
    return result;
}

/* Calls the function, whose parameters are bound at [fp]. */
static rt_val
run_bound(rt_val func, rt_val *fp)
{
    rt_val *saved_fp = rt_ts->fp, result;
    const struct fe_ins *saved_pc = rt_ts->pc;
    int32_t inlined;

    if (rt_enter("") < 0)
        return RT_NULL;
    finish_frame(func, fp, RT_FK_ENTRY, RT_NULL);
    inlined = rt_push_depth();
    result = run_entered(rt_function_of(func)->code, fp);
    rt_pop_depth(inlined);
    rt_leave();
    rt_ts->fp = saved_fp;
    rt_ts->pc = saved_pc;
    return result;
}

rt_val
rt_function_call(rt_val callable, const rt_val *args, uint32_t nargs,
                 rt_val kwnames)
{
    struct rt_code *code = rt_function_of(callable)->code;
    rt_val *fp = rt_frame_top() + RT_FRAME_MARGIN;

    /* the arguments may lie in the window that the frame would cover */
    if (args >= fp - 2 * RT_FRAME_MARGIN && args < rt_ts->stack_end)
        fp = (rt_val *)(uintptr_t)args + RT_FRAME_MARGIN;
    if (rt_frame_check(fp, code->nregs) < 0)
        return RT_NULL;
    if (rt_bind_frame(rt_function_of(callable), fp, args, nargs, kwnames) < 0)
        return RT_NULL;
    if (code->flags & (FE_GENERATOR | FE_COROUTINE | FE_ASYNC_GENERATOR)) {
        uint32_t i;

        for (i = code->nparams; i < code->nlocals; i++)
            fp[i] = RT_NULL;
        for (i = 0; i < code->nfree; i++)
            fp[code->nlocals + i] = rt_function_of(callable)->closure->items[i];
        return rt_generator_new(callable, fp);
    }
    return run_bound(callable, fp);
}

/* -- calls of traces: a function whose code is known to take [n] arguments that
 * need no binding -- */

static rt_val
enter(rt_val func, const rt_val *args, uint32_t n)
{
    struct rt_code *code = rt_function_of(func)->code;
    rt_val *fp = rt_frame_top() + RT_FRAME_MARGIN;
    uint32_t i;

    if (rt_frame_check(fp, code->nregs) < 0)
        return RT_NULL;
    for (i = 0; i < n; i++)
        fp[i] = args[i];
    return run_bound(func, fp);
}

rt_val
rt_h_enter0(rt_val f)
{
    return enter(f, NULL, 0);
}

rt_val
rt_h_enter1(rt_val f, rt_val a)
{
    return enter(f, &a, 1);
}

rt_val
rt_h_enter2(rt_val f, rt_val a, rt_val b)
{
    rt_val args[] = {a, b};

    return enter(f, args, 2);
}

rt_val
rt_h_enter3(rt_val f, rt_val a, rt_val b, rt_val c)
{
    rt_val args[] = {a, b, c};

    return enter(f, args, 3);
}

rt_val
rt_h_enter4(rt_val f, rt_val a, rt_val b, rt_val c, rt_val d)
{
    rt_val args[] = {a, b, c, d};

    return enter(f, args, 4);
}

rt_val
rt_run_code(struct rt_code *code, rt_val globals, rt_val locals)
{
    rt_val f = rt_function_new(code, globals), *fp, *saved_fp = rt_ts->fp;
    const struct fe_ins *saved_pc = rt_ts->pc;
    rt_val result;
    int32_t inlined;

    if (rt_is_null(f))
        return f;
    fp = rt_frame_top() + RT_FRAME_MARGIN;
    if (rt_frame_check(fp, code->nregs) < 0 || rt_enter("") < 0)
        return RT_NULL;
    finish_frame(f, fp, RT_FK_ENTRY, RT_NULL);
    if (code->flags & FE_NAMESPACE)
        fp[0] = locals;
    inlined = rt_push_depth();
    result = rt_interp_run(fp, code->ins, RT_RUN);
    rt_pop_depth(inlined);
    rt_leave();
    rt_ts->fp = saved_fp;
    rt_ts->pc = saved_pc;
    return result;
}

/* -- residual calls of traces -- */

rt_val
rt_h_call0(rt_val f)
{
    return rt_call(f, NULL, 0, RT_NULL);
}

rt_val
rt_h_call1(rt_val f, rt_val a)
{
    return rt_call(f, &a, 1, RT_NULL);
}

rt_val
rt_h_call2(rt_val f, rt_val a, rt_val b)
{
    rt_val args[] = {a, b};

    return rt_call(f, args, 2, RT_NULL);
}

rt_val
rt_h_call3(rt_val f, rt_val a, rt_val b, rt_val c)
{
    rt_val args[] = {a, b, c};

    return rt_call(f, args, 3, RT_NULL);
}

rt_val
rt_h_call4(rt_val f, rt_val a, rt_val b, rt_val c, rt_val d)
{
    rt_val args[] = {a, b, c, d};

    return rt_call(f, args, 4, RT_NULL);
}

rt_val
rt_h_call5(rt_val f, rt_val a, rt_val b, rt_val c, rt_val d, rt_val e)
{
    rt_val args[] = {a, b, c, d, e};

    return rt_call(f, args, 5, RT_NULL);
}

/* Positional arguments, then those named by the tuple [names] (or RT_NULL). */
rt_val
rt_h_call_tuple(rt_val f, rt_val args, rt_val names)
{
    struct rt_tuple *t = rt_tuple_of(args);
    int64_t nkw = rt_is_null(names) ? 0 : rt_tuple_of(names)->len;

    return rt_call(f, t->items, (uint32_t)(t->len - nkw), names);
}

rt_val
rt_h_call_words(rt_val callable, const rt_val *args, int n, struct rt_tuple *kw)
{
    int nkw = kw ? (int)kw->len : 0;

    return rt_call(callable, args, (uint32_t)(n - nkw),
                   kw ? rt_from_ptr(kw) : RT_NULL);
}

/* A call that rt_h_plain_class() allows; [arg] RT_NULL: without arguments. */
rt_val
rt_h_make_plain(rt_val type, rt_val arg)
{
    return rt_type_call(type, &arg, rt_is_null(arg) ? 0 : 1, RT_NULL);
}

rt_val
rt_h_make_plain2(rt_val type, rt_val a, rt_val b)
{
    rt_val args[] = {a, b};

    return rt_type_call(type, args, 2, RT_NULL);
}

/* The C function of a builtin, self, a word for each parameter. */
#define BUILTIN(effect)                                                        \
    rt_val rt_h_builtin_##effect##0(void *fn, rt_val self)                     \
    {                                                                          \
        return ((rt_cfunction)(uintptr_t)fn)(self, NULL);                      \
    }                                                                          \
    rt_val rt_h_builtin_##effect##1(void *fn, rt_val self, rt_val a)           \
    {                                                                          \
        return ((rt_cfunction)(uintptr_t)fn)(self, &a);                        \
    }                                                                          \
    rt_val rt_h_builtin_##effect##2(void *fn, rt_val self, rt_val a, rt_val b) \
    {                                                                          \
        rt_val args[] = {a, b};                                                \
                                                                               \
        return ((rt_cfunction)(uintptr_t)fn)(self, args);                      \
    }                                                                          \
    rt_val rt_h_builtin_##effect##3(void *fn, rt_val self, rt_val a, rt_val b, \
                                    rt_val c)                                  \
    {                                                                          \
        rt_val args[] = {a, b, c};                                             \
                                                                               \
        return ((rt_cfunction)(uintptr_t)fn)(self, args);                      \
    }                                                                          \
    rt_val rt_h_builtin_##effect##4(void *fn, rt_val self, rt_val a, rt_val b, \
                                    rt_val c, rt_val d)                        \
    {                                                                          \
        rt_val args[] = {a, b, c, d};                                          \
                                                                               \
        return ((rt_cfunction)(uintptr_t)fn)(self, args);                      \
    }
BUILTIN(any)
BUILTIN(own)
BUILTIN(reads)
BUILTIN(pure)
#undef BUILTIN

/* -- leaving the interpreter -- */

rt_val
rt_h_call_ex(rt_val f, rt_val args, rt_val kwargs)
{
    return rt_call_ex(f, args, kwargs);
}

rt_val
rt_h_init_returned(rt_val v)
{
    return rt_raise(&rt_exc_TypeError,
                    "__init__() should return None, not '%T'", v);
}
