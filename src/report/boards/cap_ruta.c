/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The CAP route of a UGEL, week by week: its milestones (the list ruta_cap of
 * the forms), which record did each, which are late and which comes next.
 *
 * A milestone is done by an attendance list of the programme (ata_asistencia,
 * cap_dif) or a session of a community that says its strategy.  One with a
 * number does the milestone of that number; one without, the milestone of its
 * strategy whose weeks had begun by its day.  What the regional office
 * organises (plenaries) counts for each of its UGEL.
 *
 * The route begins the Monday that is asked for; else where the events of its
 * newest edition say; else that of the list.  What is dated more than a year
 * after that belongs to another edition.
 */
#include "../groups.h"

#include <stdlib.h>
#include <string.h>

enum { COL_WEEK, COL_DATES, COL_MILESTONE, COL_STATE, COL_DONE, COL_BY, COL_RECORDS, COL_MODULE, COL_FROM, COL_TO };
enum { WEEK = 7, FRIDAY = 4, EDITION = 52 * WEEK, ANOTHER = 26 * WEEK };

static const struct board_heading headings[] = {
        [COL_WEEK] = {"semana", _("Sem."), CELL_NUMBER, 1, 4, true},
        [COL_DATES] = {"fechas", _("Fechas"), CELL_TEXT, 2, 16, true},
        [COL_MILESTONE] = {"hito", _("Hito"), CELL_TEXT, 1, 0, false},
        [COL_STATE] = {"situacion", _("Situación"), CELL_TEXT, 1, 22, false},
        [COL_DONE] = {"hecho", _("Hecho"), CELL_DATE, 3, 10, false},
        [COL_BY] = {"registro", _("Con qué registro"), CELL_TEXT, 4, 34, false},
        [COL_RECORDS] = {"registros", _("Registros"), CELL_NUMBER, 6, 9, false},
        [COL_MODULE] = {"modulo", _("Módulo"), CELL_TEXT, 5, 28, true},
        [COL_FROM] = {"desde", _("Desde"), CELL_DATE, 6, 10, false},
        [COL_TO] = {"hasta", _("Hasta"), CELL_DATE, 6, 10, false},
};

struct event {
        int64_t days;
        const char *strategy, *title;
        int number; /* 0: not said */
        struct id record;
};

struct milestone {
        const struct choice *choice;
        const char *strategy;
        int number, week, last_week, offset; /* offset: days from the start */
        const struct event *first;           /* which did it, or NULL */
        int records;
};

struct route {
        struct board *board;
        const char *ugel;
        struct event *events; /* by day once sorted */
        int events_n, events_room;
        struct milestone *milestones;
        int milestones_n, weeks;
        int64_t start;
};

/* ---- Reading ---- */

static const char *office_of(const struct board *board, const char *ugel)
{
        const struct choice_list *list = board_list(board, "ata_asistencia", "ugel");
        const struct choice *choice = list && *ugel ? choice_list_find(list, ugel) : NULL;
        const char *office = choice ? choice_column(choice, "dre") : NULL;
        return office ? office : "";
}

/* Its own, or of the office above it; the office itself sees what all of its UGEL do. */
static bool is_of(const struct route *route, const char *ugel)
{
        if (!*route->ugel || strcmp(ugel, route->ugel) == 0)
                return true;
        return strcmp(ugel, office_of(route->board, route->ugel)) == 0 || strcmp(office_of(route->board, ugel), route->ugel) == 0;
}

static void add_event(struct route *route, const struct store_record *record, const char *strategy, const char *number)
{
        int64_t days;
        if (!date_parse(record->date, &days) || !is_of(route, record->ugel))
                return;
        if (route->events_n == route->events_room) {
                route->events_room = route->events_room ? 2 * route->events_room : 64;
                route->events = xrealloc(route->events, (size_t)route->events_room * sizeof *route->events);
        }
        struct arena *arena = &route->board->arena;
        route->events[route->events_n++] = (struct event){.days = days, .strategy = arena_strdup(arena, strategy),
                .title = arena_strdup(arena, record->title), .number = atoi(number), .record = record->id};
}

