/* SPDX-License-Identifier: MIT
 * runtime/objects/structseq.c: struct sequences. An object has a tuple's
 * layout; fields that are no items lie behind the items, where len does not
 * reach. Used by modules sys, time and others.
 */
#include "config.h"

#include "runtime/objects/structseq.h"

#include "runtime/runtime.h"

static struct rt_structseq_type *
type_of(rt_val v)
{
    return (struct rt_structseq_type *)rt_type_of(v);
}

static void
structseq_trace(struct rt_obj *obj, struct rt_marker *m)
{
    struct rt_structseq_type *t = (struct rt_structseq_type *)obj->map->type;

    rt_gc_visit_words(m, ((struct rt_tuple *)obj)->items, (size_t)t->count);
}

rt_val
rt_structseq_new(struct rt_structseq_type *t, const rt_val *values)
{
    struct rt_tuple *s = rt_alloc(&t->type.root_map, sizeof(struct rt_tuple) +
                                                         8 * (size_t)t->count);

    s->len = t->visible;
    memcpy(s->items, values, (size_t)t->count * sizeof *values);
    return rt_from_ptr(s);
}

static rt_val
structseq_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
               rt_val kwnames)
{
    static struct rt_signature *sig;
    struct rt_structseq_type *t = (struct rt_structseq_type *)type;
    rt_val a[2], items, values[32];
    int64_t n, i;

    if (rt_bind(&sig, type->cname, "(sequence, dict=None)", a, args, nargs,
                kwnames) < 0)
        return RT_NULL;
    items = rt_sequence_tuple(a[0]);
    if (rt_is_null(items))
        return items;
    n = rt_tuple_of(items)->len;
    if (n < t->visible)
        return rt_raise(&rt_exc_TypeError,
                        "%s() takes %s %d-sequence (%lld-sequence given)",
                        t->full_name,
                        t->count > t->visible ? "an at least" : "a", t->visible,
                        (long long)n);
    if (n > t->count)
        return rt_raise(
            &rt_exc_TypeError,
            "%s() takes %s %d-sequence (%lld-sequence given)", t->full_name,
            t->count > t->visible ? "an at most" : "a", t->count, (long long)n);
    for (i = 0; i < t->count; i++)
        values[i] = i < n ? rt_tuple_of(items)->items[i] : rt_None;
    return rt_structseq_new(t, values);
}

static rt_val
structseq_repr(rt_val self)
{
    struct rt_structseq_type *t = type_of(self);
    struct rt_builder b = {0};
    int i;

    rt_builder_utf8(&b, t->full_name, -1);
    rt_builder_add(&b, '(');
    for (i = 0; i < t->visible; i++) {
        rt_val r = rt_repr(rt_tuple_of(self)->items[i]);

        if (rt_is_null(r)) {
            rt_builder_drop(&b);
            return r;
        }
        if (i)
            rt_builder_utf8(&b, ", ", 2);
        rt_builder_utf8(&b, t->fields[i], -1);
        rt_builder_add(&b, '=');
        rt_builder_str(&b, r);
    }
    rt_builder_add(&b, ')');
    return rt_builder_finish(&b);
}

/* [self] is the field's number. */
static rt_val
field_get(rt_val self, rt_val *args)
{
    return rt_tuple_of(args[0])->items[rt_small(self)];
}

static const struct rt_method field_getter =
    RT_FUNC("field", field_get, READS, "(obj, /)", NULL);

static rt_val
make_field(int number)
{
    struct rt_property *p = RT_NEW(struct rt_property, &rt_property_type);

    p->fset = p->fdel = p->doc = p->name = RT_NULL;
    p->fget = RT_NULL;
    rt_write(p, &p->fget,
             rt_builtin_new(&field_getter, rt_from_small(number), NULL));
    return rt_from_ptr(p);
}

static rt_val
structseq_reduce(rt_val self, rt_val *args)
{
    struct rt_structseq_type *t = type_of(self);

    (void)args;
    return rt_tuple_pack(
        2, rt_from_ptr(&t->type),
        rt_tuple_pack(1, rt_tuple_new(rt_tuple_of(self)->items, t->count)));
}

static const struct rt_method methods[] = {
    RT_METHOD("__reduce__", structseq_reduce, OWN, "($self, /)", NULL),
    RT_END_METHODS};

void
rt_structseq_ready(struct rt_structseq_type *t)
{
    static struct rt_type *const base = &rt_tuple_type;
    struct rt_type *type = &t->type;
    rt_val dict, names = rt_tuple_new(NULL, t->visible);
    int i;

    t->full_name = type->cname;
    type->head.map = &rt_type_type.root_map;
    type->root_map.head.map = &rt_map_type.root_map;
    type->root_map.type = type;
    type->size = sizeof(struct rt_tuple);
    type->flags |= RT_TYPE_TUPLE | RT_TYPE_SEQUENCE;
    type->cbase = &base;
    type->trace = structseq_trace;
    type->methods = methods;
    type->slots.repr = structseq_repr;
    type->slots.make = type->flags & RT_TYPE_NOINSTANCE ? NULL : structseq_make;
    if (rt_type_ready(type) < 0)
        return;
    dict = rt_from_ptr(type->dict);
    for (i = 0; i < t->count; i++)
        if (t->fields[i])
            rt_dict_set_name(dict, t->fields[i], make_field(i));
    for (i = 0; i < t->visible; i++)
        rt_write(rt_ptr(names), &rt_tuple_of(names)->items[i],
                 rt_intern(t->fields[i]));
    rt_dict_set_name(dict, "n_fields", rt_from_small(t->count));
    rt_dict_set_name(dict, "n_sequence_fields", rt_from_small(t->visible));
    rt_dict_set_name(dict, "n_unnamed_fields", rt_from_small(0));
    rt_dict_set_name(dict, "__match_args__", names);
    rt_type_changed(type);
}
