/* SPDX-License-Identifier: MIT
 * base/nanbox.h: the layout of a value word, shared by the runtime (which
 * works on values) and by the back-ends (which box and unbox them inline).
 *
 *   a float                    its own bits, all words <= 0xFFF8000000000000
 *   no value, other marks      0xFFF8000000000001 and the few words after it
 *   a pointer of 48 bits       0xFFF9 in the upper 16 bits
 *   an int of 50 bits          upper 14 bits all set (words >= 0xFFFC...)
 *
 * The arithmetic of x86-64 and arm64 never makes a NaN above
 * 0xFFF8000000000000 unless it was given one; whoever makes a float from raw
 * bits (struct, array, ctypes) must canonicalise.
 */
#ifndef NAC_NANBOX_H
#define NAC_NANBOX_H

#include <stdint.h>

#define NB_MAX_FLOAT UINT64_C(0xFFF8000000000000) /* unsigned upper bound */
#define NB_NOTHING   UINT64_C(0xFFF8000000000001) /* "no value" */
#define NB_PTR_TAG   UINT64_C(0xFFF9000000000000)
#define NB_PTR_TOP   0xFFF9u /* word >> 48 of every pointer */
#define NB_INT_TAG   UINT64_C(0xFFFC000000000000)
#define NB_INT_BITS  50
#define NB_INT_MAX   ((INT64_C(1) << 49) - 1)
#define NB_INT_MIN   (-(INT64_C(1) << 49))

/* word -> is it so?
 *   float:    word <= NB_MAX_FLOAT           (unsigned)
 *   int:      word >= NB_INT_TAG             (unsigned)
 *   pointer:  word >> 48 == NB_PTR_TOP
 * word -> content
 *   int:      (int64_t)(word << 14) >> 14
 *   pointer:  word - NB_PTR_TAG   (equally word ^ NB_PTR_TAG, or the low 48
 * bits) content -> word int:      (uint64_t)i | NB_INT_TAG       (i must fit 50
 * bits) pointer:  p + NB_PTR_TAG
 */

#endif
