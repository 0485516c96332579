/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of laptops, by both faces and the command line (contract in app/laptops.h). */
#include "app/laptops.h"

#include <string.h>

#include "base/mem.h"

const char *laptop_state_word(enum laptop_state state)
{
        static const char *const words[] = {[LAPTOP_PENDING] = _("pendiente"), [LAPTOP_ACCEPTED] = _("aceptada"),
                                            [LAPTOP_REVOKED] = _("quitada"), [LAPTOP_NOTED] = _("sin comparar"),
                                            [LAPTOP_ISSUER] = _("oficina, firma"), [LAPTOP_OFFICE] = _("oficina, cifra")};
        return words[state];
}

static const char *called(const struct laptop *laptop)
{
        return *laptop->name ? laptop->name : *laptop->device ? laptop->device : _("sin nombre");
}

static const char *waiting_words(const struct laptop *laptop, struct arena *arena)
{
        if (laptop->waiting == 0)
                return _("Desde ahora lo que firme esa laptop vale al importarlo.");
        return arena_printf(arena, laptop->waiting == 1 ? _("Vale enseguida %lld cambio suyo que espera, y lo que firme después.")
                                                        : _("Valen enseguida %lld cambios suyos que esperan, y lo que firme después."),
                            (long long)laptop->waiting);
}

const char *laptop_accept_words(const struct laptop *laptop, struct arena *arena)
{
        const char *careful = !laptop->rival ? "" : _("¡Cuidado! Dice ser una laptop que aquí se conoce con otra clave. Averigüe "
                                                      "antes por qué cambió.\n\n");
        return arena_printf(arena, _("%s%s\n\n  %s\n\nPida que le lean, por teléfono o en persona, las palabras que esa laptop muestra "
                                     "en su pantalla «Claves y laptops». Si no son estas seis, en este orden, no la acepte.\n\n%s"),
                            careful, called(laptop), laptop->words, waiting_words(laptop, arena));
}

const char *laptop_revoke_words(const struct laptop *laptop, struct arena *arena)
{
        if (laptop->state == LAPTOP_OFFICE)
                return arena_printf(arena, _("%s\n\nLos próximos paquetes ya no se cifrarán para esta oficina, y no podrá abrirlos. Lo que "
                                             "ya se envió no cambia."), called(laptop));
        return arena_printf(arena, _("%s\n\nHágalo si la laptop se perdió o ya no la usa quien debe. Lo que firme desde ahora queda en "
                                     "espera y no vale; lo que ya se recibió sigue valiendo. Se puede volver a aceptar."), called(laptop));
}

/* ---- Of an office ---- */

const char *office_make_words(void)
{
        return _("Solo en el equipo de la UGEL o la DRE que recibe los paquetes. Con esa clave se abre lo que las laptops cifran: si se "
                 "pierde, nadie lo abre. Por eso se imprime enseguida una copia de papel, y se prueba cada trimestre.\n\nDesde entonces lo "
                 "que firme una laptop nueva espera hasta que la acepten aquí.");
}

const char *office_paper_words(void)
{
        return _("Lleva la clave secreta de la oficina. Imprímala, guárdela bajo llave en sobre cerrado y no la fotografíe. Si la guarda en "
                 "un archivo, bórrelo después de imprimirlo.");
}

/* ---- As a table ---- */

static void add_laptop(struct table *table, const struct laptop *laptop)
{
        char waiting[24];
        snprintf(waiting, sizeof waiting, "%lld", (long long)laptop->waiting);
        const char *const cells[] = {laptop_state_word(laptop->state), laptop->name, laptop->words, laptop->since, laptop->last,
                                     waiting, laptop->device, laptop->key};
        int row = table_add_row(table);
        for (int i = 0; i < (int)ARRAY_LEN(cells); i++)
                table_set(table, row, i, cells[i]);
}

enum err_code app_laptops_table(struct app *app, struct table *ret, struct err *err)
{
        struct arena arena = {0};
        struct laptop *list;
        int n = 0;
        enum err_code rc = app_laptops(app, &arena, &list, &n, err);
        if (rc == ERR_OK) {
                table_init(ret, _("Claves y laptops"));
                table_add_column(ret, "estado", _("Estado"), CELL_TEXT);
                table_add_column(ret, "nombre", _("Nombre"), CELL_TEXT);
                table_add_column(ret, "palabras", _("Palabras"), CELL_TEXT);
                table_add_column(ret, "desde", _("Desde"), CELL_TEXT);
                table_add_column(ret, "ultimo_paquete", _("Último paquete"), CELL_TEXT);
                table_add_column(ret, "en_espera", _("En espera"), CELL_NUMBER);
                table_add_column(ret, "laptop", _("Laptop"), CELL_TEXT);
                table_add_column(ret, "clave", _("Clave"), CELL_TEXT);
                for (int i = 0; i < n; i++)
                        add_laptop(ret, &list[i]);
        }
        arena_release(&arena);
        return rc;
}
