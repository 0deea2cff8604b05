/* SPDX-License-Identifier: MIT
 * runtime/objects/complex.c: the type complex.
 */
#include "config.h"

#include "runtime/interp/inlined.h"
#include "runtime/objects/format.h"
#include "runtime/objects/number.h"

#include <errno.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

struct pair {
    double real, imag;
};

rt_val
rt_complex_new(double real, double imag)
{
    struct rt_complex *z = RT_NEW(struct rt_complex, &rt_complex_type);

    z->real = real;
    z->imag = imag;
    return rt_from_ptr(z);
}

static rt_val
from_pair(struct pair p)
{
    return rt_complex_new(p.real, p.imag);
}

static bool
is_complex(rt_val v)
{
    return rt_is_obj(v) && rt_isinstance_exactly(v, &rt_complex_type);
}

static struct pair
pair_of(rt_val v)
{
    struct rt_complex *z = rt_ptr(v);
    struct pair p = {z->real, z->imag};

    return p;
}

/* Operand: 1 is a number, 0 is not, -1: exception. */
static int
operand(rt_val v, struct pair *out)
{
    out->imag = 0.0;
    if (is_complex(v)) {
        *out = pair_of(v);
        return 1;
    }
    if (rt_is_any_float(v)) {
        out->real = rt_any_float(v);
        return 1;
    }
    if (!rt_is_any_int(v))
        return 0;
    out->real = rt_int_to_double(v);
    return out->real == -1.0 && rt_raised() ? -1 : 1;
}

/* -- arithmetic -- */

static struct pair
multiply(struct pair a, struct pair b)
{
    struct pair r = {a.real * b.real - a.imag * b.imag,
                     a.real * b.imag + a.imag * b.real};

    return r;
}

/* Smith's method: scales by the divisor's larger part. */
static struct pair
divide(struct pair a, struct pair b)
{
    struct pair r = {NAN, NAN};
    double ratio, denominator;

    if (fabs(b.real) >= fabs(b.imag)) {
        if (b.real == 0.0) {
            errno = EDOM;
            r.real = r.imag = 0.0;
            return r;
        }
        ratio = b.imag / b.real;
        denominator = b.real + b.imag * ratio;
        r.real = (a.real + a.imag * ratio) / denominator;
        r.imag = (a.imag - a.real * ratio) / denominator;
    } else if (fabs(b.imag) >= fabs(b.real)) {
        ratio = b.real / b.imag;
        denominator = b.real * ratio + b.imag;
        r.real = (a.real * ratio + a.imag) / denominator;
        r.imag = (a.imag * ratio - a.real) / denominator;
    }
    return r;
}

static struct pair
power_int(struct pair x, long n)
{
    struct pair r = {1.0, 0.0}, one = {1.0, 0.0};
    long k;

    for (k = labs(n); k > 0; k >>= 1) {
        if (k & 1)
            r = multiply(r, x);
        x = multiply(x, x);
    }
    return n > 0 ? r : divide(one, r);
}

static struct pair
power(struct pair a, struct pair b)
{
    struct pair r = {1.0, 0.0};
    double len, angle, phase, size;

    if (b.real == 0.0 && b.imag == 0.0)
        return r;
    r.real = 0.0;
    if (a.real == 0.0 && a.imag == 0.0) {
        if (b.imag != 0.0 || b.real < 0.0)
            errno = EDOM;
        return r;
    }
    size = hypot(a.real, a.imag);
    len = pow(size, b.real);
    angle = atan2(a.imag, a.real);
    phase = angle * b.real;
    if (b.imag != 0.0) {
        len *= exp(-angle * b.imag);
        phase += b.imag * log(size);
    }
    r.real = len * cos(phase);
    r.imag = len * sin(phase);
    return r;
}

#define OPERANDS                                                               \
    struct pair x, y;                                                          \
    int ok = operand(a, &x);                                                   \
                                                                               \
    if (ok > 0)                                                                \
        ok = operand(b, &y);                                                   \
    if (ok <= 0)                                                               \
    return ok == 0 ? rt_NotImplemented : RT_NULL

static rt_val
complex_add(rt_val a, rt_val b)
{
    OPERANDS;
    return rt_complex_new(x.real + y.real, x.imag + y.imag);
}

