/* SPDX-License-Identifier: MIT
 * runtime/objects/int.c: forms of an int and how they turn into each other and
 * into C numbers, comparison, hash. Arithmetic is in int_arith.c, text in
 * int_text.c, the type in int_type.c.
 *
 * Invariant: an exact int that fits 50 bits is a value word, never a heap
 * object. Bools and instances of subclasses are objects of any value.
 */
#include "config.h"

#include "runtime/objects/number.h"

#include <math.h>

#include "base/mem.h"

/* Larger requests cannot be met; also keeps sizes from overflowing. */
#define MAX_LIMBS (INT64_C(1) << 40)

void
rt_int_view(struct rt_int_view *view, rt_val v)
{
    int64_t i;

    if (rt_is_small(v)) {
        i = rt_small(v);
    } else if (rt_is_exact(v, &rt_bool_type)) {
        i = ((struct rt_bool *)rt_ptr(v))->value;
    } else {
        struct rt_bigint *b = rt_ptr(v);

        view->size = b->size;
        view->limbs = b->limbs;
        return;
    }
    view->size = i > 0 ? 1 : i < 0 ? -1 : 0;
    view->one = i < 0 ? 0 - (mp_limb_t)i : (mp_limb_t)i;
    view->limbs = &view->one;
}

static struct rt_bigint *
alloc_as(struct rt_map *map, int64_t n)
{
    size_t size;

    if (n > MAX_LIMBS) {
        rt_raise_memory();
        return NULL;
    }
    size = sizeof(struct rt_bigint) + (size_t)n * sizeof(mp_limb_t);
    return size <= 512 ? rt_alloc(map, size) : rt_alloc_large(map, size);
}

bool
rt_int_room(int64_t n)
{
    if (n < 8192 || nac_mem_room((size_t)n * 6 * sizeof(mp_limb_t)))
        return true;
    rt_raise_memory();
    return false;
}

int64_t
rt_int_limbs(rt_val v)
{
    struct rt_int_view view;

    rt_int_view(&view, v);
    return RT_VIEW_LIMBS(&view);
}

struct rt_bigint *
rt_int_alloc(int64_t n)
{
    return alloc_as(&rt_int_type.root_map, n);
}

rt_val
rt_int_normal(struct rt_bigint *b)
{
    int64_t n = b->size < 0 ? -b->size : b->size;

    while (n > 0 && b->limbs[n - 1] == 0)
        n--;
    if (n == 0)
        return rt_from_small(0);
    if (n == 1 && b->limbs[0] <= (mp_limb_t)NB_INT_MAX + (b->size < 0))
        return rt_from_small(b->size < 0 ? -(int64_t)b->limbs[0]
                                         : (int64_t)b->limbs[0]);
    b->size = b->size < 0 ? -n : n;
    return rt_from_ptr(b);
}

static rt_val
from_magnitude(bool negative, unsigned __int128 m)
{
    struct rt_bigint *b = rt_int_alloc(2);

    b->limbs[0] = (mp_limb_t)m;
    b->limbs[1] = (mp_limb_t)(m >> 64);
    b->size = negative ? -2 : 2;
    return rt_int_normal(b);
}

static rt_val
from_limb(bool negative, mp_limb_t m)
{
    struct rt_bigint *b = rt_int_alloc(1);

    b->limbs[0] = m;
    b->size = negative ? -1 : 1;
    return rt_from_ptr(b);
}

rt_val
rt_int_from_i64(int64_t v)
{
    if (NAC_LIKELY(rt_fits_small(v)))
        return rt_from_small(v);
    return from_limb(v < 0, v < 0 ? 0 - (mp_limb_t)v : (mp_limb_t)v);
}

rt_val
rt_int_from_u64(uint64_t v)
{
    if (NAC_LIKELY(v <= (uint64_t)NB_INT_MAX))
        return rt_from_small((int64_t)v);
    return from_limb(false, v);
}

rt_val
rt_int_from_i128(__int128 v)
{
    unsigned __int128 m;

    if (v >= NB_INT_MIN && v <= NB_INT_MAX)
        return rt_from_small((int64_t)v);
    m = v < 0 ? 0 - (unsigned __int128)v : (unsigned __int128)v;
    if (m >> 64 == 0)
        return from_limb(v < 0, (mp_limb_t)m);
    return from_magnitude(v < 0, m);
}

