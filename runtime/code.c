/* SPDX-License-Identifier: MIT
 * runtime/code.c: code objects: made of what the front end compiled, their
 * attributes, positions, and the liveness of registers that the recorder asks
 * for. Called by import.c, builtins (compile, exec, eval), main.c.
 */
#include "config.h"

#include "frontend/compile.h"
#include "frontend/frontend.h"
#include "runtime/code.h"

#include <stdlib.h>

#include "base/mem.h"
#include "runtime/interp/jit.h"
#include "runtime/runtime.h"
#include "runtime/type.h"

/* -- constants -- */

static rt_val
tuple_of_names(const char *const *names, uint32_t n)
{
    rt_val t = rt_tuple_new(NULL, n);
    uint32_t i;

    for (i = 0; i < n && !rt_is_null(t); i++)
        rt_write(rt_ptr(t), &rt_tuple_of(t)->items[i], rt_intern(names[i]));
    return t;
}

static rt_val constant(const struct fe_constant *k);

static rt_val
constant_items(const struct fe_constant *k)
{
    rt_val t = rt_tuple_new(NULL, k->len);
    uint32_t i;

    for (i = 0; i < k->len && !rt_is_null(t); i++)
        rt_write(rt_ptr(t), &rt_tuple_of(t)->items[i], constant(&k->items[i]));
    return t;
}

/* Strs that look like identifiers are interned, as CPython does. */
static rt_val
str_constant(const struct fe_constant *k)
{
    uint32_t i;

    for (i = 0; i < k->len; i++) {
        unsigned char c = (unsigned char)k->text[i];

        if (!(c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
              (c >= 'A' && c <= 'Z')))
            return rt_str_new(k->text, k->len);
    }
    return rt_str_intern(rt_str_new(k->text, k->len));
}

static rt_val
constant(const struct fe_constant *k)
{
    struct rt_code *code;

    switch ((enum fe_const_kind)k->kind) {
    case FE_CONST_NONE:
        return rt_None;
    case FE_CONST_TRUE:
        return rt_True;
    case FE_CONST_FALSE:
        return rt_False;
    case FE_CONST_ELLIPSIS:
        return rt_Ellipsis;
    case FE_CONST_NOTHING:
        return RT_NULL;
    case FE_CONST_INT:
        return rt_int_from_i64(k->i);
    case FE_CONST_BIGINT:
        return rt_int_parse(k->text, strlen(k->text), 10);
    case FE_CONST_FLOAT:
        return rt_from_any_float(k->f);
    case FE_CONST_COMPLEX:
        return rt_complex_new(k->f2, k->f);
    case FE_CONST_STR:
        return str_constant(k);
    case FE_CONST_NAME:
        return rt_str_intern(rt_str_new(k->text, k->len));
    case FE_CONST_BYTES:
        return rt_bytes_new(k->text, k->len);
    case FE_CONST_TUPLE:
        return constant_items(k);
    case FE_CONST_FROZENSET:
        return rt_frozenset_new(constant_items(k));
    case FE_CONST_CODE:
        code = rt_code_new(k->code);
        return code ? rt_from_ptr(code) : RT_NULL;
    }
    return RT_NULL;
}

/* -- construction -- */

static void *
copy(const void *p, size_t n, size_t size)
{
    void *q = nac_malloc(n * size + 1);

    if (n)
        memcpy(q, p, n * size);
    return q;
}

/* Does the loop that LOOP at instruction i ends yield? */
static bool
yields(const struct rt_code *code, uint32_t i)
{
    uint32_t at = i + 1 + (uint32_t)code->ins[i].bc;

    while (at < i && code->ins[at].op != FE_YIELD)
        at++;
    return at < i;
}

