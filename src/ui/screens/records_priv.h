/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list of records from the store, for the screens that show one. */
#ifndef SIMAE_UI_RECORDS_PRIV_H
#define SIMAE_UI_RECORDS_PRIV_H

#include "app/sent.h"
#include "ui/ui.h"

struct record_source {
        struct app *app;
        struct store_query query; /* text, skip and limit are set by the list */
        const char *heading;      /* of the column of titles; NULL: «Título» */
        bool dates;               /* a first column with the date */
        const struct store_form *forms; /* with them, a column with the form's short title */
        int forms_n;
        const struct sent *sent;  /* with it, a column with how far each was sent, in a letter */
};

/* A list over `source`, which must stay where it is. `empty` says what to do when there is nothing. */
void record_list_init(struct list *list, struct record_source *source, const char *empty);
/* The record under the cursor, or NULL; valid until the list moves. */
const struct store_record *record_list_selected(struct list *list);

#endif
