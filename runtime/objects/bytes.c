/* SPDX-License-Identifier: MIT
 * runtime/objects/bytes.c: the type bytes: constructor, slots, iterators of
 * bytes and bytearray, and the view of any bytes-like object.
 */
#include "config.h"

#include "runtime/objects/format.h"
#include "runtime/objects/memoryview.h"
#include "runtime/objects/text.h"

#include <stdlib.h>

#include "base/buf.h"

#define MAX_LENGTH (INT64_C(1) << 40)

static struct rt_bytes *
alloc_as(struct rt_map *map, int64_t len)
{
    struct rt_bytes *b;
    size_t size;

    if (len > MAX_LENGTH) {
        rt_raise_memory();
        return NULL;
    }
    size = sizeof *b + (size_t)len + 1;
    b = size <= 512 ? rt_alloc(map, size) : rt_alloc_large(map, size);
    if (b == NULL)
        return NULL;
    b->len = len;
    b->data[len] = 0;
    return b;
}

rt_val
rt_bytes_new(const void *data, int64_t len)
{
    struct rt_bytes *b = alloc_as(&rt_bytes_type.root_map, len);

    if (b == NULL)
        return RT_NULL;
    if (data != NULL)
        memcpy(b->data, data, (size_t)len);
    return rt_from_ptr(b);
}

rt_val
rt_bytes_like(rt_val like, const void *data, int64_t len)
{
    return rt_is_bytes(like) ? rt_bytes_new(data, len)
                             : rt_bytearray_new(data, len);
}

/* -- views -- */

bool
rt_is_buffer(rt_val v)
{
    return rt_is_bytes(v) || rt_is_bytearray(v) ||
           (rt_is_obj(v) && rt_isinstance_exactly(v, &rt_memoryview_type)) ||
           rt_buffer_provider(v) != NULL;
}

int
rt_bytes_view(rt_val v, const char **data, int64_t *len)
{
    if (rt_is_bytes(v)) {
        *data = rt_bytes_of(v)->data;
        *len = rt_bytes_of(v)->len;
        return 0;
    }
    if (rt_is_bytearray(v)) {
        *data = rt_bytearray_data(v);
        *len = rt_bytearray_of(v)->len;
        return 0;
    }
    if (rt_is_obj(v) && rt_is_buffer(v))
        return rt_memoryview_bytes(v, data, len);
    rt_raise(&rt_exc_TypeError, "a bytes-like object is required, not '%T'", v);
    return -1;
}

int
rt_bytes_item(rt_val v)
{
    int64_t i;

    if (rt_index_i64(v, &i, NULL) < 0)
        return -1;
    if (i < 0 || i > 255) {
        rt_raise(&rt_exc_ValueError, "byte must be in range(0, 256)");
        return -1;
    }
    return (int)i;
}

/* -- construction -- */

static rt_val
from_iterable(rt_val x)
{
    struct nac_buf b = {.soft = true};
    rt_val it = rt_iter(x), v;

    if (rt_is_null(it)) {
        if (rt_exc_is(&rt_exc_TypeError)) {
            rt_exc_clear();
            rt_raise(&rt_exc_TypeError, "cannot convert '%T' object to bytes",
                     x);
        }
        return RT_NULL;
    }
    while (!rt_is_null(v = rt_next(it))) {
        int64_t i;

        if (rt_index_i64(v, &i, NULL) < 0)
            break;
        if (i < 0 || i > 255) {
            rt_raise(&rt_exc_ValueError, "bytes must be in range(0, 256)");
            break;
        }
        nac_buf_putc(&b, (char)i);
        if (b.failed)
            break;
    }
    v = rt_raised() ? RT_NULL
        : b.failed  ? rt_raise_memory()
                    : rt_bytes_new(b.data, (int64_t)b.len);
    nac_buf_free(&b);
    return v;
}

