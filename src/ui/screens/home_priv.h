/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What home knows, for the two files that draw it. */
#ifndef SIMAE_UI_HOME_PRIV_H
#define SIMAE_UI_HOME_PRIV_H

#include "ui/ui.h"

struct home {
        int at;
        int menu_row, menu_top; /* where the menu was drawn, and the first of its lines that was */
        struct arena arena; /* of the figures */
        struct today today;
        struct store_counts counts;
        struct store_draft *drafts;
        int drafts_n;
        const char *last_export; /* NULL: never */
        struct id offered;       /* the draft that the question is about */
        bool adopting;           /* the form above is the profile's person */
};

/* How things stand: today, drafts, what is kept here and what was not exported. */
void home_draw_figures(struct screen *screen, struct canvas *canvas, struct rect area);

#endif
