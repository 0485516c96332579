/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The attached files of a bundle: those that its revisions name, each once,
 * if they are here and are what their names say.  Bodies are looked into only
 * when their form has such a question.
 */
#include "contents.h"

#include <stdlib.h>
#include <string.h>

#include "app/attach.h"
#include "app_priv.h"
#include "base/file.h"
#include "base/json.h"

static bool form_attaches(const struct form *form)
{
        for (int i = 1; i < form->nodes_n; i++)
                if (form->nodes[i].type == NODE_FILE || form->nodes[i].type == NODE_IMAGE)
                        return true;
        return false;
}

static bool is_noted(const struct contents *contents, const struct id *content)
{
        for (size_t i = 0; i < contents->files_n; i++)
                if (id_equal(&contents->files[i].content, content))
                        return true;
        return id_set_has(&contents->files_in, content);
}

static enum err_code note_file(void *ctx, const struct node *node, const char *value, struct err *err)
{
        struct contents *contents = ctx;
        struct new_file file;
        struct hash hash;
        const char *name;
        (void)node, (void)err;
        if (!attached_parse(value, &hash, &name))
                return ERR_OK;
        attached_file(&hash, name, file.name);
        memcpy(file.content.bytes, hash.bytes, sizeof file.content.bytes);
        if (is_noted(contents, &file.content) || !attached_file_here(contents->app, file.name, &file.bytes))
                return ERR_OK;
        if (contents->files_n == contents->files_room) {
                contents->files_room = contents->files_room ? 2 * contents->files_room : 8;
                contents->files = xrealloc(contents->files, contents->files_room * sizeof *contents->files);
        }
        contents->files[contents->files_n++] = file;
        return ERR_OK;
}

static enum err_code look_into(void *ctx, const struct store_body *body, struct err *err)
{
        struct contents *contents = ctx;
        const struct form *form;
        json_t *parsed;
        if (json_read(body->text, strlen(body->text), "", &parsed, NULL) != ERR_OK)
                return ERR_OK; /* writing it says so */
        enum err_code rc = app_form_version(contents->app, &contents->form_attaches, &form, NULL) == ERR_OK
                                   ? attach_each(form, json_object_get(parsed, "f"), note_file, contents, err) : ERR_OK;
        json_decref(parsed);
        return rc;
}

/* A form that this program does not understand names no file that it could find. */
static bool attaches(struct contents *contents, const struct hash *hash)
{
        const struct form *form;
        if (!contents->form_named || !hash_equal(&contents->form_attaches, hash))
                contents->attaches = app_form_version(contents->app, hash, &form, NULL) == ERR_OK && form_attaches(form);
        contents->form_attaches = *hash;
        contents->form_named = true;
        return contents->attaches;
}

enum err_code contents_find_files(struct contents *contents, const struct store_sketch *sketch, struct err *err)
{
        contents->files_n = 0;
        if (!attaches(contents, &sketch->form_hash))
                return ERR_OK;
        return store_bodies(contents->app->store, sketch->arrival, sketch->arrival, look_into, contents, err);
}

enum err_code contents_write_files(const struct contents *contents, struct bundle_writer *writer, struct err *err)
{
        const struct export_part *part = contents_part(contents);
        enum err_code rc = ERR_OK;
        for (size_t i = 0; rc == ERR_OK && i < part->files_n; i++) {
                char *path = xasprintf("%s/adjuntos/%s", contents->app->dir, part->files[i]), *bytes;
                size_t len;
                rc = file_read(path, ATTACHED_MAX, &bytes, &len, err);
                if (rc == ERR_OK) {
                        rc = bundle_add_file(writer, part->files[i], bytes, len, err);
                        free(bytes);
                }
                free(path);
        }
        return rc;
}
