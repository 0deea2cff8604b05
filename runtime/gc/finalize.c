/* SPDX-License-Identifier: MIT
 * runtime/gc/finalize.c: objects whose type has a finaliser (slots.del) or
 * owns memory outside of the heap (release). They are listed when they are
 * allocated, those with wants_del by their type if it sees a need. A collection
 * queues the dead ones with finalisers, keeping them alive once more, and
 * releases the others. Finalisers run at safe points.
 */
#include "config.h"

#include "runtime/gc/heap.h"
#include "runtime/runtime.h"

/* Listed objects, with bit 0 set once the finaliser has run (it runs once);
 * those from [young] on were allocated since the last collection. */
static NAC_VEC(uintptr_t) listed;
static uint32_t young;
static NAC_VEC(struct rt_obj *) queue; /* finalisers to run, [done] did */
static uint32_t done;
static bool running;

void
rt_gc_finalizable(void *object)
{
    nac_vec_push(&listed, (uintptr_t)object);
}

static struct rt_obj *
listed_object(uintptr_t item)
{
    return (struct rt_obj *)(item & ~(uintptr_t)1);
}

bool
rt_finalize_pending(void)
{
    return done < queue.len || rt_weakrefs_pending();
}

void
rt_finalize_mark(struct rt_marker *m)
{
    for (uint32_t i = done; i < queue.len; i++)
        rt_gc_visit_ptr(m, queue.items[i]);
}

static bool
wants_del(uintptr_t item)
{
    struct rt_obj *obj = listed_object(item);
    const struct rt_type *type = obj->map->type;

    return !(item & 1) && type->slots.del &&
           (!type->wants_del || type->wants_del(obj));
}

/* After marking: sorts out the dead. Objects that a queued object refers to
 * live on too, but their own finalisers run in the same round. */
void
rt_finalize_find(struct rt_marker *m, bool full)
{
    uint32_t from = full ? 0 : young, keep = from, first = queue.len;

    for (uint32_t i = from; i < listed.len; i++) {
        uintptr_t item = listed.items[i];
        struct rt_obj *obj = listed_object(item);

        if (!is_marked(obj) && wants_del(item))
            nac_vec_push(&queue, obj);
        else
            listed.items[keep++] = item; /* the dead: decided below */
    }
    listed.len = keep;
    for (uint32_t i = first; i < queue.len; i++)
        rt_gc_visit_ptr(m, queue.items[i]);
    rt_mark_drain(m);
    keep = from;
    for (uint32_t i = from; i < listed.len; i++) {
        struct rt_obj *obj = listed_object(listed.items[i]);

        if (is_marked(obj))
            listed.items[keep++] = listed.items[i];
        else if (obj->map->type->release)
            obj->map->type->release(obj);
    }
    listed.len = young = keep;
}

static void
run_one(struct rt_obj *obj)
{
    struct rt_type *type = obj->map->type;

    if (type->slots.del)
        type->slots.del(rt_from_ptr(obj));
    if (type->release) /* memory: freed when it dies for good */
        nac_vec_push(&listed, (uintptr_t)obj | 1);
}

/* Runs the finaliser of each listed object that had none. Finalisers may
 * collect, which moves the list: false where there was anything to do. */
static bool
finish_listed(void)
{
    bool none = true;

    for (uint32_t i = 0; i < listed.len; i++) {
        uintptr_t item = listed.items[i];
        struct rt_obj *obj = listed_object(item);

        if (!wants_del(item))
            continue;
        listed.items[i] |= 1;
        obj->map->type->slots.del(rt_from_ptr(obj));
        rt_exc_clear();
        none = false;
    }
    return none;
}

/* The end of the program: what is still alive gets its finaliser, too. What
 * finalisers make all the time anew is given up in the end. */
void
rt_gc_finish(void)
{
    rt_gc_run_pending();
    for (int i = 0; i < 10 && !finish_listed(); i++)
        continue;
}

void
rt_gc_run_pending(void)
{
    rt_val exc;

    if (!rt_ts)
        return;
    rt_ts->poll &= ~(uint64_t)RT_POLL_GC;
    if (running || !rt_finalize_pending())
        return;
    running = true;
    exc = rt_ts->exc;
    rt_ts->exc = RT_NULL;
    while (done < queue.len) {
        run_one(queue.items[done++]);
        if (rt_raised())
            rt_exc_clear();
    }
    queue.len = done = 0;
    rt_weakrefs_run();
    rt_ts->exc = exc;
    running = false;
}
