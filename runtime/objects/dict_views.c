/* SPDX-License-Identifier: MIT
 * runtime/objects/dict_views.c: keys(), values() and items() of a dict with
 * their set operations, and the iterators of dicts.
 */
#include "config.h"

#include "runtime/objects/containers.h"

/* -- iterators -- */

struct dict_iter {
    struct rt_obj head;
    rt_val dict;  /* RT_NULL: at its end */
    int64_t pos;  /* next entry */
    int64_t used; /* of the dict when the iterator was made; -1: changed */
    int64_t left; /* items to come */
};
#define ITER(v) ((struct dict_iter *)rt_ptr(v))

static rt_val
iter_new(struct rt_type *type, rt_val dict, int64_t pos)
{
    struct dict_iter *it = RT_NEW(struct dict_iter, type);

    it->dict = dict;
    it->pos = pos;
    it->used = it->left = rt_dict_of(dict)->used;
    return rt_from_ptr(it);
}

rt_val
rt_dict_iter(rt_val dict, enum rt_dict_part part)
{
    struct rt_type *const types[] = {
        &rt_dict_iter_type, &rt_dict_valueiter_type, &rt_dict_itemiter_type};

    return iter_new(types[part], dict, 0);
}

rt_val
rt_dict_reviter(rt_val dict, enum rt_dict_part part)
{
    struct rt_type *const types[] = {&rt_dict_reviter_type,
                                     &rt_dict_revvalueiter_type,
                                     &rt_dict_revitemiter_type};

    return iter_new(types[part], dict, rt_dict_of(dict)->filled - 1);
}

/* The dict may still be iterated; NULL otherwise, with or without exception. */
static struct rt_dict *
check_iter(struct dict_iter *it)
{
    struct rt_dict *d;

    if (rt_is_null(it->dict))
        return NULL;
    d = rt_dict_of(it->dict);
    if (d->used != it->used) {
        it->used = -1; /* stays so */
        rt_raise(&rt_exc_RuntimeError,
                 "dictionary changed size during iteration");
        return NULL;
    }
    return d;
}

static bool
keys_changed(struct dict_iter *it)
{
    if (it->left)
        return false;
    it->dict = RT_NULL;
    rt_raise(&rt_exc_RuntimeError, "dictionary keys changed during iteration");
    return true;
}

/* Number of the next entry, -1: no more, or exception. */
static int64_t
next_entry(struct dict_iter *it)
{
    struct rt_dict *d = check_iter(it);

    if (!d)
        return -1;
    while (it->pos < d->filled) {
        int64_t at = it->pos++;

        if (rt_is_null(d->entries->items[at].key))
            continue;
        if (keys_changed(it))
            return -1;
        it->left--;
        return at;
    }
    it->dict = RT_NULL;
    return -1;
}

static int64_t
last_entry(struct dict_iter *it)
{
    struct rt_dict *d = check_iter(it);

    if (!d)
        return -1;
    if (it->pos >= d->filled)
        it->pos = d->filled - 1;
    while (it->pos >= 0) {
        int64_t at = it->pos--;

        if (rt_is_null(d->entries->items[at].key))
            continue;
        if (keys_changed(it))
            return -1;
        it->left--;
        return at;
    }
    it->dict = RT_NULL;
    return -1;
}

static rt_val
entry_part(rt_val dict, int64_t at, enum rt_dict_part part)
{
    struct rt_dict *d = rt_dict_of(dict);
    struct rt_tuple *t;

    if (at < 0)
        return RT_NULL;
    if (part == RT_DICT_KEYS)
        return d->entries->items[at].key;
    if (part == RT_DICT_VALUES)
        return rt_dict_value(d, at);
    t = rt_alloc(&rt_tuple_type.root_map, sizeof *t + 2 * sizeof(rt_val));
    t->len = 2;
    t->items[0] = d->entries->items[at].key;
    t->items[1] = rt_dict_value(d, at);
    return rt_from_ptr(t);
}

#define NEXT(name, find, part)                                                 \
    static rt_val name(rt_val self)                                            \
    {                                                                          \
        rt_val dict = ITER(self)->dict;                                        \
                                                                               \
        return entry_part(dict, find(ITER(self)), part);                       \
    }
