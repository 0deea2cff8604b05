/* SPDX-License-Identifier: MIT
 * runtime/objects/generic_alias.c: list[int] (types.GenericAlias) and int | str
 * (types.UnionType), PEP 585 and 604.
 */
#include "config.h"

#include "runtime/type.h"

struct alias {
    struct rt_obj head;
    rt_val origin, args, parameters; /* parameters: RT_NULL until asked for */
    bool starred;
};
#define A(v) ((struct alias *)rt_ptr(v))

struct union_type {
    struct rt_obj head;
    rt_val args, parameters;
};
#define N(v) ((struct union_type *)rt_ptr(v))

/* -- type variables in arguments -- */

static bool
is_typevar(rt_val v)
{
    return !rt_is_type(v) && !rt_is_null(rt_type_lookup(
                                 rt_type_of(v), rt_intern("__typing_subst__")));
}

static void
add_once(rt_val list, rt_val v)
{
    int64_t n;
    rt_val *items = rt_seq_items(list, &n);

    for (int64_t i = 0; i < n; i++)
        if (rt_same(items[i], v))
            return;
    rt_list_append(list, v);
}

/* RT_NULL: exception. */
static rt_val
parameters_of(rt_val args)
{
    rt_val list = rt_list_new(NULL, 0);
    int64_t n;
    rt_val *items = rt_seq_items(args, &n);

    for (int64_t i = 0; i < n; i++) {
        rt_val sub;

        if (rt_is_type(items[i]))
            continue;
        if (is_typevar(items[i])) {
            add_once(list, items[i]);
            continue;
        }
        sub = rt_getattr_opt(items[i], RT_ID(parameters));
        if (rt_is_null(sub)) {
            if (rt_raised())
                return RT_NULL;
            continue;
        }
        if (rt_is_tuple(sub))
            for (int64_t j = 0; j < rt_tuple_of(sub)->len; j++)
                add_once(list, rt_tuple_of(sub)->items[j]);
    }
    return rt_list_to_tuple(list);
}

static int64_t
index_of(rt_val tuple, rt_val v)
{
    int64_t n;
    rt_val *items = rt_seq_items(tuple, &n);

    for (int64_t i = 0; i < n; i++)
        if (rt_same(items[i], v))
            return i;
    return -1;
}

/* The alias's arguments with [item] for its parameters. */
static rt_val
substitute(rt_val self, rt_val args, rt_val params, rt_val item)
{
    rt_val given = rt_is_tuple(item) ? item : rt_tuple_pack(1, item);
    int64_t n, np = rt_tuple_of(params)->len;
    rt_val list = rt_list_new(NULL, 0), *items;

    if (!np)
        return rt_raise(&rt_exc_TypeError, "%R is not a generic class", self);
    for (int64_t i = 0; i < np; i++) {
        rt_val p = rt_tuple_of(params)->items[i];
        rt_val f = rt_getattr_opt(p, rt_intern("__typing_prepare_subst__"));

        if (rt_is_null(f)) {
            if (rt_raised())
                return RT_NULL;
            continue;
        }
        given = rt_call2(f, self, given);
        if (rt_is_null(given))
            return RT_NULL;
    }
    if (rt_tuple_of(given)->len != np)
        return rt_raise(&rt_exc_TypeError,
                        "Too %s arguments for %R; actual %lld, expected %lld",
                        rt_tuple_of(given)->len > np ? "many" : "few", self,
                        (long long)rt_tuple_of(given)->len, (long long)np);
    items = rt_seq_items(args, &n);
    for (int64_t i = 0; i < n; i++) {
        rt_val v = items[i], sub;

        if (!rt_is_type(v) && is_typevar(v)) {
            int64_t at = index_of(params, v);
            rt_val f = rt_getattr(v, rt_intern("__typing_subst__"));

            v = rt_is_null(f) ? RT_NULL
                              : rt_call1(f, rt_tuple_of(given)->items[at]);
        } else if (!rt_is_type(v)) {
            sub = rt_getattr_opt(v, RT_ID(parameters));
            if (rt_is_null(sub) && rt_raised())
                return RT_NULL;
            if (!rt_is_null(sub) && rt_is_tuple(sub) && rt_tuple_of(sub)->len) {
                rt_val inner = rt_list_new(NULL, 0);

                for (int64_t j = 0; j < rt_tuple_of(sub)->len; j++) {
                    int64_t at = index_of(params, rt_tuple_of(sub)->items[j]);

                    rt_list_append(inner, rt_tuple_of(given)->items[at]);
                }
                v = rt_getitem(v, rt_list_to_tuple(inner));
            }
        }
        if (rt_is_null(v))
            return RT_NULL;
        rt_list_append(list, v);
    }
    return rt_list_to_tuple(list);
}

