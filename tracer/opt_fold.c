/* SPDX-License-Identifier: MIT
 * tracer/opt_fold.c: folding of int64 operations and conditions, and the door
 * to the folding of floats (opt_fold_flt.c) and values (opt_fold_val.c).
 *
 * tr_opt_fold() looks at one instruction whose operands are already as simple
 * as they get, and answers with a reference that has the same value, with
 * FOLD_AGAIN after it has rewritten *ins into something simpler, or FOLD_NO.
 *
 * One switch over the operation with the rules of an operation side by side
 * reads better than a pattern table of a few hundred rows, and a trace gives
 * each instruction to it twice at most, so there is nothing to win by hashing.
 *
 * Requirements:
 *   1. Int arithmetic wraps, so it is done in uint64_t here; a rule may not
 *      assume that a sum does not overflow unless ranges prove it. (x + 1 > x
 *      is not true.)
 *   2. Termination: a rewrite puts a constant on the right, or removes an
 *      operand's operation, or replaces an operation by one later in the list
 *      MOD DIV -> AND SHR; SUB -> ADD; none goes back.
 *   3. FLOORDIV and FLOORMOD round towards minus infinity, as Python's do.
 *      By a power of two they are SHR and AND for negative operands as well;
 *      this is not so for C's operators.
 *   4. Division by zero is not folded and not moved; the recorder guards it.
 *   5. A multiplication by a power of two is left alone: host JITs know that,
 *      and MULFITS finds its product by its operands.
 */
#include "config.h"

#include "tracer/opt_state.h"

static bool
int_const(const struct tr_opt *o, tr_ref r, int64_t *v)
{
    if (!tr_is_const(r))
        return false;
    *v = (int64_t)opt_bits(o, r);
    return true;
}

static int64_t
floor_mod(int64_t a, int64_t b)
{
    int64_t m = a % b;

    return m != 0 && (m < 0) != (b < 0) ? m + b : m;
}

static int64_t
wrap(uint64_t v)
{
    return (int64_t)v;
}

static bool
fold_consts(enum tr_op op, int64_t x, int64_t y, int64_t *v)
{
    uint64_t a = (uint64_t)x, b = (uint64_t)y;

    switch (op) {
    case TR_ADD:
        *v = wrap(a + b);
        return true;
    case TR_SUB:
        *v = wrap(a - b);
        return true;
    case TR_MUL:
        *v = wrap(a * b);
        return true;
    case TR_AND:
        *v = x & y;
        return true;
    case TR_OR:
        *v = x | y;
        return true;
    case TR_XOR:
        *v = x ^ y;
        return true;
    case TR_FLOORDIV:
    case TR_FLOORMOD:
        if (y == 0 || (y == -1 && x == INT64_MIN))
            return false;
        *v = floor_mod(x, y);
        if (op == TR_FLOORDIV) /* x - *v may leave int64 */
            *v = x / y - (x % y != 0 && (x < 0) != (y < 0));
        return true;
    case TR_SHL:
    case TR_SHR:
    case TR_USHR:
        if (b > 63)
            return false;
        *v = op == TR_SHL ? wrap(a << b) : op == TR_SHR ? x >> b : wrap(a >> b);
        return true;
    default:
        return false;
    }
}

static enum tr_op
swapped(enum tr_op op)
{
    switch (op) {
    case TR_ADD:
    case TR_MUL:
    case TR_AND:
    case TR_OR:
    case TR_XOR:
    case TR_EQ:
    case TR_NE:
    case TR_ADDFITS:
    case TR_MULFITS:
    case TR_MULWIDE:
        return op;
    case TR_LT:
        return TR_GT;
    case TR_GT:
        return TR_LT;
    case TR_LE:
        return TR_GE;
    case TR_GE:
        return TR_LE;
    default:
        return TR_NOP;
    }
}

/* Constants right, else the older operand left, where that may be done. */
static bool
turn(struct tr_ins *ins)
{
    enum tr_op other = swapped(ins->op);
    tr_ref a = ins->a;

    if (other == TR_NOP || tr_is_const(ins->b))
        return false;
    if (!tr_is_const(a) && a.n <= ins->b.n)
        return false;
    ins->op = (uint8_t)other;
    ins->a = ins->b;
    ins->b = a;
    return true;
}

static tr_ref
rewrite(struct tr_ins *ins, enum tr_op op, tr_ref a, tr_ref b)
{
    ins->op = (uint8_t)op;
    ins->a = a;
    ins->b = b;
    ins->field = 0;
    ins->kind = tr_opinfo[op].result;
    return FOLD_AGAIN;
}

static bool
is_cond(const struct tr_opt *o, tr_ref r)
{
    struct tr_range v = tr_opt_range(o, r);

    return v.lo >= 0 && v.hi <= 1;
}

