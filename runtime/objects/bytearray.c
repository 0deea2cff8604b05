/* SPDX-License-Identifier: MIT
 * runtime/objects/bytearray.c: the type bytearray. Its bytes lie in a blob with
 * spare room; memoryviews hold the blob, so that a bytearray may be resized
 * while there are any (they go on seeing the old memory): without counts of
 * references nobody could say when the last view is gone.
 */
#include "config.h"

#include "runtime/objects/bytes_parts.h"
#include "runtime/objects/format.h"
#include "runtime/objects/text.h"

static struct rt_bytearray *
self_of(rt_val v)
{
    return rt_bytearray_of(v);
}

char *
rt_bytearray_data(rt_val v)
{
    static char nothing[1];
    struct rt_bytearray *b = rt_bytearray_of(v);

    return b->blob == NULL ? nothing : b->blob->data;
}

int
rt_bytearray_resize(rt_val v, int64_t len)
{
    struct rt_bytearray *b = rt_bytearray_of(v);
    struct rt_blob *blob;
    int64_t cap = b->blob == NULL ? 0 : (int64_t)b->blob->size - 1;

    if (len > cap) {
        cap = b->blob == NULL ? len : len + (len >> 3) + 16;
        blob = rt_alloc_blob((uint64_t)cap + 1);
        if (blob == NULL)
            return -1;
        if (b->blob != NULL)
            memcpy(blob->data, b->blob->data, (size_t)b->len);
        b->blob = blob;
        rt_barrier(b);
    }
    b->len = len;
    if (b->blob != NULL)
        b->blob->data[len] = 0;
    return 0;
}

rt_val
rt_bytearray_new(const void *data, int64_t len)
{
    struct rt_bytearray *b = RT_NEW(struct rt_bytearray, &rt_bytearray_type);
    rt_val v = rt_from_ptr(b);

    if (len > 0 && rt_bytearray_resize(v, len) < 0)
        return RT_NULL;
    if (data != NULL && len > 0)
        memcpy(b->blob->data, data, (size_t)len);
    return v;
}

static void
bytearray_trace(struct rt_obj *obj, struct rt_marker *marker)
{
    rt_gc_visit_ptr(marker, ((struct rt_bytearray *)obj)->blob);
}

static rt_val
bytearray_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
               rt_val kwnames)
{
    (void)args;
    (void)nargs;
    (void)kwnames;
    return rt_instance_new(type);
}

/* Replaces [from, to) by other bytes, which may be its own. */
static int
replace_range(rt_val self, int64_t from, int64_t to, const char *data,
              int64_t n)
{
    struct rt_bytearray *b = self_of(self);
    int64_t len = b->len, tail = len - to;
    rt_val copy = rt_bytes_new(data, n);

    if (rt_is_null(copy))
        return -1;
    if (len - (to - from) + n > len &&
        rt_bytearray_resize(self, len - (to - from) + n) < 0)
        return -1;
    if (b->blob == NULL)
        return 0;
    memmove(b->blob->data + from + n, b->blob->data + to, (size_t)tail);
    memcpy(b->blob->data + from, rt_bytes_of(copy)->data, (size_t)n);
    return rt_bytearray_resize(self, len - (to - from) + n);
}

static int
bytearray_init(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    static struct rt_signature *sig;
    rt_val a[3], v;

    if (rt_bind(&sig, "bytearray",
                "(source=b'', encoding='utf-8', "
                "errors='strict')",
                a, args, nargs, kwnames) < 0)
        return -1;
    v = rt_bytes_from_args("bytearray", a);
    if (rt_is_null(v))
        return -1;
    self_of(self)->len = 0;
    return replace_range(self, 0, 0, rt_bytes_of(v)->data, rt_bytes_of(v)->len);
}

/* -- slots -- */

static rt_val
bytearray_repr(rt_val v)
{
    rt_val s = rt_bytes_repr(rt_bytearray_data(v), self_of(v)->len, true);

    return rt_str_format("%s(%U)", rt_type_name(rt_type_of(v)), s);
}

static int64_t
bytearray_length(rt_val v)
{
    return self_of(v)->len;
}

