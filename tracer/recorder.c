/* SPDX-License-Identifier: MIT
 * tracer/recorder.c: the running recording. The host's recording interpreter
 * calls it for everything a bytecode does: it keeps what each frame word
 * holds (the slot map), hands instructions to the optimiser, gives guards
 * their snapshots, and at the end passes the trace on to tree.c. Errors are
 * sticky: after tr_abort() emits do nothing, and the host asks once a bytecode.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/nanbox.h"
#define TR_INTERNAL
#include "tracer/jit.h"

/* -- begin -- */

static struct tr_rec *
begin(struct tr_jit *jit, enum tr_trace_kind kind)
{
    struct tr_rec *rec;
    struct tr_trace *t;

    if (jit->rec || !jit->enabled ||
        jit->traces.len >= (uint32_t)jit->params.max_traces)
        return NULL;
    rec = nac_calloc(1, sizeof *rec);
    t = nac_calloc(1, sizeof *t);
    t->id = jit->traces.len + 1;
    t->kind = (uint8_t)kind;
    tr_ir_init(&t->ir);
    rec->jit = jit;
    rec->trace = t;
    rec->ir = &t->ir;
    rec->snap = rec->mode_snap = -1;
    rec->opt = tr_opt_new(rec->ir, &jit->host, &jit->params);
    rec->started_ms = tr_now_ms();
    jit->rec = rec;
    return rec;
}

struct tr_rec *
tr_record_root(struct tr_jit *jit, struct tr_site *site, uint64_t *base)
{
    struct tr_rec *rec = begin(jit, (enum tr_trace_kind)site->kind);

    if (!rec)
        return NULL;
    rec->site = site;
    rec->base = base;
    rec->trace->site = site;
    rec->trace->root = rec->trace;
    rec->trace->location = site->location;
    tr_event(jit, (struct tr_event){.kind = TR_EV_START,
                                    .trace = rec->trace,
                                    .location = site->location});
    return rec;
}

struct tr_rec *
tr_record_bridge(struct tr_jit *jit, struct tr_left *left)
{
    struct tr_exit *exit = left->exit;
    struct tr_trace *parent = exit->trace;
    struct tr_rec *rec;

    if (parent->invalid || exit->cell.trace)
        return NULL;
    rec = begin(jit, TR_BRIDGE);
    if (!rec)
        return NULL;
    rec->exit = exit;
    rec->base = left->base;
    rec->trace->parent = exit;
    rec->trace->root = parent->root;
    rec->trace->depends = parent->depends;
    rec->trace->in_loop = tr_join_inside(exit);
    rec->trace->location = left->snap->pc;
    rec->words = TR_MOST_SLOT;
    tr_event(jit, (struct tr_event){.kind = TR_EV_START,
                                    .trace = rec->trace,
                                    .exit = exit,
                                    .location = left->snap->pc});
    tr_exit_replay(rec, exit);
    rec->undo.len = 0;
    return rec;
}

static void
release(struct tr_rec *rec)
{
    rec->jit->rec = NULL;
    tr_opt_free(rec->opt);
    free(rec->slots);
    nac_vec_free(&rec->undo);
    nac_vec_free(&rec->watches);
    free(rec);
}

/* -- state of the recording -- */

void
tr_abort(struct tr_rec *rec, enum tr_abort reason)
{
    if (rec->reason == TR_ABORT_NONE)
        rec->reason = reason;
}

bool
tr_aborted(const struct tr_rec *rec)
{
    return rec->reason != TR_ABORT_NONE;
}

enum tr_abort
tr_abort_reason(const struct tr_rec *rec)
{
    return rec->reason;
}

struct tr_site *
tr_rec_site(const struct tr_rec *rec)
{
    return rec->site;
}

enum tr_trace_kind
tr_rec_kind(const struct tr_rec *rec)
{
    return (enum tr_trace_kind)rec->trace->kind;
}

uint32_t
tr_rec_length(const struct tr_rec *rec)
{
    return rec->ir->ins.len;
}

enum tr_op
tr_op_of(struct tr_rec *rec, tr_ref r)
{
    r = tr_opt_resolve(rec->opt, r);
    return tr_is_const(r) ? TR_NOP : (enum tr_op)tr_ir_ins(rec->ir, r)->op;
}

bool
tr_is_long(const struct tr_rec *rec)
{
    const struct tr_params *p = &rec->jit->params;

    return rec->ir->ins.len > (uint32_t)p->max_trace ||
           rec->ir->snaps.len > (uint32_t)p->max_snapshots;
}

