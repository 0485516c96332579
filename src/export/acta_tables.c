/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of an acta: rows of repeats, groups alike, and children (contract in acta_priv.h). */
#include <string.h>

#include "acta_priv.h"

enum { TABLE_MOST = 7 };

/* ---- Rows ---- */

/* The questions of a row that may be told. */
static int row_questions(const struct acta *a, int first, int end, int *ret, int most)
{
        int n = 0;
        for (int i = first; i < end && n <= most; i++) {
                const struct node *node = &a->form->nodes[i];
                if (paper_is_answered(node) && !(node->flags & NODE_SENSITIVE && !a->record->sensitive)) {
                        if (n < most)
                                ret[n] = i;
                        n++;
                }
                if (node->type == NODE_REPEAT)
                        i = node->end - 1;
        }
        return n;
}

static const char *cell_of(struct acta *a, struct place place)
{
        if (!session_is_relevant(a->session, place))
                return "";
        return a->form->nodes[place.node].type == NODE_RATING ? acta_level(a, place) : acta_answer(a, place);
}

static void add_rows_table(struct acta *a, struct doc *doc, const int *rows, int n, const int *questions, int columns_n)
{
        struct doc_column columns[TABLE_MOST + 1] = {{_("N.º"), 1}};
        for (int i = 0; i < columns_n; i++)
                columns[i + 1] = (struct doc_column){session_label(a->session, (struct place){questions[i], rows[0]}, &a->arena),
                                                     paper_weight(&a->form->nodes[questions[i]])};
        doc_table(doc, columns, columns_n + 1);
        for (int r = 0; r < n; r++) {
                const char *cells[TABLE_MOST + 1] = {arena_printf(&a->arena, "%d", r + 1)};
                for (int i = 0; i < columns_n; i++)
                        cells[i + 1] = cell_of(a, (struct place){questions[i], rows[r]});
                doc_row(doc, cells);
        }
}

/* A row of many questions: its answers, each with its label. */
static void add_row_answers(struct acta *a, struct doc *doc, const struct node *repeat, int row)
{
        for (int i = repeat->index + 1; i < repeat->end; i++) {
                const struct node *node = &a->form->nodes[i];
                struct place place = {i, row};
                if (!paper_is_answered(node) || !acta_tells(a, place))
                        continue;
                const char *text = cell_of(a, place);
                if (*text)
                        acta_add_text(doc, session_label(a->session, place, &a->arena), text);
        }
}

void acta_add_rows(struct acta *a, struct place place)
{
        const struct node *node = &a->form->nodes[place.node];
        const char *label = session_label(a->session, place, &a->arena);
        int n, questions[TABLE_MOST];
        const int *rows = session_rows(a->session, place, &n);
        int columns = row_questions(a, place.node + 1, node->end, questions, TABLE_MOST);
        if (n == 0 || columns == 0)
                return;
        doc_heading(&a->later, 2, label, "");
        if (columns <= TABLE_MOST) {
                add_rows_table(a, &a->later, rows, n, questions, columns);
                return;
        }
        for (int i = 0; i < n; i++) {
                doc_heading(&a->later, 2, arena_printf(&a->arena, "%s %d", label, i + 1), "");
                add_row_answers(a, &a->later, node, rows[i]);
        }
}

/* ---- Groups alike: a row each ---- */

/* The questions of the first group that somebody answered in any of them. */
static int answered_columns(struct acta *a, int index, int groups, int *ret)
{
        int n = 0, size = a->form->nodes[index].end - index;
        for (int i = 1; i < size && n < TABLE_MOST; i++) {
                bool any = false;
                for (int g = 0; g < groups && !any; g++)
                        any = acta_tells(a, (struct place){index + g * size + i, 0}) &&
                              *session_typed(a->session, (struct place){index + g * size + i, 0});
                if (any && paper_is_answered(&a->form->nodes[index + i]))
                        ret[n++] = i;
        }
        return n;
}

