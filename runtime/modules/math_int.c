/* SPDX-License-Identifier: MIT
 * runtime/modules/math_int.c: the functions of integers of module math, over
 * GMP.
 */
#include "config.h"

#include "runtime/modules/math.h"
#include "runtime/objects/number.h"

static uint64_t
gcd_u64(uint64_t a, uint64_t b)
{
    while (b != 0) {
        uint64_t r = a % b;

        a = b;
        b = r;
    }
    return a;
}

static rt_val
gcd(rt_val a, rt_val b)
{
    mpz_t r;

    if (rt_is_small(a) && rt_is_small(b)) {
        int64_t x = rt_small(a), y = rt_small(b);

        return rt_int_from_u64(
            gcd_u64((uint64_t)(x < 0 ? -x : x), (uint64_t)(y < 0 ? -y : y)));
    }
    if (!rt_int_room(rt_int_limbs(a) + rt_int_limbs(b)))
        return RT_NULL;
    RT_VIEW_MPZ(x, a);
    RT_VIEW_MPZ(y, b);
    mpz_init(r);
    mpz_gcd(r, x, y);
    return rt_int_take_mpz(r);
}

static rt_val
lcm(rt_val a, rt_val b)
{
    mpz_t r;

    if (!rt_int_room(rt_int_limbs(a) + rt_int_limbs(b)))
        return RT_NULL;
    RT_VIEW_MPZ(x, a);
    RT_VIEW_MPZ(y, b);
    mpz_init(r);
    mpz_lcm(r, x, y);
    return rt_int_take_mpz(r);
}

static rt_val
fold(rt_val args, int64_t start, rt_val (*fn)(rt_val, rt_val))
{
    int64_t n, i;
    rt_val *items = rt_seq_items(args, &n), r = rt_from_small(start), v;

    for (i = 0; i < n; i++) {
        v = rt_index(items[i]);
        if (rt_is_null(v))
            return RT_NULL;
        r = fn(r, v);
        if (rt_is_null(r))
            return RT_NULL;
    }
    return r;
}

static rt_val
math_gcd(rt_val self, rt_val *args)
{
    (void)self;
    return fold(args[0], 0, gcd);
}

static rt_val
math_lcm(rt_val self, rt_val *args)
{
    (void)self;
    return fold(args[0], 1, lcm);
}

/* At most so many limbs has a product of [count] factors, none above [most]. */
static int64_t
product_limbs(int64_t count, rt_val most)
{
    double limbs = (double)count * (double)rt_int_bits(most) / RT_LIMB_BITS + 2;

    return limbs < 1e15 ? (int64_t)limbs : INT64_C(1000000000000000);
}

static rt_val
math_factorial(rt_val self, rt_val *args)
{
    rt_val v = rt_index(args[0]);
    int64_t n, i, r = 1;
    mpz_t z;

    (void)self;
    if (rt_is_null(v))
        return RT_NULL;
    if (rt_int_sign(v) < 0)
        return rt_raise(&rt_exc_ValueError,
                        "factorial() not defined for negative values");
    if (!rt_int_to_i64(v, &n))
        return rt_raise(&rt_exc_OverflowError,
                        "factorial() argument should not exceed %ld",
                        (long)INT64_MAX);
    if (n > INT32_MAX)
        return rt_raise_memory();
    if (n <= 20) {
        for (i = 2; i <= n; i++)
            r *= i;
        return rt_int_from_i64(r);
    }
    if (!rt_int_room(product_limbs(n, v)))
        return RT_NULL;
    mpz_init(z);
    mpz_fac_ui(z, (unsigned long)n);
    return rt_int_take_mpz(z);
}

static rt_val
math_isqrt(rt_val self, rt_val *args)
{
    rt_val v = rt_index(args[0]);
    mpz_t r;

    (void)self;
    if (rt_is_null(v))
        return RT_NULL;
    if (rt_int_sign(v) < 0)
        return rt_raise(&rt_exc_ValueError,
                        "isqrt() argument must be nonnegative");
    if (!rt_int_room(rt_int_limbs(v)))
        return RT_NULL;
    RT_VIEW_MPZ(z, v);
    mpz_init(r);
    mpz_sqrt(r, z);
    return rt_int_take_mpz(r);
}

