/* SPDX-License-Identifier: MIT
 * runtime/type.c: the core of the type system: versions, look-up along the mro
 * with its cache, the C3 mro, subclasses, and completing builtin types.
 * type_new.c makes classes, type_attr.c has the attributes and methods of type
 * objects, type_slots.c the special methods.
 */
#include "config.h"

#include "runtime/type.h"

#include "runtime/shape.h"

enum { CACHE_SIZE = 4096, MAX_MUTATIONS = 100 };

static struct {
    uint64_t version;
    uint64_t name;
    rt_val value;
} cache[CACHE_SIZE];

static uint64_t last_version;
void (*rt_invalidate_hook)(struct tr_watch *watch);

uint64_t
rt_type_fresh_version(void)
{
    return ++last_version;
}

/* -- look-up -- */

static rt_val
lookup_slowly(struct rt_type *type, rt_val name)
{
    int64_t n;
    rt_val *mro;

    if (rt_is_null(type->mro))
        return RT_NULL;
    mro = rt_seq_items(type->mro, &n);
    for (int64_t i = 0; i < n; i++) {
        struct rt_type *t = rt_type_ptr(mro[i]);
        rt_val v = rt_dict_get_name(rt_from_ptr(t->dict), name);

        if (!rt_is_null(v))
            return v;
    }
    return RT_NULL;
}

rt_val
rt_type_lookup(struct rt_type *type, rt_val name)
{
    uint32_t h;

    if (!type->version)
        return lookup_slowly(type, name);
    h = (uint32_t)((name.bits >> 4) * 7 + type->version * 31) % CACHE_SIZE;
    if (cache[h].version != type->version || cache[h].name != name.bits) {
        cache[h].value = lookup_slowly(type, name);
        cache[h].version = type->version;
        cache[h].name = name.bits;
    }
    return cache[h].value;
}

/* Names may die and their addresses be used again. */
static void
sweep_cache(bool (*alive)(const void *))
{
    (void)alive;
    memset(cache, 0, sizeof cache);
}

void
rt_type_init_cache(void)
{
    rt_gc_add_weak(sweep_cache);
}

rt_val
rt_lookup_special(rt_val v, rt_val name)
{
    struct rt_type *type = rt_type_of(v);
    rt_val f = rt_type_lookup(type, name);

    if (rt_is_null(f))
        return RT_NULL;
    return rt_descr_get(f, v, rt_from_ptr(type));
}

bool
rt_is_subtype(const struct rt_type *a, const struct rt_type *b)
{
    int64_t n;
    rt_val *mro;

    if (a == b)
        return true;
    if (rt_is_null(a->mro) || !a->mro.bits) {
        for (; a; a = a->base)
            if (a == b)
                return true;
        return b == &rt_object_type;
    }
    mro = rt_seq_items(a->mro, &n);
    for (int64_t i = 0; i < n; i++)
        if (rt_ptr(mro[i]) == (const void *)b)
            return true;
    return false;
}

/* -- mutation -- */

static void
fire(struct tr_watch *watch)
{
    if (rt_invalidate_hook)
        rt_invalidate_hook(watch);
}

static void
change(struct rt_type *type, bool data)
{
    rt_val subs, *items;
    int64_t n;

    if (data)
        type->data_writes++;
    else if (type->flags & RT_TYPE_READY)
        type->mutations++;
    if (type->mutations > MAX_MUTATIONS)
        type->version = 0;
    else
        type->version = rt_type_fresh_version();
    rt_maps_changed(type);
    fire(data ? &type->data_watch : &type->watch);
    if (!type->subclasses)
        return;
    subs = rt_type_subclasses(type);
    items = rt_seq_items(subs, &n);
    for (int64_t i = 0; i < n; i++)
        change(rt_type_ptr(items[i]), data);
}

static void
renew(struct rt_type *type)
{
    rt_val subs, *items;
    int64_t n;

    if (type->version)
        type->version = rt_type_fresh_version();
    rt_maps_changed(type);
    fire(&type->watch);
    if (!type->subclasses)
        return;
    subs = rt_type_subclasses(type);
    items = rt_seq_items(subs, &n);
    for (int64_t i = 0; i < n; i++)
        renew(rt_type_ptr(items[i]));
}

