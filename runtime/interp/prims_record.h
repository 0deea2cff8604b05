/* SPDX-License-Identifier: MIT
 * runtime/interp/prims_record.h: the value primitives of the recording
 * interpreter. Every primitive computes the concrete result and emits the
 * instruction that computes it in the trace; test() and promote() guard. Same
 * names and meaning as prims_plain.h. Included by record.c only, which owns
 * [rec], the running recording.
 */
#ifndef RT_PRIMS_RECORD_H
#define RT_PRIMS_RECORD_H

#include <float.h>
#include <math.h>

#include "runtime/interp/frame.h"
#include "runtime/interp/jit.h"

#define KIND_STRUCT(name, T, member)                                           \
    typedef struct name {                                                      \
        T member;                                                              \
        tr_ref r;                                                              \
    } name;
KIND_STRUCT(val, rt_val, v)
KIND_STRUCT(num, int64_t, i)
KIND_STRUCT(flt, double, d)
KIND_STRUCT(ptr, void *, p)
KIND_STRUCT(cond, bool, b)
#undef KIND_STRUCT

static struct tr_rec *rec;
static uint32_t depth; /* frames above the entry frame */

/* -- leaving the dialect -- */
static inline bool
test(cond c)
{
    tr_guard(rec, c.r, c.b);
    return c.b;
}
static inline rt_val
promote(val v)
{
    tr_promote(rec, v.r, v.v.bits);
    return v.v;
}
static inline int64_t
promote_num(num n)
{
    tr_promote(rec, n.r, (uint64_t)n.i);
    return n.i;
}
static inline void *
promote_ptr(ptr p)
{
    tr_promote(rec, p.r, (uint64_t)(uintptr_t)p.p);
    return p.p;
}

/* -- constants -- */
static inline val
konst(rt_val v)
{
    return (val){v, tr_const_val(rec, v.bits)};
}
static inline num
num_k(int64_t i)
{
    return (num){i, tr_const_int(rec, i)};
}
static inline flt
flt_k(double d)
{
    return (flt){d, tr_const_flt(rec, d)};
}
static inline ptr
ptr_k(const void *p)
{
    return (ptr){(void *)(uintptr_t)p, tr_const_ptr(rec, p)};
}
static inline tr_ref
cond_ref(bool b)
{
    /* a condition is known by an int comparison of constants: it folds */
    return tr_emit2(rec, TR_EQ, tr_const_int(rec, b), tr_const_int(rec, 1));
}
static inline cond
cond_k(bool b)
{
    return (cond){b, cond_ref(b)};
}

/* -- values -- */
#define IS(name, op, plain)                                                    \
    static inline cond name(val v)                                             \
    {                                                                          \
        return (cond){plain(v.v), tr_emit1(rec, op, v.r)};                     \
    }
IS(is_int, TR_IS_INT, rt_is_small)
IS(is_flt, TR_IS_FLT, rt_is_float)
IS(is_obj, TR_IS_PTR, rt_is_obj)
#undef IS
static inline bool test(cond c);
static inline void depend(struct tr_watch *watch);
static inline cond
both_int(val a, val b)
{
    bool both = rt_is_small(a.v) && rt_is_small(b.v);

    /* one guard each, so that what is known of one operand is used; where it
     * fails, one of them decides */
    if (both) {
        test(is_int(a));
        test(is_int(b));
        return cond_k(true);
    }
    if (!rt_is_small(a.v))
        return is_int(a);
    test(is_int(a));
    return is_int(b);
}
static inline cond
same(val a, val b)
{
    return (cond){rt_same(a.v, b.v), tr_emit2(rec, TR_XEQ, a.r, b.r)};
}
static inline num
int_of(val v)
{
    return (num){rt_small(v.v), tr_emit1(rec, TR_UNBOX_INT, v.r)};
}
static inline flt
flt_of(val v)
{
    return (flt){rt_float(v.v), tr_emit1(rec, TR_UNBOX_FLT, v.r)};
}
static inline ptr
ptr_of(val v)
{
    return (ptr){rt_ptr(v.v), tr_emit1(rec, TR_UNBOX_PTR, v.r)};
}
static inline val
int_val(num n)
{
    return (val){rt_from_small(n.i), tr_emit1(rec, TR_BOX_INT, n.r)};
}
static inline val
flt_val(flt f)
{
    return (val){rt_from_float(f.d), tr_emit1(rec, TR_BOX_FLT, f.r)};
}
static inline val
ptr_val(ptr p)
{
    return (val){rt_from_ptr(p.p), tr_emit1(rec, TR_BOX_PTR, p.r)};
}
static inline val
bool_val(cond c)
{
    return (val){rt_from_bool(c.b), tr_emit1(rec, TR_BOX_BOOL, c.r)};
}

