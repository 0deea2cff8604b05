/* SPDX-License-Identifier: MIT
 * runtime/io/memory.c: StringIO and BytesIO. A StringIO keeps its characters
 * in an array that grows, so that many small writes are cheap; a BytesIO keeps
 * a bytearray, which its getbuffer() shows.
 */
#include "config.h"

#include <stdlib.h>

#include "runtime/io/file_parts.h"
#include "runtime/io/iobase.h"
#include "runtime/modules/builtins.h"
#include "runtime/objects/memoryview.h"
#include "runtime/objects/text.h"

static const char closed_file[] = "I/O operation on closed file";

/* -- StringIO -- */

struct stringio {
    struct rt_iobase base;
    uint32_t *chars; /* malloc'ed */
    int64_t len, cap, pos;
    bool translate_in; /* "\r\n" and "\r" become "\n" when written */
    bool universal;    /* lines end at any of them */
    char newline[3];   /* what "\n" is written as, and lines end with */
};

static struct stringio *
strings(rt_val v)
{
    return rt_ptr(v);
}

static struct stringio *
open_strings(rt_val v)
{
    if (strings(v)->base.closed) {
        rt_raise(&rt_exc_ValueError, "%s", closed_file);
        return NULL;
    }
    return strings(v);
}

static int
room(struct stringio *s, int64_t len)
{
    uint32_t *chars;
    int64_t cap = s->cap ? s->cap : 64;

    if (len <= s->cap)
        return 0;
    while (cap < len)
        cap *= 2;
    chars = realloc(s->chars, (size_t)cap * sizeof *chars);
    if (!chars) {
        rt_raise_memory();
        return -1;
    }
    rt_gc_external((cap - s->cap) * (int64_t)sizeof *chars);
    s->chars = chars;
    s->cap = cap;
    return 0;
}

/* Writes [n] characters at the position; what lies between the end and it
 * becomes zero. */
static int
put(struct stringio *s, const uint32_t *chars, int64_t n)
{
    if (room(s, s->pos + n) < 0)
        return -1;
    while (s->len < s->pos)
        s->chars[s->len++] = 0;
    if (n)
        memcpy(s->chars + s->pos, chars, (size_t)n * sizeof *chars);
    s->pos += n;
    if (s->len < s->pos)
        s->len = s->pos;
    return 0;
}

static int
write_string(struct stringio *s, rt_val text)
{
    const struct rt_str *t = rt_str_of(text);
    size_t nl = strlen(s->newline);
    uint32_t piece[256];
    int64_t i, n = 0;

    for (i = 0; i < t->len; i++) {
        uint32_t c = rt_str_at(t, i);

        if (n > 250) {
            if (put(s, piece, n) < 0)
                return -1;
            n = 0;
        }
        if (c == '\r' && s->translate_in) {
            c = '\n';
            i += i + 1 < t->len && rt_str_at(t, i + 1) == '\n';
        }
        if (c == '\n' && nl && s->newline[0] == '\r') {
            piece[n++] = '\r';
            if (nl == 2)
                piece[n++] = '\n';
        } else {
            piece[n++] = c;
        }
    }
    return put(s, piece, n);
}

static rt_val
stringio_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
              rt_val kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return rt_instance_new(type);
}

static int
stringio_init(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    static struct rt_signature *sig;
    struct stringio *s = strings(self);
    const char *newline = "\n";
    rt_val a[2];

    if (rt_bind(&sig, "StringIO", "(initial_value='', newline='\\n')", a, args,
                nargs, kwnames) < 0)
        return -1;
    if (!rt_is_null(a[1])) {
        if (!rt_is_none(a[1]) && !rt_is_str(a[1])) {
            rt_raise(&rt_exc_TypeError, "newline must be str or None, not %T",
                     a[1]);
            return -1;
        }
        newline = rt_is_none(a[1]) ? NULL : rt_str_utf8_any(a[1], NULL);
        if (newline && *newline && strcmp(newline, "\n") &&
            strcmp(newline, "\r") && strcmp(newline, "\r\n")) {
            rt_raise(&rt_exc_ValueError, "illegal newline value: %R", a[1]);
            return -1;
        }
    }
    s->base.closed = 0;
    s->len = s->pos = 0;
    s->translate_in = !newline;
    s->universal = newline && !*newline;
    snprintf(s->newline, sizeof s->newline, "%s", newline ? newline : "\n");
    if (rt_is_null(a[0]) || rt_is_none(a[0]))
        return 0;
    if (!rt_is_str(a[0])) {
        rt_raise(&rt_exc_TypeError, "initial_value must be str or None, not %T",
                 a[0]);
        return -1;
    }
    if (write_string(s, a[0]) < 0)
        return -1;
    s->pos = 0;
    return 0;
}

