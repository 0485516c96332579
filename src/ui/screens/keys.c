/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keys and laptops: an office makes, tests, prints and delivers its keys; a
 * laptop receives them; laptops are accepted and revoked.  Everything that
 * decides whom to believe asks first, with the words to compare, and the first
 * answer never believes anybody.
 */
#include <stdlib.h>
#include <string.h>

#include "app/print.h"
#include "base/date.h"
#include "keys_priv.h"
#include "sync/media.h"

enum { TAG_ACCEPT = 1, TAG_REVOKE, TAG_OFFICE, TAG_NAME, TAG_PAPER, TAG_PAPER_FOLDER, TAG_DELIVER, TAG_RECEIVE, TAG_COMPARE };
enum { PAPER_LATER = 3 };

/* ---- How things stand ---- */

static void look(struct screen *screen)
{
        struct keys *state = screen->state;
        struct app *app = screen->ui->app;
        char signer[SIGN_PUBLIC_TEXT];
        struct err err;
        arena_clear(&state->arena);
        state->laptops = NULL;
        state->n = 0;
        if (app_laptops(app, &state->arena, &state->laptops, &state->n, &err) != ERR_OK)
                ui_say_err(screen->ui, &err);
        state->is_office = office_exists(app_dir(app));
        state->holds = app_holds(app);
        state->due = app_office_due(app);
        state->tested = app_office_tested(app);
        state->enrolment = app_enrolment_words(app, &state->arena);
        app_own_name(app, state->own_name);
        app_signer(app, signer);
        key_words(signer, state->own_words);
        list_refresh(&state->list);
}

static void count(void *ctx, const char *words, int64_t *ret_found, int64_t *ret_all)
{
        (void)words;
        *ret_found = *ret_all = ((struct keys *)ctx)->n;
}

/* The outcome of something done, in the message line, and everything read again. */
static void tell(struct screen *screen, enum err_code rc, const struct err *err, const char *done)
{
        if (rc != ERR_OK)
                ui_say_err(screen->ui, err);
        else
                ui_say(screen->ui, STYLE_OK, "%s", done);
        look(screen);
}

/* The first stick that is open, else the folder exported to last. */
static const char *usual_folder(struct screen *screen, struct arena *arena)
{
        struct media *media = media_new(NULL);
        const char *folder = NULL;
        media_look(media);
        for (int i = 0; i < media_n(media) && !folder; i++)
                if (media_at(media, i)->mount)
                        folder = arena_strdup(arena, media_at(media, i)->mount);
        media_free(media);
        return folder ? folder : app_output_dir(screen->ui->app, arena);
}

static void ask_folder(struct screen *screen, int tag, const char *title, const char *label)
{
        struct arena arena = {0};
        dialog_line(screen->ui, tag, title, label, usual_folder(screen, &arena));
        arena_release(&arena);
}

/* ---- Laptops ---- */

static void choose(struct keys *state, const struct laptop *laptop)
{
        free(state->chosen);
        state->chosen = xstrdup(laptop->key);
}

static bool can_be_accepted(const struct laptop *laptop)
{
        return laptop->state == LAPTOP_PENDING || laptop->state == LAPTOP_REVOKED || laptop->state == LAPTOP_NOTED;
}

static void ask_accept(struct screen *screen, const struct laptop *laptop)
{
        static const char *const answers[] = {_("No, todavía no"), _("Son las mismas seis: aceptarla")};
        if (!can_be_accepted(laptop)) {
                ui_say(screen->ui, STYLE_MESSAGE, _("Ya está aceptada."));
                return;
        }
        choose(screen->state, laptop);
        dialog_ask(screen->ui, TAG_ACCEPT, _("¿Aceptar esta laptop?"), laptop_accept_words(laptop, &screen->ui->frame), answers, 2);
}

static void accept(struct screen *screen)
{
        struct keys *state = screen->state;
        struct arena arena = {0};
        int64_t released = 0;
        struct err err;
        enum err_code rc = app_laptop_accept(screen->ui->app, state->chosen, NULL, &released, &err);
        const char *done = released == 0 ? _("Aceptada.")
                         : arena_printf(&arena, released == 1 ? _("Aceptada: %lld cambio que esperaba vale desde ahora.")
                                                              : _("Aceptada: %lld cambios que esperaban valen desde ahora."), (long long)released);
        tell(screen, rc, &err, done);
        arena_release(&arena);
}

static void ask_revoke(struct screen *screen, const struct laptop *laptop)
{
        static const char *const answers[] = {_("No, dejarla como está"), _("Sí, quitarla")};
        if (laptop->state == LAPTOP_REVOKED) {
                ui_say(screen->ui, STYLE_MESSAGE, _("Ya está quitada."));
                return;
        }
        choose(screen->state, laptop);
        dialog_ask(screen->ui, TAG_REVOKE, laptop->state == LAPTOP_OFFICE ? _("¿Quitar esta oficina?") : _("¿Quitar esta laptop?"),
                   laptop_revoke_words(laptop, &screen->ui->frame), answers, 2);
}

