/* SPDX-License-Identifier: MIT
 * base/phase.h: what the process is doing, for the sampled shares of the
 * statistics: whoever begins an activity sets the phase and restores the one
 * before at its end. Sampling is off until nac_phase_sample() is called.
 */
#ifndef NAC_PHASE_H
#define NAC_PHASE_H

#include <signal.h>
#include <stdint.h>

enum nac_phase {
    NAC_INTERPRETER,
    NAC_TRACES,  /* compiled or evaluated traces ... */
    NAC_HELPERS, /* ... and the C functions that they call (told by the pc) */
    NAC_RECORDER,
    NAC_OPTIMISER,
    NAC_BACKEND,
    NAC_HOST_JIT,
    NAC_COLLECTOR,
    NAC_NPHASES
};

extern volatile sig_atomic_t nac_phase;
extern const char *const nac_phase_name[NAC_NPHASES];

static inline int
nac_phase_set(int phase)
{
    int before = nac_phase;

    nac_phase = phase;
    return before;
}

/* Machine code of a trace begins here; 0: traces are interpreted. */
void nac_phase_code(uintptr_t address);
/* Samples the processor time every millisecond from now on. */
void nac_phase_sample(void);
void nac_phase_stop(void);
/* Samples so far. */
uint64_t nac_phase_count(enum nac_phase phase);

#endif
