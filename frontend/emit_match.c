/* SPDX-License-Identifier: MIT
 * frontend/emit_match.c: the match statement.
 *
 * Patterns test registers and jump to the case's "fail" label. A captured
 * value waits in a register of its own until the whole pattern has matched;
 * only then are the names bound, in the order of the pattern.
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "frontend/compiler.h"

struct capture {
    const char *name;
    int reg;
};

struct matching {
    NAC_VEC(struct capture) regs;   /* every name of the case, its register */
    NAC_VEC(struct capture) stores; /* names bound so far on this path */
    int next_reg;
    bool irrefutable_ok;
    int fail;
};

static void pattern(struct fe_compiler *c, struct matching *m,
                    const struct fe_node *p, int subject);

/* -- names ----------------------------------------------------------------- */

static int
count_captures(struct fe_node *n, void *data)
{
    int *count = data;

    if ((n->kind == FE_MatchAs && n->u.MatchAs.name) ||
        (n->kind == FE_MatchStar && n->u.MatchStar.name) ||
        (n->kind == FE_MatchMapping && n->u.MatchMapping.rest))
        ++*count;
    return fe_node_children(n, count_captures, data);
}

static int
capture_reg(struct matching *m, const char *name)
{
    for (uint32_t i = 0; i < m->regs.len; i++)
        if (strcmp(m->regs.items[i].name, name) == 0)
            return m->regs.items[i].reg;
    nac_vec_push(&m->regs, (struct capture){name, m->next_reg});
    return m->next_reg++;
}

static void
capture(struct fe_compiler *c, struct matching *m, const char *name, int src)
{
    int reg;

    if (!name || fe_forbidden(c, name, FE_Store))
        return;
    for (uint32_t i = 0; i < m->stores.len; i++)
        if (strcmp(m->stores.items[i].name, name) == 0) {
            fe_fail(c, "multiple assignments to name '%s' in pattern", name);
            return;
        }
    reg = capture_reg(m, name);
    nac_vec_push(&m->stores, (struct capture){name, reg});
    fe_move(c, reg, src);
}

static bool
binds(const struct matching *m, uint32_t from, uint32_t to, const char *name)
{
    for (uint32_t i = from; i < to; i++)
        if (strcmp(m->stores.items[i].name, name) == 0)
            return true;
    return false;
}

/* -- pieces ---------------------------------------------------------------- */

static bool
is_wildcard(const struct fe_node *p)
{
    return p->kind == FE_MatchAs && !p->u.MatchAs.name;
}

static bool
is_star_wildcard(const struct fe_node *p)
{
    return p->kind == FE_MatchStar && !p->u.MatchStar.name;
}

static void
subpattern(struct fe_compiler *c, struct matching *m, const struct fe_node *p,
           int subject)
{
    bool saved = m->irrefutable_ok;

    m->irrefutable_ok = true;
    pattern(c, m, p, subject);
    m->irrefutable_ok = saved;
}

static void
fail_if(struct fe_compiler *c, struct matching *m, bool truth, int reg)
{
    fe_jump(c, FE_JUMP_IF, truth, reg, 0, m->fail);
}

static void
pattern_or(struct fe_compiler *c, struct matching *m, const struct fe_node *p,
           int subject)
{
    struct fe_list alts = p->u.MatchOr.patterns;
    int end = fe_label(c), fail = m->fail;
    uint32_t before = m->stores.len, first = 0;
    bool saved = m->irrefutable_ok;
    NAC_VEC(struct capture) names = {0};

    for (uint32_t i = 0; i < alts.len && !c->failed; i++) {
        bool last = i + 1 == alts.len;

        m->stores.len = before;
        m->irrefutable_ok = last && saved;
        m->fail = last ? fail : fe_label(c);
        fe_set_pos(c, alts.items[i]);
        pattern(c, m, alts.items[i], subject);
        if (i == 0) {
            for (uint32_t j = before; j < m->stores.len; j++)
                nac_vec_push(&names, m->stores.items[j]);
            first = names.len;
        } else {
            bool same = m->stores.len - before == first;

            for (uint32_t j = 0; same && j < first; j++)
                same = binds(m, before, m->stores.len, names.items[j].name);
            if (!same)
                fe_fail(c, "alternative patterns bind different names");
        }
        if (!last) {
            fe_jump(c, FE_JUMP, 0, 0, 0, end);
            fe_place(c, m->fail);
        }
    }
    m->stores.len = before;
    for (uint32_t j = 0; j < first; j++)
        nac_vec_push(&m->stores, names.items[j]);
    nac_vec_free(&names);
    m->irrefutable_ok = saved;
    m->fail = fail;
    fe_place(c, end);
}

