/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * keys/conocidas.txt (contract in app/keys.h): read whole, written whole to
 * another name and renamed, so that a power cut leaves the old or the new.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "app/keys.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "keys_priv.h"
#include "sync/bundle.h"

static const char *const kinds[] = {[KNOWN_OFFICE] = "oficina", [KNOWN_ISSUER] = "emisora", [KNOWN_SIGNER] = "firma",
                                    [KNOWN_REVOKED] = "retirada"};

enum err_code keys_folder(const char *dir, struct err *err)
{
        char *path = xasprintf("%s/keys", dir);
        enum err_code rc = ERR_OK;
        if (mkdir(path, 0700) != 0 && errno != EEXIST)
                rc = err_set_errno(err, errno, _("no se puede crear la carpeta %s"), path);
        free(path);
        return rc;
}

/* ---- One key ---- */

/* What kind of key a text is; ERR_INVALID says why it is none. */
static enum err_code kind_of(const char *text, enum known_kind *ret, struct err *err)
{
        struct age_recipient recipient;
        struct sign_public signer;
        bool signs = str_starts(text, "RW");
        enum err_code rc = signs ? sign_public_parse(text, &signer, err) : age_recipient_parse(text, &recipient, err);
        if (rc == ERR_OK)
                *ret = signs ? KNOWN_SIGNER : KNOWN_OFFICE;
        return rc;
}

/* Names are shown and stand in a line of a file: no control characters. */
void keys_clean_name(const char *name, char out[KNOWN_NAME])
{
        size_t len = 0;
        uint32_t code;
        for (size_t n; (n = utf8_decode(name, &code)) > 0 && len + n < KNOWN_NAME; name += n) {
                if (code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0xfffd)
                        continue;
                memcpy(out + len, name, n);
                len += n;
        }
        out[len] = '\0';
}

static struct known_key *find_text(const struct keyring *ring, const char *text)
{
        for (int i = 0; i < ring->n; i++)
                if (strcmp(ring->items[i].text, text) == 0)
                        return &ring->items[i];
        return NULL;
}

const struct known_key *keyring_find_key(const struct keyring *ring, const char *text)
{
        return find_text(ring, text);
}

const struct known_key *keyring_find(const struct keyring *ring, const char *text)
{
        const struct known_key *found = find_text(ring, text);
        for (int i = 0; !found && i < ring->n; i++) {
                if (!*text || strcmp(ring->items[i].name, text) != 0)
                        continue;
                for (int k = i + 1; k < ring->n; k++)
                        if (strcmp(ring->items[k].name, text) == 0)
                                return NULL;
                found = &ring->items[i];
        }
        return found;
}

int keyring_offices(const struct keyring *ring)
{
        int n = 0;
        for (int i = 0; i < ring->n; i++)
                n += ring->items[i].kind == KNOWN_OFFICE;
        return n;
}

void keyring_release(struct keyring *ring)
{
        free(ring->items);
        *ring = (struct keyring){0};
}

static struct known_key *add(struct keyring *ring)
{
        ring->items = xrealloc(ring->items, (size_t)(ring->n + 1) * sizeof *ring->items);
        ring->items[ring->n] = (struct known_key){0};
        return &ring->items[ring->n++];
}

/* ---- The file ---- */

/* "KIND KEY NAME…" */
static bool take_line(char *line, struct keyring *ring)
{
        char *key = strchr(line, ' '), *name;
        enum known_kind kind = KNOWN_OFFICE, really;
        if (!key)
                return false;
        *key++ = '\0';
        name = strchr(key, ' ');
        if (name)
                *name++ = '\0';
        while (kind <= KNOWN_REVOKED && strcmp(kinds[kind], line) != 0)
                kind++;
        if (kind > KNOWN_REVOKED || kind_of(key, &really, NULL) != ERR_OK || (really == KNOWN_OFFICE) != (kind == KNOWN_OFFICE))
                return false;
        if (find_text(ring, key))
                return true;
        struct known_key *item = add(ring);
        item->kind = kind;
        snprintf(item->text, sizeof item->text, "%s", key);
        keys_clean_name(name ? name : "", item->name);
        return true;
}

static enum err_code take_lines(FILE *file, const char *path, struct keyring *ring, struct err *err)
{
        char line[512];
        for (int n = 1; fgets(line, sizeof line, file); n++) {
                line[strcspn(line, "\r\n")] = '\0';
                if (*line && *line != '#' && !take_line(line, ring))
                        return err_set(err, ERR_CORRUPT,
                                       _("%s, línea %d: no es una clave conocida; borre esa línea y vuelva a aceptar la "
                                         "clave con «simae claves aceptar»"), path, n);
        }
        return ferror(file) ? err_set_errno(err, errno, _("no se puede leer %s"), path) : ERR_OK;
}

enum err_code keyring_load(const char *dir, struct keyring *ret, struct err *err)
{
        char *path = xasprintf("%s/keys/conocidas.txt", dir);
        FILE *file = fopen(path, "re");
        struct keyring ring = {0};
        enum err_code rc = ERR_OK;
        if (file)
                rc = take_lines(file, path, &ring, err);
        else if (errno != ENOENT && errno != ENOTDIR)
                rc = err_set_errno(err, errno, _("no se puede leer %s"), path);
        if (file)
                fclose(file);
        if (rc == ERR_OK)
                *ret = ring;
        else
                keyring_release(&ring);
        free(path);
        return rc;
}

