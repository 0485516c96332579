/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * struct form: an instrument, immutable once loaded.
 *
 * A form is an array of nodes in the order of the file (preorder): node 0 is
 * the form itself as a group, and the descendants of node i are the nodes
 * i+1 … nodes[i].end-1.  Everything it points to lives in its arena and goes
 * with form_free().  Expressions are already parsed and checked; `${name}` in
 * them is a node index.
 *
 * Scopes.  A repeat opens a scope: its rows each hold one slot for every node
 * directly in that scope (groups do not open scopes).  Scope 0 is the form.
 *
 *      scope 0:  ie  fecha  participantes ─┐      (one row)
 *      scope 1:            persona  asistio        (one row for each participant)
 */
#ifndef SIMAE_FORM_FORM_H
#define SIMAE_FORM_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/id.h"
#include "base/mem.h"
#include "base/str.h"
#include "expr/expr.h"

enum node_type {
#define TYPE(symbol, name, argument, kind, about) NODE_##symbol,
#include "form/types.def"
#undef TYPE
};

struct node_type_info {
        const char *name, *about;
        bool takes_list;
        enum value_kind kind;
};
const struct node_type_info *node_type_info(enum node_type type);

enum form_kind { FORM_RECORD, FORM_ENTITY };

struct choice {
        const char *name, *label, *hint; /* label and hint never NULL */
        /* The list's own columns, for choice filters and instance-lookup: pairs name, value. */
        const char *const *columns;
        int columns_n;
};

struct choice_list {
        const char *name;
        const struct choice *choices;
        int n;
};

enum node_flags {
        NODE_MULTILINE = 1 << 0,     /* appearance: multiline */
        NODE_QUICK = 1 << 1,         /* appearance: quick — asked for in a quick "new person" */
        NODE_SENSITIVE = 1 << 2,     /* itself, or a group around it, or the form */
        NODE_EVIDENCE = 1 << 3,      /* the text question that evidence: true added */
        NODE_REQUIRED_ALWAYS = 1 << 4, /* required is the constant true */
        NODE_READ_ONLY_ALWAYS = 1 << 5,
        NODE_PENDING = 1 << 6,       /* children, appearance: pending — only what earlier records left open */
};

/* A text with ${name} inside, for labels and hints: literal, expression, literal … */
struct template_part { const char *text; const struct expr *expr; /* one of the two */ };
struct template { const struct template_part *parts; int n; /* 0: plain text, `plain` */ const char *plain; };

/* children: the value with which a question of the child record begins. */
struct form_parameter { const char *name; const struct expr *expr; };

struct node {
        int index, parent, end;      /* end: first index after its descendants */
        int depth;                   /* 0: the form; 1: a section */
        enum node_type type;
        unsigned flags;              /* enum node_flags */
        const char *name;            /* unique in the form; notes without one get "nota_N" */
        struct template label, hint, guidance_hint; /* plain never NULL */
        const char *appearance, *source;
        const struct choice_list *list; /* select, rank, rating */
        const char *to;              /* reference, children: the form's id */
        const struct expr *relevant, *constraint, *warning, *required, *read_only;
        const struct expr *calculation, *default_value, *repeat_count, *choice_filter;
        const char *constraint_message, *warning_message, *required_message; /* NULL: a standard one */
        int trigger;                 /* node whose change runs the calculation, or -1 */
        const struct form_parameter *parameters; /* children: initial answers; range: start, end, step */
        int parameters_n;
        const char *const *feeds;    /* indicator keys */
        int feeds_n;
        int scope, slot;             /* where its answer lives; groups have a slot too (their relevance) */
        int opens_scope;             /* repeats: the scope of their rows; else -1 */
        /* Nodes with an expression that reads this one, ascending, each once. */
        const int *dependents;
        int dependents_n;
        int rank;                    /* evaluation order: after everything it reads; see form_order() */
        const char *file;            /* where it is written, for messages */
        int line, column;
};

struct scope {
        int node;                    /* the repeat that opens it; 0 for the form */
        int parent;                  /* enclosing scope, -1 for scope 0 */
        const int *slots;            /* node index of each slot */
        int slots_n;
};

/*
 * What finalising a record also does, in the same transaction: begin a draft of
 * another form (create), or add a revision to the record that a reference
 * names (update).  `with`: its answers, from expressions of this form.
 */
