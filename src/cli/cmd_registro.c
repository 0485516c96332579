/* SPDX-License-Identifier: GPL-3.0-or-later */
/* simae registro: create from a file of answers, list, show, history, attached files. */
#include <stdlib.h>
#include <string.h>

#include "app/attach.h"
#include "app/conflict.h"
#include "app/padron.h"
#include "app/sent.h"
#include "base/json.h"
#include "cli_office.h"

int cmd_registro(struct args *args, struct app *app);

static void print_json(const json_t *value)
{
        struct str text = STR_INIT;
        json_write(&text, value);
        puts(text.text);
        str_release(&text);
}

static void report_created(const struct id *id, bool json)
{
        char text[ID_TEXT], code[CODE_TEXT];
        id_format(id, text);
        id_code(id, code);
        if (!json) {
                printf("%s %s\n", code, text);
                return;
        }
        json_t *made = json_pack("{s:s,s:s}", "codigo", code, "registro", text);
        print_json(made);
        json_decref(made);
}

static int create(struct args *args, struct app *app)
{
        const char *form = args_word(args, 1), *path = args_value(args, "--respuestas");
        struct err_list problems = {0};
        struct err err;
        struct id id;
        char *text;
        size_t len;
        json_t *answers;
        if (!form || !path)
                return cli_misused("registro", _("diga la ficha y el archivo de respuestas"));
        if (cli_read_file(path, &text, &len, &err) != ERR_OK)
                return cli_refuse(&err);
        enum err_code rc = json_read(text, len, path, &answers, &err);
        free(text);
        if (rc != ERR_OK)
                return cli_refuse(&err);
        rc = record_create(app, form, answers, args_has(args, "--concluir"), &problems, &id, &err);
        json_decref(answers);
        if (rc == ERR_OK)
                report_created(&id, args_has(args, "--json"));
        else
                cli_print_mistakes(&problems, args_has(args, "--json"));
        err_list_release(&problems);
        return rc == ERR_OK ? CLI_DONE : cli_refuse(&err);
}

static int list(struct args *args, struct app *app)
{
        struct table table;
        struct err err;
        if (records_list_table(app, args_value(args, "--formulario"), args_value(args, "--filtro"), &table, &err) != ERR_OK)
                return cli_refuse(&err);
        int status = cli_print_table(args, &table, "texto");
        table_release(&table);
        return status;
}

static int find(struct args *args, struct app *app, struct id *ret)
{
        struct err err;
        if (!args_word(args, 1))
                return cli_misused("registro", _("diga el código o el identificador del registro"));
        return store_record_find(app_store(app), args_word(args, 1), ret, &err) == ERR_OK ? CLI_DONE : cli_refuse(&err);
}

/* What only --sensibles shows goes out of the answers. */
static void hide_answers(const struct form *form, json_t *answers)
{
        for (int i = 1; i < form->nodes_n; i++) {
                json_t *rows = json_object_get(answers, form->nodes[i].name), *row;
                size_t at;
                if (form->nodes[i].flags & NODE_SENSITIVE)
                        json_object_del(answers, form->nodes[i].name);
                else if (form->nodes[i].type == NODE_REPEAT)
                        json_array_foreach(rows, at, row) hide_answers(form, row);
        }
}

/* The body for programs: as it is stored, or without what is reserved, and with what the office said. */
static enum err_code print_body(struct app *app, const struct record_view *view, bool sensitive, struct err *err)
{
        struct arena arena = {0};
        const char *body;
        json_t *parsed = NULL;
        bool reviewed = false;
        enum err_code rc = store_revision_body(app_store(app), &view->record.revision, &arena, &body, err);
        if (rc == ERR_OK)
                rc = json_read(body, strlen(body), _("el registro"), &parsed, err);
        if (rc == ERR_OK)
                rc = office_add_reviews(app, &view->record.id, parsed, &reviewed, err);
        if (rc == ERR_OK && sensitive && !view->record.merged && !reviewed) {
                puts(body);
        } else if (rc == ERR_OK) {
                json_object_set(parsed, "f", view->answers);
                if (!sensitive)
                        hide_answers(view->form, json_object_get(parsed, "f"));
                print_json(parsed);
        }
        json_decref(parsed);
        arena_release(&arena);
        return rc;
}