static rt_val
complex_sub(rt_val a, rt_val b)
{
    OPERANDS;
    return rt_complex_new(x.real - y.real, x.imag - y.imag);
}

static rt_val
complex_mul(rt_val a, rt_val b)
{
    OPERANDS;
    return from_pair(multiply(x, y));
}

static rt_val
complex_truediv(rt_val a, rt_val b)
{
    struct pair r;
    OPERANDS;

    errno = 0;
    r = divide(x, y);
    if (errno == EDOM)
        return rt_raise(&rt_exc_ZeroDivisionError, "complex division by zero");
    return from_pair(r);
}

static rt_val
complex_pow(rt_val a, rt_val b)
{
    struct pair r;
    OPERANDS;

    errno = 0;
    if (y.imag == 0.0 && y.real == floor(y.real) && fabs(y.real) <= 100.0)
        r = power_int(x, (long)y.real);
    else
        r = power(x, y);
    if (errno == EDOM)
        return rt_raise(&rt_exc_ZeroDivisionError,
                        "0.0 to a negative or complex power");
    if (isinf(r.real) || isinf(r.imag))
        return rt_raise(&rt_exc_OverflowError, "complex exponentiation");
    return from_pair(r);
}

static rt_val
complex_neg(rt_val v)
{
    struct pair p = pair_of(v);

    return rt_complex_new(-p.real, -p.imag);
}

static rt_val
complex_pos(rt_val v)
{
    return rt_is_exact(v, &rt_complex_type) ? v : from_pair(pair_of(v));
}

static rt_val
complex_abs(rt_val v)
{
    struct pair p = pair_of(v);
    double r = hypot(p.real, p.imag);

    if (isinf(r) && isfinite(p.real) && isfinite(p.imag))
        return rt_raise(&rt_exc_OverflowError, "absolute value too large");
    return rt_from_any_float(r);
}

static int
complex_truth(rt_val v)
{
    struct pair p = pair_of(v);

    return p.real != 0.0 || p.imag != 0.0;
}

static int64_t
complex_hash(rt_val v)
{
    struct pair p = pair_of(v);
    uint64_t re = isnan(p.real) ? (uint64_t)(uintptr_t)rt_ptr(v) >> 4
                                : (uint64_t)rt_hash_double(p.real);
    uint64_t im = isnan(p.imag) ? (uint64_t)(uintptr_t)rt_ptr(v) >> 4
                                : (uint64_t)rt_hash_double(p.imag);
    int64_t h = (int64_t)(re + 1000003u * im);

    return h == -1 ? -2 : h;
}

static rt_val
complex_compare(rt_val a, rt_val b, enum rt_cmp op)
{
    struct pair x, y;
    bool equal;

    if (op != RT_EQ && op != RT_NE)
        return rt_NotImplemented;
    x = pair_of(a);
    if (rt_is_any_int(b)) {
        equal = x.imag == 0.0 && !isnan(x.real) &&
                rt_int_compare_double(b, x.real) == 0;
    } else if (is_complex(b) || rt_is_any_float(b)) {
        operand(b, &y);
        equal = x.real == y.real && x.imag == y.imag;
    } else {
        return rt_NotImplemented;
    }
    return rt_from_bool(equal == (op == RT_EQ));
}

static rt_val
complex_repr(rt_val v)
{
    struct pair p = pair_of(v);
    char *re, *im;
    rt_val r;

    if (p.real == 0.0 && !signbit(p.real)) {
        im = rt_format_double(p.imag, 'r', 0, 0);
        r = rt_str_format("%sj", im);
        free(im);
        return r;
    }
    re = rt_format_double(p.real, 'r', 0, 0);
    im = rt_format_double(p.imag, 'r', 0, RT_FD_SIGN);
    r = rt_str_format("(%s%sj)", re, im);
    free(re);
    free(im);
    return r;
}

/* -- from text -- */

/* "+", "-" or nothing before "j" stands for 1. */
static const char *
scan_unit(const char *p, double *out)
{
    *out = *p == '-' ? -1.0 : 1.0;
    return *p == '-' || *p == '+' ? p + 1 : p;
}

static bool
is_j(char c)
{
    return c == 'j' || c == 'J';
}