struct form_action {
        const char *create;          /* id of a form; NULL: update */
        int update;                  /* reference node; -1: create */
        const struct expr *when;     /* NULL: always */
        const struct form_parameter *with;
        int with_n;
};

/* A way to follow up an open record: the answers it sets, and those of a row it adds to a repeat. */
struct form_follow_up {
        const char *label;
        const struct form_parameter *with, *row_with;
        int with_n, row_with_n;
        int row;                     /* a repeat, or -1 */
};

struct form {
        const char *id, *version, *title, *short_title, *note, *source;
        enum form_kind kind;
        bool sensitive;              /* every record of it is reserved */
        bool anonymous;              /* its revisions carry no author, laptop or time of day */
        const struct node *nodes;
        int nodes_n;
        const struct scope *scopes;
        int scopes_n;
        const struct choice_list *lists;
        int lists_n;
        const struct expr *instance_name;
        int school, subject, date;   /* nodes that say what the record is about, or -1 */
        int ugel;                    /* the question called so, kept with the record for filters; -1: none */
        /* What lists and the next visit know of a record; NULL: not said. */
        const struct expr *open;      /* it comes back while true */
        const struct expr *due;       /* the date by which it must be met */
        const struct expr *done;      /* it really took place */
        const struct expr *unique;    /* a text that no two current records share, unless empty */
        const struct expr *reserved;  /* this record is reserved; `sensitive` forms always are */
        const struct form_action *actions;
        int actions_n;
        const struct form_follow_up *follow_ups;
        int follow_ups_n;
        const int *again;             /* questions that a record agreed again takes from the earlier one */
        int again_n;
        /* Nodes whose expressions read position() or are volatile; few. */
        const int *volatiles;
        int volatiles_n;
        struct arena *arena;
};

struct name_table; /* private to the layer */

/* What surrounds a form file: where fragments and shared lists are looked for. */
struct form_library {
        const char *dir; /* holds fragmentos/ and listas/; NULL: none */
        /* Forms that references and children may name; NULL: any name is accepted. */
        const char *const *known_forms;
        int known_forms_n;
        const struct name_table *known_indicators; /* that `feeds` may name; NULL: any */
};

/*
 * Load one form file, or one form text (`name` names it in messages).  All
 * mistakes of the file, and of the fragments and lists it uses, are added to
 * `mistakes` in order of position, each sentence as
 *   "file:line:column: what is wrong; what was expected".
 * Returns NULL if there is any.  Limits (ERR_LIMIT): 16 MiB of text, 60 levels
 * of nesting, 2,000,000 YAML nodes in all; aliases, anchors and tags refused;
 * UTF-8 without NUL only.  The file is never read beyond its limit.
 */
struct form *form_load_file(const char *path, const struct form_library *library, struct err_list *mistakes);
struct form *form_load_text(const char *text, size_t len, const char *name,
                            const struct form_library *library, struct err_list *mistakes);
void form_free(struct form *form);

/*
 * The form as one self-contained YAML text: fragments spliced in, the lists it
 * uses inside.  Loading it needs no library and gives an equal form; writing
 * that again gives the same bytes.  Appended to `out`.
 */
void form_write(const struct form *form, struct str *out);
/* BLAKE2b-256 of that text: the identity of a form version. */
struct hash form_hash(const struct form *form);

/* Node index by name, or -1. Constant time. */
int form_find(const struct form *form, const char *name);
/* The choice of that name in a list, or NULL. */
const struct choice *choice_list_find(const struct choice_list *list, const char *name);
const struct choice_list *form_find_list(const struct form *form, const char *name);
/* A column of a choice: "name", "label", "hint" or its own; NULL if it has none. */
const char *choice_column(const struct choice *choice, const char *name);
/* The section (node of depth 1) that holds a node; 0 for the form itself. */
int form_section_of(const struct form *form, int node);
/* True for types that a person can answer (not groups, notes, calculations, metadata). */
bool node_is_question(const struct node *node);
/* True if the node keeps an answer in the record (questions, calculations, metadata, repeats, children that are
 * not pending). */
bool node_has_answer(const struct node *node);
/* What the name of such a node means in an expression that stands in `scope` (-1: nowhere). */
enum expr_name_kind node_name_kind(const struct scope *scopes, const struct node *node, int scope);

#endif
