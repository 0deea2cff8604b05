/* SPDX-License-Identifier: MIT
 * runtime/objects/str.c: making, copying, joining, comparing and hashing strs,
 * the table of interned ones, the cache of one-character ones.
 *
 * Growing: a str made by concatenation is marked [joined]. If another str is
 * appended to such a str, the result goes into a buffer with spare room and is
 * marked [shared]; appending to a shared str whose end is the used end of its
 * buffer only copies the new characters and makes a new header. So a loop of
 * s += x  is linear, as in CPython, although nobody counts references.
 */
#include "config.h"

#include "runtime/objects/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

#define MAX_LENGTH   (INT64_C(1) << 40)
#define SMALL_OBJECT 512

/* -- allocation -- */

static struct rt_str *
alloc_as(struct rt_map *map, int64_t len, uint32_t maxchar)
{
    int kind = maxchar < 256 ? 1 : maxchar < 65536 ? 2 : 4;
    struct rt_str *s;
    size_t size;

    if (len > MAX_LENGTH) {
        rt_raise_memory();
        return NULL;
    }
    size = sizeof *s + ((size_t)len + 1) * (size_t)kind;
    s = size <= SMALL_OBJECT ? rt_alloc(map, size) : rt_alloc_large(map, size);
    if (s == NULL)
        return NULL;
    s->data = (char *)(s + 1);
    s->len = len;
    s->kind = (uint8_t)kind;
    s->ascii = maxchar < 128;
    if (NAC_LIKELY(kind == 1))
        s->data[len] = 0;
    else
        memset(s->data + len * kind, 0, (size_t)kind);
    return s;
}

struct rt_str *
rt_str_alloc(int64_t len, uint32_t maxchar)
{
    return alloc_as(&rt_str_type.root_map, len, maxchar);
}

/* -- one-character strs, the empty one -- */

static rt_val char_cache = {NB_NOTHING}; /* rt_words: 256 strs, then "" */

static rt_val *
cached_char(uint32_t i)
{
    if (rt_is_null(char_cache)) {
        rt_gc_root(&char_cache);
        char_cache = rt_from_ptr(rt_alloc_words(257));
    }
    return &((struct rt_words *)rt_ptr(char_cache))->items[i];
}

rt_val
rt_str_from_char(uint32_t c)
{
    struct rt_str *s;

    if (c < 256) {
        rt_val *slot = cached_char(c);

        if (!rt_is_null(*slot))
            return *slot;
        s = rt_str_alloc(1, c);
        s->data[0] = (char)c;
        rt_write(rt_ptr(char_cache), slot, rt_from_ptr(s));
        return *slot;
    }
    s = rt_str_alloc(1, c);
    rt_str_put(s, 0, c);
    return rt_from_ptr(s);
}

rt_val
rt_str_empty(void)
{
    rt_val *slot = cached_char(256);

    if (rt_is_null(*slot))
        rt_write(rt_ptr(char_cache), slot, rt_from_ptr(rt_str_alloc(0, 0)));
    return *slot;
}

/* -- from bytes and characters -- */

/* Does any byte have its upper bit set? */
static bool
has_upper(const char *p, int64_t n)
{
    const char *end = p + n;
    uint64_t all = 0, w;

    for (; end - p >= 8; p += 8) {
        memcpy(&w, p, 8);
        all |= w;
        if (all & UINT64_C(0x8080808080808080))
            return true;
    }
    for (; p < end; p++)
        all |= (unsigned char)*p;
    return (all & UINT64_C(0x8080808080808080)) != 0;
}

rt_val
rt_str_from_ascii(const char *data, int64_t len)
{
    struct rt_str *s;

    if (len == 0)
        return rt_str_empty();
    if (len == 1)
        return rt_str_from_char((unsigned char)data[0]);
    s = rt_str_alloc(len, 0x7F);
    if (s == NULL)
        return RT_NULL;
    memcpy(s->data, data, (size_t)len);
    return rt_from_ptr(s);
}

rt_val
rt_str_from_latin1(const void *data, int64_t len)
{
    struct rt_str *s;

    if (!has_upper(data, len) || len == 1)
        return rt_str_from_ascii(data, len);
    s = rt_str_alloc(len, 0xFF);
    if (s == NULL)
        return RT_NULL;
    memcpy(s->data, data, (size_t)len);
    return rt_from_ptr(s);
}

