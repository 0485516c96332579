/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Exchange by have-lists between real stores in three levels, each with its
 * own keys: two laptops, their UGEL and the DRE.  SIMAE_HISTORIES asks for more
 * random histories.
 */
#include "test_app.h"

#include "app/back.h"
#include "app/incoming.h"
#include "app/sent.h"
#include "base/file.h"
#include "store/outgoing.h"

enum { ANA, BETO, UGEL, DRE, SITES, FILES = 8, FEW_RECORDS = 8, STEPS = 40 };

static const char *const names[SITES] = {"Ana", "Beto", "UGEL", "DRE"};

struct region {
        struct world *w;
        struct app *apps[SITES];
        int bundles;
        char files[FILES][192];
        int for_whom[FILES]; /* a site, or SITES for both laptops */
        struct id records[FEW_RECORDS];
        int records_n, sent, imports, lost;
        int parts; /* of what was sent last */
        uint64_t seed;
};

static char *folder_of(struct region *r, int at)
{
        return arena_printf(&r->w->arena, "%s/%s", r->w->dir, names[at]);
}

static void open_site(struct region *r, int at)
{
        struct world *w = r->w;
        struct app_options options = {.dir = folder_of(r, at), .forms_dir = w->forms, .create = true};
        OK(app_open(&options, &r->apps[at], &w->err));
}

static void close_site(struct region *r, int at)
{
        app_close(r->apps[at]);
        r->apps[at] = NULL;
}

/* ---- Keys ---- */

static const char *signer_of(struct region *r, int at)
{
        struct world *w = r->w;
        struct sign_key key;
        char *text = arena_alloc(&w->arena, SIGN_PUBLIC_TEXT);
        OK(app_signing_key(r->apps[at], &key, &w->err));
        sign_public_text(&key.public, text);
        sign_key_wipe(&key);
        return text;
}

static void accept_laptop(struct region *r, int office, int laptop)
{
        struct world *w = r->w;
        OK(keyring_accept(folder_of(r, office), signer_of(r, laptop), names[laptop], &w->err));
}

/* Both keys of an office, by one name. */
static void accept_office(struct region *r, int at, int office)
{
        struct world *w = r->w;
        char opens[AGE_RECIPIENT_TEXT], signer[SIGN_PUBLIC_TEXT];
        OK(office_public(folder_of(r, office), opens, signer, &w->err));
        OK(keyring_accept(folder_of(r, at), opens, names[office], &w->err));
        OK(keyring_accept(folder_of(r, at), signer, names[office], &w->err));
}

static void make_user(struct region *r, int at)
{
        struct world *w = r->w;
        w->app = r->apps[at];
        struct id person = make(w, "persona", answers_of(w, "{'apellidos':'%s','nombres':'N','ugel':'060001'}", names[at]));
        OK(app_profile_adopt(w->app, &person, &w->err));
        w->app = NULL;
}

static void found_region(struct region *r)
{
        struct world *w = r->w;
        memset(r->files, 0, sizeof r->files);
        r->records_n = 0;
        for (int at = 0; at < SITES; at++) {
                close_site(r, at);
                shell("rm -rf '%s' '%s.copia'", folder_of(r, at), folder_of(r, at));
                open_site(r, at);
                if (at >= UGEL)
                        OK(office_make(folder_of(r, at), NULL, &w->err));
                make_user(r, at);
        }
        accept_office(r, ANA, UGEL);
        accept_office(r, BETO, UGEL);
        accept_office(r, UGEL, DRE);
        accept_laptop(r, UGEL, ANA);
        accept_laptop(r, UGEL, BETO);
        accept_laptop(r, DRE, UGEL);
}

static int region_new(void **state)
{
        if (world_new(state) != 0)
                return -1;
        struct region *r = xcalloc(1, sizeof *r);
        r->w = *state;
        *state = r;
        found_region(r);
        return 0;
}

static int region_free(void **state)
{
        struct region *r = *state;
        for (int at = 0; at < SITES; at++)
                close_site(r, at);
        *state = r->w;
        free(r);
        return world_free(state);
}

/* ---- Bundles ---- */

static enum err_code try_send(struct region *r, int from, const char *back, bool anyway, char path[192], int64_t *ret_revisions)
{
        struct world *w = r->w;
        struct export_result done;
        snprintf(path, 192, "%s/%d.simae", w->out, r->bundles++);
        struct export_options options = {.to = path, .back = back, .anyway = anyway};
        enum err_code rc = app_export(r->apps[from], &options, &done, &w->err);
        if (rc == ERR_OK)
                *ret_revisions = done.revisions;
        r->parts = rc == ERR_OK ? done.parts : 0;
        return rc;
}

/* "3.simae" → "3-2.simae" for the second */
static void path_of_part(const char *path, int part, char out[192])
{
        if (part == 1)
                snprintf(out, 192, "%s", path);
        else
                snprintf(out, 192, "%.*s-%d.simae", (int)(strlen(path) - strlen(".simae")), path, part);
}

