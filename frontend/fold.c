/* SPDX-License-Identifier: MIT
 * frontend/fold.c: constant folding on the tree, before scopes are made. What
 * an expression folds to is noted beside the tree, which is left as it is.
 * Folded is what CPython folds as far as a program can tell the difference,
 * but nothing that needs more than 64 bits.
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "frontend/compiler.h"

enum { MAX_STRING = 4096, MAX_TUPLE = 256 };

#define EXACT_DOUBLE (INT64_C(1) << 53)

/* -- constants ------------------------------------------------------------- */

static int
digit(char ch)
{
    if (ch >= '0' && ch <= '9')
        return ch - '0';
    return (ch | 32) - 'a' + 10;
}

void
fe_decimal(struct nac_buf *out, const char *s, uint32_t len)
{
    NAC_VEC(uint32_t) limbs = {0}; /* base 10**9, least first */
    uint32_t base;

    if (len <= 2 || s[0] != '0' || digit(s[1]) <= 9) {
        nac_buf_put(out, s, len);
        return;
    }
    base = (s[1] | 32) == 'x' ? 16 : (s[1] | 32) == 'o' ? 8 : 2;
    for (uint32_t i = 2; i < len; i++) {
        uint64_t carry = (uint64_t)digit(s[i]);

        if (s[i] == '_')
            continue;
        for (uint32_t j = 0; j < limbs.len; j++) {
            carry += (uint64_t)limbs.items[j] * base;
            limbs.items[j] = (uint32_t)(carry % 1000000000);
            carry /= 1000000000;
        }
        if (carry)
            nac_vec_push(&limbs, (uint32_t)carry);
    }
    nac_buf_printf(out, "%u", limbs.len ? nac_vec_top(&limbs) : 0);
    for (uint32_t i = limbs.len; i-- > 1;)
        nac_buf_printf(out, "%09u", limbs.items[i - 1]);
    nac_vec_free(&limbs);
}

static const char *
decimal_text(struct fe_compiler *c, const char *s, uint32_t len)
{
    struct nac_buf b = {0};
    const char *text;

    fe_decimal(&b, s, len);
    text = nac_arena_strndup(c->arena, b.data, b.len);
    nac_buf_free(&b);
    return text;
}

struct fe_constant
fe_const_ast(struct fe_compiler *c, const struct fe_const *k)
{
    struct fe_constant r = {0};

    switch (k->kind) {
    case FE_AST_NONE:
        r.kind = FE_CONST_NONE;
        break;
    case FE_AST_TRUE:
        r.kind = FE_CONST_TRUE;
        break;
    case FE_AST_FALSE:
        r.kind = FE_CONST_FALSE;
        break;
    case FE_AST_ELLIPSIS:
        r.kind = FE_CONST_ELLIPSIS;
        break;
    case FE_AST_INT:
        r.kind = FE_CONST_INT;
        r.i = k->u.i;
        break;
    case FE_AST_BIGINT:
        r.kind = FE_CONST_BIGINT;
        r.text = decimal_text(c, k->u.s, k->len);
        r.len = (uint32_t)strlen(r.text);
        break;
    case FE_AST_FLOAT:
        r.kind = FE_CONST_FLOAT;
        r.f = k->u.d;
        break;
    case FE_AST_COMPLEX:
        r.kind = FE_CONST_COMPLEX;
        r.f = k->u.d;
        break;
    case FE_AST_STR:
        r = fe_str_const(k->u.s, k->len);
        break;
    default:
        r.kind = FE_CONST_BYTES;
        r.text = k->u.s;
        r.len = k->len;
        break;
    }
    return r;
}

int
fe_constant_truth(const struct fe_constant *k)
{
    switch (k->kind) {
    case FE_CONST_NONE:
    case FE_CONST_FALSE:
        return 0;
    case FE_CONST_INT:
        return k->i != 0;
    case FE_CONST_FLOAT:
        return k->f != 0;
    case FE_CONST_COMPLEX:
        return k->f != 0 || k->f2 != 0;
    case FE_CONST_STR:
    case FE_CONST_NAME:
    case FE_CONST_BYTES:
    case FE_CONST_TUPLE:
    case FE_CONST_FROZENSET:
        return k->len != 0;
    default:
        return 1;
    }
}

/* -- arithmetic ------------------------------------------------------------ */

static bool
is_bool(const struct fe_constant *k)
{
    return k->kind == FE_CONST_TRUE || k->kind == FE_CONST_FALSE;
}

