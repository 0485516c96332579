/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Properties of a session under thousands of random changes, seeds fixed:
 *
 *   - replaying the log, line by line, gives a byte-equal snapshot;
 *   - and so after the log was exchanged for a snapshot half way;
 *   - the state kept incrementally equals one worked out from scratch;
 *   - undoing everything and redoing everything come back to the same;
 *   - a damaged line changes nothing.
 */
#include "test_session.h"

struct run {
        struct form *form;
        struct session *s;
        char **lines; /* the log as an app would keep it */
        int lines_n;
        uint64_t seed;
        int rows_max;
};

static uint32_t chance(struct run *run, uint32_t n)
{
        run->seed = run->seed * 6364136223846793005u + 1442695040888963407u;
        return (uint32_t)(run->seed >> 33) % n;
}

static struct session *session_again(const struct run *run)
{
        struct session_host host = host_full();
        return session_new(run->form, &host);
}

static void keep_log(struct run *run)
{
        int n;
        const char *const *log = session_log(run->s, &n);
        run->lines = xrealloc(run->lines, (size_t)(run->lines_n + n + 1) * sizeof *run->lines);
        for (int i = 0; i < n; i++)
                run->lines[run->lines_n++] = xstrdup(log[i]);
        session_log_taken(run->s);
}

static void drop_lines(struct run *run)
{
        for (int i = 0; i < run->lines_n; i++)
                free(run->lines[i]);
        run->lines_n = 0;
}

/* The log becomes one line. */
static void shorten_log(struct run *run)
{
        keep_log(run);
        drop_lines(run);
        run->lines[run->lines_n++] = session_snapshot(run->s);
}

/* ---- Looking at everything ---- */

static void dump_place(struct str *out, const struct session *s, struct place place, struct arena *arena)
{
        const char *read_only = session_is_read_only(s, place) ? "R" : "";
        const char *required = session_is_required(s, place) ? "Q" : "";
        struct value value = session_value(s, place);
        str_addf(out, "%d@%d %d %s%s [%s] [%s] [%s] %s\n", place.node, place.row, session_status(s, place),
                 read_only, required, session_typed(s, place), session_display(s, place, arena),
                 session_message(s, place, arena), value_to_string(&value, arena));
        arena_clear(arena);
}

static void dump_counts(struct str *out, const struct session *s, int node)
{
        struct session_counts c = session_counts(s, node);
        str_addf(out, "%d: %d %d %d %d %d %d\n", node, c.questions, c.answered, c.missing, c.invalid,
                 c.unavailable, c.warnings);
}

static char *dump(const struct run *run, const struct session *s)
{
        struct str out = STR_INIT;
        struct arena arena = {0};
        for (int row = 0; row <= run->rows_max; row++)
                for (int node = 1; node < run->form->nodes_n; node++)
                        if (row == 0 || session_row_parent(s, row).node >= 0)
                                dump_place(&out, s, (struct place){node, row}, &arena);
        for (int node = 0; node < run->form->nodes_n; node++)
                dump_counts(&out, s, node);
        json_t *answers = session_answers(s);
        json_write(&out, answers);
        json_decref(answers);
        str_addf(&out, "\nhere %s\n", place_text(s, session_here(s), &arena));
        arena_release(&arena);
        return str_detach(&out);
}

static void assert_same(const char *what, int step, char *a, char *b)
{
        size_t i = 0;
        while (a[i] && a[i] == b[i])
                i++;
        while (i > 0 && a[i - 1] != '\n' && (a[i] || b[i]) && i > 40)
                i--;
        if (strcmp(a, b) != 0)
                fail_msg("%s, step %d:\n%.300s\n---\n%.300s", what, step, a + i, b + i);
        free(a);
        free(b);
}

static void check_replay(struct run *run, int step)
{
        struct session *again = session_again(run);
        keep_log(run);
        for (int i = 0; i < run->lines_n; i++) {
                struct err err = {0};
                if (session_replay(again, run->lines[i], &err) != ERR_OK)
                        fail_msg("step %d, line %s: %s", step, run->lines[i], err.text);
        }
        int n;
        session_log(again, &n);
        assert_int_equal(n, 0);
        assert_same("replay", step, session_snapshot(run->s), session_snapshot(again));
        assert_same("state after replay", step, dump(run, run->s), dump(run, again));
        session_free(again);
}

static void check_from_scratch(struct run *run, int step)
{
        struct session *again = session_again(run);
        char *snapshot = session_snapshot(run->s);
        assert_int_equal(session_replay(again, snapshot, NULL), ERR_OK);
        free(snapshot);
        assert_same("snapshot", step, session_snapshot(run->s), session_snapshot(again));
        assert_same("from scratch", step, dump(run, run->s), dump(run, again));
        session_free(again);
}

/* ---- Doing anything ---- */

static const char *const words[] = {
        "", "1", "2", "3", "4", "5", "8", "20", "21", "40", "0", "-1", "14.5", "x", "otra cosa", "si", "no",
        "n", "s", "n1", "s1", "n1 s1", "n1 n2 s1", "p1", "p2 s1", "pri", "sec", "ini", "ie1", "ie2", "OK",
        "1/3/2026", "9:30", "15/03/2026 8:00",
};

static struct place any_place(struct run *run)
{
        for (int tries = 0; tries < 200; tries++) {
                struct place place = {1 + (int)chance(run, (uint32_t)run->form->nodes_n - 1),
                                      chance(run, 3) ? (int)chance(run, (uint32_t)run->rows_max + 1) : 0};
                if (session_is_relevant(run->s, place))
                        return place;
        }
        return session_here(run->s);
}

