/* SPDX-License-Identifier: MIT
 * runtime/objects/memoryview.c: memoryview, in one dimension: a window of items
 * with a stride onto memory of another object.
 */
#include "config.h"

#include "runtime/objects/bytes_parts.h"
#include "runtime/objects/memoryview.h"
#include "runtime/objects/text.h"

struct memoryview {
    struct rt_obj head;
    rt_val base;   /* the object asked for its memory */
    rt_val memory; /* what keeps the memory alive */
    char *data;
    int64_t len, stride, itemsize; /* items, bytes, bytes */
    const char *format;
    int64_t hash; /* 0: not computed */
    bool readonly, released;
};

#define view_of(v) ((struct memoryview *)rt_ptr(v))

/* -- formats -- */

static const char formats[] = "?bBcehHiIlLqQnNPfd";

static int
size_of(char format)
{
    switch (format) {
    case '?':
    case 'b':
    case 'B':
    case 'c':
        return 1;
    case 'e':
    case 'h':
    case 'H':
        return 2;
    case 'i':
    case 'I':
    case 'f':
        return 4;
    default:
        return 8;
    }
}

/* Static text of a format such as "B" or "@B"; NULL: not a native one. */
static const char *
native_format(const char *text)
{
    static char texts[sizeof formats][2];
    const char *p;

    if (text[0] == '@')
        text++;
    p = text[0] == 0 ? NULL : strchr(formats, text[0]);
    if (p == NULL || text[1] != 0)
        return NULL;
    texts[p - formats][0] = *p;
    return texts[p - formats];
}

#define LOAD(T, v)                                                             \
    T v;                                                                       \
    memcpy(&v, p, sizeof v)

static rt_val
unpack(const char *p, char format)
{
    switch (format) {
    case '?':
        return rt_from_bool(*p != 0);
    case 'b':
        return rt_from_small((signed char)*p);
    case 'B':
        return rt_from_small((unsigned char)*p);
    case 'c':
        return rt_bytes_new(p, 1);
    case 'h': {
        LOAD(int16_t, i);
        return rt_from_small(i);
    }
    case 'H': {
        LOAD(uint16_t, i);
        return rt_from_small(i);
    }
    case 'i': {
        LOAD(int32_t, i);
        return rt_from_small(i);
    }
    case 'I': {
        LOAD(uint32_t, i);
        return rt_from_small(i);
    }
    case 'f': {
        LOAD(float, f);
        return rt_from_any_float((double)f);
    }
    case 'd': {
        LOAD(double, f);
        return rt_from_any_float(f);
    }
    case 'l':
    case 'q':
    case 'n': {
        LOAD(int64_t, i);
        return rt_int_from_i64(i);
    }
    case 'L':
    case 'Q':
    case 'N':
    case 'P': {
        LOAD(uint64_t, i);
        return rt_int_from_u64(i);
    }
    default:
        return rt_raise(&rt_exc_NotImplementedError,
                        "memoryview: format %c not supported", format);
    }
}

static int
bad_value(char format)
{
    rt_raise(&rt_exc_ValueError, "memoryview: invalid value for format '%c'",
             format);
    return -1;
}

static int
pack_int(char *p, char format, rt_val v)
{
    int size = size_of(format);
    bool is_signed = format == 'b' || format == 'h' || format == 'i' ||
                     format == 'l' || format == 'q' || format == 'n';
    rt_val i;
    mpz_t z;
    int64_t x;

    if (!rt_is_any_int(v) && rt_type_of(v)->slots.to_index == NULL) {
        rt_raise(&rt_exc_TypeError, "memoryview: invalid type for format '%c'",
                 format);
        return -1;
    }
    i = rt_index(v);
    if (rt_is_null(i))
        return -1;
    if (!rt_int_to_i64(i, &x)) {
        struct rt_bigint *b = rt_ptr(i);

        if (is_signed || size < 8 || b->size != 1)
            return bad_value(format);
        mpz_roinit_n(z, b->limbs, b->size);
        x = (int64_t)mpz_get_ui(z);
    } else if (is_signed ? size < 8 && (x < -(INT64_C(1) << (8 * size - 1)) ||
                                        x >= INT64_C(1) << (8 * size - 1))
                         : x < 0 || (size < 8 && x >= INT64_C(1) << 8 * size)) {
        return bad_value(format);
    }
    memcpy(p, &x, (size_t)size);
    return 0;
}

