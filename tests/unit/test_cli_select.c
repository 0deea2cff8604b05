/* SPDX-License-Identifier: MIT
 * tests/unit/test_cli_select.c: IR to CIL, as text: every tests/cil/NAME.ir
 * must give NAME.il. NACRE_UPDATE_GOLDEN=1 writes the .il files instead.
 */
#include "config.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli-backend/cli.h"
#include "cli-backend/select.h"
#include "tests/unit/cli_support.h"

static void
cil_path(char *out, size_t n, const char *name, const char *suffix)
{
    const char *srcdir = getenv("srcdir");
    size_t stem = strlen(name) - 3;

    snprintf(out, n, "%s/tests/cil/%.*s%s", srcdir ? srcdir : ".", (int)stem,
             name, suffix);
}

static int
is_ir(const struct dirent *d)
{
    size_t n = strlen(d->d_name);

    return n > 3 && strcmp(d->d_name + n - 3, ".ir") == 0;
}

static void
check_one(struct tr_jit *jit, const char *name)
{
    char path[500], why[200];
    struct nac_buf got = {0};
    struct cli_il il = {0};
    struct tr_trace *t;
    struct tr_unit unit = {&t, 1};
    char *text, *want;

    cil_path(path, sizeof path, name, ".ir");
    text = test_read(path);
    assert_non_null(text);
    t = test_trace(jit, text);
    if (cli_select(&il, jit, tr_host(jit), tr_trace_by_id, &unit, why,
                   sizeof why) != 0)
        fail_msg("%s: %s", name, why);
    cli_dis_il(&got, &il);
    cil_path(path, sizeof path, name, ".il");
    if (getenv("NACRE_UPDATE_GOLDEN")) {
        FILE *f = fopen(path, "w");

        assert_non_null(f);
        fwrite(got.data, 1, got.len, f);
        fclose(f);
    }
    want = test_read(path);
    if (!want || strcmp(want, got.data) != 0)
        fail_msg("%s differs; this is what came out:\n%s", path, got.data);
    nac_buf_free(&got);
    cli_il_free(&il);
    free(text);
    free(want);
}

static void
test_golden(void **state)
{
    struct tr_jit *jit = tr_jit_new(&test_host, &tr_eval_backend);
    struct dirent **list;
    char folder[500];
    int n;

    (void)state;
    cil_path(folder, sizeof folder, ".ir", "");
    n = scandir(folder, &list, is_ir, alphasort);
    assert_true(n > 0);
    for (int i = 0; i < n; i++) {
        jit->traces.len = 0; /* every file's trace has the number 1 */
        check_one(jit, list[i]->d_name);
        free(list[i]);
    }
    free(list);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_golden)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
