/* SPDX-License-Identifier: MIT
 * frontend/unparse.c: expressions back to text, as CPython's ast_unparse.c
 * spells them; for annotations that are kept as strings.
 */
#include "config.h"

#include <inttypes.h>
#include <string.h>

#include "frontend/compiler.h"

/* From the loosest to the tightest binding. */
enum level {
    LEVEL_TUPLE,
    LEVEL_TEST, /* if-else, lambda */
    LEVEL_OR,
    LEVEL_AND,
    LEVEL_NOT,
    LEVEL_CMP,
    LEVEL_EXPR, /* the same as | */
    LEVEL_BOR = LEVEL_EXPR,
    LEVEL_BXOR,
    LEVEL_BAND,
    LEVEL_SHIFT,
    LEVEL_ARITH,
    LEVEL_TERM,
    LEVEL_FACTOR,
    LEVEL_POWER,
    LEVEL_AWAIT,
    LEVEL_ATOM
};

static void unparse(struct nac_buf *out, const struct fe_node *n, int level);

static void
open_if(struct nac_buf *out, bool paren)
{
    if (paren)
        nac_buf_putc(out, '(');
}

static void
close_if(struct nac_buf *out, bool paren)
{
    if (paren)
        nac_buf_putc(out, ')');
}

static void
list(struct nac_buf *out, struct fe_list l, int level)
{
    for (uint32_t i = 0; i < l.len; i++) {
        if (i)
            nac_buf_puts(out, ", ");
        unparse(out, l.items[i], level);
    }
}

/* -- literals -------------------------------------------------------------- */

/* Infinity has no literal; what reads back as it is too large a number. */
static void
number(struct nac_buf *out, double d, const char *suffix)
{
    struct nac_buf b = {0};

    fe_repr_double(&b, d);
    if (b.data && strcmp(b.data, "inf") == 0)
        nac_buf_puts(out, "1e309");
    else if (suffix[0] && b.len > 2 && strcmp(b.data + b.len - 2, ".0") == 0)
        nac_buf_put(out, b.data, b.len - 2);
    else
        nac_buf_puts(out, b.data);
    nac_buf_puts(out, suffix);
    nac_buf_free(&b);
}

static void
constant(struct nac_buf *out, const struct fe_node *n)
{
    const struct fe_const *k = &n->u.Constant.value;

    switch (k->kind) {
    case FE_AST_NONE:
        nac_buf_puts(out, "None");
        break;
    case FE_AST_TRUE:
        nac_buf_puts(out, "True");
        break;
    case FE_AST_FALSE:
        nac_buf_puts(out, "False");
        break;
    case FE_AST_ELLIPSIS:
        nac_buf_puts(out, "...");
        break;
    case FE_AST_INT:
        nac_buf_printf(out, "%" PRId64, k->u.i);
        break;
    case FE_AST_BIGINT:
        fe_decimal(out, k->u.s, k->len);
        break;
    case FE_AST_FLOAT:
        number(out, k->u.d, "");
        break;
    case FE_AST_COMPLEX:
        number(out, k->u.d, "j");
        break;
    case FE_AST_BYTES:
        fe_repr_bytes(out, k->u.s, k->len);
        break;
    default:
        if (n->u.Constant.kind)
            nac_buf_puts(out, n->u.Constant.kind);
        fe_repr_str(out, k->u.s, k->len);
        break;
    }
}

/* -- f-strings ------------------------------------------------------------- */

static void fstring_parts(struct nac_buf *out, struct fe_list values);

static void
fstring_text(struct nac_buf *out, const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (s[i] == '{' || s[i] == '}')
            nac_buf_putc(out, s[i]);
        nac_buf_putc(out, s[i]);
    }
}

