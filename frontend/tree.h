/* SPDX-License-Identifier: MIT
 * frontend/tree.h: what the compiler's files work on: the syntax tree and
 * compiled code.
 */
#ifndef FE_TREE_H
#define FE_TREE_H

#include "frontend/ast.h"
#include "frontend/code.h"
#include "frontend/frontend.h"

#endif
