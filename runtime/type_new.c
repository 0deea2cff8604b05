/* SPDX-License-Identifier: MIT
 * runtime/type_new.c: making classes: type(name, bases, dict), the metaclass
 * and base that win, layout, __slots__, __set_name__ and __init_subclass__.
 * The class statement itself is in build_class.c.
 */
#include "config.h"

#include "runtime/interp/frame.h"
#include "runtime/objects/str_parts.h"
#include "runtime/shape.h"
#include "runtime/type.h"

/* -- which metaclass, which base -- */

/* The most derived metaclass of [meta] and the bases'; NULL: TypeError. */
struct rt_type *
rt_type_metaclass(struct rt_type *meta, rt_val bases)
{
    int64_t n;
    rt_val *items = rt_seq_items(bases, &n);

    for (int64_t i = 0; i < n; i++) {
        struct rt_type *t = rt_type_of(items[i]);

        if (rt_is_subtype(meta, t))
            continue;
        if (!rt_is_subtype(t, meta)) {
            rt_raise(&rt_exc_TypeError,
                     "metaclass conflict: the metaclass of a derived class "
                     "must be a (non-strict) subclass of the metaclasses of "
                     "all its bases");
            return NULL;
        }
        meta = t;
    }
    return meta;
}

/* The nearest class up the chain that adds something to the layout. */
static struct rt_type *
solid_base(struct rt_type *t)
{
    while (t->base && rt_type_fixed_size(t) == rt_type_fixed_size(t->base))
        t = t->base;
    return t;
}

struct rt_type *
rt_type_best_base(rt_val bases)
{
    struct rt_type *winner = NULL, *base = NULL;
    int64_t n;
    rt_val *items = rt_seq_items(bases, &n);

    for (int64_t i = 0; i < n; i++) {
        struct rt_type *t, *candidate;

        if (!rt_is_type(items[i])) {
            rt_raise(&rt_exc_TypeError, "bases must be types");
            return NULL;
        }
        t = rt_type_ptr(items[i]);
        if (!(t->flags & RT_TYPE_BASE)) {
            rt_raise(&rt_exc_TypeError,
                     "type '%U' is not an acceptable base type",
                     rt_type_full_name(t));
            return NULL;
        }
        candidate = solid_base(t);
        if (!winner ||
            (rt_is_subtype(candidate, winner) && candidate != winner)) {
            winner = candidate;
            base = t;
        } else if (!rt_is_subtype(winner, candidate)) {
            rt_raise(&rt_exc_TypeError,
                     "multiple bases have instance lay-out conflict");
            return NULL;
        }
    }
    return base;
}

/* May an instance of [a] become one of [b] by an assignment to __class__? */
bool
rt_type_same_layout(const struct rt_type *a, const struct rt_type *b)
{
    const uint32_t mask = RT_TYPE_HAS_DICT | RT_TYPE_HAS_WEAKREFS;
    const struct rt_type *x = a, *y = b;

    if (rt_type_fixed_size(a) != rt_type_fixed_size(b) ||
        (a->flags & mask) != (b->flags & mask) ||
        a->members_to - a->members_from != b->members_to - b->members_from)
        return false;
    while (x->flags & RT_TYPE_HEAP)
        x = x->base;
    while (y->flags & RT_TYPE_HEAP)
        y = y->base;
    return x == y ||
           (x->flags & y->flags & RT_TYPE_EXCEPTION && x->trace == y->trace) ||
           rt_is_subtype(x, &rt_module_type);
}

/* -- __slots__ -- */

struct slots {
    rt_val names;            /* list of mangled names of members */
    bool any, dict, weakref; /* defined; asks for __dict__, __weakref__ */
};

static rt_val
mangle(rt_val cls, rt_val name)
{
    const char *s = rt_str_utf8_any(name, NULL);
    const char *c = rt_str_utf8_any(cls, NULL);
    size_t n = strlen(s);

    if (s[0] != '_' || s[1] != '_' || strchr(s, '.') ||
        (n >= 2 && s[n - 1] == '_' && s[n - 2] == '_'))
        return name;
    while (*c == '_')
        c++;
    return *c ? rt_str_intern(rt_str_format("_%s%s", c, s)) : name;
}

