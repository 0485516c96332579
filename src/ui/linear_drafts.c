/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records begun: new ones and those left behind, which are offered and never taken up silently. */
#include "linear_priv.h"

#include <string.h>

#include "ui/screens.h"

/* ---- Drafts ---- */

static const char *words_of(struct linear *l, const struct store_draft *draft, struct arena *arena)
{
        struct ui ui = {.app = l->app};
        return draft_words(&ui, draft, arena);
}

static void resume(struct linear *l, const struct id *id)
{
        struct draft *draft;
        struct err err;
        if (draft_resume(l->app, id, &draft, &err) != ERR_OK)
                linear_say_err(l, &err);
        else
                linear_fill(l, draft, ASK_RECORD, NULL);
}

struct store_draft *linear_drafts_of(struct linear *l, struct arena *arena, int *ret_n)
{
        struct store_draft *drafts = NULL;
        struct err err;
        *ret_n = 0;
        if (store_draft_list(app_store(l->app), NULL, arena, &drafts, ret_n, &err) != ERR_OK)
                linear_say_err(l, &err);
        return drafts;
}

static void discard(struct linear *l, const struct store_draft *draft, struct arena *arena)
{
        struct err err;
        linear_say(l, "%s", words_of(l, draft, arena));
        if (!linear_confirm(l, _("¿Borrar lo escrito? Lo que se borra no se puede recuperar.")))
                linear_say(l, _("Se conserva."));
        else if (store_draft_delete(app_store(l->app), &draft->id, &err) != ERR_OK)
                linear_say_err(l, &err);
        else
                linear_say(l, _("Borrador eliminado."));
}

static struct linear_items draft_items(const struct store_draft *drafts, int n, struct arena *arena)
{
        struct linear_row *rows = ARENA_ARRAY(arena, struct linear_row, n);
        for (int i = 0; i < n; i++) {
                const char *title = *drafts[i].title ? drafts[i].title : drafts[i].form;
                rows[i].text = arena_printf(arena, _("%s; %d respuestas, faltan %d; guardada %.10s %.5s"),
                                            title, drafts[i].answered, drafts[i].missing, drafts[i].saved,
                                            drafts[i].saved + 11);
                rows[i].data = &drafts[i];
        }
        return (struct linear_items){rows, n};
}

static bool drafts_once(struct linear *l, struct arena *arena)
{
        int n;
        const struct store_draft *drafts = linear_drafts_of(l, arena, &n);
        struct linear_items items = draft_items(drafts, n, arena);
        struct linear_list list = {.title = _("Fichas sin concluir"),
                                   .empty = _("No hay fichas sin concluir."),
                                   .removes = n > 0,
                                   .ctx = &items,
                                   .rows = linear_items_rows};
        const void *chosen;
        enum linear_pick pick = linear_choose(l, &list, arena, &chosen);
        const struct store_draft *draft = chosen;
        if (pick == PICK_REMOVE)
                discard(l, draft, arena);
        else if (pick == PICK_ROW)
                resume(l, &draft->id);
        return pick == PICK_REMOVE;
}

void linear_drafts(struct linear *l)
{
        struct arena arena = {0};
        while (!linear_stops(l) && drafts_once(l, &arena))
                arena_clear(&arena);
        arena_release(&arena);
}

/* ---- New records ---- */

/* The newest draft of the same form, or NULL. */
static const struct store_draft *begun_already(struct linear *l, const char *form, struct arena *arena)
{
        int n;
        const struct store_draft *drafts = linear_drafts_of(l, arena, &n);
        for (int i = 0; i < n; i++)
                if (strcmp(drafts[i].form, form) == 0)
                        return &drafts[i];
        return NULL;
}

static void begin(struct linear *l, const char *form, struct arena *arena)
{
        const struct store_draft *old = begun_already(l, form, arena);
        struct draft *draft;
        struct err err;
        if (old) {
                linear_say(l, _("Ya hay una sin concluir: %s"), words_of(l, old, arena));
                if (linear_confirm(l, _("¿Continuar la empezada? No: empieza otra."))) {
                        resume(l, &old->id);
                        return;
                }
        }
        if (linear_stops(l))
                return;
        if (draft_begin(l->app, form, NULL, &draft, &err) != ERR_OK)
                linear_say_err(l, &err);
        else
                linear_fill(l, draft, ASK_RECORD, NULL);
}

static struct linear_items form_items(const struct store_form *forms, int n, struct arena *arena)
{
        struct linear_row *rows = ARENA_ARRAY(arena, struct linear_row, n);
        int kept = 0;
        for (int i = 0; i < n; i++)
                if (!forms[i].is_entity)
                        rows[kept++] = (struct linear_row){.text = forms[i].title, .data = &forms[i]};
        return (struct linear_items){rows, kept};
}

void linear_new(struct linear *l)
{
        struct arena arena = {0};
        struct store_form *forms;
        struct err err;
        int n;
        const void *chosen;
        if (store_form_list(app_store(l->app), &arena, &forms, &n, &err) == ERR_OK) {
                struct linear_items items = form_items(forms, n, &arena);
                struct linear_list list = {
                        .title = _("Nueva ficha: elija cuál"),
                        .ctx = &items,
                        .rows = linear_items_rows,
                        .prints = true,
                        .enter = _("vuelve; .imprimir y un número, la ficha en blanco"),
                        .empty = _("No hay fichas instaladas: use «simae formularios instalar CARPETA».")};
                enum linear_pick pick = linear_choose(l, &list, &arena, &chosen);
                if (pick == PICK_PRINT)
                        linear_print_blank(l, ((const struct store_form *)chosen)->id);
                else if (pick == PICK_ROW)
                        begin(l, ((const struct store_form *)chosen)->id, &arena);
        } else {
                linear_say_err(l, &err);
        }
        arena_release(&arena);
}

/* ---- At the start ---- */

bool linear_offer_draft(struct linear *l)
{
        struct arena arena = {0};
        int n;
        const struct store_draft *drafts = linear_drafts_of(l, &arena, &n);
        if (n > 0) {
                linear_say(l, _("Quedó una ficha sin concluir: %s"), words_of(l, &drafts[0], &arena));
                if (linear_confirm(l, _("¿Continuarla?")))
                        resume(l, &drafts[0].id);
        }
        arena_release(&arena);
        return n > 0;
}