static int
pack(char *p, char format, rt_val v)
{
    double d;
    float f;
    int truth;

    switch (format) {
    case '?':
        truth = rt_truth(v);
        *p = (char)truth;
        return truth < 0 ? -1 : 0;
    case 'c':
        if (!rt_is_bytes(v)) {
            rt_raise(&rt_exc_TypeError,
                     "memoryview: invalid type for format 'c'");
            return -1;
        }
        if (rt_bytes_of(v)->len != 1)
            return bad_value('c');
        *p = rt_bytes_of(v)->data[0];
        return 0;
    case 'f':
    case 'd':
        if (rt_as_double(v, &d) < 0) {
            rt_exc_clear();
            rt_raise(&rt_exc_TypeError,
                     "memoryview: invalid type for format '%c'", format);
            return -1;
        }
        f = (float)d;
        memcpy(p, format == 'f' ? (void *)&f : (void *)&d,
               format == 'f' ? sizeof f : sizeof d);
        return 0;
    case 'e':
        rt_raise(&rt_exc_NotImplementedError,
                 "memoryview: format e not supported");
        return -1;
    default:
        return pack_int(p, format, v);
    }
}

/* -- construction -- */

static struct rt_buffer_provider *providers;

void
rt_buffer_register(struct rt_buffer_provider *provider)
{
    provider->next = providers;
    providers = provider;
}

const struct rt_buffer_provider *
rt_buffer_provider(rt_val v)
{
    const struct rt_buffer_provider *p;

    if (!rt_is_obj(v))
        return NULL;
    for (p = providers; p != NULL; p = p->next)
        if (rt_isinstance_exactly(v, p->type))
            return p;
    return NULL;
}

static int
released(const struct memoryview *m)
{
    if (!m->released)
        return 0;
    rt_raise(&rt_exc_ValueError,
             "operation forbidden on released memoryview object");
    return -1;
}

static struct memoryview *
allocate(const struct memoryview *like)
{
    struct memoryview *m = RT_NEW(struct memoryview, &rt_memoryview_type);
    struct rt_obj head = m->head;

    if (like != NULL) {
        *m = *like;
        m->head = head;
        m->hash = 0;
    }
    return m;
}

static rt_val
view_of_buffer(rt_val v)
{
    const struct rt_buffer_provider *p = rt_buffer_provider(v);
    struct rt_buffer b = {0};
    struct memoryview *m;

    if (p == NULL)
        return rt_raise(&rt_exc_TypeError,
                        "memoryview: a bytes-like object is required, not "
                        "'%T'",
                        v);
    if (p->get(v, &b) < 0)
        return RT_NULL;
    m = allocate(NULL);
    m->data = b.data;
    m->len = b.len / b.itemsize;
    m->itemsize = m->stride = b.itemsize;
    m->format = b.format;
    m->readonly = b.readonly;
    m->base = m->memory = v;
    return rt_from_ptr(m);
}

rt_val
rt_memoryview_new(rt_val v)
{
    struct memoryview *m;

    if (rt_is_obj(v) && rt_isinstance_exactly(v, &rt_memoryview_type)) {
        if (released(view_of(v)) < 0)
            return RT_NULL;
        return rt_from_ptr(allocate(view_of(v)));
    }
    if (!rt_is_bytes(v) && !rt_is_bytearray(v))
        return view_of_buffer(v);
    m = allocate(NULL);
    m->base = m->memory = v;
    m->format = native_format("B");
    m->itemsize = m->stride = 1;
    if (rt_is_bytes(v)) {
        m->data = rt_bytes_of(v)->data;
        m->len = rt_bytes_of(v)->len;
        m->readonly = true;
    } else {
        m->data = rt_bytearray_data(v);
        m->len = rt_bytearray_of(v)->len;
        if (rt_bytearray_of(v)->blob != NULL)
            m->memory = rt_from_ptr(rt_bytearray_of(v)->blob);
    }
    return rt_from_ptr(m);
}

