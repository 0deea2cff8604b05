/* SPDX-License-Identifier: MIT
 * frontend/emit_call.c: calls, displays of lists, tuples, sets and dicts,
 * f-strings, and the warnings about literals that are called or subscripted.
 *
 * The window of a call lies on top of the temporaries: the callable, the words
 * of the frame header, the arguments. A call within an argument opens its
 * window at the argument's register, so its result is where it belongs.
 */
#include "config.h"

#include <string.h>

#include "frontend/compiler.h"

enum { MANY_ITEMS = 64, MANY_PAIRS = 16 };

/* -- warnings -------------------------------------------------------------- */

static const char *
constant_type(const struct fe_constant *k)
{
    switch (k->kind) {
    case FE_CONST_NONE:
        return "NoneType";
    case FE_CONST_TRUE:
    case FE_CONST_FALSE:
        return "bool";
    case FE_CONST_ELLIPSIS:
        return "ellipsis";
    case FE_CONST_INT:
    case FE_CONST_BIGINT:
        return "int";
    case FE_CONST_FLOAT:
        return "float";
    case FE_CONST_COMPLEX:
        return "complex";
    case FE_CONST_BYTES:
        return "bytes";
    case FE_CONST_TUPLE:
        return "tuple";
    case FE_CONST_FROZENSET:
        return "frozenset";
    default:
        return "str";
    }
}

/* Name of the type that the expression certainly has, or NULL. */
static const char *
literal_type(struct fe_compiler *c, const struct fe_node *n)
{
    const struct fe_constant *k = fe_const_of(c, n);

    switch (n->kind) {
    case FE_Tuple:
        return "tuple";
    case FE_List:
    case FE_ListComp:
        return "list";
    case FE_Dict:
    case FE_DictComp:
        return "dict";
    case FE_Set:
    case FE_SetComp:
        return "set";
    case FE_GeneratorExp:
        return "generator";
    case FE_Lambda:
        return "function";
    case FE_JoinedStr:
    case FE_FormattedValue:
        return "str";
    default:
        return k ? constant_type(k) : NULL;
    }
}

static void
check_callable(struct fe_compiler *c, const struct fe_node *func)
{
    const char *type = literal_type(c, func);

    if (type && func->kind != FE_Lambda)
        fe_caution(c,
                   "'%s' object is not callable; perhaps you missed a "
                   "comma?",
                   type);
}

static bool
is_one_of(const char *s, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(s, *list) == 0)
            return true;
    return false;
}

void
fe_subscript_check(struct fe_compiler *c, const struct fe_node *n)
{
    static const char *const no_items[] = {
        "NoneType", "ellipsis",  "int",       "bool",     "float", "complex",
        "set",      "frozenset", "generator", "function", NULL};
    static const char *const sequences[] = {"tuple", "list", "str", "bytes",
                                            NULL};
    const char *type = literal_type(c, n->u.Subscript.value);
    const char *index = literal_type(c, n->u.Subscript.slice);

    if (type && is_one_of(type, no_items))
        fe_caution(c,
                   "'%s' object is not subscriptable; perhaps you missed a "
                   "comma?",
                   type);
    if (type && index && is_one_of(type, sequences) &&
        strcmp(index, "int") != 0 && strcmp(index, "bool") != 0)
        fe_caution(c,
                   "%s indices must be integers or slices, not %s; perhaps "
                   "you missed a comma?",
                   type, index);
}

/* -- calls ----------------------------------------------------------------- */

static bool
check_keywords(struct fe_compiler *c, struct fe_list keywords)
{
    for (uint32_t i = 0; i < keywords.len; i++) {
        const char *name = keywords.items[i]->u.keyword.arg;

        if (!name)
            continue;
        if (fe_forbidden(c, name, FE_Store))
            return false;
        for (uint32_t j = i + 1; j < keywords.len; j++) {
            const char *other = keywords.items[j]->u.keyword.arg;

            if (!other || strcmp(name, other) != 0)
                continue;
            fe_fail_at(c, keywords.items[j], "keyword argument repeated: %s",
                       name);
            return false;
        }
    }
    return true;
}

