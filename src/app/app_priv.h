/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of app share. */
#ifndef SIMAE_APP_PRIV_H
#define SIMAE_APP_PRIV_H

#include "app/app.h"
#include "app/revision.h"
#include "fill/reading.h"
#include "form/guide.h"
#include "store/facts.h"
#include "sync/merge.h"

struct app_host {
        struct app *app;
        struct id record;
        char username[ID_TEXT], device[ID_TEXT], record_text[ID_TEXT];
};

/* A loaded form version; kept until the app closes. */
struct loaded_form {
        struct hash hash;
        struct form *form;
        struct reading *reading; /* of one record after another; NULL until the first */
        struct app_host host;    /* of the reading */
        struct loaded_form *next;
};

/* Of records asked for lately; emptied at every new revision, one by one in an import. */
enum { CACHE_SLOTS = 256, NAME_SLOTS = 8192, USED_LISTED = 64 };
/* Slots filled since the last clearing, one perhaps more than once; more than USED_LISTED: which is not known. */
struct slots_used { int n, at[USED_LISTED]; };
struct cached_answers {
        struct id record;
        json_t *answers;
        const struct form *form;
};
struct cached_name {
        struct id record;
        char *title;       /* NULL: not asked for */
        char *joined;      /* with whom it was joined; the same */
};

struct app {
        struct store *store;
        char *dir, *forms_dir;
        char warning[ERR_TEXT_MAX];
        struct app_profile profile;
        struct arena profile_arena;
        struct loaded_form *forms;
        struct cached_answers *cache; /* CACHE_SLOTS of them, or NULL: all empty */
        struct cached_name *names;    /* NAME_SLOTS */
        struct slots_used cache_used, names_used;
        struct guide guide;
        bool guide_read;
        struct board_host board_host; /* of the boards being shown */
        char persona[ID_TEXT];
        struct indicators *indicators; /* read at their first use */
        struct bound_form *bound; /* facts.c */
        int facts_step;           /* records of the next step of computing facts; 0: none was yet */
        struct deriving *deriving; /* many views, at present; or NULL */
        char forms_print[HASH_TEXT]; /* what the forms folder looked like at start; "": it is not there */
        bool clock_ok;
        bool leaves; /* app_leave_behind() */
        bool defers; /* app_options.later */
        unsigned revisions; /* written since the program began */
        bool quiet_titles; /* while rebuilding: no titles of other records */
};

/* How many open records a children place had when last looked. */
struct open_count { int node; unsigned version, revisions; int n; };
enum { OPEN_COUNTS = 4 };

struct draft {
        struct app *app;
        struct app_host host;
        struct session *session;
        const struct form *form;
        struct store_draft info;   /* strings in `arena` */
        struct arena arena;
        bool stored;               /* the store has it */
        bool follow_up;            /* begun by draft_follow_up() */
        int initial_lines;         /* log lines that a beginning makes by itself */
        int lines;                 /* in the store */
        json_t *before;            /* edits: the answers it began from */
        struct store_record base;  /* edits: the view it began from */
        struct draft *parent;      /* open child: its parent */
        struct place parent_place;
        char *pending_text;
        struct place pending_place;
        struct open_count open_counts[OPEN_COUNTS];
};

/* forms.c */
enum err_code app_forms_refresh(struct app *app, struct err *err);
char *app_find_forms_dir(const char *given);
enum err_code app_form_hash(struct app *app, const char *id, struct hash *ret, struct err *err);

/* host.c: the session's questions to the store. */
/* Fills `host` in; it must outlive the session. `record` is the one being filled: never its own previous. */
struct session_host app_session_host(struct app *app, const struct id *record, struct app_host *host);
/* Current answers of a record and their form; NULL if there is none. Borrowed until the next revision. */
const json_t *app_answers(struct app *app, const struct id *record, const struct form **ret_form);
/* The reading of a loaded form, with those answers of that record in it; until the next time that it is asked for. */
struct reading *app_reading(struct app *app, const struct form *form, const json_t *answers, const struct id *record);
/* reading_looks_around() of it. */
bool app_looks_around(struct app *app, const struct form *form);
/* Where the name of a record is kept. */
struct cached_name *app_name(struct app *app, const struct id *record);
void app_cache_clear(struct app *app);
void app_cache_free(struct app *app);
void app_cache_forget(struct app *app, const struct id *record);
/* The answers that a view stands for: merged, or of its revision. New reference. */
enum err_code record_answers(struct app *app, const struct store_record *view, json_t **ret, struct err *err);