/* -- sequences ------------------------------------------------------------- */

/* Items before and after a star that binds nothing, by their index. */
static void
items_by_index(struct fe_compiler *c, struct matching *m, struct fe_list l,
               uint32_t star, int subject, int len)
{
    int mark = c->u->top, item, index;

    for (uint32_t i = 0; i < l.len; i++) {
        if (i == star || is_wildcard(l.items[i]))
            continue;
        item = fe_temp(c);
        if (i < star) {
            index = fe_int(c, i);
        } else {
            index = item;
            fe_emit(c, FE_SUB, 0, index, len, fe_int(c, l.len - i));
        }
        fe_emit(c, FE_GETITEM, 0, item, subject, index);
        subpattern(c, m, l.items[i], item);
        c->u->top = mark;
    }
}

static void
items_unpacked(struct fe_compiler *c, struct matching *m, struct fe_list l,
               uint32_t star, int subject)
{
    int base = fe_temps(c, (int)l.len);

    if (star == l.len)
        fe_emit(c, FE_UNPACK, 0, base, subject, (int)l.len);
    else if (star > 255)
        fe_fail(c, "too many expressions in star-unpacking sequence "
                   "pattern");
    else
        fe_emit(c, FE_UNPACK_EX, (int)star, base, subject,
                (int)(l.len - star - 1));
    for (uint32_t i = 0; i < l.len; i++)
        subpattern(c, m, l.items[i], base + (int)i);
}

static void
pattern_sequence(struct fe_compiler *c, struct matching *m,
                 const struct fe_node *p, int subject)
{
    struct fe_list l = p->u.MatchSequence.patterns;
    uint32_t star = l.len;
    bool only_wildcards = true, star_wild = false;
    int t = fe_temp(c), n;

    for (uint32_t i = 0; i < l.len; i++) {
        if (l.items[i]->kind == FE_MatchStar) {
            if (star < l.len) {
                fe_fail(c, "multiple starred names in sequence pattern");
                return;
            }
            star = i;
            star_wild = is_star_wildcard(l.items[i]);
            only_wildcards &= star_wild;
        } else {
            only_wildcards &= is_wildcard(l.items[i]);
        }
    }
    fe_emit(c, FE_MATCH_SEQUENCE, 0, t, subject, 0);
    fail_if(c, m, false, t);
    n = fe_temp(c);
    if (star == l.len || l.len > 1)
        fe_emit(c, FE_GET_LEN, 0, n, subject, 0);
    if (star == l.len)
        fe_jump(c, FE_JUMP_IF_EQ, 0, n, fe_int(c, l.len), m->fail);
    else if (l.len > 1)
        fe_jump(c, FE_JUMP_IF_GE, 0, n, fe_int(c, l.len - 1), m->fail);
    if (only_wildcards)
        return;
    if (star_wild)
        items_by_index(c, m, l, star, subject, n);
    else
        items_unpacked(c, m, l, star, subject);
}

/* -- mappings -------------------------------------------------------------- */

static bool
number_of(const struct fe_constant *k, double *d)
{
    switch (k->kind) {
    case FE_CONST_TRUE:
    case FE_CONST_FALSE:
        *d = k->kind == FE_CONST_TRUE;
        return true;
    case FE_CONST_INT:
        *d = (double)k->i;
        return true;
    case FE_CONST_FLOAT:
        *d = k->f;
        return true;
    default:
        return false;
    }
}

static bool
same_key(const struct fe_constant *a, const struct fe_constant *b)
{
    bool text_a = a->kind == FE_CONST_STR || a->kind == FE_CONST_NAME;
    bool text_b = b->kind == FE_CONST_STR || b->kind == FE_CONST_NAME;
    double x, y;

    if (number_of(a, &x) && number_of(b, &y))
        return x == y;
    if ((text_a && text_b) ||
        (a->kind == b->kind &&
         (a->kind == FE_CONST_BYTES || a->kind == FE_CONST_BIGINT)))
        return a->len == b->len && memcmp(a->text, b->text, a->len) == 0;
    if (a->kind == FE_CONST_COMPLEX && b->kind == FE_CONST_COMPLEX)
        return a->f == b->f && a->f2 == b->f2;
    return a->kind == b->kind && (a->kind == FE_CONST_NONE);
}

