/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A file of keys: what an office gives its laptops first, and again whenever
 * something of it changes.  It holds nothing secret and no name of a person; it
 * is text, so that it can be read, and signed, so that comparing six words
 * proves all of it:
 *
 *   simae-claves 1
 *   firma RW… NAME          first: the office that gives it, and the key that signs this file
 *   numero N                greater in each file of an office
 *   fecha YYYY-MM-DD        for people
 *   oficina age1… NAME      whom to seal for, at most 8: this office, and those that it seals for itself (its DRE)
 *   acepta RW…              a laptop that it has accepted
 *   retira RW…              a laptop that it has revoked
 *   untrusted comment: …    minisign's signature of all lines above, prehashed; its trusted comment is
 *   …                       "simae-claves/1 numero=N"
 *
 * By hand: head -n -4 F >m; tail -n 4 F >m.minisig; minisign -Vm m -P RW…
 *
 * Lines of later versions that begin with another word MUST be ignored; a later
 * "simae-claves 2" is refused (ERR_NEWER).  The signature MUST be right before
 * anything of the file is shown.  A file of an office that is not known as one
 * (KNOWN_ISSUER) MUST NOT be accepted before a person compared its words with
 * those that the office shows.  One with a number below the last accepted of that office is
 * refused: an old file must not bring back a laptop that was lost.  Accepting it:
 * the offices are sealed for, the office's signature is believed, the revoked
 * laptops are revoked here too, and whether this laptop is accepted is noted.  An
 * office takes in the file of the one above it (a UGEL that of its DRE): the keys
 * alone, and words are compared each time.  A DRE does not take in that of a UGEL:
 * it accepts the UGEL as laptops are accepted, when its first bundle comes.
 */
#ifndef SIMAE_APP_KEYS_FILE_H
#define SIMAE_APP_KEYS_FILE_H

#include "app/keys.h"
#include "sync/bundle.h"

enum { KEYS_FILE_MOST = 256 * 1024, KEYS_FILE_PATH = 4096, KEYS_DATE = 11 };

struct keys_file {
        char issuer[SIGN_PUBLIC_TEXT], name[KNOWN_NAME], words[WORDS_TEXT], date[KEYS_DATE];
        int64_t number;
        struct known_key offices[BUNDLE_RECIPIENTS_MAX];
        int offices_n;
        char (*revoked)[SIGN_PUBLIC_TEXT]; /* freed by keys_file_release() */
        int revoked_n;
        bool accepts, revokes; /* this laptop */
        bool is_known;         /* of an office that this laptop believes: nothing to compare */
};

/*
 * Write the office's own into `folder` (NULL or "": `salida` of the data folder), called
 * SIMAE-CLAVES-<8 of the key>-<number>.txt, copied as a bundle is.  ERR_NOT_FOUND: no office, or no such folder.
 */
enum err_code keys_file_save(struct app *app, const char *folder, char ret_path[KEYS_FILE_PATH], struct err *err);
/*
 * Read and verify `path`; of a folder, the newest one in it or in its folder SIMAE.  ERR_NOT_FOUND, ERR_INVALID
 * (it is none), ERR_NEWER, ERR_CORRUPT (its signature is wrong), ERR_REFUSED (older than one accepted before).
 */
enum err_code keys_file_read(struct app *app, const char *path, struct keys_file *ret, struct err *err);
void keys_file_release(struct keys_file *file);
/* Is the text file at `path` a file of keys at all? */
bool keys_file_is(const char *path);
/* A person compared the words, or file->is_known. ERR_LIMIT: more offices than a bundle can be for. */
enum err_code keys_file_accept(struct app *app, const struct keys_file *file, struct err *err);
/* Do these words say the same as the file's, whatever their spaces, capitals and tildes? */
bool keys_file_words_equal(const struct keys_file *file, const char *typed);

/* «UGEL Ejemplo aceptó esta laptop (14/04/2026).», or that it revoked it, or "" if no office said anything. In `arena`. */
const char *app_enrolment_words(struct app *app, struct arena *arena);

#endif