static void print_reviews(struct app *app, const struct id *record)
{
        struct arena arena = {0};
        struct reviews reviews;
        if (record_reviews(app, record, &arena, &reviews, NULL) == ERR_OK)
                fputs(reviews_words(&reviews, &arena), stdout);
        arena_release(&arena);
}

static void print_text(struct app *app, const struct record_view *view, bool sensitive)
{
        char code[CODE_TEXT];
        struct str text = STR_INIT;
        printf("%s\n%s · %s · %s\n", view->record.title, view->form->title, id_code(&view->record.id, code),
               record_state_word(view->record.state));
        print_reviews(app, &view->record.id);
        record_text(view->session, sensitive, &text);
        fputs(text.text, stdout);
        str_release(&text);
}

static enum err_code show_view(struct args *args, struct app *app, const struct record_view *view, struct err *err)
{
        bool sensitive = args_has(args, "--sensibles");
        if (view->record.sensitive && !sensitive)
                return err_set(err, ERR_REFUSED, _("esa ficha es reservada; se muestra solo con --sensibles"));
        if (args_has(args, "--json"))
                return print_body(app, view, sensitive, err);
        print_text(app, view, sensitive);
        printf(_("Envío: %s\n"), app_sent_word(app, &view->record));
        return ERR_OK;
}

static int show(struct args *args, struct app *app)
{
        struct id id;
        struct err err;
        struct record_view view;
        int status = find(args, app, &id);
        if (status != CLI_DONE)
                return status;
        enum err_code rc = record_open(app, &id, &view, &err);
        if (rc != ERR_OK)
                return cli_refuse(&err);
        rc = show_view(args, app, &view, &err);
        record_view_release(&view);
        return rc == ERR_OK ? CLI_DONE : cli_refuse(&err);
}

static void history_columns(struct table *table)
{
        table_init(table, _("Historia"));
        table_add_column(table, "generacion", _("N.°"), CELL_NUMBER);
        table_add_column(table, "fecha", _("Fecha"), CELL_TEXT);
        table_add_column(table, "estado", _("Estado"), CELL_TEXT);
        table_add_column(table, "autor", _("Autor"), CELL_TEXT);
        table_add_column(table, "laptop", _("Laptop"), CELL_TEXT);
        table_add_column(table, "situacion", _("Situación"), CELL_TEXT);
        table_add_column(table, "revision", _("Revisión"), CELL_TEXT);
}

static void add_revision(struct app *app, struct table *table, const struct history_row *row, struct arena *arena)
{
        const struct store_revision *revision = &row->revision;
        char text[HASH_TEXT];
        int at = table_add_row(table);
        snprintf(text, sizeof text, "%lld", (long long)revision->gen);
        table_set(table, at, 0, text);
        table_set(table, at, 1, revision->date);
        table_set(table, at, 2, record_state_word(revision->state));
        table_set(table, at, 3, *revision->author ? record_title(app, revision->author, arena)
                                        : padron_wrote(revision) ? _("el padrón del Ministerio") : "");
        table_set(table, at, 4, revision->device);
        table_set(table, at, 5, history_words(row, false, arena));
        table_set(table, at, 6, hash_format(&revision->id, text));
}

static int history(struct args *args, struct app *app)
{
        struct id id;
        struct arena arena = {0};
        struct history_row *rows;
        struct table table;
        struct err err;
        int n, status = find(args, app, &id);
        if (status != CLI_DONE)
                return status;
        if (record_history(app, &id, &arena, &rows, &n, &err) != ERR_OK)
                return cli_refuse(&err);
        history_columns(&table);
        for (int i = 0; i < n; i++)
                add_revision(app, &table, &rows[i], &arena);
        status = cli_print_table(args, &table, "texto");
        table_release(&table);
        arena_release(&arena);
        return status;
}

/* ---- Attached files ---- */

struct attached_list { struct app *app; struct table *table; const char *to; struct arena *arena; };

