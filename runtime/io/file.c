/* SPDX-License-Identifier: MIT
 * runtime/io/file.c: file objects: text and binary files over rt_stream, the
 * standard streams, open(). Text is decoded line by line or as a whole;
 * newlines are translated as PEP 278 says. Called by builtins.c and sys.c.
 */
#include "config.h"

#include "runtime/io/file.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "runtime/io/stream.h"
#include "runtime/modules/builtins.h"
#include "runtime/runtime.h"

struct rt_file {
    struct rt_obj head;
    rt_val name, mode, encoding, errors, newlines;
    struct rt_stream *stream; /* malloc'ed, released with the object */
    bool binary, translate_in, translate_out, keep_fd;
    char out_newline[3]; /* what "\n" is written as */
    char line_end;       /* readline() ends here: '\n', '\r', or 0: any */
};

static struct rt_file *file_of(rt_val v)
{
    return rt_ptr(v);
}

static struct rt_stream *open_stream(rt_val v)
{
    struct rt_file *f = file_of(v);

    if (!f->stream || f->stream->fd < 0) {
        rt_raise(&rt_exc_ValueError, "I/O operation on closed file.");
        return NULL;
    }
    return f->stream;
}

static struct rt_stream *for_reading(rt_val v)
{
    struct rt_stream *s = open_stream(v);

    if (s && !s->readable) {
        rt_raise_unsupported("not readable");
        return NULL;
    }
    return s;
}

static struct rt_stream *for_writing(rt_val v)
{
    struct rt_stream *s = open_stream(v);

    if (s && !s->writable) {
        rt_raise_unsupported("not writable");
        return NULL;
    }
    return s;
}

static rt_val raise_errno(void)
{
    return rt_raised() ? RT_NULL : rt_raise_errno(RT_NULL);
}

/* -- writing -- */

static const char *text_of(rt_val v)
{
    return rt_str_utf8(v, NULL);
}

static int write_text(struct rt_file *f, struct rt_stream *s, rt_val text)
{
    const char *data, *nl;
    int64_t len;
    rt_val bytes;

    if (rt_str_is(f->encoding, "utf-8") && rt_str_of(text)->ascii) {
        data = rt_str_utf8(text, &len);
    } else {
        bytes = rt_encode(text, text_of(f->encoding), text_of(f->errors));
        if (rt_is_null(bytes) || rt_bytes_view(bytes, &data, &len) < 0)
            return -1;
    }
    while (f->translate_out && (nl = memchr(data, '\n', (size_t)len))) {
        if (rt_stream_write(s, data, (size_t)(nl - data)) < 0 ||
            rt_stream_write(s, f->out_newline, strlen(f->out_newline)) < 0)
            return raise_errno(), -1;
        len -= nl + 1 - data;
        data = nl + 1;
    }
    if (rt_stream_write(s, data, (size_t)len) < 0)
        return raise_errno(), -1;
    return 0;
}

int rt_file_write(rt_val file, rt_val text)
{
    struct rt_stream *s = for_writing(file);

    if (!s)
        return -1;
    if (file_of(file)->binary) {
        rt_raise(&rt_exc_TypeError,
                 "a bytes-like object is required, not 'str'");
        return -1;
    }
    return write_text(file_of(file), s, text);
}

static rt_val file_write(rt_val self, rt_val *args)
{
    struct rt_stream *s = for_writing(self);
    const char *data;
    int64_t len;

    if (!s)
        return RT_NULL;
    if (!file_of(self)->binary) {
        if (!rt_is_str(args[0]))
            return rt_raise(&rt_exc_TypeError,
                            "write() argument must be str, not %T", args[0]);
        return write_text(file_of(self), s, args[0]) < 0
                   ? RT_NULL
                   : rt_from_small(rt_str_of(args[0])->len);
    }
    if (rt_is_str(args[0]))
        return rt_raise(&rt_exc_TypeError,
                        "a bytes-like object is required, not 'str'");
    if (rt_bytes_view(args[0], &data, &len) < 0)
        return RT_NULL;
    if (rt_stream_write(s, data, (size_t)len) < 0)
        return raise_errno();
    return rt_from_small(len);
}

