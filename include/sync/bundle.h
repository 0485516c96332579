/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bundles: a list of revisions in layers that ordinary tools open.
 *
 *   SIMAE-<8 of device>-<number>-<8 of bundle>.simae       age v1 (sync/age.h), and inside it
 *     header.json                 one line: the object below
 *     forms/<hash>.yaml.zst       form versions that the revisions name
 *     records/000001.ndjson.zst   revisions, one a line; 000002, 000003 … without a gap
 *     have.ndjson.zst             ids of revisions that the sender holds and does not send, one a line
 *     files/<hash>.<ending>       attached files that the revisions name (base/attached.h), as they are
 *     B2SUMS                      "<128 hex>  <name>\n" for each entry above, in their order: BLAKE2b-512
 *     B2SUMS.minisig              minisign's signature over B2SUMS, by the key in header.json
 *
 * By hand: age -d -i KEY x.simae | tar x && minisign -Vm B2SUMS -P RW… && b2sum -c B2SUMS && zstd -dc records/0*.zst | jq .
 *
 * age       MUST be sealed for the X25519 keys that `to` names, or with a passphrase (scrypt, work factor 16; a
 *           reader takes up to 20).  No armor.  A writer MUST NOT leave a bundle unsealed, in the spool either.
 * tar       ustar, regular files: mode 0000644, uid, gid and mtime zero, no names of owners, entries padded with
 *           zeros to 512, two blocks of zeros at the end and nothing after them.  Entries MUST be named as above
 *           and come in that order; forms/, records/, have.ndjson.zst and files/ only if there is something in them.
 * zstd      frames with content size and checksum, no dictionary, window of at most 2^23.  forms: one frame of at
 *           most 16 MiB plain.  records: one frame of at most 4 MiB plain, of whole lines.  have: any number of
 *           such frames one after another.  Everything unpacked: at most 32 GiB.
 * header    UTF-8 JSON of at most 64 KiB without duplicate keys; keys not named here MUST be ignored.
 *             format    2.  A greater one MUST be refused as ERR_NEWER.
 *             bundle    32 lower-case hex digits: the bundle's random id.     from   the same: the device.
 *             to        the recipients age1…, a comma between them, at most 40; or "frase" for a passphrase
 *             key       the signing key, RW…, as minisign prints it
 *             opens     may be absent: the one key age1… that the sender opens bundles with.  Offices MUST tell
 *                       it; without it that key is the X25519 form of `key`, as every laptop has it.
 *             ugel      may be absent: the code of the sender's UGEL, at most 31 bytes
 *             name      how the sender calls itself, at most 63 bytes; may be left out.  It says who asks to be
 *                       accepted (app/laptops.h), and MUST NOT decide anything: whoever signs may write any
 *             when      ISO date and time with offset.      clock   boolean: the sender trusts its clock
 *             program   name and version, for people.       number  integer ≥ 0: the device's count of bundles
 *             counts    {"revisions","records","forms","have","files"}: integers; all but `records` MUST be met
 *                       exactly; without `files`, none
 *           Texts hold no control characters.  No date and no number decides anything.
 * forms     UTF-8 YAML whose BLAKE2b-256 is the 64 lower-case hex digits of the name; none twice.
 * records   {"id":"<64 lower-case hex>",<rest>}\n where {<rest>} is the revision's canonical body (app/revision.h)
 *           and the id its BLAKE2b-256.  A line MUST be a strict JSON object in UTF-8: no duplicate key, no NUL,
 *           nesting of at most 2,048, integers of 64 bits.  The order is the sender's and means nothing.
 * have      "<64 lower-case hex>"\n : a JSON string.  In any order; a repeated one means nothing.  The sender holds
 *           these and every revision of records/: together they are its have-list.
 * files     content whose BLAKE2b-256 is the 64 lower-case hex digits of the name; an ending of 1 to 8 lower-case
 *           letters and digits; 1 byte to 32 MiB; none twice.  A sender leaves out what it does not have.
 * minisig   "untrusted comment: simae", then of the kind "ED" (prehashed), then the trusted comment
 *           "simae/2 from=<from> to=<to> bundle=<bundle>", as in the header; base64 in canonical form.
 * reading   MUST verify the whole file, to the end of age's last chunk, before anything of it is used.  Opened
 *           with an identity, its public key MUST be one of `to`; opened with a passphrase, `to` MUST be "frase":
 *           otherwise somebody sealed again for you what was signed for another (ERR_REFUSED).  A right signature
 *           says that the owner of `key` signed; whether that key is known, and is the one of the device `from`, the
 *           caller MUST judge before anything takes effect (app/laptops.h).  No name in
 *           the tar is ever a path.  At most 1,000,000 entries; the tar at most 1 GiB (a reader takes 64 MiB more).
 *
 * Exchange  A bundle carries what its receivers lack and says what its sender holds; there is no "sent" flag.
 *           A reader keeps, of the last bundle that it took in from each pair of `from` and `key`, the have-list,
 *           `opens` and `ugel`.  The have-list of a receiver age1… is that of the last bundle whose `opens` (told
 *           or implied) is this very key, and it counts only if its `key` is one that the writer has accepted:
 *           otherwise a stranger could keep revisions from travelling.  A receiver without one lacks all, but for
 *           an accepted DRE, when an accepted office below it that the bundle is for as well has one: the DRE
 *           then lacks what the offices with one lack.  For what they have they pass on, since to each of
 *           them the DRE lacks all that its own have-list does not name: if that bundle is lost it goes again, and
 *           if the office loses what it had, its next have-list says so to the laptop.  Only a bundle that is
 *           brought to such a DRE past its UGEL has to carry all (--todo), or to wait until the UGEL's comes.
 *           Up, to offices: records/ MUST hold every revision here that any of the receivers lacks, and have
 *           all the others here, those that wait for a form or were set aside included (but not what waits for
 *           its device: another may bring it).  Reserved ones that others than accepted offices could read are
 *           held and not sent.
 *           Back, to laptops, or from a DRE to its UGEL: the same, of what is in the receiver's scope, that is
 *           of records that have no UGEL or its UGEL, or of which it holds or wrote some revision; the
 *           directory too, for one that told no UGEL.  Reserved ones only by the last of these reasons, and if
 *           the bundle is for it alone.  have holds what else is in its scope or in its own have-list.
 *           What is too much for one bundle goes in several, each of which is a bundle like any other: it brings
 *           the forms and files that its own revisions name, and have names what the others bring as well.  So they
 *           may come in any order, and one that is lost is made good by the next export.
 *           So a lost bundle is made good by the next, and so is a restored backup once its bundle arrived;
 *           cloned disks, which share `from` and `key`, take turns.
 *
 * A payload taken out of its age file by hand is read too (`sealed` is false then), and so is format 1 of
 * simae 0.1, a plain tar without key, have, B2SUMS.minisig and counts.have (`is_signed` is false); format 1
 * inside age MUST be refused.
 *
 * Errors  ERR_NOT_FOUND, ERR_IO  the file cannot be read     ERR_INVALID  not a bundle, an entry that has no
 *         ERR_NEWER    of a later format                                  business there, or without signature
 *         ERR_REFUSED  no key opens it, or it is for another  ERR_CORRUPT  cut, damaged, changed, signature wrong
 *         ERR_LIMIT    larger than anything a writer makes
 */
