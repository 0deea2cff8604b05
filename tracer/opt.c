/* SPDX-License-Identifier: MIT
 * tracer/opt.c: the emission pipeline. Every instruction, be it recorded or
 * copied by the loop peeler, takes the same way:
 *
 *     operands -> constants known by now       (guards passed so far)
 *     PURE     -> fold -> number -> append
 *     LOAD     -> forward -> append            (opt_mem.c)
 *     STORE    -> redundant? -> append         (opt_mem.c)
 *     GUARD    -> already known? -> append, and learn from it
 *     CALL     -> number if pure, else append, and forget what it may change
 *
 * Doing this while recording, and not as passes over a finished trace, costs
 * one look at each instruction, keeps the array small, and lets the recorder
 * see constants as soon as they arise. It also gives loop peeling for nearly
 * nothing: opt_loop.c sends the same instructions through the same way a second
 * time, and what is invariant meets its own earlier copy.
 *
 * Requirements:
 *   1. What an operation returns has the kind the caller asked for. (A COND may
 *      stand for an I64: it is an int64 that is 0 or 1.)
 *   2. Facts come from instructions that stand before, hence dominate: a trace
 *      has no joins but LOOP, and no fact about something that changes in the
 *      loop crosses it (opt_loop.c).
 *   3. Every rule makes the instruction smaller or its operands older, so
 *      folding ends.
 *   4. Emitting after a contradiction is harmless, its result is of no use.
 */
#include "config.h"

#include <string.h>

#include "base/check.h"
#include "tracer/opt_state.h"

struct tr_opt *
tr_opt_new(struct tr_code_ir *ir, const struct tr_host *host,
           const struct tr_params *params)
{
    struct tr_opt *o = nac_calloc(1, sizeof *o);

    o->ir = ir;
    o->host = host;
    o->params = params;
    tr_opt_mem_init(o);
    while (o->info.len < ir->ins.len) {
        struct opt_info info;

        info = (struct opt_info){.range = {INT64_MIN, INT64_MAX},
                                 .tags = TAG_ANY,
                                 .escape = ESC_FULL};
        nac_vec_push(&o->info, info);
        nac_vec_push(&o->prev_store, 0);
        nac_vec_push(&o->chain, 0);
    }
    return o;
}

void
tr_opt_free(struct tr_opt *o)
{
    tr_opt_mem_free(&o->mem, o->host->nfields);
    nac_vec_free(&o->info);
    nac_vec_free(&o->prev_store);
    nac_vec_free(&o->chain);
    nac_vec_free(&o->kbarrier);
    nac_vec_free(&o->trail);
    nac_vec_free(&o->assumed);
    free(o->head.items);
    free(o->buckets);
    free(o);
}

/* -- small emitters -- */

tr_ref
tr_opt_append(struct tr_opt *o, struct tr_ins ins)
{
    struct opt_info info;
    tr_ref r;

    tr_opt_describe(o, &ins, &info);
    r = tr_ir_append(o->ir, ins);
    ASSERT(r.n == o->info.len, "instruction %u appended past the optimiser",
           r.n);
    nac_vec_push(&o->info, info);
    nac_vec_push(&o->prev_store, 0);
    nac_vec_push(&o->chain, 0);
    return r;
}

tr_ref
tr_opt_emit1(struct tr_opt *o, enum tr_op op, tr_ref a)
{
    return tr_opt_emit(o, (struct tr_ins){.op = (uint8_t)op, .a = a});
}

tr_ref
tr_opt_emit2(struct tr_opt *o, enum tr_op op, tr_ref a, tr_ref b)
{
    return tr_opt_emit(o, (struct tr_ins){.op = (uint8_t)op, .a = a, .b = b});
}

tr_ref
tr_opt_int(struct tr_opt *o, int64_t v)
{
    return tr_ir_const(o->ir, TR_I64, (uint64_t)v);
}

tr_ref
tr_opt_flt(struct tr_opt *o, double v)
{
    uint64_t bits;

    memcpy(&bits, &v, sizeof bits);
    return tr_ir_const(o->ir, TR_F64, bits);
}

tr_ref
tr_opt_bool(struct tr_opt *o, bool v)
{
    return tr_ir_const(o->ir, TR_COND, v);
}

/* -- what is known -- */

