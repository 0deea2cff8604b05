/* SPDX-License-Identifier: MIT
 * runtime/signature.c: binds the arguments of builtin functions by their
 * signature texts ("($self, index=-1, /)"), with CPython's errors, whose
 * wording depends on the signature's shape. A text is parsed once, at the
 * first call that needs it.
 */
#include "config.h"

#include "runtime/signature.h"

#include <ctype.h>

#include "runtime/runtime.h"

/* -- parsing -- */

static const char *
skip_blanks(const char *s)
{
    while (isspace((unsigned char)*s))
        s++;
    return s;
}

/* The end of a default value: a comma or parenthesis outside of brackets and
 * quotes. */
static const char *
skip_default(const char *s)
{
    int depth = 0;
    char quote = 0;

    for (; *s; s++) {
        if (quote) {
            if (*s == '\\' && s[1])
                s++;
            else if (*s == quote)
                quote = 0;
        } else if (*s == '\'' || *s == '"') {
            quote = *s;
        } else if (strchr("([{", *s)) {
            depth++;
        } else if (strchr(")]}", *s)) {
            if (!depth)
                break;
            depth--;
        } else if (*s == ',' && !depth) {
            break;
        }
    }
    return s;
}

static void
add_param(struct rt_signature *sig, const char *name, size_t len, int kind,
          bool has_default, bool kwonly)
{
    uint8_t i = sig->nparams++;

    if (sig->nparams > RT_MAX_PARAMS)
        nac_die(__FILE__, __LINE__, "too many parameters");
    sig->names[i] = rt_str_intern(rt_str_new(name, (int64_t)len));
    if (kind == 1) {
        sig->varargs = (int8_t)i;
    } else if (kind == 2) {
        sig->varkw = (int8_t)i;
    } else {
        if (!has_default)
            sig->required |= UINT32_C(1) << i;
        if (!kwonly) {
            sig->npos++;
            if (!has_default)
                sig->nrequired = sig->npos;
        }
    }
}

struct rt_signature *
rt_signature_parse(const char *text)
{
    struct rt_signature *sig =
        nac_calloc(1, sizeof *sig + RT_MAX_PARAMS * sizeof(rt_val));
    const char *s = text ? text : "()";
    bool kwonly = false, hidden = false;

    sig->varargs = sig->varkw = -1;
    s = skip_blanks(*s == '(' ? s + 1 : s);
    while (*s && *s != ')') {
        int stars = 0;
        const char *name;
        size_t len;
        bool has_default = false;

        for (; *s == '*'; s++)
            stars++;
        name = s;
        while (isalnum((unsigned char)*s) || *s == '_' || *s == '$')
            s++;
        len = (size_t)(s - name);
        s = skip_blanks(s);
        if (*s == '=') {
            has_default = true;
            s = skip_default(s + 1);
        }
        if (*s == '/') {
            s++;
            sig->nposonly = sig->nparams;
        } else if (stars && !len) {
            kwonly = true;
        } else if (*name == '$') {
            hidden = true;
        } else {
            add_param(sig, name, len, stars, has_default, kwonly);
            if (stars == 1)
                kwonly = true;
        }
        s = skip_blanks(s);
        if (*s == ',')
            s = skip_blanks(s + 1);
    }
    (void)hidden;
    sig->simple = sig->nparams == sig->npos && sig->nrequired == sig->npos;
    sig->direct = sig->varargs < 0 && sig->varkw < 0 &&
                  sig->nparams <= RT_MAX_DIRECT &&
                  !(sig->required >> sig->npos);
    sig->keywords = sig->nposonly < sig->nparams - (sig->varargs >= 0 ? 1 : 0);
    return sig;
}

/* -- errors -- */

static const char *
plural(uint32_t n)
{
    return n == 1 ? "" : "s";
}

/* "list.append", "len" */
static rt_val
full_name(struct rt_callee c)
{
    return c.owner ? rt_str_format("%s.%s", c.owner, c.name)
                   : rt_str_format("%s", c.name);
}

static int
fail(rt_val ignored)
{
    (void)ignored;
    return -1;
}

