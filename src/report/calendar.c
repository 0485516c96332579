/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The school calendar: the list `calendario` that forms of visits carry, whose
 * rows have the columns inicio, fin (ISO dates, both included), tipo and anio.
 * It comes with the forms, so next year's is a change of a file.
 */
#include "report_priv.h"

#include <stdlib.h>
#include <string.h>

enum { SATURDAY = 5 };

/* The first of these that is installed and carries the list. */
static const char *const carriers[] = {"plan_visitas", "simae_docente", "simae_directivo"};

static const struct choice_list *find_list(const struct board *board)
{
        for (size_t i = 0; i < ARRAY_LEN(carriers); i++) {
                const struct form *form = board->host->form(board->host->ctx, carriers[i]);
                const struct choice_list *list = form ? form_find_list(form, "calendario") : NULL;
                if (list)
                        return list;
        }
        return NULL;
}

static bool read_block(const struct choice *choice, struct calendar_block *ret)
{
        const char *from = choice_column(choice, "inicio"), *to = choice_column(choice, "fin");
        const char *type = choice_column(choice, "tipo");
        *ret = (struct calendar_block){.label = choice->label, .type = type ? type : ""};
        return from && to && date_parse(from, &ret->from) && date_parse(to, &ret->to);
}

static int by_day(const void *a, const void *b)
{
        const struct calendar_block *x = a, *y = b;
        return (x->from > y->from) - (x->from < y->from);
}

const struct calendar_block *board_calendar(struct board *board, int *ret_n)
{
        const struct choice_list *list = find_list(board);
        *ret_n = 0;
        if (!list)
                return NULL;
        struct calendar_block *blocks = ARENA_ARRAY(&board->arena, struct calendar_block, list->n);
        for (int i = 0; i < list->n; i++)
                *ret_n += read_block(&list->choices[i], &blocks[*ret_n]);
        qsort(blocks, (size_t)*ret_n, sizeof *blocks, by_day);
        return blocks;
}

const struct calendar_block *calendar_block_of(const struct calendar_block *blocks, int n, int64_t days)
{
        for (int i = 0; i < n; i++)
                if (blocks[i].from <= days && days <= blocks[i].to)
                        return &blocks[i];
        return NULL;
}

const char *calendar_free_words(const struct calendar_block *blocks, int n, int64_t days)
{
        const struct calendar_block *block = calendar_block_of(blocks, n, days);
        int year = date_to_civil(days).year;
        bool known = false;
        for (int i = 0; i < n; i++)
                known |= date_to_civil(blocks[i].from).year == year;
        if (date_weekday(days) >= SATURDAY)
                return _("Sin clases: fin de semana");
        if (!known || (block && strcmp(block->type, "lectivo") == 0))
                return NULL;
        return block ? _("Sin clases: semana de gestión") : _("Sin clases: fuera del año escolar");
}
