/* SPDX-License-Identifier: MIT
 * runtime/import.h: the import system's face to main.c, init.c and modules.
 */
#ifndef RT_IMPORT_H
#define RT_IMPORT_H

#include "runtime/objects.h"

/* Namespace of module __main__, made at the first call. */
rt_val rt_main_namespace(void);
/* nacre -m NAME. */
rt_val rt_run_module(const char *name);
/* A module from modules.def, made now; RT_NULL without exception: no such. */
rt_val rt_builtin_module(const char *name);
rt_val rt_module_not_found(rt_val message, rt_val name);
/* Loads a Python file as the module [name]; sets sys.modules. */
rt_val rt_load_file(rt_val name, const char *path, bool is_package);

#endif
