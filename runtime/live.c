/* SPDX-License-Identifier: MIT
 * runtime/live.c: which registers are live at an instruction: a backward
 * data-flow over the bytecode, made once for code that is recorded. Snapshots
 * leave dead registers out, so that traces need not keep their values.
 *
 * Code that looks at its locals by name (locals(), exec, ...) and frames that
 * others look at would miss dead ones: rt_code.all_live turns the analysis off.
 */
#include "config.h"

#include "base/mem.h"
#include "runtime/code.h"
#include "runtime/interp/jit.h"

#include <stdlib.h>

struct live {
    const struct rt_code *code;
    uint32_t words;
    uint64_t *in; /* nins rows */
};

static void
gen(uint64_t *row, const struct live *l, int32_t reg)
{
    if (reg >= 0 && (uint32_t)reg < l->code->nregs)
        row[reg / 64] |= UINT64_C(1) << (reg % 64);
}

static void
gen_range(uint64_t *row, const struct live *l, int32_t first, int32_t n)
{
    for (; n > 0; n--)
        gen(row, l, first++);
}

static void
kill(uint64_t *row, const struct live *l, int32_t reg, int32_t n)
{
    for (; n > 0; n--, reg++)
        if (reg >= 0 && (uint32_t)reg < l->code->nregs)
            row[reg / 64] &= ~(UINT64_C(1) << (reg % 64));
}

/* Operands by the letters of ops.def: d is written, r and k are read. */
static void
plain_operands(uint64_t *row, const struct live *l, const struct fe_ins *i)
{
    const char *f = fe_opinfo[i->op].format;

    if (f[0] == 'd')
        kill(row, l, i->a, 1);
    if (f[0] == 'r' || f[0] == 'k')
        gen(row, l, i->a);
    if (f[1] == 'r' || f[1] == 'k')
        gen(row, l, i->b);
    if (f[2] == 'r' || f[2] == 'k')
        gen(row, l, i->c);
}

static void
transfer(uint64_t *row, const struct live *l, const struct fe_ins *i)
{
    int nfunc = 0, bit;

    switch (i->op) {
    case FE_CALL:
    case FE_CALL_KW:
        kill(row, l, i->a, 1);
        gen(row, l, i->a);
        gen_range(row, l, i->a + FE_ARGS, i->b + (i->op == FE_CALL_KW && i->x));
        return;
    case FE_CALL_METHOD:
        gen(row, l, i->a);
        gen_range(row, l, i->a + FE_ARGS, i->b + 1);
        return;
    case FE_CALL_EX:
        gen(row, l, i->a);
        gen_range(row, l, i->a + FE_ARGS, 2);
        return;
    case FE_LOAD_METHOD:
    case FE_LOAD_SPECIAL:
        kill(row, l, i->a, 1);
        kill(row, l, i->a + FE_ARGS, 1);
        gen(row, l, i->b);
        return;
    case FE_GET_ITER:
        kill(row, l, i->a, 2);
        gen(row, l, i->b);
        return;
    case FE_FOR_ITER:
        kill(row, l, i->a + 2, 1);
        gen_range(row, l, i->a, 2);
        return;
    case FE_FOR_TEST:
        gen_range(row, l, i->a, 3);
        return;
    case FE_BUILD_TUPLE:
    case FE_BUILD_LIST:
    case FE_BUILD_SET:
    case FE_BUILD_STRING:
        kill(row, l, i->a, 1);
        gen_range(row, l, i->b, i->c);
        return;
    case FE_BUILD_MAP:
        kill(row, l, i->a, 1);
        gen_range(row, l, i->b, 2 * i->c);
        return;
    case FE_BUILD_SLICE:
        kill(row, l, i->a, 1);
        gen_range(row, l, i->b, 3);
        return;
    case FE_UNPACK:
        kill(row, l, i->a, i->c);
        gen(row, l, i->b);
        return;
    case FE_UNPACK_EX:
        kill(row, l, i->a, i->x + 1 + i->c);
        gen(row, l, i->b);
        return;
    case FE_MAKE_FUNCTION:
        kill(row, l, i->a, 1);
        for (bit = 0; bit < 4; bit++)
            nfunc += i->x >> bit & 1;
        gen_range(row, l, i->b, nfunc);
        return;
    case FE_EXC_INFO:
        kill(row, l, i->a, 3);
        gen(row, l, i->b);
        return;
    case FE_EXC_GROUP_MATCH:
        kill(row, l, i->a, 2);
        gen(row, l, i->b);
        gen(row, l, i->c);
        return;
    case FE_MATCH_CLASS:
        kill(row, l, i->a, 1);
        gen(row, l, i->b);
        gen_range(row, l, i->c, 2);
        return;
    case FE_MAKE_CELL:
    case FE_DEL_FAST:
    case FE_CHECK_BOUND:
        gen(row, l, i->a);
        return;
    case FE_LOAD_NAME:
    case FE_STORE_NAME:
    case FE_DEL_NAME:
    case FE_LOAD_CLASSDEREF:
    case FE_IMPORT_STAR:
    case FE_SETUP_ANNOTATIONS:
        plain_operands(row, l, i);
        gen(row, l, 0);
        return;
    default:
        plain_operands(row, l, i);
    }
}

