/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whom an export is sealed for, what is known of them, and with which key it is signed. */
#ifndef SIMAE_APP_SEAL_H
#define SIMAE_APP_SEAL_H

#include "app/app.h"
#include "peers.h"
#include "sync/bundle.h"

/* Stays where it is: `bundle` points into it. */
struct app_seal {
        struct bundle_seal bundle;
        struct age_recipient recipients[BUNDLE_RECIPIENTS_MAX];
        const struct store_peer *peers[BUNDLE_RECIPIENTS_MAX]; /* of each recipient, with its have-list; NULL: unknown */
        bool served[BUNDLE_RECIPIENTS_MAX]; /* gets from another of them what that one has (sync/bundle.h, Exchange) */
        struct peers known;
        struct sign_key key;
        int offices; /* of the recipients, those that were accepted */
        bool back;   /* for laptops */
};

/*
 * Those that options->back names, or else the known offices and options->keys, or options->passphrase, which is
 * borrowed.  ERR_REFUSED if there is none of them; ERR_NOT_FOUND: no accepted laptop of that name.
 */
enum err_code app_seal_init(struct app *app, const struct export_options *options, struct app_seal *seal, struct err *err);
/* Also after a failure of app_seal_init(). */
void app_seal_wipe(struct app_seal *seal);
/* Reserved records travel when nobody but accepted offices can open the bundle. */
bool app_seal_only_offices(const struct app_seal *seal);

#endif
