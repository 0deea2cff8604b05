/* SPDX-License-Identifier: MIT
 * tracer/opt_survey.c: a look at the recorded pass before its loop is peeled:
 * what the body may write, which values may differ from pass to pass, and what
 * the loop carries, with a first guess of what may be assumed of it.
 *
 * Apart from [writes], [collects] and [calls_any], which must be true where
 * they may be true, all of this is guessing: opt_carry.c checks every
 * assumption that is made of it. A good guess saves a round. So the rules are
 * simple: a value varies if an operand does; a load does also if its field is
 * written in the pass other than in an object that the pass makes; a frame word
 * does if the pass leaves something else in it.
 */
#include "config.h"

#include "tracer/opt_loop.h"

enum { MAX_OBJECTS = 8, MAX_MEM = 48, MAX_FOLLOWED = 48 };

bool
tr_opt_varies(const struct looper *l, tr_ref r)
{
    return !tr_is_const(r) && !tr_is_none(r) && l->varies[r.n];
}

/* -- what may differ between passes -- */

void
tr_opt_call_writes(const struct tr_host *host, const struct tr_call *call,
                   uint8_t *written)
{
    uint32_t effect = call->flags & TR_CALL_EFFECT, f;

    for (f = 0; effect == TR_CALL_ANY && f < host->nfields; f++)
        if (!(host->fields[f].flags & TR_FLD_IMMUTABLE))
            written[f] = 1;
    for (f = 0;
         effect == TR_CALL_WRITES && call->writes && call->writes[f] != 0xFFFF;
         f++)
        written[call->writes[f]] = 1;
}

static void
survey_effects(struct looper *l)
{
    struct tr_opt *o = l->o;
    uint32_t n;

    for (n = 1; n < l->count; n++) {
        const struct tr_ins *ins = &o->ir->ins.items[n];
        const struct tr_call *call;
        uint32_t effect;

        if (ins->op == TR_FSTORE || ins->op == TR_ASTORE) {
            l->writes = true;
            if (opt_op(o, opt_base(o, ins->a)) != TR_NEW)
                l->written[ins->field] = 1;
        }
        if (ins->op == TR_FLOAD)
            l->loaded[ins->field] = 1;
        if (ins->op == TR_NEW || ins->op == TR_BOX_WIDE)
            l->collects = true;
        if (ins->op != TR_CALL)
            continue;
        call = &o->host->calls[ins->field];
        effect = call->flags & TR_CALL_EFFECT;
        if (tr_opt_may_collect(call))
            l->collects = true;
        if (effect >= TR_CALL_WRITES)
            l->writes = true;
        if (effect == TR_CALL_ANY)
            l->calls_any = true;
        tr_opt_call_writes(o->host, call, l->written);
    }
}

static bool
slot_changes(const struct looper *l, int32_t slot)
{
    const struct tr_code_ir *ir = l->o->ir;
    const struct tr_snap *s = &ir->snaps.items[l->end_snap];
    uint32_t lo = s->first, hi = s->first + s->count;

    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;

        if (ir->ents.items[mid].slot < slot)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo == s->first + s->count || ir->ents.items[lo].slot != slot)
        return false;
    return opt_op(l->o, ir->ents.items[lo].ref) != TR_SLOT ||
           (int32_t)opt_ins(l->o, ir->ents.items[lo].ref)->a.n != slot;
}

static void
survey_values(struct looper *l)
{
    const struct tr_opt *o = l->o;
    uint32_t n;

    for (n = 1; n < l->count; n++) {
        const struct tr_ins *ins = &o->ir->ins.items[n];
        const struct tr_opinfo *info = &tr_opinfo[ins->op];
        bool v = false;

        if (info->a == TR_OPND_REF && !tr_is_const(ins->a))
            v = v || l->varies[ins->a.n];
        if (info->b == TR_OPND_REF && !tr_is_const(ins->b))
            v = v || l->varies[ins->b.n];
        if (ins->op == TR_SLOT)
            v = slot_changes(l, (int32_t)ins->a.n);
        else if (ins->op == TR_CALL)
            v = v || (o->host->calls[ins->field].flags & TR_CALL_EFFECT);
        else if (ins->op == TR_NEW)
            v = true;
        else if (info->effect == TR_LOAD)
            v = v || l->written[ins->field] ||
                (o->host->fields[ins->field].flags & TR_FLD_VOLATILE);
        l->varies[n] = v;
    }
}

/* -- what is carried -- */

