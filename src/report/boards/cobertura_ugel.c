/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same coverage UGEL by UGEL, with the goal for one-teacher and multigrade schools. */
#include "../coverage.h"

#include <string.h>

enum {
        COL_UGEL,
        COL_TEACHERS,
        COL_WITHOUT,
        COL_ONCE,
        COL_TWICE,
        COL_SHARE,
        COL_LATE,
        COL_SMALL,
        COL_SMALL_VISITED,
        COL_SMALL_SHARE,
        UGELES = 300
};

static const struct board_heading headings[] = {
        [COL_UGEL] = {"ugel", _("UGEL"), CELL_TEXT, 1, 0, false},
        [COL_TEACHERS] = {"docentes", _("Docentes"), CELL_NUMBER, 2, 8, false},
        [COL_WITHOUT] = {"sin_visita", _("Sin visita"), CELL_NUMBER, 3, 10, false},
        [COL_ONCE] = {"con_una", _("Con 1"), CELL_NUMBER, 3, 5, false},
        [COL_TWICE] = {"con_dos", _("Con 2"), CELL_NUMBER, 2, 5, false},
        [COL_SHARE] = {"con_dos_pct", _("% con 2"), CELL_NUMBER, 1, 7, false},
        [COL_LATE] = {"atrasados", _("Atrasados"), CELL_NUMBER, 2, 9, false},
        [COL_SMALL] = {"unidocente_multigrado", _("Uni. y multi."), CELL_NUMBER, 4, 13, false},
        [COL_SMALL_VISITED] = {"unidocente_multigrado_visitadas", _("Visitadas"), CELL_NUMBER, 4, 9, false},
        [COL_SMALL_SHARE] = {"unidocente_multigrado_pct", _("% uni. y multi."), CELL_NUMBER, 1, 15, false},
};

/* A few hundred at most, found one after the other. */
struct by_ugel {
        struct {
                const char *code;
                struct coverage_sum sum;
        } items[UGELES];
        int n;
};

static struct coverage_sum *sum_of(struct by_ugel *all, const char *code)
{
        int i = 0;
        while (i < all->n && strcmp(all->items[i].code, code) != 0)
                i++;
        if (i == UGELES)
                return &all->items[UGELES - 1].sum;
        if (i == all->n) {
                all->items[i].code = code;
                all->items[i].sum = (struct coverage_sum){0};
                all->n++;
        }
        return &all->items[i].sum;
}

static void put_share(struct board *board, int column, int part, int whole)
{
        if (whole)
                board_putf(board, column, "%.1f", 100.0 * part / whole);
}

static void add_row(struct board *board, const char *code, const struct coverage_sum *sum)
{
        bool reached = sum->small == 0 || 100 * sum->small_visited >= SMALL_GOAL * sum->small;
        board_add(board, sum->late ? TONE_OVERDUE : reached ? TONE_NORMAL : TONE_SOON);
        if (*code)
                board_goes_to(board, "cobertura", code);
        board_put(board, COL_UGEL,
                  *code ? board_choice(board, "institucion", "ugel", code) : _("(sin UGEL)"));
        board_putf(board, COL_TEACHERS, "%d", sum->teachers);
        board_putf(board, COL_WITHOUT, "%d", sum->without);
        board_putf(board, COL_ONCE, "%d", sum->once);
        board_putf(board, COL_TWICE, "%d", sum->twice);
        put_share(board, COL_SHARE, sum->twice, sum->teachers);
        board_putf(board, COL_LATE, "%d", sum->late);
        board_putf(board, COL_SMALL, "%d", sum->small);
        board_putf(board, COL_SMALL_VISITED, "%d", sum->small_visited);
        put_share(board, COL_SMALL_SHARE, sum->small_visited, sum->small);
}

static int compare(const struct board *board, int a, int b)
{
        return strcmp(table_cell(&board->table, a, COL_UGEL), table_cell(&board->table, b, COL_UGEL));
}

enum err_code board_cobertura_ugel(struct board *board, struct err *err)
{
        struct coverage coverage;
        struct by_ugel all = {.n = 0};
        board_set_columns(board, headings, (int)ARRAY_LEN(headings));
        enum err_code rc = coverage_read(board, board->options.ugel, &coverage, err);
        for (int i = 0; rc == ERR_OK && i < coverage.teachers_n; i++)
                coverage_add_teacher(&coverage, &coverage.teachers[i],
                                     sum_of(&all, coverage.teachers[i].ugel));
        for (int i = 0; rc == ERR_OK && i < coverage.schools_n; i++)
                coverage_add_school(&coverage.schools[i], sum_of(&all, coverage.schools[i].ugel));
        for (int i = 0; i < all.n; i++)
                add_row(board, all.items[i].code, &all.items[i].sum);
        board_sort(board, compare);
        coverage_summarise(&coverage);
        coverage_release(&coverage);
        return rc;
}
