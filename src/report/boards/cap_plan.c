/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A plan of CAP: its twenty questions, which are answered and with what, and
 * how far its schedule is.  The plan is the argument, or the newest of the
 * UGEL.  Questions and their parts are those of the form: the list
 * pregunta_plan names them (q01 …), estado_q01 says how each stands, and
 * whatever is called q01_… is a part of it.
 */
#include "../groups.h"

#include <stdlib.h>
#include <string.h>

enum { COL_QUESTION, COL_STATE, COL_ANSWER };

static const struct board_heading headings[] = {
        [COL_QUESTION] = {"pregunta", _("Pregunta"), CELL_TEXT, 1, 24, false},
        [COL_STATE] = {"estado", _("Estado"), CELL_TEXT, 1, 14, false},
        [COL_ANSWER] = {"respuesta", _("Respuesta"), CELL_TEXT, 1, 0, false},
};

/* The form's nodes that the board reads, and one plan's answers to them, in the same order. */
struct plan {
        struct board *board;
        const struct form *form;
        const struct choice_list *questions;
        const char **names;
        const char **answers;
        int names_n;
        struct id id;
        const char *title, *ugel, *date; /* title NULL: no plan */
};

static const char *answer_of(const struct plan *plan, const char *const *answers, const char *name)
{
        for (int i = 0; i < plan->names_n; i++)
                if (strcmp(plan->names[i], name) == 0)
                        return answers[i];
        return "";
}

static bool is_read(const struct node *node)
{
        bool part = strlen(node->name) > 4 && node->name[0] == 'q' && node->name[3] == '_';
        return node->scope == 0 && node_has_answer(node) && !(node->flags & NODE_SENSITIVE) &&
               (part || str_starts(node->name, "estado_q") || strcmp(node->name, "version_plan") == 0);
}

static void read_names(struct plan *plan)
{
        const struct form *form = plan->form;
        plan->names = ARENA_ARRAY(&plan->board->arena, const char *, form->nodes_n);
        plan->answers = ARENA_ARRAY(&plan->board->arena, const char *, form->nodes_n);
        for (int i = 0; i < form->nodes_n; i++)
                if (is_read(&form->nodes[i]))
                        plan->names[plan->names_n++] = form->nodes[i].name;
}

/* They come newest first; of those of a day, the one with the greatest version. */
static bool is_newer(const struct plan *plan, const struct store_record *record, const char *const *answers)
{
        if (!plan->title)
                return true;
        return strcmp(record->date, plan->date) == 0 &&
               atoi(answer_of(plan, answers, "version_plan")) > atoi(answer_of(plan, plan->answers, "version_plan"));
}

static enum err_code take(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        struct plan *plan = ctx;
        struct arena *arena = &plan->board->arena;
        struct id wanted;
        (void)err;
        bool other = id_parse(plan->board->options.argument, &wanted) && !id_equal(&wanted, &record->id);
        if (other || !is_newer(plan, record, answers))
                return ERR_OK;
        plan->id = record->id;
        plan->title = arena_strdup(arena, record->title);
        plan->ugel = arena_strdup(arena, record->ugel);
        plan->date = arena_strdup(arena, record->date);
        for (int i = 0; i < plan->names_n; i++)
                plan->answers[i] = arena_strdup(arena, answers[i]);
        return ERR_OK;
}

static enum err_code read_plan(struct plan *plan, struct err *err)
{
        const struct board *board = plan->board;
        const struct board_options *options = &board->options;
        struct store_query query = {.form = "cap_plan", .sensitive = options->sensitive};
        if (!*options->argument)
                query.ugel = *options->ugel ? options->ugel : board->host->ugel;
        return store_walk(board->host->store, &query, plan->names, plan->names_n, take, plan, err);
}

/* ---- Answers in words ---- */

/* A choice by its label, several with commas, else as it is. */
static void add_value(struct plan *plan, const struct node *node, const char *value, struct str *out)
{
        json_t *chosen = node->type == NODE_SELECT_MULTIPLE ? repeat_rows(value) : NULL, *one;
        size_t i;
        if (!chosen)
                str_add(out, board_choice(plan->board, "cap_plan", node->name, value));
        json_array_foreach(chosen, i, one) {
                const char *name = json_string_value(one);
                str_addf(out, "%s%s", i ? ", " : "", board_choice(plan->board, "cap_plan", node->name, name ? name : ""));
        }
        json_decref(chosen);
}