/* x op k, where x may itself be y op2 j. */
static tr_ref
fold_add(struct tr_opt *o, struct tr_ins *ins)
{
    const struct tr_ins *x;
    int64_t k, j;

    if (int_const(o, ins->b, &k)) {
        if (k == 0)
            return ins->a;
        x = opt_ins(o, ins->a);
        if (x->op == TR_ADD && int_const(o, x->b, &j))
            return rewrite(ins, TR_ADD, x->a,
                           tr_opt_int(o, wrap((uint64_t)j + (uint64_t)k)));
        if (x->op == TR_SUB && int_const(o, x->a, &j))
            return rewrite(ins, TR_SUB,
                           tr_opt_int(o, wrap((uint64_t)j + (uint64_t)k)),
                           x->b);
        return FOLD_NO;
    }
    if (opt_op(o, ins->a) == TR_SUB && tr_same(opt_ins(o, ins->a)->b, ins->b))
        return opt_ins(o, ins->a)->a;
    if (opt_op(o, ins->b) == TR_SUB && tr_same(opt_ins(o, ins->b)->b, ins->a))
        return opt_ins(o, ins->b)->a;
    if (opt_op(o, ins->b) == TR_NEG)
        return rewrite(ins, TR_SUB, ins->a, opt_ins(o, ins->b)->a);
    return FOLD_NO;
}

static tr_ref
fold_sub(struct tr_opt *o, struct tr_ins *ins)
{
    const struct tr_ins *x;
    int64_t k;

    if (int_const(o, ins->b, &k))
        return rewrite(ins, TR_ADD, ins->a, tr_opt_int(o, wrap(-(uint64_t)k)));
    if (tr_same(ins->a, ins->b))
        return tr_opt_int(o, 0);
    if (int_const(o, ins->a, &k)) {
        if (k == 0)
            return rewrite(ins, TR_NEG, ins->b, TR_NONE);
        return FOLD_NO;
    }
    x = opt_ins(o, ins->a);
    if (x->op == TR_ADD && tr_same(x->a, ins->b))
        return x->b;
    if (x->op == TR_ADD && tr_same(x->b, ins->b))
        return x->a;
    if (x->op == TR_SUB && tr_same(x->a, ins->b))
        return rewrite(ins, TR_NEG, x->b, TR_NONE);
    return FOLD_NO;
}

static tr_ref
fold_div(struct tr_opt *o, struct tr_ins *ins)
{
    struct tr_range a = tr_opt_range(o, ins->a);
    bool mod = ins->op == TR_FLOORMOD;
    int64_t k;

    if (!int_const(o, ins->b, &k))
        return FOLD_NO;
    if (k == 1)
        return mod ? tr_opt_int(o, 0) : ins->a;
    if (k == -1)
        return mod ? tr_opt_int(o, 0) : rewrite(ins, TR_NEG, ins->a, TR_NONE);
    if (k <= 0)
        return FOLD_NO;
    if (a.lo >= 0 && a.hi < k)
        return mod ? ins->a : tr_opt_int(o, 0);
    if (k & (k - 1))
        return FOLD_NO;
    if (mod)
        return rewrite(ins, TR_AND, ins->a, tr_opt_int(o, k - 1));
    return rewrite(ins, TR_SHR, ins->a,
                   tr_opt_int(o, __builtin_ctzll((uint64_t)k)));
}

static tr_ref
fold_bits(struct tr_opt *o, struct tr_ins *ins)
{
    struct tr_range a = tr_opt_range(o, ins->a);
    enum tr_op op = ins->op;
    const struct tr_ins *x;
    int64_t k, j;

    if (tr_same(ins->a, ins->b))
        return op == TR_XOR ? tr_opt_int(o, 0) : ins->a;
    if (!int_const(o, ins->b, &k))
        return FOLD_NO;
    if (op == TR_AND) {
        if (k == 0)
            return tr_opt_int(o, 0);
        if (k == -1)
            return ins->a;
        /* All bits that a may have are in the mask. */
        if (k > 0 && a.lo >= 0 && (k & (k + 1)) == 0 && a.hi <= k)
            return ins->a;
    } else if (k == 0) {
        return ins->a;
    } else if (op == TR_OR && k == -1) {
        return tr_opt_int(o, -1);
    } else if (op == TR_OR && k == 1 && is_cond(o, ins->a)) {
        return tr_opt_int(o, 1);
    }
    x = opt_ins(o, ins->a);
    if (x->op == op && int_const(o, x->b, &j)) {
        fold_consts(op, j, k, &k);
        return rewrite(ins, op, x->a, tr_opt_int(o, k));
    }
    return FOLD_NO;
}

