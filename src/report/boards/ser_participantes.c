/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The participants of a trainer: those she is in charge of today, and those she
 * inscribed that are somebody else's now.
 *
 * Attendance is counted from the lists (ata_asistencia) of their module and
 * edition.  A list counts for a participant who is in it, and for one who is
 * not but whose trainer gave that session: she was absent.  A list that does
 * not say its edition counts for the edition whose dates hold its day or, when
 * the directory does not know them, for the latest inscription before it.
 */
#include "../ser.h"

#include <stdlib.h>
#include <string.h>

enum { COL_PERSON, COL_STATE, COL_ATTEND, COL_SWAP, COL_PRODUCTS, COL_TRAINERS, COL_MODULE, COL_EDITION, COL_SAID, COL_CERTIFICATE,
       COL_CERTIFIED, COL_SINCE, COL_SCHOOL, COL_UGEL };

static const struct board_heading headings[] = {
        [COL_PERSON] = {"participante", _("Participante"), CELL_TEXT, 1, 0, false},
        [COL_STATE] = {"estado", _("Estado"), CELL_TEXT, 1, 16, false},
        [COL_ATTEND] = {"asistencia", _("Asistencia"), CELL_TEXT, 1, 15, false},
        [COL_SWAP] = {"reemplazo", _("Reemplazo"), CELL_TEXT, 2, 28, false},
        [COL_PRODUCTS] = {"productos", _("Productos"), CELL_TEXT, 2, 9, false},
        [COL_TRAINERS] = {"formadores", _("Formadores"), CELL_TEXT, 4, 60, false},
        [COL_MODULE] = {"modulo", _("Módulo"), CELL_TEXT, 3, 16, true},
        [COL_EDITION] = {"edicion", _("Edición"), CELL_TEXT, 3, 8, true},
        [COL_SAID] = {"asistencia_ficha_pct", _("Ficha %"), CELL_NUMBER, 5, 7, false},
        [COL_CERTIFICATE] = {"certificado", _("Certificado"), CELL_TEXT, 5, 18, false},
        [COL_CERTIFIED] = {"certificado_fecha", _("Emitido"), CELL_DATE, 6, 10, false},
        [COL_SINCE] = {"inscripcion", _("Inscripción"), CELL_DATE, 6, 11, false},
        [COL_SCHOOL] = {"escuela", _("Escuela"), CELL_TEXT, 7, 20, false},
        [COL_UGEL] = {"ugel", _("UGEL"), CELL_TEXT, 8, 16, false},
};

enum { PERSON, MODULE, EDITION, TRAINER, STATE, SAID, PRODUCTS, NUMBER, ISSUED, NAMES };
static const char *const names[NAMES] = {[PERSON] = "persona", [MODULE] = "modulo", [EDITION] = "edicion", [TRAINER] = "formador",
        [STATE] = "estado", [SAID] = "asistencia_pct", [PRODUCTS] = "productos", [NUMBER] = "certificado_nro", [ISSUED] = "certificado_fecha"};

struct participant {
        struct id record, person, trainer, key; /* key: of module, edition and UGEL */
        const char *module, *edition, *ugel, *school, *state, *said, *number, *issued;
        int64_t since;                           /* INT64_MIN: not said */
        int evaluated, products;
        bool mine;                               /* in charge today */
        int sessions, came;
};

struct edition { int64_t from, to; };

struct group {
        struct board *board;
        struct id trainer;
        struct ser_replacements replacements;
        struct groups participants, editions; /* editions: by module and edition */
        int64_t event_day;                    /* of the list that is being read */
        const char *const *event;
};

/* ---- Participants ---- */

static void count_products(struct participant *one, const char *text)
{
        json_t *rows = repeat_rows(text), *row;
        size_t i;
        json_array_foreach(rows, i, row) {
                one->products++;
                one->evaluated += *row_answer(row, "prod_nivel") != '\0';
        }
        json_decref(rows);
}

static enum err_code add_participant(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        struct group *group = ctx;
        struct arena *arena = &group->board->arena;
        struct id person, trainer, key;
        (void)err;
        if (!id_parse(answers[PERSON], &person) || !id_parse(answers[TRAINER], &trainer))
                return ERR_OK;
        key = groups_key(answers[MODULE], answers[EDITION], record->ugel);
        struct id holder = ser_in_charge(&group->replacements, &key, &trainer, group->board->host->today, NULL);
        bool mine = id_equal(&holder, &group->trainer);
        if (!mine && !id_equal(&trainer, &group->trainer))
                return ERR_OK;
        struct participant *one = groups_of(&group->participants, &record->id);
        *one = (struct participant){.record = record->id, .person = person, .trainer = trainer, .key = key, .mine = mine,
                .module = arena_strdup(arena, answers[MODULE]), .edition = arena_strdup(arena, answers[EDITION]),
                .ugel = arena_strdup(arena, record->ugel), .school = arena_strdup(arena, record->school_title),
                .state = arena_strdup(arena, answers[STATE]), .said = arena_strdup(arena, answers[SAID]),
                .number = arena_strdup(arena, answers[NUMBER]), .issued = arena_strdup(arena, answers[ISSUED]), .since = INT64_MIN};
        date_parse(record->date, &one->since);
        count_products(one, answers[PRODUCTS]);
        return ERR_OK;
}

