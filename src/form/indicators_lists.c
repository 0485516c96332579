/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lists inside an indicator: its sources, baselines, complements and
 * warnings, each item read and checked by itself.
 */
#include <string.h>

#include "base/str.h"
#include "indicators_reader.h"

enum { SRC_FORM, SRC_EACH, SRC_SIDE, SRC_RECORDS, SRC_STOCK, SRC_PARTS, SRC_KEYS = SRC_PARTS + SOURCE_PARTS };
enum { BASE_VALUE, BASE_YEAR, BASE_SOURCE, BASE_BY, BASE_NOTE, BASE_UNIT, BASE_KEYS };
enum { COMP_VALUE, COMP_LABEL, COMP_SOURCE, COMP_KEYS };


static const struct key_row source_keys[SRC_KEYS] = {
        [SRC_FORM] = {"form", true, Y_SCALAR, NULL},
        [SRC_EACH] = {"each", false, Y_SCALAR, NULL},
        [SRC_SIDE] = {"side", false, Y_SCALAR, NULL},
        [SRC_RECORDS] = {"records", false, Y_SCALAR, NULL},
        [SRC_STOCK] = {"stock", false, Y_SCALAR, NULL},
        [SRC_PARTS + PART_WHEN] = {"when", false, Y_SCALAR, NULL},
        [SRC_PARTS + PART_WHO] = {"who", false, Y_SCALAR, NULL},
        [SRC_PARTS + PART_DATE] = {"date", false, Y_SCALAR, NULL},
        [SRC_PARTS + PART_NUM] = {"num", false, Y_SCALAR, NULL},
        [SRC_PARTS + PART_PARTIAL] = {"partial", false, Y_SCALAR, NULL},
        [SRC_PARTS + PART_DEN] = {"den", false, Y_SCALAR, NULL},
        [SRC_PARTS + PART_BY] = {"by", false, Y_SCALAR, NULL},
};
static const struct key_row baseline_keys[BASE_KEYS] = {
        [BASE_VALUE] = {"value", true, Y_SCALAR, NULL},
        [BASE_YEAR] = {"year", false, Y_SCALAR, NULL},
        [BASE_SOURCE] = {"source", true, Y_SCALAR, NULL},
        [BASE_BY] = {"by", false, Y_SCALAR, NULL},
        [BASE_NOTE] = {"note", false, Y_SCALAR, NULL},
        [BASE_UNIT] = {"unit", false, Y_SCALAR, NULL},
};
static const struct key_row complement_keys[COMP_KEYS] = {
        [COMP_VALUE] = {"value", true, Y_SCALAR, NULL},
        [COMP_LABEL] = {"label", true, Y_SCALAR, NULL},
        [COMP_SOURCE] = {"source", true, Y_SCALAR, NULL},
};

/* ---- Baselines, complements, warnings ---- */

void reader_baselines(struct reader *r, const struct ynode *list, struct indicator *ret)
{
        struct indicator_baseline *all = ARENA_ARRAY(r->arena, struct indicator_baseline, list->n);
        for (const struct ynode *map = list->first; map; map = map->next) {
                const struct ynode *v[BASE_KEYS] = {NULL};
                if (!reader_is_map(r, map, _("se esperaba una línea base: {value: 46, year: 2022, source: …}")) ||
                    !rows_read(&r->rows, map, baseline_keys, BASE_KEYS, v, NULL))
                        continue;
                all[ret->baselines_n++] = (struct indicator_baseline){
                        .value = reader_number(r, v[BASE_VALUE], "value"), .year = reader_whole(r, v[BASE_YEAR], "year", 1990, 2100),
                        .source = v[BASE_SOURCE]->text, .by = reader_text(v[BASE_BY]), .note = reader_text(v[BASE_NOTE]),
                        .unit = (enum indicator_unit)reader_row_word(r, v[BASE_UNIT], "unit", indicator_units, (int)ret->unit)};
        }
        ret->baselines = all;
}

void reader_complements(struct reader *r, const struct ynode *list, struct indicator *ret)
{
        struct indicator_complement *all = ARENA_ARRAY(r->arena, struct indicator_complement, list->n);
        for (const struct ynode *map = list->first; map; map = map->next) {
                const struct ynode *v[COMP_KEYS] = {NULL};
                if (!reader_is_map(r, map, _("se esperaba un complemento: {value: 54, label: …, source: …}")) ||
                    !rows_read(&r->rows, map, complement_keys, COMP_KEYS, v, NULL))
                        continue;
                all[ret->complements_n++] = (struct indicator_complement){
                        reader_number(r, v[COMP_VALUE], "value"), v[COMP_LABEL]->text, v[COMP_SOURCE]->text};
        }
        ret->complements = all;
}