static void
fstring_value(struct nac_buf *out, const struct fe_node *n)
{
    const struct fe_node *spec = n->u.FormattedValue.format_spec;
    struct nac_buf b = {0};

    unparse(&b, n->u.FormattedValue.value, LEVEL_TEST + 1);
    nac_buf_puts(out, b.data && b.data[0] == '{' ? "{ " : "{");
    nac_buf_put(out, b.data, b.len);
    nac_buf_free(&b);
    if (n->u.FormattedValue.conversion > 0)
        nac_buf_printf(out, "!%c", n->u.FormattedValue.conversion);
    if (spec) {
        nac_buf_putc(out, ':');
        if (spec->kind == FE_JoinedStr)
            fstring_parts(out, spec->u.JoinedStr.values);
        else
            fstring_text(out, spec->u.Constant.value.u.s,
                         spec->u.Constant.value.len);
    }
    nac_buf_putc(out, '}');
}

static void
fstring_parts(struct nac_buf *out, struct fe_list values)
{
    for (uint32_t i = 0; i < values.len; i++) {
        const struct fe_node *v = values.items[i];

        if (v->kind == FE_Constant)
            fstring_text(out, v->u.Constant.value.u.s, v->u.Constant.value.len);
        else if (v->kind == FE_JoinedStr)
            fstring_parts(out, v->u.JoinedStr.values);
        else
            fstring_value(out, v);
    }
}

static void
fstring(struct nac_buf *out, const struct fe_node *n)
{
    struct nac_buf b = {0};

    if (n->kind == FE_JoinedStr)
        fstring_parts(&b, n->u.JoinedStr.values);
    else
        fstring_value(&b, n);
    nac_buf_putc(out, 'f');
    fe_repr_str(out, b.data ? b.data : "", b.len);
    nac_buf_free(&b);
}

/* -- operators ------------------------------------------------------------- */

static const char *
binary_text(int op, int *level)
{
    switch (op) {
    case FE_Add:
        *level = LEVEL_ARITH;
        return " + ";
    case FE_Sub:
        *level = LEVEL_ARITH;
        return " - ";
    case FE_Mult:
        *level = LEVEL_TERM;
        return " * ";
    case FE_MatMult:
        *level = LEVEL_TERM;
        return " @ ";
    case FE_Div:
        *level = LEVEL_TERM;
        return " / ";
    case FE_Mod:
        *level = LEVEL_TERM;
        return " % ";
    case FE_LShift:
        *level = LEVEL_SHIFT;
        return " << ";
    case FE_RShift:
        *level = LEVEL_SHIFT;
        return " >> ";
    case FE_BitOr:
        *level = LEVEL_BOR;
        return " | ";
    case FE_BitXor:
        *level = LEVEL_BXOR;
        return " ^ ";
    case FE_BitAnd:
        *level = LEVEL_BAND;
        return " & ";
    case FE_FloorDiv:
        *level = LEVEL_TERM;
        return " // ";
    default:
        *level = LEVEL_POWER;
        return " ** ";
    }
}

static void
binop(struct nac_buf *out, const struct fe_node *n, int level)
{
    int own;
    const char *text = binary_text(n->u.BinOp.op, &own);
    bool right = n->u.BinOp.op == FE_Pow;

    open_if(out, level > own);
    unparse(out, n->u.BinOp.left, own + right);
    nac_buf_puts(out, text);
    unparse(out, n->u.BinOp.right, own + !right);
    close_if(out, level > own);
}

static void
unary(struct nac_buf *out, const struct fe_node *n, int level)
{
    int op = n->u.UnaryOp.op;
    int own = op == FE_Not ? LEVEL_NOT : LEVEL_FACTOR;

    open_if(out, level > own);
    nac_buf_puts(out, op == FE_Not      ? "not "
                      : op == FE_Invert ? "~"
                      : op == FE_UAdd   ? "+"
                                        : "-");
    unparse(out, n->u.UnaryOp.operand, own);
    close_if(out, level > own);
}

static void
boolop(struct nac_buf *out, const struct fe_node *n, int level)
{
    bool and = n->u.BoolOp.op == FE_And;
    int own = and? LEVEL_AND : LEVEL_OR;

    open_if(out, level > own);
    for (uint32_t i = 0; i < n->u.BoolOp.values.len; i++) {
        if (i)
            nac_buf_puts(out, and? " and " : " or ");
        unparse(out, n->u.BoolOp.values.items[i], own + 1);
    }
    close_if(out, level > own);
}

