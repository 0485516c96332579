/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of import share: one bundle while it goes in. */
#ifndef SIMAE_APP_IMPORT_PRIV_H
#define SIMAE_APP_IMPORT_PRIV_H

#include "app/incoming.h"
#include "app_priv.h"
#include "id_set.h"
#include "store/laptops.h"
#include "sync/bundle.h"

/*
 * What of a bundle was here before it; import_here.c.  With many to compare: the first bytes of the ids of all
 * revisions here, in order, when each arrived, and by arrival whether it came.  Else n is 0, and the records of those
 * that came are kept.
 */
struct here {
        struct app *app;
        int64_t mark; /* the last arrival before it */
        struct id *ids;
        uint32_t *arrivals;
        unsigned char *came;
        int64_t n, room;
        struct id_set records;
};

/* The first bytes of ids, as the store keeps them of a peer. */
struct have_list { unsigned char (*items)[HAVE_BYTES]; int64_t n, room; };

/* What a transaction takes in, of whatever bundle; import_union.c. */
struct intake {
        struct app *app;
        int64_t mark;           /* the last arrival before it */
        int64_t fresh;          /* revisions that were not here */
        struct id_set touched;  /* their records, while they are few */
        bool many;              /* they are not */
        bool loose;             /* revisions have no index of records */
};

struct taking {
        struct app *app;
        struct import_bundle *bundle; /* what to tell of it */
        struct arena *texts;          /* where its texts live */
        const struct age_keys *keys;
        struct bundle_info info;
        struct have_list have;        /* what the sender holds */
        const char *at;               /* now */
        struct intake *intake;
        int64_t before;               /* revisions that were not here of the bundles before it */
        struct here here;             /* what was here before */
        bool begun, some_wait;        /* its transaction; a revision waits, or did so before */
        struct hash form;             /* of the revision before: they come in runs */
        bool form_known;
        const char *hold;             /* why its laptop is not believed, or NULL: import_hold.c */
        bool stranger;                /* … only because nobody has accepted it yet */
        const char *form_problem;     /* why a form of the bundle was not kept, or NULL */
        import_progress *progress;
        void *ctx;
        int index, bundles_n;
        int64_t revisions;
        char author[ID_TEXT];         /* of the last revision that its sender itself made, or "" */
        struct arena one;             /* of one revision */
};

/* import_take.c: the calls of a bundle_sink, and what follows the last of them. */
enum err_code take_begin(void *ctx, const struct bundle_info *info, struct err *err);
enum err_code take_form(void *ctx, const struct hash *hash, const char *yaml, size_t len, struct err *err);
enum err_code take_revision(void *ctx, const struct hash *id, const char *body, size_t len, struct err *err);
enum err_code take_attached(void *ctx, const char *name, const void *bytes, size_t len, struct err *err);
enum err_code take_have(void *ctx, const struct hash *id, struct err *err);
/* One revision that is not here: into the store, or to wait, or set aside. */
enum err_code take_body(struct taking *taking, const struct hash *id, const char *text, size_t len, struct err *err);
/* What waited for a form or a laptop that is here now goes in; counts; views, or the mark that they lag behind. */
enum err_code take_end(struct taking *taking, struct err *err);

/* import_here.c: a bundle of so many revisions begins, before any of it is in. */
enum err_code here_begin(struct here *here, struct app *app, int64_t mark, int64_t revisions, struct err *err);
/*
 * Was it here before the bundle, or an earlier line of it?  Where all ids are at hand, or none was here, two lines
 * that are the same show only when they are stored.
 */
enum err_code here_look(struct here *here, const struct hash *id, bool *ret, struct err *err);
void here_release(struct here *here);

/* import_union.c: in a bulk transaction just begun. */
enum err_code intake_begin(struct intake *intake, struct app *app, struct err *err);
/* A revision that may be here: nothing then. */
enum err_code intake_add(struct intake *intake, const struct store_revision *revision, struct err *err);
/* Into `counts`: records that are new, that changed, and of those that were `here` before the ones that did not. */
enum err_code intake_count(struct intake *intake, const struct here *here, struct import_counts *counts, struct err *err);
/* Views of what came, or, with as many besides it as `before`, the mark that they lag behind (behind.c). */
enum err_code intake_end(struct intake *intake, int64_t before, struct err *err);
void intake_release(struct intake *intake);

/* import_words.c: the first reason, and once that there are others. Texts in `arena`. */
void import_note_reason(const char **first, const char *reason, struct arena *arena);

/* import_hold.c: is the bundle of a laptop to be believed?  Sets `hold`, and notes the laptop. In the transaction. */
enum err_code hold_judge(struct taking *taking, struct err *err);
/* What waits for laptops that are believed now goes in. In the caller's transaction. */
enum err_code hold_release(struct intake *intake, struct err *err);

#endif
