/* SPDX-License-Identifier: MIT
 * frontend/peephole.c: what is improved in the finished list of instructions:
 * jumps to jumps, jumps over jumps, code that nothing reaches, and checks of
 * local variables that certainly are bound.
 *
 * Nothing is moved and nothing is inserted; an instruction that goes is marked
 * dead. FOR_ITER stays followed by its FOR_TEST, SEND by JUMP and YIELD.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "frontend/compiler.h"

static bool
is_jump(const struct fe_insn *i)
{
    return i->label >= 0;
}

static bool
is_end(const struct fe_insn *i)
{
    return fe_opinfo[i->op].flags & FE_F_END;
}

/* A jump whose x says which truth jumps. */
static bool
is_conditional(const struct fe_insn *i)
{
    return i->op >= FE_JUMP_IF && i->op <= FE_JUMP_IF_IN;
}

static uint32_t
target(const struct fe_unit *u, const struct fe_insn *i)
{
    return (uint32_t)u->labels.items[i->label];
}

/* The first instruction from [at] on that is not dead. */
static uint32_t
live_from(const struct fe_unit *u, uint32_t at)
{
    while (at < u->ins.len && u->ins.items[at].dead)
        at++;
    return at;
}

/* -- jumps ----------------------------------------------------------------- */

static void
thread_jumps(struct fe_unit *u)
{
    for (uint32_t i = 0; i < u->ins.len; i++) {
        struct fe_insn *in = &u->ins.items[i];

        if (in->dead || !is_jump(in) || in->op == FE_LOOP)
            continue;
        for (int n = 0; n < 16; n++) {
            uint32_t t = live_from(u, target(u, in));

            if (t >= u->ins.len || u->ins.items[t].op != FE_JUMP ||
                u->ins.items[t].label == in->label)
                break;
            in->label = u->ins.items[t].label;
        }
    }
}

/* "if not c jump over; jump L; over:" is "if c jump L", unless something else
 * jumps to that jump. */
static void
invert_jumps(struct fe_unit *u)
{
    uint8_t *entered = nac_calloc(u->ins.len + 1, 1);

    for (uint32_t i = 0; i < u->ins.len; i++)
        if (!u->ins.items[i].dead && is_jump(&u->ins.items[i]))
            entered[live_from(u, target(u, &u->ins.items[i]))] = 1;
    for (uint32_t i = 0; i < u->handlers.len; i++)
        entered[live_from(
            u, (uint32_t)u->labels.items[u->handlers.items[i].label])] = 1;
    for (uint32_t i = 0; i < u->ins.len; i++) {
        struct fe_insn *in = &u->ins.items[i], *next;
        uint32_t at, after;

        if (in->dead || !is_conditional(in))
            continue;
        at = live_from(u, i + 1);
        if (at >= u->ins.len || u->ins.items[at].op != FE_JUMP || entered[at])
            continue;
        next = &u->ins.items[at];
        after = live_from(u, at + 1);
        if (live_from(u, target(u, in)) != after)
            continue;
        in->x ^= 1;
        in->label = next->label;
        next->dead = true;
    }
    free(entered);
}

static void
drop_jumps_to_next(struct fe_unit *u)
{
    for (uint32_t i = 0; i < u->ins.len; i++) {
        struct fe_insn *in = &u->ins.items[i];

        if (in->dead || in->op != FE_JUMP ||
            (i > 0 && u->ins.items[i - 1].op == FE_SEND))
            continue;
        if (live_from(u, target(u, in)) == live_from(u, i + 1))
            in->dead = true;
    }
}

static void
reach(const struct fe_unit *u, uint8_t *seen, uint32_t *stack, uint32_t *n,
      uint32_t at)
{
    at = live_from(u, at);
    if (at < u->ins.len && !seen[at]) {
        seen[at] = 1;
        stack[(*n)++] = at;
    }
}

static void
drop_unreachable(struct fe_unit *u)
{
    uint8_t *seen = nac_calloc(u->ins.len + 1, 1);
    uint32_t *stack = nac_malloc((u->ins.len + 1) * sizeof *stack), n = 0;

    reach(u, seen, stack, &n, 0);
    while (n > 0) {
        uint32_t at = stack[--n];
        const struct fe_insn *in = &u->ins.items[at];

        if (is_jump(in))
            reach(u, seen, stack, &n, target(u, in));
        if (!is_end(in))
            reach(u, seen, stack, &n, at + 1);
        if (in->op == FE_SEND || in->op == FE_FOR_ITER)
            reach(u, seen, stack, &n, at + 2);
        if (in->eh >= 0)
            reach(u, seen, stack, &n,
                  (uint32_t)u->labels.items[u->handlers.items[in->eh].label]);
    }
    for (uint32_t i = 0; i < u->ins.len; i++)
        if (!seen[i])
            u->ins.items[i].dead = true;
    free(seen);
    free(stack);
}

