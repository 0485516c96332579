/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * app: what a person can ask for, for both faces.
 *
 * Holds the open store, the forms in use and the profile; joins the fill
 * session to the store.  The interface and the subcommands call this and read
 * lists straight from store/store.h through app_store().
 */
#ifndef SIMAE_APP_APP_H
#define SIMAE_APP_APP_H

#include <jansson.h>
#include <stdio.h>

#include "base/table.h"
#include "fill/session.h"
#include "form/form.h"
#include "form/guide.h"
#include "form/indicators.h"
#include "report/board.h"
#include "report/today.h"
#include "store/store.h"

struct app;
struct app_host;

/*
 * How many revisions of all those that lists lacked are derived, every DERIVE_OFTEN; false stops.  With the last of them
 * about half of the time has gone: indexes, words and totals of all of them are still to be made.
 */
enum { DERIVE_OFTEN = 500 };
typedef bool derive_progress(void *ctx, int64_t done, int64_t all);

struct app_options {
        const char *dir;       /* data folder; NULL: $SIMAE_HOME, else $XDG_DATA_HOME/simae, else ~/.local/share/simae */
        const char *forms_dir; /* forms to install; NULL: $SIMAE_FORMS, else beside the program, else SIMAE_DATADIR */
        bool create;           /* make the data folder if there is none */
        bool later;            /* leave what lists lack to the next who opens it, however little: for imports alone */
        derive_progress *progress; /* of what lists lack of an import, with `ctx`; NULL */
        void *ctx;
};

/*
 * Open the data folder, bring its lists up to date if an import left them behind
 * (app_catch_up(); if that fails they show what they did, and app_warning() says why) and, when the forms folder changed since the last time
 * (names, sizes, times), install its forms.  Forms with mistakes are left out
 * and the first sentence kept for app_warning(); those already installed stay.
 */
enum err_code app_open(const struct app_options *options, struct app **ret, struct err *err);
void app_close(struct app *app);
struct store *app_store(struct app *app);
const char *app_dir(const struct app *app);
/* Something the person should know at start (forms with mistakes, clock behind the newest record), or NULL. */
const char *app_warning(const struct app *app);
/* The data folder that app_open() would use. malloc'ed. */
char *app_default_dir(const char *dir);

/* ---- Profile: who uses this laptop ---- */

struct app_profile { struct id persona; const char *name; const char *ugel; }; /* persona none: not set yet */
/* Borrowed until it is set again. */
const struct app_profile *app_profile(const struct app *app);
/* A persona record becomes the user's; its `ugel` is proposed in new records. */
enum err_code app_profile_adopt(struct app *app, const struct id *persona, struct err *err);

/* ---- Forms ---- */

/* The version that new records use. Owned by app until app_close(). ERR_NOT_FOUND names the nearest. */
enum err_code app_form(struct app *app, const char *id, const struct form **ret, struct err *err);
/* Any version ever installed. */
enum err_code app_form_version(struct app *app, const struct hash *hash, const struct form **ret, struct err *err);
/* Check and install every form of a file or folder. With mistakes nothing is installed (ERR_INVALID). */
enum err_code app_forms_install(struct app *app, const char *path, struct err_list *mistakes, int *ret_n,
                                struct err *err);

/* ---- The guide: articles to read and search ---- */

/* Those of the folder of forms, read when first asked for; without articles if there is no such folder.
 * Owned by app until app_close(). */
const struct guide *app_guide(struct app *app);
/* The same without a data folder; `forms_dir` as in struct app_options. guide_release() frees it. */
void app_guide_load(const char *forms_dir, struct guide *ret, struct err_list *mistakes);

/* The indicators of the folder of forms and of the data folder; both as in struct app_options, without opening it.
 * indicators_free() frees them. */
struct indicators *app_indicators_load(const char *forms_dir, const char *dir, struct err_list *mistakes);

/* ---- A record being filled: a draft ---- */

struct draft;

/*
 * Begin a record.  `initial` (may be NULL) are answers to start with, such as
 * {"ie": "…"}.  Nothing is stored until the first draft_save() with something
 * answered.
 */
enum err_code draft_begin(struct app *app, const char *form, const json_t *initial, struct draft **ret,
                          struct err *err);
/* A child record of `parent` at a `children` place, with the initial answers of its parameters. It joins
 * the parent's list with its first save; the parent must stay open as long as the child. */
enum err_code draft_begin_child(struct draft *parent, struct place place, struct draft **ret, struct err *err);
/* Correct a finalised record: its answers, its own form version; finalising adds a revision. */
enum err_code draft_edit(struct app *app, const struct id *record, struct draft **ret, struct err *err);
/* Take up a draft where it was left, with the version of the form it was begun with. */
enum err_code draft_resume(struct app *app, const struct id *draft, struct draft **ret, struct err *err);
/* The text that was being typed when the program ended without warning, and where; NULL if none. Borrowed. */
const char *draft_pending(const struct draft *draft, struct place *ret_place);

