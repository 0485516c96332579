/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bundles in (contract in app/incoming.h): which files, the spool, and one
 * transaction for each.  The stick is read once, to copy it: what is verified
 * and what goes in are the same bytes, even if it is pulled out meanwhile.
 */
#include "import_priv.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/keys.h"
#include "behind.h"
#include "base/clock.h"
#include "base/str.h"
#include "keys_file_priv.h"
#include "peers.h"

enum { FOLDERS_DEEP = 4, FILES_MAX = 10000 };

struct import_job {
        struct app *app;
        const struct age_keys *keys;
        struct age_keys *own; /* to free; NULL: the caller's */
        struct import_result result;
        struct err first;     /* what was wrong with the first that did not go in */
        import_progress *progress;
        void *ctx;
        char **files;
        int n, room;
        int64_t fresh;        /* revisions that were not here */
        bool folder;
};

/* ---- Which ---- */

static int keep_visible(const struct dirent *entry)
{
        return entry->d_name[0] != '.';
}

static bool is_bundle_name(const char *path)
{
        static const char ending[] = ".simae";
        size_t len = strlen(path);
        return len > sizeof ending && strcasecmp(path + len - (sizeof ending - 1), ending) == 0;
}

static void add_file(struct import_job *all, char *path)
{
        if (all->n == all->room) {
                all->room = all->room ? 2 * all->room : 16;
                all->files = xrealloc(all->files, (size_t)all->room * sizeof *all->files);
        }
        all->files[all->n++] = path;
}

/* Links are not followed: a stick has none, and a folder of them might have no end. */
static void find_files(struct import_job *all, const char *dir, int depth)
{
        struct dirent **entries;
        int n = depth < FOLDERS_DEEP ? scandir(dir, &entries, keep_visible, alphasort) : -1;
        for (int i = 0; i < n; i++) {
                struct stat st;
                char *path = xasprintf("%s/%s", dir, entries[i]->d_name);
                bool found = lstat(path, &st) == 0;
                if (found && S_ISDIR(st.st_mode))
                        find_files(all, path, depth + 1);
                if (found && S_ISREG(st.st_mode) && is_bundle_name(path) && all->n < FILES_MAX) {
                        add_file(all, path);
                        path = NULL;
                }
                free(path);
                free(entries[i]);
        }
        if (n >= 0)
                free(entries);
}

static enum err_code choose_files(struct import_job *all, const char *path, struct err *err)
{
        struct stat st;
        if (stat(path, &st) != 0)
                return err_set_errno(err, errno, _("no se puede leer «%.300s»"), path);
        all->folder = S_ISDIR(st.st_mode);
        if (all->folder)
                find_files(all, path, 0);
        else
                add_file(all, xstrdup(path));
        return all->n ? ERR_OK
                      : err_set(err, ERR_NOT_FOUND, _("En «%.300s» no hay paquetes (archivos que terminan en «.simae»)."), path);
}

/* ---- The spool ---- */

static enum err_code copy_bytes(int from, int to, const char *path, struct err *err)
{
        enum { BLOCK = 1 << 18 };
        char *block = xmalloc(BLOCK);
        enum err_code rc = ERR_OK;
        ssize_t len = 1;
        while (rc == ERR_OK && (len = read(from, block, BLOCK)) > 0)
                for (ssize_t done = 0, put = 0; rc == ERR_OK && done < len; done += put)
                        if ((put = write(to, block + done, (size_t)(len - done))) < 0)
                                rc = err_set_errno(err, errno, _("no se puede copiar «%.200s» a este equipo"), path);
        if (rc == ERR_OK && len < 0)
                rc = err_set_errno(err, errno, _("no se puede leer «%.200s»; revise que la memoria esté conectada"), path);
        free(block);
        return rc;
}

