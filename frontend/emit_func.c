/* SPDX-License-Identifier: MIT
 * frontend/emit_func.c: functions, lambdas and classes: their code, and the
 * code around that makes them: decorators, defaults, annotations, closures.
 */
#include "config.h"

#include <string.h>

#include "frontend/compiler.h"

enum { DEFAULTS = 1, KWDEFAULTS = 2, ANNOTATIONS = 4, CLOSURE = 8 };

const struct fe_node *
fe_docstring(struct fe_list body)
{
    const struct fe_node *v;

    if (body.len == 0 || body.items[0]->kind != FE_Expr)
        return NULL;
    v = body.items[0]->u.Expr.value;
    if (v->kind != FE_Constant || v->u.Constant.value.kind != FE_AST_STR)
        return NULL;
    return v;
}

void
fe_make_function(struct fe_compiler *c, const struct fe_code *code,
                 unsigned bits, int first, int dst)
{
    struct fe_constant k = {.kind = FE_CONST_CODE, .code = code};
    int mark = c->u->top, t, base;

    if (code->nfree) {
        bits |= CLOSURE;
        t = fe_temp(c);
        base = c->u->top;
        for (uint32_t i = 0; i < code->nfree; i++) {
            int reg = fe_cell_reg(c, code->free_names[i]);

            ASSERT(reg >= 0, "no cell for %s in %s", code->free_names[i],
                   c->u->qualname);
            fe_move(c, fe_temp(c), reg);
        }
        fe_emit(c, FE_BUILD_TUPLE, 0, t, base, (int)code->nfree);
    }
    fe_emit(c, FE_MAKE_FUNCTION, (int)bits, dst, first, fe_k_code(c, &k));
    c->u->top = mark;
}

/* -- what is evaluated where the function is defined ----------------------- */

static void
keyword_defaults(struct fe_compiler *c, const struct fe_node *a, int dst)
{
    struct fe_list names = a->u.arguments.kwonlyargs;
    struct fe_list values = a->u.arguments.kw_defaults;
    int base = c->u->top, n = 0;

    for (uint32_t i = 0; i < names.len; i++) {
        if (!values.items[i])
            continue;
        fe_move(c, fe_temp(c),
                fe_str(c, fe_mangle(c->arena, c->u->private_name,
                                    names.items[i]->u.arg.arg)));
        fe_expr_to(c, values.items[i], fe_temp(c));
        n++;
    }
    fe_emit(c, FE_BUILD_MAP, 0, dst, base, n);
    c->u->top = base;
}

static void
positional_defaults(struct fe_compiler *c, struct fe_list values, int dst)
{
    int base = c->u->top;
    struct fe_constant k = {.kind = FE_CONST_TUPLE, .len = values.len};
    struct fe_constant *items =
        NAC_NEW_ARRAY(c->arena, struct fe_constant, values.len);

    k.items = items;
    for (uint32_t i = 0; i < values.len; i++) {
        const struct fe_constant *v = fe_const_of(c, values.items[i]);

        if (!v) {
            items = NULL;
            break;
        }
        items[i] = *v;
    }
    if (items) {
        fe_move(c, dst, fe_k(c, &k));
    } else {
        for (uint32_t i = 0; i < values.len; i++)
            fe_expr_to(c, values.items[i], fe_temp(c));
        fe_emit(c, FE_BUILD_TUPLE, 0, dst, base, (int)values.len);
    }
    c->u->top = base;
}

static bool
has_keyword_defaults(const struct fe_node *a)
{
    struct fe_list values = a->u.arguments.kw_defaults;

    for (uint32_t i = 0; i < values.len; i++)
        if (values.items[i])
            return true;
    return false;
}

/* The default values into the next temporaries; which ones are there. */
static unsigned
defaults(struct fe_compiler *c, const struct fe_node *a)
{
    unsigned bits = 0;

    if (a->u.arguments.defaults.len) {
        positional_defaults(c, a->u.arguments.defaults, fe_temp(c));
        bits |= DEFAULTS;
    }
    if (has_keyword_defaults(a)) {
        keyword_defaults(c, a, fe_temp(c));
        bits |= KWDEFAULTS;
    }
    return bits;
}

