/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An item's keys into its struct node: one row of keys.def, one member.
 */
#include <stddef.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "load.h"
#include "types.h"

struct member { enum key key; size_t offset; unsigned flags; };

static const struct member expressions[] = {
#define EXPRESSION(symbol, name, places, member, flags) {KEY_##symbol, offsetof(struct node, member), flags},
#include "keys.def"
};

static const struct member templates[] = {
#define TEMPLATE(symbol, name, places, member) {KEY_##symbol, offsetof(struct node, member), 0},
#include "keys.def"
};

static const struct member messages[] = {
#define MESSAGE(symbol, name, places, member, needs) {KEY_##symbol, offsetof(struct node, member), 0},
#include "keys.def"
};

static void *member_at(struct node *node, const struct member *member)
{
        return (char *)node + member->offset;
}

static const char *keep(struct loader *l, const struct ynode *value)
{
        return value ? arena_strdup(l->arena, value->text) : NULL;
}

/* The list that stands in the type: "select_one LIST". */
static void read_list(struct loader *l, int index)
{
        struct item *item = &l->items[index];
        const struct ynode *type = fields_value(&item->fields, KEY_TYPE);
        size_t word = strcspn(type->text, " \t\n"), at = word + strspn(type->text + word, " \t\n");
        size_t len = strcspn(type->text + at, " \t\n");
        const char *near = NULL;
        if (!len) {
                COMPLAIN(l, type, _("al tipo %.30s le falta la lista: «%.30s LISTA»"), type->text,
                         type->text);
                return;
        }
        char *name = arena_strndup(l->work, type->text + at, len);
        item->list = lists_find(l, name, true, &near);
        if (item->list >= 0 || l->lenient)
                return;
        mistake_in(l->mistakes, type, at, _("no existe la lista «%.60s»%s%s%s"), name, near
                   ? _("; ¿quiso decir «") : "",
                   near ? near : "", near ? _("»?") : "");
}

static void read_expressions(struct loader *l, int index)
{
        struct item *item = &l->items[index];
        struct node *node = &l->nodes[index];
        for (size_t i = 0; i < ARRAY_LEN(expressions); i++) {
                const struct member *member = &expressions[i];
                const struct ynode *value = fields_value(&item->fields, member->key);
                if (!value)
                        continue;
                struct site site = {.scalar = value, .node = index, .scope = node->scope, .list = item->list,
                                    .current = member->flags & CURRENT, .boolean = member->flags & BOOLEAN,
                                    .columns = member->flags & COLUMNS, .orders = member->flags & ORDERS,
                                    .once = member->flags & ONCE};
                *(const struct expr **)member_at(node, member) = expression_read(l, &site);
        }
}

static void read_texts(struct loader *l, int index)
{
        const struct fields *fields = &l->items[index].fields;
        struct node *node = &l->nodes[index];
        for (size_t i = 0; i < ARRAY_LEN(templates); i++)
                template_read(l, fields_value(fields, templates[i].key), index,
                              member_at(node, &templates[i]));
        for (size_t i = 0; i < ARRAY_LEN(messages); i++)
                *(const char **)member_at(node, &messages[i]) = keep(l, fields_text(fields, messages[i].key));
        node->appearance = keep(l, fields_text(fields, KEY_APPEARANCE));
        node->source = keep(l, fields_text(fields, KEY_SOURCE));
        node->to = keep(l, fields_text(fields, KEY_TO));
}

static bool has_word(const char *text, const char *word)
{
        size_t len = strlen(word);
        for (const char *p = text; p && (p = strstr(p, word)); p += len)
                if ((p == text || p[-1] == ' ') && (!p[len] || p[len] == ' '))
                        return true;
        return false;
}

static void set_flags(struct node *node)
{
        if (has_word(node->appearance, "multiline"))
                node->flags |= NODE_MULTILINE;
        if (has_word(node->appearance, "quick"))
                node->flags |= NODE_QUICK;
        if (node->type == NODE_CHILDREN && has_word(node->appearance, "pending"))
                node->flags |= NODE_PENDING;
        if (node->required && expr_constant_boolean(node->required) == 1)
                node->flags |= NODE_REQUIRED_ALWAYS;
        if (node->read_only && expr_constant_boolean(node->read_only) == 1)
                node->flags |= NODE_READ_ONLY_ALWAYS;
}

static void check_fed(struct loader *l, const struct ynode *key)
{
        const struct name_table *known = l->settings ? l->settings->known_indicators : NULL;
        if (known && name_table_get(known, key->text) < 0)
                COMPLAIN(l, key, _("feeds nombra «%.60s», que no es un indicador de indicadores.yaml%s"), key->text,
                         did_you_mean(l->work, key->text, name_table_words(known), (size_t)known->n));
}