void
rt_descriptors_changed(void)
{
    renew(&rt_object_type);
}

void
rt_type_changed(struct rt_type *type)
{
    change(type, false);
    fire(&type->data_watch);
}

void
rt_type_data_changed(struct rt_type *type)
{
    change(type, true);
}

void
rt_type_put(struct rt_type *type, rt_val name, rt_val value)
{
    rt_dict_set(rt_from_ptr(type->dict), name, value);
}

/* -- subclasses: weak references, or static types themselves -- */

void
rt_type_add_subclass(struct rt_type *base, struct rt_type *type)
{
    rt_val entry = rt_from_ptr(type);

    if (type->flags & RT_TYPE_HEAP)
        entry = rt_weakref_new(entry, RT_NULL);
    if (!base->subclasses) {
        base->subclasses = rt_ptr(rt_list_new(NULL, 0));
        rt_barrier_any(base);
    }
    rt_list_append(rt_from_ptr(base->subclasses), entry);
}

static rt_val
subclass_of_entry(rt_val entry)
{
    return rt_is_type(entry) ? entry : rt_weakref_get(entry);
}

rt_val
rt_type_subclasses(struct rt_type *type)
{
    rt_val result = rt_list_new(NULL, 0), *items;
    int64_t n, keep = 0;

    if (!type->subclasses)
        return result;
    items = rt_seq_items(rt_from_ptr(type->subclasses), &n);
    for (int64_t i = 0; i < n; i++) {
        rt_val t = subclass_of_entry(items[i]);

        if (rt_is_none(t))
            continue;
        items[keep++] = items[i];
        rt_list_append(result, t);
    }
    ((struct rt_list *)type->subclasses)->len = keep;
    return result;
}

void
rt_type_remove_subclass(struct rt_type *base, struct rt_type *type)
{
    rt_val *items;
    int64_t n, keep = 0;

    if (!base->subclasses)
        return;
    items = rt_seq_items(rt_from_ptr(base->subclasses), &n);
    for (int64_t i = 0; i < n; i++)
        if (!rt_same(subclass_of_entry(items[i]), rt_from_ptr(type)))
            items[keep++] = items[i];
    ((struct rt_list *)base->subclasses)->len = keep;
}

/* -- C3 -- */

static bool
in_tail(rt_val *seq, int64_t from, int64_t n, rt_val t)
{
    for (int64_t i = from + 1; i < n; i++)
        if (rt_same(seq[i], t))
            return true;
    return false;
}

static void
conflict(rt_val *heads, int64_t n)
{
    rt_val text = rt_str_new("", 0);

    for (int64_t i = 0; i < n; i++)
        if (!rt_is_null(heads[i]))
            text =
                rt_str_format("%U%s%N", text, rt_str_of(text)->len ? ", " : "",
                              rt_type_ptr(heads[i]));
    rt_raise(&rt_exc_TypeError,
             "Cannot create a consistent method resolution\n"
             "order (MRO) for bases %U",
             text);
}

/* Merges the [n] sequences (tuples) into a list that begins with [type]. */
static rt_val
merge(struct rt_type *type, rt_val *seqs, int64_t n)
{
    rt_val self = rt_from_ptr(type), list = rt_list_new(&self, 1);
    int64_t *at = nac_calloc((size_t)n, sizeof *at);
    rt_val result = RT_NULL;

    for (;;) {
        bool empty = true, found = false;
        rt_val t = RT_NULL;

        for (int64_t i = 0; i < n && !found; i++) {
            int64_t len;
            rt_val *items = rt_seq_items(seqs[i], &len);

            if (at[i] == len)
                continue;
            empty = false;
            t = items[at[i]];
            found = true;
            for (int64_t j = 0; j < n && found; j++) {
                rt_val *other = rt_seq_items(seqs[j], &len);

                found = !in_tail(other, at[j], len, t);
            }
        }
        if (empty) {
            result = list;
            break;
        }
        if (!found) {
            rt_val heads[16];
            int64_t k = 0, len;

            for (int64_t i = 0; i < n && k < 16; i++) {
                rt_val *items = rt_seq_items(seqs[i], &len);
                bool seen = at[i] == len;

                for (int64_t j = 0; j < k && !seen; j++)
                    seen = rt_same(heads[j], items[at[i]]);
                if (!seen)
                    heads[k++] = items[at[i]];
            }
            conflict(heads, k);
            break;
        }
        rt_list_append(list, t);
        for (int64_t i = 0; i < n; i++) {
            int64_t len;
            rt_val *items = rt_seq_items(seqs[i], &len);

            if (at[i] < len && rt_same(items[at[i]], t))
                at[i]++;
        }
    }
    free(at);
    return result;
}

