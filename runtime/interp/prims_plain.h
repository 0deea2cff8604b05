/* SPDX-License-Identifier: MIT
 * runtime/interp/prims_plain.h: the value primitives of the plain interpreter:
 * each is the C operation itself and vanishes into the handler. The recording
 * counterpart is prims_record.h; both must define the same names with the same
 * meaning, which the handlers (handlers_*.h) are written in.
 *
 * Kinds: val a Python value, num an int64, flt a double, ptr an address, cond
 * a truth that only test() and branch() may look at.
 */
#ifndef RT_PRIMS_PLAIN_H
#define RT_PRIMS_PLAIN_H

#include <float.h>
#include <math.h>

#include "runtime/interp/frame.h"
#include "runtime/interp/jit.h"

typedef rt_val val;
typedef struct num {
    int64_t i;
} num;
typedef struct flt {
    double d;
} flt;
typedef struct ptr {
    void *p;
} ptr;
typedef struct cond {
    bool b;
} cond;

/* Interpreter state, in locals of the dispatch loop. */
#define STATE_ARGS void
#define RECORDING  0

/* -- leaving the dialect: the plain build simply has the content -- */
NAC_INLINE bool
test(cond c)
{
    return c.b;
}
NAC_INLINE rt_val
promote(val v)
{
    return v;
}
NAC_INLINE int64_t
promote_num(num n)
{
    return n.i;
}
NAC_INLINE void *
promote_ptr(ptr p)
{
    return p.p;
}

/* -- constants -- */
NAC_INLINE val
konst(rt_val v)
{
    return v;
}
NAC_INLINE num
num_k(int64_t i)
{
    return (num){i};
}
NAC_INLINE flt
flt_k(double d)
{
    return (flt){d};
}
NAC_INLINE ptr
ptr_k(const void *p)
{
    return (ptr){(void *)(uintptr_t)p};
}
NAC_INLINE cond
cond_k(bool b)
{
    return (cond){b};
}

/* -- values -- */
NAC_INLINE cond
is_int(val v)
{
    return (cond){rt_is_small(v)};
}
NAC_INLINE cond
both_int(val a, val b)
{
    return (cond){(a.bits & b.bits) >= NB_INT_TAG};
}
NAC_INLINE cond
is_flt(val v)
{
    return (cond){rt_is_float(v)};
}
NAC_INLINE cond
is_obj(val v)
{
    return (cond){rt_is_obj(v)};
}
NAC_INLINE cond
same(val a, val b)
{
    return (cond){rt_same(a, b)};
}
NAC_INLINE num
int_of(val v)
{
    return (num){rt_small(v)};
}
NAC_INLINE flt
flt_of(val v)
{
    return (flt){rt_float(v)};
}
NAC_INLINE ptr
ptr_of(val v)
{
    return (ptr){rt_ptr(v)};
}
NAC_INLINE val
int_val(num n)
{
    return rt_from_small(n.i);
}
NAC_INLINE val
flt_val(flt f)
{
    return rt_from_float(f.d);
}
NAC_INLINE val
ptr_val(ptr p)
{
    return rt_from_ptr(p.p);
}
NAC_INLINE val
bool_val(cond c)
{
    return rt_from_bool(c.b);
}

/* -- conditions -- */
NAC_INLINE cond not(cond c)
{
    return (cond){!c.b};
}
NAC_INLINE cond
same_ptr(ptr a, ptr b)
{
    return (cond){a.p == b.p};
}

/* -- ints -- */
#define INT2(name, expr)                                                       \
    NAC_INLINE num name(num a, num b)                                          \
    {                                                                          \
        return (num){(int64_t)(expr)};                                         \
    }
