/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"

static void *checked(void *p, size_t size)
{
    if (!p && size)
        nac_die(__FILE__, __LINE__, "out of memory (%zu bytes wanted)", size);
    return p;
}

void *nac_malloc(size_t size)
{
    return checked(malloc(size), size);
}

void *nac_calloc(size_t n, size_t size)
{
    return checked(calloc(n, size), n * size);
}

void *nac_realloc(void *p, size_t size)
{
    return checked(realloc(p, size), size);
}

char *nac_strdup(const char *s)
{
    size_t n = strlen(s) + 1;

    return memcpy(nac_malloc(n), s, n);
}