/* -- text -- */

/* As it is written in source: int, mod.C, None, ..., or repr. */
static rt_val
item_text(rt_val v)
{
    rt_val q, m;

    if (rt_same(v, rt_Ellipsis))
        return rt_intern("...");
    if (rt_same(v, rt_from_ptr(&rt_none_type)))
        return rt_intern("None");
    if (rt_isinstance_exactly(v, &rt_generic_alias_type))
        return rt_repr(v);
    if (!rt_is_type(v)) {
        q = rt_getattr_opt(v, RT_ID(origin));
        m = rt_getattr_opt(v, RT_ID(args));
        if (rt_raised())
            return RT_NULL;
        if (!rt_is_null(q) && !rt_is_null(m))
            return rt_repr(v);
    }
    q = rt_getattr_opt(v, RT_ID(qualname));
    m = rt_getattr_opt(v, RT_ID(module));
    if (rt_raised())
        return RT_NULL;
    if (rt_is_null(q) || rt_is_null(m) || rt_is_none(m))
        return rt_repr(v);
    if (rt_is_str(m) && rt_str_is(m, "builtins"))
        return rt_str(q);
    return rt_str_format("%S.%S", m, q);
}

static rt_val
join_items(rt_val args, const char *separator)
{
    struct rt_builder b = {0};
    int64_t n;
    rt_val *items = rt_seq_items(args, &n);

    for (int64_t i = 0; i < n; i++) {
        rt_val s;

        if (i)
            rt_builder_utf8(&b, separator, -1);
        if (rt_is_list(items[i])) { /* Callable's parameters */
            s = join_items(rt_list_to_tuple(items[i]), ", ");
            if (!rt_is_null(s))
                s = rt_str_format("[%U]", s);
        } else {
            s = item_text(items[i]);
        }
        if (rt_is_null(s)) {
            rt_builder_drop(&b);
            return RT_NULL;
        }
        rt_builder_str(&b, s);
    }
    return rt_builder_finish(&b);
}

/* -- GenericAlias -- */

static rt_val
alias_alloc(struct rt_type *type, rt_val origin, rt_val args)
{
    struct alias *a = rt_ptr(rt_instance_new(type));

    a->origin = origin;
    a->args = rt_is_tuple(args) ? args : rt_tuple_pack(1, args);
    a->parameters = RT_NULL;
    a->starred = false;
    rt_barrier(a);
    return rt_from_ptr(a);
}

rt_val
rt_generic_alias_new(rt_val origin, rt_val args)
{
    return alias_alloc(&rt_generic_alias_type, origin, args);
}

static rt_val
alias_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
           rt_val kwnames)
{
    static struct rt_signature *sig;
    rt_val a[2];

    if (rt_no_keywords("GenericAlias", kwnames) < 0 ||
        rt_bind(&sig, "GenericAlias", "(origin, args, /)", a, args, nargs,
                kwnames) < 0)
        return RT_NULL;
    return alias_alloc(type, a[0], a[1]);
}

static void
alias_trace(struct rt_obj *obj, struct rt_marker *m)
{
    struct alias *a = (struct alias *)obj;

    rt_gc_visit(m, a->origin);
    rt_gc_visit(m, a->args);
    rt_gc_visit(m, a->parameters);
}

static rt_val
alias_repr(rt_val self)
{
    rt_val origin = item_text(A(self)->origin), args;

    if (rt_is_null(origin))
        return RT_NULL;
    args = join_items(A(self)->args, ", ");
    if (rt_is_null(args))
        return RT_NULL;
    return rt_str_format("%s%U[%s%U]", A(self)->starred ? "*" : "", origin,
                         rt_tuple_of(A(self)->args)->len ? "" : "()", args);
}

