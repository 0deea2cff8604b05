/* SPDX-License-Identifier: MIT
 * runtime/objects.h: layouts of the builtin objects and the functions by which
 * C code works on them. Unless a comment says otherwise: values are borrowed
 * (the collector owns everything), a result of RT_NULL, NULL or -1 means that
 * an exception is set, and functions may collect garbage.
 */
#ifndef RT_OBJECTS_H
#define RT_OBJECTS_H

#include <gmp.h>

#include "runtime/gc/gc.h"
#include "runtime/object.h"

/* -- int (objects/int.c): small in the value word, others over GMP -- */

struct rt_bigint { /* |value| >= 2^49, or an instance of a subclass of int (any
                      value) */
    struct rt_obj head;
    int64_t size; /* number of limbs, negative for negative values; 0 is zero */
    mp_limb_t limbs[];
};

/* An exact int that fits int64, of either form? */
NAC_INLINE bool
rt_int_is_wide(rt_val v)
{
    const struct rt_bigint *b;

    if (rt_is_small(v))
        return true;
    if (!rt_is_obj(v) || rt_map_of(v) != &rt_int_type.root_map)
        return false;
    b = rt_ptr(v);
    return b->size == 1    ? b->limbs[0] <= INT64_MAX
           : b->size == -1 ? b->limbs[0] <= (mp_limb_t)INT64_MAX + 1
                           : false;
}
/* Its value. */
NAC_INLINE int64_t
rt_int_wide(rt_val v)
{
    const struct rt_bigint *b;

    if (rt_is_small(v))
        return rt_small(v);
    b = rt_ptr(v);
    return (int64_t)(b->size < 0 ? 0 - b->limbs[0] : b->limbs[0]);
}
rt_val rt_int_from_i64(int64_t v);
/* [op] of what does not fit int64: RT_ADD, RT_SUB, RT_MUL, RT_LSHIFT by less
 * than 64. */
rt_val rt_int_overflow(int64_t op, int64_t a, int64_t b);
rt_val rt_int_from_u64(uint64_t v);
rt_val rt_int_from_double(double d); /* truncated; OverflowError, ValueError */
/* 1: [v] is an int (bool, subclass included) that fits; 0: an int that does
 * not fit; never raises. [v] must be an int. */
int rt_int_to_i64(rt_val v, int64_t *out);
double rt_int_to_double(rt_val v); /* OverflowError: -1.0 with exception set */
rt_val rt_int_parse(const char *text, size_t len, int base); /* ValueError */
rt_val rt_int_binary(enum rt_binop op, rt_val a, rt_val b);  /* both ints */
rt_val rt_int_str(rt_val v, int base, const char *prefix);   /* digits as str */
/* Via __index__: any object that is an integer -> int, TypeError. */
rt_val rt_index(rt_val v);
/* The same as a C number; OverflowError of class [error] (NULL: clip). -1 with
 * exception. */
int rt_index_i64(rt_val v, int64_t *out, struct rt_type *error);
/* The same for arguments of builtin functions, whose OverflowError reads
 * otherwise. */
int rt_index_ssize(rt_val v, int64_t *out);
int rt_index_int(rt_val v, int64_t *out); /* fits a C int */

/* -- float (objects/float.c) -- floats are value words; an instance of a
 * subclass of float is an object: -- */
struct rt_floatobj {
    struct rt_obj head;
    double value;
};
NAC_INLINE double
rt_any_float(rt_val v) /* exact float or subclass instance */
{
    return rt_is_float(v) ? rt_float(v)
                          : ((struct rt_floatobj *)rt_ptr(v))->value;
}
/* float(x) for numbers: ints, floats, __float__, __index__. 0, or -1. */
int rt_as_double(rt_val v, double *out);
rt_val rt_float_repr(double d);
/* "r", "e", "f", "g", '%' formatting as CPython's PyOS_double_to_string;
 * returns malloc'ed text. */
char *rt_format_double(double d, char code, int precision, int flags);
enum { RT_FD_SIGN = 1, RT_FD_ADD_DOT_0 = 2, RT_FD_ALT = 4 };
int64_t rt_hash_double(double d);

struct rt_complex {
    struct rt_obj head;
    double real, imag;
};
rt_val rt_complex_new(double real, double imag);

/* -- str (objects/str*.c) -- */

