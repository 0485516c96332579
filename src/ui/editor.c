/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A text editor for one or several lines (contract in ui/ui.h).
 *
 * The text is one string and the cursor a byte offset on the border of a
 * grapheme cluster; nothing about lines is kept, they are found again from the
 * text and the width at each key, so that a resize has nothing to repair.
 *
 * Several lines wrap one column short of the area, so that the cursor after a
 * full line has a place; blanks at the end of a line hang over it.  One line
 * does not wrap: `top` is then the first column shown.
 */
#include "ui/ui.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "canvas_priv.h"

enum { LIMIT_USUAL = 64 * 1024 };

void editor_init(struct editor *editor, bool multiline)
{
        *editor = (struct editor){.text = STR_INIT, .multiline = multiline, .goal = -1};
}

void editor_release(struct editor *editor)
{
        str_release(&editor->text);
}

void editor_set(struct editor *editor, const char *text)
{
        str_clear(&editor->text);
        str_add(&editor->text, text);
        editor->at = editor->text.len;
        editor->goal = -1;
        editor->top = 0;
        editor->changed = false;
}

/* ---- Where things are ---- */

/* A place of the text on the wrapped lines. */
struct spot { int line, col; };

static int wrap_cols(int cols)
{
        return cols > 2 ? cols - 1 : 1;
}

/* The spot of byte `at`, the wrapped line it is on, and how many lines there are. */
static struct spot find_spot(const struct editor *editor, int cols, size_t at, struct wrap_line *ret_line,
                             int *ret_n)
{
        struct spot spot = {0, 0};
        const char *text = editor->text.text;
        int n = 0;
        for (size_t from = 0; from != SIZE_MAX;) {
                struct wrap_line line = wrap_line_at(text, from, wrap_cols(cols));
                if (line.start <= at) { /* the last line that begins before it */
                        spot.line = n;
                        spot.col = canvas_columns(text + line.start, at - line.start);
                        *ret_line = line;
                }
                from = line.next;
                n++;
        }
        *ret_n = n;
        return spot;
}

/* The byte at column `col` of wrapped line `number`, or the nearest before it. */
static size_t byte_at(const struct editor *editor, int cols, int number, int col)
{
        const char *text = editor->text.text;
        struct wrap_line line = wrap_line_at(text, 0, wrap_cols(cols));
        while (number-- > 0 && line.next != SIZE_MAX)
                line = wrap_line_at(text, line.next, wrap_cols(cols));
        size_t at = line.start, n;
        while (at < line.end && (n = cluster_next(text + at)) > 0) {
                col -= canvas_columns(text + at, n);
                /* the end of a line that goes on is the beginning of the next */
                if (col < 0 || (at + n == line.end && line.next == line.end))
                        break;
                at += n;
        }
        return at;
}

static size_t paragraph_start(const struct editor *editor, size_t at)
{
        while (at > 0 && editor->text.text[at - 1] != '\n')
                at--;
        return at;
}

static size_t paragraph_end(const struct editor *editor, size_t at)
{
        return at + strcspn(editor->text.text + at, "\n");
}

