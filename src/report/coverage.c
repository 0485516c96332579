/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Coverage of a year (contract in coverage.h): five walks, then everything is counted in memory. */
#include "coverage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "planned.h"

/* ---- Who and where ---- */

static struct covered_school *school_of(struct coverage *coverage, const char *text)
{
        struct id id;
        if (!id_parse(text, &id))
                return NULL;
        int *place = id_map_at(&coverage->school_places, &id);
        if (*place)
                return &coverage->schools[*place - 1];
        if (coverage->schools_n == coverage->schools_room) {
                coverage->schools_room = coverage->schools_room ? 2 * coverage->schools_room : 256;
                coverage->schools = xrealloc(coverage->schools,
                                             (size_t)coverage->schools_room * sizeof *coverage->schools);
        }
        struct covered_school *school = &coverage->schools[coverage->schools_n];
        *place = ++coverage->schools_n;
        *school = (struct covered_school){.id = id, .title = "", .ugel = "", .kind = "", .active = true};
        return school;
}

static struct covered_teacher *teacher_of(struct coverage *coverage, const char *text)
{
        struct id id;
        if (!id_parse(text, &id))
                return NULL;
        int *place = id_map_at(&coverage->teacher_places, &id);
        if (*place)
                return &coverage->teachers[*place - 1];
        if (coverage->teachers_n == coverage->teachers_room) {
                coverage->teachers_room = coverage->teachers_room ? 2 * coverage->teachers_room : 256;
                coverage->teachers = xrealloc(coverage->teachers,
                                              (size_t)coverage->teachers_room * sizeof *coverage->teachers);
        }
        struct covered_teacher *teacher = &coverage->teachers[coverage->teachers_n];
        *place = ++coverage->teachers_n;
        *teacher = (struct covered_teacher){.id = id, .school = -1, .ugel = ""};
        return teacher;
}

static void teaches_at(struct coverage *coverage, struct covered_teacher *teacher, const char *school_id,
                       const char *school_title, const char *ugel)
{
        struct covered_school *school = school_of(coverage, school_id);
        struct board *board = coverage->board;
        if (school && teacher->school < 0)
                teacher->school = (int)(school - coverage->schools);
        if (school && !*school->title && *school_title)
                school->title = board_school(board, school_title);
        if (!*teacher->ugel && *ugel)
                teacher->ugel = arena_strdup(&board->arena, ugel);
        if (school && !*school->ugel && *ugel)
                school->ugel = teacher->ugel;
}

/* ---- The walks ---- */

static enum err_code add_school(void *ctx, const struct store_record *record, const char *const *answers,
                                struct err *err)
{
        struct coverage *coverage = ctx;
        struct board *board = coverage->board;
        char id[ID_TEXT];
        (void)err;
        struct covered_school *school = school_of(coverage, id_format(&record->id, id));
        school->title = board_school(board, record->title);
        school->ugel = arena_strdup(&board->arena, record->ugel);
        school->kind = arena_strdup(&board->arena, answers[0]);
        school->active = strcmp(answers[1], "inactiva") != 0;
        return ERR_OK;
}

static enum err_code add_person(void *ctx, const struct store_record *record, const char *const *answers,
                                struct err *err)
{
        struct coverage *coverage = ctx;
        char id[ID_TEXT];
        (void)err;
        if (strcmp(answers[0], "docente") != 0 || strcmp(answers[1], "no") == 0)
                return ERR_OK;
        struct covered_teacher *teacher = teacher_of(coverage, id_format(&record->id, id));
        teaches_at(coverage, teacher, record->school, record->school_title, record->ugel);
        return ERR_OK;
}

