/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One line of records/: `{"id":"<64 hex>",` and the revision's body without its
 * opening brace.  To jq it is an object with its id; to us the body is there
 * byte for byte.
 */
#ifndef SIMAE_SYNC_LINE_H
#define SIMAE_SYNC_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/id.h"
#include "base/str.h"

/* How long its line will be, the end included; 0 if `body` cannot be one. */
size_t line_length(const char *body);
/* Append a line of that length, to be looked at by one of these two. */
void line_write(struct str *out, const struct hash *id, const char *body, size_t len);
/*
 * The position of the first of these whole lines whose body does not hash to its id, is not a JSON object with
 * something in it, or names an "id" of its own; `len` if there is none.  The text is as it was afterwards.
 */
size_t lines_check(char *text, size_t len);
/* The same, of bodies that were looked at before they got their ids: that they still hash to them says the rest. */
size_t lines_check_hashes(char *text, size_t len);
/* Of a line, or of the beginning of one: the first digits of its id. */
enum { LINE_SHORT_ID = 8 };
void line_short_id(const char *line, char ret[LINE_SHORT_ID + 1]);
/*
 * Check a line (without its line end, but with a byte to spare after it).
 * Its last byte before the body becomes the body's brace, so *ret_body points
 * into it, NUL-terminated.  `check`: that it hashes to its id and is strict JSON
 * and UTF-8; without it, of bytes of which a sum says that they were checked.
 */
bool line_read(char *line, size_t len, bool check, struct hash *ret_id, const char **ret_body,
               size_t *ret_len);

#endif
