/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * References: words look for an entity of the directory, a number takes one of
 * those said last, + makes a new one with its few questions.  People of the
 * record's own school come first.
 */
#include "linear_priv.h"

#include <string.h>

static const struct node *node_at(const struct asking *a, struct place place)
{
        return &a->form->nodes[place.node];
}

static const char *entity_name(struct asking *a, struct place place)
{
        const struct form *form;
        if (app_form(a->linear->app, node_at(a, place)->to, &form, NULL) != ERR_OK)
                return node_at(a, place)->to;
        return str_blank(form->short_title) ? form->title : form->short_title;
}

/* ---- Looking ---- */

static bool is_there(const struct store_record *found, int n, const struct id *id)
{
        for (int i = 0; i < n; i++)
                if (id_equal(&found[i].id, id))
                        return true;
        return false;
}

/* Those after the `n` there are already, of one school or (NULL) of all; how many there are then. */
static int add_matches(struct asking *a, struct place place, const char *words, const char *school,
                       struct store_record *found, int n)
{
        struct store_query query = {.form = node_at(a, place)->to,
                                    .school = school,
                                    .order = ORDER_TITLE,
                                    .limit = LINEAR_ROWS,
                                    .text = words};
        struct store_record *more;
        struct err err;
        int more_n = 0;
        if (store_record_list(app_store(a->linear->app), &query, &a->found_arena, &more, &more_n, &err) !=
            ERR_OK)
                linear_say_err(a->linear, &err);
        for (int i = 0; i < more_n && n < LINEAR_ROWS; i++)
                if (!is_there(found, n, &more[i].id))
                        found[n++] = more[i];
        return n;
}

static const char *school_of(const struct asking *a, struct place place)
{
        int school = a->form->school;
        if (school < 0 || school == place.node)
                return NULL;
        const char *id = session_typed(a->session, (struct place){school, 0});
        return *id ? id : NULL;
}

/* Records that are not of the directory are only chosen. */
static bool adds(struct asking *a, struct place place)
{
        const struct form *form;
        struct err err;
        return app_form(a->linear->app, node_at(a, place)->to, &form, &err) == ERR_OK && form->kind == FORM_ENTITY;
}

static int64_t count_all(struct asking *a, struct place place, const char *words)
{
        struct store_query query = {.form = node_at(a, place)->to, .text = words};
        int64_t n = 0;
        store_record_count(app_store(a->linear->app), &query, &n, NULL);
        return n;
}

static void look_for(struct asking *a, struct place place, const char *words)
{
        const char *school = school_of(a, place);
        arena_clear(&a->found_arena);
        struct store_record *found = ARENA_ARRAY(&a->found_arena, struct store_record, LINEAR_ROWS);
        int n = school ? add_matches(a, place, words, school, found, 0) : 0;
        a->found_n = add_matches(a, place, words, NULL, found, n);
        a->found = found;
        a->found_at = place;
}

static void say_found(struct asking *a, struct place place, const char *words)
{
        int64_t all = count_all(a, place, words);
        for (int i = 0; i < a->found_n; i++)
                linear_say(a->linear, "%d. %s", i + 1, a->found[i].title);
        if (all > a->found_n)
                linear_say(a->linear, _("Y %lld más: agregue otra palabra."), (long long)(all - a->found_n));
        if (adds(a, place))
                linear_say(a->linear,
                           a->found_n ? _("Un número elige; + agrega una ficha nueva: %s.")
                                      : _("Nadie coincide. Pruebe otras palabras; + agrega una ficha nueva: %s."),
                           entity_name(a, place));
        else
                linear_say(a->linear, "%s", a->found_n ? _("Un número elige.") : _("No hay ninguno. Pruebe otras palabras."));
        a->silent = true;
}

/* ---- A new one ---- */

/* The words searched for are most likely the beginning of the new entry's first text. */
static void prefill(struct session *session, const char *typed)
{
        const struct form *form = session_form(session);
        for (int i = 1; i < form->nodes_n && !str_blank(typed); i++) {
                const struct node *node = &form->nodes[i];
                if (node->type == NODE_TEXT && node->flags & NODE_QUICK && node->scope == 0) {
                        session_answer(session, (struct place){i, 0}, typed);
                        return;
                }
        }
}

static void answer_with(struct asking *a, struct place place, const struct id *id)
{
        char text[ID_TEXT];
        asking_answer(a, place, id_format(id, text));
        a->found_n = 0;
        a->found_at = PLACE_NONE;
        asking_settle(a, place);
}

static void add_entity(struct asking *a, struct place place, const char *typed)
{
        struct draft *draft;
        struct id record;
        struct err err;
        if (draft_begin(a->linear->app, node_at(a, place)->to, NULL, &draft, &err) != ERR_OK) {
                linear_say_err(a->linear, &err);
                return;
        }
        prefill(draft_session(draft), typed);
        if (linear_fill(a->linear, draft, ASK_QUICK, &record) != ASK_FINALISED)
                return;
        linear_say(a->linear, _("Agregado al directorio."));
        answer_with(a, place, &record);
}

void search_take(struct asking *a, struct place place, const char *text)
{
        bool here = a->found_at.node == place.node && a->found_at.row == place.row;
        int number = here ? linear_number(text, a->found_n) : 0;
        if (text[0] == '+' && adds(a, place)) {
                add_entity(a, place, text + 1 + strspn(text + 1, " "));
        } else if (number) {
                struct id id = a->found[number - 1].id;
                answer_with(a, place, &id);
        } else {
                look_for(a, place, text);
                say_found(a, place, text);
        }
}