static rt_val
stringio_write(rt_val self, rt_val *args)
{
    struct stringio *s;

    if (!rt_is_str(args[0]))
        return rt_raise(&rt_exc_TypeError, "string argument expected, got '%T'",
                        args[0]);
    s = open_strings(self);
    if (!s || write_string(s, args[0]) < 0)
        return RT_NULL;
    return rt_from_small(rt_str_of(args[0])->len);
}

static rt_val
stringio_getvalue(rt_val self, rt_val *args)
{
    struct stringio *s = open_strings(self);

    (void)args;
    return s ? rt_str_from_ucs4(s->chars, s->len) : RT_NULL;
}

static rt_val
take_chars(struct stringio *s, int64_t n)
{
    rt_val v;

    if (s->pos >= s->len)
        return rt_str_new("", 0);
    v = rt_str_from_ucs4(s->chars + s->pos, n);
    s->pos += n;
    return v;
}

static rt_val
stringio_read(rt_val self, rt_val *args)
{
    struct stringio *s = open_strings(self);
    int64_t want = -1, n;

    if (!s || rt_file_size_arg(args[0], &want) < 0)
        return RT_NULL;
    n = s->len - s->pos;
    return take_chars(s, want < 0 || want > n ? n : want);
}

static int64_t
string_line(const struct stringio *s)
{
    int64_t i;

    for (i = s->pos; i < s->len; i++) {
        uint32_t c = s->chars[i];
        bool two = c == '\r' && i + 1 < s->len && s->chars[i + 1] == '\n';

        if (s->universal && (c == '\n' || c == '\r'))
            return i + 1 + two - s->pos;
        if (s->universal)
            continue;
        if (c == '\n' && s->newline[0] == '\n')
            return i + 1 - s->pos;
        if (c == '\r' && s->newline[0] == '\r' && (two || !s->newline[1]))
            return i + 1 + (s->newline[1] != 0) - s->pos;
    }
    return s->len - s->pos;
}

static rt_val
stringio_readline(rt_val self, rt_val *args)
{
    struct stringio *s = open_strings(self);
    int64_t limit = -1, n;

    if (!s || rt_file_size_arg(args[0], &limit) < 0)
        return RT_NULL;
    n = string_line(s);
    return take_chars(s, limit >= 0 && limit < n ? limit : n);
}

static rt_val
stringio_next(rt_val self)
{
    struct stringio *s;

    if (rt_type_of(self) != &rt_stringio_type)
        return rt_iobase_type.slots.next(self);
    s = open_strings(self);
    return !s || s->pos >= s->len ? RT_NULL : take_chars(s, string_line(s));
}

static rt_val
stringio_seek(rt_val self, rt_val *args)
{
    struct stringio *s = open_strings(self);
    int64_t offset, whence = 0;

    if (!s || rt_index_i64(args[0], &offset, &rt_exc_OverflowError) < 0 ||
        rt_file_size_arg(args[1], &whence) < 0)
        return RT_NULL;
    if (whence < 0 || whence > 2)
        return rt_raise(&rt_exc_ValueError,
                        "Invalid whence (%lld, should be 0, 1 or 2)",
                        (long long)whence);
    if (offset < 0 && whence == 0)
        return rt_raise(&rt_exc_ValueError, "Negative seek position %lld",
                        (long long)offset);
    if (whence && offset)
        return rt_raise(&rt_exc_OSError, "Can't do nonzero cur-relative seeks");
    s->pos = whence == 0 ? offset : whence == 1 ? s->pos : s->len;
    return rt_from_small(s->pos);
}

static rt_val
stringio_tell(rt_val self, rt_val *args)
{
    struct stringio *s = open_strings(self);

    (void)args;
    return s ? rt_from_small(s->pos) : RT_NULL;
}

