/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finalised records: all, or of one form at a time; letters filter, Enter opens. */
#include <stdlib.h>

#include "records_priv.h"
#include "ui/screens.h"

struct records {
        struct list list;
        struct record_source source;
        struct arena arena;
        struct store_form *forms; /* record forms, to go through with one key */
        int forms_n, form;        /* form -1: all */
        char *school;
        struct sent *sent;        /* NULL at an office with none above: nothing is sent from there */
};

static void read_forms(struct records *state, struct ui *ui)
{
        struct store_form *forms;
        int n, kept = 0;
        struct err err;
        state->form = -1;
        if (store_form_list(app_store(ui->app), &state->arena, &forms, &n, &err) != ERR_OK) {
                ui_say_err(ui, &err);
                return;
        }
        for (int i = 0; i < n; i++)
                if (!forms[i].is_entity)
                        forms[kept++] = forms[i];
        state->forms = forms;
        state->forms_n = kept;
}

static void read_sent(struct records *state, struct ui *ui)
{
        struct sent_counts counts;
        struct err err;
        enum err_code rc = app_sent_counts(ui->app, &counts, &err);
        if (rc == ERR_OK && !counts.top)
                rc = sent_load(ui->app, &state->sent, &err);
        if (rc != ERR_OK)
                ui_say_err(ui, &err);
        state->source.sent = state->sent;
}

static void records_draw(struct screen *screen, struct canvas *canvas, struct rect area)
{
        struct records *state = screen->state;
        list_draw(&state->list, canvas, area, true);
}

static const char *records_title(struct screen *screen, struct arena *arena)
{
        struct records *state = screen->state;
        const char *which = state->form < 0 ? _("todas las fichas") : state->forms[state->form].title;
        return arena_printf(arena, _("Registros: %s"), which);
}

static void next_form(struct records *state)
{
        state->form = state->form + 1 < state->forms_n ? state->form + 1 : -1;
        state->source.query.form = state->form < 0 ? NULL : state->forms[state->form].id;
        list_refresh(&state->list);
        state->list.at = state->list.top = 0;
}

static enum handled records_key(struct screen *screen, const struct key *key, int action)
{
        struct records *state = screen->state;
        const struct store_record *record = record_list_selected(&state->list);
        if ((action == ACT_OPEN || list_opens(&state->list, key)) && record) {
                struct id id = record->id;
                screen_record_open(screen->ui, &id);
                return HANDLED;
        }
        if (action == ACT_KIND) {
                next_form(state);
                return HANDLED;
        }
        return list_key(&state->list, key);
}

static void records_back(struct screen *screen, struct screen *from, int result)
{
        struct records *state = screen->state;
        (void)from;
        (void)result;
        list_refresh(&state->list);
}

static void records_free(struct screen *screen)
{
        struct records *state = screen->state;
        list_release(&state->list);
        arena_release(&state->arena);
        sent_free(state->sent);
        free(state->school);
        free(state);
}

static bool records_typing(struct screen *screen)
{
        (void)screen;
        return true;
}

const struct screen_class screen_records = {.name = "records", .draw = records_draw, .key = records_key,
                                            .title = records_title, .back = records_back, .free = records_free,
                                            .typing = records_typing};

struct screen *screen_records_open(struct ui *ui, const char *school)
{
        struct records *state = xcalloc(1, sizeof *state);
        state->school = school ? xstrdup(school) : NULL;
        state->source = (struct record_source){.app = ui->app, .dates = true};
        state->source.query = (struct store_query){.school = state->school, .order = ORDER_DATE_DESC, .annulled = true, .form_names = true};
        read_forms(state, ui);
        read_sent(state, ui);
        state->source.forms = state->forms;
        state->source.forms_n = state->forms_n;
        record_list_init(&state->list, &state->source,
                         _("Todavía no hay fichas concluidas. Esc vuelve al inicio; ahí «Nueva ficha» empieza una."));
        return ui_push(ui, &screen_records, state);
}
