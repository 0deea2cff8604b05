/* SPDX-License-Identifier: MIT
 * frontend/parser_expr.c: expressions. Binary operators are read by
 * precedence climbing, everything else by recursive descent.
 */
#include "config.h"

#include "frontend/parser.h"

static struct fe_node *unary(struct fe_parser *p);

/* bitwise_or > bitwise_xor > bitwise_and > shift > sum > term */
static const struct {
    uint8_t prec, op;
} binary_ops[FE_TOKENS] = {
    [FE_T_VBAR] = {1, FE_BitOr},        [FE_T_CIRCUMFLEX] = {2, FE_BitXor},
    [FE_T_AMPER] = {3, FE_BitAnd},      [FE_T_LEFTSHIFT] = {4, FE_LShift},
    [FE_T_RIGHTSHIFT] = {4, FE_RShift}, [FE_T_PLUS] = {5, FE_Add},
    [FE_T_MINUS] = {5, FE_Sub},         [FE_T_STAR] = {6, FE_Mult},
    [FE_T_SLASH] = {6, FE_Div},         [FE_T_DOUBLESLASH] = {6, FE_FloorDiv},
    [FE_T_PERCENT] = {6, FE_Mod},       [FE_T_AT] = {6, FE_MatMult},
};

static const bool starters[FE_TOKENS] = {
    [FE_T_NAME] = true,   [FE_T_NUMBER] = true,   [FE_T_STRING] = true,
    [FE_T_LPAR] = true,   [FE_T_LSQB] = true,     [FE_T_LBRACE] = true,
    [FE_T_MINUS] = true,  [FE_T_PLUS] = true,     [FE_T_TILDE] = true,
    [FE_T_STAR] = true,   [FE_T_ELLIPSIS] = true, [FE_K_NOT] = true,
    [FE_K_LAMBDA] = true, [FE_K_AWAIT] = true,    [FE_K_NONE] = true,
    [FE_K_TRUE] = true,   [FE_K_FALSE] = true,
};

bool
fe_p_starts_expr(uint8_t type)
{
    return starters[type];
}

/* ----------------------------------------------------------------- atoms */

struct fe_node *
fe_p_strings(struct fe_parser *p)
{
    uint32_t first = p->pos;
    while (p->t == FE_T_STRING)
        fe_p_next(p);
    struct fe_literal_at at = {p->lx, &p->toks.items[p->toks.len - 1]};
    return fe_make_strings(&at, &p->toks.items[first], p->pos - first);
}

static struct fe_node *
constant(struct fe_parser *p, enum fe_ast_const_kind kind)
{
    struct fe_place at = fe_p_place(p);
    fe_p_next(p);
    struct fe_node *n = fe_p_new(p, FE_Constant, at);
    n->u.Constant.value.kind = (uint8_t)kind;
    return n;
}

static struct fe_node *
sequence(struct fe_parser *p, enum fe_kind kind, struct fe_place at,
         uint32_t mark)
{
    struct fe_list elts = fe_p_list(p, mark);
    struct fe_node *n = fe_p_new(p, kind, at);
    n->u.Tuple.elts = elts; /* List and Set begin alike */
    if (kind != FE_Set)
        n->u.Tuple.ctx = FE_Load;
    return n;
}

static struct fe_node *
comprehension(struct fe_parser *p, enum fe_kind kind, struct fe_place at,
              struct fe_node *elt, uint8_t close)
{
    struct fe_list generators;
    if (elt->kind == FE_Starred || !fe_p_for_clauses(p, &generators) ||
        !fe_p_eat(p, close))
        return NULL;
    struct fe_node *n = fe_p_new(p, kind, at);
    n->u.ListComp.elt = elt; /* SetComp and GeneratorExp begin alike */
    n->u.ListComp.generators = generators;
    return n;
}

