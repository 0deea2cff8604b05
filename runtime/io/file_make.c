/* SPDX-License-Identifier: MIT
 * runtime/io/file_make.c: file objects made by calling their classes, over
 * another file object (whose stream they share) or over any object that has
 * read() or write(). Called through the types in file.c.
 */
#include "config.h"

#include "runtime/io/file_parts.h"

#include <stdlib.h>

#include "runtime/modules/builtins.h"

static bool
is_binary_file(rt_val v)
{
    struct rt_type *t = rt_type_of(v);

    return t == &rt_io_reader_type || t == &rt_io_writer_type ||
           t == &rt_io_random_type || t == &rt_io_raw_type;
}

/* Does v.method() say so? Objects without the method are taken at their word
 * later. */
static int
says(rt_val v, const char *method)
{
    rt_val f = rt_getattr_opt(v, rt_intern(method)), r;

    if (rt_is_null(f))
        return rt_raised() ? -1 : 1;
    r = rt_call0(f);
    return rt_is_null(r) ? -1 : rt_truth(r);
}

static struct rt_stream *
stream_over(rt_val source)
{
    struct rt_stream *s;
    int readable, writable;

    if (is_binary_file(source))
        return rt_file_stream(source, NULL);
    readable = says(source, "readable");
    writable = readable < 0 ? -1 : says(source, "writable");
    if (writable < 0)
        return NULL;
    s = calloc(1, sizeof *s);
    if (!s) {
        rt_raise_memory();
        return NULL;
    }
    s->source = source;
    s->readable = readable;
    s->writable = writable;
    return s;
}

static rt_val
make_over(struct rt_type *type, rt_val source, const char *mode)
{
    struct rt_stream *s = stream_over(source);
    rt_val name, f;

    if (!s)
        return RT_NULL;
    name = rt_getattr_opt(source, RT_ID(name_));
    if (rt_is_null(name)) {
        if (rt_raised() && !rt_exc_is(&rt_exc_AttributeError))
            return RT_NULL;
        rt_exc_clear();
        name = rt_None;
    }
    f = rt_file_new(type, s, name, mode);
    rt_write(rt_ptr(f), &rt_file_of(f)->buffer, source);
    return f;
}

static int
optional_text(rt_val v, const char *name, const char **out)
{
    *out = NULL;
    if (rt_is_null(v) || rt_is_none(v))
        return 0;
    if (!rt_is_str(v)) {
        rt_raise(&rt_exc_TypeError,
                 "TextIOWrapper() argument '%s' must be str or None, not %T",
                 name, v);
        return -1;
    }
    *out = rt_str_utf8_any(v, NULL);
    return 0;
}

rt_val
rt_file_make_text(struct rt_type *type, const rt_val *args, uint32_t nargs,
                  rt_val kwnames)
{
    static struct rt_signature *sig;
    const char *encoding, *errors, *newline;
    int lines, through;
    rt_val a[6], f;

    if (rt_bind(&sig, "TextIOWrapper",
                "(buffer, encoding=None, errors=None, newline=None, "
                "line_buffering=False, write_through=False)",
                a, args, nargs, kwnames) < 0 ||
        optional_text(a[1], "encoding", &encoding) < 0 ||
        optional_text(a[2], "errors", &errors) < 0 ||
        optional_text(a[3], "newline", &newline) < 0)
        return RT_NULL;
    lines = rt_is_null(a[4]) ? 0 : rt_truth(a[4]);
    through = rt_is_null(a[5]) ? 0 : rt_truth(a[5]);
    if (lines < 0 || through < 0)
        return RT_NULL;
    f = make_over(type, a[0], "");
    if (rt_is_null(f) || rt_file_set_text(f, encoding, errors, newline) < 0)
        return RT_NULL;
    rt_write(rt_ptr(f), &rt_file_of(f)->mode, rt_intern("r+"));
    rt_file_of(f)->stream->line_buffered |= lines;
    rt_file_of(f)->stream->unbuffered |= through;
    return f;
}

rt_val
rt_file_make_binary(struct rt_type *type, const rt_val *args, uint32_t nargs,
                    rt_val kwnames)
{
    static struct rt_signature *sig;
    rt_val a[2], f;

    if (rt_bind(&sig, type->cname, "(raw, buffer_size=8192)", a, args, nargs,
                kwnames) < 0)
        return RT_NULL;
    f = make_over(type, a[0],
                  type == &rt_io_reader_type   ? "rb"
                  : type == &rt_io_writer_type ? "wb"
                                               : "rb+");
    if (!rt_is_null(f))
        rt_file_of(f)->stream->unbuffered = false;
    return f;
}

rt_val
rt_file_make_raw(struct rt_type *type, const rt_val *args, uint32_t nargs,
                 rt_val kwnames)
{
    static struct rt_signature *sig;
    rt_val a[4], mode;

    if (rt_bind(&sig, type->cname,
                "(file, mode='r', closefd=True, opener=None)", a, args, nargs,
                kwnames) < 0)
        return RT_NULL;
    mode = rt_is_null(a[1]) ? rt_intern("r") : a[1];
    if (!rt_is_str(mode))
        return rt_raise(&rt_exc_TypeError,
                        "FileIO() argument 'mode' must be str, not %T", mode);
    if (!strchr(rt_str_utf8_any(mode, NULL), 'b'))
        mode = rt_str_format("%Ub", mode);
    return rt_call(rt_dict_get_name(rt_builtins, rt_intern("open")),
                   (rt_val[]){a[0], mode, rt_from_small(0), rt_None, rt_None,
                              rt_None, rt_is_null(a[2]) ? rt_True : a[2],
                              rt_is_null(a[3]) ? rt_None : a[3]},
                   8, RT_NULL);
}
