/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Choice lists: where a name is looked for, and choices into struct choice.
 *
 * A form's own list wins over its fragments' and those over listas/.  A list
 * is built the first time something names it; lists of the form and of its
 * fragments that nothing names are built too, for their mistakes, and left out.
 */
#include <string.h>

#include "base/str.h"
#include "load.h"

static struct list_source *declared(struct loader *l, const char *name)
{
        int known = name_table_get(&l->list_names, name);
        return known < 0 ? NULL : &l->lists[known];
}

static struct list_source *add_source(struct loader *l, const struct ynode *key, enum list_home home)
{
        name_table_add(&l->list_names, key->text, l->lists_n, NULL);
        GROW(l->lists, l->lists_n, l->lists_room);
        l->lists[l->lists_n] = (struct list_source){key->text, key, home, -1};
        return &l->lists[l->lists_n++];
}

static void declare(struct loader *l, const struct ynode *key, enum list_home home)
{
        struct list_source *old = declared(l, key->text);
        if (!is_name(key->text))
                COMPLAIN(l, key,
                         _("«%.60s» no sirve como nombre de lista; use minúsculas sin tilde, dígitos y "
                           "«_»"), key->text);
        if (!old)
                add_source(l, key, home);
        else if (old->home == home && old->key->origin == key->origin)
                COMPLAIN(l, key, _("la lista «%s» se repite; la primera está en la línea %d"), key->text,
                         old->key->line);
        else if (old->home == home && !yaml_equal(old->key->value, key->value))
                COMPLAIN(l, key, _("la lista «%s» ya está, con otras opciones, en %s:%d"), key->text,
                         old->key->origin->source->file, old->key->line);
}

void lists_declare(struct loader *l, const struct ynode *choices, enum list_home home)
{
        for (const struct ynode *key = choices->first; key; key = key->next) {
                if (key->kind == Y_SCALAR)
                        declare(l, key, home);
                else if (key->kind != Y_BROKEN)
                        COMPLAIN(l, key, _("el nombre de una lista es un texto"));
        }
}

/* Choices */

static const char *text_of(const struct fields *fields, enum key key)
{
        const struct ynode *value = fields_value(fields, key);
        return value ? value->text : "";
}

static const char *keep_text(struct loader *l, const char *text)
{
        return *text ? arena_strdup(l->arena, text) : "";
}

/* Keys of the map that are columns, in pairs with their values. */
static void take_columns(struct loader *l, const struct ynode *map, struct built_list *built,
                         struct choice *choice)
{
        const char **pairs = ARENA_ARRAY(l->arena, const char *, 2 * map->n);
        int n = 0;
        for (const struct ynode *key = map->first; key; key = key->next) {
                if (key->kind != Y_SCALAR || key->value->kind != Y_SCALAR || !is_name(key->text) ||
                    name_table_get(&l->keys.names, key->text) == KEY_NAME ||
                    name_table_get(&l->keys.names, key->text) == KEY_LABEL ||
                    name_table_get(&l->keys.names, key->text) == KEY_HINT)
                        continue;
                pairs[2 * n] = keep_text(l, key->text);
                pairs[2 * n + 1] = keep_text(l, key->value->text);
                name_table_add(&built->columns, pairs[2 * n], n, NULL);
                n++;
        }
        choice->columns = pairs;
        choice->columns_n = n;
}

static void check_choice_name(struct loader *l, const struct ynode *map, const struct fields *fields,
                              struct name_table *seen)
{
        int line;
        const struct ynode *name = fields_text(fields, KEY_NAME);
        if (!name && fields_value(fields, KEY_NAME))
                COMPLAIN(l, fields_value(fields, KEY_NAME), _("el nombre de la opción está vacío"));
        else if (!name && !fields_has(fields, KEY_NAME))
                COMPLAIN(l, map, _("a la opción le falta name"));
        else if (name && name->text[strcspn(name->text, " \t\r\n")])
                COMPLAIN(l, name, _("el nombre de una opción no lleva espacios; use «_»: «%.60s»"),
                         name->text);
        else if (name && !name_table_add(seen, name->text, name->line, &line))
                COMPLAIN(l, name, _("la opción «%.60s» se repite; ya está en la línea %d"), name->text, line);
        if (!fields_text(fields, KEY_LABEL) && !(fields->bad & UINT64_C(1) << KEY_LABEL))
                COMPLAIN(l, map, _("a la opción le falta label"));
}

