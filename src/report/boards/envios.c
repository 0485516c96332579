/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who has not sent for how long: each laptop from which something was taken in,
 * the longest silence first.  Days are counted from when it was received, by
 * this equipment's clock; the laptop's own may be wrong.
 */
#include "../report_priv.h"

#include "store/incoming.h"

enum { COL_STATE, COL_WHO, COL_DEVICE, COL_RECEIVED, COL_MADE, COL_DAYS, COL_BUNDLES, COL_NEW, COL_CHANGED, COL_WAITING };
enum { SOON_DAYS_SILENT = 8, LATE_DAYS_SILENT = 31 }; /* more than a week, more than a month */

static const struct board_heading headings[] = {
        [COL_STATE] = {"situacion", _("Último envío"), CELL_TEXT, 1, 15, false},
        [COL_WHO] = {"quien", _("Quién"), CELL_TEXT, 1, 0, false},
        [COL_DEVICE] = {"laptop", _("Laptop"), CELL_TEXT, 2, 9, false},
        [COL_RECEIVED] = {"recibido", _("Recibido"), CELL_DATE, 2, 10, false},
        [COL_MADE] = {"hecho", _("Hecho"), CELL_DATE, 6, 10, false},
        [COL_DAYS] = {"dias", _("Días"), CELL_NUMBER, 0, 5, false},
        [COL_BUNDLES] = {"paquetes", _("Paquetes"), CELL_NUMBER, 5, 8, false},
        [COL_NEW] = {"nuevos", _("Nuevos"), CELL_NUMBER, 3, 6, false},
        [COL_CHANGED] = {"actualizados", _("Cambios"), CELL_NUMBER, 4, 7, false},
        [COL_WAITING] = {"en_espera", _("En espera"), CELL_NUMBER, 3, 9, false},
};

static const char *silence(struct board *board, int64_t days)
{
        if (days <= 0)
                return _("hoy");
        return days == 1 ? _("ayer") : arena_printf(&board->arena, _("hace %lld días"), (long long)days);
}

/* Whoever made the newest of what came; else the one that the laptop was accepted by. */
static const char *who_sends(struct board *board, const struct store_sender *sender)
{
        const struct board_host *host = board->host;
        const char *name = *sender->author     ? board_title(board, sender->author)
                           : host->device_name ? host->device_name(host->ctx, sender->device, &board->arena) : "";
        return *name ? name : _("sin nombre");
}

/* In full: two laptops may begin alike, and what is saved to a file is compared with other lists. */
static void add(struct board *board, const struct store_sender *sender)
{
        struct id person;
        int64_t to = 0;
        bool dated = board_days_to(board, arena_strndup(&board->arena, sender->at, 10), &to);
        int64_t days = dated ? -to : 0;
        board_add(board, days >= LATE_DAYS_SILENT ? TONE_OVERDUE : days >= SOON_DAYS_SILENT ? TONE_SOON : TONE_NORMAL);
        if (id_parse(sender->author, &person))
                board_opens(board, &person);
        board_put(board, COL_STATE, silence(board, days));
        board_put(board, COL_WHO, who_sends(board, sender));
        board_put(board, COL_DEVICE, sender->device);
        board_putf(board, COL_RECEIVED, "%.10s", sender->at);
        board_putf(board, COL_MADE, "%.10s", sender->made);
        board_putf(board, COL_DAYS, "%lld", (long long)days);
        board_putf(board, COL_BUNDLES, "%lld", (long long)sender->bundles);
        board_putf(board, COL_NEW, "%lld", (long long)sender->added);
        board_putf(board, COL_CHANGED, "%lld", (long long)sender->updated);
        board_putf(board, COL_WAITING, "%lld", (long long)sender->waiting);
}

enum err_code board_envios(struct board *board, struct err *err)
{
        struct arena arena = {0};
        struct store_sender *senders;
        int n = 0, late = 0;
        board_set_columns(board, headings, (int)ARRAY_LEN(headings));
        enum err_code rc = store_sender_list(board->host->store, &arena, &senders, &n, err);
        for (int i = 0; rc == ERR_OK && i < n; i++) {
                add(board, &senders[i]);
                late += board->rows[board->table.rows_n - 1].tone != TONE_NORMAL;
        }
        arena_release(&arena);
        board->empty = _("Todavía no se recibió nada de otra laptop. «Importar», en el inicio, toma sus paquetes.");
        board_summary(board, n == 1 ? _("%d laptop; %d sin enviar en más de una semana.") : _("%d laptops; %d sin enviar en más de una semana."),
                      n, late);
        return rc;
}
