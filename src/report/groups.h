/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the boards of CAP, MGEA and Programa SER share: things gathered by a key
 * while records pass by, the rows of a repeated group, and short words.
 */
#ifndef SIMAE_REPORT_GROUPS_H
#define SIMAE_REPORT_GROUPS_H

#include <jansson.h>

#include "id_map.h"
#include "report_priv.h"

/* Structs of `size` bytes, one for each key; their addresses do not change. Set arena and size, zero the rest. */
struct groups {
        struct arena *arena;
        size_t size;
        struct id_map places; /* from 1 */
        void **items;         /* in the order of their first appearance */
        int n, room;
};

/* The one of a key, all zeros if it is new. */
void *groups_of(struct groups *groups, const struct id *key);
/* The one of a key, or NULL. */
void *groups_find(const struct groups *groups, const struct id *key);
/* The same for a record id in hexadecimal; NULL for anything else. */
void *groups_find_text(const struct groups *groups, const char *id);
void groups_release(struct groups *groups);
/* A key for up to three texts together; NULL counts as "". */
struct id groups_key(const char *a, const char *b, const char *c);

/* The rows of a repeated group, as store_walk() writes it; the caller's to json_decref(). NULL: none. */
json_t *repeat_rows(const char *text);
/* An answer of a row; "" if it is missing or no text. */
const char *row_answer(const json_t *row, const char *question);

/* «Quispe, A.» of «Quispe Ñahui, Ana»; "" for "". */
const char *person_short(struct board *board, const char *id);
/* «12/05», with the year if it is not this one; "" if it is no date. */
const char *day_short(struct board *board, const char *iso);
/* «19 al 30 set», «28 nov al 2 dic». */
const char *span_words(struct board *board, int64_t from, int64_t to);
/* «83 % (5 de 6)»; "" of nothing. */
const char *share_words(struct board *board, int part, int whole);
/* Rounded; 0 of nothing. */
int share_percent(int part, int whole);
/* The list of a form that is installed, or NULL. */
const struct choice_list *board_list(const struct board *board, const char *form, const char *list);
/* A column of a choice as a number; 0 if it has none. */
int choice_number(const struct choice *choice, const char *column);

#endif
