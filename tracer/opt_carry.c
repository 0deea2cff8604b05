/* SPDX-License-Identifier: MIT
 * tracer/opt_carry.c: what a loop carries from one pass to the next, and the
 * assumptions about it under which opt_loop.c optimises the body.
 *
 * State that lives across the back edge is frame words, memory, and objects
 * that only frame words know. For each piece there is a struct carry with an
 * assumption about its value at the head of the body:
 *
 *   SAME     the value that the pre-roll left there
 *   OBJECT   an object of one shape (size, class, first word, set of written
 *            locations) that this word alone knows
 *   RAW      a PHI of the unboxed value, all of one kind; ints as small ones
 *            or (BOX_WIDE), where that does not hold, as int64
 *   VALUE    a PHI of the value word
 *   NOTHING  (memory) whatever is there
 *
 * They are checked at the end of the body: SAME if the body leaves the same
 * value there, RAW if it leaves one of that kind, and so on. This is induction
 * over passes: the assumptions hold when the body is entered from the
 * pre-roll, by inspection of its state; and if they hold at the head of one
 * pass they hold at the head of the next, because that is what was checked.
 * One that fails is replaced by a weaker one and the body is emitted anew, so
 * a wrong guess costs time, never correctness. The guesses come from a look at
 * what the pre-roll's instructions depend on.
 *
 * OBJECT is how loop-carried objects (an iterator made anew in each pass, a
 * vector that is replaced by a sum) are kept out of memory. Since nobody but
 * frame words knows the object, nobody can tell if it is copied. So the head of
 * the body makes a new object and stores PHIs of the fields into it; frame
 * words that held the old one hold the new one. The NEW at the end of the body
 * is then used by nothing but stores, and so is the one at the head unless it
 * escapes later in the body: opt_sink.c removes both.
 *
 * Requirements:
 *   1. Carries whose raw value at the end of the pre-roll is the same reference
 *      share a PHI; that their values are still equal after the body is
 *      one more assumption (alone: it failed).
 *   2. An assumption about memory that nothing was made of need not hold.
 *   3. Two carried objects are two objects at the end of the body as well, and
 *      no other frame word knows either.
 */
#include "config.h"

#include "tracer/opt_loop.h"

struct carry *
tr_opt_carry_slot(const struct looper *l, int32_t slot)
{
    uint32_t lo = 0, hi = l->nslots;

    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;

        if (l->carries.items[mid].slot < slot)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < l->nslots && l->carries.items[lo].slot == slot
               ? &l->carries.items[lo]
               : NULL;
}

/* What the slot holds at the end of the body. */
static tr_ref
end_of(const struct looper *l, const struct carry *c)
{
    return tr_is_const(c->source) ? c->source : l->became[c->source.n];
}

/* -- carried objects -- */

/* The NEW that a word holds, boxed or not, or none. */
tr_ref
tr_opt_object_of(const struct tr_opt *o, tr_ref r)
{
    if (opt_op(o, r) == TR_BOX_PTR)
        r = opt_ins(o, r)->a;
    return opt_op(o, r) == TR_NEW ? r : TR_NONE;
}

/* Does no slot but plain holders know the object? [end] is 0: at the end of
 * the pre-roll, by start; 1: at the end of the body, by copies. */
bool
tr_opt_only_holders_know(const struct looper *l, tr_ref object, bool end)
{
    const struct tr_opt *o = l->o;
    uint32_t i;

    for (i = 0; i < l->nslots; i++) {
        const struct carry *c = &l->carries.items[i];
        tr_ref r = end ? end_of(l, c) : c->source;

        if (tr_same(tr_opt_strip(o, r), object) &&
            !tr_same(tr_opt_object_of(o, r), object))
            return false;
    }
    return true;
}

static bool
same_location(const struct tr_opt *o, tr_ref x, tr_ref y)
{
    if (opt_op(o, x) != TR_AREF || opt_op(o, y) != TR_AREF)
        return opt_op(o, x) != TR_AREF && opt_op(o, y) != TR_AREF;
    return tr_same(opt_ins(o, x)->b, opt_ins(o, y)->b);
}

/* Is each location of the object that [from, to) stores to one of the
 * owner's fields? With [add], makes it one. */
