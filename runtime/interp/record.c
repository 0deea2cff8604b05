/* SPDX-License-Identifier: MIT
 * runtime/interp/record.c: the recording interpreter: the same handlers as
 * interp.c, over pairs of a value and its reference in the trace. It runs the
 * program for real while it records, from a hot site or exit to the loop's
 * end, another trace, or a reason to give up; then plain interpretation goes
 * on. Called by jit.c.
 */
#include "config.h"

#include "base/phase.h"
#include "runtime/interp/bodies.h"
#include "runtime/interp/helpers.h"
#include "runtime/interp/inlined.h"
#include "runtime/interp/prims_record.h"
#include "runtime/signature.h"

static int32_t top; /* slot of the current frame's register 0 */

enum { MAX_LOOPS_SEEN = 16 };
static struct {
    struct tr_site *site;
    int count;
} loops_seen[MAX_LOOPS_SEEN];
static int nloops_seen;

#define current_code(fp) rt_frame_code(fp)
#define reg(n)           read_reg(fp, (n))
#define set_reg(n, v)    write_reg(fp, (n), (v))
#define rk(n)            ((n) < 0 ? konst(kend[n]) : read_reg(fp, (n)))

static inline val
read_reg(rt_val *fp, int n)
{
    return (val){fp[n], tr_slot(rec, top + n)};
}

static inline void
write_reg(rt_val *fp, int n, val v)
{
    fp[n] = v.v;
    tr_set_slot(rec, top + n, v.r);
}

static inline val
raw_k(uint64_t bits)
{
    return konst((rt_val){bits});
}

static inline val
frame_address_of(rt_val *fp)
{
    return (val){rt_raw(fp), tr_emit(rec, TR_BASE, TR_PTR, 0,
                                     (tr_ref){(uint32_t)top}, TR_NONE)};
}
#define frame_address() frame_address_of(fp)

/* Is it the same whenever the trace runs? */
static inline bool
is_constant(val v)
{
    return is_known(v.r);
}

/* A truth that the trace itself computed; other bools are guarded by class. */
static inline bool
is_boxed_bool(val v)
{
    return tr_op_of(rec, v.r) == TR_BOX_BOOL;
}

static inline cond
bool_of(val v)
{
    return same(v, konst(rt_True));
}

NAC_INLINE struct rt_ic *
attr_ic(struct rt_ic *ic, struct rt_map *map, rt_val name, val o)
{
    return rt_attr_ic_holds(ic, map, o.v) ? ic
                                          : rt_attr_ic_fill(ic, map, name, o.v);
}

NAC_INLINE struct rt_ic *
store_ic(struct rt_ic *ic, struct rt_map *map, rt_val name)
{
    return ic->map == map && ic->version == map->version
               ? ic
               : rt_store_ic_fill(ic, map, name);
}

/* Which cell a name means follows from the function's namespace and the names
 * in it: builtins may be hidden later. */
static struct rt_gcell *
global_cell(struct rt_ic *ic, rt_val *fp, rt_val name)
{
    rt_val space = promote(ld_func_space(ptr_of(reg(RT_FRAME_FUNC))));

    (void)fp;
    depend(&rt_builtin_hidden);
    return rt_global_ic_holds(ic, space) ? ic->cell
                                         : rt_h_global_cell(ic, space, name);
}

static struct rt_gcell *
own_cell(struct rt_ic *ic, rt_val *fp, rt_val name)
{
    (void)fp;
    return rt_h_own_global(
        ic, promote(ld_func_space(ptr_of(reg(RT_FRAME_FUNC)))), name);
}

/* A function's code is a constant until __code__ is set. */
static struct rt_code *
code_of(struct rt_function *f)
{
    depend(&f->code->replaced);
    return f->code;
}

static struct rt_code *
promote_code(val func)
{
    promote_ptr(ld_func_code(ptr_of(func)));
    return code_of(rt_function_of(func.v));
}

/* Its C function and signature become constants, its self does not: many bound
 * methods share them. */
static struct rt_builtin *
promote_builtin(val v)
{
    promote_ptr(ld_builtin_def(ptr_of(v)));
    return rt_ptr(v.v);
}