static rt_val
memoryview_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
                rt_val kwnames)
{
    static struct rt_signature *sig;
    rt_val a[1];

    (void)type;
    if (rt_bind(&sig, "memoryview", "(object)", a, args, nargs, kwnames) < 0)
        return RT_NULL;
    return rt_memoryview_new(a[0]);
}

static void
memoryview_trace(struct rt_obj *obj, struct rt_marker *marker)
{
    struct memoryview *m = (struct memoryview *)obj;

    rt_gc_visit(marker, m->base);
    rt_gc_visit(marker, m->memory);
}

static bool
contiguous(const struct memoryview *m)
{
    return m->stride == m->itemsize || m->len <= 1;
}

static rt_val
to_bytes(const struct memoryview *m)
{
    rt_val r = rt_bytes_new(NULL, m->len * m->itemsize);
    int64_t i;

    if (rt_is_null(r))
        return r;
    for (i = 0; i < m->len; i++)
        memcpy(rt_bytes_of(r)->data + i * m->itemsize, m->data + i * m->stride,
               (size_t)m->itemsize);
    return r;
}

int
rt_memoryview_bytes(rt_val v, const char **data, int64_t *len)
{
    struct memoryview *m;
    rt_val r = v;

    if (!rt_isinstance_exactly(v, &rt_memoryview_type)) {
        r = view_of_buffer(v);
        if (rt_is_null(r))
            return -1;
    }
    m = view_of(r);
    if (released(m) < 0)
        return -1;
    *len = m->len * m->itemsize;
    *data = m->data;
    if (!contiguous(m)) {
        r = to_bytes(m);
        if (rt_is_null(r))
            return -1;
        *data = rt_bytes_of(r)->data;
    }
    return 0;
}

int
rt_bytes_writable(rt_val v, char **data, int64_t *len)
{
    struct memoryview *m;
    rt_val r;

    if (rt_is_bytearray(v)) {
        *data = rt_bytearray_data(v);
        *len = rt_bytearray_of(v)->len;
        return 0;
    }
    if (rt_is_obj(v) && rt_is_buffer(v) && !rt_is_bytes(v)) {
        r = rt_memoryview_new(v);
        if (rt_is_null(r))
            return -1;
        m = view_of(r);
        if (!m->readonly && contiguous(m)) {
            *data = m->data;
            *len = m->len * m->itemsize;
            return 0;
        }
    }
    rt_raise(&rt_exc_TypeError,
             "a read-write bytes-like object is required, not '%T'", v);
    return -1;
}

/* -- slots -- */

static rt_val
memoryview_repr(rt_val v)
{
    return rt_str_format(view_of(v)->released ? "<released memory at %p>"
                                              : "<memory at %p>",
                         rt_ptr(v));
}

static int64_t
memoryview_hash(rt_val v)
{
    struct memoryview *m = view_of(v);
    rt_val b;

    if (m->hash != 0)
        return m->hash;
    if (released(m) < 0)
        return -1;
    if (!m->readonly) {
        rt_raise(&rt_exc_ValueError, "cannot hash writable memoryview object");
        return -1;
    }
    if (strchr("Bbc", m->format[0]) == NULL) {
        rt_raise(&rt_exc_ValueError, "memoryview: hashing is restricted to "
                                     "formats 'B', 'b' or 'c'");
        return -1;
    }
    b = to_bytes(m);
    m->hash = rt_is_null(b) ? -1 : rt_hash(b);
    return m->hash;
}

static rt_val
compare_values(struct memoryview *a, struct memoryview *b, bool equal)
{
    int64_t i;
    int r;

    if (a->len != b->len)
        return rt_from_bool(!equal);
    for (i = 0; i < a->len; i++) {
        rt_val x = unpack(a->data + i * a->stride, a->format[0]);
        rt_val y = unpack(b->data + i * b->stride, b->format[0]);

        if (rt_is_null(x) || rt_is_null(y))
            return RT_NULL;
        r = rt_compare_bool(x, y, RT_EQ);
        if (r <= 0)
            return r < 0 ? RT_NULL : rt_from_bool(!equal);
    }
    return rt_from_bool(equal);
}

