/* SPDX-License-Identifier: MIT
 * base/mem.h: malloc, calloc and realloc that never return NULL, for
 * bookkeeping. Where the system has no memory left they take from a reserve and
 * say so, so that the program can be told before nothing is left at all.
 * Memory whose size a Python program decides is asked from the collector, or
 * from malloc() and the answer checked: it raises MemoryError.
 */
#ifndef NAC_MEM_H
#define NAC_MEM_H

#include <stdbool.h>
#include <stddef.h>

/* Sets [size] bytes aside. Once they were needed [low] is called, possibly
 * inside any allocation: it may only set a flag. The next call of this function
 * sets them aside again, if it can; it costs nothing while they are there. */
void nac_mem_keep(size_t size, void (*low)(void));
/* Is there no reserve: was it needed, and is not back yet? */
bool nac_mem_is_low(void);
/* Could [size] bytes be had now? For callers of what cannot fail. */
bool nac_mem_room(size_t size);

void *nac_malloc(size_t size);
void *nac_calloc(size_t n, size_t size);
void *nac_realloc(void *p, size_t size);
char *nac_strdup(const char *s);

#endif
