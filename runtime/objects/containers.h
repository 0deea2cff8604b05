/* SPDX-License-Identifier: MIT
 * runtime/objects/containers.h: what the files of list, tuple, dict, set,
 * range and the iterators share. Others use objects.h.
 */
#ifndef RT_CONTAINERS_H
#define RT_CONTAINERS_H

#include "runtime/runtime.h"

#define rt_set_of(v) ((struct rt_set *)rt_ptr(v))
#define rt_is_set(v) (rt_is_obj(v) && rt_has_flag(v, RT_TYPE_SET))

/* rt_hash() with the usual keys inline. -1: exception. */
NAC_INLINE int64_t
rt_key_hash(rt_val key)
{
    if (rt_is_small(key)) {
        int64_t i = rt_small(key);

        return i == -1 ? -2 : i;
    }
    if (rt_is_exact(key, &rt_str_type)) {
        int64_t h = rt_str_of(key)->hash;

        return h ? h : rt_str_hash(key);
    }
    return rt_hash(key);
}

/* -- sequence.c -- */

/* The argument of list(x), tuple(x), set(x): RT_NULL: there is none. 0, -1. */
int rt_one_argument(const char *name, const rt_val *args, uint32_t nargs,
                    rt_val kwnames, rt_val *out);
/* Index of a subscript: small ints without a call. IndexError if too large. */
NAC_INLINE int
rt_seq_index(rt_val key, int64_t *out)
{
    if (NAC_LIKELY(rt_is_small(key))) {
        *out = rt_small(key);
        return 0;
    }
    return rt_index_i64(key, out, &rt_exc_IndexError);
}
NAC_INLINE bool
rt_is_index(rt_val v)
{
    return rt_is_small(v) || rt_type_of(v)->slots.to_index != NULL;
}
/* start and stop of index() and the like: clipped, RT_NULL: the default. */
int rt_seq_bounds(rt_val start, rt_val stop, int64_t len, int64_t *from,
                  int64_t *to);
/* Lexicographic order of two sequences that may change meanwhile. */
rt_val rt_seq_compare(rt_val a, rt_val b, enum rt_cmp op);
int rt_seq_contains(rt_val seq, rt_val item);
int64_t rt_seq_count(rt_val seq, rt_val item); /* -1: exception */
/* Number of repetitions for seq * n; false: not an integer. */
bool rt_seq_times(rt_val n, int64_t *times);
/* repr of containers that may contain themselves: 1: is being shown already. */
int rt_repr_enter(rt_val v);
void rt_repr_leave(rt_val v);
rt_val rt_builtin_named(const char *name); /* of module builtins */

/* -- list.c -- */
/* Room for [n] items in all; the length stays. 0, or -1. */
int rt_list_reserve(struct rt_list *list, int64_t n);
rt_val rt_list_iter(rt_val list);

/* -- dict.c -- */
/* The entry of a key: its number, -1: not there, -2: exception. */
int64_t rt_dict_find(struct rt_dict *d, rt_val key, int64_t hash);
rt_val rt_dict_get_hashed(struct rt_dict *d, rt_val key, int64_t hash);
int rt_dict_set_hashed(struct rt_dict *d, rt_val key, int64_t hash,
                       rt_val value);
/* Adds a key that is not there; in a namespace [value] is the cell. */
int rt_dict_insert(struct rt_dict *d, rt_val key, int64_t hash, rt_val value);
void rt_dict_remove(struct rt_dict *d, int64_t entry);
int rt_dict_resize(struct rt_dict *d, int64_t n); /* room for [n] keys */
bool rt_dict_next_hash(struct rt_dict *d, int64_t *pos, rt_val *key,
                       rt_val *value, int64_t *hash);
NAC_INLINE rt_val
rt_dict_value(const struct rt_dict *d, int64_t entry)
{
    rt_val v = d->entries->items[entry].value;

    if (NAC_UNLIKELY(d->flags & RT_DICT_NAMESPACE))
        return ((struct rt_gcell *)rt_ptr(v))->value;
    return v;
}
/* One step of dict(pairs): the pair of number i. */
int rt_dict_merge_pair(rt_val dict, rt_val pair, long long i, bool override);
int rt_dict_update_args(rt_val dict, const char *name, const rt_val *args,
                        uint32_t nargs, rt_val kwnames);

/* -- namespace.c -- */
/* A name came into being in, or vanishes from, a namespace. */
rt_val rt_gcell_new(struct rt_dict *ns, rt_val name, rt_val value);
void rt_gcell_kill(struct rt_dict *ns, rt_val name, struct rt_gcell *cell);

/* -- dict_views.c -- */
enum rt_dict_part { RT_DICT_KEYS, RT_DICT_VALUES, RT_DICT_ITEMS };
rt_val rt_dict_view(rt_val dict, enum rt_dict_part part);
rt_val rt_dict_iter(rt_val dict, enum rt_dict_part part);
rt_val rt_dict_reviter(rt_val dict, enum rt_dict_part part);

/* -- set.c -- */
struct rt_set_table { /* GC object, traced */
    struct rt_obj head;
    uint64_t cap;
    struct rt_set_entry items[]; /* key RT_NULL: hash 0 empty, -1 deleted */
};
rt_val rt_set_of_type(struct rt_type *type);
int rt_set_find(struct rt_set *set, rt_val key, int64_t hash); /* 0, 1, -1 */
int rt_set_insert(struct rt_set *set, rt_val key, int64_t hash);
/* 1: it was there, 0, -1. */
int rt_set_discard(struct rt_set *set, rt_val key, int64_t hash);
/* A new table if many entries are deleted ones. 0, -1. */
int rt_set_tidy(struct rt_set *set);
int rt_set_update(struct rt_set *set, rt_val iterable);
void rt_set_clear(struct rt_set *set);
rt_val rt_set_copy(struct rt_set *set, struct rt_type *type);
bool rt_set_next_hash(const struct rt_set *set, int64_t *pos, rt_val *key,
                      int64_t *hash);
void rt_set_trace(struct rt_obj *obj, struct rt_marker *marker);
/* Are all of a's keys in b? 0, 1, -1. */
int rt_set_subset(struct rt_set *a, struct rt_set *b);

#endif
