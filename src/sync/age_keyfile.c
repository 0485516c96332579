/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files of keys (contract in sync/age.h): the identity files of age-keygen and
 * a passphrase in a file's first line.  They are read whole into locked memory
 * and wiped with it.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "age_priv.h"
#include "io.h"
#include "stream.h"

enum { FILE_MAX = 64 << 10 };

/* ---- Reading ---- */

/* Its bytes and a NUL; to be freed with sodium_free(). */
static enum err_code read_secret_file(const char *path, char **ret, size_t *ret_len, struct err *err)
{
        struct file_source source;
        enum err_code rc = file_source_init(&source, path, err);
        if (rc != ERR_OK)
                return rc;
        char *text = age_secret_alloc(FILE_MAX + 2);
        size_t len;
        rc = source.base.read(&source.base, text, FILE_MAX + 1, &len, err);
        file_source_release(&source);
        if (rc == ERR_OK && len > FILE_MAX)
                rc = err_set(err, ERR_LIMIT, _("«%s» es demasiado grande para ser un archivo de claves"),
                             path);
        else if (rc == ERR_OK && memchr(text, '\0', len))
                rc = err_set(err, ERR_INVALID, _("«%s» no es un archivo de texto; indique otro"), path);
        if (rc != ERR_OK) {
                sodium_free(text);
                return rc;
        }
        text[len] = '\0';
        *ret = text;
        *ret_len = len;
        return ERR_OK;
}

/* The line at *at, ended by a NUL in its place and without blanks at its end; NULL after the last. */
static char *next_line(char **at)
{
        char *line = *at, *end = strchr(line, '\n');
        if (!*line)
                return NULL;
        *at = end ? end + 1 : line + strlen(line);
        if (!end)
                end = *at;
        while (end > line && strchr(" \t\r", end[-1]))
                end--;
        *end = '\0';
        return line;
}

static enum err_code add_lines(struct age_keys *keys, char *text, const char *path, struct err *err)
{
        enum err_code rc = ERR_OK;
        char *line;
        for (int n = 1; rc == ERR_OK && (line = next_line(&text)); n++) {
                struct age_identity identity;
                if (!*line || *line == '#')
                        continue;
                rc = age_identity_parse(line, &identity, err);
                if (rc == ERR_OK)
                        age_keys_add_identity(keys, &identity);
                else
                        err_wrap(err, _("«%s», línea %d"), path, n);
                age_identity_wipe(&identity);
        }
        return rc;
}

/* All or none: first into a list of their own. */
static enum err_code add_identities(struct age_keys *keys, char *text, const char *path, struct err *err)
{
        struct age_keys *found = age_keys_new();
        enum err_code rc = add_lines(found, text, path, err);
        if (rc == ERR_OK && age_keys_identities(found) == 0)
                rc = err_set(err, ERR_INVALID,
                             _("«%s» no contiene ninguna clave; debe tener una línea que empiece con "
                               "AGE-SECRET-KEY-1"),
                             path);
        for (int i = 0; rc == ERR_OK && i < age_keys_identities(found); i++)
                age_keys_add_identity(keys, age_keys_identity(found, i));
        age_keys_free(found);
        return rc;
}

enum err_code age_keys_add_file(struct age_keys *keys, const char *path, struct err *err)
{
        char *text;
        size_t len;
        enum err_code rc = read_secret_file(path, &text, &len, err);
        if (rc != ERR_OK)
                return rc;
        if (age_begins(text, len))
                rc = err_set(
                        err, ERR_INVALID,
                        _("«%s» está cifrado; ábralo primero con su frase y guarde la clave en otro archivo"),
                        path);
        else
                rc = add_identities(keys, text, path, err);
        sodium_free(text);
        return rc;
}

enum err_code age_keys_add_passphrase_file(struct age_keys *keys, const char *path, struct err *err)
{
        char *text;
        size_t len;
        enum err_code rc = read_secret_file(path, &text, &len, err);
        if (rc != ERR_OK)
                return rc;
        size_t end = strcspn(text, "\n");
        if (end > 0 && text[end - 1] == '\r')
                end--;
        text[end] = '\0';
        rc = age_keys_add_passphrase(keys, text, err);
        if (rc != ERR_OK)
                err_wrap(err, "«%s»", path);
        sodium_free(text);
        return rc;
}

enum err_code age_passphrase_read(const char *path, char ret[AGE_PASSPHRASE_MAX + 2], struct err *err)
{
        struct age_keys *keys = age_keys_new();
        enum err_code rc = age_keys_add_passphrase_file(keys, path, err);
        if (rc == ERR_OK)
                strcpy(ret, age_keys_passphrase(keys, 0)); /* no longer than that, or it had not been added */
        age_keys_free(keys);
        return rc;
}

/* ---- Writing ---- */

void age_identity_file_text(const struct age_identity *identity, const struct datetime *when,
                            char out[AGE_IDENTITY_FILE_TEXT])
{
        char date[DATETIME_TEXT], public[AGE_RECIPIENT_TEXT], secret[AGE_IDENTITY_TEXT];
        age_recipient_text(&identity->recipient, public);
        age_identity_text(identity, secret);
        snprintf(out, AGE_IDENTITY_FILE_TEXT, _("# creada: %s\n# clave pública: %s\n%s\n"),
                 datetime_format(when, date), public, secret);
        sodium_memzero(secret, sizeof secret);
}

enum err_code age_identity_save(const char *path, const struct age_identity *identity,
                                const struct datetime *when, struct err *err)
{
        char text[AGE_IDENTITY_FILE_TEXT];
        struct file_sink file;
        enum err_code rc = file_sink_init(&file, path, err);
        if (rc != ERR_OK)
                return rc;
        age_identity_file_text(identity, when, text);
        rc = file.base.write(&file.base, text, strlen(text), err);
        sodium_memzero(text, sizeof text);
        if (rc == ERR_OK)
                rc = file_sink_close(&file, err);
        file_sink_release(&file);
        if (rc != ERR_OK)
                sync_io->unlinkat(AT_FDCWD, path, 0); /* half a key helps nobody */
        return rc;
}
