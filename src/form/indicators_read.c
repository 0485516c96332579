/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * indicadores.yaml into indicators (contract in form/indicators.h).
 *
 * The trees stay in the arena of the indicators, since a source's expressions
 * are read later, over each form, and their mistakes are told in this file.
 * Only an indicator without mistakes is kept.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "indicators_reader.h"

enum { FILE_TITLE, FILE_NOTE, FILE_SOURCE, FILE_PARAMETERS, FILE_INDICATORS, FILE_KEYS };
enum { PAR_VALUE, PAR_LABEL, PAR_KEYS };
enum { IND_KEY, IND_LABEL, IND_UNIT, IND_COUNTS, IND_DIRECTION, IND_MARK, IND_OBJECTIVE, IND_RESULT, IND_NUMERATOR,
       IND_DENOMINATOR, IND_SOURCE, IND_SOURCES, IND_COMPUTED, IND_BREAKDOWN, IND_BASELINE, IND_COMPLEMENT, IND_PART_OF,
       IND_MINIMUM, IND_RESERVED, IND_CONTEXT, IND_WARNING, IND_UNFED, IND_POPULATION, IND_KEYS };


static const struct key_row file_keys[FILE_KEYS] = {
        [FILE_TITLE] = {"title", true, Y_SCALAR, NULL},
        [FILE_NOTE] = {"note", false, Y_SCALAR, NULL},
        [FILE_SOURCE] = {"source", false, Y_SCALAR, NULL},
        [FILE_PARAMETERS] = {"parameters", false, Y_MAP, _("son nombres con su valor: «logra: {value: 3, label: …}»")},
        [FILE_INDICATORS] = {"indicators", true, Y_SEQ, LIST_OF("- key: …")},
};
static const struct key_row parameter_keys[PAR_KEYS] = {
        [PAR_VALUE] = {"value", true, Y_SCALAR, NULL},
        [PAR_LABEL] = {"label", true, Y_SCALAR, NULL},
};
static const struct key_row indicator_keys[IND_KEYS] = {
        [IND_KEY] = {"key", true, Y_SCALAR, NULL},
        [IND_LABEL] = {"label", true, Y_SCALAR, NULL},
        [IND_UNIT] = {"unit", true, Y_SCALAR, NULL},
        [IND_COUNTS] = {"counts", false, Y_SCALAR, NULL},
        [IND_DIRECTION] = {"direction", false, Y_SCALAR, NULL},
        [IND_MARK] = {"mark", true, Y_SCALAR, NULL},
        [IND_OBJECTIVE] = {"objective", false, Y_SCALAR, NULL},
        [IND_RESULT] = {"result", false, Y_SCALAR, NULL},
        [IND_NUMERATOR] = {"numerator", false, Y_SCALAR, NULL},
        [IND_DENOMINATOR] = {"denominator", false, Y_SCALAR, NULL},
        [IND_SOURCE] = {"source", false, Y_SCALAR, NULL},
        [IND_SOURCES] = {"sources", false, Y_SEQ, LIST_OF("- form: …")},
        [IND_COMPUTED] = {"computed", false, Y_SCALAR, NULL},
        [IND_BREAKDOWN] = {"breakdown", false, Y_SCALAR, NULL},
        [IND_BASELINE] = {"baseline", false, Y_SEQ, LIST_OF("- {value: 46, year: 2022, source: …}")},
        [IND_COMPLEMENT] = {"complement", false, Y_SEQ, LIST_OF("- {value: 54, label: …, source: …}")},
        [IND_PART_OF] = {"part_of", false, Y_SCALAR, NULL},
        [IND_MINIMUM] = {"minimum", false, Y_SCALAR, NULL},
        [IND_RESERVED] = {"reserved", false, Y_SCALAR, NULL},
        [IND_CONTEXT] = {"context", false, Y_SCALAR, NULL},
        [IND_WARNING] = {"warning", false, Y_SEQ, LIST_OF("- texto")},
        [IND_UNFED] = {"unfed", false, Y_SCALAR, NULL},
        [IND_POPULATION] = {"population", false, Y_SCALAR, NULL},
};
/* ---- Indicators ---- */

static bool has(const struct reader *r, int key)
{
        return r->written >> key & 1;
}