static bool
has_unpacking(struct fe_list args, struct fe_list keywords)
{
    for (uint32_t i = 0; i < args.len; i++)
        if (args.items[i]->kind == FE_Starred)
            return true;
    for (uint32_t i = 0; i < keywords.len; i++)
        if (!keywords.items[i]->u.keyword.arg)
            return true;
    return false;
}

static int
keyword_names(struct fe_compiler *c, struct fe_list keywords)
{
    struct fe_constant *names =
        NAC_NEW_ARRAY(c->arena, struct fe_constant, keywords.len);
    struct fe_constant k = {.kind = FE_CONST_TUPLE, .len = keywords.len};

    for (uint32_t i = 0; i < keywords.len; i++) {
        names[i].kind = FE_CONST_NAME;
        names[i].text = keywords.items[i]->u.keyword.arg;
        names[i].len = (uint32_t)strlen(names[i].text);
    }
    k.items = names;
    return fe_k_code(c, &k);
}

/* Arguments into new temporaries, one after the other. */
static void
push_args(struct fe_compiler *c, struct fe_list args, struct fe_list keywords)
{
    for (uint32_t i = 0; i < args.len; i++)
        fe_expr_to(c, args.items[i], fe_temp(c));
    for (uint32_t i = 0; i < keywords.len; i++)
        fe_expr_to(c, keywords.items[i]->u.keyword.value, fe_temp(c));
}

/* R[t] := tuple of the [extra] registers before it and the arguments. */
static void
star_args(struct fe_compiler *c, int t, int first, int extra,
          struct fe_list args)
{
    int mark = c->u->top;
    bool sole = args.len == 1 && extra == 0;
    uint32_t i = 0;

    for (; i < args.len && args.items[i]->kind != FE_Starred; i++)
        ;
    if (i == args.len && extra == 0) {
        push_args(c, args, (struct fe_list){0});
        fe_emit(c, FE_BUILD_TUPLE, 0, t, mark, (int)args.len);
        c->u->top = mark;
        return;
    }
    if (extra == 0) {
        for (uint32_t j = 0; j < i; j++)
            fe_expr_to(c, args.items[j], fe_temp(c));
        fe_emit(c, FE_BUILD_LIST, 0, t, mark, (int)i);
    } else {
        fe_emit(c, FE_BUILD_LIST, 0, t, first, extra);
        i = 0;
    }
    for (; i < args.len; i++) {
        const struct fe_node *a = args.items[i];

        c->u->top = mark;
        if (a->kind == FE_Starred)
            fe_emit(c, FE_LIST_EXTEND, sole ? 2 : 1, t,
                    fe_expr(c, a->u.Starred.value), sole ? first - FE_ARGS : 0);
        else
            fe_emit(c, FE_LIST_APPEND, 0, t, fe_expr(c, a), 0);
    }
    c->u->top = mark;
    fe_emit(c, FE_LIST_TO_TUPLE, 0, t, t, 0);
}

/* Runs of name=value as one dict each, merged into R[t]. */
static void
star_keywords(struct fe_compiler *c, int t, int func, struct fe_list keywords)
{
    bool begun = false;
    int mark = c->u->top;

    for (uint32_t i = 0; i < keywords.len;) {
        const struct fe_node *k = keywords.items[i];
        int base, n = 0, d;

        c->u->top = mark;
        if (!k->u.keyword.arg) {
            if (!begun)
                fe_emit(c, FE_BUILD_MAP, 0, t, t, 0);
            fe_emit(c, FE_DICT_MERGE, 0, t, fe_expr(c, k->u.keyword.value),
                    func);
            begun = true;
            i++;
            continue;
        }
        d = begun ? fe_temp(c) : t;
        base = c->u->top;
        for (; i < keywords.len && keywords.items[i]->u.keyword.arg; i++) {
            k = keywords.items[i];
            fe_move(c, fe_temp(c), fe_str(c, k->u.keyword.arg));
            fe_expr_to(c, k->u.keyword.value, fe_temp(c));
            n++;
        }
        fe_emit(c, FE_BUILD_MAP, 0, d, base, n);
        if (begun)
            fe_emit(c, FE_DICT_MERGE, 0, t, d, func);
        begun = true;
    }
    c->u->top = mark;
}

