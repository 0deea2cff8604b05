/* SPDX-License-Identifier: MIT
 * runtime/modules/_jit.c: module _jit: what the tracer did, and switching it
 * off and on.
 */
#include "config.h"

#include "runtime/import.h"

#include "runtime/interp/jit.h"
#include "runtime/runtime.h"

static int
put(rt_val d, const char *name, rt_val v)
{
    return rt_dict_set(d, rt_intern(name), v);
}

static rt_val
jit_stats(rt_val self, rt_val *args)
{
    rt_val d = rt_dict_new(), reasons = rt_dict_new();
    const struct tr_stats *s;
    int i;

    put(d, "engine",
        rt_jit ? rt_str_new(tr_jit_backend(rt_jit)->name, -1)
               : rt_str_new("off", -1));
    if (!rt_jit)
        return d;
    s = tr_stats(rt_jit);
#define COUNT(name) put(d, #name, rt_int_from_u64(s->name))
    COUNT(roots);
    COUNT(bridges);
    COUNT(tier2);
    COUNT(aborts);
    COUNT(invalidated);
    COUNT(blacklisted);
    COUNT(entered);
    COUNT(exits);
    COUNT(ir_recorded);
    COUNT(ir_emitted);
#undef COUNT
    put(d, "record_ms", rt_from_float(s->record_ms));
    put(d, "optimise_ms", rt_from_float(s->optimise_ms));
    put(d, "backend_ms", rt_from_float(s->backend_ms));
    for (i = 0; i < TR_NABORTS; i++)
        if (s->abort_reasons[i])
            put(reasons, tr_abort_text((enum tr_abort)i),
                rt_int_from_u64(s->abort_reasons[i]));
    put(d, "abort_reasons", reasons);
    return d;
}

static rt_val
switch_to(bool on)
{
    if (rt_jit)
        tr_set_enabled(rt_jit, on);
    return rt_None;
}

static rt_val
jit_on(rt_val self, rt_val *args)
{
    return switch_to(true);
}

static rt_val
jit_off(rt_val self, rt_val *args)
{
    return switch_to(false);
}

static const struct rt_method functions[] = {
    RT_FUNC("stats", jit_stats, READS, "()",
            "What the tracer did so far, as a dict."),
    RT_FUNC("on", jit_on, ANY, "()", "Record and enter traces."),
    RT_FUNC("off", jit_off, ANY, "()", "Interpret only."), RT_END_METHODS};

rt_val
rt_module__jit_init(void)
{
    rt_val m = rt_module_new(rt_intern("_jit"));

    if (!rt_is_null(m))
        rt_module_methods(m, functions);
    return m;
}
