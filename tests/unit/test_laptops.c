/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whom an office believes: bundles held until words were compared, keys that
 * pretend, files of keys and each of their bytes, the quarterly test, and the
 * screen where a person decides.
 */
#include "test_app.h"

#include "app/back.h"
#include "app/incoming.h"
#include "app/keys_file.h"
#include "app/laptops.h"
#include "app/passphrase.h"
#include "store/laptops.h"
#include "ui/screens.h"

/* ---- The office beside the laptop w->app ---- */

struct two {
        struct world *w;
        struct app *office;
        char dir[96], signer[SIGN_PUBLIC_TEXT]; /* of the laptop */
};

static struct app *open_at(struct world *w, const char *dir)
{
        struct app *app;
        struct app_options options = {.dir = dir, .forms_dir = w->forms, .create = true};
        OK(app_open(&options, &app, &w->err));
        return app;
}

static struct two begin(struct world *w)
{
        struct two t = {.w = w};
        char recipient[AGE_RECIPIENT_TEXT], signer[SIGN_PUBLIC_TEXT];
        snprintf(t.dir, sizeof t.dir, "%s/ugel", w->dir);
        t.office = open_at(w, t.dir);
        OK(office_make(t.dir, NULL, &w->err));
        OK(app_office_set_name(t.office, "UGEL de prueba", &w->err));
        OK(office_public(t.dir, recipient, signer, &w->err));
        OK(keyring_accept(w->data, recipient, "UGEL de prueba", &w->err));
        app_signer(w->app, t.signer);
        return t;
}

static struct import_counts take(struct two *t, struct app *to, const char *path)
{
        struct world *w = t->w;
        struct import_result got;
        OK(app_import(to, path, NULL, NULL, NULL, &got, &w->err));
        struct import_counts counts = got.total;
        import_release(&got);
        return counts;
}

static const char *export_of(struct two *t, struct app *from)
{
        struct world *w = t->w;
        struct export_result sent;
        struct export_options options = {.to = w->out};
        OK(app_export(from, &options, &sent, &w->err));
        return arena_strdup(&w->arena, sent.path);
}

/* From the office, for all laptops. */
static enum err_code send_back(struct two *t, struct export_result *ret)
{
        struct world *w = t->w;
        struct export_options options = {.to = w->out, .back = BACK_ALL};
        return app_export(t->office, &options, ret, &w->err);
}

/* The office's file of keys as it is before it knows the laptop, accepted there. */
static void take_office_keys(struct two *t)
{
        struct world *w = t->w;
        struct keys_file file;
        char path[KEYS_FILE_PATH];
        OK(keys_file_save(t->office, w->out, path, &w->err));
        OK(keys_file_read(w->app, path, &file, &w->err));
        assert_false(file.accepts);
        OK(keys_file_accept(w->app, &file, &w->err));
        keys_file_release(&file);
}

static struct laptop only_laptop(struct two *t, struct app *app)
{
        struct world *w = t->w;
        struct laptop *list;
        int n;
        OK(app_laptops(app, &w->arena, &list, &n, &w->err));
        assert_int_equal(n, 1);
        return list[0];
}

static struct store_counts counts_of(struct two *t, struct app *app)
{
        struct world *w = t->w;
        struct store_counts found;
        OK(store_counts(app_store(app), &found, &w->err));
        return found;
}

/* ---- Held and accepted ---- */

