/* SPDX-License-Identifier: MIT
 * base/phase.c: sampling of phases by SIGPROF, documented in phase.h.
 */
#include "config.h"

#include "base/phase.h"

#include <string.h>
#include <sys/time.h>
#include <ucontext.h>

volatile sig_atomic_t nac_phase = NAC_INTERPRETER;
const char *const nac_phase_name[NAC_NPHASES] = {
    "interpreter", "traces",  "helpers",  "recorder",
    "optimiser",   "backend", "host_jit", "collector"};

enum { LARGEST_METHOD = 1 << 20 };

static volatile uint64_t counts[NAC_NPHASES];
static volatile uintptr_t code_from, code_to;

void
nac_phase_code(uintptr_t address)
{
    if (!code_from || address < code_from)
        code_from = address;
    if (address + LARGEST_METHOD > code_to)
        code_to = address + LARGEST_METHOD;
}

static void
sample(int sig, siginfo_t *info, void *context)
{
    int phase = nac_phase;

    (void)sig;
    (void)info;
    (void)context;
#if defined(__x86_64__)
    if (phase == NAC_TRACES && code_from) {
        ucontext_t *uc = context;
        uintptr_t pc = (uintptr_t)uc->uc_mcontext.gregs[REG_RIP];

        if (pc < code_from || pc >= code_to)
            phase = NAC_HELPERS;
    }
#endif
    counts[phase]++;
}

static void
set_timer(long microseconds)
{
    struct itimerval every = {{0, microseconds}, {0, microseconds}};

    setitimer(ITIMER_PROF, &every, NULL);
}

void
nac_phase_sample(void)
{
    struct sigaction action;

    memset(&action, 0, sizeof action);
    action.sa_sigaction = sample;
    action.sa_flags = SA_SIGINFO | SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(SIGPROF, &action, NULL);
    set_timer(1000);
}

void
nac_phase_stop(void)
{
    set_timer(0);
}

uint64_t
nac_phase_count(enum nac_phase phase)
{
    return counts[phase];
}
