/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * «Ir a…»: every section and question of the form in a list that filters as
 * one types; or «Lo que falta»: only what is missing or wrong, rows and child
 * records included.  It closes with 1 and the place that was chosen.
 */
#include "form_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

struct target {
        struct place place;
        const char *glyph, *section, *label, *folded;
        enum style style;
};

struct goto_state {
        struct arena arena;
        struct target *targets;
        int n;
        int *found, found_n;
        char *words; /* of `found` */
        struct list list;
        bool missing;
        struct place chosen;
};

/* ---- What can be gone to ---- */

static void add(struct goto_state *state, struct place place, const char *glyph, const char *section,
                const char *label)
{
        struct target *target = &state->targets[state->n++];
        char *folded = utf8_fold(arena_printf(&state->arena, "%s %s", label, section));
        *target = (struct target){place,
                                  glyph,
                                  arena_strdup(&state->arena, section),
                                  arena_strdup(&state->arena, label),
                                  arena_strdup(&state->arena, folded),
                                  form_glyph_style(glyph)};
        free(folded);
}

static const char *status_glyph(enum answer_status status, bool visited)
{
        switch (status) {
        case STATUS_DONE: return "✓";
        case STATUS_WARNING: return "~";
        case STATUS_INVALID:
        case STATUS_UNAVAILABLE: return "!";
        case STATUS_MISSING: return visited ? "!" : "·";
        case STATUS_PLAIN: return " ";
        default: return "·";
        }
}

static bool goes_to(struct form_state *st, int node, struct place place)
{
        const struct node *at = &st->form->nodes[node];
        return at->scope == 0 && at->type != NODE_GROUP && form_node_shows(at) && at->type != NODE_NOTE &&
               at->type != NODE_CALCULATE && session_is_relevant(st->session, place);
}

static void add_all(struct form_state *st, struct goto_state *state)
{
        state->targets = ARENA_ARRAY(&state->arena, struct target, st->form->nodes_n);
        for (int i = 0; i < st->sections_n; i++)
                for (int node = st->sections[i].first; node < st->sections[i].end; node++) {
                        struct place place = {node, 0};
                        if (goes_to(st, node, place))
                                add(state, place,
                                    status_glyph(session_status(st->session, place), st->sections[i].visited),
                                    st->sections[i].label, session_label(st->session, place, &state->arena));
                }
}

static void add_missing(struct form_state *st, struct goto_state *state)
{
        int n = 0;
        const struct draft_problem *problems = draft_problems(st->draft, false, &state->arena, &n);
        state->targets = ARENA_ARRAY(&state->arena, struct target, n);
        for (int i = 0; i < n; i++)
                add(state, problems[i].place, "!", problems[i].text, problems[i].label);
}

/* ---- As a list ---- */

static void filter(struct goto_state *state, const char *words)
{
        if (state->words && strcmp(state->words, words) == 0)
                return;
        char *folded = utf8_fold(words);
        size_t len = strlen(folded);
        state->found_n = 0;
        /* First the labels that begin with the words, then those that hold them anywhere. */
        for (int begins = 1; begins >= 0; begins--)
                for (int i = 0; i < state->n; i++) {
                        const char *target = state->targets[i].folded, *word = target + strspn(target, "¿¡«( ");
                        if (strstr(target, folded) && (strncmp(word, folded, len) == 0) == begins)
                                state->found[state->found_n++] = i;
                }
        free(folded);
        free(state->words);
        state->words = xstrdup(words);
}

static int source_rows(void *ctx, const char *words, int from, int n, struct list_row *rows,
                       struct arena *arena)
{
        struct goto_state *state = ctx;
        (void)arena;
        filter(state, words);
        int i = 0;
        for (; i < n && from + i < state->found_n; i++) {
                const struct target *target = &state->targets[state->found[from + i]];
                rows[i] = (struct list_row){.cells = {target->glyph, target->label, target->section},
                                            .style = STYLE_NORMAL,
                                            .data = target};
        }
        return i;
}

static void source_count(void *ctx, const char *words, int64_t *ret_found, int64_t *ret_all)
{
        struct goto_state *state = ctx;
        filter(state, words);
        *ret_found = state->found_n;
        *ret_all = state->n;
}

static struct list_source source_of(struct goto_state *state, int cols)
{
        return (struct list_source){
                .ctx = state,
                .columns_n = 3,
                .columns = {{"", 1},
                            {_("Pregunta"), 0},
                            {state->missing ? _("Qué hacer") : _("Sección"), cols >= 76 ? 30 : 18}},
                .rows = source_rows,
                .count = source_count,
                .empty = state->missing ? _("No falta nada: F7 revisa y permite concluir.")
                                        : _("No hay preguntas que mostrar."),
        };
}

/* ---- The screen ---- */

static struct goto_state *state_of(const struct screen *screen)
{
        return screen->state;
}

static void draw(struct screen *screen, struct canvas *canvas, struct rect area)
{
        struct goto_state *state = state_of(screen);
        int rows = area.rows - 2, cols = area.cols - 4 < 100 ? area.cols - 4 : 100;
        struct rect box = {area.row + 1, area.col + (area.cols - cols) / 2, rows, cols};
        canvas_fill(canvas, box, STYLE_NORMAL);
        canvas_box(canvas, box, STYLE_NORMAL, state->missing ? _("Lo que falta") : _("Ir a…"));
        list_draw(&state->list, canvas, (struct rect){box.row + 1, box.col + 2, box.rows - 2, box.cols - 4},
                  true);
}

static enum handled key(struct screen *screen, const struct key *key, int action)
{
        struct goto_state *state = state_of(screen);
        (void)action;
        if (key_is(key, K_ENTER)) {
                const struct list_row *row = list_selected(&state->list);
                if (!row)
                        return HANDLED;
                state->chosen = ((const struct target *)row->data)->place;
                screen->result = 1;
                return CLOSE;
        }
        return list_key(&state->list, key);
}

static void free_state(struct screen *screen)
{
        struct goto_state *state = state_of(screen);
        list_release(&state->list);
        arena_release(&state->arena);
        free(state->words);
        free(state);
}

static bool typing(struct screen *screen)
{
        (void)screen;
        return true;
}

const struct screen_class screen_form_goto = {
        .name = "form_goto",
        .overlay = true,
        .draw = draw,
        .key = key,
        .free = free_state,
        .typing = typing,
};

struct place form_goto_place(const struct screen *screen)
{
        return state_of(screen)->chosen;
}

void form_goto_open(struct form_state *st, bool missing)
{
        struct goto_state *state = xcalloc(1, sizeof *state);
        state->missing = missing;
        state->chosen = PLACE_NONE;
        if (missing)
                add_missing(st, state);
        else
                add_all(st, state);
        state->found = ARENA_ARRAY(&state->arena, int, state->n);
        struct list_source source = source_of(state, st->ui->canvas.cols);
        list_init(&state->list, &source);
        for (int i = 0; !missing && st->widget.class && i < state->n; i++)
                if (state->targets[i].place.node == st->widget.place.node)
                        state->list.at = i;
        ui_push(st->ui, &screen_form_goto, state);
}
