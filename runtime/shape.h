/* SPDX-License-Identifier: MIT
 * runtime/shape.h: where the attributes of an instance lie.
 *
 *     head        map
 *     ...         what the native base type has, members of __slots__
 *     more        word at type->slots_offset - 8: bits 0, or the array (struct
 *                 rt_words) of the slots that are not inline, or with
 *                 RT_MAP_DICT the dict of all attributes
 *     slot 0 ..   type->inline_slots words, at type->slots_offset
 *
 * inline_slots is chosen when the class is made, from what its methods store
 * to self. Types of variable size (RT_TYPE_SIDE_DICT) have RT_MAP_DICT in
 * their first map and keep the dict in a table beside the heap; functions,
 * modules and others keep one at type->dict_offset.
 */
#ifndef RT_SHAPE_H
#define RT_SHAPE_H

#include "runtime/objects.h"

enum { RT_MAX_INLINE = 32, RT_MAX_SHAPE = 128 };

NAC_INLINE rt_val *
rt_instance_more_word(struct rt_obj *obj)
{
    return (rt_val *)(void *)((char *)obj + obj->map->type->slots_offset - 8);
}

/* The array of slots inline_slots, inline_slots + 1, ...; NULL: none. */
NAC_INLINE struct rt_words *
rt_instance_more(struct rt_obj *obj)
{
    rt_val more = *rt_instance_more_word(obj);

    return more.bits ? rt_ptr(more) : NULL;
}

/* Byte offset of an inline slot of the type's instances. */
NAC_INLINE uint32_t
rt_slot_offset(const struct rt_type *type, uint32_t slot)
{
    return type->slots_offset + 8 * slot;
}

/* Makes room for the slot in the array of those not inline. 0, or -1. */
int rt_instance_reserve(struct rt_obj *obj, uint32_t slot);
/* All instance attributes as a new dict, or the dict itself where it is one. */
rt_val rt_instance_snapshot(rt_val v);
int rt_instance_set_dict(rt_val v, rt_val dict);
/* New versions for all maps of the type. */
void rt_maps_changed(struct rt_type *type);
/* Number of inline slots for instances of a new class. */
uint32_t rt_shape_estimate(struct rt_type *type);
/* Moves the attributes of [v] to another class of the same layout. */
int rt_instance_reclass(rt_val v, struct rt_type *type);

#endif
