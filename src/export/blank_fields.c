/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A question as a field of the blank: its words, its options, its room (contract in blank_priv.h). */
#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "blank_priv.h"
#include "expr/words.h"

enum {
        NUMBERED_MOST = 9, /* the keys choose up to nine by number (ui/widgets) */
        OPTIONS_MOST = 24,
};

/* ---- Words ---- */

/* A label of which parts depend on answers has dots there. */
const char *blank_words(struct blank *b, const struct template *template)
{
        const char *text = "";
        for (int i = 0; i < template->n; i++)
                text = arena_printf(&b->arena, "%s%s", text, template->parts[i].expr ? "……" : template->parts[i].text);
        return template->n ? text : template->plain;
}

const char *blank_label(struct blank *b, const struct node *node)
{
        const char *label = blank_words(b, &node->label);
        return *label ? label : node->name;
}

static const char *speak_label(void *ctx, int ref, struct arena *arena)
{
        struct blank *b = ctx;
        (void)arena;
        return blank_label(b, &b->form->nodes[ref]);
}

static const char *speak_choice(void *ctx, int ref, const char *name, struct arena *arena)
{
        struct blank *b = ctx;
        const struct node *node = &b->form->nodes[ref];
        const struct choice *choice = node->list ? choice_list_find(node->list, name) : NULL;
        (void)arena;
        return choice && *choice->label ? choice->label : NULL;
}

const char *blank_only(struct blank *b, const struct expr *relevant)
{
        struct expr_speaker speaker = {b, speak_label, speak_choice};
        enum { LONGEST = 160 };
        if (!relevant || expr_constant_boolean(relevant) == 1)
                return "";
        const char *words = expr_words(relevant, &speaker, &b->arena);
        if (!words || utf8_width(words) > LONGEST)
                return _("Según el caso");
        return arena_printf(&b->arena, _("Solo si %s"), words);
}

static const char *node_only(struct blank *b, const struct node *node)
{
        return node->flags & NODE_EVIDENCE ? _("En los niveles de los extremos") : blank_only(b, node->relevant);
}

static const char *range_words(struct blank *b, const struct node *node)
{
        double min = NAN, max = NAN;
        if (node->constraint)
                expr_bounds(node->constraint, &min, &max);
        if (!isnan(min) && !isnan(max))
                return arena_printf(&b->arena, _("de %s a %s"), value_number_text(min, &b->arena),
                                    value_number_text(max, &b->arena));
        if (!isnan(min) && min > 0)
                return arena_printf(&b->arena, _("%s o más"), value_number_text(min, &b->arena));
        return isnan(max) ? "" : arena_printf(&b->arena, _("hasta %s"), value_number_text(max, &b->arena));
}

const char *blank_format(struct blank *b, const struct node *node)
{
        switch (node->type) {
        case NODE_DATE: return _("día/mes/año");
        case NODE_TIME: return _("hora:minutos");
        case NODE_DATETIME: return _("día/mes/año y hora");
        case NODE_INTEGER:
        case NODE_DECIMAL:
        case NODE_RANGE: return range_words(b, node);
        case NODE_SELECT_MULTIPLE: return _("marque todas las que correspondan");
        case NODE_RANK: return _("numere por orden: 1, 2, 3…");
        default: return "";
        }
}

static const char *hint_of(struct blank *b, const struct node *node)
{
        const char *format = blank_format(b, node);
        bool sensitive = (node->flags & NODE_SENSITIVE) && !b->form->sensitive;
        if (!sensitive)
                return format;
        return arena_printf(&b->arena, "%s%s%s", format, *format ? "; " : "", _("dato reservado"));
}

/* ---- Options ---- */

/* Its number among those the keys choose; N for the one that is no level; none in lists that change or are long. */
const char *blank_code(struct blank *b, const struct node *node, int i)
{
        if (node->type == NODE_RATING && strcmp(node->list->choices[i].name, "no_obs") == 0)
                return "N";
        if (node->list->n > NUMBERED_MOST || node->choice_filter || node->type == NODE_RANK)
                return "";
        return arena_printf(&b->arena, "%d", i + 1);
}