/* Written once: a constant until it is written again. */
static val
read_gcell(struct rt_gcell *cell)
{
    if (cell->writes > 1)
        return ld_gcell_value(ptr_k(cell));
    depend(&cell->watch);
    return konst(cell->value);
}

enum { MAX_DATA_WRITES = 2 };

/* An attribute of a class that is no descriptor, a constant where the class is
 * one whose data stay as they are. */
static val
class_data(struct rt_type *type, rt_val name, rt_val now)
{
    if (type->data_writes > MAX_DATA_WRITES) {
        ptr t = ptr_k(type);

        return c_rt_h_class_data(t, konst(name));
    }
    depend(&type->data_watch);
    return konst(now);
}

/* May a call of this code become part of the trace? */
static bool
may_inline_at(const rt_val *fp, const struct rt_code *code)
{
    const struct tr_params *p = tr_params(rt_jit);
    uint32_t i;
    int same_code = 0;

    if (code->no_inline || depth >= (uint32_t)p->max_inline_depth)
        return false;
    for (i = 0; i <= depth && fp; i++) {
        same_code += current_code(fp) == code;
        fp = rt_frame_back(fp);
    }
    return same_code <= p->max_recursion;
}
#define may_inline(code) may_inline_at(fp, code)

/* Are all its items of classes that run no Python code? A call finds out. */
static bool
is_plain_tuple(val v)
{
    num plain = c_rt_h_plain_tuple(v);

    return test(icmp(RT_NE, plain, num_k(0)));
}

#include "runtime/interp/dialect.h"

/* How an exit goes on: snapshots' mode words; jit.c reads them. */
#define AT(distance) (RT_MODE_AT | (uint32_t)(distance) << 2)

static cond
not_null(tr_ref r, rt_val v)
{
    return (cond){!rt_is_null(v),
                  tr_emit2(rec, TR_XNE, r, tr_const_val(rec, NB_NOTHING))};
}

/* Does the call's result say that it raised? Both ways are guarded: the way
 * not taken now unwinds, or goes on behind the instruction with the result. */
static bool
raised_instead(rt_val *fp, val v, int slot)
{
    cond ok = not_null(v.r, v.v);

    if (ok.b) {
        tr_guard_mode(rec, ok.r, true, RT_MODE_UNWIND);
        return false;
    }
    if (slot < 0) {
        tr_abort(rec, TR_ABORT_EXCEPTION);
    } else {
        tr_ref old = tr_slot(rec, top + slot);

        (void)fp;
        tr_set_slot(rec, top + slot, v.r);
        tr_guard_mode(rec, ok.r, false, AT(1));
        tr_set_slot(rec, top + slot, old);
    }
    return true;
}

static void
must_have_ended(num ended, int slot, val v)
{
    tr_ref old = tr_slot(rec, top + slot);

    tr_set_slot(rec, top + slot, v.r);
    tr_guard_mode(rec, icmp(RT_NE, ended, num_k(0)).r, true, AT(2));
    tr_set_slot(rec, top + slot, old);
}

static bool
raised_number(num n)
{
    cond ok = icmp(RT_GE, n, num_k(0));

    if (ok.b)
        tr_guard_mode(rec, ok.r, true, RT_MODE_UNWIND);
    else
        tr_abort(rec, TR_ABORT_EXCEPTION);
    return !ok.b;
}

/* An iterator's next item: RT_NULL means its end unless an exception is set. */
static bool
raised_next(val v, int slot)
{
    cond more = not_null(v.r, v.v);
    bool raised = rt_is_null(v.v) && rt_raised();

    tr_set_slot(rec, top + slot, v.r);
    tr_guard_mode(rec, more.r, more.b, RT_MODE_NEXT | 1u << 2);
    if (!more.b && !raised) {
        cond none = same(ld_ts_exc(ptr_k(rt_ts)), konst(RT_NULL));

        tr_guard_mode(rec, none.r, true, RT_MODE_UNWIND);
    }
    if (raised)
        tr_abort(rec, TR_ABORT_EXCEPTION);
    return raised;
}

/* Registers whose content is not read any more leave the snapshots. */
static void
drop_dead(struct rt_code *code, const struct fe_ins *at)
{
    uint32_t ins = (uint32_t)(at - code->ins), i;

    for (i = 0; i < code->nregs; i++)
        if (!rt_code_live(code, ins, i))
            tr_set_slot(rec, top + (int32_t)i, TR_NONE);
}

