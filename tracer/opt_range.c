/* SPDX-License-Identifier: MIT
 * tracer/opt_range.c: facts about references: the range of an int, the sort of
 * a value word, the constant that something is known to equal.
 *
 * A fact has one of two sources. The operation that made a reference bounds it
 * (an int unboxed from a value has 50 bits, a byte loaded from memory lies in
 * 0..255, a sum lies between the sums of the bounds). And a guard that was
 * passed bounds the operands of its condition from there on. Both are facts
 * about an SSA value, not about a variable: once true they stay true to the end
 * of the trace, across stores and calls.
 *
 * The classic trap is the loop: "i < 10 held in the first pass" says nothing
 * about i in the next. It is avoided by construction. A loop-carried value is a
 * PHI, a reference of its own of which nothing is known but its kind; the facts
 * about the pre-roll's value are about another reference. Facts about values
 * that do not change stay, and that is what moves checks out of the loop. The
 * one thing opt_loop.c adds by hand: a PHI of unboxed ints has 50 bits, because
 * both its inputs are operands of BOX_INT.
 *
 * Requirements:
 *   1. Bounds are inclusive and computed without wrapping: where a bound would
 *      leave int64 the result is unbounded, since the operation wraps.
 *   2. A guard may only narrow. An empty range (a guard that cannot hold, met
 *      in code that is never reached) is never stored.
 *   3. Conditions are ints in 0..1, so "this condition holds" is a range as
 *      well, and guards that were passed once fold by the same rule as others.
 *   4. With opt_range off ints are unbounded, conditions still work.
 */
#include "config.h"

#include "tracer/opt_state.h"

static const struct tr_range unbounded = {INT64_MIN, INT64_MAX};

uint8_t
tr_opt_word_tag(uint64_t bits)
{
    if (bits <= NB_MAX_FLOAT)
        return TAG_FLT;
    if (bits >= NB_INT_TAG)
        return TAG_INT;
    return bits >> 48 == NB_PTR_TOP ? TAG_PTR : TAG_OTHER;
}

struct tr_range
tr_opt_range(const struct tr_opt *o, tr_ref r)
{
    if (tr_is_const(r)) {
        const struct tr_constant *k = tr_ir_k(o->ir, r);

        if (k->kind == TR_I64 || k->kind == TR_COND)
            return (struct tr_range){(int64_t)k->bits, (int64_t)k->bits};
        return unbounded;
    }
    return o->info.items[r.n].range;
}

uint8_t
tr_opt_tags(const struct tr_opt *o, tr_ref r)
{
    if (tr_is_const(r)) {
        const struct tr_constant *k = tr_ir_k(o->ir, r);

        return k->kind == TR_VAL ? tr_opt_word_tag(k->bits) : TAG_ANY;
    }
    return o->info.items[r.n].tags;
}

struct opt_info *
tr_opt_info(struct tr_opt *o, tr_ref r)
{
    struct opt_info *info = &o->info.items[r.n];

    if (o->log_undo)
        nac_vec_push(&o->trail, (struct opt_undo){r.n, *info});
    return info;
}

bool
tr_opt_signed_fits(struct tr_range r, unsigned bits)
{
    int64_t max;

    if (bits >= 64)
        return true;
    max = (int64_t)((UINT64_C(1) << (bits - 1)) - 1);
    return r.lo >= -max - 1 && r.hi <= max;
}

enum tr_op
tr_opt_inverse(enum tr_op op)
{
    switch (op) {
    case TR_EQ:
        return TR_NE;
    case TR_NE:
        return TR_EQ;
    case TR_LT:
        return TR_GE;
    case TR_GE:
        return TR_LT;
    case TR_LE:
        return TR_GT;
    case TR_GT:
        return TR_LE;
    case TR_ULT:
        return TR_UGE;
    case TR_UGE:
        return TR_ULT;
    case TR_XEQ:
        return TR_XNE;
    case TR_XNE:
        return TR_XEQ;
    case TR_PEQ:
        return TR_PNE;
    case TR_PNE:
        return TR_PEQ;
    case TR_FEQ:
        return TR_FNE; /* the only float pair that is exact */
    case TR_FNE:
        return TR_FEQ;
    default:
        return TR_NOP;
    }
}

