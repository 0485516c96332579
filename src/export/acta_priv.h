/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The acta while it is made: acta.c walks the form, acta_tables.c makes the tables. */
#ifndef SIMAE_SRC_EXPORT_ACTA_PRIV_H
#define SIMAE_SRC_EXPORT_ACTA_PRIV_H

#include "paper_priv.h"

struct acta {
        const struct paper_record *record;
        struct session *session;
        const struct form *form;
        struct doc *doc;
        struct arena arena;
        /* Of the section under way. */
        const char *heading, *subheading; /* to print with the first block below it; NULL: none */
        int sub_end;                      /* first node after the group of the subheading */
        struct doc levels, later;
        bool said_sensitive;
};

/* True if the answer at a place may be told: it is shown, and not reserved or asked for. */
bool acta_tells(const struct acta *a, struct place place);
/* The answer as it is read, with its lines. In the acta's arena. */
const char *acta_answer(struct acta *a, struct place place);
/* «3 · Nivel III» */
const char *acta_level(struct acta *a, struct place place);
/* The headings that wait for something below them. */
void acta_say_headings(struct acta *a);
void acta_add_text(struct doc *doc, const char *label, const char *text);

/* Rows of a repeat and children wait in `later`; groups alike (paper_alike()) go in at once. */
void acta_add_rows(struct acta *a, struct place place);
void acta_add_groups(struct acta *a, int index, int groups);
void acta_add_children(struct acta *a, struct place place);

#endif
