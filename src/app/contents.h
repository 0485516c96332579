/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What goes into a bundle: every revision in the receivers' scope that one of
 * them lacks, and the ids of what is held besides (sync/bundle.h, Exchange).
 * Chosen first, since the header comes first; two bits a revision are kept.
 */
#ifndef SIMAE_APP_CONTENTS_H
#define SIMAE_APP_CONTENTS_H

#include "base/attached.h"
#include "id_set.h"
#include "peers.h"
#include "store/outgoing.h"

struct receiver {
        const struct store_peer *peer; /* with its list; NULL: nothing is known of it, so it lacks all */
        struct id device;              /* the peer's, or none */
        struct id_set records;         /* of which it holds or wrote something, if its scope is limited */
};

struct contents {
        struct app *app;
        struct receiver receivers[BUNDLE_RECIPIENTS_MAX];
        int receivers_n;         /* at least 1 */
        bool back;               /* to laptops: each in its scope */
        bool all;                /* whatever they have */
        bool reserved;           /* reserved ones too */

        unsigned char *send, *tell; /* a bit for each arrival */
        int64_t last_arrival;
        struct hash *forms;
        int forms_n;
        bool attaches;           /* one of them takes files */
        char (*files)[ATTACHED_FILE];
        size_t files_n;
        int64_t revisions, records; /* that go */
        int64_t have;            /* held and not sent, what waits included */
        int64_t left_out;        /* reserved ones that would have gone */
        int64_t held;            /* revisions here */

        struct hash form_before;                /* they come in runs */
        const struct form *form_reserves;       /* that form, if it knows of reserved records */
        bool form_seen;
};

/* The fields above the blank line are given; the rest is found. */
enum err_code contents_choose(struct contents *contents, struct err *err);
/* No receiver lacks any of it, and each has said that it knows what is held here. */
bool contents_are_news_to_nobody(const struct contents *contents);
/* Forms, revisions, the have-list and attached files, in that order. */
enum err_code contents_write(const struct contents *contents, struct bundle_writer *writer, struct err *err);
void contents_release(struct contents *contents);
/* The bodies that go, in order of arrival. */
enum err_code contents_each_body(const struct contents *contents, store_each_body *each, void *ctx, struct err *err);

/* contents_files.c */
bool form_attaches(const struct form *form);
enum err_code contents_find_files(struct contents *contents, struct err *err);
enum err_code contents_write_files(const struct contents *contents, struct bundle_writer *writer, struct err *err);

/* reserved.c: was it reserved as this revision says, or is the record now? */
enum err_code revision_is_reserved(struct app *app, const struct form *form, const struct id *record, const struct hash *id,
                                   bool *ret, struct err *err);

#endif
