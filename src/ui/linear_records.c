/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Records and the directory: lists by words, then one record to read, correct
 * or annul.  A list asks first which kind, since one line answers it.
 */
#include "linear_priv.h"

#include <stdlib.h>
#include <string.h>

#include "app/conflict.h"
#include "app/review.h"
#include "base/date.h"

struct kind {
        struct app *app;
        struct store_query query;
        bool dates;
        const char *title;
};

/* ---- Rows ---- */

static const char *state_words(const struct store_record *record)
{
        if (record->state != RECORD_CONCLUIDO)
                return record_state_word(record->state);
        return record->conflict ? _("conflicto") : "";
}

static const char *row_words(const struct kind *kind, const struct store_record *record, struct arena *arena)
{
        char text[DATE_TEXT] = "";
        int64_t days;
        const char *state = state_words(record);
        if (kind->dates && date_parse(record->date, &days))
                date_format_person(days, text);
        return arena_printf(arena, "%s%s%s%s%s", text, *text ? ", " : "", record->title, *state ? ", " : "",
                            state);
}

static int kind_rows(void *ctx, const char *words, int from, int n, struct linear_row *rows,
                     struct arena *arena, int64_t *ret_all)
{
        struct kind *kind = ctx;
        struct store_record *records;
        int found = 0;
        kind->query.text = words;
        kind->query.skip = from;
        kind->query.limit = n;
        *ret_all = 0;
        if (store_record_list(app_store(kind->app), &kind->query, arena, &records, &found, NULL) != ERR_OK)
                return 0;
        store_record_count(app_store(kind->app), &kind->query, ret_all, NULL);
        for (int i = 0; i < found; i++)
                rows[i] =
                        (struct linear_row){.text = row_words(kind, &records[i], arena), .data = &records[i]};
        return found;
}

/* ---- One record ---- */

static void correct(struct linear *l, const struct id *id)
{
        struct draft *draft;
        struct err err;
        if (draft_edit(l->app, id, &draft, &err) != ERR_OK)
                linear_say_err(l, &err);
        else
                linear_fill(l, draft, ASK_RECORD, NULL);
}

static void annul(struct linear *l, const struct id *id)
{
        struct err err;
        linear_say(l, _("¿Por qué se anula? Enter la deja como está."));
        struct heard heard = linear_hear(l, ORDERS_EVERYWHERE, _("Escriba el motivo en una línea."));
        if (heard.kind != HEARD_TEXT)
                return;
        char *reason = xstrdup(heard.text);
        if (!linear_confirm(l, _("¿Anular esta ficha? Queda en la historia con su motivo, pero no cuenta en "
                                 "ningún resultado.")))
                linear_say(l, _("Se deja como está."));
        else if (record_annul(l->app, id, reason, &err) != ERR_OK)
                linear_say_err(l, &err);
        else
                linear_say(l, _("La ficha quedó anulada."));
        free(reason);
}

/* What the office says of it: `state` validates or observes. */
static void review(struct linear *l, const struct id *id, enum record_state state)
{
        struct err err;
        bool observes = state == RECORD_OBSERVADO;
        linear_say(l, observes ? _("¿Qué debe revisar quien la hizo? Enter la deja como está.")
                               : _("Un comentario para quien la hizo, o un punto para validarla sin comentario. Enter la deja como está."));
        struct heard heard = linear_hear(l, ORDERS_EVERYWHERE, _("Escriba el comentario en una línea."));
        if (heard.kind != HEARD_TEXT)
                return;
        bool bare = !observes && strcmp(heard.text, ".") == 0;
        if (record_review(l->app, id, state, bare ? NULL : heard.text, &err) != ERR_OK)
                linear_say_err(l, &err);
        else
                linear_say(l, observes ? _("La ficha quedó observada; viaja en el próximo paquete.") : _("La ficha quedó validada."));
}

static void add_changes(struct linear *l, const struct store_revision *revision, struct str *out)
{
        const struct form *form;
        struct table table;
        struct err err;
        bool first = revision->parents_n == 0;
        if (first || app_form_version(l->app, &revision->form_hash, &form, &err) != ERR_OK ||
            record_changes(l->app, form, &revision->parents[0], &revision->id, &table, &err) != ERR_OK)
                return;
        for (int i = 0; i < table.rows_n; i++)
                str_addf(out, _("  %s: antes «%s», después «%s»\n"), table_cell(&table, i, 0),
                         table_cell(&table, i, 1), table_cell(&table, i, 2));
        table_release(&table);
}