rt_val
rt_bytes_from_object(rt_val x)
{
    const char *data;
    int64_t len;

    if (rt_is_exact(x, &rt_bytes_type))
        return x;
    if (rt_is_buffer(x))
        return rt_bytes_view(x, &data, &len) < 0 ? RT_NULL
                                                 : rt_bytes_new(data, len);
    if (rt_is_str(x))
        return rt_raise(&rt_exc_TypeError,
                        "cannot convert '%T' object to bytes", x);
    return from_iterable(x);
}

static const char *
text_arg(rt_val v, const char *otherwise, const char *name, const char *what)
{
    if (rt_is_null(v))
        return otherwise;
    if (rt_is_str(v))
        return rt_str_utf8(v, NULL);
    rt_raise(&rt_exc_TypeError, "%s() argument '%s' must be str, not %T", name,
             what, v);
    return NULL;
}

/* __bytes__() of [x]; RT_NULL without exception: it has none. */
static rt_val
ask_bytes(rt_val x)
{
    rt_val f = rt_lookup_special(x, RT_ID(bytes)), r;

    if (rt_is_null(f))
        return RT_NULL;
    r = rt_call0(f);
    if (rt_is_null(r) || rt_is_bytes(r))
        return r;
    return rt_raise(&rt_exc_TypeError, "__bytes__ returned non-bytes (type %T)",
                    r);
}

rt_val
rt_bytes_from_args(const char *name, const rt_val a[3])
{
    const char *encoding, *errors;
    int64_t n;
    rt_val r;

    if (!rt_is_null(a[1]) || !rt_is_null(a[2])) {
        encoding = text_arg(a[1], "utf-8", name, "encoding");
        if (encoding == NULL)
            return RT_NULL;
        errors = text_arg(a[2], "strict", name, "errors");
        if (errors == NULL)
            return RT_NULL;
        if (rt_is_null(a[0]) || !rt_is_str(a[0]))
            return rt_raise(&rt_exc_TypeError,
                            rt_is_null(a[1])
                                ? "errors without a string argument"
                                : "encoding without a string argument");
        return rt_encode(a[0], encoding, errors);
    }
    if (rt_is_null(a[0]))
        return rt_bytes_new(NULL, 0);
    if (rt_is_str(a[0]))
        return rt_raise(&rt_exc_TypeError,
                        "string argument without an encoding");
    if (rt_is_exact(a[0], &rt_bytes_type))
        return a[0];
    if (name[4] != 'a') { /* bytes, not bytearray */
        r = ask_bytes(a[0]);
        if (!rt_is_null(r) || rt_raised())
            return r;
    }
    if (!rt_is_buffer(a[0]) && rt_type_of(a[0])->slots.to_index != NULL) {
        if (rt_index_i64(a[0], &n, &rt_exc_OverflowError) < 0)
            return RT_NULL;
        if (n < 0)
            return rt_raise(&rt_exc_ValueError, "negative count");
        r = rt_bytes_new(NULL, n);
        if (!rt_is_null(r))
            memset(rt_bytes_of(r)->data, 0, (size_t)n);
        return r;
    }
    return rt_bytes_from_object(a[0]);
}

static rt_val
bytes_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
           rt_val kwnames)
{
    static struct rt_signature *sig;
    struct rt_bytes *b;
    rt_val a[3], v;

    if (rt_bind(&sig, "bytes",
                "(source=b'', encoding='utf-8', "
                "errors='strict')",
                a, args, nargs, kwnames) < 0)
        return RT_NULL;
    v = rt_bytes_from_args("bytes", a);
    if (rt_is_null(v) || type == &rt_bytes_type)
        return v;
    b = alloc_as(&type->root_map, rt_bytes_of(v)->len);
    if (b == NULL)
        return RT_NULL;
    memcpy(b->data, rt_bytes_of(v)->data, (size_t)b->len);
    return rt_from_ptr(b);
}

/* -- slots -- */

