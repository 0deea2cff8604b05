/* SPDX-License-Identifier: MIT
 * runtime/abstract.c: operations on any object by its type's slots: repr, str,
 * format, hash, truth, comparison, items, iteration, isinstance. Operators are
 * in operators.c, calls in call.c.
 */
#include "config.h"

#include "runtime/objects/containers.h"
#include "runtime/objects/format.h"
#include "runtime/type.h"

/* -- text -- */

/* For what recurses from object to object; RecursionError is set then. */
static bool
c_stack_is_low(void)
{
    if (NAC_LIKELY((char *)__builtin_frame_address(0) >= rt_ts->c_stack_limit))
        return false;
    rt_raise(&rt_exc_RecursionError, "maximum recursion depth exceeded");
    return true;
}

static rt_val
check_str(rt_val v, rt_val result, const char *method)
{
    if (rt_is_null(result) || rt_is_str(result))
        return result;
    (void)v;
    return rt_raise(&rt_exc_TypeError, "%s returned non-string (type %T)",
                    method, result);
}

rt_val
rt_repr(rt_val v)
{
    rt_unaryfn fn = rt_type_of(v)->slots.repr;
    rt_val r;

    if (rt_enter(" while getting the repr of an object") < 0)
        return RT_NULL;
    r = check_str(v, fn(v), "__repr__");
    rt_leave();
    return r;
}

rt_val
rt_str(rt_val v)
{
    rt_unaryfn fn = rt_type_of(v)->slots.str;
    rt_val r;

    if (rt_is_exact(v, &rt_str_type))
        return v;
    if (!fn)
        return rt_repr(v);
    if (rt_enter(" while getting the str of an object") < 0)
        return RT_NULL;
    r = check_str(v, fn(v), "__str__");
    rt_leave();
    return r;
}

rt_val
rt_ascii(rt_val v)
{
    rt_val r = rt_repr(v);
    struct rt_builder b = {0};
    struct rt_str *s;

    if (rt_is_null(r) || rt_str_of(r)->ascii)
        return r;
    s = rt_str_of(r);
    for (int64_t i = 0; i < s->len; i++) {
        uint32_t c = rt_str_at(s, i);
        char text[16];

        if (c < 128) {
            rt_builder_add(&b, c);
            continue;
        }
        snprintf(text, sizeof text,
                 c < 256       ? "\\x%02x"
                 : c < 0x10000 ? "\\u%04x"
                               : "\\U%08x",
                 c);
        rt_builder_utf8(&b, text, -1);
    }
    return rt_builder_finish(&b);
}

rt_val
rt_format(rt_val v, rt_val spec)
{
    rt_val f, r;

    if (rt_is_null(spec) || !rt_str_of(spec)->len) {
        if (rt_is_exact(v, &rt_str_type))
            return v;
        if (rt_is_small(v))
            return rt_str(v);
        spec = RT_ID(empty);
    }
    if (rt_is_small(v))
        return rt_int_format(v, spec);
    if (rt_is_float(v))
        return rt_float_format(v, spec);
    if (rt_is_exact(v, &rt_str_type))
        return rt_str_format_spec(v, spec);
    f = rt_lookup_special(v, RT_ID(format));
    if (rt_is_null(f)) {
        if (rt_raised())
            return RT_NULL;
        return rt_raise(&rt_exc_TypeError, "Type %T doesn't define __format__",
                        v);
    }
    r = rt_call1(f, spec);
    if (rt_is_null(r) || rt_is_str(r))
        return r;
    return rt_raise(&rt_exc_TypeError, "__format__ must return a str, not %T",
                    r);
}

/* -- hash, truth, length -- */

int64_t
rt_hash(rt_val v)
{
    int64_t (*fn)(rt_val) = rt_type_of(v)->slots.hash;

    if (fn && rt_is_obj(v)) {
        if (c_stack_is_low())
            return -1;
        return fn(v);
    }
    if (fn)
        return fn(v);
    rt_raise(&rt_exc_TypeError, "unhashable type: '%T'", v);
    return -1;
}

