/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading a bundle (contract in sync/bundle.h): the same walk twice over one
 * open file.
 *
 *   header.json → forms/… → records/000001… → have → files/… → B2SUMS → B2SUMS.minisig → end
 *
 * The first walk checks everything and keeps 32 bytes of each entry's sum; the
 * second hands over only entries whose sum is the one kept, so nothing reaches
 * the sink that was not verified, even if the file changes meanwhile; only the
 * ids of have.ndjson.zst go as they come, and the sum after them.  In memory:
 * one entry packed, one unpacked, and those sums.
 *
 * The tar comes from bundle_file.c: out of age, or, for a payload opened by hand
 * and for bundles of the first format, straight from the file.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "b2sums.h"
#include "base/attached.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "damage.h"
#include "bundle_priv.h"
#include "hash_list.h"
#include "have.h"
#include "header.h"
#include "limits.h"
#include "line.h"
#include "tar.h"
#include "zst.h"

enum stage { AT_HEADER, AT_FORMS, AT_RECORDS, AT_HAVE, AT_FILES, AT_SUMS, AT_SIGNATURE };

struct reader {
        struct tar_reader tar;
        struct zst zst;
        struct have_reader have;
        const struct age_reader *age;   /* NULL: not sealed */
        bool own;                       /* opened by whoever wrote it, not with a key */
        struct str raw;                 /* the entry as it stands in the tar */
        struct hash_list sums;          /* of the entries, from the first walk, cut to 32 bytes */
        const struct bundle_sink *sink; /* NULL in the first walk */
        bool sink_failed;               /* the error is the sink's own */

        /* Of the present walk. */
        enum stage stage;
        struct bundle_info info;
        struct b2sums list;             /* what B2SUMS must be */
        struct hash_list forms, files;
        size_t entries;
        int segments;
        int64_t revisions, ids;
        uint64_t plain;
        struct b2 signed_sum;           /* of B2SUMS */
};

/* Count an entry; in the second walk it must be the one already verified. */
static enum err_code note_sum(struct reader *r, const struct b2 *sum, struct err *err)
{
        struct hash kept;
        memcpy(kept.bytes, sum->bytes, sizeof kept.bytes);
        b2sums_add(&r->list, sum, r->tar.name);
        if (!r->sink)
                hash_list_add(&r->sums, &kept);
        else if (r->entries >= r->sums.n || !hash_equal(&r->sums.items[r->entries], &kept))
                return err_set(err, ERR_CORRUPT,
                               _("el paquete cambió mientras se leía; cópielo a este equipo y ábralo "
                                 "otra vez"));
        return ++r->entries < BUNDLE_ENTRIES_MAX ? ERR_OK : oversized(err, _("la cantidad de entradas"));
}

static enum err_code note_entry(struct reader *r, struct err *err)
{
        struct b2 sum = b2_of(r->raw.text, r->raw.len);
        return note_sum(r, &sum, err);
}

static enum err_code unpack_entry(struct reader *r, size_t plain_max, struct err *err)
{
        enum err_code rc = tar_read_all(&r->tar, ZSTD_COMPRESSBOUND(plain_max), &r->raw, err);
        if (rc == ERR_OK)
                rc = zst_unpack(&r->zst, r->raw.text, r->raw.len, plain_max, r->tar.name, err);
        if (rc == ERR_OK)
                rc = note_entry(r, err);
        if (rc == ERR_OK && (r->plain += r->zst.len) > BUNDLE_PLAIN_MAX)
                rc = oversized(err, r->tar.name);
        return rc;
}

/* Sealed again for us by somebody who could read it: then the signature was not meant for us. */
static enum err_code check_recipient(const struct reader *r, struct err *err)
{
        const struct age_recipient *opened = r->age ? age_reader_recipient(r->age) : NULL;
        if (!r->age || r->own)
                return ERR_OK;
        if (r->info.format == BUNDLE_FORMAT_PLAIN)
                return err_set(err, ERR_INVALID,
                               _("el paquete está cifrado pero no lleva firma, y simae siempre firma; no lo use y avise a "
                                 "quien se lo dio"));
        if (opened ? header_is_for(&r->info, opened) : strcmp(r->info.to, BUNDLE_TO_PASSPHRASE) == 0)
                return ERR_OK;
        return err_set(err, ERR_REFUSED,
                       _("el paquete se hizo para otra clave y alguien lo volvió a cifrar para esta; no lo use y pida "
                         "uno nuevo a quien lo hizo"));
}

