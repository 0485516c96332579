/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Is an answer good?  fill_check() sets the flags of one slot from its
 * constraint, warning, range and choices; slots.c turns flags into a status and
 * session_message() into a sentence that says what to do.
 */
#include <math.h>

#include "session_priv.h"

/* ---- Checks ---- */

static bool parameter(const struct session *s, const struct row *row, const struct node *node,
                      const char *name, struct arena *arena, double *ret)
{
        for (int i = 0; i < node->parameters_n; i++) {
                if (!str_equal(node->parameters[i].name, name) || !node->parameters[i].expr)
                        continue;
                struct value value = fill_eval(s, row, node->parameters[i].expr, VALUE_NONE, arena);
                *ret = value_to_number(&value);
                return isfinite(*ret);
        }
        return false;
}

static bool in_range(const struct session *s, const struct row *row, const struct node *node, double number)
{
        double start, end, step;
        bool has_start = parameter(s, row, node, "start", s->arena, &start);
        if (has_start && number < start)
                return false;
        if (parameter(s, row, node, "end", s->arena, &end) && number > end)
                return false;
        if (!parameter(s, row, node, "step", s->arena, &step) || step <= 0)
                return true;
        double steps = (number - (has_start ? start : 0)) / step;
        return fabs(steps - round(steps)) < 1e-6;
}

static bool is_offered(const struct session *s, const struct row *row, int node, const char *name)
{
        const struct choice *choice = choice_list_find(fill_node(s, node)->list, name);
        return choice && fill_choice_offered(s, row, node, choice, s->arena);
}

static bool all_offered(const struct session *s, const struct row *row, int node, const struct value *value)
{
        if (value->kind != VALUE_SET)
                return is_offered(s, row, node, value_to_string(value, s->arena));
        char *rest = NULL, *names = arena_strdup(s->arena, value->string);
        for (char *name = strtok_r(names, " ", &rest); name; name = strtok_r(NULL, " ", &rest))
                if (!is_offered(s, row, node, name))
                        return false;
        return true;
}

void fill_check(struct session *s, struct row *row, int node)
{
        const struct node *n = fill_node(s, node);
        struct slot *slot = fill_slot(s, row, node);
        unsigned found = 0;
        slot->flags &= (unsigned short)~(SLOT_BROKEN | SLOT_OUT_OF_RANGE | SLOT_WARNED | SLOT_UNAVAILABLE);
        bool judged = s->plan[node].flags & PLAN_JUDGED;
        if (!judged || slot->flags & SLOT_MALFORMED || fill_is_empty(s, row, node))
                return;
        struct value value = n->constraint || n->warning ? fill_content(s, row, node, s->arena) : slot->value;
        if (n->type == NODE_RANGE && !in_range(s, row, n, value.number))
                found |= SLOT_OUT_OF_RANGE;
        if (n->list && !all_offered(s, row, node, &slot->value))
                found |= SLOT_UNAVAILABLE;
        if (n->constraint && !fill_eval_true(s, row, n->constraint, value, s->arena))
                found |= SLOT_BROKEN;
        if (n->warning && !fill_eval_true(s, row, n->warning, value, s->arena))
                found |= SLOT_WARNED;
        slot->flags |= (unsigned short)found;
}

/* ---- Sentences ---- */

static const char *malformed_words(const struct node *node, const char *text)
{
        switch (node->type) {
        case NODE_INTEGER:
                if (strspn(text, "-0123456789 ") == strlen(text) && strlen(text) > 15)
                        return _("El número es demasiado largo: escriba 15 cifras como máximo.");
                return _("No es un número entero: escriba solo cifras.");
        case NODE_DECIMAL:
        case NODE_RANGE:
                return _("No es un número: escriba cifras y, si hace falta, una coma o un punto decimal.");
        case NODE_DATE:
                return _("No es una fecha: escriba día/mes/año, por ejemplo 15/03/2026.");
        case NODE_TIME:
                return _("No es una hora: escriba horas y minutos, por ejemplo 8:05.");
        case NODE_DATETIME:
                return _("No es una fecha con hora: escriba, por ejemplo, 15/03/2026 8:05.");
        case NODE_ACKNOWLEDGE:
                return _("No es una confirmación: marque la casilla o escriba OK.");
        case NODE_FILE:
        case NODE_IMAGE:
                return _("El archivo no está guardado en la laptop: escriba otra vez dónde está, o borre la respuesta.");
        case NODE_SELECT_MULTIPLE:
        case NODE_RANK:
                return _("Hay una opción que no está en la lista: elija solo opciones de la lista.");
        default:
                return _("No es una de las opciones: elija una de la lista.");
        }
}

