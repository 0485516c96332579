/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a record contributes to the indicators, into the store: whoever sets the
 * view of a record calls facts_put() in the same transaction.
 *
 * Of a reserved record, and for a reserved indicator, only numbers, day and
 * UGEL are kept: no dimension, no part of a breakdown.  A person who was joined
 * with another counts as that one.
 */
#include "app_priv.h"

#include <stdlib.h>
#include <string.h>

#include "fill/contributions.h"
#include "store/facts.h"

/* The sources of one loaded form, bound at their first use. */
struct bound_form {
        struct indicator_binding binding;
        struct bound_form *next;
};

void facts_release(struct app *app)
{
        while (app->bound) {
                struct bound_form *next = app->bound->next;
                indicator_binding_release(&app->bound->binding);
                free(app->bound);
                app->bound = next;
        }
        indicators_free(app->indicators);
        app->indicators = NULL;
}

static const struct indicator_binding *binding_of(struct app *app, const struct form *form)
{
        for (struct bound_form *b = app->bound; b; b = b->next)
                if (b->binding.form == form)
                        return &b->binding;
        struct bound_form *bound = xcalloc(1, sizeof *bound);
        indicators_bind(app_indicators(app), form, &bound->binding, NULL);
        bound->next = app->bound;
        app->bound = bound;
        return &bound->binding;
}

/* Ids of persons who were joined become those of whom they were joined with, also within a longer key. */
static const char *who_counts(struct app *app, const char *who, struct arena *arena)
{
        struct str out = STR_INIT;
        struct id id;
        char *rest = arena_strdup(arena, who), *word;
        while ((word = strsep(&rest, " ")))
                str_addf(&out, "%s%s", out.len ? " " : "", id_parse(word, &id) ? app_joined(app, word, arena) : word);
        const char *kept = arena_strdup(arena, out.text);
        str_release(&out);
        return kept;
}

/* How the store counts what several records say together. */
static unsigned rule_of(const struct indicator *indicator)
{
        switch (indicator->computed) {
        case COMPUTED_TWO_VISITS: return FACT_TWICE;
        case COMPUTED_FAR_ROUTE: return FACT_BOTH;
        case COMPUTED_AS_PLANNED: return FACT_AFTER;
        default: return 0;
        }
}

/* Without the parts of the breakdown, which would tell too much. */
static bool is_whole(const struct indicator *indicator, bool reserved)
{
        return reserved || indicator->reserved;
}

/* `before`: of the fact before it, or NULL: mostly the same is counted. */
static struct fact fact_of(struct app *app, const struct contribution *c, bool reserved, const struct contribution *before,
                           const char *who_before, struct arena *arena)
{
        const struct indicator *indicator = &app->indicators->items[c->indicator];
        struct fact fact = {.indicator = indicator->key, .day = c->day == CONTRIBUTION_NO_DAY ? 0 : c->day,
                            .num = fact_number(c->num), .den = fact_number(c->den),
                            .partial = fact_number(c->partial)};
        fact.who = before && strcmp(before->who, c->who) == 0 ? who_before : who_counts(app, c->who, arena);
        fact.by = is_whole(indicator, reserved) ? "" : c->by;
        fact.flags = (c->side == SIDE_NUM ? FACT_NUM : FACT_COUNTS) | (c->side == SIDE_DEN ? FACT_DEN : 0u) |
                     (c->last ? FACT_LAST : 0u) | (indicator->sources[c->source].stock ? FACT_STOCK : 0u) |
                     (indicator->reserved ? FACT_UGEL_ONLY : 0u) | rule_of(indicator);
        return fact;
}

/* The first of those questions that was answered, outside repeats. */
static const char *answer_of(const json_t *answers, const char *questions, struct arena *arena)
{
        char *rest = arena_strdup(arena, questions), *name;
        while ((name = strsep(&rest, " "))) {
                const char *text = json_string_value(json_object_get(answers, name));
                if (text && *text)
                        return arena_strdup(arena, text);
        }
        return "";
}

static struct fact_place place_of(const struct form *form, const json_t *answers, const struct store_record *view,
                                  struct arena *arena)
{
        static const char *const questions[DIMENSIONS] = {
                "",
#define DIMENSION(symbol, name, heading, questions) questions,
#include "store/dimensions.def"
#undef DIMENSION
        };
        struct fact_place place = {.values = {form->ugel >= 0 ? answer_of(answers, form->nodes[form->ugel].name, arena) : ""}};
        for (int i = DIMENSION_NONE + 1; i < DIMENSIONS; i++)
                place.values[i] = view->sensitive ? "" : answer_of(answers, questions[i], arena);
        return place;
}

enum err_code facts_put_new(struct app *app, const struct form *form, const json_t *answers, const struct store_record *view,
                            const struct fact_origin *origin, struct err *err)
{
        struct arena arena = {0};
        const struct contribution *all = NULL;
        char record[ID_TEXT];
        int n = 0;
        enum err_code rc = ERR_OK;
        app_indicators(app);
        if (view->state != RECORD_ANULADO)
                n = contributions(binding_of(app, form), answers, id_format(&view->id, record), &arena, &all);
        struct fact_place place = place_of(form, answers, view, &arena);
        struct fact *facts = ARENA_ARRAY(&arena, struct fact, n + FACTS_MORE);
        const struct contribution *before = NULL;
        int facts_n = 0;
        for (int i = 0; i < n; i++) {
                const struct indicator *indicator = &app->indicators->items[all[i].indicator];
                if (all[i].again && is_whole(indicator, view->sensitive))
                        continue;
                facts[facts_n] = fact_of(app, &all[i], view->sensitive, before, before ? facts[facts_n - 1].who : NULL, &arena);
                facts_n++;
                before = &all[i];
                if (indicator->computed == COMPUTED_REGISTERED)
                        facts[facts_n - 1].num = registered_in_time(app, form, answers, &view->id, origin && origin->only ? origin->date : NULL) ? FACT_UNIT : 0;
        }
        if (view->state != RECORD_ANULADO)
                facts_n += facts_more(app, form, answers, &arena, &facts[facts_n]);
        if (!origin)
                rc = store_facts_set(app->store, &view->id, &place, facts, facts_n, err);
        else if (facts_n > 0)
                rc = store_facts_gather(app->store, origin, &place, facts, facts_n, err);
        if (rc == ERR_OK)
                rc = periods_changed(app, form, err);
        arena_release(&arena);
        return rc;
}

enum err_code facts_put(struct app *app, const struct form *form, const json_t *answers, const struct store_record *view,
                        struct err *err)
{
        return facts_put_new(app, form, answers, view, NULL, err);
}
