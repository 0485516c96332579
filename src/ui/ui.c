/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The loop and the stack of screens (contract in ui/ui.h).
 *
 *   draw the stack on the canvas → paint it → wait for one key → act
 *
 * A key becomes an action of the top screen, a shared action, or stays a plain
 * key; the top screen sees it first in every case.  Screens are removed only
 * by sweep(), when the key is done, so that one may close itself, or another,
 * from any of its functions.
 */
#include "ui_priv.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "style_priv.h"
#include "ui/screens.h"
#include "ui/term.h"

enum { IDLE_MS = 1000, MESSAGE_ROWS = 3 };

/* ---- The stack ---- */

void ui_init(struct ui *ui, struct app *app, int rows, int cols)
{
        *ui = (struct ui){.app = app};
        canvas_init(&ui->canvas, rows, cols);
}

static void screen_free(struct screen *screen)
{
        if (screen->class->free)
                screen->class->free(screen);
        free(screen);
}

void ui_release(struct ui *ui)
{
        while (ui->top) {
                struct screen *screen = ui->top;
                ui->top = screen->below;
                screen_free(screen);
        }
        canvas_release(&ui->canvas);
        arena_release(&ui->frame);
}

struct screen *ui_push(struct ui *ui, const struct screen_class *class, void *state)
{
        struct screen *screen = xcalloc(1, sizeof *screen);
        *screen = (struct screen){.class = class, .ui = ui, .below = ui->top, .state = state};
        ui->top = screen;
        return screen;
}

void ui_close(struct screen *screen)
{
        screen->closing = screen->below != NULL; /* the first one stays */
}

void ui_quit(struct ui *ui)
{
        ui->leaving = true;
}

static struct screen **closing_link(struct ui *ui)
{
        for (struct screen **link = &ui->top; *link; link = &(*link)->below)
                if ((*link)->closing)
                        return link;
        return NULL;
}

/* Remove the screens that want to close; what one tells the screen below may make that one close too. */
static void sweep(struct ui *ui)
{
        struct screen **link;
        while ((link = closing_link(ui))) {
                struct screen *screen = *link, *below = screen->below;
                *link = below;
                if (below->class->back)
                        below->class->back(below, screen, screen->result);
                screen_free(screen);
        }
}

static void save_typing(struct ui *ui)
{
        for (struct screen *screen = ui->top; screen; screen = screen->below)
                if (screen->class->idle)
                        screen->class->idle(screen);
        ui->unsaved = false;
}

/* ---- Between keys ---- */

static bool is_working(const struct ui *ui)
{
        return ui->top && ui->top->working;
}

/* The topmost screen that looks at something from time to time, or NULL. */
static struct screen *watching(const struct ui *ui)
{
        struct screen *screen = ui->top;
        while (screen && !(screen->class->pace && screen->class->pace(screen) > 0))
                screen = screen->below;
        return screen;
}

int ui_patience(const struct ui *ui)
{
        struct screen *screen = watching(ui);
        int idle = ui->unsaved ? IDLE_MS : -1, pace = screen ? screen->class->pace(screen) : -1;
        if (is_working(ui))
                return 0;
        return pace < 0 ? idle : idle < 0 || pace < idle ? pace : idle;
}

static void between_keys(struct ui *ui)
{
        struct screen *screen = watching(ui);
        if (is_working(ui)) {
                ui->top->working = ui->top->class->work(ui->top);
                return;
        }
        if (ui->unsaved || !screen)
                save_typing(ui);
        if (screen)
                screen->class->tick(screen);
}

/* ---- Messages ---- */

void ui_say(struct ui *ui, enum style style, const char *format, ...)
{
        va_list args;
        va_start(args, format);
        vsnprintf(ui->message, sizeof ui->message, format, args);
        va_end(args);
        ui->message_style = style;
}

void ui_say_err(struct ui *ui, const struct err *err)
{
        ui_say(ui, STYLE_ERROR, "%s", err->text);
}

/* ---- Drawing ---- */

