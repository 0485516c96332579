/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Programa SER: each module in each edition and UGEL.  Participants are counted
 * from their records; where there are none, the figures are those of the latest
 * weekly report, which also says the sessions and the stage (or else the
 * directory does).  A module that is being given and has no report of the last
 * two weeks is late.
 */
#include "../ser.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COL_MODULE, COL_EDITION, COL_UGEL, COL_STAGE, COL_ENROLLED, COL_ACTIVE, COL_RISK, COL_OUT, COL_EVALUATED, COL_CERTIFIED,
       COL_SESSIONS, COL_STATE, COL_TRAINERS, COL_MAE, COL_COORDINATES, COL_ALERTS, COL_REPORT };
enum { REPORT_DAYS = 14, WEEK = 7 };

static const struct board_heading headings[] = {
        [COL_MODULE] = {"modulo", _("Módulo"), CELL_TEXT, 1, 0, false},
        [COL_EDITION] = {"edicion", _("Edición"), CELL_TEXT, 1, 8, false},
        [COL_UGEL] = {"ugel", _("UGEL"), CELL_TEXT, 3, 16, false},
        [COL_STAGE] = {"etapa", _("Etapa"), CELL_TEXT, 3, 13, false},
        [COL_ENROLLED] = {"inscritos", _("Inscr."), CELL_NUMBER, 1, 6, false},
        [COL_ACTIVE] = {"activos", _("Act."), CELL_NUMBER, 2, 5, false},
        [COL_RISK] = {"en_riesgo", _("Riesgo"), CELL_NUMBER, 3, 6, false},
        [COL_OUT] = {"retirados", _("Retir."), CELL_NUMBER, 5, 6, false},
        [COL_EVALUATED] = {"evaluados", _("Eval."), CELL_NUMBER, 5, 5, false},
        [COL_CERTIFIED] = {"certificados", _("Certif."), CELL_NUMBER, 4, 7, false},
        [COL_SESSIONS] = {"sesiones", _("Sesiones"), CELL_TEXT, 2, 8, false},
        [COL_STATE] = {"situacion", _("Situación"), CELL_TEXT, 1, 19, false},
        [COL_TRAINERS] = {"formadores", _("Form."), CELL_NUMBER, 4, 5, false},
        [COL_MAE] = {"mae", _("MAE"), CELL_NUMBER, 6, 3, false},
        [COL_COORDINATES] = {"coordinadores", _("Coord."), CELL_NUMBER, 6, 6, false},
        [COL_ALERTS] = {"alertas_ugel", _("Alertas UGEL"), CELL_NUMBER, 7, 12, false},
        [COL_REPORT] = {"ultimo_reporte", _("Reporte"), CELL_DATE, 6, 10, false},
};

enum role { COORDINATOR, MAE, TRAINER, ROLES };

struct offer {
        const char *module, *edition, *ugel, *stage;
        int enrolled, active, risk, out, evaluated, certified; /* of records */
        bool reported, theirs;
        char week[DATE_TEXT];
        int said_enrolled, said_active, said_evaluated, said_certified, sessions, planned; /* of the report */
        int people[ROLES];
};

struct programme {
        struct board *board;
        struct groups offers, people, alerts; /* people: to know each once; alerts: by UGEL */
        struct ser_replacements replacements;
};

static struct offer *offer_of(struct programme *all, const char *module, const char *edition, const char *ugel)
{
        struct arena *arena = &all->board->arena;
        struct id key = groups_key(module, edition, ugel);
        struct offer *offer = groups_of(&all->offers, &key);
        if (!offer->module) {
                offer->module = arena_strdup(arena, module);
                offer->edition = arena_strdup(arena, edition);
                offer->ugel = arena_strdup(arena, ugel);
                offer->stage = "";
        }
        return offer;
}

/* Somebody in a role, once. */
static void add_person(struct programme *all, struct offer *offer, enum role role, const char *person)
{
        const char *place = arena_printf(&all->board->arena, "%d %s/%s/%s", role, offer->module, offer->edition, offer->ugel);
        struct id key = groups_key(person, place, NULL);
        int *known = groups_of(&all->people, &key);
        offer->people[role] += !*known;
        *known = 1;
}

