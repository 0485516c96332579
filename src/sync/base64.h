/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Base64 with padding, one text only for each content. */
#ifndef SIMAE_SYNC_BASE64_H
#define SIMAE_SYNC_BASE64_H

#include <stdbool.h>
#include <stddef.h>

enum { BASE64_MAX = 512 }; /* bytes at a time, when reading */

/* Returns `out`, which has room for the text and its NUL. */
char *base64_write(const unsigned char *bytes, size_t len, char *out, size_t room);
/* The text of exactly `want` bytes, and the one that base64_write() makes of them. */
bool base64_read(const char *text, size_t len, unsigned char *ret, size_t want);

#endif
