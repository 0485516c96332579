/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Programa SER: who is in charge of whom (contract in ser.h). */
#include "ser.h"

#include <stdlib.h>
#include <string.h>

/* ---- What is asked for ---- */

static bool is_ugel(const struct board *board, const char *text)
{
        const struct choice_list *list = board_list(board, "pser_participante", "ugel");
        return list && choice_list_find(list, text);
}

struct ser_filter ser_filter_of(struct board *board, const char *text)
{
        char *module = arena_strdup(&board->arena, text), *edition = strchr(module, '/'), *ugel = strrchr(module, '/');
        struct ser_filter filter = {.module = module, .edition = "", .ugel = board->options.ugel};
        if (ugel && is_ugel(board, ugel + 1)) {
                filter.ugel = ugel + 1;
                *ugel = '\0';
        }
        if (edition && *edition) {
                filter.edition = edition + 1;
                *edition = '\0';
        }
        return filter;
}

bool ser_filter_has(const struct ser_filter *filter, const char *module, const char *edition, const char *ugel)
{
        return (!*filter->module || strcmp(filter->module, module) == 0) &&
               (!*filter->edition || strcmp(filter->edition, edition) == 0) && (!*filter->ugel || strcmp(filter->ugel, ugel) == 0);
}

bool ser_is_open(const char *state)
{
        static const char *const open[] = {"inscrito", "activo", "en_riesgo", "evaluado"};
        for (size_t i = 0; i < ARRAY_LEN(open); i++)
                if (strcmp(state, open[i]) == 0)
                        return true;
        return false;
}

/* ---- Replacements ---- */

enum { TRAINER, MODULE, EDITION, BY, KIND, FROM, TO, NAMES };
static const char *const names[NAMES] = {[TRAINER] = "formador", [MODULE] = "modulo", [EDITION] = "edicion", [BY] = "reemplaza",
                                         [KIND] = "tipo", [FROM] = "desde", [TO] = "hasta"};

static enum err_code add(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        struct ser_replacements *all = ctx;
        struct ser_replacement one = {.key = groups_key(answers[MODULE], answers[EDITION], record->ugel), .to = INT64_MAX};
        (void)err;
        if (!id_parse(answers[TRAINER], &one.trainer) || !id_parse(answers[BY], &one.by) || !date_parse(answers[FROM], &one.from))
                return ERR_OK;
        if (strcmp(answers[KIND], "temporal") == 0)
                date_parse(answers[TO], &one.to);
        if (all->n == all->room) {
                all->room = all->room ? 2 * all->room : 32;
                all->items = xrealloc(all->items, (size_t)all->room * sizeof *all->items);
        }
        all->items[all->n++] = one;
        return ERR_OK;
}

static int by_day(const void *a, const void *b)
{
        const struct ser_replacement *x = a, *y = b;
        return (x->from > y->from) - (x->from < y->from);
}

enum err_code ser_replacements_read(struct board *board, struct ser_replacements *ret, struct err *err)
{
        struct store_query query = {.form = "pser_reemplazo", .sensitive = board->options.sensitive};
        *ret = (struct ser_replacements){.board = board};
        enum err_code rc = store_walk(board->host->store, &query, names, NAMES, add, ret, err);
        if (ret->n)
                qsort(ret->items, (size_t)ret->n, sizeof *ret->items, by_day);
        return rc;
}

void ser_replacements_release(struct ser_replacements *all)
{
        free(all->items);
}

/* A replacement names who had the group then, or who inscribed it. */
static bool takes_from(const struct ser_replacement *one, const struct id *key, const struct id *trainer, const struct id *holder)
{
        return id_equal(&one->key, key) && (id_equal(&one->trainer, holder) || id_equal(&one->trainer, trainer));
}

struct id ser_in_charge(const struct ser_replacements *all, const struct id *key, const struct id *trainer, int64_t day,
                        int64_t *ret_until)
{
        struct id holder = *trainer;
        int64_t until = INT64_MAX;
        for (int i = 0; i < all->n; i++) {
                const struct ser_replacement *one = &all->items[i];
                if (one->from > day || one->to < day || !takes_from(one, key, trainer, &holder))
                        continue;
                holder = one->by;
                if (one->to < until)
                        until = one->to;
        }
        if (ret_until)
                *ret_until = until;
        return holder;
}

/* ---- Words ---- */

static const char *day_words(struct board *board, int64_t days)
{
        char text[DATE_TEXT];
        return day_short(board, date_format(days, text));
}

const char *ser_until(struct board *board, int64_t until)
{
        return until == INT64_MAX ? "" : arena_printf(&board->arena, _(" hasta %s"), day_words(board, until));
}

const char *ser_history(const struct ser_replacements *all, const struct id *key, const struct id *trainer)
{
        struct board *board = all->board;
        struct id holder = *trainer;
        char id[ID_TEXT];
        const char *words = person_short(board, id_format(trainer, id));
        for (int i = 0; i < all->n; i++) {
                const struct ser_replacement *one = &all->items[i];
                if (!takes_from(one, key, trainer, &holder))
                        continue;
                words = arena_printf(&board->arena, _("%s → %s desde %s%s"), words, person_short(board, id_format(&one->by, id)),
                                     day_words(board, one->from), ser_until(board, one->to));
                if (one->to >= board->host->today)
                        holder = one->by;
        }
        return words;
}
