/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A form from its tree: the passes, in order.
 *
 *      keys of the form → its lists → items, with fragments spliced in → names
 *      and scopes → each node's keys → rules → the form's own keys → order
 *
 * See load.h for who does what.
 */
#include "load.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"

static void loader_init(struct loader *l, struct library *library, const struct form_library *settings,
                        struct mistakes *mistakes, struct arena *arena, struct arena *work)
{
        enum { SUGGESTIONS = 2000000 };
        *l = (struct loader){.arena = arena, .work = work, .library = library, .settings = settings,
                             .mistakes = mistakes, .names = {.arena = arena}, .list_names = {.arena = work},
                             .suggestions = SUGGESTIONS};
        key_reader_init(&l->keys, work, mistakes);
}

static void loader_release(struct loader *l)
{
        free(l->items);
        free(l->nodes);
        free(l->lists);
        free(l->built);
        free(l->edges);
        free(l->child_parameters);
        arena_release(l->work);
}

/* Node 0: the form itself. */
static void add_root(struct loader *l)
{
        l->room = 64;
        l->items = xcalloc((size_t)l->room, sizeof *l->items);
        l->nodes = xcalloc((size_t)l->room, sizeof *l->nodes);
        l->items[0] = (struct item){.here = l->root, .list = -1, .evidence_of = -1};
        l->nodes[0] = (struct node){.parent = -1, .type = NODE_GROUP, .opens_scope = -1, .trigger = -1,
                                    .name = ""};
        l->nodes[0].label.plain = l->nodes[0].hint.plain = l->nodes[0].guidance_hint.plain = "";
        l->n = 1;
}

static const char *top_text(struct loader *l, enum key key)
{
        const struct ynode *value = fields_text(&l->top, key);
        return value ? arena_strdup(l->arena, value->text) : NULL;
}

static void read_top(struct loader *l, struct form *form)
{
        struct node *root = &l->nodes[0];
        form->id = top_text(l, KEY_FORM);
        form->version = top_text(l, KEY_VERSION);
        form->title = top_text(l, KEY_TITLE);
        form->short_title = top_text(l, KEY_SHORT_TITLE);
        form->note = top_text(l, KEY_NOTE);
        form->source = top_text(l, KEY_SOURCE);
        const struct ynode *sensitive = fields_text(&l->top, KEY_SENSITIVE);
        form->sensitive = sensitive && boolean_word(sensitive->text) == 1;
        root->name = form->id ? form->id : "";
        root->label.plain = form->title ? form->title : "";
        root->flags = form->sensitive ? NODE_SENSITIVE : 0;
        root->file = arena_strdup(l->arena, l->root->origin->source->file);
        root->line = l->root->line;
        root->column = l->root->column;
        if (!form->short_title)
                form->short_title = form->title;
}

static void read_nodes(struct loader *l)
{
        l->is_volatile = ARENA_ARRAY(l->work, bool, l->n);
        for (int i = 1; i < l->n; i++)
                node_read(l, i);
        for (int i = 1; i < l->n; i++)
                rules_check(l, i);
}

/* What the loader has malloc'ed goes to the form's arena. */
static void keep_arrays(struct loader *l, struct form *form)
{
        struct node *nodes = ARENA_ARRAY(l->arena, struct node, l->n);
        struct scope *scopes = l->scopes;
        memcpy(nodes, l->nodes, (size_t)l->n * sizeof *nodes);
        form->nodes = nodes;
        form->nodes_n = l->n;
        form->scopes = scopes;
        form->scopes_n = l->scopes_n;
        form->arena = l->arena;
}

/* The text that a form is known by has to be readable again. */
static void keep_text(struct loader *l, struct form_private *form)
{
        struct str text = STR_INIT;
        form_write_text(l, &form->form, &text);
        if (text.len > YAML_TEXT_MAX)
                mistake_in_file(l->mistakes, ERR_LIMIT, l->root->origin->source->file, 0, 0,
                                _("con sus fragmentos y listas, el formulario pasa de 16 MiB"));
        else
                form->text = arena_strndup(l->arena, text.text, text.len);
        form->len = text.len;
        str_release(&text);
}

static void finish(struct loader *l, struct form_private *form)
{
        lists_finish(l, &form->form);
        keep_arrays(l, &form->form);
        form->names = l->names;
        form->child_parameters_n = l->child_parameters_n;
        struct child_parameter *kept = ARENA_ARRAY(l->arena, struct child_parameter, l->child_parameters_n);
        if (l->child_parameters_n)
                memcpy(kept, l->child_parameters, (size_t)l->child_parameters_n * sizeof *kept);
        form->child_parameters = kept;
        keep_text(l, form);
}