rt_val
rt_int_from_mpz(const mpz_t z)
{
    int64_t n = (int64_t)mpz_size(z);
    struct rt_bigint *b;

    if (n == 0)
        return rt_from_small(0);
    b = rt_int_alloc(n);
    if (b == NULL)
        return RT_NULL;
    memcpy(b->limbs, mpz_limbs_read(z), (size_t)n * sizeof(mp_limb_t));
    b->size = mpz_sgn(z) < 0 ? -n : n;
    return rt_int_normal(b);
}

rt_val
rt_int_take_mpz(mpz_t z)
{
    rt_val v = rt_int_from_mpz(z);

    mpz_clear(z);
    return v;
}

rt_val
rt_int_from_double(double d)
{
    mpz_t z;

    if (d >= -9.2e18 && d <= 9.2e18)
        return rt_int_from_i64((int64_t)d);
    if (isinf(d))
        return rt_raise(&rt_exc_OverflowError,
                        "cannot convert float infinity to integer");
    if (isnan(d))
        return rt_raise(&rt_exc_ValueError,
                        "cannot convert float NaN to integer");
    mpz_init_set_d(z, d);
    return rt_int_take_mpz(z);
}

rt_val
rt_int_exact(rt_val v)
{
    struct rt_bigint *b, *copy;
    int64_t n;

    if (rt_is_small(v) || rt_is_exact(v, &rt_int_type))
        return v;
    if (rt_is_exact(v, &rt_bool_type))
        return rt_from_small(((struct rt_bool *)rt_ptr(v))->value);
    b = rt_ptr(v);
    n = b->size < 0 ? -b->size : b->size;
    copy = rt_int_alloc(n);
    if (copy == NULL)
        return RT_NULL;
    memcpy(copy->limbs, b->limbs, (size_t)n * sizeof(mp_limb_t));
    copy->size = b->size;
    return rt_int_normal(copy);
}

rt_val
rt_int_instance(struct rt_type *type, rt_val v)
{
    struct rt_int_view view;
    struct rt_bigint *b;
    int64_t n;

    rt_int_view(&view, v);
    n = RT_VIEW_LIMBS(&view);
    b = alloc_as(&type->root_map, n);
    if (b == NULL)
        return RT_NULL;
    memcpy(b->limbs, view.limbs, (size_t)n * sizeof(mp_limb_t));
    b->size = view.size;
    return rt_from_ptr(b);
}

int
rt_int_to_i64(rt_val v, int64_t *out)
{
    struct rt_int_view view;

    if (rt_is_small(v)) {
        *out = rt_small(v);
        return 1;
    }
    rt_int_view(&view, v);
    if (view.size == 0) {
        *out = 0;
    } else if (view.size == 1 && view.limbs[0] <= INT64_MAX) {
        *out = (int64_t)view.limbs[0];
    } else if (view.size == -1 && view.limbs[0] <= (mp_limb_t)INT64_MAX + 1) {
        *out = (int64_t)(0 - view.limbs[0]);
    } else {
        return 0;
    }
    return 1;
}

int
rt_int_sign(rt_val v)
{
    struct rt_int_view view;

    rt_int_view(&view, v);
    return view.size > 0 ? 1 : view.size < 0 ? -1 : 0;
}

uint64_t
rt_int_bits(rt_val v)
{
    struct rt_int_view view;
    uint64_t n;

    rt_int_view(&view, v);
    n = (uint64_t)RT_VIEW_LIMBS(&view);
    if (n == 0)
        return 0;
    return n * RT_LIMB_BITS - (uint64_t)__builtin_clzl(view.limbs[n - 1]);
}

/* -- doubles -- */

/* The top 64 bits, lowest bit set too where anything below them is not 0. */
static uint64_t
top_bits(const mp_limb_t *limbs, int64_t n)
{
    int shift = __builtin_clzl(limbs[n - 1]);
    uint64_t top = limbs[n - 1] << shift;
    uint64_t rest = 0;
    int64_t i;

    if (n > 1) {
        if (shift != 0)
            top |= limbs[n - 2] >> (RT_LIMB_BITS - shift);
        rest = limbs[n - 2] << shift;
    }
    for (i = n - 3; i >= 0 && rest == 0; i--)
        rest = limbs[i];
    return top | (rest != 0);
}

