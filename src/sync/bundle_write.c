/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writing a bundle (contract in sync/bundle.h).
 *
 *   add_revision → packer (segments of lines, ≤ 4 MiB, each zst) → tar → age → spool file
 *   add_form ───────────────────────────────→ zst ↗
 *   add_have → have (frames of lines, a nameless file) ↗
 *   add_file ──────────────────────────────────→ ↗                spool file → readback
 *
 * An entry of the first two is whole in memory before it is written, since tar
 * wants its size first; nothing larger than a few segments ever is.  The list
 * B2SUMS grows by a line for each.  Nothing plain is written anywhere.  After a failed write the writer is broken and only
 * bundle_writer_free() makes sense: it removes the spool file.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "b2sums.h"
#include "base/attached.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "bundle_priv.h"
#include "hash_list.h"
#include "have.h"
#include "header.h"
#include "io.h"
#include "limits.h"
#include "line.h"
#include "packer.h"
#include "readback.h"
#include "tar.h"
#include "zst.h"

struct bundle_writer {
        struct bundle_info promised; /* as the header says */
        const struct sign_key *key;
        uint64_t max; /* bytes of the tar */
        char *spool;
        struct file_sink file;
        struct age_writer *age;
        struct tar_writer tar;
        struct packer *packer;
        struct readback *back;
        struct zst zst; /* of what is packed here: forms and ids */
        struct have_writer have;
        struct str sums;
        struct hash_list forms, files;
        int64_t revisions;
        int entries, segments;
        bool listed; /* revisions and ids are all in the tar: files may come */
        bool broken, finished;
};

/* Room for B2SUMS, its signature and the end must remain when an entry of `len` bytes has been added. */
static bool fits(const struct bundle_writer *writer, uint64_t len)
{
        uint64_t after = writer->tar.at + tar_cost(len) + tar_cost(writer->sums.len + 256) +
                         tar_cost(MINISIG_MAX) + 2 * TAR_BLOCK;
        return after <= writer->max && writer->entries < BUNDLE_ENTRIES_MAX;
}

static enum err_code check_room(const struct bundle_writer *writer, uint64_t len, struct err *err)
{
        if (fits(writer, len))
                return ERR_OK;
        return err_set(err, ERR_LIMIT,
                       _("hay demasiados datos para un solo paquete (1 GiB como máximo); "
                         "repártalos en varios"));
}

static void note_entry(struct bundle_writer *writer, const struct b2 *sum, const char *name)
{
        b2sums_line(&writer->sums, sum, name);
        writer->entries++;
}

