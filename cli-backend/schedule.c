/* SPDX-License-Identifier: MIT
 * cli-backend/schedule.c: decides for every instruction of a trace where its
 * code stands and whether its value needs a local variable. Called by
 * cli_select() before code is emitted.
 *
 * Hosts keep ints in registers across branches but floats only within a basic
 * block (Mono has no callee-saved float register), and every guard ends a
 * block. So a pure instruction with one user is not computed where it stands
 * but at its user, as part of an expression tree on the evaluation stack: a
 * chain of float operations with guards between them becomes one tree below
 * the last guard, and what only an exit needs is computed in the exit's stub.
 *
 *   1. PURE instructions move freely down to their user, but never into the
 * loop (they would be computed again and again).
 *   2. Loads move down as far as no instruction on the way may write the
 *      field; never past LOOP, never into a LINK (which writes frame words).
 *   3. SLOT and ARG read what memory held at entry: at their user while no
 *      frame word can have changed, else at the method's beginning.
 *   4. BOX_FLT costs nothing where its word goes to memory: the float is
 * stored. UNBOX_FLT of a word that came from memory reads it again as a float.
 *   5. A float that one instruction uses and stubs save is computed again in
 * the stubs: then it need not outlive its basic block.
 *   6. IS_WIDE, UNBOX_WIDE and BOX_WIDE have branches and call the host; the
 *      last may collect garbage and stays where it is.
 *   7. Everything else has a local, which is written once (PHIs: twice).
 */
#include "config.h"

#include "cli-backend/select.h"

#include "base/mem.h"

enum {
    MAX_HEIGHT = 24,    /* of expression trees: bounds stack and recursion */
    MAX_DISTANCE = 400, /* instructions that a load is moved over */
    MAX_CHAIN = 8,      /* pure instructions that a stub computes again */
    MAX_STUBS = 6       /* stubs that compute the same again */
};

static const struct tr_ins *
ins_of(const struct cli_part *p, tr_ref r)
{
    return tr_is_const(r) || tr_is_none(r) ? NULL : tr_ir_ins(&p->trace->ir, r);
}

tr_ref
cli_float_inside(const struct cli_part *p, tr_ref r)
{
    const struct tr_ins *ins = ins_of(p, r);

    return ins && ins->op == TR_BOX_FLT ? ins->a : TR_NONE;
}

bool
cli_word_unchanged(const struct cli_part *p, const struct tr_snapent *e)
{
    const struct tr_ins *ins = ins_of(p, e->ref);

    return ins && ins->op == TR_SLOT && (int32_t)ins->a.n == e->slot;
}

/* -- what may change memory -- */

static bool
on_frame(const struct cli_part *p, tr_ref address)
{
    const struct tr_ins *ins = ins_of(p, address);

    while (ins && (ins->op == TR_AREF || ins->op == TR_PADD))
        ins = ins_of(p, ins->a);
    return ins && ins->op == TR_BASE;
}

static bool
call_writes(const struct tr_call *call, uint16_t field)
{
    switch (call->flags & TR_CALL_EFFECT) {
    case TR_CALL_PURE:
    case TR_CALL_READS:
        return false;
    case TR_CALL_WRITES:
        for (const uint16_t *w = call->writes; w && *w != 0xFFFF; w++) {
            if (*w == field)
                return true;
        }
        return false;
    default:
        return true;
    }
}

static bool
writes_field(const struct cli_sel *s, const struct cli_part *p, uint32_t i,
             uint16_t field)
{
    const struct tr_ins *ins = &p->trace->ir.ins.items[i];

    switch (ins->op) {
    case TR_LOOP:
        return true;
    case TR_FSTORE:
    case TR_ASTORE:
        return ins->field == field;
    case TR_CALL:
        return call_writes(&s->host->calls[ins->field], field);
    default:
        return false;
    }
}

/* May the load at [from] be made at [to] instead? */
static bool
may_delay_load(const struct cli_sel *s, const struct cli_part *p, uint32_t from,
               uint32_t to)
{
    uint16_t field = p->trace->ir.ins.items[from].field;

    if (to - from > MAX_DISTANCE ||
        (s->host->fields[field].flags & TR_FLD_VOLATILE))
        return false;
    for (uint32_t i = from + 1; i < to; i++) {
        if (p->nodes[i].place != CLI_DEAD && writes_field(s, p, i, field))
            return false;
    }
    return true;
}

/* Does it write words of the entry frame while it reads others? */
static bool
writes_frame(const struct cli_part *p, uint32_t i)
{
    int op = p->trace->ir.ins.items[i].op;

    return op == TR_LINK || op == TR_JOINED;
}

