/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/mem.h"

struct nac_arena_block {
    struct nac_arena_block *next;
    size_t size;
};

enum { FIRST_BLOCK = 16 * 1024, LARGEST_BLOCK = 1024 * 1024, ALIGN = 16 };

void
nac_arena_init(struct nac_arena *a)
{
    memset(a, 0, sizeof *a);
}

static void
add_block(struct nac_arena *a, size_t need)
{
    size_t size = a->head ? a->head->size * 2 : FIRST_BLOCK;
    struct nac_arena_block *b;

    if (size > LARGEST_BLOCK)
        size = LARGEST_BLOCK;
    if (size < need + ALIGN)
        size = need + ALIGN;
    b = nac_calloc(1, sizeof *b + ALIGN + size);
    b->next = a->head;
    b->size = size;
    a->head = b;
    a->next = (char *)(((size_t)(b + 1) + ALIGN - 1) & ~(size_t)(ALIGN - 1));
    a->end = (char *)(b + 1) + ALIGN + size;
    a->total += size;
}

void *
nac_arena_alloc(struct nac_arena *a, size_t size)
{
    void *p;

    size = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    if ((size_t)(a->end - a->next) < size)
        add_block(a, size);
    p = a->next;
    a->next += size;
    return p;
}

char *
nac_arena_strndup(struct nac_arena *a, const char *s, size_t len)
{
    char *p = nac_arena_alloc(a, len + 1);

    if (len)
        memcpy(p, s, len);
    return p;
}

char *
nac_arena_strdup(struct nac_arena *a, const char *s)
{
    return nac_arena_strndup(a, s, strlen(s));
}

char *
nac_arena_printf(struct nac_arena *a, const char *fmt, ...)
{
    va_list ap, again;
    char *p;
    int n;

    va_start(ap, fmt);
    va_copy(again, ap);
    n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    p = nac_arena_alloc(a, (size_t)n + 1);
    vsnprintf(p, (size_t)n + 1, fmt, again);
    va_end(again);
    return p;
}

void
nac_arena_free(struct nac_arena *a)
{
    struct nac_arena_block *b = a->head;

    while (b) {
        struct nac_arena_block *next = b->next;

        free(b);
        b = next;
    }
    nac_arena_init(a);
}
