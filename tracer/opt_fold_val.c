/* SPDX-License-Identifier: MIT
 * tracer/opt_fold_val.c: folding of value words and addresses: boxing that
 * meets its unboxing, type checks of what was just boxed, identity of objects.
 *
 * An interpreter's handler boxes its result, the next one unboxes it; a trace
 * of both shows the pair side by side. Nearly all that makes a trace faster
 * than the interpreter's handlers in a row is these few rules together with the
 * removal of guards that were passed before.
 *
 * Requirements:
 *   1. UNBOX_X of a value that is no X is harmless but means nothing, so
 *      BOX_X(UNBOX_X v) is v only where v is known to be an X.
 *   2. XEQ compares words. Two floats are the same word exactly if their bits
 *      are equal; so XEQ of floats is not FEQ (0.0 and -0.0, NaN), and it is
 *      not turned into it. For ints and addresses words and contents agree,
 *      because boxing is a bijection on what may be boxed.
 *   3. A new object differs from every address that existed before and from
 *      every constant. What is computed later may be it: tr_opt_alias() knows.
 *   4. BOX_WIDE makes a small int or a new object. Two of them are never said
 *      to be the same word or not; one is no address that was known before.
 *   5. BOX_FLT of a constant NaN that would look like another tag is left for
 *      run time, where the contract of base/nanbox.h rules it out.
 */
#include "config.h"

#include "tracer/opt_state.h"

static tr_ref
rewrite(struct tr_ins *ins, enum tr_op op, tr_ref a, tr_ref b)
{
    ins->op = (uint8_t)op;
    ins->a = a;
    ins->b = b;
    ins->kind = tr_opinfo[op].result;
    return FOLD_AGAIN;
}

static tr_ref
val(struct tr_opt *o, uint64_t bits)
{
    return tr_ir_const(o->ir, TR_VAL, bits);
}

static bool
is_small(int64_t i)
{
    return i >= NB_INT_MIN && i <= NB_INT_MAX;
}

bool
tr_opt_is_wide(const struct tr_opt *o, tr_ref v)
{
    struct tr_ins is = {.op = TR_IS_WIDE, .kind = TR_COND, .a = v};
    tr_ref found;

    if (tr_opt_tags(o, v) == TAG_INT || opt_op(o, v) == TR_BOX_WIDE)
        return true;
    if (tr_is_const(v))
        return o->host->is_wide && o->host->is_wide(opt_bits(o, v));
    found = tr_opt_cse_find(o, is);
    return !tr_is_none(found) && o->info.items[found.n].range.lo == 1;
}

/* IS_INT or IS_PTR of a BOX_WIDE: does the int fit a word? */
static tr_ref
fold_is_small(struct tr_opt *o, struct tr_ins *ins)
{
    struct tr_ins fits = {
        .op = TR_FITS, .field = NB_INT_BITS, .a = opt_ins(o, ins->a)->a};

    if (ins->op == TR_IS_PTR)
        return rewrite(ins, TR_NOT, tr_opt_emit(o, fits), TR_NONE);
    ins->field = NB_INT_BITS;
    return rewrite(ins, TR_FITS, fits.a, TR_NONE);
}

static tr_ref
fold_is_wide(struct tr_opt *o, struct tr_ins *ins)
{
    if (tr_opt_is_wide(o, ins->a))
        return tr_opt_bool(o, true);
    if (tr_is_const(ins->a) || !(tr_opt_tags(o, ins->a) & (TAG_INT | TAG_PTR)))
        return tr_opt_bool(o, false);
    return FOLD_NO;
}

static tr_ref
fold_is(struct tr_opt *o, struct tr_ins *ins)
{
    uint8_t want = ins->op == TR_IS_INT   ? TAG_INT
                   : ins->op == TR_IS_FLT ? TAG_FLT
                                          : TAG_PTR;
    uint8_t tags = tr_opt_tags(o, ins->a);

    if (tags == want)
        return tr_opt_bool(o, true);
    if (!(tags & want))
        return tr_opt_bool(o, false);
    return opt_op(o, ins->a) == TR_BOX_WIDE ? fold_is_small(o, ins) : FOLD_NO;
}

