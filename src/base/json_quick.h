/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JSON as this program writes it, read in one pass: objects without blanks,
 * short escapes, numbers of up to 15 digits, little nesting.  What is unusual
 * (a \u, an exponent, a key twice, anything wrong) is not judged but left for
 * jansson to say.
 */
#ifndef SIMAE_BASE_JSON_QUICK_H
#define SIMAE_BASE_JSON_QUICK_H

#include <jansson.h>

/* What jansson's strict reading would give; NULL: ask it. */
json_t *json_quick(const char *text, size_t len);

#endif