static int
read_slots(struct slots *slots, rt_val value, rt_val class_name, rt_val ns,
           const struct rt_type *base)
{
    rt_val items;
    int64_t n;
    rt_val *v;

    slots->any = true;
    items =
        rt_is_str(value) ? rt_tuple_pack(1, value) : rt_sequence_tuple(value);
    if (rt_is_null(items))
        return -1;
    v = rt_seq_items(items, &n);
    if (n && rt_type_var_sized(base) && !(base->flags & RT_TYPE_STR)) {
        bool nonempty = false;

        for (int64_t i = 0; i < n; i++)
            nonempty |= !rt_is_str(v[i]) || !rt_str_is(v[i], "__dict__");
        if (nonempty) {
            rt_raise(&rt_exc_TypeError,
                     "nonempty __slots__ not supported for subtype of '%N'",
                     base);
            return -1;
        }
    }
    for (int64_t i = 0; i < n; i++) {
        rt_val name = v[i];

        if (!rt_is_str(name)) {
            rt_raise(&rt_exc_TypeError,
                     "__slots__ items must be strings, not '%T'", name);
            return -1;
        }
        if (!rt_same(rt_strm_isidentifier(name, NULL), rt_True)) {
            rt_raise(&rt_exc_TypeError, "__slots__ must be identifiers");
            return -1;
        }
        if (rt_str_is(name, "__dict__")) {
            if (slots->dict || base->flags & RT_TYPE_HAS_DICT) {
                rt_raise(&rt_exc_TypeError,
                         "__dict__ slot disallowed: we already got one");
                return -1;
            }
            slots->dict = true;
            continue;
        }
        if (rt_str_is(name, "__weakref__")) {
            if (slots->weakref || base->flags & RT_TYPE_HAS_WEAKREFS) {
                rt_raise(&rt_exc_TypeError,
                         "__weakref__ slot disallowed: either we already got "
                         "one, or __itemsize__ != 0");
                return -1;
            }
            slots->weakref = true;
            continue;
        }
        name = mangle(class_name, rt_str_intern(name));
        if (rt_dict_contains(ns, name) && !rt_same(name, RT_ID(qualname)) &&
            !rt_str_is(name, "__classcell__")) {
            rt_raise(&rt_exc_ValueError,
                     "%R in __slots__ conflicts with class variable", name);
            return -1;
        }
        rt_list_append(slots->names, name);
    }
    return rt_list_sort(slots->names, RT_NULL, false);
}

/* -- the dict's entries that the class takes -- */

static rt_val
getset_dict(rt_val self)
{
    return rt_instance_dict(self);
}

static int
set_dict(rt_val self, rt_val value)
{
    if (rt_is_null(value))
        value = rt_dict_new();
    if (!rt_is_dict(value)) {
        rt_raise(&rt_exc_TypeError,
                 "__dict__ must be set to a dictionary, not a '%T'", value);
        return -1;
    }
    return rt_instance_set_dict(self, value);
}

static rt_val
get_weakref(rt_val self)
{
    rt_val list = rt_weakref_list(self);

    return rt_list_of(list)->len ? rt_list_of(list)->items->items[0] : rt_None;
}

static const struct rt_getset dict_getset = {
    "__dict__", getset_dict, set_dict,
    "dictionary for instance variables (if defined)"};
static const struct rt_getset weakref_getset = {
    "__weakref__", get_weakref, NULL,
    "list of weak references to the object (if defined)"};

static void
wrap_method(struct rt_type *type, rt_val name, rt_val (*wrap)(rt_val))
{
    rt_val f = rt_dict_get_name(rt_from_ptr(type->dict), name);

    if (!rt_is_null(f) && rt_is_exact(f, &rt_function_type))
        rt_type_put(type, name, wrap(f));
}

static void
set_module(struct rt_type *type)
{
    rt_val dict = rt_from_ptr(type->dict), name;
    rt_val *fp = rt_frame_visible(rt_ts->fp, NULL);

    if (rt_dict_contains(dict, RT_ID(module)) || !fp)
        return;
    name = rt_dict_get_name(rt_frame_function(fp)->globals, RT_ID(name));
    if (!rt_is_null(name))
        rt_type_put(type, RT_ID(module), name);
}

static const char *
keep_text(rt_val s)
{
    int64_t len;
    const char *text = rt_str_utf8_any(s, &len);
    struct rt_blob *blob = rt_alloc_blob((uint64_t)len + 1);

    memcpy(blob->data, text, (size_t)len);
    return blob->data;
}

/* -- layout -- */

static void
add_members(struct rt_type *type, struct slots *slots)
{
    int64_t n;
    rt_val *names = rt_seq_items(slots->names, &n);
    uint32_t at = rt_type_fixed_size(type->base);

    type->members_from = type->base->members_to ? type->base->members_from : at;
    for (int64_t i = 0; i < n; i++, at += 8)
        rt_type_put(type, names[i], rt_member_new(type, names[i], at));
    type->members_to = at;
    if (!n) {
        type->members_from = type->base->members_from;
        type->members_to = type->base->members_to;
    }
}

