/* SPDX-License-Identifier: MIT
 * runtime/objects/namespace.c: dicts of modules, whose values lie in cells.
 * Code keeps a name's cell for as long as rt_namespace_epoch stays the same;
 * traces rely on a cell's value through its watch, and on a builtin not being
 * hidden by a global through rt_builtin_hidden.
 */
#include "config.h"

#include "runtime/objects/containers.h"

#include "runtime/type.h"

struct tr_watch rt_builtin_hidden;
uint64_t rt_namespace_epoch = 1;

static void
fire(struct tr_watch *watch)
{
    if (rt_invalidate_hook)
        rt_invalidate_hook(watch);
}

struct rt_map rt_namespace_map = {.head = {&rt_map_type.root_map},
                                  .type = &rt_dict_type};

rt_val
rt_namespace_new(void)
{
    struct rt_namespace *ns =
        rt_alloc(&rt_namespace_map, sizeof(struct rt_namespace));

    ns->dict.flags = RT_DICT_NAMESPACE;
    ns->graves = RT_NULL;
    return rt_from_ptr(ns);
}

static bool
is_builtins(const struct rt_dict *ns)
{
    return rt_is_obj(rt_builtins) && rt_ptr(rt_builtins) == (const void *)ns;
}

rt_val
rt_gcell_new(struct rt_dict *ns, rt_val name, rt_val value)
{
    struct rt_namespace *space = (struct rt_namespace *)ns;
    struct rt_gcell *cell = NULL;

    if (!rt_is_null(space->graves)) {
        rt_val grave = rt_dict_pop(space->graves, name);

        cell = rt_is_null(grave) ? NULL : rt_ptr(grave);
    }
    if (cell) {
        rt_gcell_write(cell, value);
    } else {
        cell = RT_NEW(struct rt_gcell, &rt_gcell_type);
        cell->value = value;
        cell->writes = rt_is_null(value) ? 0 : 1;
    }
    if (is_builtins(ns)) {
        rt_namespace_epoch++;
    } else if (rt_is_obj(rt_builtins) && rt_is_str(name) &&
               !rt_is_null(rt_dict_get_name(rt_builtins, name))) {
        rt_namespace_epoch++;
        fire(&rt_builtin_hidden);
    }
    return rt_from_ptr(cell);
}

void
rt_gcell_kill(struct rt_dict *ns, rt_val name, struct rt_gcell *cell)
{
    struct rt_namespace *space = (struct rt_namespace *)ns;

    if (rt_is_null(space->graves))
        rt_write(space, &space->graves, rt_dict_new());
    rt_dict_set(space->graves, name, rt_from_ptr(cell));
    cell->value = RT_NULL;
    cell->writes++;
    fire(&cell->watch);
}

struct rt_gcell *
rt_namespace_cell(rt_val ns, rt_val name, bool make)
{
    struct rt_dict *d = rt_dict_of(ns);
    int64_t hash = rt_str_hash(name), at;
    rt_val cell;

    if (!(d->flags & RT_DICT_NAMESPACE))
        return NULL;
    at = rt_dict_find(d, name, hash);
    if (at >= 0)
        return rt_ptr(d->entries->items[at].value);
    if (at < -1)
        rt_exc_clear();
    if (!make)
        return NULL;
    cell = rt_gcell_new(d, name, RT_NULL);
    return rt_dict_insert(d, name, hash, cell) < 0 ? NULL : rt_ptr(cell);
}

void
rt_gcell_write(struct rt_gcell *cell, rt_val value)
{
    rt_write(cell, &cell->value, value);
    cell->writes++;
    fire(&cell->watch);
}

static void
gcell_trace(struct rt_obj *obj, struct rt_marker *m)
{
    rt_gc_visit(m, ((struct rt_gcell *)obj)->value);
}

struct rt_type rt_gcell_type = {
    RT_TYPE_HEAD(gcell, "gcell", sizeof(struct rt_gcell)),
    .flags = RT_TYPE_NOINSTANCE,
    .trace = gcell_trace,
};
