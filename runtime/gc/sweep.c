/* SPDX-License-Identifier: MIT
 * runtime/gc/sweep.c: a collection from begin to end, its pacing, and lazy
 * sweeping: after a collection only the mark bits of each block are counted
 * (empty blocks go back at once); dead cells are found when the allocator
 * wants the next run.
 */
#include "config.h"

#include <time.h>

#include "base/log.h"
#include "base/phase.h"
#include "runtime/gc/heap.h"
#include "runtime/runtime.h"

static struct rt_gc_stats stats;
struct rt_marker rt_marker;

/* -- runs -- */

static inline bool
cell_marked(const struct rt_block *block, uint32_t off)
{
    return block->marks[off >> 9] >> (off >> 4 & 31) & 1;
}

/* The next run of dead cells in the block, at most RUN_BYTES long. */
static bool
next_run(struct rt_block *block, struct tr_bump *b)
{
    uint32_t cell = block->cell;
    uint32_t end = CELLS_OFFSET + block->ncells * cell;
    uint32_t off = (uint32_t)(block->swept - (char *)block);
    uint32_t from;

    while (off < end && cell_marked(block, off))
        off += cell;
    if (off >= end) {
        block->swept = (char *)block + end;
        return false;
    }
    from = off;
    do
        off += cell;
    while (off < end && off - from + cell <= RUN_BYTES &&
           !cell_marked(block, off));
    block->swept = (char *)block + off;
    b->next = (char *)block + from;
    b->end = (char *)block + off;
    memset(b->next, 0, off - from);
    return true;
}

/* Gives the class a run of cells; may collect. False: out of memory. */
bool
rt_sweep_refill(uint32_t cls)
{
    struct size_class *c = &rt_heap.classes[cls];
    struct tr_bump *b = &rt_bumps[cls];
    bool exhausted = false;

    if ((rt_heap.allocated >= rt_heap.trigger || rt_heap.stress) &&
        !rt_heap.collecting)
        rt_heap_collect(false);
    if (b->next != b->end)
        return true;
    for (;;) {
        if (!c->current) {
            c->current = c->todo;
            if (c->current)
                c->todo = c->current->next;
            else
                c->current = rt_heap_new_block(cls);
            if (!c->current && exhausted)
                c->current = rt_heap_spare_block(cls);
            if (!c->todo)
                c->tail = &c->todo;
            if (!c->current) {
                if (exhausted)
                    return false;
                exhausted = true;
                rt_heap_collect(true);
                continue;
            }
        }
        if (next_run(c->current, b))
            break;
        c->current = NULL;
    }
    if (rt_heap.stress) {
        char *one = b->next + c->cell;

        c->current->swept = one;
        b->end = one;
    }
    rt_heap.allocated += (uint64_t)(b->end - b->next);
    return true;
}

/* -- after marking -- */

static uint32_t
count_marks(const struct rt_block *block)
{
    const uint64_t *words = (const uint64_t *)(const void *)block->marks;
    uint32_t n = 0;

    for (uint32_t i = 0; i < CARDS / 2; i++)
        n += (uint32_t)__builtin_popcountll(words[i]);
    return n;
}

static void
reset_allocators(void)
{
    for (uint32_t i = 0; i < NCLASSES; i++) {
        struct size_class *c = &rt_heap.classes[i];

        c->current = c->todo = NULL;
        c->tail = &c->todo;
        rt_bumps[i] = (struct tr_bump){NULL, NULL};
    }
}

/* Counts what lives, frees empty blocks, queues the others for sweeping. */
static void
account(void)
{
    uint64_t live = 0, large = 0;

    reset_allocators();
    for (uint32_t i = 0; i < rt_heap.fresh;) {
        struct rt_block *block;
        uint32_t n;

        if (!rt_heap.start[i]) {
            i++;
            continue;
        }
        block = block_at(i);
        i += block->nchunks;
        n = count_marks(block);
        if (!n) {
            rt_heap_release_block(block);
            continue;
        }
        if (!block->cell) {
            large += block->size;
            continue;
        }
        live += (uint64_t)n * block->cell;
        block->swept = (char *)block + CELLS_OFFSET;
        block->next = NULL;
        if ((uint64_t)n * 16 < (uint64_t)block->ncells * 15) {
            struct size_class *c = &rt_heap.classes[block->cls];

            *c->tail = block;
            c->tail = &block->next;
        }
    }
    rt_heap.live = live + large;
    rt_heap.live_large = large;
}

/* Dead objects that hold others: what gc.collect() reports. */
static int64_t
count_dead(void)
{
    int64_t n = 0;

    for (uint32_t i = 0; i < rt_heap.fresh;) {
        struct rt_block *block;
        char *p, *end;
        uint32_t step;

        if (!rt_heap.start[i]) {
            i++;
            continue;
        }
        block = block_at(i);
        i += block->nchunks;
        p = (char *)block + CELLS_OFFSET;
        end = block->cell ? block->swept : p + 1;
        step = block->cell ? block->cell : 1;
        for (; p < end; p += step) {
            struct rt_obj *obj = (struct rt_obj *)(void *)p;

            /* Maps of types that die too may be gone already in the sense
             * of the program, but not yet as memory. */
            if (!is_marked(obj) && obj->map && obj->map->type->trace &&
                obj->map != &rt_words_type.root_map)
                n++;
        }
    }
    return n;
}

