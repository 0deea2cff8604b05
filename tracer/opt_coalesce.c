/* SPDX-License-Identifier: MIT
 * tracer/opt_coalesce.c: joins neighbouring guards into one branch and writes
 * the final order of the live instructions.
 *
 * A trace of float code is a chain of "check the tag, compute, check the tag,
 * compute". Each check ends a basic block, and a host JIT that keeps floats in
 * registers only within a block (Mono's does) then stores and loads every
 * intermediate result: 18 ns for eight operations against 8 in one block. The
 * checks do not depend on the results, so they can all be made first:
 *
 *     c1 = IS_FLT a                      c1 = IS_FLT a
 *     GUARD_T c1 -> #3                   c2 = IS_FLT b
 *     x = FMUL ...             becomes   c  = AND c1 c2
 *     c2 = IS_FLT b                      GUARD_T c -> #3
 *     GUARD_T c2 -> #4                   x = FMUL ...
 *
 * Leaving at #3 although it was c2 that failed is right, whatever stands in
 * between: nothing of it has happened yet. The interpreter goes on at #3,
 * executes the bytecodes from there and comes to the failing one by itself.
 *
 * The obvious alternative, to sink the first guard to the second, would need
 * no code motion, but it leaves the arithmetic above the branch.
 *
 * Requirements:
 *   1. The joined guard stands where the first one stood, and what the others'
 *      conditions need moves there. Stores, calls and loads stay below it. LOOP
 *      is not crossed: what is above is not executed in each pass.
 *   2. What is hoisted is executed although the earlier conditions may be
 *      false, so it may neither trap nor touch memory: tag checks, comparisons,
 *      unboxing, int arithmetic; no load, no division, no shift by an unknown
 *      distance. It is little (MAX_CONE), and holds no float arithmetic: that
 *      would put work in front of the branch again.
 *   3. Only guards that go on by running the bytecode (mode 0) are joined; the
 *      modes of others say what happened there.
 *   4. At most MAX_JOINED conditions: the more, the less a failing exit says.
 *   5. VALID is passed over and never joined.
 */
#include "config.h"

#include "tracer/opt_state.h"

enum { MAX_JOINED = 6, MAX_CONE = 6, MAX_VISITS = 24 };

enum state { UNPLACED, PENDING, PLACED };

/* The order so far, then the open guard, then what has to stand below it. */
struct joiner {
    struct tr_opt *o;
    struct opt_order *order;
    uint8_t *state; /* enum state of the first [count] instructions */
    uint32_t count;
    NAC_VEC(uint32_t) pending;
    uint32_t head;            /* the open guard, 0 none */
    uint32_t joined;          /* conditions of it */
    tr_ref conds[MAX_JOINED]; /* that they hold, once there are several */
    bool several;
    uint32_t cone[MAX_CONE]; /* what has to be hoisted */
    uint32_t ncone, visits;
};

static bool
may_speculate(const struct tr_opt *o, const struct tr_ins *ins)
{
    struct tr_range b;

    switch (ins->op) {
    case TR_FLOORDIV:
    case TR_FLOORMOD:
    case TR_F2I:
    case TR_CARG:
    case TR_PAIR:
    case TR_SELECT:
    case TR_AREF:
    case TR_IS_WIDE:
    case TR_UNBOX_WIDE:
    case TR_BOX_WIDE:
        return false;
    case TR_SHL:
    case TR_SHR:
    case TR_USHR:
        b = tr_opt_range(o, ins->b);
        return b.lo >= 0 && b.hi <= 63;
    case TR_UNBOX_FLT:
        return true;
    default:
        return tr_opinfo[ins->op].effect == TR_PURE && ins->kind != TR_F64;
    }
}

/* Gathers what [r] needs and does not stand above the open guard yet; false:
 * it cannot be hoisted. */
static bool
gather(struct joiner *j, tr_ref r)
{
    const struct tr_ins *ins;
    const struct tr_opinfo *info;
    uint32_t i;

    if (tr_is_const(r) || tr_is_none(r) || r.n >= j->count ||
        j->state[r.n] == PLACED)
        return true;
    for (i = 0; i < j->ncone; i++)
        if (j->cone[i] == r.n)
            return true;
    ins = opt_ins(j->o, r);
    if (j->visits++ >= MAX_VISITS || !may_speculate(j->o, ins))
        return false;
    info = &tr_opinfo[ins->op];
    if (info->a == TR_OPND_REF && !gather(j, ins->a))
        return false;
    if (info->b == TR_OPND_REF && !gather(j, ins->b))
        return false;
    if (j->ncone >= MAX_CONE)
        return false;
    j->cone[j->ncone++] = r.n;
    return true;
}

