/* SPDX-License-Identifier: MIT
 * runtime/main.c: the program `nacre`: reads the command line as CPython does,
 * starts the runtime and the JIT, runs a file, a command, a module or standard
 * input, and ends with CPython's exit codes.
 */
#include "config.h"

#include <errno.h>
#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "cli-backend/cli.h"
#include "frontend/compile.h"
#include "frontend/frontend.h"
#include "runtime/code.h"
#include "runtime/command_line.h"
#include "runtime/init.h"
#include "runtime/interp/jit.h"
#include "runtime/options.h"
#include "runtime/runtime.h"
#include "runtime/stats.h"

static void
print_version(void)
{
    const char *why = NULL;

    if (cli_available(&why))
        printf("Python 3.11.2 (Nacre " PACKAGE_VERSION
               ", traces through Mono)\n");
    else
        printf("Python 3.11.2 (Nacre " PACKAGE_VERSION
               ", no CLI host: %s; traces are interpreted)\n",
               why ? why : "unknown reason");
}

/* -- dumps of the front end's stages -- */

static int
dump_file(const struct rt_command_line *o)
{
    struct nac_buf in = {0}, out = {0};
    struct nac_arena arena;
    struct fe_error err;
    struct fe_node *tree = NULL;
    struct fe_code *code;
    int status = 1;

    memset(&err, 0, sizeof err);
    nac_arena_init(&arena);
    if (!o->script || nac_buf_read_file(&in, o->script) < 0) {
        fprintf(stderr, "nacre: can't open file '%s': [Errno %d] %s\n",
                o->script ? o->script : "", errno, strerror(errno));
        return 2;
    }
    if (strcmp(o->dump, "tokens") == 0) {
        status =
            fe_dump_tokens(&arena, &out, in.data, in.len, o->script, &err) < 0;
    } else {
        tree = fe_parse(&arena, in.data ? in.data : "", in.len, o->script,
                        FE_EXEC, &err);
        if (tree && strcmp(o->dump, "ast") == 0) {
            fe_dump_ast(&out, tree);
            nac_buf_putc(&out, '\n');
            status = 0;
        } else if (tree && strcmp(o->dump, "code") == 0) {
            code = fe_compile(&arena, tree, o->script, FE_EXEC, 0, &err);
            if (code) {
                fe_dis(&out, code);
                status = 0;
            }
        }
    }
    if (out.len)
        fwrite(out.data, 1, out.len, stdout);
    if (status)
        fprintf(stderr, "  File \"%s\", line %d\n%s: %s\n", o->script, err.line,
                err.type ? err.type : "SyntaxError", err.msg ? err.msg : "");
    nac_buf_free(&in);
    nac_buf_free(&out);
    nac_arena_free(&arena);
    return status;
}

/* -- running -- */

static int
start_jit(const struct rt_command_line *o)
{
    enum rt_jit_engine engine = o->engine;
    char why[256] = "";
    int i;

    if (!o->engine_given)
        engine = cli_available(NULL) ? RT_JIT_CLI : RT_JIT_EVAL;
    if (rt_jit_init(engine, why, sizeof why) < 0) {
        fprintf(stderr, "nacre: --jit=cli: %s\n", why);
        return -1;
    }
    for (i = 0; i < o->njit_params && rt_jit; i++) {
        char *name = o->jit_params[i], *eq = strchr(name, '='), *end;
        long value = strtol(eq + 1, &end, 10);
        int status;

        *eq = 0;
        status = *end || end == eq + 1 ? -2 : tr_set_param(rt_jit, name, value);
        if (status < 0) {
            fprintf(stderr, "nacre: --jit-%s: %s\n", name,
                    status == -1 ? "no such tunable (see --help-jit)"
                                 : "value out of range");
            return -1;
        }
    }
    if (rt_jit && o->dump_dir)
        tr_set_dump_dir(rt_jit, o->dump_dir);
    if (o->verbose)
        rt_jit_verbose();
    return 0;
}

