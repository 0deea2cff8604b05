/* SPDX-License-Identifier: MIT
 * runtime/objects/float_type.c: the type float: constructor, slots, methods.
 */
#include "config.h"

#include "runtime/objects/format.h"
#include "runtime/objects/number.h"
#include "runtime/interp/inlined.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

/* -- construction -- */

static rt_val
from_bytes(rt_val x)
{
    const char *data;
    int64_t len, n, i;
    char *text;
    double d;
    bool ok;

    if (rt_bytes_view(x, &data, &len) < 0)
        return RT_NULL;
    for (i = 0; i < len && isspace((unsigned char)data[i]); i++)
        ;
    for (n = len; n > i && isspace((unsigned char)data[n - 1]); n--)
        ;
    n -= i;
    text = malloc((size_t)n + 1);
    if (text == NULL)
        return rt_raise_memory();
    memcpy(text, data + i, (size_t)n);
    text[n] = 0;
    ok = rt_number_underscores(text, &n) && n > 0 &&
         rt_float_scan(text, &d) == text + n;
    free(text);
    if (!ok)
        return rt_raise(&rt_exc_ValueError,
                        "could not convert string to float: %R", x);
    return rt_from_any_float(d);
}

static rt_val
from_object(rt_val x)
{
    struct rt_type *type = rt_type_of(x);
    double d;

    if (rt_is_float(x))
        return x;
    if (rt_is_str(x))
        return rt_float_parse_str(x);
    if (rt_is_bytes(x) || rt_isinstance_exactly(x, &rt_bytearray_type) ||
        rt_isinstance_exactly(x, &rt_memoryview_type))
        return from_bytes(x);
    if (!rt_is_small(x) && type->slots.to_float == NULL &&
        type->slots.to_index == NULL)
        return rt_raise(&rt_exc_TypeError,
                        "float() argument must be a string or a real number, "
                        "not '%T'",
                        x);
    if (rt_as_double(x, &d) < 0)
        return RT_NULL;
    return rt_from_float(d);
}

static rt_val
float_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
           rt_val kwnames)
{
    static struct rt_signature *sig;
    rt_val a[1], v, self;

    if (rt_bind(&sig, "float", "(x=0, /)", a, args, nargs, kwnames) < 0)
        return RT_NULL;
    v = rt_is_null(a[0]) ? rt_from_float(0.0) : from_object(a[0]);
    if (rt_is_null(v) || type == &rt_float_type)
        return v;
    self = rt_instance_new(type);
    if (!rt_is_null(self))
        ((struct rt_floatobj *)rt_ptr(self))->value = rt_float(v);
    return self;
}

/* -- slots -- */

static rt_val
float_repr(rt_val v)
{
    return rt_float_repr(rt_any_float(v));
}

static int64_t
float_hash(rt_val v)
{
    double d = rt_any_float(v);

    if (isnan(d)) { /* of its identity, which a value word does not have */
        int64_t h = rt_is_float(v) ? (int64_t)(v.bits >> 4)
                                   : (int64_t)(uintptr_t)rt_ptr(v) >> 4;
        return h == -1 ? -2 : h;
    }
    return rt_hash_double(d);
}

static rt_val
by_sign(int c, enum rt_cmp op)
{
    switch (op) {
    case RT_LT:
        return rt_from_bool(c < 0);
    case RT_LE:
        return rt_from_bool(c <= 0);
    case RT_EQ:
        return rt_from_bool(c == 0);
    case RT_NE:
        return rt_from_bool(c != 0);
    case RT_GT:
        return rt_from_bool(c > 0);
    default:
        return rt_from_bool(c >= 0);
    }
}

static rt_val
float_compare(rt_val a, rt_val b, enum rt_cmp op)
{
    double x = rt_any_float(a), y;

    if (rt_is_any_float(b)) {
        y = rt_any_float(b);
        if (isnan(x) || isnan(y))
            return rt_from_bool(op == RT_NE);
        return by_sign(x < y ? -1 : x > y, op);
    }
    if (!rt_is_any_int(b))
        return rt_NotImplemented;
    if (isnan(x))
        return rt_from_bool(op == RT_NE);
    return by_sign(-rt_int_compare_double(b, x), op);
}