static enum err_code add_list(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        (void)err;
        if (strcmp(answers[0], "cap_dif") == 0 && board_is_theirs(((struct route *)ctx)->board, record, ""))
                add_event(ctx, record, answers[1], answers[2]);
        return ERR_OK;
}

static enum err_code add_session(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        (void)err;
        if (*answers[0] && board_is_theirs(((struct route *)ctx)->board, record, answers[1]))
                add_event(ctx, record, answers[0], "");
        return ERR_OK;
}

static int by_day(const void *a, const void *b)
{
        const struct event *x = a, *y = b;
        return x->days != y->days ? (x->days > y->days) - (x->days < y->days) : strcmp(x->title, y->title);
}

/* Not board_walk(): a plenary is of another UGEL. */
static enum err_code read_events(struct route *route, struct err *err)
{
        static const char *const list[] = {"programa", "tipo_evento", "numero"}, *const session[] = {"estrategia_dif", "dirige"};
        const struct board *board = route->board;
        struct store_query query = {.form = "ata_asistencia", .sensitive = board->options.sensitive};
        enum err_code rc = store_walk(board->host->store, &query, list, 3, add_list, route, err);
        query.form = "cap_sesion";
        if (rc == ERR_OK)
                rc = store_walk(board->host->store, &query, session, 2, add_session, route, err);
        if (route->events_n)
                qsort(route->events, (size_t)route->events_n, sizeof *route->events, by_day);
        return rc;
}

static void read_milestones(struct route *route)
{
        const struct choice_list *list = board_list(route->board, "ata_asistencia", "ruta_cap");
        route->milestones_n = list ? list->n : 0;
        route->milestones = ARENA_ARRAY(&route->board->arena, struct milestone, route->milestones_n);
        for (int i = 0; i < route->milestones_n; i++) {
                const struct choice *choice = &list->choices[i];
                const char *strategy = choice_column(choice, "estrategia");
                struct milestone *milestone = &route->milestones[i];
                *milestone = (struct milestone){.choice = choice, .strategy = strategy ? strategy : "",
                        .number = choice_number(choice, "numero"), .week = choice_number(choice, "semana"),
                        .last_week = choice_number(choice, "hasta_semana"), .offset = choice_number(choice, "dias")};
                if (milestone->last_week > route->weeks)
                        route->weeks = milestone->last_week;
        }
}

/* ---- When it begins ---- */

/* The milestone that an event does, when the route begins at `start`; NULL: none of it. */
static struct milestone *milestone_of(const struct route *route, const struct event *event, int64_t start)
{
        struct milestone *found = NULL;
        for (int i = 0; i < route->milestones_n; i++) {
                struct milestone *milestone = &route->milestones[i];
                if (strcmp(milestone->strategy, event->strategy) != 0)
                        continue;
                if (event->number ? milestone->number == event->number : !found || event->days >= start + milestone->offset)
                        found = milestone;
        }
        return found;
}

/* An event far after the start begins another edition; a first plenary, sooner. */
static int64_t start_of_events(const struct route *route, int64_t otherwise)
{
        int64_t start = otherwise;
        bool begun = false;
        for (int i = 0; i < route->events_n; i++) {
                const struct event *event = &route->events[i];
                int64_t monday = board_monday(event->days), far = event->days - start;
                const struct milestone *milestone = milestone_of(route, event, monday);
                if (!milestone)
                        continue;
                if (!begun || far >= EDITION || (milestone == &route->milestones[0] && event->number && far >= ANOTHER))
                        start = monday - milestone->offset;
                begun = true;
        }
        return start;
}

