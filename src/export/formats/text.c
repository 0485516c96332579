/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Aligned columns for a terminal (rules in export/export.h).  The state is the
 * width of each column, measured over the whole table before the first line.
 */
#include <stdbool.h>

#include "base/str.h"
#include "base/utf8.h"
#include "export/export.h"

extern const struct export_class export_text;

enum { GAP = 2 };

/* What may be printed of a cell: control characters, C1 included, as blanks. */
static void clean_cell(struct str *out, const char *cell)
{
        uint32_t code;
        str_clear(out);
        for (size_t n; (n = utf8_decode(cell, &code)) > 0; cell += n) {
                char bytes[4];
                if (code < 0x20 || (code >= 0x7f && code < 0xa0))
                        code = ' ';
                str_addn(out, bytes, utf8_encode(code, bytes));
        }
}

static void widen(int *width, struct str *clean, const char *cell)
{
        clean_cell(clean, cell);
        int needed = utf8_width(clean->text);
        if (needed > *width)
                *width = needed;
}

static void measure(struct export_run *run)
{
        const struct table *table = run->table;
        struct str clean = STR_INIT;
        int *widths = run->state = xcalloc((size_t)table->columns_n + 1, sizeof *widths);
        for (int i = 0; i < table->columns_n; i++) {
                widen(&widths[i], &clean, table->columns[i].title);
                for (int r = 0; r < table->rows_n; r++)
                        widen(&widths[i], &clean, table_cell(table, r, i));
        }
        str_release(&clean);
}

static void add_blanks(struct str *line, int n)
{
        for (; n > 0; n--)
                str_addc(line, ' ');
}

static void add_cell(const struct export_run *run, struct str *line, struct str *clean, int column,
                     const char *cell)
{
        clean_cell(clean, cell);
        int blanks = ((const int *)run->state)[column] - utf8_width(clean->text);
        bool right = run->table->columns[column].kind == CELL_NUMBER;
        add_blanks(line, (column ? GAP : 0) + (right ? blanks : 0));
        str_add(line, clean->text);
        add_blanks(line, right ? 0 : blanks);
}

/* One line: a row, or the titles for row -1. No blanks at its end. */
static void write_line(struct export_run *run, int index)
{
        struct str line = STR_INIT, clean = STR_INIT;
        for (int i = 0; i < run->table->columns_n; i++) {
                const char *cell =
                        index < 0 ? run->table->columns[i].title : table_cell(run->table, index, i);
                add_cell(run, &line, &clean, i, cell);
        }
        while (line.len > 0 && line.text[line.len - 1] == ' ')
                line.len--;
        fwrite(line.text, 1, line.len, run->out);
        putc('\n', run->out);
        str_release(&line);
        str_release(&clean);
}

static void begin(struct export_run *run)
{
        measure(run);
        write_line(run, -1);
        for (int i = 0; i < run->table->columns_n; i++) {
                if (i)
                        fputs("  ", run->out);
                for (int n = ((const int *)run->state)[i]; n > 0; n--)
                        fputs("─", run->out);
        }
        putc('\n', run->out);
}

static void row(struct export_run *run, int index)
{
        write_line(run, index);
}

const struct export_class export_text = {.reading = true, .begin = begin, .row = row};
