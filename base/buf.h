/* SPDX-License-Identifier: MIT
 * base/buf.h: growable byte buffer, always followed by a NUL byte once
 * something was written. Used for text dumps, images and class files.
 */
#ifndef NAC_BUF_H
#define NAC_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct nac_buf {
    char *data;
    size_t len, cap;
    /* soft: where memory ends the buffer is emptied and [failed] set, what is
     * put into it later is ignored. Otherwise the process ends. */
    bool soft, failed;
};

void nac_buf_free(struct nac_buf *b);
/* Room for [n] more bytes; returns where they begin (not yet counted), NULL if
 * a soft buffer failed. */
char *nac_buf_room(struct nac_buf *b, size_t n);
void nac_buf_put(struct nac_buf *b, const void *bytes, size_t n);
void nac_buf_puts(struct nac_buf *b, const char *s);
void nac_buf_putc(struct nac_buf *b, char c);
void nac_buf_fill(struct nac_buf *b, char c, size_t n); /* [n] times */
void nac_buf_printf(struct nac_buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void nac_buf_vprintf(struct nac_buf *b, const char *fmt, va_list ap);
/* Little-endian integers. */
void nac_buf_u8(struct nac_buf *b, uint8_t v);
void nac_buf_u16(struct nac_buf *b, uint16_t v);
void nac_buf_u32(struct nac_buf *b, uint32_t v);
void nac_buf_u64(struct nac_buf *b, uint64_t v);
void nac_buf_set_u32(struct nac_buf *b, size_t at, uint32_t v);
/* Zero bytes up to a multiple of [align] (a power of two). */
void nac_buf_align(struct nac_buf *b, size_t align);
/* Reads a whole file; 0, or -1 with errno set (ENOMEM if soft). */
int nac_buf_read_file(struct nac_buf *b, const char *path);

#endif
