/* SPDX-License-Identifier: MIT
 * runtime/interp/dialect.h: what several handlers share, written in the
 * primitives of prims_*.h. Included once by each interpreter, after them. */

/* Inline cache and constants of the running code. */
#define IC() ((struct rt_ic *)(ic_base + 8 * (uintptr_t)I))
#define LOAD_CODE(code)                                                        \
    do {                                                                       \
        kend = (code)->consts_end;                                             \
        ic_base = (uintptr_t)(code)->ics - 8 * (uintptr_t)(code)->ins;         \
    } while (0)

/* Makes the value's exact class a constant. */
static inline struct rt_type *
promote_type(val v)
{
    if (either_int(v))
        return &rt_int_type;
    if (test(is_obj(v)))
        return promote_map(v)->type;
    if (test(is_int(v)))
        return &rt_int_type;
    test(is_flt(v));
    return &rt_float_type;
}

/* The map of a container; NULL: a number. */
static inline struct rt_map *
promote_container(val v)
{
    return test(is_obj(v)) ? promote_map(v) : NULL;
}

static inline void
depend_type(struct rt_type *type)
{
    depend(&type->watch);
}

/* A key whose hash and equality run no Python code: of an immutable builtin
 * class, a tuple of such, an object that is equal to itself alone. */
static inline bool
is_plain_key(val key)
{
    struct rt_type *type = promote_type(key);

    if (rt_h_is_plain(type))
        return true;
    if (type == &rt_tuple_type)
        return is_plain_tuple(key);
    if (!rt_h_is_identity(type))
        return false;
    depend_type(type);
    return true;
}

/* Is d[key] (or s.add(key)) of the exact dict (or set) free of Python code? */
static inline bool
is_plain_lookup(const struct rt_map *container, val key)
{
    if (container == &rt_str_type.root_map ||
        container == &rt_bytes_type.root_map)
        return rt_h_is_plain(promote_type(key));
    return (container == &rt_dict_type.root_map ||
            container == &rt_set_type.root_map ||
            container == &rt_frozenset_type.root_map) &&
           is_plain_key(key);
}

/* item in box: 1, 0; -1: raised */
static inline num
contains(val box, val item)
{
    struct rt_map *map = promote_container(box);

    if (map == &rt_list_type.root_map || map == &rt_tuple_type.root_map) {
        if (rt_h_is_plain(promote_type(item))) {
            num found = c_rt_h_seq_contains_plain(box, item);

            if (test(icmp(RT_GE, found, num_k(0))))
                return found;
        }
    } else if (is_plain_lookup(map, item)) {
        return c_rt_h_contains_plain(box, item);
    }
    return c_rt_h_contains(box, item);
}

/* == or != of two lists or two tuples whose items run no Python code; false:
 * the general comparison decides. */
static inline bool
equal_sequences(enum rt_cmp op, struct rt_type *lt, struct rt_type *rt, val a,
                val b, cond *c)
{
    num equal;

    if ((op != RT_EQ && op != RT_NE) || lt != rt ||
        (lt != &rt_list_type && lt != &rt_tuple_type))
        return false;
    equal = c_rt_h_seq_equal_plain(a, b);
    if (!test(icmp(RT_GE, equal, num_k(0))))
        return false;
    *c = icmp(op == RT_EQ ? RT_NE : RT_EQ, equal, num_k(0));
    return true;
}

/* A bound of a slice that runs no Python code. */
static inline bool
is_plain_bound(val v)
{
    struct rt_type *type = promote_type(v);

    return type == &rt_int_type || type == &rt_none_type;
}

/* The parts of an exact slice; false: one of them may run Python code. */
static inline bool
plain_slice(ptr slice, val *start, val *stop, val *step)
{
    *start = ld_slice_start(slice);
    *stop = ld_slice_stop(slice);
    *step = ld_slice_step(slice);
    return is_plain_bound(*start) && is_plain_bound(*stop) &&
           is_plain_bound(*step);
}

static inline bool
is_plain_sequence(val v)
{
    struct rt_type *type = promote_type(v);

    return type == &rt_list_type || type == &rt_tuple_type;
}

/* The map by which attributes are looked up, a constant; or NULL. */
static inline struct rt_map *
promote_any_map(val v)
{
    if (has_own_map(v))
        return promote_map(v);
    if (small_int(v))
        return &rt_int_type.root_map;
    if (wide_int(v))
        return &rt_int_type.root_map;
    if (test(is_flt(v)))
        return &rt_float_type.root_map;
    return NULL;
}

