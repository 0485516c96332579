/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One question of the demo: what a person might type, again until the form
 * accepts it.  Since it obeys the form alone, it fills whatever a UGEL writes.
 */
#include "demo_priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

enum { TRIES = 24 };

static const struct demo_rule *rule(const struct demo_filler *f, enum demo_rules kind, const struct node *node)
{
        return demo_rule(kind, f->draft->form->id, node->name);
}

/* ---- Levels ---- */

/* What the last record about the same subject answered, or NULL. Looked up once the subject is answered. */
static const char *answered_before(struct demo_filler *f, struct place place, const struct node *node)
{
        const struct form *form = f->draft->form;
        struct store_record view;
        const char *subject = form->subject >= 0 ? session_typed(f->session, (struct place){form->subject, 0}) : "";
        if (place.row > 0 || !*subject)
                return NULL;
        if (!f->looked_before &&
            store_record_previous(f->draft->app->store, form->id, subject, "", &f->draft->info.record, &f->arena, &view,
                                  NULL) == ERR_OK)
                f->before = json_deep_copy(app_answers(f->draft->app, &view.id, NULL));
        f->looked_before = true;
        return json_string_value(json_object_get(f->before, node->name));
}

/* From one visit to the next most levels stay, many rise by one, a few fall. */
static int moved(int at, double mood)
{
        double chance = random_unit();
        return chance < 0.2 + 0.3 * mood ? at + 1 : chance > 0.92 ? at - 1 : at;
}

static int position_of(const char *name, const struct choice *const *choices, int n)
{
        for (int i = 0; name && i < n; i++)
                if (strcmp(choices[i]->name, name) == 0)
                        return i;
        return -1;
}

/* Levels gather round the mood; the other choices of a rating are rare. */
static const char *rated(struct demo_filler *f, const struct choice *const *choices, int n, const char *before)
{
        int levels = 0;
        while (levels < n && choices[levels]->name[0] >= '1' && choices[levels]->name[0] <= '9')
                levels++;
        if (levels == 0 || random_unit() < 0.03)
                return choices[n - 1]->name;
        double noise = random_unit() + random_unit() + random_unit() - 1.5;
        int last = position_of(before, choices, levels);
        int at = last >= 0 ? moved(last, f->mood->level) : (int)lround(f->mood->level * (levels - 1) + noise);
        return choices[at < 0 ? 0 : at >= levels ? levels - 1 : at]->name;
}

/* Lists that go from "not begun" to "achieved" follow the mood, and hardly ever go back. */
static bool is_progress(const struct choice *const *choices, int n)
{
        return n >= 3 && strcmp(choices[0]->name, "no_iniciado") == 0;
}

static const char *advanced(struct demo_filler *f, const struct choice *const *choices, const char *before)
{
        int last = position_of(before, choices, 3);
        if (last >= 0)
                return choices[last < 2 && random_unit() < 0.5 ? last + 1 : last]->name;
        double at = f->mood->level * 2 + random_unit() * 1.6 - 0.8;
        return choices[at < 0.5 ? 0 : at < 1.4 ? 1 : 2]->name;
}

static const char *choose(struct demo_filler *f, struct place place, const struct node *node, int attempt)
{
        int n;
        const struct choice *const *choices = session_choices(f->session, place, &f->arena, &n);
        const struct demo_rule *chance = attempt < 4 ? rule(f, RULE_CHANCE, node) : NULL;
        if (chance)
                return demo_weighted(chance->text, &f->arena);
        if (n == 0)
                return "";
        if (attempt < TRIES / 2 && node->type == NODE_RATING)
                return rated(f, choices, n, attempt < 2 ? answered_before(f, place, node) : NULL);
        if (attempt < 4 && is_progress(choices, n))
                return advanced(f, choices, answered_before(f, place, node));
        return choices[demo_number(0, n - 1)]->name;
}

/* One to three choices; more at each new attempt. */
static const char *choose_several(struct demo_filler *f, struct place place, const struct node *node, int attempt)
{
        const struct demo_rule *words = attempt < 4 ? rule(f, RULE_WORDS, node) : NULL;
        const struct demo_rule *chance = attempt < 4 ? rule(f, RULE_CHANCE, node) : NULL;
        if (words || chance)
                return words ? demo_one_of(words->text, &f->arena) : demo_weighted(chance->text, &f->arena);
        struct str names = STR_INIT;
        int n, wanted = demo_number(1, 3) + attempt / 2;
        const struct choice *const *choices = session_choices(f->session, place, &f->arena, &n);
        if (attempt > TRIES / 2)
                wanted = 1;
        for (int i = 0; i < n && wanted > 0; i++)
                if (random_unit() < (double)wanted / (n - i)) {
                        str_addf(&names, "%s%s", names.len ? " " : "", choices[i]->name);
                        wanted--;
                }
        const char *kept = arena_strdup(&f->arena, names.text);
        str_release(&names);
        return kept;
}

static const char *number(struct demo_filler *f, const struct node *node, int attempt)
{
        const struct demo_rule *limits = rule(f, RULE_NUMBER, node);
        int least = limits ? limits->least : 1, greatest = limits ? limits->greatest : 9;
        int value = demo_number(least, greatest);
        if (attempt > 2)
                value = greatest / attempt;
        return arena_printf(&f->arena, "%d", value);
}

