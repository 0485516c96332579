/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of a workbook (contract in xlsx_file.h). */
#include "xlsx_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "xlsx_text.h"

static enum err_code fail(const struct xlsx_file *file, int errnum, struct err *err)
{
        return err_set_errno(err, errnum, _("no se pudo preparar el libro en %s; libere espacio o use el formato csv"),
                             file->folder);
}

lxw_format *xlsx_format(struct xlsx_file *file, int number_format)
{
        lxw_format *format = workbook_add_format(file->workbook);
        format_set_num_format_index(format, (uint8_t)number_format);
        format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
        return format;
}

static void set_properties(struct xlsx_file *file, const char *title)
{
        enum { TITLE_MAX = 120 };
        struct datetime now = clock_now();
        struct str clean = STR_INIT;
        xlsx_clean(&clean, title);
        clean.text[utf8_fit(clean.text, TITLE_MAX)] = '\0';
        lxw_doc_properties properties = {.title = clean.text, .author = (char[]){""},
                                         .created = (time_t)(datetime_utc_ms(&now) / 1000)};
        workbook_set_properties(file->workbook, &properties);
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

enum err_code xlsx_file_open(struct xlsx_file *file, const char *title, struct err *err)
{
        const char *folder = getenv("TMPDIR");
        char path[64];
        *file = (struct xlsx_file){.folder = folder && *folder ? folder : P_tmpdir};
        file->fd = nameless_file(file->folder);
        if (file->fd < 0)
                return fail(file, errno, err);
        snprintf(path, sizeof path, "/proc/self/fd/%d", file->fd);
        lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = (char *)(uintptr_t)file->folder};
        file->workbook = workbook_new_opt(path, &options);
        if (!file->workbook)
                return fail(file, ENOMEM, err);
        set_properties(file, title);
        return ERR_OK;
}

/* The library does not look whether its files were written: each is now, and will be copied once more. */
static int check_room(const struct xlsx_file *file)
{
        struct statvfs fs;
        struct stat st;
        uint64_t needed = 1 << 20;
        lxw_worksheet *sheet;
        STAILQ_FOREACH(sheet, file->workbook->worksheets, list_pointers) {
                FILE *rows = sheet->optimize_tmpfile;
                if (!rows || fflush(rows) || ferror(rows) || fstat(fileno(rows), &st))
                        return errno ? errno : ENOSPC;
                needed += (uint64_t)st.st_size + (uint64_t)st.st_size / 2;
        }
        if (statvfs(file->folder, &fs))
                return errno;
        return (uint64_t)fs.f_bavail * fs.f_frsize < needed ? ENOSPC : 0;
}

/* 0, or an errno of reading; that of writing stays with `out`. */
static int copy_out(int fd, FILE *out)
{
        char block[65536];
        ssize_t n;
        lseek(fd, 0, SEEK_SET);
        while ((n = read(fd, block, sizeof block)) > 0 && fwrite(block, 1, (size_t)n, out) == (size_t)n)
                ;
        return n < 0 ? errno : 0;
}

static enum err_code finish(struct xlsx_file *file, FILE *out, struct err *err)
{
        int errnum = check_room(file);
        if (errnum) {
                lxw_workbook_free(file->workbook);
                return fail(file, errnum, err);
        }
        errno = 0;
        if (workbook_close(file->workbook) != LXW_NO_ERROR)
                return fail(file, errno ? errno : EIO, err);
        errno = 0;
        errnum = copy_out(file->fd, out);
        return errnum ? fail(file, errnum, err) : ERR_OK;
}

enum err_code xlsx_file_close(struct xlsx_file *file, FILE *out, enum err_code rc, struct err *err)
{
        if (file->workbook && rc == ERR_OK)
                rc = finish(file, out, err);
        else if (file->workbook)
                lxw_workbook_free(file->workbook);
        if (file->fd >= 0) {
                int errnum = errno; /* of `out` */
                close(file->fd);
                errno = errnum;
        }
        return rc;
}
