/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Answers from a JSON object, as answers.c writes them.
 *
 * What is given wins over defaults, calculations and triggers (SLOT_GIVEN).
 * What is not given follows from the rest as if the rest had been typed; in
 * the answers of a record, which are whole, it was left empty and stays so.
 * Rows given replace the rows there.  Derived values given are ignored: they
 * are computed.  A choice that is no longer in its list goes in, and shows as
 * unavailable.
 */
#include <math.h>
#include <stdlib.h>

#include "base/attached.h"
#include "base/clock.h"
#include "session_priv.h"

struct load {
        struct session *s;
        struct err_list *mistakes;
        bool whole; /* a question that is not there was left empty */
        struct arena arena;
};

static void mistake(struct load *load, const char *name, const char *sentence)
{
        struct err err = {0};
        err_set(&err, ERR_INVALID, "%s: %s", name, sentence);
        if (load->mistakes)
                err_list_add(load->mistakes, &err);
}

/* ---- One value: NULL if it is good, else what was expected ---- */

static const char *load_number(const struct node *node, const json_t *json, struct value *ret)
{
        *ret = value_number(json_number_value(json));
        if (!json_is_number(json))
                return node->type == NODE_INTEGER ? _("se esperaba un número entero")
                                                  : _("se esperaba un número");
        if (node->type == NODE_INTEGER && (ret->number != floor(ret->number) || fabs(ret->number) >= 1e15))
                return _("se esperaba un número entero de 15 cifras como máximo");
        return NULL;
}

static const char *load_choices(const json_t *json, struct value *ret, struct arena *arena)
{
        const char *text = "";
        for (size_t i = 0; i < json_array_size(json); i++) {
                const char *name = json_string_value(json_array_get(json, i));
                if (!name || !name[0] || strpbrk(name, " \t\r\n"))
                        return _("se esperaba una lista de nombres de opciones, como [\"a\", \"b\"]");
                text = arena_printf(arena, "%s%s%s", text, i ? " " : "", name);
        }
        *ret = text[0] ? (struct value){.kind = VALUE_SET, .string = text} : VALUE_NONE;
        return json_is_array(json) ? NULL : _("se esperaba una lista, como [\"a\", \"b\"]");
}

static const char *load_date(const char *text, struct value *ret)
{
        ret->kind = VALUE_DATE;
        return date_parse(text, &ret->days) ? NULL : _("se esperaba una fecha AAAA-MM-DD");
}

static const char *load_time(const char *text, struct value *ret)
{
        ret->kind = VALUE_TIME;
        return time_parse(text, &ret->ms) ? NULL : _("se esperaba una hora HH:MM");
}

static const char *load_datetime(const char *text, struct value *ret)
{
        ret->kind = VALUE_DATETIME;
        return datetime_parse(text, clock_now().offset, &ret->datetime)
                       ? NULL : _("se esperaba una fecha con hora, como 2026-03-01T08:05:00-05:00");
}

static const char *load_name(const char *text, struct value *ret)
{
        *ret = value_string(text);
        return strpbrk(text, " \t\r\n") ? _("se esperaba un solo nombre, sin espacios") : NULL;
}

static const char *load_text(const struct node *node, const char *text, struct value *ret)
{
        switch (node_type_info(node->type)->kind) {
        case VALUE_DATE:
                return load_date(text, ret);
        case VALUE_TIME:
                return load_time(text, ret);
        case VALUE_DATETIME:
                return load_datetime(text, ret);
        default:
                break;
        }
        if (node->type == NODE_ACKNOWLEDGE && !str_equal(text, "OK"))
                return _("se esperaba \"OK\"");
        if ((node->type == NODE_FILE || node->type == NODE_IMAGE) && !attached_parse(text, &(struct hash){0}, NULL))
                return _("se esperaba dónde hay un archivo que se pueda leer, de 32 MiB como máximo");
        if (node->type == NODE_SELECT_ONE || node->type == NODE_RATING || node->type == NODE_REFERENCE)
                return load_name(text, ret);
        *ret = value_string(text);
        return NULL;
}

static const char *load_computed(const json_t *json, struct value *ret, struct arena *arena)
{
        struct state state = {.value = VALUE_NONE};
        if (json_is_array(json))
                return load_choices(json, ret, arena);
        if (json_is_object(json) || !fill_state_read(json, &state))
                return _("se esperaba un texto, un número o un sí o no");
        *ret = state.value;
        return NULL;
}

const char *fill_load_value(const struct node *node, const json_t *json, struct value *ret, struct arena *arena)
{
        *ret = VALUE_NONE;
        if (json_is_null(json) || str_equal(json_string_value(json), ""))
                return NULL;
        if (node->type == NODE_CALCULATE || node->type == NODE_HIDDEN)
                return load_computed(json, ret, arena);
        switch (node_type_info(node->type)->kind) {
        case VALUE_NUMBER:
                return load_number(node, json, ret);
        case VALUE_SET:
                return load_choices(json, ret, arena);
        default:
                return json_is_string(json) ? load_text(node, json_string_value(json), ret)
                                            : _("se esperaba un texto");
        }
}

/* ---- Into the session ---- */

static bool is_typed(const struct session *s, int node)
{
        return s->plan[node].flags & PLAN_QUESTION && s->plan[node].flags & PLAN_STATE;
}

static void load_row(struct load *load, struct row *row, const json_t *answers);

