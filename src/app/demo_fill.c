/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Answers for the demo: walks a session as a person would, question after
 * question, and tries until the form accepts the answer.  Since it obeys the
 * form alone, it fills whatever a UGEL writes.
 */
#include "demo_priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

enum { TRIES = 24 };

static const struct { const char *question, *weights; } chances[] = {
#define CHANCE(question, weights) {question, weights},
#define NUMBER(question, least, greatest)
#define SETTLED(form, question, weights)
#include "demo.def"
#undef CHANCE
#undef NUMBER
#undef SETTLED
};

static const struct { const char *form, *question, *weights; } settled[] = {
#define CHANCE(question, weights)
#define NUMBER(question, least, greatest)
#define SETTLED(form, question, weights) {form, question, weights},
#include "demo.def"
#undef CHANCE
#undef NUMBER
#undef SETTLED
};

static const struct { const char *question; int least, greatest; } numbers[] = {
#define CHANCE(question, weights)
#define NUMBER(question, least, greatest) {question, least, greatest},
#define SETTLED(form, question, weights)
#include "demo.def"
#undef CHANCE
#undef NUMBER
#undef SETTLED
};

struct filler {
        struct draft *draft;
        struct session *session;
        const struct demo_mood *mood;
        struct arena arena;
};

int demo_number(int least, int greatest)
{
        return least + (int)(random_unit() * (greatest - least + 1));
}

/* One choice of "si:96 no:4", by weight, in `arena`. */
static const char *weighted(const char *weights, struct arena *arena)
{
        int total = 0, weight;
        for (const char *p = weights; (p = strchr(p, ':')); p++)
                total += atoi(p + 1);
        int left = demo_number(1, total);
        for (const char *p = weights;; p = strchr(p, ' ') + 1) {
                const char *colon = strchr(p, ':');
                weight = atoi(colon + 1);
                if ((left -= weight) <= 0)
                        return arena_strndup(arena, p, (size_t)(colon - p));
        }
}

/* The weights for a record whose pending things are closed by now; NULL for most questions. */
static const char *settled_weights(const struct filler *f, const char *question)
{
        for (size_t i = 0; f->mood->settled && i < ARRAY_LEN(settled); i++)
                if (strcmp(settled[i].question, question) == 0 && strcmp(settled[i].form, f->draft->form->id) == 0)
                        return settled[i].weights;
        return NULL;
}

static const char *ruled_choice(const struct filler *f, const char *question, struct arena *arena)
{
        const char *closed = settled_weights(f, question);
        if (closed)
                return weighted(closed, arena);
        for (size_t i = 0; i < ARRAY_LEN(chances); i++)
                if (strcmp(chances[i].question, question) == 0)
                        return weighted(chances[i].weights, arena);
        return NULL;
}

/* Levels gather round the mood; the other choices of a rating are rare. */
static const char *rated(struct filler *f, const struct choice *const *choices, int n)
{
        int levels = 0;
        while (levels < n && choices[levels]->name[0] >= '1' && choices[levels]->name[0] <= '9')
                levels++;
        if (levels == 0 || random_unit() < 0.03)
                return choices[n - 1]->name;
        double noise = random_unit() + random_unit() + random_unit() - 1.5;
        int at = (int)lround(f->mood->level * (levels - 1) + noise);
        return choices[at < 0 ? 0 : at >= levels ? levels - 1 : at]->name;
}

/* Lists that go from "not begun" to "achieved" follow the mood. */
static bool is_progress(const struct choice *const *choices, int n)
{
        return n >= 3 && strcmp(choices[0]->name, "no_iniciado") == 0;
}

static const char *choose(struct filler *f, struct place place, const struct node *node, int attempt)
{
        int n;
        const struct choice *const *choices = session_choices(f->session, place, &f->arena, &n);
        const char *ruled = attempt < 4 ? ruled_choice(f, node->name, &f->arena) : NULL;
        if (ruled)
                return ruled;
        if (n == 0)
                return "";
        if (attempt < TRIES / 2 && node->type == NODE_RATING)
                return rated(f, choices, n);
        if (attempt < 4 && is_progress(choices, n)) {
                double at = f->mood->level * 2 + random_unit() * 1.6 - 0.8;
                return choices[at < 0.5 ? 0 : at < 1.4 ? 1 : 2]->name;
        }
        return choices[demo_number(0, n - 1)]->name;
}

