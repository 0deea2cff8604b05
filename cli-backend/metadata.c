/* SPDX-License-Identifier: MIT
 * cli-backend/metadata.c: the metadata root and the #~ stream of tables
 * (ECMA-335 II.24.2). Column widths follow from tables.def and the numbers of
 * rows, for writing, patching and reading alike.
 *
 *   metadata root   "BSJB" version, stream headers             II.24.2.1
 *     #~            row counts, then the tables' rows          II.24.2.6
 *     #Strings #US #GUID #Blob
 */
#include "config.h"

#include "cli-backend/image.h"

#include <string.h>

#include "base/check.h"

const struct cli_table_info cli_table_info[CLI_NTABLES] = {
#define TABLE(name, number, columns, text) [number] = {#name, columns, text},
#include "cli-backend/tables.def"
#undef TABLE
};

/* II.24.2.6: which tables a row index may point to, and the bits that say
 * which one. A table number of 0x3F marks an unused tag. */
struct coded {
    char letter;
    uint8_t bits;
    uint8_t count;
    uint8_t tables[22];
};

static const struct coded coded[] = {
    {'F', 0, 1, {CLI_T_Field}},
    {'M', 0, 1, {CLI_T_MethodDef}},
    {'P', 0, 1, {CLI_T_Param}},
    {'T', 0, 1, {CLI_T_TypeDef}},
    {'E', 0, 1, {CLI_T_Event}},
    {'Y', 0, 1, {CLI_T_Property}},
    {'R', 0, 1, {CLI_T_ModuleRef}},
    {'N', 0, 1, {CLI_T_AssemblyRef}},
    {'G', 0, 1, {CLI_T_GenericParam}},
    {'D', 2, 3, {CLI_T_TypeDef, CLI_T_TypeRef, CLI_T_TypeSpec}},
    {'C', 2, 3, {CLI_T_Field, CLI_T_Param, CLI_T_Property}},
    {'A',
     5,
     22,
     {CLI_T_MethodDef,        CLI_T_Field,        CLI_T_TypeRef,
      CLI_T_TypeDef,          CLI_T_Param,        CLI_T_InterfaceImpl,
      CLI_T_MemberRef,        CLI_T_Module,       CLI_T_DeclSecurity,
      CLI_T_Property,         CLI_T_Event,        CLI_T_StandAloneSig,
      CLI_T_ModuleRef,        CLI_T_TypeSpec,     CLI_T_Assembly,
      CLI_T_AssemblyRef,      CLI_T_File,         CLI_T_ExportedType,
      CLI_T_ManifestResource, CLI_T_GenericParam, CLI_T_GenericParamConstraint,
      CLI_T_MethodSpec}},
    {'H', 1, 2, {CLI_T_Field, CLI_T_Param}},
    {'S', 2, 3, {CLI_T_TypeDef, CLI_T_MethodDef, CLI_T_Assembly}},
    {'U',
     3,
     5,
     {CLI_T_TypeDef, CLI_T_TypeRef, CLI_T_ModuleRef, CLI_T_MethodDef,
      CLI_T_TypeSpec}},
    {'X', 1, 2, {CLI_T_Event, CLI_T_Property}},
    {'O', 1, 2, {CLI_T_MethodDef, CLI_T_MemberRef}},
    {'W', 1, 2, {CLI_T_Field, CLI_T_MethodDef}},
    {'I', 2, 3, {CLI_T_File, CLI_T_AssemblyRef, CLI_T_ExportedType}},
    {'K', 3, 4, {0x3F, 0x3F, CLI_T_MethodDef, CLI_T_MemberRef}},
    {'Q',
     2,
     4,
     {CLI_T_Module, CLI_T_ModuleRef, CLI_T_AssemblyRef, CLI_T_TypeRef}},
    {'L', 1, 2, {CLI_T_TypeDef, CLI_T_MethodDef}},
};

uint32_t
cli_column_width(const struct cli_widths *w, char column)
{
    switch (column) {
    case '1': /* II.22.9: a byte and a padding zero */
    case '2':
        return 2;
    case '4':
        return 4;
    case 's':
        return w->string;
    case 'g':
        return w->guid;
    case 'b':
        return w->blob;
    default:
        break;
    }
    for (size_t i = 0; i < sizeof coded / sizeof *coded; i++) {
        const struct coded *c = &coded[i];

        if (c->letter != column)
            continue;
        for (int k = 0; k < c->count; k++) {
            if (w->rows[c->tables[k]] >= UINT32_C(1) << (16 - c->bits))
                return 4;
        }
        return 2;
    }
    NAC_UNREACHABLE();
}

uint32_t
cli_row_size(const struct cli_widths *w, enum cli_table table)
{
    uint32_t size = 0;

    for (const char *c = cli_table_info[table].columns; *c; c++)
        size += cli_column_width(w, *c);
    return size;
}

uint32_t
cli_meta_row(struct cli_meta *m, enum cli_table table, const uint32_t *cells)
{
    size_t n = strlen(cli_table_info[table].columns);

    for (size_t i = 0; i < n; i++)
        nac_vec_push(&m->cells[table], cells[i]);
    return ++m->rows[table];
}

