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

static void unlink_stream(struct rt_stream *s)
{
    if (!s->link)
        return;
    *s->link = s->next;
    if (s->next)
        s->next->link = s->link;
    s->next = NULL;
    s->link = NULL;
}

static void link_stream(struct rt_stream *s)
{
    if (s->link)
        return;
    s->next = holders;
    s->link = &holders;
    if (holders)
        holders->link = &s->next;
    holders = s;
}

void rt_streams_flush(void)
{
    struct rt_stream *s, *next;

    for (s = holders; s; s = next) {
        next = s->next;
        if (s->fd > 2)
            rt_stream_flush(s);
    }
}

void rt_stream_attach(struct rt_stream *s, int fd)
{
    memset(s, 0, sizeof *s);
    s->fd = fd;
}

int rt_stream_flags(const char *mode)
{
    bool plus = strchr(mode, '+') != NULL;

    if (strchr(mode, 'r'))
        return O_CLOEXEC | (plus ? O_RDWR : O_RDONLY);
    return O_CLOEXEC | O_CREAT | (plus ? O_RDWR : O_WRONLY) |
           (strchr(mode, 'w')   ? O_TRUNC
            : strchr(mode, 'x') ? O_EXCL
                                : O_APPEND);
}

int rt_stream_open(struct rt_stream *s, const char *path, const char *mode)
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

static int write_all(int fd, const char *data, size_t len)
{
    while (len) {
        ssize_t n = write(fd, data, len);

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

int rt_stream_flush(struct rt_stream *s)
{
    size_t len = s->out_len;

    unlink_stream(s);
    s->out_len = 0; /* what cannot be written is dropped, as CPython does at exit */
    return len ? write_all(s->fd, s->out, len) : 0;
}

/* Forgets the read-ahead: the descriptor goes back to where the reader is. */
static void drop_input(struct rt_stream *s)
{
    if (s->in_len > s->in_pos)
        lseek(s->fd, -(off_t)(s->in_len - s->in_pos), SEEK_CUR);
    s->in_pos = s->in_len = 0;
}

int rt_stream_write(struct rt_stream *s, const char *data, size_t len)
{
    drop_input(s);
    if (!s->out)
        s->out = nac_malloc(RT_STREAM_BUFFER);
    if (s->out_len + len > RT_STREAM_BUFFER && rt_stream_flush(s) < 0)
        return -1;
    if (len > RT_STREAM_BUFFER)
        return write_all(s->fd, data, len);
    memcpy(s->out + s->out_len, data, len);
    s->out_len += len;
    link_stream(s);
    if (s->unbuffered || (s->line_buffered && memchr(data, '\n', len)))
        return rt_stream_flush(s);
    return 0;
}

int64_t rt_stream_fill(struct rt_stream *s)
{
    ssize_t n;

    if (s->out_len && rt_stream_flush(s) < 0)
        return -1;
    if (s->in_pos == s->in_len)
        s->in_pos = s->in_len = 0;
    if (s->in_cap - s->in_len < RT_STREAM_BUFFER) {
        s->in_cap = s->in_cap ? s->in_cap * 2 : 2 * RT_STREAM_BUFFER;
        s->in = nac_realloc(s->in, s->in_cap);
    }
    do {
        n = read(s->fd, s->in + s->in_len, s->in_cap - s->in_len);
        if (n < 0 && errno == EINTR && rt_ts->poll && rt_poll() < 0)
            return -1;
    } while (n < 0 && errno == EINTR);
    if (n > 0)
        s->in_len += (size_t)n;
    return n;
}

int64_t rt_stream_tell(struct rt_stream *s)
{
    off_t at = lseek(s->fd, 0, SEEK_CUR);

    if (at < 0)
        return -1;
    return at - (off_t)(s->in_len - s->in_pos) + (off_t)s->out_len;
}

int64_t rt_stream_seek(struct rt_stream *s, int64_t offset, int whence)
{
    if (rt_stream_flush(s) < 0)
        return -1;
    if (whence == SEEK_CUR)
        drop_input(s);
    s->in_pos = s->in_len = 0;
    return lseek(s->fd, offset, whence);
}

int rt_stream_close(struct rt_stream *s)
{
    int status = 0, saved = 0;

    unlink_stream(s);
    if (s->fd >= 0) {
        status = rt_stream_flush(s);
        saved = errno;
        if (!s->keep_fd && close(s->fd) < 0 && status == 0) {
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
