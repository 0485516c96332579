/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Giving a document to the printer (contract in app/print.h), with the tools
 * that the laptop may have: lpstat and lp of CUPS, and LibreOffice or Chromium
 * to make a PDF of the page.
 *
 * A tool runs with nothing to read, its words kept, and for a limited time: a
 * print service that does not answer may not stop the program.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/print.h"
#include "app_priv.h"
#include "base/clock.h"

extern char **environ;

enum { ASK_MS = 3000, PRINT_MS = 30000, CONVERT_MS = 90000 };

/* ---- Tools ---- */

/* What it says until it ends or `limit_ms` have passed; then it is killed. */
static void read_words(int fd, int64_t limit_ms, pid_t pid, struct str *words)
{
        enum { MOST = 4096 };
        int64_t end = clock_monotonic_ms() + limit_ms;
        char block[512];
        for (;;) {
                int64_t left = end - clock_monotonic_ms();
                struct pollfd wait = {.fd = fd, .events = POLLIN};
                int ready = left > 0 ? poll(&wait, 1, (int)left) : 0;
                if (ready < 0 && errno == EINTR)
                        continue;
                ssize_t n = ready > 0 ? read(fd, block, sizeof block) : 0;
                if (ready == 0)
                        kill(-pid, SIGKILL);
                if (n <= 0)
                        return;
                if (words->len < MOST)
                        str_addn(words, block, (size_t)n);
        }
}

static int spawn(const char *const *argv, int out, pid_t *ret)
{
        posix_spawn_file_actions_t files;
        posix_spawnattr_t how;
        posix_spawn_file_actions_init(&files);
        posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&files, out, STDERR_FILENO);
        posix_spawnattr_init(&how);
        /* A group of its own: helpers that it starts go with it, and Ctrl-C in the terminal is not for it. */
        posix_spawnattr_setflags(&how, POSIX_SPAWN_SETPGROUP);
        posix_spawnattr_setpgroup(&how, 0);
        int failed = posix_spawnp(ret, argv[0], &files, &how, (char *const *)argv, environ);
        posix_spawnattr_destroy(&how);
        posix_spawn_file_actions_destroy(&files);
        return failed;
}

/* True if it ran and ended well. */
static bool run(const char *const *argv, int64_t limit_ms, struct str *words)
{
        int ends[2], status = 0;
        pid_t pid;
        if (pipe2(ends, O_CLOEXEC) != 0)
                return false;
        int failed = spawn(argv, ends[1], &pid);
        close(ends[1]);
        if (!failed) {
                read_words(ends[0], limit_ms, pid, words);
                while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
                        ;
        }
        close(ends[0]);
        return !failed && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* True if there is a program of that name to run. */
static bool is_installed(const char *name)
{
        const char *path = getenv("PATH");
        bool found = false;
        for (const char *at = path ? path : ""; *at && !found; at += strcspn(at, ":"), at += *at == ':') {
                char *file = xasprintf("%.*s/%s", (int)strcspn(at, ":"), at, name);
                found = access(file, X_OK) == 0;
                free(file);
        }
        return found;
}

/* lpstat says «system default destination: NAME», in the language of the laptop, or that there is none, without a colon. */
bool print_has_printer(void)
{
        static const char *const ask[] = {"lpstat", "-d", NULL};
        struct str words = STR_INIT;
        bool found = is_installed("lp") && is_installed("lpstat") && run(ask, ASK_MS, &words) && strchr(words.text, ':');
        str_release(&words);
        return found;
}

/* ---- PDF ---- */

static bool is_there(const char *path)
{
        struct stat st;
        return stat(path, &st) == 0 && st.st_size > 0;
}

static bool convert_with_office(const char *tool, const char *folder, const char *html)
{
        char *profile = xasprintf("-env:UserInstallation=file://%s/oficina", folder);
        const char *const argv[] = {tool, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, html, NULL};
        struct str words = STR_INIT;
        bool done = run(argv, CONVERT_MS, &words);
        str_release(&words);
        free(profile);
        return done;
}

static bool convert_with_browser(const char *tool, const char *folder, const char *html, const char *pdf)
{
        char *profile = xasprintf("--user-data-dir=%s/navegador", folder), *to = xasprintf("--print-to-pdf=%s", pdf),
             *from = xasprintf("file://%s", html);
        const char *const argv[] = {tool, "--headless", "--disable-gpu", "--disable-quic", "--no-first-run",
                                    "--disable-background-networking", "--disable-component-update", "--disable-sync",
                                    "--no-pdf-header-footer", profile, to, from, NULL};
        struct str words = STR_INIT;
        bool done = run(argv, CONVERT_MS, &words);
        str_release(&words);
        free(from);
        free(to);
        free(profile);
        return done;
}

/* With the first tool there is that can. */
static bool make_pdf(const char *folder, const char *html, const char *pdf)
{
        static const char *const browsers[] = {"chromium", "chromium-browser", "google-chrome"};
        static const char *const offices[] = {"libreoffice", "soffice"};
        for (size_t i = 0; i < ARRAY_LEN(browsers); i++)
                if (is_installed(browsers[i]) && convert_with_browser(browsers[i], folder, html, pdf) && is_there(pdf))
                        return true;
        for (size_t i = 0; i < ARRAY_LEN(offices); i++)
                if (is_installed(offices[i]) && convert_with_office(offices[i], folder, html) && is_there(pdf))
                        return true;
        return false;
}

/* ---- The printer ---- */

static enum err_code send(const struct doc *doc, const char *path, struct err *err)
{
        const char *const argv[] = {"lp", "-t", doc->name, "--", path, NULL};
        struct str words = STR_INIT;
        enum err_code rc = ERR_OK;
        if (!run(argv, PRINT_MS, &words)) {
                words.text[words.len ? strcspn(words.text, "\n") : 0] = '\0';
                rc = err_set(err, ERR_REFUSED, _("La impresora no aceptó la ficha: %.200s"),
                             *words.text ? words.text : _("no respondió"));
        }
        str_release(&words);
        return rc;
}

/* The tools leave folders of their own: gone with everything below. */
static void remove_folder(const char *folder)
{
        const char *const argv[] = {"rm", "-rf", "--", folder, NULL};
        struct str words = STR_INIT;
        run(argv, PRINT_MS, &words);
        str_release(&words);
}

static enum err_code print_in(struct app *app, const struct doc *doc, const char *folder, bool *ret_pdf, struct err *err)
{
        char html[PRINT_PATH], text[PRINT_PATH];
        enum err_code rc = print_save(app, doc, "html", folder, html, err);
        if (rc == ERR_OK)
                rc = print_save(app, doc, "texto", folder, text, err);
        if (rc != ERR_OK)
                return rc;
        char *pdf = xasprintf("%s/%s.pdf", folder, doc->name);
        bool is_pdf = make_pdf(folder, html, pdf);
        rc = send(doc, is_pdf ? pdf : text, err);
        free(pdf);
        if (rc == ERR_OK)
                *ret_pdf = is_pdf;
        return rc;
}

enum err_code print_now(struct app *app, const struct doc *doc, bool *ret_pdf, struct err *err)
{
        char *own = realpath(app->dir, NULL);
        if (!own)
                return err_set_errno(err, errno, _("no se puede abrir la carpeta %s"), app->dir);
        char *folder = xasprintf("%s/imprimir-XXXXXX", own);
        enum err_code rc = mkdtemp(folder) ? print_in(app, doc, folder, ret_pdf, err)
                                           : err_set_errno(err, errno, _("no se puede escribir en %s"), own);
        remove_folder(folder);
        free(folder);
        free(own);
        return rc;
}
