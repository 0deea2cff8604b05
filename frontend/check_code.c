/* SPDX-License-Identifier: MIT
 * frontend/check_code.c: the verifier: what the interpreters take for granted
 * about a struct fe_code.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "frontend/compile.h"

struct checker {
    struct nac_arena *arena;
    const struct fe_code *code;
    const char *error;
};

static void
fail(struct checker *k, uint32_t pc, const char *what, int value)
{
    if (!k->error)
        k->error = nac_arena_printf(
            k->arena, "%s: instruction %u (%s): %s (%d)", k->code->qualname, pc,
            pc < k->code->nins ? fe_opinfo[k->code->ins[pc].op].name : "-",
            what, value);
}

static void
check_register(struct checker *k, uint32_t pc, int n, int count)
{
    if (n < 0 || n + count > (int)k->code->nregs)
        fail(k, pc, "register out of range", n);
}

static void
check_constant(struct checker *k, uint32_t pc, int n)
{
    if (n < 0 || n >= (int)k->code->nconsts)
        fail(k, pc, "constant out of range", n);
}

static void
check_target(struct checker *k, uint32_t pc, int64_t distance)
{
    int64_t to = (int64_t)pc + 1 + distance;
    int op = k->code->ins[pc].op;

    if (to < 0 || to >= k->code->nins)
        fail(k, pc, "jump out of the code", (int)distance);
    else if ((distance < 0) != (op == FE_LOOP))
        fail(k, pc, "wrong direction of a jump", (int)distance);
}

static void
check_operand(struct checker *k, uint32_t pc, char kind, int n)
{
    const struct fe_ins *in = &k->code->ins[pc];

    switch (kind) {
    case 'd':
    case 'r':
        check_register(k, pc, n, 1);
        break;
    case 'k':
        if (n < 0)
            check_constant(k, pc, ~n);
        else
            check_register(k, pc, n, 1);
        break;
    case 'n':
        check_constant(k, pc, ~n);
        if (!k->error && k->code->consts[~n].kind != FE_CONST_NAME)
            fail(k, pc, "name expected", n);
        break;
    case 'K':
        check_constant(k, pc, in->bc);
        break;
    case 'j':
        check_target(k, pc, n);
        break;
    case 'J':
        check_target(k, pc, in->bc);
        break;
    case 'u':
        break;
    default:
        if (n != 0)
            fail(k, pc, "unused operand is not 0", n);
        break;
    }
}

/* Registers beyond those that the operands name. */
static void
check_ranges(struct checker *k, uint32_t pc)
{
    const struct fe_ins *in = &k->code->ins[pc];

    switch (in->op) {
    case FE_GET_ITER:
        check_register(k, pc, in->a, 2);
        break;
    case FE_FOR_ITER:
    case FE_FOR_TEST:
    case FE_EXC_INFO:
        check_register(k, pc, in->a, 3);
        break;
    case FE_BUILD_TUPLE:
    case FE_BUILD_LIST:
    case FE_BUILD_SET:
    case FE_BUILD_STRING:
    case FE_BUILD_SLICE:
        check_register(k, pc, in->b, in->c);
        break;
    case FE_BUILD_MAP:
        check_register(k, pc, in->b, 2 * in->c);
        break;
    case FE_UNPACK:
        check_register(k, pc, in->a, in->c);
        break;
    case FE_UNPACK_EX:
        check_register(k, pc, in->a, in->x + in->c + 1);
        break;
    case FE_LOAD_METHOD:
    case FE_LOAD_SPECIAL:
        check_register(k, pc, in->a, FE_ARGS + 1);
        break;
    case FE_CALL:
    case FE_CALL_KW:
        check_register(k, pc, in->a, FE_ARGS + in->b);
        if (in->op == FE_CALL_KW)
            check_constant(k, pc, in->c);
        break;
    case FE_CALL_METHOD:
        check_register(k, pc, in->a, FE_ARGS + 1 + in->b);
        break;
    case FE_CALL_EX:
        check_register(k, pc, in->a, FE_ARGS + 2);
        break;
    case FE_MAKE_FUNCTION:
        check_register(k, pc, in->b, __builtin_popcount(in->x));
        check_constant(k, pc, in->c);
        break;
    case FE_EXC_GROUP_MATCH:
        check_register(k, pc, in->a, 2);
        break;
    case FE_MATCH_CLASS:
        check_register(k, pc, in->c, 2);
        break;
    default:
        break;
    }
}

