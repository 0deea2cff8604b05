/* SPDX-License-Identifier: MIT
 * frontend/dis.c: the table of what the opcodes are, and the readable listing
 * of code (nacre --dump=code). Listings hold no addresses, so that they can be
 * compared. A line is
 *
 *     line  offset OP.x operands             ; columns, exception handler
 *
 * with registers as r3 or as the local variable they hold, constants as
 * literals, names in backquotes and jump targets as ->offset.
 */
#include "config.h"

#include <inttypes.h>
#include <string.h>

#include "frontend/compile.h"

enum {
    JUMP = FE_F_JUMP,
    END = FE_F_END,
    CALL = FE_F_CALL,
    CMP = FE_F_CMP,
    RAISES = FE_F_RAISES
};

const struct fe_opinfo fe_opinfo[FE_NOPS] = {
#define OP(name, format, flags, text) {#name, format, flags, text},
#include "frontend/ops.def"
#undef OP
};

/* -- constants ------------------------------------------------------------- */

static void
dis_float(struct nac_buf *out, double d)
{
    fe_repr_double(out, d);
}

static void
dis_items(struct nac_buf *out, const struct fe_constant *k)
{
    for (uint32_t i = 0; i < k->len; i++) {
        if (i)
            nac_buf_puts(out, ", ");
        fe_dis_constant(out, &k->items[i]);
    }
}

static void
dis_complex(struct nac_buf *out, const struct fe_constant *k)
{
    if (k->f2 != 0) {
        nac_buf_putc(out, '(');
        dis_float(out, k->f2);
        if (!(k->f < 0))
            nac_buf_putc(out, '+');
    }
    dis_float(out, k->f);
    nac_buf_puts(out, k->f2 != 0 ? "j)" : "j");
}

void
fe_dis_constant(struct nac_buf *out, const struct fe_constant *k)
{
    switch (k->kind) {
    case FE_CONST_NONE:
        nac_buf_puts(out, "None");
        break;
    case FE_CONST_TRUE:
        nac_buf_puts(out, "True");
        break;
    case FE_CONST_FALSE:
        nac_buf_puts(out, "False");
        break;
    case FE_CONST_ELLIPSIS:
        nac_buf_puts(out, "Ellipsis");
        break;
    case FE_CONST_NOTHING:
        nac_buf_puts(out, "NOTHING");
        break;
    case FE_CONST_INT:
        nac_buf_printf(out, "%" PRId64, k->i);
        break;
    case FE_CONST_BIGINT:
        nac_buf_put(out, k->text, k->len);
        break;
    case FE_CONST_FLOAT:
        dis_float(out, k->f);
        break;
    case FE_CONST_COMPLEX:
        dis_complex(out, k);
        break;
    case FE_CONST_STR:
    case FE_CONST_NAME:
        fe_repr_str(out, k->text, k->len);
        break;
    case FE_CONST_BYTES:
        fe_repr_bytes(out, k->text, k->len);
        break;
    case FE_CONST_TUPLE:
        nac_buf_putc(out, '(');
        dis_items(out, k);
        nac_buf_puts(out, k->len == 1 ? ",)" : ")");
        break;
    case FE_CONST_FROZENSET:
        nac_buf_puts(out, "frozenset({");
        dis_items(out, k);
        nac_buf_puts(out, "})");
        break;
    default:
        nac_buf_printf(out, "<code %s>", k->code->qualname);
        break;
    }
}

/* -- operands -------------------------------------------------------------- */

static void
dis_register(struct nac_buf *out, const struct fe_code *code, int n)
{
    if (n < (int)code->nlocals)
        nac_buf_puts(out, code->local_names[n]);
    else if (n < (int)(code->nlocals + code->nfree))
        nac_buf_puts(out, code->free_names[n - (int)code->nlocals]);
    else
        nac_buf_printf(out, "r%d", n);
}

static void
dis_operand(struct nac_buf *out, const struct fe_code *code, uint32_t pc,
            char kind, int n)
{
    const struct fe_ins *in = &code->ins[pc];

    switch (kind) {
    case 'd':
    case 'r':
        dis_register(out, code, n);
        break;
    case 'k':
        if (n < 0)
            fe_dis_constant(out, &code->consts[~n]);
        else
            dis_register(out, code, n);
        break;
    case 'n':
        nac_buf_putc(out, '`');
        nac_buf_put(out, code->consts[~n].text, code->consts[~n].len);
        nac_buf_putc(out, '`');
        break;
    case 'K':
        fe_dis_constant(out, &code->consts[in->bc]);
        break;
    case 'j':
        nac_buf_printf(out, "->%d", (int)pc + 1 + n);
        break;
    case 'J':
        nac_buf_printf(out, "->%d", (int)pc + 1 + in->bc);
        break;
    default:
        nac_buf_printf(out, "%d", n);
        break;
    }
}