/* Truth of what needs no call; else *slow. */
static inline cond
truth_of(val v, bool *slow)
{
    struct rt_map *map;
    ptr o;

    if (small_int(v))
        return icmp(RT_NE, int_of(v), num_k(0));
    if (test(is_flt(v)))
        return fcmp(RT_NE, flt_of(v), flt_k(0.0));
    if (is_boxed_bool(v))
        return bool_of(v);
    if (wide_int(v))
        return icmp(RT_NE, wide_of(v), num_k(0));
    map = promote_map(v);
    o = ptr_of(v);
    if (map == &rt_bool_type.root_map)
        return same(v, konst(rt_True));
    if (map == &rt_none_type.root_map)
        return cond_k(false);
    if (map == &rt_list_type.root_map)
        return icmp(RT_NE, ld_list_len(o), num_k(0));
    if (map == &rt_tuple_type.root_map)
        return icmp(RT_NE, ld_tuple_len(o), num_k(0));
    if (map == &rt_str_type.root_map)
        return icmp(RT_NE, ld_str_len(o), num_k(0));
    if (map == &rt_dict_type.root_map)
        return icmp(RT_NE, ld_dict_used(o), num_k(0));
    if (map == &rt_set_type.root_map)
        return icmp(RT_NE, ld_set_used(o), num_k(0));
    if (!map->type->slots.truth && !map->type->slots.length) {
        depend_type(map->type);
        return cond_k(true);
    }
    *slow = true;
    return cond_k(false);
}

/* x op y, in int64 where that fits; false: it is left to the general way. */
static inline bool
wide_arith(enum rt_binop op, num x, num y, val *r)
{
    num s;

    switch (op) {
    case RT_ADD:
        if (test(add_fits(x, y))) {
            *r = wide_val(iadd(x, y));
            return true;
        }
        break;
    case RT_SUB:
        if (test(sub_fits(x, y))) {
            *r = wide_val(isub(x, y));
            return true;
        }
        break;
    case RT_MUL:
        if (test(mul_wide(x, y))) {
            *r = wide_val(imul(x, y));
            return true;
        }
        break;
    case RT_LSHIFT:
        if (!test(in_bounds(y, num_k(64))))
            return false;
        s = ishl(x, y);
        if (test(icmp(RT_EQ, ishr(s, y), x))) {
            *r = wide_val(s);
            return true;
        }
        break;
    case RT_RSHIFT:
        if (!test(in_bounds(y, num_k(64))))
            return false;
        *r = wide_val(ishr(x, y));
        return true;
    case RT_FLOORDIV:
    case RT_MOD:
        if (!test(icmp(RT_GT, y, num_k(0))))
            return false;
        *r = wide_val(op == RT_MOD ? ifloormod(x, y) : ifloordiv(x, y));
        return true;
    case RT_AND:
        *r = wide_val(iand(x, y));
        return true;
    case RT_OR:
        *r = wide_val(ior(x, y));
        return true;
    case RT_XOR:
        *r = wide_val(ixor(x, y));
        return true;
    default:
        return false;
    }
    *r = c_rt_int_overflow(num_k(op), x, y);
    return true;
}

/* Comparison of what needs no call of Python code; else *slow. */
static inline cond
compare_fast(enum rt_cmp op, val a, val b, bool *slow)
{
    num x;

    if (small_ints(a, b)) {
        x = int_of(a);
        return icmp(op, x, int_of(b));
    }
    if (test(is_flt(a))) {
        if (test(is_flt(b)))
            return fcmp(op, flt_of(a), flt_of(b));
        if (test(is_int(b)))
            return fcmp(op, flt_of(a), i2f(int_of(b)));
    } else if (test(is_flt(b))) {
        if (test(is_int(a)))
            return fcmp(op, i2f(int_of(a)), flt_of(b));
    } else if (wide_ints(a, b)) {
        x = wide_of(a);
        return icmp(op, x, wide_of(b));
    } else if (test(is_obj(a))) {
        if (promote_map(a) == &rt_str_type.root_map && test(is_obj(b)) &&
            promote_map(b) == &rt_str_type.root_map) {
            num order;

            if (op == RT_EQ || op == RT_NE) {
                num equal = c_rt_h_str_equal(a, b);

                return icmp(op == RT_EQ ? RT_NE : RT_EQ, equal, num_k(0));
            }
            order = c_rt_h_str_compare(a, b);
            return icmp(op, order, num_k(0));
        }
    }
    *slow = true;
    return cond_k(false);
}

#include "runtime/interp/iterators.h"

#include "runtime/interp/dialect_complex.h"
