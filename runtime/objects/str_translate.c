/* SPDX-License-Identifier: MIT
 * runtime/objects/str_translate.c: str.translate and str.maketrans.
 */
#include "config.h"

#include "runtime/objects/str_parts.h"
#include "runtime/objects/text.h"

/* table[c]: the result, None where the character is to be kept as it is (the
 * look-up raised LookupError): RT_NULL with an exception otherwise. */
static rt_val
look_up(rt_val table, uint32_t c, bool *keep)
{
    rt_val r;

    *keep = false;
    if (rt_is_exact_dict(table)) {
        r = rt_dict_get(table, rt_from_small(c));
        *keep = rt_is_null(r) && !rt_raised();
        return *keep ? rt_None : r;
    }
    r = rt_getitem(table, rt_from_small(c));
    if (rt_is_null(r) && rt_exc_is(&rt_exc_LookupError)) {
        rt_exc_clear();
        *keep = true;
        return rt_None;
    }
    return r;
}

/* Appends what [to] stands for. 0, or -1. */
static int
add_mapped(struct rt_builder *b, rt_val to)
{
    int64_t c;

    if (rt_is_none(to))
        return 0;
    if (rt_is_str(to)) {
        rt_builder_str(b, to);
        return 0;
    }
    if (!rt_is_any_int(to)) {
        rt_raise(&rt_exc_TypeError, "character mapping must return integer, "
                                    "None or str");
        return -1;
    }
    if (!rt_int_to_i64(to, &c) || c < 0 || c > RT_MAX_CHAR) {
        rt_raise(&rt_exc_ValueError, "character mapping must be in range(0x%x)",
                 RT_MAX_CHAR + 1);
        return -1;
    }
    rt_builder_add(b, (uint32_t)c);
    return 0;
}

rt_val
rt_strm_translate(rt_val self, rt_val *args)
{
    struct rt_str *s = rt_str_of(self);
    struct rt_builder b = {0};
    bool keep;
    int64_t i;

    for (i = 0; i < s->len; i++) {
        uint32_t c = rt_str_at(s, i);
        rt_val to = look_up(args[0], c, &keep);

        if (keep) {
            rt_builder_add(&b, c);
        } else if (rt_is_null(to) || add_mapped(&b, to) < 0) {
            rt_builder_drop(&b);
            return RT_NULL;
        }
    }
    return rt_builder_finish(&b);
}

/* maketrans(dict): one-character keys become ints. */
static rt_val
from_dict(rt_val x)
{
    rt_val table = rt_dict_new(), key, value;
    int64_t pos = 0;

    if (!rt_is_exact_dict(x))
        return rt_raise(&rt_exc_TypeError, "if you give only one argument to "
                                           "maketrans it must be a dict");
    while (rt_dict_next(x, &pos, &key, &value)) {
        if (rt_is_str(key)) {
            if (rt_str_of(key)->len != 1)
                return rt_raise(&rt_exc_ValueError,
                                "string keys in translate table must be of "
                                "length 1");
            key = rt_from_small(rt_str_at(rt_str_of(key), 0));
        } else if (!rt_is_any_int(key)) {
            return rt_raise(&rt_exc_TypeError,
                            "keys in translate table must be strings or "
                            "integers");
        }
        if (rt_dict_set(table, key, value) < 0)
            return RT_NULL;
    }
    return table;
}

rt_val
rt_strm_maketrans(rt_val self, rt_val *args)
{
    rt_val table;
    struct rt_str *x, *y;
    int64_t i;

    (void)self;
    if (rt_is_null(args[1]))
        return from_dict(args[0]);
    if (!rt_is_str(args[1]) || (!rt_is_null(args[2]) && !rt_is_str(args[2])))
        return rt_raise(
            &rt_exc_TypeError, "maketrans() argument %d must be str, not %T",
            rt_is_str(args[1]) ? 3 : 2, rt_is_str(args[1]) ? args[2] : args[1]);
    if (!rt_is_str(args[0]))
        return rt_raise(&rt_exc_TypeError, "first maketrans argument must be "
                                           "a string if there is a second "
                                           "argument");
    x = rt_str_of(args[0]);
    y = rt_str_of(args[1]);
    if (x->len != y->len)
        return rt_raise(&rt_exc_ValueError, "the first two maketrans "
                                            "arguments must have equal "
                                            "length");
    table = rt_dict_new();
    for (i = 0; i < x->len; i++)
        if (rt_dict_set(table, rt_from_small(rt_str_at(x, i)),
                        rt_from_small(rt_str_at(y, i))) < 0)
            return RT_NULL;
    if (rt_is_null(args[2]))
        return table;
    for (i = 0; i < rt_str_of(args[2])->len; i++)
        if (rt_dict_set(table, rt_from_small(rt_str_at(rt_str_of(args[2]), i)),
                        rt_None) < 0)
            return RT_NULL;
    return table;
}
