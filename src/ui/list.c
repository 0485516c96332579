/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A list that filters as one types (contract in ui/ui.h).
 *
 *   row 0    Buscar: peñ                          12 de 340
 *   row 1    Código   Institución        Distrito
 *   rows 2…  ▸ 0123456 …                           the selected one
 *
 * Only `page` is ever held: up to 128 rows around those shown, asked from the
 * source again when the view leaves them.  `found` and `all` are counted once
 * for each filter, not at each key.
 */
#include "ui/ui.h"

#include <inttypes.h>
#include <string.h>

#include "base/utf8.h"

enum { HEAD_ROWS = 2, PAGE_ROWS = 128, PAGE_BEFORE = 32, GAP = 2, MARK = 2 };

void list_init(struct list *list, const struct list_source *source)
{
        *list = (struct list){.source = *source, .words = STR_INIT};
}

void list_release(struct list *list)
{
        str_release(&list->words);
        arena_release(&list->arena);
}

void list_refresh(struct list *list)
{
        list->counted = false;
        list->page_n = 0;
}

static void clamp(struct list *list)
{
        int64_t last = list->found > 0 ? list->found - 1 : 0;
        if (list->at > last)
                list->at = (int)last;
        if (list->at < 0)
                list->at = 0;
}

static void count(struct list *list)
{
        if (list->counted)
                return;
        list->found = list->all = 0;
        list->source.count(list->source.ctx, list->words.text, &list->found, &list->all);
        list->counted = true;
        clamp(list);
}

/* The page holds row `index` afterwards, if there is such a row. */
static const struct list_row *row_at(struct list *list, int index)
{
        count(list);
        if (index < 0 || index >= list->found)
                return NULL;
        if (index < list->page_from || index >= list->page_from + list->page_n) {
                arena_clear(&list->arena);
                list->page_from = index > PAGE_BEFORE ? index - PAGE_BEFORE : 0;
                list->page_n = list->source.rows(list->source.ctx, list->words.text, list->page_from,
                                                 PAGE_ROWS, list->page, &list->arena);
        }
        int place = index - list->page_from;
        return place < list->page_n ? &list->page[place] : NULL;
}

const struct list_row *list_selected(struct list *list)
{
        count(list);
        return row_at(list, list->at);
}

/* ---- Keys ---- */

static int rows_shown(const struct list *list)
{
        int rows = list->area.rows - HEAD_ROWS;
        return rows > 1 ? rows : 1;
}

static void filter_changed(struct list *list)
{
        list->at = list->top = 0;
        list_refresh(list);
}

static void add_words(struct list *list, const char *text)
{
        if (list->words.len + strlen(text) > 200)
                return;
        str_add(&list->words, text);
        for (char *p = list->words.text; *p; p++)
                if (*p == '\n')
                        *p = ' ';
        filter_changed(list);
}

static enum handled erase(struct list *list, uint32_t code)
{
        if (list->words.len == 0)
                return IGNORED;
        size_t from = code == K_BACKSPACE ? utf8_prev(list->words.text, list->words.len) : 0;
        str_splice(&list->words, from, list->words.len - from, "", 0);
        filter_changed(list);
        return HANDLED;
}

static enum handled move(struct list *list, int64_t to)
{
        count(list);
        list->at = (int)(to < 0 ? 0 : to >= list->found ? list->found - 1 : to);
        clamp(list);
        return HANDLED;
}

static enum handled code_key(struct list *list, uint32_t code)
{
        switch (code) {
        case K_UP: return move(list, list->at - 1);
        case K_DOWN: return move(list, list->at + 1);
        case K_PGUP: return move(list, list->at - rows_shown(list));
        case K_PGDN: return move(list, list->at + rows_shown(list));
        case K_HOME: return move(list, 0);
        case K_END: return move(list, list->found);
        case K_BACKSPACE: case K_ESC: case K_CTRL + 'u': return erase(list, code);
        default: return IGNORED;
        }
}

static enum handled mouse_key(struct list *list, const struct key *key)
{
        if (key->code == K_WHEEL_UP)
                return move(list, list->at - 3);
        if (key->code == K_WHEEL_DOWN)
                return move(list, list->at + 3);
        int row = key->row - list->area.row - HEAD_ROWS;
        bool inside = row >= 0 && row < rows_shown(list) && key->col >= list->area.col &&
                      key->col < list->area.col + list->area.cols;
        if (!inside || list->top + row >= list->found || list->top + row == list->at)
                return IGNORED;
        return move(list, list->top + row);
}

enum handled list_key(struct list *list, const struct key *key)
{
        char bytes[5] = {0};
        switch (key->kind) {
        case KEY_KIND_CHAR:
                if (key->code == ' ' && list->words.len == 0)
                        return IGNORED;
                utf8_encode(key->code, bytes);
                add_words(list, bytes);
                return HANDLED;
        case KEY_KIND_PASTE: add_words(list, key->text); return HANDLED;
        case KEY_KIND_CODE: return code_key(list, key->code);
        case KEY_KIND_MOUSE: return mouse_key(list, key);
        default: return IGNORED;
        }
}

/* ---- Drawing ---- */

