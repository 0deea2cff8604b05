/* SPDX-License-Identifier: MIT
 * runtime/gc/alloc.c: reserves the heap, hands out blocks and cells. The fast
 * path is rt_alloc(): a bump through the current run of the size class; when
 * the run ends, sweep.c finds the next one, and collections start there.
 */
#include "config.h"

#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "runtime/gc/heap.h"
#include "runtime/runtime.h"

enum {
    HUGE_CHUNKS = 64, /* large objects that get huge pages */
    SPARE_STEP = 16,
    RESERVE = 16 << 20, /* bytes for bookkeeping once memory is exhausted */
    SPARE_CHUNKS = 64   /* for small objects then */
};

#define NONE UINT32_MAX

struct heap rt_heap;
struct tr_bump rt_bumps[NCLASSES];
static uint8_t class_of[MAX_SMALL / 16 + 1];

static void
init_classes(void)
{
    uint32_t n = 1, from = 0;

    for (; n < FAST_CLASSES; n++)
        rt_heap.classes[n].cell = n * 16;
    for (uint32_t size = 512; size < MAX_SMALL; n++) {
        uint32_t cells = CELLS_BYTES / (size + size / 8 + 16);

        size = CELLS_BYTES / cells / 16 * 16;
        rt_heap.classes[n].cell = size;
    }
    ASSERT(n < NCLASSES, "%u size classes", n);
    for (uint32_t c = 1; c < n; c++)
        for (; from <= rt_heap.classes[c].cell / 16; from++)
            class_of[from] = (uint8_t)c;
    for (uint32_t c = 0; c < NCLASSES; c++)
        rt_heap.classes[c].tail = &rt_heap.classes[c].todo;
}

/* At most half of what `ulimit -v` allows: the value stack, the host VM and
 * malloc() need some, too. */
static uint64_t
most_bytes(void)
{
    uint64_t bytes = UINT64_C(1) << 39;
    struct rlimit limit;

    if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
        while (bytes > limit.rlim_cur / 2)
            bytes >>= 1;
    return bytes;
}

