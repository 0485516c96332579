/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One person from visit to visit: each rubric with the levels of the latest
 * visits side by side, whatever the form they were made with, and what changed
 * since the one before.
 */
#include "../progress.h"

#include <stdio.h>
#include <string.h>

enum { VISITS = 5, COL_SECTION = 0, COL_RUBRIC, COL_VISIT, COL_CHANGE = COL_VISIT + VISITS, COLUMNS };

struct visit {
        struct id record;
        int form; /* of progress_forms */
        char date[DATE_TEXT];
        int levels[PROGRESS_RUBRICS];
};

struct progress {
        struct board *board;
        struct rubrics rubrics[PROGRESS_FORMS];
        int reading; /* the form being read */
        struct visit visits[PROGRESS_FORMS * VISITS]; /* newest first, once sorted */
        int n;
};

static enum err_code take(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        struct progress *all = ctx;
        struct visit *visit = &all->visits[all->n++];
        (void)err;
        *visit = (struct visit){.record = record->id, .form = all->reading};
        snprintf(visit->date, sizeof visit->date, "%s", record->date);
        for (int i = 0; i < all->rubrics[all->reading].n; i++)
                visit->levels[i] = level_of(answers[i]);
        return ERR_OK;
}

static enum err_code read_all(struct progress *all, struct err *err)
{
        struct board *board = all->board;
        const struct board_options *options = &board->options;
        enum err_code rc = ERR_OK;
        for (int f = 0; rc == ERR_OK && f < PROGRESS_FORMS; f++) {
                struct store_query query = {.form = progress_forms[f], .subject = options->argument, .done_only = true,
                                            .date_from = options->from, .date_to = options->to, .limit = VISITS};
                all->reading = f;
                rubrics_read(board, progress_forms[f], &all->rubrics[f]);
                if (all->rubrics[f].n)
                        rc = board_walk(board, query, all->rubrics[f].names, all->rubrics[f].n, take, all, err);
        }
        return rc;
}

/* The latest VISITS of all, oldest first. */
static void keep_latest(struct progress *all)
{
        for (int i = 1; i < all->n; i++)
                for (int j = i; j > 0 && strcmp(all->visits[j].date, all->visits[j - 1].date) > 0; j--) {
                        struct visit swap = all->visits[j];
                        all->visits[j] = all->visits[j - 1];
                        all->visits[j - 1] = swap;
                }
        all->n = all->n > VISITS ? VISITS : all->n;
        for (int i = 0; i < all->n / 2; i++) {
                struct visit swap = all->visits[i];
                all->visits[i] = all->visits[all->n - 1 - i];
                all->visits[all->n - 1 - i] = swap;
        }
}

static void set_columns(struct progress *all)
{
        static const char *const names[VISITS] = {"visita_1", "visita_2", "visita_3", "visita_4", "visita_5"};
        struct board_heading headings[COLUMNS] = {
                [COL_SECTION] = {"seccion", _("Sección"), CELL_TEXT, 2, 18, true},
                [COL_RUBRIC] = {"criterio", _("Criterio"), CELL_TEXT, 1, 0, false},
                [COL_CHANGE] = {"cambio", _("Cambio"), CELL_TEXT, 1, 7, false},
        };
        for (int i = 0; i < VISITS; i++) {
                const char *date = i < all->n ? all->visits[i].date : "";
                int64_t days;
                struct civil day = date_parse(date, &days) ? date_to_civil(days) : (struct civil){0};
                const char *title = day.year ? arena_printf(&all->board->arena, "%02d/%02d/%02d", day.day, day.month, day.year % 100) : "—";
                int rank = i >= all->n ? 0 : i >= all->n - 2 ? 1 : i == all->n - 3 ? 2 : 3; /* the latest two always */
                headings[COL_VISIT + i] = (struct board_heading){names[i], title, CELL_TEXT, rank, 8, false};
        }
        board_set_columns(all->board, headings, COLUMNS);
}

/* ---- Rows ---- */

/* The level of the visit at `from` or before it that has one; `*at` is that visit, -1: none has. */
static int latest(const struct progress *all, int form, int rubric, int from, int *at)
{
        for (int i = from; i >= 0; i--)
                if (all->visits[i].form == form && all->visits[i].levels[rubric]) {
                        *at = i;
                        return all->visits[i].levels[rubric];
                }
        *at = -1;
        return 0;
}

static void add_row(struct progress *all, int form, int rubric, int *up, int *down)
{
        struct board *board = all->board;
        const struct rubrics *rubrics = &all->rubrics[form];
        int last, earlier, now = latest(all, form, rubric, all->n - 1, &last);
        if (last < 0)
                return;
        int before = latest(all, form, rubric, last - 1, &earlier);
        bool fell = before && now < before;
        *up += before && now > before;
        *down += fell;
        board_add(board, fell ? TONE_SOON : now >= LEVEL_ACHIEVED ? TONE_GOOD : TONE_NORMAL);
        board_opens(board, &all->visits[last].record);
        board_put(board, COL_SECTION, rubric_section(rubrics, rubric));
        board_put(board, COL_RUBRIC, rubrics->form->nodes[rubrics->nodes[rubric]].label.plain);
        for (int i = 0; i < all->n; i++)
                if (all->visits[i].form == form)
                        board_put(board, COL_VISIT + i, level_words(all->visits[i].levels[rubric]));
        board_put(board, COL_CHANGE, change_words(before, now));
}

static void summarise(const struct progress *all, int up, int down)
{
        const struct visit *last = &all->visits[all->n - 1];
        int achieved = 0, rated = 0;
        for (int i = 0; i < all->rubrics[last->form].n; i++) {
                rated += last->levels[i] > 0;
                achieved += last->levels[i] >= LEVEL_ACHIEVED;
        }
        int64_t days = 0;
        char day[DATE_TEXT];
        date_parse(last->date, &days);
        board_summary(all->board, _("Visita del %s: logra %d de %d criterios (nivel III o IV). Desde la anterior suben %d y bajan %d."),
                      date_format_person(days, day), achieved, rated, up, down);
}

enum err_code board_progreso(struct board *board, struct err *err)
{
        struct progress *all = ARENA_NEW(&board->arena, struct progress);
        int up = 0, down = 0;
        all->board = board;
        board->empty = _("Esta persona no tiene visitas con niveles.");
        enum err_code rc = read_all(all, err);
        keep_latest(all);
        set_columns(all);
        for (int f = 0; rc == ERR_OK && f < PROGRESS_FORMS; f++)
                for (int i = 0; i < all->rubrics[f].n; i++)
                        add_row(all, f, i, &up, &down);
        if (board->table.rows_n)
                summarise(all, up, down);
        return rc;
}
