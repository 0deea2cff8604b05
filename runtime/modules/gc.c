/* SPDX-License-Identifier: MIT
 * runtime/modules/gc.c: module gc, over the collector in runtime/gc.
 */
#include "config.h"

#include "runtime/gc/heap.h"
#include "runtime/runtime.h"

static rt_val callbacks, garbage;
static int64_t threshold[3] = {700, 10, 10};

static rt_val
gc_collect(rt_val self, rt_val *args)
{
    int64_t generation = 2, n;

    (void)self;
    if (!rt_is_null(args[0]) &&
        rt_index_i64(args[0], &generation, &rt_exc_OverflowError) < 0)
        return RT_NULL;
    if (generation < 0 || generation > 2)
        return rt_raise(&rt_exc_ValueError, "invalid generation");
    /* The young generation alone would miss what has just become garbage. */
    n = rt_gc_collect(2);
    return rt_int_from_i64(n);
}

static rt_val
gc_enable(rt_val self, rt_val *args)
{
    (void)self;
    (void)args;
    rt_gc_enable(true);
    return rt_None;
}

static rt_val
gc_disable(rt_val self, rt_val *args)
{
    (void)self;
    (void)args;
    rt_gc_enable(false);
    return rt_None;
}

static rt_val
gc_isenabled(rt_val self, rt_val *args)
{
    (void)self;
    (void)args;
    return rt_from_bool(rt_gc_is_enabled());
}

static rt_val
gc_get_count(rt_val self, rt_val *args)
{
    (void)self;
    (void)args;
    return rt_tuple_pack(3, rt_from_small((int64_t)(rt_heap.allocated >> 10)),
                         rt_from_small(0), rt_from_small(0));
}

static rt_val
gc_get_threshold(rt_val self, rt_val *args)
{
    (void)self;
    (void)args;
    return rt_tuple_pack(3, rt_from_small(threshold[0]),
                         rt_from_small(threshold[1]),
                         rt_from_small(threshold[2]));
}

static rt_val
gc_set_threshold(rt_val self, rt_val *args)
{
    (void)self;
    for (int i = 0; i < 3; i++)
        if (!rt_is_null(args[i]) &&
            rt_index_i64(args[i], &threshold[i], &rt_exc_OverflowError) < 0)
            return RT_NULL;
    rt_gc_enable(threshold[0] != 0);
    return rt_None;
}

/* Live objects that can hold others. */
static rt_val
gc_get_objects(rt_val self, rt_val *args)
{
    rt_val list;

    (void)self;
    (void)args;
    rt_gc_collect(2);
    list = rt_list_new(NULL, 0);
    for (uint32_t i = 0; i < rt_heap.fresh;) {
        struct rt_block *block;
        uint32_t step;

        if (!rt_heap.start[i]) {
            i++;
            continue;
        }
        block = block_at(i);
        i += block->nchunks;
        step = block->cell ? block->cell : RT_BLOCK_SIZE;
        for (uint32_t off = CELLS_OFFSET;
             off + (block->cell ? block->cell : 0) <= RT_BLOCK_SIZE;
             off += step) {
            struct rt_obj *obj = (struct rt_obj *)(void *)((char *)block + off);

            if (is_marked(obj) && obj->map->type->trace &&
                !(obj->map->type->flags & RT_TYPE_NOINSTANCE) &&
                rt_list_append(list, rt_from_ptr(obj)) < 0)
                return RT_NULL;
        }
    }
    return list;
}

static rt_val
gc_is_tracked(rt_val self, rt_val *args)
{
    (void)self;
    return rt_from_bool(rt_is_obj(args[0]) &&
                        rt_type_of(args[0])->trace != NULL);
}

static rt_val
gc_is_finalized(rt_val self, rt_val *args)
{
    (void)self;
    (void)args;
    return rt_False;
}

/* Collects what an object refers to by marking from it on the side. */
static rt_val
referents(rt_val v, rt_val list)
{
    struct rt_marker m = {0};
    struct rt_obj *obj;

    if (!rt_is_obj(v))
        return list;
    obj = rt_ptr(v);
    rt_mark_children(&m, obj);
    for (size_t i = 0; i < m.len; i++)
        rt_list_append(list, rt_from_ptr(m.items[i]));
    free(m.items);
    return list;
}

static rt_val
gc_get_referents(rt_val self, rt_val *args)
{
    rt_val list = rt_list_new(NULL, 0);
    int64_t n;
    rt_val *items = rt_seq_items(args[0], &n);

    (void)self;
    for (int64_t i = 0; i < n; i++)
        referents(items[i], list);
    return list;
}

