/* SPDX-License-Identifier: MIT
 * runtime/traceback_anchor.c: where in the text of an expression its operator
 * or its subscript lies, for the ^ in ~~^~~ of tracebacks.
 */
#include "config.h"

#include <ctype.h>

#include "frontend/frontend.h"
#include "runtime/exception.h"

static bool
in_operator(const struct fe_node *e, const char *text, int64_t *left,
            int64_t *right)
{
    int from = e->u.BinOp.left->end_col;
    int to = e->u.BinOp.right->col;

    for (int i = from; i < to; i++) {
        if (isspace((unsigned char)text[i]) || text[i] == ')')
            continue;
        *left = i;
        *right = i + 1;
        if (i + 1 < to && !isspace((unsigned char)text[i + 1]))
            (*right)++;
        return true;
    }
    return false;
}

/* Byte offsets of the part marked by ^; false: the whole text is. */
bool
rt_traceback_anchors(const char *text, size_t len, int64_t *left,
                     int64_t *right)
{
    struct nac_arena arena;
    struct fe_error err = {0};
    struct fe_node *tree;
    bool found = false;

    nac_arena_init(&arena);
    tree = fe_parse_utf8(&arena, text, len, "<traceback>", FE_EXEC, &err);
    if (tree && tree->kind == FE_Module && tree->u.Module.body.len == 1 &&
        tree->u.Module.body.items[0]->kind == FE_Expr) {
        const struct fe_node *e = tree->u.Module.body.items[0]->u.Expr.value;

        if (e->kind == FE_BinOp) {
            found = in_operator(e, text, left, right);
        } else if (e->kind == FE_Subscript) {
            *left = e->u.Subscript.value->end_col;
            *right = e->u.Subscript.slice->end_col + 1;
            while (*left < (int64_t)len && text[*left] != '[')
                ++*left;
            while (*right < (int64_t)len && text[*right - 1] != ']')
                ++*right;
            found = true;
        }
    }
    nac_arena_free(&arena);
    return found;
}
