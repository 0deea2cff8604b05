/* SPDX-License-Identifier: MIT
 * cli-backend/heaps.c: the heaps of an image's metadata: #Strings, #Blob,
 * #GUID and #US (ECMA-335 II.24.2.3 to II.24.2.5). Equal strings and blobs are
 * stored once.
 */
#include "config.h"

#include "cli-backend/image.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* II.24.2.3, II.24.2.4: the first entry of a heap is the empty one. */
void
cli_meta_init(struct cli_meta *m)
{
    memset(m, 0, sizeof *m);
    nac_buf_u8(&m->strings, 0);
    nac_buf_u8(&m->us, 0);
    nac_buf_u8(&m->blob, 0);
}

void
cli_meta_free(struct cli_meta *m)
{
    nac_buf_free(&m->strings);
    nac_buf_free(&m->us);
    nac_buf_free(&m->guid);
    nac_buf_free(&m->blob);
    nac_map_free(&m->string_index);
    nac_map_free(&m->blob_index);
    for (int i = 0; i < CLI_NTABLES; i++)
        nac_vec_free(&m->cells[i]);
    for (uint32_t i = 0; i < m->keys.len; i++)
        free(m->keys.items[i]);
    nac_vec_free(&m->keys);
}

/* The place of (bytes, len) in the index; [fresh] says it is new. */
static uint64_t *
intern(struct cli_meta *m, struct nac_map *index, const void *bytes, size_t len,
       bool *fresh)
{
    uint64_t *at = nac_map_find(index, bytes, len);
    char *key;

    *fresh = !at;
    if (at)
        return at;
    key = nac_malloc(len + 1);
    memcpy(key, bytes, len);
    nac_vec_push(&m->keys, key);
    return nac_map_at(index, key, len);
}

/* II.24.2.3: UTF-8, NUL-terminated. */
uint32_t
cli_meta_string(struct cli_meta *m, const char *s)
{
    bool fresh;
    uint64_t *at;

    if (!*s)
        return 0;
    at = intern(m, &m->string_index, s, strlen(s), &fresh);
    if (fresh) {
        *at = m->strings.len;
        nac_buf_put(&m->strings, s, strlen(s) + 1);
    }
    return (uint32_t)*at;
}

/* II.24.2.4: a compressed length, then the bytes. */
uint32_t
cli_meta_blob(struct cli_meta *m, const void *bytes, size_t len)
{
    bool fresh;
    uint64_t *at;

    if (!len)
        return 0;
    at = intern(m, &m->blob_index, bytes, len, &fresh);
    if (fresh) {
        *at = m->blob.len;
        cli_sig_number(&m->blob, (uint32_t)len);
        nac_buf_put(&m->blob, bytes, len);
    }
    return (uint32_t)*at;
}

/* II.24.2.5: numbered from 1. */
uint32_t
cli_meta_guid(struct cli_meta *m, const uint8_t guid[16])
{
    nac_buf_put(&m->guid, guid, 16);
    return (uint32_t)(m->guid.len / 16);
}
