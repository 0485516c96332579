/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a person feels at the keyboard, as "name value unit" lines:
 *
 *      bench_term SIMAE CURSES_PEER FILE_FOR_NANO
 *
 * Every program gets the same pseudo-terminal (80x24, xterm-256color) and they
 * take turns.  A paint is over when nothing more has come for a while; its
 * time is that of its last byte, so waiting for the quiet costs nothing.
 *
 * $SIMAE_HOME must hold one unfinished record with the question that the words
 * below find: the program offers to go on with it, and typing happens there.
 */
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

enum { STARTS = 31, ROUNDS = 5, START_QUIET_MS = 60, KEY_QUIET_MS = 6, PATIENCE_MS = 5000, KEYS_MAX = 1000 };

static const char words[] = "Resolvemos problemas de cantidad con material concreto";

struct program { pid_t pid; int fd; };
struct paint { double ms; long bytes; };
struct samples { double ms[KEYS_MAX], bytes[KEYS_MAX]; int n; };

static struct program spawn(char *const *argv)
{
        struct winsize size = {.ws_row = 24, .ws_col = 80};
        struct program program;
        program.pid = forkpty(&program.fd, NULL, NULL, &size);
        if (program.pid == 0) {
                setenv("TERM", "xterm-256color", 1);
                execvp(argv[0], argv);
                _exit(127);
        }
        if (program.pid < 0) {
                perror("forkpty");
                exit(1);
        }
        return program;
}

/* Everything painted since `start`, until `quiet` ms without a byte. */
static struct paint read_paint(const struct program *program, double start, int quiet)
{
        struct paint paint = {0};
        char block[65536];
        struct pollfd wait = {.fd = program->fd, .events = POLLIN};
        while (poll(&wait, 1, paint.bytes ? quiet : PATIENCE_MS) > 0) {
                ssize_t n = read(program->fd, block, sizeof block);
                if (n <= 0)
                        break;
                paint.bytes += n;
                paint.ms = now_ms() - start;
        }
        return paint;
}

static struct paint press(const struct program *program, const char *key, int quiet)
{
        double start = now_ms();
        if (write(program->fd, key, strlen(key)) < 0)
                perror("write");
        return read_paint(program, start, quiet);
}

/* Leave by the front door: a program that is killed has work to do when it starts again. */
static void end(const struct program *program, const char *keys)
{
        press(program, keys, PATIENCE_MS);
        kill(program->pid, SIGKILL);
        waitpid(program->pid, NULL, 0);
        close(program->fd);
}

static double mean(const double *values, int n)
{
        double sum = 0;
        for (int i = 0; i < n; i++)
                sum += values[i];
        return n ? sum / n : 0;
}

static double start_ms(char *const *argv, const char *leave)
{
        double start = now_ms();
        struct program program = spawn(argv);
        struct paint paint = read_paint(&program, start, START_QUIET_MS);
        end(&program, leave);
        return paint.ms;
}

static void bench_start(char *const *simae, char *const *peer)
{
        static double ours[STARTS], theirs[STARTS];
        for (int i = 0; i < STARTS; i++) {
                ours[i] = start_ms(simae, "\021"); /* ^Q */
                theirs[i] = start_ms(peer, "q");
        }
        printf("start_simae %.2f ms\n", median(ours, STARTS));
        printf("start_peer %.2f ms\n", median(theirs, STARTS));
}

static void type_words(const struct program *program, struct samples *samples)
{
        for (size_t i = 0; words[i]; i++) {
                struct paint paint = press(program, (const char[]){words[i], '\0'}, KEY_QUIET_MS);
                samples->ms[samples->n] = paint.ms;
                samples->bytes[samples->n++] = (double)paint.bytes;
        }
}

static void type_in_simae(char *const *argv, struct samples *samples)
{
        struct program program = spawn(argv);
        read_paint(&program, now_ms(), START_QUIET_MS);
        press(&program, "\r", START_QUIET_MS);   /* go on with the record */
        press(&program, "\006", START_QUIET_MS); /* ^F, go to a question */
        press(&program, "titulo de la ses", START_QUIET_MS);
        press(&program, "\r", START_QUIET_MS);
        press(&program, "x\025", START_QUIET_MS); /* ^U: an empty line */
        type_words(&program, samples);
        end(&program, "\021"); /* ^Q */
}

static void type_in_nano(char *const *argv, struct samples *samples)
{
        struct program program = spawn(argv);
        read_paint(&program, now_ms(), START_QUIET_MS);
        press(&program, "x\177", START_QUIET_MS); /* it says "Modified" once */
        type_words(&program, samples);
        end(&program, "\030n"); /* ^X, do not save */
}

static void bench_keys(char *const *simae, char *const *nano)
{
        static struct samples ours, theirs;
        for (int i = 0; i < ROUNDS; i++) {
                type_in_simae(simae, &ours);
                type_in_nano(nano, &theirs);
        }
        printf("key_simae %.3f ms\n", median(ours.ms, ours.n));
        printf("key_nano %.3f ms\n", median(theirs.ms, theirs.n));
        printf("bytes_simae %.1f B\n", mean(ours.bytes, ours.n));
        printf("bytes_nano %.1f B\n", mean(theirs.bytes, theirs.n));
}

int main(int argc, char **argv)
{
        if (argc != 4) {
                fprintf(stderr, "bench_term SIMAE CURSES_PEER FILE_FOR_NANO\n");
                return 2;
        }
        char *simae[] = {argv[1], NULL}, *peer[] = {argv[2], NULL}, *nano[] = {(char[]){"nano"}, (char[]){"-I"}, argv[3], NULL};
        bench_start(simae, peer);
        bench_keys(simae, nano);
        return 0;
}
