/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One JSON object a line, alone or as one array (rules in export/export.h).
 * Numbers are copied as they stand, not converted, so that no digit is lost on
 * the way.
 */
#include <stdbool.h>

#include "../number.h"
#include "base/json.h"
#include "base/utf8.h"
#include "export/export.h"

extern const struct export_class export_json, export_ndjson;

/* As a JSON string; malformed bytes become U+FFFD, for a line that is not UTF-8 is not JSON. */
static void add_string(struct str *out, const char *text)
{
        struct str clean = STR_INIT;
        uint32_t code;
        for (size_t n; (n = utf8_decode(text, &code)) > 0; text += n) {
                char bytes[4];
                str_addn(&clean, bytes, utf8_encode(code, bytes));
        }
        json_t *value = json_string(clean.text);
        json_write(out, value);
        json_decref(value);
        str_release(&clean);
}

static void begin(struct export_run *run)
{
        (void)run;
}

static void put_object(struct export_run *run, int index)
{
        struct str line = STR_INIT;
        bool first = true;
        str_addc(&line, '{');
        for (int i = 0; i < run->table->columns_n; i++) {
                const struct table_column *column = &run->table->columns[i];
                const char *cell = table_cell(run->table, index, i);
                if (cell[0] == '\0')
                        continue;
                if (!first)
                        str_addc(&line, ',');
                first = false;
                add_string(&line, column->name);
                str_addc(&line, ':');
                if (column->kind == CELL_NUMBER && number_is_json(cell))
                        str_add(&line, cell);
                else
                        add_string(&line, cell);
        }
        str_addc(&line, '}');
        fwrite(line.text, 1, line.len, run->out);
        str_release(&line);
}

static void row(struct export_run *run, int index)
{
        put_object(run, index);
        putc('\n', run->out);
}

static void row_of_array(struct export_run *run, int index)
{
        fputs(run->before + index ? ",\n" : "[\n", run->out);
        put_object(run, index);
}

static void end_array(struct export_run *run)
{
        fputs(run->before + run->table->rows_n ? "\n]\n" : "[]\n", run->out);
}

const struct export_class export_json = {.begin = begin, .row = row_of_array, .end = end_array};
const struct export_class export_ndjson = {.begin = begin, .row = row};