/* The earliest of what is planned and not done; the window says more than the day. */
static enum err_code add_plan(void *ctx, const struct store_record *record, const char *const *answers,
                              struct err *err)
{
        struct coverage *coverage = ctx;
        (void)err;
        struct covered_teacher *teacher = strcmp(answers[PLAN_FORM], "simae_docente") == 0
                                                  ? teacher_of(coverage, answers[PLAN_PERSON])
                                                  : NULL;
        bool theirs = board_is_theirs(coverage->board, record, answers[PLAN_MONITOR]);
        if (!teacher || atoi(answers[PLAN_DATE]) != coverage->year || !theirs)
                return ERR_OK;
        teaches_at(coverage, teacher, record->school, record->school_title, record->ugel);
        const char *due = *answers[PLAN_TO] ? answers[PLAN_TO] : answers[PLAN_DATE];
        if (record->open && (!*teacher->due || strcmp(due, teacher->due) < 0))
                snprintf(teacher->due, sizeof teacher->due, "%s", due);
        return ERR_OK;
}

/* Newest first, so an equal day is the day met just before. */
static enum err_code add_visit(void *ctx, const struct store_record *record, const char *const *answers,
                               struct err *err)
{
        struct coverage *coverage = ctx;
        (void)err;
        if (!board_is_theirs(coverage->board, record, answers[0]))
                return ERR_OK;
        bool observed = strcmp(record->form, "simae_docente") == 0;
        struct covered_teacher *teacher = observed ? teacher_of(coverage, record->subject) : NULL;
        if (teacher && strcmp(teacher->first, record->date) != 0) {
                teacher->visits++;
                snprintf(teacher->first, sizeof teacher->first, "%s", record->date);
                if (!*teacher->last)
                        snprintf(teacher->last, sizeof teacher->last, "%s", record->date);
        }
        if (teacher)
                teaches_at(coverage, teacher, record->school, record->school_title, record->ugel);
        struct covered_school *school = school_of(coverage, record->school);
        if (school && strcmp(record->date, school->last) > 0)
                snprintf(school->last, sizeof school->last, "%s", record->date);
        if (school)
                school->visited = true;
        return ERR_OK;
}

static enum err_code walk(struct coverage *coverage, struct store_query query, const char *const *names,
                          int names_n, store_each *each, struct err *err)
{
        query.ugel = coverage->ugel;
        return store_walk(coverage->board->host->store, &query, names, names_n, each, coverage, err);
}

static enum err_code read_directory(struct coverage *coverage, struct err *err)
{
        static const char *const school[] = {"tipo_ie", "estado"}, *const person[] = {"cargo", "activo"};
        struct store_query schools = {.form = "institucion", .entities = true, .order = ORDER_TITLE};
        struct store_query people = {.form = "persona", .entities = true, .order = ORDER_TITLE};
        enum err_code rc = walk(coverage, schools, school, 2, add_school, err);
        return rc == ERR_OK && !*coverage->board->options.persona
                       ? walk(coverage, people, person, 2, add_person, err)
                       : rc;
}

static enum err_code read_year(struct coverage *coverage, struct err *err)
{
        static const char *const monitor[] = {"monitor"};
        char from[DATE_TEXT], to[DATE_TEXT];
        snprintf(from, sizeof from, "%04d-01-01", coverage->year);
        snprintf(to, sizeof to, "%04d-12-31", coverage->year);
        enum err_code rc =
                walk(coverage, plan_query(coverage->board, from, to), plan_names, PLAN_NAMES, add_plan, err);
        for (int i = 0; rc == ERR_OK && i < visit_forms_n; i++) {
                struct store_query query = {.form = visit_forms[i],
                                            .done_only = true,
                                            .order = ORDER_DATE_DESC,
                                            .date_from = from,
                                            .date_to = to};
                rc = walk(coverage, query, monitor, *coverage->board->options.persona ? 1 : 0, add_visit,
                          err);
        }
        return rc;
}

/* ---- What is late ---- */

static void read_calendar(struct coverage *coverage)
{
        int n, blocks_n = 0, half = 0;
        const struct calendar_block *blocks = board_calendar(coverage->board, &n);
        for (int i = 0; i < n; i++)
                blocks_n += strcmp(blocks[i].type, "lectivo") == 0 &&
                            date_to_civil(blocks[i].from).year == coverage->year;
        for (int i = 0; i < n; i++) {
                if (strcmp(blocks[i].type, "lectivo") != 0 ||
                    date_to_civil(blocks[i].from).year != coverage->year)
                        continue;
                if (++half == (blocks_n + 1) / 2)
                        coverage->middle = blocks[i].to;
                coverage->end = blocks[i].to;
        }
}

