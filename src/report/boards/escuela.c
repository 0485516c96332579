/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Everything about one school, what comes first: planned and suggested visits,
 * open commitments, how many alerts, and what was done there, newest first.
 */
#include "../planned.h"

#include <stdio.h>
#include <string.h>

#include "../id_map.h"

enum { COL_PART, COL_DATE, COL_WHAT, COL_DETAIL, COL_WHO, COL_STATE };

static const struct board_heading headings[] = {
        [COL_PART] = {"parte", _("Parte"), CELL_TEXT, 1, 11, true},
        [COL_DATE] = {"fecha", _("Fecha"), CELL_DATE, 1, 10, false},
        [COL_WHAT] = {"que", _("Qué"), CELL_TEXT, 2, 18, false},
        [COL_DETAIL] = {"detalle", _("Detalle"), CELL_TEXT, 1, 0, false},
        [COL_WHO] = {"persona", _("Persona"), CELL_TEXT, 3, 20, false},
        [COL_STATE] = {"situacion", _("Situación"), CELL_TEXT, 2, 14, false},
};

struct about_school {
        struct board *board;
        const char *id;
        struct due_tally commitments;
        struct id_map planned; /* people with a planned visit */
        struct id_map seen;    /* people and communities whose last record was met */
        int done_this_year;
};

static void begin_row(struct board *board, enum board_tone tone, const char *part,
                      const struct store_record *record, const char *date)
{
        board_add(board, tone);
        board_opens(board, &record->id);
        board_put(board, COL_PART, part);
        board_put(board, COL_DATE, date);
}

static bool is_told_apart(const char *form)
{
        return strcmp(form, "compromiso") == 0 || strcmp(form, "alerta") == 0 ||
               strcmp(form, "plan_visitas") == 0;
}

/* True the first time. */
static bool meet(struct id_map *map, const char *text)
{
        struct id id;
        if (!id_parse(text, &id))
                return false;
        int *known = id_map_at(map, &id);
        bool first = *known == 0;
        *known = 1;
        return first;
}

static enum err_code add_planned(void *ctx, const struct store_record *record, const char *const *answers,
                                 struct err *err)
{
        struct about_school *all = ctx;
        struct board *board = all->board;
        (void)err;
        meet(&all->planned, record->subject);
        begin_row(board, plan_tone(board, record, answers), _("Viene"), record, answers[PLAN_DATE]);
        board->rows[board->table.rows_n - 1].planned = record->id;
        board_put(board, COL_WHAT, _("Visita"));
        board_put(board, COL_DETAIL, plan_words(board, answers, true));
        board_put(board, COL_WHO, board_title(board, answers[PLAN_MONITOR]));
        board_put(board, COL_STATE, board_when(board, answers[PLAN_DATE], ""));
        return ERR_OK;
}

/* What the last visit to each person, and session of each community, left for next time; newest first. */
static enum err_code add_next(void *ctx, const struct store_record *record, const char *const *answers,
                              struct err *err)
{
        struct about_school *all = ctx;
        struct board *board = all->board;
        const char *next = *answers[0] ? answers[0] : answers[1];
        struct id subject;
        int64_t days;
        (void)err;
        if (is_told_apart(record->form) || !meet(&all->seen, record->subject) ||
            !board_days_to(board, next, &days) || days < 0)
                return ERR_OK;
        if (*answers[0] && id_parse(record->subject, &subject) && id_map_get(&all->planned, &subject))
                return ERR_OK;
        begin_row(board, days == 0 ? TONE_NOW : TONE_NORMAL, _("Viene"), record, next);
        board_put(board, COL_WHAT, *answers[0] ? _("Visita sugerida") : _("Sesión de CAP"));
        board_put(board, COL_DETAIL, board_title(board, record->subject));
        board_put(board, COL_STATE, board_when(board, next, ""));
        return ERR_OK;
}

/* What comes, by its day; the rest stays as it was read. */
static int compare(const struct board *board, int a, int b)
{
        bool coming = strcmp(table_cell(&board->table, a, COL_PART), _("Viene")) == 0 &&
                      strcmp(table_cell(&board->table, b, COL_PART), _("Viene")) == 0;
        return coming ? strcmp(table_cell(&board->table, a, COL_DATE), table_cell(&board->table, b, COL_DATE))
                      : 0;
}

