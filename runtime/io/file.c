/* SPDX-License-Identifier: MIT
 * runtime/io/file.c: file objects: their methods and their five classes (text
 * files, buffered ones for reading, writing or both, unbuffered ones).
 */
#include "config.h"

#include "runtime/io/file_parts.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "runtime/modules/builtins.h"
#include "runtime/objects/text.h"

struct rt_stream *
rt_file_stream(rt_val v, const char *closed)
{
    struct rt_file *f = rt_file_of(v);

    if (f->stream && f->stream->fd >= 0)
        return f->stream;
    if (!f->stream && !f->raw)
        rt_raise(&rt_exc_ValueError,
                 f->binary ? "raw stream has been detached"
                           : "underlying buffer has been detached");
    else if (f->raw)
        rt_raise(&rt_exc_ValueError, "I/O operation on closed file");
    else
        rt_raise(&rt_exc_ValueError, "%s",
                 closed && f->binary ? closed
                                     : "I/O operation on closed file.");
    return NULL;
}

static const char no_io[] = "I/O operation on closed file";

static struct rt_stream *
for_reading(rt_val v, const char *closed)
{
    struct rt_file *f = rt_file_of(v);
    struct rt_stream *s;

    if (f->binary && !f->raw && f->stream && !f->stream->readable) {
        rt_raise_unsupported("read");
        return NULL;
    }
    s = rt_file_stream(v, closed);
    if (s && !s->readable) {
        rt_raise_unsupported(f->raw ? "File not open for reading"
                                    : "not readable");
        return NULL;
    }
    return s && rt_file_prepare(f, s) < 0 ? NULL : s;
}

static struct rt_stream *
for_writing(rt_val v, const char *what)
{
    struct rt_file *f = rt_file_of(v);
    struct rt_stream *s;

    if (f->binary && !f->raw && f->stream && !f->stream->writable) {
        rt_raise_unsupported(what);
        return NULL;
    }
    s = rt_file_stream(v, "write to closed file");
    if (s && !s->writable) {
        rt_raise_unsupported(f->raw ? "File not open for writing"
                                    : "not writable");
        return NULL;
    }
    return s;
}

rt_val
rt_file_errno(void)
{
    return rt_raised() ? RT_NULL : rt_raise_errno(RT_NULL);
}

int
rt_file_size_arg(rt_val v, int64_t *out)
{
    if (rt_is_null(v) || rt_is_none(v))
        return 0;
    if (!rt_is_any_int(v) && !rt_type_of(v)->slots.to_index) {
        rt_raise(&rt_exc_TypeError,
                 "argument should be integer or None, not '%T'", v);
        return -1;
    }
    return rt_index_i64(v, out, &rt_exc_OverflowError);
}

/* -- writing -- */

int
rt_file_write(rt_val file, rt_val text)
{
    struct rt_stream *s = for_writing(file, "write");

    return s ? rt_file_write_text(rt_file_of(file), s, text) : -1;
}

static rt_val
text_write(rt_val self, rt_val *args)
{
    if (!rt_is_str(args[0]))
        return rt_raise(&rt_exc_TypeError,
                        "write() argument must be str, not %T", args[0]);
    return rt_file_write(self, args[0]) < 0
               ? RT_NULL
               : rt_from_small(rt_str_of(args[0])->len);
}

static rt_val
binary_write(rt_val self, rt_val *args)
{
    struct rt_stream *s;
    const char *data;
    int64_t len;

    if (rt_file_of(self)->stream && rt_file_of(self)->stream->writable &&
        rt_is_str(args[0]))
        return rt_raise(&rt_exc_TypeError,
                        "a bytes-like object is required, not 'str'");
    s = for_writing(self, "write");
    if (!s || rt_bytes_view(args[0], &data, &len) < 0)
        return RT_NULL;
    if (rt_stream_write(s, data, (size_t)len) < 0)
        return rt_file_errno();
    if (rt_file_of(self)->raw && rt_stream_flush(s) < 0)
        return rt_file_errno();
    return rt_from_small(len);
}

