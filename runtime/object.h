/* SPDX-License-Identifier: MIT
 * runtime/object.h: the object header, maps (hidden classes), types and their
 * slots, and how builtin types, functions and methods are declared.
 *
 * Every heap object begins with its map. A map belongs to one type and says
 * which attribute lies in which slot of an instance; builtin types without
 * instance attributes have one map only. The type's first map is part of the
 * type (type->root_map), so "exactly a list" is  obj->map ==
 * &rt_list_type.root_map.
 *
 * Types follow CPython's slot model: C functions in type->slots; a builtin
 * type's slots appear in its dict as slot wrappers (__add__ ...), a Python
 * class's special methods set slots to functions that look them up and call
 * them (type.c: inherit and update). slots.def is the single source.
 */
#ifndef RT_OBJECT_H
#define RT_OBJECT_H

#include <stddef.h>

#include "base/vec.h"
#include "runtime/value.h"
#include "tracer/tracer.h"

struct rt_type;
struct rt_map;
struct rt_dict;

struct rt_obj {
    struct rt_map *map;
};

/* -- maps -- */

enum rt_map_flags {
    RT_MAP_DICT = 1, /* instance's attributes lie in a real dict (shape.h) */
    RT_MAP_FINAL = 2 /* instances need finalisers: slots.del or release */
};

/* Slots 0 .. type->inline_slots-1 lie in the instance at
 * type->slots_offset + 8 * slot, the others in the array rt_instance_more(). */
struct rt_map {
    struct rt_obj head;
    struct rt_type *type;
    uint64_t version;      /* = type->version; 0: lookups must not be cached */
    struct rt_map *parent; /* without the last attribute; NULL for root maps */
    rt_val name;           /* the attribute added to the parent */
    uint32_t nslots;       /* attributes in all */
    uint32_t flags;
    uint32_t least; /* allocations of fewer bytes take the slow path */
    uint32_t unused;
    struct rt_obj *transitions; /* dict name -> map (shape.c) */
    struct rt_obj
        *index; /* dict name -> slot, made when nslots is large (shape.c) */
};

/* -- slots -- */

enum rt_cmp { RT_LT, RT_LE, RT_EQ, RT_NE, RT_GT, RT_GE };

/* Binary operators, in the order of the opcodes FE_ADD ... FE_XOR. */
enum rt_binop {
    RT_ADD,
    RT_SUB,
    RT_MUL,
    RT_TRUEDIV,
    RT_FLOORDIV,
    RT_MOD,
    RT_POW,
    RT_MATMUL,
    RT_LSHIFT,
    RT_RSHIFT,
    RT_AND,
    RT_OR,
    RT_XOR,
    RT_DIVMOD,
    RT_NBINOPS
};

typedef rt_val (*rt_unaryfn)(rt_val);
/* As CPython's nb_ slots: either operand may be of the slot's type; the result
 * may be rt_NotImplemented. */
typedef rt_val (*rt_binaryfn)(rt_val, rt_val);
typedef rt_val (*rt_comparefn)(rt_val, rt_val, enum rt_cmp);

/* Arguments of a call: [nargs] positional ones, then the values of the names
 * in the tuple [kwnames] (RT_NULL: none). */
typedef rt_val (*rt_callfn)(rt_val callable, const rt_val *args, uint32_t nargs,
                            rt_val kwnames);

