/* SPDX-License-Identifier: MIT
 * runtime/modules/math.c: module math: functions of floats. Those of integers
 * are in math_int.c, sums and norms in math_sum.c, gamma in math_gamma.c.
 */
#include "config.h"

#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* exp2 and others where config.h has not set it */
#endif

#include "runtime/interp/inlined.h"
#include "runtime/modules/math.h"
#include "runtime/objects/number.h"

#include <errno.h>
#include <float.h>
#include <limits.h>
#include <math.h>

rt_val
rt_math_domain_error(void)
{
    return rt_raise(&rt_exc_ValueError, "math domain error");
}

rt_val
rt_math_range_error(void)
{
    return rt_raise(&rt_exc_OverflowError, "math range error");
}

/* Result of a function that is defined on all numbers or gives a NaN where it
 * is not, and an infinity at a pole (or where it overflows). */
static rt_val
checked(double r, double x, bool can_overflow)
{
    if (NAC_LIKELY(isfinite(r)))
        return rt_from_float(r);
    if (isnan(r) && !isnan(x))
        return rt_math_domain_error();
    if (isinf(r) && isfinite(x))
        return can_overflow ? rt_math_range_error() : rt_math_domain_error();
    return rt_from_any_float(r);
}

#define FUNCTION(name, call, can_overflow)                                     \
    static rt_val math_##name(rt_val self, rt_val *args)                       \
    {                                                                          \
        double x;                                                              \
                                                                               \
        (void)self;                                                            \
        if (rt_as_double(args[0], &x) < 0)                                     \
            return RT_NULL;                                                    \
        return checked(call(x), x, can_overflow);                              \
    }

FUNCTION(acos, acos, false)
FUNCTION(acosh, acosh, false)
FUNCTION(asin, asin, false)
FUNCTION(asinh, asinh, false)
FUNCTION(atan, atan, false)
FUNCTION(atanh, atanh, false)
FUNCTION(cbrt, cbrt, false)
FUNCTION(cos, cos, false)
FUNCTION(cosh, cosh, true)
FUNCTION(erf, erf, false)
FUNCTION(erfc, erfc, false)
FUNCTION(exp, exp, true)
FUNCTION(exp2, exp2, true)
FUNCTION(expm1, expm1, true)
FUNCTION(fabs, fabs, false)
FUNCTION(log1p, log1p, false)
FUNCTION(sin, sin, false)
FUNCTION(sinh, sinh, true)
FUNCTION(sqrt, sqrt, false)
FUNCTION(tan, tan, false)
FUNCTION(tanh, tanh, false)
#undef FUNCTION

/* -- logarithms -- */

static double
log_of(double x, double (*fn)(double))
{
    if (x > 0.0)
        return fn(x);
    errno = EDOM;
    return NAN;
}

/* Logarithm of any number; ints beyond the range of floats too. 0, or -1. */
static int
logarithm(rt_val v, double (*fn)(double), double *out)
{
    int64_t exp;
    double x;

    if (rt_is_any_int(v)) {
        if (rt_int_sign(v) <= 0) {
            rt_math_domain_error();
            return -1;
        }
        if (rt_int_bits(v) > 1000) {
            x = rt_int_frexp(v, &exp);
            *out = fn(x) + fn(2.0) * (double)exp;
            return 0;
        }
    }
    if (rt_as_double(v, &x) < 0)
        return -1;
    errno = 0;
    *out = isnan(x) ? x : log_of(x, fn);
    if (errno == EDOM && !isnan(x) && x <= 0.0) {
        rt_math_domain_error();
        return -1;
    }
    return 0;
}

static rt_val
math_log(rt_val self, rt_val *args)
{
    double x, base;

    (void)self;
    if (logarithm(args[0], log, &x) < 0)
        return RT_NULL;
    if (rt_is_null(args[1]))
        return rt_from_any_float(x);
    if (logarithm(args[1], log, &base) < 0)
        return RT_NULL;
    if (base == 0.0)
        return rt_raise(&rt_exc_ZeroDivisionError, "float division by zero");
    return rt_from_any_float(x / base);
}

static rt_val
math_log2(rt_val self, rt_val *args)
{
    double x;

    (void)self;
    return logarithm(args[0], log2, &x) < 0 ? RT_NULL : rt_from_any_float(x);
}

