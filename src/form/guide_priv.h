/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to the form layer: the guide's files, read with the mistakes of a catalog. */
#ifndef SIMAE_FORM_GUIDE_PRIV_H
#define SIMAE_FORM_GUIDE_PRIV_H

#include "form/guide.h"
#include "mistakes.h"

/* As guide_load(); *ret_files: how many were read. */
void guide_read(const char *dir, struct guide *ret, int *ret_files, struct mistakes *mistakes);

#endif
