/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tables as a workbook (rules in export/export.h): the sheets are made by
 * src/export/xlsx_sheet.c, the file by src/export/xlsx_file.c.  Of a large table
 * only its batch of rows is in memory.
 */
#include <stdlib.h>

#include "../xlsx_book.h"

extern const struct export_class export_xlsx;

static void make_formats(struct book *book)
{
        book->title = xlsx_format(&book->file, XLSX_AS_TEXT);
        format_set_bold(book->title);
        format_set_text_wrap(book->title);
        format_set_bg_color(book->title, 0xE4E4E4);
        format_set_bottom(book->title, LXW_BORDER_THIN);
        book->text = xlsx_format(&book->file, XLSX_AS_TEXT);
        format_set_text_wrap(book->text);
        book->long_text = xlsx_format(&book->file, XLSX_GENERAL);
        format_set_text_wrap(book->long_text);
        book->number = xlsx_format(&book->file, XLSX_GENERAL);
        book->date = xlsx_format(&book->file, XLSX_GENERAL);
        format_set_num_format(book->date, "dd/mm/yyyy");
        format_set_align(book->date, LXW_ALIGN_LEFT);
}

static void begin(struct export_run *run)
{
        struct book *book = run->state = xcalloc(1, sizeof *book);
        book->clean = (struct str)STR_INIT;
        run->failed = xlsx_file_open(&book->file, run->table->title, run->err);
        if (run->failed)
                return;
        make_formats(book);
        xlsx_init_fields(&book->fields);
        xlsx_add_sheet(run, run->table);
}

static void row(struct export_run *run, int index)
{
        struct book *book = run->state;
        xlsx_put_row(run, run->table, index, run->before + index);
        book->rows = run->before + index + 1;
}

/* run->table is the next one already. */
static void next(struct export_run *run)
{
        struct book *book = run->state;
        xlsx_end_sheet(run, book->rows);
        book->rows = 0;
        xlsx_add_sheet(run, run->table);
}

static void end(struct export_run *run)
{
        struct book *book = run->state;
        if (!run->failed)
                xlsx_end_sheet(run, book->rows);
        if (!run->failed)
                xlsx_add_fields(run);
        run->failed = xlsx_file_close(&book->file, run->out, run->failed, run->err);
        str_release(&book->clean);
        table_release(&book->fields);
        free(book->widths);
}

const struct export_class export_xlsx = {.binary = true, .begin = begin, .row = row, .next = next, .end = end};