static void an_unknown_laptop_waits_until_it_is_accepted(void **state)
{
        struct world *w = *state;
        struct two t = begin(w);
        struct store_peer *peers;
        struct export_result sent;
        int64_t released;
        int n;
        const char *path = export_of(&t, w->app);
        take_office_keys(&t);
        struct import_counts counts = take(&t, t.office, path);
        assert_int_equal(counts.waiting, 2);
        assert_int_equal(counts.added, 0);
        assert_int_equal(counts_of(&t, t.office).revisions, 0);
        struct laptop laptop = only_laptop(&t, t.office);
        assert_int_equal(laptop.state, LAPTOP_PENDING);
        assert_int_equal(laptop.waiting, 2);
        assert_string_equal(laptop.key, t.signer);
        char words[WORDS_TEXT];
        key_words(t.signer, words);
        assert_string_equal(laptop.words, words);
        REFUSES(ERR_REFUSED, "todavía no se aceptó ninguna laptop", send_back(&t, &sent)); /* nothing it says is believed */
        OK(app_laptop_accept(t.office, t.signer, "Laptop 7", &released, &w->err));
        assert_int_equal(released, 2);
        assert_int_equal(counts_of(&t, t.office).revisions, 2);
        laptop = only_laptop(&t, t.office);
        assert_int_equal(laptop.state, LAPTOP_ACCEPTED);
        assert_string_equal(laptop.name, "Laptop 7");
        OK(send_back(&t, &sent)); /* it has those, and is told so at once */
        assert_int_equal(sent.revisions, 0);
        assert_string_equal(app_enrolment_words(w->app, &w->arena), "");
        take(&t, w->app, sent.path);
        assert_string_equal(app_enrolment_words(w->app, &w->arena), "UGEL de prueba aceptó esta laptop (14/04/2026).");
        assert_int_equal(take(&t, t.office, path).known, 2);
        OK(store_peer_list(app_store(t.office), &w->arena, &peers, &n, &w->err));
        assert_int_equal(n, 1);
        app_close(t.office);
}

static void a_lost_laptop_waits_everywhere_and_what_came_stays(void **state)
{
        struct world *w = *state;
        struct two t = begin(w);
        OK(app_laptop_accept(t.office, t.signer, NULL, NULL, &w->err));
        assert_int_equal(take(&t, t.office, export_of(&t, w->app)).added, 2);
        OK(app_laptop_revoke(t.office, t.signer, &w->err));
        make_visit(w, NULL);
        struct import_counts counts = take(&t, t.office, export_of(&t, w->app));
        assert_int_equal(counts.known, 2);
        assert_int_equal(counts.waiting, 2);
        assert_int_equal(counts_of(&t, t.office).revisions, 2);
        assert_int_equal(only_laptop(&t, t.office).state, LAPTOP_REVOKED);
        assert_int_equal(app_laptops_pending(t.office), 0);
        REFUSES(ERR_NOT_FOUND, "no hay una sola clave", app_laptop_revoke(t.office, office_text(), &w->err));
        app_close(t.office);
}

/* A start releases too: the file of keys was written and the program ended. */
static void accepted_in_the_file_alone_is_released_at_the_next_start(void **state)
{
        struct world *w = *state;
        struct two t = begin(w);
        take(&t, t.office, export_of(&t, w->app));
        OK(keyring_accept(t.dir, t.signer, "", &w->err));
        app_close(t.office);
        t.office = open_at(w, t.dir);
        assert_int_equal(counts_of(&t, t.office).revisions, 2);
        app_close(t.office);
}

/* ---- Forged ones ---- */

static struct sign_key key_of(const char *text)
{
        unsigned char seed[SIGN_SEED] = "";
        struct sign_key key;
        strncpy((char *)seed, text, SIGN_SEED);
        sign_key_from_seed(seed, &key);
        return key;
}

/* A bundle of one revision, the laptop's first, that says to be of `device` and is signed by `key`. */
static const char *forge(struct two *t, struct app *from, const struct sign_key *key, const char *body)
{
        struct world *w = t->w;
        char recipient[AGE_RECIPIENT_TEXT], signer[SIGN_PUBLIC_TEXT];
        struct age_recipient office;
        struct id bundle = id_new(), device = store_device(app_store(from));
        struct hash hash = hash_of(body, strlen(body));
        struct bundle_info info = {.when = "2026-04-14T09:30:00.000-05:00", .program = "simae", .name = "Alguien", .revisions = 1,
                                   .records = 1};
        struct bundle_writer *writer;
        OK(office_public(t->dir, recipient, signer, &w->err));
        OK(age_recipient_parse(recipient, &office, &w->err));
        struct bundle_seal seal = {.recipients = &office, .recipients_n = 1, .key = key};
        id_format(&bundle, info.bundle);
        id_format(&device, info.from);
        const char *path = arena_printf(&w->arena, "%s/%s.simae", w->out, info.bundle);
        OK(bundle_writer_new(path, &info, &seal, &writer, &w->err));
        OK(bundle_add_revision(writer, &hash, body, &w->err));
        OK(bundle_finish(writer, &w->err));
        bundle_writer_free(writer);
        return path;
}