static void build_choice(struct loader *l, const struct ynode *map, struct built_list *built,
                         struct name_table *seen)
{
        struct fields fields;
        struct choice choice = {0};
        if (map->kind != Y_MAP) {
                if (map->kind != Y_BROKEN)
                        COMPLAIN(l, map, _("se esperaba una opción: {name: …, label: …}"));
                return;
        }
        fields_read(&l->keys, map, PLACE_CHOICE, l->work, &fields);
        check_choice_name(l, map, &fields, seen);
        choice.name = keep_text(l, text_of(&fields, KEY_NAME));
        choice.label = keep_text(l, text_of(&fields, KEY_LABEL));
        choice.hint = keep_text(l, text_of(&fields, KEY_HINT));
        take_columns(l, map, built, &choice);
        ((struct choice *)built->list.choices)[built->list.n++] = choice;
}

static int build(struct loader *l, const struct ynode *key)
{
        struct built_list *built = ARENA_NEW(l->work, struct built_list);
        struct name_table seen = {.arena = l->work};
        const struct ynode *choices = key->value;
        *built = (struct built_list){.key = key, .columns = {.arena = l->work}};
        built->list.name = arena_strdup(l->arena, key->text);
        name_table_add(&built->columns, "name", -1, NULL);
        name_table_add(&built->columns, "label", -1, NULL);
        name_table_add(&built->columns, "hint", -1, NULL);
        if (choices->kind == Y_SEQ && choices->n) {
                built->list.choices = ARENA_ARRAY(l->arena, struct choice, choices->n);
                for (const struct ynode *map = choices->first; map; map = map->next)
                        build_choice(l, map, built, &seen);
        } else if (choices->kind == Y_SEQ || (choices->kind == Y_SCALAR && str_blank(choices->text))) {
                COMPLAIN(l, key, _("la lista «%.60s» no tiene opciones"), key->text);
        } else if (choices->kind != Y_BROKEN) {
                COMPLAIN(l, choices,
                         _("se esperaban las opciones de «%.60s», cada una con «- {name: …, label: "
                           "…}»"), key->text);
        }
        GROW(l->built, l->built_n, l->built_room);
        l->built[l->built_n] = built;
        return l->built_n++;
}

/* The nearest name of a list, wherever it is. */
static const char *nearest_list(struct loader *l, const char *name)
{
        const char *near = str_nearest(name, name_table_words(&l->list_names), (size_t)l->list_names.n);
        const struct name_table *shared = &l->library->list_names;
        return near ? near : str_nearest(name, name_table_words(shared), (size_t)shared->n);
}

int lists_find(struct loader *l, const char *name, bool use, const char **ret_near)
{
        struct list_source *source = declared(l, name);
        if (!source) {
                struct shared_list *shared = library_list(l->library, name, l->mistakes);
                if (shared) {
                        shared->used = true;
                        source = add_source(l, shared->key, LIST_SHARED);
                }
        }
        if (!source) {
                if (ret_near)
                        *ret_near = nearest_list(l, name);
                return -1;
        }
        if (source->built < 0) {
                int at = (int)(source - l->lists);
                int built = build(l, source->key);
                l->lists[at].built = built;
                source = &l->lists[at];
        }
        l->built[source->built]->used |= use;
        return source->built;
}

void lists_check_unused(struct loader *l)
{
        for (int i = 0; i < l->lists_n; i++)
                if (l->lists[i].built < 0)
                        l->lists[i].built = build(l, l->lists[i].key);
}

/* The used ones, side by side, and the nodes pointing to them. */
void lists_finish(struct loader *l, struct form *form)
{
        int *place = ARENA_ARRAY(l->work, int, l->built_n);
        struct choice_list *lists = ARENA_ARRAY(l->arena, struct choice_list, l->built_n);
        for (int i = 0; i < l->built_n; i++) {
                place[i] = form->lists_n;
                if (l->built[i]->used)
                        lists[form->lists_n++] = l->built[i]->list;
        }
        form->lists = lists;
        for (int i = 0; i < l->n; i++)
                if (l->items[i].list >= 0)
                        l->nodes[i].list = &lists[place[l->items[i].list]];
}