rt_val
rt_type_mro(struct rt_type *type)
{
    int64_t n;
    rt_val *bases = rt_seq_items(type->bases, &n), list, all;

    for (int64_t i = 0; i < n; i++)
        for (int64_t j = i + 1; j < n; j++)
            if (rt_same(bases[i], bases[j]))
                return rt_raise(&rt_exc_TypeError, "duplicate base class %N",
                                rt_type_ptr(bases[i]));
    if (n == 1) {
        int64_t len;
        rt_val *mro = rt_seq_items(rt_type_ptr(bases[0])->mro, &len);
        rt_val tuple = rt_tuple_new(NULL, len + 1);

        rt_tuple_of(tuple)->items[0] = rt_from_ptr(type);
        memcpy(rt_tuple_of(tuple)->items + 1, mro, (size_t)len * sizeof *mro);
        rt_barrier(rt_ptr(tuple));
        return tuple;
    }
    all = rt_list_new(NULL, 0);
    for (int64_t i = 0; i < n; i++)
        rt_list_append(all, rt_type_ptr(bases[i])->mro);
    rt_list_append(all, type->bases);
    list = merge(type, rt_list_of(all)->items->items, n + 1);
    return rt_is_null(list) ? RT_NULL : rt_list_to_tuple(list);
}

/* -- builtin types -- */

static rt_val
make_method(struct rt_type *type, const struct rt_method *m)
{
    switch (m->kind) {
    case RT_METHOD_STATIC:
        return rt_staticmethod_new(rt_builtin_new(m, RT_NULL, NULL));
    default:
        return rt_builtin_new(m, RT_NULL, type);
    }
}

static void
publish_dict(struct rt_type *type, const struct rt_slots *own)
{
    rt_slots_publish(type, own);
    if (type->methods)
        for (const struct rt_method *m = type->methods; m->name; m++)
            rt_type_put(type, rt_intern(m->name), make_method(type, m));
    if (type->getsets)
        for (const struct rt_getset *g = type->getsets; g->name; g++)
            rt_type_put(type, rt_intern(g->name), rt_getset_new(type, g));
    if (rt_is_null(rt_dict_get_name(rt_from_ptr(type->dict), RT_ID(doc))))
        rt_type_put(type, RT_ID(doc), type->doc);
    if (own->compare && !own->hash &&
        rt_is_null(rt_dict_get_name(rt_from_ptr(type->dict), RT_ID(hash))))
        rt_type_put(type, RT_ID(hash), rt_None);
}

/* "collections.deque" has a module of its own. */
static void
set_names(struct rt_type *type)
{
    const char *dot = strrchr(type->cname, '.');

    if (dot) {
        type->module =
            rt_str_intern(rt_str_new(type->cname, dot - type->cname));
        type->cname = dot + 1;
    } else {
        type->module = RT_ID(builtins_mod);
    }
    type->name = type->qualname = rt_intern(type->cname);
}

static const uint32_t inherited_flags =
    RT_TYPE_INT | RT_TYPE_FLOAT | RT_TYPE_STR | RT_TYPE_BYTES | RT_TYPE_LIST |
    RT_TYPE_TUPLE | RT_TYPE_DICT | RT_TYPE_TYPE | RT_TYPE_EXCEPTION |
    RT_TYPE_SET | RT_TYPE_SEQUENCE | RT_TYPE_MAPPING | RT_TYPE_HAS_DICT |
    RT_TYPE_HAS_WEAKREFS;