/* yield_expr: 'yield' 'from' expression | 'yield' [star_expressions] */
static struct fe_node *
yield(struct fe_parser *p)
{
    struct fe_place at = fe_p_place(p);
    struct fe_node *value = NULL;
    fe_p_next(p);
    bool from = fe_p_eat(p, FE_K_FROM);
    if (from) {
        if (!(value = fe_p_expression(p)))
            return NULL;
    } else if (starters[p->t]) {
        if (!(value = fe_p_star_expressions(p)))
            return NULL;
    }
    struct fe_node *n = fe_p_new(p, from ? FE_YieldFrom : FE_Yield, at);
    n->u.Yield.value = value;
    return n;
}

/* The rest of a display after its first element. */
static bool
more_elements(struct fe_parser *p, uint8_t close)
{
    while (fe_p_eat(p, FE_T_COMMA)) {
        if (p->t == close)
            break;
        struct fe_node *n = fe_p_star_named(p);
        if (!n)
            return false;
        fe_p_push(p, n);
    }
    return fe_p_eat(p, close);
}

/* tuple: '(' [star_named_expression ',' [star_named_expressions]] ')'
 * group: '(' (yield_expr | named_expression) ')'
 * genexp: '(' named_expression for_if_clauses ')' */
static struct fe_node *
parenthesised(struct fe_parser *p)
{
    struct fe_place at = fe_p_place(p);
    uint32_t mark = fe_p_mark(p);
    fe_p_next(p);
    if (fe_p_eat(p, FE_T_RPAR))
        return sequence(p, FE_Tuple, at, mark);
    if (p->t == FE_K_YIELD) {
        struct fe_node *n = yield(p);
        return n && fe_p_eat(p, FE_T_RPAR) ? n : NULL;
    }
    struct fe_node *n = fe_p_star_named(p);
    if (!n)
        return NULL;
    switch (p->t) {
    case FE_T_RPAR:
        if (n->kind == FE_Starred)
            return NULL;
        fe_p_next(p);
        return n;
    case FE_T_COMMA:
        fe_p_push(p, n);
        return more_elements(p, FE_T_RPAR) ? sequence(p, FE_Tuple, at, mark)
                                           : NULL;
    case FE_K_FOR:
    case FE_K_ASYNC:
        return comprehension(p, FE_GeneratorExp, at, n, FE_T_RPAR);
    default:
        return NULL;
    }
}

/* list: '[' [star_named_expressions] ']'
 * listcomp: '[' named_expression for_if_clauses ']' */
static struct fe_node *
list(struct fe_parser *p)
{
    struct fe_place at = fe_p_place(p);
    uint32_t mark = fe_p_mark(p);
    fe_p_next(p);
    if (fe_p_eat(p, FE_T_RSQB))
        return sequence(p, FE_List, at, mark);
    struct fe_node *n = fe_p_star_named(p);
    if (!n)
        return NULL;
    if (p->t == FE_K_FOR || p->t == FE_K_ASYNC)
        return comprehension(p, FE_ListComp, at, n, FE_T_RSQB);
    fe_p_push(p, n);
    return more_elements(p, FE_T_RSQB) ? sequence(p, FE_List, at, mark) : NULL;
}

/* double_starred_kvpair: '**' bitwise_or | expression ':' expression
 * Pushes the key (NULL for '**') and the value. */
static bool
pair(struct fe_parser *p)
{
    struct fe_node *key = NULL, *value;
    if (fe_p_eat(p, FE_T_DOUBLESTAR)) {
        value = fe_p_bitwise_or(p);
    } else {
        if (!(key = fe_p_expression(p)) || !fe_p_eat(p, FE_T_COLON))
            return false;
        value = fe_p_expression(p);
    }
    fe_p_push(p, key);
    fe_p_push(p, value);
    return value;
}

