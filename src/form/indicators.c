/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions to the loaded indicators, and the words of their enums (contract in form/indicators.h). */
#include <stdlib.h>

#include "indicators_priv.h"
#include "expr/value.h"

const struct indicator_word indicator_units[] = {
#define UNIT(symbol, name, sign, ratio) {name, sign, ratio},
#include "form/indicator_words.def"
        {NULL, NULL, 0},
};
const struct indicator_word indicator_counted[] = {
#define COUNTED(symbol, name, plural, people) {name, plural, people},
#include "form/indicator_words.def"
        {NULL, NULL, 0},
};
const struct indicator_word indicator_computed[] = {
        {"", "", 0},
#define COMPUTED(symbol, name, about) {name, about, 0},
#include "form/indicator_words.def"
        {NULL, NULL, 0},
};
const char *const indicator_directions[] = {"", "sube", "baja", "contexto", NULL};

static struct indicators_private *private_of(const struct indicators *indicators)
{
        return (struct indicators_private *)indicators;
}

struct indicators *indicators_load_with(const char *dir, const char *own, struct err_list *list)
{
        struct mistakes mistakes = {0};
        struct indicators *indicators = indicators_read(dir, own, &mistakes);
        mistakes_tell(&mistakes, list);
        mistakes_release(&mistakes);
        return indicators;
}

struct indicators *indicators_load(const char *dir, struct err_list *list)
{
        return indicators_load_with(dir, NULL, list);
}

void indicators_free(struct indicators *indicators)
{
        if (!indicators)
                return;
        /* They live in the arena that they point to. */
        struct arena *arena = indicators->arena;
        arena_release(arena);
        free(arena);
}

int indicators_find(const struct indicators *indicators, const char *key)
{
        return name_table_get(&private_of(indicators)->keys, key);
}

const struct indicator_parameter *indicators_parameter(const struct indicators *indicators, const char *name)
{
        int at = name_table_get(&private_of(indicators)->parameters, name);
        return at < 0 ? NULL : &indicators->parameters[at];
}

bool indicators_set(struct indicators *indicators, const char *name, double value)
{
        int at = name_table_get(&private_of(indicators)->parameters, name);
        if (at < 0)
                return false;
        indicators->parameters[at].value = value;
        indicators->parameters[at].text = value_number_text(value, indicators->arena);
        return true;
}

const char *indicator_unit_name(enum indicator_unit unit)
{
        return indicator_units[unit].name;
}

const char *indicator_unit_sign(enum indicator_unit unit)
{
        return indicator_units[unit].words;
}

bool indicator_is_ratio(const struct indicator *indicator)
{
        return indicator_units[indicator->unit].flag;
}

const char *indicator_counted_words(enum indicator_counted counted)
{
        return indicator_counted[counted].words;
}

const char *indicator_computed_name(enum indicator_computed computed)
{
        return indicator_computed[computed].name;
}

const char *indicator_computed_about(enum indicator_computed computed)
{
        return indicator_computed[computed].words;
}

const char *indicator_direction_name(enum indicator_direction direction)
{
        return indicator_directions[direction];
}

const char *source_part_name(enum source_part part)
{
        static const char *const names[SOURCE_PARTS] = {"when", "who", "date", "num", "partial", "den", "by"};
        return names[part];
}
