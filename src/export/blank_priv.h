/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The blank while it is made: blank.c walks the form, blank_fields.c makes a field of a question. */
#ifndef SIMAE_SRC_EXPORT_BLANK_PRIV_H
#define SIMAE_SRC_EXPORT_BLANK_PRIV_H

#include "paper_priv.h"

struct blank {
        const struct form *form;
        paper_form_find *find;
        void *ctx;
        struct doc *doc;
        struct arena arena;
};

/* Texts are in the arena of the blank, or the form's. */
/* A label, with dots where it depends on answers. */
const char *blank_words(struct blank *b, const struct template *template);
const char *blank_label(struct blank *b, const struct node *node);
/* «Solo si …», «Según el caso», or "" without a condition. */
const char *blank_only(struct blank *b, const struct expr *relevant);
/* How the answer is written: «día/mes/año», «de 0 a 60»; "" if that is plain. */
const char *blank_format(struct blank *b, const struct node *node);
/* The key that chooses option `i`: its number, N for what is no level, "" in lists that are long or change. */
const char *blank_code(struct blank *b, const struct node *node, int i);
/* False for lists so long that one writes the answer instead. */
bool blank_lists_options(const struct node *node);

void blank_add_field(struct blank *b, const struct node *node);
void blank_add_acknowledge(struct blank *b, const struct node *node);

#endif
