/* SPDX-License-Identifier: MIT
 * runtime/io/file_open.c: open(), and the standard streams. Called by
 * modules builtins, io and sys.
 */
#include "config.h"

#include "runtime/io/file_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/modules/builtins.h"
#include "runtime/options.h"

rt_val
rt_file_new(struct rt_type *type, struct rt_stream *stream, rt_val name,
            const char *mode)
{
    struct rt_file *f = RT_NEW(struct rt_file, type);

    f->stream = stream;
    f->name = name;
    f->encoding = f->errors = f->buffer = f->mode = rt_None;
    f->binary = type != &rt_file_type;
    f->raw = type == &rt_io_raw_type;
    stream->users++;
    rt_write(f, &f->mode, rt_str_new(mode, -1));
    rt_barrier(f);
    return rt_from_ptr(f);
}

static struct rt_type *
binary_type(const struct rt_stream *s)
{
    return s->unbuffered                ? &rt_io_raw_type
           : s->readable && s->writable ? &rt_io_random_type
           : s->writable                ? &rt_io_writer_type
                                        : &rt_io_reader_type;
}

/* FileIO's way to spell a mode. */
static const char *
binary_mode(const struct rt_stream *s, const char *mode)
{
    if (strchr(mode, 'x'))
        return s->readable ? "xb+" : "xb";
    if (s->append)
        return s->readable ? "ab+" : "ab";
    return s->readable ? s->writable ? "rb+" : "rb" : "wb";
}

rt_val
rt_file_lower(rt_val self)
{
    struct rt_file *f = rt_file_of(self);

    if (rt_is_none(f->buffer) && f->stream) {
        const char *mode = rt_str_utf8_any(f->mode, NULL);
        struct rt_type *type =
            f->binary ? &rt_io_raw_type : binary_type(f->stream);

        rt_write(f, &f->buffer,
                 rt_file_new(type, f->stream, f->name,
                             binary_mode(f->stream, mode)));
    }
    if (!f->stream)
        return rt_raise(&rt_exc_ValueError,
                        "underlying buffer has been detached");
    return f->buffer;
}

static int
check_mode(const char *mode)
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
        rt_raise(&rt_exc_ValueError, "can't have text and binary mode at once");
        return -1;
    }
    if (kinds != 1) {
        rt_raise(&rt_exc_ValueError,
                 kinds
                     ? "must have exactly one of create/read/write/append mode"
                     : "Must have exactly one of create/read/write/append "
                       "mode and at most one plus");
        return -1;
    }
    return 0;
}

/* What open() was called with. */
struct request {
    const char *mode, *encoding, *errors, *newline;
    int64_t buffering;
    bool binary, close;
    rt_val opener;
};

static int
text_argument(rt_val v, const char *name, const char **out)
{
    *out = NULL;
    if (rt_is_null(v) || rt_is_none(v))
        return 0;
    if (!rt_is_str(v)) {
        rt_raise(&rt_exc_TypeError,
                 "open() argument '%s' must be str or None, not %T", name, v);
        return -1;
    }
    *out = rt_str_utf8_any(v, NULL);
    return 0;
}

static int
read_arguments(struct request *q, rt_val *args)
{
    int close = rt_is_null(args[6]) ? 1 : rt_truth(args[6]);

    q->mode = "r";
    if (!rt_is_null(args[1])) {
        if (!rt_is_str(args[1])) {
            rt_raise(&rt_exc_TypeError,
                     "open() argument 'mode' must be str, not %T", args[1]);
            return -1;
        }
        q->mode = rt_str_utf8_any(args[1], NULL);
    }
    q->buffering = -1;
    if ((!rt_is_null(args[2]) &&
         rt_index_i64(args[2], &q->buffering, &rt_exc_OverflowError) < 0) ||
        text_argument(args[3], "encoding", &q->encoding) < 0 ||
        text_argument(args[4], "errors", &q->errors) < 0 ||
        text_argument(args[5], "newline", &q->newline) < 0 || close < 0)
        return -1;
    q->close = close;
    q->opener = rt_is_null(args[7]) || rt_is_none(args[7]) ? RT_NULL : args[7];
    return 0;
}

