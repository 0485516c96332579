/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of formats, the loop over rows, and files that appear whole or not
 * at all (contract in export/export.h).
 */
#include "export/export.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/str.h"
#include "export_priv.h"

#define FORMAT(symbol, name, ending, about) extern const struct export_class export_##symbol;
#include "export/formats.def"
#undef FORMAT

static const struct export_format formats[] = {
#define FORMAT(symbol, name, ending, about) {name, ending, _(about), &export_##symbol},
#include "export/formats.def"
#undef FORMAT
};

const struct export_format *export_formats(int *ret_n)
{
        *ret_n = (int)ARRAY_LEN(formats);
        return formats;
}

const struct export_format *export_format_find(const char *name)
{
        for (size_t i = 0; i < ARRAY_LEN(formats); i++)
                if (str_equal(formats[i].name, name))
                        return &formats[i];
        return NULL;
}

const struct export_format *export_format_of(const char *path)
{
        for (size_t i = 0; i < ARRAY_LEN(formats); i++)
                if (str_ends(path, formats[i].ending))
                        return &formats[i];
        return NULL;
}

static enum err_code unknown_format(const char *name, struct err *err)
{
        struct str names = STR_INIT;
        for (size_t i = 0; i < ARRAY_LEN(formats); i++)
                str_addf(&names, "%s%s", i ? ", " : "", formats[i].name);
        enum err_code rc = err_set(err, ERR_NOT_FOUND, _("no hay formato «%s»; use uno de estos: %s"), name,
                                   names.text);
        str_release(&names);
        return rc;
}

/* ---- The loop ---- */

static bool goes_on(const struct export_run *run)
{
        return !ferror(run->out) && !run->failed;
}

/* The rows of one table; `start` is begin() or next(). Stops at the row that could not be written. */
static void write_table(struct export_run *run, const struct export_source *source, const struct export_class *class,
                        void (*start)(struct export_run *run))
{
        bool more = true;
        run->before = 0;
        run->failed = source->rows(source->ctx, &more, run->err);
        run->whole = !more;
        if (run->failed)
                return;
        run->begun = true;
        start(run);
        while (goes_on(run)) {
                for (int row = 0; row < run->table->rows_n && goes_on(run); row++)
                        class->row(run, row);
                if (!more || !goes_on(run))
                        return;
                run->before += run->table->rows_n;
                run->failed = source->rows(source->ctx, &more, run->err);
        }
}

static void write_tables(struct export_run *run, const struct export_source *source, const struct export_class *class)
{
        write_table(run, source, class, class->begin);
        while (class->next && goes_on(run)) {
                const struct table *table = NULL;
                run->failed = source->next(source->ctx, &table, run->err);
                if (run->failed || !table)
                        return;
                run->table = table;
                write_table(run, source, class, class->next);
        }
}

/* 0, or the errno of `out`, which is looked at before end() can change it. */
static int write_whole(struct export_run *run, const struct export_source *source, const struct export_class *class)
{
        errno = 0;
        write_tables(run, source, class);
        bool failed = ferror(run->out);
        int errnum = errno;
        if (class->end && run->begun)
                class->end(run);
        if (!failed && (ferror(run->out) || fflush(run->out))) {
                failed = true;
                errnum = errno;
        }
        free(run->state);
        return failed ? (errnum ? errnum : EIO) : 0;
}

enum err_code export_source(const struct export_source *source, const char *format, FILE *out, struct err *err)
{
        const struct export_format *found = export_format_find(format);
        struct export_run run = {.out = out, .err = err};
        if (!found)
                return unknown_format(format, err);
        enum err_code rc = source->next(source->ctx, &run.table, err);
        if (rc != ERR_OK)
                return rc;
        char *title = xstrdup(run.table->title);
        int errnum = write_whole(&run, source, found->class);
        rc = run.failed ? run.failed
             : errnum   ? err_set_errno(err, errnum, _("no se pudo escribir la tabla «%s»"), title) : ERR_OK;
        free(title);
        return rc;
}

/* ---- A table in memory as a source: all its rows are one batch ---- */

static enum err_code next_in_memory(void *ctx, const struct table **ret, struct err *err)
{
        const struct table **at = ctx;
        (void)err;
        *ret = *at;
        *at = *at ? (*at)->more : NULL;
        return ERR_OK;
}

static enum err_code rows_in_memory(void *ctx, bool *ret_more, struct err *err)
{
        (void)ctx;
        (void)err;
        *ret_more = false;
        return ERR_OK;
}

enum err_code export_table(const struct table *table, const char *format, FILE *out, struct err *err)
{
        struct export_source source = {&table, next_in_memory, rows_in_memory};
        return export_source(&source, format, out, err);
}

/* ---- Files ---- */

/* Flush to the disk and close, whatever happened before. */
static enum err_code close_file(FILE *out, enum err_code rc, const char *path, struct err *err)
{
        int errnum = 0;
        if (rc == ERR_OK && fsync(fileno(out)))
                errnum = errno;
        if (fclose(out) && !errnum)
                errnum = errno;
        if (rc == ERR_OK && errnum)
                rc = err_set_errno(err, errnum, _("no se pudo guardar «%s»"), path);
        return rc;
}

static FILE *create_part(const char *part)
{
        int fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd < 0)
                return NULL;
        FILE *out = fdopen(fd, "w");
        if (!out)
                close(fd);
        return out;
}

static enum err_code write_part(export_writer *write, void *ctx, const char *part, const char *path,
                                struct err *err)
{
        FILE *out = create_part(part);
        if (!out)
                return err_set_errno(err, errno, _("no se pudo crear «%s»; revise la carpeta"), path);
        enum err_code rc = write(ctx, out, err);
        rc = close_file(out, rc, path, err);
        if (rc == ERR_OK && rename(part, path))
                rc = err_set_errno(err, errno, _("no se pudo guardar «%s»"), path);
        if (rc != ERR_OK)
                unlink(part);
        return rc;
}

enum err_code export_whole_file(const char *path, export_writer *write, void *ctx, struct err *err)
{
        struct stat st;
        uint32_t bits;
        /* Renaming over a folder fails, but over a device it would not. */
        if (lstat(path, &st) == 0 && !S_ISREG(st.st_mode))
                return err_set(err, ERR_REFUSED, _("«%s» no es un archivo; indique el nombre de un archivo"),
                               path);
        random_bytes(&bits, sizeof bits);
        char *part = xasprintf("%s.%08x.part", path, bits);
        enum err_code rc = write_part(write, ctx, part, path, err);
        if (rc == ERR_OK)
                file_sync_folder_of(path);
        free(part);
        return rc;
}

struct job { const struct export_source *source; const char *format; };

static enum err_code write_job(void *ctx, FILE *out, struct err *err)
{
        struct job *job = ctx;
        return export_source(job->source, job->format, out, err);
}

enum err_code export_source_to_file(const struct export_source *source, const char *format, const char *path,
                                    struct err *err)
{
        struct job job = {source, format};
        if (!export_format_find(format))
                return unknown_format(format, err);
        return export_whole_file(path, write_job, &job, err);
}

enum err_code export_to_file(const struct table *table, const char *format, const char *path, struct err *err)
{
        struct export_source source = {&table, next_in_memory, rows_in_memory};
        return export_source_to_file(&source, format, path, err);
}
