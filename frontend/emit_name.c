/* SPDX-License-Identifier: MIT
 * frontend/emit_name.c: loads, stores and deletions of names, by what the
 * symbol table found them to be.
 */
#include "config.h"

#include <string.h>

#include "frontend/compiler.h"

struct fe_symbol *
fe_symbol_of(struct fe_compiler *c, const char *id)
{
    return fe_scope_find(c->u->scope,
                         fe_mangle(c->arena, c->u->private_name, id));
}

int
fe_cell_reg(struct fe_compiler *c, const char *mangled)
{
    uint64_t *v = nac_map_find(&c->u->regs, mangled, strlen(mangled));

    return v ? (int)*v - 1 : -1;
}

/* Where a name is found. */
enum place { IN_REGISTER, IN_CELL, IN_CLASS_CELL, IN_GLOBALS, IN_NAMESPACE };

static enum place
place_of(struct fe_compiler *c, const char *mangled)
{
    struct fe_unit *u = c->u;
    struct fe_symbol *sym = fe_scope_find(u->scope, mangled);
    bool function = u->scope->kind == FE_SCOPE_FUNCTION;
    bool plain_module =
        u->scope->kind == FE_SCOPE_MODULE && !(c->flags & FE_COMPILE_NAMES);

    if (!sym)
        return function || plain_module ? IN_GLOBALS : IN_NAMESPACE;
    switch (sym->binding) {
    case FE_LOCAL:
        if (function)
            return IN_REGISTER;
        break;
    case FE_CELL:
        return IN_CELL;
    case FE_FREE:
        return u->scope->kind == FE_SCOPE_CLASS ? IN_CLASS_CELL : IN_CELL;
    case FE_GLOBAL_EXPLICIT:
        return IN_GLOBALS;
    case FE_GLOBAL_IMPLICIT:
        if (function)
            return IN_GLOBALS;
        break;
    default:
        break;
    }
    return plain_module ? IN_GLOBALS : IN_NAMESPACE;
}

/* Plain locals are numbered in the order in which the code first names them. */
static int
local_number(struct fe_unit *u, const char *mangled)
{
    uint64_t *v = nac_map_at(&u->regs, mangled, strlen(mangled));

    if (!*v) {
        u->local_names[u->next_local] = mangled;
        *v = (uint64_t)++u->next_local;
    }
    return (int)*v - 1;
}

int
fe_local_reg(struct fe_compiler *c, const char *id)
{
    const char *mangled = fe_mangle(c->arena, c->u->private_name, id);

    if (place_of(c, mangled) != IN_REGISTER)
        return -1;
    return local_number(c->u, mangled);
}

/* An operand for the name's value; [dst] < 0: where it is, or in a new
 * temporary. */
int
fe_name_load(struct fe_compiler *c, const char *id, int dst)
{
    const char *mangled = fe_mangle(c->arena, c->u->private_name, id);
    enum place place = place_of(c, mangled);
    int reg;

    if (place == IN_REGISTER) {
        reg = local_number(c->u, mangled);
        fe_emit(c, FE_CHECK_BOUND, 0, reg, 0, 0);
        if (dst < 0)
            return reg;
        fe_move(c, dst, reg);
        return dst;
    }
    if (dst < 0)
        dst = fe_temp(c);
    reg = fe_cell_reg(c, mangled);
    switch (place) {
    case IN_CELL:
        fe_emit(c, FE_LOAD_CELL, 0, dst, reg, reg);
        break;
    case IN_CLASS_CELL:
        fe_emit(c, FE_LOAD_CLASSDEREF, 0, dst, reg, fe_name(c, mangled));
        break;
    case IN_GLOBALS:
        fe_emit(c, FE_LOAD_GLOBAL, 0, dst, 0, fe_name(c, mangled));
        break;
    default:
        fe_emit(c, FE_LOAD_NAME, 0, dst, 0, fe_name(c, mangled));
        break;
    }
    return dst;
}

void
fe_name_store(struct fe_compiler *c, const char *id, int src)
{
    const char *mangled = fe_mangle(c->arena, c->u->private_name, id);

    if (fe_forbidden(c, id, FE_Store))
        return;
    switch (place_of(c, mangled)) {
    case IN_REGISTER:
        fe_move(c, local_number(c->u, mangled), src);
        break;
    case IN_CELL:
    case IN_CLASS_CELL:
        fe_emit(c, FE_STORE_CELL, 0, fe_cell_reg(c, mangled), src, 0);
        break;
    case IN_GLOBALS:
        fe_emit(c, FE_STORE_GLOBAL, 0, 0, src, fe_name(c, mangled));
        break;
    default:
        fe_emit(c, FE_STORE_NAME, 0, 0, src, fe_name(c, mangled));
        break;
    }
}

void
fe_name_delete(struct fe_compiler *c, const char *id)
{
    const char *mangled = fe_mangle(c->arena, c->u->private_name, id);
    int reg = fe_cell_reg(c, mangled);

    if (fe_forbidden(c, id, FE_Del))
        return;
    switch (place_of(c, mangled)) {
    case IN_REGISTER:
        fe_emit(c, FE_DEL_FAST, 0, local_number(c->u, mangled), 0, 0);
        break;
    case IN_CELL:
    case IN_CLASS_CELL:
        fe_emit(c, FE_DEL_CELL, 0, reg, 0, reg);
        break;
    case IN_GLOBALS:
        fe_emit(c, FE_DEL_GLOBAL, 0, 0, 0, fe_name(c, mangled));
        break;
    default:
        fe_emit(c, FE_DEL_NAME, 0, 0, 0, fe_name(c, mangled));
        break;
    }
}

/* __debug__ cannot be bound. */
bool
fe_forbidden(struct fe_compiler *c, const char *id, int ctx)
{
    if (strcmp(id, "__debug__") != 0)
        return false;
    if (ctx == FE_Store)
        fe_fail(c, "cannot assign to __debug__");
    else if (ctx == FE_Del)
        fe_fail(c, "cannot delete __debug__");
    return ctx != FE_Load;
}
