/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The padrón's columns as questions of institucion: rows of padron.def.
 * Columns come and go between cuts, so each is looked for by name and only the
 * key is compulsory.  Nothing here decides what is written.
 */
#include "padron_priv.h"

#include <string.h>

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
        map->slots[map->slots_n] =
                (struct padron_slot){.question = rule->question,
                                     .kind = rule->kind,
                                     .flags = rule->flags,
                                     .label = *node->label.plain ? node->label.plain : rule->question};
        return map->slots_n++;
}

enum err_code padron_map_init(struct padron_map *map, const struct intake *intake, const struct form *form,
                              bool personal, struct err *err)
{
        _Static_assert(ARRAY_LEN(rules) <= PADRON_RULES_MAX, "more rules than places for them");
        *map = (struct padron_map){.cod_mod = intake_column(intake, "COD_MOD"),
                                   .anexo = intake_column(intake, "ANEXO"),
                                   .ugel = intake_column(intake, "CODOOII"),
                                   .ugel_name = intake_column(intake, "D_DREUGEL"),
                                   .provinces = form_find_list(form, "provincia_inei"),
                                   .districts = form_find_list(form, "distrito_inei")};
        if (map->cod_mod < 0 || map->anexo < 0)
                return err_set(err, ERR_INVALID,
                               map->cod_mod < 0
                                       ? _("no tiene la columna COD_MOD: no es un padrón de instituciones")
                                       : _("no tiene la columna ANEXO: no es un padrón de instituciones"));
        for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
                int column = intake_column(intake, rules[i].column),
                    node = form_find(form, rules[i].question);
                if (column < 0 || node < 0 || (rules[i].flags & PERSONAL && !personal))
                        continue;
                map->sources[map->sources_n++] =
                        (struct padron_source){.rule = &rules[i],
                                               .column = column,
                                               .slot = slot_for(map, &rules[i], &form->nodes[node]),
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
        bool fraction =
                digits && strcmp(text + digits, ".0") == 0; /* of programs that took it for a number */
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

bool padron_all_zeros(const char *text)
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
        if (state == CODE_GOOD && (width == 1 || !padron_all_zeros(code))) {
                memcpy(out, code, (size_t)width + 1);
                return true;
        }
        if (state == CODE_EMPTY)
                snprintf(reason, PADRON_REASON, _("%s está vacío"), name);
        else if (state == CODE_SHORT)
                snprintf(reason, PADRON_REASON,
                         _("%s «%.20s» tiene menos de %d dígitos; si perdió ceros, importe con --ceros"),
                         name, code, width);
        else
                snprintf(reason, PADRON_REASON, _("%s «%.20s» no es un código de %d dígitos"), name, code,
                         width);
        return false;
}

bool padron_read_key(const struct padron_map *map, struct intake *intake, struct padron_row *row,
                     struct arena *arena, char reason[PADRON_REASON])
{
        *row->cod_mod = *row->anexo = '\0';
        return key_part(map, intake, map->cod_mod, COD_MOD_DIGITS, row->cod_mod, "COD_MOD", arena, reason) &&
               key_part(map, intake, map->anexo, 1, row->anexo, "ANEXO", arena, reason);
}
