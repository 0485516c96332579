/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A table as one page (rules in export/export.h).  Where its columns do not fit
 * side by side (a telephone; paper, if they are wide) the same rows are cards:
 * the label of each cell is the style sheet's, written once for each column.
 */
#include <stdbool.h>
#include <string.h>

#include "../markup.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/utf8.h"
#include "export/export.h"

extern const struct export_class export_html;

/* Letters that fit side by side on A4 landscape; those of a word that is broken; those of a cell's border. */
enum { PAGE_LETTERS = 150, WORD_MAX = 40, BORDER = 2 };

static const char style[] =
        "*{box-sizing:border-box}\n"
        "body{font:10pt/1.3 'Liberation Sans',Arial,'DejaVu Sans',sans-serif;color:#000;background:#fff;margin:0;"
        "padding:4mm}\n"
        "header{position:sticky;left:4mm;max-width:calc(100vw - 8mm)}\n"
        "h1{font-size:14pt;margin:0}\n"
        "p{margin:.5mm 0 2mm;color:#333}\n"
        "table{border-collapse:collapse}\n"
        "th,td{border:.2mm solid #777;padding:.6mm 1.2mm;text-align:left;vertical-align:top;max-width:34em;"
        "overflow-wrap:break-word;white-space:pre-line}\n"
        "th{background:#e4e4e4;position:sticky;top:0;min-width:4em}\n"
        "td{min-width:4em}\n"
        "tbody tr:nth-child(even){background:#f6f6f6}\n"
        "td::before{display:none}\n";

/* Rows as cards, between the braces of a medium. */
static const char cards[] =
        "table,tbody,tr,td{display:block;width:auto;max-width:none;text-align:left!important}\n"
        "thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}\n"
        "tr{border:.3mm solid #555;margin:0 0 3mm;padding:1mm 2mm;columns:20em}\n"
        "td{border:0;border-bottom:.1mm solid #bbb;padding:.5mm 0;break-inside:avoid}\n"
        "td:first-child{font-weight:bold}\n"
        "td:empty{display:none}\n"
        "td::before{display:block;font-size:80%;font-weight:normal;color:#333}\n";

static int longest_word(const char *text)
{
        int longest = 0;
        while (*text) {
                size_t n = strcspn(text, " \n");
                int width = utf8_width_n(text, n);
                longest = width > longest ? width : longest;
                text += n + (text[n] != '\0');
        }
        return longest < WORD_MAX ? longest : WORD_MAX;
}

/* Whether a table of it fits on paper, with no word broken. */
static bool fits_page(const struct table *table)
{
        int total = 0;
        for (int i = 0; i < table->columns_n && total <= PAGE_LETTERS; i++) {
                int width = longest_word(table->columns[i].title);
                for (int row = 0; row < table->rows_n && width < WORD_MAX; row++) {
                        int word = longest_word(table_cell(table, row, i));
                        width = word > width ? word : width;
                }
                total += width + BORDER;
        }
        return total <= PAGE_LETTERS;
}

static void put_columns(const struct export_run *run)
{
        for (int i = 0; i < run->table->columns_n; i++) {
                html_put(run->out, "td:nth-child(%d)::before{content:\"", i + 1);
                html_css(run->out, run->table->columns[i].title);
                html_put(run->out, "\"}\n");
                if (run->table->columns[i].kind == CELL_DATE)
                        html_put(run->out, "td:nth-child(%d){white-space:nowrap}\n", i + 1);
                if (run->table->columns[i].kind == CELL_NUMBER)
                        html_put(run->out, "td:nth-child(%d),th:nth-child(%d){text-align:right}\n", i + 1, i + 1);
        }
}

static void put_style(const struct export_run *run)
{
        bool wide = !fits_page(run->table);
        html_put(run->out, "<style>\n@page{size:A4 landscape;margin:10mm 10mm 12mm;"
                           "@bottom-right{font:8pt sans-serif;content:\"%s\" counter(page) \"%s\" counter(pages)}}\n",
                 _("Página "), _(" de "));
        fputs(style, run->out);
        put_columns(run);
        if (wide)
                html_put(run->out, "@media screen{table{width:max-content}td,th{max-width:22em}}\n");
        html_put(run->out, "@media screen and (max-width:42em){\n%s}\n", cards);
        html_put(run->out, "@media print{\nbody{padding:0;font-size:8pt}th,header{position:static}"
                           "th,td{min-width:0}tr{break-inside:avoid}table{width:100%%}\n");
        if (wide)
                html_put(run->out, "%s%s", cards, "td::before{display:inline;margin-right:1.2mm}\n");
        html_put(run->out, "}\n</style>");
}

static void put_count(const struct export_run *run, int n)
{
        html_put(run->out, n == 1 ? _("%d fila") : _("%d filas"), n);
}

/* «26/11/2026 · 12 filas»; how many is told at the end if it is not known yet. */
static void put_facts(const struct export_run *run)
{
        char day[DATE_TEXT];
        html_put(run->out, "<p>%s", date_format_person(clock_now().days, day));
        if (run->whole) {
                html_put(run->out, " · ");
                put_count(run, run->table->rows_n);
        }
        html_put(run->out, "</p>\n");
}

static void begin(struct export_run *run)
{
        html_put(run->out, "<!DOCTYPE html>\n<html lang=\"es\"><head><meta charset=\"utf-8\"/>"
                           "<meta name=\"viewport\" content=\"width=device-width\"/>");
        html_put(run->out, "<title>");
        html_text(run->out, run->table->title);
        html_put(run->out, "</title>\n");
        put_style(run);
        html_put(run->out, "</head>\n<body>\n<header>");
        html_in(run->out, "<h1>", run->table->title, "</h1>");
        put_facts(run);
        html_put(run->out, "</header>\n<table><thead><tr>");
        for (int i = 0; i < run->table->columns_n; i++) {
                html_put(run->out, "<th scope=\"col\">");
                html_text(run->out, run->table->columns[i].title);
                html_put(run->out, "</th>");
        }
        html_put(run->out, "</tr></thead><tbody>\n");
}

static void row(struct export_run *run, int index)
{
        html_put(run->out, "<tr>");
        for (int i = 0; i < run->table->columns_n; i++) {
                const char *cell = table_cell(run->table, index, i);
                char day[DATE_TEXT];
                int64_t days;
                if (run->table->columns[i].kind == CELL_DATE && date_parse(cell, &days))
                        cell = date_format_person(days, day);
                html_put(run->out, "<td>");
                html_text(run->out, cell);
                html_put(run->out, "</td>");
        }
        html_put(run->out, "</tr>\n");
}

static void end(struct export_run *run)
{
        html_put(run->out, "</tbody></table>\n");
        if (!run->whole) {
                html_put(run->out, "<p>");
                put_count(run, run->before + run->table->rows_n);
                html_put(run->out, "</p>\n");
        }
        html_put(run->out, "</body></html>\n");
}

const struct export_class export_html = {.reading = true, .begin = begin, .row = row, .end = end};