static void
set_layout(struct rt_type *type, const struct rt_type *base)
{
    if (base) {
        type->flags |= base->flags & inherited_flags;
        if (!type->size)
            type->size = base->size;
        if (!type->trace)
            type->trace = base->trace;
        if (!type->release)
            type->release = base->release;
        if (!type->dict_offset)
            type->dict_offset = base->dict_offset;
        if (!type->slots_offset && base->slots_offset &&
            type->size == base->size)
            type->slots_offset = base->slots_offset;
    }
    type->size = (type->size + 7) & ~7u;
    if (type->flags & RT_TYPE_HAS_DICT && !type->dict_offset &&
        !type->slots_offset && !(type->flags & RT_TYPE_TYPE))
        type->flags |= RT_TYPE_SIDE_DICT;
    if (type->slots_offset)
        type->values_from = type->slots_offset - 8;
    if (type->flags & RT_TYPE_SIDE_DICT)
        type->root_map.flags |= RT_MAP_DICT;
    type->root_map.least = type->slots_offset ? type->size : 0;
}

int
rt_type_ready(struct rt_type *type)
{
    struct rt_type *base = type == &rt_object_type ? NULL
                           : type->cbase           ? *type->cbase
                           : type->base            ? type->base
                                                   : &rt_object_type;
    struct rt_slots own = type->slots;
    rt_val base_val = base ? rt_from_ptr(base) : RT_NULL;

    if (type->flags & RT_TYPE_READY)
        return 0;
    if (base && !(base->flags & RT_TYPE_READY) && rt_type_ready(base) < 0)
        return -1;
    type->base = base;
    type->version = rt_type_fresh_version();
    type->root_map.version = type->version;
    set_names(type);
    type->doc = type->cdoc ? rt_str_new(type->cdoc, -1) : rt_None;
    type->bases = base ? rt_tuple_new(&base_val, 1) : rt_tuple_new(NULL, 0);
    type->mro = RT_NULL;
    type->mro = base ? rt_type_mro(type) : rt_tuple_pack(1, rt_from_ptr(type));
    type->dict = rt_ptr(rt_dict_new());
    rt_gc_static(&type->head);
    set_layout(type, base);
    if (base)
        rt_slots_inherit(type);
    if ((type->slots.del && !type->wants_del) || type->release) {
        type->root_map.flags |= RT_MAP_FINAL;
        type->root_map.least = UINT32_MAX;
    }
    publish_dict(type, &own);
    type->flags |= RT_TYPE_READY;
    if (base)
        rt_type_add_subclass(base, type);
    return 0;
}

/* -- layout -- */

bool
rt_type_var_sized(const struct rt_type *type)
{
    return (type->flags &
            (RT_TYPE_INT | RT_TYPE_STR | RT_TYPE_BYTES | RT_TYPE_TUPLE)) != 0;
}

/* Bytes of an instance but for attributes (and their array). */
uint32_t
rt_type_fixed_size(const struct rt_type *type)
{
    return type->slots_offset ? type->slots_offset - 8 : type->size;
}

void
rt_type_trace(struct rt_obj *obj, struct rt_marker *m)
{
    struct rt_type *t = (struct rt_type *)obj;

    rt_gc_visit_ptr(m, t->root_map.transitions);
    rt_gc_visit_ptr(m, t->root_map.index);
    rt_gc_visit_ptr(m, t->dict_map);
    rt_gc_visit(m, t->name);
    rt_gc_visit(m, t->qualname);
    rt_gc_visit(m, t->module);
    rt_gc_visit(m, t->doc);
    rt_gc_visit_ptr(m, t->base);
    rt_gc_visit(m, t->bases);
    rt_gc_visit(m, t->mro);
    rt_gc_visit_ptr(m, t->dict);
    rt_gc_visit_ptr(m, t->subclasses);
    if (t->flags & RT_TYPE_HEAP && t->cname)
        rt_gc_visit_ptr(m, t->cname - offsetof(struct rt_blob, data));
}
