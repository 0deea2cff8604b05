/* SPDX-License-Identifier: MIT
 * runtime/objects/str_type.c: the type str: constructor, slots, iterator.
 */
#include "config.h"

#include "runtime/objects/format.h"
#include "runtime/objects/text.h"
#include "runtime/interp/inlined.h"

/* -- construction -- */

static const char *
text_or(rt_val v, const char *otherwise, const char *what)
{
    if (rt_is_null(v))
        return otherwise;
    if (rt_is_str(v))
        return rt_str_utf8(v, NULL);
    rt_raise(&rt_exc_TypeError, "str() argument '%s' must be str, not %T", what,
             v);
    return NULL;
}

static rt_val
decode(rt_val x, rt_val encoding, rt_val errors)
{
    const char *data, *name, *handler;
    int64_t len;

    name = text_or(encoding, "utf-8", "encoding");
    if (name == NULL)
        return RT_NULL;
    handler = text_or(errors, "strict", "errors");
    if (handler == NULL)
        return RT_NULL;
    if (rt_is_str(x))
        return rt_raise(&rt_exc_TypeError, "decoding str is not supported");
    if (!rt_is_buffer(x))
        return rt_raise(&rt_exc_TypeError,
                        "decoding to str: need a bytes-like object, %T found",
                        x);
    if (rt_bytes_view(x, &data, &len) < 0)
        return RT_NULL;
    return rt_decode(data, len, name, handler);
}

static rt_val
str_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
         rt_val kwnames)
{
    static struct rt_signature *sig;
    rt_val a[3], s;

    if (nargs == 1 && rt_is_null(kwnames)) {
        s = rt_str(args[0]);
    } else {
        if (rt_bind(&sig, "str",
                    "(object='', encoding='utf-8', "
                    "errors='strict')",
                    a, args, nargs, kwnames) < 0)
            return RT_NULL;
        if (rt_is_null(a[0]))
            s = rt_str_empty();
        else if (rt_is_null(a[1]) && rt_is_null(a[2]))
            s = rt_str(a[0]);
        else
            s = decode(a[0], a[1], a[2]);
    }
    if (rt_is_null(s) || type == &rt_str_type)
        return s;
    return rt_str_instance(type, s);
}

/* -- slots -- */

static rt_val
str_str(rt_val v)
{
    return rt_str_exact(v);
}

static rt_val
str_compare(rt_val a, rt_val b, enum rt_cmp op)
{
    int c;

    if (!rt_is_str(a) || !rt_is_str(b))
        return rt_NotImplemented;
    if (op == RT_EQ)
        return rt_from_bool(rt_str_equal(a, b));
    if (op == RT_NE)
        return rt_from_bool(!rt_str_equal(a, b));
    c = rt_str_compare(a, b);
    if (op == RT_LT)
        return rt_from_bool(c < 0);
    if (op == RT_LE)
        return rt_from_bool(c <= 0);
    return rt_from_bool(op == RT_GT ? c > 0 : c >= 0);
}

static int
str_truth(rt_val v)
{
    return rt_str_of(v)->len != 0;
}

static int64_t
str_length(rt_val v)
{
    return rt_str_of(v)->len;
}

static rt_val
slice(rt_val self, rt_val key)
{
    struct rt_str *s = rt_str_of(self), *r;
    int64_t start, stop, step, count, i;
    uint32_t all = 0;

    if (rt_slice_adjust(key, s->len, &start, &stop, &step, &count) < 0)
        return RT_NULL;
    if (step == 1)
        return rt_str_slice(self, start, start + count);
    if (count <= 0)
        return rt_str_empty();
    for (i = 0; i < count; i++)
        all |= rt_str_at(s, start + i * step);
    if (count == 1)
        return rt_str_from_char(all);
    r = rt_str_alloc(count, all);
    if (r == NULL)
        return RT_NULL;
    for (i = 0; i < count; i++)
        rt_str_put(r, i, rt_str_at(s, start + i * step));
    return rt_from_ptr(r);
}

static rt_val
str_getitem(rt_val self, rt_val key)
{
    struct rt_str *s = rt_str_of(self);
    int64_t i;

    if (rt_is_exact(key, &rt_slice_type))
        return slice(self, key);
    if (!rt_is_any_int(key) && rt_type_of(key)->slots.to_index == NULL)
        return rt_raise(&rt_exc_TypeError,
                        "string indices must be integers, not '%T'", key);
    if (rt_index_i64(key, &i, &rt_exc_IndexError) < 0)
        return RT_NULL;
    if (i < 0)
        i += s->len;
    if (i < 0 || i >= s->len)
        return rt_raise(&rt_exc_IndexError, "string index out of range");
    return rt_str_getitem(self, i);
}