#define U(n) ((uint64_t)(n).i)
INT2(iadd, U(a) + U(b))
INT2(isub, U(a) - U(b))
INT2(imul, U(a) * U(b))
INT2(iand, U(a) & U(b))
INT2(ior, U(a) | U(b))
INT2(ixor, U(a) ^ U(b))
INT2(ishl, U(a) << b.i)
INT2(ishr, a.i >> b.i)
#undef INT2
#undef U
NAC_INLINE num
ineg(num a)
{
    return (num){(int64_t)(0 - (uint64_t)a.i)};
}
NAC_INLINE num
ifloordiv(num a, num b)
{
    int64_t q = a.i / b.i;

    return (num){q - ((a.i % b.i != 0) & ((a.i < 0) != (b.i < 0)))};
}
NAC_INLINE num
ifloormod(num a, num b)
{
    int64_t r = a.i % b.i;

    return (num){r + (r && (r < 0) != (b.i < 0) ? b.i : 0)};
}
/* Does it fit a small int? */
NAC_INLINE cond
fits(num a)
{
    return (cond){(int64_t)((uint64_t)a.i << (64 - NB_INT_BITS)) >>
                      (64 - NB_INT_BITS) ==
                  a.i};
}
NAC_INLINE cond
mul_fits(num a, num b)
{
    int64_t product;

    return (cond){!__builtin_mul_overflow(a.i, b.i, &product) &&
                  rt_fits_small(product)};
}

/* -- ints of up to 64 bits -- */
/* Are these small ints, to be computed with as such? While recording in code
 * whose ints leave 50 bits: only if they are known to be. */
NAC_INLINE bool
small_int(val v)
{
    return rt_is_small(v);
}
NAC_INLINE bool
small_ints(val a, val b)
{
    return both_int(a, b).b;
}
/* Is a result of such ints one, too? */
NAC_INLINE bool
small_result(num n)
{
    return fits(n).b;
}
NAC_INLINE bool
small_product(num a, num b)
{
    return mul_fits(a, b).b;
}
/* Does the running code expect small ints? */
NAC_INLINE bool
expects_small(void)
{
    return true;
}
/* It met others. */
NAC_INLINE void
note_wide(void)
{
    struct rt_code *code = rt_frame_code(rt_ts->fp);

    if (NAC_UNLIKELY(!code->wide_ints))
        rt_jit_wide_ints(code);
}
/* Where traces take both forms of an int as one: is it an int? */
NAC_INLINE bool
either_int(val v)
{
    (void)v;
    return false;
}
NAC_INLINE bool
wide_int(val v)
{
    if (!rt_int_is_wide(v))
        return false;
    if (!rt_is_small(v))
        note_wide();
    return true;
}
NAC_INLINE bool
wide_ints(val a, val b)
{
    if (!rt_int_is_wide(a) || !rt_int_is_wide(b))
        return false;
    if (!both_int(a, b).b)
        note_wide();
    return true;
}
/* An object, but no int beyond 50 bits where traces take both forms as one. */
NAC_INLINE bool
has_own_map(val v)
{
    return rt_is_obj(v);
}
NAC_INLINE num
wide_of(val v)
{
    return (num){rt_int_wide(v)};
}
NAC_INLINE val
wide_val(num n)
{
    if (!rt_fits_small(n.i))
        note_wide();
    return rt_int_from_i64(n.i);
}
/* Does the result fit int64? */
NAC_INLINE cond
add_fits(num a, num b)
{
    int64_t sum;

    return (cond){!__builtin_add_overflow(a.i, b.i, &sum)};
}
NAC_INLINE cond
sub_fits(num a, num b)
{
    int64_t difference;

    return (cond){!__builtin_sub_overflow(a.i, b.i, &difference)};
}
/* The same, but not near the border (tracer/irops.def, MULWIDE). */
NAC_INLINE cond
mul_wide(num a, num b)
{
    return (cond){fabs((double)a.i * (double)b.i) <= TR_MULWIDE_MAX};
}

