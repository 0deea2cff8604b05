/* SPDX-License-Identifier: MIT
 * runtime/objects/int_arith.c: the operators of ints. Operands of up to 64 bits
 * are computed in __int128; longer ones by GMP, mpn where the result can be
 * written into a new int at once, mpz otherwise.
 */
#include "config.h"

#include "runtime/objects/number.h"

#include <math.h>

/* Results of more bits than this raise MemoryError instead of letting GMP
 * abort the process. */
#define MAX_BITS (INT64_C(1) << 36)

/* The value where it has at most one limb. */
static inline bool
narrow(rt_val v, __int128 *out)
{
    struct rt_int_view view;

    if (rt_is_small(v)) {
        *out = rt_small(v);
        return true;
    }
    rt_int_view(&view, v);
    if (view.size == 0)
        *out = 0;
    else if (view.size == 1)
        *out = view.limbs[0];
    else if (view.size == -1)
        *out = -(__int128)view.limbs[0];
    else
        return false;
    return true;
}

/* -- division -- */

static rt_val
zero_division(enum rt_binop op)
{
    if (op == RT_TRUEDIV)
        return rt_raise(&rt_exc_ZeroDivisionError, "division by zero");
    return rt_raise(&rt_exc_ZeroDivisionError,
                    op == RT_MOD ? "integer modulo by zero"
                                 : "integer division or modulo by zero");
}

static void
floor_divide(__int128 a, __int128 b, __int128 *q, __int128 *r)
{
    int64_t x = (int64_t)a, y = (int64_t)b;

    if (x == a && y == b && y != -1) {
        *q = x / y;
        *r = x % y;
    } else {
        *q = a / b;
        *r = a % b;
    }
    if (*r != 0 && (*r < 0) != (b < 0)) {
        --*q;
        *r += b;
    }
}

static rt_val
pair(rt_val q, rt_val r)
{
    if (rt_is_null(q) || rt_is_null(r))
        return RT_NULL;
    return rt_tuple_pack(2, q, r);
}

static rt_val
divide_wide(enum rt_binop op, rt_val a, rt_val b)
{
    RT_VIEW_MPZ(x, a);
    RT_VIEW_MPZ(y, b);
    mpz_t q, r;

    if (!rt_int_room(rt_int_limbs(a)))
        return RT_NULL;
    if (op == RT_FLOORDIV) {
        mpz_init(q);
        mpz_fdiv_q(q, x, y);
        return rt_int_take_mpz(q);
    }
    mpz_init(r);
    if (op == RT_MOD) {
        mpz_fdiv_r(r, x, y);
        return rt_int_take_mpz(r);
    }
    mpz_init(q);
    mpz_fdiv_qr(q, r, x, y);
    return pair(rt_int_take_mpz(q), rt_int_take_mpz(r));
}

/* a / b rounded to the nearest double, ties to even. The quotient's first 55 or
 * more bits are computed exactly, what is left is or-ed into the lowest one. */
static rt_val
true_divide_wide(rt_val a, rt_val b)
{
    int64_t diff = (int64_t)rt_int_bits(a) - (int64_t)rt_int_bits(b), shift;
    bool negative = (rt_int_sign(a) < 0) != (rt_int_sign(b) < 0);
    uint64_t bits, half;
    int extra, width;
    mpz_t n, d, r;
    double result;

    if (rt_int_sign(a) == 0 || diff < -1076)
        return rt_from_float(negative ? -0.0 : 0.0);
    if (diff > 1025)
        goto overflow;
    if (!rt_int_room(rt_int_limbs(a)) || !rt_int_room(rt_int_limbs(b)))
        return RT_NULL;
    shift = (diff > -1021 ? diff : -1021) - 55;
    mpz_init(n);
    mpz_init(d);
    mpz_init(r);
    {
        RT_VIEW_MPZ(x, a);
        RT_VIEW_MPZ(y, b);
        mpz_abs(n, x);
        mpz_abs(d, y);
    }
    if (shift < 0)
        mpz_mul_2exp(n, n, (mp_bitcnt_t)-shift);
    else
        mpz_mul_2exp(d, d, (mp_bitcnt_t)shift);
    mpz_tdiv_qr(n, r, n, d);
    bits = mpz_get_ui(n) | (mpz_sgn(r) != 0);
    mpz_clear(n);
    mpz_clear(d);
    mpz_clear(r);
    width = bits == 0 ? 0 : 64 - __builtin_clzl(bits);
    extra = (width > -1021 - shift ? width : (int)(-1021 - shift)) - 53;
    half = UINT64_C(1) << (extra - 1);
    if ((bits & half) && (bits & (3 * half - 1)))
        bits += half;
    bits &= ~(2 * half - 1);
    result = ldexp((double)bits, (int)shift);
    if (isinf(result))
        goto overflow;
    return rt_from_float(negative ? -result : result);
overflow:
    return rt_raise(&rt_exc_OverflowError,
                    "integer division result too large for a float");
}

