/* SPDX-License-Identifier: MIT
 * runtime/shape.c: maps (hidden classes), their transitions, and the attributes
 * of instances; layout in shape.h. Called by attr.c, the interpreter's inline
 * caches, and the collector (attributes kept beside the heap).
 */
#include "config.h"

#include "runtime/shape.h"

#include "runtime/code.h"
#include "runtime/gc/heap.h"
#include "runtime/runtime.h"

enum { INDEX_FROM = 9, CACHE = 1024 };

static struct {
    struct rt_map *map;
    uint64_t name;
    int64_t slot;
} cache[CACHE];

/* -- attributes beside the heap -- */

static struct side {
    void *object; /* NULL: free */
    rt_val dict;
} * sides;
static uint32_t sides_used, sides_mask;

static struct side *
side_find(const void *object)
{
    uint32_t i;

    if (!sides)
        return NULL;
    i = (uint32_t)((uintptr_t)object >> 4) * 2654435761u & sides_mask;
    for (; sides[i].object; i = (i + 1) & sides_mask)
        if (sides[i].object == object)
            break;
    return &sides[i];
}

static void
side_grow(void)
{
    struct side *old = sides, *larger;
    uint32_t n = sides ? sides_mask + 1 : 0, size = n ? 2 * n : 64;

    larger = calloc(size, sizeof *larger);
    if (!larger && sides_used + 1 < n) { /* it still has room */
        rt_memory_low();
        return;
    }
    sides = larger ? larger : nac_calloc(size, sizeof *sides);
    sides_mask = size - 1;
    for (uint32_t i = 0; i < n; i++)
        if (old[i].object)
            *side_find(old[i].object) = old[i];
    free(old);
}

/* Brings entries to where they are found once others have gone. */
static void
side_close(void)
{
    uint32_t from = 0;

    while (sides[from].object) /* a free one: chains begin behind it */
        from++;
    for (uint32_t i = from + 1; i <= from + sides_mask; i++) {
        struct side *s = &sides[i & sides_mask], moved = *s;

        s->object = NULL;
        if (moved.object)
            *side_find(moved.object) = moved;
    }
}

static void
side_set(void *object, rt_val dict)
{
    struct side *s;

    if (!sides || sides_used * 2 > sides_mask)
        side_grow();
    s = side_find(object);
    if (!s->object)
        sides_used++;
    s->object = object;
    s->dict = dict;
    rt_barrier(object);
}

void
rt_side_mark(struct rt_marker *m, struct rt_obj *object)
{
    struct side *s = side_find(object);

    if (s && s->object)
        rt_gc_visit(m, s->dict);
}

void
rt_side_sweep(bool (*alive)(const void *))
{
    uint32_t n = sides ? sides_mask + 1 : 0, live = 0;

    memset(cache, 0, sizeof cache);
    for (uint32_t i = 0; i < n; i++) {
        if (!sides[i].object)
            continue;
        if (alive(sides[i].object))
            live++;
        else
            sides[i].object = NULL;
    }
    if (live == sides_used)
        return;
    sides_used = live;
    side_close();
}

/* -- maps -- */

static struct rt_map *
map_new(struct rt_type *type, struct rt_map *parent, rt_val name)
{
    struct rt_map *map = rt_alloc(&rt_map_type.root_map, sizeof *map);

    map->type = type;
    map->version = type->version;
    map->parent = parent;
    map->name = name;
    map->nslots = parent ? parent->nslots + 1 : 0;
    map->flags = type->root_map.flags;
    map->least = type->root_map.least;
    return map;
}

static bool
is_map(const struct rt_obj *obj)
{
    return obj->map == &rt_map_type.root_map;
}

static void
barrier_map(struct rt_map *map)
{
    rt_barrier_any(map == &map->type->root_map ? (void *)map->type
                                               : (void *)map);
}

