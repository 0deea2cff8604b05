/* SPDX-License-Identifier: MIT
 * tracer/opt_mem.c: what memory holds. For each field a short list says "at
 * location L this field holds the value V"; loads become V, stores of V to L
 * vanish, a store to L that nobody saw before the next store to L is taken out.
 *
 * The obvious method, to walk back from a load to the last store that may have
 * written there, is quadratic for the long traces of object-oriented programs.
 * Here stores and calls remove what they may change when they are emitted, and
 * a load looks at one short list.
 *
 * Alias rules, from cheap to clever:
 *   1. Fields of different number never overlap.
 *   2. A location is an object (plain fields) or an AREF (arrays). Two AREFs of
 *      one array differ if their indexes differ as constants, by a constant
 *      (i + 1, i + 2), or by range. Of two arrays nothing is assumed.
 *   3. Two constant addresses differ if they differ.
 *   4. A NEW differs from every other NEW and from everything that was
 *      computed before it. This holds in a loop too: a NEW in the body stands
 *      for the object of this pass, and what stands before it in the body was
 *      computed earlier in this pass or in passes before.
 *   5. While the address of a NEW has not escaped (stored outside, passed to a
 *      call, offset, selected), no load and no call can yield it, and no call
 *      can change it. A PHI can be it: slots carry it round the loop.
 *   6. Stored into another NEW that has not escaped, it is held: it escapes
 *      with its holder. A call cannot reach it, but a load may yield it.
 *
 * Requirements:
 *   - Fields marked volatile are never in a list.
 *   - Fields marked immutable survive all calls (but not stores: those happen
 *     while the object is being made).
 *   - Narrow integer fields cut what is stored, so a stored value is forwarded
 *     only if its range says that it is not cut.
 *   - A new object is zeroed. A load of a field that no store may have written
 *     since its NEW is a zero, or the NEW's operand for the first word.
 *   - A store is dead only if no exit, no call, no allocation and no load of
 *     that field stands between it and the next store to the same location.
 *   - A BARRIER marks the object for the next collection, so one is enough
 *     until something may collect; an object younger than that needs none.
 */
#include "config.h"

#include <string.h>

#include "tracer/opt_state.h"

enum {
    MAX_KNOWN = 48, /* entries of one field; the oldest falls out */
    MAX_WALK = 48   /* stores looked at to prove that a word is still zero */
};

void
tr_opt_mem_init(struct tr_opt *o)
{
    o->mem.fields = nac_calloc(o->host->nfields + 1, sizeof *o->mem.fields);
}

void
tr_opt_mem_free(struct opt_mem *m, uint32_t nfields)
{
    uint32_t i;

    for (i = 0; m->fields && i < nfields; i++)
        nac_vec_free(&m->fields[i].known);
    free(m->fields);
    nac_vec_free(&m->held);
    m->fields = NULL;
}

void
tr_opt_mem_copy(struct opt_mem *to, const struct opt_mem *from,
                uint32_t nfields)
{
    uint32_t i;

    *to = *from;
    to->held.items = NULL;
    to->held.cap = to->held.len = 0;
    for (i = 0; i < from->held.len; i++)
        nac_vec_push(&to->held, from->held.items[i]);
    to->fields = nac_calloc(nfields + 1, sizeof *to->fields);
    for (i = 0; i < nfields; i++) {
        const struct opt_field *f = &from->fields[i];
        struct opt_field *t = &to->fields[i];

        *t = *f;
        t->known.items = NULL;
        t->known.cap = 0;
        if (!f->known.len)
            continue;
        nac_vec_reserve(&t->known, f->known.len);
        memcpy(t->known.items, f->known.items,
               f->known.len * sizeof *t->known.items);
    }
}

/* -- aliases -- */