int
tr_opt_compare(enum tr_op op, struct tr_range a, struct tr_range b)
{
    int inverse;

    switch (op) {
    case TR_LT:
        return a.hi < b.lo ? 1 : a.lo >= b.hi ? 0 : -1;
    case TR_LE:
        return a.hi <= b.lo ? 1 : a.lo > b.hi ? 0 : -1;
    case TR_EQ:
        if (a.hi < b.lo || b.hi < a.lo)
            return 0;
        return a.lo == a.hi && b.lo == b.hi ? 1 : -1;
    case TR_ULT:
        /* Ranges on one side of zero keep their order when read unsigned, and
         * every negative one is above every other. */
        if (a.lo >= 0 && b.lo >= 0)
            return tr_opt_compare(TR_LT, a, b);
        if (a.hi < 0 && b.hi < 0)
            return tr_opt_compare(TR_LT, a, b);
        if (a.lo >= 0 && b.hi < 0)
            return 1;
        if (a.hi < 0 && b.lo >= 0)
            return 0;
        return -1;
    case TR_GE:
    case TR_GT:
    case TR_NE:
    case TR_UGE:
        inverse = tr_opt_compare(tr_opt_inverse(op), a, b);
        return inverse < 0 ? -1 : !inverse;
    default:
        return -1;
    }
}

/* -- what an operation tells of its result -- */

static struct tr_range
add_range(struct tr_range a, struct tr_range b)
{
    struct tr_range r;

    if (__builtin_add_overflow(a.lo, b.lo, &r.lo) ||
        __builtin_add_overflow(a.hi, b.hi, &r.hi))
        return unbounded;
    return r;
}

static struct tr_range
sub_range(struct tr_range a, struct tr_range b)
{
    struct tr_range r;

    if (__builtin_sub_overflow(a.lo, b.hi, &r.lo) ||
        __builtin_sub_overflow(a.hi, b.lo, &r.hi))
        return unbounded;
    return r;
}

static struct tr_range
mul_range(struct tr_range a, struct tr_range b)
{
    int64_t p[4];
    struct tr_range r;
    int i;

    if (__builtin_mul_overflow(a.lo, b.lo, &p[0]) ||
        __builtin_mul_overflow(a.lo, b.hi, &p[1]) ||
        __builtin_mul_overflow(a.hi, b.lo, &p[2]) ||
        __builtin_mul_overflow(a.hi, b.hi, &p[3]))
        return unbounded;
    r.lo = r.hi = p[0];
    for (i = 1; i < 4; i++) {
        if (p[i] < r.lo)
            r.lo = p[i];
        if (p[i] > r.hi)
            r.hi = p[i];
    }
    return r;
}

/* The least 2^n - 1 that is not below v >= 0. */
static int64_t
all_ones(int64_t v)
{
    return v ? (int64_t)(UINT64_MAX >> __builtin_clzll((uint64_t)v)) : 0;
}

static struct tr_range
bit_range(enum tr_op op, struct tr_range a, struct tr_range b)
{
    if (op == TR_AND) {
        if (a.lo >= 0 && b.lo >= 0)
            return (struct tr_range){0, a.hi < b.hi ? a.hi : b.hi};
        if (a.lo >= 0)
            return (struct tr_range){0, a.hi};
        if (b.lo >= 0)
            return (struct tr_range){0, b.hi};
    } else if (a.lo >= 0 && b.lo >= 0) {
        return (struct tr_range){0, all_ones(a.hi > b.hi ? a.hi : b.hi)};
    }
    return unbounded;
}

static int64_t
floor_div(int64_t a, int64_t b)
{
    int64_t q = a / b;

    return a % b != 0 && (a < 0) != (b < 0) ? q - 1 : q;
}