static void
begin_bytecode(rt_val *fp, const struct fe_ins *at)
{
    struct rt_code *code = current_code(fp);

    drop_dead(code, at);
    tr_at(rec, (uint64_t)(uintptr_t)at, top, depth, top + (int32_t)code->nregs);
}

/* A bridge begins where its exit left: behind an instruction, with an exception
 * set, or (RT_MODE_NEXT) either, which it must then tell apart. */
static void
begin_at_exit(rt_val *fp, const struct fe_ins *pc, bool raise, uint32_t exit)
{
    bool either = (exit & 3) == RT_MODE_NEXT;
    const struct fe_ins *at =
        either && !raise ? pc - ((int32_t)exit >> 2) : pc - 1;
    cond none;

    if (!raise && !either)
        return;
    tr_at_mode(rec, (uint64_t)(uintptr_t)at, top, depth,
               top + (int32_t)current_code(fp)->nregs,
               either ? exit : RT_MODE_UNWIND);
    if (!either)
        return;
    none = same(ld_ts_exc(ptr_k(rt_ts)), konst(RT_NULL));
    tr_guard_mode(rec, none.r, none.b, exit);
}

/* -- calls of any object -- */

static val
call_object(rt_val *fp, val f, int first, int n, struct rt_tuple *kw)
{
    val a[5];
    int i;

    if (n > 5 || kw) {
        ptr t = new_object(&rt_tuple_type.root_map,
                           sizeof(struct rt_tuple) + 8 * (size_t)n);

        st_tuple_len(t, num_k(n));
        for (i = 0; i < n; i++)
            stx_tuple_items(t, num_k(i), reg(first + i));
        return c_rt_h_call_tuple(f, ptr_val(t),
                                 konst(kw ? rt_from_ptr(kw) : RT_NULL));
    }
    for (i = 0; i < n; i++)
        a[i] = reg(first + i);
    switch (n) {
    case 0:
        return c_rt_h_call0(f);
    case 1:
        return c_rt_h_call1(f, a[0]);
    case 2:
        return c_rt_h_call2(f, a[0], a[1]);
    case 3:
        return c_rt_h_call3(f, a[0], a[1], a[2]);
    case 4:
        return c_rt_h_call4(f, a[0], a[1], a[2], a[3]);
    default:
        return c_rt_h_call5(f, a[0], a[1], a[2], a[3], a[4]);
    }
}

/* A Python function of [n] plain parameters. */
static val
call_code_of(rt_val *fp, val f, int first, int n)
{
    val a[4];
    int i;

    for (i = 0; i < n; i++)
        a[i] = reg(first + i);
    switch (n) {
    case 0:
        return c_rt_h_enter0(f);
    case 1:
        return c_rt_h_enter1(f, a[0]);
    case 2:
        return c_rt_h_enter2(f, a[0], a[1]);
    case 3:
        return c_rt_h_enter3(f, a[0], a[1], a[2]);
    default:
        return c_rt_h_enter4(f, a[0], a[1], a[2], a[3]);
    }
}

/* What a call by a builtin's declaration and the classes of the arguments does;
 * those that decide become constants. */
static enum rt_effect
effect_of(rt_val *fp, const struct rt_builtin *f, val self, int first, int n)
{
    enum rt_effect effect = f->def->effect;
    int i, asked = effect == RT_EFFECT_PURE || effect == RT_EFFECT_ARGS_READS
                       ? n
                       : n > 0;

    if (effect < RT_EFFECT_PURE)
        return effect == RT_EFFECT_FRAME ? RT_EFFECT_ANY : effect;
    if (effect == RT_EFFECT_ITEMS_READS || effect == RT_EFFECT_ITEMS_OWN) {
        if (!asked || !rt_h_is_plain_iterable(promote_type(reg(first))))
            return RT_EFFECT_ANY;
        return effect == RT_EFFECT_ITEMS_OWN ? RT_EFFECT_OWN : RT_EFFECT_READS;
    }
    if (effect == RT_EFFECT_KEY_READS || effect == RT_EFFECT_KEY_OWN) {
        if (promote_container(self) == &rt_namespace_map)
            return RT_EFFECT_ANY; /* its values are cells */
        if (asked && !is_plain_key(reg(first)))
            return RT_EFFECT_ANY;
        return effect == RT_EFFECT_KEY_OWN ? RT_EFFECT_OWN : RT_EFFECT_READS;
    }
    for (i = 0; i < asked; i++)
        if (!rt_h_is_plain(promote_type(reg(first + i))))
            return RT_EFFECT_ANY;
    return effect == RT_EFFECT_PURE ? RT_EFFECT_PURE : RT_EFFECT_READS;
}

