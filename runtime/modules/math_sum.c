/* SPDX-License-Identifier: MIT
 * runtime/modules/math_sum.c: fsum, prod, hypot, dist of module math: sums and
 * norms without the errors that adding up floats one by one brings.
 */
#include "config.h"

#include "runtime/modules/math.h"
#include "runtime/objects/number.h"

#include <float.h>
#include <math.h>

/* -- fsum: a sum kept exactly as floats that do not overlap, the least first --
 */

struct parts {
    NAC_VEC(double) p;
    double special;  /* sum of infinities and NaNs */
    double infinite; /* sum of infinities */
};

/* Adds exactly; false: a partial sum overflowed. */
static bool
add_exactly(struct parts *s, double x)
{
    double input = x;
    uint32_t i, n = 0;

    for (i = 0; i < s->p.len; i++) {
        double y = s->p.items[i], high, low;

        if (fabs(x) < fabs(y)) {
            double t = x;

            x = y;
            y = t;
        }
        high = x + y;
        low = y - (high - x);
        if (low != 0.0)
            s->p.items[n++] = low;
        x = high;
    }
    s->p.len = n;
    if (x != 0.0) {
        if (!isfinite(x)) {
            if (isfinite(input))
                return false;
            if (isinf(input))
                s->infinite += input;
            s->special += input;
            s->p.len = 0;
        } else {
            nac_vec_push(&s->p, x);
        }
    }
    return true;
}

/* The exact sum rounded once, ties to even. */
static double
rounded_sum(const struct parts *s)
{
    uint32_t n = s->p.len;
    const double *p = s->p.items;
    double high, low = 0.0, x, y, t;

    if (n == 0)
        return 0.0;
    high = p[--n];
    while (n > 0) {
        x = high;
        y = p[--n];
        high = x + y;
        low = y - (high - x);
        if (low != 0.0)
            break;
    }
    /* Half-way cases are decided by the sign of what lies below. */
    if (n > 0 &&
        ((low < 0.0 && p[n - 1] < 0.0) || (low > 0.0 && p[n - 1] > 0.0))) {
        y = low * 2.0;
        x = high + y;
        t = x - high;
        if (y == t)
            high = x;
    }
    return high;
}

static rt_val
math_fsum(rt_val self, rt_val *args)
{
    struct parts s = {{0}, 0.0, 0.0};
    rt_val it = rt_iter(args[0]), v, r;
    double x;

    (void)self;
    if (rt_is_null(it))
        return RT_NULL;
    while (!rt_is_null(v = rt_next(it))) {
        if (rt_as_double(v, &x) < 0)
            break;
        if (!add_exactly(&s, x)) {
            rt_raise(&rt_exc_OverflowError, "intermediate overflow in fsum");
            break;
        }
    }
    if (rt_raised())
        r = RT_NULL;
    else if (s.special != 0.0)
        r = isnan(s.infinite)
                ? rt_raise(&rt_exc_ValueError, "-inf + inf in fsum")
                : rt_from_any_float(s.special);
    else
        r = rt_from_float(rounded_sum(&s));
    nac_vec_free(&s.p);
    return r;
}

static rt_val
math_prod(rt_val self, rt_val *args)
{
    rt_val it = rt_iter(args[0]), v;
    rt_val r = rt_is_null(args[1]) ? rt_from_small(1) : args[1];

    (void)self;
    if (rt_is_null(it))
        return RT_NULL;
    while (!rt_is_null(v = rt_next(it))) {
        r = rt_binary_op(RT_MUL, r, v);
        if (rt_is_null(r))
            return RT_NULL;
    }
    return rt_raised() ? RT_NULL : r;
}

/* -- norms -- */

/* high + low, a sum of twice the precision */
struct twice {
    double high, low;
};

static void
add_twice(struct twice *s, double x)
{
    double sum = s->high + x, back = sum - s->high;

    s->low += (s->high - (sum - back)) + (x - back);
    s->high = sum;
}

/* Square root of the sum of squares; [largest] is the largest absolute value.
 * Scaled by a power of two, squares and their sum are carried with their
 * rounding errors, and the root is corrected by one Newton step. */
static double
norm(double *v, int64_t n, double largest, bool has_nan)
{
    struct twice s = {0.0, 0.0};
    double x, h, rest;
    int64_t i;
    int exp;

    if (isinf(largest))
        return largest;
    if (has_nan)
        return NAN;
    if (largest == 0.0 || n <= 1)
        return largest;
    frexp(largest, &exp);
    for (i = 0; i < n; i++) {
        x = ldexp(v[i], -exp);
        h = x * x;
        s.low += fma(x, x, -h);
        add_twice(&s, h);
    }
    h = sqrt(s.high + s.low);
    rest = fma(-h, h, s.high) + s.low;
    return ldexp(h + rest / (2.0 * h), exp);
}

struct norm_input {
    double *v; /* room for all */
    int64_t n;
    double largest;
    bool has_nan;
};

static bool
begin(struct norm_input *in, int64_t n)
{
    memset(in, 0, sizeof *in);
    in->v = malloc((size_t)(n + 1) * sizeof *in->v);
    if (in->v == NULL)
        rt_raise_memory();
    return in->v != NULL;
}

static void
take(struct norm_input *in, double x)
{
    x = fabs(x);
    in->v[in->n++] = x;
    in->has_nan |= isnan(x);
    if (x > in->largest)
        in->largest = x;
}

static rt_val
finish(struct norm_input *in)
{
    double r = norm(in->v, in->n, in->largest, in->has_nan);

    free(in->v);
    return rt_raised() ? RT_NULL : rt_from_any_float(r);
}

static rt_val
math_hypot(rt_val self, rt_val *args)
{
    struct norm_input in;
    int64_t n, i;
    rt_val *items = rt_seq_items(args[0], &n);
    double x;

    (void)self;
    if (!begin(&in, n))
        return RT_NULL;
    for (i = 0; i < n; i++) {
        if (rt_as_double(items[i], &x) < 0)
            break;
        take(&in, x);
    }
    return finish(&in);
}

static rt_val
math_dist(rt_val self, rt_val *args)
{
    struct norm_input in;
    rt_val p = rt_sequence_tuple(args[0]), q, *a, *b;
    int64_t n, m, i;
    double x, y;

    (void)self;
    if (rt_is_null(p))
        return RT_NULL;
    q = rt_sequence_tuple(args[1]);
    if (rt_is_null(q))
        return RT_NULL;
    a = rt_seq_items(p, &n);
    b = rt_seq_items(q, &m);
    if (n != m)
        return rt_raise(&rt_exc_ValueError, "both points must have the same "
                                            "number of dimensions");
    if (!begin(&in, n))
        return RT_NULL;
    for (i = 0; i < n; i++) {
        if (rt_as_double(a[i], &x) < 0 || rt_as_double(b[i], &y) < 0)
            break;
        take(&in, x - y);
    }
    return finish(&in);
}

const struct rt_method rt_math_sum_functions[] = {
    RT_FUNC("fsum", math_fsum, ANY, "($module, seq, /)",
            "Return an accurate floating point sum of values in the iterable "
            "seq."),
    RT_FUNC("prod", math_prod, ANY, "($module, iterable, /, *, start=1)",
            "Calculate the product of all the elements in the input "
            "iterable."),
    RT_FUNC("hypot", math_hypot, ANY, "($module, *coordinates)",
            "Multidimensional Euclidean distance from the origin to a "
            "point."),
    RT_FUNC("dist", math_dist, ANY, "($module, p, q, /)",
            "Return the Euclidean distance between two points p and q."),
    RT_END_METHODS,
};
