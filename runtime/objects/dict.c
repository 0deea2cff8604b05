/* SPDX-License-Identifier: MIT
 * runtime/objects/dict.c: the hash table of dict, and the functions of
 * objects.h. The methods are in dict_type.c.
 *
 *     entries   hash, key, value in the order of insertion; a deleted one has
 *               the key RT_NULL; [filled] of them are in use
 *     index     mask + 1 slots (a power of two) that hold entry numbers, EMPTY
 *               or DELETED, in 1, 2 or 4 bytes; two thirds may be used
 *
 * A comparison of keys may run Python code that changes the dict: every change
 * of keys or entries increments [shape], and a search that finds it changed
 * begins anew. NaN-boxed ints, and strs, are compared without leaving this
 * file.
 */
#include "config.h"

#include "runtime/objects/containers.h"

enum { EMPTY = -1, DELETED = -2, LEAST_SIZE = 8, PERTURB = 5 };
enum { NOT_THERE = -1, RAISED = -2, AGAIN = -3 };

/* -- the index -- */

/* Bytes of a slot, for a constant width in the loops below. */
NAC_INLINE int
slot_width(uint64_t mask)
{
    return mask < 128 ? 1 : mask < 32768 ? 2 : 4;
}

NAC_INLINE int64_t
get_slot(const struct rt_blob *index, uint64_t i, int width)
{
    switch (width) {
    case 1:
        return ((const int8_t *)(const void *)index->data)[i];
    case 2:
        return ((const int16_t *)(const void *)index->data)[i];
    default:
        return ((const int32_t *)(const void *)index->data)[i];
    }
}

NAC_INLINE void
set_slot(struct rt_blob *index, uint64_t i, int width, int64_t entry)
{
    switch (width) {
    case 1:
        ((int8_t *)(void *)index->data)[i] = (int8_t)entry;
        return;
    case 2:
        ((int16_t *)(void *)index->data)[i] = (int16_t)entry;
        return;
    default:
        ((int32_t *)(void *)index->data)[i] = (int32_t)entry;
    }
}

#define FIRST(hash, mask) ((uint64_t)(hash) & (mask))
#define STEP(i, perturb, mask)                                                 \
    ((perturb) >>= PERTURB, ((i)*5 + (perturb) + 1) & (mask))

/* The slot that holds an entry's number. */
static uint64_t
slot_of(const struct rt_dict *d, int64_t hash, int64_t entry)
{
    uint64_t perturb = (uint64_t)hash, i = FIRST(hash, d->mask);
    int width = slot_width(d->mask);

    while (get_slot(d->index, i, width) != entry)
        i = STEP(i, perturb, d->mask);
    return i;
}

/* Puts an entry's number into the first free slot. */
NAC_INLINE void
put_slot(struct rt_blob *index, uint64_t mask, int64_t hash, int64_t entry,
         int width)
{
    uint64_t perturb = (uint64_t)hash, i = FIRST(hash, mask);

    while (get_slot(index, i, width) >= 0)
        i = STEP(i, perturb, mask);
    set_slot(index, i, width, entry);
}

/* -- search -- */

enum key_kind { KEY_INT, KEY_ANY };

/* Two tuples, as far as ints and strs decide it: 1, 0, or -1. */
static int
compare_tuples(const struct rt_tuple *there, const struct rt_tuple *key)
{
    if (there->len != key->len)
        return 0;
    for (int64_t i = 0; i < key->len; i++) {
        rt_val a = there->items[i], b = key->items[i];

        if (rt_same(a, b))
            continue;
        if (rt_is_small(a) && rt_is_small(b))
            return 0;
        if (!rt_is_exact(a, &rt_str_type) || !rt_is_exact(b, &rt_str_type))
            return -1;
        if (!rt_str_equal(a, b))
            return 0;
    }
    return 1;
}

/* The same hash, other words: are the keys equal? 1, 0, RAISED, AGAIN. */
static int
compare_keys(struct rt_dict *d, rt_val there, rt_val key)
{
    uint64_t shape = d->shape;
    int eq;

    if (rt_is_exact(there, &rt_str_type) && rt_is_exact(key, &rt_str_type))
        return rt_str_equal(there, key);
    if (rt_is_small(there) && rt_is_small(key))
        return 0;
    if (rt_is_exact(there, &rt_tuple_type) &&
        rt_is_exact(key, &rt_tuple_type)) {
        eq = compare_tuples(rt_ptr(there), rt_ptr(key));
        if (eq >= 0)
            return eq;
    }
    eq = rt_equal(there, key);
    if (eq < 0)
        return RAISED;
    return d->shape == shape ? eq : AGAIN;
}

