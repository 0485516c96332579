/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A conflict, decided by a person:
 *
 *      ▸ ✓ Notas          queda: el aula es pequeña
 *        · Fecha          sin decidir
 *      ────────────────────────────────────────────
 *      Antes          1 Una              2 Otra
 *                     Quispe, Rosa       Soto, Ana
 *                     14/04/2026 09:30   15/04/2026 10:00
 *      …              …                  …
 *
 * With more than two versions of an answer, 2 goes on to the next one.
 */
#include <stdlib.h>

#include "app/conflict.h"
#include "ui/screens.h"

enum { TAG_TYPE = 1, LIST_MOST = 6, GAP = 2 };

struct deciding {
        struct conflict conflict;
        int at;      /* the field; conflict.n: whether it is annulled */
        int *second; /* of each field, the option in the last column */
        int top;     /* first line of the columns shown */
        bool more;   /* there are lines below them */
};

static int row_count(const struct deciding *state)
{
        return state->conflict.n + state->conflict.annulled;
}

/* ---- The list ---- */

static const char *one_line(const char *text, struct arena *arena)
{
        char *copy = arena_strdup(arena, *text ? text : _("(vacío)"));
        for (char *c = copy; *c; c++)
                if (*c == '\n')
                        *c = ' ';
        return copy;
}

static const char *chosen_words(const struct deciding *state, int row, struct arena *arena)
{
        const struct conflict *conflict = &state->conflict;
        if (row == conflict->n)
                return conflict->annul == ANNUL_UNDECIDED ? NULL : conflict->annul == ANNUL_YES ? _("queda anulada") : _("sigue valiendo");
        const struct conflict_field *field = &conflict->fields[row];
        if (field->choice == CHOICE_NONE)
                return NULL;
        return arena_printf(arena, _("queda: %s"), one_line(field->choice == CHOICE_TYPED ? field->typed
                                                                                      : field->options[field->choice].words, arena));
}

static void draw_row(struct deciding *state, struct canvas *canvas, struct rect line, int row, struct arena *arena)
{
        bool here = row == state->at;
        enum style style = here ? STYLE_FOCUS : STYLE_NORMAL;
        int left = line.cols * 2 / 5;
        const char *label = row == state->conflict.n ? _("¿Queda anulada?") : state->conflict.fields[row].label;
        const char *chosen = chosen_words(state, row, arena);
        canvas_fill(canvas, line, style);
        canvas_text(canvas, line.row, line.col, 4, style, here ? chosen ? "▸ ✓" : "▸ ·" : chosen ? "  ✓" : "  ·");
        canvas_text_cut(canvas, line.row, line.col + 4, left - 5, style, label);
        canvas_text_cut(canvas, line.row, line.col + left, line.cols - left, style, chosen ? chosen : _("sin decidir"));
        if (here) {
                canvas->cursor_row = line.row;
                canvas->cursor_col = line.col;
        }
}

/* How many lines it took. */
static int draw_list(struct deciding *state, struct canvas *canvas, struct rect area, struct arena *arena)
{
        int n = row_count(state), shown = n < LIST_MOST ? n : LIST_MOST;
        int first = state->at < shown ? 0 : state->at - shown + 1;
        for (int i = 0; i < shown; i++)
                draw_row(state, canvas, (struct rect){area.row + i, area.col, 1, area.cols}, first + i, arena);
        return shown;
}

/* ---- The columns ---- */

struct column { const char *heading, *who, *when, *words; bool chosen; };

static int draw_column(struct canvas *canvas, struct rect area, const struct column *column, int top)
{
        canvas_text_cut(canvas, area.row, area.col, area.cols, column->chosen ? STYLE_OK : STYLE_HEADING, column->heading);
        canvas_text_cut(canvas, area.row + 1, area.col, area.cols, STYLE_DIM, column->who);
        canvas_text_cut(canvas, area.row + 2, area.col, area.cols, STYLE_DIM, column->when);
        struct rect body = {area.row + 4, area.col, area.rows - 4, area.cols};
        return canvas_wrap(canvas, body, column->chosen ? STYLE_OK : STYLE_NORMAL, *column->words ? column->words : _("(vacío)"), top);
}

