/* SPDX-License-Identifier: MIT
 * runtime/build_class.c: the class statement: builtins.__build_class__ resolves
 * the bases, asks the metaclass for a namespace, runs the body in it and calls
 * the metaclass.
 */
#include "config.h"

#include "runtime/interp/frame.h"
#include "runtime/type.h"

/* Replaces bases that are no types by what their __mro_entries__ yields. */
static rt_val
resolve_bases(rt_val bases)
{
    int64_t n;
    rt_val *items = rt_seq_items(bases, &n), list = RT_NULL;

    for (int64_t i = 0; i < n; i++) {
        rt_val f, entries;

        if (rt_is_type(items[i])) {
            if (!rt_is_null(list))
                rt_list_append(list, items[i]);
            continue;
        }
        f = rt_getattr_opt(items[i], RT_ID(mro_entries));
        if (rt_is_null(f)) {
            if (rt_raised())
                return RT_NULL;
            if (!rt_is_null(list))
                rt_list_append(list, items[i]);
            continue;
        }
        entries = rt_call1(f, bases);
        if (rt_is_null(entries))
            return RT_NULL;
        if (!rt_is_tuple(entries))
            return rt_raise(&rt_exc_TypeError,
                            "__mro_entries__ must return a tuple");
        if (rt_is_null(list))
            list = rt_list_new(items, i);
        if (rt_list_extend(list, entries) < 0)
            return RT_NULL;
    }
    return rt_is_null(list) ? bases : rt_list_to_tuple(list);
}

static rt_val
prepare(rt_val meta, bool is_type, rt_val name, rt_val bases, rt_val kwargs)
{
    rt_val f = rt_getattr_opt(meta, RT_ID(prepare)), ns;

    if (rt_is_null(f))
        return rt_raised() ? RT_NULL : rt_dict_new();
    ns = rt_call_ex(f, rt_tuple_pack(2, name, bases), kwargs);
    if (rt_is_null(ns))
        return RT_NULL;
    if (!rt_is_dict(ns) && !rt_type_of(ns)->slots.getitem) {
        if (is_type)
            return rt_raise(&rt_exc_TypeError,
                            "%N.__prepare__() must return a mapping, not %T",
                            rt_type_ptr(meta), ns);
        return rt_raise(&rt_exc_TypeError,
                        "<metaclass>.__prepare__() must return a mapping, not "
                        "%T",
                        ns);
    }
    return ns;
}

/* Runs the function of a class body with its namespace in register 0. */
static rt_val
run_body(rt_val func, rt_val ns)
{
    struct rt_function *f = rt_function_of(func);
    struct rt_code *code = f->code;
    rt_val *fp = rt_frame_top() + RT_FRAME_MARGIN, *saved_fp = rt_ts->fp;
    const struct fe_ins *saved_pc = rt_ts->pc;
    rt_val result;
    int32_t inlined;

    if (rt_frame_check(fp, code->nregs) < 0 || rt_enter("") < 0)
        return RT_NULL;
    for (uint32_t i = 0; i < code->nlocals; i++)
        fp[i] = RT_NULL;
    fp[0] = ns;
    for (uint32_t i = 0; i < code->nfree; i++)
        fp[code->nlocals + i] = f->closure->items[i];
    rt_frame_begin(fp, func, code, RT_FK_ENTRY, RT_NULL);
    inlined = rt_push_depth();
    result = rt_interp_run(fp, code->ins, false);
    rt_pop_depth(inlined);
    rt_leave();
    rt_ts->fp = saved_fp;
    rt_ts->pc = saved_pc;
    return result;
}

/* Did type.__new__ get the cell that super() and __class__ read? */
static rt_val
check_cell(rt_val cell, rt_val name, rt_val cls)
{
    rt_val content;

    if (!rt_is_type(cls) || !rt_is_exact(cell, &rt_cell_type))
        return cls;
    content = ((struct rt_cell *)rt_ptr(cell))->value;
    if (rt_same(content, cls))
        return cls;
    if (rt_is_null(content))
        return rt_raise(&rt_exc_RuntimeError,
                        "__class__ not set defining %R as %R. Was "
                        "__classcell__ propagated to type.__new__?",
                        name, cls);
    return rt_raise(&rt_exc_TypeError, "__class__ set to %R defining %R as %R",
                    content, name, cls);
}

rt_val
rt_build_class(rt_val func, rt_val name, const rt_val *bases, uint32_t nbases,
               rt_val kwargs)
{
    rt_val given = rt_tuple_new(bases, nbases), resolved, meta = RT_NULL;
    rt_val ns, cell, cls;
    bool is_type = true;

    resolved = resolve_bases(given);
    if (rt_is_null(resolved))
        return RT_NULL;
    if (!rt_is_null(kwargs)) {
        kwargs = rt_dict_copy(kwargs);
        meta = rt_dict_pop(kwargs, RT_ID(metaclass));
    }
    if (rt_is_null(meta))
        meta = rt_tuple_of(resolved)->len
                   ? rt_from_ptr(rt_type_of(rt_tuple_of(resolved)->items[0]))
                   : rt_from_ptr(&rt_type_type);
    is_type = rt_is_type(meta);
    if (is_type) {
        struct rt_type *winner = rt_type_metaclass(rt_type_ptr(meta), resolved);

        if (!winner)
            return RT_NULL;
        meta = rt_from_ptr(winner);
    }
    ns = prepare(meta, is_type, name, resolved, kwargs);
    if (rt_is_null(ns))
        return RT_NULL;
    cell = run_body(func, ns);
    if (rt_is_null(cell))
        return RT_NULL;
    if (!rt_same(resolved, given) &&
        rt_setitem(ns, rt_intern("__orig_bases__"), given) < 0)
        return RT_NULL;
    cls = rt_call_ex(meta, rt_tuple_pack(3, name, resolved, ns), kwargs);
    return rt_is_null(cls) ? RT_NULL : check_cell(cell, name, cls);
}
