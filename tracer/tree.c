/* SPDX-License-Identifier: MIT
 * tracer/tree.c: compiled traces and how they hang together. A root belongs to
 * a site; a bridge hangs on an exit, by one store to the exit's cell; both end
 * in links. A bridge counts its passes: when it is hot, the root and its
 * hot bridges are compiled again as one method (the second tier), within the
 * size that host VMs optimise well. When a fact that a trace relied on
 * changes, the trace and all bridges below it are taken out.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/phase.h"
#define TR_INTERNAL
#include "tracer/jit.h"

enum { COUNTER_LENGTH = 5 };

struct tr_trace *
tr_trace_by_id(const struct tr_jit *jit, uint32_t id)
{
    return id && id <= jit->traces.len ? jit->traces.items[id - 1] : NULL;
}

void
tr_trace_free(struct tr_trace *t)
{
    tr_exit_free(t);
    tr_ir_free(&t->ir);
    free(t->sunk);
    free(t->head.items);
    nac_vec_free(&t->bridges);
    nac_vec_free(&t->links);
    free(t);
}

/* -- the counter of a bridge -- */

/* The bridge's first way out before a LOOP that goes on by running the
 * bytecode (mode 0): there the counter's guard can leave too. 0: none. */
static uint32_t
first_exit(const struct tr_code_ir *ir)
{
    uint32_t i;

    for (i = 1; i < ir->ins.len; i++) {
        int op = ir->ins.items[i].op;

        if (op == TR_LOOP || op == TR_JOIN)
            return 0;
        if (tr_op_exits((enum tr_op)op) &&
            ir->snaps.items[ir->ins.items[i].b.n].mode == 0)
            return i;
    }
    return 0;
}

static void
shift(tr_ref *r, uint32_t from, uint32_t by)
{
    if (!tr_is_const(*r) && r->n >= from)
        r->n += by;
}

/* Makes room for [by] instructions before number [at]. */
static void
insert(struct tr_trace *t, uint32_t at, uint32_t by)
{
    struct tr_code_ir *ir = &t->ir;
    uint32_t i, n = ir->ins.len;

    for (i = at; i < n; i++) {
        struct tr_ins *ins = &ir->ins.items[i];

        if (tr_opinfo[ins->op].a == TR_OPND_REF)
            shift(&ins->a, at, by);
        if (tr_opinfo[ins->op].b == TR_OPND_REF)
            shift(&ins->b, at, by);
    }
    for (i = 0; i < ir->ents.len; i++)
        shift(&ir->ents.items[i].ref, at, by);
    nac_vec_reserve(&ir->ins, n + by);
    memmove(&ir->ins.items[at + by], &ir->ins.items[at],
            (n - at) * sizeof *ir->ins.items);
    ir->ins.len += by;
    if (t->sunk) {
        t->sunk = nac_realloc(t->sunk, n + by);
        memmove(t->sunk + at + by, t->sunk + at, n - at);
        memset(t->sunk + at, 0, by);
    }
}

/* passes := passes - 1; leave if that is negative. The guard has a snapshot of
 * its own, so that its exit is known by number. */
void
tr_tree_count(struct tr_jit *jit, struct tr_trace *t)
{
    struct tr_code_ir *ir = &t->ir;
    uint32_t at = first_exit(ir), snap;
    tr_ref cell, zero, minus;
    struct tr_ins *i;

    if (t->kind != TR_BRIDGE || at == 0 || jit->params.tier2_blocks == 0)
        return;
    insert(t, at, COUNTER_LENGTH);
    cell = tr_ir_const(ir, TR_PTR, (uint64_t)(uintptr_t)&t->passes);
    zero = tr_ir_const(ir, TR_I64, 0);
    minus = tr_ir_const(ir, TR_I64, (uint64_t)-1);
    snap = ir->snaps.len;
    nac_vec_push(&ir->snaps,
                 ir->snaps.items[ir->ins.items[at + COUNTER_LENGTH].b.n]);
    i = &ir->ins.items[at];
    i[0] = (struct tr_ins){TR_FLOAD, TR_I64, jit->passes_field, cell, TR_NONE};
    i[1] = (struct tr_ins){TR_ADD, TR_I64, 0, {at}, minus};
    i[2] =
        (struct tr_ins){TR_FSTORE, TR_VOID, jit->passes_field, cell, {at + 1}};
    i[3] = (struct tr_ins){TR_GE, TR_COND, 0, {at + 1}, zero};
    i[4] = (struct tr_ins){TR_GUARD_T, TR_VOID, 0, {at + 3}, {snap}};
    t->passes = jit->params.tier2_threshold;
    t->counter = at;
}