static struct column option_column(const struct conflict_field *field, int option, const char *heading, struct arena *arena)
{
        const struct conflict_option *from = &field->options[option];
        bool chosen = field->choice == option;
        return (struct column){.heading = arena_printf(arena, "%s%s", chosen ? "✓ " : "", heading), .who = from->who,
                               .when = moment_text(from->when, arena), .words = from->words, .chosen = chosen};
}

static void field_columns(struct deciding *state, struct column columns[3], struct arena *arena)
{
        const struct conflict_field *field = &state->conflict.fields[state->at];
        int second = state->second[state->at];
        const char *other = field->n > 2 ? arena_printf(arena, _("2 Otra (%d de %d)"), second, field->n - 1) : _("2 Otra");
        columns[0] = (struct column){.heading = _("Antes"), .who = "", .when = "", .words = field->before};
        columns[1] = option_column(field, 0, _("1 Una"), arena);
        columns[2] = option_column(field, second, other, arena);
}

static void annul_columns(struct deciding *state, struct column columns[3], struct arena *arena)
{
        const struct conflict *conflict = &state->conflict;
        columns[0] = (struct column){.heading = _("Antes"), .who = "", .when = "", .words = _("valía")};
        columns[1] = (struct column){.heading = _("1 Sigue valiendo"), .who = _("alguien la corrigió"), .when = "",
                                     .words = _("con los cambios que se hicieron a la vez"), .chosen = conflict->annul == ANNUL_KEEP};
        columns[2] = (struct column){.heading = _("2 Queda anulada"), .who = conflict->annul_who,
                                     .when = moment_text(conflict->annul_when, arena), .words = conflict->annul_reason,
                                     .chosen = conflict->annul == ANNUL_YES};
}

static void draw_columns(struct deciding *state, struct canvas *canvas, struct rect area, struct arena *arena)
{
        struct column columns[3];
        int width = (area.cols - 2 * GAP) / 3, lines = 0;
        if (state->at < state->conflict.n)
                field_columns(state, columns, arena);
        else
                annul_columns(state, columns, arena);
        for (int i = 0; i < 3; i++) {
                struct rect place = {area.row, area.col + i * (width + GAP), area.rows, width};
                int n = draw_column(canvas, place, &columns[i], state->top);
                lines = n > lines ? n : lines;
        }
        state->more = state->top + area.rows - 4 < lines;
        if (state->more)
                canvas_text(canvas, area.row + area.rows - 1, area.col + area.cols - 6, 6, STYLE_DIM, _("↓ más"));
}

static void conflict_draw(struct screen *screen, struct canvas *canvas, struct rect area)
{
        struct deciding *state = screen->state;
        struct arena *frame = &screen->ui->frame;
        struct rect inside = {area.row, area.col + 1, area.rows, area.cols - 2};
        int used = draw_list(state, canvas, inside, frame);
        for (int col = 0; col < inside.cols; col++)
                canvas_text(canvas, inside.row + used, inside.col + col, 1, STYLE_DIM, "─");
        draw_columns(state, canvas, (struct rect){inside.row + used + 1, inside.col, inside.rows - used - 1, inside.cols}, frame);
}

static const char *conflict_title(struct screen *screen, struct arena *arena)
{
        struct deciding *state = screen->state;
        int n = conflict_undecided(&state->conflict);
        return arena_printf(arena, _("Conflicto › %s\t%s"), state->conflict.title,
                            n == 0 ? _("Todo decidido: F2 guarda") : n == 1 ? _("Falta decidir 1") : arena_printf(arena, _("Faltan %d por decidir"), n));
}

/* ---- Deciding ---- */

static void next_undecided(struct deciding *state)
{
        int n = row_count(state);
        for (int step = 1; step < n; step++) {
                int row = (state->at + step) % n;
                bool open = row < state->conflict.n ? state->conflict.fields[row].choice == CHOICE_NONE
                                                    : state->conflict.annul == ANNUL_UNDECIDED;
                if (open) {
                        state->at = row;
                        state->top = 0;
                        return;
                }
        }
}

