/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an indicator counts, in words (contract in report/balance_view.h). */
#include <string.h>

#include "base/str.h"
#include "expr/value.h"
#include "report/balance_view.h"

/* "46 % (2022; S2:225)" */
static void add_figure(struct str *out, const struct indicator_baseline *base, struct arena *arena)
{
        const char *sign = indicator_unit_sign(base->unit), *number = value_number_text(base->value, arena);
        bool before = base->unit == INDICATOR_SOLES;
        str_addf(out, "%s%s%s%s%s", before ? sign : "", before ? " " : "", number, *sign && !before ? " " : "",
                 before ? "" : sign);
        str_add(out, " (");
        if (base->year)
                str_addf(out, "%d; ", base->year);
        str_addf(out, "%s)", base->source);
}

const char *indicator_baseline_words(const struct indicator *one, struct arena *arena)
{
        struct str out = STR_INIT;
        if (one->baselines_n)
                add_figure(&out, &one->baselines[0], arena);
        if (one->baselines_n > 1)
                str_addf(&out, _(" y %d más"), one->baselines_n - 1);
        const char *copy = arena_strdup(arena, out.text);
        str_release(&out);
        return copy;
}

static const char *mark_words(char mark)
{
        switch (mark) {
        case 'N': return _("núcleo");
        case 'C': return _("complementario");
        case 'P': return _("periférico");
        default: return _("solo texto");
        }
}

static void add_line(struct str *out, const char *name, const char *text)
{
        if (*text)
                str_addf(out, "%s: %s\n", name, text);
}

static void add_source(struct str *out, const struct indicator_source *source)
{
        str_addf(out, _("\nFuente: %s"), source->form);
        if (source->each)
                str_addf(out, _(", cada fila de %s"), source->each);
        if (source->side != SIDE_BOTH)
                str_addf(out, ", %s", source->side == SIDE_NUM ? _("solo al numerador") : _("solo al denominador"));
        if (source->texts[PART_WHO])
                str_addf(out, ", %s", source->last ? _("el último registro de cada uno") : _("todos los registros de cada uno"));
        if (source->stock)
                str_add(out, _(", como está hoy"));
        str_addc(out, '\n');
        for (int i = 0; i < SOURCE_PARTS; i++)
                if (source->texts[i])
                        str_addf(out, "  %-7s %s\n", source_part_name((enum source_part)i), source->texts[i]);
}

static void add_baselines(struct str *out, const struct indicator *one, struct arena *arena)
{
        for (int i = 0; i < one->baselines_n; i++) {
                const struct indicator_baseline *base = &one->baselines[i];
                str_add(out, _("Línea base: "));
                add_figure(out, base, arena);
                if (*base->by)
                        str_addf(out, " · %s", base->by);
                if (*base->note)
                        str_addf(out, " · %s", base->note);
                str_addc(out, '\n');
        }
        for (int i = 0; i < one->complements_n; i++)
                str_addf(out, _("La misma cifra al revés: %s, %s (%s); no se cuenta otra vez\n"), one->complements[i].label,
                         value_number_text(one->complements[i].value, arena), one->complements[i].source);
}

static void add_kind(struct str *out, const struct indicators *all, const struct indicator *one)
{
        str_addf(out, _("%s · %s\n"), indicator_unit_name(one->unit), mark_words(one->mark));
        add_line(out, _("Sección del Balance"), one->section);
        add_line(out, _("Qué es mejor"), one->direction == DIRECTION_CONTEXT ? "" : indicator_direction_name(one->direction));
        if (one->objective)
                str_addf(out, _("Objetivo del Programa SER: %d\n"), one->objective);
        add_line(out, _("Plazo del resultado"), one->result);
        if (one->part_of >= 0)
                str_addf(out, _("Es parte de: %s\n"), all->items[one->part_of].key);
        for (int i = 0; i < all->n; i++)
                if (all->items[i].part_of >= 0 && &all->items[all->items[i].part_of] == one)
                        str_addf(out, _("Tiene como parte: %s\n"), all->items[i].key);
}

/* «persona director subdirector», as a person says it. */
static void add_population(struct str *out, const char *population)
{
        if (strcmp(population, "institucion") == 0)
                str_add(out, _("Cobertura: de las instituciones que no están inactivas, en el directorio de hoy.\n"));
        else if (strchr(population, ' '))
                str_addf(out, _("Cobertura: de las personas activas con cargo %s, en el directorio de hoy.\n"), strchr(population, ' ') + 1);
        else if (*population)
                str_add(out, _("Cobertura: de las personas activas, en el directorio de hoy.\n"));
}

static void add_counting(struct str *out, const struct indicator *one)
{
        if (one->context)
                str_add(out, _("Es de contexto: no se calcula, solo muestra su línea base.\n"));
        else
                str_addf(out, _("Cuenta: %s\n"), indicator_counted_words(one->counted));
        add_line(out, _("Numerador"), one->numerator);
        add_line(out, _("Denominador"), one->denominator);
        add_line(out, _("Desglose"), one->breakdown);
        add_population(out, one->population);
        if (one->computed)
                str_addf(out, _("Cuenta especial (%s): %s\n"), indicator_computed_name(one->computed), indicator_computed_about(one->computed));
        if (one->minimum)
                str_addf(out, _("Con menos de %d no se muestra.\n"), one->minimum);
        if (one->reserved)
                str_add(out, _("Reservado: solo totales por UGEL y periodo.\n"));
        add_line(out, _("Sale de"), one->source);
}

void indicator_explain(const struct indicators *all, const struct indicator *one, bool expressions, struct str *out)
{
        struct arena arena = {0};
        str_addf(out, "%s\n%s · ", one->label, one->key);
        add_kind(out, all, one);
        str_addc(out, '\n');
        add_counting(out, one);
        add_baselines(out, one, &arena);
        for (int i = 0; i < one->warnings_n; i++)
                str_addf(out, _("Advertencia: %s\n"), one->warnings[i]);
        if (*one->unfed)
                str_addf(out, "%s\n", one->unfed);
        for (int i = 0; expressions && i < one->sources_n; i++)
                add_source(out, &one->sources[i]);
        arena_release(&arena);
}
