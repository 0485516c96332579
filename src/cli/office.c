/* SPDX-License-Identifier: GPL-3.0-or-later */
/* simae registro validar, observar, purgar: the office's word on a record, and taking it out (app/review.h, app/purge.h). */
#include "cli_office.h"

#include <stdlib.h>
#include <string.h>

#include "app/purge.h"
#include "base/id.h"

/* --comentario TEXT, or "-": all of standard input, less the line ends after it. malloc'ed, or NULL. */
static enum err_code take_comment(struct args *args, char **ret, struct err *err)
{
        const char *given = args_value(args, "--comentario");
        size_t len;
        if (!given || strcmp(given, "-") != 0) {
                *ret = given ? xstrdup(given) : NULL;
                return ERR_OK;
        }
        enum err_code rc = cli_read_file("-", ret, &len, err);
        while (rc == ERR_OK && len > 0 && (*ret)[len - 1] == '\n')
                (*ret)[--len] = '\0';
        return rc;
}

int office_review(struct args *args, struct app *app, const struct id *record, enum record_state state)
{
        struct err err;
        char *comment = NULL, code[CODE_TEXT];
        enum err_code rc = take_comment(args, &comment, &err);
        if (rc == ERR_OK)
                rc = record_review(app, record, state, comment, &err);
        free(comment);
        if (rc != ERR_OK)
                return cli_refuse(&err);
        printf("%s %s\n", id_code(record, code), record_state_word(state));
        return CLI_DONE;
}

/* What it would do, and how to say that it is meant. */
static int ask_first(struct app *app, const struct id *record, enum purge_what what, const char *code)
{
        struct arena arena = {0};
        struct err err;
        char id[ID_TEXT];
        int n = 0;
        if (record_purge_count(app, record, what, &n, &err) != ERR_OK)
                return cli_refuse(&err);
        err_set(&err, ERR_REFUSED, _("Se borraría para siempre lo que dicen %s de «%s», sus archivos adjuntos y las copias de seguridad de este equipo. No se "
                                     "puede deshacer. Si es lo que quiere, repita con --confirmar %s"),
                arena_count(&arena, n, _("versión"), _("versiones")), record_title(app, id_format(record, id), &arena), code);
        arena_release(&arena);
        return cli_refuse(&err);
}

int office_purge(struct args *args, struct app *app, const struct id *record)
{
        enum purge_what what = args_has(args, "--anteriores") ? PURGE_EARLIER : PURGE_RECORD;
        const char *confirmed = args_value(args, "--confirmar");
        char code[CODE_TEXT], given[CODE_TEXT] = "";
        struct arena arena = {0};
        struct err err;
        int n;
        id_code(record, code);
        if (!confirmed || !id_code_check(confirmed, given) || strcmp(given, code) != 0)
                return ask_first(app, record, what, code);
        if (record_purge(app, record, what, args_value(args, "--motivo"), &n, &err) != ERR_OK)
                return cli_refuse(&err);
        printf(_("%s: %s. Ningún paquete la devuelve; púrguela también en los demás equipos que la tengan.\n"), code,
               arena_count(&arena, n, _("versión purgada"), _("versiones purgadas")));
        arena_release(&arena);
        return CLI_DONE;
}

enum err_code office_add_reviews(struct app *app, const struct id *record, json_t *body, bool *ret_any, struct err *err)
{
        struct arena arena = {0};
        struct reviews reviews;
        enum err_code rc = record_reviews(app, record, &arena, &reviews, err);
        json_t *all = json_array();
        for (int i = 0; rc == ERR_OK && i < reviews.n; i++) {
                const struct review *review = &reviews.items[i];
                char hash[HASH_TEXT];
                json_array_append_new(all, json_pack("{s:s,s:s,s:s,s:s,s:b,s:s}", "state", record_state_word(review->state), "who",
                                                     review->who, "when", review->when, "comment", review->comment, "in_force",
                                                     review->in_force, "revision", hash_format(&review->revision, hash)));
        }
        *ret_any = json_array_size(all) > 0;
        if (*ret_any) {
                json_object_set_new(body, "state", json_string(record_state_word(reviews.state)));
                json_object_set(body, "reviews", all);
        }
        json_decref(all);
        arena_release(&arena);
        return rc;
}
