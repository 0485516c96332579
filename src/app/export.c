/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From finalised records to a bundle on the stick: built and verified in a
 * spool inside the data folder, then delivered (sync/bundle.h).  Every
 * revision travels: there is no "sent" flag, so a lost stick costs nothing.
 */
#include "app_priv.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/str.h"
#include "sync/bundle.h"

/* What goes in: counted first, since the header comes first. */
struct contents {
        struct hash *forms;
        int forms_n;
        int64_t revisions, records, last_arrival;
};

static bool has_form(const struct contents *contents, const struct hash *hash)
{
        for (int i = 0; i < contents->forms_n; i++)
                if (hash_equal(&contents->forms[i], hash))
                        return true;
        return false;
}

static void count_revision(struct contents *contents, const struct store_revision *revision)
{
        contents->revisions++;
        contents->records += revision->parents_n == 0;
        contents->last_arrival = revision->arrival;
        if (has_form(contents, &revision->form_hash))
                return;
        contents->forms = xrealloc(contents->forms, (size_t)(contents->forms_n + 1) * sizeof *contents->forms);
        contents->forms[contents->forms_n++] = revision->form_hash;
}

static enum err_code count_each(void *ctx, const struct store_revision *revision, struct err *err)
{
        (void)err;
        count_revision(ctx, revision);
        return ERR_OK;
}

static enum err_code write_each(void *ctx, const struct store_revision *revision, struct err *err)
{
        return bundle_add_revision(ctx, &revision->id, revision->body, err);
}

static enum err_code write_forms(struct app *app, const struct contents *contents, struct bundle_writer *writer,
                                 struct err *err)
{
        enum err_code rc = ERR_OK;
        for (int i = 0; rc == ERR_OK && i < contents->forms_n; i++) {
                struct arena arena = {0};
                const char *yaml;
                rc = store_form_text(app->store, &contents->forms[i], &arena, &yaml, err);
                if (rc == ERR_OK)
                        rc = bundle_add_form(writer, &contents->forms[i], yaml, err);
                arena_release(&arena);
        }
        return rc;
}

static enum err_code write_spool(struct app *app, const char *spool, const struct contents *contents,
                                 const struct bundle_info *info, struct err *err)
{
        struct bundle_writer *writer;
        enum err_code rc = bundle_writer_new(spool, info, &writer, err);
        if (rc != ERR_OK)
                return rc;
        rc = write_forms(app, contents, writer, err);
        if (rc == ERR_OK)
                rc = app_each_revision(app, contents->last_arrival, write_each, writer, err);
        if (rc == ERR_OK)
                rc = bundle_finish(writer, err);
        bundle_writer_free(writer);
        return rc;
}

static enum err_code describe(struct app *app, const struct contents *contents, struct bundle_info *info,
                              struct err *err)
{
        struct id bundle = id_new(), device = store_device(app->store);
        struct datetime now = clock_now();
        *info = (struct bundle_info){.clock_ok = app->clock_ok, .revisions = contents->revisions,
                                     .records = contents->records, .forms = contents->forms_n};
        id_format(&bundle, info->bundle);
        id_format(&device, info->from);
        datetime_format(&now, info->when);
        snprintf(info->program, sizeof info->program, "simae %s", SIMAE_VERSION);
        return store_bundle_number(app->store, &info->number, err);
}

static bool is_folder(const char *path)
{
        struct stat st;
        return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static enum err_code make_folder(const char *path, struct err *err)
{
        if (mkdir(path, 0700) != 0 && errno != EEXIST)
                return err_set_errno(err, errno, _("no se puede crear la carpeta %s"), path);
        return ERR_OK;
}

static enum err_code choose_target(struct app *app, const char *to, const struct bundle_info *info,
                                   struct export_result *ret, struct err *err)
{
        char name[BUNDLE_NAME];
        char *folder = to ? xstrdup(to) : xasprintf("%s/salida", app->dir);
        enum err_code rc = to ? ERR_OK : make_folder(folder, err);
        bundle_file_name(info, name);
        if (rc == ERR_OK && str_ends(folder, "/") && !is_folder(folder))
                rc = err_set(err, ERR_NOT_FOUND, _("no existe la carpeta %s"), folder);
        if (rc == ERR_OK) {
                const char *slash = str_ends(folder, "/") ? "" : "/";
                int len = is_folder(folder) ? snprintf(ret->path, sizeof ret->path, "%s%s%s", folder, slash, name)
                                            : snprintf(ret->path, sizeof ret->path, "%s", folder);
                if (len < 0 || (size_t)len >= sizeof ret->path)
                        rc = err_set(err, ERR_INVALID, _("el nombre de la carpeta de destino es demasiado largo"));
        }
        free(folder);
        return rc;
}

static enum err_code note_export(struct app *app, const struct bundle_info *info, const struct contents *contents,
                                 const char *path, struct err *err)
{
        struct store_export done = {.when = info->when, .path = path, .bundle = info->bundle,
                                    .revisions = contents->revisions, .up_to = contents->last_arrival};
        return store_export_add(app->store, &done, err);
}

static enum err_code spool_and_deliver(struct app *app, const struct contents *contents, struct export_result *ret,
                                       const char *to, struct err *err)
{
        struct bundle_info info, seen;
        struct stat st;
        enum err_code rc = describe(app, contents, &info, err);
        char *folder = xasprintf("%s/spool", app->dir), *spool = xasprintf("%s/%s.simae", folder, info.bundle);
        if (rc == ERR_OK)
                rc = make_folder(folder, err);
        if (rc == ERR_OK)
                rc = choose_target(app, to, &info, ret, err);
        if (rc == ERR_OK)
                rc = write_spool(app, spool, contents, &info, err);
        if (rc == ERR_OK)
                rc = bundle_read(spool, NULL, &seen, err);
        if (rc == ERR_OK)
                rc = bundle_deliver(spool, ret->path, err);
        if (rc == ERR_OK)
                rc = note_export(app, &info, contents, ret->path, err);
        ret->bytes = stat(ret->path, &st) == 0 ? st.st_size : 0;
        unlink(spool);
        free(spool);
        free(folder);
        return rc;
}

enum err_code app_export(struct app *app, const char *to, struct export_result *ret, struct err *err)
{
        struct contents contents = {0};
        struct export_result result = {0};
        enum err_code rc = store_check(app->store, err);
        if (rc == ERR_OK)
                rc = app_each_revision(app, 0, count_each, &contents, err);
        if (rc == ERR_OK && contents.revisions == 0)
                rc = err_set(err, ERR_NOT_FOUND, _("Todavía no hay fichas concluidas que exportar."));
        if (rc == ERR_OK)
                rc = spool_and_deliver(app, &contents, &result, to, err);
        if (rc == ERR_OK) {
                result.revisions = contents.revisions;
                result.records = contents.records;
                *ret = result;
        }
        free(contents.forms);
        return rc;
}
