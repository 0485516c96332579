/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The INEI and the RENIEC give the same six digits to different places: 0606
 * is Cutervo for one and Chota for the other.  The INEI's is the one kept, so
 * a row is believed only if its digits and its names are of the same place.
 * The places known are those of forms/listas/ubigeo.yaml.
 */
#include "padron_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* An empty name agrees with any. */
static bool agree(const char *a, const char *b)
{
        char *x = utf8_fold(a), *y = utf8_fold(b);
        bool same = !*x || !*y || strcmp(x, y) == 0;
        free(x);
        free(y);
        return same;
}

static const struct choice *by_label(const struct choice_list *list, const char *label)
{
        for (int i = 0; *label && i < list->n; i++)
                if (agree(list->choices[i].label, label))
                        return &list->choices[i];
        return NULL;
}

static bool refuse(char reason[PADRON_REASON], const char *ubigeo, const struct choice *inei,
                   const char *said, const struct choice *named)
{
        const char *reniec = named ? choice_column(named, "reniec") : NULL;
        bool theirs = reniec && strncmp(ubigeo, reniec, strlen(reniec)) == 0;
        snprintf(reason, PADRON_REASON, _("el ubigeo %.6s es de %.60s según el INEI y la fila dice %.60s%s"),
                 ubigeo, inei ? inei->label : _("otro lugar"), said,
                 theirs ? _(": es el código del RENIEC") : "");
        return false;
}

/* One level: the list's entry for the digits against the name in the row. */
static bool check_level(const struct choice_list *list, const char *ubigeo, int digits, const char *said,
                        char reason[PADRON_REASON])
{
        char code[UGEL_DIGITS + 1];
        snprintf(code, sizeof code, "%.*s", digits, ubigeo);
        const struct choice *inei = choice_list_find(list, code), *named = by_label(list, said);
        if (inei && !agree(inei->label, said))
                return refuse(reason, ubigeo, inei, said, named);
        /* All provinces are in the list, so digits that are not are nobody's; of districts, only those of its
         * names. */
        if (!inei && (digits == 4 || (named && strncmp(named->name, ubigeo, 4) == 0)))
                return refuse(reason, ubigeo, inei, said, named);
        return true;
}

bool padron_check_ubigeo(const struct padron_map *map, const struct padron_row *row,
                         char reason[PADRON_REASON])
{
        const char *ubigeo = padron_value(map, row, "ubigeo"),
                   *department = padron_value(map, row, "departamento");
        const char *province = padron_value(map, row, "provincia"),
                   *district = padron_value(map, row, "distrito");
        bool here = strncmp(ubigeo, "06", 2) == 0;
        if (!*ubigeo || !map->provinces || (!here && (!*department || !agree(department, "Cajamarca"))))
                return true;
        if (!here || !agree(department, "Cajamarca")) {
                snprintf(reason, PADRON_REASON, _("el ubigeo %.6s %s y la fila dice %.60s"), ubigeo,
                         here ? _("es de Cajamarca según el INEI") : _("no es de Cajamarca según el INEI"),
                         department);
                return false;
        }
        if (*province && !check_level(map->provinces, ubigeo, 4, province, reason))
                return false;
        return !*district || !map->districts || check_level(map->districts, ubigeo, 6, district, reason);
}
