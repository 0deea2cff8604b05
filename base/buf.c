/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "base/buf.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void
nac_buf_free(struct nac_buf *b)
{
    free(b->data);
    b->data = NULL;
    b->len = b->cap = 0;
}

static char *
grow(struct nac_buf *b, size_t n)
{
    size_t cap = b->cap ? b->cap * 2 : 64;
    char *data;

    if (b->failed)
        return NULL;
    if (cap < b->len + n + 1)
        cap = b->len + n + 1;
    if (b->soft) {
        data = n < SIZE_MAX / 4 ? realloc(b->data, cap) : NULL;
        if (!data) {
            nac_buf_free(b);
            b->failed = true;
            return NULL;
        }
    } else {
        data = nac_realloc(b->data, cap);
    }
    b->data = data;
    b->cap = cap;
    return b->data + b->len;
}

char *
nac_buf_room(struct nac_buf *b, size_t n)
{
    return b->cap - b->len <= n ? grow(b, n) : b->data + b->len;
}

void
nac_buf_put(struct nac_buf *b, const void *bytes, size_t n)
{
    char *p = nac_buf_room(b, n);

    if (!p)
        return;
    if (n)
        memcpy(p, bytes, n);
    b->len += n;
    b->data[b->len] = 0;
}

void
nac_buf_fill(struct nac_buf *b, char c, size_t n)
{
    char *p = nac_buf_room(b, n);

    if (!p)
        return;
    memset(p, c, n);
    b->len += n;
    b->data[b->len] = 0;
}

void
nac_buf_puts(struct nac_buf *b, const char *s)
{
    nac_buf_put(b, s, strlen(s));
}

void
nac_buf_putc(struct nac_buf *b, char c)
{
    nac_buf_put(b, &c, 1);
}

void
nac_buf_vprintf(struct nac_buf *b, const char *fmt, va_list ap)
{
    va_list again;
    int n;

    va_copy(again, ap);
    n = vsnprintf(NULL, 0, fmt, ap);
    if (n > 0) {
        char *p = nac_buf_room(b, (size_t)n);

        if (p) {
            vsnprintf(p, (size_t)n + 1, fmt, again);
            b->len += (size_t)n;
        }
    }
    va_end(again);
}

void
nac_buf_printf(struct nac_buf *b, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    nac_buf_vprintf(b, fmt, ap);
    va_end(ap);
}

static void
put_le(struct nac_buf *b, uint64_t v, int bytes)
{
    char *p = nac_buf_room(b, (size_t)bytes);
    int i;

    if (!p)
        return;
    for (i = 0; i < bytes; i++)
        p[i] = (char)(v >> (8 * i));
    b->len += (size_t)bytes;
    b->data[b->len] = 0;
}

void
nac_buf_u8(struct nac_buf *b, uint8_t v)
{
    put_le(b, v, 1);
}

void
nac_buf_u16(struct nac_buf *b, uint16_t v)
{
    put_le(b, v, 2);
}

void
nac_buf_u32(struct nac_buf *b, uint32_t v)
{
    put_le(b, v, 4);
}

void
nac_buf_u64(struct nac_buf *b, uint64_t v)
{
    put_le(b, v, 8);
}

void
nac_buf_set_u32(struct nac_buf *b, size_t at, uint32_t v)
{
    int i;

    for (i = 0; i < 4; i++)
        b->data[at + (size_t)i] = (char)(v >> (8 * i));
}

void
nac_buf_align(struct nac_buf *b, size_t align)
{
    while (b->len & (align - 1))
        nac_buf_putc(b, 0);
}

int
nac_buf_read_file(struct nac_buf *b, const char *path)
{
    FILE *f = fopen(path, "rb");
    int saved;

    if (!f)
        return -1;
    for (;;) {
        char *p = nac_buf_room(b, 64 * 1024);
        size_t n;

        if (!p) {
            fclose(f);
            errno = ENOMEM;
            return -1;
        }
        n = fread(p, 1, 64 * 1024, f);
        b->len += n;
        b->data[b->len] = 0;
        if (n == 0)
            break;
    }
    saved = ferror(f) ? errno : 0;
    fclose(f);
    if (saved) {
        errno = saved;
        return -1;
    }
    return 0;
}
