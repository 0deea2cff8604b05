/* SPDX-License-Identifier: MIT
 * base/mem.h: malloc, calloc and realloc that never return NULL, for memory
 * whose exhaustion leaves nothing to do (bookkeeping of small size). Memory
 * whose size a Python program decides is asked from the collector, which
 * raises MemoryError.
 */
#ifndef NAC_MEM_H
#define NAC_MEM_H

#include <stddef.h>

void *nac_malloc(size_t size);
void *nac_calloc(size_t n, size_t size);
void *nac_realloc(void *p, size_t size);
char *nac_strdup(const char *s);

#endif