double
rt_int_frexp(rt_val v, int64_t *exp)
{
    struct rt_int_view view;
    uint64_t top, x;
    double m;

    rt_int_view(&view, v);
    *exp = 0;
    if (view.size == 0)
        return 0.0;
    *exp = (int64_t)rt_int_bits(v);
    top = top_bits(view.limbs, RT_VIEW_LIMBS(&view));
    x = top >> 11;
    top &= 0x7FF;
    if (top > 0x400 || (top == 0x400 && (x & 1)))
        x++;
    m = ldexp((double)x, -53);
    if (m == 1.0) {
        m = 0.5;
        ++*exp;
    }
    return view.size < 0 ? -m : m;
}

double
rt_int_to_double(rt_val v)
{
    int64_t i, exp;
    double m;

    if (rt_is_small(v))
        return (double)rt_small(v);
    if (rt_int_to_i64(v, &i))
        return (double)i;
    m = rt_int_frexp(v, &exp);
    if (exp > 1024) {
        rt_raise(&rt_exc_OverflowError, "int too large to convert to float");
        return -1.0;
    }
    return ldexp(m, (int)exp);
}

int
rt_int_compare_double(rt_val v, double d)
{
    int64_t i;

    if (rt_int_to_i64(v, &i) && i >= -(INT64_C(1) << 53) &&
        i <= INT64_C(1) << 53) {
        double x = (double)i;

        return x < d ? -1 : x > d;
    }
    if (isinf(d))
        return d > 0 ? -1 : 1;
    RT_VIEW_MPZ(z, v);
    i = mpz_cmp_d(z, d);
    return i < 0 ? -1 : i > 0;
}

/* -- comparison, hash -- */

int
rt_int_compare(rt_val a, rt_val b)
{
    struct rt_int_view x, y;
    int c;

    if (rt_is_small(a) && rt_is_small(b))
        return rt_small(a) < rt_small(b) ? -1 : rt_small(a) > rt_small(b);
    rt_int_view(&x, a);
    rt_int_view(&y, b);
    if (x.size != y.size)
        return x.size < y.size ? -1 : 1;
    if (x.size == 0)
        return 0;
    c = mpn_cmp(x.limbs, y.limbs, RT_VIEW_LIMBS(&x));
    c = c < 0 ? -1 : c > 0;
    return x.size < 0 ? -c : c;
}

/* -- __index__ -- */

rt_val
rt_index(rt_val v)
{
    struct rt_type *type = rt_type_of(v);
    rt_val i;

    if (rt_is_small(v) || rt_is_any_int(v))
        return rt_int_exact(v);
    if (type->slots.to_index == NULL)
        return rt_raise(&rt_exc_TypeError,
                        "'%T' object cannot be interpreted as an integer", v);
    i = type->slots.to_index(v);
    if (rt_is_null(i))
        return RT_NULL;
    if (!rt_is_any_int(i))
        return rt_raise(&rt_exc_TypeError,
                        "__index__ returned non-int (type %T)", i);
    return rt_int_exact(i);
}

int
rt_index_i64(rt_val v, int64_t *out, struct rt_type *error)
{
    rt_val i;

    if (rt_is_small(v)) {
        *out = rt_small(v);
        return 0;
    }
    i = rt_index(v);
    if (rt_is_null(i))
        return -1;
    if (rt_int_to_i64(i, out))
        return 0;
    if (error == NULL) {
        *out = rt_int_sign(i) < 0 ? INT64_MIN : INT64_MAX;
        return 0;
    }
    rt_raise(error, "cannot fit '%T' into an index-sized integer", v);
    return -1;
}

int
rt_index_int(rt_val v, int64_t *out)
{
    rt_val i = rt_index(v);

    if (rt_is_null(i))
        return -1;
    if (rt_int_to_i64(i, out) && *out == (int32_t)*out)
        return 0;
    rt_raise(&rt_exc_OverflowError, "Python int too large to convert to C int");
    return -1;
}

int
rt_index_ssize(rt_val v, int64_t *out)
{
    rt_val i = rt_index(v);

    if (rt_is_null(i))
        return -1;
    if (rt_int_to_i64(i, out))
        return 0;
    rt_raise(&rt_exc_OverflowError,
             "Python int too large to convert to C ssize_t");
    return -1;
}
