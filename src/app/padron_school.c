/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One row of the padrón into the directory: a new school, or a revision of the
 * one there is, or nothing.
 *
 * For each question: an empty cell, or one that says what it said the last
 * time, changes nothing.  Another is written if the answer is empty or is what
 * the list had put there; if a person had changed it, it stays and is told.
 * The form's own rules are asked through a filling session, one for all rows.
 */
#include "padron_priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

/* ---- Answers as the texts that rows have ---- */

static json_t *to_answer(enum padron_kind kind, const char *value)
{
        if (kind == PADRON_NUMBER)
                return json_integer(atoll(value));
        if (kind == PADRON_DEGREES)
                return strchr(value, '.') ? json_real(strtod(value, NULL)) : json_integer(atoll(value));
        return json_string(value);
}

static const char *to_text(const json_t *answer, struct arena *arena)
{
        struct str out = STR_INIT;
        double number = json_number_value(answer);
        if (!answer || json_is_string(answer))
                return answer ? json_string_value(answer) : "";
        if (json_is_real(answer) && number == floor(number) && fabs(number) < 1e15)
                return arena_printf(arena, "%.0f", number);
        json_write(&out, answer);
        const char *kept = arena_strdup(arena, out.text);
        str_release(&out);
        return kept;
}

/* ---- The form's rules ---- */

static int slot_of(const struct padron_map *map, const char *question)
{
        for (int i = 0; i < map->slots_n; i++)
                if (strcmp(map->slots[i].question, question) == 0)
                        return i;
        return -1;
}

/* True if the padrón may not put that in. What is missing is no fault: people will fill it in. */
static bool breaks_rules(struct padron *padron, const struct padron_row *row, char reason[PADRON_REASON])
{
        int n;
        const struct session_problem *problems = session_problems(padron->session, false, &padron->row, &n);
        for (int i = 0; i < n; i++) {
                const char *question =
                        problems[i].place.node >= 0 ? padron->form->nodes[problems[i].place.node].name : "";
                int slot = slot_of(&padron->map, question);
                bool ours = slot >= 0 || strcmp(question, "cod_mod") == 0 || strcmp(question, "anexo") == 0;
                if (problems[i].status == STATUS_MISSING || !ours)
                        continue;
                if (slot < 0 || !(padron->map.slots[slot].flags & LOOSE)) {
                        snprintf(reason, PADRON_REASON, "%s: %s", question, problems[i].text);
                        return true;
                }
                padron_note(padron, NOTE_IGNORED, intake_number(padron->intake), row->cod_mod, row->anexo,
                            arena_printf(&padron->row, "%s: %s", question, problems[i].text));
                session_answer(padron->session, problems[i].place, "");
        }
        return false;
}

/* The session filled with `answers`; false, with a reason, if the row cannot go in. */
static bool fill(struct padron *padron, const json_t *answers, const struct padron_row *row,
                 char reason[PADRON_REASON])
{
        struct err_list mistakes = {0};
        session_load_record(padron->session, answers, &mistakes);
        bool good = mistakes.n == 0;
        if (!good)
                snprintf(reason, PADRON_REASON,
                         _("no se puede actualizar sin perder una respuesta (%.200s); ábrala y corríjala "
                           "primero"),
                         mistakes.items[0].text);
        err_list_release(&mistakes);
        return good && !breaks_rules(padron, row, reason);
}

/* ---- Writing ---- */

static const char *list_date(struct padron *padron, const struct padron_row *row)
{
        const char *day = padron_value(&padron->map, row, "fecha_padron");
        return *day ? arena_printf(&padron->row, "%sT00:00:00.000-05:00", day) : "";
}

struct school_before {
        struct id record;
        const struct store_record *base; /* NULL: a new school */
        int64_t gen;                     /* of the revision before */
        const json_t *before;
};

