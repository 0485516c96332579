/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a board of the Balance is looking at, as the argument of the board:
 *
 *      indicador=doc_caracteriza;periodo=2026-T3;ugel=060001;por=nivel;valor=F0
 *
 * Any part may be missing.  Boards go down to one another with it, screens
 * change one part of it and make the board again, and a person may type it
 * after `simae tablero balance`.
 */
#ifndef SIMAE_REPORT_BALANCE_VIEW_H
#define SIMAE_REPORT_BALANCE_VIEW_H

#include "report/balance.h"

/* How figures are told apart: the dimensions, and the parts of the breakdown. */
enum { SPLIT_PARTS = DIMENSIONS, SPLITS };

struct balance_view {
        const char *indicator; /* key; "" not said */
        const char *period;    /* code; "" not said */
        const char *ugel;      /* code, or BALANCE_NO_UGEL; "": all together («todas»); NULL: not said */
        int split;             /* enum dimension (NONE: by UGEL), or SPLIT_PARTS */
        const char *value;     /* one of those told apart; NULL: all of them */
};

/* Records of which no UGEL is known. */
#define BALANCE_NO_UGEL "ninguna"

/* Texts in `arena`. ERR_USAGE: a part that is not known, or a way of telling apart that there is not. */
enum err_code balance_view_read(const char *argument, struct arena *arena, struct balance_view *ret, struct err *err);
/* In `arena`. */
const char *balance_view_write(const struct balance_view *view, struct arena *arena);
/* "nivel", "desglose"… as `por` has it, and what people call it. */
const char *balance_split_name(int split);
const char *balance_split_title(int split);
/* «por nivel», «por condición»… */
const char *balance_split_by(int split);

/*
 * The kind of a period, and others of its kind: 0 quarters, 1 years, 2 teaching
 * blocks.  The one of that kind that holds `day` or was the last before it; NULL
 * if there is none. In `arena`.
 */
enum { PERIOD_KINDS = 3 };
int balance_period_kind(const char *period);
enum err_code balance_period_of(struct store *store, int kind, int64_t day, struct arena *arena, const char **ret, struct err *err);
/* The one of its kind that comes after; NULL: none. In `arena`. */
enum err_code balance_after(struct store *store, const char *period, struct arena *arena, const char **ret, struct err *err);
/* What the UGEL calls a period of its own (the form `periodo`); "" if it is none. In `arena`. */
const char *balance_period_name(struct store *store, const char *period, struct arena *arena);
/* «III trimestre de 2026», «año 2026», «bloque lectivo 1 de 2026», or its own name. In `arena`. */
const char *balance_period_words(struct store *store, const char *period, struct arena *arena);

/* An indicator in words: what it counts, against which baseline, with what caution; `expressions`: how, too. */
void indicator_explain(const struct indicators *all, const struct indicator *one, bool expressions, struct str *out);
/* Its first baseline, «46 % (2022; S2:225) y 1 más»; "" if it has none. In `arena`. */
const char *indicator_baseline_words(const struct indicator *one, struct arena *arena);

#endif
