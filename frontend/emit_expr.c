/* SPDX-License-Identifier: MIT
 * frontend/emit_expr.c: expressions, conditions and assignment targets.
 *
 * fe_expr() yields an operand: a constant or the register of a local variable
 * is used where it is, everything else goes to a new temporary. fe_expr_to()
 * puts the value into a given register. That may be a local variable, so the
 * register is written by the last instruction only, after all that can raise
 * or read the variable; code that needs room for something unfinished takes
 * a temporary for it.
 */
#include "config.h"

#include <string.h>

#include "frontend/compiler.h"

bool
fe_is_temp(struct fe_compiler *c, int dst)
{
    return dst >= c->u->base;
}

const struct fe_constant *
fe_const_of(struct fe_compiler *c, const struct fe_node *n)
{
    struct fe_constant *k;
    uint64_t *v;

    switch (n->kind) {
    case FE_Constant:
        k = NAC_NEW(c->arena, struct fe_constant);
        *k = fe_const_ast(c, &n->u.Constant.value);
        return k;
    case FE_Name:
        if (n->u.Name.ctx != FE_Load || strcmp(n->u.Name.id, "__debug__") != 0)
            return NULL;
        k = NAC_NEW(c->arena, struct fe_constant);
        k->kind =
            c->flags & FE_COMPILE_NO_ASSERT ? FE_CONST_FALSE : FE_CONST_TRUE;
        return k;
    case FE_BinOp:
    case FE_UnaryOp:
    case FE_Tuple:
    case FE_List:
    case FE_Set:
    case FE_Subscript:
        v = nac_map_find_int(&c->folded, (uintptr_t)n);
        return v ? (const struct fe_constant *)(uintptr_t)*v : NULL;
    default:
        return NULL;
    }
}

int
fe_const_truth(struct fe_compiler *c, const struct fe_node *n)
{
    const struct fe_constant *k = fe_const_of(c, n);

    return k ? fe_constant_truth(k) : -1;
}

/* Where the attribute's name is not on the first line of the expression, it is
 * what tracebacks point at. */
void
fe_match_attr_pos(struct fe_compiler *c, const struct fe_node *attr)
{
    struct fe_position *pos = &c->u->pos;
    int len = 0;

    if (pos->line == attr->end_lineno)
        return;
    for (const char *s = attr->u.Attribute.attr; *s; s++)
        len += (*s & 0xc0) != 0x80;
    pos->line = attr->end_lineno;
    if (len <= attr->end_col) {
        pos->col = attr->end_col - len;
    } else {
        pos->col = pos->end_col = -1;
    }
    if (pos->end_line < pos->line)
        pos->end_line = pos->line;
    if (pos->end_line == pos->line && pos->end_col < pos->col)
        pos->end_col = pos->col;
}

/* -- operands -------------------------------------------------------------- */

static int
find_walrus(struct fe_node *n, void *data)
{
    if (n->kind == FE_NamedExpr)
        return 1;
    if (n->kind == FE_Lambda)
        return 0;
    return fe_node_children(n, find_walrus, data);
}

/* May [later] bind the variable anew? Conservative. */
static bool
rebinds(struct fe_compiler *c, const struct fe_node *later, const char *id)
{
    struct fe_symbol *sym = fe_symbol_of(c, id);

    if (!later || !sym || !(sym->flags & FE_DEF_WALRUS))
        return false;
    return find_walrus((struct fe_node *)(uintptr_t)later, NULL);
}

int
fe_expr_before(struct fe_compiler *c, const struct fe_node *n,
               const struct fe_node *later)
{
    const struct fe_constant *k = fe_const_of(c, n);
    const char *id = NULL;
    struct fe_position saved = c->u->pos;
    int reg = -1, t;

    if (k)
        return fe_k(c, k);
    if (n->kind == FE_Name)
        id = n->u.Name.id;
    else if (n->kind == FE_NamedExpr)
        id = n->u.NamedExpr.target->u.Name.id;
    if (id)
        reg = fe_local_reg(c, id);
    if (reg >= 0 && !rebinds(c, later, id)) {
        if (n->kind == FE_NamedExpr) {
            fe_expr_to(c, n, reg);
            return reg;
        }
        fe_set_pos(c, n);
        fe_name_load(c, id, -1);
        c->u->pos = saved;
        return reg;
    }
    t = fe_temp(c);
    fe_expr_to(c, n, t);
    return t;
}