/* -- installing -- */

static void
dump(struct tr_jit *jit, const struct tr_trace *t)
{
    struct nac_buf text = {0};
    char path[1000];
    FILE *f;

    if (!jit->dump_dir && !nac_log_on("ir"))
        return;
    tr_print_trace(&text, &jit->host, t);
    if (nac_log_on("ir"))
        fwrite(text.data, 1, text.len, nac_log_file());
    if (jit->dump_dir) {
        snprintf(path, sizeof path, "%s/trace-%u.ir", jit->dump_dir, t->id);
        f = fopen(path, "w");
        if (f) {
            fwrite(text.data, 1, text.len, f);
            fclose(f);
        }
        if (jit->backend->dump && t->compiled)
            jit->backend->dump(jit, t, jit->dump_dir);
    }
    nac_buf_free(&text);
}

static void
verify(struct tr_jit *jit, const struct tr_trace *t, const char *when)
{
    char why[200];

    if (jit->params.verify &&
        tr_verify(&t->ir, &jit->host, why, sizeof why) != 0) {
        struct nac_buf text = {0};

        tr_print_trace(&text, &jit->host, t);
        fputs(text.data, stderr);
        nac_die(__FILE__, __LINE__, "trace %u %s: %s", t->id, when, why);
    }
}

/* Gives back what growing the buffers left over: the IR stays for ever. */
static void
compact(struct tr_code_ir *ir)
{
#define COMPACT(v)                                                             \
    do {                                                                       \
        (v).cap = (v).len;                                                     \
        (v).items = nac_realloc((v).items, ((v).len + 1) * sizeof *(v).items); \
    } while (0)
    COMPACT(ir->ins);
    COMPACT(ir->consts);
    COMPACT(ir->snaps);
    COMPACT(ir->ents);
#undef COMPACT
    nac_map_free(&ir->const_index);
}

static void
attach(struct tr_rec *rec)
{
    struct tr_trace *t = rec->trace;
    uint32_t i;

    t->entry.trace = t;
    t->compiled = true;
    if (rec->site) {
        rec->site->trace = t;
        rec->site->count = -1;
        rec->site->aborts = 0;
    } else {
        nac_vec_push(&t->root->bridges, t);
        rec->exit->cell.trace = t;
        __atomic_store_n(&rec->exit->cell.code, t->entry.code,
                         __ATOMIC_RELEASE);
    }
    for (i = 0; i < rec->watches.len; i++)
        nac_vec_push(&rec->watches.items[i]->traces, t);
    for (i = 0; i < t->nexits; i++)
        if (t->counter &&
            t->exits[i].index == t->ir.ins.items[t->counter + 4].field)
            t->exits[i].kind = TR_EXIT_COUNTER;
    compact(&t->ir);
}

/* A host VM that runs out of memory ends the process. */
static bool
has_room(const struct tr_jit *jit)
{
    enum { MIB = 1 << 20, TO_START = 64 * MIB, TO_COMPILE = 8 * MIB };

    return nac_mem_room(jit->started ? TO_COMPILE : TO_START);
}

