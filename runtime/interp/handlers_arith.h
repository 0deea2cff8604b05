/* SPDX-License-Identifier: MIT
 * runtime/interp/handlers_arith.h: arithmetic. Ints and floats are open-coded;
 * other operands go to a Python operator method by a frame, or to the slow
 * path in C. Included by loop.h in both interpreters. */

/* a op b where the int case is [iop], checked by [check] on operands or sum. */
#define ARITH(NAME, iop, fop)                                                  \
    OP(NAME)                                                                   \
    {                                                                          \
        val a = rk(I->b);                                                      \
        val b = rk(I->c);                                                      \
                                                                               \
        if (small_ints(a, b)) {                                                \
            num s = iop(int_of(a), int_of(b));                                 \
                                                                               \
            if (small_result(s)) {                                             \
                set_reg(I->a, int_val(s));                                     \
                NEXT;                                                          \
            }                                                                  \
        } else if (test(is_flt(a))) {                                          \
            if (test(is_flt(b))) {                                             \
                set_reg(I->a, flt_val(fop(flt_of(a), flt_of(b))));             \
                NEXT;                                                          \
            }                                                                  \
            if (test(is_int(b))) {                                             \
                set_reg(I->a, flt_val(fop(flt_of(a), i2f(int_of(b)))));        \
                NEXT;                                                          \
            }                                                                  \
        } else if (test(is_flt(b))) {                                          \
            if (test(is_int(a))) {                                             \
                set_reg(I->a, flt_val(fop(i2f(int_of(a)), flt_of(b))));        \
                NEXT;                                                          \
            }                                                                  \
        }                                                                      \
        left = a;                                                              \
        right = b;                                                             \
        goto binary_slow;                                                      \
    }

ARITH(ADD, iadd, f_add)
ARITH(SUB, isub, f_sub)
#undef ARITH

OP(MUL)
{
    val a = rk(I->b);
    val b = rk(I->c);

    if (small_ints(a, b)) {
        num x = int_of(a);
        num y = int_of(b);

        if (small_product(x, y)) {
            set_reg(I->a, int_val(imul(x, y)));
            NEXT;
        }
    } else if (test(is_flt(a))) {
        if (test(is_flt(b))) {
            set_reg(I->a, flt_val(f_mul(flt_of(a), flt_of(b))));
            NEXT;
        }
        if (test(is_int(b))) {
            set_reg(I->a, flt_val(f_mul(flt_of(a), i2f(int_of(b)))));
            NEXT;
        }
    } else if (test(is_flt(b))) {
        if (test(is_int(a))) {
            set_reg(I->a, flt_val(f_mul(i2f(int_of(a)), flt_of(b))));
            NEXT;
        }
    }
    left = a;
    right = b;
    goto binary_slow;
}

OP(TRUEDIV)
{
    val a = rk(I->b);
    val b = rk(I->c);
    flt x, y;

    left = a;
    right = b;
    if (test(is_flt(a)))
        x = flt_of(a);
    else if (test(is_int(a)))
        x = i2f(int_of(a)); /* exact: 50 bits */
    else
        goto binary_slow;
    if (test(is_flt(b)))
        y = flt_of(b);
    else if (test(is_int(b)))
        y = i2f(int_of(b));
    else
        goto binary_slow;
    if (test(fcmp(RT_EQ, y, flt_k(0.0))))
        goto binary_slow;
    set_reg(I->a, flt_val(f_div(x, y)));
    NEXT;
}

OP(FLOORDIV)
{
    val a = rk(I->b);
    val b = rk(I->c);

    if (small_ints(a, b)) {
        num y = int_of(b);

        if (test(icmp(RT_GT, y, num_k(0)))) {
            set_reg(I->a, int_val(ifloordiv(int_of(a), y)));
            NEXT;
        }
    }
    left = a;
    right = b;
    goto binary_slow;
}

OP(MOD)
{
    val a = rk(I->b);
    val b = rk(I->c);

    if (small_ints(a, b)) {
        num y = int_of(b);

        if (test(icmp(RT_GT, y, num_k(0)))) {
            set_reg(I->a, int_val(ifloormod(int_of(a), y)));
            NEXT;
        }
    }
    left = a;
    right = b;
    goto binary_slow;
}

OP(POW)
{
    val a = rk(I->b);
    val b = rk(I->c);

    if (test(is_flt(a))) {
        flt x = flt_of(a);

        if (test(is_int(b))) {
            /* not x * x: the last bit of pow(x, 2) may be another one */
            flt r = c_rt_h_pow(x, i2f(int_of(b)));

            if (test(fcmp(RT_LE, f_abs(r), flt_k(DBL_MAX)))) {
                set_reg(I->a, flt_val(r));
                NEXT;
            }
        } else if (test(is_flt(b))) {
            /* no error and no complex result: a positive base, a finite power
             */
            if (test(fcmp(RT_GT, x, flt_k(0.0)))) {
                flt r = c_rt_h_pow(x, flt_of(b));

                if (test(fcmp(RT_LE, f_abs(r), flt_k(DBL_MAX)))) {
                    set_reg(I->a, flt_val(r));
                    NEXT;
                }
            }
        }
    }
    left = a;
    right = b;
    goto binary_slow;
}

OP(MATMUL)
{
    left = rk(I->b);
    right = rk(I->c);
    goto binary_slow;
}

