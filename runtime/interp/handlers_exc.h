/* SPDX-License-Identifier: MIT
 * runtime/interp/handlers_exc.h: raising and handling. Included by loop.h in
 * both interpreters; unwinding itself is at the label error of loop.h. */

OP(RAISE)
{
    if (I->x == 0) {
        val exc = ld_ts_handled(ptr_k(rt_ts));

        if (test(same(exc, konst(rt_None)))) {
            UNTRACED();
            if (rt_h_reraise())
                goto reraise;
            goto error;
        }
        st_ts_exc(ptr_k(rt_ts), exc);
        goto reraise; /* its traceback stays as it is */
    }
    c_rt_raise_from(rk(I->a), I->x == 2 ? rk(I->b) : konst(RT_NULL));
    goto error;
}

OP(RERAISE)
{
    st_ts_exc(ptr_k(rt_ts), reg(I->a));
    goto reraise;
}

OP(PUSH_EXC)
{
    val exc = reg(I->b);

    set_reg(I->a, ld_ts_handled(ptr_k(rt_ts)));
    st_ts_handled(ptr_k(rt_ts), exc);
    NEXT;
}

OP(POP_EXC)
{
    st_ts_handled(ptr_k(rt_ts), reg(I->a));
    NEXT;
}

OP(EXC_MATCH)
{
    val exc = reg(I->b);
    val cls = rk(I->c);
    struct rt_type *type = promote_type(exc);
    int known = -1;

    if (test(is_obj(cls))) {
        if (promote_map(cls) == &rt_tuple_type.root_map) {
            ptr classes = ptr_of(cls);
            int64_t n = promote_num(ld_tuple_len(classes)), i;

            for (i = 0; i < n && i < 8; i++)
                known = rt_h_exc_known(
                    type, promote(ldx_tuple_items(classes, num_k(i))), known);
            if (i < n)
                known = -1;
        } else {
            known = rt_h_exc_known(type, promote(cls), -1);
        }
    }
    if (known >= 0) {
        set_reg(I->a, konst(rt_from_bool(known)));
        NEXT;
    }
    CHECK_NUM_TO_BOOL(I->a, c_rt_h_exc_matches(exc, cls), 0);
    NEXT;
}

OP(EXC_INFO)
{
    val exc = reg(I->b);
    struct rt_type *type = promote_type(exc);

    set_reg(I->a, konst(rt_from_ptr(type)));
    set_reg(I->a + 1, exc);
    set_reg(I->a + 2, ld_exc_traceback(ptr_of(exc)));
    NEXT;
}

OP(EXC_GROUP_MATCH)
{
    val pair = c_rt_h_exc_group_match(reg(I->b), rk(I->c));

    CHECK(pair);
    set_reg(I->a, ldx_tuple_items(ptr_of(pair), num_k(0)));
    set_reg(I->a + 1, ldx_tuple_items(ptr_of(pair), num_k(1)));
    NEXT;
}

OP(EXC_GROUP_END)
{
    CHECK_TO(I->a, c_rt_h_exc_group_end(reg(I->b), reg(I->c)));
    NEXT;
}

OP(LOAD_ASSERTION_ERROR)
{
    set_reg(I->a, konst(rt_from_ptr(&rt_exc_AssertionError)));
    NEXT;
}
