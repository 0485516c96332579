/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The padrón into the directory, in four steps on one screen: which file, what
 * would happen (everything is tried without storing it), doing it, what
 * happened.  Both runs go on between keys, a thousand schools at a time, and
 * Esc stops them: what was stored stays, and importing again finishes it.
 */
#include <stdlib.h>
#include <string.h>

#include "app/padron.h"
#include "ui/screens.h"

enum stage { STAGE_FILE, STAGE_TRYING, STAGE_TRIED, STAGE_IMPORTING, STAGE_DONE };
enum { TAG_UGEL = 1, TAG_ZEROS };

struct import {
        enum stage stage;
        struct editor path;
        struct padron_options options;
        struct padron *padron; /* from TRYING on */
        char *problem;         /* of the file, said under it */
        char *file, *ugels;    /* `options` points into them */
        char *wanted;          /* the UGEL as typed; NULL: not asked yet */
        int percent;
        char *notes; /* where the notes were written */
};

static const char setting[] = "padron_archivo";

/* ---- Words ---- */

static void add_ugels(const struct padron_scan *scan, struct str *out, struct arena *arena)
{
        enum { SHOWN = 3 };
        for (int i = 0; i < scan->ugels_n && i < SHOWN; i++)
                str_addf(out, "%s%s %s (%s)", i ? ", " : "", scan->ugels[i].code, scan->ugels[i].name,
                         padron_number(scan->ugels[i].rows, arena));
        if (scan->ugels_n > SHOWN)
                str_addf(out, _(" y %d más"), scan->ugels_n - SHOWN);
}

/* The file and what of it is taken in: the head of every step after the first. */
static void add_head(const struct import *state, struct str *out, struct arena *arena)
{
        const struct padron_scan *scan = padron_scan(state->padron);
        str_addf(out, _("%s en %s, %s %s. Entra: %s (%s %s)%s.\n"), scan->kind, scan->encoding,
                 padron_number(scan->rows, arena), scan->rows == 1 ? _("fila") : _("filas"), scan->scope,
                 padron_number(scan->in_scope, arena), scan->in_scope == 1 ? _("fila") : _("filas"),
                 state->options.personal ? _(", con datos personales") : "");
        if (state->stage < STAGE_IMPORTING && scan->ugels_n > 1) {
                str_add(out, _("El archivo trae "));
                add_ugels(scan, out, arena);
                str_add(out, ".\n");
        }
}

/* The first rows with an error. */
static void add_bad(const struct padron_result *result, struct str *out)
{
        enum { SHOWN = 4 };
        int shown = 0;
        for (int i = 0; i < result->notes.rows_n && shown < SHOWN; i++)
                if (strcmp(table_cell(&result->notes, i, 1), "error") == 0) {
                        str_addf(out, _("· fila %s: %s\n"), table_cell(&result->notes, i, 0),
                                 table_cell(&result->notes, i, 4));
                        shown++;
                }
        if (result->bad > shown)
                str_addf(out, _("· … y %lld más\n"), (long long)(result->bad - shown));
}

static void add_counts(const struct import *state, struct str *out, struct arena *arena)
{
        const struct padron_result *result = padron_result(state->padron);
        const char *words = padron_words(result, arena), *remarks = padron_remarks(state->padron, arena);
        const char *before = state->stage == STAGE_TRIED  ? _("Si importa: ")
                             : state->stage == STAGE_DONE ? _("Importado: ")
                                                          : "";
        str_addf(out, "\n%s%s.\n", before, words);
        if (state->stage != STAGE_TRIED && state->stage != STAGE_DONE)
                return;
        add_bad(result, out);
        if (state->notes)
                str_addf(out, _("Todos los avisos: %s\n"), state->notes);
        str_addf(out, "\n%s", remarks);
}

static const char *body_words(const struct import *state, struct arena *arena)
{
        struct str out = STR_INIT;
        add_head(state, &out, arena);
        add_counts(state, &out, arena);
        const char *kept = arena_strdup(arena, out.text);
        str_release(&out);
        return kept;
}

/* ---- Drawing ---- */

static void draw_file(struct import *state, struct canvas *canvas, struct rect area)
{
        struct rect field = {area.row + 4, area.col + 2, 1, area.cols - 4};
        struct rect text = {area.row + 6, area.col + 2, area.rows - 7, area.cols - 4};
        canvas_text_cut(canvas, area.row + 1, area.col + 2, area.cols - 4, STYLE_HEADING,
                        _("Archivo del padrón (DBF o CSV)"));
        canvas_text_cut(canvas, area.row + 2, area.col + 2, area.cols - 4, STYLE_DIM,
                        _("Por ejemplo /media/usted/MEMORIA/Padron_web.dbf"));
        canvas_fill(canvas, field, STYLE_EDIT);
        editor_draw(&state->path, canvas, field, true);
        canvas_wrap(canvas, text, state->problem ? STYLE_ERROR : STYLE_NORMAL,
                    state->problem ? state->problem
                                   : _("Enter lee el archivo y dice qué pasaría; todavía no guarda nada.\n\n"
                                       "Lo que las personas corrigieron en el directorio se conserva, "
                                       "ninguna institución se borra, "
                                       "e importar dos veces el mismo archivo no cambia nada."),
                    0);
}