/* dict: '{' [double_starred_kvpairs] '}', the first pair is on the stack */
static struct fe_node *
dict(struct fe_parser *p, struct fe_place at, uint32_t mark)
{
    while (fe_p_eat(p, FE_T_COMMA)) {
        if (p->t == FE_T_RBRACE)
            break;
        if (!pair(p))
            return NULL;
    }
    if (!fe_p_eat(p, FE_T_RBRACE))
        return NULL;
    uint32_t len = (p->stack.len - mark) / 2;
    struct fe_node *n = fe_p_new(p, FE_Dict, at);
    struct fe_node **keys = NAC_NEW_ARRAY(p->arena, struct fe_node *, len);
    struct fe_node **values = NAC_NEW_ARRAY(p->arena, struct fe_node *, len);
    for (uint32_t i = 0; i < len; i++) {
        keys[i] = p->stack.items[mark + 2 * i];
        values[i] = p->stack.items[mark + 2 * i + 1];
    }
    p->stack.len = mark;
    n->u.Dict.keys = (struct fe_list){keys, len};
    n->u.Dict.values = (struct fe_list){values, len};
    return n;
}

/* dict, set: '{' star_named_expressions '}', dictcomp, setcomp */
static struct fe_node *
braced(struct fe_parser *p)
{
    struct fe_place at = fe_p_place(p);
    uint32_t mark = fe_p_mark(p);
    fe_p_next(p);
    if (p->t == FE_T_RBRACE)
        return dict(p, at, mark);
    if (p->t == FE_T_DOUBLESTAR)
        return pair(p) ? dict(p, at, mark) : NULL;
    struct fe_node *n = fe_p_star_named(p);
    if (!n)
        return NULL;
    if (p->t == FE_K_FOR || p->t == FE_K_ASYNC)
        return comprehension(p, FE_SetComp, at, n, FE_T_RBRACE);
    if (p->t != FE_T_COLON) {
        fe_p_push(p, n);
        return more_elements(p, FE_T_RBRACE) ? sequence(p, FE_Set, at, mark)
                                             : NULL;
    }
    /* a bare walrus or star is no key; in parentheses it ends before ':' */
    uint32_t before = p->pos - 1;
    if (n->kind == FE_Starred ||
        (n->kind == FE_NamedExpr &&
         n->end_col == p->toks.items[before].end_col &&
         n->end_lineno == p->toks.items[before].end_lineno))
        return NULL;
    fe_p_next(p);
    struct fe_node *value = fe_p_expression(p);
    if (!value)
        return NULL;
    if (p->t == FE_K_FOR || p->t == FE_K_ASYNC) {
        struct fe_list generators;
        if (!fe_p_for_clauses(p, &generators) || !fe_p_eat(p, FE_T_RBRACE))
            return NULL;
        struct fe_node *comp = fe_p_new(p, FE_DictComp, at);
        comp->u.DictComp.key = n;
        comp->u.DictComp.value = value;
        comp->u.DictComp.generators = generators;
        return comp;
    }
    fe_p_push(p, n);
    fe_p_push(p, value);
    return dict(p, at, mark);
}

/* atom: NAME | 'True' | 'False' | 'None' | strings | NUMBER | '...'
 *     | tuple | group | genexp | list | listcomp | dict | set | ... */
static struct fe_node *
atom(struct fe_parser *p)
{
    switch (p->t) {
    case FE_T_NAME:
        return fe_p_name(p);
    case FE_T_NUMBER: {
        struct fe_node *n = fe_make_number(p->lx, fe_p_tok(p));
        fe_p_next(p);
        return n;
    }
    case FE_T_STRING:
        return fe_p_strings(p);
    case FE_K_NONE:
        return constant(p, FE_AST_NONE);
    case FE_K_TRUE:
        return constant(p, FE_AST_TRUE);
    case FE_K_FALSE:
        return constant(p, FE_AST_FALSE);
    case FE_T_ELLIPSIS:
        return constant(p, FE_AST_ELLIPSIS);
    case FE_T_LPAR:
        return parenthesised(p);
    case FE_T_LSQB:
        return list(p);
    case FE_T_LBRACE:
        return braced(p);
    default:
        return NULL;
    }
}

/* ------------------------------------------------------------- primaries */

/* slice: [expression] ':' [expression] [':' [expression]]
 *      | named_expression
 * slices: slice !',' | ','.(slice | starred_expression)+ [','] */
