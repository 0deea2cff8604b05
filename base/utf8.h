/* SPDX-License-Identifier: MIT
 * base/utf8.h: UTF-8 encoding and strict decoding (no surrogates unless
 * allowed, no overlong forms), Unicode 15, RFC 3629.
 */
#ifndef NAC_UTF8_H
#define NAC_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* Decodes one character of [s, end). Returns its length in bytes (1-4) and
 * stores the code point, or 0 where the bytes are not valid UTF-8.
 * Surrogates are accepted only where [surrogates] is not 0. */
int nac_utf8_decode(const char *s, const char *end, uint32_t *cp,
                    int surrogates);
/* Writes 1-4 bytes to [out]; surrogates are encoded like other characters. */
int nac_utf8_encode(char *out, uint32_t cp);

#endif