struct rt_slots {
    rt_unaryfn repr, str;
    int64_t (*hash)(rt_val); /* -1: exception */
    rt_comparefn compare;    /* may be NotImplemented */
    rt_callfn call;
    rt_val (*getattr)(rt_val self,
                      rt_val name); /* __getattribute__ (and __getattr__) */
    int (*setattr)(rt_val self, rt_val name,
                   rt_val value); /* RT_NULL: delete; -1: exception */
    rt_unaryfn iter;
    rt_val (*next)(rt_val); /* RT_NULL without an exception set: at its end */
    rt_val (*descr_get)(rt_val self, rt_val obj,
                        rt_val type); /* obj RT_NULL: none */
    int (*descr_set)(rt_val self, rt_val obj,
                     rt_val value); /* value RT_NULL: delete */
    rt_val (*make)(struct rt_type *type, const rt_val *args, uint32_t nargs,
                   rt_val kwnames); /* __new__ */
    int (*init)(rt_val self, const rt_val *args, uint32_t nargs,
                rt_val kwnames);
    void (*del)(rt_val self);  /* __del__ */
    int (*truth)(rt_val);      /* 0, 1, -1: exception */
    int64_t (*length)(rt_val); /* -1: exception */
    rt_val (*getitem)(rt_val self, rt_val key);
    int (*setitem)(rt_val self, rt_val key, rt_val value); /* RT_NULL: delete */
    int (*contains)(rt_val self, rt_val item);             /* 0, 1, -1 */
    rt_unaryfn neg, pos, abs, invert, to_int, to_float, to_index;
    rt_binaryfn binary[RT_NBINOPS];
    rt_binaryfn inplace[RT_NBINOPS];
    rt_unaryfn await, aiter, anext;
};

/* -- types -- */

enum rt_type_flags {
    RT_TYPE_HEAP = 1,     /* made by a class statement or type(): mutable */
    RT_TYPE_BASE = 2,     /* may be subclassed */
    RT_TYPE_HAS_DICT = 4, /* instances have attributes of their own */
    RT_TYPE_HAS_WEAKREFS = 8,
    RT_TYPE_READY = 16,
    RT_TYPE_INT = 32, /* subclass tests without a walk of the mro */
    RT_TYPE_FLOAT = 64,
    RT_TYPE_STR = 128,
    RT_TYPE_BYTES = 256,
    RT_TYPE_LIST = 512,
    RT_TYPE_TUPLE = 1024,
    RT_TYPE_DICT = 2048,
    RT_TYPE_TYPE = 4096,
    RT_TYPE_EXCEPTION = 8192,   /* subclass of BaseException */
    RT_TYPE_SET = 16384,        /* set or frozenset */
    RT_TYPE_SEQUENCE = 1 << 15, /* for match */
    RT_TYPE_MAPPING = 1 << 16,
    RT_TYPE_METHOD =
        1 << 17, /* descriptor that LOAD_METHOD may leave unbound */
    RT_TYPE_ABSTRACT = 1 << 18,
    RT_TYPE_NOINSTANCE = 1 << 19, /* cannot be called to make instances */
    RT_TYPE_CUSTOM_GETATTR =
        1 << 20, /* class defines __getattribute__ or __getattr__ */
    RT_TYPE_SIDE_DICT =
        1
        << 21, /* of variable size: attributes lie in a dict beside the heap */
    RT_TYPE_PLAIN = 1 << 22 /* immutable builtin class, subclasses excepted: its
                             * operators run no Python code */
};

/* How the collector walks an object: calls rt_gc_visit() for every value and
 * rt_gc_visit_ptr() for every object pointer it holds (map excepted). */
struct rt_marker;
typedef void (*rt_trace)(struct rt_obj *obj, struct rt_marker *marker);

struct rt_method;
struct rt_getset;

struct rt_type {
    struct rt_obj head; /* map of the metatype */
    struct rt_map root_map;
    const char *cname; /* "list"; heap types: UTF-8 of the name, GC memory */
    rt_val name, qualname, module, doc; /* str, or RT_NULL */
    struct rt_type *base; /* whose layout instances extend; NULL for object */
    rt_val bases, mro;    /* tuples of types */
    struct rt_dict *dict;
    uint64_t version; /* changes with every mutation; 0: changes too often */
    uint32_t flags;
    uint32_t size;         /* bytes of an instance without inline slots */
    uint32_t slots_offset; /* = size where instances have attributes, the word
                            * before it holds the others (shape.h); else 0 */
    uint32_t inline_slots; /* fixed when the class is made */
    uint32_t
        values_from; /* words of instances from here on are values; 0: none */
    uint32_t members_from, members_to; /* those of __slots__ */
    uint32_t mutations;
    uint32_t inlined; /* number in interp/inlined.def of a builtin class */
    struct rt_slots slots;
    rt_trace trace; /* NULL: nothing but the map (and slots) */
    void (*release)(struct rt_obj *); /* frees memory outside of the heap */
    /* Must slots.del run for this dead object? NULL: always. Types that have it
     * list their objects themselves, with rt_gc_finalizable(). */
    bool (*wants_del)(const struct rt_obj *);
    struct tr_watch watch; /* traces that rely on what there is and how it is
                            * found: everything but ... */
    struct tr_watch data_watch; /* ... the values of plain data attributes */
    uint32_t data_writes;       /* times that one of those was given another */
    struct rt_obj *subclasses;  /* list of weak references (type.c) */
    /* static declaration, for builtin types */
    const struct rt_method *methods;
    const struct rt_getset *getsets;
    const char *cdoc;
    struct rt_type *const *cbase; /* &rt_object_type where NULL */
    uint32_t weakref_offset;
    uint32_t dict_offset; /* of a dict (rt_val, RT_NULL until asked for) that an
                           * object of a builtin type keeps its attributes in */
    struct rt_map *dict_map; /* of instances with RT_MAP_DICT (shape.c) */
};

