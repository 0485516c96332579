/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The log: every change as one line of JSON, and back.
 *
 *      {"op":"new","form":…,"version":…,"next":1,"with":{…}}   what chance and the clock gave
 *      {"op":"set",…,"also":[…]}      a step: what the person did, and the effects that are state
 *      {"op":"load","also":[…]} {"op":"finish","also":[…]}     not undoable
 *      {"op":"go","at":…} {"op":"back"} {"op":"undo"} {"op":"redo"}
 *      {"op":"snapshot", as new, "undo":[…],"redo":[…],"here":…,"path":[…]}
 *
 * Replaying never evaluates a default, a trigger or a random number: their
 * results are in the lines.
 */
#include <stdlib.h>

#include "base/json.h"
#include "session_priv.h"

/* ---- Writing ---- */

static void log_add(struct session *s, char *line)
{
        if (s->log_n == s->log_room) {
                s->log_room = s->log_room ? 2 * s->log_room : 16;
                s->log = xrealloc(s->log, (size_t)s->log_room * sizeof *s->log);
        }
        s->log[s->log_n++] = line;
}

static char *line_text(const json_t *json)
{
        struct str text = STR_INIT;
        json_write(&text, json);
        return str_detach(&text);
}

void fill_log(struct session *s, json_t *line)
{
        if (!s->unlogged)
                log_add(s, line_text(line));
        json_decref(line);
}

const char *const *session_log(const struct session *s, int *ret_n)
{
        *ret_n = s->log_n;
        return (const char *const *)s->log;
}

void session_log_taken(struct session *s)
{
        for (int i = 0; i < s->log_n; i++)
                free(s->log[i]);
        s->log_n = 0;
}

void session_log_off(struct session *s)
{
        session_log_taken(s);
        s->unlogged = true;
}

void fill_begin(struct session *s)
{
        assert(!s->edits);
        s->edits = json_array();
}

void fill_settle_rows(struct session *s, struct row *row)
{
        const struct scope *scope = &s->form->scopes[row->scope];
        row->fresh = false;
        for (int i = 0; i < scope->slots_n; i++) {
                const struct list *list = row->slots[i].list;
                bool repeat = fill_node(s, scope->slots[i])->type == NODE_REPEAT;
                for (int k = 0; repeat && list && k < list->n; k++)
                        fill_settle_rows(s, s->rows[list->rows[k]]);
        }
}

/* Now that all is settled, new rows can be written down whole. */
static void finish_adds(struct session *s, const json_t *edits)
{
        for (size_t i = 0; i < json_array_size(edits); i++) {
                json_t *edit = json_array_get(edits, i);
                struct row *row = fill_row(s, (int)json_integer_value(json_object_get(edit, "row")));
                if (!row || !row->fresh || !row->parent)
                        continue;
                json_object_set_new(edit, "with", fill_row_json(s, row));
                fill_settle_rows(s, row);
        }
}

void fill_push_step(struct session *s, json_t *step)
{
        if (json_array_size(s->undo) == UNDO_MAX)
                json_array_remove(s->undo, 0);
        json_array_append_new(s->undo, step);
        json_array_clear(s->redo);
}

bool fill_commit(struct session *s, const char *op, bool undoable)
{
        json_t *edits = s->edits, *line;
        s->edits = NULL;
        if (json_array_size(edits) == 0) {
                json_decref(edits);
                s->version += s->unlogged;
                return false;
        }
        s->version++;
        finish_adds(s, edits);
        if (op) {
                line = json_pack("{s:s, s:O}", "op", op, "also", edits);
        } else {
                line = json_incref(json_array_get(edits, 0));
                json_array_remove(edits, 0);
                if (json_array_size(edits))
                        json_object_set(line, "also", edits);
        }
        json_decref(edits);
        if (undoable)
                fill_push_step(s, json_incref(line));
        fill_log(s, line);
        assert(session_is_sane(s));
        return true;
}

json_t *fill_state_line(const struct session *s, const char *op)
{
        return json_pack("{s:s, s:s, s:s, s:i, s:o}", "op", op, "form", s->form->id, "version",
                         s->form->version ? s->form->version : "", "next", s->rows_n, "with",
                         fill_row_json(s, s->rows[0]));
}

