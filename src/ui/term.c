/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The terminal over ncursesw (contract in ui/term.h): opening, closing, waiting.
 *
 * Every signal that matters is blocked but inside ppoll(), and only noted
 * (signals.c); term_wait() turns notes and bytes into keys one at a time.  A
 * byte is read only when ppoll() says there is one, or when curses may keep
 * some from an unfinished escape sequence, so reading never blocks.
 */
#include "term_priv.h"

#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/chart.h"
#include "base/clock.h"
#include "base/mem.h"
#include "signals_priv.h"

#include <term.h> /* after ours: it makes many words macros */

enum { PARTIAL_MS = 100 };

struct terminal term = {.paste = STR_INIT, .idle_fd = -1};

/* ---- Opening and closing ---- */

/* Only the character type: numbers keep their point whatever the country. */
static void choose_utf8(void)
{
        static const char *const tries[] = {"", "C.UTF-8", "es_PE.UTF-8", "en_US.UTF-8"};
        for (size_t i = 0; i < ARRAY_LEN(tries); i++)
                if (setlocale(LC_CTYPE, tries[i]) && strcmp(nl_langinfo(CODESET), "UTF-8") == 0)
                        return;
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
        term_teach_keys();
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
        int kind = term_read(ready > 0 ? PARTIAL_MS : 0, &code);
        if (kind == ERR && ready > 0 && poll(&input, 1, 0) > 0 && ioctl(STDIN_FILENO, FIONREAD, &left) == 0 &&
            left == 0) { /* readable, but nothing to read: the other end is gone */
                *ret = end_key();
                return true;
        }
        if (kind == ERR)
                return false;
        *ret = term_key_of(kind, code);
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
