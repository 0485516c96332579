/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Answers and texts as people read them: labels of choices, titles of
 * references, days as dd/mm/aaaa, numbers with a point, everything on one line.
 */
#include "base/attached.h"
#include "session_priv.h"

static const char *one_line(const char *text, struct arena *arena)
{
        if (!strpbrk(text, "\n\r\t"))
                return text;
        char *line = arena_strdup(arena, text);
        for (char *c = line; *c; c++)
                if (*c == '\n' || *c == '\r' || *c == '\t')
                        *c = ' ';
        return line;
}

static const char *datetime_words(const struct datetime *when, struct arena *arena)
{
        char day[DATE_TEXT], time[TIME_TEXT];
        return arena_printf(arena, "%s %s", date_format_person(when->days, day),
                            time_format(when->ms / 60000 * 60000, time));
}

/* A value of no node in particular. */
static const char *plain_words(const struct value *value, struct arena *arena)
{
        char text[DATE_TEXT];
        switch (value->kind) {
        case VALUE_BOOLEAN:
                return value->boolean ? _("Sí") : _("No");
        case VALUE_DATE:
                return arena_strdup(arena, date_format_person(value->days, text));
        case VALUE_DATETIME:
                return datetime_words(&value->datetime, arena);
        default:
                return value_to_string(value, arena);
        }
}

static const char *choice_words(const struct node *node, const char *name)
{
        const struct choice *choice = node->list ? choice_list_find(node->list, name) : NULL;
        return choice && choice->label[0] ? choice->label : name;
}

static const char *choices_words(const struct node *node, const char *names, struct arena *arena)
{
        const char *words = "";
        char *rest = NULL, *copy = arena_strdup(arena, names);
        for (char *name = strtok_r(copy, " ", &rest); name; name = strtok_r(NULL, " ", &rest))
                words = arena_printf(arena, "%s%s%s", words, words[0] ? ", " : "", choice_words(node, name));
        return words;
}

static const char *record_words(const struct session *s, const char *id, struct arena *arena)
{
        const struct session_host *host = &s->host;
        const char *title = host->record_title ? host->record_title(host->ctx, id, arena) : NULL;
        return title ? title : id;
}

static const char *file_words(const char *attached)
{
        struct hash hash;
        const char *name = attached;
        attached_parse(attached, &hash, &name);
        return name;
}

const char *fill_value_words(const struct session *s, int index, const struct state *state,
                             struct arena *arena)
{
        const struct node *node = fill_node(s, index);
        const struct value *value = &state->value;
        if (state->raw)
                return one_line(state->raw, arena);
        if (node->type == NODE_ACKNOWLEDGE && value->kind == VALUE_STRING)
                return _("Sí");
        if ((node->type == NODE_FILE || node->type == NODE_IMAGE) && value->kind == VALUE_STRING)
                return file_words(value->string);
        bool record = node->type == NODE_REFERENCE || node->type == NODE_USERNAME;
        if (record && value->kind == VALUE_STRING)
                return one_line(record_words(s, value->string, arena), arena);
        if (node->list && value->kind == VALUE_SET)
                return one_line(choices_words(node, value->string, arena), arena);
        if (node->list && value->kind == VALUE_STRING)
                return one_line(choice_words(node, value->string), arena);
        return one_line(plain_words(value, arena), arena);
}

static const char *children_words(const struct session *s, const struct list *list, struct arena *arena)
{
        const char *words = "";
        for (int i = 0; list && i < list->n; i++)
                words = arena_printf(arena, "%s%s%s", words, i ? ", " : "",
                                     record_words(s, list->ids[i], arena));
        return one_line(words, arena);
}

static const char *rows_words(int n, struct arena *arena)
{
        if (n == 0)
                return "";
        return n == 1 ? _("1 fila") : arena_printf(arena, _("%d filas"), n);
}

const char *session_display(const struct session *s, struct place place, struct arena *arena)
{
        const struct row *row = fill_row_of(s, place);
        const struct slot *slot = row && place.node ? fill_slot(s, row, place.node) : NULL;
        if (!slot || !(slot->flags & SLOT_SHOWN))
                return "";
        if (fill_node(s, place.node)->type == NODE_REPEAT)
                return rows_words(fill_list_n(slot), arena);
        if (fill_node(s, place.node)->type == NODE_CHILDREN)
                return children_words(s, slot->list, arena);
        struct state state = fill_slot_state(slot);
        return fill_value_words(s, place.node, &state, arena);
}

