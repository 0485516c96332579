/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The padrón's columns as questions of institucion: rows of padron.def.
 * Columns come and go between cuts, so each is looked for by name and only the
 * key is compulsory.  Nothing here decides what is written.
 */
#include "padron_priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/json.h"
#include "base/utf8.h"

static const struct padron_rule rules[] = {
#define COLUMN(column, question, kind, width, flags) {column, question, PADRON_##kind, width, flags},
#include "padron.def"
#undef COLUMN
};

const struct padron_rule *padron_rules(int *ret_n)
{
        *ret_n = (int)ARRAY_LEN(rules);
        return rules;
}

/* ---- Columns of this file ---- */

static int slot_for(struct padron_map *map, const struct padron_rule *rule, const struct node *node)
{
        for (int i = 0; i < map->slots_n; i++)
                if (strcmp(map->slots[i].question, rule->question) == 0)
                        return i;
        map->slots[map->slots_n] = (struct padron_slot){
                .question = rule->question, .kind = rule->kind, .flags = rule->flags,
                .label = *node->label.plain ? node->label.plain : rule->question};
        return map->slots_n++;
}

enum err_code padron_map_init(struct padron_map *map, const struct intake *intake, const struct form *form,
                              bool personal, struct err *err)
{
        _Static_assert(ARRAY_LEN(rules) <= PADRON_RULES_MAX, "more rules than places for them");
        *map = (struct padron_map){.cod_mod = intake_column(intake, "COD_MOD"), .anexo = intake_column(intake, "ANEXO"),
                                   .ugel = intake_column(intake, "CODOOII"), .ugel_name = intake_column(intake, "D_DREUGEL"),
                                   .provinces = form_find_list(form, "provincia_inei"),
                                   .districts = form_find_list(form, "distrito_inei")};
        if (map->cod_mod < 0 || map->anexo < 0)
                return err_set(err, ERR_INVALID, map->cod_mod < 0 ? _("no tiene la columna COD_MOD: no es un padrón de instituciones")
                                                                  : _("no tiene la columna ANEXO: no es un padrón de instituciones"));
        for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
                int column = intake_column(intake, rules[i].column), node = form_find(form, rules[i].question);
                if (column < 0 || node < 0 || (rules[i].flags & PERSONAL && !personal))
                        continue;
                map->sources[map->sources_n++] = (struct padron_source){
                        .rule = &rules[i], .column = column, .slot = slot_for(map, &rules[i], &form->nodes[node]),
                        .list = form->nodes[node].list};
        }
        return ERR_OK;
}

/* ---- Codes ---- */

/* ="0234567" and '0234567 are how spreadsheets are made to keep a zero. */
static const char *undress(const char *cell, struct arena *arena)
{
        size_t len = strlen(cell);
        if (len >= 3 && str_starts(cell, "=\"") && cell[len - 1] == '"')
                return arena_strndup(arena, cell + 2, len - 3);
        return *cell == '\'' ? cell + 1 : cell;
}

enum code_state padron_code(const char *cell, int width, bool zeros, struct arena *arena, const char **ret)
{
        const char *text = undress(cell, arena);
        size_t digits = strspn(text, "0123456789");
        bool fraction = digits && strcmp(text + digits, ".0") == 0; /* of programs that took it for a number */
        *ret = text;
        if (!*text)
                return CODE_EMPTY;
        if ((text[digits] && !fraction) || (int)digits > width)
                return CODE_BAD;
        if ((int)digits == width && !fraction)
                return CODE_GOOD;
        if (!zeros)
                return CODE_SHORT;
        *ret = arena_printf(arena, "%0*d%.*s", width - (int)digits, 0, (int)digits, text);
        if ((int)digits == width)
                *ret = arena_strndup(arena, text, digits);
        return CODE_GOOD;
}

static bool all_zeros(const char *text)
{
        return text[strspn(text, "0")] == '\0';
}

/* ---- The key ---- */

static bool key_part(const struct padron_map *map, struct intake *intake, int column, int width, char *out,
                     const char *name, struct arena *arena, char reason[PADRON_REASON])
{
        const char *cell = intake_cell(intake, column), *code;
        if (!cell) {
                snprintf(reason, PADRON_REASON, _("%s tiene bytes que no son texto"), name);
                return false;
        }
        enum code_state state = padron_code(cell, width, map->zeros, arena, &code);
        if (state == CODE_GOOD && (width == 1 || !all_zeros(code))) {
                memcpy(out, code, (size_t)width + 1);
                return true;
        }
        if (state == CODE_EMPTY)
                snprintf(reason, PADRON_REASON, _("%s está vacío"), name);
        else if (state == CODE_SHORT)
                snprintf(reason, PADRON_REASON, _("%s «%.20s» tiene menos de %d dígitos; si perdió ceros, importe con --ceros"), name, code, width);
        else
                snprintf(reason, PADRON_REASON, _("%s «%.20s» no es un código de %d dígitos"), name, code, width);
        return false;
}

