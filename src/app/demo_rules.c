/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of demo.def, and chance. */
#include "demo_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

static const struct demo_rule rules[] = {
#define CHANCE(question, weights) {RULE_CHANCE, question, weights, 0, 0},
#define NUMBER(question, least, greatest) {RULE_NUMBER, question, "", least, greatest},
#define WORDS(question, words) {RULE_WORDS, question, words, 0, 0},
#define ROWS(question, least, greatest) {RULE_ROWS, question, "", least, greatest},
#include "demo.def"
};

/* 2 if a row is about this question of this form, 1 if of any, 0 if it is not about it. */
static int speaks_of(const char *named, const char *form, const char *question)
{
        const char *dot = strchr(named, '.');
        if (!dot)
                return strcmp(named, question) == 0;
        size_t len = (size_t)(dot - named);
        return strcmp(dot + 1, question) == 0 && strncmp(named, form, len) == 0 && !form[len] ? 2 : 0;
}

const struct demo_rule *demo_rule(enum demo_rules kind, const char *form, const char *question)
{
        const struct demo_rule *best = NULL;
        int found = 0;
        for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
                int fits = rules[i].kind == kind ? speaks_of(rules[i].question, form, question) : 0;
                if (fits > found) {
                        found = fits;
                        best = &rules[i];
                }
        }
        return best;
}

int demo_number(int least, int greatest)
{
        return least + (int)(random_unit() * (greatest - least + 1));
}

const char *demo_weighted(const char *weights, struct arena *arena)
{
        int total = 0;
        for (const char *p = weights; (p = strchr(p, ':')); p++)
                total += atoi(p + 1);
        int left = demo_number(1, total);
        for (const char *p = weights;; p = strchr(p, ' ') + 1) {
                const char *colon = strchr(p, ':');
                if ((left -= atoi(colon + 1)) <= 0)
                        return arena_strndup(arena, p, (size_t)(colon - p));
        }
}

const char *demo_one_of(const char *words, struct arena *arena)
{
        int n = 1;
        for (const char *p = words; (p = strchr(p, '|')); p++)
                n++;
        for (int skip = demo_number(0, n - 1); skip > 0; skip--)
                words = strchr(words, '|') + 1;
        return arena_strndup(arena, words, strcspn(words, "|"));
}