static rt_val
math_log10(rt_val self, rt_val *args)
{
    double x;

    (void)self;
    return logarithm(args[0], log10, &x) < 0 ? RT_NULL : rt_from_any_float(x);
}

/* -- two arguments -- */

static int
two(const rt_val *args, double *x, double *y)
{
    return rt_as_double(args[0], x) < 0 || rt_as_double(args[1], y) < 0 ? -1
                                                                        : 0;
}

static rt_val
math_atan2(rt_val self, rt_val *args)
{
    double x, y;

    (void)self;
    return two(args, &y, &x) < 0 ? RT_NULL : rt_from_any_float(atan2(y, x));
}

static rt_val
math_copysign(rt_val self, rt_val *args)
{
    double x, y;

    (void)self;
    return two(args, &x, &y) < 0 ? RT_NULL : rt_from_any_float(copysign(x, y));
}

static rt_val
math_nextafter(rt_val self, rt_val *args)
{
    double x, y;

    (void)self;
    return two(args, &x, &y) < 0 ? RT_NULL : rt_from_any_float(nextafter(x, y));
}

static rt_val
math_fmod(rt_val self, rt_val *args)
{
    double x, y, r;

    (void)self;
    if (two(args, &x, &y) < 0)
        return RT_NULL;
    r = fmod(x, y);
    if (isnan(r) && !isnan(x) && !isnan(y))
        return rt_math_domain_error();
    return rt_from_any_float(r);
}

static rt_val
math_remainder(rt_val self, rt_val *args)
{
    double x, y, r;

    (void)self;
    if (two(args, &x, &y) < 0)
        return RT_NULL;
    r = remainder(x, y);
    if (isnan(r) && !isnan(x) && !isnan(y))
        return rt_math_domain_error();
    return rt_from_any_float(r);
}

static rt_val
math_pow(rt_val self, rt_val *args)
{
    double x, y, r;

    (void)self;
    if (two(args, &x, &y) < 0)
        return RT_NULL;
    r = pow(x, y);
    if (isfinite(x) && isfinite(y)) {
        if (isnan(r) || (x == 0.0 && y < 0.0))
            return rt_math_domain_error();
        if (isinf(r))
            return rt_math_range_error();
    }
    return rt_from_any_float(r);
}

/* -- parts of a float -- */

static rt_val
math_frexp(rt_val self, rt_val *args)
{
    double x;
    int exp = 0;

    (void)self;
    if (rt_as_double(args[0], &x) < 0)
        return RT_NULL;
    if (isfinite(x))
        x = frexp(x, &exp);
    return rt_tuple_pack(2, rt_from_any_float(x), rt_from_small(exp));
}

static rt_val
math_ldexp(rt_val self, rt_val *args)
{
    int64_t exp;
    double x, r;

    (void)self;
    if (rt_as_double(args[0], &x) < 0)
        return RT_NULL;
    if (!rt_is_any_int(args[1]))
        return rt_raise(&rt_exc_TypeError,
                        "Expected an int as second argument to ldexp.");
    if (!rt_int_to_i64(args[1], &exp))
        exp = rt_int_sign(args[1]) < 0 ? INT_MIN : INT_MAX;
    if (x == 0.0 || !isfinite(x))
        return rt_from_any_float(x);
    if (exp > INT_MAX)
        return rt_math_range_error();
    r = exp < INT_MIN ? copysign(0.0, x) : ldexp(x, (int)exp);
    if (isinf(r))
        return rt_math_range_error();
    return rt_from_float(r);
}

static rt_val
math_modf(rt_val self, rt_val *args)
{
    double x, whole;

    (void)self;
    if (rt_as_double(args[0], &x) < 0)
        return RT_NULL;
    if (isinf(x))
        return rt_tuple_pack(2, rt_from_float(copysign(0.0, x)),
                             rt_from_float(x));
    x = modf(x, &whole);
    return rt_tuple_pack(2, rt_from_any_float(x), rt_from_any_float(whole));
}

