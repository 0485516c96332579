/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * libyaml's events into a tree of ynodes with their places.
 *
 * One pass, with a stack of open collections that is at most YAML_DEPTH_MAX
 * high, so nothing recurses.  What forms do not need and what makes YAML
 * dangerous (anchors, aliases, tags, merge keys, several documents) is refused
 * with a sentence, once per kind and file, and reading goes on; a broken text
 * or a limit ends the reading.
 */
#include "yaml.h"

#include <string.h>
#include <yaml.h>

#include "base/str.h"
#include "mistakes.h"

struct reading {
        yaml_parser_t parser;
        struct source *source;
        const struct origin *origin;
        struct arena *arena;
        struct mistakes *mistakes;
        int *nodes;
        struct ynode *root, *open[YAML_DEPTH_MAX], *key[YAML_DEPTH_MAX]; /* key: waits for its value */
        int depth, documents;
        bool anchors_told, tags_told, merge_told, failed;
};

static int line_of(yaml_mark_t mark)
{
        return (int)mark.line + 1;
}

static int column_of(yaml_mark_t mark)
{
        return (int)mark.column + 1;
}

#define COMPLAIN(r, code, mark, ...) \
        mistake_in_file((r)->mistakes, (code), (r)->source->file, line_of(mark), column_of(mark), __VA_ARGS__)

static void fail_limit(struct reading *r, yaml_mark_t mark, const char *sentence)
{
        COMPLAIN(r, ERR_LIMIT, mark, "%s", sentence);
        r->failed = true;
}

static const char *translate(const char *problem, const char *context)
{
        static const struct { const char *words, *sentence; } table[] = {
#define PROBLEM(words, sentence) {words, _(sentence)},
#include "yaml_problems.def"
#undef PROBLEM
        };
        for (size_t i = 0; i < ARRAY_LEN(table); i++)
                if (strstr(problem, table[i].words) || strstr(context, table[i].words))
                        return table[i].sentence;
        return _("el archivo no está bien escrito como YAML; revise la sangría y las comillas");
}

/* The reader, below the scanner, knows only the byte where it failed. */
static yaml_mark_t mark_of_offset(const struct source *source, size_t at)
{
        yaml_mark_t mark = {0};
        for (size_t i = 0; i < at && i < source->len; i++) {
                if (source->text[i] == '\n') {
                        mark.line++;
                        mark.column = 0;
                } else if (((unsigned char)source->text[i] & 0xC0) != 0x80) {
                        mark.column++;
                }
        }
        mark.index = at;
        return mark;
}

static bool begins_with_tab(const struct source *source, const yaml_mark_t *mark)
{
        struct origin origin = {.source = (struct source *)source};
        struct ynode here = {.kind = Y_SCALAR, .line = (int)mark->line + 1, .column = (int)mark->column + 1,
                             .origin = &origin};
        size_t at = yaml_offset(&here);
        return at < source->len && source->text[at] == '\t';
}

static void report_problem(struct reading *r)
{
        yaml_parser_t *p = &r->parser;
        const char *problem = p->problem ? p->problem : "", *context = p->context ? p->context : "";
        yaml_mark_t mark = p->problem_mark;
        r->failed = true;
        if (p->error == YAML_READER_ERROR)
                mark = mark_of_offset(r->source, p->problem_offset);
        else if (strstr(problem, "end of stream") || strstr(problem, "document indicator") ||
                 strstr(problem, "expected ':'"))
                mark = p->context_mark; /* where the quotes were opened, or the key begins */
        if (p->error == YAML_MEMORY_ERROR)
                fail_limit(r, mark, _("el archivo necesita demasiada memoria"));
        else if (begins_with_tab(r->source, &mark))
                COMPLAIN(r, ERR_INVALID, mark, _("hay un tabulador en la sangría; use espacios"));
        else
                COMPLAIN(r, ERR_INVALID, mark, "%s", translate(problem, context));
}