static void
compare(struct nac_buf *out, const struct fe_node *n, int level)
{
    static const char *const texts[] = {
        [FE_Eq] = " == ",       [FE_NotEq] = " != ",     [FE_Lt] = " < ",
        [FE_LtE] = " <= ",      [FE_Gt] = " > ",         [FE_GtE] = " >= ",
        [FE_Is] = " is ",       [FE_IsNot] = " is not ", [FE_In] = " in ",
        [FE_NotIn] = " not in "};

    open_if(out, level > LEVEL_CMP);
    unparse(out, n->u.Compare.left, LEVEL_CMP + 1);
    for (uint32_t i = 0; i < n->u.Compare.ops.len; i++) {
        nac_buf_puts(out, texts[n->u.Compare.ops.items[i]]);
        unparse(out, n->u.Compare.comparators.items[i], LEVEL_CMP + 1);
    }
    close_if(out, level > LEVEL_CMP);
}

static void
ifexp(struct nac_buf *out, const struct fe_node *n, int level)
{
    open_if(out, level > LEVEL_TEST);
    unparse(out, n->u.IfExp.body, LEVEL_TEST + 1);
    nac_buf_puts(out, " if ");
    unparse(out, n->u.IfExp.test, LEVEL_TEST + 1);
    nac_buf_puts(out, " else ");
    unparse(out, n->u.IfExp.orelse, LEVEL_TEST);
    close_if(out, level > LEVEL_TEST);
}

/* -- lambda ---------------------------------------------------------------- */

static void
parameter(struct nac_buf *out, const char *stars, const struct fe_node *a,
          bool *first)
{
    if (!*first)
        nac_buf_puts(out, ", ");
    *first = false;
    nac_buf_puts(out, stars);
    nac_buf_puts(out, a->u.arg.arg);
    if (a->u.arg.annotation) {
        nac_buf_puts(out, ": ");
        unparse(out, a->u.arg.annotation, LEVEL_TEST);
    }
}

static void
default_value(struct nac_buf *out, const struct fe_node *v)
{
    nac_buf_putc(out, '=');
    unparse(out, v, LEVEL_TEST);
}

static void
arguments(struct nac_buf *out, const struct fe_node *a)
{
    struct fe_list pos = a->u.arguments.posonlyargs;
    struct fe_list args = a->u.arguments.args;
    struct fe_list kwonly = a->u.arguments.kwonlyargs;
    struct fe_list defaults = a->u.arguments.defaults;
    uint32_t n = pos.len + args.len, without = n - defaults.len;
    bool first = true;

    for (uint32_t i = 0; i < n; i++) {
        parameter(out, "", i < pos.len ? pos.items[i] : args.items[i - pos.len],
                  &first);
        if (i >= without)
            default_value(out, defaults.items[i - without]);
        if (pos.len && i + 1 == pos.len)
            nac_buf_puts(out, ", /");
    }
    if (a->u.arguments.vararg) {
        parameter(out, "*", a->u.arguments.vararg, &first);
    } else if (kwonly.len) {
        nac_buf_puts(out, first ? "*" : ", *");
        first = false;
    }
    for (uint32_t i = 0; i < kwonly.len; i++) {
        parameter(out, "", kwonly.items[i], &first);
        if (a->u.arguments.kw_defaults.items[i])
            default_value(out, a->u.arguments.kw_defaults.items[i]);
    }
    if (a->u.arguments.kwarg)
        parameter(out, "**", a->u.arguments.kwarg, &first);
}

static void
lambda(struct nac_buf *out, const struct fe_node *n, int level)
{
    const struct fe_node *a = n->u.Lambda.args;

    open_if(out, level > LEVEL_TEST);
    /* Without a positional parameter there is no space, as in CPython. */
    nac_buf_puts(out, a->u.arguments.posonlyargs.len || a->u.arguments.args.len
                          ? "lambda "
                          : "lambda");
    arguments(out, a);
    nac_buf_puts(out, ": ");
    unparse(out, n->u.Lambda.body, LEVEL_TEST);
    close_if(out, level > LEVEL_TEST);
}

