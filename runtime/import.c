/* SPDX-License-Identifier: MIT
 * runtime/import.c: import of builtin modules, Python files and packages:
 * sys.modules, sys.path, relative imports, and the attributes that modules
 * get. Called by IMPORT_NAME, __import__ and main.c.
 */
#include "config.h"

#include "runtime/import.h"

#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "frontend/compile.h"
#include "runtime/code.h"
#include "runtime/code_cache.h"
#include "runtime/init.h"
#include "runtime/interp/frame.h"
#include "runtime/runtime.h"

static const struct {
    const char *name;
    rt_val (*init)(void);
} builtin_modules[] = {
#define MODULE(name) {#name, rt_module_##name##_init},
#include "runtime/modules.def"
#undef MODULE
};

static rt_val
modules(void)
{
    return rt_sys_get("modules");
}

static const char *
text(rt_val s)
{
    return rt_str_utf8_any(s, NULL);
}

rt_val
rt_builtin_module(const char *name)
{
    size_t i;

    for (i = 0; i < sizeof builtin_modules / sizeof builtin_modules[0]; i++)
        if (strcmp(builtin_modules[i].name, name) == 0)
            return builtin_modules[i].init();
    return RT_NULL;
}

/* -- modules from files -- */

/* A module's __spec__: what tools read of it. */
static rt_val
make_spec(rt_val name, rt_val origin, rt_val path, rt_val parent)
{
    rt_val names = rt_tuple_pack(
        6, rt_intern("name"), rt_intern("loader"), rt_intern("origin"),
        rt_intern("submodule_search_locations"), rt_intern("parent"),
        rt_intern("has_location"));
    rt_val values[6];

    values[0] = name;
    values[1] = rt_None;
    values[2] = origin;
    values[3] = path;
    values[4] = parent;
    values[5] = rt_from_bool(!rt_is_none(origin));
    return rt_call(rt_from_ptr(&rt_simple_namespace_type), values, 0, names);
}

void
rt_module_builtin_spec(rt_val m)
{
    rt_val name = rt_getattr(m, RT_ID(name));

    rt_module_add(m, "__package__", rt_str_new("", 0));
    rt_module_add(m, "__loader__", rt_None);
    rt_module_add(m, "__spec__",
                  make_spec(name, rt_str_new("built-in", -1), rt_None,
                            rt_str_new("", 0)));
    rt_setattr(rt_getattr(m, RT_ID(spec)), rt_intern("has_location"), rt_False);
}

static rt_val
parent_name(rt_val name, bool is_package)
{
    const char *s = text(name), *dot = strrchr(s, '.');

    if (is_package)
        return name;
    return rt_str_new(s, dot ? dot - s : 0);
}

static rt_val
new_module(rt_val name, rt_val file, rt_val path)
{
    rt_val m = rt_module_new(name), package, builtins;

    package = parent_name(name, !rt_is_none(path));
    rt_module_add(m, "__package__", package);
    rt_module_add(m, "__loader__", rt_None);
    rt_module_add(m, "__spec__", make_spec(name, file, path, package));
    if (!rt_is_none(file))
        rt_module_add(m, "__file__", file);
    if (!rt_is_none(path))
        rt_module_add(m, "__path__", path);
    rt_module_add(m, "__doc__", rt_None);
    builtins = rt_dict_get(modules(), rt_intern("builtins"));
    if (!rt_is_null(builtins))
        rt_module_add(m, "__builtins__", builtins);
    return m;
}

/* While a module's code runs, messages speak of circular imports. */
static void
set_initializing(rt_val m, bool on)
{
    rt_val spec = rt_dict_get(rt_module_of(m)->dict, RT_ID(spec));

    if (!rt_is_null(spec))
        rt_setattr(spec, rt_intern("_initializing"), rt_from_bool(on));
    rt_exc_clear();
}

bool
rt_module_initializing(rt_val m)
{
    rt_val pending = rt_ts->exc, spec, v = RT_NULL;

    rt_ts->exc = RT_NULL;
    spec = rt_getattr_opt(m, RT_ID(spec));
    if (!rt_is_null(spec) && !rt_is_none(spec))
        v = rt_getattr_opt(spec, rt_intern("_initializing"));
    rt_ts->exc = pending;
    return !rt_is_null(v) && rt_same(v, rt_True);
}