static void refuse_extras(struct reading *r, const yaml_event_t *event, const void *anchor, const void *tag)
{
        if (anchor && !r->anchors_told) {
                r->anchors_told = true;
                COMPLAIN(r, ERR_INVALID, event->start_mark,
                         _("las anclas (&nombre) y los alias (*nombre) no se admiten; repita el contenido"));
        }
        if (tag && !r->tags_told) {
                r->tags_told = true;
                COMPLAIN(r, ERR_INVALID, event->start_mark,
                         _("las etiquetas de YAML (!nombre) no se admiten; bórrela"));
        }
}

static struct ynode *new_node(struct reading *r, enum ykind kind, const yaml_event_t *event)
{
        if (++*r->nodes > YAML_NODES_MAX) {
                fail_limit(r, event->start_mark, _("hay más de 2 000 000 de elementos"));
                return NULL;
        }
        struct ynode *node = ARENA_NEW(r->arena, struct ynode);
        node->kind = (uint8_t)kind;
        node->line = line_of(event->start_mark);
        node->column = column_of(event->start_mark);
        node->origin = r->origin;
        return node;
}

static void append(struct ynode *parent, struct ynode *node)
{
        if (parent->last)
                parent->last->next = node;
        else
                parent->first = node;
        parent->last = node;
        parent->n++;
}

/* Puts a node where the reading stands: the root, an item, a key or the value of a key. */
static void place(struct reading *r, struct ynode *node)
{
        if (!r->depth) {
                r->root = node;
                return;
        }
        struct ynode *parent = r->open[r->depth - 1], **key = &r->key[r->depth - 1];
        if (parent->kind == Y_SEQ) {
                append(parent, node);
        } else if (*key) {
                (*key)->value = node;
                *key = NULL;
        } else {
                append(parent, node);
                *key = node;
        }
}

static bool expects_key(const struct reading *r)
{
        return r->depth && r->open[r->depth - 1]->kind == Y_MAP && !r->key[r->depth - 1];
}

static void take_scalar(struct reading *r, const yaml_event_t *event)
{
        static const uint8_t styles[] = {
                [YAML_PLAIN_SCALAR_STYLE] = STYLE_PLAIN, [YAML_SINGLE_QUOTED_SCALAR_STYLE] = STYLE_SINGLE,
                [YAML_DOUBLE_QUOTED_SCALAR_STYLE] = STYLE_DOUBLE, [YAML_LITERAL_SCALAR_STYLE] = STYLE_LITERAL,
                [YAML_FOLDED_SCALAR_STYLE] = STYLE_FOLDED,
        };
        const char *text = (const char *)event->data.scalar.value;
        size_t len = event->data.scalar.length;
        struct ynode *node = new_node(r, Y_SCALAR, event);
        if (!node)
                return;
        refuse_extras(r, event, event->data.scalar.anchor, event->data.scalar.tag);
        node->style = styles[event->data.scalar.style];
        if (memchr(text, '\0', len)) {
                COMPLAIN(r, ERR_INVALID, event->start_mark,
                         _("el texto lleva un carácter nulo (\\0); bórrelo"));
                node->kind = Y_BROKEN;
                len = 0;
        } else if (expects_key(r) && node->style == STYLE_PLAIN && str_equal(text, "<<")) {
                node->kind = Y_BROKEN;
                if (!r->merge_told)
                        COMPLAIN(r, ERR_INVALID, event->start_mark,
                                 _("la fusión de claves (<<) no se admite; use include"));
                r->merge_told = true;
        }
        if (node->kind == Y_SCALAR) {
                node->text = arena_strndup(r->arena, text, len);
                node->n = (uint32_t)len;
        }
        place(r, node);
}

static void take_alias(struct reading *r, const yaml_event_t *event)
{
        struct ynode *node = new_node(r, Y_BROKEN, event);
        if (!node)
                return;
        refuse_extras(r, event, event->data.alias.anchor, NULL);
        place(r, node);
}

