/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Home: what to do at the left, how things stand at the right.
 *
 *      ┌ menu ──────────┐   today: visits, commitments, alerts; drafts,
 *      │ Nueva visita…  │   records not yet exported, warnings
 *      └────────────────┘
 *
 * Opening it with a draft in the store asks about the newest; with no profile
 * it asks who uses the laptop.  Figures are read when the screen is shown, not
 * at each key.
 */
#include <stdlib.h>
#include <string.h>

#include "app/laptops.h"
#include "home_priv.h"
#include "ui/form_screen.h"
#include "ui/screens.h"

enum { TAG_RESUME = 1, TAG_PROFILE };

struct menu_row { const char *label, *about; int action; };

static const struct menu_row menu[] = {
        {_("Nueva ficha"), _("Empezar una visita, una sesión o un compromiso"), ACT_NEW},
        {_("Continuar"), _("Fichas empezadas y no concluidas"), ACT_DRAFTS},
        {_("Agenda"), _("Qué toca hoy y las próximas semanas"), ACT_AGENDA},
        {_("Registros"), _("Fichas concluidas: buscar, leer, corregir"), ACT_RECORDS},
        {_("Directorio"), _("Instituciones, personas, CAP y redes"), ACT_DIRECTORY},
        {_("Balance"), _("Los indicadores, su línea base y su meta; hasta los registros de cada cifra"), ACT_BALANCE},
        {_("Tableros"), _("Compromisos, alertas, plan de visitas, cobertura, calendario"), ACT_BOARDS},
        {_("Exportar"), _("Copiar lo concluido a una memoria USB o carpeta"), ACT_EXPORT},
        {_("Importar"), _("Tomar los paquetes de otras laptops"), ACT_IMPORT},
        {_("Claves y laptops"), _("La clave de la oficina, y qué laptops se aceptan"), ACT_KEYS},
        {_("Mi perfil"), _("Quién usa esta laptop"), ACT_PROFILE},
        {_("Ayuda y glosario"), _("Palabras, normas e ideas de los programas"), ACT_GUIDE},
        {_("Salir"), _("Todo queda guardado"), ACT_QUIT},
};

/* ---- Figures ---- */

static void read_figures(struct screen *screen)
{
        struct home *home = screen->state;
        struct store *store = app_store(screen->ui->app);
        struct store_export last;
        struct err err;
        arena_clear(&home->arena);
        home->drafts_n = 0;
        home->last_export = NULL;
        if (store_counts(store, &home->counts, &err) != ERR_OK)
                ui_say_err(screen->ui, &err);
        if (app_sent_counts(screen->ui->app, &home->sent, &err) != ERR_OK)
                ui_say_err(screen->ui, &err);
        if (store_draft_list(store, NULL, &home->arena, &home->drafts, &home->drafts_n, &err) != ERR_OK)
                ui_say_err(screen->ui, &err);
        if (app_today(screen->ui->app, &home->today, &err) != ERR_OK)
                ui_say_err(screen->ui, &err);
        if (store_export_last(store, &home->arena, &last, NULL) == ERR_OK)
                home->last_export = last.when;
        home->laptops = app_laptops_pending(screen->ui->app);
        home->key_due = app_office_due(screen->ui->app);
}

/* ---- Drawing ---- */

/* Where all of it does not fit: the rows up to the one pointed at, and a mark where there are more. */
static void mark_more(const struct home *home, struct canvas *canvas, struct rect area)
{
        int col = area.col + area.cols; /* in the gap: a label may need all the rest */
        if (home->menu_first > 0)
                canvas_text(canvas, area.row, col, 1, STYLE_DIM, "↑");
        if ((int)ARRAY_LEN(menu) - home->menu_first > area.rows)
                canvas_text(canvas, area.row + area.rows - 1, col, 1, STYLE_DIM, "↓");
}