/* -- displays, comprehensions, calls --------------------------------------- */

static void
tuple(struct nac_buf *out, const struct fe_node *n, int level)
{
    struct fe_list l = n->u.Tuple.elts;
    bool paren = level > LEVEL_TUPLE;

    if (l.len == 0) {
        nac_buf_puts(out, "()");
        return;
    }
    open_if(out, paren);
    list(out, l, LEVEL_TEST);
    if (l.len == 1)
        nac_buf_putc(out, ',');
    close_if(out, paren);
}

static void
dict(struct nac_buf *out, const struct fe_node *n)
{
    struct fe_list keys = n->u.Dict.keys;

    nac_buf_putc(out, '{');
    for (uint32_t i = 0; i < keys.len; i++) {
        if (i)
            nac_buf_puts(out, ", ");
        if (keys.items[i]) {
            unparse(out, keys.items[i], LEVEL_TEST);
            nac_buf_puts(out, ": ");
            unparse(out, n->u.Dict.values.items[i], LEVEL_TEST);
        } else {
            nac_buf_puts(out, "**");
            unparse(out, n->u.Dict.values.items[i], LEVEL_EXPR);
        }
    }
    nac_buf_putc(out, '}');
}

static void
generators(struct nac_buf *out, struct fe_list gens)
{
    for (uint32_t i = 0; i < gens.len; i++) {
        const struct fe_node *g = gens.items[i];

        nac_buf_puts(out,
                     g->u.comprehension.is_async ? " async for " : " for ");
        unparse(out, g->u.comprehension.target, LEVEL_TUPLE);
        nac_buf_puts(out, " in ");
        unparse(out, g->u.comprehension.iter, LEVEL_TEST + 1);
        for (uint32_t j = 0; j < g->u.comprehension.ifs.len; j++) {
            nac_buf_puts(out, " if ");
            unparse(out, g->u.comprehension.ifs.items[j], LEVEL_TEST + 1);
        }
    }
}

static void
comprehension(struct nac_buf *out, const struct fe_node *n)
{
    const char *brackets = n->kind == FE_ListComp       ? "[]"
                           : n->kind == FE_GeneratorExp ? "()"
                                                        : "{}";

    nac_buf_putc(out, brackets[0]);
    if (n->kind == FE_DictComp) {
        unparse(out, n->u.DictComp.key, LEVEL_TEST);
        nac_buf_puts(out, ": ");
        unparse(out, n->u.DictComp.value, LEVEL_TEST);
        generators(out, n->u.DictComp.generators);
    } else {
        unparse(out, n->u.ListComp.elt, LEVEL_TEST);
        generators(out, n->u.ListComp.generators);
    }
    nac_buf_putc(out, brackets[1]);
}

static void
call(struct nac_buf *out, const struct fe_node *n)
{
    struct fe_list args = n->u.Call.args, kw = n->u.Call.keywords;

    unparse(out, n->u.Call.func, LEVEL_ATOM);
    if (args.len == 1 && kw.len == 0 &&
        args.items[0]->kind == FE_GeneratorExp) {
        unparse(out, args.items[0], LEVEL_TEST);
        return;
    }
    nac_buf_putc(out, '(');
    list(out, args, LEVEL_TEST);
    for (uint32_t i = 0; i < kw.len; i++) {
        if (i || args.len)
            nac_buf_puts(out, ", ");
        if (kw.items[i]->u.keyword.arg)
            nac_buf_printf(out, "%s=", kw.items[i]->u.keyword.arg);
        else
            nac_buf_puts(out, "**");
        unparse(out, kw.items[i]->u.keyword.value, LEVEL_TEST);
    }
    nac_buf_putc(out, ')');
}