static void
dis_x(struct nac_buf *out, const struct fe_ins *in)
{
    if (in->op == FE_FORMAT && in->x)
        nac_buf_printf(out, ".%c", in->x);
    else if (in->x || (in->op >= FE_JUMP_IF && in->op <= FE_JUMP_IF_IN))
        nac_buf_printf(out, ".%d", in->x);
}

static void
dis_instruction(struct nac_buf *out, const struct fe_code *code, uint32_t pc)
{
    const struct fe_ins *in = &code->ins[pc];
    const struct fe_position *pos = &code->positions[pc];
    const struct fe_opinfo *info = &fe_opinfo[in->op];
    const int values[3] = {in->a, in->b, in->c};
    size_t start = out->len;
    bool first = true;

    nac_buf_printf(out, "%5d %4u  %s", pos->line, pc, info->name);
    dis_x(out, in);
    while (out->len - start < 32)
        nac_buf_putc(out, ' ');
    for (int i = 0; i < 3; i++) {
        if (info->format[i] == '-' || (in->op == FE_RAISE && i >= in->x))
            continue;
        nac_buf_puts(out, first ? " " : ", ");
        first = false;
        if (i == 2 && (in->op == FE_MAKE_FUNCTION || in->op == FE_CALL_KW))
            fe_dis_constant(out, &code->consts[in->c]);
        else
            dis_operand(out, code, pc, info->format[i], values[i]);
    }
    while (out->len - start < 64)
        nac_buf_putc(out, ' ');
    nac_buf_printf(out, " ; %d", pos->col);
    if (pos->end_line != pos->line)
        nac_buf_printf(out, "-%d:%d", pos->end_line, pos->end_col);
    else
        nac_buf_printf(out, "-%d", pos->end_col);
    nac_buf_putc(out, '\n');
}

static void
dis_flags(struct nac_buf *out, uint32_t flags)
{
    static const char *const names[] = {
        "varargs",   "varkeywords", "nested",
        "generator", "coroutine",   "async-generator",
        "namespace", "doc",         "future-annotations",
        "class",     "optimized",   "iterable-coroutine"};

    for (uint32_t i = 0; i < sizeof names / sizeof *names; i++)
        if (flags & 1u << i)
            nac_buf_printf(out, " %s", names[i]);
}

static void
dis_names(struct nac_buf *out, const struct fe_code *code)
{
    nac_buf_puts(out, "  locals:");
    for (uint32_t i = 0; i < code->nlocals; i++)
        nac_buf_printf(out, " %s%s", code->local_names[i],
                       code->local_is_cell[i] ? "(cell)" : "");
    nac_buf_putc(out, '\n');
    if (code->nfree) {
        nac_buf_puts(out, "  free:");
        for (uint32_t i = 0; i < code->nfree; i++)
            nac_buf_printf(out, " %s", code->free_names[i]);
        nac_buf_putc(out, '\n');
    }
}

void
fe_dis(struct nac_buf *out, const struct fe_code *code)
{
    nac_buf_printf(out, "code %s, line %d\n", code->qualname, code->first_line);
    nac_buf_printf(out,
                   "  args %u, positional-only %u, keyword-only %u, "
                   "registers %u\n  flags:",
                   code->argcount, code->posonlyargcount, code->kwonlyargcount,
                   code->nregs);
    dis_flags(out, code->flags);
    nac_buf_putc(out, '\n');
    dis_names(out, code);
    for (uint32_t pc = 0; pc < code->nins; pc++)
        dis_instruction(out, code, pc);
    for (uint32_t i = 0; i < code->nexcs; i++)
        nac_buf_printf(out, "  exceptions in %u..%u go to %u, r%d\n",
                       code->excs[i].start, code->excs[i].end - 1,
                       code->excs[i].handler, code->excs[i].reg);
    for (uint32_t i = 0; i < code->nconsts; i++)
        if (code->consts[i].kind == FE_CONST_CODE) {
            nac_buf_putc(out, '\n');
            fe_dis(out, code->consts[i].code);
        }
}
