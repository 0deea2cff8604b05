/* SPDX-License-Identifier: MIT
 * runtime/gc/heap.h: inside of the collector; included by runtime/gc only.
 *
 * The heap is one reserved range of addresses cut into chunks of 64 KiB. A
 * block is one chunk of cells of one size, or as many chunks as one large
 * object needs:
 *
 *     0      struct rt_block's plain fields
 *     64     128 card bytes, one for 512 bytes of the block
 *     192    4096 mark bits, one for 16 bytes; a card's objects have their
 *            marks in one 32-bit word
 *     704    cells
 *
 * Cells are handed out in runs: the sweeper looks for the next run of unmarked
 * cells, clears it and lets the allocator bump a pointer through it. Below
 * block->swept every cell is marked, or allocated since the last collection,
 * or clear (map NULL: the rest of the current run); from block->swept on,
 * unmarked cells are dead. So no block has to be swept before a collection.
 */
#ifndef RT_HEAP_H
#define RT_HEAP_H

#include "runtime/gc/gc.h"

enum {
    CARDS = RT_BLOCK_SIZE >> RT_CARD_SHIFT,
    CELLS_OFFSET = 704,
    CELLS_BYTES = RT_BLOCK_SIZE - CELLS_OFFSET,
    MAX_SMALL = 32416, /* largest cell */
    FAST_CLASSES = 33, /* classes 1..32 are multiples of 16 up to 512 */
    NCLASSES = 64,
    /* Pacing: a collection after YOUNG_BYTES and an eighth of what lives; a
     * full one when the old generation has grown by what lived, at least
     * FULL_LEAST. Larger figures were measured to win a few percent of time at
     * most. */
    YOUNG_BYTES = 4 << 20,
    FULL_LEAST = 6 << 20,
    RUN_BYTES =
        4096 /* longest run, so that it is still in the cache when used */
};

struct rt_block {
    uint32_t cell; /* bytes of a cell; 0: a large object */
    uint32_t ncells;
    uint32_t reciprocal; /* 2^32 / cell, rounded up */
    uint32_t nchunks;
    char *swept;
    struct rt_block *next; /* blocks of the class still to sweep */
    uint64_t size;         /* of the large object */
    uint64_t cls;
    uint64_t unused[2];
    uint8_t cards[CARDS];
    uint32_t marks[CARDS];
};

_Static_assert(offsetof(struct rt_block, cards) == RT_CARD_OFFSET, "cards");
_Static_assert(sizeof(struct rt_block) == CELLS_OFFSET, "header of a block");

struct size_class {
    uint32_t cell;
    struct rt_block *current; /* being swept for allocation */
    struct rt_block *todo;    /* to be swept after it */
    struct rt_block **tail;
};

struct heap {
    char *base;
    uint64_t bytes;     /* reserved */
    uint32_t nchunks;   /* reserved */
    uint32_t fresh;     /* chunks from here on were never used */
    uint32_t writable;  /* chunks below are readable and writable */
    uint32_t nfree;     /* free chunks below fresh */
    uint32_t free_low;  /* the least nfree was since the last trim */
    uint32_t free_hint; /* no free chunk below */
    uint32_t *start;    /* chunk -> first chunk of its block + 1; 0: free */
    uint8_t *dirty;     /* free chunk whose bytes are not zero */
    struct size_class classes[NCLASSES];
    uint64_t allocated;  /* bytes handed out since the last collection */
    uint64_t trigger;    /* collect when allocated reaches it */
    uint64_t live;       /* bytes of marked cells after the last collection */
    uint64_t live_large; /* the large objects' part of it */
    uint64_t full_at;    /* collect everything when live reaches it */
    int64_t external;    /* bytes outside since the last collection */
    bool enabled, stress, collecting, young;
    bool exact; /* no trace runs: dead temporaries are no roots */
};

extern struct heap rt_heap;
extern struct tr_bump rt_bumps[NCLASSES];

struct rt_marker {
    struct rt_obj **items;
    size_t len, cap;
    size_t limit; /* the stack gets no larger (tests); 0: none */
    bool lost;    /* marked objects that had no room wait for a scan */
};
extern struct rt_marker rt_marker;

static inline bool
heap_has(const void *p)
{
    return (uintptr_t)p - (uintptr_t)rt_heap.base < rt_heap.bytes;
}

static inline struct rt_block *
block_of(const void *object)
{
    return (struct rt_block *)((uintptr_t)object &
                               ~(uintptr_t)(RT_BLOCK_SIZE - 1));
}

static inline struct rt_block *
block_at(uint32_t chunk)
{
    return (struct rt_block *)(void *)(rt_heap.base +
                                       ((uint64_t)chunk << RT_BLOCK_SHIFT));
}

static inline bool
is_marked(const void *object)
{
    uint32_t granule = ((uintptr_t)object & (RT_BLOCK_SIZE - 1)) >> 4;

    return block_of(object)->marks[granule >> 5] >> (granule & 31) & 1;
}

/* Is the object still alive, once marking is over? */
static inline bool
is_alive(const void *object)
{
    return !heap_has(object) || is_marked(object);
}

/* alloc.c */
void rt_heap_open(void);
struct rt_block *rt_heap_new_block(uint32_t cls);
struct rt_block *rt_heap_spare_block(uint32_t cls);
void rt_heap_release_block(struct rt_block *block);
void rt_heap_trim(bool at_once);

/* mark.c */
void rt_mark_drain(struct rt_marker *m);
/* Lists what the object refers to; no collection is running. */
void rt_mark_children(struct rt_marker *m, struct rt_obj *object);
void rt_mark_range(struct rt_marker *m, const void *from, const void *to);
void rt_mark_dirty_cards(struct rt_marker *m);
struct rt_obj *rt_heap_find(uintptr_t p);

/* roots.c */
void rt_mark_roots(struct rt_marker *m);
/* Calls with all registers saved on the stack. */
int64_t rt_gc_with_registers(int64_t (*fn)(bool full, bool count), bool full,
                             bool count);
extern void (*rt_gc_weak[16])(bool (*alive)(const void *));
extern uint32_t rt_gc_nweak;

/* sweep.c */
bool rt_sweep_refill(uint32_t cls);
void rt_heap_collect(bool full);

/* weakref.c, finalize.c: after marking */
void rt_weakrefs_clear(bool full);
void rt_finalize_find(struct rt_marker *m, bool full);
bool rt_finalize_pending(void);
void rt_finalize_mark(struct rt_marker *m); /* what is queued */
void rt_weakrefs_mark(struct rt_marker *m); /* queued callbacks */
void rt_weakrefs_run(void);
bool rt_weakrefs_pending(void);

/* shape.c: attributes of objects of variable size, kept beside the heap */
void rt_side_mark(struct rt_marker *m, struct rt_obj *object);
void rt_side_sweep(bool (*alive)(const void *));

#endif