static rt_val
true_divide(rt_val a, rt_val b)
{
    const int64_t exact = INT64_C(1) << 53;
    int64_t x, y;

    if (rt_int_to_i64(a, &x) && rt_int_to_i64(b, &y) && x >= -exact &&
        x <= exact && y >= -exact && y <= exact)
        return rt_from_float((double)x / (double)y);
    return true_divide_wide(a, b);
}

/* -- addition, multiplication -- */

static rt_val
add_wide(rt_val a, rt_val b, bool subtract)
{
    struct rt_int_view x, y;
    int64_t n, m;
    struct rt_bigint *r;

    rt_int_view(&x, a);
    rt_int_view(&y, b);
    if (subtract)
        y.size = -y.size;
    if (RT_VIEW_LIMBS(&x) < RT_VIEW_LIMBS(&y)) {
        int64_t size = x.size;
        const mp_limb_t *xl = x.limbs;

        x.limbs = y.limbs;
        x.size = y.size;
        y.limbs = xl;
        y.size = size;
    }
    n = RT_VIEW_LIMBS(&x);
    m = RT_VIEW_LIMBS(&y);
    r = rt_int_alloc(n + 1);
    if (r == NULL)
        return RT_NULL;
    if (m == 0) {
        memcpy(r->limbs, x.limbs, (size_t)n * sizeof(mp_limb_t));
        r->size = x.size;
    } else if ((x.size < 0) == (y.size < 0)) {
        r->limbs[n] = mpn_add(r->limbs, x.limbs, n, y.limbs, m);
        r->size = x.size < 0 ? -(n + 1) : n + 1;
    } else if (n > m || mpn_cmp(x.limbs, y.limbs, n) >= 0) {
        mpn_sub(r->limbs, x.limbs, n, y.limbs, m);
        r->size = x.size;
    } else {
        mpn_sub_n(r->limbs, y.limbs, x.limbs, n);
        r->size = y.size;
    }
    return rt_int_normal(r);
}

static rt_val
multiply_wide(rt_val a, rt_val b)
{
    struct rt_int_view x, y;
    int64_t n, m;
    struct rt_bigint *r;

    rt_int_view(&x, a);
    rt_int_view(&y, b);
    n = RT_VIEW_LIMBS(&x);
    m = RT_VIEW_LIMBS(&y);
    if (n == 0 || m == 0)
        return rt_from_small(0);
    if (!rt_int_room(n + m))
        return RT_NULL;
    r = rt_int_alloc(n + m);
    if (r == NULL)
        return RT_NULL;
    if (x.limbs == y.limbs)
        mpn_sqr(r->limbs, x.limbs, n);
    else if (n >= m)
        mpn_mul(r->limbs, x.limbs, n, y.limbs, m);
    else
        mpn_mul(r->limbs, y.limbs, m, x.limbs, n);
    r->size = (x.size < 0) == (y.size < 0) ? n + m : -(n + m);
    return rt_int_normal(r);
}

/* -- shifts, bits -- */

