/* SPDX-License-Identifier: MIT
 * frontend/compile.h: the public interface of the bytecode compiler: a syntax
 * tree in, struct fe_code (frontend/code.h) out.
 *
 * The code lives in the arena that is handed in; the tree is not changed and
 * may live in another one, but its strings are used by the code.
 */
#ifndef FE_COMPILE_H
#define FE_COMPILE_H

#include "base/arena.h"
#include "base/buf.h"
#include "frontend/tree.h"

enum fe_compile_flags {
    /* The namespace R[0] may be another dict than the globals: names at the
     * top level go through LOAD_NAME... (compile(), exec(), eval()); without
     * it LOAD_GLOBAL... is used there, which is right for module files. */
    FE_COMPILE_NAMES = 1,
    /* As if the source began with from __future__ import annotations. */
    FE_COMPILE_FUTURE_ANNOTATIONS = 2,
    /* ast.PyCF_ALLOW_TOP_LEVEL_AWAIT */
    FE_COMPILE_TOP_LEVEL_AWAIT = 4,
    /* -O: no assertions, __debug__ is false; -OO: no docstrings. */
    FE_COMPILE_NO_ASSERT = 8,
    FE_COMPILE_NO_DOC = 16
};

/* Returns NULL with [err] filled where the tree is not a valid program. The
 * type of the error may be "RecursionError", too (has_location false). The
 * text of the source line is not set. Warnings are appended to those that the
 * parser left in [err]. */
struct fe_code *fe_compile(struct nac_arena *arena, struct fe_node *module,
                           const char *filename, enum fe_mode mode,
                           unsigned flags, struct fe_error *err);

/* Appends a readable listing of [code] and of the code nested in it. */
void fe_dis(struct nac_buf *out, const struct fe_code *code);
/* Appends the text of one constant (repr() of it). */
void fe_dis_constant(struct nac_buf *out, const struct fe_constant *k);

/* Checks what both interpreters rely on: operands in range, jumps inside the
 * code, no path off the end, pairs kept together... NULL if all is well, else
 * a message in the arena. Nested code is checked, too. */
const char *fe_check_code(struct nac_arena *arena, const struct fe_code *code);

/* ast.unparse() of an expression, for stringified annotations. */
void fe_unparse(struct nac_buf *out, const struct fe_node *expr);

#endif
