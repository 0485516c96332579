/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The acta of a record (contract in export/paper.h).
 *
 * Section after section.  What is answered in one stands in this order, which
 * is the shortest to read and to print: short answers side by side, levels as
 * one table, then long texts, rows and children as the form has them.  What
 * is not short waits in `levels` and `later` until the section ends.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "acta_priv.h"

/* ---- What is told ---- */

bool acta_tells(const struct acta *a, struct place place)
{
        const struct node *node = &a->form->nodes[place.node];
        if ((node->flags & NODE_SENSITIVE) && !a->record->sensitive)
                return false;
        return session_is_relevant(a->session, place);
}

static void note_sensitive(struct acta *a, const struct node *node)
{
        if (node->flags & NODE_SENSITIVE)
                a->said_sensitive = true;
}

const char *acta_answer(struct acta *a, struct place place)
{
        const struct node *node = &a->form->nodes[place.node];
        bool lines = node->type == NODE_LOG || (node->flags & NODE_MULTILINE);
        const char *text = lines ? session_typed(a->session, place) : session_display(a->session, place, &a->arena);
        if (*text)
                note_sensitive(a, node);
        return arena_strdup(&a->arena, text);
}

/* «3 · Nivel III»; «No observado» has no number. */
const char *acta_level(struct acta *a, struct place place)
{
        const char *name = session_typed(a->session, place), *label = acta_answer(a, place);
        bool number = *name && strspn(name, "0123456789") == strlen(name);
        return number ? arena_printf(&a->arena, "%s · %s", name, label) : label;
}

void acta_say_headings(struct acta *a)
{
        if (a->heading)
                doc_heading(a->doc, 1, a->heading, "");
        if (a->subheading)
                doc_heading(a->doc, 2, a->subheading, "");
        a->heading = a->subheading = NULL;
}

/* ---- Answers ---- */

void acta_add_text(struct doc *doc, const char *label, const char *text)
{
        enum { HALF = 56 }; /* of A4; text wraps it within its half */
        bool is_short = !strchr(text, '\n') && utf8_width(label) + 2 + utf8_width(text) <= HALF;
        doc_field(doc, &(struct doc_field){.room = DOC_TEXT, .label = label, .text = text,
                                           .span = is_short ? DOC_SPAN / 2 : DOC_SPAN});
}

static void add_answer(struct acta *a, struct place place)
{
        const struct node *node = &a->form->nodes[place.node];
        const char *text = acta_answer(a, place), *label = session_label(a->session, place, &a->arena);
        bool is_long = node->type == NODE_LOG || (node->flags & NODE_MULTILINE);
        if (!*text)
                return;
        if (is_long) {
                acta_add_text(&a->later, label, text);
                return;
        }
        acta_say_headings(a);
        acta_add_text(a->doc, label, text);
}

/*
 * The question where the fact behind a level is written: that of `evidence:
 * true`, or one called …_evidencia before the next level of the group; -1: none.
 */
static int evidence_of(const struct acta *a, int rating)
{
        const struct node *nodes = a->form->nodes;
        for (int i = rating + 1; i < nodes[nodes[rating].parent].end && nodes[i].type != NODE_RATING; i++)
                if (nodes[i].parent == nodes[rating].parent && nodes[i].type == NODE_TEXT &&
                    (nodes[i].flags & NODE_EVIDENCE || str_ends(nodes[i].name, "_evidencia")))
                        return i;
        return -1;
}

static bool is_evidence(const struct acta *a, int index)
{
        const struct node *nodes = a->form->nodes;
        for (int i = index - 1; i > nodes[index].parent; i--)
                if (nodes[i].type == NODE_RATING && nodes[i].parent == nodes[index].parent)
                        return evidence_of(a, i) == index;
        return false;
}

static void begin_levels(struct acta *a)
{
        static const struct doc_column columns[] = {{_("Criterio"), 11}, {_("Nivel"), 5}, {_("Evidencia"), 11}};
        doc_table(&a->levels, columns, (int)ARRAY_LEN(columns));
}

/* A level and its evidence. */
static void add_level(struct acta *a, struct place place)
{
        struct place evidence = {evidence_of(a, place.node), place.row};
        bool has_evidence = evidence.node > 0 && acta_tells(a, evidence);
        const char *level = acta_level(a, place);
        if (!*level)
                return;
        if (!a->levels.n)
                begin_levels(a);
        doc_row(&a->levels, (const char *const[]){session_label(a->session, place, &a->arena), level,
                                                  has_evidence ? acta_answer(a, evidence) : ""});
}