bool padron_read_key(const struct padron_map *map, struct intake *intake, struct padron_row *row, struct arena *arena,
                     char reason[PADRON_REASON])
{
        *row->cod_mod = *row->anexo = '\0';
        return key_part(map, intake, map->cod_mod, COD_MOD_DIGITS, row->cod_mod, "COD_MOD", arena, reason) &&
               key_part(map, intake, map->anexo, 1, row->anexo, "ANEXO", arena, reason);
}

/* ---- Values ---- */

enum reading { READ_GOOD, READ_NOTHING, READ_STRANGE };

static enum reading read_code(const char *cell, int width, bool zeros, struct arena *arena, const char **ret)
{
        enum code_state state = padron_code(cell, width, zeros, arena, ret);
        if (state == CODE_EMPTY || all_zeros(*ret))
                return READ_NOTHING;
        return state == CODE_GOOD ? READ_GOOD : READ_STRANGE;
}

static enum reading read_number(const char *cell, struct arena *arena, const char **ret)
{
        size_t digits = strspn(cell, "0123456789");
        if (!digits || digits > 9 || (cell[digits] && strspn(cell + digits, ".0") != strlen(cell + digits)))
                return READ_STRANGE;
        *ret = arena_printf(arena, "%lld", atoll(cell));
        return READ_GOOD;
}

/* Spreadsheets in Spanish write a comma. */
static enum reading read_degrees(const char *cell, struct arena *arena, const char **ret)
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
static enum reading read_date(const char *cell, struct arena *arena, const char **ret)
{
        enum { EXCEL_ZERO = -25569 };
        char text[DATE_TEXT];
        int64_t days;
        size_t len = strlen(cell), digits = strspn(cell, "0123456789");
        if (digits == len && len == 5)
                days = atoll(cell) + EXCEL_ZERO;
        else if (digits == len && len == 8)
                days = date_parse(arena_printf(arena, "%.4s-%.2s-%s", cell, cell + 4, cell + 6), &days) ? days : INT64_MIN;
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
                found = size && wanted[size - 1] == '*' ? strncmp(folded, wanted, size - 1) == 0 : strcmp(folded, wanted) == 0;
                free(form);
                free(wanted);
                forms += len + (forms[len] == '|');
        }
        return found;
}

static enum reading read_choice(const char *cell, const struct choice_list *list, const char **ret)
{
        enum reading reading = READ_STRANGE;
        const struct choice *choice = choice_list_find(list, cell);
        char *folded = choice ? NULL : utf8_fold(cell);
        for (int i = 0; !choice && i < list->n; i++) {
                char *label = utf8_fold(list->choices[i].label);
                if (strcmp(folded, label) == 0 || is_form_of(folded, choice_column(&list->choices[i], "padron")))
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

static enum reading read_value(const struct padron_map *map, const struct padron_source *source, const char *cell,
                               struct arena *arena, const char **ret)
{
        const char *code = cell;
        *ret = cell;
        switch (source->rule->kind) {
        case PADRON_CODE:
                return read_code(cell, source->rule->width, map->zeros, arena, ret);
        case PADRON_NUMBER:
                return read_number(cell, arena, ret);
        case PADRON_DEGREES:
                return read_degrees(cell, arena, ret);
        case PADRON_DATE:
                return read_date(cell, arena, ret);
        case PADRON_CHOICE:
                if (source->rule->width)
                        padron_code(cell, source->rule->width, map->zeros, arena, &code);
                return read_choice(code, source->list, ret);
        default:
                return READ_GOOD;
        }
}

/* One cell into its slot. False if the row cannot go in. */
static bool take_cell(const struct padron_map *map, struct intake *intake, const struct padron_source *source,
                      struct padron_row *row, struct arena *arena, char reason[PADRON_REASON])
{
        const char *cell = intake_cell(intake, source->column), *value;
        if (!cell) {
                snprintf(reason, PADRON_REASON, _("%s tiene bytes que no son texto en esta codificación"), source->rule->column);
                return false;
        }
        if (!*cell || *row->values[source->slot])
                return true;
        enum reading reading = read_value(map, source, cell, arena, &value);
        if (reading == READ_GOOD) {
                row->values[source->slot] = value;
                row->strange[source->slot] = NULL;
        } else if (reading == READ_STRANGE && source->rule->flags & LOOSE) {
                if (!(source->rule->flags & QUIET))
                        row->strange[source->slot] = cell;
        } else if (reading == READ_STRANGE) {
                snprintf(reason, PADRON_REASON, _("%s: «%.40s» no es un valor conocido"), source->rule->column, cell);
                return false;
        }
        return true;
}

bool padron_read_values(const struct padron_map *map, struct intake *intake, struct padron_row *row, struct arena *arena,
                        char reason[PADRON_REASON])
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