/* The characters lie behind the header, or (shared) in a buffer with spare room
 * that several strs have in common, so that  s += x  in a loop is not quadratic
 * (str.c, "growing"). Only a str that is not shared has a zero character at its
 * end: C strings come from rt_str_utf8(). Interned strs are never shared. */
struct rt_str {
    struct rt_obj head;
    int64_t
        hash;    /* 0: not computed yet (a computed 0 becomes another number) */
    int64_t len; /* characters */
    uint8_t kind; /* bytes a character: 1, 2, 4; the least that fits */
    uint8_t ascii;
    uint8_t interned;
    uint8_t shared; /* [data] lies in a buffer of str.c */
    uint8_t joined; /* made by concatenation */
    uint8_t unused[3];
    char *data; /* len * kind bytes, aligned to 8 */
};

#define rt_str_of(v) ((struct rt_str *)rt_ptr(v))
/* From UTF-8 (surrogates allowed); len -1: NUL-terminated. */
rt_val rt_str_new(const char *utf8, int64_t len);
rt_val rt_str_format(const char *fmt, ...); /* formats of rt_raise() */
/* Uninitialised str of [len] characters up to [maxchar]; fill it at once. */
struct rt_str *rt_str_alloc(int64_t len, uint32_t maxchar);
rt_val rt_str_from_ucs4(const uint32_t *chars, int64_t len);
rt_val rt_str_from_char(uint32_t c); /* cached for Latin-1 */
NAC_INLINE uint32_t
rt_str_at(const struct rt_str *s, int64_t i)
{
    return s->kind == 1   ? ((const uint8_t *)s->data)[i]
           : s->kind == 2 ? ((const uint16_t *)(const void *)s->data)[i]
                          : ((const uint32_t *)(const void *)s->data)[i];
}
/* UTF-8 of a str, cached? no: GC-owned or inside the str; NULL with
 * UnicodeEncodeError for surrogates. Lives as long as the caller's frame holds
 * it. */
const char *rt_str_utf8(rt_val s, int64_t *len);
/* The same where surrogates are encoded like other characters; never fails. */
const char *rt_str_utf8_any(rt_val s, int64_t *len);
rt_val rt_intern(const char *utf8);
rt_val rt_str_intern(rt_val s);        /* the interned equal str */
bool rt_str_equal(rt_val a, rt_val b); /* both strs */
bool rt_str_is(rt_val s, const char *ascii);
int rt_str_compare(rt_val a, rt_val b);
int64_t rt_str_hash(rt_val s);
rt_val rt_str_concat(rt_val a, rt_val b);
rt_val rt_str_join(rt_val sep, const rt_val *items,
                   int64_t n); /* items are strs */
rt_val rt_str_slice(rt_val s, int64_t start, int64_t stop);
rt_val rt_str_getitem(rt_val s, int64_t i);        /* i in bounds */
rt_val rt_str_percent(rt_val format, rt_val args); /* % */
rt_val rt_str_repr(rt_val s);

/* Builder for strs of unknown length; on the C stack. One byte a character
 * until one comes that needs more. Where memory ends it is emptied, what is
 * added later is ignored, and rt_builder_finish() raises MemoryError. */
struct rt_builder {
    uint8_t *narrow; /* malloc'ed; NULL once it is wide */
    uint32_t *wide;
    int64_t len, cap;
    bool failed;
};
NAC_INLINE uint32_t
rt_builder_at(const struct rt_builder *b, int64_t i)
{
    return b->wide ? b->wide[i] : b->narrow[i];
}
void rt_builder_add(struct rt_builder *b, uint32_t c);
void rt_builder_fill(struct rt_builder *b, uint32_t c,
                     int64_t n); /* [n] > 0 times */
void rt_builder_utf8(struct rt_builder *b, const char *s,
                     int64_t len); /* -1: NUL-terminated */
void rt_builder_str(struct rt_builder *b, rt_val s);
void rt_builder_fail(struct rt_builder *b); /* as if memory had ended */
/* The str; RT_NULL: MemoryError. Frees the buffer. */
rt_val rt_builder_finish(struct rt_builder *b);
void rt_builder_drop(struct rt_builder *b);

/* -- bytes (objects/bytes.c) -- */

struct rt_bytes {
    struct rt_obj head;
    int64_t hash;
    int64_t len;
    char data[]; /* and a zero byte */
};
rt_val rt_bytes_new(const void *data, int64_t len);
/* Any bytes-like object; 0, or -1 with TypeError. */
int rt_bytes_view(rt_val v, const char **data, int64_t *len);
rt_val rt_decode(const char *data, int64_t len, const char *encoding,
                 const char *errors);
