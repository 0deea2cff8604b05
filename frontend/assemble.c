/* SPDX-License-Identifier: MIT
 * frontend/assemble.c: from the list of instructions with labels to struct
 * fe_code: final constant numbers, jump distances, the exception table and
 * the positions.
 *
 * Fused compare-and-jump instructions have 16 bits for the distance. One that
 * must go further becomes the opposite test over a JUMP.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "frontend/compiler.h"

enum { MAX_SHORT_JUMP = 32000 };

struct assembler {
    struct fe_compiler *c;
    struct fe_unit *u;
    uint32_t *address; /* of every instruction, and of the end */
    uint8_t *wide;     /* needs two instructions */
    uint32_t pool_base[FE_POOLS];
    struct fe_code *code;
};

static bool
is_short_jump(const struct fe_insn *in)
{
    return in->label >= 0 && fe_opinfo[in->op].format[0] == 'j';
}

static void
set_addresses(struct assembler *a)
{
    uint32_t at = 0;

    for (uint32_t i = 0; i < a->u->ins.len; i++) {
        a->address[i] = at;
        if (!a->u->ins.items[i].dead)
            at += 1 + a->wide[i];
    }
    a->address[a->u->ins.len] = at;
}

static int64_t
distance(const struct assembler *a, uint32_t i)
{
    int32_t label = a->u->ins.items[i].label;

    ASSERT(a->u->labels.items[label] >= 0, "label %d was not placed in %s",
           label, a->u->qualname);
    return (int64_t)a->address[a->u->labels.items[label]] -
           ((int64_t)a->address[i] + 1 + a->wide[i]);
}

static void
choose_widths(struct assembler *a)
{
    bool again = true;

    while (again) {
        again = false;
        set_addresses(a);
        for (uint32_t i = 0; i < a->u->ins.len; i++) {
            const struct fe_insn *in = &a->u->ins.items[i];

            if (in->dead || a->wide[i] || !is_short_jump(in))
                continue;
            if (llabs(distance(a, i)) > MAX_SHORT_JUMP) {
                a->wide[i] = 1;
                again = true;
            }
        }
    }
}

/* -- constants ------------------------------------------------------------- */

static void
place_constants(struct assembler *a)
{
    struct fe_constant *all;
    uint32_t n = 0;

    for (int p = 0; p < FE_POOLS; p++) {
        a->pool_base[p] = n;
        n += a->u->pools[p].len;
    }
    all = NAC_NEW_ARRAY(a->c->arena, struct fe_constant, n + 1);
    for (int p = 0; p < FE_POOLS; p++)
        if (a->u->pools[p].len)
            memcpy(all + a->pool_base[p], a->u->pools[p].items,
                   a->u->pools[p].len * sizeof *all);
    a->code->consts = all;
    a->code->nconsts = n;
}

/* Constant number for an operand of the unit. */
static int32_t
constant_number(const struct assembler *a, int32_t operand)
{
    uint32_t n = (uint32_t)~operand;

    return (int32_t)(a->pool_base[n >> 24] + (n & 0xffffff));
}

static int16_t
field(const struct assembler *a, int32_t operand)
{
    if (operand < 0)
        operand = ~constant_number(a, operand);
    ASSERT(operand >= INT16_MIN && operand <= INT16_MAX,
           "operand %d out of reach in %s", operand, a->u->qualname);
    return (int16_t)operand;
}

/* -- instructions ---------------------------------------------------------- */

static struct fe_ins
encode(const struct assembler *a, uint32_t i)
{
    const struct fe_insn *in = &a->u->ins.items[i];
    const char *format = fe_opinfo[in->op].format;
    struct fe_ins out = {.op = in->op, .x = in->x};

    if (format[0] == 'j') {
        out.a = a->wide[i] ? 1 : (int16_t)distance(a, i);
        out.x ^= a->wide[i];
    } else {
        out.a = field(a, in->a);
    }
    if (format[1] == 'J') {
        out.bc = (int32_t)distance(a, i);
    } else if (format[1] == 'K') {
        out.bc = constant_number(a, in->b);
    } else {
        out.b = field(a, in->b);
        if (in->op == FE_MAKE_FUNCTION || in->op == FE_CALL_KW)
            out.c = (int16_t)constant_number(a, in->c);
        else
            out.c = field(a, in->c);
    }
    return out;
}

