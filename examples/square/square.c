/* SPDX-License-Identifier: MIT
 * examples/square/square.c: a JIT for a small machine in a few hundred lines.
 * The machine has an accumulator, eight registers and six bytecodes, after
 * the one with which PyPy's talks explain a tracing JIT; its numbers are boxed
 * objects. The program squares its argument by adding it to itself.
 *
 *     square --mode=N [--backend=eval|cli] [--log=TOPICS] [--jit-NAME=N] ARG
 *
 *     mode 0  interpreter only
 *          1  JIT, but the program's bytes and the pc are run-time values: each
 *             is loaded and guarded
 *          2  JIT; program and pc are constants
 *          3  JIT with allocation removal and loop peeling too
 *
 * It prints the result and the milliseconds.
 */
#include "config.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/check.h"
#include "base/log.h"
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

struct machine {
    uint64_t words[WORDS];
    int pc, next_pc, at; /* of this bytecode, of the next, of its operand */
    bool done;
    struct tr_jit *jit;
    struct tr_site sites[sizeof program];
    struct tr_site *hot; /* a loop's head that ran out of its count */

    /* recording */
    struct tr_rec *rec;
    bool run_time_pc; /* mode 1 */
    tr_ref pc_ref, next_ref;
    struct tr_trace *made; /* the recording ended: its trace or NULL */
};

/* -- the heap: one block of boxes, marked conservatively -- */

struct box {
    uint64_t class;
    int64_t n;
};

enum { BOX_CLASS = 42, BOXES = 1 << 16 };

static struct box heap[BOXES];
static uint8_t marked[BOXES];
static uint32_t next_box;
static char *stack_bottom;
static const struct machine *the_machine;

static void
mark(uint64_t word)
{
    uint64_t address = word >> 48 == NB_PTR_TOP ? word - NB_PTR_TAG : word;
    uint64_t offset = address - (uint64_t)(uintptr_t)heap;

    if (offset < sizeof heap)
        marked[offset / sizeof(struct box)] = 1;
}

/* Every word of the C stack may be a box, so traces need no stack maps. */
__attribute__((noinline, no_sanitize("address"))) static void
collect(void)
{
    jmp_buf registers;
    char *p;
    int i;

    setjmp(registers);
    memset(marked, 0, sizeof marked);
    for (p = (char *)(((uintptr_t)&registers) & ~(uintptr_t)7);
         p < stack_bottom; p += 8)
        mark(*(const uint64_t *)(const void *)p);
    for (i = 0; i < WORDS; i++)
        mark(the_machine->words[i]);
    next_box = 0;
}

static void *
allocate(uint64_t size, uint64_t head)
{
    struct box *b;

    (void)size;
    for (;; next_box++) {
        if (next_box == BOXES)
            collect();
        if (!marked[next_box])
            break;
    }
    b = &heap[next_box++];
    b->class = head;
    b->n = 0;
    return b;
}

static uint64_t
new_box(int64_t n)
{
    struct box *b = allocate(sizeof *b, BOX_CLASS);

    b->n = n;
    return (uint64_t)(uintptr_t)b + NB_PTR_TAG;
}

static struct box *
box_of(uint64_t word)
{
    return (struct box *)(uintptr_t)(word - NB_PTR_TAG);
}

/* -- primitives of the plain interpreter -- */

#define P(name) plain_##name

typedef uint64_t plain_val;
typedef int64_t plain_num;
typedef bool plain_cond;

static inline int
plain_opcode(struct machine *m)
{
    m->at = m->pc + 1;
    m->next_pc = m->pc + 1;
    return program[m->pc];
}

static inline int
plain_operand(struct machine *m)
{
    m->next_pc = m->at + 1;
    return program[m->at] + R0;
}

static inline int64_t
plain_target(struct machine *m)
{
    m->next_pc = m->at + 1;
    return program[m->at];
}

static inline uint64_t
plain_reg(struct machine *m, int r)
{
    return m->words[r];
}

