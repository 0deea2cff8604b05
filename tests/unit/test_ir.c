/* SPDX-License-Identifier: MIT
 * tests/unit/test_ir.c: the IR's text form (both ways) and its verifier.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tracer/tracer.h"

static const struct tr_field fields[] = {
    {.name = "none"},
    {"pair.head", TR_I64, 8, TR_FLD_IMMUTABLE, 0, 0},
    {"pair.first", TR_VAL, 8, 0, 8, 0},
    {"bytes.item", TR_I64, 1, TR_FLD_UNSIGNED, 16, 1},
};
static const struct tr_call calls[] = {
    {.name = "none"},
    {.name = "add", .result = TR_F64, .nargs = 2, .args = {TR_I64, TR_F64}},
};
static const struct tr_host host = {.name = "test",
                                    .fields = fields,
                                    .nfields = 4,
                                    .calls = calls,
                                    .ncalls = 2};

static const char *const everything =
    "%1 = SLOT 3\n"
    "%2 = SLOT -2\n"
    "%3 = IS_INT %1\n"
    "GUARD_T %3 @0 !4\n"
    "%5 = UNBOX_INT %1\n"
    "%6 = FITS %5 50\n"
    "GUARD_F %6 @1\n"
    "VALID @0\n"
    "%9 = ARG.f64 7\n"
    "%10 = BASE -3\n"
    "%11 = NEW 32 i:5 !2\n"
    "FSTORE pair.first %11 nothing\n"
    "%13 = FLOAD.val pair.first %11\n"
    "%14 = AREF bytes.item %11 %5\n"
    "%15 = ALOAD.i64 bytes.item %14\n"
    "ASTORE bytes.item %14 i:-9\n"
    "BARRIER %11\n"
    "%18 = CARG - %15\n"
    "%19 = CARG %18 f:0x1.8p+0\n"
    "%20 = CALL.f64 add %19\n"
    "%21 = PAIR.f64 %20 f:nan:0x7ff8000000000000\n"
    "%22 = SELECT.f64 %6 %21\n"
    "%23 = XEQ %13 v:0xfff9000000001000\n"
    "%24 = PEQ %10 p:0x20\n"
    "%25 = AND %24 c:1\n"
    "%26 = BOX_FLT %22\n"
    "LOOP\n"
    "%28 = PHI.i64 %5 %29\n"
    "%29 = ADD %28 %25\n"
    "GUARD_T %25 @1\n"
    "JUMP\n"
    "snap 0 pc=0x7b top=4 depth=1 mode=2 words=9 {}\n"
    "snap 1 pc=0x1 top=0 depth=0 mode=0 { -2: %1, 0: int:-7, 3: flt:-0x1p-1 }"
    "\n";

static void
same_text(const char *text)
{
    struct tr_code_ir ir;
    struct nac_buf out = {0};
    char why[200] = "";

    if (tr_parse_ir(&ir, &host, text, why, sizeof why) != 0)
        fail_msg("%s", why);
    tr_print_ir(&out, &host, &ir);
    assert_string_equal(out.data, text);
    nac_buf_free(&out);
    tr_ir_free(&ir);
}

static void
round_trip(void **state)
{
    (void)state;
    same_text(everything);
    same_text("%1 = SLOT 0\nRET %1\n");
    same_text("LEAVE @0\nsnap 0 pc=0x0 top=0 depth=0 mode=0 {}\n");
}

static void
numbers_are_free(void **state)
{
    struct tr_code_ir ir;
    struct nac_buf out = {0};
    char why[200];

    (void)state;
    assert_int_equal(tr_parse_ir(&ir, &host,
                                 "; comment\n%70 = SLOT 1 ; here\n\n"
                                 "field x i64 8 0\ncall f val()\n"
                                 "%9 = UNBOX_INT %70\r\n  RET %70",
                                 why, sizeof why),
                     0);
    tr_print_ir(&out, NULL, &ir);
    assert_string_equal(out.data, "%1 = SLOT 1\n%2 = UNBOX_INT %1\nRET %1\n");
    nac_buf_free(&out);
    tr_ir_free(&ir);
}

static void
constants_are_shared(void **state)
{
    struct tr_code_ir ir;
    tr_ref a, b, c;

    (void)state;
    tr_ir_init(&ir);
    a = tr_ir_const(&ir, TR_I64, 5);
    b = tr_ir_const(&ir, TR_PTR, 5);
    c = tr_ir_const(&ir, TR_I64, 5);
    assert_true(tr_same(a, c));
    assert_false(tr_same(a, b));
    assert_true(tr_same(b, tr_ir_const(&ir, TR_PTR, 5)));
    assert_int_equal(tr_ir_kind(&ir, b), TR_PTR);
    tr_ir_free(&ir);
}

static const char *
parse_error(const char *text)
{
    static char why[200];
    struct tr_code_ir ir;

    why[0] = 0;
    if (tr_parse_ir(&ir, &host, text, why, sizeof why) == 0) {
        tr_ir_free(&ir);
        return "no error";
    }
    return why;
}

static void
parse_errors(void **state)
{
    (void)state;
    assert_string_equal(parse_error("FROB %1"),
                        "line 1: unknown operation: FROB");
    assert_string_equal(parse_error("%1 = SLOT 1\nRET %2"),
                        "line 2: %2 is not defined");
    assert_string_equal(parse_error("%1 = FLOAD %2"),
                        "line 1: FLOAD needs a kind");
    assert_string_equal(parse_error("%1 = FLOAD.i64 no.such p:1"),
                        "line 1: unknown field: no.such");
    assert_string_equal(parse_error("RET i:5x"),
                        "line 1: not a constant: i:5x");
    assert_string_equal(parse_error("RET i:5 i:6"), "line 1: too much: i:6");
    assert_string_equal(parse_error("RET int:562949953421312"),
                        "line 1: not a constant: int:562949953421312");
    assert_string_equal(parse_error("%1 = ADD i:1"),
                        "line 1: ADD needs another operand");
    assert_string_equal(parse_error("LOOP\n%1 = PHI.i64 i:1 %9"),
                        "line 2: %9 is not defined");
    assert_string_equal(parse_error("snap 0 pc=1 {"), "line 1: expected }");
    assert_string_equal(parse_error("snap 99999999 {}"),
                        "line 1: expected the snapshot's number");
    assert_string_equal(parse_error("snap 0 {3 %1}"),
                        "line 1: expected slot: and not 3");
}

/* Damaged text must give an error or another trace, never a crash. */
static void
parse_garbage(void **state)
{
    char *text = strdup(everything);
    size_t len = strlen(text), i;
    uint32_t x = 12345;
    int round;

    (void)state;
    for (round = 0; round < 3000; round++) {
        char why[200];
        struct tr_code_ir ir;

        memcpy(text, everything, len);
        for (i = 0; i < 1 + (uint32_t)round % 4; i++) {
            x = x * 1664525u + 1013904223u;
            text[(x >> 8) % len] = (char)(" %@{}:;!\n0-9fiAX"[x >> 28]);
        }
        if (tr_parse_ir(&ir, &host, text, why, sizeof why) == 0) {
            (void)tr_verify(&ir, &host, why, sizeof why);
            tr_ir_free(&ir);
        }
    }
    free(text);
}

