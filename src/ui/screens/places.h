/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where a bundle goes or comes from: the sticks there are now, each with the
 * number that chooses it, the folder used the last time, and perhaps a folder of
 * simae's own.  Sticks come and go; what the person points at stays pointed at.
 */
#ifndef SIMAE_SRC_UI_PLACES_H
#define SIMAE_SRC_UI_PLACES_H

#include "sync/media.h"
#include "ui/ui.h"

enum { PLACES_MAX = 12, PLACES_LOOK_MS = 1000 };

enum place_kind { PLACE_STICK, PLACE_LAST, PLACE_OWN };

struct place_row {
        enum place_kind kind;
        const struct medium *medium; /* of PLACE_STICK; until the next places_look() */
};

struct places {
        struct media_roots roots;
        struct media *media;
        char *last;                  /* the folder used before; "" */
        const char *own;             /* words for a last row that is always there; NULL: there is none */
        const char *(*medium_words)(const struct medium *medium, struct arena *arena);
        enum place_kind chosen_kind; /* what the highlight is on, by what it is and not by its row */
        char *chosen;                /* device of a stick */
        bool moved;                  /* the person chose the row */
};

/* `roots` may be NULL; what it points to is borrowed. `last` is copied. Looks. */
void places_init(struct places *places, const struct media_roots *roots, const char *last, const char *own,
                 const char *(*medium_words)(const struct medium *medium, struct arena *arena));
void places_release(struct places *places);
/* Every PLACES_LOOK_MS. Until the person points at something, the first is the one that is meant: a stick, if there is any. */
void places_look(struct places *places);
void places_move(struct places *places, int by);
/* How many there are; 0 only without `own`. */
int places_list(const struct places *places, struct place_row list[PLACES_MAX]);
/* The highlighted one; false if there is none. */
bool places_current(const struct places *places, struct place_row *ret);
/* The stick whose number a key is, or NULL. */
const struct medium *places_numbered(const struct places *places, const struct key *key);
/* The rows from the top of `area` on; how many. Those around the highlight, if they do not all fit; none is lit if `!lit`. */
int places_draw(const struct places *places, struct canvas *canvas, struct rect area, bool lit, struct arena *frame);

#endif
