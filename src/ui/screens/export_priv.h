/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The export screen between export.c (what it does) and export_draw.c (what it shows). */
#ifndef SIMAE_SRC_UI_EXPORT_PRIV_H
#define SIMAE_SRC_UI_EXPORT_PRIV_H

#include "app/back.h"
#include "app/carry.h"
#include "base/str.h"
#include "places.h"
#include "ui/passphrase_entry.h"
#include "ui/screens.h"

struct export {
        struct places places;
        struct editor folder;        /* any other folder */
        struct carry *waiting;       /* chosen, until the phrase that seals it is typed; NULL */
        struct passphrase_entry phrase;
        struct carry *carry;         /* NULL: still choosing */
        char *target;                /* where the carry goes, in words */
        char *folder_used;           /* to be proposed the next time; NULL: a stick */
        char *problem;
        bool no_news;                /* the problem is only that: the next Enter makes a receipt */
        struct arena arena;          /* of the next two */
        struct back_target *laptops; /* that this office accepted */
        int laptops_n;
        const char *offices;         /* in words; in `arena` */
        bool sealed;                 /* offices are known: their keys seal it, and no passphrase */
        bool accepted;               /* by the office, or it is no matter here */
        int whom;                    /* 0 the offices, 1 all laptops, 2… one of them */
};

/* «UGEL Ejemplo y DRE Ejemplo»…: whom the bundle is for. In `arena`. */
const char *export_whom(const struct export *state, struct arena *arena);

void export_draw(struct screen *screen, struct canvas *canvas, struct rect area);

#endif
