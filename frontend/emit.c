/* SPDX-License-Identifier: MIT
 * frontend/emit.c: what all of the code generator stands on: units, registers,
 * labels, constants, single instructions, errors and warnings.
 */
#include "config.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "frontend/compiler.h"

/* -- errors ---------------------------------------------------------------- */

static void
report(struct fe_compiler *c, const struct fe_position *pos, const char *fmt,
       va_list ap)
{
    struct nac_buf b = {0};
    struct fe_error *e = c->err;

    if (c->failed)
        return;
    c->failed = true;
    nac_buf_vprintf(&b, fmt, ap);
    e->type = "SyntaxError";
    e->msg = nac_arena_strdup(c->arena, b.data ? b.data : "");
    e->has_location = true;
    e->line = pos->line;
    e->col = pos->col + 1;
    e->end_line = pos->end_line;
    e->end_col = pos->end_col + 1;
    nac_buf_free(&b);
}

void
fe_fail_pos(struct fe_compiler *c, const struct fe_position *pos,
            const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    report(c, pos, fmt, ap);
    va_end(ap);
}

void
fe_fail(struct fe_compiler *c, const char *fmt, ...)
{
    struct fe_position nowhere = {0};
    va_list ap;

    va_start(ap, fmt);
    report(c, c->u ? &c->u->pos : &nowhere, fmt, ap);
    va_end(ap);
}

static struct fe_position
position_of(const struct fe_node *n)
{
    return (struct fe_position){n->lineno, n->end_lineno, n->col, n->end_col};
}

void
fe_fail_at(struct fe_compiler *c, const struct fe_node *n, const char *fmt, ...)
{
    struct fe_position pos = position_of(n);
    va_list ap;

    va_start(ap, fmt);
    report(c, &pos, fmt, ap);
    va_end(ap);
}

void
fe_caution(struct fe_compiler *c, const char *fmt, ...)
{
    struct nac_buf b = {0};
    va_list ap;

    if (c->failed)
        return;
    va_start(ap, fmt);
    nac_buf_vprintf(&b, fmt, ap);
    va_end(ap);
    nac_vec_push(&c->cautions,
                 (struct fe_warning){"SyntaxWarning",
                                     nac_arena_strdup(c->arena, b.data),
                                     c->u->pos.line});
    nac_buf_free(&b);
}

/* Guards the C stack: every level of the tree costs a few C frames. */
bool
fe_enter(struct fe_compiler *c)
{
    if (c->failed)
        return false;
    if (++c->depth > FE_MAX_DEPTH) {
        fe_fail(c, "maximum recursion depth exceeded during compilation");
        c->err->type = "RecursionError";
        c->err->has_location = false;
        return false;
    }
    return true;
}

void
fe_leave(struct fe_compiler *c)
{
    c->depth--;
}

void
fe_set_pos(struct fe_compiler *c, const struct fe_node *n)
{
    c->u->pos = position_of(n);
}

/* -- units ----------------------------------------------------------------- */

static int
by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
add_local(struct fe_unit *u, int reg, const char *name, bool cell)
{
    u->local_names[reg] = name;
    u->local_is_cell[reg] = cell;
    *nac_map_at(&u->regs, name, strlen(name)) = (uint64_t)reg + 1;
}

static bool
is_param(const struct fe_symbol *sym)
{
    return sym->flags & FE_DEF_PARAM;
}

/* Cells that are not parameters get the last of the locals' registers, and
 * free variables those that follow; both in the order of their names. */
