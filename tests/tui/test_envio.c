/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From a laptop to its office and back, with the keys a person presses: export,
 * carry, import, acknowledge; the same bundle again; a lost one made good by the
 * next; in several parts.  SIMAE_ENVIO says how many visits (300; 10000 for the
 * long one).
 */
#include "flow.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "app/app.h"
#include "app/keys.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"

enum { FEW = 300, BIG_PATIENCE = 600000 };

struct two { struct place_of_test *laptop, office; int visits; char school[ID_TEXT]; };

static struct two two;

static int visits_wanted(void)
{
        const char *text = getenv("SIMAE_ENVIO");
        return text && atoi(text) > 0 ? atoi(text) : FEW;
}

/* ---- What was there before ---- */

static struct app *open_data(const char *data)
{
        const char *tree = getenv("SIMAE_TREE");
        char *forms = xasprintf("%s/forms", tree ? tree : ".");
        struct app_options options = {.dir = data, .forms_dir = forms, .create = true};
        struct app *app;
        struct datetime now;
        struct err err;
        datetime_parse("2026-04-13T08:00:00.000-05:00", -300, &now);
        clock_test_set(&now);
        if (app_open(&options, &app, &err) != ERR_OK)
                fail_msg("%s", err.text);
        free(forms);
        return app;
}

/* `text` has ' for each " of the JSON. */
static struct id add(struct app *app, const char *form, char *text)
{
        struct err_list problems = {0};
        struct err err = {0};
        struct id id;
        json_error_t error;
        for (char *c = text; *c; c++)
                if (*c == '\'')
                        *c = '"';
        json_t *answers = json_loads(text, 0, &error);
        assert_non_null(answers);
        if (record_create(app, form, answers, true, &problems, &id, &err) != ERR_OK)
                fail_msg("%s: %s: %s", form, err.text, problems.n ? problems.items[0].text : "");
        json_decref(answers);
        err_list_release(&problems);
        free(text);
        return id;
}

/* Visits that could not be made, each to the school of the directory; many in a few transactions. */
static void add_visits(int n)
{
        enum { AT_ONCE = 500 };
        struct app *app = open_data(two.laptop->data);
        struct err err;
        for (int i = 0; i < n; i++) {
                if (i % AT_ONCE == 0)
                        assert_int_equal(store_begin(app_store(app), &err), ERR_OK);
                add(app, "simae_docente",
                    xasprintf("{'ie':'%s','nivel':'B0','tipo_ie':'multigrado','area_geo':'rural','monitor_cargo':'mae',"
                              "'hora_inicio':'08:00','hora_fin':'09:00','visita_tipo':'inopinada','visita_lograda':'no',"
                              "'motivo_no':'otro','motivo_no_detalle':'Se cayó el puente %d'}", two.school, i));
                if (i % AT_ONCE == AT_ONCE - 1 || i == n - 1)
                        assert_int_equal(store_commit(app_store(app), &err), ERR_OK);
        }
        app_close(app);
        clock_test_set(NULL);
}

static void find_school(void)
{
        struct app *app = open_data(two.laptop->data);
        struct store_query query = {.form = "institucion", .order = ORDER_TITLE, .limit = 1};
        struct arena arena = {0};
        struct store_record *found;
        struct err err;
        int n;
        assert_int_equal(store_record_list(app_store(app), &query, &arena, &found, &n, &err), ERR_OK);
        assert_int_equal(n, 1);
        id_format(&found[0].id, two.school);
        arena_release(&arena);
        app_close(app);
}

static void found_office(char opens[AGE_RECIPIENT_TEXT], char signer[SIGN_PUBLIC_TEXT])
{
        struct app *app;
        struct err err;
        random_seed("oficina");
        app = open_data(two.office.data);
        struct id person = add(app, "persona", xstrdup("{'apellidos':'Leiva','nombres':'Luis','cargo':'mae','ugel':'060003'}"));
        assert_int_equal(app_profile_adopt(app, &person, &err), ERR_OK);
        assert_int_equal(office_make(two.office.data, NULL, &err), ERR_OK);
        assert_int_equal(office_public(two.office.data, opens, signer, &err), ERR_OK);
        app_close(app);
}

