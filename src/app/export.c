/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From finalised records to a bundle on the stick: chosen by what the receivers
 * lack (contents.h), built, sealed and verified in a spool inside the data
 * folder, then delivered (sync/bundle.h).  What is too much for one bundle goes
 * in several, one wholly after the other, so that at any time what was delivered
 * is good and only one is in the spool.
 */
#include "app_priv.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/keys.h"
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
        const struct export_part *part = contents_part(contents);
        char signer[SIGN_PUBLIC_TEXT];
        struct id bundle = id_new(), device = store_device(app->store);
        struct datetime now = clock_now();
        *info = (struct bundle_info){.clock_ok = app->clock_ok, .revisions = part->revisions,
                                     .records = part->records, .forms = part->forms_n,
                                     .have = contents_have(contents), .files = (int64_t)part->files_n};
        id_format(&bundle, info->bundle);
        id_format(&device, info->from);
        datetime_format(&now, info->when);
        snprintf(info->program, sizeof info->program, "simae %s", SIMAE_VERSION);
        app_own_name(app, info->name);
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

static enum err_code take_path(struct export_result *result, char *path, struct err *err)
{
        int len = snprintf(result->path, sizeof result->path, "%s", path);
        free(path);
        if (len < 0 || (size_t)len >= sizeof result->path)
                return err_set(err, ERR_INVALID, _("el nombre de la carpeta de destino es demasiado largo"));
        return ERR_OK;
}

/* «visitas.simae», «visitas-2.simae» … */
static char *numbered_file(const char *path, int part)
{
        size_t len = strlen(path) - (str_ends(path, ".simae") ? strlen(".simae") : 0);
        return part == 0 ? xstrdup(path) : xasprintf("%.*s-%d%s", (int)len, path, part + 1, path + len);
}

static enum err_code choose_target(struct app *app, const char *to, const struct bundle_info *info, int part,
                                   struct export_result *ret, struct err *err)
{
        char name[BUNDLE_NAME];
        char *folder = to ? xstrdup(to) : xasprintf("%s/salida", app->dir);
        enum err_code rc = to ? ERR_OK : make_folder(folder, err);
        bundle_file_name(info, name);
        if (rc == ERR_OK && str_ends(folder, "/") && !is_folder(folder))
                rc = err_set(err, ERR_NOT_FOUND, _("no existe la carpeta %s"), folder);
        if (rc == ERR_OK)
                rc = take_path(ret, !is_folder(folder) ? numbered_file(folder, part)
                                    : xasprintf("%s%s%s", folder, str_ends(folder, "/") ? "" : "/", name), err);
        free(folder);
        return rc;
}

/*
 * How much goes into one bundle, and how much it may be written: it must stay under 1 GiB with all that weighing
 * does not see (contents_parts.c).  $SIMAE_TEST_PART: "5000" or "5000,9000".
 */
static void read_limits(int64_t *part_max, uint64_t *bundle_max)
{
        const char *test = getenv("SIMAE_TEST_PART");
        char *end;
        *part_max = INT64_C(900000000);
        *bundle_max = 0;
        if (!test || !*test)
                return;
        *part_max = strtoll(test, &end, 10);
        *bundle_max = *end == ',' ? strtoull(end + 1, NULL, 10) : 0;
}

/* ---- In steps ---- */

struct export_job {
        struct app *app;
        struct contents contents;
        struct app_seal seal;
        struct bundle_info info;
        struct export_options options; /* only its flags: what it points to is the caller's */
        int64_t *ends;               /* where the parts that went end, if the rest was cut again */
        char *spool;
        int64_t bytes;               /* of the spool */
        char *to;                    /* of export_aim(): the next part goes there too */
        bool aimed;
        struct export_result result; /* of the parts delivered; its path from export_aim() on */
};

/* Whom it is for and what is known of each; without a known receiver, one that lacks all. */
static void take_receivers(struct contents *contents, const struct app_seal *seal)
{
        contents->receivers_n = seal->bundle.recipients_n;
        for (int i = 0; i < contents->receivers_n; i++) {
                const struct store_peer *peer = seal->peers[i];
                contents->receivers[i].peer = peer;
                contents->receivers[i].served = seal->served[i];
                if (peer)
                        id_parse(peer->device, &contents->receivers[i].device);
        }
        if (contents->receivers_n == 0)
                contents->receivers_n = 1;
}

static void prepare_contents(struct export_job *job, struct contents *contents)
{
        *contents = (struct contents){.app = job->app, .back = job->seal.back, .all = job->options.all,
                                      .reserved = job->options.reserved || app_seal_only_offices(&job->seal)};
        read_limits(&contents->part_max, &job->seal.bundle.max);
        take_receivers(contents, &job->seal);
}

static enum err_code choose_contents(struct export_job *job, const struct export_options *options, struct err *err)
{
        struct contents *contents = &job->contents;
        job->options = *options;
        prepare_contents(job, contents);
        enum err_code rc = store_check_outgoing(job->app->store, contents->back || !contents->reserved, err);
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
        enum err_code rc = app_catch_up(app, NULL, NULL, err); /* what is reserved, and whose, is asked of lists too */
        if (rc == ERR_OK)
                rc = app_seal_init(app, options, &job->seal, err);
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
        free(job->to);
        job->to = to ? xstrdup(to) : NULL;
        job->aimed = true;
        return choose_target(job->app, job->to, &job->info, job->contents.at, &job->result, err);
}

