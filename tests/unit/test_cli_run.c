/* SPDX-License-Identifier: MIT
 * tests/unit/test_cli_run.c: compiled traces against the IR evaluator: every
 * operation on border values, as a value and as a guard; links, bridges and
 * units; then random programs. NACRE_TEST_SEED and NACRE_TEST_COUNT change the
 * random part.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "cli-backend/cli.h"
#include "tests/unit/cli_support.h"

static struct tr_jit *cli, *eval;

/* -- operations on border values -- */

static const uint64_t ints[] = {
    0,
    1,
    2,
    3,
    7,
    63,
    64,
    1000,
    (uint64_t)-1,
    (uint64_t)-2,
    (uint64_t)-7,
    (uint64_t)-64,
    INT64_MAX,
    (uint64_t)INT64_MIN,
    (uint64_t)INT64_MIN + 1,
    (uint64_t)NB_INT_MAX,
    (uint64_t)NB_INT_MIN,
    (uint64_t)NB_INT_MAX + 1,
    (uint64_t)NB_INT_MIN - 1,
    UINT64_C(1) << 51,
    (UINT64_C(1) << 51) - 1,
    UINT64_C(1) << 31,
    UINT64_C(1) << 32,
    UINT64_C(0x123456789abcdef0),
    INT64_MAX - 1,
    (UINT64_C(1) << 25) + 1,
    94906267,
    94906266,
    (uint64_t)-94906267,
};

static const double floats[] = {
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    -0.5,
    1.5,
    1e300,
    -1e300,
    1e-310,
    3.7,
    -3.7,
    9007199254740993.0,
    2147483648.0,
    4.0,
    INFINITY,
    -INFINITY,
    NAN,
};

static const uint64_t values[] = {
    NB_MAX_FLOAT,
    NB_NOTHING,
    NB_NOTHING + 1,
    NB_PTR_TAG,
    NB_PTR_TAG + 0x7f0012345678,
    NB_PTR_TAG + 0xFFFFFFFFFFFF,
    NB_PTR_TAG - 1,
    NB_PTR_TAG + (UINT64_C(1) << 48),
    NB_INT_TAG,
    NB_INT_TAG - 1,
    UINT64_MAX,
    0,
    UINT64_C(0x3FF0000000000000),
    UINT64_C(0x7FF0000000000000),
    UINT64_C(0xFFF0000000000000),
    UINT64_C(0x8000000000000000),
    NB_INT_TAG + 5,
    NB_PTR_TAG + WIDE_BASE,
    NB_PTR_TAG + WIDE_BASE + 1,
    NB_PTR_TAG + WIDE_BASE + 2,
    UINT64_C(0x7FF8000000000000),
};

enum set {
    S_I,
    S_F,
    S_V,
    S_C,
    S_P,
    S_I50,
    S_I52,
    S_SH,
    S_DIV,
    S_VP,
    S_VF,
    S_VI,
    S_VW
};

static bool
in_set(enum set set, uint64_t v)
{
    switch (set) {
    case S_C:
        return v <= 1;
    case S_I50:
        return (int64_t)v >= NB_INT_MIN && (int64_t)v <= NB_INT_MAX;
    case S_I52:
        return (int64_t)v >= -(INT64_C(1) << 51) && (int64_t)v < INT64_C(1)
                                                                     << 51;
    case S_SH:
        return v < 64;
    case S_DIV:
        return v != 0;
    case S_VP:
        return v >> 48 == NB_PTR_TOP;
    case S_VF:
        return v <= NB_MAX_FLOAT;
    case S_VI:
        return v >= NB_INT_TAG;
    case S_VW:
        return host_is_wide(v);
    default:
        return true;
    }
}

static uint32_t
members(enum set set, uint64_t *out)
{
    uint32_t n = 0;

    if (set == S_F) {
        for (size_t i = 0; i < sizeof floats / sizeof *floats; i++)
            memcpy(&out[n++], &floats[i], 8);
        return n;
    }
    if (set == S_V || set >= S_VP) {
        for (size_t i = 0; i < sizeof values / sizeof *values; i++)
            if (in_set(set, values[i]))
                out[n++] = values[i];
        return n;
    }
    for (size_t i = 0; i < sizeof ints / sizeof *ints; i++)
        if (in_set(set, ints[i]))
            out[n++] = set == S_P ? ints[i] & 0xFFFFFFFFFFFF : ints[i];
    return n;
}

static const char *
kind_of(enum set set)
{
    return set == S_F                  ? "f64"
           : set == S_V || set >= S_VP ? "val"
           : set == S_C                ? "cond"
           : set == S_P                ? "ptr"
                                       : "i64";
}

struct op {
    const char *text;
    enum set a, b;
    bool unary, cond, any; /* any: the result may differ */
};

