/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The directory's own work, line by line: the padrón taken in after it was
 * said what would happen, and people with two records told apart or joined.
 */
#include "linear_priv.h"

#include <string.h>

#include "app/padron.h"
#include "app/people.h"

/* ---- The padrón ---- */

static const char setting[] = "padron_archivo";

enum { BAD_SAID = 10, PERCENT_STEP = 25 };

/* To the end, saying from time to time how far. */
static enum err_code run_to_end(struct linear *l, struct padron *padron, struct err *err)
{
        enum err_code rc = ERR_OK;
        int percent = 0, said = 0;
        while (rc == ERR_OK && percent < 100 && !linear_is_asked_to_leave()) {
                rc = padron_step(padron, &percent, err);
                if (rc == ERR_OK && percent < 100 && percent >= said + PERCENT_STEP) {
                        said = percent - percent % PERCENT_STEP;
                        linear_say(l, _("Va el %d %%."), said);
                }
        }
        return rc == ERR_OK && percent < 100 ? err_set(err, ERR_CANCELLED, _("Se detuvo; al importar otra vez se completa.")) : rc;
}

static void say_bad(struct linear *l, const struct padron_result *result)
{
        int said = 0;
        for (int i = 0; i < result->notes.rows_n && said < BAD_SAID; i++)
                if (strcmp(table_cell(&result->notes, i, 1), "error") == 0) {
                        linear_say(l, _("Fila %s: %s"), table_cell(&result->notes, i, 0), table_cell(&result->notes, i, 4));
                        said++;
                }
        if (result->bad > said)
                linear_say(l, _("Y %lld filas más con error."), (long long)(result->bad - said));
}

static void say_trial(struct linear *l, const struct padron *padron)
{
        struct arena arena = {0};
        linear_say(l, _("Todavía no se guardó nada. Si importa: %s."), padron_words(padron_result(padron), &arena));
        say_bad(l, padron_result(padron));
        linear_page(l, padron_remarks(padron, &arena));
        arena_release(&arena);
}

static void say_done(struct linear *l, const struct padron *padron)
{
        struct arena arena = {0};
        const char *path = "";
        struct err err;
        linear_say(l, _("Importado: %s."), padron_words(padron_result(padron), &arena));
        if (padron_result(padron)->notes.rows_n > 0 && padron_write_notes(padron, NULL, &arena, &path, &err) != ERR_OK)
                linear_say_err(l, &err);
        else if (*path)
                linear_say(l, _("Todos los avisos están en %s"), path);
        arena_release(&arena);
}

static void say_scope(struct linear *l, const struct padron_scan *scan)
{
        struct arena arena = {0};
        linear_say(l, _("%s en %s, %s filas. Entra: %s, %s filas."), scan->kind, scan->encoding,
                   padron_number(scan->rows, &arena), scan->scope, padron_number(scan->in_scope, &arena));
        arena_release(&arena);
}

/* One run, a trial or for good. False: it could not be, and why was said. */
static bool padron_run(struct linear *l, struct padron_options *options, bool trial)
{
        struct padron *padron = NULL;
        struct err err;
        options->dry_run = trial;
        enum err_code rc = padron_open(l->app, options, &padron, &err);
        if (rc == ERR_OK && trial)
                say_scope(l, padron_scan(padron));
        if (rc == ERR_OK && padron_scan(padron)->zeros_lost && !options->zeros) {
                linear_say(l, _("A %lld códigos les faltan dígitos, por ejemplo %s: una hoja de cálculo borró los ceros."),
                           (long long)padron_scan(padron)->short_codes, padron_scan(padron)->short_example);
                options->zeros = linear_confirm(l, _("¿Completar los códigos con ceros?"));
                padron_close(padron);
                return options->zeros && padron_run(l, options, trial);
        }
        if (rc == ERR_OK)
                rc = run_to_end(l, padron, &err);
        if (rc != ERR_OK)
                linear_say_err(l, &err);
        else if (trial)
                say_trial(l, padron);
        else
                say_done(l, padron);
        padron_close(padron);
        return rc == ERR_OK;
}

/* The codes on a line, "*" for all; nothing: the UGEL of the profile. */
static bool ask_scope(struct linear *l, struct padron_options *options, struct arena *arena)
{
        char *rest = NULL;
        linear_say(l, _("¿De qué UGEL? Escriba sus códigos separados por comas, o * para todas. Enter: la de su perfil."));
        struct heard heard = linear_hear(l, ORDERS_EVERYWHERE, _("Códigos de seis cifras, como 060001."));
        if (heard.kind == HEARD_NOTHING)
                return true;
        if (heard.kind != HEARD_TEXT)
                return false;
        options->all = strchr(heard.text, '*') != NULL;
        char *text = arena_strdup(arena, heard.text);
        for (char *code = strtok_r(text, ", *", &rest); code && options->ugels_n < PADRON_UGELS_MAX; code = strtok_r(NULL, ", *", &rest))
                options->ugels[options->ugels_n++] = code;
        return true;
}

