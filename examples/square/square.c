/* SPDX-License-Identifier: MIT
 * examples/square/square.c: a JIT for a small machine in some 330 lines. The
 * machine has an accumulator, eight registers and six bytecodes, after the one
 * with which PyPy's talks explain a tracing JIT; its numbers are boxed objects.
 * The program squares its argument by adding it to itself.
 *
 *     square MODE BACKEND ARGUMENT [PARAMETER=N...]
 *
 *     MODE 0  interpreter only
 *          1  JIT, but the program's bytes and the pc are run-time values: each
 *             is loaded and guarded
 *          2  JIT; program and pc are constants
 *          3  JIT with allocation removal and loop peeling too
 *     BACKEND eval, cli; PARAMETER as in tracer/params.def
 *
 * It prints the result and, on standard error, the milliseconds.
 */
#include "config.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/check.h"
#include "base/nanbox.h"
#include "cli-backend/cli.h"
#include "tracer/tracer.h"

enum { MOV_A_R, MOV_R_A, ADD_R_TO_A, DECR_A, JUMP_IF_A, RETURN_A };

static const uint8_t program[] = {
    MOV_A_R,    0, /*  0  i = argument */
    MOV_A_R,    1, /*  2  n = argument */
    MOV_R_A,    0, /*  4  loop: i = i - 1 */
    DECR_A,        /*  6 */
    MOV_A_R,    0, /*  7 */
    MOV_R_A,    2, /*  9  sum = sum + n */
    ADD_R_TO_A, 1, /* 11 */
    MOV_A_R,    2, /* 13 */
    MOV_R_A,    0, /* 15  if i: goto loop */
    JUMP_IF_A,  4, /* 17 */
    MOV_R_A,    2, /* 19  return sum */
    RETURN_A       /* 21 */
};

/* Frame words: the pc (an int), the accumulator, the registers. */
enum { PC, ACC, R0, WORDS = R0 + 8 };

static struct machine {
    uint64_t words[WORDS];
    bool done, run_time_pc; /* run_time_pc: mode 1 */
    struct tr_jit *jit;
    struct tr_site sites[sizeof program];
} m;

/* -- the heap: one block of boxes, marked conservatively -- */

struct box {
    uint64_t class;
    int64_t n;
};

enum { BOX_CLASS = 42, BOXES = 1 << 16 };

static struct box heap[BOXES];
static uint8_t marked[BOXES];
static uint32_t next_box;
static const char *stack_bottom;

/* Every word of the machine and of the C stack may be a box, so traces need no
 * stack maps. */
__attribute__((noinline, no_sanitize("address"))) static void
mark(const void *from, const void *to)
{
    for (const uint64_t *w = from; w < (const uint64_t *)to; w++) {
        uint64_t address = *w >> 48 == NB_PTR_TOP ? *w - NB_PTR_TAG : *w;
        uint64_t offset = address - (uint64_t)(uintptr_t)heap;

        if (offset < sizeof heap)
            marked[offset / sizeof(struct box)] = 1;
    }
}

static void *
allocate(uint64_t size, uint64_t head)
{
    jmp_buf registers;

    (void)size;
    while (next_box == BOXES || marked[next_box])
        if (next_box == BOXES) {
            setjmp(registers);
            memset(marked, 0, sizeof marked);
            mark(&registers, stack_bottom);
            mark(m.words, m.words + WORDS);
            next_box = 0;
        } else {
            next_box++;
        }
    heap[next_box] = (struct box){head, 0};
    return &heap[next_box++];
}

static struct box *
box_of(uint64_t word)
{
    return (struct box *)(uintptr_t)(word - NB_PTR_TAG);
}

static uint64_t
new_box(int64_t n)
{
    struct box *b = allocate(sizeof *b, BOX_CLASS);

    b->n = n;
    return (uint64_t)(uintptr_t)b + NB_PTR_TAG;
}

/* -- primitives: each computes, and emits the same while recording. [rec] is
 * NULL where the plain interpreter inlines them -- */

#define INLINE static inline __attribute__((always_inline))

struct x {
    uint64_t v; /* a word, or a number */
    tr_ref r;   /* while recording */
};

enum { FLD_CLASS = 1, FLD_N, FLD_BYTE };

INLINE struct x
constant(struct tr_rec *rec, int64_t n)
{
    struct x r = {.v = (uint64_t)n};

    if (rec)
        r.r = tr_const_int(rec, n);
    return r;
}

INLINE struct x
add(struct tr_rec *rec, struct x a, struct x b)
{
    a.v += b.v;
    if (rec)
        a.r = tr_emit2(rec, TR_ADD, a.r, b.r);
    return a;
}