/* Exit code for the exception that is set, printed unless it is SystemExit. */
static int
exit_code(void)
{
    rt_val exc, code;

    if (!rt_exc_is(&rt_exc_SystemExit)) {
        bool interrupted = rt_exc_is(&rt_exc_KeyboardInterrupt);

        rt_exc_print();
        return interrupted ? 130 : 1;
    }
    exc = rt_exc_take();
    code = rt_getattr(exc, rt_intern("code"));
    if (rt_is_null(code) || rt_is_none(code))
        return 0;
    if (rt_is_any_int(code)) {
        int64_t n;

        return rt_int_to_i64(code, &n) ? (int)(n & 0xFF) : 255;
    }
    rt_flush_std();
    code = rt_str(code);
    if (!rt_is_null(code))
        fprintf(stderr, "%s\n", rt_str_utf8_any(code, NULL));
    return 1;
}

static rt_val
run_source(const char *text, size_t len, const char *filename, rt_val globals)
{
    struct rt_code *code =
        rt_compile(text, len, filename, FE_EXEC, rt_optimize_flags(-1));

    return code ? rt_run_code(code, globals, globals) : RT_NULL;
}

/* The script's absolute path, as __file__ and tracebacks have it. */
static const char *
absolute(const char *path, struct nac_buf *b)
{
    char cwd[PATH_MAX];

    if (path[0] == '/' || !getcwd(cwd, sizeof cwd))
        return path;
    nac_buf_printf(b, "%s/%s", cwd, path);
    return b->data;
}

/* A directory is a program if it holds __main__.py. */
static rt_val
run_directory(const char *path)
{
    rt_val search = rt_sys_get("path");

    if (rt_setitem(search, rt_from_small(0), rt_str_new(path, -1)) < 0)
        return RT_NULL;
    return rt_run_module("__main__");
}

static rt_val
run_script(const struct rt_command_line *o, rt_val globals)
{
    struct nac_buf text = {0}, full = {0};
    const char *path = absolute(o->script, &full);
    struct stat st;
    size_t skip = 0;
    rt_val v;

    if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
        v = run_directory(path);
    } else if (nac_buf_read_file(&text, path) < 0) {
        fprintf(stderr, "nacre: can't open file '%s': [Errno %d] %s\n", path,
                errno, strerror(errno));
        v = rt_raise_object(
            rt_exc_new(&rt_exc_SystemExit, 1, rt_from_small(2)));
    } else {
        rt_dict_set_name(globals, "__file__", rt_str_new(path, -1));
        if (o->skip_first && text.len)
            skip = strcspn(text.data, "\n");
        v = run_source(text.data ? text.data + skip : "", text.len - skip, path,
                       globals);
    }
    nac_buf_free(&text);
    nac_buf_free(&full);
    return v;
}

static rt_val
run_main(const struct rt_command_line *o)
{
    rt_val globals = rt_main_namespace();
    struct nac_buf text = {0};
    rt_val v;

    if (o->command)
        return run_source(o->command, strlen(o->command), "<string>", globals);
    if (o->module)
        return rt_run_module(o->module);
    if (o->script)
        return run_script(o, globals);
    if (nac_buf_read_file(&text, "/dev/stdin") < 0)
        return rt_raise_errno(RT_NULL);
    v = run_source(text.data ? text.data : "", text.len, "<stdin>", globals);
    nac_buf_free(&text);
    return v;
}

int
main(int argc, char **argv)
{
    struct rt_command_line o = {0};
    int status = 0;

    setlocale(LC_CTYPE, "");
    rt_parse_command_line(&o, argc, argv);
    if (o.version) {
        print_version();
        return 0;
    }
#ifdef NAC_STRESS
    o.stress_gc = true;
#endif
    if (nac_log_open(getenv("NACRE_LOG")) < 0)
        fprintf(stderr, "nacre: NACRE_LOG: %s\n", strerror(errno));
    if (o.dump)
        return dump_file(&o);
    rt_init(__builtin_frame_address(0));
    if (start_jit(&o) < 0)
        return 2;
    rt_init_argv(o.command  ? "-c"
                 : o.module ? "-m"
                 : o.script ? o.script
                 : o.dash   ? "-"
                            : "",
                 o.nargs, o.args, argv[0]);
    if (o.stress_gc)
        rt_gc_stress(true);
    rt_stats_start();
    if (rt_is_null(run_main(&o)))
        status = exit_code();
    rt_finish(&status);
    if (o.summary)
        rt_jit_summary(stderr);
    rt_stats_write();
    rt_jit_finish();
    return status;
}
