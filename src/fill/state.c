/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * State as JSON, for the log, the undo and the snapshot.
 *
 * One answer: null, a text, a number or a boolean as they are; the other kinds
 * as an object of one key, so that nothing is lost and nothing depends on the
 * type that the form gives the question today:
 *      {"day": "2026-03-01"}  {"at": "2026-03-01T…"}  {"time": "08:05:30.250"}  {"set": "a b"}
 *      {"number": "Infinity"} {"raw": "12x"}          {"kept": …}  an answer confirmed though unavailable
 * A row: {question: answer, repeat: [{"row": 7, "with": {…}}], children: ["id"]},
 * in the order of the form, empties and derived values left out.
 */
#include <math.h>
#include <stdlib.h>

#include "session_priv.h"

json_t *fill_number_json(double number)
{
        if (!isfinite(number))
                return NULL;
        if (number == floor(number) && fabs(number) < 9007199254740992.0)
                return json_integer((json_int_t)number);
        return json_real(number);
}

static json_t *tagged(const char *tag, const char *text)
{
        return json_pack("{s:s}", tag, text);
}

static json_t *value_json(const struct value *value)
{
        char text[DATETIME_TEXT];
        json_t *number;
        switch (value->kind) {
        case VALUE_STRING:
                return json_string(value->string);
        case VALUE_SET:
                return tagged("set", value->string);
        case VALUE_NUMBER:
                number = fill_number_json(value->number);
                return number ? number : tagged("number", value->number > 0 ? "Infinity" : "-Infinity");
        case VALUE_BOOLEAN:
                return json_boolean(value->boolean);
        case VALUE_DATE:
                return tagged("day", date_format(value->days, text));
        case VALUE_DATETIME:
                return tagged("at", datetime_format(&value->datetime, text));
        case VALUE_TIME:
                return tagged("time", time_format(value->ms, text));
        case VALUE_EMPTY:
        case VALUE_SEQUENCE:
                break;
        }
        return json_null();
}

json_t *fill_state_json(const struct state *state)
{
        json_t *json = state->raw ? tagged("raw", state->raw) : value_json(&state->value);
        return state->confirmed ? json_pack("{s:o}", "kept", json) : json;
}

static bool tagged_read(const char *tag, const char *text, struct state *ret)
{
        struct value *value = &ret->value;
        if (str_equal(tag, "raw")) {
                ret->raw = text;
                return text[0] != '\0';
        }
        if (str_equal(tag, "number")) {
                *value = value_number(text[0] == '-' ? -HUGE_VAL : HUGE_VAL);
                return str_equal(text, "Infinity") || str_equal(text, "-Infinity");
        }
        if (str_equal(tag, "set")) {
                *value = (struct value){.kind = VALUE_SET, .string = text};
                return text[0] != '\0';
        }
        if (str_equal(tag, "day")) {
                value->kind = VALUE_DATE;
                return date_parse(text, &value->days);
        }
        if (str_equal(tag, "at")) {
                value->kind = VALUE_DATETIME;
                return datetime_parse(text, 0, &value->datetime);
        }
        value->kind = VALUE_TIME;
        return str_equal(tag, "time") && time_parse(text, &value->ms);
}

static bool plain_read(const json_t *json, struct value *ret)
{
        switch (json_typeof(json)) {
        case JSON_NULL:
                *ret = VALUE_NONE;
                return true;
        case JSON_STRING:
                *ret = value_string(json_string_value(json));
                return true;
        case JSON_INTEGER:
        case JSON_REAL:
                *ret = value_number(json_number_value(json));
                return true;
        case JSON_TRUE:
        case JSON_FALSE:
                *ret = value_boolean(json_is_true(json));
                return true;
        default:
                return false;
        }
}

bool fill_state_read(const json_t *json, struct state *ret)
{
        *ret = (struct state){.value = VALUE_NONE};
        if (!json)
                return false;
        if (!json_is_object(json))
                return plain_read(json, &ret->value);
        void *only = json_object_iter((json_t *)json);
        if (json_object_size(json) != 1)
                return false;
        const char *tag = json_object_iter_key(only);
        const json_t *inner = json_object_iter_value(only);
        if (str_equal(tag, "kept")) {
                bool once = !json_is_object(inner) || !json_object_get(inner, "kept");
                bool good = once && fill_state_read(inner, ret);
                ret->confirmed = true;
                return good;
        }
        return json_is_string(inner) && tagged_read(tag, json_string_value(inner), ret);
}

/* ---- Rows ---- */

json_t *fill_ids_json(const struct list *list)
{
        json_t *ids = json_array();
        for (int i = 0; list && i < list->n; i++)
                json_array_append_new(ids, json_string(list->ids[i]));
        return ids;
}

static json_t *rows_json(const struct session *s, const struct list *list)
{
        json_t *rows = json_array();
        for (int i = 0; i < list->n; i++) {
                const struct row *row = s->rows[list->rows[i]];
                json_array_append_new(rows, json_pack("{s:i, s:o}", "row", row->number,
                                                      "with", fill_row_json(s, row)));
        }
        return rows;
}