static tr_ref
fold_unbox(struct tr_opt *o, struct tr_ins *ins)
{
    enum tr_op inner = opt_op(o, ins->a);
    uint64_t bits;

    if (tr_is_const(ins->a)) {
        bits = opt_bits(o, ins->a);
        if (ins->op == TR_UNBOX_INT && tr_opt_word_tag(bits) == TAG_INT)
            return tr_opt_int(o, (int64_t)(bits << 14) >> 14);
        if (ins->op == TR_UNBOX_FLT && tr_opt_word_tag(bits) == TAG_FLT)
            return tr_ir_const(o->ir, TR_F64, bits);
        if (ins->op == TR_UNBOX_PTR && tr_opt_word_tag(bits) == TAG_PTR)
            return tr_ir_const(o->ir, TR_PTR, bits - NB_PTR_TAG);
        if (ins->op == TR_UNBOX_WIDE && o->host->unbox_wide &&
            tr_opt_is_wide(o, ins->a))
            return tr_opt_int(o, o->host->unbox_wide(bits));
        return FOLD_NO;
    }
    if (ins->op == TR_UNBOX_WIDE && tr_opt_tags(o, ins->a) == TAG_INT)
        return rewrite(ins, TR_UNBOX_INT, ins->a, TR_NONE);
    if (((ins->op == TR_UNBOX_INT || ins->op == TR_UNBOX_WIDE) &&
         (inner == TR_BOX_INT || inner == TR_BOX_WIDE)) ||
        (ins->op == TR_UNBOX_FLT && inner == TR_BOX_FLT) ||
        (ins->op == TR_UNBOX_PTR && inner == TR_BOX_PTR))
        return opt_ins(o, ins->a)->a;
    return FOLD_NO;
}

static tr_ref
fold_box(struct tr_opt *o, struct tr_ins *ins)
{
    enum tr_op inner = opt_op(o, ins->a);
    uint64_t bits;
    tr_ref v;

    if (tr_is_const(ins->a)) {
        bits = opt_bits(o, ins->a);
        switch (ins->op) {
        case TR_BOX_INT:
            if (!is_small((int64_t)bits))
                return FOLD_NO;
            return val(o, bits | NB_INT_TAG);
        case TR_BOX_WIDE:
            if (is_small((int64_t)bits))
                return val(o, bits | NB_INT_TAG);
            return o->host->box_wide ? val(o, o->host->box_wide((int64_t)bits))
                                     : FOLD_NO;
        case TR_BOX_FLT:
            return bits <= NB_MAX_FLOAT ? val(o, bits) : FOLD_NO;
        case TR_BOX_PTR:
            return bits >> 48 ? FOLD_NO : val(o, bits + NB_PTR_TAG);
        default:
            return val(o, bits ? o->host->true_bits : o->host->false_bits);
        }
    }
    if (ins->op == TR_BOX_WIDE &&
        tr_opt_signed_fits(tr_opt_range(o, ins->a), NB_INT_BITS))
        return rewrite(ins, TR_BOX_INT, ins->a, TR_NONE);
    v = opt_ins(o, ins->a)->a;
    if (ins->op == TR_BOX_WIDE && inner == TR_UNBOX_WIDE &&
        tr_opt_is_wide(o, v))
        return v;
    if ((ins->op == TR_BOX_INT && inner == TR_UNBOX_INT &&
         tr_opt_tags(o, v) == TAG_INT) ||
        (ins->op == TR_BOX_FLT && inner == TR_UNBOX_FLT &&
         tr_opt_tags(o, v) == TAG_FLT) ||
        (ins->op == TR_BOX_PTR && inner == TR_UNBOX_PTR &&
         tr_opt_tags(o, v) == TAG_PTR))
        return v;
    return FOLD_NO;
}

static tr_ref
by_inverse(struct tr_opt *o, const struct tr_ins *ins)
{
    struct tr_ins other = *ins;
    tr_ref found;
    int truth;

    other.op = (uint8_t)tr_opt_inverse(ins->op);
    other.kind = TR_COND;
    found = tr_opt_cse_find(o, other);
    truth = tr_is_none(found) ? -1 : tr_opt_truth(o, found);
    return truth < 0 ? FOLD_NO : tr_opt_bool(o, !truth);
}

/* Constants right, else the older one left. */
static void
turn(struct tr_ins *ins)
{
    tr_ref a = ins->a;

    if (tr_is_const(ins->b) || (!tr_is_const(a) && a.n <= ins->b.n))
        return;
    ins->a = ins->b;
    ins->b = a;
}

