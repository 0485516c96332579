/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Revisions, the views derived from them, finding, searching and paging.  The
 * pages of every order are compared with a sort made here of the whole.
 */
#include "test_store_help.h"

#include "base/clock.h"
#include "base/str.h"
#include "base/utf8.h"

static char *hex_n(struct world *w, int n)
{
        struct id id = id_n(n);
        return id_format(&id, arena_alloc(&w->arena, ID_TEXT));
}

static int64_t count(struct world *w, struct store_query query)
{
        int64_t n = -1;
        OK(store_record_count(w->store, &query, &n, &w->err));
        struct store_record *records;
        int listed;
        query.limit = 10000;
        OK(store_record_list(w->store, &query, &w->arena, &records, &listed, &w->err));
        assert_int_equal(listed, n);
        return n;
}

static int64_t finds(struct world *w, const char *text)
{
        return count(w, (struct store_query){.text = text, .order = ORDER_TITLE});
}

/* ---- Revisions ---- */

static void test_revision_add_and_history(void **state)
{
        struct world *w = *state;
        struct store_record view = view_of(1, "visita", "Una"), found;
        struct hash parents[2] = {hash_text("p"), hash_text("q")};
        const char *bodies[] = {"{\"gen\":2}", "{\"gen\":1}", "{\"gen\":3}"};
        int64_t gens[] = {2, 1, 3};
        char *person = hex_n(w, 5);
        for (int i = 0; i < 3; i++) {
                struct store_revision revision = {.id = hash_text(bodies[i]),
                                                  .record = view.id,
                                                  .body = bodies[i],
                                                  .form = "visita",
                                                  .form_hash = hash_text("v"),
                                                  .state = RECORD_VALIDADO,
                                                  .gen = gens[i],
                                                  .parents = parents,
                                                  .parents_n = i,
                                                  .author = person,
                                                  .device = "equipo-1",
                                                  .date = "2026-03-01T08:00:00.000-05:00"};
                view.revision = revision.id;
                OK(store_revision_add(w->store, &revision, &view, NULL, 0, &w->err));
                OK(store_revision_add(w->store, &revision, &view, NULL, 0, &w->err)); /* known */
        }
        world_reopen(w);
        struct store_revision *all;
        int n;
        OK(store_history(w->store, &view.id, &w->arena, &all, &n, &w->err));
        assert_int_equal(n, 3);
        assert_string_equal(all[0].body, bodies[1]);
        assert_string_equal(all[1].body, bodies[0]);
        assert_string_equal(all[2].body, bodies[2]);
        assert_int_equal(all[2].parents_n, 2);
        assert_true(hash_equal(&all[2].parents[0], &parents[0]) &&
                    hash_equal(&all[2].parents[1], &parents[1]));
        assert_int_equal(all[1].parents_n, 0);
        assert_string_equal(all[0].author, person);
        assert_string_equal(all[0].device, "equipo-1");
        assert_string_equal(all[0].date, "2026-03-01T08:00:00.000-05:00");
        assert_string_equal(all[0].form, "visita");
        assert_int_equal(all[0].state, RECORD_VALIDADO);
        assert_int_equal(all[0].arrival, 2);
        OK(store_revisions_after(w->store, 1, 1, &w->arena, &all, &n, &w->err));
        assert_int_equal(n, 1);
        assert_int_equal(all[0].arrival, 2);
        OK(store_revisions_after(w->store, 3, 100, &w->arena, &all, &n, &w->err));
        assert_int_equal(n, 0);

        const char *body;
        OK(store_revision_body(w->store, &view.revision, &w->arena, &body, &w->err));
        assert_string_equal(body, bodies[2]);
        FAILS(ERR_NOT_FOUND, store_revision_body(w->store, &parents[0], &w->arena, &body, &w->err));
        OK(store_record_get(w->store, &view.id, &w->arena, &found, &w->err));
        assert_true(hash_equal(&found.revision, &view.revision));
}