/* The C function itself, where the arguments need no binding. */
static val
call_builtin(rt_val *fp, const struct rt_builtin *f, val self, int first, int n)
{
    static const enum rt_ircall by_effect[] = {
        [RT_EFFECT_ANY] = RT_CALL_rt_h_builtin_any0,
        [RT_EFFECT_OWN] = RT_CALL_rt_h_builtin_own0,
        [RT_EFFECT_READS] = RT_CALL_rt_h_builtin_reads0,
        [RT_EFFECT_PURE] = RT_CALL_rt_h_builtin_pure0,
    };
    enum rt_effect effect = effect_of(fp, f, self, first, n);
    uint32_t i, nparams = f->sig->nparams;
    rt_val words[RT_MAX_DIRECT];
    tr_ref refs[RT_MAX_DIRECT + 2], r;

    refs[0] = ptr_k((void *)(uintptr_t)f->def->fn).r;
    refs[1] = self.r;
    for (i = 0; i < nparams; i++) {
        val v = (int)i < n ? reg(first + (int)i) : konst(RT_NULL);

        words[i] = v.v;
        refs[i + 2] = v.r;
    }
    r = emit_call(by_effect[effect] + nparams, nparams + 2, refs);
    return (val){f->def->fn(self.v, words), r};
}

/* -- what differs from the plain build -- */

#define NEXT                                                                   \
    do {                                                                       \
        if (tr_aborted(rec))                                                   \
            goto given_up;                                                     \
        if (tr_is_long(rec))                                                   \
            goto too_long;                                                     \
        I = pc++;                                                              \
        rt_ts->pc = pc;                                                        \
        begin_bytecode(fp, I);                                                 \
        goto *labels[I->op];                                                   \
    } while (0)
#define CHECK(v)                                                               \
    do {                                                                       \
        if (raised_instead(fp, (v), -1))                                       \
            goto error;                                                        \
    } while (0)
#define CHECK_TO(slot, v)                                                      \
    do {                                                                       \
        val checked_ = (v);                                                    \
                                                                               \
        if (raised_instead(fp, checked_, (slot)))                              \
            goto error;                                                        \
        set_reg(slot, checked_);                                               \
    } while (0)
/* What SEND got from C. Where it raised it may yield the next time: that goes
 * on behind the jump for what returned. */
#define CHECK_SENT(slot, v, ended)                                             \
    do {                                                                       \
        val sent_ = (v);                                                       \
                                                                               \
        if (rt_is_null(sent_.v))                                               \
            must_have_ended(ended, slot, sent_);                               \
        CHECK_TO(slot, sent_);                                                 \
    } while (0)
#define CHECK_NUM(n)                                                           \
    do {                                                                       \
        if (raised_number(n))                                                  \
            goto error;                                                        \
    } while (0)
#define CHECK_NUM_TO_BOOL(slot, n, inverted)                                   \
    do {                                                                       \
        num checked_ = (n);                                                    \
        cond truth_;                                                           \
                                                                               \
        if (raised_number(checked_))                                           \
            goto error;                                                        \
        truth_ = icmp((inverted) ? RT_EQ : RT_NE, checked_, num_k(0));         \
        set_reg(slot, bool_val(truth_));                                       \
    } while (0)
#define CHECK_NEXT(slot, v)                                                    \
    do {                                                                       \
        val checked_ = (v);                                                    \
                                                                               \
        if (raised_next(checked_, (slot)))                                     \
            goto error;                                                        \
        set_reg(slot, checked_);                                               \
    } while (0)
/* After a return that leaves something of the caller's instruction to do. */
#define GOES_ON(at)                                                            \
    tr_goes_on(rec, (uint64_t)(uintptr_t)(at), top, depth,                     \
               top + (int32_t)current_code(fp)->nregs)
