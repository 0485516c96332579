/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The records that make one figure of the Balance, each with what it adds to it.
 * Of what is hidden for being few, and of reserved indicators, no records are
 * told; reserved records of others are counted and not shown.
 */
#include "../balance_desk.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { COL_DATE, COL_FORM, COL_TITLE, COL_MARK, COL_SCHOOL, COL_NUM, COL_DEN, COL_PARTIAL, COL_COUNTED, COLUMNS };

static const struct board_heading headings[COLUMNS] = {
        [COL_DATE] = {"fecha", _("Fecha"), CELL_DATE, 1, 10, false},
        [COL_FORM] = {"ficha", _("Ficha"), CELL_TEXT, 3, 14, false},
        [COL_TITLE] = {"registro", _("Registro"), CELL_TEXT, 1, 0, false},
        [COL_MARK] = {"cuenta", _("En la cifra"), CELL_TEXT, 1, 16, false},
        [COL_SCHOOL] = {"escuela", _("Escuela"), CELL_TEXT, 4, 30, false},
        [COL_NUM] = {"numerador", _("Num."), CELL_NUMBER, 0, 8, false},
        [COL_DEN] = {"denominador", _("Den."), CELL_NUMBER, 0, 8, false},
        [COL_PARTIAL] = {"en_parte", _("En parte"), CELL_NUMBER, 0, 8, false},
        [COL_COUNTED] = {"n", "n", CELL_NUMBER, 0, 5, false},
};

static const char *number(struct board *board, int64_t millionths)
{
        return arena_printf(&board->arena, "%.15g", (double)millionths / FACT_UNIT);
}

/* What a record adds, in words: every one that is listed counts, also those of which the answer is no. */
static const char *mark_of(struct board *board, const struct indicator *indicator, const struct total_part *part)
{
        struct arena *arena = &board->arena;
        const char *num = number(board, part->num), *den = number(board, part->den);
        if (!indicator_is_ratio(indicator))
                return part->num ? arena_printf(arena, _("suma %s"), num) : _("no suma");
        if (part->den == 0)
                return part->num ? arena_printf(arena, _("numerador %s"), num) : _("no suma");
        const char *answer = part->num == part->den ? _("sí: ") : part->num ? "" : part->partial ? _("en parte: ") : _("no: ");
        return arena_printf(arena, _("%s%s de %s"), answer, num, den);
}

static void add_row(struct board *board, const struct indicator *indicator, const struct total_part *part,
                    const struct store_record *record)
{
        board_add(board, part->num ? TONE_GOOD : TONE_NORMAL);
        board_opens(board, &part->record);
        board_put(board, COL_DATE, record->date);
        board_put(board, COL_FORM, board_form_title(board, record->form));
        board_put(board, COL_TITLE, record->title);
        board_put(board, COL_MARK, mark_of(board, indicator, part));
        board_put(board, COL_SCHOOL, board_school(board, record->school_title));
        board_put(board, COL_NUM, number(board, part->num));
        board_put(board, COL_DEN, number(board, part->den));
        board_put(board, COL_PARTIAL, number(board, part->partial));
        board_putf(board, COL_COUNTED, "%lld", (long long)part->n);
}

static enum err_code add_rows(struct board *board, const struct indicator *indicator, const struct total_part *parts, int n,
                              int *ret_reserved, struct err *err)
{
        enum err_code rc = ERR_OK;
        *ret_reserved = 0;
        for (int i = 0; rc == ERR_OK && i < n; i++) {
                struct arena arena = {0};
                struct store_record record;
                rc = store_record_get(board->host->store, &parts[i].record, &arena, &record, err);
                if (rc == ERR_OK && record.sensitive && !board->options.sensitive)
                        ++*ret_reserved;
                else if (rc == ERR_OK)
                        add_row(board, indicator, &parts[i], &record);
                arena_release(&arena);
        }
        return rc;
}

/* Newest first. */
static int compare(const struct board *board, int a, int b)
{
        int order = strcmp(table_cell(&board->table, b, COL_DATE), table_cell(&board->table, a, COL_DATE));
        return order ? order : strcmp(table_cell(&board->table, a, COL_TITLE), table_cell(&board->table, b, COL_TITLE));
}

static enum err_code read_cell(const struct desk *desk, int at, struct balance_cell *ret, struct err *err)
{
        const struct balance_view *view = &desk->view;
        struct balance balance;
        struct balance_query query = desk_query(desk);
        query.indicators = &at;
        query.indicators_n = 1;
        query.each_part = view->value && view->split == SPLIT_PARTS; /* all of them: what is hidden depends on the others */
        query.dimension = view->value && !query.each_part ? (enum dimension)view->split : DIMENSION_NONE;
        enum err_code rc = balance_make(desk->board->host->store, desk->of, &query, &balance, err);
        if (rc != ERR_OK)
                return rc;
        *ret = (struct balance_cell){.flags = BALANCE_NOTHING, .value = NAN};
        for (int v = 0; v < balance.values_n; v++)
                if (!view->value || strcmp(balance.values[v], view->value) == 0)
                        *ret = *balance_cell(&balance, 0, 0, 0, v);
        balance_release(&balance);
        return ERR_OK;
}