static rt_val
file_writelines(rt_val self, rt_val *args)
{
    rt_val it, line;

    if (!rt_file_stream(self, NULL))
        return RT_NULL;
    it = rt_iter(args[0]);
    if (rt_is_null(it))
        return it;
    while (line = rt_next(it), !rt_is_null(line)) {
        line = rt_file_of(self)->binary ? binary_write(self, &line)
                                        : text_write(self, &line);
        if (rt_is_null(line))
            return line;
    }
    return rt_raised() ? RT_NULL : rt_None;
}

/* -- reading -- */

static const char *
input(const struct rt_stream *s)
{
    return s->in ? s->in + s->in_pos : "";
}

/* The next [n] bytes as what the file holds. */
static rt_val
take(struct rt_file *f, struct rt_stream *s, size_t n)
{
    rt_val v = f->binary ? rt_bytes_new(input(s), (int64_t)n)
                         : rt_file_decode(f, input(s), n);

    s->in_pos += n;
    return v;
}

static rt_val
file_read(rt_val self, rt_val *args)
{
    struct rt_stream *s = for_reading(self, "read of closed file");
    struct rt_file *f = rt_file_of(self);
    int64_t want = -1, got = 1;
    size_t n;

    if (!s || rt_file_size_arg(args[0], &want) < 0)
        return RT_NULL;
    if (want < -1 && f->binary && !f->raw)
        return rt_raise(&rt_exc_ValueError,
                        "read length must be non-negative or -1");
    for (;;) {
        size_t have = s->in_len - s->in_pos;

        if (want < 0)
            n = got == 0 ? have : SIZE_MAX;
        else if (f->binary)
            n = have >= (size_t)want           ? (size_t)want
                : got == 0 || (f->raw && have) ? have
                                               : SIZE_MAX;
        else
            n = rt_file_char_bytes(f, input(s), have, want, got == 0);
        if (n != SIZE_MAX)
            return take(f, s, n);
        got = rt_stream_fill(s);
        if (got < 0)
            return rt_file_errno();
    }
}

static rt_val
read_line(rt_val self, int64_t limit)
{
    struct rt_stream *s = for_reading(self, "readline of closed file");
    struct rt_file *f = rt_file_of(self);
    bool at_end = false;

    if (!s)
        return RT_NULL;
    for (;;) {
        size_t have = s->in_len - s->in_pos, most = SIZE_MAX, n;
        int64_t got;

        if (limit >= 0)
            most = f->binary
                       ? (size_t)limit
                       : rt_file_char_bytes(f, input(s), have, limit, at_end);
        n = rt_file_line_length(f, input(s), have, at_end);
        if (n != SIZE_MAX || most <= have)
            return take(f, s, n < most ? n : most);
        got = rt_stream_fill(s);
        if (got < 0)
            return rt_file_errno();
        at_end = got == 0;
    }
}

static rt_val
file_readline(rt_val self, rt_val *args)
{
    int64_t limit = -1;

    if (rt_file_size_arg(args[0], &limit) < 0)
        return RT_NULL;
    return read_line(self, limit);
}

static bool
is_empty(rt_val line)
{
    return rt_is_str(line) ? rt_str_of(line)->len == 0
                           : ((struct rt_bytes *)rt_ptr(line))->len == 0;
}

static rt_val
file_next(rt_val self)
{
    rt_val line = read_line(self, -1);

    if (rt_is_null(line))
        return line;
    rt_file_of(self)->iterating = !is_empty(line);
    return is_empty(line) ? RT_NULL : line;
}

static rt_val
file_readlines(rt_val self, rt_val *args)
{
    rt_val list, line;
    int64_t hint = -1, total = 0;

    if (!rt_file_stream(self, NULL) || rt_file_size_arg(args[0], &hint) < 0)
        return RT_NULL;
    list = rt_list_new(NULL, 0);
    while (line = file_next(self), !rt_is_null(line)) {
        if (rt_list_append(list, line) < 0)
            return RT_NULL;
        total += rt_len(line);
        if (hint > 0 && total >= hint)
            break;
    }
    rt_file_of(self)->iterating = false;
    return rt_raised() ? RT_NULL : list;
}

static rt_val
file_iter(rt_val self)
{
    return rt_file_stream(self, NULL) ? self : RT_NULL;
}

