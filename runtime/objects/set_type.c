/* SPDX-License-Identifier: MIT
 * runtime/objects/set_type.c: the methods and operators of set and frozenset,
 * and their iterator. The table is in set.c.
 */
#include "config.h"

#include "runtime/interp/inlined.h"
#include "runtime/objects/containers.h"

#include "runtime/type.h"

#define S(v) rt_set_of(v)

static bool
is_frozen(rt_val v)
{
    return rt_isinstance_exactly(v, &rt_frozenset_type);
}

/* Results of methods are of the builtin type of the set. */
static struct rt_type *
base_of(rt_val v)
{
    return is_frozen(v) ? &rt_frozenset_type : &rt_set_type;
}

/* Any iterable as a set; sets are not copied. */
static rt_val
as_set(rt_val v)
{
    return rt_is_set(v) ? v : rt_set_new(v);
}

/* -- making -- */

static rt_val
set_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
         rt_val kwnames)
{
    (void)args;
    (void)nargs;
    (void)kwnames;
    return rt_set_of_type(type);
}

static int
set_init(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    rt_val iterable;

    if (rt_one_argument("set", args, nargs, kwnames, &iterable) < 0)
        return -1;
    rt_set_clear(S(self));
    return rt_is_null(iterable) ? 0 : rt_set_update(S(self), iterable);
}

static rt_val
frozenset_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
               rt_val kwnames)
{
    rt_val iterable, set;

    if (type != &rt_frozenset_type && nargs <= 1)
        kwnames = RT_NULL; /* for the subclass's __init__ */
    if (rt_one_argument("frozenset", args, nargs, kwnames, &iterable) < 0)
        return RT_NULL;
    if (type == &rt_frozenset_type && !rt_is_null(iterable) &&
        rt_is_exact(iterable, &rt_frozenset_type))
        return iterable;
    set = rt_set_of_type(type);
    if (!rt_is_null(iterable) && rt_set_update(S(set), iterable) < 0)
        return RT_NULL;
    return set;
}

/* -- slots -- */

static int64_t
set_length(rt_val self)
{
    return S(self)->used;
}

static rt_val
set_repr(rt_val self)
{
    const char *name = rt_type_name(rt_type_of(self));
    bool plain = rt_is_exact(self, &rt_set_type);
    rt_val list, text;

    if (!S(self)->used)
        return rt_str_format("%s()", name);
    if (rt_repr_enter(self))
        return rt_str_format("%s(...)", name);
    list = rt_sequence_list(self);
    text = rt_is_null(list) ? list : rt_repr(list);
    rt_repr_leave(self);
    if (rt_is_null(text))
        return text;
    text = rt_str_slice(text, 1, rt_str_of(text)->len - 1);
    return plain ? rt_str_format("{%U}", text)
                 : rt_str_format("%s({%U})", name, text);
}

/* Independent of the items' order; CPython's results, which are visible. */
static int64_t
frozenset_hash(rt_val self)
{
    struct rt_set *s = S(self);
    int64_t pos = 0, hash;
    uint64_t h = 0;
    rt_val key;

    if (s->hash)
        return s->hash;
    while (rt_set_next_hash(s, &pos, &key, &hash)) {
        uint64_t x = (uint64_t)hash;

        h ^= ((x ^ 89869747u) ^ (x << 16)) * UINT64_C(3644798167);
    }
    h ^= ((uint64_t)s->used + 1) * UINT64_C(1927868237);
    h ^= (h >> 11) ^ (h >> 25);
    h = h * 69069 + 907133923u;
    if (h == UINT64_MAX)
        h = 590923713;
    if (!h)
        h = 1;
    s->hash = (int64_t)h;
    return s->hash;
}

static rt_val
set_compare(rt_val a, rt_val b, enum rt_cmp op)
{
    struct rt_set *s, *t;
    int r;

    if (!rt_is_set(a) || !rt_is_set(b))
        return rt_NotImplemented;
    s = S(a);
    t = S(b);
    switch (op) {
    case RT_EQ:
    case RT_NE:
        r = s->used == t->used ? rt_set_subset(s, t) : 0;
        break;
    case RT_LE:
        r = rt_set_subset(s, t);
        break;
    case RT_GE:
        r = rt_set_subset(t, s);
        break;
    case RT_LT:
        r = s->used < t->used ? rt_set_subset(s, t) : 0;
        break;
    default:
        r = s->used > t->used ? rt_set_subset(t, s) : 0;
    }
    return r < 0 ? RT_NULL : rt_from_bool(r == (op != RT_NE));
}

