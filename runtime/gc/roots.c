/* SPDX-License-Identifier: MIT
 * runtime/gc/roots.c: where marking begins: the native stack with the saved
 * registers, the value stack, the thread state, static objects, registered
 * words and whatever other parts registered a scanner for (compiled traces,
 * other threads).
 */
#include "config.h"

#include "runtime/gc/heap.h"
#include "runtime/interp/frame.h"
#include "runtime/runtime.h"

static NAC_VEC(rt_val *) words;
static NAC_VEC(struct rt_obj *) statics;
static void (*scanners[16])(struct rt_marker *);
static uint32_t nscanners;
void (*rt_gc_weak[16])(bool (*alive)(const void *));
uint32_t rt_gc_nweak;
static char *stack_base, *stack_top;

enum { STACK_MARGIN = 64 }; /* words of a frame that is being made */

void
rt_gc_root(rt_val *word)
{
    nac_vec_push(&words, word);
}

void
rt_gc_static(struct rt_obj *object)
{
    nac_vec_push(&statics, object);
}

void
rt_gc_add_roots(void (*scan)(struct rt_marker *))
{
    if (nscanners == sizeof scanners / sizeof *scanners)
        nac_die(__FILE__, __LINE__, "too many root scanners");
    scanners[nscanners++] = scan;
}

void
rt_gc_add_weak(void (*sweep)(bool (*alive)(const void *)))
{
    if (rt_gc_nweak == sizeof rt_gc_weak / sizeof *rt_gc_weak)
        nac_die(__FILE__, __LINE__, "too many weak tables");
    rt_gc_weak[rt_gc_nweak++] = sweep;
}

void
rt_gc_set_stack(void *base)
{
    stack_base = base;
}

void
rt_gc_init(void *base)
{
    stack_base = base;
    rt_heap_open();
}

void
rt_gc_visit_range(struct rt_marker *m, const void *from, const void *to)
{
    rt_mark_range(m, from, to);
}

static __attribute__((noinline)) int64_t
below_saved(int64_t (*fn)(bool, bool), bool full, bool count)
{
    stack_top = __builtin_frame_address(0);
    return fn(full, count);
}

__attribute__((noinline)) int64_t
rt_gc_with_registers(int64_t (*fn)(bool, bool), bool full, bool count)
{
    volatile int64_t result; /* no tail call: this frame holds the registers */

    __builtin_unwind_init();
    result = below_saved(fn, full, count);
    return result;
}

static void
mark_thread(struct rt_marker *m, struct rt_thread *ts)
{
    rt_val *top;

    rt_gc_visit(m, ts->exc);
    rt_gc_visit(m, ts->handled);
    rt_gc_visit_words(m, ts->asyncgen_hooks, 2);
    rt_gc_visit(m, ts->trace_func);
    rt_gc_visit(m, ts->profile_func);
    if (!ts->stack || !ts->fp)
        return;
    top = rt_frame_top() + STACK_MARGIN;
    rt_mark_range(m, ts->stack, top < ts->stack_end ? top : ts->stack_end);
}

void
rt_mark_roots(struct rt_marker *m)
{
    rt_mark_range(m, (void *)((uintptr_t)stack_top & ~(uintptr_t)7),
                  stack_base);
    if (rt_ts)
        mark_thread(m, rt_ts);
    for (uint32_t i = 0; i < words.len; i++)
        rt_gc_visit(m, *words.items[i]);
    for (uint32_t i = 0; i < statics.len; i++) {
        struct rt_obj *obj = statics.items[i];

        if (obj->map->type->trace)
            obj->map->type->trace(obj, m);
    }
    for (uint32_t i = 0; i < nscanners; i++)
        scanners[i](m);
}
