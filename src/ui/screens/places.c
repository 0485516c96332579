/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sticks and folders to choose from (contract in places.h); a list made anew at each look. */
#include "places.h"

#include <stdlib.h>

#include "base/str.h"

void places_init(struct places *places, const struct media_roots *roots, const char *last, const char *own,
                 const char *(*medium_words)(const struct medium *medium, struct arena *arena))
{
        *places = (struct places){.last = xstrdup(last), .own = own, .medium_words = medium_words};
        if (roots)
                places->roots = *roots;
        places->media = media_new(&places->roots);
        places_look(places);
}

void places_release(struct places *places)
{
        media_free(places->media);
        free(places->last);
        free(places->chosen);
}

/* ---- Which ---- */

int places_list(const struct places *places, struct place_row list[PLACES_MAX])
{
        int n = 0;
        for (int i = 0; i < media_n(places->media) && n < PLACES_MAX - 2; i++)
                list[n++] = (struct place_row){PLACE_STICK, media_at(places->media, i)};
        if (*places->last && !media_holding(places->media, places->last, true)) /* a stick proposes itself */
                list[n++] = (struct place_row){.kind = PLACE_LAST};
        if (places->own)
                list[n++] = (struct place_row){.kind = PLACE_OWN};
        return n;
}

static void keep(struct places *places, const struct place_row *place)
{
        free(places->chosen);
        places->chosen = xstrdup(place->medium ? place->medium->device : "");
        places->chosen_kind = place->kind;
}

static int at(const struct places *places, const struct place_row *list, int n)
{
        for (int i = 0; i < n; i++)
                if (list[i].kind == places->chosen_kind && (!list[i].medium || str_equal(list[i].medium->device, places->chosen)))
                        return i;
        return 0;
}

void places_look(struct places *places)
{
        struct place_row list[PLACES_MAX];
        media_look(places->media);
        int n = places_list(places, list);
        if (n > 0)
                keep(places, &list[places->moved ? at(places, list, n) : 0]);
}

void places_move(struct places *places, int by)
{
        struct place_row list[PLACES_MAX];
        int n = places_list(places, list), to = at(places, list, n) + by;
        places->moved = true;
        if (n > 0)
                keep(places, &list[to < 0 ? 0 : to >= n ? n - 1 : to]);
}

bool places_current(const struct places *places, struct place_row *ret)
{
        struct place_row list[PLACES_MAX];
        int n = places_list(places, list);
        if (n > 0)
                *ret = list[at(places, list, n)];
        return n > 0;
}

const struct medium *places_numbered(const struct places *places, const struct key *key)
{
        if (key->kind != KEY_KIND_CHAR || key->code < '1' || key->code > '9')
                return NULL;
        return media_numbered(places->media, (int)(key->code - '0'));
}

/* ---- Drawing ---- */

enum { LABEL_COL = 5, WORDS_COLS = 34 };

static void draw_stick(const struct places *places, struct canvas *canvas, struct rect row, const struct medium *medium, bool here,
                       struct arena *frame)
{
        enum style style = here ? STYLE_FOCUS : STYLE_NORMAL, dim = here ? STYLE_FOCUS : STYLE_DIM;
        int words = row.cols - WORDS_COLS;
        if (medium->number <= 9)
                canvas_text(canvas, row.row, row.col + 2, 2, style, arena_printf(frame, "%d", medium->number));
        canvas_text_cut(canvas, row.row, row.col + LABEL_COL, words - LABEL_COL - 1, style, medium->label);
        canvas_text_cut(canvas, row.row, row.col + words, WORDS_COLS, dim, places->medium_words(medium, frame));
}

static void draw_place(const struct places *places, struct canvas *canvas, struct rect row, const struct place_row *place, bool here,
                       struct arena *frame)
{
        enum style style = here ? STYLE_FOCUS : STYLE_NORMAL;
        canvas_fill(canvas, row, style);
        canvas_text(canvas, row.row, row.col, 2, style, here ? "▸" : " ");
        if (place->kind == PLACE_STICK)
                draw_stick(places, canvas, row, place->medium, here, frame);
        else
                canvas_text_cut(canvas, row.row, row.col + LABEL_COL, row.cols - LABEL_COL, style,
                                place->kind == PLACE_OWN ? places->own : arena_printf(frame, _("La última vez: %s"), places->last));
}

int places_draw(const struct places *places, struct canvas *canvas, struct rect area, bool lit, struct arena *frame)
{
        struct place_row list[PLACES_MAX];
        int n = places_list(places, list), here = at(places, list, n);
        int top = here < area.rows ? 0 : here - area.rows + 1, row = 0;
        for (int i = top; i < n && row < area.rows; i++, row++)
                draw_place(places, canvas, (struct rect){area.row + row, area.col, 1, area.cols}, &list[i], i == here && lit, frame);
        return row;
}
