/* SPDX-License-Identifier: MIT
 * runtime/io/stream.c: buffered file descriptors, documented in stream.h.
 * Called by file.c.
 */
#include "config.h"

#include "runtime/io/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "runtime/runtime.h"

static struct rt_stream *holders;

static void
unlink_stream(struct rt_stream *s)
{
    if (!s->link)
        return;
    *s->link = s->next;
    if (s->next)
        s->next->link = s->link;
    s->next = NULL;
    s->link = NULL;
}

static void
link_stream(struct rt_stream *s)
{
    if (s->link)
        return;
    s->next = holders;
    s->link = &holders;
    if (holders)
        holders->link = &s->next;
    holders = s;
}

void
rt_streams_flush(void)
{
    struct rt_stream *s, *next;

    for (s = holders; s; s = next) {
        next = s->next;
        if (s->fd > 2 && !s->source.bits)
            rt_stream_flush(s);
    }
}

void
rt_stream_attach(struct rt_stream *s, int fd)
{
    memset(s, 0, sizeof *s);
    s->fd = fd;
}

int
rt_stream_flags(const char *mode)
{
    bool plus = strchr(mode, '+') != NULL;

    if (strchr(mode, 'r'))
        return O_CLOEXEC | (plus ? O_RDWR : O_RDONLY);
    return O_CLOEXEC | O_CREAT | (plus ? O_RDWR : O_WRONLY) |
           (strchr(mode, 'w')   ? O_TRUNC
            : strchr(mode, 'x') ? O_EXCL
                                : O_APPEND);
}

int
rt_stream_open(struct rt_stream *s, const char *path, const char *mode)
{
    struct stat st;

    memset(s, 0, sizeof *s);
    s->readable = strchr(mode, 'r') || strchr(mode, '+');
    s->writable = !strchr(mode, 'r') || strchr(mode, '+');
    s->append = strchr(mode, 'a') != NULL;
    s->fd = open(path, rt_stream_flags(mode), 0666);
    if (s->fd < 0)
        return -1;
    if (fstat(s->fd, &st) == 0 && S_ISDIR(st.st_mode)) {
        close(s->fd);
        s->fd = -1;
        errno = EISDIR;
        return -1;
    }
    if (s->append)
        lseek(s->fd, 0, SEEK_END);
    return 0;
}

/* -- streams over objects -- */

static rt_val
call_source(struct rt_stream *s, const char *method, uint32_t n,
            const rt_val *args)
{
    return rt_call_method(s->source, rt_intern(method), n, args);
}

static ssize_t
source_read(struct rt_stream *s, char *to, size_t n)
{
    rt_val size = rt_from_small((int64_t)n), v, read1;
    const char *data;
    int64_t len;

    read1 = rt_getattr_opt(s->source, rt_intern("read1"));
    if (rt_is_null(read1) && rt_raised())
        return -1;
    v = rt_is_null(read1) ? call_source(s, "read", 1, &size)
                          : rt_call1(read1, size);
    if (rt_is_null(v) || rt_bytes_view(v, &data, &len) < 0)
        return -1;
    if ((size_t)len > n)
        len = (int64_t)n;
    memcpy(to, data, (size_t)len);
    return len;
}

static int64_t
source_seek(struct rt_stream *s, int64_t offset, int whence)
{
    rt_val args[2] = {rt_int_from_i64(offset), rt_from_small(whence)}, v;
    int64_t at;

    v = call_source(s, "seek", 2, args);
    if (rt_is_null(v) || rt_index_i64(v, &at, &rt_exc_OverflowError) < 0)
        return -1;
    return at;
}

static int64_t
move(struct rt_stream *s, int64_t offset, int whence)
{
    return s->source.bits ? source_seek(s, offset, whence)
                          : lseek(s->fd, offset, whence);
}

