/* SPDX-License-Identifier: MIT
 * runtime/code_cache.c: compiles source files for import, and keeps the code
 * in __pycache__/NAME.nacre-311.nyc beside the source. A cache file is valid
 * for one modification time and size of the source and one version of the
 * instruction set; it is written under another name and renamed, so that
 * nobody ever reads half of one, and not at all where that is not possible.
 */
#include "config.h"

#include "runtime/code_cache.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/mem.h"
#include "frontend/compile.h"
#include "frontend/frontend.h"
#include "runtime/code.h"
#include "runtime/marshal_code.h"
#include "runtime/options.h"
#include "runtime/runtime.h"

/* What a file begins with; a checksum of the code follows, then the code. */
struct header {
    char magic[4];
    uint32_t version;
    uint64_t mtime, size;
};

enum { HEADER = sizeof(struct header) + sizeof(uint64_t) };

static uint64_t
checksum(const char *p, size_t len)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (uint8_t)p[i]) * UINT64_C(1099511628211);
    return hash;
}

static struct header
header_for(const struct stat *st)
{
    struct header h;

    memset(&h, 0, sizeof h);
    memcpy(h.magic, "NYC\n", 4);
    h.version = rt_marshal_version();
    h.mtime = (uint64_t)st->st_mtim.tv_sec * 1000000000u +
              (uint64_t)st->st_mtim.tv_nsec;
    h.size = (uint64_t)st->st_size;
    return h;
}

char *
rt_cache_path(const char *source)
{
    const char *slash = strrchr(source, '/'), *dot = strrchr(source, '.');
    const char *name = slash ? slash + 1 : source;
    struct nac_buf b = {0};

    nac_buf_put(&b, source, (size_t)(name - source));
    nac_buf_puts(&b, "__pycache__/");
    nac_buf_put(&b, name, dot > name ? (size_t)(dot - name) : strlen(name));
    nac_buf_puts(&b, ".nacre-311");
    if (rt_options.optimize)
        nac_buf_printf(&b, ".opt-%d", rt_options.optimize);
    nac_buf_puts(&b, ".nyc");
    return b.data;
}

struct fe_code *
rt_cache_decode(struct nac_arena *arena, const char *bytes, size_t len,
                const struct stat *source, const char *filename,
                const char **why)
{
    struct header h, wanted = header_for(source);
    struct fe_code *code;
    uint64_t sum;

    *why = NULL;
    if (len < HEADER) {
        *why = "it ends too early";
        return NULL;
    }
    memcpy(&h, bytes, sizeof h);
    memcpy(&sum, bytes + sizeof h, sizeof sum);
    if (memcmp(&h, &wanted, sizeof h) != 0)
        return NULL; /* out of date */
    if (sum != checksum(bytes + HEADER, len - HEADER)) {
        *why = "its checksum is wrong";
        return NULL;
    }
    code =
        rt_unmarshal_code(arena, bytes + HEADER, len - HEADER, filename, why);
    if (code)
        *why = fe_check_code(arena, code);
    return *why ? NULL : code;
}

static struct fe_code *
read_cache(struct nac_arena *arena, const char *cache, const struct stat *st,
           const char *filename)
{
    struct nac_buf b = {0};
    struct fe_code *code = NULL;
    const char *why;

    if (nac_buf_read_file(&b, cache) == 0) {
        code = rt_cache_decode(arena, b.data ? b.data : "", b.len, st, filename,
                               &why);
        if (why)
            nac_log("import", "%s: %s, so it is made anew", cache, why);
    }
    nac_buf_free(&b);
    return code;
}

static int
write_all(int fd, const struct nac_buf *b)
{
    size_t at = 0;

    while (at < b->len) {
        ssize_t n = write(fd, b->data + at, b->len - at);

        if (n < 0 && errno != EINTR)
            return -1;
        at += n > 0 ? (size_t)n : 0;
    }
    return 0;
}

static bool
may_write(void)
{
    rt_val v = rt_sys_get("dont_write_bytecode");

    return rt_is_null(v) || rt_same(v, rt_False);
}

static void
write_cache(const char *cache, const struct stat *st,
            const struct fe_code *code)
{
    struct header h = header_for(st);
    struct nac_buf b = {0}, name = {0};
    uint64_t sum = 0;
    const char *slash = strrchr(cache, '/');
    int fd;

    nac_buf_put(&b, &h, sizeof h);
    nac_buf_put(&b, &sum, sizeof sum);
    rt_marshal_code(&b, code);
    sum = checksum(b.data + HEADER, b.len - HEADER);
    memcpy(b.data + sizeof h, &sum, sizeof sum);
    nac_buf_put(&name, cache, (size_t)(slash - cache));
    if (mkdir(name.data, 0777) < 0 && errno != EEXIST)
        goto done;
    nac_buf_puts(&name, slash);
    nac_buf_puts(&name, ".XXXXXX");
    fd = mkstemp(name.data);
    if (fd < 0)
        goto done;
    fchmod(fd, st->st_mode & 0666);
    if (write_all(fd, &b) < 0 || close(fd) < 0 ||
        rename(name.data, cache) < 0) {
        nac_log("import", "%s: %s", name.data, strerror(errno));
        unlink(name.data);
    }
done:
    nac_buf_free(&b);
    nac_buf_free(&name);
}

/* Compiles the file; NULL: exception. */
static struct fe_code *
compile_file(struct nac_arena *arena, const char *path)
{
    struct nac_buf text = {0};
    struct fe_error err;
    struct fe_node *tree;
    struct fe_code *code = NULL;

    rt_memory_keep();
    if (nac_buf_read_file(&text, path) < 0) {
        rt_raise_errno(rt_str_new(path, -1));
        return NULL;
    }
    memset(&err, 0, sizeof err);
    tree = fe_parse(arena, text.data ? text.data : "", text.len, path, FE_EXEC,
                    &err);
    if (tree)
        code =
            fe_compile(arena, tree, path, FE_EXEC, rt_optimize_flags(-1), &err);
    if (code)
        rt_show_warnings(&err, path);
    else
        rt_raise_syntax(&err, path, text.data ? text.data : "", text.len);
    nac_buf_free(&text);
    return code;
}

struct rt_code *
rt_cached_code(const char *path)
{
    struct nac_arena arena;
    struct fe_code *fe;
    struct rt_code *code = NULL;
    struct stat st;
    char *cache = rt_cache_path(path);

    nac_arena_init(&arena);
    if (stat(path, &st) < 0) {
        rt_raise_errno(rt_str_new(path, -1));
        goto done;
    }
    fe = read_cache(&arena, cache, &st, path);
    nac_log("import", "%s: %s", path, fe ? "from the cache" : "compiled");
    if (!fe) {
        fe = compile_file(&arena, path);
        if (fe && may_write())
            write_cache(cache, &st, fe);
    }
    if (fe)
        code = rt_code_new(fe);
done:
    nac_arena_free(&arena);
    free(cache);
    return code;
}
