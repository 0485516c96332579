/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows of repeats and child records, as numbered lists.
 *
 *      Presentes: 2 filas
 *      1. Rosa · 34
 *      2. Ana · 29 (falta algo)
 *      Un número abre; + agrega; .quitar y un número quita; Enter sigue.
 *
 * A row is asked in the same loop, since its questions are places like others;
 * a child is a draft of its own.
 */
#include "linear_priv.h"

#include <string.h>

#include "base/date.h"

static const struct node *node_at(const struct asking *a, struct place place)
{
        return &a->form->nodes[place.node];
}

static const int *rows_of(struct asking *a, struct place place, int *ret_n)
{
        *ret_n = 0;
        return session_rows(a->session, place, ret_n);
}

static void say_how(struct asking *a)
{
        linear_say(a->linear, _("Un número abre; + agrega; .quitar y un número quita; Enter sigue."));
}

/* ---- Rows ---- */

static bool row_lacks(struct asking *a, struct place repeat, int row)
{
        const struct node *node = node_at(a, repeat);
        for (int i = node->index + 1; i < node->end; i++) {
                if (a->form->nodes[i].scope != node->opens_scope)
                        continue;
                enum answer_status status = session_status(a->session, (struct place){i, row});
                if (status == STATUS_MISSING || status == STATUS_INVALID || status == STATUS_UNAVAILABLE)
                        return true;
        }
        return false;
}

static void say_row(struct asking *a, struct place place, int number, int row)
{
        linear_say(a->linear, "%d. %s%s", number, session_row_words(a->session, row, &a->arena),
                   row_lacks(a, place, row) ? _(" (falta algo)") : "");
}

void rows_say(struct asking *a, struct place place)
{
        int n;
        const int *rows = rows_of(a, place, &n);
        int from = n > LINEAR_ROWS ? n - LINEAR_ROWS : 0;
        linear_say(a->linear, n == 1 ? _("%d fila.") : _("%d filas."), n);
        if (from)
                linear_say(a->linear, _("Las últimas %d; unas palabras buscan las demás."), LINEAR_ROWS);
        for (int i = from; i < n; i++)
                say_row(a, place, i + 1, rows[i]);
        say_how(a);
}

static void open_row(struct asking *a, struct place repeat, int row)
{
        struct place first = session_first(a->session, repeat.node, row);
        while (first.node >= 0 && !asking_asks(a, first))
                first = session_step(a->session, first, 1);
        if (first.node >= 0) {
                asking_go(a, first);
                return;
        }
        a->added = 0;
        linear_say(a->linear, _("En esta fila no hay nada que responder."));
}

static void add_row(struct asking *a, struct place repeat)
{
        int row = session_row_add(a->session, repeat);
        if (row < 0) {
                linear_say(a->linear, _("No se pueden agregar más filas."));
                return;
        }
        a->added = row;
        a->row_touched = false;
        linear_say(a->linear, _("Fila %d, nueva. Enter con la fila en blanco termina la lista."),
                   session_row_position(a->session, row));
        open_row(a, repeat, row);
}

/* Past the end of a row: another one while adding, else the list. */
void rows_next(struct asking *a, int row)
{
        struct place repeat = session_row_parent(a->session, row);
        bool adding = a->added == row && a->row_touched;
        if (a->added == row)
                asking_end_row(a);
        asking_go(a, repeat);
        if (adding)
                add_row(a, repeat);
}

static void say_matching_rows(struct asking *a, struct place place, const char *words)
{
        int n, said = 0;
        const int *rows = rows_of(a, place, &n);
        for (int i = 0; i < n && said < LINEAR_ROWS; i++)
                if (linear_matches(session_row_words(a->session, rows[i], &a->arena), words)) {
                        say_row(a, place, i + 1, rows[i]);
                        said++;
                }
        if (!said)
                linear_say(a->linear, _("Ninguna fila dice «%s»."), words);
        say_how(a);
        a->silent = true;
}

void rows_take(struct asking *a, struct place place, const char *text)
{
        int n;
        const int *rows = rows_of(a, place, &n);
        int number = linear_number(text, n);
        if (strcmp(text, "+") == 0)
                add_row(a, place);
        else if (number)
                open_row(a, place, rows[number - 1]);
        else
                say_matching_rows(a, place, text);
}

void rows_remove(struct asking *a, struct place place, int number)
{
        int n;
        const int *rows = rows_of(a, place, &n);
        if (number < 1 || number > n) {
                linear_say(a->linear, _("No hay una fila con ese número."));
                return;
        }
        const char *words = session_row_words(a->session, rows[number - 1], &a->arena);
        if (!linear_confirm(a->linear, arena_printf(&a->arena, _("¿Quitar la fila %d: %s?"), number, words)))
                return;
        session_row_remove(a->session, rows[number - 1]);
        a->touched = a->row_touched = true;
        asking_save(a);
        linear_say(a->linear, _("Quitada. Puede volver a ponerla con .deshacer."));
}

void rows_up(struct asking *a, struct place place, int number)
{
        int n;
        const int *rows = rows_of(a, place, &n);
        if (number < 2 || number > n || !session_row_move(a->session, rows[number - 1], -1)) {
                linear_say(a->linear, _("Esa fila no puede subir."));
                return;
        }
        a->touched = a->row_touched = true;
        asking_save(a);
        linear_say(a->linear, _("Ahora es la fila %d."), number - 1);
}

/* ---- Children ---- */

static const struct draft_child *children_of(struct asking *a, struct place place, int *ret_n)
{
        *ret_n = 0;
        return draft_children(a->draft, place, &a->arena, ret_n);
}