/* What an indicator must say depends on whether it is computed at all. */
static void check_indicator(struct reader *r, const struct ynode *const *v, const struct indicator *one)
{
        const struct ynode *key = v[IND_KEY];
        if (one->context && (v[IND_SOURCES] || v[IND_COMPUTED]))
                COMPLAIN(r, v[IND_SOURCES] ? v[IND_SOURCES] : v[IND_COMPUTED],
                         _("un indicador de contexto no se calcula: no lleva sources ni computed"));
        if (one->context && !has(r, IND_BASELINE))
                COMPLAIN(r, key, _("«%s» es de contexto y no tiene baseline: no diría nada"), one->key);
        if (one->context)
                return;
        if (!has(r, IND_SOURCES) && !has(r, IND_COMPUTED))
                COMPLAIN(r, key, _("«%s» no dice de dónde sale: falta sources (o computed, o context: true)"), one->key);
        if (!has(r, IND_NUMERATOR))
                COMPLAIN(r, key, _("«%s» no dice con palabras qué cuenta: falta numerator"), one->key);
        if (!has(r, IND_DENOMINATOR) && r->unit_known && indicator_is_ratio(one))
                COMPLAIN(r, key, _("«%s» no dice con palabras de cuántos: falta denominator"), one->key);
        if (!has(r, IND_COUNTS))
                COMPLAIN(r, key, _("«%s» no dice qué cuenta una vez: falta counts"), one->key);
        if (v[IND_UNIT] && one->unit == INDICATOR_TEXT)
                COMPLAIN(r, v[IND_UNIT], _("la unidad texto es solo para indicadores de contexto"));
}

/* «persona docente»: of which form of the directory, and with which posts. */
static void check_population(struct reader *r, const struct ynode *at, const struct indicator *one)
{
        const char *text = one->population;
        size_t len = strcspn(text, " ");
        bool people = len == 7 && strncmp(text, "persona", len) == 0, schools = strcmp(text, "institucion") == 0;
        if (!people && !schools)
                COMPLAIN(r, at, _("population «%.60s» no se conoce; es institucion, persona, o persona y uno o más cargos"), text);
        else if (one->counted != (people ? COUNTED_PERSON : COUNTED_SCHOOL))
                COMPLAIN(r, at, _("la cobertura compara lo contado con el directorio: con population %s, counts es %s"), text,
                         people ? "persona" : "institucion");
        else if (*one->breakdown || one->reserved || one->computed != COMPUTED_NOT)
                COMPLAIN(r, at, _("un indicador con breakdown, reserved o computed no lleva population: no cuenta una vez a cada quien"));
        for (int i = 0; i < one->sources_n; i++)
                if (!one->sources[i].last || !one->sources[i].texts[PART_WHO] || one->sources[i].stock || one->sources[i].side != SIDE_BOTH) {
                        COMPLAIN(r, at, _("con population, cada fuente lleva who y cuenta a cada quien una vez en el periodo"));
                        break;
                }
}

static void take_words(struct reader *r, const struct ynode *const *v, struct indicator *one)
{
        static const char *const marks[] = {"N", "C", "P", "T", NULL};
        static const char *const results[] = {"", "corto", "mediano", "largo", NULL};
        int unit = reader_row_word(r, v[IND_UNIT], "unit", indicator_units, -1);
        r->unit_known = unit >= 0;
        one->unit = unit >= 0 ? (enum indicator_unit)unit : INDICATOR_PERCENT;
        one->counted = (enum indicator_counted)reader_row_word(r, v[IND_COUNTS], "counts", indicator_counted, COUNTED_RECORD);
        one->computed = (enum indicator_computed)reader_row_word(r, v[IND_COMPUTED], "computed", indicator_computed, COMPUTED_NOT);
        one->direction = (enum indicator_direction)reader_word(r, v[IND_DIRECTION], "direction", indicator_directions,
                                                           DIRECTION_NONE);
        one->mark = marks[reader_word(r, v[IND_MARK], "mark", marks, 0)][0];
        one->result = results[reader_word(r, v[IND_RESULT], "result", results, 0)];
        one->objective = reader_whole(r, v[IND_OBJECTIVE], "objective", 1, 4);
        one->reserved = reader_flag(r, v[IND_RESERVED], "reserved");
        one->context = reader_flag(r, v[IND_CONTEXT], "context");
        bool guarded = indicator_counted[one->counted].flag || one->reserved;
        one->minimum = v[IND_MINIMUM] ? reader_whole(r, v[IND_MINIMUM], "minimum", 0, 1000)
                                      : guarded ? (int)r->least_people : 0;
}

static void take_texts(const struct ynode *const *v, struct indicator *one)
{
        one->key = v[IND_KEY]->text;
        one->label = reader_text(v[IND_LABEL]);
        one->numerator = reader_text(v[IND_NUMERATOR]);
        one->denominator = reader_text(v[IND_DENOMINATOR]);
        one->source = reader_text(v[IND_SOURCE]);
        one->breakdown = reader_text(v[IND_BREAKDOWN]);
        one->unfed = reader_text(v[IND_UNFED]);
        one->population = reader_text(v[IND_POPULATION]);
        one->part_of = -1;
        one->file = v[IND_KEY]->origin->source->file;
        one->line = v[IND_KEY]->line;
}

