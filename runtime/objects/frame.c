/* SPDX-License-Identifier: MIT
 * runtime/objects/frame.c: frame objects, made when a program asks for them
 * (sys._getframe, tb_frame). The frames that run lie on the value stack
 * (interp/frame.h); an object remembers where, and what it could see there
 * when it was made: it is answered from the stack while the frame still runs,
 * afterwards from what was kept.
 */
#include "config.h"

#include "frontend/compile.h"
#include "runtime/interp/frame.h"
#include "runtime/interp/jit.h"
#include "runtime/modules/sys.h"
#include "runtime/runtime.h"

struct rt_frame {
    struct rt_obj head;
    rt_val *fp;                /* NULL: it ran before the object was made */
    int64_t ins, line;         /* line -1: from the code */
    rt_val func, locals, back; /* locals, back: RT_NULL until asked for */
    struct rt_code *code;      /* that of the function when it was called */
    rt_val gen; /* the generator whose frame it is; RT_NULL: none */
};

static struct rt_frame *
frame_of(rt_val v)
{
    return rt_ptr(v);
}

static bool
is_in_state(rt_val gen, enum rt_gen_state state)
{
    return rt_gen_of(gen)->state == state;
}

/* Is the frame still on the stack? Its current instruction. */
static const struct fe_ins *
running(const struct rt_frame *f)
{
    const struct fe_ins *pc = rt_ts->pc;
    rt_val *fp;

    if (!rt_is_null(f->gen) && !is_in_state(f->gen, RT_GEN_RUNNING))
        return is_in_state(f->gen, RT_GEN_DONE) ? NULL : rt_gen_of(f->gen)->pc;
    for (fp = f->fp ? rt_ts->fp : NULL; fp; fp = rt_frame_back(fp)) {
        if (fp == f->fp && rt_same(fp[RT_FRAME_FUNC], f->func))
            return pc;
        pc = rt_frame_pc(fp);
    }
    return NULL;
}

rt_val
rt_frame_for_traceback(rt_val func, struct rt_code *code, int64_t ins)
{
    struct rt_frame *f = RT_NEW(struct rt_frame, &rt_frame_type);

    f->func = func;
    f->code = code;
    f->ins = ins;
    f->line = -1;
    f->locals = f->back = f->gen = RT_NULL;
    for (f->fp = rt_ts->fp; f->fp; f->fp = rt_frame_back(f->fp))
        if (rt_same(f->fp[RT_FRAME_FUNC], func))
            break;
    rt_barrier(f);
    return rt_from_ptr(f);
}

static rt_val
new_frame(rt_val *fp, const struct fe_ins *pc, rt_val locals)
{
    struct rt_frame *f = RT_NEW(struct rt_frame, &rt_frame_type);

    rt_jit_frame_seen();
    f->fp = fp;
    f->func = fp[RT_FRAME_FUNC];
    f->code = rt_frame_code(fp);
    f->ins = pc - 1 - f->code->ins;
    f->line = -1;
    f->locals = locals;
    f->back = f->gen = RT_NULL;
    return rt_from_ptr(f);
}

/* The local variables are kept for when the frame has ended. */
rt_val
rt_frame_object(rt_val *fp, const struct fe_ins *pc)
{
    rt_val locals = rt_frame_locals(rt_frame_code(fp), fp);

    return rt_is_null(locals) ? locals : new_frame(fp, pc, locals);
}

/* Of a generator, coroutine or async generator: None if it has ended. */
rt_val
rt_frame_of_generator(rt_val g)
{
    struct rt_generator *gen = rt_gen_of(g);
    const struct fe_ins *pc = rt_ts->pc;
    struct rt_frame *f;
    rt_val *fp;

    if (gen->state == RT_GEN_DONE)
        return rt_None;
    if (gen->state == RT_GEN_RUNNING)
        for (fp = rt_ts->fp; fp; fp = rt_frame_back(fp)) {
            if (rt_frame_kind(fp) >= RT_FK_GENERATOR &&
                rt_same(fp[RT_FRAME_AUX], g))
                return rt_frame_object(fp, pc);
            pc = rt_frame_pc(fp);
        }
    f = RT_NEW(struct rt_frame, &rt_frame_type);
    f->fp = NULL;
    f->ins = 0;
    f->line = -1;
    f->func = gen->func;
    f->code = gen->code;
    f->locals = f->back = RT_NULL;
    f->gen = g;
    rt_barrier(f);
    return rt_from_ptr(f);
}

