/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One community: its sessions in order, who came, what became of their
 * agreements, and whether each was held when the one before had said.  Last,
 * the one that is announced.
 */
#include "../sessions.h"

#include <stdio.h>
#include <string.h>

enum { COL_NUMBER, COL_DATE, COL_KEPT, COL_COMES, COL_AGREEMENTS, COL_PURPOSE, COL_ANNOUNCED, COL_LEADS, COL_STRATEGY };

static const struct board_heading headings[] = {
        [COL_NUMBER] = {"sesion", _("N.º"), CELL_NUMBER, 1, 3, false},
        [COL_DATE] = {"fecha", _("Fecha"), CELL_DATE, 1, 10, false},
        [COL_KEPT] = {"en_fecha", _("En fecha"), CELL_TEXT, 1, 22, false},
        [COL_COMES] = {"asistencia", _("Asistieron"), CELL_TEXT, 2, 10, false},
        [COL_AGREEMENTS] = {"acuerdos", _("Acuerdos"), CELL_TEXT, 2, 24, false},
        [COL_PURPOSE] = {"proposito", _("Propósito"), CELL_TEXT, 1, 0, false},
        [COL_ANNOUNCED] = {"fecha_anunciada", _("Anunciada"), CELL_DATE, 4, 10, false},
        [COL_LEADS] = {"dirige", _("Dirige"), CELL_TEXT, 5, 22, false},
        [COL_STRATEGY] = {"estrategia", _("Ruta DIF"), CELL_TEXT, 3, 22, false},
};

struct session {
        struct id id;
        char date[DATE_TEXT], next[DATE_TEXT];
        const char *number, *purpose, *theme, *leads, *strategy;
        struct attendance attendance;
        struct agreements agreements;
};

struct community {
        struct board *board;
        struct groups sessions; /* newest first */
        struct id_map met;
};

static enum err_code add_session(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        struct community *community = ctx;
        struct arena *arena = &community->board->arena;
        struct session *session = groups_of(&community->sessions, &record->id);
        (void)err;
        session->id = record->id;
        snprintf(session->date, sizeof session->date, "%s", record->date);
        snprintf(session->next, sizeof session->next, "%s", answers[SESSION_NEXT]);
        session->number = arena_strdup(arena, answers[SESSION_NUMBER]);
        session->purpose = arena_strdup(arena, answers[SESSION_PURPOSE]);
        session->theme = arena_strdup(arena, answers[SESSION_THEME]);
        session->leads = arena_strdup(arena, answers[SESSION_LEADS]);
        session->strategy = arena_strdup(arena, strcmp(answers[SESSION_STRATEGY], "no") == 0 ? "" : answers[SESSION_STRATEGY]);
        session->attendance = session_attendance(answers, &community->met);
        return ERR_OK;
}

struct counting { const struct board *board; struct agreements *sum; };

static enum err_code add_agreement(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        struct counting *counting = ctx;
        (void)err;
        agreements_add(counting->board, record, answers[0], counting->sum);
        return ERR_OK;
}

/* A community has few sessions, each with its own index entry for what it left. */
static enum err_code read_all(struct community *community, struct err *err)
{
        static const char *const agreement[] = {"estado"};
        struct board *board = community->board;
        const struct board_options *options = &board->options;
        struct store_query query = {.form = "cap_sesion", .subject = options->argument, .date_from = options->from,
                                    .date_to = options->to, .sensitive = options->sensitive};
        enum err_code rc = store_walk(board->host->store, &query, session_names, SESSION_NAMES, add_session, community, err);
        for (int i = 0; rc == ERR_OK && i < community->sessions.n; i++) {
                struct session *session = community->sessions.items[i];
                struct counting counting = {board, &session->agreements};
                query = (struct store_query){.form = "compromiso", .parent = &session->id, .sensitive = options->sensitive};
                rc = store_walk(board->host->store, &query, agreement, 1, add_agreement, &counting, err);
        }
        return rc;
}

