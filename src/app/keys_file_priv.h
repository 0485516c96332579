/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What reading and writing a file of keys share. */
#ifndef SIMAE_APP_KEYS_FILE_PRIV_H
#define SIMAE_APP_KEYS_FILE_PRIV_H

#include "app/keys_file.h"
#include "sync/bundle.h"

#define KEYS_FILE_FIRST "simae-claves 1"
#define KEYS_FILE_PREFIX "SIMAE-CLAVES-"

/* The trusted comment of a file with that number. */
void keys_file_comment(int64_t number, char out[64]);
/*
 * A bundle that was just taken in: one of an accepted office, sealed for this very laptop, says as its file of keys
 * would that it accepted the laptop.  It says nothing against what is known already: it may be an old one.
 */
enum err_code app_enrolment_seen(struct app *app, const struct bundle_info *info, struct err *err);
/* The number of the last file accepted of an office; 0 if none. */
enum err_code keys_file_last(struct app *app, const char *issuer, int64_t *ret, struct err *err);

#endif
