/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What both faces say of sticks, and of an export on its way (contract in app/carry.h). */
#include "app/carry.h"

#define MEGABYTE INT64_C(1000000)

/* "12,3 GB", as sticks are sold: thousands, not 1,024. In `arena`. */
static const char *size_words(int64_t bytes, struct arena *arena)
{
        long long tenths = (long long)(bytes / (MEGABYTE * 100));
        if (bytes < 1000 * MEGABYTE)
                return arena_printf(arena, "%lld MB", (long long)(bytes / MEGABYTE));
        return arena_printf(arena, "%lld,%lld GB", tenths / 10, tenths % 10);
}

const char *medium_words(const struct medium *medium, struct arena *arena)
{
        const char *size = medium->size > 0 ? size_words(medium->size, arena) : "";
        switch (medium->state) {
        case MEDIUM_READ_ONLY:
                return _("protegida contra escritura");
        case MEDIUM_ENCRYPTED:
                return _("cifrada: ábrala antes con su clave");
        case MEDIUM_CLOSED:
                return *size ? arena_printf(arena, _("%s, se abre al elegirla"), size) : _("se abre al elegirla");
        default:
                break;
        }
        if (medium->free < 0)
                return size;
        return arena_printf(arena, _("%s libres de %s"), size_words(medium->free, arena), size);
}

const char *medium_read_words(const struct medium *medium, struct arena *arena)
{
        if (medium->state == MEDIUM_CLOSED || medium->state == MEDIUM_ENCRYPTED)
                return medium_words(medium, arena);
        return medium->size > 0 ? size_words(medium->size, arena) : "";
}

/* What stays because it need not go. */
static const char *held_words(const struct export_result *done, struct arena *arena)
{
        if (done->held == 0)
                return "";
        if (done->back)
                return arena_printf(arena, _("\nCambios que no van, porque ya los tienen o no son de su UGEL: %lld."), (long long)done->held);
        if (done->revisions == 0)
                return arena_printf(arena, _("\nNo lleva cambios, porque la oficina ya los tiene todos: %lld. Lleva el acuse de lo recibido."),
                                    (long long)done->held);
        return arena_printf(arena, _("\nCambios que no van, porque la oficina ya los tiene: %lld."), (long long)done->held);
}

const char *export_words(const struct export_result *done, struct arena *arena)
{
        const char *reserved = done->reserved == 0 ? ""
                               : arena_printf(arena, done->reserved == 1
                                                             ? _("\n%lld cambio de fichas reservadas se queda en esta laptop.")
                                                             : _("\n%lld cambios de fichas reservadas se quedan en esta laptop."),
                                              (long long)done->reserved);
        const char *parts = done->parts > 1 ? arena_printf(arena, _("\n%d paquetes; el último es el que se nombra. Llévelos todos."), done->parts) : "";
        return arena_printf(arena, _("%s\n%lld %s y %lld %s en %lld KiB: copiado y comprobado.%s%s%s"), done->path,
                            (long long)done->records, done->records == 1 ? _("ficha") : _("fichas"),
                            (long long)done->revisions, done->revisions == 1 ? _("cambio") : _("cambios"),
                            (long long)((done->bytes + 1023) / 1024), parts, held_words(done, arena), reserved);
}

static const char *stage_words(enum carry_stage stage)
{
        switch (stage) {
        case CARRY_OPENING: return _("Abriendo la memoria…");
        case CARRY_COUNTING: return _("Revisando los datos…");
        case CARRY_WRITING: return _("Preparando el paquete…");
        case CARRY_COPYING: return _("Copiando…");
        case CARRY_VERIFYING: return _("Leyendo de nuevo lo copiado, para comprobarlo…");
        case CARRY_EJECTING: return _("Copiado y comprobado. Expulsando la memoria: no la retire todavía…");
        default: return _("Listo.");
        }
}

const char *carry_words(const struct carry *carry, struct arena *arena)
{
        int done, parts = carry_parts(carry, &done);
        const char *stage = stage_words(carry_stage(carry));
        return parts > 1 && done < parts ? arena_printf(arena, _("Paquete %d de %d. %s"), done + 1, parts, stage) : stage;
}

const char *carry_stopped_words(const struct carry *carry, struct arena *arena)
{
        int done, parts = carry_parts(carry, &done);
        if (done == 0)
                return _("Se detuvo: no se copió nada y no quedó nada a medias.");
        return arena_printf(arena, _("Se detuvo: %d de %d paquetes quedaron copiados y comprobados. Exporte otra vez para llevarlo todo."),
                            done, parts);
}

const char *carry_end_words(enum carry_end end)
{
        switch (end) {
        case CARRY_FREE: return _("Ya puede retirar la memoria.");
        case CARRY_UNMOUNTED: return _("La memoria ya está desmontada: retírela cuando su luz deje de parpadear.");
        case CARRY_EJECT: return _("Copiada y comprobada; expúlsela antes de retirarla.");
        default: return "";
        }
}
