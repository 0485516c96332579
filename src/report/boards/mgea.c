/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * MGEA school by school, at their latest checklists: practices achieved of each
 * of the seven principles, of those that apply, and what changed since the one
 * before.  The argument limits it to a UGEL (060001) or to one of its networks
 * («060001 Red Alto Jequetepeque»).
 */
#include "../mgea.h"

#include <stdlib.h>
#include <string.h>

enum { COL_SCHOOL, COL_TOTAL, COL_CHANGE, COL_PHASE, COL_FIRST, COL_DATE = COL_FIRST + MGEA_PRINCIPLES, COL_BEFORE, COL_NETWORK,
       COL_UGEL, COLUMNS };

static const struct board_heading headings[COLUMNS] = {
        [COL_SCHOOL] = {"escuela", _("Escuela"), CELL_TEXT, 1, 0, false},
        [COL_TOTAL] = {"logradas", _("Total"), CELL_TEXT, 2, 5, false},
        [COL_CHANGE] = {"cambio", _("Cambio"), CELL_TEXT, 3, 10, false},
        [COL_PHASE] = {"fase", _("Fase"), CELL_TEXT, 5, 20, false},
        [COL_DATE] = {"fecha", _("Corte"), CELL_DATE, 4, 10, false},
        [COL_BEFORE] = {"corte_anterior", _("Anterior"), CELL_DATE, 6, 10, false},
        [COL_NETWORK] = {"red", _("Red"), CELL_TEXT, 6, 20, false},
        [COL_UGEL] = {"ugel", _("UGEL"), CELL_TEXT, 7, 18, false},
};

static void set_columns(struct board *board)
{
        struct board_heading all[COLUMNS];
        memcpy(all, headings, sizeof all);
        for (int i = 0; i < MGEA_PRINCIPLES; i++)
                all[COL_FIRST + i] = (struct board_heading){mgea_principles[i].key, mgea_principles[i].short_title, CELL_TEXT, 1, 4, false};
        board_set_columns(board, all, COLUMNS);
}

static const char *change_words(struct board *board, const struct mgea_school *school)
{
        int change = school->now.all_achieved - school->before.all_achieved;
        if (!*school->before.date)
                return _("primero");
        if (change == 0)
                return _("igual");
        return change > 0 ? arena_printf(&board->arena, _("↑ %d más"), change) : arena_printf(&board->arena, _("↓ %d menos"), -change);
}

static enum board_tone tone_of(const struct mgea_school *school)
{
        if (school->now.all_applies && school->now.all_achieved == school->now.all_applies)
                return TONE_DONE;
        return *school->before.date && school->now.all_achieved < school->before.all_achieved ? TONE_SOON : TONE_NORMAL;
}

static void add_row(struct board *board, const struct mgea_school *school)
{
        const struct mgea_checklist *now = &school->now;
        char id[ID_TEXT];
        board_add(board, tone_of(school));
        board_opens(board, &now->record);
        if (!id_is_none(&school->school))
                board_goes_to(board, "mgea-ie", id_format(&school->school, id));
        board_put(board, COL_SCHOOL, school->title);
        board_putf(board, COL_TOTAL, "%d/%d", now->all_achieved, now->all_applies);
        board_put(board, COL_CHANGE, change_words(board, school));
        board_put(board, COL_PHASE, mgea_phase_words(board, now->phase));
        for (int i = 0; i < MGEA_PRINCIPLES; i++) {
                if (now->applies[i])
                        board_putf(board, COL_FIRST + i, "%d/%d", now->achieved[i], now->applies[i]);
                else
                        board_put(board, COL_FIRST + i, "—");
        }
        board_put(board, COL_DATE, now->date);
        board_put(board, COL_BEFORE, school->before.date);
        board_put(board, COL_NETWORK, school->network);
        board_put(board, COL_UGEL, board_choice(board, "mgea_checklist", "ugel", school->ugel));
}

/* What the argument says after the UGEL is the network; only the UGEL: all of them. */
static bool is_asked(const struct board *board, const struct mgea_school *school)
{
        const char *argument = board->options.argument;
        size_t len = strcspn(argument, " ");
        if (!*argument)
                return true;
        bool same = strlen(school->ugel) == len && strncmp(school->ugel, argument, len) == 0;
        const char *network = argument + len + strspn(argument + len, " ");
        return same && (!*network || strcmp(network, school->network) == 0);
}

static int compare(const struct board *board, int a, int b)
{
        return strcmp(table_cell(&board->table, a, COL_SCHOOL), table_cell(&board->table, b, COL_SCHOOL));
}

static void show(struct mgea *mgea)
{
        struct board *board = mgea->board;
        int achieved = 0, applies = 0, up = 0, down = 0, n = 0;
        for (int i = 0; i < mgea->schools.n; i++) {
                const struct mgea_school *school = mgea->schools.items[i];
                if (!is_asked(board, school))
                        continue;
                bool compared = *school->before.date;
                add_row(board, school);
                n++;
                achieved += school->now.all_achieved;
                applies += school->now.all_applies;
                up += compared && school->now.all_achieved > school->before.all_achieved;
                down += compared && school->now.all_achieved < school->before.all_achieved;
        }
        board_sort(board, compare);
        board_summary(board, _("Escuelas: %d. Prácticas logradas: %s. Desde el corte anterior avanzan %d y retroceden %d."), n,
                      applies ? share_words(board, achieved, applies) : "0", up, down);
}

enum err_code board_mgea(struct board *board, struct err *err)
{
        struct mgea mgea;
        set_columns(board);
        board->empty = _("No hay fichas del MGEA. Se llenan con la ficha «MGEA», una por escuela y fecha de corte.");
        enum err_code rc = mgea_read(board, &mgea, err);
        if (rc == ERR_OK)
                show(&mgea);
        mgea_release(&mgea);
        return rc;
}