static void run_passes(struct loader *l, struct form_private *form)
{
        fields_read(&l->keys, l->root, PLACE_FORM, l->work, &l->top);
        add_root(l);
        read_top(l, &form->form);
        const struct ynode *choices = fields_value(&l->top, KEY_CHOICES);
        const struct ynode *survey = fields_value(&l->top, KEY_SURVEY);
        if (choices)
                lists_declare(l, choices, LIST_OF_FORM);
        if (survey)
                items_add_survey(l, survey, 0, 1);
        l->nodes[0].end = l->n;
        items_finish(l);
        read_nodes(l);
        rules_check_top(l);
        about_read(l, &form->form);
        lists_check_unused(l);
        graph_build(l, &form->form);
}

struct form *load_tree(const struct ynode *root, int yaml_nodes, struct library *library,
                       const struct form_library *settings, struct mistakes *mistakes)
{
        struct arena work = {0}, *arena = xcalloc(1, sizeof *arena);
        struct form_private *form = ARENA_NEW(arena, struct form_private);
        struct loader l;
        int before = mistakes->all;
        if (root->kind != Y_MAP) {
                mistake_at(mistakes, root,
                           _("un formulario empieza con «form: nombre»; se encontró otra cosa"));
        } else {
                loader_init(&l, library, settings, mistakes, arena, &work);
                l.root = root;
                l.yaml_nodes = yaml_nodes;
                run_passes(&l, form);
                if (mistakes->all == before)
                        finish(&l, form);
                loader_release(&l);
        }
        if (mistakes->all == before)
                return &form->form;
        arena_release(arena);
        free(arena);
        return NULL;
}

/* The fragment as the whole survey of a form whose other names and lists are not known. */
void load_fragment_alone(struct library *library, struct fragment *fragment, struct mistakes *mistakes)
{
        struct arena work = {0}, arena = {0};
        struct form form = {0};
        struct loader l;
        if (!fragment->root)
                return;
        loader_init(&l, library, NULL, mistakes, &arena, &work);
        l.root = fragment->root;
        l.lenient = true;
        add_root(&l);
        fragment_splice_alone(&l, fragment);
        l.nodes[0].end = l.n;
        items_finish(&l);
        read_nodes(&l);
        lists_check_unused(&l);
        graph_build(&l, &form);
        loader_release(&l);
        arena_release(&arena);
}

void load_lists_alone(struct library *library, struct mistakes *mistakes)
{
        struct arena work = {0}, arena = {0};
        struct loader l;
        library_read_lists(library, mistakes);
        loader_init(&l, library, NULL, mistakes, &arena, &work);
        for (int i = 0; i < library->lists_n; i++)
                if (!library->lists[i].used)
                        lists_find(&l, library->lists[i].name, false, NULL);
        loader_release(&l);
        arena_release(&arena);
}

/* `source` lives in `arena`, and is NULL if it could not be read. */
static struct form *load_source(struct source *source, struct arena *arena,
                                const struct form_library *settings,
                                struct mistakes *mistakes, struct err_list *list)
{
        struct library library;
        struct form *form = NULL;
        int nodes = 0;
        library_init(&library, settings ? settings->dir : NULL);
        mistakes->told = &library.told;
        const struct ynode *root = source ? yaml_parse(source, arena, &nodes, mistakes) : NULL;
        if (root)
                form = load_tree(root, nodes, &library, settings, mistakes);
        if (mistakes->all) { /* perhaps only of the YAML */
                form_free(form);
                form = NULL;
        }
        mistakes_tell(mistakes, list);
        mistakes_release(mistakes);
        library_release(&library);
        return form;
}

struct form *form_load_file(const char *path, const struct form_library *library, struct err_list *list)
{
        struct arena arena = {0};
        struct mistakes mistakes = {.home = path};
        struct source *source = source_read(path, &arena, &mistakes);
        struct form *form = load_source(source, &arena, library, &mistakes, list);
        arena_release(&arena);
        return form;
}

struct form *form_load_text(const char *text, size_t len, const char *name,
                            const struct form_library *library,
                            struct err_list *list)
{
        struct arena arena = {0};
        struct mistakes mistakes = {.home = name};
        struct source *source = source_from_text(text, len, name, &arena, &mistakes);
        struct form *form = load_source(source, &arena, library, &mistakes, list);
        arena_release(&arena);
        return form;
}