rt_val
rt_load_file(rt_val name, const char *path, bool is_package)
{
    rt_val file = rt_str_new(path, -1), search = rt_None, m;
    struct rt_code *code;
    char *cache;

    if (is_package) {
        rt_val folder = rt_str_new(path, (int64_t)strlen(path) -
                                             (int64_t)strlen("/__init__.py"));

        search = rt_list_new(&folder, 1);
    }
    m = new_module(name, file, search);
    cache = rt_cache_path(path);
    rt_module_add(m, "__cached__", rt_str_new(cache, -1));
    free(cache);
    code = rt_cached_code(path);
    if (!code)
        return RT_NULL;
    set_initializing(m, true);
    if (rt_dict_set(modules(), name, m) < 0)
        return RT_NULL;
    if (rt_is_null(
            rt_run_code(code, rt_module_of(m)->dict, rt_module_of(m)->dict))) {
        rt_val pending = rt_exc_take();

        set_initializing(m, false);
        rt_dict_del(modules(), name);
        rt_ts->exc = pending;
        return RT_NULL;
    }
    set_initializing(m, false);
    m = rt_dict_get(modules(), name); /* it may have replaced itself */
    if (rt_is_null(m) && !rt_raised())
        return rt_raise(&rt_exc_KeyError, "%R not in sys.modules", name);
    return m;
}

