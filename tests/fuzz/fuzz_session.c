/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lines as things that happen to a session: "place=text" answers, "+place" adds
 * a row, "-N" removes one, "u" and "r" undo and redo, "b" goes back, a line
 * beginning {"op" is replayed and any other JSON object loaded.  At the end the
 * log, replayed from the beginning, and the snapshot must give the same answers.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "fill/session.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct form *the_form(void)
{
        static struct form *form;
        struct err_list mistakes = {0};
        struct form_library library = {.dir = "tests/vectors/fill"};
        struct datetime now = {.days = 20513, .ms = 29100000, .offset = -300};
        if (form)
                return form;
        form = form_load_file("tests/vectors/fill/reglas.yaml", &library, &mistakes);
        if (!form) {
                fprintf(stderr, "%s\n", mistakes.n ? mistakes.items[0].text : "no form");
                abort();
        }
        clock_test_set(&now);
        random_seed("fuzz");
        return form;
}

static void load(struct session *session, const char *line)
{
        struct err_list mistakes = {0};
        struct err err;
        json_t *answers;
        if (json_read(line, strlen(line), "fuzz", &answers, &err) != ERR_OK)
                return;
        session_load_answers(session, answers, &mistakes);
        err_list_release(&mistakes);
        json_decref(answers);
}

static void answer(struct session *session, char *line)
{
        char *equals = strchr(line, '=');
        if (!equals)
                return;
        *equals = '\0';
        struct place place = place_parse(session, line);
        if (place.node < 0 || session_rows_wanted(session, place, equals + 1) > 50)
                return;
        session_go(session, place);
        session_answer(session, place, equals + 1);
}

static void happen(struct session *session, char *line)
{
        struct err err;
        struct place place;
        switch (line[0]) {
        case '{':
                if (strncmp(line, "{\"op\"", 5) == 0)
                        session_replay(session, line, &err);
                else
                        load(session, line);
                break;
        case '+':
                place = place_parse(session, line + 1);
                if (place.node >= 0)
                        session_row_add(session, place);
                break;
        case '-': session_row_remove(session, atoi(line + 1)); break;
        case 'u': session_undo(session); break;
        case 'r': session_redo(session); break;
        case 'b': session_back(session); break;
        default: answer(session, line);
        }
}

static char *answers_text(struct session *session)
{
        struct str text = STR_INIT;
        json_t *answers = session_answers(session);
        json_write(&text, answers);
        json_decref(answers);
        return str_detach(&text);
}

static void must_agree(struct session *a, struct session *b)
{
        char *text_a = answers_text(a), *text_b = answers_text(b);
        if (strcmp(text_a, text_b) != 0) {
                fprintf(stderr, "%s\n%s\n", text_a, text_b);
                abort();
        }
        free(text_a);
        free(text_b);
}

static void must_replay(struct session *session, const char *const *lines, int n)
{
        struct session *copy = session_new(the_form(), &(struct session_host){0});
        struct err err;
        for (int i = 0; i < n; i++)
                if (session_replay(copy, lines[i], &err) != ERR_OK) {
                        fprintf(stderr, "%s\n%s\n", lines[i], err.text);
                        abort();
                }
        must_agree(session, copy);
        session_free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        if (size > 4096 || memchr(data, 0, size))
                return 0;
        struct session *session = session_new(the_form(), &(struct session_host){0});
        char *text = strndup((const char *)data, size), *rest = text, *line;
        bool replayed = false;
        while ((line = strsep(&rest, "\n"))) {
                replayed |= strncmp(line, "{\"op\"", 5) == 0;
                happen(session, line);
        }
        free(text);
        int n;
        const char *const *lines = session_log(session, &n);
        if (!replayed) /* what is replayed is not logged again */
                must_replay(session, lines, n);
        char *snapshot = session_snapshot(session);
        must_replay(session, (const char *const *)&snapshot, 1);
        free(snapshot);
        session_free(session);
        return 0;
}
