/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * udisksctl, one command after another, never waited for to its end (contract in
 * sync/media.h).  It asks nobody for a password: where the session may not
 * (over ssh, say) it fails at once, and the person is told what to do instead.
 *
 * Its word is not taken for it: a stick counts as unmounted when mountinfo no
 * longer names any of its volumes.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "media_priv.h"

enum { PATIENCE_MS = 60000 };

extern char **environ;

struct media_task {
        struct media_roots roots;
        struct arena arena;
        const char *disk;   /* being ejected; NULL: being opened */
        enum medium_kind kind;
        struct { const char *verb, *device; } commands[32];
        int n, at;
        pid_t running;      /* 0: none */
        int64_t deadline;
        enum media_outcome outcome;
};

static void queue(struct media_task *task, const char *verb, const char *device)
{
        if (task->n < (int)ARRAY_LEN(task->commands)) {
                task->commands[task->n].verb = verb;
                task->commands[task->n++].device = arena_strdup(&task->arena, device);
        }
}

struct media_task *media_open_new(const struct medium *medium)
{
        struct media_task *task = xcalloc(1, sizeof *task);
        queue(task, "mount", medium->device);
        return task;
}

struct media_task *media_eject_new(const struct media_roots *roots, const struct medium *medium)
{
        struct media_task *task = xcalloc(1, sizeof *task);
        int n;
        if (roots)
                task->roots = *roots;
        task->disk = arena_strdup(&task->arena, medium->disk);
        task->kind = medium->kind;
        const struct block *mounted = media_mounted_of(&task->roots, task->disk, &task->arena, &n);
        for (int i = 0; i < n; i++)
                queue(task, "unmount", mounted[i].device);
        for (int i = 0; i < n; i++)
                if (mounted[i].below)
                        queue(task, "lock", mounted[i].below);
        if (task->kind == MEDIUM_USB)
                queue(task, "power-off", arena_printf(&task->arena, "/dev/%s", task->disk));
        return task;
}

/* ---- One command ---- */

/* A session of its own: it neither reads the terminal nor writes on it. 0, or an errno. */
static int start(struct media_task *task)
{
        const char *const words[] = {"udisksctl", task->commands[task->at].verb, "--no-user-interaction", "-b",
                                     task->commands[task->at].device, NULL};
        posix_spawn_file_actions_t files;
        posix_spawnattr_t attributes;
        sigset_t none;
        sigemptyset(&none);
        posix_spawn_file_actions_init(&files);
        posix_spawnattr_init(&attributes);
        posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO);
        posix_spawnattr_setsigmask(&attributes, &none);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID);
        int errnum = posix_spawnp(&task->running, words[0], &files, &attributes, (char *const *)(uintptr_t)words, environ);
        posix_spawn_file_actions_destroy(&files);
        posix_spawnattr_destroy(&attributes);
        if (errnum)
                task->running = 0;
        task->deadline = clock_monotonic_ms() + PATIENCE_MS;
        return errnum;
}

static void stop(struct media_task *task)
{
        if (task->running <= 0)
                return;
        kill(task->running, SIGKILL);
        while (waitpid(task->running, NULL, 0) < 0 && errno == EINTR)
                ;
        task->running = 0;
}

/* Wait for its end, but not long: whoever shows this has keys to look at. */
static void wait_a_little(const struct media_task *task, int ms)
{
        struct pollfd end = {.fd = pidfd_open(task->running, 0), .events = POLLIN};
        if (end.fd < 0)
                return;
        poll(&end, 1, ms);
        close(end.fd);
}

/* True once it has ended; then whether it went well. */
static bool has_ended(struct media_task *task, bool *ret_well)
{
        int status;
        pid_t pid = waitpid(task->running, &status, WNOHANG);
        if (pid == 0 || (pid < 0 && errno == EINTR)) {
                if (clock_monotonic_ms() < task->deadline)
                        return false;
                stop(task);
                *ret_well = false;
                return true;
        }
        task->running = 0;
        *ret_well = pid > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
        return true;
}

/* ---- All of them ---- */

static bool is_mounted_still(struct media_task *task)
{
        int n;
        media_mounted_of(&task->roots, task->disk, &task->arena, &n);
        return n > 0;
}

static enum media_outcome outcome_of(struct media_task *task, bool well)
{
        if (!task->disk)
                return well ? MEDIA_OPENED : MEDIA_FAILED;
        if (is_mounted_still(task))
                return MEDIA_FAILED;
        return well ? MEDIA_REMOVABLE : MEDIA_UNMOUNTED;
}

enum media_outcome media_task_step(struct media_task *task, int wait_ms)
{
        bool well = true;
        if (task->outcome != MEDIA_BUSY)
                return task->outcome;
        if (task->running) {
                wait_a_little(task, wait_ms);
                if (!has_ended(task, &well))
                        return MEDIA_BUSY;
                task->at++;
        }
        if (well && task->at < task->n) {
                well = start(task) == 0;
                if (well)
                        return MEDIA_BUSY;
        }
        return task->outcome = outcome_of(task, well);
}

void media_task_free(struct media_task *task)
{
        if (!task)
                return;
        stop(task);
        arena_release(&task->arena);
        free(task);
}
