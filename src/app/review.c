/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the office says of a record (contract in app/review.h): one revision
 * after all the heads, with the answers as they are and no name written.
 */
#include "app/review.h"

#include <string.h>

#include "app_priv.h"
#include "base/date.h"

/* ---- Saying ---- */

static bool is_own(struct app *app, const struct store_record *record, const struct lineage *lineage)
{
        char persona[ID_TEXT], device[ID_TEXT];
        struct id mine = store_device(app->store);
        if (*record->author)
                return str_equal(record->author, id_format(&app->profile.persona, persona));
        return id_is_none(&app->profile.persona) &&
               str_equal(lineage->revisions[lineage->head].device, id_format(&mine, device));
}

bool record_reviewable(struct app *app, const struct store_record *record)
{
        char persona[ID_TEXT];
        return record->state != RECORD_ANULADO &&
               !(*record->author && str_equal(record->author, id_format(&app->profile.persona, persona)));
}

static enum err_code check_comment(enum record_state state, const char *comment, struct err *err)
{
        if (state == RECORD_OBSERVADO && str_blank(comment))
                return err_set(err, ERR_REFUSED, _("Escriba qué debe revisar quien hizo la ficha."));
        if (comment && strlen(comment) > REVIEW_COMMENT_MAX)
                return err_set(err, ERR_REFUSED, _("El comentario es demasiado largo: caben %d letras. Acórtelo."), REVIEW_COMMENT_MAX);
        return ERR_OK;
}

static enum err_code check_record(struct app *app, const struct store_record *record, const struct lineage *lineage,
                                  enum record_state state, struct err *err)
{
        bool validates = state == RECORD_VALIDADO;
        if (record->state == RECORD_ANULADO)
                return err_set(err, ERR_REFUSED, _("La ficha está anulada: no se valida ni se observa."));
        if (is_own(app, record, lineage))
                return err_set(err, ERR_REFUSED, _("Quien hizo la ficha no la valida ni la observa: la corrige. "
                                                   "Que la revise otra persona, con su propio perfil."));
        if (validates && lineage_conflicts(lineage) > 0)
                return err_set(err, ERR_REFUSED, _("La ficha está en conflicto: elija primero qué queda, y después valídela."));
        if (validates && record->state == RECORD_VALIDADO)
                return err_set(err, ERR_REFUSED, _("La ficha ya está validada."));
        return ERR_OK;
}

static enum err_code say(struct app *app, const struct store_record *record, struct lineage *lineage, enum record_state state,
                         const char *comment, struct err *err)
{
        const struct hash *form_hash = &lineage->revisions[lineage->head].form_hash;
        struct revise revise = {.answers = lineage->merged.answers, .before = lineage->merged.answers, .record = record->id,
                                .form_hash = *form_hash, .gen = lineage_next_gen(lineage), .state = state, .op = "put",
                                .reason = str_blank(comment) ? NULL : comment, .parent_record = record->parent,
                                .parent_question = record->parent_question};
        enum err_code rc = app_form_version(app, form_hash, &revise.form, err);
        revise.parents = lineage_heads(lineage, &revise.parents_n);
        return rc == ERR_OK ? app_revise(app, &revise, err) : rc;
}

enum err_code record_review(struct app *app, const struct id *id, enum record_state state, const char *comment,
                            struct err *err)
{
        struct arena arena = {0};
        struct lineage lineage = {0};
        struct store_record record;
        enum err_code rc = check_comment(state, comment, err);
        if (rc == ERR_OK)
                rc = store_record_get(app->store, id, &arena, &record, err);
        if (rc == ERR_OK)
                rc = lineage_read(app, id, NULL, &lineage, err);
        if (rc == ERR_OK)
                rc = check_record(app, &record, &lineage, state, err);
        if (rc == ERR_OK)
                rc = say(app, &record, &lineage, state, comment, err);
        lineage_release(&lineage);
        arena_release(&arena);
        return rc;
}

/* ---- Reading ---- */

static struct review review_of(struct app *app, const struct lineage *lineage, int at, struct arena *arena)
{
        const struct store_revision *revision = &lineage->revisions[at];
        const char *comment = json_string_value(json_object_get(lineage->bodies[at], "reason"));
        return (struct review){.state = revision->state, .who = revision_who(app, revision, arena),
                               .when = arena_strdup(arena, revision->date), .comment = arena_strdup(arena, comment ? comment : ""),
                               .in_force = at == lineage->merged.word, .revision = revision->id};
}

enum err_code record_reviews(struct app *app, const struct id *record, struct arena *arena, struct reviews *ret,
                             struct err *err)
{
        struct lineage lineage;
        enum err_code rc = lineage_read(app, record, NULL, &lineage, err);
        if (rc != ERR_OK)
                return rc;
        struct review *items = ARENA_ARRAY(arena, struct review, lineage.n);
        *ret = (struct reviews){.state = lineage_state(&lineage), .items = items};
        for (int i = lineage.n - 1; i >= 0; i--)
                if (lineage.revisions[i].state == RECORD_VALIDADO || lineage.revisions[i].state == RECORD_OBSERVADO)
                        items[ret->n++] = review_of(app, &lineage, i, arena);
        lineage_release(&lineage);
        return ERR_OK;
}

static const char *moment(const char *iso, struct arena *arena)
{
        char date[DATE_TEXT];
        struct datetime when;
        if (!datetime_parse(iso, 0, &when))
                return iso;
        return arena_printf(arena, "%s %.5s", date_format_person(when.days, date), strlen(iso) > 11 ? iso + 11 : "");
}

static const char *after_words(const struct reviews *reviews, const struct review *review)
{
        if (reviews->state == RECORD_ANULADO)
                return "";
        if (review->state == RECORD_OBSERVADO)
                return reviews->state == RECORD_CORREGIDO ? _("\nSe corrigió después: falta que se vuelva a revisar.")
                                                          : _("\nFalta corregirla.");
        return reviews->state == RECORD_VALIDADO ? "" : _("\nCambió después: falta que se vuelva a validar.");
}

const char *reviews_words(const struct reviews *reviews, struct arena *arena)
{
        const struct review *review = NULL;
        for (int i = 0; i < reviews->n; i++)
                if (reviews->items[i].in_force)
                        review = &reviews->items[i];
        if (!review)
                return "";
        return arena_printf(arena, review->state == RECORD_OBSERVADO ? _("Observada por %s el %s%s%s%s\n") : _("Validada por %s el %s%s%s%s\n"),
                            review->who, moment(review->when, arena), *review->comment ? ":\n" : ".", review->comment,
                            after_words(reviews, review));
}
