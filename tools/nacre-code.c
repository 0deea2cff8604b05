/* SPDX-License-Identifier: MIT
 * tools/nacre-code.c: compiles files and prints their bytecode.
 *
 *     nacre-code [-c] [-e] [-n] [-m exec|eval|single] file...
 *
 * -c checks the code of each file instead of printing it; -e prints the error
 * of each file, its position and the warnings; -n compiles as exec() does.
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "frontend/compile.h"

static bool check_only, show_error;
static unsigned flags;
static enum fe_mode mode = FE_EXEC;

static void
print_error(const char *path, const struct fe_error *err)
{
    for (uint32_t i = 0; i < err->n_warnings; i++)
        printf("%s:%d: %s: %s\n", path, err->warnings[i].line,
               err->warnings[i].category, err->warnings[i].msg);
    if (!err->type)
        return;
    if (err->has_location)
        printf("%s:%d:%d-%d:%d: ", path, err->line, err->col, err->end_line,
               err->end_col);
    printf("%s: %s\n", err->type, err->msg);
}

static struct fe_code *
compile(struct nac_arena *arena, const char *path, struct fe_error *err)
{
    struct nac_buf source = {0};
    struct fe_node *module;
    struct fe_code *code = NULL;

    if (nac_buf_read_file(&source, path) < 0) {
        err->type = "OSError";
        err->msg = strerror(errno);
        return NULL;
    }
    module = fe_parse(arena, source.data ? source.data : "", source.len, path,
                      mode, err);
    if (module)
        code = fe_compile(arena, module, path, mode, flags, err);
    nac_buf_free(&source);
    return code;
}

static int
do_file(const char *path)
{
    struct nac_arena arena;
    struct fe_error err = {0};
    struct nac_buf out = {0};
    struct fe_code *code;
    const char *wrong;
    int status = 0;

    nac_arena_init(&arena);
    code = compile(&arena, path, &err);
    if (!code || show_error)
        print_error(path, &err);
    if (!code) {
        status = 1;
    } else if ((wrong = fe_check_code(&arena, code)) != NULL) {
        printf("%s: %s\n", path, wrong);
        status = 2;
    }
    if (code && !check_only && !show_error) {
        fe_dis(&out, code);
        fwrite(out.data, 1, out.len, stdout);
    }
    nac_buf_free(&out);
    nac_arena_free(&arena);
    return status;
}

int
main(int argc, char **argv)
{
    int status = 0, s, opt;

    while ((opt = getopt(argc, argv, "cenm:")) != -1) {
        if (opt == 'c') {
            check_only = true;
        } else if (opt == 'e') {
            show_error = true;
        } else if (opt == 'n') {
            flags |= FE_COMPILE_NAMES;
        } else if (opt == 'm' && strcmp(optarg, "eval") == 0) {
            mode = FE_EVAL;
        } else if (opt == 'm' && strcmp(optarg, "single") == 0) {
            mode = FE_SINGLE;
        } else if (opt == 'm' && strcmp(optarg, "exec") == 0) {
            mode = FE_EXEC;
        } else {
            fputs("usage: nacre-code [-c] [-e] [-n] [-m exec|eval|single] "
                  "file...\n",
                  stderr);
            return 2;
        }
    }
    for (; optind < argc; optind++) {
        s = do_file(argv[optind]);
        if (s > status)
            status = s;
    }
    return status;
}