NEXT(next_key, next_entry, RT_DICT_KEYS)
NEXT(next_value, next_entry, RT_DICT_VALUES)
NEXT(next_item, next_entry, RT_DICT_ITEMS)
NEXT(last_key, last_entry, RT_DICT_KEYS)
NEXT(last_value, last_entry, RT_DICT_VALUES)
NEXT(last_item, last_entry, RT_DICT_ITEMS)
#undef NEXT

static rt_val
iter_self(rt_val self)
{
    return self;
}

static void
iter_trace(struct rt_obj *obj, struct rt_marker *m)
{
    rt_gc_visit(m, ((struct dict_iter *)obj)->dict);
}

static rt_val
iter_hint(rt_val self, rt_val *args)
{
    struct dict_iter *it = ITER(self);

    (void)args;
    if (rt_is_null(it->dict) || rt_dict_of(it->dict)->used != it->used)
        return rt_from_small(0);
    return rt_int_from_i64(it->left);
}

/* A copy is pickled as an iterator over the list of what is left. */
static rt_val
iter_reduce(rt_val self, rt_val *args)
{
    struct dict_iter *it = ITER(self), saved = *it;
    rt_val list;

    (void)args;
    list = rt_sequence_list(self);
    it->dict = saved.dict;
    it->pos = saved.pos;
    it->left = saved.left;
    rt_barrier(it);
    if (rt_is_null(list))
        return list;
    return rt_tuple_pack(2, rt_builtin_named("iter"), rt_tuple_pack(1, list));
}

static const struct rt_method iter_methods[] = {
    RT_METHOD("__length_hint__", iter_hint, READS, "($self, /)",
              "Private method returning an estimate of len(list(it))."),
    RT_METHOD("__reduce__", iter_reduce, OWN, "($self, /)",
              "Return state information for pickling."),
    RT_END_METHODS,
};

#define ITER_TYPE(id, text, next_fn)                                           \
    struct rt_type rt_##id##_type = {                                          \
        RT_TYPE_HEAD(id, text, sizeof(struct dict_iter)),                      \
        .flags = RT_TYPE_NOINSTANCE,                                           \
        .trace = iter_trace,                                                   \
        .methods = iter_methods,                                               \
        .slots = {.iter = iter_self, .next = next_fn},                         \
    }
ITER_TYPE(dict_iter, "dict_keyiterator", next_key);
ITER_TYPE(dict_valueiter, "dict_valueiterator", next_value);
ITER_TYPE(dict_itemiter, "dict_itemiterator", next_item);
ITER_TYPE(dict_reviter, "dict_reversekeyiterator", last_key);
ITER_TYPE(dict_revvalueiter, "dict_reversevalueiterator", last_value);
ITER_TYPE(dict_revitemiter, "dict_reverseitemiterator", last_item);
#undef ITER_TYPE

/* -- views -- */

struct view {
    struct rt_obj head;
    rt_val dict;
};
#define DICT(v) (((struct view *)rt_ptr(v))->dict)

rt_val
rt_dict_view(rt_val dict, enum rt_dict_part part)
{
    struct rt_type *const types[] = {&rt_dict_keys_type, &rt_dict_values_type,
                                     &rt_dict_items_type};
    struct view *v = RT_NEW(struct view, types[part]);

    v->dict = dict;
    return rt_from_ptr(v);
}

static bool
is_keys_or_items(rt_val v)
{
    return rt_is_exact(v, &rt_dict_keys_type) ||
           rt_is_exact(v, &rt_dict_items_type);
}

static void
view_trace(struct rt_obj *obj, struct rt_marker *m)
{
    rt_gc_visit(m, ((struct view *)obj)->dict);
}

static int64_t
view_length(rt_val self)
{
    return rt_dict_of(DICT(self))->used;
}

static rt_val
keys_iter(rt_val self)
{
    return rt_dict_iter(DICT(self), RT_DICT_KEYS);
}

static rt_val
values_iter(rt_val self)
{
    return rt_dict_iter(DICT(self), RT_DICT_VALUES);
}