static const struct op ops[] = {
    {"ADD %1 %2", S_I, S_I, 0, 0, 0},
    {"SUB %1 %2", S_I, S_I, 0, 0, 0},
    {"MUL %1 %2", S_I, S_I, 0, 0, 0},
    {"FLOORDIV %1 %2", S_I, S_DIV, 0, 0, 0},
    {"FLOORMOD %1 %2", S_I, S_DIV, 0, 0, 0},
    {"NEG %1", S_I, S_I, 1, 0, 0},
    {"AND %1 %2", S_I, S_I, 0, 0, 0},
    {"OR %1 %2", S_I, S_I, 0, 0, 0},
    {"XOR %1 %2", S_I, S_I, 0, 0, 0},
    {"AND %1 %2", S_C, S_C, 0, 1, 0},
    {"OR %1 %2", S_C, S_C, 0, 1, 0},
    {"SHL %1 %2", S_I, S_SH, 0, 0, 0},
    {"SHR %1 %2", S_I, S_SH, 0, 0, 0},
    {"USHR %1 %2", S_I, S_SH, 0, 0, 0},
    {"FITS %1 50", S_I, S_I, 1, 1, 0},
    {"FITS %1 8", S_I, S_I, 1, 1, 0},
    {"FITS %1 64", S_I, S_I, 1, 1, 0},
    {"FITS %1 1", S_I, S_I, 1, 1, 0},
    {"MULFITS %1 %2 50", S_I52, S_I52, 0, 1, 0},
    {"MULFITS %1 %2 52", S_I52, S_I52, 0, 1, 0},
    {"ADDFITS %1 %2", S_I, S_I, 0, 1, 0},
    {"SUBFITS %1 %2", S_I, S_I, 0, 1, 0},
    {"MULWIDE %1 %2", S_I, S_I, 0, 1, 0},
    {"EQ %1 %2", S_I, S_I, 0, 1, 0},
    {"NE %1 %2", S_I, S_I, 0, 1, 0},
    {"LT %1 %2", S_I, S_I, 0, 1, 0},
    {"GE %1 %2", S_I, S_I, 0, 1, 0},
    {"LE %1 %2", S_I, S_I, 0, 1, 0},
    {"GT %1 %2", S_I, S_I, 0, 1, 0},
    {"ULT %1 %2", S_I, S_I, 0, 1, 0},
    {"UGE %1 %2", S_I, S_I, 0, 1, 0},
    {"NOT %1", S_C, S_C, 1, 1, 0},
    {"FADD %1 %2", S_F, S_F, 0, 0, 0},
    {"FSUB %1 %2", S_F, S_F, 0, 0, 0},
    {"FMUL %1 %2", S_F, S_F, 0, 0, 0},
    {"FDIV %1 %2", S_F, S_F, 0, 0, 0},
    {"FNEG %1", S_F, S_F, 1, 0, 0},
    {"FABS %1", S_F, S_F, 1, 0, 0},
    {"FSQRT %1", S_F, S_F, 1, 0, 0},
    {"FFLOOR %1", S_F, S_F, 1, 0, 0},
    {"FEQ %1 %2", S_F, S_F, 0, 1, 0},
    {"FNE %1 %2", S_F, S_F, 0, 1, 0},
    {"FLT %1 %2", S_F, S_F, 0, 1, 0},
    {"FLE %1 %2", S_F, S_F, 0, 1, 0},
    {"FGT %1 %2", S_F, S_F, 0, 1, 0},
    {"FGE %1 %2", S_F, S_F, 0, 1, 0},
    {"I2F %1", S_I, S_I, 1, 0, 0},
    {"F2I %1", S_F, S_F, 1, 0, 1},
    {"IS_INT %1", S_V, S_V, 1, 1, 0},
    {"IS_FLT %1", S_V, S_V, 1, 1, 0},
    {"IS_PTR %1", S_V, S_V, 1, 1, 0},
    {"IS_WIDE %1", S_V, S_V, 1, 1, 0},
    {"UNBOX_INT %1", S_VI, S_V, 1, 0, 0},
    {"UNBOX_WIDE %1", S_VW, S_V, 1, 0, 0},
    {"UNBOX_FLT %1", S_VF, S_V, 1, 0, 0},
    {"UNBOX_PTR %1", S_VP, S_V, 1, 0, 0},
    {"BOX_INT %1", S_I50, S_V, 1, 0, 0},
    {"BOX_WIDE %1", S_I, S_V, 1, 0, 0},
    {"BOX_FLT %1", S_F, S_V, 1, 0, 0},
    {"BOX_PTR %1", S_P, S_V, 1, 0, 0},
    {"BOX_BOOL %1", S_C, S_V, 1, 0, 0},
    {"XEQ %1 %2", S_V, S_V, 0, 1, 0},
    {"XNE %1 %2", S_V, S_V, 0, 1, 0},
    {"PEQ %1 %2", S_P, S_P, 0, 1, 0},
    {"PNE %1 %2", S_P, S_P, 0, 1, 0},
    {"P2I %1", S_P, S_P, 1, 0, 0},
    {"PADD %1 %2", S_P, S_I, 0, 0, 0},
    {"AREF a.val %1 %2", S_P, S_SH, 0, 0, 0},
    {"AREF a.u8 %1 %2", S_P, S_SH, 0, 0, 0},
    {"AREF a.24 %1 %2", S_P, S_SH, 0, 0, 0},
};

static bool
same_word(uint64_t a, uint64_t b)
{
    double x, y;

    memcpy(&x, &a, 8);
    memcpy(&y, &b, 8);
    return a == b || (isnan(x) && isnan(y));
}

/* Runs the trace in both; the exit's number must be the same and, unless [any],
 * the values saved. */
static void
run_both(struct tr_trace *c, struct tr_trace *e, uint64_t x, uint64_t y,
         bool any, const char *text)
{
    static struct tr_frame cf, ef;
    static uint64_t frame[8];
    uint32_t n;

    memset(&cf, 0, sizeof cf);
    memset(&ef, 0, sizeof ef);
    cf.base = ef.base = frame;
    cf.spill[0] = ef.spill[0] = x;
    cf.spill[1] = ef.spill[1] = y;
    cli_backend.enter(cli, c, &cf);
    tr_eval_backend.enter(eval, e, &ef);
    n = ef.exit ? ef.exit->nspill : 0;
    if (!cf.exit != !ef.exit || (cf.exit && cf.exit->index != ef.exit->index))
        fail_msg("%s on %#lx %#lx: exit differs\n%s", text, x, y, text);
    for (uint32_t i = 0; i < n && !any; i++) {
        if (!same_word(cf.spill[i], ef.spill[i]))
            fail_msg("%s on %#lx %#lx: %#lx instead of %#lx", text, x, y,
                     cf.spill[i], ef.spill[i]);
    }
    if (!ef.exit && !same_word(cf.result, ef.result))
        fail_msg("%s on %#lx %#lx: returns %#lx instead of %#lx", text, x, y,
                 cf.result, ef.result);
}

static void
compile_both(const char *text, struct tr_trace **c, struct tr_trace **e)
{
    *c = test_trace(cli, text);
    *e = test_trace(eval, text);
    test_compile(cli, *c);
    test_compile(eval, *e);
}

static bool
allowed(const struct op *op, uint64_t x, uint64_t y)
{
    return op->b != S_DIV || x != (uint64_t)INT64_MIN || y != (uint64_t)-1;
}

/* The operation as a value saved at an exit. Four forms: computed in the stub;
 * computed in the trace, because it is used twice; returned; on constants. */
static void
try_values(const struct op *op)
{
    static const char *const tails[3] = {
        "LEAVE @0\nsnap 0 { 0: %3 }\n",
        "GUARD_F c:0 @1\nLEAVE @0\nsnap 0 { 0: %3 }\nsnap 1 { 0: %3 }\n",
        "RET %3\n",
    };
    uint64_t xs[40], ys[40];
    uint32_t nx = members(op->a, xs), ny = op->unary ? 1 : members(op->b, ys);

    ys[op->unary ? 0 : ny] = 0;
    for (int form = 0; form < 3; form++) {
        char text[500];
        struct tr_trace *c, *e;

        snprintf(text, sizeof text,
                 "%%1 = ARG.%s 0\n%%2 = ARG.%s 1\n%%3 = %s\n%s", kind_of(op->a),
                 kind_of(op->b), op->text, tails[form]);
        compile_both(text, &c, &e);
        for (uint32_t i = 0; i < nx; i++)
            for (uint32_t k = 0; k < ny; k++)
                if (allowed(op, xs[i], ys[k]))
                    run_both(c, e, xs[i], ys[k], op->any, text);
    }
}