NAC_INLINE int64_t
find_in(struct rt_dict *d, rt_val key, int64_t hash, enum key_kind kind,
        int width)
{
    const struct rt_dict_entry *entries = d->entries->items;
    uint64_t mask = d->mask, perturb = (uint64_t)hash, i = FIRST(hash, mask);

    for (;;) {
        int64_t at = get_slot(d->index, i, width);

        if (at >= 0) {
            const struct rt_dict_entry *e = &entries[at];

            if (rt_same(e->key, key))
                return at;
            if (e->hash == hash && !(kind == KEY_INT && rt_is_small(e->key))) {
                int eq = compare_keys(d, e->key, key);

                if (eq == 1)
                    return at;
                if (eq < 0)
                    return eq;
            }
        } else if (at == EMPTY) {
            return NOT_THERE;
        }
        i = STEP(i, perturb, mask);
    }
}

NAC_INLINE int64_t
find_kind(struct rt_dict *d, rt_val key, int64_t hash, enum key_kind kind)
{
    switch (slot_width(d->mask)) {
    case 1:
        return find_in(d, key, hash, kind, 1);
    case 2:
        return find_in(d, key, hash, kind, 2);
    default:
        return find_in(d, key, hash, kind, 4);
    }
}

int64_t
rt_dict_find(struct rt_dict *d, rt_val key, int64_t hash)
{
    int64_t at;

    do {
        if (!d->entries)
            return NOT_THERE;
        at = rt_is_small(key) ? find_kind(d, key, hash, KEY_INT)
                              : find_kind(d, key, hash, KEY_ANY);
    } while (at == AGAIN);
    return at;
}

/* Names: a str; the dict may hold other keys, which are not equal to it as far
 * as attributes are concerned. */
static int64_t
find_name(struct rt_dict *d, rt_val name)
{
    const struct rt_dict_entry *entries;
    int64_t hash = rt_str_of(name)->hash;
    uint64_t mask = d->mask, perturb, i;
    int width = slot_width(mask);

    if (!d->entries)
        return NOT_THERE;
    if (!hash)
        hash = rt_str_hash(name);
    entries = d->entries->items;
    perturb = (uint64_t)hash;
    for (i = FIRST(hash, mask);; i = STEP(i, perturb, mask)) {
        int64_t at = get_slot(d->index, i, width);

        if (at == EMPTY)
            return NOT_THERE;
        if (at < 0)
            continue;
        if (rt_same(entries[at].key, name))
            return at;
        if (entries[at].hash == hash && rt_is_str(entries[at].key) &&
            rt_str_equal(entries[at].key, name))
            return at;
    }
}

/* -- growth -- */

static uint64_t
room(uint64_t size)
{
    return size * 2 / 3;
}

/* New arrays for an index of [size] slots, without the deleted entries. */
static int
rebuild(struct rt_dict *d, uint64_t size)
{
    uint64_t mask = size - 1, cap = room(size);
    int width = slot_width(mask);
    struct rt_dict_entries *entries;
    struct rt_blob *index;
    int64_t n = 0;

    if (size > UINT64_C(1) << 31) {
        rt_raise_memory();
        return -1;
    }
    entries =
        rt_alloc_large(&rt_dict_entries_type.root_map,
                       sizeof *entries + cap * sizeof(struct rt_dict_entry));
    if (!entries)
        return -1;
    entries->cap = cap;
    index = rt_alloc_blob(size * (uint64_t)width);
    if (!index)
        return -1;
    memset(index->data, 0xFF, size * (uint64_t)width);
    for (int64_t i = 0; i < d->filled; i++) {
        const struct rt_dict_entry *e = &d->entries->items[i];

        if (rt_is_null(e->key))
            continue;
        entries->items[n] = *e;
        put_slot(index, mask, e->hash, n++, width);
    }
    d->entries = entries;
    d->index = index;
    d->mask = mask;
    d->filled = n;
    d->usable = (uint32_t)(cap - (uint64_t)n);
    d->shape++;
    rt_barrier(d);
    rt_barrier(entries);
    return 0;
}

int
rt_dict_resize(struct rt_dict *d, int64_t n)
{
    uint64_t size = LEAST_SIZE;

    if (n < d->used)
        n = d->used;
    while (room(size) < (uint64_t)n)
        size *= 2;
    if (d->entries && d->filled + d->usable >= n && size - 1 <= d->mask)
        return 0;
    return rebuild(d, size);
}

