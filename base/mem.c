/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/vec.h"

static void *reserve;
static void (*tell)(void);

void
nac_mem_keep(size_t size, void (*low)(void))
{
    tell = low;
    if (!reserve)
        reserve = malloc(size);
}

bool
nac_mem_is_low(void)
{
    return !reserve;
}

bool
nac_mem_room(size_t size)
{
    void *p = malloc(size);

    free(p);
    return p != NULL;
}

/* Gives the reserve up; false: there is none. */
static bool
give_up(void)
{
    if (!reserve)
        return false;
    free(reserve);
    reserve = NULL;
    tell();
    return true;
}

static void *
checked(void *p, size_t size)
{
    if (!p && size)
        nac_die(__FILE__, __LINE__, "out of memory (%zu bytes wanted)", size);
    return p;
}

void *
nac_malloc(size_t size)
{
    void *p = malloc(size);

    if (!p && size && give_up())
        p = malloc(size);
    return checked(p, size);
}

void *
nac_calloc(size_t n, size_t size)
{
    void *p = calloc(n, size);

    if (!p && n && size && give_up())
        p = calloc(n, size);
    return checked(p, n * size);
}

void *
nac_realloc(void *p, size_t size)
{
    void *q = realloc(p, size);

    if (!q && size && give_up())
        q = realloc(p, size);
    return checked(q, size);
}

void *
nac_vec_grow(void *items, uint32_t *cap, uint32_t need, size_t size)
{
    enum { LEAST = 8, STEP = 1024 };
    uint32_t room = *cap * 2 > need ? *cap * 2 : need > LEAST ? need : LEAST;
    void *more = realloc(items, room * size);

    if (!more) {
        room = need + STEP;
        more = nac_realloc(items, room * size);
    }
    *cap = room;
    return more;
}

char *
nac_strdup(const char *s)
{
    size_t n = strlen(s) + 1;

    return memcpy(nac_malloc(n), s, n);
}
