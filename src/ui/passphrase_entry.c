/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A phrase typed unseen (contract in ui/passphrase_entry.h). */
#include "ui/passphrase_entry.h"

#include <string.h>

#include "app/passphrase.h"

enum { PHRASE_MOST = 900 }; /* bytes; age takes a little more */

static void wipe(struct editor *editor)
{
        explicit_bzero(editor->text.text, editor->text.len);
        editor_set(editor, "");
}

void passphrase_entry_init(struct passphrase_entry *entry, bool twice)
{
        *entry = (struct passphrase_entry){.twice = twice};
        editor_init(&entry->first, false);
        editor_init(&entry->again, false);
        entry->first.limit = entry->again.limit = PHRASE_MOST;
        entry->first.secret = entry->again.secret = true;
}

static void show(struct passphrase_entry *entry, bool shown)
{
        entry->shown = shown;
        entry->first.secret = entry->again.secret = !shown;
}

void passphrase_entry_clear(struct passphrase_entry *entry)
{
        wipe(&entry->first);
        wipe(&entry->again);
        entry->confirming = false;
        entry->problem = NULL;
        show(entry, false);
}

void passphrase_entry_release(struct passphrase_entry *entry)
{
        passphrase_entry_clear(entry);
        editor_release(&entry->first);
        editor_release(&entry->again);
}

const char *passphrase_entry_text(const struct passphrase_entry *entry)
{
        return entry->first.text.text;
}

/* ---- Drawing ---- */

int passphrase_entry_draw(struct passphrase_entry *entry, struct canvas *canvas, struct rect area)
{
        int rows = 1;
        editor_draw(&entry->first, canvas, (struct rect){area.row, area.col, 1, area.cols}, !entry->confirming);
        if (entry->confirming && area.rows > 3) {
                canvas_text_cut(canvas, area.row + 2, area.col, area.cols, STYLE_HEADING, _("Escríbala otra vez, para estar seguros"));
                editor_draw(&entry->again, canvas, (struct rect){area.row + 3, area.col, 1, area.cols}, true);
                rows = 4;
        }
        if (entry->problem && area.rows > rows + 1)
                rows += 1 + canvas_wrap(canvas, (struct rect){area.row + rows + 1, area.col, area.rows - rows - 1, area.cols}, STYLE_ERROR,
                                        entry->problem, 0);
        return rows;
}

/* ---- Keys ---- */

static enum handled accept_first(struct passphrase_entry *entry)
{
        if (str_blank(entry->first.text.text))
                return HANDLED;
        if (!entry->twice)
                return CLOSE;
        entry->problem = passphrase_problem(entry->first.text.text);
        entry->confirming = !entry->problem;
        show(entry, false);
        return HANDLED;
}

static enum handled accept_again(struct passphrase_entry *entry)
{
        if (strcmp(entry->first.text.text, entry->again.text.text) == 0)
                return CLOSE;
        entry->problem = _("No es igual a la primera: escríbala de nuevo, o vuelva con Esc para cambiarla.");
        wipe(&entry->again);
        return HANDLED;
}

static void suggest(struct passphrase_entry *entry)
{
        char words[PASSPHRASE_TEXT];
        passphrase_entry_clear(entry);
        passphrase_make(words);
        editor_set(&entry->first, words);
        explicit_bzero(words, sizeof words);
        show(entry, true);
}

enum handled passphrase_entry_key(struct passphrase_entry *entry, const struct key *key, int action)
{
        switch (action) {
        case ACT_ACCEPT: return entry->confirming ? accept_again(entry) : accept_first(entry);
        case ACT_REVEAL: show(entry, !entry->shown); return HANDLED;
        case ACT_SUGGEST:
                if (entry->twice)
                        suggest(entry);
                return HANDLED;
        default: break;
        }
        if (key_is(key, K_ESC) && entry->confirming) {
                wipe(&entry->again);
                entry->confirming = false;
                entry->problem = NULL;
                return HANDLED;
        }
        enum handled handled = editor_key(entry->confirming ? &entry->again : &entry->first, key, 200);
        if (handled == HANDLED)
                entry->problem = NULL;
        return handled;
}
