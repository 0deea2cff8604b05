/* SPDX-License-Identifier: MIT
 * runtime/objects/unicode.c: character properties. libunistring's tables know
 * them all; what is kept here is a table of the Latin-1 characters, which is
 * filled from libunistring at first use and answers nearly every question.
 */
#include "config.h"

#include "runtime/objects/unicode.h"

#include <stddef.h>
#include <stdlib.h>
#include <unicase.h>
#include <unictype.h>

enum { READY = 1 << 31 };

uint32_t rt_char_latin1[256];

static uint32_t
flags_of_category(uint32_t c)
{
    uc_general_category_t g = uc_general_category(c);
    uint32_t flags = 0;

    if (uc_is_general_category(c, UC_LETTER))
        flags |= RT_CHAR_ALPHA;
    if (g.bitmask == UC_TITLECASE_LETTER.bitmask)
        flags |= RT_CHAR_TITLE;
    if (c == ' ' || !uc_is_general_category_withtable(
                        c, UC_CATEGORY_MASK_Cc | UC_CATEGORY_MASK_Cf |
                               UC_CATEGORY_MASK_Cs | UC_CATEGORY_MASK_Co |
                               UC_CATEGORY_MASK_Cn | UC_CATEGORY_MASK_Zl |
                               UC_CATEGORY_MASK_Zp | UC_CATEGORY_MASK_Zs))
        flags |= RT_CHAR_PRINTABLE;
    return flags;
}

static bool
is_space(uint32_t c)
{
    int bidi = uc_bidi_category(c);

    return bidi == UC_BIDI_WS || bidi == UC_BIDI_B || bidi == UC_BIDI_S ||
           uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Zs);
}

static bool
is_linebreak(uint32_t c)
{
    return (c >= 0x0A && c <= 0x0D) || (c >= 0x1C && c <= 0x1E) || c == 0x85 ||
           c == 0x2028 || c == 0x2029;
}

/* Ideographs with a numeric value: in Unihan, which libunistring leaves out. */
static const uint32_t numeric_ideographs[] = {
    0x3405,  0x3483,  0x382A,  0x3B4D,  0x4E00,  0x4E03,  0x4E07,  0x4E09,
    0x4E5D,  0x4E8C,  0x4E94,  0x4E96,  0x4EBF,  0x4EC0,  0x4EDF,  0x4EE8,
    0x4F0D,  0x4F70,  0x5104,  0x5146,  0x5169,  0x516B,  0x516D,  0x5341,
    0x5343,  0x5344,  0x5345,  0x534C,  0x53C1,  0x53C2,  0x53C3,  0x53C4,
    0x56DB,  0x58F1,  0x58F9,  0x5E7A,  0x5EFE,  0x5EFF,  0x5F0C,  0x5F0D,
    0x5F0E,  0x5F10,  0x62FE,  0x634C,  0x67D2,  0x6F06,  0x7396,  0x767E,
    0x8086,  0x842C,  0x8CAE,  0x8CB3,  0x8D30,  0x9621,  0x9646,  0x964C,
    0x9678,  0x96F6,  0x20001, 0x20064, 0x200E2, 0x20121, 0x2092A, 0x20983,
    0x2098C, 0x2099C, 0x20AEA, 0x20AFD, 0x20B19, 0x22390, 0x22998, 0x23B1B,
    0x2626D,
};

static int
compare_chars(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return x < y ? -1 : x > y;
}

static bool
is_numeric(uint32_t c)
{
    if (uc_numeric_value(c).denominator != 0)
        return true;
    return bsearch(&c, numeric_ideographs,
                   sizeof numeric_ideographs / sizeof numeric_ideographs[0],
                   sizeof c, compare_chars) != NULL;
}

