/* SPDX-License-Identifier: MIT
 * runtime/interp/helpers_ops.c: what follows when an operator method that was
 * called by a frame returned NotImplemented: the other operand's turn, then the
 * TypeError. Called by helpers.c for the RETURN handler.
 */
#include "config.h"

#include "runtime/interp/helpers.h"

static const char *const compare_text[] = {"<", "<=", "==", "!=", ">", ">="};

rt_val
rt_binary_after(rt_val a, rt_val b, enum rt_binop op, bool inplace)
{
    rt_val v = rt_binary_reflected(op, a, b);

    return rt_same(v, rt_NotImplemented) ? rt_binary_refuse(op, a, b, inplace)
                                         : v;
}

rt_val
rt_compare_after(rt_val a, rt_val b, enum rt_cmp op)
{
    static const enum rt_cmp swapped[] = {RT_GT, RT_GE, RT_EQ,
                                          RT_NE, RT_LT, RT_LE};
    rt_comparefn compare = rt_type_of(b)->slots.compare;

    if (compare) {
        rt_val v = compare(b, a, swapped[op]);

        if (!rt_same(v, rt_NotImplemented))
            return v;
    }
    if (op == RT_EQ)
        return rt_from_bool(rt_same(a, b));
    if (op == RT_NE)
        return rt_from_bool(!rt_same(a, b));
    return rt_raise(&rt_exc_TypeError,
                    "'%s' not supported between instances of '%T' and '%T'",
                    compare_text[op], a, b);
}