/* At most one read from the descriptor. */
static rt_val
binary_read1(rt_val self, rt_val *args)
{
    struct rt_stream *s = for_reading(self, "read of closed file");
    int64_t want = -1;
    size_t n;

    if (!s || rt_file_size_arg(args[0], &want) < 0)
        return RT_NULL;
    if (s->in_pos == s->in_len && want && rt_stream_fill(s) < 0)
        return rt_file_errno();
    n = s->in_len - s->in_pos;
    return take(rt_file_of(self), s,
                want >= 0 && (size_t)want < n ? (size_t)want : n);
}

static rt_val
binary_peek(rt_val self, rt_val *args)
{
    struct rt_stream *s = for_reading(self, "peek of closed file");

    (void)args;
    if (!s)
        return RT_NULL;
    if (s->in_pos == s->in_len && rt_stream_fill(s) < 0)
        return rt_file_errno();
    return rt_bytes_new(input(s), (int64_t)(s->in_len - s->in_pos));
}

static rt_val
binary_readinto(rt_val self, rt_val *args)
{
    struct rt_stream *s = for_reading(self, "read of closed file");
    int64_t len, got = 1;
    char *out;
    size_t n;

    if (!s || rt_bytes_writable(args[0], &out, &len) < 0)
        return RT_NULL;
    while ((int64_t)(s->in_len - s->in_pos) < len && got)
        if ((got = rt_stream_fill(s)) < 0)
            return rt_file_errno();
    n = s->in_len - s->in_pos;
    n = n < (size_t)len ? n : (size_t)len;
    memcpy(out, input(s), n);
    s->in_pos += n;
    return rt_from_small((int64_t)n);
}

/* -- position -- */

static rt_val
file_seek(rt_val self, rt_val *args)
{
    struct rt_stream *s = rt_file_stream(self, "seek of closed file");
    struct rt_file *f = rt_file_of(self);
    int64_t offset, whence = 0, at;

    if (!s || rt_index_i64(args[0], &offset, &rt_exc_OverflowError) < 0 ||
        rt_file_size_arg(args[1], &whence) < 0)
        return RT_NULL;
    if (whence < 0 || whence > 2)
        return rt_raise(&rt_exc_ValueError,
                        f->binary
                            ? "whence value %lld unsupported"
                            : "invalid whence (%lld, should be 0, 1 or 2)",
                        (long long)whence);
    if (!f->binary && whence && offset)
        return rt_raise_unsupported(
            whence == 1 ? "can't do nonzero cur-relative seeks"
                        : "can't do nonzero end-relative seeks");
    if (!f->binary && offset < 0)
        return rt_raise(&rt_exc_ValueError, "negative seek position %lld",
                        (long long)offset);
    f->iterating = f->transcoded = false;
    at = rt_stream_seek(s, offset, (int)whence);
    return at < 0 ? rt_file_errno() : rt_int_from_i64(at);
}

static rt_val
file_tell(rt_val self, rt_val *args)
{
    struct rt_stream *s = rt_file_stream(self, no_io);
    int64_t at;

    (void)args;
    if (!s)
        return RT_NULL;
    if (!rt_file_of(self)->binary && rt_file_of(self)->iterating)
        return rt_raise(&rt_exc_OSError,
                        "telling position disabled by next() call");
    at = rt_stream_tell(s);
    return at < 0 ? rt_file_errno() : rt_int_from_i64(at);
}

static rt_val
file_truncate(rt_val self, rt_val *args)
{
    struct rt_stream *s = rt_file_stream(self, "truncate of closed file");
    int64_t size;

    if (!s)
        return RT_NULL;
    if (!s->writable)
        return rt_raise_unsupported("truncate");
    if (rt_stream_flush(s) < 0)
        return rt_file_errno();
    size = rt_stream_tell(s);
    if (rt_file_size_arg(args[0], &size) < 0)
        return RT_NULL;
    return ftruncate(s->fd, size) < 0 ? rt_file_errno() : rt_int_from_i64(size);
}

/* -- state -- */

