/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the screens of boards and of the Balance do alike with their rows (contract in board_rows.h). */
#include <stdlib.h>

#include "base/clock.h"
#include "board_rows.h"
#include "ui/form_screen.h"
#include "ui/screens.h"

enum { SUMMARY_ROWS = 2 };

struct rect board_rows_summary(const struct board_rows *rows, struct canvas *canvas, struct rect area)
{
        struct rect top = {area.row, area.col + 1, SUMMARY_ROWS, area.cols - 2};
        int lines = canvas_wrap(canvas, top, STYLE_HEADING, rows->board.summary, 0);
        lines = lines > SUMMARY_ROWS ? SUMMARY_ROWS : lines;
        return (struct rect){area.row + lines, area.col, area.rows - lines, area.cols};
}

struct board_row board_rows_row(struct board_rows *rows)
{
        int row = board_rows_selected(rows);
        return row < 0 ? (struct board_row){0} : rows->board.rows[row];
}

static void open_row(struct ui *ui, struct board_rows *rows)
{
        struct board_row row = board_rows_row(rows);
        if (row.board)
                screen_board_open(ui, row.board, row.argument);
        else if (!id_is_none(&row.record))
                screen_record_open(ui, &row.record);
        else
                ui_say(ui, STYLE_WARNING, _("Esta línea no abre nada."));
}

static void ask_file(struct ui *ui, const struct board_rows *rows)
{
        char day[DATE_TEXT];
        date_format(clock_now().days, day);
        dialog_line(ui, BOARD_TAG_FILE, _("Guardar el tablero"), _("En .xlsx (Excel), .html (página), .csv, .txt o .ndjson"),
                    arena_printf(&ui->frame, "%s/%s-%s.csv", app_output_dir(ui->app, &ui->frame), rows->board.class->name, day));
}

static void save(struct ui *ui, struct board_rows *rows, const char *path)
{
        struct table table;
        struct err err;
        board_rows_table(rows, &table);
        if (app_save_table(ui->app, &table, path, &err) != ERR_OK)
                ui_say_err(ui, &err);
        else
                ui_say(ui, STYLE_OK, _("Guardado: %s (%d filas)."), path, table.rows_n);
        table_release(&table);
}

enum handled board_rows_act(struct screen *screen, struct board_rows *rows, const struct key *key, int action)
{
        switch (action) {
        case 0:
                if (!list_opens(&rows->list, key))
                        return board_rows_key(rows, key);
                open_row(screen->ui, rows);
                return HANDLED;
        case ACT_OPEN: open_row(screen->ui, rows); return HANDLED;
        case ACT_SORT: board_rows_sort_next(rows); return HANDLED;
        case ACT_REVERSE: board_rows_reverse(rows); return HANDLED;
        case ACT_EXPORT: ask_file(screen->ui, rows); return HANDLED;
        default: return IGNORED;
        }
}

bool board_rows_back(struct screen *screen, struct board_rows *rows, struct screen *from, int result)
{
        if (dialog_tag(from) != BOARD_TAG_FILE)
                return false;
        if (result == 1)
                save(screen->ui, rows, dialog_text(from));
        return true;
}
