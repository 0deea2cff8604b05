/* SPDX-License-Identifier: MIT
 * runtime/io/stream.h: a buffered file descriptor: bytes in, bytes out. File
 * objects (file.c) add text on top. Errors: -1 with errno set.
 */
#ifndef RT_STREAM_H
#define RT_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runtime/value.h"

enum { RT_STREAM_BUFFER = 8192 };

struct rt_stream {
    int fd; /* -1: closed */
    bool readable, writable, append, line_buffered, unbuffered;
    bool keep_fd; /* closing leaves the descriptor open */
    char *in;     /* read-ahead: bytes [in_pos, in_len) */
    size_t in_pos, in_len, in_cap;
    char *out; /* not yet written: out_len bytes */
    size_t out_len;
    rt_val source; /* bits not 0: an object is read and written instead
                    * of fd, whose number has no meaning then; the
                    * file object keeps it alive */
    int users;     /* file objects that share it */
    struct rt_stream *next, **link; /* of the open ones that hold output */
};

/* For a descriptor that is open already. */
void rt_stream_attach(struct rt_stream *s, int fd);
/* Writes out what any stream holds back: the end of the program, fork(). */
void rt_streams_flush(void);
/* open()'s flags for Python's mode. */
int rt_stream_flags(const char *mode);
int rt_stream_open(struct rt_stream *s, const char *path, const char *mode);
int rt_stream_flush(struct rt_stream *s);
int rt_stream_write(struct rt_stream *s, const char *data, size_t len);
/* Reads more into the read-ahead buffer; bytes added, 0 at the end. */
int64_t rt_stream_fill(struct rt_stream *s);
/* Position as the program sees it; -1. */
int64_t rt_stream_tell(struct rt_stream *s);
int64_t rt_stream_seek(struct rt_stream *s, int64_t offset, int whence);
int rt_stream_close(struct rt_stream *s);

#endif
