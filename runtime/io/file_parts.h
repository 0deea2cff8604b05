/* SPDX-License-Identifier: MIT
 * runtime/io/file_parts.h: file objects inside, for the files of this folder.
 *
 * One layout serves all five classes. A text file, its .buffer and that one's
 * .raw are three objects over one stream; closing one closes all.
 */
#ifndef RT_FILE_PARTS_H
#define RT_FILE_PARTS_H

#include "runtime/io/file.h"
#include "runtime/io/iobase.h"
#include "runtime/io/stream.h"
#include "runtime/runtime.h"

enum { RT_SEEN_CR = 1, RT_SEEN_LF = 2, RT_SEEN_CRLF = 4 };

struct rt_file {
    struct rt_iobase base;
    rt_val name, mode;
    rt_val encoding, errors; /* None: binary */
    rt_val buffer; /* the object one layer down; None until asked for */
    struct rt_stream *stream; /* malloc'ed; NULL: detached */
    bool binary, raw;
    bool utf8;       /* the encoding is UTF-8: ASCII goes as it is */
    bool whole;      /* the encoding has states: read as a whole ... */
    bool transcoded; /* ... which was done: the stream's input is UTF-8 */
    bool translate_in, translate_out, iterating;
    uint8_t newlines;    /* RT_SEEN_* */
    char out_newline[3]; /* what "\n" is written as */
    char line_end;       /* readline() ends here: '\n', '\r', or 0: any */
};

NAC_INLINE struct rt_file *
rt_file_of(rt_val v)
{
    return rt_ptr(v);
}

extern struct rt_type rt_io_reader_type, rt_io_writer_type, rt_io_random_type,
    rt_io_raw_type;

/* The stream; NULL with ValueError [closed] where it is not open. */
struct rt_stream *rt_file_stream(rt_val v, const char *closed);
/* OSError of errno, unless an exception is set already. */
rt_val rt_file_errno(void);
/* An optional size argument: None and absent leave *out. */
int rt_file_size_arg(rt_val v, int64_t *out);

/* file_text.c */
rt_val rt_file_decode(struct rt_file *f, const char *data, size_t len);
int rt_file_write_text(struct rt_file *f, struct rt_stream *s, rt_val text);
size_t rt_file_char_bytes(const struct rt_file *f, const char *data, size_t len,
                          int64_t chars, bool at_end);
size_t rt_file_line_length(const struct rt_file *f, const char *p, size_t len,
                           bool at_end);
int rt_file_prepare(struct rt_file *f, struct rt_stream *s);
/* Encoding, errors and newline of a text file; 0, or -1. */
int rt_file_set_text(rt_val v, const char *encoding, const char *errors,
                     const char *newline);
rt_val rt_file_reconfigure(rt_val self, rt_val *args);
rt_val rt_file_newlines(rt_val self);

/* file_make.c: the classes called; TextIOWrapper(buffer) and so on. */
rt_val rt_file_make_text(struct rt_type *type, const rt_val *args,
                         uint32_t nargs, rt_val kwnames);
rt_val rt_file_make_binary(struct rt_type *type, const rt_val *args,
                           uint32_t nargs, rt_val kwnames);
rt_val rt_file_make_raw(struct rt_type *type, const rt_val *args,
                        uint32_t nargs, rt_val kwnames);

/* file_open.c */
rt_val rt_file_new(struct rt_type *type, struct rt_stream *stream, rt_val name,
                   const char *mode);
rt_val rt_file_lower(rt_val self); /* .buffer, .raw */

#endif
