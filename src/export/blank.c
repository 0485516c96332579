/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The blank form for paper (contract in export/paper.h): what the screen asks,
 * in its order, with room to answer and the numbers that the program's keys
 * take, so that it can be typed in afterwards.  Conditions are told in words
 * where they are plain.  What the program fills in by itself is left out.
 */
#include <stdlib.h>
#include <string.h>

#include "blank_priv.h"

enum {
        TABLE_MOST = 9, /* columns; wider rows are printed one below another */
        EMPTY_ROWS = 3,
};

/* ---- Tables to fill ---- */

/* What a cell of a table takes: «Estado: 1 Pendiente, 2 En proceso…». */
static void add_legend(struct blank *b, const struct node *node, const char *label)
{
        struct str text = STR_INIT;
        if (!blank_lists_options(node))
                return;
        str_addf(&text, "%s: ", label);
        for (int i = 0; i < node->list->n; i++) {
                const char *code = blank_code(b, node, i);
                str_addf(&text, "%s%s%s%s", i ? " · " : "", code, *code ? " " : "", node->list->choices[i].label);
        }
        doc_note(b->doc, text.text);
        str_release(&text);
}

static bool is_asked(const struct node *node)
{
        bool derived = (node->flags & NODE_READ_ONLY_ALWAYS) && node->calculation;
        return paper_is_answered(node) && !derived;
}

static const char *column_title(struct blank *b, const struct node *node, const char *label)
{
        const char *hint = node->list || node->type == NODE_DATE || node->type == NODE_TIME ? "" : blank_format(b, node);
        return arena_printf(&b->arena, "%s%s%s%s%s", label, node->flags & NODE_REQUIRED_ALWAYS ? " *" : "",
                            *hint ? " (" : "", hint, *hint ? ")" : "");
}

static int asked_in(struct blank *b, int first, int end, const struct node **ret, int most)
{
        int n = 0;
        for (int i = first; i < end; i++) {
                const struct node *node = &b->form->nodes[i];
                if (is_asked(node) && n++ < most)
                        ret[n - 1] = node;
                if (node->type == NODE_REPEAT)
                        i = node->end - 1;
        }
        return n;
}

static void add_empty_rows(struct blank *b, int n)
{
        for (int i = 0; i < n; i++)
                doc_row(b->doc, NULL);
}

static void add_nodes(struct blank *b, int first, int end);

static void add_rows(struct blank *b, const struct node *repeat)
{
        const struct node *asked[TABLE_MOST];
        struct doc_column columns[TABLE_MOST];
        int n = asked_in(b, repeat->index + 1, repeat->end, asked, TABLE_MOST);
        const char *label = blank_label(b, repeat);
        doc_heading(b->doc, 2, label, blank_only(b, repeat->relevant));
        if (n > TABLE_MOST) {
                doc_note(b->doc, _("Repita esta parte por cada uno, en otra hoja si hace falta."));
                add_nodes(b, repeat->index + 1, repeat->end);
                return;
        }
        for (int i = 0; i < n; i++)
                columns[i] = (struct doc_column){column_title(b, asked[i], blank_label(b, asked[i])), paper_weight(asked[i])};
        doc_table(b->doc, columns, n);
        add_empty_rows(b, EMPTY_ROWS);
        for (int i = 0; i < n; i++)
                add_legend(b, asked[i], blank_label(b, asked[i]));
}

static void add_children(struct blank *b, const struct node *node)
{
        enum { ROWS = 3 };
        const struct form *form = b->find ? b->find(b->ctx, node->to) : NULL;
        const struct node *marked[TABLE_MOST];
        struct doc_column columns[TABLE_MOST] = {{_("Qué"), 10}, {_("Quién"), 5}, {_("Cuándo"), 3}};
        int n = paper_columns(form, marked, TABLE_MOST);
        for (int i = 0; i < n; i++)
                columns[i] = (struct doc_column){marked[i]->label.plain, paper_weight(marked[i])};
        doc_heading(b->doc, 2, blank_label(b, node), blank_only(b, node->relevant));
        doc_table(b->doc, columns, n ? n : 3);
        add_empty_rows(b, ROWS);
}