/* Each has accepted the other. */
static void exchange_keys(void)
{
        char opens[AGE_RECIPIENT_TEXT], signer[SIGN_PUBLIC_TEXT], own[SIGN_PUBLIC_TEXT];
        struct sign_key key;
        struct err err;
        found_office(opens, signer);
        struct app *app = open_data(two.laptop->data);
        assert_int_equal(app_signing_key(app, &key, &err), ERR_OK);
        sign_public_text(&key.public, own);
        sign_key_wipe(&key);
        app_close(app);
        assert_int_equal(keyring_accept(two.laptop->data, opens, "UGEL de prueba", &err), ERR_OK);
        assert_int_equal(keyring_accept(two.laptop->data, signer, "UGEL de prueba", &err), ERR_OK);
        assert_int_equal(keyring_accept(two.office.data, own, "Ana", &err), ERR_OK);
}

static int set_up(void **state)
{
        if (flow_place(state) != 0)
                return -1;
        two = (struct two){.laptop = *state, .visits = visits_wanted()};
        two.office = *two.laptop;
        snprintf(two.office.data, sizeof two.office.data, "%s/oficina", two.office.dir);
        flow_seed_directory(two.laptop);
        find_school();
        exchange_keys();
        vt_patience(BIG_PATIENCE);
        return 0;
}

static int leave(void **state)
{
        vt_patience(0);
        return flow_leave(state);
}

/* ---- What a person does ---- */

/* The folder of the stick that goes in that direction. */
static char *stick(const char *name)
{
        char *path = xasprintf("%s/%s", two.laptop->out, name);
        mkdir(path, 0700);
        return path;
}

static void type_path(const char *path)
{
        vt_keys("^U");
        vt_type(path);
        vt_keys("Enter");
}

/* From the first screen, and back to it. */
static void export_to(const char *folder, const char *seen)
{
        char *path = stick(folder);
        vt_keys("F6");
        type_path(path);
        vt_expect_has(seen);
        free(path);
}

static void import_from(const char *folder, const char *seen)
{
        char *path = stick(folder);
        vt_keys("^R");
        type_path(path);
        vt_expect_has(seen);
        flow_go_home(3);
        free(path);
}

static void empty_stick(const char *folder)
{
        char *path = stick(folder);
        flow_shell(NULL, "rm -f '%s'/*", path);
        free(path);
}

/* At one of the two; the program ends afterwards, as when the stick is taken elsewhere. */
static void at_laptop(void)
{
        flow_start(two.laptop, 24, 80);
        flow_expect_home();
}

static void at_office(void)
{
        flow_start(&two.office, 24, 80);
        flow_expect_home();
}

static void leave_home(void)
{
        flow_go_home(3);
        flow_quit();
}

static int64_t revisions_of(const char *data)
{
        struct app *app = open_data(data);
        struct store_counts counts;
        struct err err;
        assert_int_equal(store_counts(app_store(app), &counts, &err), ERR_OK);
        app_close(app);
        clock_test_set(NULL);
        return counts.revisions;
}

/* ---- The way there and back ---- */

static void everything_goes(void)
{
        char seen[64];
        int64_t all = revisions_of(two.laptop->data);
        at_laptop();
        snprintf(seen, sizeof seen, "%lld cambios sin exportar", (long long)all);
        vt_expect_has(seen);
        snprintf(seen, sizeof seen, "%lld fichas y %lld cambios", (long long)all, (long long)all);
        export_to("ida", seen);
        vt_expect_has("copiado y comprobado");
        flow_go_home(3);
        vt_expect_has("Todo lo concluido está exportado.");
        leave_home();
        at_office();
        snprintf(seen, sizeof seen, "%lld nuevos", (long long)all);
        import_from("ida", seen);
        snprintf(seen, sizeof seen, "%lld ya recibidos", (long long)all); /* the same bundle again */
        import_from("ida", seen);
        leave_home();
        assert_int_equal(revisions_of(two.office.data), all + 1);
        empty_stick("ida");
}

/* The office's answer, for all its laptops. */
static void the_office_answers(const char *seen)
{
        at_office();
        vt_keys("F6");
        vt_expect_has("Para: todas las laptops (1)");
        vt_keys("F4");
        vt_expect_has("Para: laptop Ana");
        vt_keys("Esc");
        export_to("vuelta", seen);
        leave_home();
}

