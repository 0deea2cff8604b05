/* SPDX-License-Identifier: MIT
 * frontend/literals.h: values of NUMBER and STRING tokens. Internal to the
 * front end.
 */
#ifndef FE_LITERALS_H
#define FE_LITERALS_H

#include "frontend/lexer.h"

/* What the makers of literals need: where tokens came from and which token
 * the parser has read last, at which errors without a place are reported. */
struct fe_literal_at {
    struct fe_lexer *lx;
    const struct fe_token *last_read;
};

/* Constant of a NUMBER token; NULL with the lexer's error set. */
struct fe_node *fe_make_number(struct fe_lexer *lx, const struct fe_token *t);

/* Constant or JoinedStr of [n] adjacent STRING tokens; NULL with the lexer's
 * error set. */
struct fe_node *fe_make_strings(const struct fe_literal_at *at,
                                const struct fe_token *toks, uint32_t n);

/* Reports at the token, or at the lexer's place where it has none. */
void fe_error_token(struct fe_lexer *lx, const char *type,
                    const struct fe_token *t, const char *msg);

/* Appends the value of the text [s, s + len) between the quotes. Returns -1
 * with the error set. */
int fe_decode_str(const struct fe_literal_at *at, struct nac_buf *out,
                  const char *s, size_t len, const struct fe_token *t);
int fe_decode_bytes(const struct fe_literal_at *at, struct nac_buf *out,
                    const char *s, size_t len, const struct fe_token *t);

/* The character of that name, or -1 (charnames.c). */
long fe_char_named(const char *name);

/* Gives an allocated node the extent from [a] to [b]. */
void fe_span(struct fe_node *n, const struct fe_token *a,
             const struct fe_token *b);

/* The f-string part of fstring.c: appends the values of one token. */
struct fe_joined {
    const struct fe_literal_at *at;
    const struct fe_token *first, *last;
    NAC_VEC(struct fe_node *) values;
    struct nac_buf text; /* literal text not yet in values */
    bool f;              /* an f-string was seen */
};
int fe_join_fstring(struct fe_joined *j, const char **str, const char *end,
                    bool raw, int depth, const struct fe_token *t);
struct fe_node *fe_join_finish(struct fe_joined *j, const struct fe_token *a,
                               const struct fe_token *b);

/* Parses "(expression)" found within token [t] (parser.c). */
struct fe_node *fe_parse_fstring(struct fe_lexer *parent, const char *text,
                                 int lineno, int col);

#endif
