/* SPDX-License-Identifier: MIT
 * runtime/interp/interp.c: the plain interpreter: the handlers over plain
 * values. It counts at loop heads and function entries, enters compiled traces
 * there, and hands over to the recorder (record.c) when one becomes hot.
 */
#include "config.h"

#include "runtime/interp/bodies.h"
#include "runtime/interp/helpers.h"
#include "runtime/interp/jit.h"
#include "runtime/interp/inlined.h"
#include "runtime/interp/prims_plain.h"
#include "runtime/signature.h"

/* -- what differs from the recording build -- */

#define reg(n)           (fp[n])
#define set_reg(n, v)    (fp[n] = (v))
#define rk(n)            (((n) < 0 ? kend : fp)[n])
#define current_code(fp) rt_frame_code(fp)
#define frame_address()  rt_raw(fp)

NAC_INLINE rt_val
raw_k(uint64_t bits)
{
    return (rt_val){bits};
}
NAC_INLINE bool
is_constant(val v)
{
    (void)v;
    return false;
}
NAC_INLINE bool
is_boxed_bool(val v)
{
    return rt_same(v, rt_True) || rt_same(v, rt_False);
}
NAC_INLINE cond
bool_of(val v)
{
    return same(v, rt_True);
}
NAC_INLINE bool
may_inline(struct rt_code *code)
{
    (void)code;
    return true;
}
NAC_INLINE struct rt_ic *
attr_ic(struct rt_ic *ic, struct rt_map *map, rt_val name, val o)
{
    if (NAC_LIKELY(rt_attr_ic_holds(ic, map, o)))
        return ic;
    return rt_attr_ic_fill(ic, map, name, o);
}
NAC_INLINE struct rt_ic *
store_ic(struct rt_ic *ic, struct rt_map *map, rt_val name)
{
    if (NAC_LIKELY(ic->map == map && ic->version == map->version))
        return ic;
    return rt_store_ic_fill(ic, map, name);
}
NAC_INLINE struct rt_gcell *
global_cell(struct rt_ic *ic, rt_val *fp, rt_val name)
{
    rt_val space = rt_frame_function(fp)->space;

    if (NAC_LIKELY(rt_global_ic_holds(ic, space)))
        return ic->cell;
    return rt_h_global_cell(ic, space, name);
}
NAC_INLINE struct rt_gcell *
own_cell(struct rt_ic *ic, rt_val *fp, rt_val name)
{
    return rt_h_own_global(ic, rt_frame_function(fp)->space, name);
}
NAC_INLINE struct rt_code *
code_of(struct rt_function *f)
{
    return f->code;
}
NAC_INLINE struct rt_code *
promote_code(val func)
{
    return rt_function_of(func)->code;
}
NAC_INLINE struct rt_builtin *
promote_builtin(val v)
{
    return rt_ptr(v);
}
NAC_INLINE val
class_data(struct rt_type *type, rt_val name, rt_val now)
{
    (void)type;
    (void)name;
    return now;
}
NAC_INLINE val
read_gcell(struct rt_gcell *cell)
{
    return cell->value;
}

/* The plain interpreter promises nothing: any key may take the short way. */
NAC_INLINE bool
is_plain_tuple(val v)
{
    (void)v;
    return true;
}

#include "runtime/interp/dialect.h"

#define NEXT                                                                   \
    do {                                                                       \
        I = pc++;                                                              \
        rt_ts->pc = pc;                                                        \
        goto *labels[I->op];                                                   \
    } while (0)
#define CHECK(v)                                                               \
    do {                                                                       \
        if (NAC_UNLIKELY(rt_is_null(v)))                                       \
            goto error;                                                        \
    } while (0)
#define CHECK_TO(slot, v)                                                      \
    do {                                                                       \
        val checked_ = (v);                                                    \
                                                                               \
        if (NAC_UNLIKELY(rt_is_null(checked_)))                                \
            goto error;                                                        \
        fp[slot] = checked_;                                                   \
    } while (0)
#define CHECK_SENT(slot, v, ended)                                             \
    do {                                                                       \
        (void)(ended);                                                         \
        CHECK_TO(slot, v);                                                     \
    } while (0)
#define CHECK_NUM(n)                                                           \
    do {                                                                       \
        if (NAC_UNLIKELY((n).i < 0))                                           \
            goto error;                                                        \
    } while (0)
#define CHECK_NUM_TO_BOOL(slot, n, inverted)                                   \
    do {                                                                       \
        num checked_ = (n);                                                    \
                                                                               \
        if (NAC_UNLIKELY(checked_.i < 0))                                      \
            goto error;                                                        \
        fp[slot] = rt_from_bool((checked_.i != 0) != (inverted));              \
    } while (0)
#define CHECK_NEXT(slot, v)                                                    \
    do {                                                                       \
        if (NAC_UNLIKELY(rt_is_null(v) && rt_raised()))                        \
            goto error;                                                        \
        fp[slot] = (v);                                                        \
    } while (0)
#define BRANCH(c, x, target)                                                   \
    do {                                                                       \
        if ((c).b == (bool)(x))                                                \
            pc = (target);                                                     \
    } while (0)