enum err_code keyring_save(const char *dir, const struct keyring *ring, struct err *err)
{
        struct str text = STR_INIT;
        char *path = xasprintf("%s/keys/conocidas.txt", dir);
        for (int i = 0; i < ring->n; i++)
                str_addf(&text, "%s %s %s\n", kinds[ring->items[i].kind], ring->items[i].text, ring->items[i].name);
        enum err_code rc = keys_folder(dir, err);
        if (rc == ERR_OK)
                rc = file_write(path, text.text, text.len, err);
        free(path);
        str_release(&text);
        return rc;
}

/* ---- Changes ---- */

enum err_code keyring_add(struct keyring *ring, const char *text, const char *name, bool issuer, struct err *err)
{
        enum known_kind kind = KNOWN_OFFICE;
        enum err_code rc = kind_of(text, &kind, err);
        struct known_key *item = find_text(ring, text);
        if (rc != ERR_OK)
                return rc;
        /* What an office is does not end because somebody names its key again. */
        if (kind == KNOWN_SIGNER && (issuer || (item && item->kind == KNOWN_ISSUER)))
                kind = KNOWN_ISSUER;
        if (!item && kind == KNOWN_OFFICE && keyring_offices(ring) == BUNDLE_RECIPIENTS_MAX)
                return err_set(err, ERR_LIMIT, _("ya hay %d claves de oficinas, y un paquete no va para más; quite una con «simae "
                                                 "claves quitar»"), BUNDLE_RECIPIENTS_MAX);
        if (!item)
                item = add(ring);
        item->kind = kind;
        snprintf(item->text, sizeof item->text, "%s", text);
        if (*name)
                keys_clean_name(name, item->name);
        return ERR_OK;
}

static enum err_code accept_as(const char *dir, const char *text, const char *name, bool issuer, struct err *err)
{
        struct keyring ring;
        enum err_code rc = keyring_load(dir, &ring, err);
        if (rc != ERR_OK)
                return rc;
        rc = keyring_add(&ring, text, name, issuer, err);
        if (rc == ERR_OK)
                rc = keyring_save(dir, &ring, err);
        keyring_release(&ring);
        return rc;
}

enum err_code keyring_accept(const char *dir, const char *text, const char *name, struct err *err)
{
        return accept_as(dir, text, name, false, err);
}

enum err_code keyring_accept_issuer(const char *dir, const char *text, const char *name, struct err *err)
{
        return accept_as(dir, text, name, true, err);
}

/* The words of a text that begin like a key must be keys: one letter lost in copying is told. */
static enum err_code accept_words(struct keyring *ring, char *text, const char *name, int *n, struct err *err)
{
        char *rest;
        enum err_code rc = ERR_OK;
        for (char *word = strtok_r(text, " \t\r\n", &rest); rc == ERR_OK && word; word = strtok_r(NULL, " \t\r\n", &rest)) {
                if (str_starts(word, "AGE-SECRET-KEY"))
                        return err_set(err, ERR_REFUSED, _("trae una clave secreta, que no debe salir de la oficina; pida solo "
                                                           "lo que escribe «simae claves mostrar»"));
                if (!str_starts(word, "age1") && !(str_starts(word, "RW") && strlen(word) > 40))
                        continue;
                rc = keyring_add(ring, word, name, false, err);
                *n += rc == ERR_OK;
        }
        if (rc == ERR_OK && *n == 0)
                rc = err_set(err, ERR_INVALID, _("no trae ninguna clave age1… ni RW…; pida lo que escribe «simae claves mostrar»"));
        return rc;
}

enum err_code keyring_accept_file(const char *dir, const char *path, const char *name, int *ret_n, struct err *err)
{
        struct keyring ring;
        char text[8192];
        int n = 0;
        FILE *file = fopen(path, "re");
        if (!file)
                return err_set_errno(err, errno, _("no se puede abrir %s"), path);
        size_t len = fread(text, 1, sizeof text - 1, file);
        fclose(file);
        text[len] = '\0';
        enum err_code rc = keyring_load(dir, &ring, err);
        if (rc != ERR_OK)
                return rc;
        rc = accept_words(&ring, text, name, &n, err);
        if (rc != ERR_OK)
                err_wrap(err, "%s", path);
        else
                rc = keyring_save(dir, &ring, err);
        keyring_release(&ring);
        if (rc == ERR_OK)
                *ret_n = n;
        return rc;
}

enum err_code keyring_drop(const char *dir, const char *text, struct err *err)
{
        struct keyring ring;
        enum err_code rc = keyring_load(dir, &ring, err);
        if (rc != ERR_OK)
                return rc;
        const struct known_key *found = keyring_find(&ring, text);
        if (!found) {
                rc = err_set(err, ERR_NOT_FOUND, _("no hay una sola clave «%s»; vea cuáles hay con «simae claves mostrar»"), text);
        } else {
                struct known_key *item = &ring.items[found - ring.items];
                if (item->kind == KNOWN_OFFICE)
                        *item = ring.items[--ring.n];
                else
                        item->kind = KNOWN_REVOKED;
                rc = keyring_save(dir, &ring, err);
        }
        keyring_release(&ring);
        return rc;
}
