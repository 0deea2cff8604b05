/* SPDX-License-Identifier: MIT
 * runtime/interp/helpers.c: decisions that handlers take from constants (types,
 * code objects, names), and the slow halves of arithmetic, comparison, names
 * and subscripts. Called by the handlers of both interpreters, and the residual
 * calls among them by traces; documented in helpers.h and ircalls.def.
 */
#include "config.h"

#include "runtime/interp/helpers.h"

#include <math.h>

#include "runtime/interp/jit.h"
#include "runtime/type.h"

/* -- decisions -- */

struct rt_function *
rt_h_special_function(struct rt_type *type, rt_val name)
{
    rt_val f;

    if (!(type->flags & RT_TYPE_HEAP))
        return NULL;
    f = rt_type_lookup(type, name);
    return rt_is_exact(f, &rt_function_type) ? rt_function_of(f) : NULL;
}

static const enum rt_name binary_names[][3] = {
#define B(x)                                                                   \
    {                                                                          \
        RT_NAME_##x, RT_NAME_r##x, RT_NAME_i##x                                \
    }
    B(add),    B(sub),    B(mul),    B(truediv), B(floordiv), B(mod), B(pow),
    B(matmul), B(lshift), B(rshift), B(and),     B(or),       B(xor),
#undef B
};

struct rt_function *
rt_h_binary_method(enum rt_binop op, int inplace, struct rt_type *lt,
                   struct rt_type *rt)
{
    if (!(lt->flags & RT_TYPE_HEAP))
        return NULL;
    if (lt != rt && rt_is_subtype(rt, lt))
        return NULL; /* the reflected method may come first */
    if (inplace &&
        !rt_is_null(rt_type_lookup(lt, rt_names[binary_names[op][2]])))
        return NULL;
    return rt_h_special_function(lt, rt_names[binary_names[op][0]]);
}

static const enum rt_name compare_names[] = {
    RT_NAME_lt, RT_NAME_le, RT_NAME_eq, RT_NAME_ne, RT_NAME_gt, RT_NAME_ge};

struct rt_function *
rt_h_compare_method(enum rt_cmp op, struct rt_type *lt, struct rt_type *rt)
{
    if (!(lt->flags & RT_TYPE_HEAP) || (lt != rt && rt_is_subtype(rt, lt)))
        return NULL;
    return rt_h_special_function(lt, rt_names[compare_names[op]]);
}

static bool
is_sequence(const struct rt_type *t)
{
    return t == &rt_list_type || t == &rt_tuple_type;
}

bool
rt_h_sequence_operands(enum rt_binop op, struct rt_type *lt, struct rt_type *rt)
{
    if (op == RT_ADD)
        return lt == rt && is_sequence(lt);
    return op == RT_MUL && ((is_sequence(lt) && rt == &rt_int_type) ||
                            (is_sequence(rt) && lt == &rt_int_type));
}

bool
rt_h_is_plain_iterator(const struct rt_map *map)
{
    return map == &rt_dict_iter_type.root_map ||
           map == &rt_dict_valueiter_type.root_map ||
           map == &rt_dict_itemiter_type.root_map ||
           map == &rt_dict_reviter_type.root_map ||
           map == &rt_dict_revvalueiter_type.root_map ||
           map == &rt_dict_revitemiter_type.root_map ||
           map == &rt_set_iter_type.root_map ||
           map == &rt_str_iter_type.root_map ||
           map == &rt_bytes_iter_type.root_map;
}

bool
rt_h_is_identity(const struct rt_type *type)
{
    return type->slots.hash == rt_object_hash &&
           type->slots.compare == rt_object_type.slots.compare;
}

bool
rt_h_is_plain_iterable(const struct rt_type *t)
{
    return t == &rt_list_type || t == &rt_tuple_type || t == &rt_range_type ||
           t == &rt_str_type || t == &rt_bytes_type || t == &rt_dict_type ||
           t == &rt_set_type || t == &rt_frozenset_type ||
           t == &rt_dict_keys_type || t == &rt_dict_values_type ||
           t == &rt_dict_items_type;
}

static bool
is_plain_sequence(const struct rt_type *t)
{
    return t == &rt_list_type || t == &rt_tuple_type || t == &rt_range_type ||
           t == &rt_str_type;
}