rt_val
rt_str_new(const char *utf8, int64_t len)
{
    const char *p, *end;
    int64_t n = 0;
    uint32_t c, maxchar = 0;
    struct rt_str *s;

    if (len < 0)
        len = (int64_t)strlen(utf8);
    if (!has_upper(utf8, len))
        return rt_str_from_ascii(utf8, len);
    end = utf8 + len;
    for (p = utf8; p < end; n++) {
        int k = nac_utf8_decode(p, end, &c, 1);

        if (k == 0) {
            c = 0xFFFD;
            k = 1;
        }
        maxchar |= c;
        p += k;
    }
    if (n == 1)
        return rt_str_from_char(c);
    s = rt_str_alloc(n, maxchar);
    if (s == NULL)
        return RT_NULL;
    for (p = utf8, n = 0; p < end; n++) {
        int k = nac_utf8_decode(p, end, &c, 1);

        if (k == 0) {
            c = 0xFFFD;
            k = 1;
        }
        rt_str_put(s, n, c);
        p += k;
    }
    return rt_from_ptr(s);
}

rt_val
rt_str_from_ucs4(const uint32_t *chars, int64_t len)
{
    uint32_t maxchar = 0;
    struct rt_str *s;
    int64_t i;

    for (i = 0; i < len; i++)
        maxchar |= chars[i];
    if (len == 0)
        return rt_str_empty();
    if (len == 1)
        return rt_str_from_char(chars[0]);
    s = rt_str_alloc(len, maxchar);
    if (s == NULL)
        return RT_NULL;
    if (s->kind == 4)
        memcpy(s->data, chars, (size_t)len * 4);
    else
        for (i = 0; i < len; i++)
            rt_str_put(s, i, chars[i]);
    return rt_from_ptr(s);
}

void
rt_str_copy(struct rt_str *to, int64_t at, const struct rt_str *from,
            int64_t start, int64_t n)
{
    int64_t i;

    if (to->kind == from->kind) {
        int k = to->kind;

        memcpy(to->data + at * k, from->data + start * k, (size_t)(n * k));
        return;
    }
    for (i = 0; i < n; i++)
        rt_str_put(to, at + i, rt_str_at(from, start + i));
}

/* The characters' least sufficient maximum in [start, start + n). */
static uint32_t
max_of_range(const struct rt_str *s, int64_t start, int64_t n)
{
    uint32_t all = 0;
    int64_t i;

    if (s->ascii)
        return 0x7F;
    if (s->kind == 1)
        return has_upper(s->data + start, n) ? 0xFF : 0x7F;
    for (i = start; i < start + n; i++) {
        all |= rt_str_at(s, i);
        if (s->kind == 2 ? all > 0xFF : all > 0xFFFF)
            return rt_str_max(s);
    }
    return all;
}

rt_val
rt_str_slice(rt_val v, int64_t start, int64_t stop)
{
    struct rt_str *s = rt_str_of(v), *r;
    int64_t n;

    if (start < 0)
        start = 0;
    if (stop > s->len)
        stop = s->len;
    n = stop - start;
    if (n <= 0)
        return rt_str_empty();
    if (n == s->len)
        return rt_str_exact(v);
    if (n == 1)
        return rt_str_from_char(rt_str_at(s, start));
    r = rt_str_alloc(n, max_of_range(s, start, n));
    if (r == NULL)
        return RT_NULL;
    rt_str_copy(r, 0, s, start, n);
    return rt_from_ptr(r);
}

rt_val
rt_str_getitem(rt_val s, int64_t i)
{
    return rt_str_from_char(rt_str_at(rt_str_of(s), i));
}

rt_val
rt_str_instance(struct rt_type *type, rt_val v)
{
    struct rt_str *s = rt_str_of(v);
    struct rt_str *r = alloc_as(&type->root_map, s->len, rt_str_max(s));

    if (r == NULL)
        return RT_NULL;
    rt_str_copy(r, 0, s, 0, s->len);
    r->hash = s->hash;
    return rt_from_ptr(r);
}

