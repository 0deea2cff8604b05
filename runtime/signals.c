/* SPDX-License-Identifier: MIT
 * runtime/signals.c: signals and the poll word. A handler only notes that a
 * signal came and sets rt_ts->poll; loop heads, calls and interrupted system
 * calls run rt_poll(), which runs in the program's own context.
 */
#include "config.h"

#include <errno.h>
#include <signal.h>

#include "runtime/init.h"
#include "runtime/runtime.h"
#include "runtime/signals.h"

enum { NSIGNALS = 65 };

static volatile sig_atomic_t pending[NSIGNALS];
static struct rt_thread *volatile main_thread;
static int (*python_handler)(int signal_number);

void
rt_signal_note(int number)
{
    int saved = errno;

    pending[number] = 1;
    __atomic_fetch_or(&main_thread->poll, (uint64_t)RT_POLL_SIGNAL,
                      __ATOMIC_SEQ_CST);
    errno = saved;
}

/* No SA_RESTART: a blocking call returns with EINTR and polls. */
void
rt_signal_catch(int number)
{
    struct sigaction action;

    memset(&action, 0, sizeof action);
    action.sa_handler = rt_signal_note;
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_ONSTACK;
    sigaction(number, &action, NULL);
}

void
rt_signal_set_handler(int (*run)(int))
{
    python_handler = run;
}

void
rt_signals_init(void)
{
    struct sigaction old;

    main_thread = rt_ts;
    signal(SIGPIPE, SIG_IGN);
#ifdef SIGXFSZ
    signal(SIGXFSZ, SIG_IGN);
#endif
    /* a shell's background job was started with SIGINT ignored */
    if (sigaction(SIGINT, NULL, &old) == 0 && old.sa_handler == SIG_DFL)
        rt_signal_catch(SIGINT);
}

static int
run_signals(void)
{
    __atomic_fetch_and(&rt_ts->poll, ~(uint64_t)RT_POLL_SIGNAL,
                       __ATOMIC_SEQ_CST);
    for (int i = 1; i < NSIGNALS; i++) {
        if (!pending[i])
            continue;
        pending[i] = 0;
        if (python_handler) {
            if (python_handler(i) < 0)
                return -1;
        } else if (i == SIGINT) {
            rt_raise_object(rt_exc_new(&rt_exc_KeyboardInterrupt, 0));
            return -1;
        }
    }
    return 0;
}

int
rt_poll(void)
{
    uint64_t poll = rt_ts->poll;

    if (poll & RT_POLL_GC)
        rt_gc_run_pending();
    if (poll & RT_POLL_MEMORY) {
        rt_raise_memory();
        return -1;
    }
    if ((poll & RT_POLL_SIGNAL) && rt_ts == main_thread)
        return run_signals();
    return 0;
}
