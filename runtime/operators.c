/* SPDX-License-Identifier: MIT
 * runtime/operators.c: unary, binary and in-place operators on any objects:
 * who is asked in which order, and the errors.
 */
#include "config.h"

#include "runtime/objects/number.h"
#include "runtime/type.h"

static const char *const signs[] = {
    [RT_ADD] = "+",           [RT_SUB] = "-",           [RT_MUL] = "*",
    [RT_TRUEDIV] = "/",       [RT_FLOORDIV] = "//",     [RT_MOD] = "%",
    [RT_POW] = "** or pow()", [RT_MATMUL] = "@",        [RT_LSHIFT] = "<<",
    [RT_RSHIFT] = ">>",       [RT_AND] = "&",           [RT_OR] = "|",
    [RT_XOR] = "^",           [RT_DIVMOD] = "divmod()",
};
static const char *const inplace_signs[] = {
    [RT_ADD] = "+=",     [RT_SUB] = "-=",       [RT_MUL] = "*=",
    [RT_TRUEDIV] = "/=", [RT_FLOORDIV] = "//=", [RT_MOD] = "%=",
    [RT_POW] = "**=",    [RT_MATMUL] = "@=",    [RT_LSHIFT] = "<<=",
    [RT_RSHIFT] = ">>=", [RT_AND] = "&=",       [RT_OR] = "|=",
    [RT_XOR] = "^=",
};

/* NotImplemented if neither operand knows what to do. */
static rt_val
ask(enum rt_binop op, rt_val a, rt_val b)
{
    struct rt_type *ta = rt_type_of(a), *tb = rt_type_of(b);
    rt_binaryfn fa = ta->slots.binary[op];
    rt_binaryfn fb = ta == tb ? NULL : tb->slots.binary[op];
    rt_val v;

    if (fb == fa)
        fb = NULL;
    if (fa) {
        if (fb && rt_is_subtype(tb, ta)) {
            v = fb(a, b);
            if (!rt_same(v, rt_NotImplemented))
                return v;
            fb = NULL;
        }
        v = fa(a, b);
        if (!rt_same(v, rt_NotImplemented))
            return v;
    }
    return fb ? fb(a, b) : rt_NotImplemented;
}

static bool
is_sequence(rt_val v)
{
    return rt_has_flag(v, RT_TYPE_STR | RT_TYPE_BYTES | RT_TYPE_LIST |
                              RT_TYPE_TUPLE) ||
           rt_type_of(v) == &rt_bytearray_type;
}

rt_val
rt_binary_refuse(enum rt_binop op, rt_val a, rt_val b, bool inplace)
{
    if (op == RT_ADD && is_sequence(a)) {
        if (rt_has_flag(a, RT_TYPE_BYTES))
            return rt_raise(&rt_exc_TypeError, "can't concat %T to %T", b, a);
        return rt_raise(&rt_exc_TypeError,
                        "can only concatenate %T (not \"%T\") to %T", a, b, a);
    }
    if (op == RT_MUL && (is_sequence(a) || is_sequence(b)))
        return rt_raise(&rt_exc_TypeError,
                        "can't multiply sequence by non-int of type '%T'",
                        is_sequence(a) ? b : a);
    return rt_raise(&rt_exc_TypeError,
                    "unsupported operand type(s) for %s: '%T' and '%T'",
                    inplace ? inplace_signs[op] : signs[op], a, b);
}

rt_val
rt_binary_op(enum rt_binop op, rt_val a, rt_val b)
{
    rt_val v = ask(op, a, b);

    return rt_same(v, rt_NotImplemented) ? rt_binary_refuse(op, a, b, false)
                                         : v;
}

rt_val
rt_inplace_op(enum rt_binop op, rt_val a, rt_val b)
{
    rt_binaryfn fn = rt_type_of(a)->slots.inplace[op];
    rt_val v;

    if (fn) {
        v = fn(a, b);
        if (!rt_same(v, rt_NotImplemented))
            return v;
    }
    v = ask(op, a, b);
    return rt_same(v, rt_NotImplemented) ? rt_binary_refuse(op, a, b, true) : v;
}

rt_val
rt_power(rt_val a, rt_val b, rt_val mod)
{
    rt_val args[2] = {b, mod}, v;

    if (rt_is_null(mod) || rt_is_none(mod))
        return rt_binary_op(RT_POW, a, b);
    if (rt_is_any_int(a) && rt_is_any_int(b) && rt_is_any_int(mod) &&
        !(rt_type_of(a)->flags & RT_TYPE_HEAP))
        return rt_int_power(a, b, mod);
    if (rt_type_of(a)->flags & RT_TYPE_HEAP) {
        v = rt_call_special(a, RT_ID(pow), args, 2);
        if (!rt_is_null(v) && !rt_same(v, rt_NotImplemented))
            return v;
        if (rt_raised())
            return RT_NULL;
    }
    if (rt_is_any_float(a) || rt_is_any_float(b) || rt_is_any_float(mod))
        return rt_raise(&rt_exc_TypeError,
                        "pow() 3rd argument not allowed unless all arguments "
                        "are integers");
    return rt_raise(&rt_exc_TypeError,
                    "unsupported operand type(s) for ** or pow(): '%T', '%T', "
                    "'%T'",
                    a, b, mod);
}

#define UNARY(fn, slot, text)                                                  \
    rt_val fn(rt_val v)                                                        \
    {                                                                          \
        rt_unaryfn f = rt_type_of(v)->slots.slot;                              \
                                                                               \
        if (f)                                                                 \
            return f(v);                                                       \
        return rt_raise(&rt_exc_TypeError, "bad operand type for %s: '%T'",    \
                        text, v);                                              \
    }

UNARY(rt_negative, neg, "unary -")
UNARY(rt_positive, pos, "unary +")
UNARY(rt_invert, invert, "unary ~")
UNARY(rt_absolute, abs, "abs()")
