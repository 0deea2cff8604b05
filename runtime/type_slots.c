/* SPDX-License-Identifier: MIT
 * runtime/type_slots.c: special methods and slots, both ways (slots.def): slot
 * wrappers that call a builtin type's C function from Python, and the generic
 * C functions that fill the slots of Python classes and call their special
 * methods.
 */
#include "config.h"

#include "runtime/shape.h"
#include "runtime/type.h"

typedef void (*anyfn)(void);

/* -- calling special methods -- */

/* [first] and the [n] arguments in one array; [buf] has room for 8. */
static const rt_val *
prepend(rt_val first, const rt_val *args, size_t n, rt_val *buf)
{
    if (n > 7) {
        struct rt_words *w = rt_alloc_words(n + 1);

        if (!w)
            return NULL;
        buf = w->items;
    }
    buf[0] = first;
    if (n)
        memcpy(buf + 1, args, n * sizeof *args);
    return buf;
}

static uint32_t
count_kw(rt_val kwnames)
{
    return rt_is_null(kwnames) ? 0 : (uint32_t)rt_tuple_of(kwnames)->len;
}

static rt_val
call_method(rt_val f, rt_val self, const rt_val *args, uint32_t nargs,
            rt_val kwnames)
{
    rt_val buf[8];

    if (rt_has_flag(f, RT_TYPE_METHOD)) {
        const rt_val *all = prepend(self, args, nargs + count_kw(kwnames), buf);

        return all ? rt_call(f, all, nargs + 1, kwnames) : RT_NULL;
    }
    f = rt_descr_get(f, self, rt_from_ptr(rt_type_of(self)));
    return rt_is_null(f) ? RT_NULL : rt_call(f, args, nargs, kwnames);
}

rt_val
rt_call_special(rt_val self, rt_val name, const rt_val *args, uint32_t nargs)
{
    rt_val f = rt_type_lookup(rt_type_of(self), name);

    return rt_is_null(f) ? RT_NULL : call_method(f, self, args, nargs, RT_NULL);
}

/* The same where the method must be there. */
static rt_val
call_required(rt_val self, rt_val name, const rt_val *args, uint32_t nargs)
{
    rt_val f = rt_type_lookup(rt_type_of(self), name);

    if (rt_is_null(f))
        return rt_raise(&rt_exc_AttributeError, "%U", name);
    return call_method(f, self, args, nargs, RT_NULL);
}

/* -- generic slots -- */

#define GENERIC_UNARY(id)                                                      \
    static rt_val slot_##id(rt_val self)                                       \
    {                                                                          \
        return call_required(self, RT_ID(id), NULL, 0);                        \
    }
GENERIC_UNARY(repr)
GENERIC_UNARY(str)
GENERIC_UNARY(neg)
GENERIC_UNARY(pos)
GENERIC_UNARY(abs)
GENERIC_UNARY(invert)
GENERIC_UNARY(int)
GENERIC_UNARY(float)
GENERIC_UNARY(index)
GENERIC_UNARY(await)
GENERIC_UNARY(aiter)
GENERIC_UNARY(anext)

static rt_val
slot_iter(rt_val self)
{
    rt_val f = rt_type_lookup(rt_type_of(self), RT_ID(iter));

    if (rt_is_null(f) || rt_is_none(f))
        return rt_raise(&rt_exc_TypeError, "'%T' object is not iterable", self);
    return call_method(f, self, NULL, 0, RT_NULL);
}

static rt_val
slot_next(rt_val self)
{
    rt_val v = call_required(self, RT_ID(next), NULL, 0);

    if (rt_is_null(v) && rt_exc_is(&rt_exc_StopIteration) &&
        rt_is_none(rt_stop_value(rt_ts->exc)))
        rt_exc_clear();
    return v;
}