void reader_warnings(struct reader *r, const struct ynode *list, struct indicator *ret)
{
        const char **all = ARENA_ARRAY(r->arena, const char *, list->n);
        for (const struct ynode *one = list->first; one; one = one->next)
                if (one->kind == Y_SCALAR && !str_blank(one->text))
                        all[ret->warnings_n++] = one->text;
                else if (one->kind != Y_BROKEN)
                        COMPLAIN(r, one, _("una advertencia es un texto"));
        ret->warnings = all;
}

/* ---- Sources ---- */

static void check_source(struct reader *r, const struct ynode *map, const struct ynode *const *v,
                         const struct indicator_source *source, const struct indicator *indicator)
{
        const struct ynode *den = v[SRC_PARTS + PART_DEN], *who = v[SRC_PARTS + PART_WHO], *by = v[SRC_PARTS + PART_BY];
        if (v[SRC_RECORDS] && !who)
                COMPLAIN(r, v[SRC_RECORDS], _("records dice qué registro de cada «who» vale; falta la clave who"));
        if (den && r->unit_known && !indicator_is_ratio(indicator))
                COMPLAIN(r, den, _("den no va en un indicador de unidad %s, que solo suma"), indicator_unit_name(indicator->unit));
        if (source->side != SIDE_BOTH && r->unit_known && !indicator_is_ratio(indicator))
                COMPLAIN(r, v[SRC_SIDE], _("side no va en un indicador de unidad %s, que solo suma"),
                         indicator_unit_name(indicator->unit));
        if (den && source->side == SIDE_NUM)
                COMPLAIN(r, den, _("una fuente del numerador no lleva den"));
        if (v[SRC_PARTS + PART_NUM] && source->side == SIDE_DEN)
                COMPLAIN(r, v[SRC_PARTS + PART_NUM], _("una fuente del denominador no lleva num"));
        if (who && indicator->reserved)
                COMPLAIN(r, who, _("un indicador reservado no guarda a quién se refiere: no lleva who"));
        if (by && !*indicator->breakdown)
                COMPLAIN(r, by, _("by necesita que el indicador diga en breakdown qué distingue"));
        if (!by && !yaml_key(map, "by") && *indicator->breakdown && source->side != SIDE_DEN)
                COMPLAIN(r, map, _("falta la clave by, porque el indicador tiene breakdown"));
}

static void read_source(struct reader *r, const struct ynode *map, struct indicator *indicator,
                        struct indicator_source *ret)
{
        static const char *const sides[] = {"", "numerador", "denominador", NULL};
        static const char *const records[] = {"ultimo", "todos", NULL};
        const struct ynode *v[SRC_KEYS] = {NULL};
        if (!reader_is_map(r, map, _("se esperaba una fuente: {form: …, when: …, num: …}")) ||
            !rows_read(&r->rows, map, source_keys, SRC_KEYS, v, NULL))
                return;
        *ret = (struct indicator_source){
                .form = v[SRC_FORM]->text, .form_at = v[SRC_FORM],
                .each = v[SRC_EACH] ? v[SRC_EACH]->text : NULL, .each_at = v[SRC_EACH],
                .side = (enum indicator_side)reader_word(r, v[SRC_SIDE], "side", sides, SIDE_BOTH),
                .last = v[SRC_PARTS + PART_WHO] && reader_word(r, v[SRC_RECORDS], "records", records, 0) == 0,
                .stock = reader_flag(r, v[SRC_STOCK], "stock"),
        };
        for (int i = 0; i < SOURCE_PARTS; i++) {
                ret->places[i] = v[SRC_PARTS + i];
                ret->texts[i] = v[SRC_PARTS + i] ? v[SRC_PARTS + i]->text : NULL;
        }
        check_source(r, map, v, ret, indicator);
}

void reader_sources(struct reader *r, const struct ynode *list, struct indicator *indicator)
{
        struct indicator_source *all = ARENA_ARRAY(r->arena, struct indicator_source, list->n);
        for (const struct ynode *map = list->first; map; map = map->next)
                read_source(r, map, indicator, &all[indicator->sources_n++]);
        indicator->sources = all;
}