static void test_body_must_hash_to_its_id(void **state)
{
        struct world *w = *state;
        struct store_record view = view_of(1, "visita", "Una");
        struct store_revision revision = {.id = hash_text("otro"),
                                          .record = view.id,
                                          .body = "{}",
                                          .form = "visita",
                                          .author = "",
                                          .device = "",
                                          .date = ""};
        FAILS(ERR_INVALID, store_revision_add(w->store, &revision, &view, NULL, 0, &w->err));
        revision.id = hash_text("{}");
        OK(store_revision_add(w->store, &revision, NULL, NULL, 0, &w->err)); /* no view yet */
        FAILS(ERR_NOT_FOUND, store_record_get(w->store, &view.id, &w->arena, &view, &w->err));
        OK(store_record_set(w->store, &view, NULL, 0, &w->err));
        OK(store_record_get(w->store, &view.id, &w->arena, &view, &w->err));
}

static void test_record_round_trip(void **state)
{
        struct world *w = *state;
        struct store_record view = view_of(1, "visita", "Una ñandú"), found;
        view.school = hex_n(w, 7);
        view.subject = "otra cosa";
        view.school_title = "I.E. 0123";
        view.date = "2026-03-01";
        view.author = hex_n(w, 8);
        view.state = RECORD_OBSERVADO;
        view.conflict = view.sensitive = true;
        view.parent = id_n(3);
        view.parent_question = "compromisos";
        view.search = "código";
        OK(add_view(w, &view, NULL, 0));
        OK(store_record_get(w->store, &view.id, &w->arena, &found, &w->err));
        assert_string_equal(found.form, "visita");
        assert_true(hash_equal(&found.form_hash, &view.form_hash));
        assert_true(hash_equal(&found.revision, &view.revision));
        assert_string_equal(found.title, view.title);
        assert_string_equal(found.school, view.school);
        assert_string_equal(found.subject, view.subject);
        assert_string_equal(found.school_title, view.school_title);
        assert_string_equal(found.date, view.date);
        assert_string_equal(found.author, view.author);
        assert_int_equal(found.state, RECORD_OBSERVADO);
        assert_true(found.conflict && found.sensitive);
        assert_true(id_equal(&found.parent, &view.parent));
        assert_string_equal(found.parent_question, "compromisos");
        assert_string_equal(found.search, "código");
        assert_string_equal(record_state_word(RECORD_OBSERVADO), "observado");
        assert_string_equal(record_state_word(RECORD_ANULADO), "anulado");
}

static void test_links_are_replaced(void **state)
{
        struct world *w = *state;
        struct store_record view = view_of(1, "compromiso", "Uno");
        struct store_link first[] = {{"colegio", id_n(7)}, {"docente", id_n(8)}},
                          second[] = {{"colegio", id_n(9)}};
        struct store_link *links;
        int n;
        OK(add_view(w, &view, first, 2));
        view = view_of(2, "compromiso", "Dos");
        OK(add_view(w, &view, first, 1));
        struct id seven = id_n(7), eight = id_n(8), nine = id_n(9), one = id_n(1);
        OK(store_links_to(w->store, &seven, &w->arena, &links, &n, &w->err));
        assert_int_equal(n, 2);
        assert_string_equal(links[0].question, "colegio");
        assert_true(id_equal(&links[0].to, &one));
        view = view_of(1, "compromiso", "Uno");
        OK(store_record_set(w->store, &view, second, 1, &w->err));
        OK(store_links_to(w->store, &seven, &w->arena, &links, &n, &w->err));
        assert_int_equal(n, 1);
        OK(store_links_to(w->store, &eight, &w->arena, &links, &n, &w->err));
        assert_int_equal(n, 0);
        OK(store_links_to(w->store, &nine, &w->arena, &links, &n, &w->err));
        assert_int_equal(n, 1);
}

