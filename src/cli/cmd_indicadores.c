/* SPDX-License-Identifier: GPL-3.0-or-later */
/* simae indicadores: what the Balance counts; one of them whole, in words and in expressions. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/json.h"
#include "cli/cli.h"
#include "report/balance_view.h"

int cmd_indicadores(struct args *args, struct app *unused);

/* ---- The list ---- */

static int print_list(const struct args *args, const struct indicators *all)
{
        struct arena arena = {0};
        struct table table;
        table_init(&table, all->title);
        table_add_column(&table, "clave", _("Clave"), CELL_TEXT);
        table_add_column(&table, "indicador", _("Indicador"), CELL_TEXT);
        table_add_column(&table, "unidad", _("Unidad"), CELL_TEXT);
        table_add_column(&table, "linea_base", _("Línea base"), CELL_TEXT);
        table_add_column(&table, "parte_de", _("Parte de"), CELL_TEXT);
        for (int i = 0; i < all->n; i++) {
                const struct indicator *one = &all->items[i];
                int row = table_add_row(&table);
                table_set(&table, row, 0, one->key);
                table_set(&table, row, 1, one->label);
                table_set(&table, row, 2, indicator_unit_name(one->unit));
                table_set(&table, row, 3, indicator_baseline_words(one, &arena));
                table_set(&table, row, 4, one->part_of >= 0 ? all->items[one->part_of].key : "");
        }
        int status = cli_print_table(args, &table, "texto");
        table_release(&table);
        arena_release(&arena);
        return status;
}

/* ---- One, as JSON ---- */

static json_t *source_json(const struct indicator_source *source)
{
        static const char *const sides[] = {"ambos", "numerador", "denominador"};
        json_t *object = json_pack("{s:s, s:s*, s:s, s:s, s:b}", "form", source->form, "each", source->each, "side",
                                   sides[source->side], "records", source->last ? "ultimo" : "todos", "stock", source->stock);
        for (int i = 0; i < SOURCE_PARTS; i++)
                if (source->texts[i])
                        json_object_set_new(object, source_part_name((enum source_part)i), json_string(source->texts[i]));
        return object;
}

static json_t *lists_json(const struct indicator *one)
{
        json_t *sources = json_array(), *baselines = json_array(), *complements = json_array(), *warnings = json_array();
        for (int i = 0; i < one->sources_n; i++)
                json_array_append_new(sources, source_json(&one->sources[i]));
        for (int i = 0; i < one->baselines_n; i++) {
                const struct indicator_baseline *base = &one->baselines[i];
                json_array_append_new(baselines, json_pack("{s:f, s:s, s:i, s:s, s:s, s:s}", "value", base->value,
                                                           "unit", indicator_unit_name(base->unit), "year", base->year,
                                                           "source", base->source, "by", base->by, "note", base->note));
        }
        for (int i = 0; i < one->complements_n; i++)
                json_array_append_new(complements, json_pack("{s:s, s:f, s:s}", "label", one->complements[i].label, "value",
                                                             one->complements[i].value, "source", one->complements[i].source));
        for (int i = 0; i < one->warnings_n; i++)
                json_array_append_new(warnings, json_string(one->warnings[i]));
        return json_pack("{s:o, s:o, s:o, s:o}", "sources", sources, "baseline", baselines, "complement", complements,
                         "warning", warnings);
}

static void print_json(const struct indicators *all, const struct indicator *one)
{
        const char mark[] = {one->mark, '\0'};
        struct str text = STR_INIT;
        json_t *lists = lists_json(one);
        json_t *object = json_pack(
                "{s:s, s:s, s:s, s:s, s:s, s:s, s:i, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:i, s:b, s:b, s:s, s:s, s:s}", "key", one->key,
                "label", one->label, "unit", indicator_unit_name(one->unit), "counts", indicator_counted_words(one->counted),
                "direction", indicator_direction_name(one->direction), "mark", mark, "objective", one->objective, "result",
                one->result, "numerator", one->numerator, "denominator", one->denominator, "source", one->source, "breakdown",
                one->breakdown, "computed", indicator_computed_name(one->computed), "part_of",
                one->part_of >= 0 ? all->items[one->part_of].key : "", "minimum", one->minimum, "reserved", one->reserved,
                "context", one->context, "unfed", one->unfed, "section", one->section, "population", one->population);
        json_object_update(object, lists);
        json_decref(lists);
        json_write(&text, object);
        puts(text.text);
        json_decref(object);
        str_release(&text);
}

/* ---- The command ---- */

static int unknown(const struct indicators *all, const char *key)
{
        const char **keys = xcalloc((size_t)all->n + 1, sizeof *keys);
        struct err err;
        for (int i = 0; i < all->n; i++)
                keys[i] = all->items[i].key;
        const char *near = str_nearest(key, keys, (size_t)all->n);
        if (near)
                err_set(&err, ERR_NOT_FOUND, _("no existe el indicador «%.60s»; ¿quiso decir «%s»?"), key, near);
        else
                err_set(&err, ERR_NOT_FOUND, _("no existe el indicador «%.60s»; «simae indicadores» los muestra todos"), key);
        free(keys);
        return cli_refuse(&err);
}

static void print_words(const struct indicators *all, const struct indicator *one)
{
        struct str text = STR_INIT;
        indicator_explain(all, one, true, &text);
        fputs(text.text, stdout);
        str_release(&text);
}

static int show(const struct args *args, const struct indicators *all, const char *key)
{
        int at = indicators_find(all, key);
        if (at < 0)
                return unknown(all, key);
        if (args_has(args, "--json"))
                print_json(all, &all->items[at]);
        else if (args_value(args, "--formato") || args_value(args, "--salida"))
                return cli_misused("indicadores", _("--formato y --salida son para la lista; de uno solo, --json"));
        else
                print_words(all, &all->items[at]);
        return CLI_DONE;
}

int cmd_indicadores(struct args *args, struct app *unused)
{
        const char *forms_dir = args_value(args, "--fichas"), *key = args_word(args, 0);
        struct err_list mistakes = {0};
        struct stat st;
        struct err err;
        int status;
        (void)unused;
        if (forms_dir && (stat(forms_dir, &st) != 0 || !S_ISDIR(st.st_mode))) {
                err_set(&err, ERR_NOT_FOUND, _("no existe la carpeta de fichas %s"), forms_dir);
                return cli_refuse(&err);
        }
        struct indicators *all = app_indicators_load(forms_dir, args_value(args, "--datos"), &mistakes);
        cli_print_mistakes(&mistakes, false);
        if (all->n == 0) {
                err_set(&err, ERR_NOT_FOUND, _("no hay indicadores: falta indicadores.yaml entre las fichas, o está mal escrito; "
                                               "diga dónde están las fichas con --fichas CARPETA"));
                status = cli_refuse(&err);
        } else {
                status = key ? show(args, all, key) : print_list(args, all);
        }
        indicators_free(all);
        err_list_release(&mistakes);
        return status;
}
