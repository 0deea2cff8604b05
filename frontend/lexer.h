/* SPDX-License-Identifier: MIT
 * frontend/lexer.h: source text to tokens, one at a time. Internal to the
 * front end.
 */
#ifndef FE_LEXER_H
#define FE_LEXER_H

#include "base/arena.h"
#include "base/vec.h"
#include "frontend/frontend.h"

enum fe_token_type {
    FE_T_END, /* ENDMARKER */
    FE_T_NEWLINE,
    FE_T_INDENT,
    FE_T_DEDENT,
    FE_T_NAME,
    FE_T_NUMBER,
    FE_T_STRING,
    FE_T_UNKNOWN, /* a character that is no operator: $ ? ! ` */
    FE_T_ERROR,   /* the lexer's error is set */
#define FE_OP(name, text) FE_T_##name,
#define FE_KW(name, text) FE_K_##name,
#include "frontend/tokens.def"
    FE_TOKENS
};

struct fe_token {
    uint8_t type;
    bool ltgt;  /* != spelled <> */
    int lineno; /* of the first character */
    int col;    /* bytes; -1 for INDENT, DEDENT and ENDMARKER */
    int end_lineno;
    int end_col;
    uint32_t len;
    const char *start; /* in the text */
    const char *name;  /* NAME: interned identifier */
};

/* An interned identifier; the token's name points at text. */
struct fe_name {
    uint32_t hash;
    uint32_t len;
    uint8_t type; /* FE_T_NAME or the keyword's token */
    char text[];
};

struct fe_names {
    struct nac_arena *arena;
    struct fe_name **slots;
    uint32_t len, mask;
};

struct fe_warnings {
    NAC_VEC(struct fe_warning) v;
};

enum { FE_MAX_INDENT = 100, FE_MAX_LEVEL = 200 };

/* Why the lexer stopped; the order is of no significance. */
enum fe_done {
    FE_DONE_OK,
    FE_DONE_EOF,  /* end of the text; an error only within parentheses */
    FE_DONE_ERROR /* the error is described in err */
};

struct fe_lexer {
    struct nac_arena *arena;
    struct fe_names *names;
    struct fe_warnings *warnings;
    struct fe_error *err;
    const char *text;       /* NUL-terminated */
    const char *cur;        /* the next character */
    const char *line_start; /* of the current line */
    const char *buf;        /* first line of the current token or statement */
    const char *tok_start;
    int lineno;
    int first_lineno; /* the text's first line has this number... */
    int first_col;    /* ...and its columns are moved by this */
    bool bad_utf8;    /* the text is not all UTF-8: strings are checked */
    bool fstring;     /* the text is an expression of an f-string */
    bool eof_newline; /* FE_SINGLE: a NEWLINE comes before ENDMARKER */
    bool started;
    bool at_bol;
    bool at_eof;  /* cur's line is past the last */
    bool hard;    /* the error is about characters, not about lines */
    uint8_t done; /* enum fe_done */
    int pending;  /* INDENT (>0) or DEDENT (<0) tokens to deliver */
    int indent;
    int level;
    int indents[FE_MAX_INDENT];
    int alt_indents[FE_MAX_INDENT];
    char parens[FE_MAX_LEVEL];
    int paren_line[FE_MAX_LEVEL];
    int paren_col[FE_MAX_LEVEL];
};

void fe_names_init(struct fe_names *names, struct nac_arena *arena);
void fe_names_free(struct fe_names *names);
const struct fe_name *fe_names_add(struct fe_names *names, const char *s,
                                   size_t len);
/* The interned NFKC form of an identifier that is not ASCII. */
const char *fe_names_normal(struct fe_names *names, const char *s, size_t len);

void fe_lexer_init(struct fe_lexer *lx, struct nac_arena *arena,
                   struct fe_names *names, struct fe_warnings *warnings,
                   struct fe_error *err, const char *text);
/* The next token; after FE_T_ERROR or FE_T_END the lexer must not be asked
 * again. */
void fe_lexer_next(struct fe_lexer *lx, struct fe_token *t);
const char *fe_token_text(enum fe_token_type type);

void fe_warn(struct fe_warnings *w, struct nac_arena *arena,
             const char *category, int line, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));

/* Sets the error with columns in bytes from 0; negative ones are stored as
 * they are. The line's text is taken from the lexer's text. */
void fe_error_at(struct fe_lexer *lx, const char *type, int line, int col,
                 int end_line, int end_col, const char *fmt, ...)
    __attribute__((format(printf, 7, 8)));
/* "(unicode error) 'utf-8' codec can't decode byte...", or NULL where the
 * bytes are UTF-8. */
char *fe_bad_utf8(struct nac_arena *arena, const char *s, size_t len);
/* "'(' was never closed", for the innermost open parenthesis. */
void fe_error_unclosed(struct fe_lexer *lx);

#endif