static void
make_sites(struct rt_code *code)
{
    uint32_t i, n = 0;

    for (i = 0; i < code->nins; i++)
        n += code->ins[i].op == FE_LOOP;
    code->sites = nac_calloc(n + 1, sizeof *code->sites);
    code->nsites = n;
    n = 0;
    for (i = 0; i < code->nins; i++)
        if (code->ins[i].op == FE_LOOP) {
            code->ics[i].site = &code->sites[n];
            code->ics[i].what = yields(code, i);
            rt_jit_site(&code->sites[n++], TR_ROOT_LOOP,
                        &code->ins[i] + 1 + code->ins[i].bc);
        }
    rt_jit_site(&code->entry, TR_ROOT_ENTRY, code->ins);
}

static rt_val
cell_names(const struct fe_code *fe)
{
    const char **names = nac_calloc(fe->nlocals + 1, sizeof *names);
    uint32_t i, n = 0;
    rt_val t;

    for (i = 0; i < fe->nlocals; i++)
        if (fe->local_is_cell && fe->local_is_cell[i])
            names[n++] = fe->local_names[i];
    t = tuple_of_names(names, n);
    free(names);
    return t;
}

/* A generator with try blocks or yield from. */
static bool
closes(const struct fe_code *fe)
{
    uint32_t i;

    if (!(fe->flags & FE_GENERATOR))
        return false;
    for (i = 0; i < fe->nins; i++)
        if (fe->ins[i].op == FE_SEND)
            return true;
    return fe->nexcs != 0;
}

struct rt_code *
rt_code_new(const struct fe_code *fe)
{
    rt_val filename = rt_str_new(fe->filename, -1);
    rt_val name = rt_intern(fe->name), qualname = rt_intern(fe->qualname);
    rt_val varnames = tuple_of_names(fe->local_names, fe->nlocals);
    rt_val freevars = tuple_of_names(fe->free_names, fe->nfree);
    rt_val cellvars = cell_names(fe);
    struct rt_words *words = rt_alloc_words(fe->nconsts + 1);
    struct rt_code *code;
    uint32_t i;

    for (i = 0; i < fe->nconsts; i++) {
        rt_val v = constant(&fe->consts[i]);

        if (rt_is_null(v) && fe->consts[i].kind != FE_CONST_NOTHING)
            return NULL;
        rt_write(words, &words->items[fe->nconsts - 1 - i], v);
    }
    code = RT_NEW(struct rt_code, &rt_code_type); /* after all it holds */
    code->filename = filename;
    code->name = name;
    code->qualname = qualname;
    code->varnames = varnames;
    code->freevars = freevars;
    code->cellvars = cellvars;
    code->bodies = RT_NULL;
    /* constants lie backwards in an array of the heap; consts_end points at
     * its end, and an interior pointer keeps it alive */
    code->consts_end = words->items + fe->nconsts;
    code->nconsts = fe->nconsts;
    rt_barrier(code);
    code->ins = copy(fe->ins, fe->nins, sizeof *fe->ins);
    code->nins = fe->nins;
    code->positions = copy(fe->positions, fe->nins, sizeof *fe->positions);
    code->excs = copy(fe->excs, fe->nexcs, sizeof *fe->excs);
    code->nexcs = fe->nexcs;
    code->local_is_cell = nac_calloc(fe->nlocals + 1, 1);
    if (fe->local_is_cell)
        memcpy(code->local_is_cell, fe->local_is_cell, fe->nlocals);
    code->ics = nac_calloc(fe->nins + 1, sizeof *code->ics);
    code->nregs = fe->nregs;
    code->nlocals = fe->nlocals;
    code->nfree = fe->nfree;
    code->argcount = fe->argcount;
    code->posonlyargcount = fe->posonlyargcount;
    code->kwonlyargcount = fe->kwonlyargcount;
    code->flags = fe->flags;
    code->first_line = fe->first_line;
    code->nparams = fe->argcount + fe->kwonlyargcount +
                    !!(fe->flags & FE_VARARGS) + !!(fe->flags & FE_VARKEYWORDS);
    code->simple = code->nparams == code->argcount &&
                   !(fe->flags & (FE_GENERATOR | FE_COROUTINE |
                                  FE_ASYNC_GENERATOR | FE_NAMESPACE));
    code->closes = closes(fe);
    make_sites(code);
    rt_jit_code(code);
    return code;
}