static void draw_menu(struct home *home, struct canvas *canvas, struct rect area)
{
        home->menu_first = home->at < area.rows ? 0 : home->at - area.rows + 1;
        for (int i = home->menu_first; i < (int)ARRAY_LEN(menu) && i - home->menu_first < area.rows; i++) {
                bool here = i == home->at;
                enum style style = here ? STYLE_FOCUS : STYLE_NORMAL;
                int row = area.row + i - home->menu_first;
                canvas_fill(canvas, (struct rect){row, area.col, 1, area.cols}, style);
                canvas_text(canvas, row, area.col, 2, style, here ? "▸ " : "  ");
                canvas_text(canvas, row, area.col + 2, area.cols - 2, style, menu[i].label);
                if (menu[i].action == ACT_DRAFTS && home->drafts_n) {
                        char count[16];
                        snprintf(count, sizeof count, "(%d)", home->drafts_n);
                        canvas_text(canvas, row, area.col + area.cols - 5, 5, style, count);
                }
                if (here) {
                        canvas->cursor_row = row;
                        canvas->cursor_col = area.col;
                }
        }
        mark_more(home, canvas, area);
}

/* A blank row above the menu and two below, unless the screen is short: then none. */
static int menu_top(const struct rect *area)
{
        return area->rows < (int)ARRAY_LEN(menu) + 4 ? 0 : 1;
}

static void home_draw(struct screen *screen, struct canvas *canvas, struct rect area)
{
        struct home *home = screen->state;
        int left = area.cols >= 70 ? 24 : 18, top = menu_top(&area), rows = area.rows - (top ? 4 : 1);
        home->menu_row = area.row + top;
        draw_menu(home, canvas, (struct rect){area.row + top, area.col + 2, rows, left});
        home_draw_figures(screen, canvas, (struct rect){area.row + top, area.col + left + 5, rows, area.cols - left - 7});
        canvas_text_cut(canvas, area.row + area.rows - 1 - top, area.col + 2, area.cols - 4, STYLE_DIM, menu[home->at].about);
}

static const char *home_title(struct screen *screen, struct arena *arena)
{
        const struct app_profile *profile = app_profile(screen->ui->app);
        return id_is_none(&profile->persona) ? "simae" : arena_printf(arena, "simae · %s", profile->name);
}

/* ---- Acting ---- */

static void open_profile(struct screen *screen)
{
        struct home *home = screen->state;
        const struct app_profile *profile = app_profile(screen->ui->app);
        struct draft *draft;
        struct err err;
        enum err_code rc = id_is_none(&profile->persona) ? draft_begin(screen->ui->app, "persona", NULL, &draft, &err)
                                                         : draft_edit(screen->ui->app, &profile->persona, &draft, &err);
        if (rc != ERR_OK) {
                ui_say_err(screen->ui, &err);
                return;
        }
        home->adopting = true;
        screen_form_open_quick(screen->ui, draft);
}

static void ask_profile(struct screen *screen)
{
        static const char *const answers[] = {_("Empezar")};
        dialog_ask(screen->ui, TAG_PROFILE, _("Bienvenida, bienvenido"),
                   _("simae guarda en esta laptop las fichas de sus visitas, aunque no haya internet.\n\n"
                     "Primero díganos quién es: sus apellidos, nombres, cargo y UGEL."), answers, 1);
}

/* The newest visit or session; an entry of the directory left half-way only if there is nothing else. */
static int draft_to_offer(struct screen *screen)
{
        struct home *home = screen->state;
        for (int i = 0; i < home->drafts_n; i++) {
                const struct store_form *form = form_row(screen->ui, home->drafts[i].form, &home->arena);
                if (form && !form->is_entity)
                        return i;
        }
        return 0;
}

static void ask_resume(struct screen *screen)
{
        static const char *const answers[] = {_("Continuar"), _("Más tarde")};
        struct home *home = screen->state;
        home->offered = home->drafts[draft_to_offer(screen)].id;
        const char *words = draft_words(screen->ui, &home->drafts[draft_to_offer(screen)], &home->arena);
        const char *more = home->drafts_n < 2 ? "" : home->drafts_n == 2 ? _("\n\nHay otra ficha en «Continuar».")
                : arena_printf(&home->arena, _("\n\nHay %d fichas más en «Continuar»."), home->drafts_n - 1);
        dialog_ask(screen->ui, TAG_RESUME, _("Quedó una ficha sin concluir"),
                   arena_printf(&home->arena, "%s%s", words, more), answers, 2);
}

