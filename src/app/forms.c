/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Forms in use.  The store keeps every version as self-contained YAML; the
 * folder of forms is only where new ones come from.  At start its files are
 * compared by name, size and time with the last look, and read only if
 * something changed: a start costs a few dozen stat() calls.
 */
#include "app_priv.h"

#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "form/catalog.h"

static bool is_folder(const char *path)
{
        struct stat st;
        return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* Beside the program: build/simae → forms/, bin/simae → share/simae/forms. */
static char *beside_program(void)
{
        static const char *const places[] = {"/../forms", "/../../forms", "/../share/simae/forms"};
        char exe[PATH_MAX];
        ssize_t len = readlink("/proc/self/exe", exe, sizeof exe - 1);
        if (len <= 0)
                return NULL;
        exe[len] = '\0';
        *strrchr(exe, '/') = '\0';
        for (size_t i = 0; i < ARRAY_LEN(places); i++) {
                char *path = xasprintf("%s%s", exe, places[i]);
                if (is_folder(path))
                        return path;
                free(path);
        }
        return NULL;
}

char *app_find_forms_dir(const char *given)
{
        const char *named = getenv("SIMAE_FORMS");
        if (given)
                return xstrdup(given);
        if (named && *named)
                return xstrdup(named);
        char *beside = beside_program();
        return beside ? beside : xstrdup(SIMAE_DATADIR "/forms");
}

/* ---- What the folder looks like ---- */

static int keep_visible(const struct dirent *entry)
{
        return entry->d_name[0] != '.';
}

/* Append "path size time" of every YAML file below `dir`, in order of name. */
static void look(const char *dir, int depth, struct str *out)
{
        struct dirent **entries;
        int n = depth < 8 ? scandir(dir, &entries, keep_visible, alphasort) : -1;
        for (int i = 0; i < n; i++) {
                struct stat st;
                char *path = xasprintf("%s/%s", dir, entries[i]->d_name);
                if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
                        look(path, depth + 1, out);
                else if (str_ends(path, ".yaml"))
                        str_addf(out, "%s %lld %lld.%09ld\n", path, (long long)st.st_size,
                                 (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
                free(path);
                free(entries[i]);
        }
        if (n >= 0)
                free(entries);
}

static void fingerprint(const char *dir, char out[HASH_TEXT])
{
        struct str seen = STR_INIT;
        str_add(&seen, SIMAE_VERSION "\n");
        look(dir, 0, &seen);
        struct hash hash = hash_of(seen.text, seen.len);
        hash_format(&hash, out);
        str_release(&seen);
}

/* ---- Installing ---- */

static const char *origin_name(const char *form, struct arena *arena)
{
        return arena_printf(arena, "form_origin:%s", form);
}

static enum err_code put_form(struct app *app, const struct form *form, const char *origin, struct err *err)
{
        struct arena arena = {0};
        struct str yaml = STR_INIT;
        form_write(form, &yaml);
        struct store_form row = {.hash = hash_of(yaml.text, yaml.len), .id = form->id, .version = form->version,
                                 .title = form->title, .short_title = form->short_title ? form->short_title : "",
                                 .is_entity = form->kind == FORM_ENTITY, .sensitive = form->sensitive,
                                 .current = true};
        enum err_code rc = store_form_put(app->store, &row, yaml.text, err);
        if (rc == ERR_OK)
                rc = store_meta_set(app->store, origin_name(form->id, &arena), origin, err);
        str_release(&yaml);
        arena_release(&arena);
        return rc;
}

/* A form that the UGEL installed itself is not replaced by the program's own. */
static bool is_kept(struct app *app, const char *form)
{
        struct arena arena = {0};
        const char *origin = NULL;
        enum err_code rc = store_meta_get(app->store, origin_name(form, &arena), &arena, &origin, NULL);
        bool kept = rc == ERR_OK && origin && strcmp(origin, "ugel") == 0;
        arena_release(&arena);
        return kept;
}

static enum err_code put_all(struct app *app, const struct form_catalog *catalog, const char *origin,
                             struct err *err)
{
        bool own = strcmp(origin, "programa") == 0;
        for (int i = 0; i < catalog->n; i++) {
                if (own && is_kept(app, catalog->forms[i]->id))
                        continue;
                enum err_code rc = put_form(app, catalog->forms[i], origin, err);
                if (rc != ERR_OK)
                        return rc;
        }
        return ERR_OK;
}

static enum err_code install_own(struct app *app, struct err *err)
{
        struct form_catalog catalog = {0};
        struct err_list mistakes = {0};
        enum err_code rc = form_catalog_load(app->forms_dir, &catalog, &mistakes, err);
        if (rc != ERR_OK)
                return rc;
        rc = put_all(app, &catalog, "programa", err);
        if (mistakes.n > 0)
                snprintf(app->warning, sizeof app->warning,
                         _("Hay fichas con errores que no se instalaron (%d): %.350s"), mistakes.n, mistakes.items[0].text);
        err_list_release(&mistakes);
        form_catalog_release(&catalog);
        return rc;
}

enum err_code app_forms_refresh(struct app *app, struct err *err)
{
        char *now = app->forms_print;
        const char *then;
        struct arena arena = {0};
        if (!is_folder(app->forms_dir)) {
                snprintf(app->warning, sizeof app->warning,
                         _("No se encuentra la carpeta de fichas %.300s; se usan las ya instaladas."), app->forms_dir);
                return ERR_OK;
        }
        fingerprint(app->forms_dir, app->forms_print);
        enum err_code rc = store_meta_get(app->store, "forms_seen", &arena, &then, err);
        bool same = rc == ERR_OK && then && strcmp(then, now) == 0;
        arena_release(&arena);
        if (rc != ERR_OK || same)
                return rc;
        rc = store_begin(app->store, err);
        if (rc != ERR_OK)
                return rc;
        rc = install_own(app, err);
        if (rc == ERR_OK)
                rc = store_meta_set(app->store, "forms_seen", app->warning[0] ? "" : now, err);
        if (rc == ERR_OK)
                rc = store_commit(app->store, err);
        if (rc != ERR_OK)
                store_rollback(app->store);
        return rc;
}

enum err_code app_forms_install(struct app *app, const char *path, struct err_list *mistakes, int *ret_n,
                                struct err *err)
{
        struct form_catalog catalog = {0};
        enum err_code rc = form_catalog_load(path, &catalog, mistakes, err);
        if (rc != ERR_OK)
                return rc;
        if (mistakes->n > 0) {
                form_catalog_release(&catalog);
                return err_set(err, ERR_INVALID, _("hay errores en las fichas; corríjalos y repita. No se instaló nada"));
        }
        rc = store_begin(app->store, err);
        if (rc == ERR_OK) {
                rc = put_all(app, &catalog, "ugel", err);
                if (rc == ERR_OK)
                        rc = indicators_install(app, path, err);
                if (rc == ERR_OK) /* a form may bring another calendar */
                        rc = store_meta_set(app->store, "facts_seen", NULL, err);
                if (rc == ERR_OK)
                        rc = store_commit(app->store, err);
                if (rc != ERR_OK)
                        store_rollback(app->store);
        }
        if (rc == ERR_OK)
                rc = take_waiting(app, err);
        if (rc == ERR_OK)
                *ret_n = catalog.n;
        form_catalog_release(&catalog);
        return rc;
}

/* ---- Using ---- */

enum err_code app_form_version(struct app *app, const struct hash *hash, const struct form **ret, struct err *err)
{
        struct err_list mistakes = {0};
        struct arena arena = {0};
        const char *yaml;
        for (struct loaded_form *f = app->forms; f; f = f->next)
                if (hash_equal(&f->hash, hash)) {
                        *ret = f->form;
                        return ERR_OK;
                }
        enum err_code rc = store_form_text(app->store, hash, &arena, &yaml, err);
        if (rc != ERR_OK)
                return rc;
        struct form *form = form_load_text(yaml, strlen(yaml), _("ficha instalada"), &(struct form_library){0}, &mistakes);
        if (form) {
                struct loaded_form *loaded = xcalloc(1, sizeof *loaded);
                *loaded = (struct loaded_form){.hash = *hash, .form = form, .next = app->forms};
                app->forms = loaded;
                *ret = form;
        } else {
                rc = err_set(err, ERR_INVALID, _("una ficha instalada ya no se entiende: %.300s"),
                             mistakes.n ? mistakes.items[0].text : "");
        }
        err_list_release(&mistakes);
        arena_release(&arena);
        return rc;
}

enum err_code app_form_hash(struct app *app, const char *id, struct hash *ret, struct err *err)
{
        return store_form_current(app->store, id, ret, err);
}

enum err_code app_form(struct app *app, const char *id, const struct form **ret, struct err *err)
{
        struct hash hash;
        enum err_code rc = store_form_current(app->store, id, &hash, err);
        return rc != ERR_OK ? rc : app_form_version(app, &hash, ret, err);
}