static void
lay_out(struct rt_type *type, struct slots *slots)
{
    struct rt_type *base = type->base;
    uint32_t fixed = rt_type_fixed_size(base);
    bool has_dict = type->flags & RT_TYPE_HAS_DICT;

    if (!rt_type_var_sized(base))
        add_members(type, slots);
    fixed += 8 * (uint32_t)rt_list_of(slots->names)->len;
    type->size = fixed;
    type->values_from = base->values_from;
    type->dict_offset = base->dict_offset;
    if (rt_type_var_sized(base)) {
        if (has_dict)
            type->flags |= RT_TYPE_SIDE_DICT;
    } else if (has_dict && !base->dict_offset &&
               !(type->flags & RT_TYPE_TYPE)) {
        type->size = type->slots_offset = fixed + 8;
    }
    if (!type->values_from && type->size > rt_type_fixed_size(base))
        type->values_from = rt_type_fixed_size(base);
    if (type->flags & RT_TYPE_SIDE_DICT)
        type->root_map.flags |= RT_MAP_DICT;
}

/* After the mro is known. */
static void
size_instances(struct rt_type *type)
{
    if (type->slots_offset)
        type->inline_slots = rt_shape_estimate(type);
    type->root_map.least = type->size + 8 * type->inline_slots;
    if (rt_type_var_sized(type))
        type->root_map.least = 0;
    if (type->members_to)
        type->root_map.least = UINT32_MAX;
}

static const uint32_t base_flags = RT_TYPE_INT | RT_TYPE_FLOAT | RT_TYPE_STR |
                                   RT_TYPE_BYTES | RT_TYPE_LIST |
                                   RT_TYPE_TUPLE | RT_TYPE_DICT | RT_TYPE_TYPE |
                                   RT_TYPE_EXCEPTION | RT_TYPE_SET;
static const uint32_t any_base_flags = RT_TYPE_SEQUENCE | RT_TYPE_MAPPING |
                                       RT_TYPE_HAS_DICT | RT_TYPE_HAS_WEAKREFS;

static uint32_t
flags_from_bases(struct rt_type *base, rt_val bases, const struct slots *slots)
{
    uint32_t flags = RT_TYPE_HEAP | RT_TYPE_BASE | (base->flags & base_flags);
    int64_t n;
    rt_val *items = rt_seq_items(bases, &n);

    for (int64_t i = 0; i < n; i++)
        flags |= rt_type_ptr(items[i])->flags & any_base_flags;
    if (!slots->any || slots->dict)
        flags |= RT_TYPE_HAS_DICT;
    if ((!slots->any &&
         (!rt_type_var_sized(base) || base->flags & RT_TYPE_STR)) ||
        slots->weakref)
        flags |= RT_TYPE_HAS_WEAKREFS;
    return flags;
}

/* -- steps of type.__new__ -- */

static struct rt_type *
new_type(struct rt_type *meta, struct rt_type *base, rt_val name, rt_val bases,
         rt_val ns, struct slots *slots)
{
    const char *text = keep_text(name);
    rt_val dict = rt_dict_copy(ns);
    struct rt_type *type = rt_alloc(&meta->root_map, sizeof *type);

    type->root_map.head.map = &rt_map_type.root_map;
    type->root_map.type = type;
    type->mro = type->doc = type->module = RT_NULL;
    type->root_map.name = RT_NULL;
    type->name = type->qualname = name;
    type->bases = bases;
    type->base = base;
    type->flags = flags_from_bases(base, bases, slots);
    type->trace = base->trace;
    type->release = base->release;
    type->version = rt_type_fresh_version();
    type->root_map.version = type->version;
    type->cname = text;
    type->dict = rt_ptr(dict);
    return type;
}

static int
take_qualname(struct rt_type *type)
{
    rt_val dict = rt_from_ptr(type->dict);
    rt_val q = rt_dict_get_name(dict, RT_ID(qualname));

    if (rt_is_null(q))
        return 0;
    if (!rt_is_str(q)) {
        rt_raise(&rt_exc_TypeError, "type __qualname__ must be a str, not %T",
                 q);
        return -1;
    }
    type->qualname = q;
    rt_barrier(type);
    rt_dict_del(dict, RT_ID(qualname));
    return 0;
}

