/* SPDX-License-Identifier: MIT
 * frontend/grammar.h: the grammar's text, see grammar.c. Internal to the front
 * end.
 */
#ifndef FE_GRAMMAR_H
#define FE_GRAMMAR_H

extern const char *const fe_grammar;

#endif