static void
put_const(char *out, size_t n, enum set set, uint64_t v)
{
    double d;

    memcpy(&d, &v, 8);
    if (set == S_F && isnan(d))
        snprintf(out, n, "f:nan:%#lx", v);
    else if (set == S_F)
        snprintf(out, n, "f:%a", d);
    else if (set == S_V || set >= S_VP)
        snprintf(out, n, "v:%#lx", v);
    else
        snprintf(out, n, "%s:%ld",
                 set == S_C   ? "c"
                 : set == S_P ? "p"
                              : "i",
                 (long)v);
}

/* One operand constant. */
static void
try_constants(const struct op *op)
{
    uint64_t xs[40], ys[40];
    uint32_t nx = members(op->a, xs), ny = members(op->b, ys);

    if (op->unary)
        return;
    for (uint32_t k = 0; k < nx + ny; k++) {
        bool second = k >= nx;
        uint64_t v = second ? ys[k - nx] : xs[k];
        char text[500], constant[60], code[100];
        const char *from = second ? "%2" : "%1";
        const char *at = strstr(op->text, from);
        struct tr_trace *c, *e;

        put_const(constant, sizeof constant, second ? op->b : op->a, v);
        snprintf(code, sizeof code, "%.*s%s%s", (int)(at - op->text), op->text,
                 constant, at + 2);
        snprintf(text, sizeof text,
                 "%%1 = ARG.%s 0\n%%2 = ARG.%s 1\n%%3 = %s\n"
                 "LEAVE @0\nsnap 0 { 0: %%3 1: %%1 }\n",
                 kind_of(op->a), kind_of(op->b), code);
        compile_both(text, &c, &e);
        for (uint32_t i = 0; i < (second ? nx : ny); i++) {
            uint64_t x = second ? xs[i] : v, y = second ? v : ys[i];

            if (allowed(op, x, y))
                run_both(c, e, x, y, op->any, text);
        }
    }
}

/* As a condition: fused guards, a guard on NOT, on AND with itself, BOX_BOOL,
 * and both kinds of SELECT. */
static void
try_guards(const struct op *op)
{
    static const char *const tails[] = {
        "GUARD_T %3 @0\nLEAVE @1\nsnap 0 { }\nsnap 1 { }\n",
        "GUARD_F %3 @0\nLEAVE @1\nsnap 0 { }\nsnap 1 { }\n",
        "%4 = NOT %3\nGUARD_T %4 @0\nLEAVE @1\nsnap 0 { }\nsnap 1 { }\n",
        "%4 = AND %3 c:1\nGUARD_F %4 @0\nLEAVE @1\nsnap 0 { }\nsnap 1 { }\n",
        "%4 = BOX_BOOL %3\nRET %4\n",
        "%4 = PAIR.i64 i:5 i:-9\n%5 = SELECT.i64 %3 %4\n%6 = BOX_INT %5\n"
        "RET %6\n",
        "%4 = PAIR.f64 f:0x1p+0 f:nan:0x7ff8000000000000\n"
        "%5 = SELECT.f64 %3 %4\n%6 = BOX_FLT %5\nRET %6\n",
    };
    uint64_t xs[40], ys[40];
    uint32_t nx = members(op->a, xs), ny = op->unary ? 1 : members(op->b, ys);

    ys[op->unary ? 0 : ny] = 0;
    for (size_t form = 0; form < sizeof tails / sizeof *tails; form++) {
        char text[500];
        struct tr_trace *c, *e;

        snprintf(text, sizeof text,
                 "%%1 = ARG.%s 0\n%%2 = ARG.%s 1\n%%3 = %s\n%s", kind_of(op->a),
                 kind_of(op->b), op->text, tails[form]);
        compile_both(text, &c, &e);
        for (uint32_t i = 0; i < nx; i++)
            for (uint32_t k = 0; k < ny; k++)
                run_both(c, e, xs[i], ys[k], op->any, text);
    }
}

static void
test_operations(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++) {
        try_values(&ops[i]);
        try_constants(&ops[i]);
        if (ops[i].cond)
            try_guards(&ops[i]);
    }
}

/* Every operation of irops.def is in one of these tests. */
static void
test_all_covered(void **state)
{
    static const char *const elsewhere =
        " NOP SLOT ARG BASE LOOP PHI JUMP LINK LEAVE RET GUARD_T GUARD_F VALID "
        "SELECT PAIR FLOAD FSTORE ALOAD ASTORE NEW BARRIER CARG CALL "
        "HEAD JOIN JOINED OUTER ";

    (void)state;
    for (int op = 1; op < TR_NOPS; op++) {
        char name[40];
        bool found;

        snprintf(name, sizeof name, " %s ", tr_opinfo[op].name);
        found = strstr(elsewhere, name) != NULL;
        for (size_t i = 0; i < sizeof ops / sizeof *ops; i++)
            found |= strncmp(ops[i].text, name + 1, strlen(name + 1)) == 0;
        if (!found)
            fail_msg("no test of %s", name);
    }
}

/* -- bridges, links, units -- */

static const char parent_text[] =
    "VALID @2\n"
    "%1 = SLOT 0\n%2 = SLOT 1\n%5 = UNBOX_INT %1\n%6 = UNBOX_INT %2\n"
    "LOOP\n%10 = PHI.i64 %5 %20\n"
    "%12 = LT %10 %6\nGUARD_T %12 @1\n"
    "%13 = AND %10 i:1\n%14 = EQ %13 i:0\n%15 = I2F %10\n"
    "%20 = ADD %10 i:1\nGUARD_T %14 @0\n"
    "JUMP\n"
    "snap 0 { 0: %20, 2: %15 }\nsnap 1 { 0: %10 }\nsnap 2 { }\n";
/* Adds 1 to slot 3 and goes back. */
static const char bridge_text[] =
    "%1 = ARG.i64 0\n%2 = ARG.f64 1\n%3 = SLOT 3\n%4 = UNBOX_INT %3\n"
    "%5 = ADD %4 i:1\n%6 = BOX_INT %5\n%7 = BOX_INT %1\n%8 = BOX_FLT %2\n"
    "%9 = FLT %2 f:0x1p+62\nGUARD_T %9 @1\n"
    "LINK 1 @0\nsnap 0 { 0: %7, 2: %8, 3: %6 }\nsnap 1 { 0: %1 }\n";

