/* SPDX-License-Identifier: MIT
 * runtime/interp/jit.c: what the tracer wants of its host (tracer/tracer.h):
 * the tables of fields and calls, allocation, names of places; and hot sites:
 * entering traces, starting recordings. Called by interp.c and main.c.
 */
#include "config.h"

#include "runtime/interp/jit.h"

#include <stdlib.h>

#include "base/log.h"
#include "cli-backend/cli.h"
#include "runtime/interp/helpers.h"
#include "runtime/runtime.h"
#include "runtime/type.h"

struct tr_jit *rt_jit;

/* -- tables -- */

#define KIND_num TR_I64
#define KIND_i32 TR_I64
#define KIND_u8  TR_I64
#define SIZE_u8  1
#define KIND_val TR_VAL
#define KIND_ptr TR_PTR
#define KIND_flt TR_F64
#define SIZE_num 8
#define SIZE_i32 4
#define SIZE_val 8
#define SIZE_ptr 8
#define SIZE_flt 8
enum { F_OWN = 16, F_IMM = TR_FLD_IMMUTABLE, F_VOL = TR_FLD_VOLATILE };
#define OWN F_OWN
#define IMM F_IMM
#define VOL F_VOL

static const struct tr_field fields[] = {
    {"none", TR_I64, 8, 0, 0, 0},
#define FIELD(id, T, member, kind, flags)                                      \
    {#id, KIND_##kind, SIZE_##kind, flags, offsetof(T, member), 0},
#define ARRAY(id, T, member, kind, flags)                                      \
    {#id,                                                                      \
     KIND_##kind,                                                              \
     SIZE_##kind,                                                              \
     (SIZE_##kind == 1 ? TR_FLD_UNSIGNED : 0) | (flags),                       \
     offsetof(T, member),                                                      \
     SIZE_##kind},
#include "runtime/interp/fields.def"
#undef FIELD
#undef ARRAY
    {"slots", TR_VAL, 8, 0, 0, 8},
};
_Static_assert(sizeof fields / sizeof fields[0] == RT_NFIELDS, "fields.def");
#undef OWN
#undef IMM
#undef VOL

/* Calls of effect OWN write the fields marked so. */
static uint16_t own_fields[RT_NFIELDS + 1];

#define num TR_I64
#define val TR_VAL
#define ptr TR_PTR
#define flt TR_F64
enum {
    PURE = TR_CALL_PURE,
    READS = TR_CALL_READS,
    OWN = TR_CALL_WRITES,
    ANY = TR_CALL_ANY,
    ALLOC = TR_CALL_ALLOCATES,
    RAISES = TR_CALL_RAISES
};
#define ROW(fn, R, n, flags, ...)                                              \
    {#fn, (void *)(uintptr_t)fn, R, n, {__VA_ARGS__}, flags, own_fields},
static const struct tr_call calls[] = {
    {"none", NULL, TR_I64, 0, {0}, 0, NULL},
#define CALL0(fn, R, flags)                ROW(fn, R, 0, flags, 0)
#define CALL1(fn, R, A, flags)             ROW(fn, R, 1, flags, A)
#define CALL2(fn, R, A, B, flags)          ROW(fn, R, 2, flags, A, B)
#define CALL3(fn, R, A, B, C, flags)       ROW(fn, R, 3, flags, A, B, C)
#define CALL4(fn, R, A, B, C, D, flags)    ROW(fn, R, 4, flags, A, B, C, D)
#define CALL5(fn, R, A, B, C, D, E, flags) ROW(fn, R, 5, flags, A, B, C, D, E)
#define CALL6(fn, R, A, B, C, D, E, F, flags)                                  \
    ROW(fn, R, 6, flags, A, B, C, D, E, F)
#include "runtime/interp/ircalls.def"
#undef CALL0
#undef CALL1
#undef CALL2
#undef CALL3
#undef CALL4
#undef CALL5
#undef CALL6
};
_Static_assert(sizeof calls / sizeof calls[0] == RT_NCALLS, "ircalls.def");
#undef num
#undef val
#undef ptr
#undef flt

/* -- the host -- */

static void name_location(uint64_t location, char *out, size_t n);

static int64_t
is_wide(uint64_t value)
{
    return rt_int_is_wide((rt_val){value});
}

static int64_t
unbox_wide(uint64_t value)
{
    return rt_int_wide((rt_val){value});
}

static uint64_t
box_wide(int64_t i)
{
    return rt_int_from_i64(i).bits;
}

static struct tr_host host = {
    .name = "nacre",
    .fields = fields,
    .nfields = RT_NFIELDS,
    .calls = calls,
    .ncalls = RT_NCALLS,
    .alloc = rt_gc_alloc_for_trace,
    .bump = rt_gc_bump_for_trace,
    .refill = rt_gc_refill_for_trace,
    .block_mask = RT_BLOCK_SIZE - 1,
    .card_offset = RT_CARD_OFFSET,
    .card_shift = RT_CARD_SHIFT,
    .is_wide = is_wide,
    .unbox_wide = unbox_wide,
    .box_wide = box_wide,
    .name_location = name_location,
};

/* Code by the address of its instructions, for messages. */
static NAC_VEC(struct rt_code *) codes;

void
rt_jit_site(struct tr_site *site, enum tr_trace_kind kind,
            const struct fe_ins *at)
{
    if (rt_jit) {
        tr_site_init(rt_jit, site, kind, (uint64_t)(uintptr_t)at);
    } else {
        memset(site, 0, sizeof *site);
        site->count = INT32_MAX;
        site->kind = (uint8_t)kind;
        site->location = (uint64_t)(uintptr_t)at;
    }
}

void
rt_jit_code(struct rt_code *code)
{
    nac_vec_push(&codes, code);
}

static struct rt_code *
code_at(uint64_t location)
{
    const struct fe_ins *at = (const struct fe_ins *)(uintptr_t)location;
    uint32_t i;

    for (i = 0; i < codes.len; i++)
        if (at >= codes.items[i]->ins &&
            at < codes.items[i]->ins + codes.items[i]->nins)
            return codes.items[i];
    return NULL;
}

static void
name_location(uint64_t location, char *out, size_t n)
{
    struct rt_code *code = code_at(location);
    struct fe_position p;

    if (!code) {
        snprintf(out, n, "?");
        return;
    }
    rt_code_position(
        code,
        (uint32_t)((const struct fe_ins *)(uintptr_t)location - code->ins), &p);
    snprintf(out, n, "%s:%d", rt_str_utf8_any(code->filename, NULL), p.line);
}

static void
invalidate(struct tr_watch *watch)
{
    if (rt_jit)
        tr_invalidate(rt_jit, watch);
}

void
rt_jit_wide_ints(struct rt_code *code)
{
    if (code->wide_ints)
        return;
    code->wide_ints = 1;
    invalidate(&code->small_ints);
}

bool rt_frames_seen;
struct tr_watch rt_frames_unseen;

void
rt_jit_frame_seen(void)
{
    if (!rt_frames_seen)
        invalidate(&rt_frames_unseen);
    rt_frames_seen = true;
}

/* Roots: what compiled code mentions by address. */
static void
visit_constant(void *arg, enum tr_kind kind, uint64_t bits)
{
    if (kind == TR_VAL)
        rt_gc_visit(arg, (rt_val){bits});
    else if (kind == TR_PTR)
        rt_gc_visit_range(arg, &bits, &bits + 1);
}

static void
visit_traces(struct rt_marker *marker)
{
    if (rt_jit)
        tr_each_constant(rt_jit, visit_constant, marker);
}

int
rt_jit_init(enum rt_jit_engine engine, char *why, size_t whylen)
{
    const struct tr_backend *backend = &tr_eval_backend;
    uint32_t i, n = 0;

    for (i = 1; i < RT_NFIELDS; i++)
        if (fields[i].flags & F_OWN)
            own_fields[n++] = (uint16_t)i;
    own_fields[n] = 0xFFFF;
    rt_invalidate_hook = invalidate;
    rt_gc_add_roots(visit_traces);
    if (engine == RT_JIT_OFF)
        return 0;
    if (engine == RT_JIT_CLI) {
        const char *reason = "";

        if (!cli_available(&reason)) {
            snprintf(why, whylen, "%s", reason);
            return -1;
        }
        backend = &cli_backend;
    }
    host.true_bits = rt_True.bits;
    host.false_bits = rt_False.bits;
    rt_jit = tr_jit_new(&host, backend);
    return 0;
}

/* -- hot sites -- */

/* Turns how a trace was left into where the interpreter goes on. */
static void
resume(const struct tr_left *left, struct rt_jit_state *state)
{
    const struct tr_snap *s = left->snap;
    const struct fe_ins *at = (const struct fe_ins *)(uintptr_t)s->pc;
    int32_t distance = (int32_t)s->mode >> 2;

    state->fp = (rt_val *)(void *)left->base + s->top;
    state->raise = state->traced_back = state->returned = false;
    rt_ts->fp = state->fp;
    rt_ts->depth += (int32_t)s->depth;
    switch ((enum rt_exit_mode)(s->mode & 3)) {
    case RT_MODE_RUN:
        state->pc = at;
        break;
    case RT_MODE_UNWIND:
        state->raise = true;
        state->pc = at + 1;
        break;
    case RT_MODE_NEXT:
        if (rt_raised()) {
            state->raise = true;
            state->pc = at + 1;
            break;
        }
        /* fall through */
    case RT_MODE_AT:
        state->pc = at + distance;
        break;
    }
}

bool
rt_jit_call_runs_code(uint32_t call)
{
    return (calls[call].flags & TR_CALL_EFFECT) == TR_CALL_ANY;
}

/* Might the frames that a trace inlines pass the recursion limit? The
 * interpreter then finds out which one does. */
static bool
is_near_limit(void)
{
    return rt_ts->depth + tr_params(rt_jit)->max_inline_depth >=
           rt_ts->recursion_limit;
}

void
rt_jit_hot(struct tr_site *site, struct rt_jit_state *state)
{
    struct tr_rec *rec;
    struct tr_left left;
    rt_val *outer;

    state->raise = state->traced_back = state->returned = false;
    if (!rt_jit) {
        site->count = INT32_MAX;
        return;
    }
    if (is_near_limit())
        return;
    switch (tr_hot(rt_jit, site)) {
    case TR_INTERPRET:
        return;
    case TR_RECORD:
        rec = tr_record_root(rt_jit, site, (uint64_t *)(void *)state->fp);
        if (rec)
            rt_record(rec, state, 0, 0, 0);
        return;
    case TR_ENTER:
        break;
    }
    outer = rt_ts->trace_fp;
    rt_ts->trace_fp = state->fp;
    tr_enter(rt_jit, site->trace, (uint64_t *)(void *)state->fp, rt_ts, &left);
    rt_ts->trace_fp = outer;
    if (!left.exit) {
        state->returned = true;
        state->fp = (rt_val *)(void *)left.base;
        state->result = (rt_val){left.result};
        return;
    }
    resume(&left, state);
    if (!left.want_bridge)
        return;
    rec = tr_record_bridge(rt_jit, &left);
    if (rec)
        rt_record(rec, state, left.snap->top, left.snap->depth,
                  left.snap->mode);
}

/* A bare RETURN of R[0], for values that a trace returned. */
const struct fe_ins rt_return_r0[] = {{.op = FE_RETURN}};

/* -- reporting: a listener of the tracer's events -- */

static void
say(void *arg, const struct tr_event *e)
{
    FILE *out = arg;
    char where[256] = "?";
    unsigned id = e->trace ? e->trace->id : 0;

    name_location(e->location, where, sizeof where);
    switch (e->kind) {
    case TR_EV_COMPILED:
        fprintf(out, "[trace %u] %s %s: %u -> %u IR, host %.2f ms", id,
                e->trace->kind == TR_BRIDGE       ? "bridge"
                : e->trace->kind == TR_ROOT_ENTRY ? "entry"
                                                  : "loop",
                where, e->ir_before, e->ir_after, e->host_ms);
        if (e->exit)
            fprintf(out, ", from exit %u of trace %u", e->exit->index,
                    e->exit->trace->id);
        fputc('\n', out);
        break;
    case TR_EV_ABORTED:
        fprintf(out, "[abort] %s: %s%s%s\n", where, tr_abort_text(e->reason),
                e->detail ? ": " : "", e->detail ? e->detail : "");
        break;
    case TR_EV_BLACKLISTED:
        fprintf(out, "[given up] %s\n", where);
        break;
    case TR_EV_INVALIDATED:
        fprintf(out, "[invalidated] trace %u\n", id);
        break;
    case TR_EV_TIER2:
        fprintf(out, "[tree] trace %u emitted as one method, host %.2f ms\n",
                id, e->host_ms);
        break;
    default:
        break;
    }
}

void
rt_jit_verbose(void)
{
    if (rt_jit)
        tr_listen(rt_jit, say, stderr);
}

void
rt_jit_summary(FILE *out)
{
    const struct tr_stats *s;

    if (!rt_jit) {
        fprintf(out, "traces: the JIT was off\n");
        return;
    }
    s = tr_stats(rt_jit);
    fprintf(out,
            "traces: %llu roots, %llu bridges, %llu trees re-emitted, %llu "
            "aborts; %llu IR instructions recorded, %llu emitted; record %.1f "
            "ms, optimise %.1f ms, back-end (%s) %.1f ms\n",
            (unsigned long long)s->roots, (unsigned long long)s->bridges,
            (unsigned long long)s->tier2, (unsigned long long)s->aborts,
            (unsigned long long)s->ir_recorded,
            (unsigned long long)s->ir_emitted, s->record_ms, s->optimise_ms,
            tr_jit_backend(rt_jit)->name, s->backend_ms);
}

void
rt_jit_finish(void)
{
    if (rt_jit)
        tr_jit_free(rt_jit);
    rt_jit = NULL;
}
