/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of keys share (public part in app/keys.h). */
#ifndef SIMAE_APP_KEYS_PRIV_H
#define SIMAE_APP_KEYS_PRIV_H

#include "base/err.h"

/* Make keys/ of the data folder `dir` if there is none. */
enum err_code keys_folder(const char *dir, struct err *err);
/* Replace a file of mode 0600, whole or not at all. */
enum err_code keys_write(const char *path, const char *text, struct err *err);

#endif