static rt_val
math_ulp(rt_val self, rt_val *args)
{
    double x, next;

    (void)self;
    if (rt_as_double(args[0], &x) < 0)
        return RT_NULL;
    x = fabs(x);
    if (!isfinite(x))
        return rt_from_any_float(x);
    next = nextafter(x, INFINITY);
    if (isinf(next))
        return rt_from_float(x - nextafter(x, 0.0));
    return rt_from_float(next - x);
}

/* -- rounding -- */

/* Calls a special method, or the C function on the value as a float. */
static rt_val
rounded(rt_val v, rt_val name, double (*fn)(double))
{
    rt_val method;
    double x;

    if (rt_is_float(v))
        return rt_int_from_double(fn(rt_float(v)));
    if (rt_is_small(v))
        return v;
    method = rt_lookup_special(v, name);
    if (!rt_is_null(method))
        return rt_call0(method);
    if (rt_raised() || rt_as_double(v, &x) < 0)
        return RT_NULL;
    return rt_int_from_double(fn(x));
}

static rt_val
math_floor(rt_val self, rt_val *args)
{
    (void)self;
    return rounded(args[0], RT_ID(floor), floor);
}

static rt_val
math_ceil(rt_val self, rt_val *args)
{
    (void)self;
    return rounded(args[0], RT_ID(ceil), ceil);
}

static rt_val
math_trunc(rt_val self, rt_val *args)
{
    rt_val method;

    (void)self;
    if (rt_is_float(args[0]))
        return rt_int_from_double(rt_float(args[0]));
    if (rt_is_small(args[0]))
        return args[0];
    method = rt_lookup_special(args[0], RT_ID(trunc));
    if (!rt_is_null(method))
        return rt_call0(method);
    if (rt_raised())
        return RT_NULL;
    return rt_raise(&rt_exc_TypeError,
                    "type %T doesn't define __trunc__ method", args[0]);
}

/* -- angles, questions -- */

static rt_val
math_degrees(rt_val self, rt_val *args)
{
    double x;

    (void)self;
    return rt_as_double(args[0], &x) < 0
               ? RT_NULL
               : rt_from_any_float(x * (180.0 / M_PI));
}

static rt_val
math_radians(rt_val self, rt_val *args)
{
    double x;

    (void)self;
    return rt_as_double(args[0], &x) < 0
               ? RT_NULL
               : rt_from_any_float(x * (M_PI / 180.0));
}

#define QUESTION(name)                                                         \
    static rt_val math_##name(rt_val self, rt_val *args)                       \
    {                                                                          \
        double x;                                                              \
                                                                               \
        (void)self;                                                            \
        if (rt_as_double(args[0], &x) < 0)                                     \
            return RT_NULL;                                                    \
        return rt_from_bool(name(x));                                          \
    }

QUESTION(isfinite)
QUESTION(isinf)
QUESTION(isnan)
#undef QUESTION

static rt_val
math_isclose(rt_val self, rt_val *args)
{
    double a, b, rel = 1e-9, least = 0.0, diff;

    (void)self;
    if (two(args, &a, &b) < 0 ||
        (!rt_is_null(args[2]) && rt_as_double(args[2], &rel) < 0) ||
        (!rt_is_null(args[3]) && rt_as_double(args[3], &least) < 0))
        return RT_NULL;
    if (rel < 0.0 || least < 0.0)
        return rt_raise(&rt_exc_ValueError, "tolerances must be non-negative");
    if (a == b)
        return rt_True;
    if (isinf(a) || isinf(b))
        return rt_False;
    diff = fabs(b - a);
    return rt_from_bool(diff <= fabs(rel * b) || diff <= fabs(rel * a) ||
                        diff <= least);
}