int
rt_truth(rt_val v)
{
    struct rt_type *type;
    int64_t n;

    if (rt_same(v, rt_True))
        return 1;
    if (rt_same(v, rt_False) || rt_is_none(v))
        return 0;
    type = rt_type_of(v);
    if (type->slots.truth)
        return type->slots.truth(v);
    if (!type->slots.length)
        return 1;
    n = type->slots.length(v);
    return n < 0 ? -1 : n > 0;
}

int64_t
rt_len(rt_val v)
{
    int64_t (*fn)(rt_val) = rt_type_of(v)->slots.length;

    if (fn)
        return fn(v);
    rt_raise(&rt_exc_TypeError, "object of type '%T' has no len()", v);
    return -1;
}

int64_t
rt_length_hint(rt_val v, int64_t otherwise)
{
    struct rt_type *type = rt_type_of(v);
    rt_val r;
    int64_t n;

    if (type->slots.length) {
        n = type->slots.length(v);
        if (n >= 0)
            return n;
        if (!rt_exc_is(&rt_exc_TypeError))
            return -1;
        rt_exc_clear();
    }
    r = rt_call_special(v, RT_ID(length_hint), NULL, 0);
    if (rt_is_null(r)) {
        if (!rt_raised())
            return otherwise;
        if (!rt_exc_is(&rt_exc_TypeError))
            return -1;
        rt_exc_clear();
        return otherwise;
    }
    if (rt_same(r, rt_NotImplemented))
        return otherwise;
    if (!rt_is_any_int(r)) {
        rt_raise(&rt_exc_TypeError,
                 "__length_hint__ must be an integer, not %T", r);
        return -1;
    }
    if (rt_index_i64(r, &n, &rt_exc_OverflowError) < 0)
        return -1;
    if (n < 0) {
        rt_raise(&rt_exc_ValueError, "__length_hint__() should return >= 0");
        return -1;
    }
    return n;
}

/* -- comparison -- */

static const enum rt_cmp swapped[] = {
    [RT_LT] = RT_GT, [RT_LE] = RT_GE, [RT_EQ] = RT_EQ,
    [RT_NE] = RT_NE, [RT_GT] = RT_LT, [RT_GE] = RT_LE,
};
static const char *const signs[] = {
    [RT_LT] = "<",  [RT_LE] = "<=", [RT_EQ] = "==",
    [RT_NE] = "!=", [RT_GT] = ">",  [RT_GE] = ">=",
};

static rt_val
compare(rt_val a, rt_val b, enum rt_cmp op)
{
    struct rt_type *ta = rt_type_of(a), *tb = rt_type_of(b);
    bool tried = false;
    rt_val v;

    if (ta != tb && tb->slots.compare && rt_is_subtype(tb, ta)) {
        tried = true;
        v = tb->slots.compare(b, a, swapped[op]);
        if (!rt_same(v, rt_NotImplemented))
            return v;
    }
    if (ta->slots.compare) {
        v = ta->slots.compare(a, b, op);
        if (!rt_same(v, rt_NotImplemented))
            return v;
    }
    if (!tried && tb->slots.compare) {
        v = tb->slots.compare(b, a, swapped[op]);
        if (!rt_same(v, rt_NotImplemented))
            return v;
    }
    if (op == RT_EQ)
        return rt_from_bool(rt_same(a, b));
    if (op == RT_NE)
        return rt_from_bool(!rt_same(a, b));
    return rt_raise(&rt_exc_TypeError,
                    "'%s' not supported between instances of '%T' and '%T'",
                    signs[op], a, b);
}

rt_val
rt_compare(rt_val a, rt_val b, enum rt_cmp op)
{
    rt_val v;

    if (rt_enter(" in comparison") < 0)
        return RT_NULL;
    v = compare(a, b, op);
    rt_leave();
    return v;
}

int
rt_compare_bool(rt_val a, rt_val b, enum rt_cmp op)
{
    rt_val v = rt_compare(a, b, op);

    return rt_is_null(v) ? -1 : rt_truth(v);
}