static int
grow(struct rt_dict *d)
{
    uint64_t size = LEAST_SIZE;

    while (size < 3 * (uint64_t)d->used)
        size *= 2;
    return rebuild(d, size);
}

int
rt_dict_insert(struct rt_dict *d, rt_val key, int64_t hash, rt_val value)
{
    struct rt_dict_entry *e;

    if (!d->usable && grow(d) < 0)
        return -1;
    switch (slot_width(d->mask)) {
    case 1:
        put_slot(d->index, d->mask, hash, d->filled, 1);
        break;
    case 2:
        put_slot(d->index, d->mask, hash, d->filled, 2);
        break;
    default:
        put_slot(d->index, d->mask, hash, d->filled, 4);
    }
    e = &d->entries->items[d->filled++];
    e->hash = hash;
    e->key = key;
    e->value = value;
    if (rt_is_obj(key) || rt_is_obj(value))
        rt_barrier(d->entries);
    d->usable--;
    d->used++;
    d->shape++;
    return 0;
}

void
rt_dict_remove(struct rt_dict *d, int64_t entry)
{
    struct rt_dict_entry *e = &d->entries->items[entry];
    rt_val key = e->key, value = e->value;

    set_slot(d->index, slot_of(d, e->hash, entry), slot_width(d->mask),
             DELETED);
    e->key = RT_NULL;
    e->value = RT_NULL;
    d->used--;
    d->shape++;
    /* The slots of entries cut off are not free: usable stays. */
    while (d->filled && rt_is_null(d->entries->items[d->filled - 1].key))
        d->filled--;
    if (d->flags & RT_DICT_NAMESPACE)
        rt_gcell_kill(d, key, rt_ptr(value));
}

/* -- functions of objects.h -- */

rt_val
rt_dict_new(void)
{
    return rt_from_ptr(RT_NEW(struct rt_dict, &rt_dict_type));
}

rt_val
rt_dict_get_hashed(struct rt_dict *d, rt_val key, int64_t hash)
{
    int64_t at = rt_dict_find(d, key, hash);

    return at < 0 ? RT_NULL : rt_dict_value(d, at);
}

rt_val
rt_dict_get(rt_val dict, rt_val key)
{
    struct rt_dict *d = rt_dict_of(dict);
    int64_t hash = rt_key_hash(key), at;

    if (hash == -1)
        return RT_NULL;
    at = rt_dict_find(d, key, hash);
    return at < 0 ? RT_NULL : rt_dict_value(d, at);
}

rt_val
rt_dict_get_name(rt_val dict, rt_val name)
{
    struct rt_dict *d = rt_dict_of(dict);
    int64_t at = find_name(d, name);

    return at < 0 ? RT_NULL : rt_dict_value(d, at);
}

int
rt_dict_set_hashed(struct rt_dict *d, rt_val key, int64_t hash, rt_val value)
{
    int64_t at = rt_dict_find(d, key, hash);

    if (at >= 0) {
        rt_val *slot = &d->entries->items[at].value;

        if (NAC_UNLIKELY(d->flags & RT_DICT_NAMESPACE))
            rt_gcell_write(rt_ptr(*slot), value);
        else
            rt_write(d->entries, slot, value);
        return 0;
    }
    if (at == RAISED)
        return -1;
    if (NAC_UNLIKELY(d->flags & RT_DICT_NAMESPACE))
        value = rt_gcell_new(d, key, value);
    return rt_dict_insert(d, key, hash, value);
}

int
rt_dict_set(rt_val dict, rt_val key, rt_val value)
{
    int64_t hash = rt_key_hash(key);

    if (hash == -1)
        return -1;
    return rt_dict_set_hashed(rt_dict_of(dict), key, hash, value);
}

void
rt_dict_set_name(rt_val dict, const char *name, rt_val value)
{
    rt_dict_set(dict, rt_intern(name), value);
}

int
rt_dict_contains(rt_val dict, rt_val key)
{
    int64_t hash = rt_key_hash(key), at;

    if (hash == -1)
        return -1;
    at = rt_dict_find(rt_dict_of(dict), key, hash);
    return at >= 0 ? 1 : at == NOT_THERE ? 0 : -1;
}

int
rt_dict_del(rt_val dict, rt_val key)
{
    struct rt_dict *d = rt_dict_of(dict);
    int64_t hash = rt_key_hash(key), at;

    if (hash == -1)
        return -1;
    at = rt_dict_find(d, key, hash);
    if (at < 0)
        return at == NOT_THERE ? 0 : -1;
    rt_dict_remove(d, at);
    return 1;
}