/* May [y], computed after the NEW [x], be the address of x? */
static bool
may_be(const struct tr_opt *o, tr_ref x, tr_ref y)
{
    switch (opt_op(o, y)) {
    case TR_NOP:
    case TR_NEW:
    case TR_SLOT:
    case TR_ARG:
    case TR_BASE:
    case TR_BOX_WIDE:
        return false; /* constants are NOP here */
    case TR_FLOAD:
    case TR_ALOAD:
    case TR_CALL:
        return o->info.items[x.n].escape != ESC_NONE;
    case TR_UNBOX_PTR:
        return may_be(o, x, opt_ins(o, y)->a);
    default:
        return true;
    }
}

int
tr_opt_alias(const struct tr_opt *o, tr_ref x, tr_ref y)
{
    if (tr_same(x, y))
        return 1;
    if (tr_is_const(x) && tr_is_const(y))
        return opt_bits(o, x) == opt_bits(o, y);
    if (opt_op(o, x) == TR_NEW)
        if (tr_is_const(y) || y.n < x.n || !may_be(o, x, y))
            return 0;
    if (opt_op(o, y) == TR_NEW)
        if (tr_is_const(x) || x.n < y.n || !may_be(o, y, x))
            return 0;
    return -1;
}

/* index = root + k */
static tr_ref
index_root(const struct tr_opt *o, tr_ref index, int64_t *k)
{
    const struct tr_ins *ins;

    *k = 0;
    if (tr_is_const(index)) {
        *k = (int64_t)opt_bits(o, index);
        return TR_NONE;
    }
    ins = opt_ins(o, index);
    if (ins->op != TR_ADD || !tr_is_const(ins->b))
        return index;
    *k = (int64_t)opt_bits(o, ins->b);
    return ins->a;
}

static int
location_alias(const struct tr_opt *o, tr_ref x, tr_ref y)
{
    const struct tr_ins *ix, *iy;
    struct tr_range rx, ry;
    tr_ref a, b;
    int64_t k, j;
    int bases;

    if (tr_same(x, y))
        return 1;
    bases = tr_opt_alias(o, opt_base(o, x), opt_base(o, y));
    if (bases != 1 || opt_op(o, x) != TR_AREF || opt_op(o, y) != TR_AREF)
        return bases;
    ix = opt_ins(o, x);
    iy = opt_ins(o, y);
    a = index_root(o, ix->b, &k);
    b = index_root(o, iy->b, &j);
    if (tr_same(a, b))
        return k == j;
    rx = tr_opt_range(o, ix->b);
    ry = tr_opt_range(o, iy->b);
    return rx.hi < ry.lo || ry.hi < rx.lo ? 0 : -1;
}

/* -- escape -- */

tr_ref
tr_opt_strip(const struct tr_opt *o, tr_ref r)
{
    while (opt_op(o, r) == TR_BOX_PTR || opt_op(o, r) == TR_AREF ||
           opt_op(o, r) == TR_PADD)
        r = opt_ins(o, r)->a;
    return r;
}

void
tr_opt_escape(struct tr_opt *o, tr_ref r)
{
    uint32_t i;

    r = tr_opt_strip(o, r);
    if (opt_op(o, r) != TR_NEW || o->info.items[r.n].escape == ESC_FULL)
        return;
    tr_opt_info(o, r)->escape = ESC_FULL;
    for (i = 0; i < o->mem.held.len; i++)
        if (o->mem.held.items[i].holder == r.n)
            tr_opt_escape(o, (tr_ref){o->mem.held.items[i].content});
}

static void
store_escapes(struct tr_opt *o, tr_ref base, tr_ref value)
{
    value = tr_opt_strip(o, value);
    if (opt_op(o, value) != TR_NEW)
        return;
    if (opt_op(o, base) != TR_NEW || o->info.items[base.n].escape == ESC_FULL) {
        tr_opt_escape(o, value);
        return;
    }
    if (o->info.items[value.n].escape == ESC_NONE)
        tr_opt_info(o, value)->escape = ESC_HELD;
    nac_vec_push(&o->mem.held, (struct opt_held){base.n, value.n});
}

/* -- the lists -- */

static struct opt_known *
find(struct opt_field *f, tr_ref loc)
{
    uint32_t i;

    for (i = f->known.len; i > 0; i--)
        if (tr_same(f->known.items[i - 1].loc, loc))
            return &f->known.items[i - 1];
    return NULL;
}

