/* SPDX-License-Identifier: MIT
 * runtime/interp/loop.h: the body of an interpreter: dispatch, handlers,
 * unwinding. Included by interp.c and record.c inside a function that declares
 * the state
 *     fp      registers of the running frame       pc    next instruction
 *     I       the current instruction              kend  end of its constants
 *     ic_base address from which IC() is reckoned
 * and after macros for what differs: NEXT, CHECK..., PUSH_FRAME and so on. */

/* Shifts the arguments up by one and puts [first] before them. */
#define SHIFT_ARGUMENTS(first)                                                 \
    do {                                                                       \
        val shifted_ = (first);                                                \
        int i_;                                                                \
                                                                               \
        for (i_ = call_n; i_ > 0; i_--)                                        \
            set_reg(call_first + i_, reg(call_first + i_ - 1));                \
        set_reg(call_first, shifted_);                                         \
        call_n++;                                                              \
    } while (0)

/* Makes the frame of a function whose parameters are in R[first ..]; jumps. */
#define PUSH_FRAME(first, callee_, code_, kind, aux)                           \
    do {                                                                       \
        push_first = (first);                                                  \
        push_func = (callee_);                                                 \
        push_code = (code_);                                                   \
        push_kind = (kind);                                                    \
        push_aux = (aux);                                                      \
        goto push_frame;                                                       \
    } while (0)

/* Calls of Python special methods from other instructions: the frame lies
 * behind the current one's registers. Falls through where the function takes
 * other arguments or must not be inlined. */
#define PUSH_METHOD_(f, n, kind, ...)                                          \
    do {                                                                       \
        struct rt_function *f_ = (f);                                          \
        int at_ = (int)current_code(fp)->nregs + RT_FRAME_MARGIN;              \
                                                                               \
        struct rt_code *code_ = code_of(f_);                                   \
                                                                               \
        if (code_->simple && code_->argcount == (n) && may_inline(code_)) {    \
            __VA_ARGS__                                                        \
            PUSH_FRAME(at_, konst(rt_from_ptr(f_)), code_, kind,               \
                       konst(RT_NULL));                                        \
        }                                                                      \
    } while (0)
#define PUSH_METHOD1(f, a, kind) PUSH_METHOD_(f, 1, kind, set_reg(at_, a);)
#define PUSH_METHOD2(f, a, b, kind)                                            \
    PUSH_METHOD_(f, 2, kind, set_reg(at_, a); set_reg(at_ + 1, b);)
#define PUSH_METHOD3(f, a, b, c, kind)                                         \
    PUSH_METHOD_(f, 3, kind, set_reg(at_, a); set_reg(at_ + 1, b);             \
                 set_reg(at_ + 2, c);)

/* As rt_instance_new(): members of __slots__ begin empty. */
#define NEW_INSTANCE(result, type_)                                            \
    do {                                                                       \
        struct rt_type *type__ = (type_);                                      \
        ptr made_ = new_object(&type__->root_map, rt_h_instance_size(type__)); \
        uint32_t at_;                                                          \
                                                                               \
        for (at_ = type__->members_from; at_ < type__->members_to; at_ += 8)   \
            st_fresh_slot(made_, at_, konst(RT_NULL));                         \
        result = ptr_val(made_);                                               \
    } while (0)

/* The generator's handled exception and the thread's change places. */
#define SWAP_HANDLED(gen)                                                      \
    do {                                                                       \
        val mine_ = ld_gen_handled(gen);                                       \
        val now_ = ld_ts_handled(ptr_k(rt_ts));                                \
                                                                               \
        stb_gen_handled(gen, now_);                                            \
        st_ts_handled(ptr_k(rt_ts), mine_);                                    \
    } while (0)

#define RESUME_GENERATOR(g, sent)                                              \
    do {                                                                       \
        gen_value = (g);                                                       \
        gen_sent = (sent);                                                     \
        goto resume_generator;                                                 \
    } while (0)

