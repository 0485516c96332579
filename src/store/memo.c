/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What facts read again and again, remembered: the numbers of words and of
 * places, the day up to which facts count, whether they are being gathered.
 *
 * Rows of fact_word and fact_place are only ever added, but for
 * store_facts_begin(); so what was read holds until something is undone.
 */
#include <stdlib.h>
#include <string.h>

#include "facts_priv.h"

void memo_clear(struct store *store)
{
        if (!store->memo)
                return;
        arena_release(&store->memo->arena);
        free(store->memo->words);
        free(store->memo);
        store->memo = NULL;
}

void memo_forget_settings(struct store *store)
{
        if (store->memo)
                store->memo->settings = false;
}

struct memo *memo_of(struct store *store)
{
        if (!store->memo)
                store->memo = xcalloc(1, sizeof *store->memo);
        return store->memo;
}

/* ---- Words: a table with open addresses ---- */

static size_t text_hash(const char *text)
{
        uint64_t hash = 0xCBF29CE484222325u;
        for (; *text; text++)
                hash = (hash ^ (unsigned char)*text) * 0x100000001B3u;
        return (size_t)(hash ^ hash >> 29);
}

static struct memo_word *word_slot(struct memo_word *words, size_t room, const char *text)
{
        size_t at = text_hash(text) & (room - 1);
        while (words[at].text && strcmp(words[at].text, text) != 0)
                at = (at + 1) & (room - 1);
        return &words[at];
}

static void grow(struct memo *memo)
{
        size_t room = memo->room ? 2 * memo->room : 1024;
        struct memo_word *words = xcalloc(room, sizeof *words);
        for (size_t i = 0; i < memo->room; i++)
                if (memo->words[i].text)
                        *word_slot(words, room, memo->words[i].text) = memo->words[i];
        free(memo->words);
        memo->words = words;
        memo->room = room;
}

int64_t memo_word(const struct memo *memo, const char *text)
{
        return memo->room ? word_slot(memo->words, memo->room, text)->number : 0;
}

void memo_add_word(struct memo *memo, const char *text, int64_t number)
{
        enum { MOST = 1 << 16 };
        if (memo->words_n >= MOST)
                return;
        if (2 * memo->words_n >= memo->room)
                grow(memo);
        struct memo_word *slot = word_slot(memo->words, memo->room, text);
        if (slot->text)
                return;
        *slot = (struct memo_word){arena_strdup(&memo->arena, text), number};
        memo->words_n++;
}

/* ---- Places: the last one of each slot ---- */

struct memo_place *memo_place(struct memo *memo, const int64_t words[DIMENSIONS])
{
        uint64_t hash = 0x9E3779B97F4A7C15u;
        for (int i = 0; i < DIMENSIONS; i++)
                hash = (hash ^ (uint64_t)words[i]) * 0xBF58476D1CE4E5B9u;
        return &memo->places[(hash ^ hash >> 29) % MEMO_PLACES];
}
