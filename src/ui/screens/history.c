/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The revisions of a record, newest first; Enter shows what one of them changed. */
#include <stdlib.h>

#include "app/conflict.h"
#include "app/padron.h"
#include "base/date.h"
#include "ui/screens.h"

struct history {
        struct id id;
        struct arena arena;
        struct history_row *revisions; /* oldest first */
        int n, heads;
        struct list list;
};

static int history_rows(void *ctx, const char *words, int from, int n, struct list_row *rows, struct arena *arena)
{
        struct screen *screen = ctx;
        struct history *state = screen->state;
        int found = 0;
        (void)words;
        for (int i = state->n - 1 - from; i >= 0 && found < n; i--) {
                const struct store_revision *revision = &state->revisions[i].revision;
                const char *author = *revision->author ? record_title(screen->ui->app, revision->author, arena)
                                     : padron_wrote(revision) ? _("el padrón del Ministerio") : _("sin perfil");
                rows[found] = (struct list_row){.style = *state->revisions[i].conflicts ? STYLE_WARNING : STYLE_NORMAL, .data = revision};
                rows[found].cells[0] = moment_text(revision->date, arena);
                rows[found].cells[1] = record_state_word(revision->state);
                rows[found].cells[2] = author;
                rows[found++].cells[3] = history_words(&state->revisions[i], state->heads == 1, arena);
        }
        return found;
}

static void history_count(void *ctx, const char *words, int64_t *ret_found, int64_t *ret_all)
{
        struct screen *screen = ctx;
        (void)words;
        *ret_found = *ret_all = ((struct history *)screen->state)->n;
}

static void history_draw(struct screen *screen, struct canvas *canvas, struct rect area)
{
        struct history *state = screen->state;
        list_draw(&state->list, canvas, area, true);
}

static const char *history_title(struct screen *screen, struct arena *arena)
{
        (void)screen;
        (void)arena;
        return _("Historia de la ficha");
}

static const struct store_revision *before(const struct history *state, const struct store_revision *revision)
{
        for (int i = 0; revision->parents_n > 0 && i < state->n; i++)
                if (hash_equal(&state->revisions[i].revision.id, &revision->parents[0]))
                        return &state->revisions[i].revision;
        return NULL;
}

static void show_changes(struct screen *screen, const struct store_revision *revision)
{
        struct history *state = screen->state;
        const struct store_revision *old = before(state, revision);
        const struct form *form;
        struct table table;
        struct str text = STR_INIT;
        struct err err;
        if (app_form_version(screen->ui->app, &revision->form_hash, &form, &err) != ERR_OK ||
            record_changes(screen->ui->app, form, old ? &old->id : NULL, &revision->id, &table, &err) != ERR_OK) {
                ui_say_err(screen->ui, &err);
                return;
        }
        for (int i = 0; i < table.rows_n; i++)
                if (old)
                        str_addf(&text, _("%s\n  antes: %s\n  después: %s\n"), table_cell(&table, i, 0), table_cell(&table, i, 1), table_cell(&table, i, 2));
                else
                        str_addf(&text, "%s: %s\n", table_cell(&table, i, 0), table_cell(&table, i, 2));
        dialog_text_view(screen->ui, old ? _("Qué cambió") : _("Primera versión"), text.len ? text.text : _("No cambió ninguna respuesta."));
        str_release(&text);
        table_release(&table);
}

static enum handled history_key(struct screen *screen, const struct key *key, int action)
{
        struct history *state = screen->state;
        const struct list_row *row = list_selected(&state->list);
        if ((action == ACT_OPEN || list_opens(&state->list, key)) && row) {
                show_changes(screen, row->data);
                return HANDLED;
        }
        return key->kind == KEY_KIND_CHAR ? IGNORED : list_key(&state->list, key);
}

static void history_free(struct screen *screen)
{
        struct history *state = screen->state;
        list_release(&state->list);
        arena_release(&state->arena);
        free(state);
}

const struct screen_class screen_history = {.name = "history", .draw = history_draw, .key = history_key,
                                            .title = history_title, .free = history_free};

struct screen *screen_history_open(struct ui *ui, const struct id *record)
{
        struct history *state = xcalloc(1, sizeof *state);
        struct err err;
        state->id = *record;
        if (record_history(ui->app, record, &state->arena, &state->revisions, &state->n, &err) != ERR_OK)
                ui_say_err(ui, &err);
        for (int i = 0; i < state->n; i++)
                state->heads += state->revisions[i].head;
        struct screen *screen = ui_push(ui, &screen_history, state);
        struct list_source source = {.ctx = screen, .columns_n = 4, .rows = history_rows, .count = history_count,
                                     .empty = _("No hay historia."), .fixed = true};
        source.columns[0].title = _("Fecha");
        source.columns[0].width = 17;
        source.columns[1].title = _("Estado");
        source.columns[1].width = 11;
        source.columns[2].title = _("Quién");
        source.columns[2].width = 20;
        source.columns[3].title = _("Situación");
        list_init(&state->list, &source);
        return screen;
}
