/* SPDX-License-Identifier: MIT
 * tracer/opt_head.c: what a peeled loop relies on at its head, written down for
 * bridges. A bridge from the loop's body that comes back to the loop's start
 * would have to run the pre-roll again: box its values, check every type, load
 * every field. Once root and bridge are one method it can go to the head of
 * the body instead, if it leaves the state that opt_carry.c assumed there.
 * Called by opt_loop.c when a loop is done; join.c emits a bridge's side.
 *
 * HEAD's snapshot holds three words for each carried thing: its value (a PHI,
 * or what it is in every pass), and of a location the object and the index. It
 * keeps them alive; as no code of the loop uses them for HEAD's sake, they
 * cost nothing until a bridge does.
 *
 * Only assumptions that something was made of are told. Carried objects
 * (CARRY_OBJECT) exist in no word, so loops with those are not joined.
 */
#include "config.h"

#include "tracer/opt_loop.h"

struct head {
    struct looper *l;
    NAC_VEC(struct tr_carried) items;
    NAC_VEC(struct tr_snapent) words;
    uint32_t *item_of; /* carry -> its item + 1 */
};

static void
word(struct head *h, tr_ref r)
{
    struct tr_snapent e = {(int32_t)h->words.len, r};

    nac_vec_push(&h->words, e);
}

/* The value that every pass finds there, unboxed. An object that the pre-roll
 * made may be none by now. */
static bool
same_value(struct head *h, struct tr_carried *item, tr_ref value)
{
    const struct tr_opt *o = h->l->o;
    enum tr_op op = opt_op(o, value);

    if (op == TR_BOX_BOOL)
        return false;
    if (tr_op_boxes(op)) {
        item->box = (uint8_t)op;
        value = opt_ins(o, value)->a;
    }
    if (opt_op(o, tr_opt_strip(o, value)) == TR_NEW)
        return false;
    item->kind = (uint8_t)tr_ir_kind(o->ir, value);
    word(h, value);
    return true;
}

static bool
value_of(struct head *h, const struct carry *c, struct tr_carried *item)
{
    item->same = c->mode == CARRY_SAME;
    if (item->same)
        return same_value(h, item, c->start);
    item->box = c->box;
    item->kind = c->kind;
    word(h, h->l->carries.items[c->leader].phi);
    return true;
}

static bool
location_of(struct head *h, const struct carry *c, struct tr_carried *item)
{
    const struct tr_opt *o = h->l->o;
    tr_ref base = opt_base(o, c->loc), index = TR_NONE;

    item->field = (uint16_t)c->field;
    if (c->class == CARRY_FOLLOW) {
        item->class = TR_CARRIED_FOLLOW;
        item->owner = h->item_of[c->owner];
        word(h, TR_NONE);
        word(h, TR_NONE);
        return item->owner-- != 0 && opt_op(o, c->loc) != TR_AREF;
    }
    item->class = TR_CARRIED_MEM;
    if (opt_op(o, c->loc) == TR_AREF)
        index = opt_ins(o, c->loc)->b;
    word(h, base);
    word(h, index);
    return opt_op(o, base) != TR_NEW;
}

static bool
add(struct head *h, uint32_t n)
{
    const struct carry *c = &h->l->carries.items[n];
    struct tr_carried item = {.class = TR_CARRIED_SLOT, .slot = c->slot};

    if (c->class == CARRY_FIELD || c->mode == CARRY_OBJECT)
        return false;
    if (c->mode == CARRY_NOTHING ||
        (c->class != CARRY_SLOT && !h->l->o->assumed.items[c->assumption]))
        return true;
    if (!value_of(h, c, &item))
        return false;
    if (c->class != CARRY_SLOT) {
        if (!location_of(h, c, &item))
            return false;
    } else {
        word(h, TR_NONE);
        word(h, TR_NONE);
    }
    nac_vec_push(&h->items, item);
    h->item_of[n] = h->items.len;
    return true;
}

void
tr_opt_make_head(struct looper *l)
{
    struct tr_opt *o = l->o;
    struct head h = {.l = l};
    struct tr_snap s = {.first = o->ir->ents.len};
    bool told = true;
    uint32_t i;

    h.item_of = nac_calloc(l->carries.len + 1, sizeof *h.item_of);
    for (i = 0; i < l->carries.len && told; i++)
        told = add(&h, i);
    if (told) {
        s.count = h.words.len;
        for (i = 0; i < h.words.len; i++)
            nac_vec_push(&o->ir->ents, h.words.items[i]);
        nac_vec_push(&o->ir->snaps, s);
        o->head =
            (struct tr_head){o->ir->snaps.len - 1, h.items.len, h.items.items};
        tr_opt_append(o, (struct tr_ins){.op = TR_HEAD, .b = {o->head.snap}});
    } else {
        nac_vec_free(&h.items);
    }
    nac_vec_free(&h.words);
    free(h.item_of);
}