static const char *body_of_school(struct world *w)
{
        struct store_revision *history;
        struct id school = id_of(w->school);
        int n;
        OK(store_history(app_store(w->app), &school, &w->arena, &history, &n, &w->err));
        return history[0].body;
}

static const char *text_of_key(struct world *w, const struct sign_key *key)
{
        char text[SIGN_PUBLIC_TEXT];
        sign_public_text(&key->public, text);
        return arena_strdup(&w->arena, text);
}

static void another_key_for_a_known_device_is_held(void **state)
{
        struct world *w = *state;
        struct two t = begin(w);
        struct sign_key other = key_of("another laptop");
        const char *other_text = text_of_key(w, &other);
        OK(app_laptop_accept(t.office, t.signer, "Laptop 7", NULL, &w->err));
        assert_int_equal(take(&t, t.office, export_of(&t, w->app)).added, 2);
        struct import_result got;
        OK(app_import(t.office, forge(&t, w->app, &other, "{\"f\":1}"), NULL, NULL, NULL, &got, &w->err));
        assert_int_equal(got.total.waiting, 1);
        assert_has(got.waits, "pero la firma otra clave");
        import_release(&got);
        /* Accepted as a laptop of its own, it still is not that one. */
        OK(keyring_accept(t.dir, other_text, "Laptop 8", &w->err));
        assert_int_equal(take(&t, t.office, forge(&t, w->app, &other, "{\"f\":2}")).waiting, 1);
        struct laptop *list;
        int n;
        OK(app_laptops(t.office, &w->arena, &list, &n, &w->err));
        assert_int_equal(n, 2);
        assert_int_equal(list[0].state, LAPTOP_PENDING);
        assert_string_equal(list[0].rival, t.signer);
        assert_has(laptop_accept_words(&list[0], &w->arena), "¡Cuidado!");
        /* A person who looked decides; then both are. */
        int64_t released;
        OK(app_laptop_accept(t.office, other_text, NULL, &released, &w->err));
        assert_int_equal(released, 2);
        assert_int_equal(take(&t, t.office, export_of(&t, w->app)).known, 2);
        app_close(t.office);
}

static void a_name_that_is_a_key_is_only_a_name(void **state)
{
        struct world *w = *state;
        struct two t = begin(w);
        struct sign_key other = key_of("another laptop");
        OK(app_laptop_accept(t.office, text_of_key(w, &other), t.signer, NULL, &w->err));
        assert_int_equal(take(&t, t.office, export_of(&t, w->app)).waiting, 2);
        app_close(t.office);
}

static void what_is_released_waits_for_its_form_or_is_set_aside(void **state)
{
        struct world *w = *state;
        struct two t = begin(w);
        struct sign_key other = key_of("another laptop");
        char *strange = arena_strdup(&w->arena, body_of_school(w));
        memset(strstr(strange, "\"form_hash\":\"") + strlen("\"form_hash\":\""), 'a', 8);
        struct app *third = open_at(w, arena_printf(&w->arena, "%s/tercera", w->dir));
        take(&t, t.office, forge(&t, third, &other, strange));
        take(&t, t.office, forge(&t, third, &other, "{\"rec\":\"no\"}"));
        OK(app_laptop_accept(t.office, text_of_key(w, &other), NULL, NULL, &w->err));
        struct store_waiting *waiting;
        int n;
        OK(store_waiting_list(app_store(t.office), &w->arena, &waiting, &n, &w->err));
        assert_int_equal(n, 2);
        assert_int_equal(waiting[0].why, WAITS_FORM);
        assert_int_equal(waiting[1].why, WAITS_BAD);
        assert_int_equal(counts_of(&t, t.office).revisions, 0);
        app_close(third);
        app_close(t.office);
}

