/* SPDX-License-Identifier: MIT
 * runtime/gc/gc.h: the collector's face to the rest of the runtime.
 *
 * Mark and sweep, non-moving; precise in the heap (type->trace), conservative
 * on the native stack, saved registers, the value stack and running traces.
 * Small objects lie in 64 KiB blocks of one size class (multiples of 16 bytes),
 * larger ones alone in blocks of their own. Generations by sticky mark bits:
 * what survived a collection stays marked and is not visited by a young
 * collection; the write barrier dirties the card (512 bytes) of the object's
 * address in its block, and a young collection scans marked objects of dirty
 * cards. Everything that holds values outside of the heap is registered as
 * root or lies on the C stack; malloc memory is not scanned.
 *
 * Invariant: after a store of an object pointer into a heap object, that
 * object's card is dirty (rt_write, rt_barrier), unless the object was
 * allocated after the last point at which a collection may have run.
 */
#ifndef RT_GC_H
#define RT_GC_H

#include "runtime/object.h"

enum {
    RT_BLOCK_SHIFT = 16,
    RT_BLOCK_SIZE = 1 << RT_BLOCK_SHIFT,
    RT_CARD_SHIFT = 9,
    RT_CARD_OFFSET = 64 /* byte of the block where its 128 card bytes begin */
};

/* Zeroed object of [size] bytes with this map; size is rounded up to 16. Never
 * NULL for small sizes (the collector keeps a reserve); rt_alloc_large may
 * raise MemoryError and return NULL. May collect. */
void *rt_alloc(struct rt_map *map, size_t size);
void *rt_alloc_large(struct rt_map *map,
                     size_t size); /* any size; NULL: MemoryError is set */
#define RT_NEW(T, type) ((T *)rt_alloc(&(type)->root_map, sizeof(T)))
/* Arrays that belong to an object: words that hold values (traced, initialised
 * to RT_NULL), and bytes (not traced). NULL: MemoryError is set. */
struct rt_words {
    struct rt_obj head;
    uint64_t count;
    rt_val items[];
};
struct rt_blob {
    struct rt_obj head;
    uint64_t size;
    char data[];
};
struct rt_words *rt_alloc_words(uint64_t count);
struct rt_blob *rt_alloc_blob(uint64_t size);

/* Dirties the object's card. */
NAC_INLINE void
rt_barrier(const void *object)
{
    uintptr_t p = (uintptr_t)object;
    char *block = (char *)(p & ~(uintptr_t)(RT_BLOCK_SIZE - 1));

    block[RT_CARD_OFFSET + ((p & (RT_BLOCK_SIZE - 1)) >> RT_CARD_SHIFT)] = 1;
}

/* *slot := v, where slot lies in the object. Static objects (types, maps of
 * builtin types) are roots: use rt_write_static, they have no card. */
NAC_INLINE void
rt_write(void *object, rt_val *slot, rt_val v)
{
    *slot = v;
    if (rt_is_obj(v))
        rt_barrier(object);
}

/* As rt_write for objects that may be static (types and maps). */
void rt_write_any(void *object, rt_val *slot, rt_val v);
void rt_barrier_any(void *object);

/* For type->trace functions. */
void rt_gc_visit(struct rt_marker *marker, rt_val v);
void rt_gc_visit_ptr(struct rt_marker *marker,
                     const void *object); /* NULL is fine */
void rt_gc_visit_words(struct rt_marker *marker, const rt_val *words, size_t n);

/* A word outside of the heap that holds a value for ever. */
void rt_gc_root(rt_val *word);
/* A static object (type) that is traced at every collection. */
void rt_gc_static(struct rt_obj *object);

/* Further roots: [scan] is called at every collection and visits them. */
void rt_gc_add_roots(void (*scan)(struct rt_marker *));
/* Words of any meaning: whatever looks like a pointer keeps its object. */
void rt_gc_visit_range(struct rt_marker *marker, const void *from,
                       const void *to);
/* [sweep] is called after marking, to drop weak entries of tables outside of
 * the heap: those for which alive() is false. */
void rt_gc_add_weak(void (*sweep)(bool (*alive)(const void *)));

void rt_gc_init(void *stack_base);
/* The C stack of the current thread begins here (threads that take over). */
void rt_gc_set_stack(void *stack_base);
/* generation 0: young collection; 2: full. Returns the number of objects freed
 * that had finalisers or were containers (gc.collect's figure: approximately
 * CPython's unreachable count). */
int64_t rt_gc_collect(int generation);
void rt_gc_enable(bool on);
bool rt_gc_is_enabled(void);
/* Collect at every allocation (hostile setting). */
void rt_gc_stress(bool on);
/* Runs finalisers and weakref callbacks that collections queued; called at
 * safe points (loop heads, returns) when rt_ts->poll asks for it. */
void rt_gc_run_pending(void);
/* The new object may need a finaliser: see wants_del in struct rt_type. */
void rt_gc_finalizable(void *object);
/* Runs the finalisers of all objects that are left. */
void rt_gc_finish(void);
/* Memory outside of the heap owned by heap objects, for pacing. */
void rt_gc_external(int64_t bytes);
/* Memory is about to end: MemoryError at the next loop head or call. */
void rt_memory_low(void);
/* Sets the reserve of nac_malloc() aside, again if it was used. */
void rt_memory_keep(void);
bool rt_gc_is_object(const void *p); /* start of a live or static object */

struct rt_gc_stats {
    uint64_t collections[3], allocated, heap_bytes, live_bytes, freed_objects;
    double seconds;
};
const struct rt_gc_stats *rt_gc_stats(void);

/* alloc, bump and refill of struct tr_host. */
void *rt_gc_alloc_for_trace(uint64_t size, uint64_t head);
struct tr_bump *rt_gc_bump_for_trace(uint64_t size, uint64_t head);
void *rt_gc_refill_for_trace(uint64_t size);

/* weakref.c. Without callback: the same object for the same referent. [type]
 * is rt_weakref_type or a subclass. */
struct rt_weakref {
    struct rt_obj head;
    uint64_t target; /* bits of the referent, not traced; NB_NOTHING: dead */
    rt_val callback; /* RT_NULL: none */
    int64_t hash;    /* -1: not computed */
    struct rt_weakref *next; /* of the same referent; not traced */
};
rt_val rt_weakref_make(struct rt_type *type, rt_val object, rt_val callback);
int64_t rt_weakref_count(rt_val object);
rt_val rt_weakref_list(rt_val object);
rt_val rt_weakref_new(rt_val object, rt_val callback);
rt_val rt_weakref_get(rt_val ref); /* the object, or None */

#endif
