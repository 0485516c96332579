/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * include: a copy of a fragment's tree with its {parameters} replaced, spliced
 * in where it is included.
 *
 * Every include copies the whole tree, because its nodes name the include as
 * their origin: a mistake in them is told with both places.  A replaced scalar
 * remembers what each stretch stood for, so that columns are those of the
 * fragment's file.
 */
#include <string.h>

#include "base/str.h"
#include "load.h"
#include "types.h"

enum { INCLUDES_MAX = 20 }; /* one inside another; more is told as a circle */

struct parameter {
        const char *name, *value;
        const struct ynode *here; /* in params: */
        bool used;
};

struct instance {
        struct loader *l;
        const struct origin *origin;
        struct parameter *parameters;
        int n;
        bool failed;
};

static struct parameter *find_parameter(const struct instance *in, const char *name, size_t len)
{
        for (int i = 0; i < in->n; i++)
                if (strlen(in->parameters[i].name) == len && memcmp(in->parameters[i].name, name, len) == 0)
                        return &in->parameters[i];
        return NULL;
}

/* Bytes of the "{name}" that begins at `at`, but not of a "${name}"; else 0. */
static size_t braces_at(const char *text, size_t at)
{
        if (text[at] != '{' || (at > 0 && text[at - 1] == '$'))
                return 0;
        size_t len = name_span(text + at + 1);
        return len && text[at + 1 + len] == '}' ? len + 2 : 0;
}

static void unknown_parameter(struct instance *in, const struct ynode *scalar, size_t at, size_t len)
{
        const char **names = ARENA_ARRAY(in->l->work, const char *, in->n);
        char *word = arena_strndup(in->l->work, scalar->text + at + 1, len - 2);
        for (int i = 0; i < in->n; i++)
                names[i] = in->parameters[i].name;
        mistake_in(in->l->mistakes, scalar, at, _("{%s} no está en params de este fragmento%s"), word,
                   did_you_mean(in->l->work, word, names, (size_t)in->n));
}

struct replacing {
        struct str out;
        struct stretch *stretches;
        int n, room;
};

static void replace_one(struct replacing *r, struct instance *in, const struct ynode *scalar, size_t at,
                        size_t len)
{
        struct parameter *parameter = find_parameter(in, scalar->text + at + 1, len - 2);
        if (!parameter) {
                unknown_parameter(in, scalar, at, len);
                str_addn(&r->out, scalar->text + at, len);
                return;
        }
        parameter->used = true;
        GROW(r->stretches, r->n, r->room);
        r->stretches[r->n++] = (struct stretch){r->out.len, strlen(parameter->value), at, len};
        str_add(&r->out, parameter->value);
}

static void keep_replaced(const struct replacing *r, struct arena *arena, const char *before,
                          struct ynode *scalar)
{
        struct replaced *replaced = ARENA_NEW(arena, struct replaced);
        struct stretch *stretches = ARENA_ARRAY(arena, struct stretch, r->n);
        memcpy(stretches, r->stretches, (size_t)r->n * sizeof *stretches);
        *replaced = (struct replaced){before, stretches, r->n};
        scalar->replaced = replaced;
        scalar->text = arena_strndup(arena, r->out.text, r->out.len);
        scalar->n = (uint32_t)r->out.len;
}

/* `copy` is a copy of a scalar of the fragment as it is written. */
static void replace(struct instance *in, struct ynode *copy)
{
        struct replacing r = {.out = STR_INIT};
        const struct ynode before = *copy;
        if (!strchr(copy->text, '{'))
                return;
        for (size_t at = 0; at < before.n;) {
                size_t len = braces_at(before.text, at);
                if (len)
                        replace_one(&r, in, &before, at, len);
                else
                        str_addc(&r.out, before.text[at]);
                at += len ? len : 1;
        }
        if (r.n)
                keep_replaced(&r, in->l->work, before.text, copy);
        str_release(&r.out);
        free(r.stretches);
}

static struct ynode *copy_one(const struct instance *in, const struct ynode *node)
{
        struct ynode *copy = ARENA_NEW(in->l->work, struct ynode);
        *copy = *node;
        copy->origin = in->origin;
        copy->next = NULL;
        return copy;
}

/* Recursion is bounded by YAML_DEPTH_MAX. */
static struct ynode *copy_tree(struct instance *in, const struct ynode *node, bool replacing)
{
        struct ynode *copy = copy_one(in, node);
        if (++in->l->yaml_nodes > YAML_NODES_MAX)
                in->failed = true;
        if (node->value)
                copy->value = copy_tree(in, node->value, replacing);
        if (node->kind == Y_SCALAR && replacing)
                replace(in, copy);
        if (node->kind != Y_MAP && node->kind != Y_SEQ)
                return copy;
        struct ynode **tail = &copy->first;
        *tail = NULL;
        for (const struct ynode *child = node->first; child && !in->failed; child = child->next) {
                *tail = copy_tree(in, child, replacing);
                copy->last = *tail;
                tail = &(*tail)->next;
        }
        return copy;
}