static struct fe_node *
slice(struct fe_parser *p)
{
    struct fe_place at = fe_p_place(p);
    struct fe_node *part[3] = {0};
    if (p->t == FE_T_STAR) {
        fe_p_next(p);
        if (!(part[0] = fe_p_expression(p)))
            return NULL;
        struct fe_node *n = fe_p_new(p, FE_Starred, at);
        n->u.Starred.value = part[0];
        n->u.Starred.ctx = FE_Load;
        return n;
    }
    if (p->t != FE_T_COLON) {
        bool walrus = p->t == FE_T_NAME && fe_p_peek(p) == FE_T_COLONEQUAL;
        part[0] = fe_p_named(p);
        if (!part[0] || p->t != FE_T_COLON)
            return part[0];
        if (walrus)
            return NULL;
    }
    fe_p_next(p);
    if (starters[p->t] && !(part[1] = fe_p_expression(p)))
        return NULL;
    if (fe_p_eat(p, FE_T_COLON) && starters[p->t] &&
        !(part[2] = fe_p_expression(p)))
        return NULL;
    struct fe_node *n = fe_p_new(p, FE_Slice, at);
    n->u.Slice.lower = part[0];
    n->u.Slice.upper = part[1];
    n->u.Slice.step = part[2];
    return n;
}

static struct fe_node *
slices(struct fe_parser *p)
{
    struct fe_place at = fe_p_place(p);
    uint32_t mark = fe_p_mark(p);
    struct fe_node *n = slice(p);
    if (!n || (p->t != FE_T_COMMA && n->kind != FE_Starred))
        return n;
    fe_p_push(p, n);
    while (fe_p_eat(p, FE_T_COMMA)) {
        if (p->t == FE_T_RSQB)
            break;
        if (!(n = slice(p)))
            return NULL;
        fe_p_push(p, n);
    }
    return sequence(p, FE_Tuple, at, mark);
}

static struct fe_node *
call(struct fe_parser *p, struct fe_place at, struct fe_node *func)
{
    struct fe_place open = fe_p_place(p);
    struct fe_list args, keywords;
    fe_p_next(p);
    if (!fe_p_arguments(p, open, true, &args, &keywords))
        return NULL;
    struct fe_node *n = fe_p_new(p, FE_Call, at);
    n->u.Call.func = func;
    n->u.Call.args = args;
    n->u.Call.keywords = keywords;
    return n;
}

/* primary: atom ('.' NAME | genexp | '(' [arguments] ')' | '[' slices ']')* */
static struct fe_node *
primary(struct fe_parser *p)
{
    struct fe_place at = fe_p_place(p);
    struct fe_node *n = atom(p);
    while (n) {
        if (p->t == FE_T_DOT) {
            fe_p_next(p);
            if (p->t != FE_T_NAME)
                return NULL;
            const char *attr = fe_p_tok(p)->name;
            fe_p_next(p);
            struct fe_node *value = n;
            n = fe_p_new(p, FE_Attribute, at);
            n->u.Attribute.value = value;
            n->u.Attribute.attr = attr;
            n->u.Attribute.ctx = FE_Load;
        } else if (p->t == FE_T_LPAR) {
            n = call(p, at, n);
        } else if (p->t == FE_T_LSQB) {
            fe_p_next(p);
            struct fe_node *value = n, *index = slices(p);
            if (!index || !fe_p_eat(p, FE_T_RSQB))
                return NULL;
            n = fe_p_new(p, FE_Subscript, at);
            n->u.Subscript.value = value;
            n->u.Subscript.slice = index;
            n->u.Subscript.ctx = FE_Load;
        } else {
            break;
        }
    }
    return n;
}

/* ------------------------------------------------------------- operators */

/* power: await_primary ['**' factor]
 * await_primary: ['await'] primary */