static int
wrong_count(const struct rt_signature *sig, struct rt_callee c, uint32_t nargs,
            uint32_t nkw)
{
    uint32_t least = sig->nrequired, most = sig->npos;
    bool few = nargs < least;

    if (!sig->keywords && most == 0)
        return fail(rt_raise(&rt_exc_TypeError,
                             "%U() takes no arguments (%u given)", full_name(c),
                             nargs));
    if (!sig->keywords && most == 1 && least == 1)
        return fail(rt_raise(&rt_exc_TypeError,
                             "%U() takes exactly one argument (%u given)",
                             full_name(c), nargs));
    if (!sig->keywords)
        return fail(rt_raise(
            &rt_exc_TypeError, "%s expected %s%u argument%s, got %u", c.name,
            least == most && sig->varargs < 0 ? ""
            : few                             ? "at least "
                                              : "at most ",
            few ? least : most, plural(few ? least : most), nargs));
    if (nargs + nkw > sig->nparams)
        return fail(rt_raise(&rt_exc_TypeError,
                             "%s() takes at most %u %sargument%s (%u given)",
                             c.name, sig->nparams, nargs ? "" : "keyword ",
                             plural(sig->nparams), nargs + nkw));
    if (most == 0)
        return fail(rt_raise(&rt_exc_TypeError,
                             "%s() takes no positional arguments", c.name));
    return fail(rt_raise(&rt_exc_TypeError,
                         "%s() takes %s %u positional argument%s (%u given)",
                         c.name, least == most ? "exactly" : "at most", most,
                         plural(most), nargs));
}

static int
missing(const struct rt_signature *sig, struct rt_callee c, uint32_t i,
        uint32_t nargs)
{
    if (!sig->keywords)
        return wrong_count(sig, c, nargs, 0);
    if (i < sig->nposonly)
        return fail(rt_raise(
            &rt_exc_TypeError,
            "%s() takes %s %u positional argument%s (%u given)", c.name,
            sig->nrequired == sig->npos ? "exactly" : "at least",
            sig->nrequired < sig->nposonly ? sig->nrequired : sig->nposonly,
            plural(sig->nposonly), nargs));
    return fail(rt_raise(&rt_exc_TypeError,
                         "%s() missing required argument '%U' (pos %u)", c.name,
                         sig->names[i], i + 1));
}

/* -- binding -- */

static int
bind_keyword(const struct rt_signature *sig, struct rt_callee c, rt_val *out,
             rt_val name, rt_val value, uint32_t nargs)
{
    for (uint32_t i = sig->nposonly; i < sig->nparams; i++) {
        if ((int)i == sig->varargs || (int)i == sig->varkw)
            continue;
        if (!rt_same(sig->names[i], name) && !rt_str_equal(sig->names[i], name))
            continue;
        if (!rt_is_null(out[i])) {
            if (i < nargs)
                return fail(rt_raise(&rt_exc_TypeError,
                                     "argument for %s() given by name ('%U') "
                                     "and position (%u)",
                                     c.name, name, i + 1));
            return fail(rt_raise(&rt_exc_TypeError,
                                 "%s() got multiple values for argument '%U'",
                                 c.name, name));
        }
        out[i] = value;
        return 0;
    }
    if (sig->varkw >= 0) {
        if (rt_is_null(out[sig->varkw]))
            out[sig->varkw] = rt_dict_new();
        return rt_dict_set(out[sig->varkw], name, value);
    }
    return fail(rt_raise(&rt_exc_TypeError,
                         "'%U' is an invalid keyword argument for %s()", name,
                         c.name));
}