/* The keys of the fragment itself (its name, its params, its source) are never replaced. */
static struct ynode *copy_part(struct instance *in, const struct ynode *root, const char *key_text)
{
        const struct ynode *key = yaml_key(root, key_text);
        return key ? copy_tree(in, key, true) : NULL;
}

static void add_parameter(struct instance *in, const struct ynode *name)
{
        if (name->kind == Y_BROKEN)
                return;
        if (name->kind != Y_SCALAR || !is_name(name->text)) {
                COMPLAIN(in->l, name, _("un parámetro es un nombre: minúsculas sin tilde, dígitos y «_»"));
                return;
        }
        if (find_parameter(in, name->text, name->n)) {
                COMPLAIN(in->l, name, _("el parámetro «%s» se repite"), name->text);
                return;
        }
        in->parameters[in->n++] = (struct parameter){.name = name->text, .value = name->text, .here = name};
}

static void read_parameters(struct instance *in, const struct fields *fields)
{
        const struct ynode *params = fields_value(fields, KEY_PARAMS);
        if (!params)
                return;
        bool one = params->kind == Y_SCALAR;
        in->parameters = ARENA_ARRAY(in->l->work, struct parameter, one ? 1 : params->n);
        if (one)
                add_parameter(in, params);
        for (const struct ynode *name = one ? NULL : params->first; name; name = name->next)
                add_parameter(in, name);
}

static void take_argument(struct instance *in, bool *given, const struct ynode *key)
{
        if (key->kind != Y_SCALAR)
                return;
        struct parameter *parameter = find_parameter(in, key->text, key->n);
        if (!parameter) {
                const char **names = ARENA_ARRAY(in->l->work, const char *, in->n);
                size_t n = 0;
                for (int i = 0; i < in->n; i++)
                        if (!given[i])
                                names[n++] = in->parameters[i].name;
                COMPLAIN(in->l, key, _("el fragmento no tiene el parámetro «%.60s»%s"), key->text,
                         did_you_mean(in->l->work, key->text, names, n));
                const char *near = str_nearest(key->text, names, n);
                parameter = near ? find_parameter(in, near, strlen(near)) : NULL;
                if (!parameter)
                        return;
        } else if (given[parameter - in->parameters]) {
                COMPLAIN(in->l, key, _("el parámetro «%s» se repite"), key->text);
        }
        given[parameter - in->parameters] = true;
        if (key->value->kind == Y_SCALAR)
                parameter->value = key->value->text;
        else if (key->value->kind != Y_BROKEN)
                COMPLAIN(in->l, key->value,
                         _("el valor de un parámetro es un texto; si empieza con «{» o «[», póngalo "
                           "entre comillas"));
}

static void take_arguments(struct instance *in, const struct fields *include)
{
        bool *given = ARENA_ARRAY(in->l->work, bool, in->n);
        const struct ynode *with = fields_value(include, KEY_WITH);
        for (const struct ynode *key = with ? with->first : NULL; key; key = key->next)
                take_argument(in, given, key);
        if (fields_has(include, KEY_WITH) && !with)
                return;
        for (int i = 0; i < in->n; i++)
                if (!given[i])
                        COMPLAIN(in->l, fields_value(include, KEY_INCLUDE),
                                 _("falta el parámetro «%s» del fragmento: with: {%s: …}"),
                                 in->parameters[i].name, in->parameters[i].name);
}

static void report_unused(struct instance *in)
{
        for (int i = 0; i < in->n; i++)
                if (!in->parameters[i].used && !in->failed)
                        COMPLAIN(in->l, in->parameters[i].here,
                                 _("el parámetro «%s» no se usa en el fragmento"),
                                 in->parameters[i].name);
}

static void check_fragment_keys(struct loader *l, const struct ynode *root, const struct fields *fields,
                                const struct fragment *fragment)
{
        const struct ynode *name = fields_text(fields, KEY_FRAGMENT);
        const struct ynode *survey = fields_value(fields, KEY_SURVEY);
        if (!name && !fields_has(fields, KEY_FRAGMENT))
                COMPLAIN(l, root, _("falta la clave fragment, con el nombre del fragmento"));
        else if (name && strcmp(name->text, fragment->name) != 0)
                COMPLAIN(l, name, _("el fragmento se llama «%.60s» y su archivo, %s.yaml; deben coincidir"),
                         name->text,
                         fragment->name);
        if ((!survey && !fields_has(fields, KEY_SURVEY)) || (survey && !survey->n))
                COMPLAIN(l, root, _("el fragmento no tiene preguntas (survey)"));
}

