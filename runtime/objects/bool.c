/* SPDX-License-Identifier: MIT
 * runtime/objects/bool.c: True, False and their type, a subclass of int.
 */
#include "config.h"

#include "runtime/objects/number.h"
#include "runtime/interp/inlined.h"

struct rt_bool rt_true_obj = {{&rt_bool_type.root_map}, 1};
struct rt_bool rt_false_obj = {{&rt_bool_type.root_map}, 0};

static struct rt_type *const base_int = &rt_int_type;

static bool
is_bool(rt_val v)
{
    return rt_is_exact(v, &rt_bool_type);
}

static rt_val
bool_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
          rt_val kwnames)
{
    static struct rt_signature *sig;
    rt_val a[1];
    int truth;

    (void)type;
    if (rt_bind(&sig, "bool", "(x=False, /)", a, args, nargs, kwnames) < 0)
        return RT_NULL;
    if (rt_is_null(a[0]))
        return rt_False;
    truth = rt_truth(a[0]);
    return truth < 0 ? RT_NULL : rt_from_bool(truth);
}

static rt_val
bool_repr(rt_val v)
{
    return rt_same(v, rt_True) ? RT_ID(true_) : RT_ID(false_);
}

#define BINARY(name, op, sign)                                                 \
    static rt_val bool_##name(rt_val a, rt_val b)                              \
    {                                                                          \
        if (!rt_is_any_int(a) || !rt_is_any_int(b))                            \
            return rt_NotImplemented;                                          \
        if (!is_bool(a) || !is_bool(b))                                        \
            return rt_int_binary(op, a, b);                                    \
        return rt_from_bool(rt_same(a, rt_True) sign rt_same(b, rt_True));     \
    }

BINARY(and, RT_AND, &)
BINARY(or, RT_OR, |)
BINARY(xor, RT_XOR, ^)
#undef BINARY

struct rt_type rt_bool_type = {
    RT_TYPE_HEAD(bool, "bool", sizeof(struct rt_bool)),
    .inlined = RT_INLINE_BOOL,
    .flags = RT_TYPE_INT | RT_TYPE_PLAIN,
    .cbase = &base_int,
    .cdoc = "bool(x) -> bool\n\n"
            "Returns True when the argument x is true, False otherwise.\n"
            "The builtins True and False are the only two instances of the "
            "class bool.\n"
            "The class bool is a subclass of the class int, and cannot be "
            "subclassed.",
    .slots =
        {
            .repr = bool_repr,
            .make = bool_make,
            .binary =
                {
                    [RT_AND] = bool_and,
                    [RT_OR] = bool_or,
                    [RT_XOR] = bool_xor,
                },
        },
};