struct session *draft_session(struct draft *draft);
const struct id *draft_id(const struct draft *draft);
const struct id *draft_record(const struct draft *draft);
/* Store what the session logged since the last save: one durable commit. Call after every answer. */
enum err_code draft_save(struct draft *draft, struct err *err);
/* Keep the text being typed (call when the person pauses, and on signals). */
enum err_code draft_save_pending(struct draft *draft, struct place place, const char *text, struct err *err);
/* Saves and frees; the draft stays in the store. */
enum err_code draft_close(struct draft *draft, struct err *err);
/* Removes it from the store, children included, and frees it. */
enum err_code draft_discard(struct draft *draft, struct err *err);

/* What forbids finalising, children's problems included ("compromiso 2: …"). In `arena`. */
struct draft_problem { struct place place; const char *label, *text; enum answer_status status; struct id child; };
const struct draft_problem *draft_problems(struct draft *draft, bool warnings, struct arena *arena, int *ret_n);
/*
 * Make the revision (and those of the children) and drop the draft, in one
 * transaction.  ERR_REFUSED, with nothing changed, while there are problems;
 * the draft stays open then.  On success it is freed.
 */
enum err_code draft_finalise(struct draft *draft, struct id *ret_record, struct err *err);

/* The children of a place, as rows to show. In `arena`. */
struct draft_child { struct id record, draft; const char *title; int missing; bool is_draft; };
const struct draft_child *draft_children(struct draft *draft, struct place place, struct arena *arena, int *ret_n);
/* Open one of them to fill; closing it refreshes the parent's list. */
enum err_code draft_open_child(struct draft *parent, const struct draft_child *child, struct draft **ret, struct err *err);
/* Take one out of the list. Its draft stays in the store until the parent's goes, so that undo brings it back whole. */
enum err_code draft_remove_child(struct draft *parent, struct place place, int index, struct err *err);

/* ---- What earlier records left open ---- */

/*
 * Records of the form that a children question names, left open by others
 * about the same school or subject (for forms with neither: in the same UGEL),
 * by what is due first; reserved ones too.  In `arena`; NULL with *ret_n 0 if
 * there are none, or nothing to look for is answered yet.
 */
const struct store_record *draft_open_before(struct draft *draft, struct place place, struct arena *arena, int *ret_n);
/* How many; cheap to ask again and again. */
int draft_open_before_n(struct draft *draft, struct place place);
/* The form of a record, for the ways to follow it up (form->follow_ups) and whether it may be agreed again. */
enum err_code record_follow_ups(struct app *app, const struct id *record, const struct form **ret, struct err *err);
/* Correct a record in one of those ways: a draft with its answers set, at the new row if it adds one. */
enum err_code draft_follow_up(struct app *app, const struct id *record, int way, struct draft **ret, struct err *err);
/* Begun so, and not yet closed. */
bool draft_is_follow_up(const struct draft *draft);
/* A new child at `place` that takes from `record` what the form says (again) and names it in `viene_de`. */
enum err_code draft_agree_again(struct draft *parent, struct place place, const struct id *record, struct draft **ret,
                                struct err *err);
/* How many drafts finalising it would begin (on_finalise: create), to tell the person. */
int draft_begins(struct draft *draft);

/* ---- Records ---- */

/* A finalised record opened for reading. */
struct record_view {
        struct store_record record;
        const struct form *form;
        json_t *answers;          /* of the current revision; freed by record_view_release() */
        struct session *session;  /* loaded with them, for labels, display and order; never saved */
        struct app_host *host;    /* the session's; freed with it */
        struct arena *arena;      /* strings of `record` */
};
enum err_code record_open(struct app *app, const struct id *id, struct record_view *ret, struct err *err);
void record_view_release(struct record_view *view);
/* Append every shown answer of a session as lines of text to read, section after section. Sensitive ones
 * only with `sensitive`. */
void record_text(struct session *session, bool sensitive, struct str *out);
/* instance_name as people see it: parts between " · " that are still empty are left out. In `arena`. */
const char *record_session_title(struct session *session, struct arena *arena);
/* The title of any record or entity, or its code if unknown. In `arena`. */
const char *record_title(struct app *app, const char *id, struct arena *arena);
/* Mark annulled with a reason (a revision of its own). */
enum err_code record_annul(struct app *app, const struct id *id, const char *reason, struct err *err);

