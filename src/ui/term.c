/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The terminal over ncursesw (contract in ui/term.h).
 *
 * Out: term_paint() compares the canvas with the one painted before and gives
 * curses only the cells that differ; curses then finds the fewest bytes.
 *
 * In: every signal that matters is blocked but inside ppoll(), and only noted
 * (signals.c); term_wait() turns notes and bytes into keys one at a time.  A
 * byte is read only when ppoll() says there is one, or when curses may keep
 * some from an unfinished escape sequence, so reading never blocks.
 */
#include "ui/term.h"

#include "base/chart.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "signals_priv.h"
#include "style_priv.h"

#define key_name curses_key_name /* ours has the same name */
#include <curses.h>
#include <term.h>
#undef key_name

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

enum { PARTIAL_MS = 100, PASTE_MS = 1000, PASTE_MAX = 1 << 20 };

/* Our own numbers for sequences taught to curses, far above its own. */
enum { CODE_NAMED = 3000, CODE_PASTE_BEGIN = 3900, CODE_PASTE_END };

static struct {
        SCREEN *screen; /* NULL: not open */
        enum theme theme;
        bool colours, mouse;
        attr_t attributes[STYLE_N];
        short pairs[STYLE_N];
        struct canvas painted;
        bool cursor_shown;

        struct { bool full; int kind; wint_t code; } kept; /* read too far after an Esc */
        struct str paste;
        int idle_fd;
        bool unannounced; /* something came since the last idle byte */
} term = {.paste = STR_INIT, .idle_fd = -1};

/* ---- Opening and closing ---- */

/* Only the character type: numbers keep their point whatever the country. */
static void choose_utf8(void)
{
        static const char *const tries[] = {"", "C.UTF-8", "es_PE.UTF-8", "en_US.UTF-8"};
        for (size_t i = 0; i < ARRAY_LEN(tries); i++)
                if (setlocale(LC_CTYPE, tries[i]) && strcmp(nl_langinfo(CODESET), "UTF-8") == 0)
                        return;
}

/* Keys beyond terminfo's: what xterm, rxvt, the Linux console and tmux send. */
static const struct { const char *bytes; int code; } sequences[] = {
        {"\033[200~", CODE_PASTE_BEGIN},
        {"\033[201~", CODE_PASTE_END},
        {"\033[1;5A", CODE_NAMED + K_CTRL_UP},
        {"\033[1;5B", CODE_NAMED + K_CTRL_DOWN},
        {"\033[1;5C", CODE_NAMED + K_CTRL_RIGHT},
        {"\033[1;5D", CODE_NAMED + K_CTRL_LEFT},
        {"\033[1;5H", CODE_NAMED + K_CTRL_HOME},
        {"\033[1;5F", CODE_NAMED + K_CTRL_END},
        {"\033Oa", CODE_NAMED + K_CTRL_UP},
        {"\033Ob", CODE_NAMED + K_CTRL_DOWN},
        {"\033Oc", CODE_NAMED + K_CTRL_RIGHT},
        {"\033Od", CODE_NAMED + K_CTRL_LEFT},
        {"\033[7^", CODE_NAMED + K_CTRL_HOME},
        {"\033[8^", CODE_NAMED + K_CTRL_END},
        {"\033[Z", CODE_NAMED + K_BACKTAB},
        {"\033[1~", KEY_HOME},
        {"\033[4~", KEY_END},
        {"\033[7~", KEY_HOME},
        {"\033[8~", KEY_END},
        {"\033OH", KEY_HOME},
        {"\033OF", KEY_END},
        {"\033[H", KEY_HOME},
        {"\033[F", KEY_END},
        {"\033[A", KEY_UP},
        {"\033[B", KEY_DOWN},
        {"\033[C", KEY_RIGHT},
        {"\033[D", KEY_LEFT},
        {"\033[2~", KEY_IC},
        {"\033[3~", KEY_DC},
        {"\033[5~", KEY_PPAGE},
        {"\033[6~", KEY_NPAGE},
        {"\033OP", KEY_F(1)},
        {"\033OQ", KEY_F(2)},
        {"\033OR", KEY_F(3)},
        {"\033OS", KEY_F(4)},
        {"\033[11~", KEY_F(1)},
        {"\033[12~", KEY_F(2)},
        {"\033[13~", KEY_F(3)},
        {"\033[14~", KEY_F(4)},
        {"\033[15~", KEY_F(5)},
};

