/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What came and is not in force: why each waits, or was set aside.  Enter says
 * all that is known of it; everything can be saved raw, for whoever is to look.
 */
#include <stdlib.h>
#include <string.h>

#include "app/incoming.h"
#include "ui/screens.h"

enum { TAG_FILE = 1 };

struct waiting {
        struct arena arena;
        struct waiting_group *groups;
        int n;
        struct list list;
};

static int waiting_rows(void *ctx, const char *words, int from, int n, struct list_row *rows, struct arena *arena)
{
        struct waiting *state = ((struct screen *)ctx)->state;
        int found = 0;
        (void)words;
        for (int i = from; i < state->n && found < n; i++) {
                const struct waiting_group *group = &state->groups[i];
                rows[found] = (struct list_row){.style = STYLE_NORMAL, .data = group};
                rows[found].cells[0] = arena_printf(arena, "%7d", group->n);
                rows[found].cells[1] = group->why;
                rows[found].cells[2] = arena_printf(arena, "%.8s", *group->device ? group->device : _("—"));
                rows[found].cells[3] = moment_text(group->at, arena);
                rows[found++].cells[4] = group->reason;
        }
        return found;
}

static void waiting_count(void *ctx, const char *words, int64_t *ret_found, int64_t *ret_all)
{
        struct waiting *state = ((struct screen *)ctx)->state;
        (void)words;
        *ret_found = *ret_all = state->n;
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
static void show(struct screen *screen, const struct waiting_group *group)
{
        struct arena *frame = &screen->ui->frame;
        dialog_text_view(screen->ui, group->why,
                         arena_printf(frame, group->n == 1 ? _("%s\n\nEs %s, que llegó el %s, de la laptop %s, en el paquete %s.\n"
                                                               "Revisión %s.\n\n%s")
                                                           : _("%s\n\nSon %s, que llegaron el %s, de la laptop %s, en el paquete %s.\n"
                                                               "La primera revisión: %s.\n\n%s"),
                                      group->reason, arena_count(frame, group->n, _("cambio"), _("cambios")), moment_text(group->at, frame),
                                      *group->device ? group->device : _("desconocida"), group->bundle, group->revision,
                                      _("Espera sin límite de tiempo. F6, en la lista, guarda en un archivo todo lo que espera, tal como llegó: "
                                        "contiene datos de las fichas, cuídelo.")));
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
        return (action != ACT_OPEN && action != ACT_EXPORT) || state->n > 0;
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
        arena_release(&state->arena);
        free(state);
}

const struct screen_class screen_waiting = {.name = "waiting", .draw = waiting_draw, .key = waiting_key, .title = waiting_title,
                                            .allows = waiting_allows, .back = waiting_back, .free = waiting_free};

struct screen *screen_waiting_open(struct ui *ui)
{
        struct waiting *state = xcalloc(1, sizeof *state);
        struct err err;
        if (app_waiting_groups(ui->app, &state->arena, &state->groups, &state->n, &err) != ERR_OK) {
                ui_say_err(ui, &err);
                arena_release(&state->arena);
                free(state);
                return NULL;
        }
        struct screen *screen = ui_push(ui, &screen_waiting, state);
        struct list_source source = {.ctx = screen, .columns_n = 5, .rows = waiting_rows, .count = waiting_count, .fixed = true,
                                     .empty = _("Nada está en espera: todo lo que llegó vale.")};
        source.columns[0].title = _("Cambios");
        source.columns[0].width = 7;
        source.columns[1].title = _("Situación");
        source.columns[1].width = 18;
        source.columns[2].title = _("Laptop");
        source.columns[2].width = 8;
        source.columns[3].title = _("Llegó");
        source.columns[3].width = 17;
        source.columns[4].title = _("Motivo");
        list_init(&state->list, &source);
        return screen;
}
