/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Small charts as text, always beside their numbers:
 *
 *      61 ██████▌···      a bar: one proportion
 *      ▂▃▃▅▇              a sparkline: one column for each period
 *
 * Every sign is one column wide and reads without colour.  Where a terminal has
 * only ASCII, chart_ascii() gives each sign a plain one that reads alike, column
 * for column, so that nothing is laid out twice.
 */
#ifndef SIMAE_BASE_CHART_H
#define SIMAE_BASE_CHART_H

#include "base/str.h"

/* What column `at` of a bar of `cols` shows; `share` is cut to 0..1, and what is no number is 0. */
const char *chart_bar_sign(double share, int cols, int at);
/* Append a bar of `cols` columns. */
void chart_bar(struct str *out, double share, int cols);
/*
 * Append one sign for each value, from `low` (the lowest) to `high`; with
 * high <= low, from the least to the greatest of them.  What is no number is "·".
 */
void chart_spark(struct str *out, const double *values, int n, double low, double high);

/*
 * A sign for terminals with few of them: `cluster` itself if it is ASCII or a
 * letter, else an ASCII one of the same columns, "?" if none reads alike.  Static, or `cluster`.
 */
const char *chart_ascii(const char *cluster);
/* Does somebody want plain signs?  $SIMAE_ASCII is set, and neither empty nor 0. */
bool chart_ascii_wanted(void);

#endif
