/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What comes, day by day and week by week from today: planned visits (together
 * by route), commitments and alerts that are due, sessions that communities
 * agreed, and next visits suggested that nobody planned yet.
 *
 * Planned, committed and due things come through the index of open records.
 * Sessions and suggestions stand in the last one of each community or person,
 * looked for among the visits of some months only.
 */
#include "../planned.h"

#include <stdlib.h>
#include <string.h>

#include "../id_map.h"

enum { COL_WEEK, COL_DAY, COL_WHAT, COL_SCHOOL, COL_DETAIL, COL_WHO, COL_ROUTE, COL_DATE };
enum { WEEK = 7, WEEKS = 4, MONTHS_BACK_DAYS = 200 };

static const struct board_heading headings[] = {
        [COL_WEEK] = {"semana", _("Semana"), CELL_TEXT, 4, 24, true},
        [COL_DAY] = {"dia", _("Día"), CELL_TEXT, 1, 12, true},
        [COL_WHAT] = {"que", _("Qué"), CELL_TEXT, 1, 10, false},
        [COL_SCHOOL] = {"escuela", _("Escuela"), CELL_TEXT, 2, 20, false},
        [COL_DETAIL] = {"detalle", _("Detalle"), CELL_TEXT, 1, 0, false},
        [COL_WHO] = {"persona", _("A cargo de"), CELL_TEXT, 3, 20, false},
        [COL_ROUTE] = {"ruta", _("Ruta"), CELL_TEXT, 0, 14, false},
        [COL_DATE] = {"fecha", _("Fecha"), CELL_DATE, 0, 10, false},
};

enum kind { NOTICE, VISIT, SUGGESTED, SESSION, ALERT, COMMITMENT };
static const char *const kind_words[] = {[NOTICE] = _("Aviso"), [VISIT] = _("Visita"), [SUGGESTED] = _("Sugerida"),
                                         [SESSION] = _("Sesión CAP"), [ALERT] = _("Alerta"), [COMMITMENT] = _("Compromiso")};

struct item {
        int64_t day;
        enum kind kind;
        struct id record;
        bool open_plan;
        const char *school, *detail, *who, *route;
};

struct agenda {
        struct board *board;
        char from[DATE_TEXT], to[DATE_TEXT];
        int64_t last;          /* the day of `to` */
        struct item *items;
        int n, room;
        struct id_map planned; /* people with a planned visit */
        struct id_map seen;    /* people and communities whose last record was met */
        enum kind kind;        /* of the walk under way */
        int overdue;           /* left from before today */
};

static const char *kept(struct agenda *agenda, const char *text)
{
        return *text ? arena_strdup(&agenda->board->arena, text) : "";
}

