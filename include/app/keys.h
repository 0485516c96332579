/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whom bundles are sealed for and who signs them.
 *
 *   keys/ (0700) of the data folder, files 0600:
 *     oficina.txt    an office's own age identity, as age-keygen writes it: `age -d -i` takes it
 *     oficina.firma  its signing key, as `minisign -G -W` writes it
 *     conocidas.txt  keys of others, one a line: "oficina age1… NAME", "emisora RW… NAME", "firma RW… NAME",
 *                    "retirada RW… NAME"
 *
 * A laptop has none of its own there: it signs with the device key, which is
 * made when the data folder is, kept in the store, and so the same in every
 * copy of it; what is sealed for that key (sync/minisign.h:
 * sign_public_recipient()) the same laptop opens.
 *
 * Enrolment, in the order in which it happens (the first two may be left out
 * by those who begin with a passphrase):
 *
 *   office   delivers its keys: a small signed file (app/keys_file.h), on a stick
 *   laptop   takes it, after a person compared the six words of its signing key with those that the office shows;
 *            from then on it seals for the office
 *   laptop   exports as always: its bundle is the request, for the header names the device, its owner (`name`) and
 *            the key that signs it (sync/bundle.h)
 *   office   imports it: verified, and held (app/laptops.h), until a person compared the six words of the laptop's key
 *   office   accepts: what was held counts from then on, and the next file of keys says so to the laptop
 *
 * Words are compared by voice or side by side, never by what the same stick brought.
 */
#ifndef SIMAE_APP_KEYS_H
#define SIMAE_APP_KEYS_H

#include "app/app.h"
#include "sync/minisign.h"

enum { KNOWN_NAME = 64, WORDS_TEXT = 96 };

enum known_kind {
        KNOWN_OFFICE,  /* age1…: bundles are sealed for it */
        KNOWN_ISSUER,  /* RW…: of an office whose files of keys are believed; what it signs counts too */
        KNOWN_SIGNER,  /* RW…: what it signs is from a laptop that was accepted */
        KNOWN_REVOKED, /* RW…: of a laptop that was lost; the last of them */
};

struct known_key {
        enum known_kind kind;
        char text[AGE_RECIPIENT_TEXT]; /* the longer of the two */
        char name[KNOWN_NAME];           /* "" if none was given */
};

struct keyring {
        struct known_key *items;
        int n;
};

/* The known keys of the data folder `dir`; none if there is no such file. ERR_CORRUPT names the line. */
enum err_code keyring_load(const char *dir, struct keyring *ret, struct err *err);
void keyring_release(struct keyring *ring);
/* How many bundles are sealed for; with none, exporting asks for a passphrase. */
int keyring_offices(const struct keyring *ring);
/* The same of this laptop, for whoever shows a place to type one; 0 too if the file is damaged. */
int app_offices_known(const struct app *app);
/* By its text alone: what decides who is believed must not be a name that somebody chose. NULL. */
const struct known_key *keyring_find_key(const struct keyring *ring, const char *text);
/* By its text, or by its name if only one has it; NULL. */
const struct known_key *keyring_find(const struct keyring *ring, const char *text);
/*
 * Remember the key `text`, age1… or RW…, by a name of one line (may be ""); one known already gets the new name,
 * one revoked is accepted again.  ERR_INVALID: it is no key.  ERR_LIMIT: more offices than a bundle can be for.
 */
enum err_code keyring_accept(const char *dir, const char *text, const char *name, struct err *err);
/* Remember a signing key as that of an office, whose files of keys are believed (app/keys_file.h). */
enum err_code keyring_accept_issuer(const char *dir, const char *text, const char *name, struct err *err);
/* Every key that stands as a word in a text file (what `simae claves mostrar` printed). ERR_INVALID if none does. */
enum err_code keyring_accept_file(const char *dir, const char *path, const char *name, int *ret_n, struct err *err);
/* Forget an office's key, or revoke a signing key. ERR_NOT_FOUND. Of laptops: app_laptop_revoke() notes when. */
enum err_code keyring_drop(const char *dir, const char *text, struct err *err);

