/* SPDX-License-Identifier: GPL-3.0-or-later */
/* simae formularios: check, list, show and install forms. */
#include <string.h>

#include "base/json.h"
#include "cli/cli.h"
#include "form/catalog.h"

int cmd_formularios(struct args *args, struct app *unused);

static int check(struct args *args)
{
        struct err_list mistakes = {0};
        struct err err;
        int forms = 0, status = CLI_DONE;
        if (!args_word(args, 1))
                return cli_misused("formularios", _("diga qué archivo o carpeta verificar"));
        for (int i = 1; args_word(args, i); i++) {
                struct form_catalog catalog = {0};
                if (form_catalog_load(args_word(args, i), &catalog, &mistakes, &err) != ERR_OK) {
                        status = cli_refuse(&err);
                        continue;
                }
                forms += catalog.n;
                form_catalog_release(&catalog);
        }
        cli_print_mistakes(&mistakes, args_has(args, "--json"));
        if (mistakes.n > 0)
                fprintf(stderr, mistakes.n == 1 ? _("simae: %d error; corríjalo y repita\n")
                                                : _("simae: %d errores; corríjalos y repita\n"), mistakes.n);
        else if (status == CLI_DONE && !args_has(args, "--json"))
                printf(_("%d fichas sin errores\n"), forms);
        if (mistakes.n > 0)
                status = CLI_REFUSED;
        err_list_release(&mistakes);
        return status;
}

static int list(struct args *args, struct app *app)
{
        struct arena arena = {0};
        struct store_form *forms;
        struct table table;
        struct err err;
        int n;
        if (store_form_list(app_store(app), &arena, &forms, &n, &err) != ERR_OK)
                return cli_refuse(&err);
        table_init(&table, _("Fichas instaladas"));
        table_add_column(&table, "ficha", _("Ficha"), CELL_TEXT);
        table_add_column(&table, "version", _("Versión"), CELL_TEXT);
        table_add_column(&table, "titulo", _("Título"), CELL_TEXT);
        table_add_column(&table, "clase", _("Clase"), CELL_TEXT);
        table_add_column(&table, "registros", _("Registros"), CELL_NUMBER);
        for (int i = 0; i < n; i++) {
                char count[24];
                int row = table_add_row(&table);
                snprintf(count, sizeof count, "%lld", (long long)forms[i].records);
                table_set(&table, row, 0, forms[i].id);
                table_set(&table, row, 1, forms[i].version);
                table_set(&table, row, 2, forms[i].title);
                table_set(&table, row, 3, forms[i].is_entity ? _("directorio") : _("registro"));
                table_set(&table, row, 4, count);
        }
        int status = cli_print_table(args, &table, "texto");
        table_release(&table);
        arena_release(&arena);
        return status;
}

static void describe(struct table *table, const struct form *form)
{
        table_init(table, form->title);
        table_add_column(table, "pregunta", _("Pregunta"), CELL_TEXT);
        table_add_column(table, "tipo", _("Tipo"), CELL_TEXT);
        table_add_column(table, "lista", _("Lista"), CELL_TEXT);
        table_add_column(table, "grupo", _("Grupo"), CELL_TEXT);
        table_add_column(table, "etiqueta", _("Etiqueta"), CELL_TEXT);
        table_add_column(table, "obligatoria", _("Obligatoria"), CELL_TEXT);
        table_add_column(table, "fuente", _("Fuente"), CELL_TEXT);
        for (int i = 1; i < form->nodes_n; i++) {
                const struct node *node = &form->nodes[i];
                int row = table_add_row(table);
                table_set(table, row, 0, node->name);
                table_set(table, row, 1, node_type_info(node->type)->name);
                table_set(table, row, 2, node->list ? node->list->name : node->to ? node->to : "");
                table_set(table, row, 3, node->parent > 0 ? form->nodes[node->parent].name : "");
                table_set(table, row, 4, node->label.plain);
                table_set(table, row, 5, node->flags & NODE_REQUIRED_ALWAYS ? _("sí") : node->required ? _("según") : "");
                table_set(table, row, 6, node->source ? node->source : "");
        }
}

static int show(struct args *args, struct app *app)
{
        const struct form *form;
        struct table table;
        struct err err;
        if (!args_word(args, 1))
                return cli_misused("formularios", _("diga qué ficha mostrar"));
        if (app_form(app, args_word(args, 1), &form, &err) != ERR_OK)
                return cli_refuse(&err);
        describe(&table, form);
        int status = cli_print_table(args, &table, "texto");
        table_release(&table);
        return status;
}

static int install(struct args *args, struct app *app)
{
        struct err_list mistakes = {0};
        struct err err;
        int total = 0, n, status = CLI_DONE;
        if (!args_word(args, 1))
                return cli_misused("formularios", _("diga qué archivo o carpeta instalar"));
        for (int i = 1; status == CLI_DONE && args_word(args, i); i++) {
                if (app_forms_install(app, args_word(args, i), &mistakes, &n, &err) != ERR_OK) {
                        cli_print_mistakes(&mistakes, args_has(args, "--json"));
                        status = cli_refuse(&err);
                } else {
                        total += n;
                }
        }
        if (status == CLI_DONE)
                printf(_("%d fichas instaladas\n"), total);
        err_list_release(&mistakes);
        return status;
}

int cmd_formularios(struct args *args, struct app *unused)
{
        const char *verb = args_word(args, 0);
        struct app *app = NULL;
        struct err err;
        (void)unused;
        if (!verb)
                return cli_misused("formularios", _("falta decir qué hacer"));
        if (strcmp(verb, "verificar") == 0)
                return check(args);
        bool known = strcmp(verb, "listar") == 0 || strcmp(verb, "ver") == 0 || strcmp(verb, "instalar") == 0;
        if (!known)
                return cli_misused("formularios", _("no se entiende «%s»"), verb);
        if (cli_open_app(args, true, &app, &err) != ERR_OK)
                return cli_refuse(&err);
        int status = verb[0] == 'l' ? list(args, app) : verb[0] == 'v' ? show(args, app) : install(args, app);
        app_close(app);
        return status;
}