/* -- bound variables ------------------------------------------------------- */

/* Which locals surely hold a value: a set of bits at every label, the
 * intersection over all ways that lead there. */
struct flow {
    struct fe_unit *u;
    uint32_t words;
    uint64_t *at;    /* [labels][words] */
    int32_t *leader; /* instruction -> first label placed there, or -1 */
    uint64_t *cur;
    bool changed;
};

static uint64_t *
label_state(struct flow *f, int32_t label)
{
    int32_t first = f->leader[f->u->labels.items[label]];

    return f->at + (size_t)first * f->words;
}

static void
join(struct flow *f, uint64_t *into, const uint64_t *from)
{
    for (uint32_t w = 0; w < f->words; w++) {
        uint64_t both = into[w] & from[w];

        if (both != into[w]) {
            into[w] = both;
            f->changed = true;
        }
    }
}

static void
set_bit(uint64_t *bits, int reg, bool on)
{
    if (on)
        bits[reg / 64] |= UINT64_C(1) << reg % 64;
    else
        bits[reg / 64] &= ~(UINT64_C(1) << reg % 64);
}

static void
flow_step(struct flow *f, const struct fe_insn *in)
{
    struct fe_unit *u = f->u;

    if (in->eh >= 0)
        join(f, label_state(f, u->handlers.items[in->eh].label), f->cur);
    if (in->op == FE_CHECK_BOUND)
        set_bit(f->cur, in->a, true);
    else if (fe_opinfo[in->op].format[0] == 'd' && in->a < u->nlocals)
        set_bit(f->cur, in->a, in->op != FE_DEL_FAST && in->op != FE_CLEAR);
    if (is_jump(in))
        join(f, label_state(f, in->label), f->cur);
    if (is_end(in))
        memset(f->cur, 0xff, f->words * sizeof *f->cur);
}

/* One pass over the code; [drop]: the states are final, checks may go. */
static void
flow_pass(struct flow *f, bool drop)
{
    struct fe_unit *u = f->u;
    uint32_t params = u->scope->params.len;

    memset(f->cur, 0, f->words * sizeof *f->cur);
    for (uint32_t r = 0; r < params; r++)
        set_bit(f->cur, (int)r, true);
    for (uint32_t i = 0; i < u->ins.len; i++) {
        struct fe_insn *in = &u->ins.items[i];

        if (f->leader[i] >= 0) {
            uint64_t *s = f->at + (size_t)f->leader[i] * f->words;

            join(f, s, f->cur);
            memcpy(f->cur, s, f->words * sizeof *s);
        }
        if (in->dead)
            continue;
        if (drop && in->op == FE_CHECK_BOUND &&
            (f->cur[in->a / 64] >> in->a % 64 & 1))
            in->dead = true;
        else
            flow_step(f, in);
    }
}

static void
drop_checks(struct fe_unit *u)
{
    struct flow f = {.u = u};

    if (u->scope->kind != FE_SCOPE_FUNCTION || u->nlocals == 0)
        return;
    f.words = ((uint32_t)u->nlocals + 63) / 64;
    f.at = nac_malloc(((size_t)u->labels.len + 1) * f.words * sizeof *f.at);
    memset(f.at, 0xff, ((size_t)u->labels.len + 1) * f.words * sizeof *f.at);
    f.leader = nac_malloc((u->ins.len + 1) * sizeof *f.leader);
    memset(f.leader, 0xff, (u->ins.len + 1) * sizeof *f.leader);
    for (uint32_t l = 0; l < u->labels.len; l++) {
        int32_t at = u->labels.items[l];

        if (at >= 0 && f.leader[at] < 0)
            f.leader[at] = (int32_t)l;
    }
    f.cur = nac_malloc(f.words * sizeof *f.cur);
    do {
        f.changed = false;
        flow_pass(&f, false);
    } while (f.changed);
    flow_pass(&f, true);
    free(f.at);
    free(f.leader);
    free(f.cur);
}

void
fe_peephole(struct fe_compiler *c)
{
    struct fe_unit *u = c->u;

    drop_unreachable(u);
    drop_checks(u); /* a handler may have been there for nothing else */
    drop_unreachable(u);
    thread_jumps(u);
    invert_jumps(u);
    drop_unreachable(u);
    drop_jumps_to_next(u);
    drop_unreachable(u);
}