static void say_before(struct asking *a, const struct store_record *record, int number)
{
        char text[DATE_TEXT] = "";
        int64_t days;
        if (date_parse(record->due, &days))
                date_format_person(days, text);
        linear_say(a->linear, "%d. %s%s%s", number, record->title, *text ? _(", vence ") : "", text);
}

void children_say(struct asking *a, struct place place)
{
        int n, before_n = 0;
        const struct draft_child *children = children_of(a, place, &n);
        const struct store_record *before = draft_open_before(a->draft, place, &a->arena, &before_n);
        bool pending = node_at(a, place)->flags & NODE_PENDING;
        if (!pending)
                linear_say(a->linear, n == 1 ? _("%d registrado.") : _("%d registrados."), n);
        else if (!before_n)
                linear_say(a->linear, _("No hay nada abierto de antes. Enter sigue."));
        for (int i = 0; i < n; i++)
                if (children[i].missing)
                        linear_say(a->linear, _("%d. %s, faltan %d"), i + 1, children[i].title,
                                   children[i].missing);
                else
                        linear_say(a->linear, _("%d. %s, completo"), i + 1, children[i].title);
        if (before_n)
                linear_say(a->linear, _("De visitas anteriores, sin cerrar:"));
        for (int i = 0; i < before_n && i < LINEAR_ROWS; i++)
                say_before(a, &before[i], n + 1 + i);
        if (!pending)
                say_how(a);
        else if (before_n)
                linear_say(a->linear, _("Un número dice qué pasó con él; Enter sigue."));
}

/* The parent's place is said again afterwards; an earlier record concludes from its own review. */
static void asking_child(struct asking *a, struct place place, enum err_code rc, struct draft *draft,
                         const struct err *err, enum ask_part part)
{
        if (rc != ERR_OK) {
                linear_say_err(a->linear, err);
                return;
        }
        linear_fill(a->linear, draft, part, NULL);
        a->touched = a->row_touched = true;
        a->section = -1;
        session_go(a->session, place);
}

/* What to do with one left open: the ways of its form, to open it, and, where one may be added, to agree it again. */
static void follow_up(struct asking *a, struct place place, const struct id *record)
{
        const struct form *form;
        struct draft *draft = NULL;
        struct err err;
        enum err_code rc = record_follow_ups(a->linear->app, record, &form, &err);
        int ways = rc == ERR_OK ? form->follow_ups_n : 0, way = 0;
        if (ways) {
                for (int i = 0; i < ways; i++)
                        linear_say(a->linear, "%d. %s", i + 1, form->follow_ups[i].label);
                linear_say(a->linear, _("%d. Abrir la ficha"), ways + 1);
                if (form->again_n && !(node_at(a, place)->flags & NODE_PENDING))
                        linear_say(a->linear, _("%d. Volver a acordarlo en esta visita"), ways + 2);
                struct heard heard = linear_hear(a->linear, ORDERS_EVERYWHERE, _("Un número dice qué pasó; Enter vuelve."));
                way = heard.kind == HEARD_TEXT ? linear_number(heard.text, ways + 2) : 0;
                if (way < 1)
                        return;
        }
        if (rc == ERR_OK && ways && way == ways + 2)
                asking_child(a, place, draft_agree_again(a->draft, place, record, &draft, &err), draft, &err, ASK_CHILD);
        else if (rc == ERR_OK && ways && way <= ways)
                asking_child(a, place, draft_follow_up(a->linear->app, record, way - 1, &draft, &err), draft, &err, ASK_RECORD);
        else if (rc == ERR_OK)
                asking_child(a, place, draft_edit(a->linear->app, record, &draft, &err), draft, &err, ASK_RECORD);
        else
                linear_say_err(a->linear, &err);
}

static void open_child(struct asking *a, struct place place, int number)
{
        int n, before_n = 0;
        struct draft *draft = NULL;
        struct err err;
        const struct draft_child *children = children_of(a, place, &n);
        const struct store_record *before = draft_open_before(a->draft, place, &a->arena, &before_n);
        if (number >= 1 && number <= n) {
                enum err_code rc = draft_open_child(a->draft, &children[number - 1], &draft, &err);
                asking_child(a, place, rc, draft, &err, ASK_CHILD);
        } else if (number > n && number <= n + before_n) {
                struct id record = before[number - n - 1].id;
                follow_up(a, place, &record);
        } else {
                linear_say(a->linear, _("Escriba un número de la lista, o + para agregar."));
                a->silent = true;
        }
}

void children_take(struct asking *a, struct place place, const char *text)
{
        struct draft *draft = NULL;
        struct err err;
        if (strcmp(text, "+") != 0) {
                open_child(a, place, linear_number(text, 10000));
                return;
        }
        enum err_code rc = draft_begin_child(a->draft, place, &draft, &err);
        asking_child(a, place, rc, draft, &err, ASK_CHILD);
}

void children_remove(struct asking *a, struct place place, int number)
{
        int n;
        struct err err;
        const struct draft_child *children = children_of(a, place, &n);
        if (number < 1 || number > n) {
                linear_say(a->linear, _("No hay uno con ese número en esta ficha."));
                return;
        }
        if (!linear_confirm(a->linear, arena_printf(&a->arena, _("¿Quitarlo de esta ficha: %s?"),
                                                    children[number - 1].title)))
                return;
        a->touched = true;
        if (draft_remove_child(a->draft, place, number - 1, &err) != ERR_OK)
                linear_say_err(a->linear, &err);
        else
                linear_say(a->linear, _("Quitado."));
}