static int64_t start_of_list(const struct route *route)
{
        const char *text = route->milestones_n ? choice_column(route->milestones[0].choice, "inicio") : NULL;
        int64_t days = route->board->host->today;
        if (text)
                date_parse(text, &days);
        return board_monday(days);
}

static enum err_code find_start(struct route *route, struct err *err)
{
        const struct board_options *options = &route->board->options;
        int64_t days;
        const char *asked = *options->argument ? options->argument : options->from;
        if (!*asked)
                route->start = start_of_events(route, start_of_list(route));
        else if (date_parse_typed(asked, &days))
                route->start = board_monday(days);
        else
                return err_set(err, ERR_USAGE, _("«%s» no es una fecha; escriba el lunes en que empieza la ruta, como 2022-09-05."), asked);
        return ERR_OK;
}

/* ---- What is done ---- */

static void assign(struct route *route)
{
        for (int i = 0; i < route->events_n; i++) {
                const struct event *event = &route->events[i];
                if (event->days < route->start || event->days >= route->start + EDITION)
                        continue;
                struct milestone *milestone = milestone_of(route, event, route->start);
                if (!milestone)
                        continue;
                milestone->records++;
                if (!milestone->first)
                        milestone->first = event;
        }
}

static int64_t monday_of(const struct route *route, int week)
{
        return route->start + (int64_t)(week - 1) * WEEK;
}

static int64_t end_of(const struct route *route, int week)
{
        return monday_of(route, week) + FRIDAY;
}

static enum board_tone tone_of(const struct route *route, int week, int last_week, bool next)
{
        int64_t today = board_monday(route->board->host->today);
        if (monday_of(route, week) <= today && today <= monday_of(route, last_week))
                return TONE_NOW;
        return next ? TONE_SOON : TONE_NORMAL;
}

/* The first that is neither done nor late. */
static const struct milestone *next_of(const struct route *route)
{
        for (int i = 0; i < route->milestones_n; i++) {
                const struct milestone *milestone = &route->milestones[i];
                if (!milestone->first && end_of(route, milestone->last_week) >= route->board->host->today)
                        return milestone;
        }
        return NULL;
}

/* ---- Rows ---- */

static const char *module_of(const struct route *route, int week)
{
        const struct choice_list *list = board_list(route->board, "ata_asistencia", "modulo_cap");
        for (int i = 0; list && i < list->n; i++)
                if (choice_number(&list->choices[i], "desde_semana") <= week && week <= choice_number(&list->choices[i], "hasta_semana"))
                        return list->choices[i].label;
        return "";
}

static void begin_row(const struct route *route, enum board_tone tone, int week, int last_week)
{
        struct board *board = route->board;
        char text[DATE_TEXT];
        board_add(board, tone);
        board_putf(board, COL_WEEK, "%d", week);
        board_put(board, COL_DATES, span_words(board, monday_of(route, week), end_of(route, last_week)));
        board_put(board, COL_MODULE, module_of(route, week));
        board_put(board, COL_FROM, date_format(monday_of(route, week), text));
        board_put(board, COL_TO, date_format(end_of(route, last_week), text));
}

static const char *open_words(struct route *route, const struct milestone *milestone, bool next)
{
        struct board *board = route->board;
        char from[DATE_TEXT], to[DATE_TEXT];
        int64_t today = board->host->today;
        date_format(monday_of(route, milestone->week), from);
        date_format(end_of(route, milestone->last_week), to);
        if (end_of(route, milestone->last_week) < today)
                return board_when(board, to, _("atrasado"));
        if (monday_of(route, milestone->week) <= today)
                return _("toca esta semana");
        return next ? arena_printf(&board->arena, _("sigue: %s"), board_when(board, from, "")) : board_when(board, from, "");
}

