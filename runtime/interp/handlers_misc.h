/* SPDX-License-Identifier: MIT
 * runtime/interp/handlers_misc.h: functions, classes, imports, match. All but
 * MAKE_FUNCTION are calls of C helpers. Included by loop.h in both
 * interpreters. */

OP(MAKE_FUNCTION)
{
    val code = konst(kend[-1 - I->c]);
    val extra[4];
    int i, n = I->b;

    for (i = 0; i < 4; i++)
        extra[i] = I->x & 1 << i ? reg(n++) : konst(RT_NULL);
    CHECK_TO(I->a, c_rt_h_make_function(code, extra[0], extra[1], extra[2],
                                        extra[3], reg(RT_FRAME_FUNC)));
    NEXT;
}

OP(LOAD_BUILD_CLASS)
{
    CHECK_TO(I->a,
             c_rt_h_load_global(reg(RT_FRAME_FUNC), konst(RT_ID(build_class))));
    NEXT;
}

OP(IMPORT_NAME)
{
    UNTRACED();
    CHECK_TO(I->a,
             c_rt_h_import_name(konst(kend[I->c]), rk(I->b), num_k(I->x)));
    NEXT;
}

OP(IMPORT_FROM)
{
    CHECK_TO(I->a, c_rt_h_import_from(reg(I->b), konst(kend[I->c])));
    NEXT;
}

OP(IMPORT_STAR)
{
    UNTRACED();
    CHECK_NUM(c_rt_h_import_star(reg(I->a), reg(0)));
    NEXT;
}

OP(GET_LEN)
{
    val v = reg(I->b);

    CHECK_TO(I->a, c_rt_h_len(v));
    NEXT;
}

OP(MATCH_SEQUENCE)
{
    struct rt_type *type = promote_type(reg(I->b));

    set_reg(I->a, konst(rt_from_bool(type->flags & RT_TYPE_SEQUENCE)));
    NEXT;
}

OP(MATCH_MAPPING)
{
    struct rt_type *type = promote_type(reg(I->b));

    set_reg(I->a, konst(rt_from_bool(type->flags & RT_TYPE_MAPPING)));
    NEXT;
}

OP(MATCH_KEYS)
{
    CHECK_TO(I->a, c_rt_h_match_keys(reg(I->b), reg(I->c)));
    NEXT;
}

OP(MATCH_CLASS)
{
    CHECK_TO(I->a, c_rt_h_match_class(reg(I->b), reg(I->c), reg(I->c + 1),
                                      num_k(I->x)));
    NEXT;
}

OP(MATCH_REST)
{
    CHECK_TO(I->a, c_rt_h_match_rest(reg(I->b), reg(I->c)));
    NEXT;
}

OP(PRINT_EXPR)
{
    CHECK_NUM(c_rt_h_print_expr(rk(I->a)));
    NEXT;
}

OP(SETUP_ANNOTATIONS)
{
    CHECK_NUM(c_rt_h_setup_annotations(reg(0)));
    NEXT;
}