/* Groups alike: a row each, to write the numbers of the answers in. */
static void add_groups(struct blank *b, int index, int groups)
{
        const struct node *asked[TABLE_MOST], *nodes = b->form->nodes;
        struct doc_column columns[TABLE_MOST + 1] = {{"", 15}};
        int size = nodes[index].end - index, n = asked_in(b, index + 1, nodes[index].end, asked, TABLE_MOST);
        if (n > TABLE_MOST)
                n = TABLE_MOST;
        for (int i = 0; i < n; i++)
                columns[i + 1] = (struct doc_column){
                        column_title(b, asked[i], paper_shared_label(b->form, index, asked[i]->index - index, &b->arena)),
                        paper_weight(asked[i])};
        doc_table(b->doc, columns, n + 1);
        for (int g = 0; g < groups; g++) {
                const char *cells[TABLE_MOST + 1] = {blank_label(b, &nodes[index + g * size])};
                for (int i = 0; i < n; i++)
                        cells[i + 1] = "";
                doc_row(b->doc, cells);
        }
}

/* The numbers that go in the cells, once for all the tables of a section. */
static void add_groups_legend(struct blank *b, int index)
{
        const struct node *nodes = b->form->nodes;
        for (int i = index + 1; i < nodes[index].end; i++)
                if (is_asked(&nodes[i]))
                        add_legend(b, &nodes[i], paper_shared_label(b->form, index, i - index, &b->arena));
}

/* ---- The walk ---- */

static int add_group(struct blank *b, const struct node *node)
{
        int alike = paper_alike(b->form, node->index);
        if (alike > 1) {
                add_groups(b, node->index, alike);
                add_groups_legend(b, node->index);
                return node->index + alike * (node->end - node->index);
        }
        if (node->depth == 1 || *node->label.plain)
                doc_heading(b->doc, node->depth == 1 ? 1 : 2, blank_label(b, node), blank_only(b, node->relevant));
        return node->index + 1;
}

static void add_node(struct blank *b, const struct node *node)
{
        switch (node->type) {
        case NODE_REPEAT: add_rows(b, node); break;
        case NODE_CHILDREN:
                if (!(node->flags & NODE_PENDING))
                        add_children(b, node);
                break;
        case NODE_NOTE: doc_note(b->doc, blank_words(b, &node->label)); break;
        case NODE_ACKNOWLEDGE: blank_add_acknowledge(b, node); break;
        default:
                if (is_asked(node))
                        blank_add_field(b, node);
        }
}

static void add_nodes(struct blank *b, int first, int end)
{
        for (int i = first; i < end;) {
                const struct node *node = &b->form->nodes[i];
                if (node->type == NODE_GROUP) {
                        i = add_group(b, node);
                        continue;
                }
                add_node(b, node);
                i = node->end;
        }
}

static void add_signatures(struct blank *b)
{
        for (int i = 1; i < b->form->nodes_n; i++) {
                const struct node *node = &b->form->nodes[i];
                if (node->type != NODE_REFERENCE || node->scope != 0 || !paper_has_word(node, "signature"))
                        continue;
                doc_signature(b->doc, "", blank_label(b, node));
        }
}

void paper_blank(const struct form *form, paper_form_find *find, void *ctx, struct doc *doc)
{
        struct blank b = {.form = form, .find = find, .ctx = ctx, .doc = doc};
        doc_init(doc, arena_printf(&b.arena, _("%s-en-blanco"), form->id), form->title);
        doc->footer = arena_printf(&doc->arena, _("%s · ficha %s"), paper_form_words(form, &b.arena), form->id);
        doc->facts = _("* obligatoria. El número de cada opción es la tecla con que se elige al pasarla al programa.");
        if (form->sensitive)
                doc->mark = _("Reservado");
        if (form->note)
                doc_note(doc, form->note);
        add_nodes(&b, 1, form->nodes_n);
        add_signatures(&b);
        arena_release(&b.arena);
}
