/* SPDX-License-Identifier: MIT
 * runtime/modules/builtins_code.c: builtin functions that compile, evaluate or
 * look at the caller's frame: compile, eval, exec, globals, locals, vars, dir.
 * They are of effect FRAME: no trace contains them.
 */
#include "config.h"

#include "frontend/compile.h"
#include "frontend/frontend.h"
#include "runtime/interp/frame.h"
#include "runtime/modules/builtins.h"
#include "runtime/modules/sys.h"
#include "runtime/options.h"
#include "runtime/runtime.h"

/* Local variables of a frame by name; cells are looked into. */
rt_val
rt_frame_locals(const struct rt_code *code, const rt_val *regs)
{
    rt_val d;
    uint32_t i;

    if (code->flags & FE_NAMESPACE)
        return regs[0];
    d = rt_dict_new();
    for (i = 0; i < code->nlocals + code->nfree; i++) {
        bool own = i < code->nlocals;
        rt_val name =
            own ? rt_tuple_of(code->varnames)->items[i]
                : rt_tuple_of(code->freevars)->items[i - code->nlocals];
        rt_val v = regs[i];

        if ((!own || code->local_is_cell[i]) && rt_is_exact(v, &rt_cell_type))
            v = ((struct rt_cell *)rt_ptr(v))->value;
        if (!rt_is_null(v) && rt_str_at(rt_str_of(name), 0) != '.' &&
            rt_dict_set(d, name, v) < 0)
            return RT_NULL;
    }
    return d;
}

static rt_val
current_locals(void)
{
    rt_val *fp = rt_frame_visible(rt_ts->fp, NULL);

    return rt_frame_locals(rt_frame_code(fp), fp);
}

static rt_val
current_globals(void)
{
    return rt_frame_function(rt_frame_visible(rt_ts->fp, NULL))->globals;
}

static rt_val
b_globals(rt_val self, rt_val *args)
{
    return current_globals();
}

static rt_val
b_locals(rt_val self, rt_val *args)
{
    return current_locals();
}

static rt_val
b_vars(rt_val self, rt_val *args)
{
    rt_val d;

    if (rt_is_null(args[0]))
        return b_locals(self, args);
    d = rt_getattr_opt(args[0], RT_ID(dict));
    if (rt_is_null(d) && !rt_raised())
        rt_raise(&rt_exc_TypeError,
                 "vars() argument must have __dict__ attribute");
    return d;
}

static rt_val
b_dir(rt_val self, rt_val *args)
{
    rt_val names, f;

    if (rt_is_null(args[0])) {
        names = rt_sequence_list(current_locals());
    } else {
        f = rt_lookup_special(args[0], RT_ID(dir));
        if (rt_is_null(f))
            return rt_raised() ? f
                               : rt_raise(&rt_exc_TypeError,
                                          "object does not provide __dir__");
        names = rt_call0(f);
        if (!rt_is_null(names))
            names = rt_sequence_list(names);
    }
    if (rt_is_null(names) || rt_list_sort(names, RT_NULL, false) < 0)
        return RT_NULL;
    return names;
}

/* Text of the source argument; NULL: TypeError. */
static const char *
source_text(rt_val v, const char *function, int64_t *len)
{
    const char *data;

    if (rt_is_str(v))
        return rt_str_utf8(v, len);
    if (rt_is_bytes(v) || rt_isinstance_exactly(v, &rt_bytearray_type))
        return rt_bytes_view(v, &data, len) < 0 ? NULL : data;
    rt_raise(&rt_exc_TypeError,
             "%s() arg 1 must be a string, bytes or %s object", function,
             strcmp(function, "compile") ? "code" : "AST");
    return NULL;
}

static struct rt_code *
compile_text(rt_val source, const char *function, const char *filename,
             enum fe_mode mode, unsigned flags)
{
    int64_t len;
    const char *text = source_text(source, function, &len);

    if (!text)
        return NULL;
    if (memchr(text, 0, (size_t)len)) {
        rt_raise(&rt_exc_ValueError,
                 "source code string cannot contain null bytes");
        return NULL;
    }
    if (mode == FE_EVAL)
        while (len && (*text == ' ' || *text == '\t')) {
            text++;
            len--;
        }
    return rt_compile(text, (size_t)len, filename, mode,
                      FE_COMPILE_NAMES | flags);
}

/* The arguments flags and optimize, as enum fe_compile_flags. Bits of module
 * ast and of features that are no longer optional are CPython's. */
static int
compile_flags(rt_val *args, unsigned *out)
{
    enum {
        ONLY_AST = 0x400,
        TOP_LEVEL_AWAIT = 0x2000,
        ANNOTATIONS = 0x1000000,
        WITHOUT_EFFECT = 0x10 | 0x100 | 0x200 | 0x1000 | 0x4000 | 0xBE0000
    };
    int64_t flags = 0, optimize = -1;

    if (!rt_is_null(args[3]) && rt_index_int(args[3], &flags) < 0)
        return -1;
    if (!rt_is_null(args[5]) && rt_index_int(args[5], &optimize) < 0)
        return -1;
    if (flags & ONLY_AST) {
        rt_raise(&rt_exc_NotImplementedError,
                 "compile() to a tree needs module _ast, which is not there");
        return -1;
    }
    if (flags & ~(TOP_LEVEL_AWAIT | ANNOTATIONS | WITHOUT_EFFECT)) {
        rt_raise(&rt_exc_ValueError, "compile(): unrecognised flags");
        return -1;
    }
    if (optimize < -1 || optimize > 2) {
        rt_raise(&rt_exc_ValueError, "compile(): invalid optimize value");
        return -1;
    }
    *out = rt_optimize_flags((int)optimize) |
           (flags & TOP_LEVEL_AWAIT ? FE_COMPILE_TOP_LEVEL_AWAIT : 0) |
           (flags & ANNOTATIONS ? FE_COMPILE_FUTURE_ANNOTATIONS : 0);
    return 0;
}