static enum err_code copy_to_spool(const char *path, const char *spool, struct err *err)
{
        struct stat st;
        int from = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
        if (from < 0)
                return err_set_errno(err, errno, _("no se puede leer «%.200s»"), path);
        if (fstat(from, &st) != 0 || !S_ISREG(st.st_mode)) {
                close(from);
                return err_set(err, ERR_INVALID, _("«%.200s» no es un archivo; elija un paquete o una carpeta"), path);
        }
        int to = open(spool, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        if (to < 0) {
                enum err_code rc = err_set_errno(err, errno, _("no se puede escribir en «%.200s»"), spool);
                close(from);
                return rc;
        }
        enum err_code rc = copy_bytes(from, to, path, err);
        if (close(to) != 0 && rc == ERR_OK)
                rc = err_set_errno(err, errno, _("no se puede escribir en «%.200s»"), spool);
        close(from);
        return rc;
}

/* ---- One bundle ---- */

static int by_bytes(const void *a, const void *b)
{
        return memcmp(a, b, HAVE_BYTES);
}

/* In order, each once. */
static void have_list_order(struct have_list *have)
{
        int64_t kept = 0;
        if (have->n > 0)
                qsort(have->items, (size_t)have->n, HAVE_BYTES, by_bytes);
        for (int64_t i = 0; i < have->n; i++)
                if (kept == 0 || by_bytes(have->items[kept - 1], have->items[i]) != 0)
                        memmove(have->items[kept++], have->items[i], HAVE_BYTES);
        have->n = kept;
}

static enum err_code note_bundle(struct taking *taking, struct err *err)
{
        const struct import_counts *counts = &taking->bundle->counts;
        const char *slash = strrchr(taking->bundle->file, '/');
        struct store_import done = {.bundle = taking->info.bundle, .device = taking->info.from, .made = taking->info.when,
                                    .at = taking->at, .file = slash ? slash + 1 : taking->bundle->file,
                                    .added = counts->added, .updated = counts->updated, .known = counts->known,
                                    .waiting = counts->waiting, .rejected = counts->rejected, .number = taking->info.number,
                                    .author = taking->author};
        bool known;
        have_list_order(&taking->have);
        enum err_code rc = store_import_known(taking->app->store, taking->info.bundle, &known, err);
        taking->bundle->again = rc == ERR_OK && known;
        if (rc != ERR_OK || known || (taking->hold && !taking->stranger))
                return rc;
        /* One held was not taken in; what a stranger says is kept, and believed once its key is accepted (peers.h). */
        if (!taking->hold)
                rc = store_import_add(taking->app->store, &done, err);
        if (rc == ERR_OK && !taking->hold)
                rc = app_enrolment_seen(taking->app, &taking->info, err);
        return rc == ERR_OK ? peer_note(taking->app, &taking->info, taking->at, taking->have.items, taking->have.n, err) : rc;
}

/* The bundle holds; it is read once more inside the transaction that begins here. */
enum err_code take_begin(void *ctx, const struct bundle_info *info, struct err *err)
{
        struct taking *taking = ctx;
        struct store *store = taking->app->store;
        int64_t waiting = 0;
        taking->info = *info;
        taking->bundle->device = arena_strdup(taking->texts, info->from);
        taking->bundle->made = arena_strdup(taking->texts, info->when);
        bool vast = info->revisions >= behind_many();
        enum err_code rc = vast ? store_begin_vast(store, err) : store_begin_bulk(store, err);
        taking->begun = rc == ERR_OK;
        if (rc == ERR_OK)
                rc = intake_begin(taking->intake, taking->app, err);
        if (rc == ERR_OK)
                rc = store_waiting_count(store, &waiting, err);
        taking->some_wait = waiting > 0;
        if (rc == ERR_OK)
                rc = hold_judge(taking, err);
        return rc == ERR_OK ? here_begin(&taking->here, taking->app, taking->intake->mark, info->revisions, err) : rc;
}

/* Verified before anything is begun. */
static enum err_code take_verified(struct taking *taking, const char *spool, struct err *err)
{
        struct store *store = taking->app->store;
        struct bundle_sink sink = {.ctx = taking, .begin = take_begin, .form = take_form, .revision = take_revision, .have = take_have,
                                   .file = take_attached};
        enum err_code rc = bundle_read_with(spool, taking->keys, &sink, NULL, err);
        taking->bundle->closed = rc == ERR_REFUSED && !taking->begun && age_asks_passphrase(spool);
        taking->bundle->foreign = rc == ERR_REFUSED && !taking->begun && !taking->bundle->closed;
        if (rc == ERR_OK)
                rc = take_end(taking, err);
        here_release(&taking->here); /* before the list of what its sender holds is put in order beside them */
        if (rc == ERR_OK)
                rc = note_bundle(taking, err);
        if (rc == ERR_OK)
                rc = store_commit(store, err);
        if (rc != ERR_OK && taking->begun)
                store_rollback(store);
        intake_release(taking->intake);
        taking->app->revisions += taking->begun;
        return rc;
}

static enum err_code take_spool(struct taking *taking, const char *spool, struct err *err)
{
        char now_text[DATETIME_TEXT];
        struct datetime now = clock_now();
        taking->at = datetime_format(&now, now_text);
        enum err_code rc = copy_to_spool(taking->bundle->file, spool, err);
        return rc == ERR_OK ? take_verified(taking, spool, err) : rc;
}

/* In a folder of its own, under its own name: that is what sentences about it say. */
static enum err_code take_in_folder(struct taking *taking, const char *folder, struct err *err)
{
        const char *slash = strrchr(taking->bundle->file, '/');
        char *spool = xasprintf("%s/%s", folder, slash ? slash + 1 : taking->bundle->file);
        if (mkdir(folder, 0700) != 0) {
                free(spool);
                return err_set_errno(err, errno, _("no se puede crear la carpeta %s"), folder);
        }
        enum err_code rc = take_spool(taking, spool, err);
        unlink(spool);
        rmdir(folder);
        free(spool);
        return rc;
}

static enum err_code take_file(struct import_job *all, int index, struct err *err)
{
        struct import_bundle *bundle = &all->result.bundles[index];
        struct intake intake = {.app = all->app};
        struct taking taking = {.app = all->app, .intake = &intake, .before = all->fresh, .keys = all->keys, .bundle = bundle,
                                .texts = &all->result.arena, .progress = all->progress, .ctx = all->ctx, .index = index,
                                .bundles_n = all->n};
        struct id random = id_new();
        char name[ID_TEXT];
        char *spools = xasprintf("%s/spool", all->app->dir);
        char *folder = xasprintf("%s/recibido-%s", spools, id_format(&random, name));
        enum err_code rc = mkdir(spools, 0700) != 0 && errno != EEXIST
                                   ? err_set_errno(err, errno, _("no se puede crear la carpeta %s"), spools)
                                   : take_in_folder(&taking, folder, err);
        if (rc != ERR_OK)
                bundle->counts = (struct import_counts){0};
        else
                all->fresh += intake.fresh;
        bundle->id = arena_strdup(&all->result.arena, taking.info.bundle);
        bundle->author = arena_strdup(&all->result.arena, taking.author);
        bundle->number = taking.info.number;
        bundle->revisions = taking.info.revisions;
        free(spools);
        free(folder);
        free(taking.have.items);
        arena_release(&taking.one);
        return rc;
}

/* ---- All of them ---- */

static void add_counts(struct import_result *result, const struct import_bundle *bundle)
{
        result->total.added += bundle->counts.added;
        result->total.updated += bundle->counts.updated;
        result->total.known += bundle->counts.known;
        result->total.waiting += bundle->counts.waiting;
        result->total.rejected += bundle->counts.rejected;
        import_note_reason(&result->waits, bundle->waits, &result->arena);
        import_note_reason(&result->wrong, bundle->wrong, &result->arena);
}

void import_step(struct import_job *job, import_progress *progress, void *ctx)
{
        struct import_result *result = &job->result;
        struct import_bundle *bundle = &result->bundles[result->n];
        struct err one;
        job->progress = progress;
        job->ctx = ctx;
        *bundle = (struct import_bundle){.file = arena_strdup(&result->arena, job->files[result->n]), .device = "", .made = "",
                                         .id = "", .author = "", .sender = "", .waits = "", .wrong = ""};
        if (take_file(job, result->n++, &one) != ERR_OK) {
                bundle->problem = arena_strdup(&result->arena, one.text);
                bool foreign = bundle->foreign && job->folder;
                if (!foreign && result->failed++ == 0)
                        job->first = one;
                result->closed += bundle->closed;
                result->foreign += foreign;
        }
        add_counts(result, bundle);
}

bool import_left(const struct import_job *job)
{
        return job->result.n < job->n;
}

const char *import_next(const struct import_job *job)
{
        return job->files[job->result.n];
}

const struct import_result *import_so_far(const struct import_job *job)
{
        return &job->result;
}

static void job_free(struct import_job *job)
{
        for (int i = 0; i < job->n; i++)
                free(job->files[i]);
        free(job->files);
        age_keys_free(job->own);
        free(job);
}

/* `keys` are the caller's, `own` the job's. */
static enum err_code begin(struct app *app, const char *path, const struct age_keys *keys, struct age_keys *own,
                           struct import_job **ret, struct err *err)
{
        struct import_job *job = xcalloc(1, sizeof *job);
        *job = (struct import_job){.app = app, .keys = keys ? keys : own, .own = own, .result = {.waits = "", .wrong = ""}};
        enum err_code rc = choose_files(job, path, err);
        if (rc != ERR_OK) {
                job_free(job);
                return rc;
        }
        job->result.all = job->n;
        job->result.bundles = ARENA_ARRAY(&job->result.arena, struct import_bundle, job->n);
        *ret = job;
        return ERR_OK;
}

enum err_code import_begin(struct app *app, const char *path, struct age_keys *keys, struct import_job **ret,
                           struct err *err)
{
        struct age_keys *own = keys ? keys : age_keys_new();
        enum err_code rc = keys ? ERR_OK : app_reading_keys(app, own, err);
        if (rc == ERR_OK)
                return begin(app, path, NULL, own, ret, err);
        age_keys_free(own);
        return rc;
}

enum err_code import_end(struct import_job *job, struct import_result *ret, struct err *err)
{
        struct import_result result = job->result;
        enum err_code rc = job->folder || result.failed == 0 ? ERR_OK : job->first.code;
        result.stopped = import_left(job);
        if (rc == ERR_OK)
                *ret = result;
        else if (err)
                *err = job->first;
        if (rc != ERR_OK)
                import_release(&result);
        job_free(job);
        return rc;
}

enum err_code app_import(struct app *app, const char *path, const struct age_keys *keys, import_progress *progress,
                         void *ctx, struct import_result *ret, struct err *err)
{
        struct import_job *job;
        enum err_code rc = keys ? begin(app, path, keys, NULL, &job, err) : import_begin(app, path, NULL, &job, err);
        bool goes_on = true;
        if (rc != ERR_OK)
                return rc;
        while (goes_on && import_left(job)) {
                import_step(job, progress, ctx);
                int n = job->result.n;
                goes_on = !progress || progress(ctx, job->files[n - 1], n, job->n, 0, 0);
        }
        rc = import_end(job, ret, err);
        if (rc != ERR_OK || app->leaves)
                return rc;
        rc = app_catch_up(app, NULL, NULL, err);
        if (rc != ERR_OK)
                import_release(ret);
        return rc;
}

void import_release(struct import_result *result)
{
        arena_release(&result->arena);
        *result = (struct import_result){0};
}