bool
rt_h_plain_class(const struct rt_type *type, const struct rt_type *arg)
{
    if (type == &rt_list_type || type == &rt_tuple_type)
        return !arg || rt_h_is_plain_iterable(arg);
    if (type == &rt_set_type || type == &rt_frozenset_type)
        return !arg || arg == &rt_range_type || arg == &rt_str_type;
    if (type == &rt_dict_type || type == &rt_object_type)
        return !arg;
    if (type == &rt_enumerate_type || type == &rt_reversed_type)
        return arg && is_plain_sequence(arg);
    if (type == &rt_zip_type)
        return arg && rt_h_is_plain_iterable(arg);
    return (type == &rt_int_type || type == &rt_float_type ||
            type == &rt_str_type || type == &rt_bool_type ||
            type == &rt_complex_type) &&
           (!arg || rt_h_is_plain(arg));
}

/* zip(a, b), enumerate(a, start) */
bool
rt_h_plain_class2(const struct rt_type *type, const struct rt_type *first,
                  const struct rt_type *second)
{
    if (type == &rt_zip_type)
        return rt_h_is_plain_iterable(first) && rt_h_is_plain_iterable(second);
    return type == &rt_enumerate_type && rt_h_is_plain_iterable(first) &&
           second == &rt_int_type;
}

bool
rt_h_simple_class(struct rt_type *type, struct rt_function **init)
{
    rt_val make, f;

    *init = NULL;
    if (!(type->flags & RT_TYPE_HEAP) || type->flags & RT_TYPE_ABSTRACT ||
        !type->version)
        return false;
    if (((struct rt_obj *)type)->map->type != &rt_type_type)
        return false; /* a metaclass may define __call__ */
    if (type->slots.make != rt_object_type.slots.make || type->slots.del)
        return false;
    make = rt_type_lookup(type, RT_ID(new));
    if (!rt_same(make, rt_type_lookup(&rt_object_type, RT_ID(new))))
        return false;
    f = rt_type_lookup(type, RT_ID(init));
    if (rt_same(f, rt_type_lookup(&rt_object_type, RT_ID(init))))
        return true;
    if (!rt_is_exact(f, &rt_function_type))
        return false;
    *init = rt_function_of(f);
    return true;
}

bool
rt_h_positional_ok(struct rt_function *f, int nargs)
{
    int ndefaults = f->defaults ? (int)f->defaults->len : 0;

    return rt_h_bindable(f->code, nargs, NULL) && !f->code->kwonlyargcount &&
           nargs >= (int)f->code->argcount - ndefaults &&
           !(f->code->flags &
             (FE_GENERATOR | FE_COROUTINE | FE_ASYNC_GENERATOR));
}

int
rt_h_parameter(struct rt_code *code, rt_val name)
{
    struct rt_tuple *names = rt_tuple_of(code->varnames);
    int i;

    int n = (int)(code->argcount + code->kwonlyargcount);

    for (i = (int)code->posonlyargcount; i < n; i++)
        if (rt_same(names->items[i], name))
            return i;
    return -1;
}

rt_val
rt_h_kwdefault(rt_val func, int64_t i)
{
    struct rt_function *f = rt_function_of(func);

    if (rt_is_null(f->kwdefaults))
        return RT_NULL;
    return rt_dict_get_name(f->kwdefaults,
                            rt_tuple_of(f->code->varnames)->items[i]);
}

bool
rt_h_bindable(struct rt_code *code, int npos, struct rt_tuple *kw)
{
    uint32_t seen = 0;
    int64_t i;

    if (code->nparams > RT_MAX_TRACED_PARAMS)
        return false;
    if (npos > (int)code->argcount && !(code->flags & FE_VARARGS))
        return false;
    for (i = 0; kw && i < kw->len; i++) {
        int at = rt_h_parameter(code, kw->items[i]);

        if (at < 0 || (at < npos && at < (int)code->argcount) ||
            seen & 1u << at)
            return false;
        seen |= 1u << at;
    }
    return true;
}

int
rt_h_isinstance_known(struct rt_type *type, rt_val cls)
{
    if (rt_is_type(cls)) {
        struct rt_type *c = rt_ptr(cls);

        if (c->head.map->type == &rt_type_type)
            return rt_is_subtype(type, c);
    } else if (rt_is_exact(cls, &rt_tuple_type)) {
        struct rt_tuple *t = rt_tuple_of(cls);
        int64_t i;

        for (i = 0; i < t->len; i++) {
            int known = rt_h_isinstance_known(type, t->items[i]);

            if (known)
                return known;
        }
        return 0;
    }
    return -1;
}

