/* SPDX-License-Identifier: MIT
 * frontend/ast.h: the abstract syntax tree. The nodes and their fields are
 * those of Python's `ast` module and are listed in nodes.def. Every part of a
 * tree lives in the arena that was handed to fe_parse().
 *
 *     if (n->kind == FE_BinOp) use(n->u.BinOp.left, n->u.BinOp.op);
 *
 * A node is allocated no longer than its kind needs: never copy one by value.
 */
#ifndef FE_AST_H
#define FE_AST_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

enum fe_kind {
    FE_NO_KIND,
#define FE_NODE(K, group) FE_##K,
#define FE_FIELD(K, type, name)
#define FE_END(K)
#include "frontend/nodes.def"
    FE_KINDS
};

/* All operators and contexts; Add, BitOr... are used by BinOp and AugAssign. */
enum fe_operator {
    FE_NO_OP,
    FE_Load, /* contexts */
    FE_Store,
    FE_Del,
    FE_And, /* BoolOp */
    FE_Or,
    FE_Add, /* BinOp */
    FE_Sub,
    FE_Mult,
    FE_MatMult,
    FE_Div,
    FE_Mod,
    FE_Pow,
    FE_LShift,
    FE_RShift,
    FE_BitOr,
    FE_BitXor,
    FE_BitAnd,
    FE_FloorDiv,
    FE_Invert, /* UnaryOp */
    FE_Not,
    FE_UAdd,
    FE_USub,
    FE_Eq, /* Compare */
    FE_NotEq,
    FE_Lt,
    FE_LtE,
    FE_Gt,
    FE_GtE,
    FE_Is,
    FE_IsNot,
    FE_In,
    FE_NotIn,
    FE_OPS
};

enum fe_ast_const_kind {
    FE_AST_NONE,
    FE_AST_TRUE,
    FE_AST_FALSE,
    FE_AST_ELLIPSIS,
    FE_AST_INT,     /* i */
    FE_AST_BIGINT,  /* s, len: decimal or 0x, 0o, 0b and digits */
    FE_AST_FLOAT,   /* d */
    FE_AST_COMPLEX, /* d: the imaginary part; the real part is 0 */
    FE_AST_STR,     /* s, len: UTF-8, lone surrogates as three bytes */
    FE_AST_BYTES    /* s, len */
};

struct fe_const {
    uint8_t kind; /* enum fe_ast_const_kind */
    uint32_t len;
    union {
        int64_t i;
        double d;
        const char *s; /* followed by a NUL byte that is not counted */
    } u;
};

struct fe_node;

struct fe_list {
    struct fe_node **items;
    uint32_t len;
};

/* Identifiers are UTF-8, NFKC-normalised, NUL-terminated and interned: within
 * one tree the same name is the same pointer. */
struct fe_idlist {
    const char **items;
    uint32_t len;
};

struct fe_oplist {
    uint8_t *items; /* enum fe_operator */
    uint32_t len;
};

#define FE_TYPE_NODE     struct fe_node *
#define FE_TYPE_OPT      struct fe_node *
#define FE_TYPE_LIST     struct fe_list
#define FE_TYPE_OPTLIST  struct fe_list
#define FE_TYPE_ID       const char *
#define FE_TYPE_OPTID    const char *
#define FE_TYPE_IDLIST   struct fe_idlist
#define FE_TYPE_STR      const char *
#define FE_TYPE_CONST    struct fe_const
#define FE_TYPE_INT      int
#define FE_TYPE_BOOLOP   uint8_t
#define FE_TYPE_OPERATOR uint8_t
#define FE_TYPE_UNARYOP  uint8_t
#define FE_TYPE_CTX      uint8_t
#define FE_TYPE_CMPOPS   struct fe_oplist

struct fe_node {
    uint8_t kind; /* enum fe_kind */
    int lineno;   /* from 1; 0 in nodes without a position */
    int col;      /* bytes of UTF-8 from the start of the line */
    int end_lineno;
    int end_col;
    union {
#define FE_NODE(K, group)       struct {
#define FE_FIELD(K, type, name) FE_TYPE_##type name;
#define FE_END(K)                                                              \
    }                                                                          \
    K;
#include "frontend/nodes.def"
    } u;
};

/* What a field is, for code that walks trees without knowing the nodes. */
enum fe_field_type {
    FE_F_NODE,
    FE_F_OPT,
    FE_F_LIST,
    FE_F_OPTLIST,
    FE_F_ID,
    FE_F_OPTID,
    FE_F_IDLIST,
    FE_F_STR,
    FE_F_CONST,
    FE_F_INT,
    FE_F_BOOLOP,
    FE_F_OPERATOR,
    FE_F_UNARYOP,
    FE_F_CTX,
    FE_F_CMPOPS
};

enum fe_group {
    FE_G_MOD,
    FE_G_STMT,
    FE_G_EXPR,
    FE_G_PATTERN,
    FE_G_HANDLER,
    FE_G_HELPER,
    FE_G_PLAIN
};

struct fe_field {
    const char *name;
    uint8_t type;    /* enum fe_field_type */
    uint16_t offset; /* from the start of struct fe_node */
};

struct fe_kind_info {
    const char *name;
    uint8_t group; /* enum fe_group */
    uint8_t n_fields;
    uint16_t size; /* bytes that a node of this kind occupies */
    const struct fe_field *fields;
};

/* Indexed by enum fe_kind and by enum fe_operator ("Add", "Load"...). */
extern const struct fe_kind_info fe_kinds[FE_KINDS];
extern const char *const fe_op_names[FE_OPS];

/* A zeroed node of that kind. */
struct fe_node *fe_node_new(struct nac_arena *arena, enum fe_kind kind);

/* Calls [visit] for every child of [n] in the order of the fields, not for
 * NULL entries. Stops at and returns the first result that is not 0. */
int fe_node_children(struct fe_node *n,
                     int (*visit)(struct fe_node *child, void *data),
                     void *data);

#endif
