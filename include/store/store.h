/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The store: one SQLite file that keeps drafts, revisions and what is derived
 * from them.  It moves texts and ids; what they mean is decided above.
 *
 * Durability: WAL, synchronous=FULL, one connection, exclusive.  When a
 * function that writes returns ERR_OK, what it wrote survives a power cut.
 * Every writing function is one transaction, or part of the one opened with
 * store_begin().  Strings given are borrowed; strings in returned structs live
 * in the arena passed in.  Sentences of errors are complete for a person.
 *
 *      <dir>/simae.db   <dir>/id   <dir>/backups/
 */
#ifndef SIMAE_STORE_STORE_H
#define SIMAE_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/err.h"
#include "base/id.h"
#include "base/mem.h"

struct store;

enum store_open_flags {
        STORE_CREATE = 1 << 0,     /* make the folder and an empty store if there is none */
        STORE_READ_ONLY = 1 << 1,  /* for diagnosis; still exclusive */
};

/*
 * Open the store of a data folder (mode 0700 when created).
 * ERR_NOT_FOUND: no store there and no STORE_CREATE.
 * ERR_REFUSED:   the folder carries the id file of a store but simae.db is missing: not started afresh.
 * ERR_BUSY:      another simae has it open.       ERR_NEWER: its schema is newer than this program.
 * ERR_CORRUPT:   quick_check fails.               ERR_NO_SPACE, ERR_IO.
 * Migrations run first, each in one transaction after a copy into backups/.
 */
enum err_code store_open(const char *dir, unsigned flags, struct store **ret, struct err *err);
/* Checkpoints, leaves no WAL behind. `store` may be NULL. */
void store_close(struct store *store);
/* This store's device id (random, made with the store). */
struct id store_device(const struct store *store);

/* Group several writes into one transaction; nests by counting. Rollback undoes the outermost. */
enum err_code store_begin(struct store *store, struct err *err);
enum err_code store_commit(struct store *store, struct err *err);
void store_rollback(struct store *store);
/*
 * In the transaction just begun (the outermost), leave new records out of the
 * index of words until its commit, which puts them in together: many times
 * cheaper when there are hundreds.  Until then they cannot be found by words.
 */
enum err_code store_defer_words(struct store *store, struct err *err);
/*
 * The same, for the many writes of an import or a rebuild: besides, a write that
 * fails undoes the whole transaction and not itself alone.  To the end of the
 * outermost transaction.
 */
enum err_code store_bulk(struct store *store, struct err *err);
/*
 * store_begin() and store_bulk(); and sorting may use files without a name in
 * the data folder, as private as the database beside them, instead of memory
 * without bounds.
 */
enum err_code store_begin_bulk(struct store *store, struct err *err);
/*
 * The same for what may write more than there is.  Its pages go to their place
 * once, instead of into the log, over again at its end, and then to their place:
 * while it lasts the old form of what it changes is what stands beside them, and
 * a cut leaves all of it as it was.  To begin and to end cost several syncs.
 */
enum err_code store_begin_vast(struct store *store, struct err *err);

/* Small settings, by name. Missing: *ret is NULL. */
enum err_code store_meta_get(struct store *store, const char *name, struct arena *arena, const char **ret,
                             struct err *err);
enum err_code store_meta_set(struct store *store, const char *name, const char *value, struct err *err);

/* PRAGMA integrity_check: ERR_CORRUPT with the first lines if it finds anything. */
enum err_code store_check(struct store *store, struct err *err);
/*
 * The pages and rows of all that a bundle is made from, but for the revisions: those are read anyway, and whoever does
 * must see each against its hash, find one for every arrival (store_bodies()), and as many in the index by record.
 * `views`: of what lists show of records too, which says of which UGEL they are and whether they are reserved.
 */
enum err_code store_check_outgoing(struct store *store, bool views, struct err *err);
/* ERR_CORRUPT, with the sentence for a damaged database: for whoever finds that revisions are missing in it. */
enum err_code store_damaged(struct store *store, struct err *err);
/* A verified copy of the database at `path` (VACUUM INTO a .part, fsync, rename). */
enum err_code store_backup(struct store *store, const char *path, struct err *err);
/*
 * The safety copies, for a clean exit: if something changed since the last one,
 * and at most once a day, a new backups/simae-1.db; keeps three, the newest first.
 */
enum err_code store_keep_backup(struct store *store, struct err *err);

/* ---- Forms: every version ever installed, by content hash ---- */

