/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finding people with two records (contract in app/people.h).  Everybody is
 * read once; only those with a document, the surnames, or the UGEL and the
 * beginning of the surname in common are compared.
 */
#include "app/people.h"

#include <stdlib.h>
#include <string.h>

#include "app_priv.h"
#include "base/utf8.h"

struct person {
        struct id id;
        const char *title, *surnames, *names, *whole, *document, *ugel,
                *apart; /* folded: surnames, names, whole */
};

struct crowd {
        struct person *items;
        int n, room;
        const char *ugel; /* of those wanted; NULL: all */
        struct arena *arena;
};

static const char *folded(struct arena *arena, const char *text)
{
        char *plain = utf8_fold(text);
        const char *kept = arena_strdup(arena, plain);
        free(plain);
        return kept;
}

static enum err_code add_person(void *ctx, const struct store_record *record, const char *const *answers,
                                struct err *err)
{
        struct crowd *crowd = ctx;
        struct arena *arena = crowd->arena;
        (void)err;
        if (crowd->ugel && strcmp(answers[3], crowd->ugel) != 0)
                return ERR_OK;
        if (crowd->n == crowd->room) {
                crowd->room = crowd->room ? 2 * crowd->room : 256;
                crowd->items = xrealloc(crowd->items, (size_t)crowd->room * sizeof *crowd->items);
        }
        struct person *person = &crowd->items[crowd->n++];
        *person = (struct person){.id = record->id,
                                  .title = arena_strdup(arena, record->title),
                                  .surnames = folded(arena, answers[0]),
                                  .names = folded(arena, answers[1]),
                                  .document = arena_strdup(arena, answers[2]),
                                  .ugel = arena_strdup(arena, answers[3]),
                                  .apart = arena_strdup(arena, answers[4])};
        person->whole = arena_printf(arena, "%s %s", person->surnames, person->names);
        return ERR_OK;
}

static enum err_code read_crowd(struct app *app, struct crowd *crowd, struct err *err)
{
        static const char *const names[] = {"apellidos", "nombres", "dni", "ugel", "distinta_de"};
        struct store_query query = {.form = "persona", .order = ORDER_TITLE};
        return store_walk(app->store, &query, names, (int)ARRAY_LEN(names), add_person, crowd, err);
}

/* ---- Comparing two ---- */

static bool told_apart(const struct person *a, const struct person *b)
{
        char a_id[ID_TEXT], b_id[ID_TEXT];
        return strstr(a->apart, id_format(&b->id, b_id)) || strstr(b->apart, id_format(&a->id, a_id));
}

/* Every word of `few` is the beginning of a later word of `many`: "r." and "rosa maria", "maria" and "rosa
 * maria". */
static bool is_part_of(const char *few, const char *many)
{
        while (*few) {
                size_t len = strcspn(few, " .");
                while (*many && strncmp(many, few, len) != 0) {
                        many += strcspn(many, " ");
                        many += strspn(many, " ");
                }
                if (!*many)
                        return false;
                many += strcspn(many, " ");
                many += strspn(many, " ");
                few += len;
                few += strspn(few, " .");
        }
        return true;
}

static bool one_ugel(const struct person *a, const struct person *b)
{
        return !*a->ugel || !*b->ugel || strcmp(a->ugel, b->ugel) == 0;
}

static int least(int a, int b)
{
        return a < b ? a : b;
}

/* True if at most two letters must be put in, taken out or changed; texts of the folded alphabet, one byte a
 * letter. */
static bool nearly_alike(const char *a, const char *b)
{
        enum { LETTERS = 80, MOST = 2, SHORTEST = 8 };
        int rows[2][LETTERS + 1], n = (int)strlen(a), m = (int)strlen(b);
        if (n > LETTERS || m > LETTERS || n < SHORTEST || m < SHORTEST || abs(n - m) > MOST)
                return false;
        for (int k = 0; k <= m; k++)
                rows[0][k] = k;
        for (int i = 1; i <= n; i++) {
                int *now = rows[i % 2], *last = rows[(i - 1) % 2], best = now[0] = i;
                for (int k = 1; k <= m; k++) {
                        now[k] = least(least(now[k - 1], last[k]) + 1, last[k - 1] + (a[i - 1] != b[k - 1]));
                        best = least(best, now[k]);
                }
                if (best > MOST)
                        return false;
        }
        return rows[n % 2][m] <= MOST;
}

enum reason { SAME_DOCUMENT, SAME_NAME, PART_OF_NAME, NEAR_NAME, NO_REASON };

static enum reason compare(const struct person *a, const struct person *b)
{
        bool documents = *a->document && *b->document;
        if (told_apart(a, b) || (documents && strcmp(a->document, b->document) != 0))
                return NO_REASON;
        if (documents)
                return SAME_DOCUMENT;
        bool surnames = *a->surnames && strcmp(a->surnames, b->surnames) == 0;
        if (surnames && strcmp(a->names, b->names) == 0)
                return SAME_NAME;
        if (surnames && one_ugel(a, b) && *a->names && *b->names &&
            (is_part_of(a->names, b->names) || is_part_of(b->names, a->names)))
                return PART_OF_NAME;
        return one_ugel(a, b) && nearly_alike(a->whole, b->whole) ? NEAR_NAME : NO_REASON;
}

/* ---- All that may be alike ---- */

struct candidate {
        const struct person *a, *b;
        enum reason reason;
};
struct candidates {
        struct candidate *items;
        int n, room;
};

