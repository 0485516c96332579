/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many schools are in each phase of MGEA, by UGEL and network, at their latest checklists. */
#include "../mgea.h"

#include <string.h>

enum { COL_UGEL, COL_NETWORK, COL_SCHOOLS, COL_FIRST, COL_ACHIEVED = COL_FIRST + MGEA_PHASES, COL_LAST, COL_ARGUMENT, COLUMNS };

static const struct board_heading headings[COLUMNS] = {
        [COL_UGEL] = {"ugel", _("UGEL"), CELL_TEXT, 1, 18, true},
        [COL_NETWORK] = {"red", _("Red"), CELL_TEXT, 1, 0, false},
        [COL_SCHOOLS] = {"escuelas", _("Escuelas"), CELL_NUMBER, 1, 8, false},
        [COL_ACHIEVED] = {"logradas_pct", _("Logrado %"), CELL_NUMBER, 3, 9, false},
        [COL_LAST] = {"ultimo_corte", _("Último corte"), CELL_DATE, 4, 12, false},
        [COL_ARGUMENT] = {"codigo_ugel", _("Código"), CELL_TEXT, 9, 8, false},
};

struct network {
        const char *ugel, *name;
        int schools, phases[MGEA_PHASES], achieved, applies;
        const char *last;
};

static void set_columns(struct board *board)
{
        struct board_heading all[COLUMNS];
        memcpy(all, headings, sizeof all);
        for (int i = 0; i < MGEA_PHASES; i++)
                all[COL_FIRST + i] = (struct board_heading){mgea_phases[i].key, mgea_phases[i].title, CELL_NUMBER, 2, 8, false};
        board_set_columns(board, all, COLUMNS);
}

static void add_school(struct groups *networks, const struct mgea_school *school)
{
        struct id key = groups_key(school->ugel, school->network, NULL);
        struct network *network = groups_of(networks, &key);
        int phase = mgea_phase_index(school->now.phase);
        network->ugel = school->ugel;
        network->name = school->network;
        network->schools++;
        network->achieved += school->now.all_achieved;
        network->applies += school->now.all_applies;
        if (phase >= 0)
                network->phases[phase]++;
        if (!network->last || strcmp(school->now.date, network->last) > 0)
                network->last = school->now.date;
}

static void add_row(struct board *board, const struct network *network)
{
        board_add(board, TONE_NORMAL);
        board_goes_to(board, "mgea", arena_printf(&board->arena, "%s%s%s", network->ugel, *network->name ? " " : "", network->name));
        board_put(board, COL_UGEL, board_choice(board, "mgea_checklist", "ugel", network->ugel));
        board_put(board, COL_NETWORK, *network->name ? network->name : _("(sin red)"));
        board_putf(board, COL_SCHOOLS, "%d", network->schools);
        for (int i = 0; i < MGEA_PHASES; i++)
                board_putf(board, COL_FIRST + i, "%d", network->phases[i]);
        if (network->applies)
                board_putf(board, COL_ACHIEVED, "%d", share_percent(network->achieved, network->applies));
        board_put(board, COL_LAST, network->last);
        board_put(board, COL_ARGUMENT, network->ugel);
}

static int compare(const struct board *board, int a, int b)
{
        const struct table *table = &board->table;
        int order = strcmp(table_cell(table, a, COL_ARGUMENT), table_cell(table, b, COL_ARGUMENT));
        return order ? order : strcmp(table_cell(table, a, COL_NETWORK), table_cell(table, b, COL_NETWORK));
}

static void show(struct mgea *mgea, struct groups *networks)
{
        struct board *board = mgea->board;
        int phases[MGEA_PHASES] = {0};
        for (int i = 0; i < mgea->schools.n; i++)
                add_school(networks, mgea->schools.items[i]);
        for (int i = 0; i < networks->n; i++) {
                const struct network *network = networks->items[i];
                add_row(board, network);
                for (int p = 0; p < MGEA_PHASES; p++)
                        phases[p] += network->phases[p];
        }
        board_sort(board, compare);
        board_summary(board, _("Escuelas: %d. Soñar %d, Generar condiciones %d, Implementar %d, Evaluar %d."),
                      mgea->schools.n, phases[0], phases[1], phases[2], phases[3]);
}

enum err_code board_mgea_fases(struct board *board, struct err *err)
{
        struct mgea mgea;
        struct groups networks = {.arena = &board->arena, .size = sizeof(struct network)};
        set_columns(board);
        board->empty = _("No hay fichas del MGEA. Se llenan con la ficha «MGEA», una por escuela y fecha de corte.");
        enum err_code rc = mgea_read(board, &mgea, err);
        if (rc == ERR_OK)
                show(&mgea, &networks);
        groups_release(&networks);
        mgea_release(&mgea);
        return rc;
}
