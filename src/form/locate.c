/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From a byte of a scalar's text back to its line and column in the file.
 *
 * The tree keeps only where each scalar begins; the rest is found by walking
 * the source and the text side by side, which happens for mistakes only:
 *
 *      source   label: "Dijo \"hola\" a
 *                       ${nombr}"           escapes, folded lines, indentation
 *      text     Dijo "hola" a ${nombr}
 *
 * A {parameter} that a fragment replaced stands, with all its bytes, where the
 * fragment has it written.
 */
#include <string.h>

#include "yaml.h"

/* Line breaks as libyaml counts them: CR, LF, CR LF, NEL, LS and PS. */
static size_t break_at(const char *p)
{
        const unsigned char *u = (const unsigned char *)p;
        if (*u == '\r')
                return u[1] == '\n' ? 2 : 1;
        if (*u == '\n')
                return 1;
        if (*u == 0xC2 && u[1] == 0x85)
                return 2;
        return *u == 0xE2 && u[1] == 0x80 && (u[2] == 0xA8 || u[2] == 0xA9) ? 3 : 0;
}

static bool is_blank(char c)
{
        return c == ' ' || c == '\t';
}

static int for_each_line(const struct source *source, uint32_t *lines)
{
        int n = 0;
        const char *text = source->text;
        for (size_t at = 0; at <= source->len;) {
                if (lines)
                        lines[n] = (uint32_t)at;
                n++;
                while (at < source->len && !break_at(text + at))
                        at++;
                if (at >= source->len)
                        break;
                at += break_at(text + at);
        }
        return n;
}

static void index_lines(struct source *source)
{
        if (source->lines)
                return;
        source->lines_n = for_each_line(source, NULL);
        source->lines = ARENA_ARRAY(source->arena, uint32_t, source->lines_n);
        for_each_line(source, source->lines);
}

size_t yaml_offset(const struct ynode *node)
{
        struct source *source = node->origin->source;
        index_lines(source);
        if (node->line < 1 || node->line > source->lines_n)
                return source->len;
        size_t at = source->lines[node->line - 1];
        for (int column = 1; column < node->column && at < source->len; column++)
                do
                        at++;
                while (((unsigned char)source->text[at] & 0xC0) == 0x80);
        return at;
}

static void place_of(struct source *source, size_t at, int *ret_line, int *ret_column)
{
        int low = 0, high = source->lines_n;
        while (high - low > 1) {
                int middle = low + (high - low) / 2;
                if (source->lines[middle] <= at)
                        low = middle;
                else
                        high = middle;
        }
        int column = 1;
        for (size_t i = source->lines[low]; i < at; i++)
                column += ((unsigned char)source->text[i] & 0xC0) != 0x80;
        *ret_line = low + 1;
        *ret_column = column;
}

/* A walk over source and text: `s` in the source, `v` in the text. */
struct walk {
        const char *text;
        size_t s, v;
};

/* Steps over a folded line end: its blanks, breaks and the next line's indentation. */
static void step_fold(struct walk *w, bool escaped)
{
        int breaks = 0;
        for (;;) {
                size_t n = break_at(w->text + w->s);
                if (!n && !is_blank(w->text[w->s]))
                        break;
                w->s += n ? n : 1;
                breaks += n > 0;
        }
        /* One break is a space, n are n - 1 breaks; after a backslash the first is nothing. */
        w->v += (size_t)(escaped ? breaks - 1 : breaks > 1 ? breaks - 1 : 1);
}

