/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Single values of indicadores.yaml: numbers, flags and words of a list (contract in indicators_reader.h). */
#include <string.h>

#include "base/str.h"
#include "indicators_reader.h"

const char *reader_text(const struct ynode *value)
{
        return value ? value->text : "";
}

bool reader_is_map(struct reader *r, const struct ynode *node, const char *expected)
{
        if (node->kind != Y_MAP && node->kind != Y_BROKEN)
                COMPLAIN(r, node, "%s", expected);
        return node->kind == Y_MAP;
}

double reader_number(struct reader *r, const struct ynode *value, const char *key)
{
        double number = value_parse_number(value->text);
        if (!(number > -1e15 && number < 1e15))
                COMPLAIN(r, value, _("%s es un número, con punto decimal; se encontró «%.60s»"), key, value->text);
        return number;
}

int reader_whole(struct reader *r, const struct ynode *value, const char *key, int least, int most)
{
        double number = value ? value_parse_number(value->text) : 0;
        if (value && !(number >= least && number <= most && number == (int)number)) {
                COMPLAIN(r, value, _("%s es un número entero de %d a %d; se encontró «%.60s»"), key, least, most, value->text);
                return 0;
        }
        return (int)number;
}

bool reader_flag(struct reader *r, const struct ynode *value, const char *key)
{
        bool good = !value || strcmp(value->text, "true") == 0 || strcmp(value->text, "false") == 0;
        if (!good)
                COMPLAIN(r, value, _("%s es true o false; se encontró «%.60s»"), key, value->text);
        return value && strcmp(value->text, "true") == 0;
}

int reader_word(struct reader *r, const struct ynode *value, const char *key, const char *const *words, int none)
{
        int n = 0;
        if (!value)
                return none;
        for (; words[n]; n++)
                if (*words[n] && strcmp(words[n], value->text) == 0)
                        return n;
        struct str all = STR_INIT;
        for (int i = 0; i < n; i++)
                if (*words[i])
                        str_addf(&all, "%s%s", all.len ? ", " : "", words[i]);
        const char *near = value->text[1] ? did_you_mean(r->rows.work, value->text, words, (size_t)n) : "";
        COMPLAIN(r, value, _("%s no puede ser «%.60s»%s"), key, value->text,
                 *near ? near : arena_printf(r->rows.work, _("; es una de estas palabras: %s"), all.text));
        str_release(&all);
        return none;
}

int reader_row_word(struct reader *r, const struct ynode *value, const char *key, const struct indicator_word *rows,
                       int none)
{
        const char *words[ROWS_KEYS_MAX] = {NULL};
        for (int i = 0; rows[i].name; i++)
                words[i] = rows[i].name;
        return reader_word(r, value, key, words, none);
}

