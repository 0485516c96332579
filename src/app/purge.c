/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a purge takes out, and the views after it (contract in app/purge.h). */
#include "app/purge.h"

#include "app/keys.h"
#include "app_priv.h"
#include "base/clock.h"
#include "purge_files.h"

/* What the record says now, and words on just that: everything else holds something earlier. */
static bool is_present(struct lineage *lineage, int at)
{
        return at == lineage->head ||
               (lineage->revisions[at].state != RECORD_PURGADO && lineage_above(lineage, at)[lineage->head]);
}

static const struct hash *choose(struct lineage *lineage, enum purge_what what, int *ret_n)
{
        struct hash *ids = ARENA_ARRAY(&lineage->arena, struct hash, lineage->n);
        *ret_n = 0;
        for (int i = 0; i < lineage->n; i++)
                if (lineage->revisions[i].state != RECORD_PURGADO && (what == PURGE_RECORD || !is_present(lineage, i)))
                        ids[(*ret_n)++] = lineage->revisions[i].id;
        return ids;
}

static enum err_code look(struct app *app, const struct id *record, enum purge_what what, struct lineage *ret, struct err *err)
{
        if (!office_exists(app->dir))
                return err_set(err, ERR_REFUSED, _("Solo la oficina purga fichas, y este equipo no tiene las claves de una (se hacen con «simae claves crear»)."));
        enum err_code rc = lineage_read(app, record, NULL, ret, err);
        if (rc != ERR_OK || what == PURGE_RECORD || ret->merged.tips_n == 1)
                return rc;
        lineage_release(ret);
        return err_set(err, ERR_REFUSED, _("La ficha tiene dos versiones vigentes: corríjala o decida el conflicto, y después purgue las anteriores."));
}

enum err_code record_purge_count(struct app *app, const struct id *record, enum purge_what what, int *ret, struct err *err)
{
        struct lineage lineage = {0};
        enum err_code rc = look(app, record, what, &lineage, err);
        if (rc == ERR_OK)
                choose(&lineage, what, ret);
        lineage_release(&lineage);
        return rc;
}

static enum err_code note_draft(struct app *app, const struct id *draft, struct arena *arena, struct purge_files *files, struct err *err)
{
        const char *const *lines;
        int n = 0;
        enum err_code rc = store_draft_log(app->store, draft, arena, &lines, &n, err);
        for (int i = 0; rc == ERR_OK && i < n; i++)
                purge_files_note(files, lines[i]);
        return rc;
}

/* They hold answers too. */
static enum err_code drop_drafts(struct app *app, const struct id *record, struct purge_files *files, struct err *err)
{
        struct arena arena = {0};
        struct store_draft *drafts;
        int n = 0;
        enum err_code rc = store_draft_list(app->store, NULL, &arena, &drafts, &n, err);
        for (int i = 0; rc == ERR_OK && i < n; i++)
                if (id_equal(&drafts[i].record, record)) {
                        rc = note_draft(app, &drafts[i].id, &arena, files, err);
                        if (rc == ERR_OK)
                                rc = store_draft_delete(app->store, &drafts[i].id, err);
                }
        arena_release(&arena);
        return rc;
}

static enum err_code note_revisions(struct app *app, const struct hash *ids, int n, struct purge_files *files, struct err *err)
{
        struct arena arena = {0};
        enum err_code rc = ERR_OK;
        for (int i = 0; rc == ERR_OK && i < n; i++) {
                const char *body = "";
                rc = store_revision_body(app->store, &ids[i], &arena, &body, err);
                purge_files_note(files, body);
                arena_clear(&arena);
        }
        arena_release(&arena);
        return rc;
}

/* Within the transaction; `files` are then those that nothing names any more. */
static enum err_code take_out(struct app *app, const struct id *record, const struct hash *ids, int n, const char *reason,
                              struct purge_files *files, struct err *err)
{
        char at[DATETIME_TEXT];
        struct datetime now = clock_now();
        enum err_code rc = drop_drafts(app, record, files, err);
        if (rc == ERR_OK)
                rc = note_revisions(app, ids, n, files, err);
        if (rc == ERR_OK)
                rc = store_revision_purge(app->store, ids, n, datetime_format(&now, at), reason, err);
        app_cache_clear(app);
        if (rc == ERR_OK)
                rc = view_derive(app, record, NULL, err);
        if (rc == ERR_OK)
                rc = view_refresh_readers(app, record, err);
        return rc == ERR_OK ? purge_files_spare(app, files, err) : rc;
}

static enum err_code purge(struct app *app, const struct id *record, const struct hash *ids, int n, const char *reason,
                           struct err *err)
{
        struct purge_files files = {0};
        enum err_code rc = store_begin(app->store, err);
        if (rc != ERR_OK)
                return rc;
        rc = take_out(app, record, ids, n, reason, &files, err);
        if (rc == ERR_OK)
                rc = store_commit(app->store, err);
        if (rc != ERR_OK)
                store_rollback(app->store);
        app->revisions++;
        app_cache_clear(app);
        if (rc == ERR_OK)
                rc = store_scrub(app->store, err);
        if (rc == ERR_OK)
                rc = purge_files_remove(app, &files, err);
        purge_files_release(&files);
        return rc;
}

enum err_code record_purge(struct app *app, const struct id *record, enum purge_what what, const char *reason, int *ret_n,
                           struct err *err)
{
        struct lineage lineage = {0};
        int n = 0;
        if (str_blank(reason ? reason : ""))
                return err_set(err, ERR_REFUSED, _("Escriba el motivo de la purga: quién la pidió y por qué."));
        enum err_code rc = look(app, record, what, &lineage, err);
        if (rc == ERR_OK) {
                const struct hash *ids = choose(&lineage, what, &n);
                rc = n ? purge(app, record, ids, n, reason, err)
                       : err_set(err, ERR_REFUSED, _("La ficha no tiene versiones anteriores que purgar."));
        }
        lineage_release(&lineage);
        if (rc == ERR_OK)
                *ret_n = n;
        return rc;
}
