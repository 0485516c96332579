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

struct filler {
        struct draft *draft;
        struct session *session;
        const struct demo_mood *mood;
        json_t *before; /* answers of the last record about the same subject, or NULL */
        bool looked_before;
        int crowd;      /* whom the rows of a list begin with */
        struct arena arena;
};

static const struct demo_rule *rule(const struct filler *f, enum demo_rules kind, const struct node *node)
{
        return demo_rule(kind, f->draft->form->id, node->name);
}

/* ---- Levels ---- */

/* What the last record about the same subject answered, or NULL. Looked up once the subject is answered. */
static const char *answered_before(struct filler *f, struct place place, const struct node *node)
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
static const char *rated(struct filler *f, const struct choice *const *choices, int n, const char *before)
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

static const char *advanced(struct filler *f, const struct choice *const *choices, const char *before)
{
        int last = position_of(before, choices, 3);
        if (last >= 0)
                return choices[last < 2 && random_unit() < 0.5 ? last + 1 : last]->name;
        double at = f->mood->level * 2 + random_unit() * 1.6 - 0.8;
        return choices[at < 0.5 ? 0 : at < 1.4 ? 1 : 2]->name;
}

static const char *choose(struct filler *f, struct place place, const struct node *node, int attempt)
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
static const char *choose_several(struct filler *f, struct place place, const struct node *node, int attempt)
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

static const char *number(struct filler *f, const struct node *node, int attempt)
{
        const struct demo_rule *limits = rule(f, RULE_NUMBER, node);
        int least = limits ? limits->least : 1, greatest = limits ? limits->greatest : 9;
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
        const struct demo_rule *limits = attempt < 2 ? rule(f, RULE_NUMBER, node) : NULL;
        if (limits)
                return arena_strdup(&f->arena, date_format(f->mood->date + demo_number(limits->least, limits->greatest),
                                                           text));
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
        const struct demo_rule *known = rule(f, RULE_WORDS, node);
        bool line = node->type == NODE_TEXT && !(node->flags & NODE_MULTILINE);
        const char *first = known ? demo_one_of(known->text, &f->arena)
                            : line ? demo_phrase(demo_number(0, 9)) : demo_sentence(demo_number(0, 12));
        return attempt == 0 ? first : arena_printf(&f->arena, "%s. %s", first, demo_sentence(demo_number(0, 12)));
}

/* Someone of the school, else a specialist; the rows of a list name one after another. */
static int somebody(struct filler *f, struct place place, int attempt)
{
        if (place.row > 0 && attempt < TRIES / 2)
                return (f->crowd++ + f->mood->school) % (PEOPLE - SPECIALISTS);
        if (attempt > 2 || f->mood->school < 0)
                return demo_number(0, PEOPLE - 1);
        return random_unit() < 0.5 ? f->mood->school + SCHOOLS * demo_number(0, 2)
                                   : demo_number(PEOPLE - SPECIALISTS, PEOPLE - 1);
}

static const char *reference(struct filler *f, struct place place, const struct node *node, int attempt)
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
static const char *candidate(struct filler *f, struct place place, const struct node *node, int attempt)
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

static bool is_wanted(struct filler *f, struct place place, const struct node *node)
{
        bool required = session_is_required(f->session, place);
        if (session_is_read_only(f->session, place) || ((node->flags & NODE_SENSITIVE) && !required))
                return false;
        const struct demo_rule *chance = rule(f, RULE_CHANCE, node);
        if (*session_typed(f->session, place) && !(chance && strchr(chance->question, '.')))
                return session_status(f->session, place) == STATUS_INVALID;
        return required || (node->flags & NODE_EVIDENCE) || random_unit() < 0.5;
}

static void answer(struct filler *f, struct place place)
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

static enum err_code fill_scope(struct filler *f, int scope, int row, struct err *err);

/* How many rows or children a list gets; half of those that may be empty are. */
static int how_many(struct filler *f, struct place place, const struct node *node)
{
        const struct demo_rule *limits = rule(f, RULE_ROWS, node);
        if (limits)
                return demo_number(limits->least, limits->greatest);
        return session_is_required(f->session, place) || random_unit() < 0.5 ? demo_number(1, 3) : 0;
}

