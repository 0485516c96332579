/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writing a bundle (contract in sync/bundle.h).
 *
 *   add_revision → segment (plain lines, ≤ 4 MiB) → zst → tar → spool file
 *   add_form ────────────────────────────────────→ zst ↗
 *
 * Every entry is whole in memory before it is written, since tar wants its
 * size first; nothing larger than one entry ever is.  The list B2SUMS grows by
 * a line for each.  After a failed write the writer is broken and only
 * bundle_writer_free() makes sense: it removes the spool file.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "b2sums.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "hash_list.h"
#include "header.h"
#include "io.h"
#include "limits.h"
#include "line.h"
#include "tar.h"
#include "zst.h"

struct bundle_writer {
        struct bundle_info promised; /* as the header says */
        char *spool;
        struct file_sink file;
        struct tar_writer tar;
        struct zst zst;
        struct str segment, line, sums;
        struct hash_list forms;
        int64_t revisions;
        int entries, segments;
        bool broken, finished;
};

/* Room for B2SUMS and the end must remain when an entry of `len` bytes has been added. */
static bool fits(const struct bundle_writer *writer, size_t len)
{
        uint64_t after = writer->tar.at + tar_cost(len) + tar_cost(writer->sums.len + 256) + 2 * TAR_BLOCK;
        return after <= BUNDLE_WRITE_MAX && writer->entries < BUNDLE_ENTRIES_MAX;
}

static enum err_code add_entry(struct bundle_writer *writer, const char *name, const void *data, size_t len,
                               struct err *err)
{
        enum err_code rc;
        if (!fits(writer, len))
                rc = err_set(err, ERR_LIMIT,
                             _("hay demasiados datos para un solo paquete (1 GiB como máximo); "
                               "repártalos en varios"));
        else
                rc = tar_write(&writer->tar, name, data, len, err);
        struct b2 sum = b2_of(data, len);
        b2sums_line(&writer->sums, &sum, name);
        writer->entries++;
        writer->broken = rc != ERR_OK;
        return rc;
}

static enum err_code refuse_broken(struct err *err)
{
        return err_set(err, ERR_REFUSED,
                       _("el paquete quedó a medias por un fallo anterior; empiece la exportación "
                         "otra vez"));
}

static enum err_code write_header(struct bundle_writer *writer, struct err *err)
{
        struct str text = STR_INIT;
        enum err_code rc = header_write(&writer->promised, &text, err);
        if (rc == ERR_OK)
                rc = add_entry(writer, "header.json", text.text, text.len, err);
        str_release(&text);
        return rc;
}

enum err_code bundle_writer_new(const char *spool, const struct bundle_info *info, struct bundle_writer **ret,
                                struct err *err)
{
        struct file_sink file;
        enum err_code rc = file_sink_init(&file, spool, err);
        if (rc != ERR_OK)
                return rc;
        struct bundle_writer *writer = xcalloc(1, sizeof *writer);
        writer->promised = *info;
        writer->spool = xstrdup(spool);
        writer->file = file;
        writer->file.path = writer->spool;
        writer->tar.out = &writer->file.base;
        zst_init(&writer->zst);
        str_init(&writer->segment);
        str_init(&writer->line);
        str_init(&writer->sums);
        rc = write_header(writer, err);
        if (rc == ERR_OK)
                *ret = writer;
        else
                bundle_writer_free(writer);
        return rc;
}

enum err_code bundle_add_form(struct bundle_writer *writer, const struct hash *hash, const char *yaml,
                              struct err *err)
{
        char hex[HASH_TEXT], name[TAR_NAME];
        size_t len = strlen(yaml);
        struct hash really = hash_of(yaml, len);
        hash_format(hash, hex);
        if (writer->broken || writer->revisions)
                return refuse_broken(err);
        if (!hash_equal(&really, hash) || !utf8_valid(yaml, len, NULL))
                return err_set(err, ERR_CORRUPT,
                               _("el formulario guardado %.8s… está dañado; instálelo otra vez desde "
                                 "su archivo y repita"),
                               hex);
        if (len > BUNDLE_FORM_MAX)
                return err_set(err, ERR_LIMIT, _("el formulario %.8s… pasa de 16 MiB; divídalo en varios"),
                               hex);
        snprintf(name, sizeof name, "forms/%s.yaml.zst", hex);
        zst_pack(&writer->zst, yaml, len);
        hash_list_add(&writer->forms, hash);
        return add_entry(writer, name, writer->zst.bytes, writer->zst.len, err);
}