static int
bytearray_truth(rt_val v)
{
    return self_of(v)->len != 0;
}

static int
index_of(rt_val self, rt_val key, int64_t *i)
{
    if (!rt_is_any_int(key) && rt_type_of(key)->slots.to_index == NULL) {
        rt_raise(&rt_exc_TypeError,
                 "bytearray indices must be integers or slices, not %T", key);
        return -1;
    }
    if (rt_index_i64(key, i, &rt_exc_IndexError) < 0)
        return -1;
    if (*i < 0)
        *i += self_of(self)->len;
    if (*i < 0 || *i >= self_of(self)->len) {
        rt_raise(&rt_exc_IndexError, "bytearray index out of range");
        return -1;
    }
    return 0;
}

static rt_val
bytearray_getitem(rt_val self, rt_val key)
{
    char *data = rt_bytearray_data(self), *to;
    int64_t i, start, stop, step, count;
    rt_val r;

    if (!rt_is_exact(key, &rt_slice_type)) {
        if (index_of(self, key, &i) < 0)
            return RT_NULL;
        return rt_from_small((unsigned char)data[i]);
    }
    if (rt_slice_unpack(key, &start, &stop, &step) < 0)
        return RT_NULL;
    count = rt_slice_clip(self_of(self)->len, &start, &stop, step);
    if (step == 1)
        return rt_bytearray_new(data + start, count);
    r = rt_bytearray_new(NULL, count);
    if (rt_is_null(r))
        return r;
    to = rt_bytearray_data(r);
    for (i = 0; i < count; i++)
        to[i] = data[start + i * step];
    return r;
}

/* del self[start:stop:step] with a step other than 1 */
static int
delete_step(rt_val self, int64_t start, int64_t step, int64_t count)
{
    struct rt_bytearray *b = self_of(self);
    int64_t i, at;

    if (count == 0)
        return 0;
    if (step < 0) {
        start += step * (count - 1);
        step = -step;
    }
    for (i = at = start; i < b->len; i++)
        if ((i - start) % step != 0 || (i - start) / step >= count)
            b->blob->data[at++] = b->blob->data[i];
    return rt_bytearray_resize(self, at);
}

static int
set_slice(rt_val self, rt_val key, rt_val value)
{
    int64_t start, stop, step, count, n = 0, i;
    const char *data = NULL;

    if (!rt_is_null(value)) {
        if (!rt_is_buffer(value)) {
            if (rt_is_any_int(value) || rt_is_str(value)) {
                rt_raise(&rt_exc_TypeError,
                         "can assign only bytes, buffers, or iterables of "
                         "ints in range(0, 256)");
                return -1;
            }
            value = rt_bytes_from_object(value);
            if (rt_is_null(value))
                return -1;
        }
        if (rt_bytes_view(value, &data, &n) < 0)
            return -1;
    }
    if (rt_slice_unpack(key, &start, &stop, &step) < 0)
        return -1;
    count = rt_slice_clip(self_of(self)->len, &start, &stop, step);
    if (step == 1) {
        if (stop < start)
            stop = start;
        return replace_range(self, start, stop, data, n);
    }
    if (rt_is_null(value))
        return delete_step(self, start, step, count);
    if (n != count) {
        if (n == 0)
            return delete_step(self, start, step, count);
        rt_raise(&rt_exc_ValueError,
                 "attempt to assign bytes of size %ld to extended slice of "
                 "size %ld",
                 (long)n, (long)count);
        return -1;
    }
    for (i = 0; i < n; i++)
        self_of(self)->blob->data[start + i * step] = data[i];
    return 0;
}

static int
bytearray_setitem(rt_val self, rt_val key, rt_val value)
{
    int64_t i;
    int byte;

    if (rt_is_exact(key, &rt_slice_type))
        return set_slice(self, key, value);
    if (index_of(self, key, &i) < 0)
        return -1;
    if (rt_is_null(value))
        return replace_range(self, i, i + 1, NULL, 0);
    byte = rt_bytes_item(value);
    if (byte < 0)
        return -1;
    if (i >= self_of(self)->len) { /* __index__ made it shorter */
        rt_raise(&rt_exc_IndexError, "bytearray index out of range");
        return -1;
    }
    self_of(self)->blob->data[i] = (char)byte;
    return 0;
}

