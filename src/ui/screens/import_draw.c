/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the import screen shows: the places and the field, or the phrase asked for; below, how far it is or what came. */
#include "import_priv.h"

#include <string.h>

#include "base/str.h"

enum { MORE_COLS = 11 }; /* of the mark that there is more */

static void draw_progress(struct import *state, struct canvas *canvas, struct rect text, struct arena *frame)
{
        const char *slash = state->file ? strrchr(state->file, '/') : NULL;
        const char *name = slash ? slash + 1 : state->file ? state->file : "";
        char derived[DERIVED_TEXT];
        canvas_text_cut(canvas, text.row, text.col, text.cols, STYLE_NORMAL,
                        state->behind > 0 ? derived_words(state->derived, state->behind, derived)
                        : state->bundles_n > 1 ? arena_printf(frame, _("Paquete %d de %d: %s"), state->bundle + 1, state->bundles_n, name)
                                             : arena_printf(frame, _("Comprobando y tomando %s…"), name));
        canvas_bar(canvas, text.row + 2, text.col, text.cols, STYLE_OK, state->share);
        if (state->behind > 0)
                canvas_text_cut(canvas, text.row + 4, text.col, text.cols, STYLE_DIM,
                                _("Lo recibido ya está guardado. Si se cortara, sigue solo al abrir de nuevo."));
}

static void draw_phrase(struct import *state, struct canvas *canvas, struct rect area)
{
        struct rect field = {area.row + 3, area.col, 1, area.cols};
        canvas_text_cut(canvas, area.row, area.col, area.cols, STYLE_HEADING, _("Frase de contraseña del paquete"));
        canvas_text_cut(canvas, area.row + 1, area.col, area.cols, STYLE_DIM,
                        _("La dice quien lo hizo, por otro medio. Enter importa; Esc lo deja."));
        canvas_fill(canvas, field, STYLE_EDIT);
        passphrase_entry_draw(&state->phrase, canvas, field);
}

/* The places and the field for any other; how many rows they take. */
static int draw_places(struct import *state, struct canvas *canvas, struct rect area, struct arena *frame)
{
        int row = area.row + 2;
        canvas_text_cut(canvas, area.row, area.col, area.cols, STYLE_HEADING, _("¿De qué memoria, carpeta o archivo?"));
        if (media_n(state->places.media) == 0)
                canvas_text_cut(canvas, row++, area.col, area.cols, STYLE_DIM, _("No hay ninguna memoria USB: al conectarla aparece aquí."));
        row += places_draw(&state->places, canvas, (struct rect){row, area.col, area.rows - 8, area.cols}, state->path.text.len == 0, frame) + 1;
        int cols = canvas_text(canvas, row, area.col, area.cols, STYLE_NORMAL, _("Otra carpeta o archivo: "));
        struct rect field = {row, area.col + cols, 1, area.cols - cols};
        canvas_fill(canvas, field, STYLE_FIELD);
        editor_draw(&state->path, canvas, field, true);
        return row + 2 - area.row;
}

/* With a mark where there is more of it. */
static void draw_result(struct import *state, struct canvas *canvas, struct rect text, struct arena *frame)
{
        bool well = !state->done.failed && !state->done.stopped;
        text.rows--; /* for the mark */
        state->rows = text.rows;
        state->lines = canvas_wrap(canvas, text, well ? STYLE_OK : STYLE_WARNING, import_result_words(&state->done, &state->after, frame), state->top);
        if (state->lines > state->top + text.rows)
                canvas_text(canvas, text.row + text.rows, text.col + text.cols - MORE_COLS, MORE_COLS, STYLE_DIM, _("AvPág ↓ más"));
}

void import_draw(struct screen *screen, struct canvas *canvas, struct rect area)
{
        struct import *state = screen->state;
        struct arena *frame = &screen->ui->frame;
        struct rect inside = {area.row + 1, area.col + 2, area.rows - 1, area.cols - 4};
        int used = 5;
        if (state->asking)
                draw_phrase(state, canvas, inside);
        else
                used = draw_places(state, canvas, inside, frame);
        struct rect text = {inside.row + used, inside.col, inside.rows - used, inside.cols};
        if (state->task)
                canvas_text_cut(canvas, text.row, text.col, text.cols, STYLE_NORMAL, _("Abriendo la memoria…"));
        else if (state->job)
                draw_progress(state, canvas, text, frame);
        else if (state->problem)
                canvas_wrap(canvas, text, STYLE_ERROR, state->problem, 0);
        else if (state->is_done)
                draw_result(state, canvas, text, frame);
        else
                canvas_wrap(canvas, text, STYLE_NORMAL,
                            _("Enter copia cada paquete a este equipo, lo comprueba entero y recién entonces toma lo que trae; de una memoria "
                              "o carpeta, todos; un número elige su memoria. Puede repetirlo cuantas veces quiera: nada entra dos veces, y "
                              "nada de lo suyo se pierde."), 0);
}
