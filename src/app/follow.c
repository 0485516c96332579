/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Following up what earlier records left open: which they are, and a draft
 * that closes, moves or agrees one again, as its form says (follow_up, again).
 */
#include "app_priv.h"

#include <stdlib.h>
#include <string.h>

/* ---- Which are open ---- */

struct gathering {
        struct store_record *items;
        int n, room;
        struct draft *draft;
};

static bool is_known(const struct gathering *gathering, const struct id *record)
{
        for (int i = 0; i < gathering->n; i++)
                if (id_equal(&gathering->items[i].id, record))
                        return true;
        return false;
}

static void gather(struct gathering *gathering, const struct store_record *found, int n)
{
        for (int i = 0; i < n; i++) {
                if (id_equal(&found[i].parent, &gathering->draft->info.record) || is_known(gathering, &found[i].id))
                        continue;
                if (gathering->n == gathering->room) {
                        gathering->room = gathering->room ? 2 * gathering->room : 16;
                        gathering->items = xrealloc(gathering->items, (size_t)gathering->room * sizeof *gathering->items);
                }
                gathering->items[gathering->n++] = found[i];
        }
}

static void gather_query(struct gathering *gathering, struct store_query query, struct arena *arena)
{
        enum { MOST = 200 };
        struct store_record *found;
        int n;
        query.open_only = query.sensitive = true;
        query.order = ORDER_DUE;
        query.limit = MOST;
        if (store_record_list(gathering->draft->app->store, &query, arena, &found, &n, NULL) == ERR_OK)
                gather(gathering, found, n);
}

/* Children of the latest records of this form about the same subject: the agreements of a community's sessions. */
static void gather_siblings(struct gathering *gathering, struct store_query query, const char *subject, const char *ugel,
                            struct arena *arena)
{
        enum { LATEST = 12 };
        struct store_record *siblings;
        int n = 0;
        struct store_query same = {.form = gathering->draft->form->id, .subject = subject, .ugel = ugel,
                                   .order = ORDER_DATE_DESC, .limit = LATEST};
        if ((!*subject && !*ugel) || store_record_list(gathering->draft->app->store, &same, arena, &siblings, &n, NULL) != ERR_OK)
                return;
        for (int i = 0; i < n; i++) {
                query.parent = &siblings[i].id;
                gather_query(gathering, query, arena);
        }
}

static const char *answer_at(struct draft *draft, int node)
{
        return node >= 0 ? session_typed(draft->session, (struct place){node, 0}) : "";
}

/*
 * For a meeting or an event, which is about no school and nobody: what somebody
 * must do, if it was agreed in one like it; what waits for anybody (alerts), of
 * the whole UGEL.
 */
static void gather_for_ugel(struct gathering *gathering, struct store_query query, const char *ugel, struct arena *arena)
{
        const struct form *form;
        if (!*ugel || app_form(gathering->draft->app, query.form, &form, NULL) != ERR_OK)
                return;
        if (form->subject >= 0) {
                gather_siblings(gathering, query, "", ugel, arena);
                return;
        }
        query.ugel = ugel;
        gather_query(gathering, query, arena);
}

static int by_due(const void *a, const void *b)
{
        const struct store_record *x = a, *y = b;
        int order = strcmp(x->due, y->due);
        return order ? order : memcmp(x->id.bytes, y->id.bytes, ID_BYTES);
}

const struct store_record *draft_open_before(struct draft *draft, struct place place, struct arena *arena, int *ret_n)
{
        const struct form *form = draft->form;
        struct gathering gathering = {.draft = draft};
        struct store_query query = {.form = form->nodes[place.node].to};
        const char *school = answer_at(draft, form->school), *subject = app_joined(draft->app, answer_at(draft, form->subject), arena);
        if (*school) {
                query.school = school;
                gather_query(&gathering, query, arena);
        }
        query.school = NULL;
        if (*subject) {
                query.subject = subject;
                gather_query(&gathering, query, arena);
        }
        query.subject = NULL;
        gather_siblings(&gathering, query, subject, "", arena);
        if (form->school < 0 && form->subject < 0)
                gather_for_ugel(&gathering, query, answer_at(draft, form->ugel), arena);
        struct store_record *kept = ARENA_ARRAY(arena, struct store_record, gathering.n);
        if (gathering.n)
                memcpy(kept, gathering.items, (size_t)gathering.n * sizeof *kept);
        qsort(kept, (size_t)gathering.n, sizeof *kept, by_due);
        free(gathering.items);
        *ret_n = gathering.n;
        return gathering.n ? kept : NULL;
}