rt_val
rt_bytes_repr(const char *data, int64_t len, bool array)
{
    static const char hex[] = "0123456789abcdef";
    char quote = '\'';
    struct nac_buf b = {.soft = true};
    int64_t i;
    rt_val r;

    if (memchr(data, '\'', (size_t)len) != NULL &&
        memchr(data, '"', (size_t)len) == NULL)
        quote = '"';
    nac_buf_putc(&b, 'b');
    nac_buf_putc(&b, quote);
    for (i = 0; i < len; i++) {
        unsigned char c = (unsigned char)data[i];

        if (c == quote || c == '\\' || (array && c == '\'')) {
            nac_buf_putc(&b, '\\');
            nac_buf_putc(&b, (char)c);
        } else if (c == '\t' || c == '\n' || c == '\r') {
            nac_buf_puts(&b, c == '\t' ? "\\t" : c == '\n' ? "\\n" : "\\r");
        } else if (c < ' ' || c >= 127) {
            nac_buf_puts(&b, "\\x");
            nac_buf_putc(&b, hex[c >> 4]);
            nac_buf_putc(&b, hex[c & 15]);
        } else {
            nac_buf_putc(&b, (char)c);
        }
    }
    nac_buf_putc(&b, quote);
    r = b.failed ? rt_raise_memory()
                 : rt_str_from_ascii(b.data, (int64_t)b.len);
    nac_buf_free(&b);
    return r;
}

static rt_val
bytes_repr(rt_val v)
{
    return rt_bytes_repr(rt_bytes_of(v)->data, rt_bytes_of(v)->len, false);
}

static int64_t
bytes_hash(rt_val v)
{
    struct rt_bytes *b = rt_bytes_of(v);

    if (b->hash == 0)
        b->hash = rt_hash_bytes(b->data, (size_t)b->len);
    return b->hash;
}

rt_val
rt_bytes_compare(rt_val a, rt_val b, enum rt_cmp op)
{
    const char *x, *y;
    int64_t n, m;
    int c;

    if (!rt_is_buffer(a) || !rt_is_buffer(b))
        return rt_NotImplemented;
    if (rt_bytes_view(a, &x, &n) < 0 || rt_bytes_view(b, &y, &m) < 0)
        return RT_NULL;
    if (n != m && (op == RT_EQ || op == RT_NE))
        return rt_from_bool(op == RT_NE);
    c = memcmp(x, y, (size_t)(n < m ? n : m));
    if (c == 0)
        c = n < m ? -1 : n > m;
    switch (op) {
    case RT_LT:
        return rt_from_bool(c < 0);
    case RT_LE:
        return rt_from_bool(c <= 0);
    case RT_EQ:
        return rt_from_bool(c == 0);
    case RT_NE:
        return rt_from_bool(c != 0);
    case RT_GT:
        return rt_from_bool(c > 0);
    default:
        return rt_from_bool(c >= 0);
    }
}

static int64_t
bytes_length(rt_val v)
{
    return rt_bytes_of(v)->len;
}

static int
bytes_truth(rt_val v)
{
    return rt_bytes_of(v)->len != 0;
}

static rt_val
bytes_slice(rt_val self, rt_val key)
{
    struct rt_bytes *b = rt_bytes_of(self), *r;
    int64_t start, stop, step, count, i;
    rt_val v;

    if (rt_slice_adjust(key, b->len, &start, &stop, &step, &count) < 0)
        return RT_NULL;
    if (count == b->len && step == 1 && rt_is_exact(self, &rt_bytes_type))
        return self;
    if (step == 1)
        return rt_bytes_new(b->data + start, count);
    v = rt_bytes_new(NULL, count);
    if (rt_is_null(v))
        return v;
    r = rt_bytes_of(v);
    for (i = 0; i < count; i++)
        r->data[i] = b->data[start + i * step];
    return v;
}

static rt_val
bytes_getitem(rt_val self, rt_val key)
{
    struct rt_bytes *b = rt_bytes_of(self);
    int64_t i;

    if (rt_is_exact(key, &rt_slice_type))
        return bytes_slice(self, key);
    if (!rt_is_any_int(key) && rt_type_of(key)->slots.to_index == NULL)
        return rt_raise(&rt_exc_TypeError,
                        "byte indices must be integers or slices, not %T", key);
    if (rt_index_i64(key, &i, &rt_exc_IndexError) < 0)
        return RT_NULL;
    if (i < 0)
        i += b->len;
    if (i < 0 || i >= b->len)
        return rt_raise(&rt_exc_IndexError, "index out of range");
    return rt_from_small((unsigned char)b->data[i]);
}

