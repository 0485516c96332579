/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of the figures: periods, places, parts of a breakdown, achievements and alerts (contract in app/figures.h). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app_priv.h"
#include "base/utf8.h"
#include "figures_priv.h"

enum { MARK_WIDTH = 13 }; /* «Bloque 1 2026» */

/* ---- Places and periods ---- */

/* The lists that questions about a dimension choose from, in the forms that have them; what is free text has none. */
static const struct { enum dimension dimension; const char *form, *list; } lists[] = {
        {DIMENSION_NONE, "institucion", "ugel"},
        {DIMENSION_LEVEL, "institucion", "nivel"},
        {DIMENSION_AREA, "institucion", "area_geo"},
        {DIMENSION_SCHOOL_TYPE, "institucion", "tipo_ie"},
        {DIMENSION_CONDITION, "simae_docente", "condicion_docente"},
        {DIMENSION_CONDITION, "simae_docente", "condicion_directivo"},
};

const char *app_dimension_label(struct app *app, enum dimension dimension, const char *code)
{
        const struct form *form;
        for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
                if (lists[i].dimension != dimension || app_form(app, lists[i].form, &form, NULL) != ERR_OK)
                        continue;
                const struct choice_list *list = form_find_list(form, lists[i].list);
                const struct choice *choice = list ? choice_list_find(list, code) : NULL;
                if (choice)
                        return choice->label;
        }
        return *code ? code : _("Sin dato");
}

/* Quarters and teaching blocks have short names, periods of one's own the one they were given; years are their code. */
const char *period_heading(struct making *m, const char *code)
{
        size_t year = strspn(code, "0123456789");
        const char *own = balance_period_name(m->app->store, code, &m->out->arena);
        if (*own)
                return own;
        if (year == 4 && code[4] == '-' && code[5] == 'T')
                return arena_printf(&m->out->arena, "T%s %.4s", code + 6, code);
        if (year == 4 && code[4] == '_' && code[5] == 'l')
                return arena_printf(&m->out->arena, _("Bloque %s %.4s"), code + 6, code);
        return arena_strdup(&m->out->arena, code);
}

/* One of many side by side: a long name gives way to the code. */
const char *period_mark(struct making *m, const char *code)
{
        const char *heading = period_heading(m, code);
        return utf8_width(heading) <= MARK_WIDTH ? heading : arena_strdup(&m->out->arena, code);
}

enum err_code period_words(struct making *m, const char *code, const char **ret, struct err *err)
{
        int64_t first, last;
        bool known;
        char from[DATE_TEXT], to[DATE_TEXT];
        enum err_code rc = balance_days(m->app->store, code, &first, &last, &known, err);
        if (rc != ERR_OK)
                return rc;
        if (!known)
                return err_set(err, ERR_USAGE, _("«%s» no es un periodo"), code);
        *ret = arena_printf(&m->out->arena, _("%s a %s"), date_format_person(first, from), date_format_person(last, to));
        return ERR_OK;
}

/* ---- Parts ---- */

/* The question of `by: "${modulo}"`, in the form of today; NULL. */
static const struct node *part_node(struct making *m, const struct indicator_source *source)
{
        const struct form *form;
        const char *by = source->texts[PART_BY];
        if (!by || strncmp(by, "${", 2) != 0 || app_form(m->app, source->form, &form, NULL) != ERR_OK)
                return NULL;
        size_t len = strcspn(by + 2, "}");
        if (by[2 + len] != '}' || by[3 + len] != '\0')
                return NULL;
        int node = form_find(form, arena_strndup(&m->out->arena, by + 2, len));
        return node >= 0 ? &form->nodes[node] : NULL;
}

bool parts_are_people(struct making *m, const struct indicator *indicator)
{
        for (int i = 0; i < indicator->sources_n; i++) {
                const struct node *node = part_node(m, &indicator->sources[i]);
                if (node && (node->type == NODE_REFERENCE || node->type == NODE_USERNAME))
                        return true;
        }
        return false;
}