static void
set_words(uint64_t *w, int64_t n)
{
    w[0] = NB_INT_TAG;
    w[1] = (uint64_t)n | NB_INT_TAG;
    w[2] = 0;
    w[3] = NB_INT_TAG;
}

static void
test_bridges(void **state)
{
    struct tr_jit *jit = tr_jit_new(&test_host, &cli_backend);
    struct tr_trace *root = test_trace(jit, parent_text);
    struct tr_trace *bridge = test_trace(jit, bridge_text);
    struct tr_trace *both[2] = {root, bridge};
    struct tr_unit unit = {both, 2};
    static struct tr_frame tf;
    uint64_t words[8];
    tr_entry code;
    char why[200];
    double d;

    (void)state;
    for (uint32_t e = 0; e < root->nexits; e++)
        if (root->exits[e].snap == 0)
            test_bridge(bridge, root, e);
    test_compile(jit, root);
    set_words(words, 100);
    tf.base = words;
    cli_backend.enter(jit, root, &tf);
    assert_int_equal(tf.exit->snap, 0);
    assert_int_equal(tf.spill[0], 2);
    test_compile(jit, bridge);
    /* 10 million transfers to the bridge and back: calls that are none would
     * overflow the stack of 8 MB */
    set_words(words, 20000000);
    cli_backend.enter(jit, root, &tf);
    assert_int_equal(tf.exit->snap, 1);
    assert_int_equal(tf.spill[0], 20000000);
    assert_true(words[3] == (NB_INT_TAG | 10000000));
    memcpy(&d, &words[2], 8);
    assert_true(d == 19999999.0);

    assert_int_equal(cli_backend.compile(jit, &unit, &code, why, sizeof why),
                     0);
    root->entry.code = code;
    set_words(words, 1001);
    cli_backend.enter(jit, root, &tf);
    assert_int_equal(tf.exit->snap, 1);
    assert_true(words[3] == (NB_INT_TAG | 500));

    root->invalid = 1;
    cli_backend.enter(jit, root, &tf);
    assert_int_equal(tf.exit->snap, 2);
}

/* A bridge that goes on at its root's LOOP once both are one method: it writes
 * slot 3, which the root does not carry, and not slot 0, which it does. */
static const char joined_root[] =
    "%1 = SLOT 0\n%2 = SLOT 1\n%3 = UNBOX_INT %1\n%4 = UNBOX_INT %2\n"
    "LOOP\n%6 = PHI.i64 %3 %13\n"
    "%7 = LT %6 %4\nGUARD_T %7 @1\n"
    "%9 = AND %6 i:1\n%10 = EQ %9 i:0\n%11 = NOP\n%12 = NOP\n"
    "%13 = ADD %6 i:1\nGUARD_T %10 @0\nHEAD @2\nJUMP\n"
    "snap 0 { 0: %13 }\nsnap 1 { 0: %6 }\n"
    "snap 2 { 0: %6, 1: -, 2: -, 3: %4, 4: -, 5: - }\n";
static const char joining_bridge[] =
    "%1 = ARG.i64 0\n%2 = SLOT 3\n%3 = UNBOX_INT %2\n%4 = ADD %3 i:1\n"
    "%5 = BOX_INT %4\n%6 = BOX_INT %1\n"
    "JOIN\n%8 = OUTER.i64 4\n%9 = LE %1 %8\nGUARD_T %9 @1\nJOINED @2\n"
    "LINK 1 @0\nsnap 0 { 0: %6, 3: %5 }\nsnap 1 { 0: %1 }\n"
    "snap 2 { 6: %1 }\n";

static void
test_join(void **state)
{
    struct tr_jit *jit = tr_jit_new(&test_host, &cli_backend);
    struct tr_trace *root = test_trace(jit, joined_root);
    struct tr_trace *bridge = test_trace(jit, joining_bridge);
    struct tr_trace *both[2] = {root, bridge};
    struct tr_unit unit = {both, 2};
    static struct tr_frame tf;
    uint64_t words[8];
    tr_entry code;
    char why[200];

    (void)state;
    root->head.snap = 2;
    root->head.count = 2;
    root->head.items = nac_calloc(2, sizeof *root->head.items);
    root->head.items[0] = (struct tr_carried){.box = TR_BOX_INT, .slot = 0};
    root->head.items[1] =
        (struct tr_carried){.same = true, .box = TR_BOX_INT, .slot = 1};
    for (uint32_t e = 0; e < root->nexits; e++)
        if (root->exits[e].snap == 0)
            test_bridge(bridge, root, e);
    test_compile(jit, root);
    test_compile(jit, bridge);
    set_words(words, 1001);
    tf.base = words;
    cli_backend.enter(jit, root, &tf);
    assert_int_equal(tf.exit->snap, 1);
    assert_true(words[3] == (NB_INT_TAG | 500));
    assert_true(words[0] == (NB_INT_TAG | 1000)); /* by LINK */

    assert_int_equal(cli_backend.compile(jit, &unit, &code, why, sizeof why),
                     0);
    root->entry.code = code;
    set_words(words, 1001);
    cli_backend.enter(jit, root, &tf);
    assert_int_equal(tf.exit->snap, 1);
    assert_int_equal(tf.spill[0], 1001);
    assert_true(words[3] == (NB_INT_TAG | 500));
    assert_true(words[0] == NB_INT_TAG); /* by JOINED */
}

/* Three objects of one size: two refills; the first word is there, the rest is
 * zero, and no two are one. */
static void
test_inline_new(void **state)
{
    struct tr_jit *jit = tr_jit_new(&test_host, &cli_backend);
    struct tr_trace *t =
        test_trace(jit, "%1 = NEW 48 p:0x1230\n%2 = NEW 48 p:0x4560\n"
                        "%3 = NEW 48 p:0x7890\nLEAVE @0\n"
                        "snap 0 { 0: %1, 1: %2, 2: %3 }\n");
    static struct tr_frame tf;
    uint64_t words[8] = {0};
    int before = test_refills;

    (void)state;
    test_bumps[3] = (struct tr_bump){NULL, NULL};
    test_compile(jit, t);
    tf.base = words;
    cli_backend.enter(jit, t, &tf);
    assert_int_equal(test_refills, before + 2);
    for (int i = 0; i < 3; i++) {
        const uint64_t *p = (const uint64_t *)(uintptr_t)tf.spill[i];
        static const uint64_t heads[] = {0x1230, 0x4560, 0x7890};

        assert_true(p[0] == heads[i]);
        for (int k = 1; k < 6; k++)
            assert_true(p[k] == 0);
    }
    assert_true(tf.spill[0] + 48 == tf.spill[1]);
    assert_true(tf.spill[2] != tf.spill[0] && tf.spill[2] != tf.spill[1]);
}