rt_val rt_encode(rt_val str, const char *encoding, const char *errors);

/* -- tuple, list -- */

struct rt_tuple {
    struct rt_obj head;
    int64_t len;
    rt_val items[];
};
struct rt_list {
    struct rt_obj head;
    int64_t len;
    struct rt_words *items; /* never NULL; items->count is the capacity */
};
#define rt_tuple_of(v) ((struct rt_tuple *)rt_ptr(v))
#define rt_list_of(v)  ((struct rt_list *)rt_ptr(v))
rt_val rt_tuple_new(const rt_val *items,
                    int64_t n); /* items may be NULL: filled with RT_NULL */
rt_val rt_tuple_pack(int n, ...);
rt_val rt_list_new(const rt_val *items, int64_t n);
int rt_list_append(rt_val list, rt_val item);
rt_val rt_list_to_tuple(rt_val list);
rt_val rt_sequence_list(rt_val iterable); /* new list */
rt_val
rt_sequence_tuple(rt_val iterable); /* new tuple, or the exact tuple itself */
/* Items of a list or tuple (exact or subclass). */
NAC_INLINE rt_val *
rt_seq_items(rt_val v, int64_t *len)
{
    if (rt_has_flag(v, RT_TYPE_TUPLE)) {
        *len = rt_tuple_of(v)->len;
        return rt_tuple_of(v)->items;
    }
    *len = rt_list_of(v)->len;
    return rt_list_of(v)->items->items;
}
int rt_list_extend(rt_val list, rt_val iterable);
int rt_list_sort(rt_val list, rt_val key, bool reverse);

/* -- dict: compact and ordered -- */

struct rt_dict_entry {
    int64_t hash;
    rt_val key;   /* RT_NULL: deleted */
    rt_val value; /* in a namespace: the rt_gcell, see below */
};
struct rt_dict_entries { /* GC object, traced */
    struct rt_obj head;
    uint64_t cap;
    struct rt_dict_entry items[];
};
enum { RT_DICT_NAMESPACE = 1 };
struct rt_dict {
    struct rt_obj head;
    int64_t used;                    /* live entries */
    int64_t filled;                  /* entries in use, deleted ones included */
    struct rt_dict_entries *entries; /* NULL while empty */
    struct rt_blob *index; /* entry numbers of 1, 2, 4 bytes; open addressing */
    uint64_t mask;         /* of the index */
    uint64_t
        shape; /* changes when a key is added or removed, or entries move */
    uint32_t flags;
    uint32_t usable; /* keys that can be added before the next resize */
};
#define rt_dict_of(v) ((struct rt_dict *)rt_ptr(v))

/* A namespace is the dict of a module: its values lie in cells, so that code
 * can keep the cell of a name instead of looking it up again; only dict.c and
 * namespace.c see them. A name has one cell for ever: that of a deleted name
 * is empty and waits in [graves] for the name to come back. A cell that was
 * written once only is a constant for traces, which [watch] protects. */
struct rt_namespace {
    struct rt_dict dict;
    rt_val graves; /* dict name -> cell, or RT_NULL */
};
struct rt_gcell {
    struct rt_obj head;
    rt_val value; /* RT_NULL: the name is deleted */
    int64_t writes;
    struct tr_watch watch;
};

/* Namespaces have a map of their own: what a trace may do to a dict (its map is
 * the type's first) it must not do to cells that other traces rely on. */
extern struct rt_map rt_namespace_map;
NAC_INLINE bool
rt_is_exact_dict(rt_val v) /* or a namespace */
{
    return rt_is_obj(v) && rt_map_of(v)->type == &rt_dict_type;
}

rt_val rt_dict_new(void);
rt_val rt_namespace_new(void);
/* The value, or RT_NULL without (!) exception when it is not there; RT_NULL
 * with an exception set only where hashing or comparing raised. */
rt_val rt_dict_get(rt_val dict, rt_val key);
rt_val rt_dict_get_name(rt_val dict, rt_val interned); /* never raises */
int rt_dict_set(rt_val dict, rt_val key, rt_val value);
void rt_dict_set_name(rt_val dict, const char *name, rt_val value);
int rt_dict_del(rt_val dict, rt_val key);    /* 1: deleted, 0: not there, -1 */
rt_val rt_dict_pop(rt_val dict, rt_val key); /* as rt_dict_get */
int rt_dict_contains(rt_val dict, rt_val key);
rt_val rt_dict_setdefault(rt_val dict, rt_val key, rt_val value);
int rt_dict_merge(rt_val dict, rt_val other,
                  bool override_); /* mapping or pairs */
