/* SPDX-License-Identifier: MIT
 * runtime/value.h: the value word. Layout and invariants: base/nanbox.h.
 *
 * rt_val is a struct so that mixing it with an integer does not compile.
 * RT_NULL ("no value") is never visible to Python. As a function's result it
 * means that an exception is set (rt_ts->exc), unless the function's comment
 * gives it another meaning.
 */
#ifndef RT_VALUE_H
#define RT_VALUE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/check.h"
#include "base/nanbox.h"

typedef struct rt_val {
    uint64_t bits;
} rt_val;

struct rt_obj;

#define RT_NULL ((rt_val){NB_NOTHING})

NAC_INLINE bool
rt_is_null(rt_val v)
{
    return v.bits == NB_NOTHING;
}

NAC_INLINE bool
rt_same(rt_val a, rt_val b)
{
    return a.bits == b.bits;
}

/* A small int: what lies beyond 50 bits is a heap object (objects/int.c). */
NAC_INLINE bool
rt_is_small(rt_val v)
{
    return v.bits >= NB_INT_TAG;
}

NAC_INLINE bool
rt_is_float(rt_val v)
{
    return v.bits <= NB_MAX_FLOAT;
}

NAC_INLINE bool
rt_is_obj(rt_val v)
{
    return v.bits >> 48 == NB_PTR_TOP;
}

NAC_INLINE int64_t
rt_small(rt_val v)
{
    return (int64_t)(v.bits << (64 - NB_INT_BITS)) >> (64 - NB_INT_BITS);
}

NAC_INLINE bool
rt_fits_small(int64_t i)
{
    return i >= NB_INT_MIN && i <= NB_INT_MAX;
}

/* [i] must fit; rt_int_from_i64() takes any. */
NAC_INLINE rt_val
rt_from_small(int64_t i)
{
    return (rt_val){(uint64_t)i | NB_INT_TAG};
}

NAC_INLINE double
rt_float(rt_val v)
{
    double d;

    memcpy(&d, &v.bits, sizeof d);
    return d;
}

/* [d] must not be a NaN with a payload: see rt_from_any_float(). */
NAC_INLINE rt_val
rt_from_float(double d)
{
    rt_val v;

    memcpy(&v.bits, &d, sizeof d);
    return v;
}

/* For floats made from raw bits: every NaN becomes the one NaN. */
NAC_INLINE rt_val
rt_from_any_float(double d)
{
    return d != d ? (rt_val){UINT64_C(0x7FF8000000000000)} : rt_from_float(d);
}

NAC_INLINE void *
rt_ptr(rt_val v)
{
    return (void *)(uintptr_t)(v.bits ^ NB_PTR_TAG);
}

NAC_INLINE rt_val
rt_from_ptr(const void *p)
{
    return (rt_val){(uint64_t)(uintptr_t)p ^ NB_PTR_TAG};
}

#endif