static struct fe_node *
power(struct fe_parser *p)
{
    struct fe_place at = fe_p_place(p);
    struct fe_node *n;
    if (p->t == FE_K_AWAIT) {
        fe_p_next(p);
        struct fe_node *value = primary(p);
        if (!value)
            return NULL;
        n = fe_p_new(p, FE_Await, at);
        n->u.Await.value = value;
    } else {
        n = primary(p);
    }
    if (p->t != FE_T_DOUBLESTAR || !n)
        return n;
    fe_p_next(p);
    if (!fe_p_enter(p))
        return NULL;
    struct fe_node *right = unary(p);
    p->depth--;
    if (!right)
        return NULL;
    struct fe_node *left = n;
    n = fe_p_new(p, FE_BinOp, at);
    n->u.BinOp.left = left;
    n->u.BinOp.op = FE_Pow;
    n->u.BinOp.right = right;
    return n;
}

static struct fe_node *
unary_op(struct fe_parser *p, enum fe_operator op, struct fe_place at,
         struct fe_node *operand)
{
    if (!operand)
        return NULL;
    struct fe_node *n = fe_p_new(p, FE_UnaryOp, at);
    n->u.UnaryOp.op = (uint8_t)op;
    n->u.UnaryOp.operand = operand;
    return n;
}

/* factor: ('+' | '-' | '~') factor | power */
static struct fe_node *
unary(struct fe_parser *p)
{
    enum fe_operator op;
    switch (p->t) {
    case FE_T_PLUS:
        op = FE_UAdd;
        break;
    case FE_T_MINUS:
        op = FE_USub;
        break;
    case FE_T_TILDE:
        op = FE_Invert;
        break;
    default: {
        if (!fe_p_enter(p))
            return NULL;
        struct fe_node *n = power(p);
        p->depth--;
        return n;
    }
    }
    struct fe_place at = fe_p_place(p);
    if (!fe_p_enter(p))
        return NULL;
    fe_p_next(p);
    struct fe_node *operand = unary(p);
    p->depth--;
    return unary_op(p, op, at, operand);
}

static struct fe_node *
binary(struct fe_parser *p, int least)
{
    struct fe_place at = fe_p_place(p);
    struct fe_node *left = unary(p);
    while (left && binary_ops[p->t].prec >= least) {
        uint8_t prec = binary_ops[p->t].prec, op = binary_ops[p->t].op;
        fe_p_next(p);
        struct fe_node *right = binary(p, prec + 1);
        if (!right)
            return NULL;
        struct fe_node *n = fe_p_new(p, FE_BinOp, at);
        n->u.BinOp.left = left;
        n->u.BinOp.op = op;
        n->u.BinOp.right = right;
        left = n;
    }
    return left;
}

struct fe_node *
fe_p_bitwise_or(struct fe_parser *p)
{
    return binary(p, 1);
}

/* The comparison operator at hand, consumed; 0 where there is none. */
static enum fe_operator
comparison_op(struct fe_parser *p)
{
    enum fe_operator op;
    switch (p->t) {
    case FE_T_EQEQUAL:
        op = FE_Eq;
        break;
    case FE_T_NOTEQUAL:
        op = fe_p_tok(p)->ltgt ? FE_NO_OP : FE_NotEq;
        break;
    case FE_T_LESS:
        op = FE_Lt;
        break;
    case FE_T_LESSEQUAL:
        op = FE_LtE;
        break;
    case FE_T_GREATER:
        op = FE_Gt;
        break;
    case FE_T_GREATEREQUAL:
        op = FE_GtE;
        break;
    case FE_K_IN:
        op = FE_In;
        break;
    case FE_K_NOT:
        if (fe_p_peek(p) != FE_K_IN)
            return FE_NO_OP;
        fe_p_next(p);
        op = FE_NotIn;
        break;
    case FE_K_IS:
        op = FE_Is;
        if (fe_p_peek(p) == FE_K_NOT) {
            fe_p_next(p);
            op = FE_IsNot;
        }
        break;
    default:
        return FE_NO_OP;
    }
    if (op)
        fe_p_next(p);
    return op;
}