struct rt_map *
rt_map_with(struct rt_map *map, rt_val name)
{
    struct rt_obj *t = map->transitions;
    struct rt_map *next;
    rt_val dict, found;

    if (t && is_map(t)) {
        next = (struct rt_map *)t;
        if (rt_same(next->name, name))
            return next;
        dict = rt_dict_new();
        rt_dict_set(dict, next->name, rt_from_ptr(next));
        map->transitions = rt_ptr(dict);
        barrier_map(map);
    } else if (t) {
        found = rt_dict_get_name(rt_from_ptr(t), name);
        if (!rt_is_null(found))
            return rt_ptr(found);
    }
    next = map_new(map->type, map, name);
    if (map->transitions) {
        rt_dict_set(rt_from_ptr(map->transitions), name, rt_from_ptr(next));
    } else {
        map->transitions = &next->head;
        barrier_map(map);
    }
    return next;
}

static void
make_index(struct rt_map *map)
{
    rt_val dict = rt_dict_new();

    for (struct rt_map *m = map; m->parent; m = m->parent)
        rt_dict_set(dict, m->name, rt_from_small(m->nslots - 1));
    map->index = rt_ptr(dict);
    barrier_map(map);
}

int64_t
rt_map_slot(struct rt_map *map, rt_val name)
{
    uint32_t h;
    int64_t slot = -1;

    if (map->nslots < INDEX_FROM) {
        for (struct rt_map *m = map; m->parent; m = m->parent)
            if (rt_same(m->name, name))
                return m->nslots - 1;
        return -1;
    }
    h = (uint32_t)(((uintptr_t)map >> 4) * 31 + (name.bits >> 4)) % CACHE;
    if (cache[h].map == map && cache[h].name == name.bits)
        return cache[h].slot;
    if (!map->index)
        make_index(map);
    {
        rt_val v = rt_dict_get_name(rt_from_ptr(map->index), name);

        if (!rt_is_null(v))
            slot = rt_small(v);
    }
    cache[h].map = map;
    cache[h].name = name.bits;
    cache[h].slot = slot;
    return slot;
}

static void
version_maps(struct rt_map *map, uint64_t version)
{
    struct rt_obj *t = map->transitions;

    map->version = version;
    map->flags = map->type->root_map.flags;
    map->least = map->type->root_map.least;
    if (!t)
        return;
    if (is_map(t)) {
        version_maps((struct rt_map *)t, version);
    } else {
        int64_t pos = 0;
        rt_val key, value;

        while (rt_dict_next(rt_from_ptr(t), &pos, &key, &value))
            version_maps(rt_ptr(value), version);
    }
}

void
rt_maps_changed(struct rt_type *type)
{
    version_maps(&type->root_map, type->version);
    if (type->dict_map) {
        type->dict_map->version = type->version;
        type->dict_map->flags = type->root_map.flags | RT_MAP_DICT;
        type->dict_map->least = type->root_map.least;
    }
}

static struct rt_map *
dict_map(struct rt_type *type)
{
    if (!type->dict_map) {
        type->dict_map = map_new(type, NULL, RT_NULL);
        type->dict_map->flags |= RT_MAP_DICT;
        rt_barrier_any(type);
    }
    return type->dict_map;
}

/* -- slots of an instance -- */

rt_val *
rt_instance_slot(struct rt_obj *obj, uint32_t slot)
{
    struct rt_type *type = obj->map->type;

    if (slot < type->inline_slots)
        return (rt_val *)(void *)((char *)obj + rt_slot_offset(type, slot));
    return &rt_instance_more(obj)->items[slot - type->inline_slots];
}