static void
place_cells(struct fe_compiler *c, struct fe_unit *u)
{
    struct fe_scope *s = u->scope;
    NAC_VEC(const char *) cells = {0}, free_names = {0};

    for (uint32_t i = 0; i < s->symbols.len; i++) {
        struct fe_symbol *sym = &s->symbols.items[i];

        if (sym->binding == FE_CELL && !is_param(sym))
            nac_vec_push(&cells, sym->name);
        else if (sym->binding == FE_FREE || (sym->flags & FE_DEF_FREE_CLASS))
            nac_vec_push(&free_names, sym->name);
    }
    if (s->kind == FE_SCOPE_CLASS && s->needs_class_closure)
        nac_vec_push(&cells, "__class__");
    if (cells.len)
        qsort(cells.items, cells.len, sizeof *cells.items, by_name);
    if (free_names.len)
        qsort(free_names.items, free_names.len, sizeof *free_names.items,
              by_name);
    u->nfree = (int)free_names.len;
    u->free_names = NAC_NEW_ARRAY(c->arena, const char *, free_names.len + 1);
    for (uint32_t i = 0; i < cells.len; i++)
        add_local(u, u->nlocals - (int)(cells.len - i), cells.items[i], true);
    for (uint32_t i = 0; i < free_names.len; i++) {
        const char *name = free_names.items[i];

        u->free_names[i] = name;
        *nac_map_at(&u->regs, name, strlen(name)) =
            (uint64_t)(u->nlocals + (int)i) + 1;
    }
    nac_vec_free(&cells);
    nac_vec_free(&free_names);
}

/* Registers of the scope's variables; plain locals get theirs on first use
 * (fe_local_reg). */
static void
place_variables(struct fe_compiler *c, struct fe_unit *u)
{
    struct fe_scope *s = u->scope;
    bool function = s->kind == FE_SCOPE_FUNCTION;
    int n = function ? 0 : 1;

    for (uint32_t i = 0; i < s->symbols.len; i++) {
        enum fe_binding b = s->symbols.items[i].binding;

        if (b == FE_CELL || (function && b == FE_LOCAL))
            n++;
    }
    if (s->kind == FE_SCOPE_CLASS && s->needs_class_closure)
        n++;
    u->nlocals = n;
    u->local_names = NAC_NEW_ARRAY(c->arena, const char *, n + 1);
    u->local_is_cell = NAC_NEW_ARRAY(c->arena, uint8_t, n + 1);
    if (!function) {
        u->local_names[0] = ".namespace";
        u->next_local = 1;
    }
    for (uint32_t i = 0; i < s->params.len; i++) {
        struct fe_symbol *sym = fe_scope_find(s, s->params.items[i]);

        add_local(u, (int)i, sym->name, sym->binding == FE_CELL);
        u->next_local = (int)i + 1;
    }
    place_cells(c, u);
    u->base = u->top = u->max = u->nlocals + u->nfree;
}

static void
make_cells(struct fe_compiler *c)
{
    struct fe_unit *u = c->u;

    for (int i = 0; i < u->nlocals; i++)
        if (u->local_is_cell[i])
            fe_emit(c, FE_MAKE_CELL, 0, i, 0, 0);
}

static const char *
qualified_name(struct fe_compiler *c, const struct fe_unit *u)
{
    const struct fe_unit *p = u->parent;
    const char *mangled;
    struct fe_symbol *sym;

    if (!p || p->scope->kind == FE_SCOPE_MODULE)
        return u->name;
    if (u->scope->node->kind == FE_FunctionDef ||
        u->scope->node->kind == FE_AsyncFunctionDef ||
        u->scope->node->kind == FE_ClassDef) {
        mangled = fe_mangle(c->arena, p->private_name, u->name);
        sym = fe_scope_find(p->scope, mangled);
        if (sym && sym->binding == FE_GLOBAL_EXPLICIT)
            return u->name;
    }
    return nac_arena_printf(c->arena, "%s%s.%s", p->qualname,
                            p->scope->kind == FE_SCOPE_FUNCTION &&
                                    !p->scope->comprehension
                                ? ".<locals>"
                                : "",
                            u->name);
}

void
fe_unit_begin(struct fe_compiler *c, struct fe_scope *scope, const char *name,
              int first_line)
{
    struct fe_unit *u = nac_calloc(1, sizeof *u);

    u->parent = c->u;
    u->scope = scope;
    u->name = name;
    u->private_name = c->u ? c->u->private_name : NULL;
    u->first_line = first_line;
    u->eh = -1;
    u->pos = (struct fe_position){first_line, first_line, 0, 0};
    u->qualname = qualified_name(c, u);
    if (scope->kind == FE_SCOPE_FUNCTION)
        u->flags |= FE_OPTIMIZED;
    else
        u->flags |= FE_NAMESPACE;
    if (scope->nested)
        u->flags |= FE_NESTED;
    if (scope->varargs)
        u->flags |= FE_VARARGS;
    if (scope->varkeywords)
        u->flags |= FE_VARKEYWORDS;
    if (c->future_annotations)
        u->flags |= FE_FUTURE_ANNOTATIONS;
    place_variables(c, u);
    c->u = u;
    make_cells(c);
}

