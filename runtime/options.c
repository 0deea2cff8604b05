/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "runtime/options.h"

#include <stdlib.h>

#include "frontend/compile.h"

struct rt_options rt_options;

const char *
rt_env(const char *name)
{
    return rt_options.ignore_environment ? NULL : getenv(name);
}

unsigned
rt_optimize_flags(int level)
{
    if (level < 0)
        level = rt_options.optimize;
    return (level > 0 ? FE_COMPILE_NO_ASSERT : 0) |
           (level > 1 ? FE_COMPILE_NO_DOC : 0);
}