static bool
is_file(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

static bool
is_folder(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* Looks for [last] in the folders of the list [path]: the file's path in [b],
 * or, where there are only folders of that name, these in [found] (a list). */
enum where { NOWHERE, IN_MODULE, IN_PACKAGE, IN_FOLDERS };

static enum where
locate(rt_val path, const char *last, struct nac_buf *b, rt_val found)
{
    int64_t i, n;
    rt_val *items;
    char here[PATH_MAX];

    if (!rt_is_list(path) && !rt_is_tuple(path))
        return NOWHERE;
    items = rt_seq_items(path, &n);
    for (i = 0; i < n; i++) {
        const char *folder;

        if (!rt_is_str(items[i]))
            continue;
        folder = text(items[i]);
        if (!*folder)
            folder = getcwd(here, sizeof here) ? here : ".";
        b->len = 0;
        nac_buf_printf(b, "%s/%s/__init__.py", folder, last);
        if (is_file(b->data))
            return IN_PACKAGE;
        b->len = 0;
        nac_buf_printf(b, "%s/%s.py", folder, last);
        if (is_file(b->data))
            return IN_MODULE;
        b->len -= 3;
        b->data[b->len] = 0;
        if (is_folder(b->data))
            rt_list_append(found, rt_str_new(b->data, -1));
        items = rt_seq_items(path, &n);
    }
    return rt_list_of(found)->len ? IN_FOLDERS : NOWHERE;
}

/* RT_NULL without exception: not there. */
static rt_val
find_in(rt_val path, rt_val name, const char *last)
{
    rt_val found = rt_list_new(NULL, 0), result = RT_NULL;
    struct nac_buf b = {0};
    enum where where = locate(path, last, &b, found);

    if (where == IN_MODULE || where == IN_PACKAGE) {
        result = rt_load_file(name, b.data, where == IN_PACKAGE);
    } else if (where == IN_FOLDERS) { /* a namespace package */
        result = new_module(name, rt_None, found);
        if (rt_dict_set(modules(), name, result) < 0)
            result = RT_NULL;
    }
    nac_buf_free(&b);
    return result;
}

/* -- importing by absolute name -- */

/* Module [name] whose parent package (or RT_NULL) is [parent]. */
static rt_val
import_one(rt_val name, rt_val parent)
{
    const char *full = text(name), *dot = strrchr(full, '.');
    const char *last = dot ? dot + 1 : full;
    rt_val m = rt_dict_get(modules(), name), path;

    if (!rt_is_null(m)) {
        if (rt_is_none(m))
            return rt_raise_object(rt_module_not_found(
                rt_str_format("import of %U halted; None in sys.modules", name),
                name));
        return m;
    }
    if (rt_raised())
        return m;
    if (rt_is_null(parent)) {
        m = rt_builtin_module(full);
        if (!rt_is_null(m)) {
            rt_module_builtin_spec(m);
            if (rt_dict_set(modules(), name, m) < 0)
                return RT_NULL;
        }
        if (!rt_is_null(m) || rt_raised())
            return m;
        path = rt_sys_get("path");
    } else {
        path = rt_getattr_opt(parent, RT_ID(path));
        if (rt_is_null(path)) {
            if (rt_raised())
                return path;
            return rt_raise_object(rt_module_not_found(
                rt_str_format("No module named %R; %R is not a package", name,
                              rt_str_new(full, dot - full)),
                name));
        }
    }
    m = find_in(path, name, last);
    if (rt_is_null(m) && !rt_raised())
        rt_raise_object(rt_module_not_found(
            rt_str_format("No module named %R", name), name));
    if (!rt_is_null(m) && !rt_is_null(parent) &&
        rt_setattr(parent, rt_intern(last), m) < 0)
        return RT_NULL;
    return m;
}

rt_val
rt_module_not_found(rt_val message, rt_val name)
{
    rt_val exc = rt_exc_new(&rt_exc_ModuleNotFoundError, 1, message);

    if (!rt_is_null(exc))
        rt_exc_set_name(exc, name);
    return exc;
}

/* a.b.c: imports a, a.b, a.b.c; *first gets a. Returns a.b.c. */
static rt_val
import_dotted(rt_val name, rt_val *first)
{
    const char *full = text(name), *p = full;
    rt_val parent = RT_NULL;

    for (;;) {
        const char *dot = strchr(p, '.');
        rt_val part = dot ? rt_str_intern(rt_str_new(full, dot - full))
                          : rt_str_intern(name);

        parent = import_one(part, parent);
        if (rt_is_null(parent))
            return parent;
        if (p == full)
            *first = parent;
        if (!dot)
            return parent;
        p = dot + 1;
    }
}

/* Absolute name of a relative import. */
static rt_val
resolve(rt_val name, rt_val globals, int level)
{
    rt_val package = rt_is_dict(globals)
                         ? rt_dict_get(globals, rt_intern("__package__"))
                         : RT_NULL;
    const char *p;
    size_t len;

    if ((rt_is_null(package) || rt_is_none(package)) && rt_is_dict(globals)) {
        rt_val own = rt_dict_get(globals, RT_ID(name));

        if (!rt_is_null(own) && rt_is_str(own))
            package =
                parent_name(own, rt_dict_contains(globals, RT_ID(path)) == 1);
    }
    if (rt_is_null(package) || !rt_is_str(package) ||
        rt_str_of(package)->len == 0)
        return rt_raise(
            &rt_exc_ImportError,
            "attempted relative import with no known parent package");
    p = text(package);
    len = strlen(p);
    while (--level > 0) {
        const char *dot = NULL;
        size_t i;

        for (i = 0; i < len; i++)
            if (p[i] == '.')
                dot = p + i;
        if (!dot)
            return rt_raise(
                &rt_exc_ImportError,
                "attempted relative import beyond top-level package");
        len = (size_t)(dot - p);
    }
    package = rt_str_new(p, (int64_t)len);
    if (rt_str_of(name)->len == 0)
        return package;
    return rt_str_format("%U.%U", package, name);
}

/* from m import a, b: submodules that are no attributes yet. */
static int
import_submodules(rt_val m, rt_val fromlist)
{
    rt_val it = rt_iter(fromlist), item, all;

    if (rt_is_null(it))
        return -1;
    while (item = rt_next(it), !rt_is_null(item)) {
        rt_val v, full;

        if (!rt_is_str(item)) {
            rt_raise(&rt_exc_TypeError,
                     "Item in ``from list'' must be str, not %T", item);
            return -1;
        }
        if (rt_str_is(item, "*")) {
            all = rt_getattr_opt(m, RT_ID(all));
            if (!rt_is_null(all) && import_submodules(m, all) < 0)
                return -1;
            continue;
        }
        v = rt_getattr_opt(m, rt_str_intern(item));
        if (!rt_is_null(v))
            continue;
        if (rt_raised())
            return -1;
        full = rt_str_format("%U.%U", rt_getattr(m, RT_ID(name)), item);
        if (rt_is_null(import_one(rt_str_intern(full), m))) {
            if (!rt_exc_is(&rt_exc_ModuleNotFoundError))
                return -1;
            rt_exc_clear(); /* IMPORT_FROM says what is missing */
        }
    }
    return rt_raised() ? -1 : 0;
}

rt_val
rt_import(rt_val name, rt_val globals, rt_val fromlist, int level)
{
    rt_val first = RT_NULL, m;
    bool from = !rt_is_none(fromlist) && rt_truth(fromlist) == 1;

    if (level < 0)
        return rt_raise(&rt_exc_ValueError, "level must be >= 0");
    if (level == 0 && rt_str_of(name)->len == 0)
        return rt_raise(&rt_exc_ValueError, "Empty module name");
    if (level > 0) {
        rt_val full = resolve(name, globals, level);

        if (rt_is_null(full))
            return full;
        m = import_dotted(full, &first);
        first = m;
    } else {
        m = import_dotted(name, &first);
    }
    if (rt_is_null(m))
        return m;
    if (!from)
        return first;
    if (!rt_is_null(rt_getattr_opt(m, RT_ID(path)))) {
        if (import_submodules(m, fromlist) < 0)
            return RT_NULL;
    } else if (rt_raised()) {
        return RT_NULL;
    }
    return m;
}

rt_val
rt_import_name(const char *name)
{
    rt_val first;

    return import_dotted(rt_intern(name), &first);
}

/* -- __main__ -- */

rt_val
rt_main_namespace(void)
{
    rt_val name = rt_intern("__main__");
    rt_val m = rt_dict_get(modules(), name);

    if (rt_is_null(m)) {
        m = rt_module_new(name);
        rt_module_add(m, "__package__", rt_None);
        rt_module_add(m, "__loader__", rt_None);
        rt_module_add(m, "__spec__", rt_None);
        rt_module_add(m, "__doc__", rt_None);
        rt_module_add(m, "__annotations__", rt_dict_new());
        rt_module_add(m, "__builtins__",
                      rt_dict_get(modules(), rt_intern("builtins")));
        rt_dict_set(modules(), name, m);
    }
    return rt_module_of(m)->dict;
}

/* runpy's way to give up. */
static rt_val
no_such_program(const char *name, const char *more)
{
    rt_val executable = rt_sys_get("executable");

    rt_flush_std();
    fprintf(stderr, "%s: No module named %s%s\n",
            rt_is_null(executable) ? "nacre" : text(executable), name, more);
    return rt_raise_object(rt_exc_new(&rt_exc_SystemExit, 1, rt_from_small(1)));
}

static rt_val
run_file(rt_val name, const char *path, const char *package)
{
    rt_val globals = rt_main_namespace(), argv = rt_sys_get("argv");
    rt_val file = rt_str_new(path, -1), pkg = rt_str_new(package, -1);
    struct rt_code *code;

    rt_dict_set_name(globals, "__file__", file);
    rt_dict_set_name(globals, "__package__", pkg);
    rt_dict_set_name(globals, "__spec__", make_spec(name, file, rt_None, pkg));
    if (rt_is_list(argv) && rt_list_of(argv)->len) {
        rt_val first = rt_getitem(argv, rt_from_small(0));

        if (rt_is_str(first) && rt_str_is(first, "-m") &&
            rt_setitem(argv, rt_from_small(0), file) < 0)
            return RT_NULL;
    }
    code = rt_cached_code(path);
    return code ? rt_run_code(code, globals, globals) : RT_NULL;
}

/* Runs the module [name], or the __main__ of the package. */
rt_val
rt_run_module(const char *name)
{
    const char *dot = strrchr(name, '.'), *last = dot ? dot + 1 : name;
    rt_val path = rt_sys_get("path"), full = rt_str_new(name, -1), m;
    char *parent = nac_strdup(name);
    struct nac_buf b = {0};
    enum where where;

    parent[dot ? dot - name : 0] = 0;
    if (dot) {
        m = rt_import_name(parent);
        path = rt_is_null(m) ? m : rt_getattr(m, RT_ID(path));
        if (rt_is_null(path))
            goto done;
    }
    where = locate(path, last, &b, rt_list_new(NULL, 0));
    if (where == IN_MODULE) {
        m = run_file(full, b.data, parent);
    } else if (where == NOWHERE) {
        m = no_such_program(name, "");
    } else {
        m = rt_import_name(name);
        path = rt_is_null(m) ? m : rt_getattr(m, RT_ID(path));
        m = path;
        if (rt_is_null(path))
            goto done;
        where = locate(path, "__main__", &b, rt_list_new(NULL, 0));
        full = rt_str_format("%s.__main__", name);
        m = where == IN_MODULE
                ? run_file(full, b.data, name)
                : no_such_program(
                      text(full),
                      text(rt_str_format("; '%s' is a package and cannot be "
                                         "directly executed",
                                         name)));
    }
done:
    nac_buf_free(&b);
    free(parent);
    return rt_is_null(path) ? path : m;
}
