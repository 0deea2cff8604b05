/* SPDX-License-Identifier: MIT
 * frontend/symtable.c: scopes. One walk over the tree notes in every scope
 * what is done to each name (symtable_visit.c); then analyze_block() decides
 * from the outside in, with the sets of names bound around a scope, where each
 * name lives, and from the inside out which variables need cells.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "frontend/compiler.h"
#include "frontend/symtable_visit.h"

/* A set of names: value 1 = in it. */
typedef struct nac_map name_set;

static bool
set_has(const name_set *s, const char *name)
{
    uint64_t *v = nac_map_find(s, name, strlen(name));

    return v && *v;
}

static void
set_put(name_set *s, const char *name, bool in)
{
    uint64_t *v;

    if (!in) {
        v = nac_map_find(s, name, strlen(name));
        if (v)
            *v = 0;
        return;
    }
    *nac_map_at(s, name, strlen(name)) = 1;
}

static void
set_merge(name_set *into, const name_set *from)
{
    for (uint32_t i = 0; i < from->len; i++)
        if (from->entries[i].value)
            *nac_map_at(into, from->entries[i].key, from->entries[i].len) = 1;
}

struct fe_symbol *
fe_scope_find(const struct fe_scope *s, const char *name)
{
    uint64_t *v = nac_map_find(&s->index, name, strlen(name));

    return v ? &s->symbols.items[*v - 1] : NULL;
}

struct fe_symbol *
fe_scope_symbol(struct fe_scope *s, const char *name)
{
    uint64_t *v = nac_map_at(&s->index, name, strlen(name));

    if (!*v) {
        nac_vec_push(&s->symbols, (struct fe_symbol){.name = name});
        *v = s->symbols.len;
    }
    return &s->symbols.items[*v - 1];
}

const char *
fe_mangle(struct nac_arena *arena, const char *class_name, const char *name)
{
    size_t len = strlen(name);

    if (!class_name || name[0] != '_' || name[1] != '_')
        return name;
    if ((name[len - 1] == '_' && name[len - 2] == '_') || strchr(name, '.'))
        return name;
    while (*class_name == '_')
        class_name++;
    if (!*class_name)
        return name;
    return nac_arena_printf(arena, "_%s%s", class_name, name);
}

/* -- analysis -------------------------------------------------------------- */

static void
error_at_directive(struct fe_compiler *c, struct fe_scope *s, const char *fmt,
                   const char *name)
{
    const struct fe_node *at = s->node;

    for (uint32_t i = 0; i < s->directives.len; i++)
        if (strcmp(s->directives.items[i].name, name) == 0) {
            at = s->directives.items[i].node;
            break;
        }
    if (fmt)
        fe_fail_at(c, at, "%s'%s'%s", fmt, name,
                   strncmp(fmt, "no binding", 10) == 0 ? " found"
                                                       : " is nonlocal and"
                                                         " global");
    else
        fe_fail_at(c, at, "nonlocal declaration not allowed at module level");
}

/* What one name is in the scope; [bound]: names bound in the functions
 * around, NULL at module level. */
static bool
analyze_name(struct fe_compiler *c, struct fe_scope *s, struct fe_symbol *sym,
             name_set *bound, name_set *local, name_set *free_names,
             name_set *global)
{
    const char *name = sym->name;

    if (sym->flags & FE_DEF_GLOBAL) {
        if (sym->flags & FE_DEF_NONLOCAL) {
            error_at_directive(c, s, "name ", name);
            return false;
        }
        sym->binding = FE_GLOBAL_EXPLICIT;
        set_put(global, name, true);
        if (bound)
            set_put(bound, name, false);
    } else if (sym->flags & FE_DEF_NONLOCAL) {
        if (!bound || !set_has(bound, name)) {
            error_at_directive(c, s, bound ? "no binding for nonlocal " : NULL,
                               name);
            return false;
        }
        sym->binding = FE_FREE;
        s->has_free = true;
        set_put(free_names, name, true);
    } else if (sym->flags & FE_DEF_BOUND) {
        sym->binding = FE_LOCAL;
        set_put(local, name, true);
        set_put(global, name, false);
    } else if (bound && set_has(bound, name)) {
        sym->binding = FE_FREE;
        s->has_free = true;
        set_put(free_names, name, true);
    } else {
        if (!set_has(global, name) && s->nested)
            s->has_free = true;
        sym->binding = FE_GLOBAL_IMPLICIT;
    }
    return true;
}

/* Locals that inner functions use become cells and are no longer free. */
static void
analyze_cells(struct fe_scope *s, name_set *free_names)
{
    for (uint32_t i = 0; i < s->symbols.len; i++) {
        struct fe_symbol *sym = &s->symbols.items[i];

        if (sym->binding == FE_LOCAL && set_has(free_names, sym->name)) {
            sym->binding = FE_CELL;
            set_put(free_names, sym->name, false);
        }
    }
}

