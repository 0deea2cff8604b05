/* SPDX-License-Identifier: MIT
 * runtime/objects/int_type.c: the types int and bool: constructors, slots,
 * methods.
 */
#include "config.h"

#include "runtime/objects/format.h"
#include "runtime/objects/number.h"
#include "runtime/interp/inlined.h"

#include <math.h>

/* -- construction -- */

static rt_val
from_trunc(rt_val x)
{
    rt_val trunc = rt_lookup_special(x, RT_ID(trunc)), r;

    if (rt_is_null(trunc))
        return RT_NULL;
    r = rt_call0(trunc);
    if (rt_is_null(r))
        return RT_NULL;
    if (!rt_is_any_int(r) && rt_type_of(r)->slots.to_index == NULL)
        return rt_raise(&rt_exc_TypeError,
                        "__trunc__ returned non-Integral (type %T)", r);
    return rt_index(r);
}

static bool
is_buffer(rt_val v)
{
    return rt_is_bytes(v) || rt_isinstance_exactly(v, &rt_bytearray_type) ||
           rt_isinstance_exactly(v, &rt_memoryview_type);
}

static rt_val
from_object(rt_val x)
{
    struct rt_type *type = rt_type_of(x);
    rt_val r;

    if (rt_is_small(x) || rt_is_exact(x, &rt_int_type))
        return x;
    if (type->slots.to_int != NULL) {
        r = type->slots.to_int(x);
        if (rt_is_null(r))
            return RT_NULL;
        if (!rt_is_any_int(r))
            return rt_raise(&rt_exc_TypeError,
                            "__int__ returned non-int (type %T)", r);
        return rt_int_exact(r);
    }
    if (type->slots.to_index != NULL)
        return rt_index(x);
    r = from_trunc(x);
    if (!rt_is_null(r) || rt_raised())
        return r;
    if (rt_is_str(x))
        return rt_int_parse_str(x, 10);
    if (is_buffer(x))
        return rt_int_parse_bytes(x, 10);
    return rt_raise(&rt_exc_TypeError,
                    "int() argument must be a string, a bytes-like object or "
                    "a real number, not '%T'",
                    x);
}

static rt_val
from_text(rt_val x, rt_val base)
{
    int64_t b;

    if (rt_index_i64(base, &b, NULL) < 0)
        return RT_NULL;
    if (b != 0 && (b < 2 || b > 36))
        return rt_raise(&rt_exc_ValueError,
                        "int() base must be >= 2 and <= 36, or 0");
    if (rt_is_str(x))
        return rt_int_parse_str(x, (int)b);
    if (rt_is_bytes(x) || rt_isinstance_exactly(x, &rt_bytearray_type))
        return rt_int_parse_bytes(x, (int)b);
    return rt_raise(&rt_exc_TypeError,
                    "int() can't convert non-string with explicit base");
}

static rt_val
int_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
         rt_val kwnames)
{
    static struct rt_signature *sig;
    rt_val a[2], v;

    if (nargs == 1 && rt_is_null(kwnames)) {
        v = from_object(args[0]);
    } else {
        if (rt_bind(&sig, "int", "(x=0, /, base=10)", a, args, nargs, kwnames) <
            0)
            return RT_NULL;
        if (rt_is_null(a[0])) {
            if (!rt_is_null(a[1]))
                return rt_raise(&rt_exc_TypeError,
                                "int() missing string argument");
            v = rt_from_small(0);
        } else {
            v = rt_is_null(a[1]) ? from_object(a[0]) : from_text(a[0], a[1]);
        }
    }
    if (rt_is_null(v) || type == &rt_int_type)
        return v;
    return rt_int_instance(type, v);
}

/* -- slots -- */

static rt_val
int_repr(rt_val v)
{
    return rt_int_str(v, 10, "");
}

static int64_t
int_hash(rt_val v)
{
    struct rt_int_view view;
    int64_t h;

    rt_int_view(&view, v);
    if (view.size == 0)
        return 0;
    h = (int64_t)mpn_mod_1(view.limbs, RT_VIEW_LIMBS(&view), RT_HASH_MODULUS);
    if (view.size < 0)
        h = -h;
    return h == -1 ? -2 : h;
}