const struct fe_exc_entry *
rt_h_find_handler(const struct rt_code *code, uint32_t ins)
{
    uint32_t i;

    for (i = 0; i < code->nexcs; i++)
        if (ins >= code->excs[i].start && ins < code->excs[i].end)
            return &code->excs[i];
    return NULL;
}

/* -- names -- */

static struct rt_gcell *
keep(struct rt_ic *ic, rt_val space, struct rt_gcell *cell)
{
    ic->cell = cell;
    ic->version = rt_namespace_epoch;
    ic->extra = space;
    return cell;
}

struct rt_gcell *
rt_h_global_cell(struct rt_ic *ic, rt_val space, rt_val name)
{
    struct rt_gcell *cell;

    if (rt_is_null(space))
        return NULL;
    cell = rt_namespace_cell(space, name, false);
    if (!cell || rt_is_null(cell->value))
        cell = rt_namespace_cell(rt_builtins, name, false);
    return cell && !rt_is_null(cell->value) ? keep(ic, space, cell) : NULL;
}

struct rt_gcell *
rt_h_own_global(struct rt_ic *ic, rt_val space, rt_val name)
{
    struct rt_gcell *cell;

    if (rt_is_null(space))
        return NULL;
    if (rt_global_ic_holds(ic, space))
        return ic->cell;
    cell = rt_namespace_cell(space, name, false);
    return cell && !rt_is_null(cell->value) ? keep(ic, space, cell) : NULL;
}

/* [func]: the running function. In a trace rt_ts->fp is the entry frame. */
rt_val
rt_h_load_global(rt_val func, rt_val name)
{
    struct rt_function *f = rt_function_of(func);
    rt_val v = rt_dict_get(f->globals, name);

    if (rt_is_null(v) && !rt_raised())
        v = rt_dict_get(f->builtins, name);
    if (rt_is_null(v) && !rt_raised()) {
        rt_raise(&rt_exc_NameError, "name '%U' is not defined", name);
        if (rt_exc_is(&rt_exc_NameError))
            rt_exc_set_name(rt_ts->exc, name);
    }
    return v;
}

int64_t
rt_h_store_global(rt_val func, rt_val name, rt_val v)
{
    rt_val globals = rt_function_of(func)->globals;
    struct rt_gcell *cell;

    if (!(rt_dict_of(globals)->flags & RT_DICT_NAMESPACE))
        return rt_dict_set(globals, name, v);
    cell = rt_namespace_cell(globals, name, true);
    rt_gcell_write(cell, v);
    return 0;
}

int64_t
rt_h_del_global(rt_val func, rt_val name)
{
    int found = rt_dict_del(rt_function_of(func)->globals, name);

    if (found == 0)
        rt_raise(&rt_exc_NameError, "name '%U' is not defined", name);
    return found == 1 ? 0 : -1;
}

static rt_val
get_from(rt_val ns, rt_val name)
{
    rt_val v;

    if (rt_is_exact_dict(ns))
        return rt_dict_get(ns, name);
    v = rt_getitem(ns, name);
    if (rt_is_null(v) && rt_exc_is(&rt_exc_KeyError))
        rt_exc_clear();
    return v;
}

rt_val
rt_h_load_name(rt_val func, rt_val ns, rt_val name)
{
    rt_val v = get_from(ns, name);

    return rt_is_null(v) && !rt_raised() ? rt_h_load_global(func, name) : v;
}

int64_t
rt_h_store_name(rt_val ns, rt_val name, rt_val v)
{
    int status;

    if (!rt_is_null(v))
        return rt_is_exact_dict(ns) ? rt_dict_set(ns, name, v)
                                    : rt_setitem(ns, name, v);
    if (rt_is_exact_dict(ns)) {
        status = rt_dict_del(ns, name) == 1 ? 0 : -1;
    } else {
        status = rt_delitem(ns, name);
        if (status < 0 && rt_exc_is(&rt_exc_KeyError))
            rt_exc_clear();
    }
    if (status < 0 && !rt_raised())
        rt_raise(&rt_exc_NameError, "name '%U' is not defined", name);
    return status;
}

rt_val
rt_h_load_classderef(rt_val ns, rt_val name, rt_val cell)
{
    rt_val v = get_from(ns, name);

    if (rt_is_null(v) && !rt_raised()) {
        v = ((struct rt_cell *)rt_ptr(cell))->value;
        if (rt_is_null(v))
            rt_raise(&rt_exc_NameError,
                     "cannot access free variable '%U' where it is not "
                     "associated with a value in enclosing scope",
                     name);
    }
    return v;
}

