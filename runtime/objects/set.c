/* SPDX-License-Identifier: MIT
 * runtime/objects/set.c: the hash table of set and frozenset; the methods are
 * in set_type.c.
 *
 * One array of hash and key with open addressing: a run of neighbours is
 * looked at before the next jump. Sizes, probing and growth follow what
 * CPython's sets visibly do, for the order of a set of ints is seen by
 * programs. A comparison of keys may run Python code that changes the set: the
 * search begins anew when the table is another one or the entry has changed.
 */
#include "config.h"

#include "runtime/objects/containers.h"

enum { LEAST_MASK = 7, RUN = 9, PERTURB = 5, BIG = 50000 };

NAC_INLINE struct rt_set_entry *
entries_of(const struct rt_set *s)
{
    return ((struct rt_set_table *)s->table)->items;
}

static struct rt_set_table *
table_new(uint64_t cap)
{
    struct rt_set_table *t =
        rt_alloc_large(&rt_set_table_type.root_map,
                       sizeof *t + cap * sizeof(struct rt_set_entry));

    if (!t)
        return NULL;
    t->cap = cap;
    for (uint64_t i = 0; i < cap; i++)
        t->items[i].key = RT_NULL;
    return t;
}

static int
make_table(struct rt_set *s)
{
    struct rt_set_table *t = table_new(LEAST_MASK + 1);

    if (!t)
        return -1;
    s->table = &t->head;
    s->mask = LEAST_MASK;
    rt_barrier(s);
    return 0;
}

/* -- search -- */

enum { NOT_THERE = -1, RAISED = -2, AGAIN = -3 };

static int64_t
compare_entry(struct rt_set *s, int64_t at, rt_val key)
{
    struct rt_obj *table = s->table;
    rt_val there = entries_of(s)[at].key;
    int eq;

    if (rt_is_small(there) && rt_is_small(key))
        return NOT_THERE;
    if (rt_is_exact(there, &rt_str_type) && rt_is_exact(key, &rt_str_type))
        return rt_str_equal(there, key) ? at : NOT_THERE;
    eq = rt_equal(there, key);
    if (eq < 0)
        return RAISED;
    if (s->table != table || !rt_same(entries_of(s)[at].key, there))
        return AGAIN;
    return eq ? at : NOT_THERE;
}

/* The key's position, or the negative marks; *empty: where to put it, which is
 * the last deleted entry that was passed, or the empty one at the end. */
static int64_t
find(struct rt_set *s, rt_val key, int64_t hash, int64_t *empty)
{
    uint64_t mask = s->mask, perturb = (uint64_t)hash, i = perturb & mask;
    const struct rt_set_entry *entries = entries_of(s);
    int64_t deleted = -1;

    for (;;) {
        uint64_t last = i + RUN <= mask ? i + RUN : i;

        for (uint64_t at = i; at <= last; at++) {
            const struct rt_set_entry *e = &entries[at];
            int64_t found;

            if (rt_is_null(e->key)) {
                if (e->hash) {
                    deleted = (int64_t)at;
                    continue;
                }
                *empty = deleted >= 0 ? deleted : (int64_t)at;
                return NOT_THERE;
            }
            if (e->hash != hash)
                continue;
            if (rt_same(e->key, key))
                return (int64_t)at;
            found = compare_entry(s, (int64_t)at, key);
            if (found != NOT_THERE)
                return found;
        }
        perturb >>= PERTURB;
        i = (i * 5 + 1 + perturb) & mask;
    }
}

static int64_t
search(struct rt_set *s, rt_val key, int64_t hash, int64_t *empty)
{
    int64_t at;

    do {
        if (!s->table)
            return NOT_THERE;
        at = find(s, key, hash, empty);
    } while (at == AGAIN);
    return at;
}

int
rt_set_find(struct rt_set *s, rt_val key, int64_t hash)
{
    int64_t empty, at = search(s, key, hash, &empty);

    return at >= 0 ? 1 : at == NOT_THERE ? 0 : -1;
}

/* -- insertion -- */