static int
check_request(struct request *q)
{
    const char *wrong = NULL;

    if (check_mode(q->mode) < 0)
        return -1;
    q->binary = strchr(q->mode, 'b') != NULL;
    if (q->binary && q->encoding)
        wrong = "binary mode doesn't take an encoding argument";
    else if (q->binary && q->errors)
        wrong = "binary mode doesn't take an errors argument";
    else if (q->binary && q->newline)
        wrong = "binary mode doesn't take a newline argument";
    else if (!q->binary && q->buffering == 0)
        wrong = "can't have unbuffered text I/O";
    if (wrong)
        rt_raise(&rt_exc_ValueError, "%s", wrong);
    return wrong ? -1 : 0;
}

/* os.fspath(): str or bytes. */
static rt_val
path_of(rt_val v)
{
    rt_val f, path;

    if (rt_is_str(v) || rt_is_bytes(v))
        return v;
    f = rt_lookup_special(v, RT_ID(fspath));
    if (rt_is_null(f))
        return rt_raised()
                   ? f
                   : rt_raise(
                         &rt_exc_TypeError,
                         "expected str, bytes or os.PathLike object, not %T",
                         v);
    path = rt_call0(f);
    if (rt_is_null(path) || rt_is_str(path) || rt_is_bytes(path))
        return path;
    return rt_raise(&rt_exc_TypeError,
                    "expected %T.__fspath__() to return str or bytes, not %T",
                    v, path);
}

static int
attach(struct rt_stream *s, int64_t fd, const char *mode)
{
    struct stat st;

    if (fd < 0) {
        rt_raise(&rt_exc_ValueError, "negative file descriptor");
        return -1;
    }
    if (fd != (int)fd || fstat((int)fd, &st) < 0) {
        errno = EBADF;
        rt_raise_errno(RT_NULL);
        return -1;
    }
    rt_stream_attach(s, (int)fd);
    s->readable = strchr(mode, 'r') || strchr(mode, '+');
    s->writable = !strchr(mode, 'r') || strchr(mode, '+');
    s->append = strchr(mode, 'a') != NULL;
    return 0;
}

static int
open_by(rt_val opener, struct rt_stream *s, rt_val path, const char *mode)
{
    rt_val fd = rt_call2(opener, path, rt_from_small(rt_stream_flags(mode)));
    int64_t n;

    if (rt_is_null(fd))
        return -1;
    if (!rt_is_any_int(fd)) {
        rt_raise(&rt_exc_TypeError, "expected integer from opener");
        return -1;
    }
    if (!rt_int_to_i64(fd, &n) || n < 0) {
        rt_raise(&rt_exc_ValueError, "opener returned %S", fd);
        return -1;
    }
    return attach(s, n, mode);
}

static int
open_path(struct rt_stream *s, rt_val file, const struct request *q)
{
    rt_val path = path_of(file);
    const char *text;
    int64_t len;

    if (rt_is_null(path))
        return -1;
    if (!q->close) {
        rt_raise(&rt_exc_ValueError, "Cannot use closefd=False with file name");
        return -1;
    }
    if (!rt_is_null(q->opener))
        return open_by(q->opener, s, path, q->mode);
    if (rt_is_bytes(path)) {
        text = ((struct rt_bytes *)rt_ptr(path))->data;
        len = ((struct rt_bytes *)rt_ptr(path))->len;
    } else {
        rt_val bytes = rt_encode(path, "utf-8", "surrogateescape");

        if (rt_is_null(bytes) || rt_bytes_view(bytes, &text, &len) < 0)
            return -1;
    }
    if ((int64_t)strlen(text) != len) {
        rt_raise(&rt_exc_ValueError, "embedded null byte");
        return -1;
    }
    /* a file that was dropped without close() may not have died yet */
    rt_streams_flush();
    while (rt_stream_open(s, text, q->mode) < 0) {
        if (errno == EINTR) {
            if (rt_ts->poll && rt_poll() < 0)
                return -1;
            continue;
        }
        rt_raise_errno(file);
        return -1;
    }
    return 0;
}