static int
append_bytes(rt_val self, const char *data, int64_t n)
{
    struct rt_bytearray *b = self_of(self);
    int64_t len = b->len;

    if (rt_bytearray_resize(self, len + n) < 0)
        return -1;
    if (n > 0)
        memmove(b->blob->data + len, data, (size_t)n);
    return 0;
}

static rt_val
bytearray_add(rt_val a, rt_val b)
{
    struct rt_type *type = rt_type_of(b);

    if (!rt_is_bytearray(a))
        return rt_NotImplemented;
    if (!rt_is_buffer(b) &&
        (!(type->flags & RT_TYPE_HEAP) || type->slots.binary[RT_ADD] == NULL))
        return rt_raise(&rt_exc_TypeError, "can't concat %T to %T", b, a);
    return rt_bytes_add(a, b);
}

static rt_val
bytearray_iadd(rt_val self, rt_val other)
{
    const char *data;
    int64_t n;

    if (!rt_is_buffer(other))
        return rt_raise(&rt_exc_TypeError, "can't concat %T to %T", other,
                        self);
    if (rt_bytes_view(other, &data, &n) < 0 || append_bytes(self, data, n) < 0)
        return RT_NULL;
    return self;
}

static rt_val
bytearray_mul(rt_val a, rt_val b)
{
    return rt_is_bytearray(a) ? rt_bytes_repeat(a, b) : rt_bytes_repeat(b, a);
}

static rt_val
bytearray_imul(rt_val self, rt_val count)
{
    rt_val r = rt_bytes_repeat(self, count);

    if (rt_is_null(r) || rt_same(r, rt_NotImplemented))
        return r;
    self_of(self)->blob = self_of(r)->blob;
    self_of(self)->len = self_of(r)->len;
    rt_barrier(self_of(self));
    return self;
}

static rt_val
bytearray_mod(rt_val a, rt_val b)
{
    if (!rt_is_bytearray(a))
        return rt_NotImplemented;
    return rt_bytes_percent(a, b, true);
}

/* -- methods -- */

rt_val
rt_bytearraym_append(rt_val self, rt_val *args)
{
    int byte = rt_bytes_item(args[0]);
    char c = (char)byte;

    if (byte < 0 || append_bytes(self, &c, 1) < 0)
        return RT_NULL;
    return rt_None;
}

rt_val
rt_bytearraym_extend(rt_val self, rt_val *args)
{
    rt_val v = args[0];
    const char *data;
    int64_t n;

    if (!rt_is_buffer(v)) {
        if (rt_is_str(v))
            return rt_raise(&rt_exc_TypeError,
                            "'str' object cannot be interpreted as an "
                            "integer");
        if (rt_type_of(v)->slots.iter == NULL &&
            rt_type_of(v)->slots.getitem == NULL)
            return rt_raise(&rt_exc_TypeError, "can't extend bytearray with %T",
                            v);
        v = rt_bytes_from_object(v);
        if (rt_is_null(v)) {
            if (rt_exc_is(&rt_exc_ValueError)) {
                rt_exc_clear();
                rt_raise(&rt_exc_ValueError, "byte must be in range(0, 256)");
            }
            return RT_NULL;
        }
    }
    if (rt_bytes_view(v, &data, &n) < 0 || append_bytes(self, data, n) < 0)
        return RT_NULL;
    return rt_None;
}

rt_val
rt_bytearraym_insert(rt_val self, rt_val *args)
{
    int64_t i, n = self_of(self)->len;
    int byte;
    char c;

    if (rt_index_ssize(args[0], &i) < 0)
        return RT_NULL;
    byte = rt_bytes_item(args[1]);
    if (byte < 0)
        return RT_NULL;
    c = (char)byte;
    if (i < 0)
        i = i + n < 0 ? 0 : i + n;
    if (i > n)
        i = n;
    return replace_range(self, i, i, &c, 1) < 0 ? RT_NULL : rt_None;
}