static bool
int_value(const struct fe_constant *k, int64_t *i)
{
    if (is_bool(k))
        *i = k->kind == FE_CONST_TRUE;
    else if (k->kind == FE_CONST_INT)
        *i = k->i;
    else
        return false;
    return true;
}

/* The value as a complex number, if that is exact. */
static bool
number_value(const struct fe_constant *k, double *re, double *im)
{
    int64_t i;

    *im = 0;
    if (int_value(k, &i)) {
        *re = (double)i;
        return i <= EXACT_DOUBLE && i >= -EXACT_DOUBLE;
    }
    if (k->kind == FE_CONST_FLOAT) {
        *re = k->f;
        return true;
    }
    if (k->kind == FE_CONST_COMPLEX) {
        *re = k->f2;
        *im = k->f;
        return true;
    }
    return false;
}

static bool
int_power(int64_t base, int64_t n, int64_t *r)
{
    *r = 1;
    if (n < 0 || n > 4096)
        return false;
    while (n-- > 0)
        if (__builtin_mul_overflow(*r, base, r))
            return false;
    return true;
}

static bool
int_binary(int op, int64_t x, int64_t y, int64_t *r)
{
    switch (op) {
    case FE_Add:
        return !__builtin_add_overflow(x, y, r);
    case FE_Sub:
        return !__builtin_sub_overflow(x, y, r);
    case FE_Mult:
        return !__builtin_mul_overflow(x, y, r);
    case FE_FloorDiv:
    case FE_Mod:
        if (y == 0 || y == -1)
            return false;
        *r = x / y;
        if (x % y != 0 && (x < 0) != (y < 0))
            --*r;
        if (op == FE_Mod)
            *r = x - *r * y;
        return true;
    case FE_Pow:
        return int_power(x, y, r);
    case FE_LShift:
        if (y < 0 || y > 62)
            return false;
        return !__builtin_mul_overflow(x, INT64_C(1) << y, r);
    case FE_RShift:
        if (y < 0)
            return false;
        *r = x >> (y > 63 ? 63 : y);
        return true;
    case FE_BitAnd:
        *r = x & y;
        return true;
    case FE_BitOr:
        *r = x | y;
        return true;
    case FE_BitXor:
        *r = x ^ y;
        return true;
    default:
        return false;
    }
}

static bool
float_binary(int op, double x, double y, double *r)
{
    switch (op) {
    case FE_Add:
        *r = x + y;
        return true;
    case FE_Sub:
        *r = x - y;
        return true;
    case FE_Mult:
        *r = x * y;
        return true;
    case FE_Div:
        *r = x / y;
        return y != 0;
    case FE_Pow:
        *r = pow(x, y);
        return x > 0 && isfinite(*r);
    default:
        return false;
    }
}

static bool
number_binary(int op, const struct fe_constant *l, const struct fe_constant *r,
              struct fe_constant *out)
{
    double a, ai, b, bi;
    int64_t x, y;

    if (int_value(l, &x) && int_value(r, &y) && op != FE_Div) {
        out->kind = FE_CONST_INT;
        if (is_bool(l) && is_bool(r) &&
            (op == FE_BitAnd || op == FE_BitOr || op == FE_BitXor)) {
            if (!int_binary(op, x, y, &x))
                return false;
            out->kind = x ? FE_CONST_TRUE : FE_CONST_FALSE;
            return true;
        }
        return int_binary(op, x, y, &out->i);
    }
    if (!number_value(l, &a, &ai) || !number_value(r, &b, &bi))
        return false;
    if (l->kind != FE_CONST_COMPLEX && r->kind != FE_CONST_COMPLEX) {
        out->kind = FE_CONST_FLOAT;
        return float_binary(op, a, b, &out->f);
    }
    out->kind = FE_CONST_COMPLEX;
    return (op == FE_Add || op == FE_Sub) && float_binary(op, a, b, &out->f2) &&
           float_binary(op, ai, bi, &out->f);
}

/* -- sequences ------------------------------------------------------------- */

static bool
is_text(const struct fe_constant *k)
{
    return k->kind == FE_CONST_STR || k->kind == FE_CONST_NAME;
}