static int64_t
slot_hash(rt_val self)
{
    rt_val f = rt_type_lookup(rt_type_of(self), RT_ID(hash)), v;
    int64_t h;

    if (rt_is_null(f) || rt_is_none(f)) {
        rt_raise(&rt_exc_TypeError, "unhashable type: '%T'", self);
        return -1;
    }
    v = call_method(f, self, NULL, 0, RT_NULL);
    if (rt_is_null(v))
        return -1;
    if (!rt_is_any_int(v)) {
        rt_raise(&rt_exc_TypeError, "__hash__ method should return an integer");
        return -1;
    }
    if (!rt_int_to_i64(v, &h))
        h = rt_hash(v);
    return h == -1 ? -2 : h;
}

static int64_t
hash_not_implemented(rt_val self)
{
    rt_raise(&rt_exc_TypeError, "unhashable type: '%T'", self);
    return -1;
}

static const enum rt_name compare_names[] = {
    [RT_LT] = RT_NAME_lt, [RT_LE] = RT_NAME_le, [RT_EQ] = RT_NAME_eq,
    [RT_NE] = RT_NAME_ne, [RT_GT] = RT_NAME_gt, [RT_GE] = RT_NAME_ge,
};

static rt_val
slot_compare(rt_val self, rt_val other, enum rt_cmp op)
{
    rt_val f = rt_type_lookup(rt_type_of(self), rt_names[compare_names[op]]);

    if (rt_is_null(f))
        return rt_NotImplemented;
    return call_method(f, self, &other, 1, RT_NULL);
}

rt_val
rt_slot_call(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    rt_val f = rt_type_lookup(rt_type_of(self), RT_ID(call));

    if (rt_is_null(f))
        return rt_raise(&rt_exc_TypeError, "'%T' object is not callable", self);
    return call_method(f, self, args, nargs, kwnames);
}

/* __getattribute__, and __getattr__ where that raises AttributeError. */
rt_val
rt_slot_getattr(rt_val self, rt_val name)
{
    struct rt_type *type = rt_type_of(self);
    rt_val get = rt_type_lookup(type, RT_ID(getattribute)), v;
    rt_val fallback = rt_type_lookup(type, RT_ID(getattr));

    if (rt_is_exact(get, &rt_slot_wrapper_type)) {
        struct rt_slot_wrapper *w = rt_ptr(get);
        rt_val (*fn)(rt_val, rt_val) = (rt_val(*)(rt_val, rt_val))w->fn;

        if (fn == rt_generic_getattr && !rt_is_null(fallback)) {
            v = rt_generic_lookup(self, name);
            if (!rt_is_null(v))
                return v;
        } else {
            v = fn(self, name);
        }
    } else {
        v = call_method(get, self, &name, 1, RT_NULL);
    }
    if (!rt_is_null(v) || rt_is_null(fallback))
        return v;
    if (rt_raised()) {
        if (!rt_exc_is(&rt_exc_AttributeError))
            return RT_NULL;
        rt_exc_clear();
    }
    return call_method(fallback, self, &name, 1, RT_NULL);
}

static int
done(rt_val v)
{
    return rt_is_null(v) ? -1 : 0;
}

static int
slot_setattr(rt_val self, rt_val name, rt_val value)
{
    rt_val args[2] = {name, value};

    if (rt_is_null(value))
        return done(call_required(self, RT_ID(delattr), args, 1));
    return done(call_required(self, RT_ID(setattr), args, 2));
}

static rt_val
slot_get(rt_val self, rt_val obj, rt_val type)
{
    rt_val args[2] = {rt_is_null(obj) ? rt_None : obj,
                      rt_is_null(type) ? rt_None : type};
    rt_val f = rt_type_lookup(rt_type_of(self), RT_ID(get));

    return rt_is_null(f) ? self : call_method(f, self, args, 2, RT_NULL);
}

static int
slot_set(rt_val self, rt_val obj, rt_val value)
{
    rt_val args[2] = {obj, value};

    if (rt_is_null(value))
        return done(call_required(self, RT_ID(delete), args, 1));
    return done(call_required(self, RT_ID(set), args, 2));
}