static void
attribute(struct nac_buf *out, const struct fe_node *n)
{
    const struct fe_node *v = n->u.Attribute.value;
    bool is_int =
        v->kind == FE_Constant && (v->u.Constant.value.kind == FE_AST_INT ||
                                   v->u.Constant.value.kind == FE_AST_BIGINT);

    unparse(out, v, LEVEL_ATOM);
    nac_buf_puts(out, is_int ? " ." : ".");
    nac_buf_puts(out, n->u.Attribute.attr);
}

static void
slice(struct nac_buf *out, const struct fe_node *n)
{
    if (n->u.Slice.lower)
        unparse(out, n->u.Slice.lower, LEVEL_TEST);
    nac_buf_putc(out, ':');
    if (n->u.Slice.upper)
        unparse(out, n->u.Slice.upper, LEVEL_TEST);
    if (n->u.Slice.step) {
        nac_buf_putc(out, ':');
        unparse(out, n->u.Slice.step, LEVEL_TEST);
    }
}

static void
prefixed(struct nac_buf *out, const char *word, const struct fe_node *v,
         bool paren, int level)
{
    open_if(out, paren);
    nac_buf_puts(out, word);
    if (v)
        unparse(out, v, level);
    close_if(out, paren);
}

static void
unparse_more(struct nac_buf *out, const struct fe_node *n, int level)
{
    switch (n->kind) {
    case FE_Await:
        prefixed(out, "await ", n->u.Await.value, level > LEVEL_AWAIT,
                 LEVEL_ATOM);
        break;
    case FE_Yield:
        prefixed(out, n->u.Yield.value ? "yield " : "yield", n->u.Yield.value,
                 true, LEVEL_TUPLE);
        break;
    case FE_YieldFrom:
        prefixed(out, "yield from ", n->u.YieldFrom.value, true, LEVEL_TEST);
        break;
    case FE_Starred:
        prefixed(out, "*", n->u.Starred.value, false, LEVEL_EXPR);
        break;
    case FE_NamedExpr:
        open_if(out, level > LEVEL_TUPLE);
        unparse(out, n->u.NamedExpr.target, LEVEL_ATOM);
        nac_buf_puts(out, " := ");
        unparse(out, n->u.NamedExpr.value, LEVEL_ATOM);
        close_if(out, level > LEVEL_TUPLE);
        break;
    case FE_JoinedStr:
    case FE_FormattedValue:
        fstring(out, n);
        break;
    case FE_List:
        nac_buf_putc(out, '[');
        list(out, n->u.List.elts, LEVEL_TEST);
        nac_buf_putc(out, ']');
        break;
    case FE_Set:
        nac_buf_putc(out, '{');
        list(out, n->u.Set.elts, LEVEL_TEST);
        nac_buf_putc(out, '}');
        break;
    case FE_Slice:
        slice(out, n);
        break;
    default:
        comprehension(out, n);
        break;
    }
}

static void
unparse(struct nac_buf *out, const struct fe_node *n, int level)
{
    switch (n->kind) {
    case FE_Name:
        nac_buf_puts(out, n->u.Name.id);
        break;
    case FE_Constant:
        constant(out, n);
        break;
    case FE_Attribute:
        attribute(out, n);
        break;
    case FE_Subscript:
        unparse(out, n->u.Subscript.value, LEVEL_ATOM);
        nac_buf_putc(out, '[');
        unparse(out, n->u.Subscript.slice, LEVEL_TUPLE);
        nac_buf_putc(out, ']');
        break;
    case FE_Call:
        call(out, n);
        break;
    case FE_BinOp:
        binop(out, n, level);
        break;
    case FE_UnaryOp:
        unary(out, n, level);
        break;
    case FE_BoolOp:
        boolop(out, n, level);
        break;
    case FE_Compare:
        compare(out, n, level);
        break;
    case FE_IfExp:
        ifexp(out, n, level);
        break;
    case FE_Lambda:
        lambda(out, n, level);
        break;
    case FE_Tuple:
        tuple(out, n, level);
        break;
    case FE_Dict:
        dict(out, n);
        break;
    default:
        unparse_more(out, n, level);
        break;
    }
}

void
fe_unparse(struct nac_buf *out, const struct fe_node *expr)
{
    unparse(out, expr, LEVEL_TEST);
}
