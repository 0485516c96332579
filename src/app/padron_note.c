/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an import has to tell: rows that did not go in and why, what people had changed, and how it all went
 * in words. */
#include "padron_priv.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "export/export.h"

enum { NOTES_MAX = 100000 };

void padron_note(struct padron *padron, enum padron_note kind, int64_t number, const char *cod_mod,
                 const char *anexo, const char *reason)
{
        static const char *const words[] = {"error", "se_conserva", "sin_traduccion", "ya_no_figura"};
        struct padron_result *result = &padron->result;
        int64_t *const counts[] = {&result->bad, &result->kept, &result->ignored, &result->gone};
        char text[24] = "";
        ++*counts[kind];
        if (result->notes.rows_n >= NOTES_MAX)
                return;
        if (number)
                snprintf(text, sizeof text, "%lld", (long long)number);
        int row = table_add_row(&result->notes);
        table_set(&result->notes, row, 0, text);
        table_set(&result->notes, row, 1, words[kind]);
        table_set(&result->notes, row, 2, cod_mod);
        table_set(&result->notes, row, 3, anexo);
        table_set(&result->notes, row, 4, reason);
}

const char *padron_number(int64_t n, struct arena *arena)
{
        char digits[24];
        int len = snprintf(digits, sizeof digits, "%lld", (long long)n);
        const char *out = "";
        for (int i = 0; i < len; i++)
                out = arena_printf(arena, "%s%s%c", out, i && len > 3 && (len - i) % 3 == 0 ? " " : "",
                                   digits[i]);
        return out;
}

static void count(struct str *out, int64_t n, const char *one, const char *many, struct arena *arena)
{
        str_addf(out, "%s%s %s", out->len ? ", " : "", padron_number(n, arena), n == 1 ? one : many);
}

const char *padron_words(const struct padron_result *result, struct arena *arena)
{
        struct str out = STR_INIT;
        count(&out, result->added, _("nueva"), _("nuevas"), arena);
        if (result->updated)
                count(&out, result->updated, _("actualizada"), _("actualizadas"), arena);
        count(&out, result->same, _("igual"), _("iguales"), arena);
        if (result->inactive)
                count(&out, result->inactive, _("inactiva marcada"), _("inactivas marcadas"), arena);
        if (result->bad)
                count(&out, result->bad, _("fila con error"), _("filas con error"), arena);
        const char *kept = arena_strdup(arena, out.text);
        str_release(&out);
        return kept;
}

static void remark(struct str *out, int64_t n, const char *one, const char *many, struct arena *arena)
{
        if (n)
                str_addf(out, "%s %s.\n", padron_number(n, arena), n == 1 ? one : many);
}

const char *padron_remarks(const struct padron *padron, struct arena *arena)
{
        const struct padron_result *result = &padron->result;
        const struct padron_scan *scan = &padron->scan;
        struct str out = STR_INIT;
        if (scan->note)
                str_addf(&out, _("Atención: %s.\n"), scan->note);
        remark(&out, result->kept,
               _("dato que corrigió una persona se conservó, aunque el padrón dice otra cosa"),
               _("datos que corrigieron personas se conservaron, aunque el padrón dice otra cosa"), arena);
        remark(&out, result->ignored, _("valor que no tiene traducción se dejó vacío"),
               _("valores que no tienen traducción se dejaron vacíos"), arena);
        remark(&out, result->gone,
               _("institución que se importó antes ya no figura en el padrón; no se borró"),
               _("instituciones que se importaron antes ya no figuran en el padrón; no se borraron"), arena);
        remark(&out, result->skipped_inactive, _("inactiva que no estaba en el directorio se dejó fuera"),
               _("inactivas que no estaban en el directorio se dejaron fuera"), arena);
        remark(&out, result->outside, _("fila es de otra UGEL"), _("filas son de otras UGEL"), arena);
        if (*scan->personal && !padron->options.personal)
                str_addf(&out, _("Columnas con datos personales que se dejaron fuera: %s.\n"),
                         scan->personal);
        if (*scan->unknown)
                str_addf(&out, _("Columnas que no se usan: %s.\n"), scan->unknown);
        const char *kept = arena_strdup(arena, out.text);
        str_release(&out);
        return kept;
}

enum err_code padron_write_notes(const struct padron *padron, const char *path, struct arena *arena,
                                 const char **ret_path, struct err *err)
{
        const char *folder = arena_printf(arena, "%s/salida", padron->app->dir);
        if (!path) {
                mkdir(folder, 0700); /* if it cannot be made, writing says so */
                path = arena_printf(arena, "%s/padron-avisos.csv", folder);
        }
        enum err_code rc = export_to_file(&padron->result.notes, "csv", path, err);
        if (rc == ERR_OK)
                *ret_path = arena_strdup(arena, path);
        return rc;
}
