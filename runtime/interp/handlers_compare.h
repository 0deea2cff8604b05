/* SPDX-License-Identifier: MIT
 * runtime/interp/handlers_compare.h: comparisons, jumps on truth, and the
 * fused comparison-and-jump. Included by loop.h in both interpreters. */

#define COMPARE(NAME, op)                                                      \
    OP(NAME)                                                                   \
    {                                                                          \
        val a = rk(I->b);                                                      \
        val b = rk(I->c);                                                      \
        bool slow = false;                                                     \
        cond c = compare_fast(op, a, b, &slow);                                \
                                                                               \
        if (!slow) {                                                           \
            set_reg(I->a, bool_val(c));                                        \
            NEXT;                                                              \
        }                                                                      \
        left = a;                                                              \
        right = b;                                                             \
        goto compare_slow;                                                     \
    }
COMPARE(LT, RT_LT)
COMPARE(LE, RT_LE)
COMPARE(EQ, RT_EQ)
COMPARE(NE, RT_NE)
COMPARE(GT, RT_GT)
COMPARE(GE, RT_GE)
#undef COMPARE

compare_slow:
{
    enum rt_cmp op = (enum rt_cmp)(I->op - FE_LT);
    struct rt_type *lt = promote_type(left);
    struct rt_type *rt = promote_type(right);
    struct rt_function *method = rt_h_compare_method(op, lt, rt);
    cond c;
    val r;

    if (complex_compare(op, left, lt, right, rt, &c)) {
        set_reg(I->a, bool_val(c));
        NEXT;
    }
    if (method) {
        depend_type(lt);
        depend_type(rt);
        PUSH_METHOD2(method, left, right, RT_FK_COMPARE);
    }
    if (equal_sequences(op, lt, rt, left, right, &c)) {
        set_reg(I->a, bool_val(c));
        NEXT;
    }
    if (rt_h_builtin_operands(lt, rt))
        r = c_rt_h_compare_builtin(num_k(op), left, right);
    else
        r = c_rt_h_compare(num_k(op), left, right);
    CHECK_TO(I->a, r);
    NEXT;
}

#define JUMP_COMPARE(NAME, op)                                                 \
    OP(JUMP_IF_##NAME)                                                         \
    {                                                                          \
        val a = rk(I->b);                                                      \
        val b = rk(I->c);                                                      \
        bool slow = false;                                                     \
        cond c = compare_fast(op, a, b, &slow);                                \
                                                                               \
        if (!slow) {                                                           \
            BRANCH(c, I->x, pc + I->a);                                        \
            NEXT;                                                              \
        }                                                                      \
        left = a;                                                              \
        right = b;                                                             \
        goto jump_compare_slow;                                                \
    }
JUMP_COMPARE(LT, RT_LT)
JUMP_COMPARE(LE, RT_LE)
JUMP_COMPARE(EQ, RT_EQ)
JUMP_COMPARE(NE, RT_NE)
JUMP_COMPARE(GT, RT_GT)
JUMP_COMPARE(GE, RT_GE)
#undef JUMP_COMPARE

jump_compare_slow:
{
    enum rt_cmp op = (enum rt_cmp)(I->op - FE_JUMP_IF_LT);
    struct rt_type *lt = promote_type(left);
    struct rt_type *rt = promote_type(right);
    struct rt_function *method = rt_h_compare_method(op, lt, rt);
    cond c;
    num r;

    if (complex_compare(op, left, lt, right, rt, &c)) {
        BRANCH(c, I->x, pc + I->a);
        NEXT;
    }
    if (method) {
        depend_type(lt);
        depend_type(rt);
        PUSH_METHOD2(method, left, right, RT_FK_JUMP);
    }
    if (equal_sequences(op, lt, rt, left, right, &c)) {
        BRANCH(c, I->x, pc + I->a);
        NEXT;
    }
    if (rt_h_builtin_operands(lt, rt))
        r = c_rt_h_compare_bool_builtin(num_k(op), left, right);
    else
        r = c_rt_h_compare_bool(num_k(op), left, right);
    CHECK_NUM(r);
    BRANCH(icmp(RT_NE, r, num_k(0)), I->x, pc + I->a);
    NEXT;
}

OP(IS)
{
    cond c = same(rk(I->b), rk(I->c));

    set_reg(I->a, bool_val(I->x ? not(c) : c));
    NEXT;
}

OP(JUMP_IF_IS)
{
    BRANCH(same(rk(I->b), rk(I->c)), I->x, pc + I->a);
    NEXT;
}

OP(JUMP_IF_NONE)
{
    BRANCH(same(rk(I->a), konst(rt_None)), I->x, pc + I->bc);
    NEXT;
}

OP(CONTAINS)
{
    val item = rk(I->b);
    val box = rk(I->c);
    num r = contains(box, item);

    CHECK_NUM_TO_BOOL(I->a, r, I->x);
    NEXT;
}

OP(JUMP_IF_IN)
{
    val item = rk(I->b);
    val box = rk(I->c);
    num r = contains(box, item);

    CHECK_NUM(r);
    BRANCH(icmp(RT_NE, r, num_k(0)), I->x, pc + I->a);
    NEXT;
}

OP(JUMP_IF)
{
    val a = rk(I->a);
    bool slow = false;
    cond truth = truth_of(a, &slow);
    num r;

    if (!slow) {
        BRANCH(truth, I->x, pc + I->bc);
        NEXT;
    }
    r = c_rt_h_truth(a);
    CHECK_NUM(r);
    BRANCH(icmp(RT_NE, r, num_k(0)), I->x, pc + I->bc);
    NEXT;
}

OP(JUMP)
{
    pc += I->bc;
    NEXT;
}

OP(LOOP)
{
    pc += I->bc;
    LOOP_HEAD();
    NEXT;
}
