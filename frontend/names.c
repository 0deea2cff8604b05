/* SPDX-License-Identifier: MIT
 * frontend/names.c: interning of identifiers, so that equal names are equal
 * pointers and a keyword is known by the same look-up. Called by the lexer
 * and the parser.
 */
#include "config.h"

#include "frontend/lexer.h"

#include <string.h>
#include <uninorm.h>

#include "base/mem.h"

static const struct {
    const char *text;
    uint8_t type;
} keywords[] = {
#define FE_OP(name, text)
#define FE_KW(name, text) {text, FE_K_##name},
#include "frontend/tokens.def"
};

static uint32_t
hash_bytes(const char *s, size_t len)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < len; i++)
        h = (h ^ (uint8_t)s[i]) * 16777619u;
    return h ^ h >> 15;
}

static void
grow(struct fe_names *names)
{
    uint32_t size = names->mask ? (names->mask + 1) * 2 : 512;
    struct fe_name **slots = nac_calloc(size, sizeof *slots);
    for (uint32_t i = 0; names->mask && i <= names->mask; i++) {
        struct fe_name *n = names->slots[i];
        if (!n)
            continue;
        uint32_t at = n->hash & (size - 1);
        while (slots[at])
            at = (at + 1) & (size - 1);
        slots[at] = n;
    }
    free(names->slots);
    names->slots = slots;
    names->mask = size - 1;
}

static struct fe_name *
intern(struct fe_names *names, const char *s, size_t len)
{
    uint32_t hash = hash_bytes(s, len);
    uint32_t at = hash & names->mask;
    for (struct fe_name *n; (n = names->slots[at]); at = (at + 1) & names->mask)
        if (n->hash == hash && n->len == len && memcmp(n->text, s, len) == 0)
            return n;
    struct fe_name *n =
        nac_arena_alloc(names->arena, offsetof(struct fe_name, text) + len + 1);
    n->hash = hash;
    n->len = (uint32_t)len;
    n->type = FE_T_NAME;
    memcpy(n->text, s, len);
    names->slots[at] = n;
    if (++names->len * 2 > names->mask)
        grow(names);
    return n;
}

void
fe_names_init(struct fe_names *names, struct nac_arena *arena)
{
    *names = (struct fe_names){.arena = arena};
    grow(names);
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        intern(names, keywords[i].text, strlen(keywords[i].text))->type =
            keywords[i].type;
}

void
fe_names_free(struct fe_names *names)
{
    free(names->slots);
    names->slots = NULL;
}

const struct fe_name *
fe_names_add(struct fe_names *names, const char *s, size_t len)
{
    return intern(names, s, len);
}

const char *
fe_names_normal(struct fe_names *names, const char *s, size_t len)
{
    size_t out_len;
    uint8_t *out =
        u8_normalize(UNINORM_NFKC, (const uint8_t *)s, len, NULL, &out_len);
    if (!out)
        return intern(names, s, len)->text;
    const char *name = intern(names, (const char *)out, out_len)->text;
    free(out);
    return name;
}
