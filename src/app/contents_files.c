/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The attached files of a bundle: those that its revisions name, each once,
 * if they are here and are what their names say.  Bodies are looked into only
 * when one of the forms has such a question.
 */
#include "contents.h"

#include <stdlib.h>
#include <string.h>

#include "app/attach.h"
#include "app_priv.h"
#include "base/file.h"
#include "base/json.h"

struct looking {
        struct contents *contents;
        size_t room;
};

bool form_attaches(const struct form *form)
{
        for (int i = 1; i < form->nodes_n; i++)
                if (form->nodes[i].type == NODE_FILE || form->nodes[i].type == NODE_IMAGE)
                        return true;
        return false;
}

static enum err_code note_file(void *ctx, const struct node *node, const char *value, struct err *err)
{
        struct looking *looking = ctx;
        struct contents *contents = looking->contents;
        struct hash hash;
        const char *name;
        (void)node, (void)err;
        if (!attached_parse(value, &hash, &name))
                return ERR_OK;
        if (contents->files_n == looking->room) {
                looking->room = looking->room ? 2 * looking->room : 64;
                contents->files = xrealloc(contents->files, looking->room * sizeof *contents->files);
        }
        attached_file(&hash, name, contents->files[contents->files_n++]);
        return ERR_OK;
}

static enum err_code look_into(void *ctx, const struct hash *id, const char *body, struct err *err)
{
        struct looking *looking = ctx;
        const struct form *form;
        struct hash hash;
        json_t *parsed;
        (void)id;
        if (json_read(body, strlen(body), "", &parsed, NULL) != ERR_OK)
                return ERR_OK; /* writing it says so */
        const char *form_hash = json_string_value(json_object_get(parsed, "form_hash"));
        enum err_code rc = ERR_OK;
        if (form_hash && hash_parse(form_hash, &hash) &&
            app_form_version(looking->contents->app, &hash, &form, NULL) == ERR_OK && form_attaches(form))
                rc = attach_each(form, json_object_get(parsed, "f"), note_file, looking, err);
        json_decref(parsed);
        return rc;
}

static int by_name(const void *a, const void *b)
{
        return strcmp(a, b);
}

static bool same_content(const char *a, const char *b)
{
        return strncmp(a, b, HASH_TEXT - 1) == 0;
}

/* One for each content, of those that are here. */
static void keep_what_is_here(struct contents *contents)
{
        size_t kept = 0;
        if (contents->files_n > 0)
                qsort(contents->files, contents->files_n, sizeof *contents->files, by_name);
        for (size_t i = 0; i < contents->files_n; i++) {
                const char *file = contents->files[i];
                if ((kept == 0 || !same_content(contents->files[kept - 1], file)) && attached_file_here(contents->app, file))
                        memmove(contents->files[kept++], file, sizeof *contents->files);
        }
        contents->files_n = kept;
}

enum err_code contents_find_files(struct contents *contents, struct err *err)
{
        struct looking looking = {.contents = contents};
        if (!contents->attaches)
                return ERR_OK;
        enum err_code rc = contents_each_body(contents, look_into, &looking, err);
        keep_what_is_here(contents);
        return rc;
}

enum err_code contents_write_files(const struct contents *contents, struct bundle_writer *writer, struct err *err)
{
        enum err_code rc = ERR_OK;
        for (size_t i = 0; rc == ERR_OK && i < contents->files_n; i++) {
                char *path = xasprintf("%s/adjuntos/%s", contents->app->dir, contents->files[i]), *bytes;
                size_t len;
                rc = file_read(path, ATTACHED_MAX, &bytes, &len, err);
                if (rc == ERR_OK) {
                        rc = bundle_add_file(writer, contents->files[i], bytes, len, err);
                        free(bytes);
                }
                free(path);
        }
        return rc;
}
