/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A phrase typed unseen, as dots, with a key that shows it: once, to open what
 * somebody sealed; or twice, to seal, and then it has to be worth guessing
 * (app/passphrase.h).  A piece of a screen: the screen gives it its keys, draws it
 * where it wants, and wipes it.
 *
 *   Enter  ACT_ACCEPT    on to the second time, or done
 *          ACT_REVEAL    show it, or hide it again
 *          ACT_SUGGEST   propose one, shown: it has to be copied, and typed the second time
 */
#ifndef SIMAE_UI_PASSPHRASE_ENTRY_H
#define SIMAE_UI_PASSPHRASE_ENTRY_H

#include "ui/ui.h"

struct passphrase_entry {
        struct editor first, again;
        bool twice;          /* it will seal something */
        bool confirming;     /* at the second time */
        bool shown;
        const char *problem; /* what is wrong with what was typed, or NULL */
};

void passphrase_entry_init(struct passphrase_entry *entry, bool twice);
/* Both wipe it. */
void passphrase_entry_clear(struct passphrase_entry *entry);
void passphrase_entry_release(struct passphrase_entry *entry);
/* Fields from the first row of `area` on, and below them what is wrong; how many rows it took. */
int passphrase_entry_draw(struct passphrase_entry *entry, struct canvas *canvas, struct rect area);
/* CLOSE: the phrase is complete. Esc goes back to the first time; otherwise it is IGNORED. */
enum handled passphrase_entry_key(struct passphrase_entry *entry, const struct key *key, int action);
/* Until it is cleared. */
const char *passphrase_entry_text(const struct passphrase_entry *entry);

#endif
