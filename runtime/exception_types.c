/* SPDX-License-Identifier: MIT
 * runtime/exception_types.c: exceptions with fields of their own:
 * StopIteration, SystemExit, ImportError, NameError, AttributeError, OSError,
 * SyntaxError and the Unicode errors. Fields are member descriptors that
 * exception.c makes.
 */
#include "config.h"

#include <errno.h>

#include "runtime/exception.h"
#include "runtime/type.h"

static void
put(rt_val self, rt_val *slot, rt_val v)
{
    rt_write(rt_ptr(self), slot, v);
}

static rt_val
or_none(rt_val v)
{
    return rt_is_null(v) ? rt_None : v;
}

/* -- StopIteration, SystemExit -- */

static int
stop_init(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    if (rt_exc_init(self, args, nargs, kwnames) < 0)
        return -1;
    put(self, &rt_exc_as(STOP, self)->value, nargs ? args[0] : rt_None);
    return 0;
}

rt_val
rt_stop_value(rt_val exc)
{
    return or_none(rt_exc_as(STOP, exc)->value);
}

static int
exit_init(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    if (rt_exc_init(self, args, nargs, kwnames) < 0)
        return -1;
    put(self, &rt_exc_as(EXIT, self)->code,
        nargs == 0   ? rt_None
        : nargs == 1 ? args[0]
                     : rt_exc_of(self)->args);
    return 0;
}

static const char *const stop_members[] = {"value", NULL};
static const char *const exit_members[] = {"code", NULL};
const struct rt_exc_behaviour rt_exc_kind_STOP = {NULL, stop_init, NULL, NULL,
                                                  stop_members};
const struct rt_exc_behaviour rt_exc_kind_EXIT = {NULL, exit_init, NULL, NULL,
                                                  exit_members};

/* -- keywords: ImportError(name=, path=), NameError(name=), AttributeError --
 */

static int
take_keywords(rt_val self, const char *type, const rt_val *values,
              rt_val kwnames, const char *const *names, rt_val **slots)
{
    int64_t n = rt_is_null(kwnames) ? 0 : rt_tuple_of(kwnames)->len;

    for (int64_t i = 0; i < n; i++) {
        rt_val name = rt_tuple_of(kwnames)->items[i];
        int k;

        for (k = 0; names[k] && !rt_str_is(name, names[k]); k++)
            ;
        if (!names[k]) {
            rt_raise(&rt_exc_TypeError,
                     "'%U' is an invalid keyword argument for %s()", name,
                     type);
            return -1;
        }
        put(self, slots[k], values[i]);
    }
    return 0;
}

static int
import_init(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    static const char *const names[] = {"name", "path", NULL};
    struct rt_exc_IMPORT *e = rt_exc_as(IMPORT, self);
    rt_val *slots[] = {&e->name, &e->path};

    if (rt_exc_init(self, args, nargs, RT_NULL) < 0 ||
        take_keywords(self, "ImportError", args + nargs, kwnames, names,
                      slots) < 0)
        return -1;
    put(self, &e->msg, nargs == 1 ? args[0] : RT_NULL);
    return 0;
}

static rt_val
import_str(rt_val self)
{
    rt_val msg = rt_exc_as(IMPORT, self)->msg;

    return !rt_is_null(msg) && rt_is_exact(msg, &rt_str_type)
               ? msg
               : rt_exc_str(self);
}

static rt_val
import_reduce(rt_val self, rt_val *unused)
{
    struct rt_exc_IMPORT *e = rt_exc_as(IMPORT, self);
    rt_val state = rt_dict_copy(rt_instance_dict(self));
    rt_val cls = rt_from_ptr(rt_type_of(self));

    (void)unused;
    if (!rt_is_null(e->name))
        rt_dict_set(state, rt_intern("name"), e->name);
    if (!rt_is_null(e->path))
        rt_dict_set(state, rt_intern("path"), e->path);
    if (!rt_dict_of(state)->used)
        return rt_tuple_pack(2, cls, e->head.args);
    return rt_tuple_pack(3, cls, e->head.args, state);
}

static const struct rt_method import_methods[] = {
    RT_METHOD("__reduce__", import_reduce, ANY, "($self, /)", NULL),
    RT_END_METHODS,
};
static const char *const import_members[] = {"msg", "name", "path", NULL};
const struct rt_exc_behaviour rt_exc_kind_IMPORT = {
    NULL, import_init, import_str, import_methods, import_members};

