/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the screen of keys shows:
 *
 *      who this is, its six words, how it stands
 *      ─────
 *      everyone known here
 *      ─────
 *      the one pointed at: its words, whole
 */
#include "base/date.h"
#include "keys_priv.h"

enum { TOP_ROWS = 5, BELOW_ROWS = 4 };

/* "21/11/2026", of an ISO datetime. */
static const char *day_words(const char *iso, struct arena *arena)
{
        char text[DATETIME_TEXT];
        struct datetime when;
        return datetime_parse(iso, -300, &when) ? arena_strdup(arena, date_format_person(when.days, text)) : "";
}

int keys_rows(void *ctx, const char *words, int from, int n, struct list_row *rows, struct arena *arena)
{
        const struct keys *state = ctx;
        int found = 0;
        (void)words;
        for (int i = from; i < state->n && found < n; i++, found++) {
                const struct laptop *laptop = &state->laptops[i];
                bool pending = laptop->state == LAPTOP_PENDING;
                rows[found] = (struct list_row){.style = pending ? STYLE_WARNING : STYLE_NORMAL, .data = laptop};
                rows[found].cells[0] = arena_printf(arena, "%s%s", pending ? "! " : laptop->state == LAPTOP_REVOKED ? "✗ " : "✓ ",
                                                    laptop_state_word(laptop->state));
                rows[found].cells[1] = *laptop->name ? laptop->name : *laptop->device ? arena_printf(arena, "%.8s", laptop->device) : "—";
                rows[found].cells[2] = day_words(laptop->since, arena);
                rows[found].cells[3] = day_words(laptop->last, arena);
                rows[found].cells[4] = laptop->waiting ? arena_printf(arena, "%lld", (long long)laptop->waiting) : "";
        }
        return found;
}

/* ---- Above ---- */

static const char *office_words(const struct keys *state, struct arena *arena)
{
        if (state->tested < 0)
                return _("! Nadie ha probado su clave: F3 la prueba. F5 hace la copia de papel.");
        if (state->due)
                return arena_printf(arena, _("! Hace %d días que no se prueba su clave: F3 la prueba."), state->tested);
        if (state->tested == 0)
                return _("Su clave se probó hoy: abre lo que cifra.");
        return arena_printf(arena, state->tested == 1 ? _("Su clave se probó hace %d día: abre lo que cifra.")
                                                      : _("Su clave se probó hace %d días: abre lo que cifra."), state->tested);
}

static bool has_office(const struct keys *state)
{
        for (int i = 0; i < state->n; i++)
                if (state->laptops[i].state == LAPTOP_OFFICE)
                        return true;
        return false;
}

static const char *standing_words(const struct keys *state, struct arena *arena)
{
        if (state->is_office)
                return office_words(state, arena);
        if (*state->enrolment)
                return state->enrolment;
        return has_office(state) ? _("Cifra para su oficina. Falta que ella acepte esta laptop, con estas palabras.")
                                 : _("! Todavía no tiene las claves de su UGEL: F4 las recibe, de una memoria.");
}

static void draw_top(const struct keys *state, struct canvas *canvas, struct rect area, struct arena *frame)
{
        const char *standing = standing_words(state, frame);
        const char *name = *state->own_name ? state->own_name : _("sin nombre");
        canvas_text_cut(canvas, area.row, area.col, area.cols, STYLE_NORMAL,
                        arena_printf(frame, state->is_office ? _("Esta oficina: %s. Sus palabras, para comparar:")
                                                             : _("Esta laptop: %s. Sus palabras, para comparar:"), name));
        canvas_text_cut(canvas, area.row + 1, area.col + 2, area.cols - 2, STYLE_HEADING, state->own_words);
        canvas_text_cut(canvas, area.row + 2, area.col, area.cols, standing[0] == '!' ? STYLE_WARNING : STYLE_NORMAL, standing);
        canvas_text_cut(canvas, area.row + 3, area.col, area.cols, STYLE_DIM,
                        state->holds ? _("Lo que firme una laptop nueva espera hasta que usted la acepte.")
                                     : _("Lo que firme una laptop nueva vale al importarlo (F7 lo cambia)."));
}

/* ---- Below ---- */

static const char *about_words(const struct laptop *laptop)
{
        switch (laptop->state) {
        case LAPTOP_PENDING:
                return laptop->rival ? _("¡Cuidado! Dice ser una laptop conocida y la firma otra clave.")
                                     : _("Enter: compare estas palabras con las que muestra esa laptop, y acéptela.");
        case LAPTOP_REVOKED: return _("Lo que firme espera y no vale. Enter la vuelve a aceptar.");
        case LAPTOP_NOTED: return _("Nadie comparó sus palabras; lo que firma vale. Enter la acepta.");
        case LAPTOP_OFFICE: return _("Los paquetes se cifran para ella.");
        case LAPTOP_ISSUER: return _("Se cree lo que firma, y a quién acepta o quita.");
        default: return *laptop->last ? _("Lo que firma vale.") : _("Lo que firma vale. Todavía no llega ningún paquete suyo.");
        }
}

static void draw_below(struct keys *state, struct canvas *canvas, struct rect area)
{
        const struct list_row *row = list_selected(&state->list);
        for (int col = 0; col < area.cols; col++)
                canvas_text(canvas, area.row, area.col + col, 1, STYLE_DIM, "─");
        if (!row)
                return;
        const struct laptop *laptop = row->data;
        canvas_text_cut(canvas, area.row + 1, area.col + 1, area.cols - 2, STYLE_HEADING, laptop->words);
        canvas_text_cut(canvas, area.row + 2, area.col + 1, area.cols - 2, laptop->rival ? STYLE_WARNING : STYLE_NORMAL,
                        about_words(laptop));
}

void keys_draw(struct screen *screen, struct canvas *canvas, struct rect area)
{
        struct keys *state = screen->state;
        struct arena *frame = &screen->ui->frame;
        int below = area.rows > TOP_ROWS + BELOW_ROWS + 3 ? BELOW_ROWS : 0;
        draw_top(state, canvas, (struct rect){area.row, area.col + 1, TOP_ROWS, area.cols - 2}, frame);
        list_draw(&state->list, canvas, (struct rect){area.row + TOP_ROWS, area.col, area.rows - TOP_ROWS - below, area.cols}, true);
        if (below)
                draw_below(state, canvas, (struct rect){area.row + area.rows - below + 1, area.col, below - 1, area.cols});
}