static enum err_code add_commitment(void *ctx, const struct store_record *record, const char *const *answers,
                                    struct err *err)
{
        struct about_school *all = ctx;
        struct board *board = all->board;
        enum board_tone tone = board_due_tone(board, record->due, SOON_DAYS);
        (void)err;
        due_tally_add(&all->commitments, tone);
        begin_row(board, tone, _("Compromisos"), record, record->due);
        board_put(board, COL_WHAT, board_choice(board, "compromiso", "estado", answers[2]));
        board_put(board, COL_DETAIL, answers[1]);
        board_put(board, COL_WHO, board_title(board, answers[0]));
        board_put(board, COL_STATE, board_when(board, record->due, ""));
        return ERR_OK;
}

static enum err_code add_done(void *ctx, const struct store_record *record, const char *const *answers,
                              struct err *err)
{
        struct about_school *all = ctx;
        struct board *board = all->board;
        (void)err;
        (void)answers;
        if (is_told_apart(record->form))
                return ERR_OK;
        char year[8];
        snprintf(year, sizeof year, "%04d-", date_to_civil(board->host->today).year);
        all->done_this_year += record->done && str_starts(record->date, year);
        begin_row(board, TONE_NORMAL, _("Hecho"), record, record->date);
        board_put(board, COL_WHAT, board_form_title(board, record->form));
        board_put(board, COL_DETAIL,
                  strcmp(record->subject, all->id) == 0 ? record->title
                                                        : board_title(board, record->subject));
        board_put(board, COL_WHO, board_title(board, record->author));
        board_put(board, COL_STATE, record->done ? "" : _("no se pudo"));
        return ERR_OK;
}

static enum err_code add_alerts(struct about_school *all, int64_t *ret_open, struct err *err)
{
        struct board *board = all->board;
        struct store_query query = {.form = "alerta", .school = all->id, .open_only = true};
        int64_t reserved = 0, shown = 0;
        enum err_code rc = board_count_reserved(board, query, &reserved, err);
        if (rc == ERR_OK)
                rc = store_record_count(board->host->store, &query, &shown, err);
        if (rc != ERR_OK || reserved + shown == 0)
                return rc;
        board_add(board, TONE_SOON);
        board_goes_to(board, "alertas", all->id);
        board_put(board, COL_PART, _("Alertas"));
        board_putf(board, COL_DETAIL,
                   reserved ? _("%lld abiertas; %lld de ellas reservadas") : _("%lld abiertas"),
                   (long long)(reserved + shown), (long long)reserved);
        *ret_open = reserved + shown;
        return ERR_OK;
}

static enum err_code read_all(struct about_school *all, int64_t *ret_alerts, struct err *err)
{
        static const char *const next[] = {"proxima_visita", "proxima_fecha"}, *const commitment[] = {
                                                                                       "responsable", "texto",
                                                                                       "estado"};
        struct board *board = all->board;
        char from[DATE_TEXT];
        struct store_query planned = {
                .form = "plan_visitas", .school = all->id, .open_only = true, .order = ORDER_DUE};
        struct store_query lately = {.school = all->id,
                                     .order = ORDER_DATE_DESC,
                                     .date_from = date_format(board->host->today - 200, from)};
        struct store_query open = {
                .form = "compromiso", .school = all->id, .open_only = true, .order = ORDER_DUE};
        struct store_query done = {.school = all->id, .order = ORDER_DATE_DESC};
        enum err_code rc = board_walk(board, planned, plan_names, PLAN_NAMES, add_planned, all, err);
        if (rc == ERR_OK)
                rc = board_walk(board, lately, next, 2, add_next, all, err);
        if (rc == ERR_OK)
                rc = board_walk(board, open, commitment, 3, add_commitment, all, err);
        if (rc == ERR_OK)
                rc = add_alerts(all, ret_alerts, err);
        if (rc == ERR_OK)
                rc = board_walk(board, done, NULL, 0, add_done, all, err);
        return rc;
}

enum err_code board_escuela(struct board *board, struct err *err)
{
        struct about_school all = {.board = board, .id = board->options.argument};
        int64_t alerts = 0;
        board_set_columns(board, headings, (int)ARRAY_LEN(headings));
        enum err_code rc = read_all(&all, &alerts, err);
        board_sort(board, compare);
        id_map_release(&all.planned);
        id_map_release(&all.seen);
        board->empty = _("Todavía no hay nada de esta escuela.");
        struct arena *arena = &board->arena;
        board_summary(board, _("%s este año; %s, %s; %s."), arena_count(arena, all.done_this_year, _("hecha"), _("hechas")),
                      arena_count(arena, all.commitments.all, _("compromiso abierto"), _("compromisos abiertos")),
                      arena_count(arena, all.commitments.overdue, _("vencido"), _("vencidos")),
                      arena_count(arena, alerts, _("alerta abierta"), _("alertas abiertas")));
        return rc;
}
