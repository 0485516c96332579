/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules between the keys of a question, and what a form must have. */
#include <string.h>

#include "base/str.h"
#include "load.h"
#include "types.h"

static bool has(const struct item *item, enum key key)
{
        return fields_has(&item->fields, key);
}

static const char *type_name(const struct node *node)
{
        return node_type_info(node->type)->name;
}

/* A message for a rule that is not there. */
static void check_messages(struct loader *l, const struct item *item)
{
        static const struct { enum key message, rule; } pairs[] = {
#define MESSAGE(symbol, name, places, member, needs) {KEY_##symbol, KEY_##needs},
#include "keys.def"
        };
        for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
                const struct ynode *key = fields_key(&item->fields, pairs[i].message);
                if (key && !has(item, pairs[i].rule))
                        COMPLAIN(l, key, _("«%s» no sirve sin «%s»"), form_key_name(pairs[i].message),
                                 form_key_name(pairs[i].rule));
        }
}

static void check_label(struct loader *l, const struct item *item, const struct node *node)
{
        const struct ynode *label = fields_value(&item->fields, KEY_LABEL);
        if (item->type_unknown || !type_needs_label(node->type))
                return;
        if (label && str_blank(label->text))
                COMPLAIN(l, label, _("la clave «label» está vacía; se esperaba el texto de la pregunta"));
        else if (!label && !has(item, KEY_LABEL))
                COMPLAIN(l, item->here, item->fields.translated
                         ? _("a «%.70s» le falta label en español (label o label::Español (es))")
                         : _("a «%.70s» le falta label"), item->name ? item->name->text : type_name(node));
}

static void check_name(struct loader *l, const struct item *item, const struct node *node)
{
        const struct ynode *value = fields_value(&item->fields, KEY_NAME);
        if (node->type == NODE_NOTE || item->name)
                return;
        if (value)
                COMPLAIN(l, value, _("la clave «name» está vacía; se esperaba el nombre de la pregunta"));
        else if (!has(item, KEY_NAME))
                COMPLAIN(l, item->map, _("a la pregunta le falta name"));
}

bool to_is_known(struct loader *l, const struct ynode *to)
{
        if (!l->settings || !l->settings->known_forms)
                return true;
        for (int i = 0; i < l->settings->known_forms_n; i++)
                if (strcmp(l->settings->known_forms[i], to->text) == 0)
                        return true;
        return false;
}

static void check_to(struct loader *l, const struct item *item, const struct node *node)
{
        const struct ynode *to = fields_text(&item->fields, KEY_TO);
        bool takes = node->type == NODE_REFERENCE || node->type == NODE_CHILDREN;
        if (item->type_unknown || (l->lenient && to && to->replaced))
                return;
        if (!takes && has(item, KEY_TO))
                COMPLAIN(l, fields_key(&item->fields, KEY_TO),
                         _("«to» no va en el tipo %s; va en reference y children"),
                         type_name(node));
        else if (takes && !to)
                COMPLAIN(l, item->here, _("a un %s le falta «to: FORMULARIO»"), type_name(node));
        else if (takes && !is_name(to->text))
                COMPLAIN(l, to, _("«%.60s» no es el nombre de un formulario"), to->text);
        else if (takes && !to_is_known(l, to))
                COMPLAIN(l, to, _("no existe el formulario «%.60s»%s"), to->text,
                         did_you_mean(l->work, to->text, l->settings->known_forms,
                                      (size_t)l->settings->known_forms_n));
}

static void check_calculation(struct loader *l, const struct item *item, const struct node *node)
{
        if (item->type_unknown)
                return;
        if (node->type == NODE_CALCULATE && !has(item, KEY_CALCULATION))
                COMPLAIN(l, item->here, _("a un calculate le falta calculation"));
        if (node->type == NODE_NOTE && has(item, KEY_CALCULATION))
                COMPLAIN(l, fields_key(&item->fields, KEY_CALCULATION),
                         _("una nota no guarda respuesta: «calculation» no sirve"));
        if (has(item, KEY_TRIGGER) && !has(item, KEY_CALCULATION))
                COMPLAIN(l, fields_key(&item->fields, KEY_TRIGGER),
                         _("«trigger» no sirve sin «calculation»"));
}

static void check_filter(struct loader *l, const struct item *item, const struct node *node)
{
        const struct ynode *key = fields_key(&item->fields, KEY_CHOICE_FILTER);
        if (key && !node_type_info(node->type)->takes_list && !item->type_unknown)
                COMPLAIN(l, key, _("«choice_filter» solo va en preguntas con lista, no en el tipo %s"),
                         type_name(node));
}

void rules_check(struct loader *l, int index)
{
        const struct item *item = &l->items[index];
        const struct node *node = &l->nodes[index];
        if (item->evidence_of >= 0)
                return;
        check_messages(l, item);
        if (node->type >= NODE_GROUP)
                return;
        check_name(l, item, node);
        check_label(l, item, node);
        check_to(l, item, node);
        check_calculation(l, item, node);
        check_filter(l, item, node);
}

/* The form itself */

void rules_check_top(struct loader *l)
{
        static const enum key required[] = {KEY_FORM, KEY_VERSION, KEY_TITLE, KEY_INSTANCE_NAME, KEY_SURVEY};
        for (size_t i = 0; i < ARRAY_LEN(required); i++) {
                const struct ynode *value = fields_value(&l->top, required[i]);
                if (!fields_has(&l->top, required[i]))
                        COMPLAIN(l, l->root, _("al formulario le falta la clave %s"),
                                 form_key_name(required[i]));
                else if (value && value->kind == Y_SCALAR && str_blank(value->text))
                        COMPLAIN(l, value, _("la clave «%s» está vacía"), form_key_name(required[i]));
                else if (value && value->kind == Y_SEQ && !value->n)
                        COMPLAIN(l, value, _("el formulario no tiene preguntas"));
        }
        const struct ynode *id = fields_text(&l->top, KEY_FORM);
        if (id && !is_name(id->text))
                COMPLAIN(l, id,
                         _("«%.60s» no sirve como nombre de formulario; use minúsculas sin tilde, "
                           "dígitos y «_»"), id->text);
}
