/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The cells of a row as answers of institucion, in the texts that answers are
 * made of: codes with all their digits, choices by name, dates in ISO, numbers
 * with a point.  A cell that means nothing is an error of its row, or is left
 * out and told, as its rule in padron.def says.
 */
#include "padron_priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/json.h"
#include "base/utf8.h"

enum padron_reading { READ_GOOD, READ_NOTHING, READ_STRANGE };

static enum padron_reading read_code(const char *cell, int width, bool zeros, struct arena *arena, const char **ret)
{
        enum code_state state = padron_code(cell, width, zeros, arena, ret);
        if (state == CODE_EMPTY || padron_all_zeros(*ret))
                return READ_NOTHING;
        return state == CODE_GOOD ? READ_GOOD : READ_STRANGE;
}

static enum padron_reading read_number(const char *cell, struct arena *arena, const char **ret)
{
        size_t digits = strspn(cell, "0123456789");
        if (!digits || digits > 9 || (cell[digits] && strspn(cell + digits, ".0") != strlen(cell + digits)))
                return READ_STRANGE;
        *ret = arena_printf(arena, "%lld", atoll(cell));
        return READ_GOOD;
}

/* Spreadsheets in Spanish write a comma. */
static enum padron_reading read_degrees(const char *cell, struct arena *arena, const char **ret)
{
        char *text = arena_strdup(arena, cell), *comma = strchr(text, ','), *end;
        struct str out = STR_INIT;
        if (comma)
                *comma = '.';
        double degrees = strtod(text, &end);
        if (*end || !isfinite(degrees) || strspn(text, "+-.0123456789") != strlen(text))
                return READ_STRANGE;
        if (degrees == 0)
                return READ_NOTHING;
        json_t *number = degrees == floor(degrees) ? json_integer((json_int_t)degrees) : json_real(degrees);
        json_write(&out, number);
        json_decref(number);
        *ret = arena_strdup(arena, out.text);
        str_release(&out);
        return READ_GOOD;
}

/* dd/mm/aaaa, aaaa-mm-dd, aaaammdd, or the days that Excel counts. */
static enum padron_reading read_date(const char *cell, struct arena *arena, const char **ret)
{
        enum { EXCEL_ZERO = -25569 };
        char text[DATE_TEXT];
        int64_t days;
        size_t len = strlen(cell), digits = strspn(cell, "0123456789");
        if (digits == len && len == 5)
                days = atoll(cell) + EXCEL_ZERO;
        else if (digits == len && len == 8)
                days = date_parse(arena_printf(arena, "%.4s-%.2s-%s", cell, cell + 4, cell + 6), &days)
                               ? days
                               : INT64_MIN;
        else if (!date_parse_typed(arena_strndup(arena, cell, strcspn(cell, " T")), &days))
                days = INT64_MIN;
        if (days == INT64_MIN)
                return READ_STRANGE;
        *ret = arena_strdup(arena, date_format(days, text));
        return READ_GOOD;
}

/* One of the forms in which the list's `padron` column says that the padrón writes it: "1|Activo", "K*". */
static bool is_form_of(const char *folded, const char *forms)
{
        bool found = false;
        while (forms && *forms && !found) {
                size_t len = strcspn(forms, "|");
                char *form = xstrndup(forms, len), *wanted = utf8_fold(form);
                size_t size = strlen(wanted);
                found = size && wanted[size - 1] == '*' ? strncmp(folded, wanted, size - 1) == 0
                                                        : strcmp(folded, wanted) == 0;
                free(form);
                free(wanted);
                forms += len + (forms[len] == '|');
        }
        return found;
}

static enum padron_reading read_choice(const char *cell, const struct choice_list *list, const char **ret)
{
        enum padron_reading reading = READ_STRANGE;
        const struct choice *choice = choice_list_find(list, cell);
        char *folded = choice ? NULL : utf8_fold(cell);
        for (int i = 0; !choice && i < list->n; i++) {
                char *label = utf8_fold(list->choices[i].label);
                if (strcmp(folded, label) == 0 ||
                    is_form_of(folded, choice_column(&list->choices[i], "padron")))
                        choice = &list->choices[i];
                free(label);
        }
        if (choice) {
                *ret = choice->name;
                reading = READ_GOOD;
        }
        free(folded);
        return reading;
}

static enum padron_reading read_value(const struct padron_map *map, const struct padron_source *source,
                               const char *cell, struct arena *arena, const char **ret)
{
        const char *code = cell;
        *ret = cell;
        switch (source->rule->kind) {
        case PADRON_CODE: return read_code(cell, source->rule->width, map->zeros, arena, ret);
        case PADRON_NUMBER: return read_number(cell, arena, ret);
        case PADRON_DEGREES: return read_degrees(cell, arena, ret);
        case PADRON_DATE: return read_date(cell, arena, ret);
        case PADRON_CHOICE:
                if (source->rule->width)
                        padron_code(cell, source->rule->width, map->zeros, arena, &code);
                return read_choice(code, source->list, ret);
        default: return READ_GOOD;
        }
}

/* One cell into its slot. False if the row cannot go in. */
static bool take_cell(const struct padron_map *map, struct intake *intake, const struct padron_source *source,
                      struct padron_row *row, struct arena *arena, char reason[PADRON_REASON])
{
        const char *cell = intake_cell(intake, source->column), *value;
        if (!cell) {
                snprintf(reason, PADRON_REASON, _("%s tiene bytes que no son texto en esta codificación"),
                         source->rule->column);
                return false;
        }
        if (!*cell || *row->values[source->slot])
                return true;
        enum padron_reading reading = read_value(map, source, cell, arena, &value);
        if (reading == READ_GOOD) {
                row->values[source->slot] = value;
                row->strange[source->slot] = NULL;
        } else if (reading == READ_STRANGE && source->rule->flags & LOOSE) {
                if (!(source->rule->flags & QUIET))
                        row->strange[source->slot] = cell;
        } else if (reading == READ_STRANGE) {
                snprintf(reason, PADRON_REASON, _("%s: «%.40s» no es un valor conocido"),
                         source->rule->column, cell);
                return false;
        }
        return true;
}

bool padron_read_values(const struct padron_map *map, struct intake *intake, struct padron_row *row,
                        struct arena *arena, char reason[PADRON_REASON])
{
        for (int i = 0; i < map->slots_n; i++) {
                row->values[i] = "";
                row->strange[i] = NULL;
        }
        for (int i = 0; i < map->sources_n; i++)
                if (!take_cell(map, intake, &map->sources[i], row, arena, reason))
                        return false;
        return padron_check_ubigeo(map, row, reason);
}

const char *padron_value(const struct padron_map *map, const struct padron_row *row, const char *question)
{
        for (int i = 0; i < map->slots_n; i++)
                if (strcmp(map->slots[i].question, question) == 0)
                        return row->values[i];
        return "";
}