int
rt_instance_reserve(struct rt_obj *obj, uint32_t slot)
{
    struct rt_type *type = obj->map->type;
    struct rt_words *more, *larger;
    uint32_t index;

    if (slot < type->inline_slots)
        return 0;
    index = slot - type->inline_slots;
    more = rt_instance_more(obj);
    if (more && index < more->count)
        return 0;
    larger = rt_alloc_words(index < 2 ? 4 : index * 2);
    if (!larger)
        return -1;
    if (more)
        memcpy(larger->items, more->items, more->count * sizeof(rt_val));
    rt_write(obj, rt_instance_more_word(obj), rt_from_ptr(larger));
    return 0;
}

static void
write_slot(struct rt_obj *obj, uint32_t slot, rt_val v)
{
    *rt_instance_slot(obj, slot) = v;
    if (!rt_is_obj(v))
        return;
    if (slot < obj->map->type->inline_slots)
        rt_barrier(obj);
    else
        rt_barrier(rt_instance_more(obj));
}

/* Forgets all slots, so that the map may change. */
static void
clear_slots(struct rt_obj *obj)
{
    struct rt_type *type = obj->map->type;

    memset((char *)obj + type->slots_offset, 0, 8 * (size_t)type->inline_slots);
    rt_instance_more_word(obj)->bits = 0;
}

static void
set_map(struct rt_obj *obj, struct rt_map *map)
{
    obj->map = map;
    rt_barrier(obj);
}

/* -- the dict of an instance that has one; RT_NULL: none yet -- */

static rt_val
own_dict(struct rt_obj *obj)
{
    struct rt_type *type = obj->map->type;

    if (type->dict_offset)
        return *(rt_val *)(void *)((char *)obj + type->dict_offset);
    if (type->flags & RT_TYPE_SIDE_DICT) {
        struct side *s = side_find(obj);

        return s && s->object ? s->dict : RT_NULL;
    }
    return *rt_instance_more_word(obj);
}

static void
set_own_dict(struct rt_obj *obj, rt_val dict)
{
    struct rt_type *type = obj->map->type;

    if (type->dict_offset)
        rt_write_any(obj, (rt_val *)(void *)((char *)obj + type->dict_offset),
                     dict);
    else if (type->flags & RT_TYPE_SIDE_DICT)
        side_set(obj, dict);
    else
        rt_write(obj, rt_instance_more_word(obj), dict);
}

static bool
uses_dict(const struct rt_obj *obj)
{
    return obj->map->type->dict_offset || obj->map->flags & RT_MAP_DICT;
}

static void
to_dict(struct rt_obj *obj)
{
    rt_val dict = rt_instance_snapshot(rt_from_ptr(obj));
    struct rt_map *map = dict_map(obj->map->type);

    clear_slots(obj);
    set_map(obj, map);
    rt_write(obj, rt_instance_more_word(obj), dict);
}

/* -- attributes -- */

rt_val
rt_instance_get(rt_val v, rt_val name)
{
    struct rt_obj *obj;
    int64_t slot;

    if (!rt_is_obj(v))
        return RT_NULL;
    obj = rt_ptr(v);
    if (!(obj->map->type->flags & RT_TYPE_HAS_DICT))
        return RT_NULL;
    if (uses_dict(obj)) {
        rt_val dict = own_dict(obj);

        return rt_is_null(dict) ? RT_NULL : rt_dict_get(dict, name);
    }
    slot = rt_map_slot(obj->map, name);
    return slot < 0 ? RT_NULL : *rt_instance_slot(obj, (uint32_t)slot);
}

/* Removes the attribute at [slot] by walking the shape without it. */
static void
remove_slot(struct rt_obj *obj, uint32_t slot)
{
    rt_val names[INDEX_FROM], values[INDEX_FROM];
    uint32_t n = obj->map->nslots;
    struct rt_map *map;

    if (n >= INDEX_FROM) {
        rt_val name = RT_NULL;

        for (map = obj->map; map->nslots != slot; map = map->parent)
            name = map->name;
        to_dict(obj);
        rt_dict_del(own_dict(obj), name);
        return;
    }
    for (map = obj->map; map->parent; map = map->parent) {
        names[map->nslots - 1] = map->name;
        values[map->nslots - 1] = *rt_instance_slot(obj, map->nslots - 1);
    }
    for (uint32_t i = 0, at = 0; i < n; i++) {
        if (i == slot)
            continue;
        map = rt_map_with(map, names[i]);
        write_slot(obj, at++, values[i]);
    }
    *rt_instance_slot(obj, n - 1) = (rt_val){0};
    set_map(obj, map);
}