static int
write_all(struct rt_stream *s, const char *data, size_t len)
{
    if (s->source.bits) {
        rt_val bytes = rt_bytes_new(data, (int64_t)len);

        return rt_is_null(call_source(s, "write", 1, &bytes)) ? -1 : 0;
    }
    while (len) {
        ssize_t n = write(s->fd, data, len);

        if (n < 0 && errno == EINTR) {
            if (rt_ts && rt_ts->poll && rt_poll() < 0)
                return -1;
            continue;
        }
        if (n < 0)
            return -1;
        data += n;
        len -= (size_t)n;
    }
    return 0;
}

int
rt_stream_flush(struct rt_stream *s)
{
    size_t len = s->out_len;

    unlink_stream(s);
    s->out_len =
        0; /* what cannot be written is dropped, as CPython does at exit */
    return len ? write_all(s, s->out, len) : 0;
}

/* Forgets the read-ahead: the descriptor goes back to where the reader is. */
static void
drop_input(struct rt_stream *s)
{
    if (s->in_len > s->in_pos)
        move(s, -(int64_t)(s->in_len - s->in_pos), SEEK_CUR);
    s->in_pos = s->in_len = 0;
}

int
rt_stream_write(struct rt_stream *s, const char *data, size_t len)
{
    drop_input(s);
    if (!s->out)
        s->out = nac_malloc(RT_STREAM_BUFFER);
    if (s->out_len + len > RT_STREAM_BUFFER && rt_stream_flush(s) < 0)
        return -1;
    if (len > RT_STREAM_BUFFER)
        return write_all(s, data, len);
    memcpy(s->out + s->out_len, data, len);
    s->out_len += len;
    link_stream(s);
    if (s->unbuffered || (s->line_buffered && memchr(data, '\n', len)))
        return rt_stream_flush(s);
    return 0;
}

int64_t
rt_stream_fill(struct rt_stream *s)
{
    ssize_t n;

    if (s->out_len && rt_stream_flush(s) < 0)
        return -1;
    if (s->in_pos) {
        s->in_len -= s->in_pos;
        memmove(s->in, s->in + s->in_pos, s->in_len);
        s->in_pos = 0;
    }
    if (s->in_cap - s->in_len < RT_STREAM_BUFFER) {
        size_t cap = s->in_cap ? s->in_cap * 2 : 2 * RT_STREAM_BUFFER;
        char *in = realloc(s->in, cap);

        if (!in) {
            rt_raise_memory();
            return -1;
        }
        s->in_cap = cap;
        s->in = in;
    }
    do {
        n = s->source.bits
                ? source_read(s, s->in + s->in_len, s->in_cap - s->in_len)
                : read(s->fd, s->in + s->in_len, s->in_cap - s->in_len);
        if (n < 0 &&
            (rt_raised() || (errno == EINTR && rt_ts->poll && rt_poll() < 0)))
            return -1;
    } while (n < 0 && errno == EINTR);
    if (n > 0)
        s->in_len += (size_t)n;
    return n;
}

int64_t
rt_stream_tell(struct rt_stream *s)
{
    int64_t at = move(s, 0, SEEK_CUR);

    if (at < 0)
        return -1;
    return at - (int64_t)(s->in_len - s->in_pos) + (int64_t)s->out_len;
}

int64_t
rt_stream_seek(struct rt_stream *s, int64_t offset, int whence)
{
    if (rt_stream_flush(s) < 0)
        return -1;
    if (whence == SEEK_CUR)
        drop_input(s);
    s->in_pos = s->in_len = 0;
    return move(s, offset, whence);
}

int
rt_stream_close(struct rt_stream *s)
{
    int status = 0, saved = 0;

    unlink_stream(s);
    if (s->fd >= 0) {
        status = rt_stream_flush(s);
        saved = errno;
        if (s->source.bits) {
            if (!s->keep_fd && rt_is_null(call_source(s, "close", 0, NULL)))
                status = -1;
        } else if (!s->keep_fd && close(s->fd) < 0 && status == 0) {
            status = -1;
            saved = errno;
        }
    }
    s->fd = -1;
    free(s->in);
    free(s->out);
    s->in = s->out = NULL;
    s->in_len = s->in_pos = s->in_cap = 0;
    errno = saved;
    return status;
}