static void draw_progress(const struct import *state, struct canvas *canvas, struct rect area)
{
        bool trying = state->stage == STAGE_TRYING;
        canvas_text_cut(canvas, area.row, area.col, area.cols, STYLE_HEADING,
                        trying ? _("Se revisa el archivo; todavía no se guarda nada") : _("Se importa. Esc lo detiene; lo ya importado queda"));
        canvas_bar(canvas, area.row + 1, area.col, area.cols - 8, STYLE_HEADING, state->percent / 100.0);
        char text[16];
        snprintf(text, sizeof text, "%d %%", state->percent);
        canvas_text(canvas, area.row + 1, area.col + area.cols - 6, 6, STYLE_NORMAL, text);
        canvas->cursor_row = area.row + 1;
        canvas->cursor_col = area.col;
}

static void import_draw(struct screen *screen, struct canvas *canvas, struct rect area)
{
        struct import *state = screen->state;
        struct rect inside = {area.row + 1, area.col + 2, area.rows - 1, area.cols - 4};
        if (state->stage == STAGE_FILE) {
                draw_file(state, canvas, area);
                return;
        }
        if (state->stage == STAGE_TRYING || state->stage == STAGE_IMPORTING) {
                draw_progress(state, canvas, inside);
        } else {
                canvas_text_cut(canvas, inside.row, inside.col, inside.cols, STYLE_HEADING,
                                state->stage == STAGE_TRIED ? _("Enter importa; Esc lo deja como está")
                                                            : _("El padrón ya está en el directorio"));
                canvas->cursor_row = inside.row;
                canvas->cursor_col = inside.col;
        }
        inside.row += 3;
        inside.rows -= 3;
        canvas_wrap(canvas, inside, STYLE_NORMAL, body_words(state, &screen->ui->frame), 0);
}

static const char *import_title(struct screen *screen, struct arena *arena)
{
        (void)screen;
        (void)arena;
        return _("Directorio › Importar el padrón");
}

/* ---- Steps ---- */

static void back_to_file(struct screen *screen, const char *problem)
{
        struct import *state = screen->state;
        screen->working = false;
        padron_close(state->padron);
        state->padron = NULL;
        state->stage = STAGE_FILE;
        free(state->problem);
        state->problem = problem ? xstrdup(problem) : NULL;
}

/* Open the file and begin a run over it. */
static void begin(struct screen *screen, enum stage stage)
{
        struct import *state = screen->state;
        struct err err;
        back_to_file(screen, NULL);
        state->options.path = state->file;
        state->options.dry_run = stage == STAGE_TRYING;
        if (padron_open(screen->ui->app, &state->options, &state->padron, &err) != ERR_OK) {
                back_to_file(screen, err.text);
                return;
        }
        state->stage = stage;
        state->percent = 0;
        screen->working = true;
        store_meta_set(app_store(screen->ui->app), setting, state->file, NULL);
}

static void ask_zeros(struct screen *screen)
{
        static const char *const answers[] = {_("No; no importar"), _("Completar con ceros")};
        struct import *state = screen->state;
        const struct padron_scan *scan = padron_scan(state->padron);
        screen->working = false;
        dialog_ask(screen->ui, TAG_ZEROS, _("Códigos sin sus ceros"),
                   arena_printf(&screen->ui->frame,
                                _("%lld %s menos dígitos de los debidos, por ejemplo %s. "
                                  "Parece que una hoja de cálculo borró los ceros de la izquierda."),
                                (long long)scan->short_codes,
                                scan->short_codes == 1 ? _("código tiene") : _("códigos tienen"),
                                scan->short_example),
                   answers, 2);
}

/* A new run with what the person asked for now. */
static void try_file(struct screen *screen)
{
        struct import *state = screen->state;
        begin(screen, STAGE_TRYING);
        if (state->padron && padron_scan(state->padron)->zeros_lost && !state->options.zeros)
                ask_zeros(screen);
}

static void finish(struct screen *screen)
{
        struct import *state = screen->state;
        struct arena arena = {0};
        struct err err;
        const char *path;
        free(state->notes);
        state->notes = NULL;
        state->stage = state->stage == STAGE_TRYING ? STAGE_TRIED : STAGE_DONE;
        if (padron_result(state->padron)->notes.rows_n == 0)
                return;
        if (padron_write_notes(state->padron, NULL, &arena, &path, &err) == ERR_OK)
                state->notes = xstrdup(path);
        else
                ui_say_err(screen->ui, &err);
        arena_release(&arena);
}