static enum err_code add_entry(struct bundle_writer *writer, const char *name, const void *data, size_t len,
                               struct err *err)
{
        struct b2 sum = b2_of(data, len);
        enum err_code rc = check_room(writer, len, err);
        if (rc == ERR_OK)
                rc = tar_write(&writer->tar, name, data, len, err);
        note_entry(writer, &sum, name);
        if (rc == ERR_OK)
                rc = readback_feed(writer->back, writer->file.at, err);
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

static struct bundle_writer *alloc_writer(const char *spool, const struct file_sink *file,
                                          const struct bundle_seal *seal)
{
        struct bundle_writer *writer = xcalloc(1, sizeof *writer);
        writer->spool = xstrdup(spool);
        writer->file = *file;
        writer->file.path = writer->spool;
        writer->key = seal->key;
        writer->max = seal->max && seal->max < BUNDLE_WRITE_MAX ? seal->max : BUNDLE_WRITE_MAX;
        writer->packer = packer_new(seal->threads, seal->stored ? lines_check_hashes : lines_check);
        zst_init(&writer->zst);
        have_writer_init(&writer->have);
        str_init(&writer->sums);
        return writer;
}

/* What the header says of the seal. */
static void promise(struct bundle_writer *writer, const struct bundle_info *info, const struct bundle_seal *seal)
{
        struct str to = STR_INIT;
        writer->promised = *info;
        writer->promised.format = BUNDLE_FORMAT;
        header_add_recipients(seal->recipients, seal->passphrase ? 0 : seal->recipients_n, &to);
        snprintf(writer->promised.to, sizeof writer->promised.to, "%s", seal->passphrase ? BUNDLE_TO_PASSPHRASE : to.text);
        sign_public_text(&seal->key->public, writer->promised.key);
        str_release(&to);
}

static enum err_code begin_file(struct bundle_writer *writer, const struct bundle_seal *seal, struct err *err)
{
        struct age_seal age = {.recipients = seal->recipients, .recipients_n = seal->recipients_n,
                               .passphrase = seal->passphrase};
        enum err_code rc = age_writer_new(&writer->file.base, &age, &writer->age, err);
        if (rc != ERR_OK)
                return rc;
        writer->tar.out = age_writer_sink(writer->age);
        rc = readback_new(writer->spool, writer->age, seal->threads > 0, &writer->back, err);
        return rc == ERR_OK ? write_header(writer, err) : rc;
}

enum err_code bundle_writer_new(const char *spool, const struct bundle_info *info, const struct bundle_seal *seal,
                                struct bundle_writer **ret, struct err *err)
{
        struct file_sink file;
        if (seal->recipients_n > BUNDLE_RECIPIENTS_MAX)
                return err_set(err, ERR_INVALID, _("son demasiadas claves: un paquete va para %d como máximo; quite alguna"),
                               BUNDLE_RECIPIENTS_MAX);
        enum err_code rc = file_sink_init(&file, spool, err);
        if (rc != ERR_OK)
                return rc;
        struct bundle_writer *writer = alloc_writer(spool, &file, seal);
        promise(writer, info, seal);
        rc = begin_file(writer, seal, err);
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

static enum err_code refuse_revision(const char *short_id, struct err *err)
{
        return err_set(err, ERR_CORRUPT, _("la revisión guardada %.8s… está dañada; ejecute simae diagnostico"), short_id);
}

/* The oldest segment that is being compressed, or was, into the tar. */
static enum err_code write_segment(struct bundle_writer *writer, struct err *err)
{
        char name[TAR_NAME];
        const struct zst *zst = packer_take(writer->packer);
        const char *mistake = packer_mistake(writer->packer);
        if (mistake) {
                char id[LINE_SHORT_ID + 1];
                writer->broken = true;
                line_short_id(mistake, id);
                return refuse_revision(id, err);
        }
        snprintf(name, sizeof name, "records/%06d.ndjson.zst", ++writer->segments);
        enum err_code rc = add_entry(writer, name, zst->bytes, zst->len, err);
        packer_drop(writer->packer);
        return rc;
}

static enum err_code next_segment(struct bundle_writer *writer, struct err *err)
{
        packer_give(writer->packer);
        return packer_is_full(writer->packer) ? write_segment(writer, err) : ERR_OK;
}

/* After the last revision: whatever is still on its way. */
static enum err_code end_segments(struct bundle_writer *writer, struct err *err)
{
        enum err_code rc = ERR_OK;
        if (packer_segment(writer->packer)->len > 0)
                packer_give(writer->packer);
        while (rc == ERR_OK && packer_take(writer->packer))
                rc = write_segment(writer, err);
        return rc;
}

enum err_code bundle_add_revision(struct bundle_writer *writer, const struct hash *id, const char *body,
                                  struct err *err)
{
        char hex[HASH_TEXT];
        enum err_code rc = ERR_OK;
        if (writer->broken || writer->have.n || writer->listed)
                return refuse_broken(err);
        size_t len = line_length(body);
        if (len == 0)
                return refuse_revision(hash_format(id, hex), err);
        if (len > BUNDLE_SEGMENT_MAX)
                return err_set(err, ERR_LIMIT, _("la revisión %.8s… pasa de 4 MiB; reduzca sus textos"), hash_format(id, hex));
        if (packer_segment(writer->packer)->len + len > BUNDLE_SEGMENT_MAX)
                rc = next_segment(writer, err);
        line_write(packer_segment(writer->packer), id, body, len);
        writer->revisions++;
        return rc;
}

enum err_code bundle_add_have(struct bundle_writer *writer, const struct hash *id, struct err *err)
{
        if (writer->broken || writer->listed)
                return refuse_broken(err);
        enum err_code rc = have_writer_add(&writer->have, id, &writer->zst, writer->spool, err);
        writer->broken = rc != ERR_OK;
        return rc;
}

static enum err_code write_have(struct bundle_writer *writer, struct err *err)
{
        if (writer->have.n == 0)
                return ERR_OK;
        enum err_code rc = have_writer_end(&writer->have, &writer->zst, writer->spool, err);
        if (rc == ERR_OK)
                rc = check_room(writer, writer->have.size, err);
        if (rc == ERR_OK)
                rc = have_writer_copy(&writer->have, &writer->tar, writer->spool, err);
        struct b2 sum = b2_end(&writer->have.sum);
        note_entry(writer, &sum, HAVE_NAME);
        return rc;
}

/* Revisions and ids into the tar, once. */
static enum err_code end_lists(struct bundle_writer *writer, struct err *err)
{
        if (writer->listed)
                return ERR_OK;
        enum err_code rc = end_segments(writer, err);
        if (rc == ERR_OK)
                rc = write_have(writer, err);
        writer->listed = rc == ERR_OK;
        writer->broken = rc != ERR_OK;
        return rc;
}

enum err_code bundle_add_file(struct bundle_writer *writer, const char *name, const void *bytes, size_t len, struct err *err)
{
        char entry[TAR_NAME];
        struct hash named, really = hash_of(bytes, len);
        if (writer->broken || writer->finished)
                return refuse_broken(err);
        if (!attached_is_file(name, &named) || !hash_equal(&named, &really) || len == 0 || len > ATTACHED_MAX)
                return err_set(err, ERR_CORRUPT, _("el archivo adjunto %.8s… está dañado; ejecute simae diagnostico"), name);
        enum err_code rc = end_lists(writer, err);
        snprintf(entry, sizeof entry, FILES "%s", name);
        hash_list_add(&writer->files, &named);
        return rc == ERR_OK ? add_entry(writer, entry, bytes, len, err) : rc;
}

static enum err_code check_promise(struct bundle_writer *writer, struct err *err)
{
        if (writer->revisions != writer->promised.revisions || writer->have.n != writer->promised.have ||
            (int64_t)writer->forms.n != writer->promised.forms)
                return err_set(err, ERR_INVALID,
                               _("cambiaron los registros mientras se hacía el paquete (%lld de %lld "
                                 "revisiones, %lld de %lld formularios, %lld de %lld recibidas); repita la "
                                 "exportación"),
                               (long long)writer->revisions, (long long)writer->promised.revisions,
                               (long long)writer->forms.n, (long long)writer->promised.forms,
                               (long long)writer->have.n, (long long)writer->promised.have);
        if ((int64_t)writer->files.n != writer->promised.files || hash_list_repeats(&writer->files))
                return err_set(err, ERR_INVALID,
                               _("cambiaron los archivos adjuntos mientras se hacía el paquete (%zu de %lld); repita la "
                                 "exportación"),
                               writer->files.n, (long long)writer->promised.files);
        if (hash_list_repeats(&writer->forms))
                return err_set(err, ERR_INVALID,
                               _("un formulario va dos veces en el paquete; avise a quien mantiene "
                                 "simae"));
        return ERR_OK;
}

/* The list of sums, and a signature that names whom it is for. */
static enum err_code write_sums(struct bundle_writer *writer, struct err *err)
{
        struct b2 sum = b2_of(writer->sums.text, writer->sums.len);
        struct str trusted = STR_INIT, signature = STR_INIT;
        header_trusted_comment(&writer->promised, &trusted);
        minisig_write(writer->key, sum.bytes, BUNDLE_COMMENT, trusted.text, &signature);
        enum err_code rc = tar_write(&writer->tar, "B2SUMS", writer->sums.text, writer->sums.len, err);
        if (rc == ERR_OK)
                rc = tar_write(&writer->tar, "B2SUMS.minisig", signature.text, signature.len, err);
        str_release(&trusted);
        str_release(&signature);
        return rc;
}

enum err_code bundle_finish(struct bundle_writer *writer, struct err *err)
{
        if (writer->broken || writer->finished)
                return refuse_broken(err);
        enum err_code rc = check_promise(writer, err);
        if (rc == ERR_OK)
                rc = end_lists(writer, err);
        if (rc == ERR_OK)
                rc = write_sums(writer, err);
        if (rc == ERR_OK)
                rc = tar_write_end(&writer->tar, err);
        if (rc == ERR_OK)
                rc = age_writer_finish(writer->age, err);
        if (rc == ERR_OK)
                rc = file_sink_close(&writer->file, err);
        writer->broken = rc != ERR_OK;
        writer->finished = rc == ERR_OK;
        return rc;
}

enum err_code bundle_writer_verify(struct bundle_writer *writer, struct bundle_info *ret, struct err *err)
{
        return readback_end(writer->back, ret, err);
}

void bundle_writer_free(struct bundle_writer *writer)
{
        if (!writer)
                return;
        packer_free(writer->packer);
        readback_free(writer->back);
        age_writer_free(writer->age);
        file_sink_release(&writer->file);
        have_writer_release(&writer->have);
        if (!writer->finished)
                sync_io->unlinkat(AT_FDCWD, writer->spool, 0);
        zst_release(&writer->zst);
        str_release(&writer->sums);
        hash_list_release(&writer->forms);
        hash_list_release(&writer->files);
        free(writer->spool);
        free(writer);
}
