/* SPDX-License-Identifier: MIT
 * runtime/call.c: calls of any object from C, and the guard of the C stack.
 * Python functions: interp/call.c; binding of builtins' arguments: signature.c.
 */
#include "config.h"

#include "runtime/type.h"

int
rt_enter(const char *where)
{
    if (NAC_UNLIKELY((char *)__builtin_frame_address(0) <
                     rt_ts->c_stack_limit)) {
        rt_raise(&rt_exc_RecursionError, "maximum recursion depth exceeded%s",
                 where);
        return -1;
    }
    rt_ts->c_depth++;
    return 0;
}

void
rt_leave(void)
{
    rt_ts->c_depth--;
}

rt_val
rt_call(rt_val callable, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    rt_callfn fn = rt_type_of(callable)->slots.call;

    if (NAC_UNLIKELY(!fn))
        return rt_raise(&rt_exc_TypeError, "'%T' object is not callable",
                        callable);
    return fn(callable, args, nargs, kwnames);
}

rt_val
rt_call0(rt_val callable)
{
    return rt_call(callable, NULL, 0, RT_NULL);
}

rt_val
rt_call1(rt_val callable, rt_val a)
{
    return rt_call(callable, &a, 1, RT_NULL);
}

rt_val
rt_call2(rt_val callable, rt_val a, rt_val b)
{
    rt_val args[] = {a, b};

    return rt_call(callable, args, 2, RT_NULL);
}

rt_val
rt_call3(rt_val callable, rt_val a, rt_val b, rt_val c)
{
    rt_val args[] = {a, b, c};

    return rt_call(callable, args, 3, RT_NULL);
}

rt_val
rt_call_method(rt_val v, rt_val name, uint32_t nargs, const rt_val *args)
{
    struct rt_type *type = rt_type_of(v);
    rt_val f;

    if (type->slots.getattr == rt_generic_getattr && nargs < 7) {
        f = rt_type_lookup(type, name);
        if (!rt_is_null(f) && rt_has_flag(f, RT_TYPE_METHOD) &&
            rt_is_null(rt_instance_get(v, name))) {
            rt_val all[8];

            all[0] = v;
            for (uint32_t i = 0; i < nargs; i++)
                all[i + 1] = args[i];
            return rt_call(f, all, nargs + 1, RT_NULL);
        }
    }
    f = rt_getattr(v, name);
    return rt_is_null(f) ? RT_NULL : rt_call(f, args, nargs, RT_NULL);
}

rt_val
rt_call_ex(rt_val callable, rt_val args_tuple, rt_val kwargs_dict)
{
    int64_t n, nkw, pos = 0;
    rt_val *args = rt_seq_items(args_tuple, &n), names, key, value;
    struct rt_words *all;

    if (rt_is_null(kwargs_dict) || !rt_dict_of(kwargs_dict)->used)
        return rt_call(callable, args, (uint32_t)n, RT_NULL);
    nkw = rt_dict_of(kwargs_dict)->used;
    all = rt_alloc_words((uint64_t)(n + nkw));
    if (!all)
        return RT_NULL;
    if (n)
        memcpy(all->items, args, (size_t)n * sizeof *args);
    names = rt_tuple_new(NULL, nkw);
    for (int64_t i = 0; rt_dict_next(kwargs_dict, &pos, &key, &value); i++) {
        if (!rt_is_str(key))
            return rt_raise(&rt_exc_TypeError, "keywords must be strings");
        rt_tuple_of(names)->items[i] = rt_str_intern(key);
        all->items[n + i] = value;
    }
    rt_barrier(all);
    rt_barrier(rt_ptr(names));
    return rt_call(callable, all->items, (uint32_t)n, names);
}

bool
rt_is_callable(rt_val v)
{
    return rt_type_of(v)->slots.call != NULL;
}