bool
tr_opt_match_fields(struct looper *l, uint32_t owner, tr_ref object,
                    uint32_t from, uint32_t to, bool add)
{
    struct tr_opt *o = l->o;
    uint32_t n, i, first = l->carries.len;

    for (n = from; n < to; n++) {
        struct tr_ins ins = o->ir->ins.items[n];
        struct carry c = {.class = CARRY_FIELD, .owner = owner};

        if ((ins.op != TR_FSTORE && ins.op != TR_ASTORE) ||
            !tr_same(opt_base(o, ins.a), object))
            continue;
        if (opt_op(o, ins.a) == TR_AREF && !tr_is_const(opt_ins(o, ins.a)->b))
            return false;
        for (i = l->nslots; i < l->carries.len; i++) {
            const struct carry *f = &l->carries.items[i];

            if (f->class == CARRY_FIELD && f->owner == owner &&
                f->field == ins.field && same_location(o, f->loc, ins.a))
                break;
        }
        if (i < l->carries.len)
            continue;
        c.start = tr_opt_mem_lookup(o, ins.field, ins.a, false);
        if (!add || tr_is_none(c.start))
            return false;
        c.start = tr_opt_resolve(o, c.start);
        c.field = ins.field;
        c.loc = ins.a;
        c.mode = tr_opt_varies(l, c.start) ? CARRY_RAW : CARRY_SAME;
        if (l->carries.len - first >= 16)
            return false;
        nac_vec_push(&l->carries, c);
    }
    return true;
}

void
tr_opt_carry_weaken(struct looper *l)
{
    uint32_t i;

    for (i = 0; i < l->carries.len; i++) {
        struct carry *c = &l->carries.items[i];

        c->alone = c->tried = true;
        c->mode = c->class == CARRY_SLOT ? CARRY_VALUE : CARRY_NOTHING;
    }
}

/* -- raw values -- */

static uint8_t
box_of_tags(uint8_t tags)
{
    switch (tags) {
    case TAG_INT:
        return TR_BOX_INT;
    case TAG_FLT:
        return TR_BOX_FLT;
    case TAG_PTR:
        return TR_BOX_PTR;
    default:
        return 0;
    }
}

/* How [r] is boxed, 0: not, or not known. */
static uint8_t
box_of(const struct tr_opt *o, tr_ref r)
{
    uint8_t box;

    if (tr_ir_kind(o->ir, r) != TR_VAL)
        return 0;
    box = box_of_tags(tr_opt_tags(o, r));
    return (box == 0 || box == TR_BOX_PTR) && tr_opt_is_wide(o, r) ? TR_BOX_WIDE
                                                                   : box;
}

/* The raw value; emits its unboxing where need be. */
static tr_ref
unbox(struct tr_opt *o, tr_ref r, uint8_t box)
{
    switch (box) {
    case TR_BOX_INT:
        return tr_opt_emit1(o, TR_UNBOX_INT, r);
    case TR_BOX_WIDE:
        return tr_opt_emit1(o, TR_UNBOX_WIDE, r);
    case TR_BOX_FLT:
        return tr_opt_emit1(o, TR_UNBOX_FLT, r);
    case TR_BOX_PTR:
        return tr_opt_emit1(o, TR_UNBOX_PTR, r);
    default:
        return r;
    }
}

static uint8_t
phi_kind(const struct tr_opt *o, tr_ref r)
{
    uint8_t kind = (uint8_t)tr_ir_kind(o->ir, r);

    return kind == TR_COND ? TR_I64 : kind;
}

/* -- the head of the body -- */

/* The first carry that may share a PHI with carry [n]. */
static uint32_t
find_leader(const struct looper *l, uint32_t n)
{
    const struct carry *c = &l->carries.items[n];
    uint32_t i;

    if (c->alone || tr_is_const(c->raw))
        return n;
    for (i = 0; i < n; i++) {
        const struct carry *d = &l->carries.items[i];

        if (d->mode == c->mode && !d->alone && d->leader == i &&
            d->kind == c->kind && tr_same(d->raw, c->raw))
            return i;
    }
    return n;
}