/* R[w] is the callable, its window is open up to the arguments, [extra] of
 * which are there. */
void
fe_call_args(struct fe_compiler *c, int w, int extra, struct fe_list args,
             struct fe_list keywords)
{
    int n = extra + (int)args.len + (int)keywords.len;

    if (!check_keywords(c, keywords))
        return;
    if (!has_unpacking(args, keywords) && n < 30000) {
        push_args(c, args, keywords);
        if (keywords.len)
            fe_emit(c, FE_CALL_KW, 0, w, n, keyword_names(c, keywords));
        else
            fe_emit(c, FE_CALL, 0, w, n, 0);
        return;
    }
    /* With arguments there already, the tuple is made above them. */
    if (extra) {
        int t = fe_temp(c);

        star_args(c, t, w + FE_ARGS, extra, args);
        fe_move(c, w + FE_ARGS, t);
    } else {
        star_args(c, fe_temp(c), w + FE_ARGS, 0, args);
    }
    c->u->top = w + FE_ARGS + 1;
    fe_temp(c);
    if (keywords.len)
        star_keywords(c, w + FE_ARGS + 1, w, keywords);
    else
        fe_emit(c, FE_CLEAR, 0, w + FE_ARGS + 1, 0, 0);
    fe_emit(c, FE_CALL_EX, 0, w, 0, 0);
}

static bool
method_call(struct fe_compiler *c, const struct fe_node *n, int w)
{
    const struct fe_node *meth = n->u.Call.func;
    struct fe_list args = n->u.Call.args, keywords = n->u.Call.keywords;
    struct fe_position saved = c->u->pos;
    int v, count = (int)(args.len + keywords.len);

    if (meth->kind != FE_Attribute || meth->u.Attribute.ctx != FE_Load ||
        has_unpacking(args, keywords) || count >= 30000)
        return false;
    if (!check_keywords(c, keywords))
        return true;
    v = fe_expr(c, meth->u.Attribute.value);
    fe_set_pos(c, meth);
    fe_match_attr_pos(c, meth);
    c->u->top = w + 1;
    fe_temps(c, FE_ARGS);
    fe_emit(c, FE_LOAD_METHOD, 0, w, v, fe_name(c, meth->u.Attribute.attr));
    c->u->pos = saved;
    push_args(c, args, keywords);
    fe_match_attr_pos(c, meth);
    if (keywords.len)
        fe_emit(c, FE_CALL_KW, 1, w, count, keyword_names(c, keywords));
    else
        fe_emit(c, FE_CALL_METHOD, 0, w, count, 0);
    return true;
}

/* super() without arguments in a method. */
static bool
super_call(struct fe_compiler *c, const struct fe_node *n, int w)
{
    const struct fe_node *f = n->u.Call.func;
    struct fe_symbol *sym;
    int cell, self = 0;

    if (f->kind != FE_Name || strcmp(f->u.Name.id, "super") != 0 ||
        n->u.Call.args.len || n->u.Call.keywords.len)
        return false;
    sym = fe_symbol_of(c, "super");
    cell = fe_cell_reg(c, "__class__");
    if (!sym || c->u->scope->kind != FE_SCOPE_FUNCTION || cell < 0 ||
        (sym->binding != FE_GLOBAL_IMPLICIT &&
         sym->binding != FE_GLOBAL_EXPLICIT) ||
        c->u->argcount == 0)
        return false;
    fe_expr_to(c, f, w);
    fe_temps(c, FE_ARGS);
    if (c->u->local_is_cell[0]) {
        self = w + FE_ARGS;
        fe_emit(c, FE_LOAD_CELL, 0, self, 0, 0);
    }
    fe_emit(c, FE_CALL_SUPER, 0, w, cell, self);
    return true;
}