static int
attr_init(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    static const char *const names[] = {"obj", "name", NULL};
    struct rt_exc_ATTR *e = rt_exc_as(ATTR, self);
    rt_val *slots[] = {&e->obj, &e->name};

    if (rt_exc_init(self, args, nargs, RT_NULL) < 0)
        return -1;
    return take_keywords(self, "AttributeError", args + nargs, kwnames, names,
                         slots);
}

static int
name_init(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    static const char *const names[] = {"name", NULL};
    rt_val *slots[] = {&rt_exc_as(NAME, self)->name};

    if (rt_exc_init(self, args, nargs, RT_NULL) < 0)
        return -1;
    return take_keywords(self, "NameError", args + nargs, kwnames, names,
                         slots);
}

static const char *const attr_members[] = {"obj", "name", NULL};
static const char *const name_members[] = {"name", NULL};
const struct rt_exc_behaviour rt_exc_kind_ATTR = {NULL, attr_init, NULL, NULL,
                                                  attr_members};
const struct rt_exc_behaviour rt_exc_kind_NAME = {NULL, name_init, NULL, NULL,
                                                  name_members};

/* -- OSError -- */

static struct rt_type *
class_of_errno(int64_t e)
{
    switch (e) {
    case EAGAIN:
    case EALREADY:
    case EINPROGRESS:
        return &rt_exc_BlockingIOError;
    case EPIPE:
    case ESHUTDOWN:
        return &rt_exc_BrokenPipeError;
    case ECHILD:
        return &rt_exc_ChildProcessError;
    case ECONNABORTED:
        return &rt_exc_ConnectionAbortedError;
    case ECONNREFUSED:
        return &rt_exc_ConnectionRefusedError;
    case ECONNRESET:
        return &rt_exc_ConnectionResetError;
    case EEXIST:
        return &rt_exc_FileExistsError;
    case ENOENT:
        return &rt_exc_FileNotFoundError;
    case EISDIR:
        return &rt_exc_IsADirectoryError;
    case ENOTDIR:
        return &rt_exc_NotADirectoryError;
    case EINTR:
        return &rt_exc_InterruptedError;
    case EACCES:
    case EPERM:
        return &rt_exc_PermissionError;
    case ESRCH:
        return &rt_exc_ProcessLookupError;
    case ETIMEDOUT:
        return &rt_exc_TimeoutError;
    default:
        return NULL;
    }
}

static int os_init(rt_val self, const rt_val *args, uint32_t nargs,
                   rt_val kwnames);
static rt_val os_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
                      rt_val kwnames);

/* A class that overrides __init__ but not __new__ has its arguments parsed by
 * OSError.__init__, since __new__ gets what its own __init__ takes. */
static bool
parsed_by_init(const struct rt_type *type)
{
    return type->slots.init != os_init && type->slots.make == os_make;
}

static void
os_parse(rt_val self, const rt_val *args, uint32_t nargs)
{
    struct rt_exc_OS *e = rt_exc_as(OS, self);

    put(self, &e->head.args, rt_tuple_new(args, nargs));
    if (nargs < 2 || nargs > 5)
        return;
    put(self, &e->errno_, args[0]);
    put(self, &e->strerror, args[1]);
    if (nargs < 3 || rt_is_none(args[2]))
        return;
    if (rt_is_subtype(rt_type_of(self), &rt_exc_BlockingIOError) &&
        rt_type_of(args[2])->slots.to_index) {
        put(self, &e->written, args[2]);
        return;
    }
    put(self, &e->filename, args[2]);
    if (nargs == 5 && !rt_is_none(args[4]))
        put(self, &e->filename2, args[4]);
    put(self, &e->head.args, rt_tuple_new(args, 2));
}

static rt_val
os_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
        rt_val kwnames)
{
    rt_val self;

    if (parsed_by_init(type))
        return rt_exc_alloc(type, rt_tuple_new(NULL, 0));
    if (rt_no_keywords(rt_type_name(type), kwnames) < 0)
        return RT_NULL;
    if (type == &rt_exc_OSError && nargs >= 2 && nargs <= 5 &&
        rt_is_small(args[0])) {
        struct rt_type *t = class_of_errno(rt_small(args[0]));

        if (t)
            type = t;
    }
    self = rt_exc_alloc(type, rt_tuple_new(NULL, 0));
    os_parse(self, args, nargs);
    return self;
}

static int
os_init(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    struct rt_type *type = rt_type_of(self);

    if (!parsed_by_init(type))
        return 0;
    if (rt_no_keywords(rt_type_name(type), kwnames) < 0)
        return -1;
    os_parse(self, args, nargs);
    return 0;
}