static void open_row(struct screen *screen, int action)
{
        switch (action) {
        case ACT_NEW: screen_new_record_open(screen->ui); break;
        case ACT_DRAFTS: screen_drafts_open(screen->ui); break;
        case ACT_AGENDA: screen_board_open(screen->ui, "agenda", NULL); break;
        case ACT_BALANCE: screen_balance_open(screen->ui, "balance", NULL); break;
        case ACT_BOARDS: screen_boards_open(screen->ui); break;
        case ACT_RECORDS: screen_records_open(screen->ui, NULL); break;
        case ACT_DIRECTORY: screen_directory_open(screen->ui); break;
        case ACT_EXPORT: screen_export_open(screen->ui); break;
        case ACT_IMPORT: screen_import_open(screen->ui); break;
        case ACT_KEYS: screen_keys_open(screen->ui); break;
        case ACT_PROFILE: open_profile(screen); break;
        case ACT_GUIDE: screen_guide_open(screen->ui); break;
        default: break;
        }
}

static enum handled choose(struct screen *screen, int action)
{
        if (action == ACT_QUIT)
                return QUIT;
        open_row(screen, action);
        return HANDLED;
}

static enum handled home_click(struct screen *screen, const struct key *key)
{
        struct home *home = screen->state;
        int row = key->row - home->menu_row + home->menu_first;
        if (key->row < home->menu_row || row >= (int)ARRAY_LEN(menu) || key->col > 26)
                return IGNORED;
        home->at = row;
        return choose(screen, menu[row].action);
}

static enum handled home_key(struct screen *screen, const struct key *key, int action)
{
        struct home *home = screen->state;
        int n = (int)ARRAY_LEN(menu);
        if (action == ACT_OPEN)
                return choose(screen, menu[home->at].action);
        if (action == ACT_OBSERVED || action == ACT_CONFLICT) {
                screen_board_open(screen->ui, action == ACT_OBSERVED ? "observadas" : "conflictos", NULL);
                return HANDLED;
        }
        if (action && action != ACT_MOVE)
                for (int i = 0; i < n - 1; i++)
                        if (menu[i].action == action) {
                                home->at = i;
                                return choose(screen, action);
                        }
        if (key->kind == KEY_KIND_MOUSE && key->code == K_CLICK)
                return home_click(screen, key);
        if (key_is(key, K_UP) || key_is(key, K_DOWN) || key_is(key, K_TAB)) {
                home->at = (home->at + (key_is(key, K_UP) ? n - 1 : 1)) % n;
                return HANDLED;
        }
        return key_is(key, K_ESC) ? HANDLED : IGNORED;
}

/* The person of the first start becomes the profile. */
static void adopt(struct screen *screen, struct screen *from, int result)
{
        struct home *home = screen->state;
        struct id persona;
        struct err err;
        home->adopting = false;
        if (result != 1 || !form_screen_record(from, &persona)) {
                if (id_is_none(&app_profile(screen->ui->app)->persona))
                        ui_say(screen->ui, STYLE_WARNING, _("Sin perfil las fichas no llevan su nombre. Complételo en «Mi perfil»."));
                return;
        }
        if (app_profile_adopt(screen->ui->app, &persona, &err) != ERR_OK)
                ui_say_err(screen->ui, &err);
        else
                ui_say(screen->ui, STYLE_OK, _("Listo, %s. Elija «Nueva ficha» para empezar."), app_profile(screen->ui->app)->name);
}

static void home_back(struct screen *screen, struct screen *from, int result)
{
        struct home *home = screen->state;
        if (from->class == &screen_form && home->adopting) {
                adopt(screen, from, result);
        } else if (dialog_tag(from) == TAG_PROFILE && result) {
                open_profile(screen);
                return;
        } else if (dialog_tag(from) == TAG_RESUME && result == 1) {
                resume_draft(screen->ui, &home->offered);
                return;
        }
        read_figures(screen);
}

static void home_free(struct screen *screen)
{
        struct home *home = screen->state;
        arena_release(&home->arena);
        free(home);
}

const struct screen_class screen_home = {.name = "home", .draw = home_draw, .key = home_key, .title = home_title,
                                         .back = home_back, .free = home_free};

struct screen *screen_home_open(struct ui *ui)
{
        struct home *home = xcalloc(1, sizeof *home);
        struct screen *screen = ui_push(ui, &screen_home, home);
        read_figures(screen);
        if (home->drafts_n > 0)
                ask_resume(screen);
        else if (id_is_none(&app_profile(ui->app)->persona))
                ask_profile(screen);
        return screen;
}