static void revoke(struct screen *screen)
{
        struct keys *state = screen->state;
        struct err err;
        tell(screen, app_laptop_revoke(screen->ui->app, state->chosen, &err), &err,
             state->is_office ? _("Quitada. Entregue de nuevo las claves (F6) para que las demás laptops lo sepan.") : _("Quitada."));
}

static void change_hold(struct screen *screen)
{
        struct keys *state = screen->state;
        struct err err;
        bool hold = !state->holds;
        tell(screen, app_hold_set(screen->ui->app, hold, &err), &err,
             hold ? _("Desde ahora las laptops nuevas esperan.") : _("Desde ahora nadie espera, salvo las quitadas."));
}

/* ---- The office ---- */

static void ask_office(struct screen *screen)
{
        static const char *const answers[] = {_("No, es la laptop de una especialista"), _("Sí, es el equipo de la UGEL o DRE")};
        dialog_ask(screen->ui, TAG_OFFICE, _("¿Hacer la clave de una oficina?"),
                   office_make_words(), answers, 2);
}

static void ask_paper(struct screen *screen)
{
        static const char *const answers[] = {_("Guardar la página en un archivo, para imprimirla"), _("Mandarla a la impresora"), _("Más tarde")};
        dialog_ask(screen->ui, TAG_PAPER, _("La copia de papel"),
                   office_paper_words(), answers, PAPER_LATER);
}

static void make_office(struct screen *screen, const char *name)
{
        struct err err;
        enum err_code rc = app_office_begin(screen->ui->app, name, &err);
        tell(screen, rc, &err, _("Hecha y probada: abre lo que cifra."));
        if (rc == ERR_OK)
                ask_paper(screen);
}

static void test_office(struct screen *screen)
{
        struct err err;
        tell(screen, app_office_test(screen->ui->app, &err), &err, _("Probada: abre lo que cifra, y su firma se comprueba."));
}

static void paper(struct screen *screen, int answer)
{
        struct err err;
        if (answer == 1)
                ask_folder(screen, TAG_PAPER_FOLDER, _("La copia de papel"), _("Carpeta donde guardar la página, para imprimirla y borrarla:"));
        else if (answer == 2 && !print_has_printer())
                ui_say(screen->ui, STYLE_WARNING, _("Este equipo no tiene impresora: guárdela en un archivo (F5) e imprímala en otro."));
        else if (answer == 2)
                tell(screen, app_paper_print(screen->ui->app, &err), &err, _("Va a la impresora: recójala usted."));
}

static void save_paper(struct screen *screen, const char *folder)
{
        char path[PAPER_PATH];
        struct arena arena = {0};
        struct err err;
        enum err_code rc = app_paper_save(screen->ui->app, folder, path, &err);
        tell(screen, rc, &err, rc == ERR_OK ? arena_printf(&arena, _("En %s: imprímala y borre el archivo."), path) : "");
        arena_release(&arena);
}

/* ---- Keys that travel ---- */

static void deliver(struct screen *screen, const char *folder)
{
        struct keys *state = screen->state;
        char path[KEYS_FILE_PATH];
        struct err err;
        if (keys_file_save(screen->ui->app, folder, path, &err) != ERR_OK) {
                ui_say_err(screen->ui, &err);
                return;
        }
        dialog_text_view(screen->ui, _("Claves entregadas"),
                         arena_printf(&screen->ui->frame, _("Están en %s, copiadas y comprobadas. No llevan ningún secreto.\n\nEn cada laptop: «Claves y "
                                                            "laptops», F4 Recibir. La laptop mostrará seis palabras; dígaselas usted, en persona o por "
                                                            "teléfono, y que las compare:\n\n  %s\n"), path, state->own_words));
}

static void forget_file(struct keys *state)
{
        if (state->has_file)
                keys_file_release(&state->file);
        state->has_file = false;
}

static void accept_file(struct screen *screen)
{
        struct keys *state = screen->state;
        struct err err;
        tell(screen, keys_file_accept(screen->ui->app, &state->file, &err), &err,
             state->is_office ? _("Aceptadas: desde ahora se cifra también para esa oficina.")
                              : _("Aceptadas: desde ahora sus paquetes se cifran para su oficina."));
        forget_file(state);
}