/* FLOAT, FLOATj, FLOAT+FLOATj, j, +j, FLOAT+j */
static const char *
scan_complex(const char *p, double *re, double *im)
{
    const char *q;
    double d;

    *re = *im = 0.0;
    q = rt_float_scan(p, &d);
    if (q == p) {
        q = scan_unit(p, im);
        return is_j(*q) ? q + 1 : NULL;
    }
    p = q;
    if (is_j(*p)) {
        *im = d;
        return p + 1;
    }
    *re = d;
    if (*p != '+' && *p != '-')
        return p;
    q = rt_float_scan(p, im);
    if (q == p)
        q = scan_unit(p, im);
    return is_j(*q) ? q + 1 : NULL;
}

bool
rt_complex_parse(const char *s, int64_t len, double *re, double *im)
{
    const char *end = s + len, *p = s;
    bool paren;

    while (*p == ' ' || (*p >= '\t' && *p <= '\r'))
        p++;
    paren = *p == '(';
    if (paren)
        for (p++; *p == ' ' || (*p >= '\t' && *p <= '\r');)
            p++;
    p = scan_complex(p, re, im);
    if (p == NULL)
        return false;
    while (*p == ' ' || (*p >= '\t' && *p <= '\r'))
        p++;
    if (paren) {
        if (*p++ != ')')
            return false;
        while (*p == ' ' || (*p >= '\t' && *p <= '\r'))
            p++;
    }
    return p == end;
}

static bool
from_text(rt_val s, struct pair *out)
{
    int64_t len;
    char *text = rt_number_text(s, &len);
    bool spaced, ok;

    if (text == NULL)
        return -1;
    spaced = rt_number_underscores(text, &len);
    ok = spaced && rt_complex_parse(text, len, &out->real, &out->imag);
    free(text);
    if (!spaced)
        rt_raise(&rt_exc_ValueError, "could not convert string to complex: %R",
                 s);
    else if (!ok)
        rt_raise(&rt_exc_ValueError, "complex() arg is a malformed string");
    return ok;
}

/* -- construction -- */

/* __complex__() of [v]; RT_NULL without exception: it has none. */
static rt_val
ask_complex(rt_val v)
{
    rt_val f, r;

    if (rt_is_small(v) || rt_is_float(v) || rt_is_exact(v, &rt_complex_type))
        return RT_NULL;
    f = rt_lookup_special(v, RT_ID(complex));
    if (rt_is_null(f))
        return RT_NULL;
    r = rt_call0(f);
    if (rt_is_null(r) || is_complex(r))
        return r;
    return rt_raise(&rt_exc_TypeError,
                    "__complex__ returned non-complex (type %T)", r);
}

static bool
is_number(rt_val v)
{
    struct rt_type *t = rt_type_of(v);

    return is_complex(v) || t->slots.to_float != NULL ||
           t->slots.to_index != NULL;
}

/* Part of the constructor's arguments as a pair. 0, or -1. */
static int
part(rt_val v, struct pair *out)
{
    out->imag = 0.0;
    if (is_complex(v)) {
        *out = pair_of(v);
        return 0;
    }
    return rt_as_double(v, &out->real);
}

static int
join_parts(rt_val a, rt_val b, struct pair *out)
{
    struct pair x, y;
    rt_val r = ask_complex(a);

    if (rt_is_null(r) && rt_raised())
        return -1;
    if (!rt_is_null(r))
        a = r;
    if (!is_number(a)) {
        rt_raise(&rt_exc_TypeError,
                 "complex() first argument must be a string or a number, not "
                 "'%T'",
                 a);
        return -1;
    }
    if (!rt_is_null(b) && !is_number(b)) {
        rt_raise(&rt_exc_TypeError,
                 "complex() second argument must be a number, not '%T'", b);
        return -1;
    }
    if (part(a, &x) < 0)
        return -1;
    *out = x;
    if (rt_is_null(b))
        return 0;
    if (part(b, &y) < 0)
        return -1;
    if (is_complex(b))
        out->real = x.real - y.imag;
    out->imag = is_complex(a) ? x.imag + y.real : y.real;
    return 0;
}

