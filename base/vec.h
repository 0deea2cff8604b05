/* SPDX-License-Identifier: MIT
 * base/vec.h: typed growable arrays.
 *
 *     NAC_VEC(int) v = {0};
 *     nac_vec_push(&v, 3);
 *     for (uint32_t i = 0; i < v.len; i++) use(v.items[i]);
 *     nac_vec_free(&v);
 */
#ifndef NAC_VEC_H
#define NAC_VEC_H

#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"

/* [items] of [size] bytes with room for at least [need], with *cap changed:
 * twice as many, or where memory ends as few as do. */
void *nac_vec_grow(void *items, uint32_t *cap, uint32_t need, size_t size);

#define NAC_VEC(T)                                                             \
    struct {                                                                   \
        T *items;                                                              \
        uint32_t len, cap;                                                     \
    }

/* Makes room for [n] items in all. */
#define nac_vec_reserve(v, n)                                                  \
    do {                                                                       \
        if ((uint32_t)(n) > (v)->cap)                                          \
            (v)->items = nac_vec_grow((v)->items, &(v)->cap, (uint32_t)(n),    \
                                      sizeof *(v)->items);                     \
    } while (0)
#define nac_vec_push(v, ...)                                                   \
    do {                                                                       \
        nac_vec_reserve((v), (v)->len + 1);                                    \
        (v)->items[(v)->len++] = (__VA_ARGS__);                                \
    } while (0)
#define nac_vec_pop(v) ((v)->items[--(v)->len])
#define nac_vec_top(v) ((v)->items[(v)->len - 1])
#define nac_vec_free(v)                                                        \
    do {                                                                       \
        free((v)->items);                                                      \
        (v)->items = NULL;                                                     \
        (v)->len = (v)->cap = 0;                                               \
    } while (0)

#endif
