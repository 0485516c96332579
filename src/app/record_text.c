/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record as text to read: sections, questions and answers, rows of repeats indented. */
#include "app/app.h"

struct reader {
        struct session *session;
        const struct form *form;
        bool sensitive;
        struct str *out;
        struct arena arena;
};

static void add_scope(struct reader *r, int first, int end, int row, int indent);

static void add_pad(struct reader *r, int indent)
{
        for (int i = 0; i < indent; i++)
                str_addc(r->out, ' ');
}

/* Long answers keep their lines, each one indented. */
static void add_answer(struct reader *r, const char *label, const char *answer, int indent)
{
        add_pad(r, indent);
        str_addf(r->out, "%s: ", label);
        for (const char *p = answer; *p; p++) {
                str_addc(r->out, *p);
                if (*p == '\n')
                        add_pad(r, indent + 2);
        }
        str_addc(r->out, '\n');
}

static void add_rows(struct reader *r, struct place place, int indent)
{
        int n;
        const int *rows = session_rows(r->session, place, &n);
        add_pad(r, indent);
        str_addf(r->out, "%s (%d)\n", session_label(r->session, place, &r->arena), n);
        for (int i = 0; i < n; i++) {
                add_pad(r, indent + 1);
                str_addf(r->out, "%d.\n", i + 1);
                add_scope(r, place.node + 1, r->form->nodes[place.node].end, rows[i], indent + 3);
        }
}

/* The titles of the children. */
static void add_children(struct reader *r, struct place place, int indent)
{
        int n;
        session_children(r->session, place, &n);
        if (n > 0)
                add_answer(r, session_label(r->session, place, &r->arena),
                           session_display(r->session, place, &r->arena), indent);
}

static bool is_read(const struct reader *r, struct place place, const struct node *node)
{
        if (!node_is_question(node) && node->type != NODE_CALCULATE && node->type != NODE_GROUP && node->type != NODE_REPEAT)
                return false;
        if ((node->flags & NODE_SENSITIVE) && !r->sensitive)
                return false;
        return session_is_relevant(r->session, place);
}

static void add_node(struct reader *r, struct place place, const struct node *node, int indent)
{
        const char *label = session_label(r->session, place, &r->arena);
        if (node->type == NODE_GROUP) {
                str_addf(r->out, "\n%s\n", label);
        } else if (node->type == NODE_REPEAT) {
                add_rows(r, place, indent);
        } else if (node->type == NODE_CHILDREN) {
                add_children(r, place, indent);
        } else if (*label) {
                const char *answer = session_display(r->session, place, &r->arena);
                if (*answer)
                        add_answer(r, label, answer, indent);
        }
}

static void add_scope(struct reader *r, int first, int end, int row, int indent)
{
        for (int i = first; i < end; i++) {
                const struct node *node = &r->form->nodes[i];
                struct place place = {i, row};
                bool read = is_read(r, place, node);
                if (read)
                        add_node(r, place, node, indent);
                if (node->type == NODE_REPEAT || (node->type == NODE_GROUP && !read))
                        i = node->end - 1;
        }
}

void record_text(struct session *session, bool sensitive, struct str *out)
{
        struct reader r = {.session = session, .form = session_form(session), .sensitive = sensitive, .out = out};
        add_scope(&r, 1, r.form->nodes_n, 0, 1);
        arena_release(&r.arena);
}