bool list_opens(struct list *list, const struct key *key)
{
        int row = key->row - list->area.row - HEAD_ROWS;
        bool click = key->kind == KEY_KIND_MOUSE && key->code == K_CLICK;
        bool inside = key->col >= list->area.col && key->col < list->area.col + list->area.cols;
        return click && inside && row >= 0 && row < rows_shown(list) && list->top + row == list->at &&
               list_selected(list);
}

static void draw_filter(struct list *list, struct canvas *canvas, struct rect area)
{
        char counts[64];
        bool filtered = list->words.len > 0;
        int heads = list->source.heads ? list->source.heads(list->source.ctx) : 0;
        if (filtered)
                snprintf(counts, sizeof counts, _("%" PRId64 " de %" PRId64), list->found - heads, list->all);
        else
                snprintf(counts, sizeof counts, "%" PRId64, list->all);
        int room = area.cols - utf8_width(counts) - GAP;
        enum style style = filtered && list->found == 0 ? STYLE_ERROR : filtered ? STYLE_EDIT : STYLE_DIM;
        int used = filtered ? canvas_text(canvas, area.row, area.col, room, STYLE_NORMAL, _("Buscar: ")) : 0;
        canvas_text_cut(canvas, area.row, area.col + used, room - used, style,
                        filtered ? list->words.text : list->all > 0 && !list->source.fixed ? _("Escriba para buscar") : "");
        canvas_text(canvas, area.row, area.col + area.cols - utf8_width(counts), utf8_width(counts),
                    STYLE_DIM, counts);
}

/* Columns left to the one that takes the rest. */
static int rest_cols(const struct list_source *source, int cols)
{
        int rest = cols - MARK - 1;
        for (int i = 0; i < source->columns_n; i++)
                rest -= source->columns[i].width + (i > 0 ? GAP : 0);
        return rest > 8 ? rest : 8;
}

/* One cell of each column; what does not fit at the right is left out. */
static void draw_cells(const struct list_source *source, struct canvas *canvas, int row, struct rect area,
                       enum style style, const char *const *cells)
{
        int col = area.col + MARK, end = area.col + area.cols - 1, rest = rest_cols(source, area.cols);
        for (int i = 0; i < source->columns_n && col < end; i++) {
                int width = source->columns[i].width ? source->columns[i].width : rest;
                if (width > end - col)
                        width = end - col;
                canvas_text_cut(canvas, row, col, width, style, cells[i] ? cells[i] : "");
                col += width + GAP;
        }
}

static void draw_head(struct list *list, struct canvas *canvas, struct rect area)
{
        const char *titles[LIST_COLUMNS];
        for (int i = 0; i < list->source.columns_n; i++)
                titles[i] = list->source.columns[i].title;
        draw_filter(list, canvas, area);
        draw_cells(&list->source, canvas, area.row + 1, area, STYLE_HEADING, titles);
}

static void draw_row(struct list *list, struct canvas *canvas, struct rect area, int index, bool focus)
{
        const struct list_row *row = row_at(list, index);
        int at = area.row + HEAD_ROWS + index - list->top;
        bool selected = index == list->at;
        if (!row)
                return;
        enum style style = selected && focus ? STYLE_FOCUS : row->style;
        if (selected) {
                canvas_fill(canvas, (struct rect){at, area.col, 1, area.cols - 1}, style);
                canvas_text(canvas, at, area.col, 1, style, "▸");
        }
        if (row->wide)
                canvas_text_cut(canvas, at, area.col + MARK, area.cols - MARK - 1, style, row->cells[0]);
        else
                draw_cells(&list->source, canvas, at, area, style, row->cells);
        if (selected && focus) {
                canvas->cursor_row = at;
                canvas->cursor_col = area.col;
        }
}

static void draw_nothing(struct list *list, struct canvas *canvas, struct rect area)
{
        struct rect inside = {area.row + HEAD_ROWS, area.col + MARK, area.rows - HEAD_ROWS,
                              area.cols - MARK - 1};
        if (list->all > 0)
                canvas_wrap(canvas, inside, STYLE_WARNING,
                            _("Nada coincide. Borre letras con Retroceso, o todas con Esc."), 0);
        else if (list->source.empty)
                canvas_wrap(canvas, inside, STYLE_NORMAL, list->source.empty, 0);
}

static void draw_more(struct list *list, struct canvas *canvas, struct rect area, int shown)
{
        int col = area.col + area.cols - 1, first = area.row + HEAD_ROWS;
        if (list->top > 0)
                canvas_text(canvas, first, col, 1, STYLE_DIM, "▲");
        if (list->top + shown < list->found)
                canvas_text(canvas, first + shown - 1, col, 1, STYLE_DIM, "▼");
}

void list_draw(struct list *list, struct canvas *canvas, struct rect area, bool focus)
{
        list->area = area;
        int shown = rows_shown(list);
        count(list);
        if (list->at < list->top)
                list->top = list->at;
        if (list->at >= list->top + shown)
                list->top = list->at - shown + 1;
        if (list->top > list->found - shown)
                list->top = list->found > shown ? (int)list->found - shown : 0;
        draw_head(list, canvas, area);
        for (int i = list->top; i < list->top + shown && i < list->found; i++)
                draw_row(list, canvas, area, i, focus);
        if (list->found == 0)
                draw_nothing(list, canvas, area);
        draw_more(list, canvas, area, shown);
        if (focus && list->found == 0) {
                canvas->cursor_row = area.row;
                canvas->cursor_col = area.col;
        }
}