static int
float_truth(rt_val v)
{
    return rt_any_float(v) != 0.0;
}

static rt_val
float_neg(rt_val v)
{
    return rt_from_any_float(-rt_any_float(v));
}

static rt_val
float_pos(rt_val v)
{
    return rt_from_float(rt_any_float(v));
}

static rt_val
float_abs(rt_val v)
{
    return rt_from_float(fabs(rt_any_float(v)));
}

static rt_val
float_to_int(rt_val v)
{
    return rt_int_from_double(rt_any_float(v));
}

/* Operand of a float operator: 1 is a number, 0 is not, -1: exception. */
static int
operand(rt_val v, double *out)
{
    if (rt_is_float(v)) {
        *out = rt_float(v);
        return 1;
    }
    if (rt_is_any_float(v)) {
        *out = rt_any_float(v);
        return 1;
    }
    if (!rt_is_any_int(v))
        return 0;
    *out = rt_int_to_double(v);
    return *out == -1.0 && rt_raised() ? -1 : 1;
}

#define OPERANDS                                                               \
    double x, y;                                                               \
    int ok = operand(a, &x);                                                   \
                                                                               \
    if (ok > 0)                                                                \
        ok = operand(b, &y);                                                   \
    if (ok <= 0)                                                               \
    return ok == 0 ? rt_NotImplemented : RT_NULL

/* A NaN that the hardware makes has its sign bit set: made the one NaN, which
 * prints as the others do. */
static rt_val
float_add(rt_val a, rt_val b)
{
    OPERANDS;
    return rt_from_any_float(x + y);
}

static rt_val
float_sub(rt_val a, rt_val b)
{
    OPERANDS;
    return rt_from_any_float(x - y);
}

static rt_val
float_mul(rt_val a, rt_val b)
{
    OPERANDS;
    return rt_from_any_float(x * y);
}

static rt_val
float_truediv(rt_val a, rt_val b)
{
    OPERANDS;
    if (y == 0.0)
        return rt_raise(&rt_exc_ZeroDivisionError, "float division by zero");
    return rt_from_any_float(x / y);
}

static rt_val
float_floordiv(rt_val a, rt_val b)
{
    double q, r;
    OPERANDS;

    if (y == 0.0)
        return rt_raise(&rt_exc_ZeroDivisionError,
                        "float floor division by zero");
    rt_float_divmod(x, y, &q, &r);
    return rt_from_any_float(q);
}

static rt_val
float_mod(rt_val a, rt_val b)
{
    double q, r;
    OPERANDS;

    if (y == 0.0)
        return rt_raise(&rt_exc_ZeroDivisionError, "float modulo");
    rt_float_divmod(x, y, &q, &r);
    return rt_from_any_float(r);
}

static rt_val
float_divmod(rt_val a, rt_val b)
{
    double q, r;
    OPERANDS;

    if (y == 0.0)
        return rt_raise(&rt_exc_ZeroDivisionError, "float divmod()");
    rt_float_divmod(x, y, &q, &r);
    return rt_tuple_pack(2, rt_from_any_float(q), rt_from_any_float(r));
}

static rt_val
float_pow(rt_val a, rt_val b)
{
    OPERANDS;
    return rt_float_power(x, y);
}

/* -- methods -- */

static rt_val
float_conjugate(rt_val self, rt_val *args)
{
    (void)args;
    return float_pos(self);
}

static rt_val
float_trunc(rt_val self, rt_val *args)
{
    (void)args;
    return float_to_int(self);
}

static rt_val
float_floor(rt_val self, rt_val *args)
{
    (void)args;
    return rt_int_from_double(floor(rt_any_float(self)));
}

static rt_val
float_ceil(rt_val self, rt_val *args)
{
    (void)args;
    return rt_int_from_double(ceil(rt_any_float(self)));
}

