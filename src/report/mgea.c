/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checklists of MGEA (contract in mgea.h). One walk, newest first: a school's first is its latest. */
#include "mgea.h"

#include <stdio.h>
#include <string.h>

const struct mgea_principle mgea_principles[MGEA_PRINCIPLES] = {
        {"aut", _("Autonomía"), _("Aut"), 2},
        {"col", _("Cultura organizacional colaborativa"), _("Col"), 6},
        {"inn", _("Innovación"), _("Inn"), 3},
        {"cda", _("Comunidad de aprendizaje"), _("CdA"), 3},
        {"exi", _("Exigencia / esfuerzo"), _("Exi"), 5},
        {"mej", _("Mejora continua"), _("Mej"), 2},
        {"ter", _("Enfoque territorial"), _("Ter"), 4},
};

const struct mgea_phase mgea_phases[MGEA_PHASES] = {
        {"sonar", _("Soñar")}, {"generar_condiciones", _("Generar cond.")}, {"implementar", _("Implementar")}, {"evaluar", _("Evaluar")}};

static const char *const practices[MGEA_PRACTICES] = {
        "aut_1", "aut_2", "col_1", "col_2", "col_3", "col_4", "col_5", "col_6", "inn_1", "inn_2", "inn_3", "cda_1", "cda_2",
        "cda_3", "exi_1", "exi_2", "exi_3", "exi_4", "exi_5", "mej_1", "mej_2", "ter_1", "ter_2", "ter_3", "ter_4"};

const char *mgea_practice(int practice, int *ret_principle)
{
        int principle = 0;
        for (int first = mgea_principles[0].practices; first <= practice; first += mgea_principles[principle].practices)
                principle++;
        *ret_principle = principle;
        return practices[practice];
}

enum { PHASE, NETWORK, CODE, ANNEX, NAME, MONITOR, STATES, NAMES = STATES + MGEA_PRACTICES };

static void read_checklist(struct arena *arena, const struct store_record *record, const char *const *answers,
                           struct mgea_checklist *ret)
{
        *ret = (struct mgea_checklist){.record = record->id, .phase = arena_strdup(arena, answers[PHASE])};
        snprintf(ret->date, sizeof ret->date, "%s", record->date);
        for (int i = 0; i < MGEA_PRACTICES; i++) {
                int principle;
                const char *state = answers[STATES + i];
                mgea_practice(i, &principle);
                bool applies = strcmp(state, "na") != 0, achieved = strcmp(state, "logrado") == 0;
                ret->applies[principle] += applies;
                ret->achieved[principle] += achieved;
                ret->all_applies += applies;
                ret->all_achieved += achieved;
        }
}

static void name_school(struct board *board, const struct store_record *record, const char *const *answers, struct mgea_school *ret)
{
        struct arena *arena = &board->arena;
        bool known = id_parse(record->school, &ret->school);
        ret->title = known ? board_school(board, arena_strdup(arena, record->school_title))
                           : arena_printf(arena, "%s · %s", answers[NAME], answers[CODE]);
        if (!*ret->title)
                ret->title = board_title(board, record->school);
        ret->ugel = arena_strdup(arena, record->ugel);
        ret->network = arena_strdup(arena, answers[NETWORK]);
}

static enum err_code add_checklist(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        struct mgea *mgea = ctx;
        struct board *board = mgea->board;
        struct id key;
        (void)err;
        if (!board_is_theirs(board, record, answers[MONITOR]))
                return ERR_OK;
        if (!id_parse(record->school, &key))
                key = groups_key(answers[CODE], answers[ANNEX], *answers[CODE] ? NULL : record->title);
        struct mgea_school *school = groups_of(&mgea->schools, &key);
        if (!*school->now.date) {
                name_school(board, record, answers, school);
                read_checklist(&board->arena, record, answers, &school->now);
        } else if (!*school->before.date) {
                read_checklist(&board->arena, record, answers, &school->before);
        }
        return ERR_OK;
}

enum err_code mgea_read(struct board *board, struct mgea *ret, struct err *err)
{
        static const char *const questions[STATES] = {[PHASE] = "fase_actual", [NETWORK] = "red", [CODE] = "cod_mod",
                [ANNEX] = "anexo", [NAME] = "nombre_ie", [MONITOR] = "monitor"};
        const char *names[NAMES];
        const struct board_options *options = &board->options;
        struct store_query query = {.form = "mgea_checklist", .date_from = options->from, .date_to = options->to};
        *ret = (struct mgea){.board = board, .schools = {.arena = &board->arena, .size = sizeof(struct mgea_school)}};
        memcpy(names, questions, sizeof questions);
        for (int i = 0; i < MGEA_PRACTICES; i++)
                names[STATES + i] = arena_printf(&board->arena, "%s_estado", practices[i]);
        return board_walk(board, query, names, NAMES, add_checklist, ret, err);
}

void mgea_release(struct mgea *mgea)
{
        groups_release(&mgea->schools);
}

const char *mgea_phase_words(struct board *board, const char *phase)
{
        return board_choice(board, "mgea_checklist", "fase_actual", phase);
}

int mgea_phase_index(const char *phase)
{
        for (int i = 0; i < MGEA_PHASES; i++)
                if (strcmp(mgea_phases[i].key, phase) == 0)
                        return i;
        return -1;
}