static struct tr_range
shift_range(enum tr_op op, struct tr_range a, struct tr_range b)
{
    int n = (int)b.lo;

    if (b.lo != b.hi || b.lo < 0 || b.lo > 63)
        return unbounded;
    if (op == TR_SHR)
        return (struct tr_range){a.lo >> n, a.hi >> n};
    if (op == TR_SHL) {
        if (n < 63)
            return mul_range(
                a, (struct tr_range){INT64_C(1) << n, INT64_C(1) << n});
        return unbounded;
    }
    if (a.lo >= 0)
        return (struct tr_range){a.lo >> n, a.hi >> n};
    if (n > 0)
        return (struct tr_range){0, (int64_t)(UINT64_MAX >> n)};
    return unbounded;
}

static struct tr_range
field_range(const struct tr_field *f)
{
    unsigned bits = f->size * 8u;

    if (f->kind != TR_I64 || bits >= 64)
        return unbounded;
    if (f->flags & TR_FLD_UNSIGNED)
        return (struct tr_range){0, (INT64_C(1) << bits) - 1};
    return (struct tr_range){-(INT64_C(1) << (bits - 1)),
                             (INT64_C(1) << (bits - 1)) - 1};
}

/* Was the condition [op] of the operands of [ins] found to hold? */
static bool
holds(const struct tr_opt *o, const struct tr_ins *ins, enum tr_op op,
      uint16_t field)
{
    struct tr_ins cond = *ins;
    tr_ref found;

    cond.op = (uint8_t)op;
    cond.kind = TR_COND;
    cond.field = field;
    found = tr_opt_cse_find(o, cond);
    return !tr_is_none(found) && o->info.items[found.n].range.lo == 1;
}

static int64_t
saturate(__int128 v)
{
    return v < INT64_MIN ? INT64_MIN : v > INT64_MAX ? INT64_MAX : (int64_t)v;
}

static struct tr_range
sum_result(const struct tr_opt *o, const struct tr_ins *ins, struct tr_range a,
           struct tr_range b)
{
    if (ins->op == TR_ADD && holds(o, ins, TR_ADDFITS, 0))
        return (struct tr_range){saturate((__int128)a.lo + b.lo),
                                 saturate((__int128)a.hi + b.hi)};
    if (ins->op == TR_SUB && holds(o, ins, TR_SUBFITS, 0))
        return (struct tr_range){saturate((__int128)a.lo - b.hi),
                                 saturate((__int128)a.hi - b.lo)};
    return ins->op == TR_ADD ? add_range(a, b) : sub_range(a, b);
}

static struct tr_range
mul_result(const struct tr_opt *o, const struct tr_ins *ins, struct tr_range a,
           struct tr_range b)
{
    struct tr_range r = mul_range(a, b);

    if (holds(o, ins, TR_MULFITS, NB_INT_BITS)) {
        if (r.lo < NB_INT_MIN)
            r.lo = NB_INT_MIN;
        if (r.hi > NB_INT_MAX)
            r.hi = NB_INT_MAX;
    }
    return r;
}

static struct tr_range
result_range(const struct tr_opt *o, const struct tr_ins *ins)
{
    struct tr_range a = unbounded, b = unbounded;

    if (tr_opinfo[ins->op].a == TR_OPND_REF && !tr_is_none(ins->a))
        a = tr_opt_range(o, ins->a);
    if (tr_opinfo[ins->op].b == TR_OPND_REF && !tr_is_none(ins->b))
        b = tr_opt_range(o, ins->b);
    switch (ins->op) {
    case TR_ADD:
    case TR_SUB:
        return sum_result(o, ins, a, b);
    case TR_NEG:
        return sub_range((struct tr_range){0, 0}, a);
    case TR_MUL:
        return mul_result(o, ins, a, b);
    case TR_AND:
    case TR_OR:
    case TR_XOR:
        return bit_range(ins->op, a, b);
    case TR_SHL:
    case TR_SHR:
    case TR_USHR:
        return shift_range(ins->op, a, b);
    case TR_FLOORMOD:
        if (b.lo > 0)
            return (struct tr_range){0, b.hi - 1};
        return b.hi < 0 ? (struct tr_range){b.lo + 1, 0} : unbounded;
    case TR_FLOORDIV:
        if (b.lo == b.hi && b.lo > 0)
            return (struct tr_range){floor_div(a.lo, b.lo),
                                     floor_div(a.hi, b.lo)};
        return unbounded;
    case TR_UNBOX_INT:
        return (struct tr_range){NB_INT_MIN, NB_INT_MAX};
    case TR_FLOAD:
    case TR_ALOAD:
        return field_range(&o->host->fields[ins->field]);
    default:
        return unbounded;
    }
}

