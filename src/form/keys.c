/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reads a mapping into struct fields: each key known, allowed in its place,
 * once, and with a value of the right shape; everything else is a mistake.
 *
 * A misspelt key is told and then taken for the nearest one that is missing,
 * so that `nmae: edad` is one mistake and not three (an unknown key, a missing
 * name, an unknown ${edad}).
 */
#include "keys.h"

#include <string.h>

#include "base/str.h"

enum shape { SHAPE_TEXT, SHAPE_LABEL, SHAPE_EXPR, SHAPE_CONDITION, SHAPE_FLAG, SHAPE_LIST, SHAPE_SEQ,
            SHAPE_MAP };

enum { FORM = PLACE_FORM, FRAGMENT = PLACE_FRAGMENT, LISTS = PLACE_LISTS, QUESTION = PLACE_QUESTION,
       GROUP = PLACE_GROUP, REPEAT = PLACE_REPEAT, INCLUDE = PLACE_INCLUDE, CHOICE = PLACE_CHOICE, ACTION = PLACE_ACTION,
       FOLLOW = PLACE_FOLLOW };

static const struct key_info {
        const char *name;
        enum shape shape;
        unsigned places;
} table[] = {
#define KEY(symbol, name, shape, places) {name, SHAPE_##shape, places},
#define EXPRESSION(symbol, name, places, member, flags) \
        {name, (flags) & BOOLEAN ? SHAPE_CONDITION : SHAPE_EXPR, places},
#include "keys.def"
};

_Static_assert(KEY_N <= 64, "struct fields has one bit for each key");

#define BIT(key) (UINT64_C(1) << (key))

void key_reader_init(struct key_reader *reader, struct arena *arena, struct mistakes *mistakes)
{
        *reader = (struct key_reader){.names = {.arena = arena}, .scratch = arena, .mistakes = mistakes};
        for (int key = 0; key < KEY_N; key++)
                name_table_add(&reader->names, table[key].name, key, NULL);
}

const char *form_key_name(enum key key)
{
        return table[key].name;
}

bool key_is_boolean(enum key key)
{
        return table[key].shape == SHAPE_FLAG || table[key].shape == SHAPE_CONDITION;
}

const struct ynode *fields_key(const struct fields *fields, enum key key)
{
        if (!(fields->present & BIT(key)))
                return NULL;
        return fields->keys[__builtin_popcountll(fields->present & (BIT(key) - 1))];
}

const struct ynode *fields_value(const struct fields *fields, enum key key)
{
        const struct ynode *node = fields_key(fields, key);
        return node ? node->value : NULL;
}

const struct ynode *fields_text(const struct fields *fields, enum key key)
{
        const struct ynode *value = fields_value(fields, key);
        return value && !str_blank(value->text) ? value : NULL;
}

bool fields_has(const struct fields *fields, enum key key)
{
        return (fields->present | fields->bad) & BIT(key);
}

int boolean_word(const char *text)
{
        static const struct { const char *word; int value; } words[] = {
                {"true", 1}, {"false", 0}, {"yes", 1}, {"no", 0}, {"True", 1}, {"False", 0}, {"TRUE", 1},
                {"FALSE", 0}, {"Yes", 1}, {"No", 0}, {"YES", 1}, {"NO", 0}, {"sí", 1}, {"si", 1}, {"Sí", 1},
        };
        for (size_t i = 0; *text && strlen(text) <= strlen("false") && i < ARRAY_LEN(words); i++)
                if (strcmp(text, words[i].word) == 0)
                        return words[i].value;
        return -1;
}

bool fields_flag(const struct key_reader *reader, const struct fields *fields, enum key key)
{
        const struct ynode *value = fields_value(fields, key);
        int flag = value ? boolean_word(value->text) : 0;
        if (flag < 0)
                mistake_at(reader->mistakes, value, _("«%s» es true o false; se encontró «%.60s»"),
                           form_key_name(key), value->text);
        return flag == 1;
}

/* "Español (es)", "es", "Spanish (es-PE)" */
static bool is_spanish(const char *language)
{
        const char *code = strrchr(language, '(');
        code = code ? code + 1 : language;
        return strncmp(code, "es", 2) == 0 && (!code[2] || code[2] == ')' || code[2] == '-');
}