/* Register [at] of the running code is empty. */
rt_val
rt_h_unbound(void *running, int64_t at, int64_t as_name)
{
    struct rt_code *code = running;
    rt_val name;

    if (at >= (int64_t)code->nlocals) {
        name = rt_tuple_of(code->freevars)->items[at - code->nlocals];
        return rt_raise(&rt_exc_NameError,
                        "cannot access free variable '%U' where it is not "
                        "associated with a value in enclosing scope",
                        name);
    }
    name = rt_tuple_of(code->varnames)->items[at];
    if (as_name)
        return rt_raise(&rt_exc_NameError, "name '%U' is not defined", name);
    return rt_raise(&rt_exc_UnboundLocalError,
                    "cannot access local variable '%U' where it is not "
                    "associated with a value",
                    name);
}

/* -- operators -- */

rt_val
rt_h_binary(int64_t op, rt_val a, rt_val b)
{
    return rt_binary_op((enum rt_binop)op, a, b);
}

rt_val
rt_h_inplace(int64_t op, rt_val a, rt_val b)
{
    return rt_inplace_op((enum rt_binop)op, a, b);
}

rt_val
rt_h_binary_builtin(int64_t op, rt_val a, rt_val b)
{
    if ((op & ~RT_H_INPLACE) == RT_ADD && rt_is_exact(a, &rt_str_type) &&
        rt_is_exact(b, &rt_str_type))
        return rt_str_concat(a, b);
    if (op & RT_H_INPLACE)
        return rt_inplace_op((enum rt_binop)(op & ~RT_H_INPLACE), a, b);
    return rt_binary_op((enum rt_binop)op, a, b);
}

/* Operands that rt_h_sequence_operands() allows. */
rt_val
rt_h_binary_sequence(int64_t op, rt_val a, rt_val b)
{
    return rt_binary_op((enum rt_binop)op, a, b);
}

rt_val
rt_h_inplace_list(int64_t op, rt_val a, rt_val b)
{
    return rt_inplace_op((enum rt_binop)op, a, b);
}

rt_val
rt_h_not(rt_val v)
{
    int truth = rt_truth(v);

    return truth < 0 ? RT_NULL : rt_from_bool(!truth);
}

int64_t
rt_h_truth(rt_val v)
{
    return rt_truth(v);
}

rt_val
rt_h_compare(int64_t op, rt_val a, rt_val b)
{
    return rt_compare(a, b, (enum rt_cmp)op);
}

rt_val
rt_h_compare_builtin(int64_t op, rt_val a, rt_val b)
{
    return rt_compare(a, b, (enum rt_cmp)op);
}

int64_t
rt_h_compare_bool(int64_t op, rt_val a, rt_val b)
{
    return rt_compare_bool(a, b, (enum rt_cmp)op);
}

int64_t
rt_h_compare_bool_builtin(int64_t op, rt_val a, rt_val b)
{
    return rt_compare_bool(a, b, (enum rt_cmp)op);
}

int64_t
rt_h_str_equal(rt_val a, rt_val b)
{
    return rt_same(a, b) || rt_str_equal(a, b);
}

int64_t
rt_h_str_compare(rt_val a, rt_val b)
{
    return rt_str_compare(a, b);
}

/* A frame's operator method returned NotImplemented: what follows it. */
rt_val
rt_h_operator_refused(rt_val a, rt_val b, int64_t op, int64_t inplace)
{
    if (op >= FE_LT && op <= FE_GE)
        return rt_compare_after(a, b, (enum rt_cmp)(op - FE_LT));
    return rt_binary_after(a, b, (enum rt_binop)(op - FE_ADD), inplace != 0);
}

int64_t
rt_h_compare_refused(rt_val a, rt_val b, int64_t op)
{
    rt_val v = rt_compare_after(a, b, (enum rt_cmp)(op - FE_JUMP_IF_LT));

    return rt_is_null(v) ? -1 : rt_truth(v);
}

int64_t
rt_h_contains(rt_val box, rt_val item)
{
    return rt_contains(box, item);
}

