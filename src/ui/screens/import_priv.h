/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The import screen between import.c (what it does), import_draw.c (what it shows) and import_result.c (what came, in words). */
#ifndef SIMAE_SRC_UI_IMPORT_PRIV_H
#define SIMAE_SRC_UI_IMPORT_PRIV_H

#include "app/incoming.h"
#include "places.h"
#include "ui/passphrase_entry.h"
#include "ui/screens.h"

/* How things stand once all is in. */
struct import_after {
        int observed;  /* of whoever uses this laptop, still to be corrected */
        int conflicts; /* records that somebody has to decide */
        int laptops;   /* that wait to be accepted */
};

struct import {
        struct places places;
        struct editor path;       /* any other folder, or a file */
        char *from;               /* what is being taken in, or was */
        bool remember;            /* `from` was no stick: it is proposed the next time */
        struct media_task *task;  /* opens a stick, while it runs */
        char *device;             /* of that stick */
        struct passphrase_entry phrase;
        struct import_job *job; /* while it runs */
        struct import_result done;
        bool is_done;
        bool asking; /* for the phrase that opens what no key of this laptop does */
        const char *file;
        int bundle, bundles_n;
        double share;
        int64_t derived, behind; /* revisions that lists have of those that they lacked; 0: not yet at that */
        char *problem;
        struct import_after after;
        int top, lines, rows; /* of what is said of the result: first line shown, lines there are, rows there are for them */
};

/* In lines. In `arena`. */
const char *import_result_words(const struct import_result *done, const struct import_after *after, struct arena *arena);
void import_draw(struct screen *screen, struct canvas *canvas, struct rect area);

#endif
