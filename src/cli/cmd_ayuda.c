/* SPDX-License-Identifier: GPL-3.0-or-later */
/* simae ayuda: articles of the guide, found by words or named. */
#include <string.h>
#include <sys/stat.h>

#include "base/json.h"
#include "cli/cli.h"

enum { COLUMNS = 78 };

int cmd_ayuda(struct args *args, struct app *unused);

static int print_article(const struct args *args, const struct guide_article *article)
{
        struct str text = STR_INIT;
        if (args_has(args, "--json")) {
                json_t *object = json_pack("{s:s, s:s, s:s, s:s, s:s}", "ayuda", article->id, "tema", article->topic,
                                           "titulo", article->title, "fuente", article->source, "texto", article->text);
                json_write(&text, object);
                json_decref(object);
                puts(text.text);
        } else {
                guide_write(article, COLUMNS, &text);
                fputs(text.text, stdout);
        }
        str_release(&text);
        return CLI_DONE;
}

static int print_list(const struct args *args, const struct guide_article *const *articles, int n)
{
        struct table table;
        table_init(&table, _("Ayuda"));
        table_add_column(&table, "ayuda", _("Ayuda"), CELL_TEXT);
        table_add_column(&table, "titulo", _("Título"), CELL_TEXT);
        table_add_column(&table, "tema", _("Tema"), CELL_TEXT);
        table_add_column(&table, "fuente", _("Fuente"), CELL_TEXT);
        for (int i = 0; i < n; i++) {
                int row = table_add_row(&table);
                table_set(&table, row, 0, articles[i]->id);
                table_set(&table, row, 1, articles[i]->title);
                table_set(&table, row, 2, articles[i]->topic);
                table_set(&table, row, 3, articles[i]->source);
        }
        int status = cli_print_table(args, &table, "texto");
        table_release(&table);
        return status;
}

static int find(const struct args *args, const struct guide *guide, const char *words)
{
        struct arena arena = {0};
        struct err err;
        int n, status;
        const struct guide_article *named = *words ? guide_find(guide, words) : NULL;
        const struct guide_article **found = guide_search(guide, words, &arena, &n);
        if (named || (n == 1 && *words))
                status = print_article(args, named ? named : found[0]);
        else if (n > 0)
                status = print_list(args, found, n);
        else {
                if (guide->n == 0)
                        err_set(&err, ERR_NOT_FOUND, _("no hay ayuda: falta la carpeta «ayuda» entre las fichas; "
                                                       "diga dónde están con --fichas CARPETA"));
                else
                        err_set(&err, ERR_NOT_FOUND, _("nada de la ayuda tiene «%.200s»; pruebe con menos palabras, "
                                                       "o con «simae ayuda» para ver todo"), words);
                status = cli_refuse(&err);
        }
        arena_release(&arena);
        return status;
}

int cmd_ayuda(struct args *args, struct app *unused)
{
        const char *forms_dir = args_value(args, "--fichas");
        struct err_list mistakes = {0};
        struct str words = STR_INIT;
        struct guide guide;
        struct stat st;
        struct err err;
        (void)unused;
        if (forms_dir && (stat(forms_dir, &st) != 0 || !S_ISDIR(st.st_mode))) {
                err_set(&err, ERR_NOT_FOUND, _("no existe la carpeta de fichas %s"), forms_dir);
                return cli_refuse(&err);
        }
        for (int i = 0; args_word(args, i); i++)
                str_addf(&words, "%s%s", i ? " " : "", args_word(args, i));
        app_guide_load(forms_dir, &guide, &mistakes);
        cli_print_mistakes(&mistakes, false);
        int status = find(args, &guide, words.text);
        guide_release(&guide);
        err_list_release(&mistakes);
        str_release(&words);
        return status;
}