static uint32_t
compute(uint32_t c, uint32_t wanted)
{
    uint32_t flags = 0;

    if (wanted &
        (RT_CHAR_ALPHA | RT_CHAR_TITLE | RT_CHAR_PRINTABLE | RT_CHAR_ALNUM))
        flags |= flags_of_category(c);
    if ((wanted & (RT_CHAR_DECIMAL | RT_CHAR_ALNUM)) &&
        uc_decimal_value(c) >= 0)
        flags |= RT_CHAR_DECIMAL;
    if ((wanted & (RT_CHAR_DIGIT | RT_CHAR_ALNUM)) && uc_digit_value(c) >= 0)
        flags |= RT_CHAR_DIGIT;
    if ((wanted & (RT_CHAR_NUMERIC | RT_CHAR_ALNUM)) && is_numeric(c))
        flags |= RT_CHAR_NUMERIC;
    if (flags &
        (RT_CHAR_ALPHA | RT_CHAR_DECIMAL | RT_CHAR_DIGIT | RT_CHAR_NUMERIC))
        flags |= RT_CHAR_ALNUM;
    if ((wanted & RT_CHAR_SPACE) && is_space(c))
        flags |= RT_CHAR_SPACE;
    if ((wanted & RT_CHAR_LINEBREAK) && is_linebreak(c))
        flags |= RT_CHAR_LINEBREAK;
    if ((wanted & RT_CHAR_LOWER) && uc_is_property_lowercase(c))
        flags |= RT_CHAR_LOWER;
    if ((wanted & RT_CHAR_UPPER) && uc_is_property_uppercase(c))
        flags |= RT_CHAR_UPPER;
    if ((wanted & RT_CHAR_ID_START) &&
        (c == '_' || uc_is_property_xid_start(c)))
        flags |= RT_CHAR_ID_START;
    if ((wanted & RT_CHAR_ID_CONTINUE) && uc_is_property_xid_continue(c))
        flags |= RT_CHAR_ID_CONTINUE;
    return flags & wanted;
}

uint32_t
rt_char_find_flags(uint32_t c, uint32_t wanted)
{
    if (c >= 256)
        return compute(c, wanted);
    rt_char_latin1[c] = compute(c, 0x7FFFFFFF) | (uint32_t)READY;
    return rt_char_latin1[c] & wanted;
}

int
rt_char_decimal(uint32_t c)
{
    if (c < 128)
        return c >= '0' && c <= '9' ? (int)(c - '0') : -1;
    return uc_decimal_value(c);
}

int
rt_char_digit(uint32_t c)
{
    return uc_digit_value(c);
}

bool
rt_char_is_cased(uint32_t c)
{
    return uc_is_property_cased(c);
}

bool
rt_char_is_case_ignorable(uint32_t c)
{
    return uc_is_property_case_ignorable(c);
}

/* -- case -- */

uint32_t
rt_char_lower(uint32_t c)
{
    if (c < 128)
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    return uc_tolower(c);
}

uint32_t
rt_char_upper(uint32_t c)
{
    if (c < 128)
        return c >= 'a' && c <= 'z' ? c - 32 : c;
    return uc_toupper(c);
}

/* May the character have a mapping to several (SpecialCasing.txt)? */
static bool
is_special(uint32_t c)
{
    return c == 0xDF || c == 0x130 || c == 0x149 || c == 0x1F0 || c == 0x390 ||
           c == 0x3B0 || c == 0x587 || (c >= 0x1E96 && c <= 0x1E9E) ||
           (c >= 0x1F50 && c <= 0x1FFC) || (c >= 0xFB00 && c <= 0xFB17);
}

typedef uint32_t *(*mapper)(const uint32_t *, size_t, const char *, uninorm_t,
                            uint32_t *, size_t *);

static int
map_one(mapper map, uint32_t c, uint32_t out[3])
{
    uint32_t buf[8], *r;
    size_t n = 8, i;

    r = map(&c, 1, "", NULL, buf, &n);
    if (r == NULL || n == 0 || n > 3) {
        out[0] = c;
        return 1;
    }
    for (i = 0; i < n; i++)
        out[i] = r[i];
    if (r != buf)
        free(r);
    return (int)n;
}

int
rt_char_full_lower(uint32_t c, uint32_t out[3])
{
    if (c == 0x130)
        return map_one(u32_tolower, c, out);
    out[0] = rt_char_lower(c);
    return 1;
}

int
rt_char_full_upper(uint32_t c, uint32_t out[3])
{
    if (is_special(c))
        return map_one(u32_toupper, c, out);
    out[0] = rt_char_upper(c);
    return 1;
}

int
rt_char_full_title(uint32_t c, uint32_t out[3])
{
    if (is_special(c))
        return map_one(u32_totitle, c, out);
    out[0] = uc_totitle(c);
    return 1;
}

int
rt_char_casefold(uint32_t c, uint32_t out[3])
{
    if (c < 128 || (c >= 0xD800 && c < 0xE000)) {
        out[0] = rt_char_lower(c);
        return 1;
    }
    return map_one(u32_casefold, c, out);
}
