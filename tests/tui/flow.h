/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whole journeys through the program, written as tables.
 *
 * A file of tests/vectors/flows has sections, each for one form, and in them a
 * line for each question in the order in which the program must ask them:
 *
 *      == visita.aula simae_docente
 *      # question   | keys               | answer in the record
 *      matriculados | "24" Enter         | 24
 *      seccion      | Enter              |
 *      modalidad    | -                  | "ebr"
 *
 * flow_run() waits for no line: it asserts that the question of the line has
 * the focus, by its label on the screen, sends the keys, and notes the answer
 * expected.  Keys are names of ui/actions.def; what is in quotes is typed.
 * "-": nothing to type, only the answer that the record must have.  A line
 * without an answer leaves none.  Lines of a repeat are "repeat/question"; its
 * first question again begins another row.  Sections "x.a" and "x.b" build the
 * same record "x".  In answers "@words" stands for the id of the record whose
 * name begins with the words; one without a name goes by its form.
 */
#ifndef SIMAE_TESTS_TUI_FLOW_H
#define SIMAE_TESTS_TUI_FLOW_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <stdbool.h>

#include "vt.h"

/* ---- The place where a test lives: a folder with HOME and SIMAE_HOME of its own ---- */

struct place_of_test { char dir[64], data[96], out[96]; };

/* cmocka setup and teardown; *state is a struct place_of_test. */
int flow_place(void **state);
int flow_leave(void **state);
/*
 * Fill the data folder: a specialist with her profile, a school, thirteen more
 * people, a community, a visit concluded and one begun yesterday, in which
 * hardly anything is answered.
 */
void flow_seed(const struct place_of_test *at);
/* The same without visits. */
void flow_seed_directory(const struct place_of_test *at);
/* Start the program there, at 09:30 of 14 April 2026, always with the same randomness. */
void flow_start(const struct place_of_test *at, int rows, int cols);
/* The same with one more "NAME=value" in the environment. */
void flow_start_with(const struct place_of_test *at, int rows, int cols, const char *variable);
/* Quit with ^Q from wherever it is; it must end well. */
void flow_quit(void);
/* A shell command; its exit status, and what it wrote (malloc'ed) unless `ret` is NULL. */
int flow_shell(char **ret, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ---- Tables ---- */

struct flow;

/* The table tests/vectors/flows/NAME.txt. */
struct flow *flow_open(const char *name);
void flow_free(struct flow *flow);
/* All lines of a section; or those from the question `from` to `to`, both included (NULL: the ends). */
void flow_run(struct flow *flow, const char *section);
void flow_run_part(struct flow *flow, const char *section, const char *from, const char *to);
/* What the record of these sections must hold. Borrowed. */
json_t *flow_record(struct flow *flow, const char *record);
/* Lines run so far that answered something. */
int flow_answers(const struct flow *flow);
/* Called before each line with its question; for tests that do something else on the way. */
void flow_watch(struct flow *flow, void (*each)(void *ctx, const char *question), void *ctx);

/* Keys as in a table: names go to vt_keys(), what is between quotes is typed. */
void flow_keys(const char *keys);

/* ---- The screen ---- */

/* True if the question with the focus has this label. */
bool flow_on(const char *label);
/* The label of a question of a form, for flow_on(). */
const char *flow_label(struct flow *flow, const char *form, const char *question);
/* Fails, with the screen, unless the question has the focus. */
void flow_expect_on(struct flow *flow, const char *form, const char *question);
/* True if the terminal's cursor is visible and inside the screen. */
bool flow_cursor_shown(void);
/* Home: Esc until the menu is all there is; at most `most` times. */
void flow_go_home(int most);
void flow_expect_home(void);
bool flow_at_home(void);

/* ---- Every screen there is, on the laptop of flow_seed() ---- */

struct flow_spot {
        const char *keys;  /* from the question with which the program begins */
        const char *seen;  /* on the screen then, at 24 x 80 */
        const char *typed; /* must be on disk afterwards; NULL: nothing may have changed there; "": it may */
};
extern const struct flow_spot flow_spots[];
extern const int flow_spots_n;

/* ---- What came out ---- */

/* Every revision of a bundle, unpacked with tar, checked with b2sum, read with zstd and jq. New reference to an array. */
json_t *flow_unpack(const struct place_of_test *at);
/* From here on bundles are sealed for an office whose key is at hand: flow_unpack() needs it. The program may be open. */
void flow_accept_office(const struct place_of_test *at);
/* "@words" put in `expected` for the ids of `revisions`, then compared with the answers of the only record of
 * `form` (and `parent`, unless NULL, its number in the parent's list); the difference is printed. */
void flow_check_record(json_t *revisions, const char *form, json_t *expected);
/* The whole text of the record screen that is open, blanks taken out. malloc'ed. */
char *flow_read_record(void);
/* Fails unless every answer of `expected` that people see is in that text, as they see it. */
void flow_check_read(struct flow *flow, const char *form, json_t *expected, json_t *revisions, const char *read);

#endif