tr_ref
tr_opt_mem_lookup(struct tr_opt *o, uint32_t field, tr_ref loc, bool use)
{
    struct opt_known *e = find(&o->mem.fields[field], loc);

    if (!e)
        return TR_NONE;
    if (use && e->assumption)
        o->assumed.items[e->assumption] = 1;
    return e->value;
}

void
tr_opt_mem_know(struct tr_opt *o, uint32_t field, tr_ref loc, tr_ref value,
                uint32_t store, uint32_t assumption)
{
    struct opt_field *f = &o->mem.fields[field];
    struct opt_known *e = find(f, loc);
    struct opt_known entry;

    entry = (struct opt_known){loc, value, store, assumption};
    if (e) {
        *e = entry;
        return;
    }
    if (f->known.len == MAX_KNOWN) {
        f->known.len--;
        memmove(f->known.items, f->known.items + 1,
                f->known.len * sizeof *f->known.items);
    }
    nac_vec_push(&f->known, entry);
}

/* Only objects that calls cannot reach are left. */
static void
forget_field(struct tr_opt *o, struct opt_field *f)
{
    uint32_t i, n = 0;

    for (i = 0; i < f->known.len; i++) {
        tr_ref base = opt_base(o, f->known.items[i].loc);

        if (opt_op(o, base) == TR_NEW &&
            o->info.items[base.n].escape != ESC_FULL)
            f->known.items[n++] = f->known.items[i];
    }
    f->known.len = n;
}

/* Is what a load gives the very value that was stored? */
static bool
uncut(const struct tr_opt *o, uint32_t field, tr_ref value)
{
    const struct tr_field *f = &o->host->fields[field];
    uint8_t kind = (uint8_t)tr_ir_kind(o->ir, value);
    struct tr_range r;

    if (kind == TR_COND)
        kind = TR_I64;
    if (kind != f->kind)
        return false;
    if (f->kind != TR_I64 || f->size == 8)
        return true;
    r = tr_opt_range(o, value);
    if (f->flags & TR_FLD_UNSIGNED)
        return r.lo >= 0 && r.hi < INT64_C(1) << (f->size * 8);
    return tr_opt_signed_fits(r, f->size * 8u);
}

tr_ref
tr_opt_mem_initial(struct tr_opt *o, uint32_t field, tr_ref loc)
{
    const struct tr_field *f = &o->host->fields[field];
    const struct opt_field *state = &o->mem.fields[field];
    tr_ref base = opt_base(o, loc);
    int64_t at = f->offset;
    const struct tr_ins *new;
    uint32_t s, steps = 0;

    if (opt_op(o, base) != TR_NEW)
        return TR_NONE;
    new = opt_ins(o, base);
    if (opt_op(o, loc) == TR_AREF) {
        tr_ref index = opt_ins(o, loc)->b;
        int64_t i;

        if (!tr_is_const(index))
            return TR_NONE;
        i = (int64_t)opt_bits(o, index);
        if (i < 0 || i > INT32_MAX)
            return TR_NONE;
        at += i * f->stride;
    }
    if (at < 0 || at + f->size > (int64_t) new->a.n)
        return TR_NONE;
    if (o->info.items[base.n].escape == ESC_FULL &&
        (o->mem.last_any > base.n || state->last_call > base.n))
        return TR_NONE;
    for (s = state->last_store; s > base.n; s = o->prev_store.items[s]) {
        const struct tr_ins *store = &o->ir->ins.items[s];

        if (steps++ == MAX_WALK)
            return TR_NONE;
        if (store->op != TR_NOP && location_alias(o, store->a, loc) != 0)
            return TR_NONE;
    }
    if (at >= 8)
        return tr_ir_const(o->ir, f->kind, 0);
    if (at == 0 && f->size == 8 && !tr_is_none(new->b) &&
        tr_ir_kind(o->ir, new->b) == (enum tr_kind)f->kind)
        return new->b;
    return TR_NONE;
}

