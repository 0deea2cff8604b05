/* SPDX-License-Identifier: MIT
 * tests/unit/cli_support.h: a host without an interpreter and traces made of IR
 * text, for the tests of the CLI back-end.
 */
#ifndef CLI_SUPPORT_H
#define CLI_SUPPORT_H

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/nanbox.h"
#define TR_INTERNAL
#include "tracer/jit.h"

enum { HEAP_BYTES = 1 << 20 };

static uint64_t test_heap[HEAP_BYTES / 8] __attribute__((aligned(1 << 16)));
static size_t test_heap_used;
static int64_t test_calls_made;

__attribute__((unused)) static void *
test_alloc(uint64_t size, uint64_t head)
{
    uint64_t *p = test_heap + 0x2000 + test_heap_used / 8;

    test_heap_used += (size + 15) & ~UINT64_C(15);
    if (test_heap_used > HEAP_BYTES / 2)
        abort();
    memset(p, 0, size);
    p[0] = head;
    return p;
}

/* Objects of up to 64 bytes are bumped, two to a refill. */
static struct tr_bump test_bumps[5];
static int test_refills;

static struct tr_bump *
test_bump(uint64_t size, uint64_t head)
{
    (void)head;
    return size % 16 == 0 && size <= 64 ? &test_bumps[size / 16] : NULL;
}

static void *
test_refill(uint64_t size)
{
    struct tr_bump *b = &test_bumps[size / 16];

    test_refills++;
    b->next = test_alloc(2 * size, 0);
    b->end = b->next + 2 * size;
    return b->next;
}

static int64_t
fn_add3(int64_t a, int64_t b, int64_t c)
{
    return (int64_t)((uint64_t)a + 3 * (uint64_t)b + 7 * (uint64_t)c);
}

static double
fn_mix(double a, int64_t b, double c)
{
    return a * 2 + (double)b - c;
}

static double
fn_many(double a, int64_t b, double c, int64_t d, double e, int64_t f, double g,
        int64_t h)
{
    return a + (double)b + c + (double)d + e + (double)f + g + (double)h;
}

static uint64_t
fn_value(uint64_t v, void *p)
{
    return v ^ (uint64_t)(uintptr_t)p;
}

static void
fn_count(int64_t n)
{
    test_calls_made += n;
}

static void *
fn_next(void *p)
{
    return (char *)p + 8;
}

enum {
    F_HEAD = 1,
    F_VAL,
    F_INT,
    F_FLT,
    F_PTR,
    F_I8,
    F_U8,
    F_I16,
    F_U16,
    F_I32,
    F_U32,
    F_F32,
    F_AVAL,
    F_AFLT,
    F_AU8,
    F_AI32,
    F_A24,
    NFIELDS
};

static const struct tr_field test_fields[NFIELDS] = {
    {.name = "none"},
    {"o.head", TR_VAL, 8, 0, 0, 0},
    {"o.val", TR_VAL, 8, 0, 8, 0},
    {"o.int", TR_I64, 8, 0, 16, 0},
    {"o.flt", TR_F64, 8, 0, 24, 0},
    {"o.ptr", TR_PTR, 8, 0, 32, 0},
    {"o.i8", TR_I64, 1, 0, 40, 0},
    {"o.u8", TR_I64, 1, TR_FLD_UNSIGNED, 41, 0},
    {"o.i16", TR_I64, 2, 0, 42, 0},
    {"o.u16", TR_I64, 2, TR_FLD_UNSIGNED, 44, 0},
    {"o.i32", TR_I64, 4, 0, 48, 0},
    {"o.u32", TR_I64, 4, TR_FLD_UNSIGNED, 52, 0},
    {"o.f32", TR_F64, 4, 0, 56, 0},
    {"a.val", TR_VAL, 8, 0, 64, 8},
    {"a.flt", TR_F64, 8, 0, 64, 8},
    {"a.u8", TR_I64, 1, TR_FLD_UNSIGNED, 64, 1},
    {"a.i32", TR_I64, 4, 0, 64, 4},
    {"a.24", TR_I64, 8, 0, 64, 24},
};

#define FN(f) ((void *)(uintptr_t)(f))

