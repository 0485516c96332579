/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Views of many records in one transaction (derive_many.c). */
#ifndef SIMAE_APP_DERIVE_MANY_H
#define SIMAE_APP_DERIVE_MANY_H

#include "app_priv.h"
#include "id_set.h"

struct deriving {
        struct app *app;
        int64_t after, last;         /* revisions that arrived between them are derived */
        bool looks_up;               /* few of many: whether a record has a past is asked for each */
        bool viewed;                 /* some records have their view already: the same, though all revised ones are known */
        struct id_set revised, done; /* records of several revisions; of those with a past, the ones derived */
        struct id_set later;         /* records to derive at the end */
        struct id *named;            /* records that others named before they came, or came again */
        int named_n, named_room;
        int64_t n;                 /* derived */
        int64_t records;           /* those of the store at the beginning */
        unsigned char *named_bits; /* while records and links have no indexes */
        bool gathers, finishes;    /* facts: totals are not moved; they are summed again at the end */
        derive_progress *progress;
        void *ctx;
        int64_t told;              /* revisions passed */
        struct arena one;          /* of one record */
};

/*
 * The views and facts of all records with a revision that arrived after `after`,
 * and of those that read them.  In a transaction just begun, which is a bulk from
 * here on.  `*ret_n`: how many were derived.  ERR_CANCELLED: `progress`, which may
 * be NULL, said so, and the transaction is to be undone.
 */
enum err_code views_derive_after(struct app *app, int64_t after, derive_progress *progress, void *ctx, int64_t *ret_n, struct err *err);
/* A view was derived otherwise meanwhile. */
void deriving_saw(struct deriving *all, const struct record_derived *derived);

#endif
