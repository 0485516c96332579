/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any text as a form.  One that loads is written, must load again, and be
 * written the same; a session on it begins, answers and ends.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "fill/session.h"
#include "form/form.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fill(const struct form *form)
{
        struct session *session = session_new(form, &(struct session_host){0});
        struct place place = session_here(session);
        for (int i = 0; i < 50 && place.node >= 0; i++) {
                session_answer(session, place, i % 2 ? "1" : "2026-03-01");
                place = session_step(session, place, 1);
        }
        session_finish(session);
        json_decref(session_answers(session));
        session_free(session);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct err_list mistakes = {0};
        struct form *form = form_load_text((const char *)data, size, "fuzz", NULL, &mistakes);
        if (!form && mistakes.n == 0)
                abort();
        err_list_release(&mistakes);
        if (!form)
                return 0;
        struct str text = STR_INIT, again = STR_INIT;
        form_write(form, &text);
        struct form *copy = form_load_text(text.text, text.len, "copy", NULL, &mistakes);
        if (!copy)
                abort();
        form_write(copy, &again);
        if (!str_equal(text.text, again.text))
                abort();
        fill(form);
        form_free(copy);
        form_free(form);
        err_list_release(&mistakes);
        str_release(&text);
        str_release(&again);
        return 0;
}
