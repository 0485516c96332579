/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Views of many records in one transaction (derive_many.c). */
#ifndef SIMAE_APP_DERIVE_MANY_H
#define SIMAE_APP_DERIVE_MANY_H

#include "app_priv.h"
#include "id_set.h"

/* A record that others named before it came. */
struct named { struct id record; int64_t arrival; };

struct deriving {
        struct app *app;
        struct id_set later;         /* records to derive at the end */
        struct id_set revised, done; /* of a rebuild: those of several revisions; of them, those derived */
        struct named *named;
        int named_n, named_room;
        int64_t n;                 /* derived */
        int64_t firsts;            /* records that began with a revision taken */
        int64_t records;           /* those of the store at the beginning */
        bool takes;                /* revisions, too, go in */
        unsigned char *named_bits; /* while records and links have no indexes */
        bool gathers, finishes;    /* facts: totals are not moved; they are summed again at the end */
        struct arena one;          /* of one record */
};

/* In a transaction just begun, which is a bulk from here on. */
enum err_code deriving_begin(struct deriving *all, struct app *app, struct err *err);
/* A revision into the store, and its view with it, now or at the end; its arrival is filled in. `body` is it, parsed. */
enum err_code deriving_take(struct deriving *all, struct store_revision *revision, const json_t *body, struct err *err);
/* A view was derived otherwise meanwhile. */
void deriving_saw(struct deriving *all, const struct record_derived *derived);
/* Once all revisions are there. */
enum err_code deriving_end(struct deriving *all, struct err *err);
void deriving_release(struct deriving *all);

#endif