rt_val
rt_slot_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
             rt_val kwnames)
{
    rt_val f = rt_type_lookup(type, RT_ID(new)), self = rt_from_ptr(type);
    rt_val buf[8];
    const rt_val *all;

    f = rt_descr_get(f, RT_NULL, self);
    if (rt_is_null(f))
        return RT_NULL;
    all = prepend(self, args, nargs + count_kw(kwnames), buf);
    return all ? rt_call(f, all, nargs + 1, kwnames) : RT_NULL;
}

int
rt_slot_init(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    rt_val f = rt_type_lookup(rt_type_of(self), RT_ID(init)), v;

    v = call_method(f, self, args, nargs, kwnames);
    if (rt_is_null(v))
        return -1;
    if (!rt_is_none(v)) {
        rt_raise(&rt_exc_TypeError, "__init__() should return None, not '%T'",
                 v);
        return -1;
    }
    return 0;
}

static void
slot_del(rt_val self)
{
    rt_val f = rt_type_lookup(rt_type_of(self), RT_ID(del));

    if (!rt_is_null(f) && rt_is_null(call_method(f, self, NULL, 0, RT_NULL)))
        rt_exc_unraisable(NULL, f);
}

static int
slot_bool(rt_val self)
{
    rt_val f = rt_type_lookup(rt_type_of(self), RT_ID(bool)), v;
    int64_t n;

    if (!rt_is_null(f)) {
        v = call_method(f, self, NULL, 0, RT_NULL);
        if (rt_is_null(v))
            return -1;
        if (rt_same(v, rt_True) || rt_same(v, rt_False))
            return rt_same(v, rt_True);
        rt_raise(&rt_exc_TypeError, "__bool__ should return bool, returned %T",
                 v);
        return -1;
    }
    n = rt_len(self);
    return n < 0 ? -1 : n > 0;
}

static int64_t
slot_len(rt_val self)
{
    rt_val v = call_required(self, RT_ID(len), NULL, 0);
    int64_t n;

    if (rt_is_null(v))
        return -1;
    v = rt_index(v);
    if (rt_is_null(v))
        return -1;
    if (rt_index_i64(v, &n, &rt_exc_OverflowError) < 0)
        return -1;
    if (n < 0) {
        rt_raise(&rt_exc_ValueError, "__len__() should return >= 0");
        return -1;
    }
    return n;
}

static rt_val
slot_getitem(rt_val self, rt_val key)
{
    return call_required(self, RT_ID(getitem), &key, 1);
}

static int
slot_setitem(rt_val self, rt_val key, rt_val value)
{
    rt_val args[2] = {key, value};
    bool del = rt_is_null(value);
    rt_val name = del ? RT_ID(delitem) : RT_ID(setitem);

    if (rt_is_null(rt_type_lookup(rt_type_of(self), name))) {
        rt_raise(&rt_exc_TypeError,
                 del ? "'%T' object doesn't support item deletion"
                     : "'%T' object does not support item assignment",
                 self);
        return -1;
    }
    return done(call_required(self, name, args, del ? 1 : 2));
}

static int
slot_contains(rt_val self, rt_val item)
{
    rt_val f = rt_type_lookup(rt_type_of(self), RT_ID(contains)), v;

    if (rt_is_null(f))
        return rt_contains_by_iteration(self, item);
    if (rt_is_none(f)) {
        rt_raise(&rt_exc_TypeError, "'%T' object is not a container", self);
        return -1;
    }
    v = call_method(f, self, &item, 1, RT_NULL);
    return rt_is_null(v) ? -1 : rt_truth(v);
}

/* Does b's class override the reflected method of a's? */
static bool
overrides(rt_val a, rt_val b, rt_val reflected)
{
    rt_val theirs = rt_type_lookup(rt_type_of(b), reflected);
    rt_val ours = rt_type_lookup(rt_type_of(a), reflected);

    return !rt_is_null(theirs) && (rt_is_null(ours) || !rt_same(ours, theirs));
}