static bool
is_plain_value(rt_val v, int depth)
{
    struct rt_tuple *t;
    int64_t i;

    if (!rt_is_exact(v, &rt_tuple_type))
        return rt_h_is_plain(rt_type_of(v));
    t = rt_tuple_of(v);
    for (i = 0; depth && i < t->len; i++)
        if (!is_plain_value(t->items[i], depth - 1))
            return false;
    return depth > 0;
}

int64_t
rt_h_plain_tuple(rt_val v)
{
    return is_plain_value(v, 4);
}

/* A list or tuple, and an item of a PLAIN class: 1, 0, or -1 (no exception)
 * where an item was met that may be equal by Python code. */
int64_t
rt_h_seq_contains_plain(rt_val seq, rt_val item)
{
    int64_t n, i;
    const rt_val *p = rt_seq_items(seq, &n);

    for (i = 0; i < n; i++) {
        if (rt_same(p[i], item))
            return 1;
        if (rt_is_small(p[i]) && rt_is_small(item))
            continue;
        if (!rt_h_is_plain(rt_type_of(p[i])))
            return -1;
        if (rt_equal(p[i], item))
            return 1;
    }
    return 0;
}

/* Two lists or two tuples, in the same way. */
int64_t
rt_h_seq_equal_plain(rt_val a, rt_val b)
{
    int64_t n, m, i;
    const rt_val *p = rt_seq_items(a, &n), *q = rt_seq_items(b, &m);

    if (n != m && rt_is_exact(a, &rt_list_type))
        return 0;
    for (i = 0; i < n && i < m; i++) {
        if (rt_same(p[i], q[i]))
            continue;
        if (rt_is_small(p[i]) && rt_is_small(q[i]))
            return 0;
        if (!is_plain_value(p[i], 4) || !is_plain_value(q[i], 4))
            return -1;
        if (!rt_equal(p[i], q[i]))
            return 0;
    }
    return n == m;
}

int64_t
rt_h_contains_plain(rt_val box, rt_val item)
{
    return rt_is_exact_dict(box) ? rt_dict_contains(box, item)
                                 : rt_contains(box, item);
}

/* -- subscripts, containers -- */

rt_val
rt_h_getitem_plain(rt_val o, rt_val key)
{
    if (rt_is_exact_dict(o)) {
        rt_val v = rt_dict_get(o, key);

        return rt_is_null(v) && !rt_raised() ? rt_raise_key(key) : v;
    }
    return rt_getitem(o, key);
}

/* An exact builtin sequence; bounds are ints or None. The slice object is on
 * the C stack: none of the types keeps it. */
rt_val
rt_h_getslice(rt_val o, rt_val start, rt_val stop, rt_val step)
{
    struct rt_slice s = {{&rt_slice_type.root_map}, start, stop, step};

    return rt_type_of(o)->slots.getitem(o, rt_from_ptr(&s));
}

int64_t
rt_h_setslice(rt_val list, rt_val start, rt_val stop, rt_val step, rt_val v)
{
    struct rt_slice s = {{&rt_slice_type.root_map}, start, stop, step};

    return rt_list_type.slots.setitem(list, rt_from_ptr(&s), v);
}

int64_t
rt_h_delitem_plain(rt_val o, rt_val key)
{
    return rt_delitem(o, key);
}

int64_t
rt_h_setitem_plain(rt_val o, rt_val key, rt_val v)
{
    return rt_is_exact_dict(o) ? rt_dict_set(o, key, v) : rt_setitem(o, key, v);
}

int64_t
rt_h_setitem(rt_val o, rt_val key, rt_val v)
{
    return rt_setitem(o, key, v);
}

int64_t
rt_h_delitem(rt_val o, rt_val key)
{
    return rt_delitem(o, key);
}

rt_val
rt_h_str_at(rt_val s, int64_t i)
{
    return rt_str_getitem(s, i);
}

rt_val
rt_h_for_next(rt_val iterator)
{
    rt_val v = rt_type_of(iterator)->slots.next(iterator);

    /* `return value` of a generator, or a callback of map() and the like */
    if (NAC_UNLIKELY(rt_is_null(v)) && rt_raised() &&
        rt_exc_is(&rt_exc_StopIteration))
        rt_exc_clear();
    return v;
}

rt_val
rt_h_iter_plain(rt_val v)
{
    return rt_iter(v);
}

rt_val
rt_h_for_next_plain(rt_val iterator)
{
    return rt_type_of(iterator)->slots.next(iterator);
}

rt_val
rt_h_new_set(void)
{
    return rt_set_new(RT_NULL);
}

