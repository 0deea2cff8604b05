/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "base/map.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static uint32_t
hash_of(const char *key, uint64_t len)
{
    uint64_t h = 0xcbf29ce484222325u;
    uint64_t i;

    if (!key) {
        h = len * 0x9e3779b97f4a7c15u;
        return (uint32_t)(h >> 32);
    }
    for (i = 0; i < len; i++)
        h = (h ^ (unsigned char)key[i]) * 0x100000001b3u;
    return (uint32_t)(h ^ h >> 32);
}

static int
same_key(const struct nac_map_entry *e, const char *key, uint64_t len)
{
    if (e->len != len || !e->key != !key)
        return 0;
    return !key || memcmp(e->key, key, len) == 0;
}

void
nac_map_free(struct nac_map *m)
{
    free(m->entries);
    free(m->index);
    memset(m, 0, sizeof *m);
}

static void
grow(struct nac_map *m)
{
    uint32_t size = m->mask ? (m->mask + 1) * 2 : 16;
    uint32_t i;

    free(m->index);
    m->index = nac_calloc(size, sizeof *m->index);
    m->mask = size - 1;
    m->cap = size / 2;
    m->entries = nac_realloc(m->entries, m->cap * sizeof *m->entries);
    for (i = 0; i < m->len; i++) {
        uint32_t h = hash_of(m->entries[i].key, m->entries[i].len) & m->mask;

        while (m->index[h])
            h = (h + 1) & m->mask;
        m->index[h] = i + 1;
    }
}

static uint64_t *
find(const struct nac_map *m, const char *key, uint64_t len)
{
    uint32_t h;

    if (!m->len)
        return NULL;
    h = hash_of(key, len) & m->mask;
    for (; m->index[h]; h = (h + 1) & m->mask) {
        struct nac_map_entry *e = &m->entries[m->index[h] - 1];

        if (same_key(e, key, len))
            return &e->value;
    }
    return NULL;
}

static uint64_t *
at(struct nac_map *m, const char *key, uint64_t len)
{
    uint64_t *found = find(m, key, len);
    struct nac_map_entry *e;
    uint32_t h;

    if (found)
        return found;
    if (m->len == m->cap)
        grow(m);
    h = hash_of(key, len) & m->mask;
    while (m->index[h])
        h = (h + 1) & m->mask;
    e = &m->entries[m->len];
    m->index[h] = ++m->len;
    e->key = key;
    e->len = len;
    e->value = 0;
    return &e->value;
}

uint64_t *
nac_map_find(const struct nac_map *m, const char *key, size_t len)
{
    return find(m, key, len);
}

uint64_t *
nac_map_find_int(const struct nac_map *m, uint64_t key)
{
    return find(m, NULL, key);
}

uint64_t *
nac_map_at(struct nac_map *m, const char *key, size_t len)
{
    return at(m, key, len);
}

uint64_t *
nac_map_at_int(struct nac_map *m, uint64_t key)
{
    return at(m, NULL, key);
}
