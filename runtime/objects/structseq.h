/* SPDX-License-Identifier: MIT
 * runtime/objects/structseq.h: tuples whose items have names, as sys.flags and
 * time.localtime() return them.
 */
#ifndef RT_STRUCTSEQ_H
#define RT_STRUCTSEQ_H

#include "runtime/objects.h"

struct rt_structseq_type {
    struct rt_type type; /* first: an object's type leads here */
    const char *const *fields;
    int visible;           /* fields that are items, too */
    int count;             /* all fields */
    const char *full_name; /* with the module; set by rt_structseq_ready() */
};

/* Completes a type of which .fields, .visible, .count and the type's .cname,
 * .cdoc are set. Calls make instances unless its flags say NOINSTANCE. */
void rt_structseq_ready(struct rt_structseq_type *t);
/* [values]: one for each field. */
rt_val rt_structseq_new(struct rt_structseq_type *t, const rt_val *values);

#endif
