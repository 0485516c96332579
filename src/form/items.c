/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The survey as a flat list of items in preorder, each with its node begun:
 * place in the tree, type and name.  Includes are spliced in here, and the
 * text question of evidence: true is added after its rating.
 *
 *      survey:                      0 form   end 5
 *        - group: a                 1 a      end 4
 *          survey: [x, y]           2 x  3 y
 *        - {type: text, name: z}    4 z
 */
#include <string.h>

#include "load.h"
#include "types.h"

#include "base/str.h"

/* Deeper groups could not be written as YAML of YAML_DEPTH_MAX levels. */
enum { GROUPS_MAX = (YAML_DEPTH_MAX - 2) / 2 };

static struct node *add_item(struct loader *l, const struct ynode *map, int parent, int depth)
{
        if (l->n == l->room) {
                l->room = l->room ? 2 * l->room : 64;
                l->items = xrealloc(l->items, (size_t)l->room * sizeof *l->items);
                l->nodes = xrealloc(l->nodes, (size_t)l->room * sizeof *l->nodes);
        }
        l->items[l->n] = (struct item){.map = map, .here = map, .list = -1, .evidence_of = -1};
        l->nodes[l->n] = (struct node){.index = l->n, .parent = parent, .end = l->n + 1, .depth = depth,
                                       .opens_scope = -1, .trigger = -1};
        return &l->nodes[l->n++];
}

static void take_name(struct loader *l, int index, const struct ynode *name, const char *key)
{
        struct item *item = &l->items[index];
        if (!name)
                return;
        item->name = item->here = name;
        l->nodes[index].name = arena_strdup(l->arena, name->text);
        if (!is_name(name->text))
                COMPLAIN(l, name,
                         _("en «%s», «%.70s» no sirve como nombre; use minúsculas sin tilde, dígitos y «_», "
                                    "empezando con una letra (hasta 64)"), key, name->text);
}

/* The rest of the type after its first word: the list. */
static const char *after_word(const char *text)
{
        text += strcspn(text, " \t\n");
        return text + strspn(text, " \t\n");
}

static void unknown_type(struct loader *l, int index, const struct ynode *type, size_t len)
{
        size_t n;
        const char *const *names = type_names(&n);
        char *word = arena_strndup(l->work, type->text, len);
        const char *near = str_nearest(word, names, n);
        struct node *node = &l->nodes[index];
        if (strcmp(word, "group") == 0 || strcmp(word, "repeat") == 0 || strcmp(word, "begin_group") == 0 ||
            strcmp(word, "begin_repeat") == 0)
                COMPLAIN(l, type,
                         _("«%s» no es un tipo: escriba «group: nombre» o «repeat: nombre» con su "
                           "survey"), word);
        else
                COMPLAIN(l, type, _("no existe el tipo «%.60s»%s"), word,
                         did_you_mean(l->work, word, names, n));
        l->items[index].type_unknown = !near;
        node->type = near ? (enum node_type)type_find(near, strlen(near)) : NODE_TEXT;
}

static void take_type(struct loader *l, int index, const struct ynode *type)
{
        struct node *node = &l->nodes[index];
        size_t len = strcspn(type->text, " \t\n");
        const char *argument = after_word(type->text);
        int found = type_find(type->text, len);
        if (found < 0 || found >= NODE_GROUP)
                unknown_type(l, index, type, len);
        else
                node->type = (enum node_type)found;
        size_t at = (size_t)(argument - type->text);
        const char *more = after_word(argument);
        if (l->items[index].type_unknown)
                return;
        if (!node_type_info(node->type)->takes_list && *argument)
                mistake_in(l->mistakes, type, at, _("el tipo %s no lleva lista; sobra «%.60s»"),
                           node_type_info(node->type)->name, argument);
        else if (node_type_info(node->type)->takes_list && *more)
                mistake_in(l->mistakes, type, (size_t)(more - type->text),
                           _("después de la lista sobra «%.60s»"), more);
}

static void no_type(struct loader *l, int index, const struct fields *fields)
{
        l->items[index].type_unknown = true;
        l->nodes[index].type = NODE_TEXT;
        if (fields_value(fields, KEY_TYPE))
                COMPLAIN(l, fields_value(fields, KEY_TYPE),
                         _("la clave «type» está vacía; se esperaba un tipo"));
        else if (!fields_has(fields, KEY_TYPE))
                COMPLAIN(l, l->items[index].map, _("falta la clave type (o group, repeat, include)"));
}