static enum err_code write_revision(struct padron *padron, const struct padron_row *row,
                                    const struct school_before *old, struct err *err)
{
        const struct store_record *base = old->base;
        struct revise revise = {.session = padron->session,
                                .record = old->record,
                                .form_hash = padron->form_hash,
                                .parents = base ? &base->revision : NULL,
                                .parents_n = base ? 1 : 0,
                                .gen = old->gen + 1,
                                .state = base && base->state == RECORD_ANULADO ? RECORD_ANULADO : RECORD_CONCLUIDO,
                                .op = "put",
                                .before = old->before,
                                .published = list_date(padron, row)};
        if (base && !id_is_none(&base->parent)) {
                revise.parent_record = base->parent;
                revise.parent_question = base->parent_question;
        }
        return padron->options.dry_run ? ERR_OK : app_revise(padron->app, &revise, err);
}

static void note_bad(struct padron *padron, const struct padron_row *row, const char *reason)
{
        padron_note(padron, NOTE_BAD, intake_number(padron->intake), row->cod_mod, row->anexo, reason);
}

static void note_strange(struct padron *padron, const struct padron_row *row)
{
        for (int i = 0; i < padron->map.slots_n; i++)
                if (row->strange[i] && !*row->values[i])
                        padron_note(padron, NOTE_IGNORED, intake_number(padron->intake), row->cod_mod,
                                    row->anexo,
                                    padron->map.slots[i].flags & PERSONAL
                                            ? padron->map.slots[i].question
                                            : arena_printf(&padron->row, "%s: «%.60s»",
                                                           padron->map.slots[i].question, row->strange[i]));
}

/* ---- A new school ---- */

static enum err_code add_school(struct padron *padron, const struct padron_row *row, const char *said,
                                struct err *err)
{
        char reason[PADRON_REASON];
        bool inactive = strcmp(padron_value(&padron->map, row, "estado"), "inactiva") == 0;
        struct school_before old = {.record = padron_school_id(row->cod_mod, row->anexo)};
        if (inactive && padron->options.active_only) {
                padron->result.skipped_inactive++;
                return ERR_OK;
        }
        json_t *answers =
                json_pack("{s:s,s:s,s:s}", "cod_mod", row->cod_mod, "anexo", row->anexo, "padron", said);
        for (int i = 0; i < padron->map.slots_n; i++)
                if (*row->values[i])
                        json_object_set_new(answers, padron->map.slots[i].question,
                                            to_answer(padron->map.slots[i].kind, row->values[i]));
        bool good = fill(padron, answers, row, reason);
        json_decref(answers);
        if (!good) {
                note_bad(padron, row, reason);
                return ERR_OK;
        }
        note_strange(padron, row);
        padron->result.added++;
        padron->result.inactive += inactive;
        return write_revision(padron, row, &old, err);
}

/* ---- One that the directory has ---- */

static void note_kept(struct padron *padron, const struct padron_row *row, const struct padron_slot *slot,
                      const char *ours, const char *theirs)
{
        const char *what =
                slot->flags & PERSONAL
                        ? slot->label
                        : arena_printf(&padron->row, _("%s: aquí dice «%.80s» y el padrón «%.80s»"),
                                       slot->label, ours, theirs);
        padron_note(padron, NOTE_KEPT, intake_number(padron->intake), row->cod_mod, row->anexo, what);
}

/* True if the cell is to be written over the answer. */
static bool takes(struct padron *padron, const struct padron_row *row, int i, const char *current,
                  const char *said)
{
        const struct padron_slot *slot = &padron->map.slots[i];
        const char *value = row->values[i], *last = padron_said_find(said, slot->question);
        if (!*value || slot->flags & UNDATED || strcmp(value, current) == 0 ||
            (last && padron_said_is(last, slot->question, value)))
                return false;
        if (!*current ||
            (last ? padron_said_is(last, slot->question, current) : (slot->flags & OFFICIAL) != 0))
                return true;
        note_kept(padron, row, slot, current, value);
        return false;
}

