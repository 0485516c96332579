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

struct key_row { const char *name; bool needed; enum ykind kind; };
enum { FILE_GUIDE, FILE_TITLE, FILE_NOTE, FILE_ARTICLES, FILE_KEYS };
enum { ART_ID, ART_TITLE, ART_ALSO, ART_SOURCE, ART_TEXT, ART_KEYS };

static const struct key_row file_keys[FILE_KEYS] = {
        [FILE_GUIDE] = {"guide", true, Y_SCALAR},
        [FILE_TITLE] = {"title", true, Y_SCALAR},
        [FILE_NOTE] = {"note", false, Y_SCALAR},
        [FILE_ARTICLES] = {"articles", true, Y_SEQ},
};
static const struct key_row article_keys[ART_KEYS] = {
        [ART_ID] = {"id", true, Y_SCALAR},         [ART_TITLE] = {"title", true, Y_SCALAR},
        [ART_ALSO] = {"also", false, Y_SCALAR},    [ART_SOURCE] = {"source", false, Y_SCALAR},
        [ART_TEXT] = {"text", true, Y_SCALAR},
};

struct kept { struct guide_article article; const struct ynode *id; };

struct reader {
        struct guide *guide;
        struct mistakes *mistakes;
        struct arena work;       /* trees and sources */
        struct name_table ids;   /* places in `kept` */
        struct kept *kept;
        int room;
};

/* ---- Keys ---- */

static int key_at(struct reader *r, const struct ynode *key, const struct key_row *rows, int n)
{
        const char *words[FILE_KEYS + ART_KEYS];
        for (int i = 0; i < n; i++) {
                if (strcmp(rows[i].name, key->text) == 0)
                        return i;
                words[i] = rows[i].name;
        }
        mistake_at(r->mistakes, key, _("no se conoce la clave «%.60s»%s"), key->text,
                   did_you_mean(&r->work, key->text, words, (size_t)n));
        return -1;
}

static bool value_fits(struct reader *r, const struct ynode *key, const struct key_row *row)
{
        const struct ynode *value = key->value;
        if (value->kind == Y_BROKEN)
                return false;
        if (value->kind != (uint8_t)row->kind)
                mistake_at(r->mistakes, value, row->kind == Y_SEQ ? _("%s es una lista: una línea «- id: …» por artículo")
                                                                  : _("%s es un texto"), row->name);
        else if (row->kind == Y_SCALAR && str_blank(value->text))
                mistake_at(r->mistakes, value, _("%s está vacío"), row->name);
        else
                return true;
        return false;
}

/* The values of a mapping by the row of their key; NULL: not there.  False if anything is wrong with it. */
static bool read_keys(struct reader *r, const struct ynode *map, const struct key_row *rows, int n,
                      const struct ynode **ret)
{
        int before = r->mistakes->all;
        bool present[FILE_KEYS + ART_KEYS] = {false};
        for (const struct ynode *key = map->first; key; key = key->next) {
                int at = key->kind == Y_SCALAR ? key_at(r, key, rows, n) : -1;
                if (at < 0)
                        continue;
                if (present[at])
                        mistake_at(r->mistakes, key, _("la clave «%s» se repite"), rows[at].name);
                else if (value_fits(r, key, &rows[at]))
                        ret[at] = key->value;
                present[at] = true;
        }
        for (int i = 0; i < n; i++)
                if (rows[i].needed && !present[i])
                        mistake_at(r->mistakes, map, _("falta la clave %s"), rows[i].name);
        return r->mistakes->all == before;
}

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
        if (!read_keys(r, map, article_keys, ART_KEYS, values))
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
        read_keys(r, root, file_keys, FILE_KEYS, values);
        const char *topic = values[FILE_TITLE] ? arena_strdup(&r->guide->arena, values[FILE_TITLE]->text) : "";
        if (values[FILE_ARTICLES])
                for (const struct ynode *map = values[FILE_ARTICLES]->first; map; map = map->next)
                        read_article(r, map, topic);
}

void guide_read(const char *dir, struct guide *ret, int *ret_files, struct mistakes *mistakes)
{
        struct reader r = {.guide = ret, .mistakes = mistakes, .ids = {.arena = &r.work}};
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
