/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading a file of keys (contract in app/keys_file.h).  Everything in it is
 * somebody else's until its signature was seen to be right, with the key that it
 * names itself; whether that key is the office's, a person decides.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <sodium.h>

#include "app_priv.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "keys_file_priv.h"
#include "keys_priv.h"

static const char signature[] = "untrusted comment: ", any_version[] = "simae-claves ";

/* ---- Which file ---- */

/* The number in its name: only to choose among several; what counts is the one inside. */
static int64_t number_of(const char *name)
{
        const char *dash = strrchr(name, '-');
        return str_starts(name, KEYS_FILE_PREFIX) && str_ends(name, ".txt") ? strtoll(dash + 1, NULL, 10) : -1;
}

static void look_in(const char *folder, char **ret, int64_t *best)
{
        DIR *dir = opendir(folder);
        for (struct dirent *entry; dir && (entry = readdir(dir));) {
                int64_t number = number_of(entry->d_name);
                if (number <= *best)
                        continue;
                *best = number;
                free(*ret);
                *ret = xasprintf("%s/%s", folder, entry->d_name);
        }
        if (dir)
                closedir(dir);
}

static enum err_code choose(const char *path, char **ret, struct err *err)
{
        struct stat st;
        int64_t best = -1;
        if (stat(path, &st) != 0)
                return err_set_errno(err, errno, _("no se puede leer «%.300s»"), path);
        *ret = NULL;
        if (!S_ISDIR(st.st_mode)) {
                *ret = xstrdup(path);
                return ERR_OK;
        }
        char *inside = xasprintf("%s/SIMAE", path);
        look_in(path, ret, &best);
        look_in(inside, ret, &best);
        free(inside);
        return *ret ? ERR_OK : err_set(err, ERR_NOT_FOUND, _("en «%.300s» no hay claves de una oficina (un archivo SIMAE-CLAVES-….txt); "
                                                             "pídalas a su UGEL"), path);
}

static enum err_code read_whole(const char *path, struct str *out, struct err *err)
{
        char block[4096];
        FILE *file = fopen(path, "re");
        if (!file)
                return err_set_errno(err, errno, _("no se puede abrir «%.300s»"), path);
        for (size_t n; out->len <= KEYS_FILE_MOST && (n = fread(block, 1, sizeof block, file)) > 0;)
                str_addn(out, block, n);
        bool failed = ferror(file);
        fclose(file);
        return failed ? err_set_errno(err, EIO, _("no se puede leer «%.300s»"), path) : ERR_OK;
}

bool keys_file_is(const char *path)
{
        char line[sizeof any_version] = "";
        FILE *file = fopen(path, "re");
        bool is = file && fgets(line, sizeof line, file) && strcmp(line, any_version) == 0;
        if (file)
                fclose(file);
        return is;
}

/* ---- Its lines ---- */

struct reading {
        struct keys_file *file;
        const char *own; /* this laptop's signing key */
        int line;
};

static bool take_signer(const char *key, char out[SIGN_PUBLIC_TEXT])
{
        struct sign_public public;
        if (strlen(key) >= SIGN_PUBLIC_TEXT || sign_public_parse(key, &public, NULL) != ERR_OK)
                return false;
        snprintf(out, SIGN_PUBLIC_TEXT, "%s", key);
        return true;
}

static bool take_office(struct keys_file *file, const char *key, const char *name)
{
        struct age_recipient recipient;
        if (file->offices_n == BUNDLE_RECIPIENTS_MAX || age_recipient_parse(key, &recipient, NULL) != ERR_OK)
                return false;
        struct known_key *office = &file->offices[file->offices_n++];
        *office = (struct known_key){.kind = KNOWN_OFFICE};
        age_recipient_text(&recipient, office->text);
        keys_clean_name(name, office->name);
        return true;
}

static bool take_revoked(struct keys_file *file, const char *key)
{
        file->revoked = xrealloc(file->revoked, (size_t)(file->revoked_n + 1) * sizeof *file->revoked);
        return take_signer(key, file->revoked[file->revoked_n]) && ++file->revoked_n;
}

static bool take_number(const char *text, int64_t *ret)
{
        char *end;
        errno = 0;
        *ret = strtoll(text, &end, 10);
        return *text >= '1' && *text <= '9' && !*end && errno == 0;
}

