/* SPDX-License-Identifier: MIT
 * frontend/charnames.c: characters by their names, for \N{...}: libunistring
 * knows most of them; control characters have aliases only, and the unified
 * ideographs are named after their code points. Called by literals.c.
 */
#include "config.h"

#include "frontend/literals.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unictype.h>
#include <uniname.h>

static const struct {
    uint8_t cp;
    char name[44];
} controls[] = {
    {0x00, "NUL"},
    {0x00, "NULL"},
    {0x01, "SOH"},
    {0x01, "START OF HEADING"},
    {0x02, "START OF TEXT"},
    {0x02, "STX"},
    {0x03, "END OF TEXT"},
    {0x03, "ETX"},
    {0x04, "END OF TRANSMISSION"},
    {0x04, "EOT"},
    {0x05, "ENQ"},
    {0x05, "ENQUIRY"},
    {0x06, "ACK"},
    {0x06, "ACKNOWLEDGE"},
    {0x07, "ALERT"},
    {0x07, "BEL"},
    {0x08, "BACKSPACE"},
    {0x08, "BS"},
    {0x09, "CHARACTER TABULATION"},
    {0x09, "HORIZONTAL TABULATION"},
    {0x09, "HT"},
    {0x09, "TAB"},
    {0x0a, "END OF LINE"},
    {0x0a, "EOL"},
    {0x0a, "LF"},
    {0x0a, "LINE FEED"},
    {0x0a, "NEW LINE"},
    {0x0a, "NL"},
    {0x0b, "LINE TABULATION"},
    {0x0b, "VERTICAL TABULATION"},
    {0x0b, "VT"},
    {0x0c, "FF"},
    {0x0c, "FORM FEED"},
    {0x0d, "CARRIAGE RETURN"},
    {0x0d, "CR"},
    {0x0e, "LOCKING-SHIFT ONE"},
    {0x0e, "SHIFT OUT"},
    {0x0e, "SO"},
    {0x0f, "LOCKING-SHIFT ZERO"},
    {0x0f, "SHIFT IN"},
    {0x0f, "SI"},
    {0x10, "DATA LINK ESCAPE"},
    {0x10, "DLE"},
    {0x11, "DC1"},
    {0x11, "DEVICE CONTROL ONE"},
    {0x12, "DC2"},
    {0x12, "DEVICE CONTROL TWO"},
    {0x13, "DC3"},
    {0x13, "DEVICE CONTROL THREE"},
    {0x14, "DC4"},
    {0x14, "DEVICE CONTROL FOUR"},
    {0x15, "NAK"},
    {0x15, "NEGATIVE ACKNOWLEDGE"},
    {0x16, "SYN"},
    {0x16, "SYNCHRONOUS IDLE"},
    {0x17, "END OF TRANSMISSION BLOCK"},
    {0x17, "ETB"},
    {0x18, "CAN"},
    {0x18, "CANCEL"},
    {0x19, "END OF MEDIUM"},
    {0x19, "EOM"},
    {0x1a, "SUB"},
    {0x1a, "SUBSTITUTE"},
    {0x1b, "ESC"},
    {0x1b, "ESCAPE"},
    {0x1c, "FILE SEPARATOR"},
    {0x1c, "FS"},
    {0x1c, "INFORMATION SEPARATOR FOUR"},
    {0x1d, "GROUP SEPARATOR"},
    {0x1d, "GS"},
    {0x1d, "INFORMATION SEPARATOR THREE"},
    {0x1e, "INFORMATION SEPARATOR TWO"},
    {0x1e, "RECORD SEPARATOR"},
    {0x1e, "RS"},
    {0x1f, "INFORMATION SEPARATOR ONE"},
    {0x1f, "UNIT SEPARATOR"},
    {0x1f, "US"},
    {0x7f, "DEL"},
    {0x7f, "DELETE"},
    {0x80, "PAD"},
    {0x80, "PADDING CHARACTER"},
    {0x81, "HIGH OCTET PRESET"},
    {0x81, "HOP"},
    {0x82, "BPH"},
    {0x82, "BREAK PERMITTED HERE"},
    {0x83, "NBH"},
    {0x83, "NO BREAK HERE"},
    {0x84, "IND"},
    {0x84, "INDEX"},
    {0x85, "NEL"},
    {0x85, "NEXT LINE"},
    {0x86, "SSA"},
    {0x86, "START OF SELECTED AREA"},
    {0x87, "END OF SELECTED AREA"},
    {0x87, "ESA"},
    {0x88, "CHARACTER TABULATION SET"},
    {0x88, "HORIZONTAL TABULATION SET"},
    {0x88, "HTS"},
    {0x89, "CHARACTER TABULATION WITH JUSTIFICATION"},
    {0x89, "HORIZONTAL TABULATION WITH JUSTIFICATION"},
    {0x89, "HTJ"},
    {0x8a, "LINE TABULATION SET"},
    {0x8a, "VERTICAL TABULATION SET"},
    {0x8a, "VTS"},
    {0x8b, "PARTIAL LINE DOWN"},
    {0x8b, "PARTIAL LINE FORWARD"},
    {0x8b, "PLD"},
    {0x8c, "PARTIAL LINE BACKWARD"},
    {0x8c, "PARTIAL LINE UP"},
    {0x8c, "PLU"},
    {0x8d, "REVERSE INDEX"},
    {0x8d, "REVERSE LINE FEED"},
    {0x8d, "RI"},
    {0x8e, "SINGLE SHIFT TWO"},
    {0x8e, "SINGLE-SHIFT-2"},
    {0x8e, "SS2"},
    {0x8f, "SINGLE SHIFT THREE"},
    {0x8f, "SINGLE-SHIFT-3"},
    {0x8f, "SS3"},
    {0x90, "DCS"},
    {0x90, "DEVICE CONTROL STRING"},
    {0x91, "PRIVATE USE ONE"},
    {0x91, "PRIVATE USE-1"},
    {0x91, "PU1"},
    {0x92, "PRIVATE USE TWO"},
    {0x92, "PRIVATE USE-2"},
    {0x92, "PU2"},
    {0x93, "SET TRANSMIT STATE"},
    {0x93, "STS"},
    {0x94, "CANCEL CHARACTER"},
    {0x94, "CCH"},
    {0x95, "MESSAGE WAITING"},
    {0x95, "MW"},
    {0x96, "SPA"},
    {0x96, "START OF GUARDED AREA"},
    {0x96, "START OF PROTECTED AREA"},
    {0x97, "END OF GUARDED AREA"},
    {0x97, "END OF PROTECTED AREA"},
    {0x97, "EPA"},
    {0x98, "SOS"},
    {0x98, "START OF STRING"},
    {0x99, "SGC"},
    {0x99, "SINGLE GRAPHIC CHARACTER INTRODUCER"},
    {0x9a, "SCI"},
    {0x9a, "SINGLE CHARACTER INTRODUCER"},
    {0x9b, "CONTROL SEQUENCE INTRODUCER"},
    {0x9b, "CSI"},
    {0x9c, "ST"},
    {0x9c, "STRING TERMINATOR"},
    {0x9d, "OPERATING SYSTEM COMMAND"},
    {0x9d, "OSC"},
    {0x9e, "PM"},
    {0x9e, "PRIVACY MESSAGE"},
    {0x9f, "APC"},
    {0x9f, "APPLICATION PROGRAM COMMAND"},
};