rt_val
rt_dict_pop(rt_val dict, rt_val key)
{
    struct rt_dict *d = rt_dict_of(dict);
    int64_t hash, at;
    rt_val value;

    hash = rt_key_hash(key);
    if (hash == -1)
        return RT_NULL;
    at = rt_dict_find(d, key, hash);
    if (at < 0)
        return RT_NULL;
    value = rt_dict_value(d, at);
    rt_dict_remove(d, at);
    return value;
}

rt_val
rt_dict_setdefault(rt_val dict, rt_val key, rt_val value)
{
    struct rt_dict *d = rt_dict_of(dict);
    int64_t hash = rt_key_hash(key), at;
    rt_val stored = value;

    if (hash == -1)
        return RT_NULL;
    at = rt_dict_find(d, key, hash);
    if (at >= 0)
        return rt_dict_value(d, at);
    if (at == RAISED)
        return RT_NULL;
    if (d->flags & RT_DICT_NAMESPACE)
        stored = rt_gcell_new(d, key, value);
    return rt_dict_insert(d, key, hash, stored) < 0 ? RT_NULL : value;
}

bool
rt_dict_next_hash(struct rt_dict *d, int64_t *pos, rt_val *key, rt_val *value,
                  int64_t *hash)
{
    while (*pos < d->filled) {
        const struct rt_dict_entry *e = &d->entries->items[*pos];

        if (rt_is_null(e->key)) {
            ++*pos;
            continue;
        }
        *key = e->key;
        *value = rt_dict_value(d, (*pos)++);
        *hash = e->hash;
        return true;
    }
    return false;
}

bool
rt_dict_next(rt_val dict, int64_t *pos, rt_val *key, rt_val *value)
{
    int64_t hash;

    return rt_dict_next_hash(rt_dict_of(dict), pos, key, value, &hash);
}

rt_val
rt_dict_keys_list(rt_val dict)
{
    struct rt_dict *d = rt_dict_of(dict);
    rt_val list = rt_list_new(NULL, d->used), key, value;
    int64_t pos = 0, n = 0;

    if (rt_is_null(list))
        return list;
    while (rt_dict_next(dict, &pos, &key, &value))
        rt_list_of(list)->items->items[n++] = key;
    rt_barrier(rt_list_of(list)->items);
    return list;
}

/* Copies both arrays as they are; not for namespaces. */
static int
copy_arrays(struct rt_dict *to, const struct rt_dict *from)
{
    size_t bytes =
        sizeof *to->entries + from->entries->cap * sizeof(struct rt_dict_entry);
    struct rt_dict_entries *entries =
        rt_alloc_large(&rt_dict_entries_type.root_map, bytes);
    struct rt_blob *index;

    if (!entries)
        return -1;
    entries->cap = from->entries->cap;
    memcpy(entries->items, from->entries->items,
           (size_t)from->filled * sizeof(struct rt_dict_entry));
    index = rt_alloc_blob(from->index->size);
    if (!index)
        return -1;
    memcpy(index->data, from->index->data, from->index->size);
    to->used = from->used;
    to->filled = from->filled;
    to->usable = from->usable;
    to->mask = from->mask;
    to->entries = entries;
    to->index = index;
    to->shape++;
    rt_barrier(entries);
    rt_barrier(to);
    return 0;
}

rt_val
rt_dict_copy(rt_val dict)
{
    struct rt_dict *from = rt_dict_of(dict), *to;
    rt_val copy = rt_dict_new(), key, value;
    int64_t pos = 0, hash;

    to = rt_dict_of(copy);
    if (!from->used)
        return copy;
    if (!(from->flags & RT_DICT_NAMESPACE) &&
        from->used >= from->filled * 2 / 3)
        return copy_arrays(to, from) < 0 ? RT_NULL : copy;
    if (rt_dict_resize(to, from->used) < 0)
        return RT_NULL;
    while (rt_dict_next_hash(from, &pos, &key, &value, &hash))
        if (rt_dict_insert(to, key, hash, value) < 0)
            return RT_NULL;
    return copy;
}

