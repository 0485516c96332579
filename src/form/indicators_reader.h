/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to the readers of indicadores.yaml: what they share, and the reading of single values. */
#ifndef SIMAE_FORM_INDICATORS_READER_H
#define SIMAE_FORM_INDICATORS_READER_H

#include "indicators_priv.h"
#include "rows.h"

#define LIST_OF(line) _("es una lista: una línea «" line "» por cada una")

struct kept { struct indicator indicator; const struct ynode *key, *part_of; };

struct reader {
        struct indicators_private *ret;
        struct arena *arena;
        struct mistakes *mistakes;
        struct row_reader rows;
        struct kept *kept;
        int n, room;
        struct name_table names; /* the keys of this file, each once */
        uint32_t written;    /* keys of the indicator that is being read */
        bool unit_known;     /* of the indicator that is being read */
        const char *section; /* begun last; NULL */
        double least_people; /* `minimum` of what counts people, where none is given */
};

#define COMPLAIN(r, node, ...) mistake_at((r)->mistakes, (node), __VA_ARGS__)

/* "" for NULL. */
const char *reader_text(const struct ynode *value);
/* `expected` is told where it is none. */
bool reader_is_map(struct reader *r, const struct ynode *node, const char *expected);
double reader_number(struct reader *r, const struct ynode *value, const char *key);
/* 0 for NULL, and for what is told. */
int reader_whole(struct reader *r, const struct ynode *value, const char *key, int least, int most);
bool reader_flag(struct reader *r, const struct ynode *value, const char *key);
/* The place of a word in a list that ends in NULL; `none` if it is not given, or is none of them and told. */
int reader_word(struct reader *r, const struct ynode *value, const char *key, const char *const *words, int none);
int reader_row_word(struct reader *r, const struct ynode *value, const char *key, const struct indicator_word *rows,
                    int none);

/* indicators_lists.c */
void reader_baselines(struct reader *r, const struct ynode *list, struct indicator *ret);
void reader_complements(struct reader *r, const struct ynode *list, struct indicator *ret);
void reader_warnings(struct reader *r, const struct ynode *list, struct indicator *ret);
void reader_sources(struct reader *r, const struct ynode *list, struct indicator *indicator);

#endif