static rt_val
items_iter(rt_val self)
{
    return rt_dict_iter(DICT(self), RT_DICT_ITEMS);
}

static int
keys_contains(rt_val self, rt_val key)
{
    return rt_dict_contains(DICT(self), key);
}

static int
items_contains(rt_val self, rt_val item)
{
    rt_val v;

    if (!rt_is_tuple(item) || rt_tuple_of(item)->len != 2)
        return 0;
    v = rt_dict_get(DICT(self), rt_tuple_of(item)->items[0]);
    if (rt_is_null(v))
        return rt_raised() ? -1 : 0;
    return rt_equal(v, rt_tuple_of(item)->items[1]);
}

static rt_val
view_repr(rt_val self)
{
    rt_val list, text;

    if (rt_repr_enter(self))
        return rt_str_new("...", 3);
    list = rt_sequence_list(self);
    text = rt_is_null(list) ? list
                            : rt_str_format("%N(%R)", rt_type_of(self), list);
    rt_repr_leave(self);
    return text;
}

/* Is every item of [a] in [b]? */
static int
all_in(rt_val a, rt_val b)
{
    rt_val it = rt_iter(a), item;

    if (rt_is_null(it))
        return -1;
    while (item = rt_next(it), !rt_is_null(item)) {
        int there = rt_contains(b, item);

        if (there <= 0)
            return there;
    }
    return rt_raised() ? -1 : 1;
}

static rt_val
view_compare(rt_val a, rt_val b, enum rt_cmp op)
{
    int64_t n, m;
    int ok;

    if (!is_keys_or_items(a) || (!is_keys_or_items(b) && !rt_is_set(b)))
        return rt_NotImplemented;
    n = rt_len(a);
    m = rt_len(b);
    if (n < 0 || m < 0)
        return RT_NULL;
    switch (op) {
    case RT_EQ:
    case RT_NE:
        ok = n == m ? all_in(a, b) : 0;
        break;
    case RT_LT:
        ok = n < m ? all_in(a, b) : 0;
        break;
    case RT_LE:
        ok = n <= m ? all_in(a, b) : 0;
        break;
    case RT_GT:
        ok = n > m ? all_in(b, a) : 0;
        break;
    default:
        ok = n >= m ? all_in(b, a) : 0;
    }
    return ok < 0 ? RT_NULL : rt_from_bool(ok == (op != RT_NE));
}

/* -- set operations: either operand is a view, the result is a set -- */

static rt_val
view_and(rt_val a, rt_val b)
{
    rt_val result, it, item;

    if (!is_keys_or_items(a) ||
        (is_keys_or_items(b) && rt_len(b) > rt_len(a))) {
        rt_val t = a;

        a = b;
        b = t;
    }
    result = rt_set_new(RT_NULL);
    if (rt_is_null(result) || (it = rt_iter(b), rt_is_null(it)))
        return RT_NULL;
    while (item = rt_next(it), !rt_is_null(item)) {
        int there = rt_contains(a, item);

        if (there < 0 || (there && rt_set_add(result, item) < 0))
            return RT_NULL;
    }
    return rt_raised() ? RT_NULL : result;
}

static rt_val
view_or(rt_val a, rt_val b)
{
    rt_val result = rt_set_new(a);

    if (rt_is_null(result) || rt_set_update(rt_set_of(result), b) < 0)
        return RT_NULL;
    return result;
}

static rt_val
view_sub(rt_val a, rt_val b)
{
    rt_val result = rt_set_new(a), it, item;

    if (rt_is_null(result) || (it = rt_iter(b), rt_is_null(it)))
        return RT_NULL;
    while (item = rt_next(it), !rt_is_null(item)) {
        int64_t hash = rt_key_hash(item);

        if (hash == -1 || rt_set_discard(rt_set_of(result), item, hash) < 0)
            return RT_NULL;
    }
    return rt_raised() ? RT_NULL : result;
}

static rt_val
view_xor(rt_val a, rt_val b)
{
    rt_val result = rt_set_new(a), other = rt_set_new(b), item;
    int64_t pos = 0, hash;

    if (rt_is_null(result) || rt_is_null(other))
        return RT_NULL;
    while (rt_set_next_hash(rt_set_of(other), &pos, &item, &hash)) {
        int found = rt_set_discard(rt_set_of(result), item, hash);

        if (found < 0 ||
            (!found && rt_set_insert(rt_set_of(result), item, hash) < 0))
            return RT_NULL;
    }
    return result;
}