/* A link whose target's frame lies above this one. */
static void
test_link_up(void **state)
{
    struct tr_jit *jit = tr_jit_new(&test_host, &cli_backend);
    struct tr_trace *to = test_trace(jit, "%1 = SLOT 0\n%2 = BASE 2\n"
                                          "%3 = BOX_PTR %2\nLEAVE @0\n"
                                          "snap 0 { 1: %1, 2: %3 }\n");
    struct tr_trace *from =
        test_trace(jit, "%1 = SLOT 0\n%2 = SLOT 1\nLINK 1 @0\n"
                        "snap 0 top=4 { 0: %2, 1: %1, 4: int:7 }\n");
    static struct tr_frame tf;
    uint64_t words[8] = {NB_INT_TAG | 1, NB_INT_TAG | 2};

    (void)state;
    test_compile(jit, to);
    test_compile(jit, from);
    tf.base = words;
    cli_backend.enter(jit, from, &tf);
    assert_ptr_equal(tf.base, words + 4);
    assert_true(words[0] == (NB_INT_TAG | 2) && words[1] == (NB_INT_TAG | 1));
    assert_true(words[4] == (NB_INT_TAG | 7));
}

/* A forked child goes on compiling, and so does another thread. */
static void *
compile_one(void *text)
{
    struct tr_trace *c, *e;

    compile_both(text, &c, &e);
    run_both(c, e, 5, 6, false, text);
    return c;
}

static char add_text[] = "%1 = ARG.i64 0\n%2 = ARG.i64 1\n%3 = ADD %1 %2\n"
                         "LEAVE @0\nsnap 0 { 0: %3 }\n";

static void
test_fork_and_thread(void **state)
{
    pthread_t thread;
    void *made = NULL;
    int status;
    pid_t pid;

    (void)state;
    fflush(stdout);
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        alarm(20);
        _exit(compile_one(add_text) ? 7 : 1);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 7);
    assert_int_equal(pthread_create(&thread, NULL, compile_one, add_text), 0);
    pthread_join(thread, &made);
    assert_non_null(made);
}

/* Handlers of the program survive the start of the host. */
static volatile sig_atomic_t interrupted;

static void
on_interrupt(int n)
{
    (void)n;
    interrupted++;
}

static void
test_signals(void **state)
{
    (void)state;
    raise(SIGINT);
    assert_int_equal(interrupted, 1);
    assert_null(getenv("MONO_THREADS_SUSPEND"));
}

/* -- random programs -- */

static uint64_t seed;

static uint32_t
rnd(uint32_t n)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(seed >> 33) % n;
}

enum class { C_I, C_F, C_C, C_P, C_VI, C_VF, C_VP, C_V, NCLASSES };

static const char *const class_kind[NCLASSES] = {"i64", "f64", "cond", "ptr",
                                                 "val", "val", "val",  "val"};

struct gen {
    struct nac_buf text, snaps;
    NAC_VEC(uint32_t) have[NCLASSES];
    uint32_t next, nsnaps;
};

static uint32_t
new_name(struct gen *g)
{
    return ++g->next;
}

static void
have(struct gen *g, enum class c, uint32_t name)
{
    nac_vec_push(&g->have[c], name);
}

/* An operand of the class: a value or (sometimes) a constant. */
static const char *
pick(struct gen *g, enum class c)
{
    static char bufs[8][40];
    static int at;
    char *b = bufs[at = (at + 1) % 8];

    if (g->have[c].len && rnd(6)) {
        uint32_t n = g->have[c].len;
        uint32_t k = rnd(2) ? rnd(n) : n - 1 - rnd(n < 4 ? n : 4);

        snprintf(b, 40, "%%%u", g->have[c].items[k]);
        return b;
    }
    switch (c) {
    case C_I:
        snprintf(b, 40, "i:%ld", (long)ints[rnd(sizeof ints / sizeof *ints)]);
        break;
    case C_F:
        snprintf(b, 40, "f:%a", floats[rnd(17)]);
        break;
    case C_C:
        snprintf(b, 40, "c:%u", rnd(2));
        break;
    case C_P:
        snprintf(b, 40, "p:%#lx",
                 (unsigned long)(uintptr_t)(test_heap + 0x100 + 64 * rnd(4)));
        break;
    case C_VI:
        snprintf(b, 40, "int:%d", (int)rnd(100) - 50);
        break;
    case C_VF:
        snprintf(b, 40, "flt:%a", floats[rnd(17)]);
        break;
    case C_VP:
        snprintf(b, 40, "v:%#lx",
                 (unsigned long)(NB_PTR_TAG +
                                 (uintptr_t)(test_heap + 0x100 + 64 * rnd(4))));
        break;
    default:
        snprintf(b, 40, "nothing");
        break;
    }
    return b;
}

__attribute__((format(printf, 3, 4))) static uint32_t
put(struct gen *g, enum class c, const char *fmt, ...)
{
    uint32_t name = new_name(g);
    va_list ap;

    nac_buf_printf(&g->text, "%%%u = ", name);
    va_start(ap, fmt);
    nac_buf_vprintf(&g->text, fmt, ap);
    va_end(ap);
    nac_buf_putc(&g->text, '\n');
    have(g, c, name);
    return name;
}

/* A snapshot of some values, often values that were just made. */
static uint32_t
put_snap(struct gen *g)
{
    uint32_t n = rnd(16);

    nac_buf_printf(&g->snaps, "snap %u top=0 {", g->nsnaps);
    for (uint32_t i = 0; i < n; i++) {
        enum class c = (enum class)rnd(NCLASSES);

        if (g->have[c].len)
            nac_buf_printf(&g->snaps, " %u: %s", i, pick(g, c));
    }
    nac_buf_puts(&g->snaps, " }\n");
    return g->nsnaps++;
}

static void put_cond(struct gen *g);

/* A guard on a fresh condition, so that no two contradict each other. */
static void
put_guard(struct gen *g)
{
    static uint32_t last;
    uint32_t snap, n = g->have[C_C].len;

    while (g->have[C_C].len == n)
        put_cond(g);
    snap =
        g->nsnaps && rnd(12) == 0 && last < g->nsnaps && last + 1 == g->nsnaps
            ? last
            : put_snap(g);

    last = snap;
    nac_buf_printf(&g->text, "GUARD_%c %%%u @%u\n", rnd(2) ? 'T' : 'F',
                   nac_vec_top(&g->have[C_C]), snap);
}