void
rt_dict_clear(rt_val dict)
{
    struct rt_dict *d = rt_dict_of(dict);
    struct rt_dict_entries *entries = d->entries;
    int64_t filled = d->filled;

    d->entries = NULL;
    d->index = NULL;
    d->mask = 0;
    d->used = d->filled = 0;
    d->usable = 0;
    d->shape++;
    if (!(d->flags & RT_DICT_NAMESPACE))
        return;
    for (int64_t i = 0; i < filled; i++)
        if (!rt_is_null(entries->items[i].key))
            rt_gcell_kill(d, entries->items[i].key,
                          rt_ptr(entries->items[i].value));
}

/* -- merging -- */

static int
merge_dict(rt_val dict, rt_val other, bool override)
{
    struct rt_dict *d = rt_dict_of(dict), *from = rt_dict_of(other);
    int64_t pos = 0, hash, used = from->used;
    rt_val key, value;

    if (d == from || !from->used)
        return 0;
    if (!d->used && !((d->flags | from->flags) & RT_DICT_NAMESPACE) &&
        from->used == from->filled)
        return copy_arrays(d, from);
    if (from->used > d->usable && rt_dict_resize(d, d->used + from->used) < 0)
        return -1;
    while (rt_dict_next_hash(from, &pos, &key, &value, &hash)) {
        if (!override) {
            int64_t at = rt_dict_find(d, key, hash);

            if (at == RAISED)
                return -1;
            if (at >= 0)
                continue;
        }
        if (rt_dict_set_hashed(d, key, hash, value) < 0)
            return -1;
        if (from->used != used) {
            rt_raise(&rt_exc_RuntimeError, "dict mutated during update");
            return -1;
        }
    }
    return 0;
}

static int
merge_mapping(rt_val dict, rt_val other, rt_val keys, bool override)
{
    rt_val it, key, value;

    keys = rt_call0(keys);
    if (rt_is_null(keys) || (it = rt_iter(keys), rt_is_null(it)))
        return -1;
    while (key = rt_next(it), !rt_is_null(key)) {
        if (!override) {
            int there = rt_dict_contains(dict, key);

            if (there < 0)
                return -1;
            if (there)
                continue;
        }
        value = rt_getitem(other, key);
        if (rt_is_null(value) || rt_dict_set(dict, key, value) < 0)
            return -1;
    }
    return rt_raised() ? -1 : 0;
}

int
rt_dict_merge_pair(rt_val dict, rt_val pair, long long i, bool override)
{
    rt_val *items;
    int64_t n;

    if (!rt_is_list(pair) && !rt_is_tuple(pair)) {
        pair = rt_sequence_list(pair);
        if (rt_is_null(pair)) {
            if (rt_exc_is(&rt_exc_TypeError)) {
                rt_exc_clear();
                rt_raise(&rt_exc_TypeError,
                         "cannot convert dictionary update sequence element "
                         "#%lld to a sequence",
                         i);
            }
            return -1;
        }
    }
    items = rt_seq_items(pair, &n);
    if (n != 2) {
        rt_raise(&rt_exc_ValueError,
                 "dictionary update sequence element #%lld has length %lld; 2 "
                 "is required",
                 i, (long long)n);
        return -1;
    }
    if (override)
        return rt_dict_set(dict, items[0], items[1]);
    return rt_is_null(rt_dict_setdefault(dict, items[0], items[1])) ? -1 : 0;
}

int
rt_dict_merge(rt_val dict, rt_val other, bool override_)
{
    rt_val keys, it, pair;
    long long i = 0;

    if (rt_is_dict(other) &&
        rt_type_of(other)->slots.iter == rt_dict_type.slots.iter)
        return merge_dict(dict, other, override_);
    keys = rt_getattr_opt(other, RT_ID(keys));
    if (!rt_is_null(keys))
        return merge_mapping(dict, other, keys, override_);
    if (rt_raised() || (it = rt_iter(other), rt_is_null(it)))
        return -1;
    while (pair = rt_next(it), !rt_is_null(pair))
        if (rt_dict_merge_pair(dict, pair, i++, override_) < 0)
            return -1;
    return rt_raised() ? -1 : 0;
}

/* -- the type of the entries -- */

static void
entries_trace(struct rt_obj *obj, struct rt_marker *m)
{
    struct rt_dict_entries *entries = (struct rt_dict_entries *)obj;

    for (uint64_t i = 0; i < entries->cap; i++) {
        rt_gc_visit(m, entries->items[i].key);
        rt_gc_visit(m, entries->items[i].value);
    }
}

struct rt_type rt_dict_entries_type = {
    RT_TYPE_HEAD(dict_entries, "dict_entries", sizeof(struct rt_dict_entries)),
    .flags = RT_TYPE_NOINSTANCE,
    .trace = entries_trace,
};