static void test_views_can_be_made_again(void **state)
{
        struct world *w = *state;
        struct store_link link = {"colegio", id_n(7)}, *links;
        struct store_counts counts;
        int n;
        struct store_record view = view_of(1, "visita", "Cuñumbuque");
        OK(add_view(w, &view, &link, 1));
        add(w, 2, "visita", "Otra");
        OK(store_views_clear(w->store, &w->err));
        assert_int_equal(finds(w, "otra"), 0);
        assert_int_equal(count(w, (struct store_query){0}), 0);
        OK(store_links_to(w->store, &link.to, &w->arena, &links, &n, &w->err));
        assert_int_equal(n, 0);
        OK(store_counts(w->store, &counts, &w->err));
        assert_int_equal(counts.records, 0);
        assert_int_equal(counts.revisions, 2);
        OK(store_record_set(w->store, &view, &link, 1, &w->err));
        assert_int_equal(finds(w, "cunumb"), 1);
        OK(store_counts(w->store, &counts, &w->err));
        assert_int_equal(counts.records, 1);
        OK(store_check(w->store, &w->err));
}

/* ---- Finding ---- */

static void test_find(void **state)
{
        struct world *w = *state;
        struct id found, id = id_n(0x01020304), other = id;
        struct store_record view = view_of(1, "visita", "Una");
        char code[CODE_TEXT], hex[ID_TEXT], spaced[16];
        other.bytes[7] = 0x55; /* the same code: it begins with the same 35 bits */
        view.id = id;
        OK(add_view(w, &view, NULL, 0));
        id_code(&id, code);
        id_format(&id, hex);
        OK(store_record_find(w->store, hex, &found, &w->err));
        assert_true(id_equal(&found, &id));
        OK(store_record_find(w->store, code, &found, &w->err));
        snprintf(spaced, sizeof spaced, "%.4s-%s", code, code + 4);
        OK(store_record_find(w->store, spaced, &found, &w->err));
        hex[6] = '\0';
        OK(store_record_find(w->store, hex, &found, &w->err));
        OK(store_record_find(w->store, "A50000", &found, &w->err));
        hex[5] = '\0';
        FAILS(ERR_NOT_FOUND, store_record_find(w->store, hex, &found, &w->err));
        FAILS(ERR_NOT_FOUND, store_record_find(w->store, "", &found, &w->err));
        FAILS(ERR_NOT_FOUND, store_record_find(w->store, "a5000g", &found, &w->err));
        FAILS(ERR_NOT_FOUND, store_record_find(w->store, "ffffffff", &found, &w->err));
        view.id = other;
        OK(add_view(w, &view, NULL, 0));
        FAILS(ERR_INVALID, store_record_find(w->store, code, &found, &w->err));
        FAILS(ERR_INVALID, store_record_find(w->store, "a50000", &found, &w->err));
        OK(store_record_find(w->store, id_format(&other, hex), &found, &w->err));
        assert_true(id_equal(&found, &other));
}

static void test_find_by_code_of_many(void **state)
{
        struct world *w = *state;
        char code[CODE_TEXT];
        random_seed("codes");
        OK(store_begin(w->store, &w->err));
        struct id ids[200];
        for (int i = 0; i < 200; i++) {
                struct store_record view = view_of(i, "visita", "Una");
                view.id = ids[i] = id_new();
                OK(add_view(w, &view, NULL, 0));
        }
        OK(store_commit(w->store, &w->err));
        for (int i = 0; i < 200; i++) {
                struct id found;
                OK(store_record_find(w->store, id_code(&ids[i], code), &found, &w->err));
                assert_true(id_equal(&found, &ids[i]));
        }
}

