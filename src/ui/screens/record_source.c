/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records from the store as the rows of a list, a page at a time. */
#include "records_priv.h"

#include <string.h>

#include "base/date.h"

static const char *person_date(const char *iso, struct arena *arena)
{
        char text[DATE_TEXT];
        int64_t days;
        return date_parse(iso, &days) ? arena_strdup(arena, date_format_person(days, text)) : iso;
}

/* What sets a record apart goes before its title, so that the usual ones have the whole width. */
static const char *marked_title(const struct store_record *record, struct arena *arena)
{
        const char *mark = record->state == RECORD_ANULADO ? _("anulada")
                           : record->state == RECORD_OBSERVADO ? _("observada")
                           : record->conflict ? _("conflicto")
                           : record->state == RECORD_CORREGIDO ? _("corregida") : NULL;
        return mark ? arena_printf(arena, "[%s] %s", mark, record->title) : record->title;
}

/* In a letter, so that it shows on any terminal; the help of the screen says what they mean. */
static const char *sent_mark(enum sent_state state)
{
        static const char *const marks[] = {[SENT_NO] = "-", [SENT_EXPORTED] = "E", [SENT_UGEL] = "U", [SENT_DRE] = "D"};
        return marks[state];
}

static const char *form_words(const struct record_source *source, const char *form)
{
        for (int i = 0; i < source->forms_n; i++)
                if (strcmp(source->forms[i].id, form) == 0)
                        return *source->forms[i].short_title ? source->forms[i].short_title : source->forms[i].title;
        return form;
}

static int source_rows(void *ctx, const char *words, int from, int n, struct list_row *rows, struct arena *arena)
{
        struct record_source *source = ctx;
        struct store_record *records;
        int found;
        source->query.text = words;
        source->query.skip = from;
        source->query.limit = n;
        if (store_record_list(app_store(source->app), &source->query, arena, &records, &found, NULL) != ERR_OK)
                return 0;
        for (int i = 0; i < found; i++) {
                int cell = 0;
                rows[i] = (struct list_row){.style = STYLE_NORMAL, .data = &records[i]};
                if (source->dates)
                        rows[i].cells[cell++] = person_date(records[i].date, arena);
                if (source->forms)
                        rows[i].cells[cell++] = form_words(source, records[i].form);
                if (source->sent)
                        rows[i].cells[cell++] = sent_mark(sent_of(source->sent, &records[i]));
                rows[i].cells[cell] = marked_title(&records[i], arena);
        }
        return found;
}

static void source_count(void *ctx, const char *words, int64_t *ret_found, int64_t *ret_all)
{
        struct record_source *source = ctx;
        struct store *store = app_store(source->app);
        *ret_found = *ret_all = 0;
        source->query.text = NULL;
        store_record_count(store, &source->query, ret_all, NULL);
        *ret_found = *ret_all;
        source->query.text = words;
        if (words && *words)
                store_record_count(store, &source->query, ret_found, NULL);
}

void record_list_init(struct list *list, struct record_source *source, const char *empty)
{
        struct list_source rows = {.ctx = source, .rows = source_rows, .count = source_count, .empty = empty};
        if (source->dates) {
                rows.columns[rows.columns_n].title = _("Fecha");
                rows.columns[rows.columns_n++].width = 11;
        }
        if (source->forms) {
                rows.columns[rows.columns_n].title = _("Ficha");
                rows.columns[rows.columns_n++].width = 13;
        }
        if (source->sent) {
                rows.columns[rows.columns_n].title = _("Env");
                rows.columns[rows.columns_n++].width = 3;
        }
        rows.columns[rows.columns_n++].title = source->heading ? source->heading : _("Título");
        list_init(list, &rows);
}

const struct store_record *record_list_selected(struct list *list)
{
        const struct list_row *row = list_selected(list);
        return row ? row->data : NULL;
}