struct store_form {
        struct hash hash;
        const char *id, *version, *title, *short_title;
        bool is_entity, sensitive;
        bool current; /* the version that new records use */
        int64_t records; /* finalised records of this id (filled by store_form_list) */
};

/* Install; makes it current for its id. Installing the same again changes only `current`. */
enum err_code store_form_put(struct store *store, const struct store_form *form, const char *yaml, struct err *err);
/* Keep a version that came with records: known by its hash, and no more. Known already: nothing changes. */
enum err_code store_form_keep(struct store *store, const struct store_form *form, const char *yaml, struct err *err);
/* Whether a version is here. */
enum err_code store_form_known(struct store *store, const struct hash *hash, bool *ret, struct err *err);
/* The YAML text of one version. ERR_NOT_FOUND. */
enum err_code store_form_text(struct store *store, const struct hash *hash, struct arena *arena,
                              const char **ret, struct err *err);
/* The current version of a form id. ERR_NOT_FOUND names the nearest known id. */
enum err_code store_form_current(struct store *store, const char *id, struct hash *ret, struct err *err);
/* Current versions, in order of title. */
enum err_code store_form_list(struct store *store, struct arena *arena, struct store_form **ret, int *ret_n,
                              struct err *err);

/* ---- Drafts ---- */

struct store_draft {
        struct id id;            /* of the draft: never reused */
        struct id record;        /* the record it will become or edits */
        struct id parent_draft;  /* a child's: the draft of the record it belongs to; else none */
        const char *parent_question;
        struct hash form_hash;
        const char *form;        /* id */
        const char *title;       /* for "resume?": title, school and progress when last saved */
        const char *school_title;
        int answered, missing;
        const char *bases;       /* edits: hashes (hex, space-separated) of the revisions it began from; else "" */
        const char *started, *saved; /* ISO datetimes with offset */
};

enum err_code store_draft_create(struct store *store, const struct store_draft *draft, struct err *err);
/* Append log lines and refresh the descriptive columns (title, school_title, answered, missing, saved),
 * in one transaction; forgets pending text. n may be 0. */
enum err_code store_draft_append(struct store *store, const struct store_draft *draft,
                                 const char *const *lines, int n, struct err *err);
/* Replace the whole log by one line. */
enum err_code store_draft_compact(struct store *store, const struct id *draft, const char *line, struct err *err);
/* The log, oldest first. */
enum err_code store_draft_log(struct store *store, const struct id *draft, struct arena *arena,
                              const char *const **ret_lines, int *ret_n, struct err *err);
/* The text of the field being typed, not yet an answer; "" forgets it. */
enum err_code store_draft_pending_set(struct store *store, const struct id *draft, const char *place,
                                      const char *text, struct err *err);
/* NULL outputs if there is none. */
enum err_code store_draft_pending(struct store *store, const struct id *draft, struct arena *arena,
                                  const char **ret_place, const char **ret_text, struct err *err);
/* Newest saved first; children left out unless `parent` is given (then only that draft's). */
enum err_code store_draft_list(struct store *store, const struct id *parent, struct arena *arena,
                               struct store_draft **ret, int *ret_n, struct err *err);
enum err_code store_draft_get(struct store *store, const struct id *draft, struct arena *arena,
                              struct store_draft *ret, struct err *err);
/* With its log, pending text and child drafts. */
enum err_code store_draft_delete(struct store *store, const struct id *draft, struct err *err);

/* ---- Revisions and records ---- */

/*
 * The last two are of no body: what lists say of a record corrected after it was
 * observed, and the state of a revision that was purged.
 */
enum record_state { RECORD_CONCLUIDO, RECORD_VALIDADO, RECORD_OBSERVADO, RECORD_ANULADO, RECORD_CORREGIDO, RECORD_PURGADO };
const char *record_state_word(enum record_state state); /* "concluido" … */

/* What the store must know of a revision; `body` is its canonical JSON (app/revision.h), the truth. */
struct store_revision {
        struct hash id;          /* hash_of(body) */
        struct id record;
        const char *body;
        const char *form;
        struct hash form_hash;
        enum record_state state;
        int64_t gen;
        const struct hash *parents;
        int parents_n;
        const char *author;      /* record id of the persona, or "" */
        const char *device;
        const char *date;        /* civil date and offset when it was made: ISO datetime */
        int64_t arrival;         /* local number, given by the store */
};

