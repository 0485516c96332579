/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Choose which form to begin. A draft of the same form is offered first, never taken up silently. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "ui/form_screen.h"
#include "ui/screens.h"

enum { TAG_RESUME = 1 };

struct chooser {
        struct list list;
        struct arena arena;
        struct store_form *forms;
        int forms_n;
        const struct store_form *chosen; /* while asking */
        struct id draft;
};

/* Entities and forms that only exist inside others are not begun from here. */
static bool is_offered(const struct store_form *form, const char *folded_words)
{
        if (form->is_entity)
                return false;
        char *title = utf8_fold(form->title), *short_title = utf8_fold(form->short_title);
        bool matches = !*folded_words || strstr(title, folded_words) || strstr(short_title, folded_words);
        free(title);
        free(short_title);
        return matches;
}

static int chooser_rows(void *ctx, const char *words, int from, int n, struct list_row *rows, struct arena *arena)
{
        struct chooser *chooser = ctx;
        char *folded = utf8_fold(words);
        int found = 0, skipped = 0;
        for (int i = 0; i < chooser->forms_n && found < n; i++) {
                const struct store_form *form = &chooser->forms[i];
                if (!is_offered(form, folded) || skipped++ < from)
                        continue;
                rows[found] = (struct list_row){.style = STYLE_NORMAL, .data = form};
                rows[found].cells[0] = form->title;
                rows[found++].cells[1] = arena_printf(arena, "%lld", (long long)form->records);
        }
        free(folded);
        return found;
}

static void chooser_count(void *ctx, const char *words, int64_t *ret_found, int64_t *ret_all)
{
        struct chooser *chooser = ctx;
        char *folded = utf8_fold(words);
        *ret_found = *ret_all = 0;
        for (int i = 0; i < chooser->forms_n; i++) {
                *ret_all += is_offered(&chooser->forms[i], "");
                *ret_found += is_offered(&chooser->forms[i], folded);
        }
        free(folded);
}

static void chooser_draw(struct screen *screen, struct canvas *canvas, struct rect area)
{
        struct chooser *chooser = screen->state;
        list_draw(&chooser->list, canvas, area, true);
}

static const char *chooser_title(struct screen *screen, struct arena *arena)
{
        (void)screen;
        (void)arena;
        return _("Nueva ficha: elija cuál");
}

static void begin(struct screen *screen, const struct store_form *form)
{
        begin_record(screen->ui, form->id, NULL);
}

static void ask_resume(struct screen *screen, const struct store_draft *draft)
{
        static const char *const answers[] = {_("Continuar la empezada"), _("Empezar otra")};
        struct chooser *chooser = screen->state;
        chooser->draft = draft->id;
        dialog_ask(screen->ui, TAG_RESUME, _("Ya hay una sin concluir"),
                   draft_words(screen->ui, draft, &chooser->arena), answers, 2);
}

static void choose(struct screen *screen)
{
        struct chooser *chooser = screen->state;
        const struct list_row *row = list_selected(&chooser->list);
        struct store_draft *drafts;
        int n = 0;
        if (!row)
                return;
        chooser->chosen = row->data;
        if (store_draft_list(app_store(screen->ui->app), NULL, &chooser->arena, &drafts, &n, NULL) == ERR_OK)
                for (int i = 0; i < n; i++)
                        if (strcmp(drafts[i].form, chooser->chosen->id) == 0) {
                                ask_resume(screen, &drafts[i]);
                                return;
                        }
        begin(screen, chooser->chosen);
}

static enum handled chooser_key(struct screen *screen, const struct key *key, int action)
{
        struct chooser *chooser = screen->state;
        if (action == ACT_OPEN || list_opens(&chooser->list, key)) {
                choose(screen);
                return HANDLED;
        }
        if (action == ACT_PRINT) {
                const struct list_row *row = list_selected(&chooser->list);
                if (row)
                        screen_print_blank(screen->ui, ((const struct store_form *)row->data)->id);
                return HANDLED;
        }
        return list_key(&chooser->list, key);
}

static void chooser_back(struct screen *screen, struct screen *from, int result)
{
        struct chooser *chooser = screen->state;
        if (from->class == &screen_form) {
                ui_close(screen); /* filled or left: home shows how things stand */
                return;
        }
        if (dialog_tag(from) != TAG_RESUME || result == 0)
                return;
        if (result == 1)
                resume_draft(screen->ui, &chooser->draft);
        else
                begin(screen, chooser->chosen);
}

static void chooser_free(struct screen *screen)
{
        struct chooser *chooser = screen->state;
        list_release(&chooser->list);
        arena_release(&chooser->arena);
        free(chooser);
}

static bool chooser_typing(struct screen *screen)
{
        (void)screen;
        return true;
}

const struct screen_class screen_new_record = {
        .name = "new_record", .draw = chooser_draw, .key = chooser_key, .title = chooser_title,
        .back = chooser_back, .free = chooser_free, .typing = chooser_typing};

struct screen *screen_new_record_open(struct ui *ui)
{
        struct chooser *chooser = xcalloc(1, sizeof *chooser);
        struct list_source source = {.ctx = chooser, .columns_n = 2, .rows = chooser_rows, .count = chooser_count,
                                     .empty = _("No hay fichas instaladas: use «simae formularios instalar CARPETA».")};
        struct err err;
        source.columns[0].title = _("Ficha");
        source.columns[1].title = _("Hechas");
        source.columns[1].width = 7;
        if (store_form_list(app_store(ui->app), &chooser->arena, &chooser->forms, &chooser->forms_n, &err) != ERR_OK)
                ui_say_err(ui, &err);
        list_init(&chooser->list, &source);
        return ui_push(ui, &screen_new_record, chooser);
}
