/* SPDX-License-Identifier: MIT
 * frontend/ast.c: the tables made from nodes.def, node allocation and the
 * generic visitor. Called by the parser, the dumper and the compiler.
 */
#include "config.h"

#include "frontend/ast.h"

/* One array of fields per kind; the empty last entry keeps the arrays of
 * nodes without fields legal. */
#define FE_NODE(K, group) static const struct fe_field fields_##K[] = {
#define FE_FIELD(K, type, name)                                                \
    {#name, FE_F_##type, offsetof(struct fe_node, u.K.name)},
#define FE_END(K)                                                              \
    {                                                                          \
        NULL, 0, 0                                                             \
    }                                                                          \
    }                                                                          \
    ;
#include "frontend/nodes.def"

#define NODE_SIZE(K)                                                           \
    (offsetof(struct fe_node, u) + sizeof(((struct fe_node *)0)->u.K))

const struct fe_kind_info fe_kinds[FE_KINDS] = {
#define FE_NODE(K, group)                                                      \
    [FE_##K] = {#K, FE_G_##group, sizeof fields_##K / sizeof *fields_##K - 1,  \
                NODE_SIZE(K), fields_##K},
#define FE_FIELD(K, type, name)
#define FE_END(K)
#include "frontend/nodes.def"
};

const char *const fe_op_names[FE_OPS] = {
    [FE_Load] = "Load",     [FE_Store] = "Store",   [FE_Del] = "Del",
    [FE_And] = "And",       [FE_Or] = "Or",         [FE_Add] = "Add",
    [FE_Sub] = "Sub",       [FE_Mult] = "Mult",     [FE_MatMult] = "MatMult",
    [FE_Div] = "Div",       [FE_Mod] = "Mod",       [FE_Pow] = "Pow",
    [FE_LShift] = "LShift", [FE_RShift] = "RShift", [FE_BitOr] = "BitOr",
    [FE_BitXor] = "BitXor", [FE_BitAnd] = "BitAnd", [FE_FloorDiv] = "FloorDiv",
    [FE_Invert] = "Invert", [FE_Not] = "Not",       [FE_UAdd] = "UAdd",
    [FE_USub] = "USub",     [FE_Eq] = "Eq",         [FE_NotEq] = "NotEq",
    [FE_Lt] = "Lt",         [FE_LtE] = "LtE",       [FE_Gt] = "Gt",
    [FE_GtE] = "GtE",       [FE_Is] = "Is",         [FE_IsNot] = "IsNot",
    [FE_In] = "In",         [FE_NotIn] = "NotIn",
};

struct fe_node *
fe_node_new(struct nac_arena *arena, enum fe_kind kind)
{
    struct fe_node *n = nac_arena_alloc(arena, fe_kinds[kind].size);
    n->kind = (uint8_t)kind;
    return n;
}

int
fe_node_children(struct fe_node *n,
                 int (*visit)(struct fe_node *child, void *data), void *data)
{
    const struct fe_kind_info *info = &fe_kinds[n->kind];
    for (unsigned i = 0; i < info->n_fields; i++) {
        void *at = (char *)n + info->fields[i].offset;
        int r = 0;
        switch (info->fields[i].type) {
        case FE_F_NODE:
        case FE_F_OPT: {
            struct fe_node *child = *(struct fe_node **)at;
            if (child)
                r = visit(child, data);
            break;
        }
        case FE_F_LIST:
        case FE_F_OPTLIST: {
            struct fe_list *list = at;
            for (uint32_t k = 0; k < list->len && r == 0; k++)
                if (list->items[k])
                    r = visit(list->items[k], data);
            break;
        }
        default:
            break;
        }
        if (r)
            return r;
    }
    return 0;
}
