/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an import did, in words, and what waits. */
#include "app/incoming.h"

#include <errno.h>
#include <string.h>

#include "base/json.h"
#include "import_priv.h"

#define AND_MORE _(" (y otros motivos)")

void import_note_reason(const char **first, const char *reason, struct arena *arena)
{
        if (!**first)
                *first = arena_strdup(arena, reason);
        else if (*reason && strcmp(*first, reason) != 0 && !str_ends(*first, AND_MORE))
                *first = arena_printf(arena, "%s%s", *first, AND_MORE);
}

static const char *with_reason(const char *words, int64_t n, const char *reason, struct arena *arena)
{
        return n == 0 || !*reason ? words : arena_printf(arena, "%s: %s", words, reason);
}

const char *import_words(const struct import_counts *counts, const char *waits, const char *wrong, struct arena *arena)
{
        const char *waiting = arena_count(arena, counts->waiting, _("en espera"), _("en espera"));
        const char *rejected = arena_count(arena, counts->rejected, _("rechazado"), _("rechazados"));
        return arena_printf(arena, "%s, %s, %s, %s, %s", arena_count(arena, counts->added, _("nuevo"), _("nuevos")),
                            arena_count(arena, counts->updated, _("actualizado"), _("actualizados")),
                            arena_count(arena, counts->known, _("ya recibido"), _("ya recibidos")),
                            with_reason(waiting, counts->waiting, waits, arena),
                            with_reason(rejected, counts->rejected, wrong, arena));
}

const char *import_foreign_words(const struct import_result *result, struct arena *arena)
{
        return result->foreign == 0 ? ""
             : arena_printf(arena, result->foreign == 1 ? _("%d es para otra laptop u oficina: no se toca.")
                                                        : _("%d son para otras laptops u oficinas: no se tocan."), result->foreign);
}

const char *import_left_out_words(const struct import_result *result, struct arena *arena)
{
        int damaged = result->failed - result->closed;
        const char *closed = "", *bad = "", *foreign = import_foreign_words(result, arena);
        if (result->closed)
                closed = arena_printf(arena, result->closed == 1 ? _("%d está cifrado con una frase de contraseña.\n")
                                                                 : _("%d están cifrados con una frase de contraseña.\n"), result->closed);
        if (damaged)
                bad = arena_printf(arena, damaged == 1 ? _("%d no entró: está dañado o no es de simae. Pídalo de nuevo.\n")
                                                       : _("%d no entraron: están dañados o no son de simae. Pídalos de nuevo.\n"), damaged);
        return arena_printf(arena, "%s%s%s%s", closed, foreign, *foreign ? "\n" : "", bad);
}

/* Digits in threes. */
static const char *number_words(int64_t n, char out[32])
{
        char digits[24];
        int len = snprintf(digits, sizeof digits, "%lld", (long long)n), at = 0;
        for (int i = 0; i < len; i++) {
                if (i > 0 && (len - i) % 3 == 0 && len > 4)
                        out[at++] = ' ';
                out[at++] = digits[i];
        }
        out[at] = '\0';
        return out;
}

const char *derived_words(int64_t done, int64_t all, char out[DERIVED_TEXT])
{
        char some[32], every[32];
        number_words(all, every);
        if (done == all)
                snprintf(out, DERIVED_TEXT, _("Poniendo al día las listas y el Balance: ordenando %s…"), every);
        else
                snprintf(out, DERIVED_TEXT, _("Poniendo al día las listas y el Balance: %s de %s"), number_words(done, some), every);
        return out;
}

/* ---- Waiting ---- */

static const char *why_word(enum store_why why)
{
        static const char *const words[] = {[WAITS_FORM] = _("espera su ficha"), [WAITS_DEVICE] = _("espera a su laptop"),
                                            [WAITS_BAD] = _("apartada")};
        return words[why];
}

static void add_waiting(struct table *table, const struct store_waiting *waiting)
{
        char hash[HASH_TEXT];
        const char *const cells[] = {why_word(waiting->why), waiting->reason, waiting->device, waiting->bundle, waiting->at,
                                     hash_format(&waiting->id, hash)};
        int row = table_add_row(table);
        for (int i = 0; i < (int)ARRAY_LEN(cells); i++)
                table_set(table, row, i, cells[i]);
}