void linear_padron(struct linear *l)
{
        struct arena arena = {0};
        struct padron_options options = {0};
        const char *last = NULL;
        if (store_meta_get(app_store(l->app), setting, &arena, &last, NULL) != ERR_OK || str_blank(last ? last : ""))
                last = NULL;
        linear_say(l, _("Padrón del Ministerio: escriba dónde está el archivo DBF o CSV."));
        linear_say(l, last ? _("Enter: %s.") : _("Enter vuelve sin importar.%s"), last ? last : "");
        struct heard heard = linear_hear(l, ORDERS_EVERYWHERE, _("Primero se dice qué pasaría; nada se guarda sin su sí."));
        options.path = heard.kind == HEARD_TEXT ? arena_strdup(&arena, heard.text) : heard.kind == HEARD_NOTHING ? last : NULL;
        if (options.path && ask_scope(l, &options, &arena) && padron_run(l, &options, true)) {
                store_meta_set(app_store(l->app), setting, options.path, NULL);
                if (linear_confirm(l, _("¿Importar?")))
                        padron_run(l, &options, false);
                else
                        linear_say(l, _("Se deja como está."));
        }
        arena_release(&arena);
}

/* ---- People with two records ---- */

static void say_pair(struct linear *l, const struct people_pair *pair)
{
        struct table table;
        struct err err;
        linear_say(l, _("A: %s. B: %s. %s."), pair->a_title, pair->b_title, pair->why);
        if (people_compare(l->app, &pair->a, &pair->b, true, &table, &err) != ERR_OK) {
                linear_say_err(l, &err);
                return;
        }
        for (int i = 0; i < table.rows_n; i++)
                linear_say(l, _("  %s: A «%s», B «%s»"), table_cell(&table, i, 0), table_cell(&table, i, 1), table_cell(&table, i, 2));
        table_release(&table);
}

static void decide(struct linear *l, const struct people_pair *pair, int number)
{
        struct err err;
        enum err_code rc = number == 1   ? people_join(l->app, &pair->a, &pair->b, &err)
                           : number == 2 ? people_join(l->app, &pair->b, &pair->a, &err)
                                         : people_tell_apart(l->app, &pair->a, &pair->b, &err);
        if (rc != ERR_OK)
                linear_say_err(l, &err);
        else
                linear_say(l, number == 3 ? _("Son dos personas; no se propondrá otra vez.")
                                          : _("Unidas: queda una, con lo que a cada una le faltaba. La otra queda anulada."));
}

static int pair_rows(const struct people_pair *pairs, int n, struct linear_row *rows, struct arena *arena)
{
        for (int i = 0; i < n; i++)
                rows[i] = (struct linear_row){.text = arena_printf(arena, "%s / %s", pairs[i].a_title, pairs[i].b_title),
                                              .data = &pairs[i], .where = pairs[i].why};
        return n;
}

/* One pair; false when the person is done. */
static bool pair_once(struct linear *l)
{
        struct arena arena = {0};
        const struct people_pair *pairs;
        const void *chosen;
        struct err err;
        int n = 0;
        if (people_duplicates(l->app, NULL, &arena, &pairs, &n, &err) != ERR_OK)
                linear_say_err(l, &err);
        struct linear_row *rows = ARENA_ARRAY(&arena, struct linear_row, n);
        struct linear_items items = {rows, pair_rows(pairs, n, rows, &arena)};
        struct linear_list list = {.title = _("Personas que pueden ser la misma"), .ctx = &items, .rows = linear_items_rows,
                                   .empty = _("No se encontró ninguna persona que esté dos veces.")};
        bool going = linear_choose(l, &list, &arena, &chosen) == PICK_ROW;
        if (going) {
                say_pair(l, chosen);
                linear_say(l, _("1. Es una: queda A. 2. Es una: queda B. 3. Son dos. Enter las deja como están."));
                struct heard heard = linear_hear(l, ORDERS_EVERYWHERE, _("Nada se borra: la que no queda se anula y dice a cuál se unió."));
                int number = heard.kind == HEARD_TEXT ? linear_number(heard.text, 3) : 0;
                if (number)
                        decide(l, chosen, number);
        }
        arena_release(&arena);
        return going && !linear_stops(l);
}

void linear_duplicates(struct linear *l)
{
        while (pair_once(l))
                ;
}
