/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A world for expressions made from a JSON object of answers, for
 * `simae expresion --respuestas FILE.json` and for tests.
 *
 *      {"nombre": "Ana", "edad": 9, "apto": true, "nota": null,
 *       "fecha": {"date": "2026-03-01"},  "notas": [14, null, 17],
 *       "alumnos": [{"dni": "1", "edad": 8}, {"dni": "2", "edad": 9}]}
 *
 * Strings, numbers and booleans are what they look like, null is empty.  A
 * string stays a string, and converts by itself where a date is needed; an
 * object with the single key date, datetime, time or set is a value of that
 * kind.  An array of plain values is a sequence.  An array of objects is a
 * repeat, whose fields are sequences.  Any other object is a group: its members
 * count as if they stood outside it.
 *
 * Keys that cannot be names of questions give the rest of the world:
 *
 *      "."            the current answer
 *      "@position"    {"..": 2, "alumnos": 1}
 *      "@previous"    {"nivel": "2"}              previous(nivel)
 *      "@attributes"  {"ie-1": {"nivel": "F0"}}   attribute('ie-1', nivel)
 *      "@choices"     {"nivel": {"1": "Nivel I"}} jr:choice-name('1', '${nivel}')
 *      "@lists"       {"ugel": [{"name": "08", "label": "Lima"}]}  instance-lookup()
 *      "@records"     {"alerta": [{"ie": "ie-1"}]}  count-records(alerta, ie, 'ie-1')
 *      "@id"          "00ff…"                     record-id()
 *      "@columns"     {"region": "15"}            bare names, as in a choice filter
 */
#ifndef SIMAE_EXPR_JSON_ENV_H
#define SIMAE_EXPR_JSON_ENV_H

#include <jansson.h>

#include "expr/expr.h"

struct json_env {
        struct expr_names names; /* for expr_parse() */
        struct expr_env env;     /* for expr_eval() */
        struct arena arena;
        json_t *answers; /* a reference of its own; NULL if there are none */
        struct json_name *entries;
        int entries_n, entries_room;
};

/*
 * `answers` may be NULL: then no name is known.  The struct must stay where it
 * is while `names` and `env` are in use.  On failure there is nothing to release.
 */
enum err_code json_env_init(struct json_env *json_env, json_t *answers, struct err *err);
void json_env_release(struct json_env *json_env);

#endif
