/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gathering by key, rows of repeated groups, short words (contract in groups.h). */
#include "groups.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"

/* ---- By key ---- */

void *groups_of(struct groups *groups, const struct id *key)
{
        int *place = id_map_at(&groups->places, key);
        if (*place)
                return groups->items[*place - 1];
        if (groups->n == groups->room) {
                groups->room = groups->room ? 2 * groups->room : 64;
                groups->items = xrealloc(groups->items, (size_t)groups->room * sizeof *groups->items);
        }
        void *item = arena_alloc(groups->arena, groups->size);
        groups->items[groups->n] = item;
        *place = ++groups->n;
        return item;
}

void *groups_find(const struct groups *groups, const struct id *key)
{
        int place = id_map_get(&groups->places, key);
        return place ? groups->items[place - 1] : NULL;
}

void *groups_find_text(const struct groups *groups, const char *text)
{
        struct id id;
        return id_parse(text, &id) ? groups_find(groups, &id) : NULL;
}

void groups_release(struct groups *groups)
{
        id_map_release(&groups->places);
        free(groups->items);
}

struct id groups_key(const char *a, const char *b, const char *c)
{
        char *text = xasprintf("%s\n%s\n%s", a ? a : "", b ? b : "", c ? c : "");
        struct hash hash = hash_of(text, strlen(text));
        struct id id;
        memcpy(id.bytes, hash.bytes, sizeof id.bytes);
        free(text);
        return id;
}

/* ---- Repeated groups ---- */

json_t *repeat_rows(const char *text)
{
        json_t *rows;
        if (!*text || json_read(text, strlen(text), "", &rows, NULL) != ERR_OK)
                return NULL;
        if (json_is_array(rows))
                return rows;
        json_decref(rows);
        return NULL;
}

const char *row_answer(const json_t *row, const char *question)
{
        const char *text = json_string_value(json_object_get(row, question));
        return text ? text : "";
}

/* ---- Words ---- */

const char *person_short(struct board *board, const char *id)
{
        const char *title = board_title(board, id), *comma = strstr(title, ", ");
        if (!comma)
                return title;
        size_t first = strcspn(title, " ,");
        const char *initial = comma + 2, *end = initial;
        while (*end && (end == initial || ((unsigned char)*end & 0xC0) == 0x80))
                end++;
        return arena_printf(&board->arena, "%.*s, %.*s.", (int)first, title, (int)(end - initial), initial);
}

const char *day_short(struct board *board, const char *iso)
{
        int64_t days;
        if (!date_parse(iso, &days))
                return "";
        struct civil day = date_to_civil(days);
        if (day.year == date_to_civil(board->host->today).year)
                return arena_printf(&board->arena, "%02d/%02d", day.day, day.month);
        return arena_printf(&board->arena, "%02d/%02d/%d", day.day, day.month, day.year);
}

const char *span_words(struct board *board, int64_t from, int64_t to)
{
        struct civil first = date_to_civil(from), last = date_to_civil(to);
        const char *month = date_month_name(last.month);
        if (first.month == last.month)
                return arena_printf(&board->arena, _("%d al %d %.3s"), first.day, last.day, month);
        return arena_printf(&board->arena, _("%d %.3s al %d %.3s"), first.day, date_month_name(first.month), last.day, month);
}

int share_percent(int part, int whole)
{
        return whole ? (int)(100.0 * part / whole + 0.5) : 0;
}

const char *share_words(struct board *board, int part, int whole)
{
        if (whole == 0)
                return "";
        return arena_printf(&board->arena, _("%d %% (%d de %d)"), share_percent(part, whole), part, whole);
}

/* ---- Lists ---- */

const struct choice_list *board_list(const struct board *board, const char *form_id, const char *list)
{
        const struct form *form = board->host->form(board->host->ctx, form_id);
        return form ? form_find_list(form, list) : NULL;
}

int choice_number(const struct choice *choice, const char *column)
{
        const char *text = choice_column(choice, column);
        return text ? atoi(text) : 0;
}
