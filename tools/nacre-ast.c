/* SPDX-License-Identifier: MIT
 * tools/nacre-ast.c: prints what the front end makes of Python files. Used by
 * the parser's tests and by hand.
 *
 *     nacre-ast [--mode exec|eval|single] [--ast | --tokens | --none] FILE...
 *     nacre-ast --batch        file names on standard input; for each one
 *                              prints "LENGTH\n", then as many bytes
 *
 * A rejected file gives "!CLASS\tLINE\tOFFSET\tEND LINE\tEND OFFSET\tMESSAGE".
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "frontend/frontend.h"

enum what { AST, TOKENS, NONE };

static void
put_error(struct nac_buf *out, const struct fe_error *e)
{
    nac_buf_printf(out, "!%s\t%d\t%d\t%d\t%d\t%s", e->type ? e->type : "?",
                   e->line, e->col, e->end_line, e->end_col,
                   e->msg ? e->msg : "");
}

/* Appends the result for one file; -1 where it was rejected. */
static int
run(struct nac_buf *out, const char *path, enum what what, enum fe_mode mode,
    bool warn)
{
    struct nac_buf bytes = {0};
    struct fe_error err;
    int r = 0;
    if (nac_buf_read_file(&bytes, path) < 0) {
        nac_buf_printf(out, "!OSError\t0\t0\t0\t0\t%s", strerror(errno));
        return -1;
    }
    const char *text = bytes.data ? bytes.data : "";
    struct nac_arena arena;
    struct fe_node *tree = NULL;
    nac_arena_init(&arena);
    if (what == TOKENS)
        r = fe_dump_tokens(&arena, out, text, bytes.len, path, &err);
    else if (!(tree = fe_parse(&arena, text, bytes.len, path, mode, &err)))
        r = -1;
    for (uint32_t i = 0; warn && i < err.n_warnings; i++)
        nac_buf_printf(out, "%d: %s: %s\n", err.warnings[i].line,
                       err.warnings[i].category, err.warnings[i].msg);
    if (r < 0)
        put_error(out, &err);
    else if (what == AST)
        fe_dump_ast(out, tree);
    nac_arena_free(&arena);
    nac_buf_free(&bytes);
    return r;
}

static int
batch(enum what what, enum fe_mode mode)
{
    char path[4096];
    while (fgets(path, sizeof path, stdin)) {
        struct nac_buf out = {0};
        path[strcspn(path, "\n")] = 0;
        run(&out, path, what, mode, false);
        printf("%zu\n", out.len);
        if (out.len)
            fwrite(out.data, 1, out.len, stdout);
        fflush(stdout);
        nac_buf_free(&out);
    }
    return 0;
}

static enum fe_mode
mode_of(const char *name)
{
    return strcmp(name, "eval") == 0     ? FE_EVAL
           : strcmp(name, "single") == 0 ? FE_SINGLE
                                         : FE_EXEC;
}

int
main(int argc, char **argv)
{
    enum what what = AST;
    enum fe_mode mode = FE_EXEC;
    bool from_stdin = false, warn = false;
    int i, status = 0;
    for (i = 1; i < argc && strncmp(argv[i], "--", 2) == 0; i++) {
        if (strcmp(argv[i], "--ast") == 0) {
            what = AST;
        } else if (strcmp(argv[i], "--tokens") == 0) {
            what = TOKENS;
        } else if (strcmp(argv[i], "--none") == 0) {
            what = NONE;
        } else if (strcmp(argv[i], "--batch") == 0) {
            from_stdin = true;
        } else if (strcmp(argv[i], "--warnings") == 0) {
            warn = true;
        } else if (strcmp(argv[i], "--mode") == 0 && i + 1 < argc) {
            mode = mode_of(argv[++i]);
        } else {
            fprintf(stderr, "nacre-ast: unknown option %s\n", argv[i]);
            return 2;
        }
    }
    if (from_stdin)
        return batch(what, mode);
    for (; i < argc; i++) {
        struct nac_buf out = {0};
        if (run(&out, argv[i], what, mode, warn) < 0)
            status = 1;
        if (out.len)
            fwrite(out.data, 1, out.len, stdout);
        if (out.len && out.data[out.len - 1] != '\n')
            putchar('\n');
        nac_buf_free(&out);
    }
    return status;
}