static int
set_in_dict(struct rt_obj *obj, rt_val name, rt_val value)
{
    rt_val dict = own_dict(obj);

    if (rt_is_null(dict)) {
        if (rt_is_null(value))
            return 0;
        dict = rt_dict_new();
        set_own_dict(obj, dict);
    }
    if (rt_is_null(value))
        return rt_dict_del(dict, name);
    return rt_dict_set(dict, name, value) < 0 ? -1 : 1;
}

int
rt_instance_set(rt_val v, rt_val name, rt_val value)
{
    struct rt_obj *obj;
    struct rt_map *map;
    int64_t slot;

    if (!rt_is_obj(v))
        return 0;
    obj = rt_ptr(v);
    if (!(obj->map->type->flags & RT_TYPE_HAS_DICT))
        return 0;
    if (uses_dict(obj))
        return set_in_dict(obj, name, value);
    slot = rt_map_slot(obj->map, name);
    if (slot >= 0) {
        if (rt_is_null(value))
            remove_slot(obj, (uint32_t)slot);
        else
            write_slot(obj, (uint32_t)slot, value);
        return 1;
    }
    if (rt_is_null(value))
        return 0;
    if (obj->map->nslots >= RT_MAX_SHAPE ||
        rt_str_of(name)->head.map != &rt_str_type.root_map) {
        to_dict(obj);
        return set_in_dict(obj, name, value);
    }
    map = rt_map_with(obj->map, name);
    if (rt_instance_reserve(obj, map->nslots - 1) < 0)
        return -1;
    write_slot(obj, map->nslots - 1, value);
    set_map(obj, map);
    return 1;
}

rt_val
rt_instance_snapshot(rt_val v)
{
    struct rt_obj *obj = rt_ptr(v);
    rt_val dict, *names;
    uint32_t n;

    if (uses_dict(obj)) {
        dict = own_dict(obj);
        if (!rt_is_null(dict))
            return dict;
        dict = rt_dict_new();
        set_own_dict(obj, dict);
        return dict;
    }
    dict = rt_dict_new();
    n = obj->map->nslots;
    names = nac_malloc((n + 1) * sizeof *names);
    for (struct rt_map *m = obj->map; m->parent; m = m->parent)
        names[m->nslots - 1] = m->name;
    for (uint32_t i = 0; i < n; i++)
        rt_dict_set(dict, names[i], *rt_instance_slot(obj, i));
    free(names);
    return dict;
}

rt_val
rt_instance_dict(rt_val v)
{
    struct rt_obj *obj = rt_ptr(v);

    if (!rt_is_obj(v) || !(obj->map->type->flags & RT_TYPE_HAS_DICT))
        return RT_NULL;
    if (!uses_dict(obj))
        to_dict(obj);
    return rt_instance_snapshot(v);
}

int
rt_instance_set_dict(rt_val v, rt_val dict)
{
    struct rt_obj *obj = rt_ptr(v);

    if (!uses_dict(obj)) {
        clear_slots(obj);
        set_map(obj, dict_map(obj->map->type));
    }
    set_own_dict(obj, dict);
    return 0;
}