char *session_snapshot(const struct session *s)
{
        json_t *line = fill_state_line(s, "snapshot"), *path = json_array();
        for (int i = 0; i < s->path_n; i++)
                json_array_append_new(path, fill_place_json(s, s->path[i]));
        json_object_set(line, "undo", s->undo);
        json_object_set(line, "redo", s->redo);
        json_object_set_new(line, "here", fill_place_json(s, s->here));
        json_object_set_new(line, "path", path);
        char *text = line_text(line);
        json_decref(line);
        return text;
}

/* ---- Reading ---- */

static bool are_steps(const json_t *steps)
{
        for (size_t i = 0; i < json_array_size(steps); i++)
                if (!json_is_object(json_array_get(steps, i)))
                        return false;
        return (!steps || json_is_array(steps)) && json_array_size(steps) <= UNDO_MAX;
}

static void restore_steps(json_t *into, json_t *from)
{
        json_array_clear(into);
        if (from)
                json_array_extend(into, from);
}

static void restore_path(struct session *s, const json_t *line)
{
        const json_t *path = json_object_get(line, "path");
        const char *here = json_string_value(json_object_get(line, "here"));
        s->path_n = 0;
        for (size_t i = 0; i < json_array_size(path); i++) {
                const char *text = json_string_value(json_array_get(path, i));
                struct place place = text ? place_parse(s, text) : PLACE_NONE;
                if (place.node > 0)
                        fill_path_push(s, place);
        }
        s->here = here ? place_parse(s, here) : PLACE_NONE;
        if (s->here.node < 0)
                s->here = session_first(s, 0, 0);
}

static bool restore(struct session *s, const json_t *line)
{
        const json_t *with = json_object_get(line, "with");
        const char *form = json_string_value(json_object_get(line, "form"));
        json_int_t next = json_integer_value(json_object_get(line, "next"));
        if (!str_equal(form, s->form->id) || next < 1 || next > ROW_NUMBER_MAX + 1)
                return false;
        if (!are_steps(json_object_get(line, "undo")) || !are_steps(json_object_get(line, "redo")))
                return false;
        if (!fill_row_json_check(s, 0, with, true))
                return false;
        fill_rows_clear(s);
        session_log_taken(s);
        s->applying = true;
        fill_row_json_apply(s, fill_row_attach(s, NULL, 0, 0, 0), with);
        fill_settle(s);
        s->applying = false;
        fill_rows_reserve(s, (int)next);
        restore_steps(s->undo, json_object_get(line, "undo"));
        restore_steps(s->redo, json_object_get(line, "redo"));
        restore_path(s, line);
        return true;
}

static bool replay_go(struct session *s, const json_t *line)
{
        const char *at = json_string_value(json_object_get(line, "at"));
        struct place place = at ? place_parse(s, at) : PLACE_NONE;
        if (place.node <= 0)
                return false;
        fill_path_push(s, session_here(s));
        s->here = place;
        return true;
}

static bool replay_step(struct session *s, json_t *line)
{
        if (!fill_step_apply(s, line, false))
                return false;
        fill_push_step(s, json_incref(line));
        return true;
}

static bool replay_load(struct session *s, const json_t *line)
{
        if (!fill_step_apply(s, line, false))
                return false;
        json_array_clear(s->undo);
        json_array_clear(s->redo);
        return true;
}

static bool replay(struct session *s, json_t *line)
{
        const char *op = json_string_value(json_object_get(line, "op"));
        struct place place;
        if (!op)
                return false;
        if (str_equal(op, "new") || str_equal(op, "snapshot"))
                return restore(s, line);
        if (str_equal(op, "go"))
                return replay_go(s, line);
        if (str_equal(op, "back"))
                return fill_back(s);
        if (str_equal(op, "undo") || str_equal(op, "redo"))
                return fill_undo(s, str_equal(op, "redo"), &place);
        if (str_equal(op, "load"))
                return replay_load(s, line);
        if (str_equal(op, "finish"))
                return fill_step_apply(s, line, false);
        return replay_step(s, line);
}

enum err_code session_replay(struct session *s, const char *text, struct err *err)
{
        json_t *line;
        if (json_read(text, strlen(text), _("una línea del borrador"), &line, err) != ERR_OK)
                return err ? err->code : ERR_INVALID;
        bool good = replay(s, line);
        json_decref(line);
        assert(session_is_sane(s));
        if (!good)
                return err_set(err, ERR_INVALID,
                               _("Una línea del borrador no corresponde a la ficha «%s» (%s)."),
                               s->form->title ? s->form->title : s->form->id, s->form->id);
        s->version++;
        return ERR_OK;
}