enum err_code export_aim_inside(struct export_job *job, const char *folder, struct err *err)
{
        char name[BUNDLE_NAME];
        bundle_file_name(&job->info, name);
        return take_path(&job->result, xasprintf("%s/%s", folder, name), err);
}

static enum err_code aim_again(struct export_job *job, struct err *err)
{
        enum err_code rc = describe(job->app, &job->contents, &job->info, err);
        return rc == ERR_OK && job->aimed
                       ? choose_target(job->app, job->to, &job->info, job->contents.at, &job->result, err) : rc;
}

/* Too much for a bundle after all: what went stays as it is, the rest is cut by its whole length. */
static enum err_code cut_again(struct export_job *job, struct err *err)
{
        struct contents before = job->contents;
        job->ends = xcalloc((size_t)before.at + 1, sizeof *job->ends);
        for (int i = 0; i < before.at; i++)
                job->ends[i] = before.parts[i].last;
        prepare_contents(job, &job->contents);
        job->contents.tight = true;
        job->contents.ends = job->ends;
        job->contents.ends_n = before.at;
        enum err_code rc = contents_choose(&job->contents, err);
        job->contents.at = before.at;
        contents_release(&before);
        return rc == ERR_OK ? aim_again(job, err) : rc;
}

static enum err_code write_part(struct export_job *job, const char *folder, struct err *err)
{
        free(job->spool);
        job->spool = xasprintf("%s/%s.simae", folder, job->info.bundle);
        return write_spool(job->spool, &job->contents, &job->info, &job->seal.bundle, err);
}

enum err_code export_write(struct export_job *job, struct err *err)
{
        struct stat st;
        char *folder = xasprintf("%s/spool", job->app->dir);
        enum err_code rc = make_folder(folder, err);
        if (rc == ERR_OK)
                rc = write_part(job, folder, err);
        if (rc == ERR_LIMIT && !job->contents.tight && contents_part(&job->contents)->revisions > 1) {
                rc = cut_again(job, err);
                if (rc == ERR_OK)
                        rc = write_part(job, folder, err);
        }
        job->bytes = rc == ERR_OK && stat(job->spool, &st) == 0 ? st.st_size : 0;
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
        const struct export_part *part = contents_part(contents);
        struct store_export done = {.when = job->info.when, .path = job->result.path, .bundle = job->info.bundle,
                                    .revisions = part->revisions, .up_to = job->seal.back ? 0 : part->last};
        enum err_code rc = store_export_add(job->app->store, &done, err);
        if (rc != ERR_OK)
                return rc;
        job->result.parts++;
        job->result.bytes += job->bytes;
        job->result.revisions += part->revisions;
        job->result.records = contents->records;
        job->result.reserved = contents->left_out;
        job->result.held = contents->held - contents->revisions - contents->left_out;
        job->result.back = job->seal.back;
        job->result.offices = job->seal.bundle.recipients_n;
        *ret = job->result;
        return ERR_OK;
}

int export_parts(const struct export_job *job, int *ret_done)
{
        *ret_done = job->result.parts;
        return job->contents.parts_n;
}

static void drop_spool(struct export_job *job)
{
        if (job->spool)
                unlink(job->spool);
        free(job->spool);
        job->spool = NULL;
}

enum err_code export_next(struct export_job *job, bool *ret_more, struct err *err)
{
        drop_spool(job);
        *ret_more = job->contents.at + 1 < job->contents.parts_n;
        if (!*ret_more)
                return ERR_OK;
        job->contents.at++;
        return aim_again(job, err);
}

enum err_code export_failed(const struct export_job *job, struct err *err)
{
        if (job->result.parts == 0)
                return err->code;
        return err_wrap(err, _("Paquetes copiados y comprobados, que quedan bien: %d de %d. El siguiente no se pudo"),
                        job->result.parts, job->contents.parts_n);
}

void export_free(struct export_job *job)
{
        if (!job)
                return;
        drop_spool(job);
        app_seal_wipe(&job->seal);
        free(job->to);
        free(job->ends);
        contents_release(&job->contents);
        free(job);
}

/* One after another: what was delivered and noted stays so, whatever happens to the next. */
static enum err_code each_part(struct export_job *job, const struct export_options *options, struct export_result *ret,
                               struct err *err)
{
        enum err_code rc = ERR_OK;
        for (bool more = true; rc == ERR_OK && more;) {
                rc = export_write(job, err);
                if (rc == ERR_OK)
                        rc = bundle_deliver(export_spool(job), export_path(job), err);
                if (rc == ERR_OK)
                        rc = export_note(job, ret, err);
                if (rc == ERR_OK && options->delivered)
                        options->delivered(options->ctx, ret->path);
                if (rc == ERR_OK)
                        rc = export_next(job, &more, err);
        }
        return rc == ERR_OK ? rc : export_failed(job, err);
}

enum err_code app_export(struct app *app, const struct export_options *options, struct export_result *ret,
                         struct err *err)
{
        struct export_job *job = NULL;
        enum err_code rc = export_begin(app, options, &job, err);
        if (rc == ERR_OK)
                rc = export_aim(job, options->to, err);
        if (rc == ERR_OK)
                rc = each_part(job, options, ret, err);
        export_free(job);
        return rc;
}