static void
one_annotation(struct fe_compiler *c, const char *name, const struct fe_node *n)
{
    struct nac_buf b = {0};
    int t;

    if (!n)
        return;
    fe_move(c, fe_temp(c),
            fe_str(c, fe_mangle(c->arena, c->u->private_name, name)));
    t = fe_temp(c);
    if (c->future_annotations) {
        fe_unparse(&b, n);
        fe_move(c, t, fe_str(c, nac_arena_strndup(c->arena, b.data, b.len)));
        nac_buf_free(&b);
    } else if (n->kind == FE_Starred) {
        /* def f(*args: *Ts) */
        fe_emit(c, FE_UNPACK, 0, t, fe_expr(c, n->u.Starred.value), 1);
        c->u->top = t + 1;
    } else {
        fe_expr_to(c, n, t);
    }
}

static void
list_annotations(struct fe_compiler *c, struct fe_list args)
{
    for (uint32_t i = 0; i < args.len; i++)
        one_annotation(c, args.items[i]->u.arg.arg,
                       args.items[i]->u.arg.annotation);
}

static unsigned
annotations(struct fe_compiler *c, const struct fe_node *a,
            const struct fe_node *returns)
{
    const struct fe_node *v = a->u.arguments.vararg;
    const struct fe_node *k = a->u.arguments.kwarg;
    int dst = fe_temp(c), base = c->u->top, n;

    list_annotations(c, a->u.arguments.args);
    list_annotations(c, a->u.arguments.posonlyargs);
    if (v)
        one_annotation(c, v->u.arg.arg, v->u.arg.annotation);
    list_annotations(c, a->u.arguments.kwonlyargs);
    if (k)
        one_annotation(c, k->u.arg.arg, k->u.arg.annotation);
    one_annotation(c, "return", returns);
    n = c->u->top - base;
    c->u->top = base;
    if (n == 0) {
        c->u->top = dst;
        return 0;
    }
    fe_emit(c, FE_BUILD_TUPLE, 0, dst, base, n);
    return ANNOTATIONS;
}

static void
check_debug_args(struct fe_compiler *c, const struct fe_node *a)
{
    struct fe_list lists[3] = {a->u.arguments.posonlyargs, a->u.arguments.args,
                               a->u.arguments.kwonlyargs};
    const struct fe_node *v = a->u.arguments.vararg;
    const struct fe_node *k = a->u.arguments.kwarg;

    for (int l = 0; l < 3; l++)
        for (uint32_t i = 0; i < lists[l].len; i++)
            fe_forbidden(c, lists[l].items[i]->u.arg.arg, FE_Store);
    if (v)
        fe_forbidden(c, v->u.arg.arg, FE_Store);
    if (k)
        fe_forbidden(c, k->u.arg.arg, FE_Store);
}

/* -- functions ------------------------------------------------------------- */

static void
set_counts(struct fe_unit *u, const struct fe_node *a)
{
    u->posonly = a->u.arguments.posonlyargs.len;
    u->argcount = u->posonly + a->u.arguments.args.len;
    u->kwonly = a->u.arguments.kwonlyargs.len;
}

static void
set_doc(struct fe_compiler *c, const struct fe_node *doc)
{
    nac_vec_push(&c->u->pools[FE_POOL_DOC],
                 fe_const_ast(c, &doc->u.Constant.value));
    c->u->flags |= FE_HAS_DOC;
}

static struct fe_code *
function_code(struct fe_compiler *c, const struct fe_node *n, int first_line)
{
    struct fe_list body = n->u.FunctionDef.body;
    const struct fe_node *doc =
        c->flags & FE_COMPILE_NO_DOC ? NULL : fe_docstring(body);

    fe_unit_begin(c, fe_symtable_scope(&c->st, n), n->u.FunctionDef.name,
                  first_line);
    set_counts(c->u, n->u.FunctionDef.args);
    if (doc) {
        set_doc(c, doc);
        body.items++;
        body.len--;
    }
    fe_stmts(c, body);
    fe_return_none(c);
    return fe_unit_end(c);
}

/* Every decorator opens the window of its call; the next one's window, and in
 * the end the function, is its argument. */
static int
push_decorators(struct fe_compiler *c, struct fe_list decos)
{
    int first = c->u->top;

    for (uint32_t i = 0; i < decos.len; i++) {
        fe_expr_to(c, decos.items[i], fe_temp(c));
        fe_temps(c, FE_ARGS - 1);
    }
    return first;
}

static void
call_decorators(struct fe_compiler *c, struct fe_list decos, int first)
{
    struct fe_position saved = c->u->pos;

    for (uint32_t i = decos.len; i-- > 0;) {
        fe_set_pos(c, decos.items[i]);
        fe_emit(c, FE_CALL, 0, first + (int)i * FE_ARGS, 1, 0);
    }
    c->u->pos = saved;
}