static void teach_keys(void)
{
        for (size_t i = 0; i < ARRAY_LEN(sequences); i++)
                define_key(sequences[i].bytes, sequences[i].code);
}

static void say(int fd, const char *text)
{
        ssize_t ignored = write(fd, text, strlen(text));
        (void)ignored;
}

static void paste_mode(bool on)
{
        say(STDOUT_FILENO, on ? "\033[?2004h" : "\033[?2004l");
}

/* What puts the terminal back without curses, for a crash. */
static void prepare_restore(void)
{
        static const char *const capabilities[] = {"sgr0", "cnorm", "rmkx", "rmcup"};
        crash_restore_add("\033[?2004l\033[?1006l\033[?1000l");
        for (size_t i = 0; i < ARRAY_LEN(capabilities); i++)
                crash_restore_add(tigetstr(capabilities[i]));
        crash_restore_add("\r\n");
}

static void set_modes(void)
{
        raw(); /* ^C, ^Z, ^S and ^Q are keys */
        noecho();
        nonl();
        meta(stdscr, TRUE);
        keypad(stdscr, TRUE);
        if (!getenv("ESCDELAY"))
                set_escdelay(getenv("SSH_CONNECTION") ? 100 : 25);
        mouseinterval(0);
        teach_keys();
}

static bool colours_wanted(void)
{
        const char *no = getenv("NO_COLOR");
        return has_colors() && !(no && *no);
}

static void read_test_switch(void)
{
        const char *fd = getenv("SIMAE_TEST_IDLE_FD");
        term.idle_fd = fd && *fd ? atoi(fd) : -1;
        term.unannounced = true;
}

enum err_code term_open(enum theme theme, struct err *err)
{
        const char *name = getenv("TERM");
        if (term.screen)
                return ERR_OK;
        if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
                return err_set(
                        err, ERR_REFUSED,
                        _("aquí no hay una terminal donde dibujar; ábralo en una, o vea qué más puede hacer "
                          "con «simae --help»"));
        if (!name || !*name || strcmp(name, "dumb") == 0)
                return err_set(
                        err, ERR_REFUSED,
                        _("esta terminal (TERM=%s) no permite dibujar; use otra, o vea qué más puede hacer "
                          "con «simae --help»"),
                        name && *name ? name : _("vacío"));
        choose_utf8();
        signals_take();
        term.screen = newterm(NULL, stdout, stdin);
        if (!term.screen || !tigetstr("cup")) {
                term_close();
                signals_give_back();
                return err_set(err, ERR_REFUSED,
                               _("no se conoce esta terminal (TERM=%s); pruebe TERM=xterm, o vea qué más "
                                 "puede hacer "
                                 "con «simae --help»"),
                               name);
        }
        mem_on_failure(term_close);
        set_modes();
        prepare_restore();
        read_test_switch();
        term.colours = colours_wanted() && start_color() == OK && use_default_colors() == OK;
        term.cursor_shown = true;
        term_set_theme(chart_ascii_wanted() ? THEME_ASCII : theme);
        term_set_mouse(true);
        paste_mode(true);
        return ERR_OK;
}

void term_close(void)
{
        if (!term.screen)
                return;
        SCREEN *screen = term.screen;
        paste_mode(false);
        if (!term.cursor_shown)
                curs_set(1);
        term_set_mouse(false);
        endwin();
        term.screen = NULL;
        delscreen(screen);
        canvas_release(&term.painted);
        str_release(&term.paste);
        signals_give_back();
}

/* ---- Painting ---- */

void term_set_theme(enum theme theme)
{
        if (!term.screen)
                return;
        if (!term.colours && theme != THEME_CONTRAST && theme != THEME_ASCII)
                theme = THEME_MONO;
        term.theme = theme;
        for (int i = 0; i < STYLE_N; i++) {
                struct look look = style_look((enum style)i, theme);
                term.attributes[i] = (look.bold ? A_BOLD : 0) | (look.underline ? A_UNDERLINE : 0) |
                                     (look.reverse ? A_REVERSE : 0) | (look.dim ? A_DIM : 0);
                term.pairs[i] = 0;
                if (look.foreground >= 0 || look.background >= 0) {
                        term.pairs[i] = (short)(i + 1);
                        init_pair(term.pairs[i], (short)look.foreground, (short)look.background);
                }
        }
        term_repaint();
}

