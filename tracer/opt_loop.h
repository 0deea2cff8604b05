/* SPDX-License-Identifier: MIT
 * tracer/opt_loop.h: what opt_loop.c and opt_carry.c share: the things that a
 * loop carries from one pass to the next. Internal to the optimiser.
 */
#ifndef TR_OPT_LOOP_H
#define TR_OPT_LOOP_H

#include "tracer/opt_state.h"

enum carry_class {
    CARRY_SLOT,  /* a frame word */
    CARRY_MEM,   /* a location of an object that existed before the loop */
    CARRY_FIELD, /* a location of a carried object */
    CARRY_FOLLOW /* a location of whatever object a carried pointer names */
};

/* What is assumed of it at the head of the body, from most to least. */
enum carry_mode {
    CARRY_SAME,   /* the pre-roll's value, in every pass */
    CARRY_OBJECT, /* slots: the only way to an object of one shape */
    CARRY_RAW,    /* a PHI, unboxed where it is boxed */
    CARRY_VALUE,  /* a PHI of the value itself, of its own */
    CARRY_NOTHING /* locations: nothing */
};

struct carry {
    enum carry_class class;
    enum carry_mode mode;
    bool tried; /* CARRY_SAME or CARRY_OBJECT did not hold */
    bool alone; /* shares no PHI */
    bool wide;  /* an int that leaves the range of small ones */
    int32_t slot;
    uint32_t field;
    tr_ref loc;     /* the location, in terms of the pre-roll */
    uint32_t owner; /* FIELD: the object's number; FOLLOW: the pointer's */
    tr_ref source;  /* SLOT: what the pre-roll wrote there last */
    tr_ref start;   /* value at the end of the pre-roll, as known by then */

    /* of the current round */
    uint32_t leader; /* first carry with the same PHI or object */
    uint8_t box;     /* how the value is made of the raw one, 0: it is it */
    uint8_t kind;    /* of the PHI */
    tr_ref raw;      /* operand a of the PHI */
    tr_ref phi;      /* the PHI; OBJECT: the new NEW */
    tr_ref now;      /* the value at the head of the body */
    tr_ref end;      /* leader: operand b, raw, or the NEW at the end */
    uint32_t assumption;
};

struct looper {
    struct tr_opt *o;
    uint32_t count; /* instructions of the pre-roll */
    uint32_t end_snap;
    NAC_VEC(struct carry) carries; /* the slots come first, sorted */
    uint32_t nslots;
    uint8_t *varies;       /* per instruction: may differ in the next pass */
    uint8_t *written;      /* per field: the body may write it */
    uint8_t *loaded;       /* per field: the body loads it */
    bool writes, collects; /* the body does so at all */
    bool calls_any;        /* it calls what may do anything */
    tr_ref *became;        /* per instruction: its copy */
    uint32_t *snap_copy;   /* per snapshot: its copy + 1 */
    struct opt_mem mem;    /* at the end of the pre-roll */
    struct tr_opt_try mark;
    bool again; /* an assumption did not hold */
    bool hopeless;
};

/* opt_survey.c: fills in what is declared above from carries to collects. */
void tr_opt_survey(struct looper *l);
bool tr_opt_varies(const struct looper *l, tr_ref r);

/* opt_head.c: describes the finished loop to bridges: HEAD and o->head. */
void tr_opt_make_head(struct looper *l);

/* opt_carry.c */
/* The NEW that a word holds, boxed or not, or none. */
tr_ref tr_opt_object_of(const struct tr_opt *o, tr_ref r);
/* Does no frame word know the object but those that hold it? At the end of the
 * pre-roll, or ([end]) of the body. */
bool tr_opt_only_holders_know(const struct looper *l, tr_ref object, bool end);
/* Is each location of the object that instructions [from, to) store to one of
 * the owner's fields? With [add], makes it one. */
bool tr_opt_match_fields(struct looper *l, uint32_t owner, tr_ref object,
                         uint32_t from, uint32_t to, bool add);
/* Emits LOOP, the PHIs and the carried objects; sets what is known there. */
void tr_opt_carry_place(struct looper *l);
/* Checks every assumption at the end of the body and completes the PHIs. */
void tr_opt_carry_check(struct looper *l);
/* Gives up all assumptions that may fail. */
void tr_opt_carry_weaken(struct looper *l);
struct carry *tr_opt_carry_slot(const struct looper *l, int32_t slot);

#endif