static int64_t send(struct region *r, int from, const char *back, char path[192])
{
        struct world *w = r->w;
        int64_t revisions = 0;
        OK(try_send(r, from, back, true, path, &revisions));
        return revisions;
}

static struct import_counts take(struct region *r, int at, const char *path)
{
        struct world *w = r->w;
        struct import_result result;
        OK(app_import(r->apps[at], path, NULL, NULL, NULL, &result, &w->err));
        struct import_counts counts = result.total;
        assert_int_equal(counts.rejected, 0);
        import_release(&result);
        return counts;
}

/* Up to the office above, or back to one below; how many revisions it carried. */
static int64_t deliver(struct region *r, int from, int to)
{
        char path[192];
        int64_t revisions = send(r, from, to < from ? signer_of(r, to) : NULL, path);
        for (int n = r->parts; n > 0; n--) {
                char part[192];
                path_of_part(path, n, part);
                take(r, to, part);
        }
        return revisions;
}

static bool is_quiet(struct region *r, int from, int to)
{
        char path[192];
        int64_t revisions;
        return try_send(r, from, to < from ? signer_of(r, to) : NULL, false, path, &revisions) == ERR_NO_NEWS;
}

static int64_t revisions_at(struct region *r, int at)
{
        struct world *w = r->w;
        struct store_counts counts;
        OK(store_counts(app_store(r->apps[at]), &counts, &w->err));
        return counts.revisions;
}

static bool knows(struct region *r, int at, const struct id *record)
{
        struct store_record view;
        return store_record_get(app_store(r->apps[at]), record, &r->w->arena, &view, NULL) == ERR_OK;
}

/* There and back on every way, until it is quiet. */
static void rounds(struct region *r, int n)
{
        for (int i = 0; i < n; i++) {
                for (int laptop = ANA; laptop <= BETO; laptop++) {
                        deliver(r, laptop, UGEL);
                        deliver(r, UGEL, laptop);
                }
                deliver(r, UGEL, DRE);
                deliver(r, DRE, UGEL);
        }
}

static struct id alert_of(struct region *r, int at, const char *branch, const char *ugel)
{
        struct world *w = r->w;
        w->app = r->apps[at];
        struct id id = make(w, "alerta", answers_of(w, "{'hechos':'Hecho %d','rama':'%s','ugel':'%s'}", r->bundles, branch, ugel));
        w->app = NULL;
        return id;
}

static void correct(struct region *r, int at, const struct id *record, const char *name, const char *value)
{
        struct world *w = r->w;
        struct draft *draft;
        struct id same;
        OK(draft_edit(r->apps[at], record, &draft, &w->err));
        session_answer(draft_session(draft), place_parse(draft_session(draft), name), value);
        OK(draft_finalise(draft, &same, &w->err));
}

/* ---- One thing at a time ---- */

static void what_was_acknowledged_does_not_travel_again(void **state)
{
        struct region *r = *state;
        struct world *w = r->w;
        char path[192];
        int64_t n, all = revisions_at(r, ANA);
        assert_int_equal(send(r, ANA, NULL, path), all); /* nobody has said anything yet */
        assert_int_equal(send(r, ANA, NULL, path), all);
        take(r, UGEL, path);
        assert_int_equal(deliver(r, UGEL, ANA), 1); /* the UGEL's own person */
        assert_int_equal(send(r, ANA, NULL, path), 0);
        take(r, UGEL, path);
        assert_int_equal(deliver(r, UGEL, ANA), 0);
        REFUSES(ERR_NO_NEWS, "No hay nada nuevo que llevar", try_send(r, ANA, NULL, false, path, &n));
        assert_int_equal(send(r, ANA, NULL, path), 0); /* a receipt all the same */
        alert_of(r, ANA, "clima", "060001");
        assert_int_equal(send(r, ANA, NULL, path), 1);
}

static void a_lost_bundle_is_made_good_by_the_next(void **state)
{
        struct region *r = *state;
        char lost[192], path[192];
        rounds(r, 2);
        struct id first = alert_of(r, ANA, "clima", "060001");
        assert_int_equal(send(r, ANA, NULL, lost), 1);
        struct id second = alert_of(r, ANA, "clima", "060001");
        assert_int_equal(send(r, ANA, NULL, path), 2);
        take(r, UGEL, path);
        assert_true(knows(r, UGEL, &first) && knows(r, UGEL, &second));
        assert_int_equal(take(r, UGEL, path).known, 2);
        assert_int_equal(take(r, UGEL, lost).known, 1); /* found again in a drawer */
}

