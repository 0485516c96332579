/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A workbook (rules in export/export.h), with libxlsxwriter, which writes to a
 * file by its name and cannot say that its own temporary files did not fit.
 * So the book goes to a file without a name in the temporary folder, nothing of
 * it reaches `out` before it is whole, and the room is looked at first.
 *
 * Rows are written in order and forgotten (constant_memory): of a large table
 * only the table itself is in memory.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "../xlsx_book.h"
#include "../xlsx_text.h"
#include "base/clock.h"
#include "base/utf8.h"

extern const struct export_class export_xlsx;

static void fail(struct export_run *run, int errnum)
{
        const struct book *book = run->state;
        if (!run->failed)
                run->failed = err_set_errno(run->err, errnum,
                                            _("no se pudo preparar el libro en %s; libere espacio o use el formato csv"),
                                            book->folder);
}

enum { GENERAL = 0, AS_TEXT = 49 }; /* number formats that every program has */

static lxw_format *new_format(struct book *book, int number_format)
{
        lxw_format *format = workbook_add_format(book->workbook);
        format_set_num_format_index(format, (uint8_t)number_format);
        format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
        return format;
}

static void make_formats(struct book *book)
{
        book->title = new_format(book, AS_TEXT);
        format_set_bold(book->title);
        format_set_text_wrap(book->title);
        format_set_bg_color(book->title, 0xE4E4E4);
        format_set_bottom(book->title, LXW_BORDER_THIN);
        book->text = new_format(book, AS_TEXT);
        format_set_text_wrap(book->text);
        book->long_text = new_format(book, GENERAL);
        format_set_text_wrap(book->long_text);
        book->number = new_format(book, GENERAL);
        book->date = new_format(book, GENERAL);
        format_set_num_format(book->date, "dd/mm/yyyy");
        format_set_align(book->date, LXW_ALIGN_LEFT);
}

static void set_properties(struct book *book, const char *title)
{
        enum { TITLE_MAX = 120 };
        struct datetime now = clock_now();
        struct str clean = STR_INIT;
        xlsx_clean(&clean, title);
        clean.text[utf8_fit(clean.text, TITLE_MAX)] = '\0';
        lxw_doc_properties properties = {.title = clean.text, .author = (char[]){""},
                                         .created = (time_t)(datetime_utc_ms(&now) / 1000)};
        workbook_set_properties(book->workbook, &properties);
        str_release(&clean);
}

/* A file that has no name any more; -1: errno says why. */
static int nameless_file(const char *folder)
{
        char *name = xasprintf("%s/simae-XXXXXX", folder);
        int fd = mkostemp(name, O_CLOEXEC);
        if (fd >= 0)
                unlink(name);
        free(name);
        return fd;
}

static void begin(struct export_run *run)
{
        struct book *book = run->state = xcalloc(1, sizeof *book);
        const char *folder = getenv("TMPDIR");
        char path[64];
        book->folder = folder && *folder ? folder : P_tmpdir;
        book->clean = (struct str)STR_INIT;
        book->fd = nameless_file(book->folder);
        if (book->fd < 0) {
                fail(run, errno);
                return;
        }
        snprintf(path, sizeof path, "/proc/self/fd/%d", book->fd);
        lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = (char *)book->folder};
        book->workbook = workbook_new_opt(path, &options);
        if (!book->workbook) {
                fail(run, ENOMEM);
                return;
        }
        make_formats(book);
        xlsx_init_fields(&book->fields);
        set_properties(book, run->table->title);
        xlsx_add_sheet(run, run->table);
}

static void row(struct export_run *run, int index)
{
        xlsx_put_row(run, run->table, index, run->before + index);
        struct book *book = run->state;
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

/* The library does not look whether its files were written: each is now, and will be copied once more. */
static int check_room(const struct book *book)
{
        struct statvfs fs;
        struct stat st;
        uint64_t needed = 1 << 20;
        lxw_worksheet *sheet;
        STAILQ_FOREACH(sheet, book->workbook->worksheets, list_pointers) {
                FILE *rows = sheet->optimize_tmpfile;
                if (!rows || fflush(rows) || ferror(rows) || fstat(fileno(rows), &st))
                        return errno ? errno : ENOSPC;
                needed += (uint64_t)st.st_size + (uint64_t)st.st_size / 2;
        }
        if (statvfs(book->folder, &fs))
                return errno;
        return (uint64_t)fs.f_bavail * fs.f_frsize < needed ? ENOSPC : 0;
}

static void copy_out(struct export_run *run, int fd)
{
        char block[65536];
        ssize_t n;
        lseek(fd, 0, SEEK_SET);
        while ((n = read(fd, block, sizeof block)) > 0 && fwrite(block, 1, (size_t)n, run->out) == (size_t)n)
                ;
        if (n < 0)
                fail(run, errno);
}

static void finish(struct export_run *run)
{
        struct book *book = run->state;
        if (!run->failed)
                xlsx_end_sheet(run, book->rows);
        if (!run->failed)
                xlsx_add_fields(run);
        int errnum = run->failed ? 0 : check_room(book);
        if (errnum)
                fail(run, errnum);
        if (run->failed) {
                lxw_workbook_free(book->workbook);
                return;
        }
        errno = 0;
        if (workbook_close(book->workbook) != LXW_NO_ERROR)
                fail(run, errno ? errno : EIO);
        else
                copy_out(run, book->fd);
}

static void end(struct export_run *run)
{
        struct book *book = run->state;
        if (book->workbook)
                finish(run);
        if (book->fd >= 0)
                close(book->fd);
        str_release(&book->clean);
        free(book->widths);
        table_release(&book->fields);
}

const struct export_class export_xlsx = {.binary = true, .begin = begin, .row = row, .next = next, .end = end};