/* -- the four operations -- */

static int
difference_update(struct rt_set *s, rt_val other)
{
    rt_val it, item;

    if (rt_is_set(other) && S(other) == s) {
        rt_set_clear(s);
        return 0;
    }
    if (rt_is_set(other)) {
        int64_t pos = 0, hash;

        while (rt_set_next_hash(S(other), &pos, &item, &hash))
            if (rt_set_discard(s, item, hash) < 0)
                return -1;
        return rt_set_tidy(s);
    }
    it = rt_iter(other);
    if (rt_is_null(it))
        return -1;
    while (item = rt_next(it), !rt_is_null(item)) {
        int64_t hash = rt_key_hash(item);

        if (hash == -1 || rt_set_discard(s, item, hash) < 0)
            return -1;
    }
    return rt_raised() ? -1 : rt_set_tidy(s);
}

static rt_val
difference(rt_val self, rt_val other)
{
    struct rt_type *type = base_of(self);
    int64_t pos = 0, hash;
    rt_val result, key;
    bool by_lookup;

    by_lookup = rt_is_set(other) ? S(self)->used >> 2 <= S(other)->used
                : rt_is_exact_dict(other)
                    ? S(self)->used >> 2 <= rt_dict_of(other)->used
                    : false;
    if (!by_lookup) {
        result = rt_set_copy(S(self), type);
        if (rt_is_null(result) || difference_update(S(result), other) < 0)
            return RT_NULL;
        return result;
    }
    result = rt_set_of_type(type);
    while (rt_set_next_hash(S(self), &pos, &key, &hash)) {
        int there;

        if (rt_is_set(other)) {
            there = rt_set_find(S(other), key, hash);
        } else {
            int64_t at = rt_dict_find(rt_dict_of(other), key, hash);

            there = at >= 0 ? 1 : at == -1 ? 0 : -1;
        }
        if (there < 0 || (!there && rt_set_insert(S(result), key, hash) < 0))
            return RT_NULL;
    }
    return result;
}

static rt_val
intersection(rt_val self, rt_val other)
{
    rt_val result, it, item;
    int64_t pos = 0, hash;

    if (rt_same(self, other))
        return rt_set_copy(S(self), base_of(self));
    result = rt_set_of_type(base_of(self));
    if (rt_is_set(other)) {
        if (S(other)->used > S(self)->used) {
            rt_val t = self;

            self = other;
            other = t;
        }
        while (rt_set_next_hash(S(other), &pos, &item, &hash)) {
            int there = rt_set_find(S(self), item, hash);

            if (there < 0 ||
                (there && rt_set_insert(S(result), item, hash) < 0))
                return RT_NULL;
        }
        return result;
    }
    it = rt_iter(other);
    if (rt_is_null(it))
        return it;
    while (item = rt_next(it), !rt_is_null(item)) {
        int there;

        hash = rt_key_hash(item);
        if (hash == -1)
            return RT_NULL;
        there = rt_set_find(S(self), item, hash);
        if (there < 0 || (there && rt_set_insert(S(result), item, hash) < 0))
            return RT_NULL;
    }
    return rt_raised() ? RT_NULL : result;
}

static int
xor_update(struct rt_set *s, rt_val other)
{
    int64_t pos = 0, hash;
    rt_val key;

    if (rt_is_set(other) && S(other) == s) {
        rt_set_clear(s);
        return 0;
    }
    other = as_set(other);
    if (rt_is_null(other))
        return -1;
    while (rt_set_next_hash(S(other), &pos, &key, &hash)) {
        int found = rt_set_discard(s, key, hash);

        if (found < 0 || (!found && rt_set_insert(s, key, hash) < 0))
            return -1;
    }
    return 0;
}

static rt_val
symmetric(rt_val self, rt_val other)
{
    rt_val result = rt_set_of_type(base_of(self));

    if (rt_set_update(S(result), other) < 0 || xor_update(S(result), self) < 0)
        return RT_NULL;
    return result;
}

/* The set takes over the content of a fresh one. */
static void
take_over(struct rt_set *s, rt_val fresh)
{
    s->table = S(fresh)->table;
    s->mask = S(fresh)->mask;
    s->used = S(fresh)->used;
    s->filled = S(fresh)->filled;
    rt_barrier(s);
}

/* -- operators: both must be sets -- */

