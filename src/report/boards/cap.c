/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Learning communities: how often they meet, who comes, and whether they keep
 * what they agree and the dates they announce.  Two walks beside that of the
 * directory; sessions come newest first.
 */
#include "../sessions.h"

#include <stdio.h>
#include <string.h>

enum { COL_NAME, COL_SESSIONS, COL_LAST, COL_NEXT, COL_STATE, COL_REGULAR, COL_COMES, COL_PEOPLE, COL_OPEN, COL_KEPT, COL_LEADS,
       COL_SCOPE, COL_UGEL };

static const struct board_heading headings[] = {
        [COL_NAME] = {"comunidad", _("Comunidad"), CELL_TEXT, 1, 0, false},
        [COL_SESSIONS] = {"sesiones", _("Ses."), CELL_NUMBER, 1, 4, false},
        [COL_LAST] = {"ultima_sesion", _("Última"), CELL_DATE, 5, 10, false},
        [COL_NEXT] = {"proxima_sesion", _("Próxima"), CELL_DATE, 4, 10, false},
        [COL_STATE] = {"situacion", _("Situación"), CELL_TEXT, 1, 26, false},
        [COL_REGULAR] = {"regularidad", _("Regularidad"), CELL_TEXT, 2, 15, false},
        [COL_COMES] = {"asistencia_pct", _("Asiste %"), CELL_NUMBER, 4, 8, false},
        [COL_PEOPLE] = {"participantes", _("Personas"), CELL_NUMBER, 5, 8, false},
        [COL_OPEN] = {"acuerdos_abiertos", _("Abiertos"), CELL_NUMBER, 3, 8, false},
        [COL_KEPT] = {"acuerdos_cumplidos", _("Cumplidos"), CELL_NUMBER, 5, 9, false},
        [COL_LEADS] = {"coordinador", _("Coordina"), CELL_TEXT, 6, 22, false},
        [COL_SCOPE] = {"ambito", _("Ámbito"), CELL_TEXT, 7, 22, false},
        [COL_UGEL] = {"ugel", _("UGEL"), CELL_TEXT, 8, 18, false},
};

struct community {
        struct id id;
        const char *name, *scope, *ugel, *leads, *state;
        int sessions, measured, kept;    /* measured: sessions whose date had been announced */
        char first[DATE_TEXT], last[DATE_TEXT], next[DATE_TEXT]; /* first: the earliest met so far */
        struct attendance attendance;
        struct id_map met;
        struct agreements agreements;
        bool theirs;                     /* of the person that the board is limited to */
};

struct communities {
        struct board *board;
        struct groups all, sessions; /* sessions: to their community */
};

struct session_of { struct community *community; };

static enum err_code add_community(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        struct communities *communities = ctx;
        struct board *board = communities->board;
        struct arena *arena = &board->arena;
        (void)err;
        if (*board->options.ugel && strcmp(record->ugel, board->options.ugel) != 0)
                return ERR_OK;
        struct community *community = groups_of(&communities->all, &record->id);
        community->id = record->id;
        community->name = arena_strdup(arena, *answers[0] ? answers[0] : record->title);
        community->scope = arena_strdup(arena, answers[1]);
        community->leads = arena_strdup(arena, answers[2]);
        community->state = arena_strdup(arena, answers[3]);
        community->ugel = arena_strdup(arena, record->ugel);
        community->theirs = board_is_theirs(board, record, answers[2]);
        return ERR_OK;
}

/* Newest first: the one met just before is the next one that was held. */
static enum err_code add_session(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        struct communities *communities = ctx;
        struct community *community = groups_find_text(&communities->all, record->subject);
        int64_t announced, held;
        (void)err;
        if (!community)
                return ERR_OK;
        if (community->sessions++ == 0) {
                snprintf(community->last, sizeof community->last, "%s", record->date);
                snprintf(community->next, sizeof community->next, "%s", answers[SESSION_NEXT]);
        } else if (date_parse(answers[SESSION_NEXT], &announced) && date_parse(community->first, &held)) {
                community->measured++;
                community->kept += held - announced <= KEPT_DAYS && announced - held <= KEPT_DAYS;
        }
        snprintf(community->first, sizeof community->first, "%s", record->date);
        struct attendance attendance = session_attendance(answers, &community->met);
        community->attendance.came += attendance.came;
        community->attendance.called += attendance.called;
        community->theirs |= board_is_theirs(communities->board, record, answers[SESSION_LEADS]);
        struct session_of *session = groups_of(&communities->sessions, &record->id);
        session->community = community;
        return ERR_OK;
}

static enum err_code add_agreement(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        struct communities *communities = ctx;
        const struct session_of *session = groups_find(&communities->sessions, &record->parent);
        (void)err;
        if (session)
                agreements_add(communities->board, record, answers[0], &session->community->agreements);
        return ERR_OK;
}