static void
put_int(struct gen *g)
{
    static const char *const two[] = {"ADD", "SUB", "MUL", "AND", "OR", "XOR"};

    switch (rnd(8)) {
    case 0:
        put(g, C_I, "FLOORDIV %s i:%d", pick(g, C_I), 1 + (int)rnd(9));
        break;
    case 1: {
        uint32_t m = put(g, C_I, "AND %s i:7", pick(g, C_I));
        uint32_t p = put(g, C_I, "ADD %%%u i:1", m);

        put(g, C_I, "FLOOR%s %s %%%u", rnd(2) ? "DIV" : "MOD", pick(g, C_I), p);
        break;
    }
    case 2:
        put(g, C_I, "%s %s i:%u",
            rnd(3) == 0   ? "SHL"
            : rnd(2) == 0 ? "SHR"
                          : "USHR",
            pick(g, C_I), rnd(64));
        break;
    case 3:
        put(g, C_I, "NEG %s", pick(g, C_I));
        break;
    default:
        put(g, C_I, "%s %s %s", two[rnd(6)], pick(g, C_I), pick(g, C_I));
        break;
    }
}

static void
put_float(struct gen *g)
{
    static const char *const two[] = {"FADD", "FSUB", "FMUL", "FDIV"};
    static const char *const one[] = {"FNEG", "FABS", "FSQRT", "FFLOOR"};

    if (rnd(4) == 0)
        put(g, C_F, "%s %s", one[rnd(4)], pick(g, C_F));
    else if (rnd(8) == 0)
        put(g, C_F, "I2F %s", pick(g, C_I));
    else
        put(g, C_F, "%s %s %s", two[rnd(4)], pick(g, C_F), pick(g, C_F));
}

static void
put_cond(struct gen *g)
{
    static const char *const i2[] = {"EQ", "NE", "LT",  "GE",
                                     "LE", "GT", "ULT", "UGE"};
    static const char *const f2[] = {"FEQ", "FNE", "FLT", "FLE", "FGT", "FGE"};
    static const char *const is[] = {"IS_INT", "IS_FLT", "IS_PTR", "IS_WIDE"};
    static const char *const fits[] = {"ADDFITS", "SUBFITS", "MULWIDE"};

    switch (rnd(8)) {
    case 0:
        put(g, C_C, "%s %s %s", f2[rnd(6)], pick(g, C_F), pick(g, C_F));
        break;
    case 1:
        put(g, C_C, "%s %s", is[rnd(4)],
            pick(g, (enum class)(C_VI + (int)rnd(4))));
        break;
    case 2:
        if (rnd(2))
            put(g, C_C, "FITS %s %u", pick(g, C_I), 1 + rnd(64));
        else
            put(g, C_C, "%s %s %s", fits[rnd(3)], pick(g, C_I), pick(g, C_I));
        break;
    case 3: { /* an int for the verifier, a condition for its user */
        uint32_t t = new_name(g);

        nac_buf_printf(&g->text, "%%%u = %s %s %s\n", t, rnd(3) ? "AND" : "OR",
                       pick(g, C_C), pick(g, C_C));
        nac_buf_printf(&g->text, "GUARD_%c %%%u @%u\n", rnd(2) ? 'T' : 'F', t,
                       put_snap(g));
        break;
    }
    case 4:
        put(g, C_C, "NOT %s", pick(g, C_C));
        break;
    case 5:
        put(g, C_C, "P%s %s %s", rnd(2) ? "EQ" : "NE", pick(g, C_P),
            pick(g, C_P));
        break;
    default:
        put(g, C_C, "%s %s %s", i2[rnd(8)], pick(g, C_I), pick(g, C_I));
        break;
    }
}

static void
put_value(struct gen *g)
{
    uint32_t t;

    switch (rnd(8)) {
    case 6:
        t = put(g, C_V, "BOX_WIDE %s", pick(g, C_I));
        put(g, C_I, "UNBOX_WIDE %%%u", t);
        break;
    case 0:
        t = put(g, C_I, "SHR %s i:14", pick(g, C_I));
        put(g, C_VI, "BOX_INT %%%u", t);
        break;
    case 1:
        put(g, C_VF, "BOX_FLT %s", pick(g, C_F));
        break;
    case 2:
        put(g, C_VP, "BOX_PTR %s", pick(g, C_P));
        break;
    case 3:
        put(g, C_V, "BOX_BOOL %s", pick(g, C_C));
        break;
    case 4:
        put(g, C_I, "UNBOX_INT %s", pick(g, C_VI));
        break;
    case 5:
        put(g, C_F, "UNBOX_FLT %s", pick(g, C_VF));
        break;
    default:
        t = new_name(g);
        nac_buf_printf(&g->text, "%%%u = PAIR.", t);
        switch (rnd(3)) {
        case 0:
            nac_buf_printf(&g->text, "f64 %s %s\n", pick(g, C_F), pick(g, C_F));
            put(g, C_F, "SELECT.f64 %s %%%u", pick(g, C_C), t);
            break;
        case 1:
            nac_buf_printf(&g->text, "ptr %s %s\n", pick(g, C_P), pick(g, C_P));
            put(g, C_P, "SELECT.ptr %s %%%u", pick(g, C_C), t);
            break;
        default:
            nac_buf_printf(&g->text, "i64 %s %s\n", pick(g, C_I), pick(g, C_I));
            put(g, C_I, "SELECT.i64 %s %%%u", pick(g, C_C), t);
            break;
        }
        break;
    }
}

