/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One school from visit to visit: each person who was monitored there, with the
 * criteria achieved in the latest visits side by side. Enter goes down to her
 * levels.
 */
#include "../groups.h"
#include "../progress.h"

#include <stdio.h>
#include <string.h>

enum { VISITS = 4, COL_PERSON = 0, COL_FORM, COL_VISIT, COL_CHANGE = COL_VISIT + VISITS, COL_LAST, COLUMNS };

struct visit { int achieved, rated; char date[DATE_TEXT]; };
struct person {
        const char *id, *form;
        struct visit visits[VISITS]; /* newest first */
        int n;
};
struct school { struct board *board; struct groups people; struct rubrics rubrics; };

static const struct board_heading headings[COLUMNS] = {
        [COL_PERSON] = {"persona", _("Persona"), CELL_TEXT, 1, 0, false},
        [COL_FORM] = {"ficha", _("Ficha"), CELL_TEXT, 3, 14, false},
        [COL_VISIT] = {"antes_3", _("3 antes"), CELL_TEXT, 4, 8, false},
        [COL_VISIT + 1] = {"antes_2", _("2 antes"), CELL_TEXT, 3, 8, false},
        [COL_VISIT + 2] = {"anterior", _("Anterior"), CELL_TEXT, 1, 8, false},
        [COL_VISIT + 3] = {"ultima", _("Última"), CELL_TEXT, 1, 8, false},
        [COL_CHANGE] = {"cambio", _("Cambio"), CELL_TEXT, 1, 8, false},
        [COL_LAST] = {"fecha", _("Fecha"), CELL_DATE, 2, 10, false},
};

static enum err_code take(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        struct school *all = ctx;
        struct id key = groups_key(record->subject, record->form, NULL);
        struct person *person = groups_of(&all->people, &key);
        (void)err;
        if (!person->id) {
                person->id = arena_strdup(&all->board->arena, record->subject);
                person->form = arena_strdup(&all->board->arena, record->form);
        }
        if (person->n == VISITS)
                return ERR_OK;
        struct visit *visit = &person->visits[person->n++];
        snprintf(visit->date, sizeof visit->date, "%s", record->date);
        for (int i = 0; i < all->rubrics.n; i++) {
                int level = level_of(answers[i]);
                visit->rated += level > 0;
                visit->achieved += level >= LEVEL_ACHIEVED;
        }
        return ERR_OK;
}

static enum err_code read_all(struct school *all, struct err *err)
{
        const struct board_options *options = &all->board->options;
        enum err_code rc = ERR_OK;
        for (int f = 0; rc == ERR_OK && f < PROGRESS_FORMS; f++) {
                struct store_query query = {.form = progress_forms[f], .school = options->argument, .done_only = true,
                                            .date_from = options->from, .date_to = options->to};
                rubrics_read(all->board, progress_forms[f], &all->rubrics);
                if (all->rubrics.n)
                        rc = board_walk(all->board, query, all->rubrics.names, all->rubrics.n, take, all, err);
        }
        return rc;
}

static double share(const struct visit *visit)
{
        return visit->rated ? (double)visit->achieved / visit->rated : 0;
}

/* Shares are compared, for not every visit observes everything. */
static int direction(const struct person *person)
{
        if (person->n < 2 || !person->visits[0].rated || !person->visits[1].rated)
                return 0;
        double now = share(&person->visits[0]), before = share(&person->visits[1]);
        return (now > before) - (now < before);
}

static void add_row(struct board *board, const struct person *person)
{
        int change = direction(person);
        bool compared = person->n > 1 && person->visits[0].rated && person->visits[1].rated;
        board_add(board, change < 0 ? TONE_SOON : change > 0 ? TONE_GOOD : TONE_NORMAL);
        board_goes_to(board, "progreso", person->id);
        board_put(board, COL_PERSON, board_title(board, person->id));
        board_put(board, COL_FORM, board_form_title(board, person->form));
        for (int i = 0; i < person->n; i++)
                board_put(board, COL_VISIT + VISITS - 1 - i, achieved_words(board, person->visits[i].achieved, person->visits[i].rated));
        board_put(board, COL_CHANGE, compared ? change_words(2, 2 + change) : person->n == 1 ? _("primera") : "");
        board_put(board, COL_LAST, person->visits[0].date);
}

static int compare(const struct board *board, int a, int b)
{
        int order = strcmp(table_cell(&board->table, a, COL_FORM), table_cell(&board->table, b, COL_FORM));
        return order ? order : strcmp(table_cell(&board->table, a, COL_PERSON), table_cell(&board->table, b, COL_PERSON));
}

enum err_code board_progreso_escuela(struct board *board, struct err *err)
{
        struct school all = {.board = board, .people = {.arena = &board->arena, .size = sizeof(struct person)}};
        int up = 0, down = 0;
        board_set_columns(board, headings, COLUMNS);
        board->empty = _("En esta escuela no hay visitas con niveles.");
        enum err_code rc = read_all(&all, err);
        for (int i = 0; rc == ERR_OK && i < all.people.n; i++) {
                const struct person *person = all.people.items[i];
                add_row(board, person);
                up += direction(person) > 0;
                down += direction(person) < 0;
        }
        board_sort(board, compare);
        if (all.people.n)
                board_summary(board, _("Personas monitoreadas: %d. Criterios logrados (III o IV) de los observados; suben %d y bajan %d."),
                              all.people.n, up, down);
        groups_release(&all.people);
        return rc;
}