/*
 * For `registro crear`: every problem is added to `problems` as "pregunta: …"; then nothing is stored.
 * With `finalise` false a draft is left.  Groups may be objects of their own or left out; references
 * are ids or readable codes of records that exist; children may stand as objects inside their question.
 */
enum err_code record_create(struct app *app, const char *form, const json_t *answers, bool finalise,
                            struct err_list *problems, struct id *ret, struct err *err);

/*
 * Records of a form as tables, a batch of rows at a time (as struct
 * export_source wants them): first that of the records, then, in the order of
 * the form, one for the rows of each repeat and one for the records of each
 * `children` question.
 *
 *      codigo  registro  registro_padre  estado_registro  envio  titulo  version_ficha  fila  …answers
 *
 * Every row begins with the code and id of its record, so rows of a repeat are
 * joined to their record by `registro`; children to theirs by `registro_padre`.
 * `envio` is how far it was sent, in words (app/sent.h);
 * `fila` is the place among the rows of the repeat or the children, from 1.
 *
 * Then a column for each question of the form's version of today, in its order:
 * codes of choices in NAME (several with a blank between them, as XLSForm has
 * them) and their labels in NAME.texto (with "; "); the title of what a
 * reference names in NAME and its id in NAME.id.  With `reading` only the
 * labels and titles, under NAME.
 *
 * Sensitive questions and reserved records, also as children, only with
 * `sensitive`; annulled records only if `state` asks for them.
 */
struct records_wish {
        const char *form;             /* "cap_sesion", or one table of it: "cap_sesion/participantes" */
        const char *ugel, *from, *to; /* of the record, and its first and last day "2026-03-01"; NULL: any */
        int state;                    /* enum record_state; -1: any but annulled */
        bool sensitive, reading;
};
struct records_tables;
/* ERR_NOT_FOUND: there is no such form, or no such table in it. `wish` is copied, its texts must outlive it. */
enum err_code records_tables_open(struct app *app, const struct records_wish *wish, struct records_tables **ret,
                                  struct err *err);
void records_tables_close(struct records_tables *tables);
/* How many tables there are in all, and what `wish.form` the one at `index` has. */
int records_tables_n(const struct records_tables *tables);
const char *records_tables_name(const struct records_tables *tables, int index);
/* Owned by `tables` until the next call; *ret NULL after the last. */
enum err_code records_tables_next(struct records_tables *tables, const struct table **ret, struct err *err);
/* The next rows of that table, in place of those before; *ret_more false: they are the last. */
enum err_code records_tables_rows(struct records_tables *tables, bool *ret_more, struct err *err);
/* Records whose answers make `filter` (an expression; NULL for all) true, as a table for lists: code, form, date, title, school, state, how far it was sent (app/sent.h), id. */
enum err_code records_list_table(struct app *app, const char *form, const char *filter, struct table *ret, struct err *err);
/* Differences between the answers of two revisions (`before` NULL: all of `after`): question, before, after. */
enum err_code record_changes(struct app *app, const struct form *form, const struct hash *before,
                             const struct hash *after, struct table *ret, struct err *err);

/* ---- Boards ---- */

/* The record id of whoever uses this laptop, in hexadecimal; "" if nobody is set. Until it is asked again. */
const char *app_persona(struct app *app);
/*
 * A board by its name.  `persona` and an argument that names a record may be
 * ids or readable codes.  ERR_NOT_FOUND names the nearest board; ERR_INVALID: a
 * date that is none, or a record of another form.  The board must go before the
 * app does; board_release() is the caller's.
 */
enum err_code app_board(struct app *app, const char *name, const struct board_options *options, struct board *ret,
                        struct err *err);
/* What calls for attention today, of whoever uses this laptop. */
enum err_code app_today(struct app *app, struct today *ret, struct err *err);
/* The form that a planned visit is to be made with, and the answers it begins with: its school, its person and
 * the plan itself. A new reference in *ret_initial. ERR_NOT_FOUND: no such plan, or its form is not installed. */
enum err_code app_planned(struct app *app, const struct id *planned, char ret_form[64], json_t **ret_initial,
                          struct err *err);
/* Where files for people go: the folder last exported to, else `salida` of the data folder. In `arena`. */
const char *app_output_dir(struct app *app, struct arena *arena);
/* Write a table in the format that the ending of `path` says. ERR_INVALID: of no format. */
enum err_code app_save_table(struct app *app, const struct table *table, const char *path, struct err *err);

/* ---- Export ---- */

struct export_result {
        char path[4096];      /* of several parts, of the last */
        int parts;            /* bundles: more than one if it was too much for one */
        int64_t revisions, records, bytes; /* of all of them */
        int64_t reserved;     /* revisions of reserved records that stayed out */
        int64_t held;         /* revisions that stay because every receiver has them, or they are not for it */
        int offices;          /* for how many keys it was sealed; 0: with the passphrase */
        bool back;            /* for laptops */
};

