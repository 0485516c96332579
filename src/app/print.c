/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records, drafts and forms as documents, and those as files (contract in app/print.h). */
#include "app/print.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "app_priv.h"
#include "export/paper.h"

/* ---- What the acta asks for ---- */

static const char *post_of(void *ctx, const char *persona, struct arena *arena)
{
        const struct form *form = NULL;
        struct id id;
        const json_t *answers = id_parse(persona, &id) ? app_answers(ctx, &id, &form) : NULL;
        const char *name = answers ? json_string_value(json_object_get(answers, "cargo")) : NULL;
        int node = name ? form_find(form, "cargo") : -1;
        const struct choice *choice = node > 0 && form->nodes[node].list ? choice_list_find(form->nodes[node].list, name) : NULL;
        return choice ? arena_strdup(arena, choice->label) : "";
}

static const struct form *find_form(void *ctx, const char *id)
{
        const struct form *form = NULL;
        return app_form(ctx, id, &form, NULL) == ERR_OK ? form : NULL;
}

/* One that was annulled is not there any more; one that cannot be read is named as lists do. */
static void visit_finalised(struct app *app, const struct id *id, bool sensitive, paper_child_visit *visit, void *to)
{
        struct record_view view;
        if (record_open(app, id, &view, NULL) != ERR_OK)
                return;
        bool shown = sensitive || !view.record.sensitive;
        struct paper_child child = {.form = view.form, .session = shown ? view.session : NULL,
                                    .title = shown ? view.record.title : "", .reserved = view.record.sensitive};
        if (view.record.state != RECORD_ANULADO)
                visit(to, &child);
        record_view_release(&view);
}

static bool is_reserved(struct session *session)
{
        const struct form *form = session_form(session);
        struct arena arena = {0};
        struct value value = form->reserved ? session_eval(session, form->reserved, &arena) : VALUE_NONE;
        bool reserved = form->sensitive || value_to_boolean(&value);
        arena_release(&arena);
        return reserved;
}

static void visit_draft(struct app *app, const struct draft_child *found, bool sensitive, paper_child_visit *visit, void *to)
{
        struct draft *draft;
        if (draft_resume(app, &found->draft, &draft, NULL) != ERR_OK)
                return;
        bool reserved = is_reserved(draft->session), shown = sensitive || !reserved;
        struct paper_child child = {.form = draft->form, .session = shown ? draft->session : NULL,
                                    .title = shown ? found->title : "", .reserved = reserved};
        visit(to, &child);
        draft_free(draft);
}

struct source { struct app *app; struct session *session; struct draft *draft; bool sensitive; };

static void children_of_record(void *ctx, struct place place, paper_child_visit *visit, void *to)
{
        struct source *source = ctx;
        int n;
        const char *const *ids = session_children(source->session, place, &n);
        for (int i = 0; i < n; i++) {
                struct id id;
                if (id_parse(ids[i], &id))
                        visit_finalised(source->app, &id, source->sensitive, visit, to);
        }
}

static void children_of_draft(void *ctx, struct place place, paper_child_visit *visit, void *to)
{
        struct source *source = ctx;
        struct arena arena = {0};
        int n;
        const struct draft_child *children = draft_children(source->draft, place, &arena, &n);
        for (int i = 0; i < n; i++) {
                if (children[i].is_draft)
                        visit_draft(source->app, &children[i], source->sensitive, visit, to);
                else
                        visit_finalised(source->app, &children[i].record, source->sensitive, visit, to);
        }
        arena_release(&arena);
}

static const char *post_in(void *ctx, const char *persona, struct arena *arena)
{
        return post_of(((struct source *)ctx)->app, persona, arena);
}

/* ---- Documents ---- */

static enum err_code refuse_reserved(const char *code, struct err *err)
{
        return err_set(err, ERR_REFUSED, _("Esta ficha es reservada y no se imprime así. Si tiene autorización, use "
                                           "«simae ficha %s --sensibles» y guarde el papel donde nadie más lo vea."), code);
}

enum err_code print_record(struct app *app, const struct id *record, bool sensitive, struct doc *ret, struct err *err)
{
        struct record_view view;
        char code[CODE_TEXT];
        enum err_code rc = record_open(app, record, &view, err);
        if (rc != ERR_OK)
                return rc;
        id_code(record, code);
        struct source source = {.app = app, .session = view.session, .sensitive = sensitive};
        struct paper_record paper = {.session = view.session, .sensitive = sensitive, .reserved = view.record.sensitive,
                                     .title = view.record.title, .code = code, .state = record_state_word(view.record.state),
                                     .mark = view.record.state == RECORD_ANULADO ? _("Anulado") : "", .ctx = &source,
                                     .children = children_of_record, .post = post_in};
        if (view.record.sensitive && !sensitive)
                rc = refuse_reserved(code, err);
        else
                paper_acta(&paper, ret);
        record_view_release(&view);
        return rc;
}

enum err_code print_draft(struct draft *draft, bool sensitive, struct doc *ret, struct err *err)
{
        struct arena arena = {0};
        bool reserved = is_reserved(draft->session);
        if (reserved && !sensitive)
                return err_set(err, ERR_REFUSED, _("Esta ficha es reservada: no se imprime mientras no esté concluida."));
        struct source source = {.app = draft->app, .session = draft->session, .draft = draft, .sensitive = sensitive};
        struct paper_record paper = {.session = draft->session, .sensitive = sensitive, .reserved = reserved,
                                     .title = record_session_title(draft->session, &arena), .code = "", .state = "",
                                     .mark = _("Borrador"), .ctx = &source, .children = children_of_draft, .post = post_in};
        paper_acta(&paper, ret);
        arena_release(&arena);
        return ERR_OK;
}

enum err_code print_blank(struct app *app, const char *form, struct doc *ret, struct err *err)
{
        const struct form *found;
        enum err_code rc = app_form(app, form, &found, err);
        if (rc == ERR_OK)
                paper_blank(found, find_form, app, ret);
        return rc;
}

/* ---- Files ---- */

/* The folder to write in, malloc'ed; NULL with the reason in `err`. */
static char *find_folder(struct app *app, const char *folder, struct err *err)
{
        struct stat st;
        if (!str_blank(folder)) {
                if (stat(folder, &st) == 0 && S_ISDIR(st.st_mode))
                        return xstrdup(folder);
                err_set(err, ERR_NOT_FOUND, _("No existe la carpeta «%.300s». Revise el nombre."), folder);
                return NULL;
        }
        char *own = xasprintf("%s/salida", app->dir);
        if (mkdir(own, 0700) == 0 || errno == EEXIST)
                return own;
        err_set_errno(err, errno, _("no se puede crear la carpeta %s"), own);
        free(own);
        return NULL;
}

enum err_code print_save(struct app *app, const struct doc *doc, const char *format, const char *folder,
                         char ret_path[PRINT_PATH], struct err *err)
{
        const struct doc_format *found;
        struct err why;
        enum err_code rc = doc_format_find(format, &found, err);
        if (rc != ERR_OK)
                return rc;
        char *where = find_folder(app, folder, &why);
        if (!where)
                return err_set(err, why.code, "%s", why.text);
        char *path = xasprintf("%s%s%s%s", where, str_ends(where, "/") ? "" : "/", doc->name, found->ending);
        rc = strlen(path) < PRINT_PATH ? doc_to_file(doc, found, path, err)
                                       : err_set(err, ERR_INVALID, _("el nombre de la carpeta es demasiado largo"));
        if (rc == ERR_OK)
                strcpy(ret_path, path);
        free(path);
        free(where);
        return rc;
}
