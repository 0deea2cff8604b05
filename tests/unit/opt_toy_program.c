/* SPDX-License-Identifier: MIT
 * tests/unit/opt_toy_program.c: random programs for the machine of opt_toy.h.
 */
#include "config.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/nanbox.h"
#include "tests/unit/opt_toy.h"

static uint64_t
next_random(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

/* -- programs --
 *
 * Wholly random programs settle in a dull state within a few passes. So
 * registers have sorts (r2-r5 objects, r6-r8 ints, r9-r11 floats), operands
 * mostly keep to them, and about half of a program is made of idioms that put
 * the optimiser's rules to the test: aliases, escapes, carried objects. */

struct generator {
    struct toy *t;
    uint64_t state;
    uint32_t used[3]; /* registers in use, of each sort */
    uint64_t mask;    /* operations in use */
    bool strict;
};

static uint32_t
pick_number(struct generator *g, uint32_t n)
{
    return (uint32_t)(next_random(&g->state) >> 33) % n;
}

/* A register of the sort: o, i, f; v: any, r: r0 or an int. */
static uint8_t
pick_register(struct generator *g, char sort)
{
    if (!g->strict && pick_number(g, 8) == 0)
        sort = 'v';
    if (sort == 'v')
        sort = "oif"[pick_number(g, 3)];
    if (sort == 'r')
        sort = pick_number(g, 3) ? 'i' : '0';
    switch (sort) {
    case 'o':
        return (uint8_t)(2 + pick_number(g, g->used[0]));
    case 'i':
        return (uint8_t)(6 + pick_number(g, g->used[1]));
    case 'f':
        return (uint8_t)(9 + pick_number(g, g->used[2]));
    default:
        return 0;
    }
}

static int32_t
pick_imm(struct generator *g)
{
    uint64_t r = next_random(&g->state);

    return (int32_t)(r >> 32) >> (16 + r % 15);
}

static void
put_code(struct generator *g, uint8_t op, uint8_t a, uint8_t b, uint8_t c,
         int32_t imm)
{
    if (g->t->length < TOY_CODE)
        g->t->code[g->t->length++] = (struct toy_code){op, a, b, c, imm};
}

static const char *const shapes[TOY_NOPS] = {
#define TOY(name, shape) shape,
#include "tests/unit/opt_toy.def"
#undef TOY
};

static void
put_random(struct generator *g)
{
    const char *shape;
    uint8_t op, r[3], i;

    do {
        op = (uint8_t)pick_number(g, TOY_NOPS);
    } while (!(g->mask >> op & 1));
    shape = shapes[op];
    if (strlen(shape) > 3) /* "iii fff" */
        shape += pick_number(g, 2) * 4;
    for (i = 0; i < 3; i++)
        r[i] = pick_register(g, shape[i]);
    if (r[0] == 0)
        r[0] = 6;
    if (op == TOY_SWAP && r[1] == 0)
        r[1] = 2;
    put_code(g, op, r[0], r[1], r[2],
             op == TOY_INCN ? pick_imm(g) & 0xff : pick_imm(g));
}

/* Something that may change memory behind the optimiser's back. */
static void
put_disturbance(struct generator *g)
{
    uint8_t o = pick_register(g, 'o'), q = pick_register(g, 'o');

    switch (pick_number(g, 6)) {
    case 0:
        put_code(g, TOY_ANY, pick_register(g, 'i'), o, q, 0);
        break;
    case 1:
        put_code(g, TOY_WRITE, 0, o, 0, 0);
        break;
    case 2:
        put_code(g, TOY_SETX, o, q, 0, 0);
        break;
    case 3:
        put_code(g, TOY_INCN, o, 0, 0, 3);
        break;
    case 4:
        put_code(g, TOY_JODD, 0, 0, 1, pick_imm(g));
        break;
    default:
        put_random(g);
        break;
    }
}

static void
put_idiom(struct generator *g)
{
    uint8_t o = pick_register(g, 'o'), q = pick_register(g, 'o');
    uint8_t p = pick_register(g, 'o'), i = pick_register(g, 'i');
    uint8_t j = pick_register(g, 'r'), f = pick_register(g, 'f');
    uint8_t h = pick_register(g, 'f');
    int32_t imm = pick_imm(g);

    switch (pick_number(g, 20)) {
    case 0: /* store, disturb, load */
        put_code(g, TOY_INCN, o, 0, 0, 1);
        put_disturbance(g);
        put_code(g, TOY_GETN, i, q, 0, 0);
        break;
    case 1: /* a new object by another name */
        put_code(g, TOY_NEW, o, j, 0, imm);
        put_code(g, TOY_SETX, q, o, 0, 0);
        put_disturbance(g);
        put_code(g, TOY_GETX, p, q, 0, 0);
        put_code(g, TOY_INCN, p, 0, 0, 5);
        put_code(g, TOY_GETN, i, o, 0, 0);
        break;
    case 2: /* held, then let loose */
        put_code(g, TOY_NEW2, o, j, 0, imm);
        put_code(g, TOY_GETX, p, o, 0, 0);
        put_disturbance(g);
        put_code(g, TOY_INCN, p, 0, 0, 2);
        if (imm & 1)
            put_code(g, TOY_ANY, i, o, o, 0);
        put_disturbance(g);
        put_code(g, TOY_GETN, i, p, 0, 0);
        break;
    case 3: /* a carried object */
        put_code(g, TOY_GETX, i, o, 0, 0);
        put_disturbance(g);
        put_code(g, TOY_ADDI, i, i, 0, imm & 15);
        put_code(g, TOY_NEW, o, i, 0, imm);
        if (imm & 16)
            put_code(g, TOY_SETY, o, j, 0, 0);
        if (imm & 32)
            put_code(g, TOY_MOVE, q, o, 0, 0);
        break;
    case 4: /* array elements */
        put_code(g, TOY_ADDI, i, j, 0, 1);
        put_code(g, TOY_SETV, o, j, i, imm);
        put_code(g, TOY_SETV, q, i, j, imm >> 1);
        put_code(g, TOY_GETV, i, o, j, imm);
        break;
    case 5:
        put_code(g, TOY_SETI, o, j, 0, imm);
        put_code(g, TOY_SETV, q, i, f, imm);
        put_code(g, TOY_GETI, i, o, 0, imm);
        break;
    case 6: /* narrow fields */
        put_code(g, imm & 1 ? TOY_SETW : TOY_SETU, o, i, 0, 0);
        put_code(g, imm & 1 ? TOY_GETW : TOY_GETU, i, q, 0, 0);
        break;
    case 7: /* odd floats, seen by their quotients */
        put_code(g, TOY_FLT, f, 0, 0, imm);
        put_disturbance(g);
        put_code(g, TOY_FLTOP, h, f, 0, imm >> 4);
        put_code(g, TOY_FLTOP, f, h, 0, imm >> 8);
        break;
    case 8: /* ranges */
        put_code(g, TOY_JSMALL, 0, i, 1, imm);
        put_code(g, TOY_ADDI, i, i, 0, imm >> 3);
        put_code(g, imm & 1 ? TOY_MODI : TOY_DIVI, i, i, 0, imm >> 5);
        put_code(g, TOY_JLESS, 0, i, j, imm >> 2);
        put_code(g, TOY_SUB, i, i, j, 0);
        break;
    case 9: /* words change places */
        put_code(g, TOY_SWAP, o, q, 0, 0);
        put_code(g, TOY_SETY, o, p, 0, 0);
        put_code(g, TOY_GETY, p, q, 0, 0);
        break;
    case 10: /* lists of objects */
        put_code(g, TOY_NEW, o, o, 0, imm);
        put_disturbance(g);
        put_code(g, TOY_GETX, q, o, 0, 0);
        break;
    case 11: /* double stores */
        put_code(g, TOY_SETX, o, i, 0, 0);
        put_disturbance(g);
        put_code(g, TOY_GETX, p, q, 0, 0);
        put_code(g, TOY_SETX, o, j, 0, 0);
        break;
    case 12: /* reads, and what changes them */
        put_code(g, TOY_READ, i, o, 0, 0);
        put_disturbance(g);
        put_code(g, TOY_READ, i, q, 0, 0);
        break;
    case 13: /* float fields */
        put_code(g, TOY_GETD, f, o, 0, 0);
        put_code(g, imm & 1 ? TOY_ADD : TOY_SUB, f, f, h, 0);
        put_disturbance(g);
        put_code(g, TOY_SETD, o, f, 0, 0);
        break;
    case 14: /* a sort that changes now and then */
        put_code(g, TOY_JODD, 0, 0, 1, imm);
        put_code(g, imm & 1 ? TOY_MOVE : TOY_CONV, i, f, 0, 0);
        put_code(g, TOY_ADD, i, i, j, 0);
        break;
    case 15: /* an object found again in an array of a new one */
        put_code(g, TOY_NEW, p, j, 0, imm);
        put_code(g, TOY_NEW, o, j, 0, 0);
        put_code(g, TOY_SETI, o, p, 0, imm);
        put_code(g, TOY_BITS, i, 0, 0, 24);
        put_code(g, TOY_GETV, q, o, i, 1);
        put_code(g, TOY_INCN, q, 0, 0, 9);
        put_code(g, TOY_GETN, i, p, 0, 0);
        break;
    case 16: /* selected */
        put_code(g, TOY_NEW, o, j, 0, imm);
        put_code(g, TOY_PICK, q, 0, o, 0);
        put_code(g, TOY_INCN, q, 0, 0, 11);
        put_code(g, TOY_GETN, i, o, 0, 0);
        break;
    case 17: /* borders of ranges */
        put_code(g, TOY_JSMALL, 0, j, 1, imm);
        put_code(g, TOY_ADDI, i, i, 0, 1);
        put_code(g, TOY_JSMALL, 0, j, 1, imm + (imm >> 8) % 3);
        put_code(g, TOY_ADDI, i, i, 0, 2);
        put_code(g, TOY_JSMALL, 0, j, 1, imm - (imm >> 9) % 3);
        put_code(g, TOY_ADDI, i, i, 0, 4);
        break;
    case 18: /* objects that change places as they are made */
        put_code(g, TOY_NEW, o, i, 0, imm);
        put_code(g, TOY_SWAP, o, q, 0, 0);
        put_code(g, TOY_INCN, o, 0, 0, 3);
        put_code(g, TOY_GETN, i, q, 0, 0);
        break;
    default: /* which way, told by comparisons */
        put_code(g, TOY_LESS, i, j, i, 0);
        put_code(g, TOY_JTRUE, 0, i, 0, 1);
        put_code(g, TOY_INT, i, 0, 0, imm);
        put_code(g, TOY_SAME, i, o, q, 0);
        break;
    }
}

static void
fill_registers(struct generator *g)
{
    static const double floats[] = {-0.0, 0.0, 1.0, 1e300, -2.5, HUGE_VAL};
    struct toy *t = g->t;
    struct toy_object *p[4];
    uint32_t i;

    t->regs[0] = toy_int(0);
    t->regs[1] = toy_int(8 + pick_number(g, 80));
    for (i = 0; i < 4; i++) {
        p[i] = toy_object_new();
        p[i]->x = p[i]->y = toy_int((int64_t)i);
        p[i]->frozen = 5 + (int64_t)i;
        t->regs[2 + i] = NB_PTR_TAG + (uint64_t)(uintptr_t)p[i];
    }
    if (pick_number(g, 2))
        t->regs[3] = t->regs[2];
    p[0]->x = t->regs[4];
    p[0]->y = t->regs[2];
    p[1]->d = 2.5;
    p[1]->items[1] = t->regs[4];
    p[2]->n = NB_INT_MAX - pick_number(g, 300);
    for (i = 6; i < 9; i++) {
        uint64_t r = next_random(&g->state);

        switch (r % 4) {
        case 0:
            r = (uint64_t)(NB_INT_MAX - (int64_t)(r >> 8 & 31));
            break;
        case 1:
            r = (uint64_t)(NB_INT_MIN + (int64_t)(r >> 8 & 31));
            break;
        default:
            r = (uint64_t)((int64_t)r >> (15 + (r >> 4) % 47));
            break;
        }
        t->regs[i] = toy_int((int64_t)r);
    }
    for (i = 9; i < 12; i++)
        t->regs[i] = toy_flt(floats[pick_number(g, 6)]);
}

void
toy_generate(struct toy *t, uint64_t seed, uint32_t size)
{
    struct generator g = {.t = t, .state = seed * 0x1000193};
    uint32_t i, length;

    memset(t, 0, sizeof *t);
    for (i = 0; i < 3; i++)
        g.used[i] = 1 + pick_number(&g, i ? 3 : 4);
    g.mask = next_random(&g.state) | UINT64_C(1) << TOY_ADD;
    g.mask &= next_random(&g.state) | UINT64_C(1) << TOY_ADD;
    g.strict = pick_number(&g, 2);
    length = 1 + pick_number(&g, size < TOY_CODE ? size : TOY_CODE);
    while (t->length < length) {
        if (pick_number(&g, 2))
            put_idiom(&g);
        else
            put_random(&g);
    }
    fill_registers(&g);
}

void
toy_print(const struct toy *t)
{
    static const char *const names[] = {
#define TOY(name, shape) #name,
#include "tests/unit/opt_toy.def"
#undef TOY
    };
    uint32_t i;

    for (i = 0; i < t->length; i++)
        printf("# %2u %-6s r%u r%u r%u %d\n", i, names[t->code[i].op],
               t->code[i].a, t->code[i].b, t->code[i].c, t->code[i].imm);
}
