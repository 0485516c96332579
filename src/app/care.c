/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Care of the data: deriving the views again, and a report on the installation. */
#include "behind.h"

#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>

#include "base/clock.h"
#include "base/json.h"
#include "derive_many.h"
#include "store/facts.h"

static enum err_code rebuild_all(struct app *app, int64_t *count, struct err *err)
{
        enum err_code rc = facts_begin(app, err); /* which reads the periods of the directory */
        if (rc == ERR_OK)
                rc = store_views_clear(app->store, err);
        if (rc == ERR_OK)
                rc = views_derive_after(app, 0, NULL, NULL, count, err);
        if (rc == ERR_OK)
                rc = behind_forget(app, err);
        return rc == ERR_OK ? store_facts_finish(app->store, err) : rc;
}

enum err_code app_rebuild(struct app *app, int64_t *ret_records, struct err *err)
{
        int64_t count = 0;
        enum err_code rc = store_begin_bulk(app->store, err);
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