static void receive(struct screen *screen, const char *path)
{
        static const char *const answers[] = {_("No, todavía no"), _("Son las mismas seis: aceptarlas")};
        struct keys *state = screen->state;
        char day[DATETIME_TEXT] = "";
        int64_t days;
        struct err err;
        forget_file(state);
        if (keys_file_read(screen->ui->app, path, &state->file, &err) != ERR_OK) {
                ui_say_err(screen->ui, &err);
                return;
        }
        state->has_file = true;
        if (date_parse(state->file.date, &days))
                date_format_person(days, day);
        if (state->file.is_known) {
                accept_file(screen);
                return;
        }
        dialog_ask(screen->ui, TAG_COMPARE, _("¿Son las claves de su oficina?"),
                   arena_printf(&screen->ui->frame, _("%s, del %s\n\n  %s\n\nPida a la oficina, en persona o por teléfono, que le lea las palabras de su "
                                                      "pantalla «Claves y laptops». Si no son estas seis, en este orden, no las acepte: otro leería lo "
                                                      "que usted envíe."), state->file.name, day, state->file.words), answers, 2);
}

/* ---- Keys ---- */

static void keys_back(struct screen *screen, struct screen *from, int result)
{
        const char *text = result ? dialog_text(from) : "";
        switch (result ? dialog_tag(from) : 0) {
        case TAG_ACCEPT: if (result == 2) accept(screen); break;
        case TAG_REVOKE: if (result == 2) revoke(screen); break;
        case TAG_OFFICE:
                if (result == 2)
                        dialog_line(screen->ui, TAG_NAME, _("La oficina"), _("Cómo se llama, por ejemplo UGEL Ejemplo:"), "");
                break;
        case TAG_NAME: make_office(screen, text); break;
        case TAG_PAPER: paper(screen, result); break;
        case TAG_PAPER_FOLDER: save_paper(screen, text); break;
        case TAG_DELIVER: deliver(screen, text); break;
        case TAG_RECEIVE: receive(screen, text); break;
        case TAG_COMPARE: if (result == 2) accept_file(screen); break;
        default: break;
        }
}

static bool obey(struct screen *screen, int action)
{
        switch (action) {
        case ACT_OFFICE: ask_office(screen); return true;
        case ACT_TEST: test_office(screen); return true;
        case ACT_PAPER: ask_paper(screen); return true;
        case ACT_HOLD: change_hold(screen); return true;
        case ACT_DELIVER:
                ask_folder(screen, TAG_DELIVER, _("Entregar las claves"), _("Memoria o carpeta donde copiarlas:"));
                return true;
        case ACT_IMPORT:
                ask_folder(screen, TAG_RECEIVE, _("Recibir las claves"), _("Memoria, carpeta o archivo SIMAE-CLAVES-….txt de su oficina:"));
                return true;
        default: return false;
        }
}

static enum handled keys_key(struct screen *screen, const struct key *key, int action)
{
        struct keys *state = screen->state;
        const struct list_row *row = list_selected(&state->list);
        if (obey(screen, action))
                return HANDLED;
        if ((action == ACT_OPEN || list_opens(&state->list, key)) && row) {
                ask_accept(screen, row->data);
                return HANDLED;
        }
        if (action == ACT_DELETE && row) {
                ask_revoke(screen, row->data);
                return HANDLED;
        }
        return key->kind == KEY_KIND_CHAR ? IGNORED : list_key(&state->list, key);
}

static bool keys_allows(struct screen *screen, int action)
{
        struct keys *state = screen->state;
        const struct list_row *row = list_selected(&state->list);
        const struct laptop *laptop = row ? row->data : NULL;
        switch (action) {
        case ACT_OFFICE: case ACT_HOLD: return !state->is_office;
        case ACT_TEST: case ACT_PAPER: case ACT_DELIVER: return state->is_office;
        case ACT_OPEN: return laptop && can_be_accepted(laptop);
        case ACT_DELETE: return laptop && laptop->state != LAPTOP_REVOKED;
        default: return true;
        }
}

static const char *keys_title(struct screen *screen, struct arena *arena)
{
        (void)screen;
        (void)arena;
        return _("Claves y laptops");
}

static void keys_free(struct screen *screen)
{
        struct keys *state = screen->state;
        forget_file(state);
        list_release(&state->list);
        arena_release(&state->arena);
        free(state->chosen);
        free(state);
}

const struct screen_class screen_keys = {.name = "keys", .draw = keys_draw, .key = keys_key, .title = keys_title,
                                         .allows = keys_allows, .back = keys_back, .free = keys_free};

struct screen *screen_keys_open(struct ui *ui)
{
        struct keys *state = xcalloc(1, sizeof *state);
        struct list_source source = {.ctx = state, .columns_n = 5, .rows = keys_rows, .count = count, .fixed = true,
                                     .empty = _("Aquí no se conoce todavía ninguna laptop ni oficina.")};
        source.columns[0].title = _("Estado");
        source.columns[0].width = 16;
        source.columns[1].title = _("Nombre");
        source.columns[2].title = _("Desde");
        source.columns[2].width = 11;
        source.columns[3].title = _("Último paquete");
        source.columns[3].width = 15;
        source.columns[4].title = _("En espera");
        source.columns[4].width = 9;
        list_init(&state->list, &source);
        struct screen *screen = ui_push(ui, &screen_keys, state);
        look(screen);
        return screen;
}
