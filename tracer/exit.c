/* SPDX-License-Identifier: MIT
 * tracer/exit.c: ways out of a trace. tr_exit_layout() decides, once the IR is
 * final, which values each exit must save (spill) and makes a plan of how the
 * interpreter's words are rebuilt from them: constants, frame words as they
 * were at entry, boxes of raw values and whole objects that the optimiser
 * removed from the trace ("sunk") cost a trace nothing. tr_restore() carries
 * the plan out after a trace was left; tr_exit_replay() hands the same state
 * to the recorder of a bridge.
 *
 *     exit:  words    slot 3 <- BOX_INT(spill 0)   slot 4 <- BOX_PTR(object 0)
 *            objects  0: NEW 32 bytes, first word const 5
 *            stores   object 0 + 16 <- spill 1
 */
#include "config.h"

#include <alloca.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/nanbox.h"
#define TR_INTERNAL
#include "tracer/jit.h"

enum { MAX_OBJECTS = 200 };

struct layout {
    struct tr_jit *jit;
    struct tr_trace *trace;
    struct tr_code_ir *ir;
    uint32_t loop;    /* where LOOP stands, 0: none */
    uint32_t at;      /* the guard whose exit is laid out */
    uint32_t exit;    /* its number + 1 */
    uint32_t *marked; /* per instruction: exit number + 1 that spills it */
    uint32_t *where;  /* its index there (of the spill or the object) */
    NAC_VEC(uint32_t) stores; /* sunk FSTOREs and ASTOREs in order */
    NAC_VEC(struct tr_exit) exits;
    enum tr_abort failed;
};

static bool
is_sunk(const struct layout *l, uint32_t n)
{
    return l->trace->sunk[n] != 0;
}

static struct tr_word word_for(struct layout *l, struct tr_plan *plan,
                               tr_ref r);

static int32_t
object_for(struct layout *l, struct tr_plan *plan, tr_ref r)
{
    const struct tr_ins *i = tr_ir_ins(l->ir, r);
    struct tr_plan_object obj = {.ins = r.n, .size = i->a.n};

    if (l->marked[r.n] == l->exit)
        return (int32_t)l->where[r.n];
    if (plan->objects.len >= MAX_OBJECTS) {
        l->failed = TR_ABORT_TOO_MANY_LIVE;
        return 0;
    }
    obj.head = word_for(l, plan, i->b);
    l->marked[r.n] = l->exit;
    l->where[r.n] = plan->objects.len;
    nac_vec_push(&plan->objects, obj);
    return (int32_t)l->where[r.n];
}

static int32_t
spill_for(struct layout *l, struct tr_plan *plan, tr_ref r)
{
    if (l->marked[r.n] != l->exit) {
        l->marked[r.n] = l->exit;
        l->where[r.n] = plan->spill.len;
        if (plan->spill.len >= TR_MAX_SPILL)
            l->failed = TR_ABORT_TOO_MANY_LIVE;
        nac_vec_push(&plan->spill, r);
    }
    return (int32_t)l->where[r.n];
}

/* Where the value [r] comes from at this exit. */
static struct tr_word
word_for(struct layout *l, struct tr_plan *plan, tr_ref r)
{
    struct tr_word w = {.kind = (uint8_t)tr_ir_kind(l->ir, r)};
    const struct tr_ins *i;

    if (tr_is_const(r)) {
        w.source = TR_FROM_CONST;
        w.index = (int32_t)(r.n & ~TR_CONST_BIT);
        return w;
    }
    i = tr_ir_ins(l->ir, r);
    if (tr_op_boxes((enum tr_op)i->op) &&
        (i->op != TR_BOX_WIDE || is_sunk(l, r.n))) {
        w = word_for(l, plan, i->a);
        ASSERT(w.box == 0, "box of a box");
        w.box = i->op;
    } else if (i->op == TR_SLOT) {
        w.source = TR_FROM_SLOT;
        w.index = (int32_t)i->a.n;
    } else if (i->op == TR_BASE) {
        w.source = TR_FROM_BASE;
        w.index = (int32_t)i->a.n;
    } else if (i->op == TR_NEW && is_sunk(l, r.n)) {
        w.source = TR_FROM_SUNK;
        w.index = object_for(l, plan, r);
    } else {
        w.source = TR_FROM_SPILL;
        w.index = spill_for(l, plan, r);
    }
    return w;
}

/* The object that a sunk store writes to and the offset in it. */
static tr_ref
store_target(const struct layout *l, const struct tr_ins *i, int32_t *offset)
{
    const struct tr_field *f = &l->jit->host.fields[i->field];
    const struct tr_ins *aref;

    *offset = f->offset;
    if (i->op == TR_FSTORE)
        return i->a;
    aref = tr_ir_ins(l->ir, i->a);
    if (tr_is_const(aref->b))
        *offset += (int32_t)tr_ir_k(l->ir, aref->b)->bits * f->stride;
    return aref->a;
}