/* A builtin function or method. [signature] is what inspect shows and what
 * binds arguments: "($self, index=-1, /)". [fn] gets one word per parameter
 * (self apart), RT_NULL where an argument with a default was left out, a tuple
 * for *args, a dict (or RT_NULL if empty) for **kwargs. */
typedef rt_val (*rt_cfunction)(rt_val self, rt_val *args);

enum rt_method_kind {
    RT_METHOD_INSTANCE,
    RT_METHOD_CLASS,  /* self is the class */
    RT_METHOD_STATIC, /* self is RT_NULL */
    RT_FUNCTION       /* of a module; self is the module */
};

enum rt_effect { /* what a trace has to assume of a call; see tr_call_flags */
                 RT_EFFECT_ANY, /* may run Python code */
                 RT_EFFECT_OWN, /* writes only objects' insides, runs no Python
                                   code */
                 RT_EFFECT_READS, /* reads memory only (may allocate its result)
                                   */
                 RT_EFFECT_FRAME, /* looks at the caller's frame: never traced
                                   */
                 /* The following hold for arguments of immutable builtin
                  * classes (PLAIN), with others the call may run Python code:
                  * it is ANY. */
                 RT_EFFECT_PURE, /* depends on nothing but self and arguments */
                 RT_EFFECT_ARGS_READS,
                 RT_EFFECT_KEY_READS, /* where the first argument is so */
                 RT_EFFECT_KEY_OWN,
                 RT_EFFECT_ITEMS_READS, /* where it is a builtin iterable; it is
                                           iterated */
                 RT_EFFECT_ITEMS_OWN
};

struct rt_method {
    const char *name;
    rt_cfunction fn;
    const char *signature;
    const char *doc;
    uint8_t kind;     /* enum rt_method_kind */
    uint8_t effect;   /* enum rt_effect */
    uint16_t inlined; /* number in interp/inlined.def where handlers open-code
                         it; 0 */
};

#define RT_METHOD(name, fn, effect, signature, doc)                            \
    {                                                                          \
        name, fn, signature, doc, RT_METHOD_INSTANCE, RT_EFFECT_##effect, 0    \
    }
#define RT_CLASSMETHOD(name, fn, effect, signature, doc)                       \
    {                                                                          \
        name, fn, signature, doc, RT_METHOD_CLASS, RT_EFFECT_##effect, 0       \
    }
#define RT_STATICMETHOD(name, fn, effect, signature, doc)                      \
    {                                                                          \
        name, fn, signature, doc, RT_METHOD_STATIC, RT_EFFECT_##effect, 0      \
    }
#define RT_FUNC(name, fn, effect, signature, doc)                              \
    {                                                                          \
        name, fn, signature, doc, RT_FUNCTION, RT_EFFECT_##effect, 0           \
    }
/* The same with a number from interp/inlined.def. */
#define RT_METHOD_INLINED(id, name, fn, effect, signature, doc)                \
    {                                                                          \
        name, fn, signature, doc, RT_METHOD_INSTANCE, RT_EFFECT_##effect, id   \
    }
#define RT_FUNC_INLINED(id, name, fn, effect, signature, doc)                  \
    {                                                                          \
        name, fn, signature, doc, RT_FUNCTION, RT_EFFECT_##effect, id          \
    }
