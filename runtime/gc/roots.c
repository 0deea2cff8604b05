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
    rt_memory_keep();
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

/* Does a trace run in the innermost activation? The words of its frames are
 * those of when it was entered, and it may still read any of them. */
static bool
in_trace(const struct rt_thread *ts)
{
    const rt_val *fp;

    for (fp = ts->fp; fp; fp = rt_frame_back(fp)) {
        enum rt_frame_kind kind = rt_frame_kind(fp);

        if (fp == ts->trace_fp)
            return true;
        if (kind == RT_FK_ENTRY || kind == RT_FK_GEN_ENTRY)
            return false;
    }
    return false;
}

/* gc.collect() should not keep what only dead temporaries hold: of the frames
 * of the innermost activation of the interpreter, marks the variables, and the
 * temporaries that the instruction being executed or a later one reads. What
 * lies above is dead, and cleared. Returns where the frames begin; those below
 * may belong to a running trace, whose pc is not known. */
static rt_val *
mark_frames(struct rt_marker *m, struct rt_thread *ts, rt_val *top)
{
    const struct fe_ins *pc = ts->pc;
    rt_val *fp = ts->fp, *end = rt_frame_top();
    bool last = false;

    if (in_trace(ts))
        return top;
    memset(end, 0, (size_t)(top - end) * sizeof *top);
    while (fp && !last) {
        struct rt_code *code = rt_frame_code(fp);
        uint32_t named = code->nlocals + code->nfree;
        uint32_t at = (uint32_t)(pc - code->ins);
        enum rt_frame_kind kind = rt_frame_kind(fp);

        if (pc <= code->ins || at > code->nins || code->all_live)
            return end;
        rt_mark_range(m, fp + RT_FRAME_AUX, fp + named);
        for (uint32_t r = named; r < code->nregs; r++)
            if (rt_code_live(code, at - 1, r) || rt_code_live(code, at, r))
                rt_mark_range(m, fp + r, fp + r + 1);
            else if (fp + r < end)
                fp[r] = RT_NULL;
        end = fp + RT_FRAME_AUX;
        last = kind == RT_FK_ENTRY || kind == RT_FK_GEN_ENTRY;
        pc = rt_frame_pc(fp);
        fp = rt_frame_back(fp);
    }
    return end;
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
    if (top > ts->stack_end)
        top = ts->stack_end;
    if (rt_heap.exact)
        rt_mark_range(m, ts->stack, mark_frames(m, ts, top));
    else
        rt_mark_range(m, ts->stack, top);
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
