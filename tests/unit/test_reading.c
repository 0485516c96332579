/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A reading tells what a session with the same answers tells: over every form
 * of forms/ and its records of tests/fichas, whole and with answers missing.
 */
#include "test_session.h"

#include "fill/reading.h"
#include "test_forms.h"

enum { VARIANTS = 25 };

static uint64_t dice = 88172645463325252u;

static int set_up(void **state)
{
        fix_clock("2026-11-26T10:15:00-05:00");
        return load_real(state);
}

/* ---- Links, both ways, as one text ---- */

static void add_link(void *ctx, const char *question, const char *id)
{
        str_addf(ctx, "%s=%s ", question, id);
}

static void links_of(struct session *s, int scope, int row, struct str *out, struct arena *arena)
{
        const struct form *form = session_form(s);
        for (int i = 0; i < form->scopes[scope].slots_n; i++) {
                const struct node *node = &form->nodes[form->scopes[scope].slots[i]];
                struct place place = {node->index, row};
                int n = 0;
                if (!session_is_relevant(s, place))
                        continue;
                struct value value = node->type == NODE_REFERENCE ? session_value(s, place) : VALUE_NONE;
                if (!value_is_empty(&value))
                        add_link(out, node->name, value_to_string(&value, arena));
                const char *const *ids = node->type == NODE_CHILDREN ? session_children(s, place, &n) : NULL;
                for (int k = 0; ids && k < n; k++)
                        add_link(out, node->name, ids[k]);
                const int *rows = node->type == NODE_REPEAT ? session_rows(s, place, &n) : NULL;
                for (int k = 0; rows && k < n; k++)
                        links_of(s, node->opens_scope, rows[k], out, arena);
        }
}

/* ---- The same ---- */

static const char *text_of(struct value value, struct arena *arena)
{
        return value_is_empty(&value) ? "" : value_to_string(&value, arena);
}

static void same(const struct form *form, const char *what, const char *session, const char *reading)
{
        if (strcmp(session, reading) != 0)
                fail_msg("%s, %s: «%s» in a session, «%s» in a reading", form->id, what, session, reading);
}

static void compare(struct session *s, const struct reading *r)
{
        const struct form *form = session_form(s);
        const struct expr *const exprs[] = {form->open, form->due, form->done, form->unique, form->reserved};
        const int asked[] = {form->school, form->subject, form->date, form->ugel};
        struct arena arena = {0};
        struct str by_session = STR_INIT, by_reading = STR_INIT;
        same(form, "title", session_title(s, &arena), reading_title(r, &arena));
        for (int i = 1; i < form->nodes_n; i++) {
                bool wanted = reading_is_searchable(&form->nodes[i]);
                for (size_t k = 0; k < ARRAY_LEN(asked); k++)
                        wanted = wanted || i == asked[k];
                if (wanted)
                        same(form, form->nodes[i].name, text_of(session_value(s, (struct place){i, 0}), &arena),
                             text_of(reading_value(r, i), &arena));
        }
        for (size_t i = 0; i < ARRAY_LEN(exprs); i++)
                if (exprs[i])
                        same(form, "an expression of the form", text_of(session_eval(s, exprs[i], &arena), &arena),
                             text_of(reading_eval(r, exprs[i], &arena), &arena));
        links_of(s, 0, 0, &by_session, &arena);
        reading_links(r, add_link, &by_reading);
        same(form, "links", by_session.text, by_reading.text);
        str_release(&by_session);
        str_release(&by_reading);
        arena_release(&arena);
}

static void check(const struct form *form, struct reading *r, const json_t *answers)
{
        struct session_host host = host_full();
        struct session *s = session_new(form, &host);
        session_load_record(s, answers, NULL);
        reading_load(r, answers);
        compare(s, r);
        session_free(s);
}

/* ---- Records ---- */

/* Without some of what people typed; what a calculation proposes stays as it was. */
static void take_some_out(const struct form *form, json_t *answers)
{
        const char *name;
        json_t *value;
        void *next;
        json_object_foreach_safe(answers, next, name, value) {
                int node = form_find(form, name);
                dice ^= dice << 13;
                dice ^= dice >> 7;
                dice ^= dice << 17;
                if (node > 0 && node_is_question(&form->nodes[node]) && !form->nodes[node].calculation && dice % 4 == 0)
                        json_object_del(answers, name);
        }
}

static void try_record(const struct form *form, struct reading *r, const char *file)
{
        struct session_host host = host_full();
        json_t *json = real_record(form->id, file);
        if (!json)
                return;
        struct session *s = session_new(form, &host);
        session_load_answers(s, json, NULL);
        json_t *answers = session_answers(s);
        check(form, r, answers);
        for (int i = 0; i < VARIANTS; i++) {
                json_t *fewer = json_copy(answers);
                take_some_out(form, fewer);
                check(form, r, fewer);
                json_decref(fewer);
        }
        json_decref(answers);
        json_decref(json);
        session_free(s);
}

static void readings_tell_what_sessions_tell(void **state)
{
        struct session_host host = host_full();
        (void)state;
        for (int i = 0; i < real.n; i++) {
                const struct form *form = real.forms[i];
                struct reading *r = reading_new(form, &host);
                try_record(form, r, "minima.json");
                try_record(form, r, "completa.json");
                reading_free(r);
        }
}

/* What came from elsewhere may be of any shape. */
static void wrong_shapes_are_empty(void **state)
{
        static const char *const texts[] = {"null", "[]", "7", "{\"texto\":{}}", "{\"seguimientos\":7,\"ie\":[1]}",
                                            "{\"seguimientos\":[1,null,{\"seg_verifico\":{}}],\"estado\":true}"};
        struct session_host host = host_full();
        struct arena arena = {0};
        struct reading *r = reading_new(form_catalog_find(&real, "compromiso"), &host);
        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
                struct str links = STR_INIT;
                json_t *answers = json_loads(texts[i], JSON_DECODE_ANY, NULL);
                reading_load(r, answers);
                reading_links(r, add_link, &links);
                assert_string_equal(links.text, "");
                assert_non_null(reading_title(r, &arena));
                json_decref(answers);
                str_release(&links);
        }
        arena_release(&arena);
        reading_free(r);
}

int main(void)
{
        const struct CMUnitTest tests[] = {cmocka_unit_test(readings_tell_what_sessions_tell), cmocka_unit_test(wrong_shapes_are_empty)};
        return cmocka_run_group_tests(tests, set_up, release_real);
}