static void
encode_all(struct assembler *a)
{
    uint32_t n = a->address[a->u->ins.len];
    struct fe_ins *ins = NAC_NEW_ARRAY(a->c->arena, struct fe_ins, n + 1);
    struct fe_position *pos =
        NAC_NEW_ARRAY(a->c->arena, struct fe_position, n + 1);

    for (uint32_t i = 0; i < a->u->ins.len; i++) {
        const struct fe_insn *in = &a->u->ins.items[i];
        uint32_t at = a->address[i];

        if (in->dead)
            continue;
        ins[at] = encode(a, i);
        pos[at] = in->pos;
        if (a->wide[i]) {
            ins[at + 1] =
                (struct fe_ins){.op = FE_JUMP, .bc = (int32_t)distance(a, i)};
            pos[at + 1] = in->pos;
        }
    }
    a->code->ins = ins;
    a->code->positions = pos;
    a->code->nins = n;
}

/* Runs of instructions with the same handler are the entries of the table;
 * no instruction belongs to two. */
static void
exception_table(struct assembler *a)
{
    struct fe_unit *u = a->u;
    NAC_VEC(struct fe_exc_entry) table = {0};
    struct fe_exc_entry *last, *copy;

    for (uint32_t i = 0; i < u->ins.len; i++) {
        const struct fe_insn *in = &u->ins.items[i];
        const struct fe_handler *h;
        struct fe_exc_entry e;

        if (in->dead || in->eh < 0)
            continue;
        h = &u->handlers.items[in->eh];
        e.start = a->address[i];
        e.end = e.start + 1 + a->wide[i];
        e.handler = a->address[u->labels.items[h->label]];
        e.reg = h->reg;
        last = table.len ? &nac_vec_top(&table) : NULL;
        if (last && last->end == e.start && last->handler == e.handler &&
            last->reg == e.reg)
            last->end = e.end;
        else
            nac_vec_push(&table, e);
    }
    copy = NAC_NEW_ARRAY(a->c->arena, struct fe_exc_entry, table.len + 1);
    if (table.len)
        memcpy(copy, table.items, table.len * sizeof *copy);
    a->code->excs = copy;
    a->code->nexcs = table.len;
    nac_vec_free(&table);
}

/* Variables that no instruction names still are locals. */
static void
name_unused_locals(struct fe_unit *u)
{
    struct fe_scope *s = u->scope;

    if (s->kind != FE_SCOPE_FUNCTION)
        return;
    for (uint32_t i = 0; i < s->symbols.len; i++) {
        const struct fe_symbol *sym = &s->symbols.items[i];

        if (sym->binding == FE_LOCAL &&
            !nac_map_find(&u->regs, sym->name, strlen(sym->name)))
            u->local_names[u->next_local++] = sym->name;
    }
}

struct fe_code *
fe_assemble(struct fe_compiler *c)
{
    struct fe_unit *u = c->u;
    struct assembler a = {.c = c, .u = u};
    struct fe_code *code = NAC_NEW(c->arena, struct fe_code);

    a.code = code;
    a.address = nac_malloc((u->ins.len + 1) * sizeof *a.address);
    a.wide = nac_calloc(u->ins.len + 1, 1);
    name_unused_locals(u);
    code->filename = c->filename;
    code->name = u->name;
    code->qualname = u->qualname;
    code->first_line = u->first_line;
    code->flags = u->flags;
    code->argcount = u->argcount;
    code->posonlyargcount = u->posonly;
    code->kwonlyargcount = u->kwonly;
    code->nlocals = (uint32_t)u->nlocals;
    code->nfree = (uint32_t)u->nfree;
    code->nregs = (uint32_t)u->max + FE_HEADER;
    code->local_names = u->local_names;
    code->local_is_cell = u->local_is_cell;
    code->free_names = u->free_names;
    place_constants(&a);
    choose_widths(&a);
    encode_all(&a);
    exception_table(&a);
    free(a.address);
    free(a.wide);
    return code;
}
