/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The form's own keys: what its records are, what they are about, and what
 * concluding one also does.  Read when all names are known.
 */
#include <string.h>

#include "base/str.h"
#include "load.h"
#include "types.h"

static enum form_kind read_kind(struct loader *l)
{
        static const char *const words[] = {"record", "entity"};
        const struct ynode *kind = fields_text(&l->top, KEY_KIND);
        for (size_t i = 0; kind && i < ARRAY_LEN(words); i++)
                if (strcmp(kind->text, words[i]) == 0)
                        return (enum form_kind)i;
        if (kind)
                COMPLAIN(l, kind, _("«kind» es record o entity; se encontró «%.60s»%s"), kind->text,
                         did_you_mean(l->work, kind->text, words, ARRAY_LEN(words)));
        return FORM_RECORD;
}

/* A node that says what the whole record is about has one answer. */
static int read_about(struct loader *l, enum key key, int type)
{
        const struct ynode *value = fields_text(&l->top, key);
        int found = value ? node_named(l, value, form_key_name(key)) : -1;
        if (found < 0)
                return -1;
        const struct node *node = &l->nodes[found];
        if (type >= 0 && node->type != (enum node_type)type)
                COMPLAIN(l, value, _("«%s» debe nombrar una pregunta de tipo %s; «%s» es de tipo %s"),
                         form_key_name(key),
                         node_type_info((enum node_type)type)->name, node->name, node_type_info(node->type)->name);
        else if (node->scope != 0)
                COMPLAIN(l, value, _("«%s» nombra «%s», que está dentro de una repetición"),
                         form_key_name(key), node->name);
        return found;
}

static const struct expr *top_expression(struct loader *l, enum key key)
{
        const struct ynode *value = fields_text(&l->top, key);
        struct site site = {.scalar = value, .list = -1, .boolean = key_is_boolean(key)};
        return value ? expression_read(l, &site) : NULL;
}

/* `sensitive: true` is read with the other flags; anything else is an expression. */
static const struct expr *read_reserved(struct loader *l)
{
        const struct ynode *value = fields_text(&l->top, KEY_SENSITIVE);
        return value && boolean_word(value->text) < 0 ? top_expression(l, KEY_SENSITIVE) : NULL;
}

/* ---- on_finalise ---- */

static const char *action_create(struct loader *l, const struct ynode *to)
{
        if (!is_name(to->text))
                COMPLAIN(l, to, _("«%.60s» no es el nombre de un formulario"), to->text);
        else if (!to_is_known(l, to))
                COMPLAIN(l, to, _("no existe el formulario «%.60s»%s"), to->text,
                         did_you_mean(l->work, to->text, l->settings->known_forms, (size_t)l->settings->known_forms_n));
        else
                return arena_strdup(l->arena, to->text);
        return NULL;
}

static int action_update(struct loader *l, const struct ynode *value)
{
        int found = node_named(l, value, "update");
        if (found >= 0 && (l->nodes[found].type != NODE_REFERENCE || l->nodes[found].scope != 0)) {
                COMPLAIN(l, value, _("«update» debe nombrar una pregunta de tipo reference fuera de repeticiones; «%s» no lo es"),
                         l->nodes[found].name);
                return -1;
        }
        return found;
}

static void read_action(struct loader *l, const struct ynode *map, struct form_action *ret)
{
        struct fields fields;
        *ret = (struct form_action){.update = -1};
        if (map->kind != Y_MAP) {
                if (map->kind != Y_BROKEN)
                        COMPLAIN(l, map, _("en on_finalise va «create: FORMULARIO» o «update: PREGUNTA», con «when» y «with»"));
                return;
        }
        fields_read(&l->keys, map, PLACE_ACTION, l->work, &fields);
        const struct ynode *create = fields_text(&fields, KEY_CREATE), *update = fields_text(&fields, KEY_UPDATE);
        const struct ynode *with = fields_value(&fields, KEY_WITH), *when = fields_text(&fields, KEY_WHEN);
        if (!fields_has(&fields, KEY_CREATE) == !fields_has(&fields, KEY_UPDATE))
                COMPLAIN(l, map, _("en cada acción va una de las dos: «create: FORMULARIO» o «update: PREGUNTA»"));
        if (create)
                ret->create = action_create(l, create);
        if (update)
                ret->update = action_update(l, update);
        struct site site = {.scalar = when, .list = -1, .boolean = true};
        ret->when = when ? expression_read(l, &site) : NULL;
        const char *to = ret->create ? ret->create : ret->update >= 0 ? l->nodes[ret->update].to : NULL;
        if (with)
                ret->with = parameters_read(l, 0, to, with, &ret->with_n);
}

static void read_actions(struct loader *l, struct form *form)
{
        const struct ynode *list = fields_value(&l->top, KEY_ON_FINALISE);
        if (!list)
                return;
        struct form_action *actions = ARENA_ARRAY(l->arena, struct form_action, list->n);
        for (const struct ynode *item = list->first; item; item = item->next)
                read_action(l, item, &actions[form->actions_n++]);
        form->actions = actions;
}