static int64_t
alias_hash(rt_val self)
{
    int64_t a = rt_hash(A(self)->origin), b;

    if (a == -1)
        return -1;
    b = rt_hash(A(self)->args);
    if (b == -1)
        return -1;
    a ^= b;
    return a == -1 ? -2 : a;
}

static rt_val
alias_compare(rt_val a, rt_val b, enum rt_cmp op)
{
    int same;

    if ((op != RT_EQ && op != RT_NE) ||
        !rt_isinstance_exactly(a, &rt_generic_alias_type) ||
        !rt_isinstance_exactly(b, &rt_generic_alias_type))
        return rt_NotImplemented;
    same = A(a)->starred == A(b)->starred;
    if (same)
        same = rt_equal(A(a)->origin, A(b)->origin);
    if (same > 0)
        same = rt_equal(A(a)->args, A(b)->args);
    return same < 0 ? RT_NULL : rt_from_bool(same == (op == RT_EQ));
}

static rt_val
alias_call(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    rt_val obj = rt_call(A(self)->origin, args, nargs, kwnames);

    if (rt_is_null(obj))
        return RT_NULL;
    if (rt_setattr(obj, rt_intern("__orig_class__"), self) < 0) {
        if (!rt_exc_is(&rt_exc_AttributeError) && !rt_exc_is(&rt_exc_TypeError))
            return RT_NULL;
        rt_exc_clear();
    }
    return obj;
}

static rt_val
get_parameters(rt_val self)
{
    if (rt_is_null(A(self)->parameters)) {
        rt_val p = parameters_of(A(self)->args);

        if (rt_is_null(p))
            return RT_NULL;
        rt_write(A(self), &A(self)->parameters, p);
    }
    return A(self)->parameters;
}

static rt_val
alias_getitem(rt_val self, rt_val item)
{
    rt_val params = get_parameters(self), args, v;

    if (rt_is_null(params))
        return RT_NULL;
    args = substitute(self, A(self)->args, params, item);
    if (rt_is_null(args))
        return RT_NULL;
    v = alias_alloc(rt_type_of(self), A(self)->origin, args);
    A(v)->starred = A(self)->starred;
    return v;
}

/* Names that are the alias's own; all others are the origin's. */
static const char *const own_names[] = {"__class__",
                                        "__bases__",
                                        "__origin__",
                                        "__args__",
                                        "__unpacked__",
                                        "__parameters__",
                                        "__typing_unpacked_tuple_args__",
                                        "__mro_entries__",
                                        "__reduce_ex__",
                                        "__reduce__",
                                        "__copy__",
                                        "__deepcopy__",
                                        NULL};

static rt_val
alias_getattr(rt_val self, rt_val name)
{
    if (rt_is_exact(name, &rt_str_type)) {
        for (int i = 0; own_names[i]; i++)
            if (rt_str_is(name, own_names[i]))
                return rt_generic_getattr(self, name);
        return rt_getattr(A(self)->origin, name);
    }
    return rt_generic_getattr(self, name);
}

static rt_val
alias_or(rt_val a, rt_val b)
{
    return rt_union_new(a, b);
}

static rt_val
get_origin(rt_val self)
{
    return A(self)->origin;
}

static rt_val
get_args(rt_val self)
{
    return A(self)->args;
}

static rt_val
get_unpacked(rt_val self)
{
    return rt_from_bool(A(self)->starred);
}

static rt_val
get_unpacked_args(rt_val self)
{
    if (A(self)->starred &&
        rt_same(A(self)->origin, rt_from_ptr(&rt_tuple_type)))
        return A(self)->args;
    return rt_None;
}

static rt_val
alias_mro_entries(rt_val self, rt_val *args)
{
    (void)args;
    return rt_tuple_pack(1, A(self)->origin);
}

static rt_val
alias_instancecheck(rt_val self, rt_val *args)
{
    (void)self;
    (void)args;
    return rt_raise(&rt_exc_TypeError,
                    "isinstance() argument 2 cannot be a parameterized "
                    "generic");
}

static rt_val
alias_subclasscheck(rt_val self, rt_val *args)
{
    (void)self;
    (void)args;
    return rt_raise(&rt_exc_TypeError,
                    "issubclass() argument 2 cannot be a parameterized "
                    "generic");
}

