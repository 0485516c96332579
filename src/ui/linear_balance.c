/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Balance as lines: first of which period, then its boards one below the
 * other (linear_boards.c), down to the records of a figure.  What the screens
 * draw as bars and arrows is said by the numbers beside them.
 */
#include "linear_priv.h"

#include <stdlib.h>
#include <string.h>

#include "report/balance_view.h"

static bool go_on(void *ctx, int64_t done, int64_t all)
{
        (void)ctx;
        (void)done;
        (void)all;
        return !linear_is_asked_to_leave();
}

static bool compute(struct linear *l)
{
        struct err err;
        int64_t left = 0;
        enum err_code rc = app_facts_left(l->app, &left, &err);
        if (rc == ERR_OK && left > 0) {
                linear_say(l, _("Se calcula otra vez el Balance: %lld registros. Espere."), (long long)left);
                rc = app_facts_compute(l->app, go_on, NULL, &err);
        }
        if (rc != ERR_OK)
                linear_say_err(l, &err);
        return rc == ERR_OK;
}

static void explain(struct linear *l, const char *argument)
{
        struct arena arena = {0};
        struct balance_view view;
        struct str text = STR_INIT;
        const struct indicators *all = app_indicators(l->app);
        int at = balance_view_read(argument, &arena, &view, NULL) == ERR_OK ? indicators_find(all, view.indicator) : -1;
        if (at >= 0) {
                indicator_explain(all, &all->items[at], false, &text);
                linear_say(l, "%s", text.text);
        }
        str_release(&text);
        arena_release(&arena);
}

bool linear_balance_begin(struct linear *l, const char *board, const char *argument)
{
        if (!compute(l))
                return false;
        if (strcmp(board, "balance-indicador") == 0)
                explain(l, argument);
        return true;
}

void linear_balance(struct linear *l)
{
        const char *about = _("Un trimestre como 2026-T3, un año como 2026 o un bloque lectivo como 2026_l1. Enter: el último con datos.");
        linear_say(l, _("Balance. ¿De qué periodo? %s"), about);
        struct heard heard = linear_hear(l, ORDERS_EVERYWHERE, about);
        if (heard.kind != HEARD_TEXT && heard.kind != HEARD_NOTHING)
                return;
        char *argument = heard.kind == HEARD_TEXT ? xasprintf("periodo=%s", heard.text) : NULL;
        linear_board(l, "balance", argument);
        free(argument);
}
