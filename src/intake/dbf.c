/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * DBF through shapelib, which reads the header and the records; their fields
 * are cut here.  Shapelib believes what a header says, so its counts are
 * checked against the size of the file before any record is asked for.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "intake_priv.h"

enum { RECORD_VALID = ' ', RECORD_DELETED = '*' };

/* ---- shapelib's view of the file that is already open ---- */

/* shapelib opens by name: the one open file is handed over, under the one name that is asked for first. */
static struct intake *opening;

static SAFile hook_open(const char *name, const char *access)
{
        (void)access;
        size_t len = strlen(name);
        return opening && len > 4 && strcmp(name + len - 4, ".dbf") == 0 ? (SAFile)opening : NULL;
}

static SAOffset hook_read(void *bytes, SAOffset size, SAOffset n, SAFile file)
{
        struct intake *intake = (struct intake *)file;
        size_t got = fread(bytes, size, n, intake->file);
        intake->position += (int64_t)(got * size);
        return (SAOffset)got;
}

static SAOffset hook_write(void *bytes, SAOffset size, SAOffset n, SAFile file)
{
        (void)bytes;
        (void)size;
        (void)n;
        (void)file;
        return 0;
}

/* Records follow each other, and a needless seek would empty the buffer. */
static SAOffset hook_seek(SAFile file, SAOffset offset, int whence)
{
        struct intake *intake = (struct intake *)file;
        if (whence == SEEK_SET && intake->position == (int64_t)offset)
                return 0;
        if (fseeko(intake->file, (off_t)offset, whence) != 0)
                return (SAOffset)-1;
        intake->position = ftello(intake->file);
        return 0;
}

static SAOffset hook_tell(SAFile file)
{
        return (SAOffset)((struct intake *)file)->position;
}

static int hook_flush(SAFile file)
{
        (void)file;
        return 0;
}

static int hook_remove(const char *name)
{
        (void)name;
        return -1;
}

static void hook_error(const char *message)
{
        (void)message; /* what went wrong is told by us, with the number of the record */
}

static DBFHandle open_through(struct intake *intake)
{
        SAHooks hooks = {.FOpen = hook_open,
                         .FRead = hook_read,
                         .FWrite = hook_write,
                         .FSeek = hook_seek,
                         .FTell = hook_tell,
                         .FFlush = hook_flush,
                         .FClose = hook_flush,
                         .Remove = hook_remove,
                         .Error = hook_error,
                         .Atof = atof};
        rewind(intake->file);
        intake->position = 0;
        opening = intake;
        DBFHandle dbf = DBFOpenLL("padron.dbf", "rb", &hooks);
        opening = NULL;
        return dbf;
}

/* ---- The header ---- */

static enum err_code check_fields(struct intake *intake, struct err *err)
{
        DBFHandle dbf = intake->dbf;
        if (dbf->nRecordLength < 2 || dbf->nHeaderLength > intake->size)
                return err_set(err, ERR_INVALID,
                               _("el encabezado del DBF está dañado; descárguelo otra vez"));
        if (dbf->nFields < 1 || dbf->nFields > INTAKE_COLUMNS_MAX)
                return err_set(err, ERR_INVALID,
                               _("el DBF dice tener %d columnas; su encabezado está dañado"), dbf->nFields);
        for (int i = 0; i < dbf->nFields; i++)
                if (dbf->panFieldSize[i] < 0 || dbf->panFieldOffset[i] < 1 ||
                    dbf->panFieldSize[i] > dbf->nRecordLength - dbf->panFieldOffset[i])
                        return err_set(
                                err, ERR_INVALID,
                                _("la columna %d del DBF no cabe en sus filas; su encabezado está dañado"),
                                i + 1);
        return ERR_OK;
}

/* The rows that there really are, and what to say if the header tells another number. */
static void count_rows(struct intake *intake)
{
        int64_t room = (intake->size - intake->data_offset) / intake->dbf->nRecordLength;
        int64_t said = intake->dbf->nRecords < 0 ? 0 : intake->dbf->nRecords;
        intake->info.rows = said < room ? said : room;
        intake->torn = said > room && (intake->size - intake->data_offset) % intake->dbf->nRecordLength > 1;
        if (said > room)
                intake->info.note = arena_printf(&intake->arena,
                                                 _("el DBF dice tener %lld filas y trae %lld: está cortado"),
                                                 (long long)said, (long long)room);
        else if (room > said)
                intake->info.note = arena_printf(
                        &intake->arena, _("el DBF dice tener %lld filas y trae %lld; se leen las que dice"),
                        (long long)said, (long long)room);
}

static void field_names(struct intake *intake)
{
        intake->info.columns_n = intake->dbf->nFields;
        for (int i = 0; i < intake->dbf->nFields; i++) {
                char name[XBASE_FLDNAME_LEN_READ + 1];
                int width, decimals;
                DBFGetFieldInfo(intake->dbf, i, name, &width, &decimals);
                const char *kept = arena_strdup(&intake->arena, name);
                intake->cells[i] = (struct slice){kept, strlen(kept)};
        }
}

static enum err_code dbf_open(struct intake *intake, struct err *err)
{
        setvbuf(intake->file, NULL, _IOFBF, 1 << 18);
        intake->dbf = open_through(intake);
        if (!intake->dbf)
                return err_set(err, ERR_INVALID,
                               _("el encabezado del DBF está dañado; descárguelo otra vez"));
        enum err_code rc = check_fields(intake, err);
        if (rc != ERR_OK)
                return rc;
        intake->data_offset = intake->dbf->nHeaderLength;
        count_rows(intake);
        field_names(intake);
        return ERR_OK;
}

/* ---- Records ---- */

static enum intake_step torn_end(struct intake *intake)
{
        if (!intake->torn || intake->record > intake->info.rows)
                return INTAKE_END;
        intake->number = ++intake->record;
        return intake_bad(intake, _("el archivo termina en medio de esta fila"));
}

static enum intake_step dbf_next(struct intake *intake)
{
        for (;;) {
                if (intake->record >= intake->info.rows)
                        return torn_end(intake);
                const char *tuple = DBFReadTuple(intake->dbf, (int)intake->record);
                intake->number = ++intake->record;
                if (!tuple)
                        return intake_bad(intake, _("el disco no pudo leer esta fila"));
                if (*tuple == RECORD_DELETED)
                        continue;
                if (*tuple != RECORD_VALID)
                        return intake_bad(intake, _("la fila está dañada: no empieza como debe"));
                for (int i = 0; i < intake->info.columns_n; i++)
                        intake->cells[i] = (struct slice){tuple + intake->dbf->panFieldOffset[i],
                                                          (size_t)intake->dbf->panFieldSize[i]};
                return INTAKE_ROW;
        }
}

static void dbf_rewind(struct intake *intake)
{
        fseeko(intake->file, 0, SEEK_SET);
        intake->position = 0;
        intake->record = 0;
        intake->dbf->nCurrentRecord =
                -1; /* the guess of the encoding moved the file: nothing held is current */
}

static int dbf_percent(const struct intake *intake)
{
        return intake->info.rows ? (int)(100 * intake->record / intake->info.rows) : 100;
}

static void dbf_close(struct intake *intake)
{
        if (intake->dbf)
                DBFClose(intake->dbf);
}

const struct reader reader_dbf = {.kind = "DBF",
                                  .fallback = "CP850",
                                  .open = dbf_open,
                                  .next = dbf_next,
                                  .rewind = dbf_rewind,
                                  .percent = dbf_percent,
                                  .close = dbf_close};