/* -- conditions -- */
static inline cond not(cond c)
{
    return (cond){!c.b, tr_emit1(rec, TR_NOT, c.r)};
}
static inline cond
same_ptr(ptr a, ptr b)
{
    return (cond){a.p == b.p, tr_emit2(rec, TR_PEQ, a.r, b.r)};
}

/* -- ints -- */
#define INT2(name, op, expr)                                                   \
    static inline num name(num a, num b)                                       \
    {                                                                          \
        return (num){(int64_t)(expr), tr_emit2(rec, op, a.r, b.r)};            \
    }
#define U(n) ((uint64_t)(n).i)
INT2(iadd, TR_ADD, U(a) + U(b))
INT2(isub, TR_SUB, U(a) - U(b))
INT2(imul, TR_MUL, U(a) * U(b))
INT2(iand, TR_AND, U(a) & U(b))
INT2(ior, TR_OR, U(a) | U(b))
INT2(ixor, TR_XOR, U(a) ^ U(b))
INT2(ishl, TR_SHL, U(a) << b.i)
INT2(ishr, TR_SHR, a.i >> b.i)
#undef INT2
#undef U
static inline num
ineg(num a)
{
    return (num){(int64_t)(0 - (uint64_t)a.i), tr_emit1(rec, TR_NEG, a.r)};
}
static inline num
ifloordiv(num a, num b)
{
    int64_t q = a.i / b.i;

    q -= (a.i % b.i != 0) & ((a.i < 0) != (b.i < 0));
    return (num){q, tr_emit2(rec, TR_FLOORDIV, a.r, b.r)};
}
static inline num
ifloormod(num a, num b)
{
    int64_t m = a.i % b.i;

    m += m && (m < 0) != (b.i < 0) ? b.i : 0;
    return (num){m, tr_emit2(rec, TR_FLOORMOD, a.r, b.r)};
}
static inline cond
fits(num a)
{
    return (cond){rt_fits_small(a.i),
                  tr_emit(rec, TR_FITS, TR_COND, NB_INT_BITS, a.r, TR_NONE)};
}
static inline cond
mul_fits(num a, num b)
{
    int64_t product;
    bool ok =
        !__builtin_mul_overflow(a.i, b.i, &product) && rt_fits_small(product);

    return (cond){ok, tr_emit(rec, TR_MULFITS, TR_COND, NB_INT_BITS, a.r, b.r)};
}

/* -- ints of up to 64 bits: see prims_plain.h -- */
static inline struct rt_code *
running_code(void)
{
    return rt_frame_code(rt_ts->fp);
}
static inline bool
expects_small(void)
{
    return !running_code()->wide_ints;
}
static inline void
note_wide(void)
{
    rt_jit_wide_ints(running_code());
}
static inline bool
known_true(tr_ref r)
{
    uint64_t truth;

    return tr_known(rec, r, &truth) && truth;
}
static inline bool
known_small(val v)
{
    return known_true(tr_emit1(rec, TR_IS_INT, v.r));
}
static inline cond
is_wide(val v)
{
    return (cond){rt_int_is_wide(v.v), tr_emit1(rec, TR_IS_WIDE, v.r)};
}
static inline bool
either_int(val v)
{
    return !expects_small() && rt_int_is_wide(v.v) && test(is_wide(v));
}
/* What is no int needs no guard that says so: the way for all objects is right
 * for ints as well. */