/* "CJK UNIFIED IDEOGRAPH-" and four or five upper-case digits. */
static long
ideograph(const char *name)
{
    static const char prefix[] = "CJK UNIFIED IDEOGRAPH-";
    if (strncmp(name, prefix, sizeof prefix - 1) != 0)
        return -1;
    const char *digits = name + sizeof prefix - 1;
    size_t len = strspn(digits, "0123456789ABCDEF");
    if (digits[len] || (len != 4 && len != 5))
        return -1;
    long cp = strtol(digits, NULL, 16);
    bool compatibility = cp >= 0xf900 && cp <= 0xfaff;
    return uc_is_property_unified_ideograph((ucs4_t)cp) && !compatibility ? cp
                                                                          : -1;
}

/* The longest of [n] short names that [*s] begins with; skips it. */
static int
jamo(const char **s, const char names[][4], int n)
{
    int best = -1;
    size_t best_len = 0;
    for (int i = 0; i < n; i++) {
        size_t len = strlen(names[i]);
        if (strncmp(*s, names[i], len) == 0 && (best < 0 || len > best_len)) {
            best = i;
            best_len = len;
        }
    }
    *s += best_len;
    return best;
}

/* "HANGUL SYLLABLE " and the syllable's letters (Unicode 3.12); libunistring
 * misses some of them. */
static long
hangul(const char *name)
{
    static const char prefix[] = "HANGUL SYLLABLE ";
    static const char lead[][4] = {"G", "GG", "N", "D",  "DD", "R", "M",
                                   "B", "BB", "S", "SS", "",   "J", "JJ",
                                   "C", "K",  "T", "P",  "H"};
    static const char vowel[][4] = {"A",   "AE", "YA", "YAE", "EO", "E",  "YEO",
                                    "YE",  "O",  "WA", "WAE", "OE", "YO", "U",
                                    "WEO", "WE", "WI", "YU",  "EU", "YI", "I"};
    static const char trail[][4] = {"",   "G",  "GG", "GS", "N",  "NJ", "NH",
                                    "D",  "L",  "LG", "LM", "LB", "LS", "LT",
                                    "LP", "LH", "M",  "B",  "BS", "S",  "SS",
                                    "NG", "J",  "C",  "K",  "T",  "P",  "H"};
    if (strncmp(name, prefix, sizeof prefix - 1) != 0)
        return -1;
    const char *s = name + sizeof prefix - 1;
    int l = jamo(&s, lead, 19);
    int v = jamo(&s, vowel, 21);
    int t = jamo(&s, trail, 28);
    return l < 0 || v < 0 || t < 0 || *s ? -1 : 0xac00 + (l * 21 + v) * 28 + t;
}

long
fe_char_named(const char *name)
{
    if (strncasecmp(name, "HANGUL SYLLABLE ", 16) == 0)
        return hangul(name);
    ucs4_t cp =
        strchr(name, '_') ? UNINAME_INVALID : unicode_name_character(name);
    if (cp != UNINAME_INVALID)
        return (long)cp;
    for (size_t i = 0; i < sizeof controls / sizeof *controls; i++)
        if (strcasecmp(controls[i].name, name) == 0)
            return controls[i].cp;
    return ideograph(name);
}