static void answer_any(struct run *run)
{
        struct place place = any_place(run);
        const struct choice_list *list = run->form->nodes[place.node].list;
        if (list && chance(run, 3))
                session_answer(run->s, place, list->choices[chance(run, (uint32_t)list->n)].name);
        else
                session_answer(run->s, place, words[chance(run, ARRAY_LEN(words))]);
}

static int any_row(struct run *run)
{
        for (int tries = 0; tries < 200; tries++) {
                int row = 1 + (int)chance(run, (uint32_t)run->rows_max + 1);
                if (session_row_parent(run->s, row).node >= 0)
                        return row;
        }
        return -1;
}

static void rows_any(struct run *run)
{
        struct place place = any_place(run);
        uint32_t what = chance(run, 8);
        if (what < 2)
                session_row_remove(run->s, any_row(run));
        else if (what < 4)
                session_row_move(run->s, any_row(run), chance(run, 2) ? 1 : -1);
        for (int tries = 0; what >= 4 && tries < 50; tries++, place = any_place(run))
                if (session_row_add(run->s, place) > 0)
                        return;
}

static void children_any(struct run *run)
{
        static const char *const ids[] = {"ie5", "ie6", "ie7"};
        struct place place = any_place(run);
        session_set_children(run->s, place, ids, (int)chance(run, 4));
        session_confirm(run->s, any_place(run));
}

static void walk_any(struct run *run)
{
        if (chance(run, 3))
                session_go(run->s, any_place(run));
        else
                session_back(run->s);
}

static void note_rows(struct run *run)
{
        char *snapshot = session_snapshot(run->s);
        run->rows_max = atoi(strstr(snapshot, "\"next\":") + 7);
        free(snapshot);
}

static void one_step(struct run *run)
{
        switch (chance(run, 12)) {
        case 0:
        case 1:
                rows_any(run);
                break;
        case 2:
                children_any(run);
                break;
        case 3:
                walk_any(run);
                break;
        case 4:
        case 5:
                session_undo(run->s);
                break;
        case 6:
                session_redo(run->s);
                break;
        default:
                answer_any(run);
        }
        if (chance(run, 200) == 0)
                session_finish(run->s);
        if (chance(run, 100) == 0)
                shorten_log(run);
}

static void undo_all_and_redo_all(struct run *run, int step)
{
        int undone = 0;
        char *before = dump(run, run->s);
        while (session_undo(run->s).node >= 0)
                undone++;
        check_from_scratch(run, step);
        while (undone-- > 0)
                assert_true(session_redo(run->s).node >= 0);
        char *after = dump(run, run->s);
        *strstr(before, "\nhere ") = '\0'; /* rows that go take the place along */
        *strstr(after, "\nhere ") = '\0';
        assert_same("undo and redo", step, before, after);
}

static void random_run(const char *name, uint64_t seed, int steps, int check_every)
{
        struct run run = {.form = form_of(name), .seed = seed};
        fix_clock("2026-03-15T08:05:30.000-05:00");
        random_seed(name);
        run.s = session_again(&run);
        for (int step = 1; step <= steps; step++) {
                one_step(&run);
                if (step % 5 == 0)
                        note_rows(&run);
                if (step % check_every == 0)
                        check_from_scratch(&run, step);
                if (step % (check_every * 10) == 0)
                        check_replay(&run, step);
        }
        note_rows(&run);
        undo_all_and_redo_all(&run, steps);
        check_replay(&run, steps);
        drop_lines(&run);
        free(run.lines);
        session_free(run.s);
        form_free(run.form);
}

static void runs(const char *name)
{
        const char *more = getenv("SIMAE_TEST_STEPS"); /* a longer run by hand */
        int steps = more ? atoi(more) : 600;
        for (uint64_t seed = 1; seed <= (more ? 40 : 4); seed++)
                random_run(name, seed, steps, 25);
}

static void rules_form(void **state)
{
        (void)state;
        runs("reglas");
}

static void rows_form(void **state)
{
        (void)state;
        runs("filas");
}

static void tangled_form(void **state)
{
        (void)state;
        runs("enredo");
}

/* ---- Damaged lines ---- */

static void damage(struct run *run, char *line)
{
        size_t len = strlen(line);
        for (uint32_t i = 0; i <= chance(run, 3); i++)
                line[chance(run, (uint32_t)len)] = "{}[]\",:0123x@ "[chance(run, 14)];
}

static void damaged_lines(void **state)
{
        (void)state;
        struct run run = {.form = form_of("enredo"), .seed = 7};
        fix_clock("2026-03-15T08:05:30.000-05:00");
        random_seed("damage");
        run.s = session_again(&run);
        for (int step = 0; step < 150; step++)
                one_step(&run);
        note_rows(&run);
        keep_log(&run);
        for (int i = 0; i < 1500; i++) {
                char *line = xstrdup(run.lines[chance(&run, (uint32_t)run.lines_n)]);
                char *before = session_snapshot(run.s), *looks = dump(&run, run.s);
                damage(&run, line);
                if (session_replay(run.s, line, NULL) != ERR_OK) {
                        assert_same("damaged line", i, xstrdup(before), session_snapshot(run.s));
                        assert_same("damaged line, state", i, xstrdup(looks), dump(&run, run.s));
                } else {
                        assert_int_equal(session_replay(run.s, before, NULL), ERR_OK);
                }
                session_log_taken(run.s);
                free(before);
                free(looks);
                free(line);
        }
        drop_lines(&run);
        free(run.lines);
        session_free(run.s);
        form_free(run.form);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(rules_form),
                cmocka_unit_test(rows_form),
                cmocka_unit_test(tangled_form),
                cmocka_unit_test(damaged_lines),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