/* The current view of a record, as lists show it; derived, rebuildable. */
struct store_record {
        struct id id;
        const char *form;
        struct hash form_hash;
        struct hash revision;    /* the head it was derived from */
        const char *title;
        const char *school, *subject; /* record ids, or "" */
        const char *school_title;
        const char *date;        /* civil date of what it tells (visit, session), "YYYY-MM-DD", or "" */
        const char *author;
        enum record_state state;
        int conflict;            /* answers that disagree, and one more if it is annulled by some only */
        bool sensitive;
        struct id parent;        /* the record it belongs to (children), or none */
        const char *parent_question;
        const char *search;      /* extra words to find it by (codes, names); may be "" */
        const char *ugel;        /* its UGEL's code, or "" */
        const char *due;         /* the civil date by which it must be met, or "" */
        bool open;               /* it comes back, in lists and at the next visit */
        bool done;               /* it really took place (a visit that could not be made did not) */
        const char *unique_key;  /* no other current record of the form may have it; "" : none */
        const char *merged;      /* {"f":{…}}: its answers, where they are not those of `revision`; else NULL */
        int heads;               /* more than one: changes in parallel, with or without conflict */
        int missing;             /* revisions it was made from that have not arrived */
};

/* A reference from one record to another: `question` of `from` names `to`. */
struct store_link { const char *question; struct id to; };

/*
 * Add a revision (a known id changes nothing) and set the record's view, its
 * search entry and its links.  ERR_INVALID if body does not hash to id.
 * `view` may be NULL: only the revision is kept, and waits for store_record_set().
 */
enum err_code store_revision_add(struct store *store, const struct store_revision *revision,
                                 const struct store_record *view, const struct store_link *links, int links_n,
                                 struct err *err);
/* Only the revision, without its view; `ret_arrival`: its number, 0 if it was there. */
enum err_code store_revision_take(struct store *store, const struct store_revision *revision, int64_t *ret_arrival,
                                  struct err *err);
/* Set only the view again (rebuilding). */
enum err_code store_record_set(struct store *store, const struct store_record *view,
                               const struct store_link *links, int links_n, struct err *err);
/* A record of which nothing is left to show: its view, links and words go. Its facts are taken away before. */
enum err_code store_record_forget(struct store *store, const struct id *id, struct err *err);
enum err_code store_views_clear(struct store *store, struct err *err);
/*
 * In a bulk: from loosen to tighten, which must come before the commit, records
 * are found by id alone, new links not at all, and counts stand still.  Setting
 * records costs a third.
 */
enum err_code store_records_loosen(struct store *store, struct err *err);
enum err_code store_records_tighten(struct store *store, struct err *err);
/* The same of revisions, which meanwhile are found by their id and their arrival alone. */
enum err_code store_revisions_loosen(struct store *store, struct err *err);
enum err_code store_revisions_tighten(struct store *store, struct err *err);
/* Whether either is worth it, once so many came to so many that were there: making indexes again costs about as much. */
bool store_loose_pays(int64_t came, int64_t were_there);
/*
 * Set the view of a record that has none; `entity`: its form is one of the
 * directory; `arrival`: of its newest revision.  `ret_pk`: its row, for
 * store_facts_gather().
 */
enum err_code store_record_add(struct store *store, const struct store_record *view, bool entity, int64_t arrival,
                               const struct store_link *links, int links_n, int64_t *ret_pk, struct err *err);

enum err_code store_record_get(struct store *store, const struct id *id, struct arena *arena,
                               struct store_record *ret, struct err *err);
/* Who refers to a record: `to` of each item is the record that does, `question` where. */
enum err_code store_links_to(struct store *store, const struct id *to, struct arena *arena,
                             struct store_link **ret, int *ret_n, struct err *err);
/* Body of a revision. */
enum err_code store_revision_body(struct store *store, const struct hash *id, struct arena *arena,
                                  const char **ret, struct err *err);
/* When its first revision was made, by its author's clock. ERR_NOT_FOUND also when nobody said. */
enum err_code store_record_begun(struct store *store, const struct id *record, struct datetime *ret, struct err *err);
/* All revisions of a record, oldest first (by gen, then arrival). */
enum err_code store_history(struct store *store, const struct id *record, struct arena *arena,
                            struct store_revision **ret, int *ret_n, struct err *err);
/* All revisions by arrival after `after`, at most `limit`. */
enum err_code store_revisions_after(struct store *store, int64_t after, int limit, struct arena *arena,
                                    struct store_revision **ret, int *ret_n, struct err *err);
/* The same of those whose form is one of the directory, or of the others; for deriving. */
enum err_code store_revisions_of_kind(struct store *store, bool entities, int64_t after, int limit, struct arena *arena,
                                      struct store_revision **ret, int *ret_n, struct err *err);
