/* SPDX-License-Identifier: MIT
 * runtime/suggest.c: "Did you mean": the name nearest to one that was not
 * found, for NameError and AttributeError. Distances are weighted edits, a
 * change of case counting half.
 */
#include "config.h"

#include "runtime/code.h"
#include "runtime/exception.h"
#include "runtime/type.h"

enum { MAX_CANDIDATES = 750, MAX_NAME = 40, MOVE = 2, CASE = 1 };

static int
substitution(unsigned char a, unsigned char b)
{
    if ((a & 31) != (b & 31))
        return MOVE;
    if (a == b)
        return 0;
    if (a >= 'A' && a <= 'Z')
        a += 'a' - 'A';
    if (b >= 'A' && b <= 'Z')
        b += 'a' - 'A';
    return a == b ? CASE : MOVE;
}

/* Edit distance, or more than [limit]. */
static int
distance(const char *a, size_t na, const char *b, size_t nb, int limit)
{
    int row[MAX_NAME + 1];

    while (na && nb && *a == *b) {
        a++, b++;
        na--, nb--;
    }
    while (na && nb && a[na - 1] == b[nb - 1])
        na--, nb--;
    if (!na || !nb)
        return (int)(na + nb) * MOVE;
    if (na > MAX_NAME || nb > MAX_NAME)
        return limit + 1;
    for (size_t i = 0; i <= na; i++)
        row[i] = (int)i * MOVE;
    for (size_t j = 0; j < nb; j++) {
        int diagonal = row[0], least;

        row[0] = least = (int)(j + 1) * MOVE;
        for (size_t i = 0; i < na; i++) {
            int replace = diagonal + substitution((unsigned char)a[i],
                                                  (unsigned char)b[j]);
            int shift = (row[i + 1] < row[i] ? row[i + 1] : row[i]) + MOVE;

            diagonal = row[i + 1];
            row[i + 1] = replace < shift ? replace : shift;
            if (row[i + 1] < least)
                least = row[i + 1];
        }
        if (least > limit)
            return limit + 1;
    }
    return row[na];
}

struct search {
    const char *name;
    size_t len;
    int best_distance;
    rt_val best;
};

static void
consider(struct search *s, rt_val candidate)
{
    const char *text;
    int64_t len;
    int limit, d;

    if (!rt_is_str(candidate))
        return;
    text = rt_str_utf8_any(candidate, &len);
    if ((size_t)len == s->len && !memcmp(text, s->name, s->len))
        return;
    limit = (int)(s->len + (size_t)len + 3) * MOVE / 6;
    if (limit > s->best_distance - 1)
        limit = s->best_distance - 1;
    d = distance(s->name, s->len, text, (size_t)len, limit);
    if (d > limit)
        return;
    s->best_distance = d;
    s->best = candidate;
}

static rt_val
nearest(rt_val candidates, rt_val name)
{
    struct search s = {NULL, 0, INT32_MAX, RT_NULL};
    int64_t n, len;
    rt_val *items = rt_seq_items(candidates, &n);

    s.name = rt_str_utf8_any(name, &len);
    s.len = (size_t)len;
    if (n >= MAX_CANDIDATES || len > MAX_NAME)
        return RT_NULL;
    for (int64_t i = 0; i < n; i++)
        consider(&s, items[i]);
    return s.best;
}

static rt_val
for_attribute(rt_val exc)
{
    struct rt_exc_ATTR *e = rt_exc_as(ATTR, exc);
    rt_val dir, names;

    if (rt_is_null(e->name) || rt_is_null(e->obj) || !rt_is_str(e->name))
        return RT_NULL;
    dir = rt_lookup_special(e->obj, RT_ID(dir));
    if (rt_is_null(dir))
        return RT_NULL;
    names = rt_call0(dir);
    if (rt_is_null(names))
        return RT_NULL;
    names = rt_sequence_list(names);
    if (rt_is_null(names) || rt_list_sort(names, RT_NULL, false) < 0)
        return RT_NULL;
    return nearest(names, e->name);
}

static rt_val
for_name(rt_val exc)
{
    rt_val name = rt_exc_as(NAME, exc)->name, tb = rt_exc_of(exc)->traceback, v;
    const struct rt_traceback *last = NULL;
    struct rt_function *f;

    if (rt_is_null(name) || !rt_is_str(name))
        return RT_NULL;
    for (; !rt_is_none(tb); tb = last->next)
        last = rt_ptr(tb);
    if (!last || rt_is_null(last->func))
        return RT_NULL;
    f = rt_function_of(last->func);
    v = nearest(rt_sequence_list(f->code->varnames), name);
    if (!rt_is_null(v))
        return v;
    v = nearest(rt_dict_keys_list(f->globals), name);
    if (!rt_is_null(v))
        return v;
    return nearest(rt_dict_keys_list(f->builtins), name);
}

/* RT_NULL: none, or not an error that has suggestions. */
rt_val
rt_suggestion(rt_val exc)
{
    struct rt_type *type = rt_type_of(exc);
    rt_val v = RT_NULL;

    if (rt_is_subtype(type, &rt_exc_AttributeError))
        v = for_attribute(exc);
    else if (rt_is_subtype(type, &rt_exc_NameError) &&
             !rt_is_subtype(type, &rt_exc_UnboundLocalError))
        v = for_name(exc);
    rt_exc_clear();
    return v;
}