int
rt_equal(rt_val a, rt_val b)
{
    if (rt_same(a, b))
        return 1;
    if (rt_is_small(a) && rt_is_small(b))
        return 0;
    if (rt_is_exact(a, &rt_str_type) && rt_is_exact(b, &rt_str_type))
        return rt_str_equal(a, b);
    return rt_compare_bool(a, b, RT_EQ);
}

/* -- items -- */

rt_val
rt_getitem(rt_val v, rt_val key)
{
    struct rt_type *type = rt_type_of(v);

    if (type->slots.getitem)
        return type->slots.getitem(v, key);
    if (type->flags & RT_TYPE_TYPE) {
        rt_val f;

        if (rt_ptr(v) == &rt_type_type)
            return rt_generic_alias_new(v, key);
        f = rt_getattr_opt(v, RT_ID(class_getitem));
        if (!rt_is_null(f))
            return rt_call1(f, key);
        if (rt_raised())
            return RT_NULL;
        return rt_raise(&rt_exc_TypeError, "type '%U' is not subscriptable",
                        rt_type_full_name(rt_type_ptr(v)));
    }
    return rt_raise(&rt_exc_TypeError, "'%T' object is not subscriptable", v);
}

int
rt_setitem(rt_val v, rt_val key, rt_val value)
{
    int (*fn)(rt_val, rt_val, rt_val) = rt_type_of(v)->slots.setitem;

    if (fn)
        return fn(v, key, value);
    rt_raise(&rt_exc_TypeError, "'%T' object does not support item assignment",
             v);
    return -1;
}

int
rt_delitem(rt_val v, rt_val key)
{
    struct rt_type *type = rt_type_of(v);
    int (*fn)(rt_val, rt_val, rt_val) = type->slots.setitem;

    if (fn)
        return fn(v, key, RT_NULL);
    /* CPython words it twice: for sequences and for everything else. */
    rt_raise(&rt_exc_TypeError, "'%T' object %s support item deletion", v,
             rt_is_index(key) && (type->flags & RT_TYPE_HEAP ||
                                  type->slots.getitem || type->slots.contains)
                 ? "doesn't"
                 : "does not");
    return -1;
}

int
rt_contains_by_iteration(rt_val container, rt_val item)
{
    struct rt_type *type = rt_type_of(container);
    rt_val it, v;

    if (!type->slots.iter && !type->slots.getitem) {
        rt_raise(&rt_exc_TypeError, "argument of type '%T' is not iterable",
                 container);
        return -1;
    }
    it = rt_iter(container);
    if (rt_is_null(it)) {
        if (rt_exc_is(&rt_exc_TypeError)) {
            rt_exc_clear();
            rt_raise(&rt_exc_TypeError, "argument of type '%T' is not iterable",
                     container);
        }
        return -1;
    }
    while (!rt_is_null(v = rt_next(it))) {
        int r = rt_equal(v, item);

        if (r)
            return r;
    }
    return rt_raised() ? -1 : 0;
}

int
rt_contains(rt_val container, rt_val item)
{
    int (*fn)(rt_val, rt_val) = rt_type_of(container)->slots.contains;

    return fn ? fn(container, item) : rt_contains_by_iteration(container, item);
}

/* -- iteration -- */

rt_val
rt_iter(rt_val v)
{
    struct rt_type *type = rt_type_of(v);
    rt_val it;

    if (!type->slots.iter) {
        if (type->slots.getitem && !(type->flags & RT_TYPE_DICT))
            return rt_seq_iter_new(v);
        return rt_raise(&rt_exc_TypeError, "'%T' object is not iterable", v);
    }
    it = type->slots.iter(v);
    if (rt_is_null(it) || rt_type_of(it)->slots.next)
        return it;
    return rt_raise(&rt_exc_TypeError,
                    "iter() returned non-iterator of type '%T'", it);
}

rt_val
rt_next(rt_val iterator)
{
    rt_val (*fn)(rt_val) = rt_type_of(iterator)->slots.next;
    rt_val v;

    if (!fn)
        return rt_raise(&rt_exc_TypeError, "'%T' object is not an iterator",
                        iterator);
    /* map of map of map ... */
    if (c_stack_is_low())
        return RT_NULL;
    v = fn(iterator);
    if (rt_is_null(v) && rt_raised() && rt_exc_is(&rt_exc_StopIteration))
        rt_exc_clear();
    return v;
}