static rt_val file_writelines(rt_val self, rt_val *args)
{
    rt_val it = rt_iter(args[0]), line;

    if (rt_is_null(it))
        return it;
    while (line = rt_next(it), !rt_is_null(line))
        if (rt_is_null(file_write(self, &line)))
            return RT_NULL;
    return rt_raised() ? RT_NULL : rt_None;
}

/* -- reading -- */

/* Decoded text of bytes, newlines translated. */
static rt_val as_text(struct rt_file *f, const char *data, size_t len)
{
    rt_val v;

    if (f->translate_in && memchr(data, '\r', len)) {
        char *copy = malloc(len + 1);
        size_t i, n = 0;

        if (!copy)
            return rt_raise_memory();
        for (i = 0; i < len; i++) {
            if (data[i] != '\r') {
                copy[n++] = data[i];
                continue;
            }
            copy[n++] = '\n';
            if (i + 1 < len && data[i + 1] == '\n')
                i++;
        }
        v = rt_decode(copy, (int64_t)n, text_of(f->encoding),
                      text_of(f->errors));
        free(copy);
        return v;
    }
    return rt_decode(data, (int64_t)len, text_of(f->encoding),
                     text_of(f->errors));
}

static rt_val as_content(struct rt_file *f, const char *data, size_t len)
{
    return f->binary ? rt_bytes_new(data, (int64_t)len)
                     : as_text(f, data, len);
}

/* Bytes that the first [chars] characters of UTF-8 text take; SIZE_MAX: more
 * than there are. */
static size_t bytes_of_chars(const char *data, size_t len, int64_t chars)
{
    size_t i = 0;

    while (chars > 0 && i < len) {
        unsigned char c = (unsigned char)data[i];

        i += c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
        chars--;
    }
    return chars > 0 || i > len ? SIZE_MAX : i;
}

static rt_val take(struct rt_file *f, struct rt_stream *s, size_t n)
{
    rt_val v = as_content(f, s->in ? s->in + s->in_pos : "", n);

    s->in_pos += n;
    return v;
}

static rt_val file_read(rt_val self, rt_val *args)
{
    struct rt_stream *s = for_reading(self);
    struct rt_file *f = file_of(self);
    int64_t want = -1, got;
    size_t n;

    if (!s)
        return RT_NULL;
    if (!rt_is_null(args[0]) && !rt_is_none(args[0]) &&
        rt_index_i64(args[0], &want, &rt_exc_OverflowError) < 0)
        return RT_NULL;
    for (;;) {
        size_t have = s->in_len - s->in_pos;

        n = SIZE_MAX;
        if (want >= 0 && (f->binary || !rt_str_is(f->encoding, "utf-8")))
            n = have >= (size_t)want ? (size_t)want : SIZE_MAX;
        else if (want >= 0)
            n = bytes_of_chars(s->in ? s->in + s->in_pos : "", have, want);
        if (n != SIZE_MAX)
            break;
        got = rt_stream_fill(s);
        if (got < 0)
            return raise_errno();
        if (got == 0) {
            n = s->in_len - s->in_pos;
            break;
        }
    }
    return take(f, s, n);
}

/* Length of the next line, its end included; SIZE_MAX: not all read yet. */
static size_t line_length(const struct rt_file *f, const char *p, size_t len,
                          bool at_end)
{
    size_t i;

    for (i = 0; i < len; i++) {
        if (p[i] == '\n' && f->line_end != '\r')
            return i + 1;
        if (p[i] != '\r' || f->binary || f->line_end == '\n')
            continue;
        if (f->line_end == '\r')
            return i + 1;
        if (i + 1 == len && !at_end)
            return SIZE_MAX; /* a \n may follow */
        return i + 1 + (i + 1 < len && p[i + 1] == '\n');
    }
    return at_end ? len : SIZE_MAX;
}