static rt_val
float_round(rt_val self, rt_val *args)
{
    double d = rt_any_float(self);
    int64_t n;

    if (rt_is_null(args[0]) || rt_is_none(args[0]))
        return rt_int_from_double(rint(d));
    if (rt_index_i64(args[0], &n, NULL) < 0)
        return RT_NULL;
    return rt_float_round(d, n);
}

static rt_val
float_is_integer(rt_val self, rt_val *args)
{
    double d = rt_any_float(self);

    (void)args;
    return rt_from_bool(isfinite(d) && floor(d) == d);
}

static rt_val
float_as_integer_ratio(rt_val self, rt_val *args)
{
    double d = rt_any_float(self), m;
    rt_val n, one = rt_from_small(1), shift;
    int exp;

    (void)args;
    if (isinf(d))
        return rt_raise(&rt_exc_OverflowError,
                        "cannot convert Infinity to integer ratio");
    if (isnan(d))
        return rt_raise(&rt_exc_ValueError,
                        "cannot convert NaN to integer ratio");
    m = frexp(d, &exp);
    while (m != floor(m)) {
        m *= 2.0;
        exp--;
    }
    n = rt_int_from_double(m);
    shift = rt_from_small(abs(exp));
    if (exp > 0 && m != 0.0)
        return rt_tuple_pack(2, rt_int_binary(RT_LSHIFT, n, shift), one);
    if (m == 0.0)
        return rt_tuple_pack(2, n, one);
    return rt_tuple_pack(2, n, rt_int_binary(RT_LSHIFT, one, shift));
}

static rt_val
float_hex(rt_val self, rt_val *args)
{
    (void)args;
    return rt_float_hex(rt_any_float(self));
}

static rt_val
bad_hex(void)
{
    return rt_raise(&rt_exc_ValueError,
                    "invalid hexadecimal floating-point string");
}

/* Sign, "0x" optional, hexadecimal digits with an optional point, "p" exponent
 * optional: made into the form that strtod reads. Returns false for others. */
static bool
normal_hex(const char *s, const char *end, char *out)
{
    bool digits = false, point = false;

    if (s < end && (*s == '-' || *s == '+'))
        *out++ = *s++;
    if (end - s >= 2 && s[0] == '0' && (s[1] | 32) == 'x')
        s += 2;
    *out++ = '0';
    *out++ = 'x';
    for (; s < end && (isxdigit((unsigned char)*s) || (*s == '.' && !point));
         s++) {
        point |= *s == '.';
        digits |= *s != '.';
        *out++ = *s;
    }
    if (!digits)
        return false;
    if (s < end && (*s | 32) == 'p') {
        *out++ = *s++;
        if (s < end && (*s == '-' || *s == '+'))
            *out++ = *s++;
        if (s == end)
            return false;
        for (; s < end && isdigit((unsigned char)*s); s++)
            *out++ = *s;
    }
    *out = 0;
    return s == end;
}

static rt_val
float_fromhex(rt_val cls, rt_val *args)
{
    const char *s, *end, *p;
    int64_t len;
    double d;
    char *text;

    if (!rt_is_str(args[0]))
        return rt_raise(&rt_exc_TypeError,
                        "bad argument type for built-in operation");
    s = rt_str_utf8(args[0], &len);
    if (s == NULL)
        return RT_NULL;
    for (end = s + len; s < end && isspace((unsigned char)*s); s++)
        ;
    while (end > s && isspace((unsigned char)end[-1]))
        end--;
    p = s < end && (*s == '-' || *s == '+') ? s + 1 : s;
    if (p < end && ((*p | 32) == 'i' || (*p | 32) == 'n')) {
        if (rt_float_scan(s, &d) != end)
            return bad_hex();
    } else {
        text = malloc((size_t)(end - s) + 4);
        if (text == NULL)
            return rt_raise_memory();
        if (!normal_hex(s, end, text)) {
            free(text);
            return bad_hex();
        }
        d = strtod(text, NULL);
        free(text);
        if (isinf(d))
            return rt_raise(&rt_exc_OverflowError, "hexadecimal value too "
                                                   "large to represent as a "
                                                   "float");
    }
    if (rt_ptr(cls) == &rt_float_type)
        return rt_from_any_float(d);
    return rt_call1(cls, rt_from_any_float(d));
}