static rt_val
complex_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
             rt_val kwnames)
{
    static struct rt_signature *sig;
    struct pair p = {0.0, 0.0};
    rt_val a[2], self;

    if (rt_bind(&sig, "complex", "(real=0, imag=0)", a, args, nargs, kwnames) <
        0)
        return RT_NULL;
    if (!rt_is_null(a[0]) && rt_is_null(a[1]) && type == &rt_complex_type &&
        rt_is_exact(a[0], &rt_complex_type))
        return a[0];
    if (!rt_is_null(a[0]) && rt_is_str(a[0])) {
        if (!rt_is_null(a[1]))
            return rt_raise(&rt_exc_TypeError, "complex() can't take second "
                                               "arg if first is a string");
        if (!from_text(a[0], &p))
            return RT_NULL;
    } else if (!rt_is_null(a[1]) && rt_is_str(a[1])) {
        return rt_raise(&rt_exc_TypeError,
                        "complex() second arg can't be a string");
    } else if (join_parts(rt_is_null(a[0]) ? rt_from_small(0) : a[0], a[1],
                          &p) < 0) {
        return RT_NULL;
    }
    if (type == &rt_complex_type)
        return from_pair(p);
    self = rt_instance_new(type);
    if (!rt_is_null(self)) {
        ((struct rt_complex *)rt_ptr(self))->real = p.real;
        ((struct rt_complex *)rt_ptr(self))->imag = p.imag;
    }
    return self;
}

/* -- methods -- */

static rt_val
complex_conjugate(rt_val self, rt_val *args)
{
    struct pair p = pair_of(self);

    (void)args;
    return rt_complex_new(p.real, -p.imag);
}

static rt_val
complex_complex(rt_val self, rt_val *args)
{
    (void)args;
    return complex_pos(self);
}

static rt_val
complex_format(rt_val self, rt_val *args)
{
    if (!rt_is_str(args[0]))
        return rt_raise(&rt_exc_TypeError,
                        "__format__() argument must be str, not %T", args[0]);
    return rt_complex_format(self, args[0]);
}

static rt_val
complex_getnewargs(rt_val self, rt_val *args)
{
    struct pair p = pair_of(self);

    (void)args;
    return rt_tuple_pack(2, rt_from_any_float(p.real),
                         rt_from_any_float(p.imag));
}

static rt_val
get_real(rt_val self)
{
    return rt_from_any_float(pair_of(self).real);
}

static rt_val
get_imag(rt_val self)
{
    return rt_from_any_float(pair_of(self).imag);
}

static const struct rt_method complex_methods[] = {
    RT_METHOD("conjugate", complex_conjugate, READS, "($self, /)",
              "Return the complex conjugate of its argument. "
              "(3-4j).conjugate() == 3+4j."),
    RT_METHOD("__complex__", complex_complex, READS, "($self, /)",
              "Convert this value to exact type complex."),
    RT_METHOD("__format__", complex_format, READS, "($self, format_spec, /)",
              "Convert to a string according to format_spec."),
    RT_METHOD("__getnewargs__", complex_getnewargs, READS, "($self, /)", NULL),
    RT_END_METHODS,
};

static const struct rt_getset complex_getsets[] = {
    {"real", get_real, NULL, "the real part of a complex number"},
    {"imag", get_imag, NULL, "the imaginary part of a complex number"},
    RT_END_GETSETS,
};

struct rt_type rt_complex_type = {
    RT_TYPE_HEAD(complex, "complex", sizeof(struct rt_complex)),
    .inlined = RT_INLINE_COMPLEX,
    .flags = RT_TYPE_BASE | RT_TYPE_PLAIN,
    .methods = complex_methods,
    .getsets = complex_getsets,
    .cdoc = "Create a complex number from a real part and an optional "
            "imaginary part.",
    .slots =
        {
            .repr = complex_repr,
            .hash = complex_hash,
            .compare = complex_compare,
            .make = complex_make,
            .truth = complex_truth,
            .neg = complex_neg,
            .pos = complex_pos,
            .abs = complex_abs,
            .binary =
                {
                    [RT_ADD] = complex_add,
                    [RT_SUB] = complex_sub,
                    [RT_MUL] = complex_mul,
                    [RT_TRUEDIV] = complex_truediv,
                    [RT_POW] = complex_pow,
                },
        },
};