static int
str_contains(rt_val self, rt_val item)
{
    if (!rt_is_str(item)) {
        rt_raise(&rt_exc_TypeError,
                 "'in <string>' requires string as left operand, not %T", item);
        return -1;
    }
    return rt_str_find(self, item, 0, rt_str_of(self)->len) >= 0;
}

static rt_val
str_add(rt_val a, rt_val b)
{
    if (!rt_is_str(a) || !rt_is_str(b))
        return rt_NotImplemented;
    return rt_str_concat(a, b);
}

static rt_val
str_mul(rt_val a, rt_val b)
{
    rt_val s = rt_is_str(a) ? a : b, count = rt_is_str(a) ? b : a;
    int64_t n;

    if (!rt_is_any_int(count) && rt_type_of(count)->slots.to_index == NULL)
        return rt_NotImplemented;
    if (rt_index_i64(count, &n, &rt_exc_OverflowError) < 0)
        return RT_NULL;
    return rt_str_repeat(s, n);
}

static rt_val
str_mod(rt_val a, rt_val b)
{
    if (!rt_is_str(a))
        return rt_NotImplemented;
    return rt_str_percent(a, b);
}

/* -- iterator -- */

struct str_iter {
    struct rt_obj head;
    rt_val str; /* RT_NULL: exhausted */
    int64_t at;
};

rt_val
rt_str_iter(rt_val s)
{
    struct str_iter *it = RT_NEW(struct str_iter, &rt_str_iter_type);

    it->str = s;
    return rt_from_ptr(it);
}

static void
str_iter_trace(struct rt_obj *obj, struct rt_marker *marker)
{
    rt_gc_visit(marker, ((struct str_iter *)obj)->str);
}

static rt_val
iter_self(rt_val v)
{
    return v;
}

static rt_val
str_iter_next(rt_val v)
{
    struct str_iter *it = rt_ptr(v);

    if (rt_is_null(it->str))
        return RT_NULL;
    if (it->at < rt_str_of(it->str)->len)
        return rt_str_getitem(it->str, it->at++);
    it->str = RT_NULL;
    return RT_NULL;
}

static rt_val
str_iter_hint(rt_val self, rt_val *args)
{
    struct str_iter *it = rt_ptr(self);

    (void)args;
    return rt_from_small(
        rt_is_null(it->str) ? 0 : rt_str_of(it->str)->len - it->at);
}

static rt_val
str_iter_reduce(rt_val self, rt_val *args)
{
    struct str_iter *it = rt_ptr(self);
    rt_val iter = rt_dict_get_name(rt_builtins, rt_intern("iter"));

    (void)args;
    if (rt_is_null(it->str))
        return rt_tuple_pack(2, iter, rt_tuple_pack(1, rt_str_empty()));
    return rt_tuple_pack(3, iter, rt_tuple_pack(1, it->str),
                         rt_from_small(it->at));
}

static rt_val
str_iter_setstate(rt_val self, rt_val *args)
{
    struct str_iter *it = rt_ptr(self);
    int64_t at;

    if (rt_index_ssize(args[0], &at) < 0)
        return RT_NULL;
    it->at = at < 0 ? 0 : at;
    return rt_None;
}

static const struct rt_method str_iter_methods[] = {
    RT_METHOD("__length_hint__", str_iter_hint, READS, "($self, /)",
              "Private method returning an estimate of len(list(it))."),
    RT_METHOD("__reduce__", str_iter_reduce, READS, "($self, /)",
              "Return state information for pickling."),
    RT_METHOD("__setstate__", str_iter_setstate, ANY, "($self, state, /)",
              "Set state information for unpickling."),
    RT_END_METHODS,
};

struct rt_type rt_str_iter_type = {
    RT_TYPE_HEAD(str_iter, "str_iterator", sizeof(struct str_iter)),
    .flags = RT_TYPE_NOINSTANCE,
    .trace = str_iter_trace,
    .methods = str_iter_methods,
    .slots = {.iter = iter_self, .next = str_iter_next},
};

struct rt_type rt_str_type = {
    RT_TYPE_HEAD(str, "str", sizeof(struct rt_str)),
    .inlined = RT_INLINE_STR,
    .flags = RT_TYPE_BASE | RT_TYPE_STR | RT_TYPE_PLAIN,
    .trace = rt_str_trace,
    .methods = rt_str_methods,
    .cdoc = "str(object='') -> str\n"
            "str(bytes_or_buffer[, encoding[, errors]]) -> str\n\n"
            "Create a new string object from the given object.",
    .slots =
        {
            .repr = rt_str_repr,
            .str = str_str,
            .hash = rt_str_hash,
            .compare = str_compare,
            .iter = rt_str_iter,
            .make = str_make,
            .truth = str_truth,
            .length = str_length,
            .getitem = str_getitem,
            .contains = str_contains,
            .binary =
                {
                    [RT_ADD] = str_add,
                    [RT_MUL] = str_mul,
                    [RT_MOD] = str_mod,
                },
        },
};
