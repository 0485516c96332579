/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a list is made of, for list.c and list_named.c. */
#ifndef SIMAE_STORE_LIST_PRIV_H
#define SIMAE_STORE_LIST_PRIV_H

#include "store_priv.h"

enum driver { BY_WORDS, BY_PARENT, BY_SUBJECT, BY_SCHOOL, BY_CONFLICT, BY_OBSERVED, BY_FORM, BY_KIND };

/* A form that the text of a query names, what is left of the text, and that as an FTS5 expression. */
struct named { const char *form, *words, *match; };
enum { NAMED_MAX = 64, FIRST_MORE = 17 };

struct listing {
        const struct store_query *query;
        enum driver driver;
        struct str words; /* FTS5 expression, or empty */
        struct str sql;
        char *after_key; /* of the title order; owned */
        bool bodies;     /* revisions are read too, as v */
        int form_at, words_at; /* numbers of their parameters */
        const struct named *named; /* left out of what has no form */
        int named_n;
};

struct listing_order { const char *key, *after, *by; };
extern const struct listing_order listing_orders[]; /* by enum record_order */

void listing_init(struct listing *list, const struct store_query *query);
void listing_release(struct listing *list);
enum err_code listing_choose_driver(struct store *store, struct listing *list, struct err *err);
void listing_add_from(struct listing *list);
void listing_add_conditions(struct listing *list);
void listing_add_after(struct listing *list);
void listing_bind(struct sql *q, struct listing *list, int64_t limit);

/* The forms that the text names; none unless query->form_names asks for them. Texts in `arena`. */
enum err_code listing_named(struct store *store, const struct store_query *query, struct arena *arena, const struct named **ret,
                         int *ret_n, struct err *err);
/* The query of the part of one of them. */
struct store_query listing_part_query(const struct listing *list, int at);
/* A page of a list with named forms. */
enum err_code listing_parts_read(struct store *store, struct listing *list, struct rows *rows, struct err *err);

#endif