static rt_val
gc_get_referrers(rt_val self, rt_val *args)
{
    rt_val all = gc_get_objects(self, args), list = rt_list_new(NULL, 0);
    int64_t n, k;
    rt_val *items = rt_seq_items(all, &n);
    rt_val *targets = rt_seq_items(args[0], &k);

    for (int64_t i = 0; i < n; i++) {
        rt_val held = referents(items[i], rt_list_new(NULL, 0));
        struct rt_list *h = rt_list_of(held);
        bool hit = false;

        for (int64_t j = 0; j < h->len && !hit; j++)
            for (int64_t t = 0; t < k && !hit; t++)
                hit = rt_same(h->items->items[j], targets[t]);
        if (hit && !rt_same(items[i], rt_from_ptr(rt_list_of(all)->items)) &&
            rt_list_append(list, items[i]) < 0)
            return RT_NULL;
    }
    return list;
}

static rt_val
gc_get_stats(rt_val self, rt_val *args)
{
    const struct rt_gc_stats *s = rt_gc_stats();
    rt_val list = rt_list_new(NULL, 0);

    (void)self;
    (void)args;
    for (int i = 0; i < 3; i++) {
        rt_val d = rt_dict_new();

        rt_dict_set_name(d, "collections", rt_int_from_u64(s->collections[i]));
        rt_dict_set_name(d, "collected",
                         rt_int_from_u64(i == 2 ? s->freed_objects : 0));
        rt_dict_set_name(d, "uncollectable", rt_from_small(0));
        rt_list_append(list, d);
    }
    return list;
}

static rt_val
gc_nothing(rt_val self, rt_val *args)
{
    (void)self;
    (void)args;
    return rt_None;
}

static rt_val
gc_zero(rt_val self, rt_val *args)
{
    (void)self;
    (void)args;
    return rt_from_small(0);
}

static const struct rt_method methods[] = {
    RT_FUNC("collect", gc_collect, ANY, "($module, generation=2)",
            "Run the garbage collector."),
    RT_FUNC("enable", gc_enable, OWN, "($module, /)",
            "Enable automatic garbage collection."),
    RT_FUNC("disable", gc_disable, OWN, "($module, /)",
            "Disable automatic garbage collection."),
    RT_FUNC("isenabled", gc_isenabled, READS, "($module, /)",
            "Returns true if automatic garbage collection is enabled."),
    RT_FUNC("get_count", gc_get_count, READS, "($module, /)",
            "Return a three-tuple of the current collection counts."),
    RT_FUNC("get_threshold", gc_get_threshold, READS, "($module, /)",
            "Return the current collection thresholds."),
    RT_FUNC("set_threshold", gc_set_threshold, ANY,
            "($module, threshold0, threshold1=10, threshold2=10, /)",
            "Set the collection thresholds."),
    RT_FUNC("get_objects", gc_get_objects, ANY, "($module, generation=None)",
            "Return a list of objects tracked by the collector."),
    RT_FUNC("get_referents", gc_get_referents, ANY, "($module, *objs)",
            "Return the list of objects that are directly referred to by "
            "objs."),
    RT_FUNC("get_referrers", gc_get_referrers, ANY, "($module, *objs)",
            "Return the list of objects that directly refer to any of objs."),
    RT_FUNC("get_stats", gc_get_stats, READS, "($module, /)",
            "Return a list of dictionaries containing per-generation "
            "statistics."),
    RT_FUNC("is_tracked", gc_is_tracked, READS, "($module, obj, /)",
            "Returns true if the object is tracked by the garbage collector."),
    RT_FUNC("is_finalized", gc_is_finalized, READS, "($module, obj, /)",
            "Returns true if the object has been already finalized by the "
            "GC."),
    RT_FUNC("get_debug", gc_zero, READS, "($module, /)",
            "Get the garbage collection debugging flags."),
    RT_FUNC("set_debug", gc_nothing, OWN, "($module, flags, /)",
            "Set the garbage collection debugging flags."),
    RT_FUNC("freeze", gc_nothing, OWN, "($module, /)",
            "Freeze all current tracked objects and ignore them for future "
            "collections."),
    RT_FUNC("unfreeze", gc_nothing, OWN, "($module, /)",
            "Unfreeze all objects in the permanent generation."),
    RT_FUNC("get_freeze_count", gc_zero, READS, "($module, /)",
            "Return the number of objects in the permanent generation."),
    RT_END_METHODS,
};

rt_val rt_module_gc_init(void);

rt_val
rt_module_gc_init(void)
{
    static const struct {
        const char *name;
        int value;
    } flags[] = {{"DEBUG_STATS", 1},
                 {"DEBUG_COLLECTABLE", 2},
                 {"DEBUG_UNCOLLECTABLE", 4},
                 {"DEBUG_SAVEALL", 32},
                 {"DEBUG_LEAK", 38}};
    rt_val m = rt_module_new(RT_ID(gc));

    rt_module_methods(m, methods);
    callbacks = rt_list_new(NULL, 0);
    garbage = rt_list_new(NULL, 0);
    rt_gc_root(&callbacks);
    rt_gc_root(&garbage);
    rt_module_add(m, "callbacks", callbacks);
    rt_module_add(m, "garbage", garbage);
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        rt_module_add(m, flags[i].name, rt_from_small(flags[i].value));
    return m;
}
