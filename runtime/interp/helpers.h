/* SPDX-License-Identifier: MIT
 * runtime/interp/helpers.h: C functions that only the handlers call: the slow
 * halves of operations (ircalls.def lists those that traces call), and what is
 * decided from constants, in plain C, while a handler runs or is recorded.
 */
#ifndef RT_HELPERS_H
#define RT_HELPERS_H

#include "runtime/interp/frame.h"

/* Prototypes of ircalls.def. */
#define num                                   int64_t
#define val                                   rt_val
#define ptr                                   void *
#define flt                                   double
#define CALL0(fn, R, flags)                   R fn(void);
#define CALL1(fn, R, A, flags)                R fn(A);
#define CALL2(fn, R, A, B, flags)             R fn(A, B);
#define CALL3(fn, R, A, B, C, flags)          R fn(A, B, C);
#define CALL4(fn, R, A, B, C, D, flags)       R fn(A, B, C, D);
#define CALL5(fn, R, A, B, C, D, E, flags)    R fn(A, B, C, D, E);
#define CALL6(fn, R, A, B, C, D, E, F, flags) R fn(A, B, C, D, E, F);
#include "runtime/interp/ircalls.def"
#undef CALL0
#undef CALL1
#undef CALL2
#undef CALL3
#undef CALL4
#undef CALL5
#undef CALL6
#undef num
#undef val
#undef ptr
#undef flt

enum { RT_MAX_TRACED_PARAMS = 30 };

/* Added to the operator of rt_h_binary_builtin() for `a op= b`. */
enum { RT_H_INPLACE = 256 };

/* -- decisions from constants; none of them runs Python code -- */

/* The plain Python function that a class defines as special method [name]. */
struct rt_function *rt_h_special_function(struct rt_type *type, rt_val name);
/* The Python method that a binary operator calls first, if it may be called
 * by a frame (its reflected form does not come first). */
struct rt_function *rt_h_binary_method(enum rt_binop op, int inplace,
                                       struct rt_type *lt, struct rt_type *rt);
struct rt_function *rt_h_compare_method(enum rt_cmp op, struct rt_type *lt,
                                        struct rt_type *rt);
NAC_INLINE bool
rt_h_is_plain(const struct rt_type *type)
{
    return (type->flags & RT_TYPE_PLAIN) != 0;
}
/* A builtin iterable whose iteration runs no Python code. */
bool rt_h_is_plain_iterable(const struct rt_type *type);
/* An iterator whose step runs no Python code and writes nothing that traces see
 * (those in iterators.h are others). */
bool rt_h_is_plain_iterator(const struct rt_map *map);
/* Both are immutable builtin types: their operators run no Python code, but str
 * % anything else does. */
NAC_INLINE bool
rt_h_builtin_operands(const struct rt_type *lt, const struct rt_type *rt)
{
    return (lt->flags & rt->flags & RT_TYPE_PLAIN) != 0;
}
/* + of two lists or tuples, * of one and an int: runs no Python code. */
bool rt_h_sequence_operands(enum rt_binop op, struct rt_type *lt,
                            struct rt_type *rt);
/* Equal to itself alone, its hash being its address. */
bool rt_h_is_identity(const struct rt_type *type);
/* A class whose instances object.__new__ makes; *init: its Python __init__, or
 * NULL where it has none at all. */
bool rt_h_simple_class(struct rt_type *type, struct rt_function **init);
/* The class, called with one argument of class [arg] (NULL: none), runs no
 * Python code and writes nothing. */
bool rt_h_plain_class(const struct rt_type *type, const struct rt_type *arg);
bool rt_h_plain_class2(const struct rt_type *type, const struct rt_type *first,
                       const struct rt_type *second);
size_t rt_h_instance_size(struct rt_type *type);
/* Can [nargs] positional arguments be bound without a TypeError? */
bool rt_h_positional_ok(struct rt_function *f, int nargs);
/* May the binder of handlers_call.h bind this call (else rt_bind_frame)? */
bool rt_h_bindable(struct rt_code *code, int npos, struct rt_tuple *kw);
int rt_h_parameter(struct rt_code *code, rt_val name);
/* 1, 0; -1: needs __instancecheck__ */
/* Does super(cls, object of [type]) need no more checks? */
bool rt_h_super_plain(rt_val cls, const struct rt_type *type);
/* Does an exception of [type] match class [cls], or did it match one of those
 * [before]? -1 begins; -2: that takes a call. */
int rt_h_exc_known(struct rt_type *type, rt_val cls, int before);
int rt_h_isinstance_known(struct rt_type *type, rt_val cls);
const struct fe_exc_entry *rt_h_find_handler(const struct rt_code *code,
                                             uint32_t ins);
/* Cell of a global name for LOAD_GLOBAL (own or builtin), for STORE_GLOBAL
 * (own); NULL: the slow path decides. Cached in [ic]. */
/* The cell that a global name means in functions of [space] (struct
 * rt_function), for the cache; NULL: it has none, or no value. */
struct rt_gcell *rt_h_global_cell(struct rt_ic *ic, rt_val space, rt_val name);
/* The same for a name of the globals themselves; asks the cache. */
struct rt_gcell *rt_h_own_global(struct rt_ic *ic, rt_val space, rt_val name);

/* -- operators whose left method returned NotImplemented (helpers_ops.c) -- */

rt_val rt_binary_after(rt_val a, rt_val b, enum rt_binop op, bool inplace);
rt_val rt_compare_after(rt_val a, rt_val b, enum rt_cmp op);

/* -- plain interpreter only -- */
bool rt_h_reraise(void);
rt_val rt_h_call_words(rt_val callable, const rt_val *args, int n,
                       struct rt_tuple *kw);

#endif