enum theme term_theme(void)
{
        return term.theme;
}

void term_size(int *ret_rows, int *ret_cols)
{
        *ret_rows = term.screen ? getmaxy(stdscr) : 24;
        *ret_cols = term.screen ? getmaxx(stdscr) : 80;
}

void term_repaint(void)
{
        if (!term.screen)
                return;
        canvas_release(&term.painted);
        clearok(curscr, TRUE);
}

/*
 * The characters of a cell as curses takes them.  A code point newer than the
 * C library, whose width it does not know, is shown as �: were curses and the
 * terminal to disagree on a width, the rest of the row would be displaced.
 */
static void cell_text(const struct cell *cell, wchar_t out[CCHARW_MAX + 1])
{
        int n = 0;
        const char *text = term.theme == THEME_ASCII ? chart_ascii(cell->text) : cell->text;
        for (const char *p = text; *p && n < CCHARW_MAX;) {
                uint32_t code;
                p += utf8_decode(p, &code);
                int width = wcwidth((wchar_t)code);
                if (n == 0)
                        out[n++] = width > 0 && width <= cell->width ? (wchar_t)code : 0xFFFD;
                else if (width == 0)
                        out[n++] = (wchar_t)code;
        }
        out[n] = L'\0';
}

static void paint_cell(int row, int col, const struct cell *cell)
{
        wchar_t text[CCHARW_MAX + 1];
        cchar_t packed;
        attr_t attributes = term.attributes[cell->style];
        short pair = term.pairs[cell->style];
        if (cell->width == 0)
                return; /* came with its left half */
        cell_text(cell, text);
        setcchar(&packed, text, attributes, pair, NULL);
        mvadd_wch(row, col, &packed);
        if (cell->width == 2 && wcwidth(text[0]) == 1) {
                setcchar(&packed, L" ", attributes, pair, NULL);
                mvadd_wch(row, col + 1, &packed);
        }
}

static void paint_row(const struct canvas *canvas, int row, bool all)
{
        size_t bytes = (size_t)canvas->cols * sizeof *canvas->cells;
        struct cell *now = canvas_cell(canvas, row, 0), *before = canvas_cell(&term.painted, row, 0);
        if (!all && memcmp(now, before, bytes) == 0)
                return;
        for (int col = 0; col < canvas->cols; col++)
                if (all || memcmp(&now[col], &before[col], sizeof *now) != 0)
                        paint_cell(row, col, &now[col]);
        memcpy(before, now, bytes);
}

static void paint_cursor(const struct canvas *canvas)
{
        bool show = canvas->cursor_row >= 0 && canvas->cursor_col >= 0;
        if (show != term.cursor_shown) {
                curs_set(show);
                term.cursor_shown = show;
        }
        if (show)
                move(canvas->cursor_row, canvas->cursor_col);
        else
                move(canvas->rows - 1, canvas->cols - 1);
}

void term_paint(const struct canvas *canvas)
{
        if (!term.screen || canvas->rows <= 0 || canvas->cols <= 0)
                return;
        bool all = term.painted.rows != canvas->rows || term.painted.cols != canvas->cols;
        if (all) {
                canvas_resize(&term.painted, canvas->rows, canvas->cols);
                erase();
        }
        for (int row = 0; row < canvas->rows; row++)
                paint_row(canvas, row, all);
        paint_cursor(canvas);
        refresh();
}

void term_set_mouse(bool on)
{
        if (!term.screen)
                return;
        /* Presses only, no motion: the terminal's own selection stays one key (Shift) away. */
        mousemask(on ? BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED : 0, NULL);
        term.mouse = on;
}

bool term_mouse(void)
{
        return term.mouse;
}

/* ---- Waiting ---- */

static void measure(void)
{
        struct winsize size;
        if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0)
                resizeterm(size.ws_row, size.ws_col);
        term_repaint();
}

/* After another program, or nobody, had the terminal. */
static void come_back(void)
{
        reset_prog_mode();
        refresh();
        paste_mode(true);
        measure();
}

void term_suspend(void)
{
        struct sigaction usual = {.sa_handler = SIG_DFL}, ours;
        sigset_t stop, before;
        if (!term.screen)
                return;
        paste_mode(false);
        endwin();
        sigemptyset(&stop);
        sigaddset(&stop, SIGTSTP);
        sigaction(SIGTSTP, &usual, &ours);
        kill(0, SIGTSTP); /* the whole job, as the terminal's own ^Z */
        sigprocmask(SIG_UNBLOCK, &stop, &before); /* stops here */
        sigprocmask(SIG_SETMASK, &before, NULL);
        sigaction(SIGTSTP, &ours, NULL);
        come_back();
}