static bool
check_keys(struct fe_compiler *c, struct fe_list keys)
{
    struct nac_buf b = {0};

    for (uint32_t i = 0; i < keys.len; i++) {
        const struct fe_constant *k = fe_const_of(c, keys.items[i]);

        for (uint32_t j = 0; k && j < i; j++) {
            const struct fe_constant *o = fe_const_of(c, keys.items[j]);

            if (!o || !same_key(k, o))
                continue;
            fe_dis_constant(&b, k);
            fe_fail(c, "mapping pattern checks duplicate key (%s)", b.data);
            nac_buf_free(&b);
            return false;
        }
    }
    return true;
}

static void
pattern_mapping(struct fe_compiler *c, struct matching *m,
                const struct fe_node *p, int subject)
{
    struct fe_list keys = p->u.MatchMapping.keys;
    struct fe_list patterns = p->u.MatchMapping.patterns;
    const char *rest = p->u.MatchMapping.rest;
    int t = fe_temp(c), key_tuple, values, base;

    fe_emit(c, FE_MATCH_MAPPING, 0, t, subject, 0);
    fail_if(c, m, false, t);
    if (keys.len == 0 && !rest)
        return;
    if (keys.len) {
        fe_emit(c, FE_GET_LEN, 0, t, subject, 0);
        fe_jump(c, FE_JUMP_IF_GE, 0, t, fe_int(c, keys.len), m->fail);
    }
    if (!check_keys(c, keys))
        return;
    key_tuple = fe_temp(c);
    values = fe_temp(c);
    base = c->u->top;
    for (uint32_t i = 0; i < keys.len; i++)
        fe_expr_to(c, keys.items[i], fe_temp(c));
    fe_emit(c, FE_BUILD_TUPLE, 0, key_tuple, base, (int)keys.len);
    c->u->top = base;
    fe_emit(c, FE_MATCH_KEYS, 0, values, subject, key_tuple);
    fe_jump(c, FE_JUMP_IF_NONE, 1, values, 0, m->fail);
    base = fe_temps(c, (int)keys.len);
    if (keys.len)
        fe_emit(c, FE_UNPACK, 0, base, values, (int)keys.len);
    for (uint32_t i = 0; i < keys.len; i++)
        subpattern(c, m, patterns.items[i], base + (int)i);
    if (rest) {
        t = fe_temp(c);
        fe_emit(c, FE_MATCH_REST, 0, t, subject, key_tuple);
        capture(c, m, rest, t);
    }
}

/* -- classes --------------------------------------------------------------- */

static bool
check_attrs(struct fe_compiler *c, const struct fe_node *p)
{
    struct fe_idlist attrs = p->u.MatchClass.kwd_attrs;

    for (uint32_t i = 0; i < attrs.len; i++) {
        fe_set_pos(c, p->u.MatchClass.kwd_patterns.items[i]);
        if (fe_forbidden(c, attrs.items[i], FE_Store))
            return false;
        for (uint32_t j = i + 1; j < attrs.len; j++) {
            if (strcmp(attrs.items[i], attrs.items[j]) != 0)
                continue;
            fe_fail_at(c, p->u.MatchClass.kwd_patterns.items[j],
                       "attribute name repeated in class pattern: %s",
                       attrs.items[i]);
            return false;
        }
    }
    return true;
}

static void
pattern_class(struct fe_compiler *c, struct matching *m,
              const struct fe_node *p, int subject)
{
    struct fe_list pos = p->u.MatchClass.patterns;
    struct fe_list kwd = p->u.MatchClass.kwd_patterns;
    struct fe_idlist attrs = p->u.MatchClass.kwd_attrs;
    struct fe_constant names = {.kind = FE_CONST_TUPLE, .len = attrs.len};
    struct fe_constant *items =
        NAC_NEW_ARRAY(c->arena, struct fe_constant, attrs.len + 1);
    int n = (int)(pos.len + kwd.len), cls, got, base;

    if (pos.len > 255) {
        fe_fail(c, "too many sub-patterns in class pattern");
        return;
    }
    if (!check_attrs(c, p))
        return;
    for (uint32_t i = 0; i < attrs.len; i++) {
        items[i].kind = FE_CONST_NAME;
        items[i].text = attrs.items[i];
        items[i].len = (uint32_t)strlen(attrs.items[i]);
    }
    names.items = items;
    fe_set_pos(c, p);
    got = fe_temp(c);
    cls = fe_temp(c);
    fe_expr_to(c, p->u.MatchClass.cls, cls);
    fe_move(c, fe_temp(c), fe_k(c, &names));
    fe_emit(c, FE_MATCH_CLASS, (int)pos.len, got, subject, cls);
    c->u->top = cls;
    fe_jump(c, FE_JUMP_IF_NONE, 1, got, 0, m->fail);
    if (n == 0)
        return;
    base = fe_temps(c, n);
    fe_emit(c, FE_UNPACK, 0, base, got, n);
    for (int i = 0; i < n; i++) {
        const struct fe_node *s = (uint32_t)i < pos.len
                                      ? pos.items[i]
                                      : kwd.items[(uint32_t)i - pos.len];

        if (!is_wildcard(s))
            subpattern(c, m, s, base + i);
    }
}

