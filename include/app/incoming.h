/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Taking in bundles of other laptops.
 *
 *      file ── copied to the spool ── verified whole ── one transaction
 *                                                        set union of revisions
 *                                                        views of what they touch
 *                                                        the bundle noted
 *
 * A bundle, or several of one job, that bring 5,000 revisions or more that were
 * not here, leave the views to a transaction of their own after the last bundle
 * (app_catch_up()): what is true is safe in seconds, what follows from it takes
 * minutes, and a power cut within them costs nothing that was received.  The
 * counts, the waiting and the receipts are the same in both ways.
 *
 * What is here already changes nothing, so a bundle may come twice, late, or in
 * any order.  A file that is damaged changes nothing at all.  One revision that
 * is none is set aside with its reason and the rest goes in; one whose form is
 * not here waits for it.
 */
#ifndef SIMAE_APP_INCOMING_H
#define SIMAE_APP_INCOMING_H

#include "app/app.h"
#include "store/incoming.h"
#include "sync/age.h"

/* Of records: new here, with changes that were not here, all of it here before. Of revisions: waiting, set aside. */
struct import_counts { int64_t added, updated, known, waiting, rejected; };

struct import_bundle {
        const char *file;      /* its path */
        const char *problem;   /* NULL: it went in; else why not, a sentence */
        const char *device;    /* who sent it, in hexadecimal; "" if it could not be read */
        const char *sender;    /* by whose name it was accepted here, else how it calls itself; or "" */
        const char *made;      /* ISO datetime of the bundle, or "" */
        const char *id;        /* the bundle's own, in hexadecimal, or "" */
        const char *author;    /* record id of whoever made the newest revision of that laptop that was new here, or "" */
        int64_t number;        /* which of that laptop's bundles it is */
        int64_t revisions;     /* that it carries */
        bool again;            /* this very bundle had been taken in before */
        bool closed;           /* sealed with a passphrase that is not at hand */
        bool foreign;          /* sealed for the keys of others */
        struct import_counts counts;
        const char *waits;     /* what is waited for, the first: «falta la ficha visita 2027.1»; or "" */
        const char *wrong;     /* why the first was set aside, or "" */
};

struct import_result {
        struct import_bundle *bundles; /* in order of name */
        int n, failed, closed; /* of the failed, those that a passphrase may open */
        int foreign;           /* in a folder, sealed for others: on a stick that goes around that is no failure */
        int all;               /* files that there were; more than `n` if it was stopped */
        bool stopped;          /* by `progress`, or by ending the job before its last file */
        struct import_counts total;
        const char *waits, *wrong;
        struct arena arena;
};

/* Called often; false stops before the next bundle. `revisions_n` is 0 until the bundle has been verified. */
typedef bool import_progress(void *ctx, const char *file, int bundle, int bundles_n, int64_t revisions,
                             int64_t revisions_n);

/*
 * Take in a bundle, or all those of a folder and its folders (names that end in
 * «.simae»).  Each is a transaction of its own; then what lists lack is derived,
 * unless app_leave_behind() says not to.  If that fails, its error is returned and
 * what was taken in stays.  Sealed ones are opened with the
 * `keys`, or if NULL with those of this laptop (app/keys.h).  `progress` may be NULL.
 * ERR_NOT_FOUND: no such path, or no bundle in it.  What is wrong with one
 * bundle of several is in ret->bundles and is no failure of the call; of a single
 * file it is, ERR_REFUSED if no key opens it.  import_release() is the caller's on ERR_OK.
 */
enum err_code app_import(struct app *app, const char *path, const struct age_keys *keys, import_progress *progress,
                         void *ctx, struct import_result *ret, struct err *err);
void import_release(struct import_result *result);

/* The same between keys, a bundle at a time. */
struct import_job;
/* What there is at `path`; `keys` are taken over. ERR_NOT_FOUND as above. */
enum err_code import_begin(struct app *app, const char *path, struct age_keys *keys, struct import_job **ret,
                           struct err *err);
bool import_left(const struct import_job *job);
/* Its path; while some are left. */
const char *import_next(const struct import_job *job);
/* The next bundle. What `progress` returns does not matter here. */
void import_step(struct import_job *job, import_progress *progress, void *ctx);
/* So far. Borrowed. */
const struct import_result *import_so_far(const struct import_job *job);
/* Frees the job, with bundles left or without, and returns what app_import() would have; app_catch_up() is the caller's. */
enum err_code import_end(struct import_job *job, struct import_result *ret, struct err *err);

/* «37 nuevos, 4 actualizados, 12 ya recibidos, 1 en espera: falta la ficha visita 2027.1, 0 rechazados». In `arena`. */
const char *import_words(const struct import_counts *counts, const char *waits, const char *wrong, struct arena *arena);

/* How many were for others; "" if none was. In `arena`. */
const char *import_foreign_words(const struct import_result *result, struct arena *arena);
/*
 * What did not go in, a line each: sealed with a phrase, sealed for others, damaged. "" if nothing was left out.
 * In `arena`.
 */
const char *import_left_out_words(const struct import_result *result, struct arena *arena);

/* «Poniendo al día las listas y el Balance: 12 000 de 100 000», or that all are being put in order. */
enum { DERIVED_TEXT = 128 };
const char *derived_words(int64_t done, int64_t all, char out[DERIVED_TEXT]);

/* What waits and what was set aside, put together by why, reason, laptop and bundle, in order of arrival. In `arena`. */
struct waiting_group {
        const char *why, *reason; /* «espera su ficha», «falta la ficha visita 2027.1» */
        const char *device;       /* of the laptop, in hexadecimal, or "" */
        const char *bundle, *at;  /* that brought the first, and when (ISO) */
        const char *revision;     /* the first, in hexadecimal */
        int n;                    /* revisions */
};
enum err_code app_waiting_groups(struct app *app, struct arena *arena, struct waiting_group **ret, int *ret_n, struct err *err);
/* The same one by one, as a table: why, reason, record's form, laptop, bundle, when. */
enum err_code app_waiting_table(struct app *app, struct table *ret, struct err *err);
/* The same, raw: a line for each as it came, with its reason before it, in a file that must not exist. */
enum err_code app_waiting_save(struct app *app, const char *path, int *ret_n, struct err *err);

#endif
