/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a foreign file is, and its rows (contract in intake/intake.h). */
#include "intake_priv.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum intake_step intake_bad(struct intake *intake, const char *format, ...)
{
        va_list args;
        va_start(args, format);
        vsnprintf(intake->problem, sizeof intake->problem, format, args);
        va_end(args);
        return INTAKE_BAD;
}

/* ---- What it is ---- */

/* Files that people take for a CSV: the sentence says what to do with them. */
static const char *known_other(const unsigned char *head, size_t n)
{
        if (n >= 4 && memcmp(head, "PK\3\4", 4) == 0)
                return _("es un ZIP o un libro de Excel: si es el ZIP del padrón, extraiga el DBF; si es un "
                         "libro, guárdelo como CSV");
        if (n >= 4 && memcmp(head, "\xD0\xCF\x11\xE0", 4) == 0)
                return _("es un libro de Excel antiguo: guárdelo como CSV");
        if (n >= 2 && (memcmp(head, "\xFF\xFE", 2) == 0 || memcmp(head, "\xFE\xFF", 2) == 0))
                return _("está en UTF-16: guárdelo como «CSV UTF-8»");
        if (n >= 4 && memcmp(head, "%PDF", 4) == 0)
                return _("es un PDF; hace falta el DBF o un CSV");
        return NULL;
}

/* The versions of DBF that tables without oddities carry in their first byte, and a header of a possible
 * size. */
static bool looks_like_dbf(const unsigned char *head, size_t n)
{
        static const unsigned char versions[] = {0x02, 0x03, 0x04, 0x05, 0x30, 0x31,
                                                 0x32, 0x43, 0x83, 0x8B, 0x8C, 0xF5};
        return n >= 32 && memchr(versions, head[0], sizeof versions) && head[2] <= 12 && head[3] <= 31 &&
               (head[8] | head[9] << 8) > 32;
}

static enum err_code recognise(struct intake *intake, const char *path, struct err *err)
{
        unsigned char head[64];
        size_t n = fread(head, 1, sizeof head, intake->file);
        if (ferror(intake->file))
                return err_set_errno(err, errno, _("no se puede leer %s"), path);
        if (n == 0)
                return err_set(err, ERR_INVALID, _("%s está vacío"), path);
        const char *other = known_other(head, n);
        if (other)
                return err_set(err, ERR_INVALID, "%s %s", path, other);
        intake->reader = looks_like_dbf(head, n) ? &reader_dbf : &reader_csv;
        if (intake->reader == &reader_csv && memchr(head, '\0', n))
                return err_set(err, ERR_INVALID, _("%s no es un DBF ni un CSV"), path);
        return ERR_OK;
}

static enum err_code open_file(struct intake *intake, const char *path, struct err *err)
{
        struct stat st;
        intake->file = fopen(path, "rbe");
        if (!intake->file)
                return errno == ENOENT ? err_set(err, ERR_NOT_FOUND, _("no existe el archivo %s"), path)
                                       : err_set_errno(err, errno, _("no se puede abrir %s"), path);
        if (fstat(fileno(intake->file), &st) != 0)
                return err_set_errno(err, errno, _("no se puede leer %s"), path);
        if (!S_ISREG(st.st_mode))
                return err_set(err, ERR_INVALID, _("%s no es un archivo"), path);
        intake->size = st.st_size;
        return ERR_OK;
}

static enum err_code decide_encoding(struct intake *intake, const char *encoding, struct err *err)
{
        if (!encoding)
                encoding =
                        charset_guess(intake->file, intake->reader == &reader_csv ? 0 : intake->data_offset,
                                      intake->reader->fallback);
        enum err_code rc = charset_init(&intake->charset, encoding, err);
        intake->info.encoding = intake->charset.name;
        return rc;
}

/* The names of columns as the file's encoding writes them. */
static void name_columns(struct intake *intake)
{
        const char **columns = ARENA_ARRAY(&intake->arena, const char *, intake->info.columns_n);
        for (int i = 0; i < intake->info.columns_n; i++) {
                const char *name = charset_decode(&intake->charset, intake->cells[i].bytes,
                                                  intake->cells[i].len, &intake->arena);
                columns[i] = name ? name : "";
        }
        intake->info.columns = columns;
}

static enum err_code open_all(struct intake *intake, const char *path, const char *encoding, struct err *err)
{
        enum err_code rc = open_file(intake, path, err);
        if (rc == ERR_OK)
                rc = recognise(intake, path, err);
        if (rc == ERR_OK) {
                intake->info.kind = intake->reader->kind;
                rc = intake->reader->open(intake, err);
                if (rc != ERR_OK)
                        return err_wrap(err, "%s", path);
        }
        if (rc == ERR_OK)
                rc = decide_encoding(intake, encoding, err);
        if (rc == ERR_OK) {
                name_columns(intake);
                intake_rewind(intake);
        }
        return rc;
}

enum err_code intake_open(const char *path, const char *encoding, struct intake **ret, struct err *err)
{
        struct intake *intake = xcalloc(1, sizeof *intake);
        str_init(&intake->raw);
        str_init(&intake->text);
        intake->cells = xcalloc(INTAKE_COLUMNS_MAX, sizeof *intake->cells);
        intake->decoded = xcalloc(INTAKE_COLUMNS_MAX, sizeof *intake->decoded);
        enum err_code rc = open_all(intake, path, encoding, err);
        if (rc == ERR_OK)
                *ret = intake;
        else
                intake_close(intake);
        return rc;
}

void intake_close(struct intake *intake)
{
        if (!intake)
                return;
        if (intake->reader)
                intake->reader->close(intake);
        if (intake->file)
                fclose(intake->file);
        arena_release(&intake->arena);
        arena_release(&intake->row);
        str_release(&intake->raw);
        str_release(&intake->text);
        free(intake->cells);
        free(intake->decoded);
        free(intake);
}

/* ---- Rows ---- */

const struct intake_info *intake_info(const struct intake *intake)
{
        return &intake->info;
}

int intake_column(const struct intake *intake, const char *name)
{
        for (int i = 0; i < intake->info.columns_n; i++)
                if (strcasecmp(intake->info.columns[i], name) == 0)
                        return i;
        return -1;
}

enum intake_step intake_next(struct intake *intake)
{
        arena_clear(&intake->row);
        memset(intake->decoded, 0, (size_t)intake->info.columns_n * sizeof *intake->decoded);
        return intake->reader->next(intake);
}

int64_t intake_number(const struct intake *intake)
{
        return intake->number;
}

const char *intake_problem(const struct intake *intake)
{
        return intake->problem;
}

const char *intake_cell(struct intake *intake, int column)
{
        const struct slice *cell = &intake->cells[column];
        if (!intake->decoded[column])
                intake->decoded[column] =
                        charset_decode(&intake->charset, cell->bytes, cell->len, &intake->row);
        return intake->decoded[column];
}

int intake_percent(const struct intake *intake)
{
        return intake->reader->percent(intake);
}

void intake_rewind(struct intake *intake)
{
        intake->reader->rewind(intake);
}