static void the_office_answers_each_in_its_scope(void **state)
{
        struct region *r = *state;
        char path[192];
        rounds(r, 3);
        struct id near = alert_of(r, ANA, "clima", "060001"), far = alert_of(r, ANA, "clima", "060004");
        struct id secret = alert_of(r, ANA, "violencia", "060001");
        deliver(r, ANA, UGEL);
        assert_true(knows(r, UGEL, &far) && knows(r, UGEL, &secret));
        deliver(r, UGEL, BETO);
        assert_true(knows(r, BETO, &near));
        assert_false(knows(r, BETO, &far));
        assert_false(knows(r, BETO, &secret));
        /* What the office adds goes back to whoever wrote it, the reserved one only in a bundle of her own. */
        correct(r, UGEL, &far, "hechos", "Visto");
        correct(r, UGEL, &secret, "hechos", "Visto también");
        assert_int_equal(send(r, UGEL, BACK_ALL, path), 2); /* `near`, which Ana's bundles brought, is Beto's until he says so */
        take(r, ANA, path);
        take(r, BETO, path);
        assert_false(knows(r, BETO, &secret));
        deliver(r, ANA, UGEL);
        assert_int_equal(deliver(r, UGEL, ANA), 1);
        rounds(r, 2);
        for (int laptop = ANA; laptop <= BETO; laptop++)
                assert_true(is_quiet(r, laptop, UGEL) && is_quiet(r, UGEL, laptop));
        assert_true(is_quiet(r, UGEL, DRE) && is_quiet(r, DRE, UGEL));
        assert_int_equal(revisions_at(r, UGEL), revisions_at(r, DRE));
}

static void save_copy(struct region *r, int at)
{
        close_site(r, at);
        shell("rm -rf '%s.copia' && cp -R '%s' '%s.copia'", folder_of(r, at), folder_of(r, at), folder_of(r, at));
        open_site(r, at);
}

static bool restore_copy(struct region *r, int at)
{
        close_site(r, at);
        int status = shell("[ -d '%s.copia' ] && rm -rf '%s' && cp -R '%s.copia' '%s'", folder_of(r, at), folder_of(r, at),
                           folder_of(r, at), folder_of(r, at));
        open_site(r, at);
        return status == 0;
}

static void a_restored_backup_gets_back_what_it_lost(void **state)
{
        struct region *r = *state;
        rounds(r, 2);
        save_copy(r, ANA);
        save_copy(r, UGEL);
        struct id record = alert_of(r, ANA, "violencia", "060001");
        rounds(r, 2);
        assert_true(restore_copy(r, ANA));
        assert_false(knows(r, ANA, &record));
        deliver(r, ANA, UGEL);
        deliver(r, UGEL, ANA);
        assert_true(knows(r, ANA, &record)); /* reserved, and hers */
        assert_true(restore_copy(r, UGEL));
        assert_false(knows(r, UGEL, &record));
        deliver(r, ANA, UGEL); /* she believes that it has it */
        deliver(r, UGEL, ANA); /* until it says otherwise */
        deliver(r, ANA, UGEL);
        assert_true(knows(r, UGEL, &record));
}

static void a_cloned_disk_takes_turns_with_the_other(void **state)
{
        struct region *r = *state;
        rounds(r, 1);
        close_site(r, ANA);
        close_site(r, BETO);
        shell("rm -rf '%s' && cp -R '%s' '%s'", folder_of(r, BETO), folder_of(r, ANA), folder_of(r, BETO));
        open_site(r, ANA);
        open_site(r, BETO);
        struct id one = alert_of(r, ANA, "clima", "060001"), other = alert_of(r, BETO, "clima", "060001");
        rounds(r, 3);
        for (int at = 0; at < SITES; at++)
                assert_true(knows(r, at, &one) && knows(r, at, &other));
        assert_int_equal(revisions_at(r, ANA), revisions_at(r, BETO));
        assert_int_equal(deliver(r, ANA, UGEL), 0);
        assert_int_equal(deliver(r, UGEL, ANA), 0);
        assert_int_equal(deliver(r, BETO, UGEL), 0);
}

/* Beto says that his is the UGEL's key, and that he has all that Ana has: she goes on sending it. */
static void a_stranger_keeps_nothing_from_travelling(void **state)
{
        struct region *r = *state;
        struct world *w = r->w;
        struct store_peer *peers, said = {0};
        struct arena arena = {0};
        char path[192];
        int n;
        deliver(r, ANA, UGEL);
        deliver(r, UGEL, ANA);
        OK(store_peer_list(app_store(r->apps[ANA]), &arena, &peers, &n, &w->err));
        assert_int_equal(n, 1);
        assert_true(peers[0].office);
        said = peers[0];
        OK(store_peer_have(app_store(r->apps[ANA]), &said, &arena, &w->err));
        struct id record = alert_of(r, ANA, "clima", "060001");
        unsigned char have[64][HAVE_BYTES] = {{0}};
        struct store_revision *revisions;
        OK(store_history(app_store(r->apps[ANA]), &record, &arena, &revisions, &n, &w->err));
        assert_true(said.have_n < 63);
        memcpy(have, said.have, (size_t)said.have_n * HAVE_BYTES);
        memcpy(have[said.have_n], revisions[0].id.bytes, HAVE_BYTES);
        for (int64_t i = said.have_n; i > 0 && memcmp(have[i - 1], have[i], HAVE_BYTES) > 0; i--) {
                unsigned char swap[HAVE_BYTES];
                memcpy(swap, have[i], HAVE_BYTES);
                memcpy(have[i], have[i - 1], HAVE_BYTES);
                memcpy(have[i - 1], swap, HAVE_BYTES);
        }
        said.have = have;
        said.have_n++;
        said.key = signer_of(r, BETO);
        OK(store_peer_set(app_store(r->apps[ANA]), &said, &w->err));
        assert_int_equal(send(r, ANA, NULL, path), 1);
        said.key = signer_of(r, UGEL); /* the same, said by the UGEL */
        OK(store_peer_set(app_store(r->apps[ANA]), &said, &w->err));
        assert_int_equal(send(r, ANA, NULL, path), 0);
        arena_release(&arena);
}