static void
join(uint64_t *row, const struct live *l, int64_t at)
{
    uint32_t w;

    if (at < 0 || at >= l->code->nins)
        return;
    for (w = 0; w < l->words; w++)
        row[w] |= l->in[(size_t)at * l->words + w];
}

static bool
visit(const struct live *l, uint32_t at, uint64_t *row)
{
    const struct fe_ins *i = &l->code->ins[at];
    const struct fe_opinfo *info = &fe_opinfo[i->op];
    uint64_t *in = l->in + (size_t)at * l->words;
    bool changed = false;
    uint32_t w, e;

    memset(row, 0, l->words * sizeof *row);
    if (!(info->flags & FE_F_END))
        join(row, l, (int64_t)at + 1);
    if (i->op == FE_FOR_ITER || i->op == FE_SEND)
        join(row, l, (int64_t)at + 2);
    if (info->flags & FE_F_JUMP) {
        int32_t distance = info->format[1] == 'J' ? i->bc : i->a;

        join(row, l, (int64_t)at + 1 + distance);
    }
    transfer(row, l, i);
    for (e = 0; e < l->code->nexcs; e++) {
        const struct fe_exc_entry *x = &l->code->excs[e];

        /* the handler reads everything but the exception itself */
        if (at >= x->start && at < x->end) {
            uint32_t had =
                x->reg >= 0 && (row[x->reg / 64] >> (x->reg % 64) & 1);

            join(row, l, x->handler);
            if (!had)
                kill(row, l, x->reg, 1);
        }
    }
    for (w = 0; w < l->words; w++) {
        changed |= (row[w] & ~in[w]) != 0;
        in[w] |= row[w];
    }
    return changed;
}

bool
rt_code_live(struct rt_code *code, uint32_t ins, uint32_t reg)
{
    if (code->all_live || rt_frames_seen)
        return true;
    if (!code->live) {
        struct live l = {.code = code, .words = (code->nregs + 63) / 64};
        uint64_t *row = nac_calloc(l.words + 1, sizeof *row);
        bool changed = true;
        uint32_t i;

        l.in = nac_calloc((size_t)(code->nins + 1) * l.words + 1, sizeof *l.in);
        while (changed) {
            changed = false;
            for (i = code->nins; i-- > 0;)
                changed |= visit(&l, i, row);
        }
        free(row);
        code->live = l.in;
        code->live_words = l.words;
    }
    if (ins >= code->nins || reg >= code->nregs)
        return false;
    return code->live[(size_t)ins * code->live_words + reg / 64] >> (reg % 64) &
           1;
}