static bool import_work(struct screen *screen)
{
        struct import *state = screen->state;
        struct err err;
        if (padron_step(state->padron, &state->percent, &err) != ERR_OK) {
                back_to_file(screen, err.text);
                return false;
        }
        if (state->percent < 100)
                return true;
        finish(screen);
        return false;
}

/* ---- Keys ---- */

static void choose_ugels(struct import *state)
{
        char *rest = NULL;
        free(state->ugels);
        state->ugels = xstrdup(state->wanted ? state->wanted : "");
        state->options.ugels_n = 0;
        state->options.all = strchr(state->ugels, '*') != NULL;
        for (char *code = strtok_r(state->ugels, ", *", &rest); code && state->options.ugels_n < PADRON_UGELS_MAX;
             code = strtok_r(NULL, ", *", &rest))
                state->options.ugels[state->options.ugels_n++] = code;
}

static void read_path(struct import *state)
{
        free(state->file);
        state->file = xstrdup(state->path.text.text);
        state->options = (struct padron_options){0};
        choose_ugels(state);
}

static enum handled stop(struct screen *screen)
{
        struct import *state = screen->state;
        bool storing = state->stage == STAGE_IMPORTING;
        if (state->stage == STAGE_FILE || state->stage == STAGE_DONE)
                return IGNORED;
        back_to_file(screen, NULL);
        if (storing)
                ui_say(screen->ui, STYLE_MESSAGE,
                       _("Se detuvo. Lo importado hasta aquí quedó; al importar otra vez se completa."));
        return HANDLED;
}

static enum handled import_key(struct screen *screen, const struct key *key, int action)
{
        struct import *state = screen->state;
        if (key_is(key, K_ESC))
                return stop(screen);
        if (action == ACT_ACCEPT && state->stage == STAGE_FILE) {
                read_path(state);
                try_file(screen);
        } else if (action == ACT_ACCEPT && state->stage == STAGE_TRIED) {
                begin(screen, STAGE_IMPORTING);
        } else if (action == ACT_ACCEPT && state->stage == STAGE_DONE) {
                return CLOSE;
        } else if (action == ACT_SCOPE) {
                dialog_line(screen->ui, TAG_UGEL, _("De qué UGEL"), _("Códigos separados por comas; * todas"),
                            state->wanted ? state->wanted : "");
        } else if (action == ACT_PERSONAL) {
                state->options.personal = !state->options.personal;
                try_file(screen);
        } else if (state->stage == STAGE_FILE) {
                return editor_key(&state->path, key, 200);
        }
        return HANDLED;
}

static bool import_allows(struct screen *screen, int action)
{
        struct import *state = screen->state;
        if (action == ACT_ACCEPT)
                return !screen->working;
        if (action == ACT_SCOPE && state->stage == STAGE_FILE)
                return true;
        return state->stage == STAGE_TRIED || (action != ACT_SCOPE && action != ACT_PERSONAL);
}

static void import_back(struct screen *screen, struct screen *from, int result)
{
        struct import *state = screen->state;
        if (dialog_tag(from) == TAG_UGEL && result == 1) {
                free(state->wanted);
                state->wanted = xstrdup(dialog_text(from));
                if (state->stage == STAGE_FILE)
                        read_path(state);
                choose_ugels(state);
                try_file(screen);
        } else if (dialog_tag(from) == TAG_ZEROS && result == 2) {
                state->options.zeros = true;
                try_file(screen);
        } else if (dialog_tag(from) == TAG_ZEROS) {
                back_to_file(screen, NULL);
        }
}

static bool import_typing(struct screen *screen)
{
        return ((struct import *)screen->state)->stage == STAGE_FILE;
}

static void import_free(struct screen *screen)
{
        struct import *state = screen->state;
        padron_close(state->padron);
        editor_release(&state->path);
        free(state->problem);
        free(state->file);
        free(state->ugels);
        free(state->wanted);
        free(state->notes);
        free(state);
}

const struct screen_class screen_padron = {.name = "padron",
                                           .draw = import_draw,
                                           .key = import_key,
                                           .title = import_title,
                                           .allows = import_allows,
                                           .back = import_back,
                                           .work = import_work,
                                           .typing = import_typing,
                                           .free = import_free};

struct screen *screen_padron_open(struct ui *ui)
{
        struct import *state = xcalloc(1, sizeof *state);
        struct arena arena = {0};
        const char *path = NULL;
        editor_init(&state->path, false);
        if (store_meta_get(app_store(ui->app), setting, &arena, &path, NULL) == ERR_OK && path)
                editor_set(&state->path, path);
        arena_release(&arena);
        return ui_push(ui, &screen_padron, state);
}