static rt_val
left_shift(rt_val a, rt_val b)
{
    struct rt_int_view x;
    struct rt_bigint *r;
    int64_t count, n, limbs;
    __int128 v;
    int bits;

    if (rt_int_sign(b) < 0)
        return rt_raise(&rt_exc_ValueError, "negative shift count");
    if (rt_int_sign(a) == 0)
        return rt_from_small(0);
    if (!rt_int_to_i64(b, &count))
        return rt_raise(&rt_exc_OverflowError, "too many digits in integer");
    if (count <= 62 && narrow(a, &v))
        return rt_int_from_i128(v * ((__int128)1 << count));
    if (count > MAX_BITS)
        return rt_raise_memory();
    rt_int_view(&x, a);
    n = RT_VIEW_LIMBS(&x);
    limbs = count / RT_LIMB_BITS;
    bits = (int)(count % RT_LIMB_BITS);
    r = rt_int_alloc(n + limbs + 1);
    if (r == NULL)
        return RT_NULL;
    memset(r->limbs, 0, (size_t)limbs * sizeof(mp_limb_t));
    if (bits != 0) {
        r->limbs[n + limbs] =
            mpn_lshift(r->limbs + limbs, x.limbs, n, (unsigned)bits);
    } else {
        memcpy(r->limbs + limbs, x.limbs, (size_t)n * sizeof(mp_limb_t));
        r->limbs[n + limbs] = 0;
    }
    r->size = x.size < 0 ? -(n + limbs + 1) : n + limbs + 1;
    return rt_int_normal(r);
}

static rt_val
right_shift(rt_val a, rt_val b)
{
    int64_t count;
    __int128 v;
    mpz_t r;

    if (rt_int_sign(b) < 0)
        return rt_raise(&rt_exc_ValueError, "negative shift count");
    if (!rt_int_to_i64(b, &count))
        count = INT64_MAX;
    if (narrow(a, &v))
        return rt_int_from_i128(v >> (count > 126 ? 126 : count));
    RT_VIEW_MPZ(x, a);
    if (!rt_int_room(rt_int_limbs(a)))
        return RT_NULL;
    mpz_init(r);
    mpz_fdiv_q_2exp(r, x, (mp_bitcnt_t)count);
    return rt_int_take_mpz(r);
}

static rt_val
bitwise_wide(enum rt_binop op, rt_val a, rt_val b)
{
    RT_VIEW_MPZ(x, a);
    RT_VIEW_MPZ(y, b);
    mpz_t r;

    if (!rt_int_room(rt_int_limbs(a)) || !rt_int_room(rt_int_limbs(b)))
        return RT_NULL;
    mpz_init(r);
    if (op == RT_AND)
        mpz_and(r, x, y);
    else if (op == RT_OR)
        mpz_ior(r, x, y);
    else
        mpz_xor(r, x, y);
    return rt_int_take_mpz(r);
}

/* -- power -- */

static rt_val
power(rt_val a, rt_val b)
{
    int64_t e, base, result = 1;
    mpz_t r;

    if (rt_int_sign(b) < 0) {
        double x, y;

        x = rt_int_to_double(a);
        if (rt_raised())
            return RT_NULL;
        y = rt_int_to_double(b);
        if (rt_raised())
            return RT_NULL;
        return rt_float_power(x, y);
    }
    if (rt_int_to_i64(a, &base) && base >= -1 && base <= 1) {
        if (base == -1) {
            RT_VIEW_MPZ(z, b);
            return rt_from_small(mpz_odd_p(z) ? -1 : 1);
        }
        return rt_from_small(base == 1 || rt_int_sign(b) == 0);
    }
    if (!rt_int_to_i64(b, &e) || e > MAX_BITS ||
        (int64_t)rt_int_bits(a) - 1 > MAX_BITS / (e + 1))
        return rt_raise_memory();
    if (rt_is_small(a) && (int64_t)rt_int_bits(a) * e < 63) {
        for (base = rt_small(a); e != 0; e >>= 1) {
            if (e & 1)
                result *= base;
            if (e > 1)
                base *= base;
        }
        return rt_int_from_i64(result);
    }
    if (!rt_int_room((int64_t)rt_int_bits(a) * e / RT_LIMB_BITS))
        return RT_NULL;
    RT_VIEW_MPZ(x, a);
    mpz_init(r);
    mpz_pow_ui(r, x, (unsigned long)e);
    return rt_int_take_mpz(r);
}

static rt_val
power_modulo(rt_val a, rt_val b, rt_val c)
{
    RT_VIEW_MPZ(x, a);
    RT_VIEW_MPZ(y, b);
    RT_VIEW_MPZ(m, c);
    mpz_t r;

    if (mpz_sgn(m) == 0)
        return rt_raise(&rt_exc_ValueError, "pow() 3rd argument cannot be 0");
    if (mpz_cmpabs_ui(m, 1) == 0)
        return rt_from_small(0);
    if (!rt_int_room(2 * rt_int_limbs(c)) || !rt_int_room(rt_int_limbs(a)))
        return RT_NULL;
    mpz_init(r);
    if (mpz_sgn(y) < 0) {
        mpz_t e;

        if (!mpz_invert(r, x, m)) {
            mpz_clear(r);
            return rt_raise(&rt_exc_ValueError, "base is not invertible for "
                                                "the given modulus");
        }
        mpz_init(e);
        mpz_neg(e, y);
        mpz_powm(r, r, e, m);
        mpz_clear(e);
    } else {
        mpz_powm(r, x, y, m);
    }
    mpz_fdiv_r(r, r, m);
    return rt_int_take_mpz(r);
}