static rt_val
open_request(rt_val file, const struct request *q)
{
    struct rt_stream *s = calloc(1, sizeof *s);
    int64_t fd;
    int status;
    rt_val v;

    if (!s)
        return rt_raise_memory();
    if (rt_is_any_int(file))
        status = rt_index_i64(file, &fd, &rt_exc_OverflowError) < 0
                     ? -1
                     : attach(s, fd, q->mode);
    else
        status = open_path(s, file, q);
    if (status < 0) {
        free(s);
        return RT_NULL;
    }
    s->keep_fd = !q->close;
    s->line_buffered = !q->binary && (q->buffering == 1 ||
                                      (q->buffering < 0 && isatty(s->fd)));
    s->unbuffered = q->buffering == 0;
    v = rt_file_new(q->binary ? binary_type(s) : &rt_file_type, s, file,
                    q->binary ? binary_mode(s, q->mode) : q->mode);
    if (!q->binary &&
        rt_file_set_text(v, q->encoding, q->errors, q->newline) < 0) {
        rt_stream_close(s);
        return RT_NULL;
    }
    return v;
}

static rt_val
b_open(rt_val self, rt_val *args)
{
    struct request q;

    (void)self;
    if (read_arguments(&q, args) < 0 || check_request(&q) < 0)
        return RT_NULL;
    return open_request(args[0], &q);
}

rt_val
rt_open(rt_val path, const char *mode, const char *encoding)
{
    struct request q = {.mode = mode,
                        .encoding = encoding,
                        .buffering = -1,
                        .close = true,
                        .opener = RT_NULL};

    return check_request(&q) < 0 ? RT_NULL : open_request(path, &q);
}

/* -- the standard streams -- */

/* In the C locale anything must pass through. */
static bool
is_plain_locale(void)
{
    const char *name = setlocale(LC_CTYPE, NULL);

    return !name || !strcmp(name, "C") || !strcmp(name, "POSIX") ||
           !strcmp(name, "C.UTF-8") || !strcmp(name, "C.utf8");
}

rt_val
rt_file_std(int fd, const char *name, const char *mode)
{
    struct rt_stream *s = calloc(1, sizeof *s);
    const char *wish = rt_env("PYTHONIOENCODING"), *colon;
    const char *direct = rt_env("PYTHONUNBUFFERED");
    const char *errors = fd == 2             ? "backslashreplace"
                         : is_plain_locale() ? "surrogateescape"
                                             : "strict";
    char encoding[64] = "utf-8";
    rt_val v;

    if (!s)
        return rt_raise_memory();
    rt_stream_attach(s, fd);
    s->readable = fd == 0;
    s->writable = fd != 0;
    s->keep_fd = true;
    s->line_buffered = fd == 2 || isatty(fd);
    s->unbuffered = fd && (rt_options.unbuffered || (direct && *direct));
    v = rt_file_new(&rt_file_type, s, rt_str_new(name, -1), mode);
    if (wish && *wish) {
        colon = strchr(wish, ':');
        if (colon != wish)
            snprintf(encoding, sizeof encoding, "%.*s",
                     colon ? (int)(colon - wish) : 63, wish);
        if (colon && colon[1] && fd != 2)
            errors = colon + 1;
    }
    if (rt_file_set_text(v, encoding, errors, fd ? "\n" : NULL) < 0) {
        rt_exc_clear();
        rt_file_set_text(v, "utf-8", errors, fd ? "\n" : NULL);
    }
    return v;
}

static const struct rt_method functions[] = {
    RT_FUNC("open", b_open, ANY,
            "(file, mode='r', buffering=-1, encoding=None, errors=None, "
            "newline=None, closefd=True, opener=None)",
            "Open file and return a stream.  Raise OSError upon failure."),
    RT_END_METHODS};

void
rt_builtins_add_open(rt_val module)
{
    rt_module_methods(module, functions);
    rt_iobase_init();
    rt_type_ready(&rt_io_reader_type);
    rt_type_ready(&rt_io_writer_type);
    rt_type_ready(&rt_io_random_type);
    rt_type_ready(&rt_io_raw_type);
}
