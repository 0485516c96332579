/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Checklists of MGEA: 25 practices of seven principles, in four phases, school
 * by school.  A school is the record of the directory or, for one that is not
 * in it, its modular code as typed.
 */
#ifndef SIMAE_REPORT_MGEA_H
#define SIMAE_REPORT_MGEA_H

#include "groups.h"

enum { MGEA_PRINCIPLES = 7, MGEA_PRACTICES = 25 };

struct mgea_principle { const char *key, *title, *short_title; int practices; };
extern const struct mgea_principle mgea_principles[MGEA_PRINCIPLES];

/* The key of a practice, "aut_1" … "ter_4", and the principle it is of. */
const char *mgea_practice(int practice, int *ret_principle);

struct mgea_checklist {
        struct id record;
        char date[DATE_TEXT];
        const char *phase;
        int achieved[MGEA_PRINCIPLES], applies[MGEA_PRINCIPLES]; /* applies: all but what does not apply */
        int all_achieved, all_applies;
};

struct mgea_school {
        const char *title, *ugel, *network;
        struct id school;            /* none: not in the directory */
        struct mgea_checklist now, before; /* before.date "": this is the first one */
};

struct mgea {
        struct board *board;
        struct groups schools;       /* struct mgea_school */
};

/* The two latest checklists of each school, within what the board is limited to. Release it in any case. */
enum err_code mgea_read(struct board *board, struct mgea *ret, struct err *err);
void mgea_release(struct mgea *mgea);

/* The four phases, by the names that the forms give them. */
enum { MGEA_PHASES = 4 };
struct mgea_phase { const char *key, *title; };
extern const struct mgea_phase mgea_phases[MGEA_PHASES];

/* The phase in words, and which of the four it is (-1: none). */
const char *mgea_phase_words(struct board *board, const char *phase);
int mgea_phase_index(const char *phase);

#endif
