/* SPDX-License-Identifier: MIT
 * cli-backend/image.h: the ECMA-335 writer. heaps.c and metadata.c build the
 * metadata (II.24), body.c method bodies (II.25.4), pe.c the file around them
 * (II.25); image.c puts them together into what traces need: an arena of
 * method slots that are filled one by one, and stand-alone assemblies for
 * dumps.
 */
#ifndef CLI_IMAGE_H
#define CLI_IMAGE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/vec.h"
#include "cli-backend/il.h"

enum cli_table {
#define TABLE(name, number, columns, text) CLI_T_##name = number,
#include "cli-backend/tables.def"
#undef TABLE
    CLI_NTABLES = 64
};

struct cli_table_info {
    const char *name;
    const char *columns;
    const char *text;
};

extern const struct cli_table_info cli_table_info[CLI_NTABLES];

enum { CLI_MAX_COLUMNS = 9 };

/* How wide the columns of one image are; the same for writer and reader. */
struct cli_widths {
    uint32_t rows[CLI_NTABLES];
    uint8_t string, guid, blob; /* 2 or 4 */
};

struct cli_meta {
    struct nac_buf strings, us, guid, blob;
    struct nac_map string_index, blob_index;
    NAC_VEC(uint32_t) cells[CLI_NTABLES]; /* row after row */
    uint32_t rows[CLI_NTABLES];
    NAC_VEC(char *) keys; /* what string_index points to */
};

/* Where a written image keeps what is patched later (offsets in the file). */
struct cli_layout {
    struct cli_widths widths;
    uint32_t table_at[CLI_NTABLES];
    uint32_t blob_at, blob_size;
    uint32_t body_at, body_rva;
};

/* -- heaps.c -- */
void cli_meta_init(struct cli_meta *m);
void cli_meta_free(struct cli_meta *m);
uint32_t cli_meta_string(struct cli_meta *m, const char *s);
uint32_t cli_meta_blob(struct cli_meta *m, const void *bytes, size_t len);
uint32_t cli_meta_guid(struct cli_meta *m, const uint8_t guid[16]);

/* -- metadata.c -- */
/* Adds a row of as many cells as the table has columns; its number, from 1. */
uint32_t cli_meta_row(struct cli_meta *m, enum cli_table table,
                      const uint32_t *cells);
uint32_t cli_column_width(const struct cli_widths *w, char column);
uint32_t cli_row_size(const struct cli_widths *w, enum cli_table table);
/* Writes the metadata root and its streams; offsets go to [layout]. */
void cli_meta_write(struct cli_meta *m, struct nac_buf *out,
                    struct cli_layout *layout);
/* Overwrites one cell of a written image. */
void cli_meta_patch(uint8_t *image, const struct cli_layout *layout,
                    enum cli_table table, uint32_t row, uint32_t column,
                    uint32_t value);
uint32_t cli_meta_read(const uint8_t *image, const struct cli_layout *layout,
                       enum cli_table table, uint32_t row, uint32_t column);

/* -- body.c -- */
/* Bytes of the method's body with its header, upper bound. */
size_t cli_body_size(const struct cli_il *il);
/* Writes it (4-byte aligned memory); tokens of call sites and members come from
 * [token]. Returns the bytes written. */
size_t cli_body_write(uint8_t *out, const struct cli_il *il,
                      uint32_t locals_token,
                      uint32_t (*token)(void *arg, const struct cli_reloc *r),
                      void *arg);

/* -- pe.c -- */
/* Writes a PE32 image: headers, metadata, then room for [body_size] bytes of
 * method bodies, which begin at layout->body_at. */
void cli_pe_write(struct cli_meta *m, size_t body_size, struct nac_buf *out,
                  struct cli_layout *layout);

/* -- image.c -- */

struct cli_image; /* one arena */

/* NULL: no address space. */
struct cli_image *cli_image_new(uint32_t number);
void cli_image_free(struct cli_image *im);
uint8_t *cli_image_data(struct cli_image *im, size_t *len);
const char *cli_image_name(const struct cli_image *im);
/* Puts the method into a free slot. Its token, or 0 where the arena is full. */
uint32_t cli_image_add(struct cli_image *im, const struct cli_il *il);
/* Can the method go into an empty arena at all? */
bool cli_image_fits(const struct cli_il *il);

/* An assembly of its own with the methods, for reading with other tools. */
void cli_image_standalone(struct nac_buf *out, const char *name,
                          const struct cli_il *const *methods,
                          const char *const *names, uint32_t count);

#endif
