/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Trainers of Programa SER: how many participants each is in charge of today,
 * replacements counted, and what their last monitoring found.  The argument is
 * a module, «convive/2026-I/060001» or less of it.
 *
 * A participant counts for whoever is in charge now, and remains among those
 * that the trainer of her inscription inscribed.
 */
#include "../ser.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COL_TRAINER, COL_CHARGE, COL_SWAP, COL_LEVEL, COL_ATTEND, COL_NEEDS, COL_LAST, COL_ENROLLED, COL_MODULE, COL_EDITION, COL_MONITOR,
       COL_UGEL };

static const struct board_heading headings[] = {
        [COL_TRAINER] = {"formador", _("Formador(a)"), CELL_TEXT, 1, 0, false},
        [COL_CHARGE] = {"a_cargo", _("A cargo"), CELL_NUMBER, 1, 7, false},
        [COL_SWAP] = {"reemplazo", _("Reemplazo"), CELL_TEXT, 1, 30, false},
        [COL_LEVEL] = {"nivel", _("Nivel"), CELL_TEXT, 2, 13, false},
        [COL_ATTEND] = {"asistencia_pct", _("Asiste %"), CELL_NUMBER, 3, 8, false},
        [COL_NEEDS] = {"necesidades", _("Necesidades"), CELL_TEXT, 4, 40, false},
        [COL_LAST] = {"ultimo_monitoreo", _("Monitoreo"), CELL_DATE, 2, 10, false},
        [COL_ENROLLED] = {"inscribio", _("Inscribió"), CELL_NUMBER, 5, 9, false},
        [COL_MODULE] = {"modulo", _("Módulo"), CELL_TEXT, 3, 16, true},
        [COL_EDITION] = {"edicion", _("Edición"), CELL_TEXT, 3, 8, true},
        [COL_MONITOR] = {"monitor", _("Monitorea"), CELL_TEXT, 6, 22, false},
        [COL_UGEL] = {"ugel", _("UGEL"), CELL_TEXT, 7, 16, true},
};

enum { MAX_RATINGS = 32 };
/* The first answers of a monitoring; its ratings follow. */
enum { MODULE, EDITION, MONITOR, ENROLLED, CAME, REPLACE, TRAINED, DIRECTORY, LISTS, EVALUATION, REPOSITORY, SUPPORT, RATINGS };
static const char *const questions[RATINGS] = {
        [MODULE] = "modulo", [EDITION] = "edicion", [MONITOR] = "monitor", [ENROLLED] = "inscritos", [CAME] = "asistentes_sesion",
        [REPLACE] = "necesita_reemplazo", [TRAINED] = "participo_ff", [DIRECTORY] = "directorio_al_dia", [LISTS] = "asistencia_al_dia",
        [EVALUATION] = "evaluacion_al_dia", [REPOSITORY] = "repositorio", [SUPPORT] = "soporte_tic"};

struct trainer {
        struct id person, key; /* key: of module, edition and UGEL */
        const char *module, *edition, *ugel;
        int enrolled, open, charge; /* she inscribed; of them, still open; in charge of today */
        const char *swap;           /* from whom, or to whom; NULL: neither */
        bool named, visited, theirs;
        char last[DATE_TEXT];
        const char *monitor, *needs;
        double level;               /* 0: nothing was rated */
        int came, called;
        bool asks;                  /* to be replaced */
};

struct team {
        struct board *board;
        struct ser_filter filter;
        struct ser_replacements replacements;
        struct groups trainers;
        const char *names[RATINGS + MAX_RATINGS];
        int names_n;
};

/* Of one person in one module, edition and UGEL. */
static struct trainer *trainer_of(struct team *team, const struct id *person, const char *module, const char *edition, const char *ugel)
{
        struct arena *arena = &team->board->arena;
        struct id place = groups_key(module, edition, ugel);
        char a[ID_TEXT], b[ID_TEXT];
        struct id key = groups_key(id_format(person, a), id_format(&place, b), NULL);
        struct trainer *trainer = groups_of(&team->trainers, &key);
        if (!trainer->module)
                *trainer = (struct trainer){.person = *person, .key = place, .module = arena_strdup(arena, module),
                        .edition = arena_strdup(arena, edition), .ugel = arena_strdup(arena, ugel), .monitor = "", .needs = ""};
        return trainer;
}