static void
put_number(struct nac_buf *out, uint32_t width, uint32_t v)
{
    if (width == 4)
        nac_buf_u32(out, v);
    else
        nac_buf_u16(out, (uint16_t)v);
}

/* II.24.2.6: the #~ stream. */
static void
write_tables(struct cli_meta *m, struct nac_buf *out, struct cli_layout *layout)
{
    struct cli_widths *w = &layout->widths;
    uint64_t valid = 0;

    for (int t = 0; t < CLI_NTABLES; t++)
        valid |= (uint64_t)(m->rows[t] != 0) << t;
    nac_buf_u32(out, 0);
    nac_buf_u8(out, 2); /* version 2.0 */
    nac_buf_u8(out, 0);
    nac_buf_u8(out, (uint8_t)((w->string == 4 ? 1 : 0) |
                              (w->guid == 4 ? 2 : 0) | (w->blob == 4 ? 4 : 0)));
    nac_buf_u8(out, 1);
    nac_buf_u64(out, valid);
    nac_buf_u64(out, 0); /* Sorted: no table of ours needs an order */
    for (int t = 0; t < CLI_NTABLES; t++) {
        if (m->rows[t])
            nac_buf_u32(out, m->rows[t]);
    }
    for (int t = 0; t < CLI_NTABLES; t++) {
        const uint32_t *cell = m->cells[t].items;

        layout->table_at[t] = (uint32_t)out->len;
        for (uint32_t r = 0; r < m->rows[t]; r++) {
            for (const char *c = cli_table_info[t].columns; *c; c++)
                put_number(out, cli_column_width(w, *c), *cell++);
        }
    }
    nac_buf_align(out, 4);
}

static uint8_t
heap_width(size_t len)
{
    return len >= 0x10000 ? 4 : 2;
}

void
cli_meta_write(struct cli_meta *m, struct nac_buf *out,
               struct cli_layout *layout)
{
    static const char version[12] = "v4.0.30319";
    static const char *const names[5] = {"#~", "#Strings", "#US", "#GUID",
                                         "#Blob"};
    struct nac_buf *heaps[5] = {NULL, &m->strings, &m->us, &m->guid, &m->blob};
    size_t root = out->len;
    size_t header[5];

    layout->widths.string = heap_width(m->strings.len);
    layout->widths.guid = heap_width(m->guid.len / 16);
    layout->widths.blob = heap_width(m->blob.len);
    memcpy(layout->widths.rows, m->rows, sizeof m->rows);

    nac_buf_u32(out, 0x424A5342); /* II.24.2.1: "BSJB" */
    nac_buf_u16(out, 1);
    nac_buf_u16(out, 1);
    nac_buf_u32(out, 0);
    nac_buf_u32(out, sizeof version);
    nac_buf_put(out, version, sizeof version);
    nac_buf_u16(out, 0);
    nac_buf_u16(out, 5);
    for (int i = 0; i < 5; i++) { /* II.24.2.2: offset, size, name */
        header[i] = out->len;
        nac_buf_u64(out, 0);
        nac_buf_put(out, names[i], strlen(names[i]) + 1);
        nac_buf_align(out, 4);
    }
    for (int i = 0; i < 5; i++) {
        size_t at = out->len;

        if (i == 0) {
            write_tables(m, out, layout);
        } else {
            nac_buf_put(out, heaps[i]->data, heaps[i]->len);
            nac_buf_align(out, 4);
        }
        if (i == 4) {
            layout->blob_at = (uint32_t)at;
            layout->blob_size = (uint32_t)(out->len - at);
        }
        nac_buf_set_u32(out, header[i], (uint32_t)(at - root));
        nac_buf_set_u32(out, header[i] + 4, (uint32_t)(out->len - at));
    }
}

static uint32_t
find_cell(const struct cli_layout *layout, enum cli_table table, uint32_t row,
          uint32_t column, uint32_t *width)
{
    const struct cli_widths *w = &layout->widths;
    const char *columns = cli_table_info[table].columns;
    uint32_t at = layout->table_at[table] + (row - 1) * cli_row_size(w, table);

    ASSERT(row >= 1 && row <= w->rows[table], "row %u", row);
    for (uint32_t i = 0; i < column; i++)
        at += cli_column_width(w, columns[i]);
    *width = cli_column_width(w, columns[column]);
    return at;
}

void
cli_meta_patch(uint8_t *image, const struct cli_layout *layout,
               enum cli_table table, uint32_t row, uint32_t column,
               uint32_t value)
{
    uint32_t width;
    uint32_t at = find_cell(layout, table, row, column, &width);

    for (uint32_t i = 0; i < width; i++)
        image[at + i] = (uint8_t)(value >> 8 * i);
}

uint32_t
cli_meta_read(const uint8_t *image, const struct cli_layout *layout,
              enum cli_table table, uint32_t row, uint32_t column)
{
    uint32_t width, value = 0;
    uint32_t at = find_cell(layout, table, row, column, &width);

    for (uint32_t i = 0; i < width; i++)
        value |= (uint32_t)image[at + i] << 8 * i;
    return value;
}