static void
place_phis(struct looper *l)
{
    struct tr_opt *o = l->o;
    uint32_t i;

    for (i = 0; i < l->carries.len; i++) {
        struct carry *c = &l->carries.items[i];

        c->box = 0;
        c->leader = i;
        c->raw = c->now = c->start;
        c->end = c->phi = TR_NONE;
        if (c->mode == CARRY_OBJECT) {
            c->box = box_of(o, c->start);
            c->raw = tr_opt_object_of(o, c->start);
        } else if (c->mode == CARRY_RAW) {
            c->box = box_of(o, c->start);
            if (c->wide && c->box == TR_BOX_INT)
                c->box = TR_BOX_WIDE;
            c->raw = unbox(o, c->start, c->box);
        }
        c->kind = phi_kind(o, c->raw);
    }
    o->loop = tr_opt_append(o, (struct tr_ins){.op = TR_LOOP}).n;
    for (i = 0; i < l->carries.len; i++) {
        struct carry *c = &l->carries.items[i];

        if (c->mode != CARRY_RAW && c->mode != CARRY_VALUE &&
            c->mode != CARRY_OBJECT)
            continue;
        c->leader = find_leader(l, i);
        if (c->leader != i || c->mode == CARRY_OBJECT)
            continue;
        c->phi = tr_opt_append(
            o, (struct tr_ins){
                   .op = TR_PHI, .kind = c->kind, .a = c->raw, .b = c->raw});
    }
}

/* Both inputs of the PHI have the range of this carry's field or box. */
static void
bound_phi(struct looper *l, const struct carry *c, tr_ref phi)
{
    struct tr_opt *o = l->o;
    struct tr_range *r = &o->info.items[phi.n].range, limit;
    struct opt_info info;
    struct tr_ins ins = {.op = TR_FLOAD, .kind = TR_I64};

    if (c->kind != TR_I64 || !o->params->opt_range)
        return;
    limit = (struct tr_range){NB_INT_MIN, NB_INT_MAX};
    if (c->box != TR_BOX_INT) {
        if (c->class == CARRY_SLOT)
            return;
        ins.field = (uint16_t)c->field;
        tr_opt_describe(o, &ins, &info);
        limit = info.range;
    }
    if (limit.lo > r->lo)
        r->lo = limit.lo;
    if (limit.hi < r->hi)
        r->hi = limit.hi;
}

static void
place_object(struct looper *l, uint32_t owner)
{
    struct tr_opt *o = l->o;
    struct tr_ins new = *opt_ins(o, l->carries.items[owner].raw);
    tr_ref object = tr_opt_emit(o, new);
    uint32_t i;

    l->carries.items[owner].phi = object;
    for (i = l->nslots; i < l->carries.len; i++) {
        struct carry *c = &l->carries.items[i];
        struct tr_ins store = {.op = TR_FSTORE, .field = (uint16_t)c->field};

        if (c->class != CARRY_FIELD || c->owner != owner)
            continue;
        store.a = object;
        store.b = c->now;
        if (opt_op(o, c->loc) == TR_AREF) {
            struct tr_ins aref = *opt_ins(o, c->loc);

            aref.a = object;
            store.op = TR_ASTORE;
            store.a = tr_opt_emit(o, aref);
        }
        tr_opt_emit(o, store);
    }
}

/* What is known of memory at the head of the body. */
static void
place_memory(struct looper *l)
{
    struct tr_opt *o = l->o;
    uint32_t i;

    for (i = 0; i < o->host->nfields; i++) {
        o->mem.fields[i].known.len = 0;
        o->mem.fields[i].last_read = o->loop;
    }
    o->mem.held.len = 0;
    o->mem.last_exit = o->loop;
    /* Facts change while other code runs: the pre-roll's VALID holds on. */
    o->mem.last_valid = l->calls_any ? 0 : o->loop;
    if (l->writes)
        o->mem.last_write = o->loop;
    if (l->collects)
        o->mem.last_collect = o->loop;
    for (i = 1; i < l->count; i++)
        if (o->ir->ins.items[i].op == TR_NEW)
            tr_opt_info(o, (tr_ref){i})->escape = ESC_FULL;
    o->assumed.len = 0;
    nac_vec_push(&o->assumed, 0);
    for (i = l->nslots; i < l->carries.len; i++) {
        struct carry *c = &l->carries.items[i];

        tr_ref loc = c->loc;

        c->assumption = 0;
        if (c->class == CARRY_FOLLOW) {
            const struct carry *owner = &l->carries.items[c->owner];

            if (owner->mode != CARRY_RAW || owner->kind != TR_PTR)
                c->mode = CARRY_NOTHING;
            loc = l->carries.items[owner->leader].phi;
        }
        if (c->class == CARRY_FIELD || c->mode == CARRY_NOTHING)
            continue;
        c->assumption = o->assumed.len;
        nac_vec_push(&o->assumed, 0);
        tr_opt_mem_know(o, c->field, loc, c->now, 0, c->assumption);
    }
}