static rt_val
alias_reduce(rt_val self, rt_val *args)
{
    (void)args;
    return rt_tuple_pack(2, rt_from_ptr(&rt_generic_alias_type),
                         rt_tuple_pack(2, A(self)->origin, A(self)->args));
}

/* *tuple[int]: iterating yields the one starred alias. */
static rt_val
alias_iter(rt_val self)
{
    rt_val v = alias_alloc(rt_type_of(self), A(self)->origin, A(self)->args);

    A(v)->starred = true;
    return rt_iter(rt_tuple_pack(1, v));
}

static const struct rt_getset alias_getsets[] = {
    {"__origin__", get_origin, NULL, NULL},
    {"__args__", get_args, NULL, NULL},
    {"__parameters__", get_parameters, NULL,
     "Type variables in the GenericAlias."},
    {"__unpacked__", get_unpacked, NULL, NULL},
    {"__typing_unpacked_tuple_args__", get_unpacked_args, NULL, NULL},
    RT_END_GETSETS,
};
static const struct rt_method alias_methods[] = {
    RT_METHOD("__mro_entries__", alias_mro_entries, READS, "($self, bases, /)",
              NULL),
    RT_METHOD("__instancecheck__", alias_instancecheck, READS,
              "($self, instance, /)", NULL),
    RT_METHOD("__subclasscheck__", alias_subclasscheck, READS,
              "($self, cls, /)", NULL),
    RT_METHOD("__reduce__", alias_reduce, READS, "($self, /)", NULL),
    RT_END_METHODS,
};

struct rt_type rt_generic_alias_type = {
    RT_TYPE_HEAD(generic_alias, "types.GenericAlias", sizeof(struct alias)),
    .flags = RT_TYPE_BASE | RT_TYPE_HAS_WEAKREFS,
    .trace = alias_trace,
    .getsets = alias_getsets,
    .methods = alias_methods,
    .cdoc = "Represent a PEP 585 generic type\n\nE.g. for t = list[int], "
            "t.__origin__ is list and t.__args__ is (int,).",
    .slots = {.repr = alias_repr,
              .hash = alias_hash,
              .compare = alias_compare,
              .call = alias_call,
              .getitem = alias_getitem,
              .iter = alias_iter,
              .getattr = alias_getattr,
              .make = alias_make,
              .binary = {[RT_OR] = alias_or}},
};

/* -- UnionType -- */

static bool
is_unionable(rt_val v)
{
    return rt_is_none(v) || rt_is_type(v) ||
           rt_isinstance_exactly(v, &rt_generic_alias_type) ||
           rt_is_exact(v, &rt_union_type);
}

static int
add_member(rt_val list, rt_val v)
{
    int64_t n;
    rt_val *items;

    if (rt_is_none(v))
        v = rt_from_ptr(&rt_none_type);
    if (rt_is_exact(v, &rt_union_type)) {
        items = rt_seq_items(N(v)->args, &n);
        for (int64_t i = 0; i < n; i++)
            if (add_member(list, items[i]) < 0)
                return -1;
        return 0;
    }
    items = rt_seq_items(list, &n);
    for (int64_t i = 0; i < n; i++) {
        bool alias = rt_isinstance_exactly(v, &rt_generic_alias_type) &&
                     rt_isinstance_exactly(items[i], &rt_generic_alias_type);
        int same = alias ? rt_equal(items[i], v) : rt_same(items[i], v);

        if (same)
            return same < 0 ? -1 : 0;
    }
    return rt_list_append(list, v);
}

static rt_val
union_of(rt_val list)
{
    struct union_type *u;

    if (rt_list_of(list)->len == 1)
        return rt_list_of(list)->items->items[0];
    u = RT_NEW(struct union_type, &rt_union_type);
    u->args = u->parameters = RT_NULL;
    u->args = rt_list_to_tuple(list);
    rt_barrier(u);
    return rt_from_ptr(u);
}

rt_val
rt_union_new(rt_val a, rt_val b)
{
    rt_val list;

    if (!is_unionable(a) || !is_unionable(b))
        return rt_NotImplemented;
    list = rt_list_new(NULL, 0);
    if (add_member(list, a) < 0 || add_member(list, b) < 0)
        return RT_NULL;
    return union_of(list);
}

