/* SPDX-License-Identifier: GPL-3.0-or-later */
/* simae registro validar, observar: the office's word on a record (app/review.h). */
#include "cli_office.h"

#include <stdlib.h>
#include <string.h>

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