static void
check_length(struct tr_rec *rec)
{
    uint32_t ins = (uint32_t)rec->jit->params.max_trace;
    uint32_t snaps = (uint32_t)rec->jit->params.max_snapshots;

    if (rec->ir->ins.len > ins + ins / 4 + 100)
        tr_abort(rec, TR_ABORT_TOO_LONG);
    if (rec->ir->snaps.len > snaps + snaps / 4 + 100)
        tr_abort(rec, TR_ABORT_TOO_MANY_SNAPSHOTS);
}

void
tr_effect(struct tr_rec *rec)
{
    rec->effect = true;
}

/* -- slots -- */

static tr_ref *
slot_at(struct tr_rec *rec, int32_t slot)
{
    uint32_t i = (uint32_t)(slot - TR_LEAST_SLOT);

    if (slot < TR_LEAST_SLOT || slot >= TR_MOST_SLOT)
        nac_die(__FILE__, __LINE__, "frame word %d", slot);
    if (i >= rec->cap) {
        uint32_t cap = rec->cap ? rec->cap * 2 : 256;

        if (cap <= i)
            cap = i + 1;
        rec->slots = nac_realloc(rec->slots, cap * sizeof *rec->slots);
        memset(rec->slots + rec->cap, 0, (cap - rec->cap) * sizeof(tr_ref));
        rec->cap = cap;
    }
    if (i >= rec->high)
        rec->high = i + 1;
    return &rec->slots[i];
}

tr_ref
tr_slot(struct tr_rec *rec, int32_t slot)
{
    tr_ref *at = slot_at(rec, slot);

    if (tr_is_none(*at)) {
        tr_ref r =
            tr_emit(rec, TR_SLOT, TR_VAL, 0, (tr_ref){(uint32_t)slot}, TR_NONE);

        *slot_at(rec, slot) = r;
        return r;
    }
    *at = tr_opt_resolve(rec->opt, *at);
    return *at;
}

void
tr_set_slot(struct tr_rec *rec, int32_t slot, tr_ref value)
{
    tr_ref *at = slot_at(rec, slot);

    if (tr_aborted(rec))
        return;
    nac_vec_push(&rec->undo, (struct tr_undo){slot, *at});
    *at = value;
    rec->mode_snap = -1;
}

void
tr_drop_slots(struct tr_rec *rec, int32_t from)
{
    uint32_t i = from > TR_LEAST_SLOT ? (uint32_t)(from - TR_LEAST_SLOT) : 0;

    uint32_t first = i;

    for (; i < rec->high; i++)
        if (!tr_is_none(rec->slots[i]))
            tr_set_slot(rec, (int32_t)i + TR_LEAST_SLOT, TR_NONE);
    if (rec->high > first)
        rec->high = first;
}

/* -- bytecodes and their snapshots -- */

static void
swap_undo(struct tr_rec *rec, uint32_t i)
{
    struct tr_undo *u = &rec->undo.items[i];
    tr_ref *at = slot_at(rec, u->slot);
    tr_ref now = *at;

    *at = u->old;
    u->old = now;
}

/* The snapshot of the bytecode's start, built when it is first asked for: what
 * the bytecode did to slots so far is taken back for that moment. */
static uint32_t
start_snapshot(struct tr_rec *rec)
{
    uint32_t i;

    if (rec->snap >= 0)
        return (uint32_t)rec->snap;
    for (i = rec->undo.len; i-- > 0;)
        swap_undo(rec, i);
    rec->snap = tr_snap_build(rec, rec->at_mode);
    for (i = 0; i < rec->undo.len; i++)
        swap_undo(rec, i);
    return (uint32_t)rec->snap;
}

static tr_ref
emit(struct tr_rec *rec, struct tr_ins ins)
{
    tr_ref r;

    if (tr_aborted(rec))
        return TR_NONE;
    r = tr_opt_emit(rec->opt, ins);
    check_length(rec);
    return r;
}

static void
set_place(struct tr_rec *rec, uint64_t pc, int32_t top, uint32_t depth,
          int32_t words)
{
    tr_drop_slots(rec, words);
    rec->pc = pc;
    rec->top = top;
    rec->depth = depth;
    rec->words = words;
}

void
tr_goes_on(struct tr_rec *rec, uint64_t pc, int32_t top, uint32_t depth,
           int32_t words)
{
    if (tr_aborted(rec))
        return;
    set_place(rec, pc, top, depth, words);
    rec->mode_snap = -1;
    rec->effect = true;
}

