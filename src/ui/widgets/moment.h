/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the date, time and datetime widgets share. */
#ifndef SIMAE_UI_MOMENT_H
#define SIMAE_UI_MOMENT_H

#include "widgets_priv.h"

/* "domingo 1 de marzo de 2026 (hoy)". In `arena`. */
const char *moment_words(int64_t days, struct arena *arena);
/* Today as dd/mm/aaaa, and the time now as HH:MM. In `arena`. */
const char *moment_today(struct arena *arena);
const char *moment_now(struct arena *arena);
/* The calendar on the day typed, or today. */
void moment_calendar(struct widget *widget);
/* True if `from` is that calendar. */
bool moment_is_calendar(const struct screen *from);
/* The field, and beside it what is understood of it. */
void moment_draw(struct widget *widget, struct canvas *canvas, struct rect area, int cols, const char *words);
/* Digits and `marks` are let in; other characters are not. Keys that are no characters are. */
bool moment_lets_in(const struct key *key, const char *marks);

#endif
