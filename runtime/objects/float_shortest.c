/* SPDX-License-Identifier: MIT
 * runtime/objects/float_shortest.c: the decimal digits of floats. repr() wants
 * the shortest decimal that reads back as the same float, the nearest one if
 * there are several; %.2f and the like want few decimals, correctly rounded.
 *
 * The former is R. Giulietti's method ("The Schubfach way to render doubles"):
 * the float v = c * 2^q and the two ends of the interval that rounds to it are
 * scaled by a power of ten such that the interval holds at least one and at
 * most ten integers, or its tenfold does; powers of ten are taken in 128 bits,
 * and what is cut off a product only sets its lowest bit, which the paper shows
 * to be enough for all comparisons.
 */
#include "config.h"

#include "runtime/objects/number.h"

enum { POWER_MIN = -292, POWER_MAX = 324 };

typedef unsigned __int128 u128;

/* -- powers of ten -- */

static int
floor_log2_pow10(int e)
{
    return (e * 1741647) >> 19;
}

static int
floor_log10_pow2(int e)
{
    return (e * 1262611) >> 22;
}

/* floor(log10(3/4 * 2^e)) */
static int
floor_log10_three_quarters(int e)
{
    return (e * 1262611 - 524031) >> 22;
}

/* 10^k scaled by a power of two into [2^127, 2^128), rounded up. */
static u128
compute_power(int k)
{
    u128 r;
    mpz_t p, n;

    mpz_init(p);
    mpz_init(n);
    mpz_ui_pow_ui(p, 10, (unsigned long)(k < 0 ? -k : k));
    if (k < 0) {
        mpz_setbit(n, (mp_bitcnt_t)(127 - floor_log2_pow10(k)));
        mpz_cdiv_q(p, n, p);
    } else if (floor_log2_pow10(k) <= 127) {
        mpz_mul_2exp(p, p, (mp_bitcnt_t)(127 - floor_log2_pow10(k)));
    } else {
        mpz_cdiv_q_2exp(p, p, (mp_bitcnt_t)(floor_log2_pow10(k) - 127));
    }
    r = (u128)mpz_getlimbn(p, 1) << 64 | mpz_getlimbn(p, 0);
    mpz_clear(p);
    mpz_clear(n);
    return r;
}

static u128
power(int k)
{
    static u128 powers[POWER_MAX - POWER_MIN + 1]; /* 0: not computed yet */
    u128 *p = &powers[k - POWER_MIN];

    if (*p == 0)
        *p = compute_power(k);
    return *p;
}

/* -- shortest -- */

/* The upper 64 bits of g * c, the lowest bit set where anything is cut off. */
static uint64_t
round_to_odd(u128 g, uint64_t c)
{
    u128 low = (u128)(uint64_t)g * c;
    u128 high = (u128)(uint64_t)(g >> 64) * c + (uint64_t)(low >> 64);

    return (uint64_t)(high >> 64) | ((uint64_t)high > 1);
}

/* [c] * 2^[q] as *exp10 and the digits returned. */
static uint64_t
shortest(uint64_t c, int q, bool closer_below, int *exp10)
{
    bool even = (c & 1) == 0;
    int k = closer_below ? floor_log10_three_quarters(q) : floor_log10_pow2(q);
    int h = q + floor_log2_pow10(-k) + 1;
    u128 g = power(-k);
    uint64_t lower = round_to_odd(g, (4 * c - 2 + closer_below) << h) + !even;
    uint64_t middle = round_to_odd(g, (4 * c) << h);
    uint64_t upper = round_to_odd(g, (4 * c + 2) << h) - !even;
    uint64_t s = middle / 4, t;
    bool at, above;

    *exp10 = k;
    if (s >= 10) { /* is there one with a digit less? */
        t = s / 10;
        at = lower <= 40 * t;
        above = 40 * t + 40 <= upper;
        if (at != above) {
            ++*exp10;
            return t + above;
        }
    }
    at = lower <= 4 * s;
    above = 4 * s + 4 <= upper;
    if (at != above)
        return s + above;
    above = middle > 4 * s + 2 || (middle == 4 * s + 2 && (s & 1) != 0);
    return s + above;
}

static int
put_digits(uint64_t v, char *out)
{
    char buf[24], *p = buf + sizeof buf;
    int n;

    do {
        *--p = (char)('0' + v % 10);
        v /= 10;
    } while (v != 0);
    n = (int)(buf + sizeof buf - p);
    memcpy(out, p, (size_t)n);
    out[n] = 0;
    return n;
}

int
rt_float_shortest(double d, char out[24], int *point)
{
    uint64_t bits, c, digits;
    int exp, exp10, n;

    memcpy(&bits, &d, sizeof bits);
    c = bits & ((UINT64_C(1) << 52) - 1);
    exp = (int)(bits >> 52 & 0x7FF);
    if (exp != 0)
        digits = shortest(c | UINT64_C(1) << 52, exp - 1075, c == 0 && exp > 1,
                          &exp10);
    else
        digits = shortest(c, -1074, false, &exp10);
    while (digits % 10 == 0) {
        digits /= 10;
        exp10++;
    }
    n = put_digits(digits, out);
    *point = n + exp10;
    return n;
}

/* -- a fixed number of decimals -- */

int
rt_float_fixed(double d, int precision, char out[48])
{
    static const uint64_t tens[] = {
        1,           10,           100,          1000,      10000,
        100000,      1000000,      10000000,     100000000, 1000000000,
        10000000000, 100000000000, 1000000000000};
    uint64_t bits, c, q;
    u128 product, rest, half;
    int exp, n;
    char digits[24];

    memcpy(&bits, &d, sizeof bits);
    exp = 1075 - (int)(bits >> 52 & 0x7FF); /* d = c / 2^exp */
    if (precision > 12 || exp < 1 || exp > 120)
        return 0;
    c = (bits & ((UINT64_C(1) << 52) - 1)) | UINT64_C(1) << 52;
    product = (u128)c * tens[precision];
    if (product >> exp >> 60 != 0)
        return 0;
    q = (uint64_t)(product >> exp);
    rest = product & (((u128)1 << exp) - 1);
    half = (u128)1 << (exp - 1);
    q += rest > half || (rest == half && (q & 1));
    n = put_digits(q, digits);
    if (n <= precision) { /* zeros up to the one before the point */
        memmove(digits + precision + 1 - n, digits, (size_t)n);
        memset(digits, '0', (size_t)(precision + 1 - n));
        n = precision + 1;
    }
    memcpy(out, digits, (size_t)(n - precision));
    if (precision == 0) {
        out[n] = 0;
        return n;
    }
    out[n - precision] = '.';
    memcpy(out + n - precision + 1, digits + n - precision, (size_t)precision);
    out[n + 1] = 0;
    return n + 1;
}