static rt_val
memoryview_compare(rt_val a, rt_val b, enum rt_cmp op)
{
    rt_val other;

    if ((op != RT_EQ && op != RT_NE) || !rt_is_buffer(b))
        return rt_NotImplemented;
    other = rt_isinstance_exactly(b, &rt_memoryview_type)
                ? b
                : rt_memoryview_new(b);
    if (rt_is_null(other))
        return RT_NULL;
    if (view_of(a)->released || view_of(other)->released)
        return rt_from_bool((rt_ptr(a) == rt_ptr(b)) == (op == RT_EQ));
    return compare_values(view_of(a), view_of(other), op == RT_EQ);
}

static int64_t
memoryview_length(rt_val v)
{
    return released(view_of(v)) < 0 ? -1 : view_of(v)->len;
}

static int
item_index(struct memoryview *m, rt_val key, int64_t *i)
{
    if (!rt_is_any_int(key) && rt_type_of(key)->slots.to_index == NULL) {
        rt_raise(&rt_exc_TypeError, "memoryview: invalid slice key");
        return -1;
    }
    if (rt_index_i64(key, i, &rt_exc_IndexError) < 0)
        return -1;
    if (*i < 0)
        *i += m->len;
    if (*i < 0 || *i >= m->len) {
        rt_raise(&rt_exc_IndexError, "index out of bounds on dimension 1");
        return -1;
    }
    return 0;
}

static rt_val
sliced(struct memoryview *m, rt_val key)
{
    int64_t start, stop, step, count;
    struct memoryview *r;

    if (rt_slice_adjust(key, m->len, &start, &stop, &step, &count) < 0)
        return RT_NULL;
    r = allocate(m);
    r->data = m->data + start * m->stride;
    r->stride = m->stride * step;
    r->len = count;
    return rt_from_ptr(r);
}

static rt_val
memoryview_getitem(rt_val self, rt_val key)
{
    struct memoryview *m = view_of(self);
    int64_t i;

    if (released(m) < 0)
        return RT_NULL;
    if (rt_is_exact(key, &rt_slice_type))
        return sliced(m, key);
    if (rt_same(key, rt_Ellipsis))
        return self;
    if (item_index(m, key, &i) < 0)
        return RT_NULL;
    return unpack(m->data + i * m->stride, m->format[0]);
}

static int
assign_slice(struct memoryview *m, rt_val key, rt_val value)
{
    rt_val target = sliced(m, key), source, copy;
    struct memoryview *t, *s;
    int64_t i;

    if (rt_is_null(target))
        return -1;
    source = rt_memoryview_new(value);
    if (rt_is_null(source))
        return -1;
    t = view_of(target);
    s = view_of(source);
    if (t->len != s->len || t->itemsize != s->itemsize ||
        t->format[0] != s->format[0]) {
        rt_raise(&rt_exc_ValueError, "memoryview assignment: lvalue and "
                                     "rvalue have different structures");
        return -1;
    }
    copy = to_bytes(s);
    if (rt_is_null(copy))
        return -1;
    for (i = 0; i < t->len; i++)
        memcpy(t->data + i * t->stride,
               rt_bytes_of(copy)->data + i * t->itemsize, (size_t)t->itemsize);
    return 0;
}

static int
memoryview_setitem(rt_val self, rt_val key, rt_val value)
{
    struct memoryview *m = view_of(self);
    int64_t i;

    if (released(m) < 0)
        return -1;
    if (m->readonly) {
        rt_raise(&rt_exc_TypeError, "cannot modify read-only memory");
        return -1;
    }
    if (rt_is_null(value)) {
        rt_raise(&rt_exc_TypeError, "cannot delete memory");
        return -1;
    }
    if (rt_is_exact(key, &rt_slice_type))
        return assign_slice(m, key, value);
    if (item_index(m, key, &i) < 0)
        return -1;
    return pack(m->data + i * m->stride, m->format[0], value);
}