/* Stores to the plan's objects that stand before the guard. An object found
 * on the way (one that is held by another only) brings its own stores, so this
 * runs until no object is added; the order of stores is kept by object. */
static void
plan_stores(struct layout *l, struct tr_plan *plan)
{
    uint32_t o, s;

    for (o = 0; o < plan->objects.len && !l->failed; o++) {
        uint32_t new = plan->objects.items[o].ins;

        for (s = 0; s < l->stores.len && l->stores.items[s] < l->at; s++) {
            uint32_t n = l->stores.items[s];
            const struct tr_ins *i = &l->ir->ins.items[n];
            const struct tr_field *f = &l->jit->host.fields[i->field];
            struct tr_plan_store st = {.ins = n, .object = o};

            if (n < new || store_target(l, i, &st.offset).n != new)
                continue;
            if (new < l->loop && n > l->loop)
                continue;
            st.bytes = f->size;
            st.kind = f->kind;
            st.word = word_for(l, plan, i->b);
            nac_vec_push(&plan->stores, st);
        }
    }
}

static void
plan_exit(struct layout *l, struct tr_exit *exit)
{
    const struct tr_snap *snap = &l->ir->snaps.items[exit->snap];
    struct tr_plan *plan = nac_calloc(1, sizeof *plan);
    uint32_t i;

    exit->plan = plan;
    for (i = 0; i < snap->count && !l->failed; i++) {
        const struct tr_snapent *e = &l->ir->ents.items[snap->first + i];

        if (e->slot >= 0 && (uint32_t)e->slot >= snap->words)
            continue;
        nac_vec_push(&plan->words,
                     (struct tr_plan_word){e->slot, word_for(l, plan, e->ref)});
    }
    plan_stores(l, plan);
    exit->spill = plan->spill.items;
    exit->nspill = plan->spill.len;
}

static void
survey(struct layout *l)
{
    uint32_t i;

    for (i = 1; i < l->ir->ins.len; i++) {
        const struct tr_ins *ins = &l->ir->ins.items[i];

        if (ins->op == TR_LOOP)
            l->loop = i;
        if (is_sunk(l, i) && (ins->op == TR_FSTORE || ins->op == TR_ASTORE))
            nac_vec_push(&l->stores, i);
    }
}

static void
make_exits(struct layout *l)
{
    uint32_t *number = nac_calloc(l->ir->snaps.len + 1, sizeof *number);
    uint32_t i;

    for (i = 1; i < l->ir->ins.len && !l->failed; i++) {
        struct tr_ins *ins = &l->ir->ins.items[i];

        if (!tr_op_exits((enum tr_op)ins->op) || is_sunk(l, i))
            continue;
        if (number[ins->b.n] == 0) {
            struct tr_exit exit = {
                .trace = l->trace, .snap = ins->b.n, .index = l->exits.len};

            exit.cell.code = tr_exit_code;
            number[ins->b.n] = l->exits.len + 1;
            l->at = i;
            l->exit = l->exits.len + 1;
            plan_exit(l, &exit);
            nac_vec_push(&l->exits, exit);
            if (l->exits.len > 0xFFFF)
                l->failed = TR_ABORT_TOO_MANY_SNAPSHOTS;
        }
        ins->field = (uint16_t)(number[ins->b.n] - 1);
    }
    free(number);
}

static void
need(uint8_t *live, tr_ref r)
{
    if (!tr_is_const(r))
        live[r.n] = 1;
}

/* Roots of liveness: what instruction i needs besides its operands. */
static void
need_snap(const struct layout *l, uint8_t *live, uint32_t i)
{
    const struct tr_ins *ins = &l->ir->ins.items[i];
    const struct tr_snap *s;
    uint32_t k;

    if (ins->op == TR_LINK || ins->op == TR_HEAD || ins->op == TR_JOINED) {
        s = &l->ir->snaps.items[ins->b.n];
        for (k = 0; k < s->count; k++)
            need(live, l->ir->ents.items[s->first + k].ref);
    } else if (tr_op_exits((enum tr_op)ins->op)) {
        const struct tr_exit *e = &l->trace->exits[ins->field];

        for (k = 0; k < e->nspill; k++)
            need(live, e->spill[k]);
    }
}

/* Marks pure instructions and loads that no code needs: exits look through
 * boxes, so boxes made for exits alone are found here. */