static enum err_code read_header(struct reader *r, struct err *err)
{
        if (strcmp(r->tar.name, "header.json") != 0)
                return err_set(err, ERR_INVALID,
                               _("no es un paquete de simae; revise que sea el archivo correcto"));
        enum err_code rc = tar_read_all(&r->tar, BUNDLE_HEADER_MAX, &r->raw, err);
        if (rc == ERR_OK)
                rc = note_entry(r, err);
        if (rc == ERR_OK)
                rc = header_read(r->raw.text, r->raw.len, &r->info, err);
        if (rc == ERR_OK)
                rc = check_recipient(r, err);
        r->info.sealed = r->age != NULL;
        r->info.is_signed = r->info.format != BUNDLE_FORMAT_PLAIN;
        r->stage = AT_FORMS;
        return rc;
}

/* The hash in "forms/<hash>.yaml.zst", exactly so. */
static bool form_hash(const char *name, struct hash *ret)
{
        enum { START = sizeof "forms/" - 1 };
        char hex[HASH_TEXT] = "", again[TAR_NAME];
        if (strlen(name) > START)
                snprintf(hex, sizeof hex, "%.*s", HASH_TEXT - 1, name + START);
        if (!hash_parse(hex, ret))
                return false;
        snprintf(again, sizeof again, "forms/%s.yaml.zst", hash_format(ret, hex));
        return strcmp(name, again) == 0;
}

static enum err_code read_form(struct reader *r, const struct hash *hash, struct err *err)
{
        if ((int64_t)r->forms.n >= r->info.forms)
                return damaged(err, r->tar.name);
        enum err_code rc = unpack_entry(r, BUNDLE_FORM_MAX, err);
        if (rc != ERR_OK)
                return rc;
        struct hash really = hash_of(r->zst.bytes, r->zst.len);
        if (!hash_equal(&really, hash) || !utf8_valid(r->zst.bytes, r->zst.len, NULL))
                return damaged(err, r->tar.name);
        hash_list_add(&r->forms, hash);
        if (r->sink && r->sink->form) {
                rc = r->sink->form(r->sink->ctx, hash, r->zst.bytes, r->zst.len, err);
                r->sink_failed = rc != ERR_OK;
        }
        return rc;
}

static enum err_code tell_held(struct reader *r, const struct hash *id, struct err *err)
{
        enum err_code rc = ERR_OK;
        if (r->sink && r->sink->have) {
                rc = r->sink->have(r->sink->ctx, id, err);
                r->sink_failed = rc != ERR_OK;
        }
        return rc;
}

/* Once sums agree, what was parsed and hashed in the first walk need not be again. */
static enum err_code read_line(struct reader *r, char *line, size_t len, int number, struct err *err)
{
        char where[TAR_NAME + 32];
        struct hash id;
        const char *body;
        size_t body_len;
        enum err_code rc = ERR_OK;
        if (r->revisions >= r->info.revisions || !line_read(line, len, !r->sink, &id, &body, &body_len)) {
                snprintf(where, sizeof where, _("%s, línea %d"), r->tar.name, number);
                return damaged(err, where);
        }
        r->revisions++;
        if (r->sink && r->sink->revision)
                rc = r->sink->revision(r->sink->ctx, &id, body, body_len, err);
        r->sink_failed = rc != ERR_OK;
        return rc == ERR_OK ? tell_held(r, &id, err) : rc;
}

/* Of a bundle being written: every line was checked and counted on its way in, and its sum is that of the frame made of it. */
static enum err_code sum_segment(struct reader *r, struct err *err)
{
        enum err_code rc = tar_read_all(&r->tar, ZSTD_COMPRESSBOUND(BUNDLE_SEGMENT_MAX), &r->raw, err);
        r->revisions = r->info.revisions;
        return rc == ERR_OK ? note_entry(r, err) : rc;
}

static enum err_code read_segment(struct reader *r, struct err *err)
{
        if (r->own)
                return sum_segment(r, err);
        enum err_code rc = unpack_entry(r, BUNDLE_SEGMENT_MAX, err);
        if (rc != ERR_OK)
                return rc;
        char *line = r->zst.bytes, *end = line + r->zst.len;
        if (line == end || end[-1] != '\n')
                return damaged(err, r->tar.name);
        for (int number = 1; line < end && rc == ERR_OK; number++) {
                char *stop = memchr(line, '\n', (size_t)(end - line));
                rc = read_line(r, line, (size_t)(stop - line), number, err);
                line = stop + 1;
        }
        return rc;
}

