/* SPDX-License-Identifier: MIT
 * runtime/signals.h: signals as module signal uses them; see signals.c.
 */
#ifndef RT_SIGNALS_H
#define RT_SIGNALS_H

/* The handler of a signal that Python code wants to see. */
void rt_signal_note(int number);
/* Installs it. */
void rt_signal_catch(int number);
/* [run] is called by rt_poll() for every signal that came; -1: exception.
 * Without it SIGINT raises KeyboardInterrupt. */
void rt_signal_set_handler(int (*run)(int number));

#endif
