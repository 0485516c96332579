/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to the form layer: the keys of a mapping, checked against keys.def. */
#ifndef SIMAE_FORM_KEYS_H
#define SIMAE_FORM_KEYS_H

#include "mistakes.h"
#include "names.h"
#include "yaml.h"

enum key {
#define KEY(symbol, name, shape, places) KEY_##symbol,
#include "keys.def"
        KEY_N
};

/* Of the expressions in keys.def. */
enum expression_flags { BOOLEAN = 1, CURRENT = 2, COLUMNS = 4, ORDERS = 8, ONCE = 16 };

enum place {
        PLACE_FORM = 1 << 0, PLACE_FRAGMENT = 1 << 1, PLACE_LISTS = 1 << 2, PLACE_QUESTION = 1 << 3,
        PLACE_GROUP = 1 << 4, PLACE_REPEAT = 1 << 5, PLACE_INCLUDE = 1 << 6, PLACE_CHOICE = 1 << 7, PLACE_ACTION = 1 << 8,
        PLACE_FOLLOW = 1 << 9,
};

/* The keys that a mapping has, each once; of translations, the Spanish one stands for its key. */
struct fields {
        uint64_t present, bad; /* bits 1 << enum key; bad: written, but wrongly, and already told */
        const struct ynode **keys; /* those present, in order of enum key */
        bool translated;       /* has keys with :: */
};

struct key_reader {
        struct name_table names; /* word → enum key */
        struct arena *scratch;   /* for suggestions */
        struct mistakes *mistakes;
};

void key_reader_init(struct key_reader *reader, struct arena *arena, struct mistakes *mistakes);

const char *form_key_name(enum key key);
/* Its value may be written true, yes, false, no… */
bool key_is_boolean(enum key key);
/* Read `map`; in a choice, unknown identifiers are columns and stay in the map. */
void fields_read(const struct key_reader *reader, const struct ynode *map, enum place place,
                 struct arena *arena,
                 struct fields *ret);
/* The key's node (its value is ->value), or NULL. */
const struct ynode *fields_key(const struct fields *fields, enum key key);
/* The value's node, or NULL. */
const struct ynode *fields_value(const struct fields *fields, enum key key);
/* The value of a scalar that is not blank, or NULL. */
const struct ynode *fields_text(const struct fields *fields, enum key key);
/* Present, or written so badly that a mistake was told. */
bool fields_has(const struct fields *fields, enum key key);
/* The value of true/false, yes/no, sí/no; false and a mistake if it is neither. */
bool fields_flag(const struct key_reader *reader, const struct fields *fields, enum key key);
/* 1 for true, yes…; 0 for false, no…; -1 for any other text. */
int boolean_word(const char *text);
/* The key that a misspelt word of a mapping stands for among type, group, repeat, include; or -1. */
int telling_key(const struct key_reader *reader, const struct ynode *map);
/* The key of which `word` is a translation ("label::Español (es)" → LABEL), or -1. *ret_spanish. */
int translated_key(const struct key_reader *reader, const char *word, bool *ret_spanish);

#endif
