/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * People that may have two records: the pairs above, and of the one pointed at
 * both records side by side below.  A person decides; nothing is joined by itself.
 */
#include <stdlib.h>
#include <string.h>

#include "app/people.h"
#include "base/utf8.h"
#include "ui/screens.h"

enum { TAG_DECIDE = 1, LABEL_COLS = 18 };
enum { KEEP_NOTHING = 1, KEEP_A, KEEP_B, KEEP_BOTH };

struct duplicates {
        struct list list;
        struct arena arena;
        const struct people_pair *pairs;
        int n;
        const struct people_pair *chosen, *compared;
        struct table comparison; /* of `compared` */
};

static int pair_rows(void *ctx, const char *words, int from, int n, struct list_row *rows,
                     struct arena *arena)
{
        struct duplicates *state = ctx;
        int found = 0;
        (void)words;
        (void)arena;
        for (int i = from; i < state->n && found < n; i++) {
                rows[found] = (struct list_row){.style = STYLE_NORMAL, .data = &state->pairs[i]};
                rows[found].cells[0] = state->pairs[i].a_title;
                rows[found].cells[1] = state->pairs[i].b_title;
                rows[found++].cells[2] = state->pairs[i].why;
        }
        return found;
}

static void pair_count(void *ctx, const char *words, int64_t *ret_found, int64_t *ret_all)
{
        (void)words;
        *ret_found = *ret_all = ((struct duplicates *)ctx)->n;
}

static void look_for_pairs(struct screen *screen)
{
        struct duplicates *state = screen->state;
        struct err err;
        arena_clear(&state->arena);
        state->n = 0;
        state->chosen = state->compared = NULL;
        if (people_duplicates(screen->ui->app, NULL, &state->arena, &state->pairs, &state->n, &err) != ERR_OK)
                ui_say_err(screen->ui, &err);
        list_refresh(&state->list);
}

/* ---- Side by side ---- */

static void compare(struct screen *screen, const struct people_pair *pair)
{
        struct duplicates *state = screen->state;
        if (state->compared == pair)
                return;
        if (state->compared)
                table_release(&state->comparison);
        state->compared = NULL;
        if (pair &&
            people_compare(screen->ui->app, &pair->a, &pair->b, true, &state->comparison, NULL) == ERR_OK)
                state->compared = pair;
}

static void draw_comparison(const struct duplicates *state, struct canvas *canvas, struct rect area)
{
        int half = (area.cols - LABEL_COLS - 2) / 2;
        int a_col = area.col + LABEL_COLS + 1, b_col = a_col + half + 1;
        char code[CODE_TEXT];
        canvas_text_cut(canvas, area.row, a_col, half, STYLE_HEADING, id_code(&state->compared->a, code));
        canvas_text_cut(canvas, area.row, b_col, half, STYLE_HEADING, id_code(&state->compared->b, code));
        for (int i = 0; i < state->comparison.rows_n && i + 1 < area.rows; i++) {
                const char *a = table_cell(&state->comparison, i, 1),
                           *b = table_cell(&state->comparison, i, 2);
                enum style style = strcmp(a, b) == 0 ? STYLE_NORMAL : STYLE_WARNING;
                int row = area.row + 1 + i;
                canvas_text_cut(canvas, row, area.col, LABEL_COLS, STYLE_DIM,
                                table_cell(&state->comparison, i, 0));
                canvas_text(canvas, row, a_col - 1, 1, style, strcmp(a, b) == 0 ? " " : "≠");
                canvas_text_cut(canvas, row, a_col, half, style, *a ? a : "—");
                canvas_text_cut(canvas, row, b_col, half, style, *b ? b : "—");
        }
}

static void duplicates_draw(struct screen *screen, struct canvas *canvas, struct rect area)
{
        struct duplicates *state = screen->state;
        int above = area.rows / 2 - 1;
        list_draw(&state->list, canvas, (struct rect){area.row, area.col, above, area.cols}, true);
        const struct list_row *row = list_selected(&state->list);
        compare(screen, row ? row->data : NULL);
        if (state->compared)
                draw_comparison(state, canvas,
                                (struct rect){area.row + above + 1, area.col + 1, area.rows - above - 1,
                                              area.cols - 2});
}

