/* SPDX-License-Identifier: MIT
 * frontend/symtable.h: the scopes of a unit and what every name means in each
 * of them. Built before code generation; internal to the front end.
 */
#ifndef FE_SYMTABLE_H
#define FE_SYMTABLE_H

#include <stdbool.h>

#include "base/map.h"
#include "base/vec.h"
#include "frontend/tree.h"

enum fe_scope_kind {
    FE_SCOPE_MODULE,
    FE_SCOPE_CLASS,
    FE_SCOPE_FUNCTION,
    FE_SCOPE_ANNOTATION
};

enum fe_comprehension {
    FE_NO_COMP,
    FE_LIST_COMP,
    FE_DICT_COMP,
    FE_SET_COMP,
    FE_GENERATOR_COMP
};

enum fe_symbol_flags {
    FE_DEF_GLOBAL = 1,      /* global statement */
    FE_DEF_LOCAL = 2,       /* assigned to */
    FE_DEF_PARAM = 4,       /* parameter */
    FE_DEF_NONLOCAL = 8,    /* nonlocal statement */
    FE_USE = 16,            /* read */
    FE_DEF_FREE_CLASS = 32, /* free in a class whose own name it also is */
    FE_DEF_IMPORT = 64,
    FE_DEF_ANNOT = 128,     /* annotated */
    FE_DEF_COMP_ITER = 256, /* target of a comprehension */
    FE_DEF_WALRUS = 512,    /* target of := in this very scope */
    FE_DEF_BOUND = FE_DEF_LOCAL | FE_DEF_PARAM | FE_DEF_IMPORT
};

enum fe_binding {
    FE_UNKNOWN_NAME,
    FE_LOCAL,
    FE_GLOBAL_EXPLICIT,
    FE_GLOBAL_IMPLICIT,
    FE_FREE,
    FE_CELL
};

struct fe_symbol {
    const char *name; /* mangled */
    uint32_t flags;   /* enum fe_symbol_flags */
    enum fe_binding binding;
};

struct fe_directive {
    const char *name;
    const struct fe_node *node;
};

struct fe_scope {
    enum fe_scope_kind kind;
    enum fe_comprehension comprehension;
    const char *name;
    const struct fe_node *node;
    struct fe_scope *parent;
    struct nac_map index; /* name -> number in symbols, + 1 */
    NAC_VEC(struct fe_symbol) symbols;
    NAC_VEC(const char *) params; /* in the order of the registers */
    NAC_VEC(struct fe_scope *) children;
    NAC_VEC(struct fe_directive) directives;
    bool nested, has_free, child_free;
    bool generator, coroutine, varargs, varkeywords, returns_value;
    bool needs_class_closure;
    bool comp_iter_target;
    int comp_iter_expr;
};

struct fe_compiler;

struct fe_symtable {
    struct fe_compiler *c;
    struct fe_scope *top, *cur;
    NAC_VEC(struct fe_scope *) stack;
    NAC_VEC(struct fe_scope *) all;
    struct nac_map by_node; /* node address -> struct fe_scope * */
    const char *private_name;
};

/* Fills [st]; false after an error was reported to the compiler. */
bool fe_symtable_build(struct fe_compiler *c, struct fe_symtable *st,
                       struct fe_node *module);
void fe_symtable_free(struct fe_symtable *st);
struct fe_scope *fe_symtable_scope(const struct fe_symtable *st,
                                   const struct fe_node *node);
/* NULL if the scope knows nothing of the (mangled) name. */
struct fe_symbol *fe_scope_find(const struct fe_scope *s, const char *name);
/* Private-name mangling: "__x" in class C is "_C__x". */
const char *fe_mangle(struct nac_arena *arena, const char *class_name,
                      const char *name);

#endif
