/* SPDX-License-Identifier: MIT
 * base/arena.h: region allocation. Everything allocated lives until the arena
 * is reset or freed; used by the front end (one arena per compilation unit)
 * and by the optimiser.
 */
#ifndef NAC_ARENA_H
#define NAC_ARENA_H

#include <stddef.h>

struct nac_arena_block;

struct nac_arena {
    struct nac_arena_block *head; /* newest block */
    char *next, *end;             /* free part of it */
    size_t total;                 /* bytes obtained from malloc */
};

void nac_arena_init(struct nac_arena *a);
/* Zeroed memory, aligned to 16; never NULL (nac_die on exhaustion). */
void *nac_arena_alloc(struct nac_arena *a, size_t size);
/* Copies of [len] bytes and of a whole C string, NUL-terminated. */
char *nac_arena_strndup(struct nac_arena *a, const char *s, size_t len);
char *nac_arena_strdup(struct nac_arena *a, const char *s);
char *nac_arena_printf(struct nac_arena *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void nac_arena_free(struct nac_arena *a);

#define NAC_NEW(arena, T) ((T *)nac_arena_alloc((arena), sizeof(T)))
#define NAC_NEW_ARRAY(arena, T, n)                                             \
    ((T *)nac_arena_alloc((arena), sizeof(T) * (size_t)(n)))

#endif