static void held_for_one_and_brought_by_another_it_counts(void **state)
{
        struct world *w = *state;
        struct two t = begin(w);
        struct sign_key other = key_of("another laptop");
        struct app *third = open_at(w, arena_printf(&w->arena, "%s/tercera", w->dir));
        assert_int_equal(take(&t, t.office, forge(&t, third, &other, body_of_school(w))).waiting, 1);
        OK(app_laptop_accept(t.office, t.signer, NULL, NULL, &w->err));
        assert_int_equal(take(&t, t.office, export_of(&t, w->app)).added, 2);
        int64_t waiting;
        OK(store_waiting_count(app_store(t.office), &waiting, &w->err));
        assert_int_equal(waiting, 0);
        app_close(third);
        app_close(t.office);
}

/* ---- Without an office ---- */

static void colleagues_are_believed_until_their_key_changes(void **state)
{
        struct world *w = *state;
        struct two t = begin(w);
        struct sign_key other = key_of("another laptop");
        char *colleague = arena_printf(&w->arena, "%s/colega", w->dir);
        struct app *app = open_at(w, colleague);
        struct age_keys *keys = age_keys_new();
        struct import_result got;
        OK(office_reading_keys(t.dir, keys, &w->err));
        OK(app_import(app, export_of(&t, w->app), keys, NULL, NULL, &got, &w->err));
        assert_int_equal(got.total.added, 2);
        import_release(&got);
        assert_int_equal(only_laptop(&t, app).state, LAPTOP_NOTED);
        OK(app_import(app, forge(&t, w->app, &other, "{\"f\":1}"), keys, NULL, NULL, &got, &w->err));
        assert_int_equal(got.total.waiting, 1);
        import_release(&got);
        assert_int_equal(app_laptops_pending(app), 1);
        /* Turned on by a person, or made an office, it holds those that nobody compared. */
        OK(app_hold_set(app, true, &w->err));
        assert_int_equal(app_laptops_pending(app), 2);
        OK(app_hold_set(app, false, &w->err));
        OK(office_make(colleague, NULL, &w->err));
        assert_int_equal(app_laptops_pending(app), 2);
        age_keys_free(keys);
        app_close(app);
        app_close(t.office);
}

/* A disk copied before anything was exported: one device, and one key. */
static void copies_of_a_laptop_have_its_key(void **state)
{
        struct world *w = *state;
        char own[SIGN_PUBLIC_TEXT], copied[SIGN_PUBLIC_TEXT];
        close_app(w);
        assert_int_equal(shell("cp -r '%s' '%s/copia'", w->data, w->dir), 0);
        OK(open_app(w));
        struct app *copy = open_at(w, arena_printf(&w->arena, "%s/copia", w->dir));
        app_signer(w->app, own);
        app_signer(copy, copied);
        assert_string_equal(own, copied);
        app_close(copy);
}

/* ---- Files of keys ---- */

static char *slurp(const char *path, size_t *ret_len)
{
        char *text = xmalloc(65536);
        FILE *file = fopen(path, "re");
        assert_non_null(file);
        *ret_len = fread(text, 1, 65535, file);
        text[*ret_len] = '\0';
        fclose(file);
        return text;
}

static void spill(const char *path, const char *bytes, size_t len)
{
        FILE *file = fopen(path, "we");
        assert_non_null(file);
        assert_int_equal(fwrite(bytes, 1, len, file), len);
        assert_int_equal(fclose(file), 0);
}