static void
union_trace(struct rt_obj *obj, struct rt_marker *m)
{
    rt_gc_visit(m, ((struct union_type *)obj)->args);
    rt_gc_visit(m, ((struct union_type *)obj)->parameters);
}

static rt_val
union_repr(rt_val self)
{
    return join_items(N(self)->args, " | ");
}

static int64_t
union_hash(rt_val self)
{
    rt_val set = rt_frozenset_new(N(self)->args);

    return rt_is_null(set) ? -1 : rt_hash(set);
}

static rt_val
union_compare(rt_val a, rt_val b, enum rt_cmp op)
{
    rt_val x, y;

    if ((op != RT_EQ && op != RT_NE) || !rt_is_exact(a, &rt_union_type) ||
        !rt_is_exact(b, &rt_union_type))
        return rt_NotImplemented;
    x = rt_frozenset_new(N(a)->args);
    y = rt_frozenset_new(N(b)->args);
    return rt_is_null(x) || rt_is_null(y) ? RT_NULL : rt_compare(x, y, op);
}

static rt_val
union_check(rt_val self, rt_val v, bool instance)
{
    int64_t n;
    rt_val *items = rt_seq_items(N(self)->args, &n);

    for (int64_t i = 0; i < n; i++) {
        int r =
            instance ? rt_isinstance(v, items[i]) : rt_issubclass(v, items[i]);

        if (r)
            return r < 0 ? RT_NULL : rt_True;
    }
    return rt_False;
}

static rt_val
union_instancecheck(rt_val self, rt_val *args)
{
    return union_check(self, args[0], true);
}

static rt_val
union_subclasscheck(rt_val self, rt_val *args)
{
    if (!rt_is_type(args[0]))
        return rt_raise(&rt_exc_TypeError,
                        "issubclass() arg 1 must be a class");
    return union_check(self, args[0], false);
}

static rt_val
union_parameters(rt_val self)
{
    if (rt_is_null(N(self)->parameters)) {
        rt_val p = parameters_of(N(self)->args);

        if (rt_is_null(p))
            return RT_NULL;
        rt_write(N(self), &N(self)->parameters, p);
    }
    return N(self)->parameters;
}

static rt_val
union_getitem(rt_val self, rt_val item)
{
    rt_val params = union_parameters(self), args, list, *items;
    int64_t n;

    if (rt_is_null(params))
        return RT_NULL;
    args = substitute(self, N(self)->args, params, item);
    if (rt_is_null(args))
        return RT_NULL;
    items = rt_seq_items(args, &n);
    list = rt_list_new(NULL, 0);
    for (int64_t i = 0; i < n; i++)
        if (add_member(list, items[i]) < 0)
            return RT_NULL;
    return union_of(list);
}

static rt_val
union_args(rt_val self)
{
    return N(self)->args;
}

static rt_val
union_or(rt_val a, rt_val b)
{
    rt_val other = rt_is_exact(a, &rt_union_type) ? b : a;

    return is_unionable(other) ? rt_union_new(a, b) : rt_NotImplemented;
}

static const struct rt_getset union_getsets[] = {
    {"__args__", union_args, NULL, NULL},
    {"__parameters__", union_parameters, NULL,
     "Type variables in the types.UnionType."},
    RT_END_GETSETS,
};
static const struct rt_method union_methods[] = {
    RT_METHOD("__instancecheck__", union_instancecheck, ANY,
              "($self, instance, /)", NULL),
    RT_METHOD("__subclasscheck__", union_subclasscheck, ANY, "($self, cls, /)",
              NULL),
    RT_END_METHODS,
};

struct rt_type rt_union_type = {
    RT_TYPE_HEAD(union, "types.UnionType", sizeof(struct union_type)),
    .flags = RT_TYPE_HAS_WEAKREFS | RT_TYPE_NOINSTANCE,
    .trace = union_trace,
    .getsets = union_getsets,
    .methods = union_methods,
    .cdoc = "Represent a PEP 604 union type\n\nE.g. for int | str",
    .slots = {.repr = union_repr,
              .hash = union_hash,
              .compare = union_compare,
              .getitem = union_getitem,
              .binary = {[RT_OR] = union_or}},
};