static void test_previous(void **state)
{
        struct world *w = *state;
        static const char *const dates[] = {"2026-03-01", "2026-04-01", "2026-04-01", "2026-05-01"};
        char *school = hex_n(w, 900);
        struct store_record found;
        for (int i = 0; i < 4; i++) {
                struct store_record view = view_of(i, "visita", "Una");
                view.subject = school;
                view.date = dates[i];
                view.state = i == 3 ? RECORD_ANULADO : RECORD_CONCLUIDO;
                OK(add_view(w, &view, NULL, 0));
        }
        struct {
                const char *date;
                int except, wanted;
        } cases[] = {
                {"2026-04-15", -1, 2}, {"2026-04-01", 2, 1}, {"2026-03-31", -1, 0}, {"", -1, 2}, {"", 2, 1},
        };
        for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
                struct id except = id_n(cases[i].except), wanted = id_n(cases[i].wanted);
                OK(store_record_previous(w->store, "visita", school, cases[i].date,
                                         cases[i].except < 0 ? NULL : &except, &w->arena, &found, &w->err));
                assert_true(id_equal(&found.id, &wanted));
        }
        FAILS(ERR_NOT_FOUND, store_record_previous(w->store, "visita", school, "2026-02-28", NULL, &w->arena,
                                                   &found, &w->err));
        FAILS(ERR_NOT_FOUND,
              store_record_previous(w->store, "visita", "", "", NULL, &w->arena, &found, &w->err));
        FAILS(ERR_NOT_FOUND,
              store_record_previous(w->store, "otra", school, "", NULL, &w->arena, &found, &w->err));
}

/* ---- Searching ---- */

static void test_search(void **state)
{
        struct world *w = *state;
        add(w, 1, "visita", "I.E. N.° 0123 «Peñón Alto»");
        add(w, 2, "visita", "CONFIGURACIÓN de O'Higgins");
        struct store_record view = view_of(3, "visita", "Otra");
        view.search = "0474718 niña Ñahui";
        OK(add_view(w, &view, NULL, 0));
        static const struct {
                const char *text;
                int wanted;
        } cases[] = {
                {"penon", 1},
                {"PEÑÓN", 1},
                {"peñ", 1},
                {"alto peñ", 1},
                {"alto otra", 0},
                {"configuracion", 1},
                {"CONFIG", 1},
                {"0474", 1},
                {"0474718", 1},
                {"4718", 0},
                {"nina", 1},
                {"niña nahui", 1},
                {"o'hig", 1},
                {"i.e.", 1},
                {"n.° 0123", 1},
                {"0123", 1},
                {"xyz", 0},
                {"a", 1},
                {"o", 2},
                {"«peñ", 1},
                {"\"penon\"", 1},
                {"penon AND", 0},
                {"penon*", 1},
                {"-penon", 1},
                {"title:penon", 0},
                {"NEAR(penon alto)", 0},
                {"(penon", 1},
                {"penon^", 1},
                {"{penon}", 1},
                {"penon + alto", 1},
                {"\xff\xfe", 0},
                {"%_", 3},
                {"", 3},
                {"   ", 3},
                {"\"\"\"", 3},
                {"°", 0},
                {"a\tpe\n", 1},
                {"NOT", 0},
                {"OR", 0},
                {"; DROP TABLE record", 0},
                {"' OR 1=1 --", 0},
        };
        for (size_t i = 0; i < ARRAY_LEN(cases); i++)
                if (finds(w, cases[i].text) != cases[i].wanted)
                        fail_msg("«%s»: %d wanted", cases[i].text, cases[i].wanted);
        char *long_text = calloc(1, 40001);
        for (int i = 0; i < 20000; i++)
                memcpy(long_text + 2 * i, "z ", 2);
        assert_int_equal(finds(w, long_text), 0);
        free(long_text);
}