/* "WORD KEY NAME…"; false if it is a line of ours and wrong. */
static bool take_line(struct reading *r, char *line)
{
        struct keys_file *file = r->file;
        int64_t days;
        char *key = line + strcspn(line, " "), *name;
        if (*key)
                *key++ = '\0';
        name = key + strcspn(key, " ");
        if (*name)
                *name++ = '\0';
        if (strcmp(line, "firma") == 0) {
                keys_clean_name(name, file->name);
                return r->line == 2 && take_signer(key, file->issuer);
        }
        if (strcmp(line, "numero") == 0)
                return take_number(key, &file->number);
        if (strcmp(line, "fecha") == 0)
                return date_parse(key, &days) && snprintf(file->date, sizeof file->date, "%s", key) == KEYS_DATE - 1;
        if (strcmp(line, "oficina") == 0)
                return take_office(file, key, name);
        if (strcmp(line, "acepta") == 0)
                file->accepts |= strcmp(key, r->own) == 0;
        else if (strcmp(line, "retira") == 0)
                file->revokes |= strcmp(key, r->own) == 0;
        return strcmp(line, "retira") != 0 || take_revoked(file, key);
}

static bool take_lines(struct reading *r, char *text)
{
        char *rest;
        for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
                r->line++;
                if (!utf8_valid(line, strlen(line), NULL) || (r->line > 1 && !take_line(r, line)))
                        return false;
        }
        return r->file->issuer[0] && r->file->number > 0 && r->file->offices_n > 0;
}

/* ---- Its signature ---- */

static bool is_signed(const struct keys_file *file, const char *text, size_t body, size_t len)
{
        unsigned char sum[SIGN_SUM];
        struct sign_public key;
        char comment[64];
        if (sign_public_parse(file->issuer, &key, NULL) != ERR_OK)
                return false;
        keys_file_comment(file->number, comment);
        crypto_generichash(sum, sizeof sum, (const unsigned char *)text, body, NULL, 0);
        return minisig_check(text + body, len - body, &key, sum, "simae", comment);
}

/* Where the signature begins, a line of its own; 0 if there is none. */
static size_t body_length(const struct str *text)
{
        const char *found = strstr(text->text, signature);
        return found && found > text->text && found[-1] == '\n' && strlen(text->text) == text->len ? (size_t)(found - text->text) : 0;
}

static enum err_code take(struct app *app, const struct str *text, struct keys_file *file, struct err *err)
{
        char own[SIGN_PUBLIC_TEXT];
        size_t body = body_length(text);
        app_signer(app, own);
        if (str_starts(text->text, any_version) && !str_starts(text->text, KEYS_FILE_FIRST "\n"))
                return err_set(err, ERR_NEWER, _("las claves las escribió una versión más nueva de simae; actualice simae en este equipo"));
        if (!str_starts(text->text, KEYS_FILE_FIRST) || text->len > KEYS_FILE_MOST)
                return err_set(err, ERR_INVALID, _("no es un archivo de claves de una oficina; pida a su UGEL el que hace con «Entregar»"));
        char *lines = xstrndup(text->text, body);
        bool good = body > 0 && take_lines(&(struct reading){file, own, 0}, lines) && is_signed(file, text->text, body, text->len);
        free(lines);
        key_words(file->issuer, file->words);
        return good ? ERR_OK : err_set(err, ERR_CORRUPT, _("está dañado o alguien lo cambió: su firma no corresponde; pida otro a la oficina"));
}

static enum err_code look_at_issuer(struct app *app, struct keys_file *file, struct err *err)
{
        struct keyring ring;
        int64_t last = 0;
        enum err_code rc = keys_file_last(app, file->issuer, &last, err);
        if (rc == ERR_OK && file->number < last)
                rc = err_set(err, ERR_REFUSED, _("es anterior a las claves que esta laptop ya recibió de «%s»; pida las de ahora"), file->name);
        if (rc == ERR_OK)
                rc = keyring_load(app->dir, &ring, err);
        if (rc != ERR_OK)
                return rc;
        const struct known_key *known = keyring_find_key(&ring, file->issuer);
        file->is_known = known && known->kind == KNOWN_ISSUER && !office_exists(app->dir);
        if (app_is_own_key(app, file->issuer))
                rc = err_set(err, ERR_INVALID, _("son las claves de esta misma oficina: llévelas a las laptops"));
        keyring_release(&ring);
        return rc;
}

enum err_code keys_file_read(struct app *app, const char *path, struct keys_file *ret, struct err *err)
{
        struct keys_file file = {0};
        struct str text = STR_INIT;
        char *chosen = NULL;
        enum err_code rc = choose(path, &chosen, err);
        if (rc == ERR_OK)
                rc = read_whole(chosen, &text, err);
        if (rc == ERR_OK) {
                rc = take(app, &text, &file, err);
                if (rc == ERR_OK)
                        rc = look_at_issuer(app, &file, err);
                if (rc != ERR_OK)
                        err_wrap(err, "%s", strrchr(chosen, '/') ? strrchr(chosen, '/') + 1 : chosen);
        }
        if (rc == ERR_OK)
                *ret = file;
        else
                keys_file_release(&file);
        str_release(&text);
        free(chosen);
        return rc;
}

void keys_file_release(struct keys_file *file)
{
        free(file->revoked);
        *file = (struct keys_file){0};
}