static void load_state(struct load *load, struct row *row, const struct node *node, const json_t *json)
{
        struct state state = {.value = VALUE_NONE};
        if (!(load->s->plan[node->index].flags & PLAN_STATE))
                return;
        const char *sentence = fill_load_value(node, json, &state.value, &load->arena);
        if (sentence) {
                mistake(load, node->name, sentence);
                return;
        }
        fill_edit_state(load->s, "set", row, node->index, &state);
        fill_slot(load->s, row, node->index)->flags |= SLOT_GIVEN;
        if (!load->whole && fill_is_fresh(row) && state.value.kind != VALUE_EMPTY)
                fill_trigger(load->s, row, node->index);
}

/* Nothing fills what the record left empty, neither the defaults of a new row nor a trigger; what always follows does. */
static void give_questions(struct load *load, struct row *row)
{
        const struct scope *scope = &load->s->form->scopes[row->scope];
        for (int i = 0; load->whole && i < scope->slots_n; i++) {
                const struct node *node = fill_node(load->s, scope->slots[i]);
                if (is_typed(load->s, node->index) && (!node->calculation || node->trigger >= 0))
                        row->slots[i].flags |= SLOT_GIVEN;
        }
}

static void load_children(struct load *load, struct row *row, const struct node *node, const json_t *json)
{
        size_t n = json_array_size(json);
        const char **ids = ARENA_ARRAY(&load->arena, const char *, n);
        bool good = json_is_array(json);
        for (size_t i = 0; i < n; i++) {
                ids[i] = json_string_value(json_array_get(json, i));
                good = good && ids[i];
        }
        if (good)
                fill_edit_children(load->s, row, node->index, ids, (int)n);
        else
                mistake(load, node->name, _("se esperaba una lista de identificadores de fichas"));
}

static void load_repeat(struct load *load, struct row *row, const struct node *node, const json_t *json)
{
        struct session *s = load->s;
        struct slot *slot = fill_slot(s, row, node->index);
        if (!json_is_array(json) || json_array_size(json) > ROWS_MAX) {
                mistake(load, node->name,
                        _("se esperaba una lista de filas, como [{…}, {…}], de 10 000 como máximo"));
                return;
        }
        while (fill_list_n(slot) > 0)
                fill_edit_remove(s, s->rows[slot->list->rows[slot->list->n - 1]]);
        for (size_t i = 0; i < json_array_size(json) && fill_can_add(s, row, node->index); i++) {
                struct row *added = fill_edit_add(s, row, node->index);
                give_questions(load, added);
                load_row(load, added, json_array_get(json, i));
        }
}

static void load_one(struct load *load, struct row *row, const char *name, const json_t *json)
{
        int index = form_find(load->s->form, name);
        const struct node *node = index > 0 ? fill_node(load->s, index) : NULL;
        if (!node)
                mistake(load, name, _("no hay una pregunta con ese nombre en la ficha"));
        else if (node->scope != row->scope)
                mistake(load, name, _("esa pregunta va en otra parte de la ficha"));
        else if (node->type == NODE_GROUP)
                load_row(load, row, json);
        else if (!node_has_answer(node))
                mistake(load, name, _("no es una pregunta: no guarda respuesta"));
        else if (node->type == NODE_REPEAT)
                load_repeat(load, row, node, json);
        else if (node->type == NODE_CHILDREN)
                load_children(load, row, node, json);
        else
                load_state(load, row, node, json);
}

static void load_row(struct load *load, struct row *row, const json_t *answers)
{
        const char *name;
        json_t *one;
        if (!json_is_object(answers)) {
                mistake(load, fill_node(load->s, row->node)->name,
                        _("se esperaba un objeto {pregunta: respuesta}"));
                return;
        }
        json_object_foreach((json_t *)answers, name, one)
                load_one(load, row, name, one);
}

static void forget_given(struct session *s)
{
        for (int i = 0; i < s->rows_n; i++)
                for (int k = 0; s->rows[i] && k < s->form->scopes[s->rows[i]->scope].slots_n; k++)
                        s->rows[i]->slots[k].flags &= (unsigned short)~SLOT_GIVEN;
}

static void commit_load(struct session *s)
{
        fill_settle(s);
        if (!fill_commit(s, "load", false))
                return;
        json_array_clear(s->undo);
        json_array_clear(s->redo);
}

static void load_all(struct load *load, const json_t *answers)
{
        load_row(load, load->s->rows[0], answers);
        commit_load(load->s);
        forget_given(load->s);
        arena_release(&load->arena);
}

void session_load_answers(struct session *s, const json_t *answers, struct err_list *mistakes)
{
        struct load load = {.s = s, .mistakes = mistakes};
        fill_begin(s);
        load_all(&load, answers);
}

static void clear_questions(struct session *s)
{
        const struct scope *scope = &s->form->scopes[0];
        struct state empty = {.value = VALUE_NONE};
        for (int i = 0; i < scope->slots_n; i++) {
                struct slot *slot = &s->rows[0]->slots[i];
                while (fill_node(s, scope->slots[i])->type == NODE_REPEAT && fill_list_n(slot) > 0)
                        fill_edit_remove(s, s->rows[slot->list->rows[slot->list->n - 1]]);
                if (is_typed(s, scope->slots[i]))
                        fill_edit_state(s, "set", s->rows[0], scope->slots[i], &empty);
        }
}

void session_load_record(struct session *s, const json_t *answers, struct err_list *mistakes)
{
        struct load load = {.s = s, .mistakes = mistakes, .whole = true};
        fill_begin(s);
        clear_questions(s);
        give_questions(&load, s->rows[0]);
        load_all(&load, answers);
}
