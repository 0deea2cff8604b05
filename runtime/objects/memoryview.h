/* SPDX-License-Identifier: MIT
 * runtime/objects/memoryview.h: buffers: memory that objects lend out. bytes
 * and bytearray are known to memoryview.c; other types (array, mmap) register
 * how they lend theirs.
 */
#ifndef RT_MEMORYVIEW_H
#define RT_MEMORYVIEW_H

#include "runtime/objects.h"

struct rt_buffer {
    char *data;
    int64_t len; /* bytes */
    int64_t itemsize;
    const char *format; /* as of module struct; static text */
    bool readonly;
};

/* How instances of a type lend memory. [get]: 0, or -1 with an exception;
 * [release] is called once for every get that a memoryview made. */
struct rt_buffer_provider {
    struct rt_type *type;
    int (*get)(rt_val v, struct rt_buffer *out);
    void (*release)(rt_val v); /* NULL: nothing to do */
    struct rt_buffer_provider *next;
};
void rt_buffer_register(struct rt_buffer_provider *provider);
const struct rt_buffer_provider *rt_buffer_provider(rt_val v);

/* Contiguous bytes of a memoryview or of a registered type. 0, or -1. */
int rt_memoryview_bytes(rt_val v, const char **data, int64_t *len);
rt_val rt_memoryview_new(rt_val v);

#endif