/* -- isinstance, issubclass -- */

/* __bases__ of something that poses as a class; RT_NULL: it is none. */
static rt_val
bases_of(rt_val cls)
{
    rt_val bases = rt_getattr_opt(cls, RT_ID(bases));

    return rt_is_null(bases) || rt_is_tuple(bases) ? bases : RT_NULL;
}

static int
derives(rt_val sub, rt_val cls)
{
    rt_val bases;
    int64_t n;
    rt_val *items;

    if (rt_same(sub, cls))
        return 1;
    bases = bases_of(sub);
    if (rt_is_null(bases))
        return rt_raised() ? -1 : 0;
    items = rt_seq_items(bases, &n);
    for (int64_t i = 0; i < n; i++) {
        int r = derives(items[i], cls);

        if (r)
            return r;
    }
    return 0;
}

static int
check_class(rt_val cls, const char *text)
{
    rt_val bases = bases_of(cls);

    if (!rt_is_null(bases))
        return 0;
    if (!rt_raised())
        rt_raise(&rt_exc_TypeError, "%s", text);
    return -1;
}

int
rt_isinstance_plain(rt_val v, rt_val cls)
{
    rt_val c;

    if (rt_is_type(cls)) {
        if (rt_is_subtype(rt_type_of(v), rt_type_ptr(cls)))
            return 1;
        c = rt_getattr_opt(v, RT_ID(class));
        if (rt_is_null(c))
            return rt_raised() ? -1 : 0;
        return !rt_same(c, rt_from_ptr(rt_type_of(v))) && rt_is_type(c) &&
               rt_is_subtype(rt_type_ptr(c), rt_type_ptr(cls));
    }
    if (check_class(cls, "isinstance() arg 2 must be a type, a tuple of types, "
                         "or a union") < 0)
        return -1;
    c = rt_getattr_opt(v, RT_ID(class));
    if (rt_is_null(c))
        return rt_raised() ? -1 : 0;
    return derives(c, cls);
}

int
rt_issubclass_plain(rt_val sub, rt_val cls)
{
    if (rt_is_type(sub) && rt_is_type(cls))
        return rt_is_subtype(rt_type_ptr(sub), rt_type_ptr(cls));
    if (check_class(sub, "issubclass() arg 1 must be a class") < 0 ||
        check_class(cls, "issubclass() arg 2 must be a class, a tuple of "
                         "classes, or a union") < 0)
        return -1;
    return derives(sub, cls);
}

typedef int (*checkfn)(rt_val, rt_val);

static int
check_with(rt_val v, rt_val cls, rt_val name, checkfn again, checkfn plain)
{
    rt_val r;

    if (rt_is_type(cls) && rt_type_of(cls) == &rt_type_type)
        return plain(v, cls);
    if (rt_is_tuple(cls)) {
        int64_t n;
        rt_val *items = rt_seq_items(cls, &n);
        int found = 0;

        if (rt_enter(" in __instancecheck__") < 0)
            return -1;
        for (int64_t i = 0; i < n && !found; i++)
            found = again(v, items[i]);
        rt_leave();
        return found;
    }
    if (rt_enter(" in __instancecheck__") < 0)
        return -1;
    r = rt_call_special(cls, name, &v, 1);
    rt_leave();
    if (!rt_is_null(r))
        return rt_truth(r);
    return rt_raised() ? -1 : plain(v, cls);
}

int
rt_isinstance(rt_val v, rt_val cls)
{
    if (rt_same(rt_from_ptr(rt_type_of(v)), cls))
        return 1;
    return check_with(v, cls, RT_ID(instancecheck), rt_isinstance,
                      rt_isinstance_plain);
}

int
rt_issubclass(rt_val sub, rt_val cls)
{
    return check_with(sub, cls, RT_ID(subclasscheck), rt_issubclass,
                      rt_issubclass_plain);
}