/* Bytes of text that the escape at `p` (after the backslash) gives; *ret_in: bytes it is written with. */
static size_t escape_length(const char *p, size_t *ret_in)
{
        static const struct { char letter; int digits; } wide[] = {{'x', 2}, {'u', 4}, {'U', 8}};
        *ret_in = 1;
        for (size_t i = 0; i < 3; i++) {
                if (*p != wide[i].letter)
                        continue;
                uint32_t code = 0;
                for (int d = 1; d <= wide[i].digits; d++) {
                        char c = p[d];
                        code = code * 16 + (uint32_t)(c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
                }
                *ret_in = 1 + (size_t)wide[i].digits;
                return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
        }
        return *p == 'N' || *p == '_' ? 2 : *p == 'L' || *p == 'P' ? 3 : 1;
}

/* Blanks up to a line end belong to the fold. */
static bool at_fold(const struct walk *w)
{
        size_t s = w->s;
        while (is_blank(w->text[s]))
                s++;
        return break_at(w->text + s) > 0;
}

static void step_flow(struct walk *w, enum ystyle style)
{
        const char *p = w->text + w->s;
        size_t in;
        if (style == STYLE_DOUBLE && *p == '\\' && break_at(p + 1)) {
                w->s++;
                step_fold(w, true);
        } else if (at_fold(w)) {
                step_fold(w, false);
        } else if (style == STYLE_DOUBLE && *p == '\\') {
                w->v += escape_length(p + 1, &in);
                w->s += 1 + in;
        } else {
                w->s += style == STYLE_SINGLE && *p == '\'' ? 2 : 1;
                w->v++;
        }
}

static size_t locate_flow(const struct ynode *scalar, size_t at)
{
        const struct source *source = scalar->origin->source;
        struct walk w = {.text = source->text, .s = yaml_offset(scalar)};
        if (scalar->style != STYLE_PLAIN)
                w.s++;
        while (w.v < at && w.s < source->len)
                step_flow(&w, scalar->style);
        return w.s;
}

/* Indentation of a block scalar whose first content line is at or after `s`. */
static size_t block_indent(const char *text, size_t s)
{
        for (;;) {
                size_t indent = strspn(text + s, " "), n = break_at(text + s + indent);
                if (!n)
                        return indent;
                s += indent + n;
        }
}

/*
 * Block scalars keep the bytes of each line after the indentation; between
 * lines the text has '\n' or, folded, one space: the run of them in the text
 * is skipped, whatever its length, when the next line begins.
 */
static size_t locate_block(const struct ynode *scalar, const char *value, size_t at)
{
        const struct source *source = scalar->origin->source;
        const char *text = source->text;
        size_t s = yaml_offset(scalar), v = 0;
        while (s < source->len && !break_at(text + s))
                s++;
        s += s < source->len ? break_at(text + s) : 0;
        size_t indent = block_indent(text, s);
        while (s < source->len) {
                size_t blanks = strspn(text + s, " ");
                s += blanks < indent ? blanks : indent;
                while (s < source->len && !break_at(text + s)) {
                        if (v >= at)
                                return s;
                        s++;
                        v++;
                }
                size_t end = s;
                while (s < source->len && break_at(text + s))
                        s += break_at(text + s);
                if (v >= at)
                        return end;
                if (scalar->style == STYLE_FOLDED && value[v] == ' ')
                        v++;
                else
                        v += strspn(value + v, "\n");
        }
        return s;
}

/* The text before {parameters} were replaced is what the source has. */
static size_t undo_replaced(const struct replaced *replaced, size_t at)
{
        size_t shift_out = 0, shift_in = 0;
        for (int i = 0; replaced && i < replaced->n; i++) {
                const struct stretch *s = &replaced->stretches[i];
                if (at < s->at)
                        break;
                if (at < s->at + s->out)
                        return s->in_at;
                shift_out = s->at + s->out;
                shift_in = s->in_at + s->in;
        }
        return at - shift_out + shift_in;
}

void yaml_locate(const struct ynode *scalar, size_t at, int *ret_line, int *ret_column)
{
        *ret_line = scalar->line;
        *ret_column = scalar->column;
        if (scalar->kind != Y_SCALAR)
                return;
        const char *before = scalar->replaced ? scalar->replaced->before : scalar->text;
        at = undo_replaced(scalar->replaced, at);
        bool block = scalar->style == STYLE_LITERAL || scalar->style == STYLE_FOLDED;
        size_t s = block ? locate_block(scalar, before, at) : locate_flow(scalar, at);
        place_of(scalar->origin->source, s, ret_line, ret_column);
}