static rt_val
file_flush(rt_val self, rt_val *args)
{
    struct rt_file *f = rt_file_of(self);
    struct rt_stream *s = rt_file_stream(
        self, f->stream && f->stream->writable ? "flush of closed file" : NULL);

    (void)args;
    if (!s)
        return RT_NULL;
    if (rt_stream_flush(s) < 0)
        return rt_file_errno();
    if (s->source.bits &&
        rt_is_null(rt_call_method(s->source, RT_ID(flush), 0, NULL)))
        return RT_NULL;
    return rt_None;
}

static rt_val
file_close(rt_val self, rt_val *args)
{
    struct rt_file *f = rt_file_of(self);

    (void)args;
    if (!f->stream || f->stream->fd < 0)
        return rt_None;
    return rt_stream_close(f->stream) < 0 ? rt_file_errno() : rt_None;
}

static rt_val
file_detach(rt_val self, rt_val *args)
{
    struct rt_stream *s = rt_file_stream(self, NULL);
    rt_val lower;

    (void)args;
    if (!s)
        return RT_NULL;
    if (rt_stream_flush(s) < 0)
        return rt_file_errno();
    lower = rt_file_lower(self);
    if (!rt_is_null(lower)) {
        s->users--;
        rt_file_of(self)->stream = NULL;
    }
    return lower;
}

static rt_val
file_fileno(rt_val self, rt_val *args)
{
    struct rt_stream *s = rt_file_of(self)->stream;

    (void)args;
    if (s && s->fd < 0)
        return rt_raise(&rt_exc_ValueError, "%s", no_io);
    s = rt_file_stream(self, no_io);
    if (s && s->source.bits)
        return rt_call_method(s->source, rt_intern("fileno"), 0, NULL);
    return s ? rt_from_small(s->fd) : RT_NULL;
}

static rt_val
file_isatty(rt_val self, rt_val *args)
{
    struct rt_stream *s = rt_file_of(self)->stream;
    rt_val fd;

    if (s && s->fd >= 0 && s->source.bits)
        return rt_call_method(s->source, rt_intern("isatty"), 0, NULL);
    fd = file_fileno(self, args);
    return rt_is_null(fd) ? fd : rt_from_bool(isatty((int)rt_small(fd)));
}

static rt_val
file_readable(rt_val self, rt_val *args)
{
    struct rt_stream *s = rt_file_of(self)->stream;

    if (s && s->readable && !s->source.bits &&
        rt_is_null(file_fileno(self, args)))
        return RT_NULL;
    return rt_from_bool(s && s->readable);
}

static rt_val
file_writable(rt_val self, rt_val *args)
{
    struct rt_stream *s = rt_file_of(self)->stream;

    if (s && s->writable && !s->source.bits &&
        rt_is_null(file_fileno(self, args)))
        return RT_NULL;
    return rt_from_bool(s && s->writable);
}

static rt_val
file_seekable(rt_val self, rt_val *args)
{
    struct rt_stream *s = rt_file_of(self)->stream;
    rt_val fd;

    if (s && s->fd >= 0 && s->source.bits)
        return rt_call_method(s->source, rt_intern("seekable"), 0, NULL);
    fd = file_fileno(self, args);

    if (rt_is_null(fd))
        return fd;
    return rt_from_bool(lseek((int)rt_small(fd), 0, SEEK_CUR) >= 0);
}

static rt_val
file_enter(rt_val self, rt_val *args)
{
    (void)args;
    return rt_file_stream(self, NULL) ? self : RT_NULL;
}

static rt_val
file_exit(rt_val self, rt_val *args)
{
    return file_close(self, args);
}

static rt_val
file_repr(rt_val self)
{
    struct rt_file *f = rt_file_of(self);

    if (f->raw && f->stream && f->stream->fd < 0)
        return rt_str_new("<_io.FileIO [closed]>", -1);
    if (f->raw)
        return rt_str_format(
            "<_io.FileIO name=%R mode=%R closefd=%s>", f->name, f->mode,
            f->stream && f->stream->keep_fd ? "False" : "True");
    if (rt_is_none(f->name))
        return f->binary ? rt_str_format("<_io.%T>", self)
                         : rt_str_format("<_io.TextIOWrapper encoding=%R>",
                                         f->encoding);
    if (f->binary)
        return rt_str_format("<_io.%T name=%R>", self, f->name);
    return rt_str_format("<_io.TextIOWrapper name=%R mode=%R encoding=%R>",
                         f->name, f->mode, f->encoding);
}

