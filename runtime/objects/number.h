/* SPDX-License-Identifier: MIT
 * runtime/objects/number.h: what the files of int, float, complex and math
 * share. Others use objects.h.
 */
#ifndef RT_NUMBER_H
#define RT_NUMBER_H

#include "runtime/runtime.h"

#define RT_LIMB_BITS    64
#define RT_HASH_MODULUS ((UINT64_C(1) << 61) - 1)

/* Limbs of an int of any form (small, bool, heap, subclass); valid while the
 * view and the value live. */
struct rt_int_view {
    int64_t size; /* as rt_bigint.size; may have no limbs: zero */
    const mp_limb_t *limbs;
    mp_limb_t one;
};
void rt_int_view(struct rt_int_view *view, rt_val v);
/* Number of limbs. */
#define RT_VIEW_LIMBS(view) ((view)->size < 0 ? -(view)->size : (view)->size)
/* A read-only mpz of the value; no mpz_clear. */
#define RT_VIEW_MPZ(name, value)                                               \
    struct rt_int_view name##_view;                                            \
    mpz_t name;                                                                \
    rt_int_view(&name##_view, (value));                                        \
    mpz_roinit_n(name, name##_view.limbs, name##_view.size)

rt_val rt_int_from_mpz(const mpz_t z);
/* The same, and mpz_clear(z). */
rt_val rt_int_take_mpz(mpz_t z);
rt_val rt_int_from_i128(__int128 v);
/* Uninitialised heap int with room for [n] limbs; NULL: MemoryError is set.
 * rt_int_normal() must be called once the limbs and size are there. */
struct rt_bigint *rt_int_alloc(int64_t n);
/* May GMP compute with operands and a result of [n] limbs? It aborts where
 * memory ends. If not, MemoryError is set. Asked before every operation whose
 * size the program decides. */
bool rt_int_room(int64_t n);
/* The number of limbs of a value, for rt_int_room(). */
int64_t rt_int_limbs(rt_val v);
rt_val rt_int_normal(struct rt_bigint *b);
/* The exact int of an int of any form. */
rt_val rt_int_exact(rt_val v);
/* Instance of a subclass of int with this value. */
rt_val rt_int_instance(struct rt_type *type, rt_val v);
int rt_int_sign(rt_val v);
int rt_int_compare(rt_val a, rt_val b);
/* Sign of [v] - [d]; [d] is not a NaN. */
int rt_int_compare_double(rt_val v, double d);
/* Nearest double of m * 2^*exp where m is in [0.5, 1), never overflowing; 0 for
 * 0. */
double rt_int_frexp(rt_val v, int64_t *exp);
uint64_t rt_int_bits(rt_val v);                      /* bit length */
rt_val rt_int_power(rt_val a, rt_val b, rt_val mod); /* mod: RT_NULL or None */
rt_val rt_int_divmod(rt_val a, rt_val b);
rt_val rt_int_round(rt_val v, rt_val ndigits);
rt_val rt_int_from_bytes(const unsigned char *data, int64_t len, bool little,
                         bool is_signed);
rt_val rt_int_to_bytes(rt_val v, int64_t len, bool little, bool is_signed);
/* int(str): any Unicode digits. [shown] is the object named in the error. */
rt_val rt_int_parse_str(rt_val s, int base);
rt_val rt_int_parse_bytes(rt_val v, int base); /* any bytes-like object */
/* Limit of digits in conversions from and to str; 0: none. */
extern int rt_int_max_str_digits;

/* Python's float % and //; the divisor is not zero. */
void rt_float_divmod(double a, double b, double *quotient, double *rest);
/* a ** b with CPython's errors; may be complex. */
rt_val rt_float_power(double a, double b);
/* Correctly rounded to [ndigits] decimals; RT_NULL: OverflowError. */
rt_val rt_float_round(double d, int64_t ndigits);
rt_val rt_float_hex(double d);
/* Shortest digits of a finite [d] > 0 as 0.DIGITS * 10^*point; their number. */
int rt_float_shortest(double d, char out[24], int *point);
/* "%.*f" of a finite [d] >= 0 where that is quickly done: length, else 0. */
int rt_float_fixed(double d, int precision, char out[48]);
double rt_read_double(const char *text, char **end); /* strtod in locale C */
/* float(str); ValueError. */
rt_val rt_float_parse_str(rt_val s);
/* Longest prefix of [s] that is a float in Python's syntax ("inf", "nan"
 * included, no underscores, no blanks): end pointer, or [s] itself. */
const char *rt_float_scan(const char *s, double *out);
/* ASCII form of a number's text: Unicode digits and blanks become ASCII ones,
 * blanks are stripped. Malloc'ed; with a NUL. Other characters become '?'.
 * NULL: MemoryError is set. */
char *rt_number_text(rt_val s, int64_t *len);
/* Removes underscores between digits in place; false: misplaced ones. */
bool rt_number_underscores(char *text, int64_t *len);

bool rt_complex_parse(const char *s, int64_t len, double *re, double *im);

#endif
