/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an import brought, as the screen says it: the sum, what there is to do about it, then bundle by bundle. */
#include "import_priv.h"

#include <string.h>

/* What waits, and why, is not said again where the sum says it. */
static const char *bundle_words(const struct import_result *done, const struct import_bundle *bundle, struct arena *arena)
{
        const char *slash = strrchr(bundle->file, '/');
        const char *waits = strcmp(bundle->waits, done->waits) == 0 ? "" : bundle->waits;
        if (bundle->problem)
                return arena_printf(arena, _("! no entró: %s"), bundle->problem);
        return arena_printf(arena, "%s: %s%s", slash ? slash + 1 : bundle->file, bundle->again ? _("(repetido) ") : "",
                            import_words(&bundle->counts, waits, bundle->wrong, arena));
}

static const char *stopped_words(const struct import_result *done, struct arena *arena)
{
        return !done->stopped ? ""
                              : arena_printf(arena, _("Se detuvo: quedan %d por tomar. Enter sigue con ellos; lo que ya entró no entra dos veces.\n"),
                                             done->all - done->n);
}

static const char *waiting_words(const struct import_result *done, const struct import_after *after)
{
        if (!done->total.waiting && !done->total.rejected)
                return "";
        return after->laptops > 0 ? _("F7 muestra las laptops que esperan, para compararlas y aceptarlas. F3, todo lo que espera.\n")
                                  : _("F3 (o Ctrl-E) muestra lo que espera o se apartó, y por qué.\n");
}

/* What the bundle that the office gives back is for; and what only a person can decide. */
static const char *after_words(const struct import_after *after, struct arena *arena)
{
        const char *observed = "", *conflicts = "";
        if (after->observed)
                observed = arena_printf(arena, after->observed == 1 ? _("La oficina observó %d ficha suya: «o», en el inicio, la muestra.\n")
                                                                    : _("La oficina observó %d fichas suyas: «o», en el inicio, las muestra.\n"),
                                        after->observed);
        if (after->conflicts)
                conflicts = arena_printf(arena, after->conflicts == 1
                                                        ? _("%d ficha está en conflicto: «x», en el inicio, la muestra, para decidir.\n")
                                                        : _("%d fichas están en conflicto: «x», en el inicio, las muestra, para decidir.\n"),
                                         after->conflicts);
        return arena_printf(arena, "%s%s", observed, conflicts);
}

const char *import_result_words(const struct import_result *done, const struct import_after *after, struct arena *arena)
{
        const char *total = import_words(&done->total, done->waits, done->wrong, arena), *files = "";
        if (done->all > 1)
                total = arena_printf(arena, _("De %s, en total: %s"), arena_count(arena, done->n, _("archivo"), _("archivos")), total);
        for (int i = 0; i < done->n; i++)
                if ((done->n > 1 || done->bundles[i].problem) && !(done->bundles[i].foreign && done->foreign))
                        files = arena_printf(arena, "%s\n%s", files, bundle_words(done, &done->bundles[i], arena));
        return arena_printf(arena, "%s\n%s%s%s%s%s", total, stopped_words(done, arena), waiting_words(done, after),
                            import_left_out_words(done, arena), after_words(after, arena), files);
}