static tr_ref
fold_shift(struct tr_opt *o, struct tr_ins *ins)
{
    const struct tr_ins *x;
    int64_t k, j;

    if (int_const(o, ins->a, &k) && (k == 0 || (k == -1 && ins->op == TR_SHR)))
        return tr_opt_int(o, k);
    if (!int_const(o, ins->b, &k) || k < 0 || k > 63)
        return FOLD_NO;
    if (k == 0)
        return ins->a;
    if (tr_is_const(ins->a))
        return FOLD_NO;
    x = opt_ins(o, ins->a);
    if (x->op != ins->op || !int_const(o, x->b, &j) || j < 0 || j > 63)
        return FOLD_NO;
    if (j + k > 63) {
        if (ins->op != TR_SHR)
            return tr_opt_int(o, 0);
        return rewrite(ins, TR_SHR, x->a, tr_opt_int(o, 63));
    }
    return rewrite(ins, ins->op, x->a, tr_opt_int(o, j + k));
}

static tr_ref
fold_fits(struct tr_opt *o, struct tr_ins *ins)
{
    struct tr_range r = tr_opt_range(o, ins->a);
    int64_t max;

    if (ins->field == 0)
        return FOLD_NO;
    if (tr_opt_signed_fits(r, ins->field))
        return tr_opt_bool(o, true);
    max = (int64_t)((UINT64_C(1) << (ins->field - 1)) - 1);
    if (r.lo > max || r.hi < -max - 1)
        return tr_opt_bool(o, false);
    return FOLD_NO;
}

/* Do all values from [lo] to [hi] lie in [least, greatest], or none? */
static tr_ref
fold_within(struct tr_opt *o, __int128 lo, __int128 hi, __int128 least,
            __int128 greatest)
{
    if (lo >= least && hi <= greatest)
        return tr_opt_bool(o, true);
    if (lo > greatest || hi < least)
        return tr_opt_bool(o, false);
    return FOLD_NO;
}

/* By a constant it is a comparison, which tells of the operand's range. */
static tr_ref
fold_addfits(struct tr_opt *o, struct tr_ins *ins)
{
    struct tr_range a = tr_opt_range(o, ins->a), b = tr_opt_range(o, ins->b);
    int64_t k;
    tr_ref r;

    if (ins->op == TR_ADDFITS)
        r = fold_within(o, (__int128)a.lo + b.lo, (__int128)a.hi + b.hi,
                        INT64_MIN, INT64_MAX);
    else
        r = fold_within(o, (__int128)a.lo - b.hi, (__int128)a.hi - b.lo,
                        INT64_MIN, INT64_MAX);
    if (!tr_same(r, FOLD_NO) || !int_const(o, ins->b, &k) || k == INT64_MIN)
        return r;
    k = ins->op == TR_ADDFITS ? k : -k;
    if (k >= 0)
        return rewrite(ins, TR_LE, ins->a, tr_opt_int(o, INT64_MAX - k));
    return rewrite(ins, TR_GE, ins->a, tr_opt_int(o, INT64_MIN - k));
}

static tr_ref
fold_mulfits(struct tr_opt *o, struct tr_ins *ins)
{
    struct tr_range a = tr_opt_range(o, ins->a), b = tr_opt_range(o, ins->b);
    __int128 lo, hi, p[4];
    __int128 max;
    int i;

    if (ins->op == TR_MULFITS && (ins->field == 0 || ins->field > 62))
        return FOLD_NO;
    p[0] = (__int128)a.lo * b.lo;
    p[1] = (__int128)a.lo * b.hi;
    p[2] = (__int128)a.hi * b.lo;
    p[3] = (__int128)a.hi * b.hi;
    lo = hi = p[0];
    for (i = 1; i < 4; i++) {
        lo = p[i] < lo ? p[i] : lo;
        hi = p[i] > hi ? p[i] : hi;
    }
    if (ins->op == TR_MULFITS) {
        tr_ref r, product;
        uint16_t bits = ins->field;

        max = ((__int128)1 << (bits - 1)) - 1;
        r = fold_within(o, lo, hi, -max - 1, max);
        if (!tr_same(r, FOLD_NO) || lo < INT64_MIN || hi > INT64_MAX)
            return r;
        product = tr_opt_emit2(o, TR_MUL, ins->a, ins->b);
        rewrite(ins, TR_FITS, product, TR_NONE);
        ins->field = bits;
        return FOLD_AGAIN;
    }
    /* float64s round: what lies near the border is decided at run time */
    max = ((__int128)1 << 63) - (1 << 14);
    if (lo >= -max && hi <= max)
        return tr_opt_bool(o, true);
    max += 1 << 14;
    return lo > max || hi < -max ? tr_opt_bool(o, false) : FOLD_NO;
}