static void
mark_dead(struct layout *l)
{
    uint8_t *live = nac_calloc(l->ir->ins.len, 1);
    uint32_t i;

    for (i = 1; i < l->ir->ins.len; i++)
        if (l->ir->ins.items[i].op == TR_PHI && !is_sunk(l, i)) {
            need(live, l->ir->ins.items[i].a);
            need(live, l->ir->ins.items[i].b);
        }
    for (i = l->ir->ins.len; --i > 0;) {
        const struct tr_ins *ins = &l->ir->ins.items[i];
        const struct tr_opinfo *info = &tr_opinfo[ins->op];

        if (is_sunk(l, i))
            continue;
        if (!live[i] && (info->effect == TR_PURE || info->effect == TR_LOAD)) {
            l->trace->sunk[i] = 1;
            continue;
        }
        need_snap(l, live, i);
        if (info->a == TR_OPND_REF)
            need(live, ins->a);
        if (info->b == TR_OPND_REF)
            need(live, ins->b);
    }
    free(live);
}

enum tr_abort
tr_exit_layout(struct tr_jit *jit, struct tr_trace *trace)
{
    struct layout l = {.jit = jit, .trace = trace, .ir = &trace->ir};
    uint32_t i;

    if (!trace->sunk)
        trace->sunk = nac_calloc(trace->ir.ins.len, 1);
    l.marked = nac_calloc(trace->ir.ins.len, sizeof *l.marked);
    l.where = nac_calloc(trace->ir.ins.len, sizeof *l.where);
    survey(&l);
    make_exits(&l);
    trace->exits = l.exits.items;
    trace->nexits = l.exits.len;
    for (i = 0; i < trace->nexits; i++)
        trace->exits[i].trace = trace;
    if (!l.failed)
        mark_dead(&l);
    free(l.marked);
    free(l.where);
    nac_vec_free(&l.stores);
    return l.failed;
}

void
tr_exit_free(struct tr_trace *trace)
{
    uint32_t i;

    for (i = 0; i < trace->nexits; i++) {
        struct tr_plan *plan = trace->exits[i].plan;

        if (!plan)
            continue;
        nac_vec_free(&plan->words);
        nac_vec_free(&plan->objects);
        nac_vec_free(&plan->stores);
        nac_vec_free(&plan->spill);
        free(plan);
    }
    free(trace->exits);
    trace->exits = NULL;
    trace->nexits = 0;
}

/* -- leaving -- */

int64_t
tr_exit_code(struct tr_frame *tf)
{
    (void)tf;
    return 0;
}

struct restoring {
    const struct tr_host *host;
    const struct tr_exit *exit;
    struct tr_frame *tf;
    void **objects;
    uint64_t *wide; /* per spill word: the value that BOX_WIDE made of it */
};

/* Words that hold the same int hold the same object. */
static uint64_t
rebuild_wide(const struct restoring *x, struct tr_word w, uint64_t v)
{
    uint64_t *made;

    if (w.source != TR_FROM_SPILL)
        return x->host->box_wide((int64_t)v);
    made = &x->wide[w.index];
    if (*made == 0)
        *made = x->host->box_wide((int64_t)v);
    return *made;
}

static uint64_t
rebuild(const struct restoring *x, struct tr_word w)
{
    uint64_t v = 0;

    switch (w.source) {
    case TR_FROM_SPILL:
        v = x->tf->spill[w.index];
        break;
    case TR_FROM_CONST:
        v = x->exit->trace->ir.consts.items[w.index].bits;
        break;
    case TR_FROM_BASE:
        v = (uint64_t)(uintptr_t)(x->tf->base + w.index);
        break;
    case TR_FROM_SUNK:
        v = (uint64_t)(uintptr_t)x->objects[w.index];
        break;
    case TR_FROM_SLOT:
        v = x->tf->base[w.index];
        break;
    default:
        NAC_UNREACHABLE();
    }
    switch (w.box) {
    case TR_BOX_INT:
        return v | NB_INT_TAG;
    case TR_BOX_WIDE:
        return rebuild_wide(x, w, v);
    case TR_BOX_PTR:
        return v + NB_PTR_TAG;
    case TR_BOX_BOOL:
        return v ? x->host->true_bits : x->host->false_bits;
    default:
        return v;
    }
}

static void
store(char *at, const struct tr_plan_store *s, uint64_t v)
{
    double d;

    switch (s->bytes) {
    case 1:
        *(uint8_t *)at = (uint8_t)v;
        break;
    case 2:
        *(uint16_t *)(void *)at = (uint16_t)v;
        break;
    case 4:
        memcpy(&d, &v, sizeof d);
        if (s->kind == TR_F64)
            *(float *)(void *)at = (float)d;
        else
            *(uint32_t *)(void *)at = (uint32_t)v;
        break;
    default:
        *(uint64_t *)(void *)at = v;
        break;
    }
}

void
tr_exit_barrier(const struct tr_host *host, uint64_t p)
{
    uint64_t mask = host->block_mask;
    char *block;

    if (mask == 0)
        return;
    block = (char *)(uintptr_t)(p & ~mask);
    block[host->card_offset + ((p & mask) >> host->card_shift)] = 1;
}