static void attached_columns(struct table *table)
{
        table_init(table, _("Archivos"));
        table_add_column(table, "pregunta", _("Pregunta"), CELL_TEXT);
        table_add_column(table, "nombre", _("Nombre"), CELL_TEXT);
        table_add_column(table, "bytes", _("Bytes"), CELL_NUMBER);
        table_add_column(table, "lugar", _("Dónde está"), CELL_TEXT);
}

/* One row; with somewhere to put it, after saving it there. */
static enum err_code add_attached(void *ctx, const struct node *node, const char *value, struct err *err)
{
        struct attached_list *list = ctx;
        struct hash hash;
        int64_t size = 0;
        const char *name = "", *path = app_attached_path(list->app, value, list->arena);
        bool here = app_attached_here(list->app, value, &size);
        attached_parse(value, &hash, &name);
        if (list->to) {
                enum err_code rc = app_attached_save(list->app, value, list->to, list->arena, &path, err);
                if (rc != ERR_OK)
                        return rc;
        }
        int row = table_add_row(list->table);
        table_set(list->table, row, 0, node->label.plain[0] ? node->label.plain : node->name);
        table_set(list->table, row, 1, name);
        table_set(list->table, row, 2, here ? arena_printf(list->arena, "%lld", (long long)size) : "");
        table_set(list->table, row, 3, here ? path : _("no está en esta laptop"));
        return ERR_OK;
}

static enum err_code list_attached(struct args *args, struct app *app, const struct record_view *view,
                                   struct table *table, struct err *err)
{
        struct arena arena = {0};
        struct attached_list list = {.app = app, .table = table, .to = args_value(args, "--a"), .arena = &arena};
        json_t *answers = json_deep_copy(view->answers);
        enum err_code rc = ERR_OK;
        if (view->record.sensitive && !args_has(args, "--sensibles"))
                rc = err_set(err, ERR_REFUSED, _("esa ficha es reservada; se muestra solo con --sensibles"));
        if (!args_has(args, "--sensibles"))
                hide_answers(view->form, answers);
        if (rc == ERR_OK)
                rc = attach_each(view->form, answers, add_attached, &list, err);
        json_decref(answers);
        arena_release(&arena);
        return rc;
}

static int files(struct args *args, struct app *app)
{
        struct id id;
        struct err err;
        struct record_view view;
        struct table table;
        int status = find(args, app, &id);
        if (status != CLI_DONE)
                return status;
        if (record_open(app, &id, &view, &err) != ERR_OK)
                return cli_refuse(&err);
        attached_columns(&table);
        enum err_code rc = list_attached(args, app, &view, &table, &err);
        status = rc == ERR_OK ? cli_print_table(args, &table, "texto") : cli_refuse(&err);
        table_release(&table);
        record_view_release(&view);
        return status;
}

static int validate(struct args *args, struct app *app)
{
        struct id id;
        int status = find(args, app, &id);
        return status == CLI_DONE ? office_review(args, app, &id, RECORD_VALIDADO) : status;
}

static int observe(struct args *args, struct app *app)
{
        struct id id;
        int status = find(args, app, &id);
        return status == CLI_DONE ? office_review(args, app, &id, RECORD_OBSERVADO) : status;
}

static int purge(struct args *args, struct app *app)
{
        struct id id;
        int status = find(args, app, &id);
        return status == CLI_DONE ? office_purge(args, app, &id) : status;
}

int cmd_registro(struct args *args, struct app *app)
{
        static const struct { const char *name; int (*run)(struct args *, struct app *); } verbs[] = {
                {"crear", create}, {"listar", list}, {"ver", show}, {"historia", history},
                {"archivos", files}, {"validar", validate}, {"observar", observe}, {"purgar", purge}};
        const char *verb = args_word(args, 0);
        for (size_t i = 0; verb && i < ARRAY_LEN(verbs); i++)
                if (strcmp(verbs[i].name, verb) == 0)
                        return verbs[i].run(args, app);
        return cli_misused("registro", _("diga crear, listar, ver, historia, archivos, validar, observar o purgar"));
}