static void
clear_marks(void)
{
    for (uint32_t i = 0; i < rt_heap.fresh;) {
        struct rt_block *block;

        if (!rt_heap.start[i]) {
            i++;
            continue;
        }
        block = block_at(i);
        i += block->nchunks;
        /* The unswept rest of the block holds dead objects, which must not
         * look alive once the marks are gone. */
        for (char *p = block->swept;
             block->cell &&
             p < (char *)block + CELLS_OFFSET + block->ncells * block->cell;
             p += block->cell)
            if (!is_marked(p))
                ((struct rt_obj *)(void *)p)->map = NULL;
        block->swept = block->cell ? (char *)block + CELLS_OFFSET +
                                         block->ncells * block->cell
                                   : block->swept;
        memset(block->cards, 0, sizeof block->cards + sizeof block->marks);
    }
}

/* By how many bytes the old generation may grow until the next full
 * collection: as much as there is in small objects, which marking costs, and a
 * part of the large ones, which mostly cost nothing but memory. */
static uint64_t
growth(void)
{
    uint64_t small = rt_heap.live - rt_heap.live_large;

    return (small > FULL_LEAST ? small : FULL_LEAST) + rt_heap.live_large / 4;
}

static bool
alive(const void *object)
{
    return is_alive(object);
}

static void
mark_all(bool full)
{
    rt_mark_roots(&rt_marker);
    rt_finalize_mark(&rt_marker);
    rt_weakrefs_mark(&rt_marker);
    rt_mark_drain(&rt_marker);
    if (!full)
        rt_mark_dirty_cards(&rt_marker);
}

static int64_t
collect(bool full, bool count)
{
    struct timespec from, to;
    int phase = nac_phase_set(NAC_COLLECTOR);
    int64_t dead;

    clock_gettime(CLOCK_MONOTONIC, &from);
    rt_heap.collecting = true;
    rt_heap.young = !full;
    stats.allocated += rt_heap.allocated;
    if (full)
        clear_marks();
    mark_all(full);
    rt_weakrefs_clear(full);
    rt_finalize_find(&rt_marker, full);
    rt_mark_drain(&rt_marker);
    dead = count ? count_dead() : 0;
    rt_side_sweep(alive);
    for (uint32_t i = 0; i < rt_gc_nweak; i++)
        rt_gc_weak[i](alive);
    account();
    rt_heap.allocated = 0;
    rt_heap.external = 0;
    rt_heap.trigger = YOUNG_BYTES + rt_heap.live / 8;
    rt_memory_keep();
    if (full) {
        rt_heap.full_at = rt_heap.live + growth();
        rt_heap_trim(count);
    }
    stats.collections[full ? 2 : 0]++;
    rt_heap.collecting = false;
    clock_gettime(CLOCK_MONOTONIC, &to);
    stats.seconds += (double)(to.tv_sec - from.tv_sec) +
                     (double)(to.tv_nsec - from.tv_nsec) * 1e-9;
    stats.live_bytes = rt_heap.live;
    stats.heap_bytes = (uint64_t)(rt_heap.fresh - rt_heap.nfree)
                       << RT_BLOCK_SHIFT;
    stats.freed_objects += (uint64_t)dead;
    nac_log("gc", "%s collection: %llu KiB live, heap %llu KiB\n",
            full ? "full" : "young", (unsigned long long)rt_heap.live >> 10,
            (unsigned long long)stats.heap_bytes >> 10);
    nac_phase_set(phase);
    return dead;
}

/* The allocator's: young, or full where the old generation has grown. */
void
rt_heap_collect(bool full)
{
    if (!rt_heap.enabled || rt_heap.collecting) {
        rt_heap.trigger = rt_heap.allocated + YOUNG_BYTES;
        return;
    }
    if (rt_heap.live >= rt_heap.full_at)
        full = true;
    rt_gc_with_registers(collect, full, false);
    if (rt_finalize_pending() && rt_ts)
        rt_ts->poll |= RT_POLL_GC;
}

int64_t
rt_gc_collect(int generation)
{
    int64_t n;

    if (rt_heap.collecting)
        return 0;
    rt_heap.exact = nac_phase == NAC_INTERPRETER;
    n = rt_gc_with_registers(collect, generation > 0, true);
    rt_heap.exact = false;
    rt_gc_run_pending();
    return n;
}

void
rt_gc_enable(bool on)
{
    rt_heap.enabled = on;
}

bool
rt_gc_is_enabled(void)
{
    return rt_heap.enabled;
}

void
rt_gc_stress(bool on)
{
    rt_heap.stress = on;
}

void
rt_gc_external(int64_t bytes)
{
    rt_heap.external += bytes;
    if (bytes > 0)
        rt_heap.allocated += (uint64_t)bytes;
}

const struct rt_gc_stats *
rt_gc_stats(void)
{
    return &stats;
}