static void read_feeds(struct loader *l, int index)
{
        const struct ynode *feeds = fields_value(&l->items[index].fields, KEY_FEEDS);
        if (!feeds)
                return;
        bool one = feeds->kind == Y_SCALAR;
        const char **keys = ARENA_ARRAY(l->arena, const char *, one ? 1 : feeds->n);
        int n = 0;
        for (const struct ynode *key = one ? feeds : feeds->first; key; key = one ? NULL : key->next) {
                if (key->kind == Y_SCALAR && is_name(key->text)) {
                        check_fed(l, key);
                        keys[n++] = keep(l, key);
                } else if (key->kind != Y_BROKEN)
                        COMPLAIN(l, key,
                                 _("en «feeds» van claves de indicadores: minúsculas, dígitos y «_»"));
        }
        l->nodes[index].feeds = keys;
        l->nodes[index].feeds_n = n;
}

static void read_trigger(struct loader *l, int index)
{
        const struct ynode *trigger = fields_text(&l->items[index].fields, KEY_TRIGGER);
        if (!trigger)
                return;
        int found = node_named(l, trigger, "trigger");
        l->nodes[index].trigger = found == index ? -1 : found;
        if (found == index)
                COMPLAIN(l, trigger, _("«trigger» nombra a la misma pregunta; se esperaba otra"));
        else if (found >= 0)
                edge_add(l, index, found, true);
}

/* Parameters */

static void note_child_parameter(struct loader *l, const char *to, const struct ynode *key)
{
        GROW(l->child_parameters, l->child_parameters_n, l->child_parameters_room);
        l->child_parameters[l->child_parameters_n++] = (struct child_parameter){
                .to = to, .name = arena_strdup(l->arena, key->text),
                .file = arena_strdup(l->arena, key->origin->source->file),
                .includes = mistake_includes(l->arena,
                                             key->origin), .line = key->line, .column = key->column};
}

const struct form_parameter *parameters_read(struct loader *l, int node, const char *to, const struct ynode *map,
                                             int *ret_n)
{
        struct form_parameter *parameters = ARENA_ARRAY(l->arena, struct form_parameter, map->n);
        struct name_table seen = {.arena = l->work};
        int n = 0;
        for (const struct ynode *key = map->first; key; key = key->next) {
                if (key->kind != Y_SCALAR || key->value->kind != Y_SCALAR) {
                        if (key->kind != Y_BROKEN && key->value->kind != Y_BROKEN)
                                COMPLAIN(l, key->kind == Y_SCALAR ? key->value : key,
                                         _("se esperaba «pregunta: expresión»"));
                        continue;
                }
                if (!name_table_add(&seen, key->text, 0, NULL))
                        COMPLAIN(l, key, _("la clave «%.60s» se repite"), key->text);
                struct site site = {.scalar = key->value, .node = node, .scope = l->nodes[node].scope,
                                    .boolean = true,
                                    .once = true};
                parameters[n].name = keep(l, key);
                parameters[n].expr = expression_read(l, &site);
                if (to)
                        note_child_parameter(l, to, key);
                n++;
        }
        *ret_n = n;
        return parameters;
}

static const char *const range_words[] = {"start", "end", "step"};

static double range_number(struct loader *l, const struct ynode *key, bool *ret_good)
{
        double number = key->value->kind == Y_SCALAR ? value_parse_number(key->value->text) : 0;
        *ret_good = key->value->kind == Y_SCALAR && number == number;
        if (!*ret_good && key->value->kind != Y_BROKEN && !(l->lenient && key->value->replaced))
                COMPLAIN(l, key->value, _("«%s» es un número"), key->text);
        return number;
}

static const struct expr *number_expression(struct loader *l, double number)
{
        const struct expr *expr = NULL;
        const char *text = value_number_text(number, l->work);
        expr_parse(text, strlen(text), NULL, l->arena, &expr, NULL);
        return expr;
}

/* start, end and step, with the defaults of XLSForm: 1, 10, 1. */
static void read_range(struct loader *l, int index, const struct ynode *map)
{
        double values[] = {1, 10, 1};
        bool good = true, sound = true, given[3] = {false};
        for (const struct ynode *key = map ? map->first : NULL; key; key = key->next) {
                int which = -1;
                for (int i = 0; i < 3 && key->kind == Y_SCALAR; i++)
                        if (strcmp(key->text, range_words[i]) == 0)
                                which = i;
                if (which < 0) {
                        sound = false;
                        if (key->kind == Y_SCALAR)
                                COMPLAIN(l, key, _("un range no tiene el parámetro «%.60s»%s"), key->text,
                                         did_you_mean(l->work, key->text, range_words, 3));
                        continue;
                }
                if (given[which])
                        COMPLAIN(l, key, _("la clave «%s» se repite"), key->text);
                given[which] = true;
                values[which] = range_number(l, key, &good);
                sound = sound && good;
        }
        if (sound && values[0] >= values[1])
                COMPLAIN(l, map ? map : l->items[index].here, _("en un range, start debe ser menor que end"));
        if (sound && values[2] <= 0)
                COMPLAIN(l, map, _("en un range, step debe ser mayor que 0"));
        struct form_parameter *parameters = ARENA_ARRAY(l->arena, struct form_parameter, 3);
        for (int i = 0; i < 3; i++)
                parameters[i] = (struct form_parameter){range_words[i], number_expression(l, values[i])};
        l->nodes[index].parameters = parameters;
        l->nodes[index].parameters_n = 3;
}

