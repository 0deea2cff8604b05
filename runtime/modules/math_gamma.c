/* SPDX-License-Identifier: MIT
 * runtime/modules/math_gamma.c: gamma and lgamma of module math, by Lanczos'
 * approximation with the 13 coefficients that are published for doubles
 * (g = 6.0246...); the C library's results differ from Python's in the last
 * digits.
 */
#include "config.h"

#include "runtime/modules/math.h"
#include "runtime/objects/number.h"

#include <math.h>

enum { TERMS = 13 };

static const double g = 6.024680040776729583740234375;
static const double g_minus_half = 5.524680040776729583740234375;
static const double log_pi = 1.144729885849400174143427351353058711647;

static const double numerator[TERMS] = {
    23531376880.410759688572007674451636754734846804940,
    42919803642.649098768957899047001988850926355848959,
    35711959237.355668049440185451547166705960488635843,
    17921034426.037209699919755754458931112671403265390,
    6039542586.3520280050642916443072979210699388420708,
    1439720407.3117216736632230727949123939715485786372,
    248874557.86205415651146038641322942321632125127801,
    31426415.585400194380614231628318205362874684987640,
    2876370.6289353724412254090516208496135991145378768,
    186056.26539522349504029498971604569928220784236328,
    8071.6720023658162106380029022722506138218516325024,
    210.82427775157934587250973392071336271166969580291,
    2.5066282746310002701649081771338373386264310793408};

/* x (x + 1) ... (x + 11), expanded */
static const double denominator[TERMS] = {
    0.0,        39916800.0, 120543840.0, 150917976.0, 105258076.0,
    45995730.0, 13339535.0, 2637558.0,   357423.0,    32670.0,
    1925.0,     66.0,       1.0};

/* Polynomials in 1/x where x is large, so that nothing overflows. */
static double
lanczos_sum(double x)
{
    double n = 0.0, d = 0.0;
    int i;

    if (x < 5.0) {
        for (i = TERMS - 1; i >= 0; i--) {
            n = n * x + numerator[i];
            d = d * x + denominator[i];
        }
    } else {
        for (i = 0; i < TERMS; i++) {
            n = n / x + numerator[i];
            d = d / x + denominator[i];
        }
    }
    return n / d;
}

/* sin(pi * x) without the error of pi * x. */
static double
sin_pi(double x)
{
    double y = fmod(fabs(x), 2.0), r;

    switch ((int)round(2.0 * y)) {
    case 0:
        r = sin(M_PI * y);
        break;
    case 1:
        r = cos(M_PI * (y - 0.5));
        break;
    case 2:
        r = sin(M_PI * (1.0 - y)); /* -sin would give -0.0 at 1.0 */
        break;
    case 3:
        r = -cos(M_PI * (y - 1.5));
        break;
    default:
        r = sin(M_PI * (y - 2.0));
    }
    return copysign(1.0, x) * r;
}

/* gamma of what is neither an integer nor tiny nor beyond 200. */
static double
gamma_of(double x)
{
    double a = fabs(x), y = a + g_minus_half, z, r, root;

    /* what rounding took from y */
    if (a > g_minus_half)
        z = (y - a) - g_minus_half;
    else
        z = (y - g_minus_half) - a;
    z = z * g / y;
    if (x < 0.0) {
        r = -M_PI / sin_pi(a) / a * exp(y) / lanczos_sum(a);
        r -= z * r;
        if (a < 140.0)
            return r / pow(y, a - 0.5);
        root = pow(y, a / 2.0 - 0.25);
        return r / root / root;
    }
    r = lanczos_sum(a) / exp(y);
    r += z * r;
    if (a < 140.0)
        return r * pow(y, a - 0.5);
    root = pow(y, a / 2.0 - 0.25);
    return r * root * root;
}

static rt_val
math_gamma(rt_val self, rt_val *args)
{
    double x, r = 1.0, i;

    (void)self;
    if (rt_as_double(args[0], &x) < 0)
        return RT_NULL;
    if (!isfinite(x))
        return x == -INFINITY ? rt_math_domain_error() : rt_from_any_float(x);
    if (x <= 0.0 && x == floor(x))
        return rt_math_domain_error();
    if (x == floor(x) && x <= 23.0) { /* (x - 1)! is exact */
        for (i = 2.0; i < x; i++)
            r *= i;
        return rt_from_float(r);
    }
    if (fabs(x) < 1e-20)
        r = 1.0 / x;
    else if (fabs(x) > 200.0)
        r = x < 0.0 ? 0.0 / sin_pi(x) : INFINITY;
    else
        r = gamma_of(x);
    return isinf(r) ? rt_math_range_error() : rt_from_float(r);
}

static rt_val
math_lgamma(rt_val self, rt_val *args)
{
    double x, a, r;

    (void)self;
    if (rt_as_double(args[0], &x) < 0)
        return RT_NULL;
    if (!isfinite(x))
        return isnan(x) ? rt_from_any_float(x) : rt_from_float(INFINITY);
    if (x == floor(x) && x <= 2.0)
        return x <= 0.0 ? rt_math_domain_error() : rt_from_float(0.0);
    a = fabs(x);
    if (a < 1e-20)
        return rt_from_float(-log(a));
    r = log(lanczos_sum(a)) - g;
    r += (a - 0.5) * (log(a + g - 0.5) - 1.0);
    if (x < 0.0)
        r = log_pi - log(fabs(sin_pi(a))) - log(a) - r;
    return isinf(r) ? rt_math_range_error() : rt_from_float(r);
}

const struct rt_method rt_math_gamma_functions[] = {
    RT_FUNC("gamma", math_gamma, PURE, "($module, x, /)",
            "Gamma function at x."),
    RT_FUNC("lgamma", math_lgamma, PURE, "($module, x, /)",
            "Natural logarithm of absolute value of Gamma function at x."),
    RT_END_METHODS,
};