/* A new instruction above the open guard. */
static tr_ref
add(struct joiner *j, enum tr_op op, tr_ref a, tr_ref b)
{
    tr_ref r;

    r = tr_opt_append(j->o, (struct tr_ins){.op = (uint8_t)op,
                                            .kind = tr_opinfo[op].result,
                                            .a = a,
                                            .b = b});
    nac_vec_push(&j->order->at, r.n);
    return r;
}

/* A reference that is 1 where the guard holds. */
static tr_ref
holds(struct joiner *j, struct tr_ins guard)
{
    struct tr_ins c;
    enum tr_op other;

    if (guard.op == TR_GUARD_T)
        return guard.a;
    c = *opt_ins(j->o, guard.a);
    other = tr_opt_inverse(c.op);
    if (other != TR_NOP)
        return add(j, other, c.a, c.b);
    return add(j, TR_NOT, guard.a, TR_NONE);
}

static bool
is_cond(const struct tr_opt *o, tr_ref r)
{
    struct tr_range v = tr_opt_range(o, r);

    return !tr_is_const(r) && v.lo >= 0 && v.hi <= 1;
}

/* Does [c] say all that [weak] does? An index below a length that fits is
 * itself one that fits. */
static bool
implies(const struct tr_opt *o, tr_ref c, tr_ref weak)
{
    const struct tr_ins *strong = opt_ins(o, c), *fits = opt_ins(o, weak);
    struct tr_range limit;

    if (fits->op != TR_FITS || strong->op != TR_ULT ||
        !tr_same(strong->a, fits->a))
        return false;
    limit = tr_opt_range(o, strong->b);
    return limit.lo >= 0 && tr_opt_signed_fits(limit, fits->field);
}

static bool
join(struct joiner *j, uint32_t n)
{
    struct tr_opt *o = j->o;
    struct tr_ins guard = o->ir->ins.items[n];
    uint32_t i;
    tr_ref c;

    if (!j->head || j->joined >= MAX_JOINED)
        return false;
    j->ncone = j->visits = 0;
    if (!gather(j, guard.a))
        return false;
    for (i = 0; i < j->ncone; i++) {
        nac_vec_push(&j->order->at, j->cone[i]);
        j->state[j->cone[i]] = PLACED;
    }
    if (!j->several)
        j->conds[0] = holds(j, o->ir->ins.items[j->head]);
    c = holds(j, guard);
    for (i = 0; i < j->joined; i++)
        if (implies(o, c, j->conds[i]))
            break;
    j->joined += i == j->joined;
    j->conds[i] = c;
    j->several = true;
    return true;
}

static void
close_group(struct joiner *j)
{
    struct tr_opt *o = j->o;
    uint32_t i, n;
    tr_ref all = j->conds[0];

    if (!j->head)
        return;
    for (i = 1; j->several && i < j->joined; i++)
        all = add(j, TR_AND, all, j->conds[i]);
    if (j->several) {
        o->ir->ins.items[j->head].op = TR_GUARD_T;
        o->ir->ins.items[j->head].a = all;
    }
    nac_vec_push(&j->order->at, j->head);
    for (i = 0; i < j->pending.len; i++) {
        n = j->pending.items[i];
        if (j->state[n] == PLACED)
            continue;
        j->state[n] = PLACED;
        nac_vec_push(&j->order->at, n);
    }
    j->pending.len = 0;
    j->head = 0;
    j->several = false;
}

static bool
may_join(const struct tr_opt *o, const struct tr_ins *ins)
{
    return (ins->op == TR_GUARD_T || ins->op == TR_GUARD_F) &&
           o->ir->snaps.items[ins->b.n].mode == 0 && is_cond(o, ins->a);
}

void
tr_opt_coalesce(struct tr_opt *o, const uint8_t *live, struct opt_order *order)
{
    struct joiner j = {.o = o, .order = order};
    uint32_t n;

    j.count = o->ir->ins.len;
    j.state = nac_calloc(j.count + 1, 1);
    for (n = 0; n < j.count; n++) {
        const struct tr_ins *ins = &o->ir->ins.items[n];

        if (!live[n] || j.state[n] == PLACED)
            continue;
        if (o->params->opt_coalesce && may_join(o, ins)) {
            if (join(&j, n))
                continue;
            close_group(&j);
            j.head = n;
            j.joined = 1;
            j.state[n] = PLACED;
            continue;
        }
        if (tr_opinfo[ins->op].effect == TR_MARK)
            close_group(&j);
        j.state[n] = j.head ? PENDING : PLACED;
        if (j.head)
            nac_vec_push(&j.pending, n);
        else
            nac_vec_push(&order->at, n);
    }
    close_group(&j);
    nac_vec_free(&j.pending);
    free(j.state);
}