const char *part_label(struct making *m, const struct indicator *indicator, const char *code)
{
        struct arena *arena = &m->out->arena;
        for (int i = 0; i < indicator->sources_n; i++) {
                const struct node *node = part_node(m, &indicator->sources[i]);
                const struct choice *choice = node && node->list ? choice_list_find(node->list, code) : NULL;
                if (choice)
                        return arena_strdup(arena, choice->label);
                if (node && (node->type == NODE_REFERENCE || node->type == NODE_USERNAME))
                        return record_title(m->app, code, arena);
        }
        return *code ? arena_strdup(arena, code) : _("Sin dato");
}

/* ---- Achievements and alerts ---- */

enum { POINTS = 5, LEAST = 5, REMARKS_MAX = 8 }; /* that a percentage must move to be told; of n; of each kind */

struct found { struct figure_remark remark; double size; bool good; };

static const char *amount(struct making *m, const struct figure *f, double value)
{
        return f->ratio ? arena_printf(&m->out->arena, "%.1f%s%s", value, *f->sign ? " " : "", f->sign)
                        : arena_printf(&m->out->arena, "%.15g", round(value * 100) / 100);
}

static bool by_target(struct making *m, const struct figure *f, const struct figure_cell *now, struct found *ret)
{
        if (f->goal == FIGURE_NO_GOAL)
                return false;
        ret->good = f->goal == FIGURE_REACHED;
        ret->size = 100 + fabs(f->gap); /* before what only moved */
        ret->remark.why = arena_printf(&m->out->arena, ret->good ? _("%s (n = %lld); alcanza la meta de %s%s")
                                                                 : _("%s (n = %lld); no alcanza la meta de %s%s"),
                                       amount(m, f, now->value), (long long)now->n, amount(m, f, f->target), f->target_note);
        return true;
}

static bool by_movement(struct making *m, const struct figure *f, const struct figure_cell *now, struct found *ret)
{
        double moved = fabs(now->value - f->before);
        if (!f->percent || f->better == 0 || !(moved >= POINTS))
                return false;
        ret->good = f->better > 0;
        ret->size = moved;
        ret->remark.why = arena_printf(&m->out->arena, now->value > f->before ? _("%s (n = %lld); sube %.1f puntos desde %s")
                                                                              : _("%s (n = %lld); baja %.1f puntos desde %s"),
                                       amount(m, f, now->value), (long long)now->n, moved, amount(m, f, f->before));
        return true;
}

static int by_size(const void *a, const void *b)
{
        const struct found *x = a, *y = b;
        return x->size != y->size ? (x->size < y->size) - (x->size > y->size)
                                  : (x->remark.item > y->remark.item) - (x->remark.item < y->remark.item);
}

static struct figure_remark *choose(struct making *m, const struct found *all, int n, bool good, int *ret_n)
{
        struct figure_remark *kept = ARENA_ARRAY(&m->out->arena, struct figure_remark, REMARKS_MAX);
        *ret_n = 0;
        for (int i = 0; i < n && *ret_n < REMARKS_MAX; i++)
                if (all[i].good == good)
                        kept[(*ret_n)++] = all[i].remark;
        return kept;
}

/* Parts of composites would say the same twice. */
void find_remarks(struct making *m)
{
        struct figures *out = m->out;
        struct found *all = xcalloc((size_t)out->n + 1, sizeof *all);
        int n = 0;
        for (int i = 0; i < out->n; i++) {
                const struct figure *f = &out->items[i];
                const struct figure_cell *now = &f->periods[out->periods_n - 1];
                all[n].remark.item = i;
                if (now->state == FIGURE_TOLD && !now->few && now->n >= LEAST && !*f->whole &&
                    (by_target(m, f, now, &all[n]) || by_movement(m, f, now, &all[n])))
                        n++;
        }
        qsort(all, (size_t)n, sizeof *all, by_size);
        out->achievements = choose(m, all, n, true, &out->achievements_n);
        out->alerts = choose(m, all, n, false, &out->alerts_n);
        out->remarks_rule = arena_printf(&out->arena, _("Logro: alcanza su meta o, sin meta, mejora %d puntos o más sobre el periodo anterior. "
                                         "Alerta: no alcanza su meta o, sin meta, empeora %d puntos o más. Con pocas personas, o n "
                                         "menor que %d, no se señala nada. Se muestran hasta %d de cada uno."),
                                         POINTS, POINTS, LEAST, REMARKS_MAX);
        free(all);
}