static void every_byte_of_a_file_of_keys_counts(void **state)
{
        struct world *w = *state;
        struct two t = begin(w);
        char path[KEYS_FILE_PATH];
        struct keys_file file;
        size_t len;
        OK(keys_file_save(t.office, w->out, path, &w->err));
        OK(keys_file_read(w->app, path, &file, &w->err));
        assert_string_equal(file.name, "UGEL de prueba");
        assert_false(file.is_known);
        keys_file_release(&file);
        char *text = slurp(path, &len);
        for (size_t i = 0; i < len; i++)
                for (int bit = 1; bit < 256; bit *= 4) {
                        text[i] = (char)(text[i] ^ bit);
                        spill(path, text, len);
                        if (keys_file_read(w->app, path, &file, &w->err) == ERR_OK)
                                fail_msg("byte %zu changed by %d was taken", i, bit);
                        text[i] = (char)(text[i] ^ bit);
                }
        for (size_t n = 0; n < len; n++) {
                spill(path, text, n);
                assert_int_not_equal(keys_file_read(w->app, path, &file, &w->err), ERR_OK);
        }
        struct keyring ring;
        OK(keyring_load(w->data, &ring, &w->err));
        assert_int_equal(ring.n, 1); /* what begin() accepted, and nothing of all that */
        keyring_release(&ring);
        free(text);
        app_close(t.office);
}

static void an_office_answers_in_its_next_file(void **state)
{
        struct world *w = *state;
        struct two t = begin(w);
        char path[KEYS_FILE_PATH], old[KEYS_FILE_PATH];
        struct sign_key lost = key_of("a lost laptop");
        struct keys_file file;
        OK(keys_file_save(t.office, w->out, old, &w->err));
        OK(keys_file_read(w->app, old, &file, &w->err));
        assert_true(keys_file_words_equal(&file, arena_printf(&w->arena, "  %s ", file.words)));
        assert_false(keys_file_words_equal(&file, "abajo abanico abeja abeto abierto abono"));
        OK(keys_file_accept(w->app, &file, &w->err));
        keys_file_release(&file);
        assert_string_equal(app_enrolment_words(w->app, &w->arena), "");
        OK(app_laptop_accept(t.office, t.signer, NULL, NULL, &w->err));
        OK(app_laptop_revoke(t.office, text_of_key(w, &lost), &w->err));
        OK(keys_file_save(t.office, w->out, path, &w->err));
        OK(keys_file_read(w->app, w->out, &file, &w->err)); /* of a folder, the newest */
        assert_true(file.is_known && file.accepts && !file.revokes);
        assert_int_equal(file.revoked_n, 1);
        OK(keys_file_accept(w->app, &file, &w->err));
        keys_file_release(&file);
        assert_string_equal(app_enrolment_words(w->app, &w->arena), "UGEL de prueba aceptó esta laptop (14/04/2026).");
        struct laptop gone;
        OK(app_laptop_find(w->app, text_of_key(w, &lost), &w->arena, &gone, &w->err));
        assert_int_equal(gone.state, LAPTOP_REVOKED);
        REFUSES(ERR_REFUSED, "es anterior", keys_file_read(w->app, old, &file, &w->err));
        REFUSES(ERR_INVALID, "esta misma oficina", keys_file_read(t.office, path, &file, &w->err));
        app_close(t.office);
}

/* A laptop that was accepted says to be an office: its file is nobody's until words are compared. */
static void a_laptop_is_no_issuer(void **state)
{
        struct world *w = *state;
        struct two t = begin(w);
        char path[KEYS_FILE_PATH], signer[SIGN_PUBLIC_TEXT];
        struct keys_file file;
        app_signer(t.office, signer);
        OK(keyring_accept(w->data, signer, "Laptop 9", &w->err));
        OK(keys_file_save(t.office, w->out, path, &w->err));
        OK(keys_file_read(w->app, path, &file, &w->err));
        assert_false(file.is_known);
        keys_file_release(&file);
        app_close(t.office);
}

/* ---- The quarterly test, phrases ---- */