/*
 * Privacy: take out what revisions say, and who made them, for ever.  Their ids
 * stay known, so that they never come in again; a purged one has RECORD_PURGADO,
 * body "" and author "".  `at` and `reason` are kept.
 */
enum err_code store_revision_purge(struct store *store, const struct hash *ids, int n, const char *at, const char *reason,
                                   struct err *err);
/* Is `text` in the body of any revision, in force or waiting, or in any draft? Reads them all. */
enum err_code store_says(struct store *store, const char *text, bool *ret, struct err *err);
/* After a purge, outside of any transaction: nothing of it stays in the index, the log or the safety copies, which go. */
enum err_code store_scrub(struct store *store, struct err *err);
/* Find a record by 32 hex digits, a readable code, or a unique beginning (≥ 6) of the hex id.
 * ERR_NOT_FOUND, or ERR_INVALID when several begin so. */
enum err_code store_record_find(struct store *store, const char *text, struct id *ret, struct err *err);

/* The current record of `form` with that unique key and not `except`. ERR_NOT_FOUND. */
enum err_code store_record_by_key(struct store *store, const char *form, const char *key, const struct id *except,
                                  struct arena *arena, struct store_record *ret, struct err *err);

enum record_order { ORDER_DATE_DESC, ORDER_TITLE, ORDER_ARRIVAL_DESC, ORDER_DUE };

/* A list asks for one page at a time, by key: `after` is the last record of the page before. */
struct store_query {
        const char *form;        /* one form, or NULL */
        const char *school, *subject; /* record ids, or NULL */
        const struct id *parent; /* children of a record, or NULL */
        const char *ugel, *author; /* NULL or "": any */
        const char *date_from, *date_to, *due_from, *due_to; /* civil dates, both included; NULL: no limit */
        bool open_only, done_only;
        bool conflict_only;      /* those with something that disagrees */
        bool observed_only, corrected_only; /* whose state is that; with both, either */
        const char *text;        /* words to find, any accents and case, prefixes; NULL or "" for all */
        bool form_names;         /* with text, and form NULL: a word may also be of the form's names. Not in store_walk() */
        bool annulled;           /* include annulled records */
        bool sensitive;          /* include sensitive ones */
        bool entities;           /* with form NULL: directory entities instead of records */
        enum record_order order;
        const struct store_record *after;
        int64_t skip;            /* rows to pass over (after `after`): for a scrolled list that jumps */
        int limit;
};
enum err_code store_record_list(struct store *store, const struct store_query *query, struct arena *arena,
                                struct store_record **ret, int *ret_n, struct err *err);
/*
 * Every current record that the query finds, in its order, with some of its
 * answers as texts: a string as it is, a number as written, true and false as 1
 * and 0, arrays and objects as JSON, a missing one "".  `limit` 0: all.  What
 * is passed lives until the callback returns, which may use the store; the walk
 * stops at a failure and returns it.
 */
typedef enum err_code store_each(void *ctx, const struct store_record *record, const char *const *answers,
                                 struct err *err);
enum err_code store_walk(struct store *store, const struct store_query *query, const char *const *names, int names_n,
                         store_each *each, void *ctx, struct err *err);
/* How many the query finds in all. */
enum err_code store_record_count(struct store *store, const struct store_query *query, int64_t *ret,
                                 struct err *err);
/* The latest record of `form` about `subject`, dated before or on `date` ("" for any) and not `except`. ERR_NOT_FOUND. */
enum err_code store_record_previous(struct store *store, const char *form, const char *subject,
                                    const char *date, const struct id *except, struct arena *arena,
                                    struct store_record *ret, struct err *err);

/* ---- Exports done ---- */

/* Next number of this device's bundles (grows with each call, kept). */
enum err_code store_bundle_number(struct store *store, int64_t *ret, struct err *err);
/* up_to: every revision up to that arrival went, or its receiver had it; 0: it was not for an office. */
struct store_export { const char *when, *path, *bundle; int64_t revisions, up_to; };
enum err_code store_export_add(struct store *store, const struct store_export *done, struct err *err);
/* The newest that was for an office; ERR_NOT_FOUND if there is none. */
enum err_code store_export_last(struct store *store, struct arena *arena, struct store_export *ret,
                                struct err *err);

struct store_counts { int64_t records, entities, revisions, drafts, unexported, bytes; };
enum err_code store_counts(struct store *store, struct store_counts *ret, struct err *err);

#endif
