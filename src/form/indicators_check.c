/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Indicators against all the forms of a catalog: sources name forms that
 * exist and fit them, and every indicator is fed by a question or says why not.
 */
#include <string.h>

#include "indicators_priv.h"

struct checker {
        const struct indicators_private *indicators;
        struct form *const *forms;
        int forms_n;
        const char *const *ids;
        int ids_n;
        struct mistakes *mistakes;
        struct arena work;
};

static bool is_known(const struct checker *c, const char *id)
{
        for (int i = 0; i < c->ids_n; i++)
                if (strcmp(c->ids[i], id) == 0)
                        return true;
        return false;
}

static void check_form_names(struct checker *c, const struct indicator *indicator)
{
        for (int i = 0; i < indicator->sources_n; i++) {
                const struct indicator_source *source = &indicator->sources[i];
                if (!is_known(c, source->form))
                        mistake_at(c->mistakes, source->form_at, _("no existe el formulario «%.60s»%s"), source->form,
                                   did_you_mean(&c->work, source->form, c->ids, (size_t)c->ids_n));
        }
}

/* A source that is not dated, over a form that is not, could not be put in any period. */
static void check_dates(struct checker *c, const struct form *form)
{
        const struct indicators *all = &c->indicators->indicators;
        for (int i = 0; form->date < 0 && i < all->n; i++)
                for (int k = 0; k < all->items[i].sources_n; k++) {
                        const struct indicator_source *source = &all->items[i].sources[k];
                        if (strcmp(source->form, form->id) == 0 && !source->stock && !source->texts[PART_DATE])
                                mistake_at(c->mistakes, source->form_at,
                                           _("%s no tiene fecha: la fuente lleva date, o stock: true"), form->id);
                }
}

/* A post that no list has would be of nobody. */
static void check_posts(struct checker *c, const struct form *form)
{
        int node = form_find(form, "cargo");
        const struct indicators *all = &c->indicators->indicators;
        for (int i = 0; node >= 0 && form->nodes[node].list && i < all->n; i++) {
                char *rest = arena_strdup(&c->work, all->items[i].population), *post;
                for (strsep(&rest, " "); (post = strsep(&rest, " "));)
                        if (*post && !choice_list_find(form->nodes[node].list, post))
                                mistake_at(c->mistakes, c->indicators->at[i], _("population nombra el cargo «%.60s», que no está en la lista"), post);
        }
}

static void check_form(struct checker *c, const struct form *form)
{
        struct indicator_binding binding;
        indicators_bind_told(&c->indicators->indicators, form, &binding, c->mistakes);
        indicator_binding_release(&binding);
        check_dates(c, form);
        if (strcmp(form->id, "persona") == 0)
                check_posts(c, form);
}

static void note_feeds(const struct checker *c, bool *fed)
{
        for (int f = 0; f < c->forms_n; f++)
                for (int i = 1; i < c->forms[f]->nodes_n; i++) {
                        const struct node *node = &c->forms[f]->nodes[i];
                        for (int k = 0; k < node->feeds_n; k++) {
                                int at = indicators_find(&c->indicators->indicators, node->feeds[k]);
                                if (at >= 0)
                                        fed[at] = true;
                        }
                }
}

/* Only when every form could be read: else its questions would be missed. */
static void check_fed(struct checker *c)
{
        const struct indicators *all = &c->indicators->indicators;
        bool *fed = ARENA_ARRAY(&c->work, bool, all->n + 1);
        note_feeds(c, fed);
        for (int i = 0; i < all->n; i++) {
                const struct indicator *one = &all->items[i];
                if (!fed[i] && !one->context && one->part_of < 0 && !*one->unfed)
                        mistake_at(c->mistakes, c->indicators->at[i],
                                   _("ninguna pregunta aporta a «%s»: póngalo en el feeds de una, o diga en unfed por qué no"),
                                   one->key);
        }
}

void indicators_check(const struct indicators *indicators, struct form *const *forms, int forms_n, const char *const *ids,
                      int ids_n, struct mistakes *mistakes)
{
        struct checker c = {.indicators = (const struct indicators_private *)indicators, .forms = forms,
                            .forms_n = forms_n, .ids = ids, .ids_n = ids_n, .mistakes = mistakes};
        for (int i = 0; i < indicators->n; i++)
                check_form_names(&c, &indicators->items[i]);
        for (int i = 0; i < forms_n; i++)
                check_form(&c, forms[i]);
        if (forms_n == ids_n)
                check_fed(&c);
        arena_release(&c.work);
}