/* Those of a community may be of another UGEL, so nothing but the directory is limited to one. */
static enum err_code read_all(struct communities *communities, struct err *err)
{
        static const char *const community[] = {"nombre", "ambito", "coordinador", "estado"}, *const agreement[] = {"estado"};
        struct board *board = communities->board;
        struct store *store = board->host->store;
        const struct board_options *options = &board->options;
        struct store_query query = {.form = "cap", .entities = true, .order = ORDER_TITLE};
        enum err_code rc = board_walk(board, query, community, 4, add_community, communities, err);
        query = (struct store_query){.form = "cap_sesion", .date_from = options->from, .date_to = options->to,
                                     .sensitive = options->sensitive};
        if (rc == ERR_OK)
                rc = store_walk(store, &query, session_names, SESSION_NAMES, add_session, communities, err);
        query = (struct store_query){.form = "compromiso", .sensitive = options->sensitive};
        if (rc == ERR_OK && communities->sessions.n)
                rc = store_walk(store, &query, agreement, 1, add_agreement, communities, err);
        return rc;
}

static bool is_inactive(const struct community *community)
{
        return strcmp(community->state, "inactiva") == 0;
}

static enum board_tone tone_of(const struct board *board, const struct community *community)
{
        if (is_inactive(community))
                return TONE_NORMAL;
        if (community->sessions == 0)
                return TONE_SOON;
        return session_next_tone(board, community->next);
}

static const char *state_words(struct board *board, const struct community *community)
{
        if (is_inactive(community))
                return _("inactiva");
        if (community->sessions == 0)
                return _("sin sesiones");
        return *community->next ? session_next_words(board, community->next) : _("sin fecha anunciada");
}

static void add_row(struct board *board, const struct community *community)
{
        const struct agreements *agreements = &community->agreements;
        char id[ID_TEXT];
        board_add(board, tone_of(board, community));
        board_opens(board, &community->id);
        board_goes_to(board, "cap-comunidad", id_format(&community->id, id));
        board_put(board, COL_NAME, community->name);
        board_putf(board, COL_SESSIONS, "%d", community->sessions);
        board_put(board, COL_LAST, community->last);
        board_put(board, COL_NEXT, community->next);
        board_put(board, COL_STATE, state_words(board, community));
        board_put(board, COL_REGULAR, share_words(board, community->kept, community->measured));
        if (community->attendance.called)
                board_putf(board, COL_COMES, "%d", share_percent(community->attendance.came, community->attendance.called));
        board_putf(board, COL_PEOPLE, "%zu", community->met.n);
        board_putf(board, COL_OPEN, "%d", agreements->open);
        board_putf(board, COL_KEPT, "%d", agreements->kept);
        board_put(board, COL_LEADS, board_title(board, community->leads));
        board_put(board, COL_SCOPE, board_choice(board, "cap", "ambito", community->scope));
        board_put(board, COL_UGEL, board_choice(board, "cap", "ugel", community->ugel));
}

/* Who should have met comes first, who does not meet any more last. */
static int place_of(enum board_tone tone)
{
        static const int places[] = {[TONE_OVERDUE] = 0, [TONE_NOW] = 1, [TONE_SOON] = 2, [TONE_NORMAL] = 3, [TONE_DONE] = 4};
        return places[tone];
}

static int compare(const struct board *board, int a, int b)
{
        const struct table *table = &board->table;
        int order = place_of(board->rows[a].tone) - place_of(board->rows[b].tone);
        if (order == 0)
                order = strcmp(table_cell(table, a, COL_NEXT), table_cell(table, b, COL_NEXT));
        return order ? order : strcmp(table_cell(table, a, COL_NAME), table_cell(table, b, COL_NAME));
}

static void show(struct communities *communities)
{
        struct board *board = communities->board;
        struct community sum = {0};
        int n = 0, late = 0;
        for (int i = 0; i < communities->all.n; i++) {
                const struct community *community = communities->all.items[i];
                if (!community->theirs)
                        continue;
                add_row(board, community);
                n++;
                late += tone_of(board, community) == TONE_OVERDUE;
                sum.sessions += community->sessions;
                sum.measured += community->measured;
                sum.kept += community->kept;
                sum.agreements.open += community->agreements.open;
                sum.agreements.kept += community->agreements.kept;
        }
        board_sort(board, compare);
        board_summary(board, _("Comunidades: %d; no se reunieron en su fecha: %d. Sesiones: %d, en fecha %d de %d. Acuerdos: abiertos %d, cumplidos %d."),
                      n, late, sum.sessions, sum.kept, sum.measured, sum.agreements.open, sum.agreements.kept);
}

enum err_code board_cap(struct board *board, struct err *err)
{
        struct communities communities = {.board = board,
                .all = {.arena = &board->arena, .size = sizeof(struct community)},
                .sessions = {.arena = &board->arena, .size = sizeof(struct session_of)}};
        board_set_columns(board, headings, (int)ARRAY_LEN(headings));
        board->empty = _("No hay comunidades registradas. Se registran en el directorio, con la ficha «CAP».");
        enum err_code rc = read_all(&communities, err);
        if (rc == ERR_OK)
                show(&communities);
        for (int i = 0; i < communities.all.n; i++)
                id_map_release(&((struct community *)communities.all.items[i])->met);
        groups_release(&communities.all);
        groups_release(&communities.sessions);
        return rc;
}