void
tr_opt_describe(struct tr_opt *o, const struct tr_ins *ins,
                struct opt_info *info)
{
    *info = (struct opt_info){.range = unbounded, .tags = TAG_ANY};
    if (ins->kind == TR_COND) {
        info->range = (struct tr_range){0, 1};
    } else if (ins->kind == TR_I64) {
        struct tr_range r = result_range(o, ins);

        if (o->params->opt_range || (r.lo >= 0 && r.hi <= 1))
            info->range = r;
    }
    switch (ins->op) {
    case TR_BOX_INT:
        info->tags = TAG_INT;
        break;
    case TR_BOX_FLT:
        info->tags = TAG_FLT;
        break;
    case TR_BOX_PTR:
        info->tags = TAG_PTR;
        break;
    case TR_BOX_WIDE:
        info->tags = TAG_INT | TAG_PTR;
        break;
    case TR_BOX_BOOL:
        info->tags = (uint8_t)(tr_opt_word_tag(o->host->true_bits) |
                               tr_opt_word_tag(o->host->false_bits));
        break;
    default:
        break;
    }
}

/* -- what a guard tells of its condition's operands -- */

void
tr_opt_narrow(struct tr_opt *o, tr_ref r, int64_t lo, int64_t hi)
{
    struct tr_range old;

    if (tr_is_const(r) || !o->params->opt_range)
        return;
    old = tr_opt_range(o, r);
    if (lo < old.lo)
        lo = old.lo;
    if (hi > old.hi)
        hi = old.hi;
    if (lo > hi || (lo == old.lo && hi == old.hi))
        return;
    tr_opt_info(o, r)->range = (struct tr_range){lo, hi};
}

static void
equals(struct tr_opt *o, tr_ref r, tr_ref k)
{
    const struct tr_ins *ins;
    uint64_t bits = opt_bits(o, k);

    if (tr_is_const(r) || !tr_is_none(o->info.items[r.n].eq))
        return;
    if (tr_ir_kind(o->ir, r) != tr_ir_kind(o->ir, k))
        return;
    tr_opt_info(o, r)->eq = k;
    ins = opt_ins(o, r);
    if ((ins->op == TR_UNBOX_INT && tr_opt_tags(o, ins->a) == TAG_INT) ||
        (ins->op == TR_UNBOX_WIDE && tr_opt_is_wide(o, ins->a) &&
         (int64_t)bits >= NB_INT_MIN && (int64_t)bits <= NB_INT_MAX))
        equals(o, ins->a, tr_ir_const(o->ir, TR_VAL, bits | NB_INT_TAG));
    else if (ins->op == TR_UNBOX_PTR && tr_opt_tags(o, ins->a) == TAG_PTR)
        equals(o, ins->a, tr_ir_const(o->ir, TR_VAL, bits + NB_PTR_TAG));
}

static void
learn_tags(struct tr_opt *o, tr_ref v, uint8_t tags)
{
    uint8_t both;

    if (tr_is_const(v))
        return;
    both = o->info.items[v.n].tags & tags;
    if (both && both != o->info.items[v.n].tags)
        tr_opt_info(o, v)->tags = both;
}

static void
learn_less(struct tr_opt *o, tr_ref a, tr_ref b, bool strict)
{
    struct tr_range ra = tr_opt_range(o, a), rb = tr_opt_range(o, b);
    int64_t d = strict;

    if (rb.hi >= INT64_MIN + d)
        tr_opt_narrow(o, a, INT64_MIN, rb.hi - d);
    if (ra.lo <= INT64_MAX - d)
        tr_opt_narrow(o, b, ra.lo + d, INT64_MAX);
}