/* ---- The walks ---- */

static enum err_code add_report(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        struct programme *all = ctx;
        struct offer *offer = offer_of(all, answers[0], answers[1], record->ugel);
        (void)err;
        offer->theirs |= board_is_theirs(all->board, record, record->subject);
        if (offer->reported)
                return ERR_OK;
        offer->reported = true;
        snprintf(offer->week, sizeof offer->week, "%s", record->date);
        offer->stage = arena_strdup(&all->board->arena, answers[2]);
        offer->said_enrolled = atoi(answers[3]);
        offer->said_active = atoi(answers[4]);
        offer->said_evaluated = atoi(answers[5]);
        offer->said_certified = atoi(answers[6]);
        offer->planned = atoi(answers[7]);
        offer->sessions = atoi(answers[8]);
        return ERR_OK;
}

static void count_state(struct offer *offer, const char *state)
{
        bool certified = strcmp(state, "certificado") == 0;
        offer->enrolled++;
        offer->active += strcmp(state, "activo") == 0;
        offer->risk += strcmp(state, "en_riesgo") == 0;
        offer->out += strcmp(state, "retirado") == 0;
        offer->certified += certified;
        offer->evaluated += certified || strcmp(state, "evaluado") == 0 || strcmp(state, "no_certificado") == 0;
}

static enum err_code add_participant(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        struct programme *all = ctx;
        struct offer *offer = offer_of(all, answers[0], answers[1], record->ugel);
        struct id trainer, key;
        (void)err;
        count_state(offer, answers[2]);
        if (!ser_is_open(answers[2]) || !id_parse(answers[3], &trainer))
                return ERR_OK;
        char id[ID_TEXT];
        key = groups_key(answers[0], answers[1], record->ugel);
        trainer = ser_in_charge(&all->replacements, &key, &trainer, all->board->host->today, NULL);
        add_person(all, offer, TRAINER, id_format(&trainer, id));
        return ERR_OK;
}

static bool is_current(const struct board *board, const char *from, const char *to)
{
        int64_t begins, ends;
        bool begun = !board_days_to(board, from, &begins) || begins <= 0;
        return begun && (!board_days_to(board, to, &ends) || ends >= 0);
}

static int role_of(const char *role)
{
        static const char *const roles[ROLES] = {[COORDINATOR] = "coordinador_local", [MAE] = "mae", [TRAINER] = "formador"};
        for (int i = 0; i < ROLES; i++)
                if (strcmp(roles[i], role) == 0)
                        return i;
        return -1;
}

/* A coordinator of the base team is another thing: only whoever is of this module, edition and UGEL counts. */
static enum err_code add_assignment(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        struct programme *all = ctx;
        const char *asked = all->board->options.ugel;
        int role = role_of(answers[2]);
        (void)err;
        if (role < 0 || !*answers[0] || !*answers[1] || !is_current(all->board, answers[3], answers[4]) ||
            (*asked && strcmp(asked, record->ugel) != 0))
                return ERR_OK;
        struct offer *offer = offer_of(all, answers[0], answers[1], record->ugel);
        const char *person = record->subject;
        struct id trainer;
        if (role == TRAINER && id_parse(person, &trainer)) {
                struct id key = groups_key(answers[0], answers[1], record->ugel);
                struct id now = ser_in_charge(&all->replacements, &key, &trainer, all->board->host->today, NULL);
                char id[ID_TEXT];
                add_person(all, offer, role, id_format(&now, id));
        } else {
                add_person(all, offer, role, person);
        }
        offer->theirs |= board_is_theirs(all->board, record, person);
        return ERR_OK;
}

/* The directory knows the stage of an edition, not of which UGEL: it serves those without a report. */
static enum err_code add_module(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        struct programme *all = ctx;
        (void)record;
        (void)err;
        for (int i = 0; i < all->offers.n; i++) {
                struct offer *offer = all->offers.items[i];
                if (!offer->reported && strcmp(offer->module, answers[0]) == 0 && strcmp(offer->edition, answers[1]) == 0)
                        offer->stage = arena_strdup(&all->board->arena, answers[2]);
        }
        return ERR_OK;
}

