/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Attached files (contract in app/attach.h). */
#include "app/attach.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "app_priv.h"
#include "base/file.h"
#include "base/str.h"
#include "base/utf8.h"

static enum err_code make_folder(struct app *app, struct err *err)
{
        char *folder = xasprintf("%s/adjuntos", app->dir);
        enum err_code rc = ERR_OK;
        if (mkdir(folder, 0700) != 0 && errno != EEXIST)
                rc = err_set_errno(err, errno, _("no se puede crear la carpeta %s"), folder);
        free(folder);
        return rc;
}

/* Here, and what its name says. */
static bool is_kept_of(const char *path, const struct hash *hash, int64_t *ret_size)
{
        char *bytes;
        size_t len;
        if (file_read(path, ATTACHED_MAX, &bytes, &len, NULL) != ERR_OK)
                return false;
        struct hash really = hash_of(bytes, len);
        free(bytes);
        *ret_size = (int64_t)len;
        return hash_equal(&really, hash);
}

static bool is_kept(const char *path, const struct hash *hash)
{
        int64_t size;
        return is_kept_of(path, hash, &size);
}

static enum err_code keep(struct app *app, const char *file, const struct hash *hash, const void *bytes, size_t len,
                          struct err *err)
{
        char *path = xasprintf("%s/adjuntos/%s", app->dir, file);
        enum err_code rc = make_folder(app, err);
        if (rc == ERR_OK && !is_kept(path, hash))
                rc = file_write(path, bytes, len, err);
        free(path);
        return rc;
}

enum err_code app_attach_bytes(struct app *app, const char *file, const void *bytes, size_t len, struct err *err)
{
        struct hash named, really = hash_of(bytes, len);
        if (!attached_is_file(file, &named) || !hash_equal(&named, &really))
                return err_set(err, ERR_CORRUPT, _("el archivo adjunto %.8s… no es el que dice su nombre"), file);
        return keep(app, file, &named, bytes, len, err);
}

const char *attach_whole_path(const char *typed, struct arena *arena)
{
        const char *home = getenv("HOME");
        return home && str_starts(typed, "~/") ? arena_printf(arena, "%s%s", home, typed + 1) : typed;
}

/* The last part of the path, fit for an answer: valid text on one line. */
static const char *own_name(const char *path, struct arena *arena)
{
        const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
        if (!*name || strlen(name) > 200 || !utf8_valid(name, strlen(name), NULL))
                return "archivo";
        char *copy = arena_strdup(arena, name);
        for (char *c = copy; *c; c++)
                if ((unsigned char)*c < ' ' || *c == 0x7f)
                        *c = '_';
        return copy;
}

enum err_code app_attach(struct app *app, const char *path, struct arena *arena, const char **ret, struct err *err)
{
        char file[ATTACHED_FILE], hex[HASH_TEXT], *bytes = NULL;
        struct hash hash;
        size_t len = 0;
        if (attached_parse(path, &hash, NULL)) {
                *ret = arena_strdup(arena, path);
                return ERR_OK;
        }
        const char *whole = attach_whole_path(path, arena), *name = own_name(whole, arena);
        enum err_code rc = file_read(whole, ATTACHED_MAX, &bytes, &len, err);
        if (rc == ERR_OK && len == 0)
                rc = err_set(err, ERR_INVALID, _("%s está vacío; elija otro archivo"), path);
        if (rc == ERR_OK) {
                hash = hash_of(bytes, len);
                rc = keep(app, attached_file(&hash, name, file), &hash, bytes, len, err);
        }
        if (rc == ERR_OK)
                *ret = arena_printf(arena, "%s/%s", hash_format(&hash, hex), name);
        free(bytes);
        return rc;
}

const char *app_attached_path(struct app *app, const char *value, struct arena *arena)
{
        char file[ATTACHED_FILE];
        struct hash hash;
        const char *name;
        if (!attached_parse(value, &hash, &name))
                return NULL;
        return arena_printf(arena, "%s/adjuntos/%s", app->dir, attached_file(&hash, name, file));
}

