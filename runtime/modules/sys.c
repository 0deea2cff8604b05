/* SPDX-License-Identifier: MIT
 * runtime/modules/sys.c: module sys: its functions, the search path and the
 * arguments. The module exists before any other; C code reads its attributes
 * with rt_sys_get().
 */
#include "config.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "runtime/init.h"
#include "runtime/io/file.h"
#include "runtime/io/stream.h"
#include "runtime/modules/sys.h"
#include "runtime/objects/number.h"
#include "runtime/options.h"
#include "runtime/runtime.h"

static rt_val sys_module;
static bool finalizing;

rt_val
rt_sys_get(const char *name)
{
    if (sys_module.bits == 0)
        return RT_NULL;
    return rt_dict_get_name(rt_module_of(sys_module)->dict, rt_intern(name));
}

/* -- leaving, exceptions -- */

static rt_val
sys_exit(rt_val self, rt_val *args)
{
    rt_val exc;

    (void)self;
    if (rt_is_null(args[0]) || rt_is_none(args[0]))
        exc = rt_exc_new(&rt_exc_SystemExit, 0);
    else if (rt_is_exact(args[0], &rt_tuple_type))
        exc = rt_call_ex(rt_from_ptr(&rt_exc_SystemExit), args[0], RT_NULL);
    else
        exc = rt_exc_new(&rt_exc_SystemExit, 1, args[0]);
    return rt_is_null(exc) ? exc : rt_raise_object(exc);
}

static rt_val
handled(void)
{
    return rt_exc_handled();
}

static rt_val
sys_exc_info(rt_val self, rt_val *args)
{
    rt_val exc = handled();

    (void)self, (void)args;
    if (rt_is_none(exc))
        return rt_tuple_pack(3, rt_None, rt_None, rt_None);
    return rt_tuple_pack(3, rt_from_ptr(rt_type_of(exc)), exc,
                         ((struct rt_exception *)rt_ptr(exc))->traceback);
}

static rt_val
sys_exception(rt_val self, rt_val *args)
{
    (void)self, (void)args;
    return handled();
}

static rt_val
sys_is_finalizing(rt_val self, rt_val *args)
{
    (void)self, (void)args;
    return rt_from_bool(finalizing);
}

/* -- limits -- */

static rt_val
sys_getrecursionlimit(rt_val self, rt_val *args)
{
    (void)self, (void)args;
    return rt_from_small(rt_ts->recursion_limit);
}

static rt_val
sys_setrecursionlimit(rt_val self, rt_val *args)
{
    int64_t limit;

    (void)self;
    if (rt_index_int(args[0], &limit) < 0)
        return RT_NULL;
    if (limit < 1)
        return rt_raise(&rt_exc_ValueError,
                        "recursion limit must be greater or equal than 1");
    if (rt_ts->depth >= limit)
        return rt_raise(&rt_exc_RecursionError,
                        "cannot set the recursion limit to %d at the recursion "
                        "depth %d: the limit is too low",
                        (int)limit, (int)rt_ts->depth);
    rt_ts->recursion_limit = (int32_t)limit;
    return rt_None;
}

static rt_val
sys_get_digits(rt_val self, rt_val *args)
{
    (void)self, (void)args;
    return rt_from_small(rt_int_max_str_digits);
}

static rt_val
sys_set_digits(rt_val self, rt_val *args)
{
    int64_t digits;

    (void)self;
    if (rt_index_int(args[0], &digits) < 0)
        return RT_NULL;
    if (digits && digits < 640)
        return rt_raise(&rt_exc_ValueError,
                        "maxdigits must be 0 or larger than 640");
    rt_int_max_str_digits = (int)digits;
    return rt_None;
}

static double switch_interval = 0.005;

static rt_val
sys_getswitchinterval(rt_val self, rt_val *args)
{
    (void)self, (void)args;
    return rt_from_float(switch_interval);
}

static rt_val
sys_setswitchinterval(rt_val self, rt_val *args)
{
    double d;

    (void)self;
    if (rt_as_double(args[0], &d) < 0)
        return RT_NULL;
    if (!(d > 0))
        return rt_raise(&rt_exc_ValueError,
                        "switch interval must be strictly positive");
    switch_interval = d;
    return rt_None;
}

/* -- objects -- */