/* What the school's answers become; *ret_changed if anything that people see does. New reference. */
static json_t *merge(struct padron *padron, const struct padron_row *row, const json_t *before,
                     const char *said, bool *ret_changed)
{
        json_t *after = json_copy((json_t *)(uintptr_t)before);
        int dated = -1;
        *ret_changed = false;
        for (int i = 0; i < padron->map.slots_n; i++) {
                const struct padron_slot *slot = &padron->map.slots[i];
                const char *current = to_text(json_object_get(before, slot->question), &padron->row);
                if (slot->flags & UNDATED && *row->values[i])
                        dated = i;
                if (!takes(padron, row, i, current, said))
                        continue;
                json_object_set_new(after, slot->question, to_answer(slot->kind, row->values[i]));
                *ret_changed = true;
        }
        if (*ret_changed && dated >= 0)
                json_object_set_new(after, padron->map.slots[dated].question,
                                    json_string(row->values[dated]));
        return after;
}

/* `after` of the school is new in some way: what people see, or only what the list said. */
static enum err_code revise_school(struct padron *padron, const struct padron_row *row,
                                   const struct school_before *old, const json_t *after, bool changed,
                                   struct err *err)
{
        char reason[PADRON_REASON];
        bool marked = !str_equal(json_string_value(json_object_get(old->before, "estado")), "inactiva") &&
                      str_equal(json_string_value(json_object_get(after, "estado")), "inactiva");
        if (!fill(padron, after, row, reason)) {
                note_bad(padron, row, reason);
                return ERR_OK;
        }
        note_strange(padron, row);
        padron->result.updated += changed;
        padron->result.same += !changed;
        padron->result.inactive += marked;
        return write_revision(padron, row, old, err);
}

static enum err_code update_from(struct padron *padron, const struct padron_row *row,
                                 struct school_before *old, const char *said, struct err *err)
{
        struct str now = STR_INIT;
        const char *last = json_string_value(json_object_get(old->before, "padron"));
        bool changed;
        enum err_code rc = ERR_OK;
        last = last ? last : "";
        padron_said_merge(&now, last, said);
        json_t *after = merge(padron, row, old->before, last, &changed);
        json_object_set_new(after, "padron", json_string(now.text));
        if (changed || strcmp(now.text, last) != 0)
                rc = revise_school(padron, row, old, after, changed, err);
        else
                padron->result.same++;
        json_decref(after);
        str_release(&now);
        return rc;
}

static enum err_code update_school(struct padron *padron, const struct padron_row *row, const struct id *id,
                                   const char *said, struct err *err)
{
        struct store_record base;
        const char *body;
        json_t *parsed;
        enum err_code rc = store_record_get(padron->app->store, id, &padron->row, &base, err);
        if (rc == ERR_OK && base.state == RECORD_ANULADO) {
                padron->result.same++; /* a person took it out of the directory */
                return ERR_OK;
        }
        if (rc == ERR_OK)
                rc = store_revision_body(padron->app->store, &base.revision, &padron->row, &body, err);
        if (rc == ERR_OK)
                rc = json_read(body, strlen(body), _("la institución guardada"), &parsed, err);
        if (rc != ERR_OK)
                return rc;
        struct school_before old = {.record = *id,
                                    .base = &base,
                                    .gen = json_integer_value(json_object_get(parsed, "gen")),
                                    .before = json_object_get(parsed, "f")};
        rc = update_from(padron, row, &old, said, err);
        json_decref(parsed);
        return rc;
}

enum err_code padron_put(struct padron *padron, const struct padron_row *row, struct err *err)
{
        struct str said = STR_INIT;
        const struct known *known = known_find(&padron->known, padron_key(row->cod_mod, row->anexo));
        enum err_code rc = ERR_OK;
        padron_said(&padron->map, row, &said);
        if (!known)
                rc = add_school(padron, row, said.text, err);
        else if (known->said == padron_said_digest(said.text))
                padron->result.same++;
        else
                rc = update_school(padron, row, &known->id, said.text, err);
        str_release(&said);
        return rc;
}