static json_t *slot_json(const struct session *s, const struct slot *slot, int node)
{
        unsigned plan = s->plan[node].flags;
        if (plan & PLAN_LIST) {
                if (!fill_list_n(slot))
                        return NULL;
                bool repeat = fill_node(s, node)->type == NODE_REPEAT;
                return repeat ? rows_json(s, slot->list) : fill_ids_json(slot->list);
        }
        struct state state = fill_slot_state(slot);
        if (!(plan & PLAN_STATE) || (state.value.kind == VALUE_EMPTY && !state.raw))
                return NULL;
        return fill_state_json(&state);
}

json_t *fill_row_json(const struct session *s, const struct row *row)
{
        const struct scope *scope = &s->form->scopes[row->scope];
        json_t *json = json_object();
        for (int i = 0; i < scope->slots_n; i++) {
                json_t *one = slot_json(s, &row->slots[i], scope->slots[i]);
                if (one)
                        json_object_set_new(json, fill_node(s, scope->slots[i])->name, one);
        }
        return json;
}

/* Row numbers met while checking; they must all differ. */
struct numbers { int *items; int n, room; };

static void numbers_add(struct numbers *numbers, int number)
{
        if (numbers->n == numbers->room) {
                numbers->room = numbers->room ? 2 * numbers->room : 16;
                numbers->items = xrealloc(numbers->items, (size_t)numbers->room * sizeof *numbers->items);
        }
        numbers->items[numbers->n++] = number;
}

static int by_number(const void *a, const void *b)
{
        const int *x = a, *y = b;
        return (*x > *y) - (*x < *y);
}

static bool numbers_differ(struct numbers *numbers)
{
        if (numbers->n)
                qsort(numbers->items, (size_t)numbers->n, sizeof *numbers->items, by_number);
        for (int i = 1; i < numbers->n; i++)
                if (numbers->items[i] == numbers->items[i - 1])
                        return false;
        return true;
}

static bool check_row(const struct session *s, int scope, const json_t *json, struct numbers *numbers);

static bool check_rows(const struct session *s, int scope, const json_t *json, struct numbers *numbers)
{
        if (!json_is_array(json) || json_array_size(json) > ROWS_MAX)
                return false;
        for (size_t i = 0; i < json_array_size(json); i++) {
                const json_t *item = json_array_get(json, i);
                json_int_t number = json_integer_value(json_object_get(item, "row"));
                if (number < 1 || number > ROW_NUMBER_MAX)
                        return false;
                numbers_add(numbers, (int)number);
                if (!check_row(s, scope, json_object_get(item, "with"), numbers))
                        return false;
        }
        return true;
}

static bool check_ids(const json_t *json)
{
        for (size_t i = 0; i < json_array_size(json); i++)
                if (!json_is_string(json_array_get(json, i)))
                        return false;
        return json_is_array(json);
}

static bool check_slot(const struct session *s, int node, const json_t *json, struct numbers *numbers)
{
        struct state state;
        switch (fill_node(s, node)->type) {
        case NODE_REPEAT:
                return check_rows(s, fill_node(s, node)->opens_scope, json, numbers);
        case NODE_CHILDREN:
                return check_ids(json);
        default:
                return s->plan[node].flags & PLAN_STATE && fill_state_read(json, &state);
        }
}

static bool check_row(const struct session *s, int scope, const json_t *json, struct numbers *numbers)
{
        const char *name;
        json_t *one;
        if (!json_is_object(json))
                return false;
        json_object_foreach((json_t *)json, name, one) {
                int node = form_find(s->form, name);
                if (node <= 0 || fill_node(s, node)->scope != scope || !check_slot(s, node, one, numbers))
                        return false;
        }
        return true;
}

bool fill_row_json_check(const struct session *s, int node, const json_t *json, bool fresh_session)
{
        struct numbers numbers = {0};
        bool good = check_row(s, node ? fill_node(s, node)->opens_scope : 0, json, &numbers);
        good = good && numbers_differ(&numbers);
        for (int i = 0; good && !fresh_session && i < numbers.n; i++)
                good = !fill_row(s, numbers.items[i]);
        free(numbers.items);
        return good;
}

static void apply_rows(struct session *s, struct row *parent, int node, const json_t *json)
{
        for (size_t i = 0; i < json_array_size(json); i++) {
                const json_t *item = json_array_get(json, i);
                int number = (int)json_integer_value(json_object_get(item, "row"));
                struct row *row = fill_row_attach(s, parent, node, number, (int)i);
                fill_row_json_apply(s, row, json_object_get(item, "with"));
        }
}

static void apply_ids(struct slot *slot, const json_t *json)
{
        size_t n = json_array_size(json);
        const char **ids = xcalloc(n, sizeof *ids);
        for (size_t i = 0; i < n; i++)
                ids[i] = json_string_value(json_array_get(json, i));
        fill_list_set_ids(fill_list(slot), ids, (int)n);
        free(ids);
}

void fill_row_json_apply(struct session *s, struct row *row, const json_t *json)
{
        const char *name;
        json_t *one;
        json_object_foreach((json_t *)json, name, one) {
                int node = form_find(s->form, name);
                struct state state;
                if (fill_node(s, node)->type == NODE_REPEAT)
                        apply_rows(s, row, node, one);
                else if (fill_node(s, node)->type == NODE_CHILDREN)
                        apply_ids(fill_slot(s, row, node), one);
                else if (fill_state_read(one, &state))
                        fill_slot_put(s, row, node, &state);
        }
}