rt_val rt_dict_copy(rt_val dict);
void rt_dict_clear(rt_val dict);
/* Iteration: *pos starts at 0; false at the end. */
bool rt_dict_next(rt_val dict, int64_t *pos, rt_val *key, rt_val *value);
rt_val rt_dict_keys_list(rt_val dict);
rt_val rt_mappingproxy_new(rt_val mapping); /* a read-only view */
/* The cell of a name in a namespace, made (empty value) if [make]; else NULL.
 */
struct rt_gcell *rt_namespace_cell(rt_val ns, rt_val name, bool make);
void rt_gcell_write(struct rt_gcell *cell,
                    rt_val value); /* counts, invalidates */
/* Watch that fires when a name is added to this namespace that hides a builtin.
 */
extern struct tr_watch rt_builtin_hidden;
extern uint64_t rt_namespace_epoch; /* changes together with it */

/* -- set -- */
struct rt_set_entry {
    int64_t hash;
    rt_val key;
};
struct rt_set {
    struct rt_obj head;
    int64_t used, filled;
    uint64_t mask;
    struct rt_obj *table; /* GC array of rt_set_entry, objects/set.c */
    int64_t hash; /* of a frozenset, 0: not computed; of a set: where pop()
                     looks next */
};
rt_val rt_set_new(rt_val iterable); /* RT_NULL: empty */
rt_val rt_frozenset_new(rt_val iterable);
int rt_set_add(rt_val set, rt_val item);
int rt_set_contains(rt_val set, rt_val item);
bool rt_set_next(rt_val set, int64_t *pos, rt_val *item);

/* -- slice, range -- */
struct rt_slice {
    struct rt_obj head;
    rt_val start, stop, step;
};
#define rt_slice_of(v) ((struct rt_slice *)rt_ptr(v))
rt_val rt_slice_new(rt_val start, rt_val stop, rt_val step);
/* The parts as numbers, which may run Python code (0, or -1); then clipped to a
 * sequence of [len], giving the number of items. */
int rt_slice_unpack_any(rt_val slice, int64_t *start, int64_t *stop,
                        int64_t *step);
NAC_INLINE int
rt_slice_unpack(rt_val slice, int64_t *start, int64_t *stop, int64_t *step)
{
    const struct rt_slice *s = rt_slice_of(slice);
    bool from = rt_is_small(s->start), to = rt_is_small(s->stop);

    if (!rt_is_none(s->step) || !(from || rt_is_none(s->start)) ||
        !(to || rt_is_none(s->stop)))
        return rt_slice_unpack_any(slice, start, stop, step);
    *start = from ? rt_small(s->start) : 0;
    *stop = to ? rt_small(s->stop) : INT64_MAX;
    *step = 1;
    return 0;
}
/* A bound: one before the first for a negative step. */
NAC_INLINE int64_t
rt_slice_clip_bound(int64_t i, int64_t len, int64_t step)
{
    if (i < 0) {
        i += len;
        return i >= 0 ? i : step < 0 ? -1 : 0;
    }
    return i < len ? i : step < 0 ? len - 1 : len;
}
NAC_INLINE int64_t
rt_slice_clip(int64_t len, int64_t *start, int64_t *stop, int64_t step)
{
    int64_t n;

    *start = rt_slice_clip_bound(*start, len, step);
    *stop = rt_slice_clip_bound(*stop, len, step);
    n = step > 0 ? *stop - *start : *start - *stop;
    if (n <= 0)
        return 0;
    if (step == 1 || step == -1) /* most are: no division */
        return n;
    return (n - 1) / (step > 0 ? step : -step) + 1;
}
/* Both, for sequences whose length cannot change; *count items. 0, or -1. */
int rt_slice_adjust(rt_val slice, int64_t len, int64_t *start, int64_t *stop,
                    int64_t *step, int64_t *count);
struct rt_range {
    struct rt_obj head;
    rt_val start, stop, step, length; /* ints of any size */
    int64_t first, by,
        count; /* where all fit int64, and count >= 0; else count = -1 */
};
#define rt_range_of(v) ((struct rt_range *)rt_ptr(v))