/* The fragment's keys seen from this include, without replacing anything. */
static struct ynode *copy_head(struct instance *in, const struct ynode *root)
{
        struct ynode *copy = copy_one(in, root), **tail = &copy->first;
        *tail = NULL;
        for (const struct ynode *key = root->first; key; key = key->next) {
                bool body = key->kind == Y_SCALAR && (str_equal(key->text, "survey") ||
                                                      str_equal(key->text, "choices"));
                struct ynode *part = body ? copy_one(in, key) : copy_tree(in, key, false);
                if (body)
                        part->value = copy_one(in, key->value);
                *tail = part;
                tail = &part->next;
        }
        return copy;
}

static void splice(struct loader *l, const struct ynode *map, const struct fields *include,
                   struct fragment *fragment, const struct origin *origin, int parent, int depth)
{
        struct fields fields;
        struct instance in = {.l = l, .origin = origin};
        const struct ynode *head = copy_head(&in, fragment->root);
        fields_read(&l->keys, head, PLACE_FRAGMENT, l->work, &fields);
        check_fragment_keys(l, head, &fields, fragment);
        read_parameters(&in, &fields);
        if (include)
                take_arguments(&in, include);
        const struct ynode *choices = copy_part(&in, fragment->root, "choices");
        const struct ynode *survey = copy_part(&in, fragment->root, "survey");
        report_unused(&in);
        if (in.failed) {
                COMPLAIN(l, map, _("con este include, el formulario pasa de 2 000 000 de elementos"));
                l->too_many = true;
                return;
        }
        if (choices && choices->value->kind == Y_MAP)
                lists_declare(l, choices->value, LIST_OF_FRAGMENT);
        if (survey && survey->value->kind == Y_SEQ)
                items_add_survey(l, survey->value, parent, depth);
}

/* "a → b → a", or NULL if `source` is not being included already. */
static const char *chain_back_to(struct loader *l, const struct origin *from, const struct source *source,
                                 const char *name)
{
        const struct origin *o = from;
        const char *chain = name;
        int depth = 0;
        while (o && o->source != source) {
                chain = arena_printf(l->work, "%s → %s", o->name ? o->name : "…", chain);
                o = o->from;
                depth++;
        }
        if (o && o->from)
                return arena_printf(l->work, "%s → %s", name, chain);
        return depth > INCLUDES_MAX ? chain : NULL;
}

static struct origin *new_origin(struct loader *l, const struct ynode *from, const struct fragment *fragment)
{
        struct origin *origin = ARENA_NEW(l->work, struct origin);
        bool nested = from->origin->from;
        *origin = (struct origin){.source = fragment->root->origin->source, .name = fragment->name,
                                  .from = from->origin, .from_line = from->line, .from_column = from->column,
                                  .root_line = nested ? from->origin->root_line : from->line,
                                  .root_column = nested ? from->origin->root_column : from->column};
        return origin;
}

static struct fragment *find_fragment(struct loader *l, const struct ynode *name)
{
        const char *near = NULL;
        if (!is_name(name->text)) {
                COMPLAIN(l, name, _("«%.60s» no es el nombre de un fragmento (minúsculas, dígitos y «_»)"),
                         name->text);
                return NULL;
        }
        struct fragment *fragment = library_fragment(l->library, name->text, l->mistakes, &near);
        if (fragment)
                fragment->used = true;
        else if (near)
                COMPLAIN(l, name, _("no existe el fragmento «%s»; ¿quiso decir «%s»?"), name->text, near);
        else
                COMPLAIN(l, name, _("no existe el fragmento «%s»; se esperaba %s/fragmentos/%s.yaml"),
                         name->text,
                         l->library->dir ? l->library->dir : "…", name->text);
        return fragment && fragment->root ? fragment : NULL;
}

void fragment_include(struct loader *l, const struct ynode *map, int parent, int depth)
{
        struct fields fields;
        if (l->too_many)
                return;
        fields_read(&l->keys, map, PLACE_INCLUDE, l->work, &fields);
        const struct ynode *name = fields_text(&fields, KEY_INCLUDE);
        if (!name) {
                if (fields_value(&fields, KEY_INCLUDE))
                        COMPLAIN(l, fields_value(&fields, KEY_INCLUDE),
                                 _("falta el nombre del fragmento después de «include:»"));
                return;
        }
        struct fragment *fragment = find_fragment(l, name);
        if (!fragment)
                return;
        const char *chain = chain_back_to(l, name->origin, fragment->root->origin->source, fragment->name);
        if (chain)
                COMPLAIN(l, name, _("los fragmentos se incluyen unos a otros en círculo: %s"), chain);
        else
                splice(l, map, &fields, fragment, new_origin(l, name, fragment), parent, depth);
}

void fragment_splice_alone(struct loader *l, struct fragment *fragment)
{
        splice(l, fragment->root, NULL, fragment, fragment->root->origin, 0, 1);
}
