/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A document as text of DOC_COLUMNS columns (rules in export/doc.h).
 *
 * Whatever stands side by side (fields, cells, signatures) is first made into
 * columns of lines, each no wider than its share, and then set beside its
 * neighbours.
 */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "doc_column.h"
#include "export/doc.h"

void doc_write_text(const struct doc *doc, FILE *out);

enum { GAP = 2 };

static void put_text(FILE *out, const char *text)
{
        struct column column;
        column_open(&column, DOC_COLUMNS);
        column_add(&column, text, 0);
        fputs(column.text.text, out);
        str_release(&column.text);
}

static void put_rule(FILE *out, const char *mark)
{
        for (int i = 0; i < DOC_COLUMNS; i++)
                fputs(mark, out);
        putc('\n', out);
}

/* ---- Fields ---- */

static void label_of(struct str *out, const struct doc_field *field)
{
        str_add(out, field->label);
        if (field->required)
                str_add(out, " *");
        if (*field->hint)
                str_addf(out, " (%s)", field->hint);
        if (!str_ends(out->text, "?") && !str_ends(out->text, ":"))
                str_addc(out, ':');
        if (*field->only)
                str_addf(out, " [%s]", field->only);
}

/* What is left of the line, or a whole one if little is. */
static void add_blank(struct column *column)
{
        enum { LEAST = 12 };
        column_reopen(column);
        int left = column->width - column_last_width(column) - 1;
        if (left < LEAST) {
                column_close(column);
                left = column->width;
        } else {
                str_addc(&column->text, ' ');
        }
        column_repeat(column, "_", left);
        column_close(column);
}

static void add_boxes(struct column *column, int n)
{
        column_reopen(column);
        if (column->width - column_last_width(column) < 2 * n + 2)
                column_close(column);
        else
                str_addc(&column->text, ' ');
        column_repeat(column, "|_", 2 * n < column->width ? n : column->width / 2 - 1);
        str_addc(&column->text, '|');
        column_close(column);
}

static void option_words(struct str *out, const struct doc_option *option)
{
        str_addf(out, "[ ] %s%s%s", option->code, *option->code ? " " : "", option->label);
}

/* After the label, on as many lines as it takes. */
static void add_options(struct column *column, const struct doc_field *field)
{
        column_reopen(column);
        for (int i = 0; i < field->options_n; i++) {
                struct str words = STR_INIT;
                option_words(&words, &field->options[i]);
                if (column_last_width(column) + utf8_width(words.text) + 2 <= column->width) {
                        column_repeat(column, " ", column_last_width(column) ? 2 : 0);
                        str_add(&column->text, words.text);
                } else {
                        if (column_last_width(column))
                                column_close(column);
                        column_add(column, words.text, 4);
                        column_reopen(column);
                }
                str_release(&words);
        }
        column_close(column);
}

static void add_levels(struct column *column, const struct doc_field *field)
{
        for (int i = 0; i < field->options_n; i++) {
                struct str words = STR_INIT;
                option_words(&words, &field->options[i]);
                if (*field->options[i].hint)
                        str_addf(&words, ": %s", field->options[i].hint);
                column_add(column, words.text, 4);
                str_release(&words);
        }
}

static void add_field(struct column *column, const struct doc_field *field)
{
        struct str label = STR_INIT;
        label_of(&label, field);
        if (field->room == DOC_TEXT)
                str_addf(&label, " %s", field->text);
        column_add(column, label.text, 2);
        if (field->room == DOC_LINE || field->room == DOC_LINES)
                add_blank(column);
        for (int i = 1; field->room == DOC_LINES && i < field->n; i++) {
                column_repeat(column, "_", column->width);
                column_close(column);
        }
        if (field->room == DOC_BOXES)
                add_boxes(column, field->n);
        if (field->room == DOC_OPTIONS)
                add_options(column, field);
        if (field->room == DOC_LEVELS)
                add_levels(column, field);
        str_release(&label);
}

static void put_fields(FILE *out, const struct doc_block *block)
{
        for (int first = 0; first < block->n;) {
                struct column columns[DOC_SPAN];
                int n = doc_line_fields(block, first), left = DOC_COLUMNS;
                for (int i = 0; i < n; i++) {
                        const struct doc_field *field = &block->fields[first + i];
                        int width = i == n - 1 ? left : DOC_COLUMNS * field->span / DOC_SPAN - GAP;
                        left -= width + GAP;
                        column_open(&columns[i], width);
                        add_field(&columns[i], field);
                }
                columns_put(out, columns, n, "  ");
                first += n;
        }
}