/* -- loads and stores -- */

tr_ref
tr_opt_mem_load(struct tr_opt *o, struct tr_ins ins)
{
    struct opt_field *f = &o->mem.fields[ins.field];
    bool known = o->params->opt_fold &&
                 !(o->host->fields[ins.field].flags & TR_FLD_VOLATILE);
    tr_ref r;

    if (known) {
        r = tr_opt_mem_lookup(o, ins.field, ins.a, true);
        if (tr_is_none(r))
            r = tr_opt_mem_initial(o, ins.field, ins.a);
        if (!tr_is_none(r))
            return tr_opt_resolve(o, r);
    }
    r = tr_opt_append(o, ins);
    f->last_read = r.n;
    if (known)
        tr_opt_mem_know(o, ins.field, ins.a, r, 0, 0);
    return r;
}

static bool
redundant(struct tr_opt *o, const struct tr_ins *ins)
{
    tr_ref old = tr_opt_mem_lookup(o, ins->field, ins->a, false);

    if (tr_is_none(old))
        old = tr_opt_mem_initial(o, ins->field, ins->a);
    if (tr_is_none(old) || !tr_same(tr_opt_resolve(o, old), ins->b))
        return false;
    tr_opt_mem_lookup(o, ins->field, ins->a, true);
    return true;
}

/* Takes out an earlier store to the same location that nobody saw. */
static void
drop_dead_store(struct tr_opt *o, struct opt_field *f, tr_ref loc)
{
    struct opt_known *e = find(f, loc);

    if (!e || e->store <= o->mem.last_exit || e->store <= f->last_read ||
        e->store <= o->loop)
        return;
    o->ir->ins.items[e->store] = (struct tr_ins){.op = TR_NOP};
}

static void
kill_aliases(struct tr_opt *o, struct opt_field *f, tr_ref loc)
{
    uint32_t i, n = 0;

    for (i = 0; i < f->known.len; i++)
        if (location_alias(o, f->known.items[i].loc, loc) == 0)
            f->known.items[n++] = f->known.items[i];
    f->known.len = n;
}

void
tr_opt_mem_store(struct tr_opt *o, struct tr_ins ins)
{
    struct opt_field *f = &o->mem.fields[ins.field];
    bool known = o->params->opt_fold &&
                 !(o->host->fields[ins.field].flags & TR_FLD_VOLATILE);
    tr_ref r;

    if (known) {
        if (redundant(o, &ins))
            return;
        drop_dead_store(o, f, ins.a);
        kill_aliases(o, f, ins.a);
    }
    store_escapes(o, opt_base(o, ins.a), ins.b);
    r = tr_opt_append(o, ins);
    o->prev_store.items[r.n] = f->last_store;
    f->last_store = o->mem.last_write = r.n;
    if (known && uncut(o, ins.field, ins.b))
        tr_opt_mem_know(o, ins.field, ins.a, ins.b, r.n, 0);
}

void
tr_opt_mem_barrier(struct tr_opt *o, struct tr_ins ins)
{
    uint32_t *last, n = ins.a.n & ~TR_CONST_BIT;
    tr_ref r;

    if (!o->params->opt_fold) {
        tr_opt_append(o, ins);
        return;
    }
    if (opt_op(o, ins.a) == TR_NEW && o->mem.last_collect <= ins.a.n)
        return;
    if (tr_is_const(ins.a)) {
        while (o->kbarrier.len <= n)
            nac_vec_push(&o->kbarrier, 0);
        last = &o->kbarrier.items[n];
    } else {
        last = &o->info.items[n].barrier;
    }
    if (*last > o->mem.last_collect)
        return;
    r = tr_opt_append(o, ins);
    if (tr_is_const(ins.a))
        o->kbarrier.items[n] = r.n;
    else
        tr_opt_info(o, ins.a)->barrier = r.n;
}

/* -- calls -- */

