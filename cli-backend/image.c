/* SPDX-License-Identifier: MIT
 * cli-backend/image.c: what is put into images. An arena is one image that
 * the host loads once; its methods are declared beforehand and get their
 * bodies later, by patching the image in place. That works because hosts read
 * rows and bodies only when a method is compiled. Called by compile.c and the
 * dump.
 *
 *   MethodDef row s       static int64 ts(native int); RVA 0 while free
 *   StandAloneSig rows    CALL_SIGS of call sites, then one for the locals
 *                         of every slot
 *   #Blob                 its end is room for signatures to come
 *   bodies                one after another; the rest is untouched memory
 */
#include "config.h"

#include "cli-backend/image.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/check.h"
#include "base/mem.h"

enum {
    SLOTS = 2048,
    CALL_SIGS = 1024,
    NEW_SIGS = 512, /* that one method may bring: far more than calls have */
    BLOB_ROOM = 256 << 10,
    BODY_ROOM = 32 << 20 /* address space; pages are used as they fill */
};

/* Tokens (II.22, III.1.9): table << 24 | row. */
#define TOKEN(table, row) ((uint32_t)(CLI_T_##table) << 24 | (row))

struct cli_image {
    char name[32];
    uint8_t *data;
    size_t len;
    struct cli_layout layout;
    uint32_t slots_used, sigs_used;
    uint32_t blob_used; /* of #Blob */
    uint32_t body_used;
    struct nac_map sig_index; /* signature -> StandAloneSig row */
    struct cli_sig sigs[CALL_SIGS];
};

/* The rows that every image begins with: itself, the core library, the classes
 * Object and Math, and the class that holds the methods. */
static void
put_prologue(struct cli_meta *m, const char *name)
{
    static const uint8_t mscorlib[8] = {0xB7, 0x7A, 0x5C, 0x56,
                                        0x19, 0x34, 0xE0, 0x89};
    static const char *const math[CLI_NMEMBERS] = {"Sqrt", "Abs", "Floor"};
    static const uint8_t r8[1] = {CLI_R8};
    struct cli_sig sig = cli_sig_method(CLI_R8, 1, r8);
    uint32_t file = cli_meta_string(m, name);
    uint32_t system = cli_meta_string(m, "System");
    uint8_t mvid[16] = "nacre";

    memcpy(mvid + 5, name, strlen(name) < 11 ? strlen(name) : 11);
    /* II.22.2: version 1.0.0.0 */
    cli_meta_row(m, CLI_T_Assembly,
                 (uint32_t[]){0x8004, 1, 0, 0, 0, 0, 0, file, 0});
    cli_meta_row(m, CLI_T_Module,
                 (uint32_t[]){0, file, cli_meta_guid(m, mvid), 0, 0});
    cli_meta_row(m, CLI_T_AssemblyRef,
                 (uint32_t[]){4, 0, 0, 0, 0, cli_meta_blob(m, mscorlib, 8),
                              cli_meta_string(m, "mscorlib"), 0, 0});
    cli_meta_row(
        m, CLI_T_TypeRef, /* ResolutionScope: AssemblyRef 1 */
        (uint32_t[]){1 << 2 | 2, cli_meta_string(m, "Object"), system});
    cli_meta_row(m, CLI_T_TypeRef,
                 (uint32_t[]){1 << 2 | 2, cli_meta_string(m, "Math"), system});
    for (int i = 0; i < CLI_NMEMBERS; i++) /* MemberRefParent: TypeRef 2 */
        cli_meta_row(m, CLI_T_MemberRef,
                     (uint32_t[]){2 << 3 | 1, cli_meta_string(m, math[i]),
                                  cli_meta_blob(m, sig.bytes, sig.len)});
    cli_meta_row(m, CLI_T_TypeDef,
                 (uint32_t[]){0, cli_meta_string(m, "<Module>"), 0, 0, 1, 1});
    cli_meta_row(m, CLI_T_TypeDef, /* public abstract sealed; Object */
                 (uint32_t[]){0x100181, cli_meta_string(m, "Traces"),
                              cli_meta_string(m, "Nacre"), 1 << 2 | 1, 1, 1});
}