/* The registers of the frame, which has not ended. */
static rt_val *
registers(const struct rt_frame *f)
{
    return f->fp ? f->fp : rt_gen_of(f->gen)->regs;
}

static struct rt_function *
function(rt_val self)
{
    return rt_function_of(frame_of(self)->func);
}

static rt_val
get_code(rt_val self)
{
    return rt_from_ptr(frame_of(self)->code);
}

static rt_val
get_globals(rt_val self)
{
    return function(self)->globals;
}

static rt_val
get_builtins(rt_val self)
{
    return function(self)->builtins;
}

static rt_val
get_line(rt_val self)
{
    struct rt_frame *f = frame_of(self);
    const struct fe_ins *pc = running(f);
    struct rt_code *code = frame_of(self)->code;
    struct fe_position at;

    if (!pc && f->line >= 0)
        return rt_from_small(f->line);
    if (pc == code->ins)
        return rt_from_small(code->first_line);
    rt_code_position(
        code, pc ? (uint32_t)(pc - 1 - code->ins) : (uint32_t)f->ins, &at);
    return rt_from_small(at.line);
}

static rt_val
get_lasti(rt_val self)
{
    return rt_from_small(2 * frame_of(self)->ins);
}

static rt_val
get_locals(rt_val self)
{
    struct rt_frame *f = frame_of(self);

    if (running(f)) {
        rt_val now = rt_frame_locals(frame_of(self)->code, registers(f));

        if (rt_is_null(now))
            return now;
        rt_write(f, &f->locals, now);
    }
    return rt_is_null(f->locals) ? rt_dict_new() : f->locals;
}

static rt_val
get_back(rt_val self)
{
    struct rt_frame *f = frame_of(self);
    const struct fe_ins *pc = running(f);
    rt_val *back;

    if (rt_is_null(f->back) && pc && f->fp) {
        pc = rt_frame_pc(f->fp);
        back = rt_frame_visible(rt_frame_back(f->fp), &pc);
        if (back)
            rt_write(f, &f->back, new_frame(back, pc, RT_NULL));
    }
    return rt_is_null(f->back) ? rt_None : f->back;
}

static rt_val
get_trace(rt_val self)
{
    (void)self;
    return rt_None;
}

static rt_val
frame_clear(rt_val self, rt_val *args)
{
    (void)args;
    if (running(frame_of(self)))
        return rt_raise(&rt_exc_RuntimeError,
                        "cannot clear an executing frame");
    frame_of(self)->locals = RT_NULL;
    return rt_None;
}

static rt_val
frame_repr(rt_val self)
{
    struct rt_code *code = frame_of(self)->code;

    return rt_str_format("<frame at %p, file %R, line %S, code %U>",
                         rt_ptr(self), code->filename, get_line(self),
                         code->name);
}

static void
frame_trace(struct rt_obj *obj, struct rt_marker *m)
{
    struct rt_frame *f = (struct rt_frame *)obj;

    rt_gc_visit(m, f->func);
    rt_gc_visit_ptr(m, f->code);
    rt_gc_visit(m, f->locals);
    rt_gc_visit(m, f->back);
    rt_gc_visit(m, f->gen);
}

static const struct rt_method methods[] = {
    RT_METHOD("clear", frame_clear, OWN, "($self, /)",
              "F.clear(): clear most references held by the frame"),
    RT_END_METHODS};

static const struct rt_getset getsets[] = {
    {"f_code", get_code, NULL, NULL},
    {"f_globals", get_globals, NULL, NULL},
    {"f_builtins", get_builtins, NULL, NULL},
    {"f_locals", get_locals, NULL, NULL},
    {"f_lineno", get_line, NULL, NULL},
    {"f_lasti", get_lasti, NULL, NULL},
    {"f_back", get_back, NULL, NULL},
    {"f_trace", get_trace, NULL, NULL},
    RT_END_GETSETS};

struct rt_type rt_frame_type = {
    RT_TYPE_HEAD(frame, "frame", sizeof(struct rt_frame)),
    .flags = RT_TYPE_NOINSTANCE,
    .trace = frame_trace,
    .methods = methods,
    .getsets = getsets,
    .slots = {.repr = frame_repr},
};