const char *session_previous(const struct session *s, struct place place, struct arena *arena)
{
        const struct node *node = fill_node(s, place.node);
        int subject = s->form->subject;
        bool comparable = s->host.previous && subject >= 0 && node->scope == 0 && place.row == 0 &&
                          s->plan[place.node].flags & PLAN_STATE;
        struct value about = comparable ? fill_read(s, s->rows[0], subject, arena) : VALUE_NONE;
        if (value_is_empty(&about))
                return "";
        struct state state = {.value = s->host.previous(s->host.ctx, s->form, value_to_string(&about, arena), node->name, arena)};
        return value_is_empty(&state.value) ? "" : fill_value_words(s, place.node, &state, arena);
}

/* ---- Labels and hints ---- */

/* A part that is one ${name} and nothing more reads as that answer is displayed. */
static const char *part_words(const struct session *s, const struct row *row, const struct expr *expr,
                              struct arena *arena)
{
        int n;
        const int *refs = expr_refs(expr, &n);
        struct value value = fill_eval(s, row, expr, VALUE_NONE, arena);
        const struct row *holder = n == 1 ? fill_ancestor(row, fill_node(s, refs[0])->scope) : NULL;
        if (holder && !(s->plan[refs[0]].flags & PLAN_LIST)) {
                struct state state = {.value = fill_read(s, holder, refs[0], arena)};
                if (value_same(&state.value, &value))
                        return fill_value_words(s, refs[0], &state, arena);
        }
        value = fill_eval_words(s, row, expr, arena);
        return one_line(plain_words(&value, arena), arena);
}

static const char *template_words(const struct session *s, struct place place,
                                  const struct template *template, struct arena *arena)
{
        const struct row *row = fill_row(s, place.row);
        const char *text = "";
        if (template->n == 0 || !row)
                return template->plain ? template->plain : "";
        for (int i = 0; i < template->n; i++) {
                const struct template_part *part = &template->parts[i];
                text = arena_printf(arena, "%s%s", text,
                                    part->expr ? part_words(s, row, part->expr, arena) : part->text);
        }
        return text;
}

const char *session_label(const struct session *s, struct place place, struct arena *arena)
{
        if (place.node < 0 || place.node >= s->form->nodes_n)
                return "";
        const struct node *node = fill_node(s, place.node);
        const char *label = template_words(s, place, &node->label, arena);
        return label[0] ? label : node->name;
}

const char *session_hint(const struct session *s, struct place place, struct arena *arena)
{
        if (place.node < 0 || place.node >= s->form->nodes_n)
                return "";
        return template_words(s, place, &fill_node(s, place.node)->hint, arena);
}

const char *fill_title(const struct form *form, const struct value *value, struct arena *arena)
{
        const char *title = one_line(plain_words(value, arena), arena);
        if (!str_blank(title))
                return title;
        return form->title ? form->title : form->id;
}

const char *session_title(const struct session *s, struct arena *arena)
{
        struct value value = VALUE_NONE;
        if (s->form->instance_name)
                value = fill_eval_words(s, s->rows[0], s->form->instance_name, arena);
        return fill_title(s->form, &value, arena);
}

/* ---- Rows and choices ---- */

/* Sensitive answers stay out of lists, unless the whole form is sensitive. */
static const char *word_for_row(const struct session *s, const struct row *row, int node, struct arena *arena)
{
        bool secret = fill_node(s, node)->flags & NODE_SENSITIVE && !s->form->sensitive;
        if (secret || !(s->plan[node].flags & PLAN_QUESTION))
                return "";
        return session_display(s, fill_place(row, node), arena);
}

const char *session_row_words(const struct session *s, int number, struct arena *arena)
{
        enum { WORDS_MAX = 3 };
        const struct row *row = fill_row(s, number);
        const char *words = "";
        if (!row)
                return words;
        const struct scope *scope = &s->form->scopes[row->scope];
        for (int i = 0, n = 0; i < scope->slots_n && n < WORDS_MAX; i++) {
                const char *one = word_for_row(s, row, scope->slots[i], arena);
                if (!one[0])
                        continue;
                words = n++ ? arena_printf(arena, "%s · %s", words, one) : one;
        }
        return words[0] ? words : arena_printf(arena, _("Fila %d"), row->position + 1);
}

const struct choice *const *session_choices(const struct session *s, struct place place, struct arena *arena,
                                            int *ret_n)
{
        static const struct choice *const none[1];
        const struct row *row = fill_row_of(s, place);
        const struct choice_list *list = row ? fill_node(s, place.node)->list : NULL;
        *ret_n = 0;
        if (!list)
                return none;
        const struct choice **offered = ARENA_ARRAY(arena, const struct choice *, list->n);
        for (int i = 0; i < list->n; i++)
                if (fill_choice_offered(s, row, place.node, &list->choices[i], arena))
                        offered[(*ret_n)++] = &list->choices[i];
        return offered;
}