static void names_and_letters_find_a_laptop(void **state)
{
        struct region *r = *state;
        struct world *w = r->w;
        struct back_target *targets;
        char path[192], device[ID_TEXT];
        int64_t n;
        int targets_n;
        struct id id = store_device(app_store(r->apps[BETO]));
        OK(try_send(r, UGEL, "Ana", true, path, &n));
        REFUSES(ERR_NOT_FOUND, "«Zoe»", try_send(r, UGEL, "Zoe", true, path, &n));
        REFUSES(ERR_NOT_FOUND, "«DRE»", try_send(r, UGEL, "DRE", true, path, &n)); /* it is above */
        REFUSES(ERR_REFUSED, "ninguna laptop", try_send(r, ANA, "todas", true, path, &n));
        deliver(r, BETO, UGEL);
        id_format(&id, device);
        device[6] = '\0';
        OK(try_send(r, UGEL, device, true, path, &n));
        take(r, BETO, path);
        OK(app_back_targets(r->apps[UGEL], &w->arena, &targets, &targets_n, &w->err));
        assert_int_equal(targets_n, 2);
        assert_string_equal(back_target_words(&targets[1], &w->arena), "Beto");
        OK(keyring_accept(folder_of(r, UGEL), signer_of(r, BETO), "Ana", &w->err));
        REFUSES(ERR_INVALID, "2 laptops «Ana»", try_send(r, UGEL, "Ana", true, path, &n));
}

static enum sent_state sent_at(struct region *r, int at, const struct id *record)
{
        struct world *w = r->w;
        struct store_record view;
        struct sent *sent;
        OK(store_record_get(app_store(r->apps[at]), record, &w->arena, &view, &w->err));
        OK(sent_load(r->apps[at], &sent, &w->err));
        enum sent_state state = sent_of(sent, &view);
        sent_free(sent);
        return state;
}

static struct sent_counts counts_at(struct region *r, int at)
{
        struct world *w = r->w;
        struct sent_counts counts;
        OK(app_sent_counts(r->apps[at], &counts, &w->err));
        return counts;
}

static void how_far_a_record_came(void **state)
{
        struct region *r = *state;
        struct world *w = r->w;
        struct store_export last;
        char path[192];
        struct id record = alert_of(r, ANA, "clima", "060001");
        assert_int_equal(sent_at(r, ANA, &record), SENT_NO);
        assert_int_equal(counts_at(r, ANA).unsent, 2);
        send(r, ANA, NULL, path);
        assert_int_equal(sent_at(r, ANA, &record), SENT_EXPORTED);
        assert_int_equal(counts_at(r, ANA).unsent, 0);
        assert_int_equal(counts_at(r, ANA).unconfirmed, 2);
        assert_false(counts_at(r, ANA).answered);
        take(r, UGEL, path);
        deliver(r, UGEL, ANA);
        REFUSES(ERR_NOT_FOUND, "no se ha exportado", store_export_last(app_store(r->apps[UGEL]), &w->arena, &last, &w->err)); /* what went back is no export */
        assert_int_equal(sent_at(r, ANA, &record), SENT_UGEL);
        assert_int_equal(counts_at(r, ANA).unconfirmed, 0);
        assert_int_equal(sent_at(r, UGEL, &record), SENT_UGEL); /* it is there */
        rounds(r, 2);
        assert_int_equal(sent_at(r, UGEL, &record), SENT_DRE);
        assert_int_equal(counts_at(r, ANA).unconfirmed, 0);
        assert_string_equal(sent_count_words(&(struct sent_counts){.answered = true}, &w->arena), "La oficina tiene todo lo concluido.");
        correct(r, ANA, &record, "hechos", "Otros");
        assert_int_equal(sent_at(r, ANA, &record), SENT_NO);
        assert_int_equal(counts_at(r, ANA).unsent, 1);
}

