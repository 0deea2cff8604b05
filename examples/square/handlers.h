/* SPDX-License-Identifier: MIT
 * examples/square/handlers.h: what the bytecodes of the accumulator machine do,
 * written once. square.c includes this file twice: with the primitives of the
 * plain interpreter and with those of the recording one. P(x) names a
 * primitive of the one or the other; val, num and cond are opaque here, so C
 * operators do not work on them. Guards come first, the effect is last.
 */
static void
P(step)(struct machine *m)
{
    switch (P(opcode)(m)) {
    case MOV_A_R: {
        int r = P(operand)(m);
        P(val) a = P(reg)(m, ACC);

        P(set_reg)(m, r, a);
        break;
    }
    case MOV_R_A: {
        int r = P(operand)(m);
        P(val) a = P(reg)(m, r);

        P(set_reg)(m, ACC, a);
        break;
    }
    case ADD_R_TO_A: {
        int r = P(operand)(m);
        P(val) a = P(reg)(m, ACC);
        P(val) b = P(reg)(m, r);
        P(num) x = P(unbox)(m, a);
        P(num) y = P(unbox)(m, b);
        P(num) sum = P(add)(m, x, y);
        P(val) boxed = P(box)(m, sum);

        P(set_reg)(m, ACC, boxed);
        break;
    }
    case DECR_A: {
        P(val) a = P(reg)(m, ACC);
        P(num) x = P(unbox)(m, a);
        P(num) minus = P(constant)(m, -1);
        P(num) less = P(add)(m, x, minus);
        P(val) boxed = P(box)(m, less);

        P(set_reg)(m, ACC, boxed);
        break;
    }
    case JUMP_IF_A: {
        P(num) target = P(target)(m);
        P(val) a = P(reg)(m, ACC);
        P(num) x = P(unbox)(m, a);
        P(cond) c = P(nonzero)(m, x);

        if (P(test)(m, c))
            P(jump)(m, target);
        break;
    }
    default: {
        P(val) a = P(reg)(m, ACC);

        P(leave)(m, a);
        break;
    }
    }
}
