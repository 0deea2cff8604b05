/* SPDX-License-Identifier: MIT
 * cli-backend/pe.c: the file around the metadata: a PE32 image with one
 * section (ECMA-335 II.25). The import table that Windows' loader wants
 * (II.25.3.1) is left out: Mono, CoreCLR and the disassemblers do not read it.
 *
 *   0x000  MS-DOS header, PE signature, file, optional, section headers
 *   0x200  .text at RVA 0x2000: CLI header | metadata | method bodies
 */
#include "config.h"

#include "cli-backend/image.h"

#include <string.h>

enum {
    FILE_ALIGN = 0x200,
    SECTION_ALIGN = 0x2000,
    TEXT_RVA = 0x2000,
    TEXT_AT = 0x200,
    CLI_HEADER_SIZE = 72,
    PE_AT = 0x80
};

static size_t
round_up(size_t n, size_t align)
{
    return (n + align - 1) & ~(align - 1);
}

/* II.25.2.1 */
static void
put_dos_header(struct nac_buf *out)
{
    nac_buf_u16(out, 0x5A4D); /* "MZ" */
    while (out->len < 0x3C)
        nac_buf_u8(out, 0);
    nac_buf_u32(out, PE_AT); /* lfanew */
    while (out->len < PE_AT)
        nac_buf_u8(out, 0);
}

/* II.25.2.2 */
static void
put_file_header(struct nac_buf *out)
{
    nac_buf_u32(out, 0x00004550); /* "PE\0\0" */
    nac_buf_u16(out, 0x14C);      /* machine: I386, which means any */
    nac_buf_u16(out, 1);          /* sections */
    nac_buf_u32(out, 0);          /* time stamp */
    nac_buf_u32(out, 0);
    nac_buf_u32(out, 0);
    nac_buf_u16(out, 0xE0);   /* optional header's size */
    nac_buf_u16(out, 0x2102); /* executable image, 32 bit, DLL */
}

/* II.25.2.3: standard fields, NT fields, data directories */
static void
put_optional_header(struct nac_buf *out, size_t text_size, uint32_t image_size)
{
    nac_buf_u16(out, 0x10B);
    nac_buf_u8(out, 6);
    nac_buf_u8(out, 0);
    nac_buf_u32(out, (uint32_t)round_up(text_size, FILE_ALIGN));
    nac_buf_u32(out, 0);
    nac_buf_u32(out, 0);
    nac_buf_u32(out, 0);        /* entry point: none */
    nac_buf_u32(out, TEXT_RVA); /* base of code */
    nac_buf_u32(out, 0);

    nac_buf_u32(out, 0x400000); /* II.25.2.3.2: image base */
    nac_buf_u32(out, SECTION_ALIGN);
    nac_buf_u32(out, FILE_ALIGN);
    nac_buf_u16(out, 5);
    nac_buf_u16(out, 0);
    nac_buf_u16(out, 0);
    nac_buf_u16(out, 0);
    nac_buf_u16(out, 5);
    nac_buf_u16(out, 0);
    nac_buf_u32(out, 0);
    nac_buf_u32(out, image_size);
    nac_buf_u32(out, TEXT_AT);
    nac_buf_u32(out, 0);
    nac_buf_u16(out, 3);      /* console */
    nac_buf_u16(out, 0x8540); /* NX, no SEH, dynamic base, TS aware */
    nac_buf_u32(out, 0x100000);
    nac_buf_u32(out, 0x1000);
    nac_buf_u32(out, 0x100000);
    nac_buf_u32(out, 0x1000);
    nac_buf_u32(out, 0);
    nac_buf_u32(out, 16);

    for (int i = 0; i < 16; i++) { /* II.25.2.3.3: only the CLI header */
        nac_buf_u32(out, i == 14 ? TEXT_RVA : 0);
        nac_buf_u32(out, i == 14 ? CLI_HEADER_SIZE : 0);
    }
}

/* II.25.3 */
static void
put_section_header(struct nac_buf *out, size_t text_size)
{
    nac_buf_put(out, ".text\0\0\0", 8);
    nac_buf_u32(out, (uint32_t)text_size);
    nac_buf_u32(out, TEXT_RVA);
    nac_buf_u32(out, (uint32_t)round_up(text_size, FILE_ALIGN));
    nac_buf_u32(out, TEXT_AT);
    nac_buf_u32(out, 0);
    nac_buf_u32(out, 0);
    nac_buf_u32(out, 0);
    nac_buf_u32(out, 0x60000020); /* code, execute, read */
}

/* II.25.3.3 */
static void
put_cli_header(struct nac_buf *out, size_t meta_size)
{
    nac_buf_u32(out, CLI_HEADER_SIZE);
    nac_buf_u16(out, 2);
    nac_buf_u16(out, 5);
    nac_buf_u32(out, TEXT_RVA + CLI_HEADER_SIZE);
    nac_buf_u32(out, (uint32_t)meta_size);
    nac_buf_u32(out, 1); /* II.25.3.3.1: IL only */
    for (int i = 0; i < 13; i++)
        nac_buf_u32(out, 0);
}

void
cli_pe_write(struct cli_meta *m, size_t body_size, struct nac_buf *out,
             struct cli_layout *layout)
{
    struct nac_buf meta = {0};
    uint32_t shift = TEXT_AT + CLI_HEADER_SIZE;
    size_t text_size;

    memset(layout, 0, sizeof *layout);
    cli_meta_write(m, &meta, layout);
    nac_buf_align(&meta, 16);
    for (int t = 0; t < CLI_NTABLES; t++)
        layout->table_at[t] += shift;
    layout->blob_at += shift;
    layout->body_at = (uint32_t)round_up(shift + meta.len, 16);
    layout->body_rva = layout->body_at - TEXT_AT + TEXT_RVA;
    text_size = layout->body_at - TEXT_AT + body_size;

    put_dos_header(out);
    put_file_header(out);
    put_optional_header(
        out, text_size,
        (uint32_t)(TEXT_RVA + round_up(text_size, SECTION_ALIGN)));
    put_section_header(out, text_size);
    nac_buf_align(out, FILE_ALIGN);
    put_cli_header(out, meta.len);
    nac_buf_put(out, meta.data, meta.len);
    nac_buf_align(out, 16);
    nac_buf_free(&meta);
}