/* What the UGEL cannot use yet it has all the same: nobody needs to send it again. What waits for its laptop is not promised. */
static void what_waits_is_told(void **state)
{
        struct region *r = *state;
        struct world *w = r->w;
        struct store_revision *revisions;
        char path[192];
        int n;
        rounds(r, 3);
        struct id first = alert_of(r, ANA, "clima", "060001"), second = alert_of(r, ANA, "clima", "060001");
        const struct id *records[] = {&first, &second};
        for (int i = 0; i < 2; i++) {
                OK(store_history(app_store(r->apps[ANA]), records[i], &w->arena, &revisions, &n, &w->err));
                struct store_waiting waiting = {.id = revisions[0].id, .why = i == 0 ? WAITS_FORM : WAITS_DEVICE,
                                                .form_hash = revisions[0].form_hash, .device = "", .reason = "prueba", .bundle = "",
                                                .at = "", .body = revisions[0].body};
                OK(store_waiting_add(app_store(r->apps[UGEL]), &waiting, &w->err));
        }
        deliver(r, UGEL, ANA);
        assert_int_equal(sent_at(r, ANA, &first), SENT_UGEL);
        assert_int_equal(send(r, ANA, NULL, path), 1);
}

/* ---- Two offices ---- */

/* Ana seals for the UGEL and the DRE; of the DRE she hears nothing. What the UGEL has, it passes on, and says if it lost it. */
static void what_the_nearest_office_has_is_enough(void **state)
{
        struct region *r = *state;
        char path[192], lost[192];
        accept_office(r, ANA, DRE);
        assert_int_equal(send(r, ANA, NULL, path), revisions_at(r, ANA)); /* neither has said anything */
        take(r, UGEL, path);
        deliver(r, UGEL, ANA);
        assert_int_equal(deliver(r, ANA, UGEL), 0);
        deliver(r, UGEL, ANA);
        assert_true(is_quiet(r, ANA, UGEL));
        save_copy(r, UGEL);
        struct id record = alert_of(r, ANA, "violencia", "060001");
        assert_int_equal(deliver(r, ANA, UGEL), 1);
        deliver(r, UGEL, ANA);
        assert_true(is_quiet(r, ANA, UGEL));
        int64_t passed = send(r, UGEL, NULL, lost); /* and on the way to the DRE it gets lost */
        assert_int_equal(send(r, UGEL, NULL, path), passed);
        assert_true(restore_copy(r, UGEL));
        deliver(r, UGEL, ANA);
        assert_int_equal(deliver(r, ANA, UGEL), 1);
        deliver(r, UGEL, ANA);
        deliver(r, UGEL, DRE);
        assert_true(knows(r, DRE, &record));
        assert_true(is_quiet(r, ANA, UGEL));
}

/* Not by another office that is silent too, nor one of the same rank, nor once the DRE has spoken for itself. */
static void each_office_that_speaks_counts_for_itself(void **state)
{
        struct region *r = *state;
        struct world *w = r->w;
        char path[192], opens[AGE_RECIPIENT_TEXT], signer[SIGN_PUBLIC_TEXT];
        accept_office(r, ANA, DRE);
        accept_laptop(r, DRE, ANA);
        deliver(r, ANA, UGEL);
        deliver(r, UGEL, ANA);
        OK(office_public(folder_of(r, DRE), opens, signer, &w->err));
        OK(keyring_accept(folder_of(r, ANA), opens, "UGEL Dos", &w->err));
        assert_int_equal(send(r, ANA, NULL, path), revisions_at(r, ANA));
        OK(keyring_accept(folder_of(r, ANA), opens, "DRE", &w->err));
        assert_int_equal(send(r, ANA, NULL, path), 0);
        deliver(r, DRE, ANA); /* it has nothing yet, and says so */
        assert_int_equal(send(r, ANA, NULL, path), revisions_at(r, ANA)); /* for either of them */
        take(r, DRE, path);
        take(r, UGEL, path);
        deliver(r, DRE, ANA);
        deliver(r, UGEL, ANA);
        assert_true(is_quiet(r, ANA, UGEL));
}

/* ---- Parts ---- */

static int chance(struct region *r, int n)
{
        r->seed ^= r->seed << 13;
        r->seed ^= r->seed >> 7;
        r->seed ^= r->seed << 17;
        return (int)((r->seed >> 11) % (uint64_t)n);
}

static enum err_code add_id(void *ctx, const struct hash *id, int64_t arrival, struct err *err)
{
        unsigned char *sum = ctx;
        (void)arrival;
        (void)err;
        for (int i = 0; i < HASH_BYTES; i++)
                sum[i] ^= id->bytes[i];
        return ERR_OK;
}

static void check_same(struct region *r, int a, int b)
{
        struct world *w = r->w;
        unsigned char first[HASH_BYTES] = {0}, second[HASH_BYTES] = {0};
        OK(store_revision_ids(app_store(r->apps[a]), add_id, first, &w->err));
        OK(store_revision_ids(app_store(r->apps[b]), add_id, second, &w->err));
        assert_memory_equal(first, second, HASH_BYTES);
}