static rt_val
sys_intern(rt_val self, rt_val *args)
{
    (void)self;
    if (!rt_is_str(args[0]))
        return rt_raise(&rt_exc_TypeError,
                        "intern() argument must be str, not %T", args[0]);
    if (!rt_is_exact(args[0], &rt_str_type))
        return rt_raise(&rt_exc_TypeError, "can't intern %T", args[0]);
    return rt_str_intern(args[0]);
}

static rt_val
sys_getsizeof(rt_val self, rt_val *args)
{
    rt_val f = rt_lookup_special(args[0], RT_ID(sizeof)), size;
    int64_t n;

    (void)self;
    if (rt_is_null(f) && rt_raised())
        return f;
    if (rt_is_null(f))
        return rt_raise(&rt_exc_TypeError, "Type %T doesn't define __sizeof__",
                        args[0]);
    size = rt_call0(f);
    if (rt_is_null(size)) {
        if (rt_is_null(args[1]) || !rt_exc_is(&rt_exc_TypeError))
            return size;
        rt_exc_clear();
        return args[1];
    }
    if (!rt_is_any_int(size) || !rt_int_to_i64(size, &n)) {
        if (!rt_is_null(args[1]))
            return args[1];
        return rt_raise(&rt_exc_TypeError,
                        "'%T' object cannot be interpreted as an integer",
                        size);
    }
    if (n < 0)
        return rt_raise(&rt_exc_ValueError, "__sizeof__() should return >= 0");
    return size;
}

/* -- encodings -- */

static rt_val
sys_encoding(rt_val self, rt_val *args)
{
    (void)self, (void)args;
    return RT_ID(utf_8);
}

static rt_val
sys_encodeerrors(rt_val self, rt_val *args)
{
    (void)self, (void)args;
    return RT_ID(surrogateescape);
}

/* -- asynchronous generators -- */

static rt_val
sys_get_asyncgen_hooks(rt_val self, rt_val *args)
{
    rt_val a = rt_ts->asyncgen_hooks[0], b = rt_ts->asyncgen_hooks[1];

    (void)self, (void)args;
    return rt_tuple_pack(2, rt_is_null(a) ? rt_None : a,
                         rt_is_null(b) ? rt_None : b);
}

static rt_val
sys_set_asyncgen_hooks(rt_val self, rt_val *args)
{
    (void)self;
    for (int i = 0; i < 2; i++) {
        if (rt_is_null(args[i]))
            continue;
        if (!rt_is_none(args[i]) && !rt_is_callable(args[i]))
            return rt_raise(&rt_exc_TypeError, "callable %s expected, got %T",
                            i ? "finalizer" : "firstiter", args[i]);
    }
    for (int i = 0; i < 2; i++)
        if (!rt_is_null(args[i]))
            rt_ts->asyncgen_hooks[i] = rt_is_none(args[i]) ? RT_NULL : args[i];
    return rt_None;
}

static rt_val
sys_audit(rt_val self, rt_val *args)
{
    (void)self, (void)args;
    return rt_None;
}

static const struct rt_method functions[] = {
    RT_FUNC("exit", sys_exit, ANY, "(status=None, /)",
            "Exit the interpreter by raising SystemExit(status)."),
    RT_FUNC("exc_info", sys_exc_info, FRAME, "()",
            "Return information about the exception that is being handled."),
    RT_FUNC("exception", sys_exception, FRAME, "()",
            "Return the exception that is being handled."),
    RT_FUNC("is_finalizing", sys_is_finalizing, READS, "()",
            "Return True if Python is exiting."),
    RT_FUNC("getrecursionlimit", sys_getrecursionlimit, READS, "()",
            "Return the current value of the recursion limit."),
    RT_FUNC("setrecursionlimit", sys_setrecursionlimit, ANY, "(limit, /)",
            "Set the maximum depth of the Python interpreter stack."),
    RT_FUNC("get_int_max_str_digits", sys_get_digits, READS, "()",
            "Return the maximum string digits limit for non-binary int<->str "
            "conversions."),
    RT_FUNC("set_int_max_str_digits", sys_set_digits, ANY, "(maxdigits)",
            "Set the maximum string digits limit for non-binary int<->str "
            "conversions."),
    RT_FUNC("getswitchinterval", sys_getswitchinterval, READS, "()",
            "Return the current thread switch interval."),
    RT_FUNC("setswitchinterval", sys_setswitchinterval, ANY, "(interval, /)",
            "Set the ideal thread switching delay inside the interpreter."),
    RT_FUNC("intern", sys_intern, OWN, "(string, /)",
            "``Intern'' the given string."),
    RT_FUNC("getsizeof", sys_getsizeof, ANY, "(object, default=None)",
            "Return the size of object in bytes."),
    RT_FUNC("getdefaultencoding", sys_encoding, READS, "()",
            "Return the current default encoding used by the Unicode "
            "implementation."),
    RT_FUNC("getfilesystemencoding", sys_encoding, READS, "()",
            "Return the encoding used to convert Unicode filenames to OS "
            "filenames."),
    RT_FUNC("getfilesystemencodeerrors", sys_encodeerrors, READS, "()",
            "Return the error mode used for Unicode to OS filename "
            "conversion."),
    RT_FUNC("get_asyncgen_hooks", sys_get_asyncgen_hooks, READS, "()",
            "Return the installed asynchronous generators hooks."),
    RT_FUNC("set_asyncgen_hooks", sys_set_asyncgen_hooks, ANY,
            "(firstiter=None, finalizer=None)",
            "Set a finalizer for async generators objects."),
    RT_FUNC("audit", sys_audit, READS, "(event, /, *args)",
            "Passes the event to any hooks that are attached."),
    RT_END_METHODS};