void
tr_opt_carry_place(struct looper *l)
{
    struct tr_opt *o = l->o;
    uint32_t i;

    place_phis(l);
    for (i = 0; i < l->carries.len; i++) {
        struct carry *c = &l->carries.items[i];
        tr_ref phi = l->carries.items[c->leader].phi;

        if (c->mode != CARRY_RAW && c->mode != CARRY_VALUE)
            continue;
        bound_phi(l, c, phi);
        c->now = c->box ? tr_opt_emit1(o, c->box, phi) : phi;
    }
    place_memory(l);
    for (i = 0; i < l->nslots; i++) {
        struct carry *c = &l->carries.items[i];

        if (c->mode != CARRY_OBJECT)
            continue;
        if (c->leader == i)
            place_object(l, i);
        c->now = l->carries.items[c->leader].phi;
        if (c->box)
            c->now = tr_opt_emit1(o, TR_BOX_PTR, c->now);
    }
}

/* -- the end of the body -- */

static void
weaken(struct looper *l, struct carry *c, enum carry_mode mode)
{
    c->mode = mode;
    c->tried = true;
    l->again = true;
}

/* Where nothing more is known of the end value than that it is one. */
static enum carry_mode
next_mode(const struct carry *c)
{
    return c->class == CARRY_MEM || c->class == CARRY_FOLLOW ? CARRY_NOTHING
                                                             : CARRY_VALUE;
}

static void
check_phi(struct looper *l, struct carry *c, tr_ref end)
{
    struct tr_opt *o = l->o;
    struct carry *leader = &l->carries.items[c->leader];
    tr_ref raw = end;

    if (c->box) {
        uint8_t box = box_of(o, end);

        if (c->box == TR_BOX_INT && box == TR_BOX_WIDE) {
            c->wide = l->again = true;
            return;
        }
        if (box != c->box && (c->box != TR_BOX_WIDE || box != TR_BOX_INT)) {
            weaken(l, c, next_mode(c));
            return;
        }
        raw = unbox(o, end, c->box);
    }
    if (phi_kind(o, raw) != c->kind) {
        if (c->mode == CARRY_VALUE)
            l->hopeless = true;
        weaken(l, c, next_mode(c));
        return;
    }
    if (!c->tried && (tr_same(raw, leader->phi) || tr_same(raw, c->raw))) {
        c->mode = CARRY_SAME;
        l->again = true;
        return;
    }
    if (tr_is_none(leader->end)) {
        leader->end = raw;
    } else if (!tr_same(leader->end, raw)) {
        c->alone = true;
        l->again = true;
    }
}

static void
check(struct looper *l, struct carry *c, tr_ref end)
{
    if (c->mode == CARRY_SAME) {
        if (!tr_same(end, c->start))
            weaken(l, c, CARRY_RAW);
    } else if (c->mode == CARRY_RAW || c->mode == CARRY_VALUE) {
        check_phi(l, c, end);
    }
}