enum { ALERTS = 12 };
#define MAX "5000" /* the form itself, and a few alerts */

static void small_parts(const char *bytes)
{
        if (bytes)
                setenv("SIMAE_TEST_PART", bytes, 1);
        else
                unsetenv("SIMAE_TEST_PART");
}

/* What one part says of itself, opened alone with the UGEL's key. */
static struct bundle_info part_info(struct region *r, const char *path)
{
        struct world *w = r->w;
        struct age_keys *keys = age_keys_new();
        struct bundle_info info;
        OK(app_reading_keys(r->apps[UGEL], keys, &w->err));
        OK(bundle_read_with(path, keys, NULL, &info, &w->err));
        age_keys_free(keys);
        return info;
}

/* Too much for one bundle: each of them is one, and tells of all the others bring. */
static void parts_are_bundles_in_any_order(void **state)
{
        struct region *r = *state;
        char path[192], part[192], bundle[ID_TEXT] = "";
        struct id records[ALERTS];
        rounds(r, 2);
        for (int i = 0; i < ALERTS; i++)
                records[i] = alert_of(r, ANA, "clima", "060001");
        correct(r, ANA, &records[0], "hechos", "En otra parte que el comienzo");
        small_parts(MAX);
        assert_int_equal(send(r, ANA, NULL, path), ALERTS + 1);
        small_parts(NULL);
        int64_t held = revisions_at(r, ANA), brought = 0;
        int parts = r->parts;
        assert_in_range(parts, 3, ALERTS);
        for (int n = 1; n <= parts; n++) {
                path_of_part(path, n, part);
                struct bundle_info info = part_info(r, part);
                assert_int_equal(info.revisions + info.have, held);
                assert_int_equal(info.forms, 1);
                assert_string_not_equal(info.bundle, bundle);
                snprintf(bundle, sizeof bundle, "%s", info.bundle);
                brought += info.revisions;
        }
        assert_int_equal(brought, ALERTS + 1);
        for (int n = parts; n > 0; n--) { /* the last one first */
                path_of_part(path, n, part);
                take(r, UGEL, part);
        }
        for (int i = 0; i < ALERTS; i++)
                assert_true(knows(r, UGEL, &records[i]));
        assert_int_equal(deliver(r, UGEL, ANA), 0);
        assert_true(is_quiet(r, ANA, UGEL));
}

/* 2,400 letters that hardly compress, as no prose is. */
static char *noise(struct region *r)
{
        static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        char *text = arena_alloc(&r->w->arena, 2401);
        r->seed = r->seed ? r->seed : 88172645463325252u;
        for (int i = 0; i < 2400; i++)
                text[i] = letters[chance(r, 64)];
        text[2400] = '\0';
        return text;
}

/* What was weighed too lightly is cut again, and the parts before it stay as they are. */
static void what_does_not_compress_is_cut_smaller(void **state)
{
        struct region *r = *state;
        char path[192], part[192];
        struct id records[ALERTS];
        rounds(r, 2);
        for (int i = 0; i < ALERTS; i++) {
                records[i] = alert_of(r, ANA, "clima", "060001");
                if (i >= ALERTS / 2)
                        correct(r, ANA, &records[i], "hechos", noise(r));
        }
        int64_t n = ALERTS + ALERTS / 2;
        small_parts("20000");
        assert_int_equal(send(r, ANA, NULL, path), n);
        int loose = r->parts;
        small_parts("20000,20000");
        assert_int_equal(send(r, ANA, NULL, path), n);
        small_parts(NULL);
        assert_true(r->parts > loose);
        for (int i = 1; i <= r->parts; i++) {
                path_of_part(path, i, part);
                take(r, UGEL, part);
        }
        check_same(r, ANA, UGEL);
}

/* What did not arrive is sent again, and nothing else. */
static void a_lost_part_is_made_good_by_the_next_bundle(void **state)
{
        struct region *r = *state;
        char path[192], part[192];
        rounds(r, 2);
        for (int i = 0; i < ALERTS; i++)
                alert_of(r, ANA, "clima", "060001");
        small_parts(MAX);
        send(r, ANA, NULL, path);
        small_parts(NULL);
        int64_t lost = 0;
        for (int n = 1; n <= r->parts; n++) {
                path_of_part(path, n, part);
                if (n == 2)
                        lost = part_info(r, part).revisions;
                else
                        take(r, UGEL, part);
        }
        assert_in_range(lost, 1, ALERTS - 1);
        deliver(r, UGEL, ANA);
        assert_int_equal(deliver(r, ANA, UGEL), lost);
        assert_int_equal(revisions_at(r, UGEL), revisions_at(r, ANA));
}