static inline void
plain_set_reg(struct machine *m, int r, uint64_t v)
{
    m->words[r] = v;
}

static inline int64_t
plain_unbox(struct machine *m, uint64_t v)
{
    (void)m;
    return box_of(v)->n;
}

static inline uint64_t
plain_box(struct machine *m, int64_t n)
{
    (void)m;
    return new_box(n);
}

static inline int64_t
plain_constant(struct machine *m, int64_t n)
{
    (void)m;
    return n;
}

static inline int64_t
plain_add(struct machine *m, int64_t a, int64_t b)
{
    (void)m;
    return a + b;
}

static inline bool
plain_nonzero(struct machine *m, int64_t n)
{
    (void)m;
    return n != 0;
}

static inline bool
plain_test(struct machine *m, bool c)
{
    (void)m;
    return c;
}

static inline void
plain_jump(struct machine *m, int64_t target)
{
    struct tr_site *site = &m->sites[target];

    if (target <= m->pc && --site->count < 0)
        m->hot = site;
    m->next_pc = (int)target;
}

static inline void
plain_leave(struct machine *m, uint64_t v)
{
    (void)v;
    m->done = true;
}

#include "examples/square/handlers.h"
#undef P

/* -- primitives of the recording interpreter: value and reference -- */

#define P(name) rec_##name

typedef struct {
    uint64_t v;
    tr_ref r;
} rec_val;

typedef struct {
    int64_t n;
    tr_ref r;
} rec_num;

typedef struct {
    bool c;
    tr_ref r;
} rec_cond;

enum { FLD_CLASS = 1, FLD_N, FLD_BYTE };

/* The byte of the program at offset [at]: a constant, unless mode 1 makes it
 * a run-time value. */
static rec_num
rec_byte(struct machine *m, int at)
{
    rec_num b = {program[at], tr_const_int(m->rec, program[at])};
    tr_ref index;

    if (!m->run_time_pc)
        return b;
    index =
        tr_emit2(m->rec, TR_ADD, m->pc_ref, tr_const_int(m->rec, at - m->pc));
    b.r = tr_aload(m->rec, FLD_BYTE, tr_const_ptr(m->rec, program), index);
    return b;
}

static void
rec_advance(struct machine *m, int next)
{
    m->next_pc = next;
    m->next_ref =
        tr_emit2(m->rec, TR_ADD, m->pc_ref, tr_const_int(m->rec, next - m->pc));
}

static int
rec_opcode(struct machine *m)
{
    rec_num b;
    tr_ref pc;

    m->pc_ref = tr_const_int(m->rec, m->pc);
    if (m->run_time_pc) {
        pc = tr_slot(m->rec, PC);
        tr_guard(m->rec, tr_emit1(m->rec, TR_IS_INT, pc), true);
        m->pc_ref = tr_emit1(m->rec, TR_UNBOX_INT, pc);
    }
    b = rec_byte(m, m->pc);
    tr_promote(m->rec, b.r, (uint64_t)b.n);
    m->at = m->pc + 1;
    rec_advance(m, m->pc + 1);
    return (int)b.n;
}

static int
rec_operand(struct machine *m)
{
    rec_num b = rec_byte(m, m->at);

    tr_promote(m->rec, b.r, (uint64_t)b.n);
    rec_advance(m, m->at + 1);
    return (int)b.n + R0;
}

static rec_num
rec_target(struct machine *m)
{
    rec_num b = rec_byte(m, m->at);

    rec_advance(m, m->at + 1);
    return b;
}

static rec_val
rec_reg(struct machine *m, int r)
{
    return (rec_val){m->words[r], tr_slot(m->rec, r)};
}

static void
rec_set_reg(struct machine *m, int r, rec_val v)
{
    m->words[r] = v.v;
    tr_set_slot(m->rec, r, v.r);
}