/* The strs a, b, c, d joined; RT_NULL ends them. */
rt_val
rt_h_join(rt_val a, rt_val b, rt_val c, rt_val d)
{
    rt_val items[] = {a, b, c, d};
    int n = 1;

    while (n < 4 && !rt_is_null(items[n]))
        n++;
    return n == 2 ? rt_str_concat(a, b) : rt_str_join(RT_ID(empty), items, n);
}

int64_t
rt_h_list_append(rt_val list, rt_val v)
{
    return rt_list_append(list, v);
}

int64_t
rt_h_set_add(rt_val set, rt_val v)
{
    return rt_set_add(set, v);
}

int64_t
rt_h_set_add_plain(rt_val set, rt_val v)
{
    return rt_set_add(set, v);
}

int64_t
rt_h_dict_set(rt_val dict, rt_val key, rt_val v)
{
    return rt_dict_set(dict, key, v);
}

int64_t
rt_h_list_extend(rt_val list, rt_val iterable, int64_t of_call)
{
    if (of_call && !rt_type_of(iterable)->slots.iter &&
        !rt_type_of(iterable)->slots.getitem) {
        rt_raise(&rt_exc_TypeError, "Value after * must be an iterable, not %T",
                 iterable);
        return -1;
    }
    return rt_list_extend(list, iterable);
}

int64_t
rt_h_set_update(rt_val set, rt_val iterable)
{
    rt_val it = rt_iter(iterable), v;

    if (rt_is_null(it))
        return -1;
    while (v = rt_next(it), !rt_is_null(v))
        if (rt_set_add(set, v) < 0)
            return -1;
    return rt_raised() ? -1 : 0;
}

int64_t
rt_h_dict_update(rt_val dict, rt_val other)
{
    if (!rt_is_dict(other) && rt_is_null(rt_getattr_opt(other, RT_ID(keys)))) {
        if (!rt_raised())
            rt_raise(&rt_exc_TypeError, "'%T' object is not a mapping", other);
        return -1;
    }
    return rt_dict_merge(dict, other, true);
}

static rt_val
callable_text(rt_val f)
{
    rt_val name = rt_getattr_opt(f, RT_ID(qualname));

    if (rt_is_null(name)) {
        rt_exc_clear();
        return rt_str(f);
    }
    if (rt_is_exact(f, &rt_function_type)) {
        rt_val module = rt_function_of(f)->module;

        if (!rt_is_null(module) && rt_is_str(module) &&
            !rt_str_is(module, "builtins"))
            return rt_str_format("%U.%U()", module, name);
    }
    return rt_str_format("%U()", name);
}

/* The only *argument of a call. */
int64_t
rt_h_star_args(rt_val list, rt_val iterable, rt_val f)
{
    if (!rt_type_of(iterable)->slots.iter &&
        !rt_type_of(iterable)->slots.getitem) {
        rt_raise(&rt_exc_TypeError,
                 "%U argument after * must be an iterable, not %T",
                 callable_text(f), iterable);
        return -1;
    }
    return rt_list_extend(list, iterable);
}

int64_t
rt_h_dict_merge(rt_val dict, rt_val other, rt_val f)
{
    rt_val keys, it, key;

    if (!rt_is_dict(other)) {
        keys = rt_getattr_opt(other, RT_ID(keys));
        if (rt_is_null(keys)) {
            if (!rt_raised())
                rt_raise(&rt_exc_TypeError,
                         "%U argument after ** must be a mapping, not %T",
                         callable_text(f), other);
            return -1;
        }
        keys = rt_call0(keys);
    } else {
        keys = rt_dict_keys_list(other);
    }
    if (rt_is_null(keys) || (it = rt_iter(keys), rt_is_null(it)))
        return -1;
    while (key = rt_next(it), !rt_is_null(key)) {
        int there = rt_dict_contains(dict, key);
        rt_val v;

        if (there < 0)
            return -1;
        if (there) {
            rt_raise(&rt_exc_TypeError,
                     "%U got multiple values for keyword argument '%S'",
                     callable_text(f), key);
            return -1;
        }
        if (!rt_is_str(key)) {
            rt_raise(&rt_exc_TypeError, "keywords must be strings");
            return -1;
        }
        v = rt_getitem(other, key);
        if (rt_is_null(v) || rt_dict_set(dict, key, v) < 0)
            return -1;
    }
    return rt_raised() ? -1 : 0;
}