static struct key resize_key(void)
{
        struct key key = {.kind = KEY_KIND_RESIZE};
        term_size(&key.row, &key.col);
        return key;
}

static struct key end_key(void)
{
        signals_leaving();
        return (struct key){.kind = KEY_KIND_END};
}

static bool take(int number)
{
        bool was = signals_take_one(number);
        term.unannounced |= was;
        return was;
}

/* False when no signal waits to be told. */
static bool signal_key(struct key *ret)
{
        if (signals_end()) {
                *ret = end_key();
                return true;
        }
        if (take(SIGTSTP)) {
                term_suspend();
                *ret = resize_key();
                return true;
        }
        if (take(SIGCONT)) {
                come_back();
                signals_take_one(SIGWINCH); /* measured already */
                *ret = resize_key();
                return true;
        }
        if (take(SIGWINCH)) {
                measure();
                *ret = resize_key();
                return true;
        }
        if (take(SIGINT)) {
                *ret = key_of_code(K_CTRL + 'c');
                return true;
        }
        return false;
}

/* One reading of curses, at most `ms` long: OK (a character), KEY_CODE_YES or ERR. */
static int read_curses(int ms, wint_t *code)
{
        if (term.kept.full) {
                term.kept.full = false;
                *code = term.kept.code;
                return term.kept.kind;
        }
        wtimeout(stdscr, ms);
        int kind = get_wch(code);
        term.unannounced |= kind != ERR;
        return kind;
}

static const struct { int curses; uint32_t code; } curses_keys[] = {
        {KEY_ENTER, K_ENTER},      {KEY_BTAB, K_BACKTAB}, {KEY_BACKSPACE, K_BACKSPACE}, {KEY_DC, K_DELETE},
        {KEY_IC, K_INSERT},        {KEY_UP, K_UP},        {KEY_DOWN, K_DOWN},           {KEY_LEFT, K_LEFT},
        {KEY_RIGHT, K_RIGHT},      {KEY_HOME, K_HOME},    {KEY_END, K_END},             {KEY_PPAGE, K_PGUP},
        {KEY_NPAGE, K_PGDN},       {KEY_A1, K_HOME},      {KEY_A3, K_PGUP},             {KEY_C1, K_END},
        {KEY_C3, K_PGDN},          {KEY_FIND, K_HOME},    {KEY_SELECT, K_END},
};

static struct key mouse_key(void)
{
        MEVENT event;
        struct key key = {.kind = KEY_KIND_MOUSE, .code = K_NONE};
        if (getmouse(&event) != OK)
                return key;
        key.row = event.y;
        key.col = event.x;
        if (event.bstate & BUTTON1_PRESSED)
                key.code = K_CLICK;
        else if (event.bstate & BUTTON4_PRESSED)
                key.code = K_WHEEL_UP;
        else if (event.bstate & BUTTON5_PRESSED)
                key.code = K_WHEEL_DOWN;
        return key;
}

/* Text only: tabs become spaces, every kind of line end \n, other controls nothing. */
static void paste_add(wint_t code)
{
        char bytes[4];
        bool after_cr = term.paste.len > 0 && code == '\n' && term.paste.text[term.paste.len - 1] == '\r';
        if (after_cr)
                term.paste.text[--term.paste.len] = '\0';
        if (code == '\t')
                code = ' ';
        if ((code < ' ' && code != '\n' && code != '\r') || (code >= 0x7F && code < 0xA0))
                return;
        size_t len = utf8_encode((uint32_t)code, bytes);
        if (term.paste.len + len <= PASTE_MAX)
                str_addn(&term.paste, bytes, len);
}

static struct key paste_key(void)
{
        wint_t code;
        int kind;
        str_clear(&term.paste);
        while ((kind = read_curses(PASTE_MS, &code)) != ERR) {
                if (kind == KEY_CODE_YES && code == CODE_PASTE_END)
                        break;
                if (kind == OK)
                        paste_add(code);
                else if (code == KEY_ENTER)
                        paste_add('\n');
        }
        for (size_t i = 0; i < term.paste.len; i++)
                if (term.paste.text[i] == '\r')
                        term.paste.text[i] = '\n';
        return (struct key){.kind = KEY_KIND_PASTE, .text = term.paste.text};
}