static rec_num
rec_unbox(struct machine *m, rec_val v)
{
    struct box *b = box_of(v.v);
    tr_ref p;

    tr_guard(m->rec, tr_emit1(m->rec, TR_IS_PTR, v.r), true);
    p = tr_emit1(m->rec, TR_UNBOX_PTR, v.r);
    tr_promote(m->rec, tr_fload(m->rec, FLD_CLASS, p), b->class);
    return (rec_num){b->n, tr_fload(m->rec, FLD_N, p)};
}

static rec_val
rec_box(struct machine *m, rec_num n)
{
    tr_ref class = tr_const_int(m->rec, BOX_CLASS);
    tr_ref p = tr_new(m->rec, 0, sizeof(struct box), class);

    tr_fstore(m->rec, FLD_N, p, n.r);
    return (rec_val){new_box(n.n), tr_emit1(m->rec, TR_BOX_PTR, p)};
}

static rec_num
rec_constant(struct machine *m, int64_t n)
{
    return (rec_num){n, tr_const_int(m->rec, n)};
}

static rec_num
rec_add(struct machine *m, rec_num a, rec_num b)
{
    return (rec_num){a.n + b.n, tr_emit2(m->rec, TR_ADD, a.r, b.r)};
}

static rec_cond
rec_nonzero(struct machine *m, rec_num n)
{
    tr_ref zero = tr_const_int(m->rec, 0);

    return (rec_cond){n.n != 0, tr_emit2(m->rec, TR_NE, n.r, zero)};
}

static bool
rec_test(struct machine *m, rec_cond c)
{
    tr_guard(m->rec, c.r, c.c);
    return c.c;
}

static void
rec_jump(struct machine *m, rec_num target)
{
    m->next_pc = (int)target.n;
    m->next_ref = target.r;
}

static void
rec_leave(struct machine *m, rec_val v)
{
    m->done = true;
    tr_finish_ret(m->rec, v.r);
    m->rec = NULL;
}

#include "examples/square/handlers.h"
#undef P

/* -- the two loops and what joins them -- */

/* Records from m->pc on until the trace closes. */
static void
record(struct machine *m, struct tr_rec *rec, int head)
{
    bool first = true;

    m->rec = rec;
    while (m->rec) {
        struct tr_site *site = &m->sites[m->pc];

        tr_at(rec, (uint64_t)m->pc, 0, 0, WORDS);
        if (tr_aborted(rec)) {
            tr_finish_abort(rec);
            return;
        }
        if (!first && m->pc == head) {
            tr_finish_loop(rec);
            return;
        }
        if (!first && site->trace) {
            tr_finish_link(rec, site->trace);
            return;
        }
        first = false;
        rec_step(m);
        m->pc = m->next_pc;
        if (m->rec && m->run_time_pc)
            tr_set_slot(rec, PC, tr_emit1(rec, TR_BOX_INT, m->next_ref));
        m->words[PC] = (uint64_t)m->pc | NB_INT_TAG;
    }
}

static void
enter(struct machine *m, struct tr_trace *trace)
{
    struct tr_left left;
    struct tr_rec *rec;

    m->words[PC] = (uint64_t)m->pc | NB_INT_TAG;
    tr_enter(m->jit, trace, m->words, m, &left);
    if (!left.exit) {
        m->words[ACC] = left.result;
        m->done = true;
        return;
    }
    m->pc = m->run_time_pc ? (int)(m->words[PC] & 0xffff) : (int)left.snap->pc;
    if (left.want_bridge && (rec = tr_record_bridge(m->jit, &left)) != NULL)
        record(m, rec, -1);
}

static int64_t
run(struct machine *m, int64_t argument)
{
    int i;

    for (i = 0; i < WORDS; i++)
        m->words[i] = new_box(i == ACC ? argument : 0);
    while (!m->done) {
        struct tr_site *site;

        plain_step(m);
        m->pc = m->next_pc;
        site = m->hot;
        if (!site)
            continue;
        m->hot = NULL;
        switch (tr_hot(m->jit, site)) {
        case TR_ENTER:
            enter(m, site->trace);
            break;
        case TR_RECORD: {
            struct tr_rec *rec = tr_record_root(m->jit, site, m->words);

            if (rec)
                record(m, rec, m->pc);
            break;
        }
        default:
            break;
        }
    }
    return box_of(m->words[ACC])->n;
}

