/* SPDX-License-Identifier: MIT
 * tests/unit/opt_toy.h: a toy register machine whose handlers are written
 * once and run plainly or while recording, for tests of the tracer. Its
 * bytecodes cover what the optimiser reasons about: tags, overflow, ranges,
 * fields, arrays, new objects, aliases, calls of every effect class.
 */
#ifndef OPT_TOY_H
#define OPT_TOY_H

#include "tracer/tracer.h"

enum { TOY_REGS = 12, TOY_CODE = 120, TOY_ITEMS = 4 };

enum toy_op {
#define TOY(name, shape) TOY_##name,
#include "tests/unit/opt_toy.def"
#undef TOY
    TOY_NOPS
};

struct toy_code {
    uint8_t op, a, b, c;
    int32_t imm;
};

/* Layout is fixed: toy_fields names the offsets. */
struct toy_object {
    uint64_t type;             /* 0 */
    uint64_t x, y;             /* 8, 16: values */
    int64_t n;                 /* 24 */
    double d;                  /* 32 */
    int32_t w;                 /* 40 */
    uint8_t u;                 /* 44 */
    uint8_t card;              /* 45: set by barriers */
    int64_t frozen;            /* 48: immutable */
    uint64_t items[TOY_ITEMS]; /* 56: values */
};

struct toy {
    struct toy_code code[TOY_CODE];
    uint32_t length;
    uint64_t regs[256]; /* TOY_REGS are used; a trace may not touch others */
    uint64_t budget;    /* bytecodes that may still run */
    uint64_t log;       /* hash of what calls with effects saw */
    uint64_t calls;
    struct toy_object *seen; /* what the last such call was given */
    bool failed;
};

extern const struct tr_host toy_host;
extern uint64_t toy_recorded, toy_entered, toy_bridges;

/* Words, and a new object of the machine. */
uint64_t toy_int(int64_t v);
uint64_t toy_flt(double d);
struct toy_object *toy_object_new(void);

/* A random program of about [size] bytecodes. */
void toy_generate(struct toy *t, uint64_t seed, uint32_t size);
void toy_print(const struct toy *t);
/* Runs it; [jit] NULL: plainly. */
void toy_run(struct toy *t, struct tr_jit *jit);
/* Do the final states agree, up to the identity of objects? */
bool toy_equal(const struct toy *x, const struct toy *y);
void toy_free_objects(void);

#endif