/* In the place of the one of the file that came first, if it has that key. */
static void keep(struct reader *r, const struct indicator *one, const struct ynode *const *v)
{
        int at = name_table_get(&r->ret->keys, one->key);
        if (at >= 0) {
                r->kept[at] = (struct kept){*one, v[IND_KEY], v[IND_PART_OF]};
                return;
        }
        if (r->n == r->room) {
                r->room = r->room ? 2 * r->room : 64;
                r->kept = xrealloc(r->kept, (size_t)r->room * sizeof *r->kept);
        }
        name_table_add(&r->ret->keys, one->key, r->n, NULL);
        r->kept[r->n] = (struct kept){*one, v[IND_KEY], v[IND_PART_OF]};
        r->n++;
}

static bool key_is_new(struct reader *r, const struct ynode *key)
{
        int line;
        if (!is_name(key->text))
                COMPLAIN(r, key, _("«%.60s» no sirve como clave; use minúsculas sin tilde, dígitos y «_»"), key->text);
        else if (!name_table_add(&r->names, key->text, key->line, &line))
                COMPLAIN(r, key, _("el indicador «%.60s» se repite; el primero está en la línea %d"), key->text, line);
        else {
                name_table_add(&r->ret->written, key->text, key->line, NULL);
                return true;
        }
        return false;
}

static void read_indicator(struct reader *r, const struct ynode *map)
{
        const struct ynode *v[IND_KEYS] = {NULL};
        struct indicator one = {0};
        int before = r->mistakes->all;
        if (!reader_is_map(r, map, _("se esperaba un indicador: key, label, unit…")))
                return;
        rows_read(&r->rows, map, indicator_keys, IND_KEYS, v, &r->written);
        if (!v[IND_KEY] || !key_is_new(r, v[IND_KEY]))
                return;
        take_texts(v, &one);
        one.section = r->section ? r->section : "";
        take_words(r, v, &one);
        if (v[IND_BASELINE])
                reader_baselines(r, v[IND_BASELINE], &one);
        if (v[IND_COMPLEMENT])
                reader_complements(r, v[IND_COMPLEMENT], &one);
        if (v[IND_WARNING])
                reader_warnings(r, v[IND_WARNING], &one);
        if (v[IND_SOURCES])
                reader_sources(r, v[IND_SOURCES], &one);
        check_indicator(r, v, &one);
        if (v[IND_POPULATION])
                check_population(r, v[IND_POPULATION], &one);
        if (r->mistakes->all == before)
                keep(r, &one, v);
}

/* A part names an indicator of the file that is not a part itself. */
static void join_parts(struct reader *r)
{
        const struct name_table *written = &r->ret->written;
        for (int i = 0; i < r->n; i++) {
                const struct ynode *whole = r->kept[i].part_of;
                if (!whole)
                        continue;
                int at = name_table_get(&r->ret->keys, whole->text);
                r->kept[i].indicator.part_of = at;
                if (name_table_get(written, whole->text) < 0)
                        COMPLAIN(r, whole, _("part_of nombra «%.60s», que no es un indicador%s"), whole->text,
                                 did_you_mean(r->rows.work, whole->text, name_table_words(written), (size_t)written->n));
                else if (at == i || (at >= 0 && r->kept[at].part_of))
                        COMPLAIN(r, whole, _("part_of nombra «%.60s», que es a su vez una parte"), whole->text);
        }
}

/* ---- The file ---- */

static void read_parameter(struct reader *r, const struct ynode *key, int first)
{
        struct indicators *ret = &r->ret->indicators;
        const struct ynode *v[PAR_KEYS] = {NULL};
        if (!is_name(key->text)) {
                COMPLAIN(r, key, _("«%.60s» no sirve como nombre; use minúsculas sin tilde, dígitos y «_»"), key->text);
                return;
        }
        if (!reader_is_map(r, key->value, _("un parámetro lleva value y label")) ||
            !rows_read(&r->rows, key->value, parameter_keys, PAR_KEYS, v, NULL))
                return;
        double value = reader_number(r, v[PAR_VALUE], "value");
        struct indicator_parameter one = {key->text, v[PAR_LABEL]->text, value_number_text(value, r->arena), value};
        int at = name_table_get(&r->ret->parameters, key->text);
        if (at >= first) {
                COMPLAIN(r, key, _("el parámetro «%.60s» se repite"), key->text);
        } else if (at >= 0) {
                ret->parameters[at] = one;
        } else {
                name_table_add(&r->ret->parameters, key->text, ret->parameters_n, NULL);
                ret->parameters[ret->parameters_n++] = one;
        }
}

