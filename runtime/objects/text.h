/* SPDX-License-Identifier: MIT
 * runtime/objects/text.h: what the files of str, bytes and bytearray share.
 * Others use objects.h.
 */
#ifndef RT_TEXT_H
#define RT_TEXT_H

#include "runtime/objects/unicode.h"
#include "runtime/runtime.h"

/* -- str -- */

/* The str of a subclass instance or of an exact str, as an exact one. */
rt_val rt_str_exact(rt_val s);
rt_val rt_str_instance(struct rt_type *type, rt_val s);
rt_val rt_str_empty(void);
/* Copies [n] characters between strs of any kinds; the target's kind must be
 * wide enough. */
void rt_str_copy(struct rt_str *to, int64_t at, const struct rt_str *from,
                 int64_t start, int64_t n);
NAC_INLINE void
rt_str_put(struct rt_str *s, int64_t i, uint32_t c)
{
    if (s->kind == 1)
        ((uint8_t *)s->data)[i] = (uint8_t)c;
    else if (s->kind == 2)
        ((uint16_t *)(void *)s->data)[i] = (uint16_t)c;
    else
        ((uint32_t *)(void *)s->data)[i] = c;
}
/* An upper bound of the characters: 0x7F, 0xFF, 0xFFFF or RT_MAX_CHAR. */
NAC_INLINE uint32_t
rt_str_max(const struct rt_str *s)
{
    return s->ascii       ? 0x7F
           : s->kind == 1 ? 0xFF
           : s->kind == 2 ? 0xFFFF
                          : RT_MAX_CHAR;
}
rt_val rt_str_from_latin1(const void *data, int64_t len);
rt_val rt_str_from_ascii(const char *data, int64_t len);
rt_val rt_str_repeat(rt_val s, int64_t n);
/* Slice clipped by start and stop objects (None or index), as methods such as
 * find take them. 0, or -1. */
int rt_clip_range(rt_val start, rt_val stop, int64_t len, int64_t *from,
                  int64_t *to);
/* First (or last) occurrence in [from, to), -1: none. */
int64_t rt_str_find(rt_val s, rt_val sub, int64_t from, int64_t to);
int64_t rt_str_rfind(rt_val s, rt_val sub, int64_t from, int64_t to);
int64_t rt_str_find_char(const struct rt_str *s, uint32_t c, int64_t from,
                         int64_t to);
int64_t rt_str_count(rt_val s, rt_val sub, int64_t from, int64_t to);
rt_val rt_str_ascii(rt_val s); /* repr with escapes for all that is not ASCII */
rt_val rt_str_iter(rt_val s);
void rt_str_trace(struct rt_obj *obj, struct rt_marker *marker);
rt_val rt_str_replace(rt_val s, rt_val old, rt_val new_, int64_t count);

extern const struct rt_method rt_str_methods[];

/* -- bytes and bytearray: the same functions work on both -- */

struct rt_bytearray {
    struct rt_obj head;
    int64_t len;
    struct rt_blob *blob; /* NULL while nothing was stored */
    int64_t exports;      /* memoryviews: no resizing while there are any */
};
#define rt_bytes_of(v)     ((struct rt_bytes *)rt_ptr(v))
#define rt_bytearray_of(v) ((struct rt_bytearray *)rt_ptr(v))

NAC_INLINE bool
rt_is_bytearray(rt_val v)
{
    return rt_is_obj(v) && rt_isinstance_exactly(v, &rt_bytearray_type);
}
/* Bytes, bytearray, memoryview or another object with a buffer. */
bool rt_is_buffer(rt_val v);
/* Writable memory of a bytearray, array or memoryview; -1: TypeError. */
int rt_bytes_writable(rt_val v, char **data, int64_t *len);
char *rt_bytearray_data(rt_val v);
rt_val rt_bytearray_new(const void *data, int64_t len);
/* New length; content is kept, new bytes are undefined. 0, or -1. */
int rt_bytearray_resize(rt_val v, int64_t len);
/* bytes, or a bytearray where [like] is one. */
rt_val rt_bytes_like(rt_val like, const void *data, int64_t len);
/* Bytes of an iterable of ints or of a bytes-like object, as the constructors
 * take them: a new exact bytes. */
rt_val rt_bytes_from_object(rt_val x);
/* bytes(source, encoding, errors): a bytes; arguments may be RT_NULL. */
rt_val rt_bytes_from_args(const char *name, const rt_val a[3]);
/* [array]: as bytearray shows it, which escapes every single quote. */
rt_val rt_bytes_repr(const char *data, int64_t len, bool array);
int rt_bytes_item(rt_val v); /* byte value of an int, -1: exception */
int64_t rt_hash_bytes(const void *data, size_t len);
/* First occurrence of bytes in [from, to), -1: none. */
int64_t rt_mem_find(const char *s, int64_t from, int64_t to, const char *sub,
                    int64_t n);
int64_t rt_mem_rfind(const char *s, int64_t from, int64_t to, const char *sub,
                     int64_t n);
rt_val rt_bytes_compare(rt_val a, rt_val b, enum rt_cmp op);
rt_val rt_bytes_add(rt_val a, rt_val b);
rt_val rt_bytes_repeat(rt_val self, rt_val count);
rt_val rt_bytearray_iter(rt_val v);
int rt_bytes_contains(rt_val self, rt_val item);

extern const struct rt_method rt_bytes_methods[];
extern const struct rt_method rt_bytearray_methods[];

/* -- codecs -- */

/* Encoding name in lower case with '-' for '_' and ' ', at most 30 letters. */
void rt_codec_name(char out[32], const char *encoding);

#endif