static void
find_objects(struct looper *l)
{
    struct tr_opt *o = l->o;
    uint32_t i, j, objects = 0;

    for (i = 0; i < l->nslots; i++) {
        struct carry *c = &l->carries.items[i];
        tr_ref object = tr_opt_object_of(o, c->start);
        uint32_t before = l->carries.len;

        if (tr_is_none(object) || c->mode == CARRY_OBJECT)
            continue;
        if (o->info.items[object.n].escape != ESC_NONE ||
            !tr_is_const(opt_ins(o, object)->b) || objects >= MAX_OBJECTS ||
            !o->params->opt_sink || !tr_opt_only_holders_know(l, object, false))
            continue;
        if (!tr_opt_match_fields(l, i, object, object.n, l->count, true)) {
            l->carries.len = before;
            continue;
        }
        objects++;
        for (j = i; j < l->nslots; j++)
            if (tr_same(tr_opt_object_of(o, l->carries.items[j].start), object))
                l->carries.items[j].mode = CARRY_OBJECT;
    }
}

static void
find_memory(struct looper *l)
{
    struct tr_opt *o = l->o;
    uint32_t f, i, phis = 0;

    for (f = 0; f < o->host->nfields; f++) {
        struct opt_field *field = &o->mem.fields[f];

        for (i = 0; i < field->known.len; i++) {
            struct opt_known *k = &field->known.items[i];
            struct carry c = {.class = CARRY_MEM, .field = f, .loc = k->loc};

            c.start = tr_opt_resolve(o, k->value);
            if (opt_op(o, opt_base(o, k->loc)) == TR_NEW)
                continue;
            c.mode = CARRY_SAME;
            if (l->written[f] && tr_opt_varies(l, c.start)) {
                if (tr_opt_varies(l, k->loc) || phis++ >= MAX_MEM)
                    continue;
                c.mode = CARRY_RAW;
            }
            nac_vec_push(&l->carries, c);
        }
    }
}

/* The address that a carried pointer has at the end of the pre-roll. */
static tr_ref
address_of(const struct tr_opt *o, tr_ref r)
{
    struct tr_ins ins = {.op = TR_UNBOX_PTR, .kind = TR_PTR, .a = r};

    if (tr_is_const(r) || tr_ir_kind(o->ir, r) == TR_PTR)
        return r;
    if (opt_op(o, r) == TR_BOX_PTR)
        return opt_ins(o, r)->a;
    return tr_opt_tags(o, r) == TAG_PTR ? tr_opt_cse_find(o, ins) : TR_NONE;
}

static void
follow(struct looper *l, uint32_t owner, uint32_t field, tr_ref address,
       tr_ref value)
{
    struct carry c = {.class = CARRY_FOLLOW, .owner = owner, .field = field};

    c.loc = address;
    c.start = tr_opt_resolve(l->o, value);
    c.mode = tr_opt_varies(l, c.start) ? CARRY_RAW : CARRY_SAME;
    nac_vec_push(&l->carries, c);
}

/* What is known of objects whose pointers are carried: their type, say. */
static void
find_followed(struct looper *l)
{
    struct tr_opt *o = l->o;
    uint32_t i, j, f, first = l->carries.len;

    for (i = 0; i < first; i++) {
        struct carry *c = &l->carries.items[i];
        tr_ref address;

        if (c->mode != CARRY_RAW || c->class == CARRY_FIELD)
            continue;
        address = address_of(o, c->start);
        for (j = first; j < l->carries.len; j++)
            if (tr_same(l->carries.items[j].loc, address))
                break;
        if (tr_is_const(address) || tr_is_none(address) || j < l->carries.len)
            continue;
        for (f = 1; f < o->host->nfields; f++) {
            tr_ref value;

            if (!l->loaded[f] || l->carries.len - first >= MAX_FOLLOWED)
                continue;
            value = tr_opt_mem_lookup(o, f, address, false);
            if (tr_is_none(value) && !o->host->fields[f].stride &&
                !(o->host->fields[f].flags & TR_FLD_VOLATILE))
                value = tr_opt_mem_initial(o, f, address);
            if (!tr_is_none(value))
                follow(l, i, f, address, value);
        }
    }
}

static void
find_carries(struct looper *l)
{
    struct tr_opt *o = l->o;
    const struct tr_snap *s = &o->ir->snaps.items[l->end_snap];
    uint32_t i;

    for (i = s->first; i < s->first + s->count; i++) {
        struct tr_snapent e = o->ir->ents.items[i];
        struct carry c = {.class = CARRY_SLOT, .slot = e.slot};

        c.source = e.ref;
        c.start = tr_opt_resolve(o, e.ref);
        if (opt_op(o, c.start) == TR_SLOT &&
            (int32_t)opt_ins(o, c.start)->a.n == e.slot)
            continue;
        c.mode = tr_opt_varies(l, c.start) ? CARRY_RAW : CARRY_SAME;
        nac_vec_push(&l->carries, c);
    }
    l->nslots = l->carries.len;
    find_objects(l);
    find_memory(l);
    find_followed(l);
}

void
tr_opt_survey(struct looper *l)
{
    survey_effects(l);
    survey_values(l);
    find_carries(l);
}