/* A call of a generator function: its bound registers become an object. */
#define NEW_GENERATOR(callee_, code_, first)                                   \
    do {                                                                       \
        push_first = (first);                                                  \
        push_func = (callee_);                                                 \
        push_code = (code_);                                                   \
        goto new_generator;                                                    \
    } while (0)

{
    val left = konst(RT_NULL), right = konst(RT_NULL);
    val callee = konst(RT_NULL), call_aux = konst(RT_NULL);
    val push_func = konst(RT_NULL), push_aux = konst(RT_NULL);
    val gen_value = konst(RT_NULL), gen_sent = konst(RT_NULL);
    struct rt_tuple *call_kw = NULL;
    struct rt_code *call_code = NULL, *push_code = NULL;
    struct rt_builtin *builtin = NULL;
    struct rt_function *body = NULL;
    int call_first = 0, call_n = 0, call_kind = 0;
    int call_arg = 0, call_nargs = 0;
    int push_first = 0, push_kind = 0;

    if (raise) {
        I = pc - 1;
        if (raise == RT_LEAVE)
            goto leave_by_exception;
        if (raise == RT_RERAISE)
            goto reraise;
        goto error;
    }
    NEXT;

#define OP(name) L_##name:
#include "runtime/interp/handlers_basic.h"
#include "runtime/interp/handlers_arith.h"
#include "runtime/interp/handlers_compare.h"
#include "runtime/interp/handlers_iter.h"
#include "runtime/interp/handlers_attr.h"
#include "runtime/interp/handlers_call.h"
#include "runtime/interp/handlers_gen.h"
#include "runtime/interp/handlers_exc.h"
#include "runtime/interp/handlers_misc.h"
#undef OP

push_frame : {
    int i, nfree = (int)push_code->nfree, nlocals = (int)push_code->nlocals;

    if (NAC_UNLIKELY(fp + push_first + push_code->nregs + 2 * RT_FRAME_MARGIN >
                         rt_ts->stack_end ||
                     rt_ts->depth >= rt_ts->recursion_limit)) {
        rt_frame_check(fp + push_first, push_code->nregs);
        goto error;
    }
    for (i = (int)push_code->nparams; i < nlocals; i++)
        set_reg(push_first + i, konst(RT_NULL));
    if (nfree) {
        ptr closure = ld_func_closure(ptr_of(push_func));

        for (i = 0; i < nfree; i++)
            set_reg(push_first + nlocals + i,
                    ldx_tuple_items(closure, num_k(i)));
    }
    set_reg(push_first + RT_FRAME_FUNC, push_func);
    set_reg(push_first + RT_FRAME_AUX, push_aux);
    set_reg(push_first + RT_FRAME_CODE,
            raw_k(rt_frame_word(push_code, push_kind).bits));
    set_reg(push_first + RT_FRAME_PC, raw_k((uint64_t)(uintptr_t)pc));
    set_reg(push_first + RT_FRAME_BACK, frame_address());
    ENTER_FRAME(push_first, push_code, push_code->ins);
    ENTRY_HEAD(push_code);
    NEXT;
}

new_generator : {
    int i, nlocals = (int)push_code->nlocals;
    struct rt_type *type = push_code->flags & FE_GENERATOR ? &rt_generator_type
                           : push_code->flags & FE_COROUTINE
                               ? &rt_coroutine_type
                               : &rt_async_generator_type;
    ptr gen = new_object(&type->root_map,
                         sizeof(struct rt_generator) + 8 * push_code->nregs);

    st_gen_func(gen, push_func);
    st_gen_code(gen, ptr_k(push_code));
    st_gen_state(gen, num_k(RT_GEN_CREATED));
    st_gen_pc(gen, ptr_k(push_code->ins));
    st_gen_handled(gen, konst(rt_None));
    st_gen_name(gen, konst(RT_NULL));
    st_gen_qualname(gen, konst(RT_NULL));
    st_gen_origin(gen, konst(RT_NULL));
    for (i = 0; i < (int)push_code->nparams; i++)
        stx_gen_regs(gen, num_k(i), reg(push_first + i));
    for (; i < nlocals; i++)
        stx_gen_regs(gen, num_k(i), konst(RT_NULL));
    if (push_code->nfree) {
        ptr closure = ld_func_closure(ptr_of(push_func));

        for (i = 0; i < (int)push_code->nfree; i++)
            stx_gen_regs(gen, num_k(nlocals + i),
                         ldx_tuple_items(closure, num_k(i)));
    }
    if (push_code->closes)
        c_rt_h_finalizable(ptr_val(gen));
    set_reg(I->a, ptr_val(gen));
    NEXT;
}

resume_generator : {
    ptr gen = ptr_of(gen_value);
    val func = ld_gen_func(gen);
    struct rt_code *code = promote_ptr(ld_gen_code(gen));
    const struct fe_ins *at = promote_ptr(ld_gen_pc(gen));
    int base = (int)current_code(fp)->nregs + RT_FRAME_MARGIN;
    bool started = at != code->ins;
    int i, live = started ? at[-1].c : (int)(code->nlocals + code->nfree);

    if (!may_inline(code))
        goto generator_in_c;
    if (rt_frame_check(fp + base, code->nregs) < 0)
        goto error;
    for (i = 0; i < live; i++)
        set_reg(base + i, ldx_gen_regs(gen, num_k(i)));
    if (started)
        set_reg(base + at[-1].a, gen_sent);
    set_reg(base + RT_FRAME_FUNC, func);
    set_reg(base + RT_FRAME_AUX, gen_value);
    set_reg(base + RT_FRAME_CODE,
            raw_k(rt_frame_word(code, RT_FK_GENERATOR).bits));
    set_reg(base + RT_FRAME_PC, raw_k((uint64_t)(uintptr_t)pc));
    set_reg(base + RT_FRAME_BACK, frame_address());
    st_gen_state(gen, num_k(RT_GEN_RUNNING));
    SWAP_HANDLED(gen);
    ENTER_FRAME(base, code, at);
    NEXT;
}

/* only while recording: the generator is not inlined */
generator_in_c : {
    val item;

    if (I->op == FE_SEND)
        goto send_in_c;
    if (I->op != FE_FOR_ITER) /* next(), send() */
        goto call_c;
    item = c_rt_h_for_next(gen_value);
    CHECK_NEXT(I->a + 2, item);
    NEXT;
}

/* rt_ts->exc is set; the frame gets its line of the traceback */
error:
    c_rt_h_traceback(ld_ts_exc(ptr_k(rt_ts)), reg(RT_FRAME_FUNC),
                     ptr_k(current_code(fp)), num_k(I - current_code(fp)->ins));
reraise : {
    struct rt_code *code = current_code(fp);
    const struct fe_exc_entry *handler =
        rt_h_find_handler(code, (uint32_t)(I - code->ins));
    int kind;

    if (handler) {
        set_reg(handler->reg, ld_ts_exc(ptr_k(rt_ts)));
        st_ts_exc(ptr_k(rt_ts), konst(RT_NULL));
        pc = code->ins + handler->handler;
        NEXT;
    }
    if (AT_BASE())
        goto error_at_base;
    goto leave_by_exception;

leave_by_exception:
    kind = FRAME_KIND();
    if (kind == RT_FK_GENERATOR || kind == RT_FK_GEN_ENTRY) {
        ptr gen = ptr_of(reg(RT_FRAME_AUX));

        st_gen_state(gen, num_k(RT_GEN_DONE));
        SWAP_HANDLED(gen);
        c_rt_h_generator_raised(reg(RT_FRAME_AUX));
    }
    if (kind == RT_FK_ENTRY || kind == RT_FK_GEN_ENTRY)
        RETURN_TO_C(konst(RT_NULL));
    POP_FRAME();
    I = pc - 1;
    goto error;
}

    AT_BASE_LABELS
}