void
fe_unit_free(struct fe_unit *u)
{
    nac_vec_free(&u->ins);
    nac_vec_free(&u->labels);
    nac_vec_free(&u->handlers);
    nac_map_free(&u->regs);
    for (int p = 0; p < FE_POOLS; p++)
        nac_vec_free(&u->pools[p]);
    nac_map_free(&u->const_index);
    for (uint32_t i = 0; i < u->keys.len; i++)
        free(u->keys.items[i]);
    nac_vec_free(&u->keys);
    free(u);
}

static void
set_generator_flags(struct fe_unit *u)
{
    struct fe_scope *s = u->scope;

    if (s->kind != FE_SCOPE_FUNCTION)
        return;
    if (s->generator && s->coroutine)
        u->flags |= FE_ASYNC_GENERATOR;
    else if (s->generator)
        u->flags |= FE_GENERATOR;
    else if (s->coroutine)
        u->flags |= FE_COROUTINE;
}

struct fe_code *
fe_unit_end(struct fe_compiler *c)
{
    struct fe_unit *u = c->u;
    struct fe_code *code = NULL;

    set_generator_flags(u);
    if (!c->failed) {
        fe_peephole(c);
        code = fe_assemble(c);
    }
    c->u = u->parent;
    fe_unit_free(u);
    return code;
}

/* -- registers, labels, instructions --------------------------------------- */

int
fe_temps(struct fe_compiler *c, int n)
{
    struct fe_unit *u = c->u;
    int r = u->top;

    u->top += n;
    if (u->top > u->max)
        u->max = u->top;
    if (u->top > INT16_MAX - 64) {
        fe_fail(c, "code is too complex: too many registers");
        u->top = u->base;
        return u->base;
    }
    return r;
}

int
fe_temp(struct fe_compiler *c)
{
    return fe_temps(c, 1);
}

int
fe_label(struct fe_compiler *c)
{
    nac_vec_push(&c->u->labels, -1);
    return (int)c->u->labels.len - 1;
}

void
fe_place(struct fe_compiler *c, int label)
{
    c->u->labels.items[label] = (int32_t)c->u->ins.len;
}

int
fe_handler(struct fe_compiler *c, int label, int reg)
{
    nac_vec_push(&c->u->handlers, (struct fe_handler){label, reg});
    return (int)c->u->handlers.len - 1;
}

static void
push_insn(struct fe_compiler *c, enum fe_op op, int x, int a, int b, int k,
          int label)
{
    struct fe_insn i = {.op = (uint8_t)op,
                        .x = (uint8_t)x,
                        .a = a,
                        .b = b,
                        .c = k,
                        .label = label,
                        .eh = c->u->eh,
                        .pos = c->u->pos};

    nac_vec_push(&c->u->ins, i);
}

void
fe_emit(struct fe_compiler *c, enum fe_op op, int x, int a, int b, int c_)
{
    push_insn(c, op, x, a, b, c_, -1);
}

void
fe_jump(struct fe_compiler *c, enum fe_op op, int x, int r, int s, int label)
{
    if (fe_opinfo[op].format[0] == 'j')
        push_insn(c, op, x, 0, r, s, label);
    else
        push_insn(c, op, x, r, 0, 0, label);
}

void
fe_move(struct fe_compiler *c, int dst, int src)
{
    if (dst != src)
        fe_emit(c, FE_MOVE, 0, dst, src, 0);
}

/* -- constants ------------------------------------------------------------- */