int
fe_expr(struct fe_compiler *c, const struct fe_node *n)
{
    return fe_expr_before(c, n, NULL);
}

/* -- operators ------------------------------------------------------------- */

int
fe_binary_op(int ast_op)
{
    switch (ast_op) {
    case FE_Add:
        return FE_ADD;
    case FE_Sub:
        return FE_SUB;
    case FE_Mult:
        return FE_MUL;
    case FE_MatMult:
        return FE_MATMUL;
    case FE_Div:
        return FE_TRUEDIV;
    case FE_Mod:
        return FE_MOD;
    case FE_Pow:
        return FE_POW;
    case FE_LShift:
        return FE_LSHIFT;
    case FE_RShift:
        return FE_RSHIFT;
    case FE_BitOr:
        return FE_OR;
    case FE_BitXor:
        return FE_XOR;
    case FE_BitAnd:
        return FE_AND;
    default:
        return FE_FLOORDIV;
    }
}

static void
binop_to(struct fe_compiler *c, const struct fe_node *n, int dst)
{
    int l = fe_expr_before(c, n->u.BinOp.left, n->u.BinOp.right);
    int r = fe_expr(c, n->u.BinOp.right);

    fe_emit(c, fe_binary_op(n->u.BinOp.op), 0, dst, l, r);
}

/* How a comparison is spelled; [negate] only for is and in. */
struct comparison {
    enum fe_op value, jump;
    int negate;
};

static struct comparison
comparison_of(int ast_op)
{
    switch (ast_op) {
    case FE_Lt:
        return (struct comparison){FE_LT, FE_JUMP_IF_LT, 0};
    case FE_LtE:
        return (struct comparison){FE_LE, FE_JUMP_IF_LE, 0};
    case FE_Eq:
        return (struct comparison){FE_EQ, FE_JUMP_IF_EQ, 0};
    case FE_NotEq:
        return (struct comparison){FE_NE, FE_JUMP_IF_NE, 0};
    case FE_Gt:
        return (struct comparison){FE_GT, FE_JUMP_IF_GT, 0};
    case FE_GtE:
        return (struct comparison){FE_GE, FE_JUMP_IF_GE, 0};
    case FE_Is:
    case FE_IsNot:
        return (struct comparison){FE_IS, FE_JUMP_IF_IS, ast_op == FE_IsNot};
    default:
        return (struct comparison){FE_CONTAINS, FE_JUMP_IF_IN,
                                   ast_op == FE_NotIn};
    }
}

static bool
is_plain_literal(struct fe_compiler *c, const struct fe_node *n)
{
    const struct fe_constant *k = fe_const_of(c, n);

    return k && k->kind != FE_CONST_NONE && k->kind != FE_CONST_TRUE &&
           k->kind != FE_CONST_FALSE && k->kind != FE_CONST_ELLIPSIS;
}

static void
check_compare(struct fe_compiler *c, const struct fe_node *n)
{
    bool left = !is_plain_literal(c, n->u.Compare.left);

    for (uint32_t i = 0; i < n->u.Compare.ops.len; i++) {
        int op = n->u.Compare.ops.items[i];
        bool right = !is_plain_literal(c, n->u.Compare.comparators.items[i]);

        if ((op == FE_Is || op == FE_IsNot) && (!right || !left)) {
            fe_caution(c, op == FE_Is
                              ? "\"is\" with a literal. Did you mean \"==\"?"
                              : "\"is not\" with a literal. Did you mean "
                                "\"!=\"?");
            return;
        }
        left = right;
    }
}