NAC_INLINE bool
cmp_i64(enum rt_cmp op, int64_t a, int64_t b)
{
    switch (op) {
    case RT_LT:
        return a < b;
    case RT_LE:
        return a <= b;
    case RT_EQ:
        return a == b;
    case RT_NE:
        return a != b;
    case RT_GT:
        return a > b;
    default:
        return a >= b;
    }
}
NAC_INLINE bool
cmp_f64(enum rt_cmp op, double a, double b)
{
    switch (op) {
    case RT_LT:
        return a < b;
    case RT_LE:
        return a <= b;
    case RT_EQ:
        return a == b;
    case RT_NE:
        return a != b;
    case RT_GT:
        return a > b;
    default:
        return a >= b;
    }
}
NAC_INLINE cond
icmp(enum rt_cmp op, num a, num b)
{
    return (cond){cmp_i64(op, a.i, b.i)};
}
NAC_INLINE cond
in_bounds(num i, num len)
{
    return (cond){(uint64_t)i.i < (uint64_t)len.i};
}

/* -- floats -- */
NAC_INLINE flt
f_add(flt a, flt b)
{
    return (flt){a.d + b.d};
}
NAC_INLINE flt
f_sub(flt a, flt b)
{
    return (flt){a.d - b.d};
}
NAC_INLINE flt
f_mul(flt a, flt b)
{
    return (flt){a.d * b.d};
}
NAC_INLINE flt
f_div(flt a, flt b)
{
    return (flt){a.d / b.d};
}
NAC_INLINE flt
f_neg(flt a)
{
    return (flt){-a.d};
}
NAC_INLINE flt
f_abs(flt a)
{
    return (flt){fabs(a.d)};
}
NAC_INLINE flt
f_sqrt(flt a)
{
    return (flt){sqrt(a.d)};
}
NAC_INLINE cond
fcmp(enum rt_cmp op, flt a, flt b)
{
    return (cond){cmp_f64(op, a.d, b.d)};
}
NAC_INLINE flt
i2f(num a)
{
    return (flt){(double)a.i};
}
NAC_INLINE num
f2i(flt a)
{
    return (num){(int64_t)a.d};
}

/* -- memory: accessors of fields.def -- */
#define num_RAW int64_t
#define val_RAW rt_val
#define ptr_RAW void *
#define flt_RAW double
#define i32_RAW int32_t
typedef num i32;
typedef num u8;
#define WRAP_u8(x) ((num){(int64_t)(uint8_t)(x)})
#define RAW_u8(x)  ((char)(x).i)
#define BARRIER_u8(o, x)
#define WRAP_num(x) ((num){(int64_t)(x)})
#define WRAP_i32(x) ((num){(int64_t)(x)})
#define WRAP_val(x) (x)
#define WRAP_ptr(x) ((ptr){(void *)(uintptr_t)(x)})
#define WRAP_flt(x) ((flt){x})
#define RAW_num(x)  ((x).i)
#define RAW_i32(x)  ((int32_t)(x).i)
#define RAW_val(x)  (x)
#define RAW_ptr(x)  ((x).p)
#define RAW_flt(x)  ((x).d)
#define BARRIER_num(o, x)
#define BARRIER_i32(o, x)
#define BARRIER_flt(o, x)
#define BARRIER_ptr(o, x)
#define BARRIER_val(o, x)                                                      \
    if (rt_is_obj(x))                                                          \
        rt_barrier((o).p);

#define FIELD(id, T, member, kind, flags)                                      \
    NAC_INLINE kind ld_##id(ptr o)                                             \
    {                                                                          \
        return WRAP_##kind(((T *)o.p)->member);                                \
    }                                                                          \
    /* no barrier: for numbers, for fresh objects, for the thread state */     \
    NAC_INLINE void st_##id(ptr o, kind v)                                     \
    {                                                                          \
        ((T *)o.p)->member = (__typeof__(((T *)0)->member))RAW_##kind(v);      \
    }                                                                          \
    NAC_INLINE void stb_##id(ptr o, kind v)                                    \
    {                                                                          \
        ((T *)o.p)->member = (__typeof__(((T *)0)->member))RAW_##kind(v);      \
        BARRIER_##kind(o, v)                                                   \
    }