static bool
concatenate(struct fe_compiler *c, const struct fe_constant *l,
            const struct fe_constant *r, struct fe_constant *out)
{
    size_t len = (size_t)l->len + r->len;
    struct fe_constant *items;
    char *text;

    if (l->kind == FE_CONST_TUPLE && r->kind == FE_CONST_TUPLE) {
        items = NAC_NEW_ARRAY(c->arena, struct fe_constant, len + 1);
        if (l->len)
            memcpy(items, l->items, l->len * sizeof *items);
        if (r->len)
            memcpy(items + l->len, r->items, r->len * sizeof *items);
        out->kind = FE_CONST_TUPLE;
        out->len = (uint32_t)len;
        out->items = items;
        return true;
    }
    if (!(is_text(l) && is_text(r)) &&
        !(l->kind == FE_CONST_BYTES && r->kind == FE_CONST_BYTES))
        return false;
    text = nac_arena_alloc(c->arena, len + 1);
    memcpy(text, l->text, l->len);
    memcpy(text + l->len, r->text, r->len);
    if (is_text(l)) {
        *out = fe_str_const(text, len);
    } else {
        out->kind = FE_CONST_BYTES;
        out->text = text;
        out->len = (uint32_t)len;
    }
    return true;
}

static bool
repeat(struct fe_compiler *c, const struct fe_constant *s, int64_t n,
       struct fe_constant *out)
{
    int64_t limit = s->kind == FE_CONST_TUPLE ? MAX_TUPLE : MAX_STRING;
    struct fe_constant *items;
    char *text;

    if (!is_text(s) && s->kind != FE_CONST_BYTES && s->kind != FE_CONST_TUPLE)
        return false;
    if (n < 0)
        n = 0;
    if (s->len && n > limit / s->len)
        return false;
    out->len = (uint32_t)((int64_t)s->len * (s->len ? n : 0));
    out->kind = s->kind;
    if (s->kind == FE_CONST_TUPLE) {
        items = NAC_NEW_ARRAY(c->arena, struct fe_constant, out->len + 1);
        for (uint32_t i = 0; i < out->len; i++)
            items[i] = s->items[i % s->len];
        out->items = items;
        return true;
    }
    text = nac_arena_alloc(c->arena, out->len + 1);
    for (uint32_t i = 0; i < out->len; i++)
        text[i] = s->text[i % s->len];
    out->text = text;
    if (is_text(s))
        *out = fe_str_const(text, out->len);
    return true;
}

static bool
subscript(const struct fe_constant *v, const struct fe_constant *k,
          struct fe_constant *out)
{
    int64_t i;

    if (!int_value(k, &i))
        return false;
    if (is_text(v))
        for (uint32_t j = 0; j < v->len; j++)
            if (v->text[j] & 0x80)
                return false;
    if (!is_text(v) && v->kind != FE_CONST_BYTES && v->kind != FE_CONST_TUPLE)
        return false;
    if (i < 0)
        i += v->len;
    if (i < 0 || i >= v->len)
        return false;
    if (v->kind == FE_CONST_TUPLE) {
        *out = v->items[i];
    } else if (v->kind == FE_CONST_BYTES) {
        out->kind = FE_CONST_INT;
        out->i = (uint8_t)v->text[i];
    } else {
        *out = fe_str_const(v->text + i, 1);
    }
    return true;
}

/* -- the tree -------------------------------------------------------------- */

static bool
fold_binary(struct fe_compiler *c, const struct fe_node *n,
            struct fe_constant *out)
{
    const struct fe_constant *l = fe_const_of(c, n->u.BinOp.left);
    const struct fe_constant *r;
    int op = n->u.BinOp.op;
    int64_t i;

    if (!l)
        return false;
    r = fe_const_of(c, n->u.BinOp.right);
    if (!r)
        return false;
    if (number_binary(op, l, r, out))
        return true;
    if (op == FE_Add)
        return concatenate(c, l, r, out);
    if (op == FE_Mult && int_value(r, &i))
        return repeat(c, l, i, out);
    if (op == FE_Mult && int_value(l, &i))
        return repeat(c, r, i, out);
    return false;
}

static bool
negate_big(struct fe_compiler *c, const struct fe_constant *k,
           struct fe_constant *out)
{
    if (strcmp(k->text, "9223372036854775808") == 0) {
        out->kind = FE_CONST_INT;
        out->i = INT64_MIN;
        return true;
    }
    out->kind = FE_CONST_BIGINT;
    out->text = k->text[0] == '-' ? k->text + 1
                                  : nac_arena_printf(c->arena, "-%s", k->text);
    out->len = (uint32_t)strlen(out->text);
    return true;
}

