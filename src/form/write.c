/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A form as one YAML text of its own: fragments spliced in, the lists it uses
 * inside, keys in the order of keys.def, everything that is not a plain word
 * in double quotes.  The same form always gives the same bytes, and they give
 * the same form: what a person answered can be read for ever.
 */
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "load.h"
#include "types.h"

struct writer {
        const struct loader *l;
        struct str *out;
};

static void indent(struct writer *w, int depth)
{
        for (int i = 0; i < depth; i++)
                str_addn(w->out, "  ", 2);
}

/* Words that no reader of YAML takes for anything but text. */
static bool is_plain(const char *text)
{
        static const char *const others[] = {"null", "y", "n", "on", "off"};
        if (!is_name(text) || boolean_word(text) >= 0)
                return false;
        for (size_t i = 0; i < ARRAY_LEN(others); i++)
                if (strcmp(text, others[i]) == 0)
                        return false;
        return true;
}

/* Quotes, control characters, and what YAML takes for a line break. */
static bool needs_escape(uint32_t code)
{
        return code < 0x20 || code == '"' || code == '\\' || (code >= 0x7F &&
                code < 0xA0) || code == 0x2028 || code == 0x2029 || code == 0xFEFF ||
               (code >= 0xFFFE && code <= 0xFFFF);
}

/* Bytes that stand for themselves between quotes. */
static size_t plain_run(const char *text)
{
        size_t n = 0;
        while (text[n] >= 0x20 && text[n] < 0x7F && text[n] != '"' && text[n] != '\\')
                n++;
        return n;
}

static void write_escape(struct writer *w, uint32_t code)
{
        if (code == '"' || code == '\\')
                str_addf(w->out, "\\%c", (char)code);
        else if (code == '\n')
                str_add(w->out, "\\n");
        else if (code == '\t')
                str_add(w->out, "\\t");
        else
                str_addf(w->out, "\\u%04X", (unsigned)code);
}

static void write_quoted(struct writer *w, const char *text)
{
        uint32_t code;
        str_addc(w->out, '"');
        while (*text) {
                size_t n = plain_run(text);
                if (n) {
                        str_addn(w->out, text, n);
                } else {
                        n = utf8_decode(text, &code);
                        if (needs_escape(code))
                                write_escape(w, code);
                        else
                                str_addn(w->out, text, n);
                }
                text += n;
        }
        str_addc(w->out, '"');
}

static void write_text(struct writer *w, const char *text)
{
        if (!text) /* an alias, told as a mistake: the form is given up later */
                str_add(w->out, "\"\"");
        else if (is_plain(text))
                str_add(w->out, text);
        else
                write_quoted(w, text);
}

static void write_key(struct writer *w, const char *key)
{
        write_text(w, key);
        str_add(w->out, ": ");
}

static void write_map(struct writer *w, const struct ynode *map, int depth);

/* The items of on_finalise and follow_up: mappings, one item each, with their keys in the order of the file. */
static void write_actions(struct writer *w, const struct ynode *list)
{
        str_addc(w->out, '\n');
        for (const struct ynode *item = list->first; item; item = item->next) {
                const char *before = "  - ";
                for (const struct ynode *key = item->first; key; key = key->next) {
                        str_add(w->out, before);
                        write_key(w, key->text);
                        if (key->value->kind == Y_MAP) {
                                write_map(w, key->value, 2);
                        } else {
                                write_text(w, key->value->text);
                                str_addc(w->out, '\n');
                        }
                        before = "    ";
                }
        }
}

static void write_list(struct writer *w, const struct ynode *list)
{
        const char *before = "[";
        for (const struct ynode *item = list->first; item; item = item->next) {
                str_add(w->out, before);
                write_text(w, item->text);
                before = ", ";
        }
        str_add(w->out, list->first ? "]\n" : "[]\n");
}

static void write_map(struct writer *w, const struct ynode *map, int depth)
{
        str_add(w->out, map->first ? "\n" : "{}\n");
        for (const struct ynode *key = map->first; key; key = key->next) {
                indent(w, depth + 1);
                write_key(w, key->text);
                write_text(w, key->value->text);
                str_addc(w->out, '\n');
        }
}

static void write_value(struct writer *w, enum key key, const struct ynode *value, int depth)
{
        int word = key_is_boolean(key) && value->kind == Y_SCALAR ? boolean_word(value->text) : -1;
        if (word >= 0)
                str_add(w->out, word ? "true\n" : "false\n");
        else if (value->kind == Y_MAP)
                write_map(w, value, depth);
        else if (key == KEY_ON_FINALISE || key == KEY_FOLLOW_UP)
                write_actions(w, value);
        else if (value->kind == Y_SEQ)
                write_list(w, value);
        else {
                write_text(w, value->text);
                str_addc(w->out, '\n');
        }
}