/* ---- follow_up, again ---- */

static int follow_row(struct loader *l, const struct ynode *value)
{
        int found = node_named(l, value, "row");
        if (found >= 0 && (l->nodes[found].type != NODE_REPEAT || l->nodes[found].scope != 0)) {
                COMPLAIN(l, value, _("«row» debe nombrar una repetición; «%s» no lo es"), l->nodes[found].name);
                return -1;
        }
        return found;
}

/* What a follow-up answers are questions of this form. */
static const struct form_parameter *own_answers(struct loader *l, const struct ynode *map, int *ret_n)
{
        for (const struct ynode *key = map->first; key; key = key->next)
                if (key->kind == Y_SCALAR)
                        node_named(l, key, "with");
        return parameters_read(l, 0, NULL, map, ret_n);
}

static void read_follow_up(struct loader *l, const struct ynode *map, struct form_follow_up *ret)
{
        struct fields fields;
        *ret = (struct form_follow_up){.label = "", .row = -1};
        if (map->kind != Y_MAP) {
                if (map->kind != Y_BROKEN)
                        COMPLAIN(l, map, _("en follow_up va «label: …» con «with» o «row»"));
                return;
        }
        fields_read(&l->keys, map, PLACE_FOLLOW, l->work, &fields);
        const struct ynode *label = fields_text(&fields, KEY_LABEL), *with = fields_value(&fields, KEY_WITH);
        const struct ynode *row = fields_text(&fields, KEY_ROW), *row_with = fields_value(&fields, KEY_ROW_WITH);
        if (label)
                ret->label = arena_strdup(l->arena, label->text);
        else if (!fields_has(&fields, KEY_LABEL))
                COMPLAIN(l, map, _("a un seguimiento de follow_up le falta label"));
        if (with)
                ret->with = own_answers(l, with, &ret->with_n);
        if (row)
                ret->row = follow_row(l, row);
        if (row_with && !fields_has(&fields, KEY_ROW))
                COMPLAIN(l, row_with, _("«row_with» no sirve sin «row»"));
        else if (row_with)
                ret->row_with = own_answers(l, row_with, &ret->row_with_n);
}

static void read_follow_ups(struct loader *l, struct form *form)
{
        const struct ynode *list = fields_value(&l->top, KEY_FOLLOW_UP);
        struct form_follow_up *follow_ups = ARENA_ARRAY(l->arena, struct form_follow_up, list ? list->n : 0);
        for (const struct ynode *item = list ? list->first : NULL; item; item = item->next)
                read_follow_up(l, item, &follow_ups[form->follow_ups_n++]);
        form->follow_ups = follow_ups;
}

static void read_again(struct loader *l, struct form *form)
{
        const struct ynode *list = fields_value(&l->top, KEY_AGAIN);
        bool one = list && list->kind == Y_SCALAR;
        int *again = ARENA_ARRAY(l->arena, int, !list ? 0 : one ? 1 : list->n);
        for (const struct ynode *key = !list ? NULL : one ? list : list->first; key; key = one ? NULL : key->next) {
                int found = key->kind == Y_SCALAR ? node_named(l, key, "again") : -1;
                if (found >= 0)
                        again[form->again_n++] = found;
        }
        form->again = again;
}

/* ---- anonymous ---- */

/* Nothing in an anonymous form may tell who or exactly when. */
static void check_anonymous(struct loader *l)
{
        for (int i = 1; i < l->n; i++) {
                enum node_type type = l->nodes[i].type;
                if (type == NODE_START || type == NODE_END || type == NODE_DEVICEID || type == NODE_USERNAME)
                        COMPLAIN(l, l->items[i].here, _("un formulario anónimo no lleva preguntas de tipo %s"),
                                 node_type_info(type)->name);
        }
}

void about_read(struct loader *l, struct form *form)
{
        form->kind = read_kind(l);
        form->school = read_about(l, KEY_SCHOOL, NODE_REFERENCE);
        form->subject = read_about(l, KEY_SUBJECT, -1);
        form->date = read_about(l, KEY_DATE, NODE_DATE);
        int ugel = name_table_get(&l->names, "ugel");
        form->ugel = ugel > 0 && l->nodes[ugel].scope == 0 && node_has_answer(&l->nodes[ugel]) ? ugel : -1;
        form->instance_name = top_expression(l, KEY_INSTANCE_NAME);
        form->open = top_expression(l, KEY_OPEN);
        form->due = top_expression(l, KEY_DUE);
        form->done = top_expression(l, KEY_DONE);
        form->unique = top_expression(l, KEY_UNIQUE);
        form->reserved = read_reserved(l);
        form->anonymous = fields_flag(&l->keys, &l->top, KEY_ANONYMOUS);
        if (form->anonymous)
                check_anonymous(l);
        read_actions(l, form);
        read_follow_ups(l, form);
        read_again(l, form);
}