static void test_search_follows_records(void **state)
{
        struct world *w = *state;
        add(w, 1, "visita", "Moyobamba");
        assert_int_equal(finds(w, "moyo"), 1);
        struct store_record view = view_of(1, "visita", "Rioja");
        OK(add_view(w, &view, NULL, 0));
        assert_int_equal(finds(w, "moyo"), 0);
        assert_int_equal(finds(w, "rioja"), 1);
        OK(add_view(w, &view, NULL, 0));
        view.state = RECORD_ANULADO;
        OK(add_view(w, &view, NULL, 0));
        assert_int_equal(finds(w, "rioja"), 0);
        assert_int_equal(count(w, (struct store_query){.text = "rioja", .annulled = true}), 1);
        view.state = RECORD_CONCLUIDO;
        view.sensitive = true;
        OK(add_view(w, &view, NULL, 0));
        assert_int_equal(finds(w, "rioja"), 0);
        assert_int_equal(count(w, (struct store_query){.text = "rioja", .sensitive = true}), 1);
        OK(store_check(w->store, &w->err));
}

/* New records wait for the commit, whatever happens to them before; old ones do not; an undone transaction leaves nothing. */
static void test_words_put_off(void **state)
{
        struct world *w = *state;
        struct store_record view;
        add(w, 1, "visita", "Moyobamba");
        OK(store_begin(w->store, &w->err));
        OK(store_defer_words(w->store, &w->err));
        add(w, 2, "visita", "Rioja");
        view = view_of(2, "visita", "Nueva Rioja"); /* the same, again, before it has words */
        OK(add_view(w, &view, NULL, 0));
        view = view_of(1, "visita", "Tarapoto");
        OK(add_view(w, &view, NULL, 0));
        OK(store_commit(w->store, &w->err));
        assert_int_equal(finds(w, "rioja"), 1);
        assert_int_equal(finds(w, "nueva rioja"), 1);
        assert_int_equal(finds(w, "moyobamba"), 0);
        assert_int_equal(finds(w, "tarapoto"), 1);
        OK(store_check(w->store, &w->err));
        OK(store_begin(w->store, &w->err));
        OK(store_defer_words(w->store, &w->err));
        add(w, 3, "visita", "Lamas");
        store_rollback(w->store);
        add(w, 4, "visita", "Saposoa"); /* found at once: nothing is put off any more */
        assert_int_equal(finds(w, "lamas"), 0);
        assert_int_equal(finds(w, "saposoa"), 1);
        OK(store_check(w->store, &w->err));
}

/* ---- Lists ---- */

enum { MANY = 1000 };

struct made {
        struct id id;
        const char *date, *title;
        int arrival;
};

static enum record_order sort_order;

static int made_compare(const void *a, const void *b)
{
        const struct made *x = a, *y = b;
        int ids = memcmp(&x->id, &y->id, sizeof x->id), c = 0;
        if (sort_order == ORDER_DATE_DESC)
                c = strcmp(y->date, x->date);
        else if (sort_order == ORDER_ARRIVAL_DESC)
                c = y->arrival - x->arrival;
        else
                c = utf8_collate(x->title, y->title);
        return c ? c : sort_order == ORDER_TITLE ? ids : -ids;
}

static int made_by_arrival(const void *a, const void *b)
{
        return ((const struct made *)a)->arrival - ((const struct made *)b)->arrival;
}

static struct made *make_many(struct world *w)
{
        static const char *const names[] = {"Ñaña",  "nube",   "Nz", "Ángel", "angela",
                                            "zorro", "Órgano", "ñ",  "n",     "0123"};
        struct made *made = ARENA_ARRAY(&w->arena, struct made, MANY);
        OK(store_begin(w->store, &w->err));
        for (int i = 0; i < MANY; i++) {
                int n = i * 7919 % MANY;
                struct store_record view = view_of(n, n % 5 ? "visita" : "compromiso",
                                                   arena_printf(&w->arena, "%s %d", names[i % 10], i % 97));
                view.date = arena_printf(&w->arena, "2026-%02d-%02d", 1 + i % 12, 1 + i % 7);
                view.school = hex_n(w, 5000 + n % 3);
                view.subject = hex_n(w, 6000 + n % 4);
                view.parent = n % 6 ? (struct id){0} : id_n(7000);
                OK(add_view(w, &view, NULL, 0));
                made[i] = (struct made){view.id, view.date, view.title, i};
        }
        OK(store_commit(w->store, &w->err));
        return made;
}