static rt_val
int_compare(rt_val a, rt_val b, enum rt_cmp op)
{
    int c;

    if (!rt_is_any_int(a) || !rt_is_any_int(b))
        return rt_NotImplemented;
    c = rt_int_compare(a, b);
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

static int
int_truth(rt_val v)
{
    return rt_int_sign(v) != 0;
}

static rt_val
int_neg(rt_val v)
{
    return rt_int_binary(RT_SUB, rt_from_small(0), v);
}

static rt_val
int_abs(rt_val v)
{
    return rt_int_sign(v) < 0 ? int_neg(v) : rt_int_exact(v);
}

static rt_val
int_invert(rt_val v)
{
    return rt_int_binary(RT_SUB, rt_from_small(-1), v);
}

static rt_val
int_to_float(rt_val v)
{
    double d = rt_int_to_double(v);

    return rt_raised() ? RT_NULL : rt_from_float(d);
}

#define BINARY(name, op)                                                       \
    static rt_val int_##name(rt_val a, rt_val b)                               \
    {                                                                          \
        if (!rt_is_any_int(a) || !rt_is_any_int(b))                            \
            return rt_NotImplemented;                                          \
        return rt_int_binary(op, a, b);                                        \
    }

BINARY(add, RT_ADD)
BINARY(sub, RT_SUB)
BINARY(mul, RT_MUL)
BINARY(truediv, RT_TRUEDIV)
BINARY(floordiv, RT_FLOORDIV)
BINARY(mod, RT_MOD)
BINARY(divmod, RT_DIVMOD)
BINARY(pow, RT_POW)
BINARY(lshift, RT_LSHIFT)
BINARY(rshift, RT_RSHIFT)
BINARY(and, RT_AND)
BINARY(or, RT_OR)
BINARY(xor, RT_XOR)
#undef BINARY

/* -- methods -- */

static rt_val
int_bit_length(rt_val self, rt_val *args)
{
    (void)args;
    return rt_int_from_u64(rt_int_bits(self));
}

static rt_val
int_bit_count(rt_val self, rt_val *args)
{
    struct rt_int_view view;

    (void)args;
    rt_int_view(&view, self);
    if (view.size == 0)
        return rt_from_small(0);
    return rt_int_from_u64(mpn_popcount(view.limbs, RT_VIEW_LIMBS(&view)));
}

static rt_val
int_identity(rt_val self, rt_val *args)
{
    (void)args;
    return rt_int_exact(self);
}

static rt_val
int_as_integer_ratio(rt_val self, rt_val *args)
{
    (void)args;
    return rt_tuple_pack(2, rt_int_exact(self), rt_from_small(1));
}

rt_val
rt_int_round(rt_val v, rt_val ndigits)
{
    rt_val n, result;
    int64_t digits;
    mpz_t power, half, rest;
    int c;

    if (rt_is_null(ndigits) || rt_is_none(ndigits))
        return rt_int_exact(v);
    n = rt_index(ndigits);
    if (rt_is_null(n))
        return RT_NULL;
    if (rt_int_sign(n) >= 0)
        return rt_int_exact(v);
    /* Beyond all digits the result is 0. */
    if (!rt_int_to_i64(n, &digits) ||
        -(double)digits > (double)rt_int_bits(v) * 0.302 + 2)
        return rt_from_small(0);
    RT_VIEW_MPZ(z, v);
    if (!rt_int_room(rt_int_limbs(v)))
        return RT_NULL;
    mpz_init(power);
    mpz_init(half);
    mpz_init(rest);
    mpz_ui_pow_ui(power, 10, (unsigned long)-digits);
    mpz_fdiv_qr(half, rest, z, power); /* half: the quotient for now */
    mpz_mul_2exp(rest, rest, 1);
    c = mpz_cmp(rest, power);
    if (c > 0 || (c == 0 && mpz_odd_p(half)))
        mpz_add_ui(half, half, 1);
    mpz_mul(half, half, power);
    result = rt_int_from_mpz(half);
    mpz_clear(power);
    mpz_clear(half);
    mpz_clear(rest);
    return result;
}

static rt_val
int_round(rt_val self, rt_val *args)
{
    return rt_int_round(self, args[0]);
}

static rt_val
int_format(rt_val self, rt_val *args)
{
    if (!rt_is_str(args[0]))
        return rt_raise(&rt_exc_TypeError,
                        "__format__() argument must be str, not %T", args[0]);
    return rt_int_format(self, args[0]);
}

static rt_val
int_getnewargs(rt_val self, rt_val *args)
{
    (void)args;
    return rt_tuple_pack(1, rt_int_exact(self));
}

static rt_val
int_sizeof(rt_val self, rt_val *args)
{
    uint64_t digits = (rt_int_bits(self) + 29) / 30;

    (void)args;
    return rt_int_from_u64(24 + 4 * digits);
}

/* -1: exception */
static int
is_little(rt_val order)
{
    if (rt_is_null(order))
        return 0;
    if (!rt_is_str(order)) {
        rt_raise(&rt_exc_TypeError, "argument 'byteorder' must be str, not %T",
                 order);
        return -1;
    }
    if (rt_str_is(order, "little"))
        return 1;
    if (rt_str_is(order, "big"))
        return 0;
    rt_raise(&rt_exc_ValueError, "byteorder must be either 'little' or 'big'");
    return -1;
}

rt_val
rt_int_to_bytes(rt_val v, int64_t len, bool little, bool is_signed)
{
    uint64_t bits = rt_int_bits(v);
    bool negative = rt_int_sign(v) < 0;
    unsigned char *data;
    struct rt_int_view view;
    int64_t i, n;
    rt_val bytes;
    unsigned carry = 1;

    if (negative && !is_signed)
        return rt_raise(&rt_exc_OverflowError,
                        "can't convert negative int to unsigned");
    if (is_signed && negative) { /* -128 fits 8 bits */
        RT_VIEW_MPZ(z, v);
        bits -= mpz_scan1(z, 0) == bits - 1;
    }
    if (bits + (is_signed && bits > 0) > (uint64_t)len * 8)
        return rt_raise(&rt_exc_OverflowError, "int too big to convert");
    bytes = rt_bytes_new(NULL, len);
    if (rt_is_null(bytes))
        return RT_NULL;
    data = (unsigned char *)((struct rt_bytes *)rt_ptr(bytes))->data;
    rt_int_view(&view, v);
    n = RT_VIEW_LIMBS(&view);
    for (i = 0; i < len; i++) {
        unsigned byte = i / 8 < n ? view.limbs[i / 8] >> (i % 8 * 8) & 0xFF : 0;

        if (negative) {
            carry += ~byte & 0xFF;
            byte = carry & 0xFF;
            carry >>= 8;
        }
        data[little ? i : len - 1 - i] = (unsigned char)byte;
    }
    return bytes;
}

rt_val
rt_int_from_bytes(const unsigned char *data, int64_t len, bool little,
                  bool is_signed)
{
    int64_t i, n = (len + 7) / 8;
    struct rt_bigint *b;
    bool negative;

    if (len == 0)
        return rt_from_small(0);
    b = rt_int_alloc(n);
    if (b == NULL)
        return RT_NULL;
    negative = is_signed && (data[little ? len - 1 : 0] & 0x80) != 0;
    for (i = 0; i < n; i++)
        b->limbs[i] = negative ? ~(mp_limb_t)0 : 0;
    for (i = 0; i < len; i++) {
        mp_limb_t byte = data[little ? i : len - 1 - i];
        int shift = (int)(i % 8 * 8);

        b->limbs[i / 8] &= ~((mp_limb_t)0xFF << shift);
        b->limbs[i / 8] |= byte << shift;
    }
    if (negative)
        mpn_neg(b->limbs, b->limbs, n);
    b->size = negative ? -n : n;
    return rt_int_normal(b);
}

static rt_val
int_to_bytes(rt_val self, rt_val *args)
{
    int64_t len = 1;
    int little, is_signed = 0;

    if (!rt_is_null(args[0]) && rt_index_ssize(args[0], &len) < 0)
        return RT_NULL;
    little = is_little(args[1]);
    if (little < 0)
        return RT_NULL;
    if (!rt_is_null(args[2]))
        is_signed = rt_truth(args[2]);
    if (is_signed < 0)
        return RT_NULL;
    if (len < 0)
        return rt_raise(&rt_exc_ValueError,
                        "length argument must be non-negative");
    return rt_int_to_bytes(self, len, little, is_signed);
}

static rt_val
int_from_bytes(rt_val cls, rt_val *args)
{
    const char *data;
    int64_t len;
    int little, is_signed = 0;
    rt_val source = args[0], v;

    little = is_little(args[1]);
    if (little < 0)
        return RT_NULL;
    if (!rt_is_null(args[2]))
        is_signed = rt_truth(args[2]);
    if (is_signed < 0)
        return RT_NULL;
    if (rt_is_str(source) || rt_is_any_int(source))
        return rt_raise(&rt_exc_TypeError,
                        "cannot convert '%T' object to bytes", source);
    if (!is_buffer(source))
        source = rt_call1(rt_from_ptr(&rt_bytes_type), source);
    if (rt_is_null(source) || rt_bytes_view(source, &data, &len) < 0)
        return RT_NULL;
    v = rt_int_from_bytes((const unsigned char *)data, len, little, is_signed);
    if (rt_is_null(v) || rt_ptr(cls) == &rt_int_type)
        return v;
    return rt_call1(cls, v);
}

static rt_val
get_self(rt_val self)
{
    return rt_int_exact(self);
}

static rt_val
get_zero(rt_val self)
{
    (void)self;
    return rt_from_small(0);
}

static rt_val
get_one(rt_val self)
{
    (void)self;
    return rt_from_small(1);
}

static const struct rt_method int_methods[] = {
    RT_METHOD("conjugate", int_identity, PURE, "($self, /)",
              "Returns self, the complex conjugate of any int."),
    RT_METHOD("bit_length", int_bit_length, PURE, "($self, /)",
              "Number of bits necessary to represent self in binary."),
    RT_METHOD("bit_count", int_bit_count, PURE, "($self, /)",
              "Number of ones in the binary representation of the absolute "
              "value of self."),
    RT_METHOD("to_bytes", int_to_bytes, ANY,
              "($self, /, length=1, byteorder='big', *, signed=False)",
              "Return an array of bytes representing an integer."),
    RT_CLASSMETHOD("from_bytes", int_from_bytes, ANY,
                   "($type, /, bytes, byteorder='big', *, signed=False)",
                   "Return the integer represented by the given array of "
                   "bytes."),
    RT_METHOD("as_integer_ratio", int_as_integer_ratio, READS, "($self, /)",
              "Return integer ratio."),
    RT_METHOD("__trunc__", int_identity, PURE, "($self, /)",
              "Truncating an Integral returns itself."),
    RT_METHOD("__floor__", int_identity, PURE, "($self, /)",
              "Flooring an Integral returns itself."),
    RT_METHOD("__ceil__", int_identity, PURE, "($self, /)",
              "Ceiling of an Integral returns itself."),
    RT_METHOD("__round__", int_round, ANY, "($self, ndigits=None, /)",
              "Rounding an Integral returns itself."),
    RT_METHOD("__getnewargs__", int_getnewargs, READS, "($self, /)", NULL),
    RT_METHOD("__format__", int_format, READS, "($self, format_spec, /)",
              "Default object formatter."),
    RT_METHOD("__sizeof__", int_sizeof, PURE, "($self, /)",
              "Returns size in memory, in bytes."),
    RT_END_METHODS,
};

static const struct rt_getset int_getsets[] = {
    {"real", get_self, NULL, "the real part of a complex number"},
    {"imag", get_zero, NULL, "the imaginary part of a complex number"},
    {"numerator", get_self, NULL,
     "the numerator of a rational number in lowest terms"},
    {"denominator", get_one, NULL,
     "the denominator of a rational number in lowest terms"},
    RT_END_GETSETS,
};

struct rt_type rt_int_type = {
    RT_TYPE_HEAD(int, "int", sizeof(struct rt_bigint)),
    .inlined = RT_INLINE_INT,
    .flags = RT_TYPE_BASE | RT_TYPE_INT | RT_TYPE_PLAIN,
    .methods = int_methods,
    .getsets = int_getsets,
    .cdoc = "int([x]) -> integer\n"
            "int(x, base=10) -> integer\n\n"
            "Convert a number or string to an integer, or return 0 if no "
            "arguments\nare given.",
    .slots =
        {
            .repr = int_repr,
            .hash = int_hash,
            .compare = int_compare,
            .make = int_make,
            .truth = int_truth,
            .neg = int_neg,
            .pos = rt_int_exact,
            .abs = int_abs,
            .invert = int_invert,
            .to_int = rt_int_exact,
            .to_float = int_to_float,
            .to_index = rt_int_exact,
            .binary =
                {
                    [RT_ADD] = int_add,
                    [RT_SUB] = int_sub,
                    [RT_MUL] = int_mul,
                    [RT_TRUEDIV] = int_truediv,
                    [RT_FLOORDIV] = int_floordiv,
                    [RT_MOD] = int_mod,
                    [RT_POW] = int_pow,
                    [RT_LSHIFT] = int_lshift,
                    [RT_RSHIFT] = int_rshift,
                    [RT_AND] = int_and,
                    [RT_OR] = int_or,
                    [RT_XOR] = int_xor,
                    [RT_DIVMOD] = int_divmod,
                },
        },
};