/* ---- Rows ---- */

static bool is_kept(int64_t late)
{
        return late <= KEPT_DAYS && late >= -KEPT_DAYS;
}

static const char *kept_words(struct board *board, int64_t late)
{
        if (late == 0)
                return _("sí");
        const char *how = late > 0 ? _("después") : _("antes");
        const char *answer = is_kept(late) ? _("sí") : _("no");
        long long days = late > 0 ? late : -late;
        return arena_printf(&board->arena, days == 1 ? _("%s: %lld día %s") : _("%s: %lld días %s"), answer, days, how);
}

static const char *agreement_words(struct board *board, const struct agreements *sum)
{
        if (sum->all == 0)
                return "";
        const char *late = sum->overdue ? arena_printf(&board->arena, _(", %d vencidos"), sum->overdue) : "";
        return arena_printf(&board->arena, _("%d de %d cumplidos%s"), sum->kept, sum->all, late);
}

/* `before`: the session before it, or NULL. True if it kept a date. */
static void add_row(struct board *board, const struct session *session, const struct session *before, int *kept, int *measured)
{
        int64_t announced, held;
        bool known = before && date_parse(before->next, &announced) && date_parse(session->date, &held);
        bool good = known && is_kept(held - announced);
        *measured += known;
        *kept += good;
        board_add(board, !known ? TONE_NORMAL : good ? TONE_DONE : TONE_SOON);
        board_opens(board, &session->id);
        board_put(board, COL_NUMBER, session->number);
        board_put(board, COL_DATE, session->date);
        if (known) {
                board_put(board, COL_KEPT, kept_words(board, held - announced));
                board_put(board, COL_ANNOUNCED, before->next);
        }
        board_putf(board, COL_COMES, _("%d de %d"), session->attendance.came, session->attendance.called);
        board_put(board, COL_AGREEMENTS, agreement_words(board, &session->agreements));
        board_put(board, COL_PURPOSE, session->purpose);
        board_put(board, COL_LEADS, board_title(board, session->leads));
        board_put(board, COL_STRATEGY, board_choice(board, "cap_sesion", "estrategia_dif", session->strategy));
}

static void add_next(struct board *board, const struct session *last)
{
        if (!*last->next)
                return;
        board_add(board, session_next_tone(board, last->next));
        board_put(board, COL_DATE, last->next);
        board_put(board, COL_KEPT, session_next_words(board, last->next));
        board_putf(board, COL_PURPOSE, _("Próxima sesión%s%s"), *last->theme ? ": " : "", last->theme);
}

static void show(struct community *community)
{
        struct board *board = community->board;
        struct agreements sum = {0};
        int n = community->sessions.n, kept = 0, measured = 0;
        for (int i = n - 1; i >= 0; i--) {
                const struct session *session = community->sessions.items[i];
                add_row(board, session, i + 1 < n ? community->sessions.items[i + 1] : NULL, &kept, &measured);
                sum.open += session->agreements.open;
                sum.kept += session->agreements.kept;
        }
        if (n && !*board->options.to)
                add_next(board, community->sessions.items[0]);
        board_summary(board, _("Sesiones: %d, en fecha %d de %d. Personas distintas: %d. Acuerdos: abiertos %d, cumplidos %d."), n, kept,
                      measured, (int)community->met.n, sum.open, sum.kept);
}

enum err_code board_cap_comunidad(struct board *board, struct err *err)
{
        struct community community = {.board = board, .sessions = {.arena = &board->arena, .size = sizeof(struct session)}};
        board_set_columns(board, headings, (int)ARRAY_LEN(headings));
        board->empty = _("Esta comunidad todavía no tiene sesiones. Se anotan con la ficha «Sesión de CAP».");
        enum err_code rc = read_all(&community, err);
        if (rc == ERR_OK)
                show(&community);
        groups_release(&community.sessions);
        id_map_release(&community.met);
        return rc;
}