/* May a SLOT or ARG be read at [to]? */
static bool
may_delay_entry(const struct cli_part *p, uint32_t to)
{
    return (!p->loop || to <= p->loop) && p->frame_stores[to] == 0;
}

static void
count_frame_stores(const struct cli_sel *s, struct cli_part *p)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < p->count; i++) {
        const struct tr_ins *ins = &p->trace->ir.ins.items[i];

        p->frame_stores[i] = n;
        if (p->nodes[i].place == CLI_DEAD)
            continue;
        if ((ins->op == TR_FSTORE || ins->op == TR_ASTORE) &&
            on_frame(p, ins->a))
            n++;
        else if (ins->op == TR_CALL && (s->host->calls[ins->field].flags &
                                        TR_CALL_EFFECT) >= TR_CALL_WRITES)
            n++;
    }
}

/* How many pure instructions each one's value goes through at most. */
static void
count_chains(struct cli_part *p)
{
    for (uint32_t i = 1; i < p->count; i++) {
        const struct tr_ins *ins = &p->trace->ir.ins.items[i];
        const struct tr_opinfo *info = &tr_opinfo[ins->op];
        uint32_t n = 0;

        if (info->effect != TR_PURE || ins->op == TR_SLOT || ins->op == TR_ARG)
            continue;
        if (info->a == TR_OPND_REF && ins_of(p, ins->a))
            n = p->nodes[ins->a.n].chain;
        if (info->b == TR_OPND_REF && ins_of(p, ins->b) &&
            p->nodes[ins->b.n].chain > n)
            n = p->nodes[ins->b.n].chain;
        p->nodes[i].chain = (uint8_t)(n + 1);
    }
}

/* -- uses -- */

static void
use(struct cli_part *p, tr_ref r, uint32_t user, bool stub)
{
    struct cli_node *n;

    if (tr_is_const(r) || tr_is_none(r))
        return;
    n = &p->nodes[r.n];
    if (!stub || n->main == 0)
        n->user = user;
    n->in_loop |= p->loop && user > p->loop;
    n->uses++;
    n->main += !stub;
    n->in_stub = n->main == 0;
}

/* A use that takes the raw word: of a boxed float the float. */
static void
use_word(struct cli_part *p, tr_ref r, uint32_t user, bool stub)
{
    tr_ref inside = cli_float_inside(p, r);

    use(p, tr_is_none(inside) ? r : inside, user, stub);
}

static void
use_snapshot(struct cli_part *p, uint32_t snap, uint32_t user)
{
    const struct tr_code_ir *ir = &p->trace->ir;
    const struct tr_snap *sn = &ir->snaps.items[snap];

    for (uint32_t i = 0; i < sn->count; i++) {
        const struct tr_snapent *e = &ir->ents.items[sn->first + i];

        if (!cli_word_unchanged(p, e))
            use_word(p, e->ref, user, false);
    }
}

/* The PHIs' new values, and frame words that the root does not carry. */
static void
use_joined(const struct cli_sel *s, struct cli_part *p, uint32_t i)
{
    const struct tr_code_ir *ir = &p->trace->ir;
    const struct tr_snap *phis = &ir->snaps.items[ir->ins.items[i].b.n];
    const struct tr_snap *words =
        &ir->snaps.items[ir->ins.items[p->count - 1].b.n];

    for (uint32_t k = 0; k < phis->count; k++)
        use(p, ir->ents.items[phis->first + k].ref, i, false);
    for (uint32_t k = 0; k < words->count; k++) {
        const struct tr_snapent *e = &ir->ents.items[words->first + k];

        if (!tr_head_carries(&s->parts[0].trace->head, e->slot) &&
            !cli_word_unchanged(p, e))
            use_word(p, e->ref, i, false);
    }
}

/* What the stub of the exit saves; counted at the last guard that goes there.
 */
static void
use_exit(struct cli_part *p, uint32_t exit, uint32_t i)
{
    const struct tr_exit *e = &p->trace->exits[exit];

    if (p->last_guard[exit])
        return;
    p->last_guard[exit] = i;
    for (uint32_t k = 0; k < e->nspill; k++)
        use_word(p, e->spill[k], i, true);
}

static void
use_phis(struct cli_part *p, bool first, uint32_t user)
{
    for (uint32_t i = p->loop + 1; i < p->count; i++) {
        const struct tr_ins *ins = &p->trace->ir.ins.items[i];

        if (ins->op != TR_PHI)
            break;
        if (p->nodes[i].place != CLI_DEAD)
            use(p, first ? ins->a : ins->b, user, false);
    }
}