static rt_val
set_or(rt_val a, rt_val b)
{
    rt_val result;

    if (!rt_is_set(a) || !rt_is_set(b))
        return rt_NotImplemented;
    result = rt_set_copy(S(a), base_of(a));
    if (rt_is_null(result) || rt_set_update(S(result), b) < 0)
        return RT_NULL;
    return result;
}

#define OPERATOR(name, operation)                                              \
    static rt_val name(rt_val a, rt_val b)                                     \
    {                                                                          \
        if (!rt_is_set(a) || !rt_is_set(b))                                    \
            return rt_NotImplemented;                                          \
        return operation(a, b);                                                \
    }
OPERATOR(set_and, intersection)
OPERATOR(set_sub, difference)
OPERATOR(set_xor, symmetric)
#undef OPERATOR

static rt_val
set_ior(rt_val self, rt_val other)
{
    if (!rt_is_set(other))
        return rt_NotImplemented;
    return rt_set_update(S(self), other) < 0 ? RT_NULL : self;
}

static rt_val
set_iand(rt_val self, rt_val other)
{
    rt_val fresh;

    if (!rt_is_set(other))
        return rt_NotImplemented;
    fresh = intersection(self, other);
    if (rt_is_null(fresh))
        return fresh;
    take_over(S(self), fresh);
    return self;
}

static rt_val
set_isub(rt_val self, rt_val other)
{
    if (!rt_is_set(other))
        return rt_NotImplemented;
    return difference_update(S(self), other) < 0 ? RT_NULL : self;
}

static rt_val
set_ixor(rt_val self, rt_val other)
{
    if (!rt_is_set(other))
        return rt_NotImplemented;
    return xor_update(S(self), other) < 0 ? RT_NULL : self;
}

/* -- methods -- */

static rt_val
method_add(rt_val self, rt_val *args)
{
    return rt_set_add(self, args[0]) < 0 ? RT_NULL : rt_None;
}

/* A set among the arguments of remove and discard stands for a frozenset. */
static int
discard_any(rt_val self, rt_val item)
{
    int64_t hash = rt_key_hash(item);

    if (hash == -1) {
        if (!rt_is_set(item) || !rt_exc_is(&rt_exc_TypeError))
            return -1;
        rt_exc_clear();
        item = rt_set_copy(S(item), &rt_frozenset_type);
        if (rt_is_null(item))
            return -1;
        hash = rt_hash(item);
    }
    return rt_set_discard(S(self), item, hash);
}

static rt_val
method_discard(rt_val self, rt_val *args)
{
    return discard_any(self, args[0]) < 0 ? RT_NULL : rt_None;
}

static rt_val
method_remove(rt_val self, rt_val *args)
{
    int found = discard_any(self, args[0]);

    if (!found)
        return rt_raise_key(args[0]);
    return found < 0 ? RT_NULL : rt_None;
}

static rt_val
method_pop(rt_val self, rt_val *args)
{
    struct rt_set *s = S(self);
    struct rt_set_entry *entries;
    uint64_t i = (uint64_t)s->hash & s->mask;
    rt_val key;

    (void)args;
    if (!s->used)
        return rt_raise_value(&rt_exc_KeyError,
                              rt_str_new("pop from an empty set", -1));
    entries = ((struct rt_set_table *)s->table)->items;
    while (rt_is_null(entries[i].key))
        i = (i + 1) & s->mask;
    key = entries[i].key;
    entries[i].key = RT_NULL;
    entries[i].hash = -1;
    s->used--;
    s->hash = (int64_t)(i + 1);
    return key;
}

static rt_val
method_clear(rt_val self, rt_val *args)
{
    (void)args;
    rt_set_clear(S(self));
    return rt_None;
}

static rt_val
method_copy(rt_val self, rt_val *args)
{
    (void)args;
    if (rt_is_exact(self, &rt_frozenset_type))
        return self;
    return rt_set_copy(S(self), base_of(self));
}

static rt_val
method_update(rt_val self, rt_val *args)
{
    struct rt_tuple *t = rt_tuple_of(args[0]);

    for (int64_t i = 0; i < t->len; i++)
        if (rt_set_update(S(self), t->items[i]) < 0)
            return RT_NULL;
    return rt_None;
}

static rt_val
method_union(rt_val self, rt_val *args)
{
    struct rt_tuple *t = rt_tuple_of(args[0]);
    rt_val result = rt_set_copy(S(self), base_of(self));

    for (int64_t i = 0; i < t->len && !rt_is_null(result); i++)
        if (rt_set_update(S(result), t->items[i]) < 0)
            return RT_NULL;
    return result;
}

