/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The figures while they are made: figures.c reads the Balance, figures_item.c makes one of each
 * indicator, figures_words.c says it in words.
 */
#ifndef SIMAE_APP_FIGURES_PRIV_H
#define SIMAE_APP_FIGURES_PRIV_H

#include "app/figures.h"
#include "report/balance_view.h"

struct making {
        struct app *app;
        const struct figures_wish *wish;
        const struct indicators *all;
        struct figures *out;
        const char **codes; /* periods, from old to new */
        int codes_n;
        int first_group; /* of the Balance's that is told */
        int only_ugel;   /* the only one that there is, whose targets are those of the whole; -1 */
};

/* figures_item.c */
/* How many of its sources tell how things are now. */
int figure_stock_sources(const struct indicator *indicator);
/* Only how things are now: the figure of one period would be that of all. */
bool figure_is_of_now(const struct indicator *indicator);
/* Reserved, and not asked for. */
bool figure_is_kept_secret(const struct making *m, const struct indicator *indicator);
/* All but its section. Groups and periods of the figures are named already. */
enum err_code figure_make(struct making *m, const struct balance *whole, const struct balance *groups, int index,
                          struct figure *ret, struct err *err);

/* figures_words.c */
/* «T3 2026», or the name that a UGEL gave to its own; the same where there is little room; «01/07/2026 a 30/09/2026». In
 * the arena of the figures. */
const char *period_heading(struct making *m, const char *code);
const char *period_mark(struct making *m, const char *code);
enum err_code period_words(struct making *m, const char *code, const char **ret, struct err *err);
/* How the form of an indicator's sources calls a value of its breakdown. */
const char *part_label(struct making *m, const struct indicator *indicator, const char *code);
/* Whether the breakdown tells persons apart. */
bool parts_are_people(struct making *m, const struct indicator *indicator);
/* Achievements and alerts, out of the items. */
void find_remarks(struct making *m);

#endif