/* Fields by class; an o.val that is loaded may be anything. */
static void
put_memory(struct gen *g)
{
    static const char *const small[] = {"o.int", "o.i8",  "o.u8", "o.i16",
                                        "o.u16", "o.i32", "o.u32"};
    static const char *const flt[] = {"o.flt", "o.f32"};
    uint32_t t, v;

    switch (rnd(11)) {
    case 10: /* the frame's words 0 and 1 */
        nac_buf_printf(&g->text, "FSTORE o.%s %%9 %s\n",
                       rnd(2) ? "head" : "val", pick(g, C_VI));
        break;
    case 0:
        put(g, C_I, "FLOAD.i64 %s %s", small[rnd(7)], pick(g, C_P));
        break;
    case 1:
        nac_buf_printf(&g->text, "FSTORE %s %s %s\n", small[rnd(7)],
                       pick(g, C_P), pick(g, C_I));
        break;
    case 2:
        put(g, C_F, "FLOAD.f64 %s %s", flt[rnd(2)], pick(g, C_P));
        break;
    case 3:
        nac_buf_printf(&g->text, "FSTORE %s %s %s\n", flt[rnd(2)], pick(g, C_P),
                       pick(g, C_F));
        break;
    case 4:
        nac_buf_printf(&g->text, "FSTORE o.val %s %s\n", pick(g, C_P),
                       pick(g, (enum class)(C_VI + (int)rnd(4))));
        break;
    case 5: /* a checked load of a value */
        v = put(g, C_V, "FLOAD.val o.val %s", pick(g, C_P));
        switch (rnd(3)) {
        case 0:
            t = put(g, C_C, "IS_FLT %%%u", v);
            nac_buf_printf(&g->text, "GUARD_T %%%u @%u\n", t, put_snap(g));
            put(g, C_F, "UNBOX_FLT %%%u", v);
            break;
        case 1:
            t = put(g, C_C, "IS_INT %%%u", v);
            nac_buf_printf(&g->text, "GUARD_T %%%u @%u\n", t, put_snap(g));
            put(g, C_I, "UNBOX_INT %%%u", v);
            break;
        default:
            break;
        }
        break;
    case 6:
        t = put(g, C_I, "AND %s i:7", pick(g, C_I));
        v = put(g, C_P, "AREF %s %s %%%u", "a.i32", pick(g, C_P), t);
        g->have[C_P].len--;
        if (rnd(2))
            put(g, C_I, "ALOAD.i64 a.i32 %%%u", v);
        else
            nac_buf_printf(&g->text, "ASTORE a.i32 %%%u %s\n", v, pick(g, C_I));
        break;
    case 7:
        nac_buf_printf(&g->text, "BARRIER %s\n", pick(g, C_P));
        break;
    case 8:
        put(g, C_P, "NEW 128 %s !1", pick(g, C_VI));
        break;
    default:
        t = new_name(g);
        if (rnd(2)) {
            nac_buf_printf(&g->text, "%%%u = CARG - %s\n", t, pick(g, C_I));
            nac_buf_printf(&g->text, "%%%u = CARG %%%u %s\n", t + 1, t,
                           pick(g, C_I));
            nac_buf_printf(&g->text, "%%%u = CARG %%%u %s\n", t + 2, t + 1,
                           pick(g, C_I));
            g->next += 2;
            put(g, C_I, "CALL.i64 add3 %%%u", t + 2);
        } else {
            nac_buf_printf(&g->text, "%%%u = CARG - %s\n", t, pick(g, C_F));
            nac_buf_printf(&g->text, "%%%u = CARG %%%u %s\n", t + 1, t,
                           pick(g, C_I));
            nac_buf_printf(&g->text, "%%%u = CARG %%%u %s\n", t + 2, t + 1,
                           pick(g, C_F));
            g->next += 2;
            put(g, C_F, "CALL.f64 mix %%%u", t + 2);
        }
        break;
    }
}

static void
put_some(struct gen *g, uint32_t n)
{
    while (n-- > 0) {
        switch (rnd(8)) {
        case 0:
        case 1:
            put_int(g);
            break;
        case 2:
        case 3:
            put_float(g);
            break;
        case 4:
            put_cond(g);
            break;
        case 5:
            put_value(g);
            break;
        case 6:
            put_memory(g);
            break;
        default:
            put_guard(g);
            break;
        }
    }
}

/* Values that carry over the loop: PHI lines go in front of the body. */
static void
put_loop(struct gen *g, uint32_t n)
{
    struct {
        enum class c;
        uint32_t name;
        char first[40];
    } phi[12];
    uint32_t nphi = rnd(11), counter = new_name(g), next, at, cond;
    struct nac_buf before = g->text;

    nac_buf_puts(&before, "LOOP\n");
    memset(&g->text, 0, sizeof g->text);
    for (uint32_t i = 0; i < nphi; i++) {
        phi[i].c = (enum class)rnd(NCLASSES);
        snprintf(phi[i].first, 40, "%s", pick(g, phi[i].c));
        phi[i].name = new_name(g);
    }
    for (uint32_t i = 0; i < nphi; i++)
        have(g, phi[i].c, phi[i].name);
    have(g, C_I, counter);
    cond = put(g, C_C, "LT %%%u i:%u", counter, rnd(20));
    nac_buf_printf(&g->text, "GUARD_T %%%u @%u\n", cond, put_snap(g));
    at = n / 2;
    put_some(g, at);
    next = put(g, C_I, "ADD %%%u i:1", counter);
    put_some(g, n - at);
    nac_buf_printf(&before, "%%%u = PHI.i64 i:0 %%%u\n", counter, next);
    for (uint32_t i = 0; i < nphi; i++)
        nac_buf_printf(&before, "%%%u = PHI.%s %s %s\n", phi[i].name,
                       class_kind[phi[i].c], phi[i].first,
                       rnd(4)                         ? pick(g, phi[i].c)
                       : phi[rnd(nphi)].c == phi[i].c ? pick(g, phi[i].c)
                                                      : phi[i].first);
    nac_buf_put(&before, g->text.data, g->text.len);
    nac_buf_free(&g->text);
    g->text = before;
    nac_buf_puts(&g->text, "JUMP\n");
}

static char *
random_program(void)
{
    struct gen g = {0};
    uint32_t length = 1 + rnd(60);

    nac_buf_puts(&g.text, "%1 = SLOT 0\n%2 = SLOT 1\n%3 = SLOT 2\n%4 = SLOT 3\n"
                          "%5 = ARG.i64 0\n%6 = ARG.f64 1\n%7 = ARG.ptr 2\n"
                          "%8 = ARG.cond 3\n%9 = BASE 0\n");
    g.next = 9;
    have(&g, C_VI, 1);
    have(&g, C_VF, 2);
    have(&g, C_VP, 3);
    have(&g, C_V, 4);
    have(&g, C_I, 5);
    have(&g, C_F, 6);
    have(&g, C_P, 7);
    have(&g, C_C, 8);
    put(&g, C_P, "UNBOX_PTR %%3");
    put(&g, C_I, "UNBOX_INT %%1");
    put(&g, C_F, "UNBOX_FLT %%2");
    put_some(&g, length);
    switch (rnd(4)) {
    case 0:
        nac_buf_printf(&g.text, "LEAVE @%u\n", put_snap(&g));
        break;
    case 1:
        nac_buf_printf(&g.text, "RET %s\n", pick(&g, C_V));
        break;
    default:
        put_loop(&g, length);
        break;
    }
    nac_buf_put(&g.text, g.snaps.data, g.snaps.len);
    nac_buf_free(&g.snaps);
    for (int c = 0; c < NCLASSES; c++)
        nac_vec_free(&g.have[c]);
    return g.text.data;
}

