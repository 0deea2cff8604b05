/* SPDX-License-Identifier: MIT
 * runtime/import.h: the import system's face to main.c, init.c and modules.
 */
#ifndef RT_IMPORT_H
#define RT_IMPORT_H

#include "runtime/objects.h"

#define MODULE(name) rt_val rt_module_##name##_init(void);
#include "runtime/modules.def"
#undef MODULE

/* Namespace of module __main__, made at the first call. */
rt_val rt_main_namespace(void);
/* nacre -m NAME. */
rt_val rt_run_module(const char *name);
/* A module from modules.def, made now; RT_NULL without exception: no such. */
rt_val rt_builtin_module(const char *name);
rt_val rt_module_not_found(rt_val message, rt_val name);
/* __spec__ and the like of a module that is written in C. */
void rt_module_builtin_spec(rt_val m);
/* Is the module's code still running (its __spec__ says so)? */
bool rt_module_initializing(rt_val m);
/* Loads a Python file as the module [name]; sets sys.modules. */
rt_val rt_load_file(rt_val name, const char *path, bool is_package);

#endif
