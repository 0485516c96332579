/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * CSV as spreadsheets in Spanish open it (rules in export/export.h).  A cell is
 * first made harmless (an apostrophe before what would be a formula) and then
 * quoted if it needs it.
 */
#include <stdbool.h>
#include <string.h>

#include "../number.h"
#include "base/str.h"
#include "export/export.h"

extern const struct export_class export_csv, export_csv_plain;

static bool looks_like_formula(const char *cell)
{
        static const char *const starts[] = {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"};
        for (size_t i = 0; i < ARRAY_LEN(starts); i++)
                if (str_starts(cell, starts[i]))
                        return !number_is_plain(cell);
        return false;
}

/* Quoted, a number stays text in programs that ask; leading zeros are never a number's. */
static bool needs_quotes(const char *cell, enum cell_kind kind)
{
        size_t len = strlen(cell);
        if (len == 0)
                return false;
        if (strpbrk(cell, ";\"\r\n\t") || cell[0] == ' ' || cell[len - 1] == ' ')
                return true;
        return number_is_plain(cell) && (kind != CELL_NUMBER || !number_is_json(cell));
}

static void write_quoted(FILE *out, const char *cell)
{
        putc('"', out);
        for (; *cell; cell++) {
                if (*cell == '"')
                        putc('"', out);
                putc(*cell, out);
        }
        putc('"', out);
}

static void write_cell(FILE *out, const char *cell, enum cell_kind kind)
{
        struct str safe = STR_INIT;
        if (looks_like_formula(cell)) {
                str_addc(&safe, '\'');
                str_add(&safe, cell);
                cell = safe.text;
        }
        if (needs_quotes(cell, kind))
                write_quoted(out, cell);
        else
                fputs(cell, out);
        str_release(&safe);
}

static void write_separator(const struct export_run *run, int column)
{
        fputs(column + 1 < run->table->columns_n ? ";" : "\r\n", run->out);
}

static void begin_plain(struct export_run *run)
{
        for (int i = 0; i < run->table->columns_n; i++) {
                write_cell(run->out, run->table->columns[i].name, CELL_TEXT);
                write_separator(run, i);
        }
}

static void begin(struct export_run *run)
{
        fputs("\xEF\xBB\xBF", run->out);
        begin_plain(run);
}

static void row(struct export_run *run, int index)
{
        for (int i = 0; i < run->table->columns_n; i++) {
                const char *cell = table_cell(run->table, index, i);
                /* A lone empty cell would be an empty line, which readers skip. */
                if (run->table->columns_n == 1 && cell[0] == '\0')
                        fputs("\"\"", run->out);
                else
                        write_cell(run->out, cell, run->table->columns[i].kind);
                write_separator(run, i);
        }
}

const struct export_class export_csv = {.begin = begin, .row = row};
const struct export_class export_csv_plain = {.begin = begin_plain, .row = row};