static bool
is_none(struct fe_compiler *c, const struct fe_node *n)
{
    const struct fe_constant *k = fe_const_of(c, n);

    return k && k->kind == FE_CONST_NONE;
}

/* One comparison of [l] with the i-th comparator, jumping if it is [cond]. */
static void
compare_jump(struct fe_compiler *c, const struct fe_node *n, uint32_t i, int l,
             int r, int label, bool cond)
{
    struct comparison cmp = comparison_of(n->u.Compare.ops.items[i]);
    const struct fe_node *right = n->u.Compare.comparators.items[i];
    int x = cond ^ cmp.negate;

    if (cmp.jump == FE_JUMP_IF_IS && is_none(c, right))
        fe_jump(c, FE_JUMP_IF_NONE, x, l, 0, label);
    else
        fe_jump(c, cmp.jump, x, l, r, label);
}

/* Operand of comparator [i], which the rest of the chain still reads. */
static int
comparator(struct fe_compiler *c, const struct fe_node *n, uint32_t i)
{
    struct fe_list l = n->u.Compare.comparators;

    return fe_expr_before(c, l.items[i], i + 1 < l.len ? n : NULL);
}

static void
compare_jump_if(struct fe_compiler *c, const struct fe_node *n, int label,
                bool cond)
{
    uint32_t last = n->u.Compare.ops.len - 1;
    int out = label, mark = c->u->top, l, r;

    check_compare(c, n);
    if (last > 0 && cond)
        out = fe_label(c);
    l = fe_expr_before(c, n->u.Compare.left, n);
    for (uint32_t i = 0; i < last; i++) {
        r = comparator(c, n, i);
        compare_jump(c, n, i, l, r, out, false);
        l = r;
    }
    r = comparator(c, n, last);
    compare_jump(c, n, last, l, r, label, cond);
    if (out != label)
        fe_place(c, out);
    c->u->top = mark;
}

static void
compare_to(struct fe_compiler *c, const struct fe_node *n, int dst)
{
    uint32_t last = n->u.Compare.ops.len - 1;
    struct comparison cmp;
    int d = dst, end = -1, l, r;

    check_compare(c, n);
    if (last > 0) {
        end = fe_label(c);
        if (!fe_is_temp(c, dst))
            d = fe_temp(c);
    }
    l = fe_expr_before(c, n->u.Compare.left, n);
    for (uint32_t i = 0; i <= last; i++) {
        r = comparator(c, n, i);
        cmp = comparison_of(n->u.Compare.ops.items[i]);
        fe_emit(c, cmp.value, cmp.negate, d, l, r);
        if (i < last)
            fe_jump(c, FE_JUMP_IF, 0, d, 0, end);
        l = r;
    }
    if (end >= 0)
        fe_place(c, end);
    fe_move(c, dst, d);
}

/* "not a is b" is "a is not b"; so for in. */
static bool
negated_compare_to(struct fe_compiler *c, const struct fe_node *n, int dst)
{
    const struct fe_node *cmp = n->u.UnaryOp.operand;
    struct comparison how;
    int l, r;

    if (n->u.UnaryOp.op != FE_Not || cmp->kind != FE_Compare ||
        cmp->u.Compare.ops.len != 1)
        return false;
    how = comparison_of(cmp->u.Compare.ops.items[0]);
    if (how.value != FE_IS && how.value != FE_CONTAINS)
        return false;
    fe_set_pos(c, cmp);
    check_compare(c, cmp);
    l = fe_expr_before(c, cmp->u.Compare.left, cmp);
    r = comparator(c, cmp, 0);
    fe_emit(c, how.value, !how.negate, dst, l, r);
    return true;
}

static void
unary_to(struct fe_compiler *c, const struct fe_node *n, int dst)
{
    static const uint8_t ops[] = {
        [FE_Invert] = FE_INVERT,
        [FE_Not] = FE_NOT,
        [FE_UAdd] = FE_POS,
        [FE_USub] = FE_NEG,
    };

    if (negated_compare_to(c, n, dst))
        return;
    fe_emit(c, ops[n->u.UnaryOp.op], 0, dst, fe_expr(c, n->u.UnaryOp.operand),
            0);
}