rt_val
rt_str_exact(rt_val v)
{
    return rt_is_exact(v, &rt_str_type) ? v : rt_str_instance(&rt_str_type, v);
}

/* -- UTF-8 -- */

static char *
encode_utf8(const struct rt_str *s, int64_t *len, bool any)
{
    struct rt_blob *blob;
    int64_t i, n = 0;
    char *p;

    for (i = 0; i < s->len; i++) {
        uint32_t c = rt_str_at(s, i);

        if (c >= 0xD800 && c < 0xE000 && !any)
            return NULL;
        n += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    }
    blob = rt_alloc_blob((uint64_t)n + 1);
    if (blob == NULL)
        return NULL;
    p = blob->data;
    if (s->ascii)
        memcpy(p, s->data, (size_t)n);
    else
        for (i = 0; i < s->len; i++)
            p += nac_utf8_encode(p, rt_str_at(s, i));
    blob->data[n] = 0;
    if (len != NULL)
        *len = n;
    return blob->data;
}

const char *
rt_str_utf8(rt_val v, int64_t *len)
{
    struct rt_str *s = rt_str_of(v);
    const char *text;

    if (s->ascii && !s->shared) {
        if (len != NULL)
            *len = s->len;
        return s->data;
    }
    text = encode_utf8(s, len, false);
    if (text == NULL && !rt_raised())
        rt_encode(v, "utf-8", "strict"); /* raises */
    return text;
}

const char *
rt_str_utf8_any(rt_val v, int64_t *len)
{
    struct rt_str *s = rt_str_of(v);

    if (s->ascii && !s->shared) {
        if (len != NULL)
            *len = s->len;
        return s->data;
    }
    return encode_utf8(s, len, true);
}

/* -- hash, comparison -- */

static inline uint64_t
mix(uint64_t a, uint64_t b)
{
    unsigned __int128 m = (unsigned __int128)a * b;

    return (uint64_t)m ^ (uint64_t)(m >> 64);
}

int64_t
rt_hash_bytes(const void *data, size_t len)
{
    const uint64_t k1 = UINT64_C(0xA0761D6478BD642F);
    const uint64_t k2 = UINT64_C(0xE7037ED1A0B428DB);
    const unsigned char *p = data;
    uint64_t h = k1 ^ (len * k2), w;
    int64_t r;

    for (; len >= 8; len -= 8, p += 8) {
        memcpy(&w, p, 8);
        h = mix(h ^ w, k1);
    }
    if (len >= 4) { /* two reads that overlap; [len] is in h */
        uint32_t low, high;

        memcpy(&low, p, 4);
        memcpy(&high, p + len - 4, 4);
        h = mix(h ^ low ^ (uint64_t)high << 32, k2);
    } else if (len != 0) {
        w = p[0] | (uint64_t)p[len >> 1] << 8 | (uint64_t)p[len - 1] << 16;
        h = mix(h ^ w, k2);
    }
    r = (int64_t)mix(h, k2);
    return r == -1 ? -2 : r == 0 ? 1 : r;
}

int64_t
rt_str_hash(rt_val v)
{
    struct rt_str *s = rt_str_of(v);

    if (s->hash == 0)
        s->hash = rt_hash_bytes(s->data, (size_t)(s->len * s->kind));
    return s->hash;
}

bool
rt_str_equal(rt_val a, rt_val b)
{
    struct rt_str *x = rt_str_of(a), *y = rt_str_of(b);

    if (x == y)
        return true;
    if (x->len != y->len || x->kind != y->kind)
        return false;
    if ((x->interned && y->interned) || (x->len && x->data[0] != y->data[0]))
        return false;
    return memcmp(x->data, y->data, (size_t)(x->len * x->kind)) == 0;
}

bool
rt_str_is(rt_val v, const char *ascii)
{
    struct rt_str *s = rt_str_of(v);
    size_t n = strlen(ascii);

    return s->ascii && (size_t)s->len == n && memcmp(s->data, ascii, n) == 0;
}