rt_val
rt_h_unpack(rt_val v, int64_t n)
{
    rt_val t, it;
    int64_t i;

    if (rt_is_exact(v, &rt_tuple_type) || rt_is_exact(v, &rt_list_type)) {
        int64_t len;
        rt_val *items = rt_seq_items(v, &len);

        if (len == n)
            return rt_tuple_new(items, n);
        if (len < n)
            return rt_raise(
                &rt_exc_ValueError,
                "not enough values to unpack (expected %lld, got %lld)",
                (long long)n, (long long)len);
        return rt_raise(&rt_exc_ValueError,
                        "too many values to unpack (expected %lld)",
                        (long long)n);
    }
    if (!rt_type_of(v)->slots.iter && !rt_type_of(v)->slots.getitem)
        return rt_raise(&rt_exc_TypeError,
                        "cannot unpack non-iterable %T object", v);
    it = rt_iter(v);
    t = rt_tuple_new(NULL, n);
    if (rt_is_null(it) || rt_is_null(t))
        return RT_NULL;
    for (i = 0; i < n; i++) {
        rt_val item = rt_next(it);

        if (rt_is_null(item)) {
            if (rt_raised())
                return RT_NULL;
            return rt_raise(
                &rt_exc_ValueError,
                "not enough values to unpack (expected %lld, got %lld)",
                (long long)n, (long long)i);
        }
        rt_write(rt_ptr(t), &rt_tuple_of(t)->items[i], item);
    }
    if (!rt_is_null(rt_next(it)))
        return rt_raise(&rt_exc_ValueError,
                        "too many values to unpack (expected %lld)",
                        (long long)n);
    return rt_raised() ? RT_NULL : t;
}

rt_val
rt_h_unpack_ex(rt_val v, int64_t before, int64_t after)
{
    rt_val list, rest, t;
    int64_t len, i;
    rt_val *items;

    if (!rt_type_of(v)->slots.iter && !rt_type_of(v)->slots.getitem)
        return rt_raise(&rt_exc_TypeError,
                        "cannot unpack non-iterable %T object", v);
    list = rt_sequence_list(v);
    if (rt_is_null(list))
        return RT_NULL;
    len = rt_list_of(list)->len;
    items = rt_list_of(list)->items->items;
    if (len < before + after)
        return rt_raise(
            &rt_exc_ValueError,
            "not enough values to unpack (expected at least %lld, got %lld)",
            (long long)(before + after), (long long)len);
    rest = rt_list_new(items + before, len - before - after);
    t = rt_tuple_new(NULL, before + 1 + after);
    if (rt_is_null(rest) || rt_is_null(t))
        return RT_NULL;
    items = rt_list_of(list)->items->items;
    for (i = 0; i < before; i++)
        rt_write(rt_ptr(t), &rt_tuple_of(t)->items[i], items[i]);
    rt_write(rt_ptr(t), &rt_tuple_of(t)->items[before], rest);
    for (i = 0; i < after; i++)
        rt_write(rt_ptr(t), &rt_tuple_of(t)->items[before + 1 + i],
                 items[len - after + i]);
    return t;
}

rt_val
rt_h_format(rt_val v, rt_val spec, int64_t conversion)
{
    if (conversion == 's')
        v = rt_str(v);
    else if (conversion == 'r')
        v = rt_repr(v);
    else if (conversion == 'a')
        v = rt_ascii(v);
    if (rt_is_null(v))
        return v;
    if (rt_is_none(spec)) {
        if (rt_is_exact(v, &rt_str_type))
            return v;
        spec = RT_ID(empty);
    }
    return rt_format(v, spec);
}

/* The same for a value whose class is PLAIN. */
rt_val
rt_h_format_plain(rt_val v, rt_val spec, int64_t conversion)
{
    return rt_h_format(v, spec, conversion);
}

rt_val
rt_h_len(rt_val v)
{
    int64_t n = rt_len(v);

    return n < 0 ? RT_NULL : rt_int_from_i64(n);
}

double
rt_h_hypot(double a, double b)
{
    return hypot(a, b);
}

double
rt_h_pow(double a, double b)
{
    return pow(a, b);
}

rt_val
rt_h_chr(int64_t c)
{
    return rt_str_from_char((uint32_t)c);
}

int64_t
rt_h_ord(rt_val s)
{
    return rt_str_at(rt_str_of(s), 0);
}
