/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A filling session: the answers of one record while a person gives them.
 *
 * No I/O and no terminal.  The session holds typed answers in rows, keeps
 * relevance, calculations, validity and counts up to date by re-evaluating
 * only what depends on a change, remembers the path really walked, and writes
 * every change as one line of an append-only log.  Replaying the log on a new
 * session gives the same session, with its undo, its place and its path: that
 * is how drafts are saved and resumed.
 *
 *      person ── session_answer() ──► session ── session_log() ──► app ──► store
 *
 * The form is borrowed and must outlive the session.
 */
#ifndef SIMAE_FILL_SESSION_H
#define SIMAE_FILL_SESSION_H

#include <jansson.h>

#include "form/form.h"

struct session;

/*
 * One question in one row.  `row` is 0 for everything outside repeats; the rows
 * of repeats have numbers that are never used again in the same session.
 */
struct place { int node, row; };
#define PLACE_NONE ((struct place){-1, -1})

/* What the session asks of the world. Any member may be NULL. Strings must live until the arena is cleared. */
struct session_host {
        void *ctx;
        const char *username; /* record id of the profile's persona, or NULL */
        const char *deviceid;
        const char *record_id; /* of the record being filled, or NULL */
        struct value (*attribute)(void *ctx, const char *reference, const char *name, struct arena *arena);
        /* Answer `name` in the latest earlier record of `form` whose subject is `subject`. */
        struct value (*previous)(void *ctx, const struct form *form, const char *subject, const char *name,
                                 struct arena *arena);
        /* How many current records of `form` have these answers (as texts); unknown form or question: 0. */
        int64_t (*count_records)(void *ctx, const char *form, const char *const *names, const char *const *values, int n);
        /* How a person sees a directory entity or a child record; NULL if unknown. */
        const char *(*record_title)(void *ctx, const char *id, struct arena *arena);
};

/* A new record: metadata, defaults and calculations done. `host` is copied. */
struct session *session_new(const struct form *form, const struct session_host *host);
void session_free(struct session *session);
const struct form *session_form(const struct session *session);

/*
 * Put answers in, as session_answers() gives them (the file of `registro
 * crear`).  Groups may be objects of their own or left out.  What they leave
 * out follows from the rest, as if that had been typed: defaults, and what it
 * triggers, in rows too.  Every unknown name and every value of the wrong shape
 * is added to `mistakes` ("pregunta: …"); the rest goes in.  Not part of the undo.
 */
void session_load_answers(struct session *session, const json_t *answers, struct err_list *mistakes);
/* The same with the answers of a finalised record, and nothing else: a question that they lack was left empty,
 * unless its calculation waits for no trigger. */
void session_load_record(struct session *session, const json_t *answers, struct err_list *mistakes);

/* ---- The log ---- */

/* Lines written since the session began or since session_log_taken(): JSON, one each, without line ends. */
const char *const *session_log(const struct session *session, int *ret_n);
/* The caller has them safe: forget them here. */
void session_log_taken(struct session *session);
/* Write no more lines and keep no undo: for a session that nobody will resume (a file of many records). */
void session_log_off(struct session *session);
/* Apply one line of a log: ERR_INVALID (and nothing changed) if it does not fit this form. Not logged again. */
enum err_code session_replay(struct session *session, const char *line, struct err *err);
/* The whole session as one line that session_replay() takes on a new session: a shorter log. malloc'ed. */
char *session_snapshot(const struct session *session);

/* ---- Answers ---- */

/*
 * Answer with what was typed.  Text that is not of the type (letters in a
 * number) is kept as it is, marked invalid, and is empty for expressions.  For
 * choices: names; several separated by spaces.  References: the record's id.
 * "" clears.  Returns true if something changed.  A hidden or read-only place
 * is not changed.
 */
bool session_answer(struct session *session, struct place place, const char *typed);
/* How many rows session_answer(place, typed) would add through a repeat_count: above 50, ask first.
 * Nothing changes. */
int session_rows_wanted(struct session *session, struct place place, const char *typed);
/* The answer for expressions; borrowed until the next change. */
struct value session_value(const struct session *session, struct place place);
/* The answer as it would be typed again (dates dd/mm/aaaa, choices as names). Borrowed until the next change. */
const char *session_typed(const struct session *session, struct place place);
/* The answer as people read it: labels of choices, titles of references; one line. In `arena`. */
const char *session_display(const struct session *session, struct place place, struct arena *arena);
/* The answer to the same question in the latest earlier record about the same subject, as people read it; "" if
 * there is none, or inside a repeat. In `arena`. */
const char *session_previous(const struct session *session, struct place place, struct arena *arena);
/* Keep an answer that is no longer among the choices: it stops being a problem until it changes. */
void session_confirm(struct session *session, struct place place);

/* Undo and redo one change; the place where it happened, or PLACE_NONE if there is none. */
struct place session_undo(struct session *session);
struct place session_redo(struct session *session);
/* What undo would do, in words: «Estudiantes asistentes: 24 → 12». NULL if nothing. In `arena`. */
const char *session_undo_words(const struct session *session, struct arena *arena);

/* ---- Rows of repeats, and children ---- */