/* -- the program -- */

static const struct tr_field fields[] = {
    {.name = "none"},
    {"box.class", TR_I64, 8, TR_FLD_IMMUTABLE, 0, 0},
    {"box.n", TR_I64, 8, TR_FLD_IMMUTABLE, 8, 0},
    {"program.byte", TR_I64, 1, TR_FLD_VOLATILE | TR_FLD_UNSIGNED, 0, 1},
};

static void
name_location(uint64_t location, char *out, size_t n)
{
    snprintf(out, n, "pc %" PRIu64, location);
}

static const struct tr_host host = {.name = "square",
                                    .fields = fields,
                                    .nfields = 4,
                                    .alloc = allocate,
                                    .name_location = name_location};

static const struct tr_backend *
backend_named(const char *name)
{
    const char *why = "unknown";

    if (strcmp(name, "eval") == 0)
        return &tr_eval_backend;
    if (strcmp(name, "cli") == 0 && cli_available(&why))
        return &cli_backend;
    fprintf(stderr, "square: back-end %s: %s\n", name, why);
    return NULL;
}

/* "--jit-loop-threshold=3" */
static bool
set_param(struct tr_jit *jit, const char *arg)
{
    const char *eq = strchr(arg, '=');
    char name[40];

    if (!eq || eq - arg >= (int)sizeof name)
        return false;
    snprintf(name, sizeof name, "%.*s", (int)(eq - arg), arg);
    return tr_set_param(jit, name, strtol(eq + 1, NULL, 10)) == 0;
}

static double
now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int
usage(void)
{
    fprintf(stderr, "usage: square [--mode=0..3] [--backend=eval|cli]"
                    " [--log=TOPICS] [--jit-NAME=N] ARGUMENT\n");
    return 2;
}

int
main(int argc, char **argv)
{
    static struct machine machine;
    struct machine *m = &machine;
    const struct tr_backend *backend = &tr_eval_backend;
    int mode = 3, i;
    int64_t argument = -1, result;
    double start;

    for (i = 1; i < argc; i++) {
        if (strncmp(argv[i], "--mode=", 7) == 0)
            mode = atoi(argv[i] + 7);
        else if (strncmp(argv[i], "--backend=", 10) == 0)
            backend = backend_named(argv[i] + 10);
        else if (strncmp(argv[i], "--log=", 6) == 0)
            nac_log_open(argv[i] + 6);
        else if (strncmp(argv[i], "--jit-", 6) != 0)
            argument = strtoll(argv[i], NULL, 10);
    }
    if (argument < 1 || !backend || mode < 0 || mode > 3)
        return usage();
    stack_bottom = __builtin_frame_address(0);
    the_machine = m;
    m->jit = tr_jit_new(&host, backend);
    m->run_time_pc = mode == 1;
    tr_set_enabled(m->jit, mode > 0);
    if (mode < 3) {
        tr_params(m->jit)->opt_loop = 0;
        tr_params(m->jit)->opt_sink = 0;
    }
    for (i = 1; i < argc; i++)
        if (strncmp(argv[i], "--jit-", 6) == 0 &&
            !set_param(m->jit, argv[i] + 6))
            return usage();
    for (i = 0; i < (int)sizeof program; i++)
        tr_site_init(m->jit, &m->sites[i], TR_ROOT_LOOP, (uint64_t)i);
    start = now_ms();
    result = run(m, argument);
    printf("%" PRId64 "\n%.1f ms\n", result, now_ms() - start);
    tr_jit_free(m->jit);
    nac_log_close();
    return 0;
}