/* ---- Waiting, for people ---- */

/* Few groups are many already, and those that belong together came together. */
enum { GROUPS_LOOKED_AT = 64 };

static bool same_group(const struct waiting_group *group, const struct store_waiting *waiting)
{
        return strcmp(group->why, why_word(waiting->why)) == 0 && strcmp(group->reason, waiting->reason) == 0 &&
               strcmp(group->device, waiting->device) == 0 && strcmp(group->bundle, waiting->bundle) == 0;
}

static void add_to_group(struct waiting_group *groups, int *n, const struct store_waiting *waiting, struct arena *arena)
{
        for (int i = *n; i-- > 0 && i >= *n - GROUPS_LOOKED_AT;)
                if (same_group(&groups[i], waiting)) {
                        groups[i].n++;
                        return;
                }
        char hash[HASH_TEXT];
        groups[(*n)++] = (struct waiting_group){
                .why = why_word(waiting->why), .reason = waiting->reason, .device = waiting->device, .bundle = waiting->bundle,
                .at = waiting->at, .revision = arena_strdup(arena, hash_format(&waiting->id, hash)), .n = 1};
}

enum err_code app_waiting_groups(struct app *app, struct arena *arena, struct waiting_group **ret, int *ret_n, struct err *err)
{
        struct store_waiting *waiting;
        int n = 0, groups_n = 0;
        enum err_code rc = store_waiting_list(app_store(app), arena, &waiting, &n, err);
        if (rc != ERR_OK)
                return rc;
        struct waiting_group *groups = ARENA_ARRAY(arena, struct waiting_group, n + 1);
        for (int i = 0; i < n; i++)
                add_to_group(groups, &groups_n, &waiting[i], arena);
        *ret = groups;
        *ret_n = groups_n;
        return ERR_OK;
}

/* ---- Waiting, one by one ---- */

enum err_code app_waiting_table(struct app *app, struct table *ret, struct err *err)
{
        struct arena arena = {0};
        struct store_waiting *waiting;
        int n = 0;
        enum err_code rc = store_waiting_list(app_store(app), &arena, &waiting, &n, err);
        if (rc == ERR_OK) {
                table_init(ret, _("En espera"));
                table_add_column(ret, "situacion", _("Situación"), CELL_TEXT);
                table_add_column(ret, "motivo", _("Motivo"), CELL_TEXT);
                table_add_column(ret, "laptop", _("Laptop"), CELL_TEXT);
                table_add_column(ret, "paquete", _("Paquete"), CELL_TEXT);
                table_add_column(ret, "recibida", _("Recibida"), CELL_TEXT);
                table_add_column(ret, "revision", _("Revisión"), CELL_TEXT);
                for (int i = 0; i < n; i++)
                        add_waiting(ret, &waiting[i]);
        }
        arena_release(&arena);
        return rc;
}

static bool write_lines(FILE *file, const struct store_waiting *waiting, int n)
{
        for (int i = 0; i < n; i++) {
                char hash[HASH_TEXT];
                struct str line = STR_INIT;
                json_t *about = json_pack("{s:s,s:s,s:s,s:s,s:s}", "revision", hash_format(&waiting[i].id, hash), "motivo",
                                          waiting[i].reason, "paquete", waiting[i].bundle, "recibida", waiting[i].at,
                                          "contenido", waiting[i].body);
                json_write(&line, about);
                str_addc(&line, '\n');
                fputs(line.text, file);
                str_release(&line);
                json_decref(about);
        }
        return !ferror(file);
}

enum err_code app_waiting_save(struct app *app, const char *path, int *ret_n, struct err *err)
{
        struct arena arena = {0};
        struct store_waiting *waiting;
        int n = 0;
        enum err_code rc = store_waiting_list(app_store(app), &arena, &waiting, &n, err);
        FILE *file = rc == ERR_OK ? fopen(path, "wx") : NULL;
        if (rc == ERR_OK && !file)
                rc = err_set_errno(err, errno, _("no se puede escribir «%.300s»"), path);
        bool written = file && write_lines(file, waiting, n);
        if (file && (fclose(file) != 0 || !written))
                rc = err_set_errno(err, errno, _("no se puede escribir «%.300s»"), path);
        if (rc == ERR_OK)
                *ret_n = n;
        arena_release(&arena);
        return rc;
}
