/* SPDX-License-Identifier: MIT
 * runtime/stats.h: the statistics file, NACRE_STATS.
 */
#ifndef RT_STATS_H
#define RT_STATS_H

void rt_stats_start(void); /* begins to sample if the file is asked for */
void rt_stats_write(void); /* at the end, before rt_jit_finish() */

#endif
