/* SPDX-License-Identifier: MIT
 * base/log.h: NACRE_LOG=[path:]topic,topic: which topics are logged and where
 * to. A topic is a word ("trace", "ir", "cil", "gc"); "all" means every one.
 */
#ifndef NAC_LOG_H
#define NAC_LOG_H

#include <stdio.h>

/* Reads the specification (the value of NACRE_LOG, or NULL). Returns 0, or -1
 * where the file cannot be opened (errno is set). */
int nac_log_open(const char *spec);
int nac_log_on(const char *topic);
/* The log's file; standard error unless the specification named another. */
FILE *nac_log_file(void);
void nac_log(const char *topic, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void nac_log_close(void);

#endif
