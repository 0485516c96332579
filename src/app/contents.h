/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What goes into a bundle: every revision in the receivers' scope that one of
 * them lacks, and the ids of what is held besides (sync/bundle.h, Exchange).
 * Chosen first, since the header comes first; two bits a revision are kept.
 *
 * What is too much for one bundle is cut into parts, by arrival.  Each is a
 * bundle like any other: it brings the forms and files that its revisions name,
 * and tells of all the rest, what goes in other parts included.
 *
 *      arrival  1 ─────────── parts[0].last ─────── parts[1].last ─── last_arrival
 */
#ifndef SIMAE_APP_CONTENTS_H
#define SIMAE_APP_CONTENTS_H

#include "base/attached.h"
#include "id_set.h"
#include "peers.h"
#include "store/outgoing.h"

struct receiver {
        const struct store_peer *peer; /* with its list; NULL: nothing is known of it, so it lacks all */
        bool served;                   /* but it is an office that another receiver, which has spoken, passes things on to */
        struct id device;              /* the peer's, or none */
        struct id_set records;         /* of which it holds or wrote something, if its scope is limited */
        unsigned char *has;            /* a bit for each arrival; NULL: none */
};

struct export_part {
        int64_t last;            /* arrival; the part before ends where it begins */
        int64_t revisions, records;
        struct hash *forms;
        int forms_n;
        char (*files)[ATTACHED_FILE];
        size_t files_n, files_room;
        int64_t weight;
        struct id counted;       /* while records are counted, the last of them */
};

/* An attached file of the revision that is being chosen, not yet in its part. */
struct new_file { char name[ATTACHED_FILE]; struct id content; int64_t bytes; };

struct contents {
        struct app *app;
        struct receiver receivers[BUNDLE_RECIPIENTS_MAX];
        int receivers_n;         /* at least 1 */
        bool back;               /* to laptops: each in its scope */
        bool all;                /* whatever they have */
        bool reserved;           /* reserved ones too */
        int64_t part_max;        /* of the weight of a part with more than one revision */
        bool tight;              /* weigh as if nothing were compressed: else as prose is, which a bundle could fail to be */
        const int64_t *ends;     /* where the first parts end, whatever they weigh: they went already */
        int ends_n;

        unsigned char *send, *tell; /* a bit for each arrival */
        int64_t last_arrival;
        struct export_part *parts;
        int parts_n;             /* at least 1 */
        int at;                  /* the part that is described and written */
        int64_t revisions, records; /* that go */
        int64_t told;            /* held and not sent, what waits included */
        int64_t left_out;        /* reserved ones that would have gone */
        int64_t held;            /* revisions here */

        struct hash form_before;                /* they come in runs */
        const struct form *form_reserves;       /* that form, if it knows of reserved records */
        bool form_seen;
        bool attaches, form_named;              /* the form of `form_attaches` takes files; it is set */
        struct hash form_attaches;
        struct id_set files_in;                 /* contents of files in the last part */
        struct new_file *files;                 /* of one revision */
        size_t files_n, files_room;
};

/* The fields above the blank line are given; the rest is found. */
enum err_code contents_choose(struct contents *contents, struct err *err);
/* No receiver lacks any of it, and each has said that it knows what is held here. */
bool contents_are_news_to_nobody(const struct contents *contents);
/* What goes in the part `at`, and what is told in it. */
const struct export_part *contents_part(const struct contents *contents);
int64_t contents_have(const struct contents *contents);
/* The part's forms, revisions, have-list and attached files, in that order. */
enum err_code contents_write(const struct contents *contents, struct bundle_writer *writer, struct err *err);
void contents_release(struct contents *contents);

/* contents_parts.c: a revision that goes, by arrival; and after them all, by record. */
enum err_code parts_begin(struct contents *contents, struct err *err);
enum err_code parts_add(struct contents *contents, const struct store_sketch *sketch, struct err *err);
void parts_end(struct contents *contents);
enum err_code parts_count_records(struct contents *contents, struct err *err);
bool contents_goes(const struct contents *contents, int64_t arrival);
/* The first arrival of the part `at`. */
int64_t contents_first(const struct contents *contents);

bool part_has_form(const struct export_part *part, const struct hash *hash);
bool parts_need_weights(const struct contents *contents, int64_t bytes);

/* contents_outline.c: about how long a body is; and a walk that knows of each only its number, its form, if it was purged,
 * and for its length `bytes`.  ERR_CORRUPT if an index does not name every arrival once. */
enum err_code outline_have(struct contents *contents, struct err *err);
enum err_code outline_bytes(const struct contents *contents, int64_t *ret, struct err *err);
enum err_code outline_walk(struct contents *contents, int64_t bytes, store_each_sketch *each, struct err *err);

/* Every arrival once. seen_end() frees, and gives `rc` unless some are missing. */
struct seen { unsigned char *bits; int64_t last, n; };
void seen_begin(struct seen *seen, int64_t last);
bool seen_once(struct seen *seen, int64_t arrival);
enum err_code seen_end(struct seen *seen, struct store *store, enum err_code rc, struct err *err);

static inline bool bit_get(const unsigned char *bits, int64_t at)
{
        return bits[at >> 3] >> (at & 7) & 1;
}

static inline void bit_set(unsigned char *bits, int64_t at)
{
        bits[at >> 3] |= (unsigned char)(1 << (at & 7));
}

/* contents_files.c: the files of a revision into contents->files, but those that the part has. */
enum err_code contents_find_files(struct contents *contents, const struct store_sketch *sketch, struct err *err);
enum err_code contents_write_files(const struct contents *contents, struct bundle_writer *writer, struct err *err);

/* reserved.c: was it reserved as this revision says, or is the record now? */
enum err_code revision_is_reserved(struct app *app, const struct form *form, const struct id *record, const struct hash *id,
                                   bool *ret, struct err *err);

#endif
