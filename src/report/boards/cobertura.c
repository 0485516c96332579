/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Teachers by how many visits they had this year, those that are late first; of one UGEL with an argument. */
#include "../coverage.h"

#include <string.h>

enum { COL_TEACHER, COL_VISITS, COL_MISSING, COL_DUE, COL_SCHOOL, COL_LAST, COL_KIND, COL_UGEL };

static const struct board_heading headings[] = {
        [COL_TEACHER] = {"docente", _("Docente"), CELL_TEXT, 1, 0, false},
        [COL_VISITS] = {"visitas", _("Visitas"), CELL_NUMBER, 1, 7, false},
        [COL_MISSING] = {"falta", _("Le falta"), CELL_TEXT, 1, 8, false},
        [COL_DUE] = {"hasta", _("Hasta"), CELL_DATE, 3, 10, false},
        [COL_SCHOOL] = {"escuela", _("Escuela"), CELL_TEXT, 2, 20, false},
        [COL_LAST] = {"ultima_visita", _("Última"), CELL_DATE, 4, 10, false},
        [COL_KIND] = {"caracteristica", _("Característica"), CELL_TEXT, 5, 18, false},
        [COL_UGEL] = {"ugel", _("UGEL"), CELL_TEXT, 6, 18, false},
};

static const char *missing_words(const struct covered_teacher *teacher)
{
        return teacher->visits == 0 ? _("las dos") : teacher->visits == 1 ? _("la 2.ª") : _("nada");
}

static enum board_tone tone_of(const struct board *board, const struct covered_teacher *teacher)
{
        if (teacher->visits >= VISITS_WANTED)
                return TONE_DONE;
        return *teacher->due ? board_due_tone(board, teacher->due, SOON_DAYS) : TONE_NORMAL;
}

static void add_row(const struct coverage *coverage, const struct covered_teacher *teacher)
{
        struct board *board = coverage->board;
        const struct covered_school *school =
                teacher->school >= 0 ? &coverage->schools[teacher->school] : NULL;
        char id[ID_TEXT];
        board_add(board, tone_of(board, teacher));
        board_opens(board, &teacher->id);
        if (school)
                board_goes_to(board, "escuela", id_format(&school->id, id));
        board_put(board, COL_TEACHER, board_title(board, id_format(&teacher->id, id)));
        board_putf(board, COL_VISITS, "%d", teacher->visits);
        board_put(board, COL_MISSING, missing_words(teacher));
        board_put(board, COL_DUE, teacher->due);
        board_put(board, COL_LAST, teacher->last);
        board_put(board, COL_SCHOOL, school ? school->title : "");
        board_put(board, COL_KIND, school ? board_choice(board, "institucion", "tipo_ie", school->kind) : "");
        board_put(board, COL_UGEL, board_choice(board, "institucion", "ugel", teacher->ugel));
}

/* Those still to be visited by their day, then the rest; names within a day. */
static int compare(const struct board *board, int a, int b)
{
        bool x = board->rows[a].tone == TONE_DONE, y = board->rows[b].tone == TONE_DONE;
        int order =
                x != y ? (x ? 1 : -1)
                       : strcmp(table_cell(&board->table, a, COL_DUE), table_cell(&board->table, b, COL_DUE));
        if (order == 0)
                order = strcmp(table_cell(&board->table, a, COL_VISITS),
                               table_cell(&board->table, b, COL_VISITS));
        return order ? order
                     : strcmp(table_cell(&board->table, a, COL_TEACHER),
                              table_cell(&board->table, b, COL_TEACHER));
}

enum err_code board_cobertura(struct board *board, struct err *err)
{
        struct coverage coverage;
        board_set_columns(board, headings, (int)ARRAY_LEN(headings));
        enum err_code rc = coverage_read(board, coverage_ugel(board), &coverage, err);
        for (int i = 0; rc == ERR_OK && i < coverage.teachers_n; i++)
                add_row(&coverage, &coverage.teachers[i]);
        board_sort(board, compare);
        coverage_summarise(&coverage);
        coverage_release(&coverage);
        return rc;
}
