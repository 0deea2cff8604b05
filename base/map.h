/* SPDX-License-Identifier: MIT
 * base/map.h: hash map from byte strings or from 64-bit keys to 64-bit values
 * (a pointer fits). Insertion order is kept, so that what is printed from a
 * map is the same in every run.
 */
#ifndef NAC_MAP_H
#define NAC_MAP_H

#include <stddef.h>
#include <stdint.h>

struct nac_map_entry {
    const char *key; /* NULL for an integer key; not owned */
    uint64_t len;    /* length of the key, or the integer key itself */
    uint64_t value;
};

struct nac_map {
    struct nac_map_entry *entries;
    uint32_t *index; /* entry number + 1, 0 = free */
    uint32_t len, cap, mask;
};

void nac_map_free(struct nac_map *m);
/* Where the value of the key is, or NULL. Valid until the next insertion. */
uint64_t *nac_map_find(const struct nac_map *m, const char *key, size_t len);
uint64_t *nac_map_find_int(const struct nac_map *m, uint64_t key);
/* The same, with a new entry of value 0 where there was none. The bytes of
 * [key] must outlive the map. */
uint64_t *nac_map_at(struct nac_map *m, const char *key, size_t len);
uint64_t *nac_map_at_int(struct nac_map *m, uint64_t key);

#endif
