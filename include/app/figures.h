/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Balance made ready to leave the building (export/figures.h): every
 * indicator of a place in a period, with those before it, its UGEL or the values
 * of a dimension, its baselines, and what went well and what did not.
 *
 * Reserved indicators keep their figures only with `sensitive`; a breakdown by
 * persons likewise.  The facts must be computed (app_facts_compute()).
 */
#ifndef SIMAE_APP_FIGURES_H
#define SIMAE_APP_FIGURES_H

#include "app/app.h"
#include "export/figures.h"
#include "store/facts.h"

struct figures_wish {
        const char *period;       /* as balance_is_period() knows them */
        const char *ugel;         /* NULL: all of them */
        enum dimension dimension; /* what groups are: NONE, each UGEL */
        bool sensitive;
};

/* figures_release() is the caller's. ERR_USAGE: no such period. */
enum err_code app_figures(struct app *app, const struct figures_wish *wish, struct figures *ret, struct err *err);

/* How people call a value of a dimension (NONE: a UGEL), by its code; the code if it has no other name. */
const char *app_dimension_label(struct app *app, enum dimension dimension, const char *code);

#endif
