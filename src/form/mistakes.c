/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Collecting mistakes with their places (contract in mistakes.h).
 *
 * Files are checked in passes (keys, names, expressions, cycles), so mistakes
 * come in no order; mistakes_tell() sorts them as a person reads the form: a
 * fragment's stand where the form includes it, shared lists come last.
 */
#include "mistakes.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

void mistakes_release(struct mistakes *mistakes)
{
        free(mistakes->items);
        *mistakes = (struct mistakes){0};
}

static struct mistake *new_mistake(struct mistakes *mistakes)
{
        if (mistakes->n == mistakes->room) {
                mistakes->room = mistakes->room ? 2 * mistakes->room : 8;
                mistakes->items = xrealloc(mistakes->items, (size_t)mistakes->room * sizeof *mistakes->items);
        }
        struct mistake *mistake = &mistakes->items[mistakes->n];
        *mistake = (struct mistake){.order = mistakes->n++};
        return mistake;
}

/* " (incluido desde forms/x.yaml:12, desde …)", outermost last. */
static void add_includes(struct str *s, const struct origin *origin)
{
        const char *before = _(" (incluido desde");
        if (!origin || !origin->from)
                return;
        for (; origin->from; origin = origin->from) {
                str_addf(s, "%s %s:%d", before, origin->from->source->file, origin->from_line);
                before = _(", desde");
        }
        str_add(s, ")");
}

const char *mistake_includes(struct arena *arena, const struct origin *origin)
{
        struct str text = STR_INIT;
        add_includes(&text, origin);
        const char *copy = arena_strndup(arena, text.text, text.len);
        str_release(&text);
        return copy;
}

static bool told_before(struct mistakes *mistakes, const char *sentence)
{
        struct name_table *told = mistakes->told;
        return told && !name_table_add(told, arena_strdup(told->arena, sentence), 0, NULL);
}

static void add(struct mistakes *mistakes, enum err_code code, const char *file, int line, int column,
                const struct origin *origin, const char *sentence)
{
        struct str full = STR_INIT;
        mistakes->all++;
        if (line)
                str_addf(&full, "%s:%d:%d: %s", file, line, column, sentence);
        else
                str_addf(&full, "%s: %s", file, sentence);
        if (mistakes->n < MISTAKES_MAX && !told_before(mistakes, full.text)) {
                struct mistake *mistake = new_mistake(mistakes);
                bool nested = origin && origin->from;
                add_includes(&full, origin);
                err_set_at(&mistake->err, code, line, column, "%s", full.text);
                mistake->file = file;
                mistake->elsewhere = !nested && mistakes->home && strcmp(file, mistakes->home) != 0;
                mistake->root_line = nested ? origin->root_line : line;
                mistake->root_column = nested ? origin->root_column : column;
        }
        str_release(&full);
}

void mistake_at(struct mistakes *mistakes, const struct ynode *node, const char *format, ...)
{
        char sentence[ERR_TEXT_MAX];
        va_list args;
        va_start(args, format);
        vsnprintf(sentence, sizeof sentence, format, args);
        va_end(args);
        add(mistakes, ERR_INVALID, node->origin->source->file, node->line, node->column, node->origin,
            sentence);
}

void mistake_in(struct mistakes *mistakes, const struct ynode *scalar, size_t at, const char *format, ...)
{
        char sentence[ERR_TEXT_MAX];
        int line, column;
        va_list args;
        va_start(args, format);
        vsnprintf(sentence, sizeof sentence, format, args);
        va_end(args);
        yaml_locate(scalar, at, &line, &column);
        add(mistakes, ERR_INVALID, scalar->origin->source->file, line, column, scalar->origin, sentence);
}

void mistake_in_file(struct mistakes *mistakes, enum err_code code, const char *file, int line, int column,
                     const char *format, ...)
{
        char sentence[ERR_TEXT_MAX];
        va_list args;
        va_start(args, format);
        vsnprintf(sentence, sizeof sentence, format, args);
        va_end(args);
        add(mistakes, code, file, line, column, NULL, sentence);
}

static int compare(const void *a, const void *b)
{
        const struct mistake *x = a, *y = b;
        if (x->elsewhere != y->elsewhere)
                return x->elsewhere ? 1 : -1;
        int file = x->elsewhere ? strcmp(x->file, y->file) : 0;
        if (file)
                return file;
        if (x->root_line != y->root_line)
                return x->root_line < y->root_line ? -1 : 1;
        if (x->root_column != y->root_column)
                return x->root_column < y->root_column ? -1 : 1;
        if (strcmp(x->file, y->file) != 0)
                return strcmp(x->file, y->file);
        if (x->err.line != y->err.line)
                return x->err.line < y->err.line ? -1 : 1;
        if (x->err.column != y->err.column)
                return x->err.column < y->err.column ? -1 : 1;
        return x->order - y->order;
}

void mistakes_tell(struct mistakes *mistakes, struct err_list *list)
{
        if (mistakes->n)
                qsort(mistakes->items, (size_t)mistakes->n, sizeof *mistakes->items, compare);
        for (int i = 0; i < mistakes->n; i++)
                err_list_add(list, &mistakes->items[i].err);
        if (mistakes->n == MISTAKES_MAX && mistakes->all > MISTAKES_MAX) {
                struct err more = {0};
                err_set(&more, ERR_LIMIT, _("%s: hay más errores; se muestran los primeros %d"),
                        mistakes->items[0].file, MISTAKES_MAX);
                err_list_add(list, &more);
        }
}

const char *did_you_mean(struct arena *arena, const char *word, const char *const *candidates, size_t n)
{
        const char *near = str_nearest(word, candidates, n);
        return near ? arena_printf(arena, _("; ¿quiso decir «%s»?"), near) : "";
}