int
rt_str_compare(rt_val a, rt_val b)
{
    struct rt_str *x = rt_str_of(a), *y = rt_str_of(b);
    int64_t i, n = x->len < y->len ? x->len : y->len;

    if (x->kind == 1 && y->kind == 1) {
        int c = n ? (uint8_t)x->data[0] - (uint8_t)y->data[0] : 0;

        if (c == 0 && n > 1)
            c = memcmp(x->data, y->data, (size_t)n);
        if (c != 0)
            return c < 0 ? -1 : 1;
    } else {
        for (i = 0; i < n; i++) {
            uint32_t c = rt_str_at(x, i), d = rt_str_at(y, i);

            if (c != d)
                return c < d ? -1 : 1;
        }
    }
    return x->len < y->len ? -1 : x->len > y->len;
}

/* -- interned strs: an open hash table that only grows -- */

static rt_val intern_table = {NB_NOTHING}; /* rt_words, a power of two */
static uint64_t intern_count;

static rt_val *
intern_slot(struct rt_words *table, rt_val s)
{
    uint64_t mask = table->count - 1;
    uint64_t i = (uint64_t)rt_str_hash(s) & mask;

    while (!rt_is_null(table->items[i])) {
        struct rt_str *x = rt_str_of(table->items[i]), *y = rt_str_of(s);

        if (x->hash == y->hash && x->len == y->len && x->kind == y->kind &&
            memcmp(x->data, y->data, (size_t)(x->len * x->kind)) == 0)
            break;
        i = (i + 1) & mask;
    }
    return &table->items[i];
}

static void
intern_grow(void)
{
    struct rt_words *old, *table;
    uint64_t i;

    if (rt_is_null(intern_table)) {
        rt_gc_root(&intern_table);
        intern_table = rt_from_ptr(rt_alloc_words(4096));
        return;
    }
    old = rt_ptr(intern_table);
    table = rt_alloc_words(old->count * 2);
    for (i = 0; i < old->count; i++)
        if (!rt_is_null(old->items[i]))
            rt_write(table, intern_slot(table, old->items[i]), old->items[i]);
    intern_table = rt_from_ptr(table);
}

rt_val
rt_str_intern(rt_val v)
{
    struct rt_words *table;
    rt_val *slot;

    if (rt_str_of(v)->interned)
        return v;
    if (rt_is_null(intern_table) ||
        intern_count * 2 > ((struct rt_words *)rt_ptr(intern_table))->count)
        intern_grow();
    table = rt_ptr(intern_table);
    slot = intern_slot(table, v);
    if (!rt_is_null(*slot))
        return *slot;
    if (rt_str_of(v)->shared || !rt_is_exact(v, &rt_str_type))
        v = rt_str_instance(&rt_str_type, v);
    rt_str_of(v)->interned = 1;
    rt_str_hash(v);
    table = rt_ptr(intern_table);
    rt_write(table, intern_slot(table, v), v);
    intern_count++;
    return v;
}

rt_val
rt_intern(const char *utf8)
{
    return rt_str_intern(rt_str_new(utf8, -1));
}

/* -- concatenation -- */

/* A shared str's data begins here in its buffer; used bytes lie before it. */
struct buffer {
    int64_t used;
    char data[];
};

#define BUFFER_OF(s)                                                           \
    ((struct buffer *)(void *)((s)->data - offsetof(struct buffer, data)))
#define BLOB_OF(s)                                                             \
    ((struct rt_blob *)(void *)((s)->data - offsetof(struct buffer, data) -    \
                                offsetof(struct rt_blob, data)))

void
rt_str_trace(struct rt_obj *obj, struct rt_marker *marker)
{
    struct rt_str *s = (struct rt_str *)obj;

    if (s->shared)
        rt_gc_visit_ptr(marker, BLOB_OF(s));
}

/* Header of a str of [len] characters in a buffer. */
static rt_val
shared_header(char *data, int64_t len, const struct rt_str *like, bool ascii)
{
    struct rt_str *s = rt_alloc(&rt_str_type.root_map, sizeof *s);

    s->data = data;
    s->len = len;
    s->kind = like->kind;
    s->ascii = ascii;
    s->shared = s->joined = 1;
    return rt_from_ptr(s);
}