static rt_val
try_method(rt_val self, rt_val name, rt_val other)
{
    rt_val f = rt_type_lookup(rt_type_of(self), name);

    if (rt_is_null(f))
        return rt_NotImplemented;
    return call_method(f, self, &other, 1, RT_NULL);
}

static rt_val
slot_binary(enum rt_binop op, rt_binaryfn mine, rt_val name, rt_val reflected,
            rt_val a, rt_val b)
{
    struct rt_type *ta = rt_type_of(a), *tb = rt_type_of(b);
    bool other = ta != tb && tb->slots.binary[op] == mine;
    rt_val v;

    if (ta->slots.binary[op] == mine) {
        if (other && rt_is_subtype(tb, ta) && overrides(a, b, reflected)) {
            v = try_method(b, reflected, a);
            if (rt_is_null(v) || !rt_same(v, rt_NotImplemented))
                return v;
            other = false;
        }
        v = try_method(a, name, b);
        if (rt_is_null(v) || !rt_same(v, rt_NotImplemented) || ta == tb)
            return v;
    }
    return other ? try_method(b, reflected, a) : rt_NotImplemented;
}

#define GENERIC_BINARY(id, rid, op)                                            \
    static rt_val slot_##id(rt_val a, rt_val b)                                \
    {                                                                          \
        return slot_binary(op, slot_##id, RT_ID(id), RT_ID(rid), a, b);        \
    }
#define GENERIC_INPLACE(iid)                                                   \
    static rt_val slot_##iid(rt_val a, rt_val b)                               \
    {                                                                          \
        return try_method(a, RT_ID(iid), b);                                   \
    }
#define SLOT(id, field, kind, op, signature, doc)
#define BINARY(id, rid, iid, op, sign)                                         \
    GENERIC_BINARY(id, rid, op)                                                \
    GENERIC_INPLACE(iid)
#include "runtime/slots.def"
#undef SLOT
#undef BINARY
GENERIC_BINARY(pow, rpow, RT_POW)
GENERIC_BINARY(divmod, rdivmod, RT_DIVMOD)
GENERIC_INPLACE(ipow)

/* Rows that share the generic function of another row. */
#define slot_lt           slot_compare
#define slot_le           slot_compare
#define slot_eq           slot_compare
#define slot_ne           slot_compare
#define slot_gt           slot_compare
#define slot_ge           slot_compare
#define slot_call         rt_slot_call
#define slot_getattribute rt_slot_getattr
#define slot_getattr      rt_slot_getattr
#define slot_delattr      slot_setattr
#define slot_delete       slot_set
#define slot_new          rt_slot_make
#define slot_init         rt_slot_init
#define slot_delitem      slot_setitem
#define slot_rpow         slot_pow
#define slot_rdivmod      slot_divmod

const struct rt_slot_row rt_slot_rows[] = {
#define ROW(id, field, kind, op, generic, signature, doc)                      \
    {                                                                          \
        RT_NAME_##id, offsetof(struct rt_slots, field), RT_SK_##kind, op,      \
            (anyfn)generic, signature, doc                                     \
    }
#define SLOT(id, field, kind, op, signature, doc)                              \
    {RT_NAME_##id,                                                             \
     offsetof(struct rt_slots, field),                                         \
     RT_SK_##kind,                                                             \
     op,                                                                       \
     (anyfn)slot_##id,                                                         \
     signature,                                                                \
     doc},
#define BINARY(id, rid, iid, op, sign)                                         \
    ROW(id, binary[op], BINARY, op, slot_##id, "($self, value, /)",            \
        "Return self" sign "value."),                                          \
        ROW(rid, binary[op], REFLECTED, op, slot_##id, "($self, value, /)",    \
            "Return value" sign "self."),                                      \
        ROW(iid, inplace[op], INPLACE, op, slot_##iid, "($self, value, /)",    \
            "Return self" sign "=value."),
#include "runtime/slots.def"
#undef SLOT
#undef BINARY
#undef ROW
};
const uint32_t rt_nslot_rows = sizeof rt_slot_rows / sizeof *rt_slot_rows;

/* The right operand's turn, after the left one's own method declined. */
rt_val
rt_binary_reflected(enum rt_binop op, rt_val a, rt_val b)
{
    struct rt_type *ta = rt_type_of(a), *tb = rt_type_of(b);
    rt_binaryfn fn = tb->slots.binary[op];

    if (ta == tb || !fn)
        return rt_NotImplemented;
    if (fn != ta->slots.binary[op])
        return fn(a, b);
    for (uint32_t i = 0; i < rt_nslot_rows; i++)
        if (rt_slot_rows[i].op == (int)op &&
            (rt_slot_rows[i].kind == RT_SK_REFLECTED ||
             rt_slot_rows[i].kind == RT_SK_RPOWER))
            return try_method(b, rt_names[rt_slot_rows[i].name], a);
    return rt_NotImplemented;
}

static anyfn *
field_of(struct rt_slots *slots, uint32_t offset)
{
    return (anyfn *)(void *)((char *)slots + offset);
}

/* -- builtin types -- */

void
rt_slots_inherit(struct rt_type *type)
{
    const struct rt_slots *base = &type->base->slots;
    bool own_compare = type->slots.compare != NULL;
    anyfn *to = (anyfn *)(void *)&type->slots;
    const anyfn *from = (const anyfn *)(const void *)base;

    if (own_compare && !type->slots.hash)
        type->slots.hash = hash_not_implemented;
    if (type->slots.hash && !own_compare)
        type->slots.compare = base->compare;
    for (size_t i = 0; i < sizeof type->slots / sizeof *to; i++)
        if (!to[i])
            to[i] = from[i];
    if (type->flags & RT_TYPE_NOINSTANCE)
        type->slots.make = NULL;
}

static rt_val
new_call(rt_val self, rt_val *args)
{
    struct rt_type *owner = rt_type_ptr(self), *type;
    rt_val rest = args[1], kwargs = args[2], names = RT_NULL;
    const rt_val *items;
    int64_t n;

    if (!rt_is_type(args[0]))
        return rt_raise(&rt_exc_TypeError,
                        "%N.__new__(X): X is not a type object (%T)", owner,
                        args[0]);
    type = rt_type_ptr(args[0]);
    if (!rt_is_subtype(type, owner))
        return rt_raise(&rt_exc_TypeError,
                        "%N.__new__(%N): %N is not a subtype of %N", owner,
                        type, type, owner);
    {
        struct rt_type *native = type;

        while (native->flags & RT_TYPE_HEAP)
            native = native->base;
        if (native != owner && native->slots.make != owner->slots.make)
            return rt_raise(&rt_exc_TypeError,
                            "%N.__new__(%N) is not safe, use %N.__new__()",
                            owner, type, native);
    }
    items = rt_seq_items(rest, &n);
    if (!rt_is_null(kwargs)) {
        rt_val all = rt_list_new(items, n), key, value;
        rt_val keys = rt_dict_keys_list(kwargs);
        int64_t pos = 0;

        names = rt_list_to_tuple(keys);
        while (rt_dict_next(kwargs, &pos, &key, &value))
            rt_list_append(all, value);
        items = rt_list_of(all)->items->items;
    }
    return owner->slots.make(type, items, (uint32_t)n, names);
}

static const struct rt_method new_method = {
    "__new__",
    new_call,
    "(type, /, *args, **kwargs)",
    "Create and return a new object.  See help(type) for accurate signature.",
    RT_METHOD_STATIC,
    RT_EFFECT_ANY,
    0};

/* The type whose C __new__ the value is; NULL: it is something else. */
static struct rt_type *
new_of(rt_val v)
{
    if (rt_is_exact(v, &rt_builtin_type) &&
        rt_builtin_of(v)->def == &new_method)
        return rt_type_ptr(rt_builtin_of(v)->self);
    return NULL;
}

/* Methods that CPython's type of this kind does not show. */
static bool
is_hidden(const struct rt_type *type, const struct rt_slot_row *row)
{
    bool sequence = (type->flags & (RT_TYPE_STR | RT_TYPE_BYTES | RT_TYPE_LIST |
                                    RT_TYPE_TUPLE)) ||
                    type == &rt_bytearray_type;

    if (row->kind == RT_SK_REFLECTED && row->op == RT_ADD && sequence)
        return true;
    if (row->kind == RT_SK_GETATTR || row->kind == RT_SK_DEL)
        return true;
    if (row->kind == RT_SK_TRUTH && type->slots.length)
        return true; /* their truth is their length */
    if ((row->kind == RT_SK_SETITEM || row->kind == RT_SK_DELITEM) &&
        !type->slots.setitem)
        return true;
    return false;
}

void
rt_slots_publish(struct rt_type *type, const struct rt_slots *own)
{
    for (uint32_t i = 0; i < rt_nslot_rows; i++) {
        const struct rt_slot_row *row = &rt_slot_rows[i];
        anyfn fn = *field_of((struct rt_slots *)(uintptr_t)own, row->offset);
        rt_val name = rt_names[row->name];

        if (!fn || is_hidden(type, row))
            continue;
        if (row->kind == RT_SK_NEW) {
            rt_val f = rt_builtin_new(&new_method, rt_from_ptr(type), NULL);

            rt_type_put(type, name, f);
        } else {
            rt_type_put(type, name, rt_slot_wrapper_new(type, row, fn));
        }
    }
}

/* -- classes -- */

/* The C function that a found attribute stands for; NULL: the generic one. */
static anyfn
direct(const struct rt_type *type, const struct rt_slot_row *row, rt_val found)
{
    if (rt_is_exact(found, &rt_slot_wrapper_type)) {
        struct rt_slot_wrapper *w = rt_ptr(found);

        if (w->row == row && rt_is_subtype(type, w->owner))
            return w->fn;
    } else if (row->kind == RT_SK_NEW) {
        struct rt_type *owner = new_of(found);

        if (owner)
            return (anyfn)owner->slots.make;
    } else if (row->kind == RT_SK_HASH && rt_is_none(found)) {
        return (anyfn)hash_not_implemented;
    }
    return NULL;
}

static void
update_field(struct rt_type *type, uint32_t offset)
{
    anyfn specific = NULL, generic = NULL;
    bool use_generic = false;

    for (uint32_t i = 0; i < rt_nslot_rows; i++) {
        const struct rt_slot_row *row = &rt_slot_rows[i];
        rt_val found;
        anyfn fn;

        if (row->offset != offset)
            continue;
        generic = row->generic;
        found = rt_type_lookup(type, rt_names[row->name]);
        if (rt_is_null(found))
            continue;
        fn = direct(type, row, found);
        if (!fn || (specific && specific != fn))
            use_generic = true;
        else
            specific = fn;
    }
    *field_of(&type->slots, offset) = use_generic ? generic : specific;
}

static void
update_flags(struct rt_type *type)
{
    if (type->slots.getattr == rt_slot_getattr)
        type->flags |= RT_TYPE_CUSTOM_GETATTR;
    else
        type->flags &= ~(uint32_t)RT_TYPE_CUSTOM_GETATTR;
    if (type->slots.del && !(type->root_map.flags & RT_MAP_FINAL)) {
        type->root_map.flags |= RT_MAP_FINAL;
        type->root_map.least = UINT32_MAX;
        rt_maps_changed(type);
    }
}

void
rt_slots_update_all(struct rt_type *type)
{
    uint32_t last = UINT32_MAX;

    for (uint32_t i = 0; i < rt_nslot_rows; i++) {
        if (rt_slot_rows[i].offset == last)
            continue;
        last = rt_slot_rows[i].offset;
        update_field(type, last);
    }
    /* Generators' finaliser has no special method. */
    if (!type->slots.del)
        type->slots.del = type->base->slots.del;
    update_flags(type);
}

static void
update_tree(struct rt_type *type, uint32_t offset)
{
    rt_val subs, *items;
    int64_t n;

    if (type->flags & RT_TYPE_HEAP) {
        update_field(type, offset);
        update_flags(type);
    }
    subs = rt_type_subclasses(type);
    items = rt_seq_items(subs, &n);
    for (int64_t i = 0; i < n; i++)
        update_tree(rt_type_ptr(items[i]), offset);
}

void
rt_slots_update(struct rt_type *type, rt_val name)
{
    for (uint32_t i = 0; i < rt_nslot_rows; i++)
        if (rt_same(rt_names[rt_slot_rows[i].name], name))
            update_tree(type, rt_slot_rows[i].offset);
}

/* -- calling a slot wrapper -- */

#define FN(T) ((T)w->fn)

static rt_val
none_or_null(int result)
{
    return result < 0 ? RT_NULL : rt_None;
}

static rt_val
hash_value(int64_t h)
{
    return h == -1 && rt_raised() ? RT_NULL : rt_int_from_i64(h);
}

static rt_val
next_value(rt_val v)
{
    if (rt_is_null(v) && !rt_raised())
        rt_raise_object(rt_exc_new(&rt_exc_StopIteration, 0));
    return v;
}

/* object.__setattr__(C, ...) must not reach behind type's own check. */
static bool
may_set(struct rt_slot_wrapper *w, rt_val self)
{
    struct rt_type *type = rt_type_of(self);

    while (type && type->flags & RT_TYPE_HEAP)
        type = type->base;
    if (!type || type->slots.setattr == FN(int (*)(rt_val, rt_val, rt_val)))
        return true;
    rt_raise(&rt_exc_TypeError, "can't apply this %s to %N object",
             w->row->kind == RT_SK_SETATTR ? "__setattr__" : "__delattr__",
             rt_type_of(self));
    return false;
}

static rt_val
call_row1(struct rt_slot_wrapper *w, rt_val self)
{
    switch (w->row->kind) {
    case RT_SK_HASH:
        return hash_value(FN(int64_t(*)(rt_val))(self));
    case RT_SK_NEXT:
        return next_value(FN(rt_unaryfn)(self));
    case RT_SK_TRUTH: {
        int t = FN(int (*)(rt_val))(self);

        return t < 0 ? RT_NULL : rt_from_bool(t);
    }
    case RT_SK_LEN: {
        int64_t n = FN(int64_t(*)(rt_val))(self);

        return n < 0 ? RT_NULL : rt_int_from_i64(n);
    }
    case RT_SK_DEL:
        FN(void (*)(rt_val))(self);
        return rt_None;
    default:
        return FN(rt_unaryfn)(self);
    }
}

static rt_val
call_row2(struct rt_slot_wrapper *w, rt_val self, rt_val *a)
{
    switch (w->row->kind) {
    case RT_SK_COMPARE:
        return FN(rt_comparefn)(self, a[0], (enum rt_cmp)w->row->op);
    case RT_SK_GETATTRIBUTE:
        if (rt_is_str(a[0]))
            a[0] = rt_str_intern(a[0]);
        return FN(rt_binaryfn)(self, a[0]);
    case RT_SK_SETATTR:
    case RT_SK_DELATTR:
        if (!rt_is_str(a[0]))
            return rt_raise(&rt_exc_TypeError,
                            "attribute name must be string, not '%T'", a[0]);
        if (!may_set(w, self))
            return RT_NULL;
        return none_or_null(FN(int (*)(rt_val, rt_val, rt_val))(
            self, rt_str_intern(a[0]),
            w->row->kind == RT_SK_SETATTR ? a[1] : RT_NULL));
    case RT_SK_GET:
        if (rt_is_null(a[1]) || rt_is_none(a[1])) {
            if (rt_is_none(a[0]))
                return rt_raise(&rt_exc_TypeError,
                                "__get__(None, None) is invalid");
            a[1] = rt_from_ptr(rt_type_of(a[0]));
        }
        return FN(rt_val(*)(rt_val, rt_val, rt_val))(
            self, rt_is_none(a[0]) ? RT_NULL : a[0], a[1]);
    case RT_SK_SET:
    case RT_SK_SETITEM:
        return none_or_null(
            FN(int (*)(rt_val, rt_val, rt_val))(self, a[0], a[1]));
    case RT_SK_DELETE:
    case RT_SK_DELITEM:
        return none_or_null(
            FN(int (*)(rt_val, rt_val, rt_val))(self, a[0], RT_NULL));
    case RT_SK_CONTAINS: {
        int r = FN(int (*)(rt_val, rt_val))(self, a[0]);

        return r < 0 ? RT_NULL : rt_from_bool(r);
    }
    case RT_SK_REFLECTED:
        return FN(rt_binaryfn)(a[0], self);
    case RT_SK_POWER:
        if (!rt_is_null(a[1]) && !rt_is_none(a[1]))
            return rt_power(self, a[0], a[1]);
        return FN(rt_binaryfn)(self, a[0]);
    case RT_SK_RPOWER:
        if (!rt_is_null(a[1]) && !rt_is_none(a[1]))
            return rt_power(a[0], self, a[1]);
        return FN(rt_binaryfn)(a[0], self);
    default:
        return FN(rt_binaryfn)(self, a[0]);
    }
}

/* How many arguments rows of this kind take: least, and most. */
static void
arity(const struct rt_slot_row *row, uint32_t *least, uint32_t *most)
{
    switch (row->kind) {
    case RT_SK_UNARY:
    case RT_SK_HASH:
    case RT_SK_NEXT:
    case RT_SK_TRUTH:
    case RT_SK_LEN:
    case RT_SK_DEL:
        *least = *most = 0;
        break;
    case RT_SK_SETATTR:
    case RT_SK_SET:
    case RT_SK_SETITEM:
        *least = *most = 2;
        break;
    case RT_SK_GET:
    case RT_SK_POWER:
    case RT_SK_RPOWER:
        *least = 1;
        *most = 2;
        break;
    default:
        *least = *most = 1;
        break;
    }
}

static const char *
row_text(const struct rt_slot_wrapper *w)
{
    return rt_str_utf8_any(rt_names[w->row->name], NULL);
}

rt_val
rt_slot_wrapper_call(struct rt_slot_wrapper *w, rt_val self, const rt_val *args,
                     uint32_t nargs, rt_val kwnames)
{
    rt_val a[2] = {RT_NULL, RT_NULL};
    uint32_t least, most;

    if (w->row->kind == RT_SK_CALL)
        return FN(rt_callfn)(self, args, nargs, kwnames);
    if (w->row->kind == RT_SK_INIT)
        return none_or_null(FN(int (*)(rt_val, const rt_val *, uint32_t,
                                       rt_val))(self, args, nargs, kwnames));
    if (!rt_is_null(kwnames) && rt_tuple_of(kwnames)->len)
        return rt_raise(&rt_exc_TypeError,
                        "wrapper %s() takes no keyword arguments", row_text(w));
    arity(w->row, &least, &most);
    if (nargs < least || nargs > most) {
        if (least == most)
            return rt_raise(&rt_exc_TypeError, "expected %u argument%s, got %u",
                            least, least == 1 ? "" : "s", nargs);
        return rt_raise(
            &rt_exc_TypeError, "expected at %s %u argument%s, got %u",
            nargs < least ? "least" : "most", nargs < least ? least : most,
            (nargs < least ? least : most) == 1 ? "" : "s", nargs);
    }
    for (uint32_t i = 0; i < nargs; i++)
        a[i] = args[i];
    return most == 0 ? call_row1(w, self) : call_row2(w, self, a);
}
