/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbered lists.  At most LINEAR_ROWS rows are said at a time; words look for
 * others, «.mas» goes on, and a number chooses among those said last.
 *
 *      Registros: 3 de 340
 *      1. Quispe Ñahui, Rosa
 */
#include "linear_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* A list being read: what was asked and the rows said last. */
struct reading {
        const struct linear_list *list;
        struct arena *arena;
        char *words;
        int from, n;
        int64_t all;
        struct linear_row rows[LINEAR_ROWS];
};

/* ---- Matching ---- */

bool linear_matches(const char *text, const char *words)
{
        char *where = utf8_fold(text), *what = utf8_fold(words), *rest = NULL;
        bool all = true;
        for (char *word = strtok_r(what, " ", &rest); word && all; word = strtok_r(NULL, " ", &rest))
                all = strstr(where, word) != NULL;
        free(where);
        free(what);
        return all;
}

int linear_items_rows(void *ctx, const char *words, int from, int n, struct linear_row *rows,
                      struct arena *arena, int64_t *ret_all)
{
        const struct linear_items *items = ctx;
        int found = 0;
        (void)arena;
        *ret_all = 0;
        for (int i = 0; i < items->n; i++) {
                if (!linear_matches(items->rows[i].text, words))
                        continue;
                if ((*ret_all)++ >= from && found < n)
                        rows[found++] = items->rows[i];
        }
        return found;
}

/* ---- Saying ---- */

static void load(struct reading *r)
{
        const struct linear_list *list = r->list;
        r->n = list->rows(list->ctx, r->words, r->from, LINEAR_ROWS, r->rows, r->arena, &r->all);
}

static void look_for(struct reading *r, const char *words)
{
        char *copy = xstrdup(words);
        free(r->words);
        r->words = copy;
        r->from = 0;
        load(r);
}

static void say_rows(struct linear *l, const struct reading *r)
{
        for (int i = 0; i < r->n; i++) {
                const char *where = r->rows[i].where;
                linear_say(l, "%d. %s%s%s", r->from + i + 1, r->rows[i].text, where ? ", " : "",
                           where ? where : "");
        }
        if (r->from + r->n < r->all)
                linear_say(l, _("Van %d de %lld: .mas sigue; unas palabras buscan."), r->from + r->n,
                           (long long)r->all);
}

static void say_list(struct linear *l, const struct reading *r)
{
        if (r->n > 0)
                say_rows(l, r);
        else if (*r->words)
                linear_say(l, _("Nada coincide con «%s». Pruebe otras palabras."), r->words);
        else
                linear_say(l, "%s", r->list->empty);
}

static void say_how(struct linear *l, const struct linear_list *list, bool any)
{
        struct str how = STR_INIT;
        if (any)
                str_add(&how, _("Un número elige; "));
        if (list->add)
                str_addf(&how, _("+ agrega %s; "), list->add);
        str_addf(&how, _("Enter %s."), list->enter ? list->enter : _("vuelve"));
        linear_say(l, "%s", how.text);
        str_release(&how);
}

/* ---- Choosing ---- */

static const void *row_numbered(const struct reading *r, const char *text)
{
        int number = linear_number(text, r->from + r->n);
        return number > r->from ? r->rows[number - r->from - 1].data : NULL;
}

static void say_more(struct linear *l, struct reading *r)
{
        if (r->from + r->n >= r->all) {
                linear_say(l, _("No hay más."));
                return;
        }
        r->from += r->n;
        load(r);
        say_rows(l, r);
}

static enum linear_pick obey(struct linear *l, struct reading *r, const struct heard *heard, const void **ret)
{
        if (heard->order == ORDER_MORE) {
                say_more(l, r);
                return PICK_ROW;
        }
        if (heard->order != ORDER_REMOVE && heard->order != ORDER_PRINT)
                return PICK_NONE;
        *ret = row_numbered(r, heard->text);
        if (!*ret)
                linear_say(l, _("Escriba el número de los que acaban de leerse, como .%s 1."),
                           heard->order == ORDER_PRINT ? "imprimir" : "quitar");
        return !*ret ? PICK_ROW : heard->order == ORDER_PRINT ? PICK_PRINT : PICK_REMOVE;
}

/* PICK_ROW without a row: go on. */
static enum linear_pick hear(struct linear *l, struct reading *r, const void **ret)
{
        unsigned allowed = ORDERS_EVERYWHERE | ORDER_BIT(MORE) | (r->list->removes ? ORDER_BIT(REMOVE) : 0) |
                           (r->list->prints ? ORDER_BIT(PRINT) : 0);
        struct heard heard =
                linear_hear(l, allowed, _("Escriba un número para elegir, o palabras para buscar."));
        if (heard.kind == HEARD_ORDER)
                return obey(l, r, &heard, ret);
        if (heard.kind != HEARD_TEXT)
                return PICK_NONE;
        if (r->list->add && strcmp(heard.text, "+") == 0)
                return PICK_ADD;
        *ret = row_numbered(r, heard.text);
        if (!*ret) {
                look_for(r, heard.text);
                say_list(l, r);
        }
        return PICK_ROW;
}

enum linear_pick linear_choose(struct linear *l, const struct linear_list *list, struct arena *arena,
                               const void **ret)
{
        struct reading r = {.list = list, .arena = arena};
        enum linear_pick pick = PICK_ROW;
        *ret = NULL;
        look_for(&r, list->words ? list->words : "");
        if (list->words && r.all == 1) {
                *ret = r.rows[0].data;
        } else {
                linear_say(l, "%s", list->title);
                say_list(l, &r);
                say_how(l, list, r.n > 0);
        }
        while (pick == PICK_ROW && !*ret)
                pick = linear_stops(l) ? PICK_NONE : hear(l, &r, ret);
        free(r.words);
        return pick;
}
