/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The export screen between export.c (what it does) and export_draw.c (what it shows). */
#ifndef SIMAE_SRC_UI_EXPORT_PRIV_H
#define SIMAE_SRC_UI_EXPORT_PRIV_H

#include "app/back.h"
#include "app/carry.h"
#include "base/str.h"
#include "ui/screens.h"

enum { EXPORT_PLACES = 12 };

enum place_kind { PLACE_STICK, PLACE_LAST, PLACE_OWN };

struct export_place {
        enum place_kind kind;
        const struct medium *medium; /* of PLACE_STICK */
};

struct export {
        struct media_roots roots;
        struct media *media;
        struct editor folder;        /* any other folder */
        char *last;                  /* the folder used before; "" */
        enum place_kind chosen_kind; /* what the highlight is on, by what it is and not by its row */
        char *chosen;                /* device of a stick */
        bool moved;                  /* the person chose the row */
        struct carry *waiting;       /* chosen, until the phrase that seals it is typed; NULL */
        struct editor phrase;        /* shown as it is typed: nobody could correct it otherwise */
        struct carry *carry;         /* NULL: still choosing */
        char *target;                /* where the carry goes, in words */
        char *folder_used;           /* to be proposed the next time; NULL: a stick */
        char *problem;
        bool no_news;                /* the problem is only that: the next Enter makes a receipt */
        struct arena arena;          /* of the next two */
        struct back_target *laptops; /* that this office accepted */
        int laptops_n;
        int whom;                    /* 0 the offices, 1 all laptops, 2… one of them */
};

/* «la UGEL y la DRE»…: whom the bundle is for. In `arena`. */
const char *export_whom(const struct export *state, struct arena *arena);

/* The places there are now, at least one; how many. */
int export_places(const struct export *state, struct export_place places[EXPORT_PLACES]);
/* Which of them is highlighted. */
int export_at(const struct export *state, const struct export_place *places, int n);

void export_draw(struct screen *screen, struct canvas *canvas, struct rect area);

#endif