static rt_val
stringio_truncate(rt_val self, rt_val *args)
{
    struct stringio *s = open_strings(self);
    int64_t size;

    if (!s)
        return RT_NULL;
    size = s->pos;
    if (rt_file_size_arg(args[0], &size) < 0)
        return RT_NULL;
    if (size < 0)
        return rt_raise(&rt_exc_ValueError, "Negative size value %lld",
                        (long long)size);
    if (size < s->len)
        s->len = size;
    return rt_from_small(size);
}

static rt_val
stringio_true(rt_val self, rt_val *args)
{
    (void)args;
    return open_strings(self) ? rt_True : RT_NULL;
}

static rt_val
stringio_line_buffering(rt_val self)
{
    return open_strings(self) ? rt_False : RT_NULL;
}

static void
stringio_release(struct rt_obj *obj)
{
    struct stringio *s = (struct stringio *)obj;

    rt_gc_external(-s->cap * (int64_t)sizeof *s->chars);
    free(s->chars);
    s->chars = NULL;
    s->len = s->cap = 0;
}

static rt_val
stringio_close(rt_val self, rt_val *args)
{
    (void)args;
    stringio_release(rt_ptr(self));
    strings(self)->base.closed = 1;
    return rt_None;
}

static const struct rt_method stringio_methods[] = {
    RT_METHOD("write", stringio_write, OWN, "($self, s, /)",
              "Write string to file."),
    RT_METHOD("getvalue", stringio_getvalue, OWN, "($self, /)",
              "Retrieve the entire contents of the object."),
    RT_METHOD("read", stringio_read, ANY, "($self, size=-1, /)",
              "Read at most size characters, returned as a string."),
    RT_METHOD("readline", stringio_readline, ANY, "($self, size=-1, /)",
              "Read until newline or EOF."),
    RT_METHOD("seek", stringio_seek, ANY, "($self, pos, whence=0, /)",
              "Change stream position."),
    RT_METHOD("tell", stringio_tell, OWN, "($self, /)",
              "Tell the current file position."),
    RT_METHOD("truncate", stringio_truncate, ANY, "($self, pos=None, /)",
              "Truncate size to pos."),
    RT_METHOD("readable", stringio_true, OWN, "($self, /)", NULL),
    RT_METHOD("writable", stringio_true, OWN, "($self, /)", NULL),
    RT_METHOD("seekable", stringio_true, OWN, "($self, /)", NULL),
    RT_METHOD("close", stringio_close, OWN, "($self, /)",
              "Close the IO object."),
    RT_END_METHODS};

static const struct rt_getset stringio_getsets[] = {
    {"line_buffering", stringio_line_buffering, NULL, NULL}, RT_END_GETSETS};

static struct rt_type *const textiobase = &rt_textiobase_type;
static struct rt_type *const bufferediobase = &rt_bufferediobase_type;

struct rt_type rt_stringio_type = {
    RT_TYPE_HEAD(stringio, "_io.StringIO", sizeof(struct stringio)),
    .flags = RT_TYPE_BASE | RT_TYPE_HAS_WEAKREFS,
    .cbase = &textiobase,
    .release = stringio_release,
    .methods = stringio_methods,
    .getsets = stringio_getsets,
    .cdoc = "Text I/O implementation using an in-memory buffer.",
    .slots = {.make = stringio_make,
              .init = stringio_init,
              .next = stringio_next},
};

/* -- BytesIO -- */

struct bytesio {
    struct rt_iobase base;
    rt_val data; /* bytearray; RT_NULL: closed */
    int64_t pos;
};

static struct bytesio *
bytes_of(rt_val v)
{
    return rt_ptr(v);
}

static struct bytesio *
open_bytes(rt_val v)
{
    struct bytesio *b = bytes_of(v);

    if (b->base.closed || !rt_is_obj(b->data)) {
        rt_raise(&rt_exc_ValueError, "%s.", closed_file);
        return NULL;
    }
    return b;
}

static int64_t
length(const struct bytesio *b)
{
    return rt_bytearray_of(b->data)->len;
}

static int
set_length(struct bytesio *b, int64_t len)
{
    int64_t before = length(b);

    if (rt_bytearray_resize(b->data, len) < 0)
        return -1;
    if (len > before)
        memset(rt_bytearray_data(b->data) + before, 0, (size_t)(len - before));
    return 0;
}

static rt_val
bytesio_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
             rt_val kwnames)
{
    rt_val v = rt_instance_new(type);

    (void)args, (void)nargs, (void)kwnames;
    if (rt_is_null(v))
        return v;
    bytes_of(v)->data = RT_NULL;
    rt_write(rt_ptr(v), &bytes_of(v)->data, rt_bytearray_new(NULL, 0));
    return v;
}