/* -- methods -- */

static rt_val
memoryview_tobytes(rt_val self, rt_val *args)
{
    (void)args;
    return released(view_of(self)) < 0 ? RT_NULL : to_bytes(view_of(self));
}

static rt_val
memoryview_tolist(rt_val self, rt_val *args)
{
    struct memoryview *m = view_of(self);
    rt_val list, v;
    int64_t i;

    (void)args;
    if (released(m) < 0)
        return RT_NULL;
    list = rt_list_new(NULL, 0);
    for (i = 0; i < m->len; i++) {
        v = unpack(m->data + i * m->stride, m->format[0]);
        if (rt_is_null(v) || rt_list_append(list, v) < 0)
            return RT_NULL;
    }
    return list;
}

static rt_val
memoryview_hex(rt_val self, rt_val *args)
{
    const char *data;
    int64_t len;

    if (rt_memoryview_bytes(self, &data, &len) < 0)
        return RT_NULL;
    return rt_hex_text(data, len, args[0], args[1]);
}

static rt_val
memoryview_toreadonly(rt_val self, rt_val *args)
{
    struct memoryview *m;

    (void)args;
    if (released(view_of(self)) < 0)
        return RT_NULL;
    m = allocate(view_of(self));
    m->readonly = true;
    return rt_from_ptr(m);
}

static rt_val
memoryview_release(rt_val self, rt_val *args)
{
    struct memoryview *m = view_of(self);
    const struct rt_buffer_provider *p;

    (void)args;
    if (!m->released) {
        p = rt_buffer_provider(m->base);
        if (p != NULL && p->release != NULL)
            p->release(m->base);
    }
    m->released = true;
    m->data = NULL;
    m->len = 0;
    m->base = m->memory = rt_None;
    return rt_None;
}

static rt_val
memoryview_enter(rt_val self, rt_val *args)
{
    (void)args;
    return released(view_of(self)) < 0 ? RT_NULL : self;
}

static rt_val
memoryview_cast(rt_val self, rt_val *args)
{
    struct memoryview *m = view_of(self), *r;
    const char *format, *text;
    int size;

    if (released(m) < 0)
        return RT_NULL;
    if (!rt_is_str(args[0]))
        return rt_raise(&rt_exc_TypeError,
                        "cast() argument 'format' must be str, not %T",
                        args[0]);
    text = rt_str_utf8(args[0], NULL);
    format = text == NULL ? NULL : native_format(text);
    if (format == NULL)
        return rt_raised()
                   ? RT_NULL
                   : rt_raise(&rt_exc_ValueError,
                              "memoryview: destination format must be a "
                              "native single character format prefixed with "
                              "an optional '@'");
    if (!contiguous(m))
        return rt_raise(&rt_exc_TypeError, "memoryview: casts are restricted "
                                           "to C-contiguous views");
    size = size_of(format[0]);
    if (strchr("Bbc", m->format[0]) == NULL && strchr("Bbc", format[0]) == NULL)
        return rt_raise(&rt_exc_TypeError,
                        "memoryview: cannot cast between two non-byte "
                        "formats");
    if (m->len * m->itemsize % size != 0)
        return rt_raise(&rt_exc_TypeError, "memoryview: length is not a "
                                           "multiple of itemsize");
    r = allocate(m);
    r->len = m->len * m->itemsize / size;
    r->itemsize = r->stride = size;
    r->format = format;
    return rt_from_ptr(r);
}

static rt_val
get_obj(rt_val self)
{
    return released(view_of(self)) < 0 ? RT_NULL : view_of(self)->base;
}

static rt_val
get_nbytes(rt_val self)
{
    struct memoryview *m = view_of(self);

    return released(m) < 0 ? RT_NULL : rt_from_small(m->len * m->itemsize);
}

static rt_val
get_itemsize(rt_val self)
{
    struct memoryview *m = view_of(self);

    return released(m) < 0 ? RT_NULL : rt_from_small(m->itemsize);
}

static rt_val
get_format(rt_val self)
{
    struct memoryview *m = view_of(self);

    return released(m) < 0 ? RT_NULL : rt_str_new(m->format, -1);
}