tr_ref
tr_opt_resolve(struct tr_opt *o, tr_ref r)
{
    const struct opt_info *info;
    uint8_t kind;

    if (tr_is_const(r) || tr_is_none(r))
        return r;
    info = &o->info.items[r.n];
    if (!tr_is_none(info->eq))
        return info->eq;
    kind = opt_ins(o, r)->kind;
    if (info->range.lo == info->range.hi &&
        (kind == TR_I64 || kind == TR_COND) && o->params->opt_fold)
        return tr_ir_const(o->ir, kind, (uint64_t)info->range.lo);
    return r;
}

int
tr_opt_truth(struct tr_opt *o, tr_ref cond)
{
    struct tr_range r = tr_opt_range(o, cond);

    if (!o->params->opt_fold && !tr_is_const(cond))
        return -1;
    return r.lo == r.hi ? (int)(r.lo & 1) : -1;
}

bool
tr_opt_contradiction(const struct tr_opt *o)
{
    return o->contradiction;
}

/* -- the pipeline -- */

static uint8_t
result_kind(const struct tr_opt *o, const struct tr_ins *ins)
{
    switch (ins->op) {
    case TR_FLOAD:
    case TR_ALOAD:
        return o->host->fields[ins->field].kind;
    case TR_CALL:
        return o->host->calls[ins->field].result;
    case TR_SELECT:
        return ins->kind == TR_VOID || ins->kind == TR_ANY
                   ? opt_ins(o, ins->b)->kind
                   : ins->kind;
    case TR_PAIR:
        return ins->kind == TR_VOID || ins->kind == TR_ANY
                   ? (uint8_t)tr_ir_kind(o->ir, ins->a)
                   : ins->kind;
    default:
        return tr_opinfo[ins->op].result == TR_ANY ? ins->kind
                                                   : tr_opinfo[ins->op].result;
    }
}

/* Operations through which an address leaves our sight. */
static void
note_escapes(struct tr_opt *o, const struct tr_ins *ins)
{
    switch (ins->op) {
    case TR_CARG:
        tr_opt_escape(o, ins->b);
        break;
    case TR_PAIR:
        tr_opt_escape(o, ins->b);
        tr_opt_escape(o, ins->a);
        break;
    case TR_PADD:
    case TR_P2I:
    case TR_RET:
        tr_opt_escape(o, ins->a);
        break;
    default:
        break;
    }
}

static tr_ref
append_pure(struct tr_opt *o, struct tr_ins ins)
{
    tr_ref r = tr_opt_append(o, ins);

    if (ins.op == TR_BOX_WIDE) /* allocates where the int is large */
        o->mem.last_exit = o->mem.last_collect = r.n;
    return r;
}

static tr_ref
emit_pure(struct tr_opt *o, struct tr_ins ins)
{
    tr_ref r;

    if (!o->params->opt_fold) {
        note_escapes(o, &ins);
        return append_pure(o, ins);
    }
    do {
        r = tr_opt_fold(o, &ins);
    } while (tr_same(r, FOLD_AGAIN));
    if (!tr_same(r, FOLD_NO))
        return r;
    ins.kind = result_kind(o, &ins);
    r = tr_opt_cse_find(o, ins);
    if (!tr_is_none(r))
        return tr_opt_resolve(o, r);
    note_escapes(o, &ins);
    r = append_pure(o, ins);
    tr_opt_cse_add(o, r.n);
    if (ins.op == TR_BOX_INT) /* whoever emits it vouches for the range */
        tr_opt_narrow(o, ins.a, NB_INT_MIN, NB_INT_MAX);
    return tr_opt_resolve(o, r);
}

static bool
is_tag_check(enum tr_op op)
{
    return op == TR_IS_INT || op == TR_IS_FLT || op == TR_IS_PTR;
}

/* "It is no int" and then, for the same exit, "it is a float": the second says
 * it all. Nothing but pure code and guards of that exit stands between. */
