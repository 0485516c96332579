/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The guide's files into articles (contract in form/guide.h).
 *
 * A file is one mapping with a list of articles; its keys and theirs are two
 * small tables.  An article is kept only if it has all that it needs, so that
 * nothing after this file meets half an article.
 */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "guide_priv.h"
#include "library.h"
#include "rows.h"

enum { FILE_GUIDE, FILE_TITLE, FILE_NOTE, FILE_ARTICLES, FILE_KEYS };
enum { ART_ID, ART_TITLE, ART_ALSO, ART_SOURCE, ART_TEXT, ART_KEYS };

static const struct key_row file_keys[FILE_KEYS] = {
        [FILE_GUIDE] = {"guide", true, Y_SCALAR, NULL},
        [FILE_TITLE] = {"title", true, Y_SCALAR, NULL},
        [FILE_NOTE] = {"note", false, Y_SCALAR, NULL},
        [FILE_ARTICLES] = {"articles", true, Y_SEQ, _("es una lista: una línea «- id: …» por artículo")},
};
static const struct key_row article_keys[ART_KEYS] = {
        [ART_ID] = {"id", true, Y_SCALAR, NULL},         [ART_TITLE] = {"title", true, Y_SCALAR, NULL},
        [ART_ALSO] = {"also", false, Y_SCALAR, NULL},    [ART_SOURCE] = {"source", false, Y_SCALAR, NULL},
        [ART_TEXT] = {"text", true, Y_SCALAR, NULL},
};

struct kept { struct guide_article article; const struct ynode *id; };

struct reader {
        struct guide *guide;
        struct mistakes *mistakes;
        struct row_reader rows;
        struct arena work;       /* trees and sources */
        struct name_table ids;   /* places in `kept` */
        struct kept *kept;
        int room;
};

/* ---- Texts ---- */

/* Between a line and what was written before it; `parted`: by a blank line. */
static const char *joint(bool item, bool after_item, bool parted)
{
        if (item && (after_item || !parted))
                return "\n";
        return parted ? "\n\n" : " ";
}

/* Paragraphs and items of a text, one a line.  Only a literal text (|) keeps the lines of its file, which are
 * joined; in the others YAML has joined them, and a line end is a blank line of the file. */
static const char *paragraphs(const struct ynode *node, struct arena *arena)
{
        struct str out = STR_INIT;
        bool parted = true, in_item = false;
        for (const char *line = node->text; *line;) {
                size_t len = strcspn(line, "\n"), blanks = strspn(line, " ");
                const char *begin = line + (blanks < len ? blanks : len);
                bool blank = begin == line + len, item = str_starts(begin, "- ");
                if (!blank) {
                        str_add(&out, out.len ? joint(item, in_item, parted) : "");
                        str_addn(&out, begin, (size_t)(line + len - begin));
                        in_item = item || (in_item && !parted);
                }
                parted = blank || node->style != STYLE_LITERAL;
                line += len + (line[len] == '\n');
        }
        const char *copy = arena_strndup(arena, out.text, out.len);
        str_release(&out);
        return copy;
}

static const char *folded(struct arena *arena, const char *a, const char *b)
{
        char *all = xasprintf("%s%s%s", a, *b ? " " : "", b), *fold = utf8_fold(all);
        const char *copy = arena_strdup(arena, fold);
        free(fold);
        free(all);
        return copy;
}

/* ---- Articles ---- */

static void add_article(struct reader *r, const struct ynode *const *values, const char *topic)
{
        struct arena *arena = &r->guide->arena;
        const char *also = values[ART_ALSO] ? values[ART_ALSO]->text : "";
        struct guide_article article = {
                .id = arena_strdup(arena, values[ART_ID]->text),
                .title = arena_strdup(arena, values[ART_TITLE]->text),
                .topic = topic,
                .source = values[ART_SOURCE] ? arena_strdup(arena, values[ART_SOURCE]->text) : "",
                .text = paragraphs(values[ART_TEXT], arena),
        };
        article.folded_title = folded(arena, article.title, "");
        article.folded_names = folded(arena, article.folded_title, also);
        article.folded = folded(arena, article.folded_names, article.text);
        if (r->guide->n == r->room) {
                r->room = r->room ? 2 * r->room : 64;
                r->kept = xrealloc(r->kept, (size_t)r->room * sizeof *r->kept);
        }
        r->kept[r->guide->n++] = (struct kept){article, values[ART_ID]};
}

static void read_article(struct reader *r, const struct ynode *map, const char *topic)
{
        const struct ynode *values[ART_KEYS] = {NULL};
        int old;
        if (map->kind != Y_MAP) {
                if (map->kind != Y_BROKEN)
                        mistake_at(r->mistakes, map, _("se esperaba un artículo: id, title y text"));
                return;
        }
        if (!rows_read(&r->rows, map, article_keys, ART_KEYS, values, NULL))
                return;
        const struct ynode *id = values[ART_ID];
        if (!is_name(id->text))
                mistake_at(r->mistakes, id, _("«%.60s» no sirve como id; use minúsculas sin tilde, dígitos y «_»"),
                           id->text);
        else if (!name_table_add(&r->ids, id->text, r->guide->n, &old))
                mistake_at(r->mistakes, id, _("el artículo «%.60s» ya está en %s:%d"), id->text,
                           r->kept[old].id->origin->source->file, r->kept[old].id->line);
        else
                add_article(r, values, topic);
}

static void read_file(struct reader *r, const char *path)
{
        const struct ynode *values[FILE_KEYS] = {NULL};
        int nodes = 0;
        struct source *source = source_read(path, &r->work, r->mistakes);
        struct ynode *root = source ? yaml_parse(source, &r->work, &nodes, r->mistakes) : NULL;
        if (!root)
                return;
        if (root->kind != Y_MAP) {
                mistake_at(r->mistakes, root, _("se esperaban las claves guide, title y articles"));
                return;
        }
        rows_read(&r->rows, root, file_keys, FILE_KEYS, values, NULL);
        const char *topic = values[FILE_TITLE] ? arena_strdup(&r->guide->arena, values[FILE_TITLE]->text) : "";
        if (values[FILE_ARTICLES])
                for (const struct ynode *map = values[FILE_ARTICLES]->first; map; map = map->next)
                        read_article(r, map, topic);
}

void guide_read(const char *dir, struct guide *ret, int *ret_files, struct mistakes *mistakes)
{
        struct reader r = {.guide = ret, .mistakes = mistakes, .ids = {.arena = &r.work},
                           .rows = {.mistakes = mistakes, .work = &r.work}};
        *ret = (struct guide){0};
        const char **names = library_folder(dir, "ayuda", &r.work, ret_files);
        for (int i = 0; i < *ret_files; i++)
                read_file(&r, arena_printf(&r.work, "%s/ayuda/%s.yaml", dir, names[i]));
        struct guide_article *articles = ARENA_ARRAY(&ret->arena, struct guide_article, ret->n);
        for (int i = 0; i < ret->n; i++)
                articles[i] = r.kept[i].article;
        ret->articles = articles;
        free(r.kept);
        arena_release(&r.work);
}

void guide_load(const char *dir, struct guide *ret, struct err_list *list)
{
        struct mistakes mistakes = {0};
        int files;
        guide_read(dir, ret, &files, &mistakes);
        mistakes_tell(&mistakes, list);
        mistakes_release(&mistakes);
}

void guide_release(struct guide *guide)
{
        arena_release(&guide->arena);
        *guide = (struct guide){0};
}
