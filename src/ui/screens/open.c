/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Beginning and resuming records from any screen, with their sentences. */
#include <string.h>

#include "ui/form_screen.h"
#include "ui/screens.h"

#include "base/clock.h"
#include "base/date.h"

bool begin_record(struct ui *ui, const char *form, const json_t *initial)
{
        struct draft *draft;
        struct err err;
        if (draft_begin(ui->app, form, initial, &draft, &err) != ERR_OK) {
                ui_say_err(ui, &err);
                return false;
        }
        screen_form_open(ui, draft);
        return true;
}

bool resume_draft(struct ui *ui, const struct id *id)
{
        struct draft *draft;
        struct err err;
        if (draft_resume(ui->app, id, &draft, &err) != ERR_OK) {
                ui_say_err(ui, &err);
                return false;
        }
        screen_form_open(ui, draft);
        return true;
}

const char *moment_text(const char *iso, struct arena *arena)
{
        struct datetime when;
        char day[DATE_TEXT], hour[TIME_TEXT];
        if (!datetime_parse(iso, -300, &when))
                return iso;
        return arena_printf(arena, "%s %s", date_format_person(when.days, day), time_format(when.ms / 60000 * 60000, hour));
}

/* "hoy a las 10:20", "ayer a las…", "el 12/10/2026". */
static const char *moment(const char *iso, struct arena *arena)
{
        struct datetime when, now = clock_now();
        char day[DATE_TEXT], hour[TIME_TEXT];
        if (!datetime_parse(iso, -300, &when))
                return iso;
        time_format(when.ms / 60000 * 60000, hour);
        if (when.days == now.days)
                return arena_printf(arena, _("hoy a las %s"), hour);
        if (when.days == now.days - 1)
                return arena_printf(arena, _("ayer a las %s"), hour);
        return arena_printf(arena, _("el %s a las %s"), date_format_person(when.days, day), hour);
}

/* The row of a form in the store: its title and kind without reading the form itself. */
const struct store_form *form_row(struct ui *ui, const char *id, struct arena *arena)
{
        struct store_form *forms;
        int n;
        if (store_form_list(app_store(ui->app), arena, &forms, &n, NULL) != ERR_OK)
                return NULL;
        for (int i = 0; i < n; i++)
                if (strcmp(forms[i].id, id) == 0)
                        return &forms[i];
        return NULL;
}

const char *draft_words(struct ui *ui, const struct store_draft *draft, struct arena *arena)
{
        const struct store_form *form = form_row(ui, draft->form, arena);
        const char *title = form ? form->title : draft->form;
        return arena_printf(arena, _("%s%s%s\nGuardada %s. %d respuestas; faltan %d."), title,
                            *draft->school_title ? " · " : "", draft->school_title, moment(draft->saved, arena),
                            draft->answered, draft->missing);
}
