/* SPDX-License-Identifier: MIT
 * runtime/io/file.h: file objects as C code uses them.
 */
#ifndef RT_FILE_H
#define RT_FILE_H

#include "runtime/objects.h"

/* Writes a str to a text file object (type exactly rt_file_type). 0, or -1. */
int rt_file_write(rt_val file, rt_val text);
/* The three standard streams. */
rt_val rt_file_std(int fd, const char *name, const char *mode);
/* open(): see builtins. */
rt_val rt_open(rt_val path, const char *mode, const char *encoding);

#endif