/* comparison: bitwise_or (compare_op bitwise_or)* */
static struct fe_node *
comparison(struct fe_parser *p)
{
    struct fe_place at = fe_p_place(p);
    struct fe_node *left = binary(p, 1);
    if (!left)
        return NULL;
    enum fe_operator op = comparison_op(p);
    if (!op)
        return left;
    uint32_t mark = fe_p_mark(p);
    uint8_t few[8], *ops = few;
    uint32_t n_ops = 0;
    do {
        struct fe_node *right = binary(p, 1);
        if (!right)
            goto failed;
        fe_p_push(p, right);
        if (n_ops >= 8 && (n_ops & (n_ops - 1)) == 0) { /* a power of two */
            uint8_t *more = nac_malloc(n_ops * 2);
            memcpy(more, ops, n_ops);
            if (ops != few)
                free(ops);
            ops = more;
        }
        ops[n_ops++] = (uint8_t)op;
    } while ((op = comparison_op(p)));
    struct fe_list comparators = fe_p_list(p, mark);
    struct fe_node *n = fe_p_new(p, FE_Compare, at);
    n->u.Compare.left = left;
    n->u.Compare.comparators = comparators;
    n->u.Compare.ops.items = nac_arena_alloc(p->arena, n_ops);
    n->u.Compare.ops.len = n_ops;
    memcpy(n->u.Compare.ops.items, ops, n_ops);
    if (ops != few)
        free(ops);
    return n;
failed:
    if (ops != few)
        free(ops);
    return NULL;
}

/* inversion: 'not' inversion | comparison */
static struct fe_node *
inversion(struct fe_parser *p)
{
    if (p->t != FE_K_NOT)
        return comparison(p);
    struct fe_place at = fe_p_place(p);
    if (!fe_p_enter(p))
        return NULL;
    fe_p_next(p);
    struct fe_node *operand = inversion(p);
    p->depth--;
    return unary_op(p, FE_Not, at, operand);
}

/* conjunction: inversion ('and' inversion)* */
static struct fe_node *
conjunction(struct fe_parser *p)
{
    struct fe_place at = fe_p_place(p);
    struct fe_node *n = inversion(p);
    if (p->t != FE_K_AND || !n)
        return n;
    uint32_t mark = fe_p_mark(p);
    fe_p_push(p, n);
    while (fe_p_eat(p, FE_K_AND)) {
        if (!(n = inversion(p)))
            return NULL;
        fe_p_push(p, n);
    }
    struct fe_list values = fe_p_list(p, mark);
    n = fe_p_new(p, FE_BoolOp, at);
    n->u.BoolOp.op = FE_And;
    n->u.BoolOp.values = values;
    return n;
}

/* disjunction: conjunction ('or' conjunction)* */
struct fe_node *
fe_p_disjunction(struct fe_parser *p)
{
    struct fe_place at = fe_p_place(p);
    struct fe_node *n = conjunction(p);
    if (p->t != FE_K_OR || !n)
        return n;
    uint32_t mark = fe_p_mark(p);
    fe_p_push(p, n);
    while (fe_p_eat(p, FE_K_OR)) {
        if (!(n = conjunction(p)))
            return NULL;
        fe_p_push(p, n);
    }
    struct fe_list values = fe_p_list(p, mark);
    n = fe_p_new(p, FE_BoolOp, at);
    n->u.BoolOp.op = FE_Or;
    n->u.BoolOp.values = values;
    return n;
}

/* lambdef: 'lambda' [lambda_params] ':' expression */
static struct fe_node *
lambda(struct fe_parser *p)
{
    struct fe_place at = fe_p_place(p);
    fe_p_next(p);
    struct fe_node *args = fe_p_parameters(p, true);
    if (!args || !fe_p_eat(p, FE_T_COLON))
        return NULL;
    if (!fe_p_enter(p))
        return NULL;
    struct fe_node *body = fe_p_expression(p);
    p->depth--;
    if (!body)
        return NULL;
    struct fe_node *n = fe_p_new(p, FE_Lambda, at);
    n->u.Lambda.args = args;
    n->u.Lambda.body = body;
    return n;
}