static void draw_too_small(struct canvas *canvas)
{
        char text[160];
        snprintf(text, sizeof text,
                 _("Agrande la ventana: hacen falta %d columnas y %d filas, y ahora tiene %d y %d. "
                   "Lo que escribió se conserva."),
                 UI_MIN_COLS, UI_MIN_ROWS, canvas->cols, canvas->rows);
        canvas_wrap(canvas, (struct rect){0, 0, canvas->rows, canvas->cols}, STYLE_NORMAL, text, 0);
        canvas->cursor_row = canvas->cursor_col = 0;
}

static struct screen *lowest_drawn(const struct ui *ui)
{
        struct screen *screen = ui->top;
        while (screen && screen->class->overlay && screen->below)
                screen = screen->below;
        return screen;
}

static void draw_title(struct ui *ui, struct screen *screen)
{
        struct canvas *canvas = &ui->canvas;
        const char *title = screen->class->title ? screen->class->title(screen, &ui->frame) : NULL;
        canvas_fill(canvas, (struct rect){0, 0, 1, canvas->cols}, STYLE_TITLE);
        if (!title || !*title)
                title = "simae";
        size_t left = strcspn(title, "\t");
        const char *right = title[left] ? title + left + 1 : "";
        int right_cols = utf8_width(right) < canvas->cols / 2 ? utf8_width(right) : canvas->cols / 2;
        canvas_text_cut(canvas, 0, 1, canvas->cols - 3 - right_cols, STYLE_TITLE,
                        arena_strndup(&ui->frame, title, left));
        canvas_text_cut(canvas, 0, canvas->cols - 1 - right_cols, right_cols, STYLE_TITLE, right);
}

/* `screen` and those above it, each over the one before; only the top one places the cursor. */
static void draw_up(struct ui *ui, struct screen *screen, struct rect area)
{
        ui->canvas.cursor_row = ui->canvas.cursor_col = -1;
        screen->class->draw(screen, &ui->canvas, area);
        struct screen *above = ui->top;
        while (above != screen && above->below != screen)
                above = above->below;
        if (above != screen)
                draw_up(ui, above, area);
}

/* A message longer than its line grows upward: a whole sentence matters more than what it covers. */
static void draw_message(struct ui *ui)
{
        struct canvas *canvas = &ui->canvas;
        struct rect rect = {0, 1, MESSAGE_ROWS, canvas->cols - 2};
        int lines = canvas_wrap(NULL, rect, ui->message_style, ui->message, 0);
        rect.rows = lines < 1 ? 1 : lines < MESSAGE_ROWS ? lines : MESSAGE_ROWS;
        rect.row = canvas->rows - 1 - rect.rows;
        canvas_fill(canvas, (struct rect){rect.row, 0, rect.rows, canvas->cols}, STYLE_NORMAL);
        canvas_wrap(canvas, rect, ui->message_style, ui->message, 0);
}

static bool too_small(const struct ui *ui)
{
        return ui->canvas.rows < UI_MIN_ROWS || ui->canvas.cols < UI_MIN_COLS;
}

void ui_draw(struct ui *ui)
{
        struct canvas *canvas = &ui->canvas;
        struct screen *screen = lowest_drawn(ui);
        arena_clear(&ui->frame);
        canvas_clear(canvas);
        if (too_small(ui)) {
                draw_too_small(canvas);
                return;
        }
        if (!screen)
                return;
        draw_title(ui, screen);
        draw_up(ui, screen, (struct rect){1, 0, canvas->rows - 3, canvas->cols});
        draw_message(ui);
        hints_draw(ui, canvas, canvas->rows - 1);
}

/* ---- Keys ---- */

static void toggle_mouse(struct ui *ui)
{
        term_set_mouse(!term_mouse());
        if (term_mouse())
                ui_say(ui, STYLE_MESSAGE, _("Ratón activado. Mayús + arrastrar para copiar texto."));
        else
                ui_say(ui, STYLE_MESSAGE, _("Ratón suelto: arrastre para copiar texto de la pantalla."));
}

/* The next theme that this terminal can show. */
static void next_theme(struct ui *ui)
{
        int first = (int)term_theme();
        for (int step = 1; step <= THEMES; step++) {
                enum theme wanted = (enum theme)((first + step) % THEMES);
                term_set_theme(wanted);
                if (term_theme() == wanted)
                        break;
        }
        ui_say(ui, STYLE_MESSAGE, _("Colores: %s."), theme_name(term_theme()));
}