static void add_done(struct route *route, const struct milestone *milestone)
{
        struct board *board = route->board;
        char text[DATE_TEXT];
        int64_t late = milestone->first->days - end_of(route, milestone->last_week) - (WEEK - 1 - FRIDAY);
        begin_row(route, TONE_DONE, milestone->week, milestone->last_week);
        board_opens(board, &milestone->first->record);
        if (late > 0)
                board_putf(board, COL_STATE, _("hecho, %lld días tarde"), (long long)late);
        else
                board_put(board, COL_STATE, _("hecho"));
        board_put(board, COL_DONE, date_format(milestone->first->days, text));
        board_put(board, COL_BY, milestone->first->title);
        board_putf(board, COL_RECORDS, "%d", milestone->records);
}

static void add_milestone(struct route *route, const struct milestone *milestone, const struct milestone *next)
{
        struct board *board = route->board;
        bool late = end_of(route, milestone->last_week) < board->host->today;
        if (milestone->first) {
                add_done(route, milestone);
        } else {
                enum board_tone tone = late ? TONE_OVERDUE : tone_of(route, milestone->week, milestone->last_week, milestone == next);
                begin_row(route, tone, milestone->week, milestone->last_week);
                board_put(board, COL_STATE, open_words(route, milestone, milestone == next));
        }
        board_put(board, COL_MILESTONE, milestone->choice->label);
}

/* A week in which no milestone falls still is a week of the route. */
static void add_week(struct route *route, int week, const struct milestone *next)
{
        bool any = false;
        for (int i = 0; i < route->milestones_n; i++) {
                const struct milestone *milestone = &route->milestones[i];
                any |= milestone->week <= week && week <= milestone->last_week;
                if (milestone->week == week)
                        add_milestone(route, milestone, next);
        }
        if (any)
                return;
        begin_row(route, tone_of(route, week, week, false), week, week);
        board_put(route->board, COL_MILESTONE, _("(sin hito)"));
}

static const char *where_words(const struct route *route)
{
        struct board *board = route->board;
        int64_t week = (board_monday(board->host->today) - route->start) / WEEK + 1;
        if (week < 1)
                return _("todavía no empieza");
        return week > route->weeks ? _("terminó su plazo") : arena_printf(&board->arena, _("semana %d de %d"), (int)week, route->weeks);
}

static void summarise(struct route *route, const struct milestone *next)
{
        struct board *board = route->board;
        char start[DATE_TEXT];
        int done = 0, late = 0;
        for (int i = 0; i < route->milestones_n; i++) {
                const struct milestone *milestone = &route->milestones[i];
                done += milestone->first != NULL;
                late += !milestone->first && end_of(route, milestone->last_week) < board->host->today;
        }
        const char *who = *route->ugel ? board_choice(board, "ata_asistencia", "ugel", route->ugel) : _("Todas las UGEL");
        const char *follows = next ? arena_printf(&board->arena, _("; sigue %s"), next->choice->label) : "";
        board_summary(board, _("%s: %d de %d hitos (%d %%); atrasados: %d%s. Desde el %s, %s."), who, done, route->milestones_n,
                      share_percent(done, route->milestones_n), late, follows, date_format_person(route->start, start),
                      where_words(route));
}

enum err_code board_cap_ruta(struct board *board, struct err *err)
{
        struct route route = {.board = board, .ugel = *board->options.ugel ? board->options.ugel : board->host->ugel};
        board_set_columns(board, headings, (int)ARRAY_LEN(headings));
        board->empty = _("Las fichas instaladas no traen la Ruta CAP. Instale las que vienen con el programa.");
        read_milestones(&route);
        enum err_code rc = route.milestones_n ? read_events(&route, err) : ERR_OK;
        if (rc == ERR_OK)
                rc = find_start(&route, err);
        assign(&route);
        const struct milestone *next = next_of(&route);
        for (int week = 1; rc == ERR_OK && week <= route.weeks; week++)
                add_week(&route, week, next);
        if (route.milestones_n)
                summarise(&route, next);
        free(route.events);
        return rc;
}