bool attached_file_here(struct app *app, const char *file, int64_t *ret_size)
{
        struct hash hash;
        char *path = xasprintf("%s/adjuntos/%s", app->dir, file);
        bool here = attached_is_file(file, &hash) && is_kept_of(path, &hash, ret_size);
        free(path);
        return here;
}

bool app_attached_here(struct app *app, const char *value, int64_t *ret_size)
{
        struct arena arena = {0};
        struct stat st;
        const char *path = app_attached_path(app, value, &arena);
        bool here = path && stat(path, &st) == 0 && S_ISREG(st.st_mode);
        if (here && ret_size)
                *ret_size = st.st_size;
        arena_release(&arena);
        return here;
}

static bool is_folder(const char *path)
{
        struct stat st;
        return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* Under its own name in a folder, «2-» and so on before it if another file has that name; or as asked. */
static const char *target(const char *to, const char *name, const struct hash *hash, struct arena *arena)
{
        struct stat st;
        const char *slash = str_ends(to, "/") ? "" : "/";
        if (!is_folder(to))
                return to;
        const char *path = arena_printf(arena, "%s%s%s", to, slash, name);
        for (int i = 2; stat(path, &st) == 0 && !is_kept(path, hash); i++)
                path = arena_printf(arena, "%s%s%d-%s", to, slash, i, name);
        return path;
}

enum err_code app_attached_save(struct app *app, const char *value, const char *to, struct arena *arena,
                                const char **ret_path, struct err *err)
{
        struct hash hash;
        struct stat st;
        const char *name;
        char *bytes;
        size_t len;
        if (!attached_parse(value, &hash, &name))
                return err_set(err, ERR_INVALID, _("la respuesta no es un archivo adjunto"));
        const char *path = target(to, name, &hash, arena);
        if (stat(path, &st) == 0 && !is_kept(path, &hash))
                return err_set(err, ERR_EXISTS, _("ya existe %s; elija otro nombre"), path);
        enum err_code rc = file_read(app_attached_path(app, value, arena), ATTACHED_MAX, &bytes, &len, NULL);
        if (rc != ERR_OK)
                return err_set(err, ERR_NOT_FOUND, _("el archivo «%s» no está en esta laptop; quien lo adjuntó lo tiene"), name);
        struct hash really = hash_of(bytes, len);
        if (hash_equal(&hash, &really))
                rc = file_write(path, bytes, len, err);
        else
                rc = err_set(err, ERR_CORRUPT, _("el archivo «%s» que hay en esta laptop está dañado"), name);
        free(bytes);
        if (rc == ERR_OK)
                *ret_path = path;
        return rc;
}

static enum err_code each_value(const struct node *node, const json_t *json, attach_found *found, void *ctx, struct err *err)
{
        struct hash hash;
        const char *value = json_string_value(json);
        return attached_parse(value, &hash, NULL) ? found(ctx, node, value, err) : ERR_OK;
}

/* Names are the form's own, so rows need no scope: a question is only there where it belongs. */
enum err_code attach_each(const struct form *form, const json_t *answers, attach_found *found, void *ctx, struct err *err)
{
        enum err_code rc = ERR_OK;
        for (int i = 1; rc == ERR_OK && i < form->nodes_n; i++) {
                const struct node *node = &form->nodes[i];
                const json_t *json = json_object_get(answers, node->name);
                if (node->type == NODE_FILE || node->type == NODE_IMAGE)
                        rc = each_value(node, json, found, ctx, err);
                for (size_t row = 0; rc == ERR_OK && node->type == NODE_REPEAT && row < json_array_size(json); row++)
                        rc = attach_each(form, json_array_get(json, row), found, ctx, err);
        }
        return rc;
}
