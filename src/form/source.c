/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The bytes of a form file, read with limits and checked to be text.
 *
 * Whatever stands at the path (a folder, a pipe, a device, a file of a
 * terabyte) gives one sentence: the size is asked before anything is read and
 * no more than the limit is ever read, even if the file grows meanwhile.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/utf8.h"
#include "mistakes.h"
#include "yaml.h"

#define TOO_BIG _("el archivo tiene más de 16 MiB; divida la lista o el formulario")

/* Line and column, in characters, of byte `at`. */
static void place_of(const char *text, size_t at, int *ret_line, int *ret_column)
{
        int line = 1, column = 1;
        for (size_t i = 0; i < at; i++) {
                if (text[i] == '\n') {
                        line++;
                        column = 1;
                } else if (((unsigned char)text[i] & 0xC0) != 0x80) {
                        column++;
                }
        }
        *ret_line = line;
        *ret_column = column;
}

static bool is_text(const char *text, size_t len, const char *file, struct mistakes *mistakes)
{
        size_t bad;
        int line, column;
        if (utf8_valid(text, len, &bad))
                return true;
        place_of(text, bad, &line, &column);
        if (text[bad] == '\0')
                mistake_in_file(mistakes, ERR_INVALID, file, line, column,
                                _("hay un byte nulo: no es un archivo de texto; guarde el archivo como "
                                  "UTF-8"));
        else
                mistake_in_file(mistakes, ERR_INVALID, file, line, column,
                                _("hay un byte (0x%02X) que no es UTF-8, quizá de Latin-1; guarde el "
                                  "archivo como UTF-8"),
                                (unsigned char)text[bad]);
        return false;
}

static bool is_empty(const char *text, size_t len)
{
        return strspn(text, " \t\r\n") >= len;
}

/* `text` has len + 1 bytes and a NUL at its end, in `arena`. */
static struct source *check(const char *text, size_t len, const char *file, struct arena *arena,
                            struct mistakes *mistakes)
{
        if (len > YAML_TEXT_MAX) {
                mistake_in_file(mistakes, ERR_LIMIT, file, 0, 0, "%s", TOO_BIG);
                return NULL;
        }
        if (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
                text += 3;
                len -= 3;
        }
        if (!is_text(text, len, file, mistakes))
                return NULL;
        if (is_empty(text, len)) {
                mistake_in_file(mistakes, ERR_INVALID, file, 0, 0, _("el archivo está vacío"));
                return NULL;
        }
        struct source *source = ARENA_NEW(arena, struct source);
        source->file = arena_strdup(arena, file);
        source->text = text;
        source->len = len;
        source->arena = arena;
        return source;
}

struct source *source_from_text(const char *text, size_t len, const char *name, struct arena *arena,
                                struct mistakes *mistakes)
{
        if (len > YAML_TEXT_MAX)
                return check("", len, name, arena, mistakes);
        return check(arena_strndup(arena, text, len), len, name, arena, mistakes);
}

static void cannot_read(struct mistakes *mistakes, const char *path, int errnum)
{
        if (errnum == ENOENT)
                mistake_in_file(mistakes, ERR_NOT_FOUND, path, 0, 0, _("no existe el archivo"));
        else
                mistake_in_file(mistakes, ERR_IO, path, 0, 0, _("no se puede leer: %s"), strerror(errnum));
}

static bool is_plain_file(int fd, const char *path, size_t *ret_size, struct mistakes *mistakes)
{
        struct stat st;
        if (fstat(fd, &st) < 0) {
                cannot_read(mistakes, path, errno);
                return false;
        }
        if (S_ISDIR(st.st_mode))
                mistake_in_file(mistakes, ERR_INVALID, path, 0, 0, _("es una carpeta, no un archivo"));
        else if (!S_ISREG(st.st_mode))
                mistake_in_file(mistakes, ERR_INVALID, path, 0, 0,
                                _("no es un archivo común (es una tubería o un dispositivo)"));
        else if (st.st_size > YAML_TEXT_MAX)
                mistake_in_file(mistakes, ERR_LIMIT, path, 0, 0, "%s", TOO_BIG);
        else {
                *ret_size = (size_t)st.st_size;
                return true;
        }
        return false;
}

/* Reads at most `size` bytes; -1 and errno if the system refuses. */
static ssize_t read_all(int fd, char *text, size_t size)
{
        size_t len = 0;
        while (len < size) {
                ssize_t n = read(fd, text + len, size - len);
                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        return -1;
                if (n == 0)
                        break;
                len += (size_t)n;
        }
        return (ssize_t)len;
}

struct source *source_read(const char *path, struct arena *arena, struct mistakes *mistakes)
{
        size_t size;
        /* O_NONBLOCK: opening a pipe that nobody writes to must not wait. */
        int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
        if (fd < 0) {
                cannot_read(mistakes, path, errno);
                return NULL;
        }
        if (!is_plain_file(fd, path, &size, mistakes)) {
                close(fd);
                return NULL;
        }
        char *text = arena_alloc(arena, size + 1);
        ssize_t len = read_all(fd, text, size);
        if (len < 0)
                cannot_read(mistakes, path, errno);
        close(fd);
        return len < 0 ? NULL : check(text, (size_t)len, path, arena, mistakes);
}
