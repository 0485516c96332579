/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Commitments kept: of those whose day came within the dates asked for (this
 * year, if none are), how many were met, school by school.  An annulled one is
 * not asked of anybody.
 */
#include "../groups.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COL_SCHOOL, COL_SHARE, COL_BAR, COL_KEPT, COL_ALL, COL_PARTLY, COL_NOT, COL_WAITING, COLUMNS };
enum { BAR_COLS = 12 };

static const struct board_heading headings[COLUMNS] = {
        [COL_SCHOOL] = {"escuela", _("Escuela"), CELL_TEXT, 1, 0, false},
        [COL_SHARE] = {"cumplidos_pct", _("%"), CELL_NUMBER, 1, 5, false},
        [COL_BAR] = {"barra", _("Cumplidos"), CELL_TEXT, 1, BAR_COLS, false},
        [COL_KEPT] = {"cumplidos", _("Cumpl."), CELL_NUMBER, 1, 6, false},
        [COL_ALL] = {"exigibles", _("Vencían"), CELL_NUMBER, 1, 7, false},
        [COL_PARTLY] = {"en_parte", _("En parte"), CELL_NUMBER, 2, 8, false},
        [COL_NOT] = {"no_cumplidos", _("No"), CELL_NUMBER, 3, 4, false},
        [COL_WAITING] = {"vencidos", _("Vencidos"), CELL_NUMBER, 2, 8, false},
};

struct kept { const char *school, *title; int all, kept, partly, not_kept, waiting; };
struct commitments { struct board *board; struct groups schools; struct kept sum; char from[DATE_TEXT], to[DATE_TEXT]; };

enum { STATE, DUE_NEW, DUE, ANSWERS };

static void count(struct kept *sum, const char *state)
{
        bool kept = strcmp(state, "cumplido") == 0, partly = strcmp(state, "cumplido_parcial") == 0;
        bool not_kept = strcmp(state, "no_cumplido") == 0;
        sum->all++;
        sum->kept += kept;
        sum->partly += partly;
        sum->not_kept += not_kept;
        sum->waiting += !kept && !partly && !not_kept;
}

static enum err_code take(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        struct commitments *all = ctx;
        struct id key = groups_key(record->school, NULL, NULL);
        const char *due = *answers[DUE_NEW] ? answers[DUE_NEW] : answers[DUE];
        (void)err;
        if (strcmp(answers[STATE], "anulado") == 0 || strcmp(due, all->from) < 0 || strcmp(due, all->to) > 0 ||
            !board_is_theirs(all->board, record, record->subject))
                return ERR_OK;
        struct kept *school = groups_of(&all->schools, &key);
        if (!school->title) {
                school->school = arena_strdup(&all->board->arena, record->school);
                school->title = *record->school ? board_school(all->board, record->school_title) : _("(sin escuela)");
        }
        count(school, answers[STATE]);
        count(&all->sum, answers[STATE]);
        return ERR_OK;
}

static enum err_code read_all(struct commitments *all, struct err *err)
{
        static const char *const names[ANSWERS] = {[STATE] = "estado", [DUE_NEW] = "nueva_fecha", [DUE] = "fecha_limite"};
        struct board *board = all->board;
        const struct board_options *options = &board->options;
        snprintf(all->from, sizeof all->from, "%04d-01-01", date_to_civil(board->host->today).year);
        date_format(board->host->today - 1, all->to); /* today's may still be kept */
        if (*options->from)
                snprintf(all->from, sizeof all->from, "%s", options->from);
        if (*options->to && strcmp(options->to, all->to) < 0)
                snprintf(all->to, sizeof all->to, "%s", options->to);
        return board_walk(board, (struct store_query){.form = "compromiso"}, names, ANSWERS, take, all, err);
}

static void add_row(struct board *board, const struct kept *school)
{
        double share = (double)school->kept / school->all;
        board_add(board, school->kept == school->all ? TONE_GOOD : school->waiting ? TONE_OVERDUE : TONE_NORMAL);
        if (*school->school)
                board_goes_to(board, "compromisos", school->school);
        board_put(board, COL_SCHOOL, school->title);
        board_putf(board, COL_SHARE, "%.0f", 100 * share);
        board_put_bar(board, COL_BAR, share);
        board_putf(board, COL_KEPT, "%d", school->kept);
        board_putf(board, COL_ALL, "%d", school->all);
        board_putf(board, COL_PARTLY, "%d", school->partly);
        board_putf(board, COL_NOT, "%d", school->not_kept);
        board_putf(board, COL_WAITING, "%d", school->waiting);
}

/* Those with most left undone first. */
static int compare(const struct board *board, int a, int b)
{
        int order = atoi(table_cell(&board->table, b, COL_WAITING)) - atoi(table_cell(&board->table, a, COL_WAITING));
        return order ? order : strcmp(table_cell(&board->table, a, COL_SCHOOL), table_cell(&board->table, b, COL_SCHOOL));
}

enum err_code board_cumplimiento(struct board *board, struct err *err)
{
        struct commitments all = {.board = board, .schools = {.arena = &board->arena, .size = sizeof(struct kept)}};
        board_set_columns(board, headings, COLUMNS);
        board->empty = _("Todavía no venció el plazo de ningún compromiso este año.");
        enum err_code rc = read_all(&all, err);
        for (int i = 0; rc == ERR_OK && i < all.schools.n; i++)
                add_row(board, all.schools.items[i]);
        board_sort(board, compare);
        if (all.sum.all)
                board_summary(board, _("Cumplidos %s de los que vencían; en parte %d, no cumplidos %d, vencidos y abiertos %d."),
                              share_words(board, all.sum.kept, all.sum.all), all.sum.partly, all.sum.not_kept, all.sum.waiting);
        groups_release(&all.schools);
        return rc;
}