void acta_add_groups(struct acta *a, int index, int groups)
{
        struct doc_column columns[TABLE_MOST + 1] = {{"", 12}};
        int questions[TABLE_MOST], n = answered_columns(a, index, groups, questions);
        int size = a->form->nodes[index].end - index;
        if (n == 0)
                return;
        acta_say_headings(a);
        for (int i = 0; i < n; i++)
                columns[i + 1] = (struct doc_column){paper_shared_label(a->form, index, questions[i], &a->arena),
                                                     paper_weight(&a->form->nodes[index + questions[i]])};
        doc_table(a->doc, columns, n + 1);
        for (int g = 0; g < groups; g++) {
                int group = index + g * size;
                const char *cells[TABLE_MOST + 1] = {session_label(a->session, (struct place){group, 0}, &a->arena)};
                for (int i = 0; i < n; i++)
                        cells[i + 1] = cell_of(a, (struct place){group + questions[i], 0});
                doc_row(a->doc, cells);
        }
}

/* ---- Children ---- */

struct children {
        struct acta *acta;
        const char *label;
        const struct node *columns[TABLE_MOST];
        int columns_n, n;
};

static void begin_children(struct children *c, const struct paper_child *child)
{
        struct acta *a = c->acta;
        struct doc_column columns[TABLE_MOST + 1] = {{_("N.º"), 1}};
        c->columns_n = paper_columns(child->form, c->columns, TABLE_MOST);
        for (int i = 0; i < c->columns_n; i++)
                columns[i + 1] = (struct doc_column){c->columns[i]->label.plain, paper_weight(c->columns[i])};
        if (c->columns_n == 0)
                columns[1] = (struct doc_column){child->form ? child->form->title : c->label, 20};
        doc_heading(&a->later, 2, c->label, "");
        doc_table(&a->later, columns, (c->columns_n ? c->columns_n : 1) + 1);
}

/* Its answers in the columns; what its form keeps to itself stays there. */
static void child_cells(struct children *c, const struct paper_child *child, const char **cells)
{
        struct arena *arena = &c->acta->arena;
        const struct form *form = session_form(child->session);
        for (int i = 0; i < c->columns_n; i++) {
                struct place place = {form_find(form, c->columns[i]->name), 0};
                bool told = place.node > 0 && form->nodes[place.node].scope == 0 &&
                            (c->acta->record->sensitive || !(form->nodes[place.node].flags & NODE_SENSITIVE));
                cells[i] = told ? arena_strdup(arena, session_display(child->session, place, arena)) : "";
        }
}

/* «Alerta reservada»: words that end in -a are feminine, but for a few that no form is called by. */
static const char *reserved_words(struct acta *a, const struct form *form)
{
        const char *name = form ? str_blank(form->short_title) ? form->title : form->short_title : _("Ficha");
        size_t first = strcspn(name, " ");
        bool feminine = (first && name[first - 1] == 'a') || str_starts(name, "Sesión");
        return arena_printf(&a->arena, "%s %s", name, feminine ? _("reservada") : _("reservado"));
}

static void add_child(void *to, const struct paper_child *child)
{
        struct children *c = to;
        const char *cells[TABLE_MOST + 1] = {"", "", "", "", "", "", "", ""};
        if (c->n == 0)
                begin_children(c, child);
        c->acta->said_sensitive |= child->reserved && child->session;
        cells[0] = arena_printf(&c->acta->arena, "%d", ++c->n);
        if (!child->session)
                cells[1] = reserved_words(c->acta, child->form);
        else if (c->columns_n == 0)
                cells[1] = child->title;
        else
                child_cells(c, child, cells + 1);
        doc_row(&c->acta->later, cells);
}

void acta_add_children(struct acta *a, struct place place)
{
        struct children children = {.acta = a, .label = session_label(a->session, place, &a->arena)};
        /* What earlier records left open is theirs. */
        if (a->record->children && !(a->form->nodes[place.node].flags & NODE_PENDING))
                a->record->children(a->record->ctx, place, add_child, &children);
}