static const char *day(struct demo_filler *f, const struct node *node, int attempt)
{
        static const int after[] = {30, 21, 14, 1, 0, -1, 60, 90};
        char text[DATE_TEXT];
        bool own = node->index == f->draft->form->date;
        const struct demo_rule *limits = attempt < 2 ? rule(f, RULE_NUMBER, node) : NULL;
        if (limits)
                return arena_strdup(&f->arena, date_format(f->mood->date + demo_number(limits->least, limits->greatest),
                                                           text));
        int64_t days = f->mood->date + (own ? -attempt : after[(unsigned)attempt % ARRAY_LEN(after)]);
        return arena_strdup(&f->arena, date_format(days, text));
}

static const char *hour(struct demo_filler *f, int attempt)
{
        char text[TIME_TEXT];
        int minutes = 8 * 60 + demo_number(0, 6) * 5 + attempt * 75;
        return arena_strdup(&f->arena, time_format(minutes % (24 * 60) * 60000, text));
}

/* Longer at each new attempt, for those that ask for a least length. */
static const char *words(struct demo_filler *f, const struct node *node, int attempt)
{
        const struct demo_rule *known = rule(f, RULE_WORDS, node);
        bool line = node->type == NODE_TEXT && !(node->flags & NODE_MULTILINE);
        const char *first = known ? demo_one_of(known->text, &f->arena)
                            : line ? demo_phrase(demo_number(0, 9)) : demo_sentence(demo_number(0, 12));
        return attempt == 0 ? first : arena_printf(&f->arena, "%s. %s", first, demo_sentence(demo_number(0, 12)));
}

/* Someone of the school, else a specialist; the rows of a list name one after another. */
static int somebody(struct demo_filler *f, struct place place, int attempt)
{
        if (place.row > 0 && attempt < TRIES / 2)
                return (f->crowd++ + f->mood->school) % (PEOPLE - SPECIALISTS);
        if (attempt > 2 || f->mood->school < 0)
                return demo_number(0, PEOPLE - 1);
        return random_unit() < 0.5 ? f->mood->school + SCHOOLS * demo_number(0, 2)
                                   : demo_number(PEOPLE - SPECIALISTS, PEOPLE - 1);
}

static const char *reference(struct demo_filler *f, struct place place, const struct node *node, int attempt)
{
        for (int i = 0; i < POOL_N; i++) {
                const struct demo_pool *pool = &f->mood->pools[i];
                if (strcmp(pool->form, node->to) != 0 || pool->n == 0)
                        continue;
                int at = i == POOL_PEOPLE ? somebody(f, place, attempt)
                         : i == POOL_SCHOOLS && f->mood->school >= 0 && attempt == 0 ? f->mood->school : -1;
                return pool->ids[at >= 0 && at < pool->n ? at : demo_number(0, pool->n - 1)];
        }
        return "";
}

/* What to try; NULL for what is not typed. */
static const char *candidate(struct demo_filler *f, struct place place, const struct node *node, int attempt)
{
        switch (node->type) {
        case NODE_TEXT: case NODE_LOG: return words(f, node, attempt);
        case NODE_INTEGER: case NODE_DECIMAL: case NODE_RANGE: return number(f, node, attempt);
        case NODE_DATE: return day(f, node, attempt);
        case NODE_TIME: return hour(f, attempt);
        case NODE_SELECT_ONE: case NODE_RATING: return choose(f, place, node, attempt);
        case NODE_SELECT_MULTIPLE: case NODE_RANK: return choose_several(f, place, node, attempt);
        case NODE_REFERENCE: return reference(f, place, node, attempt);
        case NODE_ACKNOWLEDGE: return "OK";
        default: return NULL;
        }
}

static bool is_wanted(struct demo_filler *f, struct place place, const struct node *node)
{
        bool required = session_is_required(f->session, place);
        if (session_is_read_only(f->session, place) || ((node->flags & NODE_SENSITIVE) && !required))
                return false;
        const struct demo_rule *chance = rule(f, RULE_CHANCE, node);
        if (*session_typed(f->session, place) && !(chance && strchr(chance->question, '.')))
                return session_status(f->session, place) == STATUS_INVALID;
        return required || (node->flags & NODE_EVIDENCE) || random_unit() < 0.5;
}

void demo_answer(struct demo_filler *f, struct place place)
{
        const struct node *node = &f->draft->form->nodes[place.node];
        const char *fixed = place.row == 0 ? json_string_value(json_object_get(f->mood->fixed, node->name)) : NULL;
        bool failed = fixed && session_status(f->session, place) == STATUS_INVALID &&
                      strcmp(session_typed(f->session, place), fixed) == 0;
        if (fixed && !failed && !session_is_read_only(f->session, place)) {
                session_answer(f->session, place, fixed);
                return;
        }
        if (!is_wanted(f, place, node))
                return;
        for (int attempt = 0; attempt < TRIES; attempt++) {
                const char *typed = candidate(f, place, node, attempt);
                if (!typed)
                        return;
                session_answer(f->session, place, typed);
                if (session_status(f->session, place) != STATUS_INVALID)
                        return;
        }
        session_answer(f->session, place, "");
}