static void the_test_is_asked_for_at_once_and_each_quarter(void **state)
{
        struct world *w = *state;
        struct two t = begin(w);
        assert_false(app_office_due(w->app)); /* no office */
        assert_true(app_office_due(t.office));
        OK(app_office_test(t.office, &w->err));
        assert_int_equal(app_office_tested(t.office), 0);
        assert_false(app_office_due(t.office));
        fix_clock("2026-07-13T09:30:00.000-05:00");
        assert_int_equal(app_office_tested(t.office), 90);
        assert_false(app_office_due(t.office));
        fix_clock("2026-07-14T09:30:00.000-05:00");
        assert_true(app_office_due(t.office));
        fix_clock("2020-01-01T09:30:00.000-05:00"); /* before it was tested: the clock knows nothing */
        assert_true(app_office_due(t.office));
        fix_clock("2026-07-14T09:30:00.000-05:00");
        assert_int_equal(shell("printf 'roto\\n' > '%s/keys/oficina.firma'", t.dir), 0);
        assert_int_not_equal(app_office_test(t.office, &w->err), ERR_OK);
        assert_true(app_office_due(t.office));
        app_close(t.office);
}

static void phrases_have_to_be_worth_guessing(void **state)
{
        static const char *const bad[] = {"", "hola", "           a", "123456789012345", "aaaaaaaaaaaaaaaa", "uno dos uno", "ñandúñandú"},
                                 *const good[] = {"la lluvia llega tarde", "ñandú con pan", "tres tristes 33"};
        struct world *w = *state;
        struct export_result sent;
        char words[PASSPHRASE_TEXT], others[PASSPHRASE_TEXT];
        for (size_t i = 0; i < ARRAY_LEN(bad); i++)
                assert_non_null(passphrase_problem(bad[i]));
        for (size_t i = 0; i < ARRAY_LEN(good); i++)
                assert_null(passphrase_problem(good[i]));
        passphrase_make(words);
        passphrase_make(others);
        assert_null(passphrase_problem(words));
        assert_string_not_equal(words, others);
        struct export_options options = {.to = w->out, .passphrase = "hola"};
        REFUSES(ERR_REFUSED, "muy corta", app_export(w->app, &options, &sent, &w->err));
}

/* ---- The screen ---- */

static void press(struct ui *ui, const char *name)
{
        struct key key = key_of_code(key_code_of(name));
        ui_key(ui, &key);
        ui_draw(ui);
}

static void write_text(struct ui *ui, const char *text)
{
        for (; *text; text++)
                ui_key(ui, &(struct key){.kind = KEY_KIND_CHAR, .code = (unsigned char)*text});
}

static const char *shown(struct world *w, struct ui *ui)
{
        struct str text = STR_INIT;
        ui_draw(ui);
        canvas_dump(&ui->canvas, &text);
        const char *kept = arena_strdup(&w->arena, text.text);
        str_release(&text);
        return kept;
}

static void the_office_accepts_and_revokes_on_its_screen(void **state)
{
        struct world *w = *state;
        struct two t = begin(w);
        struct ui ui;
        take(&t, t.office, export_of(&t, w->app));
        ui_init(&ui, t.office, 24, 80);
        screen_home_open(&ui);
        press(&ui, "Esc");
        assert_has(shown(w, &ui), "! 1 laptop nueva espera en «Claves y laptops»");
        assert_has(shown(w, &ui), "! Toca probar la clave de la oficina");
        press(&ui, "l");
        assert_has(shown(w, &ui), "Esta oficina: UGEL de prueba");
        assert_has(shown(w, &ui), "! pendiente");
        press(&ui, "F3");
        assert_has(shown(w, &ui), "Probada: abre lo que cifra");
        press(&ui, "Enter");
        press(&ui, "Enter"); /* the first answer believes nobody */
        assert_int_equal(only_laptop(&t, t.office).state, LAPTOP_PENDING);
        press(&ui, "Enter");
        assert_has(shown(w, &ui), only_laptop(&t, t.office).words);
        press(&ui, "2");
        assert_has(shown(w, &ui), "Aceptada: 2 cambios que esperaban valen desde ahora.");
        press(&ui, "F8");
        assert_has(shown(w, &ui), "lo que ya se");
        press(&ui, "2");
        assert_has(shown(w, &ui), "✗ quitada");
        press(&ui, "F6");
        press(&ui, "^U");
        write_text(&ui, w->out);
        press(&ui, "Enter");
        assert_has(shown(w, &ui), "Claves entregadas");
        press(&ui, "Esc");
        press(&ui, "Esc");
        assert_null(strstr(shown(w, &ui), "Toca probar"));
        ui_release(&ui);
        app_close(t.office);
}