void
fe_call_to(struct fe_compiler *c, const struct fe_node *n, int dst)
{
    bool on_top = fe_is_temp(c, dst) && dst == c->u->top - 1;
    int w = on_top ? dst : fe_temp(c);

    if (!method_call(c, n, w)) {
        check_callable(c, n->u.Call.func);
        if (!super_call(c, n, w)) {
            fe_expr_to(c, n->u.Call.func, w);
            fe_temps(c, FE_ARGS - 1);
            fe_call_args(c, w, 0, n->u.Call.args, n->u.Call.keywords);
        }
    }
    fe_move(c, dst, w);
}

/* -- displays -------------------------------------------------------------- */

static bool
any_starred(struct fe_list l)
{
    for (uint32_t i = 0; i < l.len; i++)
        if (l.items[i]->kind == FE_Starred)
            return true;
    return false;
}

/* A constant of all items, if they are constants and not too few. */
static const struct fe_constant *
constant_items(struct fe_compiler *c, struct fe_list l, int kind)
{
    struct fe_constant *k, *items;

    if (l.len < 3)
        return NULL;
    for (uint32_t i = 0; i < l.len; i++)
        if (!fe_const_of(c, l.items[i]))
            return NULL;
    k = NAC_NEW(c->arena, struct fe_constant);
    items = NAC_NEW_ARRAY(c->arena, struct fe_constant, l.len);
    for (uint32_t i = 0; i < l.len; i++)
        items[i] = *fe_const_of(c, l.items[i]);
    k->kind = (uint8_t)kind;
    k->len = l.len;
    k->items = items;
    return k;
}

/* Item after item into a list or set under construction. */
static void
build_by_items(struct fe_compiler *c, const struct fe_node *n, int t)
{
    struct fe_list elts = n->kind == FE_Set ? n->u.Set.elts : n->u.List.elts;
    bool set = n->kind == FE_Set;
    int mark = c->u->top;
    uint32_t i = 0;

    for (; i < elts.len && i < MANY_ITEMS && elts.items[i]->kind != FE_Starred;
         i++)
        fe_expr_to(c, elts.items[i], fe_temp(c));
    fe_emit(c, set ? FE_BUILD_SET : FE_BUILD_LIST, 0, t, mark, (int)i);
    for (; i < elts.len; i++) {
        const struct fe_node *e = elts.items[i];

        c->u->top = mark;
        if (e->kind == FE_Starred)
            fe_emit(c, set ? FE_SET_UPDATE : FE_LIST_EXTEND, !set, t,
                    fe_expr(c, e->u.Starred.value), 0);
        else
            fe_emit(c, set ? FE_SET_ADD : FE_LIST_APPEND, 0, t, fe_expr(c, e),
                    0);
    }
    c->u->top = mark;
}