/* ---- The walks ---- */

static enum err_code add_participant(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        struct team *team = ctx;
        struct id person;
        (void)err;
        if (!ser_filter_has(&team->filter, answers[0], answers[1], record->ugel) || !id_parse(answers[3], &person))
                return ERR_OK;
        struct trainer *trainer = trainer_of(team, &person, answers[0], answers[1], record->ugel);
        trainer->enrolled++;
        trainer->open += ser_is_open(answers[2]);
        return ERR_OK;
}

/* Whoever is a trainer there now; and, for a person who monitors, the trainers that she accompanies. */
static enum err_code add_assignment(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        struct team *team = ctx;
        int64_t days;
        struct id person;
        bool over = board_days_to(team->board, answers[3], &days) && days < 0;
        (void)err;
        if (over || !ser_filter_has(&team->filter, answers[0], answers[1], record->ugel))
                return ERR_OK;
        if (strcmp(answers[2], "formador") == 0 && id_parse(record->subject, &person))
                trainer_of(team, &person, answers[0], answers[1], record->ugel)->named = true;
        if (strcmp(answers[2], "mae") != 0 || strcmp(record->subject, team->board->options.persona) != 0)
                return ERR_OK;
        json_t *rows = repeat_rows(answers[4]), *row;
        size_t i;
        json_array_foreach(rows, i, row)
                if (id_parse(row_answer(row, "formador"), &person))
                        trainer_of(team, &person, answers[0], answers[1], record->ugel)->theirs = true;
        json_decref(rows);
        return ERR_OK;
}

static double mean_of(const char *const *ratings, int n)
{
        int sum = 0, rated = 0;
        for (int i = 0; i < n; i++) {
                int level = atoi(ratings[i]); /* «not observed» is no number */
                sum += level;
                rated += level > 0;
        }
        return rated ? (double)sum / rated : 0;
}

static const char *needs_of(struct board *board, const char *const *answers, double level)
{
        static const struct { int question; const char *good, *words; } needs[] = {
                {REPLACE, "no", _("reemplazo")},     {TRAINED, "si", _("formación de formadores")}, {DIRECTORY, "si", _("directorio")},
                {LISTS, "si", _("asistencia al día")}, {EVALUATION, "si", _("evaluación al día")},  {REPOSITORY, "si", _("repositorio")},
                {SUPPORT, "si", _("soporte TIC")}};
        const char *words = level > 0 && level < 3 ? _("desempeño") : "";
        for (size_t i = 0; i < ARRAY_LEN(needs); i++) {
                const char *answer = answers[needs[i].question];
                if (*answer && strcmp(answer, "na") != 0 && strcmp(answer, needs[i].good) != 0)
                        words = arena_printf(&board->arena, "%s%s%s", words, *words ? ", " : "", needs[i].words);
        }
        return words;
}

/* Newest first. */
static enum err_code add_monitoring(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        struct team *team = ctx;
        struct board *board = team->board;
        struct id person;
        (void)err;
        if (!ser_filter_has(&team->filter, answers[MODULE], answers[EDITION], record->ugel) || !id_parse(record->subject, &person))
                return ERR_OK;
        struct trainer *trainer = trainer_of(team, &person, answers[MODULE], answers[EDITION], record->ugel);
        trainer->theirs |= board_is_theirs(board, record, answers[MONITOR]);
        if (trainer->visited)
                return ERR_OK;
        trainer->visited = true;
        snprintf(trainer->last, sizeof trainer->last, "%s", record->date);
        trainer->monitor = arena_strdup(&board->arena, answers[MONITOR]);
        trainer->level = mean_of(answers + RATINGS, team->names_n - RATINGS);
        trainer->needs = needs_of(board, answers, trainer->level);
        trainer->came = atoi(answers[CAME]);
        trainer->called = atoi(answers[ENROLLED]);
        trainer->asks = strcmp(answers[REPLACE], "si") == 0;
        return ERR_OK;
}

