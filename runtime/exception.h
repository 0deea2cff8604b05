/* SPDX-License-Identifier: MIT
 * runtime/exception.h: layouts of exceptions with fields of their own (kinds of
 * exceptions.def) and of tracebacks. All fields are values, RT_NULL: absent.
 */
#ifndef RT_EXCEPTION_H
#define RT_EXCEPTION_H

#include "runtime/runtime.h"

struct rt_exc_BASE {
    struct rt_exception head;
};
struct rt_exc_STOP {
    struct rt_exception head;
    rt_val value;
};
struct rt_exc_EXIT {
    struct rt_exception head;
    rt_val code;
};
struct rt_exc_SYNTAX {
    struct rt_exception head;
    rt_val msg, filename, lineno, offset, text, end_lineno, end_offset;
    rt_val print_file_and_line;
};
struct rt_exc_OS {
    struct rt_exception head;
    rt_val errno_, strerror, filename, filename2, written;
};
struct rt_exc_IMPORT {
    struct rt_exception head;
    rt_val msg, name, path;
};
struct rt_exc_ATTR {
    struct rt_exception head;
    rt_val obj, name;
};
struct rt_exc_NAME {
    struct rt_exception head;
    rt_val name;
};
struct rt_exc_UNICODE {
    struct rt_exception head;
    rt_val encoding, object, start, end, reason;
};
#define rt_exc_UNICODE_ENCODE    rt_exc_UNICODE
#define rt_exc_UNICODE_DECODE    rt_exc_UNICODE
#define rt_exc_UNICODE_TRANSLATE rt_exc_UNICODE
struct rt_exc_GROUP {
    struct rt_exception head;
    rt_val msg, excs; /* excs: tuple */
};

#define rt_exc_of(v)       ((struct rt_exception *)rt_ptr(v))
#define rt_exc_as(KIND, v) ((struct rt_exc_##KIND *)rt_ptr(v))

NAC_INLINE bool
rt_is_exception(rt_val v)
{
    return rt_is_obj(v) && rt_has_flag(v, RT_TYPE_EXCEPTION);
}

/* New instance whose fields are absent; args: tuple. */
rt_val rt_exc_alloc(struct rt_type *type, rt_val args);
/* The nearest builtin class of an exception class. */
struct rt_type *rt_exc_native(struct rt_type *type);
rt_val rt_exc_str(rt_val self); /* BaseException.__str__ */
rt_val rt_exc_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
                   rt_val kwnames);
int rt_exc_init(rt_val self, const rt_val *args, uint32_t nargs,
                rt_val kwnames);
void rt_exc_set_context(rt_val exc, rt_val context); /* breaks cycles */

/* -- by kind: exception_types.c, exception_group.c -- */
struct rt_exc_behaviour {
    rt_val (*make)(struct rt_type *, const rt_val *, uint32_t, rt_val);
    int (*init)(rt_val, const rt_val *, uint32_t, rt_val);
    rt_unaryfn str;
    const struct rt_method *methods;
    const char *const *members; /* names of the fields in order, NULL ends */
};
extern const struct rt_exc_behaviour rt_exc_kind_BASE, rt_exc_kind_STOP,
    rt_exc_kind_EXIT, rt_exc_kind_SYNTAX, rt_exc_kind_OS, rt_exc_kind_IMPORT,
    rt_exc_kind_ATTR, rt_exc_kind_NAME, rt_exc_kind_UNICODE_ENCODE,
    rt_exc_kind_UNICODE_DECODE, rt_exc_kind_UNICODE_TRANSLATE,
    rt_exc_kind_GROUP;
rt_val rt_exc_key_str(rt_val self);
void rt_exception_group_bases(void); /* ExceptionGroup's second base */

/* -- tracebacks -- */

struct rt_traceback {
    struct rt_obj head;
    rt_val next;          /* traceback or None */
    rt_val func;          /* of the frame; RT_NULL where made by Python code */
    struct rt_code *code; /* what ran; NULL then */
    rt_val frame;         /* frame object, RT_NULL until asked for */
    int64_t ins;          /* number of the instruction */
    int64_t line;         /* -1: from the code's table */
};
struct rt_code;
struct rt_code *rt_traceback_code(const struct rt_traceback *tb);
int64_t rt_traceback_line(const struct rt_traceback *tb);

/* traceback_anchor.c */
bool rt_traceback_anchors(const char *text, size_t len, int64_t *left,
                          int64_t *right);
/* Writes the exception to sys.stderr: sys.excepthook's default. */
void rt_exc_display(rt_val exc);

/* "Did you mean" (suggest.c): RT_NULL, or the suggestion (str). */
rt_val rt_suggestion(rt_val exc);

#endif
