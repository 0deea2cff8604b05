/* SPDX-License-Identifier: MIT
 * runtime/interp/bodies.c: the functions of bodies.def: compiled when they are
 * first needed, then copied for every call that uses one.
 */
#include "config.h"

#include "runtime/interp/bodies.h"

#include "frontend/compile.h"
#include "frontend/frontend.h"
#include "runtime/interp/inlined.h"
#include "runtime/objects/containers.h"

static const struct body {
    uint8_t id, iterable, nargs;
    const char *keywords, *source;
} bodies[] = {
#define BODY(id, iterable, nargs, keywords, source)                            \
    {RT_INLINE_##id, iterable, nargs, keywords, source},
#include "runtime/interp/bodies.def"
#undef BODY
};
enum { NBODIES = sizeof bodies / sizeof bodies[0] };

static const struct fe_code *compiled[NBODIES];
static rt_val shared; /* list: for each body, its first copy or None */
static rt_val namespace;
int8_t rt_body_iterable[RT_NINLINED];

/* -- what bodies can name beside the builtins -- */

static rt_val
merge_pair(rt_val self, rt_val *args)
{
    (void)self;
    return rt_dict_merge_pair(args[0], args[1], rt_small(args[2]), true) < 0
               ? RT_NULL
               : rt_None;
}

static const struct rt_method functions[] = {
    RT_FUNC("merge_pair", merge_pair, ANY, "(dict, pair, number, /)", NULL),
    RT_END_METHODS};

void
rt_bodies_init(rt_val builtins)
{
    static const char *const kept[] = {
        "bytearray", "bytes", "frozenset", "isinstance", "len",
        "max",       "min",   "set",       "str",        "sum",
        "tuple",     "type",  "ValueError"};
    rt_val module = rt_module_new(rt_intern("builtins"));
    size_t i;

    namespace = rt_module_of(module)->dict;
    rt_gc_root(&namespace);
    for (i = 0; i < sizeof kept / sizeof *kept; i++)
        rt_module_add(module, kept[i],
                      rt_dict_get_name(builtins, rt_intern(kept[i])));
    rt_module_methods(module, functions);
    shared = rt_list_new(NULL, 0);
    rt_gc_root(&shared);
    memset(rt_body_iterable, -1, sizeof rt_body_iterable);
    for (i = 0; i < NBODIES; i++) {
        rt_list_append(shared, rt_None);
        rt_body_iterable[bodies[i].id] = (int8_t)bodies[i].iterable;
    }
}

/* -- copies -- */

/* The source's code object; it lives as long as the process. */
static const struct fe_code *
compile(const struct body *b)
{
    static struct nac_arena arena;
    static bool ready;
    struct fe_error err = {0};
    struct fe_node *tree;
    struct fe_code *fe = NULL;
    uint32_t i;

    if (!ready)
        nac_arena_init(&arena);
    ready = true;
    tree = fe_parse(&arena, b->source, strlen(b->source), "<builtin>", FE_EXEC,
                    &err);
    if (tree)
        fe = fe_compile(&arena, tree, "<builtin>", FE_EXEC, 0, &err);
    for (i = 0; fe && i < fe->nconsts; i++)
        if (fe->consts[i].kind == FE_CONST_CODE)
            return fe->consts[i].code;
    nac_die(__FILE__, __LINE__, "body: %s", err.msg ? err.msg : b->source);
}

static rt_val
new_copy(size_t i)
{
    struct rt_code *code;

    if (!compiled[i])
        compiled[i] = compile(&bodies[i]);
    code = rt_code_new(compiled[i]);
    if (!code)
        return RT_NULL;
    code->hidden = 1;
    return rt_function_new(code, namespace);
}

/* -- which body -- */

static bool
named(const char *keywords, const struct rt_tuple *kw)
{
    int64_t i;

    for (i = 0; kw && i < kw->len; i++) {
        int64_t len;
        const char *name = rt_str_utf8_any(kw->items[i], &len);

        if (strncmp(keywords, name, (size_t)len) != 0 ||
            (keywords[len] && keywords[len] != ' '))
            return false;
        keywords += len + (keywords[len] == ' ');
    }
    return !*keywords;
}

/* The first copy, for calls that have one of another body already. */
static struct rt_function *
shared_copy(size_t i)
{
    struct rt_list *list = rt_list_of(shared);

    if (rt_is_none(list->items->items[i])) {
        rt_val f = new_copy(i);

        if (rt_is_null(f))
            return NULL;
        rt_write(list->items, &list->items->items[i], f);
    }
    return rt_function_of(list->items->items[i]);
}

static int
find(uint32_t id, int n, const struct rt_tuple *kw)
{
    int i;

    for (i = 0; i < NBODIES; i++)
        if (bodies[i].id == id && bodies[i].nargs == n &&
            named(bodies[i].keywords, kw))
            return i;
    return -1;
}

/* In the cache: version says for which builtin and number of arguments (the
 * keywords are the instruction's), value is the copy or RT_NULL. */
struct rt_function *
rt_body_at(struct rt_ic *ic, struct rt_code *caller, uint32_t id, int n,
           const struct rt_tuple *kw)
{
    uint64_t key = (uint64_t)id << 32 | (uint32_t)n;
    int row;

    if (ic->version == key)
        return rt_is_null(ic->value) ? NULL : rt_function_of(ic->value);
    row = find(id, n, kw);
    if (ic->version)
        return row < 0 ? NULL : shared_copy((size_t)row);
    ic->value = row < 0 ? RT_NULL : new_copy((size_t)row);
    ic->version = key;
    if (rt_is_null(ic->value))
        return NULL;
    if (rt_is_null(caller->bodies))
        rt_write(caller, &caller->bodies, rt_list_new(NULL, 0));
    rt_list_append(caller->bodies, ic->value);
    return rt_function_of(ic->value);
}
