/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Care of the data: deriving the views again, and a report on the installation. */
#include "app_priv.h"

#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>

#include "base/clock.h"
#include "base/json.h"

/* The head of a record: its revision of the greatest generation, then of the greatest id. */
static const struct store_revision *head_of(const struct store_revision *history, int n)
{
        const struct store_revision *head = &history[0];
        for (int i = 1; i < n; i++)
                if (history[i].gen > head->gen ||
                    (history[i].gen == head->gen && memcmp(history[i].id.bytes, head->id.bytes, HASH_BYTES) > 0))
                        head = &history[i];
        return head;
}

static void read_parent(const char *body, struct store_record *view, struct arena *arena)
{
        json_t *parsed;
        if (json_read(body, strlen(body), "", &parsed, NULL) != ERR_OK)
                return;
        const json_t *parent = json_object_get(parsed, "parent");
        const char *record = json_string_value(json_object_get(parent, "rec"));
        const char *question = json_string_value(json_object_get(parent, "question"));
        if (record && question && id_parse(record, &view->parent))
                view->parent_question = arena_strdup(arena, question);
        json_decref(parsed);
}

static enum err_code rebuild_record(struct app *app, const struct id *record, struct err *err)
{
        struct arena arena = {0};
        struct store_revision *history;
        const struct form *form = NULL;
        json_t *answers = NULL;
        int n;
        enum err_code rc = store_history(app->store, record, &arena, &history, &n, err);
        const struct store_revision *head = rc == ERR_OK ? head_of(history, n) : NULL;
        if (rc == ERR_OK)
                rc = app_form_version(app, &head->form_hash, &form, err);
        if (rc == ERR_OK)
                rc = revision_answers(head->body, &answers, err);
        if (rc == ERR_OK) {
                struct err_list mistakes = {0};
                struct app_host host_state;
                struct session_host host = app_session_host(app, record, &host_state);
                struct session *session = session_new(form, &host);
                session_clear_answers(session);
                session_load_answers(session, answers, &mistakes);
                struct record_derived derived = record_derive(app, session, record, &head->form_hash, &head->id,
                                                              head->state, head->author, &arena);
                read_parent(head->body, &derived.view, &arena);
                rc = store_record_set(app->store, &derived.view, derived.links, derived.links_n, err);
                session_free(session);
                err_list_release(&mistakes);
        }
        json_decref(answers);
        arena_release(&arena);
        return rc;
}

struct rebuilding {
        struct app *app;
        bool entities;
        int64_t count;
};

/* First revisions stand for their records. */
static enum err_code rebuild_each(void *ctx, const struct store_revision *revision, struct err *err)
{
        struct rebuilding *rebuilding = ctx;
        const struct form *form;
        if (revision->parents_n > 0)
                return ERR_OK;
        enum err_code rc = app_form_version(rebuilding->app, &revision->form_hash, &form, err);
        if (rc != ERR_OK || (form->kind == FORM_ENTITY) != rebuilding->entities)
                return rc;
        rebuilding->count++;
        return rebuild_record(rebuilding->app, &revision->record, err);
}

static enum err_code rebuild_kind(struct app *app, bool entities, int64_t *count, struct err *err)
{
        struct rebuilding rebuilding = {.app = app, .entities = entities};
        enum err_code rc = app_each_revision(app, 0, rebuild_each, &rebuilding, err);
        *count += rebuilding.count;
        return rc;
}

/* The directory first, since titles of visits name schools; twice, since a person's may name a school that comes later. */
static enum err_code rebuild_all(struct app *app, int64_t *count, struct err *err)
{
        int64_t again = 0;
        enum err_code rc = store_views_clear(app->store, err);
        if (rc == ERR_OK)
                rc = rebuild_kind(app, true, count, err);
        if (rc == ERR_OK)
                rc = rebuild_kind(app, true, &again, err);
        return rc == ERR_OK ? rebuild_kind(app, false, count, err) : rc;
}

enum err_code app_rebuild(struct app *app, int64_t *ret_records, struct err *err)
{
        int64_t count = 0;
        enum err_code rc = store_begin(app->store, err);
        if (rc != ERR_OK)
                return rc;
        app_cache_clear(app);
        rc = rebuild_all(app, &count, err);
        if (rc == ERR_OK)
                rc = store_commit(app->store, err);
        app_cache_clear(app);
        if (rc != ERR_OK) {
                store_rollback(app->store);
                return rc;
        }
        *ret_records = count;
        return ERR_OK;
}

static void add_counts(json_t *report, const struct store_counts *counts)
{
        json_object_set_new(report, "registros", json_integer(counts->records));
        json_object_set_new(report, "directorio", json_integer(counts->entities));
        json_object_set_new(report, "revisiones", json_integer(counts->revisions));
        json_object_set_new(report, "borradores", json_integer(counts->drafts));
        json_object_set_new(report, "sin_exportar", json_integer(counts->unexported));
        json_object_set_new(report, "bytes", json_integer(counts->bytes));
}

static void add_space(json_t *report, const char *dir)
{
        struct statvfs fs;
        if (statvfs(dir, &fs) == 0)
                json_object_set_new(report, "bytes_libres", json_integer((json_int_t)fs.f_bavail * (json_int_t)fs.f_frsize));
}

enum err_code app_diagnose(struct app *app, json_t **ret, struct err *err)
{
        struct store_counts counts;
        struct arena arena = {0};
        struct store_export last;
        char text[DATETIME_TEXT], device_text[ID_TEXT];
        struct datetime now = clock_now();
        struct id device = store_device(app->store);
        enum err_code rc = store_check(app->store, err);
        if (rc == ERR_OK)
                rc = store_counts(app->store, &counts, err);
        if (rc != ERR_OK)
                return rc;
        json_t *report = json_object();
        json_object_set_new(report, "version", json_string(SIMAE_VERSION));
        json_object_set_new(report, "carpeta", json_string(app->dir));
        json_object_set_new(report, "fichas", json_string(app->forms_dir));
        json_object_set_new(report, "laptop", json_string(id_format(&device, device_text)));
        json_object_set_new(report, "ahora", json_string(datetime_format(&now, text)));
        json_object_set_new(report, "reloj", json_string(app->clock_ok ? "ok" : "dudoso"));
        json_object_set_new(report, "integridad", json_string("ok"));
        json_object_set_new(report, "aviso", app_warning(app) ? json_string(app_warning(app)) : json_null());
        add_counts(report, &counts);
        add_space(report, app->dir);
        bool exported = store_export_last(app->store, &arena, &last, NULL) == ERR_OK;
        json_object_set_new(report, "ultima_exportacion", exported ? json_string(last.when) : json_null());
        arena_release(&arena);
        *ret = report;
        return ERR_OK;
}
