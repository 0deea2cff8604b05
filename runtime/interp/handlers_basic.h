/* SPDX-License-Identifier: MIT
 * runtime/interp/handlers_basic.h: moves, cells and names. Included by loop.h
 * in both interpreters; written in the primitives of prims_*.h. */

OP(NOP)
{
    NEXT;
}

OP(MOVE)
{
    set_reg(I->a, rk(I->b));
    NEXT;
}

OP(LOADK)
{
    set_reg(I->a, konst(kend[-1 - I->bc]));
    NEXT;
}

OP(CHECK_BOUND)
{
    if (test(same(reg(I->a), konst(RT_NULL)))) {
        c_rt_h_unbound(ptr_k(current_code(fp)), num_k(I->a), num_k(I->x));
        goto error;
    }
    NEXT;
}

OP(DEL_FAST)
{
    if (test(same(reg(I->a), konst(RT_NULL)))) {
        c_rt_h_unbound(ptr_k(current_code(fp)), num_k(I->a), num_k(I->x));
        goto error;
    }
    set_reg(I->a, konst(RT_NULL));
    NEXT;
}

OP(CLEAR)
{
    set_reg(I->a, konst(RT_NULL));
    NEXT;
}

OP(MAKE_CELL)
{
    val v = reg(I->a);
    ptr cell = new_object(&rt_cell_type.root_map, sizeof(struct rt_cell));

    st_cell_value(cell, v);
    set_reg(I->a, ptr_val(cell));
    NEXT;
}

OP(LOAD_CELL)
{
    val v = ld_cell_value(ptr_of(reg(I->b)));

    if (test(same(v, konst(RT_NULL)))) {
        c_rt_h_unbound(ptr_k(current_code(fp)), num_k(I->c), num_k(0));
        goto error;
    }
    set_reg(I->a, v);
    NEXT;
}

OP(STORE_CELL)
{
    stb_cell_value(ptr_of(reg(I->a)), rk(I->b));
    NEXT;
}

OP(DEL_CELL)
{
    ptr cell = ptr_of(reg(I->a));

    if (test(same(ld_cell_value(cell), konst(RT_NULL)))) {
        c_rt_h_unbound(ptr_k(current_code(fp)), num_k(I->c), num_k(0));
        goto error;
    }
    st_cell_value(cell, konst(RT_NULL));
    NEXT;
}

OP(LOAD_CLASSDEREF)
{
    val v = c_rt_h_load_classderef(reg(0), konst(kend[I->c]), reg(I->b));

    CHECK_TO(I->a, v);
    NEXT;
}

/* A global is read through its cell. One that was written once is a constant
 * for a trace, which rt_gcell_write() invalidates. */
OP(LOAD_GLOBAL)
{
    struct rt_gcell *cell = global_cell(IC(), fp, kend[I->c]);

    if (cell) {
        val v = read_gcell(cell);

        if (!test(same(v, konst(RT_NULL)))) {
            set_reg(I->a, v);
            NEXT;
        }
    }
    CHECK_TO(I->a, c_rt_h_load_global(reg(RT_FRAME_FUNC), konst(kend[I->c])));
    NEXT;
}

OP(STORE_GLOBAL)
{
    struct rt_gcell *cell = own_cell(IC(), fp, kend[I->c]);

    if (cell && cell->writes > 1) {
        ptr c = ptr_k(cell);

        if (!test(same(ld_gcell_value(c), konst(RT_NULL)))) {
            stb_gcell_value(c, rk(I->b));
            NEXT;
        }
    }
    CHECK_NUM(
        c_rt_h_store_global(reg(RT_FRAME_FUNC), konst(kend[I->c]), rk(I->b)));
    NEXT;
}

OP(DEL_GLOBAL)
{
    CHECK_NUM(c_rt_h_del_global(reg(RT_FRAME_FUNC), konst(kend[I->c])));
    NEXT;
}

OP(LOAD_NAME)
{
    val v = c_rt_h_load_name(reg(RT_FRAME_FUNC), reg(0), konst(kend[I->c]));

    CHECK_TO(I->a, v);
    NEXT;
}

OP(STORE_NAME)
{
    CHECK_NUM(c_rt_h_store_name(reg(0), konst(kend[I->c]), rk(I->b)));
    NEXT;
}

OP(DEL_NAME)
{
    CHECK_NUM(c_rt_h_store_name(reg(0), konst(kend[I->c]), konst(RT_NULL)));
    NEXT;
}
