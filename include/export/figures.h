/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The figures of a place in a period, ready to leave the building: what a
 * Balance says, without knowing how it was counted.  app/figures.h makes them
 * of the Balance; the writers are the rows of figures_formats.def, each with
 * its file in src/export/figures_NAME.c.
 *
 *      figures ── sections ── items ── periods[p]            the whole place
 *                                  ├── groups[g × periods + p] each UGEL, or each value of a dimension
 *                                  ├── parts[…]               of a breakdown, in the last period
 *                                  └── bases[…]               figures of the documents, each with its source
 *
 * html    one page that needs nothing else and runs nothing: charts in SVG with
 *         their numbers beside them, readable on a telephone, A4 on paper, black
 *         on white
 * poster  one sheet of A4 with the main figures
 * xlsx    a workbook: summary, indicators, evolution, groups, all the data, charts
 *         that the spreadsheet draws, and a sheet that explains each indicator
 *
 * What is hidden (small counts) has the state FIGURE_HIDDEN and no number in
 * any writer.  Numbers are written as in Peru: 1,422 and 66.7 %.
 *
 * Texts are borrowed or stand in `arena`.
 */
#ifndef SIMAE_EXPORT_FIGURES_H
#define SIMAE_EXPORT_FIGURES_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/err.h"
#include "base/mem.h"

enum figure_state {
        FIGURE_NOTHING, /* nothing was counted */
        FIGURE_HIDDEN,  /* too few people to tell */
        FIGURE_TOLD,
};

struct figure_cell {
        enum figure_state state;
        bool few;          /* told, and to be read with care */
        double value;      /* percentages from 0 to 100; NAN unless told */
        double num, den;
        int64_t n;
};

/* A figure of the documents. */
struct figure_base {
        double value, gap; /* gap: the figure less this one; NAN where they are not of one kind */
        const char *sign;  /* «%» */
        int year;          /* 0: not said */
        const char *source, *part, *note; /* part: of which part of the breakdown; "" */
};

struct figure_part { const char *label; struct figure_cell cell; };
struct figure_complement { double value; const char *label, *source; };

enum figure_goal { FIGURE_NO_GOAL, FIGURE_MISSED, FIGURE_REACHED };

struct figure {
        const char *key, *label;
        const char *unit, *sign; /* «porcentaje», «%» */
        bool ratio, percent;
        const char *counted;     /* «personas» */
        const char *direction;   /* «sube»; "" */
        const char *numerator, *denominator, *source, *special; /* special: how it is counted if no sum says it; "" */
        const char *whole;       /* what it is a part of; "" */
        const char *breakdown;   /* what its parts tell apart; "" */
        int section, minimum;
        char mark;               /* N C P T */
        bool context;            /* only its baseline */
        bool reserved;           /* and its figures were not asked for */
        const struct figure_cell *periods, *groups;
        const struct figure_part *parts;
        const struct figure_base *bases;
        const struct figure_complement *complements;
        const char *const *warnings;
        int parts_n, bases_n, complements_n, warnings_n;
        /* Of the last period; NAN where there is none. */
        double before, year_before, target, gap, coverage; /* gap: to the target */
        const char *target_note; /* «de la región»; "" */
        enum figure_goal goal;
        int better;              /* than in the period before: 1, -1, 0 neither or not said */
};

/* An achievement or an alert: why, in words. */
struct figure_remark { int item; const char *why; };

struct figures {
        const char *title, *place, *note; /* «Balance regional», «Región Cajamarca» */
        const char *made;                 /* the day, dd/mm/yyyy */
        const char *remarks_rule;         /* what makes an achievement or an alert, in words */
        const char **periods, **period_codes; /* headings, from old to new; the last is the one asked for */
        const char **period_marks;        /* the same, short enough to stand under a chart */
        const char *period_words;         /* «octubre a diciembre de 2026» */
        const char *groups_title;         /* «UGEL» */
        const char **groups, **group_codes;
        const char **sections;
        struct figure *items;             /* in order of section */
        struct figure_remark *achievements, *alerts;
        int periods_n, groups_n, sections_n, n, achievements_n, alerts_n;
        int left_out;                     /* reserved ones without baseline, that were not asked for */
        struct arena arena;
};

void figures_release(struct figures *figures);

struct figures_format {
        const char *name, *ending, *about;
        bool binary; /* not for a terminal */
        enum err_code (*write)(const struct figures *figures, FILE *out, struct err *err);
};
/* NULL if there is none of that name. */
const struct figures_format *figures_format_find(const char *name);
/* Flushes, does not close. ERR_IO, ERR_NO_SPACE. */
enum err_code figures_write(const struct figures *figures, const struct figures_format *format, FILE *out, struct err *err);
/* As export_to_file(): a file of that name is replaced whole or not at all. */
enum err_code figures_to_file(const struct figures *figures, const struct figures_format *format, const char *path,
                              struct err *err);

#endif
