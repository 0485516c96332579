/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Phrases that seal a bundle while no office's key is known.  Whoever finds the
 * stick may try as many as they like, so a new one has to be worth guessing; one
 * that opens what somebody else sealed is taken as it comes.
 */
#ifndef SIMAE_APP_PASSPHRASE_H
#define SIMAE_APP_PASSPHRASE_H

enum { PASSPHRASE_LEAST = 12, PASSPHRASE_WORDS = 5, PASSPHRASE_TEXT = 96 };

/*
 * Why a phrase should not seal anything, a sentence that says what to do; NULL if it may.  Refused: fewer than
 * PASSPHRASE_LEAST letters (blanks at the ends do not count), fewer than five different ones, or only digits.
 */
const char *passphrase_problem(const char *phrase);
/* PASSPHRASE_WORDS plain Spanish words, nobody's idea: 55 bits of chance. The caller wipes it. */
void passphrase_make(char out[PASSPHRASE_TEXT]);

#endif