static const char *duplicates_title(struct screen *screen, struct arena *arena)
{
        (void)screen;
        (void)arena;
        return _("Directorio › Personas que pueden estar dos veces");
}

/* ---- Deciding ---- */

static void ask(struct screen *screen, const struct people_pair *pair)
{
        struct duplicates *state = screen->state;
        struct arena *frame = &screen->ui->frame;
        char a[CODE_TEXT], b[CODE_TEXT];
        state->chosen = pair;
        const char *answers[] = {_("Todavía no sé"),
                                 arena_printf(frame, _("Es una sola: queda %s"), id_code(&pair->a, a)),
                                 arena_printf(frame, _("Es una sola: queda %s"), id_code(&pair->b, b)),
                                 _("Son dos personas distintas")};
        dialog_ask(screen->ui, TAG_DECIDE, _("¿Es la misma persona?"),
                   arena_printf(frame,
                                _("%s (%s) y %s (%s). La que queda recibe los datos que le falten; la otra "
                                  "se anula y sus visitas "
                                  "y compromisos pasan a contarse con la que queda. Nada se borra."),
                                pair->a_title, a, pair->b_title, b),
                   answers, 4);
}

static void duplicates_back(struct screen *screen, struct screen *from, int result)
{
        struct duplicates *state = screen->state;
        const struct people_pair *pair = state->chosen;
        struct app *app = screen->ui->app;
        struct err err;
        enum err_code rc = ERR_OK;
        if (dialog_tag(from) != TAG_DECIDE || !pair || result <= KEEP_NOTHING)
                return;
        if (result == KEEP_BOTH)
                rc = people_tell_apart(app, &pair->a, &pair->b, &err);
        else
                rc = people_join(app, result == KEEP_A ? &pair->a : &pair->b,
                                 result == KEEP_A ? &pair->b : &pair->a, &err);
        if (rc != ERR_OK) {
                ui_say_err(screen->ui, &err);
                return;
        }
        ui_say(screen->ui, STYLE_OK,
               result == KEEP_BOTH ? _("Anotado: no se volverán a proponer.") : _("Unidas."));
        compare(screen, NULL);
        look_for_pairs(screen);
}

static enum handled duplicates_key(struct screen *screen, const struct key *key, int action)
{
        struct duplicates *state = screen->state;
        const struct list_row *row = list_selected(&state->list);
        if ((action == ACT_OPEN || list_opens(&state->list, key)) && row) {
                ask(screen, row->data);
                return HANDLED;
        }
        return key->kind == KEY_KIND_CHAR ? IGNORED : list_key(&state->list, key);
}

static void duplicates_free(struct screen *screen)
{
        struct duplicates *state = screen->state;
        compare(screen, NULL);
        list_release(&state->list);
        arena_release(&state->arena);
        free(state);
}

const struct screen_class screen_duplicates = {.name = "duplicates",
                                               .draw = duplicates_draw,
                                               .key = duplicates_key,
                                               .title = duplicates_title,
                                               .back = duplicates_back,
                                               .free = duplicates_free};

struct screen *screen_duplicates_open(struct ui *ui)
{
        struct duplicates *state = xcalloc(1, sizeof *state);
        struct list_source source = {.ctx = state,
                                     .columns_n = 3,
                                     .rows = pair_rows,
                                     .count = pair_count,
                                     .fixed = true,
                                     .empty = _("No se encontró a nadie que parezca estar dos veces.")};
        source.columns[0].title = _("Persona");
        source.columns[0].width = 26;
        source.columns[1].title = _("y esta otra");
        source.columns[1].width = 26;
        source.columns[2].title = _("Por qué");
        list_init(&state->list, &source);
        struct screen *screen = ui_push(ui, &screen_duplicates, state);
        look_for_pairs(screen);
        return screen;
}