static void
strengthen(struct tr_opt *o, const struct tr_ins *guard)
{
    tr_ref v = opt_ins(o, guard->a)->a;
    uint32_t n = o->ir->ins.len, least = n > 16 ? n - 16 : 1;

    for (least = least > o->loop ? least : o->loop + 1; n-- > least;) {
        struct tr_ins *ins = &o->ir->ins.items[n];

        if (ins->op == TR_GUARD_T || ins->op == TR_GUARD_F) {
            if (ins->b.n != guard->b.n)
                return;
            if (ins->op == TR_GUARD_F && is_tag_check(opt_op(o, ins->a)) &&
                tr_same(opt_ins(o, ins->a)->a, v))
                *ins = (struct tr_ins){.op = TR_NOP};
        } else if (tr_opinfo[ins->op].effect != TR_PURE && ins->op != TR_NOP) {
            return;
        }
    }
}

static void
emit_guard(struct tr_opt *o, struct tr_ins ins)
{
    bool expected = ins.op == TR_GUARD_T;
    int known;

    while (o->params->opt_fold && opt_op(o, ins.a) == TR_NOT) {
        ins.a = opt_ins(o, ins.a)->a;
        expected = !expected;
    }
    ins.op = expected ? TR_GUARD_T : TR_GUARD_F;
    known = tr_opt_truth(o, ins.a);
    if (known == (int)expected && o->params->opt_fold)
        return;
    if (known == (int)!expected)
        o->contradiction = true;
    if (o->params->opt_fold && is_tag_check(opt_op(o, ins.a)) && expected)
        strengthen(o, &ins);
    o->mem.last_exit = tr_opt_append(o, ins).n;
    if (o->params->opt_fold && !o->contradiction)
        tr_opt_learn(o, ins.a, expected);
}

static void
emit_valid(struct tr_opt *o, struct tr_ins ins)
{
    if (o->params->opt_fold && o->mem.last_valid > o->mem.last_any)
        return;
    o->mem.last_exit = o->mem.last_valid = tr_opt_append(o, ins).n;
}

static void
resolve_operands(struct tr_opt *o, struct tr_ins *ins)
{
    const struct tr_opinfo *info = &tr_opinfo[ins->op];

    if (!o->params->opt_fold)
        return;
    if (info->a == TR_OPND_REF)
        ins->a = tr_opt_resolve(o, ins->a);
    if (info->b == TR_OPND_REF)
        ins->b = tr_opt_resolve(o, ins->b);
}

tr_ref
tr_opt_emit(struct tr_opt *o, struct tr_ins ins)
{
    resolve_operands(o, &ins);
    ins.kind = result_kind(o, &ins);
    switch ((enum tr_effect)tr_opinfo[ins.op].effect) {
    case TR_PURE:
        return emit_pure(o, ins);
    case TR_LOAD:
        return tr_opt_mem_load(o, ins);
    case TR_STORE:
        if (ins.op == TR_BARRIER)
            tr_opt_mem_barrier(o, ins);
        else
            tr_opt_mem_store(o, ins);
        return TR_NONE;
    case TR_GUARD:
        if (ins.op == TR_VALID)
            emit_valid(o, ins);
        else
            emit_guard(o, ins);
        return TR_NONE;
    case TR_EFFECT_CALL:
        return tr_opt_mem_call(o, ins);
    case TR_ALLOC: {
        tr_ref r = tr_opt_append(o, ins);

        tr_opt_escape(o, ins.b);
        o->mem.last_exit = o->mem.last_collect = r.n;
        return r;
    }
    case TR_MARK:
        break;
    }
    note_escapes(o, &ins);
    if (ins.op == TR_NOP && o->ir->ins.len)
        return TR_NONE;
    return tr_opt_append(o, ins);
}

/* -- rolling back -- */

struct tr_opt_try
tr_opt_try(struct tr_opt *o)
{
    o->log_undo = true;
    return (struct tr_opt_try){o->ir->ins.len, o->ir->snaps.len,
                               o->ir->ents.len, o->trail.len};
}

void
tr_opt_untry(struct tr_opt *o, struct tr_opt_try mark)
{
    uint32_t i;

    for (i = o->ir->ins.len; i > mark.ins; i--)
        tr_opt_cse_remove(o, i - 1);
    while (o->trail.len > mark.trail) {
        struct opt_undo u = nac_vec_pop(&o->trail);

        if (u.ref < mark.ins)
            o->info.items[u.ref] = u.old;
    }
    o->ir->ins.len = mark.ins;
    o->ir->snaps.len = mark.snaps;
    o->ir->ents.len = mark.ents;
    o->info.len = o->prev_store.len = o->chain.len = mark.ins;
    for (i = 0; i < o->kbarrier.len; i++)
        if (o->kbarrier.items[i] >= mark.ins)
            o->kbarrier.items[i] = 0;
    o->contradiction = false;
    o->loop = 0;
}