static void open_collection(struct reading *r, enum ykind kind, const yaml_event_t *event)
{
        if (r->depth == YAML_DEPTH_MAX) {
                fail_limit(r, event->start_mark, _("hay más de 60 niveles, uno dentro de otro"));
                return;
        }
        struct ynode *node = new_node(r, kind, event);
        if (!node)
                return;
        place(r, node);
        r->key[r->depth] = NULL;
        r->open[r->depth++] = node;
}

static void begin_document(struct reading *r, const yaml_event_t *event)
{
        if (event->data.document_start.tag_directives.start != event->data.document_start.tag_directives.end)
                COMPLAIN(r, ERR_INVALID, event->start_mark, _("las directivas %%TAG no se admiten; bórrela"));
        if (r->documents++) {
                COMPLAIN(r, ERR_INVALID, event->start_mark,
                         _("hay más de un documento en el archivo; deje un solo formulario por archivo, "
                           "sin «---»"));
                r->failed = true;
        }
}

/* True when the stream has ended. */
static bool take_event(struct reading *r, const yaml_event_t *event)
{
        switch (event->type) {
        case YAML_STREAM_END_EVENT: return true;
        case YAML_DOCUMENT_START_EVENT: begin_document(r, event); break;
        case YAML_SCALAR_EVENT: take_scalar(r, event); break;
        case YAML_ALIAS_EVENT: take_alias(r, event); break;
        case YAML_MAPPING_START_EVENT:
                refuse_extras(r, event, event->data.mapping_start.anchor, event->data.mapping_start.tag);
                open_collection(r, Y_MAP, event);
                break;
        case YAML_SEQUENCE_START_EVENT:
                refuse_extras(r, event, event->data.sequence_start.anchor, event->data.sequence_start.tag);
                open_collection(r, Y_SEQ, event);
                break;
        case YAML_MAPPING_END_EVENT:
        case YAML_SEQUENCE_END_EVENT: r->depth--; break;
        default: break;
        }
        return false;
}

static void read_events(struct reading *r)
{
        bool end = false;
        while (!end && !r->failed) {
                yaml_event_t event;
                if (!yaml_parser_parse(&r->parser, &event)) {
                        report_problem(r);
                        return;
                }
                end = take_event(r, &event);
                yaml_event_delete(&event);
        }
}

struct ynode *yaml_parse(struct source *source, struct arena *arena, int *nodes, struct mistakes *mistakes)
{
        struct origin *origin = ARENA_NEW(arena, struct origin);
        origin->source = source;
        struct reading r = {.source = source, .origin = origin, .arena = arena, .mistakes = mistakes,
                            .nodes = nodes};
        if (!yaml_parser_initialize(&r.parser)) {
                mistake_in_file(mistakes, ERR_LIMIT, source->file, 0, 0,
                                _("no hay memoria para leer el archivo"));
                return NULL;
        }
        yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
        yaml_parser_set_input_string(&r.parser, (const unsigned char *)source->text, source->len);
        read_events(&r);
        yaml_parser_delete(&r.parser);
        if (!r.failed && !r.root)
                mistake_in_file(mistakes, ERR_INVALID, source->file, 0, 0,
                                _("el archivo no contiene más que comentarios"));
        return r.failed ? NULL : r.root;
}

const struct ynode *yaml_key(const struct ynode *map, const char *text)
{
        for (const struct ynode *key = map->kind == Y_MAP ? map->first : NULL; key; key = key->next)
                if (key->kind == Y_SCALAR && strcmp(key->text, text) == 0)
                        return key;
        return NULL;
}

/* Recursion is bounded by YAML_DEPTH_MAX. */
bool yaml_equal(const struct ynode *a, const struct ynode *b)
{
        if (a->kind != b->kind || a->n != b->n)
                return false;
        if (a->kind == Y_SCALAR)
                return strcmp(a->text, b->text) == 0;
        const struct ynode *y = b->first;
        for (const struct ynode *x = a->first; x; x = x->next, y = y->next)
                if (!yaml_equal(x, y) || (a->kind == Y_MAP && !yaml_equal(x->value, y->value)))
                        return false;
        return true;
}