/* II.22.26: a static public method of traces, its RVA still unknown. */
static uint32_t
put_method(struct cli_meta *m, const char *name)
{
    static const uint8_t args[1] = {CLI_I};
    struct cli_sig sig = cli_sig_method(CLI_I8, 1, args);

    return cli_meta_row(m, CLI_T_MethodDef,
                        (uint32_t[]){0, 0, 0x96, cli_meta_string(m, name),
                                     cli_meta_blob(m, sig.bytes, sig.len), 1});
}

struct cli_image *
cli_image_new(uint32_t number)
{
    static const uint8_t args[1] = {CLI_I};
    struct cli_image *im = nac_calloc(1, sizeof *im);
    struct cli_sig any = cli_sig_method(CLI_I8, 1, args);
    struct cli_meta m;
    struct nac_buf file = {0};
    uint32_t blob;
    char name[16];

    snprintf(im->name, sizeof im->name, "nacre-traces-%u", number);
    cli_meta_init(&m);
    put_prologue(&m, im->name);
    for (uint32_t i = 0; i < SLOTS; i++) {
        snprintf(name, sizeof name, "t%u", i + 1);
        put_method(&m, name);
    }
    blob = cli_meta_blob(&m, any.bytes, any.len);
    for (uint32_t i = 0; i < CALL_SIGS + SLOTS; i++)
        cli_meta_row(&m, CLI_T_StandAloneSig, &blob);
    im->blob_used = (uint32_t)m.blob.len;
    memset(nac_buf_room(&m.blob, BLOB_ROOM), 0, BLOB_ROOM);
    m.blob.len += BLOB_ROOM;

    cli_pe_write(&m, BODY_ROOM, &file, &im->layout);
    /* Whole pages: a section's size in the file is rounded up to 0x200. */
    im->len = (im->layout.body_at + BODY_ROOM + 0xFFF) & ~(size_t)0xFFF;
    im->data = mmap(NULL, im->len, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (im->data == MAP_FAILED) {
        free(im);
        im = NULL;
    } else {
        memcpy(im->data, file.data, file.len);
    }
    nac_buf_free(&file);
    cli_meta_free(&m);
    return im;
}

/* Only for images that no host has loaded: hosts never unload them. */
void
cli_image_free(struct cli_image *im)
{
    if (!im)
        return;
    munmap(im->data, im->len);
    nac_map_free(&im->sig_index);
    free(im);
}

uint8_t *
cli_image_data(struct cli_image *im, size_t *len)
{
    *len = im->len;
    return im->data;
}

const char *
cli_image_name(const struct cli_image *im)
{
    return im->name;
}

/* Appends a blob to the room in #Blob and points the row at it. */
static void
patch_sig(struct cli_image *im, uint32_t row, const void *bytes, size_t len)
{
    struct nac_buf b = {0};

    cli_sig_number(&b, (uint32_t)len);
    nac_buf_put(&b, bytes, len);
    ASSERT(im->blob_used + b.len <= im->layout.blob_size, "#Blob is full");
    memcpy(im->data + im->layout.blob_at + im->blob_used, b.data, b.len);
    cli_meta_patch(im->data, &im->layout, CLI_T_StandAloneSig, row, 0,
                   im->blob_used);
    im->blob_used += (uint32_t)b.len;
    nac_buf_free(&b);
}

static uint32_t
image_token(void *arg, const struct cli_reloc *r)
{
    struct cli_image *im = arg;
    uint64_t *row;

    if (r->is_member)
        return TOKEN(MemberRef, r->member + 1u);
    row = nac_map_find(&im->sig_index, (const char *)r->sig.bytes, r->sig.len);
    if (!row) {
        struct cli_sig *kept = &im->sigs[im->sigs_used];

        if (im->sigs_used >= CALL_SIGS)
            nac_die(__FILE__, __LINE__, "too many call signatures");
        *kept = r->sig;
        row = nac_map_at(&im->sig_index, (const char *)kept->bytes, kept->len);
        *row = ++im->sigs_used;
        patch_sig(im, (uint32_t)*row, r->sig.bytes, r->sig.len);
    }
    return TOKEN(StandAloneSig, (uint32_t)*row);
}

/* Upper bounds of the signatures and of the bytes of #Blob the method adds. */
static uint32_t
sigs_need(const struct cli_il *il)
{
    return il->relocs.len < NEW_SIGS ? il->relocs.len : NEW_SIGS;
}

static size_t
blob_need(const struct cli_il *il)
{
    return il->locals.len + 16 + sigs_need(il) * 24;
}

bool
cli_image_fits(const struct cli_il *il)
{
    return cli_body_size(il) + 8 <= BODY_ROOM && blob_need(il) <= BLOB_ROOM &&
           il->locals.len < 0xFFFF;
}

uint32_t
cli_image_add(struct cli_image *im, const struct cli_il *il)
{
    struct nac_buf locals = {0};
    uint32_t slot = im->slots_used + 1;
    uint32_t locals_row = CALL_SIGS + slot;
    uint32_t rva;

    if (slot > SLOTS || im->body_used + cli_body_size(il) + 4 > BODY_ROOM ||
        im->blob_used + blob_need(il) > im->layout.blob_size ||
        im->sigs_used + sigs_need(il) > CALL_SIGS)
        return 0;
    if (il->locals.len) {
        cli_sig_locals(&locals, il);
        patch_sig(im, locals_row, locals.data, locals.len);
        nac_buf_free(&locals);
    }
    im->body_used = (im->body_used + 3) & ~3u;
    rva = im->layout.body_rva + im->body_used;
    im->body_used += (uint32_t)cli_body_write(
        im->data + im->layout.body_at + im->body_used, il,
        TOKEN(StandAloneSig, locals_row), image_token, im);
    cli_meta_patch(im->data, &im->layout, CLI_T_MethodDef, slot, 0, rva);
    im->slots_used = slot;
    return TOKEN(MethodDef, slot);
}

static uint32_t
standalone_token(void *arg, const struct cli_reloc *r)
{
    struct cli_meta *m = arg;
    uint32_t blob;

    if (r->is_member)
        return TOKEN(MemberRef, r->member + 1u);
    blob = cli_meta_blob(m, r->sig.bytes, r->sig.len);
    for (uint32_t i = 0; i < m->rows[CLI_T_StandAloneSig]; i++) {
        if (m->cells[CLI_T_StandAloneSig].items[i] == blob)
            return TOKEN(StandAloneSig, i + 1);
    }
    return TOKEN(StandAloneSig, cli_meta_row(m, CLI_T_StandAloneSig, &blob));
}

void
cli_image_standalone(struct nac_buf *out, const char *name,
                     const struct cli_il *const *methods,
                     const char *const *names, uint32_t count)
{
    struct cli_meta m;
    struct cli_layout layout;
    struct nac_buf bodies = {0};
    uint32_t *at = nac_calloc(count + 1, sizeof *at);

    cli_meta_init(&m);
    put_prologue(&m, name);
    for (uint32_t i = 0; i < count; i++) {
        struct nac_buf locals = {0};
        uint32_t blob, token = 0;

        put_method(&m, names[i]);
        if (methods[i]->locals.len) {
            cli_sig_locals(&locals, methods[i]);
            blob = cli_meta_blob(&m, locals.data, locals.len);
            token = TOKEN(StandAloneSig,
                          cli_meta_row(&m, CLI_T_StandAloneSig, &blob));
            nac_buf_free(&locals);
        }
        nac_buf_align(&bodies, 4);
        at[i] = (uint32_t)bodies.len;
        bodies.len += cli_body_write(
            (uint8_t *)nac_buf_room(&bodies, cli_body_size(methods[i])),
            methods[i], token, standalone_token, &m);
    }
    cli_pe_write(&m, bodies.len, out, &layout);
    for (uint32_t i = 0; i < count; i++)
        cli_meta_patch((uint8_t *)out->data, &layout, CLI_T_MethodDef, i + 1, 0,
                       layout.body_rva + at[i]);
    nac_buf_put(out, bodies.data, bodies.len);
    nac_buf_align(out, 0x200);
    nac_buf_free(&bodies);
    cli_meta_free(&m);
    free(at);
}