/* R[d] := the value of n. Where an operand decides early, its truth is known,
 * and is not asked for again: that goes to on[truth]. */
static void
boolop_value(struct fe_compiler *c, const struct fe_node *n, int d,
             const int on[2])
{
    struct fe_list v = n->u.BoolOp.values;
    bool stop = n->u.BoolOp.op == FE_Or; /* the truth that decides early */
    struct fe_position saved = c->u->pos;

    if (!fe_enter(c))
        return;
    fe_set_pos(c, n);
    for (uint32_t i = 0; i < v.len; i++) {
        bool last = i + 1 == v.len;
        int truth = last ? -1 : fe_const_truth(c, v.items[i]);
        int next = -1;

        if (truth == !stop)
            continue;
        if (truth < 0 && v.items[i]->kind == FE_BoolOp) {
            int to[2] = {on[0], on[1]};

            if (!last)
                to[!stop] = next = fe_label(c);
            boolop_value(c, v.items[i], d, to);
        } else {
            fe_expr_to(c, v.items[i], d);
        }
        if (truth >= 0)
            break;
        if (!last)
            fe_jump(c, FE_JUMP_IF, stop, d, 0, on[stop]);
        if (next >= 0)
            fe_place(c, next);
    }
    c->u->pos = saved;
    fe_leave(c);
}

static void
boolop_to(struct fe_compiler *c, const struct fe_node *n, int dst)
{
    int d = fe_is_temp(c, dst) ? dst : fe_temp(c);
    int end = fe_label(c), on[2] = {end, end};

    boolop_value(c, n, d, on);
    fe_place(c, end);
    fe_move(c, dst, d);
}

static void
ifexp_to(struct fe_compiler *c, const struct fe_node *n, int dst)
{
    int other = fe_label(c), end = fe_label(c);

    fe_jump_if(c, n->u.IfExp.test, other, false);
    fe_expr_to(c, n->u.IfExp.body, dst);
    fe_jump(c, FE_JUMP, 0, 0, 0, end);
    fe_place(c, other);
    fe_expr_to(c, n->u.IfExp.orelse, dst);
    fe_place(c, end);
}

/* -- conditions ------------------------------------------------------------ */

static void
boolop_jump_if(struct fe_compiler *c, const struct fe_node *n, int label,
               bool cond)
{
    struct fe_list v = n->u.BoolOp.values;
    bool stop = n->u.BoolOp.op == FE_Or; /* the truth that decides early */
    int early = stop == cond ? label : fe_label(c);

    for (uint32_t i = 0; i + 1 < v.len; i++)
        fe_jump_if(c, v.items[i], early, stop);
    fe_jump_if(c, v.items[v.len - 1], label, cond);
    if (early != label)
        fe_place(c, early);
}

static void
ifexp_jump_if(struct fe_compiler *c, const struct fe_node *n, int label,
              bool cond)
{
    int other = fe_label(c), end = fe_label(c);

    fe_jump_if(c, n->u.IfExp.test, other, false);
    fe_jump_if(c, n->u.IfExp.body, label, cond);
    fe_jump(c, FE_JUMP, 0, 0, 0, end);
    fe_place(c, other);
    fe_jump_if(c, n->u.IfExp.orelse, label, cond);
    fe_place(c, end);
}

/* As in CPython, a comparison leaves its position behind for what follows: a
 * failed assertion points at it. */