#ifndef SIMAE_SYNC_BUNDLE_H
#define SIMAE_SYNC_BUNDLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/id.h"
#include "sync/age.h"
#include "sync/minisign.h"

enum { BUNDLE_RECIPIENTS_MAX = 40, BUNDLE_UGEL = 32, BUNDLE_TO = BUNDLE_RECIPIENTS_MAX * AGE_RECIPIENT_TEXT };
#define BUNDLE_TO_PASSPHRASE "frase"

struct bundle_info {
        char bundle[ID_TEXT];    /* random id of the bundle */
        char from[ID_TEXT];      /* device id */
        char to[BUNDLE_TO];      /* "age1…,age1…", or BUNDLE_TO_PASSPHRASE; anything in format 1 */
        char when[40];           /* ISO datetime with offset */
        bool clock_ok;           /* the sender trusted its clock */
        char program[32];
        char name[64];           /* how the sender calls itself, or "" */
        int64_t number;          /* the device's bundle number */
        int64_t revisions, records, forms; /* `records` is only told, not checked */
        int64_t have;                  /* ids in have.ndjson.zst: held and not sent */
        int64_t files;                 /* attached */
        char key[SIGN_PUBLIC_TEXT];    /* who signed; "" in format 1 */
        char opens[AGE_RECIPIENT_TEXT]; /* an office's own key, for the way back; "" for a laptop */
        char ugel[BUNDLE_UGEL];        /* the sender's UGEL, or "" */
        int format;
        bool sealed, is_signed;        /* as it was read */
};

/* ---- Writing: a spool file on the local disk, streamed, bounded memory ---- */

struct bundle_writer;

/* For whom, and by whom: recipients or a passphrase, not both. */
struct bundle_seal {
        const struct age_recipient *recipients;
        int recipients_n;
        const char *passphrase;
        const struct sign_key *key; /* borrowed until bundle_writer_free() */
        uint64_t max;               /* bytes of the tar; 0: 1 GiB, the most there may be */
        int threads;                /* that compress beside the caller: 0, 1 or 2, and with any one more that reads back; the
                                       content is the same */
        bool stored;                /* bodies come out of a store, see bundle_add_revision() */
};

/*
 * Counts in `info` must be what will be added: the header goes first; its `to`, `key` and `format` are taken from
 * `seal`. `spool` must not exist.
 * ERR_LIMIT, here and below, past 1 GiB: the rest goes into another bundle.
 * ERR_INVALID: nobody to seal for, or more than BUNDLE_RECIPIENTS_MAX.
 */