void
tr_at(struct tr_rec *rec, uint64_t pc, int32_t top, uint32_t depth,
      int32_t words)
{
    tr_at_mode(rec, pc, top, depth, words, 0);
}

void
tr_at_mode(struct tr_rec *rec, uint64_t pc, int32_t top, uint32_t depth,
           int32_t words, uint32_t mode)
{
    if (tr_aborted(rec))
        return;
    set_place(rec, pc, top, depth, words);
    rec->undo.len = 0;
    rec->at_mode = mode;
    rec->effect = false;
    rec->snap = rec->mode_snap = -1;
    if (!rec->begun || rec->want_valid) {
        rec->begun = true;
        rec->want_valid = false;
        emit(rec, (struct tr_ins){.op = TR_VALID, .b = {start_snapshot(rec)}});
    }
    rec->first = rec->ir->ins.len;
}

void
tr_rec_valid(struct tr_rec *rec)
{
    if (rec->trace->depends)
        emit(rec, (struct tr_ins){.op = TR_VALID, .b = {start_snapshot(rec)}});
}

/* -- emitting -- */

/* Is [object] memory that this bytecode allocated? Nobody has seen it. */
static bool
is_fresh(const struct tr_rec *rec, tr_ref object)
{
    const struct tr_ins *i;

    if (tr_is_const(object) || object.n < rec->first)
        return false;
    i = tr_ir_ins(rec->ir, object);
    if (i->op == TR_AREF)
        return is_fresh(rec, i->a);
    return i->op == TR_NEW;
}

tr_ref
tr_emit(struct tr_rec *rec, enum tr_op op, enum tr_kind kind, uint32_t field,
        tr_ref a, tr_ref b)
{
    struct tr_ins ins = {.op = (uint8_t)op,
                         .kind = (uint8_t)kind,
                         .field = (uint16_t)field,
                         .a = a,
                         .b = b};

    if (tr_opinfo[op].result != TR_ANY)
        ins.kind = tr_opinfo[op].result;
    if ((op == TR_FSTORE || op == TR_ASTORE) && !is_fresh(rec, a))
        rec->effect = true;
    return emit(rec, ins);
}

tr_ref
tr_emit1(struct tr_rec *rec, enum tr_op op, tr_ref a)
{
    return tr_emit(rec, op, TR_VOID, 0, a, TR_NONE);
}

tr_ref
tr_emit2(struct tr_rec *rec, enum tr_op op, tr_ref a, tr_ref b)
{
    return tr_emit(rec, op, TR_VOID, 0, a, b);
}

static enum tr_kind
field_kind(const struct tr_rec *rec, uint32_t field)
{
    return (enum tr_kind)rec->jit->host.fields[field].kind;
}

tr_ref
tr_fload(struct tr_rec *rec, uint32_t field, tr_ref object)
{
    return tr_emit(rec, TR_FLOAD, field_kind(rec, field), field, object,
                   TR_NONE);
}

void
tr_fstore(struct tr_rec *rec, uint32_t field, tr_ref object, tr_ref value)
{
    tr_emit(rec, TR_FSTORE, TR_VOID, field, object, value);
}

static tr_ref
aref(struct tr_rec *rec, uint32_t field, tr_ref object, tr_ref index)
{
    return tr_emit(rec, TR_AREF, TR_PTR, field, object, index);
}

tr_ref
tr_aload(struct tr_rec *rec, uint32_t field, tr_ref object, tr_ref index)
{
    tr_ref at = aref(rec, field, object, index);

    return tr_emit(rec, TR_ALOAD, field_kind(rec, field), field, at, TR_NONE);
}

void
tr_astore(struct tr_rec *rec, uint32_t field, tr_ref object, tr_ref index,
          tr_ref value)
{
    tr_ref at = aref(rec, field, object, index);

    tr_emit(rec, TR_ASTORE, TR_VOID, field, at, value);
}

tr_ref
tr_new(struct tr_rec *rec, uint32_t alloc_class, uint64_t size, tr_ref head)
{
    return tr_emit(rec, TR_NEW, TR_PTR, alloc_class, (tr_ref){(uint32_t)size},
                   head);
}

tr_ref
tr_emit_call(struct tr_rec *rec, uint32_t call, uint32_t nargs,
             const tr_ref *args)
{
    const struct tr_call *c = &rec->jit->host.calls[call];
    uint32_t effect = c->flags & TR_CALL_EFFECT;
    tr_ref list = TR_NONE, r;
    uint32_t i;

    ASSERT(nargs == c->nargs, "%s called with %u arguments", c->name, nargs);
    for (i = 0; i < nargs; i++)
        list = tr_emit(rec, TR_CARG, TR_VOID, 0, list, args[i]);
    r = tr_emit(rec, TR_CALL, (enum tr_kind)c->result, call, list, TR_NONE);
    if (effect == TR_CALL_ANY)
        rec->want_valid = true;
    if (effect >= TR_CALL_WRITES && call != rec->jit->stress_call)
        rec->effect = true;
    return r;
}

