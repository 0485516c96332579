/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lines in and out.
 *
 * The signals that ask to leave are blocked but while waiting in ppoll(), so
 * that none comes in the middle of a save; a terminal that goes away is an end
 * of input like any other.  What an unfinished last line holds is a line.
 *
 * Arrow keys on a terminal that edits lines itself arrive as escape sequences;
 * they are taken out, and so is every other control character, both ways.
 */
#include "linear_priv.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/utf8.h"

enum { LINE_MAX_BYTES = 65536 };

static const int asks_to_leave[] = {SIGTERM, SIGHUP, SIGINT};
static volatile sig_atomic_t asked;

static struct {
        char bytes[4096];
        size_t at, n;
        bool prompts; /* a person types: show where */
        sigset_t mask_before;
} io;

static void note(int number)
{
        (void)number;
        asked = 1;
}

void linear_open(struct linear *l, struct app *app)
{
        struct sigaction action = {.sa_handler = note};
        sigset_t block;
        *l = (struct linear){.app = app};
        str_init(&l->line);
        asked = 0;
        io.at = io.n = 0;
        io.prompts = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
        sigemptyset(&block);
        for (size_t i = 0; i < ARRAY_LEN(asks_to_leave); i++) {
                sigaddset(&block, asks_to_leave[i]);
                sigaction(asks_to_leave[i], &action, NULL);
        }
        signal(SIGPIPE, SIG_IGN); /* a write that fails tells it */
        sigprocmask(SIG_BLOCK, &block, &io.mask_before);
}

/* The program is on its way out: no signal, not even one already waiting, may cut that short. */
void linear_close(struct linear *l)
{
        fflush(stdout);
        for (size_t i = 0; i < ARRAY_LEN(asks_to_leave); i++)
                signal(asks_to_leave[i], SIG_IGN);
        sigprocmask(SIG_SETMASK, &io.mask_before, NULL);
        str_release(&l->line);
}

bool linear_is_asked_to_leave(void)
{
        sigset_t waiting;
        sigpending(&waiting);
        for (size_t i = 0; i < ARRAY_LEN(asks_to_leave); i++)
                if (sigismember(&waiting, asks_to_leave[i]) == 1)
                        return true;
        return false;
}

/* ---- Out ---- */

static bool is_control(uint32_t code)
{
        return code < 0x20 || (code >= 0x7F && code < 0xA0);
}

void linear_say(struct linear *l, const char *format, ...)
{
        va_list args;
        char *text = NULL, bytes[4];
        uint32_t code;
        va_start(args, format);
        int len = vasprintf(&text, format, args);
        va_end(args);
        const char *rest = len < 0 ? "" : text;
        for (size_t n; (n = utf8_decode(rest, &code)) > 0; rest += n) {
                size_t width = utf8_encode(is_control(code) && code != '\n' ? ' ' : code, bytes);
                fwrite(bytes, 1, width, stdout);
        }
        putchar('\n');
        free(text);
        if (ferror(stdout))
                l->ended = true;
}

void linear_say_err(struct linear *l, const struct err *err)
{
        linear_say(l, "%s", err->text);
}

/* ---- In ---- */

/* More bytes; false at the end. */
static bool fetch(void)
{
        struct pollfd fd = {.fd = STDIN_FILENO, .events = POLLIN};
        while (!asked) {
                int ready = ppoll(&fd, 1, NULL, &io.mask_before);
                if (ready < 0 && errno != EINTR)
                        return false;
                if (ready <= 0)
                        continue;
                ssize_t n = read(STDIN_FILENO, io.bytes, sizeof io.bytes);
                io.at = 0;
                io.n = n > 0 ? (size_t)n : 0;
                if (n >= 0 || errno != EINTR)
                        return n > 0;
        }
        return false;
}

/* Bytes up to the end of the line. False if there were none and no more will come. */
static bool take_bytes(struct linear *l)
{
        bool any = false;
        str_clear(&l->line);
        l->cut = false;
        for (;;) {
                if (io.at == io.n && !fetch())
                        return any && !asked;
                any = true;
                char c = io.bytes[io.at++];
                if (c == '\n')
                        return true;
                if (l->line.len < LINE_MAX_BYTES)
                        str_addc(&l->line, c ? c : ' ');
                else
                        l->cut = true;
        }
}

/* Length of the escape sequence at `text`, 0 if there is none: ESC O letter, ESC [ digits letter, or ESC
 * alone. */
static size_t escape_length(const char *text)
{
        size_t n = 2;
        if (text[0] != 033)
                return 0;
        if (text[1] == '[')
                n += strspn(text + n, "0123456789;?");
        else if (text[1] != 'O')
                return 1;
        return text[n] >= '@' && text[n] <= '~' ? n + 1 : 1;
}

static void clean(struct str *line)
{
        struct str out = STR_INIT;
        char bytes[4];
        uint32_t code;
        for (const char *rest = line->text; *rest;) {
                size_t skip = escape_length(rest);
                if (!skip) {
                        skip = utf8_decode(rest, &code);
                        str_addn(&out, bytes, utf8_encode(is_control(code) ? ' ' : code, bytes));
                }
                rest += skip;
        }
        while (out.len && out.text[out.len - 1] == ' ')
                str_splice(&out, out.len - 1, 1, "", 0);
        str_splice(&out, 0, strspn(out.text, " "), "", 0);
        str_release(line);
        *line = out;
}

/* The terminal shows what is typed, or does not; `before` is what it did. */
static bool hide_typing(const struct linear *l, struct termios *before)
{
        if (!l->unseen || !io.prompts || tcgetattr(STDIN_FILENO, before) != 0)
                return false;
        struct termios silent = *before;
        silent.c_lflag &= ~(tcflag_t)ECHO;
        return tcsetattr(STDIN_FILENO, TCSADRAIN, &silent) == 0;
}

/* The line, seen or not; its end is shown either way. */
static bool take_line(struct linear *l)
{
        struct termios before;
        bool hidden = hide_typing(l, &before), taken = take_bytes(l);
        if (hidden) {
                tcsetattr(STDIN_FILENO, TCSADRAIN, &before);
                putchar('\n');
        }
        return taken;
}

bool linear_read(struct linear *l)
{
        if (io.prompts)
                fputs("> ", stdout);
        if (fflush(stdout) != 0)
                l->ended = true;
        if (l->ended || !take_line(l)) {
                l->ended = true;
                return false;
        }
        clean(&l->line);
        if (l->cut)
                linear_say(l, _("La línea era demasiado larga: se tomó solo su comienzo."));
        return true;
}