static void
check_pairs(struct checker *k, uint32_t pc)
{
    const struct fe_ins *in = &k->code->ins[pc];
    uint32_t left = k->code->nins - pc;

    if (in->op == FE_FOR_ITER &&
        (left < 2 || in[1].op != FE_FOR_TEST || in[1].a != in->a ||
         in[1].bc != (int64_t)in->bc - 1))
        fail(k, pc, "no FOR_TEST with the same target follows", in->a);
    if (in->op == FE_FOR_TEST && (pc == 0 || in[-1].op != FE_FOR_ITER))
        fail(k, pc, "no FOR_ITER before", in->a);
    if (in->op == FE_SEND && (left < 3 || in[1].op != FE_JUMP ||
                              in[2].op != FE_YIELD || in[2].x != 1))
        fail(k, pc, "no JUMP and YIELD follow", in->a);
}

static void
check_instruction(struct checker *k, uint32_t pc)
{
    const struct fe_ins *in = &k->code->ins[pc];
    const char *format;

    if (in->op >= FE_NOPS) {
        fail(k, pc, "unknown opcode", in->op);
        return;
    }
    format = fe_opinfo[in->op].format;
    check_operand(k, pc, format[0], in->a);
    if (format[1] == 'J' || format[1] == 'K') {
        check_operand(k, pc, format[1], 0);
    } else {
        check_operand(k, pc, format[1], in->b);
        check_operand(k, pc, format[2], in->c);
    }
    check_ranges(k, pc);
    check_pairs(k, pc);
    if (pc + 1 == k->code->nins && !(fe_opinfo[in->op].flags & FE_F_END))
        fail(k, pc, "path off the end", 0);
}

static void
check_exceptions(struct checker *k)
{
    const struct fe_code *code = k->code;

    for (uint32_t i = 0; i < code->nexcs; i++) {
        const struct fe_exc_entry *e = &code->excs[i];

        if (e->start >= e->end || e->end > code->nins ||
            e->handler >= code->nins || e->reg < 0 ||
            e->reg < (int)(code->nlocals + code->nfree) ||
            e->reg >= (int)code->nregs)
            fail(k, e->start, "bad entry in the exception table", (int)i);
    }
}

/* Every instruction must be reached: dead code is dropped. */
static void
check_reached(struct checker *k)
{
    const struct fe_code *code = k->code;
    uint8_t *target = nac_calloc(code->nins + 1, 1);

    target[0] = 1;
    for (uint32_t i = 0; i < code->nexcs; i++)
        target[code->excs[i].handler] = 1;
    for (uint32_t pc = 0; pc < code->nins; pc++) {
        const struct fe_ins *in = &code->ins[pc];
        const struct fe_opinfo *info = &fe_opinfo[in->op];

        if (info->format[0] == 'j')
            target[(int64_t)pc + 1 + in->a] = 1;
        else if (info->format[1] == 'J')
            target[(int64_t)pc + 1 + in->bc] = 1;
        if (!(info->flags & FE_F_END))
            target[pc + 1] = 1;
        if (in->op == FE_SEND)
            target[pc + 2] = 1;
    }
    for (uint32_t pc = 0; pc < code->nins; pc++)
        if (!target[pc])
            fail(k, pc, "nothing leads here", 0);
    free(target);
}

const char *
fe_check_code(struct nac_arena *arena, const struct fe_code *code)
{
    struct checker k = {.arena = arena, .code = code};

    if (code->nins == 0)
        fail(&k, 0, "no code", 0);
    for (uint32_t pc = 0; pc < code->nins && !k.error; pc++)
        check_instruction(&k, pc);
    if (!k.error)
        check_exceptions(&k);
    if (!k.error)
        check_reached(&k);
    for (uint32_t i = 0; i < code->nlocals && !k.error; i++)
        if (!code->local_names[i])
            fail(&k, 0, "local variable without a name", (int)i);
    for (uint32_t i = 0; i < code->nconsts && !k.error; i++)
        if (code->consts[i].kind == FE_CONST_CODE)
            k.error = fe_check_code(arena, code->consts[i].code);
    return k.error;
}