static bool in_word(unsigned char c)
{
        return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static size_t word_before(const struct editor *editor, size_t at)
{
        const char *text = editor->text.text;
        while (at > 0 && !in_word((unsigned char)text[at - 1]))
                at--;
        while (at > 0 && in_word((unsigned char)text[at - 1]))
                at--;
        return at;
}

static size_t word_after(const struct editor *editor, size_t at)
{
        const char *text = editor->text.text;
        while (in_word((unsigned char)text[at]))
                at++;
        while (text[at] && !in_word((unsigned char)text[at]))
                at++;
        return at;
}

/* ---- Changing ---- */

/* After a change the cursor may be inside a cluster that has just formed: move it after. */
static void snap(struct editor *editor)
{
        size_t start = utf8_prev(editor->text.text, editor->at);
        size_t end = start + utf8_next(editor->text.text + start);
        if (editor->at > 0 && end > editor->at)
                editor->at = end;
}

static void insert(struct editor *editor, const char *bytes, size_t len)
{
        size_t limit = editor->limit ? editor->limit : LIMIT_USUAL;
        size_t room = limit > editor->text.len ? limit - editor->text.len : 0, fits = 0, n;
        while (fits < len && (n = cluster_next(bytes + fits)) > 0 && fits + n <= room)
                fits += n;
        if (fits == 0)
                return;
        str_splice(&editor->text, editor->at, 0, bytes, fits);
        editor->at += fits;
        editor->changed = true;
        snap(editor);
}

static void erase(struct editor *editor, size_t from, size_t to)
{
        if (from == to)
                return;
        str_splice(&editor->text, from, to - from, "", 0);
        editor->at = from;
        editor->changed = true;
        snap(editor);
}

static void paste(struct editor *editor, const char *text)
{
        struct str one_line = STR_INIT;
        if (editor->multiline) {
                insert(editor, text, strlen(text));
                return;
        }
        str_addn(&one_line, text, strlen(text));
        while (one_line.len > 0 && one_line.text[one_line.len - 1] == '\n')
                one_line.text[--one_line.len] = '\0';
        for (size_t i = 0; i < one_line.len; i++)
                if (one_line.text[i] == '\n')
                        one_line.text[i] = ' ';
        insert(editor, one_line.text, one_line.len);
        str_release(&one_line);
}

/* ---- Keys ---- */

static enum handled up_down(struct editor *editor, int cols, int by)
{
        struct wrap_line line;
        int n;
        if (!editor->multiline)
                return IGNORED;
        struct spot spot = find_spot(editor, cols, editor->at, &line, &n);
        if (spot.line + by < 0 || spot.line + by >= n)
                return IGNORED;
        if (editor->goal < 0)
                editor->goal = spot.col;
        editor->at = byte_at(editor, cols, spot.line + by, editor->goal);
        return HANDLED;
}

static void line_edge(struct editor *editor, int cols, bool end)
{
        struct wrap_line line;
        int n;
        if (!editor->multiline) {
                editor->at = end ? editor->text.len : 0;
                return;
        }
        struct spot spot = find_spot(editor, cols, editor->at, &line, &n);
        editor->at = byte_at(editor, cols, spot.line, end ? INT32_MAX : 0);
}

/* Keys that move the cursor; IGNORED for the others. */
static enum handled move_key(struct editor *editor, uint32_t code, int cols)
{
        const char *text = editor->text.text;
        switch (code) {
        case K_LEFT: editor->at = utf8_prev(text, editor->at); break;
        case K_RIGHT: editor->at += utf8_next(text + editor->at); break;
        case K_CTRL_LEFT: editor->at = word_before(editor, editor->at); break;
        case K_CTRL_RIGHT: editor->at = word_after(editor, editor->at); break;
        case K_HOME: case K_CTRL + 'a': line_edge(editor, cols, false); break;
        case K_END: case K_CTRL + 'e': line_edge(editor, cols, true); break;
        case K_CTRL_HOME: editor->at = 0; break;
        case K_CTRL_END: editor->at = editor->text.len; break;
        default: return IGNORED;
        }
        return HANDLED;
}

/* Keys that change the text; IGNORED for the others. */
static enum handled change_key(struct editor *editor, uint32_t code)
{
        const char *text = editor->text.text;
        size_t at = editor->at;
        switch (code) {
        case K_BACKSPACE: erase(editor, utf8_prev(text, at), at); break;
        case K_DELETE: erase(editor, at, at + utf8_next(text + at)); break;
        case K_CTRL + 'w': erase(editor, word_before(editor, at), at); break;
        case K_CTRL + 'u': erase(editor, paragraph_start(editor, at), paragraph_end(editor, at)); break;
        case K_CTRL + 'k': erase(editor, at, paragraph_end(editor, at)); break;
        case K_ENTER:
                if (!editor->multiline)
                        return IGNORED;
                insert(editor, "\n", 1);
                break;
        default: return IGNORED;
        }
        return HANDLED;
}

static void type(struct editor *editor, uint32_t code)
{
        char bytes[5] = {0};
        size_t len = utf8_encode(code, bytes);
        insert(editor, bytes, len);
}

enum handled editor_key(struct editor *editor, const struct key *key, int cols)
{
        if (key->kind == KEY_KIND_CODE && (key->code == K_UP || key->code == K_DOWN))
                return up_down(editor, cols, key->code == K_UP ? -1 : 1);
        enum handled handled = HANDLED;
        if (key->kind == KEY_KIND_CHAR)
                type(editor, key->code);
        else if (key->kind == KEY_KIND_PASTE)
                paste(editor, key->text);
        else if (key->kind != KEY_KIND_CODE)
                return IGNORED;
        else if (move_key(editor, key->code, cols) == IGNORED)
                handled = change_key(editor, key->code);
        editor->goal = -1;
        return handled;
}

/* ---- Drawing ---- */

int editor_lines(const struct editor *editor, int cols)
{
        struct wrap_line line;
        int n = 1;
        if (editor->multiline)
                find_spot(editor, cols, 0, &line, &n);
        return n;
}

/* The first line (or column) shown, such that the cursor is. */
static void scroll_to(struct editor *editor, int at, int room)
{
        if (at < editor->top)
                editor->top = at;
        if (at >= editor->top + room)
                editor->top = at - room + 1;
}

static void put_cursor(struct canvas *canvas, struct rect area, int row, int col)
{
        canvas->cursor_row = area.row + row;
        canvas->cursor_col = area.col + (col < area.cols ? col : area.cols - 1);
}

/* A dot for each letter: nothing of what they are, not even their width. */
static int add_dots(const char *text, size_t len, struct str *out)
{
        int dots = 0;
        for (size_t at = 0, n; at < len && (n = cluster_next(text + at)) > 0; at += n, dots++)
                str_add(out, "•");
        return dots;
}

static void draw_text(struct editor *editor, const char *text, int col, struct canvas *canvas, struct rect area,
                      enum style style, bool focus)
{
        int hidden = 0;
        size_t from = 0, n;
        if (focus)
                scroll_to(editor, col, area.cols);
        else
                editor->top = 0;
        while (hidden < editor->top && (n = cluster_next(text + from)) > 0) {
                hidden += canvas_columns(text + from, n);
                from += n;
        }
        canvas_text(canvas, area.row, area.col + hidden - editor->top, area.cols - (hidden - editor->top),
                    style, text + from);
        if (focus)
                put_cursor(canvas, area, 0, col - editor->top);
}

static void draw_one_line(struct editor *editor, struct canvas *canvas, struct rect area, enum style style,
                          bool focus)
{
        const char *text = editor->text.text;
        struct str dots = STR_INIT;
        if (!editor->secret) {
                draw_text(editor, text, canvas_columns(text, editor->at), canvas, area, style, focus);
                return;
        }
        int col = add_dots(text, editor->at, &dots);
        add_dots(text + editor->at, editor->text.len - editor->at, &dots);
        draw_text(editor, dots.text, col, canvas, area, style, focus);
        str_release(&dots);
}

static void draw_lines(struct editor *editor, struct canvas *canvas, struct rect area, enum style style,
                       bool focus)
{
        const char *text = editor->text.text;
        struct wrap_line line;
        int n, row = 0;
        struct spot spot = find_spot(editor, area.cols, editor->at, &line, &n);
        if (editor->top > n - area.rows)
                editor->top = n > area.rows ? n - area.rows : 0;
        if (focus)
                scroll_to(editor, spot.line, area.rows);
        for (size_t from = 0; from != SIZE_MAX && row < editor->top + area.rows; row++) {
                line = wrap_line_at(text, from, wrap_cols(area.cols));
                if (row >= editor->top)
                        canvas_textn(canvas, area.row + row - editor->top, area.col, area.cols, style,
                                     text + line.start, line.end - line.start);
                from = line.next;
        }
        if (focus)
                put_cursor(canvas, area, spot.line - editor->top, spot.col);
}

void editor_draw(struct editor *editor, struct canvas *canvas, struct rect area, bool focus)
{
        /* Plain text on a ruled field: a letter then costs one byte on the line, with no change of style. */
        enum style style = focus ? STYLE_EDIT : STYLE_FIELD;
        if (area.rows <= 0 || area.cols <= 0)
                return;
        canvas_fill(canvas, area, STYLE_FIELD);
        if (editor->multiline)
                draw_lines(editor, canvas, area, style, focus);
        else
                draw_one_line(editor, canvas, area, style, focus);
}
