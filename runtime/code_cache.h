/* SPDX-License-Identifier: MIT
 * runtime/code_cache.h: compiled code of source files.
 */
#ifndef RT_CODE_CACHE_H
#define RT_CODE_CACHE_H

#include <stddef.h>

struct fe_code;
struct nac_arena;
struct rt_code;
struct stat;

/* Code of the file, from the cache where that is valid. NULL: exception. */
struct rt_code *rt_cached_code(const char *path);
/* Where the code of this source file is kept; malloc'ed. */
char *rt_cache_path(const char *source);
/* The code in the bytes of a cache file. NULL: out of date, or (*why is set)
 * damaged. */
struct fe_code *rt_cache_decode(struct nac_arena *arena, const char *bytes,
                                size_t len, const struct stat *source,
                                const char *filename, const char **why);

#endif
