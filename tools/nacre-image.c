/* SPDX-License-Identifier: MIT
 * tools/nacre-image.c: prints an ECMA-335 image (a dump of --jit-dump, or any
 * assembly): headers, heaps, the rows of its metadata tables, and the code of
 * its methods.
 *
 *     nacre-image FILE            methods with their code
 *     nacre-image --tables FILE   all rows of all tables too
 */
#include "config.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "cli-backend/image.h"

struct reader {
    const uint8_t *data;
    size_t len;
    uint32_t section_at, section_rva, section_size;
    struct cli_layout layout;
    size_t strings, strings_len, blob, blob_len;
    struct nac_buf out;
};

static _Noreturn void
fail(const char *what)
{
    fprintf(stderr, "nacre-image: %s\n", what);
    exit(1);
}

/* Every read is checked: the file may be anything. */
static uint32_t
number(const struct reader *r, size_t at, int bytes)
{
    uint32_t v = 0;

    if (at > r->len || r->len - at < (size_t)bytes)
        fail("the file is cut short");
    for (int i = 0; i < bytes; i++)
        v |= (uint32_t)r->data[at + (size_t)i] << 8 * i;
    return v;
}

static size_t
file_offset(const struct reader *r, uint32_t rva)
{
    if (rva < r->section_rva || rva - r->section_rva >= r->section_size)
        fail("an address lies outside of the code section");
    return rva - r->section_rva + r->section_at;
}

static const char *
string_at(const struct reader *r, uint32_t index)
{
    if (index >= r->strings_len ||
        !memchr(r->data + r->strings + index, 0, r->strings_len - index))
        fail("a name lies outside of #Strings");
    return (const char *)r->data + r->strings + index;
}

static const uint8_t *
blob_at(const struct reader *r, uint32_t index, uint32_t *len)
{
    const uint8_t *p = r->data + r->blob + index;
    size_t used;

    if (index >= r->blob_len)
        fail("a blob lies outside of #Blob");
    used = cli_sig_read_number(p, r->blob_len - index, len);
    if (!used || *len > r->blob_len - index - used)
        fail("a blob is cut short");
    return p + used;
}

/* II.24.2.6 */
static void
read_tables(struct reader *r, size_t at)
{
    struct cli_widths *w = &r->layout.widths;
    uint64_t valid = number(r, at + 8, 4) | (uint64_t)number(r, at + 12, 4)
                                                << 32;
    uint32_t heaps = number(r, at + 6, 1);
    size_t size;

    w->string = heaps & 1 ? 4 : 2;
    w->guid = heaps & 2 ? 4 : 2;
    w->blob = heaps & 4 ? 4 : 2;
    at += 24;
    for (int t = 0; t < CLI_NTABLES; t++) {
        if (!(valid >> t & 1))
            continue;
        if (!cli_table_info[t].name)
            fail("a metadata table of an unknown number");
        w->rows[t] = number(r, at, 4);
        at += 4;
    }
    for (int t = 0; t < CLI_NTABLES; t++) {
        if (!w->rows[t])
            continue;
        r->layout.table_at[t] = (uint32_t)at;
        size = (size_t)w->rows[t] * cli_row_size(w, (enum cli_table)t);
        if (size > r->len - at)
            fail("a metadata table is cut short");
        at += size;
    }
}

/* II.24.2.1, II.24.2.2 */
static void
read_metadata(struct reader *r, size_t root)
{
    size_t at, tables = 0;
    uint32_t n;

    if (number(r, root, 4) != 0x424A5342)
        fail("no metadata");
    at = root + 16 + number(r, root + 12, 4);
    n = number(r, at + 2, 2);
    at += 4;
    for (uint32_t i = 0; i < n; i++) {
        size_t begin = root + number(r, at, 4), size = number(r, at + 4, 4);
        char name[33] = {0};
        int k = 0;

        do
            name[k] = (char)number(r, at + 8 + (size_t)k, 1);
        while (name[k++] && k < 32);
        at += 8 + (size_t)((k + 3) & ~3);
        if (begin > r->len || size > r->len - begin)
            fail("a stream is cut short");
        nac_buf_printf(&r->out, "stream %-9s %zu bytes\n", name, size);
        if (strcmp(name, "#~") == 0) {
            tables = begin;
        } else if (strcmp(name, "#Strings") == 0) {
            r->strings = begin;
            r->strings_len = size;
        } else if (strcmp(name, "#Blob") == 0) {
            r->blob = begin;
            r->blob_len = size;
        }
    }
    if (!tables)
        fail("no stream of tables");
    read_tables(r, tables);
}

