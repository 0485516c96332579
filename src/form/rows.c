/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mappings with a few fixed keys (contract in rows.h). */
#include "rows.h"

#include <string.h>

#include "base/str.h"

static int find(const struct key_row *rows, int n, const char *name)
{
        for (int i = 0; i < n; i++)
                if (strcmp(rows[i].name, name) == 0)
                        return i;
        return -1;
}

/* The row for which a misspelt key stands; -1: none, or one that is there too. */
static int unknown_key(const struct row_reader *r, const struct ynode *map, const struct ynode *key,
                       const struct key_row *rows, int n)
{
        const char *words[ROWS_KEYS_MAX];
        for (int i = 0; i < n; i++)
                words[i] = rows[i].name;
        const char *near = str_nearest(key->text, words, (size_t)n);
        mistake_at(r->mistakes, key, _("no se conoce la clave «%.60s»%s"), key->text,
                   did_you_mean(r->work, key->text, words, (size_t)n));
        return near && !yaml_key(map, near) ? find(rows, n, near) : -1;
}

static bool value_fits(const struct row_reader *r, const struct ynode *key, const struct key_row *row)
{
        const struct ynode *value = key->value;
        if (value->kind == Y_BROKEN)
                return false;
        if (value->kind != (uint8_t)row->kind)
                mistake_at(r->mistakes, value, "%s %s", row->name, row->expected ? row->expected : _("es un texto"));
        else if (row->kind == Y_SCALAR && str_blank(value->text))
                mistake_at(r->mistakes, value, _("%s está vacío"), row->name);
        else
                return true;
        return false;
}

bool rows_read(const struct row_reader *r, const struct ynode *map, const struct key_row *rows, int n,
               const struct ynode **ret, uint32_t *ret_written)
{
        int before = r->mistakes->all;
        uint32_t present = 0;
        for (const struct ynode *key = map->first; key; key = key->next) {
                if (key->kind != Y_SCALAR)
                        continue;
                int at = find(rows, n, key->text);
                if (at < 0 && (at = unknown_key(r, map, key, rows, n)) < 0)
                        continue;
                if (present >> at & 1)
                        mistake_at(r->mistakes, key, _("la clave «%s» se repite"), rows[at].name);
                else if (strcmp(rows[at].name, key->text) == 0 && value_fits(r, key, &rows[at]))
                        ret[at] = key->value;
                present |= UINT32_C(1) << at;
        }
        for (int i = 0; i < n; i++)
                if (rows[i].needed && !(present >> i & 1))
                        mistake_at(r->mistakes, map, _("falta la clave %s"), rows[i].name);
        if (ret_written)
                *ret_written = present;
        return r->mistakes->all == before;
}
