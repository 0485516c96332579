/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One item of the scrolling column.
 *
 * Without the focus: glyph, label, answer, on one line when they fit:
 *
 *      ✓ Estudiantes matriculados            24
 *
 * With it, a block marked by a bar down its left side; what does not fit in
 * the room gives way in this order: guidance, keys, hint, label, and never the
 * editor or what is wrong:
 *
 *      ▌! Estudiantes asistentes *
 *      ▌  hint
 *      ▌  Antes: Nivel II
 *      ▌  [ editor ]
 *      ▌  ! what is wrong and what to do
 *      ▌  guidance
 *      ▌  keys
 */
#include "form_priv.h"

#include <string.h>

#include "base/utf8.h"

enum { TEXT_COL = 3, EDITOR_MIN = 1 };

const char *form_answer_words(struct draft *draft, struct place place, struct arena *arena)
{
        struct session *session = draft_session(draft);
        const struct widget_class *class = widget_class_for(&session_form(session)->nodes[place.node]);
        if (class && class->summary)
                return class->summary(draft, place, arena);
        const char *words = session_display(session, place, arena);
        return words ? words : "";
}

static int lines_of(const char *text, int cols)
{
        if (!text || !*text)
                return 0;
        return canvas_wrap(NULL, (struct rect){0, 0, 1000, cols}, STYLE_NORMAL, text, 0);
}

static int least(int a, int b)
{
        return a < b ? a : b;
}

/* ---- Without the focus ---- */

static const char *item_label(const struct form_state *st, int item)
{
        return session_label(st->session, st->items[item].place, &st->ui->frame);
}

static const struct node *item_node(const struct form_state *st, int item)
{
        return &st->form->nodes[st->items[item].place.node];
}

/* Column where the answer begins, or 0 when it needs a line of its own. */
static int answer_col(const char *label, const char *answer, int cols)
{
        int usual = TEXT_COL + (cols - TEXT_COL) * 6 / 10, after = TEXT_COL + utf8_width(label) + 2;
        int width = utf8_width(answer);
        if (strchr(answer, '\n'))
                return 0;
        if (after <= usual && usual + width <= cols)
                return usual;
        return after + width <= cols ? cols - width : 0;
}

static int quiet_height(struct form_state *st, int item, int cols)
{
        const char *label = item_label(st, item);
        if (item_node(st, item)->type == NODE_NOTE)
                return least(lines_of(label, cols - TEXT_COL), 6);
        if (st->items[item].heading)
                return item ? 2 : 1;
        const char *answer = form_answer_words(st->draft, st->items[item].place, &st->ui->frame);
        if (answer_col(label, answer, cols))
                return 1;
        return least(lines_of(label, cols - TEXT_COL), 2) + (*answer != '\0');
}

/* At most two lines of label; the second one is cut with "…". */
static int draw_label(struct canvas *canvas, struct rect area, enum style style, const char *label)
{
        int lines = lines_of(label, area.cols);
        if (lines <= 1) {
                canvas_text_cut(canvas, area.row, area.col, area.cols, style, label);
                return 1;
        }
        area.rows = least(area.rows, 2);
        canvas_wrap(canvas, area, style, label, 0);
        if (lines > 2 && area.rows == 2)
                canvas_text(canvas, area.row + 1, area.col + area.cols - 1, 1, style, "…");
        return 2;
}

static void draw_quiet(struct form_state *st, int item, struct canvas *canvas, struct rect area)
{
        const char *label = item_label(st, item), *glyph = form_item_glyph(st, item);
        const char *answer = form_answer_words(st->draft, st->items[item].place, &st->ui->frame);
        struct rect text = {area.row, area.col + TEXT_COL, area.rows, area.cols - TEXT_COL};
        canvas_text(canvas, area.row, area.col + 1, 1, form_glyph_style(glyph), glyph);
        int col = answer_col(label, answer, area.cols);
        if (col) {
                canvas_text(canvas, area.row, text.col, text.cols, STYLE_NORMAL, label);
                canvas_text(canvas, area.row, area.col + col, area.cols - col, form_glyph_style(glyph),
                            answer);
                return;
        }
        int lines = draw_label(canvas, text, STYLE_NORMAL, label);
        if (*answer && lines < area.rows)
                canvas_text_cut(canvas, area.row + lines, text.col + 2, text.cols - 2,
                                form_glyph_style(glyph), answer);
}

static void draw_heading(struct form_state *st, int item, struct canvas *canvas, struct rect area)
{
        int row = area.row + (area.rows > 1);
        canvas_text_cut(canvas, row, area.col + 1, area.cols - 1, STYLE_HEADING, item_label(st, item));
}

/* ---- With the focus ---- */

struct block {
        const char *label, *hint, *before, *guidance, *message;
        enum style message_style;
        int label_rows, hint_rows, before_rows, editor_rows, message_rows, guidance_rows, keys_rows;
};

static bool speaks(const struct form_state *st, enum answer_status status, int item)
{
        if (status == STATUS_MISSING)
                return st->sections[st->section].visited || st->noted || item < st->focus;
        return status == STATUS_INVALID || status == STATUS_WARNING || status == STATUS_UNAVAILABLE;
}