/* ---- Other blocks ---- */

static bool is_empty_row(const struct doc_block *block, int row)
{
        for (int i = 0; i < block->columns_n; i++)
                if (*block->cells[row * block->columns_n + i])
                        return false;
        return true;
}

/* A row of cells; row -1: the titles. */
static void put_row(FILE *out, const struct doc_block *block, const int *widths, int row)
{
        struct column columns[DOC_TABLE_MAX];
        bool empty = row >= 0 && is_empty_row(block, row);
        for (int i = 0; i < block->columns_n; i++) {
                column_open(&columns[i], widths[i]);
                if (!empty)
                        column_add(&columns[i], row < 0 ? block->columns[i].title : block->cells[row * block->columns_n + i], 0);
                else
                        column_repeat(&columns[i], "_", widths[i]);
                if (empty)
                        column_close(&columns[i]);
        }
        columns_put(out, columns, block->columns_n, empty ? "_│_" : " │ ");
}

static void put_table(FILE *out, const struct doc *doc, const struct doc_block *block)
{
        int widths[DOC_TABLE_MAX];
        doc_table_widths(doc, (int)(block - doc->blocks), DOC_COLUMNS, GAP + 1, widths);
        if (!block->untitled) {
                put_row(out, block, widths, -1);
                put_rule(out, "─");
        }
        for (int row = 0; row < block->n; row++)
                put_row(out, block, widths, row);
        put_rule(out, "─");
}

static void put_signatures(FILE *out, const struct doc_block *block)
{
        enum { ACROSS = 2, WIDTH = (DOC_COLUMNS - 4) / ACROSS };
        for (int first = 0; first < block->n; first += ACROSS) {
                struct column columns[ACROSS];
                int n = block->n - first < ACROSS ? block->n - first : ACROSS;
                fputs("\n\n", out);
                for (int i = 0; i < n; i++) {
                        const struct doc_signature *signature = &block->signatures[first + i];
                        column_open(&columns[i], WIDTH);
                        column_repeat(&columns[i], "_", WIDTH);
                        column_close(&columns[i]);
                        column_add(&columns[i], signature->name, 2);
                        column_add(&columns[i], signature->role, 2);
                }
                columns_put(out, columns, n, "    ");
        }
}

/* The mark of the document stands with every section: text has no pages. */
static void put_heading(FILE *out, const struct doc *doc, const struct doc_block *block)
{
        struct str line = STR_INIT;
        str_add(&line, block->text);
        if (block->level == 1 && *doc->mark)
                str_addf(&line, " · %s", doc->mark);
        putc('\n', out);
        put_text(out, line.text);
        if (*block->only)
                put_text(out, block->only);
        if (block->level == 1)
                put_rule(out, "─");
        str_release(&line);
}

static void put_note(FILE *out, const struct doc *doc, const struct doc_block *block)
{
        bool apart = block > doc->blocks && block[-1].kind == DOC_SIGNATURES;
        if (apart)
                putc('\n', out);
        put_text(out, block->text);
}

static void put_block(FILE *out, const struct doc *doc, const struct doc_block *block)
{
        switch (block->kind) {
        case DOC_HEADING: put_heading(out, doc, block); break;
        case DOC_NOTE: put_note(out, doc, block); break;
        case DOC_FIELDS: put_fields(out, block); break;
        case DOC_TABLE: put_table(out, doc, block); break;
        case DOC_SIGNATURES: put_signatures(out, block); break;
        }
}

void doc_write_text(const struct doc *doc, FILE *out)
{
        if (*doc->mark) {
                put_text(out, doc->mark);
                put_rule(out, "═");
        }
        put_text(out, doc->title);
        put_text(out, doc->subtitle);
        put_text(out, doc->facts);
        put_rule(out, "═");
        for (int i = 0; i < doc->n; i++)
                put_block(out, doc, &doc->blocks[i]);
        putc('\n', out);
        put_rule(out, "═");
        put_text(out, doc->footer);
}
