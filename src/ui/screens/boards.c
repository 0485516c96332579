/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The boards there are, to choose one; and the record that a board is about, when it needs one. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "records_priv.h"
#include "ui/screens.h"

/* ---- Which board ---- */

struct boards {
        struct list list;
};

static bool is_offered(const struct board_class *class, const char *folded_words)
{
        char *title = utf8_fold(class->title), *about = utf8_fold(class->about);
        bool alone = class->argument != BOARD_REQUIRED || *class->forms; /* else only others lead to it */
        bool matches = alone && (strstr(title, folded_words) || strstr(about, folded_words));
        free(title);
        free(about);
        return matches;
}

static int boards_rows(void *ctx, const char *words, int from, int n, struct list_row *rows,
                       struct arena *arena)
{
        char *folded = utf8_fold(words);
        int all, found = 0, passed = 0;
        const struct board_class *classes = board_classes(&all);
        (void)ctx;
        (void)arena;
        for (int i = 0; i < all && found < n; i++)
                if (is_offered(&classes[i], folded) && passed++ >= from)
                        rows[found++] = (struct list_row){.style = STYLE_NORMAL,
                                                          .data = &classes[i],
                                                          .cells = {classes[i].title, classes[i].about}};
        free(folded);
        return found;
}

static void boards_count(void *ctx, const char *words, int64_t *ret_found, int64_t *ret_all)
{
        char *folded = utf8_fold(words);
        int all;
        const struct board_class *classes = board_classes(&all);
        (void)ctx;
        *ret_found = 0;
        *ret_all = all;
        for (int i = 0; i < all; i++)
                *ret_found += is_offered(&classes[i], folded);
        free(folded);
}

static void boards_draw(struct screen *screen, struct canvas *canvas, struct rect area)
{
        struct boards *state = screen->state;
        list_draw(&state->list, canvas, area, true);
}

static const char *boards_title(struct screen *screen, struct arena *arena)
{
        (void)screen;
        (void)arena;
        return _("Tableros");
}

static enum handled boards_key(struct screen *screen, const struct key *key, int action)
{
        struct boards *state = screen->state;
        const struct list_row *row = list_selected(&state->list);
        if ((action == ACT_OPEN || list_opens(&state->list, key)) && row) {
                screen_board_open(screen->ui, ((const struct board_class *)row->data)->name, NULL);
                return HANDLED;
        }
        return list_key(&state->list, key);
}

static void boards_free(struct screen *screen)
{
        struct boards *state = screen->state;
        list_release(&state->list);
        free(state);
}

static bool typing(struct screen *screen)
{
        (void)screen;
        return true;
}

const struct screen_class screen_boards = {.name = "boards",
                                           .draw = boards_draw,
                                           .key = boards_key,
                                           .title = boards_title,
                                           .free = boards_free,
                                           .typing = typing};

struct screen *screen_boards_open(struct ui *ui)
{
        struct boards *state = xcalloc(1, sizeof *state);
        struct list_source source = {
                .ctx = state, .columns_n = 2, .rows = boards_rows, .count = boards_count};
        source.columns[0].title = _("Tablero");
        source.columns[0].width = 24;
        source.columns[1].title = _("Qué muestra");
        list_init(&state->list, &source);
        return ui_push(ui, &screen_boards, state);
}

/* ---- About what ---- */

struct board_of {
        struct list list;
        struct record_source source;
        const struct board_class *class;
        char form[64]; /* the first of those it may be about */
};

static void board_of_draw(struct screen *screen, struct canvas *canvas, struct rect area)
{
        struct board_of *state = screen->state;
        list_draw(&state->list, canvas, area, true);
}

static const char *board_of_title(struct screen *screen, struct arena *arena)
{
        struct board_of *state = screen->state;
        return arena_printf(arena, _("%s: elija cuál"), state->class->title);
}

static enum handled board_of_key(struct screen *screen, const struct key *key, int action)
{
        struct board_of *state = screen->state;
        const struct store_record *record = record_list_selected(&state->list);
        char id[ID_TEXT];
        if ((action == ACT_OPEN || list_opens(&state->list, key)) && record) {
                screen_board_open(screen->ui, state->class->name, id_format(&record->id, id));
                return HANDLED;
        }
        return list_key(&state->list, key);
}

static void board_of_free(struct screen *screen)
{
        struct board_of *state = screen->state;
        list_release(&state->list);
        free(state);
}

const struct screen_class screen_board_of = {.name = "board_of",
                                             .draw = board_of_draw,
                                             .key = board_of_key,
                                             .title = board_of_title,
                                             .free = board_of_free,
                                             .typing = typing};

struct screen *screen_board_of_open(struct ui *ui, const char *board)
{
        struct board_of *state = xcalloc(1, sizeof *state);
        const struct form *form;
        state->class = board_find(board);
        snprintf(state->form, sizeof state->form, "%.*s", (int)strcspn(state->class->forms, " "),
                 state->class->forms);
        state->source = (struct record_source){.app = ui->app};
        if (app_form(ui->app, state->form, &form, NULL) == ERR_OK)
                state->source.heading = form->title; /* lasts as long as the program */
        state->source.query =
                (struct store_query){.form = state->form, .order = ORDER_TITLE, .entities = true};
        record_list_init(&state->list, &state->source,
                         _("Todavía no hay ninguna. Se añaden en «Directorio»."));
        return ui_push(ui, &screen_board_of, state);
}
