/* SPDX-License-Identifier: MIT
 * tracer/opt_cse.c: value numbering. Two instructions of the same operation,
 * field and operands compute the same value if the operation depends on its
 * operands only; the second one is not emitted.
 *
 * In a linear trace every earlier instruction dominates every later one, so a
 * single hash table does what takes dominator trees in a method compiler. One
 * table of buckets with chains through an array that runs parallel to the
 * instructions has three properties that a general hash map has not:
 *
 *   1. Insertion pushes at the head of a chain, so removing in reverse order of
 *      insertion restores the table exactly. Loop peeling relies on it to try a
 *      body more than once.
 *   2. No memory is allocated for entries, and nothing is ever rehashed. Traces
 *      have at most some ten thousand instructions, so chains stay short.
 *   3. The newest entry is found first, and the result does not depend on
 *      anything but the instructions: the same recording gives the same trace.
 *
 * Operands are compared by reference. That is enough, because constants are
 * unique by kind and bits, and because operands were themselves numbered. -0.0
 * and 0.0 are different constants; NaNs with equal bits are the same one, which
 * is right for bits and never used to fold a comparison.
 */
#include "config.h"

#include "tracer/opt_state.h"

enum { NBUCKETS = 4096 };

static uint32_t
hash_of(const struct tr_ins *ins)
{
    uint64_t h = (uint64_t)ins->a.n << 32 | ins->b.n;

    h ^= (uint64_t)ins->op << 56 ^ (uint64_t)ins->field << 20;
    h *= UINT64_C(0x9e3779b97f4a7c15);
    return (uint32_t)(h >> 52) & (NBUCKETS - 1);
}

tr_ref
tr_opt_cse_find(const struct tr_opt *o, struct tr_ins ins)
{
    uint32_t n;

    if (!o->buckets)
        return TR_NONE;
    for (n = o->buckets[hash_of(&ins)]; n; n = o->chain.items[n]) {
        const struct tr_ins *old = &o->ir->ins.items[n];

        if (old->op == ins.op && old->field == ins.field &&
            old->kind == ins.kind && tr_same(old->a, ins.a) &&
            tr_same(old->b, ins.b))
            return (tr_ref){n};
    }
    return TR_NONE;
}

void
tr_opt_cse_add(struct tr_opt *o, uint32_t n)
{
    uint32_t *head;

    if (!o->buckets)
        o->buckets = nac_calloc(NBUCKETS, sizeof *o->buckets);
    head = &o->buckets[hash_of(&o->ir->ins.items[n])];
    o->chain.items[n] = *head;
    *head = n;
}

void
tr_opt_cse_remove(struct tr_opt *o, uint32_t n)
{
    uint32_t *head;

    if (!o->buckets)
        return;
    head = &o->buckets[hash_of(&o->ir->ins.items[n])];
    if (*head == n)
        *head = o->chain.items[n];
}
