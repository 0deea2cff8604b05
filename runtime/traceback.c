/* SPDX-License-Identifier: MIT
 * runtime/traceback.c: traceback objects, which unwinding adds to an exception
 * frame by frame. Printing: traceback_print.c.
 */
#include "config.h"

#include "runtime/code.h"
#include "runtime/exception.h"
#include "runtime/modules/sys.h"
#include "runtime/type.h"

#define T(v) ((struct rt_traceback *)rt_ptr(v))

void
rt_traceback_add(rt_val exc, rt_val function, struct rt_code *code,
                 uint32_t instruction)
{
    struct rt_traceback *tb = RT_NEW(struct rt_traceback, &rt_traceback_type);
    struct rt_exception *e = rt_exc_of(exc);

    tb->next = e->traceback;
    tb->func = function;
    tb->code = code;
    tb->frame = RT_NULL;
    tb->ins = instruction;
    tb->line = -1;
    rt_write(e, &e->traceback, rt_from_ptr(tb));
}

struct rt_code *
rt_traceback_code(const struct rt_traceback *tb)
{
    rt_val code;

    if (tb->code)
        return tb->code;
    if (rt_is_null(tb->frame) || rt_is_none(tb->frame))
        return NULL;
    code = rt_getattr_opt(tb->frame, rt_intern("f_code"));
    rt_exc_clear();
    return !rt_is_null(code) && rt_is_exact(code, &rt_code_type)
               ? rt_code_of(code)
               : NULL;
}

int64_t
rt_traceback_line(const struct rt_traceback *tb)
{
    struct rt_code *code = rt_traceback_code(tb);
    struct fe_position pos;

    if (tb->line >= 0 || !code)
        return tb->line;
    rt_code_position(code, (uint32_t)tb->ins, &pos);
    return pos.line;
}

static void
tb_trace(struct rt_obj *obj, struct rt_marker *m)
{
    struct rt_traceback *tb = (struct rt_traceback *)obj;

    rt_gc_visit(m, tb->next);
    rt_gc_visit(m, tb->func);
    rt_gc_visit_ptr(m, tb->code);
    rt_gc_visit(m, tb->frame);
}

static rt_val
get_frame(rt_val self)
{
    struct rt_traceback *tb = T(self);

    if (rt_is_null(tb->frame) && !rt_is_null(tb->func)) {
        rt_val f = rt_frame_for_traceback(tb->func, tb->code, tb->ins);

        if (rt_is_null(f))
            return RT_NULL;
        rt_write(tb, &tb->frame, f);
    }
    return rt_is_null(tb->frame) ? rt_None : tb->frame;
}

static rt_val
get_line(rt_val self)
{
    return rt_int_from_i64(rt_traceback_line(T(self)));
}

/* Byte offsets as CPython has them: two bytes an instruction. */
static rt_val
get_lasti(rt_val self)
{
    return rt_int_from_i64(T(self)->ins * 2);
}

static rt_val
get_next(rt_val self)
{
    return T(self)->next;
}

static int
set_next(rt_val self, rt_val value)
{
    if (rt_is_null(value)) {
        rt_raise(&rt_exc_TypeError, "can't delete tb_next attribute");
        return -1;
    }
    if (!rt_is_none(value) && !rt_is_exact(value, &rt_traceback_type)) {
        rt_raise(&rt_exc_TypeError, "expected traceback object, got '%T'",
                 value);
        return -1;
    }
    for (rt_val v = value; !rt_is_none(v); v = T(v)->next)
        if (rt_same(v, self)) {
            rt_raise(&rt_exc_ValueError, "traceback loop detected");
            return -1;
        }
    rt_write(T(self), &T(self)->next, value);
    return 0;
}

static rt_val
tb_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
        rt_val kwnames)
{
    static struct rt_signature *sig;
    struct rt_traceback *tb;
    int64_t lasti, line;
    rt_val a[4];

    if (rt_bind(&sig, "TracebackType",
                "(tb_next, tb_frame, tb_lasti, "
                "tb_lineno)",
                a, args, nargs, kwnames) < 0)
        return RT_NULL;
    if (!rt_is_none(a[0]) && !rt_is_exact(a[0], &rt_traceback_type))
        return rt_raise(&rt_exc_TypeError,
                        "expected traceback object or None, got '%T'", a[0]);
    if (!rt_is_exact(a[1], &rt_frame_type))
        return rt_raise(&rt_exc_TypeError,
                        "traceback() argument 'tb_frame' must be frame, not "
                        "%T",
                        a[1]);
    if (rt_index_i64(a[2], &lasti, &rt_exc_OverflowError) < 0 ||
        rt_index_i64(a[3], &line, &rt_exc_OverflowError) < 0)
        return RT_NULL;
    tb = RT_NEW(struct rt_traceback, type);
    tb->next = a[0];
    tb->func = RT_NULL;
    tb->code = NULL;
    tb->frame = a[1];
    tb->ins = lasti / 2;
    tb->line = line;
    return rt_from_ptr(tb);
}

static const struct rt_getset getsets[] = {
    {"tb_next", get_next, set_next, NULL},
    {"tb_frame", get_frame, NULL, NULL},
    {"tb_lasti", get_lasti, NULL, NULL},
    {"tb_lineno", get_line, NULL, NULL},
    RT_END_GETSETS,
};

struct rt_type rt_traceback_type = {
    RT_TYPE_HEAD(traceback, "traceback", sizeof(struct rt_traceback)),
    .trace = tb_trace,
    .getsets = getsets,
    .cdoc = "Create a new traceback object.",
    .slots = {.make = tb_make},
};