static enum err_code add_edition(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        struct group *group = ctx;
        struct id key = groups_key(answers[0], answers[1], NULL);
        struct edition *edition = groups_of(&group->editions, &key);
        (void)record;
        (void)err;
        *edition = (struct edition){.from = INT64_MIN, .to = INT64_MAX};
        date_parse(answers[2], &edition->from);
        date_parse(answers[3], &edition->to);
        return ERR_OK;
}

/* ---- Attendance ---- */

enum { EVENT_MODULE, EVENT_EDITION, EVENT_GIVEN_BY, EVENT_PEOPLE, EVENT_PROGRAMME, EVENT_NAMES };
static const char *const event_names[EVENT_NAMES] = {[EVENT_MODULE] = "modulo", [EVENT_EDITION] = "edicion", [EVENT_GIVEN_BY] = "ponentes",
                                                     [EVENT_PEOPLE] = "participantes", [EVENT_PROGRAMME] = "programa"};

static bool is_dated(const struct edition *edition)
{
        return edition && edition->from != INT64_MIN && edition->to != INT64_MAX;
}

/* The same person inscribed in the same module later, and before the event: then it is of that edition. */
static bool is_later_inscribed(const struct group *group, const struct participant *one)
{
        for (int i = 0; i < group->participants.n; i++) {
                const struct participant *other = group->participants.items[i];
                if (id_equal(&other->person, &one->person) && strcmp(other->module, one->module) == 0 && other->since > one->since &&
                    other->since <= group->event_day)
                        return true;
        }
        return false;
}

static bool is_of_edition(const struct group *group, const struct participant *one)
{
        const char *edition = group->event[EVENT_EDITION];
        if (strcmp(one->module, group->event[EVENT_MODULE]) != 0 || group->event_day < one->since)
                return false;
        if (*edition)
                return strcmp(one->edition, edition) == 0;
        struct id key = groups_key(one->module, one->edition, NULL);
        const struct edition *dates = groups_find(&group->editions, &key);
        if (is_dated(dates))
                return dates->from <= group->event_day && group->event_day <= dates->to;
        return !is_later_inscribed(group, one);
}

/* -1: not in the list; else whether she came. */
static int is_listed(const json_t *people, const struct id *person)
{
        char id[ID_TEXT];
        const json_t *row;
        size_t i;
        id_format(person, id);
        json_array_foreach(people, i, row)
                if (strcmp(row_answer(row, "part_persona"), id) == 0)
                        return strcmp(row_answer(row, "part_asistio"), "si") == 0;
        return -1;
}

static bool is_given_by(const struct group *group, const json_t *givers, const struct participant *one)
{
        struct id holder = ser_in_charge(&group->replacements, &one->key, &one->trainer, group->event_day, NULL), id;
        const json_t *row;
        size_t i;
        json_array_foreach(givers, i, row)
                if (id_parse(row_answer(row, "pon_persona"), &id) && (id_equal(&id, &holder) || id_equal(&id, &one->trainer)))
                        return true;
        return false;
}

/* Reading who was there costs; most lists are of other groups' modules. */
static bool is_for_somebody(const struct group *group)
{
        for (int i = 0; i < group->participants.n; i++)
                if (is_of_edition(group, group->participants.items[i]))
                        return true;
        return false;
}

static enum err_code add_event(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        struct group *group = ctx;
        (void)err;
        group->event = answers;
        if (strcmp(answers[EVENT_PROGRAMME], "ser") != 0 || !date_parse(record->date, &group->event_day) || !is_for_somebody(group))
                return ERR_OK;
        json_t *people = repeat_rows(answers[EVENT_PEOPLE]), *givers = repeat_rows(answers[EVENT_GIVEN_BY]);
        for (int i = 0; i < group->participants.n; i++) {
                struct participant *one = group->participants.items[i];
                if (!is_of_edition(group, one))
                        continue;
                int listed = is_listed(people, &one->person);
                bool counts = listed >= 0 || (strcmp(one->ugel, record->ugel) == 0 && is_given_by(group, givers, one));
                one->sessions += counts;
                one->came += listed > 0;
        }
        json_decref(people);
        json_decref(givers);
        return ERR_OK;
}

