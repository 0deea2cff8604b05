/* SPDX-License-Identifier: MIT
 * cli-backend/host_mono.c: Mono as the host, the only file that includes
 * <mono/...>. Methods go into the slots of an image arena (image.c), which Mono
 * opens without copying; mono_compile_method then gives a C function.
 *
 * Mono starts with preemptive suspension: a thread that runs compiled traces
 * or C is stopped by a signal when the collector wants it, so that no
 * transition costs anything. It takes over some signals; those that the process
 * handled before are given back.
 */
#include "config.h"

#include "cli-backend/host.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mono/jit/jit.h>
#include <mono/metadata/appdomain.h>
#include <mono/metadata/assembly.h>
#include <mono/metadata/debug-helpers.h>
#include <mono/metadata/image.h>
#include <mono/metadata/loader.h>
#include <mono/metadata/threads.h>

#include "base/mem.h"
#include "base/phase.h"
#include "cli-backend/image.h"

static MonoDomain *domain;
static struct cli_image *arena; /* the one being filled */
static MonoImage *arena_image;
static MonoClass *arena_class;
static uint32_t arenas;
static char version_text[128];
static __thread bool attached; /* this thread is known to Mono */

static bool
is_available(const char **why)
{
    (void)why;
    return true;
}

/* Signals whose handlers belong to the program: what was there before Mono
 * started is put back. */
static const int kept_signals[] = {SIGINT,  SIGTERM, SIGHUP,  SIGQUIT, SIGPIPE,
                                   SIGCHLD, SIGALRM, SIGUSR1, SIGUSR2, SIGCONT,
                                   SIGABRT, SIGSYS,  SIGTRAP, SIGILL};

enum { NKEPT = sizeof kept_signals / sizeof *kept_signals };

/* Faults that managed code turns into exceptions. Outside managed code Mono
 * hands them on to the handler that was there before; where there was none, it
 * would print pages and start a debugger, so we leave it a plain one. */
static const int fault_signals[] = {SIGSEGV, SIGBUS, SIGFPE};

static void
die_of_fault(int signal_number)
{
    static const char text[] = "nacre: fatal: memory fault or trap in C code\n";
    ssize_t ignored = write(2, text, sizeof text - 1);

    (void)ignored;
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

static void
prepare_faults(void)
{
    for (size_t i = 0; i < sizeof fault_signals / sizeof *fault_signals; i++) {
        struct sigaction action;

        sigaction(fault_signals[i], NULL, &action);
        if (action.sa_handler != SIG_DFL)
            continue;
        memset(&action, 0, sizeof action);
        action.sa_handler = die_of_fault;
        action.sa_flags = SA_NODEFER;
        sigaction(fault_signals[i], &action, NULL);
    }
}

static int
open_arena(char *why, size_t whylen)
{
    struct cli_image *im = cli_image_new(++arenas);
    MonoImageOpenStatus status;
    MonoAssembly *assembly;
    MonoImage *image;
    size_t len;
    char *data;

    if (!im) {
        snprintf(why, whylen, "no address space for compiled traces");
        return -1;
    }
    data = (char *)cli_image_data(im, &len);
    image = mono_image_open_from_data_with_name(
        data, (uint32_t)len, false, &status, false, cli_image_name(im));
    if (!image) {
        snprintf(why, whylen, "Mono refuses the image: %s",
                 mono_image_strerror(status));
        cli_image_free(im);
        return -1;
    }
    assembly =
        mono_assembly_load_from_full(image, cli_image_name(im), &status, false);
    if (!assembly) {
        snprintf(why, whylen, "Mono refuses the assembly: %s",
                 mono_image_strerror(status));
        return -1;
    }
    arena = im;
    arena_image = image;
    arena_class = mono_class_from_name(image, "Nacre", "Traces");
    if (!arena_class) {
        snprintf(why, whylen, "Mono does not find the class of the traces");
        return -1;
    }
    return 0;
}

static int
start(char *why, size_t whylen)
{
    const char *suspend = getenv("MONO_THREADS_SUSPEND");
    struct sigaction kept[NKEPT];
    char *build;

    if (domain)
        return 0;
    if (!suspend) /* read once, by the start; not for child processes */
        setenv("MONO_THREADS_SUSPEND", "preemptive", 1);
    for (int i = 0; i < NKEPT; i++)
        sigaction(kept_signals[i], NULL, &kept[i]);
    prepare_faults();
    mono_set_signal_chaining(true);
    mono_set_crash_chaining(true);
    domain = mono_jit_init_version("nacre", "v4.0.30319");
    for (int i = 0; i < NKEPT; i++)
        sigaction(kept_signals[i], &kept[i], NULL);
    if (!domain) {
        snprintf(why, whylen, "mono_jit_init_version failed");
        return -1;
    }
    build = mono_get_runtime_build_info();
    snprintf(version_text, sizeof version_text, "Mono %s, %s suspension", build,
             suspend ? suspend : "preemptive");
    if (!suspend)
        unsetenv("MONO_THREADS_SUSPEND");
    attached = true;
    mono_free(build);
    return open_arena(why, whylen);
}

static int
compile(const struct cli_il *il, void **code, char *why, size_t whylen)
{
    uint32_t token;
    MonoMethod *method;
    int phase;

    if (!attached) {
        mono_thread_attach(domain);
        attached = true;
    }
    if (!cli_image_fits(il)) {
        snprintf(why, whylen, "method too large: %zu bytes, %u locals",
                 il->code.len, il->locals.len);
        return -1;
    }
    token = cli_image_add(arena, il);
    if (!token) {
        if (open_arena(why, whylen))
            return -1;
        token = cli_image_add(arena, il);
    }
    method = token ? mono_get_method(arena_image, token, arena_class) : NULL;
    phase = nac_phase_set(NAC_HOST_JIT);
    *code = method ? mono_compile_method(method) : NULL;
    nac_phase_set(phase);
    if (*code)
        nac_phase_code((uintptr_t)*code);
    if (!*code) {
        snprintf(why, whylen, "Mono does not compile method %08x", token);
        return -1;
    }
    return 0;
}

static bool
find_code(void *code, void **begin, size_t *size)
{
    MonoJitInfo *info = domain ? mono_jit_info_table_find(domain, code) : NULL;

    if (!info)
        return false;
    *begin = mono_jit_info_get_code_start(info);
    *size = (size_t)mono_jit_info_get_code_size(info);
    return true;
}

static const char *
get_version(void)
{
    return domain ? version_text : "Mono, not started";
}

/* Mono cannot be started twice in a process, and what mono_jit_cleanup() frees
 * is about to be freed anyway; leaving it running lets compiled code live until
 * the very end. */
static void
stop(void)
{
}

const struct cli_host cli_the_host = {
    .name = "mono",
    .available = is_available,
    .start = start,
    .compile = compile,
    .find_code = find_code,
    .version = get_version,
    .stop = stop,
};
