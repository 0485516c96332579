/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sections of a form and the items of the current one.
 *
 * Both are derived from the form and the session.  The items of a section are
 * kept until session_version() grows or the section changes, so that drawing
 * and moving cost a screenful and opening a section costs its questions once.
 */
#include "form_priv.h"

#include <stdlib.h>
#include <string.h>

bool form_node_shows(const struct node *node)
{
        switch (node->type) {
        case NODE_HIDDEN:
        case NODE_START:
        case NODE_END:
        case NODE_TODAY:
        case NODE_DEVICEID:
        case NODE_USERNAME: return false;
        case NODE_CALCULATE: return node->label.n > 0 || !str_blank(node->label.plain);
        default: return true;
        }
}

/* ---- Sections ---- */

static struct form_section *add_section(struct form_state *st)
{
        st->sections = xrealloc(st->sections, (size_t)(st->sections_n + 1) * sizeof *st->sections);
        struct form_section *section = &st->sections[st->sections_n++];
        *section = (struct form_section){.group = -1};
        return section;
}

static void one_section(struct form_state *st, int first, int end, const char *label)
{
        struct form_section *section = add_section(st);
        section->first = first;
        section->end = end;
        section->label = label;
}

/* Questions that stand outside any group gather in a section of their own. */
static void extend_run(struct form_state *st, const struct node *node)
{
        struct form_section *last = st->sections_n ? &st->sections[st->sections_n - 1] : NULL;
        if (last && last->group < 0)
                last->end = node->end;
        else
                one_section(st, node->index, node->end, _("Datos"));
}

static void whole_sections(struct form_state *st)
{
        const struct form *form = st->form;
        for (int i = 1; i < form->nodes_n; i = form->nodes[i].end) {
                const struct node *node = &form->nodes[i];
                if (node->type != NODE_GROUP) {
                        if (form_node_shows(node))
                                extend_run(st, node);
                        continue;
                }
                one_section(st, i + 1, node->end, node->label.plain);
                st->sections[st->sections_n - 1].group = i;
        }
        if (!st->sections_n)
                one_section(st, 1, form->nodes_n, _("Datos"));
}

void form_sections_build(struct form_state *st)
{
        const struct node *root = &st->form->nodes[st->root];
        if (st->part == FORM_ROW)
                one_section(st, st->root + 1, root->end, root->label.plain);
        else if (st->part == FORM_QUICK)
                one_section(st, 1, st->form->nodes_n, _("Datos"));
        else
                whole_sections(st);
        st->items_section = -1;
}

int form_section_with(const struct form_state *st, int node)
{
        for (int i = 0; i < st->sections_n; i++)
                if (node >= st->sections[i].first - (st->sections[i].group >= 0) &&
                    node < st->sections[i].end)
                        return i;
        return -1;
}

bool form_section_shown(const struct form_state *st, int section)
{
        int group = st->sections[section].group;
        return group < 0 || session_is_relevant(st->session, (struct place){group, 0});
}

/* ---- Items ---- */

enum { HEADINGS_MAX = 8 };

static void add_item(struct form_state *st, struct place place, bool heading)
{
        if (st->items_n == st->items_room) {
                st->items_room = st->items_room ? 2 * st->items_room : 64;
                st->items = xrealloc(st->items, (size_t)st->items_room * sizeof *st->items);
        }
        st->items[st->items_n++] = (struct form_item){place, heading};
}

/* A quick form asks for its quick questions, and for whatever else would forbid concluding. */
static bool part_asks(const struct form_state *st, const struct node *node, struct place place)
{
        if (!form_node_shows(node))
                return false;
        if (st->part != FORM_QUICK || (node->flags & NODE_QUICK))
                return true;
        enum answer_status status = session_status(st->session, place);
        return node->type != NODE_NOTE && (status == STATUS_MISSING || status == STATUS_INVALID);
}

static bool group_has_words(const struct form_state *st, const struct node *node)
{
        return st->part != FORM_QUICK && (node->label.n > 0 || !str_blank(node->label.plain));
}

/* A heading waits in `pending` until a question of its group is shown. */
static void collect(struct form_state *st, int first, int end)
{
        struct place pending[HEADINGS_MAX];
        int waiting = 0;
        for (int i = first; i < end;) {
                const struct node *node = &st->form->nodes[i];
                struct place place = {i, st->row};
                while (waiting > 0 && i >= st->form->nodes[pending[waiting - 1].node].end)
                        waiting--;
                if (!session_is_relevant(st->session, place)) {
                        i = node->end;
                        continue;
                }
                if (node->type == NODE_GROUP) {
                        if (group_has_words(st, node) && waiting < HEADINGS_MAX)
                                pending[waiting++] = place;
                        i++;
                        continue;
                }
                if (part_asks(st, node, place)) {
                        for (int k = 0; k < waiting; k++)
                                add_item(st, pending[k], true);
                        waiting = 0;
                        add_item(st, place, false);
                }
                i = node->end;
        }
}