/* -- iterators (objects/iterators.c) -- */
/* The layouts of those that loops in the interpreter and in traces step. */
struct rt_list_iter { /* list_iterator, list_reverseiterator, tuple_iterator */
    struct rt_obj head;
    rt_val seq; /* RT_NULL: at its end */
    int64_t index;
};
struct rt_range_iter {
    struct rt_obj head;
    int64_t first, by, index, count; /* native ranges */
    rt_val start, step, at, length;  /* others; start RT_NULL: native */
};
struct rt_enumerate {
    struct rt_obj head;
    rt_val iterator;
    rt_val count; /* int */
};
struct rt_multi { /* zip and map */
    struct rt_obj head;
    rt_val func;      /* of map */
    rt_val iterators; /* tuple */
    int64_t strict;
};
rt_val rt_seq_iter_new(rt_val seq); /* by __getitem__ */
rt_val rt_call_iter_new(rt_val callable, rt_val sentinel);

/* -- functions, methods, cells -- */
struct rt_cell {
    struct rt_obj head;
    rt_val value; /* RT_NULL: empty */
};
rt_val rt_cell_new(rt_val value);

struct rt_code;
struct rt_function { /* objects/function.c */
    struct rt_obj head;
    struct rt_code *code;
    rt_val globals, builtins; /* dicts */
    /* The globals where code may keep cells of its names: a namespace dict,
     * over the standard builtins; else RT_NULL. Functions of one code may
     * differ in it (exec() in several modules, FunctionType). */
    rt_val space;
    struct rt_tuple *closure;                        /* of cells, or NULL */
    struct rt_tuple *defaults;                       /* or NULL */
    rt_val kwdefaults;                               /* dict or RT_NULL */
    rt_val name, qualname, module, doc, annotations; /* RT_NULL: absent */
    rt_val dict;                  /* RT_NULL until asked for */
    struct rt_gcell *module_cell; /* cell of the globals' __name__, or NULL */
};
#define rt_function_of(v) ((struct rt_function *)rt_ptr(v))
rt_val rt_function_new(struct rt_code *code, rt_val globals);
/* The same for code that is a constant of [maker]'s: globals and builtins are
 * its. */
struct rt_function *rt_function_like(struct rt_code *code,
                                     const struct rt_function *maker);

struct rt_bound { /* bound method */
    struct rt_obj head;
    rt_val func, self;
};
#define rt_bound_of(v) ((struct rt_bound *)rt_ptr(v))
rt_val rt_method_new(rt_val func, rt_val self);

struct rt_signature; /* parsed form, signature.h */
struct rt_builtin {  /* builtin function, bound or of a module; also the unbound
                        method_descriptor */
    struct rt_obj head;
    const struct rt_method *def;
    struct rt_signature *sig; /* parsed at the first call */
    rt_val self;              /* bound object, module; RT_NULL: none */
    rt_val module;            /* name, or RT_NULL */
    struct rt_type *owner;    /* method_descriptor: the type it belongs to */
};
#define rt_builtin_of(v) ((struct rt_builtin *)rt_ptr(v))
rt_val rt_builtin_new(const struct rt_method *def, rt_val self,
                      struct rt_type *owner);

struct rt_property {
    struct rt_obj head;
    rt_val fget, fset, fdel, doc, name; /* RT_NULL: absent */
};
struct rt_wrapper { /* classmethod, staticmethod */
    struct rt_obj head;
    rt_val callable, dict;
};
struct rt_super {
    struct rt_obj head;
    struct rt_type *type, *obj_type;
    rt_val obj;
};
rt_val rt_super_new(struct rt_type *type, rt_val obj); /* checks; TypeError */
/* The Python function that super(after, object of [type]).name is bound to;
 * RT_NULL where it is something else. */
rt_val rt_super_method(struct rt_type *after, struct rt_type *type,
                       rt_val name);

rt_val rt_generic_alias_new(rt_val origin, rt_val args);
rt_val rt_union_new(rt_val a, rt_val b); /* a | b of types; NotImplemented */

struct rt_module {
    struct rt_obj head;
    rt_val dict; /* namespace */
    rt_val name;
};
#define rt_module_of(v) ((struct rt_module *)rt_ptr(v))
rt_val rt_module_new(rt_val name);
void rt_module_add(rt_val module, const char *name, rt_val value);
void rt_module_methods(rt_val module, const struct rt_method *methods);

#endif
