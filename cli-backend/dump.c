/* SPDX-License-Identifier: MIT
 * cli-backend/dump.c: writes compiled traces below the dump directory: their
 * CIL as text, as an assembly that monodis and other tools read, and the
 * host's machine code. Called by compile.c and, through struct tr_backend, by
 * the tracer after a trace was installed.
 */
#include "config.h"

#include "cli-backend/dump.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "cli-backend/host.h"
#include "cli-backend/image.h"

struct kept {
    uint32_t trace; /* its number */
    struct nac_buf text, image;
    void *code;
};

extern char **environ; /* not in every <unistd.h> */

static NAC_VEC(struct kept) kept;

static void
free_kept(struct kept *k)
{
    nac_buf_free(&k->text);
    nac_buf_free(&k->image);
}

static void
write_file(const char *path, const void *bytes, size_t len)
{
    FILE *f = fopen(path, "wb");

    if (!f || fwrite(bytes, 1, len, f) != len)
        nac_log("cil", "cannot write %s: %s\n", path, strerror(errno));
    if (f)
        fclose(f);
}

/* objdump's text goes to [to]; without objdump there is no file. */
static void
disassemble(const char *from, const char *to)
{
    char input[1100];
    char *argv[] = {
        (char[]){"objdump"},
        (char[]){"-D"},
        (char[]){"-bbinary"},
#if defined(__aarch64__)
        (char[]){"-maarch64"},
#else
        (char[]){"-mi386:x86-64"},
#endif
        input,
        NULL
    };
    posix_spawn_file_actions_t actions;
    pid_t pid;
    int status;

    snprintf(input, sizeof input, "%s", from);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, to,
                                     O_WRONLY | O_CREAT | O_TRUNC, 0666);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    if (posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ) != 0 ||
        waitpid(pid, &status, 0) < 0 || status != 0)
        unlink(to);
    posix_spawn_file_actions_destroy(&actions);
}

static void
write_all(const struct kept *k, const char *dir, const char *suffix)
{
    char path[1000], to[1000];
    void *begin;
    size_t size;

    snprintf(path, sizeof path, "%s/trace-%u%s.il", dir, k->trace, suffix);
    write_file(path, k->text.data, k->text.len);
    snprintf(path, sizeof path, "%s/trace-%u%s.dll", dir, k->trace, suffix);
    write_file(path, k->image.data, k->image.len);
    if (!cli_the_host.find_code(k->code, &begin, &size))
        return;
    snprintf(path, sizeof path, "%s/trace-%u%s.bin", dir, k->trace, suffix);
    write_file(path, begin, size);
    snprintf(to, sizeof to, "%s/trace-%u%s.asm", dir, k->trace, suffix);
    disassemble(path, to);
}

void
cli_dump_keep(struct tr_jit *jit, const struct tr_unit *unit,
              const struct cli_il *il, void *code)
{
    const char *dir = tr_dump_dir(jit);
    struct kept k = {.trace = unit->traces[0]->id, .code = code};
    char name[32];
    const char *names[1] = {name};

    if (!dir && !nac_log_on("cil"))
        return;
    nac_buf_printf(&k.text, "// trace %u", k.trace);
    for (uint32_t i = 1; i < unit->count; i++)
        nac_buf_printf(&k.text, " + %u", unit->traces[i]->id);
    nac_buf_printf(&k.text, ": %zu bytes, %u basic blocks\n", il->code.len,
                   il->nblocks);
    cli_dis_il(&k.text, il);
    if (nac_log_on("cil"))
        fwrite(k.text.data, 1, k.text.len, nac_log_file());
    if (!dir) {
        free_kept(&k);
        return;
    }
    snprintf(name, sizeof name, "trace_%u", k.trace);
    cli_image_standalone(&k.image, name, &il, names, 1);
    if (unit->count > 1) {
        write_all(&k, dir, "-tier2");
        free_kept(&k);
    } else {
        nac_vec_push(&kept, k);
    }
}

void
cli_dump_trace(struct tr_jit *jit, const struct tr_trace *trace,
               const char *dir)
{
    (void)jit;
    for (uint32_t i = 0; i < kept.len; i++) {
        if (kept.items[i].trace != trace->id)
            continue;
        write_all(&kept.items[i], dir, "");
        free_kept(&kept.items[i]);
        kept.items[i--] = nac_vec_pop(&kept);
    }
}

void
cli_dump_forget(void)
{
    for (uint32_t i = 0; i < kept.len; i++)
        free_kept(&kept.items[i]);
    nac_vec_free(&kept);
}
