/* SPDX-License-Identifier: MIT
 * runtime/signature.h: the parsed form of a builtin's signature text.
 */
#ifndef RT_SIGNATURE_H
#define RT_SIGNATURE_H

#include "runtime/objects.h"

enum { RT_MAX_PARAMS = 32 };

/* Parameters in the order of the text: positional ones first (nposonly of them
 * by position only), then *args, keyword-only ones, **kwargs. */
struct rt_signature {
    uint8_t nparams, npos, nposonly, nrequired; /* nrequired: positional ones */
    int8_t varargs, varkw;                      /* their numbers, -1: none */
    bool simple; /* npos parameters, all required, nothing else */
    bool keywords; /* may be called with keywords at all */
    uint32_t required; /* bit set of parameters without default */
    rt_val names[];
};

/* How errors name the function. */
struct rt_callee {
    const char *owner; /* "list", "math" or NULL */
    const char *name;
};

struct rt_signature *rt_signature_parse(const char *text);
int rt_signature_bind(const struct rt_signature *sig, struct rt_callee callee,
                      rt_val *out, const rt_val *args, uint32_t nargs,
                      rt_val kwnames);

#endif