void
fe_display_to(struct fe_compiler *c, const struct fe_node *n, int dst)
{
    struct fe_list elts = n->kind == FE_Set ? n->u.Set.elts : n->u.List.elts;
    bool set = n->kind == FE_Set;
    const struct fe_constant *k = NULL;
    enum fe_op op = set ? FE_BUILD_SET : FE_BUILD_LIST;
    int base = c->u->top, t;

    if (n->kind == FE_Tuple)
        op = FE_BUILD_TUPLE;
    else
        k = constant_items(c, elts, set ? FE_CONST_FROZENSET : FE_CONST_TUPLE);
    if (k) {
        t = fe_is_temp(c, dst) ? dst : fe_temp(c);
        fe_emit(c, op, 0, t, base, 0);
        fe_emit(c, set ? FE_SET_UPDATE : FE_LIST_EXTEND, 0, t, fe_k(c, k), 0);
        fe_move(c, dst, t);
    } else if (elts.len <= MANY_ITEMS && !any_starred(elts)) {
        for (uint32_t i = 0; i < elts.len; i++)
            fe_expr_to(c, elts.items[i], fe_temp(c));
        fe_emit(c, op, 0, dst, base, (int)elts.len);
    } else {
        t = fe_is_temp(c, dst) ? dst : fe_temp(c);
        build_by_items(c, n, t);
        if (n->kind == FE_Tuple)
            fe_emit(c, FE_LIST_TO_TUPLE, 0, dst, t, 0);
        else
            fe_move(c, dst, t);
    }
}

static bool
any_unpacked(struct fe_list keys)
{
    for (uint32_t i = 0; i < keys.len; i++)
        if (!keys.items[i])
            return true;
    return false;
}

void
fe_dict_to(struct fe_compiler *c, const struct fe_node *n, int dst)
{
    struct fe_list keys = n->u.Dict.keys, values = n->u.Dict.values;
    int base = c->u->top, t, mark, k;

    if (keys.len <= MANY_PAIRS && !any_unpacked(keys)) {
        for (uint32_t i = 0; i < keys.len; i++) {
            fe_expr_to(c, keys.items[i], fe_temp(c));
            fe_expr_to(c, values.items[i], fe_temp(c));
        }
        fe_emit(c, FE_BUILD_MAP, 0, dst, base, (int)keys.len);
        return;
    }
    t = fe_is_temp(c, dst) ? dst : fe_temp(c);
    mark = c->u->top;
    fe_emit(c, FE_BUILD_MAP, 0, t, mark, 0);
    for (uint32_t i = 0; i < keys.len; i++) {
        c->u->top = mark;
        if (!keys.items[i]) {
            fe_emit(c, FE_DICT_UPDATE, 0, t, fe_expr(c, values.items[i]), 0);
            continue;
        }
        k = fe_expr_before(c, keys.items[i], values.items[i]);
        fe_emit(c, FE_MAP_ADD, 0, t, k, fe_expr(c, values.items[i]));
    }
    fe_move(c, dst, t);
}

/* -- f-strings ------------------------------------------------------------- */

static void
formatted_to(struct fe_compiler *c, const struct fe_node *n, int dst)
{
    const struct fe_node *spec = n->u.FormattedValue.format_spec;
    int conv = n->u.FormattedValue.conversion, v, s;

    v = fe_expr_before(c, n->u.FormattedValue.value, spec);
    s = spec ? fe_expr(c, spec) : fe_none(c);
    fe_emit(c, FE_FORMAT, conv > 0 ? conv : 0, dst, v, s);
}

void
fe_fstring_to(struct fe_compiler *c, const struct fe_node *n, int dst)
{
    struct fe_list v;
    int base = c->u->top, t = -1;
    uint32_t i = 0;

    if (n->kind == FE_FormattedValue) {
        formatted_to(c, n, dst);
        return;
    }
    v = n->u.JoinedStr.values;
    if (v.len == 0) {
        fe_move(c, dst, fe_str(c, ""));
        return;
    }
    if (v.len == 1) {
        fe_expr_to(c, v.items[0], dst);
        return;
    }
    /* Very long ones are joined piece by piece. */
    for (;;) {
        for (; i < v.len && c->u->top - base < MANY_ITEMS; i++)
            fe_expr_to(c, v.items[i], fe_temp(c));
        t = i < v.len ? base : dst;
        fe_emit(c, FE_BUILD_STRING, 0, t, base, c->u->top - base);
        if (i == v.len)
            break;
        c->u->top = base + 1;
    }
}