/* The item of a day within the agenda, or NULL. */
static struct item *add_item(struct agenda *agenda, const struct store_record *record, enum kind kind, const char *day)
{
        int64_t days;
        if (strcmp(day, agenda->from) < 0 || strcmp(day, agenda->to) > 0 || !date_parse(day, &days))
                return NULL;
        if (agenda->n == agenda->room) {
                agenda->room = agenda->room ? 2 * agenda->room : 64;
                agenda->items = xrealloc(agenda->items, (size_t)agenda->room * sizeof *agenda->items);
        }
        struct item *item = &agenda->items[agenda->n++];
        *item = (struct item){.day = days, .kind = kind, .record = record->id, .detail = "", .who = "", .route = "",
                              .school = board_school(agenda->board, kept(agenda, record->school_title))};
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

static enum err_code add_planned(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        struct agenda *agenda = ctx;
        (void)err;
        if (!board_is_theirs(agenda->board, record, answers[PLAN_MONITOR]))
                return ERR_OK;
        is_new(&agenda->planned, answers[PLAN_PERSON]);
        if (plan_tone(agenda->board, record, answers) == TONE_OVERDUE)
                agenda->overdue++;
        struct item *item = add_item(agenda, record, VISIT, answers[PLAN_DATE]);
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

static enum err_code add_due(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        struct agenda *agenda = ctx;
        (void)err;
        if (!board_is_theirs(agenda->board, record, answers[0]))
                return ERR_OK;
        struct item *item = add_item(agenda, record, agenda->kind, record->due);
        if (!item)
                return ERR_OK;
        item->detail = agenda->kind == ALERT ? board_choice(agenda->board, "alerta", "rama", kept(agenda, answers[1])) : kept(agenda, answers[1]);
        item->who = board_title(agenda->board, answers[0]);
        return ERR_OK;
}

static enum err_code read_due(struct agenda *agenda, enum kind kind, struct err *err)
{
        static const char *const commitment[] = {"responsable", "texto"}, *const alert[] = {"responsable", "rama"};
        struct store_query query = {.form = kind == ALERT ? "alerta" : "compromiso", .open_only = true, .order = ORDER_DUE,
                                    .due_from = agenda->from, .due_to = agenda->to};
        agenda->kind = kind;
        return board_walk(agenda->board, query, kind == ALERT ? alert : commitment, 2, add_due, agenda, err);
}

/* The subject of a commitment is who must do it, so that none of its answers is read; an alert has to be asked. */
static enum err_code count_overdue(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        struct agenda *agenda = ctx;
        (void)err;
        agenda->overdue += board_is_theirs(agenda->board, record, agenda->kind == ALERT ? answers[0] : record->subject);
        return ERR_OK;
}

static enum err_code read_overdue(struct agenda *agenda, enum kind kind, struct err *err)
{
        static const char *const names[] = {"responsable"};
        char yesterday[DATE_TEXT];
        struct store_query query = {.form = kind == ALERT ? "alerta" : "compromiso", .open_only = true, .order = ORDER_DUE, .due_from = "0",
                                    .due_to = date_format(agenda->board->host->today - 1, yesterday)};
        agenda->kind = kind;
        return board_walk(agenda->board, query, names, kind == ALERT, count_overdue, agenda, err);
}

/* ---- What the last visit or session left for next time ---- */

static enum err_code add_next(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        struct agenda *agenda = ctx;
        struct id subject;
        (void)err;
        if (!is_new(&agenda->seen, record->subject) || !board_is_theirs(agenda->board, record, answers[1]))
                return ERR_OK;
        if (agenda->kind == SUGGESTED && id_parse(record->subject, &subject) && id_map_get(&agenda->planned, &subject))
                return ERR_OK;
        struct item *item = add_item(agenda, record, agenda->kind, answers[0]);
        if (!item)
                return ERR_OK;
        const char *subject_title = board_title(agenda->board, kept(agenda, record->subject));
        item->detail = agenda->kind == SESSION ? subject_title
                       : arena_printf(&agenda->board->arena, _("%s · sin programar"), subject_title);
        item->who = board_title(agenda->board, answers[1]);
        return ERR_OK;
}

static enum err_code read_next(struct agenda *agenda, enum kind kind, const char *form, struct err *err)
{
        static const char *const visit[] = {"proxima_visita", "monitor"}, *const session[] = {"proxima_fecha", "dirige"};
        char from[DATE_TEXT];
        struct store_query query = {.form = form, .order = ORDER_DATE_DESC,
                                    .date_from = date_format(agenda->board->host->today - MONTHS_BACK_DAYS, from)};
        agenda->kind = kind;
        id_map_release(&agenda->seen);
        return board_walk(agenda->board, query, kind == SESSION ? session : visit, 2, add_next, agenda, err);
}

/* ---- In rows ---- */

static int by_day(const void *a, const void *b)
{
        const struct item *x = a, *y = b;
        if (x->day != y->day)
                return x->day < y->day ? -1 : 1;
        if (x->kind != y->kind)
                return (int)x->kind - (int)y->kind;
        int order = strcmp(x->route, y->route);
        return order ? order : strcmp(x->school, y->school);
}

static void add_row(struct board *board, const struct item *item, int64_t today)
{
        char text[DATE_TEXT];
        int row = board_add(board, item->kind == NOTICE ? TONE_SOON : item->day == today ? TONE_NOW : TONE_NORMAL);
        if (!id_is_none(&item->record))
                board_opens(board, &item->record);
        if (item->open_plan)
                board->rows[row].planned = item->record;
        board_put(board, COL_WEEK, board_week_words(board, board_monday(item->day)));
        board_put(board, COL_DAY, board_day_words(board, item->day));
        board_put(board, COL_WHAT, kind_words[item->kind]);
        board_put(board, COL_SCHOOL, item->school);
        board_put(board, COL_DETAIL, item->detail);
        board_put(board, COL_WHO, item->who);
        board_put(board, COL_ROUTE, item->route);
        board_put(board, COL_DATE, date_format(item->day, text));
}

/* Before the visits of a day without classes, a line says so. */
static void add_rows(struct agenda *agenda)
{
        struct board *board = agenda->board;
        int n;
        const struct calendar_block *blocks = board_calendar(board, &n);
        int64_t said = -1;
        qsort(agenda->items, (size_t)agenda->n, sizeof *agenda->items, by_day);
        for (int i = 0; i < agenda->n; i++) {
                const struct item *item = &agenda->items[i];
                bool goes = item->kind == VISIT || item->kind == SUGGESTED;
                const char *why = goes && item->day != said ? calendar_free_words(blocks, n, item->day) : NULL;
                if (why) {
                        struct item notice = {.day = item->day, .kind = NOTICE, .school = "", .who = "", .route = "", .detail = why};
                        add_row(board, &notice, board->host->today);
                        said = item->day;
                }
                add_row(board, item, board->host->today);
        }
}

static int count_kind(const struct agenda *agenda, enum kind kind, int64_t to)
{
        int n = 0;
        for (int i = 0; i < agenda->n; i++)
                n += agenda->items[i].kind == kind && agenda->items[i].day <= to;
        return n;
}

static void summarise(struct agenda *agenda)
{
        int64_t today = agenda->board->host->today, all = INT64_MAX;
        int due_now = count_kind(agenda, COMMITMENT, today) + count_kind(agenda, ALERT, today);
        int due = count_kind(agenda, COMMITMENT, all) + count_kind(agenda, ALERT, all);
        board_summary(agenda->board, _("Hoy: %d visitas, %d plazos. Al %s: %d visitas, %d plazos. Atrasado: %d."),
                      count_kind(agenda, VISIT, today), due_now, board_day_words(agenda->board, agenda->last), count_kind(agenda, VISIT, all),
                      due, agenda->overdue);
}

static enum err_code read_all(struct agenda *agenda, struct err *err)
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

enum err_code board_agenda(struct board *board, struct err *err)
{
        int64_t from = board->host->today, to = board_monday(from) + WEEKS * WEEK - 1;
        struct agenda agenda = {.board = board};
        date_parse(board->options.from, &from);
        date_parse(board->options.to, &to);
        date_format(from, agenda.from);
        date_format(to, agenda.to);
        agenda.last = to;
        board_set_columns(board, headings, (int)ARRAY_LEN(headings));
        enum err_code rc = read_all(&agenda, err);
        if (rc == ERR_OK) {
                add_rows(&agenda);
                summarise(&agenda);
        }
        board->empty = _("No hay nada en estas semanas. Las visitas se programan con la ficha «Programación de visitas».");
        id_map_release(&agenda.planned);
        id_map_release(&agenda.seen);
        free(agenda.items);
        return rc;
}
