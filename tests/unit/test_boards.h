/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A small UGEL for the tests of boards, made with the forms of
 * tests/vectors/boards on Thursday 26 November 2026: two schools and a third of
 * another UGEL, three teachers, a director, and the specialist who uses the
 * laptop.  Records are written as short lines of JSON with ' for ".
 */
#ifndef SIMAE_TEST_BOARDS_H
#define SIMAE_TEST_BOARDS_H

#include "test_app.h"

#include "report/board.h"

struct town {
        struct world *w;
        const char *me, *other; /* specialists */
        const char *rosa, *luz, *ivan,
                *eva; /* teachers: two at `norte`, one at `sur`, and one of the other UGEL */
        const char *norte, *sur, *beta; /* schools: unidocente, completo, multigrado of the other UGEL */
};

HELPER const char *add(struct town *t, const char *form, json_t *answers)
{
        struct id id = make(t->w, form, answers);
        return id_text(t->w, &id);
}
#define ADD(form, ...) add(t, form, answers_of(t->w, __VA_ARGS__))

HELPER void people_and_places(struct town *t)
{
        t->norte =
                ADD("institucion",
                    "{'nombre':'IE "
                    "Norte','cod_mod':'0000001','tipo_ie':'unidocente','estado':'activa','ugel':'060001'}");
        t->sur = ADD("institucion",
                     "{'nombre':'IE "
                     "Sur','cod_mod':'0000002','tipo_ie':'completo','estado':'activa','ugel':'060001'}");
        t->beta = ADD("institucion",
                      "{'nombre':'IE "
                      "Beta','cod_mod':'0000003','tipo_ie':'multigrado','estado':'activa','ugel':'060002'}");
        t->me = ADD("persona", "{'apellidos':'Ejemplo','nombres':'Ana','cargo':'mae','ugel':'060001'}");
        t->other = ADD("persona", "{'apellidos':'Otra','nombres':'Inés','cargo':'mae','ugel':'060001'}");
        t->rosa = ADD("persona",
                      "{'apellidos':'Quispe','nombres':'Rosa','cargo':'docente','ie':'%s','ugel':'060001'}",
                      t->norte);
        t->luz = ADD("persona",
                     "{'apellidos':'Alva','nombres':'Luz','cargo':'docente','ie':'%s','ugel':'060001'}",
                     t->norte);
        t->ivan = ADD("persona",
                      "{'apellidos':'Zárate','nombres':'Iván','cargo':'docente','ie':'%s','ugel':'060001'}",
                      t->sur);
        t->eva = ADD("persona",
                     "{'apellidos':'Beta','nombres':'Eva','cargo':'docente','ie':'%s','ugel':'060002'}",
                     t->beta);
}

HELPER int town_new(void **state)
{
        struct town *t = xcalloc(1, sizeof *t);
        const char *tree = getenv("SIMAE_TREE");
        void *world = NULL;
        if (world_new(&world) != 0)
                return -1;
        struct world *w = t->w = world;
        shell("rm -rf '%s' && cp -R '%s/tests/vectors/boards' '%s'", w->forms, tree ? tree : ".", w->forms);
        fix_clock("2026-11-26T09:30:00.000-05:00");
        if (open_app(w) != ERR_OK)
                return -1;
        people_and_places(t);
        struct id me = id_of(t->me);
        OK(app_profile_adopt(w->app, &me, &w->err));
        *state = t;
        return 0;
}

HELPER int town_free(void **state)
{
        struct town *t = *state;
        void *world = t->w;
        int status = world_free(&world);
        free(t);
        return status;
}

/* ---- Boards ---- */

HELPER struct board make_board(struct town *t, const char *name, struct board_options options)
{
        struct world *w = t->w;
        struct board board;
        OK(app_board(w->app, name, &options, &board, &w->err));
        return board;
}

HELPER int column_of(const struct board *board, const char *name)
{
        for (int i = 0; i < board->table.columns_n; i++)
                if (strcmp(board->table.columns[i].name, name) == 0)
                        return i;
        fail_msg("%s has no column %s", board->class->name, name);
        return -1;
}

HELPER const char *cell_of(const struct board *board, int row, const char *column)
{
        if (row >= board->table.rows_n)
                fail_msg("%s has %d rows", board->class->name, board->table.rows_n);
        return table_cell(&board->table, row, column_of(board, column));
}

/* The row that has `text` in a column; -1 if none has. */
HELPER int row_with(const struct board *board, const char *column, const char *text)
{
        for (int i = 0; i < board->table.rows_n; i++)
                if (strcmp(cell_of(board, i, column), text) == 0)
                        return i;
        return -1;
}

/* The cells of a column, joined by "|", as one text to compare. In the world's arena. */
HELPER const char *cells_of(struct town *t, const struct board *board, const char *column)
{
        const char *all = "";
        for (int i = 0; i < board->table.rows_n; i++)
                all = arena_printf(&t->w->arena, "%s%s%s", all, i ? "|" : "", cell_of(board, i, column));
        return all;
}

/* " ", "•", "~", "!" or "✓" of each row, joined. */
HELPER const char *marks_of(struct town *t, const struct board *board)
{
        const char *all = "";
        for (int i = 0; i < board->table.rows_n; i++)
                all = arena_printf(&t->w->arena, "%s%s", all, board_tone_mark(board->rows[i].tone));
        return all;
}

/* Make a board, compare one column of it, and let it go. */
HELPER void expect_cells(struct town *t, const char *name, struct board_options options, const char *column,
                         const char *cells)
{
        struct board board = make_board(t, name, options);
        assert_string_equal(cells_of(t, &board, column), cells);
        board_release(&board);
}

#endif
