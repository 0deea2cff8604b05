/* SPDX-License-Identifier: MIT
 * runtime/modules/site.c: the builtins exit and quit, which CPython's module
 * site adds. Called by builtins.c.
 */
#include "config.h"

#include "runtime/modules/builtins.h"
#include "runtime/runtime.h"

struct quitter {
    struct rt_obj head;
    rt_val name;
};

static rt_val
quitter_repr(rt_val self)
{
    return rt_str_format("Use %U() or Ctrl-D (i.e. EOF) to exit",
                         ((struct quitter *)rt_ptr(self))->name);
}

static rt_val
quitter_call(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    static struct rt_signature *sig;
    rt_val code[1], exc;

    (void)self;
    if (rt_bind(&sig, "__call__", "(code=None)", code, args, nargs, kwnames) <
        0)
        return RT_NULL;
    exc = rt_exc_new(&rt_exc_SystemExit, 1,
                     rt_is_null(code[0]) ? rt_None : code[0]);
    return rt_is_null(exc) ? exc : rt_raise_object(exc);
}

static void
quitter_trace(struct rt_obj *obj, struct rt_marker *m)
{
    rt_gc_visit(m, ((struct quitter *)obj)->name);
}

static struct rt_type quitter_type = {
    .head = {&rt_type_type.root_map},
    .root_map = {.head = {&rt_map_type.root_map}, .type = &quitter_type},
    .cname = "_sitebuiltins.Quitter",
    .size = sizeof(struct quitter),
    .flags = RT_TYPE_NOINSTANCE,
    .trace = quitter_trace,
    .slots = {.repr = quitter_repr, .call = quitter_call},
};

void
rt_builtins_add_site(rt_val module)
{
    static const char *const names[] = {"exit", "quit"};

    rt_type_ready(&quitter_type);
    for (int i = 0; i < 2; i++) {
        struct quitter *q = RT_NEW(struct quitter, &quitter_type);

        q->name = RT_NULL;
        rt_write(q, &q->name, rt_intern(names[i]));
        rt_module_add(module, names[i], rt_from_ptr(q));
    }
}
