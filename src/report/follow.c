/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What commitments, alerts and planned visits have in common: they are open, due, and somebody's. */
#include "report_priv.h"

#include <string.h>

bool board_is_theirs(const struct board *board, const struct store_record *record, const char *responsible)
{
        const char *persona = board->options.persona;
        return !*persona || strcmp(record->author, persona) == 0 || strcmp(responsible, persona) == 0;
}

const char *board_argument_form(struct board *board)
{
        struct arena arena = {0};
        struct store_record record;
        struct id id;
        const char *form = "";
        if (id_parse(board->options.argument, &id) &&
            store_record_get(board->host->store, &id, &arena, &record, NULL) == ERR_OK)
                form = arena_strdup(&board->arena, record.form);
        arena_release(&arena);
        return form;
}

struct store_query board_open_query(struct board *board, const char *form)
{
        const struct board_options *options = &board->options;
        struct store_query query = {.form = form,
                                    .open_only = true,
                                    .order = ORDER_DUE,
                                    .due_from = options->from,
                                    .due_to = options->to};
        if (strcmp(board_argument_form(board), "institucion") == 0)
                query.school = options->argument;
        else if (*options->argument)
                query.subject = options->argument;
        return query;
}

void due_tally_add(struct due_tally *tally, enum board_tone tone)
{
        tally->all++;
        tally->overdue += tone == TONE_OVERDUE;
        tally->soon += tone == TONE_SOON;
}