struct schedule { int all, done, late; };

static struct schedule schedule_of(const struct plan *plan)
{
        struct schedule sum = {0};
        json_t *rows = repeat_rows(answer_of(plan, plan->answers, "q17_cronograma")), *row;
        size_t i;
        json_array_foreach(rows, i, row) {
                bool done = strcmp(row_answer(row, "act_estado"), "ejecutada") == 0;
                int64_t days;
                sum.all++;
                sum.done += done;
                sum.late += !done && board_days_to(plan->board, row_answer(row, "act_fin"), &days) && days < 0;
        }
        json_decref(rows);
        return sum;
}

static void add_schedule(const struct plan *plan, struct str *out)
{
        struct schedule sum = schedule_of(plan);
        if (sum.all)
                str_addf(out, _("%d de %d actividades ejecutadas (%d %%); atrasadas: %d"), sum.done, sum.all,
                         share_percent(sum.done, sum.all), sum.late);
}

/* What the parts of a question say, one after the other. */
static const char *words_of(struct plan *plan, const char *question)
{
        const struct form *form = plan->form;
        size_t len = strlen(question);
        struct str text = STR_INIT;
        for (int i = 0; i < plan->names_n; i++) {
                const struct node *node = &form->nodes[form_find(form, plan->names[i])];
                bool part = str_starts(node->name, question) && node->name[len] == '_';
                if (!part || !*plan->answers[i])
                        continue;
                str_add(&text, text.len ? " · " : "");
                if (node->type == NODE_REPEAT)
                        add_schedule(plan, &text);
                else
                        add_value(plan, node, plan->answers[i], &text);
        }
        for (char *c = text.text; *c; c++)
                if (*c == '\n')
                        *c = ' ';
        const char *words = arena_strdup(&plan->board->arena, text.text);
        str_release(&text);
        return words;
}

/* ---- Rows ---- */

static void add_row(struct plan *plan, const struct choice *question, int *answered, int *asked)
{
        struct board *board = plan->board;
        const char *name = arena_printf(&board->arena, "estado_%s", question->name), *state = answer_of(plan, plan->answers, name);
        bool done = strcmp(state, "respondida") == 0, waits = strcmp(state, "en_consulta") == 0;
        *answered += done;
        *asked += waits;
        board_add(board, done ? TONE_DONE : waits ? TONE_SOON : TONE_OVERDUE);
        board_opens(board, &plan->id);
        board_put(board, COL_QUESTION, question->label);
        board_put(board, COL_STATE, done ? _("respondida") : waits ? _("en consulta") : _("falta"));
        board_put(board, COL_ANSWER, words_of(plan, question->name));
}

static void show(struct plan *plan)
{
        struct board *board = plan->board;
        struct schedule schedule = schedule_of(plan);
        int answered = 0, asked = 0;
        for (int i = 0; i < plan->questions->n; i++)
                add_row(plan, &plan->questions->choices[i], &answered, &asked);
        board_summary(board, _("%s: %d de %d respondidas; en consulta %d, faltan %d. Cronograma: %d de %d actividades; atrasadas %d."),
                      board_choice(board, "cap_plan", "ugel", plan->ugel), answered, plan->questions->n, asked,
                      plan->questions->n - answered - asked, schedule.done, schedule.all, schedule.late);
}

enum err_code board_cap_plan(struct board *board, struct err *err)
{
        struct plan plan = {.board = board, .form = board->host->form(board->host->ctx, "cap_plan"),
                            .questions = board_list(board, "cap_plan", "pregunta_plan")};
        board_set_columns(board, headings, (int)ARRAY_LEN(headings));
        board->empty = _("No hay un plan de CAP de la UGEL. Se hace con la ficha «Plan de CAP».");
        if (!plan.form || !plan.questions)
                return ERR_OK;
        read_names(&plan);
        enum err_code rc = read_plan(&plan, err);
        if (rc == ERR_OK && plan.title)
                show(&plan);
        return rc;
}
