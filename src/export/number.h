/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What counts as a number written down, without the locale and without converting it. */
#ifndef SIMAE_EXPORT_NUMBER_H
#define SIMAE_EXPORT_NUMBER_H

#include <stdbool.h>

/* Optional sign, digits, optional fraction and exponent, and nothing else: "+51987", "007", "-3.5", "1e9". */
bool number_is_plain(const char *text);
/* The same under JSON's rules: no plus sign, no leading zeros. */
bool number_is_json(const char *text);

#endif