static enum err_code add_alert(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        struct programme *all = ctx;
        (void)err;
        if (strcmp(answers[0], "operativa") != 0 && strcmp(answers[0], "tic") != 0)
                return ERR_OK;
        struct id key = groups_key(record->ugel, NULL, NULL);
        ++*(int *)groups_of(&all->alerts, &key);
        return ERR_OK;
}

static enum err_code read_all(struct programme *all, struct err *err)
{
        static const char *const report[] = {"modulo", "edicion", "etapa", "inscritos", "activos", "evaluados", "certificados",
                                             "sesiones_previstas", "sesiones_realizadas"},
                          *const participant[] = {"modulo", "edicion", "estado", "formador"},
                          *const assignment[] = {"modulo", "edicion", "rol", "desde", "hasta"},
                          *const module[] = {"clave", "edicion", "etapa"}, *const alert[] = {"rama"};
        const struct {
                struct store_query query;
                const char *const *names;
                int names_n;
                store_each *each;
        } walks[] = {
                {{.form = "pser_reporte_modulo", .date_to = all->board->options.to}, report, 9, add_report},
                {{.form = "pser_participante"}, participant, 4, add_participant},
                {{.form = "asignacion", .entities = true}, assignment, 5, add_assignment},
                {{.form = "modulo", .entities = true}, module, 3, add_module},
                {{.form = "alerta", .open_only = true, .order = ORDER_DUE}, alert, 1, add_alert}};
        enum err_code rc = ser_replacements_read(all->board, &all->replacements, err);
        for (size_t i = 0; rc == ERR_OK && i < ARRAY_LEN(walks); i++)
                rc = board_walk(all->board, walks[i].query, walks[i].names, walks[i].names_n, walks[i].each, all, err);
        return rc;
}

/* ---- Rows ---- */

static bool is_given(const struct offer *offer)
{
        static const char *const stages[] = {"inscripcion", "desarrollo", "evaluacion", "certificacion"};
        for (size_t i = 0; i < ARRAY_LEN(stages); i++)
                if (strcmp(offer->stage, stages[i]) == 0)
                        return true;
        return false;
}

/* Days since the week of the last report ended. */
static int64_t silence(const struct board *board, const struct offer *offer)
{
        int64_t days = 0;
        return board_days_to(board, offer->week, &days) ? -days - (WEEK - 1) : 0;
}

static enum board_tone tone_of(const struct board *board, const struct offer *offer)
{
        if (strcmp(offer->stage, "cerrado") == 0)
                return TONE_DONE;
        if (is_given(offer) && offer->reported && silence(board, offer) > REPORT_DAYS)
                return TONE_OVERDUE;
        return offer->risk || (is_given(offer) && !offer->reported) ? TONE_SOON : TONE_NORMAL;
}

static const char *state_words(struct board *board, const struct offer *offer)
{
        if (strcmp(offer->stage, "cerrado") == 0)
                return _("cerrado");
        if (!offer->reported)
                return _("sin reportes");
        int64_t days = silence(board, offer);
        if (is_given(offer) && days > REPORT_DAYS)
                return arena_printf(&board->arena, _("sin reporte %d sem."), (int)(days / WEEK));
        return offer->risk ? arena_printf(&board->arena, _("%d en riesgo"), offer->risk) : _("al día");
}

