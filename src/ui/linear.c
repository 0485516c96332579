/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The linear mode from its start to its end: how things stand, the menu, and who uses the laptop. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "linear_priv.h"

#include "app/laptops.h"
#include "app/sent.h"
#include "base/clock.h"

/* ---- The profile ---- */

static void adopt(struct linear *l, const struct id *persona)
{
        struct err err;
        if (app_profile_adopt(l->app, persona, &err) != ERR_OK)
                linear_say_err(l, &err);
        else
                linear_say(l, _("Listo, %s. Elija «Nueva ficha» para empezar."), app_profile(l->app)->name);
}

static void menu_profile(struct linear *l)
{
        const struct app_profile *profile = app_profile(l->app);
        bool first = id_is_none(&profile->persona);
        struct draft *draft;
        struct id persona;
        struct err err;
        enum err_code rc = first ? draft_begin(l->app, "persona", NULL, &draft, &err)
                                 : draft_edit(l->app, &profile->persona, &draft, &err);
        if (rc != ERR_OK)
                linear_say_err(l, &err);
        else if (linear_fill(l, draft, ASK_QUICK, &persona) == ASK_FINALISED)
                adopt(l, &persona);
        else if (first)
                linear_say(l, _("Sin perfil las fichas no llevan su nombre. Complételo en «Mi perfil»."));
}

/* ---- How things stand ---- */

static const char *export_words(struct linear *l, struct arena *arena)
{
        struct store_export last;
        struct datetime when;
        if (store_export_last(app_store(l->app), arena, &last, NULL) != ERR_OK ||
            !datetime_parse(last.when, -300, &when))
                return _("Nunca se exportó.");
        int64_t days = clock_now().days - when.days;
        if (days <= 1)
                return days <= 0 ? _("Última exportación: hoy.") : _("Última exportación: ayer.");
        return arena_printf(arena, _("Última exportación: hace %lld días."), (long long)days);
}

static void say_figures(struct linear *l)
{
        struct arena arena = {0};
        struct store_counts counts;
        struct sent_counts sent;
        struct err err;
        int n;
        linear_drafts_of(l, &arena, &n);
        if (store_counts(app_store(l->app), &counts, &err) != ERR_OK) {
                linear_say_err(l, &err);
                counts = (struct store_counts){0};
        }
        linear_say(l, _("%lld fichas concluidas; %lld en el directorio; %d sin concluir."),
                   (long long)counts.records, (long long)counts.entities, n);
        if (app_sent_counts(l->app, &sent, &err) != ERR_OK)
                linear_say_err(l, &err);
        else if (sent.unconfirmed && (sent.unsent || sent.answered))
                linear_say(l, "%s %s", sent_count_words(&sent, &arena), export_words(l, &arena));
        arena_release(&arena);
}

static void say_keys(struct linear *l)
{
        int n = app_laptops_pending(l->app);
        if (n > 0)
                linear_say(l, n == 1 ? _("%d laptop nueva espera en «Claves y laptops».") : _("%d laptops nuevas esperan en «Claves y laptops»."), n);
        if (app_office_due(l->app))
                linear_say(l, _("Toca probar la clave de la oficina: en «Claves y laptops», +."));
}

static void say_welcome(struct linear *l)
{
        struct civil day = date_to_civil(clock_now().days);
        const struct app_profile *profile = app_profile(l->app);
        bool known = !id_is_none(&profile->persona);
        linear_say(l, _("simae, modo de texto%s%s"), known ? ": " : "", known ? profile->name : "");
        linear_say(l, _("%s %d de %s de %d"), date_weekday_name(date_weekday(clock_now().days)), day.day,
                   date_month_name(day.month), day.year);
        say_figures(l);
        say_keys(l);
        if (app_warning(l->app))
                linear_say(l, _("Aviso: %s"), app_warning(l->app));
}

/* ---- The menu ---- */

static void menu_leave(struct linear *l)
{
        l->ended = true;
}

static const struct menu_row {
        const char *label;
        void (*run)(struct linear *l);
} menu[] = {
        {_("Nueva ficha"), linear_new},   {_("Continuar"), linear_drafts},
        {_("Registros"), linear_records}, {_("Directorio"), linear_directory},
        {_("Exportar"), linear_export},   {_("Mi perfil"), menu_profile},
        {_("Agenda"), linear_agenda},     {_("Tableros"), linear_boards},
        {_("Ayuda y glosario"), linear_guide},
        {_("Importar"), linear_import},   {_("Balance"), linear_balance},
        {_("Claves y laptops"), linear_keys},
        {_("Salir"), menu_leave},
};

static void say_menu(struct linear *l)
{
        linear_say(l, _("Menú"));
        for (size_t i = 0; i < ARRAY_LEN(menu); i++)
                linear_say(l, "%zu. %s", i + 1, menu[i].label);
        linear_say(l, _("Escriba un número y Enter. Un punto solo muestra la ayuda."));
}

static const struct menu_row *menu_row_of(const char *text)
{
        int number = linear_number(text, (int)ARRAY_LEN(menu));
        for (size_t i = 0; i < ARRAY_LEN(menu) && !number; i++)
                if (linear_matches(menu[i].label, text))
                        return &menu[i];
        return number ? &menu[number - 1] : NULL;
}

/* True once something of the menu was done: it is said again then. */
static bool menu_hear(struct linear *l)
{
        struct heard heard =
                linear_hear(l, ORDER_BIT(HELP) | ORDER_BIT(LEAVE),
                            _("El número de una línea del menú la abre. Aquí .salir termina el programa."));
        const struct menu_row *row = heard.kind == HEARD_TEXT ? menu_row_of(heard.text) : NULL;
        if (heard.kind == HEARD_ORDER)
                menu_leave(l);
        else if (row)
                row->run(l);
        else if (heard.kind == HEARD_TEXT)
                linear_say(l, _("Escriba un número del 1 al %zu."), ARRAY_LEN(menu));
        return row != NULL;
}

static void menu_once(struct linear *l)
{
        l->to_menu = false;
        say_menu(l);
        while (!linear_stops(l) && !menu_hear(l))
                ;
}

/* What a start asks: the newest draft, or who uses the laptop. */
static void first_questions(struct linear *l)
{
        if (linear_offer_draft(l) || !id_is_none(&app_profile(l->app)->persona))
                return;
        linear_say(l, _("simae guarda en esta laptop las fichas de sus visitas, aunque no haya internet."));
        linear_say(l, _("Primero díganos quién es: sus apellidos, nombres, cargo y UGEL."));
        menu_profile(l);
}

enum err_code linear_run(struct app *app, struct err *err)
{
        struct linear l;
        (void)err;
        linear_open(&l, app);
        say_welcome(&l);
        first_questions(&l);
        while (!l.ended)
                menu_once(&l);
        linear_say(&l, _("Todo está guardado. Hasta luego."));
        linear_close(&l);
        return ERR_OK;
}

bool linear_wanted(bool asked)
{
        const char *term = getenv("TERM");
        bool plain = !term || !*term || strcmp(term, "dumb") == 0;
        return asked || (plain && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO));
}