static int
take_classcell(struct rt_type *type)
{
    rt_val dict = rt_from_ptr(type->dict);
    rt_val cell = rt_dict_get_name(dict, RT_ID(classcell));

    if (rt_is_null(cell))
        return 0;
    if (!rt_is_exact(cell, &rt_cell_type)) {
        rt_raise(&rt_exc_TypeError,
                 "__classcell__ must be a nonlocal cell, not <%R>",
                 rt_from_ptr(rt_type_of(cell)));
        return -1;
    }
    rt_write(rt_ptr(cell), &((struct rt_cell *)rt_ptr(cell))->value,
             rt_from_ptr(type));
    rt_dict_del(dict, RT_ID(classcell));
    return 0;
}

static void
add_getsets(struct rt_type *type)
{
    const struct rt_type *base = type->base;
    uint32_t added = type->flags & ~base->flags;

    if (added & RT_TYPE_HAS_DICT &&
        !rt_dict_contains(rt_from_ptr(type->dict), RT_ID(dict)))
        rt_type_put(type, RT_ID(dict), rt_getset_new(type, &dict_getset));
    if (added & RT_TYPE_HAS_WEAKREFS &&
        !rt_dict_contains(rt_from_ptr(type->dict), RT_ID(weakref)))
        rt_type_put(type, RT_ID(weakref), rt_getset_new(type, &weakref_getset));
    if (rt_is_null(rt_dict_get_name(rt_from_ptr(type->dict), RT_ID(doc))))
        rt_type_put(type, RT_ID(doc), rt_None);
    if (rt_dict_contains(rt_from_ptr(type->dict), RT_ID(eq)) &&
        !rt_dict_contains(rt_from_ptr(type->dict), RT_ID(hash)))
        rt_type_put(type, RT_ID(hash), rt_None);
}

static bool
has_metaclass_mro(struct rt_type *meta)
{
    rt_val ours = rt_type_lookup(&rt_type_type, RT_ID(mro_));

    return meta != &rt_type_type &&
           !rt_same(rt_type_lookup(meta, RT_ID(mro_)), ours);
}

static int
set_mro(struct rt_type *type)
{
    struct rt_type *meta = type->head.map->type;
    rt_val mro;

    if (!has_metaclass_mro(meta)) {
        mro = rt_type_mro(type);
    } else {
        mro = rt_call_special(rt_from_ptr(type), RT_ID(mro_), NULL, 0);
        if (!rt_is_null(mro))
            mro = rt_sequence_tuple(mro);
    }
    if (rt_is_null(mro))
        return -1;
    rt_write(type, &type->mro, mro);
    return 0;
}

static int
call_set_names(struct rt_type *type)
{
    rt_val dict = rt_dict_copy(rt_from_ptr(type->dict)), key, value;
    int64_t pos = 0;

    while (rt_dict_next(dict, &pos, &key, &value)) {
        rt_val args[2] = {rt_from_ptr(type), key};
        rt_val r = rt_call_special(value, RT_ID(set_name), args, 2);

        if (!rt_is_null(r) || !rt_raised())
            continue;
        {
            rt_val cause = rt_exc_take();
            rt_val text = rt_str_format(
                "Error calling __set_name__ on '%T' instance %R in '%N'", value,
                key, type);

            rt_raise_from(rt_exc_new(&rt_exc_RuntimeError, 1, text), cause);
        }
        return -1;
    }
    return 0;
}

static int
call_init_subclass(struct rt_type *type, rt_val kwargs)
{
    rt_val super = rt_super_new(type, rt_from_ptr(type)), f;

    if (rt_is_null(super))
        return -1;
    f = rt_getattr(super, RT_ID(init_subclass));
    if (rt_is_null(f))
        return -1;
    f = rt_call_ex(f, rt_tuple_new(NULL, 0), kwargs);
    return rt_is_null(f) ? -1 : 0;
}

static void
link_to_bases(struct rt_type *type)
{
    int64_t n;
    rt_val *bases = rt_seq_items(type->bases, &n);

    for (int64_t i = 0; i < n; i++)
        rt_type_add_subclass(rt_type_ptr(bases[i]), type);
}