static void add_candidate(struct candidates *list, const struct person *a, const struct person *b)
{
        enum reason reason = compare(a, b);
        if (reason == NO_REASON)
                return;
        if (list->n == list->room) {
                list->room = list->room ? 2 * list->room : 64;
                list->items = xrealloc(list->items, (size_t)list->room * sizeof *list->items);
        }
        bool swap = memcmp(a->id.bytes, b->id.bytes, ID_BYTES) > 0;
        list->items[list->n++] = (struct candidate){swap ? b : a, swap ? a : b, reason};
}

static int by_document(const void *a, const void *b)
{
        return strcmp(((const struct person *)a)->document, ((const struct person *)b)->document);
}

static int by_surnames(const void *a, const void *b)
{
        return strcmp(((const struct person *)a)->surnames, ((const struct person *)b)->surnames);
}

enum { BEGINNING = 2 };

/* Letters may differ anywhere but at the very beginning. */
static int by_beginning(const void *a, const void *b)
{
        const struct person *x = a, *y = b;
        return strncmp(x->surnames, y->surnames, BEGINNING);
}

typedef int order_of_people(const void *a, const void *b);

/* Each with each, among those that the order takes for equal. Pages of one block are bounded by what people
 * have in common. */
static void compare_blocks(struct person *people, int n, order_of_people *order,
                           bool (*counts)(const struct person *), struct candidates *list)
{
        if (n)
                qsort(people, (size_t)n, sizeof *people, order);
        for (int from = 0, to; from < n; from = to) {
                for (to = from + 1; to < n && order(&people[from], &people[to]) == 0;)
                        to++;
                for (int i = from; i < to && counts(&people[from]); i++)
                        for (int k = i + 1; k < to; k++)
                                add_candidate(list, &people[i], &people[k]);
        }
}

static bool has_document(const struct person *person)
{
        return *person->document != '\0';
}

static bool has_surnames(const struct person *person)
{
        return *person->surnames != '\0';
}

static int by_pair(const void *a, const void *b)
{
        const struct candidate *x = a, *y = b;
        int order = memcmp(x->a->id.bytes, y->a->id.bytes, ID_BYTES);
        if (!order)
                order = memcmp(x->b->id.bytes, y->b->id.bytes, ID_BYTES);
        return order ? order : (int)x->reason - (int)y->reason;
}

static int by_reason(const void *a, const void *b)
{
        const struct candidate *x = a, *y = b;
        int order = (int)x->reason - (int)y->reason;
        if (!order)
                order = strcmp(x->a->whole, y->a->whole);
        return order ? order : by_pair(a, b);
}

/* Of the same pair, once. */
static void drop_repeated(struct candidates *list)
{
        int kept = 0;
        if (list->n)
                qsort(list->items, (size_t)list->n, sizeof *list->items, by_pair);
        for (int i = 0; i < list->n; i++)
                if (!kept || !id_equal(&list->items[kept - 1].a->id, &list->items[i].a->id) ||
                    !id_equal(&list->items[kept - 1].b->id, &list->items[i].b->id))
                        list->items[kept++] = list->items[i];
        list->n = kept;
        if (kept)
                qsort(list->items, (size_t)kept, sizeof *list->items, by_reason);
}

static int references_to(struct app *app, const struct id *id)
{
        struct arena arena = {0};
        struct store_link *links;
        int n = 0;
        if (store_links_to(app->store, id, &arena, &links, &n, NULL) != ERR_OK)
                n = 0;
        arena_release(&arena);
        return n;
}

static struct people_pair to_pair(struct app *app, const struct candidate *candidate)
{
        static const char *const words[] = {[SAME_DOCUMENT] = _("el mismo documento"),
                                            [SAME_NAME] = _("los mismos apellidos y nombres"),
                                            [PART_OF_NAME] = _("los mismos apellidos, nombres abreviados"),
                                            [NEAR_NAME] = _("una o dos letras de diferencia")};
        const struct person *a = candidate->a, *b = candidate->b;
        if (references_to(app, &b->id) > references_to(app, &a->id)) {
                const struct person *swap = a;
                a = b;
                b = swap;
        }
        return (struct people_pair){.a = a->id,
                                    .b = b->id,
                                    .a_title = a->title,
                                    .b_title = b->title,
                                    .why = words[candidate->reason]};
}

/* Pointers to people would not survive their sorting again: each order works on a copy of its own. */
static void find_candidates(struct crowd *crowd, struct candidates *list)
{
        static const struct {
                order_of_people *order;
                bool (*counts)(const struct person *);
        } blocks[] = {{by_document, has_document}, {by_surnames, has_surnames}, {by_beginning, has_surnames}};
        for (size_t i = 0; i < ARRAY_LEN(blocks); i++) {
                struct person *copy = ARENA_ARRAY(crowd->arena, struct person, crowd->n ? crowd->n : 1);
                if (crowd->n)
                        memcpy(copy, crowd->items, (size_t)crowd->n * sizeof *copy);
                compare_blocks(copy, crowd->n, blocks[i].order, blocks[i].counts, list);
        }
        drop_repeated(list);
}

enum err_code people_duplicates(struct app *app, const char *ugel, struct arena *arena,
                                const struct people_pair **ret, int *ret_n, struct err *err)
{
        struct crowd crowd = {.ugel = ugel, .arena = arena};
        struct candidates list = {0};
        enum err_code rc = read_crowd(app, &crowd, err);
        if (rc == ERR_OK) {
                find_candidates(&crowd, &list);
                struct people_pair *pairs = ARENA_ARRAY(arena, struct people_pair, list.n ? list.n : 1);
                for (int i = 0; i < list.n; i++)
                        pairs[i] = to_pair(app, &list.items[i]);
                *ret = pairs;
                *ret_n = list.n;
        }
        free(crowd.items);
        free(list.items);
        return rc;
}
