/* SPDX-License-Identifier: MIT
 * runtime/gc/mark.c: marking. Exact for heap objects (type->trace and the
 * attribute words of instances), conservative for words of unknown meaning.
 * A marked object is put on the marker's stack and scanned later. Where memory
 * for the stack ends the heap is searched for marked objects instead.
 */
#include "config.h"

#include "runtime/gc/heap.h"

enum { FIRST_STACK = 8192 };

static bool listing; /* rt_mark_children() */

static bool
grow(struct rt_marker *m)
{
    size_t cap = m->cap ? m->cap * 2 : FIRST_STACK;
    void *items;

    if (m->limit && cap > m->limit)
        return false;
    /* The first one, and lists of children, are bookkeeping. */
    items = m->cap && !listing ? realloc(m->items, cap * sizeof *m->items)
                               : nac_realloc(m->items, cap * sizeof *m->items);
    if (!items)
        return false;
    m->items = items;
    m->cap = cap;
    return true;
}

static void
push(struct rt_marker *m, struct rt_obj *obj)
{
    if (m->len == m->cap && !grow(m))
        m->lost = true;
    else
        m->items[m->len++] = obj;
}

static inline void
mark(struct rt_marker *m, const void *p)
{
    struct rt_block *block;
    uint32_t granule, bit;

    if (NAC_UNLIKELY(listing)) {
        if (p)
            push(m, (struct rt_obj *)(uintptr_t)p);
        return;
    }

    if (!heap_has(p))
        return;
    block = block_of(p);
    granule = ((uintptr_t)p & (RT_BLOCK_SIZE - 1)) >> 4;
    bit = UINT32_C(1) << (granule & 31);
    if (block->marks[granule >> 5] & bit)
        return;
    block->marks[granule >> 5] |= bit;
    push(m, (struct rt_obj *)(uintptr_t)p);
}

void
rt_gc_visit(struct rt_marker *m, rt_val v)
{
    if (rt_is_obj(v))
        mark(m, rt_ptr(v));
}

void
rt_gc_visit_ptr(struct rt_marker *m, const void *object)
{
    mark(m, object);
}

void
rt_gc_visit_words(struct rt_marker *m, const rt_val *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (rt_is_obj(words[i]))
            mark(m, rt_ptr(words[i]));
}

/* A type's first map lies in the type. */
static void
mark_map(struct rt_marker *m, struct rt_map *map)
{
    mark(m, map->type);
    if (map != &map->type->root_map)
        mark(m, map);
}

static void
scan(struct rt_marker *m, struct rt_obj *obj)
{
    struct rt_map *map = obj->map;
    struct rt_type *type = map->type;

    if (heap_has(map))
        mark_map(m, map);
    if (type->trace)
        type->trace(obj, m);
    if (type->values_from) {
        uint32_t to = type->size + 8 * type->inline_slots;

        /* __class__ assignment may have brought in a larger class. */
        if (block_of(obj)->cell && to > block_of(obj)->cell)
            to = block_of(obj)->cell;
        rt_gc_visit_words(m,
                          (rt_val *)(void *)((char *)obj + type->values_from),
                          (to - type->values_from) / 8);
    }
    if (type->flags & RT_TYPE_SIDE_DICT)
        rt_side_mark(m, obj);
}

static void
scan_stack(struct rt_marker *m)
{
    while (m->len)
        scan(m, m->items[--m->len]);
}

/* Scans the marked objects of 512 bytes. Marks set meanwhile belong to objects
 * on the marker's stack: scanning them twice does no harm. */
static void
scan_card(struct rt_marker *m, struct rt_block *block, uint32_t card)
{
    uint32_t marks = block->marks[card];

    while (marks) {
        uint32_t granule = card * 32 + (uint32_t)__builtin_ctz(marks);

        marks &= marks - 1;
        scan(m, (struct rt_obj *)(void *)((char *)block + granule * 16));
    }
}

/* The block at or behind chunk *i, which moves on; NULL: the end. */
static struct rt_block *
next_block(uint32_t *i)
{
    struct rt_block *block;

    while (*i < rt_heap.fresh && !rt_heap.start[*i])
        ++*i;
    if (*i >= rt_heap.fresh)
        return NULL;
    block = block_at(*i);
    *i += block->nchunks;
    return block;
}

/* Every round that loses objects has marked some: it ends. */
void
rt_mark_drain(struct rt_marker *m)
{
    struct rt_block *block;

    scan_stack(m);
    while (m->lost) {
        m->lost = false;
        for (uint32_t i = 0; (block = next_block(&i)) != NULL;)
            for (uint32_t card = 0; card < CARDS; card++) {
                scan_card(m, block, card);
                scan_stack(m);
            }
    }
}

void
rt_mark_children(struct rt_marker *m, struct rt_obj *object)
{
    listing = true;
    scan(m, object);
    listing = false;
}

/* -- words of unknown meaning -- */

/* The object that [p] points to or into; NULL: none. */
struct rt_obj *
rt_heap_find(uintptr_t p)
{
    uintptr_t off = p - (uintptr_t)rt_heap.base;
    struct rt_block *block;
    struct rt_obj *obj;
    uint32_t start;

    if (off >= (uint64_t)rt_heap.fresh << RT_BLOCK_SHIFT)
        return NULL;
    start = rt_heap.start[off >> RT_BLOCK_SHIFT];
    if (!start)
        return NULL;
    block = block_at(start - 1);
    off = p - (uintptr_t)block;
    if (off < CELLS_OFFSET)
        return NULL;
    off -= CELLS_OFFSET;
    if (block->cell) {
        uint32_t i = (uint32_t)((off * block->reciprocal) >> 32);

        if (i >= block->ncells)
            return NULL;
        obj = (struct rt_obj *)(void *)((char *)block + CELLS_OFFSET +
                                        i * block->cell);
    } else {
        if (off >= block->size)
            return NULL;
        obj = (struct rt_obj *)(void *)((char *)block + CELLS_OFFSET);
    }
    if (!is_marked(obj) && ((char *)obj >= block->swept || !obj->map))
        return NULL;
    return obj;
}

bool
rt_gc_is_object(const void *p)
{
    return heap_has(p) ? rt_heap_find((uintptr_t)p) == p : p != NULL;
}

__attribute__((no_sanitize_address)) void
rt_mark_range(struct rt_marker *m, const void *from, const void *to)
{
    const uint64_t *w = from;

    for (; w < (const uint64_t *)to; w++) {
        uint64_t bits = *w >> 48 == NB_PTR_TOP ? *w ^ NB_PTR_TAG : *w;
        struct rt_obj *obj;

        if (bits - (uintptr_t)rt_heap.base >= rt_heap.bytes)
            continue;
        obj = rt_heap_find((uintptr_t)bits);
        if (obj)
            mark(m, obj);
    }
}

/* -- young collections: old objects that were written to -- */

static void
scan_block_cards(struct rt_marker *m, struct rt_block *block)
{
    uint64_t *cards = (uint64_t *)(void *)block->cards;

    for (uint32_t i = 0; i < CARDS / 8; i++) {
        if (!cards[i])
            continue;
        cards[i] = 0;
        for (uint32_t c = i * 8; c < i * 8 + 8; c++)
            scan_card(m, block, c);
        scan_stack(m);
    }
}

void
rt_mark_dirty_cards(struct rt_marker *m)
{
    struct rt_block *block;

    for (uint32_t i = 0; (block = next_block(&i)) != NULL;)
        scan_block_cards(m, block);
    rt_mark_drain(m);
}
