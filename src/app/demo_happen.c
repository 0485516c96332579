/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An event becomes a record, as on its evening a specialist would make it:
 * what was planned for it is named, what was left open before is followed up,
 * and what goes with it (the survey of a workshop) is made too.
 */
#include "demo_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

static const struct { const char *form, *other; int days; const char *answers, *question; } before[] = {
#define BEFORE(form, other, days, answers, question) {form, other, days, answers, question},
#include "demo_story.def"
};

static const struct { const char *form, *other, *how_many, *answers; } after[] = {
#define AFTER(form, other, how_many, answers) {form, other, how_many, answers},
#include "demo_story.def"
};

static const struct { const char *form, *ways; } follows[] = {
#define FOLLOW(form, ways) {form, ways},
#include "demo_story.def"
};

/* ---- What was left open ---- */

/* How much of what the whole UGEL has open a meeting gets through: the oldest. */
enum { A_MEETING = 2 };

static enum err_code agree_again(struct draft *parent, struct place place, const struct id *record,
                                 const struct demo_mood *mood, struct err *err)
{
        struct draft *child;
        enum err_code rc = draft_agree_again(parent, place, record, &child, err);
        if (rc != ERR_OK)
                return rc;
        rc = demo_fill(child, mood, err);
        if (rc == ERR_OK)
                rc = draft_force_save(child, err);
        draft_free(child);
        return rc;
}

/* A new date is a month from now; what else the way asks for is filled in. */
static enum err_code follow_up(struct app *app, const struct id *record, int way, const struct demo_mood *mood, struct err *err)
{
        struct draft *draft;
        struct id made;
        char text[DATE_TEXT];
        enum err_code rc = draft_follow_up(app, record, way, &draft, err);
        if (rc != ERR_OK)
                return rc;
        int moved = form_find(draft->form, "nueva_fecha");
        if (moved >= 0 && session_is_relevant(draft->session, (struct place){moved, 0}))
                session_answer(draft->session, (struct place){moved, 0}, date_format(mood->date + 30, text));
        demo_mend(draft, mood);
        rc = draft_finalise(draft, &made, err);
        if (rc == ERR_REFUSED) /* it stays as it was */
                rc = draft_discard(draft, err);
        else if (rc != ERR_OK)
                draft_free(draft);
        return rc;
}

static enum err_code follow_place(struct draft *draft, struct place place, const char *ways, const struct demo_mood *mood,
                                  struct err *err)
{
        struct arena arena = {0};
        int n = 0;
        const struct store_record *open = draft_open_before(draft, place, &arena, &n);
        enum err_code rc = ERR_OK;
        if (draft->form->school < 0 && draft->form->subject < 0 && n > A_MEETING)
                n = A_MEETING;
        for (int i = 0; rc == ERR_OK && i < n; i++) {
                const char *way = demo_weighted(ways, &arena);
                struct demo_mood plain = *mood;
                plain.fixed = NULL;
                if (*way == 'a')
                        rc = agree_again(draft, place, &open[i].id, &plain, err);
                else if (*way != '-')
                        rc = follow_up(draft->app, &open[i].id, atoi(way), &plain, err);
        }
        arena_release(&arena);
        return rc;
}

/* Not in the lists that only show what is open: the same records are in the one where new ones are agreed. */
static enum err_code follow_all(struct draft *draft, const struct demo_mood *mood, struct err *err)
{
        enum err_code rc = ERR_OK;
        for (int node = 0; rc == ERR_OK && node < draft->form->nodes_n; node++) {
                const struct node *list = &draft->form->nodes[node];
                if (list->type != NODE_CHILDREN || list->flags & NODE_PENDING)
                        continue;
                for (size_t i = 0; rc == ERR_OK && i < ARRAY_LEN(follows); i++)
                        if (strcmp(follows[i].form, list->to) == 0)
                                rc = follow_place(draft, (struct place){node, 0}, follows[i].ways, mood, err);
        }
        return rc;
}

/* ---- One record ---- */

static void join_pool(struct demo *demo, const char *form, const struct id *id)
{
        for (int i = 0; i < POOL_N; i++) {
                struct demo_pool *pool = &demo->pools[i];
                if (strcmp(pool->form, form) != 0)
                        continue;
                if (pool->n == pool->room) {
                        pool->room = pool->room ? 2 * pool->room : 64;
                        pool->ids = xrealloc(pool->ids, (size_t)pool->room * ID_TEXT);
                }
                id_format(id, pool->ids[pool->n++]);
        }
}