/* Begins a line of the mapping at `depth`; the first line of an item has its "- ". */
static void begin_line(struct writer *w, int depth, bool *first)
{
        if (*first && depth > 0) {
                indent(w, depth - 1);
                str_add(w->out, "- ");
        } else {
                indent(w, depth);
        }
        *first = false;
}

/* label, then label::English (en)… as they were written. */
static void write_translations(struct writer *w, const struct ynode *map, enum key key, int depth,
                               bool *first)
{
        bool spanish;
        for (const struct ynode *node = map->first; node; node = node->next) {
                if (node->kind != Y_SCALAR || strcmp(node->text, form_key_name(key)) == 0 ||
                    translated_key(&w->l->keys, node->text, &spanish) != (int)key)
                        continue;
                begin_line(w, depth, first);
                write_key(w, node->text);
                write_text(w, node->value->text);
                str_addc(w->out, '\n');
        }
}

/* The key as it is written, though a translation may stand for it in fields. */
static const struct ynode *written_key(const struct ynode *map, const struct fields *fields, enum key key)
{
        return fields->translated ? yaml_key(map, form_key_name(key)) : fields_key(fields, key);
}

static bool is_blank_text(const struct ynode *value)
{
        return value->kind == Y_SCALAR && !*value->text;
}

static void write_keys(struct writer *w, const struct ynode *map, const struct fields *fields, int depth,
                       bool *first)
{
        for (int key = 0; key < KEY_N; key++) {
                if (key == KEY_SURVEY || key == KEY_CHOICES)
                        continue;
                if (!fields->translated && !(fields->present & UINT64_C(1) << key))
                        continue;
                const struct ynode *node = written_key(map, fields, (enum key)key);
                if (node && !is_blank_text(node->value)) {
                        begin_line(w, depth, first);
                        write_key(w, form_key_name((enum key)key));
                        write_value(w, (enum key)key, node->value, depth);
                }
                if (fields->translated)
                        write_translations(w, map, (enum key)key, depth, first);
        }
}

static void write_column(struct writer *w, const char *name, const char *value)
{
        indent(w, 3);
        write_key(w, name);
        write_text(w, value);
        str_addc(w->out, '\n');
}

static void write_choice(struct writer *w, const struct ynode *map)
{
        struct fields fields;
        bool first = true;
        struct arena *work = w->l->work;
        fields_read(&w->l->keys, map, PLACE_CHOICE, work, &fields);
        write_keys(w, map, &fields, 3, &first);
        for (const struct ynode *key = map->first; key; key = key->next) {
                int known = name_table_get(&w->l->keys.names, key->text);
                if (is_name(key->text) && known != KEY_NAME && known != KEY_LABEL && known != KEY_HINT)
                        write_column(w, key->text, key->value->text);
        }
}

static void write_choices(struct writer *w)
{
        bool any = false;
        for (int i = 0; i < w->l->built_n; i++) {
                const struct built_list *built = w->l->built[i];
                if (!built->used)
                        continue;
                str_add(w->out, any ? "" : "choices:\n");
                any = true;
                indent(w, 1);
                write_text(w, built->list.name);
                str_add(w->out, ":\n");
                for (const struct ynode *map = built->key->value->first; map; map = map->next)
                        write_choice(w, map);
        }
}

/* A node's mapping stands at 2 × its depth: survey, item, survey, item… */
static void write_node(struct writer *w, int index)
{
        const struct item *item = &w->l->items[index];
        int depth = 2 * w->l->nodes[index].depth;
        bool first = true;
        write_keys(w, item->map, &item->fields, depth, &first);
        if (w->l->nodes[index].end > index + 1 || w->l->nodes[index].type >= NODE_GROUP) {
                indent(w, depth);
                str_add(w->out, "survey:\n");
        }
}

void form_write_text(const struct loader *l, const struct form *form, struct str *out)
{
        struct writer w = {l, out};
        bool first = true;
        (void)form;
        write_keys(&w, l->root, &l->top, 0, &first);
        write_choices(&w);
        str_add(out, "survey:\n");
        for (int i = 1; i < l->n; i++)
                if (l->items[i].evidence_of < 0)
                        write_node(&w, i);
}
