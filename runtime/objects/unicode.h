/* SPDX-License-Identifier: MIT
 * runtime/objects/unicode.h: properties and case of characters as CPython
 * defines them, on top of libunistring (Unicode 14, as CPython 3.11).
 */
#ifndef RT_UNICODE_H
#define RT_UNICODE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/check.h"

enum rt_char_flags {
    RT_CHAR_ALPHA = 1,
    RT_CHAR_DECIMAL = 2,
    RT_CHAR_DIGIT = 4,
    RT_CHAR_NUMERIC = 8,
    RT_CHAR_SPACE = 16,
    RT_CHAR_LINEBREAK = 32,
    RT_CHAR_LOWER = 64,
    RT_CHAR_UPPER = 128,
    RT_CHAR_TITLE = 256,
    RT_CHAR_PRINTABLE = 512,
    RT_CHAR_ALNUM = 1024,
    RT_CHAR_ID_START = 2048,
    RT_CHAR_ID_CONTINUE = 4096
};

#define RT_CHAR_CASED (RT_CHAR_LOWER | RT_CHAR_UPPER | RT_CHAR_TITLE)
#define RT_MAX_CHAR   0x10FFFFu

/* Those of [wanted] that [c] has. */
uint32_t rt_char_find_flags(uint32_t c, uint32_t wanted);
extern uint32_t rt_char_latin1[256]; /* 0: not computed yet */
NAC_INLINE uint32_t
rt_char_flags(uint32_t c, uint32_t wanted)
{
    return NAC_LIKELY(c < 256 && rt_char_latin1[c])
               ? rt_char_latin1[c] & wanted
               : rt_char_find_flags(c, wanted);
}
/* Value of a decimal digit, or of any digit ("digit" property); -1: none. */
int rt_char_decimal(uint32_t c);
int rt_char_digit(uint32_t c);
bool rt_char_is_cased(uint32_t c);          /* derived property Cased */
bool rt_char_is_case_ignorable(uint32_t c); /* derived property */

/* Simple mappings. */
uint32_t rt_char_lower(uint32_t c);
uint32_t rt_char_upper(uint32_t c);
/* Full mappings: store 1 to 3 characters and return their number. Final sigma
 * is the caller's business. */
int rt_char_full_lower(uint32_t c, uint32_t out[3]);
int rt_char_full_upper(uint32_t c, uint32_t out[3]);
int rt_char_full_title(uint32_t c, uint32_t out[3]);
int rt_char_casefold(uint32_t c, uint32_t out[3]);

#define rt_char_is(c, flag) (rt_char_flags((c), (flag)) != 0)

#endif