static void it_is_acknowledged(void)
{
        the_office_answers("1 ficha y 1 cambio"); /* the person of the office */
        at_laptop();
        import_from("vuelta", "1 nuevo");
        vt_expect_has("La oficina tiene todo lo concluido.");
        vt_keys("F4 Enter");
        vt_expect_has("recibido UGEL");
        flow_go_home(3);
        export_to("ida", "No lleva cambios"); /* that its person came is still worth telling */
        leave_home();
        empty_stick("vuelta");
        at_office();
        import_from("ida", "ya recibidos");
        leave_home();
        empty_stick("ida");
        the_office_answers("No hay nada nuevo que llevar");
}

static void nothing_is_news(void)
{
        at_office();
        vt_keys("F6");
        char *path = stick("vuelta");
        type_path(path);
        vt_expect_has("No hay nada nuevo que llevar");
        vt_keys("Enter");
        vt_expect_has("copiado y comprobado");
        leave_home();
        at_laptop();
        import_from("vuelta", "ya recibidos");
        export_to("ida", "No hay nada nuevo que llevar");
        leave_home();
        empty_stick("vuelta");
        empty_stick("ida");
        free(path);
}

static void a_lost_one_is_made_good(void)
{
        add_visits(2);
        at_laptop();
        vt_expect_has("2 cambios sin exportar.");
        export_to("ida", "2 fichas y 2 cambios");
        leave_home();
        empty_stick("ida"); /* the stick was lost */
        add_visits(1);
        at_laptop();
        vt_expect_has("1 cambio sin exportar. Sin confirmar: 3");
        export_to("ida", "3 fichas y 3 cambios");
        leave_home();
        at_office();
        import_from("ida", "3 nuevos");
        leave_home();
        the_office_answers("copiado y comprobado");
        at_laptop();
        import_from("vuelta", "0 nuevos");
        vt_expect_has("La oficina tiene todo lo concluido.");
        leave_home();
        assert_int_equal(revisions_of(two.office.data), revisions_of(two.laptop->data));
}

static void there_and_back(void **state)
{
        (void)state;
        add_visits(two.visits);
        everything_goes();
        it_is_acknowledged();
        nothing_is_news();
        a_lost_one_is_made_good();
}

/* ---- Too much for one bundle ---- */

enum { MANY = 30, PARTS_AT_LEAST = 3 };

static int bundles_in(const char *folder)
{
        char *path = stick(folder), *said = NULL;
        flow_shell(&said, "ls '%s' | grep -c '^SIMAE-[A-Z0-9-]*\\.simae$'", path);
        int n = atoi(said);
        free(said);
        free(path);
        return n;
}

static void in_several_parts(void **state)
{
        char seen[64];
        (void)state;
        add_visits(MANY);
        int64_t all = revisions_of(two.laptop->data);
        flow_start_with(two.laptop, 24, 80, "SIMAE_TEST_PART=8000");
        flow_expect_home();
        export_to("ida", "paquetes; el último es el que se nombra. Llévelos todos.");
        vt_expect_has("copiado y comprobado");
        int parts = bundles_in("ida");
        assert_true(parts >= PARTS_AT_LEAST);
        snprintf(seen, sizeof seen, "%d paquetes; el último", parts);
        vt_expect_has(seen);
        flow_go_home(3);
        vt_expect_has("Todo lo concluido está exportado.");
        leave_home();
        at_office();
        snprintf(seen, sizeof seen, "De %d archivos, en total: %lld nuevos", parts, (long long)all);
        import_from("ida", seen);
        snprintf(seen, sizeof seen, "%lld ya recibidos", (long long)all);
        import_from("ida", seen);
        leave_home();
        assert_int_equal(revisions_of(two.office.data), all + 1); /* its own person */
        the_office_answers("copiado y comprobado");
        at_laptop();
        import_from("vuelta", "1 nuevo");
        vt_expect_has("La oficina tiene todo lo concluido.");
        leave_home();
}

int main(void)
{
        const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(there_and_back, set_up, leave),
                                           cmocka_unit_test_setup_teardown(in_several_parts, set_up, leave)};
        return cmocka_run_group_tests(tests, NULL, NULL);
}