static void
reserve(void)
{
    uint64_t bytes = most_bytes();
    void *p = MAP_FAILED;

    for (; bytes >= (32 << 20); bytes >>= 1) {
        /* Without MAP_NORESERVE: the system then refuses what is plainly more
         * than it has when a part is made writable, as it does for malloc(). */
        p = mmap(NULL, bytes + RT_BLOCK_SIZE, PROT_NONE,
                 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (p != MAP_FAILED)
            break;
    }
    if (p == MAP_FAILED)
        nac_die(__FILE__, __LINE__, "no address space for the heap");
    rt_heap.base = (char *)(((uintptr_t)p + RT_BLOCK_SIZE - 1) &
                            ~(uintptr_t)(RT_BLOCK_SIZE - 1));
    rt_heap.bytes = bytes;
    rt_heap.nchunks = (uint32_t)(bytes >> RT_BLOCK_SHIFT) - SPARE_CHUNKS;
    p = mmap(NULL, ((uint64_t)rt_heap.nchunks + SPARE_CHUNKS) * 5,
             PROT_READ | PROT_WRITE,
             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p == MAP_FAILED)
        nac_die(__FILE__, __LINE__, "no memory for the heap's table");
    rt_heap.start = p;
    rt_heap.dirty = (uint8_t *)(rt_heap.start + rt_heap.nchunks + SPARE_CHUNKS);
}

void
rt_heap_open(void)
{
    init_classes();
    reserve();
    rt_heap.enabled = true;
    rt_heap.trigger = YOUNG_BYTES;
    rt_heap.full_at = FULL_LEAST;
}

/* -- chunks -- */

static bool
make_writable(uint32_t end)
{
    uint32_t step = rt_heap.writable < 256 ? 16 : rt_heap.writable / 16;
    uint32_t to = end > rt_heap.writable + step ? end : rt_heap.writable + step;

    if (end <= rt_heap.writable)
        return true;
    if (to > rt_heap.nchunks)
        to = rt_heap.nchunks;
    if (end > to ||
        mprotect(block_at(rt_heap.writable),
                 (uint64_t)(to - rt_heap.writable) << RT_BLOCK_SHIFT,
                 PROT_READ | PROT_WRITE) < 0)
        return false;
    rt_heap.writable = to;
    return true;
}

/* First of [n] neighbouring free chunks below fresh, or NONE. */
static uint32_t
find_free(uint32_t n)
{
    uint32_t run = 0;

    if (rt_heap.nfree < n)
        return NONE;
    for (uint32_t i = rt_heap.free_hint; i < rt_heap.fresh; i++) {
        uint32_t s = rt_heap.start[i];

        if (s) {
            run = 0;
            i += block_at(s - 1)->nchunks - 1;
            continue;
        }
        if (++run == n)
            return i - n + 1;
    }
    return NONE;
}

/* A block of [n] chunks, its header and (if [clear]) content zeroed; NULL
 * where memory is exhausted. */
static struct rt_block *
take_chunks(uint32_t n, uint64_t clear)
{
    uint32_t at = find_free(n);
    struct rt_block *block;

    if (at != NONE) {
        rt_heap.nfree -= n;
        if (rt_heap.nfree < rt_heap.free_low)
            rt_heap.free_low = rt_heap.nfree;
        if (n == 1)
            rt_heap.free_hint = at + 1;
    } else {
        at = rt_heap.fresh;
        if (at + (uint64_t)n > rt_heap.nchunks || !make_writable(at + n))
            return NULL;
        rt_heap.fresh += n;
    }
    block = block_at(at);
    if (n >= HUGE_CHUNKS)
        madvise(block, (uint64_t)n << RT_BLOCK_SHIFT, MADV_HUGEPAGE);
    for (uint32_t i = 0; i < n; i++) {
        if (rt_heap.dirty[at + i] && i << RT_BLOCK_SHIFT < clear)
            memset(block_at(at + i), 0,
                   i || clear > RT_BLOCK_SIZE ? RT_BLOCK_SIZE : clear);
        rt_heap.dirty[at + i] = 0;
        rt_heap.start[at + i] = at + 1;
    }
    block->nchunks = n;
    return block;
}

void
rt_heap_release_block(struct rt_block *block)
{
    uint32_t at = (uint32_t)(((char *)block - rt_heap.base) >> RT_BLOCK_SHIFT);
    uint32_t n = block->nchunks;

    for (uint32_t i = 0; i < n; i++) {
        rt_heap.start[at + i] = 0;
        rt_heap.dirty[at + i] = 1;
    }
    rt_heap.nfree += n;
    if (at < rt_heap.free_hint)
        rt_heap.free_hint = at;
}

/* Gives [n] free chunks, from the top of the heap, back to the system. */
static void
release_chunks(uint32_t n)
{
    uint32_t i = rt_heap.fresh;

    while (n && i > 0) {
        uint32_t end = i;

        while (i > 0 && n && !rt_heap.start[i - 1] && rt_heap.dirty[i - 1]) {
            rt_heap.dirty[--i] = 0;
            n--;
        }
        if (i < end)
            madvise(block_at(i), (uint64_t)(end - i) << RT_BLOCK_SHIFT,
                    MADV_DONTNEED);
        else
            i--;
    }
    while (rt_heap.fresh && !rt_heap.start[rt_heap.fresh - 1] &&
           !rt_heap.dirty[rt_heap.fresh - 1]) {
        rt_heap.fresh--;
        rt_heap.nfree--;
    }
}

/* After a full collection: chunks that were free all the time since the last
 * call go back; if [at_once] (gc.collect()) all but a reserve. Memory that is
 * wanted again soon is cheaper to clear than to be faulted in. */
void
rt_heap_trim(bool at_once)
{
    static uint32_t calls;
    uint32_t keep = (uint32_t)(rt_heap.live >> (RT_BLOCK_SHIFT + 1)) + 256;
    uint32_t idle = at_once ? rt_heap.nfree : rt_heap.free_low;

    if (!at_once && ++calls % 8)
        return;
    if (idle > keep)
        release_chunks(idle - keep);
    rt_heap.free_low = rt_heap.nfree;
}

/* -- cells -- */

struct rt_block *
rt_heap_new_block(uint32_t cls)
{
    uint32_t cell = rt_heap.classes[cls].cell;
    struct rt_block *block = take_chunks(1, CELLS_OFFSET);

    if (!block)
        return NULL;
    block->cell = cell;
    block->cls = cls;
    block->ncells = CELLS_BYTES / cell;
    block->reciprocal = (uint32_t)((UINT64_C(1) << 32) / cell + 1);
    block->swept = (char *)block + CELLS_OFFSET;
    return block;
}

/* The last memory there is: small objects cannot say that there is none, so the
 * program gets its MemoryError at the next loop head or call instead. Handling
 * that needs some blocks, too: they bring the next one only every SPARE_STEP.
 */
struct rt_block *
rt_heap_spare_block(uint32_t cls)
{
    struct rt_block *block;
    uint32_t used;

    rt_heap.nchunks += SPARE_CHUNKS;
    block = rt_heap_new_block(cls);
    rt_heap.nchunks -= SPARE_CHUNKS;
    used =
        rt_heap.fresh > rt_heap.nchunks ? rt_heap.fresh - rt_heap.nchunks : 0;
    if (block && used % SPARE_STEP <= 1)
        rt_memory_low();
    return block;
}

void
rt_memory_keep(void)
{
    nac_mem_keep(RESERVE, rt_memory_low);
}

void
rt_memory_low(void)
{
    if (rt_ts)
        __atomic_fetch_or(&rt_ts->poll, (uint64_t)RT_POLL_MEMORY,
                          __ATOMIC_SEQ_CST);
}

static void *
take_cell(uint32_t cls)
{
    struct tr_bump *b = &rt_bumps[cls];
    char *p;

    if (b->next == b->end && !rt_sweep_refill(cls))
        return NULL;
    p = b->next;
    b->next += rt_heap.classes[cls].cell;
    return p;
}

static void *
alloc_large(size_t size)
{
    uint64_t total = (uint64_t)size + CELLS_OFFSET;
    uint32_t n = (uint32_t)((total + RT_BLOCK_SIZE - 1) >> RT_BLOCK_SHIFT);
    struct rt_block *block;

    if (total > rt_heap.bytes)
        return NULL;
    rt_heap.allocated += size;
    if (rt_heap.allocated >= rt_heap.trigger || rt_heap.stress)
        rt_heap_collect(false);
    block = take_chunks(n, total);
    if (!block && size < rt_heap.live + rt_heap.allocated) {
        rt_heap_collect(true);
        block = take_chunks(n, total);
    }
    if (!block)
        return NULL;
    block->size = size;
    block->swept = (char *)block + total;
    return (char *)block + CELLS_OFFSET;
}

/* Zeroed memory for an object, NULL if there is none. */
static void *
alloc_any(size_t size)
{
    if (size <= MAX_SMALL)
        return take_cell(class_of[(size + 15) >> 4]);
    return alloc_large(size);
}

/* Member slots of a Python class begin as "no value". */
static void
init_members(char *object, const struct rt_type *type)
{
    for (uint32_t at = type->members_from; at < type->members_to; at += 8)
        *(rt_val *)(void *)(object + at) = RT_NULL;
}

static void *
alloc_slow(struct rt_map *map, size_t size)
{
    struct rt_obj *object;

    if (size < map->least) {
        size_t whole = map->type->size + 8 * (size_t)map->type->inline_slots;

        if (size < whole)
            size = whole;
    }
    object = alloc_any(size ? size : 16);
    if (!object)
        return NULL;
    object->map = map;
    init_members((char *)object, map->type);
    if (map->flags & RT_MAP_FINAL)
        rt_gc_finalizable(object);
    return object;
}

void *
rt_alloc(struct rt_map *map, size_t size)
{
    size_t cls = (size + 15) >> 4;
    void *p;

    if (NAC_LIKELY(cls < FAST_CLASSES)) {
        struct tr_bump *b = &rt_bumps[cls];
        char *cell = b->next;

        if (NAC_LIKELY(cell != b->end && size >= map->least)) {
            b->next = cell + (cls << 4);
            ((struct rt_obj *)(void *)cell)->map = map;
            return cell;
        }
    }
    p = alloc_slow(map, size);
    if (!p)
        nac_die(__FILE__, __LINE__, "out of memory");
    return p;
}

void *
rt_alloc_large(struct rt_map *map, size_t size)
{
    void *p;

    if (size <= 512)
        return rt_alloc(map, size);
    p = alloc_slow(map, size);
    if (!p)
        rt_raise_memory();
    return p;
}

void *
rt_gc_alloc_for_trace(uint64_t size, uint64_t head)
{
    return rt_alloc((struct rt_map *)(uintptr_t)head, size);
}

/* A type that later needs more of its allocations, a finaliser, changes its
 * version: traces that make its instances by their map do not outlive that. */
struct tr_bump *
rt_gc_bump_for_trace(uint64_t size, uint64_t head)
{
    const struct rt_map *map = (const struct rt_map *)(uintptr_t)head;
    uint64_t cls = size >> 4;

    return size % 16 == 0 && cls < FAST_CLASSES && size >= map->least
               ? &rt_bumps[cls]
               : NULL;
}

void *
rt_gc_refill_for_trace(uint64_t size)
{
    uint32_t cls = (uint32_t)(size >> 4);

    if (!rt_sweep_refill(cls))
        nac_die(__FILE__, __LINE__, "out of memory");
    return rt_bumps[cls].next;
}

rt_val
rt_instance_new(struct rt_type *type)
{
    size_t size = type->size + 8 * (size_t)type->inline_slots;

    return rt_from_ptr(rt_alloc(&type->root_map, size));
}

/* -- arrays -- */

struct rt_words *
rt_alloc_words(uint64_t count)
{
    struct rt_words *w;

    if (count > (UINT64_C(1) << 44))
        return rt_raise_memory(), NULL;
    w = rt_alloc_large(&rt_words_type.root_map,
                       sizeof *w + count * sizeof(rt_val));
    if (!w)
        return NULL;
    w->count = count;
    for (uint64_t i = 0; i < count; i++)
        w->items[i] = RT_NULL;
    return w;
}

struct rt_blob *
rt_alloc_blob(uint64_t size)
{
    struct rt_blob *b;

    if (size > (UINT64_C(1) << 46))
        return rt_raise_memory(), NULL;
    b = rt_alloc_large(&rt_blob_type.root_map, sizeof *b + size);
    if (!b)
        return NULL;
    b->size = size;
    return b;
}

/* -- barriers for objects that may be static -- */

void
rt_barrier_any(void *object)
{
    if (heap_has(object))
        rt_barrier(object);
}

void
rt_write_any(void *object, rt_val *slot, rt_val v)
{
    *slot = v;
    rt_barrier_any(object);
}

static void
words_trace(struct rt_obj *obj, struct rt_marker *m)
{
    struct rt_words *w = (struct rt_words *)obj;

    rt_gc_visit_words(m, w->items, w->count);
}

struct rt_type rt_words_type = {
    RT_TYPE_HEAD(words, "words", sizeof(struct rt_words)),
    .flags = RT_TYPE_NOINSTANCE,
    .trace = words_trace,
};

struct rt_type rt_blob_type = {
    RT_TYPE_HEAD(blob, "blob", sizeof(struct rt_blob)),
    .flags = RT_TYPE_NOINSTANCE,
};
