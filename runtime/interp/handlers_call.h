/* SPDX-License-Identifier: MIT
 * runtime/interp/handlers_call.h: calls and returns. A Python function's frame
 * begins at its arguments, so the call copies nothing. Included by loop.h in
 * both interpreters.
 *
 * [callee] is the callable, [call_first] the register of the first argument
 * (self included), [call_n] their number, [call_kw] the tuple of the names of
 * the last of them, or NULL. Registers are written (arguments shifted, frame
 * made) only after the last guard. */

OP(CALL)
{
    callee = reg(I->a);
    call_first = I->a + FE_ARGS;
    call_n = I->b;
    call_kw = NULL;
    goto call;
}

OP(CALL_METHOD)
{
    callee = reg(I->a);
    call_kw = NULL;
    if (test(same(reg(I->a + FE_ARGS), konst(RT_NULL)))) {
        call_first = I->a + FE_ARGS + 1;
        call_n = I->b;
    } else {
        call_first = I->a + FE_ARGS;
        call_n = I->b + 1;
    }
    goto call;
}

OP(CALL_KW)
{
    callee = reg(I->a);
    call_kw = rt_tuple_of(kend[-1 - I->c]);
    call_first = I->a + FE_ARGS;
    call_n = I->b;
    if (I->x) {
        if (test(same(reg(I->a + FE_ARGS), konst(RT_NULL))))
            call_first++;
        else
            call_n++;
    }
    goto call;
}

call:
{
    struct rt_map *map;

    if (!test(is_obj(callee)))
        goto call_c;
    map = promote_map(callee);
    if (map == &rt_method_type.root_map) {
        ptr m = ptr_of(callee);
        val func = ld_bound_func(m);
        struct rt_map *func_map;

        if (!test(is_obj(func)))
            goto call_c;
        func_map = promote_map(func);
        if (func_map != &rt_function_type.root_map)
            goto call_c;
        call_code = promote_code(func);
        call_aux = ld_bound_self(m);
        callee = func;
        SHIFT_ARGUMENTS(call_aux);
        if (!may_inline(call_code))
            goto call_by_entry;
        goto call_function;
    }
    if (map == &rt_function_type.root_map) {
        call_code = promote_code(callee);
        if (!may_inline(call_code))
            goto call_by_entry;
        goto call_function;
    }
    if (map == &rt_builtin_type.root_map) {
        builtin = promote_builtin(callee);
        call_aux = ld_builtin_self(ptr_of(callee));
        call_arg = call_first;
        call_nargs = call_n;
        goto call_builtin;
    }
    if (map == &rt_method_descriptor_type.root_map && call_n > 0) {
        struct rt_type *type;

        builtin = promote_builtin(callee);
        call_aux = reg(call_first);
        type = promote_type(call_aux);
        if (type != builtin->owner && !rt_is_subtype(type, builtin->owner))
            goto call_c;
        call_arg = call_first + 1;
        call_nargs = call_n - 1;
        goto call_builtin;
    }
    if (map->type->flags & RT_TYPE_TYPE)
        goto call_type;
    if (map->type->flags & RT_TYPE_HEAP) {
        struct rt_function *method =
            rt_h_special_function(map->type, RT_ID(call));

        if (method && code_of(method)->simple &&
            (int)code_of(method)->argcount == call_n + 1 && !call_kw) {
            depend_type(map->type);
            SHIFT_ARGUMENTS(callee);
            callee = konst(rt_from_ptr(method));
            call_code = code_of(method);
            if (!may_inline(call_code))
                goto call_by_entry;
            goto call_function;
        }
    }
    goto call_c;
}

/* The builtin [body_id] over a generator, if that is what it is called with:
 * its body becomes the callee. */
#define TRY_BODY(id)                                                           \
    do {                                                                       \
        int it_ = rt_body_iterable[id];                                        \
                                                                               \
        if (it_ >= 0 && it_ < call_n && !current_code(fp)->hidden) {           \
            val over_ = reg(call_first + it_);                                 \
                                                                               \
            if (test(is_obj(over_))) {                                         \
                if (promote_map(over_) == &rt_generator_type.root_map) {       \
                    body = rt_body_at(IC(), current_code(fp), id, call_n,      \
                                      call_kw);                                \
                    if (body)                                                  \
                        goto call_body;                                        \
                }                                                              \
            }                                                                  \
        }                                                                      \
    } while (0)

call_body : callee = konst(rt_from_ptr(body));
call_code = body->code;
call_kw = NULL;
if (!may_inline(call_code))
    goto call_by_entry;
goto call_function;

/* A Python function in [callee], its code in [call_code], arguments in place:
 * they become its first registers. */
