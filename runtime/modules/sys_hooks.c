/* SPDX-License-Identifier: MIT
 * runtime/modules/sys_hooks.c: the functions of module sys that show values
 * and exceptions, and those that look at frames. Called by sys.c at start.
 */
#include "config.h"

#include <stdio.h>

#include "frontend/compile.h"
#include "runtime/init.h"
#include "runtime/interp/frame.h"
#include "runtime/modules/sys.h"
#include "runtime/runtime.h"

static int
write_to(rt_val file, rt_val text)
{
    return rt_is_null(rt_call_method(file, RT_ID(write), 1, &text)) ? -1 : 0;
}

/* What the stream cannot encode is shown by escapes. */
static int
write_shown(rt_val file, rt_val text)
{
    if (write_to(file, text) == 0)
        return 0;
    if (!rt_exc_is(&rt_exc_UnicodeEncodeError))
        return -1;
    rt_exc_clear();
    return write_to(file, rt_ascii(text));
}

static rt_val
sys_displayhook(rt_val self, rt_val *args)
{
    rt_val out = rt_sys_get("stdout"), text;

    (void)self;
    if (rt_is_none(args[0]))
        return rt_None;
    rt_dict_set_name(rt_builtins, "_", rt_None);
    if (rt_is_null(out) || rt_is_none(out))
        return rt_raise(&rt_exc_RuntimeError, "lost sys.stdout");
    text = rt_repr(args[0]);
    if (rt_is_null(text) || write_shown(out, text) < 0 ||
        write_to(out, RT_ID(newline_char)) < 0)
        return RT_NULL;
    rt_dict_set_name(rt_builtins, "_", args[0]);
    return rt_None;
}

static rt_val
sys_excepthook(rt_val self, rt_val *args)
{
    rt_val err = rt_sys_get("stderr"), text;

    (void)self;
    if (rt_is_null(err) || rt_is_none(err))
        return rt_None;
    if (!rt_has_flag(args[1], RT_TYPE_EXCEPTION))
        return rt_raise(&rt_exc_TypeError,
                        "print_exception(): Exception expected for value, %T "
                        "found",
                        args[1]);
    rt_flush_std();
    text = rt_traceback_format(args[1]);
    if (rt_is_null(text) || write_to(err, text) < 0)
        return RT_NULL;
    return rt_call_method(err, RT_ID(flush), 0, NULL);
}

static rt_val
attribute(rt_val v, const char *name)
{
    rt_val r = rt_getattr_opt(v, rt_intern(name));

    rt_exc_clear();
    return rt_is_null(r) ? rt_None : r;
}

static rt_val
sys_unraisablehook(rt_val self, rt_val *args)
{
    rt_val err = rt_sys_get("stderr");
    rt_val message = attribute(args[0], "err_msg");
    rt_val object = attribute(args[0], "object");
    rt_val exc = attribute(args[0], "exc_value"), head, shown = RT_NULL;

    (void)self;
    if (rt_is_null(err) || rt_is_none(err))
        return rt_None;
    if (!rt_is_none(object)) {
        shown = rt_repr(object);
        if (rt_is_null(shown)) {
            rt_exc_clear();
            shown = rt_str_new("<object repr() failed>", -1);
        }
    }
    if (rt_is_none(message))
        message = rt_str_new("Exception ignored in", -1);
    head = rt_is_null(shown) ? rt_str_format("%S:\n", message)
                             : rt_str_format("%S: %U\n", message, shown);
    if (rt_is_null(head) || write_to(err, head) < 0)
        return RT_NULL;
    if (rt_is_none(exc))
        return rt_None;
    head = rt_traceback_format(exc);
    return rt_is_null(head) || write_to(err, head) < 0 ? RT_NULL : rt_None;
}

/* -- frames -- */

static rt_val
sys_getframe(rt_val self, rt_val *args)
{
    const struct fe_ins *pc = rt_ts->pc;
    rt_val *fp = rt_ts->fp;
    int64_t depth = 0;

    (void)self;
    if (!rt_is_null(args[0]) &&
        rt_index_i64(args[0], &depth, &rt_exc_OverflowError) < 0)
        return RT_NULL;
    fp = rt_frame_visible(fp, &pc);
    for (; fp && depth > 0; depth--) {
        pc = rt_frame_pc(fp);
        fp = rt_frame_visible(rt_frame_back(fp), &pc);
    }
    if (!fp)
        return rt_raise(&rt_exc_ValueError, "call stack is not deep enough");
    return rt_frame_object(fp, pc);
}

static const struct rt_method functions[] = {
    RT_FUNC("displayhook", sys_displayhook, ANY, "(object, /)",
            "Print an object to sys.stdout and also save it in builtins._"),
    RT_FUNC("excepthook", sys_excepthook, ANY, "(exctype, value, traceback, /)",
            "Handle an exception by displaying it with a traceback on "
            "sys.stderr."),
    RT_FUNC("unraisablehook", sys_unraisablehook, ANY, "(unraisable, /)",
            "Handle an unraisable exception."),
    RT_FUNC("_getframe", sys_getframe, FRAME, "(depth=0, /)",
            "Return a frame object from the call stack."),
    RT_END_METHODS};

void
rt_sys_add_hooks(rt_val m)
{
    static const char *const hooks[][2] = {
        {"displayhook", "__displayhook__"},
        {"excepthook", "__excepthook__"},
        {"unraisablehook", "__unraisablehook__"}};

    rt_module_methods(m, functions);
    for (size_t i = 0; i < sizeof hooks / sizeof *hooks; i++)
        rt_module_add(
            m, hooks[i][1],
            rt_dict_get_name(rt_module_of(m)->dict, rt_intern(hooks[i][0])));
}