/* The way not taken begins another bytecode: exits go there directly. */
#define BRANCH(c, x, target)                                                   \
    do {                                                                       \
        cond branch_ = (c);                                                    \
        const struct fe_ins *there_ = (target);                                \
        bool jump_ = branch_.b == (bool)(x);                                   \
                                                                               \
        tr_guard_mode(rec, branch_.r, branch_.b,                               \
                      AT((jump_ ? pc : there_) - at_pc));                      \
        if (jump_)                                                             \
            pc = there_;                                                       \
    } while (0)
#define UNTRACED() tr_abort(rec, TR_ABORT_NOT_TRACED)
#define UNTRACED_IF(condition)                                                 \
    do {                                                                       \
        if (condition)                                                         \
            UNTRACED();                                                        \
    } while (0)
#define AT_BASE()    (depth == 0)
#define FRAME_KIND() ((int)rt_frame_kind(fp))
#define MAP_BARRIER(o)                                                         \
    do {                                                                       \
        rt_barrier((o).p);                                                     \
        tr_emit1(rec, TR_BARRIER, (o).r);                                      \
    } while (0)
#define ENTER_FRAME(first, code, at)                                           \
    do {                                                                       \
        struct rt_code *entered_ = (code);                                     \
        const struct fe_ins *entered_at_ = (at);                               \
                                                                               \
        fp += (first);                                                         \
        top += (first);                                                        \
        depth++;                                                               \
        pc = entered_at_;                                                      \
        LOAD_CODE(entered_);                                                   \
        rt_ts->fp = fp;                                                        \
        rt_ts->depth++;                                                        \
    } while (0)
#define POP_FRAME()                                                            \
    do {                                                                       \
        rt_val *back_ = rt_frame_back(fp);                                     \
                                                                               \
        pc = rt_frame_pc(fp);                                                  \
        top -= (int32_t)(fp - back_);                                          \
        depth--;                                                               \
        fp = back_;                                                            \
        LOAD_CODE(current_code(fp));                                           \
        rt_ts->fp = fp;                                                        \
        rt_ts->depth--;                                                        \
    } while (0)
/* Frames that C entered are never inlined. */
#define RETURN_TO_C(v) NAC_UNREACHABLE()
/* The general binder is no part of traces: a call by C does the same. */
#define BIND_SLOWLY()     goto call_c
#define CALL_CODE(f, r)   (r = call_code_of(fp, f, call_first, call_n))
#define CALL_OBJECT(f, r) (r = call_object(fp, f, call_first, call_n, call_kw))
#define CALL_BUILTIN(f, self, first, n, r)                                     \
    (r = call_builtin(fp, f, self, first, n))
#define ENTRY_HEAD(code) ((void)0)
#define LOOP_HEAD()                                                            \
    do {                                                                       \
        if (loop_head(IC(), fp, pc))                                           \
            goto finished;                                                     \
    } while (0)
#define AT_BASE_LABELS                                                         \
    return_at_base:                                                            \
    /* whoever entered the trace returns from its frame */                     \
    if (tr_rec_kind(rec) != TR_ROOT_LOOP) {                                    \
        tr_finish_ret(rec, rk(I->a).r);                                        \
        rec = NULL;                                                            \
    }                                                                          \
    tr_abort_if(TR_ABORT_LEFT_FRAME);                                          \
    pc = I;                                                                    \
    goto finished;                                                             \
    yield_at_base:                                                             \
    /* a bridge ends here; the interpreter suspends the frame */               \
    if (tr_rec_kind(rec) == TR_BRIDGE && I != resume->pc) {                    \
        tr_finish_leave(rec);                                                  \
        rec = NULL;                                                            \
    }                                                                          \
    tr_abort_if(TR_ABORT_SUSPENDED);                                           \
    pc = I;                                                                    \
    goto finished;                                                             \
    error_at_base:                                                             \
    /* the traceback has this frame's entry; unwinding goes on plainly */      \
    if (tr_rec_kind(rec) != TR_ROOT_LOOP) {                                    \
        tr_finish_ret(rec, konst(RT_NULL).r);                                  \
        rec = NULL;                                                            \
    }                                                                          \
    tr_abort_if(TR_ABORT_EXCEPTION);                                           \
    unwinding = true;                                                          \
    goto finished;