#define GET(field)                                                             \
    static rt_val get_##field(rt_val self)                                     \
    {                                                                          \
        return rt_file_of(self)->field;                                        \
    }
GET(name)
GET(mode)
GET(encoding)
GET(errors)
#undef GET

static rt_val
get_closed(rt_val self)
{
    struct rt_file *f = rt_file_of(self);

    return rt_from_bool(!f->stream || f->stream->fd < 0);
}

static rt_val
get_closefd(rt_val self)
{
    struct rt_file *f = rt_file_of(self);

    return rt_from_bool(!f->stream || !f->stream->keep_fd);
}

static rt_val
get_line_buffering(rt_val self)
{
    struct rt_stream *s = rt_file_of(self)->stream;

    return rt_from_bool(s && s->line_buffered);
}

static rt_val
get_write_through(rt_val self)
{
    struct rt_stream *s = rt_file_of(self)->stream;

    return rt_from_bool(s && s->unbuffered);
}

static void
file_trace(struct rt_obj *obj, struct rt_marker *m)
{
    struct rt_file *f = (struct rt_file *)obj;

    rt_gc_visit(m, f->name);
    rt_gc_visit(m, f->mode);
    rt_gc_visit(m, f->encoding);
    rt_gc_visit(m, f->errors);
    rt_gc_visit(m, f->buffer);
}

static void
file_release(struct rt_obj *obj)
{
    struct rt_file *f = (struct rt_file *)obj;

    if (f->stream && --f->stream->users == 0) {
        if (f->stream->source.bits) { /* it may be dead already */
            f->stream->out_len = 0;
            f->stream->keep_fd = true;
        }
        rt_stream_close(f->stream);
        free(f->stream);
    }
    f->stream = NULL;
}

/* -- the classes -- */

#define COMMON                                                                 \
    RT_METHOD("read", file_read, ANY, "($self, size=-1, /)",                   \
              "Read at most size characters or bytes."),                       \
        RT_METHOD("readline", file_readline, ANY, "($self, size=-1, /)",       \
                  "Read until newline or end of file."),                       \
        RT_METHOD("readlines", file_readlines, ANY, "($self, hint=-1, /)",     \
                  "Return a list of lines from the stream."),                  \
        RT_METHOD("writelines", file_writelines, ANY, "($self, lines, /)",     \
                  "Write a list of lines to stream."),                         \
        RT_METHOD("seek", file_seek, ANY, "($self, cookie, whence=0, /)",      \
                  "Change stream position."),                                  \
        RT_METHOD("tell", file_tell, ANY, "($self, /)",                        \
                  "Return current stream position."),                          \
        RT_METHOD("truncate", file_truncate, ANY, "($self, pos=None, /)",      \
                  "Truncate file to size bytes."),                             \
        RT_METHOD("flush", file_flush, ANY, "($self, /)",                      \
                  "Flush write buffers, if applicable."),                      \
        RT_METHOD("close", file_close, ANY, "($self, /)",                      \
                  "Flush and close the IO object."),                           \
        RT_METHOD("fileno", file_fileno, ANY, "($self, /)",                    \
                  "Returns underlying file descriptor if one exists."),        \
        RT_METHOD("isatty", file_isatty, ANY, "($self, /)",                    \
                  "Return whether this is an 'interactive' stream."),          \
        RT_METHOD("readable", file_readable, ANY, "($self, /)",                \
                  "Return whether object was opened for reading."),            \
        RT_METHOD("writable", file_writable, ANY, "($self, /)",                \
                  "Return whether object was opened for writing."),            \
        RT_METHOD("seekable", file_seekable, ANY, "($self, /)",                \
                  "Return whether object supports random access."),            \
        RT_METHOD("__enter__", file_enter, ANY, "($self, /)", NULL),           \
        RT_METHOD("__exit__", file_exit, ANY, "($self, /, *args)", NULL)
#define DETACH                                                                 \
    RT_METHOD("detach", file_detach, ANY, "($self, /)",                        \
              "Separate the underlying stream and return it.")

