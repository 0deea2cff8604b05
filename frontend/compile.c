/* SPDX-License-Identifier: MIT
 * frontend/compile.c: the driver of the bytecode compiler: future statements,
 * folding, scopes, code of the module.
 */
#include "config.h"

#include <string.h>

#include "frontend/compiler.h"

/* -- future statements ----------------------------------------------------- */

static bool
future_features(struct fe_compiler *c, const struct fe_node *n)
{
    static const char *const known[] = {"nested_scopes",    "generators",
                                        "division",         "absolute_import",
                                        "with_statement",   "print_function",
                                        "unicode_literals", "barry_as_FLUFL",
                                        "generator_stop",   NULL};
    struct fe_list names = n->u.ImportFrom.names;
    /* CPython gives no end of the position here. */
    struct fe_position pos = {n->lineno, n->lineno, n->col, -1};

    for (uint32_t i = 0; i < names.len; i++) {
        const char *name = names.items[i]->u.alias.name;
        bool found = false;

        for (int j = 0; known[j] && !found; j++)
            found = strcmp(name, known[j]) == 0;
        if (strcmp(name, "annotations") == 0) {
            c->future_annotations = true;
        } else if (strcmp(name, "braces") == 0) {
            fe_fail_pos(c, &pos, "not a chance");
            return false;
        } else if (!found) {
            fe_fail_pos(c, &pos, "future feature %.100s is not defined", name);
            return false;
        }
    }
    return true;
}

/* They follow the docstring only. */
static bool
future_statements(struct fe_compiler *c, struct fe_list body)
{
    bool done = false;
    int previous = 0;

    for (uint32_t i = 0; i < body.len; i++) {
        const struct fe_node *n = body.items[i];

        if (done && n->lineno > previous)
            return true;
        previous = n->lineno;
        if (n->kind == FE_ImportFrom && n->u.ImportFrom.level == 0 &&
            n->u.ImportFrom.module &&
            strcmp(n->u.ImportFrom.module, "__future__") == 0) {
            if (done) {
                struct fe_position pos = {n->lineno, n->lineno, n->col - 1, -1};

                fe_fail_pos(c, &pos,
                            "from __future__ imports must occur at "
                            "the beginning of the file");
                return false;
            }
            if (!future_features(c, n))
                return false;
            c->future_line = n->lineno;
        } else if (i > 0 || !fe_docstring(body)) {
            done = true;
        }
    }
    return true;
}

/* -- the module ------------------------------------------------------------ */

static struct fe_list
body_of(const struct fe_node *module)
{
    if (module->kind == FE_Interactive)
        return module->u.Interactive.body;
    if (module->kind == FE_Module)
        return module->u.Module.body;
    return (struct fe_list){0};
}

static void
module_body(struct fe_compiler *c, const struct fe_node *module)
{
    struct fe_list body = body_of(module);
    const struct fe_node *doc = NULL;
    struct fe_constant k;

    if (module->kind == FE_Expression) {
        fe_emit(c, FE_RETURN, 0, fe_expr(c, module->u.Expression.body), 0, 0);
        return;
    }
    if (body.len)
        fe_set_pos(c, body.items[0]);
    if (fe_has_annotations(body))
        fe_emit(c, FE_SETUP_ANNOTATIONS, 0, 0, 0, 0);
    if (module->kind == FE_Module && !(c->flags & FE_COMPILE_NO_DOC))
        doc = fe_docstring(body);
    if (doc) {
        k = fe_const_ast(c, &doc->u.Constant.value);
        fe_set_pos(c, doc);
        fe_name_store(c, "__doc__", fe_k(c, &k));
        body.items++;
        body.len--;
    }
    fe_stmts(c, body);
    fe_return_none(c);
}

static struct fe_code *
module_code(struct fe_compiler *c, struct fe_node *module)
{
    fe_unit_begin(c, c->st.top, "<module>", 1);
    if ((c->flags & FE_COMPILE_TOP_LEVEL_AWAIT) && c->st.top->coroutine)
        c->u->flags |= FE_COROUTINE;
    module_body(c, module);
    return fe_unit_end(c);
}

/* The compiler's warnings behind those of the parser. */
static void
hand_out_cautions(struct fe_compiler *c)
{
    struct fe_error *e = c->err;
    uint32_t n = e->n_warnings + c->cautions.len;
    struct fe_warning *all;

    if (!c->cautions.len)
        return;
    all = NAC_NEW_ARRAY(c->arena, struct fe_warning, n);
    if (e->n_warnings)
        memcpy(all, e->warnings, e->n_warnings * sizeof *all);
    memcpy(all + e->n_warnings, c->cautions.items,
           c->cautions.len * sizeof *all);
    e->warnings = all;
    e->n_warnings = n;
    nac_vec_free(&c->cautions);
}

struct fe_code *
fe_compile(struct nac_arena *arena, struct fe_node *module,
           const char *filename, enum fe_mode mode, unsigned flags,
           struct fe_error *err)
{
    struct fe_compiler c = {.arena = arena,
                            .filename = filename,
                            .mode = mode,
                            .flags = flags,
                            .err = err};
    struct fe_code *code = NULL;

    c.filename = nac_arena_strdup(arena, filename);
    c.future_annotations = flags & FE_COMPILE_FUTURE_ANNOTATIONS;
    if (future_statements(&c, body_of(module))) {
        fe_fold(&c, module);
        if (!c.failed && fe_symtable_build(&c, &c.st, module))
            code = module_code(&c, module);
    }
    hand_out_cautions(&c);
    fe_symtable_free(&c.st);
    nac_map_free(&c.folded);
    return c.failed ? NULL : code;
}