static enum tr_abort
compile(struct tr_jit *jit, struct tr_trace *t, const char **detail)
{
    static char why[200];
    struct tr_unit unit = {&t, 1};
    double start;
    int rc, phase;

    *detail = why;
    if (!has_room(jit)) {
        why[0] = 0;
        return TR_ABORT_MEMORY;
    }
    if (!tr_jit_start(jit)) {
        snprintf(why, sizeof why, "%s", jit->start_why);
        return TR_ABORT_HOST;
    }
    nac_vec_push(&jit->traces, t);
    why[0] = 0;
    start = tr_now_ms();
    t->entry.trace = t; /* it may link to itself */
    phase = nac_phase_set(NAC_BACKEND);
    rc = jit->backend->compile(jit, &unit, &t->entry.code, why, sizeof why);
    nac_phase_set(phase);
    t->host_ms = tr_now_ms() - start;
    if (rc != 0) {
        jit->traces.len--;
        return TR_ABORT_BACKEND;
    }
    t->first_code = t->entry.code;
    if (t->nblocks == 0)
        t->nblocks = 1 + 2 * t->nexits;
    return TR_ABORT_NONE;
}

enum tr_abort
tr_tree_install(struct tr_rec *rec, const char **detail)
{
    struct tr_jit *jit = rec->jit;
    struct tr_trace *t = rec->trace;
    uint32_t before = t->ir.ins.len;
    double start = tr_now_ms(), record_ms = start - rec->started_ms;
    double optimise_ms;
    enum tr_abort reason;
    int phase;

    phase = nac_phase_set(NAC_OPTIMISER);
    verify(jit, t, "as recorded");
    t->head = tr_opt_take_head(rec->opt);
    tr_opt_finish(rec->opt, &t->sunk);
    tr_tree_count(jit, t);
    verify(jit, t, "optimised");
    reason = tr_exit_layout(jit, t);
    optimise_ms = tr_now_ms() - start;
    nac_phase_set(phase);
    if (reason == TR_ABORT_NONE)
        reason = compile(jit, t, detail);
    if (reason != TR_ABORT_NONE) {
        if (reason != TR_ABORT_HOST)
            dump(jit, t);
        return reason;
    }
    attach(rec);
    dump(jit, t);
    tr_event(jit, (struct tr_event){.kind = TR_EV_COMPILED,
                                    .trace = t,
                                    .exit = rec->exit,
                                    .location = t->location,
                                    .ir_before = before,
                                    .ir_after = t->ir.ins.len,
                                    .record_ms = record_ms,
                                    .optimise_ms = optimise_ms,
                                    .host_ms = t->host_ms});
    return TR_ABORT_NONE;
}

/* -- the second tier -- */

static bool
is_hot(struct tr_jit *jit, const struct tr_trace *bridge)
{
    int64_t limit = jit->params.tier2_threshold;

    return bridge->merged || bridge->passes <= limit - limit / 10;
}

static bool
in_unit(const struct tr_trace *root, const struct tr_trace *t)
{
    return t == root || t->merged;
}

static void
set_counter(struct tr_trace *t, uint8_t sunk)
{
    if (t->counter)
        memset(t->sunk + t->counter, sunk, COUNTER_LENGTH);
}

/* Marks the bridges that go into the method: hot, below a trace that is in it
 * and within the budget. Bridges are in order of their making, parents first.
 */
static uint32_t
choose(struct tr_jit *jit, struct tr_trace *root, struct tr_trace **unit)
{
    uint32_t blocks = root->nblocks, n = 0, i;

    unit[n++] = root;
    for (i = 0; i < root->bridges.len; i++) {
        struct tr_trace *b = root->bridges.items[i];

        if (b->invalid || !is_hot(jit, b) || !in_unit(root, b->parent->trace) ||
            blocks + b->nblocks > (uint32_t)jit->params.tier2_blocks) {
            b->merged = false;
            continue;
        }
        b->merged = true;
        blocks += b->nblocks;
        unit[n++] = b;
    }
    return n;
}

