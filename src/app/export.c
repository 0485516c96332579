/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From finalised records to a bundle on the stick: chosen by what the receivers
 * lack (contents.h), built, sealed and verified in a spool inside the data
 * folder, then delivered (sync/bundle.h).
 */
#include "app_priv.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/str.h"
#include "contents.h"
#include "seal.h"

/* Written, and read again from the disk by the code that reads foreign files. */
static enum err_code write_spool(const char *spool, const struct contents *contents, const struct bundle_info *info,
                                 const struct bundle_seal *seal, struct err *err)
{
        struct bundle_info seen;
        struct bundle_writer *writer;
        enum err_code rc = bundle_writer_new(spool, info, seal, &writer, err);
        if (rc != ERR_OK)
                return rc;
        rc = contents_write(contents, writer, err);
        if (rc == ERR_OK)
                rc = bundle_finish(writer, err);
        if (rc == ERR_OK)
                rc = bundle_writer_verify(writer, &seen, err);
        bundle_writer_free(writer);
        return rc;
}

static enum err_code describe(struct app *app, const struct contents *contents, struct bundle_info *info,
                              struct err *err)
{
        char signer[SIGN_PUBLIC_TEXT];
        struct id bundle = id_new(), device = store_device(app->store);
        struct datetime now = clock_now();
        *info = (struct bundle_info){.clock_ok = app->clock_ok, .revisions = contents->revisions,
                                     .records = contents->records, .forms = contents->forms_n,
                                     .have = contents->have, .files = (int64_t)contents->files_n};
        id_format(&bundle, info->bundle);
        id_format(&device, info->from);
        datetime_format(&now, info->when);
        snprintf(info->program, sizeof info->program, "simae %s", SIMAE_VERSION);
        snprintf(info->ugel, sizeof info->ugel, "%s", strlen(app->profile.ugel) < BUNDLE_UGEL ? app->profile.ugel : "");
        if (office_exists(app->dir)) {
                enum err_code rc = office_public(app->dir, info->opens, signer, err);
                if (rc != ERR_OK)
                        return rc;
        }
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

/* ---- In steps ---- */

struct export_job {
        struct app *app;
        struct contents contents;
        struct app_seal seal;
        struct bundle_info info;
        char *spool;
        struct export_result result; /* its path from export_aim() on */
};

/* Whom it is for and what is known of each; without a known receiver, one that lacks all. */
static void take_receivers(struct contents *contents, const struct app_seal *seal)
{
        contents->receivers_n = seal->bundle.recipients_n;
        for (int i = 0; i < contents->receivers_n; i++) {
                const struct store_peer *peer = seal->peers[i];
                contents->receivers[i].peer = peer;
                if (peer)
                        id_parse(peer->device, &contents->receivers[i].device);
        }
        if (contents->receivers_n == 0)
                contents->receivers_n = 1;
}

static enum err_code choose_contents(struct export_job *job, const struct export_options *options, struct err *err)
{
        struct contents *contents = &job->contents;
        *contents = (struct contents){.app = job->app, .back = job->seal.back, .all = options->all,
                                      .reserved = options->reserved || app_seal_only_offices(&job->seal)};
        take_receivers(contents, &job->seal);
        enum err_code rc = store_check_pages(job->app->store, err);
        if (rc == ERR_OK)
                rc = contents_choose(contents, err);
        if (rc == ERR_OK && contents->last_arrival == 0)
                rc = err_set(err, ERR_NOT_FOUND, _("Todavía no hay fichas concluidas que exportar."));
        if (rc == ERR_OK && contents->revisions == 0 && contents->left_out == contents->held)
                rc = err_set(err, ERR_NOT_FOUND, _("Solo hay fichas reservadas, que no se exportan si no se piden."));
        if (rc == ERR_OK && !options->all && !options->anyway && contents_are_news_to_nobody(contents))
                rc = err_set(err, ERR_NO_NEWS, _("No hay nada nuevo que llevar: quien lo recibe ya dijo que lo tiene todo."));
        return rc;
}

enum err_code export_begin(struct app *app, const struct export_options *options, struct export_job **ret, struct err *err)
{
        struct export_job *job = xcalloc(1, sizeof *job);
        job->app = app;
        enum err_code rc = app_seal_init(app, options, &job->seal, err);
        if (rc == ERR_OK)
                rc = choose_contents(job, options, err);
        if (rc == ERR_OK)
                rc = describe(app, &job->contents, &job->info, err);
        if (rc == ERR_OK)
                *ret = job;
        else
                export_free(job);
        return rc;
}

enum err_code export_aim(struct export_job *job, const char *to, struct err *err)
{
        return choose_target(job->app, to, &job->info, &job->result, err);
}

enum err_code export_aim_inside(struct export_job *job, const char *folder, struct err *err)
{
        char name[BUNDLE_NAME];
        bundle_file_name(&job->info, name);
        int len = snprintf(job->result.path, sizeof job->result.path, "%s/%s", folder, name);
        if (len < 0 || (size_t)len >= sizeof job->result.path)
                return err_set(err, ERR_INVALID, _("el nombre de la carpeta de destino es demasiado largo"));
        return ERR_OK;
}

enum err_code export_write(struct export_job *job, struct err *err)
{
        struct stat st;
        char *folder = xasprintf("%s/spool", job->app->dir);
        enum err_code rc = make_folder(folder, err);
        job->spool = xasprintf("%s/%s.simae", folder, job->info.bundle);
        if (rc == ERR_OK)
                rc = write_spool(job->spool, &job->contents, &job->info, &job->seal.bundle, err);
        job->result.bytes = rc == ERR_OK && stat(job->spool, &st) == 0 ? st.st_size : 0;
        free(folder);
        return rc;
}

const char *export_spool(const struct export_job *job)
{
        return job->spool;
}

const char *export_path(const struct export_job *job)
{
        return job->result.path;
}

enum err_code export_note(struct export_job *job, struct export_result *ret, struct err *err)
{
        const struct contents *contents = &job->contents;
        struct store_export done = {.when = job->info.when, .path = job->result.path, .bundle = job->info.bundle,
                                    .revisions = contents->revisions,
                                    .up_to = job->seal.back ? 0 : contents->last_arrival};
        enum err_code rc = store_export_add(job->app->store, &done, err);
        if (rc != ERR_OK)
                return rc;
        job->result.revisions = contents->revisions;
        job->result.records = contents->records;
        job->result.reserved = contents->left_out;
        job->result.held = contents->held - contents->revisions - contents->left_out;
        job->result.back = job->seal.back;
        job->result.offices = job->seal.bundle.recipients_n;
        *ret = job->result;
        return ERR_OK;
}

void export_free(struct export_job *job)
{
        if (!job)
                return;
        if (job->spool)
                unlink(job->spool);
        app_seal_wipe(&job->seal);
        free(job->spool);
        contents_release(&job->contents);
        free(job);
}

enum err_code app_export(struct app *app, const struct export_options *options, struct export_result *ret,
                         struct err *err)
{
        struct export_job *job = NULL;
        enum err_code rc = export_begin(app, options, &job, err);
        if (rc == ERR_OK)
                rc = export_aim(job, options->to, err);
        if (rc == ERR_OK)
                rc = export_write(job, err);
        if (rc == ERR_OK)
                rc = bundle_deliver(export_spool(job), export_path(job), err);
        if (rc == ERR_OK)
                rc = export_note(job, ret, err);
        export_free(job);
        return rc;
}
