/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The way back: bundles of an office for its laptops, or of a DRE for its UGEL.
 * They carry what sync/bundle.h calls the receiver's scope, and the have-list
 * that is the acknowledgement.  A receiver is anybody whose signing key was
 * accepted here and who is no office above: bundles are sealed for the key that
 * its own bundles said it opens, or for the one that every laptop has by its
 * signing key, so that one that never sent anything can be written to.
 */
#ifndef SIMAE_APP_BACK_H
#define SIMAE_APP_BACK_H

#include "app/keys.h"

#define BACK_ALL "todas" /* one bundle for all of them */

struct back_target {
        const char *key;                 /* RW… */
        const char *name;                /* it was accepted by; may be "" */
        const char *device;              /* in hexadecimal; "" if nothing of it came yet */
        char opens[AGE_RECIPIENT_TEXT];
};

/* All of them, in the order in which they were accepted. Texts in `arena`. */
enum err_code app_back_targets(struct app *app, struct arena *arena, struct back_target **ret, int *ret_n, struct err *err);
/* Its name, or else the first letters of its device or its key. In `arena`. */
const char *back_target_words(const struct back_target *target, struct arena *arena);

#endif