/* Into a table that has no deleted entries and not this key. */
static void
put_clean(struct rt_set_entry *entries, uint64_t mask, rt_val key, int64_t hash)
{
    uint64_t perturb = (uint64_t)hash, i = perturb & mask;

    for (;;) {
        uint64_t last = i + RUN <= mask ? i + RUN : i;

        for (uint64_t at = i; at <= last; at++) {
            if (!rt_is_null(entries[at].key))
                continue;
            entries[at].key = key;
            entries[at].hash = hash;
            return;
        }
        perturb >>= PERTURB;
        i = (i * 5 + 1 + perturb) & mask;
    }
}

/* A table of more than [n] entries. */
static int
resize(struct rt_set *s, uint64_t n)
{
    struct rt_set_table *t;
    uint64_t size = LEAST_MASK + 1;

    while (size <= n)
        size *= 2;
    t = table_new(size);
    if (!t)
        return -1;
    if (s->table)
        for (uint64_t i = 0; i <= s->mask; i++) {
            struct rt_set_entry *e = &entries_of(s)[i];

            if (!rt_is_null(e->key))
                put_clean(t->items, size - 1, e->key, e->hash);
        }
    s->table = &t->head;
    s->mask = size - 1;
    s->filled = s->used;
    rt_barrier(s);
    rt_barrier(t);
    return 0;
}

int
rt_set_insert(struct rt_set *s, rt_val key, int64_t hash)
{
    struct rt_set_entry *e;
    int64_t empty, at;
    bool reused;

    if (!s->table && make_table(s) < 0)
        return -1;
    at = search(s, key, hash, &empty);
    if (at >= 0)
        return 0;
    if (at == RAISED)
        return -1;
    if (!s->table) { /* cleared by a comparison */
        if (make_table(s) < 0)
            return -1;
        search(s, key, hash, &empty);
    }
    e = &entries_of(s)[empty];
    s->used++;
    reused = e->hash != 0;
    s->filled += !reused;
    rt_write(s->table, &e->key, key);
    e->hash = hash;
    if (reused)
        return 0;
    if ((uint64_t)s->filled * 5 < s->mask * 3)
        return 0;
    return resize(s, (uint64_t)(s->used > BIG ? s->used * 2 : s->used * 4));
}

int
rt_set_discard(struct rt_set *s, rt_val key, int64_t hash)
{
    int64_t empty, at = search(s, key, hash, &empty);

    if (at < 0)
        return at == NOT_THERE ? 0 : -1;
    entries_of(s)[at].key = RT_NULL;
    entries_of(s)[at].hash = -1;
    s->used--;
    return 1;
}

int
rt_set_tidy(struct rt_set *s)
{
    if (!s->table || (uint64_t)(s->filled - s->used) <= s->mask / 4)
        return 0;
    return resize(s, (uint64_t)(s->used > BIG ? s->used * 2 : s->used * 4));
}

void
rt_set_clear(struct rt_set *s)
{
    s->table = NULL;
    s->mask = LEAST_MASK;
    s->used = s->filled = 0;
    s->hash = 0;
}

/* -- whole sets -- */

rt_val
rt_set_of_type(struct rt_type *type)
{
    struct rt_set *s = rt_ptr(rt_instance_new(type));

    s->mask = LEAST_MASK;
    return rt_from_ptr(s);
}

bool
rt_set_next_hash(const struct rt_set *s, int64_t *pos, rt_val *key,
                 int64_t *hash)
{
    if (!s->table)
        return false;
    while ((uint64_t)*pos <= s->mask) {
        const struct rt_set_entry *e = &entries_of(s)[(*pos)++];

        if (rt_is_null(e->key))
            continue;
        *key = e->key;
        *hash = e->hash;
        return true;
    }
    return false;
}

bool
rt_set_next(rt_val set, int64_t *pos, rt_val *item)
{
    int64_t hash;

    return rt_set_next_hash(rt_set_of(set), pos, item, &hash);
}

static int
update_from_set(struct rt_set *s, struct rt_set *other)
{
    int64_t pos = 0, hash;
    rt_val key;

    if (s == other || !other->used)
        return 0;
    if ((uint64_t)(s->filled + other->used) * 5 >= s->mask * 3 &&
        resize(s, (uint64_t)(s->used + other->used) * 2) < 0)
        return -1;
    if (!s->used && !s->filled && other->filled == other->used &&
        s->mask == other->mask) {
        struct rt_set_table *t = table_new(s->mask + 1);

        if (!t)
            return -1;
        memcpy(t->items, entries_of(other),
               (s->mask + 1) * sizeof(struct rt_set_entry));
        s->table = &t->head;
        s->used = s->filled = other->used;
        rt_barrier(s);
        rt_barrier(t);
        return 0;
    }
    while (rt_set_next_hash(other, &pos, &key, &hash))
        if (rt_set_insert(s, key, hash) < 0)
            return -1;
    return 0;
}