static rt_val read_line(rt_val self, int64_t limit)
{
    struct rt_stream *s = for_reading(self);
    struct rt_file *f = file_of(self);
    bool at_end = false;

    if (!s)
        return RT_NULL;
    for (;;) {
        size_t n = line_length(f, s->in ? s->in + s->in_pos : "",
                               s->in_len - s->in_pos, at_end);

        if (n == SIZE_MAX && limit >= 0 &&
            s->in_len - s->in_pos >= (size_t)limit)
            n = (size_t)limit;
        if (n != SIZE_MAX) {
            if (limit >= 0 && n > (size_t)limit)
                n = (size_t)limit;
            return take(f, s, n);
        }
        {
            int64_t got = rt_stream_fill(s);

            if (got < 0)
                return raise_errno();
            at_end = got == 0;
        }
    }
}

static rt_val file_readline(rt_val self, rt_val *args)
{
    int64_t limit = -1;

    if (!rt_is_null(args[0]) && !rt_is_none(args[0]) &&
        rt_index_i64(args[0], &limit, &rt_exc_OverflowError) < 0)
        return RT_NULL;
    return read_line(self, limit);
}

static bool is_empty(rt_val line)
{
    return rt_is_str(line) ? rt_str_of(line)->len == 0
                           : ((struct rt_bytes *)rt_ptr(line))->len == 0;
}

static rt_val file_next(rt_val self)
{
    rt_val line = read_line(self, -1);

    return rt_is_null(line) || !is_empty(line) ? line : RT_NULL;
}

static rt_val file_readlines(rt_val self, rt_val *args)
{
    rt_val list = rt_list_new(NULL, 0), line;
    int64_t hint = -1, total = 0;

    if (!rt_is_null(args[0]) && !rt_is_none(args[0]) &&
        rt_index_i64(args[0], &hint, &rt_exc_OverflowError) < 0)
        return RT_NULL;
    while (line = file_next(self), !rt_is_null(line)) {
        if (rt_list_append(list, line) < 0)
            return RT_NULL;
        total += rt_len(line);
        if (hint > 0 && total >= hint)
            break;
    }
    return rt_raised() ? RT_NULL : list;
}

static rt_val file_iter(rt_val self)
{
    return for_reading(self) ? self : RT_NULL;
}

/* -- position, state -- */

static rt_val file_seek(rt_val self, rt_val *args)
{
    struct rt_stream *s = open_stream(self);
    int64_t offset, whence = 0, at;

    if (!s || rt_index_i64(args[0], &offset, &rt_exc_OverflowError) < 0)
        return RT_NULL;
    if (!rt_is_null(args[1]) &&
        rt_index_i64(args[1], &whence, &rt_exc_OverflowError) < 0)
        return RT_NULL;
    if (!file_of(self)->binary && whence && offset)
        return rt_raise_unsupported(whence == 1
                                        ? "can't do nonzero cur-relative seeks"
                                        : "can't do nonzero end-relative seeks");
    at = rt_stream_seek(s, offset, (int)whence);
    return at < 0 ? raise_errno() : rt_int_from_i64(at);
}

static rt_val file_tell(rt_val self, rt_val *args)
{
    struct rt_stream *s = open_stream(self);
    int64_t at;

    if (!s)
        return RT_NULL;
    at = rt_stream_tell(s);
    return at < 0 ? raise_errno() : rt_int_from_i64(at);
}

static rt_val file_truncate(rt_val self, rt_val *args)
{
    struct rt_stream *s = for_writing(self);
    int64_t size;

    if (!s || rt_stream_flush(s) < 0)
        return s ? raise_errno() : RT_NULL;
    size = rt_stream_tell(s);
    if (!rt_is_null(args[0]) && !rt_is_none(args[0]) &&
        rt_index_i64(args[0], &size, &rt_exc_OverflowError) < 0)
        return RT_NULL;
    return ftruncate(s->fd, size) < 0 ? raise_errno() : rt_int_from_i64(size);
}

static rt_val file_flush(rt_val self, rt_val *args)
{
    struct rt_stream *s = open_stream(self);

    if (!s)
        return RT_NULL;
    return rt_stream_flush(s) < 0 ? raise_errno() : rt_None;
}