/* The byte of the program [i] behind the pc: a constant, except in mode 1. */
INLINE struct x
fetch(struct tr_rec *rec, struct x pc, int i)
{
    struct x byte = constant(rec, program[pc.v + (uint64_t)i]);

    if (rec && m.run_time_pc)
        byte.r = tr_aload(rec, FLD_BYTE, tr_const_ptr(rec, program),
                          add(rec, pc, constant(rec, i)).r);
    return byte;
}

/* The number, for which alone the trace is made from here on. */
INLINE int
promote(struct tr_rec *rec, struct x n)
{
    if (rec)
        tr_promote(rec, n.r, n.v);
    return (int)n.v;
}

INLINE struct x
get(struct tr_rec *rec, int slot)
{
    struct x word = {.v = m.words[slot]};

    if (rec)
        word.r = tr_slot(rec, slot);
    return word;
}

INLINE void
set(struct tr_rec *rec, int slot, struct x word)
{
    m.words[slot] = word.v;
    if (rec)
        tr_set_slot(rec, slot, word.r);
}

INLINE struct x
unbox(struct tr_rec *rec, struct x word)
{
    struct box *b = box_of(word.v);
    struct x n = {.v = (uint64_t)b->n};

    if (rec) {
        tr_ref p = tr_emit1(rec, TR_UNBOX_PTR, word.r);

        tr_guard(rec, tr_emit1(rec, TR_IS_PTR, word.r), true);
        tr_promote(rec, tr_fload(rec, FLD_CLASS, p), b->class);
        n.r = tr_fload(rec, FLD_N, p);
    }
    return n;
}

INLINE struct x
box(struct tr_rec *rec, struct x n)
{
    struct x word = {.v = new_box((int64_t)n.v)};

    if (rec) {
        tr_ref p =
            tr_new(rec, 0, sizeof(struct box), constant(rec, BOX_CLASS).r);

        tr_fstore(rec, FLD_N, p, n.r);
        word.r = tr_emit1(rec, TR_BOX_PTR, p);
    }
    return word;
}

INLINE bool
test(struct tr_rec *rec, struct x n)
{
    if (rec)
        tr_guard(rec, tr_emit2(rec, TR_NE, n.r, constant(rec, 0).r), n.v != 0);
    return n.v != 0;
}

/* -- the bytecodes, written once; guards come first, the effect is last -- */

/* Does the one at [pc]; returns where it goes on. */
INLINE struct x
step(struct tr_rec *rec, struct x pc)
{
    int op = promote(rec, fetch(rec, pc, 0));
    bool has_operand = op != DECR_A && op != RETURN_A;
    struct x next = add(rec, pc, constant(rec, 1 + has_operand));
    struct x operand = fetch(rec, pc, has_operand);
    struct x one, a;

    switch (op) {
    case MOV_A_R:
        set(rec, R0 + promote(rec, operand), get(rec, ACC));
        break;
    case MOV_R_A:
        set(rec, ACC, get(rec, R0 + promote(rec, operand)));
        break;
    case ADD_R_TO_A:
        a = unbox(rec, get(rec, ACC));
        one = unbox(rec, get(rec, R0 + promote(rec, operand)));
        set(rec, ACC, box(rec, add(rec, a, one)));
        break;
    case DECR_A:
        a = unbox(rec, get(rec, ACC));
        set(rec, ACC, box(rec, add(rec, a, constant(rec, -1))));
        break;
    case JUMP_IF_A:
        if (test(rec, unbox(rec, get(rec, ACC))))
            return operand;
        break;
    default:
        m.done = true;
        if (rec)
            tr_finish_ret(rec, get(rec, ACC).r);
    }
    return next;
}

/* -- the two loops and what joins them -- */

/* The pc word, kept by the interpreter for traces of mode 1 only. */
static struct x
read_pc(struct tr_rec *rec, uint64_t pc)
{
    struct x x = constant(rec, (int64_t)pc);

    if (m.run_time_pc) {
        x.r = tr_emit1(rec, TR_UNBOX_INT, tr_slot(rec, PC));
        tr_guard(rec, tr_emit1(rec, TR_IS_INT, tr_slot(rec, PC)), true);
    }
    return x;
}

/* Records from [pc] until the trace closes, at [head] if it is a loop's. */
static uint64_t
record(struct tr_rec *rec, uint64_t pc, uint64_t head)
{
    bool first = true;

