/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the tests of app share: a data folder of its own, the small forms of
 * tests/vectors/flows/fichas copied beside it, a clock that stands still, and
 * a school and a teacher to write about.  Included once by each test program.
 */
#ifndef SIMAE_TEST_APP_H
#define SIMAE_TEST_APP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/app.h"
#include "app/keys.h"
#include "sync/bundle.h"
#include "base/clock.h"
#include "base/json.h"
#include "../scratch.h"

#define HELPER __attribute__((unused)) static

struct world {
        char dir[64], data[96], forms[96], out[96];
        struct app *app;
        struct arena arena;
        struct err err;
        const char *school, *teacher; /* their ids, after make_directory() */
};

#define OK(call) \
        do { \
                w->err.text[0] = '\0'; \
                if ((call) != ERR_OK) \
                        fail_msg("%s:%d: %s: %s", __FILE__, __LINE__, #call, w->err.text); \
        } while (0)
/* Fails with that code and a sentence that holds `words`. */
#define REFUSES(wanted, words, call) \
        do { \
                w->err.text[0] = '\0'; \
                assert_int_equal((call), (wanted)); \
                check_has(w->err.text, (words), __FILE__, __LINE__); \
        } while (0)
#define assert_has(text, words) check_has((text), (words), __FILE__, __LINE__)

HELPER void check_has(const char *text, const char *words, const char *file, int line)
{
        if (text && strstr(text, words))
                return;
        print_error("%s:%d: «%s» is not in «%s»\n", file, line, words, text ? text : "(null)");
        _fail(file, line);
}

/* ---- The world ---- */

HELPER void fix_clock(const char *text)
{
        struct datetime now;
        assert_true(datetime_parse(text, -300, &now));
        clock_test_set(&now);
}

__attribute__((format(printf, 1, 2))) HELPER int shell(const char *format, ...)
{
        char *command = NULL;
        va_list args;
        va_start(args, format);
        int n = vasprintf(&command, format, args);
        va_end(args);
        assert_true(n >= 0);
        int status = system(command);
        free(command);
        return status;
}

HELPER int world_new(void **state)
{
        struct world *w = xcalloc(1, sizeof *w);
        const char *tree = getenv("SIMAE_TREE");
        if (!scratch_folder(w->dir, sizeof w->dir, "app"))
                return -1;
        snprintf(w->data, sizeof w->data, "%s/datos", w->dir);
        snprintf(w->forms, sizeof w->forms, "%s/fichas", w->dir);
        snprintf(w->out, sizeof w->out, "%s/salida", w->dir);
        *state = w;
        fix_clock("2026-04-14T09:30:00.000-05:00");
        random_seed("app");
        return shell("mkdir '%s' && cp -R '%s/tests/vectors/flows/fichas' '%s'", w->out, tree ? tree : ".", w->forms);
}

/* The invented UGEL of that moment, and all forms of the program, before the data folder is opened. */
HELPER int demo_copy(struct world *w, const char *moment)
{
        const char *tree = getenv("SIMAE_TREE"), *build = getenv("SIMAE_BUILD");
        tree = tree ? tree : ".";
        return shell("rm -rf '%s' && cp -R '%s/forms' '%s' && sh '%s/tests/tools/demo.sh' '%s/simae' %s '%s'", w->forms, tree, w->forms,
                     tree, build ? build : "build", moment, w->data);
}

HELPER enum err_code open_app(struct world *w)
{
        struct app_options options = {.dir = w->data, .forms_dir = w->forms, .create = true};
        return app_open(&options, &w->app, &w->err);
}

HELPER void close_app(struct world *w)
{
        app_close(w->app);
        w->app = NULL;
}

/* As quitting and starting again does. */
HELPER void reopen(struct world *w)
{
        close_app(w);
        OK(open_app(w));
}

HELPER int world_free(void **state)
{
        struct world *w = *state;
        app_close(w->app);
        arena_release(&w->arena);
        clock_test_set(NULL);
        int status = shell("rm -rf '%s'", w->dir);
        free(w);
        return status;
}

/* ---- Records ---- */

HELPER json_t *json_of(const char *text)
{
        json_error_t error;
        json_t *value = json_loads(text, 0, &error);
        if (!value)
                fail_msg("%s: %s", error.text, text);
        return value;
}

/* `text` has " for each ' of the JSON, to be read easily. */
__attribute__((format(printf, 2, 3))) HELPER json_t *answers_of(struct world *w, const char *format, ...)
{
        char *text = NULL;
        va_list args;
        va_start(args, format);
        int n = vasprintf(&text, format, args);
        va_end(args);
        assert_true(n >= 0);
        char *kept = arena_strdup(&w->arena, text);
        free(text);
        for (char *c = kept; *c; c++)
                if (*c == '\'')
                        *c = '"';
        return json_of(kept);
}

HELPER const char *id_text(struct world *w, const struct id *id)
{
        char text[ID_TEXT];
        return arena_strdup(&w->arena, id_format(id, text));
}

HELPER struct id id_of(const char *text)
{
        struct id id;
        assert_true(id_parse(text, &id));
        return id;
}

/* A finalised record; takes over `answers`. */
HELPER struct id make(struct world *w, const char *form, json_t *answers)
{
        struct err_list problems = {0};
        struct id id;
        enum err_code rc = record_create(w->app, form, answers, true, &problems, &id, &w->err);
        for (int i = 0; i < problems.n; i++)
                print_error("%s\n", problems.items[i].text);
        OK(rc);
        err_list_release(&problems);
        json_decref(answers);
        return id;
}

HELPER void make_directory(struct world *w)
{
        struct id school = make(w, "institucion", answers_of(w, "{'nombre':'Peñón Añejo','cod_mod':'0123456'}"));
        w->school = id_text(w, &school);
        struct id teacher = make(w, "persona", answers_of(w, "{'apellidos':'Quispe','nombres':'Rosa','ie':'%s',"
                                                              "'ugel':'bagua','dni':'12345678'}", w->school));
        w->teacher = id_text(w, &teacher);
}

HELPER int world_filled(void **state)
{
        if (world_new(state) != 0)
                return -1;
        struct world *w = *state;
        if (open_app(w) != ERR_OK)
                return -1;
        make_directory(w);
        return 0;
}

/* ---- Drafts ---- */

HELPER struct place at(struct draft *draft, const char *name)
{
        struct place place = place_parse(draft_session(draft), name);
        if (place.node < 0)
                fail_msg("there is no place %s", name);
        return place;
}

/* What the interface does with each answer. */
HELPER void answer(struct world *w, struct draft *draft, const char *name, const char *typed)
{
        if (!session_answer(draft_session(draft), at(draft, name), typed))
                fail_msg("«%s» did not change %s", typed, name);
        OK(draft_save(draft, &w->err));
}

HELPER void walk(struct draft *draft, const char *name)
{
        assert_true(session_go(draft_session(draft), at(draft, name)));
}

HELPER char *answers_text(struct draft *draft)
{
        struct str text = STR_INIT;
        json_t *answers = session_answers(draft_session(draft));
        json_write(&text, answers);
        json_decref(answers);
        return str_detach(&text);
}

HELPER void check_typed(struct draft *draft, const char *name, const char *typed)
{
        assert_string_equal(session_typed(draft_session(draft), at(draft, name)), typed);
}

HELPER struct store_counts counts(struct world *w)
{
        struct store_counts found;
        OK(store_counts(app_store(w->app), &found, &w->err));
        return found;
}

HELPER void check_counts_equal(const struct store_counts *a, const struct store_counts *b)
{
        assert_int_equal(a->records, b->records);
        assert_int_equal(a->entities, b->entities);
        assert_int_equal(a->revisions, b->revisions);
        assert_int_equal(a->drafts, b->drafts);
}

/* A visit with everything that finalising wants but the commitments. */
HELPER struct draft *begin_visit(struct world *w)
{
        struct draft *draft;
        OK(draft_begin(w->app, "visita", NULL, &draft, &w->err));
        answer(w, draft, "ie", w->school);
        answer(w, draft, "docente", w->teacher);
        answer(w, draft, "lograda", "si");
        answer(w, draft, "matriculados", "24");
        answer(w, draft, "asistentes", "20");
        return draft;
}

HELPER struct id add_commitment(struct world *w, struct draft *parent, const char *text, const char *due)
{
        struct draft *child;
        OK(draft_begin_child(parent, at(parent, "compromisos"), &child, &w->err));
        struct id id = *draft_record(child);
        answer(w, child, "texto", text);
        if (*due)
                answer(w, child, "plazo", due);
        OK(draft_close(child, &w->err));
        return id;
}

/* A finalised visit with one commitment. */
HELPER struct id make_visit(struct world *w, struct id *ret_commitment)
{
        struct id record, commitment;
        struct draft *draft = begin_visit(w);
        commitment = add_commitment(w, draft, "Revisar las unidades", "30/04/2026");
        OK(draft_finalise(draft, &record, &w->err));
        if (ret_commitment)
                *ret_commitment = commitment;
        return record;
}

/* ---- Bundles ---- */

/* Whom the tests seal for, and who opens what they sealed. */
HELPER struct age_identity office_identity(void)
{
        static const unsigned char seed[SIGN_SEED] = "the office of the tests";
        struct age_identity identity;
        struct sign_key key;
        sign_key_from_seed(seed, &key);
        sign_key_identity(&key, &identity);
        return identity;
}

/* The caller's. */
HELPER struct age_keys *office_keys(void)
{
        struct age_keys *keys = age_keys_new();
        struct age_identity identity = office_identity();
        age_keys_add_identity(keys, &identity);
        return keys;
}

HELPER const char *office_text(void)
{
        static char text[AGE_RECIPIENT_TEXT];
        struct age_identity identity = office_identity();
        age_recipient_text(&identity.recipient, text);
        return text;
}

/* For a key that nobody has accepted. */
HELPER enum err_code export_from(struct world *w, struct app *app, const char *to, bool reserved, struct export_result *ret)
{
        const char *key = office_text();
        struct export_options options = {.to = to, .reserved = reserved, .keys = &key, .keys_n = 1};
        return app_export(app, &options, ret, &w->err);
}

HELPER enum err_code export_to(struct world *w, const char *to, bool reserved, struct export_result *ret)
{
        return export_from(w, w->app, to, reserved, ret);
}

HELPER enum err_code read_exported(struct world *w, const char *path, const struct bundle_sink *sink,
                                   struct bundle_info *ret)
{
        struct age_keys *keys = office_keys();
        enum err_code rc = bundle_read_with(path, keys, sink, ret, &w->err);
        age_keys_free(keys);
        return rc;
}

#endif
