/* SPDX-License-Identifier: MIT
 * runtime/io/memory.h: files in memory, for module io.
 */
#ifndef RT_IO_MEMORY_H
#define RT_IO_MEMORY_H

#include "runtime/objects.h"

extern struct rt_type rt_stringio_type, rt_bytesio_type;

#endif