/* The node of evidence: true; node.c fills it from the rating's. */
static void add_evidence(struct loader *l, int rating, int parent, int depth)
{
        const char *name = l->nodes[rating].name;
        struct node *node = add_item(l, NULL, parent, depth);
        l->items[node->index].here = l->items[rating].here;
        l->items[node->index].evidence_of = rating;
        node->type = NODE_TEXT;
        node->flags = NODE_MULTILINE | NODE_EVIDENCE;
        if (name)
                node->name = arena_printf(l->arena, "%s_evidencia", name);
}

static void add_question(struct loader *l, const struct ynode *map, int parent, int depth)
{
        struct fields fields;
        int index = add_item(l, map, parent, depth)->index;
        fields_read(&l->keys, map, PLACE_QUESTION, l->work, &fields);
        l->items[index].fields = fields;
        take_name(l, index, fields_text(&fields, KEY_NAME), "name");
        const struct ynode *type = fields_text(&fields, KEY_TYPE);
        if (type)
                take_type(l, index, type);
        else
                no_type(l, index, &fields);
        bool evidence = fields_flag(&l->keys, &fields, KEY_EVIDENCE);
        if (evidence && l->nodes[index].type == NODE_RATING)
                add_evidence(l, index, parent, depth);
        else if (evidence && !l->items[index].type_unknown)
                COMPLAIN(l, fields_key(&fields, KEY_EVIDENCE), _("«evidence» solo va en un rating"));
}

/* A group or repeat with the items below it. */
static void add_group(struct loader *l, const struct ynode *map, enum key key, int parent, int depth)
{
        struct fields fields;
        enum node_type type = key == KEY_GROUP ? NODE_GROUP : NODE_REPEAT;
        int index = add_item(l, map, parent, depth)->index;
        l->nodes[index].type = type;
        fields_read(&l->keys, map, type == NODE_GROUP ? PLACE_GROUP : PLACE_REPEAT, l->work, &fields);
        l->items[index].fields = fields;
        const struct ynode *name = fields_text(&fields, key);
        take_name(l, index, name, form_key_name(key));
        if (!name && fields_value(&fields, key))
                COMPLAIN(l, fields_value(&fields, key), _("falta el nombre después de «%s:»"),
                         form_key_name(key));
        const struct ynode *survey = fields_value(&fields, KEY_SURVEY);
        if (survey && survey->n)
                items_add_survey(l, survey, index, depth + 1);
        else if (survey || !fields_has(&fields, KEY_SURVEY))
                COMPLAIN(l, l->items[index].here, type == NODE_GROUP
                         ? _("el grupo no tiene preguntas (survey)")
                         : _("la repetición no tiene preguntas (survey)"));
        l->nodes[index].end = l->n;
}

static void add_one(struct loader *l, const struct ynode *map, int parent, int depth)
{
        if (map->kind == Y_BROKEN)
                return;
        if (map->kind != Y_MAP) {
                COMPLAIN(l, map,
                         _("se esperaba una pregunta: «- type: …», «- group: …», «- repeat: …» o «- "
                           "include: …»"));
                return;
        }
        switch (telling_key(&l->keys, map)) {
        case KEY_GROUP: add_group(l, map, KEY_GROUP, parent, depth); break;
        case KEY_REPEAT: add_group(l, map, KEY_REPEAT, parent, depth); break;
        case KEY_INCLUDE: fragment_include(l, map, parent, depth); break;
        default: add_question(l, map, parent, depth); break;
        }
}

void items_add_survey(struct loader *l, const struct ynode *survey, int parent, int depth)
{
        if (depth > GROUPS_MAX) {
                COMPLAIN(l, survey, _("hay más de %d grupos, uno dentro de otro"), GROUPS_MAX - 1);
                return;
        }
        for (const struct ynode *map = survey->first; map; map = map->next)
                add_one(l, map, parent, depth);
}

/* Names */