/* ---- have.ndjson.zst ---- */

static enum err_code take_id(void *ctx, const struct hash *id, struct err *err)
{
        struct reader *r = ctx;
        if (r->ids++ >= r->info.have)
                return damaged(err, HAVE_NAME);
        return tell_held(r, id, err);
}

static enum err_code read_have(struct reader *r, struct err *err)
{
        char chunk[16384];
        struct b2_state state;
        enum err_code rc = ERR_OK;
        have_reader_begin(&r->have);
        b2_begin(&state);
        while (rc == ERR_OK && r->tar.left > 0) {
                size_t len = r->tar.left < sizeof chunk ? (size_t)r->tar.left : sizeof chunk;
                if ((rc = tar_read(&r->tar, chunk, len, err)) != ERR_OK)
                        return rc;
                b2_add(&state, chunk, len);
                rc = have_reader_put(&r->have, chunk, len, take_id, r, err);
        }
        if (rc == ERR_OK)
                rc = have_reader_end(&r->have, err);
        if (rc != ERR_OK)
                return rc;
        if ((r->plain += r->have.plain) > BUNDLE_PLAIN_MAX)
                return oversized(err, HAVE_NAME);
        struct b2 sum = b2_end(&state);
        r->stage = AT_HAVE;
        return note_sum(r, &sum, err);
}

/* ---- files ---- */

static bool file_hash(const char *entry, struct hash *ret)
{
        enum { START = sizeof FILES - 1 };
        return strncmp(entry, FILES, START) == 0 && attached_is_file(entry + START, ret);
}

static enum err_code read_file(struct reader *r, const struct hash *hash, struct err *err)
{
        enum err_code rc = (int64_t)r->files.n < r->info.files ? tar_read_all(&r->tar, ATTACHED_MAX, &r->raw, err)
                                                               : damaged(err, r->tar.name);
        if (rc == ERR_OK)
                rc = note_entry(r, err);
        if (rc != ERR_OK)
                return rc;
        struct hash really = hash_of(r->raw.text, r->raw.len);
        if (!hash_equal(&really, hash) || r->raw.len == 0)
                return damaged(err, r->tar.name);
        r->stage = AT_FILES;
        hash_list_add(&r->files, hash);
        if ((r->plain += r->raw.len) > BUNDLE_PLAIN_MAX)
                return oversized(err, r->tar.name);
        if (r->sink && r->sink->file)
                rc = r->sink->file(r->sink->ctx, r->tar.name + sizeof FILES - 1, r->raw.text, r->raw.len, err);
        r->sink_failed = rc != ERR_OK;
        return rc;
}

/* ---- B2SUMS and its signature ---- */

/* As long as the list must be, and with its sum: compared without holding it. */
static enum err_code read_sums(struct reader *r, struct err *err)
{
        char chunk[16384];
        struct b2_state state;
        struct b2 expected = b2_end(&r->list.state);
        if (r->tar.size != r->list.len)
                return damaged(err, "B2SUMS");
        b2_begin(&state);
        while (r->tar.left > 0) {
                size_t len = r->tar.left < sizeof chunk ? (size_t)r->tar.left : sizeof chunk;
                enum err_code rc = tar_read(&r->tar, chunk, len, err);
                if (rc != ERR_OK)
                        return rc;
                b2_add(&state, chunk, len);
        }
        r->signed_sum = b2_end(&state);
        if (memcmp(&expected, &r->signed_sum, sizeof expected) != 0)
                return damaged(err, _("B2SUMS, que no corresponde a lo que contiene"));
        r->stage = AT_SUMS;
        return ERR_OK;
}

static enum err_code read_signature(struct reader *r, struct err *err)
{
        struct sign_public key;
        struct str trusted = STR_INIT;
        enum err_code rc = tar_read_all(&r->tar, MINISIG_MAX, &r->raw, err);
        if (rc == ERR_OK)
                rc = sign_public_parse(r->info.key, &key, err);
        header_trusted_comment(&r->info, &trusted);
        if (rc == ERR_OK && !minisig_check(r->raw.text, r->raw.len, &key, r->signed_sum.bytes, BUNDLE_COMMENT, trusted.text))
                rc = damaged(err, _("B2SUMS.minisig, cuya firma no corresponde"));
        str_release(&trusted);
        r->stage = AT_SIGNATURE;
        return rc;
}

