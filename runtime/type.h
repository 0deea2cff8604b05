/* SPDX-License-Identifier: MIT
 * runtime/type.h: what the files of the type system share (type*.c, attr.c,
 * objects/descriptor.c), and slot functions that the interpreter compares with.
 */
#ifndef RT_TYPE_H
#define RT_TYPE_H

#include "runtime/runtime.h"

#define rt_type_ptr(v) ((struct rt_type *)rt_ptr(v))

/* -- type_slots.c -- */

enum rt_slot_kind {
    RT_SK_UNARY,
    RT_SK_HASH,
    RT_SK_COMPARE,
    RT_SK_CALL,
    RT_SK_GETATTRIBUTE,
    RT_SK_GETATTR,
    RT_SK_SETATTR,
    RT_SK_DELATTR,
    RT_SK_NEXT,
    RT_SK_GET,
    RT_SK_SET,
    RT_SK_DELETE,
    RT_SK_NEW,
    RT_SK_INIT,
    RT_SK_DEL,
    RT_SK_TRUTH,
    RT_SK_LEN,
    RT_SK_GETITEM,
    RT_SK_SETITEM,
    RT_SK_DELITEM,
    RT_SK_CONTAINS,
    RT_SK_BINARY,
    RT_SK_REFLECTED,
    RT_SK_INPLACE,
    RT_SK_POWER,
    RT_SK_RPOWER
};

/* A row of slots.def: special method <-> slot. */
struct rt_slot_row {
    enum rt_name name;
    uint32_t offset; /* of the function in struct rt_slots */
    enum rt_slot_kind kind;
    int op;                /* enum rt_cmp or rt_binop */
    void (*generic)(void); /* calls the special method */
    const char *signature;
    const char *doc;
};
extern const struct rt_slot_row rt_slot_rows[];
extern const uint32_t rt_nslot_rows;

struct rt_slot_wrapper { /* slot_wrapper: "__add__" of a builtin type */
    struct rt_obj head;
    struct rt_type *owner;
    const struct rt_slot_row *row;
    void (*fn)(void);
};
struct rt_method_wrapper { /* the same, bound */
    struct rt_obj head;
    rt_val wrapper, self;
};

/* Fills empty slots of a builtin type from its base. */
void rt_slots_inherit(struct rt_type *type);
/* Puts slot wrappers for a builtin type's own slots into its dict. */
void rt_slots_publish(struct rt_type *type, const struct rt_slots *own);
/* Sets a class's slots from the special methods in its mro: all of them, or
 * those that [name] concerns (then in subclasses, too). */
void rt_slots_update_all(struct rt_type *type);
void rt_slots_update(struct rt_type *type, rt_val name);
rt_val rt_slot_wrapper_call(struct rt_slot_wrapper *w, rt_val self,
                            const rt_val *args, uint32_t nargs, rt_val kwnames);
/* Calls type(self).name(self, args...); RT_NULL without exception: it has no
 * such method. */
rt_val rt_call_special(rt_val self, rt_val name, const rt_val *args,
                       uint32_t nargs);

/* Slots of Python classes: __init__, __new__, ... is looked up and called. */
int rt_slot_init(rt_val self, const rt_val *args, uint32_t nargs,
                 rt_val kwnames);
rt_val rt_slot_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
                    rt_val kwnames);
rt_val rt_slot_getattr(rt_val self, rt_val name);
rt_val rt_slot_call(rt_val self, const rt_val *args, uint32_t nargs,
                    rt_val kwnames);

/* -- object.c -- */
rt_val rt_object_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
                      rt_val kwnames);
int rt_object_init(rt_val self, const rt_val *args, uint32_t nargs,
                   rt_val kwnames);
int64_t rt_object_hash(rt_val self);
/* -- objects/reduce.c: object's methods for copy and pickle -- */
rt_val rt_object_reduce(rt_val self, rt_val *args);
rt_val rt_object_reduce_ex(rt_val self, rt_val *args);
rt_val rt_object_getstate(rt_val self, rt_val *args);
/* "module.qualname" of a type as repr shows it; builtins without module. */
rt_val rt_type_full_name(const struct rt_type *type);

/* -- type.c -- */
void rt_type_init_cache(void);
/* Set by interp/jit.c. */
extern void (*rt_invalidate_hook)(struct tr_watch *watch);
uint64_t rt_type_fresh_version(void);
rt_val rt_type_mro(struct rt_type *type); /* computes it; TypeError */
void rt_type_add_subclass(struct rt_type *base, struct rt_type *type);
void rt_type_remove_subclass(struct rt_type *base, struct rt_type *type);
rt_val rt_type_subclasses(struct rt_type *type); /* list of live ones */
/* Dict entry without the version's change, while the type is being made. */
void rt_type_put(struct rt_type *type, rt_val name, rt_val value);
void rt_type_trace(struct rt_obj *obj, struct rt_marker *marker);
uint32_t rt_type_fixed_size(const struct rt_type *type);
bool rt_type_var_sized(const struct rt_type *type);

/* -- type_attr.c -- */
rt_val rt_type_getattr(rt_val self, rt_val name);
int rt_type_setattr(rt_val self, rt_val name, rt_val value);
/* -- type_new.c -- */
struct rt_type *rt_type_metaclass(struct rt_type *meta, rt_val bases);
struct rt_type *rt_type_best_base(rt_val bases);
bool rt_type_same_layout(const struct rt_type *a, const struct rt_type *b);
rt_val rt_type_call(rt_val self, const rt_val *args, uint32_t nargs,
                    rt_val kwnames);
rt_val rt_type_make(struct rt_type *meta, const rt_val *args, uint32_t nargs,
                    rt_val kwnames);

/* -- objects/descriptor.c -- */
struct rt_getset_descriptor {
    struct rt_obj head;
    struct rt_type *owner;
    const struct rt_getset *def;
};
enum {
    RT_MEMBER_READONLY = 1,
    RT_MEMBER_NONE = 2 /* reads as None where it is absent */
};
struct rt_member { /* member of __slots__, a value word of the instance */
    struct rt_obj head;
    struct rt_type *owner;
    rt_val name;
    rt_val doc;
    uint32_t offset, flags;
};
rt_val rt_getset_new(struct rt_type *owner, const struct rt_getset *def);
rt_val rt_member_new(struct rt_type *owner, rt_val name, uint32_t offset);
rt_val rt_slot_wrapper_new(struct rt_type *owner, const struct rt_slot_row *row,
                           void (*fn)(void));
rt_val rt_descr_get(rt_val descr, rt_val obj, rt_val type);
rt_val rt_classmethod_new(rt_val callable);
rt_val rt_staticmethod_new(rt_val callable);

/* -- abstract.c: isinstance, issubclass without special methods -- */
int rt_isinstance_plain(rt_val v, rt_val cls);
int rt_issubclass_plain(rt_val sub, rt_val cls);

/* -- attr.c -- */
/* RT_NULL without exception: no such attribute. */
rt_val rt_generic_lookup(rt_val v, rt_val name);
rt_val rt_no_attribute(rt_val v, rt_val name); /* raises AttributeError */
/* Positional arguments only; name in the error. 0, or -1. */
int rt_no_keywords(const char *fname, rt_val kwnames);

#endif