int translated_key(const struct key_reader *reader, const char *word, bool *ret_spanish)
{
        const char *mark = strstr(word, "::");
        char base[32];
        if (!mark || !mark[2] || (size_t)(mark - word) >= sizeof base)
                return -1;
        memcpy(base, word, (size_t)(mark - word));
        base[mark - word] = '\0';
        int key = name_table_get(&reader->names, base);
        *ret_spanish = is_spanish(mark + 2);
        return key >= 0 && table[key].shape == SHAPE_LABEL ? key : -1;
}

/* The reading of one mapping. */
struct mapping {
        const struct key_reader *reader;
        const struct ynode *map;
        enum place place;
        const struct ynode *found[KEY_N];
        uint64_t bad, spanish;
        bool translated;
        struct name_table seen; /* of mappings with many keys */
};

static const char *place_words(enum place place)
{
        switch (place) {
        case PLACE_FORM: return _("un formulario");
        case PLACE_FRAGMENT: return _("un fragmento");
        case PLACE_LISTS: return _("un archivo de listas");
        case PLACE_GROUP: return _("un grupo");
        case PLACE_REPEAT: return _("una repetición");
        case PLACE_INCLUDE: return _("un include");
        case PLACE_CHOICE: return _("una opción");
        case PLACE_FOLLOW: return _("un seguimiento de follow_up");
        case PLACE_ACTION: return _("una acción de on_finalise");
        default: return _("una pregunta");
        }
}

/* The keys that `place` takes and the mapping does not have yet. */
static size_t candidates(const struct mapping *m, const char *words[KEY_N])
{
        size_t n = 0;
        for (int key = 0; key < KEY_N; key++)
                if ((table[key].places & m->place) && !m->found[key] && !yaml_key(m->map, table[key].name))
                        words[n++] = table[key].name;
        return n;
}

static bool is_shape(const struct ynode *value, enum shape shape)
{
        switch (shape) {
        case SHAPE_MAP: return value->kind == Y_MAP;
        case SHAPE_SEQ: return value->kind == Y_SEQ;
        case SHAPE_LIST: return value->kind == Y_SEQ || value->kind == Y_SCALAR;
        default: return value->kind == Y_SCALAR;
        }
}

static const char *shape_words(enum shape shape)
{
        switch (shape) {
        case SHAPE_MAP: return _("claves con sus valores («clave: valor»)");
        case SHAPE_SEQ: return _("una lista (líneas que empiezan con «-»)");
        case SHAPE_LIST: return _("una lista de textos ([uno, dos])");
        case SHAPE_EXPR:
        case SHAPE_CONDITION: return _("una expresión");
        case SHAPE_FLAG: return _("true o false");
        default: return _("un texto");
        }
}

static const char *kind_words(const struct ynode *value)
{
        switch (value->kind) {
        case Y_MAP: return _("claves con valores; si el texto empieza con «{», póngalo entre comillas");
        case Y_SEQ: return _("una lista; si el texto empieza con «[» o «-», póngalo entre comillas");
        default: return _("un texto");
        }
}

/* A value is there, though perhaps blank: expressions, lists and mappings may not be. */
static bool check_value(const struct mapping *m, int key, const struct ynode *value)
{
        const struct key_info *info = &table[key];
        if (value->kind == Y_BROKEN)
                return false;
        bool blank = value->kind == Y_SCALAR && str_blank(value->text);
        if (blank && info->shape != SHAPE_TEXT && info->shape != SHAPE_LABEL) {
                mistake_at(m->reader->mistakes, value, _("la clave «%s» está vacía; se esperaba %s"),
                           info->name,
                           shape_words(info->shape));
                return false;
        }
        if (is_shape(value, info->shape))
                return true;
        mistake_at(m->reader->mistakes, value, _("en «%s» se esperaba %s y se encontró %s"), info->name,
                   shape_words(info->shape), kind_words(value));
        return false;
}

static void take(struct mapping *m, int key, const struct ynode *node)
{
        if (check_value(m, key, node->value))
                m->found[key] = node;
        else
                m->bad |= BIT(key);
}

static void unknown_key(struct mapping *m, const struct ynode *node)
{
        const char *words[KEY_N];
        const char *near = str_nearest(node->text, words, candidates(m, words));
        int key = near ? name_table_get(&m->reader->names, near) : -1;
        int other = name_table_get(&m->reader->names, node->text);
        if (other >= 0)
                mistake_at(m->reader->mistakes, node, _("la clave «%s» no va en %s"), node->text,
                           place_words(m->place));
        else
                mistake_at(m->reader->mistakes, node, _("no existe la clave «%.60s» de %s%s"), node->text,
                           place_words(m->place), did_you_mean(m->reader->scratch, node->text, words, near
                                                               ? candidates(m, words) : 0));
        if (key >= 0 && other < 0 && node->value->kind != Y_BROKEN && is_shape(node->value, table[key].shape))
                m->found[key] = node;
}