static void a_laptop_becomes_an_office_and_another_receives_its_keys(void **state)
{
        struct world *w = *state;
        struct two t = begin(w);
        char path[KEYS_FILE_PATH];
        struct ui ui;
        OK(keys_file_save(t.office, w->out, path, &w->err));
        OK(shell("rm -r '%s/keys'", w->data) == 0 ? ERR_OK : ERR_IO);
        ui_init(&ui, w->app, 24, 80);
        screen_keys_open(&ui);
        assert_has(shown(w, &ui), "Todavía no tiene las claves de su UGEL");
        press(&ui, "F4");
        press(&ui, "^U");
        write_text(&ui, w->out);
        press(&ui, "Enter");
        assert_has(shown(w, &ui), "¿Son las claves de su oficina?");
        press(&ui, "Esc");
        assert_int_equal(app_offices_known(w->app), 0);
        press(&ui, "F4");
        press(&ui, "^U");
        write_text(&ui, w->out);
        press(&ui, "Enter");
        press(&ui, "2");
        assert_int_equal(app_offices_known(w->app), 1);
        assert_has(shown(w, &ui), "oficina, firma");
        press(&ui, "F7");
        assert_true(app_holds(w->app));
        press(&ui, "F2");
        press(&ui, "2");
        write_text(&ui, "DRE Ejemplo");
        press(&ui, "Enter");
        assert_has(shown(w, &ui), "La copia de papel");
        press(&ui, "1");
        press(&ui, "^U");
        write_text(&ui, w->out);
        press(&ui, "Enter");
        assert_has(shown(w, &ui), "CLAVE-DE-LA-OFICINA.txt");
        assert_int_equal(shell("test $(stat -c %%a '%s/CLAVE-DE-LA-OFICINA.txt') = 600 && grep -q AGE-SECRET-KEY '%s/CLAVE-DE-LA-OFICINA.txt' && "
                               "grep -qx 'DRE Ejemplo' '%s/CLAVE-DE-LA-OFICINA.txt'", w->out, w->out, w->out), 0);
        assert_has(shown(w, &ui), "Esta oficina: DRE Ejemplo");
        assert_false(app_office_due(w->app));
        ui_release(&ui);
        app_close(t.office);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, world_filled, world_free)
        const struct CMUnitTest tests[] = {
                CASE(an_unknown_laptop_waits_until_it_is_accepted),
                CASE(a_lost_laptop_waits_everywhere_and_what_came_stays),
                CASE(accepted_in_the_file_alone_is_released_at_the_next_start),
                CASE(another_key_for_a_known_device_is_held),
                CASE(a_name_that_is_a_key_is_only_a_name),
                CASE(what_is_released_waits_for_its_form_or_is_set_aside),
                CASE(held_for_one_and_brought_by_another_it_counts),
                CASE(colleagues_are_believed_until_their_key_changes),
                CASE(copies_of_a_laptop_have_its_key),
                CASE(every_byte_of_a_file_of_keys_counts),
                CASE(an_office_answers_in_its_next_file),
                CASE(a_laptop_is_no_issuer),
                CASE(the_test_is_asked_for_at_once_and_each_quarter),
                CASE(phrases_have_to_be_worth_guessing),
                CASE(the_office_accepts_and_revokes_on_its_screen),
                CASE(a_laptop_becomes_an_office_and_another_receives_its_keys),
        };
        int failed = cmocka_run_group_tests_name("in one transaction", tests, NULL, NULL);
        setenv("SIMAE_TEST_MANY", "1", 1);
        return failed + cmocka_run_group_tests_name("in two", tests, NULL, NULL);
}