static int
bytesio_init(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    static struct rt_signature *sig;
    struct bytesio *b = bytes_of(self);
    const char *data;
    int64_t len;
    rt_val a[1];

    if (rt_bind(&sig, "BytesIO", "(initial_bytes=b'')", a, args, nargs,
                kwnames) < 0)
        return -1;
    b->base.closed = b->pos = 0;
    if (rt_is_null(a[0]) || rt_is_none(a[0]))
        return 0;
    if (rt_bytes_view(a[0], &data, &len) < 0)
        return -1;
    rt_write(b, &b->data, rt_bytearray_new(data, len));
    return rt_is_null(b->data) ? -1 : 0;
}

static rt_val
bytesio_write(rt_val self, rt_val *args)
{
    struct bytesio *b = open_bytes(self);
    const char *data;
    int64_t len;

    if (!b || rt_bytes_view(args[0], &data, &len) < 0)
        return RT_NULL;
    if (len && b->pos + len > length(b) && set_length(b, b->pos + len) < 0)
        return RT_NULL;
    memmove(rt_bytearray_data(b->data) + b->pos, data, (size_t)len);
    b->pos += len;
    return rt_from_small(len);
}

static rt_val
take_bytes(struct bytesio *b, int64_t n)
{
    rt_val v;

    if (b->pos >= length(b) || n <= 0)
        return rt_bytes_new("", 0);
    v = rt_bytes_new(rt_bytearray_data(b->data) + b->pos, n);
    b->pos += n;
    return v;
}

static rt_val
bytesio_read(rt_val self, rt_val *args)
{
    struct bytesio *b = open_bytes(self);
    int64_t want = -1, n;

    if (!b || rt_file_size_arg(args[0], &want) < 0)
        return RT_NULL;
    n = length(b) - b->pos;
    return take_bytes(b, want < 0 || want > n ? n : want);
}

static rt_val
bytesio_readline(rt_val self, rt_val *args)
{
    struct bytesio *b = open_bytes(self);
    int64_t limit = -1, n;
    const char *from, *nl;

    if (!b || rt_file_size_arg(args[0], &limit) < 0)
        return RT_NULL;
    n = length(b) - b->pos;
    if (n > 0) {
        from = rt_bytearray_data(b->data) + b->pos;
        nl = memchr(from, '\n', (size_t)n);
        n = nl ? nl - from + 1 : n;
    }
    return take_bytes(b, limit >= 0 && limit < n ? limit : n);
}

static rt_val
bytesio_readinto(rt_val self, rt_val *args)
{
    struct bytesio *b = open_bytes(self);
    int64_t len, n;
    char *out;

    if (!b || rt_bytes_writable(args[0], &out, &len) < 0)
        return RT_NULL;
    n = length(b) - b->pos;
    n = n < 0 ? 0 : n < len ? n : len;
    if (n)
        memmove(out, rt_bytearray_data(b->data) + b->pos, (size_t)n);
    b->pos += n;
    return rt_from_small(n);
}

static rt_val
bytesio_seek(rt_val self, rt_val *args)
{
    struct bytesio *b = open_bytes(self);
    int64_t offset, whence = 0;

    if (!b || rt_index_i64(args[0], &offset, &rt_exc_OverflowError) < 0 ||
        rt_file_size_arg(args[1], &whence) < 0)
        return RT_NULL;
    if (whence < 0 || whence > 2)
        return rt_raise(&rt_exc_ValueError,
                        "invalid whence (%lld, should be 0, 1 or 2)",
                        (long long)whence);
    if (whence == 0 && offset < 0)
        return rt_raise(&rt_exc_ValueError, "negative seek value %lld",
                        (long long)offset);
    offset += whence == 0 ? 0 : whence == 1 ? b->pos : length(b);
    b->pos = offset < 0 ? 0 : offset;
    return rt_from_small(b->pos);
}

static rt_val
bytesio_tell(rt_val self, rt_val *args)
{
    struct bytesio *b = open_bytes(self);

    (void)args;
    return b ? rt_from_small(b->pos) : RT_NULL;
}