#define GOES_ON(at)            ((void)0)
#define UNTRACED()             ((void)0)
#define UNTRACED_IF(condition) ((void)0)
#define AT_BASE()              false
#define AT_BASE_LABELS                                                         \
    return_at_base:                                                            \
    yield_at_base:                                                             \
    error_at_base:                                                             \
    NAC_UNREACHABLE();
#define FRAME_KIND()   ((int)rt_frame_kind(fp))
#define MAP_BARRIER(o) rt_barrier((o).p)
#define ENTER_FRAME(first, code, at)                                           \
    do {                                                                       \
        struct rt_code *entered_ = (code);                                     \
                                                                               \
        fp += (first);                                                         \
        pc = (at);                                                             \
        LOAD_CODE(entered_);                                                   \
        rt_ts->fp = fp;                                                        \
        rt_ts->depth++;                                                        \
    } while (0)
#define POP_FRAME()                                                            \
    do {                                                                       \
        pc = rt_frame_pc(fp);                                                  \
        fp = rt_frame_back(fp);                                                \
        LOAD_CODE(current_code(fp));                                           \
        rt_ts->fp = fp;                                                        \
        rt_ts->depth--;                                                        \
    } while (0)
#define RETURN_TO_C(v)                                                         \
    do {                                                                       \
        rt_ts->depth--;                                                        \
        return rt_interp_leave(fp, I, v);                                      \
    } while (0)
#define BIND_SLOWLY()                                                          \
    do {                                                                       \
        int nkw_ = call_kw ? (int)call_kw->len : 0;                            \
                                                                               \
        if (rt_frame_check(fp + call_first, call_code->nregs) < 0 ||           \
            rt_bind_frame(rt_function_of(callee), fp + call_first,             \
                          fp + call_first, (uint32_t)(call_n - nkw_),          \
                          call_kw ? rt_from_ptr(call_kw) : RT_NULL) < 0)       \
            goto error;                                                        \
        if (call_code->flags &                                                 \
            (FE_GENERATOR | FE_COROUTINE | FE_ASYNC_GENERATOR))                \
            NEW_GENERATOR(callee, call_code, call_first);                      \
        PUSH_FRAME(call_first, callee, call_code, call_kind, call_aux);        \
    } while (0)
#define CALL_CODE(f, r) CALL_OBJECT(f, r)
#define CALL_OBJECT(f, r)                                                      \
    (r = rt_h_call_words(f, &fp[call_first], call_n, call_kw))
#define CALL_BUILTIN(f, self, first, n, r)                                     \
    (r = (n) == (f)->sig->nparams                                              \
             ? (f)->def->fn(self, &fp[first])                                  \
             : rt_builtin_fill(f, self, &fp[first], (uint32_t)(n)))

/* The state after a trace was left, or a recording ended. */
#define RESUME(state)                                                          \
    do {                                                                       \
        if ((state).returned)                                                  \
            goto trace_returned;                                               \
        fp = (state).fp;                                                       \
        pc = (state).pc;                                                       \
        LOAD_CODE(current_code(fp));                                           \
        rt_ts->fp = fp;                                                        \
        if ((state).raise) {                                                   \
            I = pc - 1;                                                        \
            if ((state).traced_back)                                           \
                goto reraise;                                                  \
            goto error;                                                        \
        }                                                                      \
    } while (0)
#define LOOP_HEAD()                                                            \
    do {                                                                       \
        struct tr_site *site_ = IC()->site;                                    \
                                                                               \
        if (NAC_UNLIKELY(rt_ts->poll) && rt_poll() < 0)                        \
            goto error;                                                        \
        if (NAC_UNLIKELY(--site_->count < 0)) {                                \
            jit.fp = fp;                                                       \
            jit.pc = pc;                                                       \
            rt_jit_hot(site_, &jit);                                           \
            RESUME(jit);                                                       \
        }                                                                      \
    } while (0)
#define ENTRY_HEAD(code)                                                       \
    do {                                                                       \
        if (NAC_UNLIKELY(--(code)->entry.count < 0)) {                         \
            jit.fp = fp;                                                       \
            jit.pc = pc;                                                       \
            rt_jit_hot(&(code)->entry, &jit);                                  \
            RESUME(jit);                                                       \
        }                                                                      \
    } while (0)

rt_val
rt_interp_run(rt_val *fp, const struct fe_ins *pc, enum rt_run raise)
{
    static const void *const labels[FE_NOPS] = {
#define OP(name, format, flags, text) &&L_##name,
#include "frontend/ops.def"
#undef OP
    };
    const struct fe_ins *I = pc;
    rt_val *kend;
    uintptr_t ic_base;
    struct rt_jit_state jit;

    LOAD_CODE(current_code(fp));
    rt_ts->fp = fp;

#include "runtime/interp/loop.h"

trace_returned : {
    /* a trace ran to the end of the frame that it was entered with */
    rt_val v = jit.result;

    fp = jit.fp;
    if (rt_is_null(v))
        goto leave_by_exception;
    if (FRAME_KIND() == RT_FK_NORMAL) {
        POP_FRAME();
        fp[pc[-1].a] = v;
        NEXT;
    }
    /* let RETURN decide: it finds the value in register 0 */
    fp[0] = v;
    pc = rt_return_r0;
    LOAD_CODE(current_code(fp));
    rt_ts->fp = fp;
    NEXT;
}
}
