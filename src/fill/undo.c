/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Undo and redo: steps taken back and done again.
 *
 * A step is the line that the log holds; the stacks are JSON arrays, newest
 * last, so that a snapshot carries them as they are.  Undoing is itself logged.
 */
#include "session_priv.h"

static struct place step_place(const struct session *s, const json_t *step)
{
        const char *at = json_string_value(json_object_get(step, "at"));
        struct place place = at ? place_parse(s, at) : PLACE_NONE;
        return place.node > 0 ? place : session_here(s);
}

bool fill_undo(struct session *s, bool redo, struct place *ret)
{
        json_t *from = redo ? s->redo : s->undo, *to = redo ? s->undo : s->redo;
        size_t n = json_array_size(from);
        if (n == 0)
                return false;
        json_t *step = json_array_get(from, n - 1);
        if (!fill_step_apply(s, step, !redo)) {
                json_array_clear(from);
                return false;
        }
        s->version++;
        json_array_append(to, step);
        json_array_remove(from, n - 1);
        *ret = step_place(s, step);
        return true;
}

static struct place undo_or_redo(struct session *s, bool redo)
{
        struct place place;
        if (!fill_undo(s, redo, &place))
                return PLACE_NONE;
        fill_log(s, json_pack("{s:s}", "op", redo ? "redo" : "undo"));
        return place;
}

struct place session_undo(struct session *s)
{
        return undo_or_redo(s, false);
}

struct place session_redo(struct session *s)
{
        return undo_or_redo(s, true);
}

/* ---- In words ---- */

static const char *state_words(const struct session *s, int node, const json_t *json, struct arena *arena)
{
        struct state state;
        if (!fill_state_read(json, &state))
                return "";
        const char *words = fill_value_words(s, node, &state, arena);
        return words[0] ? words : _("(vacío)");
}

static const char *list_words(const json_t *ids, struct arena *arena)
{
        return arena_printf(arena, "%zu", json_array_size(ids));
}

const char *session_undo_words(const struct session *s, struct arena *arena)
{
        size_t n = json_array_size(s->undo);
        const json_t *step = n ? json_array_get(s->undo, n - 1) : NULL;
        if (!step)
                return NULL;
        const char *op = json_string_value(json_object_get(step, "op"));
        const json_t *from = json_object_get(step, "from"), *to = json_object_get(step, "to");
        struct place place = step_place(s, step);
        const char *label = session_label(s, place, arena);
        int position = (int)json_integer_value(json_object_get(step, "pos")) + 1;
        if (str_equal(op, "add"))
                return arena_printf(arena, _("%s: quitar la fila %d"), label, position);
        if (str_equal(op, "remove"))
                return arena_printf(arena, _("%s: recuperar la fila %d"), label, position);
        if (str_equal(op, "move"))
                return arena_printf(arena, _("%s: devolver la fila a su lugar"), label);
        if (str_equal(op, "confirm"))
                return arena_printf(arena, _("%s: quitar la confirmación"), label);
        if (str_equal(op, "children"))
                return arena_printf(arena, "%s: %s → %s", label, list_words(to, arena),
                                    list_words(from, arena));
        return arena_printf(arena, "%s: %s → %s", label, state_words(s, place.node, to, arena),
                            state_words(s, place.node, from, arena));
}
