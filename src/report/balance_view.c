/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a board of the Balance looks at, to text and back (contract in report/balance_view.h). */
#include "report/balance_view.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/str.h"

static const struct { const char *name, *title; } splits[SPLITS] = {
        {"ugel", _("UGEL")},
#define DIMENSION(symbol, name, heading, questions) {name, heading},
#include "store/dimensions.def"
#undef DIMENSION
        {"desglose", _("Desglose")},
};

/* In the middle of a sentence; in the order of the rows above. */
static const char *const split_words[] = {_("por UGEL"),           _("por nivel"), _("por área"),    _("por característica"),
                                          _("por condición"), _("por red"),   _("por desglose")};
_Static_assert(ARRAY_LEN(split_words) == SPLITS, "each way of telling figures apart has its words");

const char *balance_split_name(int split)
{
        return splits[split].name;
}

const char *balance_split_by(int split)
{
        return split_words[split];
}

const char *balance_split_title(int split)
{
        return splits[split].title;
}

static enum err_code read_split(const char *name, struct balance_view *view, struct err *err)
{
        const char *names[SPLITS];
        for (int i = 0; i < SPLITS; i++) {
                names[i] = splits[i].name;
                if (strcmp(names[i], name) == 0) {
                        view->split = i;
                        return ERR_OK;
                }
        }
        const char *near = str_nearest(name, names, SPLITS);
        return err_set(err, ERR_USAGE, _("«por=%s» no se conoce; es ugel, nivel, area, tipo_ie, condicion, red o desglose%s%s%s."), name,
                       near ? _(" (¿quiso decir ") : "", near ? near : "", near ? "?)" : "");
}

static enum err_code read_part(char *part, struct balance_view *view, struct err *err)
{
        char *text = strchr(part, '=');
        if (text)
                *text++ = '\0';
        if (text && strcmp(part, "indicador") == 0)
                view->indicator = text;
        else if (text && strcmp(part, "periodo") == 0)
                view->period = text;
        else if (text && strcmp(part, "ugel") == 0)
                view->ugel = strcmp(text, "todas") == 0 ? "" : text;
        else if (text && strcmp(part, "valor") == 0)
                view->value = text;
        else if (text && strcmp(part, "por") == 0)
                return read_split(text, view, err);
        else
                return err_set(err, ERR_USAGE, _("«%.60s» no se entiende; se escribe como indicador=CLAVE;periodo=2026-T3;ugel=060001;por=nivel."), part);
        return ERR_OK;
}

enum err_code balance_view_read(const char *argument, struct arena *arena, struct balance_view *ret, struct err *err)
{
        char *rest = arena_strdup(arena, argument), *part;
        enum err_code rc = ERR_OK;
        *ret = (struct balance_view){.indicator = "", .period = ""};
        while (rc == ERR_OK && (part = strsep(&rest, ";")))
                if (*part)
                        rc = read_part(part, ret, err);
        return rc;
}

const char *balance_view_write(const struct balance_view *view, struct arena *arena)
{
        struct str text = STR_INIT;
        if (*view->indicator)
                str_addf(&text, "indicador=%s;", view->indicator);
        if (*view->period)
                str_addf(&text, "periodo=%s;", view->period);
        if (view->ugel)
                str_addf(&text, "ugel=%s;", *view->ugel ? view->ugel : "todas");
        if (view->split != DIMENSION_NONE)
                str_addf(&text, "por=%s;", splits[view->split].name);
        if (view->value)
                str_addf(&text, "valor=%s;", view->value);
        const char *kept = arena_strndup(arena, text.text, text.len ? text.len - 1 : 0);
        str_release(&text);
        return kept;
}

/* ---- Periods ---- */

int balance_period_kind(const char *period)
{
        size_t digits = strspn(period, "0123456789");
        return digits == 4 && period[4] == '\0' ? 1 : digits == 4 && str_starts(period + 4, "-T") ? 0 : 2;
}

enum err_code balance_period_of(struct store *store, int kind, int64_t day, struct arena *arena, const char **ret, struct err *err)
{
        struct fact_block *blocks;
        int n;
        *ret = kind == 1 ? arena_printf(arena, "%04d", date_to_civil(day).year) : balance_quarter(day, arena);
        if (kind < 2)
                return ERR_OK;
        enum err_code rc = store_facts_blocks(store, arena, &blocks, &n, err);
        *ret = NULL;
        for (int i = 0; rc == ERR_OK && i < n; i++)
                if (blocks[i].first <= day)
                        *ret = blocks[i].code;
        return rc;
}

static enum err_code block_after(struct store *store, const char *period, struct arena *arena, const char **ret, struct err *err)
{
        struct fact_block *blocks;
        int n;
        enum err_code rc = store_facts_blocks(store, arena, &blocks, &n, err);
        for (int i = 0; rc == ERR_OK && !*ret && i < n; i++) {
                const char *before;
                rc = balance_before(store, blocks[i].code, arena, &before, err);
                if (rc == ERR_OK && before && strcmp(before, period) == 0)
                        *ret = blocks[i].code;
        }
        return rc;
}

enum err_code balance_after(struct store *store, const char *period, struct arena *arena, const char **ret, struct err *err)
{
        int year = 0, quarter = 0, kind = balance_period_kind(period);
        *ret = NULL;
        if (kind == 2)
                return block_after(store, period, arena, ret, err);
        sscanf(period, "%4d-T%1d", &year, &quarter);
        if (year >= 9999)
                return ERR_OK;
        if (kind == 1)
                *ret = arena_printf(arena, "%04d", year + 1);
        else
                *ret = arena_printf(arena, "%04d-T%d", quarter < 4 ? year : year + 1, quarter < 4 ? quarter + 1 : 1);
        return ERR_OK;
}

struct naming { const char *period, *name; struct arena *arena; };

static enum err_code take_name(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        struct naming *naming = ctx;
        (void)record;
        (void)err;
        if (strcmp(answers[0], naming->period) == 0)
                naming->name = arena_strdup(naming->arena, answers[1]);
        return ERR_OK;
}

const char *balance_period_name(struct store *store, const char *period, struct arena *arena)
{
        static const char *const names[] = {"clave", "nombre"};
        struct store_query query = {.form = "periodo", .entities = true};
        struct naming naming = {period, "", arena};
        if (balance_period_kind(period) == 2)
                store_walk(store, &query, names, 2, take_name, &naming, NULL);
        return naming.name;
}

const char *balance_period_words(struct store *store, const char *period, struct arena *arena)
{
        static const char *const romans[] = {"I", "II", "III", "IV"};
        int kind = balance_period_kind(period);
        int quarter = kind == 0 ? period[6] - '1' : 0;
        const char *name = balance_period_name(store, period, arena);
        if (kind == 1)
                return arena_printf(arena, _("año %s"), period);
        if (kind == 0 && quarter >= 0 && quarter < 4)
                return arena_printf(arena, _("%s trimestre de %.4s"), romans[quarter], period);
        if (*name)
                return name;
        if (strspn(period, "0123456789") == 4 && str_starts(period + 4, "_l"))
                return arena_printf(arena, _("bloque lectivo %s de %.4s"), period + 6, period);
        return arena_printf(arena, _("periodo %s"), period);
}
