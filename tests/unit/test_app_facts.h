/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tests of facts over the app share: two forms that are counted, the totals as text, and whether a rebuild gives them. */
#ifndef SIMAE_TEST_APP_FACTS_H
#define SIMAE_TEST_APP_FACTS_H

#include "store/facts.h"
#include "test_app.h"

static const char indicators_text[] =
        "title: Prueba\n"
        "parameters:\n"
        "  bastan: {value: 20, label: Con cuántos asistentes basta}\n"
        "indicators:\n"
        "  - key: asistencia\n"
        "    label: Asistencia\n"
        "    unit: porcentaje\n"
        "    counts: visita\n"
        "    mark: N\n"
        "    numerator: asistentes\n"
        "    denominator: matriculados\n"
        "    sources: [{form: practica, num: \"number(${titulo})\", den: \"30\"}]\n"
        "  - key: basta\n"
        "    label: Basta\n"
        "    unit: porcentaje\n"
        "    counts: institucion\n"
        "    mark: N\n"
        "    numerator: escuelas en que basta\n"
        "    denominator: escuelas vistas\n"
        "    sources: [{form: practica, who: \"${ie}\", date: \"${dia}\", num: \"${puntos} >= bastan\"}]\n"
        "  - key: asignadas\n"
        "    label: Asignadas\n"
        "    unit: conteo\n"
        "    counts: persona\n"
        "    mark: N\n"
        "    minimum: 0\n"
        "    numerator: docentes con alguna\n"
        "    sources: [{form: practica, when: \"${docente} != ''\", who: \"${docente}\", stock: true}]\n"
        "  - key: reservadas\n"
        "    label: Reservadas\n"
        "    unit: conteo\n"
        "    counts: alerta\n"
        "    mark: N\n"
        "    minimum: 2\n"
        "    reserved: true\n"
        "    numerator: alertas de violencia\n"
        "    breakdown: Hechos\n"
        "    sources: [{form: alerta, when: \"${rama} = 'violencia'\", by: \"${hechos}\"}]\n";

static const char practice_text[] =
        "form: practica\n"
        "version: \"9\"\n"
        "title: Práctica\n"
        "instance_name: \"'Práctica'\"\n"
        "date: dia\n"
        "survey:\n"
        "  - {type: text, name: titulo, label: Título}\n"
        "  - {type: reference, name: ie, to: institucion, label: IE}\n"
        "  - {type: reference, name: docente, to: persona, label: Docente}\n"
        "  - {type: date, name: dia, label: Día, required: true}\n"
        "  - {type: text, name: ugel, label: UGEL}\n"
        "  - {type: text, name: nivel, label: Nivel}\n"
        "  - {type: integer, name: puntos, label: Puntos}\n";

HELPER void write_text(struct world *w, const char *name, const char *text)
{
        char *path = xasprintf("%s/%s", w->forms, name);
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fputs(text, file);
        fclose(file);
        free(path);
}

HELPER int world_counted(void **state)
{
        if (world_new(state) != 0)
                return -1;
        struct world *w = *state;
        write_text(w, "practica.yaml", practice_text);
        write_text(w, "indicadores.yaml", indicators_text);
        if (open_app(w) != ERR_OK) {
                print_error("%s\n", w->err.text);
                return -1;
        }
        return 0;
}

/* All totals as lines of text, in order. */
struct dump { struct str *text; int dimension; };

HELPER void dump_one(void *ctx, const struct total *total)
{
        struct dump *dump = ctx;
        str_addf(dump->text, "%d %s %s %s %s %s %lld %lld %lld\n", dump->dimension, total->period, total->indicator, total->ugel,
                 total->value, total->by, (long long)total->num, (long long)total->den, (long long)total->n);
}

HELPER int by_text(const void *a, const void *b)
{
        return strcmp(*(char *const *)a, *(char *const *)b);
}

HELPER char *totals(struct world *w)
{
        static const char *const periods[] = {"2025", "2026", "2025-T3", "2025-T4", "2026-T1", "2026-T2", ""};
        struct str text = STR_INIT, sorted = STR_INIT;
        char *lines[4096], *rest, *line;
        int n = 0;
        for (int d = 0; d < DIMENSIONS; d++) {
                struct dump dump = {&text, d};
                OK(store_totals(app_store(w->app), (enum dimension)d, periods, (int)ARRAY_LEN(periods), NULL, dump_one, &dump,
                                &w->err));
        }
        char *all = str_detach(&text);
        rest = all;
        while (rest && (line = strsep(&rest, "\n")) && n < 4096)
                lines[n++] = line;
        qsort(lines, (size_t)n, sizeof *lines, by_text);
        for (int i = 0; i < n; i++)
                str_addf(&sorted, "%s\n", lines[i]);
        free(all);
        return str_detach(&sorted);
}

HELPER void check_rebuild(struct world *w)
{
        int64_t records;
        char *kept = totals(w);
        OK(app_rebuild(w->app, &records, &w->err));
        char *again = totals(w);
        assert_string_equal(kept, again);
        free(kept);
        free(again);
}

#endif
