/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Planned visits (contract in planned.h). */
#include "planned.h"

#include <string.h>

const char *const plan_names[PLAN_NAMES] = {
        [PLAN_MONITOR] = "monitor",       [PLAN_FORM] = "tipo_ficha",      [PLAN_PERSON] = "persona",
        [PLAN_DATE] = "fecha_programada", [PLAN_NUMBER] = "visita_numero", [PLAN_ROUTE] = "ruta",
        [PLAN_STATE] = "estado_visita",   [PLAN_TO] = "ventana_fin",       [PLAN_PRIORITY] = "prioridad"};

const char *const visit_forms[] = {"simae_docente", "simae_directivo", "pser_formador"};
const int visit_forms_n = ARRAY_LEN(visit_forms);

struct store_query plan_query(struct board *board, const char *from, const char *to)
{
        const struct form *form = board->host->form(board->host->ctx, "plan_visitas");
        struct store_query query = {.form = "plan_visitas", .order = ORDER_DATE_DESC};
        if (form && form->date >= 0 && strcmp(form->nodes[form->date].name, plan_names[PLAN_DATE]) == 0) {
                query.date_from = from;
                query.date_to = to;
        }
        return query;
}

bool plan_is_between(const char *const *answers, const char *from, const char *to)
{
        const char *day = answers[PLAN_DATE];
        return *day && strcmp(day, from) >= 0 && (!*to || strcmp(day, to) <= 0);
}

enum board_tone plan_tone(const struct board *board, const struct store_record *record,
                          const char *const *answers)
{
        int64_t days, window;
        if (strcmp(answers[PLAN_STATE], "realizada") == 0)
                return TONE_DONE;
        if (!record->open || !board_days_to(board, answers[PLAN_DATE], &days))
                return TONE_NORMAL;
        bool closes = board_days_to(board, answers[PLAN_TO], &window);
        if (days < 0 || (closes && window < 0))
                return TONE_OVERDUE;
        return days == 0 ? TONE_NOW : closes && window <= SOON_DAYS ? TONE_SOON : TONE_NORMAL;
}

const char *plan_words(struct board *board, const char *const *answers, bool route)
{
        const char *form = board_choice(board, "plan_visitas", "tipo_ficha", answers[PLAN_FORM]);
        const char *person = board_title(board, answers[PLAN_PERSON]), *number = answers[PLAN_NUMBER];
        const char *named = *number ? arena_printf(&board->arena, _("%s, visita %s"), form, number) : form;
        const char *way =
                route && *answers[PLAN_ROUTE] ? arena_printf(&board->arena, "%s: ", answers[PLAN_ROUTE]) : "";
        return arena_printf(&board->arena, "%s%s%s%s", way, person, *person ? " · " : "", named);
}
