/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screen of keys and laptops between keys.c (what it does) and keys_draw.c (what it shows). */
#ifndef SIMAE_SRC_UI_KEYS_PRIV_H
#define SIMAE_SRC_UI_KEYS_PRIV_H

#include "app/keys_file.h"
#include "app/laptops.h"
#include "ui/screens.h"

struct keys {
        struct list list;
        struct arena arena;       /* of the laptops; emptied when they are read again */
        struct laptop *laptops;
        int n;
        bool is_office, holds, due;
        int tested;               /* days since; -1: never */
        char own_name[KNOWN_NAME], own_words[WORDS_TEXT];
        const char *enrolment;
        char *chosen;             /* the key that a question is about */
        struct keys_file file;    /* read and not accepted yet */
        bool has_file;
};

void keys_draw(struct screen *screen, struct canvas *canvas, struct rect area);
/* The rows of its list: as struct list_source wants them, ctx the struct keys. */
int keys_rows(void *ctx, const char *words, int from, int n, struct list_row *rows, struct arena *arena);

#endif