/* -- patterns -------------------------------------------------------------- */

static void
pattern_as(struct fe_compiler *c, struct matching *m, const struct fe_node *p,
           int subject)
{
    if (p->u.MatchAs.pattern) {
        pattern(c, m, p->u.MatchAs.pattern, subject);
    } else if (!m->irrefutable_ok) {
        if (p->u.MatchAs.name)
            fe_fail(c,
                    "name capture '%s' makes remaining patterns "
                    "unreachable",
                    p->u.MatchAs.name);
        else
            fe_fail(c, "wildcard makes remaining patterns unreachable");
        return;
    }
    capture(c, m, p->u.MatchAs.name, subject);
}

/* Registers that were taken stay taken until the case is done: captures and
 * subjects of alternatives may lie among them. */
static void
pattern(struct fe_compiler *c, struct matching *m, const struct fe_node *p,
        int subject)
{
    int mark = c->u->top;

    if (!fe_enter(c))
        return;
    fe_set_pos(c, p);
    switch (p->kind) {
    case FE_MatchValue:
        fe_jump(c, FE_JUMP_IF_EQ, 0, subject, fe_expr(c, p->u.MatchValue.value),
                m->fail);
        break;
    case FE_MatchSingleton: {
        struct fe_constant k = fe_const_ast(c, &p->u.MatchSingleton.value);

        fe_jump(c, FE_JUMP_IF_IS, 0, subject, fe_k(c, &k), m->fail);
        break;
    }
    case FE_MatchSequence:
        pattern_sequence(c, m, p, subject);
        break;
    case FE_MatchMapping:
        pattern_mapping(c, m, p, subject);
        break;
    case FE_MatchClass:
        pattern_class(c, m, p, subject);
        break;
    case FE_MatchStar:
        capture(c, m, p->u.MatchStar.name, subject);
        break;
    case FE_MatchAs:
        pattern_as(c, m, p, subject);
        break;
    default:
        pattern_or(c, m, p, subject);
        break;
    }
    c->u->top = mark;
    fe_leave(c);
}

static void
match_case(struct fe_compiler *c, const struct fe_node *k, int subject,
           bool last, int end)
{
    struct matching m = {0};
    int mark = c->u->top, captures = 0;

    count_captures(k->u.match_case.pattern, &captures);
    m.next_reg = fe_temps(c, captures);
    m.irrefutable_ok = last || k->u.match_case.guard;
    m.fail = fe_label(c);
    pattern(c, &m, k->u.match_case.pattern, subject);
    for (uint32_t i = 0; i < m.stores.len; i++)
        fe_name_store(c, m.stores.items[i].name, m.stores.items[i].reg);
    c->u->top = mark;
    if (k->u.match_case.guard)
        fe_jump_if(c, k->u.match_case.guard, m.fail, false);
    fe_stmts(c, k->u.match_case.body);
    fe_jump(c, FE_JUMP, 0, 0, 0, end);
    fe_place(c, m.fail);
    nac_vec_free(&m.regs);
    nac_vec_free(&m.stores);
}

void
fe_match(struct fe_compiler *c, const struct fe_node *n)
{
    struct fe_list cases = n->u.Match.cases;
    int subject = fe_temp(c), end = fe_label(c);

    fe_expr_to(c, n->u.Match.subject, subject);
    for (uint32_t i = 0; i < cases.len && !c->failed; i++)
        match_case(c, cases.items[i], subject, i + 1 == cases.len, end);
    fe_place(c, end);
}
