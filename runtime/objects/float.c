/* SPDX-License-Identifier: MIT
 * runtime/objects/float.c: arithmetic, comparison, hash and rounding of floats.
 * Floats are value words; only instances of subclasses are objects. Text is in
 * float_text.c, the type in float_type.c.
 */
#include "config.h"

#include "runtime/objects/number.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

int
rt_as_double(rt_val v, double *out)
{
    struct rt_type *type = rt_type_of(v);
    rt_val r;

    if (rt_is_float(v)) {
        *out = rt_float(v);
        return 0;
    }
    if (rt_is_small(v)) {
        *out = (double)rt_small(v);
        return 0;
    }
    if (type->slots.to_float != NULL) {
        r = type->slots.to_float(v);
        if (rt_is_null(r))
            return -1;
        if (!rt_is_any_float(r)) {
            rt_raise(&rt_exc_TypeError,
                     "%T.__float__ returned non-float (type %T)", v, r);
            return -1;
        }
        *out = rt_any_float(r);
        return 0;
    }
    if (type->slots.to_index != NULL) {
        r = rt_index(v);
        if (rt_is_null(r))
            return -1;
        *out = rt_int_to_double(r);
        return rt_raised() ? -1 : 0;
    }
    rt_raise(&rt_exc_TypeError, "must be real number, not %T", v);
    return -1;
}

/* CPython's hash of numbers: the value modulo 2^61 - 1. */
int64_t
rt_hash_double(double d)
{
    uint64_t x = 0, part;
    double m;
    int e;

    if (isinf(d))
        return d > 0 ? 314159 : -314159;
    m = frexp(fabs(d), &e);
    while (m != 0.0) {
        x = (x << 28 & RT_HASH_MODULUS) | x >> 33;
        m *= 268435456.0;
        e -= 28;
        part = (uint64_t)m;
        m -= (double)part;
        x += part;
        if (x >= RT_HASH_MODULUS)
            x -= RT_HASH_MODULUS;
    }
    e = e >= 0 ? e % 61 : 60 - (-1 - e) % 61;
    x = (x << e & RT_HASH_MODULUS) | x >> (61 - e);
    if (d < 0)
        return x == 1 ? -2 : -(int64_t)x;
    return (int64_t)x;
}

void
rt_float_divmod(double a, double b, double *quotient, double *rest)
{
    double r = fmod(a, b), q = (a - r) / b, f;

    if (r != 0.0) {
        if ((b < 0) != (r < 0)) {
            r += b;
            q -= 1.0;
        }
    } else {
        r = copysign(0.0, b);
    }
    if (q != 0.0) {
        f = floor(q);
        if (q - f > 0.5)
            f += 1.0;
    } else {
        f = copysign(0.0, a / b);
    }
    *quotient = f;
    *rest = r;
}

static rt_val
range_error(void)
{
    return rt_raise_object(
        rt_exc_new(&rt_exc_OverflowError, 2, rt_from_small(ERANGE),
                   rt_str_new("Numerical result out of range", -1)));
}

static rt_val
complex_power(double a, double b)
{
    rt_val x = rt_complex_new(a, 0.0), y = rt_complex_new(b, 0.0);

    return rt_binary_op(RT_POW, x, y);
}

rt_val
rt_float_power(double a, double b)
{
    double r;

    if (a == 0.0 && b < 0.0)
        return rt_raise(&rt_exc_ZeroDivisionError,
                        "0.0 cannot be raised to a negative power");
    if (a < 0.0 && isfinite(a) && isfinite(b) && b != floor(b))
        return complex_power(a, b);
    r = pow(a, b);
    if (isinf(r) && isfinite(a) && isfinite(b))
        return range_error();
    return rt_from_any_float(r);
}

/* -- rounding -- */

/* To a multiple of 10 ** -ndigits, from the exact decimal expansion. */
static double
round_left(double d, int64_t ndigits)
{
    char text[800], *nearest;
    int64_t keep;
    int exp;
    double r;

    snprintf(text, sizeof text, "%.766e", d);
    exp = atoi(strchr(text, 'e') + 1);
    keep = exp + ndigits; /* digits after the first one */
    if (keep < -1)
        return copysign(0.0, d);
    if (keep == -1) { /* 0 or 10 ** -ndigits: more than half of it? */
        const char *p = text + (text[0] == '-');
        bool more = p[0] > '5';

        if (p[0] == '5')
            more = strspn(p + 2, "0") != strcspn(p + 2, "e");
        if (!more)
            return copysign(0.0, d);
        snprintf(text, sizeof text, "%s1e%d", d < 0 ? "-" : "", (int)-ndigits);
        return rt_read_double(text, NULL);
    }
    nearest = rt_format_double(d, 'e', (int)keep, 0);
    r = rt_read_double(nearest, NULL);
    free(nearest);
    return r;
}

rt_val
rt_float_round(double d, int64_t ndigits)
{
    char *text;
    double r;

    if (!isfinite(d) || d == 0.0 || ndigits > 330)
        return rt_from_any_float(d);
    if (ndigits < -310)
        return rt_from_float(copysign(0.0, d));
    if (ndigits < 0) {
        r = round_left(d, ndigits);
    } else if (fabs(d) >= 9007199254740992.0) {
        return rt_from_float(d);
    } else {
        text = rt_format_double(d, 'f', (int)ndigits, 0);
        r = rt_read_double(text, NULL);
        free(text);
    }
    if (isinf(r))
        return rt_raise(&rt_exc_OverflowError,
                        "rounded value too large to represent");
    return rt_from_float(r);
}