/* Six Spanish words that two people compare to know that they have the same key; "" if `text` is none. */
void key_words(const char *text, char out[WORDS_TEXT]);

/* ---- An office's own keys ---- */

bool office_exists(const char *dir);
/* Make both keys, the first from `identity` if it is not NULL. ERR_EXISTS if there are some. */
enum err_code office_make(const char *dir, const struct age_identity *identity, struct err *err);
/* Public halves. ERR_NOT_FOUND without an office's keys. */
enum err_code office_public(const char *dir, char recipient[AGE_RECIPIENT_TEXT], char signer[SIGN_PUBLIC_TEXT],
                            struct err *err);
/* Does it open what is sealed for it, read from the disk again? ERR_CORRUPT says that it does not. */
enum err_code office_test(const char *dir, struct err *err);
/* The same, and a success is noted, for app_office_due(). */
enum err_code app_office_test(struct app *app, struct err *err);
/* Is the file of identities `path` (what somebody typed from the paper copy) this office's? ERR_REFUSED. */
enum err_code office_test_paper(const char *dir, const char *path, struct err *err);
enum { OFFICE_TEST_DAYS = 90 };
/* It has to be tested now: never was, not for OFFICE_TEST_DAYS, or the clock says nonsense. False without an office. */
bool app_office_due(struct app *app);
/* Days since the last test that it passed; -1: none is known. */
int app_office_tested(struct app *app);
/* How the office calls itself in its files of keys; "" if it was not told. In `arena`. */
const char *app_office_name(struct app *app, struct arena *arena);
enum err_code app_office_set_name(struct app *app, const char *name, struct err *err);
/*
 * What a person at the office does: its keys are made, named and tested. ERR_EXISTS. ERR_INVALID: no name.
 * A test that fails is told, and the keys stay.
 */
enum err_code app_office_begin(struct app *app, const char *name, struct err *err);
/* «UGEL Ejemplo y DRE Ejemplo»: whom bundles are sealed for, «la oficina» if one has no name. In `arena`. */
const char *app_offices_words(struct app *app, struct arena *arena);
/* What to know before that, and before the paper copy; for both faces. */
const char *office_make_words(void);
const char *office_paper_words(void);
/* Append the page to print and keep under lock: it holds the secret. `name`: of the office, or "". */
enum err_code office_paper(const char *dir, const char *name, struct str *out, struct err *err);
enum { PAPER_PATH = 4096 };
/* That page as a file of mode 0600 in `folder` (NULL or "": `salida` of the data folder); to be printed and deleted. */
enum err_code app_paper_save(struct app *app, const char *folder, char ret_path[PAPER_PATH], struct err *err);
/* Give it to the printer (print_has_printer()). */
enum err_code app_paper_print(struct app *app, struct err *err);

/* ---- Of this laptop ---- */

/* The office's key if there is one, else the device's. To be wiped. */
enum err_code app_signing_key(struct app *app, struct sign_key *ret, struct err *err);
/* Its public half, as text; "" if there is none to be had. */
void app_signer(struct app *app, char out[SIGN_PUBLIC_TEXT]);
/* Is this signing key the office's or the device's own? */
bool app_is_own_key(struct app *app, const char *key);
/* Make the device's key if there is none: copies made of the data folder from then on have the same. */
enum err_code app_ensure_device_key(struct app *app, struct err *err);
/* Whose bundles these are, for the header: the office, or who uses the laptop. */
void app_own_name(struct app *app, char out[KNOWN_NAME]);
/* Add to `keys` all that this laptop may open a bundle with: the office's identity and the device's. */
enum err_code app_reading_keys(struct app *app, struct age_keys *keys, struct err *err);
/* The same without the device's: for commands that open no store. */
enum err_code office_reading_keys(const char *dir, struct age_keys *keys, struct err *err);

#endif
