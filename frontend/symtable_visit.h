/* SPDX-License-Identifier: MIT
 * frontend/symtable_visit.h: between the two halves of the symbol table.
 */
#ifndef FE_SYMTABLE_VISIT_H
#define FE_SYMTABLE_VISIT_H

#include "frontend/symtable.h"

/* Makes the scopes of the tree; false after an error. */
bool fe_symtable_visit(struct fe_symtable *st, struct fe_node *module);
/* The symbol of that name, a new one if there was none. */
struct fe_symbol *fe_scope_symbol(struct fe_scope *s, const char *name);

#endif