/* The ratings that make the level are those that feed its indicator. */
static void read_names(struct team *team)
{
        const struct form *form = team->board->host->form(team->board->host->ctx, "pser_formador");
        memcpy(team->names, questions, sizeof questions);
        team->names_n = RATINGS;
        for (int i = 0; form && i < form->nodes_n && team->names_n < RATINGS + MAX_RATINGS; i++) {
                const struct node *node = &form->nodes[i];
                bool feeds = false;
                for (int f = 0; f < node->feeds_n; f++)
                        feeds |= strcmp(node->feeds[f], "ser_formador_desempeno") == 0;
                if (node->type == NODE_RATING && node->scope == 0 && feeds)
                        team->names[team->names_n++] = node->name;
        }
}

static enum err_code read_all(struct team *team, struct err *err)
{
        static const char *const participant[] = {"modulo", "edicion", "estado", "formador"},
                          *const assignment[] = {"modulo", "edicion", "rol", "hasta", "formadores"};
        struct board *board = team->board;
        struct store_query participants = {.form = "pser_participante", .ugel = team->filter.ugel};
        struct store_query assignments = {.form = "asignacion", .entities = true, .order = ORDER_TITLE};
        struct store_query monitorings = {.form = "pser_formador", .ugel = team->filter.ugel, .date_from = board->options.from,
                                          .date_to = board->options.to};
        read_names(team);
        enum err_code rc = ser_replacements_read(board, &team->replacements, err);
        if (rc == ERR_OK)
                rc = board_walk(board, participants, participant, 4, add_participant, team, err);
        if (rc == ERR_OK)
                rc = board_walk(board, assignments, assignment, 5, add_assignment, team, err);
        if (rc == ERR_OK)
                rc = board_walk(board, monitorings, team->names, team->names_n, add_monitoring, team, err);
        return rc;
}

/* ---- Who is in charge ---- */

static void note_swap(struct board *board, struct trainer *trainer, const char *words)
{
        trainer->swap = trainer->swap ? arena_printf(&board->arena, "%s; %s", trainer->swap, words) : words;
}

/* Give each group to whoever has it today; a person who only replaces is found here. */
static void hand_over(struct team *team)
{
        struct board *board = team->board;
        int n = team->trainers.n;
        char id[ID_TEXT];
        for (int i = 0; i < n; i++) {
                struct trainer *trainer = team->trainers.items[i];
                int64_t until;
                struct id holder = ser_in_charge(&team->replacements, &trainer->key, &trainer->person, board->host->today, &until);
                if (id_equal(&holder, &trainer->person)) {
                        trainer->charge += trainer->open;
                        continue;
                }
                struct trainer *other = trainer_of(team, &holder, trainer->module, trainer->edition, trainer->ugel);
                const char *end = ser_until(board, until);
                other->charge += trainer->open;
                other->theirs |= trainer->theirs;
                note_swap(board, other, arena_printf(&board->arena, _("de %s%s"), person_short(board, id_format(&trainer->person, id)), end));
                note_swap(board, trainer, arena_printf(&board->arena, _("por %s%s"), person_short(board, id_format(&holder, id)), end));
        }
}

/* ---- Rows ---- */

static enum board_tone tone_of(const struct trainer *trainer)
{
        bool weak = trainer->visited && trainer->level > 0 && trainer->level < 3;
        return trainer->asks || weak || (!trainer->visited && trainer->charge) ? TONE_SOON : TONE_NORMAL;
}

static void put_monitoring(struct board *board, const struct trainer *trainer)
{
        if (!trainer->visited) {
                board_put(board, COL_NEEDS, _("sin monitoreo"));
                return;
        }
        if (trainer->level > 0) {
                int tenths = (int)(trainer->level * 10 + 0.5);
                board_putf(board, COL_LEVEL, "%d,%d %s", tenths / 10, tenths % 10, trainer->level >= 3 ? _("logrado") : _("en proceso"));
        }
        if (trainer->called)
                board_putf(board, COL_ATTEND, "%d", share_percent(trainer->came, trainer->called));
        board_put(board, COL_NEEDS, trainer->needs);
        board_put(board, COL_LAST, trainer->last);
        board_put(board, COL_MONITOR, board_title(board, trainer->monitor));
}