int
rt_signature_bind(const struct rt_signature *sig, struct rt_callee c,
                  rt_val *out, const rt_val *args, uint32_t nargs,
                  rt_val kwnames)
{
    uint32_t nkw =
        rt_is_null(kwnames) ? 0 : (uint32_t)rt_tuple_of(kwnames)->len;
    uint32_t npos = nargs < sig->npos ? nargs : sig->npos;

    if (nkw && !sig->keywords)
        return fail(rt_raise(&rt_exc_TypeError,
                             "%U() takes no keyword arguments", full_name(c)));
    if ((nargs > sig->npos || nargs + nkw > sig->nparams) && sig->varargs < 0 &&
        sig->varkw < 0)
        return wrong_count(sig, c, nargs, nkw);
    if (nargs > sig->npos && sig->varargs < 0)
        return wrong_count(sig, c, nargs, nkw);
    for (uint32_t i = 0; i < sig->nparams; i++)
        out[i] = i < npos ? args[i] : RT_NULL;
    if (sig->varargs >= 0)
        out[sig->varargs] = rt_tuple_new(args + npos, nargs - npos);
    for (uint32_t i = 0; i < nkw; i++)
        if (bind_keyword(sig, c, out, rt_tuple_of(kwnames)->items[i],
                         args[nargs + i], nargs) < 0)
            return -1;
    if (sig->required)
        for (uint32_t i = npos; i < sig->nparams; i++)
            if (sig->required >> i & 1 && rt_is_null(out[i]))
                return missing(sig, c, i, nargs);
    return 0;
}

int
rt_bind(struct rt_signature **sig, const char *fname, const char *signature,
        rt_val *out, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    struct rt_callee callee = {NULL, fname};

    if (NAC_UNLIKELY(!*sig))
        *sig = rt_signature_parse(signature);
    if (NAC_LIKELY((*sig)->simple && rt_is_null(kwnames) &&
                   nargs == (*sig)->npos)) {
        for (uint32_t i = 0; i < nargs; i++)
            out[i] = args[i];
        return 0;
    }
    return rt_signature_bind(*sig, callee, out, args, nargs, kwnames);
}

static struct rt_callee
callee_of(const struct rt_builtin *f, rt_val self)
{
    struct rt_callee c = {NULL, f->def->name};

    if (f->def->kind == RT_FUNCTION) {
        if (!rt_is_null(f->module) && rt_is_str(f->module) &&
            !rt_str_is(f->module, "builtins"))
            c.owner = rt_str_utf8_any(f->module, NULL);
    } else if (f->def->kind == RT_METHOD_CLASS && rt_is_type(self)) {
        c.owner =
            rt_str_utf8_any(((struct rt_type *)rt_ptr(self))->qualname, NULL);
    } else if (f->owner) {
        c.owner = rt_type_name(f->owner);
    }
    return c;
}

/* In a function of its own: the collector would find old values in what is not
 * used of the array. */
static __attribute__((noinline)) rt_val
call_general(struct rt_builtin *f, rt_val self, const rt_val *args,
             uint32_t nargs, rt_val kwnames)
{
    rt_val out[RT_MAX_PARAMS];

    if (rt_signature_bind(f->sig, callee_of(f, self), out, args, nargs,
                          kwnames) < 0)
        return RT_NULL;
    return f->def->fn(self, out);
}

static __attribute__((noinline)) rt_val
call_few(struct rt_builtin *f, rt_val self, const rt_val *args, uint32_t nargs,
         rt_val kwnames)
{
    rt_val out[RT_MAX_DIRECT];

    if (rt_signature_bind(f->sig, callee_of(f, self), out, args, nargs,
                          kwnames) < 0)
        return RT_NULL;
    return f->def->fn(self, out);
}

struct rt_signature *
rt_builtin_signature(struct rt_builtin *f)
{
    if (NAC_UNLIKELY(!f->sig))
        f->sig = rt_signature_parse(f->def->signature);
    return f->sig;
}

rt_val
rt_builtin_fill(struct rt_builtin *f, rt_val self, const rt_val *args,
                uint32_t nargs)
{
    rt_val out[RT_MAX_DIRECT];

    for (uint32_t i = 0; i < RT_MAX_DIRECT; i++)
        out[i] = i < nargs ? args[i] : RT_NULL;
    return f->def->fn(self, out);
}

rt_val
rt_builtin_call(struct rt_builtin *f, rt_val self, const rt_val *args,
                uint32_t nargs, rt_val kwnames)
{
    if (NAC_LIKELY(rt_builtin_direct(f, nargs) && rt_is_null(kwnames)))
        return rt_builtin_fill(f, self, args, nargs);
    if (f->sig->nparams <= RT_MAX_DIRECT)
        return call_few(f, self, args, nargs, kwnames);
    return call_general(f, self, args, nargs, kwnames);
}
