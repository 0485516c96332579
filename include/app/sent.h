/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How far what is here has come: exported, received by the UGEL, by the DRE.
 * All of it is derived from the exports noted and from what offices said they
 * hold (sync/bundle.h, Exchange): nothing is marked on a record, so what an
 * office lost is «exportado» again as soon as it says so.  Only the have-lists
 * of offices that were accepted here count.
 */
#ifndef SIMAE_APP_SENT_H
#define SIMAE_APP_SENT_H

#include "app/app.h"

enum sent_state {
        SENT_NO,       /* something of it is in no export */
        SENT_EXPORTED, /* all of it went out, or its receiver had it */
        SENT_UGEL,     /* an office has all of it, this one too */
        SENT_DRE,      /* one that is called a DRE or GRE has */
};

struct sent;

/* A picture of now; the have-lists of the offices are in memory until sent_free(). */
enum err_code sent_load(struct app *app, struct sent **ret, struct err *err);
void sent_free(struct sent *sent);
/* Of a record, by the revisions that it is now made of. */
enum sent_state sent_of(const struct sent *sent, const struct store_record *record);
/* «sin enviar», «exportado», «recibido UGEL», «recibido DRE». */
const char *sent_word(enum sent_state state);
/* sent_of() for one record alone. */
const char *app_sent_word(struct app *app, const struct store_record *record);

/* Changes, without a look at any record: for the first screen. */
struct sent_counts {
        int64_t unsent;      /* in no export, and no office said that it has them */
        int64_t unconfirmed; /* no office has said that it has them; those unsent are among them */
        bool answered;       /* an office has said something at all */
        bool top;            /* this is an office and knows of none above: nothing has to go anywhere */
};
enum err_code app_sent_counts(struct app *app, struct sent_counts *ret, struct err *err);
/* «12 cambios sin exportar.», «Todo exportado; 3 cambios sin confirmar.» … In `arena`. */
const char *sent_count_words(const struct sent_counts *counts, struct arena *arena);

#endif
