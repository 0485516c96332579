/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The print screen, from a record, the review of a draft and the list of new records. */
#include "test_app.h"

#include "ui/form_screen.h"
#include "ui/screens.h"

static struct ui ui;

static void press(uint32_t code)
{
        struct key key = key_of_code(code);
        ui_key(&ui, &key);
        ui_draw(&ui);
}

static void begin(struct world *w)
{
        setenv("PATH", w->dir, 1); /* no printer, whatever the machine has */
        ui_init(&ui, w->app, 24, 80);
}

static const char *top_name(void)
{
        return ui.top ? ui.top->class->name : "nothing";
}

static void is_saved(struct world *w, const char *folder, const char *pattern)
{
        setenv("PATH", "/usr/bin:/bin", 1);
        if (shell("ls '%s'/%s >/dev/null 2>&1", folder, pattern) != 0)
                fail_msg("there is no %s/%s", folder, pattern);
        setenv("PATH", w->dir, 1);
}

static void a_record_is_printed_into_the_folder_of_simae(void **state)
{
        struct world *w = *state;
        struct id record = make_visit(w, NULL);
        char folder[128];
        begin(w);
        assert_non_null(screen_record_open(&ui, &record));
        press(K_F5);
        assert_string_equal(top_name(), "print");
        press(K_ENTER);
        snprintf(folder, sizeof folder, "%s/salida", w->data);
        is_saved(w, folder, "visita-*.html");
        press(K_F2);
        is_saved(w, folder, "visita-*.txt");
        /* Without a printer its key does nothing. */
        press(K_F5);
        assert_string_equal(top_name(), "print");
        press(K_ESC);
        assert_string_equal(top_name(), "record");
        ui_release(&ui);
}

static void the_folder_typed_is_proposed_again(void **state)
{
        struct world *w = *state;
        begin(w);
        screen_print_blank(&ui, "visita");
        for (const char *c = w->out; *c; c++) {
                struct key key = {.kind = KEY_KIND_CHAR, .code = (uint32_t)*c};
                ui_key(&ui, &key);
        }
        press(K_F2);
        is_saved(w, w->out, "visita-en-blanco.txt");
        press(K_ESC);
        screen_print_blank(&ui, "persona");
        press(K_ENTER);
        is_saved(w, w->out, "persona-en-blanco.html");
        ui_release(&ui);
}

static void a_reserved_record_only_says_why_not(void **state)
{
        struct world *w = *state;
        struct id record = make(w, "alerta", answers_of(w, "{'ie':'%s','rama':'violencia','hechos':'X'}", w->school));
        begin(w);
        assert_non_null(screen_record_open(&ui, &record));
        press(K_F5);
        assert_string_equal(top_name(), "record");
        assert_has(ui.message, "reservada");
        ui_release(&ui);
}

static void a_draft_is_printed_from_its_review(void **state)
{
        struct world *w = *state;
        struct draft *draft = begin_visit(w);
        begin(w);
        screen_review_open(&ui, draft);
        press(K_F5);
        assert_string_equal(top_name(), "print");
        press(K_ENTER);
        char folder[128];
        snprintf(folder, sizeof folder, "%s/salida", w->data);
        is_saved(w, folder, "visita-borrador.html");
        ui_release(&ui);
        OK(draft_discard(draft, &w->err));
}

static int world_ended(void **state)
{
        setenv("PATH", "/usr/bin:/bin", 1);
        return world_free(state);
}
#define CASE(name) cmocka_unit_test_setup_teardown(name, world_filled, world_ended)

int main(void)
{
        const struct CMUnitTest tests[] = {
                CASE(a_record_is_printed_into_the_folder_of_simae),
                CASE(the_folder_typed_is_proposed_again),
                CASE(a_reserved_record_only_says_why_not),
                CASE(a_draft_is_printed_from_its_review),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