static rt_val
os_str(rt_val self)
{
    struct rt_exc_OS *e = rt_exc_as(OS, self);

    if (!rt_is_null(e->filename)) {
        if (!rt_is_null(e->filename2))
            return rt_str_format("[Errno %S] %S: %R -> %R", or_none(e->errno_),
                                 or_none(e->strerror), e->filename,
                                 e->filename2);
        return rt_str_format("[Errno %S] %S: %R", or_none(e->errno_),
                             or_none(e->strerror), e->filename);
    }
    if (!rt_is_null(e->errno_) && !rt_is_null(e->strerror))
        return rt_str_format("[Errno %S] %S", e->errno_, e->strerror);
    return rt_exc_str(self);
}

static rt_val
os_reduce(rt_val self, rt_val *unused)
{
    struct rt_exc_OS *e = rt_exc_as(OS, self);
    rt_val args = e->head.args, cls = rt_from_ptr(rt_type_of(self));
    struct rt_tuple *t = rt_tuple_of(args);

    (void)unused;
    if (t->len == 2 && !rt_is_null(e->filename))
        args = rt_is_null(e->filename2)
                   ? rt_tuple_pack(3, t->items[0], t->items[1], e->filename)
                   : rt_tuple_pack(5, t->items[0], t->items[1], e->filename,
                                   rt_None, e->filename2);
    return rt_tuple_pack(2, cls, args);
}

static const struct rt_method os_methods[] = {
    RT_METHOD("__reduce__", os_reduce, ANY, "($self, /)", NULL),
    RT_END_METHODS,
};
static const char *const os_members[] = {
    "errno", "strerror", "filename", "filename2", "characters_written", NULL};
const struct rt_exc_behaviour rt_exc_kind_OS = {os_make, os_init, os_str,
                                                os_methods, os_members};

/* -- SyntaxError -- */

static int
syntax_init(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    struct rt_exc_SYNTAX *e = rt_exc_as(SYNTAX, self);
    rt_val info, *items,
        *slots[] = {&e->filename, &e->lineno,     &e->offset,
                    &e->text,     &e->end_lineno, &e->end_offset};
    int64_t n;

    if (rt_exc_init(self, args, nargs, kwnames) < 0)
        return -1;
    if (nargs >= 1)
        put(self, &e->msg, args[0]);
    if (nargs != 2)
        return 0;
    info = rt_sequence_tuple(args[1]);
    if (rt_is_null(info))
        return -1;
    items = rt_seq_items(info, &n);
    if (n < 4 || n > 6) {
        rt_raise(&rt_exc_TypeError,
                 "function missing required argument 'filename' (pos 1)");
        return -1;
    }
    for (int64_t i = 0; i < n; i++)
        put(self, slots[i], items[i]);
    if (n == 5) {
        rt_raise(&rt_exc_TypeError,
                 "end_offset must be provided when end_lineno is provided");
        return -1;
    }
    return 0;
}

static rt_val
base_name(rt_val path)
{
    struct rt_str *s = rt_str_of(path);
    int64_t i = s->len;

    while (i > 0 && rt_str_at(s, i - 1) != '/')
        i--;
    return rt_str_slice(path, i, s->len);
}

static rt_val
syntax_str(rt_val self)
{
    struct rt_exc_SYNTAX *e = rt_exc_as(SYNTAX, self);
    bool file = !rt_is_null(e->filename) && rt_is_str(e->filename);
    bool line = !rt_is_null(e->lineno) && rt_type_of(e->lineno) == &rt_int_type;
    rt_val msg = or_none(e->msg);

    if (file && line)
        return rt_str_format("%S (%U, line %S)", msg, base_name(e->filename),
                             e->lineno);
    if (file)
        return rt_str_format("%S (%U)", msg, base_name(e->filename));
    if (line)
        return rt_str_format("%S (line %S)", msg, e->lineno);
    return rt_str(msg);
}

static const char *const syntax_members[] = {
    "msg",  "filename",   "lineno",     "offset",
    "text", "end_lineno", "end_offset", "print_file_and_line",
    NULL};
const struct rt_exc_behaviour rt_exc_kind_SYNTAX = {
    NULL, syntax_init, syntax_str, NULL, syntax_members};

/* -- Unicode errors -- */