/* n and k of comb and perm as non-negative ints. 0, or -1. */
static int
choose_args(rt_val *args, rt_val *n, rt_val *k)
{
    *n = rt_index(args[0]);
    if (rt_is_null(*n))
        return -1;
    *k = rt_index(args[1]);
    if (rt_is_null(*k))
        return -1;
    if (rt_int_sign(*n) < 0 || rt_int_sign(*k) < 0) {
        rt_raise(&rt_exc_ValueError, "%s must be a non-negative integer",
                 rt_int_sign(*n) < 0 ? "n" : "k");
        return -1;
    }
    return 0;
}

static rt_val
math_comb(rt_val self, rt_val *args)
{
    rt_val n, k, rest;
    int64_t count;
    mpz_t r;

    (void)self;
    if (choose_args(args, &n, &k) < 0)
        return RT_NULL;
    if (rt_int_compare(k, n) > 0)
        return rt_from_small(0);
    rest = rt_int_binary(RT_SUB, n, k);
    if (rt_is_null(rest))
        return RT_NULL;
    if (rt_int_compare(rest, k) < 0)
        k = rest;
    if (!rt_int_to_i64(k, &count))
        return rt_raise(&rt_exc_OverflowError,
                        "min(n - k, k) must not exceed %ld", (long)INT64_MAX);
    if (!rt_int_room(product_limbs(count, n)))
        return RT_NULL;
    RT_VIEW_MPZ(z, n);
    mpz_init(r);
    mpz_bin_ui(r, z, (unsigned long)count);
    return rt_int_take_mpz(r);
}

/* n * (n - 1) * ... of [k] factors, by halves so that the factors of long
 * products are about equally long. */
static void
falling(mpz_t out, const mpz_t n, int64_t k)
{
    mpz_t right, m;
    int64_t i;

    if (k <= 16) {
        mpz_set_ui(out, 1);
        mpz_init(m);
        for (i = 0; i < k; i++) {
            mpz_sub_ui(m, n, (unsigned long)i);
            mpz_mul(out, out, m);
        }
        mpz_clear(m);
        return;
    }
    mpz_init(right);
    mpz_init(m);
    falling(out, n, k / 2);
    mpz_sub_ui(m, n, (unsigned long)(k / 2));
    falling(right, m, k - k / 2);
    mpz_mul(out, out, right);
    mpz_clear(right);
    mpz_clear(m);
}

static rt_val
math_perm(rt_val self, rt_val *args)
{
    rt_val n, k;
    int64_t count;
    mpz_t r;

    (void)self;
    if (rt_is_null(args[1]) || rt_is_none(args[1]))
        return math_factorial(self, args);
    if (choose_args(args, &n, &k) < 0)
        return RT_NULL;
    if (rt_int_compare(k, n) > 0)
        return rt_from_small(0);
    if (!rt_int_to_i64(k, &count))
        return rt_raise(&rt_exc_OverflowError, "k must not exceed %ld",
                        (long)INT64_MAX);
    if (!rt_int_room(product_limbs(count, n)))
        return RT_NULL;
    RT_VIEW_MPZ(z, n);
    mpz_init(r);
    falling(r, z, count);
    return rt_int_take_mpz(r);
}

const struct rt_method rt_math_int_functions[] = {
    RT_FUNC("gcd", math_gcd, ANY, "($module, *integers)",
            "Greatest Common Divisor."),
    RT_FUNC("lcm", math_lcm, ANY, "($module, *integers)",
            "Least Common Multiple."),
    RT_FUNC("factorial", math_factorial, PURE, "($module, x, /)", "Find x!."),
    RT_FUNC("isqrt", math_isqrt, PURE, "($module, n, /)",
            "Return the integer part of the square root of the input."),
    RT_FUNC("comb", math_comb, PURE, "($module, n, k, /)",
            "Number of ways to choose k items from n items without "
            "repetition and without order."),
    RT_FUNC("perm", math_perm, PURE, "($module, n, k=None, /)",
            "Number of ways to choose k items from n items without "
            "repetition and with order."),
    RT_END_METHODS,
};