static void
tr_abort_if(enum tr_abort reason)
{
    if (rec)
        tr_abort(rec, reason);
}

/* How often this recording came by a loop head that is not its own. */
static int
passes(struct tr_site *site)
{
    int i;

    for (i = 0; i < nloops_seen; i++)
        if (loops_seen[i].site == site)
            return ++loops_seen[i].count;
    if (nloops_seen == MAX_LOOPS_SEEN)
        return 1000;
    loops_seen[nloops_seen].site = site;
    loops_seen[nloops_seen++].count = 1;
    return 1;
}

/* Continues in the loop's own trace. The thread's frame becomes that loop's. */
static void
link_to(struct tr_trace *target, rt_val *fp, const struct fe_ins *pc)
{
    begin_bytecode(fp, pc);
    if (top != 0) {
        ptr ts = ptr_k(rt_ts);
        num d = ld_ts_depth(ts);

        tr_fstore(rec, RT_FLD_ts_fp, ts.r, frame_address().r);
        tr_fstore(rec, RT_FLD_ts_depth, ts.r,
                  tr_emit2(rec, TR_ADD, d.r, tr_const_int(rec, depth)));
    }
    tr_finish_link(rec, target);
    rec = NULL;
}

/* At a loop's head, [pc]: true where the recording is over. A loop that yields
 * (rt_ic.what, see make_sites) is inlined with its generator though it has a
 * trace: its passes are those of the loop that consumes it. */
static bool
loop_head(const struct rt_ic *ic, rt_val *fp, const struct fe_ins *pc)
{
    struct tr_site *site = ic->site;
    num poll = ld_ts_poll(ptr_k(rt_ts));

    if (rt_ts->poll) {
        tr_abort(rec, TR_ABORT_NOT_TRACED);
        return false;
    }
    test(icmp(RT_EQ, poll, num_k(0)));
    if (tr_aborted(rec))
        return false;
    if (tr_rec_site(rec) == site && depth == 0) {
        begin_bytecode(fp, pc);
        tr_finish_loop(rec);
        rec = NULL;
        return true;
    }
    if (site->trace && !site->trace->invalid && !(depth && ic->what)) {
        if (tr_rec_kind(rec) != TR_ROOT_LOOP) {
            link_to(site->trace, fp, pc);
            return true;
        }
        if (depth)
            current_code(fp)->no_inline = 1;
        tr_abort(rec, TR_ABORT_INNER_LOOP);
        return false;
    }
    if (passes(site) > tr_params(rt_jit)->max_unroll) {
        if (depth)
            current_code(fp)->no_inline = 1;
        tr_abort(rec, TR_ABORT_UNROLL);
    }
    return false;
}

void
rt_record(struct tr_rec *recording, struct rt_jit_state *resume,
          int32_t first_top, uint32_t first_depth, uint32_t exit)
{
    static const void *const labels[FE_NOPS] = {
#define OP(name, format, flags, text) &&L_##name,
#include "frontend/ops.def"
#undef OP
    };
    rt_val *fp = resume->fp;
    const struct fe_ins *pc = resume->pc, *I = pc;
    rt_val *kend;
    uintptr_t ic_base;
    enum rt_run raise = !resume->raise        ? RT_RUN
                        : resume->traced_back ? RT_RERAISE
                                              : RT_RAISE;
    bool unwinding = false;

    int phase = nac_phase_set(NAC_RECORDER);

    rec = recording;
    top = first_top;
    depth = first_depth;
    nloops_seen = 0;
    LOAD_CODE(current_code(fp));
    depend(&rt_frames_unseen);
    begin_at_exit(fp, pc, raise != RT_RUN, exit);

#define at_pc I
#include "runtime/interp/loop.h"

too_long:
    begin_bytecode(fp, pc);
    tr_finish_leave(rec);
    rec = NULL;
given_up:
finished:
    if (rec)
        tr_finish_abort(rec);
    rec = NULL;
    nac_phase_set(phase);
    resume->fp = fp;
    resume->pc = unwinding ? I + 1 : pc;
    resume->raise = unwinding;
    resume->traced_back = unwinding;
    resume->returned = false;
}
