/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One board, whichever it is: its summary and its rows.  Letters filter, Enter
 * opens the record of a row or the board below it.  The board is made again
 * each time the screen comes back to the top, since what was opened may have
 * changed it.
 */
#include <stdlib.h>

#include "board_rows.h"
#include "ui/form_screen.h"
#include "ui/screens.h"

enum { TAG_RESERVED = 1 };

struct board_screen {
        const struct board_class *class;
        struct board_rows rows;
        char *argument, *title; /* the argument's record by its title; NULL: none */
        char persona[ID_TEXT];
        bool mine, sensitive;
};

static bool load(struct screen *screen)
{
        struct board_screen *state = screen->state;
        struct board_options options = {.argument = state->argument,
                                        .sensitive = state->sensitive,
                                        .persona = state->mine ? state->persona : NULL};
        struct board board;
        struct err err;
        if (app_board(screen->ui->app, state->class->name, &options, &board, &err) != ERR_OK) {
                ui_say_err(screen->ui, &err);
                return false;
        }
        board_rows_set(&state->rows, &board);
        return true;
}

static void board_draw(struct screen *screen, struct canvas *canvas, struct rect area)
{
        struct board_screen *state = screen->state;
        board_rows_draw(&state->rows, canvas, board_rows_summary(&state->rows, canvas, area));
}

static const char *board_title_bar(struct screen *screen, struct arena *arena)
{
        struct board_screen *state = screen->state;
        const char *of = state->title ? state->title : "";
        return arena_printf(arena, "%s%s%s\t%s", state->class->title, *of ? " › " : "", of,
                            state->sensitive ? _("Con reservados")
                            : state->mine    ? _("Solo lo suyo")
                                             : "");
}

/* ---- Acting ---- */

static void begin_planned(struct screen *screen)
{
        struct board_screen *state = screen->state;
        struct board_row row = board_rows_row(&state->rows);
        struct err err;
        char form[64];
        json_t *initial;
        if (app_planned(screen->ui->app, &row.planned, form, &initial, &err) != ERR_OK) {
                ui_say_err(screen->ui, &err);
                return;
        }
        begin_record(screen->ui, form, initial);
        json_decref(initial);
}

static void ask_reserved(struct screen *screen)
{
        static const char *const answers[] = {_("No, dejarlos fuera"), _("Sí, mostrarlos")};
        struct board_screen *state = screen->state;
        if (state->sensitive) {
                state->sensitive = false;
                load(screen);
                return;
        }
        dialog_ask(screen->ui, TAG_RESERVED, _("¿Mostrar los registros reservados?"),
                   _("Son datos de personas que la norma protege. Fíjese en que nadie más vea la pantalla."),
                   answers, 2);
}

static enum handled board_key(struct screen *screen, const struct key *key, int action)
{
        struct board_screen *state = screen->state;
        switch (action) {
        case ACT_NEW: begin_planned(screen); return HANDLED;
        case ACT_RESERVED: ask_reserved(screen); return HANDLED;
        case ACT_KIND:
                state->mine = !state->mine;
                load(screen);
                return HANDLED;
        default: return board_rows_act(screen, &state->rows, key, action);
        }
}

static bool board_allows(struct screen *screen, int action)
{
        struct board_screen *state = screen->state;
        struct board_row row = board_rows_row(&state->rows);
        switch (action) {
        case ACT_NEW: return !id_is_none(&row.planned);
        case ACT_KIND: return state->class->whose != WHOSE_SAME && *state->persona;
        case ACT_OPEN: case ACT_SORT: case ACT_REVERSE: case ACT_EXPORT: return state->rows.board.table.rows_n > 0;
        default: return true;
        }
}

static void board_back(struct screen *screen, struct screen *from, int result)
{
        struct board_screen *state = screen->state;
        if (board_rows_back(screen, &state->rows, from, result))
                return;
        if (dialog_tag(from) == TAG_RESERVED)
                state->sensitive = result == 2;
        load(screen);
}

static void board_free(struct screen *screen)
{
        struct board_screen *state = screen->state;
        board_rows_release(&state->rows);
        free(state->argument);
        free(state->title);
        free(state);
}

static bool board_typing(struct screen *screen)
{
        (void)screen;
        return true;
}

const struct screen_class screen_board = {.name = "board",
                                          .draw = board_draw,
                                          .key = board_key,
                                          .title = board_title_bar,
                                          .allows = board_allows,
                                          .back = board_back,
                                          .free = board_free,
                                          .typing = board_typing};

static char *argument_title(struct ui *ui, const struct board_class *class, const char *argument)
{
        struct arena arena = {0};
        if (!argument || !*argument)
                return NULL;
        char *title = xstrdup(*class->forms ? record_title(ui->app, argument, &arena) : argument);
        arena_release(&arena);
        return title;
}

struct screen *screen_board_open(struct ui *ui, const char *name, const char *argument)
{
        const struct board_class *class = board_find(name);
        if (str_starts(name, "balance"))
                return screen_balance_open(ui, name, argument);
        if (class->argument == BOARD_REQUIRED && !argument && *class->forms)
                return screen_board_of_open(ui, name);
        struct board_screen *state = xcalloc(1, sizeof *state);
        state->class = class;
        state->argument = argument ? xstrdup(argument) : NULL;
        state->title = argument_title(ui, class, argument);
        snprintf(state->persona, sizeof state->persona, "%s", app_persona(ui->app));
        state->mine = class->whose == WHOSE_MINE && *state->persona && !state->argument;
        board_rows_init(&state->rows);
        struct screen *screen = ui_push(ui, &screen_board, state);
        if (load(screen))
                return screen;
        ui_close(screen);
        return NULL;
}
