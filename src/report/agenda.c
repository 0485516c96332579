/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What comes, from the store.  Planned, committed and due things come through
 * the index of open records.  Sessions and suggestions stand in the last one of
 * each community or person, looked for among the visits of some months only.
 */
#include "agenda.h"

#include <stdlib.h>
#include <string.h>

#include "planned.h"

enum { MONTHS_BACK_DAYS = 200 };

static const char *kept(struct agenda *agenda, const char *text)
{
        return *text ? arena_strdup(&agenda->board->arena, text) : "";
}

/* The item of a day within the agenda, or NULL. */
static struct agenda_item *add_item(struct agenda *agenda, const struct store_record *record,
                                    enum agenda_kind kind, const char *day)
{
        int64_t days;
        if (strcmp(day, agenda->from) < 0 || strcmp(day, agenda->to) > 0 || !date_parse(day, &days))
                return NULL;
        if (agenda->n == agenda->room) {
                agenda->room = agenda->room ? 2 * agenda->room : 64;
                agenda->items = xrealloc(agenda->items, (size_t)agenda->room * sizeof *agenda->items);
        }
        struct agenda_item *item = &agenda->items[agenda->n++];
        *item = (struct agenda_item){.day = days,
                                     .kind = kind,
                                     .record = record->id,
                                     .detail = "",
                                     .who = "",
                                     .route = "",
                                     .school =
                                             board_school(agenda->board, kept(agenda, record->school_title))};
        return item;
}

static bool is_new(struct id_map *map, const char *text)
{
        struct id id;
        if (!id_parse(text, &id))
                return false;
        int *known = id_map_at(map, &id);
        return *known ? false : (*known = 1, true);
}

/* ---- Planned visits ---- */

static enum err_code add_planned(void *ctx, const struct store_record *record, const char *const *answers,
                                 struct err *err)
{
        struct agenda *agenda = ctx;
        (void)err;
        if (!board_is_theirs(agenda->board, record, answers[PLAN_MONITOR]))
                return ERR_OK;
        is_new(&agenda->planned, answers[PLAN_PERSON]);
        if (plan_tone(agenda->board, record, answers) == TONE_OVERDUE)
                agenda->overdue++;
        struct agenda_item *item = add_item(agenda, record, VISIT, answers[PLAN_DATE]);
        if (!item)
                return ERR_OK;
        item->open_plan = true;
        item->route = kept(agenda, answers[PLAN_ROUTE]);
        item->detail = plan_words(agenda->board, answers, true);
        item->who = board_title(agenda->board, answers[PLAN_MONITOR]);
        return ERR_OK;
}

static enum err_code read_planned(struct agenda *agenda, struct err *err)
{
        struct store_query query = {.form = "plan_visitas", .open_only = true, .order = ORDER_DUE};
        return board_walk(agenda->board, query, plan_names, PLAN_NAMES, add_planned, agenda, err);
}

/* ---- What is due ---- */

static enum err_code add_due(void *ctx, const struct store_record *record, const char *const *answers,
                             struct err *err)
{
        struct agenda *agenda = ctx;
        (void)err;
        if (!board_is_theirs(agenda->board, record, answers[0]))
                return ERR_OK;
        struct agenda_item *item = add_item(agenda, record, agenda->kind, record->due);
        if (!item)
                return ERR_OK;
        item->detail = agenda->kind == ALERT
                               ? board_choice(agenda->board, "alerta", "rama", kept(agenda, answers[1]))
                               : kept(agenda, answers[1]);
        item->who = board_title(agenda->board, answers[0]);
        return ERR_OK;
}

static enum err_code read_due(struct agenda *agenda, enum agenda_kind kind, struct err *err)
{
        static const char *const commitment[] = {"responsable", "texto"}, *const alert[] = {"responsable",
                                                                                            "rama"};
        struct store_query query = {.form = kind == ALERT ? "alerta" : "compromiso",
                                    .open_only = true,
                                    .order = ORDER_DUE,
                                    .due_from = agenda->from,
                                    .due_to = agenda->to};
        agenda->kind = kind;
        return board_walk(agenda->board, query, kind == ALERT ? alert : commitment, 2, add_due, agenda, err);
}