static void
reset(struct tr_frame *tf, uint64_t *words, uint64_t entropy)
{
    double d = floats[entropy % 17], f = floats[(entropy >> 8) % 17];

    for (size_t i = 0; i < HEAP_BYTES / 8; i++)
        test_heap[i] = 0;
    for (size_t i = 0x100; i < 0x400; i++)
        test_heap[i] = NB_INT_TAG | ((i * 77) & 0xFFFF);
    test_heap_used = 0;
    test_calls_made = 0;
    memset(test_wides + 3, 0, (NWIDES - 3) * sizeof *test_wides);
    memset(tf, 0, sizeof *tf);
    words[0] = (entropy & 0xFFFF) | NB_INT_TAG;
    memcpy(&words[1], &d, 8);
    words[2] = NB_PTR_TAG + (uintptr_t)(test_heap + 0x100);
    words[3] = values[(entropy >> 16) % 9];
    memset(words + 4, 0, 12 * 8);
    tf->base = words;
    tf->spill[0] = ints[(entropy >> 24) % (sizeof ints / sizeof *ints)];
    memcpy(&tf->spill[1], &f, 8);
    tf->spill[2] = (uintptr_t)(test_heap + 0x140);
    tf->spill[3] = entropy >> 40 & 1;
}

static void
compare_runs(struct tr_trace *c, struct tr_trace *e, uint64_t entropy,
             const char *text)
{
    static struct tr_frame cf, ef;
    static uint64_t cheap[HEAP_BYTES / 8];
    uint64_t words[16], cwords[16];

    reset(&cf, words, entropy);
    cli_backend.enter(cli, c, &cf);
    memcpy(cheap, test_heap, sizeof cheap);
    memcpy(cwords, words, sizeof words);
    reset(&ef, words, entropy);
    tr_eval_backend.enter(eval, e, &ef);
    if (!cf.exit != !ef.exit || (cf.exit && cf.exit->index != ef.exit->index))
        fail_msg("entropy %#lx: exit %d instead of %d\n%s", entropy,
                 cf.exit ? (int)cf.exit->index : -1,
                 ef.exit ? (int)ef.exit->index : -1, text);
    for (uint32_t i = 0; ef.exit && i < ef.exit->nspill; i++)
        if (!same_word(cf.spill[i], ef.spill[i]))
            fail_msg("entropy %#lx: exit %u spill %u (%%%u): %#lx instead of "
                     "%#lx\n%s",
                     entropy, ef.exit->index, i, ef.exit->spill[i].n,
                     cf.spill[i], ef.spill[i], text);
    if (!ef.exit && !same_word(cf.result, ef.result))
        fail_msg("entropy %#lx: result %#lx instead of %#lx\n%s", entropy,
                 cf.result, ef.result, text);
    if (memcmp(cwords, words, sizeof words) != 0)
        fail_msg("entropy %#lx: frame words differ\n%s", entropy, text);
    for (size_t i = 0; i < HEAP_BYTES / 8; i++)
        if (!same_word(cheap[i], test_heap[i]))
            fail_msg("entropy %#lx: heap word %zu: %#lx instead of %#lx\n%s",
                     entropy, i, cheap[i], test_heap[i], text);
}

/* The guard behind the PHIs, which bounds the passes through the loop. */
static bool
ends_loop(const struct tr_code_ir *ir, uint32_t i)
{
    while (--i > 0 && ir->ins.items[i].op != TR_LOOP)
        if (ir->ins.items[i].op != TR_LT && ir->ins.items[i].op != TR_PHI)
            return false;
    return i > 0;
}

/* Random guards fail early; so those that fail in a first run are turned round,
 * in both traces, until the run gets far. */
static void
turn_guards(struct tr_trace *c, struct tr_trace *e, uint64_t entropy)
{
    for (int round = 0; round < 100 && rnd(200); round++) {
        static struct tr_frame tf;
        uint64_t words[16];
        uint32_t i, found = 0;

        reset(&tf, words, entropy);
        tr_eval_backend.enter(eval, e, &tf);
        for (i = 1; tf.exit && i < e->ir.ins.len; i++) /* one of its guards */
            if (tr_opinfo[e->ir.ins.items[i].op].effect == TR_GUARD &&
                e->ir.ins.items[i].field == tf.exit->index &&
                (!found || rnd(2)))
                found = i;
        i = found;
        if (!i || ends_loop(&e->ir, i))
            break;
        e->ir.ins.items[i].op =
            e->ir.ins.items[i].op == TR_GUARD_T ? TR_GUARD_F : TR_GUARD_T;
        c->ir.ins.items[i].op = e->ir.ins.items[i].op;
    }
}

static void
test_random(void **state)
{
    const char *count = getenv("NACRE_TEST_COUNT");
    const char *first = getenv("NACRE_TEST_SEED");
    uint64_t from = first ? strtoull(first, NULL, 0) : 1;
    uint64_t n = count ? strtoull(count, NULL, 0) : 400;

    (void)state;
    for (uint64_t k = from; k < from + n; k++) {
        struct tr_trace *c, *e;
        char *text;

        seed = k * 7919;
        text = random_program();
        c = test_trace(cli, text);
        e = test_trace(eval, text);
        turn_guards(c, e, seed);
        test_compile(cli, c);
        for (int i = 0; i < 4; i++)
            compare_runs(
                c, e, seed + (uint64_t)i * UINT64_C(0x9E3779B97F4A7C15), text);
        free(text);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_covered),
        cmocka_unit_test(test_operations),
        cmocka_unit_test(test_bridges),
        cmocka_unit_test(test_join),
        cmocka_unit_test(test_inline_new),
        cmocka_unit_test(test_link_up),
        cmocka_unit_test(test_fork_and_thread),
        cmocka_unit_test(test_signals),
        cmocka_unit_test(test_random),
    };
    const char *why;

    if (!cli_available(&why)) {
        printf("1..0 # SKIP %s\n", why);
        return 0;
    }
    signal(SIGINT, on_interrupt);
    cli = tr_jit_new(&test_host, &cli_backend);
    eval = tr_jit_new(&test_host, &tr_eval_backend);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
