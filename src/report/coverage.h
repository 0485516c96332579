/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Coverage of a year: each teacher is to be visited twice, and at least three
 * of ten one-teacher and multigrade schools once.
 *
 * A teacher is whoever the directory calls so and is active, is planned to be
 * observed, or was.  A visit that could not be made does not count, and two on
 * the same day count once.  The next one is late when the day or the window of
 * its plan has gone by; without a plan, the first when half of the teaching
 * blocks have, the second when all have.
 */
#ifndef SIMAE_REPORT_COVERAGE_H
#define SIMAE_REPORT_COVERAGE_H

#include "id_map.h"
#include "report_priv.h"

enum { VISITS_WANTED = 2, SMALL_GOAL = 30 };

struct covered_teacher {
        struct id id;
        int school; /* index, or -1 */
        const char *ugel;
        int visits; /* days with a visit done this year */
        char first[DATE_TEXT], last[DATE_TEXT];
        char due[DATE_TEXT]; /* of the next visit; "" none */
};

struct covered_school {
        struct id id;
        const char *title, *ugel, *kind; /* kind: tipo_ie */
        bool active, visited;
        char last[DATE_TEXT];
        int teachers, without, once, twice, late; /* its teachers */
};

struct coverage {
        struct board *board;
        int year;
        const char *ugel; /* only of it; "" all */
        struct covered_teacher *teachers;
        struct covered_school *schools;
        int teachers_n, teachers_room, schools_n, schools_room;
        struct id_map teacher_places, school_places; /* from 1 */
        int64_t middle, end; /* when the first and the second should be done; 0: nobody says */
};

/* Totals of some teachers and schools. */
struct coverage_sum {
        int teachers, without, once, twice, late, small, small_visited;
};

/* Read everything. Release it in any case. */
enum err_code coverage_read(struct board *board, const char *ugel, struct coverage *ret, struct err *err);
void coverage_release(struct coverage *coverage);
/* True for a one-teacher or multigrade school that is active. */
bool coverage_is_small(const struct covered_school *school);
/* True if the next visit should have been made by now. */
bool coverage_is_late(const struct coverage *coverage, const struct covered_teacher *teacher);
void coverage_add_teacher(const struct coverage *coverage, const struct covered_teacher *teacher,
                          struct coverage_sum *sum);
void coverage_add_school(const struct covered_school *school, struct coverage_sum *sum);
/* The summary line of a board. */
void coverage_summarise(struct coverage *coverage);
/* The UGEL a coverage board is about: asked for, or that of whoever uses the laptop if it has teachers; ""
 * all. */
const char *coverage_ugel(struct board *board);

#endif