static void history(struct linear *l, const struct id *id)
{
        struct arena arena = {0};
        struct history_row *rows;
        struct str text = STR_INIT;
        struct err err;
        int n = 0;
        if (record_history(l->app, id, &arena, &rows, &n, &err) != ERR_OK)
                linear_say_err(l, &err);
        for (int i = n - 1; i >= 0; i--) {
                const struct store_revision *revision = &rows[i].revision;
                const char *who = *revision->author ? record_title(l->app, revision->author, &arena) : _("sin perfil");
                const char *standing = history_words(&rows[i], false, &arena);
                str_addf(&text, "%.10s %.5s, %s, %s%s%s\n", revision->date, revision->date + 11,
                         record_state_word(revision->state), who, *standing ? ", " : "", standing);
                add_changes(l, revision, &text);
        }
        linear_page(l, text.text);
        str_release(&text);
        arena_release(&arena);
}

static void say_reviews(struct linear *l, const struct id *id)
{
        struct arena arena = {0};
        struct reviews reviews;
        if (record_reviews(l->app, id, &arena, &reviews, NULL) == ERR_OK && reviews.n > 0)
                linear_say(l, "%s", reviews_words(&reviews, &arena));
        arena_release(&arena);
}

/* The whole record, and the line that cut its reading, if one did. */
static bool read_record(struct linear *l, const struct id *id, struct heard *ret)
{
        struct record_view view;
        struct str text = STR_INIT;
        struct err err;
        char code[CODE_TEXT];
        if (record_open(l->app, id, &view, &err) != ERR_OK) {
                linear_say_err(l, &err);
                return false;
        }
        linear_say(l, "%s", view.record.title);
        linear_say(l, _("%s, código %s, %s"), view.form->title, id_code(&view.record.id, code),
                   record_state_word(view.record.state));
        if (view.record.conflict)
                linear_say(l, _("En conflicto: dos personas la cambiaron a la vez. Corregir pregunta primero qué queda."));
        say_reviews(l, id);
        record_text(view.session, true, &text);
        record_view_release(&view);
        *ret = linear_page(l, text.text);
        str_release(&text);
        return true;
}

static bool is_reviewable(struct linear *l, const struct id *id)
{
        struct arena arena = {0};
        struct store_record record = {0};
        bool may = store_record_get(app_store(l->app), id, &arena, &record, NULL) == ERR_OK && record_reviewable(l->app, &record);
        arena_release(&arena);
        return may;
}

static bool is_annulled(struct linear *l, const struct id *id)
{
        struct arena arena = {0};
        struct store_record record = {0};
        bool found = store_record_get(app_store(l->app), id, &arena, &record, NULL) == ERR_OK;
        arena_release(&arena);
        return found && record.state == RECORD_ANULADO;
}

/* False when there is nothing more to do with it. */
static bool do_with(struct linear *l, const struct id *id, const struct heard *heard)
{
        struct store_record record;
        struct arena arena = {0};
        bool conflict = store_record_get(app_store(l->app), id, &arena, &record, NULL) == ERR_OK && record.conflict;
        bool annulled = is_annulled(l, id);
        arena_release(&arena);
        int number = heard->kind == HEARD_TEXT ? linear_number(heard->text, is_reviewable(l, id) ? 6 : 4) : 0;
        if (annulled && (number == 1 || number == 3))
                linear_say(l, _("Está anulada: ya no se corrige."));
        else if (number == 1 && conflict)
                linear_conflict(l, id);
        else if (number == 1)
                correct(l, id);
        else if (number == 2)
                history(l, id);
        else if (number == 3)
                annul(l, id);
        else if (number == 4)
                linear_print_record(l, id);
        else if (number > 4)
                review(l, id, number == 5 ? RECORD_VALIDADO : RECORD_OBSERVADO);
        else if (heard->kind == HEARD_TEXT)
                linear_say(l, is_reviewable(l, id) ? _("Escriba un número del 1 al 6, o Enter para volver.")
                                                  : _("Escriba un número del 1 al 4, o Enter para volver."));
        return heard->kind == HEARD_TEXT;
}

void linear_show_record(struct linear *l, const struct id *id)
{
        struct heard heard;
        if (!read_record(l, id, &heard))
                return;
        do {
                if (heard.kind != HEARD_TEXT && !linear_stops(l)) {
                        linear_say(l, is_reviewable(l, id)
                                              ? _("1. Corregir. 2. Historia. 3. Anular. 4. Imprimir. 5. Validar. 6. Observar. Enter vuelve.")
                                              : _("1. Corregir. 2. Historia. 3. Anular. 4. Imprimir. Enter vuelve."));
                        heard = linear_hear(l, ORDERS_EVERYWHERE,
                                            _("1 corrige la ficha, 2 lee sus cambios, 3 la anula, 4 imprime el acta."));
                }
                if (linear_stops(l) || !do_with(l, id, &heard))
                        return;
                heard.kind = HEARD_NOTHING;
        } while (!linear_stops(l));
}

/* ---- Lists ---- */