call_function : call_kind = RT_FK_NORMAL;
call_aux = konst(RT_NULL);
call_bound_code
    : if (call_code->simple && !call_kw && (int)call_code->argcount == call_n)
{
    PUSH_FRAME(call_first, callee, call_code, call_kind, call_aux);
}
{
    val bound[RT_MAX_TRACED_PARAMS];
    struct rt_code *code = call_code;
    int nkw = call_kw ? (int)call_kw->len : 0, npos = call_n - nkw;
    int i, argcount = (int)code->argcount;
    int all = argcount + (int)code->kwonlyargcount;
    uint32_t given = 0;
    bool fits_window = rt_h_bindable(code, npos, call_kw);

    if (!fits_window)
        goto bind_slowly;
    for (i = 0; i < argcount && i < npos; i++) {
        bound[i] = reg(call_first + i);
        given |= 1u << i;
    }
    for (i = 0; i < nkw; i++) {
        int at = rt_h_parameter(code, call_kw->items[i]);

        bound[at] = reg(call_first + npos + i);
        given |= 1u << at;
    }
    for (i = argcount; i < all; i++) {
        if (given & 1u << i)
            continue;
        bound[i] = c_rt_h_kwdefault(callee, num_k(i));
        if (test(same(bound[i], konst(RT_NULL))))
            goto bind_slowly;
    }
    if ((given | ~((1u << argcount) - 1)) != UINT32_MAX) {
        ptr defaults = ld_func_defaults(ptr_of(callee));
        int first_default = argcount;

        /* closures of one code have each their own */
        if (is_constant(callee))
            promote_ptr(defaults);
        if (!test(same_ptr(defaults, ptr_k(NULL))))
            first_default -= (int)promote_num(ld_tuple_len(defaults));
        for (i = 0; i < argcount; i++) {
            if (given & 1u << i)
                continue;
            if (i < first_default)
                goto bind_slowly;
            bound[i] = ldx_tuple_items(defaults, num_k(i - first_default));
        }
    }
    if (code->flags & FE_VARARGS) {
        int extra = npos > argcount ? npos - argcount : 0;
        ptr t = new_object(&rt_tuple_type.root_map,
                           sizeof(struct rt_tuple) + 8 * (size_t)extra);

        st_tuple_len(t, num_k(extra));
        for (i = 0; i < extra; i++)
            stx_tuple_items(t, num_k(i), reg(call_first + argcount + i));
        bound[all++] = ptr_val(t);
    }
    if (code->flags & FE_VARKEYWORDS)
        bound[all] = c_rt_dict_new();
    for (i = 0; i < (int)code->nparams; i++)
        set_reg(call_first + i, bound[i]);
    if (code->flags & (FE_GENERATOR | FE_COROUTINE | FE_ASYNC_GENERATOR)) {
        NEW_GENERATOR(callee, code, call_first);
    }
    PUSH_FRAME(call_first, callee, code, call_kind, call_aux);
}
bind_slowly : BIND_SLOWLY();

/* Only while recording: the function in [callee] is not inlined. With simple
 * arguments it is entered directly, by its own trace if it has one. */
call_by_entry:
{
    val r;

    if (!call_code->simple || call_kw || (int)call_code->argcount != call_n ||
        call_n > 4)
        goto call_c;
    CALL_CODE(callee, r);
    CHECK_TO(I->a, r);
    NEXT;
}

/* A class whose instances are made by object.__new__ and initialised by a
 * Python function, or by nothing at all. */
call_type:
{
    struct rt_type *type = rt_ptr(promote(callee));
    struct rt_function *init;
    val r;

    if (call_n == 1 && !call_kw && type == &rt_type_type) {
        struct rt_type *t = promote_type(reg(call_first));

        set_reg(I->a, konst(rt_from_ptr(t)));
        NEXT;
    }
    if (!call_kw) {
#include "runtime/interp/handlers_classes.h"
    }
    if (type->inlined)
        TRY_BODY(type->inlined);
    if (call_kw || !rt_h_simple_class(type, &init))
        goto call_c;
    depend_type(type);
    if (!init) {
        if (call_n != 0)
            goto call_c;
        NEW_INSTANCE(r, type);
        set_reg(I->a, r);
        NEXT;
    }
    if (!may_inline(code_of(init)) || !rt_h_positional_ok(init, call_n + 1))
        goto call_c;
    NEW_INSTANCE(call_aux, type);
    SHIFT_ARGUMENTS(call_aux);
    callee = konst(rt_from_ptr(init));
    call_code = code_of(init);
    call_kind = RT_FK_INIT;
    goto call_bound_code;
}

/* The builtin [builtin] with self in [call_aux] and [call_nargs] arguments
 * in R[call_arg ..]. */