static rt_val
bytesio_truncate(rt_val self, rt_val *args)
{
    struct bytesio *b = open_bytes(self);
    int64_t size;

    if (!b)
        return RT_NULL;
    size = b->pos;
    if (rt_file_size_arg(args[0], &size) < 0)
        return RT_NULL;
    if (size < 0)
        return rt_raise(&rt_exc_ValueError, "negative size value %lld",
                        (long long)size);
    if (size < length(b) && set_length(b, size) < 0)
        return RT_NULL;
    return rt_from_small(size);
}

static rt_val
bytesio_getvalue(rt_val self, rt_val *args)
{
    struct bytesio *b = open_bytes(self);

    (void)args;
    return b ? rt_bytes_new(rt_bytearray_data(b->data), length(b)) : RT_NULL;
}

static rt_val
bytesio_getbuffer(rt_val self, rt_val *args)
{
    struct bytesio *b = open_bytes(self);

    (void)args;
    return b ? rt_memoryview_new(b->data) : RT_NULL;
}

static rt_val
bytesio_true(rt_val self, rt_val *args)
{
    (void)args;
    return open_bytes(self) ? rt_True : RT_NULL;
}

static rt_val
bytesio_false(rt_val self, rt_val *args)
{
    (void)args;
    return open_bytes(self) ? rt_False : RT_NULL;
}

static rt_val
bytesio_close(rt_val self, rt_val *args)
{
    (void)args;
    bytes_of(self)->base.closed = 1;
    bytes_of(self)->data = RT_NULL;
    return rt_None;
}

static rt_val
bytesio_next(rt_val self)
{
    struct bytesio *b;
    rt_val none = RT_NULL;

    if (rt_type_of(self) != &rt_bytesio_type)
        return rt_iobase_type.slots.next(self);
    b = open_bytes(self);
    return !b || b->pos >= length(b) ? RT_NULL : bytesio_readline(self, &none);
}

static void
bytesio_trace(struct rt_obj *obj, struct rt_marker *m)
{
    rt_gc_visit(m, ((struct bytesio *)obj)->data);
}

static const struct rt_method bytesio_methods[] = {
    RT_METHOD("write", bytesio_write, ANY, "($self, b, /)",
              "Write bytes to file."),
    RT_METHOD("read", bytesio_read, ANY, "($self, size=-1, /)",
              "Read at most size bytes, returned as a bytes object."),
    RT_METHOD("read1", bytesio_read, ANY, "($self, size=-1, /)",
              "Read at most size bytes, returned as a bytes object."),
    RT_METHOD("readline", bytesio_readline, ANY, "($self, size=-1, /)",
              "Next line from the file, as a bytes object."),
    RT_METHOD("readinto", bytesio_readinto, ANY, "($self, buffer, /)",
              "Read bytes into buffer."),
    RT_METHOD("seek", bytesio_seek, ANY, "($self, pos, whence=0, /)",
              "Change stream position."),
    RT_METHOD("tell", bytesio_tell, OWN, "($self, /)",
              "Current file position, an integer."),
    RT_METHOD("truncate", bytesio_truncate, ANY, "($self, size=None, /)",
              "Truncate the file to at most size bytes."),
    RT_METHOD("getvalue", bytesio_getvalue, OWN, "($self, /)",
              "Retrieve the entire contents of the BytesIO object."),
    RT_METHOD("getbuffer", bytesio_getbuffer, OWN, "($self, /)",
              "Get a read-write view over the contents of the BytesIO object."),
    RT_METHOD("readable", bytesio_true, OWN, "($self, /)", NULL),
    RT_METHOD("writable", bytesio_true, OWN, "($self, /)", NULL),
    RT_METHOD("seekable", bytesio_true, OWN, "($self, /)", NULL),
    RT_METHOD("isatty", bytesio_false, OWN, "($self, /)", NULL),
    RT_METHOD("close", bytesio_close, OWN, "($self, /)",
              "Disable all I/O operations."),
    RT_END_METHODS};

struct rt_type rt_bytesio_type = {
    RT_TYPE_HEAD(bytesio, "_io.BytesIO", sizeof(struct bytesio)),
    .flags = RT_TYPE_BASE | RT_TYPE_HAS_WEAKREFS,
    .cbase = &bufferediobase,
    .trace = bytesio_trace,
    .methods = bytesio_methods,
    .cdoc = "Buffered I/O implementation using an in-memory bytes buffer.",
    .slots = {.make = bytesio_make, .init = bytesio_init, .next = bytesio_next},
};