static enum err_code read_all(struct group *group, struct err *err)
{
        static const char *const edition[] = {"clave", "edicion", "inicio", "fin"};
        struct board *board = group->board;
        struct store *store = board->host->store;
        const struct board_options *options = &board->options;
        struct store_query participants = {.form = "pser_participante"}, editions = {.form = "modulo", .entities = true, .order = ORDER_TITLE};
        struct store_query events = {.form = "ata_asistencia", .date_from = options->from, .date_to = options->to,
                                     .sensitive = options->sensitive};
        enum err_code rc = ser_replacements_read(board, &group->replacements, err);
        if (rc == ERR_OK)
                rc = board_walk(board, participants, names, NAMES, add_participant, group, err);
        if (rc == ERR_OK)
                rc = store_walk(store, &editions, edition, 4, add_edition, group, err);
        if (rc == ERR_OK && group->participants.n)
                rc = store_walk(store, &events, event_names, EVENT_NAMES, add_event, group, err);
        return rc;
}

/* ---- Rows ---- */

static enum board_tone tone_of(const struct participant *one)
{
        if (strcmp(one->state, "certificado") == 0)
                return TONE_DONE;
        return one->mine && strcmp(one->state, "en_riesgo") == 0 ? TONE_SOON : TONE_NORMAL;
}

/* Whose she was, or whose she is; "" while she is with the trainer who inscribed her. */
static const char *swap_words(struct group *group, const struct participant *one)
{
        struct board *board = group->board;
        char id[ID_TEXT];
        int64_t until;
        struct id holder = ser_in_charge(&group->replacements, &one->key, &one->trainer, board->host->today, &until);
        if (id_equal(&holder, &one->trainer))
                return "";
        const char *who = person_short(board, id_format(one->mine ? &one->trainer : &holder, id));
        return arena_printf(&board->arena, one->mine ? _("de %s%s") : _("por %s%s"), who, ser_until(board, until));
}

static void add_row(struct group *group, const struct participant *one)
{
        struct board *board = group->board;
        char id[ID_TEXT];
        board_add(board, tone_of(one));
        board_opens(board, &one->record);
        board_put(board, COL_PERSON, board_title(board, id_format(&one->person, id)));
        board_put(board, COL_STATE, board_choice(board, "pser_participante", "estado", one->state));
        board_put(board, COL_ATTEND, one->sessions ? share_words(board, one->came, one->sessions) : _("sin listas"));
        board_put(board, COL_SAID, one->said);
        board_putf(board, COL_PRODUCTS, _("%d de %d"), one->evaluated, one->products);
        board_put(board, COL_SWAP, swap_words(group, one));
        board_put(board, COL_TRAINERS, ser_history(&group->replacements, &one->key, &one->trainer));
        board_put(board, COL_MODULE, board_choice(board, "pser_participante", "modulo", one->module));
        board_put(board, COL_EDITION, one->edition);
        board_put(board, COL_CERTIFICATE, one->number);
        board_put(board, COL_CERTIFIED, one->issued);
        if (one->since != INT64_MIN)
                board_put(board, COL_SINCE, date_format(one->since, id));
        board_put(board, COL_SCHOOL, board_school(board, one->school));
        board_put(board, COL_UGEL, board_choice(board, "pser_participante", "ugel", one->ugel));
}

/* Newest edition first, then the module, then by name. */
static int compare(const struct board *board, int a, int b)
{
        const struct table *table = &board->table;
        int order = strcmp(table_cell(table, b, COL_EDITION), table_cell(table, a, COL_EDITION));
        if (order == 0)
                order = strcmp(table_cell(table, a, COL_MODULE), table_cell(table, b, COL_MODULE));
        return order ? order : strcmp(table_cell(table, a, COL_PERSON), table_cell(table, b, COL_PERSON));
}

static void show(struct group *group)
{
        struct board *board = group->board;
        int charge = 0, taken = 0, given = 0, risk = 0, certified = 0;
        for (int i = 0; i < group->participants.n; i++) {
                const struct participant *one = group->participants.items[i];
                bool open = ser_is_open(one->state);
                add_row(group, one);
                charge += one->mine && open;
                taken += one->mine && open && !id_equal(&one->trainer, &group->trainer);
                given += !one->mine && open;
                risk += one->mine && strcmp(one->state, "en_riesgo") == 0;
                certified += strcmp(one->state, "certificado") == 0;
        }
        board_sort(board, compare);
        board_summary(board, _("%s: a cargo hoy %d (de otra persona: %d); con quien reemplaza: %d. En riesgo %d, certificados %d."),
                      person_short(board, board->options.argument), charge, taken, given, risk, certified);
}

enum err_code board_ser_participantes(struct board *board, struct err *err)
{
        struct group group = {.board = board,
                .participants = {.arena = &board->arena, .size = sizeof(struct participant)},
                .editions = {.arena = &board->arena, .size = sizeof(struct edition)}};
        board_set_columns(board, headings, (int)ARRAY_LEN(headings));
        board->empty = _("No tiene participantes a su cargo, ni los inscribió.");
        enum err_code rc = id_parse(board->options.argument, &group.trainer) ? read_all(&group, err) : ERR_OK;
        if (rc == ERR_OK)
                show(&group);
        ser_replacements_release(&group.replacements);
        groups_release(&group.participants);
        groups_release(&group.editions);
        return rc;
}