static int
update_from_dict(struct rt_set *s, struct rt_dict *d)
{
    int64_t pos = 0, hash;
    rt_val key, value;

    if ((uint64_t)(s->filled + d->used) * 5 >= s->mask * 3 &&
        resize(s, (uint64_t)(s->used + d->used) * 2) < 0)
        return -1;
    while (rt_dict_next_hash(d, &pos, &key, &value, &hash))
        if (rt_set_insert(s, key, hash) < 0)
            return -1;
    return 0;
}

int
rt_set_update(struct rt_set *s, rt_val iterable)
{
    rt_val it, item;

    if (rt_is_set(iterable))
        return update_from_set(s, rt_set_of(iterable));
    if (rt_is_exact_dict(iterable))
        return update_from_dict(s, rt_dict_of(iterable));
    it = rt_iter(iterable);
    if (rt_is_null(it))
        return -1;
    while (item = rt_next(it), !rt_is_null(item)) {
        int64_t hash = rt_key_hash(item);

        if (hash == -1 || rt_set_insert(s, item, hash) < 0)
            return -1;
    }
    return rt_raised() ? -1 : 0;
}

rt_val
rt_set_copy(struct rt_set *s, struct rt_type *type)
{
    rt_val copy = rt_set_of_type(type);

    return update_from_set(rt_set_of(copy), s) < 0 ? RT_NULL : copy;
}

static rt_val
set_of(struct rt_type *type, rt_val iterable)
{
    rt_val set = rt_set_of_type(type);

    if (!rt_is_null(iterable) && rt_set_update(rt_set_of(set), iterable) < 0)
        return RT_NULL;
    return set;
}

rt_val
rt_set_new(rt_val iterable)
{
    return set_of(&rt_set_type, iterable);
}

rt_val
rt_frozenset_new(rt_val iterable)
{
    if (!rt_is_null(iterable) && rt_is_exact(iterable, &rt_frozenset_type))
        return iterable;
    return set_of(&rt_frozenset_type, iterable);
}

int
rt_set_add(rt_val set, rt_val item)
{
    int64_t hash = rt_key_hash(item);

    return hash == -1 ? -1 : rt_set_insert(rt_set_of(set), item, hash);
}

/* A set as key means the frozenset of its items. */
int
rt_set_contains(rt_val set, rt_val item)
{
    int64_t hash = rt_key_hash(item);

    if (hash == -1) {
        rt_val frozen;

        if (!rt_is_set(item) || !rt_exc_is(&rt_exc_TypeError))
            return -1;
        rt_exc_clear();
        frozen = rt_set_copy(rt_set_of(item), &rt_frozenset_type);
        if (rt_is_null(frozen))
            return -1;
        item = frozen;
        hash = rt_hash(frozen);
    }
    return rt_set_find(rt_set_of(set), item, hash);
}

int
rt_set_subset(struct rt_set *a, struct rt_set *b)
{
    int64_t pos = 0, hash;
    rt_val key;

    if (a->used > b->used)
        return 0;
    while (rt_set_next_hash(a, &pos, &key, &hash)) {
        int there = rt_set_find(b, key, hash);

        if (there <= 0)
            return there;
    }
    return 1;
}

void
rt_set_trace(struct rt_obj *obj, struct rt_marker *m)
{
    rt_gc_visit_ptr(m, ((struct rt_set *)obj)->table);
}

static void
table_trace(struct rt_obj *obj, struct rt_marker *m)
{
    struct rt_set_table *t = (struct rt_set_table *)obj;

    for (uint64_t i = 0; i < t->cap; i++)
        rt_gc_visit(m, t->items[i].key);
}

struct rt_type rt_set_table_type = {
    RT_TYPE_HEAD(set_table, "set_table", sizeof(struct rt_set_table)),
    .flags = RT_TYPE_NOINSTANCE,
    .trace = table_trace,
};
