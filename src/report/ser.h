/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Programa SER: module, edition and UGEL, and who is in charge of whom.
 *
 * A participant keeps the trainer of her inscription; replacements are records
 * of their own.  One in force on a day (a temporary one until its last day, a
 * definitive one for good) gives the group of whoever had it to who replaces,
 * in the order of their first days:
 *
 *      Quispe ──01/03──▶ Rojas ──02/05…12/05──▶ Luna
 *      in charge on 05/05: Luna     on 20/05: Rojas     of inscription, always: Quispe
 */
#ifndef SIMAE_REPORT_SER_H
#define SIMAE_REPORT_SER_H

#include "groups.h"

/* What is asked for: «convive/2026-I/060001», and less of it. "" is any. */
struct ser_filter { const char *module, *edition, *ugel; };
/* In the board's arena. The UGEL is that of the options if the text has none. */
struct ser_filter ser_filter_of(struct board *board, const char *text);
bool ser_filter_has(const struct ser_filter *filter, const char *module, const char *edition, const char *ugel);

struct ser_replacement {
        struct id key;        /* groups_key(module, edition, ugel) */
        struct id trainer, by;
        int64_t from, to;     /* both included; to: INT64_MAX, definitive */
};

struct ser_replacements { struct board *board; struct ser_replacement *items; int n, room; };

/* All of them, by their first day. Release in any case. */
enum err_code ser_replacements_read(struct board *board, struct ser_replacements *ret, struct err *err);
void ser_replacements_release(struct ser_replacements *all);
/*
 * Who is in charge, on a day, of those whom `trainer` inscribed there.
 * ret_until (may be NULL): the last day of the earliest end among the
 * replacements that made it so; INT64_MAX: none ends.
 */
struct id ser_in_charge(const struct ser_replacements *all, const struct id *key, const struct id *trainer, int64_t day,
                        int64_t *ret_until);
/* «Quispe, A. → Rojas, B. desde 02/05 hasta 12/05»: the trainers of a group, all that there were. */
const char *ser_history(const struct ser_replacements *all, const struct id *key, const struct id *trainer);
/* « hasta 12/05», or "". */
const char *ser_until(struct board *board, int64_t until);

/* A state of pser_participante that still is somebody's charge. */
bool ser_is_open(const char *state);

#endif