static void read_parameters(struct loader *l, int index)
{
        const struct fields *fields = &l->items[index].fields;
        const struct ynode *map = fields_value(fields, KEY_PARAMETERS);
        enum node_type type = l->nodes[index].type;
        if (type == NODE_RANGE && (map || !fields_has(fields, KEY_PARAMETERS)))
                read_range(l, index, map);
        else if (map && type == NODE_CHILDREN)
                l->nodes[index].parameters = parameters_read(l, index, l->nodes[index].to, map,
                                                             &l->nodes[index].parameters_n);
        else if (map && !l->items[index].type_unknown)
                COMPLAIN(l, fields_key(fields, KEY_PARAMETERS), _("«parameters» no va en el tipo %s"),
                         node_type_info(type)->name);
}

/* The node of evidence: true */

/* The first line, at most 60 characters of it, cut between words and outside ${…}. */
static const char *shortened(struct loader *l, const char *label)
{
        enum { SHORT = 60 };
        size_t end = strcspn(label, "\r\n"), cut = 0, chars = 0;
        bool braces = false;
        for (size_t i = 0; i < end; i++) {
                chars += ((unsigned char)label[i] & 0xC0) != 0x80;
                if (strncmp(label + i, "${", 2) == 0)
                        braces = true;
                else if (label[i] == '}')
                        braces = false;
                else if (label[i] == ' ' && !braces && chars <= SHORT)
                        cut = i;
        }
        if (chars <= SHORT || !cut)
                return arena_strndup(l->work, label, end);
        while (cut > 0 && strchr(" ,;:.", label[cut - 1]))
                cut--;
        return arena_printf(l->work, "%.*s…", (int)cut, label);
}

static bool is_level(const char *name)
{
        size_t digits = strspn(name, "0123456789");
        return digits > 0 && digits < 10 && !name[digits];
}

/* "${x} = '1' or ${x} = '4'": the lower half of the levels and the highest; NULL if there are none. */
static const char *ends_of_scale(struct loader *l, const struct choice_list *list, const char *name)
{
        int levels = 0, seen = 0;
        const char *text = NULL, *highest = NULL;
        for (int i = 0; i < list->n; i++) {
                levels += is_level(list->choices[i].name);
                if (is_level(list->choices[i].name) &&
                    (!highest || atoi(list->choices[i].name) > atoi(highest)))
                        highest = list->choices[i].name;
        }
        for (int i = 0; i < list->n; i++) {
                const char *level = list->choices[i].name;
                if (!is_level(level) || (seen++ >= levels / 2 && level != highest))
                        continue;
                text = arena_printf(l->work, "%s%s${%s} = '%s'", text ? text : "", text ? " or " : "", name,
                                    level);
        }
        return text;
}

static void read_evidence(struct loader *l, int index)
{
        int rating = l->items[index].evidence_of, list = l->items[rating].list;
        struct node *node = &l->nodes[index];
        const struct fields *fields = &l->items[rating].fields;
        const struct ynode *label = fields_text(fields, KEY_LABEL);
        struct ynode *text = ARENA_NEW(l->work, struct ynode);
        node->hint.plain = _("Anote el hecho observado que sustenta el nivel.");
        node->guidance_hint.plain = "";
        node->appearance = "multiline";
        *text = label ? *label : *l->items[index].here;
        text->replaced = NULL;
        text->text = arena_printf(l->work, _("Evidencia: %s"), label ? shortened(l, label->text)
                                  : l->nodes[rating].name);
        text->n = (uint32_t)strlen(text->text);
        int before = l->mistakes->all;
        if (!label || !strstr(label->text, "${") || l->nodes[rating].label.n)
                template_read(l, text, index, &node->label);
        if (list < 0 || l->mistakes->all > before)
                return;
        const char *relevant = ends_of_scale(l, &l->built[list]->list, l->nodes[rating].name);
        if (!relevant) {
                COMPLAIN(l, fields_key(fields, KEY_EVIDENCE),
                         _("«evidence» necesita una lista con niveles cuyo name sea un número (1, 2, 3…)"));
                return;
        }
        text->text = relevant;
        text->n = (uint32_t)strlen(relevant);
        struct site site = {.scalar = text, .node = index, .scope = node->scope, .list = -1, .orders = true};
        node->relevant = is_name(l->nodes[rating].name) ? expression_read(l, &site) : NULL;
}

void node_read(struct loader *l, int index)
{
        struct item *item = &l->items[index];
        if (item->evidence_of >= 0) {
                read_evidence(l, index);
                return;
        }
        if (node_type_info(l->nodes[index].type)->takes_list && !item->type_unknown)
                read_list(l, index);
        read_texts(l, index);
        read_expressions(l, index);
        read_feeds(l, index);
        read_trigger(l, index);
        read_parameters(l, index);
        set_flags(&l->nodes[index]);
}