    while (!m.done) {
        struct tr_site *site = &m.sites[pc];
        struct x next;

        tr_at(rec, pc, 0, 0, WORDS);
        if (tr_aborted(rec)) {
            tr_finish_abort(rec);
            break;
        }
        if (!first && pc == head) {
            tr_finish_loop(rec);
            break;
        }
        if (!first && site->trace) {
            tr_finish_link(rec, site->trace);
            break;
        }
        first = false;
        next = step(rec, read_pc(rec, pc));
        pc = next.v;
        m.words[PC] = pc | NB_INT_TAG;
        if (!m.done && m.run_time_pc)
            tr_set_slot(rec, PC, tr_emit1(rec, TR_BOX_INT, next.r));
    }
    return pc;
}

/* Runs the trace; returns where the interpreter goes on. */
static uint64_t
enter(struct tr_trace *trace, uint64_t pc)
{
    struct tr_left left;
    struct tr_rec *rec;

    m.words[PC] = pc | NB_INT_TAG;
    tr_enter(m.jit, trace, m.words, &m, &left);
    if (!left.exit) {
        m.words[ACC] = left.result;
        m.done = true;
        return pc;
    }
    pc = m.run_time_pc ? m.words[PC] & 0xFFFF : left.snap->pc;
    if (left.want_bridge && (rec = tr_record_bridge(m.jit, &left)) != NULL)
        pc = record(rec, pc, sizeof program);
    return pc;
}

static int64_t
run(int64_t argument)
{
    uint64_t pc = 0, from;
    struct tr_rec *rec;

    for (int i = 0; i < WORDS; i++)
        m.words[i] = new_box(i == ACC ? argument : 0);
    while (!m.done) {
        struct tr_site *site;

        from = pc;
        pc = step(NULL, (struct x){.v = pc}).v;
        site = &m.sites[pc];
        if (pc > from || --site->count >= 0)
            continue;
        switch (tr_hot(m.jit, site)) {
        case TR_ENTER:
            pc = enter(site->trace, pc);
            break;
        case TR_RECORD:
            rec = tr_record_root(m.jit, site, m.words);
            if (rec)
                pc = record(rec, pc, pc);
            break;
        default:
            break;
        }
    }
    return box_of(m.words[ACC])->n;
}

/* -- the program -- */

static const struct tr_field fields[] = {
    {.name = "none"},
    {"box.class", TR_I64, 8, TR_FLD_IMMUTABLE, 0, 0},
    {"box.n", TR_I64, 8, TR_FLD_IMMUTABLE, 8, 0},
    {"program.byte", TR_I64, 1, TR_FLD_VOLATILE | TR_FLD_UNSIGNED, 0, 1},
};

static const struct tr_host host = {
    .name = "square", .fields = fields, .nfields = 4, .alloc = allocate};

static bool
set_param(char *arg)
{
    char *value = strchr(arg, '=');

    if (!value)
        return false;
    *value = 0;
    return tr_set_param(m.jit, arg, strtol(value + 1, NULL, 10)) == 0;
}

int
main(int argc, char **argv)
{
    int mode = argc > 3 ? atoi(argv[1]) : -1;
    int64_t argument = argc > 3 ? strtoll(argv[3], NULL, 10) : 0;
    bool cli = argc > 3 && strcmp(argv[2], "cli") == 0, ok;
    const char *why;
    clock_t start;

    stack_bottom = __builtin_frame_address(0);
    if (cli && !cli_available(&why))
        return fprintf(stderr, "square: no back-end cli: %s\n", why), 1;
    m.jit = tr_jit_new(&host, cli ? &cli_backend : &tr_eval_backend);
    m.run_time_pc = mode == 1;
    tr_set_enabled(m.jit, mode > 0);
    tr_params(m.jit)->opt_loop = tr_params(m.jit)->opt_sink = mode == 3;
    ok = mode >= 0 && mode <= 3 && argument > 0 &&
         (cli || strcmp(argv[2], "eval") == 0);
    for (int i = 4; i < argc; i++)
        ok &= set_param(argv[i]);
    if (!ok)
        return fprintf(stderr, "usage: square 0..3 eval|cli ARGUMENT "
                               "[PARAMETER=N...]\n"),
               2;
    for (uint64_t i = 0; i < sizeof program; i++)
        tr_site_init(m.jit, &m.sites[i], TR_ROOT_LOOP, i);
    start = clock();
    printf("%" PRId64 "\n", run(argument));
    fprintf(stderr, "%.1f ms\n",
            (double)(clock() - start) * 1e3 / CLOCKS_PER_SEC);
    tr_jit_free(m.jit);
    return 0;
}
