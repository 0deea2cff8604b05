/* SPDX-License-Identifier: MIT
 * tests/fuzz/mutate.c: changes seeds at random: bytes, and in text also words
 * (for words of another seed that begin alike, so that an operand becomes an
 * operand and a number a number) and lines. Everything follows from the number
 * of the input, so that it can be made again.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <ctype.h>
#include <string.h>

enum { WINDOW = 4096, LONGEST = 65536 };

struct mutation {
    struct nac_buf *b;
    const struct fuzz_seeds *seeds;
    uint64_t state;
};

/* splitmix64 */
static uint32_t
below(struct mutation *m, size_t n)
{
    uint64_t z = m->state += UINT64_C(0x9E3779B97F4A7C15);

    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return n ? (uint32_t)((z ^ z >> 31) % n) : 0;
}

static const struct nac_buf *
any_seed(struct mutation *m)
{
    return &m->seeds->items[below(m, m->seeds->len)];
}

/* Puts [n] bytes in the place of those from [from] to [to]. */
static void
replace(struct mutation *m, size_t from, size_t to, const void *bytes, size_t n)
{
    struct nac_buf *b = m->b;

    if (b->len - (to - from) + n > LONGEST)
        return;
    nac_buf_room(b, n);
    memmove(b->data + from + n, b->data + to, b->len - to);
    if (n)
        memcpy(b->data + from, bytes, n);
    b->len += n - (to - from);
    b->data[b->len] = 0;
}

/* -- bytes -- */

static void
change_byte(struct mutation *m)
{
    static const char odd[] =
        "\0\x01\t\n\x0c\r \"'#()[]{}\\:;,.@=-0\x7f\x80\xff";
    size_t at = below(m, m->b->len + 1);
    size_t old = at < m->b->len && below(m, 2) ? 1 : 0;
    char c = below(m, 2) ? odd[below(m, sizeof odd)] : (char)below(m, 256);

    replace(m, at, at + old, &c, 1);
}

static void
flip_bit(struct mutation *m)
{
    if (m->b->len)
        m->b->data[below(m, m->b->len)] ^= (char)(1 << below(m, 8));
}

static void
cut_bytes(struct mutation *m)
{
    size_t from = below(m, m->b->len + 1);
    size_t n = below(m, below(m, 8) ? 16 : m->b->len + 1);

    if (n > m->b->len - from)
        n = m->b->len - from;
    replace(m, from, from + n, NULL, 0);
}

/* Many times the same: depth, long words, long lines. */
static void
repeat_bytes(struct mutation *m)
{
    char piece[32];
    size_t at = below(m, m->b->len + 1), n = 1 + below(m, sizeof piece);
    uint32_t times = 1 + below(m, below(m, 4) ? 8 : 1000);

    if (n > m->b->len - at)
        n = m->b->len - at;
    memcpy(piece, m->b->data + at, n);
    while (times--)
        replace(m, at, at, piece, n);
}

static void
set_number(struct mutation *m)
{
    static const uint32_t values[] = {
        0,      1,          0x7F,       0x80,       0xFF,       0x7FFF,
        0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFFFE, 0x10000};
    uint32_t v = values[below(m, sizeof values / sizeof *values)];
    size_t at = below(m, m->b->len + 1), n = 1u << below(m, 3);

    if (n <= m->b->len - at)
        replace(m, at, at + n, &v, n);
}

/* -- words and lines -- */

struct span {
    const char *p;
    size_t n;
};

static bool
in_word(char c)
{
    return isalnum((unsigned char)c) || strchr("_%@:.#", c) != NULL;
}

static struct span
any_word(struct mutation *m, const struct nac_buf *b)
{
    size_t at = below(m, b->len), end;

    while (at < b->len && (!b->data[at] || !in_word(b->data[at])))
        at++;
    while (at > 0 && b->data[at - 1] && in_word(b->data[at - 1]))
        at--;
    for (end = at; end < b->len && b->data[end] && in_word(b->data[end]);)
        end++;
    return (struct span){b->data + at, end - at};
}

static struct span
any_line(struct mutation *m, const struct nac_buf *b)
{
    size_t at = below(m, b->len), end;
    const char *p;

    while (at > 0 && b->data[at - 1] != '\n')
        at--;
    p = memchr(b->data + at, '\n', b->len - at);
    end = p ? (size_t)(p - b->data) + 1 : b->len;
    return (struct span){b->data + at, end - at};
}

static bool
alike(char a, char b)
{
    return a == b || (isdigit((unsigned char)a) && isdigit((unsigned char)b)) ||
           (isupper((unsigned char)a) && isupper((unsigned char)b)) ||
           (islower((unsigned char)a) && islower((unsigned char)b));
}

static void
change_word(struct mutation *m)
{
    struct span old = any_word(m, m->b);
    size_t at = (size_t)(old.p - m->b->data);

    for (int i = 0; i < 20 && old.n; i++) {
        bool own = below(m, 2);
        struct span new = any_word(m, own ? m->b : any_seed(m));
        char word[64];

        if (!new.n || new.n > sizeof word ||
            (!alike(*new.p, *old.p) && below(m, 50)))
            continue;
        memcpy(word, new.p, new.n);
        replace(m, at, at + old.n, word, new.n);
        return;
    }
}

static void
add_line(struct mutation *m)
{
    struct span at = any_line(m, m->b);
    struct span new = any_line(m, below(m, 2) ? m->b : any_seed(m));
    char line[512];

    if (new.n > sizeof line)
        return;
    memcpy(line, new.p, new.n);
    replace(m, (size_t)(at.p - m->b->data), (size_t)(at.p - m->b->data), line,
            new.n);
}

static void
cut_line(struct mutation *m)
{
    struct span old = any_line(m, m->b);
    size_t at = (size_t)(old.p - m->b->data);

    replace(m, at, at + old.n, NULL, 0);
}

/* -- all of them -- */

static void
take_window(struct mutation *m)
{
    const struct nac_buf *seed = any_seed(m);
    size_t from = 0;

    if (seed->len > WINDOW) {
        from = (size_t)(any_line(m, seed).p - seed->data);
        if (!below(m, 4))
            from = 0;
    }
    m->b->len = 0;
    nac_buf_put(m->b, seed->data + from,
                seed->len - from < WINDOW ? seed->len - from : WINDOW);
}

void
fuzz_mutate(struct nac_buf *out, const struct fuzz_seeds *seeds, bool text,
            uint64_t number)
{
    static void (*const changes[])(struct mutation *) = {
        change_word, change_word, change_word,  add_line,  add_line,
        cut_line,    change_byte, repeat_bytes, cut_bytes, flip_bit,
        flip_bit,    set_number,  change_byte,
    };
    enum { FOR_TEXT = 6, CHANGES = sizeof changes / sizeof *changes };
    struct mutation m = {out, seeds, number * UINT64_C(0xD1342543DE82EF95)};
    uint32_t n = 1 + below(&m, 5), first = text ? 0 : FOR_TEXT;

    take_window(&m);
    while (n--)
        changes[first + below(&m, CHANGES - first)](&m);
}
