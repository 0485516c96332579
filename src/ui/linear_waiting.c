/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What came and does not count yet, line by line: why each waits or was set
 * aside.  What it says is not said: it may be reserved, and it may be anything.
 * All of it can be saved raw.
 */
#include "linear_priv.h"

#include "app/incoming.h"
#include "ui/screens.h"

static const char *device_of(const struct waiting_group *group, struct arena *arena)
{
        return *group->device ? arena_printf(arena, "%.8s", group->device) : _("desconocida");
}

static struct linear_items items_of(const struct waiting_group *groups, int n, struct arena *arena)
{
        struct linear_row *rows = ARENA_ARRAY(arena, struct linear_row, n + 1);
        for (int i = 0; i < n; i++) {
                rows[i].text = arena_printf(arena, _("%s, %s. Motivo: %s. De la laptop %s"), arena_count(arena, groups[i].n, _("cambio"), _("cambios")),
                                            groups[i].why, groups[i].reason, device_of(&groups[i], arena));
                rows[i].data = &groups[i];
        }
        return (struct linear_items){rows, n};
}

static void say_one(struct linear *l, const struct waiting_group *group, struct arena *arena)
{
        linear_say(l, _("%s: %s."), group->why, group->reason);
        linear_say(l, group->n == 1 ? _("Llegó el %s, de la laptop %s, en el paquete %s. Revisión %s. Espera sin límite de tiempo.")
                                    : _("Llegaron el %s, de la laptop %s, en el paquete %s. La primera revisión: %s. Esperan sin límite de tiempo."),
                   moment_text(group->at, arena), device_of(group, arena), group->bundle, group->revision);
}

static void save(struct linear *l)
{
        struct arena arena = {0};
        struct err err;
        int n;
        linear_say(l, _("¿En qué archivo nuevo? Por ejemplo /media/usted/MEMORIA/espera.ndjson. Contiene datos de las fichas: cuídelo."));
        struct heard heard = linear_hear(l, ORDERS_EVERYWHERE, _("Guarda todo lo que espera, tal como llegó. Enter vuelve."));
        const char *path = heard.kind == HEARD_TEXT ? arena_strdup(&arena, heard.text) : NULL;
        if (path && app_waiting_save(l->app, path, &n, &err) != ERR_OK)
                linear_say_err(l, &err);
        else if (path)
                linear_say(l, n == 1 ? _("Guardado: %s (%d línea).") : _("Guardado: %s (%d líneas)."), path, n);
        arena_release(&arena);
}

void linear_waiting(struct linear *l)
{
        struct arena arena = {0};
        struct waiting_group *groups;
        struct err err;
        int n = 0;
        enum linear_pick pick = PICK_ROW;
        if (app_waiting_groups(l->app, &arena, &groups, &n, &err) != ERR_OK) {
                linear_say_err(l, &err);
                arena_release(&arena);
                return;
        }
        struct linear_items items = items_of(groups, n, &arena);
        struct linear_list list = {.title = _("En espera"), .empty = _("Nada está en espera: todo lo que llegó vale."),
                                   .add = n ? _("un archivo con todo lo que espera") : NULL, .ctx = &items, .rows = linear_items_rows};
        while (pick != PICK_NONE && !linear_stops(l)) {
                const void *chosen;
                pick = linear_choose(l, &list, &arena, &chosen);
                if (pick == PICK_ROW)
                        say_one(l, chosen, &arena);
                else if (pick == PICK_ADD)
                        save(l);
        }
        arena_release(&arena);
}
