/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The right side of home: how things stand, most urgent first; what does not fit is left out. */
#include "base/clock.h"
#include "home_priv.h"

static const char *export_words(const struct home *home, struct arena *arena)
{
        struct datetime when;
        if (!home->last_export || !datetime_parse(home->last_export, -300, &when))
                return _("Nunca se exportó.");
        int64_t days = clock_now().days - when.days;
        if (days <= 0)
                return _("Última exportación: hoy.");
        return days == 1 ? _("Última exportación: ayer.")
                         : arena_printf(arena, _("Última exportación: hace %lld días."), (long long)days);
}

static const char *today_words(struct arena *arena)
{
        int64_t days = clock_now().days;
        struct civil c = date_to_civil(days);
        return arena_printf(arena, _("%s %d de %s de %d"), date_weekday_name(date_weekday(days)), c.day,
                            date_month_name(c.month), c.year);
}

/* A line of the right side, cut at its edge; nothing below its end. */
static void put(struct canvas *canvas, struct rect area, int *row, enum style style, const char *text)
{
        if (*row < area.rows)
                canvas_text_cut(canvas, area.row + *row, area.col, area.cols, style, text);
        ++*row;
}

/* «! Compromisos: esta semana 3; vencidos 12»: numbers last, so that one and many are written alike. */
static void put_pending(struct screen *screen, struct canvas *canvas, struct rect area, int *row,
                        const char *what, const char *now_words, int now, const char *late_words, int late)
{
        struct arena *frame = &screen->ui->frame;
        const char *past = late ? arena_printf(frame, "; %s %d", late_words, late) : "";
        if (now || late)
                put(canvas, area, row, late ? STYLE_WARNING : STYLE_NORMAL,
                    arena_printf(frame, "%s %s: %s %d%s", late ? "!" : "·", what, now_words, now, past));
}

/* What the office wants looked at, what it is to look at again, and what somebody has to decide. */
static void put_observed(struct screen *screen, struct canvas *canvas, struct rect area, int *row, const struct today *today)
{
        struct arena *frame = &screen->ui->frame;
        if (today->observed)
                put(canvas, area, row, STYLE_WARNING,
                    arena_printf(frame, today->observed == 1 ? _("! %d ficha observada: falta corregirla (o)")
                                                             : _("! %d fichas observadas: falta corregirlas (o)"), today->observed));
        if (today->corrected)
                put(canvas, area, row, STYLE_NORMAL,
                    arena_printf(frame, today->corrected == 1 ? _("· %d ficha corregida, por revisar (o)")
                                                              : _("· %d fichas corregidas, por revisar (o)"), today->corrected));
        if (today->conflicts)
                put(canvas, area, row, STYLE_WARNING,
                    arena_printf(frame, today->conflicts == 1 ? _("! %d ficha en conflicto: falta decidir (x)")
                                                              : _("! %d fichas en conflicto: falta decidir (x)"), today->conflicts));
}

static void draw_today(struct screen *screen, struct canvas *canvas, struct rect area, int *row)
{
        const struct today *today = &((struct home *)screen->state)->today;
        int begun = *row + 1;
        put(canvas, area, row, STYLE_HEADING, today_words(&screen->ui->frame));
        put_pending(screen, canvas, area, row, _("Visitas"), _("hoy"), today->visits, _("sin hacer"),
                    today->visits_late);
        put_pending(screen, canvas, area, row, _("Compromisos"), _("esta semana"), today->commitments,
                    _("vencidos"), today->commitments_late);
        put_pending(screen, canvas, area, row, _("Alertas"), _("hoy"), today->alerts, _("vencidas"),
                    today->alerts_late);
        put_observed(screen, canvas, area, row, today);
        if (*row == begun)
                put(canvas, area, row, STYLE_NORMAL, _("Nada programado ni vencido para hoy."));
        ++*row;
}

static void draw_laptops(struct screen *screen, struct canvas *canvas, struct rect area, int *row)
{
        const struct home *home = screen->state;
        if (home->laptops)
                put(canvas, area, row, STYLE_WARNING,
                    home->laptops == 1 ? _("! 1 laptop nueva espera en «Claves y laptops»")
                                       : arena_printf(&screen->ui->frame, _("! %d laptops nuevas esperan en «Claves y laptops»"), home->laptops));
        if (home->key_due)
                put(canvas, area, row, STYLE_WARNING, _("! Toca probar la clave de la oficina: l y F3"));
        if (home->laptops || home->key_due)
                ++*row;
}

static void draw_drafts(struct screen *screen, struct canvas *canvas, struct rect area, int *row)
{
        struct home *home = screen->state;
        int shown = area.rows > 14 ? 4 : 2;
        put(canvas, area, row, STYLE_HEADING,
            home->drafts_n ? _("Sin concluir") : _("No hay fichas sin concluir"));
        for (int i = 0; i < home->drafts_n && i < shown; i++) {
                const struct store_draft *draft = &home->drafts[i];
                put(canvas, area, row, STYLE_NORMAL,
                    arena_printf(&screen->ui->frame, _("· %s — faltan %d"),
                                 *draft->title ? draft->title : draft->form, draft->missing));
        }
        ++*row;
}

void home_draw_figures(struct screen *screen, struct canvas *canvas, struct rect area)
{
        struct home *home = screen->state;
        struct arena *frame = &screen->ui->frame;
        const char *warning = app_warning(screen->ui->app);
        int row = 0;
        draw_today(screen, canvas, area, &row);
        draw_laptops(screen, canvas, area, &row);
        draw_drafts(screen, canvas, area, &row);
        put(canvas, area, &row, STYLE_HEADING, _("En esta laptop"));
        put(canvas, area, &row, STYLE_NORMAL,
            arena_printf(frame,
                         home->counts.records == 1 ? _("%lld ficha concluida; %lld en el directorio.")
                                                   : _("%lld fichas concluidas; %lld en el directorio."),
                         (long long)home->counts.records, (long long)home->counts.entities));
        put(canvas, area, &row, home->sent.unsent ? STYLE_WARNING : STYLE_NORMAL, sent_count_words(&home->sent, frame));
        put(canvas, area, &row, STYLE_NORMAL, export_words(home, frame));
        row++;
        if (warning && row < area.rows)
                canvas_wrap(canvas, (struct rect){area.row + row, area.col, area.rows - row, area.cols},
                            STYLE_WARNING, warning, 0);
}
