/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding articles of the guide, and writing one to be read (contract in form/guide.h). */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "form/guide.h"

enum rank { RANK_TITLE, RANK_IN_TITLE, RANK_IN_NAMES, RANK_IN_TEXT, RANK_NONE };

/* ---- Search ---- */

static bool is_letter(char c)
{
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* `text` and `word` are folded: a word of the text begins so. */
static bool begins_a_word(const char *text, const char *word)
{
        for (const char *at = text; (at = strstr(at, word)); at++)
                if (at == text || !is_letter(at[-1]) || !is_letter(*word))
                        return true;
        return false;
}

static bool has_all(const char *text, const char *words)
{
        char *copy = xstrdup(words), *rest = NULL;
        bool all = true;
        for (char *word = strtok_r(copy, " ", &rest); word && all; word = strtok_r(NULL, " ", &rest))
                all = begins_a_word(text, word);
        free(copy);
        return all;
}

static enum rank rank_of(const struct guide_article *article, const char *words)
{
        if (!has_all(article->folded, words))
                return RANK_NONE;
        if (!has_all(article->folded_names, words))
                return RANK_IN_TEXT;
        if (!has_all(article->folded_title, words))
                return RANK_IN_NAMES;
        return strcmp(article->folded_title, words) == 0 ? RANK_TITLE : RANK_IN_TITLE;
}

/* `words` folded, without the blanks around them. The caller frees it. */
static char *fold_words(const char *words)
{
        char *fold = utf8_fold(words);
        size_t from = strspn(fold, " "), len = strlen(fold);
        while (len > from && fold[len - 1] == ' ')
                len--;
        memmove(fold, fold + from, len - from);
        fold[len - from] = '\0';
        return fold;
}

const struct guide_article **guide_search(const struct guide *guide, const char *words, struct arena *arena, int *ret_n)
{
        char *fold = fold_words(words);
        const struct guide_article **found = ARENA_ARRAY(arena, const struct guide_article *, guide->n);
        enum rank *ranks = ARENA_ARRAY(arena, enum rank, guide->n);
        int n = 0;
        for (int i = 0; i < guide->n; i++)
                ranks[i] = rank_of(&guide->articles[i], fold);
        for (enum rank rank = RANK_TITLE; rank < RANK_NONE; rank++)
                for (int i = 0; i < guide->n; i++)
                        if (ranks[i] == rank)
                                found[n++] = &guide->articles[i];
        free(fold);
        *ret_n = n;
        return found;
}

const struct guide_article *guide_find(const struct guide *guide, const char *id)
{
        for (int i = 0; i < guide->n; i++)
                if (strcmp(guide->articles[i].id, id) == 0)
                        return &guide->articles[i];
        return NULL;
}

/* ---- Writing ---- */

/* The first line of `text` that fits in `columns`: its bytes; *ret_next: where the next one begins. */
static size_t line_of(const char *text, int columns, const char **ret_next)
{
        size_t whole = strcspn(text, "\n"), fit = columns ? utf8_fit(text, columns) : whole;
        if (fit >= whole) {
                *ret_next = text + whole;
                return whole;
        }
        size_t cut = fit;
        while (cut > 0 && text[cut] != ' ')
                cut--;
        if (cut == 0) { /* a word longer than the line */
                *ret_next = text + fit;
                return fit;
        }
        *ret_next = text + cut + 1;
        return cut;
}

/* A paragraph; what follows the first line of an item stands below its text. */
static void write_paragraph(const char *text, size_t len, int columns, struct str *out)
{
        char *copy = xstrndup(text, len);
        const char *at = copy, *next;
        int indent = str_starts(copy, "- ") ? 2 : 0;
        do {
                int room = columns && at != copy ? columns - indent : columns;
                size_t n = line_of(at, room, &next);
                if (at != copy)
                        str_addn(out, "  ", (size_t)indent);
                str_addn(out, at, n);
                str_addc(out, '\n');
                at = next;
        } while (*at);
        free(copy);
}

void guide_write(const struct guide_article *article, int columns, struct str *out)
{
        str_addf(out, "%s\n\n", article->title);
        for (const char *line = article->text; *line;) {
                size_t len = strcspn(line, "\n");
                write_paragraph(line, len, columns, out);
                line += len + (line[len] == '\n');
        }
        if (*article->source)
                str_addf(out, _("\n(%s · %s)\n"), article->topic, article->source);
        else
                str_addf(out, "\n(%s)\n", article->topic);
}
