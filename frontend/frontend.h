/* SPDX-License-Identifier: MIT
 * frontend/frontend.h: the public interface of the front end: Python source
 * text in, abstract syntax tree (frontend/ast.h) out. The bytecode compiler
 * that takes the tree further is declared in frontend/compile.h.
 *
 * All results live in the arena that is handed in: one arena per unit.
 */
#ifndef FE_FRONTEND_H
#define FE_FRONTEND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "frontend/ast.h"

enum fe_mode {
    FE_EXEC,  /* a file: Module */
    FE_EVAL,  /* one expression: Expression */
    FE_SINGLE /* one interactive statement: Interactive */
};

/* Why a unit was rejected; also filled by the compiler. Lines count from 1,
 * columns are Python's "offset": characters, from 1. What is unknown is 0;
 * end_line and end_col may be -1 or 0 exactly as in CPython. */
struct fe_error {
    const char *type; /* "SyntaxError", "IndentationError", "TabError",
                       * "MemoryError", "ValueError"... ; NULL: no error */
    char *msg;
    int line, col, end_line, end_col;
    char *text;        /* the source line with its newline, or NULL */
    bool has_location; /* false for MemoryError, ValueError */
    bool incomplete;   /* more input might have made it valid (REPL) */
    struct fe_warning *warnings;
    uint32_t n_warnings;
};

/* What is reported without rejecting the unit, in source order. */
struct fe_warning {
    const char *category; /* "DeprecationWarning", "SyntaxWarning" */
    char *msg;
    int line;
};

/* Decoded source: UTF-8, newlines translated to \n, followed by NUL. */
struct fe_source {
    const char *text;
    size_t len;
    const char *encoding; /* "utf-8" or what the cookie named */
    bool bad_utf8;        /* some bytes are not UTF-8 after all */
};

/* Parses [bytes]: a byte order mark and an encoding cookie (PEP 263) are
 * honoured. Returns NULL with [err] filled where the text is not Python. [err]
 * may not be NULL; its warnings are set in either case. */
struct fe_node *fe_parse(struct nac_arena *arena, const char *bytes, size_t len,
                         const char *filename, enum fe_mode mode,
                         struct fe_error *err);

/* The same for text that already is UTF-8 (a Python str): cookies are only
 * comments. Lone surrogates must have been rejected by the caller. */
struct fe_node *fe_parse_utf8(struct nac_arena *arena, const char *text,
                              size_t len, const char *filename,
                              enum fe_mode mode, struct fe_error *err);

/* Decodes as fe_parse() does. Returns 0, or -1 with [err] filled. */
int fe_decode(struct nac_arena *arena, const char *bytes, size_t len,
              const char *filename, struct fe_source *out,
              struct fe_error *err);

/* Appends ast.dump(tree, include_attributes=True). */
void fe_dump_ast(struct nac_buf *out, const struct fe_node *tree);

/* Appends one line per token: "line,col-line,col:", type, text. Returns -1
 * with [err] filled where the lexer rejects the text. */
int fe_dump_tokens(struct nac_arena *arena, struct nac_buf *out,
                   const char *bytes, size_t len, const char *filename,
                   struct fe_error *err);

/* repr() of a float: the shortest digits that read back as [d]. */
void fe_repr_double(struct nac_buf *out, double d);
/* repr() of a str (UTF-8, surrogates as three bytes) and of bytes. */
void fe_repr_str(struct nac_buf *out, const char *s, size_t len);
void fe_repr_bytes(struct nac_buf *out, const char *s, size_t len);
/* Whether str.isprintable() holds for the character. */
bool fe_is_printable(uint32_t cp);

#endif
