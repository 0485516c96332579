/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The canonical body of a revision: one JSON object, keys in this order.
 *
 *   rec        record id, 32 hex          par        parents' ids, sorted
 *   op         "put" or "annul"           form       form id
 *   version    of the form                form_hash  64 hex
 *   state      concluido, validado, observado, anulado
 *   gen        1 + the greatest of the parents'
 *   author     record id of the persona, or ""
 *   device     32 hex                     when       ISO datetime with offset
 *   clock      "ok", or "dudosa" when the clock was behind what the store had seen
 *   parent     {"rec","question"} of the record it belongs to; only children
 *   reason     why, for annul; the comment of observado (always) and of validado (if any)
 *   nonce      16 hex                     w          names of the answers this revision writes
 *   f          all answers, as session_answers() gives them
 *
 * A revision whose state is validado or observado is the office's word on what
 * it saw: at least one parent, no name in w, and f as it was shown to whoever
 * says it.  It changes no answer and makes no conflict (sync/merge.h); of an
 * anonymous form too, it is signed.  What a record's view says of it:
 *
 *   validado    the word saw every answer that there is
 *   observado   nobody has corrected the record after it
 *   corregido   somebody has; the office is to look again.  No body says this
 *   concluido   no word, or one that validated what has changed since
 *
 * So a correction is never blocked: it takes a validation away by being made.
 *
 * Those of an anonymous form have no author, a device of zeros, and `when` at
 * midnight.  What comes from a published list has no author, a device of zeros,
 * the list's date as `when` and a nonce of zeros: whoever takes in the same list
 * has the same revisions.
 *
 * Its id is BLAKE2b-256 of these bytes.  No clock decides anything: `when` is
 * what the laptop showed.
 */
#ifndef SIMAE_APP_REVISION_H
#define SIMAE_APP_REVISION_H

#include "app/app.h"

struct revision_draft {
        struct id record;
        const char *op;
        const struct form *form;
        struct hash form_hash;
        enum record_state state;
        int64_t gen;
        const struct hash *parents; /* any order */
        int parents_n;
        const char *author;
        struct id device;
        bool clock_ok;
        struct id parent_record;    /* none: no parent */
        const char *parent_question;
        const char *reason;         /* NULL: none */
        const char *published;      /* the date of the list it comes from, or "" if it tells none; NULL: a person's */
        const json_t *answers;      /* borrowed */
        bool anonymous;             /* `when` is the day alone */
        const json_t *before;       /* answers of the parent revision, to tell what is written; NULL: none */
        const char *const *also;    /* written besides, even if they are as before */
        int also_n;
};

/* The body as text (malloc'ed) and its id. `when` and nonce are taken from the clock and
 * randomness, unless it was `published`. */
char *revision_body(const struct revision_draft *draft, struct hash *ret_id, char ret_when[DATETIME_TEXT]);

/*
 * A body of `len` bytes that came from elsewhere, as the store wants it, but
 * for id and arrival; strings in `arena`, `body` borrowed.  ERR_INVALID, with a
 * sentence that says what is wrong, if it is not a revision.  What it says of
 * others (its parents, its form) is not looked at.
 */
enum err_code revision_read(const char *body, size_t len, struct arena *arena, struct store_revision *ret,
                            struct err *err);

/* The same, and the body parsed besides: the caller's. */
enum err_code revision_parse(const char *body, size_t len, struct arena *arena, struct store_revision *ret, json_t **ret_body,
                             struct err *err);

/*
 * revision_read() of a body that is known to be strict JSON (sync/bundle.h), several times quicker.  False: it is not written
 * as revision_body() writes, so ask revision_read(), which knows what is wrong if something is.
 */
bool revision_quick(const char *body, size_t len, struct arena *arena, struct store_revision *ret);

/* The answers ("f") of a body that the store has; new reference. ERR_CORRUPT if the body is not one. */
enum err_code revision_answers(const char *body, json_t **ret, struct err *err);

#endif