/* -- methods -- */

static rt_val
view_isdisjoint(rt_val self, rt_val *args)
{
    rt_val other = args[0], it, item;

    if (rt_same(self, other))
        return rt_from_bool(!view_length(self));
    if ((rt_is_set(other) || is_keys_or_items(other)) &&
        rt_len(other) > view_length(self)) {
        other = self;
        self = args[0];
    }
    it = rt_iter(other);
    if (rt_is_null(it))
        return it;
    while (item = rt_next(it), !rt_is_null(item)) {
        int there = rt_contains(self, item);

        if (there)
            return there < 0 ? RT_NULL : rt_False;
    }
    return rt_raised() ? RT_NULL : rt_True;
}

#define REVERSED(name, part)                                                   \
    static rt_val name(rt_val self, rt_val *args)                              \
    {                                                                          \
        (void)args;                                                            \
        return rt_dict_reviter(DICT(self), part);                              \
    }
REVERSED(keys_reversed, RT_DICT_KEYS)
REVERSED(values_reversed, RT_DICT_VALUES)
REVERSED(items_reversed, RT_DICT_ITEMS)
#undef REVERSED

static rt_val
view_mapping(rt_val self)
{
    return rt_mappingproxy_new(DICT(self));
}

static const struct rt_getset getsets[] = {
    {"mapping", view_mapping, NULL, "dictionary that this view refers to"},
    RT_END_GETSETS,
};

#define DISJOINT                                                               \
    RT_METHOD("isdisjoint", view_isdisjoint, ANY, "($self, other, /)",         \
              "Return True if the view and the given iterable have a null "    \
              "intersection.")

static const struct rt_method keys_methods[] = {
    DISJOINT,
    RT_METHOD("__reversed__", keys_reversed, READS, "($self, /)",
              "Return a reverse iterator over the dict keys."),
    RT_END_METHODS,
};

static const struct rt_method values_methods[] = {
    RT_METHOD("__reversed__", values_reversed, READS, "($self, /)",
              "Return a reverse iterator over the dict values."),
    RT_END_METHODS,
};

static const struct rt_method items_methods[] = {
    DISJOINT,
    RT_METHOD("__reversed__", items_reversed, READS, "($self, /)",
              "Return a reverse iterator over the dict items."),
    RT_END_METHODS,
};

#define SET_OPERATIONS                                                         \
    .binary = {                                                                \
        [RT_SUB] = view_sub,                                                   \
        [RT_AND] = view_and,                                                   \
        [RT_OR] = view_or,                                                     \
        [RT_XOR] = view_xor,                                                   \
    }

struct rt_type rt_dict_keys_type = {
    RT_TYPE_HEAD(dict_keys, "dict_keys", sizeof(struct view)),
    .flags = RT_TYPE_NOINSTANCE,
    .trace = view_trace,
    .methods = keys_methods,
    .getsets = getsets,
    .slots = {.repr = view_repr,
              .compare = view_compare,
              .iter = keys_iter,
              .length = view_length,
              .contains = keys_contains,
              SET_OPERATIONS},
};

struct rt_type rt_dict_values_type = {
    RT_TYPE_HEAD(dict_values, "dict_values", sizeof(struct view)),
    .flags = RT_TYPE_NOINSTANCE,
    .trace = view_trace,
    .methods = values_methods,
    .getsets = getsets,
    .slots = {.repr = view_repr, .iter = values_iter, .length = view_length},
};

struct rt_type rt_dict_items_type = {
    RT_TYPE_HEAD(dict_items, "dict_items", sizeof(struct view)),
    .flags = RT_TYPE_NOINSTANCE,
    .trace = view_trace,
    .methods = items_methods,
    .getsets = getsets,
    .slots = {.repr = view_repr,
              .compare = view_compare,
              .iter = items_iter,
              .length = view_length,
              .contains = items_contains,
              SET_OPERATIONS},
};
