/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to the form layer: questions about types (the rows of form/types.def). */
#ifndef SIMAE_FORM_TYPES_H
#define SIMAE_FORM_TYPES_H

#include "form/form.h"

/* Names that `type:` may have. */
const char *const *type_names(size_t *ret_n);
/* An enum node_type, or -1. */
int type_find(const char *name, size_t len);
/* start, end, today, deviceid, username */
bool type_is_metadata(enum node_type type);
bool type_needs_label(enum node_type type);

#endif