static struct key named_key(int curses)
{
        if (curses == KEY_MOUSE)
                return mouse_key();
        if (curses == CODE_PASTE_BEGIN)
                return paste_key();
        if (curses >= KEY_F(1) && curses <= KEY_F(12))
                return key_of_code(K_F1 + (uint32_t)(curses - KEY_F(1)));
        if (curses > CODE_NAMED && curses < CODE_PASTE_BEGIN)
                return key_of_code((uint32_t)(curses - CODE_NAMED));
        for (size_t i = 0; i < ARRAY_LEN(curses_keys); i++)
                if (curses_keys[i].curses == curses)
                        return key_of_code(curses_keys[i].code);
        return key_of_code(K_NONE);
}

/* Alt and a character come as Esc and the character at once; curses has already waited for more. */
static struct key escape_key(void)
{
        wint_t code;
        int kind = read_curses(0, &code);
        if (kind == OK && code > ' ' && code < 0x7F)
                return key_of_code(K_ALT + (uint32_t)code);
        if (kind != ERR) {
                term.kept.full = true;
                term.kept.kind = kind;
                term.kept.code = code;
        }
        return key_of_code(K_ESC);
}

static struct key character_key(wint_t code)
{
        switch (code) {
        case '\r': case '\n': return key_of_code(K_ENTER);
        case '\t': return key_of_code(K_TAB);
        case '\b': case 0x7F: return key_of_code(K_BACKSPACE);
        case 0x1B: return escape_key();
        case 0: return key_of_code(K_CTRL + '@');
        default: break;
        }
        if (code < ' ')
                return key_of_code(K_CTRL + (uint32_t)code + (code <= 26 ? 'a' - 1 : '@'));
        if (code >= 0x80 && code < 0xA0)
                return key_of_code(K_NONE);
        return (struct key){.kind = KEY_KIND_CHAR, .code = (uint32_t)code};
}

/* The next key without waiting; false when nothing more is pending. K_NONE: something to be ignored. */
static bool input_key(struct key *ret)
{
        struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
        struct timespec now = {0};
        int ready = ppoll(&input, 1, &now, signals_mask_waiting()), left = 0;
        wint_t code;
        if (ready > 0 && input.revents & (POLLHUP | POLLERR | POLLNVAL)) {
                *ret = end_key();
                return true;
        }
        /* the rest of a character cut in two by the line is waited for */
        int kind = read_curses(ready > 0 ? PARTIAL_MS : 0, &code);
        if (kind == ERR && ready > 0 && poll(&input, 1, 0) > 0 && ioctl(STDIN_FILENO, FIONREAD, &left) == 0 &&
            left == 0) { /* readable, but nothing to read: the other end is gone */
                *ret = end_key();
                return true;
        }
        if (kind == ERR)
                return false;
        *ret = kind == KEY_CODE_YES ? named_key((int)code) : character_key(code);
        return true;
}

static void announce_idle(void)
{
        if (term.idle_fd >= 0 && term.unannounced)
                say(term.idle_fd, ".");
        term.unannounced = false;
}

/* Blocks until input, a signal or the deadline; false at the deadline. */
static bool block(int64_t deadline)
{
        struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
        struct timespec left = {0};
        if (deadline >= 0) {
                int64_t ms = deadline - clock_monotonic_ms();
                if (ms <= 0)
                        return false;
                left.tv_sec = ms / 1000;
                left.tv_nsec = ms % 1000 * 1000000;
        }
        ppoll(&input, 1, deadline >= 0 ? &left : NULL, signals_mask_waiting());
        return true;
}

struct key term_wait(int idle_ms)
{
        struct key key;
        int64_t deadline = idle_ms < 0 ? -1 : clock_monotonic_ms() + idle_ms;
        if (!term.screen)
                return (struct key){.kind = KEY_KIND_END};
        for (;;) {
                if (signal_key(&key))
                        return key;
                if (input_key(&key)) {
                        if (key.code != K_NONE || (key.kind != KEY_KIND_CODE && key.kind != KEY_KIND_MOUSE))
                                return key;
                        continue;
                }
                if (signals_any())
                        continue;
                if (idle_ms != 0)
                        announce_idle();
                if (!block(deadline))
                        return (struct key){.kind = KEY_KIND_IDLE};
        }
}
