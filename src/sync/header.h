/* SPDX-License-Identifier: GPL-3.0-or-later */
/* header.json: the first entry of a bundle, to and from struct bundle_info. */
#ifndef SIMAE_SYNC_HEADER_H
#define SIMAE_SYNC_HEADER_H

#include "base/str.h"
#include "sync/age.h"
#include "sync/bundle.h"

/* One line of JSON and a line end. ERR_INVALID if a field breaks the rules that header_read() checks. */
enum err_code header_write(const struct bundle_info *info, struct str *out, struct err *err);
/*
 * Ids, key and date well formed, texts short and without control characters
 * (they are shown), counts that agree.  Unknown keys are allowed.  ERR_CORRUPT,
 * ERR_NEWER.
 */
enum err_code header_read(const char *text, size_t len, struct bundle_info *ret, struct err *err);

/* Append the keys of `recipients`, with a comma between them: how a bundle says whom it is for. */
void header_add_recipients(const struct age_recipient *recipients, int n, struct str *out);
/* True if `recipient` is one of them. */
bool header_is_for(const struct bundle_info *info, const struct age_recipient *recipient);
/* The trusted comment of B2SUMS.minisig. */
void header_trusted_comment(const struct bundle_info *info, struct str *out);

#endif