struct export_options {
        const char *to;               /* a folder, or a file name that does not exist; NULL: `salida` of the data folder */
        const char *back;             /* an accepted laptop, or BACK_ALL (app/back.h); NULL: for the offices */
        const char *passphrase;       /* seal with it instead of for the known offices; NULL */
        const char *const *keys;      /* age1… to seal for besides the known offices (app/keys.h) */
        int keys_n;
        bool reserved;                /* reserved records too, whoever can open it */
        bool all;                     /* whatever the receivers said they have */
        bool anyway;                  /* a bundle also if it brings no news: it still is a receipt */
        void (*delivered)(void *ctx, const char *path); /* after each part; NULL */
        void *ctx;
};

/*
 * Put every finalised revision that one of the receivers lacks, as far as is
 * known, in a sealed and signed bundle, as sync/bundle.h says: choose, spool,
 * verify, deliver, note.  Nothing is marked as sent, so a lost stick costs
 * nothing: what the receiver does not say it has goes again.  Revisions of
 * reserved records travel if only offices that were accepted can open it, or
 * with options->reserved; result->reserved says how many stayed out.
 * Too much for one bundle (900 MB before anything is compressed; $SIMAE_TEST_PART) goes in several, each complete,
 * delivered and noted before the next is begun: after an error the sentence tells how many are good, and they stay.
 * To a file name: «x.simae», «x-2.simae» …
 * ERR_REFUSED: neither an office is known nor a key or passphrase given, or it is too easy to guess
 * (app/passphrase.h), and the sentence says what to do.
 * ERR_NO_NEWS: it would be no news to any receiver (not with options->all or ->anyway).
 * ERR_NOT_FOUND when nothing is finalised yet, or no laptop is called so; ERR_CORRUPT if a page of
 * the store is damaged, or a revision is not what its id says.
 */
enum err_code app_export(struct app *app, const struct export_options *options, struct export_result *ret,
                         struct err *err);

/* ---- Care ---- */

/*
 * Lists, words to search by and facts follow from revisions.  Of few they are derived with them, in one transaction; of
 * 5,000 or more that an import brings, or a laptop's acceptance releases, in a second one, so that what was received is
 * safe before and nothing of it is lost if the program ends in between, by itself, by the user or with the power: then
 * whoever opens the folder next begins the second again.  Until it is done, all of it shows what it showed before.
 */
/* How many revisions lists lack; 0 when they are up to date, as after app_open(). */
enum err_code app_behind(struct app *app, int64_t *ret, struct err *err);
/*
 * Derive them, in one transaction; nothing to do: ERR_OK.  `progress` may be NULL; where it says false,
 * ERR_CANCELLED, and the next time begins again.
 */
enum err_code app_catch_up(struct app *app, derive_progress *progress, void *ctx, struct err *err);
/* Until told otherwise, app_import() and an acceptance leave that to their caller, who takes in more before. */
void app_leave_behind(struct app *app, bool leave);

/* Derive every record view, and the facts of the indicators, again from the revisions. */
enum err_code app_rebuild(struct app *app, int64_t *ret_records, struct err *err);
/* State of the installation, as a JSON object; new reference in *ret. */
enum err_code app_diagnose(struct app *app, json_t **ret, struct err *err);

/* ---- Facts: what records contribute to the indicators (store/facts.h) ---- */

/* The indicators of the forms folder and of the data folder. Owned by app. */
const struct indicators *app_indicators(struct app *app);
/*
 * How many records are still to be computed again: all of them after a change
 * of the indicators, of their parameters, of the calendar or of a period of the
 * directory.  Until 0, totals are empty.
 */
enum err_code app_facts_left(struct app *app, int64_t *ret, struct err *err);
/*
 * Compute them, telling how far it is after each step; `progress` (may be NULL)
 * returns false to stop: ERR_CANCELLED, and the next time goes on from there.
 */
typedef bool facts_progress(void *ctx, int64_t done, int64_t all);
enum err_code app_facts_compute(struct app *app, facts_progress *progress, void *ctx, struct err *err);

/*
 * Fill an empty data folder with an invented UGEL: 60 schools in 3 districts,
 * 200 people, two years of everything that src/app/demo_story.def tells, up to
 * yesterday; `scale` multiplies visits, sessions and checklists.  The same `seed` gives the same answers.  `progress` may be NULL.
 */
enum err_code demo_make(struct app *app, const char *seed, int scale,
                        void (*progress)(void *ctx, int done, int total), void *ctx, struct err *err);

#endif