static rt_val file_close(rt_val self, rt_val *args)
{
    struct rt_file *f = file_of(self);

    if (!f->stream || f->stream->fd < 0)
        return rt_None;
    return rt_stream_close(f->stream) < 0 ? raise_errno() : rt_None;
}

static rt_val file_fileno(rt_val self, rt_val *args)
{
    struct rt_stream *s = open_stream(self);

    return s ? rt_from_small(s->fd) : RT_NULL;
}

static rt_val file_isatty(rt_val self, rt_val *args)
{
    struct rt_stream *s = open_stream(self);

    return s ? rt_from_bool(isatty(s->fd)) : RT_NULL;
}

static rt_val file_readable(rt_val self, rt_val *args)
{
    struct rt_stream *s = open_stream(self);

    return s ? rt_from_bool(s->readable) : RT_NULL;
}

static rt_val file_writable(rt_val self, rt_val *args)
{
    struct rt_stream *s = open_stream(self);

    return s ? rt_from_bool(s->writable) : RT_NULL;
}

static rt_val file_seekable(rt_val self, rt_val *args)
{
    struct rt_stream *s = open_stream(self);

    return s ? rt_from_bool(lseek(s->fd, 0, SEEK_CUR) >= 0) : RT_NULL;
}

static rt_val file_enter(rt_val self, rt_val *args)
{
    return open_stream(self) ? self : RT_NULL;
}

static rt_val file_exit(rt_val self, rt_val *args)
{
    return file_close(self, NULL);
}

static rt_val file_repr(rt_val self)
{
    struct rt_file *f = file_of(self);

    if (f->binary)
        return rt_str_format("<_io.BufferedReader name=%R>", f->name);
    return rt_str_format(
        "<_io.TextIOWrapper name=%R mode=%R encoding=%R>", f->name, f->mode,
        f->encoding);
}

#define GET(field)                                                             \
    static rt_val get_##field(rt_val self)                                     \
    {                                                                          \
        return file_of(self)->field;                                           \
    }
GET(name)
GET(mode)
GET(encoding)
GET(errors)
GET(newlines)
#undef GET

static rt_val get_closed(rt_val self)
{
    struct rt_file *f = file_of(self);

    return rt_from_bool(!f->stream || f->stream->fd < 0);
}

static rt_val get_line_buffering(rt_val self)
{
    struct rt_stream *s = open_stream(self);

    return s ? rt_from_bool(s->line_buffered) : RT_NULL;
}

/* -- opening -- */

static rt_val new_file(struct rt_stream *stream, rt_val name, const char *mode)
{
    struct rt_file *f = RT_NEW(struct rt_file, &rt_file_type);

    f->stream = stream;
    f->name = name;
    f->mode = rt_str_new(mode, -1);
    f->encoding = f->errors = f->newlines = rt_None;
    f->binary = strchr(mode, 'b') != NULL;
    rt_barrier(f);
    return rt_from_ptr(f);
}

static int set_text(rt_val v, const char *encoding, const char *errors,
                    const char *newline)
{
    struct rt_file *f = file_of(v);

    rt_write(f, &f->encoding,
             rt_str_new(!encoding || strcmp(encoding, "utf8") == 0 ||
                                strcmp(encoding, "UTF-8") == 0
                            ? "utf-8"
                            : encoding, -1));
    rt_write(f, &f->errors, rt_str_new(errors ? errors : "strict", -1));
    if (newline && strcmp(newline, "") != 0 && strcmp(newline, "\n") != 0 &&
        strcmp(newline, "\r") != 0 && strcmp(newline, "\r\n") != 0) {
        rt_raise(&rt_exc_ValueError, "illegal newline value: %s", newline);
        return -1;
    }
    f->translate_in = !newline;
    f->line_end = newline && *newline ? newline[strlen(newline) - 1] : 0;
    if (newline && strcmp(newline, "\r") == 0)
        f->line_end = '\r';
    f->translate_out = newline && *newline && strcmp(newline, "\n") != 0;
    snprintf(f->out_newline, sizeof f->out_newline, "%s",
             newline && *newline ? newline : "\n");
    return 0;
}

