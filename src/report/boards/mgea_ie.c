/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The 25 practices of MGEA in one school: how each stands at its latest
 * checklist and stood at the one before, with its evidence, who sees to it, and
 * by when.
 */
#include "../mgea.h"

#include <stdio.h>
#include <string.h>

enum { COL_PRINCIPLE, COL_PRACTICE, COL_STATE, COL_BEFORE, COL_WHEN, COL_PHASE, COL_WHO, COL_EVIDENCE, COL_KIND, COL_KEY, COL_TARGET, COL_TEXT };

static const struct board_heading headings[] = {
        [COL_PRINCIPLE] = {"principio", _("Principio"), CELL_TEXT, 3, 18, true},
        [COL_PRACTICE] = {"practica", _("Práctica"), CELL_TEXT, 1, 0, false},
        [COL_STATE] = {"estado", _("Estado"), CELL_TEXT, 1, 13, false},
        [COL_BEFORE] = {"estado_anterior", _("Antes"), CELL_TEXT, 1, 11, false},
        [COL_WHEN] = {"plazo", _("Meta"), CELL_TEXT, 2, 18, false},
        [COL_PHASE] = {"fase", _("Fase"), CELL_TEXT, 5, 19, false},
        [COL_WHO] = {"responsable", _("Responsable"), CELL_TEXT, 4, 22, false},
        [COL_EVIDENCE] = {"evidencia", _("Evidencia"), CELL_TEXT, 6, 40, false},
        [COL_KIND] = {"evidencia_tipo", _("Tipo de evidencia"), CELL_TEXT, 7, 30, false},
        [COL_KEY] = {"clave", _("Clave"), CELL_TEXT, 8, 6, false},
        [COL_TARGET] = {"fecha_meta", _("Fecha meta"), CELL_DATE, 8, 10, false},
        [COL_TEXT] = {"texto", _("Texto de la práctica"), CELL_TEXT, 9, 60, false},
};

enum { STATE, PHASE, KIND, EVIDENCE, WHO, TARGET, PARTS };
static const char *const parts[PARTS] = {[STATE] = "estado", [PHASE] = "fase", [KIND] = "evidencia_tipo", [EVIDENCE] = "evidencia",
                                         [WHO] = "responsable", [TARGET] = "fecha_meta"};

struct practices {
        struct board *board;
        const char *names[MGEA_PRACTICES * PARTS];
        const char *answers[2][MGEA_PRACTICES * PARTS]; /* now, before */
        struct id record;
        char dates[2][DATE_TEXT];
        int n; /* checklists met, two at most */
};

static enum err_code take(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        struct practices *all = ctx;
        (void)err;
        if (all->n == 2)
                return ERR_OK;
        if (all->n == 0)
                all->record = record->id;
        snprintf(all->dates[all->n], sizeof all->dates[0], "%s", record->date);
        for (int i = 0; i < MGEA_PRACTICES * PARTS; i++)
                all->answers[all->n][i] = arena_strdup(&all->board->arena, answers[i]);
        all->n++;
        return ERR_OK;
}

static enum err_code read_all(struct practices *all, struct err *err)
{
        struct board *board = all->board;
        const struct board_options *options = &board->options;
        struct store_query query = {.form = "mgea_checklist", .school = options->argument, .date_from = options->from,
                                    .date_to = options->to, .sensitive = options->sensitive, .limit = 2};
        for (int i = 0; i < MGEA_PRACTICES; i++)
                for (int p = 0, principle; p < PARTS; p++)
                        all->names[i * PARTS + p] = arena_printf(&board->arena, "%s_%s", mgea_practice(i, &principle), parts[p]);
        return store_walk(board->host->store, &query, all->names, MGEA_PRACTICES * PARTS, take, all, err);
}

/* ---- Rows ---- */

/* What the form calls a practice, and its whole text: the group around its state, and that question's hint. */
static void name_practice(struct board *board, const char *key)
{
        const struct form *form = board->host->form(board->host->ctx, "mgea_checklist");
        int node = form ? form_find(form, arena_printf(&board->arena, "%s_estado", key)) : -1;
        const char *title = node >= 0 ? form->nodes[form->nodes[node].parent].label.plain : "";
        board_put(board, COL_PRACTICE, *title ? title : key);
        board_put(board, COL_KEY, key);
        if (node >= 0)
                board_put(board, COL_TEXT, form->nodes[node].hint.plain);
}

