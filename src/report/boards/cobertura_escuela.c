/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same coverage school by school: those that nobody visited first. */
#include "../coverage.h"

#include <stdlib.h>
#include <string.h>

enum { COL_SCHOOL, COL_KIND, COL_TEACHERS, COL_WITHOUT, COL_ONCE, COL_TWICE, COL_LATE, COL_LAST, COL_UGEL };

static const struct board_heading headings[] = {
        [COL_SCHOOL] = {"escuela", _("Escuela"), CELL_TEXT, 1, 0, false},
        [COL_KIND] = {"caracteristica", _("Característica"), CELL_TEXT, 3, 22, false},
        [COL_TEACHERS] = {"docentes", _("Docentes"), CELL_NUMBER, 2, 8, false},
        [COL_WITHOUT] = {"sin_visita", _("Sin visita"), CELL_NUMBER, 1, 10, false},
        [COL_ONCE] = {"con_una", _("Con 1"), CELL_NUMBER, 2, 5, false},
        [COL_TWICE] = {"con_dos", _("Con 2"), CELL_NUMBER, 2, 5, false},
        [COL_LATE] = {"atrasados", _("Atrasados"), CELL_NUMBER, 1, 9, false},
        [COL_LAST] = {"ultima_visita", _("Última"), CELL_DATE, 2, 10, false},
        [COL_UGEL] = {"ugel", _("UGEL"), CELL_TEXT, 4, 18, false},
};

static enum board_tone tone_of(const struct covered_school *school)
{
        if (school->late)
                return TONE_OVERDUE;
        if (!school->visited)
                return TONE_SOON;
        return school->teachers && school->twice == school->teachers ? TONE_DONE : TONE_NORMAL;
}

static void add_row(struct board *board, const struct covered_school *school)
{
        char id[ID_TEXT];
        board_add(board, tone_of(school));
        board_goes_to(board, "escuela", id_format(&school->id, id));
        board_put(board, COL_SCHOOL, *school->title ? school->title : board_title(board, id));
        board_put(board, COL_KIND, board_choice(board, "institucion", "tipo_ie", school->kind));
        board_putf(board, COL_TEACHERS, "%d", school->teachers);
        board_putf(board, COL_WITHOUT, "%d", school->without);
        board_putf(board, COL_ONCE, "%d", school->once);
        board_putf(board, COL_TWICE, "%d", school->twice);
        board_putf(board, COL_LATE, "%d", school->late);
        board_put(board, COL_LAST, school->last);
        board_put(board, COL_UGEL, board_choice(board, "institucion", "ugel", school->ugel));
}

/* The longest without a visit first; the more that are late, the sooner. */
static int compare(const struct board *board, int a, int b)
{
        const struct table *table = &board->table;
        int order = strcmp(table_cell(table, a, COL_LAST), table_cell(table, b, COL_LAST));
        if (order == 0)
                order = atoi(table_cell(table, b, COL_LATE)) - atoi(table_cell(table, a, COL_LATE));
        return order ? order : strcmp(table_cell(table, a, COL_SCHOOL), table_cell(table, b, COL_SCHOOL));
}

enum err_code board_cobertura_escuela(struct board *board, struct err *err)
{
        struct coverage coverage;
        board_set_columns(board, headings, (int)ARRAY_LEN(headings));
        enum err_code rc = coverage_read(board, coverage_ugel(board), &coverage, err);
        for (int i = 0; rc == ERR_OK && i < coverage.schools_n; i++)
                if (coverage.schools[i].teachers || coverage.schools[i].visited ||
                    coverage_is_small(&coverage.schools[i]))
                        add_row(board, &coverage.schools[i]);
        board_sort(board, compare);
        coverage_summarise(&coverage);
        coverage_release(&coverage);
        return rc;
}
