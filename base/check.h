/* SPDX-License-Identifier: MIT
 * base/check.h: assertions that say what they found.
 *
 * ASSERT(cond, fmt, ...) aborts with a message in debug builds
 * (--enable-debug) and vanishes otherwise; its condition must have no effect.
 * NAC_UNREACHABLE() marks a path that the surrounding invariants exclude.
 * nac_die() ends the process on a broken invariant that release builds check
 * too.
 */
#ifndef NAC_CHECK_H
#define NAC_CHECK_H

#if defined(__GNUC__)
#define NAC_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define NAC_LIKELY(x)         __builtin_expect(!!(x), 1)
#define NAC_UNLIKELY(x)       __builtin_expect(!!(x), 0)
#define NAC_NORETURN          __attribute__((noreturn))
#define NAC_COLD              __attribute__((cold, noinline))
#define NAC_INLINE            static inline __attribute__((always_inline))
#else
#error "Nacre is built with gcc or clang"
#endif

/* Prints "file:line: message" to standard error and aborts. */
NAC_NORETURN NAC_COLD void nac_die(const char *file, int line, const char *fmt,
                                   ...) NAC_PRINTF(3, 4);

#ifdef NAC_DEBUG
#define ASSERT(cond, ...)                                                      \
    do {                                                                       \
        if (NAC_UNLIKELY(!(cond)))                                             \
            nac_die(__FILE__, __LINE__, __VA_ARGS__);                          \
    } while (0)
#define NAC_UNREACHABLE()                                                      \
    nac_die(__FILE__, __LINE__, "unreachable code reached")
#else
#define ASSERT(cond, ...)                                                      \
    do {                                                                       \
        if (0 && !(cond))                                                      \
            nac_die(__FILE__, __LINE__, __VA_ARGS__);                          \
    } while (0)
#define NAC_UNREACHABLE() __builtin_unreachable()
#endif

#endif
