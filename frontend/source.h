/* SPDX-License-Identifier: MIT
 * frontend/source.h: decoding of source text. Internal to the front end.
 */
#ifndef FE_SOURCE_H
#define FE_SOURCE_H

#include "frontend/frontend.h"

/* Text that is UTF-8 already: newlines translated, no cookie looked for.
 * [add_newline]: the last line gets a newline where it has none. */
int fe_source_text(struct nac_arena *arena, const char *s, size_t len,
                   bool add_newline, struct fe_source *out,
                   struct fe_error *err);
int fe_source_decode(struct nac_arena *arena, const char *s, size_t len,
                     const char *filename, bool add_newline,
                     struct fe_source *out, struct fe_error *err);

#endif