rt_val
rt_bytearraym_pop(rt_val self, rt_val *args)
{
    int64_t i = -1, n = self_of(self)->len;
    int byte;

    if (!rt_is_null(args[0]) && rt_index_ssize(args[0], &i) < 0)
        return RT_NULL;
    if (n == 0)
        return rt_raise(&rt_exc_IndexError, "pop from empty bytearray");
    if (i < 0)
        i += n;
    if (i < 0 || i >= n)
        return rt_raise(&rt_exc_IndexError, "pop index out of range");
    byte = (unsigned char)self_of(self)->blob->data[i];
    if (replace_range(self, i, i + 1, NULL, 0) < 0)
        return RT_NULL;
    return rt_from_small(byte);
}

rt_val
rt_bytearraym_remove(rt_val self, rt_val *args)
{
    int byte = rt_bytes_item(args[0]);
    int64_t i;
    char c = (char)byte;

    if (byte < 0)
        return RT_NULL;
    i = rt_mem_find(rt_bytearray_data(self), 0, self_of(self)->len, &c, 1);
    if (i < 0)
        return rt_raise(&rt_exc_ValueError, "value not found in bytearray");
    return replace_range(self, i, i + 1, NULL, 0) < 0 ? RT_NULL : rt_None;
}

rt_val
rt_bytearraym_reverse(rt_val self, rt_val *args)
{
    char *p = rt_bytearray_data(self);
    int64_t n = self_of(self)->len, i;

    (void)args;
    for (i = 0; i < n / 2; i++) {
        char c = p[i];

        p[i] = p[n - 1 - i];
        p[n - 1 - i] = c;
    }
    return rt_None;
}

rt_val
rt_bytearraym_clear(rt_val self, rt_val *args)
{
    (void)args;
    self_of(self)->len = 0;
    self_of(self)->blob = NULL;
    return rt_None;
}

rt_val
rt_bytearraym_copy(rt_val self, rt_val *args)
{
    (void)args;
    return rt_bytearray_new(rt_bytearray_data(self), self_of(self)->len);
}

rt_val
rt_bytearraym_reduce(rt_val self, rt_val *args)
{
    rt_val state = rt_getattr_opt(self, RT_ID(dict));
    rt_val bytes = rt_bytes_new(rt_bytearray_data(self), self_of(self)->len);

    (void)args;
    if (rt_raised())
        return RT_NULL;
    return rt_tuple_pack(3, rt_from_ptr(rt_type_of(self)),
                         rt_tuple_pack(1, bytes),
                         rt_is_null(state) ? rt_None : state);
}

rt_val
rt_bytearraym_alloc(rt_val self, rt_val *args)
{
    struct rt_bytearray *b = self_of(self);

    (void)args;
    return rt_int_from_u64(b->blob == NULL ? 0 : b->blob->size);
}

struct rt_type rt_bytearray_type = {
    RT_TYPE_HEAD(bytearray, "bytearray", sizeof(struct rt_bytearray)),
    .flags = RT_TYPE_BASE,
    .trace = bytearray_trace,
    .methods = rt_bytearray_methods,
    .cdoc = "bytearray(iterable_of_ints) -> bytearray\n"
            "bytearray(string, encoding[, errors]) -> bytearray\n"
            "bytearray(bytes_or_buffer) -> mutable copy of bytes_or_buffer\n"
            "bytearray(int) -> bytes array of size given by the parameter "
            "initialized with null bytes\n"
            "bytearray() -> empty bytes array",
    .slots =
        {
            .repr = bytearray_repr,
            .compare = rt_bytes_compare,
            .iter = rt_bytearray_iter,
            .make = bytearray_make,
            .init = bytearray_init,
            .truth = bytearray_truth,
            .length = bytearray_length,
            .getitem = bytearray_getitem,
            .setitem = bytearray_setitem,
            .contains = rt_bytes_contains,
            .binary =
                {
                    [RT_ADD] = bytearray_add,
                    [RT_MUL] = bytearray_mul,
                    [RT_MOD] = bytearray_mod,
                },
            .inplace =
                {
                    [RT_ADD] = bytearray_iadd,
                    [RT_MUL] = bytearray_imul,
                },
        },
};