/* Two visits are those of the year, whichever of its periods is looked at. */
static const char *counted_period(const struct desk *desk)
{
        bool year = desk->of->items[desk_indicator(desk)].computed == COMPUTED_TWO_VISITS;
        int64_t first = 0, last = 0;
        bool known = false;
        if (year)
                balance_days(desk->board->host->store, desk->view.period, &first, &last, &known, NULL);
        return known ? arena_printf(&desk->board->arena, "%04d", date_to_civil(first).year) : desk->view.period;
}

static enum err_code read_parts(const struct desk *desk, struct total_part **ret, int *ret_n, struct err *err)
{
        const struct balance_view *view = &desk->view;
        struct board *board = desk->board;
        bool known, parts = view->split == SPLIT_PARTS;
        struct total_asked asked = {.indicator = view->indicator, .ugels = desk->limited ? &desk->ugel : NULL, .ugels_n = desk->limited,
                                    .dimension = view->value && !parts ? (enum dimension)view->split : DIMENSION_NONE,
                                    .value = view->value, .by = parts ? view->value : NULL};
        enum err_code rc = balance_days(board->host->store, counted_period(desk), &asked.first, &asked.last, &known, err);
        return rc == ERR_OK ? store_total_parts(board->host->store, &asked, &board->arena, ret, ret_n, err) : rc;
}

/* Why no records are told; NULL: they are. */
static const char *why_not(const struct indicator *indicator, const struct balance_cell *cell)
{
        if (indicator->context)
                return _("Este indicador es de contexto: solo tiene su línea base, sin registros.");
        if (indicator->computed == COMPUTED_CATALOGUE)
                return _("Este indicador sale de un catálogo de las fichas, no de registros.");
        if (indicator->reserved)
                return _("Este indicador es reservado: solo se muestran sus totales, nunca los registros.");
        if (cell->flags & BALANCE_SECRET)
                return _("Son muy pocos para mostrar el dato; tampoco se muestra qué registros lo forman.");
        return NULL;
}

/* Why a record may be missing here. */
static const char *left_out(const struct indicator *indicator)
{
        bool last = false;
        for (int i = 0; i < indicator->sources_n; i++)
                last |= indicator->sources[i].last;
        if (indicator->computed == COMPUTED_WEEKS)
                return _(" El denominador son semanas: no lo suman los registros.");
        if (!last)
                return "";
        return indicator->counted == COUNTED_PERSON ? _(" De cada persona entra solo su último registro del periodo.")
               : indicator->counted == COUNTED_SCHOOL ? _(" De cada institución entra solo su último registro del periodo.")
                                                      : _(" De lo que se repite entra solo lo último del periodo.");
}

static void summarise(struct desk *desk, const struct indicator *indicator, const struct balance_cell *cell, int n, int reserved)
{
        struct arena *arena = &desk->board->arena;
        const char *value = desk_value(desk, indicator, cell, true);
        const char *of = indicator_is_ratio(indicator)
                                 ? arena_printf(arena, _("%.15g de %.15g = %s"), cell->num, cell->den, value) : value;
        const char *which = desk->view.value ? arena_printf(arena, ", %s", desk_value_words(desk, desk->view.split, desk->view.value)) : "";
        const char *besides = reserved ? arena_printf(arena, _(" Otros %d son reservados y no se muestran."), reserved) : "";
        board_summary(desk->board, _("%s (registros: %d).%s %s, %s%s.%s"), of, n, besides, desk_period_words(desk),
                      desk_ugel_words(desk, desk->view.ugel), which, left_out(indicator));
}

enum err_code board_balance_registros(struct board *board, struct err *err)
{
        struct desk desk;
        struct balance_cell cell;
        struct total_part *parts = NULL;
        int n = 0, reserved = 0;
        board_set_columns(board, headings, COLUMNS);
        enum err_code rc = desk_open(board, true, false, &desk, err);
        if (rc != ERR_OK || desk.of->n == 0)
                return rc;
        int at = desk_indicator(&desk);
        const struct indicator *indicator = &desk.of->items[at];
        rc = read_cell(&desk, at, &cell, err);
        if (rc == ERR_OK && (board->empty = why_not(indicator, &cell)))
                return ERR_OK;
        board->empty = _("Ningún registro cuenta en esta cifra.");
        if (rc == ERR_OK)
                rc = read_parts(&desk, &parts, &n, err);
        if (rc == ERR_OK)
                rc = add_rows(board, indicator, parts, n, &reserved, err);
        board_sort(board, compare);
        if (rc == ERR_OK)
                summarise(&desk, indicator, &cell, n, reserved);
        return rc;
}