static const char *range_words(const struct session *s, const struct row *row, const struct node *node,
                               struct arena *arena)
{
        double start, end, step;
        bool low = parameter(s, row, node, "start", arena, &start);
        bool high = parameter(s, row, node, "end", arena, &end);
        const char *text = _("Escriba un número");
        if (low && high)
                text = arena_printf(arena, _("%s de %s a %s"), text, value_number_text(start, arena),
                                    value_number_text(end, arena));
        else if (low)
                text = arena_printf(arena, _("%s desde %s"), text, value_number_text(start, arena));
        else if (high)
                text = arena_printf(arena, _("%s hasta %s"), text, value_number_text(end, arena));
        if (parameter(s, row, node, "step", arena, &step))
                text = arena_printf(arena, _("%s, de %s en %s"), text, value_number_text(step, arena),
                                    value_number_text(step, arena));
        return arena_printf(arena, "%s.", text);
}

static const char *or_else(const char *own, const char *standard)
{
        return own ? own : standard;
}

static const char *invalid_words(const struct session *s, const struct row *row, const struct node *node,
                                 const struct slot *slot, struct arena *arena)
{
        if (slot->flags & SLOT_MALFORMED)
                return malformed_words(node, slot->text);
        if (slot->flags & SLOT_OUT_OF_RANGE)
                return range_words(s, row, node, arena);
        return or_else(node->constraint_message, _("El valor no cumple la condición de la ficha."));
}

static const char *missing_words(const struct node *node)
{
        const char *standard = _("Falta responder.");
        if (node->type == NODE_REPEAT)
                standard = _("Falta agregar al menos una fila.");
        if (node->type == NODE_CHILDREN)
                standard = _("Falta agregar al menos una ficha.");
        return or_else(node->required_message, standard);
}

static const char *unavailable_words(const struct session *s, const struct row *row, const struct node *node,
                                     struct arena *arena)
{
        const char *words = session_display(s, fill_place(row, node->index), arena);
        return arena_printf(arena, _("«%s» ya no disponible: elija otra opción o confírmela."), words);
}

const char *session_message(const struct session *s, struct place place, struct arena *arena)
{
        const struct row *row = fill_row_of(s, place);
        if (!row || place.node == 0)
                return "";
        const struct node *node = fill_node(s, place.node);
        const struct slot *slot = fill_slot(s, row, place.node);
        switch ((enum answer_status)slot->status) {
        case STATUS_MISSING:
                return missing_words(node);
        case STATUS_INVALID:
                return invalid_words(s, row, node, slot, arena);
        case STATUS_UNAVAILABLE:
                return unavailable_words(s, row, node, arena);
        case STATUS_WARNING:
                if (!(slot->flags & SLOT_ANSWERED))
                        return _("Falta anotar la evidencia.");
                return or_else(node->warning_message, _("El valor no es lo habitual: revíselo."));
        default:
                return "";
        }
}

/* ---- Before finalising ---- */

struct problems {
        const struct session *s;
        struct arena *arena;
        struct session_problem *items;
        int n, room;
        bool warnings; /* collecting these instead */
};

static bool add_problem(void *ctx, const struct row *row, int node)
{
        struct problems *p = ctx;
        enum answer_status status = fill_slot(p->s, row, node)->status;
        bool forbids = status == STATUS_MISSING || status == STATUS_INVALID || status == STATUS_UNAVAILABLE;
        if (p->warnings ? status != STATUS_WARNING : !forbids)
                return false;
        if (p->n == p->room) {
                struct session_problem *old = p->items;
                p->room = p->room ? 2 * p->room : 16;
                p->items = ARENA_ARRAY(p->arena, struct session_problem, p->room);
                if (p->n)
                        memcpy(p->items, old, (size_t)p->n * sizeof *old);
        }
        struct place place = fill_place(row, node);
        p->items[p->n++] = (struct session_problem){place, status, session_message(p->s, place, p->arena)};
        return false;
}

const struct session_problem *session_problems(struct session *s, bool warnings, struct arena *arena,
                                               int *ret_n)
{
        struct problems problems = {.s = s, .arena = arena};
        fill_due_volatiles(s, false);
        s->applying = true;
        fill_settle(s);
        s->applying = false;
        fill_walk(s, s->rows[0], add_problem, &problems);
        problems.warnings = true;
        if (warnings)
                fill_walk(s, s->rows[0], add_problem, &problems);
        *ret_n = problems.n;
        return problems.items;
}
