/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The directory: one kind of entity at a time (schools first), filtered as one types. */
#include <stdlib.h>
#include <string.h>

#include "records_priv.h"
#include "ui/form_screen.h"
#include "ui/screens.h"

struct directory {
        struct list list;
        struct record_source source;
        struct arena arena;
        struct store_form *kinds;
        int kinds_n, kind;
};

/* Schools are asked for most, then people. */
static int importance(const char *form)
{
        static const char *const first[] = {"institucion", "persona"};
        for (int i = 0; i < (int)ARRAY_LEN(first); i++)
                if (strcmp(first[i], form) == 0)
                        return i;
        return (int)ARRAY_LEN(first);
}

static int by_importance(const void *a, const void *b)
{
        const struct store_form *x = a, *y = b;
        int order = importance(x->id) - importance(y->id);
        return order ? order : strcmp(x->title, y->title);
}

static void read_kinds(struct directory *state, struct ui *ui)
{
        struct store_form *forms;
        int n;
        struct err err;
        if (store_form_list(app_store(ui->app), &state->arena, &forms, &n, &err) != ERR_OK) {
                ui_say_err(ui, &err);
                return;
        }
        for (int i = 0; i < n; i++)
                if (forms[i].is_entity)
                        forms[state->kinds_n++] = forms[i];
        qsort(forms, (size_t)state->kinds_n, sizeof *forms, by_importance);
        state->kinds = forms;
}

static void show_kind(struct directory *state, int kind)
{
        state->kind = kind;
        state->source.query.form = state->kinds[kind].id;
        state->list.source.empty = strcmp(state->kinds[kind].id, "institucion") == 0
                                           ? _("Todavía no hay ninguna. F2 o ^N añade una; F8 trae las del padrón del Ministerio.")
                                           : _("Todavía no hay ninguna. F2 o ^N añade la primera.");
        list_refresh(&state->list);
        state->list.at = state->list.top = 0;
}

static void directory_draw(struct screen *screen, struct canvas *canvas, struct rect area)
{
        struct directory *state = screen->state;
        int col = area.col + 1;
        for (int i = 0; i < state->kinds_n; i++) {
                const char *title = state->kinds[i].title;
                bool here = i == state->kind;
                col += canvas_text(canvas, area.row, col, area.cols - col, here ? STYLE_FOCUS : STYLE_DIM, here ? "[" : " ");
                col += canvas_text_cut(canvas, area.row, col, 24, here ? STYLE_FOCUS : STYLE_DIM, title);
                col += canvas_text(canvas, area.row, col, area.cols - col, here ? STYLE_FOCUS : STYLE_DIM, here ? "]" : " ");
        }
        list_draw(&state->list, canvas, (struct rect){area.row + 1, area.col, area.rows - 1, area.cols}, true);
}

static const char *directory_title(struct screen *screen, struct arena *arena)
{
        struct directory *state = screen->state;
        return state->kinds_n ? arena_printf(arena, _("Directorio: %s"), state->kinds[state->kind].title) : _("Directorio");
}

/* The board that tells about one of this kind; NULL: none does. */
static const char *board_of_kind(const struct directory *state)
{
        const char *form = state->kinds_n ? state->kinds[state->kind].id : "";
        return strcmp(form, "institucion") == 0 ? "escuela" : strcmp(form, "persona") == 0 ? "compromisos" : NULL;
}

/* Schools are imported, people are joined. */
static bool directory_allows(struct screen *screen, int action)
{
        struct directory *state = screen->state;
        const char *kind = state->kinds_n ? state->kinds[state->kind].id : "";
        if (action == ACT_IMPORT)
                return strcmp(kind, "institucion") == 0;
        if (action == ACT_DUPLICATES)
                return strcmp(kind, "persona") == 0;
        return action != ACT_BOARDS || board_of_kind(state);
}

static enum handled directory_key(struct screen *screen, const struct key *key, int action)
{
        struct directory *state = screen->state;
        const struct store_record *record = record_list_selected(&state->list);
        if (state->kinds_n == 0)
                return IGNORED;
        if ((action == ACT_OPEN || list_opens(&state->list, key)) && record) {
                struct id id = record->id;
                screen_record_open(screen->ui, &id);
                return HANDLED;
        }
        if (action == ACT_BOARDS && record) {
                char id[ID_TEXT];
                screen_board_open(screen->ui, board_of_kind(state), id_format(&record->id, id));
                return HANDLED;
        }
        if (action == ACT_NEW) {
                begin_record(screen->ui, state->kinds[state->kind].id, NULL);
                return HANDLED;
        }
        if (action == ACT_DUPLICATES) {
                screen_duplicates_open(screen->ui);
                return HANDLED;
        }
        if (action == ACT_IMPORT) {
                screen_padron_open(screen->ui);
                return HANDLED;
        }
        if (action == ACT_KIND) {
                show_kind(state, (state->kind + 1) % state->kinds_n);
                return HANDLED;
        }
        return list_key(&state->list, key);
}

static void directory_back(struct screen *screen, struct screen *from, int result)
{
        struct directory *state = screen->state;
        (void)from;
        (void)result;
        list_refresh(&state->list);
}

static void directory_free(struct screen *screen)
{
        struct directory *state = screen->state;
        list_release(&state->list);
        arena_release(&state->arena);
        free(state);
}

static bool directory_typing(struct screen *screen)
{
        (void)screen;
        return true;
}

const struct screen_class screen_directory = {.name = "directory", .draw = directory_draw, .key = directory_key,
                                              .title = directory_title, .allows = directory_allows, .back = directory_back,
                                              .free = directory_free, .typing = directory_typing};

struct screen *screen_directory_open(struct ui *ui)
{
        struct directory *state = xcalloc(1, sizeof *state);
        state->source = (struct record_source){.app = ui->app};
        state->source.query = (struct store_query){.order = ORDER_TITLE, .entities = true};
        read_kinds(state, ui);
        record_list_init(&state->list, &state->source, _("Todavía no hay ninguna. F2 o ^N añade la primera."));
        if (state->kinds_n)
                show_kind(state, 0);
        return ui_push(ui, &screen_directory, state);
}