static void
constant_key(struct nac_buf *b, const struct fe_constant *k)
{
    nac_buf_u8(b, k->kind);
    switch (k->kind) {
    case FE_CONST_INT:
    case FE_CONST_CODE:
        nac_buf_u64(b, (uint64_t)k->i);
        break;
    case FE_CONST_FLOAT:
    case FE_CONST_COMPLEX:
        nac_buf_put(b, &k->f, sizeof k->f);
        if (k->kind == FE_CONST_COMPLEX)
            nac_buf_put(b, &k->f2, sizeof k->f2);
        break;
    case FE_CONST_STR:
    case FE_CONST_NAME:
    case FE_CONST_BYTES:
    case FE_CONST_BIGINT:
        nac_buf_u32(b, k->len);
        nac_buf_put(b, k->text, k->len);
        break;
    case FE_CONST_TUPLE:
    case FE_CONST_FROZENSET:
        nac_buf_u32(b, k->len);
        for (uint32_t i = 0; i < k->len; i++)
            constant_key(b, &k->items[i]);
        break;
    default:
        break;
    }
}

/* Operand of the constant in that pool; equal constants are shared. */
static int
pool_operand(struct fe_compiler *c, const struct fe_constant *k,
             enum fe_pool pool)
{
    struct fe_unit *u = c->u;
    struct nac_buf b = {0};
    uint64_t *v;

    nac_buf_u8(&b, (uint8_t)pool);
    constant_key(&b, k);
    v = nac_map_find(&u->const_index, b.data, b.len);
    if (v) {
        nac_buf_free(&b);
        return ~(int)*v;
    }
    nac_vec_push(&u->keys, b.data);
    v = nac_map_at(&u->const_index, b.data, b.len);
    *v = (uint64_t)pool << 24 | u->pools[pool].len;
    nac_vec_push(&u->pools[pool], *k);
    if (u->pools[pool].len >= 1 << 24)
        fe_fail(c, "code is too complex: too many constants");
    return ~(int)*v;
}

/* The distance that RK operands certainly reach. */
enum { NEAR_CONSTANTS = 8192, NEAR_NAMES = 16000 };

int
fe_k(struct fe_compiler *c, const struct fe_constant *k)
{
    int operand = pool_operand(c, k, FE_POOL_VALUE);
    int t;

    if ((~operand & 0xffffff) < NEAR_CONSTANTS)
        return operand;
    t = fe_temp(c);
    fe_emit(c, FE_LOADK, 0, t, operand, 0);
    return t;
}

int
fe_k_code(struct fe_compiler *c, const struct fe_constant *k)
{
    int operand = pool_operand(c, k, FE_POOL_CODE);

    if ((~operand & 0xffffff) >= NEAR_CONSTANTS)
        fe_fail(c, "code is too complex: too many functions");
    return operand;
}

int
fe_none(struct fe_compiler *c)
{
    struct fe_constant k = {.kind = FE_CONST_NONE};

    return fe_k(c, &k);
}

int
fe_int(struct fe_compiler *c, int64_t i)
{
    struct fe_constant k = {.kind = FE_CONST_INT, .i = i};

    return fe_k(c, &k);
}

/* Strings that look like identifiers are interned, as in CPython. */
struct fe_constant
fe_str_const(const char *s, size_t len)
{
    struct fe_constant k = {.kind = FE_CONST_NAME, .len = (uint32_t)len};

    k.text = s;
    for (size_t i = 0; i < len; i++)
        if (!(s[i] == '_' || (s[i] >= '0' && s[i] <= '9') ||
              (s[i] >= 'A' && s[i] <= 'Z') || (s[i] >= 'a' && s[i] <= 'z')))
            k.kind = FE_CONST_STR;
    return k;
}

int
fe_str(struct fe_compiler *c, const char *s)
{
    struct fe_constant k = fe_str_const(s, strlen(s));

    return fe_k(c, &k);
}

int
fe_name(struct fe_compiler *c, const char *name)
{
    struct fe_constant k = {.kind = FE_CONST_NAME};
    int operand;

    k.text = fe_mangle(c->arena, c->u->private_name, name);
    k.len = (uint32_t)strlen(k.text);
    operand = pool_operand(c, &k, FE_POOL_NAME);
    if ((~operand & 0xffffff) >= NEAR_NAMES)
        fe_fail(c, "code is too complex: too many names");
    return operand;
}