/* Asked at every drawing of the first page; looked up again when an answer or a record changed. */
int draft_open_before_n(struct draft *draft, struct place place)
{
        struct open_count *known = &draft->open_counts[place.node % OPEN_COUNTS];
        unsigned version = session_version(draft->session);
        if (known->node == place.node && known->version == version && known->revisions == draft->app->revisions)
                return known->n;
        struct arena arena = {0};
        *known = (struct open_count){.node = place.node, .version = version, .revisions = draft->app->revisions};
        draft_open_before(draft, place, &arena, &known->n);
        arena_release(&arena);
        return known->n;
}

/* ---- Following one up ---- */

enum err_code record_follow_ups(struct app *app, const struct id *record, const struct form **ret, struct err *err)
{
        struct arena arena = {0};
        struct store_record view;
        enum err_code rc = store_record_get(app->store, record, &arena, &view, err);
        if (rc == ERR_OK)
                rc = app_form_version(app, &view.form_hash, ret, err);
        arena_release(&arena);
        return rc;
}

/* The answers of the new row of a repeat; its place, or PLACE_NONE. */
static void answer_row(struct session *session, const struct form_follow_up *way)
{
        json_t *answers = parameter_answers(session, way->row_with, way->row_with_n), *value;
        const char *name;
        int row = session_row_add(session, (struct place){way->row, 0});
        json_object_foreach(answers, name, value) {
                int node = form_find(session_form(session), name);
                if (row >= 0 && node >= 0)
                        session_answer(session, (struct place){node, row}, json_string_value(value));
        }
        json_decref(answers);
        struct place first = row >= 0 ? session_first(session, way->row, row) : PLACE_NONE;
        if (first.node >= 0)
                session_go(session, first);
}

enum err_code draft_follow_up(struct app *app, const struct id *record, int way, struct draft **ret, struct err *err)
{
        struct draft *draft;
        enum err_code rc = draft_edit(app, record, &draft, err);
        if (rc != ERR_OK)
                return rc;
        if (way < 0 || way >= draft->form->follow_ups_n) {
                draft_free(draft);
                return err_set(err, ERR_NOT_FOUND, _("esa forma de seguimiento no está en la ficha"));
        }
        const struct form_follow_up *chosen = &draft->form->follow_ups[way];
        json_t *answers = parameter_answers(draft->session, chosen->with, chosen->with_n);
        if (chosen->row >= 0)
                answer_row(draft->session, chosen);
        draft_answer_all(draft, answers);
        json_decref(answers);
        draft->follow_up = true;
        *ret = draft;
        return ERR_OK;
}

bool draft_is_follow_up(const struct draft *draft)
{
        return draft->follow_up;
}

enum err_code draft_agree_again(struct draft *parent, struct place place, const struct id *record, struct draft **ret,
                                struct err *err)
{
        const struct form *form;
        char text[ID_TEXT];
        enum err_code rc = record_follow_ups(parent->app, record, &form, err);
        if (rc == ERR_OK)
                rc = draft_begin_child(parent, place, ret, err);
        if (rc != ERR_OK)
                return rc;
        const json_t *before = app_answers(parent->app, record, NULL);
        json_t *answers = json_object();
        for (int i = 0; before && i < form->again_n; i++) {
                json_t *value = json_object_get(before, form->nodes[form->again[i]].name);
                if (value)
                        json_object_set(answers, form->nodes[form->again[i]].name, value);
        }
        json_object_set_new(answers, "viene_de", json_string(id_format(record, text)));
        draft_answer_all(*ret, answers);
        json_decref(answers);
        return ERR_OK;
}
