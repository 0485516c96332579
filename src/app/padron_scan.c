/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The first look through a padrón: how many rows and of which UGEL, and
 * whether codes lost their zeros, which must be known before anything is
 * stored.
 */
#include "padron_priv.h"

#include <stdlib.h>
#include <string.h>

static struct padron_ugel *ugel_of(struct padron *padron, const char *code)
{
        struct padron_scan *scan = &padron->scan;
        if (padron->last_ugel < scan->ugels_n && strcmp(padron->ugels[padron->last_ugel].code, code) == 0)
                return &padron->ugels[padron->last_ugel];
        for (int i = 0; i < scan->ugels_n; i++)
                if (strcmp(padron->ugels[i].code, code) == 0) {
                        padron->last_ugel = i;
                        return &padron->ugels[i];
                }
        return NULL;
}

/* Counted by code; names come from the first row that has one. A damaged file may invent codes: 2,000 are
 * enough. */
static void count_ugel(struct padron *padron, const char *code)
{
        enum { UGELS_MAX = 2000 };
        struct padron_scan *scan = &padron->scan;
        struct padron_ugel *ugel = ugel_of(padron, code);
        if (!ugel && scan->ugels_n == UGELS_MAX)
                return;
        if (!ugel) {
                if (scan->ugels_n == padron->ugels_room) {
                        padron->ugels_room = padron->ugels_room ? 2 * padron->ugels_room : 32;
                        padron->ugels =
                                xrealloc(padron->ugels, (size_t)padron->ugels_room * sizeof *padron->ugels);
                }
                padron->last_ugel = scan->ugels_n;
                ugel = &padron->ugels[scan->ugels_n++];
                *ugel = (struct padron_ugel){.name = ""};
                snprintf(ugel->code, sizeof ugel->code, "%s", code);
        }
        ugel->rows++;
        const char *name = !*ugel->name && padron->map.ugel_name >= 0
                                   ? intake_cell(padron->intake, padron->map.ugel_name)
                                   : NULL;
        if (name && *name)
                ugel->name = arena_strdup(&padron->arena, name);
}

static void check_code(struct padron *padron, int column, int width, const char *name)
{
        const char *cell = intake_cell(padron->intake, column), *code;
        if (!cell || padron_code(cell, width, false, &padron->row, &code) != CODE_SHORT ||
            !code[strspn(code, "0")])
                return;
        if (padron->scan.short_codes++ == 0)
                padron->scan.short_example = arena_printf(&padron->arena, "%s %.20s", name, code);
}

static void check_codes(struct padron *padron)
{
        check_code(padron, padron->map.cod_mod, COD_MOD_DIGITS, "COD_MOD");
        for (int i = 0; i < padron->map.sources_n; i++) {
                const struct padron_source *source = &padron->map.sources[i];
                if (source->rule->kind == PADRON_CODE)
                        check_code(padron, source->column, source->rule->width, source->rule->column);
        }
}

static void look_at_row(struct padron *padron)
{
        const char *cell = padron->map.ugel >= 0 ? intake_cell(padron->intake, padron->map.ugel) : "",
                   *code = "";
        bool readable = cell && padron_code(cell, UGEL_DIGITS, true, &padron->row, &code) == CODE_GOOD;
        if (readable)
                count_ugel(padron, code);
        if (padron->scope.n && !(readable && scope_holds(&padron->scope, code)))
                return;
        padron->scan.in_scope++;
        check_codes(padron);
}

static int by_rows(const void *a, const void *b)
{
        const struct padron_ugel *x = a, *y = b;
        return x->rows != y->rows ? (x->rows < y->rows ? 1 : -1) : strcmp(x->code, y->code);
}

static void list_columns(struct padron *padron)
{
        const struct intake_info *info = intake_info(padron->intake);
        struct str unknown = STR_INIT, personal = STR_INIT;
        int n;
        const struct padron_rule *rules = padron_rules(&n);
        for (int i = 0; i < info->columns_n; i++) {
                const struct padron_rule *rule = NULL;
                for (int k = 0; k < n && !rule; k++)
                        rule = intake_column(padron->intake, rules[k].column) == i ? &rules[k] : NULL;
                struct str *list = rule && rule->flags & PERSONAL ? &personal : &unknown;
                if (i != padron->map.cod_mod && i != padron->map.anexo && (!rule || rule->flags & PERSONAL))
                        str_addf(list, "%s%s", list->len ? ", " : "",
                                 *info->columns[i] ? info->columns[i] : _("(sin nombre)"));
        }
        padron->scan.unknown = arena_strdup(&padron->arena, unknown.text);
        padron->scan.personal = arena_strdup(&padron->arena, personal.text);
        str_release(&unknown);
        str_release(&personal);
}

static enum err_code none_in_scope(struct padron *padron, struct err *err)
{
        struct str there = STR_INIT;
        const char *asked = scope_words(&padron->scope, &padron->arena);
        if (padron->map.ugel < 0)
                return err_set(
                        err, ERR_REFUSED,
                        _("el archivo no tiene la columna CODOOII y no se sabe de qué UGEL es cada fila; "
                          "para importarlo entero use --todo"));
        for (int i = 0; i < padron->scan.ugels_n && i < 6; i++)
                str_addf(&there, "%s%s (%lld)", i ? ", " : "", padron->ugels[i].code,
                         (long long)padron->ugels[i].rows);
        enum err_code rc =
                err_set(err, ERR_REFUSED, _("ninguna fila entra (se pidió %s); el archivo trae %s%s"), asked,
                        there.len ? there.text : _("filas sin UGEL"), padron->scan.ugels_n > 6 ? "…" : "");
        str_release(&there);
        return rc;
}

enum err_code padron_look(struct padron *padron, struct err *err)
{
        enum {
                CHANCE = 100
        }; /* one row in so many with a short code is damage, more is a spreadsheet's doing */
        const struct intake_info *info = intake_info(padron->intake);
        struct padron_scan *scan = &padron->scan;
        enum intake_step step;
        scan->kind = info->kind;
        scan->encoding = info->encoding;
        scan->note = info->note;
        scan->scope = scope_words(&padron->scope, &padron->arena);
        scan->short_example = "";
        while ((step = intake_next(padron->intake)) != INTAKE_END) {
                arena_clear(&padron->row);
                scan->rows++;
                if (step == INTAKE_ROW)
                        look_at_row(padron);
        }
        intake_rewind(padron->intake);
        list_columns(padron);
        if (scan->ugels_n)
                qsort(padron->ugels, (size_t)scan->ugels_n, sizeof *padron->ugels, by_rows);
        scan->ugels = padron->ugels;
        scan->zeros_lost = scan->short_codes * CHANCE > scan->in_scope;
        if (padron->scope.is_unknown && scan->ugels_n > 1)
                return err_set(err, ERR_REFUSED, _("no se sabe qué código tiene su UGEL en el padrón; dígalo con --ugel "
                                                   "(en la pantalla, F4), o importe todo con --todo (en la pantalla, *)"));
        return scan->in_scope == 0 && padron->scope.n ? none_in_scope(padron, err) : ERR_OK;
}