/* The truth of the same comparison turned round, where a guard told it. */
static tr_ref
fold_by_inverse(struct tr_opt *o, const struct tr_ins *ins)
{
    struct tr_ins other = *ins;
    enum tr_op op = tr_opt_inverse(ins->op);
    tr_ref found;
    int truth;

    if (op == TR_NOP)
        return FOLD_NO;
    other.op = (uint8_t)op;
    other.kind = TR_COND;
    found = tr_opt_cse_find(o, other);
    if (tr_is_none(found))
        return FOLD_NO;
    truth = tr_opt_truth(o, found);
    return truth < 0 ? FOLD_NO : tr_opt_bool(o, !truth);
}

static tr_ref
fold_compare(struct tr_opt *o, struct tr_ins *ins)
{
    enum tr_op op = ins->op;
    int64_t k, j;
    int known;

    if (tr_same(ins->a, ins->b))
        return tr_opt_bool(o, op == TR_EQ || op == TR_LE || op == TR_GE ||
                                  op == TR_UGE);
    known =
        tr_opt_compare(op, tr_opt_range(o, ins->a), tr_opt_range(o, ins->b));
    if (known >= 0)
        return tr_opt_bool(o, known);
    if ((op == TR_EQ || op == TR_NE) && int_const(o, ins->b, &k)) {
        const struct tr_ins *x = opt_ins(o, ins->a);

        if (is_cond(o, ins->a) && (k == 0 || k == 1)) {
            if ((op == TR_EQ) == (k == 1))
                return x->kind == TR_COND ? ins->a : FOLD_NO;
            if (x->kind == TR_COND)
                return rewrite(ins, TR_NOT, ins->a, TR_NONE);
        }
        if (x->op == TR_ADD && int_const(o, x->b, &j))
            return rewrite(ins, op, x->a,
                           tr_opt_int(o, wrap((uint64_t)k - (uint64_t)j)));
        if (x->op == TR_NEG)
            return rewrite(ins, op, x->a, tr_opt_int(o, wrap(-(uint64_t)k)));
    }
    return fold_by_inverse(o, ins);
}

static tr_ref
fold_not(struct tr_opt *o, struct tr_ins *ins)
{
    const struct tr_ins *x;
    enum tr_op op;
    int64_t k;

    if (int_const(o, ins->a, &k))
        return tr_opt_bool(o, !k);
    x = opt_ins(o, ins->a);
    if (x->op == TR_NOT)
        return x->a;
    op = tr_opt_inverse(x->op);
    if (op != TR_NOP)
        return rewrite(ins, op, x->a, x->b);
    return FOLD_NO;
}

static tr_ref
fold_int(struct tr_opt *o, struct tr_ins *ins)
{
    int64_t x, y, v;

    if (int_const(o, ins->a, &x) && int_const(o, ins->b, &y) &&
        fold_consts(ins->op, x, y, &v))
        return tr_opt_int(o, v);
    turn(ins);
    switch (ins->op) {
    case TR_ADD:
        return fold_add(o, ins);
    case TR_SUB:
        return fold_sub(o, ins);
    case TR_MUL:
        if (!int_const(o, ins->b, &y))
            return FOLD_NO;
        if (y == 0)
            return tr_opt_int(o, 0);
        if (y == 1)
            return ins->a;
        return y == -1 ? rewrite(ins, TR_NEG, ins->a, TR_NONE) : FOLD_NO;
    case TR_FLOORDIV:
    case TR_FLOORMOD:
        return fold_div(o, ins);
    case TR_NEG:
        if (int_const(o, ins->a, &x))
            return tr_opt_int(o, wrap(-(uint64_t)x));
        if (opt_op(o, ins->a) == TR_NEG)
            return opt_ins(o, ins->a)->a;
        if (opt_op(o, ins->a) == TR_SUB) {
            tr_ref a = opt_ins(o, ins->a)->a;

            return rewrite(ins, TR_SUB, opt_ins(o, ins->a)->b, a);
        }
        return FOLD_NO;
    case TR_AND:
    case TR_OR:
    case TR_XOR:
        return fold_bits(o, ins);
    case TR_SHL:
    case TR_SHR:
    case TR_USHR:
        return fold_shift(o, ins);
    case TR_FITS:
        return fold_fits(o, ins);
    case TR_ADDFITS:
    case TR_SUBFITS:
        return fold_addfits(o, ins);
    case TR_MULFITS:
    case TR_MULWIDE:
        return fold_mulfits(o, ins);
    case TR_NOT:
        return fold_not(o, ins);
    default:
        return fold_compare(o, ins);
    }
}

tr_ref
tr_opt_fold(struct tr_opt *o, struct tr_ins *ins)
{
    if (ins->op >= TR_ADD && ins->op <= TR_NOT)
        return fold_int(o, ins);
    if (ins->op >= TR_FADD && ins->op <= TR_F2I)
        return tr_opt_fold_flt(o, ins);
    if (ins->op >= TR_IS_INT && ins->op <= TR_PAIR)
        return tr_opt_fold_val(o, ins);
    return FOLD_NO;
}