/* view.c: from the answers of a record to its view; `head` speaks for the record, its author borrowed. */
struct record_derived {
        struct store_record view;
        struct store_link *links;
        int links_n;
};
struct record_derived record_derive(struct app *app, const struct form *form, const json_t *answers, const struct id *record,
                                    const struct store_revision *head, struct arena *arena);

/* derive.c: views again from the revisions, in the caller's transaction. */
enum err_code view_derive(struct app *app, const struct id *record, bool *ret_retitled, struct err *err);
/* Those that refer to a record that changed. */
enum err_code view_refresh_readers(struct app *app, const struct id *record, struct err *err);
/* The record that a body says it belongs to. */
void view_read_parent(const json_t *body, struct store_record *view, struct arena *arena);

/* conflict.c: who made a revision: a name, the padrón, or app_device_words(). */
const char *revision_who(struct app *app, const struct store_revision *revision, struct arena *arena);
/* conflict.c: how a form calls an answer; its name if it does not know it. */
const char *answer_label(const struct form *form, const char *name);

/* import_take.c: what waited for forms or laptops that are here now goes in, in a transaction of its own, and is derived. */
enum err_code take_waiting(struct app *app, struct err *err);

/* lineage.c: the revisions of a record and what they amount to. */
struct lineage {
        struct arena arena;
        struct store_revision *revisions; /* in order of generation */
        int n;
        json_t **bodies;                  /* parsed, one for each */
        struct merge_result merged;       /* its indices are of `revisions` */
        int head;                         /* the one that speaks for the record: one of answers, not the office's word */
};
/* `bases`: only those and what they come from (hashes as in store_draft.bases); NULL: all. */
enum err_code lineage_read(struct app *app, const struct id *record, const char *bases, struct lineage *ret,
                           struct err *err);
void lineage_release(struct lineage *lineage);
int lineage_find(const struct lineage *lineage, const struct hash *id); /* or -1 */
/* One flag for each: it is `at` or comes before it. In the lineage's arena. */
bool *lineage_above(struct lineage *lineage, int at);
/* What its view says of it (app/revision.h). */
enum record_state lineage_state(const struct lineage *lineage);
/* Answers that disagree, and one more if only some heads annul it. */
int lineage_conflicts(const struct lineage *lineage);
/* The parents and the generation of a revision that comes after all the heads. In the lineage's arena. */
const struct hash *lineage_heads(struct lineage *lineage, int *ret_n);
int64_t lineage_next_gen(const struct lineage *lineage);
/* The hashes of a draft's bases. In `arena`; 0 if there are none. */
int bases_parse(const char *text, struct arena *arena, struct hash **ret);
/* record_tables.c: an answer as a cell: codes, the title of what it refers to, how many rows. In `arena`. */
const char *answer_cell(struct app *app, const struct node *node, const json_t *answer, struct arena *arena);

/* facts.c: what a record contributes with those answers, into the store; after its view. */
enum err_code facts_put(struct app *app, const struct form *form, const json_t *answers, const struct store_record *view,
                        struct err *err);
/* The same of a record without facts; `origin` not NULL: no totals are moved. */
enum err_code facts_put_new(struct app *app, const struct form *form, const json_t *answers, const struct store_record *view,
                            const struct fact_origin *origin, struct err *err);
/* indicators.c: the UGEL's own file below a data folder, malloc'ed; and that of a folder of forms taken in as such. */
char *own_indicators(const char *dir);
enum err_code indicators_install(struct app *app, const char *folder, struct err *err);
/* facts_more.c: facts that no source of an indicator says, at most FACTS_MORE; returns how many. All in `arena`. */
enum { FACTS_MORE = 8 };
struct fact;
int facts_more(struct app *app, const struct form *form, const json_t *answers, struct arena *arena, struct fact *ret);
/* Was the first revision of a visit concluded within the hours that indicators allow? `first`: its date; NULL: asked for. */
bool registered_in_time(struct app *app, const struct form *form, const json_t *answers, const struct id *record,
                        const char *first);
/* facts_periods.c: the periods besides quarters and years, in order of code; in `arena`. */
struct fact_block;
enum err_code periods_read(struct app *app, struct arena *arena, struct fact_block **ret, int *ret_n, struct err *err);
/* A record of `form` came or changed: if it is a period, they are compared before the Balance is next read. */
enum err_code periods_changed(struct app *app, const struct form *form, struct err *err);
void facts_release(struct app *app);
/* facts_all.c: at start, ask for everything to be computed again if what it depends on changed. */
enum err_code facts_look(struct app *app, struct err *err);
/* Forget the facts; from here to store_facts_finish() facts_put() only gathers. */
enum err_code facts_begin(struct app *app, struct err *err);