static const char *choice_of(const struct practices *all, int at, const char *value)
{
        return board_choice(all->board, "mgea_checklist", all->names[at], value);
}

static void put_kinds(struct practices *all, int at)
{
        struct str text = STR_INIT;
        json_t *kinds = repeat_rows(all->answers[0][at]), *kind;
        size_t i;
        json_array_foreach(kinds, i, kind) {
                const char *name = json_string_value(kind);
                str_addf(&text, "%s%s", i ? ", " : "", choice_of(all, at, name ? name : ""));
        }
        board_put(all->board, COL_KIND, text.text);
        str_release(&text);
        json_decref(kinds);
}

/* Later in the list is further on; what does not apply is no step. */
static int step_of(const char *state)
{
        return strcmp(state, "logrado") == 0 ? 3 : strcmp(state, "en_proceso") == 0 ? 2 : strcmp(state, "no_iniciado") == 0 ? 1 : 0;
}

static const char *arrow_of(const struct practices *all, const char *now, const char *before)
{
        if (all->n < 2 || !step_of(now) || !step_of(before) || step_of(now) == step_of(before))
                return "";
        return step_of(now) > step_of(before) ? "↑ " : "↓ ";
}

static void put_state(struct practices *all, int at)
{
        struct board *board = all->board;
        const char *now = all->answers[0][at + STATE], *before = all->n > 1 ? all->answers[1][at + STATE] : "";
        board_putf(board, COL_STATE, "%s%s", arrow_of(all, now, before), choice_of(all, at + STATE, now));
        board_put(board, COL_BEFORE, choice_of(all, at + STATE, before));
}

static void add_row(struct practices *all, int practice, int *late_n)
{
        struct board *board = all->board;
        int principle, at = practice * PARTS;
        const char *key = mgea_practice(practice, &principle), *const *now = &all->answers[0][at];
        int64_t days;
        bool achieved = strcmp(now[STATE], "logrado") == 0, applies = strcmp(now[STATE], "na") != 0;
        bool dated = !achieved && applies && board_days_to(board, now[TARGET], &days), late = dated && days < 0;
        *late_n += late;
        board_add(board, achieved ? TONE_DONE : late ? TONE_OVERDUE : dated && days <= SOON_DAYS ? TONE_SOON : TONE_NORMAL);
        board_opens(board, &all->record);
        board_put(board, COL_PRINCIPLE, mgea_principles[principle].title);
        name_practice(board, key);
        put_state(all, at);
        board_put(board, COL_PHASE, choice_of(all, at + PHASE, now[PHASE]));
        board_put(board, COL_EVIDENCE, now[EVIDENCE]);
        put_kinds(all, at + KIND);
        board_put(board, COL_WHO, now[WHO]);
        board_putf(board, COL_WHEN, late ? _("venció %s") : "%s", day_short(board, now[TARGET]));
        board_put(board, COL_TARGET, now[TARGET]);
}

static int count(const struct practices *all, int which, const char *state)
{
        int n = 0;
        for (int i = 0; i < MGEA_PRACTICES; i++)
                n += strcmp(all->answers[which][i * PARTS + STATE], state) == 0;
        return n;
}

static void show(struct practices *all)
{
        struct board *board = all->board;
        char before[DATE_TEXT];
        int late = 0;
        for (int i = 0; i < MGEA_PRACTICES; i++)
                add_row(all, i, &late);
        int64_t days = 0;
        date_parse(all->dates[1], &days);
        const char *since = all->n < 2 ? _("es su primer corte")
                                       : arena_printf(&board->arena, _("eran %d el %s"), count(all, 1, "logrado"), date_format_person(days, before));
        board_summary(board, _("Corte del %s: %d de %d prácticas logradas (%s); en proceso %d, vencidas %d."),
                      day_short(board, all->dates[0]), count(all, 0, "logrado"), MGEA_PRACTICES - count(all, 0, "na"), since,
                      count(all, 0, "en_proceso"), late);
}

enum err_code board_mgea_ie(struct board *board, struct err *err)
{
        struct practices *all = ARENA_NEW(&board->arena, struct practices);
        all->board = board;
        board_set_columns(board, headings, (int)ARRAY_LEN(headings));
        board->empty = _("Esta escuela no tiene fichas del MGEA.");
        enum err_code rc = read_all(all, err);
        if (rc == ERR_OK && all->n)
                show(all);
        return rc;
}
