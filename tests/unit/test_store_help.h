/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the tests of the store share: a store in a folder of its own, and
 * revisions that need only a form, a title and what the test is about.
 */
#ifndef SIMAE_TEST_STORE_HELP_H
#define SIMAE_TEST_STORE_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/store.h"
#include "../scratch.h"

struct world {
        char dir[64], data[80]; /* the test's folder, and the data folder in it */
        struct store *store;
        struct arena arena;
        struct err err;
        int revisions; /* made so far: keeps bodies different */
};

#define OK(call)                                                                                             \
        do {                                                                                                 \
                if ((call) != ERR_OK)                                                                        \
                        fail_msg("%s: %s", #call, w->err.text);                                              \
        } while (0)
/* Fails with that code, and says something. */
#define FAILS(code_wanted, call)                                                                             \
        do {                                                                                                 \
                w->err.text[0] = '\0';                                                                       \
                assert_int_equal((call), (code_wanted));                                                     \
                assert_int_equal(w->err.code, (code_wanted));                                                \
                assert_true(strlen(w->err.text) > 20);                                                       \
        } while (0)

static inline struct id id_n(int n)
{
        struct id id = {0};
        id.bytes[0] = 0xA5;
        id.bytes[12] = (unsigned char)(n >> 24);
        id.bytes[13] = (unsigned char)(n >> 16);
        id.bytes[14] = (unsigned char)(n >> 8);
        id.bytes[15] = (unsigned char)n;
        return id;
}

static inline struct hash hash_text(const char *text)
{
        return hash_of(text, strlen(text));
}

static inline int world_new(void **state)
{
        struct world *w = calloc(1, sizeof *w);
        if (!w || !scratch_folder(w->dir, sizeof w->dir, "store"))
                return -1;
        snprintf(w->data, sizeof w->data, "%s/datos", w->dir);
        *state = w;
        return 0;
}

static inline int world_open(void **state)
{
        if (world_new(state) != 0)
                return -1;
        struct world *w = *state;
        return store_open(w->data, STORE_CREATE, &w->store, &w->err) == ERR_OK ? 0 : -1;
}

static inline int world_remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
        (void)st;
        (void)kind;
        (void)at;
        return remove(path);
}

static inline int world_free(void **state)
{
        struct world *w = *state;
        store_close(w->store);
        arena_release(&w->arena);
        nftw(w->dir, world_remove_one, 8, FTW_DEPTH | FTW_PHYS);
        free(w);
        return 0;
}

static inline void world_reopen(struct world *w)
{
        store_close(w->store);
        w->store = NULL;
        OK(store_open(w->data, 0, &w->store, &w->err));
}

static inline char *world_path(struct world *w, const char *name)
{
        return arena_printf(&w->arena, "%s/%s", w->data, name);
}

static inline struct store_form form_of(const char *id, const char *version, bool is_entity)
{
        char *name = xasprintf("%s@%s", id, version);
        struct store_form form = {.hash = hash_text(name),
                                  .id = id,
                                  .version = version,
                                  .title = id,
                                  .short_title = id,
                                  .is_entity = is_entity};
        free(name);
        return form;
}

static inline struct store_record view_of(int n, const char *form, const char *title)
{
        return (struct store_record){.id = id_n(n),
                                     .form = form,
                                     .form_hash = hash_text(form),
                                     .title = title,
                                     .school = "",
                                     .subject = "",
                                     .school_title = "",
                                     .date = "",
                                     .author = "",
                                     .parent_question = "",
                                     .search = ""};
}

/* Add a revision with a body of its own and `view`; sets view->revision. */
static inline enum err_code add_view(struct world *w, struct store_record *view,
                                     const struct store_link *links, int n)
{
        char *body = xasprintf("{\"n\":%d,\"form\":\"%s\"}", ++w->revisions, view->form);
        struct store_revision revision = {.id = hash_text(body),
                                          .record = view->id,
                                          .body = body,
                                          .form = view->form,
                                          .form_hash = view->form_hash,
                                          .state = view->state,
                                          .gen = 1,
                                          .author = view->author,
                                          .device = "equipo",
                                          .date = "2026-03-01T08:00:00.000-05:00"};
        view->revision = revision.id;
        enum err_code rc = store_revision_add(w->store, &revision, view, links, n, &w->err);
        free(body);
        return rc;
}

static inline void add(struct world *w, int n, const char *form, const char *title)
{
        struct store_record view = view_of(n, form, title);
        OK(add_view(w, &view, NULL, 0));
}

#endif