static bool wanted(const struct made *made, const struct store_query *query, struct world *w)
{
        int n = made->id.bytes[14] << 8 | made->id.bytes[15];
        char *folded = query->text ? utf8_fold(made->title) : NULL;
        bool yes = (!query->form || str_equal(query->form, n % 5 ? "visita" : "compromiso")) &&
                   (!query->school || str_equal(query->school, hex_n(w, 5000 + n % 3))) &&
                   (!query->subject || str_equal(query->subject, hex_n(w, 6000 + n % 4))) &&
                   (!query->parent || n % 6 == 0) && (!query->text || str_starts(folded, query->text));
        free(folded);
        return yes;
}

/* All pages of a query, one after the other, are the sorted whole. */
static void check_pages(struct world *w, struct made *made, struct store_query query)
{
        struct store_record *page, last;
        int n, at = 0;
        int64_t total = 0, counted;
        sort_order = query.order;
        qsort(made, MANY, sizeof *made, made_compare);
        do {
                OK(store_record_list(w->store, &query, &w->arena, &page, &n, &w->err));
                for (int i = 0; i < n; i++, at++, total++) {
                        while (at < MANY && !wanted(&made[at], &query, w))
                                at++;
                        assert_true(at < MANY);
                        if (!id_equal(&page[i].id, &made[at].id))
                                fail_msg("order %d, row %d: %s, not %s", (int)query.order, at, page[i].title,
                                         made[at].title);
                }
                if (n) {
                        last = page[n - 1];
                        query.after = &last;
                }
        } while (n == query.limit);
        while (at < MANY)
                assert_false(wanted(&made[at++], &query, w));
        OK(store_record_count(w->store, &query, &counted, &w->err));
        assert_int_equal(counted, total);
        qsort(made, MANY, sizeof *made, made_by_arrival);
}

static void test_pages_equal_the_whole(void **state)
{
        struct world *w = *state;
        struct made *made = make_many(w);
        struct id parent = id_n(7000);
        const struct store_query queries[] = {
                {.limit = 64},
                {.form = "visita", .limit = 50},
                {.school = hex_n(w, 5001), .limit = 33},
                {.subject = hex_n(w, 6002), .limit = 7},
                {.parent = &parent, .limit = 10},
                {.form = "compromiso",
                 .school = hex_n(w, 5002),
                 .subject = hex_n(w, 6001),
                 .parent = &parent,
                 .limit = 3},
                {.text = "n", .limit = 40},
                {.text = "n", .form = "visita", .limit = 9},
                {.text = "angel", .school = hex_n(w, 5000), .limit = 9},
                {.limit = 5000},
                {.form = "no hay", .limit = 5},
        };
        for (size_t i = 0; i < ARRAY_LEN(queries); i++) {
                for (int order = ORDER_DATE_DESC; order <= ORDER_ARRIVAL_DESC; order++) {
                        struct store_query query = queries[i];
                        query.order = (enum record_order)order;
                        check_pages(w, made, query);
                }
        }
}

static void test_skip(void **state)
{
        struct world *w = *state;
        struct store_record *all, *page;
        int n, part;
        make_many(w);
        struct store_query query = {.form = "visita", .order = ORDER_TITLE, .limit = MANY};
        OK(store_record_list(w->store, &query, &w->arena, &all, &n, &w->err));
        query.skip = 700;
        query.limit = 10;
        OK(store_record_list(w->store, &query, &w->arena, &page, &part, &w->err));
        assert_int_equal(part, 10);
        assert_true(id_equal(&page[0].id, &all[700].id));
        query.after = &all[9];
        query.skip = 5;
        OK(store_record_list(w->store, &query, &w->arena, &page, &part, &w->err));
        assert_true(id_equal(&page[0].id, &all[15].id));
        query.after = NULL;
        query.skip = n;
        OK(store_record_list(w->store, &query, &w->arena, &page, &part, &w->err));
        assert_int_equal(part, 0);
}