#define ARRAY(id, T, member, kind, flags)                                      \
    NAC_INLINE kind ldx_##id(ptr o, num i)                                     \
    {                                                                          \
        return WRAP_##kind(((T *)o.p)->member[i.i]);                           \
    }                                                                          \
    NAC_INLINE void stx_##id(ptr o, num i, kind v)                             \
    {                                                                          \
        ((T *)o.p)->member[i.i] = RAW_##kind(v);                               \
    }                                                                          \
    NAC_INLINE void stxb_##id(ptr o, num i, kind v)                            \
    {                                                                          \
        ((T *)o.p)->member[i.i] = RAW_##kind(v);                               \
        BARRIER_##kind(o, v)                                                   \
    }
/* The cast above is an identity for values: rt_val casts to itself. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"
#include "runtime/interp/fields.def"
#pragma GCC diagnostic pop
#undef FIELD
#undef ARRAY

/* Attribute slots of an instance, at a known byte offset. */
NAC_INLINE val
ld_slot(ptr o, int64_t offset)
{
    rt_val v;

    memcpy(&v, (char *)o.p + offset, sizeof v);
    return v;
}
NAC_INLINE void
st_slot(ptr o, int64_t offset, val v)
{
    memcpy((char *)o.p + offset, &v, sizeof v);
    if (rt_is_obj(v))
        rt_barrier(o.p);
}

NAC_INLINE void
st_fresh_slot(ptr o, int64_t offset, val v)
{
    memcpy((char *)o.p + offset, &v, sizeof v);
}

NAC_INLINE struct rt_map *
promote_map(val v)
{
    return rt_map_of(v);
}
/* Is the object exactly of the builtin type? [v] is an object. */
NAC_INLINE cond
exactly(val v, struct rt_type *type)
{
    return (cond){rt_map_of(v) == &type->root_map};
}
NAC_INLINE ptr
new_object(struct rt_map *map, size_t size)
{
    return (ptr){rt_alloc(map, size)};
}
/* The trace relies on the fact behind the watch. */
NAC_INLINE void
depend(struct tr_watch *watch)
{
    (void)watch;
}

/* -- calls of C helpers: ircalls.def -- */
#define CALL0(fn, R, flags)                                                    \
    NAC_INLINE R c_##fn(void)                                                  \
    {                                                                          \
        return WRAP_##R(fn());                                                 \
    }
#define CALL1(fn, R, A, flags)                                                 \
    NAC_INLINE R c_##fn(A a)                                                   \
    {                                                                          \
        return WRAP_##R(fn(RAW_##A(a)));                                       \
    }
#define CALL2(fn, R, A, B, flags)                                              \
    NAC_INLINE R c_##fn(A a, B b)                                              \
    {                                                                          \
        return WRAP_##R(fn(RAW_##A(a), RAW_##B(b)));                           \
    }
#define CALL3(fn, R, A, B, C, flags)                                           \
    NAC_INLINE R c_##fn(A a, B b, C c)                                         \
    {                                                                          \
        return WRAP_##R(fn(RAW_##A(a), RAW_##B(b), RAW_##C(c)));               \
    }
#define CALL4(fn, R, A, B, C, D, flags)                                        \
    NAC_INLINE R c_##fn(A a, B b, C c, D d)                                    \
    {                                                                          \
        return WRAP_##R(fn(RAW_##A(a), RAW_##B(b), RAW_##C(c), RAW_##D(d)));   \
    }
#define CALL5(fn, R, A, B, C, D, E, flags)                                     \
    NAC_INLINE R c_##fn(A a, B b, C c, D d, E e)                               \
    {                                                                          \
        return WRAP_##R(                                                       \
            fn(RAW_##A(a), RAW_##B(b), RAW_##C(c), RAW_##D(d), RAW_##E(e)));   \
    }
#define CALL6(fn, R, A, B, C, D, E, F, flags)                                  \
    NAC_INLINE R c_##fn(A a, B b, C c, D d, E e, F f)                          \
    {                                                                          \
        return WRAP_##R(fn(RAW_##A(a), RAW_##B(b), RAW_##C(c), RAW_##D(d),     \
                           RAW_##E(e), RAW_##F(f)));                           \
    }
#include "runtime/interp/ircalls.def"
#undef CALL0
#undef CALL1
#undef CALL2
#undef CALL3
#undef CALL4
#undef CALL5
#undef CALL6

#endif
