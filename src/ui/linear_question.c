/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a question is said.
 *
 *      Sección: B. Docente y grupo
 *      12 de 40. Grado(s) atendidos (obligatoria, una o varias)
 *      Marque todos si es aula multigrado
 *      Por corregir: Los grados deben corresponder al nivel de la IE
 *      Respuesta: 1.º, 2.º
 *      1. 1.º
 *      2. 2.º
 *
 * Asked again for the same reason, only its first line and its answer are said.
 */
#include "linear_priv.h"

#include <string.h>

#include "screens/form_priv.h"

/* What a line may be, said beside the label and, at more length, in the help. */
static const struct type_words {
        enum node_type type;
        const char *kind, *about;
} types[] = {
        {NODE_TEXT, "", _("Escriba la respuesta en una línea.")},
        {NODE_INTEGER, _("número entero"), _("Escriba el número con cifras.")},
        {NODE_DECIMAL, _("número"), _("Escriba el número con cifras; la coma separa los decimales.")},
        {NODE_RANGE, _("número"), _("Escriba el número con cifras; la coma separa los decimales.")},
        {NODE_DATE, _("fecha"), _("Escriba la fecha como 15/3/2026, o hoy, o ayer.")},
        {NODE_TIME, _("hora"), _("Escriba la hora como 8:05 o 14:30, o ahora.")},
        {NODE_DATETIME, _("fecha y hora"), _("Escriba la fecha y la hora como 15/3/2026 8:05, o ahora.")},
        {NODE_SELECT_ONE, _("una opción"), _("Escriba el número de la opción, su nombre o parte de él.")},
        {NODE_RATING, _("un nivel"), _("Escriba el número del nivel, su nombre o parte de él.")},
        {NODE_SELECT_MULTIPLE, _("una o varias"),
         _("Escriba los números o nombres separados por comas; + y un número agrega, - y un número quita.")},
        {NODE_RANK, _("en orden"),
         _("Escriba los números en orden, del primero al último, separados por comas.")},
        {NODE_REFERENCE, _("del directorio"),
         _("Escriba unas letras del nombre o del código y elija por su número; + agrega una ficha nueva.")},
        {NODE_CHILDREN, _("lista de fichas"),
         _("Un número abre la de ese número; + agrega otra; Enter sigue.")},
        {NODE_REPEAT, _("lista de filas"),
         _("Un número abre la fila; + agrega filas seguidas, y Enter en una en blanco termina; Enter "
           "sigue.")},
        {NODE_LOG, _("notas con hora"), _("Cada línea se anota con la hora; una línea vacía termina.")},
        {NODE_ACKNOWLEDGE, _("para confirmar"), _("Escriba sí para confirmar, no para dejar de hacerlo.")},
        {NODE_FILE, _("archivo"), _("Escriba dónde está el archivo; se guarda una copia en la laptop.")},
        {NODE_IMAGE, _("imagen"), _("Escriba dónde está la imagen; se guarda una copia en la laptop.")},
};

static bool is_long(const struct node *node)
{
        return node->type == NODE_TEXT && node->flags & NODE_MULTILINE;
}

static const struct type_words *words_of(const struct node *node)
{
        for (size_t i = 0; i < ARRAY_LEN(types); i++)
                if (types[i].type == node->type)
                        return &types[i];
        return &types[0];
}

const char *asking_about(const struct node *node)
{
        if (is_long(node))
                return _("Escriba con libertad; una línea vacía termina. Lo que escriba reemplaza lo que "
                         "había.");
        return words_of(node)->about;
}

/* ---- Where it is ---- */

/* The innermost group with words around a question, inside its section and its row. */
static int group_of(const struct asking *a, int node)
{
        for (int i = a->form->nodes[node].parent; i > 0; i = a->form->nodes[i].parent) {
                const struct node *group = &a->form->nodes[i];
                if (group->depth <= 1 || group->type == NODE_REPEAT)
                        break;
                if (group->label.n > 0 || !str_blank(group->label.plain))
                        return i;
        }
        return 0;
}

static void say_section(struct asking *a, struct place place)
{
        int section = form_section_of(a->form, place.node), group = group_of(a, place.node);
        const struct node *node = &a->form->nodes[section];
        if (section != a->section && node->type == NODE_GROUP && !str_blank(node->label.plain))
                linear_say(a->linear, _("Sección: %s"), node->label.plain);
        if (group && group != a->group)
                linear_say(a->linear, _("Grupo: %s"),
                           session_label(a->session, (struct place){group, place.row}, &a->arena));
        a->section = section;
        a->group = group;
}