static void block_message(struct form_state *st, int item, struct block *block)
{
        struct place place = st->items[item].place;
        enum answer_status status = session_status(st->session, place);
        /* "Nothing here" is no longer true once something is being typed. */
        bool begun = st->widget.class && st->widget.editor.changed && !*session_typed(st->session, place);
        if (!speaks(st, status, item) || begun)
                return;
        const char *mark = status == STATUS_WARNING ? "~" : "!";
        const char *text = session_message(st->session, place, &st->ui->frame);
        const char *more = "";
        if (status == STATUS_UNAVAILABLE)
                more = _(" Elija otra, o F2 para dejarla como está.");
        else if (status == STATUS_WARNING && st->noted)
                more = _(" Si está bien así, Enter sigue.");
        block->message = arena_printf(&st->ui->frame, "%s %s%s", mark, text, more);
        block->message_style = status == STATUS_WARNING ? STYLE_WARNING : STYLE_ERROR;
}

static const char *focus_label(struct form_state *st, int item)
{
        struct place place = st->items[item].place;
        const char *label = item_label(st, item);
        if (item_node(st, item)->type == NODE_NOTE || !session_is_required(st->session, place))
                return label;
        return arena_printf(&st->ui->frame, "%s *", label);
}

/* Template texts without an accessor of their own are shown when they are plain. */
static const char *guidance_of(const struct node *node)
{
        return node->guidance_hint.n ? "" : node->guidance_hint.plain;
}

/* What the last visit found, beside what is being answered: levels and other choices. */
static const char *before_of(struct form_state *st, int item)
{
        if (!item_node(st, item)->list)
                return "";
        const char *before = session_previous(st->session, st->items[item].place, &st->ui->frame);
        return *before ? arena_printf(&st->ui->frame, _("La vez anterior: %s"), before) : "";
}

static int take(int wanted, int *left)
{
        int rows = wanted < *left ? wanted : *left;
        if (rows < 0)
                rows = 0;
        *left -= rows;
        return rows;
}

static struct block block_of(struct form_state *st, int item, int cols, int room)
{
        struct widget *widget = &st->widget;
        struct place place = st->items[item].place;
        bool note = item_node(st, item)->type == NODE_NOTE;
        int text_cols = cols - TEXT_COL;
        struct block block = {.label = focus_label(st, item),
                              .hint = session_hint(st->session, place, &st->ui->frame),
                              .before = before_of(st, item), .guidance = guidance_of(item_node(st, item))};
        block_message(st, item, &block);

        int left = room - 1;
        block.label_rows = 1;
        if (!note && widget->class) {
                block.editor_rows = take(EDITOR_MIN, &left);
                int message = take(least(lines_of(block.message, text_cols), 4), &left);
                int wanted = widget->class->height(widget, text_cols, left + EDITOR_MIN);
                block.editor_rows += take(wanted - EDITOR_MIN, &left);
                block.message_rows = message;
        }
        block.label_rows += take(least(lines_of(block.label, text_cols), note ? 12 : 4) - 1, &left);
        block.before_rows = take(*block.before ? 1 : 0, &left);
        block.hint_rows = take(least(lines_of(block.hint, text_cols), 3), &left);
        if (!note && widget->class && *widget_hint(widget))
                block.keys_rows = take(1, &left);
        block.guidance_rows = take(least(lines_of(block.guidance, text_cols), 5), &left);
        return block;
}

static int block_height(const struct block *block)
{
        return block->label_rows + block->hint_rows + block->before_rows + block->editor_rows + block->message_rows +
               block->guidance_rows + block->keys_rows;
}

static void draw_part(struct canvas *canvas, struct rect *text, int rows, enum style style, const char *words)
{
        if (!rows)
                return;
        canvas_wrap(canvas, (struct rect){text->row, text->col, rows, text->cols}, style, words, 0);
        text->row += rows;
}

static void draw_open(struct form_state *st, int item, struct canvas *canvas, struct rect area)
{
        struct widget *widget = &st->widget;
        struct block block = block_of(st, item, area.cols, area.rows);
        struct rect text = {area.row, area.col + TEXT_COL, area.rows, area.cols - TEXT_COL};
        const char *glyph = form_item_glyph(st, item);
        for (int i = 0; i < block_height(&block); i++)
                canvas_text(canvas, area.row + i, area.col, 1, STYLE_HEADING, "▌");
        canvas_text(canvas, area.row, area.col + 1, 1, form_glyph_style(glyph), glyph);
        draw_part(canvas, &text, block.label_rows, STYLE_HEADING, block.label);
        draw_part(canvas, &text, block.hint_rows, STYLE_DIM, block.hint);
        draw_part(canvas, &text, block.before_rows, STYLE_HEADING, block.before);
        if (block.editor_rows) {
                st->editor = (struct rect){text.row, text.col, block.editor_rows, text.cols};
                widget->class->draw(widget, canvas, st->editor);
                text.row += block.editor_rows;
        }
        draw_part(canvas, &text, block.message_rows, block.message_style, block.message);
        draw_part(canvas, &text, block.guidance_rows, STYLE_NORMAL, block.guidance);
        if (block.keys_rows)
                canvas_text_cut(canvas, text.row, text.col, text.cols, STYLE_DIM, widget_hint(widget));
}

/* ---- Both ---- */

int form_item_height(struct form_state *st, int item, int cols, int room)
{
        if (item != st->focus || st->items[item].heading)
                return quiet_height(st, item, cols);
        struct block block = block_of(st, item, cols, room);
        return block_height(&block);
}

void form_item_draw(struct form_state *st, int item, struct canvas *canvas, struct rect area)
{
        if (st->items[item].heading)
                draw_heading(st, item, canvas, area);
        else if (item == st->focus)
                draw_open(st, item, canvas, area);
        else if (item_node(st, item)->type == NODE_NOTE)
                canvas_wrap(canvas,
                            (struct rect){area.row, area.col + TEXT_COL, area.rows, area.cols - TEXT_COL},
                            STYLE_DIM, item_label(st, item), 0);
        else
                draw_quiet(st, item, canvas, area);
}