/* Every object is allocated before the first is filled: then a collection
 * finds them on this stack, and nothing is stored into an object that was
 * promoted meanwhile without its card. */
void
tr_restore(struct tr_jit *jit, const struct tr_exit *exit, struct tr_frame *tf)
{
    const struct tr_plan *plan = exit->plan;
    struct restoring x = {&jit->host, exit, tf, NULL, NULL};
    uint64_t *words = alloca((plan->words.len + 1) * sizeof *words);
    uint32_t i;

    x.wide = alloca((exit->nspill + 1) * sizeof *x.wide);
    memset(x.wide, 0, (exit->nspill + 1) * sizeof *x.wide);

    if (plan->objects.len) {
        x.objects = alloca(plan->objects.len * sizeof *x.objects);
        memset(x.objects, 0, plan->objects.len * sizeof *x.objects);
        for (i = 0; i < plan->objects.len; i++) {
            const struct tr_plan_object *o = &plan->objects.items[i];

            x.objects[i] = jit->host.alloc(o->size, rebuild(&x, o->head));
        }
        for (i = 0; i < plan->stores.len; i++) {
            const struct tr_plan_store *s = &plan->stores.items[i];
            char *object = x.objects[s->object];

            store(object + s->offset, s, rebuild(&x, s->word));
            if (s->kind == TR_VAL || s->kind == TR_PTR)
                tr_exit_barrier(&jit->host, (uint64_t)(uintptr_t)object);
        }
    }
    for (i = 0; i < plan->words.len; i++)
        words[i] = rebuild(&x, plan->words.items[i].word);
    for (i = 0; i < plan->words.len; i++)
        tf->base[plan->words.items[i].slot] = words[i];
}

/* -- a bridge's beginning -- */

struct replay {
    struct tr_rec *rec;
    const struct tr_exit *exit;
    tr_ref *objects;
};

static tr_ref
replay_word(const struct replay *p, struct tr_word w)
{
    const struct tr_constant *k;
    tr_ref r = TR_NONE, index = {(uint32_t)w.index};

    switch (w.source) {
    case TR_FROM_SPILL:
        r = tr_emit(p->rec, TR_ARG, (enum tr_kind)w.kind, 0, index, TR_NONE);
        break;
    case TR_FROM_CONST:
        k = &p->exit->trace->ir.consts.items[w.index];
        r = tr_ir_const(p->rec->ir, (enum tr_kind)k->kind, k->bits);
        break;
    case TR_FROM_BASE:
        r = tr_emit(p->rec, TR_BASE, TR_PTR, 0, index, TR_NONE);
        break;
    case TR_FROM_SUNK:
        r = p->objects[w.index];
        break;
    case TR_FROM_SLOT:
        r = tr_emit(p->rec, TR_SLOT, TR_VAL, 0, index, TR_NONE);
        break;
    default:
        NAC_UNREACHABLE();
    }
    return w.box ? tr_emit1(p->rec, (enum tr_op)w.box, r) : r;
}

static void
replay_store(const struct replay *p, const struct tr_plan_store *s)
{
    const struct tr_code_ir *ir = &p->exit->trace->ir;
    const struct tr_ins *i = &ir->ins.items[s->ins];
    tr_ref object = p->objects[s->object];
    tr_ref value = replay_word(p, s->word);

    /* the objects were all made before, any of them may have collected */
    if (s->kind == TR_VAL || s->kind == TR_PTR)
        tr_emit1(p->rec, TR_BARRIER, object);
    if (i->op == TR_FSTORE) {
        tr_fstore(p->rec, i->field, object, value);
    } else {
        const struct tr_ins *aref = tr_ir_ins(ir, i->a);
        int64_t index = (int64_t)tr_ir_k(ir, aref->b)->bits;

        tr_astore(p->rec, i->field, object, tr_const_int(p->rec, index), value);
    }
}

void
tr_exit_replay(struct tr_rec *rec, const struct tr_exit *exit)
{
    const struct tr_plan *plan = exit->plan;
    tr_ref objects[MAX_OBJECTS];
    struct replay p = {rec, exit, objects};
    uint32_t i;

    for (i = 0; i < plan->objects.len; i++) {
        const struct tr_plan_object *o = &plan->objects.items[i];
        uint32_t class = exit->trace->ir.ins.items[o->ins].field;

        objects[i] = tr_new(rec, class, o->size, replay_word(&p, o->head));
    }
    for (i = 0; i < plan->stores.len; i++)
        replay_store(&p, &plan->stores.items[i]);
    for (i = 0; i < plan->words.len; i++)
        tr_set_slot(rec, plan->words.items[i].slot,
                    replay_word(&p, plan->words.items[i].word));
}