void
tr_tree_tier2(struct tr_jit *jit, struct tr_trace *bridge)
{
    struct tr_trace *root = bridge->root;
    struct tr_trace **traces;
    struct tr_unit unit;
    char why[200] = "";
    tr_entry code;
    double start = tr_now_ms(), ms;
    uint32_t i;
    int rc = -1;

    bridge->passes = INT64_MAX / 2;
    if (root->invalid || bridge->invalid ||
        root->reemitted >= (uint32_t)jit->params.max_tier2)
        return;
    root->reemitted++;
    bridge->passes = 0;
    traces = nac_calloc(root->bridges.len + 1, sizeof(struct tr_trace *));
    unit = (struct tr_unit){traces, choose(jit, root, traces)};
    for (i = 1; i < unit.count; i++)
        set_counter(traces[i], 1);
    if (unit.count > 1 && has_room(jit))
        rc = jit->backend->compile(jit, &unit, &code, why, sizeof why);
    for (i = 1; i < unit.count; i++) {
        set_counter(traces[i], 0);
        traces[i]->passes = INT64_MAX / 2;
        traces[i]->merged = rc == 0;
    }
    bridge->passes = INT64_MAX / 2;
    free(traces);
    if (rc != 0) {
        root->entry.code = root->first_code;
        return;
    }
    ms = tr_now_ms() - start;
    __atomic_store_n(&root->entry.code, code, __ATOMIC_RELEASE);
    tr_event(jit, (struct tr_event){.kind = TR_EV_TIER2,
                                    .trace = root,
                                    .location = root->location,
                                    .host_ms = ms});
}

/* -- invalidation -- */

static void
detach(struct tr_jit *jit, struct tr_trace *t)
{
    struct tr_trace *root = t->root;
    struct tr_exit *parent = t->parent;
    uint32_t i;

    t->invalid = 1;
    if (!parent) {
        if (t->site && t->site->trace == t)
            tr_hot_again(jit, t->site);
        return;
    }
    if (parent->cell.trace == t) {
        parent->cell.trace = NULL;
        parent->cell.code = tr_exit_code;
        parent->count = 0;
    }
    if (!t->merged)
        return;
    root->entry.code = root->first_code;
    for (i = 0; i < root->bridges.len; i++) {
        root->bridges.items[i]->merged = false;
        root->bridges.items[i]->passes = jit->params.tier2_threshold;
    }
}

void
tr_tree_invalidate(struct tr_jit *jit, struct tr_trace *t)
{
    struct tr_trace *root = t->root;
    uint32_t i;

    if (t->invalid)
        return;
    detach(jit, t);
    for (i = 0; i < root->bridges.len; i++) {
        struct tr_trace *b = root->bridges.items[i];

        if (!b->invalid && b->parent->trace->invalid)
            detach(jit, b);
    }
    if (jit->rec && jit->rec->exit && jit->rec->exit->trace->invalid)
        tr_abort(jit->rec, TR_ABORT_INVALIDATED);
    tr_event(jit, (struct tr_event){.kind = TR_EV_INVALIDATED,
                                    .trace = t,
                                    .location = t->location});
}

static bool
recording_relies(const struct tr_jit *jit, const struct tr_watch *watch)
{
    uint32_t i;

    for (i = 0; jit->rec && i < jit->rec->watches.len; i++)
        if (jit->rec->watches.items[i] == watch)
            return true;
    return false;
}

void
tr_invalidate(struct tr_jit *jit, struct tr_watch *watch)
{
    uint32_t i;

    if (recording_relies(jit, watch))
        tr_abort(jit->rec, TR_ABORT_INVALIDATED);
    for (i = 0; i < watch->traces.len; i++)
        tr_tree_invalidate(jit, watch->traces.items[i]);
    watch->traces.len = 0;
}

void
tr_watch_free(struct tr_jit *jit, struct tr_watch *watch)
{
    if (recording_relies(jit, watch))
        tr_abort(jit->rec, TR_ABORT_INVALIDATED);
    nac_vec_free(&watch->traces);
}
