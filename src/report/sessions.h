/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sessions of a community (cap_sesion), as its boards read them. */
#ifndef SIMAE_REPORT_SESSIONS_H
#define SIMAE_REPORT_SESSIONS_H

#include "groups.h"

/* A session keeps the date announced by the one before if it is held within these days of it. */
enum { KEPT_DAYS = 7 };

enum session_answer {
        SESSION_NUMBER, SESSION_NEXT, SESSION_INVITED, SESSION_PEOPLE, SESSION_LEADS, SESSION_PURPOSE, SESSION_STRATEGY,
        SESSION_THEME, SESSION_NAMES
};
extern const char *const session_names[SESSION_NAMES];

/* Who came to a session, and who was called: those of its list, or the number it gives if that is greater. */
struct attendance { int came, called; };
/* `met` (NULL: nobody counts them) gets those who came, once each. */
struct attendance session_attendance(const char *const *answers, struct id_map *met);

/* How the day after a session stands that has no session yet; "" is no day. */
enum board_tone session_next_tone(const struct board *board, const char *next);
/* «en 5 días», «pasó hace 3 días», «no se reunió: hace 20 días» */
const char *session_next_words(struct board *board, const char *next);

/* The agreements of sessions. */
struct agreements { int all, open, kept, overdue; };
void agreements_add(const struct board *board, const struct store_record *record, const char *state, struct agreements *sum);

#endif