/* Can an UNBOX_FLT that is emitted at [at] read its word again? */
static bool
may_reload(const struct cli_sel *s, const struct cli_part *p, uint32_t i,
           uint32_t at)
{
    tr_ref r = p->trace->ir.ins.items[i].a;
    const struct tr_ins *word = ins_of(p, r);

    if (!word || writes_frame(p, at))
        return false;
    if (word->op == TR_FLOAD || word->op == TR_ALOAD)
        return may_delay_load(s, p, r.n, at);
    return (word->op == TR_SLOT || (word->op == TR_ARG && !p->exit)) &&
           may_delay_entry(p, at) && !p->nodes[i].in_stub;
}

/* The use of an UNBOX_FLT's operand: the float inside a box, the address of a
 * word in memory, or the word. */
static void
use_unboxed(const struct cli_sel *s, struct cli_part *p, uint32_t i, bool stub)
{
    const struct tr_ins *ins = &p->trace->ir.ins.items[i];
    struct cli_node *n = &p->nodes[i];
    tr_ref inside = cli_float_inside(p, ins->a);

    if (!tr_is_none(inside)) {
        use(p, inside, i, stub);
        return;
    }
    n->by_float = may_reload(s, p, i, n->place == CLI_INLINE ? n->root : i);
    if (!n->by_float) {
        use(p, ins->a, i, stub);
    } else {
        const struct tr_ins *word = ins_of(p, ins->a);

        if (word->op == TR_FLOAD || word->op == TR_ALOAD)
            use(p, word->a, i, stub);
    }
}

static void
use_operands(const struct cli_sel *s, struct cli_part *p, uint32_t i, bool stub)
{
    const struct tr_code_ir *ir = &p->trace->ir;
    const struct tr_ins *ins = &ir->ins.items[i];
    const struct tr_opinfo *info = &tr_opinfo[ins->op];
    tr_ref r;

    switch (ins->op) {
    case TR_LOOP:
        use_phis(p, true, i);
        return;
    case TR_JUMP:
        use_phis(p, false, i);
        return;
    case TR_PHI:
        return;
    case TR_LINK:
        use_snapshot(p, ins->b.n, i);
        return;
    case TR_JOINED:
        use_joined(s, p, i);
        return;
    case TR_LEAVE:
    case TR_VALID:
        use_exit(p, ins->field, i);
        return;
    case TR_GUARD_T:
    case TR_GUARD_F:
        use(p, ins->a, i, false);
        use_exit(p, ins->field, i);
        return;
    case TR_CALL:
        for (r = ins->a; !tr_is_none(r); r = tr_ir_ins(ir, r)->a)
            use(p, tr_ir_ins(ir, r)->b, i, false);
        return;
    case TR_SELECT:
        use(p, ins->a, i, stub);
        use(p, tr_ir_ins(ir, ins->b)->a, i, stub);
        use(p, tr_ir_ins(ir, ins->b)->b, i, stub);
        return;
    case TR_RET:
        use_word(p, ins->a, i, false);
        return;
    case TR_FSTORE:
    case TR_ASTORE:
        use(p, ins->a, i, false);
        use_word(p, ins->b, i, false);
        return;
    case TR_UNBOX_FLT:
        use_unboxed(s, p, i, stub);
        return;
    default:
        break;
    }
    if (info->a == TR_OPND_REF)
        use(p, ins->a, i, stub);
    if (info->b == TR_OPND_REF)
        use(p, ins->b, i, stub);
}

/* -- places -- */

/* Is it cheaper to compute the value again in every stub that saves it than to
 * keep it for them? So for floats with one other user, which would have to
 * live in memory, and for whatever only stubs use. Chains are cut where they
 * get long. */
static bool
may_repeat(const struct cli_part *p, uint32_t i)
{
    const struct tr_ins *ins = &p->trace->ir.ins.items[i];
    const struct cli_node *n = &p->nodes[i];

    if (n->main == n->uses || n->chain % MAX_CHAIN == 0)
        return false;
    if (ins->op >= TR_FADD && ins->op <= TR_FABS)
        return n->main <= 1;
    /* i + 1, which exits want and the PHI: no variable beside the PHI's */
    if (ins->op == TR_ADD && tr_is_const(ins->b) && n->main == 1 &&
        p->trace->ir.ins.items[n->user].op == TR_JUMP)
        return true;
    return n->main == 0 && n->uses <= MAX_STUBS &&
           tr_opinfo[ins->op].effect == TR_PURE && ins->op != TR_SLOT &&
           ins->op != TR_ARG && ins->op != TR_UNBOX_FLT &&
           ins->op != TR_FLOORDIV && ins->op != TR_FLOORMOD;
}

