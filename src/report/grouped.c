/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Open commitments counted by what they share: a row for each school or person,
 * which goes down to its commitments.  Those that are overdue come first.  Who
 * is responsible is the record's subject, so that no answer has to be read.
 */
#include "grouped.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "id_map.h"

enum { COL_WHO, COL_ALL, COL_OVERDUE, COL_SOON, COL_NEXT };

struct groups {
        struct board *board;
        bool by_school;
        struct id_map places; /* from 1 */
        struct group {
                char id[ID_TEXT];
                const char *title, *next;
                struct due_tally tally;
        } * items;
        int n, room;
        struct due_tally tally;
};

static struct group *group_of(struct groups *groups, const char *text)
{
        struct id id = {{0}};
        id_parse(text, &id); /* what has no school is together under no id */
        int *place = id_map_at(&groups->places, &id);
        if (*place)
                return &groups->items[*place - 1];
        if (groups->n == groups->room) {
                groups->room = groups->room ? 2 * groups->room : 128;
                groups->items = xrealloc(groups->items, (size_t)groups->room * sizeof *groups->items);
        }
        struct group *group = &groups->items[groups->n];
        *place = ++groups->n;
        *group = (struct group){.title = "", .next = ""};
        snprintf(group->id, sizeof group->id, "%s", text);
        return group;
}

static enum err_code add(void *ctx, const struct store_record *record, const char *const *answers,
                         struct err *err)
{
        struct groups *groups = ctx;
        struct board *board = groups->board;
        (void)answers;
        (void)err;
        if (!board_is_theirs(board, record, record->subject))
                return ERR_OK;
        struct group *group = group_of(groups, groups->by_school ? record->school : record->subject);
        enum board_tone tone = board_due_tone(board, record->due, SOON_DAYS);
        due_tally_add(&group->tally, tone);
        due_tally_add(&groups->tally, tone);
        if (!*group->title)
                group->title = groups->by_school ? board_school(board, record->school_title)
                                                 : board_title(board, record->subject);
        if (!*group->next) /* they come in order of their days */
                group->next = arena_strdup(&board->arena, record->due);
        return ERR_OK;
}

static void add_row(struct board *board, const struct group *group)
{
        board_add(board, group->tally.overdue ? TONE_OVERDUE : group->tally.soon ? TONE_SOON : TONE_NORMAL);
        board_put(board, COL_WHO, *group->title ? group->title : _("(sin escuela)"));
        board_putf(board, COL_ALL, "%d", group->tally.all);
        board_putf(board, COL_OVERDUE, "%d", group->tally.overdue);
        board_putf(board, COL_SOON, "%d", group->tally.soon);
        board_put(board, COL_NEXT, group->next);
        if (*group->id)
                board_goes_to(board, "compromisos", group->id);
}

static int compare(const struct board *board, int a, int b)
{
        int order = atoi(table_cell(&board->table, b, COL_OVERDUE)) -
                    atoi(table_cell(&board->table, a, COL_OVERDUE));
        return order ? order
                     : strcmp(table_cell(&board->table, a, COL_NEXT), table_cell(&board->table, b, COL_NEXT));
}

enum err_code board_commitments_by(struct board *board, bool by_school, struct err *err)
{
        const struct board_heading headings[] = {
                [COL_WHO] = {by_school ? "escuela" : "persona", by_school ? _("Escuela") : _("Responsable"),
                             CELL_TEXT, 1, 0, false},
                [COL_ALL] = {"abiertos", _("Abiertos"), CELL_NUMBER, 1, 8, false},
                [COL_OVERDUE] = {"vencidos", _("Vencidos"), CELL_NUMBER, 1, 8, false},
                [COL_SOON] = {"vencen_pronto", _("En 7 días"), CELL_NUMBER, 2, 9, false},
                [COL_NEXT] = {"primer_plazo", _("Primer plazo"), CELL_DATE, 2, 12, false}};
        struct groups groups = {.board = board, .by_school = by_school};
        board_set_columns(board, headings, (int)ARRAY_LEN(headings));
        enum err_code rc =
                board_walk(board, board_open_query(board, "compromiso"), NULL, 0, add, &groups, err);
        for (int i = 0; i < groups.n; i++)
                add_row(board, &groups.items[i]);
        board_sort(board, compare);
        board->empty = _("No hay compromisos abiertos.");
        board_summary(board,
                      _("%s con %s: %s."),
                      by_school ? arena_count(&board->arena, groups.n, _("escuela"), _("escuelas"))
                                : arena_count(&board->arena, groups.n, _("persona"), _("personas")),
                      arena_count(&board->arena, groups.tally.all, _("compromiso abierto"), _("compromisos abiertos")),
                      arena_count(&board->arena, groups.tally.overdue, _("vencido"), _("vencidos")));
        free(groups.items);
        id_map_release(&groups.places);
        return rc;
}
