/* SPDX-License-Identifier: MIT
 * frontend/parser.h: what the files parser*.c share. Internal to the front
 * end.
 *
 * The parser only decides whether the text is Python, as fast as it can: a
 * function that cannot go on returns NULL (or false), and so do its callers.
 * Nothing is reported: diagnose.c then reads the text once more, as slowly as
 * CPython does, and finds out what to say.
 */
#ifndef FE_PARSER_H
#define FE_PARSER_H

#include <string.h>

#include "frontend/lexer.h"
#include "frontend/literals.h"

struct fe_parser {
    struct nac_arena *arena;
    struct fe_lexer *lx;
    NAC_VEC(struct fe_token) toks;   /* all tokens read so far */
    uint32_t pos;                    /* the current one */
    uint8_t t;                       /* its type */
    int depth;                       /* of recursion, see fe_p_enter */
    NAC_VEC(struct fe_node *) stack; /* lists under construction */
    const char *sym_match, *sym_case, *sym_wild; /* soft keywords */
};

/* Where a node begins. */
struct fe_place {
    int line, col;
};

enum {
    FE_MAX_DEPTH = 6000 /* CPython's MAXSTACK */
};

void fe_p_fill(struct fe_parser *p);

static inline struct fe_token *
fe_p_tok(struct fe_parser *p)
{
    return &p->toks.items[p->pos];
}

static inline void
fe_p_next(struct fe_parser *p)
{
    if (++p->pos >= p->toks.len)
        fe_p_fill(p);
    p->t = p->toks.items[p->pos].type;
}

/* The type of the token after the current one. */
static inline uint8_t
fe_p_peek(struct fe_parser *p)
{
    if (p->t == FE_T_END || p->t == FE_T_ERROR)
        return p->t;
    if (p->pos + 1 >= p->toks.len)
        fe_p_fill(p);
    return p->toks.items[p->pos + 1].type;
}

static inline bool
fe_p_eat(struct fe_parser *p, uint8_t type)
{
    if (p->t != type)
        return false;
    fe_p_next(p);
    return true;
}

static inline void
fe_p_back(struct fe_parser *p, uint32_t pos, uint32_t mark)
{
    p->pos = pos;
    p->t = p->toks.items[pos].type;
    p->stack.len = mark;
}

static inline struct fe_place
fe_p_place(struct fe_parser *p)
{
    struct fe_token *t = fe_p_tok(p);
    return (struct fe_place){t->lineno, t->col};
}

static inline struct fe_place
fe_p_start(const struct fe_node *n)
{
    return (struct fe_place){n->lineno, n->col};
}

static inline bool
fe_p_enter(struct fe_parser *p)
{
    return ++p->depth < FE_MAX_DEPTH;
}

/* A node from [at] to the end of the last token read. */
struct fe_node *fe_p_new(struct fe_parser *p, enum fe_kind kind,
                         struct fe_place at);

/* Lists are gathered on the stack and then moved to the arena. */
static inline uint32_t
fe_p_mark(struct fe_parser *p)
{
    return p->stack.len;
}

static inline void
fe_p_push(struct fe_parser *p, struct fe_node *n)
{
    nac_vec_push(&p->stack, n);
}

struct fe_list fe_p_list(struct fe_parser *p, uint32_t mark);
struct fe_list fe_p_single(struct fe_parser *p, struct fe_node *n);
struct fe_node *fe_p_name(struct fe_parser *p); /* Name of the current token */

/* parser_expr.c */
bool fe_p_starts_expr(uint8_t type); /* also '*' */
struct fe_node *fe_p_expression(struct fe_parser *p);
struct fe_node *fe_p_named(struct fe_parser *p);
struct fe_node *fe_p_disjunction(struct fe_parser *p);
struct fe_node *fe_p_bitwise_or(struct fe_parser *p);
struct fe_node *fe_p_star_named(struct fe_parser *p);
struct fe_node *fe_p_star_expressions(struct fe_parser *p);
struct fe_node *fe_p_yield_or_star(struct fe_parser *p);
struct fe_node *fe_p_strings(struct fe_parser *p);
/* '*'? bitwise_or separated by commas, for targets; a Tuple if there are
 * commas. */
struct fe_node *fe_p_target_list(struct fe_parser *p);
struct fe_node *fe_p_one_target(struct fe_parser *p);

/* parser_args.c */
enum fe_target {
    FE_TARGET_STAR,   /* assignment, for, with */
    FE_TARGET_SINGLE, /* augmented and annotated assignment */
    FE_TARGET_DEL
};
bool fe_p_set_target(struct fe_node *n, enum fe_target kind);
/* After '(': up to and with ')'. [call] may hold a bare generator. */
bool fe_p_arguments(struct fe_parser *p, struct fe_place open, bool call,
                    struct fe_list *args, struct fe_list *keywords);
struct fe_node *fe_p_parameters(struct fe_parser *p, bool lambda);
bool fe_p_for_clauses(struct fe_parser *p, struct fe_list *out);

/* parser_stmt.c */
bool fe_p_statements(struct fe_parser *p, uint8_t end); /* to the stack */
bool fe_p_simple_line(struct fe_parser *p);
bool fe_p_compound(struct fe_parser *p, bool *is_compound);
bool fe_p_block(struct fe_parser *p, struct fe_list *out);

/* parser_pattern.c */
bool fe_p_match(struct fe_parser *p, bool *is_match);

/* diagnose.c: describes why the text is not Python. */
void fe_diagnose(struct fe_lexer *lx, enum fe_mode mode);

#endif
