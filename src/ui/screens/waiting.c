/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What came and is not in force: why each waits, or was set aside.  Enter says
 * all that is known of it; everything can be saved raw, for whoever is to look.
 */
#include <stdlib.h>
#include <string.h>

#include "app/incoming.h"
#include "ui/screens.h"

enum { TAG_FILE = 1, COL_WHY = 0, COL_REASON, COL_DEVICE, COL_BUNDLE, COL_AT, COL_HASH };

struct waiting {
        struct table table;
        struct list list;
};

static int waiting_rows(void *ctx, const char *words, int from, int n, struct list_row *rows, struct arena *arena)
{
        struct waiting *state = ((struct screen *)ctx)->state;
        int found = 0;
        (void)words;
        for (int i = from; i < state->table.rows_n && found < n; i++) {
                const char *device = table_cell(&state->table, i, COL_DEVICE);
                rows[found] = (struct list_row){.style = STYLE_NORMAL, .data = state->table.cells + (size_t)i * (size_t)state->table.columns_n};
                rows[found].cells[0] = table_cell(&state->table, i, COL_WHY);
                rows[found].cells[1] = arena_printf(arena, "%.8s", *device ? device : _("—"));
                rows[found].cells[2] = moment_text(table_cell(&state->table, i, COL_AT), arena);
                rows[found++].cells[3] = table_cell(&state->table, i, COL_REASON);
        }
        return found;
}

static void waiting_count(void *ctx, const char *words, int64_t *ret_found, int64_t *ret_all)
{
        struct waiting *state = ((struct screen *)ctx)->state;
        (void)words;
        *ret_found = *ret_all = state->table.rows_n;
}

static void waiting_draw(struct screen *screen, struct canvas *canvas, struct rect area)
{
        list_draw(&((struct waiting *)screen->state)->list, canvas, area, true);
}

static const char *waiting_title(struct screen *screen, struct arena *arena)
{
        (void)screen;
        (void)arena;
        return _("En espera");
}

/* What it says is not shown: it may be reserved, and it may be anything. */
static void show(struct screen *screen, const char *const *cells)
{
        struct arena *frame = &screen->ui->frame;
        dialog_text_view(screen->ui, cells[COL_WHY],
                         arena_printf(frame, _("%s\n\nLlegó el %s, de la laptop %s, en el paquete %s.\nRevisión %s.\n\n"
                                               "Espera sin límite de tiempo. F6, en la lista, guarda en un archivo todo lo que espera, "
                                               "tal como llegó: contiene datos de las fichas, cuídelo."),
                                      cells[COL_REASON], moment_text(cells[COL_AT], frame),
                                      *cells[COL_DEVICE] ? cells[COL_DEVICE] : _("desconocida"), cells[COL_BUNDLE], cells[COL_HASH]));
}

static void ask_file(struct screen *screen)
{
        dialog_line(screen->ui, TAG_FILE, _("Guardar lo que espera"),
                    _("Archivo nuevo, como /media/usted/MEMORIA/espera.ndjson"), "");
}

static enum handled waiting_key(struct screen *screen, const struct key *key, int action)
{
        struct waiting *state = screen->state;
        const struct list_row *row = list_selected(&state->list);
        if ((action == ACT_OPEN || list_opens(&state->list, key)) && row) {
                show(screen, row->data);
                return HANDLED;
        }
        if (action == ACT_EXPORT) {
                ask_file(screen);
                return HANDLED;
        }
        return key->kind == KEY_KIND_CHAR ? IGNORED : list_key(&state->list, key);
}

static bool waiting_allows(struct screen *screen, int action)
{
        struct waiting *state = screen->state;
        return (action != ACT_OPEN && action != ACT_EXPORT) || state->table.rows_n > 0;
}

static void waiting_back(struct screen *screen, struct screen *from, int result)
{
        struct err err;
        int n;
        if (dialog_tag(from) != TAG_FILE || !result || str_blank(dialog_text(from)))
                return;
        if (app_waiting_save(screen->ui->app, dialog_text(from), &n, &err) != ERR_OK)
                ui_say_err(screen->ui, &err);
        else
                ui_say(screen->ui, STYLE_OK, n == 1 ? _("Guardado: %s (%d línea).") : _("Guardado: %s (%d líneas)."), dialog_text(from), n);
}

static void waiting_free(struct screen *screen)
{
        struct waiting *state = screen->state;
        list_release(&state->list);
        table_release(&state->table);
        free(state);
}

const struct screen_class screen_waiting = {.name = "waiting", .draw = waiting_draw, .key = waiting_key, .title = waiting_title,
                                            .allows = waiting_allows, .back = waiting_back, .free = waiting_free};

struct screen *screen_waiting_open(struct ui *ui)
{
        struct table table;
        struct err err;
        if (app_waiting_table(ui->app, &table, &err) != ERR_OK) {
                ui_say_err(ui, &err);
                return NULL;
        }
        struct waiting *state = xcalloc(1, sizeof *state);
        state->table = table;
        struct screen *screen = ui_push(ui, &screen_waiting, state);
        struct list_source source = {.ctx = screen, .columns_n = 4, .rows = waiting_rows, .count = waiting_count, .fixed = true,
                                     .empty = _("Nada está en espera: todo lo que llegó vale.")};
        source.columns[0].title = _("Situación");
        source.columns[0].width = 18;
        source.columns[1].title = _("Laptop");
        source.columns[1].width = 8;
        source.columns[2].title = _("Llegó");
        source.columns[2].width = 17;
        source.columns[3].title = _("Motivo");
        list_init(&state->list, &source);
        return screen;
}