/* -- end of a recording, tools -- */

struct tr_head
tr_opt_take_head(struct tr_opt *o)
{
    struct tr_head head = o->head;

    o->head.items = NULL;
    return head;
}

void
tr_opt_finish(struct tr_opt *o, uint8_t **sunk)
{
    uint8_t *live = nac_calloc(o->ir->ins.len + 1, 1);
    struct opt_order order = {{NULL, 0, 0}, o->ir->ins.len};

    *sunk = NULL;
    tr_opt_live(o, NULL, live);
    if (o->params->opt_sink) {
        *sunk = nac_calloc(o->ir->ins.len + 1, 1);
        if (tr_opt_sink(o, live, *sunk)) {
            tr_opt_live(o, *sunk, live);
        } else {
            free(*sunk);
            *sunk = NULL;
        }
    }
    tr_opt_coalesce(o, live, &order);
    tr_opt_compact(o, &order, sunk);
    nac_vec_free(&order.at);
    free(live);
}

/* The recorded instructions, with what each became. */
static void
replay(struct tr_opt *o, const struct tr_ins *ins, uint32_t count,
       tr_ref *became, const uint32_t *first_use)
{
    struct tr_code_ir *ir = o->ir;
    uint32_t i, j;

    for (i = 1; i < count; i++) {
        struct tr_ins in = ins[i];
        const struct tr_opinfo *info = &tr_opinfo[in.op];

        if (info->a == TR_OPND_REF && !tr_is_const(in.a))
            in.a = became[in.a.n];
        if (info->b == TR_OPND_REF && !tr_is_const(in.b))
            in.b = became[in.b.n];
        if (info->b == TR_OPND_SNAP && first_use[in.b.n] == i) {
            struct tr_snap *s = &ir->snaps.items[in.b.n];

            for (j = s->first; j < s->first + s->count; j++) {
                tr_ref *r = &ir->ents.items[j].ref;

                if (!tr_is_const(*r))
                    *r = tr_opt_resolve(o, became[r->n]);
            }
        }
        if (in.op == TR_LINK && in.a.n == 0 && i == count - 1)
            return; /* the caller peels the loop or links */
        became[i] = tr_opt_emit(o, in);
    }
}

/* Has it been through tr_opt_loop() before? */
static bool
is_peeled(const struct tr_code_ir *ir)
{
    for (uint32_t i = 1; i < ir->ins.len; i++)
        if (ir->ins.items[i].op == TR_LOOP)
            return true;
    return false;
}

int
tr_opt_run(struct tr_code_ir *ir, const struct tr_host *host,
           const struct tr_params *params, bool finish, uint8_t **sunk)
{
    uint32_t count = ir->ins.len, i, *first_use;
    struct tr_ins *old, last;
    tr_ref *became;
    struct tr_opt *o;
    int result = TR_OPT_OFF;

    *sunk = NULL;
    if (is_peeled(ir))
        return TR_OPT_OFF;
    old = nac_malloc((count + 1) * sizeof *old);
    became = nac_calloc(count + 1, sizeof *became);
    first_use = nac_calloc(ir->snaps.len + 1, sizeof *first_use);
    memcpy(old, ir->ins.items, count * sizeof *old);
    last = old[count - 1];
    for (i = count; i-- > 1;)
        if (tr_opinfo[old[i].op].b == TR_OPND_SNAP)
            first_use[old[i].b.n] = i;
    ir->ins.len = 1;
    o = tr_opt_new(ir, host, params);
    replay(o, old, count, became, first_use);
    if (o->contradiction) {
        result = -1;
    } else if (last.op == TR_LINK && last.a.n == 0) {
        result = tr_opt_loop(o, last.b.n);
        if (result != TR_OPT_LOOPED)
            tr_opt_emit(o, last);
    }
    if (result >= 0 && finish)
        tr_opt_finish(o, sunk);
    tr_opt_free(o);
    free(first_use);
    free(became);
    free(old);
    return result;
}
