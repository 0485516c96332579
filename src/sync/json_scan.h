/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A quick look at JSON: is this text surely what json_read() would take?
 * Nothing is built.  What is unusual (a \u, an exponent, deep nesting, two keys
 * that look alike) is not refused but left for json_read() to say.
 */
#ifndef SIMAE_SYNC_JSON_SCAN_H
#define SIMAE_SYNC_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>

/* True: an object, strict in every way that json_read() is. False: not known. */
bool json_scan_object(const char *text, size_t len);

#endif
