/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sources of indicators over one version of a form (contract in
 * form/indicators.h): texts into expressions, with the form's names and the
 * parameters of the file.
 */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "indicators_priv.h"

struct binder {
        const struct indicators_private *indicators;
        struct indicator_binding *ret;
        struct mistakes *mistakes;
        struct arena work;
        int scope;               /* where the expressions of a source stand */
        bool sequence;           /* the last name found has one answer for each row */
        int room;
};

static bool find_answer(void *ctx, const char *name, int *ret_ref, enum expr_name_kind *ret_kind)
{
        struct binder *b = ctx;
        const struct form *form = b->ret->form;
        int found = form_find(form, name);
        if (found <= 0 || !node_has_answer(&form->nodes[found]))
                return false;
        *ret_ref = found;
        *ret_kind = node_name_kind(form->scopes, &form->nodes[found], b->scope);
        b->sequence = *ret_kind == EXPR_NAME_SEQUENCE;
        return true;
}

static const char *nearest_answer(void *ctx, const char *name)
{
        struct binder *b = ctx;
        const struct form *form = b->ret->form;
        const char **words = ARENA_ARRAY(&b->work, const char *, form->nodes_n);
        size_t n = 0;
        for (int i = 1; i < form->nodes_n; i++)
                if (node_has_answer(&form->nodes[i]))
                        words[n++] = form->nodes[i].name;
        return str_nearest(name, words, n);
}

static bool find_parameter(void *ctx, const char *name)
{
        return name_table_get(&((struct binder *)ctx)->indicators->parameters, name) >= 0;
}

static bool find_list(void *ctx, const char *name)
{
        return form_find_list(((struct binder *)ctx)->ret->form, name) != NULL;
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

/* "${x}" and nothing else. */
static bool is_lone_answer(const char *text)
{
        const char *end = strchr(text, '}');
        return str_starts(text, "${") && end && str_blank(end + 1);
}

/* What an expression may not read, for a record to contribute the same whenever it is computed. */
static bool is_pure(const struct expr *expr)
{
        return !expr_is_volatile(expr) && !expr_reads_records(expr);
}

static const struct expr *bind_part(struct binder *b, const struct indicator_source *source, enum source_part part)
{
        const struct expr_names names = {.ctx = b, .answer = find_answer, .nearest = nearest_answer,
                                         .column = find_parameter, .list = find_list};
        const struct ynode *place = source->places[part];
        const char *text = source->texts[part];
        const struct expr *expr;
        struct err err = {0};
        b->sequence = false;
        if (expr_parse(text, strlen(text), &names, &b->ret->arena, &expr, &err) != ERR_OK)
                mistake_in(b->mistakes, place, offset_of(text, err.line, err.column), "%s", err.text);
        else if (b->sequence && is_lone_answer(text) && part != PART_BY)
                mistake_in(b->mistakes, place, 0, _("%.80s tiene una respuesta por fila y aquí va una sola; use sum(), "
                                                    "join(), count() o each"), text);
        else if (!is_pure(expr))
                mistake_in(b->mistakes, place, 0,
                           _("un indicador sale solo de las respuestas del registro, para que recalcularlo otro día dé lo "
                             "mismo: no puede usar today(), now(), random(), previous(), attribute() ni count-records()"));
        else
                return expr;
        return NULL;
}

static bool bind_each(struct binder *b, const struct indicator_source *source, struct indicator_rule *rule)
{
        const struct form *form = b->ret->form;
        rule->each = -1;
        b->scope = 0;
        if (!source->each)
                return true;
        int found = form_find(form, source->each);
        bool good = found > 0 && form->nodes[found].type == NODE_REPEAT && form->nodes[found].scope == 0;
        if (good) {
                rule->each = found;
                b->scope = form->nodes[found].opens_scope;
        } else {
                const char *near = found < 0 ? nearest_answer(b, source->each) : NULL;
                mistake_at(b->mistakes, source->each_at, near ? _("each nombra «%.60s», que %s no tiene; ¿quiso decir «%s»?")
                                                              : _("each nombra «%.60s», que no es un grupo repetido de %s"),
                           source->each, form->id, near);
        }
        return good;
}

static void bind_source(struct binder *b, const struct indicator_source *source, int indicator, int index)
{
        struct indicator_rule rule = {.indicator = indicator, .source = index};
        int before = b->mistakes->all;
        if (!bind_each(b, source, &rule))
                return;
        for (int i = 0; i < SOURCE_PARTS; i++)
                if (source->texts[i])
                        rule.exprs[i] = bind_part(b, source, (enum source_part)i);
        if (b->mistakes->all != before)
                return;
        if (b->ret->n == b->room) {
                b->room = b->room ? 2 * b->room : 16;
                b->ret->rules = xrealloc(b->ret->rules, (size_t)b->room * sizeof *b->ret->rules);
        }
        b->ret->rules[b->ret->n++] = rule;
}

void indicators_bind_told(const struct indicators *indicators, const struct form *form, struct indicator_binding *ret,
                          struct mistakes *mistakes)
{
        struct binder b = {.indicators = (const struct indicators_private *)indicators, .ret = ret, .mistakes = mistakes};
        *ret = (struct indicator_binding){.indicators = indicators, .form = form};
        for (int i = 0; i < indicators->n; i++)
                for (int k = 0; k < indicators->items[i].sources_n; k++)
                        if (strcmp(indicators->items[i].sources[k].form, form->id) == 0)
                                bind_source(&b, &indicators->items[i].sources[k], i, k);
        arena_release(&b.work);
}

void indicators_bind(const struct indicators *indicators, const struct form *form, struct indicator_binding *ret,
                     struct err_list *list)
{
        struct mistakes mistakes = {0};
        indicators_bind_told(indicators, form, ret, &mistakes);
        if (list)
                mistakes_tell(&mistakes, list);
        mistakes_release(&mistakes);
}

void indicator_binding_release(struct indicator_binding *binding)
{
        free(binding->rules);
        arena_release(&binding->arena);
        *binding = (struct indicator_binding){0};
}