/* A row for each of the ids of a fixed answer, in its first reference. */
static void fixed_rows(struct filler *f, struct place place, const char *ids)
{
        const struct scope *scope = &f->draft->form->scopes[f->draft->form->nodes[place.node].opens_scope];
        for (size_t len; *ids; ids += len + strspn(ids + len, " ")) {
                len = strcspn(ids, " ");
                int row = session_row_add(f->session, place);
                for (int i = 0; row >= 0 && i < scope->slots_n; i++)
                        if (f->draft->form->nodes[scope->slots[i]].type == NODE_REFERENCE) {
                                session_answer(f->session, (struct place){scope->slots[i], row},
                                               arena_strndup(&f->arena, ids, len));
                                break;
                        }
        }
}

static enum err_code fill_rows(struct filler *f, struct place place, struct err *err)
{
        const struct node *node = &f->draft->form->nodes[place.node];
        const char *fixed = json_string_value(json_object_get(f->mood->fixed, node->name));
        enum err_code rc = ERR_OK;
        if (fixed)
                fixed_rows(f, place, fixed);
        f->crowd = demo_number(0, PEOPLE - 1);
        for (int i = fixed ? 0 : how_many(f, place, node); rc == ERR_OK && i > 0; i--) {
                int row = session_row_add(f->session, place);
                if (row < 0)
                        break;
                rc = fill_scope(f, node->opens_scope, row, err);
        }
        return rc;
}

/* What is fixed for the children of a list: "alerta_registro.rama" is their «rama». New reference. */
static json_t *fixed_of_children(const struct filler *f, const struct node *node)
{
        json_t *fixed = json_object(), *value;
        const char *name;
        size_t len = strlen(node->name);
        json_object_foreach((json_t *)(uintptr_t)f->mood->fixed, name, value)
                if (strncmp(name, node->name, len) == 0 && name[len] == '.')
                        json_object_set(fixed, name + len + 1, value);
        return fixed;
}

/* What earlier records left open is not made here. */
static enum err_code fill_children(struct filler *f, struct place place, struct err *err)
{
        const struct node *node = &f->draft->form->nodes[place.node];
        for (int i = node->flags & NODE_PENDING ? 0 : how_many(f, place, node); i > 0; i--) {
                struct draft *child;
                enum err_code rc = draft_begin_child(f->draft, place, &child, err);
                if (rc != ERR_OK)
                        return rc;
                struct demo_mood mood = *f->mood;
                json_t *fixed = fixed_of_children(f, node);
                mood.fixed = fixed;
                rc = demo_fill(child, &mood, err);
                json_decref(fixed);
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
                        rc = fill_children(f, place, err);
                else
                        answer(f, place);
        }
        return rc;
}

/* Questions of the form itself that later ones made relevant. */
static void answer_again(struct filler *f)
{
        const struct scope *scope = &f->draft->form->scopes[0];
        for (int i = 0; i < scope->slots_n; i++) {
                struct place place = {scope->slots[i], 0};
                const struct node *node = &f->draft->form->nodes[place.node];
                if (node->type != NODE_REPEAT && node->type != NODE_CHILDREN && !(node->flags & NODE_PENDING) &&
                    session_is_relevant(f->session, place) && !*session_typed(f->session, place))
                        answer(f, place);
        }
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

static void filler_release(struct filler *f)
{
        json_decref(f->before);
        arena_release(&f->arena);
}

enum err_code demo_fill(struct draft *draft, const struct demo_mood *mood, struct err *err)
{
        struct filler f = {.draft = draft, .session = draft->session, .mood = mood};
        enum err_code rc = fill_scope(&f, 0, 0, err);
        if (rc == ERR_OK && mood->twice)
                answer_again(&f);
        if (rc == ERR_OK)
                mend(&f);
        filler_release(&f);
        return rc;
}

void demo_mend(struct draft *draft, const struct demo_mood *mood)
{
        struct filler f = {.draft = draft, .session = draft->session, .mood = mood};
        mend(&f);
        filler_release(&f);
}
