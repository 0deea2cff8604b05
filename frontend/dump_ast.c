/* SPDX-License-Identifier: MIT
 * frontend/dump_ast.c: a tree as the text of
 * ast.dump(tree, include_attributes=True), and a list of tokens. Called by
 * nacre-ast and by the tests.
 */
#include "config.h"

#include "frontend/frontend.h"

#include <gmp.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "frontend/lexer.h"
#include "frontend/source.h"

static void dump(struct nac_buf *out, const struct fe_node *n);

static void
dump_complex(struct nac_buf *out, double imag)
{
    size_t from = out->len;
    fe_repr_double(out, imag);
    if (out->len - from > 2 && memcmp(out->data + out->len - 2, ".0", 2) == 0)
        out->len -= 2; /* "1j", not "1.0j" */
    nac_buf_putc(out, 'j');
}

static void
dump_const(struct nac_buf *out, const struct fe_const *c)
{
    switch (c->kind) {
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
        nac_buf_puts(out, "Ellipsis");
        break;
    case FE_AST_INT:
        nac_buf_printf(out, "%" PRId64, c->u.i);
        break;
    case FE_AST_BIGINT: {
        mpz_t z;
        if (c->u.s[0] == '0' && c->u.s[1] == 'o')
            mpz_init_set_str(z, c->u.s + 2, 8); /* GMP knows no 0o */
        else
            mpz_init_set_str(z, c->u.s, 0);
        char *text = mpz_get_str(NULL, 10, z);
        nac_buf_puts(out, text);
        free(text);
        mpz_clear(z);
        break;
    }
    case FE_AST_FLOAT:
        fe_repr_double(out, c->u.d);
        break;
    case FE_AST_COMPLEX:
        dump_complex(out, c->u.d);
        break;
    case FE_AST_STR:
        fe_repr_str(out, c->u.s, c->len);
        break;
    case FE_AST_BYTES:
        fe_repr_bytes(out, c->u.s, c->len);
        break;
    }
}

static void
dump_list(struct nac_buf *out, const struct fe_list *l)
{
    nac_buf_putc(out, '[');
    for (uint32_t i = 0; i < l->len; i++) {
        if (i)
            nac_buf_puts(out, ", ");
        if (l->items[i])
            dump(out, l->items[i]);
        else
            nac_buf_puts(out, "None");
    }
    nac_buf_putc(out, ']');
}

static void
dump_id(struct nac_buf *out, const char *id)
{
    fe_repr_str(out, id, strlen(id));
}

/* The value of a field. */
static void
dump_field(struct nac_buf *out, const struct fe_field *f, const void *at)
{
    switch (f->type) {
    case FE_F_NODE:
    case FE_F_OPT:
        dump(out, *(struct fe_node *const *)at);
        break;
    case FE_F_LIST:
    case FE_F_OPTLIST:
        dump_list(out, at);
        break;
    case FE_F_ID:
    case FE_F_OPTID:
    case FE_F_STR:
        dump_id(out, *(const char *const *)at);
        break;
    case FE_F_IDLIST: {
        const struct fe_idlist *l = at;
        nac_buf_putc(out, '[');
        for (uint32_t i = 0; i < l->len; i++) {
            if (i)
                nac_buf_puts(out, ", ");
            dump_id(out, l->items[i]);
        }
        nac_buf_putc(out, ']');
        break;
    }
    case FE_F_CONST:
        dump_const(out, at);
        break;
    case FE_F_INT:
        nac_buf_printf(out, "%d", *(const int *)at);
        break;
    case FE_F_CMPOPS: {
        const struct fe_oplist *l = at;
        nac_buf_putc(out, '[');
        for (uint32_t i = 0; i < l->len; i++)
            nac_buf_printf(out, "%s%s()", i ? ", " : "",
                           fe_op_names[l->items[i]]);
        nac_buf_putc(out, ']');
        break;
    }
    default:
        nac_buf_printf(out, "%s()", fe_op_names[*(const uint8_t *)at]);
        break;
    }
}

/* Optional fields that are None are left out. */
static bool
is_absent(const struct fe_field *f, const void *at)
{
    switch (f->type) {
    case FE_F_OPT:
        return !*(struct fe_node *const *)at;
    case FE_F_OPTID:
    case FE_F_STR:
        return !*(const char *const *)at;
    default:
        return false;
    }
}

static void
dump(struct nac_buf *out, const struct fe_node *n)
{
    const struct fe_kind_info *info = &fe_kinds[n->kind];
    const char *comma = "";
    nac_buf_puts(out, info->name);
    nac_buf_putc(out, '(');
    for (unsigned i = 0; i < info->n_fields; i++) {
        const struct fe_field *f = &info->fields[i];
        const void *at = (const char *)n + f->offset;
        if (is_absent(f, at))
            continue;
        nac_buf_puts(out, comma);
        nac_buf_puts(out, f->name);
        nac_buf_putc(out, '=');
        dump_field(out, f, at);
        comma = ", ";
    }
    if (info->group != FE_G_MOD && info->group != FE_G_PLAIN)
        nac_buf_printf(out,
                       "%slineno=%d, col_offset=%d, end_lineno=%d, "
                       "end_col_offset=%d",
                       comma, n->lineno, n->col, n->end_lineno, n->end_col);
    nac_buf_putc(out, ')');
}

void
fe_dump_ast(struct nac_buf *out, const struct fe_node *tree)
{
    dump(out, tree);
}

int
fe_dump_tokens(struct nac_arena *arena, struct nac_buf *out, const char *bytes,
               size_t len, const char *filename, struct fe_error *err)
{
    struct fe_names names;
    struct fe_source src;
    struct fe_lexer lx;
    struct fe_token t;
    *err = (struct fe_error){0};
    if (fe_source_decode(arena, bytes, len, filename, true, &src, err) < 0)
        return -1;
    fe_names_init(&names, arena);
    fe_lexer_init(&lx, arena, &names, NULL, err, src.text);
    do {
        fe_lexer_next(&lx, &t);
        if (t.type == FE_T_ERROR)
            break;
        nac_buf_printf(out, "%d,%d-%d,%d:\t%s", t.lineno, t.col, t.end_lineno,
                       t.end_col, fe_token_text(t.type));
        if (t.len) {
            nac_buf_putc(out, '\t');
            fe_repr_str(out, t.start, t.len);
        }
        nac_buf_putc(out, '\n');
    } while (t.type != FE_T_END);
    fe_names_free(&names);
    return t.type == FE_T_ERROR ? -1 : 0;
}