/* II.25: finds the section that holds the CLI header. */
static void
read_headers(struct reader *r)
{
    size_t pe = number(r, 0x3C, 4), optional = pe + 24, directory, section;
    uint32_t sections, rva;
    size_t cli;

    if (number(r, 0, 2) != 0x5A4D || number(r, pe, 4) != 0x4550)
        fail("not a PE file");
    sections = number(r, pe + 6, 2);
    directory =
        optional + (number(r, optional, 2) == 0x20B ? 112 : 96) + 14 * 8;
    rva = number(r, directory, 4);
    section = optional + number(r, pe + 20, 2);
    for (uint32_t i = 0; i < sections; i++, section += 40) {
        r->section_size = number(r, section + 16, 4);
        r->section_rva = number(r, section + 12, 4);
        r->section_at = number(r, section + 20, 4);
        if (rva >= r->section_rva && rva - r->section_rva < r->section_size)
            break;
    }
    cli = file_offset(r, rva);
    read_metadata(r, file_offset(r, number(r, cli + 8, 4)));
}

static uint32_t
cell(const struct reader *r, enum cli_table t, uint32_t row, uint32_t column)
{
    return cli_meta_read(r->data, &r->layout, t, row, column);
}

static void
print_tables(struct reader *r)
{
    for (int t = 0; t < CLI_NTABLES; t++) {
        const struct cli_table_info *info = &cli_table_info[t];

        if (!r->layout.widths.rows[t])
            continue;
        nac_buf_printf(&r->out, "table %s (%s)\n", info->name, info->text);
        for (uint32_t row = 1; row <= r->layout.widths.rows[t]; row++) {
            nac_buf_printf(&r->out, "  %u:", row);
            for (uint32_t c = 0; info->columns[c]; c++) {
                uint32_t v = cell(r, (enum cli_table)t, row, c);

                if (info->columns[c] == 's')
                    nac_buf_printf(&r->out, " \"%s\"", string_at(r, v));
                else
                    nac_buf_printf(&r->out, " %#x", v);
            }
            nac_buf_putc(&r->out, '\n');
        }
    }
}

static bool
name_token(void *arg, uint32_t at, uint32_t token, struct nac_buf *out)
{
    const struct reader *r = arg;
    uint32_t row = token & 0xFFFFFF, len;
    const uint8_t *sig;

    (void)at;
    if (!token)
        return false;
    if (row == 0 || token >> 24 >= CLI_NTABLES ||
        row > r->layout.widths.rows[token >> 24])
        return false;
    switch (token >> 24) {
    case CLI_T_MethodDef:
        nac_buf_puts(out, string_at(r, cell(r, CLI_T_MethodDef, row, 3)));
        return true;
    case CLI_T_MemberRef:
        nac_buf_puts(out, string_at(r, cell(r, CLI_T_MemberRef, row, 1)));
        return true;
    case CLI_T_StandAloneSig:
        sig = blob_at(r, cell(r, CLI_T_StandAloneSig, row, 0), &len);
        cli_dis_sig(out, sig, len);
        return true;
    default:
        return false;
    }
}

/* II.25.4 */
static void
print_method(struct reader *r, uint32_t row)
{
    uint32_t rva = cell(r, CLI_T_MethodDef, row, 0), size, locals = 0, len;
    const uint8_t *sig;
    size_t at;

    if (!rva)
        return;
    at = file_offset(r, rva);
    nac_buf_printf(
        &r->out, "method %s: ", string_at(r, cell(r, CLI_T_MethodDef, row, 3)));
    sig = blob_at(r, cell(r, CLI_T_MethodDef, row, 4), &len);
    cli_dis_sig(&r->out, sig, len);
    nac_buf_putc(&r->out, '\n');
    if ((number(r, at, 1) & 3) == 2) {
        size = number(r, at, 1) >> 2;
        at += 1;
    } else {
        nac_buf_printf(&r->out, "  .maxstack %u\n", number(r, at + 2, 2));
        size = number(r, at + 4, 4);
        locals = number(r, at + 8, 4);
        at += 12;
    }
    if (at > r->len || size > r->len - at)
        fail("a method is cut short");
    if (locals) {
        nac_buf_puts(&r->out, "  .locals ");
        name_token(r, 0, locals, &r->out);
        nac_buf_putc(&r->out, '\n');
    }
    cli_dis_code(&r->out, r->data + at, size, name_token, r);
}

int
main(int argc, char **argv)
{
    bool tables = argc > 2 && strcmp(argv[1], "--tables") == 0;
    struct nac_buf file = {0};
    struct reader r = {0};

    if (argc != 2 + tables) {
        fputs("usage: nacre-image [--tables] FILE\n", stderr);
        return 2;
    }
    if (nac_buf_read_file(&file, argv[argc - 1]) != 0) {
        fprintf(stderr, "nacre-image: %s: %s\n", argv[argc - 1],
                strerror(errno));
        return 1;
    }
    r.data = (const uint8_t *)file.data;
    r.len = file.len;
    read_headers(&r);
    if (tables)
        print_tables(&r);
    for (uint32_t i = 1; i <= r.layout.widths.rows[CLI_T_MethodDef]; i++)
        print_method(&r, i);
    fwrite(r.out.data, 1, r.out.len, stdout);
    nac_buf_free(&r.out);
    nac_buf_free(&file);
    return 0;
}
