/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The record's answers as JSON: one object, questions in the order of the form,
 * groups left out, repeats as arrays of such objects.  Only what a reader of
 * the record would see: nothing hidden, empty or malformed.
 */
#include "session_priv.h"

static json_t *words_json(const char *words)
{
        json_t *array = json_array();
        while (*words) {
                size_t len = strcspn(words, " ");
                if (len)
                        json_array_append_new(array, json_stringn(words, len));
                words += len + (words[len] == ' ');
        }
        return array;
}

static json_t *items_json(const struct value *sequence)
{
        json_t *array = json_array();
        for (int i = 0; i < sequence->count; i++) {
                json_t *one = fill_answer_json(&sequence->items[i]);
                if (one)
                        json_array_append_new(array, one);
        }
        return array;
}

json_t *fill_answer_json(const struct value *value)
{
        char text[DATETIME_TEXT];
        if (value_is_empty(value))
                return NULL;
        switch (value->kind) {
        case VALUE_EMPTY:
                break;
        case VALUE_STRING:
                return json_string(value->string);
        case VALUE_NUMBER:
                return fill_number_json(value->number);
        case VALUE_BOOLEAN:
                return json_boolean(value->boolean);
        case VALUE_DATE:
                return json_string(date_format(value->days, text));
        case VALUE_DATETIME:
                return json_string(datetime_format(&value->datetime, text));
        case VALUE_TIME:
                return json_string(time_format(value->ms, text));
        case VALUE_SET:
                return words_json(value->string);
        case VALUE_SEQUENCE:
                return items_json(value);
        }
        return NULL;
}

static json_t *row_answers(const struct session *s, const struct row *row);

static json_t *rows_answers(const struct session *s, const struct list *list)
{
        json_t *rows = json_array();
        for (int i = 0; i < list->n; i++)
                json_array_append_new(rows, row_answers(s, s->rows[list->rows[i]]));
        return rows;
}

static json_t *slot_answer(const struct session *s, const struct slot *slot, int node)
{
        bool list = s->plan[node].flags & PLAN_LIST;
        if (!(slot->flags & SLOT_SHOWN) || !node_has_answer(fill_node(s, node)))
                return NULL;
        if (!list)
                return fill_answer_json(&slot->value);
        if (!fill_list_n(slot))
                return NULL;
        bool repeat = fill_node(s, node)->type == NODE_REPEAT;
        return repeat ? rows_answers(s, slot->list) : fill_ids_json(slot->list);
}

static json_t *row_answers(const struct session *s, const struct row *row)
{
        const struct scope *scope = &s->form->scopes[row->scope];
        json_t *answers = json_object();
        for (int i = 0; i < scope->slots_n; i++) {
                json_t *one = slot_answer(s, &row->slots[i], scope->slots[i]);
                if (one)
                        json_object_set_new(answers, fill_node(s, scope->slots[i])->name, one);
        }
        return answers;
}

json_t *session_answers(const struct session *s)
{
        return row_answers(s, s->rows[0]);
}

json_t *session_child_answers(struct session *s, struct place place)
{
        const struct row *row = fill_row_of(s, place);
        json_t *answers = json_object();
        if (!row || fill_node(s, place.node)->type != NODE_CHILDREN)
                return answers;
        const struct node *node = fill_node(s, place.node);
        for (int i = 0; i < node->parameters_n; i++) {
                const struct form_parameter *parameter = &node->parameters[i];
                struct value value = fill_eval(s, row, parameter->expr, VALUE_NONE, s->arena);
                json_t *one = fill_answer_json(&value);
                if (one)
                        json_object_set_new(answers, parameter->name, one);
        }
        arena_clear(s->arena);
        return answers;
}