/* ---- Sections ---- */

/* What waited. */
static void end_section(struct acta *a)
{
        if (a->levels.n || a->later.n)
                acta_say_headings(a);
        doc_append(a->doc, &a->levels);
        doc_append(a->doc, &a->later);
        doc_release(&a->levels);
        doc_release(&a->later);
        a->heading = a->subheading = NULL;
}

static void begin_group(struct acta *a, const struct node *node, const char *label)
{
        if (node->depth == 1) {
                end_section(a);
                a->heading = label;
        } else if (*node->label.plain) {
                a->subheading = label;
                a->sub_end = node->end;
        }
}

/* The node after this one that is not part of it. */
static int add_node(struct acta *a, int index)
{
        const struct node *node = &a->form->nodes[index];
        struct place place = {index, 0};
        if (index >= a->sub_end)
                a->subheading = NULL;
        if (!acta_tells(a, place))
                return node->end;
        if (node->type == NODE_GROUP) {
                int alike = paper_alike(a->form, index);
                if (alike < 2) {
                        begin_group(a, node, session_label(a->session, place, &a->arena));
                        return index + 1;
                }
                acta_add_groups(a, index, alike);
                return index + alike * (node->end - index);
        }
        if (node->type == NODE_REPEAT)
                acta_add_rows(a, place);
        else if (node->type == NODE_CHILDREN)
                acta_add_children(a, place);
        else if (node->type == NODE_RATING)
                add_level(a, place);
        else if ((paper_is_answered(node) || paper_is_calculated(node)) && !is_evidence(a, index))
                add_answer(a, place);
        return node->end;
}

static void add_signatures(struct acta *a)
{
        for (int i = 1; i < a->form->nodes_n; i++) {
                const struct node *node = &a->form->nodes[i];
                struct place place = {i, 0};
                if (node->type != NODE_REFERENCE || node->scope != 0 || !paper_has_word(node, "signature") ||
                    !acta_tells(a, place))
                        continue;
                const char *who = acta_answer(a, place), *id = session_typed(a->session, place);
                const char *post = *id && a->record->post ? a->record->post(a->record->ctx, id, &a->arena) : "";
                const char *label = session_label(a->session, place, &a->arena);
                doc_signature(a->doc, who, *post ? arena_printf(&a->arena, "%s · %s", label, post) : label);
        }
}

/* ---- The whole ---- */

static const char *day_words(const struct acta *a)
{
        struct arena *arena = &a->doc->arena;
        return a->form->date < 0 ? "" : session_display(a->session, (struct place){a->form->date, 0}, arena);
}

static void add_head(struct acta *a)
{
        const struct paper_record *record = a->record;
        struct arena *arena = &a->doc->arena;
        char today[DATE_TEXT];
        const char *day = day_words(a), *form = paper_form_words(a->form, arena);
        date_format_person(clock_now().days, today);
        a->doc->subtitle = arena_strdup(arena, record->title);
        a->doc->facts = arena_printf(arena, "%s%s%s%s%s%s%s", *record->code ? _("Código ") : "", record->code,
                                     *record->code && *day ? " · " : "", *day ? _("Fecha ") : "", day,
                                     (*record->code || *day) && *record->state ? " · " : "", record->state);
        a->doc->footer = arena_printf(arena, _("%s%s%s · impreso el %s"), form, *record->code ? _(" · código ") : "",
                                      record->code, today);
}

static void add_mark(struct acta *a)
{
        bool reserved = a->record->sensitive && (a->record->reserved || a->said_sensitive);
        const char *words = a->record->mark;
        a->doc->mark = !reserved ? arena_strdup(&a->doc->arena, words)
                                 : arena_printf(&a->doc->arena, "%s%s%s", _("Reservado"), *words ? " · " : "", words);
}

void paper_acta(const struct paper_record *record, struct doc *doc)
{
        struct acta a = {.record = record, .session = record->session, .form = session_form(record->session), .doc = doc};
        doc_init(doc, arena_printf(&a.arena, "%s-%s", a.form->id, *record->code ? record->code : _("borrador")), a.form->title);
        add_head(&a);
        for (int i = 1; i < a.form->nodes_n;)
                i = add_node(&a, i);
        end_section(&a);
        add_signatures(&a);
        doc_note(doc, paper_reconstruction(a.form, &a.arena));
        add_mark(&a);
        arena_release(&a.arena);
}