/* Words that many records hold take another way than words that few do. */
static void test_common_words(void **state)
{
        struct world *w = *state;
        OK(store_begin(w->store, &w->err));
        for (int i = 0; i < 1500; i++)
                add(w, i, "visita",
                    arena_printf(&w->arena, "Escuela %04d %s", (i * 7) % 1500, i % 30 ? "" : "rara"));
        OK(store_commit(w->store, &w->err));
        assert_int_equal(finds(w, "escuela"), 1500);
        assert_int_equal(finds(w, "escuela rara"), 50);
        assert_int_equal(finds(w, "e 01"), 100);
        struct store_query query = {.text = "esc", .order = ORDER_TITLE, .limit = 100, .form = "visita"};
        struct store_record *page, last;
        int n, at = 0;
        do {
                OK(store_record_list(w->store, &query, &w->arena, &page, &n, &w->err));
                for (int i = 0; i < n; i++, at++)
                        assert_int_equal(atoi(page[i].title + 8), at);
                if (n)
                        last = page[n - 1];
                query.after = &last;
        } while (n == 100);
        assert_int_equal(at, 1500);
}

/* What a list with form_names must find, one record at a time: each word begins one of the title or of its form's names. */
static bool is_wanted(const char *title, const char *names, const char *text)
{
        char *words = xasprintf(" %s ", text), *all = xasprintf(" %s", title), *own = xasprintf(" %s", names);
        bool wanted = true;
        for (char *rest = words, *word; (word = strsep(&rest, " "));) {
                char *begins = xasprintf(" %s", word);
                wanted &= strstr(all, begins) || (strlen(word) >= 3 && strstr(own, begins));
                free(begins);
        }
        free(words);
        free(all);
        free(own);
        return wanted;
}

enum { NAMED_RECORDS = 240 };
static const char *const named_forms[][3] = {{"simae_docente", "Monitoreo a docente", "simae docente monitoreo a"},
                                             {"cap_sesion", "Bitácora de CAP", "cap sesion bitacora de"},
                                             {"acta", "Acta", "acta"}};

static void add_named(struct world *w)
{
        static const char *const words[] = {"penon", "docente", "cap", "alto", "actas", "monito"};
        for (size_t f = 0; f < ARRAY_LEN(named_forms); f++) {
                struct store_form form = form_of(named_forms[f][0], "1", false);
                form.title = form.short_title = named_forms[f][1];
                OK(store_form_put(w->store, &form, "x", &w->err));
        }
        for (int i = 0; i < NAMED_RECORDS; i++) {
                struct store_record view = view_of(i, named_forms[i % 7 % 3][0], words[i % 6]);
                view.title = arena_printf(&w->arena, "%s %s %03d", words[i % 6], words[i / 6 % 6], (i * 77) % NAMED_RECORDS);
                view.date = arena_printf(&w->arena, "2026-%02d-%02d", 1 + i % 12, 1 + i % 28);
                OK(add_view(w, &view, NULL, 0));
        }
}