/* The place of the second is taken: the first stays, is noted, and counts; then all goes again. */
static void a_part_that_cannot_go_takes_none_away(void **state)
{
        struct region *r = *state;
        struct world *w = r->w;
        struct store_export last;
        char path[192], part[192], again[192];
        int64_t n;
        for (int i = 0; i < ALERTS; i++)
                alert_of(r, ANA, "clima", "060001");
        small_parts(MAX);
        snprintf(path, sizeof path, "%s/%d.simae", w->out, r->bundles);
        path_of_part(path, 2, part);
        shell("touch '%s'", part);
        REFUSES(ERR_EXISTS, "que quedan bien: 1 de", try_send(r, ANA, NULL, true, again, &n));
        assert_string_equal(again, path);
        OK(store_export_last(app_store(r->apps[ANA]), &w->arena, &last, &w->err));
        assert_string_equal(last.path, path);
        take(r, UGEL, path);
        int64_t first = counts_at(r, ANA).unsent;
        assert_in_range(first, 1, ALERTS);
        assert_int_equal(send(r, ANA, NULL, again), revisions_at(r, ANA));
        assert_int_equal(counts_at(r, ANA).unsent, 0);
        small_parts(NULL);
        assert_int_equal(shell("[ -z \"$(ls '%s/spool')\" ]", folder_of(r, ANA)), 0);
}

/* ---- The spool ---- */

static char *listing_of(struct region *r, const char *folder)
{
        struct world *w = r->w;
        char *path = arena_printf(&w->arena, "%s/lista", w->dir), *text;
        size_t len;
        assert_int_equal(shell("cd '%s' && find . -mindepth 1 | sort | tr '\\n' ' ' >'%s'", folder, path), 0);
        OK(file_read(path, 4096, &text, &len, &w->err));
        char *list = arena_strdup(&w->arena, text);
        free(text);
        return list;
}

/* As the power went in the middle of an export, and of an import. What is not ours stays, and nothing outside is touched. */
static void what_a_killed_program_left_goes(void **state)
{
        struct region *r = *state;
        char *spool = arena_printf(&r->w->arena, "%s/spool", folder_of(r, ANA)), path[192];
        const char *hex = "0123456789abcdef0123456789abcdef";
        deliver(r, ANA, UGEL); /* makes the folder, and leaves nothing in it */
        assert_string_equal(listing_of(r, spool), "");
        assert_string_equal(listing_of(r, arena_printf(&r->w->arena, "%s/spool", folder_of(r, UGEL))), "");
        close_site(r, ANA);
        shell("cd '%s' && mkdir recibido-%s ../ajena otra && echo x >%s.simae && echo x >recibido-%s/SIMAE-A-1-B.simae && "
              "echo x >../ajena/x && ln -s ../ajena recibido-%.31s1 && echo x >nota.txt && echo x >mia.simae", spool, hex, hex, hex, hex);
        open_site(r, ANA);
        assert_string_equal(listing_of(r, spool), "./mia.simae ./nota.txt ./otra ./recibido-0123456789abcdef0123456789abcde1 ");
        assert_string_equal(listing_of(r, arena_printf(&r->w->arena, "%s/ajena", folder_of(r, ANA))), "./x ");
        send(r, ANA, NULL, path);
        take(r, UGEL, path);
}

/* ---- Histories ---- */

static void write_something(struct region *r, int at)
{
        static const char *const branches[] = {"clima", "violencia", "logro"};
        if (r->records_n < FEW_RECORDS && chance(r, 2)) { /* what the DRE writes of others or in secret is not for the UGEL */
                bool any = at != DRE;
                r->records[r->records_n++] = alert_of(r, at, branches[any ? chance(r, 3) : 0], any && !chance(r, 4) ? "060004" : "060001");
                return;
        }
        struct store_record view;
        const struct id *record = &r->records[chance(r, r->records_n ? r->records_n : 1)];
        if (r->records_n && store_record_get(app_store(r->apps[at]), record, &r->w->arena, &view, NULL) == ERR_OK && !view.conflict)
                correct(r, at, record, chance(r, 2) ? "hechos" : "cerrada", branches[chance(r, 3)]);
}

static void put_in_slot(struct region *r, const char *path, int whom)
{
        int slot = chance(r, FILES);
        r->lost += r->files[slot][0] != '\0';
        snprintf(r->files[slot], sizeof r->files[slot], "%s", path);
        r->for_whom[slot] = whom;
}

/* Whatever was in that place is lost. */
static void send_somewhere(struct region *r)
{
        static const int ways[][2] = {{ANA, UGEL}, {BETO, UGEL}, {UGEL, DRE}, {DRE, UGEL}, {UGEL, ANA}, {UGEL, BETO}, {UGEL, SITES}};
        const int *way = ways[chance(r, (int)ARRAY_LEN(ways))];
        char path[192], part[192];
        send(r, way[0], way[1] == SITES ? BACK_ALL : way[1] < way[0] ? signer_of(r, way[1]) : NULL, path);
        for (int n = r->parts; n > 0; n--) {
                path_of_part(path, n, part);
                put_in_slot(r, part, way[1]);
        }
        r->sent++;
}