call_builtin:
{
    struct rt_builtin *f = builtin;
    uint32_t id = call_kw ? 0 : f->def->inlined;
    val r;

#include "runtime/interp/handlers_inlined.h"
    id = f->def->inlined;
    if (rt_body_iterable[id] == 0)
        TRY_BODY(id);
    if (rt_body_iterable[id] == 1 && call_arg != call_first &&
        promote_type(reg(call_first)) == f->owner)
        TRY_BODY(id);
    if (f->def->effect == RT_EFFECT_FRAME)
        UNTRACED();
    if (!call_kw && rt_builtin_direct(f, (uint32_t)call_nargs)) {
        CALL_BUILTIN(f, call_aux, call_arg, call_nargs, r);
        CHECK_TO(I->a, r);
        NEXT;
    }
    goto call_c;
}

/* Everything else: a C call, which may run Python code. */
call_c:
{
    val r;

    CALL_OBJECT(callee, r);
    CHECK_TO(I->a, r);
    NEXT;
}

OP(CALL_EX)
{
    val r =
        c_rt_h_call_ex(reg(I->a), reg(I->a + FE_ARGS), reg(I->a + FE_ARGS + 1));

    CHECK_TO(I->a, r);
    NEXT;
}

OP(CALL_SUPER)
{
    val f = reg(I->a);

    if (test(same(f, konst(rt_from_ptr(&rt_super_type))))) {
        val cell = reg(I->b);
        val self = reg(I->c);
        val r;

        if (test(is_obj(self))) {
            struct rt_type *type = promote_map(self)->type;
            val cls = ld_cell_value(ptr_of(cell));

            if (rt_h_super_plain(promote(cls), type)) {
                ptr s = new_object(&rt_super_type.root_map,
                                   sizeof(struct rt_super));

                depend_type(type);
                st_super_type(s, ptr_of(cls));
                st_super_obj_type(s, ptr_k(type));
                st_super_obj(s, self);
                set_reg(I->a, ptr_val(s));
                NEXT;
            }
        }
        r = c_rt_h_super(cell, self);
        CHECK_TO(I->a, r);
        NEXT;
    }
    callee = f;
    call_first = I->a + FE_ARGS;
    call_n = 0;
    call_kw = NULL;
    goto call;
}

OP(RETURN)
{
    val v = rk(I->a);

    if (AT_BASE())
        goto return_at_base;
    switch (FRAME_KIND()) {
    case RT_FK_NORMAL:
        POP_FRAME();
        set_reg(pc[-1].a, v);
        NEXT;
    case RT_FK_INIT:
        if (!test(same(v, konst(rt_None)))) {
            c_rt_h_init_returned(v);
            goto error;
        }
        v = reg(RT_FRAME_AUX);
        POP_FRAME();
        set_reg(pc[-1].a, v);
        NEXT;
    case RT_FK_DISCARD:
        POP_FRAME();
        NEXT;
    case RT_FK_BINARY:
    case RT_FK_COMPARE: {
        bool refused = test(same(v, konst(rt_NotImplemented)));

        POP_FRAME();
        I = pc - 1;
        GOES_ON(I);
        if (refused) {
            v = c_rt_h_operator_refused(rk(I->b), rk(I->c), num_k(I->op),
                                        num_k(I->x));
            CHECK(v);
        }
        set_reg(I->a, v);
        NEXT;
    }
    case RT_FK_JUMP: {
        bool slow = false;
        cond truth;

        if (test(same(v, konst(rt_NotImplemented)))) {
            num n;

            POP_FRAME();
            I = pc - 1;
            GOES_ON(I);
            n = c_rt_h_compare_refused(rk(I->b), rk(I->c), num_k(I->op));
            CHECK_NUM(n);
            BRANCH(icmp(RT_NE, n, num_k(0)), I->x, pc + I->a);
            NEXT;
        }
        truth = truth_of(v, &slow);
        if (slow) {
            num n = c_rt_h_truth(v);

            CHECK_NUM(n);
            truth = icmp(RT_NE, n, num_k(0));
        }
        POP_FRAME();
        I = pc - 1;
        GOES_ON(I);
        BRANCH(truth, I->x, pc + I->a);
        NEXT;
    }
    case RT_FK_GENERATOR: {
        ptr gen = ptr_of(reg(RT_FRAME_AUX));

        st_gen_state(gen, num_k(RT_GEN_DONE));
        SWAP_HANDLED(gen);
        POP_FRAME();
        if (pc[-1].op == FE_FOR_ITER) {
            set_reg(pc[-1].a + 2, konst(RT_NULL));
            NEXT;
        }
        if (pc[-1].op == FE_SEND) {
            set_reg(pc[-1].a, v);
            NEXT;
        }
        I = pc - 1; /* a call of next() or send() */
        GOES_ON(I);
        c_rt_h_stop_iteration(v);
        goto error;
    }
    default:
        RETURN_TO_C(v);
    }
}