/* Page by page, by key and by place, it is the whole list less what is not wanted. */
static void check_named(struct world *w, const char *text, enum record_order order)
{
        struct store_query all = {.order = order, .limit = 1000}, query = {.text = text, .form_names = true, .order = order, .limit = 7};
        struct store_record *records, *page, last;
        int n, part = 0, found = 0;
        OK(store_record_list(w->store, &all, &w->arena, &records, &n, &w->err));
        for (int i = 0; i < n; i++) {
                const char *names = "";
                for (size_t f = 0; f < ARRAY_LEN(named_forms); f++)
                        names = strcmp(named_forms[f][0], records[i].form) == 0 ? named_forms[f][2] : names;
                if (!is_wanted(records[i].title, names, text))
                        continue;
                if (found % 7 == 0) {
                        query.after = found ? &last : NULL;
                        OK(store_record_list(w->store, &query, &w->arena, &page, &part, &w->err));
                }
                if (found % 7 >= part || !id_equal(&page[found % 7].id, &records[i].id))
                        fail_msg("«%s», order %d: record %d is not %s", text, order, found, records[i].title);
                last = records[i];
                found++;
        }
        int64_t count;
        query.after = NULL;
        OK(store_record_count(w->store, &query, &count, &w->err));
        if (count != found)
                fail_msg("«%s»: %d, and the count is %d", text, found, (int)count);
        query.skip = found / 2;
        OK(store_record_list(w->store, &query, &w->arena, &page, &part, &w->err));
        assert_int_equal(part, found - found / 2 < 7 ? found - found / 2 : 7);
}

static void test_words_that_name_forms(void **state)
{
        static const char *const texts[] = {"docente", "doc", "do", "cap", "cap penon", "docente cap", "acta", "simae monit", "monitoreo alto",
                                            "bitacora docente actas", "nada", "penon nada", "a", "sesion 01", "docente docente"};
        struct world *w = *state;
        add_named(w);
        for (size_t i = 0; i < ARRAY_LEN(texts); i++)
                for (int order = ORDER_DATE_DESC; order <= ORDER_ARRIVAL_DESC; order++)
                        check_named(w, texts[i], order);
        /* Folded, and within one form only what its records say. */
        assert_true(count(w, (struct store_query){.text = "BITÁCORA", .form_names = true}) > 0);
        assert_int_equal(count(w, (struct store_query){.text = "bitacora", .form = "cap_sesion", .form_names = true}), 0);
        assert_int_equal(count(w, (struct store_query){.text = "bitacora"}), 0);
}

static void test_directory_and_hidden(void **state)
{
        struct world *w = *state;
        struct store_form school = form_of("institucion", "1", true);
        OK(store_form_put(w->store, &school, "x", &w->err));
        add(w, 1, "institucion", "Escuela");
        add(w, 2, "visita", "Visita");
        struct store_record view = view_of(3, "visita", "Anulada");
        view.state = RECORD_ANULADO;
        OK(add_view(w, &view, NULL, 0));
        view = view_of(4, "alerta", "Reservada");
        view.sensitive = true;
        OK(add_view(w, &view, NULL, 0));
        assert_int_equal(count(w, (struct store_query){0}), 1);
        assert_int_equal(count(w, (struct store_query){.form = ""}), 1);
        assert_int_equal(count(w, (struct store_query){.entities = true}), 1);
        assert_int_equal(count(w, (struct store_query){.form = "institucion"}), 1);
        assert_int_equal(count(w, (struct store_query){.annulled = true}), 2);
        assert_int_equal(count(w, (struct store_query){.sensitive = true}), 2);
        assert_int_equal(count(w, (struct store_query){.sensitive = true, .annulled = true}), 3);
        assert_int_equal(count(w, (struct store_query){.form = "alerta"}), 0);
}

int main(void)
{
#define OPEN(test) cmocka_unit_test_setup_teardown(test, world_open, world_free)
        const struct CMUnitTest tests[] = {
                OPEN(test_revision_add_and_history),
                OPEN(test_body_must_hash_to_its_id),
                OPEN(test_record_round_trip),
                OPEN(test_links_are_replaced),
                OPEN(test_views_can_be_made_again),
                OPEN(test_find),
                OPEN(test_find_by_code_of_many),
                OPEN(test_previous),
                OPEN(test_search),
                OPEN(test_words_put_off),
                OPEN(test_search_follows_records),
                OPEN(test_pages_equal_the_whole),
                OPEN(test_skip),
                OPEN(test_common_words),
                OPEN(test_words_that_name_forms),
                OPEN(test_directory_and_hidden),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