static const char *
verify_error(const char *text)
{
    static char why[200];
    struct tr_code_ir ir;

    why[0] = 0;
    if (tr_parse_ir(&ir, &host, text, why, sizeof why) != 0)
        return why;
    if (tr_verify(&ir, &host, why, sizeof why) == 0)
        strcpy(why, "valid");
    tr_ir_free(&ir);
    return why;
}

static void
verifies(void **state)
{
    (void)state;
    assert_string_equal(verify_error(everything), "valid");
    assert_string_equal(verify_error("%1 = SLOT 0\nRET %1"), "valid");
}

static void
verify_errors(void **state)
{
    (void)state;
    assert_string_equal(verify_error("%1 = SLOT 0"),
                        "instruction 1 (SLOT): the trace has no end");
    assert_string_equal(verify_error("RET i:1\nRET i:1"),
                        "instruction 1 (RET): not at the end");
    assert_string_equal(verify_error("LEAVE @0"),
                        "instruction 1 (LEAVE): snapshot 0 of 0");
    assert_string_equal(verify_error("JUMP"), "instruction 1 (JUMP): no LOOP");
    assert_string_equal(verify_error("%1 = SLOT 0\n%2 = ADD %1 i:1\nRET %2"),
                        "instruction 2 (ADD): operand a is val, not i64");
    assert_string_equal(verify_error("%1 = FADD f:0x1p+0 i:1\nRET %1"),
                        "instruction 1 (FADD): operand b is i64, not f64");
    assert_string_equal(verify_error("%1 = FLOAD.i64 pair.first p:1\nRET %1"),
                        "instruction 1 (FLOAD): pair.first is val");
    assert_string_equal(verify_error("%1 = FLOAD.i64 bytes.item p:1\nRET %1"),
                        "instruction 1 (FLOAD): bytes.item is an array");
    assert_string_equal(verify_error("FSTORE pair.first p:1 i:1\nRET i:1"),
                        "instruction 1 (FSTORE): operand b is i64, not val");
    assert_string_equal(verify_error("%1 = CARG - i:1\n%2 = CALL.f64 add %1\n"
                                     "RET %2"),
                        "instruction 2 (CALL): add takes 2 arguments, not 1");
    assert_string_equal(verify_error("%1 = PHI.i64 i:1 i:2\nRET %1"),
                        "instruction 1 (PHI): not directly after LOOP");
    assert_string_equal(verify_error("LOOP\nLOOP\nJUMP"),
                        "instruction 2 (LOOP): a second LOOP");
    assert_string_equal(
        verify_error("LEAVE @0\n%1 = SLOT 1\nsnap 0 pc=1 {1: %1}"),
        "instruction 1 (LEAVE): snapshot 0, slot 1: no value before it");
    assert_string_equal(
        verify_error("LEAVE @0\nsnap 0 pc=1 {2: int:1, 1: int:1}"),
        "instruction 1 (LEAVE): snapshot 0 is not sorted");
    assert_string_equal(verify_error("%1 = SELECT.i64 c:1 i:3\nRET %1"),
                        "instruction 1 (SELECT): operand b is not a PAIR");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(round_trip),
        cmocka_unit_test(numbers_are_free),
        cmocka_unit_test(constants_are_shared),
        cmocka_unit_test(parse_errors),
        cmocka_unit_test(parse_garbage),
        cmocka_unit_test(verifies),
        cmocka_unit_test(verify_errors),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