void form_items_load(struct form_state *st)
{
        unsigned version = session_version(st->session);
        if (st->items_section == st->section && st->items_version == version)
                return;
        st->items_n = 0;
        if (form_section_shown(st, st->section))
                collect(st, st->sections[st->section].first, st->sections[st->section].end);
        st->items_section = st->section;
        st->items_version = version;
}

int form_item_of(const struct form_state *st, struct place place)
{
        for (int i = 0; i < st->items_n; i++)
                if (st->items[i].place.node == place.node && st->items[i].place.row == place.row)
                        return i;
        return -1;
}

int form_item_focusable(const struct form_state *st, int from, int direction)
{
        for (int i = from; i >= 0 && i < st->items_n; i += direction)
                if (!st->items[i].heading && widget_can_focus(st->draft, st->items[i].place))
                        return i;
        return -1;
}

/* ---- Counts and glyphs ---- */

static void count_status(struct session_counts *counts, enum answer_status status)
{
        if (status == STATUS_HIDDEN || status == STATUS_PLAIN)
                return;
        counts->questions++;
        counts->answered += status != STATUS_EMPTY && status != STATUS_MISSING;
        counts->missing += status == STATUS_MISSING;
        counts->invalid += status == STATUS_INVALID;
        counts->unavailable += status == STATUS_UNAVAILABLE;
        counts->warnings += status == STATUS_WARNING;
}

/* Of a quick form only what it asks counts. */
static struct session_counts count_items(struct form_state *st)
{
        struct session_counts counts = {0};
        form_items_load(st);
        for (int i = 0; i < st->items_n; i++)
                count_status(&counts, session_status(st->session, st->items[i].place));
        return counts;
}

/* A run has no group to ask for: its questions are few. */
static struct session_counts count_run(const struct form_state *st, const struct form_section *section)
{
        struct session_counts counts = {0};
        for (int i = section->first; i < section->end; i++) {
                const struct node *node = &st->form->nodes[i];
                if (node_is_question(node) && node->scope == st->form->nodes[section->first].scope)
                        count_status(&counts, session_status(st->session, (struct place){i, st->row}));
        }
        return counts;
}

void form_counts_load(struct form_state *st)
{
        unsigned version = session_version(st->session);
        if (st->counts_version == version)
                return;
        for (int i = 0; i < st->sections_n; i++) {
                struct form_section *section = &st->sections[i];
                if (st->part == FORM_QUICK)
                        section->counts = count_items(st);
                else
                        section->counts = section->group >= 0 ? session_counts(st->session, section->group)
                                                              : count_run(st, section);
        }
        bool part = st->part == FORM_ROW || st->part == FORM_QUICK;
        st->counts = part ? st->sections[0].counts : session_counts(st->session, 0);
        st->counts_version = version;
}

const char *form_section_glyph(const struct form_state *st, int index)
{
        const struct form_section *section = &st->sections[index];
        const struct session_counts *counts = &section->counts;
        if (!form_section_shown(st, index))
                return "—";
        if (counts->invalid || counts->unavailable || (counts->missing && section->visited))
                return "!";
        if (counts->missing || (!counts->answered && !section->visited))
                return "·";
        return "✓";
}

const char *form_item_glyph(const struct form_state *st, int item)
{
        bool passed = st->sections[st->section].visited || item < st->focus;
        switch (session_status(st->session, st->items[item].place)) {
        case STATUS_HIDDEN: return "—";
        case STATUS_PLAIN: return widget_waits(st->draft, st->items[item].place) ? "~" : " ";
        case STATUS_DONE: return "✓";
        case STATUS_WARNING: return "~";
        case STATUS_UNAVAILABLE:
        case STATUS_INVALID: return "!";
        case STATUS_MISSING: return passed ? "!" : "·";
        default: return "·";
        }
}

enum style form_glyph_style(const char *glyph)
{
        if (!strcmp(glyph, "✓"))
                return STYLE_OK;
        if (!strcmp(glyph, "!"))
                return STYLE_ERROR;
        return !strcmp(glyph, "~") ? STYLE_WARNING : STYLE_DIM;
}