static void
code_trace(struct rt_obj *obj, struct rt_marker *m)
{
    struct rt_code *code = (struct rt_code *)obj;

    rt_gc_visit(m, code->filename);
    rt_gc_visit(m, code->name);
    rt_gc_visit(m, code->qualname);
    rt_gc_visit(m, code->varnames);
    rt_gc_visit(m, code->freevars);
    rt_gc_visit(m, code->cellvars);
    rt_gc_visit(m, code->bodies);
    if (code->consts_end)
        rt_gc_visit_ptr(m, (char *)(code->consts_end - code->nconsts) -
                               offsetof(struct rt_words, items));
}

/* Traces that are invalid now may still be left with frames of this code, which
 * they name by its address only: it is kept. */
void
rt_code_replaced(struct rt_code *code)
{
    static rt_val kept = {NB_NOTHING};

    if (rt_is_null(kept)) {
        kept = rt_list_new(NULL, 0);
        rt_gc_root(&kept);
    }
    if (!code->kept)
        rt_list_append(kept, rt_from_ptr(code));
    code->kept = 1;
    if (rt_invalidate_hook)
        rt_invalidate_hook(&code->replaced);
}

/* -- positions, liveness -- */

void
rt_code_position(const struct rt_code *code, uint32_t ins,
                 struct fe_position *out)
{
    static const struct fe_position unknown = {-1, -1, -1, -1};

    *out = ins < code->nins ? code->positions[ins] : unknown;
}

/* -- compiling -- */

struct rt_code *
rt_compile(const char *text, size_t len, const char *filename, int mode,
           unsigned flags)
{
    struct nac_arena arena;
    struct fe_error err;
    struct fe_node *tree;
    struct fe_code *fe = NULL;
    struct rt_code *code = NULL;

    memset(&err, 0, sizeof err);
    rt_memory_keep();
    nac_arena_init(&arena);
    tree = fe_parse(&arena, text, len, filename, (enum fe_mode)mode, &err);
    if (tree)
        fe =
            fe_compile(&arena, tree, filename, (enum fe_mode)mode, flags, &err);
    if (fe) {
        rt_show_warnings(&err, filename);
        code = rt_code_new(fe);
    } else {
        rt_raise_syntax(&err, filename, text, len);
    }
    nac_arena_free(&arena);
    return code;
}

