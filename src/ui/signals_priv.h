/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signals while the interface has the terminal, noted and told one at a time; and crashes. Only for term.c. */
#ifndef SIMAE_SRC_UI_SIGNALS_PRIV_H
#define SIMAE_SRC_UI_SIGNALS_PRIV_H

#include <signal.h>
#include <stdbool.h>

/* Block SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGCONT and SIGTSTP, and take the crashes. Also keeps the
 * terminal's modes. */
void signals_take(void);
/* Everything as before; SIGHUP and SIGTERM stay ignored after signals_leaving(). */
void signals_give_back(void);
/* The mask for ppoll(), under which they come. */
const sigset_t *signals_mask_waiting(void);
/* True if it came since the last time. */
bool signals_take_one(int number);
/* SIGTERM or SIGHUP came: it stays true. */
bool signals_end(void);
bool signals_any(void);
/* The program is on its way out: nothing may cut that short. */
void signals_leaving(void);

/* Add to what a crash writes to the terminal: a capability, its padding marks left out. NULL and (char *)-1
 * add nothing. */
void crash_restore_add(const char *capability);

#endif