static bool
fold_unary(struct fe_compiler *c, const struct fe_node *n,
           struct fe_constant *out)
{
    const struct fe_constant *k = fe_const_of(c, n->u.UnaryOp.operand);
    int op = n->u.UnaryOp.op;
    int64_t i;

    if (!k)
        return false;
    if (op == FE_Not) {
        out->kind = fe_constant_truth(k) ? FE_CONST_FALSE : FE_CONST_TRUE;
        return true;
    }
    if (int_value(k, &i)) {
        if (op == FE_USub && i == INT64_MIN)
            return false;
        out->kind = FE_CONST_INT;
        out->i = op == FE_USub ? -i : op == FE_Invert ? ~i : i;
        return true;
    }
    if (op == FE_USub && k->kind == FE_CONST_BIGINT)
        return negate_big(c, k, out);
    if (op == FE_Invert ||
        (k->kind != FE_CONST_FLOAT && k->kind != FE_CONST_COMPLEX))
        return false;
    *out = *k;
    if (op == FE_USub) {
        out->f = -k->f;
        if (k->kind == FE_CONST_COMPLEX)
            out->f2 = -k->f2;
    }
    return true;
}

/* A display of constants, as a tuple or a frozenset. */
static bool
fold_items(struct fe_compiler *c, const struct fe_node *n, int kind,
           struct fe_constant *out)
{
    struct fe_list l = n->kind == FE_Set ? n->u.Set.elts : n->u.Tuple.elts;
    struct fe_constant *items;

    for (uint32_t i = 0; i < l.len; i++)
        if (!fe_const_of(c, l.items[i]))
            return false;
    items = NAC_NEW_ARRAY(c->arena, struct fe_constant, l.len + 1);
    for (uint32_t i = 0; i < l.len; i++)
        items[i] = *fe_const_of(c, l.items[i]);
    out->kind = (uint8_t)kind;
    out->len = l.len;
    out->items = items;
    return true;
}

static void
note(struct fe_compiler *c, const struct fe_node *n,
     const struct fe_constant *k)
{
    struct fe_constant *copy = NAC_NEW(c->arena, struct fe_constant);

    *copy = *k;
    *nac_map_at_int(&c->folded, (uintptr_t)n) = (uintptr_t)copy;
}

/* What only is iterated over or searched may be a constant. */
static void
fold_iterable(struct fe_compiler *c, const struct fe_node *n)
{
    struct fe_constant k = {0};

    if (n->kind == FE_List && n->u.List.ctx == FE_Load &&
        fold_items(c, n, FE_CONST_TUPLE, &k))
        note(c, n, &k);
    else if (n->kind == FE_Set && fold_items(c, n, FE_CONST_FROZENSET, &k))
        note(c, n, &k);
}

static int
fold_node(struct fe_node *n, void *data)
{
    struct fe_compiler *c = data;
    struct fe_constant k = {0};
    bool folded = false;
    uint32_t last;

    if (!fe_enter(c) || fe_node_children(n, fold_node, c))
        return 1;
    fe_leave(c);
    switch (n->kind) {
    case FE_BinOp:
        folded = fold_binary(c, n, &k);
        break;
    case FE_UnaryOp:
        folded = fold_unary(c, n, &k);
        break;
    case FE_Tuple:
        folded =
            n->u.Tuple.ctx == FE_Load && fold_items(c, n, FE_CONST_TUPLE, &k);
        break;
    case FE_Subscript:
        folded = n->u.Subscript.ctx == FE_Load &&
                 fe_const_of(c, n->u.Subscript.value) &&
                 fe_const_of(c, n->u.Subscript.slice) &&
                 subscript(fe_const_of(c, n->u.Subscript.value),
                           fe_const_of(c, n->u.Subscript.slice), &k);
        break;
    case FE_For:
        fold_iterable(c, n->u.For.iter);
        break;
    case FE_comprehension:
        fold_iterable(c, n->u.comprehension.iter);
        break;
    case FE_Compare:
        last = n->u.Compare.ops.len - 1;
        if (n->u.Compare.ops.items[last] == FE_In ||
            n->u.Compare.ops.items[last] == FE_NotIn)
            fold_iterable(c, n->u.Compare.comparators.items[last]);
        break;
    default:
        break;
    }
    if (folded)
        note(c, n, &k);
    return 0;
}

void
fe_fold(struct fe_compiler *c, struct fe_node *module)
{
    fe_node_children(module, fold_node, c);
}