static rt_val
method_intersection(rt_val self, rt_val *args)
{
    struct rt_tuple *t = rt_tuple_of(args[0]);
    rt_val result = self;

    if (!t->len)
        return rt_set_copy(S(self), base_of(self));
    for (int64_t i = 0; i < t->len && !rt_is_null(result); i++)
        result = intersection(result, t->items[i]);
    return result;
}

static rt_val
method_intersection_update(rt_val self, rt_val *args)
{
    rt_val fresh = method_intersection(self, args);

    if (rt_is_null(fresh))
        return fresh;
    take_over(S(self), fresh);
    return rt_None;
}

static rt_val
method_difference(rt_val self, rt_val *args)
{
    struct rt_tuple *t = rt_tuple_of(args[0]);
    rt_val result;

    if (!t->len)
        return rt_set_copy(S(self), base_of(self));
    result = difference(self, t->items[0]);
    for (int64_t i = 1; i < t->len && !rt_is_null(result); i++)
        if (difference_update(S(result), t->items[i]) < 0)
            return RT_NULL;
    return result;
}

static rt_val
method_difference_update(rt_val self, rt_val *args)
{
    struct rt_tuple *t = rt_tuple_of(args[0]);

    for (int64_t i = 0; i < t->len; i++)
        if (difference_update(S(self), t->items[i]) < 0)
            return RT_NULL;
    return rt_None;
}

static rt_val
method_symmetric(rt_val self, rt_val *args)
{
    return symmetric(self, args[0]);
}

static rt_val
method_symmetric_update(rt_val self, rt_val *args)
{
    return xor_update(S(self), args[0]) < 0 ? RT_NULL : rt_None;
}

static rt_val
method_isdisjoint(rt_val self, rt_val *args)
{
    rt_val other = args[0], it, item;

    if (rt_same(self, other))
        return rt_from_bool(!S(self)->used);
    if (rt_is_set(other) && S(other)->used > S(self)->used) {
        other = self;
        self = args[0];
    }
    it = rt_iter(other);
    if (rt_is_null(it))
        return it;
    while (item = rt_next(it), !rt_is_null(item)) {
        int64_t hash = rt_key_hash(item);
        int there = hash == -1 ? -1 : rt_set_find(S(self), item, hash);

        if (there)
            return there < 0 ? RT_NULL : rt_False;
    }
    return rt_raised() ? RT_NULL : rt_True;
}

static rt_val
method_issubset(rt_val self, rt_val *args)
{
    rt_val other = as_set(args[0]);
    int r;

    if (rt_is_null(other))
        return other;
    r = rt_set_subset(S(self), S(other));
    return r < 0 ? RT_NULL : rt_from_bool(r);
}

static rt_val
method_issuperset(rt_val self, rt_val *args)
{
    rt_val it, item;
    int r;

    if (rt_is_set(args[0])) {
        r = rt_set_subset(S(args[0]), S(self));
        return r < 0 ? RT_NULL : rt_from_bool(r);
    }
    it = rt_iter(args[0]);
    if (rt_is_null(it))
        return it;
    while (item = rt_next(it), !rt_is_null(item)) {
        r = rt_set_contains(self, item);
        if (r <= 0)
            return r < 0 ? RT_NULL : rt_False;
    }
    return rt_raised() ? RT_NULL : rt_True;
}

static rt_val
method_contains(rt_val self, rt_val *args)
{
    int there = rt_set_contains(self, args[0]);

    return there < 0 ? RT_NULL : rt_from_bool(there);
}

static rt_val
method_reduce(rt_val self, rt_val *args)
{
    rt_val state = rt_getattr_opt(self, RT_ID(dict));

    (void)args;
    if (rt_is_null(state)) {
        if (rt_raised())
            return RT_NULL;
        state = rt_None;
    }
    return rt_tuple_pack(3, rt_from_ptr(rt_type_of(self)),
                         rt_tuple_pack(1, rt_sequence_list(self)), state);
}

static rt_val
method_sizeof(rt_val self, rt_val *args)
{
    uint64_t n = sizeof(struct rt_set);

    (void)args;
    if (S(self)->table)
        n += sizeof(struct rt_set_table) +
             (S(self)->mask + 1) * sizeof(struct rt_set_entry);
    return rt_int_from_u64(n);
}