static rt_val
b_compile(rt_val self, rt_val *args)
{
    rt_val name =
        rt_is_bytes(args[1])
            ? rt_str_new(((struct rt_bytes *)rt_ptr(args[1]))->data, -1)
            : args[1];
    struct rt_code *code;
    enum fe_mode mode;
    unsigned flags;

    if (!rt_is_str(args[2]) || !rt_is_str(name))
        return rt_raise(&rt_exc_TypeError,
                        "compile() argument 'mode' must be str, not %T",
                        args[2]);
    if (rt_str_is(args[2], "exec"))
        mode = FE_EXEC;
    else if (rt_str_is(args[2], "eval"))
        mode = FE_EVAL;
    else if (rt_str_is(args[2], "single"))
        mode = FE_SINGLE;
    else
        return rt_raise(&rt_exc_ValueError,
                        "compile() mode must be 'exec', 'eval' or 'single'");
    if (compile_flags(args, &flags) < 0)
        return RT_NULL;
    code = compile_text(args[0], "compile", rt_str_utf8_any(name, NULL), mode,
                        flags);
    return code ? rt_from_ptr(code) : RT_NULL;
}

static rt_val
evaluate(rt_val *args, const char *function, enum fe_mode mode)
{
    rt_val globals = args[1], locals = args[2];
    struct rt_code *code;

    if (!rt_is_null(globals) && rt_is_none(globals))
        globals = RT_NULL;
    if (!rt_is_null(locals) && rt_is_none(locals))
        locals = RT_NULL;
    if (rt_is_null(globals)) {
        globals = current_globals();
        if (rt_is_null(locals))
            locals = current_locals();
    } else if (!rt_is_dict(globals)) {
        if (strcmp(function, "eval") == 0)
            return rt_raise(&rt_exc_TypeError, "globals must be a dict");
        return rt_raise(&rt_exc_TypeError,
                        "exec() globals must be a dict, not %T", globals);
    }
    if (rt_is_null(locals))
        locals = globals;
    if (!rt_is_null(locals) && !rt_type_of(locals)->slots.getitem)
        return strcmp(function, "eval") == 0
                   ? rt_raise(&rt_exc_TypeError, "locals must be a mapping")
                   : rt_raise(&rt_exc_TypeError,
                              "locals must be a mapping or None, not %T",
                              locals);
    if (rt_is_null(globals) || rt_is_null(locals))
        return RT_NULL;
    if (!rt_dict_contains(globals, RT_ID(builtins)) &&
        rt_dict_set(globals, RT_ID(builtins), rt_import_name("builtins")) < 0)
        return RT_NULL;
    if (rt_is_exact(args[0], &rt_code_type)) {
        code = rt_code_of(args[0]);
        if (code->nfree)
            return rt_raise(&rt_exc_TypeError,
                            "code object passed to %s() may not contain free "
                            "variables",
                            function);
    } else {
        code = compile_text(args[0], function, "<string>", mode,
                            rt_optimize_flags(-1));
    }
    return code ? rt_run_code(code, globals, locals) : RT_NULL;
}

static rt_val
b_eval(rt_val self, rt_val *args)
{
    return evaluate(args, "eval", FE_EVAL);
}

static rt_val
b_exec(rt_val self, rt_val *args)
{
    return rt_is_null(evaluate(args, "exec", FE_EXEC)) ? RT_NULL : rt_None;
}

static const struct rt_method functions[] = {
    RT_FUNC("compile", b_compile, FRAME,
            "(source, filename, mode, flags=0, dont_inherit=False, "
            "optimize=-1, *, _feature_version=-1)",
            "Compile source into a code object."),
    RT_FUNC("dir", b_dir, FRAME, "(object=None, /)",
            "Names in the current scope, or of an object."),
    RT_FUNC("eval", b_eval, FRAME, "(source, globals=None, locals=None, /)",
            "Evaluate the given source."),
    RT_FUNC("exec", b_exec, FRAME,
            "(source, globals=None, locals=None, /, *, closure=None)",
            "Execute the given source."),
    RT_FUNC("globals", b_globals, FRAME, "()",
            "The dictionary of the current scope's global variables."),
    RT_FUNC("locals", b_locals, FRAME, "()",
            "A dictionary of the current scope's local variables."),
    RT_FUNC("vars", b_vars, FRAME, "(object=None, /)",
            "locals(), or object.__dict__."),
    RT_END_METHODS};

void
rt_builtins_add_code_functions(rt_val module)
{
    rt_module_methods(module, functions);
}