static inline bool
wide_int(val v)
{
    if (!rt_int_is_wide(v.v))
        return false;
    if (!rt_is_small(v.v))
        note_wide();
    return test(is_wide(v));
}
static inline bool
wide_ints(val a, val b)
{
    if (!rt_int_is_wide(a.v) || !rt_int_is_wide(b.v))
        return false;
    if (!rt_is_small(a.v) || !rt_is_small(b.v))
        note_wide();
    test(is_wide(a));
    return test(is_wide(b));
}
/* The guards say "an int of any form" before others ask for floats. */
static inline bool
small_int(val v)
{
    if (expects_small() && rt_is_small(v.v))
        depend(&running_code()->small_ints);
    else if (rt_int_is_wide(v.v) && !known_small(v))
        return wide_int(v) && false;
    return test(is_int(v));
}
static inline bool
small_ints(val a, val b)
{
    bool small = rt_is_small(a.v) && rt_is_small(b.v);

    if (expects_small() && small)
        depend(&running_code()->small_ints);
    else if (rt_int_is_wide(a.v) && rt_int_is_wide(b.v) &&
             !(small && known_small(a) && known_small(b)))
        return wide_ints(a, b) && false;
    return test(both_int(a, b));
}
static inline bool
small_result(num n)
{
    cond c = fits(n);

    if (expects_small() && c.b)
        return test(c);
    return known_true(c.r);
}
static inline bool
small_product(num a, num b)
{
    cond c = mul_fits(a, b);

    if (expects_small() && c.b)
        return test(c);
    return known_true(c.r);
}
static inline bool
has_own_map(val v)
{
    return !rt_int_is_wide(v.v) && test(is_obj(v));
}
static inline num
wide_of(val v)
{
    return (num){rt_int_wide(v.v), tr_emit1(rec, TR_UNBOX_WIDE, v.r)};
}
static inline val
wide_val(num n)
{
    if (!rt_fits_small(n.i))
        note_wide();
    return (val){rt_int_from_i64(n.i), tr_emit1(rec, TR_BOX_WIDE, n.r)};
}
static inline cond
add_fits(num a, num b)
{
    int64_t sum;

    return (cond){!__builtin_add_overflow(a.i, b.i, &sum),
                  tr_emit2(rec, TR_ADDFITS, a.r, b.r)};
}
static inline cond
sub_fits(num a, num b)
{
    int64_t difference;

    return (cond){!__builtin_sub_overflow(a.i, b.i, &difference),
                  tr_emit2(rec, TR_SUBFITS, a.r, b.r)};
}
static inline cond
mul_wide(num a, num b)
{
    return (cond){fabs((double)a.i * (double)b.i) <= TR_MULWIDE_MAX,
                  tr_emit2(rec, TR_MULWIDE, a.r, b.r)};
}

static inline cond
icmp(enum rt_cmp op, num a, num b)
{
    static const enum tr_op ops[] = {TR_LT, TR_LE, TR_EQ, TR_NE, TR_GT, TR_GE};
    bool r = op == RT_LT   ? a.i < b.i
             : op == RT_LE ? a.i <= b.i
             : op == RT_EQ ? a.i == b.i
             : op == RT_NE ? a.i != b.i
             : op == RT_GT ? a.i > b.i
                           : a.i >= b.i;

    return (cond){r, tr_emit2(rec, ops[op], a.r, b.r)};
}
static inline cond
in_bounds(num i, num len)
{
    return (cond){(uint64_t)i.i < (uint64_t)len.i,
                  tr_emit2(rec, TR_ULT, i.r, len.r)};
}

/* -- floats -- */
#define FLT2(name, op, expr)                                                   \
    static inline flt name(flt a, flt b)                                       \
    {                                                                          \
        return (flt){(expr), tr_emit2(rec, op, a.r, b.r)};                     \
    }