static void
learn_order(struct tr_opt *o, enum tr_op op, tr_ref a, tr_ref b)
{
    struct tr_range ra = tr_opt_range(o, a), rb = tr_opt_range(o, b);

    switch (op) {
    case TR_LT:
        learn_less(o, a, b, true);
        break;
    case TR_LE:
        learn_less(o, a, b, false);
        break;
    case TR_GT:
        learn_less(o, b, a, true);
        break;
    case TR_GE:
        learn_less(o, b, a, false);
        break;
    case TR_EQ:
        tr_opt_narrow(o, a, rb.lo, rb.hi);
        tr_opt_narrow(o, b, ra.lo, ra.hi);
        if (tr_is_const(b))
            equals(o, a, b);
        break;
    case TR_NE:
        if (rb.lo != rb.hi)
            break;
        if (ra.lo == rb.lo && ra.lo < INT64_MAX)
            tr_opt_narrow(o, a, ra.lo + 1, INT64_MAX);
        if (ra.hi == rb.lo && ra.hi > INT64_MIN)
            tr_opt_narrow(o, a, INT64_MIN, ra.hi - 1);
        break;
    case TR_ULT:
        if (rb.lo >= 0 && rb.hi > 0) {
            tr_opt_narrow(o, a, 0, rb.hi - 1);
            tr_opt_narrow(o, b, 1, INT64_MAX);
        }
        break;
    default:
        break;
    }
}

static void
learn_product(struct tr_opt *o, const struct tr_ins *fits)
{
    struct tr_ins mul = *fits;
    int64_t max = (int64_t)((UINT64_C(1) << (fits->field - 1)) - 1);
    tr_ref found;

    mul.op = TR_MUL;
    mul.kind = TR_I64;
    mul.field = 0;
    found = tr_opt_cse_find(o, mul);
    if (!tr_is_none(found))
        tr_opt_narrow(o, found, -max - 1, max);
}

void
tr_opt_learn(struct tr_opt *o, tr_ref cond, bool truth)
{
    struct tr_ins ins;
    enum tr_op op;

    if (tr_is_const(cond))
        return;
    tr_opt_info(o, cond)->range = (struct tr_range){truth, truth};
    ins = *opt_ins(o, cond);
    op = ins.op;
    switch (op) {
    case TR_NOT:
        tr_opt_learn(o, ins.a, !truth);
        return;
    case TR_AND:
    case TR_OR: {
        struct tr_range ra = tr_opt_range(o, ins.a);
        struct tr_range rb = tr_opt_range(o, ins.b);
        bool conds = ra.lo >= 0 && ra.hi <= 1 && rb.lo >= 0 && rb.hi <= 1;

        if (conds && truth == (op == TR_AND)) {
            tr_opt_learn(o, ins.a, truth);
            tr_opt_learn(o, ins.b, truth);
        }
        return;
    }
    case TR_IS_INT:
        learn_tags(o, ins.a, truth ? TAG_INT : TAG_ANY & ~TAG_INT);
        return;
    case TR_IS_FLT:
        learn_tags(o, ins.a, truth ? TAG_FLT : TAG_ANY & ~TAG_FLT);
        return;
    case TR_IS_PTR:
        learn_tags(o, ins.a, truth ? TAG_PTR : TAG_ANY & ~TAG_PTR);
        return;
    case TR_IS_WIDE:
        learn_tags(o, ins.a, truth ? TAG_INT | TAG_PTR : TAG_ANY & ~TAG_INT);
        return;
    case TR_FITS:
        if (truth && ins.field < 64) {
            int64_t max = (int64_t)((UINT64_C(1) << (ins.field - 1)) - 1);

            tr_opt_narrow(o, ins.a, -max - 1, max);
        }
        return;
    case TR_MULFITS:
        if (truth)
            learn_product(o, &ins);
        return;
    default:
        break;
    }
    if (!truth)
        op = tr_opt_inverse(op);
    if (op == TR_XEQ || op == TR_PEQ) {
        if (tr_is_const(ins.b))
            equals(o, ins.a, ins.b);
    } else {
        learn_order(o, op, ins.a, ins.b);
    }
}
