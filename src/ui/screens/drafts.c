/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records begun and not finalised: take one up, or throw it away after asking. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "ui/form_screen.h"
#include "ui/screens.h"

enum { TAG_DISCARD = 1 };

struct drafts {
        struct list list;
        struct arena arena;
        struct store_draft *drafts;
        int n;
        struct id chosen;
};

static bool matches(const struct store_draft *draft, const char *folded)
{
        char *title = utf8_fold(draft->title), *school = utf8_fold(draft->school_title);
        bool found = !*folded || strstr(title, folded) || strstr(school, folded);
        free(title);
        free(school);
        return found;
}

static int drafts_rows(void *ctx, const char *words, int from, int n, struct list_row *rows, struct arena *arena)
{
        struct drafts *state = ctx;
        char *folded = utf8_fold(words);
        int found = 0, skipped = 0;
        for (int i = 0; i < state->n && found < n; i++) {
                const struct store_draft *draft = &state->drafts[i];
                if (!matches(draft, folded) || skipped++ < from)
                        continue;
                rows[found] = (struct list_row){.style = STYLE_NORMAL, .data = draft};
                rows[found].cells[0] = *draft->title ? draft->title : draft->form;
                rows[found].cells[1] = arena_printf(arena, "%d", draft->answered);
                rows[found].cells[2] = arena_printf(arena, "%d", draft->missing);
                rows[found++].cells[3] = moment_text(draft->saved, arena);
        }
        free(folded);
        return found;
}

static void drafts_count(void *ctx, const char *words, int64_t *ret_found, int64_t *ret_all)
{
        struct drafts *state = ctx;
        char *folded = utf8_fold(words);
        *ret_all = state->n;
        *ret_found = 0;
        for (int i = 0; i < state->n; i++)
                *ret_found += matches(&state->drafts[i], folded);
        free(folded);
}

static void reload(struct screen *screen)
{
        struct drafts *state = screen->state;
        struct err err;
        arena_clear(&state->arena);
        state->n = 0;
        if (store_draft_list(app_store(screen->ui->app), NULL, &state->arena, &state->drafts, &state->n, &err) != ERR_OK)
                ui_say_err(screen->ui, &err);
        list_refresh(&state->list);
}

static void drafts_draw(struct screen *screen, struct canvas *canvas, struct rect area)
{
        struct drafts *state = screen->state;
        list_draw(&state->list, canvas, area, true);
}

static const char *drafts_title(struct screen *screen, struct arena *arena)
{
        (void)screen;
        (void)arena;
        return _("Fichas sin concluir");
}

static void ask_discard(struct screen *screen, const struct store_draft *draft)
{
        static const char *const answers[] = {_("No, conservarla"), _("Sí, borrar el borrador")};
        struct drafts *state = screen->state;
        state->chosen = draft->id;
        const char *words = draft_words(screen->ui, draft, &state->arena);
        dialog_ask(screen->ui, TAG_DISCARD, _("¿Borrar lo escrito?"),
                   arena_printf(&state->arena, _("%s\n\nLo que se borra no se puede recuperar."), words), answers, 2);
}

static enum handled drafts_key(struct screen *screen, const struct key *key, int action)
{
        struct drafts *state = screen->state;
        const struct list_row *row = list_selected(&state->list);
        if ((action == ACT_OPEN || list_opens(&state->list, key)) && row) {
                resume_draft(screen->ui, &((const struct store_draft *)row->data)->id);
                return HANDLED;
        }
        if (action == ACT_DELETE && row) {
                ask_discard(screen, row->data);
                return HANDLED;
        }
        return list_key(&state->list, key);
}

static void discard(struct screen *screen)
{
        struct drafts *state = screen->state;
        struct err err;
        if (store_draft_delete(app_store(screen->ui->app), &state->chosen, &err) != ERR_OK)
                ui_say_err(screen->ui, &err);
        else
                ui_say(screen->ui, STYLE_OK, _("Borrador eliminado."));
}

static void drafts_back(struct screen *screen, struct screen *from, int result)
{
        if (dialog_tag(from) == TAG_DISCARD && result == 2)
                discard(screen);
        reload(screen);
        struct drafts *state = screen->state;
        if (state->n == 0 && from->class == &screen_form)
                ui_close(screen); /* the last one was concluded: nothing left to choose */
}

static void drafts_free(struct screen *screen)
{
        struct drafts *state = screen->state;
        list_release(&state->list);
        arena_release(&state->arena);
        free(state);
}

static bool drafts_typing(struct screen *screen)
{
        (void)screen;
        return true;
}

const struct screen_class screen_drafts = {.name = "drafts", .draw = drafts_draw, .key = drafts_key,
                                           .title = drafts_title, .back = drafts_back, .free = drafts_free,
                                           .typing = drafts_typing};

struct screen *screen_drafts_open(struct ui *ui)
{
        struct drafts *state = xcalloc(1, sizeof *state);
        struct list_source source = {.ctx = state, .columns_n = 4, .rows = drafts_rows, .count = drafts_count,
                                     .empty = _("No hay fichas sin concluir. Esc vuelve al inicio.")};
        source.columns[0].title = _("Ficha");
        source.columns[1].title = _("Hechas");
        source.columns[1].width = 7;
        source.columns[2].title = _("Faltan");
        source.columns[2].width = 7;
        source.columns[3].title = _("Guardada");
        source.columns[3].width = 16;
        list_init(&state->list, &source);
        struct screen *screen = ui_push(ui, &screen_drafts, state);
        reload(screen);
        return screen;
}