static void
forget(struct tr_opt *o, const struct tr_call *call, uint32_t n)
{
    uint32_t i;

    o->mem.last_exit = n;
    if ((call->flags & TR_CALL_EFFECT) == TR_CALL_READS)
        return;
    o->mem.last_write = n;
    if ((call->flags & TR_CALL_EFFECT) == TR_CALL_WRITES) {
        for (i = 0; call->writes && call->writes[i] != 0xFFFF; i++) {
            struct opt_field *f = &o->mem.fields[call->writes[i]];

            f->last_call = n;
            forget_field(o, f);
        }
        return;
    }
    o->mem.last_any = n;
    for (i = 0; i < o->host->nfields; i++)
        if (!(o->host->fields[i].flags & TR_FLD_IMMUTABLE))
            forget_field(o, &o->mem.fields[i]);
}

/* Calls a function that may be called ahead of time, where all its arguments
 * are constants that travel in integer registers. */
static tr_ref
fold_call(struct tr_opt *o, const struct tr_call *call, tr_ref list)
{
    int64_t v[4] = {0}, result;
    uint32_t n = call->nargs;

    if (!(call->flags & TR_CALL_FOLDS) || n > 4 || call->result == TR_F64 ||
        call->result == TR_VOID || (call->flags & TR_CALL_ALLOCATES))
        return TR_NONE;
    for (; !tr_is_none(list); list = opt_ins(o, list)->a) {
        tr_ref arg = opt_ins(o, list)->b;

        if (n == 0 || !tr_is_const(arg) || tr_ir_kind(o->ir, arg) == TR_F64)
            return TR_NONE;
        v[--n] = (int64_t)opt_bits(o, arg);
    }
    if (n)
        return TR_NONE;
    switch (call->nargs) {
    case 0:
        result = ((int64_t(*)(void))(uintptr_t)call->fn)();
        break;
    case 1:
        result = ((int64_t(*)(int64_t))(uintptr_t)call->fn)(v[0]);
        break;
    case 2:
        result =
            ((int64_t(*)(int64_t, int64_t))(uintptr_t)call->fn)(v[0], v[1]);
        break;
    case 3:
        result = ((int64_t(*)(int64_t, int64_t, int64_t))(uintptr_t)call->fn)(
            v[0], v[1], v[2]);
        break;
    default:
        result = ((int64_t(*)(int64_t, int64_t, int64_t, int64_t))(
                      uintptr_t)call->fn)(v[0], v[1], v[2], v[3]);
        break;
    }
    if (call->result == TR_VAL && (uint64_t)result == NB_NOTHING)
        return TR_NONE; /* raised, or not known */
    return tr_ir_const(o->ir, call->result, (uint64_t)result);
}

tr_ref
tr_opt_mem_call(struct tr_opt *o, struct tr_ins ins)
{
    const struct tr_call *call = &o->host->calls[ins.field];
    uint32_t effect = call->flags & TR_CALL_EFFECT;
    bool number =
        o->params->opt_fold &&
        (effect == TR_CALL_PURE ||
         (effect == TR_CALL_READS && !(call->flags & TR_CALL_ALLOCATES)));
    tr_ref r;

    if (number && effect == TR_CALL_PURE) {
        r = fold_call(o, call, ins.a);
        if (!tr_is_none(r))
            return r;
    }
    if (number) {
        /* Of calls that raise, one stands for another only while the host has
         * not dealt with an exception, for which it calls something: the result
         * that says "raised" is worth nothing without the exception. */
        uint32_t since = effect != TR_CALL_PURE         ? o->mem.last_write
                         : call->flags & TR_CALL_RAISES ? o->mem.last_any
                                                        : 0;

        r = tr_opt_cse_find(o, ins);
        if (!tr_is_none(r) && r.n > since)
            return tr_opt_resolve(o, r);
    }
    r = tr_opt_append(o, ins);
    if (number)
        tr_opt_cse_add(o, r.n);
    if (effect != TR_CALL_PURE)
        forget(o, call, r.n);
    if (tr_opt_may_collect(call))
        o->mem.last_collect = r.n;
    return r;
}
