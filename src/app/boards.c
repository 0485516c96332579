/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Boards for both faces: who is asking, what the argument names, beginning the
 * visit of a planned row, and saving what is shown.
 */
#include "app/laptops.h"
#include "app_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "export/export.h"

static const struct form *host_form(void *ctx, const char *id)
{
        const struct form *form;
        return app_form(ctx, id, &form, NULL) == ERR_OK ? form : NULL;
}

static const struct indicators *host_indicators(void *ctx)
{
        return app_indicators(ctx);
}

static const char *host_device_name(void *ctx, const char *device, struct arena *arena)
{
        return app_device_name(ctx, device, arena);
}

const char *app_persona(struct app *app)
{
        return id_is_none(&app->profile.persona) ? "" : id_format(&app->profile.persona, app->persona);
}

static const struct board_host *board_host(struct app *app)
{
        app->board_host = (struct board_host){.store = app->store,
                                              .form = host_form,
                                              .indicators = host_indicators,
                                              .device_name = host_device_name,
                                              .ctx = app,
                                              .today = clock_now().days,
                                              .ugel = app->profile.ugel,
                                              .persona = app_persona(app)};
        return &app->board_host;
}

/* ---- Boards ---- */

static const struct board_class *unknown_board(const char *name, struct err *err)
{
        const char *names[64];
        int n;
        const struct board_class *classes = board_classes(&n);
        for (int i = 0; i < n; i++)
                names[i] = classes[i].name;
        const char *near = str_nearest(name, names, (size_t)n);
        if (near)
                err_set(err, ERR_NOT_FOUND, _("No hay un tablero «%s»; ¿quiso decir «%s»?"), name, near);
        else
                err_set(err, ERR_NOT_FOUND, _("No hay un tablero «%s»; «simae tablero» los lista."), name);
        return NULL;
}

/* True if `form` is one of the words of `forms`. */
static bool is_among(const char *form, const char *forms)
{
        size_t len = strlen(form);
        for (const char *at = forms; (at = strstr(at, form)); at += len)
                if ((at == forms || at[-1] == ' ') && (at[len] == ' ' || at[len] == '\0'))
                        return true;
        return false;
}

/* A code or an id as the hexadecimal id of a record of one of `forms`. */
static enum err_code find_record(struct app *app, const char *text, const char *forms, char out[ID_TEXT],
                                 struct err *err)
{
        struct arena arena = {0};
        struct store_record record;
        struct id id;
        enum err_code rc = store_record_find(app->store, text, &id, err);
        if (rc == ERR_OK)
                rc = store_record_get(app->store, &id, &arena, &record, err);
        if (rc == ERR_OK && !is_among(record.form, forms))
                rc = err_set(err, ERR_INVALID, _("«%s» es un registro de «%s», y aquí va uno de: %s."), text,
                             record.form, forms);
        if (rc == ERR_OK)
                id_format(&id, out);
        arena_release(&arena);
        return rc;
}

static enum err_code check_day(const char *text, struct err *err)
{
        int64_t days;
        if (!text || !*text || date_parse(text, &days))
                return ERR_OK;
        return err_set(err, ERR_INVALID, _("«%s» no es una fecha; escríbala como 2026-03-31."), text);
}

enum err_code app_board(struct app *app, const char *name, const struct board_options *asked,
                        struct board *ret, struct err *err)
{
        const struct board_class *class = board_find(name);
        struct board_options options = *asked;
        char argument[ID_TEXT], persona[ID_TEXT];
        if (!class && !unknown_board(name, err))
                return ERR_NOT_FOUND;
        enum err_code rc = check_day(options.from, err);
        if (rc == ERR_OK)
                rc = check_day(options.to, err);
        if (rc == ERR_OK && options.persona && *options.persona) {
                rc = find_record(app, options.persona, "persona", persona, err);
                options.persona = persona;
        }
        if (rc == ERR_OK && *class->forms && options.argument && *options.argument) {
                rc = find_record(app, options.argument, class->forms, argument, err);
                options.argument = argument;
        }
        return rc == ERR_OK ? board_make(class, board_host(app), &options, ret, err) : rc;
}

enum err_code app_today(struct app *app, struct today *ret, struct err *err)
{
        return today_read(board_host(app), ret, err);
}

/* ---- Beginning what was planned ---- */

static void begin_with(json_t *initial, const struct form *form, int node, const char *to, const char *id)
{
        if (node >= 0 && *id && form->nodes[node].type == NODE_REFERENCE &&
            strcmp(form->nodes[node].to, to) == 0)
                json_object_set_new(initial, form->nodes[node].name, json_string(id));
}

static const char *text_of(const json_t *answers, const char *name)
{
        const char *text = json_string_value(json_object_get(answers, name));
        return text ? text : "";
}

enum err_code app_planned(struct app *app, const struct id *planned, char ret_form[64], json_t **ret_initial,
                          struct err *err)
{
        const json_t *plan = app_answers(app, planned, NULL);
        const struct form *form;
        char id[ID_TEXT];
        if (!plan)
                return err_set(err, ERR_NOT_FOUND,
                               _("No se encuentra la visita programada. Revise el plan de visitas."));
        enum err_code rc = app_form(app, text_of(plan, "tipo_ficha"), &form, err);
        if (rc != ERR_OK)
                return rc;
        json_t *initial = json_object();
        begin_with(initial, form, form->school, "institucion", text_of(plan, "ie"));
        begin_with(initial, form, form->subject, "persona", text_of(plan, "persona"));
        if (form_find(form, "plan") >= 0)
                json_object_set_new(initial, "plan", json_string(id_format(planned, id)));
        snprintf(ret_form, 64, "%s", form->id);
        *ret_initial = initial;
        return ERR_OK;
}

/* ---- A table in a file ---- */

const char *app_output_dir(struct app *app, struct arena *arena)
{
        const char *folder = NULL;
        if (store_meta_get(app->store, "export_folder", arena, &folder, NULL) == ERR_OK && folder && *folder)
                return folder;
        return arena_printf(arena, "%s/salida", app->dir);
}

/* «.csv, .xlsx o .txt»: each ending once. */
static void add_endings(struct str *out)
{
        int n;
        const struct export_format *formats = export_formats(&n);
        for (int i = 0; i < n; i++) {
                bool last = i == n - 1, again = false;
                for (int before = 0; before < i; before++)
                        again |= str_equal(formats[before].ending, formats[i].ending);
                if (!again)
                        str_addf(out, "%s%s", i == 0 ? "" : last ? _(" o ") : ", ", formats[i].ending);
        }
}

static enum err_code unknown_ending(const char *path, struct err *err)
{
        struct str endings = STR_INIT;
        add_endings(&endings);
        err_set(err, ERR_INVALID, _("No se sabe escribir «%s»: termine el nombre en %s."), path, endings.text);
        str_release(&endings);
        return ERR_INVALID;
}

enum err_code app_save_table(struct app *app, const struct table *table, const char *path, struct err *err)
{
        const struct export_format *format = export_format_of(path);
        if (!format)
                return unknown_ending(path, err);
        char *own = xasprintf("%s/salida", app->dir);
        if (str_starts(path, own))
                mkdir(own, 0700); /* if it cannot be made, writing the file says why */
        free(own);
        return export_to_file(table, format->name, path, err);
}