static const struct tr_call test_calls[] = {
    {.name = "none"},
    {"add3",
     FN(fn_add3),
     TR_I64,
     3,
     {TR_I64, TR_I64, TR_I64},
     TR_CALL_PURE,
     NULL},
    {"mix",
     FN(fn_mix),
     TR_F64,
     3,
     {TR_F64, TR_I64, TR_F64},
     TR_CALL_PURE,
     NULL},
    {"many",
     FN(fn_many),
     TR_F64,
     8,
     {TR_F64, TR_I64, TR_F64, TR_I64, TR_F64, TR_I64, TR_F64, TR_I64},
     TR_CALL_ANY,
     NULL},
    {"value", FN(fn_value), TR_VAL, 2, {TR_VAL, TR_PTR}, TR_CALL_READS, NULL},
    {"count", FN(fn_count), TR_VOID, 1, {TR_I64}, TR_CALL_ANY, NULL},
    {"next", FN(fn_next), TR_PTR, 1, {TR_PTR}, TR_CALL_PURE, NULL},
};

/* Ints beyond a value word are "objects" at these addresses: a hash table, so
 * that two engines make the same one. The first three are there. */
enum { WIDE_BASE = 0x7e0000000000, NWIDES = 1 << 16 };
static int64_t test_wides[NWIDES] = {INT64_MIN, INT64_C(1) << 50,
                                     NB_INT_MIN - 1};

static int64_t
host_is_wide(uint64_t v)
{
    uint64_t n = v - NB_PTR_TAG - WIDE_BASE;

    return v >= NB_INT_TAG || (n < NWIDES && test_wides[n] != 0);
}

static int64_t
host_unbox_wide(uint64_t v)
{
    return v >= NB_INT_TAG ? (int64_t)(v << 14) >> 14
                           : test_wides[v - NB_PTR_TAG - WIDE_BASE];
}

static uint64_t
host_box_wide(int64_t i)
{
    uint32_t n = (uint32_t)((uint64_t)i * 0x9E3779B97F4A7C15 >> 48);

    if (i >= NB_INT_MIN && i <= NB_INT_MAX)
        return (uint64_t)i | NB_INT_TAG;
    while (test_wides[n] != 0 && test_wides[n] != i)
        n = (n + 1) % NWIDES;
    test_wides[n] = i;
    return NB_PTR_TAG + WIDE_BASE + n;
}

static const struct tr_host test_host = {
    .name = "test",
    .fields = test_fields,
    .nfields = NFIELDS,
    .calls = test_calls,
    .ncalls = sizeof test_calls / sizeof *test_calls,
    .true_bits = NB_PTR_TAG + 0x2000,
    .false_bits = NB_PTR_TAG + 0x1000,
    .alloc = test_alloc,
    .bump = test_bump,
    .refill = test_refill,
    .block_mask = 0xFFFF,
    .card_offset = 256,
    .card_shift = 9,
    .is_wide = host_is_wide,
    .unbox_wide = host_unbox_wide,
    .box_wide = host_box_wide,
};

/* A trace of the text; [jit] numbers it. Dies with a message on errors. */
__attribute__((unused)) static struct tr_trace *
test_trace(struct tr_jit *jit, const char *text)
{
    struct tr_trace *t = nac_calloc(1, sizeof *t);
    char why[200];

    tr_ir_init(&t->ir);
    if (tr_parse_ir(&t->ir, tr_host(jit), text, why, sizeof why) != 0 ||
        tr_verify(&t->ir, tr_host(jit), why, sizeof why) != 0) {
        fprintf(stderr, "%s\n%s\n", text, why);
        abort();
    }
    t->root = t;
    t->entry.trace = t;
    t->sunk = nac_calloc(t->ir.ins.len, 1);
    nac_vec_push(&jit->traces, t);
    t->id = jit->traces.len;
    if (tr_exit_layout(jit, t) != TR_ABORT_NONE)
        abort();
    return t;
}

/* Makes [t] the bridge of the parent's exit. */
__attribute__((unused)) static void
test_bridge(struct tr_trace *t, struct tr_trace *parent, uint32_t exit)
{
    t->kind = TR_BRIDGE;
    t->root = parent->root;
    t->parent = &parent->exits[exit];
}

__attribute__((unused)) static void
test_compile(struct tr_jit *jit, struct tr_trace *t)
{
    struct tr_unit unit = {&t, 1};
    char why[200] = "";

    if (!tr_jit_start(jit) ||
        jit->backend->compile(jit, &unit, &t->entry.code, why, sizeof why)) {
        fprintf(stderr, "trace %u: %s %s\n", t->id, jit->start_why, why);
        abort();
    }
    if (t->parent) {
        t->parent->cell.trace = t;
        t->parent->cell.code = t->entry.code;
    }
}

__attribute__((unused)) static char *
test_read(const char *path)
{
    struct nac_buf b = {0};

    if (nac_buf_read_file(&b, path) != 0) {
        nac_buf_free(&b);
        return NULL;
    }
    if (!b.data)
        nac_buf_puts(&b, "");
    return b.data;
}

#endif