void
fe_jump_if(struct fe_compiler *c, const struct fe_node *n, int label, bool cond)
{
    int mark = c->u->top;
    int truth = fe_const_truth(c, n);

    if (!fe_enter(c))
        return;
    if (truth >= 0) {
        if (truth == cond)
            fe_jump(c, FE_JUMP, 0, 0, 0, label);
    } else if (n->kind == FE_UnaryOp && n->u.UnaryOp.op == FE_Not) {
        fe_jump_if(c, n->u.UnaryOp.operand, label, !cond);
    } else if (n->kind == FE_BoolOp) {
        boolop_jump_if(c, n, label, cond);
    } else if (n->kind == FE_IfExp) {
        ifexp_jump_if(c, n, label, cond);
    } else if (n->kind == FE_Compare) {
        fe_set_pos(c, n);
        compare_jump_if(c, n, label, cond);
    } else {
        fe_jump(c, FE_JUMP_IF, cond, fe_expr(c, n), 0, label);
    }
    c->u->top = mark;
    fe_leave(c);
}

/* -- the rest -------------------------------------------------------------- */

static void
slice_to(struct fe_compiler *c, const struct fe_node *n, int dst)
{
    const struct fe_node *part[3] = {n->u.Slice.lower, n->u.Slice.upper,
                                     n->u.Slice.step};
    int base = fe_temps(c, 3), mark = c->u->top;

    for (int i = 0; i < 3; i++) {
        if (part[i])
            fe_expr_to(c, part[i], base + i);
        else
            fe_move(c, base + i, fe_none(c));
        c->u->top = mark;
    }
    fe_emit(c, FE_BUILD_SLICE, 0, dst, base, 3);
}

static void
attribute_to(struct fe_compiler *c, const struct fe_node *n, int dst)
{
    int v = fe_expr(c, n->u.Attribute.value);

    fe_match_attr_pos(c, n);
    fe_emit(c, FE_LOAD_ATTR, 0, dst, v, fe_name(c, n->u.Attribute.attr));
}

static void
subscript_to(struct fe_compiler *c, const struct fe_node *n, int dst)
{
    int v, s;

    fe_subscript_check(c, n);
    v = fe_expr_before(c, n->u.Subscript.value, n->u.Subscript.slice);
    s = fe_expr(c, n->u.Subscript.slice);
    fe_emit(c, FE_GETITEM, 0, dst, v, s);
}

static void
walrus_to(struct fe_compiler *c, const struct fe_node *n, int dst)
{
    const struct fe_node *target = n->u.NamedExpr.target;
    int reg = fe_local_reg(c, target->u.Name.id);

    if (reg >= 0 && strcmp(target->u.Name.id, "__debug__") != 0) {
        fe_expr_to(c, n->u.NamedExpr.value, reg);
        fe_move(c, dst, reg);
    } else {
        int v = fe_expr(c, n->u.NamedExpr.value);

        fe_store(c, target, v);
        fe_move(c, dst, v);
    }
}

static void
special_to(struct fe_compiler *c, const struct fe_node *n, int dst)
{
    switch (n->kind) {
    case FE_ListComp:
    case FE_SetComp:
    case FE_DictComp:
    case FE_GeneratorExp:
        fe_comprehension_to(c, n, dst);
        break;
    case FE_Yield:
        fe_yield_to(c, n, dst);
        break;
    case FE_YieldFrom:
        fe_yield_from_to(c, n, dst);
        break;
    case FE_Await:
        fe_await_to(c, n, dst);
        break;
    case FE_Lambda:
        fe_lambda_to(c, n, dst);
        break;
    case FE_Call:
        fe_call_to(c, n, dst);
        break;
    case FE_JoinedStr:
    case FE_FormattedValue:
        fe_fstring_to(c, n, dst);
        break;
    case FE_Dict:
        fe_dict_to(c, n, dst);
        break;
    case FE_List:
    case FE_Tuple:
    case FE_Set:
        fe_display_to(c, n, dst);
        break;
    case FE_Starred:
        fe_fail(c, n->u.Starred.ctx == FE_Store
                       ? "starred assignment target must be in a list or "
                         "tuple"
                       : "can't use starred expression here");
        break;
    default:
        fe_fail(c, "unexpected expression");
        break;
    }
}

