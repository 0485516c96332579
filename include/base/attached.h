/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The answer of a `file` or `image` question once its file has been taken in:
 *
 *      <64 lower-case hex digits of its BLAKE2b-256>/<the name it had>
 *
 * The name is for people.  The content is kept, and travels, as
 * «<64 hex>.<ending>», the ending being that of the name.
 */
#ifndef SIMAE_BASE_ATTACHED_H
#define SIMAE_BASE_ATTACHED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/id.h"

enum { ATTACHED_ENDING = 9, ATTACHED_FILE = HASH_TEXT + ATTACHED_ENDING, ATTACHED_MAX = 32 * 1024 * 1024 };

/* False if `value` is not of that shape. `*ret_name` (may be NULL) points into it. */
bool attached_parse(const char *value, struct hash *ret, const char **ret_name);
/* "<64 hex>.pdf": the letters and digits after the last dot of `name`, in lower case, at most 8; "bin" without any. */
char *attached_file(const struct hash *hash, const char *name, char out[ATTACHED_FILE]);
/* Is it the name of a kept file, to the letter? */
bool attached_is_file(const char *file, struct hash *ret);

#endif