static struct rt_type *
error_type(const char *name)
{
#define EXC(id, base, kind, doc)                                               \
    if (strcmp(name, #id) == 0)                                                \
        return &rt_exc_##id;
#include "runtime/exceptions.def"
#undef EXC
    return &rt_exc_SyntaxError;
}

static rt_val
number_or_none(int n)
{
    return n ? rt_from_small(n) : rt_None;
}

/* The text of line [line] of the source, as str, or None. */
static rt_val
source_line(const char *text, size_t len, int line)
{
    const char *end = text + len, *p = text;

    for (; line > 1 && p < end; line--) {
        const char *nl = memchr(p, '\n', (size_t)(end - p));

        p = nl ? nl + 1 : end;
    }
    if (line != 1 || p >= end)
        return rt_None;
    end = memchr(p, '\n', (size_t)(end - p))
              ? memchr(p, '\n', (size_t)(end - p))
              : end;
    return rt_str_new(p, end - p);
}

void
rt_raise_syntax(const struct fe_error *err, const char *filename,
                const char *text, size_t len)
{
    struct rt_type *type = error_type(err->type ? err->type : "SyntaxError");
    rt_val details, line;

    if (type == &rt_exc_MemoryError) {
        rt_raise_memory();
        return;
    }
    if (!rt_is_subtype(type, &rt_exc_SyntaxError)) {
        rt_raise(type, "%s", err->msg ? err->msg : "");
        return;
    }
    line = err->text ? rt_str_new(err->text, -1)
                     : source_line(text, len, err->line);
    details = rt_tuple_pack(6, rt_str_new(filename, -1),
                            number_or_none(err->line), rt_from_small(err->col),
                            line, rt_from_small(err->end_line),
                            rt_from_small(err->end_col));
    rt_raise_object(rt_exc_new(type, 2, rt_str_new(err->msg, -1), details));
}

/* -- the type -- */

#define GET(field, expr)                                                       \
    static rt_val get_##field(rt_val self)                                     \
    {                                                                          \
        struct rt_code *c = rt_code_of(self);                                  \
                                                                               \
        return expr;                                                           \
    }
GET(name, c->name)
GET(qualname, c->qualname)
GET(filename, c->filename)
GET(firstlineno, rt_from_small(c->first_line))
GET(argcount, rt_from_small(c->argcount))
GET(posonly, rt_from_small(c->posonlyargcount))
GET(kwonly, rt_from_small(c->kwonlyargcount))
GET(nlocals, rt_from_small(c->nlocals))
GET(varnames, c->varnames)
GET(freevars, c->freevars)
GET(cellvars, c->cellvars)
#undef GET

static rt_val
get_consts(rt_val self)
{
    struct rt_code *c = rt_code_of(self);
    rt_val list = rt_list_new(NULL, 0);
    uint32_t i;

    for (i = 0; i < c->nconsts; i++)
        if (!rt_is_null(c->consts_end[-1 - (int64_t)i]) &&
            rt_list_append(list, c->consts_end[-1 - (int64_t)i]) < 0)
            return RT_NULL;
    return rt_list_to_tuple(list);
}

static const struct {
    uint32_t ours;
    int theirs; /* CPython's CO_ flags */
} flag_table[] = {{FE_OPTIMIZED, 0x3},
                  {FE_VARARGS, 0x4},
                  {FE_VARKEYWORDS, 0x8},
                  {FE_NESTED, 0x10},
                  {FE_GENERATOR, 0x20},
                  {FE_COROUTINE, 0x80},
                  {FE_ITERABLE_COROUTINE, 0x100},
                  {FE_ASYNC_GENERATOR, 0x200},
                  {FE_FUTURE_ANNOTATIONS, 0x1000000}};
enum { NFLAGS = sizeof flag_table / sizeof flag_table[0] };

static rt_val
get_flags(rt_val self)
{
    uint32_t flags = rt_code_of(self)->flags;
    int i, out = 0;

    for (i = 0; i < NFLAGS; i++)
        if (flags & flag_table[i].ours)
            out |= flag_table[i].theirs;
    return rt_from_small(out);
}

static int
set_flags(struct rt_code *code, rt_val v)
{
    int64_t flags;
    int i;

    if (rt_index_i64(v, &flags, &rt_exc_OverflowError) < 0)
        return -1;
    for (i = 0; i < NFLAGS; i++) {
        code->flags &= ~flag_table[i].ours;
        if (flags & flag_table[i].theirs)
            code->flags |= flag_table[i].ours;
    }
    return 0;
}

static int
set_text(rt_val *field, rt_val v, const char *name)
{
    if (rt_is_null(v))
        return 0;
    if (!rt_is_str(v)) {
        rt_raise(&rt_exc_TypeError,
                 "replace() argument '%s' must be str, not %T", name, v);
        return -1;
    }
    *field = v;
    return 0;
}

/* A copy that has counters, caches and traces of its own. */
static struct rt_code *
code_copy(const struct rt_code *from)
{
    struct rt_code *code = RT_NEW(struct rt_code, &rt_code_type);

    memcpy((char *)code + sizeof code->head,
           (const char *)from + sizeof from->head,
           sizeof *code - sizeof code->head);
    rt_barrier(code);
    code->ins = copy(from->ins, from->nins, sizeof *from->ins);
    code->ics = nac_calloc(from->nins + 1, sizeof *code->ics);
    memset(&code->entry, 0, sizeof code->entry);
    memset(&code->small_ints, 0, sizeof code->small_ints);
    memset(&code->replaced, 0, sizeof code->replaced);
    code->live = NULL;
    code->kept = 0;
    make_sites(code);
    rt_jit_code(code);
    return code;
}

static rt_val
code_replace(rt_val self, rt_val *args)
{
    struct rt_code *code = code_copy(rt_code_of(self));
    int64_t line = code->first_line;

    if ((!rt_is_null(args[0]) && set_flags(code, args[0]) < 0) ||
        (!rt_is_null(args[1]) &&
         rt_index_i64(args[1], &line, &rt_exc_OverflowError) < 0) ||
        set_text(&code->filename, args[2], "co_filename") < 0 ||
        set_text(&code->name, args[3], "co_name") < 0 ||
        set_text(&code->qualname, args[4], "co_qualname") < 0)
        return RT_NULL;
    code->first_line = (int32_t)line;
    return rt_from_ptr(code);
}

static rt_val
code_positions(rt_val self, rt_val *args)
{
    struct rt_code *c = rt_code_of(self);
    rt_val list = rt_list_new(NULL, 0);
    uint32_t i;

    (void)args;
    for (i = 0; i < c->nins; i++) {
        const struct fe_position *p = &c->positions[i];
        rt_val t = rt_tuple_pack(
            4, number_or_none(p->line), number_or_none(p->end_line),
            p->col < 0 ? rt_None : rt_from_small(p->col),
            p->end_col < 0 ? rt_None : rt_from_small(p->end_col));

        if (rt_list_append(list, t) < 0)
            return RT_NULL;
    }
    return rt_iter(list);
}

static rt_val
code_repr(rt_val self)
{
    struct rt_code *c = rt_code_of(self);

    return rt_str_format("<code object %U at %p, file \"%U\", line %d>",
                         c->name, (void *)c, c->filename, c->first_line);
}

static const struct rt_method methods[] = {
    RT_METHOD("co_positions", code_positions, READS, "($self, /)",
              "Iterator over the positions of the instructions."),
    RT_METHOD("replace", code_replace, READS,
              "($self, /, *, co_flags=None, co_firstlineno=None, "
              "co_filename=None, co_name=None, co_qualname=None)",
              "Return a copy of the code object with new values for the "
              "specified fields."),
    RT_END_METHODS};

static const struct rt_getset getsets[] = {
    {"co_name", get_name, NULL, NULL},
    {"co_qualname", get_qualname, NULL, NULL},
    {"co_filename", get_filename, NULL, NULL},
    {"co_firstlineno", get_firstlineno, NULL, NULL},
    {"co_argcount", get_argcount, NULL, NULL},
    {"co_posonlyargcount", get_posonly, NULL, NULL},
    {"co_kwonlyargcount", get_kwonly, NULL, NULL},
    {"co_nlocals", get_nlocals, NULL, NULL},
    {"co_varnames", get_varnames, NULL, NULL},
    {"co_freevars", get_freevars, NULL, NULL},
    {"co_cellvars", get_cellvars, NULL, NULL},
    {"co_consts", get_consts, NULL, NULL},
    {"co_flags", get_flags, NULL, NULL},
    RT_END_GETSETS};

/* Code objects are never freed: traces and caches point into them. */
struct rt_type rt_code_type = {
    RT_TYPE_HEAD(code, "code", sizeof(struct rt_code)),
    .flags = RT_TYPE_NOINSTANCE | RT_TYPE_HAS_WEAKREFS,
    .trace = code_trace,
    .methods = methods,
    .getsets = getsets,
    .slots = {.repr = code_repr},
};