FLT2(f_add, TR_FADD, a.d + b.d)
FLT2(f_sub, TR_FSUB, a.d - b.d)
FLT2(f_mul, TR_FMUL, a.d *b.d)
FLT2(f_div, TR_FDIV, a.d / b.d)
#undef FLT2
static inline flt
f_neg(flt a)
{
    return (flt){-a.d, tr_emit1(rec, TR_FNEG, a.r)};
}
static inline flt
f_abs(flt a)
{
    return (flt){fabs(a.d), tr_emit1(rec, TR_FABS, a.r)};
}
static inline flt
f_sqrt(flt a)
{
    return (flt){sqrt(a.d), tr_emit1(rec, TR_FSQRT, a.r)};
}
static inline cond
fcmp(enum rt_cmp op, flt a, flt b)
{
    static const enum tr_op ops[] = {TR_FLT, TR_FLE, TR_FEQ,
                                     TR_FNE, TR_FGT, TR_FGE};
    bool r = op == RT_LT   ? a.d < b.d
             : op == RT_LE ? a.d <= b.d
             : op == RT_EQ ? a.d == b.d
             : op == RT_NE ? a.d != b.d
             : op == RT_GT ? a.d > b.d
                           : a.d >= b.d;

    return (cond){r, tr_emit2(rec, ops[op], a.r, b.r)};
}
static inline flt
i2f(num a)
{
    return (flt){(double)a.i, tr_emit1(rec, TR_I2F, a.r)};
}
static inline num
f2i(flt a)
{
    return (num){(int64_t)a.d, tr_emit1(rec, TR_F2I, a.r)};
}

/* -- memory -- */
typedef num i32;
typedef num u8;
#define WRAP_u8(x, ref) ((num){(int64_t)(uint8_t)(x), ref})
#define RAW_u8(x)       ((char)(x).i)
#define CONST_u8(x)     tr_const_int(rec, (int64_t)(uint8_t)(x))
#define BARRIER_u8(o, x)
#define WRAP_num(x, ref) ((num){(int64_t)(x), ref})
#define WRAP_i32(x, ref) ((num){(int64_t)(x), ref})
#define WRAP_val(x, ref) ((val){x, ref})
#define WRAP_ptr(x, ref) ((ptr){(void *)(uintptr_t)(x), ref})
#define WRAP_flt(x, ref) ((flt){x, ref})
#define RAW_num(x)       ((x).i)
#define RAW_i32(x)       ((int32_t)(x).i)
#define RAW_val(x)       ((x).v)
#define RAW_ptr(x)       ((x).p)
#define RAW_flt(x)       ((x).d)
#define CONST_num(x)     tr_const_int(rec, (int64_t)(x))
#define CONST_i32(x)     tr_const_int(rec, (int64_t)(x))
#define CONST_val(x)     tr_const_val(rec, (x).bits)
#define CONST_ptr(x)     tr_const_ptr(rec, (const void *)(uintptr_t)(x))
#define CONST_flt(x)     tr_const_flt(rec, x)

/* A pointer may be stored: the card, unless the value is known to be none. */
static inline void
emit_barrier(ptr o, tr_ref value)
{
    uint64_t is_pointer;

    if (tr_known(rec, tr_emit1(rec, TR_IS_PTR, value), &is_pointer) &&
        !is_pointer)
        return;
    tr_emit1(rec, TR_BARRIER, o.r);
}
#define BARRIER_num(o, x)
#define BARRIER_i32(o, x)
#define BARRIER_flt(o, x)
#define BARRIER_ptr(o, x)
#define BARRIER_val(o, x)                                                      \
    if (rt_is_obj((x).v))                                                      \
        rt_barrier((o).p);                                                     \
    emit_barrier(o, (x).r);

enum { OWN_FIELD = 1, IMM_FIELD = 2, VOL_FIELD = 4 };
#define OWN OWN_FIELD
#define IMM IMM_FIELD
#define VOL VOL_FIELD

static inline bool
is_known(tr_ref r)
{
    uint64_t bits;

    return tr_known(rec, r, &bits);
}