static int check_mode(const char *mode)
{
    int kinds = 0, text = 0;
    const char *p;

    for (p = mode; *p; p++) {
        if (!strchr("rwxabt+", *p) || strchr(p + 1, *p)) {
            rt_raise(&rt_exc_ValueError, "invalid mode: '%s'", mode);
            return -1;
        }
        kinds += strchr("rwxa", *p) != NULL;
        text += strchr("bt", *p) != NULL;
    }
    if (text > 1) {
        rt_raise(&rt_exc_ValueError,
                 "can't have text and binary mode at once");
        return -1;
    }
    if (kinds != 1) {
        rt_raise(&rt_exc_ValueError,
                 "must have exactly one of create/read/write/append mode");
        return -1;
    }
    return 0;
}

static const char *optional_text(rt_val v)
{
    return rt_is_null(v) || rt_is_none(v) ? NULL : rt_str_utf8(v, NULL);
}

static int open_named(struct rt_stream *s, rt_val path, const char *mode)
{
    rt_val name = path;
    const char *text;
    int64_t len;

    if (!rt_is_str(name) && !rt_is_bytes(name)) {
        name = rt_call_method(path, RT_ID(fspath), 0, NULL);
        if (rt_is_null(name)) {
            rt_exc_clear();
            rt_raise(&rt_exc_TypeError,
                     "expected str, bytes or os.PathLike object, not %T", path);
            return -1;
        }
    }
    text = rt_is_str(name) ? rt_str_utf8_any(name, &len)
                           : ((struct rt_bytes *)rt_ptr(name))->data;
    if (rt_is_bytes(name))
        len = ((struct rt_bytes *)rt_ptr(name))->len;
    if ((int64_t)strlen(text) != len) {
        rt_raise(&rt_exc_ValueError, "embedded null byte");
        return -1;
    }
    if (rt_stream_open(s, text, mode) < 0) {
        rt_raise_errno(path);
        return -1;
    }
    return 0;
}

static rt_val b_open(rt_val self, rt_val *args)
{
    const char *mode = optional_text(args[1]);
    struct rt_stream *s;
    int64_t fd, buffering = -1;
    rt_val v;

    mode = mode ? mode : "r";
    if (check_mode(mode) < 0)
        return RT_NULL;
    if (!rt_is_null(args[2]) &&
        rt_index_i64(args[2], &buffering, &rt_exc_OverflowError) < 0)
        return RT_NULL;
    if (strchr(mode, 'b') && optional_text(args[3]))
        return rt_raise(&rt_exc_ValueError,
                        "binary mode doesn't take an encoding argument");
    if (buffering == 0 && !strchr(mode, 'b'))
        return rt_raise(&rt_exc_ValueError,
                        "can't have unbuffered text I/O");
    s = calloc(1, sizeof *s);
    if (!s)
        return rt_raise_memory();
    if (rt_is_any_int(args[0])) {
        if (rt_index_i64(args[0], &fd, &rt_exc_OverflowError) < 0) {
            free(s);
            return RT_NULL;
        }
        s->fd = (int)fd;
        s->readable = strchr(mode, 'r') || strchr(mode, '+');
        s->writable = !strchr(mode, 'r') || strchr(mode, '+');
    } else if (open_named(s, args[0], mode) < 0) {
        free(s);
        return RT_NULL;
    }
    s->line_buffered = buffering == 1 && !strchr(mode, 'b');
    s->unbuffered = buffering == 0;
    v = new_file(s, args[0], mode);
    if (!strchr(mode, 'b') &&
        set_text(v, optional_text(args[3]), optional_text(args[4]),
                 optional_text(args[5])) < 0)
        return RT_NULL;
    return v;
}

