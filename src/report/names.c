/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ids and codes in words.  A board of 20,000 rows names the same few hundred
 * people and schools, so titles asked of the store are kept.
 */
#include "report_priv.h"

#include <stdlib.h>
#include <string.h>

#include "id_map.h"

struct board_names {
        struct id_map map;   /* to the place of a title, from 1 */
        const char **titles; /* in the board's arena */
        int n, room;
};

void board_names_free(struct board_names *names)
{
        if (!names)
                return;
        id_map_release(&names->map);
        free(names->titles);
        free(names);
}

static const char *title_of(struct board *board, const struct id *id)
{
        struct arena arena = {0};
        struct store_record record;
        char code[CODE_TEXT];
        bool found = store_record_get(board->host->store, id, &arena, &record, NULL) == ERR_OK;
        const char *title = arena_strdup(&board->arena, found ? record.title : id_code(id, code));
        arena_release(&arena);
        return title;
}

static void keep(struct board_names *names, const char *title)
{
        if (names->n == names->room) {
                names->room = names->room ? 2 * names->room : 256;
                names->titles = xrealloc(names->titles, (size_t)names->room * sizeof *names->titles);
        }
        names->titles[names->n++] = title;
}

/* Texts given are often of the record being walked over, and gone with it. */
static const char *kept(struct board *board, const char *text)
{
        return *text ? arena_strdup(&board->arena, text) : "";
}

const char *board_title(struct board *board, const char *text)
{
        struct id id;
        if (!id_parse(text, &id))
                return kept(board, text);
        if (!board->names)
                board->names = xcalloc(1, sizeof *board->names);
        int *place = id_map_at(&board->names->map, &id);
        if (*place == 0) {
                *place = board->names->n + 1;
                keep(board->names, title_of(board, &id));
        }
        return board->names->titles[*place - 1];
}

const char *board_school(struct board *board, const char *title)
{
        static const char between[] = " · ";
        const char *last = NULL;
        for (const char *at = title; (at = strstr(at, between)); at += sizeof between - 1)
                last = at;
        bool code = last && last[sizeof between - 1] >= '0' && last[sizeof between - 1] <= '9';
        return code ? arena_strndup(&board->arena, title, (size_t)(last - title)) : kept(board, title);
}

const char *board_choice(struct board *board, const char *form_id, const char *question, const char *value)
{
        const struct form *form = board->host->form(board->host->ctx, form_id);
        int node = form ? form_find(form, question) : -1;
        const struct choice_list *list = node >= 0 ? form->nodes[node].list : NULL;
        const struct choice *choice = list && *value ? choice_list_find(list, value) : NULL;
        return choice && *choice->label ? choice->label : kept(board, value);
}

const char *board_form_title(struct board *board, const char *id)
{
        const struct form *form = board->host->form(board->host->ctx, id);
        if (!form)
                return id;
        return str_blank(form->short_title) ? form->title : form->short_title;
}
