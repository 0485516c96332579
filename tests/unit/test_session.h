/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of the session share: forms from tests/vectors/fill, places by their text, a host. */
#ifndef SIMAE_TEST_SESSION_H
#define SIMAE_TEST_SESSION_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/json.h"
#include "fill/session.h"

static inline char *read_vector(const char *name)
{
        const char *tree = getenv("SIMAE_TREE");
        char *path = xasprintf("%s/tests/vectors/fill/%s.yaml", tree ? tree : ".", name);
        FILE *file = fopen(path, "r");
        struct str text = STR_INIT;
        char part[4096];
        if (!file)
                fail_msg("%s", path);
        for (size_t n; (n = fread(part, 1, sizeof part, file)) > 0;)
                str_addn(&text, part, n);
        fclose(file);
        free(path);
        return str_detach(&text);
}

static inline struct form *form_of_text(const char *text, const char *name)
{
        struct err_list mistakes = {0};
        struct form *form = form_load_text(text, strlen(text), name, NULL, &mistakes);
        for (int i = 0; i < mistakes.n; i++)
                print_error("%s\n", mistakes.items[i].text);
        assert_non_null(form);
        err_list_release(&mistakes);
        return form;
}

static inline struct form *form_of(const char *name)
{
        char *text = read_vector(name);
        struct form *form = form_of_text(text, name);
        free(text);
        return form;
}

static inline void fix_clock(const char *text)
{
        struct datetime now;
        assert_true(datetime_parse(text, -300, &now));
        clock_test_set(&now);
}

/* A directory of two schools, and an earlier visit to the first. */
static inline struct value host_attribute(void *ctx, const char *reference, const char *name,
                                          struct arena *arena)
{
        (void)ctx;
        if (strcmp(reference, "ie1") != 0)
                return VALUE_NONE;
        return value_string(arena_printf(arena, "%s de ie1", name));
}

static inline struct value host_previous(void *ctx, const struct form *form, const char *subject,
                                         const char *name, struct arena *arena)
{
        (void)ctx, (void)form, (void)arena;
        return strcmp(subject, "ie1") == 0 && strcmp(name, "visita") == 0 ? value_number(4) : VALUE_NONE;
}

static inline const char *host_title(void *ctx, const char *id, struct arena *arena)
{
        (void)ctx;
        return strncmp(id, "ie", 2) == 0 ? arena_printf(arena, "IE n.º %s", id + 2) : NULL;
}

static inline struct session_host host_full(void)
{
        return (struct session_host){.username = "ieana", .deviceid = "laptop-7", .attribute = host_attribute,
                                     .previous = host_previous, .record_title = host_title};
}

static inline struct place at(const struct session *s, const char *text)
{
        struct place place = place_parse(s, text);
        if (place.node < 0)
                fail_msg("no place %s", text);
        return place;
}

static inline bool answer(struct session *s, const char *where, const char *typed)
{
        return session_answer(s, at(s, where), typed);
}

static inline enum answer_status status(const struct session *s, const char *where)
{
        return session_status(s, at(s, where));
}

#define assert_status(s, where, expected) assert_int_equal(status(s, where), STATUS_##expected)

static inline void check_shown(const struct session *s, const char *where, const char *expected)
{
        struct arena arena = {0};
        assert_string_equal(session_display(s, at(s, where), &arena), expected);
        arena_release(&arena);
}

static inline void check_message(const struct session *s, const char *where, const char *expected)
{
        struct arena arena = {0};
        assert_string_equal(session_message(s, at(s, where), &arena), expected);
        arena_release(&arena);
}

static inline void check_answers(const struct session *s, const char *expected)
{
        struct str text = STR_INIT;
        json_t *answers = session_answers(s);
        json_write(&text, answers);
        assert_string_equal(text.text, expected);
        json_decref(answers);
        str_release(&text);
}

#endif
