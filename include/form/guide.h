/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The guide: short articles to read and to search, from the files of ayuda/
 * in the folder of forms.
 *
 *      guide: programa_ser
 *      title: Programa SER
 *      articles:
 *        - id: ser_modelo
 *          title: Reflexión, acción, transformación
 *          also: retroalimentación, diálogo      words that find it too (optional)
 *          source: "S2:169-179"                  where it comes from (optional)
 *          text: |
 *            Lines are joined into paragraphs; a blank line parts them.
 *
 *            - A line that begins with a dash is an item.
 */
#ifndef SIMAE_FORM_GUIDE_H
#define SIMAE_FORM_GUIDE_H

#include "base/err.h"
#include "base/mem.h"
#include "base/str.h"

struct guide_article {
        const char *id, *title, *topic; /* topic: the title of its file */
        const char *source;             /* "" if it has none */
        const char *text;               /* paragraphs and items, one line each; a blank line before a paragraph */
        const char *folded_title, *folded_names, *folded; /* for search: title; and `also`; and everything */
};

struct guide {
        const struct guide_article *articles; /* in order of file and place */
        int n;
        struct arena arena;
};

/*
 * The articles of `dir`/ayuda, where `dir` is a folder of forms.  Mistakes are
 * added with their places, as those of forms are; articles with mistakes are
 * left out.  No such folder: a guide without articles and no mistake.
 */
void guide_load(const char *dir, struct guide *ret, struct err_list *mistakes);
void guide_release(struct guide *guide);
/* By id; NULL if there is none. */
const struct guide_article *guide_find(const struct guide *guide, const char *id);
/*
 * Those in which a word begins with each of `words`, whatever the accents and
 * case: first those with that very title, then those with all of them in their
 * title, in their title or `also`, and the others.  Without words, all.  In `arena`.
 */
const struct guide_article **guide_search(const struct guide *guide, const char *words, struct arena *arena, int *ret_n);
/* Title, text and source, appended to `out`, in lines of at most `columns` columns (0: of any length). */
void guide_write(const struct guide_article *article, int columns, struct str *out);

#endif