tr_ref
tr_const_int(struct tr_rec *rec, int64_t v)
{
    return tr_ir_const(rec->ir, TR_I64, (uint64_t)v);
}

tr_ref
tr_const_flt(struct tr_rec *rec, double v)
{
    uint64_t bits;

    memcpy(&bits, &v, sizeof bits);
    return tr_ir_const(rec->ir, TR_F64, bits);
}

tr_ref
tr_const_val(struct tr_rec *rec, uint64_t bits)
{
    return tr_ir_const(rec->ir, TR_VAL, bits);
}

tr_ref
tr_const_ptr(struct tr_rec *rec, const void *p)
{
    return tr_ir_const(rec->ir, TR_PTR, (uint64_t)(uintptr_t)p);
}

bool
tr_known(struct tr_rec *rec, tr_ref r, uint64_t *bits)
{
    r = tr_opt_resolve(rec->opt, r);
    if (!tr_is_const(r))
        return false;
    *bits = tr_ir_k(rec->ir, r)->bits;
    return true;
}

/* -- guards -- */

/* A condition whose truth is known needs no guard. True: nothing to emit. */
static bool
decided(struct tr_rec *rec, tr_ref cond, bool expected)
{
    int truth;

    if (tr_aborted(rec))
        return true;
    truth = tr_opt_truth(rec->opt, cond);
    if (truth < 0)
        return false;
    if ((truth != 0) != expected)
        tr_abort(rec, TR_ABORT_UNSTABLE);
    return true;
}

static void
guard(struct tr_rec *rec, tr_ref cond, bool expected, uint32_t snap)
{
    /* Only exits that run the bytecode again may be taken for no reason. */
    if (rec->jit->params.stress_exits > 0 &&
        rec->ir->snaps.items[snap].mode == 0) {
        tr_ref fail = tr_emit_call(rec, rec->jit->stress_call, 0, NULL);

        emit(rec, (struct tr_ins){.op = TR_GUARD_F, .a = fail, .b = {snap}});
    }
    emit(rec, (struct tr_ins){.op = expected ? TR_GUARD_T : TR_GUARD_F,
                              .a = cond,
                              .b = {snap}});
    if (tr_opt_contradiction(rec->opt))
        tr_abort(rec, TR_ABORT_UNSTABLE);
}

void
tr_guard(struct tr_rec *rec, tr_ref cond, bool expected)
{
    if (decided(rec, cond, expected))
        return;
    ASSERT(!rec->effect, "guard after an effect of the same bytecode");
    if (rec->effect) {
        tr_abort(rec, TR_ABORT_NOT_TRACED);
        return;
    }
    guard(rec, cond, expected, start_snapshot(rec));
}

void
tr_guard_mode(struct tr_rec *rec, tr_ref cond, bool expected, uint32_t mode)
{
    if (decided(rec, cond, expected))
        return;
    if (rec->mode_snap < 0 || rec->mode != mode || rec->effect) {
        rec->mode_snap = tr_snap_build(rec, mode);
        rec->mode = mode;
    }
    guard(rec, cond, expected, (uint32_t)rec->mode_snap);
}

tr_ref
tr_promote(struct tr_rec *rec, tr_ref r, uint64_t bits)
{
    enum tr_kind kind;
    tr_ref k, word = r;
    uint64_t known;
    int op = TR_EQ;

    if (tr_aborted(rec))
        return TR_NONE;
    r = word = tr_opt_resolve(rec->opt, r);
    if (tr_known(rec, r, &known)) {
        if (known != bits)
            tr_abort(rec, TR_ABORT_UNSTABLE);
        return r;
    }
    kind = tr_ir_kind(rec->ir, r);
    k = tr_ir_const(rec->ir, kind, bits);
    if (kind == TR_COND) {
        tr_guard(rec, r, bits != 0);
        return k;
    }
    if (kind == TR_F64)
        word = tr_emit1(rec, TR_BOX_FLT, r); /* -0.0 and NaN by their bits */
    if (kind == TR_F64 || kind == TR_VAL)
        op = TR_XEQ;
    else if (kind == TR_PTR)
        op = TR_PEQ;
    tr_guard(rec,
             tr_emit2(rec, (enum tr_op)op, word,
                      kind == TR_F64 ? tr_const_val(rec, bits) : k),
             true);
    return k;
}