/* The subject of a commitment is who must do it, so that none of its answers is read; an alert has to be
 * asked. */
static enum err_code count_overdue(void *ctx, const struct store_record *record, const char *const *answers,
                                   struct err *err)
{
        struct agenda *agenda = ctx;
        (void)err;
        agenda->overdue +=
                board_is_theirs(agenda->board, record, agenda->kind == ALERT ? answers[0] : record->subject);
        return ERR_OK;
}

static enum err_code read_overdue(struct agenda *agenda, enum agenda_kind kind, struct err *err)
{
        static const char *const names[] = {"responsable"};
        char yesterday[DATE_TEXT];
        struct store_query query = {.form = kind == ALERT ? "alerta" : "compromiso",
                                    .open_only = true,
                                    .order = ORDER_DUE,
                                    .due_from = "0",
                                    .due_to = date_format(agenda->board->host->today - 1, yesterday)};
        agenda->kind = kind;
        return board_walk(agenda->board, query, names, kind == ALERT, count_overdue, agenda, err);
}

/* ---- What the last visit or session left for next time ---- */

static enum err_code add_next(void *ctx, const struct store_record *record, const char *const *answers,
                              struct err *err)
{
        struct agenda *agenda = ctx;
        struct id subject;
        (void)err;
        if (!is_new(&agenda->seen, record->subject) || !board_is_theirs(agenda->board, record, answers[1]))
                return ERR_OK;
        if (agenda->kind == SUGGESTED && id_parse(record->subject, &subject) &&
            id_map_get(&agenda->planned, &subject))
                return ERR_OK;
        struct agenda_item *item = add_item(agenda, record, agenda->kind, answers[0]);
        if (!item)
                return ERR_OK;
        const char *subject_title = board_title(agenda->board, kept(agenda, record->subject));
        item->detail = agenda->kind == SESSION
                               ? subject_title
                               : arena_printf(&agenda->board->arena, _("%s · sin programar"), subject_title);
        item->who = board_title(agenda->board, answers[1]);
        return ERR_OK;
}

static enum err_code read_next(struct agenda *agenda, enum agenda_kind kind, const char *form,
                               struct err *err)
{
        static const char *const visit[] = {"proxima_visita", "monitor"}, *const session[] = {"proxima_fecha",
                                                                                              "dirige"};
        char from[DATE_TEXT];
        struct store_query query = {.form = form,
                                    .order = ORDER_DATE_DESC,
                                    .date_from =
                                            date_format(agenda->board->host->today - MONTHS_BACK_DAYS, from)};
        agenda->kind = kind;
        id_map_release(&agenda->seen);
        return board_walk(agenda->board, query, kind == SESSION ? session : visit, 2, add_next, agenda, err);
}

/* ---- All ---- */

enum err_code agenda_read(struct agenda *agenda, struct err *err)
{
        enum err_code rc = read_planned(agenda, err);
        if (rc == ERR_OK)
                rc = read_due(agenda, COMMITMENT, err);
        if (rc == ERR_OK)
                rc = read_due(agenda, ALERT, err);
        if (rc == ERR_OK)
                rc = read_overdue(agenda, COMMITMENT, err);
        if (rc == ERR_OK)
                rc = read_overdue(agenda, ALERT, err);
        if (rc == ERR_OK)
                rc = read_next(agenda, SESSION, "cap_sesion", err);
        for (int i = 0; rc == ERR_OK && i < visit_forms_n; i++)
                rc = read_next(agenda, SUGGESTED, visit_forms[i], err);
        return rc;
}

void agenda_release(struct agenda *agenda)
{
        id_map_release(&agenda->planned);
        id_map_release(&agenda->seen);
        free(agenda->items);
}