static void add_row(struct team *team, const struct trainer *trainer)
{
        struct board *board = team->board;
        char id[ID_TEXT];
        board_add(board, tone_of(trainer));
        board_goes_to(board, "ser-participantes", id_format(&trainer->person, id));
        board_opens(board, &trainer->person);
        board_put(board, COL_TRAINER, board_title(board, id));
        board_putf(board, COL_CHARGE, "%d", trainer->charge);
        board_putf(board, COL_ENROLLED, "%d", trainer->enrolled);
        board_put(board, COL_SWAP, trainer->swap ? trainer->swap : "");
        put_monitoring(board, trainer);
        board_put(board, COL_MODULE, board_choice(board, "pser_participante", "modulo", trainer->module));
        board_put(board, COL_EDITION, trainer->edition);
        board_put(board, COL_UGEL, board_choice(board, "pser_participante", "ugel", trainer->ugel));
}

/* Newest edition, module, UGEL, and who has most in charge. */
static int compare(const struct board *board, int a, int b)
{
        const struct table *table = &board->table;
        int order = strcmp(table_cell(table, b, COL_EDITION), table_cell(table, a, COL_EDITION));
        if (order == 0)
                order = strcmp(table_cell(table, a, COL_MODULE), table_cell(table, b, COL_MODULE));
        if (order == 0)
                order = strcmp(table_cell(table, a, COL_UGEL), table_cell(table, b, COL_UGEL));
        if (order == 0)
                order = atoi(table_cell(table, b, COL_CHARGE)) - atoi(table_cell(table, a, COL_CHARGE));
        return order ? order : strcmp(table_cell(table, a, COL_TRAINER), table_cell(table, b, COL_TRAINER));
}

static const char *asked_words(struct team *team)
{
        struct board *board = team->board;
        if (!*team->filter.module)
                return _("Todos los módulos");
        return arena_printf(&board->arena, "%s%s%s", board_choice(board, "pser_participante", "modulo", team->filter.module),
                            *team->filter.edition ? " " : "", team->filter.edition);
}

static void show(struct team *team)
{
        struct board *board = team->board;
        int n = 0, charge = 0, replaced = 0, unseen = 0;
        hand_over(team);
        for (int i = 0; i < team->trainers.n; i++) {
                const struct trainer *trainer = team->trainers.items[i];
                if (*board->options.persona && !trainer->theirs)
                        continue;
                add_row(team, trainer);
                n++;
                charge += trainer->charge;
                replaced += trainer->swap && !trainer->charge;
                unseen += !trainer->visited;
        }
        board_sort(board, compare);
        board_summary(board, _("%s. Formadores: %d, con reemplazo %d, sin monitoreo %d. Participantes a cargo hoy: %d."), asked_words(team), n,
                      replaced, unseen, charge);
}

/* What the argument says is not written in each row. */
static void hide_what_is_known(struct board *board, const struct ser_filter *filter)
{
        if (*filter->module)
                board->columns[COL_MODULE].rank = 8;
        if (*filter->edition)
                board->columns[COL_EDITION].rank = 8;
        if (*filter->ugel)
                board->columns[COL_UGEL].rank = 9;
}

enum err_code board_ser_formadores(struct board *board, struct err *err)
{
        struct team team = {.board = board, .filter = ser_filter_of(board, board->options.argument),
                            .trainers = {.arena = &board->arena, .size = sizeof(struct trainer)}};
        board_set_columns(board, headings, (int)ARRAY_LEN(headings));
        hide_what_is_known(board, &team.filter);
        board->empty = _("No hay formadores: ni participantes, ni asignaciones, ni monitoreos de lo que se pide.");
        enum err_code rc = read_all(&team, err);
        if (rc == ERR_OK)
                show(&team);
        ser_replacements_release(&team.replacements);
        groups_release(&team.trainers);
        return rc;
}