static void repeated_name(struct loader *l, int index, int first)
{
        const struct item *item = &l->items[index], *other = &l->items[first];
        const char *file = other->here->origin->source->file;
        const struct origin *origin = other->here->origin;
        const char *why = item->evidence_of >= 0 ? _(" (lo crea evidence: true)") : "";
        if (origin->from && origin->source == item->here->origin->source && origin != item->here->origin)
                COMPLAIN(l, item->here, _("el nombre «%.70s»%s se repite; ya lo trae otro include, en %s:%d"),
                         l->nodes[index].name, why, origin->from->source->file, origin->from_line);
        else if (file == item->here->origin->source->file)
                COMPLAIN(l, item->here, _("el nombre «%.70s»%s se repite; ya está en la línea %d"),
                         l->nodes[index].name,
                         why, other->here->line);
        else
                COMPLAIN(l, item->here, _("el nombre «%.70s»%s se repite; ya está en %s:%d"),
                         l->nodes[index].name,
                         why, file, other->here->line);
}

static void register_names(struct loader *l)
{
        int first;
        for (int i = 1; i < l->n; i++)
                if (l->nodes[i].name && !name_table_add(&l->names, l->nodes[i].name, i, &first))
                        repeated_name(l, i, first);
}

/* Notes may go without a name; the rest have been told if they lack one. */
static void name_the_nameless(struct loader *l)
{
        int ordinal = 0;
        for (int i = 1; i < l->n; i++) {
                if (l->nodes[i].name)
                        continue;
                const char *name;
                do
                        name = arena_printf(l->arena, l->nodes[i].type == NODE_NOTE ? "nota_%d"
                                            : "sin_nombre_%d", ++ordinal);
                while (!name_table_add(&l->names, name, i, NULL));
                l->nodes[i].name = name;
        }
}

static bool is_sensitive(struct loader *l, int index)
{
        const struct node *node = &l->nodes[index];
        if (l->nodes[node->parent].flags & NODE_SENSITIVE)
                return true;
        const struct item *item = &l->items[index];
        if (item->evidence_of >= 0)
                return l->nodes[item->evidence_of].flags & NODE_SENSITIVE;
        return fields_flag(&l->keys, &item->fields, KEY_SENSITIVE);
}

/* Scopes */

static void count_slots(struct loader *l, int *counts)
{
        for (int i = 0; i < l->n; i++) {
                struct node *node = &l->nodes[i];
                if (i > 0) {
                        const struct node *parent = &l->nodes[node->parent];
                        node->scope = parent->opens_scope >= 0 ? parent->opens_scope : parent->scope;
                }
                node->slot = counts[node->scope]++;
                if (node->type != NODE_REPEAT)
                        continue;
                node->opens_scope = l->scopes_n;
                l->scopes[l->scopes_n++] = (struct scope){.node = i, .parent = node->scope};
        }
}

static void lay_out_scopes(struct loader *l)
{
        int repeats = 0;
        for (int i = 0; i < l->n; i++)
                repeats += l->nodes[i].type == NODE_REPEAT;
        int *counts = ARENA_ARRAY(l->work, int, repeats + 1);
        l->scopes = ARENA_ARRAY(l->arena, struct scope, repeats + 1);
        l->scopes[0] = (struct scope){.node = 0, .parent = -1};
        l->scopes_n = 1;
        count_slots(l, counts);
        int **slots = ARENA_ARRAY(l->work, int *, l->scopes_n);
        for (int s = 0; s < l->scopes_n; s++) {
                l->scopes[s].slots = slots[s] = ARENA_ARRAY(l->arena, int, counts[s]);
                l->scopes[s].slots_n = counts[s];
        }
        for (int i = 0; i < l->n; i++)
                slots[l->nodes[i].scope][l->nodes[i].slot] = i;
}

/* The file's name, in the form's arena; neighbours share it. */
static const char *file_of(struct loader *l, int index)
{
        const char *file = l->items[index].here->origin->source->file;
        const char *before = index > 1 ? l->nodes[index - 1].file : NULL;
        return before && strcmp(before, file) == 0 ? before : arena_strdup(l->arena, file);
}

void items_finish(struct loader *l)
{
        register_names(l);
        name_the_nameless(l);
        for (int i = 1; i < l->n; i++) {
                struct node *node = &l->nodes[i];
                const struct ynode *here = l->items[i].here;
                node->file = file_of(l, i);
                node->line = here->line;
                node->column = here->column;
                if (is_sensitive(l, i))
                        node->flags |= NODE_SENSITIVE;
        }
        lay_out_scopes(l);
}