#define FIELD(id, T, member, kind, flags)                                      \
    static inline kind ld_##id(ptr o)                                          \
    {                                                                          \
        T *obj = o.p;                                                          \
                                                                               \
        if (((flags)&IMM_FIELD) && is_known(o.r))                              \
            return WRAP_##kind(obj->member, CONST_##kind(obj->member));        \
        return WRAP_##kind(obj->member, tr_fload(rec, RT_FLD_##id, o.r));      \
    }                                                                          \
    static inline void st_##id(ptr o, kind v)                                  \
    {                                                                          \
        ((T *)o.p)->member = (__typeof__(((T *)0)->member))RAW_##kind(v);      \
        tr_fstore(rec, RT_FLD_##id, o.r, v.r);                                 \
    }                                                                          \
    static inline void stb_##id(ptr o, kind v)                                 \
    {                                                                          \
        ((T *)o.p)->member = (__typeof__(((T *)0)->member))RAW_##kind(v);      \
        BARRIER_##kind(o, v) tr_fstore(rec, RT_FLD_##id, o.r, v.r);            \
    }
#define ARRAY(id, T, member, kind, flags)                                      \
    static inline kind ldx_##id(ptr o, num i)                                  \
    {                                                                          \
        T *obj = o.p;                                                          \
                                                                               \
        if (((flags)&IMM_FIELD) && is_known(o.r) && is_known(i.r))             \
            return WRAP_##kind(obj->member[i.i],                               \
                               CONST_##kind(obj->member[i.i]));                \
        return WRAP_##kind(obj->member[i.i],                                   \
                           tr_aload(rec, RT_FLD_##id, o.r, i.r));              \
    }                                                                          \
    static inline void stx_##id(ptr o, num i, kind v)                          \
    {                                                                          \
        ((T *)o.p)->member[i.i] = RAW_##kind(v);                               \
        tr_astore(rec, RT_FLD_##id, o.r, i.r, v.r);                            \
    }                                                                          \
    static inline void stxb_##id(ptr o, num i, kind v)                         \
    {                                                                          \
        ((T *)o.p)->member[i.i] = RAW_##kind(v);                               \
        BARRIER_##kind(o, v) tr_astore(rec, RT_FLD_##id, o.r, i.r, v.r);       \
    }
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#include "runtime/interp/fields.def"
#pragma GCC diagnostic pop
#undef FIELD
#undef ARRAY
#undef OWN
#undef IMM
#undef VOL

static inline val
ld_slot(ptr o, int64_t offset)
{
    rt_val v;

    memcpy(&v, (char *)o.p + offset, sizeof v);
    return (val){
        v, tr_aload(rec, RT_FLD_slots, o.r, tr_const_int(rec, offset / 8))};
}
static inline void
st_slot(ptr o, int64_t offset, val v)
{
    memcpy((char *)o.p + offset, &v.v, sizeof v.v);
    BARRIER_val(o, v)
        tr_astore(rec, RT_FLD_slots, o.r, tr_const_int(rec, offset / 8), v.r);
}

static inline void
st_fresh_slot(ptr o, int64_t offset, val v)
{
    memcpy((char *)o.p + offset, &v.v, sizeof v.v);
    tr_astore(rec, RT_FLD_slots, o.r, tr_const_int(rec, offset / 8), v.r);
}

static inline struct rt_map *
promote_map(val v)
{
    ptr o = ptr_of(v);
    struct rt_map *map = rt_map_of(v.v);

    /* the word of NOTHING has no map: callers test for it first */
    if (is_known(o.r) && map->type == &rt_function_type)
        return map; /* its map never changes */
    tr_promote(rec, tr_fload(rec, RT_FLD_obj_map, o.r),
               (uint64_t)(uintptr_t)map);
    return map;
}
static inline ptr
new_object(struct rt_map *map, size_t size)
{
    return (ptr){rt_alloc(map, size), tr_new(rec, 0, (size + 15) & ~(size_t)15,
                                             tr_const_ptr(rec, map))};
}
static inline void
depend(struct tr_watch *watch)
{
    tr_depend(rec, watch);
}

/* -- calls -- */

/* Frames that the call finds on the stack are those of when the trace was
 * entered; the recursion limit counts the others, too. */
static tr_ref
emit_call(uint32_t call, uint32_t n, const tr_ref *args)
{
    bool counts = depth > 0 && rt_jit_call_runs_code(call);
    tr_ref ts = tr_const_ptr(rec, rt_ts), r;

    if (counts)
        tr_fstore(rec, RT_FLD_ts_inlined, ts, tr_const_int(rec, depth));
    r = tr_emit_call(rec, call, n, args);
    if (counts)
        tr_fstore(rec, RT_FLD_ts_inlined, ts, tr_const_int(rec, 0));
    return r;
}

#define CALL0(fn, R, flags)                                                    \
    static inline R c_##fn(void)                                               \
    {                                                                          \
        tr_ref r_ = emit_call(RT_CALL_##fn, 0, NULL);                          \
                                                                               \
        return WRAP_##R(fn(), r_);                                             \
    }
#define CALL1(fn, R, A, flags)                                                 \
    static inline R c_##fn(A a)                                                \
    {                                                                          \
        tr_ref args_[] = {a.r};                                                \
        tr_ref r_ = emit_call(RT_CALL_##fn, 1, args_);                         \
                                                                               \
        return WRAP_##R(fn(RAW_##A(a)), r_);                                   \
    }
#define CALL2(fn, R, A, B, flags)                                              \
    static inline R c_##fn(A a, B b)                                           \
    {                                                                          \
        tr_ref args_[] = {a.r, b.r};                                           \
        tr_ref r_ = emit_call(RT_CALL_##fn, 2, args_);                         \
                                                                               \
        return WRAP_##R(fn(RAW_##A(a), RAW_##B(b)), r_);                       \
    }
#define CALL3(fn, R, A, B, C, flags)                                           \
    static inline R c_##fn(A a, B b, C c)                                      \
    {                                                                          \
        tr_ref args_[] = {a.r, b.r, c.r};                                      \
        tr_ref r_ = emit_call(RT_CALL_##fn, 3, args_);                         \
                                                                               \
        return WRAP_##R(fn(RAW_##A(a), RAW_##B(b), RAW_##C(c)), r_);           \
    }
#define CALL4(fn, R, A, B, C, D, flags)                                        \
    static inline R c_##fn(A a, B b, C c, D d)                                 \
    {                                                                          \
        tr_ref args_[] = {a.r, b.r, c.r, d.r};                                 \
        tr_ref r_ = emit_call(RT_CALL_##fn, 4, args_);                         \
                                                                               \
        return WRAP_##R(fn(RAW_##A(a), RAW_##B(b), RAW_##C(c), RAW_##D(d)),    \
                        r_);                                                   \
    }
#define CALL5(fn, R, A, B, C, D, E, flags)                                     \
    static inline R c_##fn(A a, B b, C c, D d, E e)                            \
    {                                                                          \
        tr_ref args_[] = {a.r, b.r, c.r, d.r, e.r};                            \
        tr_ref r_ = emit_call(RT_CALL_##fn, 5, args_);                         \
                                                                               \
        return WRAP_##R(                                                       \
            fn(RAW_##A(a), RAW_##B(b), RAW_##C(c), RAW_##D(d), RAW_##E(e)),    \
            r_);                                                               \
    }
#define CALL6(fn, R, A, B, C, D, E, F, flags)                                  \
    static inline R c_##fn(A a, B b, C c, D d, E e, F f)                       \
    {                                                                          \
        tr_ref args_[] = {a.r, b.r, c.r, d.r, e.r, f.r};                       \
        tr_ref r_ = emit_call(RT_CALL_##fn, 6, args_);                         \
                                                                               \
        return WRAP_##R(fn(RAW_##A(a), RAW_##B(b), RAW_##C(c), RAW_##D(d),     \
                           RAW_##E(e), RAW_##F(f)),                            \
                        r_);                                                   \
    }
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#include "runtime/interp/ircalls.def"
#pragma GCC diagnostic pop
#undef CALL0
#undef CALL1
#undef CALL2
#undef CALL3
#undef CALL4
#undef CALL5
#undef CALL6

#endif
