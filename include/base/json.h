/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JSON texts that are always the same for the same content, since revisions
 * are named by the hash of theirs.  Values are jansson's.
 */
#ifndef SIMAE_BASE_JSON_H
#define SIMAE_BASE_JSON_H

#include <jansson.h>

#include "base/err.h"
#include "base/str.h"

/*
 * Append `value` as compact JSON: object keys in their own order, no blanks,
 * only the characters that JSON demands escaped, integers as digits, reals in
 * the shortest of %.15g, %.16g, %.17g that reads back the same.
 */
void json_write(struct str *out, const json_t *value);

/*
 * Parse the `len` bytes: duplicate keys refused, UTF-8 checked, NUL refused,
 * nesting bounded (jansson's 2,048), integers beyond 64 bits refused.
 * `what` names the source in the sentence. The caller owns *ret.
 */
enum err_code json_read(const char *text, size_t len, const char *what, json_t **ret, struct err *err);

/* How many of the first bytes are in a string of JSON what they are: no quote, backslash or control character. */
size_t json_plain_run(const char *text, size_t len);

#endif
