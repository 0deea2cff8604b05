/* SPDX-License-Identifier: MIT
 * runtime/io/iobase.h: the base classes of module io, of which Python classes
 * may be derived, too.
 */
#ifndef RT_IOBASE_H
#define RT_IOBASE_H

#include "runtime/objects.h"

struct rt_iobase { /* every object of these classes begins with it */
    struct rt_obj head;
    int64_t closed; /* files: not used */
};

extern struct rt_type rt_iobase_type, rt_rawiobase_type, rt_bufferediobase_type,
    rt_textiobase_type;
extern struct rt_type rt_stringio_type, rt_bytesio_type; /* memory.c */
/* Readies them all. */
void rt_iobase_init(void);
/* 0, or -1 with ValueError where v.closed is true. */
int rt_iobase_check(rt_val v);

#endif