static rt_val
float_format(rt_val self, rt_val *args)
{
    if (!rt_is_str(args[0]))
        return rt_raise(&rt_exc_TypeError,
                        "__format__() argument must be str, not %T", args[0]);
    return rt_float_format(self, args[0]);
}

static rt_val
float_getnewargs(rt_val self, rt_val *args)
{
    (void)args;
    return rt_tuple_pack(1, float_pos(self));
}

static rt_val
float_getformat(rt_val cls, rt_val *args)
{
    (void)cls;
    if (rt_is_str(args[0]) &&
        (rt_str_is(args[0], "double") || rt_str_is(args[0], "float")))
        return rt_str_new("IEEE, little-endian", -1);
    return rt_raise(&rt_exc_ValueError,
                    "__getformat__() argument 1 must be 'double' or 'float'");
}

static rt_val
get_real(rt_val self)
{
    return float_pos(self);
}

static rt_val
get_imag(rt_val self)
{
    (void)self;
    return rt_from_float(0.0);
}

static const struct rt_method float_methods[] = {
    RT_METHOD("conjugate", float_conjugate, PURE, "($self, /)",
              "Return self, the complex conjugate of any float."),
    RT_METHOD("__trunc__", float_trunc, PURE, "($self, /)",
              "Return the Integral closest to x between 0 and x."),
    RT_METHOD("__floor__", float_floor, PURE, "($self, /)",
              "Return the floor as an Integral."),
    RT_METHOD("__ceil__", float_ceil, PURE, "($self, /)",
              "Return the ceiling as an Integral."),
    RT_METHOD("__round__", float_round, ANY, "($self, ndigits=None, /)",
              "Return the Integral closest to x, rounding half toward even."),
    RT_METHOD("as_integer_ratio", float_as_integer_ratio, READS, "($self, /)",
              "Return integer ratio."),
    RT_CLASSMETHOD("fromhex", float_fromhex, ANY, "($type, string, /)",
                   "Create a floating-point number from a hexadecimal "
                   "string."),
    RT_METHOD("hex", float_hex, READS, "($self, /)",
              "Return a hexadecimal representation of a floating-point "
              "number."),
    RT_METHOD("is_integer", float_is_integer, PURE, "($self, /)",
              "Return True if the float is an integer."),
    RT_METHOD("__getnewargs__", float_getnewargs, READS, "($self, /)", NULL),
    RT_CLASSMETHOD("__getformat__", float_getformat, READS,
                   "($type, typestr, /)",
                   "You probably don't want to use this function."),
    RT_METHOD("__format__", float_format, READS, "($self, format_spec, /)",
              "Formats the float according to format_spec."),
    RT_END_METHODS,
};

static const struct rt_getset float_getsets[] = {
    {"real", get_real, NULL, "the real part of a complex number"},
    {"imag", get_imag, NULL, "the imaginary part of a complex number"},
    RT_END_GETSETS,
};

struct rt_type rt_float_type = {
    RT_TYPE_HEAD(float, "float", sizeof(struct rt_floatobj)),
    .inlined = RT_INLINE_FLOAT,
    .flags = RT_TYPE_BASE | RT_TYPE_FLOAT | RT_TYPE_PLAIN,
    .methods = float_methods,
    .getsets = float_getsets,
    .cdoc = "Convert a string or number to a floating point number, if "
            "possible.",
    .slots =
        {
            .repr = float_repr,
            .hash = float_hash,
            .compare = float_compare,
            .make = float_make,
            .truth = float_truth,
            .neg = float_neg,
            .pos = float_pos,
            .abs = float_abs,
            .to_int = float_to_int,
            .to_float = float_pos,
            .binary =
                {
                    [RT_ADD] = float_add,
                    [RT_SUB] = float_sub,
                    [RT_MUL] = float_mul,
                    [RT_TRUEDIV] = float_truediv,
                    [RT_FLOORDIV] = float_floordiv,
                    [RT_MOD] = float_mod,
                    [RT_DIVMOD] = float_divmod,
                    [RT_POW] = float_pow,
                },
        },
};
