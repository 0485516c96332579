/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How large what a revision says of itself may be, for its two readers. */
#ifndef SIMAE_APP_REVISION_LIMITS_H
#define SIMAE_APP_REVISION_LIMITS_H

enum { REVISION_GEN_MAX = 1000000000, REVISION_NAME_MAX = 64, REVISION_PARENTS_MAX = 1000 };

#endif
