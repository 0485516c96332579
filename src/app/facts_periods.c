/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The periods of the Balance that are neither quarters nor years: the teaching
 * blocks of the calendar, and those that a UGEL writes down in the form
 * `periodo`, which go first when both have the same code.
 */
#include "app_priv.h"

#include <stdlib.h>
#include <string.h>

#include "store/facts.h"

struct periods_reading { struct arena *arena; struct fact_block *blocks; int n, room; };

static void keep(struct periods_reading *reading, const char *code, const char *from, const char *to)
{
        struct fact_block block = {.code = code};
        if (!from || !to || !date_parse(from, &block.first) || !date_parse(to, &block.last) || block.first > block.last)
                return;
        for (int i = 0; i < reading->n; i++)
                if (strcmp(reading->blocks[i].code, code) == 0)
                        return;
        if (reading->n == reading->room) {
                reading->room = reading->room ? 2 * reading->room : 32;
                reading->blocks = xrealloc(reading->blocks, (size_t)reading->room * sizeof *reading->blocks);
        }
        block.code = arena_strdup(reading->arena, code);
        reading->blocks[reading->n++] = block;
}

/* A year's own code is that of the calendar. */
static enum err_code keep_record(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        (void)record;
        (void)err;
        if (strlen(answers[0]) > 4)
                keep(ctx, answers[0], answers[1], answers[2]);
        return ERR_OK;
}

/* From the first form that carries the list of the calendar. */
static void keep_calendar(struct app *app, struct periods_reading *reading)
{
        static const char *const carriers[] = {"plan_visitas", "simae_docente", "simae_directivo"};
        const struct choice_list *list = NULL;
        const struct form *form;
        for (size_t i = 0; i < ARRAY_LEN(carriers) && !list; i++)
                if (app_form(app, carriers[i], &form, NULL) == ERR_OK)
                        list = form_find_list(form, "calendario");
        for (int i = 0; list && i < list->n; i++) {
                const struct choice *choice = &list->choices[i];
                const char *type = choice_column(choice, "tipo");
                if (type && strcmp(type, "lectivo") == 0)
                        keep(reading, choice->name, choice_column(choice, "inicio"), choice_column(choice, "fin"));
        }
}

static int by_code(const void *a, const void *b)
{
        return strcmp(((const struct fact_block *)a)->code, ((const struct fact_block *)b)->code);
}

enum err_code periods_read(struct app *app, struct arena *arena, struct fact_block **ret, int *ret_n, struct err *err)
{
        static const char *const names[] = {"clave", "inicio", "fin"};
        struct store_query query = {.form = "periodo", .entities = true};
        struct periods_reading reading = {.arena = arena};
        enum err_code rc = store_walk(app->store, &query, names, 3, keep_record, &reading, err);
        if (rc == ERR_OK)
                keep_calendar(app, &reading);
        if (reading.n > 1) /* the same ones give the same stamp, in whatever order they came */
                qsort(reading.blocks, (size_t)reading.n, sizeof *reading.blocks, by_code);
        *ret = ARENA_ARRAY(arena, struct fact_block, reading.n);
        *ret_n = reading.n;
        if (reading.n > 0)
                memcpy(*ret, reading.blocks, (size_t)reading.n * sizeof **ret);
        free(reading.blocks);
        return rc;
}

enum err_code periods_changed(struct app *app, const struct form *form, struct err *err)
{
        return strcmp(form->id, "periodo") == 0 ? store_meta_set(app->store, "facts_stale", "1", err) : ERR_OK;
}