static rt_val
method_class_getitem(rt_val self, rt_val *args)
{
    return rt_generic_alias_new(self, args[0]);
}

/* -- iterator -- */

struct set_iter {
    struct rt_obj head;
    rt_val set; /* RT_NULL: at its end */
    int64_t pos;
    int64_t used; /* of the set when the iterator was made; -1: changed */
    int64_t left;
};
#define ITER(v) ((struct set_iter *)rt_ptr(v))

static rt_val
set_iter(rt_val self)
{
    struct set_iter *it = RT_NEW(struct set_iter, &rt_set_iter_type);

    it->set = self;
    it->used = it->left = S(self)->used;
    return rt_from_ptr(it);
}

static rt_val
iter_self(rt_val self)
{
    return self;
}

static rt_val
iter_next(rt_val self)
{
    struct set_iter *it = ITER(self);
    rt_val key;

    if (rt_is_null(it->set))
        return RT_NULL;
    if (S(it->set)->used != it->used) {
        it->used = -1;
        return rt_raise(&rt_exc_RuntimeError,
                        "Set changed size during iteration");
    }
    if (rt_set_next(it->set, &it->pos, &key)) {
        it->left--;
        return key;
    }
    it->set = RT_NULL;
    return RT_NULL;
}

static rt_val
iter_hint(rt_val self, rt_val *args)
{
    struct set_iter *it = ITER(self);

    (void)args;
    if (rt_is_null(it->set) || S(it->set)->used != it->used)
        return rt_from_small(0);
    return rt_int_from_i64(it->left);
}

static rt_val
iter_reduce(rt_val self, rt_val *args)
{
    struct set_iter *it = ITER(self), saved = *it;
    rt_val list = rt_sequence_list(self);

    (void)args;
    it->set = saved.set;
    it->pos = saved.pos;
    it->left = saved.left;
    rt_barrier(it);
    if (rt_is_null(list))
        return list;
    return rt_tuple_pack(2, rt_builtin_named("iter"), rt_tuple_pack(1, list));
}

static void
iter_trace(struct rt_obj *obj, struct rt_marker *m)
{
    rt_gc_visit(m, ((struct set_iter *)obj)->set);
}

static const struct rt_method iter_methods[] = {
    RT_METHOD("__length_hint__", iter_hint, READS, "($self, /)",
              "Private method returning an estimate of len(list(it))."),
    RT_METHOD("__reduce__", iter_reduce, OWN, "($self, /)",
              "Return state information for pickling."),
    RT_END_METHODS,
};

struct rt_type rt_set_iter_type = {
    RT_TYPE_HEAD(set_iter, "set_iterator", sizeof(struct set_iter)),
    .flags = RT_TYPE_NOINSTANCE,
    .trace = iter_trace,
    .methods = iter_methods,
    .slots = {.iter = iter_self, .next = iter_next},
};

/* -- the types -- */

#define SHARED_METHODS                                                         \
    RT_METHOD("__contains__", method_contains, KEY_READS,                      \
              "($self, object, /)", "x.__contains__(y) <==> y in x."),         \
        RT_METHOD("copy", method_copy, READS, "($self, /)",                    \
                  "Return a shallow copy of a set."),                          \
        RT_METHOD(                                                             \
            "difference", method_difference, ANY, "($self, /, *others)",       \
            "Return the difference of two or more sets as a new set.\n\n"      \
            "(i.e. all elements that are in this set but not the others.)"),   \
        RT_METHOD("intersection", method_intersection, ANY,                    \
                  "($self, /, *others)",                                       \
                  "Return the intersection of two sets as a new set.\n\n"      \
                  "(i.e. all elements that are in both sets.)"),               \
        RT_METHOD("isdisjoint", method_isdisjoint, ANY, "($self, other, /)",   \
                  "Return True if two sets have a null intersection."),        \
        RT_METHOD("issubset", method_issubset, ANY, "($self, other, /)",       \
                  "Report whether another set contains this set."),            \
        RT_METHOD("issuperset", method_issuperset, ANY, "($self, other, /)",   \
                  "Report whether this set contains another set."),            \
        RT_METHOD("__reduce__", method_reduce, ANY, "($self, /)",              \
                  "Return state information for pickling."),                   \
        RT_METHOD("__sizeof__", method_sizeof, READS, "($self, /)",            \
                  "S.__sizeof__() -> size of S in memory, in bytes"),          \
        RT_METHOD(                                                             \
            "symmetric_difference", method_symmetric, ANY,                     \
            "($self, other, /)",                                               \
            "Return the symmetric difference of two sets as a new set.\n\n"    \
            "(i.e. all elements that are in exactly one of the sets.)"),       \
        RT_METHOD("union", method_union, ANY, "($self, /, *others)",           \
                  "Return the union of sets as a new set.\n\n"                 \
                  "(i.e. all elements that are in either set.)"),              \
        RT_CLASSMETHOD("__class_getitem__", method_class_getitem, READS,       \
                       "($type, object, /)", "See PEP 585")