/* All three fit 63 bits, exponent and modulus are positive. */
static rt_val
power_modulo_narrow(int64_t a, int64_t e, int64_t m)
{
    uint64_t mod = (uint64_t)m, result = 1 % mod, base;

    a %= m;
    base = (uint64_t)(a < 0 ? a + m : a);
    for (; e != 0; e >>= 1) {
        if (e & 1)
            result = (uint64_t)((unsigned __int128)result * base % mod);
        base = (uint64_t)((unsigned __int128)base * base % mod);
    }
    return rt_int_from_u64(result);
}

rt_val
rt_int_power(rt_val a, rt_val b, rt_val mod)
{
    int64_t x, y, m;

    if (rt_is_null(mod) || rt_is_none(mod))
        return power(a, b);
    if (rt_int_to_i64(a, &x) && rt_int_to_i64(b, &y) &&
        rt_int_to_i64(mod, &m) && y >= 0 && m > 0)
        return power_modulo_narrow(x, y, m);
    return power_modulo(a, b, mod);
}

/* -- all of them -- */

static rt_val
binary_wide(enum rt_binop op, rt_val a, rt_val b)
{
    switch (op) {
    case RT_ADD:
    case RT_SUB:
        return add_wide(a, b, op == RT_SUB);
    case RT_MUL:
        return multiply_wide(a, b);
    case RT_FLOORDIV:
    case RT_MOD:
    case RT_DIVMOD:
        return divide_wide(op, a, b);
    default:
        return bitwise_wide(op, a, b);
    }
}

rt_val
rt_int_binary(enum rt_binop op, rt_val a, rt_val b)
{
    __int128 x, y, q, r;

    switch (op) {
    case RT_LSHIFT:
        return left_shift(a, b);
    case RT_RSHIFT:
        return right_shift(a, b);
    case RT_POW:
        return power(a, b);
    case RT_TRUEDIV:
    case RT_FLOORDIV:
    case RT_MOD:
    case RT_DIVMOD:
        if (rt_int_sign(b) == 0)
            return zero_division(op);
        if (op == RT_TRUEDIV)
            return true_divide(a, b);
        break;
    default:
        break;
    }
    if (!narrow(a, &x) || !narrow(b, &y))
        return binary_wide(op, a, b);
    switch (op) {
    case RT_ADD:
        return rt_int_from_i128(x + y);
    case RT_SUB:
        return rt_int_from_i128(x - y);
    case RT_MUL:
        if (__builtin_mul_overflow(x, y, &r))
            return multiply_wide(a, b);
        return rt_int_from_i128(r);
    case RT_AND:
        return rt_int_from_i128(x & y);
    case RT_OR:
        return rt_int_from_i128(x | y);
    case RT_XOR:
        return rt_int_from_i128(x ^ y);
    case RT_MATMUL:
        return rt_NotImplemented;
    default:
        break;
    }
    floor_divide(x, y, &q, &r);
    if (op == RT_FLOORDIV)
        return rt_int_from_i128(q);
    if (op == RT_MOD)
        return rt_int_from_i128(r);
    return pair(rt_int_from_i128(q), rt_int_from_i128(r));
}

/* a + b, a - b, a * b or a << b (0 <= b < 64) beyond int64. */
rt_val
rt_int_overflow(int64_t op, int64_t a, int64_t b)
{
    __int128 x = a;

    switch (op) {
    case RT_ADD:
        return rt_int_from_i128(x + b);
    case RT_SUB:
        return rt_int_from_i128(x - b);
    case RT_MUL:
        return rt_int_from_i128(x * b);
    default:
        return rt_int_from_i128(x * ((__int128)1 << b));
    }
}

rt_val
rt_int_divmod(rt_val a, rt_val b)
{
    return rt_int_binary(RT_DIVMOD, a, b);
}