/* -- arguments and the search path -- */

static bool
is_folder(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static void
add_path(rt_val list, const char *path, size_t len)
{
    rt_list_append(list, rt_str_new(path, (int64_t)len));
}

/* An entry of PYTHONPATH: absolute, as module site makes it. */
static void
add_entry(rt_val list, const char *path, size_t len)
{
    char cwd[PATH_MAX];

    if (*path == '/' || !getcwd(cwd, sizeof cwd))
        add_path(list, path, len);
    else
        rt_list_append(
            list, rt_str_format("%s/%U", cwd, rt_str_new(path, (int64_t)len)));
}

/* Our own Python files: beside the installed program, or in the source tree
 * that the program was built in. */
static void
add_own_folder(rt_val list, const char *program)
{
    static const char *const places[] = {"/../share/nacre/lib", "/../lib",
                                         "/lib"};
    char *folder = strdup(program), *slash = strrchr(folder, '/');
    struct nac_buf b = {0};
    char real[PATH_MAX];

    if (slash)
        *slash = 0;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        b.len = 0;
        nac_buf_printf(&b, "%s%s/nacre", folder, places[i]);
        if (!is_folder(b.data) || !realpath(b.data, real))
            continue;
        slash = strrchr(real, '/');
        add_path(list, real, (size_t)(slash - real));
        break;
    }
    nac_buf_free(&b);
    free(folder);
}

static rt_val
search_path(const char *what, const char *program)
{
    rt_val list = rt_list_new(NULL, 0);
    const char *env = rt_env("PYTHONPATH"), *colon;
    char real[PATH_MAX];

    if (rt_options.safe_path) {
        ; /* nothing that others may write to */
    } else if (strcmp(what, "-m") == 0) {
        add_path(list, real, getcwd(real, sizeof real) ? strlen(real) : 0);
    } else if (*what && strcmp(what, "-c") != 0 && realpath(what, real)) {
        char *slash = strrchr(real, '/');

        add_path(list, real, slash == real ? 1 : (size_t)(slash - real));
    } else {
        add_path(list, "", 0);
    }
    while (env && *env) {
        colon = strchr(env, ':');
        if (colon != env)
            add_entry(list, env, colon ? (size_t)(colon - env) : strlen(env));
        env = colon ? colon + 1 : NULL;
    }
    add_own_folder(list, program);
    add_path(list, PYSTDLIB, strlen(PYSTDLIB));
    return list;
}

/* Path of the running program; empty if unknown. */
static const char *
find_program(const char *argv0, char *buffer, size_t size)
{
    ssize_t n = readlink("/proc/self/exe", buffer, size - 1);

    if (n < 0) {
        if (!realpath(argv0, buffer))
            return "";
        return buffer;
    }
    buffer[n] = 0;
    return buffer;
}

static void
add_prefixes(rt_val m, const char *program)
{
    static const char *const names[] = {"prefix", "exec_prefix", "base_prefix",
                                        "base_exec_prefix"};
    const char *slash = strrchr(program, '/');
    size_t len = slash ? (size_t)(slash - program) : 0;

    while (len && program[len - 1] != '/')
        len--;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        rt_module_add(m, names[i],
                      rt_str_new(program, len > 1 ? (int64_t)len - 1 : 1));
    rt_module_add(m, "executable", rt_str_new(program, -1));
    rt_module_add(m, "_base_executable", rt_str_new(program, -1));
    rt_module_add(m, "_stdlib_dir", rt_str_new(PYSTDLIB, -1));
}