/* One to three choices; more at each new attempt. */
static const char *choose_several(struct filler *f, struct place place, int attempt)
{
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

static const char *number(struct filler *f, const struct node *node, int attempt)
{
        int least = 1, greatest = 9;
        for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
                if (strcmp(numbers[i].question, node->name) == 0) {
                        least = numbers[i].least;
                        greatest = numbers[i].greatest;
                }
        int value = demo_number(least, greatest);
        if (attempt > 2)
                value = greatest / attempt;
        return arena_printf(&f->arena, "%d", value);
}

static const char *day(struct filler *f, const struct node *node, int attempt)
{
        static const int after[] = {30, 21, 14, 1, 0, -1, 60, 90};
        char text[DATE_TEXT];
        bool own = node->index == f->draft->form->date;
        int64_t days = f->mood->date + (own ? -attempt : after[(unsigned)attempt % ARRAY_LEN(after)]);
        return arena_strdup(&f->arena, date_format(days, text));
}

static const char *hour(struct filler *f, int attempt)
{
        char text[TIME_TEXT];
        int minutes = 8 * 60 + demo_number(0, 6) * 5 + attempt * 75;
        return arena_strdup(&f->arena, time_format(minutes % (24 * 60) * 60000, text));
}

/* Longer at each new attempt, for those that ask for a least length. */
static const char *words(struct filler *f, const struct node *node, int attempt)
{
        bool line = node->type == NODE_TEXT && !(node->flags & NODE_MULTILINE);
        const char *first = line ? demo_phrase(demo_number(0, 9)) : demo_sentence(demo_number(0, 12));
        return attempt == 0 ? first : arena_printf(&f->arena, "%s. %s", first, demo_sentence(demo_number(0, 12)));
}

static const char *reference(struct filler *f, const struct node *node)
{
        for (int i = 0; i < POOL_N; i++)
                if (f->mood->pools[i].n > 0 && strcmp(f->mood->pools[i].form, node->to) == 0)
                        return f->mood->pools[i].ids[demo_number(0, f->mood->pools[i].n - 1)];
        return "";
}

/* What to try; NULL for what is not typed. */
static const char *candidate(struct filler *f, struct place place, const struct node *node, int attempt)
{
        switch (node->type) {
        case NODE_TEXT: case NODE_LOG: return words(f, node, attempt);
        case NODE_INTEGER: case NODE_DECIMAL: case NODE_RANGE: return number(f, node, attempt);
        case NODE_DATE: return day(f, node, attempt);
        case NODE_TIME: return hour(f, attempt);
        case NODE_SELECT_ONE: case NODE_RATING: return choose(f, place, node, attempt);
        case NODE_SELECT_MULTIPLE: case NODE_RANK: return choose_several(f, place, attempt);
        case NODE_REFERENCE: return reference(f, node);
        case NODE_ACKNOWLEDGE: return "OK";
        default: return NULL;
        }
}

static bool is_wanted(struct filler *f, struct place place, const struct node *node)
{
        bool required = session_is_required(f->session, place);
        if (session_is_read_only(f->session, place) || ((node->flags & NODE_SENSITIVE) && !required))
                return false;
        if (settled_weights(f, node->name))
                return true; /* whatever it begins with */
        if (*session_typed(f->session, place))
                return session_status(f->session, place) == STATUS_INVALID;
        return required || (node->flags & NODE_EVIDENCE) || random_unit() < 0.5;
}

static void answer(struct filler *f, struct place place)
{
        const struct node *node = &f->draft->form->nodes[place.node];
        const char *fixed = place.row == 0 ? json_string_value(json_object_get(f->mood->fixed, node->name)) : NULL;
        if (fixed) {
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

static enum err_code fill_scope(struct filler *f, int scope, int row, struct err *err);

static enum err_code fill_rows(struct filler *f, struct place place, struct err *err)
{
        const struct node *node = &f->draft->form->nodes[place.node];
        bool people = strcmp(node->name, "participantes") == 0;
        int wanted = people ? demo_number(6, 12) : demo_number(1, 3), n;
        if (!session_is_required(f->session, place) && !people && random_unit() < 0.5)
                return ERR_OK;
        for (int i = 0; i < wanted; i++) {
                int row = session_row_add(f->session, place);
                if (row < 0)
                        break;
                enum err_code rc = fill_scope(f, node->opens_scope, row, err);
                if (rc != ERR_OK)
                        return rc;
        }
        session_rows(f->session, place, &n);
        return ERR_OK;
}

static enum err_code fill_children(struct filler *f, struct place place, struct err *err)
{
        for (int i = demo_number(1, 2); i > 0; i--) {
                struct draft *child;
                enum err_code rc = draft_begin_child(f->draft, place, &child, err);
                if (rc != ERR_OK)
                        return rc;
                struct demo_mood mood = *f->mood;
                mood.fixed = NULL;
                rc = demo_fill(child, &mood, err);
                if (rc == ERR_OK)
                        rc = draft_force_save(child, err);
                draft_free(child);
                if (rc != ERR_OK)
                        return rc;
        }
        return ERR_OK;
}

static enum err_code fill_scope(struct filler *f, int scope, int row, struct err *err)
{
        const struct form *form = f->draft->form;
        enum err_code rc = ERR_OK;
        for (int i = 0; rc == ERR_OK && i < form->scopes[scope].slots_n; i++) {
                struct place place = {form->scopes[scope].slots[i], row};
                if (!session_is_relevant(f->session, place) || form->nodes[place.node].flags & NODE_PENDING)
                        continue;
                if (form->nodes[place.node].type == NODE_REPEAT)
                        rc = fill_rows(f, place, err);
                else if (form->nodes[place.node].type == NODE_CHILDREN)
                        rc = form->nodes[place.node].flags & NODE_PENDING ? ERR_OK : fill_children(f, place, err);
                else
                        answer(f, place);
        }
        return rc;
}

/* Later answers may have made earlier ones wrong or asked for more. */
static void mend(struct filler *f)
{
        for (int round = 0; round < 4; round++) {
                int n;
                const struct session_problem *problems = session_problems(f->session, false, &f->arena, &n);
                for (int i = 0; i < n; i++)
                        answer(f, problems[i].place);
                if (n == 0)
                        return;
        }
}

enum err_code demo_fill(struct draft *draft, const struct demo_mood *mood, struct err *err)
{
        struct filler f = {.draft = draft, .session = draft->session, .mood = mood};
        enum err_code rc = fill_scope(&f, 0, 0, err);
        if (rc == ERR_OK)
                mend(&f);
        arena_release(&f.arena);
        return rc;
}