/* Names that only pass through this scope on their way outwards. */
static void
update_symbols(struct fe_scope *s, const name_set *bound,
               const name_set *free_names)
{
    for (uint32_t i = 0; i < free_names->len; i++) {
        const char *name = free_names->entries[i].key;
        struct fe_symbol *sym;

        if (!free_names->entries[i].value)
            continue;
        sym = fe_scope_find(s, name);
        if (sym) {
            if (s->kind == FE_SCOPE_CLASS &&
                (sym->flags & (FE_DEF_BOUND | FE_DEF_GLOBAL)))
                sym->flags |= FE_DEF_FREE_CLASS;
            continue;
        }
        if (bound && !set_has(bound, name))
            continue;
        fe_scope_symbol(s, name)->binding = FE_FREE;
    }
}

static bool analyze_block(struct fe_compiler *c, struct fe_scope *s,
                          name_set *bound, name_set *free_names,
                          name_set *global);

static bool
analyze_child(struct fe_compiler *c, struct fe_scope *s, const name_set *bound,
              name_set *new_free, const name_set *global)
{
    name_set b = {0}, f = {0}, g = {0};
    bool ok;

    set_merge(&b, bound);
    set_merge(&g, global);
    ok = analyze_block(c, s, &b, &f, &g);
    set_merge(new_free, &f);
    nac_map_free(&b);
    nac_map_free(&f);
    nac_map_free(&g);
    return ok;
}

static bool
analyze_children(struct fe_compiler *c, struct fe_scope *s,
                 const name_set *new_bound, name_set *new_free,
                 const name_set *new_global)
{
    for (uint32_t i = 0; i < s->children.len; i++) {
        struct fe_scope *child = s->children.items[i];

        if (!analyze_child(c, child, new_bound, new_free, new_global))
            return false;
        if (child->has_free || child->child_free)
            s->child_free = true;
    }
    return true;
}

/* Afterwards [free_names] holds what is free in [s] and the scopes in it. */
static bool
analyze_block(struct fe_compiler *c, struct fe_scope *s, name_set *bound,
              name_set *free_names, name_set *global)
{
    name_set local = {0}, new_bound = {0}, new_free = {0}, new_global = {0};
    bool ok = true;

    if (s->kind == FE_SCOPE_CLASS) {
        set_merge(&new_global, global);
        if (bound)
            set_merge(&new_bound, bound);
    }
    for (uint32_t i = 0; ok && i < s->symbols.len; i++)
        ok = analyze_name(c, s, &s->symbols.items[i], bound, &local, free_names,
                          global);
    if (s->kind == FE_SCOPE_CLASS) {
        set_put(&new_bound, "__class__", true);
    } else {
        if (s->kind == FE_SCOPE_FUNCTION)
            set_merge(&new_bound, &local);
        if (bound)
            set_merge(&new_bound, bound);
        set_merge(&new_global, global);
    }
    ok = ok && analyze_children(c, s, &new_bound, &new_free, &new_global);
    if (s->kind == FE_SCOPE_FUNCTION) {
        analyze_cells(s, &new_free);
    } else if (s->kind == FE_SCOPE_CLASS && set_has(&new_free, "__class__")) {
        set_put(&new_free, "__class__", false);
        s->needs_class_closure = true;
    }
    update_symbols(s, bound, &new_free);
    set_merge(free_names, &new_free);
    nac_map_free(&local);
    nac_map_free(&new_bound);
    nac_map_free(&new_free);
    nac_map_free(&new_global);
    return ok;
}

/* -- ends ------------------------------------------------------------------ */

bool
fe_symtable_build(struct fe_compiler *c, struct fe_symtable *st,
                  struct fe_node *module)
{
    name_set free_names = {0}, global = {0};
    bool ok;

    st->c = c;
    ok = fe_symtable_visit(st, module);
    if (ok)
        ok = analyze_block(c, st->top, NULL, &free_names, &global);
    nac_map_free(&free_names);
    nac_map_free(&global);
    return ok;
}

void
fe_symtable_free(struct fe_symtable *st)
{
    for (uint32_t i = 0; i < st->all.len; i++) {
        struct fe_scope *s = st->all.items[i];

        nac_map_free(&s->index);
        nac_vec_free(&s->symbols);
        nac_vec_free(&s->params);
        nac_vec_free(&s->children);
        nac_vec_free(&s->directives);
    }
    nac_vec_free(&st->all);
    nac_vec_free(&st->stack);
    nac_map_free(&st->by_node);
}

struct fe_scope *
fe_symtable_scope(const struct fe_symtable *st, const struct fe_node *node)
{
    uint64_t *v = nac_map_find_int(&st->by_node, (uintptr_t)node);

    return v ? (struct fe_scope *)(uintptr_t)*v : NULL;
}