static void
node_to(struct fe_compiler *c, const struct fe_node *n, int dst)
{
    switch (n->kind) {
    case FE_Name:
        fe_name_load(c, n->u.Name.id, dst);
        break;
    case FE_BinOp:
        binop_to(c, n, dst);
        break;
    case FE_UnaryOp:
        unary_to(c, n, dst);
        break;
    case FE_BoolOp:
        boolop_to(c, n, dst);
        break;
    case FE_Compare:
        compare_to(c, n, dst);
        break;
    case FE_IfExp:
        ifexp_to(c, n, dst);
        break;
    case FE_Attribute:
        attribute_to(c, n, dst);
        break;
    case FE_Subscript:
        subscript_to(c, n, dst);
        break;
    case FE_Slice:
        slice_to(c, n, dst);
        break;
    case FE_NamedExpr:
        walrus_to(c, n, dst);
        break;
    default:
        special_to(c, n, dst);
        break;
    }
}

void
fe_expr_to(struct fe_compiler *c, const struct fe_node *n, int dst)
{
    struct fe_position saved = c->u->pos;
    const struct fe_constant *k;
    int mark = c->u->top;

    if (!fe_enter(c))
        return;
    fe_set_pos(c, n);
    k = fe_const_of(c, n);
    if (k)
        fe_move(c, dst, fe_k(c, k));
    else
        node_to(c, n, dst);
    c->u->top = mark;
    c->u->pos = saved;
    fe_leave(c);
}

/* -- targets --------------------------------------------------------------- */

static void
store_sequence(struct fe_compiler *c, struct fe_list elts, int src)
{
    uint32_t star = elts.len;
    int base = fe_temps(c, (int)elts.len);

    for (uint32_t i = 0; i < elts.len; i++) {
        if (elts.items[i]->kind != FE_Starred)
            continue;
        if (star < elts.len) {
            fe_fail(c, "multiple starred expressions in assignment");
            return;
        }
        star = i;
    }
    if (star == elts.len) {
        fe_emit(c, FE_UNPACK, 0, base, src, (int)elts.len);
    } else if (star >= 256 || elts.len - star - 1 >= 1 << 15) {
        fe_fail(c, "too many expressions in star-unpacking assignment");
        return;
    } else {
        fe_emit(c, FE_UNPACK_EX, (int)star, base, src,
                (int)(elts.len - star - 1));
    }
    for (uint32_t i = 0; i < elts.len; i++) {
        const struct fe_node *t = elts.items[i];

        if (t->kind == FE_Starred)
            t = t->u.Starred.value;
        fe_store(c, t, base + (int)i);
    }
}

void
fe_store(struct fe_compiler *c, const struct fe_node *t, int src)
{
    struct fe_position saved = c->u->pos;
    int mark = c->u->top, v, s;

    if (!fe_enter(c))
        return;
    fe_set_pos(c, t);
    switch (t->kind) {
    case FE_Name:
        fe_name_store(c, t->u.Name.id, src);
        break;
    case FE_Attribute:
        if (fe_forbidden(c, t->u.Attribute.attr, FE_Store))
            break;
        v = fe_expr(c, t->u.Attribute.value);
        fe_match_attr_pos(c, t);
        fe_emit(c, FE_STORE_ATTR, 0, v, src, fe_name(c, t->u.Attribute.attr));
        break;
    case FE_Subscript:
        v = fe_expr_before(c, t->u.Subscript.value, t->u.Subscript.slice);
        s = fe_expr(c, t->u.Subscript.slice);
        fe_emit(c, FE_SETITEM, 0, v, s, src);
        break;
    case FE_List:
    case FE_Tuple:
        store_sequence(c, t->u.Tuple.elts, src);
        break;
    case FE_Starred:
        fe_fail(c, "starred assignment target must be in a list or tuple");
        break;
    default:
        fe_fail(c, "cannot assign to this expression");
        break;
    }
    c->u->top = mark;
    c->u->pos = saved;
    fe_leave(c);
}