/* Names and order are all there is to allow: anything else ends the reading. */
static enum err_code read_entry(struct reader *r, struct err *err)
{
        char segment[TAR_NAME];
        struct hash hash;
        snprintf(segment, sizeof segment, "records/%06d.ndjson.zst", r->segments + 1);
        if (r->stage == AT_HEADER)
                return read_header(r, err);
        if (r->stage == AT_FORMS && form_hash(r->tar.name, &hash))
                return read_form(r, &hash, err);
        if (r->stage <= AT_RECORDS && strcmp(r->tar.name, segment) == 0) {
                r->stage = AT_RECORDS;
                r->segments++;
                return read_segment(r, err);
        }
        if (r->stage <= AT_RECORDS && r->info.is_signed && strcmp(r->tar.name, HAVE_NAME) == 0)
                return read_have(r, err);
        if (r->stage <= AT_FILES && r->info.is_signed && file_hash(r->tar.name, &hash))
                return read_file(r, &hash, err);
        if (r->stage <= AT_FILES && strcmp(r->tar.name, "B2SUMS") == 0)
                return read_sums(r, err);
        if (r->stage == AT_SUMS && r->info.is_signed && strcmp(r->tar.name, "B2SUMS.minisig") == 0)
                return read_signature(r, err);
        return err_set(err, ERR_INVALID,
                       _("el paquete trae algo que no debe estar ahí (%s); no lo use y avise a quien "
                         "se lo dio"),
                       r->tar.name);
}

static enum err_code check_counts(struct reader *r, struct err *err)
{
        if (r->stage < AT_SUMS)
                return damaged(err, _("su final, donde falta B2SUMS"));
        if (r->info.is_signed && r->stage != AT_SIGNATURE)
                return damaged(err, _("su final, donde falta la firma"));
        if (r->revisions != r->info.revisions || (int64_t)r->forms.n != r->info.forms || r->ids != r->info.have ||
            (int64_t)r->files.n != r->info.files)
                return damaged(err, _("las cantidades que anuncia header.json"));
        if (hash_list_repeats(&r->files))
                return damaged(err, _("files, donde algo está repetido"));
        return hash_list_repeats(&r->forms) ? damaged(err, _("forms, donde algo está repetido")) : ERR_OK;
}

static void begin_walk(struct reader *r)
{
        struct byte_source *source = r->tar.source;
        r->tar = (struct tar_reader){.source = source};
        r->stage = AT_HEADER;
        b2sums_init(&r->list);
        r->forms.n = r->files.n = 0;
        r->entries = 0;
        r->segments = 0;
        r->revisions = r->ids = 0;
        r->plain = 0;
}

static enum err_code walk(struct reader *r, struct err *err)
{
        bool end = false;
        begin_walk(r);
        enum err_code rc = r->own ? ERR_OK : r->tar.source->rewind(r->tar.source, err); /* our own is walked once, as it comes */
        while (rc == ERR_OK && (rc = tar_next(&r->tar, &end, err)) == ERR_OK && !end) {
                rc = r->tar.at + r->tar.size > BUNDLE_READ_MAX ? oversized(err, r->tar.name)
                                                               : read_entry(r, err);
        }
        return rc == ERR_OK ? check_counts(r, err) : rc;
}

static enum err_code hand_over(struct reader *r, const struct bundle_sink *sink, struct err *err)
{
        enum err_code rc = sink->begin ? sink->begin(sink->ctx, &r->info, err) : ERR_OK;
        r->sink_failed = rc != ERR_OK;
        r->sink = sink;
        return rc == ERR_OK ? walk(r, err) : rc;
}

enum err_code bundle_read_tar(const struct bundle_source *from, const struct bundle_sink *sink, struct bundle_info *ret,
                              bool *ret_sink_failed, struct err *err)
{
        struct reader *r = xcalloc(1, sizeof *r);
        r->tar.source = from->tar;
        r->age = from->age;
        r->own = from->own;
        str_init(&r->raw);
        enum err_code rc = walk(r, err);
        if (rc == ERR_OK && sink)
                rc = hand_over(r, sink, err);
        if (rc == ERR_OK && ret)
                *ret = r->info;
        *ret_sink_failed = r->sink_failed;
        zst_release(&r->zst);
        have_reader_release(&r->have);
        str_release(&r->raw);
        hash_list_release(&r->sums);
        hash_list_release(&r->forms);
        hash_list_release(&r->files);
        free(r);
        return rc;
}

enum err_code bundle_read(const char *path, const struct bundle_sink *sink, struct bundle_info *ret, struct err *err)
{
        return bundle_read_with(path, NULL, sink, ret, err);
}