/* Its number among those of its row, and how many they are. */
static int number_of(struct asking *a, struct place place, int *ret_n)
{
        int group = place.row ? session_row_parent(a->session, place.row).node : 0, number = 0;
        *ret_n = 0;
        for (struct place at = session_first(a->session, group, place.row); at.node >= 0;
             at = session_step(a->session, at, 1)) {
                *ret_n += asking_asks(a, at);
                if (at.node == place.node)
                        number = *ret_n;
        }
        return number;
}

static const char *row_words(struct asking *a, int row)
{
        int n = 0;
        if (!row)
                return "";
        session_rows(a->session, session_row_parent(a->session, row), &n);
        return arena_printf(&a->arena, _("Fila %d de %d, "), session_row_position(a->session, row), n);
}

static void say_head(struct asking *a, struct place place)
{
        const struct node *node = &a->form->nodes[place.node];
        int n, number = number_of(a, place, &n);
        const char *kind = is_long(node) ? _("varias líneas") : words_of(node)->kind;
        bool required = session_is_required(a->session, place);
        const char *both = required && *kind ? ", " : "", *must = required ? _("obligatoria") : "";
        const char *about = arena_printf(&a->arena, "%s%s%s", must, both, kind);
        linear_say(a->linear, _("%s%d de %d. %s%s%s%s"), row_words(a, place.row), number, n,
                   session_label(a->session, place, &a->arena), *about ? " (" : "", about, *about ? ")" : "");
}

/* ---- What it holds ---- */

static void say_problem(struct asking *a, struct place place)
{
        const char *text = session_message(a->session, place, &a->arena);
        switch (session_status(a->session, place)) {
        case STATUS_INVALID: linear_say(a->linear, _("Por corregir: %s"), text); break;
        case STATUS_UNAVAILABLE:
                linear_say(a->linear, _("Por corregir: %s Elija otra, o .mantener."), text);
                break;
        case STATUS_WARNING: linear_say(a->linear, _("Atención: %s"), text); break;
        default: break;
        }
}

/* Notes have numbers, for .borrar; a long text keeps its lines. */
static void say_lines(struct asking *a, const char *text, bool numbers)
{
        for (int i = 1; *text; i++) {
                size_t len = strcspn(text, "\n");
                if (numbers)
                        linear_say(a->linear, "%d. %.*s", i, (int)len, text);
                else
                        linear_say(a->linear, "%.*s", (int)len, text);
                text += len + (text[len] == '\n');
        }
}

static void say_answer(struct asking *a, struct place place)
{
        const struct node *node = &a->form->nodes[place.node];
        const char *typed = session_typed(a->session, place);
        if (node->type == NODE_LOG || (is_long(node) && strchr(typed, '\n'))) {
                if (*typed)
                        linear_say(a->linear, _("Respuesta:"));
                say_lines(a, typed, node->type == NODE_LOG);
                return;
        }
        const char *words = session_display(a->session, place, &a->arena);
        if (*words)
                linear_say(a->linear, _("Respuesta: %s"), words);
}

static void say_options(struct asking *a, struct place place)
{
        const struct node *node = &a->form->nodes[place.node];
        if (node->type == NODE_REPEAT)
                rows_say(a, place);
        else if (node->type == NODE_CHILDREN)
                children_say(a, place);
        else if (node->list && !a->brief)
                choices_say(a, place);
}

static void say_before(struct asking *a, struct place place)
{
        const char *before = session_previous(a->session, place, &a->arena);
        if (*before)
                linear_say(a->linear, _("La vez anterior: %s"), before);
}

void asking_present(struct asking *a, struct place place)
{
        const struct node *node = &a->form->nodes[place.node];
        bool list = node->type == NODE_REPEAT || node->type == NODE_CHILDREN;
        const char *hint = session_hint(a->session, place, &a->arena);
        if (a->part != ASK_QUICK)
                say_section(a, place);
        say_head(a, place);
        if (!a->brief && *hint)
                linear_say(a->linear, "%s", hint);
        if (!a->brief)
                say_problem(a, place);
        if (!list)
                say_answer(a, place);
        if (node->list)
                say_before(a, place);
        say_options(a, place);
}

void asking_say_read(struct asking *a, struct place place)
{
        const struct node *node = &a->form->nodes[place.node];
        if (!session_is_relevant(a->session, place) || !form_node_shows(node) || node->type == NODE_GROUP)
                return;
        const char *label = session_label(a->session, place, &a->arena);
        const char *words = session_display(a->session, place, &a->arena);
        if (node->type == NODE_NOTE)
                linear_say(a->linear, _("Nota: %s"), label);
        else if (*words)
                linear_say(a->linear, _("%s: %s (no se escribe)"), label, words);
        say_problem(a, place);
}