/* orig_argv is read back from the kernel: the options are gone by now. */
static rt_val
original_arguments(void)
{
    rt_val list = rt_list_new(NULL, 0);
    struct nac_buf b = {0};
    size_t at = 0;

    if (nac_buf_read_file(&b, "/proc/self/cmdline") == 0) {
        while (at < b.len) {
            add_path(list, b.data + at, strlen(b.data + at));
            at += strlen(b.data + at) + 1;
        }
    }
    nac_buf_free(&b);
    return list;
}

void
rt_init_argv(const char *what, int nargs, char **args, const char *program)
{
    rt_val argv = rt_list_new(NULL, 0);
    char buffer[PATH_MAX];
    const char *path = find_program(program, buffer, sizeof buffer);

    add_path(argv, what, strlen(what));
    for (int i = 0; i < nargs; i++)
        add_path(argv, args[i], strlen(args[i]));
    rt_module_add(sys_module, "argv", argv);
    rt_module_add(sys_module, "orig_argv", original_arguments());
    rt_module_add(sys_module, "path", search_path(what, path));
    add_prefixes(sys_module, path);
}

/* -- beginning and end -- */

static void
add_streams(rt_val m)
{
    static const char *const names[] = {"stdin", "stdout", "stderr"};
    static const char *const originals[] = {"__stdin__", "__stdout__",
                                            "__stderr__"};
    static const char *const files[] = {"<stdin>", "<stdout>", "<stderr>"};

    for (int fd = 0; fd < 3; fd++) {
        struct stat st;
        rt_val f = rt_None;

        if (fstat(fd, &st) == 0)
            f = rt_file_std(fd, files[fd], fd ? "w" : "r");
        rt_module_add(m, names[fd], f);
        rt_module_add(m, originals[fd], f);
    }
}

void
rt_sys_init(void)
{
    rt_val modules = rt_dict_new(), m = rt_module_new(rt_intern("sys"));

    sys_module = m;
    rt_gc_root(&sys_module);
    rt_dict_set_name(modules, "sys", m);
    rt_module_add(m, "modules", modules);
    rt_module_add(m, "__doc__",
                  rt_str_new("This module provides access to some objects used "
                             "or maintained by the\ninterpreter and to "
                             "functions that interact strongly with the "
                             "interpreter.",
                             -1));
    rt_module_builtin_spec(m);
    rt_module_methods(m, functions);
    rt_sys_add_info(m);
    rt_sys_add_hooks(m);
    add_streams(m);
    rt_module_add(m, "path", rt_list_new(NULL, 0));
    rt_module_add(m, "argv", rt_list_new(NULL, 0));
}

int
rt_flush_std(void)
{
    static const char *const names[] = {"stdout", "stderr"};
    rt_val pending = rt_ts->exc;
    int status = 0;

    rt_ts->exc = RT_NULL;
    for (int i = 0; i < 2; i++) {
        rt_val f = rt_sys_get(names[i]), closed;

        if (rt_is_null(f) || rt_is_none(f))
            continue;
        closed = rt_getattr_opt(f, rt_intern("closed"));
        rt_exc_clear();
        if (!rt_is_null(closed) && rt_truth(closed) == 1)
            continue;
        if (rt_is_null(rt_call_method(f, RT_ID(flush), 0, NULL))) {
            if (i == 0) {
                rt_exc_unraisable("", f);
                status = -1;
            }
            rt_exc_clear();
        }
    }
    rt_ts->exc = pending;
    return status;
}

static void (*callbacks[16])(void);
static int ncallbacks;

void
rt_at_finish(void (*callback)(void))
{
    for (int i = 0; i < ncallbacks; i++)
        if (callbacks[i] == callback)
            return;
    if (ncallbacks < 16)
        callbacks[ncallbacks++] = callback;
}

void
rt_finish(int *status)
{
    rt_exc_clear();
    while (ncallbacks)
        callbacks[--ncallbacks]();
    finalizing = true;
    if (rt_flush_std() < 0)
        *status = 120;
    rt_streams_flush();
}
