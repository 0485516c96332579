/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Texts of the form into expressions, with the form's names.
 *
 * expr_parse() stops at its first mistake.  When that is a name that the form
 * does not have, the name is taken for known and the text parsed again, so
 * that every unknown name of an expression is told; a new mistake at the same
 * place as the last comes from that pretence and ends the search.
 */
#include <string.h>

#include "base/str.h"
#include "load.h"
#include "types.h"

enum { RETRIES_MAX = 20 };

struct parsing {
        struct loader *l;
        const struct site *site;
        struct name_table pretended;
        const char *unknown;      /* the last name that was not found */
        const char *unknown_list;
        bool sequence;            /* the last name found has one answer for each row */
};

static bool find_answer(void *ctx, const char *name, int *ret_ref, enum expr_name_kind *ret_kind)
{
        struct parsing *p = ctx;
        int found = name_table_get(&p->l->names, name);
        p->sequence = false;
        if (found >= 0 && node_has_answer(&p->l->nodes[found])) {
                *ret_ref = found;
                *ret_kind = node_name_kind(p->l->scopes, &p->l->nodes[found], p->site->scope);
                p->sequence = *ret_kind == EXPR_NAME_SEQUENCE;
                return true;
        }
        if ((found < 0 && p->l->lenient) || name_table_get(&p->pretended, name) >= 0) {
                *ret_ref = 0;
                *ret_kind = EXPR_NAME_VALUE;
                return true;
        }
        p->unknown = arena_strdup(p->l->work, name);
        return false;
}

const char *nearest_name(struct loader *l, const char *name)
{
        l->suggestions -= l->names.n;
        if (l->suggestions < 0)
                return NULL;
        return str_nearest(name, name_table_words(&l->names), (size_t)l->names.n);
}

static const char *nearest_answer(void *ctx, const char *name)
{
        return nearest_name(((struct parsing *)ctx)->l, name);
}

static bool find_column(void *ctx, const char *name)
{
        struct parsing *p = ctx;
        int list = p->site->list;
        if (list < 0 || name_table_get(&p->l->built[list]->columns, name) != -1)
                return true;
        return strcmp(name, "name") == 0 || strcmp(name, "label") == 0 || strcmp(name, "hint") == 0;
}

static bool find_list(void *ctx, const char *name)
{
        struct parsing *p = ctx;
        if (lists_find(p->l, name, true, &p->unknown_list) >= 0)
                return true;
        return p->l->lenient;
}

static enum err_code parse(struct parsing *p, const char *text, size_t len, const struct expr **ret,
                           struct err *err)
{
        struct expr_names names = {.ctx = p, .answer = find_answer, .nearest = nearest_answer,
                                   .list = find_list, .current = p->site->current,
                                   .column = p->site->columns ? find_column : NULL};
        p->unknown = p->unknown_list = NULL;
        return expr_parse(text, len, &names, p->l->arena, ret, err);
}

/* Byte of the line and column (in characters, from 1) of an expression's mistake. */
static size_t offset_of(const char *text, int line, int column)
{
        size_t at = 0;
        for (; line > 1 && text[at]; at++)
                line -= text[at] == '\n';
        for (; column > 1 && text[at]; column--)
                do
                        at++;
                while (((unsigned char)text[at] & 0xC0) == 0x80);
        return at;
}

static void report(struct parsing *p, const struct ynode *scalar, const char *text, const struct err *err)
{
        struct loader *l = p->l;
        size_t at = text == scalar->text ? offset_of(text, err->line, err->column) : 0;
        int found = p->unknown ? name_table_get(&l->names, p->unknown) : -1;
        if (found >= 0)
                mistake_in(l->mistakes, scalar, at, l->nodes[found].type == NODE_GROUP
                           ? _("${%s} es un grupo y no tiene respuesta; nombre una de sus preguntas")
                           : _("${%s} es una nota y no tiene respuesta"), p->unknown);
        else if (p->unknown_list)
                mistake_in(l->mistakes, scalar, at, _("%s; ¿quiso decir «%s»?"), err->text, p->unknown_list);
        else
                mistake_in(l->mistakes, scalar, at, "%s", err->text);
}

static const struct expr *parse_with_retries(struct parsing *p, const struct ynode *scalar, const char *text)
{
        const struct expr *expr = NULL;
        int line = 0, column = 0;
        size_t len = text == scalar->text ? scalar->n : strlen(text);
        for (int i = 0; i < RETRIES_MAX; i++) {
                struct err err = {0};
                if (parse(p, text, len, &expr, &err) == ERR_OK)
                        return i ? NULL : expr;
                if (err.line == line && err.column == column)
                        return NULL;
                report(p, scalar, text, &err);
                if (!p->unknown || !name_table_add(&p->pretended, p->unknown, 0, NULL))
                        return NULL;
                line = err.line;
                column = err.column;
        }
        return NULL;
}

void edge_add(struct loader *l, int reader, int read, bool orders)
{
        GROW(l->edges, l->edges_n, l->edges_room);
        l->edges[l->edges_n++] = (struct edge){reader, read, orders};
}

static void note_reads(struct loader *l, const struct site *site, const struct expr *expr)
{
        int n;
        const int *refs = expr_refs(expr, &n);
        if (site->node <= 0)
                return;
        for (int i = 0; i < n; i++)
                edge_add(l, site->node, refs[i], site->orders);
        if (!site->once && (expr_is_volatile(expr) || expr_reads_position(expr)))
                l->is_volatile[site->node] = true;
}