static void read_parameters(struct reader *r, const struct ynode *map)
{
        struct indicators *ret = &r->ret->indicators;
        int first = ret->parameters_n;
        struct indicator_parameter *all = ARENA_ARRAY(r->arena, struct indicator_parameter, (size_t)first + map->n);
        for (int i = 0; i < first; i++)
                all[i] = ret->parameters[i];
        ret->parameters = all;
        for (const struct ynode *key = map->first; key; key = key->next)
                if (key->kind == Y_SCALAR && key->value->kind != Y_BROKEN)
                        read_parameter(r, key, first);
        const struct indicator_parameter *least = indicators_parameter(ret, "minimo_personas");
        r->least_people = least && least->value >= 0 && least->value <= 1000 ? least->value : 0;
}

/* «- section: Docentes» begins a section: those after it are of it. */
static bool read_section(struct reader *r, const struct ynode *map)
{
        static const struct key_row keys[] = {{"section", true, Y_SCALAR, NULL}};
        const struct ynode *v[1] = {NULL};
        if (map->kind != Y_MAP || !map->first || map->first->kind != Y_SCALAR || strcmp(map->first->text, "section") != 0)
                return false;
        if (rows_read(&r->rows, map, keys, 1, v, NULL))
                r->section = v[0]->text;
        return true;
}

/* `keys`: file_keys, or those of a file that only adds. */
static void read_file(struct reader *r, const char *path, const struct key_row *keys)
{
        const struct ynode *v[FILE_KEYS] = {NULL};
        int nodes = 0;
        struct source *source = source_read(path, r->arena, r->mistakes);
        struct ynode *root = source ? yaml_parse(source, r->arena, &nodes, r->mistakes) : NULL;
        if (!root || !reader_is_map(r, root, _("se esperaban las claves title, parameters e indicators")))
                return;
        rows_read(&r->rows, root, keys, FILE_KEYS, v, NULL);
        if (keys == file_keys) {
                r->ret->indicators.title = reader_text(v[FILE_TITLE]);
                r->ret->indicators.note = reader_text(v[FILE_NOTE]);
        }
        r->section = keys == file_keys ? NULL : _("De esta UGEL");
        if (v[FILE_PARAMETERS])
                read_parameters(r, v[FILE_PARAMETERS]);
        if (v[FILE_INDICATORS])
                for (const struct ynode *map = v[FILE_INDICATORS]->first; map; map = map->next)
                        if (!read_section(r, map))
                                read_indicator(r, map);
}

static void finish(struct reader *r, const char *dir)
{
        struct indicators_private *ret = r->ret;
        struct indicator *items = ARENA_ARRAY(r->arena, struct indicator, r->n);
        ret->at = ARENA_ARRAY(r->arena, const struct ynode *, r->n);
        for (int i = 0; i < r->n; i++) {
                items[i] = r->kept[i].indicator;
                ret->at[i] = r->kept[i].key;
                if (items[i].computed == COMPUTED_CATALOGUE)
                        indicators_sum_catalogue(dir, &items[i].catalogue, &items[i].catalogue_n);
        }
        ret->indicators.items = items;
        ret->indicators.n = r->n;
        free(r->kept);
}

/* The UGEL's file need not say its title, nor any indicator if it only changes parameters. */
static void read_own(struct reader *r, const char *path)
{
        struct key_row keys[FILE_KEYS];
        for (int i = 0; i < FILE_KEYS; i++) {
                keys[i] = file_keys[i];
                keys[i].needed = false;
        }
        r->names = (struct name_table){.arena = r->arena};
        read_file(r, path, keys);
}

struct indicators *indicators_read(const char *dir, const char *own, struct mistakes *mistakes)
{
        struct arena *arena = xcalloc(1, sizeof *arena);
        struct indicators_private *ret = ARENA_NEW(arena, struct indicators_private);
        struct reader r = {.ret = ret, .arena = arena, .mistakes = mistakes, .names = {.arena = arena},
                           .rows = {.mistakes = mistakes, .work = arena}};
        const char *path = arena_printf(arena, "%s/" INDICATORS_FILE, dir);
        bool more = own && access(own, F_OK) == 0;
        ret->keys.arena = ret->written.arena = ret->parameters.arena = arena;
        ret->indicators = (struct indicators){.title = "", .note = "", .arena = arena};
        ret->read = access(path, F_OK) == 0;
        if (ret->read)
                read_file(&r, path, file_keys);
        if (more)
                read_own(&r, own);
        if (ret->read || more)
                join_parts(&r);
        finish(&r, dir);
        return &ret->indicators;
}