rt_val rt_file_std(int fd, const char *name, const char *mode)
{
    struct rt_stream *s = calloc(1, sizeof *s);
    rt_val v;

    if (!s)
        return rt_raise_memory();
    s->fd = fd;
    s->readable = fd == 0;
    s->writable = fd != 0;
    s->line_buffered = fd == 2 || isatty(fd);
    v = new_file(s, rt_str_new(name, -1), mode);
    file_of(v)->keep_fd = true;
    set_text(v, "utf-8", fd == 2 ? "backslashreplace" : "strict", NULL);
    return v;
}

static void file_trace(struct rt_obj *obj, struct rt_marker *m)
{
    struct rt_file *f = (struct rt_file *)obj;

    rt_gc_visit(m, f->name);
    rt_gc_visit(m, f->mode);
    rt_gc_visit(m, f->encoding);
    rt_gc_visit(m, f->errors);
    rt_gc_visit(m, f->newlines);
}

static void file_release(struct rt_obj *obj)
{
    struct rt_file *f = (struct rt_file *)obj;

    if (f->stream) {
        if (f->keep_fd)
            rt_stream_flush(f->stream);
        else
            rt_stream_close(f->stream);
        free(f->stream);
    }
    f->stream = NULL;
}

static const struct rt_method methods[] = {
    RT_METHOD("read", file_read, OWN, "($self, size=-1, /)",
              "Read at most size characters or bytes."),
    RT_METHOD("readline", file_readline, OWN, "($self, size=-1, /)",
              "Read until newline or end of file."),
    RT_METHOD("readlines", file_readlines, OWN, "($self, hint=-1, /)",
              "Return a list of lines."),
    RT_METHOD("write", file_write, OWN, "($self, text, /)",
              "Write the argument; return how much was written."),
    RT_METHOD("writelines", file_writelines, ANY, "($self, lines, /)",
              "Write a list of lines."),
    RT_METHOD("seek", file_seek, OWN, "($self, cookie, whence=0, /)",
              "Change the position."),
    RT_METHOD("tell", file_tell, OWN, "($self, /)", "The position."),
    RT_METHOD("truncate", file_truncate, OWN, "($self, pos=None, /)",
              "Cut the file."),
    RT_METHOD("flush", file_flush, OWN, "($self, /)", "Write what is buffered."),
    RT_METHOD("close", file_close, OWN, "($self, /)", "Close the file."),
    RT_METHOD("fileno", file_fileno, OWN, "($self, /)", "File descriptor."),
    RT_METHOD("isatty", file_isatty, OWN, "($self, /)", "Is it a terminal?"),
    RT_METHOD("readable", file_readable, OWN, "($self, /)", NULL),
    RT_METHOD("writable", file_writable, OWN, "($self, /)", NULL),
    RT_METHOD("seekable", file_seekable, OWN, "($self, /)", NULL),
    RT_METHOD("__enter__", file_enter, OWN, "($self, /)", NULL),
    RT_METHOD("__exit__", file_exit, OWN, "($self, /, *args)", NULL),
    RT_END_METHODS};

static const struct rt_getset getsets[] = {
    {"name", get_name, NULL, NULL},
    {"mode", get_mode, NULL, NULL},
    {"encoding", get_encoding, NULL, NULL},
    {"errors", get_errors, NULL, NULL},
    {"newlines", get_newlines, NULL, NULL},
    {"closed", get_closed, NULL, NULL},
    {"line_buffering", get_line_buffering, NULL, NULL},
    RT_END_GETSETS};

struct rt_type rt_file_type = {
    RT_TYPE_HEAD(file, "_io.TextIOWrapper", sizeof(struct rt_file)),
    .flags = RT_TYPE_HAS_WEAKREFS | RT_TYPE_NOINSTANCE,
    .trace = file_trace,
    .release = file_release,
    .methods = methods,
    .getsets = getsets,
    .slots = {.repr = file_repr, .iter = file_iter, .next = file_next},
};

static const struct rt_method functions[] = {
    RT_FUNC("open", b_open, ANY,
            "(file, mode='r', buffering=-1, encoding=None, errors=None, "
            "newline=None, closefd=True, opener=None)",
            "Open file and return a stream."),
    RT_END_METHODS};

void rt_builtins_add_open(rt_val module)
{
    rt_module_methods(module, functions);
}
