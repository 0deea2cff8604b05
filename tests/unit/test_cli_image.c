/* SPDX-License-Identifier: MIT
 * tests/unit/test_cli_image.c: the encoder against the disassembler, the image
 * writer against monodis, and the arena of method slots. Without monodis
 * (configure's MONODIS) its part says so and passes.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "cli-backend/image.h"

static void
test_numbers(void **state)
{
    static const uint32_t numbers[] = {0,      1,      0x7F,   0x80,
                                       0x2E57, 0x3FFF, 0x4000, 0x1FFFFFFF};

    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct nac_buf b = {0};
        uint32_t n = 0;

        cli_sig_number(&b, numbers[i]);
        assert_int_equal(
            cli_sig_read_number((const uint8_t *)b.data, b.len, &n), b.len);
        assert_int_equal(n, numbers[i]);
        assert_int_equal(
            cli_sig_read_number((const uint8_t *)b.data, b.len - 1, &n), 0);
        nac_buf_free(&b);
    }
}

/* Each instruction's bytes, made from cil.def, read back as its text. */
static void
test_every_opcode(void **state)
{
    static const char *const operand[] = {"",
                                          " 1",
                                          " 1",
                                          " 1",
                                          " float32(0x00000001)",
                                          " 4.9406564584124654e-324",
                                          " 1",
                                          " 1",
                                          "",
                                          "",
                                          " 0x00000001",
                                          ""};

    (void)state;
    for (int i = 0; i < CIL_NOPS; i++) {
        static const uint8_t size[] = {0, 1, 4, 8, 4, 8, 1, 2, 1, 4, 4, 4};
        const struct cil_info *info = &cil_info[i];
        struct nac_buf code = {0}, text = {0};
        char want[100];

        if (info->code > 0xFF)
            nac_buf_u8(&code, 0xFE);
        nac_buf_u8(&code, (uint8_t)info->code);
        for (int k = 0; k < size[info->operand]; k++)
            nac_buf_u8(&code, k == 0 && info->operand != CIL_O_SWITCH);
        assert_int_equal(
            cli_dis_code(&text, (uint8_t *)code.data, code.len, NULL, NULL), 0);
        snprintf(want, sizeof want, "    IL_0000: %s%s", info->text,
                 operand[info->operand]);
        if (strncmp(text.data, want, strlen(want)) != 0)
            fail_msg("%s gives %s", want, text.data);
        /* cut short it is an error and nothing is read beyond the end */
        if (code.len > 1)
            assert_int_equal(cli_dis_code(&text, (uint8_t *)code.data,
                                          code.len - 1, NULL, NULL),
                             -1);
        nac_buf_free(&code);
        nac_buf_free(&text);
    }
}

/* A method with locals, a loop, calls by signature and of a member. */
static void
make_method(struct cli_il *il, int64_t k)
{
    static const uint8_t args[2] = {CLI_R8, CLI_I8};
    struct cli_sig sig = cli_sig_method(CLI_R8, 2, args);
    uint32_t top = cli_new_label(il), n = cli_new_local(il, CLI_I8);
    uint32_t d = cli_new_local(il, CLI_R8);

    cli_emit(il, CIL_LDARG_0);
    cli_emit(il, CIL_LDIND_I8);
    cli_emit_stloc(il, n);
    cli_emit_r8(il, UINT64_C(0x3FF8000000000000));
    cli_emit_stloc(il, d);
    cli_place_label(il, top);
    cli_emit_ldloc(il, d);
    cli_emit_math(il, CLI_MATH_SQRT);
    cli_emit_ldloc(il, n);
    cli_emit_address(il, NULL, "&f");
    cli_emit_calli(il, &sig, 2, true);
    cli_emit_stloc(il, d);
    cli_emit_ldloc(il, n);
    cli_emit_i8(il, k);
    cli_emit(il, CIL_SUB);
    cli_emit_stloc(il, n);
    cli_emit_ldloc(il, n);
    cli_emit_branch(il, CIL_BRTRUE, top);
    cli_emit(il, CIL_LDARG_0);
    cli_emit_address(il, NULL, "&cell");
    cli_emit(il, CIL_LDIND_I);
    cli_emit_tail(il);
    assert_int_equal(cli_il_finish(il), 0);
    assert_int_equal(il->max_depth, 3);
}

static char *
read_all(FILE *f)
{
    struct nac_buf b = {0};
    int c;

    while ((c = fgetc(f)) != EOF)
        nac_buf_putc(&b, (char)c);
    return b.data;
}

static void
test_monodis(void **state)
{
    const char *monodis = getenv("MONODIS");
    char path[] = "test-cli-image-XXXXXX", command[200];
    struct cli_il first = {0}, second = {0};
    const struct cli_il *methods[2] = {&first, &second};
    static const char *const names[2] = {"one", "two"};
    static const char *const wanted[] = {
        ".assembly 'demo'",
        ".class public auto ansi abstract sealed",
        "int64 one (native int",
        "int64 two (native int",
        ".maxstack 3",
        "int64\tV_0",
        "float64\tV_1",
        "float64 class [mscorlib]System.Math::Sqrt",
        "calli",
        "brtrue IL_000d",
        "tail.",
        "ldc.i8 0x4d2",
        "conv.i",
        "ldind.i8"};
    struct nac_buf image = {0};
    char *text;
    FILE *f;
    int fd;

    (void)state;
    if (!monodis)
        monodis = "monodis";
    snprintf(command, sizeof command, "command -v %s >/dev/null", monodis);
    if (!*monodis || system(command) != 0) {
        print_message("# monodis not found: its part is left out\n");
        return;
    }
    make_method(&first, 1);
    make_method(&second, 1234);
    cli_image_standalone(&image, "demo", methods, names, 2);
    fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, image.data, image.len), (ssize_t)image.len);
    close(fd);
    snprintf(command, sizeof command, "%s %s 2>&1", monodis, path);
    f = popen(command, "r");
    assert_non_null(f);
    text = read_all(f);
    assert_int_equal(pclose(f), 0);
    unlink(path);
    assert_non_null(text);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (!strstr(text, wanted[i]))
            fail_msg("no \"%s\" in\n%s", wanted[i], text);
    assert_null(strstr(text, "rror"));
    assert_null(strstr(text, "arning"));
    free(text);
    nac_buf_free(&image);
    cli_il_free(&first);
    cli_il_free(&second);
}

/* Slots are given out one by one until the arena is full. */
static void
test_arena(void **state)
{
    struct cli_image *im = cli_image_new(1);
    struct cli_il il = {0};
    uint32_t n = 0, token, last = 0;
    size_t len;

    (void)state;
    make_method(&il, 7);
    assert_true(cli_image_fits(&il));
    assert_string_equal(cli_image_name(im), "nacre-traces-1");
    assert_memory_equal(cli_image_data(im, &len), "MZ", 2);
    while ((token = cli_image_add(im, &il)) != 0) {
        assert_int_equal(token >> 24, CLI_T_MethodDef);
        assert_true(token > last);
        last = token;
        n++;
    }
    assert_true(n >= 1000);
    cli_il_free(&il);
    for (int i = 0; i < 70000; i++)
        cli_new_local(&il, CLI_I8);
    assert_false(cli_image_fits(&il));
    cli_il_free(&il);
    cli_image_free(im);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers), cmocka_unit_test(test_every_opcode),
        cmocka_unit_test(test_monodis), cmocka_unit_test(test_arena)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