static enum handled shared_action(struct ui *ui, int action)
{
        switch (action) {
        case ACT_HELP: help_open(ui); return HANDLED;
        case ACT_BACK: return CLOSE;
        case ACT_QUIT: return QUIT;
        case ACT_REPAINT: term_repaint(); return HANDLED;
        case ACT_MOUSE: toggle_mouse(ui); return HANDLED;
        case ACT_THEME: next_theme(ui); return HANDLED;
        default: return IGNORED;
        }
}

/* Keys that no row stands for and no screen took. ^Z is undo where a screen says so, else the shell's. */
static enum handled plain_key(struct ui *ui, const struct key *key)
{
        if (key_is(key, K_ESC))
                return CLOSE;
        if (key_is(key, K_CTRL + 'z') && !ui_typing(ui))
                term_suspend();
        return HANDLED;
}

static bool is_own(const struct action *action)
{
        return action->screen[0] != '*';
}

/* What the top screen wants after this key. */
static enum handled dispatch(struct ui *ui, const struct key *key)
{
        struct screen *top = ui->top;
        const struct action *action = action_for(ui, key);
        if (action && is_own(action) && !action_allowed(ui, action))
                return HANDLED;
        enum handled handled = top->class->key(top, key, action ? action->id : ACT_NONE);
        if (handled != IGNORED)
                return handled;
        return action && !is_own(action) ? shared_action(ui, action->id) : plain_key(ui, key);
}

static void act(struct ui *ui, const struct key *key)
{
        struct screen *top = ui->top;
        enum handled handled = dispatch(ui, key);
        if (handled == CLOSE)
                ui_close(top);
        else if (handled == QUIT)
                ui_quit(ui);
        sweep(ui);
}

/* A click on the hint bar is its key. False if nothing is there. */
static bool click_hint(struct ui *ui, const struct key *click)
{
        uint32_t code = click->code == K_CLICK && click->row == ui->canvas.rows - 1
                                ? hints_key_at(ui, click->col)
                                : (uint32_t)K_NONE;
        struct key key = key_of_code(code);
        if (code != K_NONE)
                act(ui, &key);
        return code != K_NONE;
}

bool ui_key(struct ui *ui, const struct key *key)
{
        switch (key->kind) {
        case KEY_KIND_RESIZE:
                return true;
        case KEY_KIND_IDLE:
                between_keys(ui);
                return true;
        case KEY_KIND_END:
                save_typing(ui);
                return false;
        default:
                break;
        }
        if (!ui->top)
                return false;
        if (too_small(ui)) /* nobody should act on what cannot be seen */
                return true;
        ui->message[0] = '\0';
        ui->unsaved = true;
        if (key->kind != KEY_KIND_MOUSE || !click_hint(ui, key))
                act(ui, key);
        if (ui->leaving)
                save_typing(ui);
        return !ui->leaving;
}

static void fit_terminal(struct ui *ui)
{
        int rows, cols;
        term_size(&rows, &cols);
        if (rows != ui->canvas.rows || cols != ui->canvas.cols)
                canvas_resize(&ui->canvas, rows, cols);
}

void ui_paint(struct ui *ui)
{
        ui_draw(ui);
        term_paint(&ui->canvas);
}

void ui_loop(struct ui *ui)
{
        struct key key;
        do {
                fit_terminal(ui);
                ui_paint(ui);
                key = term_wait(ui_patience(ui));
        } while (ui_key(ui, &key));
}

/* Said outside the interface, when it can no longer be drawn. */
static void prepare_crash_note(struct app *app)
{
        char note[512];
        snprintf(note, sizeof note,
                 _("simae se detuvo por un error del programa. Sus respuestas están guardadas en %s; "
                   "vuelva a abrirlo para continuar.\n"),
                 app ? app_dir(app) : _("la carpeta de datos"));
        term_set_crash_note(note);
}

enum err_code ui_run(struct app *app, struct err *err)
{
        struct ui ui;
        enum err_code code = term_open(THEME_DARK, err);
        if (code != ERR_OK)
                return code;
        prepare_crash_note(app);
        ui_init(&ui, app, 0, 0);
        screen_home_open(&ui);
        ui_loop(&ui);
        ui_release(&ui);
        term_close();
        return ERR_OK;
}
