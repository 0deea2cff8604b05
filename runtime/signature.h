/* SPDX-License-Identifier: MIT
 * runtime/signature.h: the parsed form of a builtin's signature text.
 */
#ifndef RT_SIGNATURE_H
#define RT_SIGNATURE_H

#include "runtime/objects.h"

enum { RT_MAX_PARAMS = 32, RT_MAX_DIRECT = 4 };

/* Parameters in the order of the text: positional ones first (nposonly of them
 * by position only), then *args, keyword-only ones, **kwargs. */
struct rt_signature {
    uint8_t nparams, npos, nposonly, nrequired; /* nrequired: positional ones */
    int8_t varargs, varkw;                      /* their numbers, -1: none */
    bool simple; /* npos parameters, all required, nothing else */
    bool direct; /* at most RT_MAX_DIRECT parameters, each a word of the call or
                  * left out: nrequired to npos arguments need no binding */
    bool keywords;     /* may be called with keywords at all */
    uint32_t required; /* bit set of parameters without default */
    rt_val names[];
};

/* How errors name the function. */
struct rt_callee {
    const char *owner; /* "list", "math" or NULL */
    const char *name;
};

struct rt_signature *rt_signature_parse(const char *text);
/* Parsed at the first call that needs it. */
struct rt_signature *rt_builtin_signature(struct rt_builtin *f);
/* Can it be called with so many arguments, none by name, without binding? */
NAC_INLINE bool
rt_builtin_direct(struct rt_builtin *f, uint32_t nargs)
{
    const struct rt_signature *sig = f->sig ? f->sig : rt_builtin_signature(f);

    return sig->direct && nargs >= sig->nrequired && nargs <= sig->npos;
}
/* Such a call: what was left out of the arguments is RT_NULL. */
rt_val rt_builtin_fill(struct rt_builtin *f, rt_val self, const rt_val *args,
                       uint32_t nargs);
int rt_signature_bind(const struct rt_signature *sig, struct rt_callee callee,
                      rt_val *out, const rt_val *args, uint32_t nargs,
                      rt_val kwnames);

#endif
