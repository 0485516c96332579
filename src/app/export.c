/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From finalised records to a bundle on the stick: built, sealed and verified
 * in a spool inside the data folder, then delivered (sync/bundle.h).  Every
 * revision travels, but for reserved ones that others than the offices could
 * read: there is no "sent" flag, so a lost stick costs nothing.
 */
#include "app_priv.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/str.h"
#include "seal.h"

/* What goes in: counted first, since the header comes first. */
struct contents {
        struct hash *forms;
        int forms_n;
        int64_t revisions, records, last_arrival;
        struct app *app;
        bool reserved;   /* reserved ones too */
        int64_t left_out;
        struct bundle_writer *writer;
};

/* What its own answers say. */
static bool was_reserved(struct app *app, const struct store_revision *revision, const struct form *form)
{
        struct err_list mistakes = {0};
        struct app_host host_state;
        json_t *answers;
        if (!form->reserved || revision_answers(revision->body, &answers, NULL) != ERR_OK)
                return form->sensitive;
        struct arena arena = {0};
        struct session_host host = app_session_host(app, &revision->record, &host_state);
        struct session *session = session_new(form, &host);
        session_load_record(session, answers, &mistakes);
        bool yes = session_test(session, form->reserved, &arena);
        session_free(session);
        err_list_release(&mistakes);
        json_decref(answers);
        arena_release(&arena);
        return yes;
}

/* Was it reserved as this revision says, or is the record now? Only forms that know of it are looked into. */
static bool is_reserved(struct app *app, const struct store_revision *revision)
{
        struct arena arena = {0};
        const struct form *form;
        struct store_record view;
        if (app_form_version(app, &revision->form_hash, &form, NULL) != ERR_OK || (!form->sensitive && !form->reserved))
                return false;
        bool yes = was_reserved(app, revision, form) ||
                   (store_record_get(app->store, &revision->record, &arena, &view, NULL) == ERR_OK && view.sensitive);
        arena_release(&arena);
        return yes;
}

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
        if (has_form(contents, &revision->form_hash))
                return;
        contents->forms = xrealloc(contents->forms, (size_t)(contents->forms_n + 1) * sizeof *contents->forms);
        contents->forms[contents->forms_n++] = revision->form_hash;
}

static enum err_code count_each(void *ctx, const struct store_revision *revision, struct err *err)
{
        struct contents *contents = ctx;
        (void)err;
        contents->last_arrival = revision->arrival;
        if (!contents->reserved && is_reserved(contents->app, revision))
                contents->left_out++;
        else
                count_revision(contents, revision);
        return ERR_OK;
}

static enum err_code write_each(void *ctx, const struct store_revision *revision, struct err *err)
{
        struct contents *contents = ctx;
        if (!contents->reserved && is_reserved(contents->app, revision))
                return ERR_OK;
        return bundle_add_revision(contents->writer, &revision->id, revision->body, err);
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

/* What stays here is held all the same: whoever has it need not send it. */
static enum err_code write_have(void *ctx, const struct store_revision *revision, struct err *err)
{
        struct contents *contents = ctx;
        if (contents->reserved || !is_reserved(contents->app, revision))
                return ERR_OK;
        return bundle_add_have(contents->writer, &revision->id, err);
}

static enum err_code fill_bundle(struct app *app, struct contents *contents, struct err *err)
{
        enum err_code rc = write_forms(app, contents, contents->writer, err);
        if (rc == ERR_OK)
                rc = app_each_revision(app, contents->last_arrival, write_each, contents, err);
        if (rc == ERR_OK && contents->left_out > 0)
                rc = app_each_revision(app, contents->last_arrival, write_have, contents, err);
        if (rc == ERR_OK)
                rc = bundle_finish(contents->writer, err);
        return rc;
}

/* Written, and read again from the disk by the code that reads foreign files. */
static enum err_code write_spool(struct app *app, const char *spool, const struct contents *contents,
                                 const struct bundle_info *info, const struct bundle_seal *seal, struct err *err)
{
        struct contents walked = *contents;
        struct bundle_info seen;
        enum err_code rc = bundle_writer_new(spool, info, seal, &walked.writer, err);
        if (rc != ERR_OK)
                return rc;
        rc = fill_bundle(app, &walked, err);
        if (rc == ERR_OK)
                rc = bundle_writer_verify(walked.writer, &seen, err);
        bundle_writer_free(walked.writer);
        return rc;
}

static enum err_code describe(struct app *app, const struct contents *contents, struct bundle_info *info,
                              struct err *err)
{
        struct id bundle = id_new(), device = store_device(app->store);
        struct datetime now = clock_now();
        *info = (struct bundle_info){.clock_ok = app->clock_ok, .revisions = contents->revisions,
                                     .records = contents->records, .forms = contents->forms_n,
                                     .have = contents->left_out};
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

/* ---- In steps ---- */

struct export_job {
        struct app *app;
        struct contents contents;
        struct app_seal seal;
        struct bundle_info info;
        char *spool;
        struct export_result result; /* its path from export_aim() on */
};

static enum err_code count_contents(struct app *app, struct contents *contents, struct err *err)
{
        enum err_code rc = store_check(app->store, err);
        if (rc == ERR_OK)
                rc = app_each_revision(app, 0, count_each, contents, err);
        if (rc == ERR_OK && contents->revisions == 0)
                rc = err_set(err, ERR_NOT_FOUND, contents->left_out
                             ? _("Solo hay fichas reservadas, que no se exportan si no se piden.")
                             : _("Todavía no hay fichas concluidas que exportar."));
        return rc;
}

enum err_code export_begin(struct app *app, const struct export_options *options, struct export_job **ret, struct err *err)
{
        struct export_job *job = xcalloc(1, sizeof *job);
        job->app = app;
        enum err_code rc = app_seal_init(app, options, &job->seal, err);
        job->contents = (struct contents){.app = app, .reserved = options->reserved || app_seal_only_offices(&job->seal)};
        if (rc == ERR_OK)
                rc = count_contents(app, &job->contents, err);
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
                rc = write_spool(job->app, job->spool, &job->contents, &job->info, &job->seal.bundle, err);
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
                                    .revisions = contents->revisions, .up_to = contents->last_arrival};
        enum err_code rc = store_export_add(job->app->store, &done, err);
        if (rc != ERR_OK)
                return rc;
        job->result.revisions = contents->revisions;
        job->result.records = contents->records;
        job->result.reserved = contents->left_out;
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
        free(job->contents.forms);
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