#define BITOP(NAME, iop)                                                       \
    OP(NAME)                                                                   \
    {                                                                          \
        val a = rk(I->b);                                                      \
        val b = rk(I->c);                                                      \
                                                                               \
        if (small_ints(a, b)) {                                                \
            set_reg(I->a, int_val(iop(int_of(a), int_of(b))));                 \
            NEXT;                                                              \
        }                                                                      \
        left = a;                                                              \
        right = b;                                                             \
        goto binary_slow;                                                      \
    }
BITOP(AND, iand)
BITOP(OR, ior)
BITOP(XOR, ixor)
#undef BITOP

OP(LSHIFT)
{
    val a = rk(I->b);
    val b = rk(I->c);

    if (expects_small() && small_ints(a, b)) {
        num n = int_of(b);

        if (test(in_bounds(n, num_k(NB_INT_BITS)))) {
            num s = ishl(int_of(a), n);

            if (test(icmp(RT_EQ, ishr(s, n), int_of(a)))) {
                if (test(fits(s))) {
                    set_reg(I->a, int_val(s));
                    NEXT;
                }
            }
        }
    }
    left = a;
    right = b;
    goto binary_slow;
}

OP(RSHIFT)
{
    val a = rk(I->b);
    val b = rk(I->c);

    if (small_ints(a, b)) {
        num n = int_of(b);

        if (test(in_bounds(n, num_k(64)))) {
            set_reg(I->a, int_val(ishr(int_of(a), n)));
            NEXT;
        }
    }
    left = a;
    right = b;
    goto binary_slow;
}

/* Operands of RT_binop I->op - FE_ADD in [left] and [right]. */
binary_slow:
{
    enum rt_binop op = (enum rt_binop)(I->op - FE_ADD);
    struct rt_type *lt, *rt;
    struct rt_function *method;
    val r;

    if (wide_ints(left, right)) {
        num x = wide_of(left);
        num y = wide_of(right);

        if (wide_arith(op, x, y, &r)) {
            set_reg(I->a, r);
            NEXT;
        }
    }
    lt = promote_type(left);
    rt = promote_type(right);
    if (complex_arith(op, left, lt, right, rt, &r)) {
        set_reg(I->a, r);
        NEXT;
    }
    if (rt_h_builtin_operands(lt, rt) ||
        (op == RT_MOD && lt == &rt_str_type && rt == &rt_tuple_type &&
         is_plain_tuple(right))) {
        if (op == RT_ADD && lt == &rt_str_type && rt == &rt_str_type)
            r = c_rt_str_concat(left, right);
        else
            r = c_rt_h_binary_builtin(num_k(op | (I->x ? RT_H_INPLACE : 0)),
                                      left, right);
        CHECK_TO(I->a, r);
        NEXT;
    }
    method = rt_h_binary_method(op, I->x, lt, rt);
    if (method) {
        depend_type(lt);
        depend_type(rt);
        PUSH_METHOD2(method, left, right, RT_FK_BINARY);
    }
    if (rt_h_sequence_operands(op, lt, rt)) {
        if (I->x && lt == &rt_list_type)
            r = c_rt_h_inplace_list(num_k(op), left, right);
        else
            r = c_rt_h_binary_sequence(num_k(op), left, right);
    } else if (I->x)
        r = c_rt_h_inplace(num_k(op), left, right);
    else
        r = c_rt_h_binary(num_k(op), left, right);
    CHECK_TO(I->a, r);
    NEXT;
}

OP(NEG)
{
    val a = rk(I->b);

    if (small_int(a)) {
        num n = ineg(int_of(a));

        if (small_result(n)) {
            set_reg(I->a, int_val(n));
            NEXT;
        }
    } else if (test(is_flt(a))) {
        set_reg(I->a, flt_val(f_neg(flt_of(a))));
        NEXT;
    }
    if (wide_int(a)) {
        num n = wide_of(a);

        if (test(icmp(RT_NE, n, num_k(INT64_MIN)))) {
            set_reg(I->a, wide_val(ineg(n)));
            NEXT;
        }
    } else if (is_complex(a)) {
        ptr z = ptr_of(a);
        flt re = f_neg(ld_complex_real(z));

        set_reg(I->a, complex_val(re, f_neg(ld_complex_imag(z))));
        NEXT;
    }
    CHECK_TO(I->a, c_rt_negative(a));
    NEXT;
}

OP(POS)
{
    val a = rk(I->b);

    if (small_int(a)) {
        set_reg(I->a, a);
        NEXT;
    }
    if (test(is_flt(a))) {
        set_reg(I->a, a);
        NEXT;
    }
    if (wide_int(a)) {
        set_reg(I->a, a);
        NEXT;
    }
    CHECK_TO(I->a, c_rt_positive(a));
    NEXT;
}

OP(INVERT)
{
    val a = rk(I->b);

    if (small_int(a)) {
        set_reg(I->a, int_val(ixor(int_of(a), num_k(-1))));
        NEXT;
    }
    if (wide_int(a)) {
        set_reg(I->a, wide_val(ixor(wide_of(a), num_k(-1))));
        NEXT;
    }
    CHECK_TO(I->a, c_rt_invert(a));
    NEXT;
}

OP(NOT)
{
    val a = rk(I->b);
    cond truth;
    bool slow = false;

    truth = truth_of(a, &slow);
    if (slow) {
        CHECK_TO(I->a, c_rt_h_not(a));
        NEXT;
    }
    set_reg(I->a, bool_val(not(truth)));
    NEXT;
}