static void put_numbers(struct board *board, const struct offer *offer)
{
        bool counted = offer->enrolled > 0;
        const int numbers[][2] = {{COL_ENROLLED, counted ? offer->enrolled : offer->said_enrolled},
                                  {COL_ACTIVE, counted ? offer->active : offer->said_active},
                                  {COL_EVALUATED, counted ? offer->evaluated : offer->said_evaluated},
                                  {COL_CERTIFIED, counted ? offer->certified : offer->said_certified},
                                  {COL_TRAINERS, offer->people[TRAINER]},
                                  {COL_MAE, offer->people[MAE]},
                                  {COL_COORDINATES, offer->people[COORDINATOR]}};
        for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
                board_putf(board, numbers[i][0], "%d", numbers[i][1]);
        if (counted) { /* the report does not say */
                board_putf(board, COL_RISK, "%d", offer->risk);
                board_putf(board, COL_OUT, "%d", offer->out);
        }
}

static void add_row(struct programme *all, const struct offer *offer)
{
        struct board *board = all->board;
        struct id ugel = groups_key(offer->ugel, NULL, NULL);
        const int *alerts = groups_find(&all->alerts, &ugel);
        board_add(board, tone_of(board, offer));
        board_goes_to(board, "ser-formadores", arena_printf(&board->arena, "%s/%s/%s", offer->module, offer->edition, offer->ugel));
        board_put(board, COL_MODULE, board_choice(board, "pser_participante", "modulo", offer->module));
        board_put(board, COL_EDITION, offer->edition);
        board_put(board, COL_UGEL, board_choice(board, "pser_participante", "ugel", offer->ugel));
        board_put(board, COL_STAGE, board_choice(board, "pser_reporte_modulo", "etapa", offer->stage));
        put_numbers(board, offer);
        if (offer->reported)
                board_putf(board, COL_SESSIONS, "%d/%d", offer->sessions, offer->planned);
        board_put(board, COL_STATE, state_words(board, offer));
        board_putf(board, COL_ALERTS, "%d", alerts ? *alerts : 0);
        board_put(board, COL_REPORT, offer->week);
}

/* What is closed last; the newest edition first. */
static int compare(const struct board *board, int a, int b)
{
        const struct table *table = &board->table;
        int order = (board->rows[a].tone == TONE_DONE) - (board->rows[b].tone == TONE_DONE);
        if (order == 0)
                order = strcmp(table_cell(table, b, COL_EDITION), table_cell(table, a, COL_EDITION));
        if (order == 0)
                order = strcmp(table_cell(table, a, COL_MODULE), table_cell(table, b, COL_MODULE));
        return order ? order : strcmp(table_cell(table, a, COL_UGEL), table_cell(table, b, COL_UGEL));
}

static void show(struct programme *all)
{
        struct board *board = all->board;
        struct offer sum = {0};
        int n = 0, late = 0;
        for (int i = 0; i < all->offers.n; i++) {
                const struct offer *offer = all->offers.items[i];
                if (*board->options.persona && !offer->theirs)
                        continue;
                bool counted = offer->enrolled > 0;
                add_row(all, offer);
                n++;
                late += tone_of(board, offer) == TONE_OVERDUE;
                sum.enrolled += counted ? offer->enrolled : offer->said_enrolled;
                sum.active += counted ? offer->active : offer->said_active;
                sum.certified += counted ? offer->certified : offer->said_certified;
                sum.risk += offer->risk;
        }
        board_sort(board, compare);
        board_summary(board, _("Módulos y ediciones: %d; sin reporte reciente: %d. Inscritos %d, activos %d, en riesgo %d, certificados %d."), n,
                      late, sum.enrolled, sum.active, sum.risk, sum.certified);
}

enum err_code board_ser(struct board *board, struct err *err)
{
        struct arena *arena = &board->arena;
        struct programme all = {.board = board, .offers = {.arena = arena, .size = sizeof(struct offer)},
                                .people = {.arena = arena, .size = sizeof(int)}, .alerts = {.arena = arena, .size = sizeof(int)}};
        board_set_columns(board, headings, (int)ARRAY_LEN(headings));
        board->empty = _("No hay módulos del Programa SER: ni reportes, ni participantes, ni asignaciones.");
        enum err_code rc = read_all(&all, err);
        if (rc == ERR_OK)
                show(&all);
        ser_replacements_release(&all.replacements);
        groups_release(&all.offers);
        groups_release(&all.people);
        groups_release(&all.alerts);
        return rc;
}