/* -- dependencies -- */

void
tr_depend(struct tr_rec *rec, struct tr_watch *watch)
{
    uint32_t i;

    rec->trace->depends = true;
    for (i = 0; i < rec->watches.len; i++)
        if (rec->watches.items[i] == watch)
            return;
    nac_vec_push(&rec->watches, watch);
}

/* -- the end -- */

static void
failed(struct tr_rec *rec)
{
    struct tr_jit *jit = rec->jit;
    struct tr_trace *t = rec->trace;
    enum tr_abort reason = rec->reason;

    tr_event(jit,
             (struct tr_event){.kind = TR_EV_ABORTED,
                               .trace = t,
                               .exit = rec->exit,
                               .reason = reason,
                               .detail = rec->detail,
                               .location = t->location,
                               .ir_before = rec->ir->ins.len,
                               .record_ms = tr_now_ms() - rec->started_ms});
    if (rec->site)
        tr_hot_penalty(jit, rec->site, reason);
    else if (rec->exit)
        tr_hot_exit_penalty(jit, rec->exit, reason);
    release(rec);
    if (reason == TR_ABORT_BACKEND)
        nac_vec_push(&jit->failed, t); /* the back-end may still know it */
    else
        tr_trace_free(t);
}

/* A trace that relies on nothing need not ask whether it is valid. */
static void
forget_valid(struct tr_rec *rec)
{
    uint32_t i;

    if (rec->trace->depends)
        return;
    for (i = 1; i < rec->ir->ins.len; i++)
        if (rec->ir->ins.items[i].op == TR_VALID)
            rec->ir->ins.items[i] = (struct tr_ins){.op = TR_NOP};
}

static struct tr_trace *
finish(struct tr_rec *rec)
{
    struct tr_trace *t = rec->trace;
    enum tr_abort reason;

    if (!tr_aborted(rec)) {
        reason = tr_tree_install(rec, &rec->detail);
        if (reason != TR_ABORT_NONE)
            tr_abort(rec, reason);
    }
    if (tr_aborted(rec)) {
        failed(rec);
        return NULL;
    }
    release(rec);
    return t;
}

static void
end(struct tr_rec *rec, enum tr_op op, uint32_t target)
{
    uint32_t snap;

    if (tr_aborted(rec))
        return;
    snap = start_snapshot(rec);
    emit(rec, (struct tr_ins){.op = (uint8_t)op, .a = {target}, .b = {snap}});
}

/* A pass whose types differ from the next one's is better recorded again: the
 * next recording begins with the types that the loop settles on. */
static bool
try_again(const struct tr_rec *rec)
{
    return rec->site && rec->site->aborts < 2;
}

struct tr_trace *
tr_finish_loop(struct tr_rec *rec)
{
    if (tr_aborted(rec))
        return finish(rec);
    forget_valid(rec);
    if (rec->top == 0 && rec->jit->params.opt_loop) {
        enum tr_opt_looped how = tr_opt_loop(rec->opt, start_snapshot(rec));

        if (how == TR_OPT_LOOPED)
            return finish(rec);
        if (how == TR_OPT_UNSTABLE && try_again(rec))
            tr_abort(rec, TR_ABORT_UNSTABLE);
    }
    end(rec, TR_LINK, rec->trace->id);
    return finish(rec);
}

struct tr_trace *
tr_finish_link(struct tr_rec *rec, struct tr_trace *target)
{
    if (target->invalid)
        tr_abort(rec, TR_ABORT_INVALIDATED);
    forget_valid(rec);
    if (!tr_aborted(rec)) {
        start_snapshot(rec);
        tr_join(rec, target);
    }
    end(rec, TR_LINK, target->id);
    if (!tr_aborted(rec))
        nac_vec_push(&rec->trace->links, target);
    return finish(rec);
}

struct tr_trace *
tr_finish_leave(struct tr_rec *rec)
{
    forget_valid(rec);
    end(rec, TR_LEAVE, 0);
    return finish(rec);
}

struct tr_trace *
tr_finish_ret(struct tr_rec *rec, tr_ref value)
{
    forget_valid(rec);
    emit(rec, (struct tr_ins){.op = TR_RET, .a = value});
    return finish(rec);
}

void
tr_finish_abort(struct tr_rec *rec)
{
    tr_abort(rec, TR_ABORT_OFF);
    finish(rec);
}