static int
unicode_init(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames,
             const char *name, int has_encoding, bool bytes)
{
    struct rt_exc_UNICODE *e = rt_exc_as(UNICODE, self);
    uint32_t want = has_encoding ? 5 : 4;
    const rt_val *a = args;

    if (rt_exc_init(self, args, nargs, kwnames) < 0)
        return -1;
    if (nargs != want) {
        rt_raise(&rt_exc_TypeError,
                 "function takes exactly %u arguments (%u given)", want, nargs);
        return -1;
    }
    (void)name;
    if (has_encoding)
        put(self, &e->encoding, *a++);
    if ((has_encoding && !rt_is_str(e->encoding)) || !rt_is_str(a[3]) ||
        !rt_is_any_int(a[1]) || !rt_is_any_int(a[2]) ||
        (bytes ? !rt_is_bytes(a[0]) && !rt_is_exact(a[0], &rt_bytearray_type)
               : !rt_is_str(a[0]))) {
        int which = has_encoding && !rt_is_str(e->encoding) ? 0
                    : !rt_is_str(a[3])                      ? 3
                    : !rt_is_any_int(a[1])                  ? 1
                    : !rt_is_any_int(a[2])                  ? 2
                                                            : -1;

        if (which == 1 || which == 2)
            rt_raise(&rt_exc_TypeError,
                     "'%T' object cannot be interpreted as an integer",
                     a[which]);
        else if (which < 0 && bytes)
            rt_raise(&rt_exc_TypeError,
                     "a bytes-like object is required, not '%T'", a[0]);
        else
            rt_raise(&rt_exc_TypeError, "argument %d must be str, not %T",
                     which < 0    ? has_encoding + 1
                     : which == 0 ? 1
                                  : has_encoding + 4,
                     which < 0    ? a[0]
                     : which == 0 ? e->encoding
                                  : a[3]);
        return -1;
    }
    put(self, &e->object, a[0]);
    put(self, &e->start, a[1]);
    put(self, &e->end, a[2]);
    put(self, &e->reason, a[3]);
    return 0;
}

static int
encode_init(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    return unicode_init(self, args, nargs, kwnames, "UnicodeEncodeError", 1,
                        false);
}

static int
decode_init(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    return unicode_init(self, args, nargs, kwnames, "UnicodeDecodeError", 1,
                        true);
}

static int
translate_init(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    return unicode_init(self, args, nargs, kwnames, "UnicodeTranslateError", 0,
                        false);
}

static int64_t
number(rt_val v)
{
    int64_t n = 0;

    if (!rt_is_null(v) && rt_is_any_int(v))
        rt_int_to_i64(v, &n);
    return n;
}

static rt_val
character(uint32_t c)
{
    return rt_str_format(c < 0x100     ? "\\x%02x"
                         : c < 0x10000 ? "\\u%04x"
                                       : "\\U%08x",
                         c);
}

static rt_val
encode_str(rt_val self)
{
    struct rt_exc_UNICODE *e = rt_exc_as(UNICODE, self);
    int64_t start = number(e->start), end = number(e->end);
    bool encode = !rt_is_null(e->encoding);
    rt_val what = encode ? rt_str_format("'%S' codec can't encode", e->encoding)
                         : rt_str_new("can't translate", -1);

    if (rt_is_null(e->object))
        return RT_ID(empty);
    if (end == start + 1 && start >= 0 && start < rt_str_of(e->object)->len)
        return rt_str_format("%U character '%U' in position %lld: %S", what,
                             character(rt_str_at(rt_str_of(e->object), start)),
                             (long long)start, e->reason);
    return rt_str_format("%U characters in position %lld-%lld: %S", what,
                         (long long)start, (long long)end - 1, e->reason);
}

static rt_val
decode_str(rt_val self)
{
    struct rt_exc_UNICODE *e = rt_exc_as(UNICODE, self);
    int64_t start = number(e->start), end = number(e->end), len;
    const char *data;

    if (rt_is_null(e->object))
        return RT_ID(empty);
    if (rt_bytes_view(e->object, &data, &len) < 0)
        return RT_NULL;
    if (end == start + 1 && start >= 0 && start < len)
        return rt_str_format(
            "'%S' codec can't decode byte 0x%02x in position %lld: %S",
            e->encoding, (unsigned)(unsigned char)data[start], (long long)start,
            e->reason);
    return rt_str_format(
        "'%S' codec can't decode bytes in position %lld-%lld: %S", e->encoding,
        (long long)start, (long long)end - 1, e->reason);
}

static const char *const unicode_members[] = {"encoding", "object", "start",
                                              "end",      "reason", NULL};
const struct rt_exc_behaviour rt_exc_kind_UNICODE_ENCODE = {
    NULL, encode_init, encode_str, NULL, unicode_members};
const struct rt_exc_behaviour rt_exc_kind_UNICODE_DECODE = {
    NULL, decode_init, decode_str, NULL, unicode_members};
const struct rt_exc_behaviour rt_exc_kind_UNICODE_TRANSLATE = {
    NULL, translate_init, encode_str, NULL, unicode_members};
