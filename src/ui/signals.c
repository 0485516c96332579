/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Signals while the interface has the terminal.
 *
 * They are blocked from signals_take() on and come only inside ppoll(), where a
 * handler notes each; nothing is done in a handler, so no signal can come at a
 * bad moment, and a resize just before waiting is not lost.
 *
 * A crash restores the terminal with plain write() and tcsetattr(), from a
 * string made beforehand, since nothing there may allocate; then it lets the
 * signal do what it would have done.
 */
#include "signals_priv.h"

#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/mem.h"
#include "ui/term.h"

static const int noted[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGCONT, SIGTSTP};
static const int crashes[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE};
static volatile sig_atomic_t came[NSIG];

static struct {
        bool taken, leaving;
        sigset_t mask_before, mask_waiting;
        struct sigaction noted_before[ARRAY_LEN(noted)], crashes_before[ARRAY_LEN(crashes)];
        struct termios modes_before;
        char restore[256]; /* bytes that undo everything */
        char note[512];
} signals;

static void note(int number)
{
        came[number] = 1;
}

static void say(int fd, const char *text)
{
        ssize_t ignored = write(fd, text, strlen(text));
        (void)ignored;
}

/* A signal handler: only async-signal-safe calls. */
static void crashed(int number)
{
        if (signals.taken) {
                say(STDOUT_FILENO, signals.restore);
                tcsetattr(STDIN_FILENO, TCSANOW, &signals.modes_before);
                say(STDERR_FILENO, signals.note);
        }
        for (size_t i = 0; i < ARRAY_LEN(crashes); i++)
                if (crashes[i] == number)
                        sigaction(number, &signals.crashes_before[i], NULL);
        raise(number);
}

static void take_noted(void)
{
        struct sigaction action = {.sa_handler = note};
        sigset_t block;
        sigemptyset(&block);
        for (size_t i = 0; i < ARRAY_LEN(noted); i++) {
                came[noted[i]] = 0;
                sigaddset(&block, noted[i]);
                sigaction(noted[i], &action, &signals.noted_before[i]);
        }
        sigprocmask(SIG_BLOCK, &block, &signals.mask_before);
        signals.mask_waiting = signals.mask_before;
        for (size_t i = 0; i < ARRAY_LEN(noted); i++)
                sigdelset(&signals.mask_waiting, noted[i]);
}

static void take_crashes(void)
{
        static char stack[16384]; /* of its own: the usual one may be what ran out */
        stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
        struct sigaction action = {.sa_handler = crashed, .sa_flags = SA_ONSTACK | SA_NODEFER};
        sigaltstack(&alternate, NULL);
        for (size_t i = 0; i < ARRAY_LEN(crashes); i++)
                sigaction(crashes[i], &action, &signals.crashes_before[i]);
}

void signals_take(void)
{
        tcgetattr(STDIN_FILENO, &signals.modes_before);
        signals.restore[0] = '\0';
        signals.taken = true;
        signals.leaving = false;
        take_noted();
        take_crashes();
}

void signals_give_back(void)
{
        signals.taken = false;
        for (size_t i = 0; i < ARRAY_LEN(crashes); i++)
                sigaction(crashes[i], &signals.crashes_before[i], NULL);
        for (size_t i = 0; i < ARRAY_LEN(noted); i++)
                sigaction(noted[i], &signals.noted_before[i], NULL);
        if (signals.leaving) {
                signal(SIGHUP, SIG_IGN);
                signal(SIGTERM, SIG_IGN);
        }
        sigprocmask(SIG_SETMASK, &signals.mask_before, NULL);
}

const sigset_t *signals_mask_waiting(void)
{
        return &signals.mask_waiting;
}

bool signals_take_one(int number)
{
        bool was = came[number];
        came[number] = 0;
        return was;
}

bool signals_end(void)
{
        return came[SIGTERM] || came[SIGHUP];
}

bool signals_any(void)
{
        for (size_t i = 0; i < ARRAY_LEN(noted); i++)
                if (came[noted[i]])
                        return true;
        return false;
}

void signals_leaving(void)
{
        signals.leaving = true;
}

void crash_restore_add(const char *text)
{
        size_t at = strlen(signals.restore);
        if (!text || text == (const char *)-1)
                return;
        for (; *text && at + 1 < sizeof signals.restore; text++) {
                if (text[0] == '$' && text[1] == '<' && strchr(text, '>')) {
                        text = strchr(text, '>');
                        continue;
                }
                signals.restore[at++] = *text;
        }
        signals.restore[at] = '\0';
}

void term_set_crash_note(const char *sentence)
{
        size_t len = strnlen(sentence, sizeof signals.note - 1);
        memcpy(signals.note, sentence, len);
        signals.note[len] = '\0';
}