static const struct rt_method set_methods[] = {
    SHARED_METHODS,
    RT_METHOD("add", method_add, KEY_OWN, "($self, object, /)",
              "Add an element to a set.\n\n"
              "This has no effect if the element is already present."),
    RT_METHOD("clear", method_clear, OWN, "($self, /)",
              "Remove all elements from this set."),
    RT_METHOD("discard", method_discard, KEY_OWN, "($self, object, /)",
              "Remove an element from a set if it is a member.\n\n"
              "Unlike set.remove(), the discard() method does not raise\n"
              "an exception when an element is missing from the set."),
    RT_METHOD("difference_update", method_difference_update, ANY,
              "($self, /, *others)",
              "Remove all elements of another set from this set."),
    RT_METHOD("intersection_update", method_intersection_update, ANY,
              "($self, /, *others)",
              "Update a set with the intersection of itself and another."),
    RT_METHOD("pop", method_pop, OWN, "($self, /)",
              "Remove and return an arbitrary set element.\n"
              "Raises KeyError if the set is empty."),
    RT_METHOD("remove", method_remove, KEY_OWN, "($self, object, /)",
              "Remove an element from a set; it must be a member.\n\n"
              "If the element is not a member, raise a KeyError."),
    RT_METHOD("symmetric_difference_update", method_symmetric_update, ANY,
              "($self, other, /)",
              "Update a set with the symmetric difference of itself and "
              "another."),
    RT_METHOD("update", method_update, ANY, "($self, /, *others)",
              "Update a set with the union of itself and others."),
    RT_END_METHODS,
};

struct rt_type rt_set_type = {
    RT_TYPE_HEAD(set, "set", sizeof(struct rt_set)),
    .flags = RT_TYPE_BASE | RT_TYPE_SET | RT_TYPE_HAS_WEAKREFS,
    .inlined = RT_INLINE_SET,
    .trace = rt_set_trace,
    .methods = set_methods,
    .cdoc = "set() -> new empty set object\n"
            "set(iterable) -> new set object\n\n"
            "Build an unordered collection of unique elements.",
    .slots =
        {
            .repr = set_repr,
            .compare = set_compare,
            .iter = set_iter,
            .make = set_make,
            .init = set_init,
            .length = set_length,
            .contains = rt_set_contains,
            .binary =
                {
                    [RT_SUB] = set_sub,
                    [RT_AND] = set_and,
                    [RT_OR] = set_or,
                    [RT_XOR] = set_xor,
                },
            .inplace =
                {
                    [RT_SUB] = set_isub,
                    [RT_AND] = set_iand,
                    [RT_OR] = set_ior,
                    [RT_XOR] = set_ixor,
                },
        },
};

static const struct rt_method frozenset_methods[] = {
    SHARED_METHODS,
    RT_END_METHODS,
};

struct rt_type rt_frozenset_type = {
    RT_TYPE_HEAD(frozenset, "frozenset", sizeof(struct rt_set)),
    .flags = RT_TYPE_BASE | RT_TYPE_SET | RT_TYPE_HAS_WEAKREFS,
    .inlined = RT_INLINE_FROZENSET,
    .trace = rt_set_trace,
    .methods = frozenset_methods,
    .cdoc = "frozenset() -> empty frozenset object\n"
            "frozenset(iterable) -> frozenset object\n\n"
            "Build an immutable unordered collection of unique elements.",
    .slots =
        {
            .repr = set_repr,
            .hash = frozenset_hash,
            .compare = set_compare,
            .iter = set_iter,
            .make = frozenset_make,
            .length = set_length,
            .contains = rt_set_contains,
            .binary =
                {
                    [RT_SUB] = set_sub,
                    [RT_AND] = set_and,
                    [RT_OR] = set_or,
                    [RT_XOR] = set_xor,
                },
        },
};
