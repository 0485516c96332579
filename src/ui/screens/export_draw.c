/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the export screen shows: the places, how far it is, or what was written. */
#include "export_priv.h"

#include <stdio.h>

/* ---- Choosing ---- */

static const char *what_words(const struct export *state)
{
        if (state->whom > 0)
                return _("Enter copia lo que les falta (directorio, metas, observaciones) y el acuse de lo recibido, lo lee de nuevo y lo "
                         "compara; un número elige su memoria. F4 cambia para quién es.");
        return _("Enter copia en un paquete todo lo concluido que la oficina no dijo tener, lo lee de nuevo y lo compara; un número "
                 "elige su memoria. Puede repetirlo cuantas veces quiera: allá nada entra dos veces.");
}

static void draw_problem(struct export *state, struct canvas *canvas, struct rect text, struct arena *frame)
{
        if (state->no_news)
                canvas_wrap(canvas, text, STYLE_MESSAGE,
                            arena_printf(frame, _("%s Enter, otra vez, lleva igual un acuse de lo recibido."), state->problem), 0);
        else
                canvas_wrap(canvas, text, STYLE_ERROR, state->problem, 0);
}

static void draw_choosing(struct export *state, struct canvas *canvas, struct rect area, struct arena *frame)
{
        canvas_text_cut(canvas, area.row, area.col, area.cols, STYLE_HEADING, _("¿A qué memoria o carpeta?"));
        bool whom = state->laptops_n > 0 || state->sealed;
        if (whom)
                canvas_text_cut(canvas, area.row + 1, area.col, area.cols, STYLE_NORMAL,
                                arena_printf(frame, _("Para: %s"), export_whom(state, frame)));
        int row = area.row + 2 + whom;
        if (media_n(state->places.media) == 0)
                canvas_text_cut(canvas, row++, area.col, area.cols, STYLE_DIM,
                                _("No hay ninguna memoria USB: al conectarla aparece aquí."));
        row += places_draw(&state->places, canvas, (struct rect){row, area.col, area.rows - (row - area.row) - 5, area.cols},
                           state->folder.text.len == 0, frame) + 1;
        int cols = canvas_text(canvas, row, area.col, area.cols, STYLE_NORMAL, _("Otra carpeta: "));
        struct rect field = {row, area.col + cols, 1, area.cols - cols};
        canvas_fill(canvas, field, STYLE_FIELD);
        editor_draw(&state->folder, canvas, field, true);
        struct rect text = {row + 2, area.col, area.row + area.rows - row - 2, area.cols};
        if (state->problem)
                draw_problem(state, canvas, text, frame);
        else
                canvas_wrap(canvas, text, STYLE_NORMAL, what_words(state), 0);
}

static void draw_phrase(struct export *state, struct canvas *canvas, struct rect area, struct arena *frame)
{
        canvas_text_cut(canvas, area.row, area.col, area.cols, STYLE_HEADING,
                        arena_printf(frame, _("Frase de contraseña para exportar a %s"), state->target));
        int used = passphrase_entry_draw(&state->phrase, canvas, (struct rect){area.row + 2, area.col, area.rows - 2, area.cols});
        struct rect text = {area.row + used + 3, area.col, area.rows - used - 3, area.cols};
        if (text.rows > 0)
                canvas_wrap(canvas, text, STYLE_NORMAL,
                            _("Esta laptop todavía no tiene la clave de una oficina, así que el paquete se cifra con una frase: cuatro "
                              "palabras o más que nadie adivine. F5 la muestra; F6 propone una. Dígala a la oficina por otro medio, nunca "
                              "junto a la memoria. Las fichas reservadas no viajan así."), 0);
}

/* ---- Doing and done ---- */

static void draw_working(struct export *state, struct canvas *canvas, struct rect area, struct arena *frame)
{
        char percent[16];
        int done;
        double share = carry_share(state->carry);
        snprintf(percent, sizeof percent, "%d %%", (int)(share * 100));
        canvas_text_cut(canvas, area.row, area.col, area.cols, STYLE_HEADING,
                        arena_printf(frame, _("Exportar a %s, para %s"), state->target, export_whom(state, frame)));
        canvas_wrap(canvas, (struct rect){area.row + 2, area.col, 2, area.cols}, STYLE_NORMAL,
                    carry_words(state->carry, frame), 0);
        canvas_bar(canvas, area.row + 4, area.col, area.cols - 8, STYLE_FOCUS, share);
        canvas_text(canvas, area.row + 4, area.col + area.cols - 6, 6, STYLE_NORMAL, percent);
        if (!carry_result(state->carry))
                canvas_wrap(canvas, (struct rect){area.row + 6, area.col, 2, area.cols}, STYLE_DIM,
                            carry_parts(state->carry, &done) > 1
                                    ? _("No retire la memoria. Esc detiene la copia; los paquetes ya copiados quedan, y ninguno a medias.")
                                    : _("No retire la memoria. Esc detiene la copia y no queda nada a medias."), 0);
        canvas->cursor_row = area.row;
        canvas->cursor_col = area.col;
}

static void draw_done(struct export *state, struct canvas *canvas, struct rect area, struct arena *frame)
{
        const char *end = carry_end_words(carry_end(state->carry));
        bool is_free = carry_end(state->carry) == CARRY_FREE;
        canvas_text_cut(canvas, area.row, area.col, area.cols, STYLE_HEADING, arena_printf(frame, _("Exportado a %s"), state->target));
        struct rect text = {area.row + 2, area.col, area.rows - 2, area.cols};
        int lines = canvas_wrap(canvas, text, STYLE_NORMAL, export_words(carry_result(state->carry), frame), 0);
        text.row += lines + 1;
        text.rows -= lines + 1;
        if (text.rows > 0) {
                lines = canvas_wrap(canvas, text, is_free ? STYLE_OK : STYLE_WARNING, end, 0) + (*end != '\0');
                text.row += lines;
                text.rows -= lines;
        }
        if (text.rows > 0 && state->whom == 0 && state->sealed && !state->accepted)
                canvas_wrap(canvas, text, STYLE_NORMAL,
                            _("La oficina tiene que aceptar esta laptop una vez: al recibir el paquete le pedirá sus seis palabras. Están en "
                              "«Claves y laptops», en el inicio."), 0);
        canvas->cursor_row = area.row;
        canvas->cursor_col = area.col;
}

void export_draw(struct screen *screen, struct canvas *canvas, struct rect area)
{
        struct export *state = screen->state;
        struct arena *frame = &screen->ui->frame;
        struct rect inside = {area.row + 1, area.col + 2, area.rows - 1, area.cols - 4};
        if (state->waiting)
                draw_phrase(state, canvas, inside, frame);
        else if (!state->carry)
                draw_choosing(state, canvas, inside, frame);
        else if (carry_stage(state->carry) == CARRY_DONE)
                draw_done(state, canvas, inside, frame);
        else
                draw_working(state, canvas, inside, frame);
}