enum err_code bundle_writer_new(const char *spool, const struct bundle_info *info, const struct bundle_seal *seal,
                                struct bundle_writer **ret, struct err *err);
/* All forms before the first revision, each once. ERR_CORRUPT if it does not hash to `hash`. */
enum err_code bundle_add_form(struct bundle_writer *writer, const struct hash *hash, const char *yaml,
                              struct err *err);
/*
 * ERR_CORRUPT if `body` is not strict JSON that hashes to `id`.  Most of that is looked at by the helpers, so it may be
 * told by a later call, by bundle_finish() at the latest; the writer is broken then.  With `stored` the hash alone is
 * looked at: nothing gets into a store's revisions but what was written as canonical JSON here or was verified as a line
 * of a bundle (app/revise.c, app/import_take.c), and a body that hashes to its id is that very text.
 */
enum err_code bundle_add_revision(struct bundle_writer *writer, const struct hash *id, const char *body,
                                  struct err *err);
/* A revision that the sender holds and does not send. After the last revision. */
enum err_code bundle_add_have(struct bundle_writer *writer, const struct hash *id, struct err *err);
/* An attached file, «<64 hex>.<ending>», each once, after the last id. ERR_CORRUPT if the name is not that of its content;
 * nothing is added then. */
enum err_code bundle_add_file(struct bundle_writer *writer, const char *name, const void *bytes, size_t len, struct err *err);
/* B2SUMS, its signature, the end, fsync, close. ERR_INVALID if the counts do not match the header. */
enum err_code bundle_finish(struct bundle_writer *writer, struct err *err);
/*
 * Whether the finished spool, read again to its end with the key that it was sealed with, is a bundle that bundle_read()
 * takes: every chunk authentic, the tar, its names and counts, B2SUMS over every entry, the signature.  Once, after
 * bundle_finish(); a helper has come a long way with it by then, for it reads behind the writer.  Revisions are not
 * unpacked again: their sums are those of the frames that were made of the lines checked when they were added, and each
 * frame has a checksum of its own for whoever unpacks it.
 */
enum err_code bundle_writer_verify(struct bundle_writer *writer, struct bundle_info *ret, struct err *err);
/* Frees it; an unfinished spool file is removed. */
void bundle_writer_free(struct bundle_writer *writer);

/* ---- Reading ---- */

/*
 * What bundle_read() hands over once the whole file has been verified. Any may be NULL.
 * Texts end in a NUL that `len` does not count and live until the call returns.
 * An error of the sink ends the reading and is returned as it is.  If the file
 * changes meanwhile bundle_read() still fails after having handed over a part,
 * so the sink works inside a transaction.
 */
struct bundle_sink {
        void *ctx;
        enum err_code (*form)(void *ctx, const struct hash *hash, const char *yaml, size_t len,
                              struct err *err);
        enum err_code (*revision)(void *ctx, const struct hash *id, const char *body, size_t len,
                                  struct err *err);
        /* Each id that the sender holds: of the revisions (after `revision`), then of have.ndjson.zst. */
        enum err_code (*have)(void *ctx, const struct hash *id, struct err *err);
        /* An attached file, after them all: its name without the folder. */
        enum err_code (*file)(void *ctx, const char *name, const void *bytes, size_t len, struct err *err);
        /* Before any of these: what was verified, who signed it included. */
        enum err_code (*begin)(void *ctx, const struct bundle_info *info, struct err *err);
};

/*
 * Check a whole bundle, as the specification above says, with `keys` (NULL: none, so that a sealed one is
 * ERR_REFUSED).  The file is read once to verify and, only if all of it holds and `sink` is not NULL, once more
 * to hand over.  Bounded memory whatever the file says.
 */
enum err_code bundle_read_with(const char *path, const struct age_keys *keys, const struct bundle_sink *sink,
                               struct bundle_info *ret, struct err *err);
/* The same without keys. */
enum err_code bundle_read(const char *path, const struct bundle_sink *sink, struct bundle_info *ret,
                          struct err *err);

/* ---- Carrying ---- */

/* "SIMAE-<8 of device>-<number>-<8 hex of bundle>.simae", FAT-safe: [A-Z0-9-] and the ending. */
enum { BUNDLE_NAME = 64 };
void bundle_file_name(const struct bundle_info *info, char out[BUNDLE_NAME]);

/*
 * Copy a finished spool file to `path` (final name, must not exist): checks free
 * space (+5 %) first, writes a unique .part beside it, fsync, rename without
 * replacing, fsync of the folder, syncfs, reads it back past the cache and
 * compares.  On any failure no file with the final name is left and the
 * sentence says what to do.
 */
enum err_code bundle_deliver(const char *spool, const char *path, struct err *err);

#endif