bool blank_lists_options(const struct node *node)
{
        return node->list && node->list->n <= OPTIONS_MOST;
}

static const struct doc_option *options_of(struct blank *b, const struct node *node)
{
        struct doc_option *options = ARENA_ARRAY(&b->arena, struct doc_option, node->list->n);
        for (int i = 0; i < node->list->n; i++) {
                const struct choice *choice = &node->list->choices[i];
                bool level = node->type == NODE_RATING && strcmp(choice->name, "no_obs") != 0;
                options[i] = (struct doc_option){blank_code(b, node, i), *choice->label ? choice->label : choice->name,
                                                 level ? choice->hint : ""};
        }
        return options;
}

static bool has_descriptors(const struct node *node)
{
        for (int i = 0; i < node->list->n; i++)
                if (*node->list->choices[i].hint && strcmp(node->list->choices[i].name, "no_obs") != 0)
                        return true;
        return false;
}

/* ---- Fields ---- */

static int options_width(const struct doc_field *field)
{
        int width = 0;
        for (int i = 0; i < field->options_n; i++)
                width += utf8_width(field->options[i].code) + utf8_width(field->options[i].label) + 7;
        return width;
}

/* Half a line if that is enough to read and to write; a third for a day, an hour or a number. */
static int span_of(const struct doc_field *field, const struct node *node)
{
        enum { HALF = 52, THIRD = 34 }; /* letters of A4; text wraps them in its columns */
        int label = utf8_width(field->label) + (*field->hint ? utf8_width(field->hint) + 3 : 0) + 2;
        if (*field->only)
                label += utf8_width(field->only) + 1;
        if (field->room == DOC_LEVELS || (field->room == DOC_LINES && field->n > 1))
                return DOC_SPAN;
        if (field->room == DOC_OPTIONS)
                return label <= HALF && options_width(field) <= HALF ? DOC_SPAN / 2 : DOC_SPAN;
        bool is_narrow = node->type == NODE_DATE || node->type == NODE_TIME || node->type == NODE_INTEGER ||
                      node->type == NODE_DECIMAL || node->type == NODE_RANGE;
        if (is_narrow && label <= THIRD + 8)
                return DOC_SPAN / 3;
        return label <= (is_narrow ? 2 * HALF : HALF) ? DOC_SPAN / 2 : DOC_SPAN;
}

static void set_room(struct blank *b, const struct node *node, struct doc_field *field)
{
        int digits = node->constraint ? expr_digits(node->constraint) : 0;
        field->room = DOC_LINE;
        if (node->flags & NODE_EVIDENCE) {
                field->room = DOC_LINES;
                field->n = 1;
        } else if (node->flags & NODE_MULTILINE) {
                field->room = DOC_LINES;
                field->n = 2;
        } else if (node->type == NODE_LOG) {
                field->room = DOC_LINES;
                field->n = 8;
        } else if (digits) {
                field->room = DOC_BOXES;
                field->n = digits;
        } else if (blank_lists_options(node)) {
                field->room = node->type == NODE_RATING && has_descriptors(node) ? DOC_LEVELS : DOC_OPTIONS;
                field->options = options_of(b, node);
                field->options_n = node->list->n;
        }
}

void blank_add_acknowledge(struct blank *b, const struct node *node)
{
        const struct doc_option option = {"", blank_label(b, node), ""};
        doc_field(b->doc, &(struct doc_field){.room = DOC_OPTIONS, .label = _("Marque"), .only = node_only(b, node),
                                              .options = &option, .options_n = 1, .span = DOC_SPAN});
}

void blank_add_field(struct blank *b, const struct node *node)
{
        struct doc_field field = {.label = node->flags & NODE_EVIDENCE ? _("Evidencia (hecho observado)") : blank_label(b, node),
                                  .hint = hint_of(b, node), .only = node_only(b, node),
                                  .required = node->flags & NODE_REQUIRED_ALWAYS};
        set_room(b, node, &field);
        if (node->flags & NODE_EVIDENCE)
                field.hint = "";
        field.span = span_of(&field, node);
        doc_field(b->doc, &field);
}