enum err_code demo_record(struct demo *demo, const char *form, const struct demo_mood *mood, struct id *ret, struct err *err)
{
        struct draft *draft;
        enum err_code rc = draft_begin(demo->app, form, NULL, &draft, err);
        if (rc != ERR_OK)
                return rc;
        rc = demo_fill(draft, mood, err);
        if (rc == ERR_OK)
                rc = follow_all(draft, mood, err);
        if (rc == ERR_OK)
                rc = draft_finalise(draft, ret, err);
        if (rc != ERR_OK)
                draft_discard(draft, NULL);
        else
                join_pool(demo, form, ret);
        return rc;
}

/* A form was changed so that the rows no longer fit: say which. */
static void explain(const char *form, const char *date, struct err *err)
{
        struct err reason = *err;
        err_set(err, ERR_REFUSED, _("no se pudo inventar la ficha %s del %s: %s"), form, date, reason.text);
}

/* On `date`, at five in the evening. */
static enum err_code record_on(struct demo *demo, const struct demo_event *event, const char *form_id, int64_t date,
                               json_t *fixed, struct id *ret, struct err *err)
{
        char text[DATE_TEXT];
        const struct form *form;
        struct datetime evening = {.days = date, .ms = 17 * 3600000, .offset = -300};
        double years = (double)(date - (demo->today - DAYS)) / 365.0;
        struct demo_mood mood = {.date = date, .school = event->school, .fixed = fixed, .pools = demo->pools,
                                 .twice = event->row->rare};
        mood.level = demo->levels[event->school] + demo->talents[event->person] + 0.08 * years;
        enum err_code rc = app_form(demo->app, form_id, &form, err);
        if (rc != ERR_OK)
                return rc;
        date_format(date, text);
        if (form->date >= 0 && !json_object_get(fixed, form->nodes[form->date].name))
                json_object_set_new(fixed, form->nodes[form->date].name, json_string(text));
        clock_test_set(&evening);
        rc = demo_record(demo, form_id, &mood, ret, err);
        if (rc == ERR_REFUSED)
                explain(form_id, text, err);
        return rc;
}

/* ---- What goes with it ---- */

static enum err_code happen_before(struct demo *demo, const struct demo_event *event, json_t *fixed, struct err *err)
{
        enum err_code rc = ERR_OK;
        for (size_t i = 0; rc == ERR_OK && i < ARRAY_LEN(before); i++) {
                struct id id;
                char text[ID_TEXT];
                struct demo_event earlier = *event;
                if (strcmp(before[i].form, event->row->form) != 0 || event->date < demo->today - RECENT)
                        continue;
                earlier.date -= before[i].days;
                json_t *answers = demo_answers(demo, &earlier, before[i].answers, "");
                rc = record_on(demo, &earlier, before[i].other, earlier.date, answers, &id, err);
                json_decref(answers);
                if (rc == ERR_OK)
                        json_object_set_new(fixed, before[i].question, json_string(id_format(&id, text)));
        }
        return rc;
}

static enum err_code happen_after(struct demo *demo, const struct demo_event *event, const struct id *made, struct err *err)
{
        char text[ID_TEXT];
        struct arena arena = {0};
        enum err_code rc = ERR_OK;
        for (size_t i = 0; rc == ERR_OK && i < ARRAY_LEN(after); i++) {
                if (strcmp(after[i].form, event->row->form) != 0)
                        continue;
                for (int n = atoi(demo_weighted(after[i].how_many, &arena)); rc == ERR_OK && n > 0; n--) {
                        struct id id;
                        json_t *answers = demo_answers(demo, event, after[i].answers, id_format(made, text));
                        rc = record_on(demo, event, after[i].other, event->date, answers, &id, err);
                        json_decref(answers);
                }
        }
        arena_release(&arena);
        return rc;
}

enum err_code demo_happen(struct demo *demo, const struct demo_event *event, struct err *err)
{
        struct id id;
        json_t *fixed = demo_answers(demo, event, event->row->answers, "");
        enum err_code rc = happen_before(demo, event, fixed, err);
        if (rc == ERR_OK)
                rc = record_on(demo, event, event->row->form, event->date, fixed, &id, err);
        if (rc == ERR_OK)
                rc = happen_after(demo, event, &id, err);
        json_decref(fixed);
        return rc;
}