int
rt_instance_reclass(rt_val v, struct rt_type *type)
{
    struct rt_obj *obj = rt_ptr(v);
    struct rt_type *old = obj->map->type;
    struct rt_map *map = &type->root_map;
    rt_val dict = RT_NULL;

    if (!(type->flags & RT_TYPE_HAS_DICT) || type->dict_offset) {
        set_map(obj, map);
        return 0;
    }
    if (type->flags & RT_TYPE_SIDE_DICT) {
        set_map(obj, map);
        return 0;
    }
    if (uses_dict(obj)) {
        dict = own_dict(obj);
        set_map(obj, dict_map(type));
        return 0;
    }
    if (old->inline_slots != type->inline_slots) {
        /* The object's size is that of the old class: what differs goes to a
         * dict, whose map reads no inline slot. */
        dict = rt_instance_snapshot(v);
        clear_slots(obj);
        set_map(obj, dict_map(type));
        rt_write(obj, rt_instance_more_word(obj), dict);
        return 0;
    }
    {
        rt_val names[RT_MAX_SHAPE];
        uint32_t n = obj->map->nslots;

        for (struct rt_map *m = obj->map; m->parent; m = m->parent)
            names[m->nslots - 1] = m->name;
        for (uint32_t i = 0; i < n; i++)
            map = rt_map_with(map, names[i]);
        set_map(obj, map);
    }
    return 0;
}

/* -- how many inline slots -- */

static uint32_t
add_name(rt_val *names, uint32_t n, rt_val name)
{
    for (uint32_t i = 0; i < n; i++)
        if (rt_same(names[i], name))
            return n;
    if (n < RT_MAX_INLINE)
        names[n++] = name;
    return n;
}

/* Attributes that a method stores to its first argument. */
static uint32_t
stored_names(const struct rt_code *code, rt_val *names, uint32_t n)
{
    if (!code->argcount || (code->local_is_cell && code->local_is_cell[0]))
        return n;
    for (uint32_t i = 0; i < code->nins; i++)
        if (code->ins[i].op == FE_STORE_ATTR && code->ins[i].a == 0)
            n = add_name(names, n, code->consts_end[code->ins[i].c]);
    return n;
}

uint32_t
rt_shape_estimate(struct rt_type *type)
{
    rt_val names[RT_MAX_INLINE];
    int64_t len, pos;
    rt_val *mro = rt_seq_items(type->mro, &len), key, value;
    uint32_t n = 0;

    for (int64_t i = 0; i < len; i++) {
        struct rt_type *t = rt_ptr(mro[i]);

        if (!(t->flags & RT_TYPE_HEAP))
            continue;
        pos = 0;
        while (rt_dict_next(rt_from_ptr(t->dict), &pos, &key, &value))
            if (rt_is_exact(value, &rt_function_type))
                n = stored_names(rt_function_of(value)->code, names, n);
        value = rt_dict_get_name(rt_from_ptr(t->dict), RT_ID(annotations));
        pos = 0;
        if (!rt_is_null(value) && rt_is_dict(value)) {
            rt_val ignored, own = value;

            while (rt_dict_next(own, &pos, &key, &ignored))
                if (rt_is_exact(key, &rt_str_type))
                    n = add_name(names, n, key);
        }
    }
    if (!n)
        n = type->flags & RT_TYPE_EXCEPTION ? 1 : 4;
    /* Cells are multiples of 16 bytes: use up the last one. */
    if ((type->size + 8 * n) % 16)
        n++;
    if (n < type->base->inline_slots)
        n = type->base->inline_slots;
    return n;
}

static void
map_trace(struct rt_obj *obj, struct rt_marker *m)
{
    struct rt_map *map = (struct rt_map *)obj;

    rt_gc_visit_ptr(m, map->type);
    if (map->parent && map->parent != &map->type->root_map)
        rt_gc_visit_ptr(m, map->parent);
    rt_gc_visit(m, map->name);
    rt_gc_visit_ptr(m, map->transitions);
    rt_gc_visit_ptr(m, map->index);
}

struct rt_type rt_map_type = {
    RT_TYPE_HEAD(map, "map", sizeof(struct rt_map)),
    .flags = RT_TYPE_NOINSTANCE,
    .trace = map_trace,
};