int
rt_bytes_contains(rt_val self, rt_val item)
{
    const char *s, *sub;
    int64_t len, n;
    char byte;
    int c;

    if (rt_bytes_view(self, &s, &len) < 0)
        return -1;
    if (rt_is_any_int(item) ||
        (!rt_is_buffer(item) && rt_type_of(item)->slots.to_index != NULL)) {
        c = rt_bytes_item(item);
        if (c < 0)
            return -1;
        byte = (char)c;
        return rt_mem_find(s, 0, len, &byte, 1) >= 0;
    }
    if (rt_bytes_view(item, &sub, &n) < 0)
        return -1;
    return rt_mem_find(s, 0, len, sub, n) >= 0;
}

rt_val
rt_bytes_add(rt_val a, rt_val b)
{
    const char *x, *y;
    int64_t n, m;
    char *p;
    rt_val r;

    if (!rt_is_buffer(a) || !rt_is_buffer(b))
        return rt_NotImplemented;
    if (rt_bytes_view(a, &x, &n) < 0 || rt_bytes_view(b, &y, &m) < 0)
        return RT_NULL;
    r = rt_bytes_like(a, NULL, n + m);
    if (rt_is_null(r))
        return r;
    p = rt_is_bytes(r) ? rt_bytes_of(r)->data : rt_bytearray_data(r);
    memcpy(p, x, (size_t)n);
    memcpy(p + n, y, (size_t)m);
    return r;
}

static rt_val
bytes_add(rt_val a, rt_val b)
{
    return rt_is_bytes(a) ? rt_bytes_add(a, b) : rt_NotImplemented;
}

rt_val
rt_bytes_repeat(rt_val self, rt_val count)
{
    const char *s;
    int64_t len, n, i;
    char *p;
    rt_val r;

    if (!rt_is_any_int(count) && rt_type_of(count)->slots.to_index == NULL)
        return rt_NotImplemented;
    if (rt_index_i64(count, &n, &rt_exc_OverflowError) < 0 ||
        rt_bytes_view(self, &s, &len) < 0)
        return RT_NULL;
    if (n < 0)
        n = 0;
    if (len != 0 && n > MAX_LENGTH / len)
        return rt_raise_memory();
    r = rt_bytes_like(self, NULL, len * n);
    if (rt_is_null(r))
        return r;
    p = rt_is_bytes(r) ? rt_bytes_of(r)->data : rt_bytearray_data(r);
    if (len == 1)
        memset(p, s[0], (size_t)n);
    else
        for (i = 0; i < n; i++)
            memcpy(p + i * len, s, (size_t)len);
    return r;
}

static rt_val
bytes_mul(rt_val a, rt_val b)
{
    return rt_is_bytes(a) ? rt_bytes_repeat(a, b) : rt_bytes_repeat(b, a);
}

static rt_val
bytes_mod(rt_val a, rt_val b)
{
    if (!rt_is_bytes(a))
        return rt_NotImplemented;
    return rt_bytes_percent(a, b, false);
}

/* -- iterators -- */

struct bytes_iter {
    struct rt_obj head;
    rt_val bytes; /* RT_NULL: exhausted */
    int64_t at;
};

static rt_val
make_iter(rt_val v, struct rt_type *type)
{
    struct bytes_iter *it = RT_NEW(struct bytes_iter, type);

    it->bytes = v;
    return rt_from_ptr(it);
}

static rt_val
bytes_iter(rt_val v)
{
    return make_iter(v, &rt_bytes_iter_type);
}

rt_val
rt_bytearray_iter(rt_val v)
{
    return make_iter(v, &rt_bytearray_iter_type);
}

static void
iter_trace(struct rt_obj *obj, struct rt_marker *marker)
{
    rt_gc_visit(marker, ((struct bytes_iter *)obj)->bytes);
}

static rt_val
iter_self(rt_val v)
{
    return v;
}