static void set_due(const struct coverage *coverage, struct covered_teacher *teacher)
{
        int64_t days = teacher->visits == 0 ? coverage->middle : coverage->end;
        if (teacher->visits >= VISITS_WANTED)
                *teacher->due = '\0';
        else if (!*teacher->due && days)
                date_format(days, teacher->due);
}

bool coverage_is_late(const struct coverage *coverage, const struct covered_teacher *teacher)
{
        int64_t days;
        return board_days_to(coverage->board, teacher->due, &days) && days < 0;
}

/* ---- Sums ---- */

void coverage_add_teacher(const struct coverage *coverage, const struct covered_teacher *teacher,
                          struct coverage_sum *sum)
{
        sum->teachers++;
        sum->without += teacher->visits == 0;
        sum->once += teacher->visits == 1;
        sum->twice += teacher->visits >= VISITS_WANTED;
        sum->late += coverage_is_late(coverage, teacher);
}

bool coverage_is_small(const struct covered_school *school)
{
        return school->active &&
               (strcmp(school->kind, "unidocente") == 0 || strcmp(school->kind, "multigrado") == 0);
}

void coverage_add_school(const struct covered_school *school, struct coverage_sum *sum)
{
        bool small = coverage_is_small(school);
        sum->small += small;
        sum->small_visited += small && school->visited;
}

static void count_teachers(struct coverage *coverage)
{
        for (int i = 0; i < coverage->teachers_n; i++) {
                struct covered_teacher *teacher = &coverage->teachers[i];
                set_due(coverage, teacher);
                if (teacher->school < 0)
                        continue;
                struct covered_school *school = &coverage->schools[teacher->school];
                school->teachers++;
                school->without += teacher->visits == 0;
                school->once += teacher->visits == 1;
                school->twice += teacher->visits >= VISITS_WANTED;
                school->late += coverage_is_late(coverage, teacher);
        }
}

static int percent(int part, int whole)
{
        return whole ? (int)(100.0 * part / whole + 0.5) : 0;
}

void coverage_summarise(struct coverage *coverage)
{
        struct coverage_sum sum = {0};
        struct board *board = coverage->board;
        for (int i = 0; i < coverage->teachers_n; i++)
                coverage_add_teacher(coverage, &coverage->teachers[i], &sum);
        for (int i = 0; i < coverage->schools_n; i++)
                coverage_add_school(&coverage->schools[i], &sum);
        board_summary(board,
                      _("%d: %d docentes, %d con 2 visitas (%d %%), %d con 1, %d sin visita; %d atrasados. "
                        "Unidocente y multigrado: %d de %d (%d %%; meta %d %%)."),
                      coverage->year, sum.teachers, sum.twice, percent(sum.twice, sum.teachers), sum.once,
                      sum.without, sum.late, sum.small_visited, sum.small,
                      percent(sum.small_visited, sum.small), SMALL_GOAL);
        board->empty = _("No hay docentes en el directorio, ni visitas ni plan de este año.");
}

const char *coverage_ugel(struct board *board)
{
        struct store_query query = {.form = "persona", .entities = true, .ugel = board->host->ugel};
        int64_t n = 0;
        if (*board->options.argument)
                return board->options.argument;
        if (*board->options.ugel || !*board->host->ugel)
                return board->options.ugel;
        bool has = store_record_count(board->host->store, &query, &n, NULL) == ERR_OK &&
                   n > 1; /* she herself is one */
        return has ? board->host->ugel : "";
}

enum err_code coverage_read(struct board *board, const char *ugel, struct coverage *ret, struct err *err)
{
        *ret = (struct coverage){.board = board, .year = board_year(board), .ugel = ugel};
        enum err_code rc = read_directory(ret, err);
        if (rc == ERR_OK)
                rc = read_year(ret, err);
        read_calendar(ret);
        count_teachers(ret);
        return rc;
}

void coverage_release(struct coverage *coverage)
{
        id_map_release(&coverage->teacher_places);
        id_map_release(&coverage->school_places);
        free(coverage->teachers);
        free(coverage->schools);
}