static void begin(struct linear *l, const char *form)
{
        struct draft *draft;
        struct err err;
        if (draft_begin(l->app, form, NULL, &draft, &err) != ERR_OK)
                linear_say_err(l, &err);
        else
                linear_fill(l, draft, ASK_RECORD, NULL);
}

/* False when the person is done with it. */
static bool list_once(struct linear *l, struct kind *kind)
{
        struct arena arena = {0};
        bool entity = kind->query.entities;
        struct linear_list list = {.title = kind->title,
                                   .ctx = kind,
                                   .rows = kind_rows,
                                   .add = entity ? _("una nueva") : NULL,
                                   .empty = entity ? _("Todavía no hay ninguna; + añade la primera.")
                                                   : _("Todavía no hay fichas concluidas.")};
        const void *chosen;
        enum linear_pick pick = linear_choose(l, &list, &arena, &chosen);
        struct id id = {{0}};
        if (pick == PICK_ROW)
                id = ((const struct store_record *)chosen)->id;
        arena_release(&arena);
        if (pick == PICK_ROW)
                linear_show_record(l, &id);
        else if (pick == PICK_ADD)
                begin(l, kind->query.form);
        return pick != PICK_NONE && !linear_stops(l);
}

static int importance(const struct store_form *form)
{
        return strcmp(form->id, "institucion") == 0 ? 0 : strcmp(form->id, "persona") == 0 ? 1 : 2;
}

static int by_importance(const void *a, const void *b)
{
        const struct store_form *x = a, *y = b;
        int order = importance(x) - importance(y);
        return order ? order : strcmp(x->title, y->title);
}

/* Not forms, but what the directory also does. */
static const struct directory_work {
        struct store_form row;
        const char *label;
        void (*run)(struct linear *l);
} works[] = {
        {.label = _("Importar el padrón"), .run = linear_padron},
        {.label = _("Personas que están dos veces"), .run = linear_duplicates},
};

/* Which form; for records, the first row is all of them. */
static enum linear_pick choose_kind(struct linear *l, bool entities, struct arena *arena,
                                    const struct store_form **ret)
{
        static const struct store_form all;
        struct store_form *forms;
        struct err err;
        int n, kept = 0;
        if (store_form_list(app_store(l->app), arena, &forms, &n, &err) != ERR_OK) {
                linear_say_err(l, &err);
                return PICK_NONE;
        }
        struct linear_row *rows = ARENA_ARRAY(arena, struct linear_row, n + (int)ARRAY_LEN(works)); /* all of them is one more, too */
        if (entities)
                qsort(forms, (size_t)n, sizeof *forms, by_importance);
        else
                rows[kept++] = (struct linear_row){.text = _("Todas las fichas"), .data = &all};
        for (int i = 0; i < n; i++)
                if (forms[i].is_entity == entities)
                        rows[kept++] = (struct linear_row){.text = forms[i].title, .data = &forms[i]};
        for (size_t i = 0; entities && i < ARRAY_LEN(works); i++)
                rows[kept++] = (struct linear_row){.text = works[i].label, .data = &works[i].row};
        struct linear_items items = {rows, kept};
        struct linear_list list = {.title = entities ? _("Directorio: elija qué")
                                                     : _("Registros: elija cuáles"),
                                   .empty = _("No hay fichas instaladas."),
                                   .ctx = &items,
                                   .rows = linear_items_rows};
        const void *chosen;
        enum linear_pick pick = linear_choose(l, &list, arena, &chosen);
        *ret = chosen;
        return pick;
}

/* True if the row chosen was one of them. */
static bool did_work(struct linear *l, const struct store_form *chosen)
{
        for (size_t i = 0; i < ARRAY_LEN(works); i++)
                if (chosen == &works[i].row) {
                        works[i].run(l);
                        return true;
                }
        return false;
}

static void browse_form(struct linear *l, bool entities, const struct store_form *form, struct arena *arena)
{
        const char *title = form->id ? form->title : _("todas las fichas");
        struct kind kind = {.app = l->app, .dates = !entities};
        kind.title = arena_printf(arena, entities ? _("Directorio: %s") : _("Registros: %s"), title);
        kind.query = (struct store_query){.form = form->id,
                                          .entities = entities,
                                          .annulled = !entities,
                                          .form_names = !entities,
                                          .order = entities ? ORDER_TITLE : ORDER_DATE_DESC};
        while (list_once(l, &kind))
                ;
}

static void browse(struct linear *l, bool entities)
{
        struct arena arena = {0};
        const struct store_form *form;
        while (!linear_stops(l) && choose_kind(l, entities, &arena, &form) == PICK_ROW) {
                if (!did_work(l, form))
                        browse_form(l, entities, form, &arena);
                arena_clear(&arena);
        }
        arena_release(&arena);
}

void linear_records(struct linear *l)
{
        browse(l, false);
}

void linear_directory(struct linear *l)
{
        browse(l, true);
}