static void take_translation(struct mapping *m, int key, bool spanish, const struct ynode *node)
{
        m->translated = true;
        if (!check_value(m, key, node->value))
                m->bad |= BIT(key);
        else if (spanish && !(m->spanish & BIT(key))) {
                m->found[key] = node;
                m->spanish |= BIT(key);
        }
}

static const struct ynode *seen_before(struct mapping *m, const struct ynode *node)
{
        enum { FEW = 32 };
        if (m->map->n > FEW) {
                int line;
                if (name_table_add(&m->seen, node->text, node->line, &line))
                        return NULL;
                return yaml_key(m->map, node->text);
        }
        const struct ynode *first = yaml_key(m->map, node->text);
        return first == node ? NULL : first;
}

/* Columns of a choice have any name that is an identifier. */
static bool is_column(const struct mapping *m, const struct ynode *node)
{
        if (m->place != PLACE_CHOICE || !is_name(node->text))
                return false;
        if (node->value->kind != Y_SCALAR && node->value->kind != Y_BROKEN)
                mistake_at(m->reader->mistakes, node->value, _("el valor de una columna es un texto"));
        return true;
}

static void read_key(struct mapping *m, const struct ynode *node)
{
        bool spanish;
        if (node->kind == Y_BROKEN)
                return;
        if (node->kind != Y_SCALAR) {
                mistake_at(m->reader->mistakes, node,
                           _("una clave es un texto; si empieza con «{» o «[», póngala entre comillas"));
                return;
        }
        const struct ynode *first = seen_before(m, node);
        if (first) {
                mistake_at(m->reader->mistakes, node,
                           _("la clave «%.60s» se repite; la primera está en la línea %d"),
                           node->text, first->line);
                return;
        }
        int key = name_table_get(&m->reader->names, node->text);
        if (key >= 0 && (table[key].places & m->place)) {
                if (!(m->spanish & BIT(key)))
                        take(m, key, node);
                return;
        }
        key = translated_key(m->reader, node->text, &spanish);
        if (key >= 0 && (table[key].places & m->place))
                take_translation(m, key, spanish, node);
        else if (!is_column(m, node))
                unknown_key(m, node);
}

static void keep(const struct mapping *m, struct arena *arena, struct fields *ret)
{
        int n = 0;
        for (int key = 0; key < KEY_N; key++)
                n += m->found[key] != NULL;
        *ret = (struct fields){.bad = m->bad, .translated = m->translated};
        ret->keys = ARENA_ARRAY(arena, const struct ynode *, n);
        n = 0;
        for (int key = 0; key < KEY_N; key++) {
                if (!m->found[key])
                        continue;
                ret->present |= BIT(key);
                ret->keys[n++] = m->found[key];
        }
}

void fields_read(const struct key_reader *reader, const struct ynode *map, enum place place,
                 struct arena *arena,
                 struct fields *ret)
{
        struct mapping m = {.reader = reader, .map = map, .place = place, .seen = {.arena = arena}};
        for (const struct ynode *node = map->first; node; node = node->next)
                read_key(&m, node);
        keep(&m, arena, ret);
}

int telling_key(const struct key_reader *reader, const struct ynode *map)
{
        static const char *const words[] = {"type", "group", "repeat", "include"};
        static const int keys[] = {KEY_TYPE, KEY_GROUP, KEY_REPEAT, KEY_INCLUDE};
        for (const struct ynode *node = map->first; node; node = node->next)
                for (size_t i = 0; i < ARRAY_LEN(words); i++)
                        if (node->kind == Y_SCALAR && strcmp(node->text, words[i]) == 0)
                                return keys[i];
        for (const struct ynode *node = map->first; node; node = node->next) {
                if (node->kind != Y_SCALAR || name_table_get(&reader->names, node->text) >= 0)
                        continue;
                const char *near = str_nearest(node->text, words, ARRAY_LEN(words));
                if (near)
                        return name_table_get(&reader->names, near);
        }
        return -1;
}
