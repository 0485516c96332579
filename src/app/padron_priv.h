/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files that take in the padrón share. */
#ifndef SIMAE_PADRON_PRIV_H
#define SIMAE_PADRON_PRIV_H

#include "app/padron.h"
#include "app_priv.h"
#include "intake/intake.h"

enum padron_kind { PADRON_TEXT, PADRON_CODE, PADRON_NUMBER, PADRON_DEGREES, PADRON_CHOICE, PADRON_DATE };
enum padron_flags {
        LOOSE = 1 << 0,    /* a value that means nothing here is left out; otherwise the row is an error */
        QUIET = 1 << 1,    /* … and not told */
        PERSONAL = 1 << 2, /* only when asked for */
        UNDATED = 1 << 3,  /* by itself no reason to write */
        OFFICIAL = 1 << 4, /* the first import sets it even in a school that a person added */
};
enum { PADRON_RULES_MAX = 64, PADRON_REASON = 400, COD_MOD_DIGITS = 7, UGEL_DIGITS = 6 };

/* One row of padron.def. */
struct padron_rule {
        const char *column, *question;
        enum padron_kind kind;
        int width;
        unsigned flags;
};
const struct padron_rule *padron_rules(int *ret_n);

/* ---- padron_map.c: what the columns of this file are ---- */

/* A column that a question takes. */
struct padron_source {
        const struct padron_rule *rule;
        int column; /* of the file */
        int slot;
        const struct choice_list *list; /* CHOICE */
};
/* A question that some rule fills. */
struct padron_slot {
        const char *question, *label;
        unsigned flags;
        enum padron_kind kind;
};

struct padron_map {
        struct padron_source sources[PADRON_RULES_MAX];
        int sources_n;
        struct padron_slot slots[PADRON_RULES_MAX];
        int slots_n;
        int cod_mod, anexo, ugel, ugel_name; /* columns; the last two may be -1 */
        bool zeros;
        const struct choice_list *provinces, *districts; /* to notice the RENIEC's ubigeo */
};

/* ERR_INVALID: no columns COD_MOD and ANEXO. */
enum err_code padron_map_init(struct padron_map *map, const struct intake *intake, const struct form *form,
                              bool personal, struct err *err);

enum code_state { CODE_EMPTY, CODE_GOOD, CODE_SHORT, CODE_BAD };
/* A code as the cell has it, without the ways in which spreadsheets dress text; zeros put back if `zeros`. In
 * `arena`. */
enum code_state padron_code(const char *cell, int width, bool zeros, struct arena *arena, const char **ret);

/* True of "" too. */
bool padron_all_zeros(const char *text);

/* One row of the file, understood. */
struct padron_row {
        char cod_mod[COD_MOD_DIGITS + 1], anexo[2];
        const char *values[PADRON_RULES_MAX];  /* by slot; "" when there is none */
        const char *strange[PADRON_RULES_MAX]; /* by slot: what was left out, or NULL */
};
/* False, with a reason, if the row has no good key. */
bool padron_read_key(const struct padron_map *map, struct intake *intake, struct padron_row *row,
                     struct arena *arena, char reason[PADRON_REASON]);
/* padron_values.c: the rest of the row. False, with a reason, if it cannot go in. */
bool padron_read_values(const struct padron_map *map, struct intake *intake, struct padron_row *row,
                        struct arena *arena, char reason[PADRON_REASON]);
/* padron_ubigeo.c. False, with a reason, when the ubigeo and the names are of different places. */
bool padron_check_ubigeo(const struct padron_map *map, const struct padron_row *row,
                         char reason[PADRON_REASON]);
/* The value that fills a question, or "". */
const char *padron_value(const struct padron_map *map, const struct padron_row *row, const char *question);

/* ---- padron_said.c: what the list said the last time, kept with each school ---- */

/*
 * Eight letters for each value: which question (16 bits) and which value (32).
 * Enough to tell whether the list, or a person, has changed it since.
 */
enum { SAID_LETTERS = 8 };
void padron_said(const struct padron_map *map, const struct padron_row *row, struct str *out);
/* The letters for one question in `said`, or NULL. */
const char *padron_said_find(const char *said, const char *question);
/* True if those letters (not NULL) stand for this value. */
bool padron_said_is(const char *letters, const char *question, const char *value);
/* Append `before` with what `now` says in the place of what it said of the same questions; the same if that
 * is nothing new. */
void padron_said_merge(struct str *out, const char *before, const char *now);
uint64_t padron_said_digest(const char *said);

/* ---- padron_known.c: the schools that there are ---- */

struct known {
        uint32_t key;  /* COD_MOD and ANEXO as a number, plus one; 0: an empty place */
        uint32_t ugel; /* as the list said, or 0 */
        struct id id;
        uint64_t said; /* digest of what the list said last; 0: never imported */
};
struct known_schools {
        struct known *items;
        uint32_t n, room;
};
enum err_code known_read(struct app *app, struct known_schools *known, struct err *err);
const struct known *known_find(const struct known_schools *known, uint32_t key);
void known_release(struct known_schools *known);
/* COD_MOD and ANEXO as one number below 100,000,000. */
uint32_t padron_key(const char *cod_mod, const char *anexo);

/* ---- padron_scope.c: which UGEL are taken in ---- */

struct padron_scope {
        char codes[PADRON_UGELS_MAX][UGEL_DIGITS + 1];
        int n;           /* 0: all */
        bool by_profile;
        bool is_unknown; /* the profile has a UGEL whose code in the list is not known */
};
/* The form knows, in the column `padron` of its list of UGEL, how the padrón names those that have a key of ours. */
enum err_code scope_init(struct padron_scope *scope, const struct padron_options *options, struct app *app,
                         const struct form *form, struct err *err);
bool scope_holds(const struct padron_scope *scope, const char *ugel);
const char *scope_words(const struct padron_scope *scope, struct arena *arena);

/* ---- The whole ---- */

struct padron {
        struct app *app;
        struct padron_options options;
        const struct form *form;
        struct hash form_hash;
        struct intake *intake;
        struct padron_map map;
        struct padron_scope scope;
        struct padron_scan scan;
        struct padron_result result;
        struct known_schools known;
        bool ready;              /* `known` is read */
        unsigned char *seen;     /* a bit for each key that the file has had so far */
        struct session *session; /* one for all rows */
        struct app_host host;
        struct arena arena, row;
        struct padron_ugel *ugels;
        int ugels_room, last_ugel;
};

/* padron_note.c */
enum padron_note { NOTE_BAD, NOTE_KEPT, NOTE_IGNORED, NOTE_GONE };
/* `number` 0: of no row. Counts it, too. */
void padron_note(struct padron *padron, enum padron_note kind, int64_t number, const char *cod_mod,
                 const char *anexo, const char *reason);

/* padron_school.c: one row into the directory. A row that breaks the form's rules is noted, and ERR_OK. */
enum err_code padron_put(struct padron *padron, const struct padron_row *row, struct err *err);
/* padron_scan.c: the first look through the file. */
enum err_code padron_look(struct padron *padron, struct err *err);

#endif
