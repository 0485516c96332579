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

/* Stops at the row that could not be written, so that errno is still that failure's. 0, or an errno. */
static int write_table(struct export_run *run, const struct export_class *class)
{
        errno = 0;
        class->begin(run);
        for (int row = 0; row < run->table->rows_n && !ferror(run->out) && !run->failed; row++)
                class->row(run, row);
        bool failed = ferror(run->out);
        int errnum = errno;
        if (class->end)
                class->end(run);
        if (!failed && (ferror(run->out) || fflush(run->out))) {
                failed = true;
                errnum = errno;
        }
        free(run->state);
        return failed ? (errnum ? errnum : EIO) : 0;
}

enum err_code export_table(const struct table *table, const char *format, FILE *out, struct err *err)
{
        const struct export_format *found = export_format_find(format);
        if (!found)
                return unknown_format(format, err);
        struct export_run run = {.table = table, .out = out, .err = err};
        int errnum = write_table(&run, found->class);
        if (run.failed)
                return run.failed;
        return errnum ? err_set_errno(err, errnum, _("no se pudo escribir la tabla «%s»"), table->title)
                      : ERR_OK;
}

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

/* The new name survives a power cut only once its folder is on disk; not every folder can. */
static void sync_folder(const char *path)
{
        const char *slash = strrchr(path, '/');
        char *folder = slash ? xstrndup(path, (size_t)(slash - path) + 1) : xstrdup(".");
        int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (fd >= 0) {
                fsync(fd);
                close(fd);
        }
        free(folder);
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
                sync_folder(path);
        free(part);
        return rc;
}

struct job { const struct table *table; const char *format; };

static enum err_code write_job(void *ctx, FILE *out, struct err *err)
{
        struct job *job = ctx;
        return export_table(job->table, job->format, out, err);
}

enum err_code export_to_file(const struct table *table, const char *format, const char *path, struct err *err)
{
        struct job job = {table, format};
        if (!export_format_find(format))
                return unknown_format(format, err);
        return export_whole_file(path, write_job, &job, err);
}