static bool
is_guard(int op)
{
    return op == TR_GUARD_T || op == TR_GUARD_F;
}

/* May instruction [i] be emitted at its user? Sets node->root and
 * node->height. */
static bool
may_inline(const struct cli_sel *s, const struct cli_part *p, uint32_t i)
{
    const struct tr_ins *ins = &p->trace->ir.ins.items[i];
    struct cli_node *n = &p->nodes[i];
    const struct cli_node *user = &p->nodes[n->user];
    bool tree = user->place == CLI_INLINE;
    bool crosses;

    if (n->uses != 1 && !may_repeat(p, i))
        return false;
    n->root = tree ? user->root : n->user;
    n->height = (uint8_t)(tree ? user->height + 1 : 1);
    crosses = p->loop && i < p->loop && n->root > p->loop;
    if (n->height > MAX_HEIGHT || (crosses && !n->in_stub))
        return false;
    if (user->place == CLI_ENTRY)
        return false;
    switch (ins->op) {
    case TR_IS_WIDE: /* has branches: only as one itself */
        return n->uses == 1 && !n->in_stub && n->root == n->user &&
               is_guard(p->trace->ir.ins.items[n->user].op);
    case TR_UNBOX_WIDE:
    case TR_BOX_WIDE:
        return false;
    case TR_SLOT:
        return !n->in_stub && may_delay_entry(p, n->root) &&
               !writes_frame(p, n->root);
    case TR_ARG:
        return !n->in_stub && !p->exit && may_delay_entry(p, n->root);
    case TR_FLOAD:
    case TR_ALOAD:
        return !writes_frame(p, n->root) && !crosses &&
               may_delay_load(s, p, i, n->root);
    case TR_SELECT:
        return ins->kind != TR_F64;
    case TR_UNBOX_FLT: /* reading again where it stands beats a cast below */
        return may_reload(s, p, i, n->root) || !may_reload(s, p, i, i);
    default:
        return tr_opinfo[ins->op].effect == TR_PURE;
    }
}

static enum cli_place
place_of(const struct cli_sel *s, const struct cli_part *p, uint32_t i)
{
    const struct tr_ins *ins = &p->trace->ir.ins.items[i];
    const struct cli_node *n = &p->nodes[i];

    switch (tr_opinfo[ins->op].effect) {
    case TR_PURE:
    case TR_LOAD:
        break;
    case TR_ALLOC:
    case TR_EFFECT_CALL:
        return n->uses ? CLI_LOCAL : CLI_EFFECT;
    default:
        return ins->op == TR_PHI   ? CLI_LOCAL
               : ins->op == TR_NOP ? CLI_DEAD
                                   : CLI_EFFECT;
    }
    if (n->uses == 0 || ins->op == TR_CARG || ins->op == TR_PAIR)
        return CLI_DEAD;
    if (ins->op == TR_BASE)
        return CLI_INLINE; /* an address at hand, however often used */
    if (may_inline(s, p, i))
        return CLI_INLINE;
    if (ins->op == TR_ARG && p->exit)
        return CLI_ENTRY;
    if ((ins->op == TR_SLOT || ins->op == TR_ARG) && !may_delay_entry(p, i))
        return CLI_ENTRY;
    return CLI_LOCAL;
}

/* Backwards, so that the uses of a value are known when it is met. */
void
cli_schedule(struct cli_sel *s, struct cli_part *p)
{
    const struct tr_code_ir *ir = &p->trace->ir;

    bool joining = false;

    for (uint32_t i = 0; i < p->count; i++) {
        int op = ir->ins.items[i].op;

        joining = joining || op == TR_JOIN;
        p->nodes[i].local = p->nodes[i].inner = -1;
        p->nodes[i].place = CLI_EFFECT;
        if (i == 0 || (p->trace->sunk && p->trace->sunk[i]) ||
            (joining && (op == TR_LINK) == p->joins))
            p->nodes[i].place = CLI_DEAD;
        else if (op == TR_LOOP)
            p->loop = i;
    }
    count_frame_stores(s, p);
    count_chains(p);
    for (uint32_t i = p->count; i-- > 1;) {
        struct cli_node *n = &p->nodes[i];

        if (n->place == CLI_DEAD)
            continue;
        n->place = (uint8_t)place_of(s, p, i);
        if (n->place == CLI_DEAD)
            continue;
        use_operands(s, p, i, n->place == CLI_INLINE && n->in_stub);
        if (n->place == CLI_INLINE && n->uses > 1) /* emitted in stubs too */
            use_operands(s, p, i, true);
    }
}
