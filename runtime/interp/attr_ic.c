/* SPDX-License-Identifier: MIT
 * runtime/interp/attr_ic.c: fills the inline caches of attribute loads and
 * stores. What is found here must follow from the map (and its version) alone,
 * or, for modules and classes, from the object; the handlers and traces rely
 * on it without looking again. Called on a miss.
 */
#include "config.h"

#include "runtime/interp/helpers.h"
#include "runtime/shape.h"
#include "runtime/type.h"

static void
fill_slot(struct rt_ic *ic, struct rt_map *map, int64_t slot)
{
    struct rt_type *type = map->type;

    if (slot < type->inline_slots) {
        ic->what = RT_IC_SLOT;
        ic->offset = rt_slot_offset(type, (uint32_t)slot);
    } else {
        ic->what = RT_IC_MORE;
        ic->offset = slot - type->inline_slots;
    }
}

/* An attribute found on the class, none of that name in the instance. */
static void
fill_class_value(struct rt_ic *ic, rt_val v)
{
    struct rt_type *t = rt_type_of(v);

    if (t->flags & RT_TYPE_METHOD) {
        ic->what = RT_IC_METHOD;
        ic->value = v;
    } else if (t == &rt_staticmethod_type) {
        ic->what = RT_IC_VALUE;
        ic->value = ((struct rt_wrapper *)rt_ptr(v))->callable;
    } else if (!t->slots.descr_get) {
        ic->what = RT_IC_DATA;
        ic->value = v;
    }
}

/* A member of __slots__. */
static bool
fill_member(struct rt_ic *ic, struct rt_map *map, rt_val v)
{
    struct rt_member *m;

    if (!rt_is_exact(v, &rt_member_descriptor_type))
        return false;
    m = rt_ptr(v);
    if (!m->offset || !rt_is_subtype(map->type, m->owner))
        return false;
    ic->what = RT_IC_MEMBER;
    ic->offset = m->offset;
    return true;
}

static rt_val
property_function(rt_val descr, bool setter)
{
    struct rt_property *p = rt_ptr(descr);
    rt_val f = setter ? p->fset : p->fget;

    return rt_is_exact(f, &rt_function_type) ? f : RT_NULL;
}

static void
fill_module(struct rt_ic *ic, rt_val module, rt_val name)
{
    rt_val dict = rt_module_of(module)->dict;
    struct rt_gcell *cell;

    if (!(rt_dict_of(dict)->flags & RT_DICT_NAMESPACE))
        return;
    cell = rt_namespace_cell(dict, name, false);
    if (!cell || rt_is_null(cell->value))
        return;
    ic->what = RT_IC_MODULE;
    ic->cell = cell;
    ic->extra = module;
    ic->spare[0] = rt_namespace_epoch;
}

/* C.x where neither metaclass nor descriptors have a say. */
static void
fill_class(struct rt_ic *ic, rt_val cls, rt_val name)
{
    struct rt_type *type = rt_ptr(cls);
    rt_val v;

    if (type->head.map->type != &rt_type_type || !type->version ||
        !rt_is_null(rt_type_lookup(&rt_type_type, name)))
        return;
    v = rt_type_lookup(type, name);
    if (rt_is_null(v))
        return;
    ic->what = RT_IC_CLASS;
    if (rt_type_of(v) == &rt_staticmethod_type)
        v = ((struct rt_wrapper *)rt_ptr(v))->callable;
    else if (!rt_type_of(v)->slots.descr_get)
        ic->what = RT_IC_CLASS_DATA;
    else if (!rt_is_exact(v, &rt_function_type)) {
        ic->what = RT_IC_NONE;
        return;
    }
    ic->value = v;
    ic->extra = cls;
    ic->spare[0] = type->version;
}

struct rt_ic *
rt_attr_ic_fill(struct rt_ic *ic, struct rt_map *map, rt_val name, rt_val o)
{
    struct rt_type *type = map->type;
    rt_val v, f;
    int64_t slot;

    ic->map = map;
    ic->version = map->version;
    ic->what = RT_IC_NONE;
    if (type == &rt_module_type) {
        fill_module(ic, o, name);
        return ic;
    }
    if (type->flags & RT_TYPE_TYPE) {
        fill_class(ic, o, name);
        return ic;
    }
    if (!map->version || type->slots.getattr != rt_generic_getattr)
        return ic;
    v = rt_type_lookup(type, name);
    if (fill_member(ic, map, v))
        return ic;
    if (!rt_is_null(v) && rt_type_of(v)->slots.descr_set) {
        if (!rt_is_exact(v, &rt_property_type))
            return ic;
        f = property_function(v, false);
        if (!rt_is_null(f)) {
            ic->what = RT_IC_PROPERTY;
            ic->value = f;
        }
        return ic;
    }
    if (map->flags & RT_MAP_DICT || type->dict_offset)
        return ic;
    slot = rt_map_slot(map, name);
    if (slot >= 0)
        fill_slot(ic, map, slot);
    else if (!rt_is_null(v))
        fill_class_value(ic, v);
    return ic;
}

struct rt_ic *
rt_store_ic_fill(struct rt_ic *ic, struct rt_map *map, rt_val name)
{
    struct rt_type *type = map->type;
    rt_val v;
    int64_t slot;

    ic->map = map;
    ic->version = map->version;
    ic->what = RT_IC_NONE;
    if (!map->version || type->slots.setattr != rt_generic_setattr)
        return ic;
    v = rt_type_lookup(type, name);
    if (fill_member(ic, map, v))
        return ic;
    if (!rt_is_null(v) && rt_type_of(v)->slots.descr_set) {
        rt_val f = RT_NULL;

        if (rt_is_exact(v, &rt_property_type))
            f = property_function(v, true);
        if (!rt_is_null(f)) {
            ic->what = RT_IC_PROPERTY;
            ic->value = f;
        }
        return ic;
    }
    if (map->flags & RT_MAP_DICT || type->dict_offset || !type->slots_offset)
        return ic;
    slot = rt_map_slot(map, name);
    if (slot >= 0) {
        fill_slot(ic, map, slot);
        return ic;
    }
    if (map->nslots < type->inline_slots) {
        struct rt_map *next = rt_map_with(map, name);

        if (next && !(next->flags & RT_MAP_DICT)) {
            ic->what = RT_IC_ADD;
            ic->offset = rt_slot_offset(type, map->nslots);
            ic->value = rt_from_ptr(next);
        }
    }
    return ic;
}

rt_val
rt_h_class_data(void *type, rt_val name)
{
    return rt_type_lookup(type, name);
}

size_t
rt_h_instance_size(struct rt_type *type)
{
    return type->slots_offset ? rt_slot_offset(type, type->inline_slots)
                              : type->size;
}