static void choose(struct deciding *state, bool second)
{
        if (state->at == state->conflict.n) {
                state->conflict.annul = second ? ANNUL_YES : ANNUL_KEEP;
                next_undecided(state);
                return;
        }
        struct conflict_field *field = &state->conflict.fields[state->at];
        int *other = &state->second[state->at];
        if (second && field->choice == *other && field->n > 2)
                *other = *other % (field->n - 1) + 1; /* the next of several, still to look at */
        conflict_choose(&state->conflict, state->at, second ? *other : 0);
        if (field->n == 2)
                next_undecided(state);
}

static void ask_typed(struct screen *screen)
{
        struct deciding *state = screen->state;
        if (state->at == state->conflict.n)
                return;
        const struct conflict_field *field = &state->conflict.fields[state->at];
        if (!field->can_type)
                ui_say(screen->ui, STYLE_WARNING, _("Esta respuesta no se escribe aquí: elija una, y corrija después la ficha."));
        else
                dialog_line(screen->ui, TAG_TYPE, _("Escribir otro valor"), field->label,
                            field->typed ? field->typed : one_line(field->options[0].words, &screen->ui->frame));
}

static enum handled save(struct screen *screen)
{
        struct deciding *state = screen->state;
        struct err err;
        if (conflict_resolve(screen->ui->app, &state->conflict, &err) != ERR_OK) {
                ui_say_err(screen->ui, &err);
                return HANDLED;
        }
        ui_say(screen->ui, STYLE_OK, _("Conflicto resuelto. Lo que no quedó sigue en la historia."));
        screen->result = 1;
        return CLOSE;
}

static bool move(struct deciding *state, const struct key *key)
{
        int n = row_count(state);
        if (key_is(key, K_UP) || key_is(key, K_DOWN)) {
                state->at = (state->at + (key_is(key, K_UP) ? n - 1 : 1)) % n;
                state->top = 0;
        } else if (key_is(key, K_PGDN)) {
                state->top += state->more ? 5 : 0;
        } else if (key_is(key, K_PGUP)) {
                state->top = state->top > 5 ? state->top - 5 : 0;
        } else {
                return false;
        }
        return true;
}

static enum handled conflict_key(struct screen *screen, const struct key *key, int action)
{
        struct deciding *state = screen->state;
        switch (action) {
        case ACT_FIRST: choose(state, false); return HANDLED;
        case ACT_SECOND: choose(state, true); return HANDLED;
        case ACT_EDIT: ask_typed(screen); return HANDLED;
        case ACT_ACCEPT: return save(screen);
        default: return move(state, key) ? HANDLED : IGNORED;
        }
}

static void conflict_back(struct screen *screen, struct screen *from, int result)
{
        struct deciding *state = screen->state;
        struct err err;
        if (dialog_tag(from) != TAG_TYPE || result != 1)
                return;
        if (conflict_type(screen->ui->app, &state->conflict, state->at, dialog_text(from), &err) != ERR_OK)
                ui_say_err(screen->ui, &err);
        else
                next_undecided(state);
}

static void conflict_free(struct screen *screen)
{
        struct deciding *state = screen->state;
        conflict_release(&state->conflict);
        free(state->second);
        free(state);
}

const struct screen_class screen_conflict = {.name = "conflict", .draw = conflict_draw, .key = conflict_key,
                                             .title = conflict_title, .back = conflict_back, .free = conflict_free};

struct screen *screen_conflict_open(struct ui *ui, const struct id *record)
{
        struct deciding *state = xcalloc(1, sizeof *state);
        struct err err;
        if (conflict_open(ui->app, record, &state->conflict, &err) != ERR_OK) {
                ui_say_err(ui, &err);
                free(state);
                return NULL;
        }
        state->second = xcalloc((size_t)state->conflict.n + 1, sizeof *state->second);
        for (int i = 0; i < state->conflict.n; i++)
                state->second[i] = 1;
        return ui_push(ui, &screen_conflict, state);
}
