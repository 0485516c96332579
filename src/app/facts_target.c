/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Targets as facts: a record of the form `meta` keeps its value among the
 * totals as things are now, under "meta:" and the key of the indicator, so that
 * the Balance reads it with the figures.  The last of an indicator, UGEL and
 * period counts.
 */
#include "app_priv.h"

#include <stdlib.h>
#include <string.h>

#include "store/facts.h"

/* As text, whatever the kind of the answer; "" if there is none. */
static const char *text_of(const json_t *answers, const char *name, struct arena *arena)
{
        const json_t *json = json_object_get(answers, name);
        if (json_is_integer(json))
                return arena_printf(arena, "%lld", (long long)json_integer_value(json));
        return json_is_string(json) ? arena_strdup(arena, json_string_value(json)) : "";
}

bool target_fact(const struct form *form, const json_t *answers, struct arena *arena, struct fact *ret)
{
        const json_t *value = json_object_get(answers, "valor");
        if (strcmp(form->id, "meta") != 0 || !json_is_number(value))
                return false;
        const char *key = text_of(answers, "indicador", arena), *period = text_of(answers, "periodo", arena);
        if (!*period)
                period = text_of(answers, "anio", arena);
        *ret = (struct fact){
                .indicator = arena_printf(arena, FACT_TARGET "%s", key),
                .by = period,
                .who = arena_printf(arena, FACT_TARGET "%s %s %s", key, text_of(answers, "ugel", arena), period),
                .flags = FACT_COUNTS | FACT_LAST | FACT_STOCK | FACT_UGEL_ONLY,
                .num = fact_number(json_number_value(value)),
        };
        return *key && *period;
}
