/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to the form layer: the loading of one form.
 *
 *      yaml.c      bytes → tree                  lists.c       choices → struct choice_list
 *      items.c     tree → items, in preorder     node.c        an item's keys → struct node
 *      fragment.c  include → tree of its own     expression.c  texts → expressions, with names
 *      rules.c     rules between keys            about.c       what records are about, and what concluding does
 *      graph.c     who reads whom, order, cycles
 *      write.c     items → the form's own text   load.c        the passes, in order
 *
 * Passes never stop at a mistake: each works with what is sound and leaves out
 * the rest; load.c gives a form only if no pass told one.
 */
#ifndef SIMAE_FORM_LOAD_H
#define SIMAE_FORM_LOAD_H

#include <stdlib.h>

#include "form/form.h"
#include "keys.h"
#include "library.h"
#include "mistakes.h"
#include "names.h"
#include "yaml.h"

/* What the file says about one node; items[i] is nodes[i]. */
struct item {
        const struct ynode *map;  /* NULL for node 0 and for the node of evidence: true */
        const struct ynode *here; /* where mistakes about the node as a whole stand: its name, or its map */
        const struct ynode *name;
        struct fields fields;
        int list;        /* index in loader.built, or -1 */
        int evidence_of; /* for the node that evidence: true added: the rating; else -1 */
        bool type_unknown, range_checked;
};

enum list_home { LIST_OF_FORM, LIST_OF_FRAGMENT, LIST_SHARED };

/* A list as the form, its fragments or listas/ give it. */
struct list_source {
        const char *name;
        const struct ynode *key; /* its value: the choices */
        enum list_home home;
        int built;               /* index in loader.built, or -1 */
};

struct built_list {
        struct choice_list list;
        const struct ynode *key;
        struct name_table columns; /* name, label, hint and its own */
        bool used;
};

/* reader reads read; `orders`: and must come after it. */
struct edge { int reader, read; bool orders; };

/* A question of another form that this one fills in, to be found there; `includes` as in messages. */
struct child_parameter { const char *to, *name, *file, *includes; int line, column; };

struct loader {
        struct arena *arena; /* the form's */
        struct arena *work;  /* gone when the form is loaded */
        struct library *library;
        const struct form_library *settings;
        struct mistakes *mistakes;
        struct key_reader keys;
        bool lenient;        /* a fragment by itself: names and lists of the form around it are unknown */
        int yaml_nodes;      /* also those that includes copy */
        bool too_many;       /* of them: told, and nothing more is included */
        struct fields top;
        const struct ynode *root;

        struct item *items;
        struct node *nodes;
        int n, room;
        struct name_table names;
        struct scope *scopes;
        int scopes_n;

        struct list_source *lists;
        int lists_n, lists_room;
        struct name_table list_names; /* of `lists` */
        struct built_list **built;    /* in order of first use */
        int built_n, built_room;

        struct edge *edges;
        int edges_n, edges_room;
        bool *is_volatile;
        struct child_parameter *child_parameters;
        int child_parameters_n, child_parameters_room;
        long suggestions;    /* comparisons of names still allowed, for the sake of time */
        struct form *form;
};

/* A form and what only this layer needs of it. `form` comes first: one is the other. */
struct form_private {
        struct form form;
        struct name_table names;
        const char *text; /* as form_write() gives it */
        size_t len;
        const struct child_parameter *child_parameters;
        int child_parameters_n;
};

#define COMPLAIN(l, node, ...) mistake_at((l)->mistakes, (node), __VA_ARGS__)

/* Make room for one more in an array of the loader, which malloc'ed it. */
#define GROW(array, n, room) \
        do { \
                if ((n) == (room)) { \
                        (room) = (room) ? 2 * (room) : 16; \
                        (array) = xrealloc((array), (size_t)(room) * sizeof *(array)); \
                } \
        } while (0)

/* load.c: NULL if there is any mistake. `root` is the tree of a form. */
struct form *load_tree(const struct ynode *root, int yaml_nodes, struct library *library,
                       const struct form_library *settings, struct mistakes *mistakes);
/* A fragment that no form uses, for its own mistakes. */
void load_fragment_alone(struct library *library, struct fragment *fragment, struct mistakes *mistakes);
/* The lists that no form uses. */
void load_lists_alone(struct library *library, struct mistakes *mistakes);

/* items.c */
void items_add_survey(struct loader *l, const struct ynode *survey, int parent, int depth);
void items_finish(struct loader *l);

/* fragment.c */
void fragment_include(struct loader *l, const struct ynode *map, int parent, int depth);
/* With its parameters standing for themselves. */
void fragment_splice_alone(struct loader *l, struct fragment *fragment);

/* lists.c */
void lists_declare(struct loader *l, const struct ynode *choices, enum list_home home);
/* Index in l->built, or -1; *ret_near (may be NULL): the nearest of the known ones, or NULL. */
int lists_find(struct loader *l, const char *name, bool use, const char **ret_near);
void lists_check_unused(struct loader *l);
void lists_finish(struct loader *l, struct form *form);

/* node.c */
void node_read(struct loader *l, int index);
/* "question of form `to`: expression" for each key of `map`, read from where `node` stands. */
const struct form_parameter *parameters_read(struct loader *l, int node, const char *to, const struct ynode *map,
                                             int *ret_n);

/* expression.c */
struct site {
        const struct ynode *scalar;
        int node, scope;
        bool current, boolean, columns, orders, once;
        int list; /* of `columns` */
};
const struct expr *expression_read(struct loader *l, const struct site *site);
/* A text with ${name} inside. */
void template_read(struct loader *l, const struct ynode *scalar, int node, struct template *ret);
/* A node that a key names ("ie" or "${ie}"), or -1 with a mistake told. */
int node_named(struct loader *l, const struct ynode *scalar, const char *key);
void edge_add(struct loader *l, int reader, int read, bool orders);
const char *nearest_name(struct loader *l, const char *name);

/* rules.c */
void rules_check(struct loader *l, int index);
void rules_check_top(struct loader *l);
bool to_is_known(struct loader *l, const struct ynode *to);

/* about.c: the form's own keys that say what its records are and do */
void about_read(struct loader *l, struct form *form);

/* graph.c */
void graph_build(struct loader *l, struct form *form);

/* write.c */
void form_write_text(const struct loader *l, const struct form *form, struct str *out);

#endif