static tr_ref
fold_same_word(struct tr_opt *o, struct tr_ins *ins)
{
    bool eq = ins->op == TR_XEQ;
    enum tr_op box, other;
    uint64_t bits;
    tr_ref a, b;

    turn(ins);
    a = ins->a;
    b = ins->b;
    if (tr_same(a, b))
        return tr_opt_bool(o, eq);
    if (tr_is_const(a) || !(tr_opt_tags(o, a) & tr_opt_tags(o, b)))
        return tr_opt_bool(o, !eq);
    box = opt_op(o, a);
    other = opt_op(o, b);
    bits = tr_is_const(b) ? opt_bits(o, b) : 0;
    a = opt_ins(o, a)->a;
    if (box == TR_BOX_INT && other == TR_BOX_INT)
        return rewrite(ins, eq ? TR_EQ : TR_NE, a, opt_ins(o, b)->a);
    if (box == TR_BOX_PTR && other == TR_BOX_PTR)
        return rewrite(ins, eq ? TR_PEQ : TR_PNE, a, opt_ins(o, b)->a);
    if (box == TR_BOX_WIDE && tr_is_const(b) &&
        tr_opt_word_tag(bits) == TAG_PTR)
        return tr_opt_bool(o, !eq);
    if ((box == TR_BOX_INT || box == TR_BOX_WIDE) && tr_is_const(b))
        return rewrite(ins, eq ? TR_EQ : TR_NE, a,
                       tr_opt_int(o, (int64_t)(bits << 14) >> 14));
    if (box == TR_BOX_PTR && tr_is_const(b))
        return rewrite(ins, eq ? TR_PEQ : TR_PNE, a,
                       tr_ir_const(o->ir, TR_PTR, bits - NB_PTR_TAG));
    if (box == TR_BOX_BOOL && tr_is_const(b) &&
        o->host->true_bits != o->host->false_bits) {
        bool is_true = bits == o->host->true_bits;

        if (!is_true && bits != o->host->false_bits)
            return tr_opt_bool(o, !eq);
        return is_true == eq ? a : rewrite(ins, TR_NOT, a, TR_NONE);
    }
    if (box == TR_BOX_BOOL && other == TR_BOX_BOOL &&
        o->host->true_bits != o->host->false_bits)
        return rewrite(ins, eq ? TR_EQ : TR_NE, a, opt_ins(o, b)->a);
    return by_inverse(o, ins);
}

static tr_ref
fold_same_address(struct tr_opt *o, struct tr_ins *ins)
{
    bool eq = ins->op == TR_PEQ;
    int known;

    turn(ins);
    known = tr_opt_alias(o, ins->a, ins->b);
    if (known >= 0)
        return tr_opt_bool(o, known == (int)eq);
    return by_inverse(o, ins);
}

static tr_ref
fold_padd(struct tr_opt *o, struct tr_ins *ins)
{
    const struct tr_ins *x;
    uint64_t k;

    if (!tr_is_const(ins->b))
        return FOLD_NO;
    k = opt_bits(o, ins->b);
    if (k == 0)
        return ins->a;
    if (tr_is_const(ins->a))
        return tr_ir_const(o->ir, TR_PTR, opt_bits(o, ins->a) + k);
    x = opt_ins(o, ins->a);
    if (x->op == TR_PADD && tr_is_const(x->b))
        return rewrite(ins, TR_PADD, x->a,
                       tr_opt_int(o, (int64_t)(opt_bits(o, x->b) + k)));
    return FOLD_NO;
}

static tr_ref
fold_select(struct tr_opt *o, struct tr_ins *ins)
{
    tr_ref a = opt_ins(o, ins->b)->a, b = opt_ins(o, ins->b)->b;

    if (tr_is_const(ins->a))
        return tr_opt_resolve(o, opt_bits(o, ins->a) ? a : b);
    if (tr_same(a, b))
        return tr_opt_resolve(o, a);
    return FOLD_NO;
}

tr_ref
tr_opt_fold_val(struct tr_opt *o, struct tr_ins *ins)
{
    switch (ins->op) {
    case TR_IS_INT:
    case TR_IS_FLT:
    case TR_IS_PTR:
        return fold_is(o, ins);
    case TR_IS_WIDE:
        return fold_is_wide(o, ins);
    case TR_UNBOX_INT:
    case TR_UNBOX_WIDE:
    case TR_UNBOX_FLT:
    case TR_UNBOX_PTR:
        return fold_unbox(o, ins);
    case TR_BOX_INT:
    case TR_BOX_WIDE:
    case TR_BOX_FLT:
    case TR_BOX_PTR:
    case TR_BOX_BOOL:
        return fold_box(o, ins);
    case TR_XEQ:
    case TR_XNE:
        return fold_same_word(o, ins);
    case TR_PEQ:
    case TR_PNE:
        return fold_same_address(o, ins);
    case TR_P2I:
        if (tr_is_const(ins->a))
            return tr_opt_int(o, (int64_t)opt_bits(o, ins->a));
        return FOLD_NO;
    case TR_PADD:
        return fold_padd(o, ins);
    case TR_SELECT:
        return fold_select(o, ins);
    default:
        return FOLD_NO;
    }
}