#define ONE(name, doc) RT_FUNC(#name, math_##name, PURE, "($module, x, /)", doc)
#define TWO(name, doc)                                                         \
    RT_FUNC(#name, math_##name, PURE, "($module, x, y, /)", doc)

static const struct rt_method functions[] = {
    ONE(acos, "Return the arc cosine (measured in radians) of x."),
    ONE(acosh, "Return the inverse hyperbolic cosine of x."),
    ONE(asin, "Return the arc sine (measured in radians) of x."),
    ONE(asinh, "Return the inverse hyperbolic sine of x."),
    ONE(atan, "Return the arc tangent (measured in radians) of x."),
    ONE(atanh, "Return the inverse hyperbolic tangent of x."),
    ONE(cbrt, "Return the cube root of x."),
    ONE(cos, "Return the cosine of x (measured in radians)."),
    ONE(cosh, "Return the hyperbolic cosine of x."),
    ONE(degrees, "Convert angle x from radians to degrees."),
    ONE(erf, "Error function at x."),
    ONE(erfc, "Complementary error function at x."),
    ONE(exp, "Return e raised to the power of x."),
    ONE(exp2, "Return 2 raised to the power of x."),
    ONE(expm1, "Return exp(x)-1."),
    ONE(fabs, "Return the absolute value of the float x."),
    ONE(isfinite, "Return True if x is neither an infinity nor a NaN, and "
                  "False otherwise."),
    ONE(isinf, "Return True if x is a positive or negative infinity, and "
               "False otherwise."),
    ONE(isnan, "Return True if x is a NaN (not a number), and False "
               "otherwise."),
    ONE(log10, "Return the base 10 logarithm of x."),
    ONE(log1p, "Return the natural logarithm of 1+x (base e)."),
    ONE(log2, "Return the base 2 logarithm of x."),
    ONE(radians, "Convert angle x from degrees to radians."),
    ONE(sin, "Return the sine of x (measured in radians)."),
    ONE(sinh, "Return the hyperbolic sine of x."),
    RT_FUNC_INLINED(RT_INLINE_SQRT, "sqrt", math_sqrt, PURE, "($module, x, /)",
                    "Return the square root of x."),
    ONE(tan, "Return the tangent of x (measured in radians)."),
    ONE(tanh, "Return the hyperbolic tangent of x."),
    ONE(ulp, "Return the value of the least significant bit of the float x."),
    RT_FUNC("atan2", math_atan2, PURE, "($module, y, x, /)",
            "Return the arc tangent (measured in radians) of y/x."),
    TWO(copysign, "Return a float with the magnitude (absolute value) of x "
                  "but the sign of y."),
    TWO(fmod, "Return fmod(x, y), according to platform C."),
    TWO(nextafter, "Return the next floating-point value after x towards y."),
    TWO(pow, "Return x**y (x to the power of y)."),
    TWO(remainder, "Difference between x and the closest integer multiple of "
                   "y."),
    RT_FUNC("log", math_log, PURE, "($module, x, base=math.e, /)",
            "Return the logarithm of x to the given base."),
    RT_FUNC("frexp", math_frexp, PURE, "($module, x, /)",
            "Return the mantissa and exponent of x, as pair (m, e)."),
    RT_FUNC("ldexp", math_ldexp, PURE, "($module, x, i, /)",
            "Return x * (2**i)."),
    RT_FUNC("modf", math_modf, PURE, "($module, x, /)",
            "Return the fractional and integer parts of x."),
    RT_FUNC("floor", math_floor, PURE, "($module, x, /)",
            "Return the floor of x as an Integral."),
    RT_FUNC("ceil", math_ceil, PURE, "($module, x, /)",
            "Return the ceiling of x as an Integral."),
    RT_FUNC("trunc", math_trunc, PURE, "($module, x, /)",
            "Truncates the Real x to the nearest Integral toward 0."),
    RT_FUNC("isclose", math_isclose, PURE,
            "($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)",
            "Determine whether two floating-point numbers are close in "
            "value."),
    RT_END_METHODS,
};

rt_val
rt_module_math_init(void)
{
    rt_val m = rt_module_new(rt_intern("math"));

    if (rt_is_null(m))
        return m;
    rt_module_add(m, "__doc__",
                  rt_str_new("This module provides access to the mathematical "
                             "functions\ndefined by the C standard.",
                             -1));
    rt_module_methods(m, functions);
    rt_module_methods(m, rt_math_gamma_functions);
    rt_module_methods(m, rt_math_int_functions);
    rt_module_methods(m, rt_math_sum_functions);
    rt_module_add(m, "pi", rt_from_float(M_PI));
    rt_module_add(m, "e", rt_from_float(M_E));
    rt_module_add(m, "tau", rt_from_float(2 * M_PI));
    rt_module_add(m, "inf", rt_from_float(INFINITY));
    rt_module_add(m, "nan", rt_from_any_float(NAN));
    return m;
}