static const struct rt_method text_methods[] = {
    COMMON, DETACH,
    RT_METHOD("write", text_write, ANY, "($self, text, /)",
              "Write string to stream."),
    RT_METHOD("reconfigure", rt_file_reconfigure, ANY,
              "($self, *, encoding=None, errors=None, newline=None, "
              "line_buffering=None, write_through=None)",
              "Reconfigure the text stream with new parameters."),
    RT_END_METHODS};

#define BINARY                                                                 \
    RT_METHOD("write", binary_write, ANY, "($self, buffer, /)",                \
              "Write the given buffer to the IO stream."),                     \
        RT_METHOD("readinto", binary_readinto, ANY, "($self, buffer, /)",      \
                  "Read bytes into the buffer.")

static const struct rt_method binary_methods[] = {
    COMMON,
    DETACH,
    BINARY,
    RT_METHOD("read1", binary_read1, ANY, "($self, size=-1, /)",
              "Read and return up to size bytes, with at most one read call."),
    RT_METHOD("readinto1", binary_readinto, ANY, "($self, buffer, /)",
              "Read bytes into the buffer."),
    RT_METHOD("peek", binary_peek, ANY, "($self, size=0, /)",
              "Buffered bytes, without advancing the position."),
    RT_END_METHODS};

static const struct rt_method raw_methods[] = {
    COMMON, BINARY,
    RT_METHOD("readall", file_read, ANY, "($self, size=-1, /)",
              "Read all data from the file, returned as bytes."),
    RT_END_METHODS};

static const struct rt_getset text_getsets[] = {
    {"name", get_name, NULL, NULL},
    {"mode", get_mode, NULL, NULL},
    {"encoding", get_encoding, NULL, NULL},
    {"errors", get_errors, NULL, NULL},
    {"newlines", rt_file_newlines, NULL, NULL},
    {"closed", get_closed, NULL, NULL},
    {"line_buffering", get_line_buffering, NULL, NULL},
    {"write_through", get_write_through, NULL, NULL},
    {"buffer", rt_file_lower, NULL, NULL},
    RT_END_GETSETS};

static const struct rt_getset binary_getsets[] = {
    {"name", get_name, NULL, NULL},
    {"mode", get_mode, NULL, NULL},
    {"closed", get_closed, NULL, NULL},
    {"raw", rt_file_lower, NULL, NULL},
    RT_END_GETSETS};

static const struct rt_getset raw_getsets[] = {
    {"name", get_name, NULL, NULL},
    {"mode", get_mode, NULL, NULL},
    {"closed", get_closed, NULL, NULL},
    {"closefd", get_closefd, NULL, NULL},
    RT_END_GETSETS};

static struct rt_type *const text_base = &rt_textiobase_type;
static struct rt_type *const binary_base = &rt_bufferediobase_type;
static struct rt_type *const raw_base = &rt_rawiobase_type;

#define FILE_TYPE(variable, id, text, kind, description)                       \
    struct rt_type variable = {                                                \
        RT_TYPE_HEAD(id, "_io." text, sizeof(struct rt_file)),                 \
        .flags = RT_TYPE_HAS_WEAKREFS,                                         \
        .cbase = &kind##_base,                                                 \
        .trace = file_trace,                                                   \
        .release = file_release,                                               \
        .methods = kind##_methods,                                             \
        .getsets = kind##_getsets,                                             \
        .cdoc = description,                                                   \
        .slots = {.repr = file_repr,                                           \
                  .iter = file_iter,                                           \
                  .next = file_next,                                           \
                  .make = rt_file_make_##kind},                                \
    }

FILE_TYPE(rt_file_type, file, "TextIOWrapper", text,
          "Character and line based layer over a BufferedIOBase object.");
FILE_TYPE(rt_io_reader_type, io_reader, "BufferedReader", binary,
          "A buffered binary file opened for reading.");
FILE_TYPE(rt_io_writer_type, io_writer, "BufferedWriter", binary,
          "A buffered binary file opened for writing.");
FILE_TYPE(rt_io_random_type, io_random, "BufferedRandom", binary,
          "A buffered binary file opened for reading and writing.");
FILE_TYPE(rt_io_raw_type, io_raw, "FileIO", raw, "An unbuffered binary file.");
