/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The receipt of an import (contract in app/receipt.h). */
#include "app/receipt.h"

#include <stdlib.h>
#include <string.h>

#include "app/keys.h"
#include "app_priv.h"
#include "base/clock.h"

enum { COLUMNS = 4 };

struct receipt {
        struct app *app;
        struct doc doc;              /* its table grows with each bundle */
        struct arena arena;          /* of the texts below and of one row */
        const char **bundles;        /* ids of those that are in, for the code */
        int n, room;
        struct str notes;            /* what did not go in, a line each */
        struct import_counts total;
        int64_t revisions;
};

/* ---- Rows ---- */

static const char *sender_words(struct receipt *receipt, const struct import_bundle *bundle)
{
        struct arena *arena = &receipt->arena;
        const char *who = *bundle->sender ? bundle->sender : *bundle->author ? record_title(receipt->app, bundle->author, arena) : "";
        return arena_printf(arena, "%s%s%.8s", who, *who ? " · " : "", bundle->device);
}

static const char *day_words(struct receipt *receipt, const char *iso)
{
        char text[DATE_TEXT];
        struct datetime when;
        if (!datetime_parse(iso, 0, &when))
                return iso;
        return arena_printf(&receipt->arena, "%s %.5s", date_format_person(when.days, text), strlen(iso) > 11 ? iso + 11 : "");
}

static void add_row(struct receipt *receipt, const struct import_bundle *bundle)
{
        struct arena *arena = &receipt->arena;
        const char *const cells[COLUMNS] = {
                sender_words(receipt, bundle), arena_printf(arena, "%lld", (long long)bundle->number),
                day_words(receipt, bundle->made), import_words(&bundle->counts, bundle->waits, bundle->wrong, arena)};
        doc_row(&receipt->doc, cells);
}

static void add_id(struct receipt *receipt, const char *id)
{
        for (int i = 0; i < receipt->n; i++)
                if (strcmp(receipt->bundles[i], id) == 0)
                        return;
        if (receipt->n == receipt->room) {
                receipt->room = receipt->room ? 2 * receipt->room : 16;
                receipt->bundles = xrealloc(receipt->bundles, (size_t)receipt->room * sizeof *receipt->bundles);
        }
        receipt->bundles[receipt->n++] = arena_strdup(&receipt->arena, id);
}

static void add_bundle(struct receipt *receipt, const struct import_bundle *bundle)
{
        if (bundle->foreign)
                return; /* it was for somebody else */
        if (bundle->problem) {
                str_addf(&receipt->notes, _("%sNo entró %s"), receipt->notes.len ? "\n" : "", bundle->problem);
                return;
        }
        add_row(receipt, bundle);
        add_id(receipt, bundle->id);
        receipt->revisions += bundle->revisions;
}

/* ---- The whole ---- */

struct receipt *receipt_begin(struct app *app)
{
        static const struct doc_column columns[COLUMNS] = {
                {_("Laptop"), 4}, {_("N.°"), 1}, {_("Hecho"), 2}, {_("Qué trajo"), 6}};
        struct receipt *receipt = xcalloc(1, sizeof *receipt);
        receipt->app = app;
        str_init(&receipt->notes);
        doc_init(&receipt->doc, "constancia", _("Constancia de recepción"));
        doc_table(&receipt->doc, columns, COLUMNS);
        return receipt;
}

void receipt_add(struct receipt *receipt, const struct import_result *result)
{
        const struct import_counts *more = &result->total;
        struct import_counts *total = &receipt->total;
        for (int i = 0; i < result->n; i++)
                add_bundle(receipt, &result->bundles[i]);
        total->added += more->added;
        total->updated += more->updated;
        total->known += more->known;
        total->waiting += more->waiting;
        total->rejected += more->rejected;
}

bool receipt_is_empty(const struct receipt *receipt)
{
        return receipt->n == 0;
}

static int by_text(const void *a, const void *b)
{
        return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Of the receiving device and the bundles, in order. */
static void make_code(struct receipt *receipt, char code[CODE_TEXT])
{
        struct str text = STR_INIT;
        char device[ID_TEXT];
        struct id mine = store_device(receipt->app->store);
        if (receipt->n > 0)
                qsort(receipt->bundles, (size_t)receipt->n, sizeof *receipt->bundles, by_text);
        str_add(&text, id_format(&mine, device));
        for (int i = 0; i < receipt->n; i++)
                str_addf(&text, "\n%s", receipt->bundles[i]);
        struct id hashed = id_from(text.text, text.len);
        id_code(&hashed, code);
        str_release(&text);
}

static void head(struct receipt *receipt, const char *code)
{
        struct doc *doc = &receipt->doc;
        char now_text[DATETIME_TEXT], device[ID_TEXT];
        struct datetime now = clock_now();
        struct id mine = store_device(receipt->app->store);
        const struct app_profile *profile = app_profile(receipt->app);
        const char *at = day_words(receipt, datetime_format(&now, now_text));
        const char *name = id_is_none(&profile->persona) ? "" : profile->name, *office = app_office_name(receipt->app, &doc->arena);
        doc->name = arena_printf(&doc->arena, "constancia-%.10s-%s", now_text, code);
        doc->subtitle = arena_printf(&doc->arena, _("Recibido el %s%s%s%s%s"), at, *name ? _(" por ") : "", name, *office ? _(", en ") : "", office);
        doc->facts = arena_printf(&doc->arena, _("Código de comprobación %s · equipo que recibe %.8s"), code, id_format(&mine, device));
        doc->footer = arena_printf(&doc->arena, _("Constancia de recepción %s"), code);
}

static void foot(struct receipt *receipt)
{
        struct doc *doc = &receipt->doc;
        struct arena *arena = &receipt->arena;
        doc_note(doc, arena_printf(arena, _("En total, %s con %s: %s."), arena_count(arena, receipt->n, _("paquete"), _("paquetes")),
                                   arena_count(arena, receipt->revisions, _("cambio"), _("cambios")),
                                   import_words(&receipt->total, "", "", arena)));
        if (receipt->notes.len)
                doc_note(doc, receipt->notes.text);
        doc_note(doc, _("Cada paquete se comprobó entero antes de tomar lo que trae. Lo que está en espera no se pierde: vale en "
                        "cuanto llega lo que le falta. El código es el mismo cada vez que este equipo recibe los mismos paquetes."));
        doc_signature(doc, "", _("Quien entrega"));
        doc_signature(doc, "", _("Quien recibe"));
}

void receipt_end(struct receipt *receipt, struct doc *ret)
{
        char code[CODE_TEXT];
        make_code(receipt, code);
        head(receipt, code);
        foot(receipt);
        if (ret)
                *ret = receipt->doc;
        else
                doc_release(&receipt->doc);
        str_release(&receipt->notes);
        free(receipt->bundles);
        arena_release(&receipt->arena);
        free(receipt);
}