void
fe_function(struct fe_compiler *c, const struct fe_node *n)
{
    struct fe_list decos = n->u.FunctionDef.decorator_list;
    const struct fe_node *a = n->u.FunctionDef.args;
    int mark = c->u->top, first, dst, base;
    int line = decos.len ? decos.items[0]->lineno : n->lineno;
    struct fe_code *code;
    unsigned bits;

    check_debug_args(c, a);
    first = push_decorators(c, decos);
    dst = fe_temp(c);
    base = c->u->top;
    bits = defaults(c, a);
    bits |= annotations(c, a, n->u.FunctionDef.returns);
    code = function_code(c, n, line);
    if (!code)
        return;
    if (decos.len == 0 && fe_local_reg(c, n->u.FunctionDef.name) >= 0 &&
        strcmp(n->u.FunctionDef.name, "__debug__") != 0) {
        fe_make_function(c, code, bits, base,
                         fe_local_reg(c, n->u.FunctionDef.name));
    } else {
        fe_make_function(c, code, bits, base, dst);
        call_decorators(c, decos, first);
        fe_name_store(c, n->u.FunctionDef.name, first);
    }
    c->u->top = mark;
}

void
fe_lambda_to(struct fe_compiler *c, const struct fe_node *n, int dst)
{
    const struct fe_node *a = n->u.Lambda.args;
    const struct fe_node *body = n->u.Lambda.body;
    int base = c->u->top;
    struct fe_code *code;
    unsigned bits;

    check_debug_args(c, a);
    bits = defaults(c, a);
    fe_unit_begin(c, fe_symtable_scope(&c->st, n), "<lambda>", n->lineno);
    set_counts(c->u, a);
    fe_set_pos(c, body);
    fe_emit(c, FE_RETURN, 0, fe_expr(c, body), 0, 0);
    code = fe_unit_end(c);
    if (code)
        fe_make_function(c, code, bits, base, dst);
}

/* -- classes --------------------------------------------------------------- */

static struct fe_code *
class_code(struct fe_compiler *c, const struct fe_node *n, int first_line)
{
    struct fe_list body = n->u.ClassDef.body;
    const struct fe_node *doc =
        c->flags & FE_COMPILE_NO_DOC ? NULL : fe_docstring(body);
    int t, cell;

    fe_unit_begin(c, fe_symtable_scope(&c->st, n), n->u.ClassDef.name,
                  first_line);
    c->u->private_name = n->u.ClassDef.name;
    c->u->flags |= FE_CLASS_BODY;
    t = fe_temp(c);
    fe_emit(c, FE_LOAD_NAME, 0, t, 0, fe_name(c, "__name__"));
    fe_emit(c, FE_STORE_NAME, 0, 0, t, fe_name(c, "__module__"));
    fe_emit(c, FE_STORE_NAME, 0, 0, fe_str(c, c->u->qualname),
            fe_name(c, "__qualname__"));
    if (fe_has_annotations(body))
        fe_emit(c, FE_SETUP_ANNOTATIONS, 0, 0, 0, 0);
    c->u->top = t;
    if (doc) {
        struct fe_constant k = fe_const_ast(c, &doc->u.Constant.value);

        fe_set_pos(c, doc);
        fe_name_store(c, "__doc__", fe_k(c, &k));
        body.items++;
        body.len--;
    }
    fe_stmts(c, body);
    cell = -1;
    if (c->u->scope->needs_class_closure) {
        cell = fe_cell_reg(c, "__class__");
        fe_emit(c, FE_STORE_NAME, 0, 0, cell, fe_name(c, "__classcell__"));
    }
    fe_emit(c, FE_RETURN, 0, cell >= 0 ? cell : fe_none(c), 0, 0);
    return fe_unit_end(c);
}

void
fe_class(struct fe_compiler *c, const struct fe_node *n)
{
    struct fe_list decos = n->u.ClassDef.decorator_list;
    int mark = c->u->top, first, w, f;
    int line = decos.len ? decos.items[0]->lineno : n->lineno;
    struct fe_code *code;

    first = push_decorators(c, decos);
    code = class_code(c, n, line);
    if (!code)
        return;
    w = fe_temp(c);
    fe_emit(c, FE_LOAD_BUILD_CLASS, 0, w, 0, 0);
    fe_temps(c, FE_ARGS - 1);
    f = fe_temp(c);
    fe_make_function(c, code, 0, c->u->top, f);
    fe_move(c, fe_temp(c), fe_str(c, n->u.ClassDef.name));
    fe_call_args(c, w, 2, n->u.ClassDef.bases, n->u.ClassDef.keywords);
    call_decorators(c, decos, first);
    fe_name_store(c, n->u.ClassDef.name, first);
    c->u->top = mark;
}