/* Row numbers of the repeat at `place`, in order. Borrowed until the next change. */
const int *session_rows(const struct session *session, struct place place, int *ret_n);
/* A new last row, with its defaults; its number, or -1 if the repeat is hidden or full (10,000 rows). */
int session_row_add(struct session *session, struct place repeat);
bool session_row_remove(struct session *session, int row);
/* Move a row one up (-1) or down (+1) among its siblings. */
bool session_row_move(struct session *session, int row, int step);
/* The repeat that holds a row, and that repeat's row; PLACE_NONE for row 0. */
struct place session_row_parent(const struct session *session, int row);
/* Position of a row among its siblings, from 1. */
int session_row_position(const struct session *session, int row);
/* A few words for a row in lists: its first answers. In `arena`. */
const char *session_row_words(const struct session *session, int row, struct arena *arena);

/* Ids of child records at a `children` place; replaced as a whole. */
bool session_set_children(struct session *session, struct place place, const char *const *ids, int n);
const char *const *session_children(const struct session *session, struct place place, int *ret_n);
/* Initial answers for a new child: object {question: answer} from `parameters`. New reference. */
json_t *session_child_answers(struct session *session, struct place place);

/* ---- What is shown ---- */

enum answer_status {
        STATUS_HIDDEN,      /* not relevant */
        STATUS_PLAIN,       /* a note, a group, a calculation or repeat with nothing wrong: nothing to answer */
        STATUS_EMPTY,       /* not answered, and may stay so */
        STATUS_MISSING,     /* not answered, required */
        STATUS_DONE,
        STATUS_WARNING,     /* answered; a soft constraint speaks */
        STATUS_UNAVAILABLE, /* the choice is no longer in the list; change or confirm */
        STATUS_INVALID,     /* breaks its type or its constraint */
};

enum answer_status session_status(const struct session *session, struct place place);
/* The sentence for MISSING, WARNING, UNAVAILABLE and INVALID; "" for the rest. In `arena`. */
const char *session_message(const struct session *session, struct place place, struct arena *arena);
bool session_is_relevant(const struct session *session, struct place place);
bool session_is_read_only(const struct session *session, struct place place);
bool session_is_required(const struct session *session, struct place place);
/* Label, hint and guidance with ${name} filled in. In `arena` or borrowed from the form. */
const char *session_label(const struct session *session, struct place place, struct arena *arena);
const char *session_hint(const struct session *session, struct place place, struct arena *arena);
/* The choices offered now (after choice_filter), in order. In `arena`. */
const struct choice *const *session_choices(const struct session *session, struct place place,
                                            struct arena *arena, int *ret_n);
/* instance_name. In `arena`. */
const char *session_title(const struct session *session, struct arena *arena);

/* `questions` are shown; `answered` hold something, good or not.  The rest count places, repeats without a
 * required row included. */
struct session_counts { int questions, answered, missing, invalid, unavailable, warnings; };
/* Of a section (or any group of scope 0; rows of its repeats included), or of the whole form with node 0. */
struct session_counts session_counts(const struct session *session, int group);

/* Grows by one whenever the set of shown places, or any status, may have changed. */
unsigned session_version(const struct session *session);

/* ---- Walking ---- */

/* Where the person is. Never PLACE_NONE while the form has a shown question. */
struct place session_here(const struct session *session);
/* Go somewhere, remembering where from. False if the place is hidden. */
bool session_go(struct session *session, struct place place);
/* The next or previous shown place in the order of the form, in the same row; PLACE_NONE at the end.
 * A repeat or children list is one place; its rows are entered with session_go(). Notes are places too. */
struct place session_step(const struct session *session, struct place from, int direction);
/* First shown place of a group or of a row. */
struct place session_first(const struct session *session, int group, int row);
/* Back along the path really walked, over places still shown; false at its beginning. */
bool session_back(struct session *session);
/* The next place after `from`, in any row and round the end, that is MISSING, INVALID or UNAVAILABLE. */
struct place session_next_problem(const struct session *session, struct place from);

/* ---- The end ---- */

struct session_problem { struct place place; enum answer_status status; const char *text; };
/* Everything that forbids finalising (warnings: include them too, after the rest, if asked). In `arena`. */
const struct session_problem *session_problems(struct session *session, bool warnings, struct arena *arena,
                                               int *ret_n);
/* Set `end` metadata and run volatile calculations for the last time. */
void session_finish(struct session *session);
/* The record's answers, in form order, hidden and empty ones left out. Values: strings, numbers, arrays of
 * strings for several choices, arrays of objects for repeats, arrays of ids for children. New reference. */
json_t *session_answers(const struct session *session);

/* True if an expression, parsed against the session's form as seen from outside its repeats, is true now:
 * the filter line of a list. */
bool session_test(const struct session *session, const struct expr *expr, struct arena *arena);
/* Its value. In `arena`. */
struct value session_eval(const struct session *session, const struct expr *expr, struct arena *arena);

/* A place as text, "nombre" or "nombre@7", and back (PLACE_NONE if it does not fit). */
const char *place_text(const struct session *session, struct place place, struct arena *arena);
struct place place_parse(const struct session *session, const char *text);

#endif
