/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A month to choose a day from; weeks begin on Monday.
 *
 *   │     octubre de 2026     │
 *   │  lu ma mi ju vi sá do   │
 *   │            1  2  3  4   │
 *   │   5  6[ 7] 8  9 10 11   │
 *
 * The state is one day; the month shown is the day's.
 */
#include "dialog_priv.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/utf8.h"

enum { DAY_COLS = 4, GRID_COLS = 7 * DAY_COLS, ROWS = 10 };

struct calendar {
        struct dialog dialog;
        int64_t days;
};

static int64_t first_of_month(int64_t days)
{
        return days - (date_to_civil(days).day - 1);
}

static void go_to(struct calendar *calendar, int64_t days)
{
        struct civil civil = date_to_civil(days);
        int64_t checked;
        if (date_from_civil(civil, &checked)) /* years 1 to 9999 */
                calendar->days = days;
}

/* The same day `by` months away, or the last of a shorter month. */
static void go_months(struct calendar *calendar, int by)
{
        struct civil civil = date_to_civil(calendar->days);
        int months = civil.year * 12 + civil.month - 1 + by;
        civil.year = months / 12;
        civil.month = months % 12 + 1;
        int last = date_days_in_month(civil.year, civil.month);
        if (civil.day > last)
                civil.day = last;
        date_from_civil(civil, &calendar->days);
}

static void go_in_month(struct calendar *calendar, bool end)
{
        struct civil civil = date_to_civil(calendar->days);
        calendar->days =
                first_of_month(calendar->days) + (end ? date_days_in_month(civil.year, civil.month) - 1 : 0);
}

static int grid_col(const struct calendar *calendar)
{
        return calendar->dialog.inside.col + (calendar->dialog.inside.cols - GRID_COLS) / 2;
}

/* The row of the grid that a day of the month is on, and its weekday. */
static int week_of(int64_t days)
{
        return (date_weekday(first_of_month(days)) + date_to_civil(days).day - 1) / 7;
}

static enum handled calendar_click(struct screen *screen, const struct key *key)
{
        struct calendar *calendar = screen->state;
        if (key->code != K_CLICK) {
                go_months(calendar, key->code == K_WHEEL_UP ? -1 : 1);
                return HANDLED;
        }
        int week = key->row - calendar->dialog.inside.row - 3, col = key->col - grid_col(calendar);
        int64_t first = first_of_month(calendar->days);
        struct civil civil = date_to_civil(first);
        if (week < 0 || col < 0 || col >= GRID_COLS)
                return HANDLED;
        int day = week * 7 + col / DAY_COLS - date_weekday(first);
        if (day < 0 || day >= date_days_in_month(civil.year, civil.month))
                return HANDLED;
        calendar->days = first + day;
        screen->result = 1;
        return CLOSE;
}

static enum handled calendar_code(struct calendar *calendar, uint32_t code)
{
        switch (code) {
        case K_LEFT: go_to(calendar, calendar->days - 1); break;
        case K_RIGHT: go_to(calendar, calendar->days + 1); break;
        case K_UP: go_to(calendar, calendar->days - 7); break;
        case K_DOWN: go_to(calendar, calendar->days + 7); break;
        case K_PGUP: go_months(calendar, -1); break;
        case K_PGDN: go_months(calendar, 1); break;
        case K_HOME: go_in_month(calendar, false); break;
        case K_END: go_in_month(calendar, true); break;
        default: return IGNORED;
        }
        return HANDLED;
}

static enum handled calendar_key(struct screen *screen, const struct key *key, int action)
{
        struct calendar *calendar = screen->state;
        if (action == ACT_ACCEPT) {
                screen->result = 1;
                return CLOSE;
        }
        if (action == ACT_TODAY) {
                calendar->days = clock_now().days;
                return HANDLED;
        }
        if (key->kind == KEY_KIND_MOUSE)
                return calendar_click(screen, key);
        return key->kind == KEY_KIND_CODE ? calendar_code(calendar, key->code) : IGNORED;
}

/* The chosen day in brackets and today with a mark: style alone would not be read. */
static void draw_day(const struct calendar *calendar, struct canvas *canvas, int64_t days)
{
        char text[16];
        bool chosen = days == calendar->days, today = days == clock_now().days;
        int row = calendar->dialog.inside.row + 3 + week_of(days);
        int col = grid_col(calendar) + date_weekday(days) * DAY_COLS;
        snprintf(text, sizeof text, chosen ? "[%2d]" : today ? "·%2d " : " %2d ", date_to_civil(days).day);
        canvas_text(canvas, row, col, DAY_COLS,
                    chosen  ? STYLE_FOCUS
                    : today ? STYLE_HEADING
                            : STYLE_NORMAL,
                    text);
        if (chosen) {
                canvas->cursor_row = row;
                canvas->cursor_col = col + 1;
        }
}

static void draw_heading(struct calendar *calendar, struct canvas *canvas, struct rect inside)
{
        char text[64];
        struct civil civil = date_to_civil(calendar->days);
        snprintf(text, sizeof text, _("%s de %d"), date_month_name(civil.month), civil.year);
        canvas_text(canvas, inside.row, inside.col + (inside.cols - utf8_width(text)) / 2, inside.cols,
                    STYLE_HEADING, text);
        for (int weekday = 0; weekday < 7; weekday++) {
                const char *name = date_weekday_name(weekday);
                canvas_textn(canvas, inside.row + 2, grid_col(calendar) + weekday * DAY_COLS + 1, 2,
                             STYLE_DIM, name, utf8_fit(name, 2));
        }
}

static void calendar_draw(struct screen *screen, struct canvas *canvas, struct rect area)
{
        struct calendar *calendar = screen->state;
        struct rect inside = dialog_frame(&calendar->dialog, canvas, area, ROWS, GRID_COLS + 4);
        int64_t first = first_of_month(calendar->days);
        struct civil civil = date_to_civil(first);
        draw_heading(calendar, canvas, inside);
        for (int day = 0; day < date_days_in_month(civil.year, civil.month); day++)
                draw_day(calendar, canvas, first + day);
        char whole[64];
        civil = date_to_civil(calendar->days);
        snprintf(whole, sizeof whole, _("%s %d de %s"), date_weekday_name(date_weekday(calendar->days)),
                 civil.day, date_month_name(civil.month));
        canvas_text(canvas, inside.row + ROWS - 1, inside.col + (inside.cols - utf8_width(whole)) / 2,
                    inside.cols, STYLE_NORMAL, whole);
}

static void calendar_free(struct screen *screen)
{
        struct calendar *calendar = screen->state;
        dialog_release(&calendar->dialog);
        free(calendar);
}

const struct screen_class dialog_calendar_class = {
        .name = "calendar",
        .overlay = true,
        .draw = calendar_draw,
        .key = calendar_key,
        .free = calendar_free,
};

void dialog_calendar(struct ui *ui, int tag, const char *title, int64_t days)
{
        struct calendar *calendar = xcalloc(1, sizeof *calendar);
        int64_t least = 0;
        date_from_civil((struct civil){1, 1, 1}, &least);
        dialog_init(&calendar->dialog, tag, title);
        calendar->days = days < least ? clock_now().days : days; /* no day yet: today */
        ui_push(ui, &dialog_calendar_class, calendar);
}

int64_t dialog_days(const struct screen *dialog)
{
        const struct calendar *calendar = dialog->state;
        return dialog->class == &dialog_calendar_class ? calendar->days : clock_now().days;
}