/* In any order, any number of times; it stays for another time now and then. */
static void receive_something(struct region *r)
{
        int slot = chance(r, FILES), whom = r->for_whom[slot];
        if (!r->files[slot][0])
                return;
        r->imports++;
        take(r, whom == SITES ? chance(r, 2) : whom, r->files[slot]);
        if (chance(r, 3))
                r->files[slot][0] = '\0';
}

static void have_accident(struct region *r)
{
        int at = chance(r, SITES);
        if (chance(r, 2))
                save_copy(r, at);
        else
                restore_copy(r, at);
}

/* Everybody has what is for everybody, the offices have all, and nothing more is said. */
static void check_end(struct region *r)
{
        rounds(r, 4);
        check_same(r, UGEL, DRE);
        for (int i = 0; i < r->records_n; i++) {
                struct store_record view;
                if (store_record_get(app_store(r->apps[UGEL]), &r->records[i], &r->w->arena, &view, NULL) != ERR_OK)
                        continue; /* only the lost part of a restored laptop knew it */
                for (int at = ANA; at <= BETO && !view.sensitive && strcmp(view.ugel, "060001") == 0; at++)
                        assert_true(knows(r, at, &r->records[i]));
        }
        for (int laptop = ANA; laptop <= BETO; laptop++) {
                assert_int_equal(deliver(r, laptop, UGEL), 0);
                assert_int_equal(deliver(r, UGEL, laptop), 0);
                assert_true(is_quiet(r, laptop, UGEL));
                assert_true(is_quiet(r, UGEL, laptop));
        }
        assert_true(is_quiet(r, UGEL, DRE) && is_quiet(r, DRE, UGEL));
}

static void histories_end_quiet(void **state)
{
        struct region *r = *state;
        const char *more = getenv("SIMAE_HISTORIES");
        int n = more ? atoi(more) : 4;
        for (int i = 0; i < n; i++) {
                r->seed = UINT64_C(0x9E3779B97F4A7C15) * (uint64_t)(i + 11);
                found_region(r);
                small_parts(i % 2 ? MAX : NULL);
                if (i % 3 == 0)
                        accept_office(r, ANA, DRE);
                for (int step = 0; step < STEPS; step++) {
                        int what = chance(r, 20);
                        if (what < 6)
                                write_something(r, chance(r, SITES));
                        else if (what < 12)
                                send_somewhere(r);
                        else if (what < 19)
                                receive_something(r);
                        else
                                have_accident(r);
                }
                check_end(r);
                small_parts(NULL);
                shell("rm -f '%s'/*", r->w->out);
                for (int at = 0; at < SITES; at++)
                        close_site(r, at);
                arena_clear(&r->w->arena);
                for (int at = 0; at < SITES; at++)
                        open_site(r, at);
        }
        print_message("%d bundles, %d lost, %d taken in\n", r->sent, r->lost, r->imports);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(what_was_acknowledged_does_not_travel_again, region_new, region_free),
                cmocka_unit_test_setup_teardown(a_lost_bundle_is_made_good_by_the_next, region_new, region_free),
                cmocka_unit_test_setup_teardown(the_office_answers_each_in_its_scope, region_new, region_free),
                cmocka_unit_test_setup_teardown(a_restored_backup_gets_back_what_it_lost, region_new, region_free),
                cmocka_unit_test_setup_teardown(a_cloned_disk_takes_turns_with_the_other, region_new, region_free),
                cmocka_unit_test_setup_teardown(a_stranger_keeps_nothing_from_travelling, region_new, region_free),
                cmocka_unit_test_setup_teardown(names_and_letters_find_a_laptop, region_new, region_free),
                cmocka_unit_test_setup_teardown(how_far_a_record_came, region_new, region_free),
                cmocka_unit_test_setup_teardown(what_waits_is_told, region_new, region_free),
                cmocka_unit_test_setup_teardown(what_the_nearest_office_has_is_enough, region_new, region_free),
                cmocka_unit_test_setup_teardown(each_office_that_speaks_counts_for_itself, region_new, region_free),
                cmocka_unit_test_setup_teardown(parts_are_bundles_in_any_order, region_new, region_free),
                cmocka_unit_test_setup_teardown(what_does_not_compress_is_cut_smaller, region_new, region_free),
                cmocka_unit_test_setup_teardown(a_lost_part_is_made_good_by_the_next_bundle, region_new, region_free),
                cmocka_unit_test_setup_teardown(a_part_that_cannot_go_takes_none_away, region_new, region_free),
                cmocka_unit_test_setup_teardown(what_a_killed_program_left_goes, region_new, region_free),
                cmocka_unit_test_setup_teardown(histories_end_quiet, region_new, region_free)};
        return cmocka_run_group_tests(tests, NULL, NULL);
}