/* A location: [end] is none where nothing is known of it any more. */
static void
check_memory(struct looper *l, struct carry *c)
{
    struct tr_opt *o = l->o;
    bool used = c->assumption && o->assumed.items[c->assumption];
    tr_ref loc = c->loc, end;

    if (c->mode == CARRY_NOTHING || !used)
        return;
    if (c->class == CARRY_FOLLOW) {
        loc = l->carries.items[l->carries.items[c->owner].leader].end;
        if (tr_is_none(loc)) { /* the owner's own assumption failed */
            weaken(l, c, CARRY_NOTHING);
            return;
        }
    }
    end = tr_opt_mem_lookup(o, c->field, loc, false);
    if (tr_is_none(end) && c->class == CARRY_FOLLOW)
        end = tr_opt_mem_initial(o, c->field, loc);
    if (tr_is_none(end))
        weaken(l, c, CARRY_NOTHING);
    else
        check(l, c, tr_opt_resolve(o, end));
}

static bool
same_shape(const struct looper *l, const struct carry *c, tr_ref object)
{
    const struct tr_opt *o = l->o;
    const struct tr_ins *old = opt_ins(o, c->raw), *new;
    uint32_t i;

    if (tr_is_none(object) || object.n < o->loop ||
        o->info.items[object.n].escape != ESC_NONE)
        return false;
    new = opt_ins(o, object);
    if (new->a.n != old->a.n || new->field != old->field ||
        !tr_same(new->b, old->b) || !tr_opt_only_holders_know(l, object, true))
        return false;
    /* Whoever knows it must hold the same carried object, and all of those
     * that did must still. */
    for (i = 0; i < l->nslots; i++) {
        const struct carry *d = &l->carries.items[i];
        bool holds = tr_same(tr_opt_object_of(o, end_of(l, d)), object);
        bool mine = d->mode == CARRY_OBJECT && tr_same(d->raw, c->raw);

        if (holds != mine)
            return false;
    }
    return true;
}

static void
give_up_object(struct looper *l, uint32_t owner)
{
    tr_ref raw = l->carries.items[owner].raw;
    uint32_t i;

    for (i = 0; i < l->carries.len; i++) {
        struct carry *c = &l->carries.items[i];

        if (c->class == CARRY_FIELD && c->owner == owner)
            c->mode = CARRY_NOTHING;
        else if (c->mode == CARRY_OBJECT && tr_same(c->raw, raw))
            weaken(l, c, CARRY_RAW);
    }
}

static void
check_object(struct looper *l, uint32_t owner)
{
    struct tr_opt *o = l->o;
    struct carry *c = &l->carries.items[owner];
    tr_ref object = tr_opt_object_of(o, end_of(l, c));
    uint32_t i;

    if (!same_shape(l, c, object) ||
        !tr_opt_match_fields(l, owner, object, object.n, o->ir->ins.len,
                             false)) {
        give_up_object(l, owner);
        return;
    }
    for (i = l->nslots; i < l->carries.len; i++) {
        struct carry *f = &l->carries.items[i];
        tr_ref loc = object, end;

        if (f->class != CARRY_FIELD || f->owner != owner)
            continue;
        if (opt_op(o, f->loc) == TR_AREF) {
            struct tr_ins aref = *opt_ins(o, f->loc);

            aref.a = object;
            loc = tr_opt_emit(o, aref);
        }
        end = tr_opt_mem_lookup(o, f->field, loc, false);
        if (tr_is_none(end))
            end = tr_opt_mem_initial(o, f->field, loc);
        if (tr_is_none(end)) {
            give_up_object(l, owner);
            return;
        }
        check(l, f, tr_opt_resolve(o, end));
    }
}

void
tr_opt_carry_check(struct looper *l)
{
    struct tr_opt *o = l->o;
    uint32_t i;

    for (i = 0; i < l->nslots; i++) {
        struct carry *c = &l->carries.items[i];

        if (c->mode != CARRY_OBJECT)
            check(l, c, tr_opt_resolve(o, end_of(l, c)));
    }
    for (i = 0; i < l->nslots; i++)
        if (l->carries.items[i].mode == CARRY_OBJECT &&
            l->carries.items[i].leader == i)
            check_object(l, i);
    for (i = l->nslots; i < l->carries.len; i++)
        if (l->carries.items[i].class != CARRY_FIELD)
            check_memory(l, &l->carries.items[i]);
    if (l->again)
        return;
    for (i = 0; i < l->carries.len; i++) {
        struct carry *c = &l->carries.items[i];

        if (c->leader == i && !tr_is_none(c->end))
            o->ir->ins.items[c->phi.n].b = c->end;
    }
}