/* "${x}" and nothing else. */
static bool is_lone_answer(const char *text)
{
        text += strspn(text, " \t\n");
        if (strncmp(text, "${", 2) != 0)
                return false;
        const char *end = strchr(text, '}');
        return end && str_blank(end + 1);
}

/* A fragment by itself does not know what its parameters will be. */
static bool is_unknowable(const struct loader *l, const struct ynode *scalar)
{
        return l->lenient && scalar->replaced;
}

const struct expr *expression_read(struct loader *l, const struct site *site)
{
        struct parsing p = {.l = l, .site = site, .pretended = {.arena = l->work}};
        int word = site->boolean ? boolean_word(site->scalar->text) : -1;
        const char *text = word < 0 ? site->scalar->text : word ? "true()" : "false()";
        if (is_unknowable(l, site->scalar))
                return NULL;
        const struct expr *expr = parse_with_retries(&p, site->scalar, text);
        if (expr && p.sequence && is_lone_answer(text)) {
                mistake_in(l->mistakes, site->scalar, strspn(text, " \t\n"),
                           _("%.80s tiene una respuesta por fila y aquí va una sola; "
                             "use sum(), join(), count() o indexed-repeat()"), text);
                return NULL;
        }
        if (expr)
                note_reads(l, site, expr);
        return expr;
}

/* Templates */

/* The name in the "${name}" at `text`; NULL if it is not well written. */
static const char *template_name(struct loader *l, const char *text, size_t *ret_len)
{
        size_t len = name_span(text + 2);
        if (!len || text[2 + len] != '}')
                return NULL;
        *ret_len = len + 3;
        return arena_strndup(l->work, text + 2, len);
}

static const struct expr *template_part(struct loader *l, const struct ynode *scalar, size_t at, size_t len,
                                        int node)
{
        struct ynode part = {.kind = Y_SCALAR};
        part.text = arena_strndup(l->work, scalar->text + at, len);
        part.n = (uint32_t)len;
        struct site site = {.scalar = &part, .node = node, .scope = l->nodes[node].scope, .once = true};
        struct parsing p = {.l = l, .site = &site, .pretended = {.arena = l->work}};
        const struct expr *expr = NULL;
        struct err err = {0};
        if (parse(&p, part.text, len, &expr, &err) != ERR_OK) {
                int found = p.unknown ? name_table_get(&l->names, p.unknown) : -1;
                if (found >= 0)
                        mistake_in(l->mistakes, scalar, at,
                                   _("%s no tiene respuesta: es un grupo o una nota"), part.text);
                else
                        mistake_in(l->mistakes, scalar, at, "%s", err.text);
                return NULL;
        }
        if (p.sequence) {
                mistake_in(l->mistakes, scalar, at,
                           _("%.80s tiene una respuesta por fila y aquí va una sola"), part.text);
                return NULL;
        }
        note_reads(l, &site, expr);
        return expr;
}

static void add_part(struct template_part *parts, int *n, const char *text, const struct expr *expr)
{
        if (expr || (text && *text))
                parts[(*n)++] = (struct template_part){.text = expr ? NULL : text, .expr = expr};
}

static void read_parts(struct loader *l, const struct ynode *scalar, const char *text, int node,
                       struct template *ret)
{
        int marks = 0, n = 0;
        size_t at = 0, len;
        for (const char *p = text; (p = strstr(p, "${")); p += 2)
                marks++;
        struct template_part *parts = ARENA_ARRAY(l->arena, struct template_part, 2 * marks + 1);
        for (const char *p; (p = strstr(text + at, "${"));) {
                size_t start = (size_t)(p - text);
                if (!template_name(l, p, &len)) {
                        mistake_in(l->mistakes, scalar, start,
                                   _("después de «${» se esperaba el nombre de una pregunta y «}»"));
                        len = 2;
                } else {
                        add_part(parts, &n, arena_strndup(l->arena, text + at, start - at), NULL);
                        add_part(parts, &n, NULL, template_part(l, scalar, start, len, node));
                }
                at = start + len;
        }
        add_part(parts, &n, arena_strdup(l->arena, text + at), NULL);
        ret->parts = parts;
        ret->n = n;
}

void template_read(struct loader *l, const struct ynode *scalar, int node, struct template *ret)
{
        const char *text = scalar ? scalar->text : "";
        size_t len = strlen(text);
        while (len && strchr(" \t\r\n", text[len - 1]))
                len--;
        ret->plain = len ? arena_strndup(l->arena, text, len) : "";
        if (strstr(ret->plain, "${") && !is_unknowable(l, scalar))
                read_parts(l, scalar, ret->plain, node, ret);
}

/* Keys that name a node */

int node_named(struct loader *l, const struct ynode *scalar, const char *key)
{
        const char *text = scalar->text;
        size_t len = strlen(text), at = 0;
        if (str_starts(text, "${") && text[len - 1] == '}') {
                at = 2;
                len -= 3;
        }
        const char *name = arena_strndup(l->work, text + at, len);
        int found = name_table_get(&l->names, name);
        if (found >= 0 && node_has_answer(&l->nodes[found]))
                return found;
        if (is_unknowable(l, scalar) || (found < 0 && l->lenient))
                return -1;
        const char *near = found < 0 ? nearest_name(l, name) : NULL;
        if (found >= 0)
                COMPLAIN(l, scalar, _("«%s» nombra «%.70s», que no tiene respuesta"), key, name);
        else if (near)
                COMPLAIN(l, scalar, _("«%s» nombra «%.70s», que no existe; ¿quiso decir «%s»?"), key, name,
                         near);
        else
                COMPLAIN(l, scalar, _("«%s» nombra «%.70s», que no existe"), key, name);
        return -1;
}