/* expression: disjunction ['if' disjunction 'else' expression] | lambdef */
struct fe_node *
fe_p_expression(struct fe_parser *p)
{
    struct fe_place at = fe_p_place(p);
    struct fe_node *n, *test, *orelse;
    if (!fe_p_enter(p))
        return NULL;
    if (p->t == FE_K_LAMBDA) {
        n = lambda(p);
    } else {
        n = fe_p_disjunction(p);
        if (p->t == FE_K_IF && n) {
            fe_p_next(p);
            if (!(test = fe_p_disjunction(p)) || !fe_p_eat(p, FE_K_ELSE) ||
                !(orelse = fe_p_expression(p)))
                return NULL;
            struct fe_node *body = n;
            n = fe_p_new(p, FE_IfExp, at);
            n->u.IfExp.test = test;
            n->u.IfExp.body = body;
            n->u.IfExp.orelse = orelse;
        }
    }
    p->depth--;
    return n;
}

/* named_expression: NAME ':=' expression | expression !':=' */
struct fe_node *
fe_p_named(struct fe_parser *p)
{
    if (p->t != FE_T_NAME || fe_p_peek(p) != FE_T_COLONEQUAL)
        return fe_p_expression(p);
    struct fe_place at = fe_p_place(p);
    struct fe_node *target = fe_p_name(p);
    target->u.Name.ctx = FE_Store;
    fe_p_next(p);
    struct fe_node *value = fe_p_expression(p);
    if (!value)
        return NULL;
    struct fe_node *n = fe_p_new(p, FE_NamedExpr, at);
    n->u.NamedExpr.target = target;
    n->u.NamedExpr.value = value;
    return n;
}

/* '*' bitwise_or, at the star */
static struct fe_node *
starred(struct fe_parser *p)
{
    struct fe_place at = fe_p_place(p);
    fe_p_next(p);
    struct fe_node *value = fe_p_bitwise_or(p);
    if (!value)
        return NULL;
    struct fe_node *n = fe_p_new(p, FE_Starred, at);
    n->u.Starred.value = value;
    n->u.Starred.ctx = FE_Load;
    return n;
}

/* star_named_expression: '*' bitwise_or | named_expression */
struct fe_node *
fe_p_star_named(struct fe_parser *p)
{
    return p->t == FE_T_STAR ? starred(p) : fe_p_named(p);
}

/* One or, with commas, a Tuple of what [read] reads. */
static struct fe_node *
comma_list(struct fe_parser *p, struct fe_node *(*read)(struct fe_parser *))
{
    struct fe_place at = fe_p_place(p);
    struct fe_node *n = p->t == FE_T_STAR ? starred(p) : read(p);
    if (p->t != FE_T_COMMA || !n)
        return n;
    uint32_t mark = fe_p_mark(p);
    fe_p_push(p, n);
    while (fe_p_eat(p, FE_T_COMMA) && starters[p->t]) {
        if (!(n = p->t == FE_T_STAR ? starred(p) : read(p)))
            return NULL;
        fe_p_push(p, n);
    }
    return sequence(p, FE_Tuple, at, mark);
}

/* star_expressions: ','.('*' bitwise_or | expression)+ [','] */
struct fe_node *
fe_p_star_expressions(struct fe_parser *p)
{
    return comma_list(p, fe_p_expression);
}

/* annotated_rhs: yield_expr | star_expressions */
struct fe_node *
fe_p_yield_or_star(struct fe_parser *p)
{
    return p->t == FE_K_YIELD ? yield(p) : fe_p_star_expressions(p);
}

struct fe_node *
fe_p_target_list(struct fe_parser *p)
{
    return comma_list(p, fe_p_bitwise_or);
}

struct fe_node *
fe_p_one_target(struct fe_parser *p)
{
    return p->t == FE_T_STAR ? starred(p) : fe_p_bitwise_or(p);
}
