/* SPDX-License-Identifier: MIT
 * runtime/interp/handlers_gen.h: yield, yield from, await. A generator's frame
 * is an ordinary frame while it runs; YIELD saves its live registers in the
 * generator object. Included by loop.h in both interpreters. */

OP(YIELD)
{
    val v = rk(I->b);
    ptr gen;
    int i, live = I->c;

    if (AT_BASE())
        goto yield_at_base;
    gen = ptr_of(reg(RT_FRAME_AUX));
    for (i = 0; i < live; i++)
        stxb_gen_regs(gen, num_k(i), reg(i));
    st_gen_pc(gen, ptr_k(pc));
    st_gen_state(gen, num_k(RT_GEN_SUSPENDED));
    SWAP_HANDLED(gen);
    if (FRAME_KIND() == RT_FK_GEN_ENTRY)
        RETURN_TO_C(v);
    POP_FRAME();
    if (pc[-1].op == FE_FOR_ITER) {
        set_reg(pc[-1].a + 2, v);
        pc++; /* over FOR_TEST */
    } else {
        set_reg(pc[-1].a, v);
        if (pc[-1].op == FE_SEND)
            pc++; /* over its JUMP; else it is next() or send() */
    }
    NEXT;
}

OP(GET_YIELD_FROM)
{
    val v = rk(I->b);

    if (test(is_obj(v))) {
        if (promote_map(v) == &rt_generator_type.root_map) {
            set_reg(I->a, v);
            NEXT;
        }
    }
    CHECK_TO(I->a, c_rt_h_yield_from_iter(v, ptr_k(current_code(fp))));
    NEXT;
}

OP(GET_AWAITABLE)
{
    CHECK_TO(I->a, c_rt_h_awaitable(rk(I->b), num_k(I->x)));
    NEXT;
}

OP(SEND)
{
    val g = reg(I->b);
    val v = rk(I->c);

    if (test(is_obj(g))) {
        struct rt_map *map = promote_map(g);

        if (map == &rt_generator_type.root_map ||
            map == &rt_coroutine_type.root_map) {
            num state = ld_gen_state(ptr_of(g));

            if (test(icmp(RT_EQ, state, num_k(RT_GEN_SUSPENDED)))) {
                RESUME_GENERATOR(g, v);
            }
            if (test(icmp(RT_EQ, state, num_k(RT_GEN_CREATED)))) {
                if (test(same(v, konst(rt_None)))) {
                    RESUME_GENERATOR(g, v);
                }
            }
        }
    }
    gen_value = g;
    gen_sent = v;
    goto send_in_c;
}

/* [gen_sent] to [gen_value], whatever that is; what it yielded or returned */
send_in_c:
{
    val v = c_rt_h_send(gen_value, gen_sent);
    num ended;

    ended = ld_ts_ended(ptr_k(rt_ts));
    CHECK_SENT(I->a, v, ended);
    BRANCH(icmp(RT_EQ, ended, num_k(0)), 1, pc + 1);
    NEXT;
}

OP(GET_AITER)
{
    CHECK_TO(I->a, c_rt_h_aiter(rk(I->b)));
    NEXT;
}

OP(GET_ANEXT)
{
    CHECK_TO(I->a, c_rt_h_anext(reg(I->b)));
    NEXT;
}

OP(END_ASYNC_FOR)
{
    CHECK_NUM(c_rt_h_end_async_for(reg(I->a)));
    NEXT;
}

OP(ASYNC_WRAP)
{
    CHECK_TO(I->a, c_rt_h_async_wrap(rk(I->b)));
    NEXT;
}