static rt_val
iter_next(rt_val v)
{
    struct bytes_iter *it = rt_ptr(v);
    const char *data;
    int64_t len;

    if (rt_is_null(it->bytes) || rt_bytes_view(it->bytes, &data, &len) < 0)
        return RT_NULL;
    if (it->at < len)
        return rt_from_small((unsigned char)data[it->at++]);
    it->bytes = RT_NULL;
    return RT_NULL;
}

static rt_val
iter_hint(rt_val self, rt_val *args)
{
    struct bytes_iter *it = rt_ptr(self);
    const char *data;
    int64_t len;

    (void)args;
    if (rt_is_null(it->bytes))
        return rt_from_small(0);
    if (rt_bytes_view(it->bytes, &data, &len) < 0)
        return RT_NULL;
    return rt_from_small(len > it->at ? len - it->at : 0);
}

static rt_val
iter_reduce(rt_val self, rt_val *args)
{
    struct bytes_iter *it = rt_ptr(self);
    rt_val iter = rt_dict_get_name(rt_builtins, rt_intern("iter"));

    (void)args;
    if (rt_is_null(it->bytes))
        return rt_tuple_pack(2, iter, rt_tuple_pack(1, rt_tuple_new(NULL, 0)));
    return rt_tuple_pack(3, iter, rt_tuple_pack(1, it->bytes),
                         rt_from_small(it->at));
}

static rt_val
iter_setstate(rt_val self, rt_val *args)
{
    struct bytes_iter *it = rt_ptr(self);

    if (rt_index_ssize(args[0], &it->at) < 0)
        return RT_NULL;
    if (it->at < 0)
        it->at = 0;
    return rt_None;
}

static const struct rt_method iter_methods[] = {
    RT_METHOD("__length_hint__", iter_hint, READS, "($self, /)",
              "Private method returning an estimate of len(list(it))."),
    RT_METHOD("__reduce__", iter_reduce, READS, "($self, /)",
              "Return state information for pickling."),
    RT_METHOD("__setstate__", iter_setstate, ANY, "($self, state, /)",
              "Set state information for unpickling."),
    RT_END_METHODS,
};

struct rt_type rt_bytes_iter_type = {
    RT_TYPE_HEAD(bytes_iter, "bytes_iterator", sizeof(struct bytes_iter)),
    .flags = RT_TYPE_NOINSTANCE,
    .trace = iter_trace,
    .methods = iter_methods,
    .slots = {.iter = iter_self, .next = iter_next},
};

struct rt_type rt_bytearray_iter_type = {
    RT_TYPE_HEAD(bytearray_iter, "bytearray_iterator",
                 sizeof(struct bytes_iter)),
    .flags = RT_TYPE_NOINSTANCE,
    .trace = iter_trace,
    .methods = iter_methods,
    .slots = {.iter = iter_self, .next = iter_next},
};

struct rt_type rt_bytes_type = {
    RT_TYPE_HEAD(bytes, "bytes", sizeof(struct rt_bytes)),
    .flags = RT_TYPE_BASE | RT_TYPE_BYTES | RT_TYPE_PLAIN,
    .methods = rt_bytes_methods,
    .cdoc = "bytes(iterable_of_ints) -> bytes\n"
            "bytes(string, encoding[, errors]) -> bytes\n"
            "bytes(bytes_or_buffer) -> immutable copy of bytes_or_buffer\n"
            "bytes(int) -> bytes object of size given by the parameter "
            "initialized with null bytes\n"
            "bytes() -> empty bytes object",
    .slots =
        {
            .repr = bytes_repr,
            .hash = bytes_hash,
            .compare = rt_bytes_compare,
            .iter = bytes_iter,
            .make = bytes_make,
            .truth = bytes_truth,
            .length = bytes_length,
            .getitem = bytes_getitem,
            .contains = rt_bytes_contains,
            .binary =
                {
                    [RT_ADD] = bytes_add,
                    [RT_MUL] = bytes_mul,
                    [RT_MOD] = bytes_mod,
                },
        },
};