static enum err_code flush_segment(struct bundle_writer *writer, struct err *err)
{
        char name[TAR_NAME];
        if (writer->segment.len == 0)
                return ERR_OK;
        snprintf(name, sizeof name, "records/%06d.ndjson.zst", ++writer->segments);
        zst_pack(&writer->zst, writer->segment.text, writer->segment.len);
        str_clear(&writer->segment);
        return add_entry(writer, name, writer->zst.bytes, writer->zst.len, err);
}

enum err_code bundle_add_revision(struct bundle_writer *writer, const struct hash *id, const char *body,
                                  struct err *err)
{
        char hex[HASH_TEXT];
        enum err_code rc = ERR_OK;
        hash_format(id, hex);
        if (writer->broken)
                return refuse_broken(err);
        str_clear(&writer->line);
        if (!line_write(&writer->line, id, body))
                return err_set(err, ERR_CORRUPT,
                               _("la revisión guardada %.8s… está dañada; ejecute simae diagnostico"), hex);
        if (writer->line.len > BUNDLE_SEGMENT_MAX)
                return err_set(err, ERR_LIMIT, _("la revisión %.8s… pasa de 4 MiB; reduzca sus textos"), hex);
        if (writer->segment.len + writer->line.len > BUNDLE_SEGMENT_MAX)
                rc = flush_segment(writer, err);
        str_addn(&writer->segment, writer->line.text, writer->line.len);
        writer->revisions++;
        return rc;
}

static enum err_code check_promise(struct bundle_writer *writer, struct err *err)
{
        if (writer->revisions != writer->promised.revisions ||
            (int64_t)writer->forms.n != writer->promised.forms)
                return err_set(err, ERR_INVALID,
                               _("cambiaron los registros mientras se hacía el paquete (%lld de %lld "
                                 "revisiones, %lld de %lld formularios); repita la exportación"),
                               (long long)writer->revisions, (long long)writer->promised.revisions,
                               (long long)writer->forms.n, (long long)writer->promised.forms);
        if (hash_list_repeats(&writer->forms))
                return err_set(err, ERR_INVALID,
                               _("un formulario va dos veces en el paquete; avise a quien mantiene "
                                 "simae"));
        return ERR_OK;
}

enum err_code bundle_finish(struct bundle_writer *writer, struct err *err)
{
        if (writer->broken || writer->finished)
                return refuse_broken(err);
        enum err_code rc = check_promise(writer, err);
        if (rc == ERR_OK)
                rc = flush_segment(writer, err);
        if (rc == ERR_OK)
                rc = tar_write(&writer->tar, "B2SUMS", writer->sums.text, writer->sums.len, err);
        if (rc == ERR_OK)
                rc = tar_write_end(&writer->tar, err);
        if (rc == ERR_OK)
                rc = file_sink_close(&writer->file, err);
        writer->broken = rc != ERR_OK;
        writer->finished = rc == ERR_OK;
        return rc;
}

void bundle_writer_free(struct bundle_writer *writer)
{
        if (!writer)
                return;
        file_sink_release(&writer->file);
        if (!writer->finished)
                sync_io->unlinkat(AT_FDCWD, writer->spool, 0);
        zst_release(&writer->zst);
        str_release(&writer->segment);
        str_release(&writer->line);
        str_release(&writer->sums);
        hash_list_release(&writer->forms);
        free(writer->spool);
        free(writer);
}
