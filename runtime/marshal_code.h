/* SPDX-License-Identifier: MIT
 * runtime/marshal_code.h: compiled code as bytes, for the code cache. Needs
 * no heap: what is read lies in an arena.
 */
#ifndef RT_MARSHAL_CODE_H
#define RT_MARSHAL_CODE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

struct fe_code;

/* Changes whenever bytes of another version of the program mean something
 * else: it covers the instruction set. */
uint32_t rt_marshal_version(void);
void rt_marshal_code(struct nac_buf *out, const struct fe_code *code);
/* NULL where the bytes are not what rt_marshal_code() writes; *why says what
 * is wrong with them. The result's structure is sound (every offset inside its
 * array), its instructions are still to be checked: fe_check_code(). */
struct fe_code *rt_unmarshal_code(struct nac_arena *arena, const char *bytes,
                                  size_t len, const char *filename,
                                  const char **why);

#endif
