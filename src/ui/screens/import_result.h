/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The import screen between import.c (what it does) and import_result.c (what came of it, in words). */
#ifndef SIMAE_SRC_UI_IMPORT_RESULT_H
#define SIMAE_SRC_UI_IMPORT_RESULT_H

#include "app/incoming.h"

/* How things stand once all is in. */
struct import_after {
        int observed;  /* of whoever uses this laptop, still to be corrected */
        int conflicts; /* records that somebody has to decide */
        int laptops;   /* that wait to be accepted */
};

/* In lines. In `arena`. */
const char *import_result_words(const struct import_result *done, const struct import_after *after, struct arena *arena);

#endif
