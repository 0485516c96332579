/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Purging: all of a record or what it said before, what names it, and what comes in afterwards. */
#include "test_app.h"

#include "app/conflict.h"
#include "app/incoming.h"
#include "app/purge.h"

static int set_up(void **state)
{
        if (world_filled(state) != 0)
                return -1;
        struct world *w = *state;
        struct age_identity identity = office_identity();
        return office_make(w->data, &identity, &w->err);
}

static void correct(struct world *w, struct app *app, const struct id *id, const char *name, const char *value)
{
        struct draft *draft;
        struct id same;
        OK(draft_edit(app, id, &draft, &w->err));
        answer(w, draft, name, value);
        OK(draft_finalise(draft, &same, &w->err));
}

static struct store_record view_of(struct world *w, const struct id *id)
{
        struct store_record view;
        OK(store_record_get(app_store(w->app), id, &w->arena, &view, &w->err));
        return view;
}

static bool is_on_disk(struct world *w, const char *word)
{
        close_app(w);
        bool found = shell("grep -r -q -a '%s' '%s'", word, w->data) == 0;
        OK(open_app(w));
        return found;
}

static void a_record_goes_and_leaves_its_ids(void **state)
{
        struct world *w = *state;
        struct id teacher = id_of(w->teacher), visit = make_visit(w, NULL);
        struct store_counts before = counts(w), after;
        struct store_record gone;
        struct draft *draft;
        int n;
        OK(draft_edit(w->app, &teacher, &draft, &w->err));
        answer(w, draft, "nombres", "Rosaura");
        OK(draft_close(draft, &w->err));
        REFUSES(ERR_REFUSED, "motivo", record_purge(w->app, &teacher, PURGE_RECORD, " ", &n, &w->err));
        OK(record_purge(w->app, &teacher, PURGE_RECORD, "La pidió ella", &n, &w->err));
        assert_int_equal(n, 1);
        REFUSES(ERR_NOT_FOUND, "", store_record_get(app_store(w->app), &teacher, &w->arena, &gone, &w->err));
        assert_string_equal(view_of(w, &visit).subject, w->teacher); /* it still says who it was, by an id */
        after = counts(w);
        assert_int_equal(after.revisions, before.revisions);
        assert_int_equal(after.entities, before.entities - 1);
        assert_int_equal(after.drafts, 0);
        assert_false(is_on_disk(w, "Quispe"));
        assert_false(is_on_disk(w, "Rosaura"));
        int64_t all;
        OK(app_rebuild(w->app, &all, &w->err));
        struct store_counts rebuilt = counts(w);
        check_counts_equal(&after, &rebuilt);
}

static void what_it_said_before_goes_and_what_it_says_stays(void **state)
{
        struct world *w = *state;
        struct id teacher = id_of(w->teacher);
        struct history_row *rows;
        int n, rows_n;
        correct(w, w->app, &teacher, "nombres", "Juana");
        OK(record_purge_count(w->app, &teacher, PURGE_EARLIER, &n, &w->err));
        assert_int_equal(n, 1);
        OK(record_purge(w->app, &teacher, PURGE_EARLIER, "Un nombre de más", &n, &w->err));
        assert_false(is_on_disk(w, "Rosa"));
        assert_string_equal(view_of(w, &teacher).title, "Quispe, Juana");
        assert_int_equal(view_of(w, &teacher).missing, 0);
        assert_int_equal(view_of(w, &teacher).conflict, 0);
        OK(record_history(w->app, &teacher, &w->arena, &rows, &rows_n, &w->err));
        assert_int_equal(rows_n, 2);
        assert_int_equal(rows[0].revision.state, RECORD_PURGADO);
        struct table table;
        const struct form *form;
        OK(app_form(w->app, "persona", &form, &w->err));
        REFUSES(ERR_NOT_FOUND, "se purgó", record_changes(w->app, form, &rows[0].revision.id, &rows[1].revision.id, &table, &w->err));
        correct(w, w->app, &teacher, "nombres", "Julia");
        assert_string_equal(view_of(w, &teacher).title, "Quispe, Julia");
        OK(record_purge(w->app, &teacher, PURGE_EARLIER, "x", &n, &w->err));
        REFUSES(ERR_REFUSED, "no tiene versiones", record_purge(w->app, &teacher, PURGE_EARLIER, "x", &n, &w->err));
}

static void an_old_bundle_does_not_bring_it_back_and_the_next_one_does_not_take_it(void **state)
{
        struct world *w = *state;
        struct id teacher = id_of(w->teacher);
        struct export_result sent, again;
        struct import_result got;
        struct bundle_info info;
        struct store_record gone;
        int n;
        OK(export_to(w, w->out, true, &sent));
        OK(record_purge(w->app, &teacher, PURGE_RECORD, "La pidió ella", &n, &w->err));
        OK(app_import(w->app, sent.path, NULL, NULL, NULL, &got, &w->err));
        assert_int_equal(got.total.added + got.total.updated + got.total.rejected, 0);
        assert_int_equal(got.total.known, 2);
        import_release(&got);
        REFUSES(ERR_NOT_FOUND, "", store_record_get(app_store(w->app), &teacher, &w->arena, &gone, &w->err));
        OK(export_to(w, w->out, true, &again));
        assert_int_equal(again.revisions, sent.revisions - 1);
        OK(read_exported(w, again.path, NULL, &info));
        assert_int_equal(info.have, 1);
}

static void only_an_office_purges(void **state)
{
        struct world *w = *state;
        struct id teacher = id_of(w->teacher);
        int n;
        assert_int_equal(shell("rm '%s'/keys/oficina*", w->data), 0);
        REFUSES(ERR_REFUSED, "Solo la oficina", record_purge(w->app, &teacher, PURGE_RECORD, "x", &n, &w->err));
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, world_free)
        const struct CMUnitTest tests[] = {
                CASE(a_record_goes_and_leaves_its_ids),
                CASE(what_it_said_before_goes_and_what_it_says_stays),
                CASE(an_old_bundle_does_not_bring_it_back_and_the_next_one_does_not_take_it),
                CASE(only_an_office_purges),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