/* draft.c, draft_begin.c */
/* draft_edit() for what a rule does by itself: one in conflict goes on from the head that speaks for it. */
enum err_code draft_edit_anyway(struct app *app, const struct id *record, struct draft **ret, struct err *err);
/* An empty draft around a session that is still to be made. */
struct draft *draft_alloc(struct app *app, const struct form *form, const struct hash *form_hash,
                          const struct id *record);
void draft_free(struct draft *draft);
/* The session, empty; whatever the draft is of. */
void draft_start_session(struct draft *draft);
/* The session's log up to here is what a beginning makes by itself: nothing to store yet. */
void draft_mark_begun(struct draft *draft);
/* Store it even if nothing was answered (a parent whose child is begun). */
enum err_code draft_force_save(struct draft *draft, struct err *err);

/* children.c */
/* Put a record in the list of children of a place, or take it out; in the session only. */
void draft_enlist(struct draft *parent, struct place place, const struct id *record);
void draft_delist(struct draft *parent, struct place place, const struct id *record);
/* Call `each` with an open draft for every child of `draft` that is a draft; stops at the first failure. */
typedef enum err_code child_visit(struct draft *child, struct place place, int position, void *ctx,
                                  struct err *err);
enum err_code draft_each_child(struct draft *draft, child_visit *each, void *ctx, struct err *err);

/* people_join.c: the person that a record of a person was joined with, or itself. In `arena`, or `id`. */
const char *app_joined(struct app *app, const char *id, struct arena *arena);

/* draft_begin.c: answer as if typed, by name; what is not a question of the form is left out. */
void draft_answer_all(struct draft *draft, const json_t *answers);

/* finalise.c: the revision that a draft becomes; `origin` NULL: the record keeps the parent it has. */
struct writing {
        struct id parent_record;
        const char *parent_question;
};
enum err_code draft_write_revision(struct draft *draft, const struct writing *origin, struct err *err);

/* actions.c */
enum err_code draft_run_actions(struct draft *draft, struct err *err);
/* The values of expressions of a session's form, as texts: {question: text}. New reference. */
json_t *parameter_answers(struct session *session, const struct form_parameter *with, int n);

/* revise.c: one revision into the store, with its view and those that read it. */
struct revise {
        struct session *session;   /* NULL: the office's word, on `answers` of `form` */
        const struct form *form;
        const json_t *answers;
        struct id record;
        struct hash form_hash;
        const struct hash *parents;
        int parents_n;
        int64_t gen;
        enum record_state state;
        const char *op, *reason;
        const char *published;     /* see revision.h; NULL: a person's revision */
        const json_t *before;
        const char *const *also; /* answers written even if they are as before */
        int also_n;
        struct id parent_record;
        const char *parent_question;
};
enum err_code app_revise(struct app *app, const struct revise *what, struct err *err);
/* A walk over revisions calls it with each. */
typedef enum err_code each_revision(void *ctx, const struct store_revision *revision, struct err *err);

/* spool.c: what a killed program left of an export or an import goes; only while none is under way. */
void spool_clear(struct app *app);

/*
 * export.c: an export in its steps, in this order; carry.c does them between keys.  From export_write() to
 * export_next() they are of one part, and again for the next.  The spool lives until export_next() or export_free().
 */
struct export_job;
/* See whom it is for, check the store, count what goes, take a number. The passphrase stays borrowed. */
enum err_code export_begin(struct app *app, const struct export_options *options, struct export_job **ret, struct err *err);
/* Where to: as app_export() says, for all parts; or, for this one, in a folder that may not exist yet. */
enum err_code export_aim(struct export_job *job, const char *to, struct err *err);
enum err_code export_aim_inside(struct export_job *job, const char *folder, struct err *err);
/* Write the spool and verify it. */
enum err_code export_write(struct export_job *job, struct err *err);
const char *export_spool(const struct export_job *job);
const char *export_path(const struct export_job *job);
/* It was delivered. */
enum err_code export_note(struct export_job *job, struct export_result *ret, struct err *err);
/* Go to the next part; `*ret_more` false: that was the last. */
enum err_code export_next(struct export_job *job, bool *ret_more, struct err *err);
/* How many parts it has, and how many of them were delivered. */
int export_parts(const struct export_job *job, int *ret_done);
/* Its code; the sentence also tells which parts are good, if some are. */
enum err_code export_failed(const struct export_job *job, struct err *err);
void export_free(struct export_job *job);

#endif
