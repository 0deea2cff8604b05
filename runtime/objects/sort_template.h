/* SPDX-License-Identifier: MIT
 * runtime/objects/sort_template.h: the merge sort of list_sort.c for one kind
 * of item and one comparison. The includer defines
 *
 *   ITEM          type of an item
 *   NAME(x)       name of a function
 *   LESS(a, b)    of two items: 1, 0, or -1 with an exception
 *
 * Stable. Runs that lie in the data (ascending, or strictly descending, which
 * are turned round) are merged pairwise in the order of a nearly optimal tree:
 * the "power" of the boundary between two neighbouring runs is the depth at
 * which the binary subdivision of the whole array would part their middles,
 * and a boundary of greater power is merged first. After an error the array
 * is still a permutation of what it was.
 */

/* First position of [a, a + n) whose item is not less than (after false), or
 * greater than (after true) the item. -1: exception. */
static int64_t
NAME(place)(ITEM *a, int64_t n, ITEM item, bool after)
{
    int64_t lo = 0, hi = n;

    while (lo < hi) {
        int64_t mid = lo + (hi - lo) / 2;
        int less = after ? LESS(item, a[mid]) : LESS(a[mid], item);

        if (less < 0)
            return -1;
        if (less == (after ? 1 : 0))
            hi = mid;
        else
            lo = mid + 1;
    }
    return lo;
}

/* a[0 .. sorted) is in order: inserts the others. 0, or -1. */
static int
NAME(insertion)(ITEM *a, int64_t sorted, int64_t n)
{
    for (int64_t i = sorted; i < n; i++) {
        ITEM item = a[i];
        int64_t at = NAME(place)(a, i, item, true);

        if (at < 0)
            return -1;
        memmove(a + at + 1, a + at, (size_t)(i - at) * sizeof *a);
        a[at] = item;
    }
    return 0;
}

/* Length of the run at the start of the [n] items, made ascending. -1. */
static int64_t
NAME(run)(ITEM *a, int64_t n)
{
    int64_t len = 2;
    int down;

    if (n < 2)
        return n;
    down = LESS(a[1], a[0]);
    if (down < 0)
        return -1;
    for (; len < n; len++) {
        int less = LESS(a[len], a[len - 1]);

        if (less < 0)
            return -1;
        if (less != down)
            break;
    }
    if (down)
        for (int64_t i = 0, j = len - 1; i < j; i++, j--) {
            ITEM t = a[i];

            a[i] = a[j];
            a[j] = t;
        }
    return len;
}

/* Merges the runs a[0 .. n) and a[n .. n + m), the left one not longer, by way
 * of [tmp]. */
static int
NAME(merge_left)(ITEM *a, int64_t n, int64_t m, ITEM *tmp)
{
    ITEM *right = a + n, *end = right + m, *left = tmp, *left_end = tmp + n;
    int status = 0;

    memcpy(tmp, a, (size_t)n * sizeof *a);
    while (left < left_end && right < end) {
        int less = LESS(*right, *left);

        if (less < 0) {
            status = -1;
            break;
        }
        *a++ = less ? *right++ : *left++;
    }
    memcpy(a, left, (size_t)(left_end - left) * sizeof *a);
    return status;
}

/* The same from the end, for a right run that is shorter. */
static int
NAME(merge_right)(ITEM *a, int64_t n, int64_t m, ITEM *tmp)
{
    ITEM *left = a + n, *right = tmp + m, *to = a + n + m;
    int status = 0;

    memcpy(tmp, a + n, (size_t)m * sizeof *a);
    while (left > a && right > tmp) {
        int less = LESS(right[-1], left[-1]);

        if (less < 0) {
            status = -1;
            break;
        }
        *--to = less ? *--left : *--right;
    }
    to -= right - tmp;
    memcpy(to, tmp, (size_t)(right - tmp) * sizeof *a);
    return status;
}

static int
NAME(merge)(ITEM *a, int64_t n, int64_t m, ITEM *tmp)
{
    /* What is in its place already at both ends stays there. */
    int64_t skip = NAME(place)(a, n, a[n], true);

    if (skip < 0)
        return -1;
    a += skip;
    n -= skip;
    if (!n)
        return 0;
    m = NAME(place)(a + n, m, a[n - 1], false);
    if (m <= 0)
        return (int)m;
    return n <= m ? NAME(merge_left)(a, n, m, tmp)
                  : NAME(merge_right)(a, n, m, tmp);
}

/* Sorts [n] items; [tmp] has room for n / 2 + 1. 0, or -1. */
static int
NAME(sort)(ITEM *a, int64_t n, ITEM *tmp)
{
    struct {
        int64_t start, len;
        int power; /* of the boundary to the next run */
    } stack[70];
    int depth = 0;

    for (int64_t at = 0; at < n;) {
        int64_t len = NAME(run)(a + at, n - at);

        if (len < 0)
            return -1;
        if (len < LEAST_RUN && at + len < n) {
            int64_t whole = n - at < LEAST_RUN ? n - at : LEAST_RUN;

            if (NAME(insertion)(a + at, len, whole) < 0)
                return -1;
            len = whole;
        }
        if (depth) {
            int power = boundary_power(stack[depth - 1].start,
                                       stack[depth - 1].len, len, n);

            while (depth > 1 && stack[depth - 2].power > power) {
                depth--;
                if (NAME(merge)(a + stack[depth - 1].start,
                                stack[depth - 1].len, stack[depth].len,
                                tmp) < 0)
                    return -1;
                stack[depth - 1].len += stack[depth].len;
            }
            stack[depth - 1].power = power;
        }
        stack[depth].start = at;
        stack[depth].len = len;
        stack[depth++].power = 0;
        at += len;
    }
    while (depth > 1) {
        depth--;
        if (NAME(merge)(a + stack[depth - 1].start, stack[depth - 1].len,
                        stack[depth].len, tmp) < 0)
            return -1;
        stack[depth - 1].len += stack[depth].len;
    }
    return 0;
}

#undef ITEM
#undef NAME
#undef LESS
