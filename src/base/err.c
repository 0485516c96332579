/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors as values: filling, wrapping and listing them (contract in base/err.h). */
#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* A sentence cut in the middle of a UTF-8 character would print as rubbish. */
static void cut_at_character(char *text, int written)
{
        if (written < ERR_TEXT_MAX)
                return;
        size_t end = ERR_TEXT_MAX - 1;
        while (end > 0 && ((unsigned char)text[end - 1] & 0xC0) == 0x80)
                end--;
        if (end > 0 && ((unsigned char)text[end - 1] & 0xC0) == 0xC0)
                end--;
        text[end] = '\0';
}

static enum err_code fill(struct err *err, enum err_code code, int line, int column, const char *format,
                          va_list args) __attribute__((format(printf, 5, 0)));

static enum err_code fill(struct err *err, enum err_code code, int line, int column,
                          const char *format, va_list args)
{
        if (!err)
                return code;
        char text[ERR_TEXT_MAX];
        int written = vsnprintf(text, sizeof text, format, args);
        cut_at_character(text, written);
        err->code = code;
        err->line = line;
        err->column = column;
        memcpy(err->text, text, sizeof text);
        return code;
}

enum err_code err_set(struct err *err, enum err_code code, const char *format, ...)
{
        va_list args;
        va_start(args, format);
        fill(err, code, 0, 0, format, args);
        va_end(args);
        return code;
}

enum err_code err_set_at(struct err *err, enum err_code code, int line, int column,
                         const char *format, ...)
{
        va_list args;
        va_start(args, format);
        fill(err, code, line, column, format, args);
        va_end(args);
        return code;
}

enum err_code err_wrap(struct err *err, const char *format, ...)
{
        char context[ERR_TEXT_MAX], text[2 * ERR_TEXT_MAX + 2];
        va_list args;
        if (!err)
                return ERR_IO;
        va_start(args, format);
        vsnprintf(context, sizeof context, format, args);
        va_end(args);
        int written = snprintf(text, sizeof text, "%s: %s", context, err->text);
        memcpy(err->text, text, ERR_TEXT_MAX - 1);
        err->text[ERR_TEXT_MAX - 1] = '\0';
        cut_at_character(err->text, written);
        return err->code;
}

/* The reasons that people meet, in their language; strerror() speaks that of the C library. */
static const char *reason(int errnum)
{
        switch (errnum) {
        case ENOENT: return _("no existe");
        case EACCES: case EPERM: return _("no tiene permiso");
        case EEXIST: return _("ya existe");
        case EISDIR: return _("es una carpeta");
        case ENOTDIR: return _("una parte de la ruta no es una carpeta");
        case ENOTEMPTY: return _("la carpeta no está vacía");
        case EROFS: return _("el disco o la memoria es de solo lectura");
        case EIO: case ENXIO: case ENODEV: return _("el disco o la memoria falla o se retiró");
        case EBUSY: case ETXTBSY: return _("otro programa lo está usando");
        case EFBIG: return _("el archivo es demasiado grande para ese disco");
        case ENAMETOOLONG: return _("el nombre es demasiado largo");
        case EMFILE: case ENFILE: return _("hay demasiados archivos abiertos");
        case EPIPE: return _("el programa que lo recibía terminó");
        default: return strerror(errnum);
        }
}

enum err_code err_set_errno(struct err *err, int errnum, const char *format, ...)
{
        char words[ERR_TEXT_MAX];
        va_list args;
        va_start(args, format);
        vsnprintf(words, sizeof words, format, args);
        va_end(args);
        if (errnum == ENOSPC || errnum == EDQUOT)
                return err_set(err, ERR_NO_SPACE, _("%s: no queda espacio en el disco; libere espacio y repita"), words);
        return err_set(err, ERR_IO, "%s: %s", words, reason(errnum));
}

const char *err_code_words(enum err_code code)
{
        static const char *const words[] = {
#define ERR(name, text, when) text,
#include "base/err.def"
#undef ERR
        };
        return words[code];
}

void err_list_release(struct err_list *list)
{
        free(list->items);
        *list = (struct err_list){0};
}

void err_list_add(struct err_list *list, const struct err *err)
{
        if (list->n == list->room) {
                list->room = list->room ? 2 * list->room : 8;
                list->items = xrealloc(list->items, (size_t)list->room * sizeof *list->items);
        }
        list->items[list->n++] = *err;
}