static rt_val
get_readonly(rt_val self)
{
    struct memoryview *m = view_of(self);

    return released(m) < 0 ? RT_NULL : rt_from_bool(m->readonly);
}

static rt_val
get_ndim(rt_val self)
{
    return released(view_of(self)) < 0 ? RT_NULL : rt_from_small(1);
}

static rt_val
get_shape(rt_val self)
{
    struct memoryview *m = view_of(self);

    return released(m) < 0 ? RT_NULL : rt_tuple_pack(1, rt_from_small(m->len));
}

static rt_val
get_strides(rt_val self)
{
    struct memoryview *m = view_of(self);

    return released(m) < 0 ? RT_NULL
                           : rt_tuple_pack(1, rt_from_small(m->stride));
}

static rt_val
get_suboffsets(rt_val self)
{
    return released(view_of(self)) < 0 ? RT_NULL : rt_tuple_new(NULL, 0);
}

static rt_val
get_contiguous(rt_val self)
{
    struct memoryview *m = view_of(self);

    return released(m) < 0 ? RT_NULL : rt_from_bool(contiguous(m));
}

static const struct rt_method memoryview_methods[] = {
    RT_METHOD("tobytes", memoryview_tobytes, READS, "($self, /, order='C')",
              "Return the data in the buffer as a byte string."),
    RT_METHOD("tolist", memoryview_tolist, READS, "($self, /)",
              "Return the data in the buffer as a list of elements."),
    RT_METHOD("hex", memoryview_hex, ANY,
              "($self, /, sep=None, bytes_per_sep=1)",
              "Return the data in the buffer as a str of hexadecimal "
              "numbers."),
    RT_METHOD("toreadonly", memoryview_toreadonly, READS, "($self, /)",
              "Return a readonly version of the memoryview."),
    RT_METHOD("cast", memoryview_cast, ANY, "($self, /, format)",
              "Cast a memoryview to a new format."),
    RT_METHOD("release", memoryview_release, OWN, "($self, /)",
              "Release the underlying buffer exposed by the memoryview "
              "object."),
    RT_METHOD("__enter__", memoryview_enter, READS, "($self, /)", NULL),
    RT_METHOD("__exit__", memoryview_release, OWN, "($self, /, *exc_info)",
              NULL),
    RT_END_METHODS,
};

static const struct rt_getset memoryview_getsets[] = {
    {"obj", get_obj, NULL, "The underlying object of the memoryview."},
    {"nbytes", get_nbytes, NULL, "The amount of space in bytes."},
    {"itemsize", get_itemsize, NULL, "The size in bytes of each element."},
    {"format", get_format, NULL, "The format of the elements."},
    {"readonly", get_readonly, NULL, "Whether the memory is read only."},
    {"ndim", get_ndim, NULL, "The number of dimensions."},
    {"shape", get_shape, NULL, "The number of elements."},
    {"strides", get_strides, NULL, "The distance of elements in bytes."},
    {"suboffsets", get_suboffsets, NULL, "Used for PIL-style arrays only."},
    {"contiguous", get_contiguous, NULL, "Whether the memory is contiguous."},
    {"c_contiguous", get_contiguous, NULL,
     "Whether the memory is C contiguous."},
    {"f_contiguous", get_contiguous, NULL,
     "Whether the memory is Fortran contiguous."},
    RT_END_GETSETS,
};

struct rt_type rt_memoryview_type = {
    RT_TYPE_HEAD(memoryview, "memoryview", sizeof(struct memoryview)),
    .flags = RT_TYPE_SEQUENCE,
    .trace = memoryview_trace,
    .methods = memoryview_methods,
    .getsets = memoryview_getsets,
    .cdoc = "Create a new memoryview object which references the given "
            "object.",
    .slots =
        {
            .repr = memoryview_repr,
            .hash = memoryview_hash,
            .compare = memoryview_compare,
            .make = memoryview_make,
            .length = memoryview_length,
            .getitem = memoryview_getitem,
            .setitem = memoryview_setitem,
        },
};