/* a + b where a was joined before, and b's characters fit a's kind. */
static rt_val
grow(struct rt_str *a, struct rt_str *b)
{
    int64_t k = a->kind, len = a->len + b->len, bytes = len * k, room;
    struct rt_str target = *a;

    if (!a->shared || BUFFER_OF(a)->used != a->len * k ||
        (int64_t)BLOB_OF(a)->size - (int64_t)sizeof(struct buffer) < bytes) {
        struct rt_blob *blob;
        struct buffer *buffer;

        room = bytes + (bytes < 1 << 20 ? bytes : bytes / 4) + 64;
        blob = rt_alloc_blob((uint64_t)room + sizeof *buffer);
        if (blob == NULL)
            return RT_NULL;
        buffer = (struct buffer *)(void *)blob->data;
        memcpy(buffer->data, a->data, (size_t)(a->len * k));
        target.data = buffer->data;
    }
    target.len = len;
    rt_str_copy(&target, a->len, b, 0, b->len);
    BUFFER_OF(&target)->used = bytes;
    return shared_header(target.data, len, a, a->ascii && b->ascii);
}

rt_val
rt_str_concat(rt_val a, rt_val b)
{
    struct rt_str *x = rt_str_of(a), *y = rt_str_of(b), *r;
    uint32_t xm, ym;

    if (y->len == 0)
        return rt_str_exact(a);
    if (x->len == 0)
        return rt_str_exact(b);
    if (x->joined && x->kind >= y->kind && x->len >= 128 &&
        x->len + y->len < MAX_LENGTH)
        return grow(x, y);
    xm = rt_str_max(x);
    ym = rt_str_max(y);
    r = rt_str_alloc(x->len + y->len, xm > ym ? xm : ym);
    if (r == NULL)
        return RT_NULL;
    if (NAC_LIKELY(r->kind == 1)) {
        memcpy(r->data, x->data, (size_t)x->len);
        if (y->len == 1)
            r->data[x->len] = y->data[0];
        else
            memcpy(r->data + x->len, y->data, (size_t)y->len);
    } else {
        rt_str_copy(r, 0, x, 0, x->len);
        rt_str_copy(r, x->len, y, 0, y->len);
    }
    r->joined = 1;
    return rt_from_ptr(r);
}

rt_val
rt_str_join(rt_val sep, const rt_val *items, int64_t n)
{
    struct rt_str *glue = rt_str_of(sep), *r;
    int64_t i, len = 0, at = 0;
    uint32_t maxchar = 0;

    if (n == 0)
        return rt_str_empty();
    if (n == 1)
        return rt_str_exact(items[0]);
    for (i = 0; i < n; i++) {
        uint32_t m = rt_str_max(rt_str_of(items[i]));

        len += rt_str_of(items[i])->len;
        if (m > maxchar)
            maxchar = m;
    }
    if (glue->len != 0 && rt_str_max(glue) > maxchar)
        maxchar = rt_str_max(glue);
    len += glue->len * (n - 1);
    r = rt_str_alloc(len, maxchar);
    if (r == NULL)
        return RT_NULL;
    for (i = 0; i < n; i++) {
        struct rt_str *s = rt_str_of(items[i]);

        if (i != 0 && glue->len != 0) {
            rt_str_copy(r, at, glue, 0, glue->len);
            at += glue->len;
        }
        rt_str_copy(r, at, s, 0, s->len);
        at += s->len;
    }
    return rt_from_ptr(r);
}

rt_val
rt_str_repeat(rt_val v, int64_t n)
{
    struct rt_str *s = rt_str_of(v), *r;
    int64_t bytes, done;

    if (n <= 0 || s->len == 0)
        return rt_str_empty();
    if (n == 1)
        return rt_str_exact(v);
    if (n > MAX_LENGTH / s->len)
        return rt_raise_memory();
    r = rt_str_alloc(s->len * n, rt_str_max(s));
    if (r == NULL)
        return RT_NULL;
    bytes = s->len * s->kind;
    if (bytes == 1) {
        memset(r->data, s->data[0], (size_t)n);
        return rt_from_ptr(r);
    }
    memcpy(r->data, s->data, (size_t)bytes);
    for (done = 1; done < n;) {
        int64_t more = done < n - done ? done : n - done;

        memcpy(r->data + done * bytes, r->data, (size_t)(more * bytes));
        done += more;
    }
    return rt_from_ptr(r);
}