#define RT_END_METHODS                                                         \
    {                                                                          \
        NULL, NULL, NULL, NULL, 0, 0, 0                                        \
    }

struct rt_getset {
    const char *name;
    rt_val (*get)(rt_val self);
    int (*set)(rt_val self,
               rt_val value); /* NULL: read-only; RT_NULL: delete */
    const char *doc;
};
#define RT_END_GETSETS                                                         \
    {                                                                          \
        NULL, NULL, NULL, NULL                                                 \
    }

/* The head of a builtin type's definition at the foot of its file:
 *     struct rt_type rt_list_type = {
 *         RT_TYPE_HEAD(list, "list", sizeof(struct rt_list)),
 *         .flags = RT_TYPE_BASE | RT_TYPE_LIST | RT_TYPE_SEQUENCE,
 *         .trace = list_trace, .methods = methods, .cdoc = "...",
 *         .slots = {.repr = list_repr, .length = list_length, ...},
 *     };
 * and a row TYPE(list) in types.def. rt_type_ready() (type.c) completes it. */
#define RT_TYPE_HEAD(id, text, bytes)                                          \
    .head = {&rt_type_type.root_map},                                          \
    .root_map = {.head = {&rt_map_type.root_map}, .type = &rt_##id##_type},    \
    .cname = (text), .size = (uint32_t)(bytes)

#define TYPE(id) extern struct rt_type rt_##id##_type;
#include "runtime/types.def"
#undef TYPE

/* Exact class of any value. */
NAC_INLINE struct rt_map *
rt_map_of(rt_val v) /* [v] is an object */
{
    return ((struct rt_obj *)rt_ptr(v))->map;
}

NAC_INLINE struct rt_type *
rt_type_of(rt_val v)
{
    if (rt_is_obj(v))
        return rt_map_of(v)->type;
    return rt_is_small(v) ? &rt_int_type : &rt_float_type;
}

NAC_INLINE bool
rt_is_exact(rt_val v, const struct rt_type *type)
{
    return rt_is_obj(v) && rt_map_of(v) == &type->root_map;
}

NAC_INLINE bool
rt_has_flag(rt_val v, uint32_t flag)
{
    return (rt_type_of(v)->flags & flag) != 0;
}

#define rt_is_str(v)       (rt_is_obj(v) && rt_has_flag(v, RT_TYPE_STR))
#define rt_is_bytes(v)     (rt_is_obj(v) && rt_has_flag(v, RT_TYPE_BYTES))
#define rt_is_list(v)      (rt_is_obj(v) && rt_has_flag(v, RT_TYPE_LIST))
#define rt_is_tuple(v)     (rt_is_obj(v) && rt_has_flag(v, RT_TYPE_TUPLE))
#define rt_is_dict(v)      (rt_is_obj(v) && rt_has_flag(v, RT_TYPE_DICT))
#define rt_is_type(v)      (rt_is_obj(v) && rt_has_flag(v, RT_TYPE_TYPE))
#define rt_is_any_int(v)   rt_has_flag(v, RT_TYPE_INT)
#define rt_is_any_float(v) rt_has_flag(v, RT_TYPE_FLOAT)

/* -- the singletons -- */

struct rt_bool {
    struct rt_obj head;
    int64_t value;
};
extern struct rt_obj rt_none_obj, rt_ellipsis_obj, rt_notimplemented_obj;
extern struct rt_bool rt_true_obj, rt_false_obj;
#define rt_None           rt_from_ptr(&rt_none_obj)
#define rt_True           rt_from_ptr(&rt_true_obj)
#define rt_False          rt_from_ptr(&rt_false_obj)
#define rt_Ellipsis       rt_from_ptr(&rt_ellipsis_obj)
#define rt_NotImplemented rt_from_ptr(&rt_notimplemented_obj)
#define rt_from_bool(b)   ((b) ? rt_True : rt_False)
#define rt_is_none(v)     rt_same(v, rt_None)

/* -- names: interned strs that C code uses; names.def -- */

enum rt_name {
#define NAME(id, text) RT_NAME_##id,
#include "runtime/names.def"
#undef NAME
    RT_NNAMES
};
extern rt_val rt_names[RT_NNAMES];
#define RT_ID(id) (rt_names[RT_NAME_##id])

#endif
