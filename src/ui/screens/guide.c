/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The guide: articles and glossary, filtered as one types; Enter reads one. */
#include <stdlib.h>

#include "ui/screens.h"

struct guide_view {
        struct list list;
        const struct guide *guide; /* app's */
};

static int guide_rows(void *ctx, const char *words, int from, int n, struct list_row *rows, struct arena *arena)
{
        const struct guide_view *state = ctx;
        int found, kept = 0;
        const struct guide_article **articles = guide_search(state->guide, words, arena, &found);
        for (int i = from; i < found && kept < n; i++) {
                rows[kept] = (struct list_row){.style = STYLE_NORMAL, .data = articles[i]};
                rows[kept].cells[0] = articles[i]->title;
                rows[kept++].cells[1] = articles[i]->topic;
        }
        return kept;
}

static void guide_count(void *ctx, const char *words, int64_t *ret_found, int64_t *ret_all)
{
        const struct guide_view *state = ctx;
        struct arena arena = {0};
        int found;
        guide_search(state->guide, words, &arena, &found);
        *ret_found = found;
        *ret_all = state->guide->n;
        arena_release(&arena);
}

static void guide_draw(struct screen *screen, struct canvas *canvas, struct rect area)
{
        struct guide_view *state = screen->state;
        list_draw(&state->list, canvas, area, true);
}

static const char *guide_title(struct screen *screen, struct arena *arena)
{
        (void)screen;
        (void)arena;
        return _("Ayuda y glosario");
}

static void read_article(struct ui *ui, const struct guide_article *article)
{
        struct str text = STR_INIT;
        str_add(&text, article->text);
        if (*article->source)
                str_addf(&text, "\n\n(%s)", article->source);
        dialog_text_view(ui, article->title, text.text);
        str_release(&text);
}

static enum handled guide_key(struct screen *screen, const struct key *key, int action)
{
        struct guide_view *state = screen->state;
        const struct list_row *row = list_selected(&state->list);
        if ((action == ACT_OPEN || list_opens(&state->list, key)) && row) {
                read_article(screen->ui, row->data);
                return HANDLED;
        }
        return list_key(&state->list, key);
}

static void guide_free(struct screen *screen)
{
        struct guide_view *state = screen->state;
        list_release(&state->list);
        free(state);
}

static bool guide_typing(struct screen *screen)
{
        (void)screen;
        return true;
}

const struct screen_class screen_guide = {.name = "guide", .draw = guide_draw, .key = guide_key, .title = guide_title,
                                          .free = guide_free, .typing = guide_typing};

struct screen *screen_guide_open(struct ui *ui)
{
        struct guide_view *state = xcalloc(1, sizeof *state);
        state->guide = app_guide(ui->app);
        struct list_source source = {.ctx = state, .columns_n = 2, .rows = guide_rows, .count = guide_count,
                                     .empty = _("No hay artículos: falta la carpeta «ayuda» entre las fichas.")};
        source.columns[0].title = _("Título");
        source.columns[1].title = _("Tema");
        source.columns[1].width = 22;
        list_init(&state->list, &source);
        return ui_push(ui, &screen_guide, state);
}