rt_val
rt_type_new(struct rt_type *meta, rt_val name, rt_val bases, rt_val ns,
            rt_val kwargs)
{
    struct slots slots = {rt_list_new(NULL, 0), false, false, false};
    struct rt_type *base, *type;
    rt_val value;

    if (!rt_tuple_of(bases)->len)
        bases = rt_tuple_pack(1, rt_from_ptr(&rt_object_type));
    base = rt_type_best_base(bases);
    if (!base)
        return RT_NULL;
    value = rt_dict_get_name(ns, RT_ID(slots));
    if (!rt_is_null(value) && read_slots(&slots, value, name, ns, base) < 0)
        return RT_NULL;
    type = new_type(meta, base, name, bases, ns, &slots);
    if (take_qualname(type) < 0)
        return RT_NULL;
    set_module(type);
    wrap_method(type, RT_ID(new), rt_staticmethod_new);
    wrap_method(type, RT_ID(init_subclass), rt_classmethod_new);
    wrap_method(type, RT_ID(class_getitem), rt_classmethod_new);
    lay_out(type, &slots);
    add_getsets(type);
    if (take_classcell(type) < 0 || set_mro(type) < 0)
        return RT_NULL;
    size_instances(type);
    rt_slots_update_all(type);
    type->flags |= RT_TYPE_READY;
    link_to_bases(type);
    rt_barrier(type);
    if (call_set_names(type) < 0 || call_init_subclass(type, kwargs) < 0)
        return RT_NULL;
    return rt_from_ptr(type);
}

/* -- slots of type -- */

rt_val
rt_type_make(struct rt_type *meta, const rt_val *args, uint32_t nargs,
             rt_val kwnames)
{
    struct rt_type *winner;
    rt_val kwargs = RT_NULL;

    if (nargs != 3)
        return rt_raise(&rt_exc_TypeError,
                        meta == &rt_type_type && nargs != 2
                            ? "type() takes 1 or 3 arguments"
                            : "type.__new__() takes exactly 3 arguments (%u "
                              "given)",
                        nargs);
    if (!rt_is_str(args[0]) || !rt_is_tuple(args[1]) || !rt_is_dict(args[2]))
        return rt_raise(&rt_exc_TypeError,
                        "type.__new__() argument %d must be %s, not %T",
                        !rt_is_str(args[0])     ? 1
                        : !rt_is_tuple(args[1]) ? 2
                                                : 3,
                        !rt_is_str(args[0])     ? "str"
                        : !rt_is_tuple(args[1]) ? "tuple"
                                                : "dict",
                        args[!rt_is_str(args[0])     ? 0
                             : !rt_is_tuple(args[1]) ? 1
                                                     : 2]);
    for (int64_t i = 0; i < rt_tuple_of(args[1])->len; i++) {
        rt_val b = rt_tuple_of(args[1])->items[i];

        if (!rt_is_type(b) &&
            !rt_is_null(rt_type_lookup(rt_type_of(b), RT_ID(mro_entries))))
            return rt_raise(&rt_exc_TypeError,
                            "type() doesn't support MRO entry resolution; use "
                            "types.new_class()");
    }
    winner = rt_type_metaclass(meta, args[1]);
    if (!winner)
        return RT_NULL;
    if (winner != meta) {
        if (winner->slots.make != rt_type_make)
            return winner->slots.make(winner, args, nargs, kwnames);
        meta = winner;
    }
    if (!rt_is_null(kwnames) && rt_tuple_of(kwnames)->len) {
        kwargs = rt_dict_new();
        for (int64_t i = 0; i < rt_tuple_of(kwnames)->len; i++)
            rt_dict_set(kwargs, rt_tuple_of(kwnames)->items[i],
                        args[nargs + i]);
    }
    return rt_type_new(meta, rt_str_intern(args[0]), args[1], args[2], kwargs);
}

rt_val
rt_type_call(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    struct rt_type *type = rt_type_ptr(self);
    rt_val obj;

    if (type == &rt_type_type) {
        if (nargs == 1 && rt_is_null(kwnames))
            return rt_from_ptr(rt_type_of(args[0]));
        if (nargs != 3)
            return rt_raise(&rt_exc_TypeError, "type() takes 1 or 3 arguments");
    }
    if (!type->slots.make || type->flags & RT_TYPE_NOINSTANCE)
        return rt_raise(&rt_exc_TypeError, "cannot create '%U' instances",
                        rt_type_full_name(type));
    obj = type->slots.make(type, args, nargs, kwnames);
    if (rt_is_null(obj))
        return RT_NULL;
    {
        struct rt_type *t = rt_type_of(obj);

        if (t != type && !rt_is_subtype(t, type))
            return obj;
        if (t->slots.init && t->slots.init != rt_object_init) {
            if (t->slots.init(obj, args, nargs, kwnames) < 0)
                return RT_NULL;
        } else if (t->slots.make == rt_object_make &&
                   rt_object_init(obj, args, nargs, kwnames) < 0) {
            return RT_NULL;
        }
    }
    return obj;
}
